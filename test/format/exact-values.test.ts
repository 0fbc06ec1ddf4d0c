import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import { digestOf, digestOfText } from '../../src/format/digest.ts';
import { BLANK, MERGED, quantityOf, sameEntry, type Entry } from '../../src/format/entry.ts';
import { FORMATS, isFormatVersion } from '../../src/format/formats.ts';
import {
  formatQuantity,
  formatYuan,
  isWhole,
  quantityFromDecimal,
  quantityFromNumber,
  quantityToNumber,
  type Quantity,
} from '../../src/format/quantity.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import { computeTotals } from '../../src/format/totals.ts';
import { cityCells, number, publishedReport } from '../fixtures/reports.ts';

describe('quantities', () => {
  test('[F16] a sum of amounts is exact, however many there are', () => {
    const amount = fc.record({ whole: fc.nat(999_999_999), fraction: fc.nat(999_999) });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 300 }), (amounts) => {
        let sum = 0n;
        let millionths = 0n;
        for (const { whole, fraction } of amounts) {
          const entry = readEntry(`${whole}.${String(fraction).padStart(6, '0')}`, 'amount');
          sum += quantityOf(entry)!;
          millionths += BigInt(whole) * 1_000_000n + BigInt(fraction);
        }
        assert.equal(sum, millionths);
      }),
    );
    assert.equal(formatQuantity(quantityFromNumber(0.1) + quantityFromNumber(0.2)), '0.3');
    let tenths = 0n;
    for (let index = 0; index < 1000; index += 1) tenths += quantityFromNumber(0.1);
    assert.equal(formatQuantity(tenths), '100');
  });

  test('[F16] text, quantity and JSON number say the same for everything the format allows', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }), (value: Quantity) => {
        assert.equal(quantityFromDecimal(formatQuantity(value)), value);
        assert.equal(quantityFromNumber(quantityToNumber(value)), value);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (count) => {
        assert.equal(quantityToNumber(quantityFromNumber(count)), count);
        assert.ok(isWhole(quantityFromNumber(count)));
      }),
    );
  });

  test('[F16] a number with an exponent or more than six decimals is read exactly or refused', () => {
    assert.equal(quantityFromNumber(1e-6), 1n);
    assert.equal(quantityFromNumber(-2.5e-5), -25n);
    assert.equal(quantityFromNumber(1e21), 10n ** 27n);
    assert.throws(() => quantityFromNumber(1e-7), RangeError);
    assert.throws(() => quantityFromNumber(Number.NaN), RangeError);
    assert.throws(() => quantityFromNumber(Number.POSITIVE_INFINITY), RangeError);
    assert.throws(() => quantityFromDecimal('1,0'), RangeError);
    assert.throws(() => quantityFromDecimal(''), RangeError);
    assert.equal(isWhole(quantityFromNumber(12.5)), false);
  });

  test('[F16] a quantity of a hundred thousand decimals is refused in linear time', () => {
    const start = performance.now();
    assert.throws(() => quantityFromDecimal(`0.${'0'.repeat(100_000)}1`), RangeError);
    assert.ok(performance.now() - start < 1000);
  });

  test('[F17] an amount in 万元 is echoed in yuan with separators', () => {
    assert.equal(formatYuan(quantityFromNumber(251000)), '2,510,000,000');
    assert.equal(formatYuan(quantityFromNumber(0.0001)), '1');
    assert.equal(formatYuan(quantityFromNumber(0.000001)), '0.01');
    assert.equal(formatYuan(quantityFromNumber(24252.311082)), '242,523,110.82');
    assert.equal(formatYuan(0n), '0');
  });
});

