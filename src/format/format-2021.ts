/** The format of 国办公开办函〔2021〕30号: 10 + 175 + 15 cells. Labels are the official text, verbatim. */
import { createFormat, type ColumnDefinition, type TableDefinition } from './format.ts';
import { proceedingsTable, requestsTable, SECTIONS } from './request-and-proceeding-tables.ts';

const documentColumns: readonly ColumnDefinition[] = [
  { id: 'issued', label: '本年制发件数', kind: 'count' },
  { id: 'repealed', label: '本年废止件数', kind: 'count' },
  { id: 'in-force', label: '现行有效件数', kind: 'count' },
];
const decisionColumns: readonly ColumnDefinition[] = [
  { id: 'decisions', label: '本年处理决定数量', kind: 'count' },
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
        { id: 'normative-documents', path: ['行政规范性文件'] },
      ],
    },
    {
      title: '第二十条第（五）项',
      corner: '信息内容',
      columns: decisionColumns,
      rows: [{ id: 'licensing', path: ['行政许可'] }],
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
      columns: [{ id: 'amount', label: '本年收费金额（单位：万元）', kind: 'amount' }],
      rows: [{ id: 'fees', path: ['行政事业性收费'] }],
    },
  ],
};

export const format2021 = createFormat({
  version: '2021',
  document: '国办公开办函〔2021〕30号',
  sections: SECTIONS,
  tables: [disclosure, requestsTable('2021'), proceedingsTable],
});
