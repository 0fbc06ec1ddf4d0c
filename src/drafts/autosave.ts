/**
 * Decides when a report is written down as a draft, and says truthfully how far that has come. Knows the store's
 * contract only; what changed on screen it is told, and what is written it asks for at the last moment.
 */
import type { DraftRecord } from './draft-record.ts';
import {
  DraftFailure,
  type DraftContent,
  type DraftFailureReason,
  type DraftPlace,
  type DraftSaved,
  type DraftStore,
  type DraftWriter,
  type ReportIdentity,
} from './drafts.ts';

/** In order of precedence: failed > unsaved > saving > saved. `clean`: nothing was changed and nothing is kept. */
export type SaveStatus = 'clean' | 'unsaved' | 'saving' | 'saved' | 'failed';

export interface AutosaveState {
  readonly status: SaveStatus;
  /** When the last complete save began, by this computer's clock. */
  readonly savedAt: number | null;
  /** When a copy was last downloaded. */
  readonly backupAt: number | null;
  readonly draft: string | null;
  readonly revision: number | null;
  /** Why the work on screen is not kept. */
  readonly reason: DraftFailureReason | null;
  /** Nothing can be kept here at all; true before the first edit already. */
  readonly memoryOnly: boolean;
  /** A newer program took the database over: this page keeps nothing more and should become read-only. */
  readonly outdated: boolean;
  /** The other branch, once another tab had written the same draft. */
  readonly forkedFrom: DraftPlace | null;
}

export interface AutosaveOptions {
  readonly store: DraftStore;
  /** The whole report, asked for in the task that writes it. */
  readonly content: () => DraftContent;
  readonly onState: (state: AutosaveState) => void;
  /** Least milliseconds from one write to the next. */
  readonly delay?: number;
  /** Milliseconds after which a save without an answer counts as failed. */
  readonly patience?: number;
  /** Milliseconds between attempts after a failure; the last one repeats. */
  readonly backOff?: readonly number[];
}

export interface StartOptions {
  readonly report: ReportIdentity;
  /** The draft the report on screen was restored from. */
  readonly continuing?: DraftRecord | undefined;
  /** The highest revision already known for this report. */
  readonly after?: number | undefined;
}

export interface Autosave {
  readonly state: AutosaveState;
  /** The first load has merged: from now on it may write. Changes told before are written now. */
  start(options: StartOptions): void;
  /** The report changed. */
  changed(): void;
  /** The page may go away, or is going (`closing`): what is not handed over yet is, before this returns. */
  flush(closing?: boolean): void;
  /** Ctrl+S: writes now, tries again after a failure; answers when the attempt has an outcome. */
  keepNow(): Promise<AutosaveState>;
  /** A copy was downloaded. */
  noteBackup(at?: number): void;
  /** The host has this revision; true when the draft was cleared. */
  acknowledge(revision: number): Promise<boolean>;
  /** 不使用草稿: deletes what is kept; the next change begins a new draft. */
  discard(): Promise<void>;
  /** Flushes, then writes no more until started again. To be called before the report on screen is replaced. */
  stop(): void;
}

/** Each as soon as the one before is through: a browser may close a tab without any event. */
const DELAY = 0;
const PATIENCE = 5_000;
const BACK_OFF = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** One write under way, and how many changes it contains. */
interface Ticket {
  readonly edits: number;
  /** Handed over so that nothing depends on script that runs later. */
  readonly leaving: boolean;
  late: boolean;
}

