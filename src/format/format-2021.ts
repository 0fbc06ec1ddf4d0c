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
        {
          id: 'rules',
          path: ['规章'],
          help: {
            text: '有规章制定权的机关制定的规章，县级机关一般填0。制发：本年印发；废止：本年废止（含宣布失效）；现行有效：12月31日仍有效。',
            basis: '《条例》第二十条第（一）项',
            source: 'reference-only',
          },
        },
        {
          id: 'normative-documents',
          path: ['行政规范性文件'],
          help: {
            text: '依照法定权限和程序公开发布、涉及公民权利义务、反复适用的文件；内部制度、人事任免、会议纪要、请示报告、个案决定不算。一般有：上年现行有效＋本年制发－本年废止＝本年现行有效。',
            basis: '国办发〔2018〕37号',
            source: 'reference-only',
          },
        },
      ],
    },
    {
      title: '第二十条第（五）项',
      corner: '信息内容',
      columns: decisionColumns,
      rows: [
        {
          id: 'licensing',
          path: ['行政许可'],
          help: {
            text: '本年作出的行政许可决定件数，不是申请件数，也不是事项清单的项数。',
            basis: '《条例》第二十条第（五）项',
            source: 'reference-only',
          },
        },
      ],
    },
    {
      title: '第二十条第（六）项',
      corner: '信息内容',
      columns: decisionColumns,
      rows: [
        {
          id: 'penalties',
          path: ['行政处罚'],
          help: {
            text: '本年作出的行政处罚决定件数。',
            basis: '《条例》第二十条第（六）项',
            source: 'official',
          },
        },
        {
          id: 'coercive-measures',
          path: ['行政强制'],
          help: {
            text: '本年作出的行政强制决定件数。',
            basis: '《条例》第二十条第（六）项',
            source: 'official',
          },
        },
      ],
    },
    {
      title: '第二十条第（八）项',
      corner: '信息内容',
      columns: [{ id: 'amount', label: '本年收费金额（单位：万元）', kind: 'amount' }],
      rows: [
        {
          id: 'fees',
          path: ['行政事业性收费'],
          help: {
            text: '本年实际收取的行政事业性收费，单位是万元，1元填0.0001。政府信息公开信息处理费也属行政事业性收费。',
            basis: '《条例》第二十条第（八）项',
            source: 'official',
          },
        },
      ],
    },
  ],
};

export const format2021 = createFormat({
  version: '2021',
  document: '国办公开办函〔2021〕30号',
  sections: SECTIONS,
  tables: [disclosure, requestsTable('2021'), proceedingsTable],
});
