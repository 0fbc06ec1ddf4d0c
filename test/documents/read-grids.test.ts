/** Tables whose cells are known: whatever shape they were given, a cell is right or marked, never wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { checkReport } from '../../src/checks/check-report.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import { htmlSource } from '../../src/documents/html-source.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import type { SourceCell } from '../../src/documents/source-document.ts';
import { BLANK, quantityOf, type CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import { checkedReport, emptyReport } from '../../src/report/report.ts';
import { applyChanges } from '../../src/report/transaction.ts';
import { CASE_NAMES, readCase, uniformCells } from '../fixtures/reports.ts';
import { chanceOf, generatedCells, type Chance, type Size } from '../fixtures/slips.ts';
import { grow, randomShape, together, type Figures, type Grown, type Shape } from './grown.ts';
import { fitting, SOURCE_NAMES, sourceOf, type SourceName } from './grown-files.ts';
import { rate, type Rated } from './rated.ts';

/** The same documents on every machine; the benchmark draws others. */
const SEED = 20_260_112;

/** Lines between tabs are running text: `text-rows.ts`. */
const GRIDS = SOURCE_NAMES.filter((name) => name !== 'tabs');
/** What makes a row complete again (a file of Excel fills its grid) hides that a cell is missing. */
const RAGGED: readonly SourceName[] = ['plain', 'cms', 'word', 'wps', 'excel', 'browser', 'docx'];

function reportWith(cells: Figures, version: '2021' | '2019' = '2021', organization = '示例县财政局') {
  return { version, organization, year: version === '2021' ? 2024 : 2020, cells };
}

function figuresOf(chance: Chance): Record<CellId, number | string | null> {
  return { ...generatedCells(chance, (['small', 'middle', 'large'] satisfies Size[])[chance(3)]!) };
}

async function rated(grown: Grown, name: SourceName, chance: Chance = chanceOf(1)): Promise<Rated> {
  return rate(readTables(await sourceOf(grown.blocks, name, chance)), grown);
}

async function readingOf(
  shape: Shape,
  cells: Figures = readCase('007').cells,
  name: SourceName = 'plain',
  change: (grown: Grown) => void = () => {},
): Promise<DocumentReading> {
  const grown = grow(reportWith(cells), shape, chanceOf(7));
  change(grown);
  const result = readTables(await sourceOf(grown.blocks, name, chanceOf(7)));
  assert.ok(result.ok);
  assert.equal(result.readings.length, 1);
  return result.readings[0]!;
}

function numberIn(reading: DocumentReading, cell: CellId): number | undefined {
  const quantity = quantityOf(reading.cells.get(cell)?.entry);
  return quantity === undefined ? undefined : quantityToNumber(quantity);
}

/** All right and nothing marked. */
async function allRight(shape: Shape, names: readonly SourceName[] = GRIDS): Promise<void> {
  for (const seed of [11, 12]) {
    for (const name of names) {
      const chance = chanceOf(seed);
      const grown = grow(reportWith(figuresOf(chance)), fitting(shape, name), chance);
      const { right, marked, missed, wrong } = await rated(grown, name, chance);
      assert.deepEqual(
        { name, marked, missed, wrong, right },
        { name, marked: [], missed: [], wrong: [], right: grown.truth.size },
      );
    }
  }
}

