/**
 * Chooses where drafts are kept: in the browser, or in memory where the browser refuses. A fault that may pass is no
 * refusal: the store is handed out all the same and every write tries again.
 */
import { createDraftStore, type DraftStoreOptions } from './draft-store.ts';
import { DraftFailure, type DraftStore } from './drafts.ts';
import { createMemoryDrafts } from './memory-drafts.ts';
import { isSessionOwner, sessionOwner } from './session-owner.ts';

/** Milliseconds after which editing goes on without waiting for the database any longer. */
const PATIENCE = 3_000;

export interface OpenDraftsOptions extends DraftStoreOptions {
  /** Only for this session of the browser: gone with the tab. */
  readonly session?: boolean;
}

/** Never rejects, and never keeps an editor waiting for a storage that does not answer. */
export async function openDrafts({ session = false, ...options }: OpenDraftsOptions): Promise<DraftStore> {
  const named = { tenant: options.tenant, user: options.user };
  // A user who is called like a session could read somebody's drafts.
  const owner = isSessionOwner(named) ? undefined : session ? sessionOwner(named) : named;
  if (owner === undefined) return createMemoryDrafts(options);
  const store = createDraftStore({ ...options, ...owner });
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
