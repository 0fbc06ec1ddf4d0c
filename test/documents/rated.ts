/** A reading beside what is true: which cells are right, marked, missed, and which are wrong without a mark. */
import type { DocumentReading, DocumentResult } from '../../src/documents/document-reading.ts';
import { quantityOf, type CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import type { Grown } from './grown.ts';

export interface Rated {
  right: number;
  blank: number;
  marked: CellId[];
  missed: CellId[];
  /** Wrong and not marked: what must never be. */
  wrong: string[];
}

export function nothingRated(): Rated {
  return { right: 0, blank: 0, marked: [], missed: [], wrong: [] };
}

/** The reading of this report, wherever it is among the reports of the document. */
export function rate(result: DocumentResult, { truth, report }: Pick<Grown, 'truth' | 'report'>): Rated {
  const rated = nothingRated();
  const readings = result.ok ? result.readings : [];
  const reading =
    readings.find((one) => one.organization === report.organization) ??
    readings.find((one) => one.year === report.year) ??
    readings[0];
  for (const [id, value] of truth) rateCell(reading, id, value, rated);
  if (reading === undefined) return rated;
  for (const [id, one] of reading.cells)
    if (
      !truth.has(id) &&
      one.confidence !== 'uncertain' &&
      quantityOf(one.entry) !== undefined &&
      one.entry.kind !== 'merged'
    )
      rated.wrong.push(`${id}: ${one.raw} where there is nothing`);
  return rated;
}

function rateCell(
  reading: DocumentReading | undefined,
  id: CellId,
  value: number | string | null,
  rated: Rated,
): void {
  const got = reading?.cells.get(id);
  if (reading === undefined || got === undefined) {
    rated.missed.push(id);
    return;
  }
  if (got.confidence === 'uncertain') {
    rated.marked.push(id);
    return;
  }
  const quantity = got.entry.kind === 'merged' ? undefined : quantityOf(got.entry);
  const number = quantity === undefined ? undefined : quantityToNumber(quantity);
  const kind = got.entry.kind;
  if (value === null) {
    if (kind === 'blank') rated.blank += 1;
    else rated.wrong.push(`${id}: ${got.raw} for a blank`);
  } else if (typeof value === 'number' ? number === value : got.raw === value) rated.right += 1;
  else rated.wrong.push(`${id}: ${kind} ${got.raw} for ${String(value)}`);
  if (!FORMATS[reading.version].cellsById.has(id)) rated.wrong.push(`${id}: no cell of ${reading.version}`);
}
