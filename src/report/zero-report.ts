/**
 * 零报告: one action states of a whole table that it is zero this year, on purpose. It is kept as a decision like any
 * other, bound to the figures: as soon as one of them is no longer zero it does not count. Untouched, zero and not
 * applicable stay three different things.
 */
import { valuesOf } from '../checks/checked-report.ts';
import type { CellId } from '../format/entry.ts';
import type { Table } from '../format/format.ts';
import { countingExplanation, explain, withdraw, type JudgedReport } from './explanations.ts';
import { checkedReport, entryOf, type Report } from './report.ts';
import { applyChanges, zeroBlanks, type Change } from './transaction.ts';

/** In the place of a rule id: no rule asks for it. */
export const ZERO_REPORT = 'zero-report';

/**
 * Stands for all the cells of a table: where there are totals, those of its rows and its columns, which cannot be zero
 * unless every part is; else every cell.
 */
function subjectOf(table: Table): { readonly rule: string; readonly cells: readonly CellId[] } {
  const derived = table.cells.filter((cell) => cell.operands !== undefined);
  const summed = new Set(derived.flatMap((total) => total.operands!));
  const totals = derived.filter((total) => !summed.has(total.id));
  const covered = new Set(totals.flatMap((total) => partsOf(table, total.id)));
  const others = table.cells.filter((cell) => cell.operands === undefined && !covered.has(cell.id));
  return { rule: ZERO_REPORT, cells: [...totals, ...others].map((cell) => cell.id) };
}

/** The inputs a total is made of, through the totals in between. */
function partsOf(table: Table, id: CellId): CellId[] {
  const operands = table.cells.find((cell) => cell.id === id)?.operands;
  return operands === undefined ? [id] : operands.flatMap((operand) => partsOf(table, operand));
}

/** Cells that keep the table from being declared zero: a number that is not zero, a "/", a text. */
export function notZero(report: Report, table: Table): CellId[] {
  return table.cells
    .filter((cell) => {
      const entry = entryOf(report, cell);
      return !(
        entry.kind === 'blank' ||
        entry.kind === 'merged' ||
        (entry.kind === 'number' && entry.value === 0n)
      );
    })
    .map((cell) => cell.id);
}

/** Blanks become zero, and the table is declared zero: one step. For a table that nothing in `notZero` speaks against. */
export function declareZero(report: Report, table: Table, at: Date): Change[] {
  const fill = zeroBlanks(
    report,
    table.cells.map((cell) => cell.id),
  );
  const filled = applyChanges(report, fill);
  return [...fill, explain(subjectOf(table), judged(filled), '', at)];
}

/** The declaration taken back; the figures stay. Undefined where there is none. */
export function withdrawZero(report: Report, table: Table): Change | undefined {
  return withdraw(subjectOf(table), judged(report));
}

/** Whether the table is declared zero, and still is. */
export function isDeclaredZero(report: Report, table: Table): boolean {
  return (
    report.explanations.some((said) => said.rule === ZERO_REPORT) &&
    countingExplanation(subjectOf(table), judged(report)) !== undefined
  );
}

/** What the cells add up to: a control total of 0 over figures is no zero. No rule asks, so there is no finding. */
function judged(report: Report): JudgedReport {
  const values = valuesOf({ ...checkedReport(report), reported: new Map() });
  return { report, findings: [], values, previousValues: undefined };
}
