import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFormat, type Format, type LayoutCell, type Table } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { rowHelp } from '../../src/format/row-help.ts';

const tableOf = (format: Format, id: string): Table => format.tables.find((table) => table.id === id)!;
const rowsOf = (table: Table): string[] => table.blocks.flatMap((block) => block.rows.map((row) => row.id));

const REQUEST_ROWS: readonly (readonly [id: string, ...path: string[]])[] = [
  ['received', '一、本年新收政府信息公开申请数量'],
  ['carried-over', '二、上年结转政府信息公开申请数量'],
  ['granted', '三、本年度办理结果', '（一）予以公开'],
  ['partly-granted', '三、本年度办理结果', '（二）部分公开（区分处理的，只计这一情形，不计其他情形）'],
  ['denied.state-secret', '三、本年度办理结果', '（三）不予公开', '1.属于国家秘密'],
  ['denied.forbidden-by-law', '三、本年度办理结果', '（三）不予公开', '2.其他法律行政法规禁止公开'],
  ['denied.security-and-stability', '三、本年度办理结果', '（三）不予公开', '3.危及“三安全一稳定”'],
  ['denied.third-party-rights', '三、本年度办理结果', '（三）不予公开', '4.保护第三方合法权益'],
  ['denied.internal-affairs', '三、本年度办理结果', '（三）不予公开', '5.属于三类内部事务信息'],
  ['denied.deliberative', '三、本年度办理结果', '（三）不予公开', '6.属于四类过程性信息'],
  ['denied.enforcement-files', '三、本年度办理结果', '（三）不予公开', '7.属于行政执法案卷'],
  ['denied.administrative-query', '三、本年度办理结果', '（三）不予公开', '8.属于行政查询事项'],
  ['unavailable.not-held', '三、本年度办理结果', '（四）无法提供', '1.本机关不掌握相关政府信息'],
  ['unavailable.needs-creation', '三、本年度办理结果', '（四）无法提供', '2.没有现成信息需要另行制作'],
  ['unavailable.still-unclear', '三、本年度办理结果', '（四）无法提供', '3.补正后申请内容仍不明确'],
  ['not-processed.petition', '三、本年度办理结果', '（五）不予处理', '1.信访举报投诉类申请'],
  ['not-processed.repeated', '三、本年度办理结果', '（五）不予处理', '2.重复申请'],
  ['not-processed.publication', '三、本年度办理结果', '（五）不予处理', '3.要求提供公开出版物'],
  ['not-processed.excessive', '三、本年度办理结果', '（五）不予处理', '4.无正当理由大量反复申请'],
  [
    'not-processed.confirmation',
    '三、本年度办理结果',
    '（五）不予处理',
    '5.要求行政机关确认或重新出具已获取信息',
  ],
  [
    'other.correction-overdue',
    '三、本年度办理结果',
    '（六）其他处理',
    '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请',
  ],
  [
    'other.fee-overdue',
    '三、本年度办理结果',
    '（六）其他处理',
    '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请',
  ],
  ['other.other', '三、本年度办理结果', '（六）其他处理', '3.其他'],
  ['total', '三、本年度办理结果', '（七）总计'],
  ['carried-forward', '四、结转下年度继续办理'],
];
const REQUEST_COLUMNS = [
  ['natural-person', '自然人'],
  ['enterprise', '商业企业'],
  ['research', '科研机构'],
  ['social', '社会公益组织'],
  ['legal-service', '法律服务机构'],
  ['other', '其他'],
  ['total', '总计'],
] as const;
const PROCEEDING_COLUMNS = [
  ['upheld', '结果维持'],
  ['corrected', '结果纠正'],
  ['other', '其他结果'],
  ['pending', '尚未审结'],
  ['total', '总计'],
] as const;
const PROCEEDING_ROWS = [
  ['review', '行政复议'],
  ['litigation-direct', '行政诉讼', '未经复议直接起诉'],
  ['litigation-after-review', '行政诉讼', '复议后起诉'],
] as const;

