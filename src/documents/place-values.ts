/**
 * The values of one row, laid into the columns of the form. Only one way of laying them may be possible; where there are
 * several, or none, every cell of the row is doubtful, with a candidate where the sum of the row leaves one. Knows
 * neither labels nor tables.
 */
import type { Doubt, SourcePlace } from './document-reading.ts';

/** One text of the source in its place. */
export interface Piece {
  /** As it came. */
  readonly raw: string;
  /** Half-width and simplified, for comparing. */
  readonly plain: string;
  readonly place: SourcePlace;
  /** Where its column begins in a table whose spans are known, and how many it covers. */
  readonly position: number;
  readonly span: number;
  readonly doubtful: boolean;
}

export type Placed =
  | { readonly piece: Piece | undefined; readonly inferred: boolean }
  | {
      readonly doubt: Doubt;
      readonly raw: string;
      readonly candidate?: string;
      readonly piece: Piece | undefined;
    };

export interface Row {
  readonly values: readonly Piece[];
  /** How many columns it must fill. */
  readonly count: number;
  /** The values by the columns of the heading above them, where those are known. */
  readonly byPosition?: readonly (Piece | undefined)[] | undefined;
  /** Where the values begin in rows with so many cells that are full (`fullRows`); empty where none is. */
  readonly usual?: FullRows | undefined;
  /** The sums that hold in such a row: the last of each group of so many is the sum of the others; 0 for none. */
  readonly group: number;
}

/** By number of cells: where the values begin in the rows of it that leave no choice. */
export type FullRows = ReadonlyMap<number, number>;

export interface PlacedRow {
  readonly cells: readonly Placed[];
  /** The row has more cells than others of its table: only its sum can say that none of them is out of place. */
  readonly unusual: boolean;
  /** There are so many values that they cannot all be this row's: the source is out of order here. */
  readonly broken: boolean;
}

/** A number in running text whose digits may be of several cells: "023". */
const LEADING_ZERO = /^0\d/;

export function placeValues(row: Row): PlacedRow {
  const { values, count } = row;
  const usual: FullRows = row.usual ?? new Map();
  const placed = (cells: readonly Placed[], more: Partial<PlacedRow> = {}): PlacedRow => ({
    cells,
    unusual: false,
    broken: false,
    ...more,
  });
  const filled = values.filter((piece) => piece.plain !== '');
  if (filled.length === 0) return placed(fill(count, undefined, values.length < count));
  // In a table that has all its cells a lone number is one.
  if (filled.length === 1 && count > 1 && (values.length < count || count > 3)) {
    const glued = unglue(filled[0]!, row);
    if (glued !== undefined) return placed(glued);
  }
  if (count > 1 && filled.some((piece) => piece.place.table === 0 && LEADING_ZERO.test(piece.plain)))
    return placed(doubtful(row, 'glued'));
  if (values.length === count && values.every((piece) => piece.span === 1 || count === 1))
    return placed(values.map((piece) => ({ piece, inferred: false })));

  const windows = windowsOf(values, count);
  const isFull = filled.length === count && windows.length === 1;
  const [first] = windows;
  const start = usual.get(values.length);
  const { byPosition } = row;
  if (isFull && start === first) return placed(at(values, first!, count));
  if (
    isFull &&
    (byPosition === undefined || byPosition.every((piece, index) => piece === values[first! + index]))
  )
    return placed(at(values, first!, count), { unusual: true });
  if (start !== undefined && windows.includes(start)) return placed(at(values, start, count));
  // A blank in a row that is longer or shorter than others may be the cell too many.
  if (byPosition !== undefined && usual.size === 0 && values.length >= count) {
    const found = byPosition.filter((piece) => piece !== undefined && piece.plain !== '');
    // Every value has a column of its own, and none is left over.
    if (found.length === filled.length && found.every((piece) => piece!.span === 1))
      return placed(byPosition.map((piece) => ({ piece, inferred: true })));
  }
  if (windows.length === 1 && usual.size === 0) return placed(at(values, first!, count), { unusual: true });
  // Zeros too many (a label column that was drawn as a value) are zeros wherever they begin.
  if (filled.length > count && filled.length <= count + 2 && filled.every((piece) => piece.plain === '0'))
    return placed(filled.slice(-count).map((piece) => ({ piece, inferred: true })));
  return placed(doubtful(row, 'count'), { broken: filled.length > count + 2 });
}

