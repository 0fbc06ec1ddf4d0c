import { expect } from 'chai';
import { deleteDB } from 'idb';
import { flushOnLeaving } from '../../src/drafts/page-lifecycle.ts';
import { DraftFailure, type DraftSaved } from '../../src/drafts/drafts.ts';
import {
  autosaveOf,
  cleanUp,
  contentOf,
  newDatabase,
  openStore,
  REPORT,
  scriptedStore,
  until,
  wait,
} from './sample-drafts.ts';

const savedAs = (revision: number): DraftSaved => ({ id: 'draft', revision, at: Date.now() });

describe('autosave', () => {
  afterEach(cleanUp);

  it('[D21] tells unsaved, saving, saved in this order, and saved only when the write was answered', async () => {
    let answer: (saved: DraftSaved) => void = () => {};
    const store = scriptedStore(() => new Promise((resolve) => (answer = resolve)));
    const { autosave, states, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => store.writes.length === 1);
    await wait(30);
    expect(states.map((state) => state.status)).to.deep.equal(['clean', 'unsaved', 'saving']);
    answer(savedAs(1));
    await until(() => autosave.state.status === 'saved');
    expect(states[states.length - 1]).to.include({
      status: 'saved',
      revision: 1,
      draft: 'draft',
      reason: null,
    });
    expect(autosave.state.savedAt).to.be.a('number');
  });

  it('[D21] is never saved over newer, unsaved work', async () => {
    const answers: ((saved: DraftSaved) => void)[] = [];
    const store = scriptedStore(() => new Promise((resolve) => answers.push(resolve)));
    const { autosave, states, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => answers.length === 1);
    type('2');
    expect(autosave.state.status).to.equal('unsaved');
    answers[0]!(savedAs(1));
    await until(() => answers.length === 2);
    expect(states.map((state) => state.status)).not.to.include('saved');
    answers[1]!(savedAs(2));
    await until(() => autosave.state.status === 'saved');
    expect(store.writes.map((content) => content.payload)).to.deep.equal([
      contentOf('1').payload,
      contentOf('2').payload,
    ]);
  });

  it('[D22] writes nothing before it is started, then what was typed meanwhile', async () => {
    const store = await openStore();
    const { autosave, type } = autosaveOf(store);
    type('early');
    autosave.flush();
    await autosave.keepNow();
    await wait(40);
    expect(await store.list()).to.deep.equal([]);
    expect(autosave.state.status).to.equal('unsaved');
    autosave.start({ report: REPORT });
    await until(() => autosave.state.status === 'saved');
    expect((await store.list())[0]?.payload).to.equal(contentOf('early').payload);
  });

  it('[D23] steady typing does not put the write off', async () => {
    const store = scriptedStore(async (_content, nth) => savedAs(nth));
    const { autosave, type } = autosaveOf(store, { delay: 40 });
    autosave.start({ report: REPORT });
    for (let count = 0; count < 20; count += 1) {
      type(String(count));
      await wait(8);
    }
    expect(store.writes.length).to.be.greaterThan(1);
    autosave.stop();
  });

  it('[D23] the first change after a pause is handed over before the next task', async () => {
    const store = scriptedStore(async (_content, nth) => savedAs(nth));
    const { autosave, type } = autosaveOf(store, { delay: 10_000 });
    autosave.start({ report: REPORT });
    type('1');
    type('1, all of it');
    expect(store.writes).to.have.length(0);
    await Promise.resolve();
    expect(store.writes.map((content) => content.payload)).to.deep.equal([contentOf('1, all of it').payload]);
    type('2');
    await wait(20);
    expect(store.writes).to.have.length(1);
    expect(autosave.state.status).to.equal('unsaved');
    autosave.stop();
  });

  it('[D23] typed and taken back needs no write', async () => {
    const store = scriptedStore(async (_content, nth) => savedAs(nth));
    const { autosave, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'saved');
    type('2');
    type('1');
    await until(() => autosave.state.status === 'saved');
    expect(store.writes).to.have.length(1);
  });

  it('[D24] a save that does not settle is "not saved", and recovers when it settles', async () => {
    const answers: ((saved: DraftSaved) => void)[] = [];
    const store = scriptedStore(() => new Promise((resolve) => answers.push(resolve)));
    const { autosave, states, type } = autosaveOf(store, { delay: 60, patience: 30, backOff: [10_000] });
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'failed');
    expect(autosave.state.reason).to.equal('unsettled');
    expect(store.renewed).to.equal(1);
    type('2');
    expect(autosave.state.status).to.equal('failed');
    expect(states.map((state) => state.status)).not.to.include('saved');
    answers[0]!(savedAs(1));
    await until(() => answers.length === 2);
    answers[1]!(savedAs(2));
    await until(() => autosave.state.status === 'saved');
    autosave.stop();
  });

  it('[D24] retries with growing pauses while a store never settles, and recovers by itself', async () => {
    const store = scriptedStore((_content, nth) =>
      nth < 3 ? new Promise(() => {}) : Promise.resolve(savedAs(nth)),
    );
    const { autosave, type } = autosaveOf(store, { patience: 15, backOff: [10, 40] });
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'failed');
    await until(() => autosave.state.status === 'saved');
    expect(store.writes).to.have.length(3);
    expect(autosave.state.reason).to.equal(null);
  });

  it('[D25] a failed write says why, stays failed while retried, and is written in the end', async () => {
    const store = scriptedStore((_content, nth) =>
      nth < 3 ? Promise.reject(new DraftFailure('quota')) : Promise.resolve(savedAs(nth)),
    );
    const { autosave, states, type } = autosaveOf(store, { backOff: [10] });
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'saved');
    const told = states.map((state) => state.status);
    expect(told).to.deep.equal(['clean', 'unsaved', 'saving', 'failed', 'saved']);
    expect(states[3]?.reason).to.equal('quota');
  });

  it('[D25] a report that cannot be written down is a failure, not a crash', async () => {
    const store = scriptedStore(async (_content, nth) => savedAs(nth));
    let broken = true;
    const { autosave, type } = autosaveOf(store, {
      backOff: [10],
      content() {
        if (broken) throw new RangeError('a lone surrogate');
        return contentOf('1');
      },
    });
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.reason === 'content');
    broken = false;
    await until(() => autosave.state.status === 'saved');
  });

  it('[D26] flush hands over before it returns, even while an earlier write is under way', async () => {
    const store = await openStore();
    const { autosave, type } = autosaveOf(store, { delay: 10_000 });
    autosave.start({ report: REPORT });
    type('0');
    await until(() => autosave.state.status === 'saved');
    let commits = 0;
    const commit = IDBTransaction.prototype.commit;
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      commits += 1;
      commit.call(this);
    };
    try {
      type('1');
      autosave.flush();
      const first = commits;
      expect(first).to.be.greaterThan(0);
      type('2');
      autosave.flush();
      expect(commits).to.be.greaterThan(first);
      const second = commits;
      autosave.flush();
      expect(commits, 'nothing new, nothing handed over').to.equal(second);
    } finally {
      IDBTransaction.prototype.commit = commit;
    }
    await until(() => autosave.state.status === 'saved');
    expect((await store.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('2').payload]);
  });

  it('[D26] flush hands a write under way over once more, so that it cannot lose to another tab', async () => {
    const database = newDatabase();
    const one = await openStore({ database });
    const two = await openStore({ database });
    const mine = autosaveOf(one);
    mine.autosave.start({ report: REPORT });
    mine.type('1');
    await until(() => mine.autosave.state.status === 'saved');
    await wait(20);
    await two.begin({ report: REPORT, continuing: (await two.list())[0] }).write(contentOf('theirs'));
    mine.type('mine');
    await Promise.resolve();
    expect(mine.autosave.state.status).to.equal('saving');
    let commits = 0;
    const commit = IDBTransaction.prototype.commit;
    IDBTransaction.prototype.commit = function (this: IDBTransaction) {
      commits += 1;
      commit.call(this);
    };
    mine.autosave.flush();
    IDBTransaction.prototype.commit = commit;
    expect(commits).to.equal(2);
    await until(() => mine.autosave.state.status === 'saved');
    expect((await two.list()).map((draft) => draft.payload)).to.have.members([
      contentOf('theirs').payload,
      contentOf('mine').payload,
    ]);
  });

  it('[D26] what is handed over as the page goes is told to wait for no disk, and only that', async () => {
    const told: unknown[] = [];
    const store = scriptedStore(async (_content, nth) => savedAs(nth));
    const { begin } = store;
    store.begin = (start) => {
      const writer = begin(start);
      const { write } = writer;
      return Object.assign(writer, {
        write: (...given: Parameters<typeof write>) => {
          told.push([given[1]?.leaving, given[1]?.closing]);
          return write(...given);
        },
      });
    };
    const { autosave, type } = autosaveOf(store, { delay: 10_000 });
    autosave.start({ report: REPORT });
    type('0');
    await until(() => autosave.state.status === 'saved');
    type('1');
    autosave.flush();
    type('2');
    autosave.flush(true);
    expect(told).to.deep.equal([
      [false, false],
      [true, false],
      [true, true],
    ]);
    await until(() => autosave.state.status === 'saved');
  });

  it('[D26] leaving events commit an open cell and then flush', () => {
    const calls: string[] = [];
    const flush = (closing?: boolean): unknown => calls.push(closing === true ? 'at once' : 'flush');
    const stop = flushOnLeaving({ flush }, () => calls.push('before'));
    for (const leaving of ['beforeunload', 'pagehide']) window.dispatchEvent(new Event(leaving));
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect(calls).to.deep.equal(['before', 'at once', 'before', 'at once', 'before', 'flush']);
    const visibility = Object.getOwnPropertyDescriptor(Document.prototype, 'visibilityState')!;
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    Reflect.deleteProperty(document, 'visibilityState');
    expect(visibility).to.be.an('object');
    expect(calls).to.have.length(8);
    stop();
    for (const leaving of ['beforeunload', 'pagehide']) window.dispatchEvent(new Event(leaving));
    expect(calls).to.have.length(8);
  });

  it('[D27] keepNow answers with the outcome', async () => {
    const store = await openStore();
    const { autosave, type } = autosaveOf(store, { delay: 10_000 });
    autosave.start({ report: REPORT });
    expect((await autosave.keepNow()).status).to.equal('clean');
    type('1');
    expect((await autosave.keepNow()).status).to.equal('saved');
    const failing = scriptedStore(() => Promise.reject(new DraftFailure('storage')));
    const other = autosaveOf(failing, { delay: 10_000, backOff: [10_000] });
    other.autosave.start({ report: REPORT });
    other.type('1');
    expect(await other.autosave.keepNow()).to.include({ status: 'failed', reason: 'storage' });
    other.autosave.stop();
  });

  it('[D28] writes the whole draft again when the database is deleted while editing', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const { autosave, states, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'saved');
    const told = states.length;
    await deleteDB(database);
    await until(() => autosave.state.status === 'saved' && states.length > told);
    expect(states.slice(told).map((state) => state.status)).to.include('unsaved');
    expect((await store.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('1').payload]);
  });

  it('[D29] a newer program: flushed, told, and nothing is called saved afterwards', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const { autosave, type } = autosaveOf(store, { delay: 10_000, backOff: [10] });
    autosave.start({ report: REPORT });
    type('first words');
    await until(() => autosave.state.status === 'saved');
    type('last words');
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(database, 2);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    newer.close();
    expect(autosave.state.outdated).to.equal(true);
    await until(() => autosave.state.status === 'saved');
    type('too late');
    expect(await autosave.keepNow()).to.include({ status: 'failed', reason: 'newer-version' });
    autosave.stop();
  });

  it('[D30] the time of the last backup is told, and kept with the draft', async () => {
    const store = await openStore();
    const { autosave, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'saved');
    expect(autosave.state.backupAt).to.equal(null);
    autosave.noteBackup(1_700_000_000_000);
    expect(autosave.state.backupAt).to.equal(1_700_000_000_000);
    await until(async () => (await store.list())[0]?.backup === 1_700_000_000_000);
    const again = autosaveOf(store);
    again.autosave.start({ report: REPORT, continuing: (await store.list())[0] });
    expect(again.autosave.state).to.include({ status: 'saved', backupAt: 1_700_000_000_000, revision: 2 });
  });

  it('[D10] acknowledge clears the draft it speaks of; the next change is kept again', async () => {
    const store = await openStore();
    const { autosave, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'saved');
    const sent = autosave.state.revision!;
    type('2');
    await until(() => autosave.state.status === 'saved');
    expect(await autosave.acknowledge(sent)).to.equal(false);
    expect(autosave.state.status).to.equal('saved');
    expect(await autosave.acknowledge(autosave.state.revision!)).to.equal(true);
    expect(autosave.state.status).to.equal('clean');
    expect(await store.list()).to.deep.equal([]);
    type('3');
    await until(() => autosave.state.status === 'saved');
    expect((await store.list())[0]?.payload).to.equal(contentOf('3').payload);
  });

  it('[D31] discard deletes the draft; what is changed meanwhile begins a new one', async () => {
    const store = await openStore();
    const { autosave, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'saved');
    const before = autosave.state.draft;
    const discarding = autosave.discard();
    expect(autosave.state.status).to.equal('clean');
    type('2');
    await discarding;
    await until(() => autosave.state.status === 'saved');
    expect(autosave.state.draft).not.to.equal(before);
    expect((await store.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('2').payload]);
  });

  it('[D22] started again for another report, it keeps both apart and writes nothing unasked', async () => {
    const answers: ((saved: DraftSaved) => void)[] = [];
    const store = scriptedStore(() => new Promise((resolve) => answers.push(resolve)));
    const { autosave, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    type('first report');
    autosave.stop();
    autosave.start({ report: { ...REPORT, key: 'post-2' } });
    expect(autosave.state).to.include({ status: 'clean', draft: null });
    answers[0]!({ id: 'first', revision: 7, at: Date.now() });
    await wait(30);
    expect(autosave.state).to.include({ status: 'clean', draft: null, revision: null });
    expect(store.writes).to.have.length(1);
    type('second report');
    await until(() => answers.length === 2);
    answers[1]!({ id: 'second', revision: 1, at: Date.now() });
    await until(() => autosave.state.status === 'saved');
    expect(autosave.state).to.include({ draft: 'second', revision: 1 });
  });

  it('[D5] tells of a fork, and goes on in it', async () => {
    const database = newDatabase();
    const one = await openStore({ database });
    const two = await openStore({ database });
    const mine = autosaveOf(one);
    mine.autosave.start({ report: REPORT });
    mine.type('1');
    await until(() => mine.autosave.state.status === 'saved');
    const theirs = autosaveOf(two);
    theirs.autosave.start({ report: REPORT, continuing: (await two.list())[0] });
    theirs.type('2');
    await until(() => theirs.autosave.state.status === 'saved' && theirs.autosave.state.revision === 2);
    mine.type('3');
    await until(() => mine.autosave.state.forkedFrom !== null);
    expect(mine.autosave.state).to.include({ status: 'saved' });
    expect((await one.list()).map((draft) => draft.payload)).to.have.members([
      contentOf('2').payload,
      contentOf('3').payload,
    ]);
  });
});
