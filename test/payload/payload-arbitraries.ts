/** Generated payloads: canonical ones, as this program writes them, and mutated ones, as anybody may send them. */
import * as fc from 'fast-check';
import type { Json } from '../../src/format/canonical-json.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityFromNumber, quantityToNumber } from '../../src/format/quantity.ts';
import { ORGANIZATION_KINDS } from '../../src/checks/organizations.ts';
import { tablesFrom } from '../fixtures/reports.ts';

export type JsonObject = Record<string, Json>;

const word = fc.string({ unit: 'grapheme', maxLength: 8 });
const key = fc
  .oneof(word, fc.constantFrom('toString', 'valueOf', 'hasOwnProperty', 'x-note', '备注'))
  .filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
/** Anything JSON, without the keys that are refused. */
export const opaque: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .filter((value) => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)))
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const unknownFields = fc.dictionary(
  key.filter((text) => text !== '').map((text) => `x${text}`),
  opaque,
  { maxKeys: 3 },
);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const rawText = fc.constantFrom('12件', '详见附表', '1-2', '见附件', 'abc');

type Cell = { value: number | null; mark?: JsonObject };

function inputOf(kind: string): fc.Arbitrary<Cell> {
  const values: fc.Arbitrary<number> =
    kind === 'amount' || kind === 'free-amount'
      ? fc
          .tuple(fc.nat(99_999), fc.nat(999_999))
          .map(([whole, part]) => Number(`${whole}.${String(part).padStart(6, '0')}`))
      : fc.oneof(fc.constant(0), fc.nat(99), fc.integer({ min: -9, max: 999_999_999_999 }));
  const mark: fc.Arbitrary<JsonObject> = fc.oneof(
    fc.record({ kind: fc.constant('not-applicable'), raw: fc.constantFrom('/', '—', '无') }),
    fc.record({ kind: fc.constant('text'), raw: rawText }),
    fc.record({
      kind: fc.constant('uncertain'),
      raw: word,
      candidate: fc.oneof(fc.nat(99), fc.constant(null)),
    }),
    fc.record({ kind: fc.constant('uncertain'), raw: word }),
    fc.record({ kind: fc.constant('text'), raw: rawText, 'x-source': opaque }),
  );
  return fc.oneof(
    { weight: 20, arbitrary: values.map((value): Cell => ({ value })) },
    { weight: 1, arbitrary: fc.constant<Cell>({ value: null }) },
    { weight: 1, arbitrary: mark.map((given): Cell => ({ value: null, mark: given })) },
  );
}

const strip = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Tables with computed totals, and the marks and control totals beside them. */
function tables(version: FormatVersion): fc.Arbitrary<{ tables: Json; marks?: Json; reported?: Json }> {
  const format = FORMATS[version];
  return fc
    .record({
      inputs: fc.tuple(...format.inputs.map((cell) => inputOf(cell.kind))),
      absentRows: fc.subarray([...new Set(format.inputs.map((cell) => `${cell.table}/${cell.row}/`))], {
        maxLength: 2,
      }),
      controls: fc.dictionary(
        fc.constantFrom(...format.derived.map((cell) => cell.id)),
        fc.oneof(
          fc.nat(99).map((n) => n + 0.25),
          rawText,
        ),
        { maxKeys: 3 },
      ),
      extra: fc.dictionary(
        key,
        fc.dictionary(key, fc.dictionary(key, fc.oneof(fc.nat(9), fc.constant(null)), { maxKeys: 2 }), {
          maxKeys: 2,
        }),
        { maxKeys: 2 },
      ),
      extraRow: maybe(fc.tuple(key, fc.dictionary(key, fc.nat(9), { maxKeys: 2 }))),
      unknownMarks: fc.dictionary(
        fc.constantFrom('a/b/c', 'requests/other/x', 'requests/subtotal/total'),
        fc.constant({ kind: 'not-applicable', raw: '/' }),
        { maxKeys: 2 },
      ),
      unknownReported: fc.dictionary(
        fc.constantFrom('a/b/c', 'requests/other/x', 'disclosure/fees/amount'),
        fc.nat(9),
        { maxKeys: 2 },
      ),
    })
    .map(({ inputs, absentRows, controls, extra, extraRow, unknownMarks, unknownReported }) => {
      const cells: Record<string, number | null> = {};
      const marks: JsonObject = { ...unknownMarks };
      const reported: JsonObject = { ...unknownReported };
      const gone = (id: string): boolean => absentRows.some((row) => id.startsWith(row));
      format.inputs.forEach((cell, index) => {
        if (gone(cell.id)) return;
        const { value, mark } = inputs[index]!;
        cells[cell.id] = value;
        if (mark !== undefined) marks[cell.id] = mark;
      });
      // Written down from the form: each total comes after its parts, and waits for all of them.
      for (const cell of format.derived) {
        let sum: bigint | null = 0n;
        for (const operand of cell.operands!) {
          const value: number | null | undefined = cells[operand];
          sum =
            sum === null || value === null || value === undefined ? null : sum + quantityFromNumber(value);
        }
        const control = controls[cell.id];
        if (gone(cell.id) && control === undefined) continue;
        cells[cell.id] = sum === null ? null : quantityToNumber(sum);
        if (typeof control === 'number') reported[cell.id] = control;
        else if (control !== undefined) marks[cell.id] = { kind: 'text', raw: control };
      }
      const all = tablesFrom(cells) as Record<string, JsonObject>;
      for (const [table, rows] of Object.entries(extra))
        if (!format.tables.some((known) => known.id === table)) all[table] = rows;
      if (extraRow !== undefined && extraRow[0] !== 'other')
        all['requests'] = { [extraRow[0]]: extraRow[1], ...all['requests'] };
      return {
        tables: all as Json,
        ...(Object.keys(marks).length === 0 ? {} : { marks }),
        ...(Object.keys(reported).length === 0 ? {} : { reported }),
      };
    });
}

