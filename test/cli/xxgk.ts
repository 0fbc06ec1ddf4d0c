/** The command line as a process of its own, bundled once for a test file, and files for it in a folder that goes away. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

export const project = fileURLToPath(new URL('../..', import.meta.url));
export const folder = mkdtempSync(join(tmpdir(), 'xxgk-'));
after(() => rmSync(folder, { recursive: true }));

// As the shipped command line is: every run is a process of its own, and loads what reads documents only to read one.
export const program = join(folder, 'cli.mjs');
buildSync({
  entryPoints: [join(project, 'src/cli.ts')],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  splitting: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'error',
});

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Every run is also looked at for a stack trace and for a machine's word. */
export function xxgk(args: readonly string[], input: string | Buffer = ''): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  for (const text of [stdout, stderr])
    assert.doesNotMatch(text, /^\s+at |node:internal|Error:|undefined|\[object/m, text);
  return { status, out: stdout, err: stderr };
}

export function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
  return path;
}
