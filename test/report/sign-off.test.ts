import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Finding } from '../../src/checks/finding.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import type { CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import {
  explain,
  lapsedExplanation,
  openFindings,
  valuesDigest,
  withdraw,
} from '../../src/report/explanations.ts';
import { checkedReport, emptyReport, type Report } from '../../src/report/report.ts';
import { Session } from '../../src/report/session.ts';
import { changedSinceSigned, sign } from '../../src/report/sign-off.ts';
import { applyChanges, changesFromTexts, zeroBlanks } from '../../src/report/transaction.ts';
import { declareZero, isDeclaredZero, notZero, ZERO_REPORT } from '../../src/report/zero-report.ts';
import { cityCells, publishedReport, type Cells } from '../fixtures/reports.ts';

const FORMAT = FORMATS['2021'];
const NOON = new Date('2026-01-12T04:00:00Z');

/** The city's report, open for editing. */
function cityReport(change: Cells = {}): Report {
  const report = emptyReport('2021', 2025);
  const { entries } = publishedReport({ ...cityCells(), ...change });
  return { ...report, entries, head: { ...report.head, 'organization.name': '示例市人民政府' } };
}
const sessionOf = (report: Report = cityReport()): Session => new Session(report, OFFICIAL_RULES);
const open = (session: Session): string[] =>
  openFindings(session.state.findings, session.report, session.state).map((finding) => finding.rule);
const finding = (session: Session, rule: string, cell = ''): Finding =>
  session.state.findings.find((other) => other.rule === rule && other.cells.join().includes(cell))!;
const say = (session: Session, rule: string, text: string, cell = ''): void =>
  session.apply([explain(finding(session, rule, cell), session.state, text, NOON)], 'typing');
const type = (session: Session, cell: CellId, text: string): readonly CellId[] =>
  session.enter([[cell, text]], 'typing');

