/**
 * A reading as a draft payload of schema 1: what was printed stays evidence (`reported`, blank totals), what is no
 * number or not certain is a mark, what the document does not have is absent. `readPayload` takes it.
 */
import type { Json } from '../format/canonical-json.ts';
import type { CellId, Entry } from '../format/entry.ts';
import { FORMATS } from '../format/formats.ts';
import { numberOrNull, quantityToNumber } from '../format/quantity.ts';
import { computeTotals } from '../format/totals.ts';
import { SCHEMA_ID } from '../payload/schema-id.ts';
import { markOf, memberOf, type Tables } from '../payload/write-payload.ts';
import type { DocumentReading } from './document-reading.ts';

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
      row[cell.column] = numberOrNull(computed);
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

export function entriesOfReading({ cells }: DocumentReading): Map<CellId, Entry> {
  return new Map([...cells].map(([id, { entry }]) => [id, entry]));
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