describe('entries and totals', () => {
  test('[F18] only a number and a merged cell count in a sum', () => {
    assert.equal(quantityOf(number(3)), 3_000_000n);
    assert.equal(quantityOf(MERGED), 0n);
    for (const entry of [
      BLANK,
      readEntry('/', 'count'),
      readEntry('x', 'count'),
      { kind: 'uncertain', raw: '7', candidate: 7_000_000n } as Entry,
      undefined,
    ]) {
      assert.equal(quantityOf(entry), undefined);
    }
  });

  test('[F18] two entries are the same only with the same typed text', () => {
    assert.ok(sameEntry(readEntry('12', 'count'), readEntry('12', 'count')));
    assert.ok(!sameEntry(readEntry('12', 'count'), readEntry('１２', 'count')));
    assert.ok(!sameEntry(readEntry('/', 'count'), readEntry('—', 'count')));
    assert.ok(!sameEntry(BLANK, number(0)));
    assert.ok(!sameEntry({ kind: 'uncertain', raw: 'x', candidate: 1n }, { kind: 'uncertain', raw: 'x' }));
    assert.ok(sameEntry({ kind: 'merged' }, MERGED));
  });

  test('[F19] computed totals equal the printed ones of a correct report', () => {
    const cells = cityCells();
    const totals = computeTotals(FORMATS['2021'], publishedReport(cells).entries);
    assert.equal(totals.size, 34);
    for (const [id, total] of totals) assert.equal(total, quantityFromNumber(cells[id]!), id);
  });

  test('[F19] a total waits while one of its parts has no number, and no other total does', () => {
    const entries = new Map(publishedReport(cityCells()).entries);
    entries.set('requests/granted/social', BLANK);
    const waiting = [...computeTotals(FORMATS['2021'], entries)]
      .filter(([, total]) => total === undefined)
      .map(([id]) => id);
    assert.deepEqual(waiting.sort(), [
      'requests/granted/total',
      'requests/total/social',
      'requests/total/total',
    ]);
  });

  test('[F19] only the two published versions are formats', () => {
    assert.ok(isFormatVersion('2021') && isFormatVersion('2019'));
    for (const other of ['2020', 2021, undefined, 'toString']) assert.ok(!isFormatVersion(other));
  });
});

describe('canonical JSON and digest', () => {
  test('[F20] the examples of RFC 8785', () => {
    const example = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as Json;
    assert.equal(
      canonicalJson(example),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
    const sorting = JSON.parse(
      String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`,
    ) as Json;
    const values = [...canonicalJson(sorting).matchAll(/:"([^"]*)"/g)].map((match) => match[1]);
    assert.deepEqual(values, [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    assert.equal(canonicalJson({ '10': 1, '9': 2 }), '{"10":1,"9":2}');
    assert.equal(canonicalJson([-0, 1e21, 1e-7, 9007199254740991]), '[0,1e+21,1e-7,9007199254740991]');
  });

  test('[F20] parsing and writing again gives the same text, in whatever order the keys came', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value as Json);
        assert.equal(canonicalJson(JSON.parse(text) as Json), text);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('[F20] members that are undefined are left out; what JSON cannot say throws', () => {
    assert.equal(canonicalJson({ b: undefined, a: 1 }), '{"a":1}');
    for (const text of ['\ud800', 'a\udc00', '\ud800\ud800\udc00', '\udc00\ud800', '\ud83d\ude00\ude00']) {
      assert.throws(() => canonicalJson({ a: text }), RangeError);
      assert.throws(() => canonicalJson({ [text]: 1 }), RangeError);
    }
    assert.equal(canonicalJson('\ud83d\ude00'), '"\ud83d\ude00"');
    assert.throws(() => canonicalJson(Number.NaN), RangeError);
    assert.throws(() => canonicalJson([Number.NEGATIVE_INFINITY]), RangeError);
  });

  test('[F21] the digest is SHA-256 of the canonical text in UTF-8', () => {
    assert.equal(
      digestOfText('abc'),
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    assert.equal(digestOfText(''), 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    assert.equal(digestOf({}), 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    assert.equal(digestOf({ b: 1, a: '年' }), digestOfText('{"a":"年","b":1}'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        assert.equal(digestOfText(text), `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`);
      }),
    );
  });
});
