/**
 * A PDF as texts and tables. Only the door: what reads PDF is a script of its own (`pdf-pages.ts`), as large as all the
 * rest together, and is loaded with the first file of this kind.
 */
import type { PdfReading } from './pdf-pages.ts';
import { UnreadableSource, type SourceDocument } from './source-document.ts';

/** Throws `UnreadableSource`, `not-loaded` included: where the script is missing, or the browser cannot run it. */
export async function pdfSource(bytes: Uint8Array): Promise<SourceDocument> {
  let reading: PdfReading;
  try {
    reading = await (await import('./pdf-pages.ts')).readPdfPages(bytes);
  } catch {
    throw new UnreadableSource({ code: 'not-loaded', found: 'PDF' });
  }
  if (!reading.ok) throw new UnreadableSource(reading.refusal);
  const { title, blocks, images } = reading;
  return { kind: 'pdf', title, blocks, omissions: images > 0 ? [{ what: 'images', count: images }] : [] };
}
