/**
 * One writer per report: the seat is held by one page at a time, and handed from one to the other only when everything
 * is written down. By Web Lock; on plain http, where there is none, by a lease in the database that stands as long as
 * its holder answers. Knows no report and no screen.
 */
import { nameOf } from './draft-database.ts';
import { ANY_REPORT, hiddenName, newName } from './draft-record.ts';
import type { DraftOwner, DraftPlace, DraftStore } from './drafts.ts';

/** `asking`: nobody has answered yet, which takes a moment. `elsewhere`: another page of this browser writes. */
export type SeatState = 'asking' | 'held' | 'elsewhere';

export interface ReportSeat {
  readonly name: string;
  readonly state: SeatState;
  /** Settled when the first answer is there. */
  readonly settled: Promise<SeatState>;
  /**
   * Asks the other page for the seat. `refused`: it could not write down what it holds, and keeps the seat. A page that
   * does not answer (frozen, hung) loses it; what it still has to say becomes a draft of its own.
   */
  takeOver(): Promise<'held' | 'refused'>;
  /** The holder tells where its draft stands, null once there is none any more. */
  tell(draft: DraftPlace | null): void;
  leave(): void;
}

export interface SeatOptions {
  readonly store: Pick<DraftStore, 'owner' | 'claim' | 'release'>;
  /** What is held: `seatName`. */
  readonly name: string;
  readonly onState: (state: SeatState) => void;
  /** Another page wants the seat: true when everything is written down. */
  readonly give: () => Promise<boolean>;
  /** The holder's draft has changed, or is gone. */
  readonly onDraft: (draft: DraftPlace | null) => void;
  /** For tests: as on plain http. */
  readonly locks?: LockManager | undefined;
  /** Milliseconds a page has to answer. */
  readonly patience?: number;
  /** Milliseconds between two looks at whether the holder of a lease still answers. */
  readonly interval?: number;
}

const PATIENCE = 600;
/** What a page has for writing everything down. */
const PATIENCE_FOR_GIVING = 4_000;
const INTERVAL = 5_000;
/** Looks in vain before something is concluded from silence: a page may be printing, or show an alert. */
const ROUNDS = 4;

interface Message {
  readonly kind: 'ask' | 'here' | 'give' | 'given' | 'refused' | 'taken' | 'free' | 'draft';
  readonly from: string;
  readonly to: string | null;
  readonly draft: DraftPlace | null;
}

/**
 * What has one writer: the report the host names, or else the draft itself, since two reports without a name, or of a
 * page for any report, are not the same one. Undefined where there is neither.
 */
export function seatName(report: string, draft: string | undefined): string | undefined {
  const nameless = report.startsWith('["",') || report === ANY_REPORT;
  if (!nameless) return report;
  return draft === undefined ? undefined : `draft:${draft}`;
}

