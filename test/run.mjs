// `npm test` is for every change: rooms without a page under Node; rooms with a page, and the whole pages somebody works in,
// in Chromium; leaving a page in Firefox too.
// `npm test -- --landing` is what CI runs: whole pages of every kind, and in Firefox all that a browser does in its own way.
// `npm test -- --full` is for a release: all of it in both, then a little of each fault (`npm run test:faults` is the proof)
// and of the hosts that need nothing from outside (`npm run test:hosts`).
// `npm test -- FILTER…` runs the files whose path contains one of the filters, in both browsers;
// `--node`, `--browser`, `--pages`, `--faults`, `--hosts` choose stages, `--chromium`, `--firefox` choose browsers.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { buildIfStale } from './build-if-stale.mjs';
import { findBrowsers } from './browser/find-browsers.mjs';
import { runBrowserTests } from './browser/run-browser-tests.mjs';

/** @typedef {import('./browser/run-browser-tests.mjs').Counts} Counts */

const root = resolve(import.meta.dirname, '..');
process.chdir(root);

const inPage = ['drafts', 'outbox', 'framing', 'elements', 'demo'];
const wholePages = ['pages'];
const elsewhere = ['bench', 'browser'];
/** Builds, the site, frames, policies, hostile and narrow pages, paper: what few changes touch. */
const ofGrounds =
  /\/pages\/(carried-parts|classic-script|custom-elements|english|frame.*|hostile-.*|package|paper|pdf|plain-http|policies|reflow|rich-text|site)\.test\.ts$/;
/** Storage, keys, focus, clipboard, forms, leaving: what each browser has made by itself. */
const browsersOwn =
  /^test\/(drafts|elements\/grid)\/|\/(value-and-form|text-mirror|life|copy|copy-and-import|import-end-to-end|drafts|leaving|standalone)\.test\.ts$/;
const leaving = /\/leaving\.test\.ts$/;

const stages = ['--node', '--browser', '--pages', '--faults', '--hosts'];
const options = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const option of options) {
  if (![...stages, '--chromium', '--firefox', '--landing', '--full'].includes(option)) {
    console.error(`Unknown option ${option}.`);
    process.exit(2);
  }
}

/** @type {import('./browser/find-browsers.mjs').BrowserName[]} */
const browserNames = /** @type {const} */ (['chromium', 'firefox']).filter(
  (name) => options.has(`--${name}`) || !(options.has('--chromium') || options.has('--firefox')),
);
const landing = options.has('--landing');
const quick = options.size === 0 && filters.length === 0;
const inFirefox = quick ? leaving : landing ? browsersOwn : undefined;
const stagesChosen = stages.some((option) => options.has(option));
const browserChosen = options.has('--chromium') || options.has('--firefox');
const runs = (/** @type {string} */ stage) =>
  options.has(`--${stage}`) ||
  (!stagesChosen &&
    !(browserChosen && stage === 'node') &&
    !((quick || landing) && (stage === 'faults' || stage === 'hosts')));
const everything = !stagesChosen && !browserChosen && filters.length === 0;
/** @type {(files: string[], name: string) => string[]} */
const inBrowser = (files, name) =>
  inFirefox !== undefined && name === 'firefox' ? files.filter((path) => inFirefox.test(path)) : files;

const files = readdirSync('test', { recursive: true })
  .map((path) => `test/${String(path).split(sep).join('/')}`)
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => filters.length === 0 || filters.some((filter) => path.includes(filter)))
  .sort();
const room = (/** @type {string} */ path) => path.split('/')[1] ?? '';
const browserFiles = files.filter((path) => inPage.includes(room(path)));
const pageFiles = files.filter((path) => wholePages.includes(room(path)) && !(quick && ofGrounds.test(path)));
const programs = ['test/faults/run.mjs', 'test/hosts/run.mjs'].filter(
  (path) => filters.length === 0 || filters.some((filter) => path.includes(filter)),
);
const faultFiles = programs.filter((path) => room(path) === 'faults');
const hostFiles = programs.filter((path) => room(path) === 'hosts');
const nodeFiles = files.filter((path) => ![...inPage, ...wholePages, ...elsewhere].includes(room(path)));

/** @type {Array<[string, Counts]>} */
const results = [];
/** @type {string[]} */
const problems = [];

