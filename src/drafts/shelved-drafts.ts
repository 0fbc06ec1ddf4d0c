/**
 * Drafts on a shelf that somebody else keeps: where our page is in a frame of another origin, whose own storage a browser
 * partitions or refuses, that is the page around it. The same contract as in IndexedDB of our own, over items with a key,
 * a mark and a text. Knows neither messages nor frames.
 */
import {
  DAYS_KEPT,
  fateOf,
  hiddenName,
  MAX_PAYLOAD_CHARACTERS,
  newName,
  newRecord,
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
  type DraftPlace,
  type DraftSaved,
  type DraftStore,
  type DraftStoreEvent,
  type DraftWriter,
  type PayloadDoor,
  type ReportIdentity,
} from './drafts.ts';

export interface ShelfItem {
  readonly key: string;
  readonly mark: string;
  readonly text: string;
  readonly at: number;
  /** When it was first found to be past its days. */
  readonly noticed: number | null;
}

/** One transaction, of which nothing is done where `head` does not have the mark `expected`, '' for none there. */
export interface ShelfChange {
  readonly head?: string;
  readonly expected?: string;
  readonly put: readonly (readonly [key: string, mark: string, text: string])[];
  /** Ranges of keys, both ends included. */
  readonly remove: readonly (readonly [from: string, to: string])[];
  /** 0: only for as long as the tab is open. */
  readonly days: number;
  /** For the small storage beside it, '' to forget. */
  readonly note: readonly (readonly [name: string, text: string])[];
}

/** Rejects with a DraftFailure. */
export interface DraftShelf {
  /** On its way before it returns. False where somebody else was faster. */
  change(change: ShelfChange): Promise<boolean>;
  list(from: string, to: string): Promise<readonly ShelfItem[]>;
  notes(): Promise<ReadonlyMap<string, string>>;
  /** To be put under this key when the page goes away, in the place of what was said before; '' for nothing. */
  words(key: string, text: string, days: number): void;
  /** What lay there may be gone. */
  onLost(listener: () => void): () => void;
}

export interface ShelvedDraftsOptions extends DraftOwner {
  readonly shelf: DraftShelf;
  /** The drafts end with the tab. */
  readonly session: boolean;
  readonly door: PayloadDoor;
  readonly daysKept?: number;
  readonly now?: () => number;
}

export interface ShelvedDrafts extends DraftStore {
  /**
   * What is on screen now, an open cell included, or undefined where all of it is written: the next page that opens the
   * shelf finds it should this one go away before it can write.
   */
  lastWords(report: ReportIdentity, content: DraftContent | undefined): void;
}

/** Behind all keys that begin alike. */
const END = '\uffff';

interface Words {
  readonly report: ReportIdentity;
  readonly draft: { readonly id: string; readonly stamp: string } | null;
  readonly content: DraftContent;
}