type Block = readonly [
  title: string,
  rows: readonly (readonly [string, string])[],
  columns: readonly (readonly [string, string])[],
];
const DOCUMENTS = [
  ['issued', '本年制发件数'],
  ['repealed', '本年废止件数'],
  ['in-force', '现行有效件数'],
] as const;
const DECISIONS = [['decisions', '本年处理决定数量']] as const;
const DISCLOSURE_2021: readonly Block[] = [
  [
    '第二十条第（一）项',
    [
      ['rules', '规章'],
      ['normative-documents', '行政规范性文件'],
    ],
    DOCUMENTS,
  ],
  ['第二十条第（五）项', [['licensing', '行政许可']], DECISIONS],
  [
    '第二十条第（六）项',
    [
      ['penalties', '行政处罚'],
      ['coercive-measures', '行政强制'],
    ],
    DECISIONS,
  ],
  ['第二十条第（八）项', [['fees', '行政事业性收费']], [['amount', '本年收费金额（单位：万元）']]],
];
const DOCUMENTS_2019 = [
  ['made', '本年新制作数量'],
  ['newly-published', '本年新公开数量'],
  ['published-total', '对外公开总数量'],
] as const;
const ITEMS_2019 = [
  ['items-last-year', '上一年项目数量'],
  ['items-change', '本年增/减'],
] as const;
const DECISIONS_2019 = [...ITEMS_2019, ['decisions', '处理决定数量']] as const;
const DISCLOSURE_2019: readonly Block[] = [
  [
    '第二十条第（一）项',
    [
      ['rules', '规章'],
      ['normative-documents', '规范性文件'],
    ],
    DOCUMENTS_2019,
  ],
  [
    '第二十条第（五）项',
    [
      ['licensing', '行政许可'],
      ['other-services', '其他对外管理服务事项'],
    ],
    DECISIONS_2019,
  ],
  [
    '第二十条第（六）项',
    [
      ['penalties', '行政处罚'],
      ['coercive-measures', '行政强制'],
    ],
    DECISIONS_2019,
  ],
  ['第二十条第（八）项', [['fees', '行政事业性收费']], ITEMS_2019],
  [
    '第二十条第（九）项',
    [['procurement', '政府集中采购']],
    [
      ['projects', '采购项目数量'],
      ['amount', '采购总金额'],
    ],
  ],
];

