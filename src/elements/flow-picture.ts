/**
 * The flow of requests through one column of 表三 as a small picture under the findings: what came in, what became of it,
 * and what does not come out even as a leak of its own width. Every stream and every leak leads to its cells; the same is
 * said in a sentence and in a table. Drawn after the paint, and anew only where an entry changed.
 */
import { css, html, render, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Diagnosis } from '../checks/diagnose.ts';
import { isViolation } from '../checks/finding.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { formatQuantity, type Quantity } from '../format/quantity.ts';
import { flowColumns, flowsOf, leaksOf, type Balance, type ColumnFlows, type Flow } from '../report/flows.ts';
import { formatOf, type Report } from '../report/report.ts';
import type { SessionState } from '../report/session.ts';
import { markedCells } from './cell-view.ts';
import { XxgkShowCellsEvent } from './events.ts';
import type { FindingsOwner } from './findings-list.ts';
import { layOutFlows, spread, type FlowLayout, type Gap, type Span } from './flow-layout.ts';

/** In units of the picture; the panel is about as wide in pixels. */
const WIDTH = 270;
const TEXT = 12;
const LINE = 15;
const BAR = 7;
const TOP = 20;
/** Repairs that are equally likely and shown: the cells of each are suspects. */
const TIED = 3;

export const flowPictureStyles = css`
  .flow {
    margin: 14px 0 0;
    padding: 8px 0 0;
    border-top: 1px solid #d5dae1;
  }
  .flow summary {
    cursor: pointer;
    font-weight: bold;
  }
  .flow summary:focus-visible {
    outline: 2px solid var(--xxgk-accent, #1657b8);
    outline-offset: 1px;
  }
  .flow .state {
    font-weight: normal;
  }
  .flow select {
    max-width: 100%;
    min-height: 28px;
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
    fill: var(--xxgk-text, #1a1a1a);
    font-size: 12px;
  }
  .flow .stream {
    cursor: pointer;
  }
  .flow .bar {
    fill: var(--xxgk-flow, #4d79b0);
  }
  .flow .band {
    fill: var(--xxgk-flow, #4d79b0);
    opacity: 0.28;
  }
  .flow .carried > .bar,
  .flow .carried > .band {
    fill: var(--xxgk-flow-carried, #86713b);
  }
  .flow .stream:hover > .band {
    opacity: 0.5;
  }
  .flow .unfinished .bar,
  .flow .unfinished .band {
    fill: var(--xxgk-faint, #5f6670);
  }
  .flow .leader {
    stroke: #8a94a3;
    fill: none;
  }
  .flow .leak > path,
  .flow .leak > rect {
    stroke: var(--xxgk-must, #b5261b);
  }
  .flow .leak > text,
  .flow .leaks .sign {
    fill: var(--xxgk-must, #b5261b);
    color: var(--xxgk-must, #b5261b);
    font-weight: bold;
  }
  .flow .hatch {
    stroke: var(--xxgk-must, #b5261b);
    stroke-width: 2px;
  }
  .flow .hatch-paper {
    fill: var(--xxgk-paper, #fff);
  }
  .flow .open > path,
  .flow .open > rect {
    fill: none;
    stroke: var(--xxgk-faint, #5f6670);
    stroke-dasharray: 3 2;
  }
  .flow .open > text,
  .flow .faint {
    fill: var(--xxgk-faint, #5f6670);
  }
  .flow .leaks button {
    border-color: var(--xxgk-must, #b5261b);
  }
  .flow table {
    width: 100%;
    margin: 4px 0 0;
    border-collapse: collapse;
  }
  .flow th,
  .flow td {
    padding: 2px 4px;
    border-bottom: 1px solid #d5dae1;
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
      fill: CanvasText;
    }
    .flow .bar,
    .flow .carried > .bar,
    .flow .unfinished .bar,
    .flow .leak > text,
    .flow .open > text,
    .flow .faint {
      fill: CanvasText;
    }
    .flow .band,
    .flow .carried > .band,
    .flow .unfinished .band {
      fill: GrayText;
    }
    .flow .hatch-paper {
      fill: Canvas;
    }
    .flow .hatch,
    .flow .leak > path,
    .flow .leak > rect {
      stroke: Highlight;
    }
    .flow .leader,
    .flow .open > path,
    .flow .open > rect {
      stroke: CanvasText;
    }
  }
`;

