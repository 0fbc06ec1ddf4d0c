/**
 * A report as canonical JSON. What was carried along unread is written back as it came; computed totals, counts of the
 * checks and digests are made anew when the report is stamped.
 */
import type { Finding } from '../checks/finding.ts';
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import { digestOf, type Digest } from '../format/digest.ts';
import { quantityOf, type Entry } from '../format/entry.ts';
import { formatQuantity, numberOrNull, quantityToNumber, type Quantity } from '../format/quantity.ts';
import { computeTotals } from '../format/totals.ts';
import { formatOf, type Report } from '../report/report.ts';
import { changedSinceSigned } from '../report/sign-off.ts';
import { SCHEMA_ID } from './schema-id.ts';

/** Name and version of this program, as it stands in package.json. */
export const GENERATOR = 'xxgk-annual-report/0.1.0';

export type Tables = Record<string, Record<string, Record<string, number | null>>>;

export interface Stamp {
  /** A finished report has no `draft`. */
  readonly draft: boolean;
  /** Findings that the counts under `checks` are made of. */
  readonly findings: readonly Finding[];
  /** `2021@1`, with a rule pack `2021@1+hunan@2026.1` */
  readonly rules: string;
  /** What a rule pack made of official rules, by their ids. */
  readonly changed?: Readonly<Record<string, string>> | undefined;
  /** Findings to be verified that nobody has confirmed or explained. */
  readonly open: number;
  readonly revision: { readonly number: number; readonly base: Digest | null };
}

/** The payload as an object. Without a stamp the stamped fields are written as they were read: an exact round trip. */
export function payloadOf(report: Report, stamp?: Stamp): Record<string, Json> {
  const format = formatOf(report);
  const totals = computeTotals(format, report.entries);
  const tables: Tables = {};
  const reported: Record<string, number> = {
    ...(report.carried['reported'] as Record<string, number> | undefined),
  };
  const carriedMarks = (report.carried['marks'] ?? {}) as Record<string, Json>;
  const marks: Record<string, Json> = Object.fromEntries(
    Object.entries(carriedMarks).filter(([id]) => !format.cellsById.has(id)),
  );
  const absent = new Set(report.absentTotals);

  for (const [table, rows] of Object.entries((report.carried['tables'] ?? {}) as Tables)) {
    const copy = memberOf<Tables[string]>(tables, table);
    for (const [row, columns] of Object.entries(rows)) copy[row] = { ...columns };
  }
  for (const cell of format.cells) {
    const entry = (cell.operands === undefined ? report.entries : report.controls).get(cell.id);
    if (cell.operands === undefined && entry === undefined) continue;
    if (cell.operands !== undefined && absent.has(cell.id)) continue;
    const value = cell.operands === undefined ? plainQuantity(entry) : totals.get(cell.id);
    memberOf(memberOf<Tables[string]>(tables, cell.table), cell.row)[cell.column] = numberOrNull(value);
    if (entry === undefined) continue;
    if (cell.operands !== undefined && entry.kind === 'number') {
      if (entry.value !== value) reported[cell.id] = quantityToNumber(entry.value);
    } else {
      const mark = markOf(entry);
      if (mark !== undefined) marks[cell.id] = withCarried(mark, carriedMarks[cell.id]);
    }
  }

  const { head, carried } = report;
  const payload: Record<string, Json | undefined> = {
    ...carried,
    schema: SCHEMA_ID,
    format: report.version,
    year: givenYear(report) ?? null,
    organization: {
      ...(carried['organization'] as Record<string, Json> | undefined),
      name: head['organization.name'],
      ...(head['organization.kind'] === '' ? {} : { kind: head['organization.kind'] }),
    },
    tables,
    reported: Object.keys(reported).length === 0 ? undefined : reported,
    marks: Object.keys(marks).length === 0 ? undefined : marks,
    explanations:
      report.explanations.length === 0
        ? carried['explanations']
        : report.explanations.map((said) => ({ ...said }) as unknown as Json),
    signOff: signOffOf(report, stamp !== undefined),
  };
  if (stamp !== undefined) stampPayload(payload, stamp);
  return dropUndefined(payload);
}

/** The payload as canonical JSON text. */
export function payloadText(report: Report, stamp?: Stamp): string {
  return canonicalJson(payloadOf(report, stamp));
}

/** What `digest` covers. */
export function contentOf(payload: Readonly<Record<string, Json>>): Record<string, Json> {
  const {
    digest: _digest,
    revision: _revision,
    generator: _generator,
    checks: _checks,
    ...content
  } = payload;
  return content;
}

/** What `tablesDigest` covers: what a published page can be compared with. */
export function tablesOf(payload: Readonly<Record<string, Json>>): Record<string, Json> {
  return { format: payload['format']!, year: payload['year']!, tables: payload['tables']! };
}

/** The member `checks`. */
export function checksOf({
  rules,
  changed,
  findings,
  open,
}: Pick<Stamp, 'rules' | 'changed' | 'findings' | 'open'>): Json {
  const count = (severities: readonly string[]): number =>
    findings.filter(({ pending, severity }) => pending.length === 0 && severities.includes(severity)).length;
  return {
    rules,
    ...(changed && { changed }),
    must: count(['format', 'must']),
    verify: count(['verify']),
    info: count(['info']),
    open,
  };
}