describe('formats', () => {
  test('[F1] the 2021 format has 10 + 175 + 15 cells: 166 inputs and 34 totals', () => {
    const format = FORMATS['2021'];
    assert.deepEqual(
      format.tables.map((table) => [table.id, table.cells.length]),
      [
        ['disclosure', 10],
        ['requests', 175],
        ['proceedings', 15],
      ],
    );
    assert.equal(format.cells.length, 200);
    assert.equal(format.cellsById.size, 200);
    assert.equal(format.inputs.length, 166);
    assert.equal(format.derived.length, 34);
  });

  test('[F1] the 34 totals are the 总计 column, the rest of row （七） and three of 表四', () => {
    const expected = [
      ...REQUEST_ROWS.map(([row]) => `requests/${row}/total`),
      ...REQUEST_COLUMNS.filter(([column]) => column !== 'total').map(
        ([column]) => `requests/total/${column}`,
      ),
      ...PROCEEDING_ROWS.map(([row]) => `proceedings/${row}/total`),
    ];
    assert.deepEqual(FORMATS['2021'].derived.map((cell) => cell.id).sort(), expected.sort());
  });

  test('[F2] the 2019 format has 23 rows in 表三, one of them （六）, and a block for procurement', () => {
    const format = FORMATS['2019'];
    const requests = tableOf(format, 'requests');
    assert.equal(rowsOf(requests).length, 23);
    assert.deepEqual(
      rowsOf(requests),
      REQUEST_ROWS.map(([id]) => id)
        .filter((id) => !id.startsWith('other.'))
        .flatMap((id) => (id === 'total' ? ['other', id] : [id])),
    );
    assert.deepEqual(requests.blocks[0]!.rows.find((row) => row.id === 'other')!.path, [
      '三、本年度办理结果',
      '（六）其他处理',
    ]);
    assert.deepEqual(
      format.tables.map((table) => table.cells.length),
      [22, 161, 15],
    );
    assert.equal(format.derived.length, 32);
    assert.equal(format.cellsById.get('requests/total/natural-person')!.operands!.length, 19);
  });

  test('[F3] cell ids are those of the contract, in the order of the form', () => {
    const ids = [
      ...DISCLOSURE_2021.flatMap(([, rows, columns]) =>
        rows.flatMap(([row]) => columns.map(([column]) => `disclosure/${row}/${column}`)),
      ),
      ...REQUEST_ROWS.flatMap(([row]) => REQUEST_COLUMNS.map(([column]) => `requests/${row}/${column}`)),
      ...PROCEEDING_ROWS.flatMap(([row]) =>
        PROCEEDING_COLUMNS.map(([column]) => `proceedings/${row}/${column}`),
      ),
    ];
    assert.deepEqual(
      FORMATS['2021'].cells.map((cell) => cell.id),
      ids,
    );
    const disclosure = DISCLOSURE_2019.flatMap(([, rows, columns]) =>
      rows.flatMap(([row]) => columns.map(([column]) => `disclosure/${row}/${column}`)),
    );
    assert.deepEqual(
      tableOf(FORMATS['2019'], 'disclosure').cells.map((cell) => cell.id),
      disclosure,
    );
    for (const cell of FORMATS['2021'].cells)
      assert.equal(cell.id, `${cell.table}/${cell.row}/${cell.column}`);
  });

  test('[F4] titles, row labels and column labels are the official text, quotes and brackets included', () => {
    assert.equal(FORMATS['2021'].document, '国办公开办函〔2021〕30号');
    assert.equal(FORMATS['2019'].document, '国办公开办函〔2019〕60号');
    for (const format of Object.values(FORMATS)) {
      assert.deepEqual(format.sections, [
        '一、总体情况',
        '二、主动公开政府信息情况',
        '三、收到和处理政府信息公开申请情况',
        '四、政府信息公开行政复议、行政诉讼情况',
        '五、存在的主要问题及改进情况',
        '六、其他需要报告的事项',
      ]);
      assert.deepEqual(
        format.tables.map((table) => table.title),
        format.sections.slice(1, 4),
      );
      assert.deepEqual(
        format.tables.map((table) => table.shortTitle),
        ['表二', '表三', '表四'],
      );
      const requests = tableOf(format, 'requests').blocks[0]!;
      assert.equal(requests.corner, '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）');
      assert.deepEqual(
        requests.columns.map((column) => [column.id, column.label]),
        REQUEST_COLUMNS,
      );
      const proceedings = tableOf(format, 'proceedings').blocks[0]!;
      assert.deepEqual(
        proceedings.rows.map((row) => [row.id, ...row.path]),
        PROCEEDING_ROWS,
      );
      assert.deepEqual(
        proceedings.columns.map((column) => [column.id, column.label]),
        PROCEEDING_COLUMNS,
      );
    }
    assert.deepEqual(
      tableOf(FORMATS['2021'], 'requests').blocks[0]!.rows.map((row) => [row.id, ...row.path]),
      REQUEST_ROWS,
    );
    for (const [version, blocks] of [
      ['2021', DISCLOSURE_2021],
      ['2019', DISCLOSURE_2019],
    ] as const) {
      const actual = tableOf(FORMATS[version], 'disclosure').blocks.map((block) => [
        block.title,
        block.rows.map((row) => [row.id, ...row.path]),
        block.columns.map((column) => [column.id, column.label]),
      ]);
      assert.deepEqual(actual, blocks);
      assert.ok(tableOf(FORMATS[version], 'disclosure').blocks.every((block) => block.corner === '信息内容'));
    }
  });

  test('[F4] only fees are an amount, only 本年增/减 may be negative', () => {
    const kinds = (version: '2021' | '2019', kind: string): string[] =>
      FORMATS[version].cells.filter((cell) => cell.kind === kind).map((cell) => cell.id);
    assert.deepEqual(kinds('2021', 'amount'), ['disclosure/fees/amount']);
    assert.deepEqual(kinds('2021', 'signed-count'), []);
    assert.deepEqual(kinds('2019', 'free-amount'), ['disclosure/procurement/amount']);
    assert.deepEqual(
      kinds('2019', 'signed-count'),
      ['licensing', 'other-services', 'penalties', 'coercive-measures', 'fees'].map(
        (row) => `disclosure/${row}/items-change`,
      ),
    );
  });

  test('[F4] a cell is named as on paper: a numbered row with its group', () => {
    const label = (id: string): string => FORMATS['2021'].cellsById.get(id)!.label;
    assert.equal(label('requests/granted/natural-person'), '（一）予以公开—自然人');
    assert.equal(label('requests/other.other/other'), '（六）其他处理 3.其他—其他');
    assert.equal(label('proceedings/litigation-direct/upheld'), '未经复议直接起诉—结果维持');
  });
});

