/**
 * 合并: two reports that grew from one, side by side. What only one side changed is listed and kept; each conflict is a
 * row of a table in which a person chooses. It changes nothing itself: the joined report is handed to its owner.
 */
import { css, html, type TemplateResult } from 'lit';
import { checkReport } from '../checks/check-report.ts';
import { findingKey, isBlocking, type Finding } from '../checks/finding.ts';
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { findingSentenceZh } from '../checks/wording-zh.ts';
import type { Format } from '../format/format.ts';
import { joined, parts, t, told } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { computeTotals } from '../format/totals.ts';
import { completeReport } from '../payload/read-payload.ts';
import {
  mergedReport,
  mergeReports,
  type Choice,
  type Merge,
  type MergedPlace,
  type MergeResult,
} from '../report/merge-reports.ts';
import { isIncidental } from '../report/report-places.ts';
import { checkedReport, formatOf, type Report } from '../report/report.ts';
import { placeZh, valueZh } from './difference-words.ts';

export interface MergeViewOptions {
  /** Undefined where it is no longer known: then every difference has to be decided. */
  readonly ancestor: Report | undefined;
  readonly ours: Report;
  readonly theirs: Report;
  /** What a person calls the two: 本页的草稿 14:02. */
  readonly names: { readonly ours: string; readonly theirs: string };
  /** The findings of a report under the rules in force; the official ones unless told otherwise. */
  readonly findings?: (report: Report) => readonly Finding[];
  /** Draws the view again. */
  requestUpdate(): void;
  /** The joined report, ready to be edited; once. */
  done(report: Report): void;
  /** Both stay as they are. */
  cancel(): void;
}

export const mergeViewStyles = css`
  .merge {
    max-width: 1080px;
    margin: 0 auto 16px;
    padding: 12px 20px 16px;
    border: 1px solid var(--_line);
    background: var(--_paper);
  }
  .merge h2 {
    margin: 0 0 8px;
    font-size: 18px;
  }
  .merge h2:focus {
    outline: none;
  }
  .merge p,
  .merge details {
    margin: 0 0 6px;
  }
  .merge .buttons p {
    margin: 0;
  }
  .merge ul {
    margin: 4px 0 8px;
    padding: 0 0 0 20px;
  }
  .merge li,
  .merge td,
  .merge th {
    overflow-wrap: anywhere;
  }
  .merge .value {
    white-space: pre-wrap;
  }
  .merge summary {
    min-height: 24px;
    cursor: pointer;
  }
  .merge .warn {
    padding: 4px 10px;
    border-left: 4px solid var(--_verify);
    background: var(--_verify-paper);
  }
  .merge .warn ul {
    margin: 4px 0 0;
  }
  .merge table {
    width: 100%;
    margin: 10px 0;
    border-collapse: collapse;
    table-layout: fixed;
  }
  .merge caption {
    padding: 0 0 4px;
    font-weight: bold;
    text-align: left;
  }
  .merge th,
  .merge td {
    padding: 4px 8px;
    border: 1px solid var(--_line);
    font-weight: normal;
    text-align: left;
    vertical-align: top;
  }
  .merge thead th {
    background: var(--_tint);
  }
  .merge .item {
    width: 28%;
  }
  .merge .choice {
    width: 20%;
  }
  .merge td.taken {
    background: var(--_selected);
    font-weight: bold;
  }
  .merge div.value {
    max-height: 200px;
    overflow: auto;
  }
  .merge label {
    display: flex;
    gap: 6px;
    align-items: center;
    min-height: 24px;
  }
  .merge .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    margin: 12px 0 0;
  }
`;

/** Letters from which on a text scrolls in a box of its own. */
const LONG = 200;

/** What becomes of totals and checks when everything is decided. */
interface Outcome {
  readonly report: Report;
  readonly totals: readonly string[];
  readonly problems: readonly Finding[];
}

export class MergeView {
  readonly #options: MergeViewOptions;
  readonly #result: MergeResult;
  readonly #choices = new Map<string, Choice>();
  /** Of the choices as they are; undefined: to be found out. */
  #outcome: Outcome | undefined;
  #closed = false;

  constructor(options: MergeViewOptions) {
    this.#options = options;
    this.#result = mergeReports(options);
  }

  view(): TemplateResult {
    const result = this.#result;
    return html`<section class="merge" aria-labelledby="merge-title">
      <h2 id="merge-title" tabindex="-1">${t`合并两份内容`}</h2>
      ${result.ok ? this.#body(result.merge) : this.#refusal(result.refusal)}
    </section>`;
  }

