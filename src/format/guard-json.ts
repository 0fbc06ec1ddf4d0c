/**
 * JSON from outside: what is refused before or right after parsing, whatever it is meant to be: size, depth, keys that reach into
 * prototypes, text and numbers that cannot be written back. Linear in the length of the text.
 */
import type { Json } from './canonical-json.ts';

/** Most characters of a file, in UTF-16 code units: up to 3 MB in UTF-8. */
export const MAX_JSON_LENGTH = 1_000_000;
/** Most levels of nesting. */
export const MAX_JSON_DEPTH = 20;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

export type JsonRefusal =
  | { readonly code: 'empty' }
  | { readonly code: 'too-large'; readonly length: number }
  | { readonly code: 'too-deep'; readonly offset: number }
  | { readonly code: 'not-json'; readonly line: number; readonly column: number; readonly truncated: boolean }
  | { readonly code: 'forbidden-key'; readonly path: string }
  | { readonly code: 'broken-text'; readonly path: string }
  /** 1e999: JSON.parse makes it Infinity, which nothing can write back. */
  | { readonly code: 'endless-number'; readonly path: string };

/**
 * Whether a file may be an object of JSON: a brace first, behind the mark of UTF-8 and white space. RTF has a backslash
 * behind its brace.
 */
export function beginsLikeJson(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const skip = (): void => {
    while ([0x09, 0x0a, 0x0d, 0x20].includes(bytes[at] ?? 0)) at += 1;
  };
  skip();
  if (bytes[at] !== 0x7b) return false;
  at += 1;
  skip();
  return bytes[at] !== 0x5c;
}

/** Parses, or says why not. Never throws. */
export function parseGuarded(text: string): { ok: true; value: Json } | { ok: false; refusal: JsonRefusal } {
  // From plain JavaScript anything may come.
  if (typeof text !== 'string') return parseGuarded('');
  if (text.length > MAX_JSON_LENGTH)
    return { ok: false, refusal: { code: 'too-large', length: text.length } };
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.trim() === '') return { ok: false, refusal: { code: 'empty' } };
  const scan = scanNesting(body);
  if (scan.tooDeepAt !== undefined)
    return { ok: false, refusal: { code: 'too-deep', offset: scan.tooDeepAt } };
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch (error) {
    const offset = offsetOf(error, body);
    const before = body.slice(0, offset).split('\n');
    return {
      ok: false,
      refusal: {
        code: 'not-json',
        line: before.length,
        column: before[before.length - 1]!.length + 1,
        truncated: scan.open,
      },
    };
  }
  const refusal = inspect(value, []);
  return refusal === undefined ? { ok: true, value } : { ok: false, refusal };
}

/** One pass over the text: where it nests too deeply, and whether it ends inside something. */
function scanNesting(text: string): { tooDeepAt?: number; open: boolean } {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return { tooDeepAt: index, open: true };
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return { open: inString || depth > 0 };
}

/** Engines say the place in different words; where they do not, the end of the text is the best guess. */
function offsetOf(error: unknown, text: string): number {
  const message = String(error);
  const position = /position (\d+)/.exec(message);
  if (position !== null) return Number(position[1]);
  const place = /line (\d+) column (\d+)/.exec(message);
  if (place === null) return text.length;
  const lines = text.split('\n').slice(0, Number(place[1]) - 1);
  return lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(place[2]) - 1;
}

function inspect(value: Json, path: readonly string[]): JsonRefusal | undefined {
  if (typeof value === 'string')
    return isWellFormed(value) ? undefined : { code: 'broken-text', path: path.join('/') };
  if (typeof value === 'number' && !Number.isFinite(value))
    return { code: 'endless-number', path: path.join('/') };
  if (value === null || typeof value !== 'object') return undefined;
  for (const [key, member] of Object.entries(value)) {
    const here = [...path, key];
    if (FORBIDDEN_KEYS.has(key)) return { code: 'forbidden-key', path: here.join('/') };
    if (!isWellFormed(key)) return { code: 'broken-text', path: path.join('/') };
    const refusal = inspect(member as Json, here);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function isWellFormed(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdbff) {
      const next = text.charCodeAt(index + 1);
      if (!(next >= 0xdc00 && next <= 0xdfff)) return false;
      index += 1;
    } else if (code >= 0xdc00 && code <= 0xdfff) return false;
  }
  return true;
}
