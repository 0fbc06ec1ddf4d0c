// The project's own text files, read once for the house tests.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Paths from the root with `/`, sorted. */
export function filesUnder(folder: string, ending = ''): string[] {
  return readdirSync(resolve(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      resolve(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path.endsWith(ending))
    .sort();
}

export const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');

export interface Import {
  readonly from: string;
  /** A path from the root, or the name of a package or of one of Node's modules. */
  readonly to: string;
  readonly isOwn: boolean;
  readonly typesOnly: boolean;
}

/** Everything a file imports or exports from elsewhere, types included. Statements start a line; prettier sees to it. */
export function importsOf(from: string): Import[] {
  const statement =
    /^(?:import|export)\s+(type\s)?[^;'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|(?<![\w$.])import\(\s*'([^']+)'/gm;
  return Array.from(read(from).matchAll(statement), ([, type, named, bare, late]) => {
    const specifier = named ?? bare ?? late ?? '';
    const isOwn = specifier.startsWith('.');
    const to = isOwn ? posix.join(dirname(from), specifier) : specifier;
    return { from, to, isOwn, typesOnly: type !== undefined };
  });
}
