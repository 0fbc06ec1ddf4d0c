/**
 * A report as an immutable value: entries of cells, control totals beside the computed ones, the head and whatever
 * travels with them. Knows nothing of JSON, storage or the screen.
 */
import type { CheckedReport, GivenExplanation } from '../checks/checked-report.ts';
import { BLANK, sameEntry, type CellId, type Entry } from '../format/entry.ts';
import type { CellDefinition, Format, FormatVersion } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import type { Digest } from '../format/digest.ts';

/** Fields of the head that a clerk edits; each is a text, '' where it is not given. */
export const HEAD_FIELDS = [
  'year',
  'organization.name',
  'organization.kind',
  'signOff.filledBy',
  'signOff.reviewedBy',
  'signOff.approvedBy',
] as const;
export type HeadField = (typeof HEAD_FIELDS)[number];

/** A human decision about a finding that needs verifying, in the payload's own shape; unknown members go along. */
export interface Explanation extends GivenExplanation {
  /** The digest of the values it speaks of. */
  readonly values: Digest;
  readonly kind: 'confirmed' | 'explained';
  /** When it was said, ISO 8601. */
  readonly at: string;
}

/** What was signed: when, and the value of every input then (null: no number). */
export interface Signed {
  readonly at: string;
  readonly values: ReadonlyMap<CellId, number | null>;
  /**
   * The digest that a file stated and its content did not have: something of it was changed elsewhere, nobody knows what,
   * and the signature counts no more.
   */
  readonly lapsed?: Digest | undefined;
}

/** Everything of a payload that the editor carries along without editing it, in the payload's own shape. */
export type Carried = Readonly<Record<string, Json>>;

export interface Report {
  readonly version: FormatVersion;
  readonly head: Readonly<Record<HeadField, string>>;
  /** Inputs only; an input that is absent was absent from the source (S-01). */
  readonly entries: ReadonlyMap<CellId, Entry>;
  /** Control totals (核对数) of derived cells, as typed, printed or imported. */
  readonly controls: ReadonlyMap<CellId, Entry>;
  readonly absentTotals: readonly CellId[];
  /** Totals that the source stated and that agreed with their parts; an edit of a part ends that. */
  readonly statedTotals: ReadonlySet<CellId>;
  /** Row and column ids outside the format that carried numbers, `table/row/column`. */
  readonly extraCells: readonly string[];
  readonly explanations: readonly Explanation[];
  /** The figures as they were signed off; an edit leaves them, so that it can be told what changed since. */
  readonly signed: Signed | undefined;
  readonly carried: Carried;
}

export function formatOf(report: Report): Format {
  return FORMATS[report.version];
}

/** A new report: every cell blank. */
export function emptyReport(version: FormatVersion, year?: number): Report {
  return {
    version,
    head: { ...emptyHead(), year: year === undefined ? '' : String(year) },
    entries: new Map(FORMATS[version].inputs.map((cell) => [cell.id, BLANK])),
    controls: new Map(),
    absentTotals: [],
    statedTotals: new Set(),
    extraCells: [],
    explanations: [],
    signed: undefined,
    carried: {},
  };
}

export function emptyHead(): Record<HeadField, string> {
  return {
    year: '',
    'organization.name': '',
    'organization.kind': '',
    'signOff.filledBy': '',
    'signOff.reviewedBy': '',
    'signOff.approvedBy': '',
  };
}

/** The year whose reports are due: what a new report begins with, where nobody says another. */
export const yearDue = (): number => new Date().getFullYear() - 1;

/** The report year, or undefined where the field holds no year from 2008 (the 条例) to 2100. */
export function yearOf(report: Report): number | undefined {
  const text = report.head.year.trim();
  if (!/^\d{4}$/.test(text)) return undefined;
  const year = Number(text);
  return year >= 2008 && year <= 2100 ? year : undefined;
}

/** Whose report it is, of which year: a host that writes back the same one changes neither. */
export function whoseIs({ head }: Report): string {
  return `${head['organization.name']} ${head.year}`;
}

/** The entry of any cell: of an input its own, of a total its control total. */
export function entryOf(report: Report, cell: CellDefinition): Entry {
  return (cell.operands === undefined ? report.entries : report.controls).get(cell.id) ?? BLANK;
}

/** The report as the rules see it. */
export function checkedReport(report: Report): CheckedReport {
  const organization = report.carried['organization'] as { functions?: readonly string[] } | undefined;
  const period = report.carried['period'] as { from: string; to: string } | undefined;
  return {
    format: formatOf(report),
    year: yearOf(report),
    organization: {
      name: report.head['organization.name'],
      kind: report.head['organization.kind'] === '' ? undefined : report.head['organization.kind'],
      functions: organization?.functions,
    },
    period,
    entries: report.entries,
    reported: report.controls,
    absentTotals: report.absentTotals,
    stated: report.statedTotals,
    extraCells: report.extraCells,
    explanations: report.explanations,
    superseding: report.carried['supersedes'] !== undefined,
  };
}

/** Whether two reports hold the same entries, totals, head, decisions and sign-off. */
export function sameContent(a: Report, b: Report): boolean {
  if (a === b) return true;
  if (a.version !== b.version || HEAD_FIELDS.some((field) => a.head[field] !== b.head[field])) return false;
  return (
    sameEntries(a.entries, b.entries) &&
    sameEntries(a.controls, b.controls) &&
    a.signed?.at === b.signed?.at &&
    a.signed?.lapsed === b.signed?.lapsed &&
    canonicalJson(a.explanations as unknown as Json) === canonicalJson(b.explanations as unknown as Json)
  );
}

function sameEntries(a: ReadonlyMap<CellId, Entry>, b: ReadonlyMap<CellId, Entry>): boolean {
  if (a.size !== b.size) return false;
  for (const [cell, entry] of a) {
    const other = b.get(cell);
    if (other === undefined || !sameEntry(entry, other)) return false;
  }
  return true;
}
