/**
 * Which rows of a running text can be trusted, judged by all of them together: labels in the order of the form, none
 * missing where values could have gone to the row before, no label twice in a line, columns as the other rows have them.
 */
import { FORMATS } from '../format/formats.ts';
import type { FoundRow } from './found-rows.ts';
import type { TableId } from './labels.ts';
import type { TextPiece } from './text-pieces.ts';
import type { TextEvent } from './text-rows.ts';

interface RowEvent extends TextEvent {
  readonly found: FoundRow;
}

const isRow = (event: TextEvent): event is RowEvent => event.found.kind === 'row';
const isFilled = (row: FoundRow): boolean => row.values.some((value) => value.plain !== '');

/** `isFilledElsewhere`: values are known to stand elsewhere in the text. */
export function doubted(
  events: readonly TextEvent[],
  pieces: readonly TextPiece[],
  isFilledElsewhere: boolean,
): TextEvent[] {
  const isFilledText =
    isFilledElsewhere ||
    events.some((event) => event.found.kind === 'stray' || (isRow(event) && isFilled(event.found)));
  /** Lines that begin with an empty cell: a span of an earlier row covers it. */
  const indented = new Set(
    pieces.filter(({ plain, place }) => plain === '' && place.column === 1).map(({ place }) => place.row),
  );
  /** By line, how many cells it has. */
  const widths = new Map(pieces.map(({ place }) => [place.row, place.column]));
  const changes = new Map<TextEvent, Partial<FoundRow>>();
  const change = (event: RowEvent, more: Partial<FoundRow>): void => {
    changes.set(event, { ...changes.get(event), ...more });
  };
  for (const table of ['disclosure', 'requests', 'proceedings'] as const) {
    const all = events.filter((event): event is RowEvent => isRow(event) && event.found.table === table);
    if (isFilledText) judgeEmpty(all, change);
    judgeLoose(all, change);
    judgeSplit(all, change);
    judgeWidths(all, table, widths, change);
    // （六）其他处理 is a heading unless it has values.
    const rows = all.filter(({ found }) => found.tentative !== true || isFilled(found));
    for (const list of listsOf(rows)) {
      judgeTwofold(list, change);
      if (table === 'proceedings') {
        judgeLine(list, change);
        continue;
      }
      judgeOrder(list, table, change);
      judgeOther(list, change);
      judgeBlocks(list, change);
      if (table === 'disclosure') judgeHeadings(list, change);
      else judgeColumns(list, indented, change);
    }
  }
  judgeEnd(events, pieces, change);
  return events.map((event) => {
    const more = changes.get(event);
    return more === undefined || !isRow(event) ? event : { ...event, found: { ...event.found, ...more } };
  });
}

type Change = (event: RowEvent, more: Partial<FoundRow>) => void;

/** The rows of a table, once for each time it stands in the text. */
function listsOf(rows: readonly RowEvent[]): RowEvent[][] {
  const lists: RowEvent[][] = [];
  let known = new Set<string>();
  for (const row of rows) {
    const id = row.found.label?.id ?? '';
    const list = lists[lists.length - 1];
    const before = list?.[list.length - 1];
    const again = before?.found.label?.id === id;
    if (list === undefined || (known.has(id) && !again)) {
      lists.push([row]);
      known = new Set([id]);
    } else {
      list.push(row);
      known.add(id);
    }
  }
  return lists;
}

function judgeTwofold(rows: readonly RowEvent[], change: Change): void {
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before?.found.label === undefined || before.found.label.id !== row.found.label?.id) return;
    if (before.line !== row.line) return;
    change(before, { disturbed: true, twofold: true });
    change(row, { disturbed: true, twofold: true });
  });
}

/** In a text with values, a row without any may have lost them. */
function judgeEmpty(rows: readonly RowEvent[], change: Change): void {
  for (const row of rows) if (row.found.values.length === 0) change(row, { unvouched: true });
}

