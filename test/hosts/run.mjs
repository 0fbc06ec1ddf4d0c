// `npm run test:hosts`: the element in real hosts, booted here and driven by keyboard and mouse; what is stored is
// compared byte for byte. `npm run test:hosts -- plain-form wordpress` runs those hosts; `--short` runs little, and only
// hosts that need nothing from outside; `--chromium`, `--firefox` choose browsers.

import { register } from 'tsx/esm/api';
import { resolve } from 'node:path';
import { buildIfStale } from '../build-if-stale.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = options.filter((option) => !['--chromium', '--firefox', '--short'].includes(option));
if (unknown.length > 0) {
  console.error(`Unknown option ${unknown.join(', ')}.`);
  process.exit(2);
}
const browsers = /** @type {const} */ (['chromium', 'firefox']).filter(
  (name) =>
    options.includes(`--${name}`) || !(options.includes('--chromium') || options.includes('--firefox')),
);

await buildIfStale(root);
register();
const { endEverything, runHosts } = await import('./run-hosts.ts');
for (const [signal, status] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
]))
  process.once(signal, () => void endEverything().finally(() => process.exit(status)));
const failed = await runHosts({ names, browsers, short: options.includes('--short') });
process.exit(failed ? 1 : 0);
