/** Tables in running text whose cells stand between tabs or bars: read as tables where they are whole, and never wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import { textSource } from '../../src/documents/text-source.ts';
import type { CellId } from '../../src/format/entry.ts';
import { chanceOf, generatedCells, type Size } from '../fixtures/slips.ts';
import { grow, randomShape } from './grown.ts';
import { fitting, sourceOf } from './grown-files.ts';
import { drawn, grownReport, rate, SHAPES, type Blanks } from './grown-texts.ts';
import { rate as rateGrown } from './rated.ts';

/** The same documents on every machine. */
const SEED = 20_260_112;

function readAll(text: string): readonly DocumentReading[] {
  const result = readTables(textSource(text));
  return result.ok ? result.readings : [];
}

describe('copies of spreadsheets', () => {
  test('[X34] subtotals, row numbers, other headings and blanks together: nothing wrong, and most cells certain', async () => {
    let [cells, certain] = [0, 0];
    for (let seed = SEED; seed < SEED + 160; seed += 1) {
      const chance = chanceOf(seed);
      const shape = fitting(randomShape(chance), 'tabs');
      const figures: Record<CellId, number | string | null> = {
        ...generatedCells(chance, (['small', 'middle', 'large'] satisfies Size[])[seed % 3]!),
      };
      if (seed % 2 === 0) for (const id of Object.keys(figures)) if (chance(15) === 0) figures[id] = null;
      const grown = grow(
        { version: '2021', organization: '示例县财政局', year: 2024, cells: figures },
        shape,
        chance,
      );
      const rated = rateGrown(readTables(await sourceOf(grown.blocks, 'tabs', chance)), grown);
      assert.deepEqual(rated.wrong, [], `${String(seed)} ${JSON.stringify(shape)}`);
      cells += grown.truth.size;
      certain += rated.right + rated.blank;
    }
    assert.ok(certain > 0.75 * cells, `${String(certain)} of ${String(cells)}`);
  });

  const lines = (...rows: readonly (readonly (string | number)[])[]): string =>
    rows.map((row) => row.join('\t')).join('\n');
  const said = (text: string, cell: CellId): string => {
    const one = readAll(text)[0]?.cells.get(cell);
    return one === undefined ? 'absent' : one.confidence === 'uncertain' ? '?' : one.raw;
  };
  const head = ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'];
  const disclosure = (...rules: readonly (string | number)[]): (string | number)[][] => [
    head,
    ['规章', ...rules],
    ['行政规范性文件', 4, 5, 6],
    ['信息内容', '本年处理决定数量', '', ''],
    ['行政许可', 7, '', ''],
    ['行政处罚', 8, '', ''],
    ['行政强制', 9, '', ''],
    ['信息内容', '本年收费金额（单位：万元）', '', ''],
    ['行政事业性收费', 1.5, '', ''],
  ];

  test('[X34] a cell in quotes has line breaks, a sentence beside empty cells is prose', () => {
    const [first, ...others] = disclosure(1, '', 3);
    const quoted = first!.map((text) => `"${String(text).slice(0, 2)}\n${String(text).slice(2)}"`);
    const text = `示例县2023年政府信息公开工作年度报告\t\t\t\n一、总体情况\t\t\t\n全年公开信息12条。\t\t\t\n${lines(quoted, ...others)}\n`;
    const [reading] = readAll(text);
    assert.equal(reading?.year, 2023);
    assert.equal(reading?.narrative.overview, '全年公开信息12条。');
    assert.equal(said(text, 'disclosure/rules/issued'), '1');
    assert.equal(said(text, 'disclosure/rules/repealed'), '');
    assert.equal(said(text, 'disclosure/fees/amount'), '1.5');
  });

  test('[X34] a number before a label counts rows, and is no value of the row above', () => {
    const received = ['一、本年新收政府信息公开申请数量', '', 2, 3, 4, 5, 6];
    const text = lines([1, ...received, 20], [2, '二、上年结转政府信息公开申请数量', 0, 0, 0, 0, 0, 0, 0]);
    assert.equal(said(text, 'requests/received/total'), '20');
    assert.equal(said(text, 'requests/carried-over/natural-person'), '0');
  });

  test('[X35] what a text ends in may be cut off: a last number that nothing confirms leaves the row to the reader of text', () => {
    const row = ['二、上年结转政府信息公开申请数量', 1, 0, 0, 0, 0, 0];
    for (const total of [1, 12])
      assert.equal(
        said(
          lines(['一、本年新收政府信息公开申请数量', 0, 0, 0, 0, 0, 0, 0], [...row, total]),
          'requests/carried-over/total',
        ),
        '?',
      );
  });
});

type Loss = 'lost separator' | 'lost cell' | 'cell too many' | 'ends of lines stripped';

/** Undefined where the text has no line with cells. */
function spoilt(
  lines: readonly string[],
  loss: Loss,
  separator: string,
  chance: (below: number) => number,
): string[] | undefined {
  if (loss === 'ends of lines stripped') return lines.map((line) => line.trimEnd());
  const candidates = lines.flatMap((line, index) => (line.split(separator).length > 3 ? [index] : []));
  if (candidates.length === 0) return undefined;
  const at = candidates[chance(candidates.length)]!;
  const cells = lines[at]!.split(separator);
  const which = 1 + chance(cells.length - 1);
  if (loss === 'lost cell') cells.splice(which, 1);
  else if (loss === 'cell too many') cells.splice(which, 0, '');
  else cells.splice(which - 1, 2, cells[which - 1]! + cells[which]!);
  return lines.map((line, index) => (index === at ? cells.join(separator) : line));
}

describe('lines that lost a cell, or got one', () => {
  test('[X35] every cell is right or marked, also beside blank ones', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.constantFrom(
          'tabs between cells',
          'tabs between columns',
          'tabs, rows shifted',
          'framed rows',
          'cells with bars a row',
        ),
        fc.constantFrom<Loss>('lost separator', 'lost cell', 'cell too many', 'ends of lines stripped'),
        fc.constantFrom<Blanks>('none', 'all-zero', 'rows', 'some'),
        (seed, name, loss, blanks) => {
          const chance = chanceOf(seed);
          const report = grownReport(chance, chance(4) === 0 ? '2019' : '2021', blanks);
          const around = { prose: chance(4) === 0, headings: chance(5) !== 0 };
          const whole = drawn(report, SHAPES[name]!, chance, around);
          const text = spoilt(whole, loss, name.startsWith('tabs') ? '\t' : '|', chance)?.join('\n');
          if (text === undefined) return;
          for (const reading of readAll(text)) assert.deepEqual(rate(report, reading).wrong, []);
        },
      ),
      { numRuns: 500, seed: SEED },
    );
  });
});
