/** Drafts on the shelf of the page around our frame: what holds of drafts in a database of our own holds of these. */
import { expect } from 'chai';
import { hiddenName, reportName, setAsideText } from '../../src/drafts/draft-record.ts';
import { recoverDraft } from '../../src/drafts/draft-recovery.ts';
import type { DraftContent, DraftFailure } from '../../src/drafts/drafts.ts';
import {
  createShelvedDrafts,
  type ShelvedDrafts,
  type ShelvedDraftsOptions,
} from '../../src/drafts/shelved-drafts.ts';
import { shelfOf, type PageBeyond } from '../../src/frame-shelf.ts';
import { changeShelf, nextOnShelf, notesOf, onLost, openShelf } from '../../src/framing/page-shelf.ts';
import { contentOf, door, REPORT } from './sample-drafts.ts';

const ORIGIN = 'http://frame.test';
const DAY = 86_400_000;

type Message = Parameters<PageBeyond['tell']>[0];
type Answer = Awaited<ReturnType<PageBeyond['ask']>>;

/** The page around a frame, without messages in between. `fault` is what it says instead, if anything. */
class Page implements PageBeyond {
  words: Extract<Message, { type: 'words' }> | undefined;
  readonly sent: Message[] = [];
  /** For how long it keeps drafts. */
  days = 60;
  fault: (message: Message) => Error | undefined = () => undefined;

  async ask(send: (id: number) => Message): Promise<Answer> {
    const message = send(1);
    this.sent.push(message);
    const fault = this.fault(message);
    if (fault) throw fault;
    let list: string[] = [];
    let text = '';
    if (message.type === 'notes') list = notesOf(ORIGIN);
    else if (message.type === 'list')
      list = await nextOnShelf(ORIGIN, message.whose, message.from, message.to);
    else if (
      message.type === 'change' &&
      !(await changeShelf(ORIGIN, message.whose, { ...message, days: this.days }))
    )
      text = 'overtaken';
    return { type: 'answer', id: 1, ok: true, text, list };
  }

  tell(message: Message): void {
    if (message.type === 'words') this.words = message;
  }

  onLost(listener: () => void): () => void {
    return onLost(listener);
  }

  /** Puts down what the frame said last. */
  async leave(): Promise<void> {
    const { whose, key, text } = this.words!;
    await changeShelf(ORIGIN, whose, { put: [key, '', text], remove: [], days: this.days, note: [] });
  }
}

const whoseOf = (tenant: string, user: string): string => JSON.stringify([tenant, user, '']);

async function openStore(
  options: Partial<ShelvedDraftsOptions> = {},
  page = new Page(),
): Promise<ShelvedDrafts> {
  const owner = { tenant: 'county', user: 'a' };
  const { tenant, user } = { ...owner, ...options };
  page.days = options.session === true ? 0 : (options.daysKept ?? 60);
  const shelf = shelfOf(whoseOf(tenant, user), page);
  const store = createShelvedDrafts({ ...owner, session: false, door, shelf, ...options });
  await store.open();
  return store;
}

/** Everything that lies there, past our own code. */
async function items(): Promise<Record<string, unknown>[]> {
  const opened = await openShelf();
  const all = opened.transaction('items').objectStore('items').getAll() as IDBRequest<
    Record<string, unknown>[]
  >;
  await new Promise((resolve) => (all.onsuccess = resolve));
  return all.result;
}

async function plant(item: object): Promise<void> {
  const opened = await openShelf();
  const transaction = opened.transaction('items', 'readwrite');
  transaction.objectStore('items').put(item);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
}

const keyOf = (key: string, user = 'a'): string => `${ORIGIN} ${whoseOf('county', user)}\n${key}`;

/** As a page that is loaded again: the shelf is swept. */
async function reload(): Promise<void> {
  (await openShelf()).dispatchEvent(new Event('versionchange'));
  await openShelf();
}

/** As if all that lies there had been put so long ago. */
async function age(days: number, more: object = {}): Promise<void> {
  for (const item of await items()) await plant({ ...item, at: Date.now() - days * DAY, ...more });
}

const reasonOf = (write: Promise<unknown>): Promise<string> =>
  write.then(
    () => 'kept',
    (error: DraftFailure) => error.reason,
  );

