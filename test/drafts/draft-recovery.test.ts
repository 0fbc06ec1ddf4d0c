import { expect } from 'chai';
import { deleteDB } from 'idb';
import { recoverDraft } from '../../src/drafts/draft-recovery.ts';
import { recoveryWords } from '../../src/drafts/save-state-words.ts';
import { cleanUp, contentOf, newDatabase, openStore, plant, REPORT, lookInto } from './sample-drafts.ts';

const HOST = contentOf('host').digest;

describe('draft recovery', () => {
  afterEach(cleanUp);

  it('[D34] finds the draft of the report, by key', async () => {
    const store = await openStore();
    await store.begin({ report: REPORT }).write(contentOf('draft', { base: HOST }));
    await store.begin({ report: { ...REPORT, key: 'post-2' } }).write(contentOf('other report'));
    const found = await recoverDraft(store, REPORT, HOST);
    expect(found.draft?.payload).to.equal(contentOf('draft').payload);
    expect(found).to.include({
      sameAsHost: false,
      hostChanged: false,
      missing: 'no',
      after: 1,
      failed: false,
    });
    expect(found.others).to.deep.equal([]);
  });

  it('[D34] finds it by organisation and year as loaded, though both were edited', async () => {
    const store = await openStore();
    const blank = { key: null, organization: '', year: null };
    await store.begin({ report: blank }).write(contentOf('draft'));
    expect((await recoverDraft(store, blank, null)).draft).to.be.an('object');
    // The host has saved it meanwhile, under its own key.
    expect((await recoverDraft(store, REPORT, HOST)).draft).to.be.an('object');
    expect((await recoverDraft(store, { ...REPORT, year: 2024 }, HOST)).draft).to.equal(undefined);
  });

  it('[D35] says when the host has changed since the draft began', async () => {
    const store = await openStore();
    await store.begin({ report: REPORT }).write(contentOf('draft', { base: contentOf('old host').digest }));
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ sameAsHost: false, hostChanged: true });
  });

  it('[D36] clears a draft only when the host has exactly this value', async () => {
    const store = await openStore();
    await store.begin({ report: REPORT }).write(contentOf('draft'));
    await recoverDraft(store, REPORT, HOST);
    expect(await store.list()).to.have.length(1);
    const found = await recoverDraft(store, REPORT, contentOf('draft').digest);
    expect(found).to.include({ sameAsHost: true, hostChanged: false, missing: 'no' });
    expect(await store.list()).to.deep.equal([]);
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ draft: undefined, missing: 'no' });
  });

  it('[D37] puts the branch with the highest revision first, whatever the clock said, and shows the others', async () => {
    let time = Date.parse('2026-01-10');
    const store = await openStore({ now: () => time });
    const far = store.begin({ report: REPORT });
    await far.write(contentOf('far 1'));
    await far.write(contentOf('far 2'));
    time = Date.parse('2026-02-10');
    await store.begin({ report: REPORT }).write(contentOf('near'));
    const found = await recoverDraft(store, REPORT, HOST);
    expect(found.draft?.payload).to.equal(contentOf('far 2').payload);
    expect(found.others.map((draft) => draft.payload)).to.deep.equal([contentOf('near').payload]);
    const next = await store.begin({ report: REPORT, after: found.after }).write(contentOf('next'));
    expect(next.revision).to.equal(3);
  });

  it('[D38] tells "no draft" from "draft lost"', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ draft: undefined, missing: 'no' });
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('draft'));
    store.close();
    await deleteDB(database);
    const after = await openStore({ database });
    expect(await recoverDraft(after, REPORT, HOST)).to.include({ draft: undefined, missing: 'lost' });
    expect(await recoverDraft(after, { ...REPORT, key: 'post-2' }, HOST)).to.include({ missing: 'no' });
    expect(Object.keys(localStorage).join() + Object.values(localStorage).join()).not.to.include('教育局');
  });

  it('[D38] tells where the draft that is there is not the latest that was kept', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('older'));
    const [older] = await lookInto(database, 'drafts');
    await writer.write(contentOf('latest'));
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ missing: 'no' });
    // The browser's file was cut off behind the first.
    await plant(database, 'drafts', older);
    const found = await recoverDraft(store, REPORT, HOST);
    expect(found).to.include({ missing: 'latest', after: 1 });
    expect(found.draft?.payload).to.equal(contentOf('older').payload);
    expect(recoveryWords(found)).to.include('草稿不是最新的');
    // Given up on purpose, it is not missed.
    await store.delete(writer.id);
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ missing: 'no' });
  });

  it('[D38] works where localStorage is refused', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(window, 'localStorage')!;
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
    try {
      const store = await openStore();
      const writer = store.begin({ report: REPORT });
      await writer.write(contentOf('draft'));
      expect(await store.delete(writer.id)).to.equal(true);
      expect(await recoverDraft(store, REPORT, HOST)).to.include({ missing: 'no' });
    } finally {
      Object.defineProperty(window, 'localStorage', descriptor);
    }
  });

  it('[D38] says expired where a draft is past its days', async () => {
    let time = Date.parse('2026-01-10');
    const database = newDatabase();
    const store = await openStore({ database, now: () => time });
    await store.begin({ report: REPORT }).write(contentOf('draft'));
    time += 61 * 86_400_000;
    // The page that notices it.
    await openStore({ database, now: () => time });
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ missing: 'no' });
    time += 8 * 86_400_000;
    expect(await recoverDraft(store, REPORT, HOST)).to.include({
      draft: undefined,
      missing: 'expired',
      after: 1,
    });
  });

  it('[D18] counts what was set aside', async () => {
    const database = newDatabase();
    const store = await openStore({ database });
    await store.begin({ report: REPORT }).write(contentOf('draft'));
    const [record] = await lookInto(database, 'drafts');
    await plant(database, 'drafts', { ...record, payload: '{}' });
    expect(await recoverDraft(store, REPORT, HOST)).to.include({
      draft: undefined,
      missing: 'lost',
      setAside: 1,
    });
  });

  it('[D39] does not fail when the storage does', async () => {
    const store = await openStore();
    store.close();
    expect(await recoverDraft(store, REPORT, HOST)).to.include({ draft: undefined, failed: true });
  });
});
