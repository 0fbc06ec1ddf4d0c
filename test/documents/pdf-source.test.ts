/** PDF to texts and tables: what is drawn on a page, in the cells and in the order a person sees. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { CMAPS } from '../../src/documents/pdf-cmaps.ts';
import { pdfSource } from '../../src/documents/pdf-source.ts';
import {
  UnreadableSource,
  type SourceBlock,
  type SourceCell,
  type SourceRefusal,
} from '../../src/documents/source-document.ts';
import { FORMATS } from '../../src/format/formats.ts';
import type { LayoutCell } from '../../src/format/format.ts';
import { publishedCases } from '../fixtures/published-cases.ts';
import { bar, dots, grid, pdf, stroke, write, writeBytes, type PdfOptions } from './pdf-writer.ts';

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url)));

/** A table as its texts, spans behind them where there are any. */
function texts(block: SourceBlock | undefined): string[][] {
  assert.ok(block?.kind === 'table', 'there is no table');
  return block.rows.map((row) =>
    row.map(({ text, colSpan, rowSpan }) =>
      colSpan * rowSpan === 1 ? text : `${text} [${colSpan}×${rowSpan}]`,
    ),
  );
}

const blocksOf = async (pages: readonly string[], options?: PdfOptions): Promise<readonly SourceBlock[]> =>
  (await pdfSource(pdf(pages, options))).blocks;
const tablesOf = (blocks: readonly SourceBlock[]) => blocks.filter((block) => block.kind === 'table');
const textOf = async (page: string, options?: PdfOptions): Promise<string> =>
  (await blocksOf([page], options))
    .map((block) => (block.kind === 'text' ? block.text : '[table]'))
    .join('\n');

async function refusalOf(bytes: Uint8Array): Promise<SourceRefusal> {
  try {
    await pdfSource(bytes);
  } catch (error) {
    assert.ok(error instanceof UnreadableSource, String(error));
    return error.refusal;
  }
  assert.fail('it was read');
}

/** A grid of three columns and two rows with a text in each cell. */
const XS = [50, 150, 250, 350];
const YS = [700, 720, 740];
const inCells = (rows: readonly (readonly string[])[]): string =>
  rows.flatMap((row, r) => row.map((text, c) => write(XS[c]! + 5, 725 - 20 * r, text))).join('');

