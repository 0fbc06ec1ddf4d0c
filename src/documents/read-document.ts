/**
 * The one way in for other people's documents: bytes of a file, or what a clipboard holds, to the reports in it.
 * Knows the source readers and the reader of tables; loads a source reader only when its kind of file is opened.
 */
import type { DocumentResult } from './document-reading.ts';
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

export async function readDocument(source: FileSource | ClipboardSource): Promise<DocumentResult> {
  let document: SourceDocument;
  try {
    document = await openSource(source);
  } catch (error) {
    if (error instanceof UnreadableSource) return { ok: false, refusal: error.refusal };
    throw error;
  }
  const result = readTables(document);
  return result.ok ? { ...result, omissions: document.omissions } : result;
}

async function openSource(source: FileSource | ClipboardSource): Promise<SourceDocument> {
  if (!('bytes' in source)) {
    if (source.html !== '') return (await import('./html-source.ts')).htmlSource(source.html);
    return (await import('./text-source.ts')).textSource(source.text);
  }
  return (await import('./open-file.ts')).openFile(source);
}
