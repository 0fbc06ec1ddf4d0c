/**
 * What every grid does with keys, mouse, clipboard, selection and an open edit: it turns them into the calls of
 * grid-port.ts. Knows cells by id and place and one input under the active cell; knows no way of drawing them.
 *
 * The input under the active cell always has the keyboard, its whole text selected: whatever types into it, a Chinese
 * input method included, replaces the text by the browser's own means.
 */
import type { CellId } from '../../format/entry.ts';
import { isOneCell, readClipboard, writeHtml, writeText, type TextBlock } from './clipboard-cells.ts';
import type {
  Grid,
  GridCell,
  GridEditOrigin,
  GridMark,
  GridOptions,
  GridPosition,
  GridRange,
  GridSelection,
} from './grid-port.ts';
import { tellBy } from './grid-words.ts';
import { isWithin, Places, samePlace, sameRange, type Place } from './navigation.ts';

/** The focusable field under a cell. */
export type CellInput = HTMLInputElement | HTMLTextAreaElement;

/** An edit that is not committed yet. */
interface OpenEdit {
  readonly id: CellId;
  readonly input: CellInput;
  /** What Escape and undo bring back. */
  readonly initial: string;
  /** Opened with F2 or a double click: arrows move the caret. Opened by typing: they commit and move on. */
  caretKeys: boolean;
  /** Whether a person changed anything: leaving an untouched edit is no answer to an uncertain cell. */
  touched: boolean;
  /** The text that undo took back, for redo. */
  undone: string | undefined;
  /** The listener has heard of a text of this edit already. */
  told: boolean;
}

/** What the pressed mouse button is doing. */
type Drag =
  { readonly kind: 'select' } | { readonly kind: 'fill'; readonly source: GridRange; target: GridRange };

const ARROWS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Keys of one word are not further apart, in milliseconds. */
const WORD_PAUSE = 1_000;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock']);

/** A grid but for the drawing. A subclass draws, and calls `listen` once its element is there. */
export abstract class GridControl implements Grid {
  abstract readonly element: HTMLElement;
  controlTotals = false;
  enterMoves: 'down' | 'right' = 'down';

  protected readonly places: Places;
  protected active: Place | undefined;
  protected range: GridRange | undefined;
  /** The far end of the range, which Shift moves. */
  private head: Place | undefined;
  private chosen: GridSelection | undefined;
  /** The column a vertical walk keeps to while it passes cells that span several. */
  private goal = 0;
  private edit: OpenEdit | undefined;
  private drag: Drag | undefined;
  /** After Escape the next Tab leaves the grid. */
  private leaving = false;
  private isReadOnly = false;
  /** When a key of a word came that was begun under a lock. */
  private unheardAt = -Infinity;
  private isComposing = false;
  private marked = new Set<CellId>();
  private outlined: readonly CellId[] = [];

  protected constructor(protected readonly options: GridOptions) {
    tellBy(options.tell);
    this.places = new Places(options.table.layout.matrix);
  }

  // What a subclass draws

  abstract retell(): void;
  abstract anchor(id: CellId): HTMLElement | undefined;
  /** What was last drawn of a cell. */
  protected abstract shown(id: CellId): GridCell;
  /** Draws what a cell holds; `keepText` while a person is typing into it. */
  protected abstract draw(id: CellId, cell: GridCell, keepText: boolean): void;
  protected abstract drawMark(id: CellId, mark: GridMark | undefined): void;
  protected abstract drawReadOnly(readOnly: boolean): void;
  /** Shows `this.range` and `this.active`, and puts the Tab stop at the active cell. */
  protected abstract drawSelection(before: GridRange | undefined, activeBefore: Place | undefined): void;
  /** The field under a cell; undefined where the cell would have to be active first. */
  protected abstract inputOf(id: CellId): CellInput | undefined;
  /** The cell that a node belongs to: its place on screen or its field. */
  protected abstract cellOf(target: EventTarget | null): CellId | undefined;
  /** The first cell of the row that a heading explains. */
  protected abstract explainedBy(heading: Element): CellId | undefined;
  protected abstract isHandle(target: EventTarget | null): boolean;
  /** An edit began or ended. */
  protected abstract drawEditing(id: CellId, open: boolean): void;

