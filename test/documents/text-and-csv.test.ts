/** Plain text and separated values: bytes to characters, lines to rows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { csvSource } from '../../src/documents/csv-source.ts';
import { decodeText, MAX_TEXT_LENGTH, textSource } from '../../src/documents/text-source.ts';
import { hostile, refusalOf, shown } from './source-samples.ts';

/** 规章，12 */
const GB18030 = [0xb9, 0xe6, 0xd5, 0xc2, 0xa3, 0xac, 0x31, 0x32];
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];
const utf16 = (text: string, littleEndian: boolean): number[] =>
  Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0)).flatMap((code) =>
    littleEndian ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff],
  );

describe('plain text', () => {
  const encodings: Readonly<Record<string, readonly [bytes: readonly number[], text: string]>> = {
    'UTF-8': [utf8('规章，12'), '规章，12'],
    'UTF-8 with a mark': [[0xef, 0xbb, 0xbf, ...utf8('规章')], '规章'],
    'UTF-16 of Windows': [utf16('规章，12', true), '规章，12'],
    'UTF-16 the other way round': [utf16('规章，12', false), '规章，12'],
    GB18030: [GB18030, '规章，12'],
    'a page that says gb2312': [
      [...ascii('<meta charset="gb2312">'), ...GB18030],
      '<meta charset="gb2312">规章，12',
    ],
    'a page that says gbk and is UTF-8': [utf8('<meta charset=gbk>规章'), '<meta charset=gbk>规章'],
    'a page in Big5': [[...ascii('<meta charset=big5>'), 0xa4, 0xa4], '<meta charset=big5>中'],
    'a page that says Latin-1 and is GB18030': [
      [...ascii('<meta charset=iso-8859-1>'), ...GB18030],
      '<meta charset=iso-8859-1>规章，12',
    ],
    'UTF-8 with one character cut off': [
      [...utf8('行政规范性文件、规章、行政许可、行政处罚、行政强制、行政处罚').slice(0, -1), 0x31],
      '行政规范性文件、规章、行政许可、行政处罚、行政强制、行政处\ufffd1',
    ],
    'a page in gbk with a bad byte': [
      [
        ...ascii('<meta charset=gbk>'),
        ...GB18030,
        0x81,
        0x20,
        ...Array.from({ length: 9 }, () => GB18030).flat(),
      ],
      `<meta charset=gbk>规章，12\ufffd ${'规章，12'.repeat(9)}`,
    ],
  };
  for (const [name, [bytes, text]] of Object.entries(encodings))
    test(`[X45] ${name} is read`, () => assert.equal(decodeText(Uint8Array.from(bytes)), text));

  test('[X45] what is in no encoding is refused', async () => {
    for (const bytes of [
      [0x81, 0xff, 0xff, 0x80, 0xff],
      Array.from({ length: 300 }, (_, index) => index % 32),
    ])
      assert.deepEqual(await refusalOf(() => decodeText(Uint8Array.from(bytes))), { code: 'encoding' });
  });

  test('[X45] line ends are one kind, a page break stands alone, what has no width is gone, tabs and bars stay', () => {
    assert.deepEqual(shown(textSource('\ufeffa\r\nb\rc\fd\n\fe\u200bf\0\tg| h  i')), [
      'a\nb\nc\n\f\nd\n\f\nef\tg| h  i',
    ]);
  });

  test('[X45] an empty text and one that is too long are refused', async () => {
    assert.deepEqual(await refusalOf(() => textSource(' \r\n\ufeff')), { code: 'empty' });
    assert.deepEqual(await refusalOf(() => textSource('a'.repeat(MAX_TEXT_LENGTH + 1))), {
      code: 'too-large',
      what: 'text',
    });
  });
});

describe('separated values', () => {
  const cases: Readonly<Record<string, readonly [text: string, rows: string[][]]>> = {
    commas: [
      '规章,3,5\r\n合计,,5\r\n',
      [
        ['规章', '3', '5'],
        ['合计', '', '5'],
      ],
    ],
    'semicolons with decimal commas': [
      '收费;7730,28\n罚款;1,5\n',
      [
        ['收费', '7730,28'],
        ['罚款', '1,5'],
      ],
    ],
    'tabs, a quoted cell of two lines': [
      '"a\nb"\t1\t""\n"说""明"""\t2\t3',
      [
        ['a\nb', '1', ''],
        ['说"明"', '2', '3'],
      ],
    ],
    'a quoted separator': [
      '"1,234",5\n"a, b",6',
      [
        ['1,234', '5'],
        ['a, b', '6'],
      ],
    ],
    'a mark and a line that names the separator': ['\ufeffsep=;\r\na;b,c\r\n', [['a', 'b,c']]],
    'texts kept from Excel': [
      '="0012",a\n="3",b',
      [
        ['0012', 'a'],
        ['3', 'b'],
      ],
    ],
    'a quote that nothing closes': [
      'a,"b\nc,d',
      [
        ['a', '"b'],
        ['c', 'd'],
      ],
    ],
    'empty lines between': ['a,b\n\nc,d\n\n\n', [['a', 'b'], [''], ['c', 'd']]],
    'titles above the rows': [
      '表二\n信息内容,制发,废止\n规章,3,5\n',
      [['表二'], ['信息内容', '制发', '废止'], ['规章', '3', '5']],
    ],
  };
  for (const [name, [text, rows]] of Object.entries(cases))
    test(`[X46] ${name}`, () => assert.deepEqual(shown(csvSource(text)), [rows]));

  test('[X46] lines without a separator are a text', () => {
    assert.equal(csvSource('a\nb').kind, 'text');
  });

  test('[X46] any table that is written with quotes is read again', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '\t', '"', '\n', ' '), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, separator) => {
          const text = rows
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator))
            .join('\r\n');
          const plain = (one: string): string =>
            one
              .replace(/[\t ]+/g, ' ')
              .replace(/ ?\n[\n ]*/g, '\n')
              .trim();
          const expected = rows.map((row) => row.map(plain));
          while (expected.length > 0 && expected[expected.length - 1]!.every((one) => one === ''))
            expected.pop();
          if (expected.length === 0) return;
          assert.deepEqual(shown(csvSource(`sep=${separator}\n${text}`)), [expected]);
        },
      ),
    );
  });

  test('[X46] more than 100,000 cells are refused', async () => {
    assert.deepEqual(await refusalOf(() => csvSource(`${','.repeat(99)}\n`.repeat(1_001))), {
      code: 'too-large',
      what: 'cells',
    });
  });

  for (const [name, text] of Object.entries(hostile)) {
    test(`[X55] ${name} as text and as separated values takes no long time`, async () => {
      const start = performance.now();
      for (const read of [
        textSource,
        csvSource,
        (one: string) => decodeText(new TextEncoder().encode(one)),
      ]) {
        const refusal = await refusalOf(() => read(text));
        assert.ok(refusal === undefined || refusal.code === 'too-large' || refusal.code === 'empty');
      }
      assert.ok(performance.now() - start < 10_000);
    });
  }
});
