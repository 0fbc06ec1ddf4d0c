/**
 * Drafts in IndexedDB, those of one owner. A write is handed over complete in one task (put and an explicit commit,
 * nothing awaited before), so that it outlives the page; it fails by itself when another tab has written meanwhile.
 * Knows records and transactions, not when to write and not what a payload means.
 */
import {
  createDraftDatabase,
  DATABASE_NAME,
  nameOf,
  type DraftDatabase,
  type DraftHandle,
} from './draft-database.ts';
import {
  forgetDraft,
  forgetFault,
  noteDraft,
  noteFault,
  rememberedRevision,
  remembersFault,
} from './draft-marker.ts';
import {
  DAYS_KEPT,
  fateOf,
  MAX_PAYLOAD_CHARACTERS,
  newName,
  newRecord,
  ownerOf,
  readDraftRecord,
  reportName,
  lastToGo,
  REVISIONS_WHEN_FULL,
  type DamageReason,
  type DraftReading,
  type DraftRecord,
  type SetAsideRecord,
} from './draft-record.ts';
import {
  DraftFailure,
  type BeginOptions,
  type DraftContent,
  type DraftOwner,
  type DraftSaved,
  type DraftStore,
  type DraftStoreEvent,
  type DraftWriter,
  type PayloadDoor,
  type WriteOptions,
} from './drafts.ts';
import { isLeftBehind, isSessionOwner, openSessions, showSession } from './session-owner.ts';

export interface DraftStoreOptions extends DraftOwner {
  readonly door: PayloadDoor;
  readonly daysKept?: number;
  /** Another name only for tests and for hosts that must not share. */
  readonly database?: string;
  readonly now?: () => number;
}

const ALL = ['drafts', 'revisions', 'heads', 'set-aside'] as const;
const WRITTEN = ['drafts', 'revisions', 'heads'] as const;
/** What names a file among the leases, and all that are named so. */
const FILE = 'file:';
const FILES = IDBKeyRange.bound(FILE, `${FILE}\uffff`);
const STRICT = { durability: 'strict' } as const;
/** Firefox undoes what is not through when the page goes, and to wait for the disk takes most of the time there is. */
const QUICK = { durability: 'relaxed' } as const;
type Durability = typeof STRICT | typeof QUICK;

/** One transaction under way. */
type Outcome = 'complete' | 'overtaken' | { readonly error: unknown };

