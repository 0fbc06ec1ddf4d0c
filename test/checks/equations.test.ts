/** The 42 official equations against an oracle that knows neither the rules nor the engine. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { cellsInEquations, checkReport } from '../../src/checks/check-report.ts';
import type { CheckedReport } from '../../src/checks/checked-report.ts';
import { findingKey, isBlocking, isViolation, type Finding } from '../../src/checks/finding.ts';
import type { Rule } from '../../src/checks/rule.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { findingSentenceEn } from '../../src/checks/wording-en.ts';
import { findingSentenceZh } from '../../src/checks/wording-zh.ts';
import { BLANK, type CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityFromNumber } from '../../src/format/quantity.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import { violatedEquations } from '../fixtures/oracle.ts';
import { publishedCases, PUBLISHED_NAMES } from '../fixtures/published-cases.ts';
import {
  CASE_NAMES,
  cityCells,
  editedReport,
  number,
  publishedReport,
  readCase,
  uniformCells,
  type Cells,
} from '../fixtures/reports.ts';

const EQUATION = /^T(3-0[123]|4-0[123])$/;
const RULES = OFFICIAL_RULES.rules;
const FORMAT = FORMATS['2021'];
const EQUATION_CELLS = FORMAT.cells.filter((cell) => cell.table !== 'disclosure').map((cell) => cell.id);

/** `T3-01 social`, `T3-03 granted`, `T4-01 review`: a finding as the oracle names it. */
function instance(finding: Finding): string {
  const place = finding.variables['column'] ?? finding.variables['row'] ?? finding.cells[0]!.split('/')[1]!;
  return `${finding.rule} ${place}`;
}
const equationsIn = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => EQUATION.test(finding.rule) && isViolation(finding))
    .map(instance)
    .sort();
const pendingIn = (findings: readonly Finding[]): string[] =>
  findings
    .filter((finding) => !isViolation(finding))
    .map(instance)
    .sort();

/** Every equation with the cells it reads, in the words of the oracle. */
const EQUATIONS = new Map<string, readonly CellId[]>();
for (const finding of checkReport(editedReport(uniformCells('2021', null)), RULES)) {
  if (EQUATION.test(finding.rule)) EQUATIONS.set(instance(finding), finding.cells);
}