/** Where separators stand between cells, a number without one is no cell. */
function judgeLoose(rows: readonly RowEvent[], change: Change): void {
  for (const row of rows)
    if (row.explicit && row.found.values.some((value) => !(value as TextPiece).explicit))
      change(row, { disturbed: true });
}

/** Where rows have their values in one line, or one in a line, a value behind a line of others may be anybody's. */
function judgeSplit(rows: readonly RowEvent[], change: Change): void {
  const filled = rows.filter(({ found }) => found.values.length > 1 && isFilled(found));
  const split = filled.filter(({ found: { values } }) => {
    const lines = new Set(values.map(({ place }) => place.row)).size;
    return lines > 1 && lines < values.length;
  });
  if (split.length * 2 <= filled.length) for (const row of split) change(row, { disturbed: true });
}

/** A line with a blank cell and fewer cells than most with as many columns may have lost one; one with more may have got it. */
function judgeWidths(
  rows: readonly RowEvent[],
  table: TableId,
  widths: ReadonlyMap<number, number>,
  change: Change,
): void {
  const explicit = rows.filter((row) => row.explicit && !isApart(row));
  const widthOf = (row: RowEvent): number => widths.get(row.line)!;
  const all = new Set(explicit.map(widthOf));
  const alike = new Map<number, RowEvent[]>();
  for (const row of explicit) {
    const { length } = row.found.columns;
    const known = alike.get(length);
    if (known === undefined) alike.set(length, [row]);
    else known.push(row);
  }
  for (const own of alike.values()) {
    // A lone one is compared with all others, where those are alike.
    const usual = own.length === 1 && all.size === 2 ? Math.max(...all) : mostCommon(own.map(widthOf));
    // Of two that differ nobody knows which is as it was.
    const isOdds = table === 'disclosure' && own.length === 2 && widthOf(own[0]!) !== widthOf(own[1]!);
    for (const row of own) {
      const { values } = row.found;
      const filled = values.filter(({ plain }) => plain !== '').length;
      const isWide = isOdds || (table === 'disclosure' && widthOf(row) > usual);
      if ((widthOf(row) < usual || isWide) && filled < values.length) change(row, { disturbed: true });
    }
  }
}

/** The number that there are most of, of several the largest; 0 where there is none. */
export function mostCommon(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return Math.max(0, ...[...counts].filter(([, count]) => count === most).map(([number]) => number));
}

/** The fifteen cells of 表四 and one more: which of them a blank is nobody knows. */
function judgeLine(rows: readonly RowEvent[], change: Change): void {
  for (const row of rows) {
    const { values } = row.found;
    const filled = values.filter(({ plain }) => plain !== '').length;
    if (row.explicit && values.length > 15 && filled < 15) change(row, { disturbed: true });
  }
}

const ORDERS = (['2021', '2019'] as const).map((version) => {
  const of = (table: TableId): string[] =>
    FORMATS[version].tables
      .find(({ id }) => id === table)!
      .blocks.flatMap((block) => block.rows.map((row) => row.id));
  return { disclosure: of('disclosure'), requests: of('requests') };
});

/** Where the values do not stand in the line of their label, the order of the labels has to be that of the form. */
function judgeOrder(rows: readonly RowEvent[], table: 'disclosure' | 'requests', change: Change): void {
  const ids = rows.map((row) => row.found.label?.id ?? '');
  const [order] = ORDERS.map((orders) => orders[table]).sort(
    (a, b) => ids.filter((id) => b.includes(id)).length - ids.filter((id) => a.includes(id)).length,
  );
  const ranks = ids.map((id) => {
    const rank = order!.indexOf(id);
    return rank === -1 && id === 'other' ? order!.indexOf('other.other') : rank;
  });
  let most = -1;
  const below = ranks.map((rank) => {
    const isBelow = rank !== -1 && rank < most;
    most = Math.max(most, rank);
    return isBelow;
  });
  let least = Infinity;
  for (let index = ranks.length - 1; index >= 0; index -= 1) {
    const rank = ranks[index]!;
    if (rank === -1) continue;
    const row = rows[index]!;
    if ((below[index]! || rank > least) && isApart(row)) change(row, { disturbed: true });
    const next = ranks[index + 1];
    const missing = next === undefined || next === -1 ? 0 : next - rank - 1;
    // （六）其他处理 in one line stands for three rows.
    const isOneRow = ids[index + 1] === 'other' && missing === 2;
    const isVouched = row.explicit && row.found.values.every((value) => value.plain !== '');
    if (missing > 0 && !isOneRow && !isVouched && !row.closed && isApart(row) && isFilled(row.found))
      change(row, { disturbed: true });
    least = Math.min(least, rank);
  }
}

