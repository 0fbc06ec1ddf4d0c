/** The database read and written past our own code, from a tab without an editor. */
import { CELLS } from './clerk.ts';
import type { OpenPage } from '../pages/page-fixture.ts';

export const DATABASE = 'xxgk-annual-report';

export interface Kept {
  readonly id: string;
  readonly revision: number;
  readonly payload: string;
  readonly forked: boolean;
}

/** The drafts that lie there, the highest revision first; at whatever version the database is. */
export async function keptDrafts(tab: OpenPage): Promise<Kept[]> {
  const found = await tab.page.evaluate(
    (name: string) =>
      new Promise<Kept[]>((resolve, reject) => {
        const request = indexedDB.open(name);
        // Not there: it must not be made here.
        request.onupgradeneeded = () => request.transaction!.abort();
        request.onerror = () => resolve([]);
        request.onsuccess = () => {
          const database = request.result;
          const all = database.transaction('drafts').objectStore('drafts').getAll();
          all.onerror = () => reject(new Error('The drafts are not read.'));
          all.onsuccess = () => {
            database.close();
            resolve(
              (all.result as Record<string, unknown>[]).map(({ id, revision, payload, fork }) => ({
                id: String(id),
                revision: Number(revision),
                payload: String(payload),
                forked: fork !== null,
              })),
            );
          };
        };
      }),
    DATABASE,
  );
  return found.sort((a, b) => b.revision - a.revision);
}

/** The cells of a payload as text, blank ones left out. */
export function cellsOf(payload: string): Map<string, string> {
  const { tables } = JSON.parse(payload) as {
    tables: Record<string, Record<string, Record<string, number | null>>>;
  };
  const cells = new Map<string, string>();
  for (const id of CELLS) {
    const [table = '', row = '', column = ''] = id.split('/');
    const value = tables[table]?.[row]?.[column] ?? null;
    if (value !== null) cells.set(id, String(value));
  }
  return cells;
}

/** Asks again until the answer will do; the last answer. */
export async function until<Value>(
  ask: () => Promise<Value>,
  willDo: (value: Value) => boolean,
  patience = 15_000,
): Promise<Value> {
  const end = Date.now() + patience;
  for (;;) {
    const value = await ask();
    if (willDo(value) || Date.now() > end) return value;
    await new Promise((done) => setTimeout(done, 50));
  }
}
