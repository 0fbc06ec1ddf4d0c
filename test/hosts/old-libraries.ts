/** Prototype and MooTools, which replace the browser's own functions: the clerk's whole job in forms of theirs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AT_ONE_TIME, doMainJob, useSpreadsheet } from '../pages/main-job.ts';
import { ROOT, serveSite, type OpenPage, type TestBrowser } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import { CannotRun, type Host, type HostTools } from './host.ts';
import { MEASURE_USABLE, usableAfter } from './usable.ts';

const LIBRARIES = [
  { name: 'prototype', version: '1.7.3', file: '/usr/share/javascript/prototype/prototype.js' },
  { name: 'mootools', version: '1.4.5', file: '/usr/share/javascript/mootools/mootools-core-nc.js' },
];
const FORMS = 'demo/hosts/old-libraries';
const MODULE = /<script type="module"[^>]*><\/script>/;
const CLASSIC = '<script src="../../../dist/xxgk-annual-report.classic.js" defer></script>';
/** Then documents are read on the page's own thread, among what the library has replaced. */
const NO_WORKER = '<meta http-equiv="Content-Security-Policy" content="worker-src \'none\'" />';

/** The form as it would be without its library. */
const calm = (page: string): string =>
  page
    .replace(/<script src="\/lib\/[^>]*><\/script>/, '')
    .replace(/<script>[^]*<\/script>/, '<script src="../../show-json.js"></script>');

async function run(tools: HostTools, list: Checklist): Promise<void> {
  await tools.install.debian(['libjs-prototype', 'libjs-mootools']);
  const more: Record<string, string> = {};
  for (const { name, version, file } of LIBRARIES) {
    const library = readFileSync(file, 'utf8');
    if (!library.includes(version)) throw new CannotRun(`${file} is not ${name} ${version}.`);
    const page = readFileSync(join(ROOT, FORMS, `${name}.html`), 'utf8');
    more[`/lib/${name}.js`] = library;
    more[`/${FORMS}/${name}-classic.html`] = page.replace(MODULE, CLASSIC);
    more[`/${FORMS}/${name}-no-worker.html`] = page.replace('<title>', `${NO_WORKER}$&`);
    more[`/${FORMS}/calm.html`] = calm(page);
  }
  const site = await serveSite([], more);

  /** What is sent by the whole job in one of the forms. */
  async function sent(browser: TestBrowser, form: string, sheet: boolean): Promise<string> {
    const page: OpenPage = await browser.open(`${site.url}/${FORMS}/${form}.html`, async (tab) => {
      await tab.evaluateOnNewDocument(AT_ONE_TIME);
      await tab.evaluateOnNewDocument(MEASURE_USABLE);
    });
    try {
      let text = '';
      await page.ready();
      if (browser.name === tools.browsers[0] && form !== 'calm')
        list.usable(await usableAfter(page.page.mainFrame()));
      await doMainJob(page, {
        pdf: true,
        prepare: sheet ? useSpreadsheet : undefined,
        leaving: async () => {
          text = await page.page.evaluate(() => document.querySelector('#sent')!.textContent!);
        },
      });
      const complaints = page.complaints.filter((text) => !text.includes('worker-src'));
      if (complaints.length > 0) throw new Error(`on the console: ${complaints.join(' · ')}`);
      return text;
    } finally {
      await browser.closePages();
    }
  }

  try {
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      const expected = await sent(browser, 'calm', false);
      for (const library of LIBRARIES)
        for (const [what, form, sheet] of [
          ['the module', library.name, false],
          ['the classic script', `${library.name}-classic`, false],
          ['no worker', `${library.name}-no-worker`, false],
          ['the spreadsheet grid', library.name, true],
        ] as const)
          await list.check(`[E221] ${library.name} ${library.version} and ${what}`, name, async () => {
            const found = await sent(browser, form, sheet);
            if (found !== expected) throw new Error(`sent ${found} instead of ${expected}`);
          });
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

export const host: Host = {
  name: 'old-libraries',
  needs: 'libjs-prototype and libjs-mootools from Debian',
  async run(tools) {
    const list = new Checklist();
    await run(tools, list);
    return list.result;
  },
};
