/**
 * Which kind of file some bytes are, told by their signature and never by the name alone, and the reader for it, loaded only
 * then. Formats that are recognised and not read are named, so that the user is told what to save the file as.
 */
import { parseGuarded } from '../format/guard-json.ts';
import { zh } from '../format/language.ts';
import type { Archive } from './archive.ts';
import { loaded } from './load-part.ts';
import { hasPdfMark } from './pdf-mark.ts';
import { UnreadableSource, type SourceCell, type SourceDocument } from './source-document.ts';
import { MAX_CELLS } from './source-table.ts';
import { decodeText, textSource } from './text-source.ts';

/** Most bytes of a file. */
export const MAX_FILE_SIZE = 20 * 1024 * 1024;

/** The part of a text that is looked at to tell what it is. */
const HEAD = 4_096;

export interface OpenedFile {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** Throws `UnreadableSource` for what is not read. */
export async function openFile({ bytes, name }: OpenedFile): Promise<SourceDocument> {
  if (bytes.length === 0) throw new UnreadableSource({ code: 'empty' });
  if (bytes.length > MAX_FILE_SIZE) throw new UnreadableSource({ code: 'too-large', what: 'file' });
  const signature = signatureOf(bytes);
  switch (signature) {
    case 'pdf': {
      const { pdfSource } = await loaded(import('./pdf-source.ts'), 'PDF');
      return pdfSource(bytes);
    }
    case 'zip':
      return openZip(bytes);
    case 'ole':
      throw oleRefusal(bytes);
    case 'text':
      return openText(textOf(bytes, name), name);
    default:
      throw unreadable(signature);
  }
}

/** What the name calls a Word file, and is neither that nor a text, has lost its beginning: no encoding will help. */
function textOf(bytes: Uint8Array, name: string): string {
  const [found] = /\.(?:docx?|wps|xlsx?|et|pdf|ofd)$/i.exec(name) ?? [];
  try {
    return decodeText(bytes);
  } catch (error) {
    throw found === undefined ? error : new UnreadableSource({ code: 'damaged', found: found.toLowerCase() });
  }
}

function unreadable(found: string): UnreadableSource {
  return new UnreadableSource({ code: 'unreadable-format', found });
}

const SIGNATURES: readonly (readonly [found: string, offset: number, bytes: string])[] = [
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['ole', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['RTF', 0, '{\\rtf'],
  [zh`图片`, 0, '\x89PNG\r\n'],
  [zh`图片`, 0, '\xff\xd8\xff'],
  [zh`图片`, 0, 'GIF8'],
  [zh`图片`, 0, 'II*\0'],
  [zh`图片`, 0, 'MM\0*'],
  [zh`图片`, 8, 'WEBP'],
  [zh`图片`, 4, 'ftyphei'],
  [zh`压缩包`, 0, 'Rar!\x1a\x07'],
  [zh`压缩包`, 0, '7z\xbc\xaf\x27\x1c'],
  [zh`压缩包`, 0, '\x1f\x8b\x08'],
];

function signatureOf(bytes: Uint8Array): string {
  let head = '';
  for (const byte of bytes.subarray(0, 16)) head += String.fromCharCode(byte);
  for (const [found, offset, mark] of SIGNATURES) if (head.startsWith(mark, offset)) return found;
  // Two letters are no signature: the length in the header has to be that of the file.
  if (head.startsWith('BM') && bytes.length > 26) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(6, true) === 0) return zh`图片`;
  }
  return hasPdfMark(bytes) ? 'pdf' : 'text';
}

async function openZip(bytes: Uint8Array): Promise<SourceDocument> {
  const { openArchive } = await loaded(import('./archive.ts'), 'Office');
  const archive = openArchive(bytes, 'Office');
  if (archive.has('[Content_Types].xml')) return openOffice(archive);
  if (archive.has('OFD.xml')) throw unreadable('OFD');
  if (archive.has('mimetype') && archive.has('content.xml')) throw openDocumentRefusal(archive);
  throw unreadable(zh`压缩包`);
}

async function openOffice(archive: Archive): Promise<SourceDocument> {
  const { contentTypes } = await loaded(import('./office-xml.ts'), 'Office');
  for (const [part, type] of contentTypes(archive, 'Office')) {
    if (
      /wordprocessingml\.(?:document|template)\.main\+xml$|ms-word\.(?:document|template)\.macroEnabled/i.test(
        type,
      )
    ) {
      const { docxSource } = await loaded(import('./docx-source.ts'), 'Word');
      return docxSource(archive, part);
    }
    if (
      /spreadsheetml\.(?:sheet|template)\.main\+xml$|ms-excel\.(?:sheet|template)\.macroEnabled/i.test(type)
    ) {
      const { xlsxSource } = await loaded(import('./xlsx-source.ts'), 'Excel');
      return xlsxSource(archive, part);
    }
    if (/ms-excel\.sheet\.binary/i.test(type)) throw unreadable('.xlsb');
    if (/presentationml\.\w+\.main\+xml$|ms-powerpoint\.\w+\.macroEnabled/i.test(type))
      throw unreadable('.pptx');
  }
  throw new UnreadableSource({ code: 'damaged', found: 'Office' });
}

