/**
 * A reading as a draft payload of schema 1: what was printed stays evidence (`reported`, blank totals), what is no
 * number or not certain is a mark, what the document does not have is absent. `readPayload` takes it.
 */
import type { Json } from '../format/canonical-json.ts';
import { BLANK, MERGED, type CellId, type Entry } from '../format/entry.ts';
import { cellId } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import { quantityToNumber } from '../format/quantity.ts';
import { computeTotals } from '../format/totals.ts';
import { SCHEMA_ID } from '../payload/schema-id.ts';
import { markOf, memberOf, type Tables } from '../payload/write-payload.ts';
import type { DocumentReading } from './document-reading.ts';

/** （六）1 and 2, which a report with one row does not have. */
export const FIRST_ROWS_OF_OTHER: readonly string[] = ['other.correction-overdue', 'other.fee-overdue'];

export function payloadOfReading(reading: DocumentReading): Record<string, Json> {
  const format = FORMATS[reading.version];
  const entries = entriesOfReading(reading);
  const totals = computeTotals(format, entries);
  const tables: Tables = {};
  const reported: Record<CellId, number> = {};
  const marks: Record<CellId, Json> = {};
  for (const cell of format.cells) {
    const entry = entries.get(cell.id);
    if (entry === undefined) continue;
    const row = memberOf(memberOf<Tables[string]>(tables, cell.table), cell.row);
    const mark = markOf(entry);
    if (mark !== undefined) marks[cell.id] = { ...mark } as Json;
    const computed = totals.get(cell.id);
    if (cell.operands === undefined) row[cell.column] = numberOf(entry);
    // A total that was left blank in print is told from one that agrees.
    else if (entry.kind === 'blank') row[cell.column] = null;
    else {
      row[cell.column] = computed === undefined ? null : quantityToNumber(computed);
      if (entry.kind === 'number' && entry.value !== computed)
        reported[cell.id] = quantityToNumber(entry.value);
    }
  }
  const { year, period, contact, narrative } = reading;
  const members: Record<string, Json | undefined> = {
    schema: SCHEMA_ID,
    draft: true,
    format: reading.version,
    year: year !== undefined && Number.isInteger(year) && year >= 1000 && year <= 9999 ? year : null,
    period: period && { ...period },
    organization: { name: wellFormed(reading.organization ?? '') },
    contact: contact && textsOf(contact),
    tables,
    reported: Object.keys(reported).length === 0 ? undefined : reported,
    marks: Object.keys(marks).length === 0 ? undefined : (wellFormedMarks(marks) as Json),
    narrative: textsOf(narrative),
  };
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined),
  );
}

/** The entries of a reading; the two rows that a one-row （六） does not have are merged. */
export function entriesOfReading({ version, cells, report }: DocumentReading): Map<CellId, Entry> {
  const entries = new Map<CellId, Entry>();
  for (const [id, { entry }] of cells) entries.set(id, entry);
  if (!report.oneRowOther || version !== '2021') return entries;
  for (const { id, row, column, operands } of FORMATS[version].cells) {
    if (row !== 'other.other' || operands !== undefined || !entries.has(id)) continue;
    for (const first of FIRST_ROWS_OF_OTHER) {
      const merged = cellId('requests', first, column);
      if ((entries.get(merged) ?? BLANK).kind === 'blank') entries.set(merged, MERGED);
    }
  }
  return entries;
}

/** The members that say something, as they may stand in a payload; undefined for none. */
export function textsOf(
  members: Readonly<Record<string, string | undefined>> | object,
): Record<string, string> | undefined {
  const texts = Object.entries(members as Record<string, string | undefined>).flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [[name, wellFormed(text)] as const],
  );
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

/** Half a character pair cannot be written as UTF-8, and no payload with one is read. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function wellFormedMarks(marks: Readonly<Record<CellId, Json>>): Record<CellId, Json> {
  return Object.fromEntries(
    Object.entries(marks).map(([cell, mark]) => {
      const { raw } = mark as { raw?: string };
      return [cell, raw === undefined ? mark : { ...(mark as object), raw: wellFormed(raw) }];
    }),
  );
}

function numberOf(entry: Entry): number | null {
  return entry.kind === 'number' ? quantityToNumber(entry.value) : null;
}
