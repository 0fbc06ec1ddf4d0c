/**
 * A grid in a shadow root with an owner that keeps texts, and real keys, mouse and clipboard for it. Reaches a grid
 * through its port and through what a person perceives; knows no grid's inside.
 */
import { expect } from 'chai';
import type {
  Grid,
  GridCell,
  GridEdit,
  GridListener,
  GridOptions,
  GridPasteRefusal,
  GridSelection,
} from '../../../src/elements/grid/grid-port.ts';
import { baseStyles } from '../../../src/elements/styles.ts';
import type { CellId } from '../../../src/format/entry.ts';
import type { Table } from '../../../src/format/format.ts';
import { FORMATS } from '../../../src/format/formats.ts';
import * as browser from '../../browser/commands.ts';

export { type } from '../../browser/commands.ts';

export type CreateGrid = (options: GridOptions) => Grid;

/** The tables of the 2021 format by the name clerks give them. */
export const DISCLOSURE = tableOf('disclosure');
export const REQUESTS = tableOf('requests');
export const PROCEEDINGS = tableOf('proceedings');

function tableOf(id: string): Table {
  return FORMATS['2021'].tables.find((table) => table.id === id)!;
}

/** The cell at a screen row and column. */
export function at(table: Table, row: number, column: number): CellId {
  return table.layout.matrix[row]![column]!;
}

/** Keeps what the grid reports and shows it again, as a report would. */
export class Owner implements GridListener {
  readonly texts = new Map<CellId, string>();
  readonly controls = new Map<CellId, string>();
  readonly extra = new Map<CellId, Partial<GridCell>>();
  readonly edits: GridEdit[] = [];
  readonly calls: string[] = [];
  readonly refusals: { refusal: GridPasteRefusal; written: number }[] = [];
  selections = 0;
  private readonly totals: ReadonlySet<CellId>;

  constructor(table: Table) {
    this.totals = new Set(table.derived.map((total) => total.cell));
  }

  readonly cell = (id: CellId): GridCell => {
    const derived = this.totals.has(id);
    const text = derived ? '0' : (this.texts.get(id) ?? '');
    const control = this.controls.get(id);
    return {
      text,
      kind: text === '' ? 'blank' : /^\d+$/.test(text) ? 'number' : 'text',
      derived,
      ...(control === undefined ? {} : { control }),
      ...this.extra.get(id),
    };
  };

  edit(edit: GridEdit): void {
    this.edits.push(edit);
    for (const [id, text] of edit.texts) {
      if (!this.totals.has(id)) this.texts.set(id, text);
      else if (text === '') this.controls.delete(id);
      else this.controls.set(id, text);
    }
  }
  undo(): void {
    this.calls.push('undo');
  }
  redo(): void {
    this.calls.push('redo');
  }
  select(selection: GridSelection | undefined): void {
    if (selection !== undefined) this.selections += 1;
  }
  keep(): void {
    this.calls.push('keep');
  }
  help(cell: CellId): void {
    this.calls.push(`help ${cell}`);
  }
  note(cell: CellId): void {
    this.calls.push(`note ${cell}`);
  }
  problem(direction: 'next' | 'previous'): void {
    this.calls.push(`problem ${direction}`);
  }
  shortcuts(): void {
    this.calls.push('shortcuts');
  }
  pasteRefused(refusal: GridPasteRefusal, written: number): void {
    this.refusals.push({ refusal, written });
  }

  /** The last edit as plain data. */
  get last(): { origin: string; texts: Record<CellId, string> } | undefined {
    const edit = this.edits[this.edits.length - 1];
    return edit === undefined ? undefined : { origin: edit.origin, texts: Object.fromEntries(edit.texts) };
  }
}

/** One grid between two buttons, so that Tab has somewhere to come from and go to. */
export class Stage {
  readonly owner: Owner;
  readonly grid: Grid;
  readonly host = document.createElement('div');
  readonly before = button('before');
  readonly after = button('after');

  constructor(
    readonly table: Table,
    create: CreateGrid,
    css: string,
    prepare: (owner: Owner) => void = () => undefined,
  ) {
    this.owner = new Owner(table);
    prepare(this.owner);
    const root = this.host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [baseStyles.styleSheet!, sheet];
    this.grid = create({ table, listener: this.owner, cell: this.owner.cell });
    root.append(this.grid.element);
    document.body.append(this.before, this.host, this.after);
  }

  /** The cell at a screen row and column. */
  at(row: number, column: number): CellId {
    return at(this.table, row, column);
  }

  focus(row: number, column: number): void {
    this.grid.focusCell(this.at(row, column));
  }

  get active(): CellId | undefined {
    return this.grid.selection?.active;
  }

  /** The range as `top,left-bottom,right`. */
  get range(): string {
    const range = this.grid.selection?.range;
    return range === undefined ? '' : `${range.top},${range.left}-${range.bottom},${range.right}`;
  }

  /** Whether the keyboard is in the grid. */
  get hasKeyboard(): boolean {
    const { activeElement } = this.host.shadowRoot!;
    return activeElement !== null && this.grid.element.contains(activeElement);
  }

  /** What a person reads in a cell. */
  shown(id: CellId): string {
    return perceived(this.grid.anchor(id)!);
  }

