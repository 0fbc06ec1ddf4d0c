/**
 * What one cell holds. Blank is not zero, "/" is not zero, and a text that is no number is kept as typed.
 * Knows nothing of tables, rules or the screen.
 */
import type { Quantity } from './quantity.ts';

/** `table/row/column` in words, for example `requests/denied.state-secret/natural-person`. */
export type CellId = string;

/** Why a text could not become a number: V-04, V-07 and V-09 of the catalogue of checks. */
export type TextReason = 'not-a-number' | 'too-many-decimals' | 'too-large';

export type Entry =
  | { readonly kind: 'blank' }
  /** "/", "—", "无" and the like; `raw` is what was typed. */
  | { readonly kind: 'not-applicable'; readonly raw: string }
  /** `raw` is present only where the typed text differs from the normalised number ("１，２３４"). */
  | { readonly kind: 'number'; readonly value: Quantity; readonly raw?: string }
  | { readonly kind: 'text'; readonly raw: string; readonly reason: TextReason }
  /** A reader was not sure: no value until a person decides. */
  | { readonly kind: 'uncertain'; readonly raw: string; readonly candidate?: Quantity }
  /** One of the two cells that a one-row （六）其他处理 does not have: counts as nothing in sums. */
  | { readonly kind: 'merged' };

export const BLANK: Entry = Object.freeze({ kind: 'blank' });
export const MERGED: Entry = Object.freeze({ kind: 'merged' });

/** The number an entry contributes to a sum, or undefined where it has none. */
export function quantityOf(entry: Entry | undefined): Quantity | undefined {
  if (entry === undefined) return undefined;
  if (entry.kind === 'number') return entry.value;
  return entry.kind === 'merged' ? 0n : undefined;
}

/** Whether two entries say the same, the typed text included. */
export function sameEntry(a: Entry, b: Entry): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'blank':
    case 'merged':
      return true;
    case 'number':
      return a.value === (b as typeof a).value && a.raw === (b as typeof a).raw;
    case 'uncertain':
      return a.raw === (b as typeof a).raw && a.candidate === (b as typeof a).candidate;
    default:
      return a.raw === (b as typeof a).raw;
  }
}
