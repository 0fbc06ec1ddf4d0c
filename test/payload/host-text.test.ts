/** Values as hosts hand them back: escaped once too often, or cut off. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import { readHostText } from '../../src/payload/host-text.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { cutOffSentence } from '../../src/payload/reading-words.ts';
import { payloadText } from '../../src/payload/write-payload.ts';
import { cityCells, payloadFrom } from '../fixtures/reports.ts';
import { canonicalPayload } from './payload-arbitraries.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** What servers do to a value: each is what some of them do once too often. */
const ESCAPES: Readonly<Record<string, (text: string) => string>> = {
  'htmlspecialchars of PHP': (text) => text.replace(/[&<>"']/g, (one) => ENTITIES[one]!),
  'quotes by number': (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&#34;').replace(/</g, '&lt;'),
  'quotes only': (text) => text.replace(/"/g, '&quot;'),
  'addslashes of PHP': (text) => text.replace(/["'\\]/g, '\\$&'),
  'a string of JSON': (text) => JSON.stringify(text),
};

/** With digests, as this program writes it. */
function written(source: Json): string {
  const read = readPayload(canonicalJson(source));
  assert.ok(read.ok);
  return payloadText(read.report, {
    draft: true,
    findings: [],
    rules: '2021@1',
    open: 0,
    revision: { number: 1, base: null },
  });
}

const strange = payloadFrom({
  organization: '甲&乙"<b>\\n&lt;',
  year: 2025,
  format: '2021',
  cells: cityCells(),
});

describe('a value that comes back from a host', () => {
  for (const [name, escape] of Object.entries(ESCAPES)) {
    test(`[P38] ${name}: read as it was before, and said`, () => {
      const text = written({ ...strange, 'x-html': '<p class="a">&nbsp;&amp;lt;</p>\n\t' } as Json);
      const reading = readHostText(escape(text));
      assert.ok(reading.result.ok && reading.mended);
      assert.deepEqual(reading.result.notes, []);
      assert.equal(payloadText(reading.result.report), text);
    });
  }

  test('[P38] what reads well after one layer, and is another text, is looked into once more', () => {
    const plain = payloadFrom({ organization: '甲', year: 2025, format: '2021', cells: cityCells() });
    const text = written({ ...plain, 'x-path': 'C:\\' } as unknown as Json);
    const escaped = ESCAPES['addslashes of PHP']!(ESCAPES['htmlspecialchars of PHP']!(text));
    const { result } = readHostText(escaped);
    assert.ok(result.ok);
    assert.deepEqual(result.notes, []);
    assert.equal(payloadText(result.report), text);
  });

  test('[P38] escaped in up to three ways, one over the other', () => {
    // Quotes alone, over something that was escaped already, can be undone in several ways.
    const names = Object.keys(ESCAPES).filter((name) => name !== 'quotes only');
    const ways = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(canonicalPayload, ways, (payload, chosen) => {
        const text = written(payload as Json);
        const escaped = chosen.reduce((sofar, name) => ESCAPES[name]!(sofar), text);
        fc.pre(escaped.length < 900_000);
        const { result, mended } = readHostText(escaped);
        assert.ok(result.ok, chosen.join(', '));
        assert.equal(mended, true);
        assert.equal(payloadText(result.report), text);
      }),
      { numRuns: 100 },
    );
  });

  test('[P38] one that was not escaped is read as it is, though its texts look escaped', () => {
    const text = written({ ...strange, 'x-note': '{&quot;a&quot;:1}' } as Json);
    const reading = readHostText(text);
    assert.ok(reading.result.ok);
    assert.equal(reading.mended, false);
    assert.equal(payloadText(reading.result.report), text);
  });

  test('[P38] where only the texts in it were escaped, so that it is JSON still, its digest tells', () => {
    const text = written({ ...strange, 'x-html': '<p class="a">&nbsp;&amp;lt;</p>\\\n\t' } as Json);
    const ltAndGt = (all: string): string =>
      all.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    const inStrings = (all: string): string =>
      JSON.stringify(JSON.parse(all), (_key, value: unknown) =>
        typeof value === 'string' ? ESCAPES['htmlspecialchars of PHP']!(value) : value,
      );
    for (const escaped of [
      ltAndGt(text),
      ltAndGt(ltAndGt(text)),
      inStrings(text),
      inStrings(inStrings(text)),
      inStrings(text).replace(/&/g, '\\u0026'),
    ]) {
      assert.equal(readPayload(escaped).ok, true, 'it is read as it stands');
      const { result, mended } = readHostText(escaped);
      assert.ok(result.ok && mended);
      assert.deepEqual(result.notes, []);
      assert.equal(payloadText(result.report), text);
    }
    // What was changed elsewhere too is not taken for something else.
    const changed = ltAndGt(text).replace('"year":', '"x-more":1,"year":');
    const { result, mended } = readHostText(changed);
    assert.ok(result.ok && !mended);
    assert.equal(result.notes[0]?.code, 'digest-differs');
  });

  test('[P39] cut off anywhere, it is refused and its length told', () => {
    const text = written(strange as unknown as Json);
    for (const escape of [(all: string) => all, ...Object.values(ESCAPES)]) {
      const escaped = escape(text);
      for (let length = 60; length < escaped.length - 1; length += 97) {
        const { result, cutOffAt } = readHostText(escaped.slice(0, length));
        assert.ok(!result.ok);
        assert.equal(cutOffAt, length, escaped.slice(length - 20, length));
      }
    }
    assert.match(cutOffSentence(4000), /只有 4000 个字符.*VARCHAR\(4000\)/);
  });

  test('[P39] what is no payload at all is refused for what it is', () => {
    for (const text of ['', 'x', '<p>正文</p>', '{"a":1}', '"{}"', '"x', '{&', '{\\"']) {
      const { result, mended } = readHostText(text);
      assert.deepEqual([result.ok, mended], [false, false], text);
    }
    assert.equal(readHostText('{"a":1}').cutOffAt, undefined);
  });

  test('[P38] a megabyte of ampersands or backslashes takes no time to speak of', () => {
    const start = performance.now();
    for (const part of ['&', '&amp;', '\\"', '"{', '{&quot;'])
      readHostText(`{&${part.repeat(900_000 / part.length)}`);
    assert.ok(performance.now() - start < 5_000);
  });
});
