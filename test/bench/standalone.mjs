// The standalone page in its three forms beside the page written by hand: when something is seen, when a cell can be
// typed into, and what was fetched for it. Says figures; never fails on one. `--loads N` (8) loads of each.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import { launch } from 'puppeteer-core';
import { findBrowsers } from '../browser/find-browsers.mjs';
import { launchOptions } from '../browser/launch-options.mjs';
import { median, serve, show, spread } from './measure.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({ options: { loads: { type: 'string', default: '8' } } });
const loads = Math.max(1, Number(options.loads));
if (!existsSync(join(root, 'dist/site/index.html'))) throw new Error('npm run build first.');

/** Resolves with the milliseconds since the navigation at which a cell was painted that can be typed into. */
const UNTIL_EDITABLE = `new Promise((done) => {
  const cell = () => {
    const editor = document.querySelector('xxgk-annual-report');
    if (editor === null) return document.documentElement.dataset.ready === undefined ? null : document.querySelector('td input');
    const table = editor.shadowRoot?.querySelector('xxgk-report-table');
    return table?.shadowRoot?.querySelector('td input') ?? null;
  };
  const look = () => {
    if (cell() === null) {
      document.querySelector('#new')?.click();
      requestAnimationFrame(look);
      return;
    }
    requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  };
  look();
})`;

/** @param {import('puppeteer-core').Browser} browser @param {string} url @param {boolean} again */
async function load(browser, url, again) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 1366, height: 768 });
    await page.goto(url);
    if (again) {
      // From the service worker, as on every visit but the first.
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.goto(url);
    }
    const editable = /** @type {number} */ (await page.evaluate(UNTIL_EDITABLE));
    const { seen, files } = await page.evaluate(
      () =>
        /** @type {Promise<{ seen: number, files: string[] }>} */ (
          new Promise((done) => {
            const files = performance.getEntriesByType('resource').map(({ name }) => name);
            const observer = new PerformanceObserver((list) => {
              const [entry] = list.getEntriesByName('first-contentful-paint');
              if (entry !== undefined) done({ seen: entry.startTime, files });
            });
            observer.observe({ type: 'paint', buffered: true });
          })
        ),
    );
    return { seen, editable, files };
  } finally {
    await context.close();
  }
}

const { url, server } = await serve({
  bench: join(root, 'test/bench'),
  site: join(root, 'dist/site'),
});
const path = findBrowsers(['chromium']).chromium ?? '';
const browser = await launch(launchOptions('chromium', path));
const offline = join(root, 'dist/offline.html');
/** @type {Array<[name: string, url: string, again: boolean]>} */
const pages = [
  ['written by hand', `${url}/bench/plain-page.html`, false],
  ['site, first visit', `${url}/site/index.html`, false],
  ['site, later', `${url}/site/index.html`, true],
  ['one file, from a disk', pathToFileURL(offline).href, false],
];
/** @type {Record<string, Array<{ seen: number, editable: number }>>} */
const measured = Object.fromEntries(pages.map(([name]) => [name, []]));
/** What the page itself asked for until then; the service worker fetches the rest later. */
const fetched = /** @type {Set<string>} */ (new Set());
for (let round = 0; round <= loads; round += 1)
  for (const [name, address, again] of pages) {
    const { files, ...figures } = await load(browser, address, again);
    // The first of each warms the browser up.
    if (round > 0) measured[name]?.push(figures);
    if (name === 'site, first visit') for (const file of [address, ...files]) fetched.add(file);
  }
await browser.close();
server.close();

console.log(`The standalone page, ${loads} loads of each in Chromium, milliseconds: median (least–most)`);
const [plain = []] = Object.values(measured);
for (const [name, figures] of Object.entries(measured)) {
  const ratio =
    median(figures.map(({ editable }) => editable)) / median(plain.map(({ editable }) => editable));
  console.log(
    `  ${name.padEnd(22)} first paint ${show(spread(figures.map(({ seen }) => seen)))} first editable cell ${show(
      spread(figures.map(({ editable }) => editable)),
    )} ${ratio.toFixed(2)} times the page by hand`,
  );
}
const texts = [...fetched]
  .filter((file) => file.startsWith(`${url}/site/`))
  .map((file) => readFileSync(join(root, 'dist', new URL(file).pathname)));
const packed = texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
const raw = texts.reduce((sum, text) => sum + text.length, 0);
console.log(
  `  bytes: site ${packed} gzip until a cell can be typed into (${raw} raw, ${texts.length} files); one file ${readFileSync(offline).length} raw`,
);