  /** The name and the description that assistive technology gives to a cell. */
  announced(id: CellId): { name: string; description: string; invalid: boolean } {
    const place = this.grid.anchor(id)!;
    const node = place.querySelector<HTMLElement>('input, [aria-label], [aria-describedby]') ?? place;
    const refer = (name: string): string =>
      (node.getAttribute(name) ?? '')
        .split(' ')
        .map((reference) =>
          reference === '' ? '' : (this.host.shadowRoot!.getElementById(reference)?.textContent ?? ''),
        )
        .join(' ');
    return {
      name: node.getAttribute('aria-label') ?? refer('aria-labelledby'),
      description: node.getAttribute('aria-description') ?? refer('aria-describedby'),
      invalid: node.getAttribute('aria-invalid') === 'true',
    };
  }

  /** The drawn cell at a screen row and column. */
  place(row: number, column: number): HTMLElement {
    return this.grid.anchor(this.at(row, column))!;
  }

  /** The corner of a cell, where the fill handle lies. */
  corner(row: number, column: number): browser.Point {
    const box = this.place(row, column).getBoundingClientRect();
    return { x: box.right - 1, y: box.bottom - 1 };
  }

  /** Every kind of cell and of mark there is, and a range. */
  async showEverything(): Promise<void> {
    const { owner, grid, table } = this;
    const cells = table.cells.map((cell) => cell.id);
    const levels = ['format', 'must', 'verify', 'info'] as const;
    cells.forEach((id, index) => owner.texts.set(id, String(index)));
    owner.extra.set(cells[4]!, { text: '', kind: 'blank', ghost: '12', lastYear: '上年 12' });
    owner.extra.set(cells[7]!, { change: '▲', lastYear: '上年 1，增加 6' });
    owner.extra.set(cells[5]!, { kind: 'uncertain' });
    owner.extra.set(cells[6]!, { aside: '合 1 元' });
    if (table.derived.length > 0) owner.controls.set(table.derived[0]!.cell, '20');
    grid.update();
    grid.mark(
      new Map(levels.map((level, index) => [cells[index]!, { level, count: 1, description: '说明' }])),
    );
    this.focus(0, 0);
    await press('Shift+ArrowDown', 'Shift+ArrowRight');
  }

  remove(): void {
    this.grid.destroy();
    this.host.remove();
    this.before.remove();
    this.after.remove();
  }
}

function button(text: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.textContent = text;
  return element;
}

function perceived(node: Node): string {
  if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) return node.value;
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
  if (node instanceof HTMLElement && node !== node.ownerDocument.body) {
    const box = node.getBoundingClientRect();
    if (node.getAttribute('aria-hidden') === 'true' || box.width <= 1) return '';
  }
  return Array.from(node.childNodes, perceived).join('').trim();
}

/** Presses keys, or combinations of keys, one after the other. */
export async function press(...combos: string[]): Promise<void> {
  for (const combo of combos) await browser.press(combo);
}

function keyboardTarget(): Element {
  let element: Element = document.activeElement ?? document.body;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** A paste of given flavours, as another program would have put them on the clipboard. */
export function paste(flavours: { text?: string; html?: string }): ClipboardEvent {
  const data = new DataTransfer();
  if (flavours.text !== undefined) data.setData('text/plain', flavours.text);
  if (flavours.html !== undefined) data.setData('text/html', flavours.html);
  return sendClipboard('paste', data);
}

/** What a copy or cut puts on the clipboard. */
export function copied(type: 'copy' | 'cut' = 'copy'): { text: string; html: string } {
  const data = new DataTransfer();
  sendClipboard(type, data);
  return { text: data.getData('text/plain'), html: data.getData('text/html') };
}

function sendClipboard(type: string, data: DataTransfer): ClipboardEvent {
  const event = new ClipboardEvent(type, { bubbles: true, cancelable: true, composed: true });
  // Firefox empties a DataTransfer that is handed to the constructor.
  Object.defineProperty(event, 'clipboardData', { value: data });
  keyboardTarget().dispatchEvent(event);
  return event;
}

/** Composes a text as an input method does; `during` runs while the composition is open. */
export async function compose(
  text: string,
  during: () => void | Promise<void> = () => undefined,
): Promise<void> {
  if (browser.browserName === 'chromium') {
    await browser.cdp('Input.imeSetComposition', { text: 'yi', selectionStart: 2, selectionEnd: 2 });
    await during();
    await browser.cdp('Input.insertText', { text });
    return;
  }
  const target = keyboardTarget() as HTMLInputElement;
  target.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true }));
  target.setRangeText('yi', 0, target.value.length, 'end');
  target.dispatchEvent(
    new InputEvent('input', {
      inputType: 'insertCompositionText',
      isComposing: true,
      bubbles: true,
      composed: true,
    }),
  );
  await during();
  target.setRangeText(text, 0, target.value.length, 'end');
  target.dispatchEvent(new CompositionEvent('compositionend', { data: text, bubbles: true, composed: true }));
  target.dispatchEvent(
    new InputEvent('input', {
      inputType: 'insertCompositionText',
      data: text,
      bubbles: true,
      composed: true,
    }),
  );
}

/** A key that belongs to the input method: browsers report it with isComposing, or as 229. */
export function composingKey(key: string): void {
  const event = new KeyboardEvent('keydown', {
    key,
    isComposing: true,
    keyCode: 229,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  keyboardTarget().dispatchEvent(event);
  expect(event.defaultPrevented, `${key} belongs to the input method`).to.equal(false);
}