describe('official equations', () => {
  test('[C11] there are 7 + 7 + 25 + 3 of them in the 2021 format, 7 + 7 + 23 + 3 in that of 2019', () => {
    const count = (version: '2021' | '2019'): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const finding of checkReport(editedReport(uniformCells(version, null), version), RULES)) {
        if (!isViolation(finding)) counts[finding.rule] = (counts[finding.rule] ?? 0) + 1;
      }
      return counts;
    };
    assert.deepEqual(count('2021'), {
      'T3-01': 7,
      'T3-02': 7,
      'T3-03': 25,
      'T4-01': 1,
      'T4-02': 1,
      'T4-03': 1,
    });
    assert.deepEqual(count('2019'), {
      'T3-01': 7,
      'T3-02': 7,
      'T3-03': 23,
      'T4-01': 1,
      'T4-02': 1,
      'T4-03': 1,
    });
  });

  test('[C11] together they read every cell of 表三 and 表四 and none of 表二', () => {
    assert.deepEqual([...cellsInEquations(RULES, FORMAT)].sort(), [...EQUATION_CELLS].sort());
    assert.deepEqual([...new Set([...EQUATIONS.values()].flat())].sort(), [...EQUATION_CELLS].sort());
  });

  assert.deepEqual(violatedEquations(cityCells()), [], 'the good report is good');
  for (const [name, cells] of EQUATIONS) {
    test(`[C12] ${name}: each of its printed figures, one off, is found with exactly the violated equations`, () => {
      for (const cell of cells) {
        for (const change of [1, -1, 9, 1000]) {
          const broken = cityCells();
          broken[cell] = broken[cell]! + change;
          const expected = violatedEquations(broken);
          assert.ok(expected.includes(name), `${cell} does not break ${name}`);
          const findings = checkReport(publishedReport(broken), RULES);
          assert.deepEqual(equationsIn(findings), expected, cell);
          // Nothing else is said, but that a negative count is negative, or that 其他 is a large share.
          const rest = findings
            .filter((finding) => !EQUATION.test(finding.rule))
            .map((finding) => finding.rule);
          assert.ok(
            rest.every(
              (rule) => (rule === 'V-06' && broken[cell]! < 0) || (rule === 'T3-14' && change === 1000),
            ),
            rest.join(),
          );
        }
      }
    });
  }

  test('[C13] left, right and difference of a violation are those of the printed figures', () => {
    const cells = cityCells();
    cells['requests/total/social'] = 40;
    const findings = checkReport(publishedReport(cells), RULES);
    const sides = Object.fromEntries(
      findings.map((finding) => [
        instance(finding),
        [finding.left, finding.right, finding.difference].map((value) => Number(value) / 1e6),
      ]),
    );
    // Printed: received 45 + 1, results 44 in all, carried forward 2; row （七） adds up to 13810.
    assert.deepEqual(sides, {
      'T3-01 social': [46, 42, 4],
      'T3-02 social': [44, 40, 4],
      'T3-03 total': [13806, 13810, -4],
    });
    assert.ok(findings.every((finding) => isBlocking(finding)));
  });

  test('[C14] the engine and the oracle agree on random reports', () => {
    const figures = fc.array(
      fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) }),
      { minLength: EQUATION_CELLS.length, maxLength: EQUATION_CELLS.length },
    );
    const changes = fc.array(
      fc.tuple(fc.constantFrom(...EQUATION_CELLS), fc.integer({ min: -20, max: 20 })),
      { maxLength: 6 },
    );
    const fromFigures = figures.map((values): Cells => ({
      ...uniformCells('2021'),
      ...Object.fromEntries(EQUATION_CELLS.map((id, index) => [id, values[index]!])),
    }));
    const fromCity = changes.map((list): Cells => {
      const cells = cityCells();
      for (const [id, change] of list) cells[id] = cells[id]! + change;
      return cells;
    });
    fc.assert(
      fc.property(fc.oneof(fromFigures, fromCity), (cells) => {
        assert.deepEqual(equationsIn(checkReport(publishedReport(cells), RULES)), violatedEquations(cells));
      }),
      { numRuns: 300 },
    );
  });

  test('[C14] a report whose totals are computed can only break the printed note of 表三', () => {
    const inputs = FORMAT.inputs.map((cell) => cell.id);
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: inputs.length, maxLength: inputs.length }), (values) => {
        const findings = checkReport(
          editedReport(Object.fromEntries(inputs.map((id, index) => [id, values[index]!]))),
          RULES,
        );
        assert.ok(equationsIn(findings).every((name) => name.startsWith('T3-01 ')));
        assert.deepEqual(pendingIn(findings), []);
      }),
      { numRuns: 50 },
    );
  });

  test('[C15] an equation reads the control total where there is one, else the computed total', () => {
    const report = editedReport(cityCells());
    assert.deepEqual(checkReport(report, RULES), []);
    const withControl = { ...report, reported: new Map([['requests/total/social', number(40)]]) };
    // The other totals are computed from the parts and stay right, so one wrong printed total shows in all it stands in.
    assert.deepEqual(equationsIn(checkReport(withControl, RULES)), [
      'T3-01 social',
      'T3-02 social',
      'T3-03 total',
    ]);
    const withText = {
      ...report,
      reported: new Map([['requests/total/social', readEntry('四十', 'count')]]),
    };
    assert.deepEqual(
      checkReport(withText, RULES).map((finding) => finding.rule),
      ['V-04'],
    );
  });
});

describe('pending', () => {
  test('[C16] a blank operand leaves its equations neither passed nor failed, all others judged', () => {
    for (const cell of FORMAT.inputs.filter((input) => input.table !== 'disclosure')) {
      const cells = cityCells();
      cells[cell.id] = null;
      const findings = checkReport(publishedReport(cells), RULES);
      const waiting = [...EQUATIONS]
        .filter(([, operands]) => operands.includes(cell.id))
        .map(([name]) => name);
      assert.ok(waiting.length > 0, cell.id);
      assert.deepEqual(pendingIn(findings), waiting.sort(), cell.id);
      for (const finding of findings.filter((other) => !isViolation(other))) {
        assert.deepEqual(finding.pending, [cell.id]);
        assert.equal(finding.left, undefined);
        assert.equal(finding.difference, undefined);
        assert.ok(!isBlocking(finding));
      }
      assert.deepEqual(findings.filter(isViolation).map(findingKey), [`V-02 ${cell.id}`]);
    }
  });

  test('[C16] with computed totals a blank makes its totals wait as well, and hides no other fault', () => {
    const cells = cityCells();
    cells['requests/granted/social'] = null;
    cells['requests/received/enterprise'] = 253;
    const findings = checkReport(editedReport(cells), RULES);
    assert.deepEqual(pendingIn(findings), [
      'T3-01 social',
      'T3-01 total',
      'T3-02 social',
      'T3-02 total',
      'T3-03 granted',
      'T3-03 total',
    ]);
    assert.deepEqual(equationsIn(findings), ['T3-01 enterprise']);
  });

  test('[C16] a stroke, a text and an uncertain cell wait like a blank', () => {
    const report = editedReport(cityCells());
    for (const entry of [
      readEntry('/', 'count'),
      readEntry('41件', 'count'),
      { kind: 'uncertain', raw: '4l' } as const,
      BLANK,
    ]) {
      const findings = checkReport(
        { ...report, entries: new Map([...report.entries, ['proceedings/review/other', entry]]) },
        RULES,
      );
      assert.deepEqual(pendingIn(findings), ['T4-01 review']);
    }
    const without = new Map(report.entries);
    without.delete('proceedings/review/other');
    assert.deepEqual(pendingIn(checkReport({ ...report, entries: without }, RULES)), ['T4-01 review']);
  });

  test('[C16] what waits is said with how many cells it waits for', () => {
    const cells = cityCells();
    cells['requests/granted/social'] = null;
    cells['requests/granted/other'] = null;
    const finding = checkReport(publishedReport(cells), RULES).find(
      (other) => instance(other) === 'T3-03 granted',
    )!;
    assert.equal(findingSentenceZh(finding, FORMAT), '未填完：各类申请人之和＝总计，还有2格没有数字。');
    assert.equal(findingSentenceEn(finding, FORMAT), 'Pending: T3-03 waits for 2 cells.');
  });

  test('[C17] rules that stand in for a pending equation are silent once it can be judged', () => {
    const cells = cityCells();
    cells['requests/carried-forward/social'] = 1000;
    cells['requests/partly-granted/social'] = 900;
    assert.ok(
      checkReport(editedReport(cells), RULES).every((finding) => !/T3-0[456]|T3-17/.test(finding.rule)),
    );
    cells['requests/granted/social'] = null;
    const rules = new Set(checkReport(editedReport(cells), RULES).map((finding) => finding.rule));
    assert.ok(rules.has('T3-04') && rules.has('T3-06'));
  });
});

