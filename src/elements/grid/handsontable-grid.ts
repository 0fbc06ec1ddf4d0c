/**
 * The spreadsheet grid: Handsontable draws the cells, the selection, the handle and the editor; what keys, mouse and
 * clipboard mean stands in `grid-control.ts`, as for the table grid. Knows no number, no rule, no report and no draft,
 * and lets Handsontable decide about none of them: it sees texts, and no edit passes through it.
 */
import Handsontable from 'handsontable/base';
import { getEditorInstance } from 'handsontable/editors/registry';
import type { CellId } from '../../format/entry.ts';
import type { LayoutCell } from '../../format/format.ts';
import {
  columnClass,
  drawCaption,
  drawCellState,
  drawFrame,
  drawnCell,
  fillHeading,
  ghostOf,
  labelColumns,
  redrawMark,
  sameCell,
  StackedHeaders,
  type DrawnCell,
} from './cell-drawing.ts';
import { GridControl } from './grid-control.ts';
import { GridMenu, type GridMenuItem } from './grid-menu.ts';
import type { Grid, GridCell, GridMark, GridOptions, GridRange } from './grid-port.ts';
import { t } from './grid-words.ts';
import type { Place } from './navigation.ts';
import { CellEditor } from './handsontable-editor.ts';
import { licenseNotice, watchLicense } from './handsontable-license.ts';
import { HANDSONTABLE_GRID_CSS } from './handsontable-styles.ts';
import { outOfSight } from './out-of-sight.ts';

export { licenseState, type LicenseState } from './handsontable-license.ts';
export { HANDSONTABLE_GRID_CSS } from './handsontable-styles.ts';
export { sheetOf } from './out-of-sight.ts';

/**
 * Draws a table and hands back the port to it. The caller places `element` into a root that adopts
 * HANDSONTABLE_GRID_CSS. Throws where Handsontable does not accept the key or cannot be built; nothing is left behind
 * then. `onUnlicensed` tells that Handsontable put a notice into a grid that had been fine: the owner may still take over
 * what is open in it, then the grid removes itself, before anything of it is painted.
 */
export function createHandsontableGrid(
  options: GridOptions,
  licenseKey: string,
  onUnlicensed: () => void = () => undefined,
): Grid {
  return new SheetGrid(options, licenseKey, onUnlicensed);
}

/** A drawn cell, its text and last year's value. */
interface SheetCell extends DrawnCell {
  readonly text: HTMLElement;
  readonly label: string;
  readonly isText: boolean;
  ghost: HTMLElement | undefined;
}

/** The settings of the drawing engine that `beforeInitWalkontable` may change. */
interface Engine {
  shouldRenderTopOverlay: () => boolean;
  shouldRenderInlineStartOverlay: () => boolean;
  externalRowCalculator: boolean;
  selections: { options: { cellAttributes?: unknown[] } };
}

let grids = 0;

class SheetGrid extends GridControl {
  readonly element: HTMLElement;

  private readonly hot: Handsontable;
  private readonly editor: CellEditor;
  private readonly field: HTMLInputElement;
  private readonly menu: GridMenu;
  private readonly license: MutationObserver;
  private readonly size = new ResizeObserver(() => this.onResize());
  private readonly cells = new Map<CellId, SheetCell>();
  private readonly cellByPlace = new Map<Element, CellId>();
  private readonly rowHeadings = new Map<Element, CellId>();
  /** Rows of Handsontable by row of the matrix: 表二 has rows of headings in between. */
  private readonly sheetRows: readonly number[];
  /** Layout cells by printed row and column; undefined where a span covers. */
  private readonly slots: readonly (readonly (LayoutCell | undefined)[])[];
  private readonly labels: number;
  private readonly name = `xxgk-sheet-${String((grids += 1))}`;
  /** The size at which Handsontable last framed the selection. */
  private drawnSize = '';
  /** Where Tab enters before any cell is active. */
  private readonly tabStop: CellId;

