/** A report that came in by the door of our own payload, as a reading: so that it is looked at and taken over like any other. */
import type { CellId } from '../format/entry.ts';
import { BLANK, type Entry } from '../format/entry.ts';
import { formatQuantity } from '../format/quantity.ts';
import { entryText } from '../format/read-entry.ts';
import { computeTotals } from '../format/totals.ts';
import { formatOf, yearOf, type Report } from '../report/report.ts';
import type { CellReading, Contact, DocumentReading, SourcePlace } from './document-reading.ts';

const NOWHERE: SourcePlace = { table: 0, row: 0, column: 0, fragment: '' };

export function readingOfReport(report: Report): DocumentReading {
  const format = formatOf(report);
  const totals = computeTotals(format, report.entries);
  const absentTotals = new Set(report.absentTotals);
  const cells = new Map<CellId, CellReading>();
  const differing: DocumentReading['report']['totals'][number][] = [];
  for (const cell of format.cells) {
    let entry: Entry | undefined;
    if (cell.operands === undefined) entry = report.entries.get(cell.id);
    else if (!absentTotals.has(cell.id)) {
      const computed = totals.get(cell.id);
      entry =
        report.controls.get(cell.id) ??
        (computed === undefined ? BLANK : { kind: 'number', value: computed });
      if (computed !== undefined && entry.kind === 'number' && entry.value !== computed)
        differing.push({ cell: cell.id, printed: entry.value, computed });
    }
    if (entry === undefined) continue;
    cells.set(cell.id, {
      cell: cell.id,
      entry,
      raw: entry.kind === 'number' ? formatQuantity(entry.value) : entryText(entry),
      confidence: entry.kind === 'uncertain' ? 'uncertain' : 'exact',
      place: NOWHERE,
    });
  }
  const all = [...cells.values()];
  const count = (...kinds: readonly Entry['kind'][]): number =>
    all.filter(({ entry }) => kinds.includes(entry.kind)).length;
  const { period, contact, narrative } = report.carried;
  return {
    source: 'json',
    version: report.version,
    cells,
    organization: report.head['organization.name'] || undefined,
    year: yearOf(report),
    period: period as unknown as DocumentReading['period'],
    contact: contact as unknown as Contact | undefined,
    narrative: (narrative ?? {}) as DocumentReading['narrative'],
    report: {
      recognised: count('number', 'not-applicable', 'text'),
      blank: count('blank'),
      absent: format.cells.length - all.length,
      uncertain: all
        .filter(({ entry }) => entry.kind === 'uncertain')
        .map(({ cell }) => ({ cell, doubt: 'source' as const })),
      unplaced: report.extraCells.map((raw) => ({ raw, place: NOWHERE, why: 'unofficial' as const })),
      duplicates: [],
      totals: differing,
      labels: [],
      oneRowOther: count('merged') > 0,
    },
  };
}