  get selection(): GridSelection | undefined {
    return this.chosen;
  }

  get readOnly(): boolean {
    return this.isReadOnly;
  }

  set readOnly(readOnly: boolean) {
    if (readOnly === this.isReadOnly) return;
    // What was typed so far was typed while typing was allowed.
    this.commit();
    this.isReadOnly = readOnly;
    this.element.toggleAttribute('data-read-only', readOnly);
    this.drawReadOnly(readOnly);
  }

  update(cells: Iterable<CellId> = this.places.cells): void {
    for (const id of cells) {
      if (this.places.placeOf(id) !== undefined) this.redraw(id);
    }
  }

  mark(marks: ReadonlyMap<CellId, GridMark>): void {
    for (const id of this.marked) {
      if (!marks.has(id)) this.drawMark(id, undefined);
    }
    this.marked = new Set();
    for (const [id, mark] of marks) {
      if (this.places.placeOf(id) === undefined) continue;
      this.marked.add(id);
      this.drawMark(id, mark);
    }
  }

  focusCell(id: CellId): void {
    const place = this.places.placeOf(id);
    if (place === undefined) return;
    this.goal = place.column;
    this.moveTo(place);
  }

  outline(cells: readonly CellId[]): void {
    for (const id of this.outlined) this.anchor(id)?.removeAttribute('data-outlined');
    for (const id of cells) this.anchor(id)?.setAttribute('data-outlined', '');
    this.outlined = [...cells];
  }

  commit(): void {
    const edit = this.edit;
    if (edit === undefined) return;
    const text = edit.input.value;
    this.closeEdit();
    if (edit.touched) this.send('typing', new Map([[edit.id, text]]));
    this.redraw(edit.id);
  }

  flush(): void {
    const { openText } = this;
    if (openText === undefined || this.shown(openText[0]).kind === 'uncertain') return;
    this.edit!.told = true;
    this.send('typing', new Map([openText]));
  }

  get openText(): readonly [CellId, string] | undefined {
    const { edit } = this;
    if (edit === undefined || !edit.touched || this.isComposing) return undefined;
    const { value } = edit.input;
    // The doubtful text as it stands is confirmed by leaving the cell.
    if (value === edit.initial && this.shown(edit.id).kind === 'uncertain') return undefined;
    return [edit.id, value];
  }

  rebase(): void {
    const { edit } = this;
    if (edit === undefined) return;
    this.edit = { ...edit, initial: editable(this.options.cell(edit.id)), undone: undefined, told: false };
  }

  abandon(): void {
    const { edit } = this;
    if (edit === undefined) return;
    this.closeEdit();
    this.redraw(edit.id);
  }

  get composing(): boolean {
    return this.isComposing;
  }

  get position(): GridPosition | undefined {
    const { chosen, edit } = this;
    if (chosen === undefined) return undefined;
    const input = this.inputOf(chosen.active)!;
    return {
      active: chosen.active,
      range: chosen.range,
      keyboard: hasKeyboard(input) || this.hasKeyboardBeside,
      edit: edit && {
        text: input.value,
        initial: edit.initial,
        caret: [input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length],
        caretKeys: edit.caretKeys,
        touched: edit.touched,
        told: edit.told,
      },
    };
  }

  resume({ active, range, keyboard, edit }: GridPosition): void {
    const place = this.places.placeOf(active);
    if (place === undefined) return;
    const head = this.places.farEnd(place, range);
    this.goal = head.column;
    this.show(place, head, range);
    if (keyboard) this.takeKeyboard();
    if (edit === undefined || this.isReadOnly) return;
    this.openEdit(active, edit.caretKeys);
    if (this.edit === undefined) return;
    const open: OpenEdit = { ...this.edit, initial: edit.initial, touched: edit.touched, told: edit.told };
    this.edit = open;
    open.input.value = edit.text;
    open.input.setSelectionRange(...edit.caret);
  }

