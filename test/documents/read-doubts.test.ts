/** What a document says in an unusual way: other units, other orders, two numbers in a cell, twins. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { htmlSource } from '../../src/documents/html-source.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import { textSource } from '../../src/documents/text-source.ts';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import type { SourceDocument } from '../../src/documents/source-document.ts';
import { formatQuantity } from '../../src/format/quantity.ts';

const row = (...cells: readonly (string | number)[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function disclosure(heading: string, amount: string, issued = '1'): string {
  return `<table>${row('信息内容', '本年制发件数', '本年废止件数', '现行有效件数')}${row('规章', issued, 2, 3)}${row('行政规范性文件', 4, 5, 6)}${row('信息内容', '本年处理决定数量')}${row('行政许可', 7)}${row('信息内容', heading)}${row('行政事业性收费', amount)}</table>`;
}

function only(document: SourceDocument): DocumentReading {
  const result = readTables(document);
  assert.ok(result.ok);
  assert.equal(result.readings.length, 1);
  return result.readings[0]!;
}

const said = (reading: DocumentReading, cell: string): string => {
  const entry = reading.cells.get(cell)?.entry;
  if (entry === undefined) return 'absent';
  if (entry.kind === 'number') return formatQuantity(entry.value);
  if (entry.kind !== 'uncertain') return entry.kind;
  return `? ${entry.candidate === undefined ? '' : formatQuantity(entry.candidate)}`.trim();
};

describe('amounts', () => {
  for (const [heading, before, amount, expected] of [
    ['本年收费金额（单位：万元）', '', '316441', '316441'],
    ['本年收费金额', '', '316441', '316441'],
    ['本年收费金额（单位：元）', '', '316441', '? 31.6441'],
    ['本年收费金额（单位：元）', '', '0', '0'],
    ['本年收费金额（单位：亿元）', '', '31', '?'],
    ['本年收费金额（单位：万元）', '<p>金额单位：元</p>', '10000', '? 1'],
  ] as const) {
    it(`[X57] ${before}${heading}: ${amount} is ${expected}`, () => {
      const reading = only(htmlSource(before + disclosure(heading, amount)));
      assert.equal(said(reading, 'disclosure/fees/amount'), expected);
      assert.equal(said(reading, 'disclosure/rules/issued'), '1');
      const doubts = reading.report.uncertain.map(({ doubt }) => doubt);
      assert.deepEqual(doubts, expected.startsWith('?') ? ['unit'] : []);
    });
  }
});

describe('the line of proceedings', () => {
  const RESULTS = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计'];
  const line = (results: readonly string[], groups = ['未经复议直接起诉', '复议后起诉']): string => {
    const cells = (names: readonly string[], attributes = ''): string =>
      names.map((name) => `<td${attributes}>${name}</td>`).join('');
    const values = Array.from({ length: 15 }, (_, index) => index + 1);
    return `<table><tr><td colspan="5">行政复议</td><td colspan="10">行政诉讼</td></tr><tr>${cells(results, ' rowspan="2"')}${cells(groups, ' colspan="5"')}</tr><tr>${cells([...results, ...results])}</tr>${row(...values)}</table>`;
  };
  const at = (html: string, cell: string): string => said(only(htmlSource(html)), `proceedings/${cell}`);

  it('[X58] is read in the order its headings name', () => {
    assert.equal(at(line(RESULTS), 'review/corrected'), '2');
    const swapped = ['结果纠正', '结果维持', '其他结果', '尚未审结', '总计'];
    assert.equal(at(line(swapped), 'review/corrected'), '1');
    assert.equal(at(line(swapped), 'review/upheld'), '2');
    assert.equal(at(line(swapped), 'litigation-after-review/upheld'), '12');
    const groups = ['复议后起诉', '未经复议直接起诉'];
    assert.equal(at(line(RESULTS, groups), 'litigation-after-review/upheld'), '6');
    assert.equal(at(line(RESULTS, groups), 'litigation-direct/total'), '15');
  });

  it('[X58] is not certain where a heading is out of order and another is missing', () => {
    const broken = ['结果纠正', '结果维持', '（不清）', '尚未审结', '总计'];
    assert.match(at(line(broken), 'review/corrected'), /^\?/);
    assert.match(at(line(broken), 'review/total'), /^\?/);
  });
});

describe('running text', () => {
  const text = (...columns: string[]): string =>
    `申请人情况\t${columns.join('\t')}\n一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0\n`;
  const official = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];

  it('[X58] columns of 表三 in another order than the form are certain for nobody', () => {
    assert.equal(said(only(textSource(text(...official))), 'requests/received/research'), '3');
    const swapped = [...official];
    [swapped[1], swapped[2]] = [swapped[2]!, swapped[1]!];
    assert.match(said(only(textSource(text(...swapped))), 'requests/received/research'), /^\?/);
  });
});

describe('twins', () => {
  it('[X59] two numbers below each other in a cell are no number', () => {
    for (const cell of ['1<br>234', '<p>5</p><p>000</p>'])
      assert.equal(
        said(
          only(htmlSource(disclosure('本年收费金额（单位：万元）', '0', cell))),
          'disclosure/rules/issued',
        ),
        '?',
      );
  });

  it('[X59] the same figures of two units are two reports, of one report twice only one', () => {
    const table = disclosure('本年收费金额（单位：万元）', '0');
    const titled = (unit: string): string => `<p>${unit}2023年政府信息公开工作年度报告</p>${table}`;
    const two = readTables(htmlSource(titled('甲县教育局') + titled('乙县教育局')));
    assert.ok(two.ok);
    assert.deepEqual(
      two.readings.map(({ organization }) => organization),
      ['甲县教育局', '乙县教育局'],
    );
    only(htmlSource(titled('甲县教育局') + table));
  });

  it('[X59] what would steer a terminal is no part of a text', () => {
    const text = '\u001b甲县\u0007教育局2023年政府信息公开工作年度报告\n规章 0 0 0\n行政规范性文件 1 2 3\n';
    assert.equal(only(textSource(text)).organization, '甲县教育局');
  });
});
