// Runs test files that live in a page, in every browser asked for, and counts.

import { readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { defaultReporter } from '@web/test-runner';
import { startTestRunner } from '@web/test-runner';
import { browserLauncher } from './launcher.mjs';
import { commandsPlugin } from './commands-plugin.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, empty: string[] }} Counts */

/**
 * The test files as a page loads them quickly: what they share is bundled once, instead of some thousand modules that each
 * file and browser would ask the server for. Dependencies as they are shipped: their production builds.
 * @type {(rootDir: string, files: string[], outdir: string) => Promise<string[]>}
 */
async function bundled(rootDir, files, outdir) {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: rootDir,
    // The reading of documents starts its own file once more, as a worker.
    entryPoints: [...files, 'src/elements/document-worker.ts'],
    outdir,
    outbase: rootDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'linked',
    tsconfig: resolve(rootDir, 'tsconfig.json'),
    define: { 'import.meta.env.DEV': 'false' },
    conditions: ['production', 'browser'],
    external: ['/__web-dev-server__web-socket.js'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'inline-style-sheets',
        setup({ onResolve, onLoad, resolve: resolvePath }) {
          onResolve({ filter: /\.css\?inline$/ }, async ({ path, ...from }) => ({
            path: (await resolvePath(path.replace('?inline', ''), { ...from, kind: 'import-statement' }))
              .path,
            namespace: 'inline',
          }));
          onLoad({ filter: /./, namespace: 'inline' }, ({ path }) => ({
            contents: readFileSync(path, 'utf8'),
            loader: 'text',
          }));
        },
      },
    ],
  });
  return files.map((file) => join(outdir, relative(rootDir, resolve(rootDir, file)).replace(/\.ts$/, '.js')));
}

/** @type {(suite: any, counts: Counts) => number} */
function add(suite, counts) {
  let tests = suite.tests.length;
  for (const test of suite.tests) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else counts.failed += 1;
  }
  for (const inner of suite.suites) tests += add(inner, counts);
  return tests;
}

/**
 * @param {Partial<Record<import('./find-browsers.mjs').BrowserName, string[]>>} files by the browser they run in
 * @param {Partial<Record<import('./find-browsers.mjs').BrowserName, string>>} browsers
 * @returns {Promise<Record<string, Counts>>} by name of the browser
 */
export async function runBrowserTests(files, browsers) {
  const rootDir = resolve(import.meta.dirname, '../..');
  const all = [...new Set(Object.values(files).flat())];
  const pages = await bundled(rootDir, all, join(rootDir, 'node_modules/.cache/tests-in-a-page'));
  const pageOf = new Map(all.map((file, index) => [file, pages[index]]));
  // A browser waits for its page now and then: three side by side keep two cores busy. Firefox makes a double click of two
  // clicks within half a second only, for which there has to be room.
  const lanesAtOnce = (files.firefox ?? []).length > 0 ? 2 : 3;
  const lanes = Object.entries(browsers).flatMap(([name, path]) =>
    Array.from({ length: lanesAtOnce }, (_, lane) => ({
      name: `${name} ${lane}`,
      files: (files[/** @type {import('./find-browsers.mjs').BrowserName} */ (name)] ?? [])
        .filter((_file, index) => index % lanesAtOnce === lane)
        .map((file) => pageOf.get(file)),
      browsers: [browserLauncher(/** @type {any} */ (name), /** @type {string} */ (path))],
    })).filter((one) => one.files.length > 0),
  );
  /** @type {Record<string, Counts>} */
  const counts = Object.fromEntries(
    lanes.map(({ browsers: [one] }) => [one?.name, { passed: 0, failed: 0, skipped: 0, empty: [] }]),
  );

  const counter = {
    /** @param {{ testFile: string, sessionsForTestFile: any[] }} args */
    reportTestFileResults({ testFile, sessionsForTestFile }) {
      for (const session of sessionsForTestFile) {
        const own = /** @type {Counts} */ (counts[session.browser.name]);
        const before = own.failed;
        const tests = session.testResults ? add(session.testResults, own) : 0;
        // A file that did not load, or a hook that threw, is a failure that no test carries.
        if (!session.passed && own.failed === before) own.failed += 1;
        if (session.passed && tests === 0) own.empty.push(testFile);
      }
    },
  };

  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: /** @type {any} */ ({
      rootDir,
      groups: lanes,
      concurrentBrowsers: lanesAtOnce,
      concurrency: 1,
      browserStartTimeout: 60_000,
      testsStartTimeout: 60_000,
      testsFinishTimeout: 180_000,
      testFramework: { config: { timeout: '20000', ui: 'bdd' } },
      plugins: [commandsPlugin()],
      reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false }), counter],
      testRunnerHtml: (/** @type {string} */ framework) =>
        `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>test</title></head>` +
        `<body><script type="module" src="${framework}"></script></body></html>`,
    }),
  });
  if (!runner) throw new Error('The browser test runner did not start.');
  await new Promise((done) => {
    runner.on('finished', () => void runner.stop());
    runner.on('stopped', done);
  });
  return counts;
}
