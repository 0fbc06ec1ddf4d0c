/** Two hands at one report: in two tabs of one browser, or at two computers. */
import { canonicalJson } from '../../src/format/canonical-json.ts';
import { Clerk, OFFERED } from './clerk.ts';
import { cellsOf, keptDrafts, until } from './database.ts';
import type { Lane, Row, Tally } from './lane.ts';
import { Typed, type Verdict } from './typed.ts';

const SAME = 'requests/received/natural-person';
const FIRST = 'requests/received/enterprise';
const SECOND = 'requests/received/research';
const LATER = 'requests/received/social';
const OPEN = 'requests/received/legal-service';
const UNTOUCHED = 'requests/received/other';

const ELSEWHERE = '另一个标签页正在编辑此报告';

/** The draft that lies there, compared with what was typed. */
async function judgeDraft(lane: Lane, typed: Typed): Promise<Verdict> {
  const other = await lane.blank(lane.sameBrowser);
  const drafts = await keptDrafts(other);
  await other.page.close();
  return typed.judge(drafts[0] === undefined ? new Map() : cellsOf(drafts[0].payload));
}

/** 在本页编辑: the report is this tab's from now on, with everything the other one had. */
async function takeOver(clerk: Clerk): Promise<void> {
  await clerk.tab.page.bringToFront();
  await clerk.tab.click('button', '在本页编辑');
  await clerk.tab.untilText('现在由本页编辑此报告');
  await clerk.startOver(await clerk.shown());
}

/** What a tab says while another one writes, and that it takes nothing. */
async function onlyLooksOn(clerk: Clerk, tally: Tally): Promise<void> {
  const text = await clerk.tab.untilText(ELSEWHERE);
  tally.tell(new RegExp(`${ELSEWHERE}[^\\n]*`).exec(text)?.[0] ?? '', '本页只能查看');
  await clerk.tab.page.bringToFront();
  const looking = clerk.typed;
  clerk.typed = new Typed();
  await clerk.type(UNTOUCHED);
  tally.expect(!(await clerk.shown()).has(UNTOUCHED), 'the tab that looks on takes what is typed');
  clerk.typed = looking;
}

export const twoTabs: Row = {
  name: 'F5',
  title: '[D84] two tabs of one browser edit the same report: different cells, the same cell',
  keeps: true,
  async run(lane, tally) {
    for (let run = 0; run < lane.runs(5, 1); run += 1) {
      const browser = await lane.commonBrowser();
      lane.hostValue = '';
      const host = (): Promise<Clerk> => Clerk.open(browser, `${lane.url}/host`, lane.desk());
      const first = await host();
      await first.type(FIRST);
      await first.type(SAME);
      const second = await host();
      await onlyLooksOn(second, tally);
      // The first types on, and the second shows it.
      await first.tab.page.bringToFront();
      await first.type(LATER);
      await first.type(SAME);
      await first.saved();
      const follows = await until(
        () => second.shown(),
        (shown) => [...first.typed.expected()].every(([cell, text]) => shown.get(cell) === text),
      );
      const seen = first.typed.judge(follows);
      tally.expect(
        seen.acknowledgedLost + seen.committedLost + seen.wrong.length === 0,
        'the tab that looks on does not show what is typed in the other',
      );
      // Taken over while the first still has an edit that was not called saved, and a cell still open.
      await first.type(SECOND);
      await first.type(OPEN, { open: true });
      await takeOver(second);
      tally.add(first.typed, first.typed.judge(await second.shown()), { committedKept: true });
      await second.type(SECOND);
      await second.type(SAME);
      await second.saved();
      tally.add(second.typed, await judgeDraft(lane, second.typed), { committedKept: true });
      await onlyLooksOn(first, tally);
      // And back, without a pause.
      await takeOver(first);
      tally.expect(
        second.typed.judge(await first.shown()).wrong.length === 0,
        'the tab that took it back does not show what the other typed',
      );
      await first.type(SAME);
      await first.saved();
      await first.leave();
      await second.leave();
      const back = await first.again(browser, `${lane.url}/host`, lane.desk());
      tally.add(first.typed, back.verdict, { committedKept: true });
      tally.tell(back.banner, OFFERED);
      tally.expect(!back.banner.includes('另有'), 'one report has become two drafts');
      await back.clerk.leave();
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
