/**
 * Sign-off: what was signed, and what changed since. The date and the figures as they were signed are kept; an edit
 * leaves them, so that a report opened again can say which cells are no longer what somebody signed.
 */
import { quantityOf, type CellId, type Entry } from '../format/entry.ts';
import { quantityToNumber } from '../format/quantity.ts';
import { formatOf, type Report, type Signed } from './report.ts';
import type { Change } from './transaction.ts';

/** A cell that is no longer what was signed; null: no number. */
export interface SignedChange {
  readonly cell: CellId;
  readonly signed: number | null;
  readonly now: number | null;
}

function numberOf(entry: Entry | undefined): number | null {
  const value = entry?.kind === 'merged' ? undefined : quantityOf(entry);
  return value === undefined ? null : quantityToNumber(value);
}

/** The report as it is, signed on a day (local, YYYY-MM-DD). `since` are the signed values of cells that differ by now. */
export function signedAs(
  entries: Report['entries'],
  at: string,
  since: Readonly<Record<CellId, number | null>> = {},
): Signed {
  const values = new Map([...entries].map(([cell, entry]) => [cell, numberOf(entry)]));
  for (const [cell, value] of Object.entries(since)) if (values.has(cell)) values.set(cell, value);
  return { at, values };
}

/** Signs the report as it is now. */
export function sign(report: Report, at: Date): Change {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return { signed: true, from: report.signed, to: signedAs(report.entries, day) };
}

/** The cells changed since the report was signed, in the order of the form; none where it was not. */
export function changedSinceSigned(report: Report): SignedChange[] {
  const { signed } = report;
  if (signed === undefined) return [];
  return formatOf(report).inputs.flatMap(({ id }) => {
    const before = signed.values.get(id) ?? null;
    const now = numberOf(report.entries.get(id));
    return before === now ? [] : [{ cell: id, signed: before, now }];
  });
}