describe('whatever the shape', () => {
  test('[X01] figures in any shape, as a page, a clipboard or a file: right or marked, never wrong', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.constantFrom(...GRIDS), async (seed, name) => {
        const chance = chanceOf(seed);
        const cells = figuresOf(chance);
        if (chance(3) === 0) for (const id of Object.keys(cells)) if (chance(15) === 0) cells[id] = null;
        if (chance(4) === 0)
          for (const id of Object.keys(cells))
            if (id.startsWith('disclosure/') && chance(3) === 0) cells[id] = '/';
        const grown = grow(reportWith(cells), fitting(randomShape(chance), name), chance);
        assert.deepEqual((await rated(grown, name, chance)).wrong, []);
      }),
      { numRuns: 150, seed: SEED },
    );
  });

  for (const [what, shape] of Object.entries<Shape>({
    'as the form draws it': {},
    'words of the heading on two lines': { head: 'cut-words' },
    'an empty row in the heading': { head: 'empty-row' },
    'one row of headings': { head: 'one-row' },
    'no heading at all': { head: 'none' },
    'groups once more in each row': { groups: 'repeated' },
    'no groups': { groups: 'none' },
    'all tables in one': { together: true },
    'sections below their tables': { sections: 'after' },
    'no sections': { sections: 'none' },
    'no spans': { spans: 'none' },
  }))
    test(`[X01] ${what}: every cell`, () => allRight(shape));
});

describe('rows', () => {
  for (const labels of ['spaced', 'slips', 'short', 'traditional', 'numbering'] as const)
    test(`[X02] labels that are ${labels}`, () => allRight({ labels }));

  test('[X02] a row is found by its label, not by its place', async () => {
    const reading = await readingOf({}, undefined, 'plain', ({ blocks }) => {
      for (const block of blocks)
        if (typeof block !== 'string' && block.table === 'requests') {
          const last = block.rows.splice(-2);
          block.rows.splice(3, 0, ...last.reverse());
        }
    });
    const { cells } = readCase('007');
    for (const row of ['received', 'total', 'carried-forward', 'not-processed.repeated'])
      assert.equal(numberIn(reading, `requests/${row}/enterprise`), cells[`requests/${row}/enterprise`], row);
  });

  test('[X02] 其他 and 总计 without numbers are rows behind their group, and columns in a heading', async () => {
    const reading = await readingOf({ pages: 'one-table' }, undefined, 'plain', ({ blocks }) => {
      for (const block of blocks)
        if (typeof block !== 'string')
          for (const { cells } of block.rows)
            for (const cell of cells) cell.text = cell.text.replace(/^(?:3\.|（七）)(?=其他$|总计$)/, '');
    });
    const { cells } = readCase('007');
    assert.deepEqual(reading.report.uncertain, []);
    assert.equal(numberIn(reading, 'requests/other.other/total'), cells['requests/other.other/total']);
    assert.equal(numberIn(reading, 'requests/total/natural-person'), cells['requests/total/natural-person']);
  });

  test('[X16] rows that are counted in front', () => allRight({ rowNumbers: true }));

  test('[X15] a table over several pages, its heading repeated or not', async () => {
    await allRight({ pages: 'plain' });
    await allRight({ pages: 'repeated' });
    await allRight({ pages: 'one-table', columns: 'shuffled' });
    await allRight({ pages: 'plain', columns: 'total-first' });
  });
});

