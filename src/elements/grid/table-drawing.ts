/**
 * Draws the printed table once and redraws single cells: a native table with real headings and one input per value.
 * Knows what a cell and a mark look like; knows no key, no mouse, no clipboard and no selection.
 */
import type { CellId } from '../../format/entry.ts';
import type { CellDefinition, LayoutCell, Table } from '../../format/format.ts';
import {
  drawCellState,
  drawnCell,
  drawCaption,
  drawFrame,
  fillHeading,
  ghostOf,
  labelColumns,
  columnClass,
  sameCell,
  StackedHeaders,
  type DrawnCell,
} from './cell-drawing.ts';
import type { GridCell } from './grid-port.ts';

/** The nodes of one drawn cell; its input speaks for it. */
export type CellParts = DrawnCell<HTMLInputElement>;

export interface TableDrawing {
  readonly element: HTMLElement;
  readonly parts: ReadonlyMap<CellId, CellParts>;
  /** The first cell of the row each row heading explains. */
  readonly rowHeadings: ReadonlyMap<Element, CellId>;
}

let drawings = 0;

/** Draws a table with everything its cells show. */
export function drawTable(table: Table, cellOf: (id: CellId) => GridCell): TableDrawing {
  drawings += 1;
  const prefix = `xxgk-table-${String(drawings)}`;
  const definitions = new Map(table.cells.map((cell) => [cell.id, cell]));
  const parts = new Map<CellId, CellParts>();
  const rowHeadings = new Map<Element, CellId>();
  const prototype = cellPrototype();

  const element = drawFrame(table);
  const drawn = document.createElement('table');
  drawn.append(drawCaption(table), columnWidths(table));

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
        const heading = document.createElement('th');
        fillHeading(heading, cell);
        headers?.see(heading, cell, column);
        if (cell.row !== undefined) rowHeading = heading;
        row.append(heading);
      } else {
        const definition = definitions.get(cell.cell)!;
        const part = drawCell(
          prototype,
          definition,
          `${prefix}-${String(parts.size + 1)}`,
          cellOf(cell.cell),
        );
        if (cell.colSpan > 1) part.place.colSpan = cell.colSpan;
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

  for (const part of parts.values()) drawState(part);
  return { element, parts, rowHeadings };
}

/** Shows what a cell holds. `keepText` while its input belongs to an open edit. */
export function redrawCell(part: CellParts, cell: GridCell, keepText: boolean): void {
  const before = part.cell;
  part.cell = cell;
  if (!keepText && part.speaker.value !== cell.text) part.speaker.value = cell.text;
  if (!sameCell(before, cell)) drawState(part);
}

function drawState(part: CellParts): void {
  const ghost = ghostOf(part.cell);
  if (part.speaker.placeholder !== ghost) part.speaker.placeholder = ghost;
  drawCellState(part);
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
  name: string,
  cell: GridCell,
): CellParts {
  const place = prototype.cloneNode(true) as HTMLTableCellElement;
  const speaker = place.firstChild as HTMLInputElement;
  if (definition.kind === 'free-amount') speaker.inputMode = 'text';
  speaker.id = name;
  speaker.setAttribute('aria-label', definition.label);
  if (cell.text !== '') speaker.value = cell.text;
  return drawnCell(definition.id, place, speaker, name, cell);
}

function startsBlock(cells: readonly LayoutCell[]): boolean {
  const first = cells[0];
  return first !== undefined && 'heading' in first && first.scope === 'colgroup' && cells.length === 1;
}

function columnWidths(table: Table): HTMLTableColElement {
  const group = document.createElement('colgroup');
  const values = Math.max(...table.layout.matrix.map((row) => row.length));
  const labels = labelColumns(table);
  for (let index = 0; index < labels + values; index += 1) {
    const column = document.createElement('col');
    column.className = columnClass(index, labels);
    group.append(column);
  }
  return group;
}
