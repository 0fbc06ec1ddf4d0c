/** Findings and a diagnosis as data for other programs: ids and numbers, no sentences. */
import { numberOrNull, quantityToNumber } from '../format/quantity.ts';
import type { Diagnosis } from './diagnose.ts';
import type { Finding } from './finding.ts';

/** `settled` is how a person has settled it, where one has. */
export function findingJson(finding: Finding, settled: 'confirmed' | 'explained' | undefined): object {
  return {
    rule: finding.rule,
    severity: finding.severity,
    cells: finding.cells,
    left: numberOrNull(finding.left),
    right: numberOrNull(finding.right),
    difference: numberOrNull(finding.difference),
    pending: finding.pending,
    ...(settled !== undefined && { settled }),
  };
}

export function diagnosisJson({ repairs, tied, complete }: Diagnosis): object {
  return {
    repairs: repairs.map(({ changes, rules }) => ({
      changes: changes.map(({ cell, from, to, slip }) => ({
        cell,
        from: quantityToNumber(from),
        to: quantityToNumber(to),
        slip,
      })),
      rules,
    })),
    tied,
    complete,
  };
}
