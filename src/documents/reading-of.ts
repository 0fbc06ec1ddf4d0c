/**
 * One report from the rows that were found: a reading for each cell, doubts where values cannot be laid into columns in
 * one way only, printed totals beside computed ones, and the report on the reading.
 */
import {
  LAST_ROW_OF_OTHER,
  MERGED_ROWS_OF_OTHER,
  mergedCellsOfOther,
  ONE_ROW_OTHER,
} from '../format/correspondence.ts';
import { BLANK, MERGED, quantityOf, type CellId, type Entry } from '../format/entry.ts';
import type { CellDefinition, Format, FormatVersion } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import type { Quantity } from '../format/quantity.ts';
import { readEntry, withoutUnit } from '../format/read-entry.ts';
import { computeTotals } from '../format/totals.ts';
import type { CellReading, DocumentReading, Doubt, ReadingReport } from './document-reading.ts';
import { versionsSaid, type Found, type FoundRow } from './found-rows.ts';
import { headOf, narrativeOf } from './head-and-narrative.ts';
import type { TableId } from './labels.ts';
import { placeValues, type Piece, type Placed, type Row } from './place-values.ts';
import type { ReportParts } from './read-tables.ts';
import { habitOf, type Habit } from './row-habit.ts';
import type { SourceDocument } from './source-document.ts';

interface Mutable {
  readonly cells: Map<CellId, CellReading>;
  readonly doubts: Map<CellId, Doubt>;
  readonly duplicates: Map<CellId, string[]>;
  readonly unplaced: ReadingReport['unplaced'][number][];
  readonly labels: Map<string, string>;
  oneRowOther: boolean;
  /** What the document says its amounts are in, where that is not 万元. */
  readonly otherUnit: string | undefined;
}

/** Undefined where nothing of the form was found. */
export function readingOf(parts: ReportParts, document: SourceDocument): DocumentReading | undefined {
  const rows = parts.found.filter((one) => one.kind === 'row');
  if (rows.length === 0) return undefined;
  const head = headOf(parts, document.title);
  const version = versionOf(parts.found, head.year);
  const format = FORMATS[version];
  const state: Mutable = {
    cells: new Map(),
    doubts: new Map(),
    duplicates: new Map(),
    unplaced: [],
    labels: new Map(),
    oneRowOther: false,
    otherUnit: version === '2021' ? otherUnitOf(parts.found) : undefined,
  };
  for (const table of format.tables) {
    const id = table.id as TableId;
    const own = rows.filter((row) => row.table === id);
    const strays = parts.found.filter((one) => one.kind === 'stray' && one.table === id);
    if (own.length > 0) readTable(own, strays as Stray[], format, state);
  }
  if (state.cells.size === 0) return undefined;
  for (const one of parts.found) {
    if ((one.kind === 'row' || one.kind === 'heading') && one.mended === true && one.label !== undefined)
      state.labels.set(one.found.replace(/\s+/g, ''), one.label.official);
    if (one.kind === 'stray')
      state.unplaced.push({ raw: one.piece.raw, place: one.piece.place, why: one.why });
  }
  return {
    source: document.kind,
    version,
    cells: state.cells,
    ...head,
    narrative: narrativeOf(parts),
    report: reportOf(state, format),
  };
}

/** The heading of the amounts, or a line above the table, that names 元 or 亿元 instead of 万元. */
function otherUnitOf(found: readonly Found[]): string | undefined {
  for (const one of found) {
    const text =
      one.kind === 'heading' && one.label.id === 'amount' ? one.found : one.kind === 'prose' ? one.text : '';
    const unit = /单位\s*[:：]?\s*(?:人民币)?\s*(元|千元|百万元|亿元|亿)\s*[)）]?\s*$/.exec(
      text.trim().slice(-60),
    )?.[1];
    if (unit !== undefined) return unit;
  }
  return undefined;
}

type Stray = Extract<Found, { kind: 'stray' }>;

/** The headings of 表二 say it; else whether （六） has its three rows; else the year. */
function versionOf(found: readonly Found[], year: number | undefined): FormatVersion {
  const votes: Record<FormatVersion, number> = { '2021': 0, '2019': 0 };
  for (const one of found) {
    const label = one.kind === 'heading' || one.kind === 'row' ? one.label : undefined;
    const version = label === undefined ? undefined : versionsSaid(label);
    if (version !== undefined) votes[version] += 1;
  }
  if (votes['2021'] !== votes['2019']) return votes['2021'] > votes['2019'] ? '2021' : '2019';
  const ids = new Set(found.flatMap((one) => (one.kind === 'row' ? [one.label?.id] : [])));
  if (MERGED_ROWS_OF_OTHER.some((row) => ids.has(row))) return '2021';
  return year !== undefined && year < 2021 ? '2019' : '2021';
}

