/** The walk of 100,000 steps as a row: no fault, but the ground on which the others stand. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { ROOT } from '../pages/page-fixture.ts';
import type { Row } from './lane.ts';
import type * as bundled from './random-walk.ts';

declare const randomWalk: typeof bundled;

/** Each of 2,500 steps, which a browser answers before its driver gives up. */
const SEEDS = 40;

export const walked: Row = {
  name: 'walk',
  title: '[D54] edits, undos, pastes, saves, reloads and tab switches at random, against a model',
  keeps: false,
  // Its short form is a test of its own.
  shortIn: [],
  patience: 10,
  async run(lane, tally) {
    const { outputFiles } = await build({
      entryPoints: [join(ROOT, 'test/faults/random-walk.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'randomWalk',
      target: 'es2020',
    });
    const tab = await lane.blank(await lane.commonBrowser());
    await tab.page.addScriptTag({ content: outputFiles[0]!.text });
    const all: bundled.Walked[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1)
      all.push(
        await tab.page.evaluate(
          (one: number, name: string) => randomWalk.walk(2_500, one, name),
          seed,
          `walk-${seed}`,
        ),
      );
    const sum = (member: keyof bundled.Walked): number => all.reduce((total, one) => total + one[member], 0);
    tally.runs = all.length;
    tally.edits = sum('edits') + sum('pastes') + sum('undone');
    tally.acknowledged = tally.edits;
    tally.note(
      `${sum('steps')} steps: ${sum('edits')} edits, ${sum('pastes')} pastes, ${sum('undone')} undone or redone, ` +
        `${sum('saves')} saves, ${sum('reloads')} reloads, ${sum('switches')} switches of the tab; report, draft and payload equal`,
    );
    await tab.page.close();
  },
};