export function createDraftStore(options: DraftStoreOptions): DraftStore {
  const { door, daysKept = DAYS_KEPT, now = Date.now } = options;
  const owner: DraftOwner = { tenant: options.tenant, user: options.user };
  const ownerRange = (): IDBKeyRange => IDBKeyRange.only([owner.tenant, owner.user]);
  const listeners = new Set<(event: DraftStoreEvent) => void>();
  /** Drafts known to be this owner's, and the report each belongs to. */
  const seen = new Map<string, string>();
  let endSession: (() => void) | undefined;
  let closed = false;
  let faulty = false;

  const tell = (event: DraftStoreEvent): void => {
    for (const listener of [...listeners]) listener(event);
  };
  const database = createDraftDatabase({
    name: options.database ?? DATABASE_NAME,
    lost() {
      if (closed) return;
      // At once, so that a write which cannot wait finds a handle.
      database.open().catch(() => {});
      tell('lost');
    },
    outdated: () => tell('newer-version'),
  });

  const isMine = (record: DraftOwner): boolean =>
    record.tenant === owner.tenant && record.user === owner.user;

  /** Runs a task over the database; a handle found dead is replaced once. */
  async function withHandle<Value>(task: (handle: DraftHandle) => Promise<Value>): Promise<Value> {
    const handle = await database.open();
    try {
      return await task(handle);
    } catch (error) {
      if (!isDead(error)) throw failureOf(error);
      if (database.handle === handle) database.drop();
    }
    try {
      return await task(await database.open());
    } catch (error) {
      throw failureOf(error);
    }
  }

  function noteFailure(error: unknown): void {
    if (nameOf(error instanceof DraftFailure ? error.origin : error) !== 'UnknownError') return;
    faulty = true;
    noteFault();
  }

  /**
   * After a fault of the store itself a write counts only on fresh ground, and one that waited for no disk, on a page that
   * is there after all, once one that did has taken it along.
   */
  async function steady(closing = false): Promise<void> {
    if (closing) await withHandle(writeStrictly);
    if (!faulty && !remembersFault()) return;
    await withHandle(beginNewLog);
    faulty = false;
    forgetFault();
  }

  async function writeStrictly(handle: DraftHandle): Promise<void> {
    const transaction = handle.transaction('leases', 'readwrite', STRICT);
    quiet(transaction.store.put({ draft: 'disk', at: now() }));
    await transaction.done;
  }

  /** Every draft with its key: of this owner or, for housekeeping, of all. One that cannot be read spares the others. */
  async function rows(handle: DraftHandle, whose: 'mine' | 'all'): Promise<Row[]> {
    try {
      const transaction = handle.transaction('drafts', 'readonly');
      const source = whose === 'mine' ? transaction.store.index('owner') : transaction.store;
      const range = whose === 'mine' ? ownerRange() : undefined;
      const [keys, values] = await Promise.all([
        whose === 'mine'
          ? transaction.store.index('owner').getAllKeys(range as never)
          : transaction.store.getAllKeys(),
        source.getAll(range as never),
      ]);
      return keys.map((key, index) => ({ key, value: values[index] }));
    } catch (error) {
      if (isDead(error)) throw error;
    }
    const keys =
      whose === 'mine'
        ? await handle.getAllKeysFromIndex('drafts', 'owner', ownerRange() as never)
        : await handle.getAllKeys('drafts');
    const found: Row[] = [];
    for (const key of keys) {
      try {
        found.push({ key, value: await handle.get('drafts', key as never) });
      } catch {
        found.push({ key, value: undefined });
      }
    }
    return found;
  }

  function inspect(row: Row): DraftReading {
    if (row.value === undefined) return { ok: false, reason: 'unreadable' };
    return readDraftRecord(row.value, door);
  }

  /** Moves a damaged draft out of the way, whole. A future one stays where the newer program looks for it. */
  async function putAside(handle: DraftHandle, key: IDBValidKey, reason: DamageReason): Promise<void> {
    if (reason === 'future' || reason === 'unreadable') return;
    const transaction = handle.transaction(ALL, 'readwrite', STRICT);
    const raw = await transaction.objectStore('drafts').get(key as never);
    if (raw !== undefined && !inspect({ key, value: raw }).ok) {
      const history = await transaction.objectStore('revisions').getAll(revisionsOf(key) as never);
      const item: SetAsideRecord = {
        id: newName(),
        ...ownerOf(raw),
        at: now(),
        reason,
        raw,
        history,
        noticed: null,
      };
      quiet(transaction.objectStore('set-aside').put(item));
      remove(transaction, key);
    }
    await transaction.done;
  }

  /** Readable drafts of this owner; the damaged among them are set aside on the way. */
  async function readable(handle: DraftHandle): Promise<DraftRecord[]> {
    const found: DraftRecord[] = [];
    for (const row of await rows(handle, 'mine')) {
      const reading = inspect(row);
      if (reading.ok) found.push(reading.record);
      else await putAside(handle, row.key, reading.reason).catch(() => {});
    }
    for (const record of found) seen.set(record.id, record.report);
    return found.sort(byRevision);
  }

  /** Whose it is has been read before, so all of it is handed over in the caller's task and outlives the page. */
  async function deleteSeen(id: string, report: string): Promise<boolean> {
    const remembered = rememberedRevision(owner, report);
    forgetDraft(owner, report);
    try {
      const handle = database.handle;
      const outcome =
        handle &&
        (await handOver(handle, STRICT, (transaction, ask) => {
          ask(transaction.objectStore('drafts').delete(id));
          ask(transaction.objectStore('revisions').delete(revisionsOf(id) as never));
          ask(transaction.objectStore('heads').delete(revisionsOf(id) as never));
        }));
      if (outcome === 'complete') {
        seen.delete(id);
        return true;
      }
    } catch {
      // A dead handle; the long way opens another.
    }
    noteDraft(owner, report, remembered);
    return false;
  }

  /** What another session left behind goes soon, and unnoticed: nobody can come back for it. */
  function fateForSweep(
    whose: DraftOwner,
    item: { readonly updated: number; readonly noticed: number | null; readonly days?: number | null },
    isOpen: (owner: DraftOwner) => boolean,
  ): ReturnType<typeof fateOf> {
    // What one host keeps for a few days another may have promised to keep for longer.
    if (!isSessionOwner(whose) || isMine(whose)) return fateOf(item, now(), item.days ?? DAYS_KEPT);
    return isLeftBehind(item.updated, now()) && !isOpen(whose) ? 'delete' : 'keep';
  }

  /** Housekeeping over the drafts of every owner: nobody sees them, but those who never come back must not stay. */
  async function sweep(handle: DraftHandle): Promise<void> {
    const isOpen = await openSessions();
    for (const row of await rows(handle, 'all')) {
      const reading: DraftReading =
        row.value === undefined ? { ok: false, reason: 'unreadable' } : readDraftRecord(row.value);
      if (!reading.ok) {
        await putAside(handle, row.key, reading.reason);
        continue;
      }
      const fate = fateForSweep(reading.record, reading.record, isOpen);
      if (fate === 'keep' || fate === 'expired') continue;
      const transaction = handle.transaction(WRITTEN, 'readwrite', STRICT);
      const current = readDraftRecord(await transaction.objectStore('drafts').get(row.key as never));
      if (current.ok && current.record.stamp === reading.record.stamp) {
        if (fate === 'notice') {
          quiet(transaction.objectStore('drafts').put({ ...current.record, noticed: now() }));
        } else {
          remove(transaction, row.key);
          forgetDraft(current.record, current.record.report);
        }
      }
      await transaction.done;
    }
    await dropFiles(handle);
    const leases = handle.transaction('leases', 'readwrite', STRICT);
    for (const lease of (await leases.store.getAll()) as {
      draft?: unknown;
      at?: unknown;
      file?: unknown;
    }[]) {
      if (lease.file !== undefined) continue;
      // Whoever held it has not come back.
      if (typeof lease.at !== 'number' || Math.abs(now() - lease.at) > daysKept * 86_400_000)
        quiet(leases.store.delete(lease.draft as never));
    }
    await leases.done;
    const transaction = handle.transaction('set-aside', 'readwrite', STRICT);
    for (const item of await transaction.store.getAll()) {
      const read = readSetAside(item);
      const fate = fateForSweep(read, { updated: read.at, noticed: read.noticed }, isOpen);
      if (fate === 'notice') quiet(transaction.store.put({ ...read, noticed: now() }));
      if (fate === 'delete') quiet(transaction.store.delete(read.id as never));
    }
    await transaction.done;
  }

  /** A file goes with its draft. */
  async function dropFiles(handle: DraftHandle): Promise<void> {
    const transaction = handle.transaction(['drafts', 'leases'], 'readwrite', STRICT);
    const leases = transaction.objectStore('leases');
    for (const key of await leases.getAllKeys(FILES as never)) {
      const draft = String(key).slice(FILE.length);
      if ((await transaction.objectStore('drafts').getKey(draft)) === undefined)
        quiet(leases.delete(key as never));
    }
    await transaction.done;
  }

  /** Reads a draft inside a transaction; undefined unless it is readable and this owner's. */
  async function mine(transaction: WriteTransaction, id: string): Promise<DraftRecord | undefined> {
    const reading = readDraftRecord(await transaction.objectStore('drafts').get(id));
    return reading.ok && isMine(reading.record) ? reading.record : undefined;
  }

  /** Room for the newest: only history goes, and only this owner's. */
  async function pruneHistory(handle: DraftHandle): Promise<void> {
    const transaction = handle.transaction(WRITTEN, 'readwrite', STRICT);
    const ids = await transaction
      .objectStore('drafts')
      .index('owner')
      .getAllKeys(ownerRange() as never);
    for (const id of ids) {
      const keys = await transaction.objectStore('revisions').getAllKeys(revisionsOf(id) as never);
      for (const key of keys.slice(0, -REVISIONS_WHEN_FULL)) {
        quiet(transaction.objectStore('revisions').delete(key as never));
      }
    }
    await transaction.done;
  }

  return {
    kind: 'browser',
    owner,
    async open() {
      endSession ??= showSession(owner);
      await database.open();
      await withHandle(sweep).catch(() => {
        // Housekeeping can wait; a write cannot.
      });
    },
    async list({ expired = false } = {}) {
      const found = await withHandle(readable);
      return expired ? found : found.filter((record) => !isExpired(record, now()));
    },
    async read(id) {
      return withHandle(async (handle) => {
        // This one alone: a page that looks on reads it with every edit of the one that writes.
        const value = await handle.get('drafts', id).catch((error: unknown) => {
          if (isDead(error)) throw error;
          return undefined;
        });
        const reading = inspect({ key: id, value });
        if (!reading.ok || !isMine(reading.record)) return undefined;
        seen.set(id, reading.record.report);
        return reading.record;
      });
    },
    async history(id) {
      return withHandle(async (handle) => {
        const found = await handle.getAll('revisions', revisionsOf(id) as never);
        return found
          .map((value) => readDraftRecord(value, door))
          .flatMap((reading) => (reading.ok && isMine(reading.record) ? [reading.record] : []))
          .sort(byRevision);
      });
    },
    begin(begin) {
      return createWriter(begin, {
        owner,
        database,
        now,
        daysKept,
        seen,
        withHandle,
        pruneHistory,
        noteFailure,
        steady,
      });
    },
    async delete(id, revision) {
      const report = seen.get(id);
      if (revision === undefined && report !== undefined && (await deleteSeen(id, report))) {
        withHandle(dropFiles).catch(() => {});
        return true;
      }
      return withHandle(async (handle) => {
        const transaction = handle.transaction(WRITTEN, 'readwrite', STRICT);
        const record = await mine(transaction, id);
        const isGone = record !== undefined && record.revision <= (revision ?? Infinity);
        if (isGone) remove(transaction, id);
        await transaction.done;
        if (isGone) {
          const others = (await readable(handle)).some((other) => other.report === record.report);
          if (!others) forgetDraft(owner, record.report);
          await dropFiles(handle);
        }
        return isGone;
      });
    },
    async clear() {
      await withHandle(async (handle) => {
        const reports: string[] = [];
        const transaction = handle.transaction(ALL, 'readwrite', STRICT);
        const drafts = transaction.objectStore('drafts');
        const aside = transaction.objectStore('set-aside');
        for (const key of await drafts.index('owner').getAllKeys(ownerRange() as never)) {
          const reading = readDraftRecord(await drafts.get(key as never));
          if (reading.ok) reports.push(reading.record.report);
          remove(transaction, key);
        }
        for (const key of await aside.index('owner').getAllKeys(ownerRange() as never)) {
          quiet(aside.delete(key as never));
        }
        await transaction.done;
        for (const report of reports) forgetDraft(owner, report);
        await dropFiles(handle);
      });
    },
    async acknowledge(id, revision) {
      return withHandle(async (handle) => {
        const transaction = handle.transaction(WRITTEN, 'readwrite', STRICT);
        const record = await mine(transaction, id);
        const cleared = record !== undefined && record.revision <= revision;
        if (cleared) {
          remove(transaction, id);
        } else if (record) {
          const history = await transaction.objectStore('revisions').getAll(revisionsOf(id) as never);
          for (const value of history) {
            const reading = readDraftRecord(value);
            if (!reading.ok || reading.record.revision !== revision) continue;
            // What the host holds now is what later edits began from.
            const { digest: base, payload: origin } = reading.record;
            quiet(transaction.objectStore('drafts').put({ ...record, base, origin }));
          }
        }
        await transaction.done;
        if (cleared) {
          forgetDraft(owner, record.report);
          await dropFiles(handle);
        }
        return cleared;
      });
    },
    async setAside() {
      return withHandle(async (handle) => {
        const kept = await handle.getAllFromIndex('set-aside', 'owner', ownerRange() as never);
        const items = kept.map(readSetAside);
        for (const row of await rows(handle, 'mine')) {
          const reading = inspect(row);
          if (reading.ok || (reading.reason !== 'future' && reading.reason !== 'unreadable')) continue;
          // Listed, but left where a newer program will find it.
          const history = await handle.getAll('revisions', revisionsOf(row.key) as never).catch(() => []);
          items.push({
            ...owner,
            id: `${IN_PLACE}${String(row.key)}`,
            at: now(),
            reason: reading.reason,
            raw: row.value,
            history,
            noticed: null,
          });
        }
        return items;
      });
    },
    async deleteSetAside(id) {
      return withHandle(async (handle) => {
        const transaction = handle.transaction(ALL, 'readwrite', STRICT);
        let found = false;
        if (id.startsWith(IN_PLACE)) {
          const keys = await transaction
            .objectStore('drafts')
            .index('owner')
            .getAllKeys(ownerRange() as never);
          for (const key of keys) {
            if (`${IN_PLACE}${String(key)}` !== id) continue;
            found = true;
            remove(transaction, key);
          }
        } else {
          const item = await transaction.objectStore('set-aside').get(id);
          found = item !== undefined && isMine(ownerOf(item));
          if (found) quiet(transaction.objectStore('set-aside').delete(id));
        }
        await transaction.done;
        return found;
      });
    },
    async claim(lease, holder, from) {
      return withHandle(async (handle) => {
        const transaction = handle.transaction('leases', 'readwrite', STRICT);
        const found = holderOf(await transaction.store.get(lease));
        const free = found === undefined || found === from;
        if (free) quiet(transaction.store.put({ draft: lease, holder, at: now() }));
        await transaction.done;
        return free ? holder : found;
      });
    },
    async release(lease, holder, leaving = false) {
      const give = async (handle: DraftHandle): Promise<void> => {
        const transaction = handle.transaction('leases', 'readwrite', STRICT);
        if (leaving) {
          // No script may run after this: who believes to hold it, holds it.
          quiet(transaction.store.delete(lease as never));
          transaction.commit();
        } else if (holderOf(await transaction.store.get(lease)) === holder) {
          quiet(transaction.store.delete(lease as never));
        }
        await transaction.done;
      };
      // Begun in this task: the store may be closed in the next one.
      await (database.handle ? give(database.handle) : withHandle(give));
    },
    async keepFile(draft, file) {
      await withHandle(async (handle) => {
        const key = `${FILE}${draft}`;
        await (file === undefined
          ? handle.delete('leases', key as never)
          : handle.put('leases', { draft: key, ...owner, file, at: now() }));
      });
    },
    async keptFile(draft) {
      const found = await withHandle((handle) => handle.get('leases', `${FILE}${draft}` as never));
      const { file, ...whose } = (found ?? {}) as DraftOwner & { readonly file?: unknown };
      return isMine(whose) && isFileHandle(file) ? file : undefined;
    },
    remembers(report, revision = 1) {
      return rememberedRevision(owner, reportName(report)) >= revision;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    renew() {
      database.drop();
      database.open().catch(() => {});
    },
    close() {
      endSession?.();
      endSession = undefined;
      closed = true;
      listeners.clear();
      database.close();
    },
  };
}

/** Whether a draft is past its days and its grace; it may come back when the clock is put right. */
export function isExpired(record: DraftRecord, now: number): boolean {
  return fateOf(record, now, record.days ?? DAYS_KEPT) === 'delete';
}

function isFileHandle(value: unknown): value is FileSystemFileHandle {
  return typeof value === 'object' && value !== null && 'createWritable' in value;
}

interface Row {
  readonly key: IDBValidKey;
  readonly value: unknown;
}

interface WriterTools {
  readonly owner: DraftOwner;
  readonly database: DraftDatabase;
  readonly now: () => number;
  /** What this host promises. */
  readonly daysKept: number;
  readonly seen: Map<string, string>;
  readonly withHandle: <Value>(task: (handle: DraftHandle) => Promise<Value>) => Promise<Value>;
  readonly pruneHistory: (handle: DraftHandle) => Promise<void>;
  readonly noteFailure: (error: unknown) => void;
  readonly steady: (closing?: boolean) => Promise<void>;
}

/** A write handed to the browser, and, where the page may be gone, the fork that takes its place should it fail. */
interface Attempt {
  readonly record: DraftRecord;
  readonly done: Promise<Outcome>;
  readonly otherwise?: { readonly record: DraftRecord; readonly done: Promise<Outcome> };
}

function createWriter(begin: BeginOptions, tools: WriterTools): DraftWriter {
  const { owner, database, now } = tools;
  const writer = newName();
  const report = begin.continuing?.report ?? reportName(begin.report);
  const keyed = begin.continuing?.keyed ?? begin.report.key !== null;
  let id = begin.continuing?.id ?? newName();
  let revision = Math.max(begin.continuing?.revision ?? 0, begin.after ?? 0);
  /** The last revision of this draft that is known to be written: where a branch of ours would begin. */
  let agreed = begin.continuing?.revision ?? 0;
  let created = begin.continuing?.created;
  let fork = begin.continuing?.fork ?? null;
  /** Where it broke away, until somebody has been told. */
  let broke: DraftSaved['forkedFrom'];
  let backup = begin.continuing?.backup ?? null;
  /** The last write as far as this writer knows: what it replaces, and nothing else. */
  let expected = begin.continuing?.stamp;
  /** The revision before, where somebody was in the middle of a cell: no version to go back to. */
  let halfTyped: number | undefined;
  /** Those of this writer that were no version. */
  const left: number[] = [];
  /** Where a leaving page's writes go when they lose: all of them to one fork. */
  let spareId = newName();
  let spareStamp: string | undefined;
  const own = new Set<string>(expected === undefined ? [] : [expected]);
  let latest: Promise<DraftSaved> | undefined;

  function recordOf(content: DraftContent): DraftRecord {
    const at = now();
    created ??= at;
    return newRecord(content, {
      ...owner,
      id,
      report,
      keyed,
      revision: revision + 1,
      writer,
      created,
      updated: at,
      backup,
      fork,
      days: tools.daysKept,
    });
  }

  /** Everything here happens in the caller's task: no await before commit, or a closing page loses the write. */
  function attempt(
    handle: DraftHandle,
    content: DraftContent,
    { leaving = false, closing = false }: WriteOptions,
  ): Attempt {
    const record = recordOf(content);
    const old = IDBKeyRange.bound([id], [id, lastToGo(record.revision, left), []]);
    const durability = closing ? QUICK : STRICT;
    const done = handOver(handle, durability, (transaction, ask) => {
      const heads = transaction.objectStore('heads');
      const revisions = transaction.objectStore('revisions');
      ask(transaction.objectStore('drafts').put(record));
      ask(revisions.put({ ...record, origin: null }));
      ask(revisions.delete(old as never));
      if (halfTyped !== undefined) ask(revisions.delete([id, halfTyped, writer] as never));
      if (expected !== undefined) ask(heads.delete([id, expected]));
      // Last, because it is the one that may fail: after commit() Firefox undoes a transaction only for its last request.
      ask(heads.add({ draft: id, stamp: record.stamp }));
    });
    let otherwise: Attempt['otherwise'];
    if (leaving) {
      const spare: DraftRecord = { ...record, id: spareId, stamp: newName(), fork: { id, revision: agreed } };
      const before = spareStamp;
      spareStamp = spare.stamp;
      own.add(spare.stamp);
      otherwise = {
        record: spare,
        done: handOver(handle, durability, (transaction, ask) => {
          ask(transaction.objectStore('drafts').put(spare));
          ask(transaction.objectStore('revisions').put({ ...spare, origin: null }));
          if (before !== undefined) ask(transaction.objectStore('heads').delete([spare.id, before]));
          ask(transaction.objectStore('heads').add({ draft: spare.id, stamp: spare.stamp }));
          // Fails, and takes the fork with it, exactly when the write above succeeded. Last, as above.
          ask(transaction.objectStore('revisions').add({ ...record, origin: null }));
        }),
      };
    }
    own.add(record.stamp);
    expected = record.stamp;
    revision = record.revision;
    halfTyped = record.open === null ? undefined : revision;
    if (halfTyped !== undefined) left.push(halfTyped);
    return otherwise ? { record, done, otherwise } : { record, done };
  }

  function attemptNow(
    content: DraftContent,
    options: WriteOptions,
  ): Attempt | { readonly error: unknown } | undefined {
    const handle = database.handle;
    if (!handle) return undefined;
    try {
      return attempt(handle, content, options);
    } catch (error) {
      return { error };
    }
  }

  /** After "overtaken": whether it was this writer itself (an earlier write of its own that came to nothing). */
  async function wasOwn(): Promise<boolean> {
    const head = await tools.withHandle((handle) => handle.getFromIndex('heads', 'draft', id as never));
    const stamp = head === undefined ? undefined : stampOf(head);
    if (stamp !== undefined && !own.has(stamp)) return false;
    expected = stamp;
    return true;
  }

  async function settle(
    content: DraftContent,
    options: WriteOptions,
    first: ReturnType<typeof attemptNow>,
    superseded: () => Promise<DraftSaved> | undefined,
  ): Promise<DraftSaved> {
    let current = first;
    let pruned = false;
    let reopened = false;
    // Each round removes one obstacle, and there are only so many kinds.
    for (let round = 0; round < 8; round += 1) {
      if (!current) {
        await database.open().catch((error: unknown) => {
          tools.noteFailure(error);
          throw error;
        });
        // Older content must not be written after newer.
        const later = superseded();
        if (later) return later;
        current = attemptNow(content, options);
        if (!current) continue;
      }
      let error: unknown;
      if ('error' in current) {
        error = current.error;
      } else {
        const outcome = await current.done;
        if (outcome === 'complete') {
          if (current.record.id === id) agreed = Math.max(agreed, current.record.revision);
          await tools.steady(options.closing);
          const told = saved(current.record, broke);
          broke = undefined;
          return told;
        }
        const spare = current.otherwise;
        if (spare && (await spare.done) === 'complete') {
          const from = { id: current.record.id, revision: spare.record.fork?.revision ?? 0 };
          if (id === current.record.id || !superseded()) moveTo(spare.record);
          await tools.steady(options.closing);
          return saved(spare.record, from);
        }
        if (outcome === 'overtaken') {
          current = undefined;
          if (!(await wasOwn()) && !superseded()) {
            broke = { id, revision: agreed };
            fork = broke;
            id = newName();
            expected = undefined;
            created = undefined;
          }
          continue;
        }
        error = outcome.error;
      }
      current = undefined;
      tools.noteFailure(error);
      if (nameOf(error) === 'QuotaExceededError' && !pruned) {
        pruned = true;
        await tools.withHandle(tools.pruneHistory).catch(() => {});
      } else if (isDead(error) && !reopened) {
        reopened = true;
        database.drop();
      } else {
        throw failureOf(error);
      }
    }
    throw new DraftFailure('storage');
  }

  function moveTo(record: DraftRecord): void {
    id = record.id;
    fork = record.fork;
    expected = record.stamp;
    revision = Math.max(revision, record.revision);
    spareId = newName();
    spareStamp = undefined;
  }

  function saved(record: DraftRecord, forkedFrom: DraftSaved['forkedFrom']): DraftSaved {
    noteDraft(owner, report, record.revision);
    tools.seen.set(record.id, report);
    const result = { id: record.id, revision: record.revision, at: record.updated };
    return forkedFrom ? { ...result, forkedFrom } : result;
  }

  return {
    get id() {
      return id;
    },
    get revision() {
      return revision;
    },
    write(content, options: WriteOptions = {}) {
      if (content.payload.length > MAX_PAYLOAD_CHARACTERS)
        return Promise.reject(new DraftFailure('too-large'));
      if (options.backup !== undefined) backup = options.backup;
      const first = attemptNow(content, options);
      const mine: Promise<DraftSaved> = settle(content, options, first, () =>
        latest === mine ? undefined : latest,
      );
      latest = mine;
      return mine;
    },
  };
}

type WriteTransaction = ReturnType<typeof writeTransaction>;

function writeTransaction(handle: DraftHandle, durability: Durability) {
  return handle.transaction(WRITTEN, 'readwrite', durability);
}

/** Starts a transaction, puts its requests and commits it, all in this task. */
function handOver(
  handle: DraftHandle,
  durability: Durability,
  requests: (transaction: WriteTransaction, ask: (request: Promise<unknown>) => void) => void,
): Promise<Outcome> {
  const transaction = writeTransaction(handle, durability);
  quiet(transaction.done);
  const asked: Promise<unknown>[] = [];
  try {
    requests(transaction, (request) => {
      quiet(request);
      asked.push(request);
    });
    transaction.commit();
    return outcomeOf(asked, transaction.done);
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // Over already.
    }
    throw error;
  }
}

