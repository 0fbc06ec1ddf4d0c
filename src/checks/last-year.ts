/**
 * What the linear rules expect of a report beside last year's, as sums of its own cells. Apart from the engine because
 * only the diagnosis, which is loaded late, asks for it. Knows no table.
 */
import type { Format } from '../format/format.ts';
import type { CellId } from '../format/entry.ts';
import type { Quantity } from '../format/quantity.ts';
import { instancesOf, type Equation } from './check-report.ts';
import type { Values } from './checked-report.ts';
import type { Rule } from './rule.ts';

/** What should hold between a report and last year's; `constant` is last year's part of the sum. */
export interface Comparison {
  readonly terms: Equation['terms'];
  readonly constant: Quantity;
}

/** The equations of these rules with last year's report, as far as it has the numbers. They stop no report. */
export function comparisonsOf(rules: readonly Rule[], format: Format, previous: Values): Comparison[] {
  return instancesOf(format, rules).flatMap(({ rule, holds, when }) => {
    if (holds?.sign !== '=' || when.length > 0) return [];
    if (rule.previousFormats?.includes(previous.report.format.version) !== true) return [];
    let constant = 0n;
    const terms: { cell: CellId; times: bigint }[] = [];
    for (const [side, sign] of [
      [holds.left, 1n],
      [holds.right, -1n],
    ] as const) {
      for (const term of side) {
        const times = sign * term.times;
        const value = term.previous ? previous.value(term.cell!) : undefined;
        if (term.previous && value === undefined) return [];
        if (term.cell === undefined || term.previous) constant += times * (value ?? term.constant);
        else terms.push({ cell: term.cell, times });
      }
    }
    return [{ terms, constant }];
  });
}
