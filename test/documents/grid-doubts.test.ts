/** Rows and headings of a table that are not quite those of the form: laid in one way only, or marked. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import { htmlSource } from '../../src/documents/html-source.ts';
import { openFile } from '../../src/documents/open-file.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import type { SourceDocument } from '../../src/documents/source-document.ts';
import { formatQuantity } from '../../src/format/quantity.ts';
import { chanceOf, generatedCells, type Chance, type Size } from '../fixtures/slips.ts';
import { grow, randomShape, type Figures, type Grown, type GrownRow, type Shape } from './grown.ts';
import { sourceOf } from './grown-files.ts';
import { rate } from './rated.ts';
import { docx } from './source-samples.ts';

/** The same documents on every machine; the benchmark draws others. */
const SEED = 20_260_112;

const COLUMNS = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other', 'total'];
const HEADINGS = ['自然人', '商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他', '总计'];

type Cells = readonly (string | number)[];

const tr = (cells: Cells): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

/** 表三 in one row of headings, with two rows that are whole around one that is asked about. */
function requests(row: Cells, headings: Cells = HEADINGS, whole: Cells = [1, 2, 3, 4, 5, 6, 21]): string {
  return `<table>${tr(['项目', ...headings])}${tr(['一、本年新收政府信息公开申请数量', ...whole])}${tr(['二、上年结转政府信息公开申请数量', ...row])}${tr(['四、结转下年度继续办理', ...whole])}</table>`;
}

function only(document: SourceDocument): DocumentReading {
  const result = readTables(document);
  assert.ok(result.ok);
  assert.equal(result.readings.length, 1);
  return result.readings[0]!;
}

/** What stands in a row, `?` before what is marked, `_` for a blank. */
function said(reading: DocumentReading, row = 'carried-over', columns = COLUMNS): string {
  return columns
    .map((column) => {
      const entry = reading.cells.get(`requests/${row}/${column}`)?.entry;
      if (entry === undefined) return '-';
      if (entry.kind === 'blank') return '_';
      if (entry.kind === 'number') return formatQuantity(entry.value);
      assert.equal(entry.kind, 'uncertain');
      return entry.kind === 'uncertain' && entry.candidate !== undefined
        ? `?${formatQuantity(entry.candidate)}`
        : '?';
    })
    .join(' ');
}

const MARKED = '? ? ? ? ? ? ?';

describe('rows with cells too many or too few', () => {
  for (const [what, row, expected] of [
    ['as the form has it', ['', 2, 3, 0, 0, 1, 6], '_ 2 3 0 0 1 6'],
    ['an empty cell before seven numbers', ['', 7, 2, 3, 4, 5, 1, 22], '7 2 3 4 5 1 22'],
    ['two empty cells behind seven numbers', [7, 2, 3, 4, 5, 1, 22, '', ''], '7 2 3 4 5 1 22'],
    ['two empty cells behind, and a blank', [7, '', 3, 4, 5, 1, 20, '', ''], '7 _ 3 4 5 1 20'],
    ['an empty cell before, and a blank', ['', 7, 2, 3, '', 5, 1, 18], MARKED],
    ['an empty cell before zeros: one of them may be typed twice', ['', 0, 0, 0, 0, 0, 0, 0], MARKED],
    ['an empty cell, and a zero that may be typed twice', ['', 5, 0, 0, 1, 2, 3, 11], MARKED],
    ['a number too many', [1, 2, 9, 3, 4, 5, 6, 21], MARKED],
    ['a number drawn over two columns', [1, 2, '3" colspan="2', 4, 5, 21], MARKED],
  ] as const)
    test(`[X37] ${what}`, () => {
      const html = requests(row).replace(/<td>(\d)" colspan="2<\/td>/, '<td colspan="2">$1</td>');
      const reading = only(htmlSource(html));
      // A marked cell may have a candidate.
      assert.equal(said(reading).replace(/\?\d+/g, '?'), expected);
      assert.equal(said(reading, 'received'), '1 2 3 4 5 6 21');
    });

  test('[X37] a number that may be one of two in 表二, where no sum tells', () => {
    const disclosure = (...cells: Cells): string =>
      `<table>${tr(['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'])}${tr(['规章', ...cells])}${tr(['行政规范性文件', 4, 5, 6])}${tr(['信息内容', '本年处理决定数量'])}${tr(['行政许可', '', 7])}</table>`;
    const cell = (html: string, id: string): string | undefined =>
      only(htmlSource(html)).cells.get(`disclosure/${id}`)?.entry.kind;
    assert.equal(cell(disclosure('', 0, 0, 3), 'rules/issued'), 'uncertain');
    assert.equal(cell(disclosure(2, '', 3), 'rules/issued'), 'number');
    assert.equal(cell(disclosure(2, '', 3), 'licensing/decisions'), 'number');
  });

  test('[X37] one cell lost, typed twice, or one too many, and blanks: never wrong without a mark', async () => {
    const kinds = ['lost', 'doubled', 'shifted', 'before'] as const;
    let marked = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.constantFrom(...kinds), async (seed, kind) => {
        const chance = chanceOf(seed);
        const cells: Record<string, number | string | null> = {
          ...generatedCells(chance, (['small', 'middle', 'large'] satisfies Size[])[chance(3)]!),
        };
        // Blanks where nothing is, as people leave them: what is blank counts nothing, and all sums hold.
        if (chance(2) === 0)
          for (const id of Object.keys(cells)) if (cells[id] === 0 && chance(2) === 0) cells[id] = null;
        const shape: Shape = { ...randomShape(chance), copies: false };
        const grown = damaged(
          { version: '2021', organization: '示例县', year: 2024, cells },
          shape,
          kind,
          chance,
        );
        const result = rate(readTables(await sourceOf(grown.blocks, 'plain', chance)), grown);
        marked += result.marked.length;
        assert.deepEqual(result.wrong, []);
      }),
      {
        numRuns: 150,
        seed: SEED,
        // Rows of these once were laid in the wrong way.
        examples: [
          [188, 'doubled'],
          [208, 'lost'],
          [214, 'shifted'],
          [271, 'lost'],
          [419, 'shifted'],
        ],
      },
    );
    assert.ok(marked > 0);
  });
});

