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
 * How unlikely a slip is: the negative logarithm of its chance, a twentieth of it, so that no slip of one cell outweighs
 * a second wrong cell. A figure with more digits offers more places for a slip, and so less chance for this very one; a
 * zero that should be a number needs that very number to be missing.
 */
export function costOf(slip: Slip, from: number, to: number): number {
  // Large numbers are rarer than small ones, whatever happened to them.
  return (SURPRISE[slip](digits(from), digits(to)) + 0.7 * Math.log((to + 1) / (from + 1))) / 20;
}

const digits = (value: number): number => String(value).length;

const SURPRISE: Readonly<Record<Slip, (from: number, to: number) => number>> = {
  'transposed-digits': (_from, to) => 1.8 + Math.log(to - 1),
  'dropped-digit': (_from, to) => 2.5 + Math.log(to),
  'doubled-digit': (_from, to) => 2.5 + Math.log(to),
  'extra-digit': (from) => 4.8 + Math.log(from),
  'wrong-digit': (_from, to) => 3.6 + Math.log(to),
  'times-ten': () => 2.5,
  'left-at-zero': () => 5.5,
  'should-be-zero': (from) => (from === 1 ? 7.5 : 10),
  'neighbouring-cell': () => 3.9,
  'swapped-cells': () => 3.9,
  'counted-elsewhere': () => 7,
  'split-number': () => 3,
  shifted: () => 5,
  'total-not-carried': () => 3.5,
  'copied-from-last-year': () => 3,
  'yuan-for-wan': () => 2.5,
  other: (from, to) => 9 + Math.abs(from - to),
};

/** The likeliest way in which `from` was written for `to`; both whole numbers of at least 0. */
export function slipBetween(from: number, to: number): Slip {
  if (from === 0) return 'left-at-zero';
  if (to === 0) return 'should-be-zero';
  if (from === to * 10 || to === from * 10) return 'times-ten';
  const [typed, right] = [String(from), String(to)];
  if (typed.length === right.length) {
    const wrong = Array.from(typed, (digit, index) => (digit === right[index] ? -1 : index)).filter(
      (index) => index >= 0,
    );
    if (wrong.length === 1) return 'wrong-digit';
    const [a, b] = wrong as [number, number];
    return wrong.length === 2 && b === a + 1 && typed[a] === right[b] && typed[b] === right[a]
      ? 'transposed-digits'
      : 'other';
  }
  if (typed.length + 1 === right.length)
    return droppedFrom(right, typed) === undefined ? 'other' : 'dropped-digit';
  if (typed.length !== right.length + 1) return 'other';
  const extra = droppedFrom(typed, right);
  if (extra === undefined) return 'other';
  return typed[extra] === typed[extra - 1] || typed[extra] === typed[extra + 1]
    ? 'doubled-digit'
    : 'extra-digit';
}

/** Where one digit was left out of `long` to give `short`; undefined where it was not. */
function droppedFrom(long: string, short: string): number | undefined {
  let index = 0;
  while (index < short.length && long[index] === short[index]) index += 1;
  return long.slice(index + 1) === short.slice(index) ? index : undefined;
}
