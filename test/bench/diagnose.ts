/** Third part of `npm run bench`: how often the diagnosis names the cells that are wrong, and how long it takes. */
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { checkReport } from '../../src/checks/check-report.ts';
import { isBlocking } from '../../src/checks/finding.ts';
import { diagnose, type Repair } from '../../src/checks/diagnose.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import { CASE_NAMES, readCase, type Cells } from '../fixtures/reports.ts';
import { chanceOf, generatedCells, spoil, type Spoilt } from '../fixtures/slips.ts';
import type { FormatVersion } from '../../src/format/format.ts';

const RUNS = Number(process.argv[2] ?? 400);

interface Source {
  readonly version: FormatVersion;
  readonly cells: (seed: number) => Cells;
}

const good = CASE_NAMES.map((name) => readCase(name)).filter((one) => one.violations.length === 0);
const whole = good.filter((one) => !('requests/other/natural-person' in one.cells && one.format === '2021'));
const sources: Readonly<Record<string, Source[]>> = {
  published: whole.map((one) => ({ version: one.format, cells: () => ({ ...one.cells }) })),
  small: [{ version: '2021', cells: (seed) => generatedCells(chanceOf(seed * 7 + 1), 'small') }],
  middle: [{ version: '2021', cells: (seed) => generatedCells(chanceOf(seed * 7 + 2), 'middle') }],
  large: [{ version: '2021', cells: (seed) => generatedCells(chanceOf(seed * 7 + 3), 'large') }],
};

function isTruth(repair: Repair, { truth }: Spoilt): boolean {
  return (
    repair.changes.length === truth.size &&
    repair.changes.every((change) => truth.get(change.cell) === quantityToNumber(change.to))
  );
}

/** The slips together break an equation. */
function isSeen({ report }: Spoilt): boolean {
  return checkReport(report, OFFICIAL_RULES.rules).some(isBlocking);
}

function percent(part: number, all: number): string {
  return `${((100 * part) / all).toFixed(1)}%`.padStart(7);
}

console.log(
  `\ndiagnosis: ${RUNS} reports of each kind; cells and values right, as the first, among the first 3, among the first 5\n`,
);
console.log(
  'totals    slips  reports    first  first 3  first 5  slip named  ended early  median ms  p99 ms  worst ms',
);
for (const totals of ['stated', 'computed'] as const) {
  for (const count of [1, 2, 3, 5]) {
    for (const [name, list] of Object.entries(sources)) {
      let [first, third, fifth, named, all, early, unseen] = [0, 0, 0, 0, 0, 0, 0];
      const times: number[] = [];
      for (let seed = 1; seed <= RUNS; seed += 1) {
        const source = list[seed % list.length]!;
        const chance = chanceOf(seed * 31 + count);
        let spoilt = spoil(source.cells(seed), source.version, count, chance, totals);
        // Computed totals follow a slip that keeps the sum of its column: nothing shows it.
        while (!isSeen(spoilt)) {
          unseen += 1;
          spoilt = spoil(source.cells(seed), source.version, count, chance, totals);
        }
        const start = performance.now();
        const { repairs, complete } = diagnose(spoilt.report, OFFICIAL_RULES.rules);
        times.push(performance.now() - start);
        if (!complete) early += 1;
        const place = repairs.findIndex((repair) => isTruth(repair, spoilt));
        if (place === 0) first += 1;
        if (place >= 0 && place < 3) third += 1;
        if (place >= 0 && place < 5) fifth += 1;
        for (const slip of spoilt.slips) {
          all += 1;
          const found = repairs[Math.max(place, 0)]?.changes.find(
            (change) => change.cell === slip.changes[0]!.cell,
          );
          if (found?.slip === slip.slip) named += 1;
        }
      }
      times.sort((a, b) => a - b);
      const at = (share: number): string =>
        times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(2);
      console.log(
        `${totals.padEnd(9)} ${String(count).padStart(5)}  ${name.padEnd(9)}${percent(first, RUNS)}  ${percent(third, RUNS)}  ${percent(fifth, RUNS)}  ${percent(named, all).padStart(10)}  ${String(early).padStart(11)}  ${at(0.5).padStart(9)}  ${at(0.99).padStart(6)}  ${at(1).padStart(8)}${unseen === 0 ? '' : `  (${unseen} drawn that break nothing)`}`,
      );
    }
  }
}
let accused = 0;
for (const one of good)
  for (const totals of ['stated', 'computed'] as const) {
    const spoilt = spoil(one.cells, one.format, 0, chanceOf(1), totals);
    accused += diagnose(spoilt.report, OFFICIAL_RULES.rules).repairs.length;
  }
console.log(`\n${good.length * 2} correct reports: ${accused} repairs`);
