/**
 * The rules of the catalogue as data, by its ids: S structure, V values, T2 to T4 the tables, X across tables, Y across
 * years. One list for both format versions; T3-18 of the catalogue is T3-02 over the nineteen outcome rows of 2019.
 */
import type { Format, FormatVersion } from '../format/format.ts';
import { FIRST_YEAR_OF_2021_FORMAT, FORMATS } from '../format/formats.ts';
import { zh } from '../format/language.ts';
import type { Rule, RuleSet } from './rule.ts';

const COLUMNS = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'] as const;
const ALL_COLUMNS = [...COLUMNS, 'total'];
const PROCEEDINGS = ['review', 'litigation-direct', 'litigation-after-review'] as const;
const RESULTS = ['upheld', 'corrected', 'other', 'pending'] as const;

const PRINTED_NOTE = zh`表三表头标注的勾稽关系（国办公开办函〔2021〕30号）`;
const FORM = '国办公开办函〔2021〕30号 附表';
const AUDIT = zh`数据合理性核对`;

/** Bodies of a county or below: none of them has rule-making power. */
const COUNTY_OR_BELOW = [
  'county',
  'county-office',
  'county-bureau',
  'township',
  'subdistrict',
  'development-zone',
  'public-institution',
];

const structure: readonly Rule[] = [
  {
    id: 'S-01',
    severity: 'must',
    source: FORM,
    over: { table: { tables: true } },
    test: { name: 'cells-present', table: '{table}' },
  },
  {
    id: 'S-02',
    severity: 'must',
    source: '国办公开办函〔2021〕30号',
    formats: ['2019'],
    test: { name: 'format-before', year: FIRST_YEAR_OF_2021_FORMAT },
  },
  { id: 'S-03', severity: 'verify', source: FORM, test: { name: 'no-extra-cells' } },
  { id: 'S-04', severity: 'verify', source: FORM, test: { name: 'official-labels' } },
  { id: 'S-05', severity: 'verify', source: FORM, test: { name: 'official-sections' } },
  {
    id: 'S-06',
    severity: 'must',
    source: '《条例》第四十九条',
    over: { field: ['name'] },
    test: { name: 'organization-named' },
  },
  {
    id: 'S-06',
    severity: 'must',
    source: '《条例》第四十九条',
    over: { field: ['year'] },
    test: { name: 'year-given' },
  },
  {
    id: 'S-06',
    severity: 'verify',
    source: zh`统计期限为报告年度1月1日至12月31日`,
    test: { name: 'period-is-year' },
  },
];

const values: readonly Rule[] = [
  {
    id: 'V-02',
    severity: 'verify',
    onFinishing: 'must',
    source: FORM,
    over: { cell: { cells: 'inputs' } },
    test: { name: 'entry-is-not', cell: '{cell}', kind: 'blank' },
  },
  {
    id: 'V-02',
    severity: 'verify',
    onFinishing: 'must',
    source: FORM,
    over: { cell: { cells: 'inputs' } },
    test: { name: 'entry-is-not', cell: '{cell}', kind: 'uncertain' },
  },
  {
    id: 'V-03',
    severity: 'verify',
    onFinishing: 'must',
    source: FORM,
    over: { cell: { cells: 'inputs', inEquation: true } },
    test: { name: 'entry-is-not', cell: '{cell}', kind: 'not-applicable' },
  },
  {
    id: 'V-03',
    severity: 'verify',
    source: FORM,
    over: { cell: { cells: 'inputs', inEquation: false } },
    test: { name: 'entry-is-not', cell: '{cell}', kind: 'not-applicable' },
  },
  {
    id: 'V-03',
    severity: 'verify',
    onFinishing: 'must',
    source: FORM,
    over: { cell: { cells: 'derived' } },
    test: { name: 'entry-is-not', cell: '{cell}', kind: 'not-applicable' },
  },
  // 2019 采购总金额 is kept as text on purpose, so its kind is not in these lists.
  ...(['inputs', 'derived'] as const).flatMap((cells): Rule[] => [
    {
      id: 'V-04',
      severity: 'format',
      source: FORM,
      over: { cell: { cells, kinds: ['count', 'signed-count', 'amount'] } },
      test: { name: 'entry-is-not', cell: '{cell}', kind: 'text', reason: 'not-a-number' },
    },
    {
      id: 'V-05',
      severity: 'must',
      source: FORM,
      over: { cell: { cells, kinds: ['count', 'signed-count'] } },
      test: { name: 'whole-number', cell: '{cell}' },
    },
    {
      id: 'V-09',
      severity: 'format',
      source: AUDIT,
      over: { cell: { cells, kinds: ['count', 'signed-count', 'amount'] } },
      test: { name: 'entry-is-not', cell: '{cell}', kind: 'text', reason: 'too-large' },
    },
    {
      id: 'V-05',
      severity: 'must',
      source: FORM,
      over: { cell: { cells, kinds: ['count', 'signed-count'] } },
      test: { name: 'entry-is-not', cell: '{cell}', kind: 'text', reason: 'too-many-decimals' },
    },
  ]),
  // A total is negative only through its parts, so only the parts are named; a typed control total is compared anyway.
  {
    id: 'V-06',
    severity: 'must',
    source: FORM,
    over: { cell: { cells: 'inputs', kinds: ['count'] } },
    holds: { left: ['{cell}'], sign: '>=', right: [{ constant: 0 }] },
  },
  {
    id: 'V-07',
    severity: 'must',
    source: FORM,
    over: { cell: { cells: 'inputs', kinds: ['amount'] } },
    holds: { left: ['{cell}'], sign: '>=', right: [{ constant: 0 }] },
  },
  {
    id: 'V-07',
    severity: 'must',
    source: zh`0.000001万元即1分`,
    over: { cell: { cells: 'inputs', kinds: ['amount'] } },
    test: { name: 'entry-is-not', cell: '{cell}', kind: 'text', reason: 'too-many-decimals' },
  },
  {
    id: 'V-10',
    severity: 'verify',
    source: zh`表二标注单位：万元`,
    formats: ['2021'],
    previousFormats: ['2021'],
    over: { cell: { cells: 'inputs', kinds: ['amount'] } },
    test: { name: 'ratio-outside', cell: '{cell}', from: 5_000, to: 20_000 },
  },
  {
    id: 'V-10',
    severity: 'verify',
    source: zh`表二标注单位：万元`,
    formats: ['2021'],
    over: { cell: { cells: 'inputs', kinds: ['amount'] } },
    when: [{ kindOfOrganization: COUNTY_OR_BELOW }],
    holds: { left: ['{cell}'], sign: '<', right: [{ constant: 10_000 }] },
  },
  {
    id: 'V-12',
    severity: 'verify',
    source: AUDIT,
    over: { cell: { cells: 'derived', inEquation: false } },
    test: { name: 'control-total-equal', cell: '{cell}' },
  },
];

