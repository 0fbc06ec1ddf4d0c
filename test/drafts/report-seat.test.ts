/** The one seat of a report, between real pages' worth of takers: real locks, real leases, real channels. */
import { expect } from 'chai';
import type { DraftPlace, DraftStore } from '../../src/drafts/drafts.ts';
import {
  seatName,
  takeSeat,
  type ReportSeat,
  type SeatOptions,
  type SeatState,
} from '../../src/drafts/report-seat.ts';
import { hiddenName } from '../../src/drafts/draft-record.ts';
import { cleanUp, lookInto, newDatabase, openStore } from './sample-drafts.ts';

interface Taker {
  readonly seat: ReportSeat;
  readonly states: SeatState[];
  readonly drafts: (DraftPlace | null)[];
}

const taken: ReportSeat[] = [];
let count = 0;

/** Seats of one report in one database; each taker has a store and a channel of its own, as each page has. */
async function report(how: 'locks' | 'leases') {
  const database = newDatabase();
  count += 1;
  const name = `key:seat-${Date.now()}-${count}`;
  const sit = async (more: Partial<SeatOptions> = {}, store?: DraftStore): Promise<Taker> => {
    const states: SeatState[] = [];
    const drafts: (DraftPlace | null)[] = [];
    const seat = takeSeat({
      store: store ?? (await openStore({ database })),
      name,
      onState: (state) => states.push(state),
      give: async () => true,
      onDraft: (draft) => drafts.push(draft),
      patience: 150,
      interval: 200,
      ...(how === 'leases' && { locks: undefined }),
      ...more,
    });
    taken.push(seat);
    return { seat, states, drafts };
  };
  return { database, name, sit };
}

