/** Finds the tables of the form in a source document by their labels, inside their group, never by position. */
import type { DocumentResult } from './document-reading.ts';
import type { SourceDocument } from './source-document.ts';

export function readTables(_document: SourceDocument): DocumentResult {
  return { ok: false, refusal: { code: 'no-table' } };
}