function openDocumentRefusal(archive: Archive): UnreadableSource {
  const type = String.fromCharCode(...(archive.read('mimetype') ?? []).slice(0, 100));
  if (type.includes('opendocument.text')) return unreadable('ODT');
  if (type.includes('opendocument.spreadsheet')) return unreadable('ODS');
  return unreadable('OpenDocument');
}

/** Streams of a compound file have names; entries of its directory are 128 bytes and begin at multiples of that. */
function oleRefusal(bytes: Uint8Array): UnreadableSource {
  const names = new Set<string>();
  for (let at = 512; at + 128 <= bytes.length; at += 128) {
    const length = bytes[at + 64]! | (bytes[at + 65]! << 8);
    if (length < 4 || length > 64 || length % 2 !== 0) continue;
    let name = '';
    for (let index = 0; index < length - 2 && bytes[at + index + 1] === 0; index += 2)
      name += String.fromCharCode(bytes[at + index]!);
    if (name.length === length / 2 - 1) names.add(name);
  }
  if (names.has('EncryptedPackage')) return new UnreadableSource({ code: 'password' });
  if (names.has('WordDocument')) return unreadable(zh`.doc 或 .wps`);
  if (names.has('Workbook') || names.has('Book')) return unreadable(zh`.xls 或 .et`);
  if (names.has('PowerPoint Document')) return unreadable(zh`.ppt 或 .dps`);
  return unreadable(zh`旧版 Office 文件`);
}

async function openText(text: string, name: string): Promise<SourceDocument> {
  const head = text.slice(0, HEAD).replace(/^[\s\ufeff]+/, '');
  if (/^(?:mime-version:|from: <?saved by)/i.test(head) && /content-type:\s{0,9}multipart/i.test(head))
    throw unreadable('MHTML');
  if (/^<\?xml/i.test(head) && !/<html\b/i.test(head)) throw unreadable('.xml');
  if (/^[[{]/.test(head)) {
    const json = jsonSource(text);
    if (json !== undefined) return json;
  }
  if (isHtml(head) || (/\.html?$/i.test(name) && /<\w/.test(text))) {
    const { htmlSource } = await loaded(import('./html-source.ts'), 'HTML');
    return htmlSource(text);
  }
  if (isSeparated(head, name)) {
    const { csvSource } = await loaded(import('./csv-source.ts'), 'CSV');
    return csvSource(text);
  }
  return textSource(text);
}

/** A page, or a piece of one that has a table in it. */
function isHtml(head: string): boolean {
  return /^<(?:[a-z!?/])/i.test(head) || /<(?:html|body|table|tr|td)[\s>]/i.test(head);
}

/** Programs that export "Excel files" often write lines with tabs; only the name says that they are a table. */
function isSeparated(head: string, name: string): boolean {
  return (
    /\.(?:csv|tsv|tab)$/i.test(name) ||
    head.startsWith('sep=') ||
    (/\.xlsx?$/i.test(name) && head.includes('\t'))
  );
}

/** Rows of a table; any other JSON is one text, for those who know it. Undefined for what is no JSON at all. */
function jsonSource(text: string): SourceDocument | undefined {
  const parsed = parseGuarded(text);
  if (!parsed.ok) {
    if (parsed.refusal.code === 'not-json') return undefined;
    if (parsed.refusal.code === 'too-large') throw new UnreadableSource({ code: 'too-large', what: 'text' });
    throw new UnreadableSource({ code: 'damaged', found: 'JSON' });
  }
  const rows = rowsOf(parsed.value);
  return {
    kind: 'json',
    title: '',
    blocks: [rows === undefined ? { kind: 'text', text } : { kind: 'table', rows }],
    omissions: [],
  };
}

function rowsOf(value: unknown): SourceCell[][] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  let cells = 0;
  const rows: SourceCell[][] = [];
  for (const row of value as unknown[]) {
    if (!Array.isArray(row)) return undefined;
    cells += row.length;
    if (cells > MAX_CELLS) throw new UnreadableSource({ code: 'too-large', what: 'cells' });
    const texts: SourceCell[] = [];
    for (const cell of row as unknown[]) {
      if (cell !== null && typeof cell !== 'string' && typeof cell !== 'number') return undefined;
      texts.push({ text: cell === null ? '' : String(cell).trim(), colSpan: 1, rowSpan: 1 });
    }
    rows.push(texts);
  }
  return rows;
}
