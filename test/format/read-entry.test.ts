import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Entry, TextReason } from '../../src/format/entry.ts';
import type { CellKind } from '../../src/format/format.ts';
import { formatQuantity, quantityFromDecimal } from '../../src/format/quantity.ts';
import { entryText, readEntry, withoutUnit } from '../../src/format/read-entry.ts';

const KINDS: readonly CellKind[] = ['count', 'signed-count', 'amount', 'free-amount'];

describe('reading a cell from text', () => {
  test('[F9] nothing but white space is blank, and blank is not zero', () => {
    for (const text of ['', ' ', '\t', '\r\n', '\u00a0', '\u3000', '\u200b', '\ufeff', ' \u3000\n ']) {
      assert.deepEqual(readEntry(text, 'count'), { kind: 'blank' }, JSON.stringify(text));
    }
    assert.deepEqual(readEntry('0', 'count'), { kind: 'number', value: 0n });
  });

  test('[F10] a stroke, 无 and their like are not applicable, kept as typed, and not zero', () => {
    const texts = [
      '/',
      '／',
      '-',
      '—',
      '——',
      '－',
      '–',
      '无',
      '不适用',
      'N/A',
      'n/a',
      'NA',
      ' / ',
      '\u3000—\u3000',
      'Ｎ／Ａ',
    ];
    for (const text of texts)
      assert.deepEqual(readEntry(text, 'count'), { kind: 'not-applicable', raw: text }, JSON.stringify(text));
  });

  const NUMBERS: readonly (readonly [text: string, decimal: string])[] = [
    ['0', '0'],
    ['7', '7'],
    ['1234', '1234'],
    ['1,234', '1234'],
    ['1，234', '1234'],
    ['１，２３４', '1234'],
    ['1,234,567', '1234567'],
    ['1 234', '1234'],
    ['1\u00a0234', '1234'],
    ['1\u3000234', '1234'],
    ['１２', '12'],
    ['007', '7'],
    ['00', '0'],
    ['+5', '5'],
    ['＋5', '5'],
    ['+1036', '1036'],
    ['-3', '-3'],
    ['－3', '-3'],
    ['−3', '-3'],
    ['- 3', '-3'],
    ['-0', '0'],
    ['12.5', '12.5'],
    ['12.50', '12.5'],
    ['12.', '12'],
    ['.5', '0.5'],
    ['１２．５', '12.5'],
    ['12。5', '12.5'],
    ['1,234.5', '1234.5'],
    [' 42 ', '42'],
    ['\u300042\n', '42'],
    ['999999999999', '999999999999'],
    ['000999999999999', '999999999999'],
    ['24252.311082', '24252.311082'],
    ['0.000001', '0.000001'],
    ['1.0000000', '1'],
  ];
  for (const [text, decimal] of NUMBERS) {
    test(`[F11] ${JSON.stringify(text)} reads as ${decimal}`, () => {
      const entry = readEntry(text, 'count');
      assert.equal(entry.kind, 'number');
      assert.equal(entry.kind === 'number' ? entry.value : undefined, quantityFromDecimal(decimal));
      // The raw text is kept exactly where it differs from the normalised number.
      assert.equal(entry.kind === 'number' ? entry.raw : undefined, text === decimal ? undefined : text);
    });
  }

  const TEXTS: readonly (readonly [text: string, kind: CellKind, reason: TextReason])[] = [
    ['12件', 'count', 'not-a-number'],
    ['251000元', 'amount', 'not-a-number'],
    ['251000元', 'free-amount', 'not-a-number'],
    ['1-2', 'count', 'not-a-number'],
    ['1月2日', 'count', 'not-a-number'],
    ['=1+1', 'count', 'not-a-number'],
    ['详见附表', 'count', 'not-a-number'],
    ['1,2', 'count', 'not-a-number'],
    ['1，2', 'count', 'not-a-number'],
    ['1,23', 'count', 'not-a-number'],
    ['12,34,567', 'count', 'not-a-number'],
    ['1234,567', 'count', 'not-a-number'],
    [',234', 'count', 'not-a-number'],
    ['1,234 567', 'count', 'not-a-number'],
    ['1 2', 'count', 'not-a-number'],
    ['1\t0', 'count', 'not-a-number'],
    ['12\u200b34', 'count', 'not-a-number'],
    ['1e5', 'count', 'not-a-number'],
    ['0x10', 'count', 'not-a-number'],
    ['1.2.3', 'count', 'not-a-number'],
    ['.', 'count', 'not-a-number'],
    ['+', 'count', 'not-a-number'],
    ['--5', 'count', 'not-a-number'],
    ['5-', 'count', 'not-a-number'],
    ['(5)', 'count', 'not-a-number'],
    ['5%', 'count', 'not-a-number'],
    ['NaN', 'count', 'not-a-number'],
    ['Infinity', 'count', 'not-a-number'],
    ['null', 'count', 'not-a-number'],
    ['一百', 'count', 'not-a-number'],
    ['٣', 'count', 'not-a-number'],
    ['1234567890123', 'count', 'too-large'],
    ['-1234567890123', 'count', 'too-large'],
    ['1,234,567,890,123', 'count', 'too-large'],
    ['1234567890', 'amount', 'too-large'],
    ['0.0000001', 'amount', 'too-many-decimals'],
    ['24252.3110825', 'amount', 'too-many-decimals'],
    ['1.2345678', 'count', 'too-many-decimals'],
  ];
  for (const [text, kind, reason] of TEXTS) {
    test(`[F12] ${JSON.stringify(text)} is no number for ${kind}: ${reason}, kept as typed`, () => {
      assert.deepEqual(readEntry(text, kind), { kind: 'text', raw: text, reason });
    });
  }

  test('[F11] a count of twelve digits and an amount of nine and six are the longest', () => {
    assert.equal(readEntry('999999999999', 'count').kind, 'number');
    assert.equal(readEntry('999999999.999999', 'amount').kind, 'number');
    assert.equal(readEntry('1000000000', 'amount').kind, 'text');
  });

  test('[F13] any number reads back whatever separators, widths, signs and zeros it is written with', () => {
    const fullWidth = (text: string): string =>
      text.replace(/[0-9.,+-]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    const written = fc
      .record({
        whole: fc.bigInt({ min: 0n, max: 999_999_999n }),
        fraction: fc.option(fc.integer({ min: 0, max: 999_999 }), { nil: undefined }),
        negative: fc.boolean(),
        separator: fc.constantFrom('', ',', '，', ' ', '\u00a0', '\u3000'),
        zeros: fc.nat(3),
        plus: fc.boolean(),
        full: fc.boolean(),
        around: fc.constantFrom('', ' ', '\u3000', '\n'),
      })
      .map((parts) => {
        const fraction = parts.fraction === undefined ? '' : `.${String(parts.fraction).padStart(6, '0')}`;
        const grouped = parts.whole.toString().replace(/\B(?=(\d{3})+$)/g, parts.separator);
        const zeros = parts.separator === '' ? '0'.repeat(parts.zeros) : '';
        const body = `${parts.negative ? '-' : parts.plus ? '+' : ''}${zeros}${grouped}${fraction}`;
        const size = parts.whole * 1_000_000n + BigInt(parts.fraction ?? 0);
        return {
          text: parts.around + (parts.full ? fullWidth(body) : body) + parts.around,
          value: parts.negative ? -size : size,
        };
      });
    fc.assert(
      fc.property(written, fc.constantFrom(...KINDS), ({ text, value }, kind) => {
        const entry = readEntry(text, kind);
        assert.equal(entry.kind, 'number', text);
        assert.equal(entry.kind === 'number' ? entry.value : undefined, value, text);
        if (entry.kind === 'number') assert.equal(entry.raw ?? formatQuantity(value), text);
      }),
      { numRuns: 2000 },
    );
  });

  test('[F14] no text makes the reader throw, and it never loses what was typed', () => {
    const near = fc.string({
      unit: fc.constantFrom(...'0123456789,.，。 +-−－/件元万—无\u3000\u200b\ud800'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        fc.oneof(near, fc.string({ unit: 'binary' }), fc.string()),
        fc.constantFrom(...KINDS),
        (text, kind) => {
          const entry: Entry = readEntry(text, kind);
          if ('raw' in entry && entry.raw !== undefined) assert.equal(entry.raw, text);
          if (entry.kind === 'blank') assert.match(text, /^[\s\u200b\ufeff]*$/);
          if (entry.kind === 'number')
            assert.deepEqual(readEntry(entryText(entry), kind), { kind: 'number', value: entry.value });
        },
      ),
      { numRuns: 5000 },
    );
  });

  test('[F14] a hundred thousand characters are read in linear time', () => {
    const n = 100_000;
    const texts = [
      '9'.repeat(n),
      '0'.repeat(n),
      `${'0'.repeat(n)}x`,
      `0.${'0'.repeat(n)}1`,
      `0.${'0'.repeat(n)}1${'0'.repeat(n)}x`,
      `1${',000'.repeat(n / 4)}`,
      `1${',000'.repeat(n / 4)}x`,
      `${' '.repeat(n)}x${' '.repeat(n)}x`,
      `${' 1'.repeat(n / 2)}`,
      '件'.repeat(n),
      `${'万元'.repeat(n / 2)}x`,
      '-'.repeat(n),
      '１'.repeat(n),
      '\u200b'.repeat(n),
    ];
    for (const text of texts) {
      const start = performance.now();
      for (const kind of KINDS) readEntry(text, kind);
      withoutUnit(text);
      const time = performance.now() - start;
      assert.ok(time < 3000, `${text.slice(0, 8)}… took ${Math.round(time)} ms`);
    }
  });

  test('[F15] a known unit behind a number can be taken off, and only when something stands before it', () => {
    assert.equal(withoutUnit('12件'), '12');
    assert.equal(withoutUnit(' 251000元 '), '251000');
    assert.equal(withoutUnit('3.5万元'), '3.5');
    assert.equal(withoutUnit('3.5万'), '3.5');
    assert.equal(withoutUnit('件'), undefined);
    assert.equal(withoutUnit('12'), undefined);
    assert.equal(withoutUnit('12公里'), undefined);
  });

  test('[F15] a cell shows its number, else the text as it was typed', () => {
    assert.equal(entryText(readEntry('１，２３４', 'count')), '1234');
    assert.equal(entryText(readEntry('12件', 'count')), '12件');
    assert.equal(entryText(readEntry('／', 'count')), '／');
    assert.equal(entryText(readEntry('', 'count')), '');
    assert.equal(entryText({ kind: 'merged' }), '');
    assert.equal(entryText({ kind: 'uncertain', raw: '1l', candidate: 11_000_000n }), '1l');
  });
});