export class FlowPicture {
  /** Placed by its owner; what is in it is drawn later. */
  readonly element = document.createElement('section');
  readonly #owner: FindingsOwner;
  #diagnosis: { readonly of: Report; readonly says: Diagnosis } | undefined;
  #drawn: Pick<Report, 'version' | 'entries' | 'controls'> | undefined;
  #waiting = false;
  #column = 'total';
  /** What the person chose; until then it opens by itself where there is something to say. */
  #chosen: boolean | undefined;
  #isOpen = false;
  /** What is outlined in the tables because of a click here. */
  #outlined = '';

  constructor(owner: FindingsOwner) {
    this.#owner = owner;
  }

  /** The picture's place among what its owner draws. The picture itself follows after the paint. */
  place(diagnosis: { readonly of: Report; readonly says: Diagnosis } | undefined): HTMLElement {
    this.#diagnosis = diagnosis;
    const report = this.#owner.session?.report;
    if (!this.#waiting && report !== undefined && !this.#isDrawn(report)) {
      this.#waiting = true;
      requestAnimationFrame(() =>
        setTimeout(() => {
          this.#waiting = false;
          if (this.#owner.isConnected) this.#draw();
        }),
      );
    }
    return this.element;
  }

  #isDrawn({ version, entries, controls }: Report): boolean {
    const drawn = this.#drawn;
    return drawn?.version === version && drawn.entries === entries && drawn.controls === controls;
  }

  #draw(): void {
    const state = this.#owner.session?.state;
    if (state === undefined) return;
    // The outline was of the figures before.
    if (!this.#isDrawn(state.report)) this.#outline('', []);
    this.#drawn = state.report;
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
          办理情况流向图<span class="state">（${leaking.length > 0 ? '有缺口' : stateWord(shown)}）</span>
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
    const lead = leaking.length > elsewhere.length ? '另有缺口的列：' : '本列没有缺口，有缺口的列：';
    // 总计 is what is printed on paper and comes first.
    const choices = [...columns].sort((a, b) => Number(b.column === 'total') - Number(a.column === 'total'));
    return html`
      <label class="choice"
        >申请人：
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
          <span class="sign" aria-hidden="true">!</span> ${leakName(balance)}：查看可疑的格
        </button>
        ${directionWords(balance)}
      </p>
    `;
  }

  #picture(flows: ColumnFlows): TemplateResult {
    const layout = layOutFlows(flows);
    return layout === undefined
      ? html`<p class="nothing">${nothingWords(flows)}</p>`
      : drawing(
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
        <summary>用数字看</summary>
        <p>${flowSentence(flows)}</p>
        <table>
          <caption class="hidden">
            ${flows.label}列的来源和去向
          </caption>
          <tbody>
            ${row(flows.received, '本年新收')} ${row(flows.carriedOver, '上年结转')}
            ${flows.results.map((flow) => row(flow, flow.label))} ${row(flows.total, flows.total.label)}
            ${row(flows.carriedForward, '结转下年度')}
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
    const diagnosis = this.#diagnosis?.of === state.report ? this.#diagnosis.says : undefined;
    const suspects = suspectsOf(balance, flows.column, state, diagnosis);
    this.#outlined = balance.rule;
    for (const way of ['outline', 'focus'] as const)
      this.#owner.dispatchEvent(new XxgkShowCellsEvent(suspects, way));
  }
}