  destroy(): void {
    this.edit = undefined;
    this.endDrag();
    this.element.remove();
  }

  protected listen(): void {
    const { element } = this;
    element.addEventListener('keydown', (event) => this.onKey(event));
    element.addEventListener('beforeinput', (event) => this.onBeforeInput(event));
    for (const name of ['compositionstart', 'compositionend']) {
      element.addEventListener(name, (event) => {
        this.isComposing = name === 'compositionstart';
        this.onTyped(event.target);
      });
    }
    element.addEventListener('input', (event) => {
      // A host listens to the report, never to the inputs of one of its grids.
      event.stopPropagation();
      this.onTyped(event.target);
    });
    element.addEventListener('change', (event) => event.stopPropagation());
    element.addEventListener('focusin', (event) => this.onFocusIn(event.target));
    element.addEventListener('focusout', () => this.commit());
    element.addEventListener('mousedown', (event) => this.onMouseDown(event));
    element.addEventListener('mouseover', (event) => this.onMouseOver(event));
    element.addEventListener('dblclick', (event) => this.onDoubleClick(event));
    element.addEventListener('click', (event) => this.onClick(event));
    element.addEventListener('copy', (event) => this.onCopy(event));
    element.addEventListener('cut', (event) => this.onCopy(event));
    element.addEventListener('paste', (event) => this.onPaste(event));
    // Chromium sends no copy or cut from an empty input unless these say that somebody will answer.
    for (const name of ['beforecopy', 'beforecut']) {
      element.addEventListener(name, (event) => {
        if (this.edit === undefined) event.preventDefault();
      });
    }
  }

  // Drawing

  private redraw(id: CellId): void {
    const cell = this.options.cell(id);
    const isOpen = this.edit?.id === id;
    const input = this.inputOf(id);
    const changes = !isOpen && input !== undefined && input.value !== cell.text;
    this.draw(id, cell, isOpen);
    // A new value drops the browser's selection, and the next letter would be added instead of replacing.
    if (changes && hasKeyboard(input)) input.select();
  }

  protected get activeId(): CellId | undefined {
    return this.chosen?.active;
  }

  private get activeInput(): CellInput | undefined {
    return this.chosen && this.inputOf(this.chosen.active);
  }

  // Selection

  /** Makes one cell active, alone, and gives it the keyboard. */
  private moveTo(place: Place): void {
    this.pointAt(place);
    this.scrollTo(place);
  }

  /** Moves the far end of the range; the active cell stays. */
  private extendTo(head: Place): void {
    const active = this.active ?? head;
    this.select(active, head, this.places.spanning(active, head));
  }

