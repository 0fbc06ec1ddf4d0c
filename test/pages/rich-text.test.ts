/** What 复制 gives, pasted into a field of a page that takes HTML; demo/hosts/rich-text has the editors for that. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import {
  differingPlaces,
  numberedReport,
  printedTables,
  tablesOf,
  type PrintedPayload,
} from './printed-tables.ts';
import { BROWSERS, serveSite, TestBrowser, type Site } from './page-fixture.ts';

for (const name of BROWSERS) {
  describe(`a field for HTML in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      site = await serveSite();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    it('[E280] 复制, Ctrl+V: every text of the tables in its place; the JSON goes in a field of its own', async () => {
      const tab = await browser.open(`${site.url}/demo/rich-text.html`);
      await tab.ready();
      const given = JSON.stringify(numberedReport());
      await tab.page.evaluate((text) => {
        document.querySelector('xxgk-annual-report')!.value = text;
      }, given);
      await tab.untilText('不适用 1');
      await tab.click('button', '复制');
      await tab.untilText('已复制三张表');
      await tab.click('#editor');
      await tab.page.keyboard.down('Control');
      await tab.page.keyboard.press('v');
      await tab.page.keyboard.up('Control');
      await tab.until(() => document.querySelector('#editor td') !== null);
      await tab.click('form > p > button');
      await tab.until(() => document.querySelector('#sent')!.textContent !== '');
      const { sent, payload } = await tab.page.evaluate(() => ({
        sent: Object.fromEntries(new FormData(document.querySelector('form')!)) as Record<string, string>,
        payload: document.querySelector('xxgk-annual-report')!.payload() as unknown as PrintedPayload,
      }));
      expect(sent['report'], 'the JSON as it was given').to.equal(given);
      expect(
        differingPlaces(await tablesOf(tab.page, sent['content']!), printedTables(payload)),
      ).to.deep.equal([]);
      expect(tab.complaints).to.deep.equal([]);
    });
  });
}