interface KnownRow {
  readonly row: FoundRow;
  readonly cells: readonly (CellDefinition | undefined)[];
  readonly given: Row;
}

interface LaidRow {
  readonly row: FoundRow;
  readonly cells: readonly (CellDefinition | undefined)[];
  readonly placed: readonly Placed[];
  readonly broken: boolean;
}

function readTable(
  rows: readonly FoundRow[],
  strays: readonly Stray[],
  format: Format,
  state: Mutable,
): void {
  const table = format.tables.find((one) => one.id === rows[0]!.table)!;
  const known: KnownRow[] = [];
  const hasOwnRows = rows.some((row) => row.label?.id.startsWith('other.') === true);
  for (const row of withHeadings(rows)) {
    // Above its own rows （六）其他处理 is their heading, with numbers a subtotal.
    if (hasOwnRows && row.label?.id === ONE_ROW_OTHER) {
      for (const piece of row.values)
        if (piece.plain !== '')
          state.unplaced.push({ raw: piece.raw, place: piece.place, why: 'unofficial' });
      continue;
    }
    const cells = cellsOf(row, table.id as TableId, format);
    if (cells === undefined) {
      for (const piece of row.values)
        if (piece.plain !== '')
          state.unplaced.push({ raw: piece.raw, place: piece.place, why: 'other-format' });
      continue;
    }
    const given: Row = {
      values: row.values,
      count: cells.length,
      inTable: row.inTable === true,
      byPosition: row.byPosition,
      group: groupOf(cells),
      sums: sumsOf(cells, row),
    };
    known.push({ row, cells, given });
  }
  // A table is typed one way throughout, also where it goes on on another page.
  const habits = new Map<number, Habit>();
  for (const { given } of known) {
    if (!given.inTable || habits.has(given.count)) continue;
    const own = known.map((one) => one.given).filter((one) => one.inTable && one.count === given.count);
    habits.set(given.count, habitOf(own));
  }
  const laid = known.map((one): LaidRow => {
    const { given } = one;
    // Rows of running text are judged together where they are found (`text-doubts.ts`).
    const habit = given.inTable ? habits.get(given.count) : undefined;
    const { cells: placed, unusual, broken } = placeValues({ ...given, habit });
    const isWrong =
      unusual && given.inTable && table.arrangement !== 'stacked' && !sumHolds(one.row, one.cells, placed);
    return {
      row: one.row,
      cells: one.cells,
      placed: isWrong
        ? placed.map((cell): Placed => ({ doubt: 'count', raw: rawOf(cell), piece: cell.piece }))
        : placed,
      broken,
    };
  });
  // A row that is not certain says nothing of the two that are missing.
  for (const { row, placed } of laid)
    if (
      row.label?.id === ONE_ROW_OTHER &&
      format.version === '2021' &&
      row.unvouched !== true &&
      !row.disturbed
    )
      state.oneRowOther ||= !placed.some((one) => 'doubt' in one);
  // Numbers that belong to nobody, or far too many for one row: the text is out of order, and no row of it is certain.
  const isText = laid.some(({ row }) => row.inTable !== true);
  const astray = strays.some((one) => one.why === 'no-label');
  const disorder =
    laid.some((one) => one.broken) ||
    (isText && (astray || (table.arrangement === 'matrix' && sumsFail(laid))));
  for (const one of laid)
    if (one.row.unvouched !== true || disorder || astray) place(one, disorder, astray, state);
}

/** How many columns each sum is of, where it stands behind them; 0 where it does not, or there is none. */
function groupOf(cells: readonly (CellDefinition | undefined)[]): number {
  const group = cells.findIndex((cell) => cell?.column === 'total') + 1;
  const isLast = cells.every((cell, index) => (cell?.column === 'total') === ((index + 1) % group === 0));
  return group > 1 && isLast && !cells.includes(undefined) ? group : 0;
}