const organization = fc
  .tuple(
    fc.record({
      name: word,
      region: maybe(fc.constantFrom('110000', '110101001', '110101001001')),
      kind: maybe(fc.constantFrom(...ORGANIZATION_KINDS)),
      functions: maybe(fc.subarray(['licensing', 'enforcement', 'fees'])),
    }),
    unknownFields,
  )
  .map(([known, unknown]) => strip({ ...unknown, ...known } as JsonObject));

const fields = fc
  .record({
    draft: maybe(fc.boolean()),
    year: fc.oneof(fc.integer({ min: 1000, max: 9999 }), fc.constant(null)),
    period: maybe(fc.constant({ from: '2022-01-01', to: '2022-12-31' })),
    organization,
    contact: maybe(fc.record({ address: word, phone: word })),
    narrative: maybe(
      fc
        .tuple(fc.record({ overview: word, other: word }), unknownFields)
        .map(([known, unknown]) => ({ ...unknown, ...known })),
    ),
    explanations: maybe(
      fc.array(
        fc.record({
          rule: fc.constant('Y-04'),
          cells: fc.constant(['disclosure/rules/in-force']),
          values: digest,
          kind: fc.constantFrom('confirmed', 'explained'),
          text: word,
          at: word,
        }),
        { maxLength: 2 },
      ),
    ),
    remarks: maybe(
      fc.array(fc.record({ cell: fc.constant('requests/total/total'), text: word }), { maxLength: 2 }),
    ),
    signOff: maybe(
      fc
        .tuple(fc.record({ filledBy: word, at: word }), unknownFields)
        .map(([known, unknown]) => ({ ...unknown, ...known })),
    ),
    supersedes: maybe(fc.record({ digest, reason: word })),
    checks: maybe(
      fc.record({
        rules: fc.constant('2021@1'),
        must: fc.nat(9),
        verify: fc.nat(9),
        info: fc.nat(9),
        open: fc.nat(9),
      }),
    ),
    revision: maybe(fc.record({ number: fc.nat(99), base: fc.oneof(digest, fc.constant(null)) })),
    generator: maybe(word),
    digest: maybe(digest),
    tablesDigest: maybe(digest),
  })
  .map((known) => strip(known as unknown as JsonObject));

/** A payload as this program would have written it, with every known field and with unknown ones. */
export const canonicalPayload: fc.Arbitrary<JsonObject> = fc
  .constantFrom<FormatVersion>('2021', '2019')
  .chain((version) =>
    fc.tuple(unknownFields, fields, tables(version)).map(([unknown, known, cells]) => ({
      ...unknown,
      ...known,
      ...(cells as JsonObject),
      schema: 'xxgk-annual-report/1',
      format: version,
    })),
  );

/** Of some of them: generating one takes longer than changing one. */
const SAMPLES = fc.sample(canonicalPayload, { numRuns: 24, seed: 2021 });

/** The same with one place replaced, removed or added. */
export const mutatedPayload: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.nat(),
    fc.oneof(
      opaque,
      fc.constantFrom<Json>(
        null,
        '',
        -1,
        0.5,
        1e300,
        [],
        {},
        true,
        'x',
        '2021',
        2021,
        '2022-1-1',
        'sha256:0',
        'county',
        ['licensing'],
        { kind: 'text' },
        { kind: 'other', raw: '' },
      ),
    ),
    fc.constantFrom('replace', 'remove', 'add'),
    fc.nat(3),
  )
  .map(([payload, seed, value, action, depth]) => {
    const copy = JSON.parse(JSON.stringify(payload)) as JsonObject;
    let place: JsonObject = copy;
    let random = seed;
    for (let level = 0; ; level += 1) {
      const keys = Object.keys(place);
      const chosen = keys[random % Math.max(keys.length, 1)];
      const inner = chosen === undefined ? undefined : place[chosen];
      random = Math.floor(random / 7) + level;
      if (level < depth && inner !== null && typeof inner === 'object') {
        place = inner as JsonObject;
        continue;
      }
      if (action === 'add' || chosen === undefined)
        place[Array.isArray(place) ? String(place.length) : 'added'] = value;
      else if (action === 'remove' && !Array.isArray(place)) delete place[chosen];
      else place[chosen] = value;
      return copy;
    }
  });