describe('one row of （六）', () => {
  test('[C18] the two cells it does not have count as nothing and are not blank', () => {
    const figures = readCase('003');
    const report = publishedReport(figures.cells, '2021', { year: 2023 });
    assert.equal([...report.entries.values()].filter((entry) => entry.kind === 'merged').length, 12);
    const findings = checkReport(report, RULES, { finishing: true });
    assert.deepEqual(
      findings.map((finding) => finding.rule),
      ['T4-01', 'T4-03'],
    );
  });

  test('[C18] a break in the one row is found in its column and its row', () => {
    const cells = { ...readCase('003').cells };
    cells['requests/other/social'] = 1;
    assert.deepEqual(equationsIn(checkReport(publishedReport(cells), RULES)), [
      'T3-02 social',
      'T3-03 other.other',
      'T4-01 review',
      'T4-03 litigation-after-review',
    ]);
  });
});

describe('amounts and rule packs', () => {
  const amountRule: Rule = {
    id: 'P-01',
    severity: 'must',
    source: '测试',
    holds: { left: [{ cell: 'disclosure/fees/amount', times: 3 }], sign: '=', right: [{ constant: 0.3 }] },
    wording: { zh: '{cell}的三倍是{left}，应为{right}。', en: 'three times {cell} is {left}, not {right}.' },
  };

  test('[C19] amounts are compared exactly: three times 0.1 is 0.3', () => {
    const cells = cityCells();
    cells['disclosure/fees/amount'] = 0.1;
    assert.notEqual(0.1 * 3, 0.3);
    assert.deepEqual(checkReport(editedReport(cells), [amountRule]), []);
    cells['disclosure/fees/amount'] = 0.100001;
    assert.equal(checkReport(editedReport(cells), [amountRule])[0]!.difference, 3n);
  });

  test('[C20] a rule pack is data in the same language, with its own words', () => {
    const cells = cityCells();
    cells['disclosure/fees/amount'] = 2;
    const [finding] = checkReport(editedReport(cells), [amountRule]);
    assert.equal(
      findingSentenceZh(finding!, FORMAT),
      '行政事业性收费—本年收费金额（单位：万元）的三倍是6，应为0.3。',
    );
    assert.equal(
      findingSentenceEn(finding!, FORMAT),
      'three times 行政事业性收费—本年收费金额（单位：万元） is 6, not 0.3.',
    );
    const { wording: _wording, ...silent } = amountRule;
    const [unworded] = checkReport(editedReport(cells), [silent as Rule]);
    assert.equal(findingSentenceZh(unworded!, FORMAT), 'P-01：行政事业性收费—本年收费金额（单位：万元）');
  });

  test('[C20] variables, coefficients, constants, guards and last year’s cells work together', () => {
    const rule: Rule = {
      id: 'P-02',
      severity: 'info',
      source: '测试',
      over: { row: ['penalties', 'coercive-measures'], column: ['decisions'] },
      when: [
        { kindOfOrganization: ['city'] },
        { left: ['disclosure/{row}/{column}'], sign: '>', right: [{ constant: 10 }] },
      ],
      holds: {
        left: ['disclosure/{row}/{column}'],
        sign: '<=',
        right: [{ cell: 'previous:disclosure/{row}/{column}', times: 2 }, { constant: 5 }],
      },
    };
    const cells = {
      ...uniformCells('2021'),
      'disclosure/penalties/decisions': 26,
      'disclosure/coercive-measures/decisions': 25,
    };
    const before = editedReport(uniformCells('2021', 10), '2021', { year: 2024 });
    const run = (kind: string, previous?: CheckedReport): string[] =>
      checkReport(editedReport(cells, '2021', { organization: { name: '示例', kind } }), [rule], {
        previous,
      }).map(findingKey);
    assert.deepEqual(run('city', before), ['P-02 disclosure/penalties/decisions']);
    assert.deepEqual(run('county', before), []);
    assert.deepEqual(run('city'), [], 'without last year it cannot be assessed');
  });

  test('[C21] checking changes nothing, and says the same twice', () => {
    const report = publishedReport({
      ...cityCells(),
      'requests/received/social': null,
      'requests/total/social': 7,
    });
    const before = JSON.stringify([...report.entries, ...report.reported], (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    assert.deepEqual(checkReport(report, RULES), checkReport(report, RULES));
    const after = JSON.stringify([...report.entries, ...report.reported], (_key, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    assert.equal(after, before);
  });

  test('[C21] a finding is found again by its rule and cells', () => {
    const findings = checkReport(publishedReport({ ...cityCells(), 'requests/total/social': 7 }), RULES);
    assert.equal(new Set(findings.map(findingKey)).size, findings.length);
    assert.equal(findingKey({ rule: 'V-02', cells: ['a/b/c', 'd/e/f'] }), 'V-02 a/b/c d/e/f');
  });
});

describe('published reports', () => {
  for (const name of CASE_NAMES) {
    test(`[C22] case ${name}: exactly the equations that were violated as published`, () => {
      const { cells, format, year, violations } = readCase(name);
      const expected = violations.map(([rule, place]) => `${rule} ${place}`).sort();
      assert.deepEqual(violatedEquations(cells), expected);
      const findings = checkReport(publishedReport(cells, format, { year }), RULES);
      assert.deepEqual(equationsIn(findings), expected);
      assert.deepEqual(findings.filter(isBlocking).map(instance).sort(), expected);
      for (const finding of findings.filter((other) => EQUATION.test(other.rule))) {
        assert.equal(finding.left! - finding.right!, finding.difference);
      }
    });
  }

  test('[C22] case 011: six too few in row （七）, as the page shows', () => {
    const { cells } = readCase('011');
    const findings = checkReport(publishedReport(cells, '2019', { year: 2020 }), RULES).filter(
      (finding) => finding.rule === 'T3-02',
    );
    assert.deepEqual(
      findings.map((finding) => finding.difference),
      [quantityFromNumber(6), quantityFromNumber(6)],
    );
  });

  test('[C23] one request in the wrong applicant column: two columns are named, the balanced 总计 is not', () => {
    // Figures of a published report of 2025: 60 received and 61 handled, 1 received and 0 handled.
    const cells: Cells = { ...uniformCells('2021') };
    const put = (row: string, values: readonly [natural: number, other: number, total: number]): void => {
      cells[`requests/${row}/natural-person`] = values[0];
      cells[`requests/${row}/other`] = values[1];
      cells[`requests/${row}/total`] = values[2];
    };
    put('received', [60, 1, 61]);
    put('granted', [61, 0, 61]);
    put('total', [61, 0, 61]);
    assert.deepEqual(equationsIn(checkReport(publishedReport(cells), RULES)), [
      'T3-01 natural-person',
      'T3-01 other',
    ]);
  });

  test('[C24] the published reports beside the project, complete and partial, show exactly what they are known to violate', (context) => {
    const { cases, missing } = publishedCases();
    const ids: Readonly<Record<string, RegExp>> = {
      R1: /^T3-01 /,
      R2: /^T3-03 /,
      R3: /^T3-02 /,
      R4: /^T4-0/,
    };
    let compared = 0;
    for (const [name, published] of cases) {
      const findings = checkReport(
        publishedReport(published.cells, published.format, { year: published.year }),
        RULES,
      );
      const found = equationsIn(findings);
      for (const [letter, pattern] of Object.entries(ids)) {
        const expected = published.violations.filter((line) => line.startsWith(`${letter} `)).length;
        assert.equal(
          found.filter((equation) => pattern.test(equation)).length,
          expected,
          `${name} ${letter}: ${found.join()}`,
        );
      }
      if (CASE_NAMES.includes(name))
        assert.deepEqual(readCase(name).cells, published.cells, `the copied figures of ${name}`);
      compared += 1;
    }
    context.diagnostic(
      `${compared} published reports compared, ${missing.length} of ${PUBLISHED_NAMES.length} skipped`,
    );
    if (compared === 0) context.skip(`${missing.length} published reports are not here`);
  });
});
