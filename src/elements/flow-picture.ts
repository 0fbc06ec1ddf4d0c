/**
 * The flow of requests through one column of 表三 as a small picture under the findings: what came in, what became of it,
 * and what does not come out even as a leak of its own width. Every stream and every leak leads to its cells; the same is
 * said in a sentence and in a table. Drawn after the paint, and anew only where an entry changed.
 */
import { css, html, render, type TemplateResult } from 'lit';
import type { Diagnosis } from '../checks/diagnose.ts';
import { isViolation } from '../checks/finding.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { languageInForce, t } from '../format/language.ts';
import { flowColumns, flowsOf, leaksOf, type Balance, type ColumnFlows, type Flow } from '../report/flows.ts';
import { formatOf, type Report } from '../report/report.ts';
import type { SessionState } from '../report/session.ts';
import { markedCells } from './cell-view.ts';
import { XxgkShowCellsEvent } from './events.ts';
import { afterPaint, type FindingsOwner } from './findings-owner.ts';
import { flowDrawing } from './flow-drawing.ts';
import { layOutFlows } from './flow-layout.ts';
import {
  amountWords,
  directionWords,
  flowSentence,
  leakName,
  nothingWords,
  stateWord,
} from './flow-words.ts';

/** Repairs that are equally likely and shown: the cells of each are suspects. */
const TIED = 3;

export const flowPictureStyles = css`
  .flow {
    margin: 14px 0 0;
    padding: 8px 0 0;
    border-top: 1px solid var(--_line);
  }
  .flow summary {
    padding: 3px 0;
    cursor: pointer;
    font-weight: bold;
  }
  .flow .state {
    font-weight: normal;
  }
  .flow select {
    max-width: 100%;
    min-height: var(--_control);
    font: inherit;
  }
  .flow p {
    margin: 6px 0 0;
  }
  .flow .choice {
    display: inline-block;
    margin: 6px 0 4px;
  }
  .flow svg {
    display: block;
    width: 100%;
    max-width: 340px;
    height: auto;
    fill: var(--_text);
    font-size: 12px;
  }
  .flow .stream {
    cursor: pointer;
  }
  .flow .bar {
    fill: var(--_flow);
  }
  .flow .band {
    fill: var(--_flow);
    opacity: 0.28;
  }
  .flow .carried > .bar,
  .flow .carried > .band {
    fill: var(--_flow-carried);
  }
  .flow .stream:hover > .band {
    opacity: 0.5;
  }
  .flow .unfinished .bar,
  .flow .unfinished .band {
    fill: var(--_faint);
  }
  .flow .leader {
    stroke: var(--_control-line);
    fill: none;
  }
  .flow .leak > path,
  .flow .leak > rect {
    stroke: var(--_must);
  }
  .flow .leak > text,
  .flow .leaks .sign {
    fill: var(--_must);
    color: var(--_must);
    font-weight: bold;
  }
  .flow .hatch {
    stroke: var(--_must);
    stroke-width: 2px;
  }
  .flow .hatch-paper {
    fill: var(--_paper);
  }
  .flow .open > path,
  .flow .open > rect {
    fill: none;
    stroke: var(--_faint);
    stroke-dasharray: 3 2;
  }
  .flow .open > text,
  .flow .faint {
    fill: var(--_faint);
  }
  .flow .leaks button {
    border-color: var(--_must);
  }
  .flow table {
    width: 100%;
    margin: 4px 0 0;
    border-collapse: collapse;
  }
  .flow th,
  .flow td {
    padding: 2px 4px;
    border-bottom: 1px solid var(--_line);
    font-weight: normal;
    text-align: left;
  }
  .flow td {
    overflow-wrap: anywhere;
    text-align: right;
  }
  .flow th button {
    text-align: left;
  }
  .flow .numbers summary {
    font-weight: normal;
  }
  @media (forced-colors: active) {
    .flow svg {
      forced-color-adjust: none;
    }
    .flow .hatch,
    .flow .leak > path,
    .flow .leak > rect {
      stroke: Highlight;
    }
  }
`;

