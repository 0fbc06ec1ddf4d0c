/** The diagnosis against reports whose slips are known. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkReport } from '../../src/checks/check-report.ts';
import type { CheckedReport } from '../../src/checks/checked-report.ts';
import { diagnose, type Diagnosis, type Repair } from '../../src/checks/diagnose.ts';
import { isBlocking } from '../../src/checks/finding.ts';
import type { Rule } from '../../src/checks/rule.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { repairSentenceZh, tieSentenceZh } from '../../src/checks/slip-words-zh.ts';
import { slipBetween } from '../../src/checks/slips.ts';
import type { CellId, Entry } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import {
  CASE_NAMES,
  cityCells,
  editedReport,
  number,
  publishedReport,
  readCase,
  type Cells,
} from '../fixtures/reports.ts';
import { chanceOf, generatedCells, spoil } from '../fixtures/slips.ts';

const { rules } = OFFICIAL_RULES;
const look = (report: CheckedReport, options = {}): Diagnosis =>
  diagnose(report, rules, { limit: 5_000, ...options });
const plain = (repair: Repair | undefined): string[] =>
  (repair?.changes ?? []).map(
    ({ cell, from, to, slip }) => `${cell} ${quantityToNumber(from)}→${quantityToNumber(to)} ${slip}`,
  );
/** A county's figures, balanced, with every total stated. */
const balanced = (): Cells => generatedCells(chanceOf(11), 'middle');
const broken = (change: Cells, base = balanced()): CheckedReport => publishedReport({ ...base, ...change });
const at = (row: string, column = 'natural-person'): CellId => `requests/${row}/${column}`;

/** The report with a repair carried out. */
function repaired(report: CheckedReport, repair: Repair): CheckedReport {
  const entries = new Map<CellId, Entry>(report.entries);
  const reported = new Map<CellId, Entry>(report.reported);
  for (const { cell, to } of repair.changes)
    (report.format.cellsById.get(cell)!.operands === undefined ? entries : reported).set(
      cell,
      number(quantityToNumber(to)),
    );
  return { ...report, entries, reported };
}