async function until(condition: () => boolean, patience = 4_000): Promise<void> {
  const end = performance.now() + patience;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${condition.toString()}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

describe('the seat of a report', () => {
  afterEach(async () => {
    for (const seat of taken.splice(0)) seat.leave();
    await cleanUp();
  });

  for (const how of ['locks', 'leases'] as const) {
    it(`[D47] by ${how}: the first page has it, the others hear so, and one of them gets it when the first leaves`, async () => {
      const { sit } = await report(how);
      const one = await sit();
      expect(await one.seat.settled).to.equal('held');
      const others = [await sit(), await sit(), await sit()];
      for (const { seat } of others) expect(await seat.settled).to.equal('elsewhere');
      one.seat.leave();
      const held = (): Taker[] => others.filter(({ seat }) => seat.state === 'held');
      await until(() => held().length > 0);
      await new Promise((done) => setTimeout(done, 500));
      expect(held()).to.have.length(1);
      held()[0]!.seat.leave();
      await until(() => held().length > 1);
    });

    it(`[D48] by ${how}: it is handed over after everything is written, refused where that fails, and can be taken back`, async () => {
      const { sit } = await report(how);
      const order: string[] = [];
      let works = false;
      const one = await sit({
        give: async () => {
          await new Promise((done) => setTimeout(done, 50));
          order.push('written');
          return works;
        },
      });
      await one.seat.settled;
      const two = await sit({ onState: (state) => order.push(state) });
      await two.seat.settled;
      expect(await two.seat.takeOver()).to.equal('refused');
      expect([one.seat.state, two.seat.state]).to.deep.equal(['held', 'elsewhere']);
      works = true;
      expect(await two.seat.takeOver()).to.equal('held');
      expect(order).to.deep.equal(['elsewhere', 'written', 'written', 'held']);
      await until(() => one.seat.state === 'elsewhere');
      expect(await one.seat.takeOver()).to.equal('held');
      await until(() => two.seat.state === 'elsewhere');
    });

    it(`[D49] by ${how}: where the holder's draft stands is told to who comes and to who waits`, async () => {
      const { sit } = await report(how);
      const one = await sit();
      await one.seat.settled;
      one.seat.tell({ id: 'a', revision: 3 });
      const two = await sit();
      await two.seat.settled;
      one.seat.tell({ id: 'a', revision: 4 });
      one.seat.tell(null);
      await until(() => two.drafts.length >= 3);
      expect(two.drafts).to.deep.equal([{ id: 'a', revision: 3 }, { id: 'a', revision: 4 }, null]);
    });
  }

  it('[D50] a lease whose holder is gone without a word is taken; the waiting see it by themselves', async () => {
    const { sit, database } = await report('leases');
    const store = await openStore({ database });
    const one = await sit();
    await one.seat.settled;
    const [lease] = await lookInto(database, 'leases');
    one.seat.leave();
    await until(() => one.seat.state === 'held');
    // As a killed page leaves it behind.
    await store.claim(String(lease!['draft']), 'a page that was killed', String(lease!['holder']));
    const two = await sit();
    await until(() => two.seat.state === 'held');
    expect((await lookInto(database, 'leases'))[0]!['holder']).not.to.equal('a page that was killed');
  });

  it('[D50] a holder that has answered keeps its lease while it is busy, and loses it when it stays silent', async () => {
    const { sit, name } = await report('leases');
    const store = await openStore();
    const busy = new BroadcastChannel(`xxgk-annual-report.seat.${hiddenName(store.owner, name)}`);
    let asked = 0;
    const answered = new Promise<void>((resolve) => {
      busy.addEventListener('message', ({ data }) => {
        if (data.kind !== 'ask') return;
        asked += 1;
        if (asked > 1) return;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
        busy.postMessage({ kind: 'here', from: 'busy', to: data.from, draft: null });
        resolve();
      });
    });
    const held: DraftStore = Object.assign(Object.create(store), {
      owner: store.owner,
      claim: async (_name: string, me: string, from?: string) => {
        await answered;
        // A database is slower than an answer.
        await new Promise((done) => setTimeout(done, 50));
        return from === undefined ? 'busy' : me;
      },
      release: async () => {},
    });
    const one = await sit({}, held);
    expect(await one.seat.settled).to.equal('elsewhere');
    await new Promise((done) => setTimeout(done, 450));
    expect(one.states).to.deep.equal(['elsewhere']);
    await until(() => one.seat.state === 'held');
    expect(asked).to.be.greaterThan(5);
    busy.close();
  });

  it('[D50] a lease goes to one of many who claim it at once, and only its holder gives it back', async () => {
    const database = newDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore({ database })));
    const holders = await Promise.all(stores.map((store, index) => store.claim('lease', `page ${index}`)));
    expect(new Set(holders).size).to.equal(1);
    await stores[0]!.release('lease', 'somebody else');
    expect(await stores[1]!.claim('lease', 'late')).to.equal(holders[0]);
    await stores[0]!.release('lease', holders[0]!);
    expect(await stores[1]!.claim('lease', 'late')).to.equal('late');
  });

  it('[D51] a storage that fails, or a page that is refused locks, keeps nobody from writing', async () => {
    const { sit } = await report('leases');
    const store = await openStore();
    const failing = Object.assign(Object.create(store) as DraftStore, {
      claim: () => Promise.reject(new Error('broken')),
    });
    expect(await (await sit({}, failing)).seat.settled).to.equal('held');
    const refusing = {
      request: () => Promise.reject(new DOMException('no origin', 'SecurityError')),
    } as unknown as LockManager;
    const other = await report('leases');
    expect(await (await other.sit({ locks: refusing })).seat.settled).to.equal('held');
  });

  it('[D47] a browser that is slow to give a lock nobody holds makes no page look on', async () => {
    const { sit } = await report('locks');
    const slow = {
      query: () => navigator.locks.query(),
      request: async (...given: Parameters<LockManager['request']>) => {
        await new Promise((done) => setTimeout(done, 700));
        return navigator.locks.request(...given);
      },
    } as unknown as LockManager;
    const one = await sit({ locks: slow });
    expect(await one.seat.settled).to.equal('held');
    expect(one.states).to.deep.equal(['held']);
    const two = await sit();
    expect(await two.seat.settled).to.equal('elsewhere');
  });

  it('[D51] what other scripts say on the channel changes nothing', async () => {
    const { sit } = await report('locks');
    const one = await sit();
    await one.seat.settled;
    const names: string[] = [];
    const locks = await navigator.locks.query();
    for (const lock of locks.held ?? []) if (lock.name?.startsWith('xxgk-')) names.push(lock.name);
    expect(names).to.have.length(1);
    const stranger = new BroadcastChannel(names[0]!);
    for (const message of [
      null,
      1,
      'taken',
      [],
      {},
      { kind: 'taken' },
      { kind: 7, from: 'x' },
      { kind: 'taken', from: 'x', to: null, draft: 5 },
    ])
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
      stranger.postMessage(message);
    await new Promise((done) => setTimeout(done, 100));
    stranger.close();
    expect(one.seat.state).to.equal('held');
    expect(one.drafts).to.deep.equal([]);
  });

  it('[D52] has the name of the report, or of the draft where the report has none', () => {
    expect(seatName('key:a', 'id')).to.equal('key:a');
    expect(seatName('["某局",2025]', undefined)).to.equal('["某局",2025]');
    expect(seatName('["",2025]', 'id')).to.equal('draft:id');
    expect(seatName('["",2025]', undefined)).to.equal(undefined);
  });
});