/** Milliseconds for the answers of requests after the end of their transaction. */
const AFTERWARDS = 100;

/**
 * Complete only when the transaction is, and every request in it. Of several errors the first that says why, not the
 * abort that follows. The transaction's end decides: of one undone for lack of room Chromium may never answer a request.
 */
async function outcomeOf(requests: readonly Promise<unknown>[], done: Promise<void>): Promise<Outcome> {
  const errors: unknown[] = [];
  const answered = Promise.all(requests.map((request) => request.catch((error) => errors.push(error))));
  const end = await done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, AFTERWARDS))]);
  if (end) errors.push(end.error);
  if (errors.length === 0) return 'complete';
  const error = errors.find((one) => nameOf(one) !== 'AbortError') ?? errors[0];
  return nameOf(error) === 'ConstraintError' ? 'overtaken' : { error };
}

const IN_PLACE = 'in-place:';

/** Where what only fills a log lies for a moment; nobody reads it. */
const BALLAST = { id: '', revision: 0, writer: 'ballast' };

/**
 * Chromium's store takes a record that a full disk cut off for the end of its log, goes on behind it, and then, when it
 * starts the next time, takes the whole log for damaged and deletes every database of the site. More than twice what its
 * buffer holds (4 MB) makes it begin another log and drop that one.
 */
