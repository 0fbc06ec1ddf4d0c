/** The trial format of 国办公开办函〔2019〕60号, used for 2019 and 2020. Labels are the official text, verbatim. */
import { createFormat, type ColumnDefinition, type TableDefinition } from './format.ts';
import { proceedingsTable, requestsTable, SECTIONS } from './request-and-proceeding-tables.ts';

const documentColumns: readonly ColumnDefinition[] = [
  { id: 'made', label: '本年新制作数量', kind: 'count' },
  { id: 'newly-published', label: '本年新公开数量', kind: 'count' },
  { id: 'published-total', label: '对外公开总数量', kind: 'count' },
];
const itemColumns: readonly ColumnDefinition[] = [
  { id: 'items-last-year', label: '上一年项目数量', kind: 'count' },
  { id: 'items-change', label: '本年增/减', kind: 'signed-count' },
];
const decisionColumns: readonly ColumnDefinition[] = [
  ...itemColumns,
  { id: 'decisions', label: '处理决定数量', kind: 'count' },
];

const disclosure: TableDefinition = {
  id: 'disclosure',
  title: '二、主动公开政府信息情况',
  shortTitle: '表二',
  arrangement: 'stacked',
  derived: [],
  blocks: [
    {
      title: '第二十条第（一）项',
      corner: '信息内容',
      columns: documentColumns,
      rows: [
        { id: 'rules', path: ['规章'] },
        { id: 'normative-documents', path: ['规范性文件'] },
      ],
    },
    {
      title: '第二十条第（五）项',
      corner: '信息内容',
      columns: decisionColumns,
      rows: [
        { id: 'licensing', path: ['行政许可'] },
        { id: 'other-services', path: ['其他对外管理服务事项'] },
      ],
    },
    {
      title: '第二十条第（六）项',
      corner: '信息内容',
      columns: decisionColumns,
      rows: [
        { id: 'penalties', path: ['行政处罚'] },
        { id: 'coercive-measures', path: ['行政强制'] },
      ],
    },
    {
      title: '第二十条第（八）项',
      corner: '信息内容',
      columns: itemColumns,
      rows: [{ id: 'fees', path: ['行政事业性收费'] }],
    },
    {
      title: '第二十条第（九）项',
      corner: '信息内容',
      columns: [
        { id: 'projects', label: '采购项目数量', kind: 'count' },
        { id: 'amount', label: '采购总金额', kind: 'free-amount' },
      ],
      rows: [{ id: 'procurement', path: ['政府集中采购'] }],
    },
  ],
};

export const format2019 = createFormat({
  version: '2019',
  document: '国办公开办函〔2019〕60号',
  sections: SECTIONS,
  tables: [disclosure, requestsTable('2019'), proceedingsTable],
});
