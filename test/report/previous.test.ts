/** Last year's report beside this one: what corresponds, what is carried over, and what is said of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { valuesOf, type CheckedReport } from '../../src/checks/checked-report.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { MERGED, type CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { formatQuantity, quantityFromNumber } from '../../src/format/quantity.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { carryOver, cellOfLastYear, isUnfinished, valueOfLastYear } from '../../src/report/previous.ts';
import {
  cellOfLastYearZh,
  doubtsZh,
  draftZh,
  notComparedZh,
  otherYearZh,
  unknownZh,
} from '../../src/report/previous-words-zh.ts';
import { checkedReport, emptyReport, type Report } from '../../src/report/report.ts';
import { Session } from '../../src/report/session.ts';
import { applyChanges } from '../../src/report/transaction.ts';
import {
  cityCells,
  editedReport,
  payloadFrom,
  publishedReport,
  readCase,
  uniformCells,
} from '../fixtures/reports.ts';

const COLUMNS = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'];
const over = (column: string): CellId => `requests/carried-over/${column}`;
const forward = (column: string): CellId => `requests/carried-forward/${column}`;
const q = quantityFromNumber;

/** A report with these texts in its inputs. */
function reportOf(texts: Readonly<Record<CellId, string>>, version: '2019' | '2021' = '2021'): Report {
  const report = emptyReport(version, version === '2021' ? 2025 : 2020);
  const entries = new Map(report.entries);
  for (const [id, text] of Object.entries(texts))
    entries.set(id, readEntry(text, FORMATS[version].cellsById.get(id)!.kind));
  return { ...report, entries };
}

const city = (): CheckedReport => publishedReport(cityCells(), '2021', { year: 2024 });

describe('what corresponds', () => {
  test('[R30] within one form every cell is compared with itself, 上年结转 with last year’s 结转下年度', () => {
    for (const version of ['2021', '2019'] as const) {
      const previous = editedReport(uniformCells(version), version);
      for (const { id } of FORMATS[version].cells) {
        const expected = id.replace('requests/carried-over/', 'requests/carried-forward/');
        assert.equal(cellOfLastYear(emptyReport(version), previous, id), expected);
      }
    }
    assert.equal(cellOfLastYear(emptyReport('2021'), city(), 'requests/none/none'), undefined);
  });

  test('[R30] between 2019 and 2021 表三 and 表四 carry over but for （六）, of 表二 only the decisions', () => {
    for (const [now, last] of [
      ['2021', '2019'],
      ['2019', '2021'],
    ] as const) {
      const previous = editedReport(uniformCells(last), last);
      const lost = FORMATS[now].cells
        .map((cell) => cell.id)
        .filter((id) => cellOfLastYear(emptyReport(now), previous, id) === undefined);
      assert.ok(lost.every((id) => id.startsWith('disclosure/') || id.startsWith('requests/other')));
      const kept = FORMATS[now].tables[0]!.cells.map((cell) => cell.id).filter((id) => !lost.includes(id));
      assert.deepEqual(kept, [
        'disclosure/licensing/decisions',
        'disclosure/penalties/decisions',
        'disclosure/coercive-measures/decisions',
      ]);
      const rows = new Set(lost.filter((id) => id.startsWith('requests/')).map((id) => id.split('/')[1]));
      assert.deepEqual(
        [...rows],
        now === '2021' ? ['other.correction-overdue', 'other.fee-overdue', 'other.other'] : ['other'],
      );
    }
  });

  test('[R30] （六） in one row is compared with nothing, whichever year has it', () => {
    const merged = reportOf({});
    const entries = new Map(merged.entries).set('requests/other.fee-overdue/enterprise', MERGED);
    const oneRow = { ...merged, entries };
    for (const [report, previous] of [
      [oneRow, city()],
      [emptyReport('2021'), checkedReport(oneRow)],
    ] as const) {
      assert.equal(cellOfLastYear(report, previous, 'requests/other.other/total'), undefined);
      assert.equal(cellOfLastYear(report, previous, 'requests/granted/total'), 'requests/granted/total');
      assert.match(notComparedZh(report, previous), /（六）其他处理有一年只有一行/);
    }
  });

  test('[R31] last year’s value is its stated total before the computed one', () => {
    const cells = { ...cityCells(), 'requests/granted/total': 7 };
    const report = emptyReport('2021', 2025);
    const stated = valuesOf(publishedReport(cells));
    assert.equal(valueOfLastYear(report, stated, 'requests/granted/total'), q(7));
    const computed = valuesOf(editedReport(cells)).value('requests/granted/total')!;
    assert.notEqual(computed, q(7));
    assert.equal(valueOfLastYear(report, valuesOf(editedReport(cells)), 'requests/granted/total'), computed);
  });

  test('[R31] a blank, a "/" and a cell that does not carry over have no value', () => {
    const last = valuesOf(
      publishedReport({
        ...cityCells(),
        'proceedings/review/upheld': null,
        'disclosure/rules/issued': '/',
      } as never),
    );
    const report = emptyReport('2021', 2025);
    assert.equal(valueOfLastYear(report, last, 'proceedings/review/upheld'), undefined);
    assert.equal(valueOfLastYear(report, last, 'disclosure/rules/issued'), undefined);
    const trial = valuesOf(editedReport(uniformCells('2019', 3), '2019'));
    assert.equal(valueOfLastYear(report, trial, 'disclosure/rules/in-force'), undefined);
    assert.equal(valueOfLastYear(report, trial, 'disclosure/fees/amount'), undefined);
    assert.equal(valueOfLastYear(report, trial, 'disclosure/penalties/decisions'), q(3));
  });
});

