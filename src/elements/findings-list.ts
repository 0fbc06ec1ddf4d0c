/**
 * The findings in sentences, by severity: each leads to its cell, names both sides in the words of the tables, and gives
 * the clause it comes from. A finding that needs verifying is confirmed or explained here, one by one. Loaded after the
 * first paint; its owner has the session and places what this draws.
 */
import { css, html, type TemplateResult } from 'lit';
import type { Diagnosis } from '../checks/diagnose.ts';
import { findingKey, isExplainable, isViolation, type Finding } from '../checks/finding.ts';
import { SEVERITIES, type Severity } from '../checks/rule.ts';
import { SEVERITY_ZH } from '../checks/severity-zh.ts';
import { cellLabel, findingSentenceZh, findingTitleZh } from '../checks/wording-zh.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { parts, t, told } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { formatOf, whoseIs, type Explanation, type HeadField, type Report } from '../report/report.ts';
import { withdraw } from '../report/explanations.ts';
import { changedSinceSigned } from '../report/sign-off.ts';
import { lapsedZh } from '../report/sign-off-words-zh.ts';
import type { SessionState } from '../report/session.ts';
import { changesFromTexts, zeroBlanks, type Change, type Origin } from '../report/transaction.ts';
import { isBlank, markedCells, numberText } from './cell-view.ts';
import { comparisonStyles } from './comparison-drawing.ts';
import { ComparisonPicture } from './comparison-picture.ts';
import { DecisionForm, decisionStyles } from './decision-form.ts';
import { XxgkApplyEvent, XxgkShowCellsEvent } from './events.ts';
import type { FindingsOwner } from './findings-owner.ts';
import { FlowPicture, flowPictureStyles } from './flow-picture.ts';
import { causesPanel, changesOfRepair, likelyCauses } from './likely-causes.ts';

/** Chips drawn for one finding; the rest is shown on request. */
const CHIPS = 4;

const SYMBOLS: Readonly<Record<Severity, string>> = { format: '✕', must: '!', verify: '?', info: 'i' };

/** Fields of the head that the rules name by a variable. */
const FIELDS: Readonly<Record<string, HeadField>> = { name: 'organization.name', year: 'year' };

export const findingsListStyles = [
  decisionStyles,
  flowPictureStyles,
  comparisonStyles,
  css`
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
      border: 1px solid var(--_line);
      border-left: 4px solid currentColor;
      background: var(--_paper);
    }
    li.finding > * {
      color: var(--_text);
    }
    .sentence,
    .words {
      margin: 0;
      overflow-wrap: anywhere;
    }
    button.sentence {
      width: 100%;
      min-height: 24px;
      padding: 0;
      border: 0;
      background: none;
      text-align: left;
      text-decoration: underline;
      text-decoration-color: var(--_control-line);
      text-underline-offset: 3px;
    }
    button.sentence:hover:not(:disabled) {
      background: none;
      text-decoration-color: currentColor;
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
      border-color: var(--_line);
      border-radius: 12px;
      background: var(--_tint);
      font-size: 12px;
      text-align: left;
    }
    .source {
      margin: 4px 0 0;
      color: var(--_faint);
      font-size: 12px;
    }
    li.cause {
      border-left-color: var(--_accent);
    }
    li.settled {
      border-left-color: var(--_done);
    }
    .chips button.more,
    .chips button.apply {
      border-radius: 3px;
    }
    .quiet {
      margin: 8px 0 0;
      color: var(--_faint);
    }
  `,
];

export class FindingsList {
  readonly #owner: FindingsOwner;
  readonly #decision: DecisionForm;
  /** Unit and year of the report that was drawn last. */
  #whose = '';
  readonly #flow: FlowPicture;
  readonly #comparison: ComparisonPicture;
  /** What the diagnosis said of a state; of another one it says nothing. */
  #diagnosis: { readonly of: SessionState; readonly says: Diagnosis } | undefined;
  #looking = false;
  /** Findings all of whose cells are shown. */
  readonly #unfolded = new Set<string>();