export class FlowPicture {
  /** Placed by its owner; what is in it is drawn later. */
  readonly element = document.createElement('section');
  readonly #owner: FindingsOwner;
  readonly #drawSoon: () => void;
  #diagnosis: { readonly of: SessionState; readonly says: Diagnosis } | undefined;
  #drawn: Pick<Report, 'version' | 'entries' | 'controls'> | undefined;
  #drawnIn = '';
  #column = 'total';
  /** What the person chose; until then it opens by itself where there is something to say. */
  #chosen: boolean | undefined;
  #isOpen = false;
  /** What is outlined in the tables because of a click here. */
  #outlined = '';

  constructor(owner: FindingsOwner) {
    this.#owner = owner;
    this.#drawSoon = afterPaint(owner, () => this.#draw());
  }

  /** The picture's place among what its owner draws. The picture itself follows after the paint. */
  place(diagnosis: { readonly of: SessionState; readonly says: Diagnosis } | undefined): HTMLElement {
    this.#diagnosis = diagnosis;
    const report = this.#owner.session?.report;
    if (report !== undefined && !this.#isDrawn(report)) this.#drawSoon();
    return this.element;
  }

  #isDrawn({ version, entries, controls }: Report): boolean {
    const drawn = this.#drawn;
    return (
      drawn?.version === version &&
      drawn.entries === entries &&
      drawn.controls === controls &&
      this.#drawnIn === languageInForce()
    );
  }

  #draw(): void {
    const state = this.#owner.session?.state;
    if (state === undefined) return;
    // The outline was of the figures before.
    if (!this.#isDrawn(state.report)) this.#outline('', []);
    this.#drawn = state.report;
    this.#drawnIn = languageInForce();
    const format = formatOf(state.report);
    const columns = flowColumns(format).map((column) => flowsOf(format, state.values, column));
    this.#isOpen = this.#chosen ?? columns.some(({ throughput }) => throughput.pending === 0);
    render(this.#content(columns), this.element);
  }

  #content(columns: readonly ColumnFlows[]): TemplateResult {
    const shown = columns.find(({ column }) => column === this.#column)!;
    const leaking = columns.filter((flows) => leaksOf(flows).length > 0);
    return html`
      <details class="flow" ?open=${this.#isOpen} @toggle=${(event: Event) => this.#toggled(event)}>
        <summary>
          ${t`办理情况流向图`}<span class="state"
            >${t`（${leaking.length > 0 ? t`有缺口` : stateWord(shown)}）`}</span
          >
        </summary>
        ${this.#isOpen ? this.#opened(shown, columns, leaking) : ''}
      </details>
    `;
  }

  #opened(
    shown: ColumnFlows,
    columns: readonly ColumnFlows[],
    leaking: readonly ColumnFlows[],
  ): TemplateResult {
    const elsewhere = leaking.filter((flows) => flows !== shown);
    const lead = leaking.length > elsewhere.length ? t`另有缺口的列：` : t`本列没有缺口，有缺口的列：`;
    // 总计 is what is printed on paper and comes first.
    const choices = [...columns].sort((a, b) => Number(b.column === 'total') - Number(a.column === 'total'));
    return html`
      <label class="choice"
        >${t`申请人：`}
        <select @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
          ${choices.map(
            (flows) =>
              html`<option value=${flows.column} .selected=${flows === shown}>
                ${leaking.includes(flows) ? '! ' : ''}${flows.label}
              </option>`,
          )}
        </select>
      </label>
      ${this.#picture(shown)} ${leaksOf(shown).map((balance) => this.#leakLine(balance, shown))}
      ${
        elsewhere.length === 0
          ? ''
          : html`<p class="elsewhere">
              ${lead}${elsewhere.map(
                (flows) =>
                  html`<button type="button" @click=${() => this.#choose(flows.column)}>
                    ! ${flows.label}
                  </button> `,
              )}
            </p>`
      }
      ${this.#numbers(shown)}
    `;
  }

