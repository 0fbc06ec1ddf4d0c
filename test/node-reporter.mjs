// Reporter for Node's test runner: one line per file, every failure in full, and counts for the driver (run.mjs).

import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

/** @type {(error: any) => string} */
function told(error) {
  const cause = error?.code === 'ERR_TEST_FAILURE' && error.cause ? error.cause : error;
  if (typeof cause === 'string') return cause;
  return cause?.stack ? `${cause.stack}${cause.cause ? `\n${inspect(cause.cause)}` : ''}` : inspect(cause);
}

/** @type {(text: string) => string} */
const indented = (text) =>
  text
    .split('\n')
    .filter((line) => !/^\s+at .*(\(node:|<anonymous>\)$)/.test(line))
    .map((line) => `      ${line}`)
    .join('\n');

/** @param {AsyncIterable<any>} events */
export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0, empty: /** @type {string[]} */ ([]) };
  /** @type {Map<string, { passed: number, failed: number, skipped: number, ms: number }>} */
  const files = new Map();
  /** @type {string[]} the names around the test that is reported next, outermost first */
  const path = [];

  for await (const { type, data } of events) {
    if (type === 'test:start') {
      path.length = data.nesting;
      path[data.nesting] = data.name;
    } else if (type === 'test:pass' || type === 'test:fail') {
      const name = data.file ? relative(process.cwd(), data.file) : '';
      // Node reports a file as one test when it threw, or when there was no test in it.
      const wholeFile = data.nesting === 0 && data.file && data.name.endsWith(name);
      if (data.details?.type === 'suite' && type === 'test:pass') continue;
      // A suite fails because a test in it did, which is told already, or because of the suite itself.
      const byTest = data.details?.error?.failureType === 'subtestsFailed';
      if (type === 'test:fail' && byTest) continue;
      if (wholeFile && type === 'test:pass') {
        counts.empty.push(name);
        continue;
      }
      const own = files.get(name) ?? { passed: 0, failed: 0, skipped: 0, ms: 0 };
      files.set(name, own);
      own.ms += data.details?.duration_ms ?? 0;
      const kind =
        type === 'test:fail' && data.todo === undefined
          ? 'failed'
          : data.skip !== undefined || data.todo !== undefined
            ? 'skipped'
            : 'passed';
      own[kind] += 1;
      counts[kind] += 1;
      if (kind === 'failed') {
        const names = [...path.slice(0, data.nesting), data.name].join(' > ');
        yield `  ✗ ${name}: ${names}\n${indented(told(data.details?.error))}\n`;
      }
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }

  for (const [name, { passed, failed, skipped, ms }] of [...files].sort()) {
    const rest = `${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
    yield `  ${failed ? '✗' : '✓'} ${name} (${passed}${rest}, ${Math.round(ms)} ms)\n`;
  }
  const target = process.env['TEST_COUNTS_FILE'];
  if (target) writeFileSync(target, JSON.stringify(counts));
}
