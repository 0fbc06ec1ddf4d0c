/** Faults in which a process dies under somebody who is typing. */
import { processTree, signal } from '../browser/process-tree.ts';
import type { TestBrowser } from '../pages/page-fixture.ts';
import { OFFERED, pause, SAVED, type Clerk } from './clerk.ts';
import type { Lane, Row, Tally } from './lane.ts';

/** Types at a hand's uneven pace until told to stop; what the dying browser answers does not matter. */
function keepTyping(clerk: Clerk): { stop(): Promise<void> } {
  let going = true;
  const typing = (async () => {
    while (going) {
      await clerk.type();
      await pause(Math.random() < 0.3 ? 200 + Math.random() * 500 : Math.random() * 80);
    }
  })();
  typing.catch(() => undefined);
  return {
    async stop() {
      going = false;
      await Promise.race([typing.catch(() => undefined), pause(3_000)]);
    },
  };
}

/** A random moment, or, one time in three, the one in which the page has just said that something is saved. */
async function moment(clerk: Clerk, longest: number, first: number): Promise<void> {
  const end = Date.now() + 10_000;
  while (clerk.typed.acknowledged < first && Date.now() < end) await pause(5);
  const random = pause(150 + Math.random() * longest);
  if (Math.random() > 1 / 3) return random;
  const wanted = clerk.typed.acknowledged + 1 + Math.floor(Math.random() * 3);
  await Promise.race([
    pause(longest * 2),
    new Promise<void>((done) => {
      clerk.onSaved = () => {
        if (clerk.typed.acknowledged >= wanted) done();
      };
    }),
  ]);
}

/** Again and again on one profile: type, die, open, restore, compare, type on. */
async function dieAgainAndAgain(
  lane: Lane,
  tally: Tally,
  {
    runs,
    browser,
    die,
    handsOff = false,
  }: {
    runs: number;
    browser: TestBrowser;
    die: (clerk: Clerk) => Promise<void>;
    /** Nobody types any longer when it happens; one in three times a cell is still open. */
    handsOff?: boolean;
  },
): Promise<void> {
  let clerk = await lane.open(browser);
  for (let run = 0; run < runs; run += 1) {
    const typing = keepTyping(clerk);
    await moment(clerk, lane.short ? 700 : 1_800, lane.short ? 2 : Math.floor(Math.random() * 3));
    if (handsOff) {
      await typing.stop();
      if (Math.random() < 1 / 3) await clerk.type(undefined, { open: true });
    }
    await die(clerk);
    await typing.stop();
    const before = clerk.typed;
    const back = await lane.again(clerk, browser);
    tally.add(before, back.verdict);
    if (before.acknowledged > 0 || before.before.size > 0) tally.tell(back.banner, OFFERED);
    clerk = back.clerk;
  }
  // The last one still writes.
  await clerk.type();
  await clerk.saved();
  tally.tell(await clerk.says(SAVED), SAVED);
}

export const killed: Row = {
  name: 'F1',
  title: '[D80] the browser is killed (SIGKILL, every process) while somebody types',
  keeps: true,
  patience: 10,
  async run(lane, tally) {
    const browser = lane.browser();
    await dieAgainAndAgain(lane, tally, {
      runs: lane.runs(50, 1),
      browser,
      die: () => browser.kill(),
    });
  },
};

/** The processes in which Firefox shows web pages. */
function contentProcesses(browser: TestBrowser): number[] {
  const root = browser.running!.process()!.pid!;
  return processTree(root, browser.profile)
    .filter(({ command }) => /-contentproc\b.* tab$/.test(command) || /--type=renderer\b/.test(command))
    .map(({ pid }) => pid);
}

export const crashed: Row = {
  name: 'F3',
  title: '[D82] the renderer crashes while somebody types',
  keeps: true,
  patience: 4,
  async run(lane, tally) {
    const browser = await lane.commonBrowser();
    tally.note(lane.isChromium ? 'by Page.crash' : 'by SIGKILL of the content processes');
    await dieAgainAndAgain(lane, tally, {
      runs: lane.runs(20, 1),
      browser,
      async die(clerk) {
        if (lane.isChromium) {
          const session = await clerk.tab.page.createCDPSession();
          // Nobody is left to answer.
          session.send('Page.crash').catch(() => undefined);
          await pause(100);
        } else {
          signal(contentProcesses(browser), 'SIGKILL');
          await pause(300);
        }
        await clerk.leave();
      },
    });
  },
};

export const frozen: Row = {
  name: 'F14',
  title: '[D83] a tab in the background is frozen, then the browser is killed',
  keeps: true,
  shortIn: ['chromium'],
  patience: 5,
  async run(lane, tally) {
    const browser = lane.browser();
    tally.note(
      lane.isChromium
        ? 'by Page.setWebLifecycleState, then SIGKILL'
        : 'Firefox never freezes a tab: sent to the background, its process stopped by SIGSTOP, then SIGKILL',
    );
    await dieAgainAndAgain(lane, tally, {
      runs: lane.runs(15, 1),
      browser,
      // A keyboard does not reach a tab in the background.
      handsOff: true,
      async die(clerk) {
        const other = await browser.running!.newPage();
        await other.bringToFront();
        if (lane.isChromium) {
          const session = await clerk.tab.page.createCDPSession();
          await session.send('Page.setWebLifecycleState', { state: 'frozen' });
        } else {
          signal(contentProcesses(browser), 'SIGSTOP');
        }
        await pause(100 + Math.random() * 300);
        await browser.kill();
      },
    });
  },
};
