/**
 * Where the streams of one column lie in the picture of the flow, in its own units. Pure; knows no words and draws nothing.
 *
 * Three upright stacks: the sources, what the form sums up ((七)总计, and 结转下年度 passing by), the results. Every stack
 * is exactly as high as the one before it, so a picture that is even is even to the eye; what one side lacks is a gap of
 * its own width. A stream too thin to be seen is drawn wider at the expense of its thick neighbours, never of the whole,
 * and of the gap only where nothing else is left.
 */
import type { Quantity } from '../format/quantity.ts';
import type { ColumnFlows, Flow } from '../report/flows.ts';

export interface Span {
  readonly y: number;
  readonly height: number;
}

/** What one side of an equation has more than the other; `open` while cells are blank, and then nobody's fault. */
export interface Gap extends Span {
  readonly open: boolean;
}

export interface FlowLayout {
  readonly received: Span;
  readonly carriedOver: Span;
  readonly total: Span;
  readonly carriedForward: Span;
  readonly results: readonly Span[];
  /** 结转下年度 among the results. */
  readonly carriedOut: Span;
  /** More is given than received: below the sources. */
  readonly unsourced: Gap | undefined;
  /** More is received than given: below the sums. */
  readonly lost: Gap | undefined;
  /** The results are more than （七）总计: right below it. */
  readonly unsummed: Gap | undefined;
  /** （七）总计 is more than the results: below them. */
  readonly unlisted: Gap | undefined;
}

/** Height of the fullest stack. */
export const STACK = 132;
export const THIN = 2.5;
export const THIN_GAP = 4;
/** Between the streams of a stack, where they stand apart. */
const APART = 4;

interface Part {
  readonly amount: Quantity;
  /** Least height, where there is anything. */
  readonly least: number;
}

/** Undefined where there is nothing to draw: all zero, nothing known yet, or a negative number, which has no width. */
export function layOutFlows(flows: ColumnFlows): FlowLayout | undefined {
  const { throughput, breakdown } = flows;
  const amount = (flow: Flow): Quantity => flow.quantity ?? 0n;
  const results = flows.results.map(amount);
  const listed = sum(results);
  // Without （七）总计 the results are what is known of it.
  const total = flows.total.quantity ?? listed;
  const [received, carriedOver, forward] = [flows.received, flows.carriedOver, flows.carriedForward].map(
    amount,
  ) as [Quantity, Quantity, Quantity];
  if ([received, carriedOver, forward, total, ...results].some((one) => one < 0n)) return undefined;

  const through = received + carriedOver - total - forward;
  const split = listed - total;
  const extra = split > 0n ? split : 0n;
  const whole = larger(received + carriedOver, total + forward) + extra;
  if (whole === 0n) return undefined;

  // Whatever the streams of the next stack, and of the one before, come from or go into has to be as thick as they need.
  const needed = results.reduce((so, one) => so + least(one, THIN), 0) + least(larger(-split, 0n), THIN_GAP);
  const given = least(received, THIN) + least(carriedOver, THIN) + least(larger(-through, 0n), THIN_GAP);
  const leastTotal = Math.max(needed, given);
  const leastExtra = total === 0n ? Math.max(THIN_GAP, needed) : THIN_GAP;
  const leastForward = total === 0n ? Math.max(THIN, given) : THIN;
  const leastLost = total === 0n && forward === 0n ? Math.max(THIN_GAP, given) : THIN_GAP;

  const [totalHeight, extraHeight, forwardHeight, lostHeight] = share(
    [
      { amount: total, least: leastTotal },
      { amount: extra, least: leastExtra },
      { amount: forward, least: leastForward },
      { amount: larger(through, 0n), least: leastLost },
    ],
    [1, 3],
    STACK,
  ) as [number, number, number, number];
  const [receivedHeight, carriedHeight, unsourcedHeight] = share(
    [
      { amount: received, least: THIN },
      { amount: carriedOver, least: THIN },
      { amount: larger(-through, 0n), least: THIN_GAP },
    ],
    [2],
    totalHeight + forwardHeight + lostHeight,
  ) as [number, number, number];
  const heights = share(
    [
      ...results.map((one) => ({ amount: one, least: THIN })),
      { amount: larger(-split, 0n), least: THIN_GAP },
    ],
    [results.length],
    totalHeight + extraHeight,
  );
  const unlistedHeight = heights.pop()!;

  // Sources lie against each other, and so do the parts of what they give: only what lacks its other side stands apart.
  const carriedY = receivedHeight;
  const bottom = carriedY + carriedHeight;
  const outs: Span[] = [];
  let y = 0;
  for (const height of [...heights, unlistedHeight, forwardHeight]) {
    outs.push({ y, height });
    if (height > 0) y += height + APART;
  }
  const carriedOut = outs.pop()!;
  const unlisted = outs.pop()!;
  const forwardY =
    totalHeight + extraHeight + (forwardHeight > 0 && totalHeight + extraHeight > 0 ? APART * 2 : 0);
  const lowest = Math.max(forwardY + forwardHeight, y - APART);
  const gap = (at: number, height: number, pending: number): Gap | undefined =>
    height === 0 ? undefined : { y: at, height, open: pending > 0 };
  return {
    received: { y: 0, height: receivedHeight },
    carriedOver: { y: carriedY, height: carriedHeight },
    total: { y: 0, height: totalHeight },
    carriedForward: { y: forwardY, height: forwardHeight },
    results: outs,
    carriedOut,
    unsourced: gap(bottom === 0 ? 0 : bottom + APART * 2, unsourcedHeight, throughput.pending),
    lost: gap(lowest <= 0 ? 0 : lowest + APART * 2, lostHeight, throughput.pending),
    unsummed: gap(totalHeight, extraHeight, breakdown.pending),
    unlisted: gap(unlisted.y, unlistedHeight, breakdown.pending),
  };
}

