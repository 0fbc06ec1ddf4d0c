/** What is typed survives the page, the browser and the next report: by real tabs, real kills and a real disk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { useSpreadsheet } from './main-job.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const FIRST = 'requests/received/natural-person';
const SECOND = 'requests/received/enterprise';
const THIRD = 'disclosure/licensing/decisions';

interface Kept {
  readonly organization: string;
  readonly fork: boolean;
  /** What is in FIRST. */
  readonly received: number | null;
}

interface Listening {
  heard: string[];
}

/** Until the status bar says this of the draft. */
async function untilSaying(page: OpenPage, words: '未暂存' | '草稿已暂存于本浏览器'): Promise<void> {
  const condition = (wanted: string): boolean =>
    document
      .querySelector('xxgk-annual-report')!
      .shadowRoot!.querySelector('.status-bar')!
      .textContent!.includes(wanted);
  const end = Date.now() + 8_000;
  while (!(await page.page.evaluate(condition, words)))
    if (Date.now() > end)
      throw new Error(`Waited in vain for “${words}” in …${(await page.text()).slice(-500)}`);
}

/** What lies in the database, read past our own code. */
function drafts(page: OpenPage): Promise<Kept[]> {
  return page.page.evaluate(
    () =>
      new Promise<Kept[]>((resolve, reject) => {
        const request = indexedDB.open('xxgk-annual-report');
        request.onerror = () => reject(new Error('The database does not open.'));
        request.onsuccess = () => {
          const all = request.result.transaction('drafts').objectStore('drafts').getAll();
          all.onsuccess = () => {
            request.result.close();
            const records = all.result as { organization: string; fork: unknown; payload: string }[];
            resolve(
              records.map(({ organization, fork, payload }) => ({
                organization,
                fork: fork !== null,
                received: (
                  JSON.parse(payload) as { tables: { requests: { received: Record<string, number | null> } } }
                ).tables.requests.received['natural-person']!,
              })),
            );
          };
        };
      }),
  );
}