  constructor(options: GridOptions, licenseKey: string, onUnlicensed: () => void) {
    super(options);
    const { table } = options;
    this.labels = labelColumns(table);
    this.slots = slotsOf(table.layout.rows, this.labels + this.places.columns);
    this.sheetRows = table.layout.rows
      .slice(table.layout.headRows)
      .flatMap((cells, row) => (cells.some((cell) => 'cell' in cell) ? [row] : []));
    this.element = drawFrame(table);
    this.element.classList.add('sheet-grid');
    this.hot = outOfSight(this.element, HANDSONTABLE_GRID_CSS, () => this.build(licenseKey));
    this.editor = getEditorInstance(CellEditor, this.hot) as CellEditor;
    this.field = this.editor.TEXTAREA as HTMLInputElement;
    this.tabStop = this.inTabOrder(undefined, 1) ?? this.cells.keys().next().value!;
    this.prepareField();
    this.menu = new GridMenu(this.element, () => this.takeKeyboard());
    this.license = watchLicense(this.hot, () => {
      onUnlicensed();
      this.destroy();
    });
    this.size.observe(this.element);
    this.listen();
    this.listenForMenu();
  }

  anchor(id: CellId): HTMLElement | undefined {
    return this.cells.get(id)?.place;
  }

  override destroy(): void {
    if (this.hot.isDestroyed) return;
    this.license.disconnect();
    this.size.disconnect();
    this.menu.remove();
    super.destroy();
    this.hot.destroy();
  }

  // Building

  private build(licenseKey: string): Handsontable {
    const container = document.createElement('div');
    this.element.append(container);
    const hot = new Handsontable.Core(container, this.settings(licenseKey));
    // For menus and messages that we do not have: so the page gets no node but the grid's own element.
    hot.rootPortalElement.remove();
    try {
      hot.init();
      if (licenseNotice(this.element) !== null)
        throw new Error('Handsontable does not accept this licence key.');
      this.decorate(hot.table);
    } catch (error) {
      hot.destroy();
      throw error;
    }
    return hot;
  }

  private settings(licenseKey: string): Handsontable.GridSettings {
    const { layout } = this.options.table;
    const nothing = (): void => undefined;
    const levels = (count: number) => (renderers: unknown[]) => {
      renderers.length = 0;
      for (let level = 0; level < count; level += 1) renderers.push(nothing);
    };
    // Handsontable's word for "somebody else has dealt with this event"; unlike stopping it, the page still hears of it.
    const leaveToUs = (event: Event): void => {
      (event as Event & { isImmediatePropagationEnabled?: boolean }).isImmediatePropagationEnabled = false;
    };
    const nowhere = document.createElement('div');
    return {
      licenseKey,
      data: layout.rows.slice(layout.headRows).map(() => Array<string>(this.places.columns).fill('')),
      themeName: 'ht-theme-main',
      // Otherwise that of the page.
      layoutDirection: 'ltr',
      injectCoreCss: false,
      // A native table says more: its roles would hide the headings of rows from assistive technology.
      ariaTags: false,
      height: 'auto',
      maxRows: layout.rows.length,
      maxCols: this.places.columns,
      allowInsertRow: false,
      allowInsertColumn: false,
      renderAllRows: true,
      renderAllColumns: true,
      editor: CellEditor as unknown as new (...parts: unknown[]) => unknown,
      renderer: nothing,
      // Nothing of ours goes through Handsontable as HTML, and nothing else should.
      sanitizer: () => '',
      fillHandle: true,
      selectionMode: 'range',
      disableVisualSelection: 'header',
      outsideClickDeselects: false,
      tabNavigation: false,
      afterGetColumnHeaderRenderers: levels(layout.headRows),
      afterGetRowHeaderRenderers: levels(this.labels),
      // All of the table is drawn and nothing of it is frozen: one table holds headings and values.
      beforeInitWalkontable: (engine: object) => {
        const settings = engine as Engine;
        settings.shouldRenderTopOverlay = () => false;
        settings.shouldRenderInlineStartOverlay = () => false;
        // Rows are measured by their first heading, which may span twenty of them.
        settings.externalRowCalculator = true;
        // aria-selected has no place in a native table.
        settings.selections.options.cellAttributes = [];
      },
      beforeRefreshDimensions: () => false,
      afterViewRender: () => {
        if (this.cells.size > 0) this.decorate(this.hot.table);
      },
      modifyGetCellCoords: (row, column) => this.covering(row, column),
      beforeKeyDown: () => false as unknown as void,
      beforeOnCellMouseDown: leaveToUs,
      beforeOnCellMouseOver: leaveToUs,
      beforeOnCellMouseUp: leaveToUs,
      beforeOnCellContextMenu: leaveToUs,
      // Our own field has the keyboard; Handsontable cannot focus what is not in the page.
      modifyFocusedElement: () => nowhere,
    };
  }

