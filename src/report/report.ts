/**
 * A report as an immutable value: entries of cells, control totals beside the computed ones, the head and whatever
 * travels with them. Knows nothing of JSON, storage or the screen.
 */
import type { CheckedReport, GivenExplanation } from '../checks/checked-report.ts';
import { BLANK, sameEntry, type CellId, type Entry } from '../format/entry.ts';
import type { CellDefinition, Format, FormatVersion } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import type { Json } from '../format/canonical-json.ts';

/** Kinds of organisation, as in the payload. */
export const ORGANIZATION_KINDS = [
  'county-office',
  'county-bureau',
  'township',
  'subdistrict',
  'development-zone',
  'public-institution',
  'vertical-agency',
  'county',
  'city-bureau',
  'city',
  'province-bureau',
  'province',
  'ministry',
  'other',
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

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

/** The report year, or undefined where the field holds no year from 2008 (the 条例) to 2100. */
export function yearOf(report: Report): number | undefined {
  const text = report.head.year.trim();
  if (!/^\d{4}$/.test(text)) return undefined;
  const year = Number(text);
  return year >= 2008 && year <= 2100 ? year : undefined;
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
    superseding: report.carried['supersedes'] !== undefined,
    explanations: report.carried['explanations'] as unknown as readonly GivenExplanation[] | undefined,
  };
}

/** Whether two reports hold the same entries, totals and head. */
export function sameContent(a: Report, b: Report): boolean {
  if (a === b) return true;
  if (a.version !== b.version || HEAD_FIELDS.some((field) => a.head[field] !== b.head[field])) return false;
  return sameEntries(a.entries, b.entries) && sameEntries(a.controls, b.controls);
}

function sameEntries(a: ReadonlyMap<CellId, Entry>, b: ReadonlyMap<CellId, Entry>): boolean {
  if (a.size !== b.size) return false;
  for (const [cell, entry] of a) {
    const other = b.get(cell);
    if (other === undefined || !sameEntry(entry, other)) return false;
  }
  return true;
}
