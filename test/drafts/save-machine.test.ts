/**
 * The save state in any interleaving of edits, writes that settle late or never, flushes, losses and new starts: by a
 * scripted store and a clock of its own, against a model of what is on disk.
 */
import { expect } from 'chai';
import * as fc from 'fast-check';
import { createAutosave, type Autosave } from '../../src/drafts/autosave.ts';
import {
  DraftFailure,
  type DraftContent,
  type DraftFailureReason,
  type DraftSaved,
  type DraftStore,
  type DraftStoreEvent,
} from '../../src/drafts/drafts.ts';
import { contentOf, REPORT } from './sample-drafts.ts';

const SEED = 20_260_112;

/** Timers that run when the test says so. */
function installClock() {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    now: performance.now,
  };
  let time = 0;
  let next = 1;
  const due = new Map<number, { at: number; run: () => void }>();
  globalThis.setTimeout = ((run: () => void, wait = 0) => {
    due.set(next, { at: time + wait, run });
    next += 1;
    return next - 1;
  }) as unknown as typeof setTimeout;
  globalThis.clearTimeout = ((id: number) => due.delete(id)) as typeof clearTimeout;
  performance.now = () => time;
  return {
    async pass(milliseconds: number): Promise<void> {
      const end = time + milliseconds;
      for (;;) {
        const [first] = [...due].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at);
        if (first === undefined) break;
        due.delete(first[0]);
        time = Math.max(time, first[1].at);
        first[1].run();
        await calm();
      }
      time = end;
    },
    restore() {
      globalThis.setTimeout = real.setTimeout;
      globalThis.clearTimeout = real.clearTimeout;
      performance.now = real.now;
    },
  };
}

