/**
 * The values of one row, laid into the columns of the form. Only one way of laying them may be possible; where there are
 * several, or none, every cell of the row is doubtful, with a candidate where the sum of the row leaves one. Knows
 * neither labels nor tables.
 */
import type { Doubt, SourcePlace } from './document-reading.ts';
import { isFilled, windowsOf, type Habit } from './row-habit.ts';

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
  /** It has exactly these cells in its source: where there is none, nobody left a blank. */
  readonly inTable: boolean;
  /** The values by the columns of the heading above them, where those are known. */
  readonly byPosition?: readonly (Piece | undefined)[] | undefined;
  readonly habit?: Habit | undefined;
  /** The sums that hold in such a row: the last of each group of so many is the sum of the others; 0 for none. */
  readonly group: number;
  /** What the sums say of values laid into the columns; undefined where the form has none. */
  readonly sums?: ((laying: readonly Piece[]) => Sums) | undefined;
}

/** `unsaid`: a sum is blank, or all are of zeros, which say nothing of their order. */
export type Sums = 'hold' | 'fail' | 'unsaid';

export interface PlacedRow {
  readonly cells: readonly Placed[];
  /** Only its sum can say that no value is out of place. */
  readonly unusual: boolean;
  /** There are so many values that they cannot all be this row's: the source is out of order here. */
  readonly broken: boolean;
}

/** A number in running text whose digits may be of several cells: "023". */
const LEADING_ZERO = /^0\d/;

export function placeValues(row: Row): PlacedRow {
  const { values, count, inTable, byPosition, habit } = row;
  const placed = (cells: readonly Placed[], more: Partial<PlacedRow> = {}): PlacedRow => ({
    cells,
    unusual: false,
    broken: false,
    ...more,
  });
  const filled = values.filter(isFilled);
  if (filled.length === 0)
    return placed(lacksCells(row) ? doubtful(row, 'count') : fill(count, undefined, values.length < count));
  // In a table that has all its cells a lone number is one.
  if (filled.length === 1 && count > 1 && (values.length < count || count > 3)) {
    const glued = unglue(filled[0]!, row);
    if (glued !== undefined) return placed(glued);
  }
  if (count > 1 && filled.some((piece) => piece.place.table === 0 && LEADING_ZERO.test(piece.plain)))
    return placed(doubtful(row, 'glued'));
  // One column and one number leave no doubt.
  if (count === 1 && filled.length === 1) return placed([{ piece: filled[0]!, inferred: values.length > 1 }]);
  const isSpanned = count > 1 && values.some((piece) => piece.span > 1);
  if (values.length === count && !isSpanned)
    return placed(
      mayHaveLost(row, values) ? doubtful(row, 'count') : values.map((piece) => ({ piece, inferred: false })),
    );

  const windows = windowsOf(values, count);
  const [first] = windows;
  const isFull = filled.length === count && windows.length === 1;
  // A number drawn over two columns is none of either.
  if (isSpanned && !isFull) return placed(doubtful(row, 'count'), { broken: filled.length > count + 2 });
  const isUsual = values.length > count && values.length === habit?.length;
  const start = habit?.starts.get(values.length);
  if (start !== undefined && windows.includes(start)) {
    const laying = values.slice(start, start + count);
    const isSafe = isUsual || (row.sums?.(laying) === 'hold' && !mayHaveLost(row, laying));
    if (isFull || isSafe) return placed(inferred(laying));
  }
  // Rows of running text are judged together where they are found (`text-doubts.ts`).
  if (isUsual || !inTable || (isFull && isSpanned)) {
    if (isFull) return placed(inferred(values.slice(first, first! + count)), { unusual: true });
    if (byPosition !== undefined && start === undefined) {
      const found = byPosition.filter((piece) => piece !== undefined && isFilled(piece));
      // Every value has a column of its own, and none is left over.
      if (found.length === filled.length) return placed(inferred(byPosition));
    }
    if (windows.length === 1 && start === undefined)
      return placed(inferred(values.slice(first, first! + count)), { unusual: true });
  }
  const only = inTable ? onlyLaying(row) : undefined;
  if (only !== undefined) return placed(inferred(only));
  // Zeros too many (a label column that was drawn as a value) are zeros wherever they begin.
  if (
    filled.length > count &&
    filled.length <= count + 2 &&
    values.length === filled.length &&
    filled.every((piece) => piece.plain === '0')
  )
    return placed(inferred(filled.slice(-count)));
  return placed(doubtful(row, 'count'), { broken: filled.length > count + 2 });
}

