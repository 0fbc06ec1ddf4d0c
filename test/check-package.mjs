// The package as somebody installs it: packed, unpacked into a folder of its own with nothing beside it but what it
// depends on, and used there by TypeScript, by bundlers and by Node. No network.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'check-package-'));
const installed = join(scratch, 'node_modules/xxgk-annual-report');

/** @type {string[]} */
const problems = [];
/** @type {(condition: boolean, problem: string) => void} */
const must = (condition, problem) => {
  if (!condition) problems.push(problem);
};

/** What the program says, where it fails; undefined where it does not. */
function failure(/** @type {string[]} */ [program = '', ...args], cwd = scratch) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return status === 0 ? undefined : `${error?.message ?? ''}${stdout}${stderr}`.trim();
}
/** @type {(what: string, command: string[], cwd?: string) => void} */
const mustRun = (what, command, cwd) => {
  const said = failure(command, cwd);
  must(said === undefined, `${what}: ${said}`);
};
/** @type {(path: string, content: string | object) => void} */
const put = (path, content) => {
  mkdirSync(dirname(join(scratch, path)), { recursive: true });
  writeFileSync(join(scratch, path), typeof content === 'string' ? content : JSON.stringify(content));
};
const inModules = (/** @type {string} */ path) => join(root, 'node_modules', path);

try {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  mustRun('npm pack', [npm, 'pack', '--silent', '--ignore-scripts', '--pack-destination', scratch], root);
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(installed, { recursive: true });
  mustRun('tar', ['tar', '-xzf', join(scratch, tarball), '-C', installed, '--strip-components=1']);

  /** @type {{ dependencies: Record<string, string> }} */
  const packageJson = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const name of Object.keys(packageJson.dependencies)) {
    mkdirSync(dirname(join(scratch, 'node_modules', name)), { recursive: true });
    symlinkSync(inModules(name), join(scratch, 'node_modules', name), 'junction');
  }

  const top = ['CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'dist', 'package.json'];
  must(
    readdirSync(installed).sort().join() === top.join(),
    `The package holds ${readdirSync(installed).join(', ')}.`,
  );
  /** @type {{ files: Record<string, string> }} */
  const { files } = JSON.parse(readFileSync(join(installed, 'dist/integrity.json'), 'utf8'));
  for (const path of Object.keys(files))
    must(existsSync(join(installed, 'dist', path)), `dist/${path} is not packed.`);

  for (const message of (await publint({ pkgDir: installed, pack: false, strict: true })).messages)
    must(false, `publint: ${formatMessage(message, packageJson)}`);
  mustRun('Are the types wrong?', [
    ...[process.execPath, inModules('@arethetypeswrong/cli/dist/index.js'), join(scratch, tarball)],
    ...['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji', '--no-color', '--format', 'ascii'],
  ]);

  // A page: the element by its tag, its events by their names.
  put(
    'page.ts',
    `import 'xxgk-annual-report/define';
    import { setLicenseKey, type XxgkAnnualReport } from 'xxgk-annual-report';
    setLicenseKey('');
    const editor = document.querySelector('xxgk-annual-report')!;
    editor.value = { schema: 'xxgk-annual-report/1' };
    const text: string = editor.value;
    const finished: boolean = editor.payload()['draft'] !== true && text !== '';
    editor.addEventListener('xxgk-draft-saved', ({ revision }) => void editor.acknowledge(revision));
    editor.addEventListener('xxgk-submit-request', (event) => event.respondWith(Promise.resolve(event.text)));
    const made: XxgkAnnualReport = document.createElement('xxgk-annual-report');
    const grid: 'handsontable' | 'table' = document.createElement('xxgk-report-table').gridInUse;
    // @ts-expect-error There is no such method.
    editor.pay();
    console.log(finished, made, grid);
    `,
  );
  // A server: no page, and none of its types.
  put(
    'server.ts',
    `import { checkedReport, checkReport, OFFICIAL_RULES, readDocument, readPayload, refusalSentence } from 'xxgk-annual-report/core';
    declare const console: { log(...what: unknown[]): void };
    const read = readPayload('{"schema":"xxgk-annual-report/1","format":"2021","year":2024,"organization":{"name":"某局"},"tables":{}}');
    if (!read.ok) throw new Error(refusalSentence(read.refusal));
    const findings = checkReport(checkedReport(read.report), OFFICIAL_RULES.rules, { finishing: !read.draft });
    const rule: string = findings[0]!.rule;
    console.log(rule, typeof readDocument);
    `,
  );
  put('package.json', { name: 'consumer', private: true, type: 'module' });
  for (const [moduleResolution, module] of [
    ['bundler', 'esnext'],
    ['node16', 'node16'],
  ]) {
    for (const [file, lib] of /** @type {const} */ ([
      ['page.ts', ['es2022', 'dom', 'dom.iterable']],
      ['server.ts', ['es2022']],
    ])) {
      const project = `${file}-${moduleResolution}.json`;
      const options = {
        target: 'es2022',
        module,
        moduleResolution,
        lib,
        types: [],
        strict: true,
        noEmit: true,
      };
      put(project, { compilerOptions: { ...options, skipLibCheck: false }, files: [file] });
      mustRun(`${file} under ${moduleResolution}`, [
        process.execPath,
        inModules('typescript/bin/tsc'),
        '-p',
        project,
      ]);
    }
  }

  const bundle = async (/** @type {string} */ file, /** @type {'browser' | 'node'} */ platform) => {
    const outfile = join(scratch, `${file}.mjs`);
    const options = /** @type {const} */ ({ bundle: true, format: 'esm', outfile, absWorkingDir: scratch });
    await build({ ...options, platform, entryPoints: [file], logLevel: 'silent' }).catch((error) =>
      must(false, `esbuild: ${error.message}`),
    );
    return outfile;
  };
  const page = readFileSync(await bundle('page.ts', 'browser'), 'utf8');
  must(page.includes('customElements.define('), 'esbuild leaves the tags unregistered.');
  mustRun('server.ts in Node', [process.execPath, await bundle('server.ts', 'node')]);
  mustRun('the command line', [process.execPath, join(installed, 'dist/cli.js'), '--help']);

  put(
    'index.html',
    '<!doctype html><script type="module" src="./page.ts"></script><xxgk-annual-report></xxgk-annual-report>',
  );
  mustRun('vite', [process.execPath, inModules('vite/bin/vite.js'), 'build', '--logLevel=warn']);
  const made = readdirSync(join(scratch, 'dist/assets')).map((name) =>
    readFileSync(join(scratch, 'dist/assets', name), 'utf8'),
  );
  must(
    made.some((code) => code.includes('customElements.define(')),
    'Vite leaves the tags unregistered.',
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const problem of problems) console.log(`  ✗ ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
