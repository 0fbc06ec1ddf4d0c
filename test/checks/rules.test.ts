/** Every rule of the catalogue: a good report on which all are silent, and for each rule reports that break it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkReport, type CheckOptions } from '../../src/checks/check-report.ts';
import type { CheckedReport } from '../../src/checks/checked-report.ts';
import { findingKey, isBlocking, isViolation, type Finding } from '../../src/checks/finding.ts';
import { SEVERITIES, type Severity } from '../../src/checks/rule.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { findingSentenceEn, SEVERITY_EN } from '../../src/checks/wording-en.ts';
import { SEVERITY_ZH } from '../../src/checks/severity-zh.ts';
import { findingSentenceZh, ruleTitleZh } from '../../src/checks/wording-zh.ts';
import { BLANK, type CellId, type Entry } from '../../src/format/entry.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { cityCells, editedReport, number, readCase, uniformCells, type Cells } from '../fixtures/reports.ts';

type Rest = Partial<Omit<CheckedReport, 'format' | 'entries' | 'reported'>>;

/** Everything an example may change. */
interface Situation {
  version: FormatVersion;
  cells: Cells;
  /** Entries other than plain numbers; null takes the cell out of the report. */
  entries: Record<CellId, Entry | null>;
  controls: Record<CellId, Entry>;
  rest: Rest;
  previous: { version: FormatVersion; cells: Cells; rest: Rest } | undefined;
  options: CheckOptions;
}

/** The year before the city's report, so that every rule across years holds. */
function cellsBefore(): Cells {
  const cells = cityCells();
  for (const id of Object.keys(cells)) {
    if (id.startsWith('requests/carried-forward/'))
      cells[id] = cells[id.replace('carried-forward', 'carried-over')]!;
  }
  for (const row of ['rules', 'normative-documents']) {
    const at = (column: string): number => cells[`disclosure/${row}/${column}`]!;
    cells[`disclosure/${row}/in-force`] = at('in-force') - at('issued') + at('repealed');
  }
  cells['proceedings/review/upheld'] = cells['proceedings/review/upheld']! + 1;
  return cells;
}

function goodSituation(): Situation {
  return {
    version: '2021',
    cells: cityCells(),
    entries: {},
    controls: {},
    rest: {
      organization: { name: '示例市人民政府', kind: 'city', functions: ['licensing', 'enforcement', 'fees'] },
      period: { from: '2025-01-01', to: '2025-12-31' },
    },
    previous: { version: '2021', cells: cellsBefore(), rest: { year: 2024 } },
    options: {},
  };
}

function findingsOf(situation: Situation, rules = OFFICIAL_RULES.rules): Finding[] {
  const report = editedReport(situation.cells, situation.version, situation.rest);
  const entries = new Map(report.entries);
  for (const [id, entry] of Object.entries(situation.entries)) {
    if (entry === null) entries.delete(id);
    else entries.set(id, entry);
  }
  const { previous } = situation;
  return checkReport({ ...report, entries, reported: new Map(Object.entries(situation.controls)) }, rules, {
    ...situation.options,
    previous:
      previous === undefined ? undefined : editedReport(previous.cells, previous.version, previous.rest),
  });
}

interface Example {
  readonly rule: string;
  readonly says: string;
  readonly severity: Severity;
  readonly change: (situation: Situation) => void;
  /** Cells of the expected finding; undefined where the finding names none. */
  readonly cells: readonly CellId[];
  /** Rules to run where the official set as a whole never lets this one apply. */
  readonly only?: true;
}

const set =
  (values: Cells) =>
  (situation: Situation): void =>
    void Object.assign(situation.cells, values);
const all = (situation: Situation, prefix: string, value: number): void => {
  for (const id of Object.keys(situation.cells)) if (id.startsWith(prefix)) situation.cells[id] = value;
};
const columnOf = (column: string): CellId[] =>
  FORMATS['2021'].tables[1]!.cells.filter((cell) => cell.column === column).map((cell) => cell.id);
const rowOf = (row: string): CellId[] =>
  FORMATS['2021'].tables[1]!.cells.filter((cell) => cell.row === row).map((cell) => cell.id);
const outcomesOf = (column: string): CellId[] =>
  columnOf(column).filter((id) => !/received|carried|requests\/total/.test(id));
const income = (column: string): CellId[] =>
  ['requests/received', 'requests/carried-over'].map((row) => `${row}/${column}`);