export function createShelvedDrafts(options: ShelvedDraftsOptions): ShelvedDrafts {
  const { shelf, session, door, daysKept = DAYS_KEPT, now = Date.now } = options;
  const owner: DraftOwner = { tenant: options.tenant, user: options.user };
  const days = session ? 0 : daysKept;
  const listeners = new Set<(event: DraftStoreEvent) => void>();
  const stop = shelf.onLost(() => {
    for (const listener of [...listeners]) listener('lost');
  });
  /** Revisions that were kept once, by the hidden name of their report. */
  const notes = new Map<string, string>();
  const wordsKey = `w/${newName()}`;
  let spoken = '';
  /** The draft that was written last. */
  let current: { readonly report: string; readonly place: () => Words['draft'] } | undefined;

  const change = async (what: Partial<ShelfChange>): Promise<boolean> => {
    // On its way before anything is awaited.
    const isDone = await shelf.change({ put: [], remove: [], note: [], days, ...what });
    if (isDone) for (const [name, text] of what.note ?? []) notes.set(name, text);
    return isDone;
  };
  const noteOf = (report: string): string => hiddenName(owner, report);

  function inspect({ key, mark, text, noticed }: ShelfItem): DraftReading {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { ok: false, reason: 'unreadable' };
    }
    const reading = readDraftRecord(value, door);
    if (!reading.ok) return reading;
    const { record } = reading;
    // The page that keeps the shelf keeps owners apart; a record that says otherwise is not as it was written.
    const isAsWritten =
      record.tenant === owner.tenant &&
      record.user === owner.user &&
      (key.startsWith('r/') || (key === headOf(record.id) && mark === record.stamp));
    return isAsWritten ? { ok: true, record: { ...record, noticed } } : { ok: false, reason: 'shape' };
  }

  const heads = (): Promise<readonly ShelfItem[]> => shelf.list('d/', `d/${END}`);

  async function readable(): Promise<DraftRecord[]> {
    return (await heads())
      .map(inspect)
      .flatMap((reading) => (reading.ok ? [reading.record] : []))
      .sort(byRevision);
  }

  async function read(id: string): Promise<DraftRecord | undefined> {
    const [item] = await shelf.list(headOf(id), headOf(id));
    const reading = item && inspect(item);
    return reading?.ok === true ? reading.record : undefined;
  }

  async function history(id: string): Promise<DraftRecord[]> {
    return (await shelf.list(`r/${id}/`, `r/${id}/${END}`))
      .map(inspect)
      .flatMap((reading) => (reading.ok && reading.record.id === id ? [reading.record] : []))
      .sort(byRevision);
  }

  const allOf = (id: string): ShelfChange['remove'] => [
    [headOf(id), headOf(id)],
    [`r/${id}/`, `r/${id}/${END}`],
  ];

  /** Room for the newest: only history goes. */
  async function pruneHistory(): Promise<void> {
    const old = (await readable()).map(({ id, revision }): [string, string] => [
      `r/${id}/`,
      pastOf(id, revision - REVISIONS_WHEN_FULL, END),
    ]);
    await change({ remove: old });
  }

  /** Unless it was written since: false then. */
  async function remove(record: DraftRecord): Promise<boolean> {
    const others = (await readable()).some(({ id, report }) => report === record.report && id !== record.id);
    return change({
      head: headOf(record.id),
      expected: record.stamp,
      remove: allOf(record.id),
      note: others ? [] : [[noteOf(record.report), '']],
    });
  }

  function begin({ report: identity, continuing, after = 0 }: BeginOptions): DraftWriter {
    const writer = newName();
    const report = continuing?.report ?? reportName(identity);
    const keyed = continuing?.keyed ?? identity.key !== null;
    let id = continuing?.id ?? newName();
    let revision = Math.max(continuing?.revision ?? 0, after);
    /** The last revision of this draft that is known to be written: where a branch of ours would begin. */
    let agreed = continuing?.revision ?? 0;
    let created = continuing?.created;
    let fork: DraftPlace | null = continuing?.fork ?? null;
    /** Where it broke away, until somebody has been told. */
    let broke: DraftPlace | undefined;
    let backup = continuing?.backup ?? null;
    /** The last write as far as this writer knows: what it replaces, and nothing else. */
    let expected = continuing?.stamp ?? '';
    const own = new Set([expected]);
    /** The revision before, where somebody was in the middle of a cell: no version to go back to. */
    let halfTyped: readonly [string, string] | undefined;
    const left: number[] = [];
    let latest: Promise<DraftSaved> | undefined;
    current = {
      report: reportName(identity),
      place: () => (expected === '' ? null : { id, stamp: expected }),
    };

    /** Everything of it is sent in the caller's task. */
    function attempt(content: DraftContent): {
      readonly record: DraftRecord;
      readonly done: Promise<boolean>;
    } {
      const at = now();
      created ??= at;
      const record = newRecord(content, {
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
        days: daysKept,
      });
      const before = expected;
      expected = record.stamp;
      revision = record.revision;
      own.add(expected);
      const past = pastOf(id, record.revision, record.stamp);
      const done = change({
        head: headOf(id),
        expected: before,
        put: [
          [headOf(id), record.stamp, JSON.stringify(record)],
          [past, '', JSON.stringify({ ...record, origin: null })],
        ],
        remove: [
          [`r/${id}/`, pastOf(id, lastToGo(record.revision, left), END)],
          ...(halfTyped === undefined ? [] : [halfTyped]),
        ],
        note: [[noteOf(report), String(record.revision)]],
      });
      halfTyped = record.open === null ? undefined : [past, past];
      if (halfTyped !== undefined) left.push(record.revision);
      return { record, done };
    }

    async function settle(
      content: DraftContent,
      first: ReturnType<typeof attempt>,
      superseded: () => Promise<DraftSaved> | undefined,
    ): Promise<DraftSaved> {
      let attempted = first;
      let pruned = false;
      const isDone = async (done: Promise<boolean>): Promise<boolean> => {
        try {
          return await done;
        } catch (error) {
          if (pruned || (error as DraftFailure).reason !== 'quota') throw error;
          pruned = true;
          await pruneHistory();
          return false;
        }
      };
      // Its own earlier write that came to nothing, then somebody else's, then a fork; and once where it was full.
      for (let round = 0; round < 5; round += 1) {
        const { record, done } = attempted;
        if (await isDone(done)) {
          if (record.id === id) agreed = Math.max(agreed, record.revision);
          const told = broke;
          broke = undefined;
          return {
            id: record.id,
            revision: record.revision,
            at: record.updated,
            ...(told && { forkedFrom: told }),
          };
        }
        const [head] = await shelf.list(headOf(id), headOf(id));
        // Older content must not be written after newer.
        const later = superseded();
        if (later) return later;
        if (head === undefined || own.has(head.mark)) expected = head?.mark ?? '';
        else {
          broke = { id, revision: agreed };
          fork = broke;
          id = newName();
          expected = '';
          created = undefined;
        }
        attempted = attempt(content);
      }
      throw new DraftFailure('storage');
    }

    return {
      get id() {
        return id;
      },
      get revision() {
        return revision;
      },
      write(content, { backup: copied } = {}) {
        if (content.payload.length > MAX_PAYLOAD_CHARACTERS)
          return Promise.reject(new DraftFailure('too-large'));
        if (copied !== undefined) backup = copied;
        const mine: Promise<DraftSaved> = settle(content, attempt(content), () =>
          latest === mine ? undefined : latest,
        );
        latest = mine;
        return mine;
      },
    };
  }

  /** What a page could not write any more becomes the next revision of its draft, or a draft of its own. */
  async function takeWords({ key, text }: ShelfItem): Promise<void> {
    const words = readWords(text, door);
    // Set aside, where it lies.
    if (words === undefined) return;
    const { report, draft, content } = words;
    const drafts = await readable();
    const continuing =
      draft === null ? undefined : drafts.find(({ id, stamp }) => id === draft.id && stamp === draft.stamp);
    const after = Math.max(0, ...drafts.map(({ revision }) => revision));
    if (!drafts.some(({ digest }) => digest === content.digest))
      await begin({ report, continuing, after }).write(content);
    await change({ remove: [[key, key]] });
  }

  return {
    kind: 'browser',
    owner,
    async open() {
      for (const [name, text] of await shelf.notes()) notes.set(name, text);
      for (const item of await shelf.list('w/', `w/${END}`)) await takeWords(item).catch(() => undefined);
    },
    async list({ expired = false } = {}) {
      const found = await readable();
      return expired
        ? found
        : found.filter((record) => fateOf(record, now(), record.days ?? DAYS_KEPT) !== 'delete');
    },
    read,
    history,
    begin,
    async delete(id, revision = Infinity) {
      const record = await read(id);
      return record !== undefined && record.revision <= revision && remove(record);
    },
    async clear() {
      const reports = (await readable()).map(({ report }): [string, string] => [noteOf(report), '']);
      await change({
        remove: ['d/', 'r/', 'w/'].map((prefix): [string, string] => [prefix, prefix + END]),
        note: reports,
      });
    },
    async acknowledge(id, revision) {
      const record = await read(id);
      if (record === undefined) return false;
      if (record.revision <= revision) return remove(record);
      const arrived = (await history(id)).find((past) => past.revision === revision);
      if (arrived !== undefined) {
        // What the host holds now is what later edits began from.
        const text = JSON.stringify({ ...record, base: arrived.digest, origin: arrived.payload });
        await change({ head: headOf(id), expected: record.stamp, put: [[headOf(id), record.stamp, text]] });
      }
      return false;
    },
    async setAside() {
      const found: SetAsideRecord[] = [];
      // Left where it is: nothing is written under its name any more, and a newer program may read it.
      const add = ({ key, at, text }: ShelfItem, reason: DamageReason, history: readonly unknown[]): void => {
        found.push({ id: key, ...owner, at, reason, raw: text, history, noticed: null });
      };
      for (const item of await heads()) {
        const reading = inspect(item);
        if (reading.ok) continue;
        const past = `r/${item.key.slice(2)}/`;
        const history = await shelf.list(past, past + END);
        add(
          item,
          reading.reason,
          history.map(({ text }) => text),
        );
      }
      for (const item of await shelf.list('w/', `w/${END}`))
        if (readWords(item.text, door) === undefined) add(item, 'unreadable', []);
      return found;
    },
    async deleteSetAside(key) {
      const [item] = await shelf.list(key, key);
      if (item === undefined) return false;
      if (key.startsWith('w/'))
        return readWords(item.text, door) === undefined && change({ remove: [[key, key]] });
      if (!key.startsWith('d/') || inspect(item).ok) return false;
      return change({ head: key, expected: item.mark, remove: allOf(key.slice(2)) });
    },
    async claim(lease, holder, from) {
      const key = `l/${lease}`;
      const put: ShelfChange['put'] = [[key, holder, '']];
      if (await change({ head: key, expected: '', put })) return holder;
      const [item] = await shelf.list(key, key);
      if (from !== undefined && item?.mark === from && (await change({ head: key, expected: from, put })))
        return holder;
      return item?.mark ?? holder;
    },
    async release(lease, holder, leaving = false) {
      const key = `l/${lease}`;
      await change({ ...(!leaving && { head: key, expected: holder }), remove: [[key, key]] });
    },
    remembers(report, revision = 1) {
      return (Number(notes.get(noteOf(reportName(report))) ?? 0) || 0) >= revision;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    renew() {
      // The shelf opens its storage anew by itself.
    },
    close() {
      listeners.clear();
      stop();
    },
    lastWords(report, content) {
      const draft = current?.report === reportName(report) ? current.place() : null;
      const words: Words | undefined = content && { report, draft, content };
      const text = words === undefined ? '' : JSON.stringify(words);
      if (text === spoken) return;
      spoken = text;
      shelf.words(wordsKey, text, days);
    },
  };
}

const headOf = (id: string): string => `d/${id}`;

const pastOf = (id: string, revision: number, stamp: string): string =>
  `r/${id}/${String(Math.max(0, revision)).padStart(10, '0')}/${stamp}`;

/** As untrusted as a draft; undefined where it cannot be read. */
function readWords(text: string, door: PayloadDoor): Words | undefined {
  try {
    const { report, draft, content } = JSON.parse(text) as Words;
    const isText = (...values: unknown[]): boolean => values.every((value) => typeof value === 'string');
    const isWhole =
      isText(content.payload, content.digest, content.format, content.organization, report.organization) &&
      (report.key === null || isText(report.key)) &&
      (draft === null || isText(draft.id, draft.stamp));
    return isWhole && door(content.payload) ? { report, draft, content } : undefined;
  } catch {
    return undefined;
  }
}

function byRevision(a: DraftRecord, b: DraftRecord): number {
  return b.revision - a.revision || b.updated - a.updated;
}
