/** A page that has put functions of its own in the place of the browser's: the job is done, and the same is posted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { doMainJob } from './main-job.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const PAGE = readFileSync(join(ROOT, 'demo/hostile-natives.html'), 'utf8');
const without = (part: string, by = ''): string => {
  if (!PAGE.includes(part)) throw new Error(`demo/hostile-natives.html has no ${part}.`);
  return PAGE.replace(part, by);
};
/** The same page on a calm site, and with the other script. */
const CALM = without('<script src="./hostile-natives.js"></script>');
const CLASSIC = without(
  '<script type="module" src="../dist/xxgk-annual-report.js"></script>',
  '<script src="../dist/xxgk-annual-report.classic.js"></script>',
);

/** What is done now was done at one time, on whichever page. */
const ONE_TIME =
  'Date = new Proxy(Date, { construct: (own, given, as) => Reflect.construct(own, given.length > 0 ? given : [1795852800000], as) });';

const press = async ({ keyboard }: OpenPage['page'], key: 'a' | 'c' | 'v'): Promise<void> => {
  await keyboard.down('Control');
  await keyboard.press(key);
  await keyboard.up('Control');
};

/** The whole job, then a block from a spreadsheet and the page's own button: gives what was posted each time. */
async function posted(page: OpenPage): Promise<string[]> {
  const sent = (): Promise<string> => page.page.evaluate(() => document.querySelector('#sent')!.textContent!);
  const texts: string[] = [];
  await doMainJob(page, { leaving: async () => void texts.push(await sent()) });
  await page.page.evaluate(() => {
    const field = document.createElement('textarea');
    document.body.append(field);
    field.value = '2\t1\t3\n4\t0\t5';
    field.select();
  });
  await press(page.page, 'c');
  await (await page.cell('disclosure/rules/issued')).click();
  await press(page.page, 'v');
  await page.until(
    () =>
      JSON.parse(document.querySelector('xxgk-annual-report')!.value).tables.disclosure.rules.issued === 2,
  );
  await page.click('button[name="submit"]');
  await page.until(() => document.querySelector('#sent')!.textContent !== '');
  texts.push(await sent());
  return texts;
}

/** Once for all browsers: what is posted is the same in each. */
let calm: Promise<string[]> | undefined;

for (const name of BROWSERS) {
  describe(`a page with natives of its own in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    const open = (path: string): Promise<OpenPage> =>
      browser.open(`${site.url}/demo/${path}.html`, async (tab) => {
        await tab.evaluateOnNewDocument(ONE_TIME);
      });
    before(async () => {
      site = await serveSite([], {
        '/demo/calm.html': CALM.replace('draft-key="hostile-natives"', 'draft-key="calm"'),
        '/demo/classic.html': CLASSIC.replace('draft-key="hostile-natives"', 'draft-key="classic"'),
      });
      await (calm ??= open('calm').then(posted));
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    const scripts = { module: 'hostile-natives', 'classic script': 'classic' };
    for (const [kind, path] of Object.entries(scripts).slice(0, name === BROWSERS[0] ? 2 : 1))
      it(`[E235] the ${kind}: typed, pasted, checked, imported, signed, restored and posted as on a calm page`, async () => {
        const page = await open(path);
        expect(await posted(page)).to.deep.equal(await calm);
        expect(page.complaints).to.deep.equal([]);
        // No loader took a script of ours for a module of its own, and the page keeps what it had put in.
        expect(
          await page.page.evaluate(() => {
            const own = globalThis as unknown as { module: { exports: object }; define: object };
            return [
              Reflect.ownKeys(own.module.exports).length,
              'amd' in own.define,
              window.name,
              [[1, 2].reduce((so, one) => so + one)],
              JSON.stringify(['a']),
              typeof new Map().set,
            ];
          }),
        ).to.deep.equal([0, true, 'mainFrame', [[1, 2]], '"[\\"a\\"]"', 'undefined']);
      });
  });
}
