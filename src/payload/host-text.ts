/**
 * A value that a host hands back, which is not always what it was given: escaped for HTML once too often, for a database
 * or a script, or cut off where the column was full. Puts right what can be put right without a guess.
 */
import { parseGuarded } from '../format/guard-json.ts';
import { readPayload, type ReadRefusal, type ReadResult } from './read-payload.ts';

export interface HostReading {
  readonly result: ReadResult;
  /** It was escaped, and is read as it was before that: it is not to be handed back as it came. */
  readonly mended: boolean;
  /** It ends in the middle: how many characters there are. */
  readonly cutOffAt: number | undefined;
}

/** How often a value may have been escaped, each time it was saved. */
const ROUNDS = 4;
/** How many texts it may have been before are tried in a round. */
const MOST_WAYS = 8;

/** Reads a payload as a host has kept it. Never throws; linear in the length of the text. */
export function readHostText(text: string): HostReading {
  const asGiven = readPayload(text);
  if (asGiven.ok) {
    const inside = isChanged(asGiven) ? withoutEscapesInside(text) : undefined;
    return { result: inside ?? asGiven, mended: inside !== undefined, cutOffAt: undefined };
  }
  let refusal: ReadRefusal = asGiven.refusal;
  let best: (ReadResult & { readonly ok: true }) | undefined;
  let layer: readonly string[] = [text];
  for (let round = 0; round < ROUNDS && (best === undefined || isChanged(best)); round += 1) {
    layer = [...new Set(layer.flatMap(withoutOneLayer))].slice(0, MOST_WAYS);
    for (const candidate of layer) {
      const result = readPayload(candidate);
      if (!result.ok) {
        if (isCutOff(result.refusal)) refusal = result.refusal;
        continue;
      }
      // Which of several ways it was escaped in, its digest tells, though it takes another round to see.
      if (best === undefined || !isChanged(result)) best = result;
      if (!isChanged(result)) break;
    }
  }
  if (best !== undefined) return { result: best, mended: true, cutOffAt: undefined };
  const cutOffAt = isCutOff(refusal) ? text.length : undefined;
  return { result: { ok: false, refusal }, mended: false, cutOffAt };
}

/** Where only what stands in its strings was escaped it is JSON still: its digest says that it was, and how often. */
function withoutEscapesInside(text: string): (ReadResult & { readonly ok: true }) | undefined {
  // Some writers of JSON write & by its number.
  let candidate = text.replace(/\\u0026/g, '&');
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = candidate;
    candidate = decoded(candidate, (character) => JSON.stringify(character).slice(1, -1));
    if (candidate === before) return undefined;
    const result = readPayload(candidate);
    if (result.ok && result.digestStated === 'fits') return result;
  }
  return undefined;
}

const isChanged = ({ notes }: ReadResult & { ok: true }): boolean =>
  notes.some(({ code }) => code === 'digest-differs');

const isCutOff = (refusal: ReadRefusal): boolean => refusal.code === 'not-json' && refusal.truncated;

/** What a text may have been before it was escaped: in one way, in several, or in none. */
function withoutOneLayer(text: string): string[] {
  const start = text.slice(0, 100).trimStart();
  if (/^(?:\{\s*\\?|\\)?&(?:quot|#0*34|#x0*22|amp);/i.test(start))
    return [
      decoded(text),
      text.replace(/&(?:quot|#0*34|#x0*22);/gi, '"'),
      // It was given backslashes where there was no quotation mark left to show it.
      ...(/\\['\\]/.test(text) ? [withoutBackslashes(text)] : []),
    ];
  if (/^(?:\{\s*)?\\["\\]/.test(start)) return [withoutBackslashes(text)];
  if (/^"\s*[\\{&]/.test(start)) {
    const parsed = parseGuarded(text);
    if (parsed.ok) return typeof parsed.value === 'string' ? [parsed.value] : [];
    // A string within JSON that has no end.
    return [
      text
        .trimStart()
        .slice(1)
        .replace(/\\(["\\])/g, '$1'),
    ];
  }
  return [];
}

const withoutBackslashes = (text: string): string => text.replace(/\\(["'\\])/g, '$1');

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: '\u00a0',
};

function decoded(text: string, write = (character: string): string => character): string {
  return text.replace(
    /&(?:(quot|amp|lt|gt|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (all, name, decimal, hex) => {
      if (name !== undefined) return write(NAMED[(name as string).toLowerCase()]!);
      const code = decimal === undefined ? parseInt(hex as string, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? write(String.fromCodePoint(code))
        : all;
    },
  );
}