describe('values', () => {
  test('[X03] empty cells at the end of rows', () => allRight({ fillers: 'all' }));

  test('[X03] as many values as columns are the columns; with empty cells beside them the full rows say where they begin', async () => {
    for (const shape of [{ fillers: 'all' }, { groups: 'first', fillers: 'all' }] satisfies Shape[]) {
      const cells: Figures = { ...readCase('007').cells, 'requests/granted/natural-person': null };
      const reading = await readingOf(shape, cells);
      assert.equal(reading.cells.get('requests/granted/natural-person')?.entry.kind, 'blank');
      assert.equal(numberIn(reading, 'requests/granted/total'), cells['requests/granted/total']);
    }
  });

  test('[X04] a row with a cell too few or too many is marked, and only such a row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.constantFrom(...RAGGED), async (seed, name) => {
        const chance = chanceOf(seed);
        const damage = (['lost-cell', 'number-too-many', 'shifted', 'merged-row'] as const)[chance(4)]!;
        const grown = grow(reportWith(figuresOf(chance)), { damage }, chance);
        const { wrong, marked, missed } = await rated(grown, name, chance);
        assert.deepEqual(wrong, []);
        assert.deepEqual(
          [...marked, ...missed].filter((cell) => !grown.damaged.has(cell)),
          [],
        );
      }),
      { numRuns: 80, seed: SEED },
    );
  });

  test('[X04] a lost cell leaves no cell of its row certain', async () => {
    const reading = await readingOf({}, undefined, 'plain', ({ blocks }) => {
      for (const block of blocks)
        if (typeof block !== 'string')
          for (const { cells } of block.rows) {
            const at = cells.findIndex(({ cell }) => cell === 'requests/granted/research');
            if (at >= 0) cells.splice(at, 1);
          }
    });
    assert.equal(reading.report.uncertain.length, 7);
    assert.ok(
      reading.report.uncertain.every(
        ({ cell, doubt }) => cell.startsWith('requests/granted/') && doubt === 'count',
      ),
    );
  });

  test('[X17] one 0 drawn over a whole row is uncertain, with 0 as candidate', async () => {
    const reading = await readingOf({}, uniformCells('2021'), 'plain', ({ blocks }) => {
      for (const block of blocks)
        if (typeof block !== 'string')
          for (const { cells } of block.rows) {
            const at = cells.findIndex(({ cell }) => cell === 'requests/granted/natural-person');
            if (at >= 0) cells.splice(at, 7, { text: '0', colSpan: 7, rowSpan: 1 });
          }
    });
    assert.equal(reading.report.uncertain.length, 7);
    assert.deepEqual(reading.cells.get('requests/granted/social')?.entry, {
      kind: 'uncertain',
      raw: '0',
      candidate: 0n,
    });
  });

  for (const values of ['full-width', 'thousands', 'units', 'spaces'] as const)
    test(`[X19] numbers with ${values}`, () => allRight({ values }));

  test('[X19] blank is blank, "/" is "/", 元 where 万元 is meant is a candidate', async () => {
    const reading = await readingOf(
      {},
      {
        ...readCase('007').cells,
        'disclosure/rules/issued': '/',
        'disclosure/rules/repealed': null,
        'disclosure/fees/amount': '251000元',
      },
    );
    assert.equal(reading.cells.get('disclosure/rules/issued')?.entry.kind, 'not-applicable');
    assert.equal(reading.cells.get('disclosure/rules/repealed')?.entry.kind, 'blank');
    assert.deepEqual(reading.cells.get('disclosure/fees/amount')?.entry, {
      kind: 'uncertain',
      raw: '251000元',
      candidate: 25_100_000n,
    });
  });

  test('[X13] what the source itself doubts is uncertain, and its number no candidate', () => {
    const cell = (text: string, doubtful = false): SourceCell => ({
      text,
      colSpan: 1,
      rowSpan: 1,
      ...(doubtful && { doubtful }),
    });
    const result = readTables({
      kind: 'xlsx',
      title: '',
      omissions: [],
      blocks: [
        {
          kind: 'table',
          rows: [
            [cell('信息内容'), cell('本年制发件数'), cell('本年废止件数'), cell('现行有效件数')],
            [cell('规章'), cell('3'), cell('2025-01-02', true), cell('74', true)],
            [cell('行政规范性文件'), cell('0'), cell('0'), cell('5')],
          ],
        },
      ],
    });
    assert.ok(result.ok);
    const reading = result.readings[0]!;
    assert.equal(numberIn(reading, 'disclosure/rules/issued'), 3);
    assert.deepEqual(reading.report.uncertain, [
      { cell: 'disclosure/rules/repealed', doubt: 'source' },
      { cell: 'disclosure/rules/in-force', doubt: 'source' },
    ]);
    assert.deepEqual(reading.cells.get('disclosure/rules/in-force')?.entry, {
      kind: 'uncertain',
      raw: '74',
    });
  });
});

