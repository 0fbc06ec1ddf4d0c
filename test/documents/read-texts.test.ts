/** Complete reports as running text, in every shape texts come in and with what happens to texts on their way. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import { decodeText, textSource } from '../../src/documents/text-source.ts';
import { CASE_NAMES, readCase } from '../fixtures/reports.ts';
import { chanceOf } from '../fixtures/slips.ts';
import {
  drawn,
  grownReport,
  mutated,
  MUTATIONS,
  OTHER,
  OVERVIEW,
  preambleOf,
  PROBLEMS,
  rate,
  SHAPES,
  tablesOf,
  type Blanks,
  type Grown,
} from './grown-texts.ts';

/** The same documents on every machine; the benchmark draws others. */
const SEED = 20_260_112;

function readAll(text: string): readonly DocumentReading[] {
  const result = readTables(textSource(text));
  return result.ok ? result.readings : [];
}

/** Shapes in which nothing separates the cells, or not in the order of reading. */
const LOST = new Set(['values glued', 'all glued', 'a column a block']);
/** Shapes in which separators say where a cell is blank. */
const VOUCHED = Object.keys(SHAPES).filter((name) => /bar|framed|tabs between/.test(name));
const names = Object.keys(SHAPES);

describe('complete reports as text', () => {
  for (const name of names) {
    const shape = SHAPES[name]!;
    test(`[X20] ${name}: every cell right or marked, none wrong`, () => {
      const kinds: Blanks[] = [
        'none',
        'all-zero',
        'rows',
        'slashes',
        ...(LOST.has(name) ? [] : ['some' as const]),
      ];
      for (const blanks of kinds)
        for (let seed = 1; seed <= 12; seed += 1) {
          const chance = chanceOf(seed * 7919 + 1);
          const report = grownReport(chance, seed % 3 === 0 ? '2019' : '2021', blanks);
          const lines = drawn(report, shape, chance, { prose: seed % 4 !== 0, headings: seed % 5 !== 0 });
          const readings = readAll(lines.join('\n'));
          const rating = rate(report, readings[0]);
          const where = `${blanks} ${String(seed)}`;
          assert.equal(readings.length, 1, where);
          assert.deepEqual(rating.wrong, [], where);
          if (!LOST.has(name) && (blanks === 'none' || blanks === 'all-zero' || blanks === 'slashes'))
            assert.deepEqual([rating.marked, rating.missed, rating.blank], [0, 0, 0], where);
          if (VOUCHED.includes(name) && blanks === 'rows')
            assert.deepEqual([rating.marked, rating.missed], [0, 0], where);
        }
    });
  }

  test('[X20] the figures of published reports, in every shape that keeps its cells apart', () => {
    for (const one of CASE_NAMES) {
      const { cells, format } = readCase(one);
      const chance = chanceOf(7);
      const report = grownReport(chance, format, 'none', cells);
      for (const name of names.filter((shape) => !LOST.has(shape))) {
        const [reading] = readAll(
          drawn(report, SHAPES[name]!, chance, { prose: true, headings: true }).join('\n'),
        );
        const rating = rate(report, reading);
        assert.deepEqual([rating.wrong, rating.marked, rating.missed], [[], 0, 0], `${one} ${name}`);
      }
    }
  });

  test('[X20] zeros in one run are zeros where they are as many as cells', () => {
    const report = grownReport(chanceOf(5), '2021', 'all-zero');
    for (const name of ['values glued', 'all glued']) {
      const rating = rate(
        report,
        readAll(drawn(report, SHAPES[name]!, chanceOf(1), { prose: true, headings: true }).join('\n'))[0],
      );
      assert.deepEqual([rating.wrong, rating.marked, rating.missed], [[], 0, 0], name);
    }
  });
});

/** What no reader could see, since the text says it: a value in a place that a separator, or nothing, vouches for. */
function isInvisible(wrong: string, name: string, mutation: string): boolean {
  // The bar stays when the value before it goes.
  if (name === 'a cell, then a bar' && wrong.includes('blank')) return true;
  if (!wrong.endsWith('for blank')) return false;
  // Values that came or moved behind a label that had none.
  const isSingle = /^disclosure\/(?:licensing|penalties|coercive-measures|fees)\//.test(wrong);
  return mutation === 'swap' || (mutation === 'stray number' && isSingle);
}