const disclosure: readonly Rule[] = [
  ...(['rules', 'normative-documents'] as const).map((row, index): Rule => ({
    id: `T2-0${index + 1}`,
    severity: 'verify',
    source: AUDIT,
    formats: ['2021'],
    holds: {
      left: [`disclosure/${row}/in-force`, `disclosure/${row}/repealed`],
      sign: '>=',
      right: [`disclosure/${row}/issued`],
    },
  })),
  {
    id: 'T2-03',
    severity: 'verify',
    source: zh`《立法法》规章制定权（仅供参考）`,
    formats: ['2021'],
    over: { column: ['issued', 'repealed', 'in-force'] },
    when: [{ kindOfOrganization: COUNTY_OR_BELOW }],
    holds: { left: ['disclosure/rules/{column}'], sign: '<=', right: [{ constant: 0 }] },
  },
  {
    id: 'T2-04',
    severity: 'info',
    source: zh`国办发〔2018〕37号（仅供参考）`,
    formats: ['2021'],
    when: [{ kindOfOrganization: ['public-institution'] }],
    holds: { left: ['disclosure/normative-documents/issued'], sign: '<=', right: [{ constant: 0 }] },
  },
  ...(
    [
      ['licensing', ['disclosure/licensing/decisions']],
      ['enforcement', ['disclosure/penalties/decisions', 'disclosure/coercive-measures/decisions']],
      ['fees', ['disclosure/fees/amount']],
    ] as const
  ).map(([organizationFunction, cells]): Rule => ({
    id: 'T2-05',
    severity: 'verify',
    source: AUDIT,
    formats: ['2021'],
    over: { function: [organizationFunction] },
    when: [{ organizationFunction }, { left: cells, sign: '=', right: [{ constant: 0 }] }],
    holds: { left: cells, sign: '>', right: [{ constant: 0 }] },
  })),
];

