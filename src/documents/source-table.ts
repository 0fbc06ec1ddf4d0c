/**
 * A table as a source has it (spans that end nowhere, rows and columns that are hidden, places without a cell) to the
 * rows of a table block. Sizes are checked before anything is laid out. Knows no format of a source.
 */
import { UnreadableSource, type SourceCell } from './source-document.ts';

/** Most cells of a document, places that a span covers included. */
export const MAX_CELLS = 100_000;

/** What one document may still use of its cells. */
export class CellBudget {
  #left = MAX_CELLS;

  get left(): number {
    return this.#left;
  }

  spend(cells: number): void {
    this.#left -= cells;
    if (this.#left < 0) throw new UnreadableSource({ code: 'too-large', what: 'cells' });
  }
}

export interface PlacedCell extends SourceCell {
  /** From 0, as all places here. */
  readonly row: number;
  readonly column: number;
}

export interface Hidden {
  readonly rows: ReadonlySet<number>;
  readonly columns: ReadonlySet<number>;
}

export const NOTHING_HIDDEN: Hidden = { rows: new Set(), columns: new Set() };

/**
 * Where HTML draws each cell of these rows. A cell that is not drawn (`isDrawn`) takes no place, except in a hidden
 * column. The only cell of a row may claim any number of columns: it gets those that the other rows have.
 */
export function placeCells<Cell extends SourceCell>(
  rows: readonly (readonly Cell[])[],
  budget: CellBudget,
  hidden: Hidden = NOTHING_HIDDEN,
  isDrawn: (cell: Cell, column: number) => boolean = () => true,
): PlacedCell[] {
  const widest = Math.floor(budget.left / Math.max(1, rows.length));
  const placed: PlacedCell[] = [];
  const titles: number[] = [];
  /** For each column the first row that no earlier cell reaches down to. */
  const freeFrom: number[] = [];
  let width = Math.min(1, rows.length);
  rows.forEach((cells, row) => {
    const isTitle = cells.length === 1 && cells[0]!.rowSpan === 1;
    let column = 0;
    for (const cell of cells) {
      while ((freeFrom[column] ?? 0) > row) column += 1;
      if (!isDrawn(cell, column)) {
        if (hidden.columns.has(column)) column += 1;
        continue;
      }
      const end = column + (isTitle ? 1 : cell.colSpan);
      if (end > widest) budget.spend(Infinity);
      width = Math.max(width, end);
      if (isTitle) titles.push(placed.length);
      else
        for (let at = column; at < end; at += 1)
          freeFrom[at] = Math.max(freeFrom[at] ?? 0, row + cell.rowSpan);
      placed.push({ ...cell, row, column });
      column = end;
    }
  });
  for (const index of titles) {
    const title = placed[index]!;
    if (title.column + title.colSpan > width)
      placed[index] = { ...title, colSpan: Math.max(1, width - title.column) };
  }
  budget.spend(rows.length * width);
  return placed;
}

/**
 * The rows of a table block: hidden rows and columns are taken out, of the spans over them too, and a place that no cell has
 * is a missing cell, so that positions hold. The cells come in order of their rows, then columns.
 */
export function toRows(cells: readonly PlacedCell[], rowCount: number, hidden: Hidden): SourceCell[][] {
  const columnCount = cells.reduce((most, cell) => Math.max(most, cell.column + cell.colSpan), 0);
  const rowBefore = visibleBefore(rowCount, hidden.rows);
  const columnBefore = visibleBefore(columnCount, hidden.columns);
  const rows: SourceCell[][] = Array.from({ length: rowBefore[rowCount]! }, () => []);
  const next: number[] = rows.map(() => 0);
  const freeFrom: number[] = [];
  const skipCovered = (row: number): void => {
    while ((freeFrom[next[row]!] ?? 0) > row) next[row]! += 1;
  };
  for (const cell of inOrder(cells, rowBefore)) {
    const row = rowBefore[cell.row]!;
    const column = columnBefore[cell.column]!;
    const rowSpan = rowBefore[Math.min(rowCount, cell.row + cell.rowSpan)]! - row;
    const colSpan = columnBefore[cell.column + cell.colSpan]! - column;
    if (rowSpan < 1 || colSpan < 1) continue;
    skipCovered(row);
    while (next[row]! < column) {
      rows[row]!.push(NO_CELL);
      next[row]! += 1;
      skipCovered(row);
    }
    rows[row]!.push({
      text: cell.text,
      colSpan,
      rowSpan,
      ...(cell.doubtful === true && { doubtful: true }),
      ...(cell.missing === true && { missing: true }),
    });
    for (let at = column; at < column + colSpan; at += 1)
      freeFrom[at] = Math.max(freeFrom[at] ?? 0, row + rowSpan);
    next[row] = Math.max(next[row]!, column + colSpan);
  }
  return rows;
}

const NO_CELL: SourceCell = { text: '', colSpan: 1, rowSpan: 1, missing: true };

/** A merged cell whose first row is hidden moves down into a row whose own cells come before and after it. */
function inOrder(cells: readonly PlacedCell[], rowBefore: readonly number[]): readonly PlacedCell[] {
  return cells
    .slice()
    .sort((a, b) => rowBefore[a.row]! - rowBefore[b.row]! || a.column - b.column || a.row - b.row);
}

function visibleBefore(count: number, hidden: ReadonlySet<number>): number[] {
  const before = [0];
  for (let index = 0; index < count; index += 1) before.push(before[index]! + (hidden.has(index) ? 0 : 1));
  return before;
}