function inferred(laying: readonly (Piece | undefined)[]): Placed[] {
  return laying.map((piece) => ({ piece, inferred: true }));
}

/** Whether an empty row has fewer cells than columns, or as many as no others have: what was in them nobody knows. */
function lacksCells({ values, count, inTable, habit }: Row): boolean {
  if (!inTable) return false;
  const covered = values.reduce((sum, piece) => sum + piece.span, 0);
  const isUsual = habit === undefined || habit.length === covered || habit.starts.has(covered);
  return covered < count || (covered === values.length && !isUsual);
}

/** Whether a blank at the end may be the empty cell that other rows have behind their values, and one before it is lost. */
function mayHaveLost({ values, inTable, habit }: Row, laying: readonly Piece[]): boolean {
  if (!inTable || habit === undefined || isFilled(laying[laying.length - 1]!)) return false;
  const longer = values.length + 1;
  return habit.length >= longer || (habit.starts.has(longer) && habit.several.has(longer));
}

/** More than this leave a choice, or are a habit. */
const MOST_BLANK = 6;

/**
 * The values of a row with more cells than columns, and than other rows, where its sums leave one choice of which cells are
 * too many: empty ones, or a number that was typed twice beside a blank that is meant.
 */
function onlyLaying(row: Row): readonly Piece[] | undefined {
  const { values, count, habit } = row;
  const extra = values.length - count;
  // Beside longer rows it may have lost a cell.
  const isShorter = habit !== undefined && values.length < Math.max(habit.length, ...habit.starts.keys());
  const blanks = values.filter((piece) => !isFilled(piece)).length;
  if (extra < 1 || extra > blanks + 1 || blanks > MOST_BLANK || isShorter) return undefined;
  // One cell more than rows have may be any; two more are no number that was typed twice.
  const before = values.length - 1;
  const isOneMore = habit === undefined || habit.length === before || habit.several.has(before);
  const holding = new Map<string, readonly Piece[] | undefined>();
  const others = new Map<string, readonly Piece[] | undefined>();
  const without = (from: number, left: number, numbers: number, kept: readonly Piece[]): void => {
    if (left === 0) {
      const laying = [...kept, ...values.slice(from)];
      // A sum that fails may be printed so; it tells nothing unless another laying has one that holds.
      const found = row.sums?.(laying) === 'hold' ? holding : others;
      const key = laying.map((piece) => piece.plain).join('|');
      if (numbers === 0 || !found.has(key)) found.set(key, numbers === 0 ? laying : undefined);
      return;
    }
    for (let at = from; at < values.length; at += 1) {
      const isNumber = isFilled(values[at]!);
      if (isNumber && (numbers > 0 || !isOneMore)) continue;
      without(at + 1, left - 1, numbers + (isNumber ? 1 : 0), [...kept, ...values.slice(from, at)]);
    }
  };
  without(0, extra, 0, []);
  const possible = [...(holding.size > 0 ? holding : others).values()];
  const [only] = possible;
  return possible.length === 1 && only !== undefined && row.sums?.(only) !== 'fail' ? only : undefined;
}

function fill(count: number, piece: Piece | undefined, inferred: boolean): Placed[] {
  return Array.from({ length: count }, () => ({ piece, inferred }));
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
