/** Where a report may be sent to: the address that somebody typed, or the named ones that a page brings along. Contacts nobody. */
import { parseGuarded } from '../format/guard-json.ts';
import type { Json } from '../format/canonical-json.ts';

export interface Upstream {
  /** What people call it; '' where an address was typed. */
  readonly name: string;
  /** As it will be contacted. */
  readonly address: string;
}

/** `mixed`: a page from https may not talk to http. */
export type AddressRefusal = 'empty' | 'too-long' | 'not-web' | 'password' | 'mixed';

export type AddressReading =
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly refusal: AddressRefusal };

const LONGEST_ADDRESS = 2_000;
const LONGEST_NAME = 60;
const MOST_UPSTREAMS = 20;

/** `page` is the protocol of the page that will send. */
export function readAddress(text: string, page: string = location.protocol): AddressReading {
  const refuse = (refusal: AddressRefusal): AddressReading => ({ ok: false, refusal });
  const trimmed = text.trim();
  if (trimmed === '') return refuse('empty');
  if (trimmed.length > LONGEST_ADDRESS) return refuse('too-long');
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return refuse('not-web');
  }
  // Without the slashes a browser reads https:page as an address beside its own page.
  if (!/^https?:\/\//i.test(trimmed) || !/^https?:$/.test(url.protocol)) return refuse('not-web');
  if (url.username !== '' || url.password !== '') return refuse('password');
  if (
    page === 'https:' &&
    url.protocol === 'http:' &&
    !/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  )
    return refuse('mixed');
  url.hash = '';
  // In its written form a name in Chinese is longer.
  return url.href.length > LONGEST_ADDRESS ? refuse('too-long') : { ok: true, address: url.href };
}

/** Where a configuration is wrong: the text, the list, or its nth upstream. */
export type ConfigurationRefusal =
  | { readonly code: 'not-json' | 'no-list' | 'too-many' }
  | { readonly code: 'name' | 'address' | 'twice'; readonly nth: number; readonly address?: AddressRefusal };

export type ConfigurationReading =
  | { readonly ok: true; readonly upstreams: readonly Upstream[] }
  | { readonly ok: false; readonly refusal: ConfigurationRefusal };

/**
 * `{"upstream":[{"name":"市政府办公室","address":"https://…"}]}`; no text, or one without `upstream`, names none. Other
 * members are somebody else's. One that is wrong refuses all: nobody should choose from half a list.
 */
export function readUpstreamConfiguration(
  text: string,
  page: string = location.protocol,
): ConfigurationReading {
  const refuse = (refusal: ConfigurationRefusal): ConfigurationReading => ({ ok: false, refusal });
  if (text.trim() === '') return { ok: true, upstreams: [] };
  const parsed = parseGuarded(text);
  if (!parsed.ok || !isObject(parsed.value)) return refuse({ code: 'not-json' });
  const list = parsed.value['upstream'] ?? [];
  if (!Array.isArray(list)) return refuse({ code: 'no-list' });
  if (list.length > MOST_UPSTREAMS) return refuse({ code: 'too-many' });
  const upstreams: Upstream[] = [];
  for (const [index, item] of (list as Json[]).entries()) {
    const nth = index + 1;
    const { name = null, address = null } = isObject(item) ? item : {};
    if (typeof name !== 'string' || name.trim() === '' || name.length > LONGEST_NAME)
      return refuse({ code: 'name', nth });
    const read = readAddress(typeof address === 'string' ? address : '', page);
    if (!read.ok) return refuse({ code: 'address', nth, address: read.refusal });
    if (upstreams.some((one) => one.name === name.trim() || one.address === read.address))
      return refuse({ code: 'twice', nth });
    upstreams.push({ name: name.trim(), address: read.address });
  }
  return { ok: true, upstreams };
}

export function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
