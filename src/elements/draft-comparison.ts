/** What is different between the report on screen and a draft, each place with both values. A template without state. */
import { html, type TemplateResult } from 'lit';
import type { DraftRecord } from '../drafts/draft-record.ts';
import { joined, t } from '../format/language.ts';
import { readDraft, type ReadResult } from '../payload/read-payload.ts';
import { refusalSentence } from '../payload/reading-words.ts';
import { reportDifferences } from '../report/report-differences.ts';
import { formatOf, type Report } from '../report/report.ts';
import { placeZh, valueZh } from './difference-words.ts';

/** Differences that are listed at once; the rest is opened. */
const LISTED = 60;

/** The banner is drawn again with every letter typed: a draft is read once. */
const readings = new WeakMap<DraftRecord, ReadResult>();

export function comparisonWithDraft(record: DraftRecord, report: Report): TemplateResult {
  let reading = readings.get(record);
  if (reading === undefined) readings.set(record, (reading = readDraft(record.payload)));
  return reading.ok ? comparisonOf(report, reading.report) : html`<p>${refusalSentence(reading.refusal)}</p>`;
}

/** `here` is what is on screen. */
export function comparisonOf(
  here: Report,
  there: Report,
  names: { readonly here: string; readonly there: string } = { here: t`当前`, there: t`草稿` },
): TemplateResult {
  const differences = reportDifferences(here, there);
  if (differences === undefined)
    return html`<p>
      ${t`${names.there}是${there.version}年格式，${names.here}是${here.version}年格式，不能逐格对比。`}
    </p>`;
  if (differences.length === 0) return html`<p>${t`${names.there}与${names.here}内容相同。`}</p>`;
  const format = formatOf(here);
  const cells = differences.filter(({ kind }) => kind === 'cell').length;
  const others = differences.length - cells;
  const items = differences.map((one) => {
    const [ours, theirs] = [
      valueZh(one, one.here, format, [one.there]),
      valueZh(one, one.there, format, [one.here]),
    ];
    return html`<li>${t`${placeZh(one, format)}：${names.here} ${ours}，${names.there} ${theirs}`}</li>`;
  });
  const list = (label: string, part: readonly TemplateResult[]): TemplateResult =>
    html`<ul class="differences" tabindex="0" aria-label=${label}>
      ${part}
    </ul>`;
  return html`
    <p>
      ${t`${joined(
        [
          cells === 0 ? t`各格数据相同` : t`有 ${cells} 格不同`,
          others === 0 ? '' : t`表头、文字等有 ${others} 处不同`,
        ],
        '，',
      )}：`}
    </p>
    ${list(t`不同之处`, items.slice(0, LISTED))}
    ${
      items.length <= LISTED
        ? ''
        : html`<details>
            <summary>${t`全部显示（其余 ${items.length - LISTED} 处）`}</summary>
            ${list(t`其余的不同之处`, items.slice(LISTED))}
          </details>`
    }
  `;
}
