/** Two hands at one report: in two tabs of one browser, or at two computers. */
import { canonicalJson } from '../../src/format/canonical-json.ts';
import { Clerk, OFFERED, SAVED } from './clerk.ts';
import { cellsOf, keptDrafts, until } from './database.ts';
import type { Lane, Row, Tally } from './lane.ts';

const SAME = 'requests/received/natural-person';
const FIRST = 'requests/received/enterprise';
const SECOND = 'requests/received/research';
const LATER = 'requests/received/social';

const ELSEWHERE = '另一个标签页正在编辑此报告';
const TAKE_OVER = '在此标签页编辑';
const FORKED = '另存为一份草稿，两份都保留';

/** Every value typed in either tab has to be in some draft that is offered. */
async function judgeDrafts(lane: Lane, tally: Tally, tabs: readonly Clerk[]): Promise<void> {
  const browser = lane.sameBrowser;
  const other = await lane.blank(browser);
  const drafts = (await keptDrafts(other)).map(({ payload }) => cellsOf(payload));
  await other.page.close();
  for (const { typed } of tabs) {
    // The draft in which most of this tab's values are.
    const verdicts = drafts.map((cells) => typed.judge(cells));
    const best = verdicts.sort(
      (a, b) => a.acknowledgedLost + a.committedLost - b.acknowledgedLost - b.committedLost,
    )[0];
    tally.add(typed, best ?? typed.judge(new Map()), { committedKept: true });
  }
}

export const twoTabs: Row = {
  name: 'F5',
  title: '[D84] two tabs of one browser edit the same report: different cells, the same cell',
  keeps: true,
  async run(lane, tally) {
    for (let run = 0; run < lane.runs(5, 1); run += 1) {
      const browser = await lane.commonBrowser();
      const first = await lane.open(browser);
      await first.type(FIRST);
      await first.type(SAME);
      await first.saved();
      const second = await lane.open(browser);
      await second.tab.page.bringToFront();
      const text = await second.tab.text();
      if (text.includes(ELSEWHERE)) {
        tally.tell(ELSEWHERE);
        await second.tab.click('button', TAKE_OVER);
        await second.tab.untilText(SAVED);
        await second.startOver(await second.shown());
        // What the first tab had is what the second begins with.
        tally.add(first.typed, first.typed.judge(await second.shown()), { committedKept: true });
        await second.type(SECOND);
        await second.type(SAME);
        await second.saved();
        await first.tab.page.bringToFront();
        tally.tell((await first.tab.untilText(ELSEWHERE)).includes(ELSEWHERE) ? ELSEWHERE : '', ELSEWHERE);
        await first.leave();
        await second.leave();
        await judgeDrafts(lane, tally, [second]);
        continue;
      }
      const banner = await second.banner();
      tally.tell(banner, OFFERED);
      await second.restore();
      await second.startOver(await second.shown());
      await second.type(SECOND);
      await second.type(SAME);
      await second.saved();
      await first.tab.page.bringToFront();
      await first.type(LATER);
      await first.type(SAME);
      await first.saved();
      tally.tell(await first.says(FORKED), FORKED);
      await first.leave();
      await second.leave();
      await judgeDrafts(lane, tally, [first, second]);
      // Neither is dropped without a word.
      const next = await lane.open(browser);
      tally.tell(await next.banner(), '另有 1 份草稿');
      await next.leave();
    }
  },
};

/** The page of a host that has a value of the report. */
export function hostPage(value: string): string {
  const attribute = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>host</title>
<script type="module" src="/dist/xxgk-annual-report.js"></script>
<form><xxgk-annual-report name="report" draft-key="report-1" value="${attribute}"></xxgk-annual-report></form>`;
}

interface Payload {
  readonly digest: string;
  readonly revision: { readonly number: number; readonly base: string | null };
}

/** What the form of the host would send. */
async function sent(clerk: Clerk): Promise<string> {
  return clerk.tab.page.evaluate(() => String(new FormData(document.querySelector('form')!).get('report')));
}

export const twoClerks: Row = {
  name: 'F17',
  title: '[D93] two clerks at two computers edit the same report and both save',
  keeps: false,
  async run(lane, tally) {
    const here = await lane.commonBrowser();
    const there = lane.browser();
    for (let run = 0; run < lane.runs(3, 1); run += 1) {
      if (run > 0) await Promise.all([lane.wipe(here), lane.wipe(there)]);
      // The value both begin with.
      lane.hostValue = '';
      const author = await Clerk.open(here, `${lane.url}/host`);
      await author.type(FIRST);
      await author.saved();
      lane.hostValue = await sent(author);
      await author.leave();
      const base = (JSON.parse(lane.hostValue) as Payload).digest;

      const one = await Clerk.open(here, `${lane.url}/host`);
      const two = await Clerk.open(there, `${lane.url}/host`);
      await one.startOver(await one.shown());
      await two.startOver(await two.shown());
      await one.type(SECOND);
      await one.type(SAME);
      await two.type(LATER);
      await two.type(SAME);
      await Promise.all([one.saved(), two.saved()]);
      const first = await until(
        () => sent(one),
        (text) => text.includes('"revision"'),
      );
      lane.hostValue = first;
      const stored = (JSON.parse(first) as Payload).digest;
      const second = JSON.parse(await sent(two)) as Payload;
      tally.expect((JSON.parse(first) as Payload).revision.base === base, 'the first names another base');
      tally.expect(second.revision.base === base, 'the second payload does not name what it began from');
      tally.expect(second.revision.base !== stored, 'the stale base is not to be seen');
      tally.add(one.typed, one.typed.judge(cellsOf(first)), { committedKept: true });
      tally.add(two.typed, two.typed.judge(cellsOf(canonicalJson(second as never))), { committedKept: true });
      await one.leave();
      await two.leave();
      // The second comes back: the host has what the first saved, the browser what the second typed.
      const back = await two.again(there, `${lane.url}/host`);
      tally.tell(back.banner, '草稿开始之后，系统中的内容已被改动，请先对比');
      tally.add(two.typed, back.verdict, { committedKept: true });
      const again = JSON.parse(await sent(back.clerk)) as Payload;
      tally.expect(
        again.revision.base === base,
        'after 恢复草稿 the payload names what the host has now as its base: what the first clerk saved would be overwritten unseen',
      );
      await back.clerk.leave();
    }
    tally.note('a payload’s revision.base is the digest of the value it began from');
  },
};
