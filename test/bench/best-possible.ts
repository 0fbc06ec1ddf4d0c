/**
 * What nobody can beat: a judge that knows how the figures of a report were generated and how slips were put into them,
 * and therefore the exact chance of every repair. What even this judge does not put first cannot be told from the
 * figures. For the benchmark of the diagnosis alone.
 */
import type { Repair } from '../../src/checks/diagnose.ts';
import type { CellId } from '../../src/format/entry.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import type { Cells } from '../fixtures/reports.ts';
import {
  chanceOfCell,
  logChanceOfCells,
  slipsAt,
  type Sheet,
  type Size,
  type Spoilt,
} from '../fixtures/slips.ts';

/** The judge does not know either how many slips there are: each further one is so much less likely. */
const ONE_MORE = 0.1;

/** Where the truth stands among the repairs that were offered: how many are likelier, and how many as likely. */
export function bestPlace(
  spoilt: Spoilt,
  offered: readonly Repair[],
  size: Size,
): { readonly better: number; readonly equal: number } {
  const observed = { ...spoilt.sheet.cells };
  for (const { changes } of spoilt.slips) for (const { cell, from } of changes) observed[cell] = from;
  const chance = (right: ReadonlyMap<CellId, number>): number => {
    const cells: Cells = { ...observed };
    for (const [cell, to] of right) cells[cell] = to;
    // A computed total follows; where it is stated it must be right after the repair, and is.
    const slips = chanceOfSlips(
      { ...spoilt.sheet, cells },
      new Map([...right.keys()].map((id) => [id, observed[id]!])),
    );
    return slips === 0 ? -Infinity : Math.log(slips) + logChanceOfCells(cells, size);
  };
  const truth = chance(spoilt.truth);
  const key = (right: ReadonlyMap<CellId, number>): string =>
    [...right]
      .map(([cell, to]) => `${cell} ${to}`)
      .sort()
      .join();
  const others = new Map<string, number>();
  for (const { changes } of offered) {
    const right = new Map(changes.map(({ cell, to }) => [cell, quantityToNumber(to)]));
    others.set(key(right), chance(right));
  }
  others.delete(key(spoilt.truth));
  let [better, equal] = [0, 0];
  for (const other of others.values()) {
    if (other > truth + 1e-9) better += 1;
    else if (other > truth - 1e-9) equal += 1;
  }
  return { better, equal };
}

/** The chance that slips made these cells of a right report what they are; the likeliest way of grouping them. */
function chanceOfSlips(sheet: Sheet, wrong: ReadonlyMap<CellId, number>): number {
  const atCell = chanceOfCell(sheet);
  const ways = new Map<string, { cells: CellId[]; chance: number }>();
  for (const id of startsOf(sheet, wrong)) {
    for (const { changes, chance } of slipsAt(sheet, id)) {
      if (!changes.every(({ cell, from }) => wrong.get(cell) === from)) continue;
      const cells = changes.map(({ cell }) => cell).sort();
      const way = ways.get(cells.join()) ?? { cells, chance: 0 };
      way.chance += chance * atCell(id);
      ways.set(cells.join(), way);
    }
  }
  const best = (left: readonly CellId[]): number => {
    if (left.length === 0) return 1;
    let chance = 0;
    for (const way of ways.values()) {
      if (!way.cells.includes(left[0]!) || !way.cells.every((cell) => left.includes(cell))) continue;
      chance = Math.max(
        chance,
        ONE_MORE * way.chance * best(left.filter((cell) => !way.cells.includes(cell))),
      );
    }
    return chance;
  };
  return best([...wrong.keys()]);
}

/** Cells at which a slip may have happened that shows in these; a shift can begin at a cell that it leaves as it was. */
function startsOf(sheet: Sheet, wrong: ReadonlyMap<CellId, number>): CellId[] {
  if (wrong.size < 3) return [...wrong.keys()];
  const rows = new Set([...wrong.keys()].map((id) => id.slice(0, id.lastIndexOf('/'))));
  return sheet.format.cells
    .map(({ id }) => id)
    .filter((id) => rows.has(id.slice(0, id.lastIndexOf('/'))) && typeof sheet.cells[id] === 'number');
}