describe('columns', () => {
  test('[X05] in another order, as the heading says', async () => {
    await allRight({ columns: 'shuffled' });
    await allRight({ columns: 'total-first', head: 'cut-words' });
    await allRight({ columns: 'shuffled', head: 'one-row', fillers: 'all' });
  });

  test('[X05] spans of the heading that are wrong change nothing, or mark', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), async (seed) => {
        const chance = chanceOf(seed);
        const grown = grow(reportWith(figuresOf(chance)), { spans: 'wrong-heads' }, chance);
        const { wrong, missed } = await rated(grown, 'plain', chance);
        assert.deepEqual({ wrong, missed }, { wrong: [], missed: [] });
      }),
      { numRuns: 60, seed: SEED },
    );
  });

  test('[X05] headings that cannot be understood leave every cell of 表三 to a person', async () => {
    const reading = await readingOf({ head: 'one-row' }, undefined, 'plain', ({ blocks }) => {
      for (const block of blocks)
        if (typeof block !== 'string')
          for (const { cells } of block.rows)
            for (const cell of cells)
              if (['科研机构', '自然人'].includes(cell.text)) cell.text = '甲类申请人';
    });
    assert.equal(reading.report.uncertain.length, 168 + 7 - reading.report.absent);
    assert.equal(
      numberIn(reading, 'disclosure/fees/amount'),
      readCase('007').cells['disclosure/fees/amount'],
    );
  });

  test('[X06] rows and columns that the form does not have are numbers without a place', async () => {
    for (const shape of [
      { subtotalColumn: 'before' },
      { subtotalColumn: 'after' },
      { subtotalRows: 'filled' },
      { subtotalRows: 'filled', subtotalColumn: 'after', groups: 'repeated' },
    ] satisfies Shape[]) {
      await allRight(shape);
      const { report } = await readingOf(shape);
      assert.ok(report.unplaced.length >= 25, JSON.stringify(shape));
      assert.deepEqual(new Set(report.unplaced.map(({ why }) => why)), new Set(['unofficial']));
    }
    await allRight({ subtotalRows: 'blank', groups: 'repeated' });
  });
});

describe('表四', () => {
  for (const proceedings of ['line', 'three-rows', 'short-head', 'no-head'] as const)
    test(`[X18] ${proceedings}`, () => allRight({ proceedings }));
});

describe('what is stated twice, and what is not', () => {
  test('[X07] two equal copies of the tables are one report', async () => {
    const reading = await readingOf({ copies: true });
    assert.equal(reading.report.recognised, 200);
    assert.deepEqual(reading.report.duplicates, []);
  });

  test('[X07] two numbers for one cell are none', async () => {
    const reading = await readingOf({}, undefined, 'plain', ({ blocks }) => {
      for (const block of blocks)
        if (typeof block !== 'string' && block.table === 'requests') {
          const at = block.rows.findIndex(({ cells }) =>
            cells.some(({ cell }) => cell === 'requests/granted/natural-person'),
          );
          const again = block.rows[at]!.cells.map((cell) => ({ ...cell, rowSpan: 1 }));
          again.find(({ cell }) => cell === 'requests/granted/natural-person')!.text = '987654';
          block.rows.push({ kind: 'row', cells: again });
        }
    });
    const right = String(readCase('007').cells['requests/granted/natural-person']);
    assert.deepEqual(reading.report.duplicates, [
      { cell: 'requests/granted/natural-person', raws: [right, '987654'] },
    ]);
    assert.equal(reading.cells.get('requests/granted/natural-person')?.confidence, 'uncertain');
    assert.equal(reading.report.uncertain.length, 1);
  });

  test('[X08] printed totals are kept beside the sums that they are not', async () => {
    const cells = { ...readCase('007').cells };
    const was = cells['requests/granted/total']!;
    cells['requests/granted/total'] = was + 3;
    cells['proceedings/review/total'] = null;
    const reading = await readingOf({}, cells);
    const unit = 1_000_000n;
    assert.deepEqual(reading.report.totals, [
      { cell: 'requests/granted/total', printed: BigInt(was + 3) * unit, computed: BigInt(was) * unit },
      {
        cell: 'proceedings/review/total',
        printed: undefined,
        computed: BigInt(readCase('007').cells['proceedings/review/total']!) * unit,
      },
    ]);
    assert.equal(numberIn(reading, 'requests/granted/total'), was + 3);
  });

  test('[X09] （六）其他处理 in one row: its third row, the other two merged', async () => {
    await allRight({ oneRowOther: true });
    const reading = await readingOf({ oneRowOther: true });
    assert.equal(reading.report.oneRowOther, true);
    assert.equal(reading.cells.get('requests/other.fee-overdue/research')?.entry.kind, 'merged');
  });

  test('[X09] above its own rows it is their heading', async () => {
    const reading = await readingOf({ groups: 'none' });
    assert.equal(reading.report.oneRowOther, false);
    assert.equal(reading.report.recognised, 200);
  });

  test('[X11] tables that are not there are absent, not blank and not 0', async () => {
    for (const id of ['disclosure', 'requests', 'proceedings']) {
      const reading = await readingOf({ tables: [id] });
      const own = FORMATS['2021'].cells.filter(({ table }) => table === id).length;
      assert.equal(reading.report.recognised, own);
      assert.equal(reading.report.absent, 200 - own);
      assert.equal(reading.cells.size, own);
    }
  });
});

