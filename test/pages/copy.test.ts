/** 复制 on the built page: on plain http, under a strict policy, and where its part was not copied to the server. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { payloadFromClipboard } from '../../src/documents/clipboard-payload.ts';
import { BROWSERS, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';

async function pasted(page: OpenPage): Promise<Record<string, string>> {
  await page.page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'paste-here';
    field.addEventListener('paste', (event) => {
      event.preventDefault();
      const types = ['text/plain', 'text/html'];
      Object.assign(globalThis, {
        pasted: Object.fromEntries(types.map((type) => [type, event.clipboardData!.getData(type)])),
      });
    });
    document.body.append(field);
    field.focus();
  });
  await page.page.keyboard.down('Control');
  await page.page.keyboard.press('v');
  await page.page.keyboard.up('Control');
  await page.until(() => 'pasted' in globalThis);
  return page.page.evaluate(() => (globalThis as unknown as { pasted: Record<string, string> }).pasted);
}

for (const name of BROWSERS) {
  describe(`copying in ${name}`, { timeout: 60_000 }, () => {
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

    it('[E176] on plain http, where a page has no clipboard of its own, and under a strict policy', async () => {
      const page = await browser.open(
        `${site.url.replace('127.0.0.1', 'intranet.test')}/demo/strict-csp.html`,
      );
      await page.ready();
      expect(await page.page.evaluate(() => [isSecureContext, typeof navigator.clipboard])).to.deep.equal([
        false,
        'undefined',
      ]);
      await page.type(CELL, '12');
      await page.click('button', '复制');
      await page.untilText('已复制三张表');
      const texts = await pasted(page);
      expect(texts['text/plain']).to.include('一、本年新收政府信息公开申请数量\t\t\t12\t');
      const payload = payloadFromClipboard({ getData: (type) => texts[type] ?? '' });
      expect(JSON.parse(payload!)).to.have.nested.property('tables.requests.received.natural-person', 12);
      expect(page.complaints).to.deep.equal([]);
      await page.page.close();
    });

    it('[E177] where its file was not copied to the server, the page says so and goes on', async () => {
      const partial = await serveSite(['/dist/xxgk-annual-report.copy-tables.js']);
      const page = await browser.open(`${partial.url}/demo/cms-form.html`);
      await page.ready();
      await page.click('button', '复制');
      await page.untilText('复制功能没有载入，请刷新本页后再试');
      await page.type(CELL, '13');
      expect(await page.shown(CELL)).to.equal('13');
      await page.page.close();
      await partial.close();
    });
  });
}
