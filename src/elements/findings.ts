/**
 * The findings in sentences, by severity: each names both sides in the words of the tables, its cells as chips that
 * outline on hover and lead to the cell on click, and the clause it comes from. It shows; it checks nothing.
 */
import { css, html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import type { Diagnosis } from '../checks/diagnose.ts';
import { findingKey, isViolation, type Finding } from '../checks/finding.ts';
import { SEVERITIES, type Severity } from '../checks/rule.ts';
import { cellLabel, findingSentenceZh, findingTitleZh, SEVERITY_ZH } from '../checks/wording-zh.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { formatOf } from '../report/report.ts';
import type { Session, SessionState } from '../report/session.ts';
import { isBlank, problemCount, shownFindings } from './cell-view.ts';
import { XxgkRepairEvent, XxgkShowCellsEvent, XxgkZeroBlanksEvent } from './events.ts';
import type * as likelyCauses from './likely-causes.ts';
import { baseStyles } from './styles.ts';

/** Chips drawn for one finding; the rest is counted. */
const CHIPS = 9;

const SYMBOLS: Readonly<Record<Severity, string>> = { format: '✕', must: '!', verify: '?', info: 'i' };

/**
 * @summary The list of findings of a report, grouped by severity.
 * @event xxgk-show-cells - A finding's cells are to be outlined or focused.
 * @event xxgk-zero-blanks - 空白填 0 was pressed.
 * @event xxgk-repair - A likely cause is to be carried out.
 */
export class XxgkFindings extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    css`
      .heading {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
        min-height: 28px;
        margin: 0 0 8px;
      }
      h2 {
        margin: 0;
        font-size: 16px;
      }
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
    `,
  ];

  static override properties = {
    session: { attribute: false },
    checked: { type: Boolean },
    locked: { type: Boolean },
  };

  declare session: Session | undefined;
  /** Blanks and missing heads are listed too: 检查 was pressed. */
  declare checked: boolean;
  /** Nothing may be changed from here. */
  declare locked: boolean;

  #stopListening: (() => void) | undefined;
  #listeningTo: Session | undefined;
  #causes: typeof likelyCauses | undefined;
  /** What the diagnosis said of a state; of another one it says nothing. */
  #diagnosis: { readonly of: SessionState; readonly says: Diagnosis } | undefined;
  #looking = false;

  constructor() {
    super();
    this.checked = false;
    this.locked = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#listeningTo = undefined;
  }

  /** Moves focus to the heading: after 检查. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override render(): TemplateResult {
    this.#listen();
    const state = this.session?.state;
    if (state === undefined) return html``;
    const format = formatOf(state.report);
    const shown = shownFindings(state.findings, this.checked);
    const blanks = shown.filter(isBlank);
    const others = shown.filter((finding) => !isBlank(finding));
    const matters = problemCount(shown.filter((finding) => finding.severity !== 'info'));
    const pending = state.findings.filter((finding) => !isViolation(finding)).length;
    const heading =
      matters === 0
        ? this.checked && pending === 0
          ? '检查通过，没有需要处理的问题'
          : pending > 0
            ? '填写中，暂未发现问题'
            : '暂未发现问题'
        : `有 ${matters} 处需要处理`;
    // Below the findings: what lies under the mouse must not move when the diagnosis arrives.
    const causes = this.#likelyCauses(state, format);
    return html`
      <div class="heading">
        <h2 tabindex="-1">${heading}</h2>
        ${causes === '' ? '' : html`<button type="button" @click=${() => this.#toCauses()}>看可能的原因</button>`}
      </div>
      ${SEVERITIES.map((severity) => this.#group(severity, others, severity === 'verify' ? blanks : [], format))}
      ${causes}
      ${pending === 0 ? '' : html`<p class="quiet">未填完：${pending} 项勾稽关系还有空格，填完后自动核对。</p>`}
    `;
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
        <p class="source">${finding.rule} ${findingTitleZh(finding)}　依据：${finding.source}</p>
      </li>
    `;
  }

  #blanks(blanks: readonly Finding[], format: Format): TemplateResult {
    const cells = blanks.flatMap((finding) => finding.cells);
    return html`
      <li class="finding level-verify">
        <p class="sentence">还有 ${cells.length} 格空白。没有发生的请填 0。</p>
        <div class="chips">
          <button type="button" @click=${() => this.dispatchEvent(new XxgkZeroBlanksEvent(cells))}>
            这些空白全部填 0
          </button>
        </div>
        ${this.#chips(cells, format)}
      </li>
    `;
  }

  /** What probably went wrong with the equations that are violated; looked for after the paint. */
  #likelyCauses(state: SessionState, format: Format): TemplateResult | string {
    const isViolated = state.findings.some(
      (finding) => finding.severity === 'must' && finding.sign === '=' && isViolation(finding),
    );
    if (!isViolated) {
      this.#diagnosis = undefined;
      return '';
    }
    if (this.#diagnosis?.of !== state) this.#look();
    if (this.#diagnosis === undefined) return '';
    const { of, says } = this.#diagnosis;
    if (says.repairs.length === 0 && says.complete) return '';
    return this.#causes!.causesPanel({
      diagnosis: says,
      format,
      // What was said of the report before stays until there is something newer, so that nothing jumps.
      locked: this.locked || of !== state,
      chips: (cells) => this.#chips(cells, format),
      apply: (repair) =>
        this.dispatchEvent(new XxgkRepairEvent(this.#causes!.changesOfRepair(state.report, repair))),
    });
  }

  #toCauses(): void {
    const section = this.renderRoot.querySelector<HTMLElement>('#causes');
    section?.focus();
    section?.scrollIntoView({ block: 'nearest' });
  }

  #look(): void {
    if (this.#looking) return;
    this.#looking = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        void import('./likely-causes.ts')
          .then((causes) => {
            this.#causes = causes;
            const { session } = this;
            if (session === undefined || !this.isConnected) return;
            this.#diagnosis = {
              of: session.state,
              says: causes.likelyCauses(session),
            };
            this.requestUpdate();
          })
          // Without it the findings themselves are all there.
          .catch(() => undefined)
          .finally(() => {
            this.#looking = false;
          });
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
    this.dispatchEvent(new XxgkShowCellsEvent(cells, way));
  }

  #listen(): void {
    if (this.#listeningTo === this.session) return;
    this.#stopListening?.();
    this.#listeningTo = this.session;
    this.#stopListening = this.session?.listen(() => this.requestUpdate());
  }
}
