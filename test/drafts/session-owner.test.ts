import { expect } from 'chai';
import { openDrafts, type OpenDraftsOptions } from '../../src/drafts/open-drafts.ts';
import type { DraftStore } from '../../src/drafts/drafts.ts';
import { isSessionOwner, sessionOwner } from '../../src/drafts/session-owner.ts';
import {
  cleanUp,
  contentOf,
  door,
  lookInto,
  newDatabase,
  openStore,
  plant,
  REPORT,
} from './sample-drafts.ts';

const KEY = 'xxgk-annual-report.session';
const HOUR = 3_600_000;
const CLERK = { tenant: 'county', user: 'a' };

const opened: DraftStore[] = [];

async function openSession(database: string, more: Partial<OpenDraftsOptions> = {}): Promise<DraftStore> {
  const store = await openDrafts({ ...CLERK, door, database, session: true, ...more });
  opened.push(store);
  return store;
}

/** What a tab that is closed takes along. */
function closeTab(): void {
  sessionStorage.clear();
}

describe('drafts of one session', () => {
  afterEach(async () => {
    for (const store of opened.splice(0)) store.close();
    sessionStorage.clear();
    await cleanUp();
  });

  it('[D44] are there after a reload, and gone with the tab', async () => {
    const database = newDatabase();
    const before = await openSession(database);
    expect(before.kind).to.equal('browser');
    await before.begin({ report: REPORT }).write(contentOf('1'));
    const reloaded = await openSession(database);
    expect((await reloaded.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('1').payload]);
    expect(reloaded.remembers(REPORT)).to.equal(true);
    closeTab();
    const nextUser = await openSession(database);
    expect(await nextUser.list({ expired: true })).to.deep.equal([]);
    expect(nextUser.remembers(REPORT)).to.equal(false);
  });

  it('[D44] belong to a user and a tenant within the session, and to no user outside it', async () => {
    const database = newDatabase();
    const store = await openSession(database);
    const { id } = await store.begin({ report: REPORT }).write(contentOf('1'));
    for (const other of [
      await openSession(database, { user: 'b' }),
      await openSession(database, { tenant: 'city' }),
      await openSession(database, { session: false }),
      await openSession(database, { user: store.owner.user }),
      await openSession(database, { user: store.owner.user, session: false }),
    ]) {
      expect(await other.list({ expired: true })).to.deep.equal([]);
      expect(await other.read(id)).to.equal(undefined);
      expect(await other.delete(id)).to.equal(false);
      await other.clear();
    }
    expect(await store.list()).to.have.length(1);
  });

  it('[D44] no name that a user can have is that of a session; one that looks like it is kept in memory only', async () => {
    for (const user of ['', 'a', 'session', 'session\u0001', ' \u0001session\u0001', '\u0000session'])
      expect(isSessionOwner({ tenant: '', user })).to.equal(false);
    const { user } = sessionOwner(CLERK)!;
    expect(isSessionOwner({ tenant: '', user })).to.equal(true);
    expect(user.charCodeAt(0)).to.equal(1);
    const stranger = await openSession(newDatabase(), { user, session: false });
    expect(stranger.kind).to.equal('memory');
  });

  it('[D44] a name in sessionStorage that is none of ours is replaced', async () => {
    for (const planted of ['', 'x', 'A'.repeat(32), `${'a'.repeat(32)}\u0001b`]) {
      sessionStorage.setItem(KEY, planted);
      const { user } = sessionOwner(CLERK)!;
      expect(sessionStorage.getItem(KEY)).to.match(/^[0-9a-f]{32}$/);
      expect(sessionOwner(CLERK)!.user).to.equal(user);
    }
  });

  it('[D44] where sessionStorage is refused, absent or full they live in memory', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(window, 'sessionStorage')!;
    const refusal = (): never => {
      throw new DOMException('refused', 'SecurityError');
    };
    const full = { getItem: () => null, setItem: refusal };
    const forgetful = { getItem: () => null, setItem: () => {} };
    try {
      for (const get of [refusal, () => undefined, () => null, () => full, () => forgetful]) {
        Object.defineProperty(window, 'sessionStorage', { configurable: true, get });
        const store = await openSession(newDatabase());
        expect(store.kind).to.equal('memory');
        expect(store.owner).to.deep.equal(CLERK);
      }
    } finally {
      Object.defineProperty(window, 'sessionStorage', descriptor);
    }
  });

  it('[D45] what a session left behind is deleted a day after its last change, by whoever opens the page', async () => {
    const database = newDatabase();
    let time = Date.parse('2026-01-10T12:00:00');
    const now = (): number => time;
    const session = await openSession(database, { now });
    const writer = session.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    time += HOUR;
    await writer.write(contentOf('2'));
    const lasting = await openStore({ database, now, user: 'b' });
    await lasting.begin({ report: REPORT }).write(contentOf('lasting'));
    session.close();
    closeTab();
    time += 24 * HOUR;
    await openStore({ database, now, user: 'b' });
    expect(await lookInto(database, 'drafts')).to.have.length(2);
    time += 1;
    await openStore({ database, now, user: 'b' });
    expect(session.remembers(REPORT)).to.equal(false);
    // Nothing of it is left, and nobody else's went.
    for (const store of ['drafts', 'revisions', 'heads'] as const)
      expect(await lookInto(database, store), store).to.have.length(1);
    expect(await lasting.list()).to.have.length(1);
  });

  it('[D45] a session that is still open keeps its drafts over a long pause, also from another page', async () => {
    const database = newDatabase();
    let time = Date.parse('2026-01-10');
    const now = (): number => time;
    const session = await openSession(database, { now });
    const writer = session.begin({ report: REPORT });
    await writer.write(contentOf('1'));
    time += 40 * HOUR;
    const reloaded = await openSession(database, { now });
    expect(await reloaded.list()).to.have.length(1);
    session.close();
    await openStore({ database, now, user: 'b' });
    expect(await reloaded.list()).to.have.length(1);
  });

  it('[D45] without locks another page sweeps it, and the session writes its draft again', async () => {
    const database = newDatabase();
    let time = Date.parse('2026-01-10');
    const now = (): number => time;
    Object.defineProperty(navigator, 'locks', { configurable: true, value: undefined });
    try {
      const session = await openSession(database, { now });
      const writer = session.begin({ report: REPORT });
      await writer.write(contentOf('1'));
      time += 40 * HOUR;
      await openStore({ database, now, user: 'b' });
      expect(await session.list()).to.have.length(0);
      await writer.write(contentOf('2'));
      expect((await session.list()).map((draft) => draft.payload)).to.deep.equal([contentOf('2').payload]);
    } finally {
      delete (navigator as { locks?: unknown }).locks;
    }
  });

  it('[D45] a clock that ran ahead, and a damaged record, are no reason to stay', async () => {
    const database = newDatabase();
    let time = Date.parse('2027-01-10');
    const now = (): number => time;
    const session = await openSession(database, { now });
    const { id } = await session.begin({ report: REPORT }).write(contentOf('ahead'));
    const [record] = await lookInto(database, 'drafts');
    session.close();
    closeTab();
    time = Date.parse('2026-01-10');
    await plant(database, 'drafts', { ...record, id: 'damaged', payload: 7 });
    await openStore({ database, now, user: 'b' });
    expect((await lookInto(database, 'drafts')).map((draft) => draft['id'])).not.to.include(id);
    expect((await lookInto(database, 'set-aside')).map((item) => item['user'])).to.deep.equal([
      session.owner.user,
    ]);
    time += 25 * HOUR;
    await openStore({ database, now, user: 'b' });
    for (const store of ['drafts', 'revisions', 'set-aside'] as const)
      expect(await lookInto(database, store), store).to.deep.equal([]);
  });
});
