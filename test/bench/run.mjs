// `npm run bench`: the editor beside a page written by hand, in real Chromium. Says figures; never fails on one.
// `--loads N` (12) loads of each page, `--fresh` measures src/ even where dist/ is built, `--json` one line for machines,
// `--profile FILE` writes a CPU profile of one load of the editor and its edits instead.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseArgs } from 'node:util';
import { launch } from 'puppeteer-core';
import { findBrowsers } from '../browser/find-browsers.mjs';
import { launchOptions } from '../browser/launch-options.mjs';
import { median, serve, show, spread, verdict } from './measure.mjs';

const AIM_RATIO = 1.3;
const AIM_BYTES = 50_000;
const EDITS = 40;

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    loads: { type: 'string', default: '12' },
    fresh: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const loads = Math.max(1, Number(options.loads));

/** The editor as it is shipped, or bundled here where nothing is built yet. */
async function editorFiles() {
  const shipped = join(root, 'dist/xxgk-annual-report.js');
  if (!options.fresh && existsSync(shipped)) {
    const stale = newest(join(root, 'src')) > statSync(shipped).mtimeMs;
    return { folder: join(root, 'dist'), from: stale ? 'dist (older than src)' : 'dist', remove() {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const { build } = await import('esbuild');
  await build({
    entryPoints: { 'xxgk-annual-report': join(root, 'src/define.ts') },
    outdir: folder,
    bundle: true,
    minify: !options.profile,
    format: 'esm',
    target: 'chrome90',
    conditions: ['production'],
    define: { 'import.meta.env.DEV': 'false' },
    tsconfig: join(root, 'tsconfig.json'),
  });
  return {
    folder,
    from: 'src, bundled by esbuild',
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @type {(folder: string) => number} */
function newest(folder) {
  const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path)));
  return Math.max(...paths.map((path) => statSync(path).mtimeMs));
}

/** The values of a balanced report, so that every equation has its operands; both pages are given the same. */
const report = readFileSync(join(root, 'demo/samples/large.json'), 'utf8');

/** Inputs of 表三 that are outcomes: changing one breaks the sums of its column and nothing else. */
const edited = Array.from(
  { length: EDITS },
  (_, index) => 10 + 7 * (2 + (index % 20)) + Math.floor(index / 20),
);

/** @param {import('puppeteer-core').Browser} browser @param {'editor' | 'plain'} name @param {{ url: string, asked: string[] }} site */
async function load(browser, name, site) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.setViewport({ width: 1280, height: 900 });
    await page.setCacheEnabled(false);
    await page.evaluateOnNewDocument(readFileSync(join(import.meta.dirname, 'probe.js'), 'utf8'));
    const session = await page.createCDPSession();
    if (options.profile) {
      await session.send('Profiler.enable');
      await session.send('Profiler.setSamplingInterval', { interval: 100 });
      await session.send('Profiler.start');
    }
    site.asked.length = 0;
    await page.goto(`${site.url}/bench/${name}-page.html`);
    await page.waitForFunction('window.bench.painted !== undefined', { polling: 20, timeout: 30_000 });
    const first = /** @type {number} */ (await page.evaluate('window.bench.painted'));
    // Eager is what was asked for before that paint; what comes later holds nothing up.
    const eager = /** @type {string[]} */ (
      await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter((entry) => entry.startTime <= /** @type {any} */ (window).bench.painted)
          .map((entry) => new URL(entry.name).pathname.split('/').pop() ?? ''),
      )
    );
    const files = site.asked.filter(
      (file) => /\.(js|css)$/.test(file) && eager.some((name) => file.endsWith(`/${name}`)),
    );
    // What is put off until after the first paint is no part of an edit.
    await new Promise((done) => setTimeout(done, 300));
    if (options.profile) {
      const { profile } = await session.send('Profiler.stop');
      writeFileSync(`${options.profile}.load.cpuprofile`, JSON.stringify(profile));
    }

    await page.evaluate((text) => {
      const editor = /** @type {any} */ (document.querySelector('xxgk-annual-report'));
      if (editor !== null) {
        editor.value = text;
        return;
      }
      const { tables } = JSON.parse(text);
      for (const input of document.querySelectorAll('input')) {
        const [table = '', row = '', column = ''] = input.name.split('/');
        input.value = String(tables[table][row][column]);
      }
      document.dispatchEvent(new Event('change'));
    }, report);
    await new Promise((done) => setTimeout(done, 300));

    if (options.profile) await session.send('Profiler.start');
    await session.send('Performance.enable');
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? NaN);
    };
    let spent = 0;
    for (const [index, place] of edited.entries()) {
      await page.evaluate((at) => {
        const input = /** @type {any} */ (window).bench.inputs()[at];
        input.focus();
        input.select();
      }, place);
      const before = await busy();
      await page.keyboard.press(/** @type {any} */ (String(1 + (index % 9))));
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (count) => /** @type {any} */ (window).bench.commits.length > count,
        { polling: 20 },
        index,
      );
      spent += (await busy()) - before;
    }
    if (options.profile) {
      const { profile } = await session.send('Profiler.stop');
      writeFileSync(`${options.profile}.edits.cpuprofile`, JSON.stringify(profile));
    }
    /** @type {{ script: number, painted: number }[]} */
    const commits = await page.evaluate(() => /** @type {any} */ (window).bench.commits);
    const failing = await page.evaluate(() => {
      const editor = /** @type {any} */ (document.querySelector('xxgk-annual-report'));
      if (editor === null)
        return [...document.querySelectorAll('#failing li')].map((item) => item.textContent ?? '');
      const list = editor.shadowRoot.querySelector('xxgk-findings');
      return [...list.shadowRoot.querySelectorAll('li.finding .sentence')].map(
        (item) => item.textContent ?? '',
      );
    });
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return {
      first,
      script: median(commits.map((commit) => commit.script)),
      painted: median(commits.map((commit) => commit.painted)),
      busy: spent / EDITS,
      failing: failing.length,
      bytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0),
      files: files.length,
    };
  } finally {
    await context.close();
  }
}