  #refusal({ ours, theirs }: Extract<MergeResult, { ok: false }>['refusal']): TemplateResult {
    const { names } = this.#options;
    return html`<p>
        ${t`“${names.ours}”是${ours}年格式，“${names.theirs}”是${theirs}年格式，不能合并。两份都保留。`}
      </p>
      <div class="buttons">${this.#cancelButton()}</div>`;
  }

  #body(merge: Merge): TemplateResult {
    const format = formatOf(merge.ours);
    const left = merge.conflicts.filter(({ key }) => !this.#choices.has(key)).length;
    const outcome = left === 0 ? (this.#outcome ??= this.#outcomeOf(merge, format)) : undefined;
    const changed = [...merge.places.values()].filter((place) => !isIncidental(place, merge.ours));
    const both = changed.filter(({ status }) => status === 'both').length;
    const differs = changed.some(({ status }) => status !== 'both' && status !== 'unchanged');
    return html`
      ${
        !differs
          ? html`<p>${t`两份内容相同。`}</p>`
          : merge.ancestor === undefined
            ? html`<p class="warn">${t`两份分开之前的内容已无法得知，所有不同之处都请选择采用哪一份。`}</p>`
            : html`<p>
                  ${t`只有一份改过的都会保留；${merge.conflicts.length === 0 ? t`没有需要选择的地方。` : t`两份都改过而又不同的，请逐处选择采用哪一份。`} ${both === 0 ? '' : t`两份改得相同的有 ${both} 处。`}`}
                </p>
                ${this.#oneSided(changed, 'ours', format)} ${this.#oneSided(changed, 'theirs', format)}`
      }
      ${merge.conflicts.length === 0 ? '' : this.#table(merge, format)}
      ${outcome === undefined || !differs ? '' : this.#effect(outcome)}
      <div class="buttons">
        <p role="status">${left === 0 ? t`可以合并` : t`还有 ${left} 处未选择`}</p>
        <button
          type="button"
          class="primary"
          ?disabled=${outcome === undefined}
          @click=${() => this.#close(() => this.#options.done(outcome!.report))}
        >
          ${t`合并`}
        </button>
        ${this.#cancelButton()}
      </div>
    `;
  }

  #cancelButton(): TemplateResult {
    return html`<button type="button" @click=${() => this.#close(() => this.#options.cancel())}>
      ${t`取消（两份都保留）`}
    </button>`;
  }

  /** What only one side changed, to be opened. */
  #oneSided(changed: readonly MergedPlace[], side: 'ours' | 'theirs', format: Format): TemplateResult {
    const name = this.#options.names[side];
    const places = changed.filter(({ status }) => status === side);
    if (places.length === 0) return html`<p>${t`只在“${name}”中改过的：没有`}</p>`;
    const cells = places.filter(({ kind }) => kind === 'cell').length;
    const others = places.length - cells;
    const counts = [cells === 0 ? '' : t`${cells} 格`, others === 0 ? '' : t`表头、文字等 ${others} 处`];
    return html`<details>
      <summary>
        ${t`只在“${name}”中改过的：${joined(
          counts.filter((words) => words !== ''),
          '，',
        )}`}
      </summary>
      <ul>
        ${places.map(
          (place) =>
            html`<li>
              ${parts`${placeZh(place, format)}：原值 ${valueOf(place, 'ancestor', format)}，改为 ${valueOf(place, side, format)}`}
            </li>`,
        )}
      </ul>
    </details>`;
  }

  #table(merge: Merge, format: Format): TemplateResult {
    const { names } = this.#options;
    const isKnown = merge.ancestor !== undefined;
    const sides: readonly (readonly [Choice, string])[] = [
      ...(isKnown ? [['ancestor', t`原值`] as const] : []),
      ['ours', names.ours],
      ['theirs', names.theirs],
    ];
    // What a person looks for first is what somebody has written.
    const choices = [...sides].sort(([a], [b]) => Number(a === 'ancestor') - Number(b === 'ancestor'));
    return html`<div class="buttons">
        ${(['ours', 'theirs'] as const).map(
          (side) =>
            html`<button type="button" @click=${() => this.#chooseAll(merge, side)}>
              ${t`全部采用“${names[side]}”`}
            </button>`,
        )}
      </div>
      <table>
        <caption>
          ${t`${isKnown ? t`两份都改过而又不同的` : t`两份不同的`}：${merge.conflicts.length} 处`}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="item">${t`项目`}</th>
            ${sides.map(([, name]) => html`<th scope="col">${name}</th>`)}
            <th scope="col" class="choice">${t`采用`}</th>
          </tr>
        </thead>
        <tbody>
          ${merge.conflicts.map((place, index) => {
            const chosen = this.#choices.get(place.key);
            const id = `merge-${index}`;
            return html`<tr>
              <th scope="row" id=${id}>${placeZh(place, format)}</th>
              ${sides.map(
                ([side, name]) =>
                  html`<td class=${chosen === side ? 'taken' : ''}>${boxOf(place, side, name, format)}</td>`,
              )}
              <td>
                <div role="radiogroup" aria-labelledby=${id}>
                  ${choices.map(
                    ([side, name]) =>
                      html`<label
                        ><input
                          type="radio"
                          name=${id}
                          .checked=${chosen === side}
                          @change=${() => this.#choose(place, side)}
                        />${name}</label
                      >`,
                  )}
                </div>
              </td>
            </tr>`;
          })}
        </tbody>
      </table>`;
  }

  #effect({ totals, problems, report }: Outcome): TemplateResult {
    const format = formatOf(report);
    return html`
      ${
        totals.length === 0
          ? ''
          : html`<details>
              <summary>${t`合并后有 ${totals.length} 个自动计算的总计与两份都不同`}</summary>
              <ul>
                ${totals.map((words) => html`<li>${told(words)}</li>`)}
              </ul>
            </details>`
      }
      ${
        problems.length === 0
          ? html`<p>${t`合并不会带来新的必须修改的问题。`}</p>`
          : html`<div class="warn">
              ${t`合并后新出现 ${problems.length} 处必须修改的问题，可以合并后再改：`}
              <ul>
                ${problems.map((finding) => html`<li>${findingSentenceZh(finding, format)}</li>`)}
              </ul>
            </div>`
      }
    `;
  }

  #choose(place: MergedPlace, side: Choice): void {
    this.#choices.set(place.key, side);
    this.#outcome = undefined;
    this.#options.requestUpdate();
  }

  #chooseAll(merge: Merge, side: Choice): void {
    for (const { key } of merge.conflicts) this.#choices.set(key, side);
    this.#outcome = undefined;
    this.#options.requestUpdate();
  }

  #close(tell: () => void): void {
    if (this.#closed) return;
    this.#closed = true;
    tell();
  }

  #outcomeOf(merge: Merge, format: Format): Outcome | undefined {
    const result = mergedReport(merge, this.#choices);
    if (!result.ok) return undefined;
    const report = completeReport(result.report);
    const { names, findings = officialFindings } = this.#options;
    const [ours, theirs, now] = [merge.ours, merge.theirs, report].map((one) =>
      computeTotals(format, one.entries),
    ) as [Totals, Totals, Totals];
    const words = (totals: Totals, id: string): string => {
      const value = totals.get(id);
      return value === undefined ? t`未填完` : formatQuantity(value);
    };
    const known = new Set([merge.ours, merge.theirs].flatMap((one) => findings(one).map(identityOf)));
    return {
      report,
      totals: format.derived
        .filter(({ id }) => now.get(id) !== ours.get(id) && now.get(id) !== theirs.get(id))
        .map(
          ({ id, label }) =>
            t`${label}：${words(now, id)}（${names.ours} ${words(ours, id)}，${names.theirs} ${words(theirs, id)}）`,
        ),
      problems: findings(report).filter((finding) => isBlocking(finding) && !known.has(identityOf(finding))),
    };
  }
}

type Totals = ReturnType<typeof computeTotals>;

function officialFindings(report: Report): Finding[] {
  return checkReport(checkedReport(report), OFFICIAL_RULES.rules);
}

/** The same finding in another report, with whatever figures; one that still waits for figures is another. */
function identityOf(finding: Finding): string {
  return `${findingKey(finding)} ${isBlocking(finding)}`;
}

function wordsOf(place: MergedPlace, side: Choice, format: Format): string {
  return valueZh(place, place[side], format, [place.ancestor, place.ours, place.theirs]);
}

function valueOf(place: MergedPlace, side: Choice, format: Format): TemplateResult {
  return html`<span class="value">${wordsOf(place, side, format)}</span>`;
}

/** A long text in a box that scrolls, so that the three can be seen beside each other. */
function boxOf(place: MergedPlace, side: Choice, name: string, format: Format): TemplateResult {
  const words = wordsOf(place, side, format);
  return words.length <= LONG
    ? valueOf(place, side, format)
    : html`<div class="value" role="group" tabindex="0" aria-label=${t`“${name}”的内容`}>${words}</div>`;
}
