/**
 * Where a key leads: places in the matrix of a table. Pure; knows no DOM, no key names and no cell contents but the
 * one question "is it blank?".
 */
import type { CellId } from '../../format/entry.ts';
import type { GridRange } from './grid-port.ts';

/** Screen row and column of a cell in `table.layout.matrix`. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export type Matrix = readonly (readonly (CellId | undefined)[])[];

/** The cells of one table by place, and the moves between them. */
export class Places {
  readonly rows: number;
  readonly columns: number;
  private readonly byCell = new Map<CellId, Place>();

  constructor(private readonly matrix: Matrix) {
    this.rows = matrix.length;
    this.columns = Math.max(0, ...matrix.map((row) => row.length));
    matrix.forEach((ids, row) => {
      ids.forEach((id, column) => {
        if (id !== undefined) this.byCell.set(id, { row, column });
      });
    });
  }

  /** Every cell in reading order. */
  get cells(): Iterable<CellId> {
    return this.byCell.keys();
  }

  placeOf(id: CellId): Place | undefined {
    return this.byCell.get(id);
  }

  cellAt(row: number, column: number): CellId | undefined {
    return this.matrix[row]?.[column];
  }

  /** The cell that covers a screen position: a cell spanning several columns stands in the first of them. */
  covering(row: number, column: number): Place {
    const r = clamp(row, this.rows - 1);
    let c = clamp(column, this.columns - 1);
    while (c > 0 && this.cellAt(r, c) === undefined) c -= 1;
    return { row: r, column: c };
  }

  /** One step; stays where there is no further cell. `goal` is the column a vertical walk keeps to. */
  step(from: Place, down: number, right: number, goal: number): Place {
    if (down !== 0) return this.covering(from.row + down, goal);
    for (let column = from.column + right; column >= 0 && column < this.columns; column += right) {
      if (this.cellAt(from.row, column) !== undefined) return { row: from.row, column };
    }
    return from;
  }

  /** As far as a block of filled cells reaches, or to the next filled cell, or to the end (Ctrl+arrow). */
  edge(from: Place, down: number, right: number, goal: number, isBlank: (id: CellId) => boolean): Place {
    const blankAt = (place: Place): boolean => {
      const id = this.cellAt(place.row, place.column);
      return id === undefined || isBlank(id);
    };
    let place = from;
    let next = this.step(place, down, right, goal);
    if (samePlace(place, next)) return place;
    const insideBlock = !blankAt(place) && !blankAt(next);
    for (;;) {
      if (insideBlock && blankAt(next)) return place;
      place = next;
      if (!insideBlock && !blankAt(place)) return place;
      next = this.step(place, down, right, goal);
      if (samePlace(place, next)) return place;
    }
  }

  /** The first or last cell of a row. */
  rowEnd(row: number, end: 'start' | 'end'): Place {
    return this.covering(row, end === 'start' ? 0 : this.columns - 1);
  }

  /** The cells of a rectangle in reading order. */
  within(range: GridRange): CellId[] {
    const ids: CellId[] = [];
    for (let row = range.top; row <= range.bottom; row += 1) {
      for (let column = range.left; column <= range.right; column += 1) {
        const id = this.cellAt(row, column);
        if (id !== undefined) ids.push(id);
      }
    }
    return ids;
  }

  /** The corner of a range that Shift moves: opposite to the active cell. */
  farEnd(active: Place, range: GridRange): Place {
    return this.covering(
      active.row === range.top ? range.bottom : range.top,
      active.column === this.covering(range.top, range.left).column ? range.right : range.left,
    );
  }

  /** The smallest rectangle that holds two cells and cuts none that spans several columns. */
  spanning(a: Place, b: Place): GridRange {
    const top = Math.min(a.row, b.row);
    const bottom = Math.max(a.row, b.row);
    let left = Math.min(a.column, b.column);
    let right = Math.max(a.column, b.column);
    // One cell alone is one position, whatever it spans: copied, it is one value.
    if (samePlace(a, b)) return { top, left, bottom, right };
    for (let row = top; row <= bottom; row += 1) {
      const first = this.covering(row, left).column;
      while (right < this.columns - 1 && this.cellAt(row, right + 1) === undefined) right += 1;
      if (first < left) {
        left = first;
        row = top - 1;
      }
    }
    return { top, left, bottom, right };
  }
}

export function samePlace(a: Place, b: Place): boolean {
  return a.row === b.row && a.column === b.column;
}

export function sameRange(a: GridRange, b: GridRange): boolean {
  return a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right;
}

export function isWithin(place: Place, range: GridRange): boolean {
  return (
    place.row >= range.top &&
    place.row <= range.bottom &&
    place.column >= range.left &&
    place.column <= range.right
  );
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}