const TABLE_FOUR_TOTALS = ['review', 'litigation-direct', 'litigation-after-review'].map(
  (row) => `proceedings/${row}/total`,
);

const EXAMPLES: readonly Example[] = [
  {
    rule: 'S-01',
    says: 'a table without some of its cells',
    severity: 'must',
    change: ({ entries }) =>
      void Object.assign(entries, { 'proceedings/review/upheld': null, 'proceedings/review/pending': null }),
    cells: ['proceedings/review/upheld', 'proceedings/review/pending'],
  },
  {
    rule: 'S-01',
    says: 'a total that is not there at all',
    severity: 'must',
    change: (situation) => (situation.rest = { ...situation.rest, absentTotals: ['requests/total/total'] }),
    cells: ['requests/total/total'],
  },
  {
    rule: 'S-02',
    says: 'the trial format for 2021 or later',
    severity: 'must',
    change: (situation) => {
      Object.assign(situation, { version: '2019', cells: uniformCells('2019'), previous: undefined });
      situation.rest = { year: 2021, organization: { name: '示例' } };
    },
    cells: [],
  },
  {
    rule: 'S-03',
    says: 'a subtotal row with numbers',
    severity: 'verify',
    change: (situation) => (situation.rest = { ...situation.rest, extraCells: ['requests/denied/total'] }),
    cells: [],
  },
  {
    rule: 'S-04',
    says: 'a label with characters missing',
    severity: 'verify',
    change: (situation) =>
      (situation.rest = {
        ...situation.rest,
        readLabels: [['2.其他法律行政法规禁止公开', '2.其他法律行政止公开']],
      }),
    cells: [],
  },
  {
    rule: 'S-05',
    says: 'a section missing',
    severity: 'verify',
    change: (situation) => (situation.rest = { ...situation.rest, readSections: ['一、总体情况'] }),
    cells: [],
  },
  {
    rule: 'S-06',
    says: 'no organisation',
    severity: 'must',
    change: (situation) => (situation.rest = { ...situation.rest, organization: { name: ' ' } }),
    cells: [],
  },
  {
    rule: 'S-06',
    says: 'no year',
    severity: 'must',
    change: (situation) => (situation.rest = { ...situation.rest, year: undefined }),
    cells: [],
  },
  {
    rule: 'S-06',
    says: 'a period that is not the year',
    severity: 'verify',
    change: (situation) =>
      (situation.rest = { ...situation.rest, period: { from: '2025-01-01', to: '2025-11-30' } }),
    cells: [],
  },
  {
    rule: 'V-02',
    says: 'a blank cell',
    severity: 'verify',
    change: ({ entries }) => void (entries['disclosure/rules/issued'] = BLANK),
    cells: ['disclosure/rules/issued'],
  },
  {
    rule: 'V-02',
    says: 'a blank cell on finishing',
    severity: 'must',
    change: (situation) => {
      situation.entries['requests/granted/social'] = BLANK;
      situation.options = { finishing: true };
    },
    cells: ['requests/granted/social'],
  },
  {
    rule: 'V-02',
    says: 'a cell of which a reader was not sure',
    severity: 'verify',
    change: ({ entries }) =>
      void (entries['requests/granted/social'] = { kind: 'uncertain', raw: '4l', candidate: 41_000_000n }),
    cells: ['requests/granted/social'],
  },
  {
    rule: 'V-03',
    says: 'a stroke',
    severity: 'verify',
    change: ({ entries }) => void (entries['requests/granted/social'] = readEntry('/', 'count')),
    cells: ['requests/granted/social'],
  },
  {
    rule: 'V-03',
    says: 'a stroke in an equation on finishing',
    severity: 'must',
    change: (situation) => {
      situation.entries['proceedings/review/other'] = readEntry('—', 'count');
      situation.options = { finishing: true };
    },
    cells: ['proceedings/review/other'],
  },
  {
    rule: 'V-03',
    says: 'a stroke in 表二 on finishing',
    severity: 'verify',
    change: (situation) => {
      situation.entries['disclosure/rules/issued'] = readEntry('/', 'count');
      situation.options = { finishing: true };
    },
    cells: ['disclosure/rules/issued'],
  },
  {
    rule: 'V-03',
    says: 'a stroke for a total',
    severity: 'verify',
    change: ({ controls }) => void (controls['proceedings/review/total'] = readEntry('/', 'count')),
    cells: ['proceedings/review/total'],
  },
  {
    rule: 'V-04',
    says: 'a unit behind the number',
    severity: 'format',
    change: ({ entries }) => void (entries['disclosure/licensing/decisions'] = readEntry('12件', 'count')),
    cells: ['disclosure/licensing/decisions'],
  },
  {
    rule: 'V-04',
    says: 'words',
    severity: 'format',
    change: ({ entries }) => void (entries['requests/received/other'] = readEntry('详见附表', 'count')),
    cells: ['requests/received/other'],
  },
  {
    rule: 'V-04',
    says: 'words for a total',
    severity: 'format',
    change: ({ controls }) => void (controls['requests/total/total'] = readEntry('见上', 'count')),
    cells: ['requests/total/total'],
  },
  {
    rule: 'V-05',
    says: 'half a case',
    severity: 'must',
    change: set({ 'disclosure/penalties/decisions': 6_937_489.5 }),
    cells: ['disclosure/penalties/decisions'],
  },
  {
    rule: 'V-05',
    says: 'half a case stated as a total',
    severity: 'must',
    change: ({ controls }) => void (controls['requests/total/total'] = readEntry('0.5', 'count')),
    cells: ['requests/total/total'],
  },
  {
    rule: 'V-05',
    says: 'a count with seven decimals',
    severity: 'must',
    change: ({ entries }) =>
      void (entries['disclosure/penalties/decisions'] = readEntry('1.2345678', 'count')),
    cells: ['disclosure/penalties/decisions'],
  },
  {
    rule: 'V-06',
    says: 'a negative count',
    severity: 'must',
    change: set({ 'disclosure/coercive-measures/decisions': -166_105 }),
    cells: ['disclosure/coercive-measures/decisions'],
  },
  {
    rule: 'V-07',
    says: 'a negative amount',
    severity: 'must',
    change: set({ 'disclosure/fees/amount': -0.5 }),
    cells: ['disclosure/fees/amount'],
  },
  {
    rule: 'V-07',
    says: 'an amount of seven decimals',
    severity: 'must',
    change: ({ entries }) => void (entries['disclosure/fees/amount'] = readEntry('1.0000001', 'amount')),
    cells: ['disclosure/fees/amount'],
  },
  {
    rule: 'V-09',
    says: 'thirteen digits',
    severity: 'format',
    change: ({ entries }) => void (entries['requests/granted/social'] = readEntry('1234567890123', 'count')),
    cells: ['requests/granted/social'],
  },
  {
    rule: 'V-10',
    says: 'ten thousand times last year',
    severity: 'verify',
    change: ({ previous }) => void (previous!.cells['disclosure/fees/amount'] = 31.6441),
    cells: ['disclosure/fees/amount'],
  },
  {
    rule: 'V-10',
    says: 'a hundred million yuan in a county',
    severity: 'verify',
    change: (situation) => {
      situation.rest = { organization: { name: '示例县', kind: 'county-bureau' } };
      situation.cells['disclosure/fees/amount'] = 10_000;
      situation.previous = undefined;
    },
    cells: ['disclosure/fees/amount'],
  },
  {
    rule: 'V-12',
    says: 'a control total that stands in no equation',
    severity: 'verify',
    change: ({ controls }) => void (controls['requests/total/total'] = number(1)),
    cells: ['requests/total/total'],
    only: true,
  },
  {
    rule: 'T2-01',
    says: 'more rules issued than in force and repealed',
    severity: 'verify',
    change: set({ 'disclosure/rules/issued': 80 }),
    cells: ['disclosure/rules/in-force', 'disclosure/rules/repealed', 'disclosure/rules/issued'],
  },
  {
    rule: 'T2-02',
    says: 'more documents issued than in force and repealed',
    severity: 'verify',
    change: set({ 'disclosure/normative-documents/issued': 5170 }),
    cells: ['in-force', 'repealed', 'issued'].map((column) => `disclosure/normative-documents/${column}`),
  },
  {
    rule: 'T2-03',
    says: 'rules of a county bureau',
    severity: 'verify',
    change: (situation) => (situation.rest = { organization: { name: '示例县', kind: 'county-bureau' } }),
    cells: ['disclosure/rules/in-force'],
  },
  {
    rule: 'T2-04',
    says: 'normative documents of a public institution',
    severity: 'info',
    change: (situation) =>
      (situation.rest = { organization: { name: '示例中心', kind: 'public-institution' } }),
    cells: ['disclosure/normative-documents/issued'],
  },
  {
    rule: 'T2-05',
    says: 'a licensing body without a decision',
    severity: 'verify',
    change: set({ 'disclosure/licensing/decisions': 0 }),
    cells: ['disclosure/licensing/decisions'],
  },
  {
    rule: 'T2-05',
    says: 'an enforcing body without a decision of either kind',
    severity: 'verify',
    change: set({ 'disclosure/penalties/decisions': 0, 'disclosure/coercive-measures/decisions': 0 }),
    cells: ['disclosure/penalties/decisions', 'disclosure/coercive-measures/decisions'],
  },
  {
    rule: 'T2-05',
    says: 'a body that charges fees without any',
    severity: 'verify',
    change: set({ 'disclosure/fees/amount': 0 }),
    cells: ['disclosure/fees/amount'],
  },
  {
    rule: 'T3-01',
    says: 'one request too many received',
    severity: 'must',
    change: set({ 'requests/received/social': 46 }),
    cells: [...income('social'), 'requests/total/social', 'requests/carried-forward/social'],
  },
  {
    rule: 'T3-02',
    says: 'a control total of row （七）',
    severity: 'must',
    change: ({ controls }) => void (controls['requests/total/social'] = number(999)),
    cells: [...outcomesOf('social'), 'requests/total/social'],
  },
  {
    rule: 'T3-03',
    says: 'a control total of column 总计',
    severity: 'must',
    change: ({ controls }) => void (controls['requests/granted/total'] = number(5549)),
    cells: rowOf('granted'),
  },
  {
    rule: 'T3-04',
    says: 'more carried forward than there was, results still open',
    severity: 'must',
    change: (situation) => {
      situation.entries['requests/granted/social'] = BLANK;
      situation.cells['requests/carried-forward/social'] = 47;
    },
    cells: ['requests/carried-forward/social', ...income('social')],
  },
  {
    rule: 'T3-05',
    says: 'two corner sums that differ while a cell is blank',
    severity: 'must',
    change: (situation) => {
      situation.entries['requests/granted/social'] = BLANK;
      for (const row of rowOf('total').slice(0, -1)) situation.controls[row] = number(2000);
      situation.controls['requests/granted/total'] = number(5548);
      situation.controls['requests/total/total'] = number(12_000);
    },
    cells: [...outcomesOf('total'), ...rowOf('total').slice(0, -1)],
  },
  {
    rule: 'T3-06',
    says: 'one digit too many while another cell is blank',
    severity: 'verify',
    change: (situation) => {
      situation.entries['requests/granted/social'] = BLANK;
      situation.cells['requests/partly-granted/social'] = 100;
    },
    cells: ['requests/partly-granted/social', ...income('social')],
  },
  {
    rule: 'T3-13',
    says: 'a printed total left blank',
    severity: 'verify',
    change: ({ controls }) => void (controls['requests/granted/total'] = BLANK),
    cells: ['requests/granted/total'],
  },
  {
    rule: 'T3-13',
    says: 'a printed total whose parts are blank',
    severity: 'verify',
    change: ({ entries, controls }) => {
      for (const id of rowOf('granted').slice(0, -1)) entries[id] = BLANK;
      controls['requests/granted/total'] = number(0);
    },
    cells: ['requests/granted/total', ...rowOf('granted').slice(0, -1)],
  },
  {
    rule: 'T3-14',
    says: 'every other request handled otherwise',
    severity: 'info',
    change: set({ 'requests/other.other/natural-person': 9000 }),
    cells: ['requests/other.other/total', 'requests/total/total'],
  },
  {
    rule: 'T3-17',
    says: 'a result without a request while another result is blank',
    severity: 'must',
    change: (situation) => {
      situation.entries['requests/granted/research'] = BLANK;
      situation.cells['requests/partly-granted/research'] = 1;
    },
    cells: ['requests/partly-granted/research', ...income('research')],
  },
  ...TABLE_FOUR_TOTALS.map((total, index): Example => ({
    rule: `T4-0${index + 1}`,
    says: 'a control total of 0 over cases',
    severity: 'must',
    change: ({ cells, controls }) => {
      cells[total.replace('total', 'upheld')] = 10;
      controls[total] = number(0);
    },
    cells: ['upheld', 'corrected', 'other', 'pending', 'total'].map((column) =>
      total.replace('total', column),
    ),
  })),
  {
    rule: 'T4-04',
    says: 'more suits after review than reviews',
    severity: 'info',
    change: set({ 'proceedings/litigation-after-review/upheld': 1_000_000 }),
    cells: [
      'proceedings/litigation-after-review/total',
      ...['upheld', 'corrected', 'other'].map((column) => `proceedings/review/${column}`),
    ],
  },
  {
    rule: 'T4-05',
    says: 'more cases than requests',
    severity: 'info',
    change: set({ 'proceedings/review/upheld': 1_000_000 }),
    cells: [
      'proceedings/review/total',
      'proceedings/litigation-direct/total',
      'requests/received/total',
      'requests/carried-over/total',
    ],
  },
  {
    rule: 'T4-06',
    says: 'a third of the reviews corrected',
    severity: 'info',
    change: (situation) => {
      set({
        'proceedings/review/upheld': 60,
        'proceedings/review/corrected': 30,
        'proceedings/review/other': 0,
      })(situation);
      situation.options = { audience: 'office' };
    },
    cells: ['proceedings/review/corrected', 'proceedings/review/total', 'proceedings/review/pending'],
  },
  {
    rule: 'X-02',
    says: 'cases in a year without requests',
    severity: 'info',
    change: (situation) => all(situation, 'requests/', 0),
    cells: [...TABLE_FOUR_TOTALS, 'requests/received/total', 'requests/carried-over/total'],
  },
  {
    rule: 'X-03',
    says: 'two tables copied from last year',
    severity: 'verify',
    change: (situation) => {
      situation.previous!.cells = cityCells();
      situation.previous!.cells['requests/received/social'] = 1;
    },
    cells: FORMATS['2021'].cells.filter((cell) => cell.table !== 'requests').map((cell) => cell.id),
  },
  {
    rule: 'Y-01',
    says: 'more carried over than was carried forward',
    severity: 'verify',
    change: ({ previous }) => void (previous!.cells['requests/carried-forward/social'] = 0),
    cells: ['requests/carried-over/total'],
  },
  {
    rule: 'Y-02',
    says: 'more carried over in one column',
    severity: 'verify',
    change: ({ previous }) => void (previous!.cells['requests/carried-forward/social'] = 0),
    cells: ['requests/carried-over/social'],
  },
  {
    rule: 'Y-03',
    says: 'rules that do not roll forward',
    severity: 'verify',
    change: ({ previous }) => void (previous!.cells['disclosure/rules/in-force'] = 70),
    cells: ['disclosure/rules/in-force', 'disclosure/rules/issued', 'disclosure/rules/repealed'],
  },
  {
    rule: 'Y-04',
    says: 'documents that do not roll forward',
    severity: 'verify',
    change: ({ previous }) => void (previous!.cells['disclosure/normative-documents/in-force'] = 4184),
    cells: ['in-force', 'issued', 'repealed'].map((column) => `disclosure/normative-documents/${column}`),
  },
  {
    rule: 'Y-05',
    says: 'ten times last year',
    severity: 'info',
    change: ({ previous }) => void (previous!.cells['disclosure/licensing/decisions'] = 1_139_888),
    cells: ['disclosure/licensing/decisions'],
  },
  {
    rule: 'Y-05',
    says: 'a fifth of last year’s documents',
    severity: 'info',
    change: ({ previous }) => void (previous!.cells['disclosure/normative-documents/issued'] = 2821),
    cells: ['disclosure/normative-documents/issued'],
  },
  {
    rule: 'Y-06',
    says: 'penalties where there were none',
    severity: 'info',
    change: ({ previous }) => void (previous!.cells['disclosure/penalties/decisions'] = 0),
    cells: ['disclosure/penalties/decisions'],
  },
  {
    rule: 'Y-06',
    says: 'fees where there were none',
    severity: 'info',
    change: ({ previous }) => void (previous!.cells['disclosure/fees/amount'] = 0),
    cells: ['disclosure/fees/amount'],
  },
  {
    rule: 'Y-07',
    says: 'open cases that vanished',
    severity: 'info',
    change: (situation) => {
      all(situation, 'proceedings/', 0);
      situation.previous!.cells['proceedings/review/pending'] = 3;
    },
    cells: TABLE_FOUR_TOTALS,
  },
  {
    rule: 'Y-09',
    says: 'a corrected report of last year',
    severity: 'info',
    change: ({ previous }) => (previous!.rest = { year: 2024, superseding: true }),
    cells: [],
  },
];

