/** Faults in which somebody goes away at once: closes, reloads, follows a link. */
import { OFFERED, pause, SAVED, type Clerk } from './clerk.ts';
import type { Row } from './lane.ts';

const WAYS = ['closed', 'reloaded', 'left'] as const;

export const left: Row = {
  name: 'F2',
  title: '[D81] the tab is closed, reloaded or left within 50 ms of Enter',
  keeps: true,
  patience: 6,
  async run(lane, tally) {
    const browser = await lane.commonBrowser();
    let clerk: Clerk = await lane.open(browser);
    for (let run = 0; run < lane.runs(60, 3); run += 1) {
      const way = WAYS[run % WAYS.length]!;
      const { page } = clerk.tab;
      const many = 1 + Math.floor(Math.random() * 3);
      for (let edit = 0; edit < many; edit += 1) await clerk.type();
      // One in three leaves another cell open as well.
      if (Math.random() < 1 / 3) await clerk.type(undefined, { open: true });
      await pause(Math.random() * 50);
      if (way === 'closed') await page.close();
      else if (way === 'reloaded') await page.reload();
      else await page.goto('about:blank');
      const before = clerk.typed;
      const back = await lane.again(clerk, browser);
      tally.add(before, back.verdict, { committedKept: true });
      if (back.verdict.committedLost > 0) tally.wrong.push(`${way}, the ${run + 1}. run, ${many} edits`);
      tally.tell(back.banner, OFFERED);
      if (way !== 'closed') await page.close();
      clerk = back.clerk;
    }
    await clerk.type();
    await clerk.saved();
    tally.tell(await clerk.says(SAVED), SAVED);
    await clerk.leave();
  },
};
