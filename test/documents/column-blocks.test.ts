/** 表三 as some programs take it out of a PDF: down its columns. Read where all its sums hold, and left to a person else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTables } from '../../src/documents/read-tables.ts';
import { textSource } from '../../src/documents/text-source.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { CASE_NAMES, readCase } from '../fixtures/reports.ts';
import { chanceOf } from '../fixtures/slips.ts';
import { grownReport, rate, tablesOf, type Blanks, type Grown } from './grown-texts.ts';

/** Rows that are taken together, from the first. */
type Cuts = readonly number[];

interface Drawn {
  readonly labels: string[];
  /** By column, then row. */
  readonly blocks: string[][];
}

/** The rows of 表三 in pieces: of each its labels, and its seven blocks of numbers. */
function pieces(report: Grown, cuts: Cuts): Drawn[] {
  const { rows, headRows } = tablesOf(report)[1]!;
  const body = rows.slice(headRows);
  const drawn: Drawn[] = [];
  let from = 0;
  for (const count of [...cuts, body.length]) {
    const own = body.slice(from, from + count);
    from += own.length;
    if (own.length === 0) continue;
    const values = own.map((row) => row.filter(({ isValue }) => isValue).map(({ text }) => text));
    drawn.push({
      labels: own.map((row) => row.filter(({ isValue }) => !isValue).at(-1)!.text),
      blocks: Array.from({ length: 7 }, (_, column) =>
        values.map((row) => row[column]!).filter((text) => text !== ''),
      ),
    });
  }
  return drawn;
}

const HEAD = [
  '三、收到和处理政府信息公开申请情况',
  '申请人情况',
  '自然人',
  '法人或其他组织',
  '商业企业',
  '科研机构',
  '社会公益组织',
  '法律服务机构',
  '其他',
  '总计',
  '',
];
/** Labels before their numbers, or behind them as in a page that was read column by column. */
function written(drawn: readonly Drawn[], isBehind: boolean): string[] {
  return [
    ...HEAD,
    ...drawn.flatMap(({ labels, blocks }) => {
      const numbers = blocks.flatMap((block) => [...block, '']);
      return isBehind ? [...numbers, ...labels, ''] : [...labels, '', ...numbers];
    }),
    '四、政府信息公开行政复议、行政诉讼情况',
  ];
}

/** Cells of 表三 that were read, and those among them that are wrong. */
function read(lines: readonly string[], report: Grown): { certain: number; wrong: string[] } {
  const result = readTables(textSource(lines.join('\n')));
  const reading = result.ok ? result.readings[0] : undefined;
  const own = [...(reading?.cells.values() ?? [])].filter(
    ({ cell, confidence, entry }) =>
      cell.startsWith('requests/') && confidence !== 'uncertain' && entry.kind === 'number',
  );
  return { certain: own.length, wrong: rate(report, reading).wrong };
}

const CUTS: readonly Cuts[] = [[], [2, 2, 10], [1, 1, 1, 1, 8, 3, 5], [3, 7, 1, 1]];
const cases = CASE_NAMES.map(readCase).filter(({ format }) => format === '2021');
const reportOf = (figures: (typeof cases)[number], blanks: Blanks = 'none'): Grown =>
  grownReport(chanceOf(3), '2021', blanks, figures.cells);
/** Those whose columns add up, too. */
const sound = cases.filter((figures) => {
  const cells = figures.cells;
  const value = (id: string): number => Number(cells[id]);
  return FORMATS['2021'].tables[1]!.blocks[0]!.columns.every(({ id }) => {
    const sum = ['received', 'carried-over'].reduce((all, row) => all + value(`requests/${row}/${id}`), 0);
    return sum === value(`requests/total/${id}`) + value(`requests/carried-forward/${id}`);
  });
});

describe('a table down its columns', () => {
  test('[X36] blocks of numbers are the rows of the labels where every sum of rows and columns holds', () => {
    assert.ok(sound.length >= 2);
    let full = 0;
    for (const figures of sound)
      for (const cuts of CUTS)
        for (const isBehind of [false, true]) {
          const report = reportOf(figures);
          const { certain, wrong } = read(written(pieces(report, cuts), isBehind), report);
          assert.deepEqual(wrong, []);
          assert.ok(certain === 0 || certain === report.shown.size - 25, String(certain));
          if (certain > 0) full += 1;
        }
    assert.ok(full >= sound.length * 4, String(full));
  });

  const changes: Readonly<Record<string, (drawn: Drawn[], at: number) => void>> = {
    'a number is missing': (drawn, at) => void drawn[1]!.blocks[at]!.pop(),
    'a number is there twice': (drawn, at) => void drawn[1]!.blocks[at]!.push('7'),
    'a page number stands in a block': (drawn, at) => void drawn[2]!.blocks[at]!.splice(1, 0, '3'),
    'a number is another': (drawn, at) => void drawn[2]!.blocks[at]!.splice(0, 1, '98765'),
    'two numbers of a column are others': (drawn, at) => {
      const block = drawn[2]!.blocks[at]!;
      block.splice(0, 2, '31', '57');
    },
    'a block is missing': (drawn, at) => void drawn[2]!.blocks.splice(at, 1),
    'two blocks changed places, and a number is another': (drawn, at) => {
      const { blocks } = drawn[2]!;
      [blocks[6], blocks[at % 6]] = [['1', ...blocks[at % 6]!.slice(1)], blocks[6]!];
    },
    'a label is missing': (drawn) => void drawn[2]!.labels.splice(1, 1),
    'a label is there twice': (drawn) => void drawn[2]!.labels.splice(1, 0, drawn[2]!.labels[3]!),
    'labels changed places': (drawn) => void drawn[2]!.labels.reverse(),
    'a label of another table stands among them': (drawn) => void drawn[2]!.labels.splice(1, 1, '行政许可'),
  };
  for (const [name, change] of Object.entries(changes))
    test(`[X36] refused: ${name}`, () => {
      for (const figures of sound)
        for (let at = 0; at < 7; at += 1)
          for (const isBehind of [false, true]) {
            const report = reportOf(figures);
            const drawn = pieces(report, [2, 2, 11]);
            change(drawn, at);
            const { certain } = read(written(drawn, isBehind), report);
            assert.equal(certain, 0, `${String(at)} ${String(isBehind)}`);
          }
    });

  test('[X36] blank cells leave no trace, and nothing is read wrong beside them', () => {
    for (const figures of sound)
      for (const blanks of ['some', 'rows'] as const) {
        const report = reportOf(figures, blanks);
        for (const cuts of CUTS) {
          const { wrong } = read(written(pieces(report, cuts), false), report);
          assert.deepEqual(wrong, []);
        }
      }
  });
});