const RULE_IDS = [...new Set(OFFICIAL_RULES.rules.map((rule) => rule.id))];

function broken(example: Example): {
  finding: Finding | undefined;
  findings: Finding[];
  version: FormatVersion;
} {
  const situation = goodSituation();
  example.change(situation);
  const findings = findingsOf(
    situation,
    example.only === true
      ? OFFICIAL_RULES.rules.filter((rule) => rule.id === example.rule)
      : OFFICIAL_RULES.rules,
  );
  const finding = findings.find(
    (other) => other.rule === example.rule && other.cells.join() === example.cells.join(),
  );
  return { finding, findings, version: situation.version };
}

describe('rules of the catalogue', () => {
  for (const example of EXAMPLES) {
    test(`[C1] ${example.rule} fires: ${example.says}`, () => {
      const { finding, findings } = broken(example);
      assert.ok(
        finding !== undefined,
        JSON.stringify(findings.map((other) => findingKey(other).slice(0, 200))),
      );
      assert.ok(isViolation(finding));
      assert.equal(finding.severity, example.severity);
      assert.equal(isBlocking(finding), example.severity === 'must' || example.severity === 'format');
      if (finding.left !== undefined && finding.right !== undefined && finding.difference !== undefined)
        assert.equal(finding.difference, finding.left - finding.right);
    });
  }

  for (const options of [{}, { finishing: true }, { audience: 'office' }] as const) {
    test(`[C2] every rule is silent on a good report with a good predecessor ${JSON.stringify(options)}`, () => {
      const situation = goodSituation();
      situation.options = options;
      assert.deepEqual(findingsOf(situation), []);
    });
  }

  test('[C2] every rule is silent on a good report that states its totals, and on one alone', () => {
    const situation = goodSituation();
    for (const cell of FORMATS['2021'].derived)
      situation.controls[cell.id] = number(situation.cells[cell.id]!);
    assert.deepEqual(findingsOf(situation), []);
    situation.previous = undefined;
    assert.deepEqual(findingsOf(situation), []);
  });

  test('[C2] a good report of 2019 is silent, its signed changes and its procurement text included', () => {
    const situation = {
      ...goodSituation(),
      version: '2019' as const,
      cells: uniformCells('2019', 0),
      previous: undefined,
    };
    situation.rest = { year: 2020, organization: { name: '示例' } };
    situation.cells['disclosure/licensing/items-change'] = -18;
    situation.entries = { 'disclosure/procurement/amount': readEntry('251000元', 'free-amount') };
    situation.options = { finishing: true };
    assert.deepEqual(findingsOf(situation), []);
  });

  test('[C3] every rule has an example that breaks it', () => {
    assert.deepEqual([...new Set(EXAMPLES.map((example) => example.rule))].sort(), [...RULE_IDS].sort());
  });

  test('[C3] every rule has a title and a sentence in Chinese, a sentence in English, and a source', () => {
    for (const example of EXAMPLES) {
      const { finding, version } = broken(example);
      const format = FORMATS[version];
      assert.notEqual(ruleTitleZh(example.rule), example.rule);
      const chinese = findingSentenceZh(finding!, format);
      const english = findingSentenceEn(finding!, format);
      assert.ok(!chinese.startsWith(example.rule), chinese);
      assert.ok(!english.startsWith(example.rule), english);
      assert.match(chinese, /。$/);
      assert.match(english, /\.$/);
    }
    for (const rule of OFFICIAL_RULES.rules) {
      assert.ok(rule.source.length > 0, rule.id);
      assert.ok(
        SEVERITIES.includes(rule.severity) &&
          SEVERITY_ZH[rule.severity].length > 0 &&
          SEVERITY_EN[rule.severity].length > 0,
      );
    }
  });

  test('[C4] no sentence shows an unfilled place, a machine’s word or the id of a cell', () => {
    for (const example of EXAMPLES) {
      const { findings, version } = broken(example);
      for (const finding of findings) {
        for (const sentence of [
          findingSentenceZh(finding, FORMATS[version]),
          findingSentenceEn(finding, FORMATS[version]),
        ]) {
          assert.doesNotMatch(sentence, /undefined|null|NaN|\[object|[{}]|\/[a-z.-]+\/|“”|""/, sentence);
          assert.doesNotMatch(sentence, /为。|＝；|＝，|：。|，，|\(\)/, sentence);
        }
      }
    }
  });

  test('[C4] what a sentence says: the words of the table, both sides and the difference', () => {
    const sentence = (rule: string, says: string): string => {
      const example = EXAMPLES.find((other) => other.rule === rule && other.says.includes(says))!;
      const { finding, version } = broken(example);
      return findingSentenceZh(finding!, FORMATS[version]);
    };
    assert.equal(
      sentence('T3-01', 'too many'),
      '社会公益组织：新收＋上年结转＝47；办理结果总计＋结转下年度＝46；相差1。',
    );
    assert.equal(sentence('T3-03', '总计'), '（一）予以公开：各类申请人相加＝5548；总计＝5549；相差1。');
    assert.equal(
      sentence('S-03', 'subtotal'),
      '规定格式之外还有带数字的行或列：表三“denied”行—总计。规定格式没有小计，请核对这些数是否应计入其他格。',
    );
    assert.match(sentence('S-04', 'label'), /“2\.其他法律行政止公开”应为“2\.其他法律行政法规禁止公开”/);
    assert.equal(
      sentence('S-06', 'period'),
      '统计期限为2025-01-01至2025-11-30，应为报告年度的1月1日至12月31日。',
    );
    assert.equal(sentence('S-06', 'no year'), '没有填写2008至2100年的报告年度，请在表头补填。');
    assert.match(sentence('V-02', 'not sure'), /“4l”/);
    assert.match(sentence('V-04', 'unit'), /请去掉单位，只填数字（12）/);
    assert.match(sentence('S-01', 'some'), /^表四缺少2格/);
    assert.match(sentence('X-03', 'copied'), /^表二、表四/);
  });

  test('[C4] a unit is named only behind a number: a heading that ends like one is none', () => {
    const said = (raw: string): string => {
      const situation = goodSituation();
      situation.entries['requests/received/social'] = readEntry(raw, 'count');
      const finding = findingsOf(situation).find(({ rule }) => rule === 'V-04')!;
      return findingSentenceZh(finding, FORMATS['2021']);
    };
    for (const heading of ['自然人', '件', '一件', '约12件', '数量（件）', '法人'])
      assert.match(said(heading), new RegExp(`“${heading}”，不是数字。请改为数字；没有发生的填0。$`));
    assert.match(said('12人'), /请去掉单位，只填数字（12）。$/);
    assert.match(said('1,234 件'), /请去掉单位，只填数字（1,234 ?）。$/);
  });

  test('[C4] an amount that was written in yuan is not taken for one in ten thousands of yuan', () => {
    const said = (raw: string): string => {
      const situation = goodSituation();
      situation.entries['disclosure/fees/amount'] = readEntry(raw, 'amount');
      return findingsOf(situation)
        .filter((finding) => finding.rule === 'V-04')
        .map((finding) => findingSentenceZh(finding, FORMATS['2021']))
        .join();
    };
    assert.match(said('30000元'), /本格以万元为单位，30000元请填3。/);
    assert.match(said('1,234,567.89元'), /请填123\.456789。/);
    assert.match(said('3万元'), /只填数字（3）/);
    assert.match(said('0.001元'), /请换算成万元/);
  });

  test('[C5] a finding is data: ids, numbers and what was found, no sentence', () => {
    const keys = [
      'rule',
      'severity',
      'onFinishing',
      'source',
      'cells',
      'previousCells',
      'left',
      'right',
      'difference',
      'sign',
      'pending',
      'variables',
      'detail',
    ];
    for (const example of EXAMPLES) {
      const { findings, version } = broken(example);
      for (const finding of findings) {
        assert.ok(
          Object.keys(finding).every((key) => keys.includes(key)),
          Object.keys(finding).join(),
        );
        assert.ok(
          OFFICIAL_RULES.rules.some((rule) => rule.id === finding.rule && rule.source === finding.source),
          `${finding.rule}: ${finding.source}`,
        );
        for (const id of [...finding.cells, ...finding.pending])
          assert.ok(FORMATS[version].cellsById.has(id), id);
        for (const value of Object.values(finding.variables)) assert.match(value, /^[a-z0-9./-]+$/);
        assert.doesNotMatch(finding.detail ?? '', /[。请应]/);
      }
    }
  });

  test('[C6] labels and section titles are compared without spaces, quotes and the mark after a number', () => {
    const situation = goodSituation();
    situation.rest = {
      ...situation.rest,
      readLabels: [
        ['3.危及“三安全一稳定”', '3．危及"三安全 一稳定"'],
        ['总计', '总 计'],
        ['（一）予以公开', '(一)予以公开'],
        ['1.属于国家秘密', '1、属于国家秘密'],
      ],
      readSections: [
        '一、总体情况',
        '二、主动公开政府信息情况',
        '三、收到和处理政府信息公开申请情况',
        '四、政府信息公开行政复议、行政诉讼 情况',
        '五、存在的主要问题及改进情况',
        '六、其他需要报告的事项',
      ],
    };
    assert.deepEqual(findingsOf(situation), []);
  });

  test('[C7] thresholds: the value on the edge is still good', () => {
    const rules = (change: (situation: Situation) => void): string[] => {
      const situation = goodSituation();
      change(situation);
      return findingsOf(situation).map((finding) => finding.rule);
    };
    const county = (situation: Situation): void => {
      situation.previous = undefined;
      situation.rest = { organization: { name: '示例县', kind: 'county' } };
      for (const column of ['issued', 'repealed', 'in-force'])
        situation.cells[`disclosure/rules/${column}`] = 0;
    };
    assert.deepEqual(
      rules((situation) => (county(situation), set({ 'disclosure/fees/amount': 9999.999999 })(situation))),
      [],
    );
    assert.deepEqual(
      rules((situation) => (county(situation), set({ 'disclosure/fees/amount': 10_000 })(situation))),
      ['V-10'],
    );
    const fees = (last: number): string[] =>
      rules(({ previous }) => void (previous!.cells['disclosure/fees/amount'] = last)).filter(
        (rule) => rule === 'V-10',
      );
    assert.deepEqual(fees(316441 / 20_000), ['V-10']);
    assert.deepEqual(fees(15.82), []);
    assert.deepEqual(fees(63.3), []);
    const licensing = (last: number, now: number): string[] =>
      rules(({ cells, previous }) => {
        cells['disclosure/licensing/decisions'] = now;
        previous!.cells['disclosure/licensing/decisions'] = last;
      });
    assert.deepEqual(licensing(4, 20), []);
    assert.deepEqual(licensing(4, 21), ['Y-05']);
    assert.deepEqual(licensing(3, 19), []);
    assert.deepEqual(licensing(100, 20), []);
    assert.deepEqual(licensing(101, 20), ['Y-05']);
  });

  test('[C8] across years: nothing is said of what a 2019 predecessor did not count', () => {
    const situation = goodSituation();
    const before = { ...uniformCells('2019', 0) };
    for (const [id, value] of Object.entries(cellsBefore()))
      if (id in before && !id.startsWith('disclosure/')) before[id] = value;
    for (const id of ['licensing', 'penalties', 'coercive-measures'])
      before[`disclosure/${id}/decisions`] = situation.cells[`disclosure/${id}/decisions`]!;
    situation.previous = { version: '2019', cells: before, rest: { year: 2020 } };
    assert.deepEqual(findingsOf(situation), []);
    before['requests/carried-forward/social'] = 2;
    assert.deepEqual(
      findingsOf(situation)
        .map((finding) => finding.rule)
        .sort(),
      ['Y-01', 'Y-02'],
    );
  });

  test('[C8] real figures roll forward from one year to the next', () => {
    const [y2023, y2024] = [readCase('005'), readCase('006')];
    const findings = checkReport(editedReport(y2024.cells, '2021', { year: 2024 }), OFFICIAL_RULES.rules, {
      previous: editedReport(y2023.cells, '2021', { year: 2023 }),
    });
    assert.deepEqual(
      findings.filter((finding) => /^Y-0[1-4]$/.test(finding.rule)),
      [],
    );
  });

  test('[C9] rules for the county office are not shown to a clerk', () => {
    const example = EXAMPLES.find((other) => other.rule === 'T4-06')!;
    const situation = goodSituation();
    example.change(situation);
    situation.options = {};
    assert.ok(findingsOf(situation).every((finding) => finding.rule !== 'T4-06'));
  });

  test('[C10] an all-zero report is no copy of an all-zero report', () => {
    const zero = uniformCells('2021');
    const findings = checkReport(editedReport(zero), OFFICIAL_RULES.rules, {
      previous: editedReport(zero, '2021', { year: 2024 }),
    });
    assert.deepEqual(findings, []);
  });
});
