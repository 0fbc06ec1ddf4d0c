/**
 * One report for one address, as it lies in the database, and the reader that believes nothing it finds there. The version
 * stands in the record, so that an old tab and a new one share a database.
 */
import type { Digest } from '../format/digest.ts';
import { ANSWER_KEPT, LONGEST_FINDING, LONGEST_MESSAGE, type Attempt, type Fault } from './send-payload.ts';
import { isObject } from './upstream-address.ts';

/** 待发送, 发送中, 已接收, 被退回, 未确认. */
export type EntryState = 'waiting' | 'sending' | 'accepted' | 'refused' | 'undecided';

export interface OutboxEntry {
  readonly version: 1;
  /** The same report for the same address is one entry. */
  readonly id: string;
  readonly address: string;
  /** What people call the address; '' where it was typed. */
  readonly name: string;
  readonly digest: Digest;
  /** Canonical text. */
  readonly payload: string;
  readonly organization: string;
  readonly year: number | null;
  readonly state: EntryState;
  /** When it is tried again; null: when somebody says so. */
  readonly next: number | null;
  /** Before this time the upstream does not want to be asked. */
  readonly notBefore: number;
  readonly added: number;
  /** The last ones, the newest last. */
  readonly attempts: readonly Attempt[];
  /** Which page is sending it, and until when that counts. */
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

export const ATTEMPTS_KEPT = 20;

const STATES: readonly unknown[] = ['waiting', 'sending', 'accepted', 'refused', 'undecided'];
const FAULTS: readonly unknown[] = [
  null,
  'timeout',
  'network',
  'redirect',
  'policy',
  'unclear',
  'other',
  'stopped',
  'damaged',
] satisfies (Fault | null)[];

export function entryId(address: string, digest: Digest): string {
  return `${digest} ${address}`;
}

export function lastAttempt({ attempts }: OutboxEntry): Attempt | undefined {
  return attempts[attempts.length - 1];
}

/** Undefined where it is none of ours. */
export function readOutboxEntry(value: unknown): OutboxEntry | undefined {
  if (!isObject(value) || value['version'] !== 1) return undefined;
  const entry = value as unknown as OutboxEntry;
  const { id, address, name, digest, payload, organization, year, state } = entry;
  const { next, notBefore, added, attempts, lease } = entry;
  const fits =
    isText(address, 2_000) &&
    isText(digest, 80) &&
    id === entryId(address, digest) &&
    isText(name, 60) &&
    isText(payload, 1_000_000) &&
    isText(organization, 200) &&
    (year === null || isTime(year)) &&
    STATES.includes(state) &&
    (next === null || isTime(next)) &&
    isTime(notBefore) &&
    isTime(added) &&
    Array.isArray(attempts) &&
    attempts.length <= ATTEMPTS_KEPT &&
    attempts.every(isAttempt) &&
    (lease === null || (isObject(lease) && isText(lease.holder, 100) && isTime(lease.until)));
  return fits ? entry : undefined;
}

function isAttempt(value: unknown): value is Attempt {
  if (!isObject(value)) return false;
  const { at, status, fault, answer, message, findings } = value;
  return (
    isTime(at) &&
    (status === null || isTime(status)) &&
    FAULTS.includes(fault) &&
    isText(answer, ANSWER_KEPT) &&
    isText(message, LONGEST_MESSAGE) &&
    Array.isArray(findings) &&
    findings.every((one) => isText(one, LONGEST_FINDING))
  );
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
