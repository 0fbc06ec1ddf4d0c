/**
 * A draft as it lies in the database, and the reader that believes nothing it finds there. Record versions live inside
 * the records, so that an old tab and a new one share a database. Knows neither IndexedDB nor what a payload means.
 */
import { digestOfText } from '../format/digest.ts';
import type { DraftContent, DraftOwner, DraftPlace, PayloadDoor, ReportIdentity } from './drafts.ts';

export const DRAFT_VERSION = 1;

/** A payload beyond this is refused everywhere before it is parsed. */
export const MAX_PAYLOAD_CHARACTERS = 1_000_000;

/** Days until a draft is no longer offered, unless told otherwise. */
export const DAYS_KEPT = 60;

/** Days an expired draft still lies there after it was first noticed: a clock that runs ahead must not delete. */
export const DAYS_OF_GRACE = 7;

/** Revisions kept per draft. */
export const REVISIONS_KEPT = 20;

/** The newest revision that is not among the last 20; `left` are those, ascending, that were no version. */
export function lastToGo(revision: number, left: readonly number[]): number {
  let last = revision - REVISIONS_KEPT;
  for (let index = left.length - 1; index >= 0 && left[index]! > last; index -= 1) last -= 1;
  return last;
}

/** Revisions left per draft when the storage is full. */
export const REVISIONS_WHEN_FULL = 3;

const DAY = 86_400_000;
const MAX_TEXT = 10_000;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export interface DraftRecord extends DraftContent, DraftOwner {
  /** Null in a revision, and where the host had none. */
  readonly origin: string | null;
  readonly open: string | null;
  readonly version: typeof DRAFT_VERSION;
  readonly id: string;
  /** What the host called the report when it was opened. */
  readonly report: string;
  /** Whether that was a key of the host's own. */
  readonly keyed: boolean;
  /** Counts up with every write. Order goes by it, never by the clock. */
  readonly revision: number;
  /** Names this very write: whoever writes next must know it. */
  readonly stamp: string;
  /** Names the writer (one page, one report). */
  readonly writer: string;
  readonly created: number;
  readonly updated: number;
  readonly backup: number | null;
  /** The draft this one broke away from. */
  readonly fork: DraftPlace | null;
  /** When it was first found to be expired. */
  readonly noticed: number | null;
  /**
   * Digest of the payload's text, null in drafts from before there was one: a file of the browser in which a digit has
   * changed may be read as if nothing had.
   */
  readonly seal: string | null;
  /** Days for which it was promised, null in drafts from before that was written down. */
  readonly days: number | null;
}

/** `older` and `future`: a record version nobody here reads; `payload`: refused by the payload's reader; `seal`: not as it was written. */
export type DamageReason = 'shape' | 'older' | 'future' | 'too-large' | 'payload' | 'seal' | 'unreadable';

export type DraftReading =
  { readonly ok: true; readonly record: DraftRecord } | { readonly ok: false; readonly reason: DamageReason };

/** What could not be read, kept whole for a person to download. */
export interface SetAsideRecord extends DraftOwner {
  readonly id: string;
  readonly at: number;
  readonly reason: DamageReason;
  /** The record as it was found, undefined where the browser itself could not read it. */
  readonly raw: unknown;
  /** Its earlier revisions, as found. */
  readonly history: readonly unknown[];
  readonly noticed: number | null;
}

/** The name under which a page keeps the drafts of whatever report is written there: `draft-key="*"`. */
export const ANY_REPORT = 'key:*';

/** The text by which a report is found again. */
export function reportName(report: ReportIdentity): string {
  const name = report.key === null ? JSON.stringify([report.organization, report.year]) : `key:${report.key}`;
  return name.length > MAX_TEXT ? digestOfText(name) : name;
}

/** What a draft is listed under: of a text that is no name, however long, the beginning. */
export function listedName(organization: string): string {
  return organization.slice(0, 200);
}

/**
 * Whether a draft belongs to a report: it was opened under the same name, or it was begun before the host had a key
 * for it and has come to carry the same organisation and year (a form that was new and now is saved).
 */
export function belongsTo(record: DraftRecord, report: ReportIdentity): boolean {
  if (record.report === reportName(report)) return true;
  return (
    !record.keyed &&
    report.organization !== '' &&
    report.year !== null &&
    record.organization === listedName(report.organization) &&
    record.year === report.year
  );
}

/** What a writer adds to the content: whose it is, and where in the order of its writes. */
export type DraftWrite = DraftOwner &
  Pick<
    DraftRecord,
    'id' | 'report' | 'keyed' | 'revision' | 'writer' | 'created' | 'updated' | 'backup' | 'fork' | 'days'
  >;

/** A record with a stamp of its own. */
export function newRecord(content: DraftContent, write: DraftWrite): DraftRecord {
  const { organization, year, format, base, origin, open, digest, payload } = content;
  return {
    version: DRAFT_VERSION,
    ...write,
    organization: listedName(organization),
    year,
    format,
    base,
    origin: origin ?? null,
    open: open ?? null,
    digest,
    payload,
    stamp: newName(),
    noticed: null,
    seal: digestOfText(payload),
  };
}

/** Reads one record of unknown make. Unknown members are left behind; hostile ones make it damaged. Never throws. */
export function readDraftRecord(value: unknown, door?: PayloadDoor): DraftReading {
  try {
    return read(value, door);
  } catch {
    return { ok: false, reason: 'shape' };
  }
}

