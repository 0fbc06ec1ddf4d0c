/**
 * The findings in sentences, by severity: each names both sides in the words of the tables, its cells as chips that
 * outline on hover and lead to the cell on click, and the clause it comes from. Loaded after the first paint; its owner
 * has the session and places what this draws.
 */
import { css, html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Diagnosis } from '../checks/diagnose.ts';
import { findingKey, isViolation, type Finding } from '../checks/finding.ts';
import { SEVERITIES, type Severity } from '../checks/rule.ts';
import { cellLabel, findingSentenceZh, ruleTitleZh, SEVERITY_ZH } from '../checks/wording-zh.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { formatOf, type Report } from '../report/report.ts';
import type { Session, SessionState } from '../report/session.ts';
import { isBlank } from './cell-view.ts';
import { XxgkRepairEvent, XxgkShowCellsEvent, XxgkZeroBlanksEvent } from './events.ts';
import { FlowPicture, flowPictureStyles } from './flow-picture.ts';
import { causesPanel, changesOfRepair, likelyCauses } from './likely-causes.ts';

/** Chips drawn for one finding; the rest is counted. */
const CHIPS = 9;

const SYMBOLS: Readonly<Record<Severity, string>> = { format: '✕', must: '!', verify: '?', info: 'i' };

export const findingsListStyles = css`
  ${flowPictureStyles}
  h3 {
    display: flex;
    gap: 6px;
    align-items: center;
    margin: 12px 0 4px;
    font-size: 14px;
  }
  .symbol {
    display: inline-block;
    width: 18px;
    height: 18px;
    border: 1px solid currentColor;
    border-radius: 3px;
    font-weight: bold;
    line-height: 16px;
    text-align: center;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li.finding {
    margin: 0 0 6px;
    padding: 6px 8px;
    border: 1px solid #d5dae1;
    border-left: 4px solid currentColor;
    background: var(--xxgk-paper, #fff);
  }
  li.finding > * {
    color: var(--xxgk-text, #1a1a1a);
  }
  .sentence,
  .words {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: 4px 0 0;
  }
  .chips button {
    min-height: 24px;
    padding: 0 6px;
    border-color: #b9c4d3;
    border-radius: 12px;
    background: #f2f6fb;
    font-size: 12px;
    text-align: left;
  }
  .source {
    margin: 4px 0 0;
    color: var(--xxgk-faint, #5f6670);
    font-size: 12px;
  }
  li.cause {
    border-left-color: var(--xxgk-accent, #1657b8);
  }
  .chips button.apply {
    border-radius: 3px;
  }
  .quiet {
    margin: 8px 0 0;
    color: var(--xxgk-faint, #5f6670);
  }
`;

export interface FindingsOwner extends ReactiveControllerHost, EventTarget {
  readonly session: Session | undefined;
  /** Nothing may be changed from here. */
  readonly locked: boolean;
  readonly isConnected: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export class FindingsList {
  readonly #owner: FindingsOwner;
  /** What the diagnosis said of a report; of another one it says nothing. */
  #diagnosis: { readonly of: Report; readonly says: Diagnosis } | undefined;
  #looking = false;
  readonly #flow: FlowPicture;

  constructor(owner: FindingsOwner) {
    this.#owner = owner;
    this.#flow = new FlowPicture(owner);
  }

  /** Beside the heading the way to the likely causes; under it everything else. `pending` equations wait for cells. */
  draw(
    { report, findings }: SessionState,
    shown: readonly Finding[],
    pending: number,
  ): { readonly shortcut: TemplateResult | string; readonly content: TemplateResult } {
    const format = formatOf(report);
    const blanks = shown.filter(isBlank);
    const others = shown.filter((finding) => !isBlank(finding));
    // Below the findings: what lies under the mouse must not move when the diagnosis arrives.
    const causes = this.#likelyCauses(report, findings, format);
    return {
      shortcut:
        causes === ''
          ? ''
          : html`<button type="button" @click=${() => this.#toCauses()}>看可能的原因</button>`,
      content: html`
        ${SEVERITIES.map((severity) => this.#group(severity, others, severity === 'verify' ? blanks : [], format))}
        ${causes}
        ${pending === 0 ? '' : html`<p class="quiet">未填完：${pending} 项勾稽关系还有空格，填完后自动核对。</p>`}
        ${this.#flow.place(this.#diagnosis)}
      `,
    };
  }

  #group(
    severity: Severity,
    findings: readonly Finding[],
    blanks: readonly Finding[],
    format: Format,
  ): TemplateResult | string {
    const group = findings.filter((finding) => finding.severity === severity);
    const count = group.length + (blanks.length > 0 ? 1 : 0);
    if (count === 0) return '';
    return html`
      <section aria-label=${SEVERITY_ZH[severity]} id=${severity} tabindex="-1">
        <h3 class="level-${severity}">
          <span class="symbol" aria-hidden="true">${SYMBOLS[severity]}</span>${SEVERITY_ZH[severity]} ${count}
        </h3>
        <ul>
          ${blanks.length === 0 ? '' : this.#blanks(blanks, format)}
          ${group.map((finding) => this.#finding(finding, format))}
        </ul>
      </section>
    `;
  }

