import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { BLANK, type CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import { EMPTY_HISTORY, record } from '../../src/report/history.ts';
import {
  emptyReport,
  entryOf,
  HEAD_FIELDS,
  sameContent,
  yearOf,
  type Report,
} from '../../src/report/report.ts';
import { Session } from '../../src/report/session.ts';
import {
  applyChanges,
  changesFromTexts,
  invertChanges,
  zeroBlanks,
  type Origin,
  type Transaction,
} from '../../src/report/transaction.ts';
import { cityCells, number, publishedReport, type Cells } from '../fixtures/reports.ts';

const FORMAT = FORMATS['2021'];

/** The city's report, open for editing. */
function cityReport(change: Cells = {}): Report {
  const report = emptyReport('2021', 2025);
  const { entries } = publishedReport({ ...cityCells(), ...change });
  return { ...report, entries, head: { ...report.head, 'organization.name': '示例市人民政府' } };
}
const sessionOf = (report: Report = cityReport()): Session => new Session(report, OFFICIAL_RULES);
const ruleIds = (session: Session): string[] => session.state.findings.map((finding) => finding.rule);

describe('the report as a value', () => {
  test('[R1] a new report has every input blank, no total, no control total, no head but its year', () => {
    const report = emptyReport('2021', 2025);
    assert.equal(report.entries.size, 166);
    assert.ok([...report.entries.values()].every((entry) => entry.kind === 'blank'));
    assert.deepEqual(report.controls, new Map());
    assert.deepEqual(
      Object.entries(report.head).filter(([, text]) => text !== ''),
      [['year', '2025']],
    );
    assert.equal(emptyReport('2019').entries.size, FORMATS['2019'].inputs.length);
    assert.equal(emptyReport('2021').head.year, '');
  });

  test('[R1] a year is four digits from 2008, when the regulation came into force, to 2100', () => {
    const year = (text: string): number | undefined =>
      yearOf({ ...emptyReport('2021'), head: { ...emptyReport('2021').head, year: text } });
    assert.deepEqual(['2008', '2100', ' 2025 '].map(year), [2008, 2100, 2025]);
    assert.deepEqual(
      ['', '2007', '2101', '25', '20255', '２０２５', '明年', '2e3', '-2025'].map(year),
      Array<undefined>(9).fill(undefined),
    );
  });

  test('[R2] a change gives another report and leaves the old one as it was', () => {
    const before = cityReport();
    const entries = new Map(before.entries);
    const { changes } = changesFromTexts(before, [
      ['requests/granted/social', '40'],
      ['requests/total/social', '99'],
    ]);
    const after = applyChanges(before, changes);
    assert.notEqual(after, before);
    assert.deepEqual(before.entries, entries);
    assert.equal(before.controls.size, 0);
    assert.deepEqual(after.entries.get('requests/granted/social'), number(40));
    assert.deepEqual(after.controls.get('requests/total/social'), number(99));
    assert.equal(applyChanges(before, []), before);
  });

  test('[R2] texts go through the one reader; what stays the same is no change; unknown ids are handed back', () => {
    const report = cityReport();
    const { changes, unknown } = changesFromTexts(report, [
      ['requests/granted/social', '41'],
      ['requests/granted/enterprise', '１２９'],
      ['disclosure/fees/amount', '12件'],
      ['nowhere/at/all', '1'],
    ]);
    assert.deepEqual(unknown, ['nowhere/at/all']);
    assert.deepEqual(changes, [
      { cell: 'requests/granted/enterprise', from: number(129), to: readEntry('１２９', 'count') },
      { cell: 'disclosure/fees/amount', from: number(316441), to: readEntry('12件', 'amount') },
    ]);
    assert.throws(
      () => applyChanges(report, [{ cell: 'nowhere/at/all', from: BLANK, to: number(1) }]),
      /nowhere\/at\/all/,
    );
  });

  test('[R2] taking changes back gives the same report again', () => {
    const texts = fc.dictionary(
      fc.constantFrom(...FORMAT.cells.map((cell) => cell.id)),
      fc.constantFrom('', '0', '7', '１２', '/', '12件'),
      { maxKeys: 20 },
    );
    fc.assert(
      fc.property(texts, (typed) => {
        const report = cityReport({ 'requests/granted/social': null });
        const { changes } = changesFromTexts(report, Object.entries(typed));
        assert.ok(sameContent(applyChanges(applyChanges(report, changes), invertChanges(changes)), report));
      }),
    );
  });

  test('[R3] a control total stands beside the computed one, never over it, and goes when it is emptied', () => {
    const session = sessionOf();
    session.enter([['requests/total/social', '40']], 'typing');
    const { report, values } = session.state;
    assert.deepEqual(report.controls.get('requests/total/social'), number(40));
    assert.equal(values.totals.get('requests/total/social'), 44_000_000n);
    assert.equal(values.value('requests/total/social'), 40_000_000n);
    assert.ok(!report.entries.has('requests/total/social'));
    assert.deepEqual(entryOf(report, FORMAT.cellsById.get('requests/total/social')!), number(40));
    assert.deepEqual(ruleIds(session), ['T3-01', 'T3-02', 'T3-03']);
    session.enter([['requests/total/social', '']], 'typing');
    assert.equal(session.report.controls.size, 0);
    assert.deepEqual(ruleIds(session), []);
    session.enter([['requests/total/social', '44']], 'typing');
    assert.deepEqual(ruleIds(session), [], 'a control total that agrees is no finding');
  });

  test('[R4] 空白填0 makes every blank input of the cells an explicit zero, and nothing else', () => {
    const report = applyChanges(
      cityReport({
        'requests/granted/social': null,
        'requests/granted/other': null,
        'disclosure/fees/amount': null,
      }),
      changesFromTexts(cityReport(), [
        ['requests/received/social', '/'],
        ['requests/received/other', '12件'],
      ]).changes,
    );
    const requests = FORMAT.cells.filter((cell) => cell.table === 'requests').map((cell) => cell.id);
    const changes = zeroBlanks(report, [...requests, 'nowhere/at/all']);
    assert.deepEqual(
      changes,
      ['social', 'other'].map((column) => ({
        cell: `requests/granted/${column}`,
        from: BLANK,
        to: number(0),
      })),
    );
    const after = applyChanges(report, changes);
    assert.equal(after.controls.size, 0);
    assert.equal(after.entries.get('requests/received/social')!.kind, 'not-applicable');
    assert.equal(after.entries.get('disclosure/fees/amount')!.kind, 'blank');
    assert.deepEqual(zeroBlanks(after, requests), []);
  });

  test('[R4] cells that were absent from the source are blank to this, too', () => {
    const report = cityReport();
    const entries = new Map(report.entries);
    entries.delete('proceedings/review/upheld');
    assert.equal(zeroBlanks({ ...report, entries }, ['proceedings/review/upheld']).length, 1);
  });

  test('[R5] two reports are the same in content when head, entries and control totals are', () => {
    const report = cityReport();
    assert.ok(sameContent(report, cityReport()));
    assert.ok(sameContent(report, { ...report, carried: { 'x-note': 1 } }));
    assert.ok(!sameContent(report, cityReport({ 'requests/granted/social': 40 })));
    assert.ok(
      !sameContent(report, { ...report, controls: new Map([['requests/total/social', number(44)]]) }),
    );
    assert.ok(!sameContent(report, { ...report, version: '2019' }));
    for (const field of HEAD_FIELDS)
      assert.ok(!sameContent(report, { ...report, head: { ...report.head, [field]: 'x' } }), field);
  });
});

describe('undo and redo', () => {
  test('[R6] one action is one step, however many cells it changed', () => {
    const session = sessionOf();
    const before = session.report;
    session.enter(
      [
        ['requests/granted/social', '1'],
        ['requests/granted/other', '2'],
        ['disclosure/fees/amount', '3'],
      ],
      'paste',
    );
    session.enter([['requests/granted/social', '9']], 'typing');
    const after = session.report;
    assert.ok(session.undo());
    assert.deepEqual(session.report.entries.get('requests/granted/social'), number(1));
    assert.ok(session.undo());
    assert.ok(sameContent(session.report, before));
    assert.ok(!session.undo());
    assert.ok(session.redo() && session.redo());
    assert.ok(sameContent(session.report, after));
    assert.ok(!session.redo());
  });

  test('[R6] undoing everything restores the report, redoing everything does it again', () => {
    const cells = FORMAT.cells.map((cell) => cell.id);
    const action = fc.oneof(
      fc.record({
        texts: fc.dictionary(
          fc.constantFrom(...cells),
          fc.constantFrom('', '0', '7', '１２', '/', '12件', '1234567890123'),
          { maxKeys: 6 },
        ),
      }),
      fc.record({ field: fc.constantFrom(...HEAD_FIELDS), text: fc.constantFrom('', '2024', '甲') }),
      fc.constant('zero' as const),
      fc.constant('undo' as const),
      fc.constant('redo' as const),
    );
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 15 }),
        fc.constantFrom(emptyReport('2021', 2025), cityReport()),
        (actions, report) => {
          const session = sessionOf(report);
          for (const one of actions) {
            if (one === 'zero') session.apply(zeroBlanks(session.report, cells), 'fill');
            else if (one === 'undo') session.undo();
            else if (one === 'redo') session.redo();
            else if ('texts' in one) session.enter(Object.entries(one.texts), 'typing');
            else session.setField(one.field, one.text);
          }
          const reached: Report[] = [session.report];
          while (session.undo()) reached.push(session.report);
          assert.ok(sameContent(session.report, report));
          for (const earlier of reached.slice(0, -1).reverse()) {
            assert.ok(session.redo());
            assert.ok(sameContent(session.report, earlier));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('[R6] a new action after an undo ends what could be redone', () => {
    const session = sessionOf();
    session.enter([['requests/granted/social', '1']], 'typing');
    session.undo();
    session.enter([['requests/granted/social', '2']], 'typing');
    assert.ok(!session.redo());
    assert.deepEqual(session.report.entries.get('requests/granted/social'), number(2));
  });

  test('[R6] the head is undone like a cell', () => {
    const session = sessionOf();
    session.setField('year', '2024');
    session.setField('year', '2024');
    assert.equal(session.state.history.done.length, 1);
    session.undo();
    assert.equal(session.report.head.year, '2025');
  });

  for (const origin of ['host', 'other-tab'] as const) {
    test(`[R7] what came from ${origin} ends the history: it is not ours to undo`, () => {
      const session = sessionOf();
      session.enter([['requests/granted/social', '1']], 'typing');
      session.undo();
      session.enter([['requests/granted/other', '1']], 'typing');
      session.enter([['requests/granted/enterprise', '1']], origin);
      assert.ok(!session.undo());
      assert.ok(!session.redo());
      assert.deepEqual(session.report.entries.get('requests/granted/enterprise'), number(1));
      session.enter([['requests/granted/social', '5']], 'typing');
      assert.ok(session.undo() && !session.undo());
    });
  }

  test('[R7] another report in its place starts a history of its own', () => {
    const session = sessionOf();
    session.enter([['requests/granted/social', '1']], 'typing');
    const other = emptyReport('2019', 2020);
    session.replace(other);
    assert.equal(session.report, other);
    assert.ok(!session.undo());
  });

  test('[R7] the history keeps the last 500 steps', () => {
    let history = EMPTY_HISTORY;
    const transaction = (value: number, origin: Origin): Transaction => ({
      changes: [{ cell: 'requests/granted/social', from: number(value), to: number(value + 1) }],
      origin,
      time: 0,
    });
    for (let index = 0; index < 600; index += 1) history = record(history, transaction(index, 'typing'));
    assert.equal(history.done.length, 500);
    assert.deepEqual(history.done[499], transaction(599, 'typing').changes);
    assert.equal(record(history, transaction(0, 'undo')), history);
    assert.equal(record(history, { changes: [], origin: 'typing', time: 0 }), history);
  });
});

describe('the session', () => {
  test('[R8] listeners hear of each action once, when the checks have run, with its origin', () => {
    const session = sessionOf();
    const heard: string[] = [];
    const stop = session.listen((state, transaction) => {
      assert.equal(state, session.state);
      heard.push(`${transaction?.origin} ${transaction?.changes.length} ${state.findings.length}`);
    });
    session.enter(
      [
        ['requests/received/social', '46'],
        ['requests/received/other', '32'],
      ],
      'paste',
    );
    session.enter([['requests/received/social', '46']], 'typing');
    session.undo();
    session.replace(cityReport());
    stop();
    session.enter([['requests/received/social', '46']], 'typing');
    assert.deepEqual(heard, ['paste 1 2', 'undo 1 0', 'undefined undefined 0']);
  });

  test('[R8] a listener may stop listening while it is told', () => {
    const session = sessionOf();
    let first = 0;
    let second = 0;
    const stop = session.listen(() => {
      first += 1;
      stop();
    });
    session.listen(() => (second += 1));
    session.setField('year', '2024');
    session.setField('year', '2023');
    assert.deepEqual([first, second], [1, 2]);
  });

  test('[R8] the same texts give the same findings whether typed, pasted, imported or set by the host', () => {
    const texts: [CellId, string][] = [
      ['requests/received/social', '46'],
      ['disclosure/fees/amount', '12件'],
      ['requests/granted/other', '/'],
      ['proceedings/review/total', '0'],
    ];
    const verdicts = (['typing', 'paste', 'fill', 'import', 'host', 'other-tab'] as const).map((origin) => {
      const session = sessionOf();
      session.enter(texts, origin);
      return session.state.findings;
    });
    for (const findings of verdicts) assert.deepEqual(findings, verdicts[0]);
    assert.ok(verdicts[0]!.length > 3);
  });

  test('[R9] last year’s report switches the rules across years on and off', () => {
    const session = sessionOf();
    const heard: number[] = [];
    session.listen((state) => heard.push(state.findings.length));
    session.previous = publishedReport(cityCells(), '2021', { year: 2024 });
    assert.ok(ruleIds(session).includes('Y-01') && ruleIds(session).includes('X-03'));
    session.enter([['disclosure/rules/issued', '4']], 'typing');
    assert.ok(ruleIds(session).includes('Y-03'));
    session.previous = undefined;
    assert.deepEqual(ruleIds(session), []);
    assert.equal(heard.length, 3);
  });

  test('[R9] the checks of finishing are stricter and change nothing', () => {
    const session = sessionOf(cityReport({ 'disclosure/rules/issued': null }));
    const { state } = session;
    assert.deepEqual(
      state.findings.map((finding) => [finding.rule, finding.severity]),
      [['V-02', 'verify']],
    );
    assert.deepEqual(
      session.findingsOnFinishing().map((finding) => [finding.rule, finding.severity]),
      [['V-02', 'must']],
    );
    assert.equal(session.state, state);
  });

  test('[R9] the report is judged with its head: year, name, kind and functions', () => {
    const report = cityReport();
    const session = sessionOf({
      ...report,
      carried: {
        organization: { functions: ['licensing'] },
        period: { from: '2025-01-01', to: '2025-06-30' },
      },
    });
    assert.deepEqual(ruleIds(session), ['S-06']);
    session.enter([['disclosure/licensing/decisions', '0']], 'typing');
    session.setField('organization.kind', 'county-bureau');
    session.setField('organization.name', '');
    const rules = new Set(ruleIds(session));
    for (const rule of ['S-06', 'T2-05', 'T2-03', 'V-10']) assert.ok(rules.has(rule), rule);
    session.setField('year', '明年');
    assert.equal(ruleIds(session).filter((rule) => rule === 'S-06').length, 2);
  });
});
