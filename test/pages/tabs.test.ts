/** One writer per report: real tabs of one browser, on a secure origin and on plain http, where there is no Web Lock. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { BROWSERS, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const FIRST = 'requests/received/natural-person';
const SECOND = 'requests/received/enterprise';
const THIRD = 'requests/received/research';
const ELSEWHERE = '另一个标签页正在编辑此报告';

const form = (attributes: string): string =>
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">` +
  `<script type="module" src="/dist/xxgk-annual-report.js"></script>` +
  `<body><form><xxgk-annual-report name="report" ${attributes}></xxgk-annual-report></form></body></html>`;

/** What the form would post for a cell. */
const posted = (page: OpenPage, column: string): Promise<number | null> =>
  page.page.evaluate((name) => {
    const text = new FormData(document.querySelector('form')!).get('report') as string;
    const payload = JSON.parse(text) as {
      tables: { requests: { received: Record<string, number | null> } };
    };
    return payload.tables.requests.received[name]!;
  }, column);

const untilShown = (page: OpenPage, cell: string, text: string): Promise<void> =>
  (async () => {
    const end = Date.now() + 8_000;
    for (let shown = ''; shown !== text; shown = await page.shown(cell)) {
      if (Date.now() > end) throw new Error(`${cell} is “${shown}”, not “${text}”.`);
      await new Promise((done) => setTimeout(done, 20));
    }
  })();

