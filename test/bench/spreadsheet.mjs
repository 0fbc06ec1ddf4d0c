// Second half of `npm run bench`: the spreadsheet grid beside bare Handsontable, in real Chromium. Says figures; never
// fails on one. `--loads N` (10) loads of each page, `--edits N` (1000) and `--swaps N` (20) for the memory.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { launch } from 'puppeteer-core';
import { findBrowsers } from '../browser/find-browsers.mjs';
import { launchOptions } from '../browser/launch-options.mjs';
import { median, serve, show, spread, verdict } from './measure.mjs';

const EDITS = 40;
const AIM_EDIT = 0.6;
const AIM_BYTES = 230_000;

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const lazy = join(dist, 'xxgk-annual-report.handsontable-grid.js');
if (!existsSync(lazy)) throw new Error('dist/ is missing or old: npm run build.');
const { values: options } = parseArgs({
  options: {
    loads: { type: 'string', default: '10' },
    edits: { type: 'string', default: '1000' },
    swaps: { type: 'string', default: '20' },
  },
});

const report = readFileSync(join(root, 'demo/samples/large.json'), 'utf8');
const { tables } = JSON.parse(report);
const columns = Object.keys(tables.requests.granted).filter((column) => column !== 'total');
/** Outcomes of 表三: changing one breaks the sums of its column and nothing else. */
const outcomes = Object.keys(tables.requests)
  .filter((row) => !['received', 'carried-over', 'total', 'carried-forward'].includes(row))
  .flatMap((row) => columns.map((column) => `requests/${row}/${column}`));
const edited = (/** @type {number} */ index) => outcomes[(index * 7) % outcomes.length] ?? '';

/** The peer, bundled as its developer would. */
async function bareFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bare-'));
  await build({
    entryPoints: { 'bare-handsontable': join(root, 'test/bench/bare-handsontable.ts') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'chrome90',
    tsconfig: join(root, 'tsconfig.json'),
  });
  const styles = ['handsontable.min.css', 'ht-theme-main.min.css'].map((name) =>
    readFileSync(join(root, 'node_modules/handsontable/styles', name), 'utf8'),
  );
  writeFileSync(join(folder, 'handsontable.css'), styles.join('\n'));
  return folder;
}

/** Runs in both pages: whether there is something to type into, and how long an Enter takes to be painted. */
const probe = () => {
  const afterPaint = (/** @type {(now: number) => void} */ then) =>
    requestAnimationFrame(() => {
      // A message posted in a frame callback is delivered when that frame has been painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => then(performance.now());
      channel.port2.postMessage(null);
    });
  const our = () => [
    ...(document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelectorAll('xxgk-report-table') ??
      []),
  ];
  const page = /** @type {any} */ (window);
  const bench = {
    painted: NaN,
    ready: NaN,
    /** @type {{ script: number, painted: number }[]} */
    commits: [],
    focus(/** @type {string} */ cell) {
      if (page.bare) page.bare.focus(cell);
      else
        /** @type {any} */ (our().find((table) => cell.startsWith(table.getAttribute('table')))).focusCell(
          cell,
        );
    },
  };
  page.bench = bench;
  const shown = () =>
    page.bare?.ready ?? our().filter((table) => table.shadowRoot?.querySelector('td')).length === 3;
  const isSpreadsheet = () =>
    page.bare?.ready ??
    (our().length === 3 && our().every((table) => /** @type {any} */ (table).gridInUse === 'handsontable'));
  const look = () => {
    if (Number.isNaN(bench.painted) && shown()) {
      bench.painted = 0;
      afterPaint((now) => (bench.painted = now));
    }
    if (isSpreadsheet()) afterPaint((now) => (bench.ready = now));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  let pressed = 0;
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter') return;
      const start = (pressed = performance.now());
      const commit = { script: NaN, painted: NaN };
      // Last of all listeners of this key.
      setTimeout(() => (commit.script = performance.now() - pressed));
      afterPaint((now) => {
        commit.painted = now - start;
        bench.commits.push(commit);
      });
    },
    true,
  );
};

/** @param {import('puppeteer-core').Browser} browser @param {string} address */
async function open(browser, address) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.setViewport({ width: 1366, height: 768 });
  await page.setCacheEnabled(false);
  await page.evaluateOnNewDocument(probe);
  await page.goto(address);
  await page.waitForFunction('window.bench.ready > 0', { polling: 20, timeout: 30_000 });
  await new Promise((done) => setTimeout(done, 300));
  await page.evaluate((text) => {
    const editor = /** @type {any} */ (document.querySelector('xxgk-annual-report'));
    if (editor !== null) editor.value = text;
  }, report);
  await new Promise((done) => setTimeout(done, 300));
  return { page, context, problems };
}

/** @param {import('puppeteer-core').Page} page @param {number} count @param {number} from */
async function edit(page, count, from = 0) {
  for (let index = from; index < from + count; index += 1) {
    await page.evaluate((cell) => /** @type {any} */ (window).bench.focus(cell), edited(index));
    const done = await page.evaluate('window.bench.commits.length');
    await page.keyboard.press(/** @type {any} */ (String(1 + (index % 9))));
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      (before) => /** @type {any} */ (window).bench.commits.length > before,
      { polling: 5 },
      done,
    );
  }
}

/** @param {import('puppeteer-core').Browser} browser @param {string} address */
async function load(browser, address) {
  const { page, context, problems } = await open(browser, address);
  try {
    const rendersBefore = await page.evaluate('window.bare?.renders ?? NaN');
    await edit(page, EDITS);
    const renders =
      (Number(await page.evaluate('window.bare?.renders ?? NaN')) - Number(rendersBefore)) / EDITS;
    const bench = /** @type {any} */ (await page.evaluate('window.bench'));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return {
      first: bench.painted,
      ready: bench.ready,
      painted: median(bench.commits.map((/** @type {any} */ commit) => commit.painted)),
      script: median(bench.commits.map((/** @type {any} */ commit) => commit.script)),
      renders,
    };
  } finally {
    await context.close();
  }
}

