/**
 * Drafts where the browser refuses to store anything: the same contract, kept only as long as the page is open, and
 * never to be called saved. Knows no IndexedDB.
 */
import { newName, newRecord, reportName, REVISIONS_KEPT, type DraftRecord } from './draft-record.ts';
import type {
  BeginOptions,
  DraftContent,
  DraftOwner,
  DraftSaved,
  DraftStore,
  DraftWriter,
} from './drafts.ts';

export interface MemoryDraftsOptions extends DraftOwner {
  readonly now?: () => number;
}

export function createMemoryDrafts({ tenant, user, now = Date.now }: MemoryDraftsOptions): DraftStore {
  const owner: DraftOwner = { tenant, user };
  /** Revisions of each draft, newest first. */
  const drafts = new Map<string, readonly DraftRecord[]>();
  const newest = (id: string): DraftRecord | undefined => drafts.get(id)?.[0];

  function begin({ report, continuing, after = 0 }: BeginOptions): DraftWriter {
    const writer = newName();
    let id = continuing?.id ?? newName();
    let revision = Math.max(continuing?.revision ?? 0, after);
    let expected = continuing?.stamp;
    let backup = continuing?.backup ?? null;
    let created = continuing?.created;
    let fork = continuing?.fork ?? null;

    function write(content: DraftContent): DraftSaved {
      const at = now();
      let broke: DraftSaved['forkedFrom'];
      const head = newest(id);
      if (head && head.stamp !== expected) {
        broke = { id, revision };
        fork = broke;
        id = newName();
        created = undefined;
      }
      created ??= at;
      revision += 1;
      const record = newRecord(content, {
        ...owner,
        id,
        report: continuing?.report ?? reportName(report),
        keyed: continuing?.keyed ?? report.key !== null,
        revision,
        writer,
        created,
        updated: at,
        backup,
        fork,
        days: null,
      });
      expected = record.stamp;
      // A revision in which somebody was in the middle of a cell is no version to go back to.
      const before = (drafts.get(id) ?? []).filter(({ open }) => open === null);
      drafts.set(id, [record, ...before].slice(0, REVISIONS_KEPT));
      return broke ? { id, revision, at, forkedFrom: broke } : { id, revision, at };
    }

    return {
      get id() {
        return id;
      },
      get revision() {
        return revision;
      },
      async write(content, options = {}) {
        if (options.backup !== undefined) backup = options.backup;
        return write(content);
      },
    };
  }

  return {
    kind: 'memory',
    owner,
    async open() {},
    async list() {
      return [...drafts.values()]
        .flatMap((revisions) => revisions.slice(0, 1))
        .sort((a, b) => b.revision - a.revision || b.updated - a.updated);
    },
    async read(id) {
      return newest(id);
    },
    async history(id) {
      return drafts.get(id) ?? [];
    },
    begin,
    async delete(id, revision = Infinity) {
      return (newest(id)?.revision ?? Infinity) <= revision && drafts.delete(id);
    },
    async clear() {
      drafts.clear();
    },
    async acknowledge(id, revision) {
      const head = newest(id);
      if (!head || head.revision > revision) return false;
      return drafts.delete(id);
    },
    async setAside() {
      return [];
    },
    async deleteSetAside() {
      return false;
    },
    claim: async (_lease, holder) => holder,
    async release() {},
    remembers: () => false,
    watch: () => () => {},
    renew() {},
    close() {
      drafts.clear();
    },
  };
}