for (const name of BROWSERS) {
  describe(`two tabs in ${name}`, { timeout: 90_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      const pages = Object.fromEntries(
        ['close', 'take', 'frozen', 'full', 'fork', 'base', 'host'].map((key) => [
          `/${key}`,
          form(`draft-key="${key}"`),
        ]),
      );
      site = await serveSite([], { ...pages, '/read': form('draft-key="close" readonly') });
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    const origins = {
      'with Web Locks': () => site.url,
      'on plain http': () => site.url.replace('127.0.0.1', 'intranet.test'),
    };

    for (const [ground, origin] of Object.entries(origins)) {
      const open = async (path: string): Promise<OpenPage> => {
        const page = await browser.open(`${origin()}${path}`);
        await page.ready();
        return page;
      };

      it(`[E197] ${ground}, the second tab says so, shows what the first one types, and goes on when that is closed`, async () => {
        const one = await open('/close');
        expect(await one.page.evaluate(() => isSecureContext && 'locks' in navigator)).to.equal(
          ground === 'with Web Locks',
        );
        await one.type(FIRST, '12');
        await one.untilText('草稿已暂存于本浏览器');
        const two = await open('/close');
        await two.untilText(ELSEWHERE);
        await untilShown(two, FIRST, '12');
        // Nothing can be typed here.
        await two.type(SECOND, '99');
        expect(await two.shown(SECOND)).to.equal('');
        await one.page.bringToFront();
        await one.type(SECOND, '34');
        await untilShown(two, SECOND, '34');
        // A page that only reads keeps nobody from writing and is kept from nothing.
        const reader = await open('/read');
        expect(await reader.text()).not.to.include(ELSEWHERE);
        await reader.page.close();
        await one.page.close();
        await two.untilText('现在由本页编辑此报告');
        await two.type(THIRD, '56');
        await two.untilText('草稿已暂存于本浏览器');
        expect([
          await posted(two, 'natural-person'),
          await posted(two, 'enterprise'),
          await posted(two, 'research'),
        ]).to.deep.equal([12, 34, 56]);
        await two.page.close();
      });

      it(`[E197] ${ground}, a second tab in which nobody has typed holds nothing, and is said to hold nothing`, async () => {
        const one = await open('/close');
        const two = await open('/close');
        await two.untilText(ELSEWHERE);
        await new Promise((done) => setTimeout(done, 500));
        expect(await two.text()).not.to.include('未能暂存');
        await two.page.close();
        await one.page.close();
      });

      it(`[E294] ${ground}, a host that sets its value in the second tab takes nothing of the first one from the screen`, async () => {
        const one = await open('/host');
        await one.type(FIRST, '12');
        await one.untilText('草稿已暂存于本浏览器');
        const two = await open('/host');
        await two.untilText(ELSEWHERE);
        await untilShown(two, FIRST, '12');
        await two.page.evaluate(() => (document.querySelector('xxgk-annual-report')!.value = ''));
        await untilShown(two, FIRST, '12');
        await two.click('button', '在本页编辑');
        await two.untilText('现在由本页编辑此报告');
        expect(await two.shown(FIRST)).to.equal('12');
        await one.page.close();
        await two.page.close();
      });

      it(`[E198] ${ground}, 在本页编辑 takes over with what the other tab had typed, an open edit included, and back`, async () => {
        const one = await open('/take');
        await one.type(FIRST, '12');
        await one.type(SECOND, '34', { enter: false });
        const two = await open('/take');
        await two.untilText(ELSEWHERE);
        await two.click('button', '在本页编辑');
        await two.untilText('现在由本页编辑此报告');
        expect([await two.shown(FIRST), await two.shown(SECOND)]).to.deep.equal(['12', '34']);
        await one.untilText(ELSEWHERE);
        await two.type(THIRD, '56');
        await two.untilText('草稿已暂存于本浏览器');
        await untilShown(one, THIRD, '56');
        await one.page.bringToFront();
        await one.click('button', '在本页编辑');
        await one.untilText('现在由本页编辑此报告');
        await two.untilText(ELSEWHERE);
        await one.type(THIRD, '57');
        await untilShown(two, THIRD, '57');
        expect(await one.text()).not.to.include('两份都保留');
        await one.page.close();
        await two.page.close();
      });

      it(`[E199] ${ground}, a tab that cannot write down what it holds keeps the seat, and says why`, async () => {
        const one = await open('/full');
        await one.page.evaluate(() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
        });
        await one.type(FIRST, '12');
        await one.untilText('未能暂存：磁盘已满，请下载备份');
        const two = await open('/full');
        await two.untilText(ELSEWHERE);
        await two.click('button', '在本页编辑');
        await two.untilText('另一个标签页的内容尚未暂存');
        expect(await two.text()).to.include(ELSEWHERE);
        await one.page.bringToFront();
        expect(await one.shown(FIRST)).to.equal('12');
        await one.type(SECOND, '34');
        expect(await one.shown(SECOND)).to.equal('34');
        await one.page.close();
        await two.page.close();
      });

      it(`[E201] ${ground}, a draft restored in two tabs has one writer, though its report has no name`, async () => {
        const one = await open('/editor');
        await one.type(FIRST, '12');
        await one.untilText('草稿已暂存于本浏览器');
        // Another report without a name is another report.
        const two = await open('/editor');
        await two.type(FIRST, '99');
        await two.untilText('草稿已暂存于本浏览器');
        expect(await two.text()).not.to.include(ELSEWHERE);
        await two.page.close();
        const three = await open('/editor');
        await three.click('button', '恢复草稿');
        await untilShown(three, FIRST, '99');
        await three.type(SECOND, '98');
        await three.untilText('草稿已暂存于本浏览器');
        const four = await open('/editor');
        await four.click('button', '恢复草稿');
        await four.untilText(ELSEWHERE);
        await untilShown(four, SECOND, '98');
        await four.page.close();
        await three.page.close();
        await one.page.close();
      });
    }

    it('[E208] a draft that another tab writes is not deleted, from the banner or from 草稿与备份', async () => {
      const one = await browser.open(`${site.url}/editor`);
      await one.ready();
      await one.type(FIRST, '12');
      await one.untilText('草稿已暂存于本浏览器');
      const two = await browser.open(`${site.url}/editor`);
      await two.untilText('未报送的草稿');
      await two.untilText('版，另一个标签页正在编辑');
      await two.click('button', '删除草稿');
      await two.click('button', '确认删除');
      await two.untilText('这份草稿正在另一个标签页中编辑，没有删除');
      await two.click('#drafts');
      await two.untilText('清除本浏览器中我的全部草稿');
      await two.click('dialog button', '清除本浏览器中我的全部草稿');
      await two.click('dialog .question button', '全部清除');
      await two.untilText('正在另一个标签页中编辑，没有删除。请先关闭');
      await two.page.close();
      await one.page.close();
      const three = await browser.open(`${site.url}/editor`);
      await three.ready();
      await three.click('button', '恢复草稿');
      await untilShown(three, FIRST, '12');
    });

    it('[E202] what two tabs have written all the same is joined cell by cell, and what was not chosen is kept', async () => {
      const one = await browser.open(`${site.url}/fork`);
      await one.ready();
      await one.type(FIRST, '1');
      await one.untilText('草稿已暂存于本浏览器');
      // A tab that knows nothing of the others, as one of an older program.
      const two = await browser.open(`${site.url}/blank`);
      await two.page.evaluateOnNewDocument(() => {
        Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
        Reflect.deleteProperty(window, 'BroadcastChannel');
      });
      await two.page.goto(`${site.url}/fork`);
      await two.ready();
      await two.click('button', '恢复草稿');
      await two.type(FIRST, '22');
      await two.type(SECOND, '2');
      await two.untilText('草稿已暂存于本浏览器');
      await two.page.close();
      await one.page.bringToFront();
      await one.type(FIRST, '11');
      await one.type(THIRD, '3');
      await one.untilText('两份都保留');
      await one.click('button', '合并…');
      await one.untilText('合并两份内容');
      await one.untilText('还有 1 处未选择');
      const ours = await one.find('.merge tbody label', '草稿（');
      await ours.click();
      await one.click('.merge button.primary', '合并');
      await one.untilText('已合并为一份草稿');
      expect([await one.shown(FIRST), await one.shown(SECOND), await one.shown(THIRD)]).to.deep.equal([
        '11',
        '2',
        '3',
      ]);
      const kept = await one.page.evaluate(
        () =>
          new Promise<{ drafts: number; values: (number | null)[] }>((resolve) => {
            const request = indexedDB.open('xxgk-annual-report');
            request.onsuccess = () => {
              const transaction = request.result.transaction(['drafts', 'revisions']);
              const drafts = transaction.objectStore('drafts').getAll();
              const revisions = transaction.objectStore('revisions').getAll();
              transaction.oncomplete = () => {
                request.result.close();
                const mine = (drafts.result as { report: string; id: string }[]).filter(
                  ({ report }) => report === 'key:fork',
                );
                resolve({
                  drafts: mine.length,
                  values: (revisions.result as { id: string; payload: string }[])
                    .filter(({ id }) => mine.some((draft) => draft.id === id))
                    .map(
                      ({ payload }) =>
                        (
                          JSON.parse(payload) as {
                            tables: { requests: { received: Record<string, number | null> } };
                          }
                        ).tables.requests.received['natural-person']!,
                    ),
                });
              };
            };
          }),
      );
      expect(kept.drafts).to.equal(1);
      expect(kept.values).to.include.members([22, 11]);
    });

    it('[E203] a draft over a value that others changed keeps its base in the payload, until the two are joined', async () => {
      const value = (received: number, enterprise: number): string =>
        JSON.stringify({
          schema: 'xxgk-annual-report/1',
          format: '2021',
          year: 2025,
          organization: { name: '某县教育局' },
          tables: { requests: { received: { 'natural-person': received, enterprise } } },
        });
      const openWith = async (text: string): Promise<OpenPage> => {
        const page = await browser.open(`${site.url}/base`);
        await page.page.evaluate((given) => {
          document.querySelector('xxgk-annual-report')!.value = given;
        }, text);
        await page.until(() => document.querySelector('xxgk-annual-report')!.value !== '');
        await page.ready();
        return page;
      };
      const baseOf = (page: OpenPage): Promise<string | null> =>
        page.page.evaluate(
          () =>
            (document.querySelector('xxgk-annual-report')!.payload()['revision'] as { base: string }).base,
        );
      const first = await openWith(value(1, 1));
      const old = await baseOf(first);
      await first.type(THIRD, '3');
      await first.untilText('草稿已暂存于本浏览器');
      await first.page.close();
      const changed = value(1, 2);
      const second = await openWith(changed);
      const now = await baseOf(second);
      expect(now).not.to.equal(old);
      await second.untilText('系统中的内容已被改动');
      await second.click('button', '恢复草稿');
      await untilShown(second, THIRD, '3');
      expect([await baseOf(second), await second.shown(SECOND)]).to.deep.equal([old, '1']);
      await second.page.close();
      const third = await openWith(changed);
      await third.click('button', '与系统中的内容合并…');
      await third.untilText('没有需要选择的地方');
      await third.click('.merge button.primary', '合并');
      await third.untilText('已合并为一份草稿');
      expect([await third.shown(SECOND), await third.shown(THIRD), await baseOf(third)]).to.deep.equal([
        '2',
        '3',
        now,
      ]);
    });

    if (name === 'chromium') {
      it('[E200] a frozen tab loses the seat to one that is used, and says so when it wakes up', async () => {
        const one = await browser.open(`${site.url}/frozen`);
        await one.ready();
        await one.type(FIRST, '12');
        await one.untilText('草稿已暂存于本浏览器');
        const two = await browser.open(`${site.url}/frozen`);
        await two.untilText(ELSEWHERE);
        const session = await one.page.createCDPSession();
        await session.send('Page.setWebLifecycleState', { state: 'frozen' });
        await two.click('button', '在本页编辑');
        await two.untilText('现在由本页编辑此报告', 12_000);
        expect(await two.shown(FIRST)).to.equal('12');
        await two.type(SECOND, '34');
        await two.untilText('草稿已暂存于本浏览器');
        await session.send('Page.setWebLifecycleState', { state: 'active' });
        await one.page.bringToFront();
        await one.untilText(ELSEWHERE);
        await untilShown(one, SECOND, '34');
        await one.page.close();
        await two.page.close();
      });
    }
  });
}