  #leakLine(balance: Balance, flows: ColumnFlows): TemplateResult {
    return html`
      <p class="leaks">
        <button type="button" @click=${() => this.#suspect(balance, flows)}>
          <span class="sign" aria-hidden="true">!</span> ${t`${leakName(balance)}：查看可疑的格`}
        </button>
        ${directionWords(balance)}
      </p>
    `;
  }

  #picture(flows: ColumnFlows): TemplateResult {
    const layout = layOutFlows(flows);
    return layout === undefined
      ? html`<p class="nothing">${nothingWords(flows)}</p>`
      : flowDrawing(
          flows,
          layout,
          (flow) => this.#outlineFlow(flow),
          (balance) => this.#suspect(balance, flows),
        );
  }

  /** The same in figures, for whoever does not see the picture or wants to read it out; opens to the keyboard too. */
  #numbers(flows: ColumnFlows): TemplateResult {
    const row = (flow: Flow, name: string): TemplateResult => html`
      <tr>
        <th scope="row">
          <button type="button" class="plain" @click=${() => this.#outlineFlow(flow)}>${name}</button>
        </th>
        <td>${amountWords(flow)}</td>
      </tr>
    `;
    return html`
      <details class="numbers">
        <summary>${t`用数字看`}</summary>
        <p>${flowSentence(flows)}</p>
        <table>
          <caption class="hidden">
            ${t`${flows.label}列的来源和去向`}
          </caption>
          <tbody>
            ${row(flows.received, t`本年新收`)} ${row(flows.carriedOver, t`上年结转`)}
            ${flows.results.map((flow) => row(flow, flow.label))} ${row(flows.total, flows.total.label)}
            ${row(flows.carriedForward, t`结转下年度`)}
          </tbody>
        </table>
      </details>
    `;
  }

  #toggled(event: Event): void {
    const { open } = event.target as HTMLDetailsElement;
    // Ours tells the same when it opens by itself.
    if (open === this.#isOpen) return;
    this.#chosen = open;
    this.#draw();
  }

  #choose(column: string): void {
    this.#column = column;
    this.#outline('', []);
    this.#draw();
    // The button that was pressed is gone; the choice is where the person is now.
    if ((this.element.getRootNode() as ShadowRoot).activeElement === null)
      this.element.querySelector('select')?.focus();
  }

  /** Outlines a stream's cells in the tables; once more ends that. */
  #outlineFlow({ id, cells }: Flow): void {
    if (this.#outlined === id) this.#outline('', []);
    else this.#outline(id, cells);
  }

  #outline(what: string, cells: readonly CellId[]): void {
    if (this.#outlined === what) return;
    this.#outlined = what;
    this.#owner.dispatchEvent(new XxgkShowCellsEvent(cells, 'outline'));
  }

  #suspect(balance: Balance, flows: ColumnFlows): void {
    const state = this.#owner.session?.state;
    if (state === undefined) return;
    const diagnosis = this.#diagnosis?.of === state ? this.#diagnosis.says : undefined;
    const suspects = suspectsOf(balance, flows, state, diagnosis);
    this.#outlined = balance.rule;
    for (const way of ['outline', 'focus'] as const)
      this.#owner.dispatchEvent(new XxgkShowCellsEvent(suspects, way));
  }
}

/** The cells that the likeliest repairs change, of those the equation adds up; else what its finding marks, or its ends. */
function suspectsOf(
  { rule }: Balance,
  { column, received, carriedOver, total, carriedForward }: ColumnFlows,
  { report, findings }: SessionState,
  diagnosis: Diagnosis | undefined,
): readonly CellId[] {
  const format = formatOf(report);
  const finding = findings.find(
    (one) => one.rule === rule && one.variables['column'] === column && isViolation(one),
  );
  // A rule pack may have switched the rule off; what flows is still what it is.
  if (finding === undefined)
    return [received, carriedOver, total, carriedForward].flatMap((flow) => flow.cells);
  const within = withParts(finding.cells, format);
  const repairs = diagnosis?.repairs.slice(0, Math.min(diagnosis.tied, TIED)) ?? [];
  const likely = repairs.flatMap((repair) => repair.changes.map((change) => change.cell));
  const suspects = [...new Set(likely.filter((cell) => within.has(cell)))];
  return suspects.length > 0 ? suspects : markedCells(finding, format);
}

/** These cells and what those of them are made of that are totals. */
function withParts(cells: readonly CellId[], format: Format): Set<CellId> {
  const all = new Set(cells);
  // A set hands out what is added to it meanwhile.
  for (const cell of all) for (const operand of format.cellsById.get(cell)?.operands ?? []) all.add(operand);
  return all;
}
