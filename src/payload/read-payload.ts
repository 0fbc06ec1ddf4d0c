/**
 * The one door through which a payload comes in, from a file, a host, a draft or the command line: limits, parse,
 * upgrade, validate, and a report of what was repaired on the way. Never throws; what it refuses it explains.
 */
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import { digestOf } from '../format/digest.ts';
import { BLANK, MERGED, quantityOf, type CellId, type Entry } from '../format/entry.ts';
import { cellId, type CellDefinition, type FormatVersion } from '../format/format.ts';
import { FORMATS, isFormatVersion } from '../format/formats.ts';
import { readEntry } from '../format/read-entry.ts';
import { computeTotals } from '../format/totals.ts';
import { emptyHead, type Report } from '../report/report.ts';
import { parseGuarded, type JsonRefusal } from './guard-json.ts';
import { payloadSchema, SCHEMA_ID, SCHEMA_NAME, SCHEMA_VERSION, type Payload } from './payload-schema.ts';
import { contentOf, tablesOf } from './write-payload.ts';

export type ReadRefusal =
  | JsonRefusal
  | { readonly code: 'other-schema'; readonly found: string }
  | { readonly code: 'future-version'; readonly found: string }
  | { readonly code: 'wrong-shape'; readonly path: string; readonly expected: string };

/** Something the door set right or could not vouch for; the report was read all the same. */
export interface ReadNote {
  readonly code:
    | 'one-row-other'
    | 'digest-differs'
    | 'tables-digest-differs'
    | 'code-check-character'
    | 'mark-on-number'
    | 'unknown-cell'
    | 'newer-version';
  readonly path: string;
}

export type ReadResult =
  | {
      readonly ok: true;
      readonly report: Report;
      readonly draft: boolean;
      readonly notes: readonly ReadNote[];
      /** A newer version: to look at, not to write. */ readonly readOnly: boolean;
    }
  | { readonly ok: false; readonly refusal: ReadRefusal };

type Tables = Record<string, Record<string, Record<string, number | null>>>;

/** Reads a payload from JSON text. */
export function readPayload(text: string): ReadResult {
  const parsed = parseGuarded(text);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return refuse({ code: 'wrong-shape', path: '', expected: 'object' });
  const source = value as Record<string, Json>;
  const version = versionOf(source['schema']);
  if (version === undefined) return refuse({ code: 'other-schema', found: describe(source['schema']) });
  const newer = version > SCHEMA_VERSION;
  const shaped = payloadSchema.safeParse(newer ? { ...source, schema: SCHEMA_ID } : source);
  if (!shaped.success) {
    if (newer) return refuse({ code: 'future-version', found: String(source['schema']) });
    const issue = shaped.error.issues[0]!;
    const expected = 'expected' in issue ? String(issue.expected) : issue.code;
    return refuse({ code: 'wrong-shape', path: issue.path.map(String).join('/'), expected });
  }
  const notes: ReadNote[] = newer ? [{ code: 'newer-version', path: 'schema' }] : [];
  // The guarded source, not zod's copy: nothing of an unknown field is touched.
  const payload = source as unknown as Payload;
  if (!newer) checkDigests(payload, notes);
  const report = toReport(payload, notes);
  return { ok: true, report, draft: payload.draft === true, notes, readOnly: newer };
}

function refuse(refusal: ReadRefusal): ReadResult {
  return { ok: false, refusal };
}

function versionOf(schema: Json | undefined): number | undefined {
  if (typeof schema !== 'string' || !schema.startsWith(`${SCHEMA_NAME}/`)) return undefined;
  const text = schema.slice(SCHEMA_NAME.length + 1);
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}

function describe(value: Json | undefined): string {
  return typeof value === 'string'
    ? value.slice(0, 80)
    : value === undefined
      ? ''
      : canonicalJson(value).slice(0, 80);
}

function checkDigests(payload: Payload, notes: ReadNote[]): void {
  if (
    payload.digest !== undefined &&
    payload.digest !== digestOf(contentOf(payload as unknown as Record<string, Json>))
  ) {
    notes.push({ code: 'digest-differs', path: 'digest' });
  }
  if (
    payload.tablesDigest !== undefined &&
    payload.tablesDigest !== digestOf(tablesOf(payload as unknown as Record<string, Json>))
  ) {
    notes.push({ code: 'tables-digest-differs', path: 'tablesDigest' });
  }
  if (payload.organization.code !== undefined && !hasRightCheckCharacter(payload.organization.code)) {
    notes.push({ code: 'code-check-character', path: 'organization/code' });
  }
}