describe('what is carried over', () => {
  test('[R32] blank cells of 上年结转 get last year’s 结转下年度 of their applicant, and the rules are content', () => {
    const report = emptyReport('2021', 2025);
    const previous = city();
    const { blank, different, unknown } = carryOver(report, previous);
    assert.deepEqual(
      blank.map((change) => ('cell' in change ? change.cell : '')),
      COLUMNS.map(over),
    );
    assert.deepEqual([different, unknown], [[], []]);
    const filled = applyChanges(report, blank);
    for (const column of COLUMNS)
      assert.deepEqual(filled.entries.get(over(column)), previous.entries.get(forward(column)));
    assert.deepEqual(filled.controls, new Map());
    const session = new Session(filled, OFFICIAL_RULES);
    session.previous = previous;
    assert.deepEqual(
      session.state.findings.filter(({ rule }) => ['Y-01', 'Y-02'].includes(rule)),
      [],
    );
    assert.deepEqual(carryOver(filled, previous).blank, []);
  });

  test('[R32] what is filled stays: only what differs is told apart, texts and "/" too', () => {
    const previous = editedReport({ ...uniformCells('2021'), [forward('enterprise')]: 3 });
    const report = reportOf({
      [over('natural-person')]: '0',
      [over('enterprise')]: '4',
      [over('research')]: '/',
      [over('social')]: '无此类',
      [over('legal-service')]: '０',
    });
    const { blank, different } = carryOver(report, previous);
    const ids = (changes: typeof blank): string[] => changes.map((one) => ('cell' in one ? one.cell : ''));
    assert.deepEqual(ids(blank), [over('other')]);
    assert.deepEqual(ids(different), [over('enterprise'), over('research'), over('social')]);
    assert.equal(valuesOf(checkedReport(applyChanges(report, different))).value(over('enterprise')), q(3));
  });

  test('[R32] a 2019 predecessor and wrong or blank totals of last year disturb nothing', () => {
    const trial = editedReport({ ...uniformCells('2019'), [forward('other')]: 2 }, '2019');
    assert.equal(carryOver(emptyReport('2021', 2021), trial).blank.length, 6);
    for (const total of [99, null]) {
      const previous = publishedReport({ ...cityCells(), 'requests/carried-forward/total': total });
      assert.equal(carryOver(emptyReport('2021'), previous).blank.length, 6);
    }
  });

  test('[R33] what is no number of requests fills nothing and is said', () => {
    for (const text of [null, '/', '三件', '-1', '2.5', '1234567890123', '1e3']) {
      const previous = publishedReport({ ...cityCells(), [forward('social')]: text } as never);
      const report = emptyReport('2021', 2025);
      const { blank, unknown } = carryOver(report, previous);
      assert.equal(blank.length, 5, String(text));
      assert.deepEqual(
        unknown.map((cell) => cell.column),
        ['social'],
      );
      assert.match(unknownZh(report, previous), /有 1 格没有有效的件数（社会公益组织），未填入/);
    }
    const absent = checkedReport({ ...emptyReport('2021'), entries: new Map() });
    assert.equal(carryOver(emptyReport('2021'), absent).unknown.length, 6);
    assert.equal(unknownZh(emptyReport('2021'), city()), '');
  });

  test('[R33] twelve digits are a number and are carried over whole', () => {
    const previous = editedReport({ ...uniformCells('2021'), [forward('other')]: 999_999_999_999 });
    const [last] = carryOver(emptyReport('2021'), previous).blank.slice(-1);
    assert.deepEqual(last && 'cell' in last && last.to, { kind: 'number', value: q(999_999_999_999) });
  });

  test('[R32] only what is new or says it is unfinished may be filled unasked', () => {
    assert.equal(isUnfinished(emptyReport('2021')), true);
    const begun = reportOf({ 'requests/granted/other': '/' });
    assert.equal(isUnfinished(begun), false);
    assert.equal(isUnfinished({ ...begun, carried: { draft: true } }), true);
    assert.equal(isUnfinished(reportOf({ 'disclosure/licensing/decisions': '4' })), true);
  });
});

