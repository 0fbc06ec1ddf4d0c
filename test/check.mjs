// `npm run check`: what must hold before anything lands. The tests come last, so that their count is the last line.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** @type {(title: string, command: string[]) => boolean} */
function step(title, [program = '', ...args]) {
  console.log(`\n== ${title}`);
  const start = Date.now();
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(error.message);
  console.log(
    `== ${title}: ${status === 0 ? 'done' : 'FAILED'} in ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

/** @type {(name: string, ...args: string[]) => string[]} */
const tool = (name, ...args) => [process.execPath, resolve(root, 'node_modules', name), ...args];

const formatted = [
  '*.{ts,json,html}',
  '.oxlintrc.json',
  '{src,.build,test,demo}/**/*.{ts,mjs,json,css,html}',
];

/** @type {Array<[string, string[]]>} */
const steps = [
  ['format', tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', ...formatted)],
  ['lint', tool('oxlint/bin/oxlint', 'src', '.build', 'test', 'vite.config.ts')],
  ['types of src', tool('typescript/bin/tsc', '-p', 'tsconfig.json')],
  ['types of test', tool('typescript/bin/tsc', '-p', 'test/tsconfig.json')],
  ['build', tool('vite/bin/vite.js', 'build', '--logLevel=warn')],
  ['what is built', [process.execPath, 'test/check-bundles.mjs']],
  ['what is packed', [process.execPath, 'test/check-package.mjs']],
  ['a little of each fault and host', [process.execPath, 'test/run.mjs', '--faults', '--hosts']],
];

const failed = steps.filter(([title, command]) => !step(title, command)).map(([title]) => title);
console.log(
  `\n== ${failed.length > 0 ? `failed: ${failed.join(', ')}` : 'all but the tests is in order'}\n== npm test -- --landing`,
);

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const { status } = spawnSync(npm, ['test', '--silent', '--', '--landing'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exit(status === 0 && failed.length === 0 ? 0 : 1);
