/**
 * The one reader of a cell from text: typing, paste, import, JSON marks and the command line all come through here
 * (V-01, V-04 to V-09 of the catalogue). It never guesses and never throws; what it cannot read it keeps.
 * Linear time in the length of the text.
 */
import { BLANK, type Entry } from './entry.ts';
import type { CellKind } from './format.ts';
import { DECIMALS, formatQuantity, quantityFromDecimal, withoutTrailingZeros } from './quantity.ts';

/** Most digits a count may have (V-09). */
export const MAX_COUNT_DIGITS = 12;
/** Most digits before the point of an amount: with six decimals, 15 digits survive a JSON number. */
export const MAX_AMOUNT_DIGITS = 9;

const NOT_APPLICABLE = new Set([
  '/',
  '／',
  '\\',
  '-',
  '--',
  '—',
  '——',
  '－',
  '–',
  '―',
  '无',
  '無',
  '不适用',
  '不適用',
  'n/a',
  'na',
  '／／',
  '//',
]);

const SPACES = /[\s\u00a0\u3000\u200b\ufeff]+/g;

/**
 * Reads what a person or a document wrote into a cell.
 * Accepts full-width digits and signs, thousands separators, leading zeros and a leading plus.
 */
export function readEntry(text: string, kind: CellKind): Entry {
  const trimmed = text.replace(SPACES, ' ').trim();
  if (trimmed === '') return BLANK;
  const half = toHalfWidth(trimmed);
  if (NOT_APPLICABLE.has(trimmed) || NOT_APPLICABLE.has(half.toLowerCase()))
    return { kind: 'not-applicable', raw: text };
  const plain = withoutSeparators(half);
  const match = plain === undefined ? null : /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))$/.exec(plain);
  if (match === null) return { kind: 'text', raw: text, reason: 'not-a-number' };
  const whole = (match[2] ?? '0').replace(/^0+(?=\d)/, '');
  const fraction = withoutTrailingZeros(match[3] ?? match[4] ?? '');
  const digits = kind === 'amount' || kind === 'free-amount' ? MAX_AMOUNT_DIGITS : MAX_COUNT_DIGITS;
  if (whole.length > digits) return { kind: 'text', raw: text, reason: 'too-large' };
  if (fraction.length > DECIMALS) return { kind: 'text', raw: text, reason: 'too-many-decimals' };
  const value = quantityFromDecimal(
    `${match[1] === '-' ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`,
  );
  return formatQuantity(value) === text ? { kind: 'number', value } : { kind: 'number', value, raw: text };
}

/** What a cell shows and what an editor opens with: the number, else the text as it was typed. */
export function entryText(entry: Entry): string {
  switch (entry.kind) {
    case 'blank':
    case 'merged':
      return '';
    case 'number':
      return formatQuantity(entry.value);
    default:
      return entry.raw;
  }
}

const UNITS = /^(.*?)(?:万元|万|元|件|个|人|项|次|宗|份)$/;

/** The text without a known unit behind it ("12件" gives "12"), or undefined where there is none. */
export function withoutUnit(text: string): string | undefined {
  const match = UNITS.exec(text.trim());
  return match?.[1] === undefined || match[1] === '' ? undefined : match[1];
}

/** Digits, letters and signs of the full-width block, and the minus signs that IMEs and Word produce. */
function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[−﹣]/g, '-')
    .replace(/。/g, '.')
    .replace(/，/g, ',');
}

/**
 * Removes thousands separators. Commas only where they group by three ("1,234", never "1,2": that is two cells that
 * ran together); a space only between groups of three, for the same reason.
 */
function withoutSeparators(text: string): string | undefined {
  if (!/[, ]/.test(text)) return text;
  const signed = text.replace(/^([+-]) /, '$1');
  if (!/[, ]/.test(signed)) return signed;
  if (
    !/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/.test(signed) &&
    !/^[+-]?\d{1,3}(?: \d{3})+(?:\.\d*)?$/.test(signed)
  )
    return undefined;
  return signed.replace(/[, ]/g, '');
}
