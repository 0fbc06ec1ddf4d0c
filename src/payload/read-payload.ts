/**
 * The one door through which a payload comes in, from a file, a host, a draft or the command line: limits, parse,
 * upgrade, validate, and a report of what was repaired on the way. Never throws; what it refuses it explains.
 */
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import {
  LAST_ROW_OF_OTHER,
  MERGED_ROWS_OF_OTHER,
  mergedCellsOfOther,
  ONE_ROW_OTHER,
} from '../format/correspondence.ts';
import { digestOf, type Digest } from '../format/digest.ts';
import { BLANK, MERGED, type CellId, type Entry } from '../format/entry.ts';
import { cellId, type CellDefinition, type FormatVersion } from '../format/format.ts';
import { FORMATS, isFormatVersion } from '../format/formats.ts';
import { parseGuarded, type JsonRefusal } from '../format/guard-json.ts';
import { decimalText, quantityToNumber } from '../format/quantity.ts';
import { readEntry } from '../format/read-entry.ts';
import { computeTotals, isMergedTotal } from '../format/totals.ts';
import { emptyHead, type Explanation, type Report, type Signed } from '../report/report.ts';
import { changedCells, signedAs } from '../report/sign-off.ts';
import { payloadSchema, type Payload } from './payload-schema.ts';
import { SCHEMA_ID, SCHEMA_NAME, SCHEMA_VERSION } from './schema-id.ts';
import { contentOf, markOf, memberOf, tablesOf, TYPED, type Tables } from './write-payload.ts';

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
    | 'sign-off-lapsed'
    | 'code-check-character'
    | 'mark-on-number'
    | 'merged-elsewhere'
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
      /** A newer version: to look at, not to write. */
      readonly readOnly: boolean;
      /** Of the content as it came in, whatever `digest` it states. */
      readonly digest: Digest;
      /**
       * Whether the content is what the digests in the payload state. `absent`: it states no `digest`, so nothing tells
       * whether it was changed. `unchecked`: of a newer version. A digest is no signature: anyone can make another.
       */
      readonly digestStated: 'fits' | 'differs' | 'absent' | 'unchecked';
    }
  | { readonly ok: false; readonly refusal: ReadRefusal };

/** Reads a payload from JSON text. What is no text at all is refused as an empty file is. */
export function readPayload(text: string): ReadResult {
  const parsed = parseGuarded(text);
  if (!parsed.ok) return parsed;
  return readParsed(parsed.value);
}

