/**
 * Under a finding that needs verifying: 确认无误, or 说明原因 with reasons to choose from. One finding is explained at a
 * time; what is being written stays while the list is drawn anew. It decides nothing: a person does.
 */
import { css, html, type TemplateResult } from 'lit';
import type { CheckedReport } from '../checks/checked-report.ts';
import { findingKey, type Finding } from '../checks/finding.ts';
import { suggestedReasonsZh } from '../checks/reasons-zh.ts';
import { t } from '../format/language.ts';
import { explain, lapsedExplanation } from '../report/explanations.ts';
import type { Explanation } from '../report/report.ts';
import type { SessionState } from '../report/session.ts';
import type { Change } from '../report/transaction.ts';

export interface DecisionHost {
  readonly root: HTMLElement | DocumentFragment;
  /** Resolves as soon as it is drawn: what is typed after a click belongs into the field that it opened. */
  redraw(): Promise<unknown>;
  apply(change: Change): void;
  /** A decision was made: the keyboard goes on from here. */
  decided(): void;
}

export const decisionStyles = css`
  .decide {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    align-items: center;
    margin: 6px 0 0;
  }
  .decide textarea {
    flex: 1 1 100%;
    min-width: 0;
    min-height: 48px;
    padding: 4px 6px;
    border: 1px solid var(--_control-line);
    border-radius: 3px;
    background: var(--_paper);
    color: inherit;
    font: inherit;
    resize: vertical;
  }
  .decide label,
  .decide p {
    flex: 1 1 100%;
    margin: 0;
  }
  .decide .reason {
    min-height: 24px;
    padding: 0 6px;
    border-color: var(--_line);
    background: var(--_verify-paper);
    font-size: 12px;
    text-align: left;
  }
  .said {
    margin: 4px 0 0;
    overflow-wrap: anywhere;
  }
`;

export class DecisionForm {
  readonly #host: DecisionHost;
  /** The finding that is being explained, and what is written so far. */
  #writing: { readonly key: string; text: string } | undefined;
  /** What was written and not saved, by finding: 取消 loses nothing. */
  readonly #unsaved = new Map<string, string>();

  constructor(host: DecisionHost) {
    this.#host = host;
  }

  /** Another report is on screen: what was written about the one before is not for it. */
  clear(): void {
    this.#writing = undefined;
    this.#unsaved.clear();
  }

  /** What is asked under an open finding. `previous` is last year's report: its reasons are offered again. */
  offer(
    finding: Finding,
    state: SessionState,
    previous: CheckedReport | undefined,
    locked: boolean,
  ): TemplateResult {
    const key = findingKey(finding);
    if (this.#writing?.key === key && !locked) return this.#form(finding, state, previous);
    const before = lapsedExplanation(finding, state);
    return html`
      <div class="decide">
        ${before === undefined ? '' : html`<p>${t`数值已变，原来的${sayingOf(before)}不再适用，请重新核实。`}</p>`}
        <button
          type="button"
          ?disabled=${locked}
          @keydown=${(event: KeyboardEvent) => event.repeat && event.preventDefault()}
          @click=${(event: MouseEvent) => {
            // The second click of a double one meets the next finding, unread.
            if (event.detail < 2) this.#decide(finding, state, '');
          }}
        >
          ${t`确认无误`}
        </button>
        <button type="button" ?disabled=${locked} @click=${() => this.write(finding, state)}>
          ${t`说明原因`}
        </button>
      </div>
    `;
  }

  /** What was said about a settled finding, and when. */
  said(said: Explanation): TemplateResult {
    return html`<p class="said">
      ${said.kind === 'confirmed' ? t`已确认无误` : t`说明：${said.text ?? ''}`}
      <span class="source">${dayOf(said.at)}</span>
    </p>`;
  }

  #form(finding: Finding, state: SessionState, previous: CheckedReport | undefined): TemplateResult {
    const writing = this.#writing!;
    const lastYear = previous?.explanations?.find(
      (other) => other.text !== undefined && findingKey(other) === findingKey(finding),
    )?.text;
    const reasons = suggestedReasonsZh(finding.rule).filter((reason) => reason !== lastYear);
    const reason = (label: string | TemplateResult, text: string): TemplateResult => html`
      <button type="button" class="reason" @click=${() => this.#choose(text)}>${label}</button>
    `;
    return html`
      <div class="decide" @keydown=${(event: KeyboardEvent) => this.#onKey(event, finding, state)}>
        <label for="reason">${t`原因（会随报告保存和报送）`}</label>
        <textarea
          id="reason"
          rows="2"
          .value=${writing.text}
          @input=${(event: Event) => {
            writing.text = (event.target as HTMLTextAreaElement).value;
            void this.#host.redraw();
          }}
        ></textarea>
        ${lastYear === undefined ? '' : reason(t`上年说明：${lastYear}`, lastYear)}
        ${reasons.map((text) => reason(html`<span lang="zh-CN">${text}</span>`, text))}
        <p>
          <button
            type="button"
            class="primary"
            ?disabled=${writing.text.trim() === ''}
            @click=${() => this.#decide(finding, state, writing.text)}
          >
            ${t`保存说明`}
          </button>
          <button type="button" @click=${() => this.#close()}>${t`取消`}</button>
        </p>
      </div>
    `;
  }

  #onKey(event: KeyboardEvent, finding: Finding, state: SessionState): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.#close();
    } else if (event.key === 'Enter' && event.ctrlKey && this.#writing!.text.trim() !== '') {
      event.preventDefault();
      this.#decide(finding, state, this.#writing!.text);
    }
  }

  #decide(finding: Finding, state: SessionState, text: string): void {
    this.#writing = undefined;
    this.#unsaved.delete(findingKey(finding));
    this.#host.apply(explain(finding, state, text, new Date()));
    void this.#host.redraw();
    this.#host.decided();
  }

  /** 说明原因: with what was written and not saved, or what was said of other values. */
  write(finding: Finding, state: SessionState): void {
    const key = findingKey(finding);
    // One at a time: what is being written of another finding waits.
    if (this.#writing !== undefined) this.#unsaved.set(this.#writing.key, this.#writing.text);
    this.#writing = { key, text: this.#unsaved.get(key) ?? lapsedExplanation(finding, state)?.text ?? '' };
    this.#toField();
  }

  #choose(text: string): void {
    const writing = this.#writing!;
    const before = writing.text.trim();
    // What was typed stays.
    if (before === '') writing.text = text;
    else if (!before.includes(text)) writing.text = `${before}；${text}`;
    this.#toField();
  }

  #close(): void {
    const { key, text } = this.#writing!;
    this.#unsaved.set(key, text);
    this.#writing = undefined;
    void this.#host.redraw().then(() => {
      const item = [...this.#host.root.querySelectorAll<HTMLElement>('.finding')].find(
        (one) => one.dataset['key'] === key,
      );
      item?.querySelector<HTMLElement>('.decide button')?.focus();
    });
  }

  #toField(): void {
    void this.#host.redraw().then(() => this.#host.root.querySelector<HTMLElement>('#reason')?.focus());
  }
}

function sayingOf(said: Explanation): string {
  return said.kind === 'confirmed' ? t`确认` : t`说明“${said.text ?? ''}”`;
}

/** The day of a decision, as on the clerk's wall; '' for a time that is none. */
function dayOf(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? ''
    : t`${time.getFullYear()}年${time.getMonth() + 1}月${time.getDate()}日`;
}
