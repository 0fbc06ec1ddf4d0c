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

export function doubted(events: readonly TextEvent[], pieces: readonly TextPiece[]): TextEvent[] {
  const isFilledText = events.some(
    (event) => event.found.kind === 'stray' || (isRow(event) && isFilled(event.found)),
  );
  const changes = new Map<TextEvent, Partial<FoundRow>>();
  const change = (event: RowEvent, more: Partial<FoundRow>): void => {
    changes.set(event, { ...changes.get(event), ...more });
  };
  for (const table of ['disclosure', 'requests', 'proceedings'] as const) {
    const all = events.filter((event): event is RowEvent => isRow(event) && event.found.table === table);
    if (isFilledText) judgeEmpty(all, change);
    judgeLoose(all, change);
    // （六）其他处理 is a heading unless it has values.
    const rows = all.filter(({ found }) => found.tentative !== true || isFilled(found));
    for (const list of listsOf(rows)) {
      judgeTwofold(list, change);
      if (table === 'proceedings') continue;
      judgeOrder(list, table, change);
      judgeOther(list, change);
      judgeBlocks(list, change);
      if (table === 'disclosure') judgeHeadings(list, change);
      else judgeColumns(list, change);
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

/** The columns of 表二 stand in the order of the form; two that changed places are not certain to be what the rows follow. */
function judgeHeadings(rows: readonly RowEvent[], change: Change): void {
  for (const row of rows) {
    const { columns } = row.found;
    const official = ORDER_OF_COLUMNS.get(columns[0] ?? '');
    if (columns.length < 2 || official === undefined) continue;
    const known = columns.map((column) => ORDER_OF_COLUMNS.get(column ?? '') ?? -1);
    if (known.some((place, index) => index > 0 && place <= known[index - 1]!))
      change(row, { headingInDoubt: true });
  }
}

const ORDER_OF_COLUMNS: ReadonlyMap<string, number> = new Map(
  [
    ...new Set(
      (['2019', '2021'] as const).flatMap((version) =>
        FORMATS[version].tables[0]!.blocks.flatMap((block) => block.columns.map((column) => column.id)),
      ),
    ),
  ].map((id, index) => [id, index]),
);

/**
 * Where every column of the grid has its cell in the line, the rows whose values can begin at one place only say where
 * they begin in the others: lines of as many cells, with the label in the same place.
 */
function judgeColumns(rows: readonly RowEvent[], change: Change): void {
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
    if (!row.explicit || values.length <= COLUMNS || isApart(row)) continue;
    const first = values.findIndex((value) => value.plain !== '');
    const from = values.length - 1 - [...values].reverse().findIndex((value) => value.plain !== '');
    if (first === -1) continue;
    const least = Math.max(0, from - COLUMNS + 1);
    const most = Math.min(first, values.length - COLUMNS);
    if (least > most) continue;
    if (least < most) {
      open.push(row);
      continue;
    }
    const key = keyOf(row);
    const known = starts.get(key);
    starts.set(key, known === undefined || known === least ? least : -1);
  }
  for (const row of open) {
    const start = starts.get(keyOf(row));
    if (start === undefined || start === -1) continue;
    change(row, { byPosition: row.found.values.slice(start, start + COLUMNS) });
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
