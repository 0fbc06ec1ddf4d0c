/**
 * What a load finds: is there a draft of this report, does the host already have it, has the host changed since, or is
 * a draft that should be there gone. Decides nothing for the user and merges nothing.
 */
import { belongsTo, type DraftRecord } from './draft-record.ts';
import type { DraftStore, ReportIdentity } from './drafts.ts';

export interface Recovery {
  /** The draft that went furthest (by revision, never by the clock). */
  readonly draft: DraftRecord | undefined;
  /** Other branches and other drafts of the same report: to be shown, never dropped silently. */
  readonly others: readonly DraftRecord[];
  /** The host's value is the draft, which was cleared: nothing to recover, and nothing to go on with. */
  readonly sameAsHost: boolean;
  /** The drafts that began from another value of the host than the one it has now. */
  readonly behind: ReadonlySet<string>;
  /** The draft is one of them. */
  readonly hostChanged: boolean;
  /**
   * `no`: nothing; `latest`: what was kept after the draft that is there; `lost`: the draft; `expired`: the draft, past its
   * days.
   */
  readonly missing: 'no' | 'latest' | 'lost' | 'expired';
  /** How many drafts of this owner could not be read and can be downloaded. */
  readonly setAside: number;
  /** The highest revision known for this report, for a new draft to count on from. */
  readonly after: number;
  /** The storage could not be asked; there may be drafts all the same. */
  readonly failed: boolean;
}

/**
 * Looks for drafts of a report. `hostDigest` is the digest of the value just loaded from the host, null where it has
 * none. Drafts that equal it have arrived and are cleared. Never rejects.
 */
export async function recoverDraft(
  store: DraftStore,
  report: ReportIdentity,
  hostDigest: string | null,
): Promise<Recovery> {
  try {
    const known = await store.list({ expired: true });
    const current = await store.list();
    const offered = new Set(current.map((record) => record.id));
    const found = known.filter((record) => belongsTo(record, report));
    const open = found.filter((record) => offered.has(record.id));
    const arrived = open.filter((record) => record.digest === hostDigest);
    const waiting = open.filter((record) => record.digest !== hostDigest);
    for (const record of arrived) await store.delete(record.id, record.revision);
    const [draft, ...others] = waiting.length > 0 ? waiting : arrived;
    const behind = new Set<string>();
    for (const record of waiting) {
      if (record.base === hostDigest) continue;
      // A value that was this draft once came from here: the host has saved it, and nobody has changed it since.
      const history = hostDigest === null ? [] : await store.history(record.id);
      if (!history.some(({ digest }) => digest === hostDigest)) behind.add(record.id);
    }
    const after = Math.max(0, ...found.map((record) => record.revision));
    return {
      draft,
      others: others.filter((record) => waiting.includes(record)),
      sameAsHost: draft !== undefined && draft.digest === hostDigest,
      behind,
      hostChanged: draft !== undefined && behind.has(draft.id),
      missing: draft
        ? store.remembers(report, after + 1)
          ? 'latest'
          : 'no'
        : found.length > 0
          ? 'expired'
          : store.remembers(report)
            ? 'lost'
            : 'no',
      setAside: (await store.setAside()).length,
      after,
      failed: false,
    };
  } catch {
    return {
      draft: undefined,
      others: [],
      sameAsHost: false,
      behind: new Set(),
      hostChanged: false,
      missing: 'no',
      setAside: 0,
      after: 0,
      failed: true,
    };
  }
}