/** A column that the form does not have is of the organizations, or of all applicants. */
function subtotalsFit(
  cells: readonly (CellDefinition | undefined)[],
  valueAt: (index: number) => Quantity | undefined,
): boolean {
  if (!cells.includes(undefined)) return true;
  let [all, organizations] = [0n, 0n];
  cells.forEach((cell, index) => {
    if (cell === undefined || cell.column === 'total') return;
    const value = valueAt(index) ?? 0n;
    all += value;
    if (cell.column !== 'natural-person') organizations += value;
  });
  return cells.every((cell, index) => {
    const value = cell === undefined ? valueAt(index) : undefined;
    return value === undefined || value === all || value === organizations;
  });
}

/** For `Row`: numbers are read once, however many layings are tried. */
function sumsOf(cells: readonly (CellDefinition | undefined)[], row: FoundRow): Row['sums'] {
  if (!cells.some((cell) => cell?.column === 'total')) return undefined;
  const known = new Map<Piece, Quantity | undefined>();
  const counted = cells.find((cell) => cell !== undefined)!;
  const valueOf = (piece: Piece, cell = counted): Quantity | undefined => {
    if (!known.has(piece))
      known.set(piece, quantityOf(readPlaced(cell, { piece, inferred: true }, row).entry));
    return known.get(piece);
  };
  return (laying) => {
    const valueAt = (index: number): Quantity | undefined => valueOf(laying[index]!, cells[index]);
    const sums = sumsIn(cells, valueAt);
    if (!subtotalsFit(cells, valueAt)) return 'fail';
    if (sums.some(({ printed, sum }) => printed !== undefined && printed !== sum)) return 'fail';
    const says = sums.every(({ printed }) => printed !== undefined) && sums.some(({ sum }) => sum !== 0n);
    return says ? 'hold' : 'unsaid';
  };
}

function rawOf(placed: Placed): string {
  return 'doubt' in placed ? placed.raw : (placed.piece?.raw.trim() ?? '');
}

/** A table that goes on in another one without its heading has the columns that it had. */
function withHeadings(rows: readonly FoundRow[]): FoundRow[] {
  let heading: FoundRow | undefined;
  let before = -1;
  return rows.map((row) => {
    const order = row.label?.order ?? -1;
    if (row.columns.length > 0 || row.headingInDoubt) heading = row;
    const goesOn =
      row.table === 'requests' && order >= before && row.values.some((piece) => piece.place.table > 0);
    before = order;
    return goesOn && heading !== undefined && row.columns.length === 0 && !row.headingInDoubt
      ? {
          ...row,
          columns: heading.columns,
          headingInDoubt: heading.headingInDoubt,
          columnInDoubt: heading.columnInDoubt,
        }
      : row;
  });
}

/** Whether most rows of 表三 that say something add up to another total: their columns are not those of the form. */
function sumsFail(laid: readonly LaidRow[]): boolean {
  let holding = 0;
  let failing = 0;
  for (const { row, cells, placed } of laid) {
    const total = placed[cells.findIndex((cell) => cell?.column === 'total')];
    if (total === undefined || 'doubt' in total || !/[1-9]/.test(row.values.map((one) => one.plain).join('')))
      continue;
    if (total.piece === undefined || total.piece.plain === '') continue;
    if (sumHolds(row, cells, placed)) holding += 1;
    else failing += 1;
  }
  return failing >= 2 && failing > holding;
}

/** Whether every 总计 is the sum of its columns as they were laid, a row without 总计 as wrong. */
function sumHolds(
  row: FoundRow,
  cells: readonly (CellDefinition | undefined)[],
  placed: readonly Placed[],
): boolean {
  if (placed.some((one) => 'doubt' in one)) return false;
  const sums = sumsIn(cells, (index) => quantityOf(readPlaced(cells[index]!, placed[index]!, row).entry));
  return sums.length > 0 && sums.every(({ printed, sum }) => printed === sum);
}

interface PrintedSum {
  readonly printed: Quantity | undefined;
  readonly sum: Quantity;
}

/** What is printed under 总计 and what it should be, blank cells counting as nothing; a line of 表四 has three. */
function sumsIn(
  cells: readonly (CellDefinition | undefined)[],
  valueAt: (index: number) => Quantity | undefined,
): PrintedSum[] {
  return cells.flatMap((total, at) => {
    if (total?.column !== 'total') return [];
    let sum = 0n;
    cells.forEach((cell, index) => {
      if (index !== at && cell?.row === total.row) sum += valueAt(index) ?? 0n;
    });
    return [{ printed: valueAt(at), sum }];
  });
}

