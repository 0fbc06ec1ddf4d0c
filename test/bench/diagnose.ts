/**
 * Third part of `npm run bench`: how often the diagnosis names the cells that are wrong, and how long it takes. Beside
 * it how often anybody could, where the figures were generated and that is known.
 *
 * `node --import tsx test/bench/diagnose.ts [reports of each kind] [first seed] [kind]`: what is adjusted is adjusted with the
 * seeds from 1 on, what is reported comes from others. `SHOW=3` prints each report of which three repairs or more were
 * thought likelier than the truth.
 */
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { checkReport } from '../../src/checks/check-report.ts';
import { isBlocking } from '../../src/checks/finding.ts';
import { diagnose, type Diagnosis, type Repair } from '../../src/checks/diagnose.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { CASE_NAMES, publishedReport, readCase, type Cells } from '../fixtures/reports.ts';
import {
  chanceOf,
  generatedCells,
  lastYearOf,
  spoil,
  type Injected,
  type Size,
  type Spoilt,
} from '../fixtures/slips.ts';
import { bestPlace } from './best-possible.ts';

const RUNS = Number(process.argv[2] ?? 200);
const FIRST_SEED = Number(process.argv[3] ?? 1_000_001);
/** Only kinds whose name contains this: `stated 1 small`, `computed 2 large last`. */
const ONLY = process.argv[4] ?? '';

/** Milliseconds of this program's own: others on the machine change neither what is found in time nor the time. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface Source {
  readonly version: FormatVersion;
  readonly cells: (seed: number) => Cells;
  readonly last?: (cells: Cells, seed: number) => Cells;
  readonly size?: Size;
}

const { rules } = OFFICIAL_RULES;
const good = CASE_NAMES.map((name) => readCase(name)).filter((one) => one.violations.length === 0);
const whole = good.filter((one) => !('requests/other/natural-person' in one.cells && one.format === '2021'));
const generated = (size: Size, stream: number): Source => ({
  version: '2021',
  cells: (seed) => generatedCells(chanceOf(seed * 7 + stream), size),
  last: (cells, seed) => lastYearOf(cells, chanceOf(seed * 7 + stream + 3)),
  size,
});
const sources: Readonly<Record<string, Source[]>> = {
  published: whole.map((one) => {
    const last = whole.find(
      (other) => other.organization === one.organization && other.year === one.year - 1,
    );
    return {
      version: one.format,
      cells: () => ({ ...one.cells }),
      ...(last?.format === one.format ? { last: () => ({ ...last.cells }) } : {}),
    };
  }),
  small: [generated('small', 1)],
  middle: [generated('middle', 2)],
  large: [generated('large', 3)],
};

function isTruth(repair: Repair, { truth }: Spoilt): boolean {
  return (
    repair.changes.length === truth.size &&
    repair.changes.every((change) => truth.get(change.cell) === quantityToNumber(change.to))
  );
}

/** The slips together break an equation. */
function isSeen({ report }: Spoilt): boolean {
  return checkReport(report, rules).some(isBlocking);
}

/** Places among equals are a matter of luck: how likely the truth is to be among the first so many. */
function chanceOfBeing(among: number, better: number, equal: number): number {
  return Math.min(1, Math.max(0, (among - better) / (equal + 1)));
}

function placeOf({ repairs }: Diagnosis, spoilt: Spoilt): { better: number; equal: number } {
  const own = repairs.find((repair) => isTruth(repair, spoilt));
  if (own === undefined) return { better: Infinity, equal: 0 };
  const near = repairs.filter((repair) => Math.abs(repair.cost - own.cost) < 1e-9).length - 1;
  return { better: repairs.filter((repair) => repair.cost < own.cost - 1e-9).length, equal: near };
}

/** The slip has the name that was given to it, or one that says the same of these numbers. */
function isNamed(slip: Injected, { repairs }: Diagnosis, spoilt: Spoilt): boolean {
  const repair = repairs.find((one) => isTruth(one, spoilt));
  const name = repair?.changes.find((change) => change.cell === slip.changes[0]!.cell)?.slip;
  const { from, to } = slip.changes[0]!;
  return (
    name !== undefined &&
    (name === slip.slip ||
      (slip.changes.length === 1 &&
        ((name === 'left-at-zero' && from === 0) ||
          (name === 'should-be-zero' && to === 0) ||
          (name === 'times-ten' && (from === to * 10 || to === from * 10)) ||
          name === 'dropped-digit' ||
          name === 'doubled-digit' ||
          name === 'total-not-carried' ||
          name === 'copied-from-last-year')))
  );
}

