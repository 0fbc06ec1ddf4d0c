/** Drafts, stores and a look into the database for the tests of this room. */
import { openDB, deleteDB } from 'idb';
import { createAutosave, type AutosaveOptions, type AutosaveState } from '../../src/drafts/autosave.ts';
import { DATABASE_VERSION } from '../../src/drafts/draft-database.ts';
import { createDraftStore, type DraftStoreOptions } from '../../src/drafts/draft-store.ts';
import type { DraftContent, DraftSaved, DraftStore, ReportIdentity } from '../../src/drafts/drafts.ts';
import { digestOfText } from '../../src/format/digest.ts';

export const REPORT: ReportIdentity = { key: 'post-1', organization: '某县教育局', year: 2025 };

export function contentOf(text: string, more: Partial<DraftContent> = {}): DraftContent {
  const payload = JSON.stringify({ text });
  return {
    payload,
    digest: digestOfText(payload),
    base: null,
    format: '2021',
    organization: '某县教育局',
    year: 2025,
    ...more,
  };
}

export function door(payload: string): boolean {
  return typeof (JSON.parse(payload) as { text?: unknown }).text === 'string';
}

const stores: DraftStore[] = [];
const databases = new Set<string>();
let count = 0;

export function newDatabase(): string {
  count += 1;
  const name = `xxgk-test-${Date.now()}-${count}`;
  databases.add(name);
  return name;
}

export async function openStore(options: Partial<DraftStoreOptions> = {}): Promise<DraftStore> {
  const store = createDraftStore({ tenant: 'county', user: 'a', door, database: newDatabase(), ...options });
  stores.push(store);
  await store.open();
  return store;
}

/** To be called after each test. */
export async function cleanUp(): Promise<void> {
  for (const store of stores.splice(0)) store.close();
  for (const name of databases) await deleteDB(name);
  databases.clear();
  for (const key of Object.keys(localStorage)) if (key.startsWith('xxgk-')) localStorage.removeItem(key);
}

type StoreName = 'drafts' | 'revisions' | 'heads' | 'leases' | 'set-aside';

/** Everything in one object store, read past our own code. */
export async function lookInto(database: string, store: StoreName): Promise<Record<string, unknown>[]> {
  const handle = await openDB(database, DATABASE_VERSION);
  const found = (await handle.getAll(store)) as Record<string, unknown>[];
  handle.close();
  return found;
}

/** Puts a record past our own code. */
export async function plant(database: string, store: StoreName, record: unknown): Promise<void> {
  const handle = await openDB(database, DATABASE_VERSION);
  await handle.put(store, record);
  handle.close();
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export async function until(condition: () => boolean | Promise<boolean>, patience = 3_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${condition.toString()}`);
    await wait(5);
  }
}

/** An autosave over one text, with every state it told. */
export function autosaveOf(
  store: DraftStore,
  options: Partial<AutosaveOptions> = {},
): {
  autosave: ReturnType<typeof createAutosave>;
  states: AutosaveState[];
  type: (text: string) => void;
} {
  let text = '';
  const states: AutosaveState[] = [];
  const autosave = createAutosave({
    store,
    delay: 10,
    content: () => contentOf(text),
    onState: (state) => states.push(state),
    ...options,
  });
  return {
    autosave,
    states,
    type(typed) {
      text = typed;
      autosave.changed();
    },
  };
}

/** A store whose writes do what the test says. */
export function scriptedStore(
  write: (content: DraftContent, nth: number) => Promise<DraftSaved>,
): DraftStore & {
  writes: DraftContent[];
  renewed: number;
} {
  const writes: DraftContent[] = [];
  return {
    kind: 'browser',
    owner: { tenant: '', user: '' },
    writes,
    renewed: 0,
    async open() {},
    list: async () => [],
    read: async () => undefined,
    history: async () => [],
    begin: () => ({
      id: 'draft',
      get revision() {
        return writes.length;
      },
      write(content) {
        writes.push(content);
        return write(content, writes.length);
      },
    }),
    delete: async () => true,
    clear: async () => {},
    claim: async (_lease, holder) => holder,
    async release() {},
    acknowledge: async () => true,
    setAside: async () => [],
    deleteSetAside: async () => false,
    remembers: () => false,
    watch: () => () => {},
    renew() {
      this.renewed += 1;
    },
    close() {},
  };
}