/** The cells that the likeliest repairs change, of those the equation adds up; else what its finding marks. */
function suspectsOf(
  { rule }: Balance,
  column: string,
  { report, findings }: SessionState,
  diagnosis: Diagnosis | undefined,
): readonly CellId[] {
  const format = formatOf(report);
  const finding = findings.find(
    (one) => one.rule === rule && one.variables['column'] === column && isViolation(one),
  );
  if (finding === undefined) return [];
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

// The words

/** "列" of 总计 and of an applicant: 总计列：新收 12＋上年结转 3＝15；办理结果 14＋结转下年度 1＝15，平衡。 */
export function flowSentence(flows: ColumnFlows): string {
  const { throughput, breakdown } = flows;
  const name = `${flows.label}列：`;
  const given = `新收 ${amountWords(flows.received)}＋上年结转 ${amountWords(flows.carriedOver)}`;
  const done = `办理结果 ${amountWords(flows.total)}＋结转下年度 ${amountWords(flows.carriedForward)}`;
  const leaks = leaksOf(flows);
  if (throughput.pending > 0)
    return `${name}${given}；${done}，未填完。${leaks.map(directionWords).join('')}`;
  const sides = `${name}${given}＝${formatQuantity(throughput.left)}；${done}＝${formatQuantity(throughput.right)}`;
  if (leaks.length > 0) return `${sides}。${leaks.map(directionWords).join('')}`;
  return `${sides}，平衡。${breakdown.pending > 0 ? '各项办理结果未填完。' : ''}`;
}

function amountWords({ quantity, unknown }: Flow): string {
  if (quantity === undefined) return '未填';
  return unknown === 0 ? formatQuantity(quantity) : `${formatQuantity(quantity)}（未填完）`;
}

function leakName({ rule, difference }: Balance): string {
  return `${rule === 'T3-02' ? '（七）总计' : ''}缺口 ${formatQuantity(size(difference))}`;
}

function directionWords({ rule, difference }: Balance): string {
  const amount = formatQuantity(size(difference));
  if (rule === 'T3-01')
    return difference > 0n
      ? `来源多出 ${amount}（新收＋上年结转多于办理结果＋结转）。`
      : `去向多出 ${amount}（办理结果＋结转多于新收＋上年结转）。`;
  return difference > 0n
    ? `各项办理结果相加，比（七）总计多出 ${amount}。`
    : `（七）总计比各项办理结果相加多出 ${amount}。`;
}

function stateWord(flows: ColumnFlows): string {
  return flows.throughput.pending + flows.breakdown.pending > 0 ? '未填完' : '平衡';
}

function nothingWords(flows: ColumnFlows): string {
  const all = [flows.received, flows.carriedOver, ...flows.results, flows.total, flows.carriedForward];
  if (all.some(({ quantity }) => quantity !== undefined && quantity < 0n))
    return `${flows.label}列有负数，画不出流向。请先改正。`;
  if (all.every(({ quantity }) => quantity === undefined)) return `${flows.label}列还没有填写。`;
  return all.some(({ unknown }) => unknown > 0)
    ? `${flows.label}列未填完，已填的都是 0。`
    : `${flows.label}列各项都是 0。`;
}

function size(difference: Quantity): Quantity {
  return difference < 0n ? -difference : difference;
}

// The picture

interface Label {
  readonly name: string;
  readonly amount: string;
  /** Where it belongs. */
  readonly middle: number;
  readonly kind: '' | 'faint' | 'open' | 'leak';
}

function drawing(
  flows: ColumnFlows,
  layout: FlowLayout,
  outline: (flow: Flow) => void,
  suspect: (balance: Balance) => void,
): TemplateResult {
  const { throughput, breakdown } = flows;
  const down = <S extends Span>(span: S): S => ({ ...span, y: span.y + TOP });
  const downGap = (gap: Gap | undefined): Gap | undefined => (gap === undefined ? undefined : down(gap));
  const [received, carriedOver, total, forward, carriedOut] = [
    layout.received,
    layout.carriedOver,
    layout.total,
    layout.carriedForward,
    layout.carriedOut,
  ].map(down) as [Span, Span, Span, Span, Span];
  const results = layout.results.map(down);
  const [unsourced, lost, unsummed, unlisted] = [
    layout.unsourced,
    layout.lost,
    layout.unsummed,
    layout.unlisted,
  ].map(downGap);

  const gapLabel = (gap: Gap, balance: Balance, name: string): Label => ({
    name: gap.open ? '未填完' : name,
    amount: gap.open ? '' : formatQuantity(size(balance.difference)),
    middle: middleOf(gap),
    kind: gap.open ? 'open' : 'leak',
  });
  const label = (flow: Flow, name: string, span: Span): Label => ({
    name,
    amount: amountWords(flow),
    middle: middleOf(span),
    kind: span.height === 0 ? 'faint' : '',
  });
  const left = [
    label(flows.received, '本年新收', received),
    label(flows.carriedOver, '上年结转', carriedOver),
    ...(unsourced === undefined ? [] : [gapLabel(unsourced, throughput, '缺口')]),
  ];
  const right = [
    ...flows.results.map((flow, index) => label(flow, flow.label, results[index]!)),
    ...(unlisted === undefined ? [] : [gapLabel(unlisted, breakdown, '缺口')]),
    label(flows.carriedForward, '结转下年度', carriedOut),
    ...(lost === undefined ? [] : [gapLabel(lost, throughput, '缺口')]),
  ];

  const leftWidth = Math.max(...left.flatMap(({ name, amount }) => [widthOf(name), widthOf(amount)]));
  const [x1, x2, x3] = [leftWidth + 8, leftWidth + 46, leftWidth + 78];
  const x4 = x3 + BAR + 10;
  const twoLines = ({ name, amount }: Label): boolean => widthOf(name) + 5 + widthOf(amount) > WIDTH - x4;
  const rightHeights = right.map((one) => (one.amount !== '' && twoLines(one) ? LINE * 2 - 1 : LINE + 1));
  const leftHeights = left.map((one) => (one.amount === '' ? LINE + 1 : LINE * 2 + 1));
  const leftMiddles = spread(
    left.map(({ middle }) => middle),
    leftHeights,
    TOP - 2,
  );
  const rightMiddles = spread(
    right.map(({ middle }) => middle),
    rightHeights,
    TOP - 2,
  );
  const ends = [
    ...[received, carriedOver, forward, carriedOut, ...results].map(({ y, height }) => y + height),
    ...[unsourced, lost, unsummed, unlisted].map((gap) => (gap === undefined ? 0 : gap.y + gap.height)),
    ...leftMiddles.map((middle, index) => middle + leftHeights[index]! / 2),
    ...rightMiddles.map((middle, index) => middle + rightHeights[index]! / 2),
  ];
  const height = Math.ceil(Math.max(...ends)) + 3;

  /** Bars and bands of a stream: one thing to point at. */
  const stream = (flow: Flow, name: string, kind: string, parts: SVGTemplateResult): SVGTemplateResult => svg`
    <g class="stream ${kind}" data-flow=${flow.id} @click=${() => outline(flow)}>
      <title>${name} ${amountWords(flow)}</title>
      ${parts}
    </g>`;
  /** A gap: a bar of its width, and how it gets there or where it comes from. */
  const leak = (
    gap: Gap | undefined,
    balance: Balance,
    x: number,
    shape: (gap: Gap) => string,
  ): SVGTemplateResult | string => {
    if (gap === undefined) return '';
    const fill = gap.open ? 'none' : 'url(#leak) #b5261b';
    const shapes = svg`<path fill=${fill} d=${shape(gap)}></path>
      <rect fill=${fill} x=${x} y=${gap.y} width=${BAR} height=${gap.height}></rect>`;
    return gap.open
      ? svg`<g class="open">${shapes}</g>`
      : svg`<g class="leak stream" data-leak=${balance.rule} @click=${() => suspect(balance)}>
          <title>${leakName(balance)}：查看可疑的格</title>
          ${shapes}
        </g>`;
  };

  // What the sources give, and what they lack, in the order of what is made of it.
  const sources = { y: received.y, height: received.height + carriedOver.height };
  const [toTotal, toForward, toLost] = feed(sources, unsourced, [total, forward, lost]) as [
    Piece,
    Piece,
    Piece,
  ];
  let at = total.y;
  const fanned = results.map((span) => {
    const band = bandOf(x2 + BAR, at, x3, span.y, span.height);
    at += span.height;
    return band;
  });
  const lack = ({ given, lackingFrom, lacking }: Piece, to: Span): string =>
    bandOf(x1 + BAR, lackingFrom, x2, to.y + given, lacking);
  return html`
    <svg
      class=${throughput.pending + breakdown.pending > 0 ? 'unfinished' : ''}
      role="img"
      aria-label=${flowSentence(flows)}
      viewBox="0 0 ${WIDTH} ${height}"
    >
      <defs>
        <pattern id="leak" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-paper" width="6" height="6"></rect>
          <path class="hatch" d="M1.5 0V6"></path>
        </pattern>
      </defs>
      ${stream(flows.received, '本年新收', '', bar(x1, received))}
      ${stream(flows.carriedOver, '上年结转', 'carried', bar(x1, carriedOver))}
      ${stream(
        flows.total,
        flows.total.label,
        '',
        svg`${band(bandOf(x1 + BAR, toTotal.from, x2, total.y, toTotal.given))}
          ${flows.total.quantity === undefined ? band(bandOf(x2, total.y, x2 + BAR, total.y, total.height)) : bar(x2, total)}`,
      )}
      ${flows.results.map((flow, index) =>
        stream(flow, flow.label, '', svg`${band(fanned[index]!)}${bar(x3, results[index]!)}`),
      )}
      ${stream(
        flows.carriedForward,
        '结转下年度',
        'carried',
        svg`${band(bandOf(x1 + BAR, toForward.from, x2, forward.y, toForward.given))}
          ${band(bandOf(x2, forward.y, x3, carriedOut.y, forward.height))}${bar(x3, carriedOut)}`,
      )}
      ${leak(
        unsourced,
        throughput,
        x1,
        (gap) => notch(x1, gap) + lack(toTotal, total) + lack(toForward, forward),
      )}
      ${leak(
        lost,
        throughput,
        x2,
        (gap) => bandOf(x1 + BAR, toLost.from, x2, gap.y, gap.height) + tip(x2 + BAR, gap),
      )}
      ${leak(unsummed, breakdown, x2, (gap) => notch(x2, gap))}
      ${leak(
        unlisted,
        breakdown,
        x3,
        (gap) => bandOf(x2 + BAR, at, x3, gap.y, gap.height) + tip(x3 + BAR, gap),
      )}
      ${
        flows.total.quantity === undefined
          ? ''
          : svg`<text x=${x2 + BAR / 2} y=${TOP - 7} text-anchor="middle">${flows.total.label} ${amountWords(flows.total)}</text>`
      }
      ${left.map((one, index) => leftLabel(one, leftMiddles[index]!, leftWidth, x1))}
      ${right.map((one, index) =>
        rightLabel(one, rightMiddles[index]!, x3 + BAR, x4, one.amount !== '' && twoLines(one)),
      )}
    </svg>
  `;
}

interface Piece {
  /** Where it leaves its sources, and how much of it they have. */
  readonly from: number;
  readonly given: number;
  /** The rest, which only the gap below them has. */
  readonly lackingFrom: number;
  readonly lacking: number;
}

/** Deals what the sources have, from the top, to what is made of it; the rest comes from what they lack. */
function feed(sources: Span, gap: Span | undefined, targets: readonly (Span | undefined)[]): Piece[] {
  let from = sources.y;
  let lackingFrom = gap?.y ?? 0;
  return targets.map((target) => {
    const height = target?.height ?? 0;
    const given = Math.min(height, sources.y + sources.height - from);
    const lacking = gap === undefined ? 0 : height - given;
    const piece = { from, given, lackingFrom, lacking };
    from += given;
    lackingFrom += lacking;
    return piece;
  });
}

/** A stream from one upright edge to another; '' where it has no width, or less than the error of reckoning. */
function bandOf(fromX: number, fromY: number, toX: number, toY: number, height: number): string {
  if (height < 1e-6) return '';
  const bend = round((fromX + toX) / 2);
  const [x, y, toEdge, end, from, to] = [fromX, fromY, toX, toY, fromY + height, toY + height].map(round);
  return `M${x} ${y}C${bend} ${y} ${bend} ${end} ${toEdge} ${end}V${to}C${bend} ${to} ${bend} ${from} ${x} ${from}Z`;
}

/** An arrow that leads nowhere. */
function tip(x: number, { y, height }: Span): string {
  return `M${round(x)} ${round(y)}l9 ${round(height / 2)}l-9 ${round(height / 2)}z`;
}

/** A stream that comes from nowhere. */
function notch(x: number, { y, height }: Span): string {
  const half = round(height / 2);
  return `M${round(x)} ${round(y)}h-9l5 ${half}l-5 ${half}h9z`;
}

const band = (d: string): SVGTemplateResult => svg`<path class="band" d=${d}></path>`;

const bar = (x: number, { y, height }: Span): SVGTemplateResult =>
  svg`<rect class="bar" x=${round(x)} y=${round(y)} width=${BAR} height=${round(height)}></rect>`;

function leftLabel(
  { name, amount, middle, kind }: Label,
  at: number,
  right: number,
  x: number,
): SVGTemplateResult {
  const first = amount === '' ? at + 4 : at - LINE / 2 + 4;
  return svg`<g class=${kind}>
    ${kind === 'faint' ? '' : svg`<path class="leader" d="M${round(right + 2)} ${round(at)}L${round(x)} ${round(middle)}"></path>`}
    <text text-anchor="end" x=${round(right)} y=${round(first)}>${name}</text>
    <text text-anchor="end" x=${round(right)} y=${round(first + LINE)}>${amount}</text>
  </g>`;
}

function rightLabel(
  { name, amount, middle, kind }: Label,
  at: number,
  edge: number,
  x: number,
  inTwoLines: boolean,
): SVGTemplateResult {
  const first = inTwoLines ? at - LINE / 2 + 4 : at + 4;
  return svg`<g class=${kind}>
    ${kind === 'faint' ? '' : svg`<path class="leader" d="M${round(edge)} ${round(middle)}L${round(x - 2)} ${round(at)}"></path>`}
    <text x=${round(x)} y=${round(first)}>${name}${inTwoLines ? '' : ` ${amount}`}</text>
    ${inTwoLines ? svg`<text x=${round(x)} y=${round(first + LINE - 1)}>${amount}</text>` : ''}
  </g>`;
}

function middleOf({ y, height }: Span): number {
  return y + height / 2;
}

/** About how wide a text is: a Chinese character is square, a digit little more than half of that. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\uffff]/.test(character) ? TEXT : TEXT * 0.58;
  return Math.ceil(width);
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