const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(1)}%`.padStart(8);

const shares = new Map<string, { reached: [number, number, number]; possible: [number, number, number] }>();

interface Sums {
  first: number;
  third: number;
  fifth: number;
  readonly best: [number, number, number];
  named: number;
  slips: number;
  sure: number;
  sureAndRight: number;
  early: number;
  unseen: number;
}

console.log(
  `\ndiagnosis: ${RUNS} reports of each kind from seed ${FIRST_SEED} on; cells and values right, as the first, among the first 3, among the first 5;\nin brackets the most that anybody could reach who knows how the reports and the slips were made (generous for many\nslips: the truth is compared only with repairs that were found)\n`,
);
console.log(
  `totals    last year  slips  reports             first            first 3            first 5  slip named  not tied, of these right  ended early  median ms  p99 ms  worst ms`,
);
for (const [totals, withLast] of [
  ['stated', false],
  ['computed', false],
  ['computed', true],
  ['stated', true],
] as const) {
  for (const count of withLast ? [1, 2] : [1, 2, 3, 5]) {
    for (const [name, all] of Object.entries(sources)) {
      if (!`${totals} ${count} ${name}${withLast ? ' last' : ''}`.includes(ONLY)) continue;
      const list = withLast ? all.filter((source) => source.last !== undefined) : all;
      const sums: Sums = {
        first: 0,
        third: 0,
        fifth: 0,
        best: [0, 0, 0],
        named: 0,
        slips: 0,
        sure: 0,
        sureAndRight: 0,
        early: 0,
        unseen: 0,
      };
      const times: number[] = [];
      for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed += 1) {
        const source = list[seed % list.length]!;
        const chance = chanceOf(seed * 31 + count);
        const cells = source.cells(seed);
        const last = withLast ? source.last?.(cells, seed) : undefined;
        let spoilt = spoil(cells, source.version, count, chance, totals, last);
        // Computed totals follow a slip that keeps the sum of its column: nothing shows it.
        while (!isSeen(spoilt)) {
          sums.unseen += 1;
          spoilt = spoil(cells, source.version, count, chance, totals, last);
        }
        const previous = last === undefined ? undefined : publishedReport(last, source.version);
        const start = now();
        const diagnosis = diagnose(spoilt.report, rules, { previous, now });
        times.push(now() - start);
        if (!diagnosis.complete) sums.early += 1;
        const { better, equal } = placeOf(diagnosis, spoilt);
        sums.first += chanceOfBeing(1, better, equal);
        sums.third += chanceOfBeing(3, better, equal);
        sums.fifth += chanceOfBeing(5, better, equal);
        if (diagnosis.tied === 1) {
          sums.sure += 1;
          if (better === 0) sums.sureAndRight += 1;
        }
        for (const slip of spoilt.slips) {
          sums.slips += 1;
          if (isNamed(slip, diagnosis, spoilt)) sums.named += 1;
        }
        if (better >= Number(process.env['SHOW'] ?? NaN)) show(seed, diagnosis, spoilt);
        if (source.size === undefined || withLast) continue;
        const offered = diagnose(spoilt.report, rules, { most: 100, limit: 200 });
        const best = bestPlace(spoilt, offered.repairs, source.size);
        [1, 3, 5].forEach((among, index) => {
          sums.best[index]! += chanceOfBeing(among, best.better, best.equal);
        });
      }
      if (list[0]!.size !== undefined && !withLast) {
        const share = shares.get(`${totals} ${count}`) ?? { reached: [0, 0, 0], possible: [0, 0, 0] };
        shares.set(`${totals} ${count}`, share);
        [sums.first, sums.third, sums.fifth].forEach((part, index) => {
          share.reached[index]! += part;
          share.possible[index]! += sums.best[index]!;
        });
      }
      times.sort((a, b) => a - b);
      const at = (share: number): string =>
        times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(2);
      const reached = [sums.first, sums.third, sums.fifth].map(
        (part, index) =>
          percent(part, RUNS) +
          (list[0]!.size === undefined || withLast
            ? ' '.repeat(11)
            : ` (${percent(sums.best[index]!, RUNS)})`),
      );
      console.log(
        `${totals.padEnd(9)} ${(withLast ? 'given' : '-').padStart(9)}  ${String(count).padStart(5)}  ${name.padEnd(9)}${reached.join('')}  ${percent(sums.named, sums.slips)}  ${percent(sums.sure, RUNS)} ${percent(sums.sureAndRight, sums.sure)}  ${String(sums.early).padStart(6)}  ${at(0.5).padStart(9)}  ${at(0.99).padStart(6)}  ${at(1).padStart(8)}${sums.unseen === 0 ? '' : `  (${sums.unseen} drawn that break nothing)`}`,
      );
    }
  }
}

function show(seed: number, { repairs }: Diagnosis, spoilt: Spoilt): void {
  console.log(
    seed,
    spoilt.slips
      .map((one) => [one.slip, ...one.changes.map((c) => `${c.cell} ${c.from}>${c.to}`)].join(' '))
      .join(' | '),
  );
  for (const repair of repairs.slice(0, 4))
    console.log(
      '   ',
      isTruth(repair, spoilt) ? '*' : ' ',
      repair.cost.toFixed(3),
      repair.changes
        .map((c) => `${c.cell} ${quantityToNumber(c.from)}>${quantityToNumber(c.to)} ${c.slip}`)
        .join(' | '),
    );
}

console.log('\nshare of what is possible, generated reports, no last year:');
for (const [kind, { reached, possible }] of shares)
  console.log(
    `  ${kind.padEnd(11)} first ${percent(reached[0], possible[0])}  first 3 ${percent(reached[1], possible[1])}  first 5 ${percent(reached[2], possible[2])}`,
  );

let accused = 0;
for (const one of good)
  for (const totals of ['stated', 'computed'] as const) {
    const spoilt = spoil(one.cells, one.format, 0, chanceOf(1), totals);
    accused += diagnose(spoilt.report, rules).repairs.length;
  }
console.log(`\n${good.length * 2} correct reports: ${accused} repairs`);
