/**
 * The IndexedDB database and its one open handle: dropped when dead, opened anew on demand. Created once, at version 1,
 * with every store it will ever need. Knows no record and no owner.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { DraftFailure } from './drafts.ts';

export const DATABASE_NAME = 'xxgk-annual-report';
export const DATABASE_VERSION = 1;

/** Milliseconds after which an opening without an answer counts as failed: another tab may stand in its way for ever. */
const PATIENCE = 8_000;

type OwnerKey = [tenant: string, user: string];

/** Values are unknown on purpose: whatever lies in a database is read through draft-record.ts. */
export interface DraftSchema extends DBSchema {
  drafts: {
    key: IDBValidKey;
    value: unknown;
    indexes: {
      owner: OwnerKey;
      tenant: string;
      user: string;
      organization: string;
      year: number;
      updated: number;
    };
  };
  revisions: { key: IDBValidKey; value: unknown };
  /** One row per draft, the name of its last write: lets a write fail by itself when someone else was faster. */
  heads: { key: IDBValidKey; value: unknown; indexes: { draft: IDBValidKey } };
  /** Who may write, for browsers without Web Locks; and the file that is written beside a draft. */
  leases: { key: IDBValidKey; value: unknown };
  'set-aside': { key: IDBValidKey; value: unknown; indexes: { owner: OwnerKey } };
}

export type DraftHandle = IDBPDatabase<DraftSchema>;

export interface DraftDatabase {
  /** The handle if one is open now: all that a write can use that must start in this task. */
  readonly handle: DraftHandle | undefined;
  /** Opens, or joins an opening under way. Rejects with a DraftFailure. */
  open(): Promise<DraftHandle>;
  /** Forgets the handle, and an opening that does not answer. */
  drop(): void;
  close(): void;
}

export interface DraftDatabaseOptions {
  readonly name: string;
  /** The handle died or the database is being deleted; it can be opened again. */
  readonly lost: () => void;
  /** A newer program wants the database: the last task in which a write can start. */
  readonly outdated: () => void;
}

export function createDraftDatabase({ name, lost, outdated }: DraftDatabaseOptions): DraftDatabase {
  let handle: DraftHandle | undefined;
  let opening: Promise<DraftHandle> | undefined;
  let generation = 0;
  let over: DraftFailure | undefined;

  function drop(): void {
    generation += 1;
    opening = undefined;
    const dead = handle;
    handle = undefined;
    closeQuietly(dead);
  }

  async function begin(): Promise<DraftHandle> {
    generation += 1;
    const mine = generation;
    let request: Promise<DraftHandle>;
    try {
      request = openDB<DraftSchema>(name, DATABASE_VERSION, {
        upgrade: createStores,
        terminated() {
          if (mine !== generation) return;
          drop();
          lost();
        },
        blocking(_current, next) {
          if (mine !== generation) return;
          if (next === null) {
            drop();
            lost();
          } else {
            outdated();
            over = new DraftFailure('newer-version');
            drop();
          }
        },
      });
    } catch (error) {
      // No IndexedDB, or none for this page: asking again will not help.
      throw new DraftFailure('memory', error);
    }
    let opened: DraftHandle;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DraftFailure('unsettled')), PATIENCE);
    });
    try {
      opened = await Promise.race([request, late]);
    } catch (error) {
      // Should it open after all, nobody must find it.
      if (mine === generation) generation += 1;
      request.then(closeQuietly, () => {});
      throw error instanceof DraftFailure ? error : new DraftFailure(refusalOf(error), error);
    } finally {
      clearTimeout(timer);
    }
    if (mine !== generation) {
      closeQuietly(opened);
      throw over ?? new DraftFailure('storage');
    }
    handle = opened;
    opening = undefined;
    return opened;
  }

  return {
    get handle() {
      return handle;
    },
    open() {
      if (over) return Promise.reject(over);
      if (handle) return Promise.resolve(handle);
      if (opening) return opening;
      const mine = begin();
      opening = mine;
      mine.catch(() => {
        if (opening === mine) opening = undefined;
      });
      return mine;
    },
    drop,
    close() {
      over ??= new DraftFailure('storage');
      drop();
    },
  };
}

/** Why a database did not open: refused for good, or a fault that may pass. */
function refusalOf(error: unknown): DraftFailure['reason'] {
  switch (nameOf(error)) {
    case 'QuotaExceededError':
      return 'quota';
    case 'VersionError':
      return 'newer-version';
    case 'SecurityError':
    case 'NotAllowedError':
    case 'InvalidStateError':
      return 'memory';
    default:
      return forbidsStorage() ? 'memory' : 'storage';
  }
}

/** A setting forbids this page to keep anything; of IndexedDB Chromium then says no more than "UnknownError". */
function forbidsStorage(): boolean {
  try {
    return localStorage === null;
  } catch {
    return true;
  }
}

export function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

function createStores(database: DraftHandle): void {
  const drafts = database.createObjectStore('drafts', { keyPath: 'id' });
  drafts.createIndex('owner', ['tenant', 'user']);
  for (const member of ['tenant', 'user', 'organization', 'year', 'updated'] as const) {
    drafts.createIndex(member, member);
  }
  database.createObjectStore('revisions', { keyPath: ['id', 'revision', 'writer'] });
  database
    .createObjectStore('heads', { keyPath: ['draft', 'stamp'] })
    .createIndex('draft', 'draft', { unique: true });
  database.createObjectStore('leases', { keyPath: 'draft' });
  database.createObjectStore('set-aside', { keyPath: 'id' }).createIndex('owner', ['tenant', 'user']);
}

function closeQuietly(database: DraftHandle | undefined): void {
  try {
    database?.close();
  } catch {
    // Already gone.
  }
}
