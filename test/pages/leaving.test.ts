/** Whether a page asks before it is left, in real browsers: only with edits that its host does not have. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { BROWSERS, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';
const NEXT = 'requests/granted/natural-person';

const host = (
  attributes: string,
  script = '',
): string => `<!doctype html><meta charset="utf-8"><title>栏目</title>
  <script src="/dist/xxgk-annual-report.classic.js" defer></script>
  <form method="post" action="/saved" novalidate>
    <textarea id="content" name="content" hidden></textarea>
    <xxgk-annual-report for="content" draft-key="leaving" ${attributes}></xxgk-annual-report>
    <button>保存</button>
  </form>
  <button id="script" type="button">脚本提交</button>
  <script>
    const form = document.querySelector('form');
    document.querySelector('#script').onclick = () => form.submit();
    ${script}
  </script>`;

for (const name of BROWSERS) {
  describe(`leaving a page in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      site = await serveSite([], {
        '/host': host(''),
        '/silent': host('no-leave-guard'),
        '/field': host('').replace('"leaving"', '"field"'),
        '/ajax': host(
          '',
          "form.addEventListener('submit', (event) => { event.preventDefault(); window.saved = (window.saved ?? 0) + 1;" +
            " if (!window.failing) document.querySelector('xxgk-annual-report').acknowledge(); });",
        ),
        '/saved': '<!doctype html><title>saved</title><p>已保存</p>',
      });
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    const open = async (path: string): Promise<OpenPage> => {
      const page = await browser.open(`${site.url}${path}`);
      await page.ready();
      return page;
    };
    const leave = (page: OpenPage): Promise<unknown> =>
      page.page.goto(`${site.url}/blank`, { timeout: 5_000 }).catch((error: unknown) => error);

    it('[E219] asks with an edit, an open one too, and stays with everything in place', async () => {
      const page = await open('/host');
      await page.type(CELL, '12');
      await page.type(NEXT, '7', { enter: false });
      page.stays = true;
      void leave(page);
      await page.untilAsked(1);
      expect(page.asked).to.equal(1);
      expect([await page.shown(CELL), await page.shown(NEXT)]).to.deep.equal(['12', '7']);
      page.stays = false;
      await leave(page);
      expect(page.asked).to.equal(2);
      expect(page.page.url()).to.equal(`${site.url}/blank`);
    });

    it('[E219] asks nothing without an edit, and nothing where the host has it so', async () => {
      const page = await open('/host');
      await page.click('button', '检查');
      await leave(page);
      const silent = await open('/silent');
      await silent.type(CELL, '12');
      await leave(silent);
      expect([page.asked, silent.asked]).to.deep.equal([0, 0]);
    });

    it('[E220] asks nothing when the form is sent, by a button or by a script', async () => {
      for (const selector of ['form > button', '#script']) {
        const page = await open('/host');
        await page.type(CELL, '12', { enter: false });
        await Promise.all([page.page.waitForNavigation(), page.click(selector)]);
        expect(await page.text()).to.include('已保存');
        expect(page.asked, selector).to.equal(0);
        await page.page.close();
      }
    });

    it('[E220] a host that sends by itself says when it has it; until then, and after another edit, it is asked', async () => {
      const page = await open('/ajax');
      await page.page.evaluate(() => Object.assign(window, { failing: true }));
      await page.type(CELL, '12');
      await page.click('form > button');
      page.stays = true;
      void leave(page);
      await page.untilAsked(1);
      expect(page.asked).to.equal(1);
      await page.page.evaluate(() => Object.assign(window, { failing: false }));
      await page.click('form > button');
      await page.until(() => (window as unknown as { saved: number }).saved === 2);
      await page.type(NEXT, '3');
      await page.click('form > button');
      await page.until(() => (window as unknown as { saved: number }).saved === 3);
      await new Promise((done) => setTimeout(done, 500));
      page.stays = false;
      await leave(page);
      expect(page.asked).to.equal(1);
    });

    it('[E292] 刷新: what the browser fills into the field again is not taken for what the host has', async () => {
      const page = await open('/field');
      await page.type(CELL, '12');
      await page.untilText('草稿已暂存于本浏览器');
      await page.page.reload();
      await page.ready();
      await page.untilText('本浏览器中有一份未报送的草稿');
      expect(await page.shown(CELL)).to.equal('');
      expect(await page.page.evaluate(() => document.querySelector('textarea')!.value)).to.equal('');
      await page.click('button', '恢复草稿');
      await page.until(() => document.querySelector('textarea')!.value.includes('"natural-person":12'));
    });
  });
}
