/**
 * The outbox's own database, opened for each use and closed behind it: no handle can die, and none stands in the way of
 * another version. Knows no entry and no network.
 */
import { openDB, type IDBPDatabase } from 'idb';

export const OUTBOX_DATABASE = 'xxgk-annual-report-outbox';

/** `refused`: the browser keeps nothing for this page; `full`: no room; `failed`: anything else. */
export type KeepingFailure = 'refused' | 'full' | 'failed';

export class StoreFailure extends Error {
  constructor(readonly reason: KeepingFailure) {
    super(`outbox not kept: ${reason}`);
  }
}

export interface OutboxStore {
  /** Whatever lies there. */
  all(): Promise<unknown[]>;
  /**
   * Reads a record and puts another in its place, in one transaction: undefined leaves it, null takes it away. Resolves
   * when that is on the disk; rejects with a StoreFailure.
   */
  change(id: string, how: (found: unknown) => object | null | undefined): Promise<void>;
  lastAddress(): Promise<unknown>;
  keepLastAddress(address: string): Promise<void>;
}

/** Milliseconds after which a storage without an answer counts as one that failed. */
const PATIENCE = 5_000;

export function createOutboxStore(name: string = OUTBOX_DATABASE): OutboxStore {
  const within = async <Value>(task: (database: IDBPDatabase) => Promise<Value>): Promise<Value> => {
    let database: IDBPDatabase | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLate = false;
    const work = async (): Promise<Value> => {
      const opened = await openDB(name, 1, {
        upgrade(fresh) {
          fresh.createObjectStore('entries', { keyPath: 'id' });
          fresh.createObjectStore('settings');
        },
      });
      if (isLate) opened.close();
      else database = opened;
      return task(opened);
    };
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isLate = true;
        reject(new StoreFailure('failed'));
      }, PATIENCE);
    });
    const working = work();
    working.catch(() => undefined);
    try {
      return await Promise.race([working, late]);
    } catch (error) {
      throw error instanceof StoreFailure ? error : new StoreFailure(reasonOf(error, database === undefined));
    } finally {
      clearTimeout(timer);
      database?.close();
    }
  };
  const writing = (database: IDBPDatabase, store: string) =>
    database.transaction(store, 'readwrite', { durability: 'strict' });
  return {
    all: () => within((database) => database.getAll('entries')),
    change: (id, how) =>
      within(async (database) => {
        const transaction = writing(database, 'entries');
        // Whatever fails ends it; its own words are the ones that count.
        transaction.done.catch(() => undefined);
        const next = how(await transaction.store.get(id));
        if (next === null) void transaction.store.delete(id).catch(() => undefined);
        else if (next !== undefined) void transaction.store.put(next).catch(() => undefined);
        transaction.commit();
        await transaction.done;
      }),
    lastAddress: () => within((database) => database.get('settings', 'address')),
    keepLastAddress: (address) =>
      within(async (database) => {
        const transaction = writing(database, 'settings');
        void transaction.store.put(address, 'address').catch(() => undefined);
        transaction.commit();
        await transaction.done;
      }),
  };
}

function reasonOf(error: unknown, atOpening: boolean): KeepingFailure {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  if (!atOpening) return 'failed';
  // Where there is no IndexedDB at all, its name is the error.
  if (['SecurityError', 'NotAllowedError', 'InvalidStateError', 'ReferenceError', 'TypeError'].includes(name))
    return 'refused';
  try {
    // A setting forbids this page to keep anything; of IndexedDB Chromium then says no more than "UnknownError".
    return localStorage === null ? 'refused' : 'failed';
  } catch {
    return 'refused';
  }
}
