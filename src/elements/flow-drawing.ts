/**
 * The picture of the flow through one column as SVG: bars, streams between them, labels that do not touch, gaps hatched.
 * Where things lie comes from flow-layout.ts; what a click means is told by whoever calls.
 */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { t } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import type { Balance, ColumnFlows, Flow } from '../report/flows.ts';
import { spread, type FlowLayout, type Gap, type Span } from './flow-layout.ts';
import { amountWords, flowSentence, leakName, size } from './flow-words.ts';

/** In units of the picture; the panel is about as wide in pixels. Numbers too long for it make the rest smaller. */
const WIDTH = 270;
const TEXT = 12;
const LINE = 15;
const BAR = 7;
const TOP = 20;
const TIP = 7;
interface Label {
  readonly name: string;
  readonly amount: string;
  /** Where it belongs. */
  readonly middle: number;
  readonly kind: '' | 'faint' | 'open' | 'leak';
}

export function flowDrawing(
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
    name: gap.open ? t`未填完` : name,
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
    label(flows.received, t`本年新收`, received),
    label(flows.carriedOver, t`上年结转`, carriedOver),
    ...(unsourced === undefined ? [] : [gapLabel(unsourced, throughput, t`缺口`)]),
  ];
  const right = [
    ...flows.results.map((flow, index) => label(flow, flow.label, results[index]!)),
    ...(unlisted === undefined ? [] : [gapLabel(unlisted, breakdown, t`缺口`)]),
    label(flows.carriedForward, t`结转下年度`, carriedOut),
    ...(lost === undefined ? [] : [gapLabel(lost, throughput, t`缺口`)]),
  ];

  const leftWidth = 2 + Math.max(...left.flatMap(({ name, amount }) => [textWidth(name), textWidth(amount)]));
  const x1 = leftWidth + (unsourced === undefined ? 8 : 16);
  const [x2, x3, x4] = [x1 + 32, x1 + 59, x1 + 75];
  const twoLines = ({ name, amount }: Label): boolean => textWidth(name) + 5 + textWidth(amount) > WIDTH - x4;
  const width = Math.max(
    WIDTH,
    x4 + Math.max(...right.flatMap((one) => [textWidth(one.name), textWidth(one.amount)])),
  );
  const rightHeights = right.map((one) => (one.amount !== '' && twoLines(one) ? LINE * 2 : LINE + 1));
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

  // What is lost ends before the results.
  const edgeOf = (index: number): number =>
    lost !== undefined && index === right.length - 1 ? x2 + BAR + TIP : x3 + BAR;

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
    const fill = gap.open ? 'none' : 'url(#leak) var(--_must)';
    const shapes = svg`<path fill=${fill} d=${shape(gap)}></path>
      <rect fill=${fill} x=${x} y=${gap.y} width=${BAR} height=${gap.height}></rect>`;
    return gap.open
      ? svg`<g class="open">${shapes}</g>`
      : svg`<g class="leak stream" data-leak=${balance.rule} @click=${() => suspect(balance)}>
          <title>${t`${leakName(balance)}：查看可疑的格`}</title>
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
      viewBox="0 0 ${width} ${height}"
    >
      <defs>
        <pattern id="leak" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-paper" width="6" height="6"></rect>
          <path class="hatch" d="M1.5 0V6"></path>
        </pattern>
      </defs>
      ${stream(flows.received, t`本年新收`, '', bar(x1, received))}
      ${stream(flows.carriedOver, t`上年结转`, 'carried', bar(x1, carriedOver))}
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
        t`结转下年度`,
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
        rightLabel(one, rightMiddles[index]!, edgeOf(index), x4, one.amount !== '' && twoLines(one)),
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
  const half = round(height / 2);
  return `M${round(x)} ${round(y)}l${TIP} ${half}l-${TIP} ${half}z`;
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
    ${inTwoLines ? svg`<text x=${round(x)} y=${round(first + LINE)}>${amount}</text>` : ''}
  </g>`;
}

function middleOf({ y, height }: Span): number {
  return y + height / 2;
}

/** About how wide a text is: a Chinese character is square, a digit little more than half of that. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\uffff]/.test(character) ? TEXT : TEXT * 0.64;
  return Math.ceil(width);
}

/** To hundredths of a unit of the picture. */
export function round(length: number): number {
  return Math.round(length * 100) / 100;
}