/** What each place of the printed grid is covered by; throws on an overlap or a hole. */
function covered(table: Table): LayoutCell[][] {
  const { rows } = table.layout;
  const grid: LayoutCell[][] = rows.map(() => []);
  rows.forEach((row, top) => {
    let left = 0;
    for (const cell of row) {
      while (grid[top]![left] !== undefined) left += 1;
      const rowSpan = 'rowSpan' in cell ? cell.rowSpan : 1;
      for (let down = 0; down < rowSpan; down += 1) {
        for (let across = 0; across < cell.colSpan; across += 1) {
          assert.ok(grid[top + down] !== undefined, `${table.id}: row ${top} spans below the table`);
          assert.equal(
            grid[top + down]![left + across],
            undefined,
            `${table.id}: two cells at ${top + down},${left + across}`,
          );
          grid[top + down]![left + across] = cell;
        }
      }
      left += cell.colSpan;
    }
  });
  const width = grid[0]!.length;
  grid.forEach((row, index) => {
    assert.equal(row.length, width, `${table.id}: row ${index}`);
    for (let column = 0; column < width; column += 1)
      assert.ok(row[column] !== undefined, `${table.id}: hole at ${index},${column}`);
  });
  return grid;
}

const headings = (row: readonly LayoutCell[]): (readonly [string, number, number])[] =>
  row.flatMap((cell) => ('heading' in cell ? [[cell.heading, cell.colSpan, cell.rowSpan] as const] : []));

