/**
 * The one way in for other people's documents: bytes of a file, or what a clipboard holds, to the reports in it.
 * Knows the source readers and the reader of tables; loads a source reader only when its kind of file is opened.
 */
import { zh } from '../format/language.ts';
import type { DocumentResult } from './document-reading.ts';
import { loaded } from './load-part.ts';
import { readTables } from './read-tables.ts';
import { UnreadableSource, type SourceDocument } from './source-document.ts';

/** A file, whatever it is; the name helps only where the bytes leave it open (.csv). */
export interface FileSource {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** What a paste brings; either may be ''. */
export interface ClipboardSource {
  readonly html: string;
  readonly text: string;
}

/** Never throws for what a document holds: what cannot be read is a refusal. */
export async function readDocument(source: FileSource | ClipboardSource): Promise<DocumentResult> {
  if ('bytes' in source)
    return read(async () => (await loaded(import('./open-file.ts'), source.name)).openFile(source));
  const asText = (): Promise<DocumentResult> =>
    read(async () => (await loaded(import('./text-source.ts'), zh`文本`)).textSource(source.text));
  if (source.html.trim() === '') return asText();
  const result = await read(async () =>
    (await loaded(import('./html-source.ts'), zh`网页`)).htmlSource(source.html),
  );
  // A clipboard whose HTML is a picture of the table, or somebody's empty frame, may have it as text.
  return result.ok || source.text.trim() === '' ? result : better(result, await asText());
}

function better(first: DocumentResult, second: DocumentResult): DocumentResult {
  return second.ok ? second : first;
}

async function read(open: () => Promise<SourceDocument>): Promise<DocumentResult> {
  try {
    const document = await open();
    const result = readTables(document);
    return result.ok ? { ...result, omissions: document.omissions } : result;
  } catch (error) {
    if (error instanceof UnreadableSource) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
