/**
 * 表三 and 表四, which the 2019 and the 2021 format share but for （六）其他处理 (domain: one row in 2019, three in 2021).
 * Labels are the official text, verbatim.
 */
import {
  cellId,
  type ColumnDefinition,
  type DerivedDefinition,
  type RowDefinition,
  type TableDefinition,
} from './format.ts';

const LEGAL_PERSON = '法人或其他组织';
const APPLICANT = '申请人情况';

const applicantColumns: readonly ColumnDefinition[] = [
  { id: 'natural-person', label: '自然人', group: [APPLICANT], kind: 'count' },
  { id: 'enterprise', label: '商业企业', group: [APPLICANT, LEGAL_PERSON], kind: 'count' },
  { id: 'research', label: '科研机构', group: [APPLICANT, LEGAL_PERSON], kind: 'count' },
  { id: 'social', label: '社会公益组织', group: [APPLICANT, LEGAL_PERSON], kind: 'count' },
  { id: 'legal-service', label: '法律服务机构', group: [APPLICANT, LEGAL_PERSON], kind: 'count' },
  { id: 'other', label: '其他', group: [APPLICANT, LEGAL_PERSON], kind: 'count' },
];
const requestColumns: readonly ColumnDefinition[] = [
  ...applicantColumns,
  { id: 'total', label: '总计', group: [APPLICANT], kind: 'count' },
];

const RESULTS = '三、本年度办理结果';
const DENIED = '（三）不予公开';
const UNAVAILABLE = '（四）无法提供';
const NOT_PROCESSED = '（五）不予处理';

const rowsBeforeOther: readonly RowDefinition[] = [
  { id: 'received', path: ['一、本年新收政府信息公开申请数量'] },
  { id: 'carried-over', path: ['二、上年结转政府信息公开申请数量'] },
  { id: 'granted', path: [RESULTS, '（一）予以公开'], outcome: true },
  {
    id: 'partly-granted',
    path: [RESULTS, '（二）部分公开（区分处理的，只计这一情形，不计其他情形）'],
    outcome: true,
  },
  { id: 'denied.state-secret', path: [RESULTS, DENIED, '1.属于国家秘密'], outcome: true },
  { id: 'denied.forbidden-by-law', path: [RESULTS, DENIED, '2.其他法律行政法规禁止公开'], outcome: true },
  { id: 'denied.security-and-stability', path: [RESULTS, DENIED, '3.危及“三安全一稳定”'], outcome: true },
  { id: 'denied.third-party-rights', path: [RESULTS, DENIED, '4.保护第三方合法权益'], outcome: true },
  { id: 'denied.internal-affairs', path: [RESULTS, DENIED, '5.属于三类内部事务信息'], outcome: true },
  { id: 'denied.deliberative', path: [RESULTS, DENIED, '6.属于四类过程性信息'], outcome: true },
  { id: 'denied.enforcement-files', path: [RESULTS, DENIED, '7.属于行政执法案卷'], outcome: true },
  { id: 'denied.administrative-query', path: [RESULTS, DENIED, '8.属于行政查询事项'], outcome: true },
  { id: 'unavailable.not-held', path: [RESULTS, UNAVAILABLE, '1.本机关不掌握相关政府信息'], outcome: true },
  {
    id: 'unavailable.needs-creation',
    path: [RESULTS, UNAVAILABLE, '2.没有现成信息需要另行制作'],
    outcome: true,
  },
  {
    id: 'unavailable.still-unclear',
    path: [RESULTS, UNAVAILABLE, '3.补正后申请内容仍不明确'],
    outcome: true,
  },
  { id: 'not-processed.petition', path: [RESULTS, NOT_PROCESSED, '1.信访举报投诉类申请'], outcome: true },
  { id: 'not-processed.repeated', path: [RESULTS, NOT_PROCESSED, '2.重复申请'], outcome: true },
  { id: 'not-processed.publication', path: [RESULTS, NOT_PROCESSED, '3.要求提供公开出版物'], outcome: true },
  {
    id: 'not-processed.excessive',
    path: [RESULTS, NOT_PROCESSED, '4.无正当理由大量反复申请'],
    outcome: true,
  },
  {
    id: 'not-processed.confirmation',
    path: [RESULTS, NOT_PROCESSED, '5.要求行政机关确认或重新出具已获取信息'],
    outcome: true,
  },
];

