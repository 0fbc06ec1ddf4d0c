/**
 * The tables that ruling lines make on a page: where lines across and lines down meet there are cells, and where a line
 * is missing between two of them they are merged. Knows lines only; what stands in the cells is none of its business.
 */
import type { Ruling } from './page-marks.ts';

export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly colSpan: number;
}

export interface Grid {
  /** The lines down, ascending: one more than there are columns. */
  readonly xs: readonly number[];
  /** The lines across, ascending: one more than there are rows. */
  readonly ys: readonly number[];
  /** Row by row, from left to right. */
  readonly cells: readonly GridCell[];
  /** The cell that covers a place, by row × columns + column. */
  readonly cellAt: readonly number[];
}

/** Points; the two lines of a double border, or of two cells set apart, are one. Rows and columns are wider than this. */
const ONE_LINE = 4;
/** What a dashed line leaves out. */
const DASH = 4;
/** More is a drawing, or a way to keep the reader busy. */
const MAX_LINES = 4_000;
const MAX_PLACES = 60_000;

export function gridsOf(rulings: readonly Ruling[]): Grid[] {
  const across = joined(rulings.filter((ruling) => ruling.across));
  const down = joined(rulings.filter((ruling) => !ruling.across));
  if (across.length + down.length > MAX_LINES) return [];
  return meetings(across, down).flatMap((lines) => gridOf(lines.across, lines.down) ?? []);
}

interface Line {
  readonly at: number;
  from: number;
  to: number;
}

/** Pieces of one line, put together. */
function joined(rulings: readonly Ruling[]): Line[] {
  const byPlace = [...rulings].sort((a, b) => a.at - b.at);
  const lines: Line[] = [];
  for (let start = 0; start < byPlace.length;) {
    let end = start;
    while (end < byPlace.length && byPlace[end]!.at - byPlace[start]!.at <= 1.5) end += 1;
    const pieces = byPlace.slice(start, end).sort((a, b) => a.from - b.from);
    let line: Line | undefined;
    for (const { at, from, to } of pieces) {
      if (line && from <= line.to + DASH) line.to = Math.max(line.to, to);
      else lines.push((line = { at, from, to }));
    }
    start = end;
  }
  return lines.filter(({ from, to }) => to - from > ONE_LINE);
}

/** Lines that touch each other, directly or by others. */
function meetings(
  across: readonly Line[],
  down: readonly Line[],
): { readonly across: Line[]; readonly down: Line[] }[] {
  const parts = new Parts(across.length + down.length);
  across.forEach((a, i) => {
    down.forEach((d, j) => {
      const meet =
        a.at >= d.from - ONE_LINE &&
        a.at <= d.to + ONE_LINE &&
        d.at >= a.from - ONE_LINE &&
        d.at <= a.to + ONE_LINE;
      if (meet) parts.join(i, across.length + j);
    });
  });
  const groups = new Map<number, { across: Line[]; down: Line[] }>();
  const group = (index: number): { across: Line[]; down: Line[] } => {
    const first = parts.of(index);
    const known = groups.get(first) ?? { across: [], down: [] };
    groups.set(first, known);
    return known;
  };
  across.forEach((line, i) => group(i).across.push(line));
  down.forEach((line, j) => group(across.length + j).down.push(line));
  return [...groups.values()].filter((lines) => lines.across.length > 0 && lines.down.length > 0);
}

function gridOf(across: readonly Line[], down: readonly Line[]): Grid | undefined {
  // A table without lines at its sides ends where the lines of the other direction end.
  const xs = places(down, across);
  const ys = places(across, down);
  const columns = xs.length - 1;
  const rows = ys.length - 1;
  if (columns < 1 || rows < 1 || columns * rows < 2 || columns * rows > MAX_PLACES) return undefined;

  const downLines = byPlace(down, xs);
  const acrossLines = byPlace(across, ys);
  const parts = new Parts(rows * columns);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const place = row * columns + column;
      if (column + 1 < columns && !covered(downLines[column + 1]!, ys[row]!, ys[row + 1]!))
        parts.join(place, place + 1);
      if (row + 1 < rows && !covered(acrossLines[row + 1]!, xs[column]!, xs[column + 1]!))
        parts.join(place, place + columns);
    }

  const cellAt = Array.from({ length: rows * columns }, () => -1);
  const cells: GridCell[] = [];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const place = row * columns + column;
      if (cellAt[place] !== -1) continue;
      const part = parts.of(place);
      const isFree = (r: number, c: number): boolean =>
        r < rows &&
        c >= 0 &&
        c < columns &&
        cellAt[r * columns + c] === -1 &&
        parts.of(r * columns + c) === part;
      // An area that is no rectangle, where a piece of a line is missing, becomes several.
      let colSpan = 1;
      while (isFree(row, column + colSpan)) colSpan += 1;
      let rowSpan = 1;
      const rowIsFree = (r: number): boolean => {
        for (let c = column; c < column + colSpan; c += 1) if (!isFree(r, c)) return false;
        return !isFree(r, column - 1) && !isFree(r, column + colSpan);
      };
      while (rowIsFree(row + rowSpan)) rowSpan += 1;
      for (let r = row; r < row + rowSpan; r += 1)
        for (let c = column; c < column + colSpan; c += 1) cellAt[r * columns + c] = cells.length;
      cells.push({ row, column, rowSpan, colSpan });
    }
  // A frame around a page, a tick box, an underline that meets a stroke.
  return cells.length < 2 ? undefined : { xs, ys, cells, cellAt };
}

function places(lines: readonly Line[], others: readonly Line[]): number[] {
  const all = lines.map(({ at }) => at);
  const ends = [Math.min(...others.map(({ from }) => from)), Math.max(...others.map(({ to }) => to))];
  for (const end of ends) if (all.every((at) => Math.abs(at - end) > ONE_LINE)) all.push(end);
  all.sort((a, b) => a - b);
  const found: number[] = [];
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]! - all[start]! <= ONE_LINE) end += 1;
    found.push((all[start]! + all[end - 1]!) / 2);
    start = end;
  }
  return found;
}

function byPlace(lines: readonly Line[], at: readonly number[]): Line[][] {
  const sorted: Line[][] = at.map(() => []);
  for (const line of lines) {
    let nearest = 0;
    at.forEach((place, index) => {
      if (Math.abs(place - line.at) < Math.abs(at[nearest]! - line.at)) nearest = index;
    });
    sorted[nearest]!.push(line);
  }
  for (const here of sorted) here.sort((a, b) => a.from - b.from);
  return sorted;
}

/** Whether a line stands between two places, a gap at a corner notwithstanding. */
function covered(lines: readonly Line[], from: number, to: number): boolean {
  let length = 0;
  let done = from;
  for (const line of lines) {
    const end = Math.min(line.to, to);
    length += Math.max(0, end - Math.max(line.from, done));
    done = Math.max(done, end);
  }
  return length >= (to - from) * 0.6;
}

/** Which of many things belong together (union-find). */
class Parts {
  private readonly parent: number[];

  constructor(count: number) {
    this.parent = Array.from({ length: count }, (_, index) => index);
  }

  of(index: number): number {
    let top = index;
    while (this.parent[top] !== top) top = this.parent[top]!;
    for (let one = index; one !== top;) {
      const next = this.parent[one]!;
      this.parent[one] = top;
      one = next;
    }
    return top;
  }

  join(one: number, other: number): void {
    this.parent[this.of(one)] = this.of(other);
  }
}