describe('ruled tables', () => {
  for (const [name, line] of Object.entries({ stroke, bar, dots })) {
    test(`[X60] lines drawn as ${name} make cells, with the text between the tables in its place`, async () => {
      const rows = [
        ['规章', '0', '12'],
        ['行政规范性文件', '5', '7730.28'],
      ];
      const blocks = await blocksOf([
        `${write(50, 780, '二、主动公开政府信息情况')}${grid(XS, YS, line)}${inCells(rows)}${write(50, 680, '三、下一节')}${write(290, 20, '- 1 -')}`,
      ]);
      assert.deepEqual(
        blocks.map(({ kind }) => kind),
        ['text', 'table', 'text'],
      );
      assert.deepEqual(texts(blocks[1]), rows);
      assert.deepEqual(blocks[2], { kind: 'text', text: '三、下一节\n- 1 -' });
    });
  }

  test('[X60] where a line is missing cells are merged; a missing side is the end of the lines', async () => {
    const [x0, x1, x2, x3] = XS as [number, number, number, number];
    const blocks = await blocksOf([
      // Across: all three, the middle one beginning at the second column. Down: no outer sides, the last from below.
      stroke(x0, 700, x3, 700) +
        stroke(x1, 720, x3, 720) +
        stroke(x0, 740, x3, 740) +
        stroke(x1, 700, x1, 740) +
        stroke(x2, 700, x2, 720) +
        write(x0 + 5, 715, '项目') +
        write(x1 + 5, 725, '数量') +
        write(x1 + 5, 705, '1') +
        write(x2 + 5, 705, '2'),
    ]);
    assert.deepEqual(texts(blocks[0]), [
      ['项目 [1×2]', '数量 [2×1]'],
      ['1', '2'],
    ]);
  });

  test('[X60] each page has its own tables, lines in a cell are kept apart, and a frame is no table', async () => {
    const page =
      grid(XS, YS) +
      inCells([
        ['一', '二', '三'],
        ['四', '五', '六'],
      ]);
    const blocks = await blocksOf([
      stroke(10, 10, 590, 10) +
        stroke(10, 790, 590, 790) +
        stroke(10, 10, 10, 790) +
        stroke(590, 10, 590, 790) +
        page,
      `${grid(XS, YS)}${write(55, 730, '结果', { size: 8 })}${write(55, 721.5, '维持', { size: 8 })}`,
    ]);
    assert.deepEqual(
      tablesOf(blocks).map((table) => table.page),
      [1, 2],
    );
    assert.equal(texts(tablesOf(blocks)[1])[0]![0], '结果\n维持');
  });

  for (const table of FORMATS['2021'].tables) {
    test(`[X60] every figure of ${table.shortTitle} as LibreOffice prints it stands in its cell`, async () => {
      const { blocks } = await pdfSource(fixture(`${table.id}.pdf`));
      let figure = 100;
      const printed = table.layout.rows
        .map((row: readonly LayoutCell[]) =>
          row.flatMap((cell) => ('cell' in cell ? [String((figure += 1))] : [])),
        )
        .filter((row) => row.length > 0);
      const found = tablesOf(blocks)
        .flatMap((block) =>
          block.rows.map((row) => row.map(({ text }) => text).filter((text) => /^\d+$/.test(text))),
        )
        .filter((row) => row.length > 0);
      assert.deepEqual(found, printed);
    });
  }

  test('[X61] every figure of a published report stands in the row and the column it was published in', async (t) => {
    const folder =
      process.env['XXGK_CASES'] ?? fileURLToPath(new URL('../../../shared/cases', import.meta.url));
    const { cases } = publishedCases();
    const files = [...cases].filter(([name]) => existsSync(`${folder}/${name}/original.pdf`));
    if (files.length === 0) return t.skip('no published PDF is at hand (XXGK_CASES)');
    for (const [name, { format, cells }] of files) {
      const { blocks } = await pdfSource(new Uint8Array(readFileSync(`${folder}/${name}/original.pdf`)));
      const rows = tablesOf(blocks).flatMap((block) => block.rows);
      const figures = (row: readonly SourceCell[]): number[] =>
        row.filter(({ text }) => /^[\d.]+$/.test(text)).map(({ text }) => Number(text));
      const printed = rows.map(figures).filter((row) => row.length > 0);
      // （六）其他处理 may be printed as one row.
      const oneOther = 'requests/other/total' in cells;
      const expected = FORMATS[format].tables.flatMap((table) =>
        table.layout.rows
          .map((row) =>
            row.flatMap((cell) => {
              if (!('cell' in cell)) return [];
              const id = oneOther ? cell.cell.replace('/other.correction-overdue/', '/other/') : cell.cell;
              const value = cells[id];
              return typeof value === 'number' ? [value] : [];
            }),
          )
          .filter((row) => row.length > 0),
      );
      assert.ok(expected.length > 25, name);
      assert.deepEqual(printed, expected, name);
    }
    return undefined;
  });
});

describe('lines without rulings', () => {
  test('[X62] lines go by their height, columns that stand apart are separated, ideographs that were stretched are not', async () => {
    const text = await textOf(
      // Drawn in another order than they stand in.
      write(50, 600, '行政许可') +
        write(200, 600.4, '550') +
        write(50, 620, '规章') +
        write(200, 620, '0') +
        write(240, 620, '5') +
        write(280, 620, '5') +
        write(50, 560, '政') +
        write(62, 560, '府') +
        write(74, 560, '信息 2023 年'),
    );
    assert.equal(text, '规章\t0\t5\t5\n行政许可\t550\n政府信息 2023 年');
  });

  test('[X62] the text of a page that lies on its side, by its setting or by its text, is read as it is turned', async () => {
    const table =
      grid(XS, YS) +
      inCells([
        ['规章', '1', '2'],
        ['许可', '3', '4'],
      ]);
    const rows = [
      ['规章', '1', '2'],
      ['许可', '3', '4'],
    ];
    const turnedBack = `q 0 1 -1 0 700 0 cm ${table} Q`;
    for (const [page, options] of [
      [`q 0 1 -1 0 750 100 cm ${table} Q`, {}],
      [`q 0 -1 1 0 -300 700 cm ${table} Q`, {}],
      [`q -1 0 0 -1 600 900 cm ${table} Q`, {}],
      [turnedBack.replace('700 0 cm', '790 100 cm'), { page: '/Rotate 90' }],
    ] as const)
      assert.deepEqual(texts(tablesOf(await blocksOf([page], options))[0]), rows, page.slice(0, 30));
  });
});

