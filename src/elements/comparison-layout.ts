/**
 * Where the bars of two years lie in the picture that compares them, in its own units. Pure; knows no words and draws
 * nothing. All bars have one scale; a number stands behind its bar, and the longest bar leaves room for it.
 */
import type { Quantity } from '../format/quantity.ts';

export interface Bar {
  readonly y: number;
  /** 0 for nothing, for a negative number, and for what is not known. */
  readonly width: number;
}

export interface BarPair {
  /** Base line of the label. */
  readonly label: number;
  readonly now: Bar;
  readonly last: Bar;
}

export interface ComparisonLayout {
  readonly pairs: readonly BarPair[];
  readonly height: number;
}

export const BAR_HEIGHT = 11;
/** What there is something of is seen. */
export const LEAST = 1.5;
const LABEL = 16;
const BETWEEN = 3;
const APART = 9;

/** `room`: the width there is for a bar and its number; each number needs a width of its own. */
export function layOutComparison(
  pairs: readonly {
    readonly now: Quantity | undefined;
    readonly last: Quantity | undefined;
    readonly nowText: number;
    readonly lastText: number;
  }[],
  room: number,
): ComparisonLayout {
  const bars = pairs.flatMap(({ now, last, nowText, lastText }) => [
    { amount: positive(now), text: nowText },
    { amount: positive(last), text: lastText },
  ]);
  const scale = Math.min(
    ...bars.filter(({ amount }) => amount > 0).map(({ amount, text }) => (room - text) / amount),
  );
  const bar = (amount: Quantity | undefined, y: number): Bar => {
    const size = positive(amount);
    return { y, width: size === 0 ? 0 : Math.max(LEAST, size * scale) };
  };
  let y = 0;
  const placed = pairs.map(({ now, last }): BarPair => {
    const label = y + LABEL - 4;
    const first = y + LABEL;
    const second = first + BAR_HEIGHT + BETWEEN;
    y = second + BAR_HEIGHT + APART;
    return { label, now: bar(now, first), last: bar(last, second) };
  });
  return { pairs: placed, height: Math.max(0, y - APART) + 2 };
}

function positive(amount: Quantity | undefined): number {
  return amount === undefined || amount < 0n ? 0 : Number(amount);
}