/** What the rows of one table that leave no choice say of the others. Two that differ say nothing. */
export function fullRows(rows: readonly Row[]): FullRows {
  const found = new Map<number, { start: number; rows: number; differ: boolean }>();
  for (const { values, count } of rows) {
    const filled = values.filter((piece) => piece.plain !== '');
    if (filled.length !== count || count < 3) continue;
    const [start, other] = windowsOf(values, count);
    if (start === undefined || other !== undefined) continue;
    const known = found.get(values.length);
    if (known === undefined) found.set(values.length, { start, rows: 1, differ: false });
    else {
      known.rows += 1;
      known.differ ||= known.start !== start;
    }
  }
  const most = Math.max(0, ...[...found.values()].map((one) => one.rows));
  // A length that few rows have may be that of rows out of order.
  const usual = [...found].filter(([, one]) => !one.differ && one.rows * 2 > most);
  return new Map(usual.map(([length, { start }]) => [length, start]));
}

function fill(count: number, piece: Piece | undefined, inferred: boolean): Placed[] {
  return Array.from({ length: count }, () => ({ piece, inferred }));
}

function at(values: readonly Piece[], start: number, count: number): Placed[] {
  return values.slice(start, start + count).map((piece) => ({ piece, inferred: true }));
}

/** Where a run of so many values can begin so that everything outside it is blank. */
function windowsOf(values: readonly Piece[], count: number): number[] {
  const isFilled = (piece: Piece): boolean => piece.plain !== '';
  const first = values.findIndex(isFilled);
  if (first === -1) return [];
  let last = values.length - 1;
  while (!isFilled(values[last]!)) last -= 1;
  const starts: number[] = [];
  for (let start = Math.max(0, last - count + 1); start <= Math.min(first, values.length - count); start += 1)
    starts.push(start);
  return starts;
}

function doubtful(row: Row, doubt: Doubt): Placed[] {
  // Of a row of any length as much as a person reads.
  const raw = row.values
    .slice(0, MOST_RAW)
    .map((piece) => piece.raw.trim())
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MOST_RAW);
  const candidates = mergedZero(row) ?? candidatesOf(row);
  const [piece] = row.values;
  return Array.from({ length: row.count }, (_, index) => {
    const candidate = candidates?.[index];
    return { doubt, raw, piece, ...(candidate === undefined ? {} : { candidate }) };
  });
}

/** A 0 that is drawn over all columns is probably the 0 of each. */
function mergedZero({ values, count }: Row): readonly string[] | undefined {
  const filled = values.filter((piece) => piece.plain !== '');
  return filled.length === 1 && filled[0]!.plain === '0' && filled[0]!.span >= count
    ? Array.from({ length: count }, () => '0')
    : undefined;
}

/** Digits of all cells in one run: certain only where they are as many zeros as cells. */
function unglue(piece: Piece, row: Row): Placed[] | undefined {
  const digits = piece.plain.replace(/ /g, '');
  if (!/^\d+$/.test(digits) || digits.length < row.count) return undefined;
  if (digits.length === row.count && /^0+$/.test(digits)) {
    const zero: Piece = { ...piece, raw: '0', plain: '0' };
    return fill(row.count, zero, true);
  }
  return doubtful(row, 'glued');
}

/** Most values, and most characters, of a row that is told as it is. */
const MOST_RAW = 200;

/** Most ways of splitting a run of digits that are tried. */
const MOST_TRIES = 20_000;

/** The only laying of these digits whose sums hold, '' for none. Sums say nothing where the row has none. */
function candidatesOf(row: Row): readonly string[] | undefined {
  if (row.group === 0) return undefined;
  if (row.values.length > MOST_RAW) return undefined;
  const digits = row.values
    .map((piece) => piece.plain)
    .join('')
    .replace(/ /g, '');
  if (!/^\d+$/.test(digits) || digits.length > 60) return undefined;
  let found: readonly string[] | undefined;
  let several = false;
  let tries = 0;
  const cells: string[] = [];
  const walk = (from: number, sum: number): void => {
    if (several || (tries += 1) > MOST_TRIES) return;
    const left = row.count - cells.length;
    if (left === 0) {
      if (from !== digits.length) return;
      if (found !== undefined) several = true;
      else found = [...cells];
      return;
    }
    const isSum = (cells.length + 1) % row.group === 0;
    if (isSum) {
      const text = String(sum);
      if (!digits.startsWith(text, from)) return;
      cells.push(text);
      walk(from + text.length, 0);
      cells.pop();
      return;
    }
    const longest = digits[from] === '0' ? 1 : digits.length - from - (left - 1);
    for (let length = 1; length <= Math.min(longest, 8); length += 1) {
      const text = digits.slice(from, from + length);
      if (text.length < length) return;
      cells.push(text);
      walk(from + length, sum + Number(text));
      cells.pop();
    }
  };
  walk(0, 0);
  return several || tries > MOST_TRIES ? undefined : found;
}