  /** The cell that spans over a place which has none. */
  private covering(row: number, column: number): [number, number, number, number] | undefined {
    const slots = this.slots[this.options.table.layout.headRows + row];
    if (row < 0 || column < 0 || slots === undefined || slots[this.labels + column] !== undefined)
      return undefined;
    let first = column;
    while (first > 0 && slots[this.labels + first] === undefined) first -= 1;
    return [row, first, row, first];
  }

  /** Fills what Handsontable has drawn, and again after it has drawn anew: the nodes stay, their looks do not. */
  private decorate(table: HTMLTableElement): void {
    const { layout, arrangement } = this.options.table;
    if (this.cells.size === 0) {
      // Its sheet has a hundred rules for long tables that scroll; ours is the printed form.
      table.classList.remove('htCore');
      table.prepend(drawCaption(this.options.table));
    }
    Array.from(table.querySelectorAll('col'), (column, index) => {
      column.className = columnClass(index, this.labels);
      column.removeAttribute('style');
    });
    const headers = arrangement === 'stacked' ? new StackedHeaders(this.name) : undefined;
    Array.from(table.rows, (row, rowIndex) => {
      row.removeAttribute('style');
      let explains: Element | undefined;
      Array.from(row.cells, (place, column) => {
        place.removeAttribute('style');
        const slot = this.slots[rowIndex]![column];
        if (slot === undefined) {
          place.classList.add('covered');
        } else if ('heading' in slot) {
          fillHeading(place, slot);
          if (rowIndex >= layout.headRows && column >= this.labels) asColumnHeading(place);
          headers?.see(place, slot, column);
          if (slot.row !== undefined) explains = place;
        } else {
          if (headers !== undefined) place.headers = headers.of(column);
          if (explains !== undefined && !this.rowHeadings.has(explains))
            this.rowHeadings.set(explains, slot.cell);
          this.decorateCell(place, slot.cell, slot.colSpan);
        }
      });
    });
  }

  private decorateCell(place: HTMLTableCellElement, id: CellId, colSpan: number): void {
    place.classList.add('value');
    let drawn = this.cells.get(id);
    if (drawn === undefined) {
      if (colSpan > 1) place.colSpan = colSpan;
      const { label, kind } = this.options.table.cells.find((cell) => cell.id === id)!;
      const text = document.createElement('span');
      text.className = 'text';
      place.append(text);
      const name = `${this.name}-${String(this.cells.size + 1)}`;
      drawn = {
        ...drawnCell(id, place, place, name, this.options.cell(id)),
        text,
        label,
        isText: kind === 'free-amount',
        ghost: undefined,
      };
      this.cells.set(id, drawn);
      this.cellByPlace.set(place, id);
    }
    this.drawText(drawn, drawn.cell.text);
    this.drawState(drawn);
  }

  retell(): void {
    for (const drawn of this.cells.values()) this.drawState(drawn);
  }

  // What the control asks for

  protected shown(id: CellId): GridCell {
    return this.cells.get(id)!.cell;
  }

  protected draw(id: CellId, cell: GridCell, keepText: boolean): void {
    const drawn = this.cells.get(id)!;
    const before = drawn.cell;
    drawn.cell = cell;
    if (!keepText) this.drawText(drawn, cell.text);
    if (!sameCell(before, cell)) this.drawState(drawn);
    if (id === this.underField) this.carryField(drawn, keepText);
  }

  protected drawMark(id: CellId, mark: GridMark | undefined): void {
    const drawn = this.cells.get(id)!;
    redrawMark(drawn, mark);
    if (id === this.underField) this.carryField(drawn, true);
  }