const isApart = ({ found, line }: RowEvent): boolean =>
  found.values.some((value) => value.place.row !== line);

/** （六）其他处理 has values or it has rows; where it has both, they may be those of one of the rows. */
function judgeOther(rows: readonly RowEvent[], change: Change): void {
  const own = rows.filter(({ found }) => found.label?.id.startsWith('other.') === true);
  const one = rows.filter(({ found }) => found.tentative === true);
  if (own.length === 0 || one.length === 0) return;
  for (const row of [...own, ...one]) change(row, { disturbed: true });
}

/** Labels close together and values apart: a column a block, and whose they are nobody knows. */
function judgeBlocks(rows: readonly RowEvent[], change: Change): void {
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before === undefined || before.found.values.length > 0 || !isApart(row)) return;
    const first = row.found.values[0]!.place.row;
    if (row.line - before.line > 1 || first - row.line <= 1) return;
    change(row, { disturbed: true });
  });
}

/** Whether the heading of a row of 表二 has every column that some version of the form gives it. */
export function namesAllColumns({ columns, label }: FoundRow): boolean {
  const blocks = BLOCKS.filter(
    (block) =>
      block.rows.some(({ id }) => id === label?.id) &&
      columns.every((column) => block.columns.some(({ id }) => id === column)),
  );
  return blocks.length === 0 || blocks.some((block) => block.columns.length <= columns.length);
}

/**
 * The columns of 表二 stand in the order of the form; two that changed places, or one that is missing where a row has its
 * value, are not certain to be what the rows follow.
 */
function judgeHeadings(rows: readonly RowEvent[], change: Change): void {
  for (const row of rows) {
    const { columns, values } = row.found;
    const official = ORDER_OF_COLUMNS.get(columns[0] ?? '');
    if (official === undefined) continue;
    const known = columns.map((column) => ORDER_OF_COLUMNS.get(column ?? '') ?? -1);
    const isOutOfOrder = known.some((place, index) => index > 0 && place <= known[index - 1]!);
    const filled = values.filter(({ plain }) => plain !== '').length;
    if (
      isOutOfOrder ||
      filled > columns.length ||
      (values.length > columns.length && !namesAllColumns(row.found))
    )
      change(row, { headingInDoubt: true });
  }
}

/** Those of 表二. */
const BLOCKS = (['2019', '2021'] as const).flatMap((version) => FORMATS[version].tables[0]!.blocks);
const ORDER_OF_COLUMNS: ReadonlyMap<string, number> = new Map(
  [...new Set(BLOCKS.flatMap((block) => block.columns.map((column) => column.id)))].map((id, index) => [
    id,
    index,
  ]),
);

/**
 * Where every column of the grid has its cell in the line, the rows that have all seven values say where they begin in the
 * others: lines of as many cells, with the label in the same place. Nothing else does: a cell or the end of a line may be
 * lost.
 */
