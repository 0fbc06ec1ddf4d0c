/** Word and Excel files: made by LibreOffice, and made here for what no program writes willingly. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { zipSync } from 'fflate';
import * as fc from 'fast-check';
import { MAX_ENTRIES, MAX_UNPACKED, openArchive } from '../../src/documents/archive.ts';
import { openFile } from '../../src/documents/open-file.ts';
import { UnreadableSource, type SourceDocument } from '../../src/documents/source-document.ts';
import {
  archiveOf,
  docx,
  hostile,
  oneSheet,
  refusalOf,
  shown,
  xlsx,
  type Parts,
  type Shown,
} from './source-samples.ts';

const open = (bytes: Uint8Array): Promise<SourceDocument> => openFile({ bytes, name: 'x' });
const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url));

const DISCLOSURE = [
  ['第二十条第（一）项 4x1'],
  ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
  ['规章', '3', '5', '74'],
  ['行政事业性收费', '7730.28 3x1'],
];
const REQUESTS = [
  ['本列数据 2x2', '申请人情况 2x1'],
  ['自然人', '总计'],
  ['三、本年度办理结果 1x2', '（一）予以公开', '12', '12'],
  ['（二）部分公开', '/', ''],
];

const p = (...runs: string[]): string => `<w:p>${runs.join('')}</w:p>`;
const r = (text: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const tc = (text: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${p(r(text))}</w:tc>`;
const tr = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`;
const tbl = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`;

describe('Word files', () => {
  test('[X47] a file of LibreOffice', async () => {
    const document = await open(fixture('report.docx'));
    assert.equal(document.kind, 'docx');
    assert.deepEqual(shown(document), [
      '二、主动公开政府信息情况',
      DISCLOSURE,
      '三、收到和处理政府信息公开申请情况',
      REQUESTS,
      '六、其他需要报告的事项',
    ]);
    assert.deepEqual(document.omissions, []);
  });

  const cases: Readonly<Record<string, readonly [body: string, blocks: Shown[]]>> = {
    'spans over columns and rows, columns left out before a row': [
      tbl(
        tr(tc('a', '<w:vMerge w:val="restart"/>'), tc('b', '<w:gridSpan w:val="2"/>')),
        tr(tc('', '<w:vMerge/>'), tc('c'), tc('d')),
        `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc('e')}${tc('f')}</w:tr>`,
        tr(tc('g', '<w:vMerge/>'), tc('h', '<w:hMerge w:val="restart"/>'), tc('', '<w:hMerge/>')),
      ),
      [
        [
          ['a 1x2', 'b 2x1'],
          ['c', 'd'],
          ['', 'e', 'f'],
          ['g', 'h 2x1'],
        ],
      ],
    ],
    'pieces of a number are one number; tabs, breaks and hyphens': [
      p(r('1'), r('2')) +
        p(
          '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>',
          r('a'),
          '<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:sym w:char="F0A8"/></w:r>',
        ),
      ['12\na\tb\nc-d'],
    ],
    'fields are their results, content controls and links are seen through': [
      `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>${p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>=SUM(ABOVE) 9</w:instrText></w:r>', r('12'), `<w:hyperlink>${r('件')}</w:hyperlink>`)}</w:sdtContent></w:sdt>`,
      ['12件'],
    ],
    'of two versions one is read, a text box after its paragraph': [
      p(
        r('前'),
        `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>${p(r('框'))}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>${p(r('旧'))}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>`,
        r('后'),
      ),
      ['前后\n框'],
    ],
    'a table around a table is layout, a table of one cell a frame': [
      tbl(tr(`<w:tc>${p(r('左'))}${tbl(tr(tc('a'), tc('b')))}${p()}</w:tc>`, tc('右'))) + tbl(tr(tc('框'))),
      ['左', [['a', 'b']], '右\n框'],
    ],
    'a table in a text box': [
      p(
        r('前'),
        `<w:r><w:pict><v:textbox><w:txbxContent>${tbl(tr(tc('a'), tc('b')))}</w:txbxContent></v:textbox></w:pict></w:r>`,
      ),
      ['前', [['a', 'b']]],
    ],
    'raised digits beside digits are doubtful': [
      tbl(tr(tc('a'), `<w:tc>${p(r('5'), r('1', '<w:vertAlign w:val="superscript"/>'))}</w:tc>`)),
      [[['a', '51?']]],
    ],
  };
  for (const [name, [body, blocks]] of Object.entries(cases))
    test(`[X47] ${name}`, async () => assert.deepEqual(shown(await open(docx(body))), blocks));

  test('[X47] the strict namespaces, and another prefix', async () => {
    const strict = docx(p(r('a')), {}, 'http://purl.oclc.org/ooxml/wordprocessingml/main');
    assert.deepEqual(shown(await open(strict)), ['a']);
    const other = docx('', {
      'word/document.xml':
        '<x:document xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w="urn:no"><x:body><x:p><x:r><x:t>a</x:t></x:r></x:p><w:p><w:r><w:t>b</w:t></w:r></w:p></x:body></x:document>',
    });
    assert.deepEqual(shown(await open(other)), ['a']);
  });

  test('[X48] deleted, moved, struck out and hidden text is left out and counted; images and macros are counted', async () => {
    const body = [
      p(
        `<w:del>${'<w:r><w:delText>1</w:delText></w:r>'}</w:del>`,
        `<w:ins>${r('2')}</w:ins>`,
        `<w:moveFrom>${r('3')}</w:moveFrom>`,
      ),
      p(r('4', '<w:vanish/>'), r('5', '<w:strike/>'), r('6', '<w:strike w:val="0"/>')),
      tbl(
        tr(tc('a'), tc('b')),
        `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${tc('c')}${tc('d')}</w:tr>`,
        `<w:tr><w:trPr><w:hidden/></w:trPr>${tc('e')}${tc('f')}</w:tr>`,
        tr(tc('g'), tc('h', '<w:tcPrChange><w:tcPr><w:gridSpan w:val="5"/></w:tcPr></w:tcPrChange>')),
      ),
      p('<w:r><w:drawing><a:blip/></w:drawing></w:r>'),
    ];
    const document = await open(docx(body.join(''), { 'word/vbaProject.bin': new Uint8Array([1]) }));
    assert.deepEqual(shown(document), [
      '2\n6',
      [
        ['a', 'b'],
        ['g', 'h'],
      ],
    ]);
    assert.deepEqual(document.omissions, [
      { what: 'hidden-rows', count: 1 },
      { what: 'deleted-text', count: 5 },
      { what: 'images', count: 1 },
      { what: 'macros', count: 1 },
    ]);
  });
});

const c = (place: string, value: string, attributes = ''): string =>
  `<c r="${place}" ${attributes}><v>${value}</v></c>`;
const text = (place: string, value: string): string =>
  `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
const rowsOf = async (bytes: Uint8Array): Promise<Shown | undefined> => shown(await open(bytes))[0];

describe('Excel files', () => {
  test('[X49] a file of LibreOffice', async () => {
    const document = await open(fixture('report.xlsx'));
    assert.equal(document.kind, 'xlsx');
    assert.deepEqual(shown(document), [
      [
        ['二、主动公开政府信息情况 4x1'],
        ...DISCLOSURE,
        ['三、收到和处理政府信息公开申请情况 4x1'],
        ...REQUESTS,
        ['六、其他需要报告的事项 4x1'],
      ],
    ]);
    assert.equal(document.blocks[0]!.kind === 'table' && document.blocks[0]!.name, 'Sheet1');
  });

  const places: Readonly<Record<string, readonly [bytes: Uint8Array, rows: string[][]]>> = {
    'cells stand in their places, empty edges are trimmed': [
      oneSheet(
        `<row r="3">${text('C3', 'a')}${c('E3', '1')}<c r="H3" s="1"/></row><row r="5">${c('D5', '2')}</row><row r="9"><c r="C9" s="1"/></row>`,
      ),
      [['a', '', '1'], [], ['', '2', '']],
    ],
    'cells that do not say their place follow each other': [
      oneSheet('<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>'),
      [
        ['1', '2'],
        ['', '3'],
      ],
    ],
    'merged cells are spans, what lies under them is not read': [
      oneSheet(
        `<row r="1">${c('A1', '1')}${c('B1', '9')}${c('C1', '2')}</row><row r="2">${c('A2', '9')}${c('C2', '3')}</row>`,
        {},
        '',
        '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="E1:F9"/></mergeCells>',
      ),
      [['1 2x2', '2'], ['3']],
    ],
    'a merge of a whole row ends with the texts': [
      oneSheet(
        `<row r="1">${c('A1', '1')}</row><row r="2">${c('A2', '2')}${c('B2', '3')}</row>`,
        {},
        '',
        '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>',
      ),
      [['1 2x1'], ['2', '3']],
    ],
    'hidden rows and columns are left out, of merged cells too': [
      oneSheet(
        `<row r="1">${c('A1', '1')}${c('D1', '2')}</row><row r="2" hidden="1">${c('A2', '3')}</row><row r="3">${c('A3', '4')}${c('B3', '5')}${c('C3', '6')}${c('D3', '7')}</row>`,
        {},
        '<cols><col min="2" max="2" hidden="1"/></cols>',
        '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
      ),
      [
        ['1 2x1', '2'],
        ['4', '6', '7'],
      ],
    ],
    'the strict namespace': [
      oneSheet(`<row r="1">${c('A1', '1')}${c('B1', '2024-01-02T00:00:00', 't="d"')}</row>`, {
        namespace: 'http://purl.oclc.org/ooxml/spreadsheetml/main',
      }),
      [['1', '2024-01-02?']],
    ],
  };
  for (const [name, [bytes, rows]] of Object.entries(places))
    test(`[X49] ${name}`, async () => assert.deepEqual(await rowsOf(bytes), rows));

  test('[X49] every visible sheet that says something is a table with its name; what is hidden, images and macros are counted', async () => {
    const sheetData = `<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1">${c('A1', '1')}</row><row r="2">${c('A2', '2')}${c('B2', '3')}</row></sheetData>`;
    const document = await open(
      xlsx({
        sheets: [
          { name: '表二', xml: sheetData },
          { name: '空', xml: '<sheetData/>' },
          { name: '旧', state: 'veryHidden', xml: sheetData },
          { name: '旧2', state: 'hidden', xml: sheetData },
        ],
        more: { 'xl/vbaProject.bin': new Uint8Array([1]), 'xl/media/image1.png': new Uint8Array([1]) },
      }),
    );
    assert.deepEqual(
      document.blocks.map((block) => block.kind === 'table' && block.name),
      ['表二'],
    );
    assert.deepEqual(document.omissions, [
      { what: 'hidden-rows', count: 1 },
      { what: 'hidden-columns', count: 1 },
      { what: 'hidden-sheets', count: 2 },
      { what: 'images', count: 1 },
      { what: 'macros', count: 1 },
    ]);
  });

  test('[X49] a note far away costs nothing, a sheet full of styled empty cells neither', async () => {
    let rows = `<row r="1">${c('A1', '1')}</row>`;
    for (let row = 2; row < 3_000; row += 1)
      rows += `<row r="${String(row)}">${'<c s="1"/>'.repeat(50)}</row>`;
    const found = await rowsOf(oneSheet(`${rows}<row r="40000">${c('Z40000', '2')}</row>`));
    assert.equal(found?.length, 40_000);
    assert.deepEqual([found[0]![0], (found[39_999] as unknown as string[])[25]], ['1', '2']);
  });

  const styles =
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="171" formatCode="0.00&quot;days&quot;"/><numFmt numFmtId="172" formatCode="[Red]#,##0.00_);[h]"/><numFmt numFmtId="173" formatCode="0!.0,"/><numFmt numFmtId="174" formatCode="0.0%"/></numFmts>' +
    `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[0, 14, 31, 170, 171, 172, 173, 174, 10, 2].map((id) => `<xf numFmtId="${String(id)}"/>`).join('')}</cellXfs>`;
  const values: Readonly<Record<string, readonly [cell: string, shown: string]>> = {
    'what binary adds was never typed': [c('A1', '7730.2799999999997'), '7730.28'],
    'a sum of binary fractions': [c('A1', '0.30000000000000004'), '0.3'],
    'no exponents, small': [c('A1', '1.5E-7'), '0.00000015'],
    'no exponents, large': [c('A1', '1.2E+20'), '120000000000000000000'],
    'a negative number': [c('A1', '-12.50'), '-12.5'],
    'a string': [c('A1', '0', 't="s"'), '甲乙'],
    'a string with a struck out and a raised piece': [c('A1', '1', 't="s"'), '52?'],
    'a result of a formula': ['<c r="A1"><f>1+1</f><v>2</v></c>', '2'],
    'a text of a formula': ['<c r="A1" t="str"><f>A2</f><v>甲</v></c>', '甲'],
    'a formula that nobody computed': ['<c r="A1"><f>SUM(B1:B9)</f></c>', '=SUM(B1:B9)?'],
    'an error': [c('A1', '#REF!', 't="e"'), '#REF!?'],
    'a truth value': [c('A1', '1', 't="b"'), 'TRUE'],
    'a date': [c('A1', '45293', 's="1"'), '2024-01-02?'],
    'a Chinese date': [c('A1', '45293', 's="2"'), '2024-01-02?'],
    'a date of a format of its own': [c('A1', '45293.5', 's="3"'), '2024-01-02?'],
    'a time': [c('A1', '0.5', 's="1"'), '12:00?'],
    'a date before the 29 February that never was': [c('A1', '1', 's="1"'), '1900-01-01?'],
    'letters in quotes make no date': [c('A1', '3.5', 's="4"'), '3.5'],
    'a colour and a second section make no date': [c('A1', '3', 's="5"'), '3'],
    'a format that shows thousands': [c('A1', '77302800', 's="6"'), '77302800?'],
    'a percentage': [c('A1', '0.07', 's="7"'), '7%?'],
    'a percentage by number': [c('A1', '0.123', 's="8"'), '12.3%?'],
    'two decimals hide none': [c('A1', '1.23456', 's="9"'), '1.23456'],
    'an escaped line end': [text('A1', '甲_x000D_&#10;乙'), '甲\n乙'],
  };
  const strings =
    '<si><t>甲</t><rPh><t>jia</t></rPh><r><t>乙</t></r></si><si><r><t>5</t></r><r><rPr><strike/></rPr><t>9</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si>';
  for (const [name, [cell, expected]] of Object.entries(values)) {
    test(`[X50] ${name}`, async () =>
      assert.deepEqual(await rowsOf(oneSheet(`<row r="1">${cell}</row>`, { styles, strings })), [
        [expected],
      ]));
  }

  test('[X50] dates of a workbook that counts from 1904', async () => {
    const bytes = oneSheet(`<row r="1">${c('A1', '43831', 's="1"')}</row>`, {
      styles,
      workbook: '<workbookPr date1904="1"/>',
    });
    assert.deepEqual(await rowsOf(bytes), [['2024-01-02?']]);
  });

  test('[X50] any number of 15 digits comes back digit by digit', async () => {
    const numbers = fc.tuple(fc.bigInt(1n, 10n ** 15n - 1n), fc.integer({ min: 0, max: 9 }));
    await fc.assert(
      fc.asyncProperty(fc.array(numbers, { minLength: 1, maxLength: 20 }), async (all) => {
        const decimals = all.map(([digits, places]) => {
          const padded = digits.toString().padStart(places + 1, '0');
          const [whole, part] = [
            padded.slice(0, padded.length - places),
            padded.slice(padded.length - places).replace(/0+$/, ''),
          ];
          return part === '' ? whole : `${whole}.${part}`;
        });
        // As Excel writes them: 17 digits.
        const cells = decimals.map((one) => `<row><c><v>${Number(one).toPrecision(17)}</v></c></row>`);
        assert.deepEqual(
          await rowsOf(oneSheet(cells.join(''))),
          decimals.map((one) => [one]),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('archives that are too large, damaged or locked', () => {
  /** Changes the directory entry of the first part, by offset from its signature. */
  function patched(bytes: Uint8Array, change: (view: DataView, entry: number) => void): Uint8Array {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    let at = copy.length - 22;
    at = view.getUint32(at + 16, true);
    change(view, at);
    return copy;
  }
  const tooLarge = { code: 'too-large', what: 'unpacked' };
  const sample = (): Uint8Array => docx(p(r('a')));
  const zeros = new Uint8Array(MAX_UNPACKED + 1);

  const refused: Readonly<Record<string, readonly [bytes: () => Uint8Array, refusal: object]>> = {
    'a part that is endless': [() => docx('', { 'word/document.xml': zeros }), tooLarge],
    'a part that lies about its size': [
      () => {
        const bytes = archiveOf({ '[Content_Types].xml': zeros });
        return patched(bytes, (view, entry) => view.setUint32(entry + 24, 100, true));
      },
      tooLarge,
    ],
    'a part packed more than 200 times': [
      () => docx('', { 'word/document.xml': new Uint8Array(2_000_000) }),
      tooLarge,
    ],
    'too many entries': [
      () =>
        archiveOf(
          Object.fromEntries(Array.from({ length: MAX_ENTRIES + 1 }, (_, index) => [String(index), ''])),
        ),
      tooLarge,
    ],
    'parts that share their bytes': [
      () => {
        const bytes = archiveOf({ a: 'a', '[Content_Types].xml': 'b' });
        return patched(bytes, (view, entry) => {
          const second = entry + 46 + 1;
          view.setUint32(second + 42, view.getUint32(entry + 42, true), true);
        });
      },
      tooLarge,
    ],
    'more than 100,000 cells': [
      () => oneSheet(`<row>${'<c><v>1</v></c>'.repeat(10)}</row>`.repeat(10_001)),
      { code: 'too-large', what: 'cells' },
    ],
    'cells a million rows and all columns apart': [
      () => oneSheet(`<row r="1">${c('A1', '1')}</row><row r="1048576">${c('XFD1048576', '2')}</row>`),
      { code: 'too-large', what: 'cells' },
    ],
    'merged cells that cover everything': [
      () =>
        oneSheet(
          `<row r="1">${c('A1', '1')}</row><row r="9000">${c('CV9000', '2')}</row>`,
          {},
          '',
          '<mergeCells><mergeCell ref="A1:CV9000"/></mergeCells>',
        ),
      { code: 'too-large', what: 'cells' },
    ],
    'a Word table that is too wide': [
      () => docx(tbl(tr(tc('a', '<w:gridSpan w:val="999"/>'), tc('b', '<w:gridSpan w:val="999"/>')))),
      { code: 'too-large', what: 'cells' },
    ],
    'a locked part': [
      () => patched(sample(), (view, entry) => view.setUint16(entry + 8, 1, true)),
      { code: 'password' },
    ],
    'a way of packing that nobody uses': [
      () => patched(sample(), (view, entry) => view.setUint16(entry + 10, 99, true)),
      { code: 'damaged', found: 'Office' },
    ],
    'a sum that is not that of the part': [
      () => patched(sample(), (view, entry) => view.setUint32(entry + 16, 1, true)),
      { code: 'damaged', found: 'Office' },
    ],
    'a file that was cut off': [() => sample().slice(0, -40), { code: 'damaged', found: 'Office' }],
    'two parts of one name': [
      () => {
        const bytes = archiveOf({ a: 'a', b: 'b' });
        return patched(bytes, (view, entry) => view.setUint8(entry + 46, 'b'.charCodeAt(0)));
      },
      { code: 'damaged', found: 'Office' },
    ],
    'a document type': [
      () => docx('', { 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>' }),
      { code: 'damaged', found: 'Word' },
    ],
    'XML that does not close': [() => docx('<w:p>'), { code: 'damaged', found: 'Word' }],
    'XML nested without end': [() => docx('<w:p>'.repeat(1e5)), { code: 'damaged', found: 'Word' }],
    'XML that is no UTF-8': [
      () => docx('', { 'word/document.xml': new Uint8Array([0x3c, 0xff, 0x3e]) }),
      { code: 'damaged', found: 'Word' },
    ],
    'no main part': [
      () => docx('', { '[Content_Types].xml': '<Types/>' }),
      { code: 'damaged', found: 'Office' },
    ],
    'a place that no sheet has': [
      () => oneSheet(`<row>${c('AAAA1', '1')}</row>`),
      { code: 'damaged', found: 'Excel' },
    ],
    'a string that is not there': [
      () => oneSheet(`<row>${c('A1', '7', 't="s"')}</row>`),
      { code: 'damaged', found: 'Excel' },
    ],
  };
  for (const [name, [bytes, refusal]] of Object.entries(refused)) {
    // [X51] what is too large, [X52] what is damaged or locked
    const id = (refusal as { code: string }).code === 'too-large' ? '[X51]' : '[X52]';
    test(`${id} ${name} is refused`, async () => {
      const start = performance.now();
      assert.deepEqual(await refusalOf(() => open(bytes())), refusal);
      assert.ok(performance.now() - start < 10_000);
    });
  }

  test('[X51] a part that nobody asks for is not unpacked, an archive in an archive neither', async () => {
    const bomb: Parts = { 'word/media/bomb.zip': zipSync({ a: zeros }), 'word/media/zeros.bin': zeros };
    assert.deepEqual(shown(await open(docx(p(r('a')), bomb))), ['a']);
  });

  test('[X51] all parts together may not be more than 40 MB', () => {
    const noise = new Uint8Array(15_000_000).map((_, index) => (index * 2_654_435_761) >>> 24);
    const archive = openArchive(zipSync({ a: noise, b: noise, c: noise }), 'x');
    assert.equal(archive.read('A')?.length, noise.length);
    assert.equal(archive.read('b')?.length, noise.length);
    assert.throws(() => archive.read('c'), UnreadableSource);
    assert.equal(archive.read('d'), undefined);
  });

  test('[X56] a file with any bytes changed is read or refused, never anything else', async () => {
    for (const good of [fixture('report.docx'), fixture('report.xlsx')]) {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
          async (changes) => {
            const bytes = Uint8Array.from(good);
            for (const [at, value] of changes) bytes[at] = value;
            await refusalOf(() => open(bytes));
          },
        ),
        { numRuns: 200 },
      );
    }
  });

  test('[X56] a flipped figure in a part that is not packed is noticed', async () => {
    const part = { 'word/document.xml': new TextEncoder().encode('<a>7730.28</a>') };
    // The time of now may be a 7 in the head of the file, of which nobody would notice anything.
    const bytes = zipSync(part, { level: 0, mtime: new Date(1980, 0, 1) });
    const at = bytes.indexOf('7'.charCodeAt(0));
    bytes[at] = '1'.charCodeAt(0);
    assert.deepEqual(await refusalOf(() => openArchive(bytes, 'x').read('word/document.xml')), {
      code: 'damaged',
      found: 'x',
    });
  });

  for (const [name, long] of Object.entries(hostile)) {
    test(`[X55] ${name} in Word and Excel files takes no long time`, async () => {
      const start = performance.now();
      const escaped = long
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('"', '&quot;')
        .replaceAll('\f', '');
      const files = [
        docx(p(r(escaped))),
        docx('', { 'word/document.xml': long }),
        oneSheet(
          `<row>${text('A1', escaped)}<c r="B1" t="str"><f>${escaped}</f></c>${c('C1', escaped)}</row>`,
          {
            styles: `<numFmts><numFmt numFmtId="0" formatCode="${escaped}"/></numFmts><cellXfs><xf numFmtId="0"/></cellXfs>`,
          },
        ),
      ];
      for (const bytes of files) await refusalOf(() => open(bytes));
      assert.ok(performance.now() - start < 10_000);
    });
  }
});
