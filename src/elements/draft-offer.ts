/** The banner that offers drafts, with a comparison cell by cell. A template; it deletes and restores nothing itself. */
import { html, type TemplateResult } from 'lit';
import type { DraftRecord } from '../drafts/draft-record.ts';
import { timeWords } from '../drafts/save-state-words.ts';
import { sameEntry, type Entry } from '../format/entry.ts';
import { entryText } from '../format/read-entry.ts';
import { readDraft } from '../payload/read-payload.ts';
import { refusalSentence } from '../payload/reading-words.ts';
import { entryOf, formatOf, type Report } from '../report/report.ts';

/** Differences listed in the comparison with a draft; the rest is counted. */
const DIFFERENCES = 60;

export interface DraftOfferView {
  /** What the load found, '' where there is nothing to say. */
  readonly found: string;
  readonly offer: readonly DraftRecord[];
  /** How many drafts could not be read and can be downloaded. */
  readonly unreadable: number;
  readonly comparing: DraftRecord | undefined;
  readonly report: Report;
  readonly restore: (record: DraftRecord) => void;
  readonly compare: (record: DraftRecord) => void;
  readonly remove: (record: DraftRecord) => void;
  readonly downloadUnreadable: () => void;
  readonly dismiss: () => void;
}

export function draftOffer(view: DraftOfferView): TemplateResult | string {
  if (view.found === '') return '';
  const now = Date.now();
  return html`
    <section class="banner" aria-label="草稿">
      <p>${view.found}</p>
      ${view.offer.map(
        (record) => html`
          <div class="actions">
            <span>
              ${record.organization === '' ? '（未填单位）' : record.organization} ${record.year ?? ''}
              年度，暂存于 ${timeWords(record.updated, now)}
            </span>
            <button type="button" class="primary" @click=${() => view.restore(record)}>恢复草稿</button>
            <button type="button" @click=${() => view.compare(record)}>对比</button>
            <button type="button" @click=${() => view.remove(record)}>删除草稿</button>
          </div>
          ${view.comparing === record ? comparison(record, view.report) : ''}
        `,
      )}
      <div class="actions">
        ${
          view.unreadable === 0
            ? ''
            : html`<button type="button" @click=${view.downloadUnreadable}>下载无法读取的草稿</button>`
        }
        <button type="button" @click=${view.dismiss}>
          ${view.offer.length === 0 ? '知道了' : '不使用草稿'}
        </button>
      </div>
    </section>
  `;
}

/** Cell by cell: what is on screen, and what the draft says. */
function comparison(record: DraftRecord, report: Report): TemplateResult {
  const result = readDraft(record.payload);
  if (!result.ok) return html`<p>${refusalSentence(result.refusal)}</p>`;
  const draft = result.report;
  if (draft.version !== report.version) {
    return html`<p>草稿是${draft.version}年格式，当前是${report.version}年格式，不能逐格对比。</p>`;
  }
  const words = (entry: Entry): string => (entry.kind === 'blank' ? '空白' : entryText(entry));
  const differences = formatOf(report).cells.flatMap((cell) => {
    const here = entryOf(report, cell);
    const there = entryOf(draft, cell);
    return sameEntry(here, there) ? [] : [`${cell.label}：当前 ${words(here)}，草稿 ${words(there)}`];
  });
  if (differences.length === 0) return html`<p>草稿与当前内容逐格相同。</p>`;
  return html`
    <p>有 ${differences.length} 格不同：</p>
    <ul class="differences" tabindex="0" aria-label="不同的格">
      ${differences.slice(0, DIFFERENCES).map((difference) => html`<li>${difference}</li>`)}
      ${differences.length > DIFFERENCES ? html`<li>等 ${differences.length} 格</li>` : ''}
    </ul>
  `;
}