/** @type {(stage: string, args: string[], environment?: Record<string, string>) => Promise<void>} */
async function inNode(stage, args, environment = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'test-counts-'));
  const counted = join(scratch, 'counts.json');
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment, TEST_COUNTS_FILE: counted },
  });
  const code = await new Promise((done) => child.on('close', done));
  if (existsSync(counted)) {
    /** @type {Counts} */
    const counts = JSON.parse(readFileSync(counted, 'utf8'));
    results.push([stage, counts]);
    if (code !== 0 && counts.failed === 0) problems.push(`${stage}: the test runner ended with ${code}.`);
  } else {
    problems.push(`${stage}: the test runner ended with ${code} and counted nothing.`);
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** @type {(stage: string, files: string[], args: string[], environment?: Record<string, string>) => Promise<void>} */
async function underNode(stage, files, args, environment = {}) {
  const reporter = '--test-reporter=./test/node-reporter.mjs';
  await inNode(stage, ['--import', 'tsx', '--test', reporter, ...args, ...files], environment);
}

/** @type {(stage: string, title: string, files: string[], run: () => Promise<void>) => Promise<void>} */
async function stage(stage, title, files, run) {
  if (!runs(stage)) return;
  if (files.length === 0) {
    if (everything) problems.push(`${title}: there is no test file.`);
    return;
  }
  const start = Date.now();
  try {
    await run();
  } catch (error) {
    problems.push(`${title}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  console.log(`  ${title}: ${count}, ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
}

/** @type {(files: string[]) => Promise<void>} */
async function inWholePages(files) {
  const paths = findBrowsers(browserNames);
  // The longest first, so that none is left for the end.
  const size = (/** @type {string} */ path) => statSync(path).size;
  await underNode(
    'Whole pages',
    files.toSorted((one, other) => size(other) - size(one)),
    ['--test-concurrency=2'],
    {
      TEST_BROWSERS: browserNames.join(','),
      ...(inFirefox && { TEST_FILES_IN_FIREFOX: inFirefox.source }),
      ...(paths.chromium && { CHROMIUM_PATH: paths.chromium }),
      ...(paths.firefox && { FIREFOX_PATH: paths.firefox }),
    },
  );
}

// The command line, the pages, the faults and the hosts are tested as they are shipped.
if (
  (runs('node') && nodeFiles.some((path) => path.startsWith('test/cli/'))) ||
  (runs('pages') && pageFiles.length > 0) ||
  (runs('faults') && faultFiles.length > 0) ||
  (runs('hosts') && hostFiles.length > 0)
)
  await buildIfStale(root);

// What a page that is closed at once still writes depends on how busy the machine is: those run alone.
const alone = pageFiles.filter((path) => path.endsWith('/drafts.test.ts'));
const others = pageFiles.filter((path) => !alone.includes(path));
if (alone.length > 0) await stage('pages', 'Drafts in whole pages', alone, () => inWholePages(alone));

await stage('node', 'Node', nodeFiles, () => underNode('Node', nodeFiles, ['--test-concurrency=2']));

await stage('browser', `In a page (${browserNames.join(', ')})`, browserFiles, async () => {
  const own = Object.fromEntries(browserNames.map((name) => [name, inBrowser(browserFiles, name)]));
  const counts = await runBrowserTests(own, findBrowsers(browserNames));
  results.push(...Object.entries(counts));
});

if (others.length > 0 || alone.length === 0)
  await stage('pages', `Whole pages (${browserNames.join(', ')})`, others, () => inWholePages(others));

await stage('faults', `Faults (${browserNames[0]})`, faultFiles, async () => {
  findBrowsers(browserNames);
  const program = 'test/faults/run.mjs';
  // The long form goes through both; here what tabs and pages do in the other one is tested above.
  await inNode('Faults', [program, '--short', `--${browserNames[0]}`]);
  // A proof that cannot fail proves nothing.
  await inNode('Faults with a broken write', [program, '--sabotage', 'F11', `--${browserNames[0]}`]);
});

await stage('hosts', `Hosts (${browserNames[0]})`, hostFiles, async () => {
  findBrowsers(browserNames);
  await inNode('Hosts', ['test/hosts/run.mjs', '--short', `--${browserNames[0]}`]);
});

const sum = { passed: 0, failed: 0, skipped: 0 };
console.log('');
for (const [name, counts] of results) {
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  sum.skipped += counts.skipped;
  for (const file of counts.empty) problems.push(`${name}: ${file} ran no test.`);
}
if (sum.passed + sum.failed === 0 && problems.length === 0) problems.push('No test ran.');
for (const problem of problems) console.log(problem);
if (problems.length > 0 && sum.failed === 0) sum.failed = 1;
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exit(sum.failed > 0 ? 1 : 0);
