/** A county's intranet: plain http and no secure context, where a browser has no locks, no clipboard and no storage to ask for. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { doMainJob, valueOf } from './main-job.ts';
import { BROWSERS, serveSite, TestBrowser, type Site } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';

for (const name of BROWSERS) {
  describe(`plain http in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      site = await serveSite();
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    it('[E234] on an origin that is not localhost the whole job is done, and a second tab waits its turn', async () => {
      const url = `${site.url.replace('127.0.0.1', 'intranet.test')}/demo/cms-form.html`;
      const page = await browser.open(url);
      expect(
        await page.page.evaluate(() => [
          isSecureContext,
          'locks' in navigator,
          'clipboard' in navigator,
          'storage' in navigator,
          'subtle' in crypto,
          'randomUUID' in crypto,
        ]),
      ).to.deep.equal([false, false, false, false, false, false]);
      await doMainJob(page, { downloads: browser.downloads });
      const typed = await valueOf(page);
      const second = await browser.open(url);
      await second.untilText('另一个标签页正在编辑此报告');
      await second.click('button', '在本页编辑');
      await second.untilText('现在由本页编辑此报告');
      expect((await valueOf(second)).tables).to.deep.equal(typed.tables);
      await second.type(CELL, '4');
      await second.untilText('草稿已暂存于本浏览器');
      await page.untilText('另一个标签页正在编辑此报告');
      expect(page.complaints.concat(second.complaints)).to.deep.equal([]);
    });
  });
}
