/** The spreadsheet grid as it is shipped: a file of its own that a page may lack, block, or have another one of. */
import { after, afterEach, before, describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const KEY = 'non-commercial-and-evaluation';
const FILE = '/dist/xxgk-annual-report.handsontable-grid.js';
const CELL = 'requests/received/natural-person';

/** Notes when the first value cell of a table grid was there, and what the policy blocked. */
const WATCH = `globalThis.blockedFiles = [];
  document.addEventListener('securitypolicyviolation', (event) => blockedFiles.push(event.blockedURI));
  const look = () => {
    const editor = document.querySelector('xxgk-annual-report');
    const table = editor && editor.shadowRoot && editor.shadowRoot.querySelector('xxgk-report-table');
    if (table && table.shadowRoot && table.shadowRoot.querySelector('td input')) globalThis.drawnAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;

const page = (head: string, body = ''): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><script src="/watch.js"></script>${head}</head>` +
  `<body>${body}<xxgk-annual-report draft="off" license-key="${KEY}"></xxgk-annual-report></body></html>`;
const MODULE = '<script type="module" src="/dist/xxgk-annual-report.js"></script>';
const allowed = ['', '.reading', '.help'].map(
  (part) => `http://127.0.0.1:*/dist/xxgk-annual-report${part}.js`,
);

const PAGES = {
  '/watch.js': WATCH,
  '/module': page(MODULE),
  '/classic': page('<script src="/dist/xxgk-annual-report.classic.js" defer></script>'),
  '/policy': page(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src ${allowed.join(' ')}">${MODULE}`,
  ),
  '/strict': page(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types lit-html">${MODULE}`,
  ),
  '/other': page(
    `<link rel="stylesheet" href="/vendor/handsontable.css"><link rel="stylesheet" href="/vendor/theme.css"><script src="/vendor/handsontable.js"></script>${MODULE}`,
    '<div id="own"></div><script src="/vendor/own.js"></script>',
  ),
  '/vendor/own.js': `window.own = new Handsontable(document.querySelector('#own'), { data: [['1', '2']], licenseKey: '${KEY}' });`,
};

const isSpreadsheet = (): boolean => {
  const tables = document
    .querySelector('xxgk-annual-report')
    ?.shadowRoot?.querySelectorAll('xxgk-report-table');
  return (
    tables !== undefined &&
    tables.length === 3 &&
    Array.from(tables).every((table) => table.gridInUse === 'handsontable')
  );
};

/** Types into the active cell of the first table, after its first cell was made active, and reads the value. */
async function typed(opened: OpenPage, text: string): Promise<unknown> {
  await opened.page.evaluate((cell) => {
    document
      .querySelector('xxgk-annual-report')!
      .shadowRoot!.querySelector<HTMLElement & { focusCell(id: string): void }>('[table="requests"]')!
      .focusCell(cell);
  }, CELL);
  await opened.page.keyboard.type(text);
  await opened.page.keyboard.press('Enter');
  const value = await opened.page.evaluate(() => document.querySelector('xxgk-annual-report')!.value);
  return (JSON.parse(value) as { tables: { requests: { received: Record<string, unknown> } } }).tables
    .requests.received['natural-person'];
}

for (const name of BROWSERS) {
  describe(`the spreadsheet's file in ${name}`, { timeout: 90_000 }, () => {
    const browser = new TestBrowser(name);
    const vendor = (path: string): string =>
      readFileSync(join(ROOT, 'node_modules/handsontable', path), 'utf8');
    let site: Site;
    let partly: Site | undefined;
    before(async () => {
      site = await serveSite([], {
        ...PAGES,
        '/vendor/handsontable.js': vendor('dist/handsontable.full.min.js'),
        '/vendor/handsontable.css': vendor('styles/handsontable.min.css'),
        '/vendor/theme.css': vendor('styles/ht-theme-main.min.css'),
      });
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await partly?.close();
      await site.close();
    });

    for (const path of ['/module', '/classic']) {
      it(`[E81] ${path.slice(1)} script: fetched after the table grid is there, and then in its place`, async () => {
        const opened = await browser.open(`${site.url}${path}`);
        await opened.until(isSpreadsheet);
        expect(await typed(opened, '12')).to.equal(12);
        const [drawnAt, askedAt] = await opened.page.evaluate(
          (file) => [
            (globalThis as unknown as { drawnAt: number }).drawnAt,
            performance.getEntriesByType('resource').find((entry) => entry.name.endsWith(file))!.startTime,
          ],
          FILE,
        );
        expect(drawnAt).to.be.above(0);
        expect(askedAt).to.be.above(drawnAt!);
        expect(opened.complaints).to.deep.equal([]);
        await opened.page.close();
      });
    }

    it('[E84] forgotten on the server, the table grid stays and works', async () => {
      partly = await serveSite([FILE], PAGES);
      const opened = await browser.open('about:blank');
      const said: string[] = [];
      opened.page.on('console', (message) => said.push(message.text()));
      await opened.page.goto(`${partly.url}/module`);
      await opened.page.waitForFunction(() =>
        Boolean(document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('xxgk-report-table')),
      );
      const end = Date.now() + 8_000;
      while (!said.some((line) => line.includes('没有载入')) && Date.now() < end)
        await new Promise((done) => setTimeout(done, 20));
      expect(said.filter((line) => line.includes('xxgk-annual-report：'))).to.have.length(1);
      expect(await typed(opened, '34')).to.equal(34);
      await opened.page.close();
    });

    it('[E84] blocked by the policy of the page, the table grid stays and works', async () => {
      const opened = await browser.open(`${site.url}/policy`);
      await opened.page.waitForFunction('globalThis.blockedFiles.length > 0');
      expect(await opened.page.evaluate('globalThis.blockedFiles.join()')).to.include(FILE);
      await new Promise((done) => setTimeout(done, 300));
      expect(await opened.page.evaluate(isSpreadsheet)).to.equal(false);
      expect(await typed(opened, '56')).to.equal(56);
      await opened.page.close();
    });

    it('[E97] under a strict policy that requires Trusted Types it is there, and nothing is blocked', async () => {
      const opened = await browser.open('about:blank');
      await opened.page.evaluateOnNewDocument(() => {
        const blocked: string[] = [];
        Object.assign(globalThis, { blocked });
        document.addEventListener('securitypolicyviolation', (event) =>
          blocked.push(`${event.violatedDirective} ${event.blockedURI}`),
        );
      });
      await opened.page.goto(`${site.url}/strict`);
      await opened.until(isSpreadsheet);
      expect(await typed(opened, '78')).to.equal(78);
      const look = await opened.page.evaluate(() => {
        const table = document
          .querySelector('xxgk-annual-report')!
          .shadowRoot!.querySelector('xxgk-report-table')!
          .shadowRoot!.querySelector('td')!;
        return getComputedStyle(table.closest('table')!).borderSpacing;
      });
      expect(look, 'its style sheets apply').to.equal('0px');
      expect(
        await opened.page.evaluate(() => (globalThis as unknown as { blocked: string[] }).blocked),
      ).to.deep.equal([]);
      await opened.page.close();
    });

    it('[E84] another Handsontable of the page goes on working beside it, and so do we', async () => {
      const opened = await browser.open(`${site.url}/other`);
      await opened.until(isSpreadsheet);
      expect(await typed(opened, '9')).to.equal(9);
      const own = await opened.find('#own td');
      await own.click();
      await opened.page.keyboard.type('55');
      await opened.page.keyboard.press('Enter');
      expect(
        await opened.page.evaluate(() =>
          (
            window as unknown as { own: { getDataAtCell(row: number, column: number): unknown } }
          ).own.getDataAtCell(0, 0),
        ),
      ).to.equal('55');
      expect(await typed(opened, '7')).to.equal(7);
      expect(opened.complaints).to.deep.equal([]);
      await opened.page.close();
    });
  });
}
