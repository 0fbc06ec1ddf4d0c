/**
 * How the rows of one table are typed: how many cells most of them have, and where in rows of a length the values begin. The
 * rows that leave no choice say it: they are full, and their sums hold. Knows neither labels nor tables.
 */
import type { Piece, Row } from './place-values.ts';

/** How the rows of one table with so many columns are typed. */
export interface Habit {
  /** How many cells most of them have. */
  readonly length: number;
  /** Numbers of cells that more than one of them has. */
  readonly several: ReadonlySet<number>;
  /** By number of cells: where the values begin in the rows of it that leave no choice; empty where none does. */
  readonly starts: ReadonlyMap<number, number>;
}

interface Witnesses {
  /** Where their values begin: among their cells, and in the table. */
  readonly starts: Set<number>;
  readonly positions: Set<number>;
  rows: number;
}

/** What the full rows say whose sums hold, and are not of zeros; of rows of so many columns. */
export function habitOf(rows: readonly Row[]): Habit {
  const [{ count } = { count: 0 }] = rows;
  const seen = new Map<number, Witnesses>();
  for (const { values, sums } of rows) {
    if (count < 3 || values.filter(isFilled).length !== count) continue;
    const [start, other] = windowsOf(values, count);
    if (start === undefined || other !== undefined) continue;
    if (sums !== undefined && sums(values.slice(start, start + count)) !== 'hold') continue;
    const one = seen.get(values.length) ?? { starts: new Set(), positions: new Set(), rows: 0 };
    one.rows += 1;
    one.starts.add(start);
    one.positions.add(values[start]!.position);
    seen.set(values.length, one);
  }
  const lengths = new Map<number, number>();
  for (const { values } of rows) lengths.set(values.length, (lengths.get(values.length) ?? 0) + 1);
  const length = usualLength(lengths, count, seen);
  const usual = seen.get(length) ?? [...seen.values()].sort((a, b) => b.rows - a.rows)[0];
  const starts = new Map<number, number>();
  for (const [cells, one] of seen) {
    const [start, other] = one.starts;
    if (start === undefined || other !== undefined) continue;
    // Without sums a row is no witness of itself.
    if (rows[0]!.sums === undefined && cells !== count && lengths.get(cells) === 1) continue;
    // Rows that begin elsewhere than most are out of place, unless all of them stand below the others.
    const [position, elsewhere] = new Set([...usual!.positions, ...one.positions]);
    const stands = usual!.starts.has(start) || (position !== undefined && elsewhere === undefined);
    const isSound = rows.every(
      ({ values }) =>
        values.length !== cells || !values.some(isFilled) || windowsOf(values, count).includes(start),
    );
    if (cells === length || (isSound && stands)) starts.set(cells, start);
  }
  const several = new Set([...lengths].flatMap(([cells, many]) => (many > 1 ? [cells] : [])));
  return { length, several, starts };
}

/** As many cells as most rows have, of those that say where they begin; as the form has where many do. */
function usualLength(
  lengths: ReadonlyMap<number, number>,
  count: number,
  seen: ReadonlyMap<number, Witnesses>,
): number {
  // One row that leaves no choice may be out of place itself.
  const most = Math.max(0, ...lengths.values());
  const told = [...lengths].filter(
    ([cells, rows]) => (seen.get(cells)?.rows ?? 0) > (rows === most ? 0 : 1) || cells === count,
  );
  const all = told.some(([cells]) => seen.has(cells)) ? told : [...lengths];
  const rows = all.reduce((sum, [, many]) => sum + many, 0);
  // Nothing speaks for another length then, however many rows have it.
  if (!seen.has(count) && (lengths.get(count) ?? 0) * 4 >= rows) return count;
  // Of two that are as frequent the one nearer to the form.
  all.sort(([a, rowsOfA], [b, rowsOfB]) => rowsOfB - rowsOfA || Math.abs(a - count) - Math.abs(b - count));
  return all[0]?.[0] ?? count;
}

/** Where a run of so many values can begin so that everything outside it is blank. */
export function windowsOf(values: readonly Piece[], count: number): number[] {
  const first = values.findIndex(isFilled);
  if (first === -1) return [];
  let last = values.length - 1;
  while (!isFilled(values[last]!)) last -= 1;
  const starts: number[] = [];
  for (let start = Math.max(0, last - count + 1); start <= Math.min(first, values.length - count); start += 1)
    starts.push(start);
  return starts;
}

export function isFilled(piece: Piece): boolean {
  return piece.plain !== '';
}
