/**
 * Exact numbers: integers of 0.000001 (for an amount in 万元 that is 1 分), so that a sum of amounts is never a
 * binary float. Counts use the same unit; 12 件 is 12 000 000n. Knows nothing of cells.
 */

/** An integer number of millionths. */
export type Quantity = bigint;

export const DECIMALS = 6;
const SCALE = 1_000_000n;

/** A quantity from a whole number or a number with at most six decimals; throws RangeError on anything else. */
export function quantityFromNumber(value: number): Quantity {
  if (!Number.isFinite(value)) throw new RangeError('not a finite number');
  return quantityFromDecimal(decimalText(value));
}

/** A quantity from `-?digits(.digits)?`; throws RangeError where more than six decimals are not zero. */
export function quantityFromDecimal(text: string): Quantity {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`not a decimal number: ${text.slice(0, 40)}`);
  const fraction = withoutTrailingZeros(match[3] ?? '');
  if (fraction.length > DECIMALS) throw new RangeError('more than six decimals');
  const size = BigInt(match[2]!) * SCALE + BigInt(fraction.padEnd(DECIMALS, '0'));
  return match[1] === '-' ? -size : size;
}

/** Decimals without the zeros behind them. A loop, because /0+$/ needs quadratic time for many zeros before a digit. */
export function withoutTrailingZeros(decimals: string): string {
  let end = decimals.length;
  while (end > 0 && decimals.charCodeAt(end - 1) === 0x30) end -= 1;
  return decimals.slice(0, end);
}

/** The shortest decimal text: `12`, `-0.5`, `24252.311082`. */
export function formatQuantity(value: Quantity): string {
  const negative = value < 0n;
  const size = negative ? -value : value;
  const fraction = (size % SCALE).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  const whole = (size / SCALE).toString();
  return (negative ? '-' : '') + (fraction === '' ? whole : `${whole}.${fraction}`);
}

/** The same as a JSON number. Exact for what the format allows: 15 significant digits. */
export function quantityToNumber(value: Quantity): number {
  return Number(formatQuantity(value));
}

/** The same for JSON, which has no undefined. */
export function numberOrNull(quantity: Quantity | undefined): number | null {
  return quantity === undefined ? null : quantityToNumber(quantity);
}

export function isWhole(value: Quantity): boolean {
  return value % SCALE === 0n;
}

/** The number in yuan, for an amount in 万元, with thousands separators: `2,510,000,000`. */
export function formatYuan(tenThousands: Quantity): string {
  const [whole = '0', fraction] = formatQuantity(tenThousands * 10_000n).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Number.prototype.toString without an exponent: every digit of 1e-13 and of 1e21. */
export function decimalText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = ''] = match;
  const exponent = Number(match[4]);
  if (exponent >= 0) return sign + whole + fraction.padEnd(exponent, '0');
  return `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`;
}
