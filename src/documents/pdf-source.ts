/** A PDF to blocks. */
import { UnreadableSource, type SourceDocument } from './source-document.ts';

export function pdfSource(_bytes: Uint8Array): Promise<SourceDocument> {
  return Promise.reject(new UnreadableSource({ code: 'not-loaded', found: 'PDF' }));
}
