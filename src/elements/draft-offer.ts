/** The banner that offers drafts, with a comparison place by place. A template; it deletes and restores nothing itself. */
import { html, type TemplateResult } from 'lit';
import type { DraftRecord } from '../drafts/draft-record.ts';
import { timeWords } from '../drafts/save-state-words.ts';
import { t, told } from '../format/language.ts';
import type { Report } from '../report/report.ts';
import { comparisonWithDraft } from './draft-comparison.ts';

export interface DraftOfferView {
  /** What the load found, '' where there is nothing to say. */
  readonly found: string;
  readonly offer: readonly DraftRecord[];
  /** How many drafts could not be read and can be downloaded. */
  readonly unreadable: number;
  readonly comparing: DraftRecord | undefined;
  /** The ids of drafts that another tab is writing. */
  readonly writtenElsewhere: ReadonlySet<string>;
  readonly report: Report;
  readonly restore: (record: DraftRecord) => void;
  readonly compare: (record: DraftRecord) => void;
  /** What the draft can be joined with, and how; undefined where there is nothing. */
  readonly join: (record: DraftRecord) => { readonly words: string; readonly open: () => void } | undefined;
  /** The one whose deletion is asked about. */
  readonly deleting: DraftRecord | undefined;
  readonly askToDelete: (record: DraftRecord | undefined) => void;
  readonly remove: (record: DraftRecord) => void;
  readonly downloadUnreadable: () => void;
  readonly dismiss: () => void;
}

export function draftOffer(view: DraftOfferView): TemplateResult | string {
  if (view.found === '') return '';
  const now = Date.now();
  return html`
    <section class="banner" aria-label=${t`草稿`}>
      <p>${told(view.found)}</p>
      ${view.offer.map(
        (record) => html`
          <div class="actions">
            <span>
              ${t`${record.organization === '' ? t`（未填单位）` : record.organization} ${record.year ?? ''} 年度，暂存于 ${timeWords(record.updated, now)}，第 ${record.revision} 版`}${view.writtenElsewhere.has(record.id) ? t`，另一个标签页正在编辑` : ''}
            </span>
            <button type="button" class="primary" @click=${() => view.restore(record)}>${t`恢复草稿`}</button>
            <button type="button" @click=${() => view.compare(record)}>${t`对比`}</button>
            ${joinButton(view.join(record))} ${deleteButtons(view, record)}
          </div>
          ${view.comparing === record ? comparisonWithDraft(record, view.report) : ''}
        `,
      )}
      <div class="actions">
        ${
          view.unreadable === 0
            ? ''
            : html`<button type="button" @click=${view.downloadUnreadable}>${t`下载无法读取的草稿`}</button>`
        }
        <button type="button" @click=${view.dismiss}>
          ${view.offer.length === 0 ? t`知道了` : t`不使用草稿`}
        </button>
      </div>
    </section>
  `;
}

function joinButton(join: ReturnType<DraftOfferView['join']>): TemplateResult | string {
  return join === undefined ? '' : html`<button type="button" @click=${join.open}>${join.words}</button>`;
}

function deleteButtons(view: DraftOfferView, record: DraftRecord): TemplateResult {
  if (view.deleting !== record)
    return html`<button type="button" @click=${() => view.askToDelete(record)}>${t`删除草稿`}</button>`;
  return html`<span>${t`删除后不能找回：`}</span>
    <button type="button" @click=${() => view.remove(record)}>${t`确认删除`}</button>
    <button type="button" @click=${() => view.askToDelete(undefined)}>${t`不删除`}</button>`;
}