  #finding(finding: Finding, format: Format): TemplateResult {
    return html`
      <li
        class="finding level-${finding.severity}"
        data-key=${findingKey(finding)}
        @mouseenter=${() => this.#show(finding.cells, 'outline')}
        @mouseleave=${() => this.#show([], 'outline')}
      >
        <p class="sentence">${findingSentenceZh(finding, format)}</p>
        ${this.#chips(finding.cells, format)}
        <p class="source">${finding.rule} ${ruleTitleZh(finding.rule)}　依据：${finding.source}</p>
      </li>
    `;
  }

  #blanks(blanks: readonly Finding[], format: Format): TemplateResult {
    const cells = blanks.flatMap((finding) => finding.cells);
    return html`
      <li class="finding level-verify">
        <p class="sentence">还有 ${cells.length} 格空白。没有发生的请填 0。</p>
        <div class="chips">
          <button type="button" @click=${() => this.#owner.dispatchEvent(new XxgkZeroBlanksEvent(cells))}>
            这些空白全部填 0
          </button>
        </div>
        ${this.#chips(cells, format)}
      </li>
    `;
  }

  /** What probably went wrong with the equations that are violated; looked for after the paint. */
  #likelyCauses(report: Report, findings: readonly Finding[], format: Format): TemplateResult | string {
    const isViolated = findings.some(
      (finding) => finding.severity === 'must' && finding.sign === '=' && isViolation(finding),
    );
    if (!isViolated) {
      this.#diagnosis = undefined;
      return '';
    }
    if (this.#diagnosis?.of !== report) this.#look();
    if (this.#diagnosis === undefined) return '';
    const { of, says } = this.#diagnosis;
    if (says.repairs.length === 0 && says.complete) return '';
    return causesPanel({
      diagnosis: says,
      format,
      // What was said of the report before stays until there is something newer, so that nothing jumps.
      locked: this.#owner.locked || of !== report,
      chips: (cells) => this.#chips(cells, format),
      apply: (repair) => this.#owner.dispatchEvent(new XxgkRepairEvent(changesOfRepair(report, repair))),
    });
  }

  #toCauses(): void {
    const section = this.#owner.renderRoot.querySelector<HTMLElement>('#causes');
    section?.focus();
    section?.scrollIntoView({ block: 'nearest' });
  }

  #look(): void {
    if (this.#looking) return;
    this.#looking = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.#looking = false;
        const { session } = this.#owner;
        if (session === undefined || !this.#owner.isConnected) return;
        this.#diagnosis = { of: session.report, says: likelyCauses(session.report, session.previous) };
        this.#owner.requestUpdate();
      }),
    );
  }

  #chips(cells: readonly CellId[], format: Format): TemplateResult | string {
    if (cells.length === 0) return '';
    // The total of a long sum is its last cell and the one to look at first.
    const last = cells[cells.length - 1]!;
    const isSum = format.cellsById.get(last)?.operands !== undefined;
    const first =
      cells.length <= CHIPS ? cells : isSum ? [last, ...cells.slice(0, CHIPS - 1)] : cells.slice(0, CHIPS);
    return html`
      <div class="chips">
        ${first.map(
          (cell) => html`
            <button
              type="button"
              @click=${() => this.#show([cell], 'focus')}
              @focus=${() => this.#show([cell], 'outline')}
              @blur=${() => this.#show([], 'outline')}
              @mouseenter=${() => this.#show([cell], 'outline')}
            >
              ${cellLabel(cell, format)}
            </button>
          `,
        )}
        ${cells.length > first.length ? html`<span class="quiet">等 ${cells.length} 格</span>` : ''}
      </div>
    `;
  }

  #show(cells: readonly CellId[], way: 'outline' | 'focus'): void {
    this.#owner.dispatchEvent(new XxgkShowCellsEvent(cells, way));
  }
}
