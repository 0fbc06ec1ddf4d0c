/**
 * What went wrong when one number was written for another: how figures are mistyped, dropped and carried into the wrong
 * place. Pure; knows numbers and places in a table, no rule.
 */

/** How a wrong number came about. `other`: no common way. */
export type Slip =
  /** 121 for 112 */
  | 'transposed-digits'
  /** 12 for 112 */
  | 'dropped-digit'
  /** 1122 for 112 */
  | 'doubled-digit'
  /** 1132 for 112 */
  | 'extra-digit'
  /** 113 for 112 */
  | 'wrong-digit'
  /** 1120 for 112, or 112 for 1120 */
  | 'times-ten'
  /** 0 for 112: the cell was left at zero */
  | 'left-at-zero'
  /** 112 for 0: the number belongs to no cell, or to another one */
  | 'should-be-zero'
  /** The number stands in the cell beside, above or below. */
  | 'neighbouring-cell'
  /** A part of the number was counted in another cell of the same row or column. */
  | 'counted-elsewhere'
  /** Two cells hold each other's number. */
  | 'swapped-cells'
  /** 1 and 0 in two cells for 10 in one. */
  | 'split-number'
  /** A stretch of a row or column stands one place off. */
  | 'shifted'
  /** A total that leaves out or repeats one of its parts, or was never added up. */
  | 'total-not-carried'
  /** The number of last year's report. */
  | 'copied-from-last-year'
  /** 2510000 元 for 251 万元 */
  | 'yuan-for-wan'
  | 'other';

/**
 * How often each kind is met among slips; about what is told of typists and seen in published reports. Shares of one
 * cell and of a pair alike.
 */
export const SHARES: Readonly<Record<Slip, number>> = {
  'wrong-digit': 0.22,
  'transposed-digits': 0.13,
  'dropped-digit': 0.08,
  'doubled-digit': 0.07,
  'extra-digit': 0.05,
  'times-ten': 0.06,
  'left-at-zero': 0.07,
  'should-be-zero': 0.02,
  'neighbouring-cell': 0.12,
  'swapped-cells': 0.12,
  'counted-elsewhere': 0.02,
  'split-number': 0.03,
  shifted: 0.03,
  'total-not-carried': 0.1,
  'copied-from-last-year': 0.05,
  'yuan-for-wan': 0.03,
  other: 0.02,
};

/** A way in which a wrong number may have come about, and how likely it leads from the right number to this one. */
export interface Way {
  readonly slip: Slip;
  readonly chance: number;
}

/** The ways in which `from` was typed for `to`; both whole numbers of at least 0. */
export function typedWays(from: number, to: number): Way[] {
  const [typed, right] = [String(from), String(to)];
  const ways: Way[] = [];
  // What came about in several ways gets the plainest name.
  const plain =
    from === 0
      ? 'left-at-zero'
      : to === 0
        ? 'should-be-zero'
        : from === to * 10 || to === from * 10
          ? 'times-ten'
          : undefined;
  const add = (slip: Slip, chance: number): void => {
    if (chance > 0) ways.push({ slip: plain ?? slip, chance: SHARES[slip] * chance });
  };
  if (from === 0) add('left-at-zero', 1);
  if (to === 0) add('should-be-zero', 1 / from);
  if (from === to * 10) add('times-ten', 0.8);
  if (to === from * 10) add('times-ten', 0.2);
  // 05 is 5: a digit that was typed wrong, turned or left out in front leaves a shorter number.
  const padded = typed.padStart(right.length, '0');
  if (padded.length === right.length) {
    const wrong = Array.from(right, (digit, index) => (digit === padded[index] ? -1 : index)).filter(
      (index) => index >= 0,
    );
    const [a, b] = wrong as [number, number];
    if (wrong.length === 1) add('wrong-digit', 1 / right.length / 9);
    if (wrong.length === 2 && b === a + 1 && padded[a] === right[b] && padded[b] === right[a])
      add('transposed-digits', 1 / (right.length - 1));
  }
  const short = typed.padStart(right.length - 1, '0');
  if (right.length > 1 && short.length === right.length - 1)
    add('dropped-digit', placesWithout(right, short) / right.length);
  if (typed.length === right.length + 1) {
    const places = placesWithout(typed, right);
    const extra = leftOut(typed, right);
    if (extra !== undefined) {
      if (places > 1) add('doubled-digit', 1 / right.length);
      add('extra-digit', places / typed.length / 10);
    }
  }
  return ways;
}

/** The likeliest way in which `from` was written for `to`; both whole numbers of at least 0. */
export function slipBetween(from: number, to: number): Slip {
  return likeliest(typedWays(from, to)).slip;
}

/** All ways together, under the name of the likeliest. */
export function likeliest(ways: readonly Way[]): Way {
  const chances = new Map<Slip, number>();
  for (const { slip, chance } of ways) chances.set(slip, (chances.get(slip) ?? 0) + chance);
  let [name, most, sum]: [Slip, number, number] = ['other', 0, 0];
  for (const [slip, chance] of chances) {
    sum += chance;
    if (chance > most) [name, most] = [slip, chance];
  }
  return { slip: name, chance: sum };
}

/** Where one digit was left out of `long` to give `short`, the first such place; undefined where it was not. */
function leftOut(long: string, short: string): number | undefined {
  let index = 0;
  while (index < short.length && long[index] === short[index]) index += 1;
  return long.slice(index + 1) === short.slice(index) ? index : undefined;
}

/** At how many places a digit can be left out of `long` to give `short`. */
function placesWithout(long: string, short: string): number {
  let at = leftOut(long, short);
  if (at === undefined) return 0;
  const digit = long[at];
  let places = 0;
  for (; at >= 0 && long[at] === digit; at -= 1) places += 1;
  return places;
}