describe('writing', () => {
  const narrow = grid([50, 90, 250], [600, 740]);
  const cell = async (drawn: string, options?: PdfOptions): Promise<string> =>
    texts(
      tablesOf(
        await blocksOf([narrow + write(100, 720, '数量') + write(100, 700, '第二行') + drawn], options),
      )[0],
    )[0]![0]!;

  test('[X63] text turned in its cell, one character below the other, and vertical columns are read in their order', async () => {
    assert.equal(await cell(write(62, 725, '办理结果', { degrees: -90 })), '办理结果');
    assert.equal(await cell(write(75, 620, '办理结果', { degrees: 90 })), '办理结果');
    const below = (x: number, text: string): string =>
      Array.from(text, (character, index) => write(x, 725 - 14 * index, character)).join('');
    assert.equal(await cell(below(65, '本年度办理结果')), '本年度办理结果');
    assert.equal(await cell(below(74, '本年度') + below(56, '办理结果')), '本年度\n办理结果');
  });

  test('[X63] a font for vertical writing runs downwards', async () => {
    const blocks = await blocksOf([narrow + write(70, 735, '办理结果')], { encoding: 'UniGB-UCS2-V' });
    assert.equal(texts(blocks[0])[0]![0], '办理结果');
  });

  test('[X63] figures below each other in one cell do not become one number', async () => {
    assert.equal(await cell(write(65, 700, '1') + write(65, 686, '2') + write(65, 672, '3')), '1\n2\n3');
  });

  test('[X64] text drawn in one go is divided where the lines are; a number wider than its cell stays whole and is doubtful', async () => {
    const spread = `BT /F 10 Tf 55 725 Td [<0030> -9500 <0035> -9500 <00310032>] TJ ET\n`;
    const wide = write(140, 705, '123456');
    const [table] = tablesOf(await blocksOf([grid(XS, YS) + spread + wide]));
    assert.deepEqual(texts(table), [
      ['0', '5', '12'],
      ['', '123456', ''],
    ]);
    assert.deepEqual(
      table!.rows.flat().map(({ doubtful }) => doubtful === true),
      [false, false, false, false, true, false],
    );
  });

  test('[X65] the predefined Chinese encodings are read without anything being fetched', async () => {
    assert.equal(
      await textOf(writeBytes(50, 700, 'b9e6d5c2 203535 30'.replaceAll(' ', '')), { encoding: 'GBK-EUC-H' }),
      '规章 550',
    );
    for (const encoding of ['UniGB-UCS2-H', 'UniGB-UTF16-H'])
      assert.equal(await textOf(write(50, 700, '规章 550'), { encoding }), '规章 550');
  });

  test('[X65] the maps of characters are those of pdf.js', () => {
    for (const [name, packed] of Object.entries(CMAPS)) {
      const file = new URL(`../../node_modules/pdfjs-dist/cmaps/${name}.bcmap`, import.meta.url);
      assert.equal(packed, readFileSync(file).toString('base64'), name);
    }
  });

  test('[X65] look-alikes become the usual characters, and what the file does not name is no blank', async () => {
    const names = (map: string): PdfOptions => ({
      objects: [
        `<< /Length ${map.length} >>\nstream\n${map}\nendstream`,
        '<< /Type /Font /Subtype /TrueType /BaseFont /X /Encoding /WinAnsiEncoding /FirstChar 65 /LastChar 68 /Widths [1000 1000 1000 1000] /ToUnicode 10 0 R >>',
      ],
      resources: '/Font << /G 11 0 R >>',
    });
    const map =
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 4 beginbfchar <41> <2F00> <42> <2ED4> <43> <E123> <44> <0035> endbfchar endcmap end end';
    const page = 'BT /G 10 Tf 50 700 Td (ABCD) Tj ET';
    assert.equal(
      await textOf(page, { ...names(map), page: '/Resources << /Font << /G 11 0 R >> >>' }),
      '一门\ufffd5',
    );
  });
});

