/** Runs the hosts asked for, one after the other, and says of each in one line what came of it. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from '../browser/find-browsers.mjs';
import { ROOT, TestBrowser } from '../pages/page-fixture.ts';
import { CannotRun, type Host, type HostResult, type HostTools } from './host.ts';
import { freePort, installFromDebian, installFromNpm } from './provide.ts';
import { endServers } from './serve.ts';

export interface HostsOptions {
  /** Names of hosts; none are all of them. */
  readonly names: readonly string[];
  readonly browsers: readonly BrowserName[];
  /** Little of each, and only what needs nothing from outside. */
  readonly short: boolean;
}

/** What a run may take before it is given up, in minutes. */
const PATIENCE = { short: 2, long: 40 };

const open = new Set<TestBrowser>();

/** Ends browsers and servers: after each host, and where the run is broken off. */
export async function endEverything(): Promise<void> {
  await Promise.all([...open].map((browser) => browser.close().catch(() => undefined)));
  open.clear();
  await endServers();
}

/** True when something failed, or could not be shown. The counts go to the file that `TEST_COUNTS_FILE` names. */
export async function runHosts({ names, browsers, short }: HostsOptions): Promise<boolean> {
  const known = readdirSync(join(ROOT, 'demo/hosts'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No such host: ${unknown.join(', ')}. There are ${known.join(', ')}.`);
  const counts = { passed: 0, failed: 0, skipped: 0, empty: [] };
  let notRun = 0;
  for (const name of names.length > 0 ? names : known) {
    const host = await hostOf(name);
    // The short form is what `npm test` runs on any machine; the others are named when they are asked for.
    if (short && host.needs !== 'nothing' && !names.includes(name)) continue;
    const outcome = await runHost(host, browsers, short);
    console.log(outcome.line);
    if (outcome.verdict === 'not run') notRun += 1;
    else counts[outcome.verdict] += 1;
  }
  // What could not be run is not proved: the command fails, and says why.
  counts.failed += notRun;
  const file = process.env['TEST_COUNTS_FILE'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  console.log(
    `${counts.passed} passed, ${counts.failed} failed` + (notRun > 0 ? ` (${notRun} could not run)` : ''),
  );
  return counts.failed > 0 || counts.passed === 0;
}

/** A folder under demo/hosts/ without a test of its own is a promise without a proof. */
async function hostOf(name: string): Promise<Host> {
  const path = join(import.meta.dirname, `${name}.ts`);
  if (!existsSync(path)) throw new Error(`demo/hosts/${name} has no test/hosts/${name}.ts.`);
  const { host } = (await import(path)) as { host: Host };
  if (host.name !== name) throw new Error(`test/hosts/${name}.ts calls its host ${host.name}.`);
  return host;
}

export interface Outcome {
  readonly verdict: 'passed' | 'failed' | 'not run';
  readonly line: string;
}

export async function runHost(
  host: Host,
  browsers: readonly BrowserName[],
  short: boolean,
): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), `host-${host.name}-`));
  const log = (line: string): void => console.error(`  ${host.name}: ${line}`);
  const tools: HostTools = {
    browsers,
    short,
    scratch,
    dist: join(ROOT, 'dist'),
    browser: (name = browsers[0]!) => {
      const browser = new TestBrowser(name);
      open.add(browser);
      return browser;
    },
    install: {
      npm: (packages, { alone = false } = {}) => installFromNpm(packages, alone, log),
      debian: (packages) => installFromDebian(packages, log),
    },
    freePort,
    log,
  };
  const start = Date.now();
  const say = (verdict: Outcome['verdict'], ...parts: string[]): Outcome => ({
    verdict,
    line: `${host.name}: ${[verdict, ...parts, `${((Date.now() - start) / 1000).toFixed(0)} s`].join('; ')}`,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const minutes = short ? PATIENCE.short : PATIENCE.long;
    const hung = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${minutes} min`)), minutes * 60_000);
    });
    const result = await Promise.race([host.run(tools), hung]);
    return say(
      result.failed.length > 0 || result.passed.length === 0 ? 'failed' : 'passed',
      ...partsOf(result),
    );
  } catch (error) {
    const words = oneLine(error instanceof Error ? error.message : String(error));
    return error instanceof CannotRun ? say('not run', `needs ${host.needs}`, words) : say('failed', words);
  } finally {
    clearTimeout(timer);
    await endEverything();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

function partsOf({ passed, failed, usableAfter, notes }: HostResult): string[] {
  const checked = passed.map(({ what, milliseconds }) => {
    const words = what.replace(/^\[[^\]]*\] /, '');
    return milliseconds === undefined ? words : `${words} (${milliseconds.toFixed(0)} ms)`;
  });
  return [
    ...failed.map((sentence) => `FAILED ${oneLine(sentence.replace(/^\[[^\]]*\] /, ''))}`),
    Number.isNaN(usableAfter)
      ? 'time from script tag to usable not measured'
      : `usable ${usableAfter.toFixed(0)} ms after the script tag`,
    ...(passed.length > 0 ? [`checked: ${checked.join(', ')}`] : ['nothing was checked']),
    ...notes,
  ];
}