  protected drawReadOnly(readOnly: boolean): void {
    this.field.readOnly = readOnly;
  }

  protected drawSelection(_before: GridRange | undefined, activeBefore: Place | undefined): void {
    const { active, range } = this;
    if (active === undefined || range === undefined) return;
    const drawn = this.cells.get(this.activeId!)!;
    if (activeBefore !== undefined) {
      this.anchor(this.places.cellAt(activeBefore.row, activeBefore.column)!)!.removeAttribute('data-active');
    }
    drawn.place.setAttribute('data-active', '');
    this.selectInHandsontable(active, range);
    this.editor.moveTo(drawn.place);
    this.drawnSize = this.sizeNow;
    this.carryField(drawn, this.isEditing);
  }

  protected drawEditing(id: CellId, open: boolean): void {
    this.element.toggleAttribute('data-typing', open);
    if (open) {
      this.editor.moveTo(this.anchor(id)!);
      this.editor.show();
    } else {
      this.editor.hide();
    }
  }

  protected inputOf(id: CellId): HTMLInputElement | undefined {
    return id === this.underField ? this.field : undefined;
  }

  protected cellOf(target: EventTarget | null): CellId | undefined {
    if (target === this.field) return this.underField;
    const place = target instanceof Element ? target.closest('td') : null;
    return place === null ? undefined : this.cellByPlace.get(place);
  }

  protected explainedBy(heading: Element): CellId | undefined {
    return this.rowHeadings.get(heading);
  }

  protected isHandle(target: EventTarget | null): boolean {
    return target instanceof Element && target.classList.contains('corner');
  }

  protected override get hasKeyboardBeside(): boolean {
    return this.menu.hasKeyboard;
  }

  protected override onFunctionKey(event: KeyboardEvent, id: CellId): boolean {
    if ((event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) && !this.isEditing) {
      const { left, bottom } = this.anchor(id)!.getBoundingClientRect();
      this.openMenu(left, bottom);
      return true;
    }
    return super.onFunctionKey(event, id);
  }

  // Drawing

  private drawText(drawn: SheetCell, text: string): void {
    if (drawn.text.textContent !== text) drawn.text.textContent = text;
    // A name of its own takes the place of the content.
    setAttribute(drawn.place, 'aria-label', text === '' ? drawn.label : `${drawn.label} ${text}`);
  }

  private drawState(drawn: SheetCell): void {
    const ghost = ghostOf(drawn.cell);
    if (ghost === '') {
      drawn.ghost?.remove();
      drawn.ghost = undefined;
    } else {
      if (drawn.ghost === undefined) {
        drawn.ghost = document.createElement('span');
        drawn.ghost.className = 'ghost';
        drawn.ghost.setAttribute('aria-hidden', 'true');
        drawn.text.after(drawn.ghost);
      }
      if (drawn.ghost.textContent !== ghost) drawn.ghost.textContent = ghost;
    }
    drawCellState(drawn);
  }

  private selectInHandsontable(active: Place, range: GridRange): void {
    const isCorner =
      (active.row === range.top || active.row === range.bottom) &&
      (active.column === range.left || active.column === range.right);
    // Handsontable frames the corner that a range began with; where all is selected, the active cell may be any.
    this.element.toggleAttribute('data-active-inside', !isCorner);
    const from = isCorner ? active : { row: range.top, column: range.left };
    const to = {
      row: from.row === range.top ? range.bottom : range.top,
      column: from.column === range.left ? range.right : range.left,
    };
    this.hot.selectCells(
      [[this.sheetRows[from.row]!, from.column, this.sheetRows[to.row]!, to.column]],
      false,
      false,
    );
  }

  /** Lower rows move what is below them. */
  private get sizeNow(): string {
    return `${String(this.element.clientWidth)} ${String(this.element.clientHeight)}`;
  }

  private onResize(): void {
    if (this.activeId === undefined || this.sizeNow === this.drawnSize) return;
    this.drawnSize = this.sizeNow;
    this.hot.view.render();
    this.editor.moveTo(this.anchor(this.activeId)!);
  }

  // The field under the active cell