for (const name of BROWSERS) {
  describe(`drafts in ${name}`, { timeout: 240_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      site = await serveSite([], {
        '/session':
          `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">` +
          `<script type="module" src="/dist/xxgk-annual-report.js"></script>` +
          `<body><xxgk-annual-report draft="session" draft-key="s"></xxgk-annual-report></body></html>`,
      });
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    /** The page with no draft in it. */
    async function fresh(): Promise<OpenPage> {
      const page = await browser.open(`${site.url}/blank`);
      await page.page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            localStorage.clear();
            const request = indexedDB.deleteDatabase('xxgk-annual-report');
            request.onsuccess = () => resolve();
            request.onblocked = () => resolve();
          }),
      );
      await page.page.goto(`${site.url}/editor`);
      await page.ready();
      return page;
    }

    for (const way of ['closed', 'reloaded', 'left'] as const) {
      it(`[E74] a page ${way} right after a keystroke gives everything back, the open edit too, and makes one draft`, async () => {
        const page = await fresh();
        await page.type(FIRST, '12');
        await page.type(SECOND, '34');
        await page.type(THIRD, '56', { enter: false });
        let next = page;
        if (way === 'closed') {
          await page.page.close();
          next = await browser.open(`${site.url}/editor`);
        } else if (way === 'reloaded') {
          await page.page.reload();
        } else {
          await page.page.goto('about:blank');
          await page.page.goto(`${site.url}/editor`);
        }
        await next.ready();
        const shown = await next.untilText('本浏览器中有一份未报送的草稿');
        expect(shown).not.to.include('另有');
        expect(await drafts(next)).to.have.length(1);
        expect(await next.shown(FIRST)).to.equal('');
        await next.click('button', '恢复草稿');
        expect([await next.shown(FIRST), await next.shown(SECOND), await next.shown(THIRD)]).to.deep.equal([
          '12',
          '34',
          '56',
        ]);
        await next.page.close();
      });
    }

    it('[E75] after a kill, everything that was called 草稿已暂存 is there', async () => {
      const page = await fresh();
      await page.type(FIRST, '12');
      await page.type(SECOND, '34');
      await page.untilText('草稿已暂存于本浏览器');
      await browser.kill();
      const next = await browser.open(`${site.url}/editor`);
      await next.ready();
      await next.untilText('本浏览器中有一份未报送的草稿');
      await next.click('button', '恢复草稿');
      expect([await next.shown(FIRST), await next.shown(SECOND)]).to.deep.equal(['12', '34']);
      await next.page.close();
    });

    // What both grids do with keys is one; test/elements/grid proves that in both browsers.
    for (const grid of name === 'firefox' ? (['table'] as const) : (['table', 'handsontable'] as const)) {
      /** Types into a cell, which stays open. */
      async function begin(page: OpenPage, cell: string, text: string): Promise<void> {
        if (grid === 'table') await page.type(cell, text, { enter: false });
        else {
          await page.page.evaluate(
            (id) =>
              document
                .querySelector('xxgk-annual-report')!
                .shadowRoot!.querySelector<HTMLElement & { focusCell(id: string): void }>(
                  '[table="requests"]',
                )!
                .focusCell(id),
            cell,
          );
          await page.page.keyboard.type(text);
        }
      }

      it(`[D56] after a kill with a cell of the ${grid} grid open, what was typed is offered back, and said to be unfinished`, async () => {
        const page = await fresh();
        if (grid === 'handsontable') await useSpreadsheet(page);
        await begin(page, FIRST, '12');
        await page.page.keyboard.press('Enter');
        await untilSaying(page, '草稿已暂存于本浏览器');
        await begin(page, SECOND, '34');
        await untilSaying(page, '未暂存');
        await untilSaying(page, '草稿已暂存于本浏览器');
        await browser.kill();
        const next = await browser.open(`${site.url}/editor`);
        await next.ready();
        await next.untilText('本浏览器中有一份未报送的草稿');
        await next.click('button', '恢复草稿');
        await next.untilText('已恢复草稿。暂存时“');
        expect(await next.text()).to.match(/暂存时“表三.*商业企业.*”还没有填完，请核对。/);
        expect([await next.shown(FIRST), await next.shown(SECOND)]).to.deep.equal(['12', '34']);
        // Once it was ended there is nothing more to say.
        await next.type(SECOND, '35');
        await untilSaying(next, '草稿已暂存于本浏览器');
        await next.page.reload();
        await next.ready();
        await next.untilText('本浏览器中有一份未报送的草稿');
        await next.click('button', '恢复草稿');
        await next.untilText('已恢复草稿。');
        expect(await next.text()).not.to.include('还没有填完');
        expect(await next.shown(SECOND)).to.equal('35');
      });

      it(`[E316] what an open cell of the ${grid} grid holds is called 已暂存 once the draft has it; the host hears of no edit, and Escape takes it out`, async () => {
        const page = await fresh();
        if (grid === 'handsontable') await useSpreadsheet(page);
        await page.page.evaluate(() => {
          const heard = ((globalThis as unknown as Listening).heard = [] as string[]);
          for (const type of ['input', 'change', 'xxgk-draft-saved'])
            document.addEventListener(type, () => heard.push(type));
        });
        const heard = (): Promise<string[]> =>
          page.page.evaluate(() => (globalThis as unknown as Listening).heard.splice(0));
        const kept = async (): Promise<(number | null)[]> =>
          (await drafts(page)).map(({ received }) => received);
        await begin(page, FIRST, '12');
        await untilSaying(page, '未暂存');
        expect(await kept(), 'not with every key').to.deep.equal([]);
        await untilSaying(page, '草稿已暂存于本浏览器');
        expect(await kept()).to.deep.equal([12]);
        await page.page.keyboard.type('3');
        await untilSaying(page, '未暂存');
        await untilSaying(page, '草稿已暂存于本浏览器');
        expect(await kept()).to.deep.equal([123]);
        expect(await heard()).to.deep.equal([]);
        const undo = await page.find('button', '撤销');
        expect(await undo.evaluate((button) => (button as HTMLButtonElement).disabled)).to.equal(true);
        await page.page.keyboard.press('Escape');
        await page.until(() => (globalThis as unknown as Listening).heard.length > 0);
        expect(await kept()).to.deep.equal([null]);
        await untilSaying(page, '草稿已暂存于本浏览器');
        expect(await heard()).to.deep.equal(['xxgk-draft-saved']);
        // Given up before it was written it leaves no trace.
        await page.page.keyboard.type('6');
        await untilSaying(page, '未暂存');
        await page.page.keyboard.press('Escape');
        await untilSaying(page, '草稿已暂存于本浏览器');
        await begin(page, FIRST, '45');
        await untilSaying(page, '未暂存');
        await untilSaying(page, '草稿已暂存于本浏览器');
        expect(await heard()).to.deep.equal([]);
        await page.page.keyboard.press('Enter');
        await page.until(() => (globalThis as unknown as Listening).heard.length === 3);
        expect(await heard()).to.deep.equal(['input', 'change', 'xxgk-draft-saved']);
        await untilSaying(page, '草稿已暂存于本浏览器');
        expect(await kept()).to.deep.equal([45]);
        // What somebody was in the middle of is no version to go back to: 12, 123 and the open 45.
        await page.click('#drafts');
        await page.untilText('第 5 版');
        const versions = [...new Set((await page.text()).match(/第 \d+ 版/g))];
        expect(versions).to.deep.equal(['第 5 版', '第 3 版']);
      });
    }

    it('[E76] opening a file and a new report leave the draft of the report before them as it was', async () => {
      const page = await fresh();
      await page.type(FIRST, '12');
      await page.untilText('草稿已暂存于本浏览器');
      await page.page.evaluate(
        (text) => document.querySelector('xxgk-annual-report')!.openReport(text, '示例'),
        readFileSync(join(ROOT, 'demo/samples/zero.json'), 'utf8'),
      );
      await page.untilText('已填 200/200');
      await page.type(FIRST, '7');
      await page.page.evaluate(() => document.querySelector('xxgk-annual-report')!.newReport());
      await page.untilText('已填 0/');
      await page.type(FIRST, '9');
      await page.page.keyboard.down('Control');
      await page.page.keyboard.press('s');
      await page.page.keyboard.up('Control');
      await page.untilText('草稿已暂存于本浏览器');
      const kept = await drafts(page);
      expect(kept.map(({ fork }) => fork)).to.deep.equal([false, false, false]);
      expect(kept.map(({ organization }) => organization).sort()).to.deep.equal(['', '', '示例县审批服务局']);
      expect(kept.map(({ received }) => received).sort()).to.deep.equal([12, 7, 9]);
      await page.page.close();
    });

    it('[E76] a draft that is offered shows what is different, and 不使用草稿 deletes nothing', async () => {
      const page = await fresh();
      await page.type(FIRST, '12');
      await page.untilText('草稿已暂存于本浏览器');
      await page.page.reload();
      await page.ready();
      await page.untilText('本浏览器中有一份未报送的草稿');
      await page.click('button', '对比');
      await page.untilText('有 1 格不同');
      expect(await page.text()).to.include('当前 空白，草稿 12');
      await page.click('button', '不使用草稿');
      expect(await page.text()).not.to.include('未报送的草稿');
      await page.page.reload();
      await page.ready();
      await page.untilText('本浏览器中有一份未报送的草稿');
      await page.click('button', '删除草稿');
      expect(await drafts(page)).to.have.length(1);
      await page.click('button', '确认删除');
      // It is asked first whether another tab writes it.
      await page.until(
        () => document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('.banner') === null,
      );
      await page.page.reload();
      await page.ready();
      expect(await page.text()).not.to.include('草稿，暂存于');
      expect(await drafts(page)).to.deep.equal([]);
      await page.page.close();
    });

    it('[E204] 草稿与备份 brings an earlier revision back, keeps the present one, and deletes', async () => {
      const page = await fresh();
      await page.type(FIRST, '12');
      await page.untilText('草稿已暂存于本浏览器');
      await new Promise((done) => setTimeout(done, 500));
      await page.type(FIRST, '13');
      await page.until(() => {
        const bar = document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('.status-bar')!;
        return bar.textContent!.includes('草稿已暂存于本浏览器');
      });
      await page.click('#drafts');
      await page.untilText('历史版本');
      await page.untilText('第 2 版');
      await page.click('dialog button', '恢复此版本');
      await page.untilText('恢复');
      await page.until(() => {
        const editor = document.querySelector('xxgk-annual-report')!;
        const { received } = (
          JSON.parse(editor.value) as { tables: { requests: { received: Record<string, number> } } }
        ).tables.requests;
        return received['natural-person'] === 12;
      });
      await page.page.keyboard.press('Escape');
      await page.untilText('草稿已暂存于本浏览器');
      await page.click('#drafts');
      await page.untilText('第 3 版');
      const [kept] = await drafts(page);
      expect(kept).to.include({ received: 12, fork: false });
    });

    it('[E205] draft="session" gives a reload its draft, and another tab nothing', async () => {
      const page = await browser.open(`${site.url}/session`);
      await page.ready();
      await page.type(FIRST, '12');
      await page.untilText('草稿已暂存于本浏览器');
      const other = await browser.open(`${site.url}/session`);
      await other.ready();
      expect(await other.text()).not.to.include('未报送的草稿');
      await other.page.close();
      await page.page.reload();
      await page.ready();
      await page.click('button', '恢复草稿');
      expect(await page.shown(FIRST)).to.equal('12');
    });

    it('[E207] a value that the host sets while a cell is open leaves the number typed to the draft of the report before', async () => {
      const page = await fresh();
      await page.type(FIRST, '10');
      await page.type(SECOND, '66', { enter: false });
      const tables = await page.page.evaluate(() => {
        const editor = document.querySelector('xxgk-annual-report')!;
        editor.value = JSON.stringify({
          schema: 'xxgk-annual-report/1',
          format: '2021',
          year: 2025,
          organization: { name: '' },
          tables: { requests: { received: { 'natural-person': 11 } } },
        });
        return editor.updateComplete.then(
          () =>
            (
              JSON.parse(editor.value) as {
                tables: { requests: { received: Record<string, number | null> } };
              }
            ).tables.requests.received,
        );
      });
      expect([tables['natural-person'], tables['enterprise'] ?? null]).to.deep.equal([11, null]);
      await page.untilText('本浏览器中有一份未报送的草稿');
      await page.click('button', '恢复草稿');
      await page.until(() => document.querySelector('xxgk-annual-report')!.value.includes('66'));
      expect([await page.shown(FIRST), await page.shown(SECOND)]).to.deep.equal(['10', '66']);
    });

    it('[E206] the browser is asked to keep its storage with the first keystroke, once', async () => {
      const page = await browser.open(`${site.url}/blank`);
      await page.page.evaluateOnNewDocument(() => {
        (globalThis as unknown as { asked: number }).asked = 0;
        StorageManager.prototype.persist = async () => {
          (globalThis as unknown as { asked: number }).asked += 1;
          return false;
        };
      });
      await page.page.goto(`${site.url}/editor`);
      await page.ready();
      const asked = (): Promise<number> =>
        page.page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
      expect(await asked()).to.equal(0);
      await page.type(FIRST, '12');
      await page.type(SECOND, '13');
      await page.untilText('草稿已暂存于本浏览器');
      expect(await asked()).to.equal(1);
    });
  });
}