describe('layout', () => {
  for (const format of Object.values(FORMATS)) {
    for (const table of format.tables) {
      test(`[F5] ${format.version} ${table.shortTitle} fills its rectangle without overlap and shows every cell once`, () => {
        const grid = covered(table);
        const shown = table.layout.rows.flatMap((row) =>
          row.flatMap((cell) => ('cell' in cell ? [cell.cell] : [])),
        );
        assert.deepEqual(
          shown,
          table.cells.map((cell) => cell.id),
        );
        const inMatrix = table.layout.matrix.flatMap((row) => row.filter((id) => id !== undefined));
        assert.deepEqual(inMatrix, shown);
        assert.ok(table.layout.matrix.every((row) => row.length === table.layout.matrix[0]!.length));
        assert.ok(grid.length > table.layout.headRows);
      });

      test(`[F5] ${format.version} ${table.shortTitle}: each cell stands under its column label and beside its row label`, () => {
        const grid = covered(table);
        grid.forEach((row, top) => {
          row.forEach((cell, left) => {
            if (!('cell' in cell) || row[left - 1] === cell) return;
            const definition = format.cellsById.get(cell.cell)!;
            const above = grid
              .slice(0, top)
              .map((line) => line[left]!)
              .filter((other) => 'heading' in other)
              .map((other) => other.heading);
            const beside = row.slice(0, left).flatMap((other) => ('heading' in other ? [other.heading] : []));
            assert.equal(above[above.length - 1], definition.columnLabel, cell.cell);
            const path = table.blocks
              .flatMap((block) => block.rows)
              .find((other) => other.id === definition.row)!.path;
            if (table.arrangement === 'line')
              assert.deepEqual([...new Set(above)].slice(0, -1), path, cell.cell);
            else assert.deepEqual([...new Set(beside)], path, cell.cell);
          });
        });
      });
    }
  }

  test('[F6] 三、本年度办理结果 spans 22 rows, its groups 8, 3, 5 and 3', () => {
    const layout = tableOf(FORMATS['2021'], 'requests').layout;
    const found = new Map(
      layout.rows
        .flatMap((row) => headings(row))
        .map(([heading, colSpan, rowSpan]) => [heading, { colSpan, rowSpan }]),
    );
    assert.deepEqual(found.get('三、本年度办理结果'), { colSpan: 1, rowSpan: 22 });
    assert.deepEqual(found.get('（三）不予公开'), { colSpan: 1, rowSpan: 8 });
    assert.deepEqual(found.get('（四）无法提供'), { colSpan: 1, rowSpan: 3 });
    assert.deepEqual(found.get('（五）不予处理'), { colSpan: 1, rowSpan: 5 });
    assert.deepEqual(found.get('（六）其他处理'), { colSpan: 1, rowSpan: 3 });
    assert.deepEqual(found.get('（七）总计'), { colSpan: 2, rowSpan: 1 });
    assert.deepEqual(found.get('四、结转下年度继续办理'), { colSpan: 3, rowSpan: 1 });
    const in2019 = new Map(
      tableOf(FORMATS['2019'], 'requests')
        .layout.rows.flatMap((row) => headings(row))
        .map(([heading, , rowSpan]) => [heading, rowSpan]),
    );
    assert.equal(in2019.get('三、本年度办理结果'), 20);
    assert.equal(in2019.get('（六）其他处理'), 1);
  });

  test('[F6] the head of 表三: the printed note in the corner, three levels of applicants', () => {
    const { rows, headRows } = tableOf(FORMATS['2021'], 'requests').layout;
    assert.equal(headRows, 3);
    assert.deepEqual(
      rows.slice(0, 3).map((row) => headings(row)),
      [
        [
          ['（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', 3, 3],
          ['申请人情况', 7, 1],
        ],
        [
          ['自然人', 1, 2],
          ['法人或其他组织', 5, 1],
          ['总计', 1, 2],
        ],
        [
          ['商业企业', 1, 1],
          ['科研机构', 1, 1],
          ['社会公益组织', 1, 1],
          ['法律服务机构', 1, 1],
          ['其他', 1, 1],
        ],
      ],
    );
    const notes = rows.flat().filter((cell) => 'heading' in cell && cell.note === true);
    assert.equal(notes.length, 1);
  });

  test('[F6] 表四 is one line of fifteen cells; 行政复议 headings span two rows', () => {
    const { rows, headRows, matrix } = tableOf(FORMATS['2021'], 'proceedings').layout;
    assert.equal(headRows, 3);
    assert.equal(rows.length, 4);
    assert.deepEqual(
      matrix.map((row) => row.length),
      [15],
    );
    assert.deepEqual(headings(rows[0]!), [
      ['行政复议', 5, 1],
      ['行政诉讼', 10, 1],
    ]);
    assert.deepEqual(
      headings(rows[1]!)
        .slice(0, 5)
        .map(([, , rowSpan]) => rowSpan),
      [2, 2, 2, 2, 2],
    );
    assert.deepEqual(headings(rows[1]!).slice(5), [
      ['未经复议直接起诉', 5, 1],
      ['复议后起诉', 5, 1],
    ]);
    assert.equal(rows[2]!.length, 10);
  });

  test('[F6] in 表二 a block of one column stretches it over three', () => {
    const { rows } = tableOf(FORMATS['2021'], 'disclosure').layout;
    const spans = rows.flatMap((row) =>
      row.flatMap((cell) => ('cell' in cell ? [[cell.cell, cell.colSpan] as const] : [])),
    );
    assert.deepEqual(
      spans.filter(([, span]) => span === 3).map(([cell]) => cell),
      [
        'disclosure/licensing/decisions',
        'disclosure/penalties/decisions',
        'disclosure/coercive-measures/decisions',
        'disclosure/fees/amount',
      ],
    );
  });

  test('[F6] every row heading says which row it explains', () => {
    for (const format of Object.values(FORMATS)) {
      for (const table of format.tables.filter((other) => other.arrangement !== 'line')) {
        const explained = table.layout.rows
          .flat()
          .flatMap((cell) => ('heading' in cell && cell.row !== undefined ? [cell.row] : []));
        assert.deepEqual(explained, rowsOf(table));
      }
    }
  });
});

