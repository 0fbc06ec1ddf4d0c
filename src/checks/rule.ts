/**
 * The rule language: every check is data in this shape, ours and a province's alike. A rule names cells by id, never by
 * position; `{name}` in an id stands for a variable of `over`, and `previous:` before an id means last year's report.
 * Nothing here evaluates anything.
 */
import type { CellKind, FormatVersion } from '../format/format.ts';

/** `format` 填写有误 (kept as typed), `must` 必须修改 (blocks finishing), `verify` 需核实, `info` 提示. */
export type Severity = 'format' | 'must' | 'verify' | 'info';

export const SEVERITIES: readonly Severity[] = ['format', 'must', 'verify', 'info'];

/** A cell (counted once), a cell with a coefficient, or a constant. */
export type Term = string | { readonly cell: string; readonly times: number } | { readonly constant: number };

export type RelationSign = '=' | '<=' | '>=' | '<' | '>';

/**
 * What must hold between two sums. Exact; the tolerance is 0. With an operand that has no number, an equation without a
 * guard is pending; any other relation is not assessed.
 */
export interface Relation {
  readonly left: readonly Term[];
  readonly sign: RelationSign;
  readonly right: readonly Term[];
}

/** What is not linear: a closed list, each true where all is well. */
export type Predicate =
  /** Every cell of a table is present in the report (blank is present). */
  | { readonly name: 'cells-present'; readonly table: string }
  /** No cell outside the format carries a number. */
  | { readonly name: 'no-extra-cells' }
  /** The report's format was in force for its year: not used from `year` on. */
  | { readonly name: 'format-before'; readonly year: number }
  | { readonly name: 'organization-named' }
  | { readonly name: 'year-given' }
  /** A statistic period, where given, is 1 January to 31 December of the year. */
  | { readonly name: 'period-is-year' }
  /** Labels as read from a document equal the official ones after normalising spaces, quotes and punctuation. */
  | { readonly name: 'official-labels' }
  | { readonly name: 'official-sections' }
  /** The entry is not of this kind (for texts: not for this reason). */
  | { readonly name: 'entry-is-not'; readonly cell: string; readonly kind: string; readonly reason?: string }
  | { readonly name: 'whole-number'; readonly cell: string }
  /** A control total that stands in no equation equals the computed one. */
  | { readonly name: 'control-total-equal'; readonly cell: string }
  /** A total and its parts are filled together, or not at all. */
  | { readonly name: 'total-with-parts'; readonly cell: string }
  /** Not (a share of `of` above numerator/denominator, or the largest of `among` and not zero). */
  | {
      readonly name: 'no-large-share';
      readonly cell: string;
      readonly of: string;
      readonly among: readonly string[];
      readonly numerator: number;
      readonly denominator: number;
    }
  /** The ratio to last year is not within [from, to]. */
  | { readonly name: 'ratio-outside'; readonly cell: string; readonly from: number; readonly to: number }
  /** Not (this year and last year differ by more than `factor`, the larger being at least `floor`). */
  | { readonly name: 'no-jump'; readonly cell: string; readonly factor: number; readonly floor: number }
  /** Both years are zero, or neither. */
  | { readonly name: 'no-zero-flip'; readonly cell: string }
  /** Fewer than `atLeast` tables equal last year's in every cell; all-zero tables never count. */
  | { readonly name: 'tables-changed'; readonly atLeast: number }
  /** Last year's report was not corrected after publication. */
  | { readonly name: 'previous-not-superseded' };

/** A guard: the rule is not applied to an instance unless all of its conditions hold. */
export type Condition =
  | Relation
  | { readonly kindOfOrganization: readonly string[] }
  | { readonly organizationFunction: string }
  /** At least one instance of one of these rules, with the same variables where both have them, is still pending. */
  | { readonly pending: readonly string[] };

/** The values of a variable: words, or every cell of the format with these properties, or every table. */
export type Domain =
  | readonly string[]
  | {
      readonly cells: 'inputs' | 'derived';
      readonly kinds?: readonly CellKind[];
      readonly inEquation?: boolean;
      readonly table?: string;
    }
  | { readonly tables: true };

export interface RuleBase {
  /** The id of the catalogue: `T3-01`. Two rules may share one where the catalogue gives one id to two cases. */
  readonly id: string;
  readonly severity: Severity;
  /** The severity on finishing, where it is another. */
  readonly onFinishing?: Severity;
  /** The official clause, in Chinese, or where the rule comes from. */
  readonly source: string;
  /** Rules for the county office are not shown to a clerk. */
  readonly audience?: 'office';
  readonly formats?: readonly FormatVersion[];
  /** Formats of last year's report with which the rule can be assessed. A rule with this needs last year's report. */
  readonly previousFormats?: readonly FormatVersion[];
  readonly over?: Readonly<Record<string, Domain>>;
  readonly when?: readonly Condition[];
  /** Words of a rule pack; official rules have theirs in the wording files. */
  readonly wording?: Wording;
}

/** What a rule is about in a few words, and its sentences, in which `{left}` and the like are filled in. */
export interface Wording {
  readonly title?: string;
  readonly zh: string;
  readonly en?: string;
}

export type Rule = RuleBase & ({ readonly holds: Relation } | { readonly test: Predicate });

/** Rules under a version, as the payload states them after the format: `1`, with a pack `1+hunan@2026.1`. */
export interface RuleSet {
  readonly version: string;
  readonly rules: readonly Rule[];
  /** What a pack made of official rules, by their ids. */
  readonly changed?: Readonly<Record<string, Severity | 'off'>>;
}
