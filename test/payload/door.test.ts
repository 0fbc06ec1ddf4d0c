/** What does not come in, and why: the guard, the shape, and a foreign validator that must see the same shape. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { readRulePack } from '../../src/checks/read-rule-pack.ts';
import { packRefusalZh } from '../../src/checks/rule-pack-words-zh.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { MAX_JSON_DEPTH, MAX_JSON_LENGTH } from '../../src/format/guard-json.ts';
import { CHECKED_BY_THE_DOOR, payloadJsonSchema } from '../../src/payload/json-schema.ts';
import { readDraft, readPayload, type ReadRefusal } from '../../src/payload/read-payload.ts';
import { refusalSentence } from '../../src/payload/reading-words.ts';
import { cityCells, payloadFrom } from '../fixtures/reports.ts';
import { canonicalPayload, mutatedPayload } from './payload-arbitraries.ts';

const good = payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells: cityCells() });
const goodText = JSON.stringify(good);

function refusalOf(text: string): ReadRefusal {
  const result = readPayload(text);
  assert.ok(!result.ok, 'it was read');
  return result.refusal;
}

const nested = (levels: number, open = '[', close = ']'): string =>
  open.repeat(levels) + close.repeat(levels);

describe('the guard', () => {
  const cases: readonly (readonly [name: string, text: string, refusal: ReadRefusal, sentence: string])[] = [
    ['an empty file', '', { code: 'empty' }, '文件是空的，未读取。请确认选对了文件，或重新导出。'],
    [
      'a truncated file',
      '{"schema":\n"xxgk-annual-report/1",\n"tab',
      { code: 'not-json', line: 3, column: 5, truncated: true },
      '文件不完整：在第3行第5列处中断，未读取。请重新导出或重新下载后再打开。',
    ],
    [
      'a comma too many',
      '{\n"a": 1,\n}',
      { code: 'not-json', line: 3, column: 1, truncated: false },
      '文件不是有效的 JSON：第3行第1列有误，未读取。请使用本系统导出的数据文件。',
    ],
    [
      'another schema',
      goodText.replace('xxgk-annual-report/1', 'kiro/2'),
      { code: 'other-schema', found: 'kiro/2' },
      '文件的 schema 是“kiro/2”，不是年报数据（应为 xxgk-annual-report/1），未读取。请确认选对了文件。',
    ],
    [
      'no schema',
      '{}',
      { code: 'other-schema', found: '' },
      '文件没有标明 schema，不是年报数据文件，未读取。请使用本系统导出的数据文件。',
    ],
    [
      'a newer version of another shape',
      '{"schema":"xxgk-annual-report/2","sheets":[]}',
      { code: 'future-version', found: 'xxgk-annual-report/2' },
      '文件由更新的版本（xxgk-annual-report/2）生成，当前版本读不了。请升级后再打开，原文件未改动。',
    ],
    [
      'a list',
      '[]',
      { code: 'wrong-shape', path: '', expected: 'object' },
      '“文件开头”缺失或填写不合规定，应为对象，未读取。请改正后再打开。',
    ],
    [
      'a lone null',
      'null',
      { code: 'wrong-shape', path: '', expected: 'object' },
      '“文件开头”缺失或填写不合规定，应为对象，未读取。请改正后再打开。',
    ],
    [
      'a text in a cell',
      JSON.stringify({ ...good, tables: { requests: { received: { social: '45' } } } }),
      { code: 'wrong-shape', path: 'tables/requests/received/social', expected: 'number' },
      '“tables/requests/received/social”缺失或填写不合规定，应为数字，未读取。请改正后再打开。',
    ],
    [
      'a year in words',
      JSON.stringify({ ...good, year: '2025' }),
      { code: 'wrong-shape', path: 'year', expected: 'number' },
      '“year”缺失或填写不合规定，应为数字，未读取。请改正后再打开。',
    ],
    [
      'an unknown format',
      JSON.stringify({ ...good, format: '2020' }),
      { code: 'wrong-shape', path: 'format', expected: 'invalid_value' },
      '“format”缺失或填写不合规定，应为规定的取值之一，未读取。请改正后再打开。',
    ],
    [
      '__proto__ deep inside an otherwise good payload',
      goodText.replace('"name":', '"__proto__":{"kind":"city"},"name":'),
      { code: 'forbidden-key', path: 'organization/__proto__' },
      '文件含有不允许的字段“organization/__proto__”，为安全起见未读取。请删除该字段或重新导出。',
    ],
    [
      '__proto__ written with an escape',
      goodText.replace('"name":', '"\\u005f_proto__":{},"name":'),
      { code: 'forbidden-key', path: 'organization/__proto__' },
      '文件含有不允许的字段“organization/__proto__”，为安全起见未读取。请删除该字段或重新导出。',
    ],
    [
      'constructor as a row',
      JSON.stringify({ ...good, tables: { requests: { constructor: { prototype: 1 } } } }),
      { code: 'forbidden-key', path: 'tables/requests/constructor' },
      '文件含有不允许的字段“tables/requests/constructor”，为安全起见未读取。请删除该字段或重新导出。',
    ],
    [
      'prototype in an unknown field, inside a list',
      JSON.stringify({ ...good, 'x-list': [{ prototype: 1 }] }),
      { code: 'forbidden-key', path: 'x-list/0/prototype' },
      '文件含有不允许的字段“x-list/0/prototype”，为安全起见未读取。请删除该字段或重新导出。',
    ],
    [
      'half of a surrogate pair',
      goodText.replace('示例市', '\\ud83d市'),
      { code: 'broken-text', path: 'organization/name' },
      '“organization/name”处的文字编码已损坏，未读取。请用 UTF-8 重新导出。',
    ],
    [
      'half of a surrogate pair in a key',
      goodText.replace('"name":', '"\\udc00":1,"name":'),
      { code: 'broken-text', path: 'organization' },
      '“organization”处的文字编码已损坏，未读取。请用 UTF-8 重新导出。',
    ],
    [
      'a number without end in an unknown field',
      goodText.replace('"name":', '"x-big":-1e999,"name":'),
      { code: 'endless-number', path: 'organization/x-big' },
      '“organization/x-big”处的数字过大，无法读取。请改正后再打开。',
    ],
    [
      'a number without end in a cell',
      goodText.replace('"fees":{"amount":316441}', '"fees":{"amount":1e999}'),
      { code: 'endless-number', path: 'tables/disclosure/fees/amount' },
      '“tables/disclosure/fees/amount”处的数字过大，无法读取。请改正后再打开。',
    ],
    [
      '21 levels',
      nested(MAX_JSON_DEPTH + 1),
      { code: 'too-deep', offset: MAX_JSON_DEPTH },
      '文件嵌套层数过多（超过20层），不是年报数据文件，未读取。请确认选对了文件。',
    ],
    [
      'a character too many',
      ' '.repeat(MAX_JSON_LENGTH + 1),
      { code: 'too-large', length: MAX_JSON_LENGTH + 1 },
      '文件过大（1000001个字符），不应超过100万个字符，未读取。请确认选对了文件。',
    ],
  ];
  for (const [name, text, refusal, sentence] of cases) {
    test(`[P13] ${name} is refused with its sentence`, () => {
      assert.deepEqual(refusalOf(text), refusal);
      assert.equal(refusalSentence(refusal), sentence);
    });
  }

  test('[P13] a place as long as the file is named in part', () => {
    const refusal = refusalOf(JSON.stringify({ ...good, tables: { ['x'.repeat(500_000)]: 1 } }));
    assert.ok(refusalSentence(refusal).length < 200);
  });

  test('[P13] what is just within the limits is read', () => {
    assert.ok(readPayload(goodText + ' '.repeat(MAX_JSON_LENGTH - goodText.length)).ok);
    assert.ok(readPayload(`\ufeff${goodText}`).ok, 'a byte order mark');
    const deep = JSON.stringify({ ...good, 'x-deep': 0 }).replace(
      '"x-deep":0',
      `"x-deep":${nested(MAX_JSON_DEPTH - 1)}`,
    );
    assert.ok(readPayload(deep).ok);
    assert.ok(
      readPayload(JSON.stringify({ ...good, 'x-text': nested(100, '[{"') })).ok,
      'brackets inside a text',
    );
    assert.ok(readPayload(goodText.replace('示例市', '\\ud83d\\ude00市')).ok, 'a whole pair');
  });

  test('[P14] a hundred thousand levels are refused at once and without a stack overflow', () => {
    for (const text of [
      nested(100_000),
      nested(100_000, '{"a":', '}'),
      '['.repeat(900_000),
      `{"schema":"xxgk-annual-report/1","x":${nested(100_000)}}`,
    ]) {
      const start = performance.now();
      assert.equal(refusalOf(text).code, 'too-deep');
      assert.ok(performance.now() - start < 1000);
    }
  });

  test('[P14] a megabyte that nobody wrote by hand is read or refused in linear time', () => {
    const texts = [
      JSON.stringify({
        ...good,
        tables: { requests: { received: { social: null } } },
        marks: { 'requests/received/social': { kind: 'text', raw: `0.${'0'.repeat(900_000)}1` } },
      }),
      JSON.stringify({ ...good, 'x-list': Array.from({ length: 120_000 }, (_, index) => index) }),
      `{"schema":"xxgk-annual-report/1","tables":{"requests":{${Array.from({ length: 40_000 }, (_, index) => `"r${index}":{"c":1}`).join()}}},"format":"2021","year":2025,"organization":{"name":""}}`,
      `"${'\\'.repeat(900_000)}`,
      '9'.repeat(900_000),
    ];
    for (const text of texts) {
      const start = performance.now();
      readPayload(text);
      const time = performance.now() - start;
      assert.ok(time < 5000, `${text.slice(0, 40)}… took ${Math.round(time)} ms`);
    }
  });

  test('[P15] no text makes the door throw, and every refusal has a sentence', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          '"',
          ',',
          ':',
          'null',
          '1e999',
          '"schema":',
          '"xxgk-annual-report/1"',
          '\\',
          '\ud800',
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 30 },
    );
    const cut = fc
      .tuple(fc.nat(goodText.length), fc.nat(30), fc.string({ maxLength: 5 }))
      .map(([at, length, text]) => goodText.slice(0, at) + text + goodText.slice(at + length));
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((list) => list.join('')),
          cut,
          fc.json(),
        ),
        (text) => {
          for (const result of [readPayload(text), readDraft(text)]) {
            if (!result.ok)
              assert.match(refusalSentence(result.refusal), /^(?!.*undefined).*[\u4e00-\u9fff].*。$/s);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('how large a payload may be', () => {
  test('[P44] is counted in characters, whatever bytes they are, and the sentence tells as many as there are', () => {
    const filled = (length: number): string => {
      const open = `${goodText.slice(0, -1)},"x-text":"`;
      return `${open}${'公'.repeat(length - open.length - 2)}"}`;
    };
    assert.ok(readPayload(filled(MAX_JSON_LENGTH)).ok);
    const long = filled(1_304_000);
    assert.ok(Buffer.byteLength(long) > 3_900_000);
    const refusal = refusalOf(long);
    assert.match(refusalSentence(refusal), /^文件过大（1304000个字符），不应超过100万个字符/);
    const pack = readRulePack(long);
    assert.ok(!pack.ok);
    assert.match(packRefusalZh(pack.refusal), /文件过大（1304000个字符），不应超过100万个字符/);
    assert.match(CHECKED_BY_THE_DOOR.join(), /at most 1,000,000 characters/);
  });
});

describe('the door from script', () => {
  test('[P43] what is no text at all is refused with a sentence, and nothing throws', () => {
    for (const value of [
      undefined,
      null,
      5,
      true,
      {},
      [],
      Symbol.iterator,
      () => '{}',
      new String(goodText),
    ]) {
      for (const read of [readPayload, readDraft]) {
        const result = read(value as string);
        assert.ok(!result.ok, String(value));
        assert.deepEqual(result.refusal, { code: 'empty' });
        assert.match(refusalSentence(result.refusal), /未读取/);
      }
    }
  });
});

describe('the published schema', () => {
  const ajv = new Ajv2020({ strict: true, allErrors: false, validateFormats: false });
  const schema = payloadJsonSchema();
  const validate = ajv.compile(schema);

  /** Whether the door takes this for the shape of schema version 1; what no schema can say is not asked. */
  function doorTakesShape(value: unknown): boolean | undefined {
    const result = readPayload(JSON.stringify(value));
    if (result.ok) return !result.readOnly;
    return ['other-schema', 'future-version', 'wrong-shape'].includes(result.refusal.code)
      ? false
      : undefined;
  }

  test('[P16] it is JSON Schema 2020-12, says what it is, and names what only the door checks', () => {
    assert.equal(schema['$schema'], 'https://json-schema.org/draft/2020-12/schema');
    assert.equal(schema['title'], 'xxgk-annual-report/1');
    assert.deepEqual([...(schema['required'] as string[])].sort(), [
      'format',
      'organization',
      'schema',
      'tables',
      'year',
    ]);
    for (const line of CHECKED_BY_THE_DOOR) assert.ok(String(schema['description']).includes(line));
  });

  test('[P46] it lists every table, row and column of each format with its official label, and lets others through', () => {
    interface Listed {
      readonly description: string;
      readonly properties: Readonly<Record<string, Listed>>;
      readonly additionalProperties: unknown;
    }
    const listed = schema['allOf'] as readonly {
      readonly if: { readonly properties: { readonly format: { readonly const: FormatVersion } } };
      readonly then: { readonly properties: { readonly tables: Listed } };
    }[];
    assert.deepEqual(
      listed.map(({ if: when }) => when.properties.format.const).sort(),
      Object.keys(FORMATS).sort(),
    );
    for (const { if: when, then } of listed) {
      const format = FORMATS[when.properties.format.const];
      const ids: string[] = [];
      for (const [table, { properties: rows, description, additionalProperties }] of Object.entries(
        then.properties.tables.properties,
      )) {
        assert.equal(description, format.tables.find(({ id }) => id === table)!.title);
        assert.equal(additionalProperties, true);
        for (const [row, { properties: columns, ...rest }] of Object.entries(rows)) {
          assert.equal(rest.additionalProperties, true);
          for (const [column, cell] of Object.entries(columns)) {
            ids.push(`${table}/${row}/${column}`);
            const { columnLabel, rowLabel } = format.cellsById.get(ids.at(-1)!)!;
            assert.equal(cell.description, columnLabel);
            assert.ok(rest.description.includes(rowLabel.split(' ').at(-1)!), rest.description);
          }
        }
      }
      assert.deepEqual(ids.sort(), format.cells.map(({ id }) => id).sort(), format.version);
    }
    // What is no row of the format is kept and found by S-03, not refused; a word in a cell is refused in either form.
    const more = {
      ...good,
      format: '2019',
      tables: { requests: { subtotal: { all: 1 } }, more: { a: { b: null } } },
    };
    assert.ok(validate(more), JSON.stringify(validate.errors));
    assert.equal(doorTakesShape(more), true);
    assert.ok(!validate({ ...good, tables: { requests: { received: { social: '45' } } } }));
  });

  test('[P16] a foreign validator takes every payload that this program writes', () => {
    fc.assert(
      fc.property(canonicalPayload, (payload) => {
        assert.ok(validate(payload), JSON.stringify(validate.errors));
        assert.equal(doorTakesShape(payload), true);
      }),
      { numRuns: 30 },
    );
  });

  test('[P16] a foreign validator and the door agree on payloads with one place changed', () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(mutatedPayload, (payload) => {
        const ours = doorTakesShape(payload);
        if (ours === undefined) return;
        assert.equal(validate(payload), ours, JSON.stringify(validate.errors));
        if (ours) taken += 1;
        else refused += 1;
      }),
      { numRuns: 400 },
    );
    assert.ok(refused > 20 && taken > 20, `${refused} refused, ${taken} taken`);
  });

  const ODD: readonly (readonly [name: string, change: Record<string, unknown>, taken: boolean])[] = [
    ['a year of null', { year: null }, true],
    ['a year of five digits', { year: 20250 }, false],
    ['half a year', { year: 2025.5 }, false],
    ['a name of null', { organization: { name: null } }, false],
    ['an unknown kind', { organization: { name: '', kind: 'village' } }, false],
    ['an unknown function', { organization: { name: '', functions: ['police'] } }, false],
    ['a region of seven digits', { organization: { name: '', region: '1101010' } }, false],
    ['a credit code with an I', { organization: { name: '', code: '9135010IM000100Y43' } }, false],
    ['unknown members of the organisation', { organization: { name: '', nickname: 1 } }, true],
    ['a draft in words', { draft: 'yes' }, false],
    ['a mark without its text', { marks: { 'a/b/c': { kind: 'text' } } }, false],
    ['a mark of an unknown kind', { marks: { 'a/b/c': { kind: 'guess', raw: '' } } }, false],
    ['a mark under no cell id', { marks: { nowhere: { kind: 'merged' } } }, false],
    ['a mark with more members', { marks: { 'a/b/c': { kind: 'merged', raw: 1 } } }, true],
    ['a control total in words', { reported: { 'a/b/c': '1' } }, false],
    ['a digest without its name', { digest: '0'.repeat(64) }, false],
    ['a period in other words', { period: { from: '2025-1-1', to: '2025-12-31' } }, false],
    [
      'negative counts of the checks',
      { checks: { rules: '', must: -1, verify: 0, info: 0, open: 0 } },
      false,
    ],
    ['a revision without its base', { revision: { number: 1 } }, false],
    ['a table that is a list', { tables: { requests: [] } }, false],
    ['a huge number in a cell', { tables: { requests: { received: { social: 1e300 } } } }, true],
    ['a newer version', { schema: 'xxgk-annual-report/2' }, false],
    ['a version with a leading zero', { schema: 'xxgk-annual-report/01' }, false],
    ['a field that is absent but named', { narrative: null }, false],
  ];
  for (const [name, change, taken] of ODD) {
    test(`[P16] ${name}: ${taken ? 'taken' : 'refused'} by both`, () => {
      const payload = { ...good, ...change };
      assert.equal(validate(payload), taken, JSON.stringify(validate.errors));
      assert.equal(doorTakesShape(payload), taken);
    });
  }

  for (const field of ['schema', 'format', 'year', 'organization', 'tables']) {
    test(`[P16] without ${field}: refused by both`, () => {
      const { [field]: _absent, ...rest } = good as Record<string, unknown>;
      assert.equal(validate(rest), false);
      assert.equal(doorTakesShape(rest), false);
    });
  }
});