export function createAutosave(options: AutosaveOptions): Autosave {
  const { store, delay = DELAY, patience = PATIENCE, backOff = BACK_OFF } = options;
  const memoryOnly = store.kind === 'memory';

  let writer: DraftWriter | undefined;
  let running: StartOptions | undefined;
  /** Changes told, handed over, and completely written. */
  let edits = 0;
  let taken = 0;
  let kept = 0;
  let force = false;
  let failure: DraftFailureReason | null = null;
  let failures = 0;
  let last: DraftSaved | undefined;
  let lastContent: DraftContent | undefined;
  let backupAt: number | null = null;
  let forkedFrom: AutosaveState['forkedFrom'] = null;
  const tickets = new Set<Ticket>();
  let outdated = false;
  let waiting: { readonly edits: number; readonly answer: () => void }[] = [];
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let unwatch: (() => void) | undefined;
  let begunAt = -Infinity;
  /** The changes that belong to the draft before. */
  let stoppedAt = 0;
  let shown = '';

  function status(): SaveStatus {
    if (edits > kept || (memoryOnly && edits > 0)) {
      if (failure !== null || memoryOnly) return 'failed';
      return edits > taken ? 'unsaved' : 'saving';
    }
    if (tickets.size > 0 && failure === null) return 'saving';
    return last ? 'saved' : 'clean';
  }

  function state(): AutosaveState {
    const now = status();
    return {
      status: now,
      savedAt: memoryOnly ? null : (last?.at ?? null),
      backupAt,
      draft: last?.id ?? null,
      revision: last?.revision ?? null,
      reason: now === 'failed' ? (memoryOnly ? 'memory' : failure) : null,
      memoryOnly,
      outdated,
      forkedFrom,
    };
  }

  function tell(): void {
    const current = state();
    const text = JSON.stringify(current);
    if (text === shown) return;
    shown = text;
    options.onState(current);
  }

  /**
   * A change is written at the end of its task, those that come while a write is under way together after it: steady
   * typing must not put them off for ever.
   */
  function schedule(): void {
    if (!running || saveTimer !== undefined) return;
    const wait = begunAt + delay - performance.now();
    if (wait > 0) {
      saveTimer = setTimeout(saveWhenFree, wait);
    } else {
      // What the caller still does in this task belongs to the same change.
      queueMicrotask(saveWhenFree);
    }
  }

  function saveWhenFree(): void {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const busy = [...tickets].some((ticket) => !ticket.late);
    // One at a time; its end schedules the next.
    if (!busy) save(false);
  }

  function scheduleRetry(): void {
    clearTimeout(retryTimer);
    if (!running || failure === 'newer-version') return;
    const wait = backOff[Math.min(failures, backOff.length) - 1] ?? PATIENCE;
    retryTimer = setTimeout(() => save(false), wait);
  }

  function save(leaving: boolean, closing = false): void {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    clearTimeout(retryTimer);
    if (!running || (edits === kept && !force)) return;
    const ticket: Ticket = { edits, leaving, late: false };
    let content: DraftContent;
    let outcome: Promise<DraftSaved>;
    try {
      content = options.content();
      if (!force && kept === taken && failure === null && lastContent && sameContent(content, lastContent)) {
        // Typed and taken back: what is kept is what is on screen.
        taken = edits;
        kept = edits;
        settled();
        return;
      }
    } catch (error) {
      failed(new DraftFailure('content', error));
      return;
    }
    try {
      writer ??= store.begin(running);
      outcome = writer.write(content, { leaving, closing, backup: backupAt });
    } catch (error) {
      outcome = Promise.reject(error);
    }
    taken = edits;
    begunAt = performance.now();
    force = false;
    tickets.add(ticket);
    const watchdog = setTimeout(() => {
      if (!tickets.has(ticket)) return;
      ticket.late = true;
      store.renew();
      failed(new DraftFailure('unsettled'));
    }, patience);
    outcome.then(
      (saved) => {
        clearTimeout(watchdog);
        if (!tickets.has(ticket)) return;
        // Those begun earlier have nothing to add, should they ever settle.
        for (const earlier of [...tickets]) {
          tickets.delete(earlier);
          if (earlier === ticket) break;
        }
        if (!last || saved.revision > last.revision) {
          last = saved;
          lastContent = content;
        }
        if (saved.forkedFrom) forkedFrom = saved.forkedFrom;
        kept = Math.max(kept, ticket.edits);
        failure = null;
        failures = 0;
        clearTimeout(retryTimer);
        if (edits > kept || force) schedule();
        settled();
      },
      (error: unknown) => {
        clearTimeout(watchdog);
        if (tickets.delete(ticket)) failed(error);
      },
    );
    tell();
  }

  function failed(error: unknown): void {
    failure = error instanceof DraftFailure ? error.reason : 'storage';
    failures += 1;
    scheduleRetry();
    settled();
  }

  /** An attempt has an outcome; whoever waited for it is told, unless a later attempt carries their changes. */
  function settled(): void {
    tell();
    const before = waiting;
    waiting = before.filter((one) => one.edits > kept && failure === null);
    for (const one of before) if (!waiting.includes(one)) one.answer();
  }

  /** Nothing of what was handed over counts as kept any longer. */
  function loseHold(): void {
    edits += 1;
    lastContent = undefined;
  }

  /** Forgets the draft but not the report: the next change begins a new one. */
  function release(): void {
    last = undefined;
    lastContent = undefined;
    backupAt = null;
    forkedFrom = null;
  }

  /** Lets go of a draft and of every write of it under way; changes told but not handed over stay. */
  function reset(): void {
    writer = undefined;
    release();
    taken = 0;
    kept = 0;
    force = false;
    failure = null;
    failures = 0;
    begunAt = -Infinity;
    tickets.clear();
    // Whoever waits for the draft before has all the answer there will be.
    for (const one of waiting.splice(0)) one.answer();
    clearTimeout(saveTimer);
    clearTimeout(retryTimer);
    saveTimer = undefined;
  }

  function flush(closing = false): void {
    // A write under way that could lose to another tab would need this page to answer it.
    const newest = [...tickets].pop();
    const unsure = newest !== undefined && !newest.leaving;
    if (edits > taken || failure !== null || force || unsure) save(true, closing);
  }

  return {
    get state() {
      return state();
    },
    start(start) {
      // What was handed over before belongs to another draft, whatever still becomes of it.
      edits = running ? Number(edits > kept) : edits - stoppedAt;
      stoppedAt = 0;
      running = start;
      reset();
      const draft = start.continuing;
      if (draft) {
        last = { id: draft.id, revision: draft.revision, at: draft.updated };
        lastContent = draft;
        backupAt = draft.backup;
        writer = store.begin(start);
      }
      unwatch?.();
      unwatch = store.watch((event) => {
        if (event === 'newer-version') {
          // Nothing of this page is kept after this task.
          outdated = true;
          flush();
          tell();
          return;
        }
        if (!last && tickets.size === 0) return;
        loseHold();
        tell();
        save(false);
      });
      if (edits > kept) schedule();
      tell();
    },
    changed() {
      edits += 1;
      schedule();
      tell();
    },
    flush,
    keepNow() {
      if (!running || (edits === kept && tickets.size === 0)) return Promise.resolve(state());
      const answer = new Promise<AutosaveState>((resolve) =>
        waiting.push({ edits, answer: () => resolve(state()) }),
      );
      if (edits > taken || failure !== null) save(false);
      return answer;
    },
    noteBackup(at = Date.now()) {
      backupAt = at;
      if (last || tickets.size > 0) {
        force = true;
        schedule();
      }
      tell();
    },
    async acknowledge(revision) {
      if (!last) return false;
      const cleared = await store.acknowledge(last.id, revision);
      if (cleared && last && last.revision <= revision) {
        release();
        tell();
      }
      return cleared;
    },
    async discard() {
      const id = writer?.id ?? last?.id;
      const after = Math.max(writer?.revision ?? 0, last?.revision ?? 0);
      // Let go first: what is changed while the deletion runs belongs to the next draft.
      if (running) running = { report: running.report, after };
      edits = 0;
      stoppedAt = 0;
      reset();
      settled();
      if (id !== undefined) await store.delete(id);
    },
    stop() {
      flush();
      if (running) stoppedAt = edits;
      running = undefined;
      clearTimeout(saveTimer);
      clearTimeout(retryTimer);
      saveTimer = undefined;
      unwatch?.();
      unwatch = undefined;
    },
  };
}

function sameContent(a: DraftContent, b: DraftContent): boolean {
  return (
    a.payload === b.payload &&
    a.base === b.base &&
    a.format === b.format &&
    (a.open ?? null) === (b.open ?? null)
  );
}