function judgeColumns(rows: readonly RowEvent[], indented: ReadonlySet<number>, change: Change): void {
  const starts = new Map<string, number>();
  const keyOf = ({ found, column }: RowEvent): string => {
    const { values } = found;
    const last = values[values.length - 1]!.place.column;
    return [depthOf(found), column, last].join();
  };
  const open: RowEvent[] = [];
  // The rest of a span may stand behind the values: then a row that ends in a blank cell may have lost another.
  const withRests = new Set(
    rows
      .filter((row) => row.explicit && isApart(row) && row.found.values.length > COLUMNS)
      .map(({ found }) => depthOf(found)),
  );
  for (const row of rows) {
    const { values } = row.found;
    if (
      withRests.has(depthOf(row.found)) &&
      row.explicit &&
      isApart(row) &&
      values.length === COLUMNS &&
      isFilled(row.found)
    ) {
      if (values[COLUMNS - 1]!.plain === '') change(row, { disturbed: true });
      continue;
    }
    if (!row.explicit || values.length < COLUMNS || isApart(row)) continue;
    const first = values.findIndex((value) => value.plain !== '');
    if (first === -1) continue;
    const filled = values.filter((value) => value.plain !== '').length;
    if (filled < COLUMNS) open.push(row);
    if (filled !== COLUMNS) continue;
    const key = keyOf(row);
    const known = starts.get(key);
    starts.set(key, known === undefined || known === first ? first : -1);
  }
  // Where nothing but values stands behind the labels, and nothing before them, seven cells are the seven values.
  const isCompact = rows.every(
    (row) => !row.explicit || isApart(row) || (row.found.values.length <= COLUMNS && !indented.has(row.line)),
  );
  for (const row of open) {
    const { values } = row.found;
    if (isCompact && values.length === COLUMNS) continue;
    const start = starts.get(keyOf(row)) ?? -1;
    const inside = values.slice(start, start + COLUMNS);
    const isInside =
      start !== -1 &&
      inside.length === COLUMNS &&
      values.every((value, index) => value.plain === '' || (index >= start && index < start + COLUMNS));
    change(row, isInside ? { byPosition: inside } : { disturbed: true });
  }
}
const COLUMNS = 7;

/** How many headings stand before its label: how many columns the label covers follows from it. */
function depthOf({ label }: FoundRow): number {
  const id = label?.id ?? '';
  return id.includes('.') ? 2 : DEPTH_0.has(id) ? 0 : 1;
}
const DEPTH_0: ReadonlySet<string> = new Set(['received', 'carried-over', 'carried-forward']);

/**
 * A text that ends in the middle of a table may have been cut off in a number, or in a row that begins with the rests of a
 * span. The last row of a table may be the end of it, where its sums hold.
 */
function judgeEnd(events: readonly TextEvent[], pieces: readonly TextPiece[], change: Change): void {
  const end = pieces[pieces.length - 1];
  const row = events[events.length - 1];
  if (end === undefined || row === undefined || !isRow(row)) return;
  const { values, label, table } = row.found;
  const last = values[values.length - 1];
  if (last === undefined || end.place.row !== last.place.row) return;
  if (!isApart(row) && table === 'requests') {
    const peers = events.filter(
      (event) =>
        isRow(event) && event.found.table === table && event.column === row.column && !isApart(event),
    );
    if (peers.some((peer) => isRow(peer) && peer.found.values.length > values.length))
      change(row, { disturbed: true });
  }
  if (!end.last || last !== end) return;
  if (end.plain === '') return change(row, { disturbed: true });
  if (!/\d/.test(end.plain)) return;
  if (LAST_ROWS.has(label?.id ?? '') || (table === 'proceedings' && values.length >= 15)) {
    const parts = values.slice(table === 'proceedings' ? -5 : -COLUMNS).map((value) => Number(value.plain));
    if (table === 'disclosure' || 2 * Number(end.plain) === parts.reduce((sum, part) => sum + part, 0))
      return;
  }
  change(row, { values: [...values.slice(0, -1), { ...end, doubtful: true }] });
}
const LAST_ROWS: ReadonlySet<string> = new Set(['fees', 'procurement', 'carried-forward']);
