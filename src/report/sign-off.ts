/**
 * Sign-off: what was signed, and what changed since. The date and the figures as they were signed are kept; an edit
 * leaves them, so that a report opened again can say which cells are no longer what somebody signed.
 */
import { quantityOf, type CellId, type Entry } from '../format/entry.ts';
import { numberOrNull } from '../format/quantity.ts';
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
  return numberOrNull(value);
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
  const { signed, entries } = report;
  if (signed === undefined) return [];
  const order = new Map(formatOf(report).inputs.map((cell, index) => [cell.id, index]));
  return changedCells(signed, entries).sort((a, b) => order.get(a.cell)! - order.get(b.cell)!);
}

/** Whether somebody, by name, has signed the report as it is. */
export function isSigned(report: Report): boolean {
  const { signed, head, carried } = report;
  const { changedSince } = (carried['signOff'] ?? {}) as { readonly changedSince?: unknown };
  return (
    signed !== undefined &&
    signed.lapsed === undefined &&
    changedSince === undefined &&
    hasSigner(head) &&
    changedSinceSigned(report).length === 0
  );
}

/** Whether any of those who sign is named. */
export function hasSigner(head: Report['head']): boolean {
  return (['filledBy', 'reviewedBy', 'approvedBy'] as const).some(
    (role) => head[`signOff.${role}`].trim() !== '',
  );
}

/** The same in no particular order. A cell without an entry was not in the report, then as now. */
export function changedCells(signed: Signed, entries: Report['entries']): SignedChange[] {
  const changes: SignedChange[] = [];
  for (const [cell, entry] of entries) {
    const before = signed.values.get(cell) ?? null;
    const now = numberOf(entry);
    if (before !== now) changes.push({ cell, signed: before, now });
  }
  return changes;
}