describe('row help', () => {
  test('[F7] every row has a help text in Chinese and says where it comes from', () => {
    for (const format of Object.values(FORMATS)) {
      for (const table of format.tables) {
        for (const row of table.blocks.flatMap((block) => block.rows)) {
          const help = rowHelp(format.version, { table: table.id, row: row.id })!;
          assert.match(help.text, /[\u4e00-\u9fff].*。$/, row.id);
          assert.ok(['official', 'published', 'reference-only'].includes(help.source), row.id);
          if (help.source !== 'reference-only')
            assert.ok((help.basis ?? '') !== '', `${row.id} claims a source without naming it`);
        }
      }
    }
    assert.equal(rowHelp('2021', { table: 'requests', row: 'nowhere' }), undefined);
  });

  test('[F7] what is only widely held is marked for reference only', () => {
    const onlyHeld = [
      ...[
        'received',
        'granted',
        'denied.security-and-stability',
        'denied.administrative-query',
        'unavailable.not-held',
        'unavailable.needs-creation',
      ],
      ...[
        'unavailable.still-unclear',
        'not-processed.petition',
        'not-processed.repeated',
        'not-processed.publication',
        'not-processed.excessive',
      ],
      ...['not-processed.confirmation', 'other.correction-overdue'],
    ].map((row) => `requests/${row}/total`);
    onlyHeld.push(
      'disclosure/rules/issued',
      'disclosure/normative-documents/issued',
      'disclosure/licensing/decisions',
    );
    onlyHeld.push(
      'proceedings/review/upheld',
      'proceedings/litigation-direct/upheld',
      'proceedings/litigation-after-review/upheld',
    );
    for (const id of onlyHeld)
      assert.equal(rowHelp('2021', FORMATS['2021'].cellsById.get(id)!)!.source, 'reference-only', id);
  });
});

describe('definitions', () => {
  const definition = (columns: string[], operand: string): Parameters<typeof createFormat>[0] => ({
    version: '2021',
    document: '',
    sections: [],
    tables: [
      {
        id: 't',
        title: '',
        shortTitle: '',
        arrangement: 'matrix',
        blocks: [
          {
            columns: columns.map((id) => ({ id, label: id, kind: 'count' })),
            rows: [{ id: 'r', path: ['r'] }],
          },
        ],
        derived: [{ cell: 't/r/a', operands: [operand] }],
      },
    ],
  });

  test('[F8] a definition that contradicts itself is a programmer’s error', () => {
    assert.equal(createFormat(definition(['a', 'b'], 't/r/b')).derived.length, 1);
    assert.throws(() => createFormat(definition(['a', 'a'], 't/r/a')), /share an id/);
    assert.throws(() => createFormat(definition(['a', 'b'], 't/r/c')), /no operand/);
  });
});