export function takeSeat(options: SeatOptions): ReportSeat {
  const { store, give, onDraft, patience = PATIENCE, interval = INTERVAL } = options;
  let locks = 'locks' in options ? options.locks : lockManager();
  const me = newName();
  const name = channelName(store.owner, options.name);
  const channel = openChannel(name);
  let state: SeatState = 'asking';
  let left = false;
  let draft: DraftPlace | null = null;
  let heardOf: DraftPlace | null | undefined;
  /** Ends the lock held, or the wait for it. */
  let letGo: (() => void) | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;
  const answers = new Set<(message: Message) => void>();
  let settle: (state: SeatState) => void;
  const settled = new Promise<SeatState>((resolve) => {
    settle = resolve;
  });

  function become(next: SeatState): void {
    if (left || state === next) return;
    const before = state;
    state = next;
    settle(next);
    options.onState(next);
    // What was told while this page was frozen, and believed to hold it, has passed it by.
    if (before === 'held' && next === 'elsewhere') post('ask');
  }

  function post(kind: Message['kind'], to: string | null = null): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    channel?.postMessage({ kind, from: me, to, draft } satisfies Message);
  }

  /** The first message of these kinds, or undefined when there is none in time. */
  function heard(kinds: readonly Message['kind'][], wait: number): Promise<Message | undefined> {
    return new Promise((resolve) => {
      const done = (message?: Message): void => {
        clearTimeout(timer);
        answers.delete(hear);
        resolve(message);
      };
      const hear = (message: Message): void => {
        if (kinds.includes(message.kind)) done(message);
      };
      const timer = setTimeout(done, wait);
      answers.add(hear);
    });
  }

  /** Who asks more than once is told more than once. */
  function hear(place: DraftPlace | null): void {
    if (place?.id === heardOf?.id && place?.revision === heardOf?.revision) return;
    heardOf = place;
    onDraft(place);
  }

  function onMessage(event: MessageEvent<unknown>): void {
    const message = readMessage(event.data);
    if (left || message === undefined || (message.to !== null && message.to !== me)) return;
    for (const answer of [...answers]) answer(message);
    switch (message.kind) {
      case 'ask':
        if (state === 'held') post('here', message.from);
        break;
      case 'give':
        if (state === 'held')
          void give().then(
            (done) => post(done ? 'given' : 'refused', message.from),
            () => post('refused', message.from),
          );
        break;
      case 'here':
        if (state === 'asking') become('elsewhere');
        if (state === 'elsewhere' && message.draft !== null) hear(message.draft);
        break;
      case 'draft':
        if (state === 'elsewhere') hear(message.draft);
        break;
      case 'taken':
        // A lease, unlike a lock, does not tell its holder by itself.
        if (locks === undefined && state === 'held') become('elsewhere');
        break;
      case 'free':
        if (locks === undefined && state === 'elsewhere') void claimFree(undefined, true);
        break;
      default:
        break;
    }
  }

  // ---- by Web Lock ----

  function request(manager: LockManager, how: { readonly steal: boolean }): Promise<boolean> {
    letGo?.();
    const waiting = new AbortController();
    let release: (() => void) | undefined;
    letGo = () => {
      if (release === undefined) waiting.abort();
      else release();
    };
    return new Promise((resolve) => {
      const hold = (): Promise<void> => {
        resolve(true);
        if (left) return Promise.resolve();
        become('held');
        return new Promise((done) => {
          release = done;
        });
      };
      // A stealing request takes no signal.
      manager.request(name, how.steal ? { steal: true } : { signal: waiting.signal }, hold).catch((error) => {
        resolve(false);
        if (left) return;
        if (release !== undefined) {
          // Taken by another page: from now on in line again, for when that one leaves.
          become('elsewhere');
          void request(manager, { steal: false });
        } else if (nameOf(error) !== 'AbortError') {
          // Refused to this page, as to one without an origin.
          locks = undefined;
          holdLease();
        }
      });
    });
  }

  /** Nobody has answered: somebody holds the lock who does not, or the browser has not come to giving it to this page. */
  async function lookForHolder(round = 1): Promise<void> {
    if (state !== 'asking' || left || locks === undefined) return;
    // A browser that gives it to nobody must not keep this page from writing: what two pages write forks.
    if (round > ROUNDS) {
      become('held');
      return;
    }
    const { held } = await locks.query().catch((): LockManagerSnapshot => ({}));
    const isHeld = held?.some((lock) => lock.name === name) === true;
    setTimeout(() => {
      // Given to this page a moment ago it would be known by now.
      if (state === 'asking' && isHeld) become('elsewhere');
      else void lookForHolder(round + 1);
    }, patience);
  }

  // ---- by lease ----

  /** Looks in vain since its holder last answered. */
  let silent = 0;

  function holdLease(): void {
    void claimFree();
    watch = setInterval(() => {
      if (state !== 'elsewhere') return;
      void isHeard().then((isThere) => {
        silent = isThere ? 0 : silent + 1;
        if (silent >= ROUNDS) void claimFree();
      });
    }, interval);
  }

  async function claimFree(from?: string, isFree = false): Promise<void> {
    const holder = await store.claim(name, me, from).catch(() => me);
    if (left) {
      // Left while asking: what was taken is given back.
      if (holder === me) void store.release(name, me).catch(() => {});
      return;
    }
    if (holder === me) {
      // Whoever has answered holds it, though the storage refused to write its lease.
      if (state === 'elsewhere' && !isFree && from === undefined && ((await isHeard()) || left)) {
        void store.release(name, me).catch(() => {});
        return;
      }
      // Whoever believed to hold it, frozen meanwhile, hears so.
      if ((state as SeatState) !== 'held') post('taken');
      become('held');
      return;
    }
    if (state === 'held') become('elsewhere');
    if ((await isHeard()) || left || (state as SeatState) === 'held') return;
    // Who has answered before may be busy for a while.
    if (state === 'asking' || silent >= ROUNDS) await claimDead(holder);
  }

  /** Whether a page answers that it holds the seat. */
  async function isHeard(): Promise<boolean> {
    const here = heard(['here'], patience);
    post('ask');
    return (await here) !== undefined;
  }

  /** The holder does not answer: its page is gone, or frozen. */
  async function claimDead(from: string): Promise<void> {
    if ((await isHeard()) || left) return;
    await claimFree(from);
  }

  function onPageHide(): void {
    if (locks !== undefined || state !== 'held') return;
    void store.release(name, me, true).catch(() => {});
    post('free');
  }

  function onPageShow(event: PageTransitionEvent): void {
    if (event.persisted && locks === undefined) void claimFree();
  }

  channel?.addEventListener('message', onMessage);
  window.addEventListener('pagehide', onPageHide);
  window.addEventListener('pageshow', onPageShow);
  post('ask');
  if (locks === undefined) {
    holdLease();
  } else {
    void request(locks, { steal: false });
    setTimeout(() => void lookForHolder(), patience);
  }

  return {
    name: options.name,
    settled,
    get state() {
      return state;
    },
    async takeOver() {
      if (state === 'held') return 'held';
      const answer = heard(['given', 'refused'], PATIENCE_FOR_GIVING);
      const here = heard(['here'], patience);
      post('ask');
      const alive = await here;
      if (alive !== undefined) {
        post('give', alive.from);
        if ((await answer)?.kind === 'refused') return 'refused';
      }
      if (left) return 'refused';
      if (locks !== undefined) {
        await request(locks, { steal: true });
      } else {
        const holder = await store.claim(name, me).catch(() => me);
        if (holder !== me) await store.claim(name, me, holder).catch(() => me);
        become('held');
        post('taken');
      }
      return 'held';
    },
    tell(now) {
      draft = now;
      if (state === 'held') post('draft');
    },
    leave() {
      if (left) return;
      if (locks === undefined && state === 'held') {
        void store.release(name, me).catch(() => {});
        post('free');
      }
      left = true;
      settle(state);
      clearInterval(watch);
      letGo?.();
      window.removeEventListener('pagehide', onPageHide);
      window.removeEventListener('pageshow', onPageShow);
      channel?.removeEventListener('message', onMessage);
      channel?.close();
    },
  };
}