function read(value: unknown, door: PayloadDoor | undefined): DraftReading {
  const fields = plainMembers(value);
  if (fields === undefined) return { ok: false, reason: 'shape' };
  const version = fields.get('version');
  if (!isCount(version)) return { ok: false, reason: 'shape' };
  if (version > DRAFT_VERSION) return { ok: false, reason: 'future' };
  if (version < DRAFT_VERSION) return { ok: false, reason: 'older' };

  const text = (name: string, longest = MAX_TEXT): string => {
    const member = fields.get(name);
    if (typeof member !== 'string' || member.length > longest) throw new TypeError(name);
    return member;
  };
  const name = (member: string): string => {
    const found = text(member, 200);
    if (found === '') throw new TypeError(member);
    return found;
  };
  const digest = (member: string): string => {
    const found = text(member);
    if (!DIGEST.test(found)) throw new TypeError(member);
    return found;
  };
  const time = (member: string): number => {
    const found = fields.get(member);
    if (typeof found !== 'number' || !Number.isFinite(found)) throw new TypeError(member);
    return found;
  };
  const orNull = <Value>(member: string, reader: (member: string) => Value): Value | null =>
    fields.get(member) === null ? null : reader(member);

  const payload = fields.get('payload');
  if (typeof payload !== 'string') return { ok: false, reason: 'shape' };
  if (payload.length > MAX_PAYLOAD_CHARACTERS) return { ok: false, reason: 'too-large' };
  const revision = fields.get('revision');
  const keyed = fields.get('keyed');
  if (!isCount(revision) || revision < 1 || typeof keyed !== 'boolean') return { ok: false, reason: 'shape' };

  const record: DraftRecord = {
    version: DRAFT_VERSION,
    id: name('id'),
    tenant: text('tenant'),
    user: text('user'),
    report: text('report'),
    keyed,
    organization: text('organization'),
    year: orNull('year', (member) => {
      const found = fields.get(member);
      if (!isCount(found) || found > 9999) throw new TypeError(member);
      return found;
    }),
    format: text('format'),
    base: orNull('base', digest),
    origin: textOrNull(fields.get('origin'), MAX_PAYLOAD_CHARACTERS),
    open: textOrNull(fields.get('open'), MAX_TEXT),
    digest: digest('digest'),
    payload,
    revision,
    stamp: name('stamp'),
    writer: name('writer'),
    created: time('created'),
    updated: time('updated'),
    backup: orNull('backup', time),
    fork: orNull('fork', (member) => {
      const fork = plainMembers(fields.get(member));
      const id = fork?.get('id');
      const number = fork?.get('revision');
      if (typeof id !== 'string' || !isCount(number)) throw new TypeError(member);
      return { id, revision: number };
    }),
    noticed: orNull('noticed', time),
    seal: fields.has('seal') ? orNull('seal', digest) : null,
    days: fields.has('days') ? orNull('days', time) : null,
  };
  const whole = !door || record.seal === null || record.seal === digestOfText(payload);
  if (!whole) return { ok: false, reason: 'seal' };
  return !door || admits(door, payload) ? { ok: true, record } : { ok: false, reason: 'payload' };
}

/** Nothing depends on it but the ease of joining, or a hint: what is no text is none. */
function textOrNull(value: unknown, longest: number): string | null {
  return typeof value === 'string' && value.length <= longest ? value : null;
}

/** Whose a record is as far as can be told. One without an owner falls to the owner without a name. */
export function ownerOf(value: unknown): DraftOwner {
  try {
    const fields = plainMembers(value, true);
    const tenant = fields?.get('tenant');
    const user = fields?.get('user');
    if (typeof tenant === 'string' && typeof user === 'string') return { tenant, user };
  } catch {
    // Nothing that can be told.
  }
  return { tenant: '', user: '' };
}

/** What the passing of time asks for. A time in the future (a clock set back) asks for nothing. */
export function fateOf(
  item: { readonly updated: number; readonly noticed: number | null },
  now: number,
  daysKept: number,
): 'keep' | 'notice' | 'expired' | 'delete' {
  if (now - item.updated <= daysKept * DAY) return 'keep';
  if (item.noticed === null || item.noticed > now) return 'notice';
  return now - item.noticed > DAYS_OF_GRACE * DAY ? 'delete' : 'expired';
}

/** A file for the user: everything that was found, whatever it was. */
export function setAsideText(item: SetAsideRecord): string {
  const ancestors: unknown[] = [];
  return JSON.stringify(
    {
      kind: 'xxgk-annual-report set-aside draft',
      reason: item.reason,
      found: item.at,
      record: item.raw,
      history: item.history,
    },
    function (this: unknown, _name, value: unknown) {
      if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (value instanceof Map || value instanceof Set) return [...value];
      if (typeof value !== 'object' || value === null) return value;
      while (ancestors.length > 0 && ancestors[ancestors.length - 1] !== this) ancestors.pop();
      if (ancestors.includes(value)) return '(circular)';
      ancestors.push(value);
      return value;
    },
    2,
  );
}

/** A report of an owner as a name that shows neither: for what other scripts of the origin may read. */
export function hiddenName({ tenant, user }: DraftOwner, report: string): string {
  return digestOfText(JSON.stringify([tenant, user, report])).slice('sha256:'.length, 'sha256:'.length + 32);
}

/** A random name of 128 bits; works on plain http. */
export function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function admits(door: PayloadDoor, payload: string): boolean {
  try {
    return door(payload) === true;
  } catch {
    return false;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The own members of a plain object, or undefined where it is none or carries names that only an attacker uses. */
function plainMembers(value: unknown, lenient = false): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const members = new Map<string, unknown>();
  for (const name of Object.keys(value)) {
    if (!lenient && (name === '__proto__' || name === 'constructor' || name === 'prototype'))
      return undefined;
    members.set(name, (value as Record<string, unknown>)[name]);
  }
  return members;
}