/** The rules of 表三, whose outcome rows differ between the formats. */
function requestRules(format: Format): readonly Rule[] {
  const rows = format.tables.find((table) => table.id === 'requests')!.blocks[0]!.rows;
  const outcomes = rows.filter((row) => row.outcome === true).map((row) => row.id);
  const formats: readonly FormatVersion[] = [format.version];
  const income = ['requests/received/{column}', 'requests/carried-over/{column}'];
  const over = { column: ALL_COLUMNS };
  return [
    {
      id: 'T3-01',
      severity: 'must',
      source: PRINTED_NOTE,
      formats,
      over,
      holds: {
        left: income,
        sign: '=',
        right: ['requests/total/{column}', 'requests/carried-forward/{column}'],
      },
    },
    {
      id: 'T3-02',
      severity: 'must',
      source: FORM,
      formats,
      over,
      holds: {
        left: outcomes.map((row) => `requests/${row}/{column}`),
        sign: '=',
        right: ['requests/total/{column}'],
      },
    },
    {
      id: 'T3-03',
      severity: 'must',
      source: FORM,
      formats,
      over: { row: rows.map((row) => row.id) },
      holds: {
        left: COLUMNS.map((column) => `requests/{row}/${column}`),
        sign: '=',
        right: ['requests/{row}/total'],
      },
    },
    {
      id: 'T3-04',
      severity: 'must',
      source: PRINTED_NOTE,
      formats,
      over,
      when: [{ pending: ['T3-01'] }],
      holds: { left: ['requests/carried-forward/{column}'], sign: '<=', right: income },
    },
    {
      id: 'T3-05',
      severity: 'must',
      source: FORM,
      formats,
      when: [{ pending: ['T3-02', 'T3-03'] }],
      holds: {
        left: outcomes.map((row) => `requests/${row}/total`),
        sign: '=',
        right: COLUMNS.map((column) => `requests/total/${column}`),
      },
    },
    {
      id: 'T3-06',
      severity: 'verify',
      source: PRINTED_NOTE,
      formats,
      over: { column: ALL_COLUMNS, row: [...outcomes, 'total'] },
      when: [{ pending: ['T3-01'] }, { left: income, sign: '>', right: [{ constant: 0 }] }],
      holds: { left: ['requests/{row}/{column}'], sign: '<=', right: income },
    },
    {
      id: 'T3-13',
      severity: 'verify',
      source: FORM,
      formats,
      over: { row: rows.map((row) => row.id) },
      test: { name: 'total-with-parts', cell: 'requests/{row}/total' },
    },
    ...(format.version === '2021'
      ? [
          {
            id: 'T3-14',
            severity: 'info',
            source: AUDIT,
            formats,
            when: [{ left: ['requests/total/total'], sign: '>=', right: [{ constant: 10 }] }],
            test: {
              name: 'no-large-share',
              cell: 'requests/other.other/total',
              of: 'requests/total/total',
              among: outcomes.map((row) => `requests/${row}/total`),
              numerator: 1,
              denominator: 5,
            },
          } satisfies Rule,
        ]
      : []),
    {
      id: 'T3-17',
      severity: 'must',
      source: PRINTED_NOTE,
      formats,
      over: { column: ALL_COLUMNS, row: outcomes },
      when: [{ pending: ['T3-01'] }, { left: income, sign: '=', right: [{ constant: 0 }] }],
      holds: { left: ['requests/{row}/{column}'], sign: '<=', right: income },
    },
  ];
}

const afterReview = 'proceedings/litigation-after-review/total';
const proceedings: readonly Rule[] = [
  ...PROCEEDINGS.map((row, index): Rule => ({
    id: `T4-0${index + 1}`,
    severity: 'must',
    source: FORM,
    holds: {
      left: RESULTS.map((column) => `proceedings/${row}/${column}`),
      sign: '=',
      right: [`proceedings/${row}/total`],
    },
  })),
  {
    id: 'T4-04',
    severity: 'info',
    source: AUDIT,
    previousFormats: ['2021', '2019'],
    holds: {
      left: [afterReview],
      sign: '<=',
      right: ['', 'previous:'].flatMap((year) =>
        ['upheld', 'corrected', 'other'].map((column) => `${year}proceedings/review/${column}`),
      ),
    },
  },
  {
    id: 'T4-05',
    severity: 'info',
    source: AUDIT,
    previousFormats: ['2021', '2019'],
    holds: {
      left: ['proceedings/review/total', 'proceedings/litigation-direct/total'],
      sign: '<=',
      right: ['requests/received/total', 'requests/carried-over/total', 'previous:requests/received/total'],
    },
  },
  {
    id: 'T4-06',
    severity: 'info',
    source: AUDIT,
    audience: 'office',
    over: { row: PROCEEDINGS },
    when: [
      {
        left: ['proceedings/{row}/total', { cell: 'proceedings/{row}/pending', times: -1 }],
        sign: '>=',
        right: [{ constant: 30 }],
      },
    ],
    holds: {
      left: [{ cell: 'proceedings/{row}/corrected', times: 100 }],
      sign: '<=',
      right: [
        { cell: 'proceedings/{row}/total', times: 15 },
        { cell: 'proceedings/{row}/pending', times: -15 },
      ],
    },
  },
];