/** One row of 表三 in five is damaged, in one way each. */
function damaged(
  report: { version: '2021'; organization: string; year: number; cells: Figures },
  shape: Shape,
  kind: 'lost' | 'doubled' | 'shifted' | 'before',
  chance: Chance,
): Grown {
  const grown = grow(report, shape, chance);
  for (const block of grown.blocks) {
    if (typeof block === 'string') continue;
    for (const row of block.rows) if (chance(5) === 0) spoil(row, kind, chance);
  }
  return grown;
}

function spoil({ cells }: GrownRow, kind: 'lost' | 'doubled' | 'shifted' | 'before', chance: Chance): void {
  const at = cells.findIndex((one) => one.cell?.startsWith('requests/'));
  if (at < 0) return;
  const which = at + chance(cells.length - at);
  if (kind === 'lost') cells.splice(which, 1);
  else if (kind === 'doubled') cells.splice(which, 0, { ...cells[which]!, value: true });
  else cells.splice(kind === 'before' ? at : which, 0, { text: '', colSpan: 1, rowSpan: 1 });
}

describe('places without a cell', () => {
  const R = '<w:vMerge w:val="restart"/>';
  const C = '<w:vMerge/>';
  const tc = (text: string | number, properties = ''): string =>
    `<w:tc><w:tcPr>${properties}</w:tcPr><w:p><w:r><w:t>${String(text)}</w:t></w:r></w:p></w:tc>`;
  const word = async (row: Cells): Promise<DocumentReading> => {
    const line = (cells: Cells, merge: string): string =>
      `<w:tr>${cells.map((cell) => tc(cell)).join('')}${merge === '' ? '' : tc('', merge)}</w:tr>`;
    const rows = [
      line(['项目', ...HEADINGS], ''),
      line(['一、本年新收政府信息公开申请数量', 1, 2, 3, 4, 5, 6, 21], R),
      line(['二、上年结转政府信息公开申请数量', ...row], C),
      line(['四、结转下年度继续办理', 1, 2, 3, 4, 5, 6, 21], C),
    ];
    return only(
      await openFile({
        bytes: docx(`<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`),
        name: 'x.docx',
      }),
    );
  };

  test('[X38] a row of a Word file with a cell too few is marked, also where a merged column ends it', async () => {
    assert.equal(said(await word([1, 0, 0, 0, 0, 0, 1])), '1 0 0 0 0 0 1');
    assert.equal(said(await word([1, 0, 0, 0, 0, 0, ''])), '1 0 0 0 0 0 _');
    const short = await word([1, 0, 0, 0, 0, 0]);
    assert.equal(said(short), MARKED);
    assert.equal(said(short, 'received'), '1 2 3 4 5 6 21');
  });

  test('[X38] a row with a cell too few has no blank at its end', () => {
    assert.equal(said(only(htmlSource(requests([1, 0, 0, 0, 0, 0])))), MARKED);
    assert.equal(said(only(htmlSource(requests(['', '', '', '', '', ''])))), MARKED);
    assert.equal(said(only(htmlSource(requests(['', '', '', '', '', '', ''])))), '_ _ _ _ _ _ _');
    assert.equal(said(only(htmlSource(requests([])))), MARKED);
  });

  test('[X38] an empty cell drawn over the whole row is blank', () => {
    const html = requests(['x']).replace('<td>x</td>', '<td colspan="7"></td>');
    assert.equal(said(only(htmlSource(html))), '_ _ _ _ _ _ _');
  });
});

