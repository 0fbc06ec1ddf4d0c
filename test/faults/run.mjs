// `npm run test:faults`: real faults in real browsers, and whether anything that was typed is lost.
// `npm run test:faults -- F1 F8` runs those faults; `--chromium`, `--firefox` choose browsers; `--short` runs little of
// each; `--sabotage` breaks every write, and succeeds only where each fault that keeps something notices.

import { register } from 'tsx/esm/api';
import { resolve } from 'node:path';
import { buildIfStale } from '../build-if-stale.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = options.filter(
  (option) => !['--chromium', '--firefox', '--short', '--sabotage'].includes(option),
);
if (unknown.length > 0) {
  console.error(`Unknown option ${unknown.join(', ')}.`);
  process.exit(2);
}
const browsers = /** @type {const} */ (['chromium', 'firefox']).filter(
  (name) =>
    options.includes(`--${name}`) || !(options.includes('--chromium') || options.includes('--firefox')),
);

// Our browsers are told by the library that drives them, which then goes on.
for (const [signal, status] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
]))
  process.once(signal, () => setTimeout(() => process.exit(status), 500));

await buildIfStale(root);
register();
const { runFaults } = await import('./run-faults.ts');
const failed = await runFaults({
  names,
  browsers,
  short: options.includes('--short'),
  sabotage: options.includes('--sabotage'),
});
process.exit(failed ? 1 : 0);
