/** Drafts of a report in a frame: kept by the page where the frame is of another origin, and what must never be lost. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import type { Page } from 'puppeteer-core';
import {
  cms,
  complaintsOf,
  databases,
  fieldOf,
  inside,
  openCms,
  serveTwo,
  type TwoSites,
} from './frame-fixture.ts';
import { BROWSERS, TestBrowser } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';
const NEXT = 'requests/carried-over/natural-person';

const received = (text: string): number | null =>
  (JSON.parse(text) as { tables: { requests: Record<string, Record<string, number | null>> } }).tables
    .requests['received']!['natural-person']!;

/** What lies on the page's shelf, leases aside: owner and kind of each item. */
function shelf(page: Page): Promise<[owner: string, kind: string][]> {
  return page.evaluate(
    () =>
      new Promise<[string, string][]>((done) => {
        const request = indexedDB.open('xxgk-annual-report.frames', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('items', { keyPath: 'key' });
        request.onsuccess = () => {
          const keys = request.result.transaction('items').objectStore('items').getAllKeys();
          keys.onsuccess = () => {
            request.result.close();
            done(
              (keys.result as string[])
                .map((key): [string, string] => {
                  const [owner, rest] = key.split('\n') as [string, string];
                  return [owner, rest.slice(0, 1)];
                })
                .filter(([, kind]) => kind !== 'l'),
            );
          };
        };
      }),
  );
}

/** Databases of an origin are those of a profile: each test has its own names instead. */
let count = 0;
const key = (): string => `data-xxgk-draft-key="t${(count += 1)}"`;

for (const name of BROWSERS) {
  describe(`drafts of a report in a frame in ${name}`, { timeout: 90_000 }, () => {
    // What a user sets who blocks cookies of third parties: Firefox then refuses the frame any storage. Chromium has it
    // apart from all others.
    const isRefused = name === 'firefox';
    const browser = new TestBrowser(name, {
      ...(isRefused && { preferences: { 'network.cookie.cookieBehavior': 1 } }),
    });
    // What depends on no browser is asked of one only.
    const once = (title: string, test: () => Promise<void>): void => {
      if (name === BROWSERS[0]) it(title, test);
    };
    let site: TwoSites;
    before(async () => {
      site = await serveTwo((origins) => {
        const plain = (attributes: string, src?: string): string =>
          cms(origins, { attributes, ...(src !== undefined && { src }) }).replace(
            'data-xxgk-draft-key="k1" data-xxgk-user="zhang"',
            '',
          );
        const one = key();
        return {
          '/keeps': plain(`${key()} data-xxgk-user="zhang"`),
          '/zhang': plain(`${one} data-xxgk-user="zhang" data-xxgk-tenant="a"`),
          '/elsewhere': plain(`${one} data-xxgk-user="zhang" data-xxgk-tenant="a"`, '/dist/frame.html'),
          '/session': plain(`${key()} data-xxgk-draft="session"`),
          '/long': plain(key()),
          '/off': plain(`${key()} data-xxgk-draft="off"`),
          '/leaving': plain(key()),
          '/again': plain(key()),
          '/tabs': plain(key()),
          '/lost': plain(key()),
        };
      });
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    it('[E262] are kept by the page, said to be kept only then, and offered after a reload', async () => {
      const { page, frame } = await openCms(browser, `${site.page}/keeps`);
      await frame.untilText('尚无改动');
      expect(await shelf(page.page)).to.deep.equal([]);
      await frame.type(CELL, '12');
      await frame.untilText('草稿已暂存于本浏览器');
      const items = await shelf(page.page);
      expect(items.map(([, kind]) => kind).sort()).to.deep.equal(['d', 'r']);
      expect(items[0]![0]).to.equal(`${site.frame} ["","zhang",""]`);
      const own = await databases(frame).catch(() => 'refused');
      expect(own).to.deep.equal(isRefused ? 'refused' : []);
      // It lies where one finds it again, and nobody is told otherwise.
      expect(await frame.text()).not.to.include('本页嵌在其他网站中');
      await frame.type(NEXT, '3');
      await frame.untilText('草稿已暂存于本浏览器');
      await page.page.goto(`${site.page}/keeps`);
      const again = await inside(page.page);
      await again.untilText('本浏览器中有一份未报送的草稿');
      expect(await fieldOf(page)).to.equal('');
      await again.click('button', '恢复草稿');
      await again.untilText('已恢复草稿');
      expect([await again.shown(CELL), await again.shown(NEXT)]).to.deep.equal(['12', '3']);
      await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':12'));
      // 草稿与备份 has its revisions; a draft can be deleted there.
      await again.click('button', '草稿与备份');
      await again.untilText('第 2 版');
      await again.page.keyboard.press('Escape');
      // The host has it: it is cleared.
      const cleared = await page.page.evaluate(() =>
        window.XxgkFrame!.connect(document.querySelector('iframe')!).acknowledge(),
      );
      expect(cleared).to.equal(true);
      expect(await shelf(page.page)).to.deep.equal([]);
      expect(await complaintsOf({ page, frame: again })).to.deep.equal([]);
    });

    once("[E262] of one user, unit and frame are not another's", async () => {
      const { frame, page } = await openCms(browser, `${site.page}/zhang`);
      await frame.type(CELL, '12');
      await frame.untilText('草稿已暂存于本浏览器');
      // The page names somebody else while a cell is open: what is typed is still of whom it was begun by.
      await frame.type(NEXT, '7', { enter: false });
      await page.page.evaluate(() => {
        const { dataset } = document.querySelector('iframe')!;
        dataset['xxgkUser'] = 'li';
        document.querySelector<HTMLTextAreaElement>('#report')!.value = '';
      });
      await frame.until(() => document.querySelector('xxgk-annual-report')!.user === 'li');
      await frame.untilText('尚无改动');
      expect(await frame.text()).not.to.include('未报送的草稿');
      const owners = new Set((await shelf(page.page)).map(([owner]) => owner));
      expect([...owners]).to.include(`${site.frame} ["a","zhang",""]`);
      expect([...owners]).not.to.include(`${site.frame} ["a","li",""]`);
      await page.page.goto(`${site.page}/elsewhere`);
      const other = await inside(page.page);
      await other.untilText('尚无改动');
      expect(await other.text()).not.to.include('未报送的草稿');
      await page.page.goto(`${site.page}/zhang`);
      const again = await inside(page.page);
      await again.untilText('未报送的草稿');
      await again.click('button', '恢复草稿');
      await again.untilText('已恢复草稿');
      expect([await again.shown(CELL), await again.shown(NEXT)]).to.deep.equal(['12', '7']);
      // Whom the page names counts from the next value on: what is on screen is still the other one's.
      await page.page.evaluate(() => {
        document.querySelector('iframe')!.dataset['xxgkUser'] = 'sun';
      });
      await again.until(() => document.querySelector('xxgk-annual-report')!.user === 'sun');
      await again.type(NEXT, '8');
      await again.untilText('草稿已暂存于本浏览器');
      expect((await shelf(page.page)).filter(([owner]) => owner.includes('sun'))).to.deep.equal([]);
    });

    once('[E262] are kept as long as a report can be', async () => {
      const { page, frame } = await openCms(browser, `${site.page}/long`);
      await page.page.evaluate(
        (text) => {
          document.querySelector<HTMLTextAreaElement>('#report')!.value = text;
        },
        JSON.stringify({
          ...{ schema: 'xxgk-annual-report/1', draft: true, format: '2021', year: 2025 },
          ...{ organization: { name: '某县民政局' }, tables: {}, more: '"长'.repeat(200_000) },
        }),
      );
      await frame.until(() => document.querySelector('xxgk-annual-report')!.value.includes('某县民政局'));
      await frame.type(CELL, '12');
      await frame.untilText('草稿已暂存于本浏览器');
      await page.page.goto(`${site.page}/long`);
      const again = await inside(page.page);
      await again.untilText('未报送的草稿');
      await again.click('button', '恢复草稿');
      await again.untilText('已恢复草稿');
      expect(await again.shown(CELL)).to.equal('12');
    });

    once(
      '[E262] of a session are there after a reload, and nowhere in another tab; `off` keeps none',
      async () => {
        const { page, frame } = await openCms(browser, `${site.page}/session`);
        await frame.type(CELL, '12');
        await frame.untilText('关闭标签页后不再保留');
        const other = await openCms(browser, `${site.page}/session`);
        await other.frame.untilText('尚无改动');
        expect(await other.frame.text()).not.to.include('未报送的草稿');
        await page.page.bringToFront();
        await page.page.goto(`${site.page}/session`);
        await (await inside(page.page)).untilText('未报送的草稿');
        const before = (await shelf(page.page)).length;
        const off = await openCms(browser, `${site.page}/off`);
        await off.frame.untilText('本页不暂存草稿');
        await off.frame.type(CELL, '12');
        await off.page.until(() => window.heard.some((one) => one.startsWith('change ')));
        expect((await shelf(off.page.page)).length).to.equal(before);
      },
    );

    once('[E262] that are lost are said to be; what is on screen is written again', async () => {
      const { page, frame } = await openCms(browser, `${site.page}/lost`);
      await frame.type(CELL, '12');
      await frame.untilText('草稿已暂存于本浏览器');
      const remove = (): Promise<void> =>
        page.page.evaluate(
          () =>
            new Promise<void>((done) => {
              indexedDB.deleteDatabase('xxgk-annual-report.frames').onsuccess = () => done();
            }),
        );
      await remove();
      const end = Date.now() + 8_000;
      while ((await shelf(page.page)).length < 2) {
        if (Date.now() > end) throw new Error('not written again');
        await new Promise((done) => setTimeout(done, 50));
      }
      await page.page.goto(`${site.page}/blank`);
      await remove();
      await page.page.goto(`${site.page}/lost`);
      await (await inside(page.page)).untilText('现已找不到');
    });

    it('[E263] the page left, reloaded or closed right after a keystroke: nothing is lost, and one draft is left', async () => {
      // A browser without a tab would end.
      await browser.open(`${site.page}/blank`);
      let page = await browser.open(`${site.page}/leaving`);
      let typed = '';
      for (const [round, way] of ['leave', 'reload', 'close', ''].entries()) {
        const frame = await inside(page.page);
        if (round > 0) {
          const found = await frame.untilText('未报送的草稿');
          expect(found, way).not.to.include('另有');
          await frame.click('button', '恢复草稿');
          await frame.untilText('已恢复草稿');
          expect(await frame.shown(CELL)).to.equal(typed);
        }
        if (way === '') break;
        typed = String(round + 1).repeat(3);
        await frame.type(CELL, typed, { enter: false });
        if (way === 'reload') await page.page.reload();
        else if (way === 'close') {
          // As its user would: asked, and going all the same.
          const isClosed = new Promise((done) => page.page.once('close', done));
          await page.page.close({ runBeforeUnload: true });
          await isClosed;
          page = await browser.open(`${site.page}/leaving`);
        } else {
          await page.page.goto(`${site.page}/blank`);
          await page.page.goto(`${site.page}/leaving`);
        }
      }
    });

    once(
      '[E264] a frame that is loaded anew goes on with what the user had made of the value, and with its draft',
      async () => {
        const { page, frame } = await openCms(browser, `${site.page}/again`);
        await frame.type(CELL, '12');
        await frame.untilText('草稿已暂存于本浏览器');
        // A new document has no mark of ours.
        await frame.page.evaluate(() => {
          document.title = 'before';
        });
        await page.page.evaluate(() => {
          const iframe = document.querySelector('iframe')!;
          const { src } = iframe;
          iframe.src = src;
        });
        for (const end = Date.now() + 10_000; ;) {
          const isNew = await (
            await inside(page.page)
          ).page
            .evaluate(() => document.title !== 'before')
            .catch(() => false);
          if (isNew) break;
          if (Date.now() > end) throw new Error('The frame is still the one before.');
        }
        const again = await inside(page.page);
        await again.untilText('草稿已暂存于本浏览器');
        expect(await again.shown(CELL)).to.equal('12');
        expect(await again.text()).not.to.include('未报送的草稿');
        expect(received(await fieldOf(page))).to.equal(12);
        await again.type(NEXT, '3');
        await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':3'));
        await again.untilText('草稿已暂存于本浏览器');
        await page.page.goto(`${site.page}/again`);
        const later = await inside(page.page);
        await later.untilText('未报送的草稿');
        expect(await later.text()).not.to.include('另有');
        await later.click('button', '恢复草稿');
        await later.untilText('已恢复草稿');
        expect([await later.shown(CELL), await later.shown(NEXT)]).to.deep.equal(['12', '3']);
      },
    );

    once('[E262] two tabs have one writer', async () => {
      const { page, frame } = await openCms(browser, `${site.page}/tabs`);
      await frame.type(CELL, '12');
      await frame.untilText('草稿已暂存于本浏览器');
      const other = await openCms(browser, `${site.page}/tabs`);
      await other.frame.untilText('另一个标签页正在编辑此报告');
      await other.frame.until(() => document.querySelector('xxgk-annual-report')!.value.includes(':12'));
      // What another tab writes is no edit of this page.
      expect(await fieldOf(other.page)).to.equal('');
      await other.frame.click('button', '在本页编辑');
      await other.frame.untilText('现在由本页编辑此报告');
      await page.page.bringToFront();
      await frame.untilText('另一个标签页正在编辑此报告');
    });
  });
}
