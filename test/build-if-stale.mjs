// Builds what is shipped, unless dist/ is newer than everything it is made of.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const sources = [
  'src',
  '.build',
  'demo/samples',
  'src/workplace/workplace.css',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** @type {(path: string) => number} */
function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @param {string} root */
export async function buildIfStale(root) {
  // Written last by the build.
  const last = resolve(root, 'dist/integrity.json');
  const built = existsSync(last) ? statSync(last).mtimeMs : 0;
  if (built > Math.max(...sources.map((source) => newest(resolve(root, source))))) return;
  console.log('  building dist/');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`);
}
