/**
 * From a source that was chosen, pasted or dropped to readings that can be looked at, or the sentence why there are none.
 * Documents are read apart, a payload of ours goes through its door. Draws nothing.
 */
import type { DocumentReading, DocumentResult } from '../documents/document-reading.ts';
import { readingOfReport } from '../documents/reading-of-report.ts';
import type { Omission } from '../documents/source-document.ts';
import { documentRefusalZh } from '../documents/words-zh.ts';
import { beginsLikeJson } from '../format/guard-json.ts';
import { t } from '../format/language.ts';
import { readPayload } from '../payload/read-payload.ts';
import { noteSentence, refusalSentence } from '../payload/reading-words.ts';
import type * as documents from './document-worker.ts';
import { isPayload, type ImportSource } from './import-ways.ts';
import { textOfFile } from './open-file.ts';

/** What a source was read as. */
export interface Found {
  /** The name of the file, or what it was instead. */
  readonly name: string;
  readonly readings: readonly DocumentReading[];
  readonly omissions: readonly Omission[];
  /** What else is to be said. */
  readonly notes: readonly string[];
  /** The text, where it is a payload of ours. */
  readonly payload?: string;
}

/** Reads beside the page; where that could not be loaded, the result says so. */
export type ReadApart = (
  source: Parameters<typeof documents.readApart>[0],
  signal: AbortSignal,
) => Promise<DocumentResult>;

/** Most bytes of a file that is taken into memory at all; the readers have narrower limits of their own. */
const MAX_FILE = 50_000_000;

/** A text is why nothing was found, in Chinese. */
export async function findReadings(
  source: ImportSource,
  readApart: ReadApart,
  signal: AbortSignal,
): Promise<Found | string> {
  const isFile = source instanceof File;
  const name = isFile ? source.name : t`粘贴的内容`;
  const refused = (words: string): string => (isFile ? t`“${name}”：${words}` : words);
  let result: DocumentResult;
  if (isFile) {
    if (source.size > MAX_FILE) return refused(documentRefusalZh({ code: 'too-large', what: 'file' }));
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await source.arrayBuffer());
    } catch {
      return refused(t`打不开，没有导入。请检查文件是否还在原处。`);
    }
    if (beginsLikeJson(bytes)) {
      const read = await textOfFile(source);
      return 'refusal' in read ? read.refusal : findPayload(read.text, name, refused);
    }
    result = await readApart({ bytes, name }, signal);
  } else {
    if (isPayload(source.text)) return findPayload(source.text, name, refused);
    result = await readApart({ html: source.html, text: source.text }, signal);
    // Some programs put a picture or a bare link into the HTML, and the table into the text.
    if (!result.ok && result.refusal.code === 'no-table' && source.html !== '' && source.text.trim() !== '') {
      const plain = await readApart({ html: '', text: source.text }, signal);
      if (plain.ok) result = plain;
    }
  }
  if (!result.ok) return refused(documentRefusalZh(result.refusal));
  if (result.readings.length === 0) return refused(documentRefusalZh({ code: 'no-table' }));
  return { name, readings: result.readings, omissions: result.omissions ?? [], notes: [] };
}

function findPayload(text: string, name: string, refused: (words: string) => string): Found | string {
  const result = readPayload(text);
  if (!result.ok) return refused(refusalSentence(result.refusal));
  if (result.readOnly)
    return refused(t`由更新的版本生成，只能查看，不能导入。请升级后再导入，原文件未改动。`);
  return {
    name,
    readings: [readingOfReport(result.report)],
    omissions: [],
    notes: [...new Set(result.notes.map(noteSentence))],
    payload: text,
  };
}
