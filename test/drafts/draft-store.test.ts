import { expect } from 'chai';
import { deleteDB } from 'idb';
import { belongsTo, REVISIONS_KEPT } from '../../src/drafts/draft-record.ts';
import { createDraftStore } from '../../src/drafts/draft-store.ts';
import type { DraftFailure } from '../../src/drafts/drafts.ts';
import { shortly } from '../browser/short-waits.ts';
import {
  cleanUp,
  contentOf,
  door,
  lookInto,
  newDatabase,
  openStore,
  REPORT,
  until,
} from './sample-drafts.ts';

describe('draft store', () => {
  afterEach(cleanUp);

  it('[D1] creates every store at version 1', async () => {
    const database = newDatabase();
    await openStore({ database });
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    expect(opened.version).to.equal(1);
    expect([...opened.objectStoreNames]).to.deep.equal([
      'drafts',
      'heads',
      'leases',
      'revisions',
      'set-aside',
    ]);
    opened.close();
  });

  it('[E332] keeps the file that is written beside a draft, for its owner, as long as there is the draft', async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle(`备份-${Date.now()}.json`, { create: true });
    const database = newDatabase();
    const store = await openStore({ database });
    const [first, other] = [store.begin({ report: REPORT }), store.begin({ report: REPORT })];
    for (const writer of [first, other]) {
      await writer.write(contentOf('1'));
      await store.keepFile!(writer.id, file);
    }
    const stranger = await openStore({ database, user: '别人' });
    expect(await stranger.keptFile!(first.id)).to.equal(undefined);
    // Housekeeping of somebody who keeps nothing for long, and a lease of that name that is none.
    const later = await openStore({ database, daysKept: 1, now: () => Date.now() + 5 * 86_400_000 });
    expect(await (await later.keptFile!(first.id))!.isSameEntry(file)).to.equal(true);
    expect(await later.claim('file:x', 'somebody')).to.equal('somebody');
    expect(await later.keptFile!('x')).to.equal(undefined);
    await store.keepFile!(other.id, undefined);
    expect(await store.keptFile!(other.id)).to.equal(undefined);
    await store.delete(first.id);
    await until(async () => (await store.keptFile!(first.id)) === undefined);
    await store.keepFile!(other.id, file);
    await store.clear();
    expect(await lookInto(database, 'leases')).to.deep.equal([]);
  });

  it('[D2] answers a write only after the transaction is complete', async () => {
    const store = await openStore();
    const order: string[] = [];
    const real = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof real>) {
      const transaction = real.apply(this, given);
      if (given[1] === 'readwrite') transaction.addEventListener('complete', () => order.push('complete'));
      return transaction;
    };
    try {
      const write = store.begin({ report: REPORT }).write(contentOf('1'));
      void write.then(() => order.push('saved'));
      await write;
    } finally {
      IDBDatabase.prototype.transaction = real;
    }
    expect(order).to.deep.equal(['complete', 'saved']);
  });

  it('[D3] puts and commits in the task that calls, strictly durable', async () => {
    const store = await openStore();
    const calls: string[] = [];
    const put = IDBObjectStore.prototype.put;
    const commit = IDBTransaction.prototype.commit;
    const real = IDBDatabase.prototype.transaction;
    const durabilities: unknown[] = [];
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      calls.push(`put ${this.name}`);
      return put.apply(this, given);
    };
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      calls.push('commit');
      commit.call(this);
    };
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof real>) {
      durabilities.push(given[2]?.durability);
      return real.apply(this, given);
    };
    const writer = store.begin({ report: REPORT });
    let write: Promise<unknown>;
    try {
      write = writer.write(contentOf('1'));
      expect(calls).to.deep.equal(['put drafts', 'put revisions', 'commit']);
      calls.length = 0;
      const leaving = writer.write(contentOf('2'), { leaving: true });
      expect(calls.slice(0, 3)).to.deep.equal(['put drafts', 'put revisions', 'commit']);
      expect(calls[calls.length - 1]).to.equal('commit');
      await leaving;
      expect(new Set(durabilities)).to.deep.equal(new Set(['strict']));
      durabilities.length = 0;
      await writer.write(contentOf('3'), { leaving: true, closing: true });
      // It is called written when one that waits for the disk has come after it.
      expect(durabilities.pop()).to.equal('strict');
    } finally {
      IDBObjectStore.prototype.put = put;
      IDBTransaction.prototype.commit = commit;
      IDBDatabase.prototype.transaction = real;
    }
    await write;
    expect(new Set(durabilities)).to.deep.equal(new Set(['relaxed']));
    expect(await store.list()).to.have.length(1);
  });

  it('[D4] counts revisions up, in writes that overlap too', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const writer = store.begin({ report: REPORT });
    const saved = await Promise.all(['1', '2', '3'].map((text) => writer.write(contentOf(text))));
    expect(saved.map((one) => one.revision)).to.deep.equal([1, 2, 3]);
    const [draft] = await store.list();
    expect(draft).to.deep.include({
      revision: 3,
      payload: contentOf('3').payload,
      tenant: 'county',
      user: 'a',
    });
    expect((await store.history(writer.id)).map((one) => one.revision)).to.deep.equal([3, 2, 1]);
    expect(await lookInto(database, 'heads')).to.have.length(1);
  });

  it('[D5] forks when another tab has written, and overwrites nothing', async () => {
    const database = newDatabase();
    const first = await openStore({ database });
    const second = await openStore({ database });
    const mine = first.begin({ report: REPORT });
    await mine.write(contentOf('start'));
    const [shared] = await second.list();
    const theirs = second.begin({ report: REPORT, continuing: shared });
    await theirs.write(contentOf('theirs'));
    const before = mine.id;
    const saved = await mine.write(contentOf('mine'));
    expect(saved.forkedFrom?.id).to.equal(before);
    expect(saved.id).not.to.equal(before);
    expect((await first.read(before))?.payload).to.equal(contentOf('theirs').payload);
    expect((await first.read(saved.id))?.payload).to.equal(contentOf('mine').payload);
    // The fork names what both had in common: over that they are joined.
    const fork = (await first.read(saved.id))?.fork;
    expect(fork?.id).to.equal(before);
    const trunk = (await first.history(before)).find(({ revision }) => revision === fork?.revision);
    expect(trunk?.payload).to.equal(contentOf('start').payload);
    // From here on each goes its own way.
    const next = await mine.write(contentOf('mine, more'));
    expect(next).to.include({ id: saved.id });
    expect(next.forkedFrom).to.equal(undefined);
    expect(await first.list()).to.have.length(2);
  });

  it('[D5] forks even when the other tab is far ahead and its history pruned', async () => {
    const database = newDatabase();
    const first = await openStore({ database });
    const second = await openStore({ database });
    const mine = first.begin({ report: REPORT });
    await mine.write(contentOf('start'));
    const theirs = second.begin({ report: REPORT, continuing: (await second.list())[0] });
    for (let count = 0; count < REVISIONS_KEPT + 5; count += 1)
      await theirs.write(contentOf(`theirs ${count}`));
    const saved = await mine.write(contentOf('mine'));
    expect(saved.id).not.to.equal(theirs.id);
    expect((await first.read(theirs.id))?.payload).to.equal(
      contentOf(`theirs ${REVISIONS_KEPT + 4}`).payload,
    );
  });

  it('[D6] a leaving page forks without any script running afterwards', async () => {
    const database = newDatabase();
    const first = await openStore({ database });
    const second = await openStore({ database });
    const mine = first.begin({ report: REPORT });
    await mine.write(contentOf('start'));
    await second.begin({ report: REPORT, continuing: (await second.list())[0] }).write(contentOf('theirs'));
    const leaving = mine.write(contentOf('mine'), { leaving: true });
    // What another page sees, whatever became of the one that left.
    await until(async () => (await second.list()).length === 2);
    const payloads = (await second.list()).map((draft) => draft.payload);
    expect(payloads).to.have.members([contentOf('theirs').payload, contentOf('mine').payload]);
    const saved = await leaving;
    expect(saved.forkedFrom).to.be.an('object');
    expect((await mine.write(contentOf('mine again'))).id).to.equal(saved.id);
    expect(await second.list()).to.have.length(2);
  });

  it('[D6] several writes of a leaving page make one fork', async () => {
    const database = newDatabase();
    const first = await openStore({ database });
    const second = await openStore({ database });
    const mine = first.begin({ report: REPORT });
    await mine.write(contentOf('start'));
    await second.begin({ report: REPORT, continuing: (await second.list())[0] }).write(contentOf('theirs'));
    await Promise.all([
      mine.write(contentOf('mine 1')),
      mine.write(contentOf('mine 2'), { leaving: true }),
      mine.write(contentOf('mine 3'), { leaving: true }),
    ]);
    await mine.write(contentOf('mine 4'));
    expect((await second.list()).map((draft) => draft.payload)).to.have.members([
      contentOf('theirs').payload,
      contentOf('mine 4').payload,
    ]);
  });

  it('[D6] a leaving page without a conflict leaves one draft', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const writer = store.begin({ report: REPORT });
    await Promise.all(['1', '2', '3'].map((text) => writer.write(contentOf(text), { leaving: true })));
    expect(await lookInto(database, 'drafts')).to.have.length(1);
    expect(await lookInto(database, 'heads')).to.have.length(1);
    expect(await lookInto(database, 'revisions')).to.have.length(3);
  });

  it('[D57] a revision written in the middle of a cell is kept until the next one, and says which', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    await writer.write(contentOf('1, 2', { open: 'a/b/c' }));
    await writer.write(contentOf('1, 23', { open: 'a/b/c' }));
    expect((await store.read(writer.id))?.open).to.equal('a/b/c');
    const seen = async (): Promise<unknown> =>
      (await store.history(writer.id)).map(({ revision, open }) => [revision, open]);
    expect(await seen()).to.deep.equal([
      [3, 'a/b/c'],
      [1, null],
    ]);
    await writer.write(contentOf('1, 23'), { leaving: true });
    await writer.write(contentOf('1, 24'));
    expect(await seen()).to.deep.equal([
      [5, null],
      [4, null],
      [1, null],
    ]);
    expect((await store.read(writer.id))?.open).to.equal(null);
  });

  it('[D7] keeps the last 20 revisions', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const writer = store.begin({ report: REPORT });
    for (let count = 1; count <= 27; count += 1) await writer.write(contentOf(String(count)));
    const history = await store.history(writer.id);
    expect(history).to.have.length(20);
    expect(history[0]?.revision).to.equal(27);
    expect(history[19]?.revision).to.equal(8);
    expect(await lookInto(database, 'revisions')).to.have.length(20);
  });

  it('[D7] keeps the last 20 revisions beside those written in the middle of a cell, which are none', async () => {
    const store = await openStore({ database: newDatabase() });
    const writer = store.begin({ report: REPORT });
    for (let count = 1; count <= 27; count += 1) {
      await writer.write({ ...contentOf(`${count}…`), open: 'requests/received/enterprise' });
      await writer.write(contentOf(String(count)));
    }
    const history = await store.history(writer.id);
    expect(history.map(({ revision }) => revision)).to.deep.equal(
      Array.from({ length: 20 }, (_, index) => 54 - 2 * index),
    );
  });

  it('[D8] user B sees and touches nothing of user A', async () => {
    const database = newDatabase();
    const a = await openStore({ database, user: 'a' });
    const writer = a.begin({ report: REPORT });
    const saved = await writer.write(contentOf('a'));
    for (const other of [
      { tenant: 'county', user: 'b' },
      { tenant: 'city', user: 'a' },
      { tenant: '', user: '' },
    ]) {
      const b = await openStore({ database, ...other });
      expect(await b.list({ expired: true })).to.deep.equal([]);
      expect(await b.read(saved.id)).to.equal(undefined);
      expect(await b.history(saved.id)).to.deep.equal([]);
      expect(await b.delete(saved.id)).to.equal(false);
      expect(await b.acknowledge(saved.id, 99)).to.equal(false);
      expect(await b.setAside()).to.deep.equal([]);
      expect(b.remembers(REPORT)).to.equal(false);
      await b.clear();
    }
    expect(await a.list()).to.have.length(1);
    expect(await a.history(saved.id)).to.have.length(1);
  });

  it('[D9] deletes a draft with its history, and everything of its owner', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const one = store.begin({ report: REPORT });
    const two = store.begin({ report: { ...REPORT, key: 'post-2' } });
    await one.write(contentOf('1'));
    await two.write(contentOf('2'));
    expect(await store.delete(one.id)).to.equal(true);
    expect((await store.list()).map((draft) => draft.id)).to.deep.equal([two.id]);
    await store.clear();
    for (const name of ['drafts', 'revisions', 'heads', 'set-aside'] as const) {
      expect(await lookInto(database, name), name).to.deep.equal([]);
    }
  });

  it('[D9] deletes a draft it has shown in the task that calls, so that a page may close on it', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    await store.begin({ report: REPORT }).write(contentOf('1'));
    const other = await openStore({ database });
    const [draft] = await other.list();
    let commits = 0;
    const commit = IDBTransaction.prototype.commit;
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      commits += 1;
      commit.call(this);
    };
    const deleting = other.delete(draft!.id);
    IDBTransaction.prototype.commit = commit;
    expect(commits).to.equal(1);
    expect(other.remembers(REPORT)).to.equal(false);
    expect(await deleting).to.equal(true);
    for (const name of ['drafts', 'revisions', 'heads'] as const) {
      expect(await lookInto(database, name), name).to.deep.equal([]);
    }
  });

  it('[D10] acknowledging clears a draft unless it was edited since', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    const sent = await writer.write(contentOf('sent'));
    const later = await writer.write(contentOf('later'));
    expect(await store.acknowledge(writer.id, sent.revision)).to.equal(false);
    expect((await store.read(writer.id))?.base).to.equal(contentOf('sent').digest);
    expect((await store.read(writer.id))?.payload).to.equal(contentOf('later').payload);
    expect(store.remembers(REPORT)).to.equal(true);
    expect(await store.acknowledge(writer.id, later.revision)).to.equal(true);
    expect(await store.list()).to.deep.equal([]);
    expect(store.remembers(REPORT)).to.equal(false);
    // Work goes on after the submission.
    const next = await writer.write(contentOf('more'));
    expect(next.revision).to.equal(3);
    expect(store.remembers(REPORT)).to.equal(true);
  });

  it('[D11] a closed handle is replaced and the whole draft written', async () => {
    const database = newDatabase();
    const handles: IDBDatabase[] = [];
    const real = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<typeof real>) {
      if (!handles.includes(this)) handles.push(this);
      return real.apply(this, given);
    };
    try {
      const store = await openStore({ database });
      const writer = store.begin({ report: REPORT });
      await writer.write(contentOf('1'));
      for (const handle of handles) handle.close();
      const saved = await writer.write(contentOf('2'));
      expect(saved).to.include({ id: writer.id, revision: 2 });
      expect((await store.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('2').payload]);
    } finally {
      IDBDatabase.prototype.transaction = real;
    }
  });

  it('[D11] a deleted database is made anew, with the revision going on', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const events: string[] = [];
    store.watch((event) => events.push(event));
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    await deleteDB(database);
    expect(events).to.deep.equal(['lost']);
    const saved = await writer.write(contentOf('2'));
    expect(saved.revision).to.be.greaterThan(1);
    expect((await store.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('2').payload]);
  });

  it('[D12] a newer program gets the database, after a last chance to write', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const writer = store.begin({ report: REPORT });
    let last: Promise<unknown> | undefined;
    store.watch((event) => {
      if (event === 'newer-version') last = writer.write(contentOf('last'), { leaving: true });
    });
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database, 2);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    await last;
    expect(last).to.be.an('promise');
    const all = await new Promise<unknown[]>((resolve) => {
      const request = newer.transaction('drafts').objectStore('drafts').getAll();
      request.onsuccess = () => resolve(request.result);
    });
    newer.close();
    expect(all).to.have.length(1);
    const failure = await writer.write(contentOf('too late')).catch((error: DraftFailure) => error);
    expect((failure as DraftFailure).reason).to.equal('newer-version');
  });

  it('[D13] order goes by revision when the clock is set back', async () => {
    let time = Date.parse('2026-01-10');
    const store = await openStore({ now: () => time });
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('first'));
    time = Date.parse('2020-01-01');
    await writer.write(contentOf('second'));
    const history = await store.history(writer.id);
    expect(history.map((one) => one.payload)).to.deep.equal([
      contentOf('second').payload,
      contentOf('first').payload,
    ]);
    expect((await store.list())[0]?.payload).to.equal(contentOf('second').payload);
  });

  it('[D14] a draft of 60 days is offered for a last week from when that was noticed, and then deleted', async () => {
    const database = newDatabase();
    const day = 86_400_000;
    let time = Date.parse('2026-01-10');
    const now = (): number => time;
    const first = await openStore({ database, now });
    await first.begin({ report: REPORT }).write(contentOf('old'));
    const days = async (count: number): Promise<readonly number[]> => {
      time = Date.parse('2026-01-10') + count * day;
      // Another owner's page does the housekeeping as well.
      await openStore({ database, now, user: 'somebody else' });
      return [(await first.list()).length, (await first.list({ expired: true })).length];
    };
    expect(await days(59)).to.deep.equal([1, 1]);
    expect(await days(61)).to.deep.equal([1, 1]);
    // The clock had run ahead, and is put right.
    expect(await days(2)).to.deep.equal([1, 1]);
    expect(await days(61)).to.deep.equal([1, 1]);
    expect(await days(69)).to.deep.equal([0, 0]);
    // Written while the clock was years behind: the first sight of it is not its last.
    time = Date.parse('2009-01-01');
    await first.begin({ report: REPORT }).write(contentOf('old clock'));
    expect(await days(0)).to.deep.equal([1, 1]);
    expect(await days(8)).to.deep.equal([0, 0]);
    expect(await lookInto(database, 'revisions')).to.deep.equal([]);
  });

  it('[D15] a full storage loses its oldest history first, and the write is tried once more', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    for (let count = 1; count <= 10; count += 1) await writer.write(contentOf(String(count)));
    const full = fillStorage(1);
    try {
      await writer.write(contentOf('11'));
    } finally {
      full.empty();
    }
    expect(full.refusals).to.equal(1);
    expect((await store.list())[0]?.payload).to.equal(contentOf('11').payload);
    expect(await store.history(writer.id)).to.have.length(4);
  });

  it('[D15] a storage that stays full is reported as such, and used again once there is room', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    const full = fillStorage(Infinity);
    try {
      const failure = await writer.write(contentOf('2')).catch((error: DraftFailure) => error);
      expect((failure as DraftFailure).reason).to.equal('quota');
      expect(full.refusals).to.equal(2);
    } finally {
      full.empty();
    }
    expect((await store.list())[0]?.payload).to.equal(contentOf('1').payload);
    await writer.write(contentOf('3'));
    expect((await store.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('3').payload]);
  });

  it('[D95] after a fault of the store itself a write counts only once the store has begun a new log', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    const put = IDBObjectStore.prototype.put;
    let faults = 2;
    let bytes = 0;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      bytes += (given[0] as { bytes?: Uint8Array }).bytes?.length ?? 0;
      if (this.name === 'drafts' && faults > 0) {
        faults -= 1;
        throw new DOMException('Internal error opening backing store', 'UnknownError');
      }
      return put.apply(this, given);
    };
    try {
      const failure = await writer.write(contentOf('2')).catch((error: DraftFailure) => error);
      expect((failure as DraftFailure).reason).to.equal('storage');
      expect(bytes).to.equal(0);
      await writer.write(contentOf('3'));
      // Twice what the buffer of Chromium's store holds.
      expect(bytes).to.be.greaterThan(8 * 1024 * 1024);
      bytes = 0;
      await writer.write(contentOf('4'));
      expect(bytes).to.equal(0);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect((await store.history(writer.id)).map(({ payload }) => payload)).to.deep.equal(
      ['4', '3', '1'].map((text) => contentOf(text).payload),
    );
  });

  it('[D95] a fault is remembered by the next page, and a store with no room for a new log has not saved', async () => {
    const database = newDatabase();
    const before = await openStore({ database });
    const put = IDBObjectStore.prototype.put;
    let broken = true;
    let full = false;
    let bytes = 0;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (broken) throw new DOMException('Internal error opening backing store', 'UnknownError');
      const ballast = (given[0] as { bytes?: Uint8Array }).bytes;
      if (ballast !== undefined && full) throw new DOMException('full', 'QuotaExceededError');
      bytes += ballast?.length ?? 0;
      return put.apply(this, given);
    };
    try {
      await before
        .begin({ report: REPORT })
        .write(contentOf('1'))
        .catch(() => undefined);
      broken = false;
      full = true;
      const after = await openStore({ database });
      const writer = after.begin({ report: REPORT });
      const failure = await writer.write(contentOf('2')).catch((error: DraftFailure) => error);
      expect((failure as DraftFailure).reason).to.equal('quota');
      full = false;
      await writer.write(contentOf('3'));
      expect(bytes).to.be.greaterThan(8 * 1024 * 1024);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
  });

  it('[D96] an opening that another tab holds up for ever counts as failed after 8 seconds, and works when it lets go', async () => {
    const database = newDatabase();
    const holder = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database, 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    // It does not let go when asked to, as a frozen tab does not.
    const deletion = indexedDB.deleteDatabase(database);
    const store = createDraftStore({ tenant: '', user: '', door, database });
    const failure = await shortly(8_000, () => store.list().catch((error: DraftFailure) => error));
    expect((failure as DraftFailure).reason).to.equal('unsettled');
    holder.close();
    await new Promise((done) => deletion.addEventListener('success', done));
    await store.begin({ report: REPORT }).write(contentOf('1'));
    expect(await store.list()).to.have.length(1);
    store.close();
  });

  it('[D98] a transaction that is undone without an answer to its requests has an outcome all the same', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    const put = IDBObjectStore.prototype.put;
    const commit = IDBTransaction.prototype.commit;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      const request = put.apply(this, given);
      request.addEventListener = () => {};
      return request;
    };
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      this.abort();
    };
    try {
      const failure = await Promise.race([
        writer.write(contentOf('2')).catch((error: DraftFailure) => error),
        new Promise((resolve) => setTimeout(() => resolve({ reason: 'no outcome' }), 3_000)),
      ]);
      expect((failure as DraftFailure).reason).to.equal('storage');
    } finally {
      IDBObjectStore.prototype.put = put;
      IDBTransaction.prototype.commit = commit;
    }
    await writer.write(contentOf('3'));
    expect((await store.list())[0]?.payload).to.equal(contentOf('3').payload);
  });

  it('[D16] a payload too large to be read again is refused, not kept', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    const failure = await writer
      .write({ ...contentOf(''), payload: ' '.repeat(1_000_001) })
      .catch((error: DraftFailure) => error);
    expect((failure as DraftFailure).reason).to.equal('too-large');
    expect(await store.list()).to.deep.equal([]);
  });

  it('[D17] a write before the database is open waits for it', async () => {
    const store = createDraftStore({ tenant: '', user: '', door, database: newDatabase() });
    await store.begin({ report: REPORT }).write(contentOf('early'));
    expect(await store.list()).to.have.length(1);
    store.close();
  });

  it('[D55] a report whose name is a whole text is kept, found and read again', async () => {
    const store = await openStore();
    const organization = '某县教育局'.repeat(10_000);
    const report = { key: null, organization, year: 2025 };
    await store.begin({ report }).write(contentOf('1', { organization }));
    const [record] = await store.list();
    expect(record?.payload).to.equal(contentOf('1').payload);
    expect(belongsTo(record!, report)).to.equal(true);
    expect(await store.setAside()).to.have.length(0);
    await store
      .begin({ report: { key: 'x'.repeat(50_000), organization: '', year: null } })
      .write(contentOf('2'));
    expect(await store.list()).to.have.length(2);
  });
});

/** Makes the next writes of drafts fail as a full disk does: when the transaction ends. */
function fillStorage(times: number): { readonly refusals: number; empty(): void } {
  const put = IDBObjectStore.prototype.put;
  let refusals = 0;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
    if (this.name === 'drafts' && refusals < times) {
      refusals += 1;
      throw new DOMException('full', 'QuotaExceededError');
    }
    return put.apply(this, given);
  };
  return {
    get refusals() {
      return refusals;
    },
    empty() {
      IDBObjectStore.prototype.put = put;
    },
  };
}
