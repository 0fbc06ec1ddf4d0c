/** Computed totals: the sums the form derives from its inputs. Knows nothing of control totals or rules. */
import { quantityOf, type CellId, type Entry } from './entry.ts';
import type { CellDefinition, Format } from './format.ts';
import type { Quantity } from './quantity.ts';

/** Every derived cell with its sum, or undefined while one of its parts has no number yet. */
export function computeTotals(
  format: Format,
  entries: ReadonlyMap<CellId, Entry>,
): Map<CellId, Quantity | undefined> {
  const totals = new Map<CellId, Quantity | undefined>();
  for (const cell of format.derived) {
    let sum: Quantity | undefined = 0n;
    for (const operand of cell.operands!) {
      const value: Quantity | undefined = totals.has(operand)
        ? totals.get(operand)
        : quantityOf(entries.get(operand));
      if (value === undefined) {
        sum = undefined;
        break;
      }
      sum += value;
    }
    totals.set(cell.id, sum);
  }
  return totals;
}

/** Whether nothing that a total sums up is there: it counts 0 in other sums, and is no figure of the document. */
export function isMergedTotal({ operands }: CellDefinition, entries: ReadonlyMap<CellId, Entry>): boolean {
  return operands?.every((operand) => entries.get(operand)?.kind === 'merged') === true;
}

/** These cells and every total that one of them is part of, over other totals too: each comes after its parts. */
export function withTotalsAbove(format: Format, cells: Iterable<CellId>): Set<CellId> {
  const touched = new Set(cells);
  for (const total of format.derived)
    if (total.operands!.some((operand) => touched.has(operand))) touched.add(total.id);
  return touched;
}