describe('what is not read', () => {
  const image =
    '<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>\nstream\n\x01\x02\x03\x04\nendstream';
  const pictured: PdfOptions = { objects: [image], resources: '/XObject << /I 10 0 R >>' };

  test('[X66] pages that are pictures, also with recognised text behind them, and outlines are said to be scanned', async () => {
    const drawn = 'q 500 0 0 700 50 50 cm /I Do Q\n';
    assert.deepEqual(await refusalOf(pdf([drawn + write(290, 20, '1'), drawn], pictured)), {
      code: 'scanned',
    });
    const behind = write(50, 700, '规章 0 5 5 行政规范性文件 一二三四五六七八九十', { more: '3 Tr' });
    assert.deepEqual(await refusalOf(pdf([drawn + behind], pictured)), { code: 'scanned' });
    assert.deepEqual(await refusalOf(pdf([behind])), { code: 'scanned' });
    const outline = Array.from(
      { length: 300 },
      (_, i) => `${i} 100 m ${i} 120 ${i + 5} 120 ${i + 5} 100 c f\n`,
    ).join('');
    assert.deepEqual(await refusalOf(pdf([outline])), { code: 'scanned' });
  });

  test('[X66] a picture beside text is told, and nothing at all is empty', async () => {
    const source = await pdfSource(
      pdf(
        [`${write(50, 700, '一、总体情况：本年度公开政府信息若干条。')} q 9 0 0 9 0 0 cm /I Do Q`],
        pictured,
      ),
    );
    assert.deepEqual(source.omissions, [{ what: 'images', count: 1 }]);
    assert.deepEqual(await refusalOf(pdf([''])), { code: 'empty' });
  });

  test('[X66] a password, a torn file and something else are told apart', async () => {
    assert.deepEqual(await refusalOf(fixture('locked.pdf')), { code: 'password' });
    const damaged = { code: 'damaged', found: 'PDF' };
    assert.deepEqual(await refusalOf(fixture('disclosure.pdf').slice(0, 4_000)), damaged);
    assert.deepEqual(await refusalOf(Uint8Array.from([0x25, 0x50, 0x44, 0x46])), damaged);
    assert.deepEqual(await refusalOf(new Uint8Array(2_000)), damaged);
  });

  test('[X67] too many pages, characters or operators are refused in bounded time', async () => {
    const begun = Date.now();
    assert.deepEqual(await refusalOf(pdf(Array.from({ length: 201 }, () => ''))), {
      code: 'too-large',
      what: 'pages',
    });
    const long = write(50, 700, '字'.repeat(2_000), { size: 0.2 }).repeat(210);
    assert.deepEqual(await refusalOf(pdf([long])), { code: 'too-large', what: 'text' });
    assert.deepEqual(await refusalOf(pdf(['0 0 m 5 5 l S '.repeat(700_000)])), {
      code: 'too-large',
      what: 'text',
    });
    assert.ok(Date.now() - begun < 30_000);
  });

  test('[X67] a drawing of thousands of lines is no table and takes no time', async () => {
    const lines = Array.from(
      { length: 3_000 },
      (_, i) => stroke(i / 6, 100, i / 6, 700) + stroke(0, 100 + i / 6, 500, 100 + i / 6),
    ).join('');
    const begun = Date.now();
    const blocks = await blocksOf([lines + write(50, 750, '图一')]);
    assert.deepEqual(blocks[0], { kind: 'text', text: '图一' });
    assert.ok(Date.now() - begun < 10_000);
  });

  test('[X68] nothing in the file is executed', async () => {
    const script = "(globalThis.executed = true; app.alert\\('x'\\))";
    const document = pdf([write(50, 700, '规章')], {
      catalogue: `/OpenAction << /S /JavaScript /JS ${script} >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS ${script} >>] >> >>`,
    });
    assert.deepEqual((await pdfSource(document)).blocks, [{ kind: 'text', text: '规章' }]);
    assert.equal('executed' in globalThis, false);
  });

  test('[X68] what nobody sees is left out: hidden layers, beside the paper, a second print; a watermark is in no cell', async () => {
    const layers: PdfOptions = {
      objects: ['<< /Type /OCG /Name (x) >>'],
      catalogue: '/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>',
      resources: '/Properties << /L 10 0 R >>',
    };
    const page =
      grid(XS, YS) +
      inCells([
        ['规章', '1', '2'],
        ['许可', '3', '4'],
      ]) +
      inCells([['规章', '1', '2']]).replaceAll(' 725 Tm', ' 725.3 Tm') +
      `/OC /L BDC ${write(170, 705, '9')} EMC\n` +
      write(900, 705, '8') +
      write(60, 690, '样本样本样本样本', { size: 20, degrees: 30 });
    const [table] = tablesOf(await blocksOf([page], layers));
    assert.deepEqual(texts(table), [
      ['规章', '1', '2'],
      ['许可', '3', '4'],
    ]);
  });
});