/**
 * Heights of the parts of a stack: in proportion, none thinner than its least, together exactly `height`. The parts
 * named in `exact` keep their proportion to the last: the others make room for the thin ones among themselves.
 */
export function share(parts: readonly Part[], exact: readonly number[], height: number): number[] {
  const heights = parts.map(() => 0);
  const used = parts.flatMap((one, index) => (one.amount > 0n ? [index] : []));
  const whole = sum(used.map((index) => parts[index]!.amount));
  if (whole === 0n) return heights;
  let open = used;
  let room = height;
  let rest = whole;
  const fix = (index: number, size: number): void => {
    heights[index] = size;
    room -= size;
    rest -= parts[index]!.amount;
    open = open.filter((one) => one !== index);
  };
  for (const index of exact.filter((one) => used.includes(one))) {
    const others = open.reduce((so, one) => so + (one === index ? 0 : parts[one]!.least), 0);
    const wanted = Math.max(parts[index]!.least, height * part(parts[index]!.amount, whole));
    fix(index, open.length === 1 ? room : Math.min(wanted, Math.max(room - others, 0)));
  }
  for (;;) {
    const thin = open.find((index) => room * part(parts[index]!.amount, rest) < parts[index]!.least);
    if (thin === undefined || open.length === 1) break;
    fix(thin, Math.min(parts[thin]!.least, room));
  }
  for (const index of open) heights[index] = room * part(parts[index]!.amount, rest);
  return heights;
}

/** Middles of labels that need a height each: as near to where they belong as they go without touching. */
export function spread(wanted: readonly number[], heights: readonly number[], from: number): number[] {
  const middles: number[] = [];
  let edge = from;
  // Middles ascend as the streams do; what is pushed down too far is pulled up again from the lower end.
  wanted.forEach((middle, index) => {
    const at = Math.max(middle, edge + heights[index]! / 2);
    middles.push(at);
    edge = at + heights[index]! / 2;
  });
  const last = wanted.length - 1;
  let limit = Math.max(
    (wanted[last] ?? 0) + (heights[last] ?? 0) / 2,
    from + heights.reduce((so, one) => so + one, 0),
  );
  for (let index = middles.length - 1; index >= 0; index -= 1) {
    const half = heights[index]! / 2;
    middles[index] = Math.min(middles[index]!, limit - half);
    limit = middles[index]! - half;
  }
  return middles;
}

function least(amount: Quantity, height: number): number {
  return amount === 0n ? 0 : height;
}

function larger(a: Quantity, b: Quantity): Quantity {
  return a > b ? a : b;
}

function sum(quantities: readonly Quantity[]): Quantity {
  return quantities.reduce((so, one) => so + one, 0n);
}

function part(amount: Quantity, whole: Quantity): number {
  return Number(amount) / Number(whole);
}