/** Memory of our page: after it is ready, after many edits, and after many changes of the grid. */
async function memory(
  /** @type {import('puppeteer-core').Browser} */ browser,
  /** @type {string} */ address,
) {
  const { page, context } = await open(browser, address);
  try {
    const session = await page.createCDPSession();
    await session.send('Performance.enable');
    const measure = async () => {
      for (let again = 0; again < 3; again += 1) await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
      const kind = await page.evaluateHandle(() => {
        const editor = document.querySelector('xxgk-annual-report');
        const table = editor?.shadowRoot?.querySelector('xxgk-report-table');
        const sheet = /** @type {any} */ (table?.shadowRoot?.querySelector('.ht-root-wrapper'));
        return Object.getPrototypeOf(sheet.__hotInstance);
      });
      const all = await page.queryObjects(kind);
      const instances = await all.evaluate((found) => /** @type {any} */ (found).length);
      // A handle keeps what it holds alive.
      await all.dispose();
      await kind.dispose();
      return {
        heap: of('JSHeapUsedSize') / 1e6,
        nodes: of('Nodes'),
        listeners: of('JSEventListeners'),
        instances,
      };
    };
    const swap = async (/** @type {string} */ grid) => {
      await page.evaluate((wish) => {
        /** @type {any} */ (document.querySelector('xxgk-annual-report')).grid = wish;
      }, grid);
      await page.waitForFunction(
        (kind) =>
          [
            .../** @type {any} */ (document.querySelector('xxgk-annual-report')).shadowRoot.querySelectorAll(
              'xxgk-report-table',
            ),
          ].every((table) => table.gridInUse === kind),
        { polling: 20 },
        grid === 'table' ? 'table' : 'handsontable',
      );
    };
    const ready = await measure();
    await edit(page, Number(options.edits));
    const edited = await measure();
    let firstSwap = edited;
    for (let round = 0; round < Number(options.swaps); round += 1) {
      await swap('table');
      await swap('auto');
      if (round === 0) firstSwap = await measure();
    }
    return { ready, edited, firstSwap, swapped: await measure() };
  } finally {
    await context.close();
  }
}

const bare = await bareFiles();
const site = await serve({ editor: dist, bench: import.meta.dirname, bare });
const browser = await launch(launchOptions('chromium', findBrowsers(['chromium']).chromium ?? ''));
/** @type {Record<'ours' | 'bare', Awaited<ReturnType<typeof load>>[]>} */
const results = { ours: [], bare: [] };
const pages = { ours: `${site.url}/bench/spreadsheet-page.html`, bare: `${site.url}/bench/bare-page.html` };
try {
  // The first load of each warms the browser up and is not counted.
  for (let round = 0; round <= Number(options.loads); round += 1) {
    for (const name of /** @type {const} */ (['ours', 'bare'])) {
      const result = await load(browser, pages[name]);
      if (round > 0) results[name].push(result);
    }
  }
  console.log(
    `\n${await browser.version()}; the spreadsheet grid beside bare Handsontable; ${options.loads} loads of each, in turn\n`,
  );
  console.log(
    `${''.padEnd(40)}${'spreadsheet grid'.padEnd(24)}${'bare Handsontable'.padEnd(24)}${'ratio'.padEnd(8)}aim`,
  );
  const figures = /** @type {const} */ ([
    ['first', 'first painted tables to type into, ms', undefined],
    ['ready', 'all three spreadsheets painted, ms', undefined],
    ['painted', 'commit, Enter to painted frame, ms', AIM_EDIT],
    ['script', 'commit, script of that key, ms', undefined],
  ]);
  for (const [key, title, aim] of figures) {
    const [a, b] = [spread(results.ours.map((one) => one[key])), spread(results.bare.map((one) => one[key]))];
    const ratio = a.median / b.median;
    console.log(
      `${title.padEnd(40)}${show(a)}${show(b)}${ratio.toFixed(2).padEnd(8)}${verdict(ratio, aim, '')}`,
    );
  }
  console.log(
    `${'renders of the whole table per commit'.padEnd(40)}${'at most 1, held by [E92]'.padEnd(24)}${median(results.bare.map((one) => one.renders)).toFixed(1)}`,
  );
  const size = (/** @type {string} */ file) => gzipSync(readFileSync(file), { level: 9 }).length;
  const bytes = size(lazy);
  const bareBytes = size(join(bare, 'bare-handsontable.js')) + size(join(bare, 'handsontable.css'));
  console.log(
    `${'lazy JS and CSS, bytes by gzip -9'.padEnd(40)}${String(bytes).padEnd(24)}${String(bareBytes).padEnd(24)}${(bytes / bareBytes).toFixed(2).padEnd(8)}${verdict(bytes, AIM_BYTES, ' bytes')}`,
  );
  const kept = await memory(browser, pages.ours);
  console.log('\nmemory of the page with the spreadsheet grid, after collecting garbage');
  for (const [title, { heap, nodes, listeners, instances }] of [
    ['ready', kept.ready],
    [`after ${options.edits} edits`, kept.edited],
    ['after 1 change to the table grid and back', kept.firstSwap],
    [`after ${options.swaps} of them`, kept.swapped],
  ].map((row) => /** @type {[string, typeof kept.ready]} */ (row)))
    console.log(
      `${title.padEnd(44)}${heap.toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners, ${instances} Handsontables alive`,
    );
} finally {
  await browser.close();
  site.server.close();
  rmSync(bare, { recursive: true, force: true });
}
