/**
 * Draws the printed table once and redraws single cells: a native table with real headings and one input per value.
 * Knows what a cell and a mark look like; knows no key, no mouse, no clipboard and no selection.
 */
import type { CellId } from '../../format/entry.ts';
import type { CellDefinition, LayoutCell, Table } from '../../format/format.ts';
import type { GridCell, GridMark } from './grid-port.ts';

/** The nodes of one drawn cell. */
export interface CellParts {
  readonly id: CellId;
  readonly place: HTMLTableCellElement;
  readonly input: HTMLInputElement;
  cell: GridCell;
  mark: GridMark | undefined;
  /** Made when first needed: most cells of most reports need none of them. */
  description: HTMLElement | undefined;
  symbol: HTMLElement | undefined;
  line: HTMLElement | undefined;
}

export interface TableDrawing {
  readonly element: HTMLElement;
  readonly parts: ReadonlyMap<CellId, CellParts>;
  /** The first cell of the row each row heading explains. */
  readonly rowHeadings: ReadonlyMap<Element, CellId>;
}

/** The shape of each level; the colour only supports it. */
const SYMBOLS: Readonly<Record<GridMark['level'], string>> = {
  format: '✕',
  must: '!',
  verify: '?',
  info: 'i',
};

let drawings = 0;

/** Draws a table with everything its cells show. */
export function drawTable(table: Table, cellOf: (id: CellId) => GridCell): TableDrawing {
  drawings += 1;
  const prefix = `xxgk-table-${String(drawings)}`;
  const definitions = new Map(table.cells.map((cell) => [cell.id, cell]));
  const parts = new Map<CellId, CellParts>();
  const rowHeadings = new Map<Element, CellId>();
  const prototype = cellPrototype();

  const element = document.createElement('div');
  element.className = 'table-grid';
  // Firefox would make a table that scrolls sideways a Tab stop of its own.
  element.tabIndex = -1;
  element.dataset['arrangement'] = table.arrangement;
  const drawn = document.createElement('table');
  const caption = document.createElement('caption');
  caption.className = 'hidden';
  caption.textContent = table.title;
  drawn.append(caption, columnWidths(table));

  const headers = table.arrangement === 'stacked' ? new StackedHeaders(prefix) : undefined;
  const head = document.createElement('thead');
  let body = document.createElement('tbody');
  table.layout.rows.forEach((cells, index) => {
    const row = document.createElement('tr');
    // 表二 has several headings below each other; each block is a row group of its own.
    if (headers !== undefined && startsBlock(cells) && body.rows.length > 0) {
      drawn.append(body);
      body = document.createElement('tbody');
    }
    let column = 0;
    let rowHeading: HTMLTableCellElement | undefined;
    for (const cell of cells) {
      if ('heading' in cell) {
        const heading = drawHeading(cell);
        headers?.see(heading, cell, column);
        if (cell.row !== undefined) rowHeading = heading;
        row.append(heading);
      } else {
        const part = drawCell(prototype, definitions.get(cell.cell)!, cell.colSpan, cellOf(cell.cell));
        if (headers !== undefined) part.place.headers = headers.of(column);
        if (rowHeading !== undefined && !rowHeadings.has(rowHeading)) rowHeadings.set(rowHeading, cell.cell);
        parts.set(cell.cell, part);
        row.append(part.place);
      }
      column += cell.colSpan;
    }
    (index < table.layout.headRows ? head : body).append(row);
  });
  if (head.rows.length > 0) drawn.append(head);
  drawn.append(body);
  element.append(drawn);

  let count = 0;
  for (const part of parts.values()) {
    part.input.id = `${prefix}-${String((count += 1))}`;
    drawCellState(part);
  }
  return { element, parts, rowHeadings };
}

/** Shows what a cell holds. `keepText` while its input belongs to an open edit. */
export function redrawCell(part: CellParts, cell: GridCell, keepText: boolean): void {
  const before = part.cell;
  part.cell = cell;
  if (!keepText && part.input.value !== cell.text) part.input.value = cell.text;
  if (!sameCell(before, cell)) drawCellState(part);
}

/** Shows or removes a mark. */
export function redrawMark(part: CellParts, mark: GridMark | undefined): void {
  if (sameMark(part.mark, mark)) return;
  part.mark = mark;
  drawCellState(part);
}

function sameCell(a: GridCell, b: GridCell): boolean {
  return (
    a.kind === b.kind &&
    a.text === b.text &&
    a.derived === b.derived &&
    a.control === b.control &&
    a.aside === b.aside &&
    a.ghost === b.ghost
  );
}

function sameMark(a: GridMark | undefined, b: GridMark | undefined): boolean {
  return (
    a === b ||
    (a !== undefined &&
      b !== undefined &&
      a.level === b.level &&
      a.count === b.count &&
      a.description === b.description)
  );
}

/** Cloned per cell: cheaper than setting eight attributes two hundred times. */
function cellPrototype(): HTMLTableCellElement {
  const place = document.createElement('td');
  const input = document.createElement('input');
  input.type = 'text';
  input.inputMode = 'decimal';
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.tabIndex = -1;
  input.setAttribute('autocapitalize', 'off');
  place.append(input);
  return place;
}

function drawCell(
  prototype: HTMLTableCellElement,
  definition: CellDefinition,
  colSpan: number,
  cell: GridCell,
): CellParts {
  const place = prototype.cloneNode(true) as HTMLTableCellElement;
  const input = place.firstChild as HTMLInputElement;
  if (colSpan > 1) place.colSpan = colSpan;
  if (definition.kind === 'free-amount') input.inputMode = 'text';
  input.setAttribute('aria-label', definition.label);
  if (cell.text !== '') input.value = cell.text;
  return {
    id: definition.id,
    place,
    input,
    cell,
    mark: undefined,
    description: undefined,
    symbol: undefined,
    line: undefined,
  };
}

