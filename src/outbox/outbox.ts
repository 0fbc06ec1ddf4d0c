/**
 * What is to be sent upstream: finished reports, each for an address that somebody chose, until the upstream has said that
 * it has them. Tries again by itself, keeps what was answered, and contacts nobody that it was not told to contact.
 */
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { ATTEMPTS_KEPT, entryId, lastAttempt, readOutboxEntry, type OutboxEntry } from './outbox-entry.ts';
import { createOutboxStore, StoreFailure, type KeepingFailure, type OutboxStore } from './outbox-store.ts';
import { addedRefusalZh, deletedZh, reasonZh } from './outbox-words-zh.ts';
import { readSendable, type PayloadRefusal, type RulesInForce } from './sendable.ts';
import { sendPayload, type Outcome } from './send-payload.ts';
import { readAddress, type AddressRefusal, type Upstream } from './upstream-address.ts';

export type Added =
  /** `stopped`: how many of the same unit and year, of other content, are not tried any more. */
  | { readonly ok: true; readonly entry: OutboxEntry; readonly stopped: number }
  | { readonly ok: false; readonly address: AddressRefusal }
  | { readonly ok: false; readonly payload: PayloadRefusal };

export interface OutboxOptions {
  /** One of its own for each user, where several share a browser. */
  readonly database?: string;
  /** Milliseconds: the pause after the first attempt in vain, and the longest of those that follow. */
  readonly firstPause?: number;
  readonly longestPause?: number;
  /** Milliseconds until an attempt is over. */
  readonly patience?: number;
  readonly now?: () => number;
  readonly store?: OutboxStore;
  /** Whether the browser believes to be online. */
  readonly online?: () => boolean;
}

export interface Outbox {
  /** The newest first. */
  readonly entries: readonly OutboxEntry[];
  /** Those that no upstream has said it has. */
  readonly count: number;
  readonly online: boolean;
  /** Why something of this is in no storage; undefined where all is kept. */
  readonly failure: KeepingFailure | undefined;
  /** Kept only as long as this page is open. */
  isKept(id: string): boolean;
  /** Records that cannot be read; they stay where they are. */
  readonly unreadable: number;
  /** Where somebody typed an address, the last one; '' for none. */
  readonly lastAddress: string;
  /** What was read first; sending goes on with it. */
  readonly ready: Promise<void>;
  /**
   * Puts a report in line and sends it, if it is finished by the rules in force (without them, by the official ones). One
   * that is there already is not sent twice.
   */
  add(payloadText: string, upstream: Upstream, inForce?: RulesInForce): Promise<Added>;
  /** Now, whatever was said before; for an entry that is not accepted. */
  sendNow(id: string): Promise<void>;
  /** No more until somebody says so. */
  stop(id: string): Promise<void>;
  delete(id: string): Promise<void>;
  /**
   * Puts a report in line and resolves with the upstream's words when it has it; rejects with a sentence where it is
   * refused, or where nothing will come of it by itself. While it is tried again, it waits.
   */
  deliver(
    payloadText: string,
    upstream: Upstream,
    inForce?: RulesInForce,
  ): Promise<{ readonly message: string }>;
  listen(listener: () => void): () => void;
  close(): void;
}

/** Milliseconds by which a lease outlives the attempt it is for. */
const GRACE = 5_000;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;
const PATIENCE = 30_000;
/** Longer than any timer can be set for. */
const FAR = 2_000_000_000;