  /** For the keyboard only: what lies under the mouse must not move away from it. */
  private scrollTo(place: Place): void {
    const id = this.places.cellAt(place.row, place.column);
    if (id !== undefined) this.anchor(id)!.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  private select(active: Place, head: Place, range: GridRange): void {
    if (
      this.active !== undefined &&
      this.range !== undefined &&
      samePlace(active, this.active) &&
      sameRange(range, this.range)
    ) {
      this.head = head;
      return;
    }
    this.show(active, head, range);
    this.options.listener.select(this.chosen);
  }

  private show(active: Place, head: Place, range: GridRange): void {
    const { active: activeBefore, range: rangeBefore } = this;
    this.head = head;
    this.active = active;
    this.range = range;
    const id = this.places.cellAt(active.row, active.column)!;
    this.chosen = { active: id, range, cells: this.places.within(range) };
    this.drawSelection(rangeBefore, activeBefore);
  }

  protected takeKeyboard(): void {
    const input = this.activeInput;
    if (input === undefined) return;
    if (!hasKeyboard(input)) input.focus({ preventScroll: true });
    input.select();
  }

  private onFocusIn(target: EventTarget | null): void {
    const id = this.cellOf(target);
    if (id === undefined) return;
    this.leaving = false;
    const place = this.places.placeOf(id)!;
    if (this.active === undefined || !samePlace(place, this.active)) {
      this.goal = place.column;
      this.select(place, place, this.places.spanning(place, place));
    }
    if (this.edit === undefined) this.activeInput?.select();
  }

  /** The next cell for Tab, or undefined at the end of the grid. */
  protected inTabOrder(from: CellId | undefined, direction: 1 | -1): CellId | undefined {
    const ids = Array.from(this.places.cells);
    let index = from === undefined ? (direction === 1 ? -1 : ids.length) : ids.indexOf(from);
    for (;;) {
      index += direction;
      const id = ids[index];
      if (id === undefined) return undefined;
      if (this.takesFill(id)) return id;
    }
  }

  // Keyboard

  private onKey(event: KeyboardEvent): void {
    // The input method owns its keys. 229 is what old Chromium reports for the key that ends a composition.
    if (event.isComposing || event.keyCode === 229) return;
    const id = this.activeId;
    if (id === undefined || event.target !== this.inputOf(id)) return;
    const wasLeaving = this.leaving;
    if (!MODIFIERS.has(event.key)) this.leaving = false;
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    const handled =
      this.isLateInWord(event, control) ||
      (control
        ? this.onControlKey(event, id)
        : this.onFunctionKey(event, id) || this.onPlainKey(event, id, wasLeaving));
    if (handled) event.preventDefault();
  }

  /** Half a word is another number: what begins while nothing may be typed counts in no part, nor does a pause end it soon. */
  private isLateInWord({ key, timeStamp }: KeyboardEvent, control: boolean): boolean {
    const isLate = timeStamp - this.unheardAt < WORD_PAUSE;
    const isTyped = !control && key.length === 1;
    this.unheardAt = isTyped && (this.isReadOnly || isLate) ? timeStamp : -Infinity;
    return isTyped && isLate && !this.isReadOnly;
  }

  private onControlKey(event: KeyboardEvent, id: CellId): boolean {
    const { listener } = this.options;
    switch (event.key.toLowerCase()) {
      case 's':
        this.commit();
        listener.keep();
        return true;
      case 'z':
        this.stepBack(event.shiftKey ? 'redo' : 'undo');
        return true;
      case 'y':
        this.stepBack('redo');
        return true;
      case 'enter':
        this.fillWithEdit();
        return true;
      case 'a':
        if (this.edit !== undefined) return false;
        this.selectAll();
        return true;
      case 'd':
        if (this.edit !== undefined) return true;
        this.fillDown();
        return true;
      default:
        return this.onMoveKey(event, id);
    }
  }

  /** The keys that mean the same whether or not something is being edited. */
  protected onFunctionKey(event: KeyboardEvent, id: CellId): boolean {
    const { listener } = this.options;
    if (event.key === 'F8') {
      this.commit();
      listener.problem(event.shiftKey ? 'previous' : 'next');
      return true;
    }
    if (event.key === 'F2' && event.shiftKey) {
      listener.note(id);
      return true;
    }
    if (event.key === 'ArrowDown' && event.altKey) {
      listener.help(id);
      return true;
    }
    return false;
  }

  private onPlainKey(event: KeyboardEvent, id: CellId, wasLeaving: boolean): boolean {
    switch (event.key) {
      case 'Enter':
        if (!event.altKey) this.moveByEnter(event.shiftKey);
        return true;
      case 'Tab':
        return !wasLeaving && this.moveByTab(id, event.shiftKey ? -1 : 1);
      case 'Escape':
        return this.onEscape(event);
      case 'F2':
        this.openEdit(id, true);
        return true;
      case 'Delete':
      case 'Backspace':
        if (this.edit !== undefined) return false;
        this.blankSelection();
        return true;
      case '?':
      case '？':
        if (this.edit !== undefined) return false;
        this.options.listener.shortcuts();
        return true;
      default:
        return !event.altKey && this.onMoveKey(event, id);
    }
  }

  private onMoveKey(event: KeyboardEvent, id: CellId): boolean {
    const arrow = ARROWS[event.key];
    if (arrow === undefined && event.key !== 'Home' && event.key !== 'End') return false;
    if (this.edit?.caretKeys === true) return false;
    this.commit();
    const wide = event.ctrlKey || event.metaKey;
    const from = event.shiftKey ? this.head! : this.places.placeOf(id)!;
    // The walk of the far end of a range is over.
    if (!event.shiftKey && !samePlace(from, this.head!)) this.goal = from.column;
    const to = arrow === undefined ? this.lineEnd(from, event.key, wide) : this.arrowEnd(from, arrow, wide);
    if (arrow === undefined || arrow[1] !== 0) this.goal = to.column;
    if (event.shiftKey) {
      this.extendTo(to);
      this.scrollTo(to);
    } else {
      this.moveTo(to);
    }
    return true;
  }

  private arrowEnd(from: Place, [down, right]: readonly [number, number], wide: boolean): Place {
    const isBlank = (id: CellId): boolean => this.shown(id).text === '';
    return wide
      ? this.places.edge(from, down, right, this.goal, isBlank)
      : this.places.step(from, down, right, this.goal);
  }

  private lineEnd(from: Place, key: string, wide: boolean): Place {
    const row = wide ? (key === 'Home' ? 0 : this.places.rows - 1) : from.row;
    return this.places.rowEnd(row, key === 'Home' ? 'start' : 'end');
  }

  private moveByEnter(back: boolean): void {
    const id = this.activeId!;
    this.commit();
    const place = this.places.placeOf(id)!;
    if (this.enterMoves === 'down') {
      this.moveTo(this.places.step(place, back ? -1 : 1, 0, this.goal));
      return;
    }
    const next = this.inTabOrder(id, back ? -1 : 1) ?? id;
    this.focusCell(next);
  }

  /** False at the ends: then the browser takes the keyboard out of the grid, and leaving commits. */
  private moveByTab(id: CellId, direction: 1 | -1): boolean {
    const next = this.inTabOrder(id, direction);
    if (next === undefined) return false;
    this.focusCell(next);
    return true;
  }

  private onEscape(event: KeyboardEvent): boolean {
    if (this.edit === undefined) {
      this.leaving = true;
      return false;
    }
    // A dialog of the host around us must not close on the key that only gives up a number.
    event.stopPropagation();
    const { id, input, initial, told } = this.edit;
    this.closeEdit();
    if (told) this.send('typing', new Map([[id, initial]]));
    this.redraw(id);
    input.select();
    return true;
  }

  protected stepBack(direction: 'undo' | 'redo'): void {
    const { edit } = this;
    if (edit === undefined) {
      if (!this.isReadOnly) this.options.listener[direction]();
      return;
    }
    // The browser's own history would reach into the edits of other cells.
    const { input } = edit;
    if (direction === 'undo' && input.value !== edit.initial) {
      edit.undone = input.value;
      input.value = edit.initial;
    } else if (direction === 'redo' && edit.undone !== undefined) {
      input.value = edit.undone;
      edit.undone = undefined;
    }
  }

  // Editing

  private openEdit(id: CellId, caretKeys: boolean): void {
    if (this.isReadOnly) return;
    if (this.edit !== undefined) {
      if (caretKeys) this.edit.caretKeys = true;
      return;
    }
    const input = this.inputOf(id);
    if (input === undefined) return;
    const initial = editable(this.shown(id));
    this.edit = { id, input, initial, caretKeys, touched: false, undone: undefined, told: false };
    this.anchor(id)!.setAttribute('data-editing', '');
    this.drawEditing(id, true);
    // The mouse may have pointed at what of it was not covered.
    this.scrollTo(this.active!);
    if (!caretKeys) return;
    input.value = initial;
    input.setSelectionRange(initial.length, initial.length);
  }

  /** Something of the grid that is no cell has the keyboard: a menu. */
  protected get hasKeyboardBeside(): boolean {
    return false;
  }

  protected get isEditing(): boolean {
    return this.edit !== undefined;
  }

  /** Ends the edit without a word; the caller redraws. */
  private closeEdit(): void {
    const { edit } = this;
    this.edit = undefined;
    this.isComposing = false;
    if (edit === undefined) return;
    this.anchor(edit.id)!.removeAttribute('data-editing');
    this.drawEditing(edit.id, false);
  }

  private onTyped(target: EventTarget | null): void {
    const id = this.cellOf(target);
    if (id === undefined || this.isReadOnly) return;
    if (id !== this.activeId) {
      // Written by something that is no person at this cell: an extension, assistive technology.
      this.send('typing', new Map([[id, (target as CellInput).value]]));
      this.redraw(id);
      return;
    }
    this.openEdit(id, false);
    if (this.edit !== undefined) this.edit.touched = true;
  }

  private onBeforeInput(event: InputEvent): void {
    const { inputType } = event;
    if (inputType === 'historyUndo' || inputType === 'historyRedo') {
      event.preventDefault();
      this.stepBack(inputType === 'historyUndo' ? 'undo' : 'redo');
    } else if (inputType === 'insertFromDrop' || inputType === 'deleteByDrag') {
      event.preventDefault();
    }
  }

  /** Reports the texts that say something new; says nothing where none does. */
  private send(origin: GridEditOrigin, texts: ReadonlyMap<CellId, string>): void {
    const changed = new Map<CellId, string>();
    for (const [id, text] of texts) {
      const cell = this.options.cell(id);
      // Typing the doubtful number again is how a person confirms it.
      if (cell.kind === 'uncertain' || text !== (cell.derived ? (cell.control ?? '') : cell.text))
        changed.set(id, text);
    }
    if (changed.size === 0) return;
    this.options.listener.edit({ origin, texts: changed });
    this.update(changed.keys());
  }

  protected blankSelection(): void {
    if (this.isReadOnly || this.chosen === undefined) return;
    this.send('typing', new Map(this.chosen.cells.map((id) => [id, ''])));
  }

  private selectAll(): void {
    const last = this.places.covering(this.places.rows - 1, this.places.columns - 1);
    this.select(this.active ?? last, last, {
      top: 0,
      left: 0,
      bottom: this.places.rows - 1,
      right: this.places.columns - 1,
    });
  }

  /** Whether a fill writes here: a computed total gets a control total only where the user asked for them. */
  private takesFill(id: CellId): boolean {
    return this.controlTotals || !this.shown(id).derived;
  }

  private fillWithEdit(): void {
    const { edit } = this;
    if (edit === undefined || this.chosen === undefined) return;
    const text = edit.input.value;
    const cells = this.chosen.cells.filter((id) => id === edit.id || this.takesFill(id));
    this.closeEdit();
    if (edit.touched || cells.length > 1) {
      this.send(cells.length > 1 ? 'fill' : 'typing', new Map(cells.map((id) => [id, text])));
    }
    this.redraw(edit.id);
    edit.input.select();
  }

  protected fillDown(): void {
    const { range } = this;
    if (range === undefined) return;
    if (range.top < range.bottom) this.fillFrom({ ...range, bottom: range.top }, range);
    else if (range.top > 0) this.fillFrom({ ...range, top: range.top - 1, bottom: range.top - 1 }, range);
  }

  /** Repeats the texts of `source` over the cells of `target` that lie outside it. */
  private fillFrom(source: GridRange, target: GridRange): void {
    if (this.isReadOnly) return;
    const height = source.bottom - source.top + 1;
    const width = source.right - source.left + 1;
    const texts = new Map<CellId, string>();
    for (const id of this.places.within(target)) {
      const place = this.places.placeOf(id)!;
      if (isWithin(place, source) || !this.takesFill(id)) continue;
      const from = this.places.cellAt(
        source.top + modulo(place.row - source.top, height),
        source.left + modulo(place.column - source.left, width),
      );
      if (from !== undefined) texts.set(id, this.shown(from).text);
    }
    this.send('fill', texts);
  }

  // Mouse

  private onMouseDown(event: MouseEvent): void {
    if (this.isHandle(event.target) && event.button === 0 && this.range !== undefined) {
      event.preventDefault();
      this.commit();
      this.startDrag({ kind: 'fill', source: this.range, target: this.range });
      return;
    }
    const id = this.cellOf(event.target);
    if (id === undefined) {
      // A click on a row heading asks for help; the cell keeps the keyboard.
      if (this.headingCell(event.target) !== undefined) event.preventDefault();
      return;
    }
    this.leaving = false;
    if (this.edit?.id === id) {
      // A click into the text being typed means to correct it.
      this.edit.caretKeys = true;
      return;
    }
    event.preventDefault();
    const place = this.places.placeOf(id)!;
    if (event.button !== 0) {
      if (this.range === undefined || !isWithin(place, this.range)) this.pointAt(place);
      return;
    }
    this.goal = place.column;
    this.commit();
    if (event.shiftKey && this.active !== undefined) {
      this.extendTo(place);
      this.takeKeyboard();
    } else {
      this.pointAt(place);
    }
    this.startDrag({ kind: 'select' });
  }

  private pointAt(place: Place): void {
    this.commit();
    this.select(place, place, this.places.spanning(place, place));
    this.takeKeyboard();
  }

  private onMouseOver(event: MouseEvent): void {
    const { drag } = this;
    if (drag === undefined) return;
    if ((event.buttons & 1) === 0) {
      this.endDrag();
      return;
    }
    const id = this.cellOf(event.target);
    if (id === undefined) return;
    const place = this.places.placeOf(id)!;
    if (drag.kind === 'select') this.extendTo(place);
    else this.previewFill(drag, place);
  }

  private previewFill(drag: Extract<Drag, { kind: 'fill' }>, place: Place): void {
    const { source } = drag;
    const down = place.row - source.bottom;
    const right = place.column - source.right;
    for (const id of this.places.within(drag.target)) this.anchor(id)!.removeAttribute('data-fill');
    if (down <= 0 && right <= 0) drag.target = source;
    else drag.target = down >= right ? { ...source, bottom: place.row } : { ...source, right: place.column };
    for (const id of this.places.within(drag.target)) this.anchor(id)!.setAttribute('data-fill', '');
  }

  private readonly onMouseUp = (): void => {
    const { drag } = this;
    this.endDrag();
    if (drag?.kind !== 'fill' || sameRange(drag.source, drag.target)) return;
    this.fillFrom(drag.source, drag.target);
    this.select(this.active!, this.places.covering(drag.target.bottom, drag.target.right), drag.target);
  };

  private startDrag(drag: Drag): void {
    this.endDrag();
    this.drag = drag;
    window.addEventListener('mouseup', this.onMouseUp, { once: true });
  }

  private endDrag(): void {
    if (this.drag?.kind === 'fill') {
      for (const id of this.places.within(this.drag.target)) this.anchor(id)!.removeAttribute('data-fill');
    }
    this.drag = undefined;
    window.removeEventListener('mouseup', this.onMouseUp);
  }

  private onDoubleClick(event: MouseEvent): void {
    const id = this.isHandle(event.target) ? undefined : this.cellOf(event.target);
    // With Shift the cell under the mouse is the end of a range, and not the one that has the keyboard.
    if (id !== undefined && id === this.activeId && this.edit === undefined) this.openEdit(id, true);
  }

  private onClick(event: MouseEvent): void {
    const id = this.headingCell(event.target);
    if (id !== undefined) this.options.listener.help(id);
  }

  private headingCell(target: EventTarget | null): CellId | undefined {
    const heading = target instanceof Element ? target.closest('th') : null;
    return heading === null ? undefined : this.explainedBy(heading);
  }

  // Clipboard

  private onCopy(event: ClipboardEvent): void {
    const { range, chosen } = this;
    if (
      this.edit !== undefined ||
      range === undefined ||
      chosen === undefined ||
      event.clipboardData === null
    )
      return;
    event.preventDefault();
    const block: (string | undefined)[][] = [];
    for (let row = range.top; row <= range.bottom; row += 1) {
      const line: (string | undefined)[] = [];
      for (let column = range.left; column <= range.right; column += 1) {
        const id = this.places.cellAt(row, column);
        line.push(id === undefined ? undefined : this.shown(id).text);
      }
      block.push(line);
    }
    event.clipboardData.setData('text/plain', writeText(block.map((line) => line.map((text) => text ?? ''))));
    event.clipboardData.setData('text/html', writeHtml(block));
    if (event.type === 'cut') this.blankSelection();
  }

  private onPaste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    if (data === null || this.range === undefined) return;
    if (this.edit !== undefined && isOneCell(data.getData('text/plain'))) return;
    event.preventDefault();
    const { listener } = this.options;
    if (this.isReadOnly) {
      listener.pasteRefused({ reason: 'read-only', rows: 0, columns: 0 }, 0);
      return;
    }
    const reading = readClipboard(data);
    if (reading.kind !== 'block') {
      const size =
        reading.kind === 'too-many-cells'
          ? { rows: reading.rows, columns: reading.columns }
          : { rows: 0, columns: 0 };
      listener.pasteRefused({ reason: reading.kind, ...size }, 0);
      return;
    }
    const edit = this.edit;
    if (edit !== undefined) {
      // The block begins at the open cell and takes its place.
      this.closeEdit();
      this.redraw(edit.id);
    }
    if (reading.rows === 1 && reading.columns === 1) this.pasteOne(reading.block[0]![0]!);
    else this.pasteBlock(reading.block, reading.rows, reading.columns);
    this.activeInput?.select();
  }