const editor = await editorFiles();
const site = await serve({ editor: editor.folder, bench: import.meta.dirname });
const browser = await launch(launchOptions('chromium', findBrowsers(['chromium']).chromium ?? ''));
const version = await browser.version();
/** @type {Record<'editor' | 'plain', Awaited<ReturnType<typeof load>>[]>} */
const results = { editor: [], plain: [] };
try {
  // The first load of each warms the browser up and is not counted.
  if (options.profile) await load(browser, 'editor', site);
  for (let round = options.profile ? loads + 1 : 0; round <= loads; round += 1) {
    for (const name of /** @type {const} */ (['editor', 'plain'])) {
      const result = await load(browser, name, site);
      if (round > 0) results[name].push(result);
    }
  }
} finally {
  await browser.close();
  site.server.close();
  editor.remove();
}

const figures = /** @type {const} */ ([
  ['first', 'first painted editable tables, ms', AIM_RATIO],
  ['painted', 'commit, Enter to painted frame, ms', AIM_RATIO],
  ['script', 'commit, script of that key alone, ms', undefined],
  ['busy', 'edit (both keys), all main thread, ms', undefined],
]);
if (options.profile) {
  console.log('profiles written');
} else {
  const measured = Object.fromEntries(
    figures.map(([key]) => {
      const [a, b] = [
        spread(results.editor.map((one) => one[key])),
        spread(results.plain.map((one) => one[key])),
      ];
      // On a busy machine the best loads of each say more than the medians.
      return [key, { editor: a, plain: b, ratio: a.median / b.median, ratioOfBest: a.min / b.min }];
    }),
  );
  const [bytes, plainBytes] = [results.editor[0]?.bytes ?? NaN, results.plain[0]?.bytes ?? NaN];
  if (options.json) {
    console.log(
      JSON.stringify({
        browser: version,
        loads,
        edits: EDITS,
        editorFrom: editor.from,
        ...measured,
        eagerGzipBytes: { editor: bytes, plain: plainBytes, files: results.editor[0]?.files },
        aims: { ratio: AIM_RATIO, bytes: AIM_BYTES },
      }),
    );
  } else {
    console.log(
      `${version}; editor from ${editor.from}; ${loads} loads of each, in turn, each in a new context without a cache;`,
    );
    console.log(
      `median (min–max) of the loads; an edit is the median of ${EDITS} in a filled report, typed with real keys.`,
    );
    console.log(
      'First paint counts from the start of navigation. A page waits for the next frame: up to 16.7 ms.\n',
    );
    console.log(
      `${''.padEnd(40)}${'editor'.padEnd(24)}${'plain page'.padEnd(24)}${'ratio'.padEnd(8)}${'of best'.padEnd(9)}aim`,
    );
    for (const [key, title, aim] of figures) {
      const { editor: a, plain: b, ratio, ratioOfBest } = measured[key];
      console.log(
        `${title.padEnd(40)}${show(a)}${show(b)}${ratio.toFixed(2).padEnd(8)}${ratioOfBest.toFixed(2).padEnd(9)}${verdict(ratio, aim, '')}`,
      );
    }
    const size = `${bytes} in ${results.editor[0]?.files}`;
    console.log(
      `${'eager JS and CSS, bytes by gzip -9'.padEnd(40)}${size.padEnd(24)}${String(plainBytes).padEnd(24)}` +
        `${(bytes / plainBytes).toFixed(2).padEnd(17)}${verdict(bytes, AIM_BYTES, ' bytes')}`,
    );
    console.log(
      `\nfailing items listed after the edits: editor ${results.editor[0]?.failing}, plain page ${results.plain[0]?.failing}`,
    );
  }
}