const proceedingTotals = PROCEEDINGS.map((row) => `proceedings/${row}/total`);
const across: readonly Rule[] = [
  {
    id: 'X-02',
    severity: 'info',
    source: AUDIT,
    when: [
      {
        left: [
          'requests/received/total',
          'requests/carried-over/total',
          'requests/total/total',
          'requests/carried-forward/total',
        ],
        sign: '=',
        right: [{ constant: 0 }],
      },
      { left: proceedingTotals, sign: '>', right: [{ constant: 0 }] },
    ],
    holds: {
      left: proceedingTotals,
      sign: '<=',
      right: ['requests/received/total', 'requests/carried-over/total'],
    },
  },
  {
    id: 'X-03',
    severity: 'verify',
    source: AUDIT,
    previousFormats: ['2021', '2019'],
    test: { name: 'tables-changed', atLeast: 2 },
  },
];

const bothFormats: readonly FormatVersion[] = ['2021', '2019'];
const decisions = [
  'disclosure/licensing/decisions',
  'disclosure/penalties/decisions',
  'disclosure/coercive-measures/decisions',
];
const documents = ['rules', 'normative-documents'].flatMap((row) =>
  ['issued', 'repealed', 'in-force'].map((column) => `disclosure/${row}/${column}`),
);
const flows = ['requests/received/total', 'requests/total/total', ...proceedingTotals];

const years: readonly Rule[] = [
  {
    id: 'Y-01',
    severity: 'verify',
    source: zh`上年度已公布报告“结转下年度继续办理”`,
    previousFormats: bothFormats,
    holds: {
      left: ['requests/carried-over/total'],
      sign: '=',
      right: ['previous:requests/carried-forward/total'],
    },
  },
  {
    id: 'Y-02',
    severity: 'verify',
    source: zh`上年度已公布报告“结转下年度继续办理”`,
    previousFormats: bothFormats,
    over: { column: COLUMNS },
    holds: {
      left: ['requests/carried-over/{column}'],
      sign: '=',
      right: ['previous:requests/carried-forward/{column}'],
    },
  },
  // Y-08: a report of 2019 has no repeal figure and counts fee items, so these need a predecessor in the 2021 format.
  ...(['rules', 'normative-documents'] as const).map((row, index): Rule => ({
    id: `Y-0${index + 3}`,
    severity: 'verify',
    source: zh`上年现行有效＋本年制发－本年废止＝本年现行有效`,
    formats: ['2021'],
    previousFormats: ['2021'],
    holds: {
      left: [`disclosure/${row}/in-force`],
      sign: '=',
      right: [
        `previous:disclosure/${row}/in-force`,
        `disclosure/${row}/issued`,
        { cell: `disclosure/${row}/repealed`, times: -1 },
      ],
    },
  })),
  {
    id: 'Y-05',
    severity: 'info',
    source: AUDIT,
    previousFormats: bothFormats,
    over: { cell: [...decisions, ...flows] },
    test: { name: 'no-jump', cell: '{cell}', factor: 5, floor: 20 },
  },
  {
    id: 'Y-05',
    severity: 'info',
    source: AUDIT,
    formats: ['2021'],
    previousFormats: ['2021'],
    over: { cell: [...documents, 'disclosure/fees/amount'] },
    test: { name: 'no-jump', cell: '{cell}', factor: 5, floor: 20 },
  },
  {
    id: 'Y-06',
    severity: 'info',
    source: AUDIT,
    previousFormats: bothFormats,
    over: { cell: ['disclosure/licensing/decisions', 'disclosure/penalties/decisions'] },
    test: { name: 'no-zero-flip', cell: '{cell}' },
  },
  {
    id: 'Y-06',
    severity: 'info',
    source: AUDIT,
    formats: ['2021'],
    previousFormats: ['2021'],
    over: { cell: ['disclosure/fees/amount'] },
    test: { name: 'no-zero-flip', cell: '{cell}' },
  },
  {
    id: 'Y-07',
    severity: 'info',
    source: AUDIT,
    previousFormats: bothFormats,
    when: [
      {
        left: PROCEEDINGS.map((row) => `previous:proceedings/${row}/pending`),
        sign: '>',
        right: [{ constant: 0 }],
      },
      { left: proceedingTotals, sign: '=', right: [{ constant: 0 }] },
    ],
    holds: {
      left: proceedingTotals,
      sign: '>=',
      right: PROCEEDINGS.map((row) => `previous:proceedings/${row}/pending`),
    },
  },
  {
    id: 'Y-09',
    severity: 'info',
    source: zh`上年度报告公布后有更正`,
    previousFormats: bothFormats,
    test: { name: 'previous-not-superseded' },
  },
];

const rules: readonly Rule[] = [
  ...structure,
  ...values,
  ...disclosure,
  ...requestRules(FORMATS['2021']),
  ...requestRules(FORMATS['2019']),
  ...proceedings,
  ...across,
  ...years,
];

/** The official rules; the version is raised whenever a verdict can change. */
export const OFFICIAL_RULES: RuleSet = { version: '1', rules };