function readParsed(value: Json): ReadResult {
  if (!isObject(value)) return refuse({ code: 'wrong-shape', path: '', expected: 'object' });
  const source = value;
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
  const digest = digestOf(contentOf(source));
  const stated = newer ? undefined : statedDigests(payload, digest, notes);
  const report = toReport(payload, notes, stated?.differing);
  return {
    ok: true,
    report,
    draft: payload.draft === true,
    notes,
    readOnly: newer,
    digest,
    digestStated: stated?.digest ?? 'unchecked',
  };
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

/** What digests the payload states, and one that its content does not have; notes what does not fit. */
function statedDigests(
  payload: Payload,
  digest: Digest,
  notes: ReadNote[],
): { readonly digest: 'fits' | 'differs' | 'absent'; readonly differing: Digest | undefined } {
  const { digest: stated, tablesDigest } = payload as {
    readonly [name in 'digest' | 'tablesDigest']?: Digest;
  };
  const differs = stated !== undefined && stated !== digest;
  const tablesDiffer =
    tablesDigest !== undefined &&
    tablesDigest !== digestOf(tablesOf(payload as unknown as Record<string, Json>));
  if (differs) notes.push({ code: 'digest-differs', path: 'digest' });
  if (tablesDiffer) notes.push({ code: 'tables-digest-differs', path: 'tablesDigest' });
  if (payload.organization.code !== undefined && !hasRightCheckCharacter(payload.organization.code)) {
    notes.push({ code: 'code-check-character', path: 'organization/code' });
  }
  const fits = stated === undefined ? 'absent' : 'fits';
  // A host puts members of its own beside it, as the time of saving, which nobody has signed: then the figures tell.
  const isTouched = differs && (tablesDigest === undefined || !hasStrangers(payload));
  return {
    digest: differs || tablesDiffer ? 'differs' : fits,
    differing: isTouched ? stated : tablesDiffer ? tablesDigest : undefined,
  };
}

function hasStrangers(payload: Payload): boolean {
  return Object.keys(payload).some((name) => !(name in payloadSchema.shape));
}

/** `differing`: a digest that it states and does not have. */
function toReport(payload: Payload, notes: ReadNote[], differing: Digest | undefined): Report {
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
    else if (mark?.kind === 'merged' && !(version === '2021' && MERGED_ROWS_OF_OTHER.includes(cell.row))) {
      notes.push({ code: 'merged-elsewhere', path: `marks/${cell.id}` });
      entries.set(cell.id, BLANK);
    } else if (mark !== undefined) entries.set(cell.id, entryFromMark(mark, cell));
    else if (value === null) entries.set(cell.id, BLANK);
  }

  const totals = computeTotals(format, entries);
  const controls = new Map<CellId, Entry>();
  const absentTotals: CellId[] = [];
  // Our own program writes computed totals, which are evidence of nothing.
  const isOurs = payload.generator?.startsWith(`${SCHEMA_NAME}/`) === true;
  const statedTotals = new Set<CellId>();
  for (const cell of format.derived) {
    const value = take(tables, cell);
    const computed = totals.get(cell.id);
    const mark = marks.get(cell.id);
    const reported = given.get(cell.id);
    given.delete(cell.id);
    const allMerged = isMergedTotal(cell, entries);
    // Compared as JSON numbers: the sum of the longest counts is longer than a count may be.
    const disagrees =
      typeof value === 'number' && (computed === undefined || quantityToNumber(computed) !== value);
    if (mark !== undefined && (reported !== undefined || disagrees))
      notes.push({ code: 'mark-on-number', path: `marks/${cell.id}` });
    if (reported !== undefined) controls.set(cell.id, entryFromNumber(reported, cell));
    else if (disagrees) controls.set(cell.id, entryFromNumber(value, cell));
    // A total that was typed as "/" or as words is written with the computed number beside its mark.
    else if (mark !== undefined && mark.kind !== 'merged') controls.set(cell.id, entryFromMark(mark, cell));
    else if (typeof value === 'number' && !isOurs) statedTotals.add(cell.id);
    else if (value === undefined && !allMerged) absentTotals.push(cell.id);
    else if (value === null && computed !== undefined && !allMerged) controls.set(cell.id, BLANK);
  }
  for (const id of [...given.keys(), ...marks.keys()]) {
    if (!format.cellsById.has(id)) notes.push({ code: 'unknown-cell', path: id });
  }

  const carriedMarks = [...marks].filter(([id, mark]) => {
    const cell = format.cellsById.get(id);
    if (cell === undefined) return true;
    const own = markOf((cell.operands === undefined ? entries : controls).get(id) ?? BLANK);
    return own !== undefined && canonicalJson(mark as Json) !== canonicalJson({ ...own });
  });

  const head = emptyHead();
  head.year = payload.year === null ? '' : String(payload.year);
  head['organization.name'] = payload.organization.name;
  head['organization.kind'] = payload.organization.kind ?? '';
  head['signOff.filledBy'] = payload.signOff?.filledBy ?? '';
  head['signOff.reviewedBy'] = payload.signOff?.reviewedBy ?? '';
  head['signOff.approvedBy'] = payload.signOff?.approvedBy ?? '';
  const { left, extraCells } = leftovers(tables, payload.tables as Tables);
  const signed = signedOf(payload, entries, differing);
  if (signed?.lapsed !== undefined && differing === undefined)
    notes.push({ code: 'sign-off-lapsed', path: 'signOff/lapsed' });
  const carried = carriedOf(payload as unknown as Record<string, Json>, left, given, carriedMarks);
  if (signed !== undefined) takeChanges(carried, signed, entries);
  return {
    version,
    head,
    entries,
    controls,
    absentTotals,
    statedTotals,
    extraCells,
    explanations: (payload.explanations ?? []) as readonly Explanation[],
    signed,
    carried,
  };
}

/** The figures as they were signed: what they are, but for those that were changed since. */
function signedOf(
  { signOff }: Payload,
  entries: Report['entries'],
  differing: Digest | undefined,
): Signed | undefined {
  const at = signOff?.at;
  if (at === undefined || at === '') return undefined;
  const lapsed = (signOff?.lapsed as Digest | undefined) ?? differing;
  return { ...signedAs(entries, at, signOff?.changedSince), ...(lapsed && { lapsed }) };
}

/**
 * Takes the changes out of what is carried along: they are told from the figures. What is said there of cells that did
 * not change, or that the format does not have, stays as it came.
 */
