/**
 * The parts of a zip archive, for Word and Excel files: only those that are asked for are inflated, and what is inflated is
 * measured while it grows, whatever the archive says of itself. Knows nothing of what the parts mean.
 */
import { Inflate } from 'fflate';
import { UnreadableSource } from './source-document.ts';

/** Most entries of an archive. */
export const MAX_ENTRIES = 1_000;
/** Most bytes that all parts asked for may unpack to. */
export const MAX_UNPACKED = 40 * 1024 * 1024;
/** A part above `RATIO_FROM` bytes may not be more than so many times its packed size. */
export const MAX_RATIO = 200;
const RATIO_FROM = 1024 * 1024;
/** Packed bytes are unpacked so many at a time: at the most that deflate can do these are two megabytes. */
const STEP = 2_048;

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

export interface Archive {
  /** As the archive spells them, with `/`. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The bytes of a part, undefined where there is none. Upper and lower case are the same. */
  read(name: string): Uint8Array | undefined;
}

/** Throws `UnreadableSource`; `found` is the name of the format for the sentence. */
export function openArchive(bytes: Uint8Array, found: string): Archive {
  const { names, entries } = readDirectory(bytes, found);
  let left = MAX_UNPACKED;
  return {
    names,
    has: (name) => entries.has(name.toLowerCase()),
    read(name) {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined) return undefined;
      const part = unpack(bytes, entry, left, found);
      left -= part.length;
      return part;
    },
  };
}

function damaged(found: string): UnreadableSource {
  return new UnreadableSource({ code: 'damaged', found });
}

function tooLarge(): UnreadableSource {
  return new UnreadableSource({ code: 'too-large', what: 'unpacked' });
}

function readDirectory(
  bytes: Uint8Array,
  found: string,
): { names: readonly string[]; entries: ReadonlyMap<string, Entry> } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === undefined) throw damaged(found);
  if (end.count > MAX_ENTRIES) throw tooLarge();
  const names: string[] = [];
  const entries = new Map<string, Entry>();
  const ranges: (readonly [from: number, to: number])[] = [];
  let at = end.offset;
  for (let index = 0; index < end.count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw damaged(found);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > bytes.length) throw damaged(found);
    const sizes = { unpacked: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true) };
    let offset = view.getUint32(at + 42, true);
    // Writers that stream put sizes of 64 bits into the extra field though they need none.
    let extra = at + 46 + nameLength;
    const extraEnd = extra + extraLength;
    while (extra + 4 <= extraEnd) {
      const id = view.getUint16(extra, true);
      let field = extra + 4;
      extra = field + view.getUint16(extra + 2, true);
      if (id !== 1 || extra > extraEnd) continue;
      const wide = (value: number): number => {
        if (value !== 0xffffffff || field + 8 > extra) return value;
        field += 8;
        return wideNumber(view, field - 8);
      };
      sizes.unpacked = wide(sizes.unpacked);
      sizes.packed = wide(sizes.packed);
      offset = wide(offset);
    }
    if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50) throw damaged(found);
    const data = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
    if (data + sizes.packed > bytes.length) throw damaged(found);
    ranges.push([offset, data + sizes.packed]);
    const name = latin(bytes.subarray(at + 46, at + 46 + nameLength))
      .replace(/\\/g, '/')
      .replace(/^\//, '');
    // Which of two would be read depends on who reads: the clerk has seen the other one.
    if (entries.has(name.toLowerCase())) throw damaged(found);
    names.push(name);
    entries.set(name.toLowerCase(), {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      ...sizes,
      offset: data,
    });
    at = next;
  }
  // Parts that share their packed bytes are how a small file becomes an endless one.
  ranges.sort((a, b) => a[0] - b[0]);
  if (ranges.some((range, index) => index > 0 && range[0] < ranges[index - 1]![1])) throw tooLarge();
  return { names, entries };
}

function endOfDirectory(view: DataView): { count: number; offset: number } | undefined {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    const end = { count: view.getUint16(at + 10, true), offset: view.getUint32(at + 16, true) };
    if (end.count !== 0xffff && end.offset !== 0xffffffff) return end;
    if (at < 20 || view.getUint32(at - 20, true) !== 0x07064b50) return end;
    const wide = wideNumber(view, at - 12);
    if (wide + 56 > view.byteLength || view.getUint32(wide, true) !== 0x06064b50) return undefined;
    return { count: wideNumber(view, wide + 32), offset: wideNumber(view, wide + 48) };
  }
  return undefined;
}

/** Numbers that no file of 20 MB can mean lose precision here, and are refused all the same. */
function wideNumber(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Names of parts are ASCII; others are only told apart. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function unpack(bytes: Uint8Array, entry: Entry, left: number, found: string): Uint8Array {
  if ((entry.flags & 1) !== 0) throw new UnreadableSource({ code: 'password' });
  if (entry.method !== 0 && entry.method !== 8) throw damaged(found);
  const most = Math.min(left, Math.max(RATIO_FROM, entry.packed * MAX_RATIO));
  if (entry.unpacked > most) throw tooLarge();
  const packed = bytes.subarray(entry.offset, entry.offset + entry.packed);
  const part = entry.method === 0 ? packed : inflate(packed, most, found);
  if (part.length > most) throw tooLarge();
  if (part.length !== entry.unpacked || checksum(part) !== entry.checksum) throw damaged(found);
  return part;
}

function inflate(packed: Uint8Array, most: number, found: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const inflater = new Inflate((chunk) => {
    length += chunk.length;
    chunks.push(chunk);
  });
  for (let at = 0; at < packed.length || at === 0; at += STEP) {
    try {
      inflater.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    } catch {
      throw damaged(found);
    }
    if (length > most) throw tooLarge();
  }
  const part = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    part.set(chunk, at);
    at += chunk.length;
  }
  return part;
}

let table: Uint32Array | undefined;

/** CRC-32. A flipped bit in a stored part would be another number, without any other sign. */
function checksum(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let sum = 0xffffffff;
  for (let index = 0; index < bytes.length; index += 1)
    sum = (sum >>> 8) ^ table[(sum ^ bytes[index]!) & 0xff]!;
  return (sum ^ 0xffffffff) >>> 0;
}