/** The cells of a row from left to right; undefined where this version of the form has no such row. */
function cellsOf(row: FoundRow, table: TableId, format: Format): (CellDefinition | undefined)[] | undefined {
  const own = format.tables.find((one) => one.id === table)!;
  const cellOf = (id: string, column: string): CellDefinition | undefined =>
    format.cellsById.get(`${table}/${id}/${column}`);
  if (table === 'proceedings' && row.label === undefined)
    return row.columns.length === 0
      ? [...own.cells]
      : row.columns.map((key) => format.cellsById.get(`proceedings/${key}`));
  const given = row.label!.id;
  const isOneRow = table === 'requests' && given === ONE_ROW_OTHER && format.version === '2021';
  const id = isOneRow ? LAST_ROW_OF_OTHER : given;
  const block = own.blocks.find((one) => one.rows.some((definition) => definition.id === id));
  if (block === undefined) return undefined;
  const official = block.columns.map((column) => column.id);
  if (row.columns.length === 0) return official.map((column) => cellOf(id, column));
  const known = row.columns.filter((column) => column !== undefined);
  // A heading of which not one column is this row's is another block's.
  if (!known.some((column) => official.includes(column))) return official.map((column) => cellOf(id, column));
  return row.columns.map((column) => (column === undefined ? undefined : cellOf(id, column)));
}

function place(laid: LaidRow, disorder: boolean, astray: boolean, state: Mutable): void {
  const { row, cells, placed } = laid;
  const isBlank = placed.every(
    (one) => !('doubt' in one) && (one.piece === undefined || one.piece.plain === ''),
  );
  cells.forEach((cell, index) => {
    const one = placed[index]!;
    const piece = one.piece;
    if (cell === undefined) {
      if (piece !== undefined && piece.plain !== '' && !('doubt' in one))
        state.unplaced.push({ raw: piece.raw, place: piece.place, why: 'unofficial' });
      return;
    }
    let reading = readPlaced(cell, one, row, state.otherUnit);
    const unsure =
      disorder ||
      row.disturbed ||
      row.headingInDoubt ||
      row.columnInDoubt === cell.column ||
      (astray && isBlank && row.values.length === 0);
    if (unsure && reading.confidence !== 'uncertain') {
      const reason: Doubt = disorder || astray ? 'stray-numbers' : 'count';
      reading = uncertain(cell, reading.raw, quantityOf(reading.entry), reading.place);
      state.doubts.set(cell.id, reason);
    } else if (reading.confidence === 'uncertain')
      state.doubts.set(
        cell.id,
        cell.kind === 'amount' && state.otherUnit !== undefined ? 'unit' : doubtOf(one, reading),
      );
    put(cell, reading, state);
  });
}

function doubtOf(placed: Placed, reading: CellReading): Doubt {
  if ('doubt' in placed) return placed.doubt;
  return placed.piece?.doubtful === true ? 'source' : reading.raw === '' ? 'count' : 'not-a-number';
}

const NOWHERE = { table: 0, row: 0, column: 0, fragment: '' };

function readPlaced(cell: CellDefinition, placed: Placed, row: FoundRow, otherUnit?: string): CellReading {
  const place = placed.piece?.place ?? row.values[0]?.place ?? { ...NOWHERE, fragment: row.found };
  if ('doubt' in placed) {
    const entry = placed.candidate === undefined ? undefined : readEntry(placed.candidate, cell.kind);
    return uncertain(cell, placed.raw, quantityOf(entry), { ...place, column: 0 });
  }
  const { piece } = placed;
  const raw = piece?.raw.trim() ?? '';
  const entry = readEntry(raw, cell.kind);
  // What the source shows is not what was meant: a footnote mark that looks like a digit is no candidate.
  if (piece?.doubtful === true) return uncertain(cell, raw, undefined, place);
  // Two numbers below each other are no thousands: "5" above "000".
  if (/\d\s*\n\s*\d/.test(raw)) return uncertain(cell, raw.replace(/\s+/g, ' '), undefined, place);
  if (cell.kind === 'amount' && otherUnit !== undefined && entry.kind === 'number' && entry.value !== 0n)
    return uncertain(
      cell,
      raw,
      otherUnit === '元' && entry.value % 10_000n === 0n ? entry.value / 10_000n : undefined,
      place,
    );
  const confidence = row.mended || placed.inferred ? 'inferred' : 'exact';
  if (entry.kind !== 'text') return { cell: cell.id, entry, raw, confidence, place };
  return unreadable(cell, raw, entry, place);
}

