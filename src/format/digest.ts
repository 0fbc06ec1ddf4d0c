/**
 * SHA-256 of canonical JSON. Synchronous, because crypto.subtle is absent on plain http, where county intranets live,
 * and because a draft must be written in the same task as the event that closes the page.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type Json } from './canonical-json.ts';

/** `sha256:` and 64 hexadecimal digits. */
export type Digest = string;

export function digestOf(value: Json): Digest {
  return digestOfText(canonicalJson(value));
}

/** The digest of a text as UTF-8. */
export function digestOfText(text: string): Digest {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}
