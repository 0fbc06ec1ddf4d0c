/**
 * What a person says about findings that need verifying (需核实): confirmed or explained, one by one. A decision is bound
 * to the digest of the values it speaks of: it lapses when one of them changes, counts again when they are what they
 * were, and nothing but a person takes it away.
 */
import type { Values } from '../checks/checked-report.ts';
import { findingKey, isExplainable, isViolation, type Finding } from '../checks/finding.ts';
import { digestOf, type Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import { numberOrNull } from '../format/quantity.ts';
import type { Explanation, Report } from './report.ts';
import type { Change } from './transaction.ts';

/** What a decision speaks of: cells of this report, of last year's where the rule reads it, and what was found there. */
export type Subject = Pick<Finding, 'rule' | 'cells' | 'previousCells' | 'detail'>;

/** This year's values, and last year's where there is a report of last year. */
export interface YearValues {
  readonly values: Values;
  readonly previousValues: Values | undefined;
}

/** A report with its findings, as a session has them. */
export interface JudgedReport extends YearValues {
  readonly report: Report;
  readonly findings: readonly Finding[];
}

/**
 * The digest of the values a decision speaks of: of the canonical JSON `{ cell: number | null }`, where a cell of last
 * year's report has `previous:` before its id, and `found` is what the finding found that is no number of a cell.
 */
export function valuesDigest(
  { cells, previousCells = [], detail }: Omit<Subject, 'rule'>,
  years: YearValues,
): Digest {
  const read = (values: Values | undefined, cell: CellId): number | null => {
    const value = values?.value(cell);
    return numberOrNull(value);
  };
  return digestOf(
    Object.fromEntries<number | string | null>([
      ...cells.map((cell) => [cell, read(years.values, cell)] as const),
      ...previousCells.map((cell) => [`previous:${cell}`, read(years.previousValues, cell)] as const),
      ...(detail === undefined ? [] : [['found', detail] as const]),
    ]),
  );
}

/** Where what was said about a subject stands in the report's list: the decision that counts now, and the last that lapsed. */
interface Said {
  readonly counts: number;
  readonly lapsed: number;
}

/**
 * Two findings may have rule and cells in common and differ in last year's cells: a decision belongs to the one whose
 * values it speaks of, and has lapsed when it belongs to none.
 */
function saidAbout(subject: Subject, { report, findings, ...years }: JudgedReport): Said {
  const key = findingKey(subject);
  const own = valuesDigest(subject, years);
  let others: ReadonlySet<Digest> | undefined;
  let counts = -1;
  let lapsed = -1;
  report.explanations.forEach((said, index) => {
    if (findingKey(said) !== key) return;
    others ??= new Set(
      findings
        .filter((finding) => finding.cells.length === subject.cells.length && findingKey(finding) === key)
        .map((finding) => valuesDigest(finding, years)),
    );
    if (said.values === own) counts = index;
    else if (!others.has(said.values)) lapsed = index;
  });
  return { counts, lapsed };
}

/** The decision that settles the subject as its values are. */
export function countingExplanation(subject: Subject, judged: JudgedReport): Explanation | undefined {
  return judged.report.explanations[saidAbout(subject, judged).counts];
}

/** What was said last about the subject when it had other values. */
export function lapsedExplanation(subject: Subject, judged: JudgedReport): Explanation | undefined {
  return judged.report.explanations[saidAbout(subject, judged).lapsed];
}

/** The findings that a person has settled for the values as they are now. */
export function settledFindings(
  findings: readonly Finding[],
  report: Report,
  years: YearValues,
): ReadonlyMap<Finding, Explanation> {
  const settled = new Map<Finding, Explanation>();
  if (report.explanations.length === 0) return settled;
  // The digests are what costs: only of findings of which something is said.
  const saidOf = new Map<string, Map<Digest, Explanation>>();
  for (const said of report.explanations) {
    const key = findingKey(said);
    let byValues = saidOf.get(key);
    if (byValues === undefined) saidOf.set(key, (byValues = new Map<Digest, Explanation>()));
    byValues.set(said.values, said);
  }
  for (const finding of findings) {
    if (!isExplainable(finding)) continue;
    const said = saidOf.get(findingKey(finding))?.get(valuesDigest(finding, years));
    if (said !== undefined) settled.set(finding, said);
  }
  return settled;
}

/** The findings to be verified that nobody has confirmed or explained for the values as they are now. */
export function openFindings(findings: readonly Finding[], report: Report, years: YearValues): Finding[] {
  const settled = settledFindings(findings, report, years);
  return findings.filter(
    (finding) => finding.severity === 'verify' && isViolation(finding) && !settled.has(finding),
  );
}

/**
 * 确认无误, or with a reason 说明原因; a text of nothing but spaces is no reason. Takes the place of what was said of the
 * same values, else of what has lapsed.
 */
export function explain(subject: Subject, judged: JudgedReport, text: string, at: Date): Change {
  const reason = text.trim();
  const { explanations } = judged.report;
  const { counts, lapsed } = saidAbout(subject, judged);
  const place = counts >= 0 ? counts : lapsed;
  const { text: _before, ...others } = explanations[place] ?? {};
  const said = {
    ...others,
    rule: subject.rule,
    cells: subject.cells,
    values: valuesDigest(subject, judged),
    at: at.toISOString(),
  };
  const decision: Explanation =
    reason === '' ? { ...said, kind: 'confirmed' } : { ...said, kind: 'explained', text: reason };
  const to =
    place < 0
      ? [...explanations, decision]
      : explanations.map((other, index) => (index === place ? decision : other));
  return { explanations: true, from: explanations, to };
}

/** 撤回: the finding is open again; undefined where nothing that counts was said. */
export function withdraw(subject: Subject, judged: JudgedReport): Change | undefined {
  const { explanations } = judged.report;
  const { counts } = saidAbout(subject, judged);
  return counts < 0
    ? undefined
    : { explanations: true, from: explanations, to: explanations.filter((_said, index) => index !== counts) };
}