const headsOf = async (): Promise<string[]> =>
  (await items()).map(({ key }) => (key as string).split('\n')[1]!.slice(0, 1)).sort();

describe('drafts on the shelf of the page around', () => {
  afterEach(async () => {
    for (const { key } of await items()) {
      const opened = await openShelf();
      const transaction = opened.transaction('items', 'readwrite');
      transaction.objectStore('items').delete(key as string);
      await new Promise((resolve) => (transaction.oncomplete = resolve));
    }
    for (const name of Object.keys(localStorage)) if (name.startsWith('xxgk-')) localStorage.removeItem(name);
  });

  it('[D2, D3, E262] are sent in the task that writes, and called kept when the page says so', async () => {
    const page = new Page();
    const store = await openStore({}, page);
    page.sent.length = 0;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const real = page.ask.bind(page);
    page.ask = (send) => {
      const answer = real(send);
      return held.then(() => answer);
    };
    let saved = false;
    const write = store.begin({ report: REPORT }).write(contentOf('1'));
    void write.then(() => (saved = true));
    expect(page.sent.map(({ type }) => type)).to.deep.equal(['change']);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await headsOf()).to.deep.equal(['d', 'r']);
    expect(saved).to.equal(false);
    release();
    expect(await write).to.include({ revision: 1 });
  });

  it('[D4, D13, E262] are counted up, in writes that overlap too, and ordered by that, whatever the clock says', async () => {
    let now = 1_800_000_000_000;
    const store = await openStore({ now: () => (now -= DAY) });
    const writer = store.begin({ report: REPORT });
    const saved = await Promise.all(['1', '2', '3'].map((text) => writer.write(contentOf(text))));
    expect(saved.map(({ revision }) => revision)).to.deep.equal([1, 2, 3]);
    const [draft] = await store.list({ expired: true });
    expect(draft).to.deep.include({
      revision: 3,
      payload: contentOf('3').payload,
      tenant: 'county',
      user: 'a',
    });
    expect((await store.history(writer.id)).map(({ revision }) => revision)).to.deep.equal([3, 2, 1]);
    await store.begin({ report: REPORT, after: 3 }).write(contentOf('4'));
    expect((await store.list({ expired: true })).map(({ revision }) => revision)).to.deep.equal([4, 3]);
  });

  it('[D5, E262] fork where another tab has written, and overwrite nothing', async () => {
    const first = await openStore();
    const second = await openStore();
    const mine = first.begin({ report: REPORT });
    await mine.write(contentOf('start'));
    const theirs = second.begin({ report: REPORT, continuing: (await second.list())[0] });
    await theirs.write(contentOf('theirs'));
    const before = mine.id;
    const saved = await mine.write(contentOf('mine'));
    expect(saved.forkedFrom).to.deep.equal({ id: before, revision: 1 });
    expect((await first.read(before))?.payload).to.equal(contentOf('theirs').payload);
    expect((await first.read(saved.id))?.payload).to.equal(contentOf('mine').payload);
    expect((await first.read(saved.id))?.fork).to.deep.equal({ id: before, revision: 1 });
    expect((await mine.write(contentOf('mine, more'))).forkedFrom).to.equal(undefined);
    expect(await first.list()).to.have.length(2);
  });

  it('[D57] a revision written in the middle of a cell is kept until the next one, and says which', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    await writer.write(contentOf('1, 2', { open: 'a/b/c' }));
    expect((await store.read(writer.id))?.open).to.equal('a/b/c');
    await writer.write(contentOf('1, 23'));
    const history = await store.history(writer.id);
    expect(history.map(({ revision, open }) => [revision, open])).to.deep.equal([
      [3, null],
      [1, null],
    ]);
  });

  it('[D7, E262] keep the last 20 revisions', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    for (let count = 1; count <= 23; count += 1) await writer.write(contentOf(String(count)));
    const history = await store.history(writer.id);
    expect([history.length, history[0]?.revision, history[19]?.revision]).to.deep.equal([20, 23, 4]);
    expect(await items()).to.have.length(21);
  });

  it("[D8, E262] of user A are not user B's, nor another unit's: to see, to delete, or to remember", async () => {
    const a = await openStore();
    const saved = await a.begin({ report: REPORT }).write(contentOf('a'));
    for (const other of [
      { tenant: 'county', user: 'b' },
      { tenant: 'city', user: 'a' },
      { tenant: '', user: '' },
    ]) {
      const b = await openStore(other);
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
    // Nor where it came to lie among them.
    const [head] = await items();
    await plant({ ...head, key: keyOf(`d/${saved.id}`, 'b') });
    const b = await openStore({ user: 'b' });
    expect(await b.list({ expired: true })).to.deep.equal([]);
    expect(await b.read(saved.id)).to.equal(undefined);
  });

  it('[D9, E262] are deleted with their history, and all of an owner', async () => {
    const store = await openStore();
    const one = store.begin({ report: REPORT });
    const two = store.begin({ report: { ...REPORT, key: 'post-2' } });
    const { revision } = await one.write(contentOf('1'));
    await one.write(contentOf('2'));
    await two.write(contentOf('3'));
    expect(await store.delete(one.id, revision)).to.equal(false);
    expect(await store.delete(one.id)).to.equal(true);
    expect((await store.list()).map(({ id }) => id)).to.deep.equal([two.id]);
    expect([store.remembers(REPORT), store.remembers({ ...REPORT, key: 'post-2' })]).to.deep.equal([
      false,
      true,
    ]);
    await store.clear();
    expect(await items()).to.deep.equal([]);
    expect(store.remembers({ ...REPORT, key: 'post-2' })).to.equal(false);
  });

  it('[D10, E262] are cleared when they are acknowledged, unless they were edited since', async () => {
    const store = await openStore();
    const writer = store.begin({ report: REPORT });
    const sent = await writer.write(contentOf('sent'));
    const later = await writer.write(contentOf('later'));
    expect(await store.acknowledge(writer.id, sent.revision)).to.equal(false);
    expect(await store.read(writer.id)).to.deep.include({
      base: contentOf('sent').digest,
      origin: contentOf('sent').payload,
      payload: contentOf('later').payload,
    });
    expect(await store.acknowledge(writer.id, later.revision)).to.equal(true);
    expect(await items()).to.deep.equal([]);
    expect(store.remembers(REPORT)).to.equal(false);
    expect((await writer.write(contentOf('more'))).revision).to.be.greaterThan(2);
  });

  it('[D11, E262] are written again when the storage went away, and one that is gone is missed', async () => {
    const store = await openStore();
    const events: string[] = [];
    store.watch((event) => events.push(event));
    const writer = store.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase('xxgk-annual-report.frames').onsuccess = resolve;
    });
    expect(events).to.deep.equal(['lost']);
    expect((await recoverDraft(await openStore(), REPORT, null)).missing).to.equal('lost');
    await writer.write(contentOf('2'));
    expect((await store.list()).map(({ payload }) => payload)).to.deep.equal([contentOf('2').payload]);
    expect((await recoverDraft(await openStore(), REPORT, null)).missing).to.equal('no');
  });

  it('[D18, D19, E262] that cannot be read are set aside, whole and to be downloaded, and leave the others as they are', async () => {
    const store = await openStore();
    const good = store.begin({ report: REPORT });
    await good.write(contentOf('good'));
    const bad = store.begin({ report: REPORT });
    await bad.write(contentOf('bad'));
    const [record] = (await store.list()).filter(({ id }) => id === bad.id);
    const head = (await items()).find(({ key }) => key === keyOf(`d/${bad.id}`))!;
    const kinds: [text: string, reason: string][] = [
      ['{"version":1,', 'unreadable'],
      ['[]', 'shape'],
      [JSON.stringify({ ...record, payload: '{"text":"bed"}' }), 'seal'],
      [JSON.stringify({ ...record, version: 2 }), 'future'],
      [JSON.stringify({ ...record, user: 'b' }), 'shape'],
      [JSON.stringify({ ...record, stamp: 'another' }), 'shape'],
      [JSON.stringify(record).replace('{', '{"__proto__":{"polluted":1},'), 'shape'],
      [JSON.stringify({ ...record, payload: '{}', seal: null }), 'payload'],
    ];
    for (const [text, reason] of kinds) {
      await plant({ ...head, text });
      expect(
        (await store.list()).map(({ id }) => id),
        text,
      ).to.deep.equal([good.id]);
      const aside = await store.setAside();
      expect(
        aside.map((one) => [one.id, one.reason, one.raw]),
        text,
      ).to.deep.equal([[`d/${bad.id}`, reason, text]]);
      expect(setAsideText(aside[0]!)).to.include('text').and.to.include('bad');
      expect(
        aside[0]!.history.map((past) => (JSON.parse(past as string) as DraftContent).payload),
      ).to.deep.equal([contentOf('bad').payload]);
    }
    expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
    expect(await store.deleteSetAside(`d/${good.id}`)).to.equal(false);
    expect(await store.deleteSetAside('l/x')).to.equal(false);
    for (const { id } of await store.setAside()) expect(await store.deleteSetAside(id)).to.equal(true);
    expect(await store.setAside()).to.deep.equal([]);
    expect((await store.list()).map(({ id }) => id)).to.deep.equal([good.id]);
  });

  it('[D14, E262] are no more offered when their days are over, and go a week after that was noticed', async () => {
    const store = await openStore({ daysKept: 3 });
    await store.begin({ report: REPORT }).write(contentOf('1'));
    const note = `xxgk-annual-report.frame.${ORIGIN} ${hiddenName(store.owner, reportName(REPORT))}`;
    expect(localStorage.getItem(note)).to.equal('1');
    // Two days: nothing happens. A clock that runs ahead deletes nothing at once.
    await age(2);
    await reload();
    expect((await items()).map(({ noticed }) => noticed)).to.deep.equal([undefined, undefined]);
    await age(4_000);
    await reload();
    const noticed = await items();
    expect(noticed).to.have.length(2);
    expect(noticed.every((item) => Math.abs(Date.now() - Number(item['noticed'])) < 10_000)).to.equal(true);
    await age(4_000, { noticed: Date.now() - 2 * DAY });
    // Its days by the frame's own reading of it.
    const later = await openStore({ daysKept: 3, now: () => Date.now() + 4 * DAY });
    expect(await later.list({ expired: true })).to.have.length(1);
    expect(await later.list()).to.have.length(1);
    const muchLater = await openStore({ daysKept: 3, now: () => Date.now() + 12 * DAY });
    expect(await muchLater.list()).to.deep.equal([]);
    await age(4_000, { noticed: Date.now() - 6 * DAY });
    await reload();
    expect(await items()).to.have.length(2);
    await age(4_000, { noticed: Date.now() - 8 * DAY });
    await reload();
    expect(await items()).to.deep.equal([]);
    // It was given up: nobody is told that it was lost.
    expect(localStorage.getItem(note)).to.equal(null);
    expect((await recoverDraft(await openStore(), REPORT, null)).missing).to.equal('no');
  });

  it("[E262] of a session go a day after, but not those of this tab's", async () => {
    const page = new Page();
    page.days = 0;
    const owner = { tenant: '', user: 'a' };
    for (const session of ['mine', 'other']) {
      const shelf = shelfOf(JSON.stringify(['', 'a', session]), page);
      const store = createShelvedDrafts({ ...owner, session: true, door, shelf });
      await store.begin({ report: REPORT }).write(contentOf(session));
    }
    await age(0.5);
    await reload();
    expect(await items()).to.have.length(4);
    await age(2);
    (await openShelf()).dispatchEvent(new Event('versionchange'));
    await openShelf('mine');
    const left = await items();
    expect(left.map(({ key }) => (key as string).includes('"mine"'))).to.deep.equal([true, true]);
  });

  it('[D15, D16, E262] give up old revisions where the storage is full, and say why they are not kept', async () => {
    const page = new Page();
    const store = await openStore({}, page);
    const writer = store.begin({ report: REPORT });
    for (let count = 1; count <= 8; count += 1) await writer.write(contentOf(String(count)));
    let faults = 1;
    page.fault = (message) =>
      message.type === 'change' && message.put.length > 0 && faults-- > 0 ? new Error('quota') : undefined;
    expect((await writer.write(contentOf('9'))).revision).to.be.greaterThan(8);
    expect((await store.list())[0]?.payload).to.equal(contentOf('9').payload);
    expect(await store.history(writer.id)).to.have.length(4);
    faults = 2;
    expect(await reasonOf(writer.write(contentOf('10')))).to.equal('quota');
    for (const [said, reason] of [
      ['storage', 'storage'],
      ['no answer', 'unsettled'],
    ] as const) {
      faults = 0;
      page.fault = ({ type }) => (type === 'change' ? new Error(said) : undefined);
      expect(await reasonOf(writer.write(contentOf('10')))).to.equal(reason);
    }
    const large = contentOf('x'.repeat(1_000_000));
    page.fault = () => undefined;
    expect(await reasonOf(writer.write(large))).to.equal('too-large');
    // What came to nothing was never kept: it is not missed.
    expect((await writer.write(contentOf('11'))).id).to.equal(writer.id);
    expect(await store.list()).to.have.length(1);
    const other = await openStore({ user: 'b' }, page);
    page.fault = ({ type }) => (type === 'change' ? new Error('storage') : undefined);
    await reasonOf(other.begin({ report: REPORT }).write(contentOf('1')));
    expect(other.remembers(REPORT)).to.equal(false);
  });

  it('[E263] what a page put down when it went away is the next revision of its draft, once', async () => {
    const page = new Page();
    const store = await openStore({}, page);
    // The first word of all: a draft of its own.
    store.begin({ report: REPORT });
    store.lastWords(REPORT, contentOf('first'));
    await page.leave();
    const second = await openStore({}, page);
    const [draft] = await second.list();
    expect(draft).to.include({ payload: contentOf('first').payload, revision: 1 });
    expect(await headsOf()).to.deep.equal(['d', 'r']);
    const writer = second.begin({ report: REPORT, continuing: draft });
    await writer.write(contentOf('more'));
    second.lastWords(REPORT, contentOf('more, and a word'));
    await page.leave();
    const third = await openStore({}, page);
    expect((await third.list()).map(({ payload, revision }) => [payload, revision])).to.deep.equal([
      [contentOf('more, and a word').payload, 3],
    ]);
    // What was written after all leaves nothing; what somebody else went on with is kept beside.
    third.lastWords(REPORT, contentOf('more, and a word'));
    await page.leave();
    const fourth = await openStore({}, page);
    expect(await fourth.list()).to.have.length(1);
    fourth.begin({ report: REPORT, continuing: (await fourth.list())[0] });
    fourth.lastWords(REPORT, contentOf('mine'));
    const fifth = await openStore();
    await fifth.begin({ report: REPORT, continuing: (await fifth.list())[0] }).write(contentOf('theirs'));
    await page.leave();
    expect((await (await openStore()).list()).map(({ payload }) => payload)).to.have.members([
      contentOf('mine').payload,
      contentOf('theirs').payload,
    ]);
    // All is written: what lay there is taken back.
    fourth.lastWords(REPORT, undefined);
    expect(page.words?.text).to.equal('');
  });

  it('[E263] last words that cannot be read are set aside, not thrown away', async () => {
    const words = (content: Partial<DraftContent>): string =>
      JSON.stringify({ report: REPORT, draft: null, content: { ...contentOf('x'), ...content } });
    const store = await openStore();
    for (const text of ['{', 'null', words({ payload: '{}' }), words({ payload: 'no json' })]) {
      await plant({ key: keyOf('w/1'), mark: '', text, at: Date.now(), days: 60 });
      const next = await openStore();
      expect(await next.list(), text).to.deep.equal([]);
      expect((await next.setAside()).map(({ raw }) => raw)).to.deep.equal([text]);
      expect(await next.deleteSetAside('w/1')).to.equal(true);
    }
    expect(await items()).to.deep.equal([]);
    expect(await store.deleteSetAside('w/1')).to.equal(false);
  });

  it('[E262] have a lease with one holder', async () => {
    const [one, two] = [await openStore(), await openStore()];
    expect(await one.claim('seat', 'a')).to.equal('a');
    expect(await two.claim('seat', 'b')).to.equal('a');
    expect(await two.claim('seat', 'b', 'a')).to.equal('b');
    await one.release('seat', 'a');
    expect(await one.claim('seat', 'a')).to.equal('b');
    await two.release('seat', 'b', true);
    expect(await one.claim('seat', 'a')).to.equal('a');
  });
});
