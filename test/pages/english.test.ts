/** The built pages in English: from a disk, from a server, without the texts, and at the sizes of an office. */
import { after, afterEach, before, describe, it } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { giveReports } from './main-job.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

/** A usual screen, and the same at 150 % and 200 %. */
const WINDOWS = [
  { what: '1366 by 768', width: 1366, height: 768 },
  { what: 'at 150 %', width: 911, height: 512 },
  { what: 'at 200 %', width: 683, height: 384 },
];

/** What is wider than the page, or than the box it stands in. */
function cutOff(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`The page is ${scrollWidth} px wide.`] : [];
  const visit = (root: ParentNode): void => {
    for (const element of Array.from(root.querySelectorAll<HTMLElement>('*'))) {
      if (element.shadowRoot !== null) visit(element.shadowRoot);
      if (!element.matches('button, label, summary, h2, h3, p, li, span, .status-bar, .notice')) continue;
      if (element.closest('.table-grid, .preview, .hidden') !== null || !element.checkVisibility()) continue;
      const box = element.getBoundingClientRect();
      const words = element.textContent!.trim().slice(0, 60);
      if (words === '' || box.width === 0) continue;
      if (box.right > clientWidth + 1) found.push(`${element.localName} “${words}” ends at ${box.right}.`);
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
        found.push(
          `${element.localName} “${words}” is cut off: ${element.scrollWidth} in ${element.clientWidth}.`,
        );
    }
  };
  visit(document);
  return found;
}

const speak = ({ page }: OpenPage, lang: string): Promise<unknown> =>
  page.evaluate(async (to) => {
    const editor = document.querySelector('xxgk-annual-report')!;
    editor.lang = to;
    await editor.updateComplete;
  }, lang);

for (const name of BROWSERS) {
  describe(`English in ${name}`, { timeout: 90_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    let incomplete: Site;
    before(async () => {
      site = await serveSite();
      incomplete = await serveSite(['/dist/xxgk-annual-report.english.js']);
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
      await incomplete.close();
    });

    it('[E303] the page in one file speaks English from a disk, and fetches nothing for it', async () => {
      const opened = await browser.open(pathToFileURL(join(ROOT, 'dist/offline.html')).href);
      await opened.begin();
      const asked: string[] = [];
      opened.page.on('request', (request) => asked.push(request.url()));
      await speak(opened, 'en');
      await opened.untilText('no problems so far');
      await opened.click('button', 'Check');
      await opened.untilText('still blank');
      await speak(opened, 'zh-CN');
      await opened.untilText('还有');
      expect(asked.filter((url) => !/^(?:blob|data):/.test(url))).to.deep.equal([]);
    });

    for (const [script, demo] of [
      ['module', 'cms-form'],
      ['classic script', 'classic-script'],
    ] as const) {
      it(`[E303] the ${script} fetches the texts, once; where they are missing it stays Chinese and works`, async () => {
        const opened = await browser.open(`${site.url}/demo/${demo}.html`);
        await opened.ready();
        const asked: string[] = [];
        opened.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await speak(opened, 'en');
        await opened.untilText('no problems so far');
        await speak(opened, 'zh-CN');
        await speak(opened, 'en');
        expect(asked.filter((path) => path.includes('english'))).to.deep.equal([
          '/dist/xxgk-annual-report.english.js',
        ]);
        const other = await browser.open(`${incomplete.url}/demo/${demo}.html`);
        await other.ready();
        await speak(other, 'en');
        await other.untilText('暂未发现问题');
        await other.type('requests/received/natural-person', '3');
        expect(await other.shown('requests/received/natural-person')).to.include('3');
      });
    }

    it('[E300] the spreadsheet grid, a file of its own, says its words in the language of the page', async () => {
      const opened = await browser.open(`${site.url}/demo/cms-form.html`);
      await opened.ready();
      await speak(opened, 'en');
      await opened.page.evaluate(async () => {
        const editor = document.querySelector('xxgk-annual-report')!;
        editor.licenseKey = 'non-commercial-and-evaluation';
        await editor.updateComplete;
      });
      await opened.untilText('computed');
      const described = (): Promise<string[]> =>
        opened.page.evaluate(() =>
          Array.from(
            document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelectorAll('xxgk-report-table'),
          )
            .filter((table) => table.gridInUse === 'handsontable')
            .flatMap((table) =>
              Array.from(table.shadowRoot!.querySelectorAll('td .hidden'), (one) => one.textContent!),
            ),
        );
      for (const end = Date.now() + 8_000; (await described()).length === 0 && Date.now() < end;);
      expect(new Set(await described())).to.deep.equal(new Set(['computed']));
      await speak(opened, 'zh-CN');
      expect(new Set(await described())).to.deep.equal(new Set(['自动计算']));
    });

    it('[E304] nothing is cut off at the usual sizes, in any state', async () => {
      const opened = await browser.open(`${site.url}/demo/cms-form.html`);
      await opened.ready();
      await speak(opened, 'en');
      const everywhere = async (what: string): Promise<void> => {
        for (const window of WINDOWS) {
          await opened.page.setViewport(window);
          let found = await opened.page.evaluate(cutOff);
          // Tables that have become too wide get a bar of their own a moment later.
          for (const end = Date.now() + 2_000; found.length > 0 && Date.now() < end;)
            found = await opened.page.evaluate(cutOff);
          expect(found, `${what}, ${window.what}`).to.deep.equal([]);
        }
      };
      await everywhere('an empty report');
      await giveReports(opened);
      await opened.page.evaluate(() => document.querySelector('xxgk-annual-report')!.check());
      await opened.type('requests/granted/natural-person', 'abc');
      await opened.untilText('is not a number');
      await everywhere('a checked report');
      await opened.click('button', 'Keys');
      await opened.untilText('Arrow keys');
      await everywhere('the keys');
      await opened.click('button', 'Drafts and backups');
      await opened.untilText('Drafts in this browser');
      await everywhere('the drafts');
      await opened.click('dialog button', 'Close');
      await opened.click('button', 'Import...');
      await opened.untilText('A preview comes first');
      await everywhere('the import');
    });
  });
}
