/** A report as the rules see it, and the values they read. Knows no rule. */
import { quantityOf, type CellId, type Entry } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import type { Quantity } from '../format/quantity.ts';
import { computeTotals } from '../format/totals.ts';

/** What a person said of a finding of the report. */
export interface GivenExplanation {
  /** The id of the rule, or `zero-report`: a table is zero this year on purpose. */
  readonly rule: string;
  readonly cells: readonly CellId[];
  /** The reason given; absent where the figures were only confirmed. */
  readonly text?: string;
}

/** A report as the rules see it. */
export interface CheckedReport {
  readonly format: Format;
  readonly year?: number | undefined;
  readonly organization: {
    readonly name?: string | undefined;
    readonly kind?: string | undefined;
    readonly functions?: readonly string[] | undefined;
  };
  readonly period?: { readonly from: string; readonly to: string } | undefined;
  /** Entries of inputs; a cell that is absent was not in the report at all (S-01). */
  readonly entries: ReadonlyMap<CellId, Entry>;
  /** Control totals: what was typed, printed or imported for a derived cell. A blank one was printed blank. */
  readonly reported: ReadonlyMap<CellId, Entry>;
  /** Derived cells whose total the source stated and that agreed with its parts: evidence, where slips are looked for. */
  readonly stated?: ReadonlySet<CellId> | undefined;
  /** Derived cells that the report did not have at all. */
  readonly absentTotals?: readonly CellId[] | undefined;
  /** Ids outside the format that carried numbers. */
  readonly extraCells?: readonly string[] | undefined;
  /** The report replaced one that was already published. */
  readonly superseding?: boolean | undefined;
  /** What was said of findings of this report: offered again next year. */
  readonly explanations?: readonly GivenExplanation[] | undefined;
  /** Official text expected -> text found, where a document was read. */
  readonly readLabels?: readonly (readonly [official: string, found: string])[] | undefined;
  readonly readSections?: readonly string[] | undefined;
}

/** Values of a report: the control total where one is a number, else the computed one, else the entry's number. */
export interface Values {
  readonly report: CheckedReport;
  readonly totals: ReadonlyMap<CellId, Quantity | undefined>;
  value(cell: CellId): Quantity | undefined;
}

export function valuesOf(report: CheckedReport): Values {
  const totals = computeTotals(report.format, report.entries);
  return {
    report,
    totals,
    value(cell) {
      const control = quantityOf(report.reported.get(cell));
      if (control !== undefined) return control;
      return totals.has(cell) ? totals.get(cell) : quantityOf(report.entries.get(cell));
    },
  };
}
