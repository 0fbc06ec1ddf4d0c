import { expect } from 'chai';
import { openDrafts } from '../../src/drafts/open-drafts.ts';
import { saveStateWords } from '../../src/drafts/save-state-words.ts';
import { autosaveOf, cleanUp, contentOf, door, newDatabase, REPORT, until, wait } from './sample-drafts.ts';

const real = IDBFactory.prototype.open;

describe('opening drafts', () => {
  afterEach(async () => {
    IDBFactory.prototype.open = real;
    await cleanUp();
  });

  it('[D32] falls back to memory when IndexedDB is refused, and never calls it saved', async () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    const store = await openDrafts({ tenant: '', user: '', door, database: newDatabase() });
    expect(store.kind).to.equal('memory');
    const { autosave, states, type } = autosaveOf(store);
    autosave.start({ report: REPORT });
    expect(autosave.state).to.include({ status: 'clean', memoryOnly: true });
    type('1');
    await autosave.keepNow();
    type('2');
    await autosave.keepNow();
    await wait(30);
    expect(autosave.state).to.include({ status: 'failed', reason: 'memory', savedAt: null });
    expect(states.map((state) => state.status)).not.to.include('saved');
    expect(saveStateWords(autosave.state).status).to.match(/^草稿未能暂存/);
    // The history of this page still works.
    const [draft] = await store.list();
    expect(draft?.payload).to.equal(contentOf('2').payload);
    expect(await store.history(draft!.id)).to.have.length(2);
    autosave.stop();
  });

  it('[D32] falls back to memory where there is no IndexedDB', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(window, 'indexedDB')!;
    Object.defineProperty(window, 'indexedDB', { configurable: true, value: undefined });
    try {
      expect((await openDrafts({ tenant: '', user: '', door })).kind).to.equal('memory');
    } finally {
      Object.defineProperty(window, 'indexedDB', descriptor);
    }
  });

  it('[D33] a fault that may pass is no refusal: failed at first, saved once it has passed', async () => {
    let broken = true;
    IDBFactory.prototype.open = function (this: IDBFactory, ...given: Parameters<typeof real>) {
      if (!broken) return real.apply(this, given);
      // A version that does not exist: the request fails the way a broken backing store does, asynchronously.
      const request = real.call(this, given[0], given[1]);
      request.onupgradeneeded = (event) => {
        event.stopImmediatePropagation();
        request.transaction?.abort();
      };
      return request;
    };
    const store = await openDrafts({ tenant: '', user: '', door, database: newDatabase() });
    expect(store.kind).to.equal('browser');
    const { autosave, type } = autosaveOf(store, { backOff: [20] });
    autosave.start({ report: REPORT });
    type('1');
    await until(() => autosave.state.status === 'failed');
    expect(autosave.state.reason).to.equal('storage');
    broken = false;
    await until(() => autosave.state.status === 'saved');
    expect(await store.list()).to.have.length(1);
    autosave.stop();
    store.close();
  });
});
