/**
 * 表三 and 表四, which the 2019 and the 2021 format share but for （六）其他处理 (domain: one row in 2019, three in 2021).
 * Labels are the official text, verbatim.
 */
import {
  cellId,
  type ColumnDefinition,
  type DerivedDefinition,
  type RowDefinition,
  type RowHelp,
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

const official = (text: string, basis: string): RowHelp => ({ text, basis, source: 'official' });
const reference = (text: string, basis?: string): RowHelp => ({
  text,
  source: 'reference-only',
  ...(basis === undefined ? {} : { basis }),
});
const published = (text: string, basis: string): RowHelp => ({ text, basis, source: 'published' });

const rowsBeforeOther: readonly RowDefinition[] = [
  {
    id: 'received',
    path: ['一、本年新收政府信息公开申请数量'],
    help: reference('本年1月1日至12月31日收到的申请，按件计数，记入申请人所属的列。'),
  },
  {
    id: 'carried-over',
    path: ['二、上年结转政府信息公开申请数量'],
    help: published(
      '本年1月1日尚未办结的申请，应逐列等于上一年度已公布报告的“结转下年度继续办理”。',
      '已公布年报的通行做法',
    ),
  },
  {
    id: 'granted',
    path: [RESULTS, '（一）予以公开'],
    outcome: true,
    help: reference(
      '申请内容全部提供，或已告知主动公开的获取方式、途径。',
      '《条例》第三十六条第（一）、（二）项',
    ),
  },
  {
    id: 'partly-granted',
    path: [RESULTS, '（二）部分公开（区分处理的，只计这一情形，不计其他情形）'],
    outcome: true,
    help: official(
      '部分提供、部分不提供（区分处理）的，只在本行计一件，不再计入（三）至（六）各项。',
      '表内标注；《条例》第三十七条',
    ),
  },
  {
    id: 'denied.state-secret',
    path: [RESULTS, DENIED, '1.属于国家秘密'],
    outcome: true,
    help: official('依法确定为国家秘密的。', '《条例》第十四条'),
  },
  {
    id: 'denied.forbidden-by-law',
    path: [RESULTS, DENIED, '2.其他法律行政法规禁止公开'],
    outcome: true,
    help: official('国家秘密以外，法律、行政法规禁止公开的。', '《条例》第十四条'),
  },
  {
    id: 'denied.security-and-stability',
    path: [RESULTS, DENIED, '3.危及“三安全一稳定”'],
    outcome: true,
    help: reference('公开后可能危及国家安全、公共安全、经济安全、社会稳定的。', '《条例》第十四条'),
  },
  {
    id: 'denied.third-party-rights',
    path: [RESULTS, DENIED, '4.保护第三方合法权益'],
    outcome: true,
    help: official(
      '涉及商业秘密、个人隐私，公开会损害第三方合法权益，且第三方不同意公开、不公开也不会对公共利益造成重大影响的。',
      '《条例》第十五条',
    ),
  },
  {
    id: 'denied.internal-affairs',
    path: [RESULTS, DENIED, '5.属于三类内部事务信息'],
    outcome: true,
    help: official('人事管理、后勤管理、内部工作流程三类信息。', '《条例》第十六条第一款'),
  },
  {
    id: 'denied.deliberative',
    path: [RESULTS, DENIED, '6.属于四类过程性信息'],
    outcome: true,
    help: official('讨论记录、过程稿、磋商信函、请示报告四类信息。', '《条例》第十六条第二款'),
  },
  {
    id: 'denied.enforcement-files',
    path: [RESULTS, DENIED, '7.属于行政执法案卷'],
    outcome: true,
    help: official('行政执法案卷信息。', '《条例》第十六条第二款'),
  },
  {
    id: 'denied.administrative-query',
    path: [RESULTS, DENIED, '8.属于行政查询事项'],
    outcome: true,
    help: reference(
      '不动产登记、工商登记等有专门查询办法，告知申请人按该办法查询的。',
      '《条例》第三十六条第（七）项',
    ),
  },
  {
    id: 'unavailable.not-held',
    path: [RESULTS, UNAVAILABLE, '1.本机关不掌握相关政府信息'],
    outcome: true,
    help: reference(
      '经检索没有该信息，或该信息由其他机关负责公开的。',
      '《条例》第三十六条第（四）、（五）项',
    ),
  },
  {
    id: 'unavailable.needs-creation',
    path: [RESULTS, UNAVAILABLE, '2.没有现成信息需要另行制作'],
    outcome: true,
    help: reference('需要对现有信息加工、分析、汇总才能形成的。', '《条例》第三十八条'),
  },
  {
    id: 'unavailable.still-unclear',
    path: [RESULTS, UNAVAILABLE, '3.补正后申请内容仍不明确'],
    outcome: true,
    help: reference(
      '申请人已经补正，但内容仍不明确的。逾期不补正的计入（六）1，不计入本行。',
      '《条例》第三十条',
    ),
  },
  {
    id: 'not-processed.petition',
    path: [RESULTS, NOT_PROCESSED, '1.信访举报投诉类申请'],
    outcome: true,
    help: reference('以政府信息公开申请的形式进行信访、投诉、举报等活动的。', '《条例》第三十九条'),
  },
  {
    id: 'not-processed.repeated',
    path: [RESULTS, NOT_PROCESSED, '2.重复申请'],
    outcome: true,
    help: reference('同一申请人就已经答复过的相同内容再次申请的。', '《条例》第三十六条第（六）项'),
  },
  {
    id: 'not-processed.publication',
    path: [RESULTS, NOT_PROCESSED, '3.要求提供公开出版物'],
    outcome: true,
    help: reference('要求提供政府公报、报刊、书籍等公开出版物的。', '《条例》第三十九条'),
  },
  {
    id: 'not-processed.excessive',
    path: [RESULTS, NOT_PROCESSED, '4.无正当理由大量反复申请'],
    outcome: true,
    help: reference('申请数量、频次明显超过合理范围，又说不出合理理由的。', '《条例》第三十五条'),
  },
  {
    id: 'not-processed.confirmation',
    path: [RESULTS, NOT_PROCESSED, '5.要求行政机关确认或重新出具已获取信息'],
    outcome: true,
    help: reference('对已经获取的信息，要求行政机关确认或者重新出具的。'),
  },
];

const rowsAfterOther: readonly RowDefinition[] = [
  {
    id: 'total',
    path: [RESULTS, '（七）总计'],
    help: official('（一）至（六）各行之和，自动计算。', '国办公开办函〔2021〕30号 附表'),
  },
  {
    id: 'carried-forward',
    path: ['四、结转下年度继续办理'],
    help: official('截至12月31日尚未办结的申请。', '国办公开办函〔2021〕30号 附表'),
  },
];

const OTHER = '（六）其他处理';
const otherInOneRow: readonly RowDefinition[] = [
  {
    id: 'other',
    path: [RESULTS, OTHER],
    outcome: true,
    help: published('逾期不补正、逾期不缴费、申请人撤回等其他处理情形合计。', '2019年试行格式'),
  },
];
const otherInThreeRows: readonly RowDefinition[] = [
  {
    id: 'other.correction-overdue',
    path: [RESULTS, OTHER, '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请'],
    outcome: true,
    help: reference(
      '已告知补正，申请人无正当理由逾期不补正，视为放弃申请的。申请人主动撤回的计入（六）3。',
      '《条例》第三十条',
    ),
  },
  {
    id: 'other.fee-overdue',
    path: [RESULTS, OTHER, '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请'],
    outcome: true,
    help: official(
      '已发出收费通知，申请人自收到之日起20个工作日内未缴费，视为放弃申请的。',
      '国办函〔2020〕109号',
    ),
  },
  {
    id: 'other.other',
    path: [RESULTS, OTHER, '3.其他'],
    outcome: true,
    help: published('以上各项之外的情形，例如申请人主动撤回。', '已公布年报的说明'),
  },
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

const proceedingHelp = reference(
  '只统计因政府信息公开工作引起的案件。结果纠正：撤销、变更、确认违法、责令履行等（含部分）；其他结果：撤回、和解、程序性驳回等；尚未审结：截至12月31日未结案。',
);
const proceedingRows: readonly RowDefinition[] = [
  { id: 'review', path: ['行政复议'], help: proceedingHelp },
  { id: 'litigation-direct', path: ['行政诉讼', '未经复议直接起诉'], help: proceedingHelp },
  { id: 'litigation-after-review', path: ['行政诉讼', '复议后起诉'], help: proceedingHelp },
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