describe('texts that were changed on their way', () => {
  test('[X21] a line lost, doubled, moved, a page number or a stray number, an end cut off: right, marked or absent, never wrong', () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.constantFrom(...names),
        fc.constantFrom(...MUTATIONS),
        fc.constantFrom<Blanks>('none', 'all-zero', 'rows'),
        (seed, name, mutation, blanks) => {
          const chance = chanceOf(seed);
          const report = grownReport(chance, chance(4) === 0 ? '2019' : '2021', blanks);
          const lines = drawn(report, SHAPES[name]!, chance, {
            prose: chance(4) === 0,
            headings: chance(5) !== 0,
          });
          const text = mutated(lines, mutation, chance)?.join('\n');
          if (text === undefined || text.trim() === '') return;
          for (const reading of readAll(text)) {
            const wrong = rate(report, reading).wrong.filter((one) => !isInvisible(one, name, mutation));
            // What is left of a text that was cut off need not say which form it is.
            if (mutation === 'cut off' && wrong[0]?.startsWith('version') === true) continue;
            assert.deepEqual(wrong, []);
          }
        },
      ),
      { numRuns: 600, seed: SEED },
    );
  });

  test('[X21] a page number anywhere changes nothing', () => {
    for (const name of names.filter((shape) => !LOST.has(shape)))
      for (let seed = 1; seed <= 20; seed += 1) {
        const chance = chanceOf(seed);
        const report = grownReport(chance, '2021', 'none');
        const lines = drawn(report, SHAPES[name]!, chance, { prose: true, headings: true });
        const rating = rate(report, readAll(mutated(lines, 'page number', chance)!.join('\n'))[0]);
        assert.deepEqual(rating.wrong, [], name);
        assert.ok(rating.marked <= 7, `${name} ${String(seed)}: ${String(rating.marked)}`);
      }
  });
});

const textOf = (report: Grown, name: string, around = { prose: true, headings: true }): string =>
  drawn(report, SHAPES[name]!, chanceOf(1), around).join('\n');

describe('what stands around the tables', () => {
  test('[X22] sentences and lists with words of the form are no rows, and the prose is the text between the titles', () => {
    for (const name of names.filter((shape) => !LOST.has(shape))) {
      const [reading] = readAll(textOf(grownReport(chanceOf(2), '2021', 'none'), name));
      assert.deepEqual(
        reading!.narrative,
        { overview: OVERVIEW.join('\n'), problems: PROBLEMS.join('\n'), other: OTHER.join('\n') },
        name,
      );
      assert.deepEqual(reading!.report.unplaced, [], name);
    }
  });

  test('[X22] a section whose text goes on in the line of its title', () => {
    const text = textOf(grownReport(chanceOf(2), '2021', 'none'), 'a line a row')
      .replace('五、存在的主要问题及改进情况\n', '五、存在的主要问题及改进情况：')
      .replace('六、其他需要报告的事项\n', '六、其他需要报告的事项 ');
    const { narrative } = readAll(text)[0]!;
    assert.equal(narrative.problems, PROBLEMS.join('\n'));
    assert.equal(narrative.other, OTHER.join('\n'));
  });

  test('[X23] two reports in one text are two readings, each with its own figures', () => {
    for (const name of ['a line a cell', 'framed rows', 'a line a row', 'a cell and a bar a line']) {
      const reports = [3, 4].map((seed) => grownReport(chanceOf(seed), '2021', 'none'));
      const readings = readAll(reports.map((report) => textOf(report, name)).join('\n'));
      assert.equal(readings.length, 2, name);
      reports.forEach((report, index) => {
        const rating = rate(report, readings[index]);
        assert.deepEqual([rating.wrong, rating.marked, rating.missed], [[], 0, 0], name);
        assert.equal(readings[index]!.organization, report.organization);
        assert.equal(readings[index]!.year, report.year);
      });
    }
  });

  test('[X24] two years beside each other in a line give no unmarked value', () => {
    const reports = [3, 4].map((seed) => tablesOf(grownReport(chanceOf(seed), '2021', 'none')));
    const twice = (both: (texts: readonly string[][]) => string): string =>
      reports[0]!
        .flatMap((table, index) =>
          table.rows.map((row, y) =>
            both([row, reports[1]![index]!.rows[y]!].map((cells) => cells.map((cell) => cell.text))),
          ),
        )
        .join('\n');
    const sideBySide = twice(([left, right]) => `${left!.join('  ')}    ${right!.join('  ')}`);
    const interleaved = twice(([left, right]) =>
      [...left!, ...right!.filter((one) => /^\d/.test(one))].join('\t'),
    );
    for (const text of [sideBySide, interleaved])
      for (const reading of readAll(text))
        for (const [cell, one] of reading.cells) assert.equal(one.confidence, 'uncertain', cell);
  });

  test('[X25] a text from which repeated lines were taken out is refused, and one whose tables are pictures', () => {
    const lines = textOf(grownReport(chanceOf(3), '2021', 'all-zero'), 'a line a cell').split('\n');
    assert.deepEqual(readTables(textSource([...new Set(lines)].join('\n'))), {
      ok: false,
      refusal: { code: 'lines-lost' },
    });
    const titles = [
      '二、主动公开政府信息情况',
      '三、收到和处理政府信息公开申请情况',
      '四、政府信息公开行政复议、行政诉讼情况',
    ];
    assert.deepEqual(
      readTables(textSource([...preambleOf(grownReport(chanceOf(3), '2021', 'none')), ...titles].join('\n'))),
      {
        ok: false,
        refusal: { code: 'tables-are-pictures' },
      },
    );
  });

  test('[X26] a text in GB18030 is the same reading', () => {
    // 规章 1 0 3
    const bytes = Uint8Array.from([0xb9, 0xe6, 0xd5, 0xc2, ...new TextEncoder().encode(' 1 0 3\n')]);
    const [reading] = readAll(decodeText(bytes));
    assert.deepEqual(
      [...reading!.cells.values()].map(({ cell, raw }) => `${cell} ${raw}`),
      ['disclosure/rules/issued 1', 'disclosure/rules/repealed 0', 'disclosure/rules/in-force 3'],
    );
  });
});

