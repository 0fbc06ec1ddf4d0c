/**
 * What a stored value of a spreadsheet says: numbers as they were typed, and whether the format of the cell shows
 * something else (a date, a percentage, thousands). Knows no file.
 */

/** Spreadsheets keep 15 digits; what binary adds behind them was never typed. Text that is no number comes back as it is. */
export function numberText(stored: string): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored.trim();
  return plainDecimal(value.toPrecision(15));
}

/** `1.50000000000000e+21` without exponent and without trailing zeros. */
function plainDecimal(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point > 0 ? digits.padEnd(point, '0') : '0'.repeat(1 - point) + digits;
  const at = Math.max(1, point);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at).replace(/0+$/, '');
  const plain = after === '' ? before : `${before}.${after}`;
  return plain === '0' ? '0' : sign + plain;
}

export type NumberFormat = 'plain' | 'date' | 'percent' | 'other';

/** The formats a spreadsheet knows by number alone; 27 to 36 and 50 to 58 are the Chinese dates. */
export function builtInFormat(id: number): NumberFormat {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58))
    return 'date';
  return id === 9 || id === 10 ? 'percent' : 'plain';
}

/** `other`: what is shown is not the number that is stored (thousands, a point that only the format sets, nothing at all). */
export function customFormat(code: string): NumberFormat {
  const bare = code
    .slice(0, 1_000)
    .replace(/"[^"]*"/g, '')
    .replace(/[\\!]\./g, '\u0000')
    .replace(/[\\!_*]./g, '')
    .replace(/\[[^\]]*\]/g, (bracket) => (/^\[[hms]+\]$/i.test(bracket) ? 'h' : ''));
  const shown = bare.split(';')[0]!;
  if (/[ymdhs]/i.test(shown.replace(/general/gi, ''))) return 'date';
  if (shown.includes('%')) return 'percent';
  if (bare.startsWith(';') || shown.includes('\u0000') || /[0#?],+(?![0#?,])/.test(shown)) return 'other';
  return 'plain';
}

/** The date a stored number means, or the time of day; undefined where it means neither. */
export function dateText(stored: string, from1904: boolean): string | undefined {
  const value = Number(stored);
  if (stored.trim() === '' || !(value >= 0 && value < 2_958_466)) return undefined;
  if (value < 1) {
    const minutes = Math.round(value * 1_440);
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }
  // The calendar of 1900 has a 29 February that never was.
  const days = Math.floor(value) + (from1904 ? 1_462 : value < 60 ? 1 : 0);
  return new Date((days - 25_569) * 86_400_000).toISOString().slice(0, 10);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** A hundred times the stored number, without binary noise. */
export function percentText(stored: string): string {
  const value = Number(stored);
  return stored.trim() === '' || !Number.isFinite(value)
    ? stored.trim()
    : `${numberText(String(Number((value * 100).toPrecision(15))))}%`;
}