const rowsAfterOther: readonly RowDefinition[] = [
  { id: 'total', path: [RESULTS, '（七）总计'] },
  { id: 'carried-forward', path: ['四、结转下年度继续办理'] },
];

const OTHER = '（六）其他处理';
const otherInOneRow: readonly RowDefinition[] = [{ id: 'other', path: [RESULTS, OTHER], outcome: true }];
const otherInThreeRows: readonly RowDefinition[] = [
  {
    id: 'other.correction-overdue',
    path: [RESULTS, OTHER, '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请'],
    outcome: true,
  },
  {
    id: 'other.fee-overdue',
    path: [RESULTS, OTHER, '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请'],
    outcome: true,
  },
  { id: 'other.other', path: [RESULTS, OTHER, '3.其他'], outcome: true },
];

/** 表三 in the form of 2021 (three rows of （六）其他处理) or 2019 (one row). */
export function requestsTable(version: '2021' | '2019'): TableDefinition {
  const rows = [
    ...rowsBeforeOther,
    ...(version === '2021' ? otherInThreeRows : otherInOneRow),
    ...rowsAfterOther,
  ];
  const outcomes = rows.filter((row) => row.outcome === true).map((row) => row.id);
  const derived: DerivedDefinition[] = [];
  for (const column of applicantColumns) {
    derived.push({
      cell: cellId('requests', 'total', column.id),
      operands: outcomes.map((row) => cellId('requests', row, column.id)),
    });
  }
  for (const row of rows) {
    derived.push({
      cell: cellId('requests', row.id, 'total'),
      operands: applicantColumns.map((column) => cellId('requests', row.id, column.id)),
    });
  }
  return {
    id: 'requests',
    title: '三、收到和处理政府信息公开申请情况',
    shortTitle: '表三',
    arrangement: 'matrix',
    blocks: [
      {
        corner: '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）',
        columns: requestColumns,
        rows,
      },
    ],
    derived,
  };
}

const proceedingRows: readonly RowDefinition[] = [
  { id: 'review', path: ['行政复议'] },
  { id: 'litigation-direct', path: ['行政诉讼', '未经复议直接起诉'] },
  { id: 'litigation-after-review', path: ['行政诉讼', '复议后起诉'] },
];
const proceedingResults: readonly ColumnDefinition[] = [
  { id: 'upheld', label: '结果维持', kind: 'count' },
  { id: 'corrected', label: '结果纠正', kind: 'count' },
  { id: 'other', label: '其他结果', kind: 'count' },
  { id: 'pending', label: '尚未审结', kind: 'count' },
];

/** 表四: fifteen cells on one printed line. */
export const proceedingsTable: TableDefinition = {
  id: 'proceedings',
  title: '四、政府信息公开行政复议、行政诉讼情况',
  shortTitle: '表四',
  arrangement: 'line',
  blocks: [
    { columns: [...proceedingResults, { id: 'total', label: '总计', kind: 'count' }], rows: proceedingRows },
  ],
  derived: proceedingRows.map((row) => ({
    cell: cellId('proceedings', row.id, 'total'),
    operands: proceedingResults.map((column) => cellId('proceedings', row.id, column.id)),
  })),
};

/** The six sections, the same in both formats. */
export const SECTIONS: readonly string[] = [
  '一、总体情况',
  '二、主动公开政府信息情况',
  '三、收到和处理政府信息公开申请情况',
  '四、政府信息公开行政复议、行政诉讼情况',
  '五、存在的主要问题及改进情况',
  '六、其他需要报告的事项',
];
