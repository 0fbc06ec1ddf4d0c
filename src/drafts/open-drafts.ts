/**
 * Chooses where drafts are kept: in the browser, or in memory where the browser refuses. A fault that may pass is no
 * refusal: the store is handed out all the same and every write tries again.
 */
import { createDraftStore, type DraftStoreOptions } from './draft-store.ts';
import { DraftFailure, type DraftStore } from './drafts.ts';
import { createMemoryDrafts } from './memory-drafts.ts';

/** Milliseconds after which editing goes on without waiting for the database any longer. */
const PATIENCE = 3_000;

/** Never rejects, and never keeps an editor waiting for a storage that does not answer. */
export async function openDrafts(options: DraftStoreOptions): Promise<DraftStore> {
  const store = createDraftStore(options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  try {
    await Promise.race([store.open(), patience]);
    return store;
  } catch (error) {
    if (!(error instanceof DraftFailure) || error.reason !== 'memory') return store;
    store.close();
    return createMemoryDrafts(options);
  } finally {
    clearTimeout(timer);
  }
}