/** A text where a number should be: with the unit of the column it is the number, with 元 for 万元 a candidate. */
function unreadable(
  cell: CellDefinition,
  raw: string,
  entry: Entry,
  place: CellReading['place'],
): CellReading {
  if (cell.kind === 'free-amount') return { cell: cell.id, entry, raw, confidence: 'exact', place };
  const bare = withoutUnit(raw);
  const number = bare === undefined ? undefined : readEntry(bare, cell.kind);
  if (number?.kind === 'number') {
    const unit = raw.trim().slice(bare!.length);
    const isMoney = /元|万/.test(unit);
    if (isMoney === (cell.kind === 'amount')) {
      if (!isMoney || unit.startsWith('万'))
        return { cell: cell.id, entry: { ...number, raw }, raw, confidence: 'inferred', place };
      return uncertain(cell, raw, number.value % 10_000n === 0n ? number.value / 10_000n : undefined, place);
    }
    return uncertain(cell, raw, number.value, place);
  }
  if (/\d/.test(raw)) return uncertain(cell, raw, undefined, place);
  return { cell: cell.id, entry, raw, confidence: 'exact', place };
}

function uncertain(
  cell: CellDefinition,
  raw: string,
  candidate: Quantity | undefined,
  place: CellReading['place'],
): CellReading {
  return {
    cell: cell.id,
    entry: { kind: 'uncertain', raw, ...(candidate === undefined ? {} : { candidate }) },
    raw,
    confidence: 'uncertain',
    place,
  };
}

/** A cell that is stated twice is certain only where both say the same. */
function put(cell: CellDefinition, reading: CellReading, state: Mutable): void {
  const known = state.cells.get(cell.id);
  if (known === undefined || (known.raw === '' && known.confidence !== 'uncertain')) {
    state.cells.set(cell.id, reading);
    return;
  }
  if (reading.raw === '' && reading.confidence !== 'uncertain') return;
  if (quantityOf(known.entry) === quantityOf(reading.entry) && known.entry.kind === reading.entry.kind)
    return;
  const raws = state.duplicates.get(cell.id) ?? [known.raw];
  raws.push(reading.raw);
  state.duplicates.set(cell.id, raws);
  state.cells.set(cell.id, uncertain(cell, raws.join('、'), undefined, known.place));
  state.doubts.set(cell.id, 'duplicate');
}

function reportOf(state: Mutable, format: Format): ReadingReport {
  if (state.oneRowOther)
    for (const { column } of format.tables.find((table) => table.id === 'requests')!.cells)
      for (const cell of mergedCellsOfOther(column))
        if (!state.cells.has(cell))
          state.cells.set(cell, { cell, entry: MERGED, raw: '', confidence: 'exact', place: NOWHERE });
  let recognised = 0;
  let blank = 0;
  for (const { entry } of state.cells.values()) {
    if (entry.kind === 'blank') blank += 1;
    else if (entry.kind !== 'uncertain' && entry.kind !== 'merged') recognised += 1;
  }
  return {
    recognised,
    blank,
    absent: format.cells.length - state.cells.size,
    uncertain: [...state.doubts].map(([cell, doubt]) => ({ cell, doubt })),
    unplaced: state.unplaced,
    duplicates: [...state.duplicates].map(([cell, raws]) => ({ cell, raws })),
    totals: differingTotals(state, format),
    labels: [...state.labels].map(([found, official]) => ({ official, found })),
    oneRowOther: state.oneRowOther,
  };
}

function differingTotals(state: Mutable, format: Format): ReadingReport['totals'][number][] {
  const entries = new Map<CellId, Entry>();
  for (const cell of format.inputs) entries.set(cell.id, state.cells.get(cell.id)?.entry ?? BLANK);
  const totals: ReadingReport['totals'][number][] = [];
  for (const [cell, computed] of computeTotals(format, entries)) {
    const reading = state.cells.get(cell);
    if (computed === undefined || reading === undefined || reading.confidence === 'uncertain') continue;
    const printed = quantityOf(reading.entry);
    if (printed !== computed) totals.push({ cell, printed, computed });
  }
  return totals;
}