function toReport(payload: Payload, notes: ReadNote[]): Report {
  const version: FormatVersion = isFormatVersion(payload.format) ? payload.format : '2021';
  const format = FORMATS[version];
  const tables = copyTables(payload.tables as Tables);
  const marks = new Map(Object.entries(payload.marks ?? {}));
  const given = new Map(Object.entries(payload.reported ?? {}));
  const merged = version === '2021' ? splitOneRowOther(tables, marks, given, notes) : new Set<CellId>();

  const entries = new Map<CellId, Entry>();
  for (const cell of format.inputs) {
    const value = take(tables, cell);
    const mark = marks.get(cell.id);
    if (mark !== undefined && typeof value === 'number')
      notes.push({ code: 'mark-on-number', path: `marks/${cell.id}` });
    if (typeof value === 'number') entries.set(cell.id, entryFromNumber(value, cell));
    else if (merged.has(cell.id)) entries.set(cell.id, MERGED);
    else if (mark !== undefined) entries.set(cell.id, entryFromMark(mark, cell));
    else if (value === null) entries.set(cell.id, BLANK);
  }

  const totals = computeTotals(format, entries);
  const controls = new Map<CellId, Entry>();
  const absentTotals: CellId[] = [];
  for (const cell of format.derived) {
    const value = take(tables, cell);
    const computed = totals.get(cell.id);
    const mark = marks.get(cell.id);
    const reported = given.get(cell.id);
    given.delete(cell.id);
    const allMerged = cell.operands!.every((operand) => entries.get(operand)?.kind === 'merged');
    if (reported !== undefined) controls.set(cell.id, entryFromNumber(reported, cell));
    else if (typeof value === 'number') {
      const entry = entryFromNumber(value, cell);
      if (quantityOf(entry) !== computed) controls.set(cell.id, entry);
    } else if (mark !== undefined && mark.kind !== 'merged') controls.set(cell.id, entryFromMark(mark, cell));
    else if (value === undefined && !allMerged) absentTotals.push(cell.id);
    else if (value === null && computed !== undefined && !allMerged) controls.set(cell.id, BLANK);
  }
  for (const id of [...given.keys(), ...marks.keys()]) {
    if (!format.cellsById.has(id)) notes.push({ code: 'unknown-cell', path: id });
  }

  const head = emptyHead();
  head.year = payload.year === null ? '' : String(payload.year);
  head['organization.name'] = payload.organization.name;
  head['organization.kind'] = payload.organization.kind ?? '';
  head['signOff.filledBy'] = payload.signOff?.filledBy ?? '';
  head['signOff.reviewedBy'] = payload.signOff?.reviewedBy ?? '';
  head['signOff.approvedBy'] = payload.signOff?.approvedBy ?? '';
  const { left, extraCells } = leftovers(tables);
  return {
    version,
    head,
    entries,
    controls,
    absentTotals,
    extraCells,
    carried: carriedOf(payload as unknown as Record<string, Json>, left, format.cellsById),
  };
}

function copyTables(tables: Tables): Tables {
  const copy: Tables = {};
  for (const [table, rows] of Object.entries(tables)) {
    copy[table] = {};
    for (const [row, columns] of Object.entries(rows)) copy[table][row] = { ...columns };
  }
  return copy;
}

/** Takes a cell's value out, so that what is left at the end is what the format does not know. */
function take(tables: Tables, cell: CellDefinition): number | null | undefined {
  const row = tables[cell.table]?.[cell.row];
  const value = row?.[cell.column];
  if (row !== undefined) delete row[cell.column];
  return value;
}

function entryFromNumber(value: number, cell: CellDefinition): Entry {
  const text = String(value);
  const read = /e/.test(text)
    ? readEntry(value > 1 || value < -1 ? BigInt(value).toString() : value.toFixed(12), cell.kind)
    : readEntry(text, cell.kind);
  return read.kind === 'number' ? { kind: 'number', value: read.value } : read;
}

function entryFromMark(mark: NonNullable<Payload['marks']>[string], cell: CellDefinition): Entry {
  if (mark.kind === 'merged') return MERGED;
  if (mark.kind === 'not-applicable') return { kind: 'not-applicable', raw: mark.raw };
  if (mark.kind === 'uncertain') {
    const { candidate } = mark;
    const entry = typeof candidate === 'number' ? entryFromNumber(candidate, cell) : undefined;
    return entry?.kind === 'number'
      ? { kind: 'uncertain', raw: mark.raw, candidate: entry.value }
      : { kind: 'uncertain', raw: mark.raw };
  }
  const read = readEntry(mark.raw, cell.kind);
  return read.kind === 'text' ? read : { kind: 'text', raw: mark.raw, reason: 'not-a-number' };
}

/**
 * A report of 2021 published with （六）其他处理 as one row: its figures go to （六）3.其他, and the two rows it does not
 * have are marked as merged. Returns the cells of those two rows.
 */