describe('diagnosis', () => {
  test('[C25] a report without fault has nothing to repair, whether its totals are stated or computed', () => {
    for (const name of CASE_NAMES) {
      const { cells, format, violations } = readCase(name);
      if (violations.length > 0) continue;
      for (const report of [publishedReport(cells, format), editedReport(cells, format)])
        assert.deepEqual(look(report), { repairs: [], tied: 0, complete: true }, name);
    }
  });

  test('[C26] one slip in 表三 of a report with stated totals is named, cell and value, as the only one', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const spoilt = spoil(
        generatedCells(chanceOf(seed), 'middle'),
        '2021',
        1,
        chanceOf(seed * 13),
        'stated',
      );
      if (spoilt.slips[0]!.changes.length > 1) continue;
      const { cell, to } = spoilt.slips[0]!.changes[0]!;
      if (!cell.startsWith('requests/')) continue;
      const { repairs, tied } = look(spoilt.report);
      assert.deepEqual([repairs[0]!.changes.length, repairs[0]!.changes[0]!.cell], [1, cell], `seed ${seed}`);
      assert.equal(quantityToNumber(repairs[0]!.changes[0]!.to), to);
      assert.equal(tied, 1);
    }
  });

  test('[C26] two and three slips in 表三 are named first in nearly all reports', () => {
    for (const [count, share] of [
      [2, 0.93],
      [3, 0.85],
    ] as const) {
      let first = 0;
      let all = 0;
      for (let seed = 1; seed <= 60; seed += 1) {
        const spoilt = spoil(
          generatedCells(chanceOf(seed), 'middle'),
          '2021',
          count,
          chanceOf(seed * 17),
          'stated',
        );
        // The five cells of one sum in 表四 can hardly be told apart.
        if ([...spoilt.truth.keys()].some((cell) => !cell.startsWith('requests/'))) continue;
        all += 1;
        const [best] = look(spoilt.report).repairs;
        const isTruth =
          best?.changes.length === spoilt.truth.size &&
          best.changes.every((change) => spoilt.truth.get(change.cell) === quantityToNumber(change.to));
        if (isTruth) first += 1;
      }
      assert.ok(all > 30 && first / all >= share, `${first} of ${all} with ${count} slips`);
    }
  });

  test('[C27] every repair that is offered makes every equation hold', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      for (const totals of ['stated', 'computed'] as const) {
        const { report } = spoil(
          generatedCells(chanceOf(seed), 'small'),
          '2021',
          1 + (seed % 3),
          chanceOf(seed * 19),
          totals,
        );
        for (const repair of look(report, { limit: 200 }).repairs) {
          const after = checkReport(repaired(report, repair), rules).filter(isBlocking);
          assert.deepEqual(after, [], `seed ${seed}: ${plain(repair).join(' & ')}`);
        }
      }
    }
  });

  describe('cases of the catalogue', () => {
    const base = balanced();
    const [a, b] = ['granted', 'denied.internal-affairs'];

    test('[C28] T3-08: one row and one column off by the same amount name the cell where they cross', () => {
      const right = base[at(a)]! + 112;
      const cells = { ...base, [at(a)]: right };
      for (const cell of [
        at(a, 'total'),
        at('total'),
        at('total', 'total'),
        at('received'),
        at('received', 'total'),
      ])
        cells[cell] = base[cell]! + 112;
      assert.deepEqual(look(publishedReport(cells)).repairs, []);
      const { repairs, tied } = look(broken({ [at(a)]: right - 9 }, cells));
      assert.equal(repairs[0]!.changes.length, 1);
      assert.equal(repairs[0]!.changes[0]!.cell, at(a));
      assert.deepEqual([...repairs[0]!.rules].sort(), ['T3-02', 'T3-03']);
      assert.equal(tied, 1);
    });

    test('[C28] T3-09, T3-10: a wrong total of a row, and of a column, is the total’s own fault', () => {
      const row = look(broken({ [at(a, 'total')]: base[at(a, 'total')]! + 7 }));
      assert.equal(row.repairs[0]!.changes[0]!.cell, at(a, 'total'));
      const column = look(broken({ [at('total')]: base[at('total')]! + 7 }));
      assert.equal(column.repairs[0]!.changes[0]!.cell, at('total'));
    });

    test('[C28] T3-11: a number in the row below is put back in one step', () => {
      const cells = { ...base };
      const [up, down] = [at('not-processed.petition', 'social'), at('not-processed.repeated', 'social')];
      // The upper one holds 37 and the lower none.
      const shift = (cell: CellId, value: number): void => {
        const by = value - cells[cell]!;
        const row = cell.split('/')[1]!;
        for (const other of [
          cell,
          at(row, 'total'),
          at('total', 'social'),
          at('total', 'total'),
          at('received', 'social'),
          at('received', 'total'),
        ])
          cells[other] = cells[other]! + by;
      };
      shift(up, 37);
      shift(down, 0);
      assert.deepEqual(look(publishedReport(cells)).repairs, []);
      const { repairs } = look(broken({ [up]: 0, [down]: 37 }, cells));
      assert.deepEqual(
        plain(repairs[0]).sort(),
        [`${up} 0→37 neighbouring-cell`, `${down} 37→0 neighbouring-cell`].sort(),
      );
    });

    test('[C28] T3-07: a request in the wrong column is found in the right two columns, and the tie is said', () => {
      const right = cityCells();
      const cells = editedReport({
        ...right,
        [at('received')]: right[at('received')]! - 1,
        [at('received', 'other')]: right[at('received', 'other')]! + 1,
      });
      const diagnosis = look(cells);
      for (const repair of diagnosis.repairs) {
        const columns = repair.changes.map((change) => change.cell.split('/')[2]).sort();
        assert.deepEqual(columns, ['natural-person', 'other']);
      }
      assert.ok(diagnosis.tied > 1);
      assert.match(tieSentenceZh(diagnosis), /同样可能/);
    });

    test('[C28] T3-12, V-11: transposed digits and a split number are called so', () => {
      assert.equal(slipBetween(121, 112), 'transposed-digits');
      const cells = { ...base };
      const id = at(b, 'enterprise');
      const by = 10 - cells[id]!;
      for (const cell of [
        id,
        at(b, 'total'),
        at('total', 'enterprise'),
        at('total', 'total'),
        at('received', 'enterprise'),
        at('received', 'total'),
      ])
        cells[cell] = cells[cell]! + by;
      const next = at(b, 'research');
      const drop = -cells[next]!;
      for (const cell of [
        next,
        at(b, 'total'),
        at('total', 'research'),
        at('total', 'total'),
        at('received', 'research'),
        at('received', 'total'),
      ])
        cells[cell] = cells[cell]! + drop;
      assert.deepEqual(look(publishedReport(cells)).repairs, []);
      assert.deepEqual(plain(look(broken({ [id]: 1 }, cells)).repairs[0]), [`${id} 1→10 times-ten`]);
    });

    test('[C28] published totals that are wrong are repaired to their sums', () => {
      const { cells, format } = readCase('003');
      const [best] = look(publishedReport(cells, format)).repairs;
      assert.deepEqual(plain(best), [
        'proceedings/review/total 0→11 total-not-carried',
        'proceedings/litigation-after-review/total 0→5 total-not-carried',
      ]);
    });

    test('[C28] a row that stands one place off is one slip', () => {
      const cells = { ...base };
      const row = 'partly-granted';
      const columns = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'];
      const values = [41, 7, 23, 5, 16, 0];
      columns.forEach((column, index) => {
        const by = values[index]! - cells[at(row, column)]!;
        for (const cell of [
          at(row, column),
          at(row, 'total'),
          at('total', column),
          at('total', 'total'),
          at('received', column),
          at('received', 'total'),
        ])
          cells[cell] = cells[cell]! + by;
      });
      assert.deepEqual(look(publishedReport(cells)).repairs, []);
      const shifted = Object.fromEntries(
        columns.map((column, index) => [at(row, column), index === 0 ? 0 : values[index - 1]!]),
      );
      const [best] = look(broken(shifted, cells)).repairs;
      assert.equal(best!.changes.length, 6);
      assert.ok(best!.changes.every((change) => change.slip === 'shifted'));
      assert.deepEqual(
        best!.changes.map((change) => [change.cell, quantityToNumber(change.to)]).sort(),
        columns.map((column, index) => [at(row, column), values[index]]).sort(),
      );
    });
  });

  /** Figures with these cells set, and all their totals with them. */
  function withCells(change: Readonly<Record<CellId, number>>, base = balanced()): Cells {
    const cells: Cells = { ...base, ...change };
    for (const total of FORMATS['2021'].derived.filter(
      (cell) => cell.row === 'total' && cell.column !== 'total',
    )) {
      const id = (row: string): CellId => `requests/${row}/${total.column}`;
      if (!(id('received') in cells)) continue;
      const handled = total.operands!.reduce((sum, cell) => sum + cells[cell]!, 0);
      cells[id('received')] = handled + cells[id('carried-forward')]! - cells[id('carried-over')]!;
    }
    for (const cell of FORMATS['2021'].derived)
      cells[cell.id] = cell.operands!.reduce((sum, operand) => sum + cells[operand]!, 0);
    return cells;
  }

  test('[C41] the likelier slip, and the more usual value, come first; a zero is the last to be blamed', () => {
    const row = (values: readonly number[]): Record<CellId, number> =>
      Object.fromEntries(
        ['upheld', 'corrected', 'other', 'pending', 'total'].map((column, index) => [
          `proceedings/review/${column}`,
          values[index]!,
        ]),
      );
    // 14 upheld, 30 in all; 41 was typed.
    const { repairs } = look(broken(row([41, 0, 7, 9, 30])));
    assert.deepEqual(plain(repairs[0]), ['proceedings/review/upheld 41→14 transposed-digits']);
    assert.ok(!repairs.slice(0, 2).some((repair) => plain(repair).join().includes('corrected')));
    // 12 and 3 are 15: nobody can say which of two equal digits is wrong.
    const equal = look(broken(row([12, 13, 0, 0, 28])));
    assert.ok(equal.tied > 1);
  });

  test('[C42] what last year’s report carried forward decides between cells that one equation cannot tell apart', () => {
    const right = withCells({ [at('carried-over', 'social')]: 24 });
    const last = withCells({ [at('carried-forward', 'social')]: 24 });
    for (const [cell, wrong] of [
      [at('carried-over', 'social'), 21],
      [at('received', 'social'), right[at('received', 'social')]! + 3],
    ] as const) {
      const report = editedReport({ ...right, [cell]: wrong });
      const { repairs } = look(report, { previous: publishedReport(last) });
      const place = repairs.findIndex((repair) => repair.changes[0]!.cell === at('carried-over', 'social'));
      if (cell === at('carried-over', 'social')) assert.equal(place, 0);
      else assert.notEqual(place, 0, 'what agrees with last year is not accused');
    }
  });

  test('[C43] a shifted row, a swap and a split number are one slip each, also beside another slip', () => {
    const columns = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'];
    const values = [41, 7, 23, 5, 16, 0];
    const cells = withCells(
      Object.fromEntries([
        ...columns.map((column, index) => [at('partly-granted', column), values[index]!]),
        [at('granted', 'research'), 35],
        [at('granted', 'social'), 0],
        [at('carried-forward', 'natural-person'), 18],
        [at('carried-forward', 'enterprise'), 62],
        [at('denied.state-secret', 'other'), 472],
      ]),
    );
    assert.deepEqual(look(publishedReport(cells)).repairs, []);
    const shift = columns.map((column, index): [CellId, number] => [
      at('partly-granted', column),
      index === 0 ? 0 : values[index - 1]!,
    ]);
    const split: [CellId, number][] = [
      [at('granted', 'research'), 3],
      [at('granted', 'social'), 5],
    ];
    const swap: [CellId, number][] = [
      [at('carried-forward', 'natural-person'), 62],
      [at('carried-forward', 'enterprise'), 18],
    ];
    for (const [slip, wrong] of [
      ['shifted', shift],
      ['split-number', split],
      ['swapped-cells', swap],
    ] as const) {
      const typed = [...wrong, [at('denied.state-secret', 'other'), 427] as const];
      const [best] = look(broken(Object.fromEntries(typed), cells)).repairs;
      assert.deepEqual(
        plain(best).sort(),
        typed
          .map(([cell, from], index) => {
            const name = index === wrong.length ? 'transposed-digits' : slip;
            return `${cell} ${from}→${cells[cell]} ${name}`;
          })
          .sort(),
      );
    }
  });

  test('[C44] what is not called a tie is right: nearly always with stated totals, nine times of ten without', () => {
    for (const [totals, share] of [
      ['stated', 0.98],
      ['computed', 0.9],
    ] as const) {
      let [sure, right] = [0, 0];
      for (let seed = 1; seed <= 120; seed += 1) {
        const cells = generatedCells(chanceOf(seed * 3), (['small', 'middle', 'large'] as const)[seed % 3]!);
        const { report, truth } = spoil(cells, '2021', 1, chanceOf(seed * 23), totals);
        const { repairs, tied } = look(report);
        if (tied !== 1) continue;
        sure += 1;
        const { changes } = repairs[0]!;
        if (
          changes.length === truth.size &&
          changes.every((change) => truth.get(change.cell) === quantityToNumber(change.to))
        )
          right += 1;
      }
      assert.ok(sure >= 50 && right / sure >= share, `${right} of ${sure} with ${totals} totals`);
    }
  });

  test('[C27] the equations are those of the rules that are given: one more counts, one that is left out does not', () => {
    const wrong = broken({ [at('granted', 'total')]: balanced()[at('granted', 'total')]! + 1 });
    const without = rules.filter((rule) => rule.id !== 'T3-02' && rule.id !== 'T3-03');
    assert.deepEqual(diagnose(wrong, without).repairs, []);
    const more: Rule = {
      id: 'P-01',
      severity: 'must',
      source: '示例',
      holds: {
        left: ['disclosure/licensing/decisions'],
        sign: '=',
        right: ['disclosure/penalties/decisions', 'disclosure/coercive-measures/decisions'],
      },
    };
    const report = broken({
      'disclosure/licensing/decisions': 121,
      'disclosure/penalties/decisions': 112,
      'disclosure/coercive-measures/decisions': 0,
    });
    assert.deepEqual(look(report).repairs, []);
    const [best] = diagnose(report, [...rules, more]).repairs;
    assert.deepEqual(best!.rules, ['P-01']);
    assert.equal(best!.changes[0]!.slip, 'transposed-digits');
  });

  test('[C29] forty wrong cells end at the time limit, and that is said', () => {
    const chance = chanceOf(5);
    const cells = cityCells();
    for (const cell of FORMATS['2021'].inputs.filter((one) => one.table === 'requests').slice(0, 40))
      cells[cell.id] = cells[cell.id]! + 1 + chance(900);
    const start = performance.now();
    const diagnosis = diagnose(publishedReport(cells), rules, { limit: 50 });
    assert.ok(performance.now() - start < 500);
    assert.deepEqual(diagnosis.repairs, []);
    assert.equal(diagnosis.complete, false);
    assert.match(tieSentenceZh(diagnosis), /未能在限定时间内/);
  });

  test('[C29] blanks, texts, fractions and last year’s report disturb nothing', () => {
    const base = balanced();
    const report = broken({
      [at('granted')]: null,
      [at('received', 'enterprise')]: base[at('received', 'enterprise')]! + 3,
    });
    const entries = new Map(report.entries);
    entries.set(at('granted', 'social'), { kind: 'text', raw: '12件', reason: 'not-a-number' });
    entries.set(at('granted', 'research'), { kind: 'number', value: 12_500_000n });
    const { repairs } = look({ ...report, entries }, { previous: publishedReport(base) });
    assert.equal(repairs[0]!.changes[0]!.cell, at('received', 'enterprise'));
  });

  test('[C30] the sentence names the cell, both values, the slip and how many equations hold again', () => {
    const base = balanced();
    const wrong = base[at('received', 'total')]!;
    const diagnosis = look(broken({ [at('received', 'total')]: wrong * 10 }));
    const sentence = repairSentenceZh(diagnosis.repairs[0]!, FORMATS['2021']);
    assert.equal(
      sentence,
      `一、本年新收政府信息公开申请数量—总计 ${wrong * 10} 疑似 ${wrong}（差了十倍）。改后 2 项勾稽关系成立。`,
    );
    assert.equal(tieSentenceZh(diagnosis), '');
    assert.equal(tieSentenceZh({ repairs: [], tied: 0, complete: true }), '没有发现不平衡的勾稽关系。');
  });

  test('[C30] how one number came to be written for another', () => {
    const pairs: [number, number, string][] = [
      [121, 112, 'transposed-digits'],
      [12, 112, 'dropped-digit'],
      [1122, 112, 'doubled-digit'],
      [1132, 112, 'extra-digit'],
      [113, 112, 'wrong-digit'],
      [1120, 112, 'times-ten'],
      [112, 1120, 'times-ten'],
      [0, 112, 'left-at-zero'],
      [112, 0, 'should-be-zero'],
      [357, 112, 'other'],
      [9, 112, 'other'],
    ];
    for (const [from, to, slip] of pairs) assert.equal(slipBetween(from, to), slip, `${from} for ${to}`);
  });
});