  /** One text fills the selection. */
  private pasteOne(text: string): void {
    const { cells } = this.chosen!;
    const filled = cells.length === 1 ? cells : cells.filter((id) => this.takesFill(id));
    this.send('paste', new Map(filled.map((id) => [id, text])));
    const left = cells.length - filled.length;
    if (left > 0)
      this.options.listener.pasteRefused(
        { reason: 'totals-left-out', rows: left, columns: 1 },
        filled.length,
      );
  }

  /** A block begins at the top left of the selection and never repeats. */
  private pasteBlock(block: TextBlock, rows: number, columns: number): void {
    const { top, left } = this.range!;
    const texts = new Map<CellId, string>();
    let outside = false;
    let bottom = top;
    let right = left;
    block.forEach((line, y) => {
      line.forEach((text, x) => {
        const id = this.places.cellAt(top + y, left + x);
        if (id === undefined) {
          outside ||= text !== '';
        } else {
          texts.set(id, text);
          bottom = Math.max(bottom, top + y);
          right = Math.max(right, left + x);
        }
      });
    });
    this.send('paste', texts);
    const start = this.places.covering(top, left);
    this.select(start, this.places.covering(bottom, right), { top, left: start.column, bottom, right });
    this.takeKeyboard();
    if (outside) this.options.listener.pasteRefused({ reason: 'outside-table', rows, columns }, texts.size);
  }
}

/** What an editor opens with: a computed total is never edited, its control total is. */
function editable(cell: GridCell): string {
  return cell.derived ? (cell.control ?? '') : cell.text;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

function hasKeyboard(input: CellInput): boolean {
  return (input.getRootNode() as Document | ShadowRoot).activeElement === input;
}