describe('hostile texts', () => {
  const N = 1e5;
  const many = (text: string): string => text.repeat(Math.ceil(N / text.length));
  const texts: Readonly<Record<string, string>> = {
    spaces: `规章${many(' ')}x`,
    digits: `规章 ${many('1')}`,
    'lines of digits': many('1\n'),
    'digits before empty lines': many('1\n\n\n\n'),
    bars: `${many('|')}x\n|a|\n|b|\n|c|`,
    brackets: many('（'),
    slashes: `规章 ${many('/')}`,
    tabs: `规章${many('\t1')}`,
    'empty cells': `规章${many('\t')}`,
    'beginnings of a label': many('一、本年新收政府\n'),
    'one label': many('行政许可\n'),
    'one row': many('规章 1 2 3\n'),
    'headings of 表四': many('结果维持\n1\n'),
    'no separators': many('规章000行政规范性文件000'),
    'nearly labels': `二、主动公开政府信息情况\n${Array.from({ length: N / 8 }, (_, index) => `行政${String.fromCharCode(0x4e00 + index)}可${String.fromCharCode(0x4e00 + index * 2)}`).join('\n')}`,
    'nearly labels between tabs': `规章\t1\n行政许可\t2\n${Array.from({ length: N / 8 }, (_, index) => `行政${String.fromCharCode(0x4e00 + index)}可\t${String.fromCharCode(0x4e00 + index * 2)}制金额数量`).join('\n')}`,
    'framed cells': many('| 规章 | 1 |\n'),
    'quotes that nothing closes': many('"规章\t\n'),
    'labels and blocks': many('（七）总计\n1\n\n'),
    'headings of 表二': many('本年制发件数\n规章\t1\n'),
    titles: many('2023年政府信息公开\n'),
    dates: many('2023年1月1日至'),
    contacts: many('电话:0地址:a@a'),
  };
  for (const [name, text] of Object.entries(texts))
    test(`[X27] 10^5 characters of ${name} take bounded time`, () => {
      const start = performance.now();
      readAll(text);
      assert.ok(performance.now() - start < 10_000);
    });

  test('[X27] a text that needs too many near labels is not trusted behind them', () => {
    const noise = Array.from(
      { length: 6_000 },
      (_, index) => `${String.fromCharCode(0x4e00 + index)}政许${String.fromCharCode(0x5e00 + index)}`,
    );
    const text = ['二、主动公开政府信息情况', ...noise, '行政许可', '5'].join('\n');
    for (const reading of readAll(text))
      for (const [, cell] of reading.cells) assert.equal(cell.confidence, 'uncertain');
  });
});