async function beginNewLog(handle: DraftHandle): Promise<void> {
  const bytes = new Uint8Array(50_000);
  for (let round = 0; round < 12; round += 1) {
    const transaction = handle.transaction('revisions', 'readwrite', STRICT);
    for (let count = 0; count < 20; count += 1) quiet(transaction.store.put({ ...BALLAST, bytes }));
    if (round === 11) quiet(transaction.store.delete([BALLAST.id, BALLAST.revision, BALLAST.writer]));
    await transaction.done;
  }
}

function remove(
  transaction: { objectStore(name: 'drafts' | 'revisions' | 'heads'): { delete(key: never): Promise<void> } },
  key: IDBValidKey,
): void {
  quiet(transaction.objectStore('drafts').delete(key as never));
  quiet(transaction.objectStore('revisions').delete(revisionsOf(key) as never));
  quiet(transaction.objectStore('heads').delete(revisionsOf(key) as never));
}

/** All keys that begin with this draft's. */
function revisionsOf(key: IDBValidKey): IDBKeyRange {
  return IDBKeyRange.bound([key], [key, []]);
}

function readSetAside(value: unknown): SetAsideRecord {
  const item = value as Partial<SetAsideRecord>;
  return {
    id: String(item.id),
    ...ownerOf(value),
    at: typeof item.at === 'number' ? item.at : 0,
    reason: item.reason ?? 'shape',
    raw: item.raw,
    history: Array.isArray(item.history) ? item.history : [],
    noticed: typeof item.noticed === 'number' ? item.noticed : null,
  };
}

function holderOf(lease: unknown): string | undefined {
  const holder = (lease as { holder?: unknown } | null | undefined)?.holder;
  return typeof holder === 'string' ? holder : undefined;
}

function stampOf(head: unknown): string | undefined {
  const stamp = (head as { stamp?: unknown } | null)?.stamp;
  return typeof stamp === 'string' ? stamp : undefined;
}

/** Highest revision first; the clock decides only between branches that counted alike. */
function byRevision(a: DraftRecord, b: DraftRecord): number {
  return b.revision - a.revision || b.updated - a.updated;
}

/** A handle of a database that was closed, deleted or lost under it. */
function isDead(error: unknown): boolean {
  return [
    'InvalidStateError',
    'AbortError',
    'NotFoundError',
    'UnknownError',
    'TransactionInactiveError',
  ].includes(nameOf(error));
}

function failureOf(error: unknown): DraftFailure {
  if (error instanceof DraftFailure) return error;
  return new DraftFailure(nameOf(error) === 'QuotaExceededError' ? 'quota' : 'storage', error);
}

/** A rejection that is read elsewhere: from the transaction's end. */
function quiet(promise: Promise<unknown>): void {
  promise.catch(() => {});
}
