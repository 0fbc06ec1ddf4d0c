/**
 * 表三 of a running text that was taken down its columns: seven blocks of numbers for some rows, whose labels stand before
 * them or behind, in the order of the form. Nothing but the sums tells whose a number is, so all of them have to hold, of
 * every row and every column, and every row has to be there.
 */
import { FORMATS } from '../format/formats.ts';
import { looksLikeValue, type FoundRow } from './found-rows.ts';
import type { Piece } from './place-values.ts';
import type { TextEvent } from './text-rows.ts';

const COLUMNS = 7;
/** Longer ones may be several numbers, and no count is. */
const NUMBER = /^\d{1,12}$/;
/** The rows of 表三, with （六） in three rows and in one. */
const ORDERS = (['2021', '2019'] as const).map((version) =>
  FORMATS[version].tables
    .find(({ id }) => id === 'requests')!
    .blocks.flatMap((block) => block.rows.map(({ id }) => id)),
);

interface Label {
  readonly id: string;
  readonly line: number;
  readonly event: TextEvent;
}

/** Rows in the order of reading, each of seven values. */
type Rows = readonly (readonly Piece[])[];

/** The events with the rows of 表三 as its columns give them; as they came where anything is less than certain. */
export function withColumnBlocks(
  events: readonly TextEvent[],
  pieces: readonly Piece[],
): readonly TextEvent[] {
  const own = events.filter(({ found }) => 'table' in found && found.table === 'requests');
  const first = own[0];
  if (first === undefined) return events;
  const behind = events[events.indexOf(own[own.length - 1]!) + 1]?.line ?? Infinity;
  const values = pieces.filter(
    ({ plain, place }) => place.row > first.line && place.row < behind && looksLikeValue(plain),
  );
  const order = ORDERS.find((ids) => ids.length * COLUMNS === values.length);
  if (order === undefined || !values.every(({ plain, place }) => NUMBER.test(plain) && place.column === 1))
    return events;
  const labels = labelsOf(own);
  if (labels?.length !== order.length || !order.every((id) => labels.some((label) => label.id === id)))
    return events;
  const segments = segmentsOf(values, labels);
  if (segments === undefined || !isAnchored(segments, labels, order)) return events;
  const rows = segments.flat();
  if (!sumsHold(rows) || !segments.every((_, index) => isOnlyReading(segments, index, labels))) return events;
  const valuesOf = new Map(labels.map(({ id, event }) => [event, rows[order.indexOf(id)]!]));
  const isOwn = new Set(own);
  return events.flatMap((event): TextEvent[] => {
    const { found } = event;
    if (!isOwn.has(event) || found.kind === 'heading') return [event];
    const its = valuesOf.get(event);
    if (found.kind !== 'row' || its === undefined) return [];
    const { unvouched: _, ...rest } = found;
    return [{ ...event, found: { ...rest, values: its, disturbed: false } }];
  });
}

/** Undefined where a row is there twice, or its heading is not that of the form. A label in pieces may be read as two rows. */
function labelsOf(own: readonly TextEvent[]): readonly Label[] | undefined {
  const labels: Label[] = [];
  for (const event of own) {
    const { found, line } = event;
    if (found.kind !== 'row') continue;
    const id = found.label?.id ?? '';
    const before = labels[labels.length - 1];
    if (found.headingInDoubt || found.twofold === true) return undefined;
    if (before?.id === id && (before.event.found as FoundRow).values.length === 0) labels.pop();
    else if (labels.some((one) => one.id === id)) return undefined;
    labels.push({ id, line, event });
  }
  return labels;
}

/** Seven blocks of one length after each other are so many rows; a label stands before all of them or behind. */
function segmentsOf(values: readonly Piece[], labels: readonly Label[]): readonly Rows[] | undefined {
  const blocks: Piece[][] = [];
  for (const piece of values) {
    const block = blocks[blocks.length - 1];
    if (block?.[block.length - 1]?.place.row === piece.place.row - 1) block.push(piece);
    else blocks.push([piece]);
  }
  const segments: Rows[] = [];
  for (let from = 0; from < blocks.length; from += COLUMNS) {
    const own = blocks.slice(from, from + COLUMNS);
    const { length } = own[0]!;
    if (own.length < COLUMNS || own.some((block) => block.length !== length)) return undefined;
    const [first, last] = [own[0]![0]!.place.row, own[COLUMNS - 1]![0]!.place.row];
    if (labels.some(({ line }) => line > first && line < last)) return undefined;
    segments.push(own[0]!.map((_, row) => own.map((block) => block[row]!)));
  }
  return segments;
}

/**
 * Whether the labels say the same as the order of the form: behind the label of a row, before the next label, its values are
 * among those that come; labels without values behind them are in order.
 */
function isAnchored(segments: readonly Rows[], labels: readonly Label[], order: readonly string[]): boolean {
  let at = 0;
  const placed = segments.map((rows) => {
    const ids = order.slice(at, at + rows.length);
    at += rows.length;
    return { ids, line: rows[0]![0]!.place.row };
  });
  return labels.every(({ id, line }, index) => {
    const next = labels[index + 1]?.line ?? Infinity;
    const behind = placed.filter((one) => one.line > line && one.line < next);
    if (behind.length > 0) return behind.some(({ ids }) => ids.includes(id));
    const following = labels[index + 1];
    if (
      following === undefined ||
      placed.some((one) => one.line > next && one.line < (labels[index + 2]?.line ?? Infinity))
    )
      return true;
    return order.indexOf(following.id) > order.indexOf(id);
  });
}

const rowHolds = (row: readonly Piece[]): boolean => {
  const numbers = row.map(({ plain }) => Number(plain));
  return numbers.reduce((sum, one) => sum + one, 0) === 2 * numbers[COLUMNS - 1]!;
};

/** Every row, and in every column results to （七）总计 and 新收 + 上年结转 to 总计 + 结转下年度. */
function sumsHold(rows: Rows): boolean {
  return (
    rows.every(rowHolds) &&
    Array.from({ length: COLUMNS }, (_, column) => rows.map((row) => Number(row[column]!.plain))).every(
      (column) => {
        const [received = 0, carriedOver = 0, ...results] = column.slice(0, -2);
        const [total = 0, carriedForward = 0] = column.slice(-2);
        const sum = results.reduce((all, one) => all + one, 0);
        return sum === total && received + carriedOver === total + carriedForward;
      },
    )
  );
}

/** Whether the numbers say something else, or nothing that could be, when they are taken the other way round. */
function isOnlyReading(segments: readonly Rows[], index: number, labels: readonly Label[]): boolean {
  const lineOf = (at: number): number => segments[at]![0]![0]!.place.row;
  // Rows of one number a block that follow each other without a label may be blocks of as many.
  const isApart = (at: number): boolean =>
    labels.some(({ line }) => line > lineOf(at) && line < lineOf(at + 1));
  let to = index;
  while (segments[to + 1]?.length === 1 && segments[index]!.length === 1 && !isApart(to)) to += 1;
  const rows = segments.slice(index, to + 1).flat();
  const isByRow = segments[index]!.length === 1;
  const numbers = isByRow
    ? rows.flat()
    : Array.from({ length: COLUMNS }, (_, column) => rows.map((row) => row[column]!)).flat();
  const other = rows.map((_, row) =>
    Array.from({ length: COLUMNS }, (__, column) =>
      isByRow ? numbers[column * rows.length + row]! : numbers[row * COLUMNS + column]!,
    ),
  );
  const isSame = other.every((row, at) =>
    row.every(({ plain }, column) => plain === rows[at]![column]!.plain),
  );
  return isSame || !other.every(rowHolds);
}