  private get underField(): CellId {
    return this.activeId ?? this.tabStop;
  }

  private prepareField(): void {
    const { field } = this;
    field.type = 'text';
    field.autocomplete = 'off';
    field.spellcheck = false;
    field.setAttribute('autocapitalize', 'off');
    field.tabIndex = 0;
    // What is typed shows in the cell too, so that whoever looks at the cell sees it.
    field.addEventListener('input', () => this.drawText(this.cells.get(this.underField)!, field.value));
    this.editor.hide();
    this.carryField(this.cells.get(this.tabStop)!, false);
  }

  /** The field speaks for the cell it lies under. */
  private carryField(drawn: SheetCell, keepText: boolean): void {
    const { field } = this;
    if (!keepText && field.value !== drawn.cell.text) field.value = drawn.cell.text;
    // 2019 采购总金额 takes words; every other cell takes a number.
    field.inputMode = drawn.isText ? 'text' : 'decimal';
    setAttribute(field, 'aria-label', drawn.label);
    for (const name of ['aria-describedby', 'aria-invalid']) {
      setAttribute(field, name, drawn.place.getAttribute(name));
    }
  }

  // Menu

  private listenForMenu(): void {
    const { element } = this;
    element.addEventListener('contextmenu', (event) => {
      // In an open edit the browser's own menu is of more use: it can paste.
      if (this.isEditing || this.activeId === undefined || this.cellOf(event.target) === undefined) return;
      event.preventDefault();
      this.openMenu(event.clientX, event.clientY);
    });
    // Handsontable would make mouse events of its own from these; the browser makes them anyway.
    for (const name of ['touchstart', 'touchend']) {
      element.addEventListener(name, (event) => event.stopPropagation(), { capture: true, passive: true });
    }
  }

  private openMenu(x: number, y: number): void {
    const { listener } = this.options;
    // A page may not read the clipboard from a menu on plain http, but it may ask the browser for its own copy command.
    const clipboard = (name: 'copy' | 'cut') => (): void => void document.execCommand(name);
    const copy: GridMenuItem = { label: t`复制`, keys: 'Ctrl+C', run: clipboard('copy') };
    const help: GridMenuItem = {
      label: t`填写说明`,
      keys: 'Alt+↓',
      run: () => listener.help(this.activeId!),
    };
    const items: readonly (GridMenuItem | undefined)[] = this.readOnly
      ? [copy, undefined, help]
      : [
          copy,
          { label: t`剪切`, keys: 'Ctrl+X', run: clipboard('cut') },
          { label: t`粘贴请按`, keys: 'Ctrl+V' },
          { label: t`清空`, keys: 'Delete', run: () => this.blankSelection() },
          { label: t`向下填充`, keys: 'Ctrl+D', run: () => this.fillDown() },
          undefined,
          { label: t`撤销`, keys: 'Ctrl+Z', run: () => this.stepBack('undo') },
          { label: t`重做`, keys: 'Ctrl+Y', run: () => this.stepBack('redo') },
          undefined,
          help,
        ];
    this.menu.open(items, x, y);
  }
}

/** An attribute, or none; untouched where it is right already. */
function setAttribute(element: Element, name: string, value: string | null): void {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** 表二 prints headings among its values, where Handsontable has value cells only. */
function asColumnHeading(place: HTMLTableCellElement): void {
  place.removeAttribute('scope');
  place.setAttribute('role', 'columnheader');
}

/** Lays cells with spans out by row and column. */
function slotsOf(rows: readonly (readonly LayoutCell[])[], width: number): (LayoutCell | undefined)[][] {
  const slots = rows.map(() => Array<LayoutCell | undefined>(width).fill(undefined));
  const taken = rows.map(() => Array<boolean>(width).fill(false));
  rows.forEach((cells, row) => {
    let column = 0;
    for (const cell of cells) {
      while (taken[row]![column]) column += 1;
      slots[row]![column] = cell;
      const height = 'rowSpan' in cell ? cell.rowSpan : 1;
      for (let y = 0; y < height; y += 1) taken[row + y]!.fill(true, column, column + cell.colSpan);
    }
  });
  return slots;
}
