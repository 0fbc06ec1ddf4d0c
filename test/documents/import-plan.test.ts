/** What taking over a reading does to a report: which cells it writes, and which it leaves alone. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import { isBlankReport, planImport, type ImportOptions } from '../../src/documents/import-plan.ts';
import { readingOfReport } from '../../src/documents/reading-of-report.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { BLANK, MERGED, type CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { entryText, readEntry } from '../../src/format/read-entry.ts';
import { payloadText } from '../../src/payload/write-payload.ts';
import { emptyReport, formatOf, type Report } from '../../src/report/report.ts';
import { Session } from '../../src/report/session.ts';
import { applyChanges } from '../../src/report/transaction.ts';
import { reading } from '../fixtures/readings.ts';

const received: CellId = 'requests/received/natural-person';
const granted: CellId = 'requests/granted/natural-person';
const reviewTotal: CellId = 'proceedings/review/total';

function reportOf(texts: Readonly<Record<CellId, string>>, version: '2019' | '2021' = '2021'): Report {
  const report = emptyReport(version, 2024);
  const entries = new Map(report.entries);
  const controls = new Map(report.controls);
  for (const [id, text] of Object.entries(texts)) {
    const cell = formatOf(report).cellsById.get(id)!;
    (cell.operands === undefined ? entries : controls).set(id, readEntry(text, cell.kind));
  }
  return { ...report, entries, controls };
}

const all: ImportOptions = { scope: 'all' };
function after(report: Report, from: DocumentReading, options: ImportOptions = all): Report {
  const { base, changes } = planImport(report, from, options);
  return applyChanges(base, changes);
}
const text = (report: Report, id: CellId): string => entryText(report.entries.get(id) ?? BLANK);

describe('import plan', () => {
  test('[X85] 全部 writes what is certain, over other values too; a blank in the document erases nothing', () => {
    const report = reportOf({ [received]: '7', [granted]: '3', 'requests/granted/other': '5' });
    const from = reading({
      texts: { [received]: '9', [granted]: '', 'requests/granted/other': '5' },
      fill: '0',
    });
    const plan = planImport(report, from, all);
    const now = applyChanges(plan.base, plan.changes);
    assert.equal(text(now, received), '9');
    assert.equal(text(now, granted), '3');
    assert.equal(plan.fates.get(received)!.fate, 'replaced');
    assert.equal(plan.fates.get(granted)!.fate, 'kept');
    assert.equal(plan.fates.get('requests/granted/other')!.fate, 'same');
    assert.equal(plan.counts.kept, 1);
    assert.equal(plan.counts.replaced, 1);
    assert.equal(plan.counts.written, FORMATS['2021'].inputs.length - 3);
  });

  test('[X85] 仅空白格 writes blank cells only, 仅选区 selected ones only, and neither touches anything else', () => {
    const report = reportOf({ [received]: '7' });
    const from = reading({
      fill: '2',
      narrative: { overview: '正文' },
      period: { from: '2024-01-01', to: '2024-12-31' },
    });
    const blank = after(report, from, { scope: 'blank' });
    assert.equal(text(blank, received), '7');
    assert.equal(text(blank, granted), '2');
    assert.deepEqual(blank.carried['narrative'], { overview: '正文' });
    const plan = planImport(report, from, { scope: 'selection', selection: [granted] });
    assert.deepEqual(
      plan.changes.map((change) => ('cell' in change ? change.cell : change)),
      [granted],
    );
    assert.equal(plan.fates.get(received)!.fate, 'outside');
  });

  test('[X86] an uncertain reading takes no number away, and becomes an uncertain entry where there is none', () => {
    const report = reportOf({ [received]: '7' });
    const uncertain = {
      [received]: { raw: '1O', candidate: 10_000_000n },
      [granted]: { raw: '12', candidate: 12_000_000n },
    };
    for (const scope of ['all', 'blank'] as const) {
      const plan = planImport(report, reading({ fill: '0', uncertain }), { scope });
      const now = applyChanges(plan.base, plan.changes);
      assert.equal(text(now, received), '7');
      assert.deepEqual(now.entries.get(granted), { kind: 'uncertain', raw: '12', candidate: 12_000_000n });
      assert.equal(plan.counts.doubtful, 1);
      assert.equal(plan.counts.kept, 1);
    }
  });

  test('[X86] words in the place of a number take none away either', () => {
    const now = after(
      reportOf({ [received]: '7' }),
      reading({ fill: '0', texts: { [received]: '3件', [granted]: '约5' } }),
    );
    assert.equal(text(now, received), '7');
    assert.equal(text(now, granted), '约5');
  });

  test('[X87] a printed total becomes a control total where it differs, and nowhere else', () => {
    const from = reading({ fill: '1', texts: { [reviewTotal]: '9' } });
    const now = after(reportOf({}), from);
    assert.deepEqual([...now.controls.keys()], [reviewTotal]);
    assert.equal(entryText(now.controls.get(reviewTotal)!), '9');
  });

  test('[X87] it is no evidence against parts that the report kept', () => {
    const report = reportOf({ 'proceedings/review/upheld': '4' });
    const from = reading({ fill: '1' });
    const plan = planImport(report, from, { scope: 'blank' });
    assert.deepEqual(applyChanges(plan.base, plan.changes).controls, new Map());
    assert.equal(plan.fates.get(reviewTotal)!.fate, 'kept');
    assert.equal(after(report, from).controls.size, 0);
  });

  test('[X87] a part that stays blank, or that the document counts elsewhere, is none of its parts', () => {
    const from = reading({ fill: '1', texts: { [reviewTotal]: '9' } });
    const parts = FORMATS['2021'].cellsById.get(reviewTotal)!.operands!;
    const some = planImport(reportOf({}), from, { scope: 'selection', selection: [parts[0]!, reviewTotal] });
    assert.deepEqual(
      some.changes.map((change) => ('cell' in change ? change.cell : change)),
      [parts[0]],
    );
    assert.equal(some.fates.get(reviewTotal)!.fate, 'kept');
    const whole = planImport(reportOf({}), from, { scope: 'selection', selection: [...parts, reviewTotal] });
    assert.equal(whole.fates.get(reviewTotal)!.fate, 'control');
    // Blank in both.
    const last = reading({ fill: '1', texts: { [parts[1]!]: '', [reviewTotal]: '9' } });
    assert.equal(planImport(reportOf({}), last, all).fates.get(reviewTotal)!.fate, 'control');

    const into2019 = after(reportOf({ [received]: '7' }, '2019'), reading({ fill: '2' }));
    assert.deepEqual([...into2019.controls.keys()], []);
    const into2021 = reading({
      version: '2019',
      fill: '2',
      texts: { 'requests/total/social': '99' },
    });
    const plan = planImport(reportOf({ [received]: '7' }), into2021, all);
    assert.deepEqual([...applyChanges(plan.base, plan.changes).controls.keys()], ['requests/total/social']);
  });

  test('[X87] a printed total that is no certain number is told from one that agrees', () => {
    const from = reading({
      fill: '1',
      texts: { [reviewTotal]: '/', 'requests/received/total': '约9', 'requests/granted/total': '' },
    });
    const partly = 'requests/partly-granted/total';
    const cells = new Map(from.cells);
    const entry = { kind: 'uncertain', raw: '1O', candidate: 10_000_000n } as const;
    cells.set(partly, { ...cells.get(partly)!, entry, raw: '1O', confidence: 'uncertain' });
    const plan = planImport(reportOf({}), { ...from, cells }, all);
    for (const id of [reviewTotal, 'requests/received/total', partly])
      assert.equal(plan.fates.get(id)!.fate, 'unread');
    assert.equal(plan.fates.get('requests/granted/total')!.fate, 'blank');
    assert.equal(plan.counts.unread, 3);
    assert.equal(plan.counts.controls, 0);
    assert.equal(
      planImport(reportOf({ [reviewTotal]: '/' }), from, all).fates.get(reviewTotal)!.fate,
      'same',
    );
  });

  test('[X87] a control total that somebody typed stays under 仅空白格', () => {
    const report = reportOf({ [reviewTotal]: '8' });
    const from = reading({ fill: '1', texts: { [reviewTotal]: '9' } });
    assert.equal(entryText(after(report, from, { scope: 'blank' }).controls.get(reviewTotal)!), '8');
    assert.equal(entryText(after(report, from).controls.get(reviewTotal)!), '9');
  });

  test('[X88] a document of 2019 fills a begun report of 2021 where the forms count the same, and （六） with a mark', () => {
    const from = reading({ version: '2019', fill: '2', year: 2020 });
    const report = reportOf({ [received]: '7' });
    const plan = planImport(report, from, { scope: 'blank', untouched: false });
    const now = applyChanges(plan.base, plan.changes);
    assert.equal(now.version, '2021');
    assert.equal(text(now, granted), '2');
    assert.equal(text(now, 'disclosure/licensing/decisions'), '2');
    assert.equal(text(now, 'disclosure/rules/issued'), '');
    assert.equal(text(now, 'disclosure/fees/amount'), '');
    assert.equal(text(now, 'requests/other.other/social'), '2');
    assert.deepEqual(now.entries.get('requests/other.fee-overdue/social'), MERGED);
    assert.equal(plan.fates.get('disclosure/rules/made')!.fate, 'elsewhere');
  });

  test('[X88] （六） in one row is left out where the report has figures in the first two', () => {
    const report = reportOf({ 'requests/other.fee-overdue/social': '1' });
    const from = reading({ fill: '2', report: { oneRowOther: true } });
    const plan = planImport(report, from, all);
    assert.equal(plan.oneRowRefused, true);
    const now = applyChanges(plan.base, plan.changes);
    assert.equal(text(now, 'requests/other.other/social'), '');
    assert.equal(text(now, 'requests/other.fee-overdue/social'), '1');
    assert.equal(text(now, granted), '2');
    const free = after(reportOf({}), from);
    assert.deepEqual(free.entries.get('requests/other.fee-overdue/social'), MERGED);
    assert.equal(text(free, 'requests/other.other/social'), '2');
  });

  for (const version of ['2019', '2021'] as const)
    test(`[X88] （六） in one row of ${version} marks the other two where it is taken and in the selection, and counts them`, () => {
      const from = reading({ version, fill: '2', report: { oneRowOther: version === '2021' } });
      const other = (column: string): CellId => `requests/other.other/${column}`;
      const fee = (column: string): CellId => `requests/other.fee-overdue/${column}`;
      const selection = [other('social'), fee('social'), fee('legal-service'), other('other')];
      const plan = planImport(reportOf({}), from, { scope: 'selection', selection });
      const now = applyChanges(plan.base, plan.changes);
      const marked = [...now.entries].filter(([, { kind }]) => kind === 'merged').map(([id]) => id);
      assert.deepEqual(marked, [fee('social')]);
      assert.equal(plan.counts.written, 3);
      assert.equal(plan.fates.get('requests/other.correction-overdue/social')!.fate, 'outside');

      const kept = planImport(reportOf({ [other('social')]: '1' }), from, { scope: 'blank' });
      const after = applyChanges(kept.base, kept.changes);
      assert.equal(text(after, fee('social')), '');
      assert.equal(after.entries.get(fee('social'))?.kind ?? 'blank', 'blank');
      assert.deepEqual(after.entries.get(fee('other')), MERGED);
      const whole = planImport(reportOf({}), from, all);
      assert.deepEqual(applyChanges(whole.base, whole.changes).entries.get(fee('other')), MERGED);
      assert.equal(whole.counts.unread, 0, 'a total that is not there cannot be read wrongly');
    });

  test('[X88] three rows of 2021 are not made one of 2019', () => {
    const now = after(reportOf({ [received]: '1' }, '2019'), reading({ fill: '2' }));
    assert.equal(text(now, 'requests/other/social'), '');
    assert.equal(text(now, granted), '2');
    assert.equal(now.version, '2019');
  });

  test('[X88] a report that nobody has begun takes the format of the document, and keeps its head', () => {
    const report = { ...reportOf({}), carried: { organization: { region: '430123' } } };
    assert.equal(isBlankReport(report), true);
    const now = after(report, reading({ version: '2019', fill: '2' }), { scope: 'all', untouched: true });
    assert.equal(now.version, '2019');
    assert.equal(now.head.year, '2024');
    assert.deepEqual(now.carried, { organization: { region: '430123' } });
    assert.equal(text(now, 'disclosure/rules/made'), '2');
    assert.equal(text(now, 'requests/other/social'), '2');
  });

  test('[X89] year and unit are filled where blank, and replaced only by wish; texts are added member by member', () => {
    const from = reading({
      year: 2023,
      organization: '某局',
      fill: '0',
      narrative: { overview: '新', problems: '问题' },
      contact: { phone: '1' },
    });
    const begun = { ...reportOf({}), carried: { narrative: { overview: '旧', more: '别的' } } };
    const now = after(begun, from, { scope: 'blank' });
    assert.equal(now.head.year, '2024');
    assert.equal(now.head['organization.name'], '某局');
    assert.deepEqual(now.carried['narrative'], { overview: '旧', more: '别的', problems: '问题' });
    assert.deepEqual(now.carried['contact'], { phone: '1' });
    const replaced = after(begun, from, { scope: 'all', replaceYear: true });
    assert.equal(replaced.head.year, '2023');
    assert.deepEqual(replaced.carried['narrative'], { overview: '旧', more: '别的', problems: '问题' });
  });

  test('[X89] a text that is there gives way in no scope, a blank one does, and a period is whole or left', () => {
    const from = reading({
      fill: '0',
      narrative: { overview: '新' },
      contact: { phone: '1', email: 'a@b' },
      period: { from: '2024-01-01', to: '2024-12-31' },
    });
    const carried = {
      narrative: { overview: '旧' },
      contact: { phone: ' ' },
      period: { from: '2024-03-01' },
    };
    for (const scope of ['all', 'blank'] as const) {
      const plan = planImport({ ...reportOf({}), carried }, from, { scope });
      const now = applyChanges(plan.base, plan.changes);
      assert.deepEqual(now.carried, { ...carried, contact: { phone: '1', email: 'a@b' } });
      assert.deepEqual(plan.partsKept, ['period', 'narrative']);
    }
    const again = planImport({ ...reportOf({}), carried: { narrative: { overview: '新' } } }, from, all);
    assert.deepEqual(again.partsKept, []);
  });

  test('[X89] one step of undo takes everything back', () => {
    const report = {
      ...reportOf({ [received]: '7', [reviewTotal]: '3' }),
      carried: { narrative: { other: '旧' } },
    };
    const session = new Session(report, OFFICIAL_RULES);
    const before = payloadText(session.report);
    const from = reading({
      fill: '2',
      texts: { [reviewTotal]: '9' },
      narrative: { overview: '新' },
      contact: { phone: '1' },
      period: { from: '2024-01-01', to: '2024-12-31' },
    });
    session.apply(planImport(session.report, from, all).changes, 'import');
    assert.notEqual(payloadText(session.report), before);
    session.undo();
    assert.equal(payloadText(session.report), before);
    session.redo();
    assert.deepEqual(session.report.carried['contact'], { phone: '1' });
    assert.equal(session.state.history.done.length, 1);
  });

  test('[X89] a report of ours goes the same way: every cell and control total arrives', () => {
    const given = reportOf({ [received]: '7', 'disclosure/rules/issued': '/', [reviewTotal]: '3' });
    const from = readingOfReport(given);
    assert.equal(from.report.recognised, 2 + 1);
    const now = after(reportOf({}), from);
    assert.deepEqual(now.entries, given.entries);
    assert.deepEqual(now.controls, given.controls);
  });
});