describe('explanations', () => {
  test('[R10] a finding is open until it is explained, again when a value changes, and not when it comes back', () => {
    const session = sessionOf(cityReport({ 'disclosure/rules/issued': 80 }));
    assert.deepEqual(open(session), ['T2-01']);
    say(session, 'T2-01', ' 当年清理 ');
    assert.deepEqual(open(session), []);
    assert.equal(session.state.open.length, session.state.findings.length - 1);
    const { values, ...said } = session.report.explanations[0]!;
    assert.match(values, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(said, {
      rule: 'T2-01',
      cells: finding(session, 'T2-01').cells,
      kind: 'explained',
      text: '当年清理',
      at: '2026-01-12T04:00:00.000Z',
    });
    type(session, 'disclosure/rules/issued', '81');
    assert.deepEqual(open(session), ['T2-01'], 'it spoke of other values');
    assert.equal(
      lapsedExplanation(finding(session, 'T2-01'), session.state)?.text,
      '当年清理',
      'still known',
    );
    type(session, 'disclosure/rules/issued', '80');
    assert.deepEqual(open(session), [], 'the decision was not lost');
    type(session, 'disclosure/rules/issued', '1');
    assert.equal(session.report.explanations.length, 1, 'the finding is mended; what a person wrote stays');
  });

  test("[R10] what is said across years is bound to last year's values too", () => {
    const session = sessionOf();
    const last = (carriedForward: number): void => {
      session.previous = checkedReport({
        ...cityReport({ 'requests/carried-forward/social': carriedForward }),
        head: { ...emptyReport('2021', 2024).head },
      });
    };
    last(91);
    const carried = finding(session, 'Y-02', 'social');
    assert.deepEqual(carried.previousCells, ['requests/carried-forward/social']);
    const before = open(session).filter((rule) => rule === 'Y-02').length;
    session.apply([explain(carried, session.state, '机构改革', NOON)], 'typing');
    assert.equal(open(session).filter((rule) => rule === 'Y-02').length, before - 1);
    last(92);
    assert.equal(open(session).filter((rule) => rule === 'Y-02').length, before);
    last(91);
    assert.equal(open(session).filter((rule) => rule === 'Y-02').length, before - 1);
    assert.notEqual(
      valuesDigest(carried, session.state),
      valuesDigest({ cells: carried.cells }, session.state),
    );
  });

  test('[R10] the digest is that of the numbers, null for none', () => {
    const session = sessionOf(cityReport({ 'disclosure/rules/issued': null }));
    const subject = { cells: ['disclosure/rules/issued', 'disclosure/rules/repealed'] };
    const digest = valuesDigest(subject, session.state);
    type(session, 'disclosure/rules/issued', '/');
    assert.equal(valuesDigest(subject, session.state), digest, 'neither is a number');
    type(session, 'disclosure/rules/issued', '0');
    assert.notEqual(valuesDigest(subject, session.state), digest, 'zero is one');
  });

  test('[R10] no two findings share one decision: official rules that name the same cell, and none at all', () => {
    const report = cityReport({ 'disclosure/fees/amount': 25_000 });
    const session = sessionOf({
      ...report,
      head: { ...report.head, 'organization.kind': 'county-bureau' },
      extraCells: ['requests/subtotal/total'],
    });
    session.previous = checkedReport({
      ...cityReport({ 'disclosure/fees/amount': 2.5 }),
      head: { ...emptyReport('2021', 2024).head },
    });
    const twins = session.state.findings.filter(({ rule }) => rule === 'V-10');
    assert.equal(twins.length, 2);
    for (const [index, twin] of twins.entries()) {
      session.apply([explain(twin, session.state, `第${index + 1}条`, NOON)], 'typing');
      assert.ok(session.state.settled.size >= index + 1);
    }
    const said = [...session.state.settled].map(([{ rule }, { text }]) => [rule, text]);
    assert.deepEqual(
      said.filter(([rule]) => rule === 'V-10'),
      [
        ['V-10', '第1条'],
        ['V-10', '第2条'],
      ],
    );
    type(session, 'disclosure/fees/amount', '26000');
    assert.equal([...session.state.settled.keys()].filter(({ rule }) => rule === 'V-10').length, 0);
    // A finding without cells is bound to what it found.
    say(session, 'S-03', '本地小计');
    assert.equal(open(session).includes('S-03'), false);
    session.replace({
      ...session.report,
      extraCells: ['requests/subtotal/total', 'requests/subtotal/social'],
    });
    assert.equal(open(session).includes('S-03'), true);
  });

  test('[R21] taking a decision back gives back the very list, longer ones and twins included', () => {
    const list = ['甲', '乙', '丙'].map((text, index) => ({
      rule: index === 1 ? 'Y-04' : 'T2-01',
      cells: ['disclosure/rules/in-force', 'disclosure/rules/repealed', 'disclosure/rules/issued'],
      values: `sha256:${String(index).repeat(64)}`,
      kind: 'explained' as const,
      text,
      at: '',
    }));
    const session = sessionOf({ ...cityReport({ 'disclosure/rules/issued': 80 }), explanations: list });
    say(session, 'T2-01', '丁');
    assert.deepEqual(
      session.report.explanations.map(({ text }) => text),
      ['甲', '乙', '丁'],
      'what has lapsed last gives way, in its place',
    );
    session.undo();
    assert.deepEqual(session.report.explanations, list);
  });

  test('[R20] nothing that blocks, waits, or has to be mended on finishing is settled by a decision', () => {
    const session = sessionOf(
      cityReport({ 'requests/received/social': 46, 'disclosure/rules/issued': null }),
    );
    type(session, 'requests/granted/social', '/');
    type(session, 'disclosure/fees/amount', '12件');
    const all = session.state.findings;
    assert.deepEqual(
      [...new Set(all.map((other) => other.severity))].sort(),
      ['format', 'must', 'verify'],
      'one of each, some pending',
    );
    for (const other of all) session.apply([explain(other, session.state, '没问题', NOON)], 'typing');
    assert.deepEqual([...session.state.settled.keys()], []);
    assert.deepEqual(session.state.open, session.state.findings);
    // Where "/" may stand in the end (表二), it is settled.
    type(session, 'disclosure/rules/issued', '/');
    say(session, 'V-03', '', 'disclosure/rules/issued');
    const settled = [...session.state.settled.keys()];
    assert.deepEqual(
      settled.map((other) => [other.rule, other.cells]),
      [['V-03', ['disclosure/rules/issued']]],
    );
  });

  test('[R21] confirming, explaining and taking back are steps of undo; spaces are no reason', () => {
    const session = sessionOf(cityReport({ 'disclosure/rules/issued': 80 }));
    say(session, 'T2-01', '  ');
    assert.equal(session.report.explanations[0]?.kind, 'confirmed');
    assert.equal('text' in session.report.explanations[0]!, false);
    say(session, 'T2-01', '当年清理');
    assert.equal(session.report.explanations.length, 1, 'one decision for one finding');
    say(session, 'T2-01', '');
    assert.equal('text' in session.report.explanations[0]!, false, 'confirmed anew without the old reason');
    session.undo();
    assert.equal(session.report.explanations[0]?.text, '当年清理');
    session.apply([withdraw(finding(session, 'T2-01'), session.state)!], 'typing');
    assert.deepEqual(open(session), ['T2-01']);
    session.undo();
    assert.deepEqual(open(session), []);
    session.undo();
    session.undo();
    assert.deepEqual([session.report.explanations, open(session)], [[], ['T2-01']]);
    assert.equal(withdraw(finding(session, 'T2-01'), session.state), undefined);
    session.redo();
    assert.deepEqual(open(session), []);
  });
});

describe('零报告', () => {
  for (const table of FORMAT.tables) {
    test(`[R22] ${table.shortTitle}: declared in one step, until one figure is no zero`, () => {
      const session = sessionOf(emptyReport('2021', 2025));
      assert.equal(isDeclaredZero(session.report, table), false, 'untouched');
      session.apply(
        zeroBlanks(
          session.report,
          table.cells.map((cell) => cell.id),
        ),
        'fill',
      );
      assert.equal(isDeclaredZero(session.report, table), false, 'zeros alone');
      session.undo();
      session.apply(declareZero(session.report, table, NOON), 'fill');
      assert.equal(isDeclaredZero(session.report, table), true);
      assert.equal(session.report.explanations[0]?.rule, ZERO_REPORT);
      for (const cell of table.cells.filter((one) => one.operands === undefined)) {
        const { changes } = changesFromTexts(session.report, [[cell.id, '3']]);
        const changed = applyChanges(session.report, changes);
        assert.equal(isDeclaredZero(changed, table), false, cell.id);
        assert.deepEqual(notZero(changed, table), [cell.id]);
      }
      const blank = applyChanges(
        session.report,
        changesFromTexts(session.report, [[table.cells[0]!.id, '']]).changes,
      );
      assert.equal(isDeclaredZero(blank, table), false, 'a blank is no zero');
      assert.deepEqual(notZero(blank, table), []);
      const noted = applyChanges(
        session.report,
        changesFromTexts(session.report, [[table.cells[0]!.id, '/']]).changes,
      );
      assert.deepEqual(notZero(noted, table), [table.cells[0]!.id], 'nor is a "/"');
      const total = table.cells.find((cell) => cell.operands !== undefined);
      if (total !== undefined) {
        const { changes } = changesFromTexts(session.report, [
          [total.id, '0'],
          [total.operands![0]!, '5'],
        ]);
        assert.equal(
          isDeclaredZero(applyChanges(session.report, changes), table),
          false,
          'a control total of 0 over a figure is no zero',
        );
      }
      session.undo();
      assert.equal(isDeclaredZero(session.report, table), false);
      assert.equal(session.report.entries.get(table.cells[0]!.id)?.kind, 'blank', 'one step');
    });
  }
});

describe('sign-off', () => {
  test('[R23] the cells changed since are listed with both values, and no others', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...FORMAT.inputs.map((cell) => cell.id)),
          fc.constantFrom('7', '', '/', '1000'),
        ),
        (texts) => {
          const session = sessionOf(cityReport({ 'disclosure/rules/issued': null }));
          assert.deepEqual(changedSinceSigned(session.report), []);
          session.apply([sign(session.report, NOON)], 'sign-off');
          const before = session.report;
          session.enter(Object.entries(texts), 'typing');
          const number = (report: Report, cell: CellId): number | null => {
            const entry = report.entries.get(cell)!;
            return entry.kind === 'number'
              ? Number(entry.value / 1_000_000n) + Number(entry.value % 1_000_000n) / 1e6
              : null;
          };
          const expected = FORMAT.inputs
            .map(({ id }) => ({ cell: id, signed: number(before, id), now: number(session.report, id) }))
            .filter(({ signed, now }) => signed !== now);
          assert.deepEqual(changedSinceSigned(session.report), expected);
          session.apply([sign(session.report, NOON)], 'sign-off');
          assert.deepEqual(changedSinceSigned(session.report), []);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('[R23] signing is the day where it was done, and no step of undo', () => {
    const session = sessionOf();
    type(session, 'disclosure/rules/issued', '5');
    session.apply([sign(session.report, new Date(2026, 0, 5, 23, 59))], 'sign-off');
    assert.equal(session.report.signed?.at, '2026-01-05');
    session.undo();
    assert.equal(session.report.signed?.at, '2026-01-05');
    assert.deepEqual(
      changedSinceSigned(session.report).map(({ cell }) => cell),
      ['disclosure/rules/issued'],
    );
    session.redo();
    assert.deepEqual(changedSinceSigned(session.report), []);
  });
});
