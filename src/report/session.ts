/**
 * One report being edited: the current value, its history, its findings, and who wants to know. The only holder of
 * changing state in the pure rooms. Knows nothing of drafts, hosts or the screen.
 */
import { valuesOf, type CheckedReport, type Values } from '../checks/checked-report.ts';
import { checkReport } from '../checks/check-report.ts';
import type { Finding } from '../checks/finding.ts';
import type { RuleSet } from '../checks/rule.ts';
import type { CellId } from '../format/entry.ts';
import { settledFindings } from './explanations.ts';
import { EMPTY_HISTORY, record, redo, undo, type History } from './history.ts';
import { checkedReport, type Explanation, type HeadField, type Report } from './report.ts';
import { applyChanges, changesFromTexts, type Change, type Origin, type Transaction } from './transaction.ts';

export interface SessionState {
  readonly report: Report;
  readonly history: History;
  readonly findings: readonly Finding[];
  /** Findings that a person has confirmed or explained, for the values as they are. */
  readonly settled: ReadonlyMap<Finding, Explanation>;
  /** The findings without those that are settled. */
  readonly open: readonly Finding[];
  /** Totals and control totals as the rules read them. */
  readonly values: Values;
  readonly previousValues: Values | undefined;
}

/**
 * Told after every transaction, when the checks have run. Another report in the place of this one (`replaced`),
 * another report of last year or other rules give no transaction.
 */
export type SessionListener = (
  state: SessionState,
  transaction: Transaction | undefined,
  replaced: boolean,
) => void;

export class Session {
  #state: SessionState;
  #previous: CheckedReport | undefined;
  #rules: RuleSet;
  readonly #listeners = new Set<SessionListener>();

  constructor(report: Report, rules: RuleSet) {
    this.#rules = rules;
    this.#state = this.#stateOf(report, EMPTY_HISTORY);
  }

  get state(): SessionState {
    return this.#state;
  }

  get report(): Report {
    return this.#state.report;
  }

  /** Last year's report: switches on the rules across years. */
  get previous(): CheckedReport | undefined {
    return this.#previous;
  }

  set previous(previous: CheckedReport | undefined) {
    this.#previous = previous;
    this.#checkAgain();
  }

  /** The rules in force: the official ones, or those with a pack. */
  get rules(): RuleSet {
    return this.#rules;
  }

  set rules(rules: RuleSet) {
    this.#rules = rules;
    this.#checkAgain();
  }

  /** Runs the checks with the severities of finishing, without changing anything. */
  findingsOnFinishing(): Finding[] {
    return checkReport(checkedReport(this.report), this.#rules.rules, {
      previous: this.#previous,
      finishing: true,
    });
  }

  /** Texts as typed or pasted become one transaction; returns the ids that the format does not have. */
  enter(texts: Iterable<readonly [CellId, string]>, origin: Origin): readonly CellId[] {
    const { changes, unknown } = changesFromTexts(this.report, texts);
    this.apply(changes, origin);
    return unknown;
  }

  setField(field: HeadField, text: string): void {
    const from = this.report.head[field];
    if (from !== text) this.apply([{ field, from, to: text }], 'typing');
  }

  /** One user action. Nothing happens where nothing changes. */
  apply(changes: readonly Change[], origin: Origin): void {
    if (changes.length === 0) return;
    const transaction: Transaction = { changes, origin, time: Date.now() };
    this.#commit(applyChanges(this.report, changes), record(this.#state.history, transaction), transaction);
  }

  undo(): boolean {
    return this.#step(undo(this.#state.history));
  }

  redo(): boolean {
    return this.#step(redo(this.#state.history));
  }

  /** Another report takes the place of this one; its history starts anew. */
  replace(report: Report): void {
    this.#commit(report, EMPTY_HISTORY, undefined);
  }

  /** Returns a function that ends the subscription. */
  listen(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #step(step: { changes: readonly Change[]; history: History } | undefined): boolean {
    if (step === undefined) return false;
    const transaction: Transaction = { changes: step.changes, origin: 'undo', time: Date.now() };
    this.#commit(applyChanges(this.report, step.changes), step.history, transaction);
    return true;
  }

  #commit(report: Report, history: History, transaction: Transaction | undefined): void {
    this.#state = this.#stateOf(report, history);
    this.#tell(transaction, transaction === undefined);
  }

  #stateOf(report: Report, history: History): SessionState {
    const checked = checkedReport(report);
    const previous = this.#previous;
    const findings = checkReport(checked, this.#rules.rules, { previous });
    const years = {
      values: valuesOf(checked),
      previousValues: previous === undefined ? undefined : valuesOf(previous),
    };
    const settled = settledFindings(findings, report, years);
    const open = settled.size === 0 ? findings : findings.filter((finding) => !settled.has(finding));
    return { report, history, findings, settled, open, ...years };
  }

  #checkAgain(): void {
    this.#state = this.#stateOf(this.report, this.#state.history);
    this.#tell(undefined, false);
  }

  #tell(transaction: Transaction | undefined, replaced: boolean): void {
    for (const listener of [...this.#listeners]) listener(this.#state, transaction, replaced);
  }
}