/** Whether a page of this browser writes it: one that does answers. This page's own seat answers as well. */
export function isSeatTaken(owner: DraftOwner, name: string, patience = PATIENCE): Promise<boolean> {
  const channel = openChannel(channelName(owner, name));
  if (channel === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (isTaken: boolean): void => {
      clearTimeout(timer);
      channel.close();
      resolve(isTaken);
    };
    const timer = setTimeout(() => done(false), patience);
    channel.addEventListener('message', (event) => {
      if (readMessage(event.data)?.kind === 'here') done(true);
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    channel.postMessage({ kind: 'ask', from: newName(), to: null, draft: null } satisfies Message);
  });
}

function channelName(owner: DraftOwner, name: string): string {
  return `xxgk-annual-report.seat.${hiddenName(owner, name)}`;
}

/** Absent on plain http, and refused to pages without an origin. */
function lockManager(): LockManager | undefined {
  try {
    return navigator.locks ?? undefined;
  } catch {
    return undefined;
  }
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Then other pages are not heard of; what two of them write forks.
    return undefined;
  }
}

/** Other pages of this origin are not all ours. */
function readMessage(value: unknown): Message | undefined {
  const message = value as Partial<Message> | null;
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, from, to, draft } = message;
  if (typeof kind !== 'string' || typeof from !== 'string') return undefined;
  const place =
    typeof draft === 'object' && typeof draft?.id === 'string' && Number.isSafeInteger(draft.revision)
      ? { id: draft.id, revision: draft.revision }
      : null;
  return { kind, from, to: typeof to === 'string' ? to : null, draft: place };
}