describe('forms and reports', () => {
  const cells2019 = Object.fromEntries(
    FORMATS['2019'].cells.map(({ id, kind }, index) => [
      id,
      kind === 'signed-count' ? -(index % 7) : kind === 'free-amount' ? '160.5964万元' : index % 11,
    ]),
  );

  test('[X10] the form of 2019', async () => {
    for (const name of GRIDS) {
      const grown = grow(reportWith(cells2019, '2019'), {}, chanceOf(3));
      const result = readTables(await sourceOf(grown.blocks, name, chanceOf(3)));
      assert.ok(result.ok);
      assert.equal(result.readings[0]!.version, '2019');
      const { wrong, marked, missed } = rate(result, grown);
      assert.deepEqual({ name, wrong, marked, missed }, { name, wrong: [], marked: [], missed: [] });
    }
  });

  test('[X12] two reports in one page are two readings, each with its own figures', async () => {
    for (const name of ['plain', 'cms', 'docx'] as const) {
      const both = ['甲县财政局', '乙县民政局'].map((organization, index) =>
        grow(
          reportWith(generatedCells(chanceOf(40 + index), 'large'), '2021', organization),
          {},
          chanceOf(index),
        ),
      );
      const result = readTables(await sourceOf(together(both), name, chanceOf(2)));
      assert.ok(result.ok);
      assert.equal(result.readings.length, 2);
      for (const one of both) {
        const { right, wrong } = rate(result, one);
        assert.deepEqual({ right, wrong }, { right: 200, wrong: [] });
      }
    }
  });

  test('[X14] correct reports that were read give no finding that has to be mended', async () => {
    const correct = CASE_NAMES.map(readCase).filter(
      ({ format, violations }) => format === '2021' && violations.length === 0,
    );
    assert.ok(correct.length >= 3);
    for (const { cells } of correct)
      for (const shape of [
        {},
        { oneRowOther: true },
        { together: true, subtotalColumn: 'after' },
      ] satisfies Shape[]) {
        if (shape.oneRowOther !== true && 'requests/other/natural-person' in cells) continue;
        const reading = await readingOf(shape, cells);
        const report = applyChanges(emptyReport(reading.version, reading.year), [
          { field: 'organization.name', from: '', to: reading.organization ?? '' },
          ...[...reading.cells].map(([cell, { entry }]) => ({ cell, from: BLANK, to: entry })),
        ]);
        const findings = checkReport(checkedReport(report), OFFICIAL_RULES.rules);
        assert.deepEqual(
          findings.filter(({ severity }) => severity === 'must' || severity === 'format'),
          [],
        );
      }
  });

  test('[X14] a page without a table of the form is none', () => {
    const result = readTables(htmlSource('<table><tr><td>总计<td>3<tr><td>其他<td>4</table>'));
    assert.deepEqual(result, { ok: false, refusal: { code: 'no-table' } });
  });
});
