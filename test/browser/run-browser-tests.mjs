// Runs test files that live in a page, in every browser asked for, and counts.

import { resolve } from 'node:path';
import { defaultReporter } from '@web/test-runner';
import { startTestRunner } from '@web/test-runner';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { browserLauncher } from './launcher.mjs';
import { commandsPlugin } from './commands-plugin.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, empty: string[] }} Counts */

/** Serves `import text from 'x.css?inline'` as Vite does: as a module that holds the text. */
function inlineStyleSheets() {
  const isInline = (/** @type {{ path: string, url: string }} */ context) =>
    context.path.endsWith('.css') && /[?&]inline\b/.test(context.url);
  return {
    name: 'inline-style-sheets',
    resolveMimeType: (/** @type {any} */ context) => (isInline(context) ? 'js' : undefined),
    transform: (/** @type {any} */ context) =>
      isInline(context) ? { body: `export default ${JSON.stringify(context.body)};` } : undefined,
  };
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
 * @param {string[]} files
 * @param {Partial<Record<import('./find-browsers.mjs').BrowserName, string>>} browsers
 * @returns {Promise<Record<string, Counts>>} by name of the browser
 */
export async function runBrowserTests(files, browsers) {
  const rootDir = resolve(import.meta.dirname, '../..');
  const launchers = Object.entries(browsers).map(([name, path]) =>
    browserLauncher(/** @type {any} */ (name), /** @type {string} */ (path)),
  );
  /** @type {Record<string, Counts>} */
  const counts = Object.fromEntries(
    launchers.map(({ name }) => [name, { passed: 0, failed: 0, skipped: 0, empty: [] }]),
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
      files: files.map((file) => resolve(rootDir, file)),
      browsers: launchers,
      concurrentBrowsers: 2,
      concurrency: 1,
      browserStartTimeout: 60_000,
      testsStartTimeout: 60_000,
      testsFinishTimeout: 180_000,
      // The production builds of our dependencies: what is shipped is what is tested.
      nodeResolve: { exportConditions: ['production', 'default'], browser: true },
      testFramework: { config: { timeout: '20000', ui: 'bdd' } },
      plugins: [
        esbuildPlugin({
          ts: true,
          target: 'es2022',
          tsconfig: resolve(rootDir, 'tsconfig.json'),
          define: { 'import.meta.env.DEV': 'false' },
        }),
        commandsPlugin(),
        inlineStyleSheets(),
      ],
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