function takeChanges(carried: Record<string, Json>, signed: Signed, entries: Report['entries']): void {
  const { changedSince, ...signOff } = carried['signOff'] as Record<string, Json>;
  if (!isObject(changedSince)) return;
  const known = new Set(changedCells(signed, entries).map(({ cell }) => cell));
  const others = Object.entries(changedSince).filter(([cell]) => !known.has(cell));
  carried['signOff'] =
    others.length === 0 && known.size > 0
      ? signOff
      : { ...signOff, changedSince: Object.fromEntries(others) };
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
  const read = readEntry(decimalText(value), cell.kind);
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
  const one = rows?.[ONE_ROW_OTHER];
  if (rows === undefined || one === undefined) return merged;
  if ([...MERGED_ROWS_OF_OTHER, LAST_ROW_OF_OTHER].some((row) => rows[row] !== undefined)) return merged;
  rows[LAST_ROW_OF_OTHER] = one;
  delete rows[ONE_ROW_OTHER];
  for (const column of Object.keys(one)) {
    for (const cell of mergedCellsOfOther(column)) merged.add(cell);
    const from = cellId('requests', ONE_ROW_OTHER, column);
    const to = cellId('requests', LAST_ROW_OF_OTHER, column);
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

/** What is left when the cells of the format are taken out, and which of it carried numbers. */
function leftovers(tables: Tables, given: Tables): { left: Tables; extraCells: string[] } {
  const left: Tables = {};
  const extraCells: string[] = [];
  for (const [table, rows] of Object.entries(tables)) {
    // A table or row that came empty goes out empty.
    if (Object.keys(given[table]!).length === 0) memberOf(left, table);
    for (const [row, columns] of Object.entries(rows)) {
      const cameEmpty = Object.keys(given[table]![row] ?? { taken: null }).length === 0;
      if (Object.keys(columns).length === 0 && !cameEmpty) continue;
      const copy = memberOf(memberOf<Tables[string]>(left, table), row);
      for (const [column, value] of Object.entries(columns)) {
        copy[column] = value;
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
  reported: ReadonlyMap<CellId, number>,
  marks: readonly (readonly [CellId, unknown])[],
): Record<string, Json> {
  const carried: Record<string, Json> = {};
  for (const [key, value] of Object.entries(payload)) {
    if (['schema', 'format', 'year', 'tables', 'reported', 'marks'].includes(key)) continue;
    // Absent is never empty: an empty list is carried along, one with members is edited.
    if (key === 'explanations' && Array.isArray(value) && value.length > 0) continue;
    carried[key] = value;
  }
  carried['organization'] = without(payload['organization'], ['name', 'kind']);
  if (payload['signOff'] !== undefined)
    carried['signOff'] = without(payload['signOff'], ['filledBy', 'reviewedBy', 'approvedBy', 'at']);
  if (Object.keys(extraTables).length > 0) carried['tables'] = extraTables as unknown as Json;
  if (reported.size > 0) carried['reported'] = Object.fromEntries(reported);
  if (marks.length > 0) carried['marks'] = Object.fromEntries(marks) as Json;
  return carried;
}

/** The object without these fields; an empty text is kept, because absent is never empty. */
function without(object: Json | undefined, keys: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries((object ?? {}) as Record<string, Json>).filter(
      ([key, value]) => value === '' || !keys.includes(key),
    ),
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
  const parsed = parseGuarded(text);
  if (!parsed.ok) return parsed;
  const { [TYPED]: typed, ...rest } = isObject(parsed.value) ? parsed.value : {};
  if (!isObject(typed) || !isObject(typed['texts'])) return readParsed(parsed.value);
  // The texts are beside what its digest covers.
  const result = readParsed(typed['host'] === undefined ? rest : { ...rest, [TYPED]: typed['host'] });
  if (!result.ok) return result;
  const entries = new Map(result.report.entries);
  const controls = new Map(result.report.controls);
  const head = { ...result.report.head };
  const totals = computeTotals(FORMATS[result.report.version], entries);
  for (const [id, text] of Object.entries(typed['texts'])) {
    if (typeof text !== 'string') continue;
    if (id === 'year' && head.year === '') head.year = text;
    const cell = FORMATS[result.report.version].cellsById.get(id);
    const map = cell?.operands === undefined ? entries : controls;
    const entry = map.get(id);
    if (cell === undefined) continue;
    // A control total that agreed with the computed one.
    const known =
      entry === undefined && map === controls
        ? totals.get(id)
        : entry?.kind === 'number'
          ? entry.value
          : undefined;
    const again = readEntry(text, cell.kind);
    if (again.kind === 'number' && again.value === known) map.set(id, again);
  }
  return { ...result, report: { ...result.report, entries, controls, head } };
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);
}