function splitOneRowOther(
  tables: Tables,
  marks: Map<string, unknown>,
  given: Map<string, number>,
  notes: ReadNote[],
): Set<CellId> {
  const merged = new Set<CellId>();
  const rows = tables['requests'];
  const one = rows?.['other'];
  if (rows === undefined || one === undefined) return merged;
  if (['other.correction-overdue', 'other.fee-overdue', 'other.other'].some((row) => rows[row] !== undefined))
    return merged;
  rows['other.other'] = one;
  delete rows['other'];
  for (const column of Object.keys(one)) {
    for (const row of ['other.correction-overdue', 'other.fee-overdue'])
      merged.add(cellId('requests', row, column));
    const from = cellId('requests', 'other', column);
    const to = cellId('requests', 'other.other', column);
    for (const map of [marks, given] as Map<string, unknown>[]) {
      if (map.has(from)) {
        map.set(to, map.get(from));
        map.delete(from);
      }
    }
  }
  notes.push({ code: 'one-row-other', path: 'tables/requests/other' });
  return merged;
}

function leftovers(tables: Tables): { left: Tables; extraCells: string[] } {
  const left: Tables = {};
  const extraCells: string[] = [];
  for (const [table, rows] of Object.entries(tables)) {
    for (const [row, columns] of Object.entries(rows)) {
      if (Object.keys(columns).length === 0 && FORMATS['2021'].tables.some((known) => known.id === table))
        continue;
      (left[table] ??= {})[row] ??= {};
      for (const [column, value] of Object.entries(columns)) {
        left[table]![row]![column] = value;
        if (value !== null) extraCells.push(cellId(table, row, column));
      }
    }
  }
  return { left, extraCells };
}

/** Everything the editor does not edit, in the payload's shape. */
function carriedOf(
  payload: Record<string, Json>,
  extraTables: Tables,
  known: ReadonlyMap<CellId, unknown>,
): Record<string, Json> {
  const carried: Record<string, Json> = {};
  for (const [key, value] of Object.entries(payload)) {
    if (['schema', 'format', 'year', 'tables', 'reported', 'marks'].includes(key)) continue;
    carried[key] = value;
  }
  carried['organization'] = without(payload['organization'], ['name', 'kind']);
  if (payload['signOff'] !== undefined)
    carried['signOff'] = without(payload['signOff'], ['filledBy', 'reviewedBy', 'approvedBy']);
  if (Object.keys(extraTables).length > 0) carried['tables'] = extraTables as unknown as Json;
  for (const key of ['reported', 'marks']) {
    const unknown = Object.entries((payload[key] ?? {}) as Record<string, Json>).filter(
      ([id]) => !known.has(id) && !id.startsWith('requests/other/'),
    );
    if (unknown.length > 0) carried[key] = Object.fromEntries(unknown);
  }
  return carried;
}

function without(object: Json | undefined, keys: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries((object ?? {}) as Record<string, Json>).filter(([key]) => !keys.includes(key)),
  );
}

/**
 * A report for editing: what was absent is blank, so that it can be filled in, and a total that was printed blank is
 * simply computed.
 */
export function completeReport(report: Report): Report {
  const entries = new Map(report.entries);
  for (const cell of FORMATS[report.version].inputs) if (!entries.has(cell.id)) entries.set(cell.id, BLANK);
  const controls = new Map([...report.controls].filter(([, entry]) => entry.kind !== 'blank'));
  const complete =
    entries.size === report.entries.size &&
    controls.size === report.controls.size &&
    report.absentTotals.length === 0;
  return complete ? report : { ...report, entries, controls, absentTotals: [] };
}

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 统一社会信用代码, GB 32100: weights 3^i modulo 31. */
export function hasRightCheckCharacter(code: string): boolean {
  let sum = 0;
  let weight = 1;
  for (let index = 0; index < 17; index += 1) {
    sum += CODE_CHARACTERS.indexOf(code[index]!) * weight;
    weight = (weight * 3) % 31;
  }
  return CODE_CHARACTERS[(31 - (sum % 31)) % 31] === code[17];
}

/** Reads a draft of this browser: the payload and the texts as they were typed. Goes through the same door. */
export function readDraft(text: string): ReadResult {
  const result = readPayload(text);
  if (!result.ok) return result;
  const { raw, ...carried } = result.report.carried;
  if (raw === undefined || raw === null || typeof raw !== 'object' || Array.isArray(raw)) return result;
  const entries = new Map(result.report.entries);
  const controls = new Map(result.report.controls);
  const head = { ...result.report.head };
  for (const [id, typed] of Object.entries(raw)) {
    if (typeof typed !== 'string') continue;
    if (id === 'year' && head.year === '') head.year = typed;
    const cell = FORMATS[result.report.version].cellsById.get(id);
    const map = cell?.operands === undefined ? entries : controls;
    const entry = map.get(id);
    if (cell === undefined || entry?.kind !== 'number') continue;
    const again = readEntry(typed, cell.kind);
    if (again.kind === 'number' && again.value === entry.value) map.set(id, again);
  }
  return { ...result, report: { ...result.report, entries, controls, head, carried } };
}
