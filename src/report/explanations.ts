/**
 * What a person says about findings that need verifying (需核实): confirmed or explained, one by one. A decision is bound
 * to the digest of the values it speaks of: it lapses when one of them changes, counts again when they are what they
 * were, and nothing but a person takes it away.
 */
import type { Values } from '../checks/checked-report.ts';
import { findingKey, isExplainable, isViolation, type Finding } from '../checks/finding.ts';
import { digestOf, type Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import { quantityToNumber } from '../format/quantity.ts';
import type { Explanation, Report } from './report.ts';
import type { Change } from './transaction.ts';

/** What a decision speaks of: cells of this report, and of last year's where the rule reads it. */
type Subject = Pick<Finding, 'cells' | 'previousCells'>;

/** This year's values, and last year's where there is a report of last year. */
export interface YearValues {
  readonly values: Values;
  readonly previousValues: Values | undefined;
}

/**
 * The digest of the values a decision speaks of: of the canonical JSON `{ cell: number | null }`, where a cell of last
 * year's report has `previous:` before its id.
 */
export function valuesDigest({ cells, previousCells = [] }: Subject, years: YearValues): Digest {
  const read = (values: Values | undefined, cell: CellId): number | null => {
    const value = values?.value(cell);
    return value === undefined ? null : quantityToNumber(value);
  };
  return digestOf(
    Object.fromEntries([
      ...cells.map((cell) => [cell, read(years.values, cell)] as const),
      ...previousCells.map((cell) => [`previous:${cell}`, read(years.previousValues, cell)] as const),
    ]),
  );
}

/** What was said about the finding last, whether it still counts or not. */
export function explanationOf(
  report: Report,
  finding: Pick<Finding, 'rule' | 'cells'>,
): Explanation | undefined {
  const key = findingKey(finding);
  const said = report.explanations.filter((other) => findingKey(other) === key);
  return said[said.length - 1];
}

/** The findings that a person has settled for the values as they are now. */
export function settledFindings(
  findings: readonly Finding[],
  report: Report,
  years: YearValues,
): ReadonlyMap<Finding, Explanation> {
  const settled = new Map<Finding, Explanation>();
  if (report.explanations.length === 0) return settled;
  const asked = findings.filter(isExplainable).map((finding) => [findingKey(finding), finding] as const);
  const keys = new Set(asked.map(([key]) => key));
  // The digests are what costs: only of findings of which something is said.
  const saidOf = new Map<string, Explanation[]>();
  for (const said of report.explanations) {
    const key = findingKey(said);
    if (!keys.has(key)) continue;
    const others = saidOf.get(key);
    if (others === undefined) saidOf.set(key, [said]);
    else others.push(said);
  }
  for (const [key, finding] of asked) {
    const said = saidOf.get(key);
    if (said === undefined) continue;
    const digest = valuesDigest(finding, years);
    const counts = said.filter((other) => other.values === digest);
    if (counts.length > 0) settled.set(finding, counts[counts.length - 1]!);
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

/** 确认无误, or with a reason 说明原因. A text of nothing but spaces is no reason. */
export function explain(
  report: Report,
  finding: Pick<Finding, 'rule' | 'cells' | 'previousCells'>,
  years: YearValues,
  text: string,
  at: Date,
): Change {
  const reason = text.trim();
  const from = explanationOf(report, finding);
  const { text: _before, ...others } = from ?? {};
  const said = {
    ...others,
    rule: finding.rule,
    cells: finding.cells,
    values: valuesDigest(finding, years),
    at: at.toISOString(),
  };
  const to: Explanation =
    reason === '' ? { ...said, kind: 'confirmed' } : { ...said, kind: 'explained', text: reason };
  return { explained: findingKey(finding), from, to };
}

/** 撤回: the finding is open again; undefined where nothing was said. */
export function withdraw(report: Report, finding: Pick<Finding, 'rule' | 'cells'>): Change | undefined {
  const from = explanationOf(report, finding);
  return from === undefined ? undefined : { explained: findingKey(finding), from, to: undefined };
}