/** Until every promise that is settled has told whoever waits for it. */
async function calm(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

interface Write {
  readonly draft: number;
  readonly order: number;
  readonly text: string;
  readonly answer: (saved: DraftSaved) => void;
  readonly fail: (error: unknown) => void;
}

interface Disk {
  readonly draft: number;
  readonly order: number;
  readonly text: string;
}

class World {
  /** What the user sees. */
  text = '';
  edited = false;
  readonly writes: Write[] = [];
  disk: Disk | undefined;
  draft = 0;
  orders = 0;
  readonly listeners = new Set<(event: DraftStoreEvent) => void>();
  readonly autosave: Autosave;
  /** Those who asked to keep now and have not been answered. */
  waiting = 0;

  constructor() {
    this.autosave = createAutosave({
      store: this.store(),
      content: () => contentOf(this.text),
      onState: () => undefined,
    });
  }

  store(): DraftStore {
    return {
      kind: 'browser',
      begin: () => {
        this.draft += 1;
        const draft = this.draft;
        return {
          get id() {
            return `draft-${draft}`;
          },
          revision: 0,
          write: (content: DraftContent) =>
            new Promise<DraftSaved>((answer, fail) => {
              this.orders += 1;
              const { text } = JSON.parse(content.payload) as { text: string };
              this.writes.push({ draft, order: this.orders, text, answer, fail });
            }),
        };
      },
      delete: async () => {
        this.disk = undefined;
        return true;
      },
      acknowledge: async (_id: string, revision: number) => {
        const cleared = this.disk !== undefined && this.disk.order <= revision;
        if (cleared) this.disk = undefined;
        return cleared;
      },
      watch: (listener: (event: DraftStoreEvent) => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      renew: () => undefined,
    } as unknown as DraftStore;
  }

  /** A write is complete; an older one under a newer adds nothing. */
  complete(index: number): void {
    const [write] = this.writes.splice(index % this.writes.length, 1);
    if (this.disk === undefined || this.disk.order < write!.order)
      this.disk = { draft: write!.draft, order: write!.order, text: write!.text };
    write!.answer({ id: `draft-${write!.draft}`, revision: write!.order, at: Date.now() });
  }

  look(): void {
    const { status, revision } = this.autosave.state;
    if (status === 'saved') {
      expect(this.disk?.text, 'saved is what is on disk').to.equal(this.text);
      expect(revision).to.equal(this.disk!.order);
    }
    if (status === 'clean') expect(this.edited, 'clean is unedited').to.equal(false);
  }
}

type Step = (world: World, clock: ReturnType<typeof installClock>) => void | Promise<void>;

const REASONS: readonly DraftFailureReason[] = ['quota', 'storage', 'unsettled'];

const step: fc.Arbitrary<[string, Step]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 0, max: 4 }).map((text): [string, Step] => [
      `type ${text}`,
      (world) => {
        world.text = String(text);
        world.edited = true;
        world.autosave.changed();
      },
    ]),
  },
  {
    weight: 5,
    arbitrary: fc.nat(9).map((index): [string, Step] => [
      `complete ${index}`,
      (world) => {
        if (world.writes.length > 0) world.complete(index);
      },
    ]),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(9), fc.constantFrom(...REASONS)).map(([index, reason]): [string, Step] => [
      `fail ${index} ${reason}`,
      (world) => {
        if (world.writes.length > 0)
          world.writes.splice(index % world.writes.length, 1)[0]!.fail(new DraftFailure(reason));
      },
    ]),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(0, 10, 350, 1_000, 5_000, 20_000)
      .map((time): [string, Step] => [`pass ${time}`, (_world, clock) => clock.pass(time)]),
  },
  { weight: 2, arbitrary: fc.constant<[string, Step]>(['flush', (world) => world.autosave.flush()]) },
  {
    weight: 2,
    arbitrary: fc.constant<[string, Step]>([
      'keep now',
      (world) => {
        world.waiting += 1;
        void world.autosave.keepNow().then(() => (world.waiting -= 1));
      },
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.constant<[string, Step]>([
      'lost',
      (world) => {
        world.disk = undefined;
        // What was under way went with it.
        for (const write of world.writes.splice(0)) write.fail(new DraftFailure('storage'));
        for (const listener of [...world.listeners]) listener('lost');
      },
    ]),
  },
  { weight: 1, arbitrary: fc.constant<[string, Step]>(['backup', (world) => world.autosave.noteBackup()]) },
  {
    weight: 1,
    arbitrary: fc.constant<[string, Step]>([
      'acknowledge',
      async (world) => {
        const { revision } = world.autosave.state;
        if (revision === null) return;
        const cleared = await world.autosave.acknowledge(revision);
        if (cleared && world.autosave.state.status === 'clean') world.edited = false;
      },
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.constant<[string, Step]>([
      'discard',
      (world) => {
        world.edited = false;
        void world.autosave.discard();
      },
    ]),
  },
  {
    weight: 1,
    arbitrary: fc.constant<[string, Step]>([
      'start again',
      (world) => {
        world.autosave.stop();
        world.text = '';
        world.edited = false;
        world.disk = undefined;
        world.autosave.start({ report: REPORT });
      },
    ]),
  },
);

describe('the save state', () => {
  it('[D53] in any interleaving: never "saved" over unsaved work, and saved in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const clock = installClock();
        try {
          const world = new World();
          world.autosave.start({ report: REPORT });
          for (const [, run] of steps) {
            await run(world, clock);
            world.look();
            await calm();
            world.look();
          }
          // From here on every write succeeds.
          for (let round = 0; round < 60; round += 1) {
            while (world.writes.length > 0) world.complete(0);
            await calm();
            world.look();
            await clock.pass(5_000);
          }
          const { status } = world.autosave.state;
          expect(status).to.be.oneOf(['saved', 'clean']);
          if (world.edited) expect(world.disk?.text).to.equal(world.text);
          expect(world.waiting, 'everybody is answered').to.equal(0);
        } finally {
          clock.restore();
        }
      }),
      { numRuns: 800, seed: SEED, verbose: 1, examples: [] },
    );
  }).timeout(60_000);
});