export function openOutbox(options: OutboxOptions = {}): Outbox {
  const {
    firstPause = FIRST_PAUSE,
    longestPause = LONGEST_PAUSE,
    patience = PATIENCE,
    now = Date.now,
    store = createOutboxStore(options.database),
    online = () => navigator.onLine !== false,
  } = options;
  const me = `${Math.random().toString(36).slice(2)}${now().toString(36)}`;
  const entries = new Map<string, OutboxEntry>();
  /** Entries of which the last word is in no storage. */
  const unkept = new Set<string>();
  const sending = new Map<string, AbortController>();
  const listeners = new Set<() => void>();
  const channel = openChannel(`xxgk-annual-report.outbox.${options.database ?? ''}`);
  let failure: KeepingFailure | undefined;
  let unreadable = 0;
  let lastAddress = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function tell(): void {
    if (closed) return;
    schedule();
    for (const listener of [...listeners]) listener();
  }

  const isHeld = ({ lease }: OutboxEntry): boolean =>
    lease !== null && lease.until > now() && lease.until <= now() + patience + GRACE;

  /** Who was sending it is gone: nobody knows how far it came. */
  const known = (entry: OutboxEntry): OutboxEntry =>
    entry.state === 'sending' && !isHeld(entry) ? { ...entry, state: 'undecided', lease: null } : entry;

  async function reload(): Promise<void> {
    let found: unknown[];
    try {
      found = await store.all();
    } catch (error) {
      failure = reasonOf(error);
      return;
    }
    if (unkept.size === 0) failure = undefined;
    const read = found.map(readOutboxEntry).filter((entry) => entry !== undefined);
    unreadable = found.length - read.length;
    for (const id of [...entries.keys()]) if (!unkept.has(id)) entries.delete(id);
    for (const entry of read) if (!unkept.has(entry.id)) entries.set(entry.id, known(entry));
  }

  /** Changes an entry where it lies; where that cannot be, in this page alone. Undefined leaves it, null takes it away. */
  async function change(
    id: string,
    how: (found: OutboxEntry | undefined) => OutboxEntry | null | undefined,
  ): Promise<OutboxEntry | undefined> {
    let last: OutboxEntry | undefined;
    let seen = entries.get(id);
    const apply = (found: OutboxEntry | undefined): OutboxEntry | null | undefined => {
      const next = how(found && known(found));
      last = next === null ? undefined : (next ?? found);
      return next;
    };
    try {
      await store.change(id, (found) => {
        if (!unkept.has(id)) return apply((seen = readOutboxEntry(found)));
        const next = apply(seen);
        return next === undefined ? seen : next;
      });
      unkept.delete(id);
      if (unkept.size === 0) failure = undefined;
    } catch (error) {
      failure = reasonOf(error);
      apply(seen);
      if (last === undefined) unkept.delete(id);
      else unkept.add(id);
    }
    if (last === undefined) entries.delete(id);
    else entries.set(id, known(last));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    if (!closed) channel?.postMessage('changed');
    tell();
    return last;
  }

  async function attempt(id: string, byHand: boolean): Promise<void> {
    if (closed || sending.has(id) || (!online() && !byHand)) return;
    const ending = new AbortController();
    sending.set(id, ending);
    try {
      let mine = false;
      const entry = await change(id, (found) => {
        mine =
          found !== undefined &&
          !isHeld(found) &&
          found.state !== 'accepted' &&
          (byHand || (found.next !== null && found.notBefore <= now()));
        if (!mine || found === undefined) return undefined;
        const lease = { holder: me, until: now() + patience + GRACE };
        return { ...found, state: 'sending', next: now(), lease };
      });
      if (!mine || entry === undefined || closed) return;
      const outcome = await send(entry, ending.signal);
      // A page that was closed says nothing of it: whoever opens the next one tries again.
      if (!closed) await change(id, (found) => found && after(found, outcome));
    } finally {
      sending.delete(id);
      tell();
    }
  }

  /** What was kept may have been changed by somebody else's hand, and the page may have moved to https. */
  async function send({ address, payload, digest }: OutboxEntry, signal: AbortSignal): Promise<Outcome> {
    const again = readSendable(payload);
    if (!again.ok || again.digest !== digest || !readAddress(address).ok)
      return {
        attempt: { at: now(), status: null, fault: 'damaged', answer: '', message: '', findings: [] },
        verdict: 'refused',
        again: false,
        wait: 0,
      };
    return sendPayload({ address, payload, digest, patience, signal, now });
  }

  function after(found: OutboxEntry, { attempt: made, verdict, again, wait }: Outcome): OutboxEntry {
    // Another page had a better answer meanwhile.
    if (found.state === 'accepted') return found;
    const attempts = [...found.attempts, made].slice(-ATTEMPTS_KEPT);
    const pause = Math.min(longestPause, firstPause * 2 ** (attempts.length - 1));
    // Not all pages of an office at the same second.
    const later = now() + Math.round(pause * (0.75 + Math.random() / 2));
    return {
      ...found,
      state: verdict,
      // Stopped meanwhile it stays so.
      next: again && found.next !== null ? later : null,
      notBefore: now() + wait,
      attempts,
      lease: found.lease?.holder === me ? null : found.lease,
    };
  }

  function schedule(): void {
    clearTimeout(timer);
    let soonest = Infinity;
    for (const entry of entries.values()) {
      if (sending.has(entry.id) || entry.next === null || entry.state === 'accepted') continue;
      const due = isHeld(entry) ? entry.lease!.until : Math.max(entry.next, entry.notBefore);
      soonest = Math.min(soonest, due);
    }
    if (soonest === Infinity || !online()) return;
    const wake = (): void => {
      void sendDue(false);
      // A timer may be early by what a clock is rounded by.
      schedule();
    };
    timer = setTimeout(wake, Math.min(FAR, Math.max(20, soonest - now())));
  }

  /** `all`: the way may be open again. */
  async function sendDue(all: boolean): Promise<void> {
    const due = [...entries.values()].filter(
      ({ next, notBefore }) => next !== null && notBefore <= now() && (all || next <= now()),
    );
    await Promise.all(due.map(({ id }) => attempt(id, false)));
  }

  async function again(): Promise<void> {
    await reload();
    tell();
    await sendDue(true);
  }

  const onOnline = (): void => void again();
  const onOffline = (): void => tell();
  const onMessage = (): void =>
    void reload().then(() => {
      // Stopped or deleted in another page.
      for (const [id, ending] of sending) if ((entries.get(id)?.next ?? null) === null) ending.abort();
      tell();
    });
  window.addEventListener('online', onOnline);
  window.addEventListener('offline', onOffline);
  channel?.addEventListener('message', onMessage);
  const ready = Promise.all([
    reload(),
    store.lastAddress().then(
      (address) => {
        if (typeof address === 'string') lastAddress = address;
      },
      () => undefined,
    ),
  ]).then(() => {
    tell();
    void sendDue(true);
  });

  const outbox: Outbox = {
    get entries() {
      return [...entries.values()].map(known).sort((a, b) => b.added - a.added);
    },
    get count() {
      return [...entries.values()].filter(({ state }) => state !== 'accepted').length;
    },
    get online() {
      return online();
    },
    get failure() {
      return failure;
    },
    isKept: (id) => !unkept.has(id),
    get unreadable() {
      return unreadable;
    },
    get lastAddress() {
      return lastAddress;
    },
    ready,
    async add(payloadText, { name, address }, inForce = { rules: OFFICIAL_RULES }) {
      const read = readAddress(address);
      if (!read.ok) return { ok: false, address: read.refusal };
      const sendable = readSendable(payloadText, inForce);
      if (!sendable.ok) return { ok: false, payload: sendable.refusal };
      await ready;
      const { payload, digest, organization, year } = sendable;
      if (name === '') {
        lastAddress = read.address;
        store.keepLastAddress(read.address).catch(() => undefined);
      }
      const id = entryId(read.address, digest);
      // Sent later, an older one would be the last that the upstream hears of this report.
      const older = [...entries.values()].filter(
        (one) =>
          one.id !== id &&
          one.address === read.address &&
          one.organization === organization &&
          one.year === year &&
          one.next !== null &&
          one.state !== 'accepted',
      );
      for (const one of older) await outbox.stop(one.id);
      const fresh: OutboxEntry = {
        version: 1,
        id,
        address: read.address,
        name: name.slice(0, 60),
        digest,
        payload,
        organization,
        year,
        state: 'waiting',
        next: now(),
        notBefore: 0,
        added: now(),
        attempts: [],
        lease: null,
      };
      const entry = (await change(id, (found) => {
        if (found === undefined) return fresh;
        if (found.state === 'accepted' || isHeld(found)) return undefined;
        // The digest leaves out which edit it was: the last one counts.
        return { ...found, payload, next: found.next ?? now() };
      }))!;
      // Somebody asks for it now: what is there already need not wait for the end of its pause.
      void attempt(id, online() && entry.notBefore <= now());
      return { ok: true, entry, stopped: older.length };
    },
    sendNow: (id) => attempt(id, true),
    async stop(id) {
      await change(id, (found) => found && { ...found, next: null });
      sending.get(id)?.abort();
    },
    async delete(id) {
      sending.get(id)?.abort();
      await change(id, () => null);
    },
    async deliver(payloadText, upstream, inForce) {
      const added = await outbox.add(payloadText, upstream, inForce);
      if (!added.ok) throw new Error(addedRefusalZh(added));
      const { id } = added.entry;
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const entry = entries.get(id);
          if (entry?.state === 'accepted') resolve({ message: lastAttempt(entry)?.message ?? '' });
          else if (entry === undefined) reject(new Error(deletedZh()));
          else if (entry.next === null && !sending.has(id)) reject(new Error(reasonZh(entry)));
          else return;
          end();
        };
        const end = outbox.listen(look);
        look();
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const ending of sending.values()) ending.abort();
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
      channel?.close();
      listeners.clear();
    },
  };
  return outbox;
}

function reasonOf(error: unknown): KeepingFailure {
  return error instanceof StoreFailure ? error.reason : 'failed';
}

/** Other pages are then not heard of; the lease in the database still keeps two of them from sending together. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