describe('headings unlike the form', () => {
  const row = [1, 2, 3, 4, 5, 6, 21];
  const with_ = (index: number, name: string): string[] =>
    HEADINGS.map((one, at) => (at === index ? name : one));
  const read = (headings: Cells, cells: Cells = row): DocumentReading =>
    only(htmlSource(requests(cells, headings, cells)));

  for (const [index, name] of [
    [0, '公民'],
    [1, '企业'],
    [2, '科研院所'],
    [3, '社会组织'],
    [4, '法律服务组织'],
    [5, '其他申请人'],
    [6, '总数'],
  ] as const)
    test(`[X39] ${name} for ${HEADINGS[index]!}, in its place among the others`, () => {
      const reading = read(with_(index, name));
      assert.equal(said(reading), '1 2 3 4 5 6 21');
      assert.deepEqual(reading.report.uncertain, []);
      assert.deepEqual(
        reading.report.labels.filter(({ official }) => official === HEADINGS[index]),
        [{ official: HEADINGS[index], found: name }],
      );
    });

  test('[X39] an unknown name leaves its own column to a person, with what stands there', () => {
    for (const index of HEADINGS.keys()) {
      const reading = read(with_(index, '甲类申请人'));
      const expected = row.map((value, at) => (at === index ? `?${String(value)}` : String(value)));
      assert.equal(said(reading), expected.join(' '), HEADINGS[index]);
    }
  });

  test('[X39] so does a usual name out of its place', () => {
    const moved = [HEADINGS[0]!, '科研院所', HEADINGS[1]!, ...HEADINGS.slice(3)];
    assert.equal(said(read(moved)), '1 3 ?2 4 5 6 21');
  });

  test('[X39] a column more than the form has, of any name, is no column of it', () => {
    const reading = read([...HEADINGS, '其中：网上申请'], [...row, 9]);
    assert.equal(said(reading), '1 2 3 4 5 6 21');
    assert.deepEqual(new Set(reading.report.unplaced.map(({ raw }) => raw)), new Set(['9']));
    assert.equal(said(read([...HEADINGS, '其中：网上申请'], row)), MARKED);
  });

  test('[X39] two unknown names leave every cell to a person', () => {
    const reading = read(['甲类申请人', '乙类申请人', ...HEADINGS.slice(2)]);
    assert.doesNotMatch(said(reading), /(?:^| )\d/);
    assert.match(said(reading), /\?21$/);
  });

  test('[X39] a heading of two rows, cut words and spans', async () => {
    for (const head of ['official', 'empty-row'] as const) {
      const cells = generatedCells(chanceOf(5), 'middle');
      const grown = grow(
        { version: '2021', organization: '示例县', year: 2024, cells },
        { head },
        chanceOf(5),
      );
      for (const block of grown.blocks)
        if (typeof block !== 'string')
          for (const { cells: here } of block.rows)
            for (const cell of here) if (cell.text === '科研机构') cell.text = '科研院所';
      const { wrong, marked, right } = rate(
        readTables(await sourceOf(grown.blocks, 'plain', chanceOf(5))),
        grown,
      );
      assert.deepEqual({ wrong, marked, right }, { wrong: [], marked: [], right: grown.truth.size });
    }
  });
});
