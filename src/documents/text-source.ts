/**
 * Plain text, as a file or a clipboard has it: bytes to characters, and the lines as one block. Tabs, bars and spaces stay: what
 * they mean is for the reader of tables.
 */
import { UnreadableSource, type SourceDocument } from './source-document.ts';

/** Most characters of a text. */
export const MAX_TEXT_LENGTH = 2_000_000;

/** Takes no room on paper, BOM and NUL among it, or would steer a terminal. */
const WITHOUT_WIDTH = /[\0-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+/g;

export function textSource(text: string): SourceDocument {
  if (text.length > MAX_TEXT_LENGTH) throw new UnreadableSource({ code: 'too-large', what: 'text' });
  const lines = text
    .replace(WITHOUT_WIDTH, '')
    .replace(/\r\n?|[\v\u0085\u2028\u2029]/g, '\n')
    .replace(/\n?\f\n?/g, '\n\f\n');
  if (!/\S/.test(lines)) throw new UnreadableSource({ code: 'empty' });
  return { kind: 'text', title: '', blocks: [{ kind: 'text', text: lines }], omissions: [] };
}

/**
 * UTF-8, UTF-16 with a byte order mark, GB18030, or for a page what its `<meta charset>` says. Throws `UnreadableSource`
 * for what is none of these.
 */
export function decodeText(bytes: Uint8Array): string {
  const mark = markOf(bytes);
  if (mark !== undefined) return decodeAs(mark, bytes, false) ?? refuse();
  if (isBinary(bytes)) refuse();
  const whole = decodeAs('utf-8', bytes, true);
  // Text in another encoding is next to never valid UTF-8, whatever a page says about itself.
  if (whole !== undefined) return whole;
  const declared = declaredCharset(bytes);
  if (declared !== undefined) {
    // One bad byte of a page (a description cut in the middle of a character) is no reason to refuse all of it.
    const asDeclared = decodeAs(declared, bytes, false);
    if (asDeclared !== undefined && isMostlyWhole(asDeclared)) return asDeclared;
  }
  const loose = decodeAs('utf-8', bytes, false)!;
  if (isMostlyWhole(loose)) return loose;
  return decodeAs('gb18030', bytes, true) ?? refuse();
}

function refuse(): never {
  throw new UnreadableSource({ code: 'encoding' });
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Undefined where the bytes are not in it, or where nobody knows an encoding of that name. */
function decodeAs(charset: string, bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(charset, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A text has hardly any control characters. */
function isBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 4_096);
  let controls = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index]!;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) controls += 1;
  }
  return controls * 50 > length;
}

/** In the first bytes of a page. Only what Chinese can be written in: pages that call themselves Latin-1 are not. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  let head = '';
  for (const byte of bytes.subarray(0, 4_096)) head += String.fromCharCode(byte);
  const charset =
    /<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,30})/i.exec(
      head,
    )?.[1];
  return charset !== undefined && /^(?:utf-?8|gb|x-gbk|big5)/i.test(charset) ? charset : undefined;
}

/** Characters that could not be read are one in twenty of those that are no ASCII, or fewer. */
function isMostlyWhole(text: string): boolean {
  let lost = 0;
  let others = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) lost += 1;
    else if (code > 0x7f) others += 1;
  }
  return lost * 20 <= others;
}
