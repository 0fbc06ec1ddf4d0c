/** Runs the faults asked for, each browser in a lane of its own, and says of each in one line what came of it. */
import { writeFileSync } from 'node:fs';
import type { BrowserName } from '../browser/find-browsers.mjs';
import { serveSite } from '../pages/page-fixture.ts';
import { hostPage, twoClerks, twoTabs } from './clerks.ts';
import { crashed, frozen, killed } from './kills.ts';
import { Lane, Tally, type Row } from './lane.ts';
import { left } from './leaving.ts';
import { clock, refused, strangeRecords } from './records.ts';
import { cleared, damaged, diskFull, newerVersion, quota, stuck } from './storage.ts';
import { walked } from './walk.ts';

const ROWS: readonly Row[] = [
  killed,
  left,
  crashed,
  twoTabs,
  newerVersion,
  cleared,
  quota,
  diskFull,
  damaged,
  strangeRecords,
  clock,
  refused,
  frozen,
  twoClerks,
  stuck,
  walked,
];

export interface FaultsOptions {
  /** Names of faults; none are all of them. */
  readonly names: readonly string[];
  readonly browsers: readonly BrowserName[];
  readonly short: boolean;
  readonly sabotage: boolean;
}

/** True when something failed. The counts go to the file that `TEST_COUNTS_FILE` names. */
export async function runFaults({ names, browsers, short, sabotage }: FaultsOptions): Promise<boolean> {
  const unknown = names.filter((name) => ROWS.every((row) => row.name !== name));
  if (unknown.length > 0) throw new Error(`No such fault: ${unknown.join(', ')}.`);
  const rows = ROWS.filter(
    (row) => (names.length === 0 || names.includes(row.name)) && (!sabotage || row.keeps),
  );
  const counts = { passed: 0, failed: 0, skipped: 0, empty: [] };
  await Promise.all(
    browsers.map(async (name) => {
      const site = await serveSite([], {}, (path) => {
        if (path === '/clear') return { text: '', headers: { 'clear-site-data': '"storage"' } };
        return path === '/host' ? { text: hostPage(lane.hostValue) } : undefined;
      });
      const lane = new Lane(name, site, short || sabotage, sabotage);
      for (const row of rows) {
        if (lane.short && row.shortIn?.includes(name) === false) continue;
        if (await runRow(row, lane)) counts.failed += 1;
        else counts.passed += 1;
      }
      await lane.tidy({ common: true });
      await site.close();
    }),
  );
  const file = process.env['TEST_COUNTS_FILE'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed > 0 || counts.passed === 0;
}

/** True when it failed; in sabotage, when the loss was not noticed [D97]. */
async function runRow(row: Row, lane: Lane): Promise<boolean> {
  const tally = new Tally();
  const start = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const hung = new Promise<never>((_, reject) => {
      // A busy machine takes its time; what hangs takes for ever.
      const minutes = lane.short ? 3 : (row.patience ?? 5) * 4;
      timer = setTimeout(() => reject(new Error(`not done after ${minutes} min`)), minutes * 60_000);
    });
    await Promise.race([row.run(lane, tally), hung]);
    await lane.tidy();
  } catch (error) {
    tally.wrong.push(error instanceof Error ? error.message : String(error));
    await lane.discard().catch(() => undefined);
  } finally {
    clearTimeout(timer);
  }
  const failed = lane.sabotage ? tally.acknowledgedLost === 0 : tally.failed;
  const verdict = lane.sabotage ? (failed ? 'NOT NOTICED' : 'noticed') : failed ? 'FAILED' : 'ok';
  const seconds = ((Date.now() - start) / 1000).toFixed(0);
  console.log(`${row.name} ${lane.browserName}: ${verdict}; ${tally.line}; ${seconds} s`);
  return failed;
}
