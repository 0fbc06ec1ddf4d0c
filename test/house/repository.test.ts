// What is committed installs anywhere, carries no key and names no machine.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { filesUnder, read, ROOT } from './sources.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;

/** Committed files, or all of ours where there is no repository (an unpacked archive). */
function committed(): string[] {
  if (!existsSync(resolve(ROOT, '.git')))
    return [...filesUnder('src'), ...filesUnder('test'), ...filesUnder('demo')];
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return listed.filter((path) => path !== '' && existsSync(resolve(ROOT, path)));
}

const texts = committed().filter((path) =>
  /\.(ts|mjs|js|json|md|html|css|yml|yaml)$|^\.[^/]+$|^\.ci\//.test(path),
);

describe('the repository', () => {
  it('pins every dependency', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    assert.deepEqual(loose, []);
  });

  it('locks no dependency to a host', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> };
    const resolved = Object.values(lock.packages).flatMap(({ resolved: from }) => from ?? []);
    assert.deepEqual(
      resolved.filter((from) => from.includes('://')),
      [],
    );
  });

  it('downloads no browser while it installs', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, object> };
    const downloading = ['puppeteer', 'playwright', 'playwright-core'].filter(
      (name) => `node_modules/${name}` in lock.packages,
    );
    assert.deepEqual(downloading, []);
  });

  it('carries no key of the spreadsheet grid; the development server passes the evaluation key', () => {
    const key = ['non', 'commercial', 'and', 'evaluation'].join('-');
    assert.deepEqual(
      texts.filter((path) => !path.startsWith('test/') && read(path).includes(key)),
      ['src/standalone.ts'],
    );
    assert.match(read('src/standalone.ts'), new RegExp(`^if \\(import\\.meta\\.env\\.DEV\\).*'${key}'`, 'm'));
  });

  it('names no folder of a machine', () => {
    const folder = /(?<![\w.~/-])\/(?:home|root|work|Users)\/\w/;
    assert.deepEqual(
      texts.filter((path) => path !== 'package-lock.json' && folder.test(read(path))),
      [],
    );
  });

  it('has the commands that the README tells of, and no more', () => {
    assert.deepEqual(Object.keys(manifest.scripts).sort(), [
      'bench',
      'build',
      'check',
      'start',
      'test',
      'test:faults',
      'test:hosts',
    ]);
  });
});