function stampPayload(payload: Record<string, Json | undefined>, stamp: Stamp): void {
  payload['draft'] = stamp.draft ? true : undefined;
  payload['checks'] = checksOf(stamp);
  payload['revision'] = { number: stamp.revision.number, base: stamp.revision.base };
  payload['generator'] = GENERATOR;
  payload['digest'] = undefined;
  payload['tablesDigest'] = digestOf(tablesOf(payload as Record<string, Json>));
  payload['digest'] = digestOf(contentOf(payload as Record<string, Json>));
}

/** A merged cell has no value of its own, though it counts as nothing in sums. */
function plainQuantity(entry: Entry | undefined): Quantity | undefined {
  return entry?.kind === 'merged' ? undefined : quantityOf(entry);
}

/** How an entry that is no number is told in a payload. */
export function markOf(
  entry: Entry,
): { readonly kind: string; readonly raw?: string; readonly candidate?: number } | undefined {
  switch (entry.kind) {
    case 'not-applicable':
      return { kind: 'not-applicable', raw: entry.raw };
    case 'text':
      return { kind: 'text', raw: entry.raw };
    case 'uncertain':
      return entry.candidate === undefined
        ? { kind: 'uncertain', raw: entry.raw }
        : { kind: 'uncertain', raw: entry.raw, candidate: quantityToNumber(entry.candidate) };
    case 'merged':
      return { kind: 'merged' };
    default:
      return undefined;
  }
}

/** The mark with what its source said beside it, as long as it is still the same mark. */
function withCarried(
  mark: { readonly kind: string; readonly raw?: string },
  carried: Json | undefined,
): Json {
  const source = (carried ?? {}) as Record<string, Json>;
  const same = source['kind'] === mark.kind && (mark.raw === undefined || source['raw'] === mark.raw);
  return same ? { ...source, ...mark } : { ...mark };
}

/** The year as it was given, also one that no report can be of: that is a finding, not a reason to lose it. */
function givenYear(report: Report): number | undefined {
  const text = report.head.year.trim();
  return /^[1-9]\d{3}$/.test(text) ? Number(text) : undefined;
}

/** The object under a key, made where there is none. Only a key of its own counts: a row may be called "toString". */
export function memberOf<Member extends object>(object: Record<string, Member>, key: string): Member {
  if (!Object.prototype.hasOwnProperty.call(object, key)) object[key] = {} as Member;
  return object[key]!;
}

/** That it lapsed is told by a stale digest as well, which is written only without a stamp. */
function signOffOf(report: Report, stamped: boolean): Json | undefined {
  const signOff: Record<string, Json> = {
    ...(report.carried['signOff'] as Record<string, Json> | undefined),
  };
  for (const name of ['filledBy', 'reviewedBy', 'approvedBy'] as const) {
    const text = report.head[`signOff.${name}`];
    if (text !== '') signOff[name] = text;
  }
  if (report.signed !== undefined) {
    const { at, lapsed } = report.signed;
    signOff['at'] = at;
    if (lapsed === undefined) delete signOff['lapsed'];
    else if (stamped) signOff['lapsed'] = lapsed;
    const changed = changedSinceSigned(report);
    if (changed.length > 0)
      signOff['changedSince'] = {
        ...(signOff['changedSince'] as Record<string, Json> | undefined),
        ...Object.fromEntries(changed.map(({ cell, signed }) => [cell, signed])),
      };
  }
  return Object.keys(signOff).length === 0 && report.carried['signOff'] === undefined ? undefined : signOff;
}

function dropUndefined(object: Record<string, Json | undefined>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(object).filter((member): member is [string, Json] => member[1] !== undefined),
  );
}

/**
 * The member of a draft that no payload has: the texts as typed, where they differ from what was read. A host's own
 * member of that name goes along inside it.
 */
export const TYPED = '$typed';

/** A draft of this browser: the payload, and the texts as typed. */
export function draftText(report: Report, stamp: Stamp): string {
  const texts: Record<string, string> = {};
  for (const [id, entry] of [...report.entries, ...report.controls])
    if (entry.kind === 'number' && entry.raw !== undefined) texts[id] = entry.raw;
  // A control total that agrees with the computed one has no place in a payload; here it was typed, and stays.
  const totals = computeTotals(formatOf(report), report.entries);
  for (const [id, entry] of report.controls)
    if (entry.kind === 'number' && entry.value === totals.get(id)) texts[id] ??= formatQuantity(entry.value);
  if (givenYear(report) === undefined && report.head.year !== '') texts['year'] = report.head.year;
  const { [TYPED]: host, ...payload } = payloadOf(report, stamp);
  return canonicalJson(
    Object.keys(texts).length === 0 && host === undefined
      ? payload
      : { ...payload, [TYPED]: host === undefined ? { texts } : { texts, host } },
  );
}