function drawHeading(cell: Extract<LayoutCell, { heading: string }>): HTMLTableCellElement {
  const heading = document.createElement('th');
  heading.scope = cell.scope;
  if (cell.colSpan > 1) heading.colSpan = cell.colSpan;
  if (cell.rowSpan > 1) heading.rowSpan = cell.rowSpan;
  if (cell.note === true) heading.className = 'note';
  if (cell.row !== undefined) heading.dataset['explains'] = cell.row;
  heading.textContent = cell.heading;
  return heading;
}

function startsBlock(cells: readonly LayoutCell[]): boolean {
  const first = cells[0];
  return first !== undefined && 'heading' in first && first.scope === 'colgroup' && cells.length === 1;
}

/**
 * Which headings a value of 表二 stands under. By scope alone the headings of every block above would count, so the
 * cells name theirs.
 */
class StackedHeaders {
  private block = '';
  private row = '';
  private readonly columns = new Map<number, string>();
  private count = 0;

  constructor(private readonly prefix: string) {}

  see(heading: HTMLElement, cell: Extract<LayoutCell, { heading: string }>, column: number): void {
    heading.id = `${this.prefix}-h${String((this.count += 1))}`;
    if (cell.scope === 'row') this.row = heading.id;
    else if (cell.scope === 'col') this.columns.set(column, heading.id);
    else {
      this.block = heading.id;
      this.columns.clear();
    }
  }

  of(column: number): string {
    return [this.block, this.columns.get(column) ?? '', this.row].filter((id) => id !== '').join(' ');
  }
}

/** Widths by class: the policy of a strict host forbids style attributes. */
function columnWidths(table: Table): HTMLTableColElement {
  const group = document.createElement('colgroup');
  const values = Math.max(...table.layout.matrix.map((row) => row.length));
  const first = table.layout.rows[0]!;
  const labels = table.arrangement === 'matrix' ? first[0]!.colSpan : table.arrangement === 'stacked' ? 1 : 0;
  for (let index = 0; index < labels + values; index += 1) {
    const column = document.createElement('col');
    column.className =
      index >= labels ? 'value' : index === labels - 1 ? 'label' : `group-${String(index + 1)}`;
    group.append(column);
  }
  return group;
}

function drawCellState(part: CellParts): void {
  const { cell, mark, place, input } = part;
  setData(place, 'kind', cell.kind === 'blank' || cell.kind === 'number' ? undefined : cell.kind);
  setData(place, 'derived', cell.derived ? '' : undefined);
  setData(place, 'mark', mark?.level);
  setData(place, 'long', cell.text.length > 7 ? '' : undefined);

  const ghost = cell.kind === 'blank' ? (cell.ghost ?? '') : '';
  if (input.placeholder !== ghost) input.placeholder = ghost;

  const line = cell.control !== undefined ? `核对数 ${cell.control}` : (cell.aside ?? '');
  part.line = drawText(part, part.line, 'line', line);
  setData(place, 'line', line === '' ? undefined : cell.control !== undefined ? 'control' : 'aside');
  part.symbol = drawText(part, part.symbol, 'symbol', mark === undefined ? '' : SYMBOLS[mark.level]);

  const invalid = mark?.level === 'format' || mark?.level === 'must';
  if (invalid !== input.hasAttribute('aria-invalid')) {
    if (invalid) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }
  const description = describe(cell, mark);
  if (description === '') {
    if (part.description !== undefined) {
      part.description.remove();
      part.description = undefined;
      input.removeAttribute('aria-describedby');
    }
  } else {
    if (part.description === undefined) {
      part.description = document.createElement('span');
      part.description.className = 'hidden';
      part.description.id = `${input.id}-d`;
      place.append(part.description);
      input.setAttribute('aria-describedby', part.description.id);
    }
    if (part.description.textContent !== description) part.description.textContent = description;
  }
  // A text longer than its cell is cut by the input; the tooltip shows it whole.
  const tooltip = [
    mark?.description ?? '',
    cell.text.length > 7 ? cell.text : '',
    line.length > 7 ? line : '',
  ];
  const title = tooltip.filter((text) => text !== '').join('\n');
  if (place.title !== title) place.title = title;
}

/** A small text beside the value; hidden from assistive technology, which reads the description instead. */
function drawText(
  part: CellParts,
  node: HTMLElement | undefined,
  className: string,
  text: string,
): HTMLElement | undefined {
  if (text === '') {
    node?.remove();
    return undefined;
  }
  const drawn = node ?? document.createElement('span');
  if (node === undefined) {
    drawn.className = className;
    drawn.setAttribute('aria-hidden', 'true');
    part.place.append(drawn);
  }
  if (drawn.textContent !== text) drawn.textContent = text;
  return drawn;
}

function describe(cell: GridCell, mark: GridMark | undefined): string {
  const facts: string[] = [];
  if (cell.derived) facts.push('自动计算');
  if (cell.control !== undefined) facts.push(`核对数 ${cell.control}`);
  if (cell.kind === 'uncertain') facts.push('待确认');
  if (cell.kind === 'merged') facts.push('原表合并，无此格');
  if (cell.aside !== undefined) facts.push(cell.aside);
  if (cell.kind === 'blank' && cell.ghost !== undefined && cell.ghost !== '')
    facts.push(`上年 ${cell.ghost}`);
  if (mark !== undefined)
    facts.push(`${mark.count > 0 ? `${String(mark.count)} 处问题：` : ''}${mark.description}`);
  return facts.join('；');
}

function setData(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) {
    if (element.dataset[name] !== undefined) delete element.dataset[name];
  } else if (element.dataset[name] !== value) {
    element.dataset[name] = value;
  }
}
