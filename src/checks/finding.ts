/** A finding is data: what was compared and how it came out. No sentence is in it; the wording files make those. */
import type { CellId } from '../format/entry.ts';
import type { Quantity } from '../format/quantity.ts';
import type { RelationSign, Severity, Wording } from './rule.ts';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** The clause it comes from, as its rule states it. */
  readonly source: string;
  /** The words of its rule, where it comes from a pack. */
  readonly wording?: Wording;
  /** The cells of this report that the finding speaks of. */
  readonly cells: readonly CellId[];
  /** The cells of last year's report that it speaks of as well. */
  readonly previousCells?: readonly CellId[];
  /** The severity on finishing, where it is another: such a finding has to be mended, an explanation is no help. */
  readonly onFinishing?: Severity;
  /** Both sides in millionths, where they are numbers. */
  readonly left?: Quantity;
  readonly right?: Quantity;
  /** left - right */
  readonly difference?: Quantity;
  readonly sign?: RelationSign;
  /** Operands without a number yet: not passed and not failed. Empty for a violation. */
  readonly pending: readonly CellId[];
  /** The variables of the rule for this instance, e.g. the column. */
  readonly variables: Readonly<Record<string, string>>;
  /** What was found where a number is not the point: the raw text, names of cells outside the format. */
  readonly detail?: string;
}

/** What came out for one instance of a rule, before the rule's own words are put to it. */
export type Outcome = Omit<Finding, 'rule' | 'severity' | 'onFinishing' | 'source' | 'wording' | 'variables'>;

/** Identity across runs: a human decision about a finding is found again by this. */
export function findingKey(finding: Pick<Finding, 'rule' | 'cells'>): string {
  return `${finding.rule} ${finding.cells.join(' ')}`;
}

export function isViolation(finding: Finding): boolean {
  return finding.pending.length === 0;
}

/** Whether a person may confirm or explain it (需核实), and so settle it. */
export function isExplainable(finding: Finding): boolean {
  return finding.severity === 'verify' && finding.onFinishing === undefined && isViolation(finding);
}

/** Whether the finding keeps the report from being finished as it stands. */
export function isBlocking(finding: Finding): boolean {
  return (finding.severity === 'format' || finding.severity === 'must') && isViolation(finding);
}
