// What the benchmarks share: a server without a cache, and figures of several loads.

import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';

/**
 * Serves folders by the first part of the path, and remembers what was asked for.
 * @param {Record<string, string>} folders
 */
export async function serve(folders) {
  const types = {
    html: 'text/html; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
  };
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, place = '', ...rest] = pathname.split('/');
    const folder = folders[place];
    const file = folder === undefined ? '' : resolve(folder, rest.join('/'));
    if (
      folder === undefined ||
      !file.startsWith(folder + sep) ||
      !existsSync(file) ||
      !statSync(file).isFile()
    ) {
      response.writeHead(404).end();
      return;
    }
    asked.push(file);
    response.writeHead(200, {
      'content-type':
        types[/** @type {keyof typeof types} */ (file.split('.').pop())] ?? 'application/octet-stream',
      'cache-control': 'no-store',
      // An isolated page has a clock of 5 µs instead of 100 µs.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  return { server, asked, url: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}` };
}

/** @type {(numbers: number[]) => number} */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** @type {(numbers: number[]) => { median: number, min: number, max: number }} */
export function spread(numbers) {
  return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** @type {(figure: { median: number, min: number, max: number }) => string} */
export function show({ median, min, max }) {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`.padEnd(24);
}

/** @type {(value: number, aim: number | undefined, unit: string) => string} */
export function verdict(value, aim, unit) {
  return aim === undefined ? '–' : `at most ${aim}${unit}: ${value <= aim ? 'met' : 'missed'}`;
}