describe('what is said', () => {
  test('[R34] of a cell: last year’s value, the change, or the source of 上年结转', () => {
    assert.equal(cellOfLastYearZh('requests/granted/total', q(12), undefined), '上年 12');
    assert.equal(cellOfLastYearZh('requests/granted/total', q(12), q(15)), '上年 12，增加 3');
    assert.equal(cellOfLastYearZh('disclosure/fees/amount', q(12.5), q(0)), '上年 12.5，减少 12.5');
    assert.equal(cellOfLastYearZh('requests/granted/total', q(12), q(12)), '');
    assert.equal(cellOfLastYearZh(over('other'), q(3), q(3)), '与上年“结转下年度继续办理”3 一致');
    assert.equal(cellOfLastYearZh(over('other'), q(3), q(4)), '上年“结转下年度继续办理” 3');
  });

  test('[R34] of the form: what is compared and what is not', () => {
    const trial = editedReport(uniformCells('2019'), '2019');
    assert.match(
      notComparedZh(emptyReport('2021'), trial),
      /^上年报告为2019年试行格式：表三、表四照常核对；规章、行政规范性文件和行政事业性收费口径不同/,
    );
    assert.match(
      notComparedZh(emptyReport('2019'), city()),
      /^上年报告为2021年格式，当前报告为2019年试行格式：/,
    );
    assert.equal(notComparedZh(emptyReport('2021'), city()), '');
    assert.equal(notComparedZh(emptyReport('2019'), trial), '');
  });

  test('[R34] of doubts: another unit, no year, a changed file; a draft is said apart', () => {
    const named = (report: Report, name: string): Report => ({
      ...report,
      head: { ...report.head, 'organization.name': name },
    });
    const report = named(emptyReport('2021', 2025), '示例单位');
    assert.deepEqual(doubtsZh(report, city(), ''), []);
    assert.match(doubtsZh(named(report, '甲'), city(), '')[0]!, /“示例单位”.*“甲”.*请确认是否同一单位/);
    assert.match(doubtsZh(named(emptyReport('2021'), '示例单位'), city(), '')[0]!, /当前报告没有填报告年度/);
    assert.match(doubtsZh(report, { ...city(), year: undefined }, '')[0]!, /上年报告没有填报告年度/);
    assert.match(doubtsZh(report, city(), '内容与核对码不一致。')[0]!, /内容与核对码不一致/);
    assert.equal(draftZh(false), '');
    assert.match(draftZh(true), /上年报告是未定稿的草稿/);
    assert.match(otherYearZh(2025, 2023), /应为 2024 年度，打开的是 2023 年度/);
  });

  test('[R35] what was explained last year can be reached from the report in use', () => {
    const explanation = {
      rule: 'Y-04',
      cells: ['disclosure/normative-documents/in-force'],
      values: `sha256:${'0'.repeat(64)}`,
      kind: 'explained',
      text: '机构改革',
      at: '2025-01-12T08:00:00Z',
    };
    const figures = { ...readCase('007'), year: 2024 };
    const read = readPayload(JSON.stringify({ ...payloadFrom(figures), explanations: [explanation] }));
    assert.ok(read.ok);
    const session = new Session(emptyReport('2021', 2025), OFFICIAL_RULES);
    session.previous = checkedReport(read.report);
    assert.deepEqual(session.previous.explanations, [explanation]);
    assert.equal(session.previous.explanations![0]!.text, '机构改革');
    assert.deepEqual(checkedReport(emptyReport('2021')).explanations, []);
    assert.equal(
      formatQuantity(valuesOf(session.previous).value(forward('natural-person'))!),
      String(cityCells()[forward('natural-person')]),
    );
  });
});