  constructor(owner: FindingsOwner) {
    this.#owner = owner;
    this.#flow = new FlowPicture(owner);
    this.#comparison = new ComparisonPicture(owner);
    this.#decision = new DecisionForm({
      root: owner.renderRoot,
      redraw: () => {
        owner.requestUpdate();
        return owner.updateComplete;
      },
      apply: (change) => this.#apply([change], 'typing'),
      decided: () => {
        this.#show([], 'outline');
        this.#toNextOpen();
      },
    });
  }

  /** Another report is on screen, or the same one as a host gives it back. */
  replaced(report: Report): void {
    if (whoseIs(report) !== this.#whose) this.#decision.clear();
  }

  /** Beside the heading the way to the likely causes; under it everything else. `pending` equations wait for cells. */
  draw(
    state: SessionState,
    shown: readonly Finding[],
    pending: number,
  ): { readonly shortcut: TemplateResult | string; readonly content: TemplateResult } {
    const { report } = state;
    this.#whose = whoseIs(report);
    const format = formatOf(report);
    const blanks = shown.filter(isBlank);
    const others = shown.filter((finding) => !isBlank(finding));
    // Below the findings: what lies under the mouse must not move when the diagnosis arrives.
    const causes = this.#likelyCauses(state, format);
    return {
      shortcut:
        causes === ''
          ? ''
          : html`<button type="button" @click=${() => this.#toCauses()}>${t`看可能的原因`}</button>`,
      content: html`
        ${SEVERITIES.map((severity) => this.#group(severity, others, severity === 'verify' ? blanks : [], state))}
        ${causes} ${this.#settled(state)} ${this.#changedSinceSigned(report, format)}
        ${pending === 0 ? '' : html`<p class="quiet">${t`未填完：${pending} 项勾稽关系还有空格，填完后自动核对。`}</p>`}
        ${this.#flow.place(this.#diagnosis)} ${this.#comparison.place()}
      `,
    };
  }

  /** The first finding that asks about the cell, open for a reason. */
  explain(cell: CellId): boolean {
    const asked = this.#owner.session?.state.open.find(
      (finding) => isExplainable(finding) && finding.cells.includes(cell),
    );
    if (asked === undefined || this.#owner.locked) return false;
    this.#decision.write(asked, this.#owner.session!.state);
    return true;
  }

  #group(
    severity: Severity,
    findings: readonly Finding[],
    blanks: readonly Finding[],
    state: SessionState,
  ): TemplateResult | string {
    const group = findings.filter((finding) => finding.severity === severity);
    const count = group.length + (blanks.length > 0 ? 1 : 0);
    if (count === 0) return '';
    return html`
      <section aria-label=${told(SEVERITY_ZH[severity])} id=${severity} tabindex="-1">
        <h3 class="level-${severity}">
          <span class="symbol" aria-hidden="true">${SYMBOLS[severity]}</span>${told(SEVERITY_ZH[severity])}
          ${count}
        </h3>
        <ul>
          ${blanks.length === 0 ? '' : this.#blanks(blanks, state.report)}
          ${group.map((finding) => this.#finding(finding, state))}
        </ul>
      </section>
    `;
  }

  #finding(finding: Finding, state: SessionState): TemplateResult {
    const format = formatOf(state.report);
    const basis = parts`${finding.rule} ${findingTitleZh(finding)}　依据：${cited(finding.source)}`;
    return html`
      <li
        class="finding level-${finding.severity}"
        data-key=${findingKey(finding)}
        @mouseenter=${() => this.#show(finding.cells, 'outline')}
        @mouseleave=${() => this.#show([], 'outline')}
      >
        ${this.#sentence(finding, format)} ${this.#chips(finding.cells, format, findingKey(finding))}
        ${this.#toZero(finding, state.report)} ${this.#toCandidate(finding, state.report)}
        ${
          isExplainable(finding)
            ? this.#decision.offer(finding, state, this.#owner.session?.previous, this.#owner.locked)
            : ''
        }
        <p class="source">${basis}</p>
      </li>
    `;
  }

  /** A "/" means nothing happened, nearly always: one click makes it the zero that is asked for. */
  #toZero({ rule, cells }: Finding, report: Report): TemplateResult | string {
    const [id] = cells;
    const cell = id === undefined ? undefined : formatOf(report).cellsById.get(id);
    if (rule !== 'V-03' || cell === undefined) return '';
    // Over a computed total it is the control total that goes.
    const text = cell.operands === undefined ? '0' : '';
    return html`<div class="chips">
      <button
        type="button"
        class="more"
        ?disabled=${this.#owner.locked}
        @click=${() => {
          this.#apply(changesFromTexts(report, [[cell.id, text]]).changes, 'fill');
          this.#toNextOpen();
        }}
      >
        ${text === '' ? t`不录核对数` : t`改为 0`}
      </button>
    </div>`;
  }

  /** What a reader of documents held for likely: one click, and a person has decided. */
  #toCandidate({ rule, cells }: Finding, report: Report): TemplateResult | string {
    const [id] = cells;
    const from = id === undefined ? undefined : report.entries.get(id);
    if (rule !== 'V-02' || from?.kind !== 'uncertain' || from.candidate === undefined) return '';
    const value = from.candidate;
    return html`<div class="chips">
      <button
        type="button"
        class="more"
        ?disabled=${this.#owner.locked}
        @click=${() => {
          this.#apply([{ cell: id!, from, to: { kind: 'number', value } }], 'fill');
          this.#toNextOpen();
        }}
      >
        ${t`确认为 ${formatQuantity(value)}`}
      </button>
    </div>`;
  }

  /** The sentence is the way to the cell, or to the field of the head. */
  #sentence(finding: Finding, format: Format): TemplateResult {
    const [cell = finding.cells[0]] = markedCells(finding, format);
    const field = FIELDS[finding.variables['field'] ?? ''];
    const words = findingSentenceZh(finding, format);
    if (cell === undefined && field === undefined) return html`<p class="sentence">${words}</p>`;
    return html`<button
      type="button"
      class="sentence"
      @click=${() => this.#show(cell === undefined ? [] : [cell], 'focus', cell === undefined ? field : undefined)}
      @focus=${() => this.#show(finding.cells, 'outline')}
      @blur=${() => this.#show([], 'outline')}
    >
      ${words}
    </button>`;
  }

  #blanks(blanks: readonly Finding[], report: Report): TemplateResult {
    const cells = blanks.flatMap((finding) => finding.cells);
    return html`
      <li class="finding level-verify">
        <button type="button" class="sentence" @click=${() => this.#show(cells.slice(0, 1), 'focus')}>
          ${t`还有 ${cells.length} 格空白。没有发生的请填 0。`}
        </button>
        <div class="chips">
          <button
            type="button"
            class="more"
            ?disabled=${this.#owner.locked}
            @click=${() => {
              this.#apply(zeroBlanks(report, cells), 'fill');
              this.#toNextOpen();
            }}
          >
            ${t`这些空白全部填 0`}
          </button>
        </div>
        ${this.#chips(cells, formatOf(report), 'blanks')}
      </li>
    `;
  }

  /** What a person has settled; it can be read again, changed and taken back. */
  #settled(state: SessionState): TemplateResult | string {
    const { settled, report } = state;
    if (settled.size === 0) return '';
    const format = formatOf(report);
    const one = ([finding, said]: readonly [Finding, Explanation]): TemplateResult => html`
      <li class="finding settled" data-key=${findingKey(finding)}>
        ${this.#sentence(finding, format)} ${this.#decision.said(said)}
        <div class="decide">
          <button
            type="button"
            ?disabled=${this.#owner.locked}
            @click=${() => {
              const change = withdraw(finding, state);
              if (change !== undefined) this.#apply([change], 'typing');
              this.#show([], 'outline');
              this.#toNextOpen();
            }}
          >
            ${t`撤回`}
          </button>
        </div>
      </li>
    `;
    return html`
      <section aria-label=${t`已核实`} id="settled" tabindex="-1">
        <h3><span class="symbol" aria-hidden="true">✓</span>${t`已核实 ${settled.size}`}</h3>
        <ul>
          ${[...settled].map(one)}
        </ul>
      </section>
    `;
  }

  /** A report that was signed and then edited: what is no longer what somebody signed. */
  #changedSinceSigned(report: Report, format: Format): TemplateResult | string {
    const changes = changedSinceSigned(report);
    const lapsed = lapsedZh(report);
    if (changes.length === 0 && lapsed === '') return '';
    return html`
      <section aria-label=${t`签发后的改动`} id="changed">
        <h3>
          ${changes.length === 0 ? t`签发已失效` : t`上次签发（${report.signed!.at}）以来改动了 ${changes.length} 格`}
        </h3>
        <p class="quiet">${lapsed === '' ? t`改动后的报告需要重新签发。` : lapsed}</p>
        <ul>
          ${changes.map(
            ({ cell, signed, now }) => html`
              <li class="finding settled">
                <button type="button" class="sentence" @click=${() => this.#show([cell], 'focus')}>
                  ${t`${cellLabel(cell, format)}：${numberText(signed)} 改为 ${numberText(now)}`}
                </button>
              </li>
            `,
          )}
        </ul>
      </section>
    `;
  }

  /** After a decision: on to the next one that is asked for, or to the heading where there is none. */
  #toNextOpen(): void {
    void this.#owner.updateComplete.then(() => {
      const { renderRoot } = this.#owner;
      (
        renderRoot.querySelector<HTMLElement>('.finding:not(.settled) .decide button') ??
        renderRoot.querySelector<HTMLElement>('h2')
      )?.focus();
    });
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
    return causesPanel({
      diagnosis: says,
      format,
      // What was said of the report before stays until there is something newer, so that nothing jumps.
      locked: this.#owner.locked || of !== state,
      chips: (cells) => this.#chips(cells, format, 'causes'),
      apply: (repair) => {
        this.#apply(changesOfRepair(state.report, repair), 'fill');
        this.#show([repair.changes[0]!.cell], 'focus');
      },
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
        this.#diagnosis = { of: session.state, says: likelyCauses(session) };
        this.#owner.requestUpdate();
      }),
    );
  }

  #chips(cells: readonly CellId[], format: Format, key: string): TemplateResult | string {
    if (cells.length === 0) return '';
    // The total of a long sum is its last cell and the one to look at first.
    const last = cells[cells.length - 1]!;
    const isSum = format.cellsById.get(last)?.operands !== undefined;
    const first =
      cells.length <= CHIPS || this.#unfolded.has(key)
        ? cells
        : isSum
          ? [last, ...cells.slice(0, CHIPS - 1)]
          : cells.slice(0, CHIPS);
    return html`
      <div class="chips">
        ${first.map(
          (cell) => html`
            <button
              type="button"
              lang="zh-CN"
              @click=${() => this.#show([cell], 'focus')}
              @focus=${() => this.#show([cell], 'outline')}
              @blur=${() => this.#show([], 'outline')}
              @mouseenter=${() => this.#show([cell], 'outline')}
            >
              ${cellLabel(cell, format)}
            </button>
          `,
        )}
        ${
          cells.length > first.length
            ? html`<button type="button" class="more" @click=${() => this.#unfold(key)}>
                ${t`共 ${cells.length} 格，全部列出`}
              </button>`
            : ''
        }
      </div>
    `;
  }

  #unfold(key: string): void {
    this.#unfolded.add(key);
    this.#owner.requestUpdate();
  }

  #show(cells: readonly CellId[], way: 'outline' | 'focus', field?: HeadField): void {
    this.#owner.dispatchEvent(new XxgkShowCellsEvent(cells, way, field));
  }

  #apply(changes: readonly Change[], origin: Origin): void {
    this.#owner.dispatchEvent(new XxgkApplyEvent(changes, origin));
  }
}

/** A document is cited by its Chinese name. */
function cited(source: string): TemplateResult | string {
  const words = told(source);
  return words === source ? html`<span lang="zh-CN">${source}</span>` : words;
}
