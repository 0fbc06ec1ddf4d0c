/**
 * Human decisions about findings that need verifying. A decision is bound to the digest of the values it speaks of: it
 * no longer counts when one of them changes, and nothing here ever deletes it.
 */
import type { Values } from '../checks/checked-report.ts';
import { isViolation, type Finding } from '../checks/finding.ts';
import { digestOf, type Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import { quantityToNumber } from '../format/quantity.ts';
import type { Report } from './report.ts';

interface Explanation {
  readonly rule: string;
  readonly cells: readonly CellId[];
  readonly values: Digest;
}

/** The digest of the values of some cells: of the canonical JSON `{ cell: number | null }`. */
export function valuesDigest(cells: readonly CellId[], values: Values): Digest {
  return digestOf(
    Object.fromEntries(
      cells.map((cell) => {
        const value = values.value(cell);
        return [cell, value === undefined ? null : quantityToNumber(value)];
      }),
    ),
  );
}

/** The findings to be verified that nobody has confirmed or explained for the values as they are now. */
export function openFindings(findings: readonly Finding[], report: Report, values: Values): Finding[] {
  const explanations = (report.carried['explanations'] ?? []) as unknown as readonly Explanation[];
  return findings.filter((finding) => {
    if (finding.severity !== 'verify' || !isViolation(finding)) return false;
    const known = explanations.filter(
      (other) => other.rule === finding.rule && other.cells.join(' ') === finding.cells.join(' '),
    );
    return known.every((other) => other.values !== valuesDigest(finding.cells, values));
  });
}
