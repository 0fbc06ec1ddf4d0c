import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { checkReport } from '../../src/checks/check-report.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import { digestOf } from '../../src/format/digest.ts';
import type { Entry } from '../../src/format/entry.ts';
import { completeReport, readDraft, readPayload, type ReadNote } from '../../src/payload/read-payload.ts';
import {
  contentOf,
  draftText,
  GENERATOR,
  payloadOf,
  payloadText,
  tablesOf,
  type Stamp,
} from '../../src/payload/write-payload.ts';
import { noteSentence } from '../../src/payload/reading-words.ts';
import { checkedReport, emptyReport, formatOf, sameContent, type Report } from '../../src/report/report.ts';
import { changedSinceSigned, isSigned, sign } from '../../src/report/sign-off.ts';
import { applyChanges, changesFromTexts } from '../../src/report/transaction.ts';
import {
  CASE_NAMES,
  cityCells,
  payloadFrom,
  readCase,
  uniformCells,
  type Cells,
} from '../fixtures/reports.ts';
import { canonicalPayload } from './payload-arbitraries.ts';

type Read = { report: Report; draft: boolean; notes: readonly ReadNote[]; readOnly: boolean };

function read(payload: object | string): Read {
  const result = readPayload(typeof payload === 'string' ? payload : JSON.stringify(payload));
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.refusal));
  return result;
}

const cityPayload = (change: Cells = {}): ReturnType<typeof payloadFrom> =>
  payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells: { ...cityCells(), ...change } });
const rulesOf = (report: Report): string[] =>
  checkReport(checkedReport(report), OFFICIAL_RULES.rules).map((finding) => finding.rule);
const stamp: Stamp = {
  draft: true,
  findings: [],
  rules: '2021@1',
  open: 0,
  revision: { number: 1, base: null },
};
const enter = (report: Report, texts: Record<string, string>): Report =>
  applyChanges(report, changesFromTexts(report, Object.entries(texts)).changes);

describe('round trip', () => {
  test('[P1] a canonical payload comes out byte for byte, unknown fields, rows and marks included', () => {
    fc.assert(
      fc.property(canonicalPayload, (payload) => {
        const text = canonicalJson(payload);
        assert.equal(payloadText(read(text).report), text);
      }),
      { numRuns: 100 },
    );
  });

  test('[P1] so do the least payload, an empty table, an empty row and an empty text', () => {
    const least = {
      schema: 'xxgk-annual-report/1',
      format: '2021',
      year: 2022,
      organization: { name: '' },
      tables: {},
    };
    const odd: object[] = [
      least,
      { ...least, year: null },
      { ...least, year: 1999 },
      { ...least, tables: { requests: {}, disclosure: { rules: {} }, mine: {} } },
      { ...least, signOff: { filledBy: '' } },
      { ...least, signOff: {} },
      { ...least, draft: false },
      { ...least, tables: { toString: { valueOf: { hasOwnProperty: 1 } } } },
      { ...least, reported: { 'disclosure/rules/issued': 4 } },
    ];
    for (const payload of odd) {
      const text = canonicalJson(payload as Json);
      assert.equal(payloadText(read(text).report), text);
    }
  });

  test('[P1] whatever was read, reading it again after writing says the same', () => {
    fc.assert(
      fc.property(canonicalPayload, (payload) => {
        const tables = payload['tables'] as Record<string, Record<string, Record<string, Json>>>;
        // Totals that disagree, and totals that were printed blank.
        for (const row of Object.values(tables['requests'] ?? {}))
          if ('total' in row) row['total'] = row['total'] === 0 ? null : 0;
        const first = payloadText(read(payload).report);
        assert.equal(payloadText(read(first).report), first);
      }),
      { numRuns: 50 },
    );
  });

  test('[P2] names of Object.prototype are names like any other and reach nothing', () => {
    const before = Object.getOwnPropertyNames(Object.prototype.toString).join();
    const payload = cityPayload();
    (payload.tables as Record<string, unknown>)['toString'] = { call: { bind: 1 } };
    (payload.tables['requests'] as Record<string, unknown>)['valueOf'] = { apply: 2 };
    const { report } = read(payload);
    payloadText(report);
    assert.equal(Object.getOwnPropertyNames(Object.prototype.toString).join(), before);
    assert.equal(
      (Object.prototype.toString as unknown as Record<string, unknown>)['call'],
      Function.prototype.call,
    );
    assert.deepEqual(report.extraCells, ['requests/valueOf/apply', 'toString/call/bind'].sort());
  });

  test('[P2] unknown rows and columns with numbers are kept, named by S-03 and never summed', () => {
    const payload = cityPayload();
    payload.tables['requests']!['denied'] = { total: 5 };
    payload.tables['requests']!['granted']!['legal-person'] = 3;
    const { report } = read(payload);
    assert.deepEqual([...report.extraCells].sort(), [
      'requests/denied/total',
      'requests/granted/legal-person',
    ]);
    assert.deepEqual(rulesOf(report), ['S-03']);
    assert.deepEqual(payloadOf(report)['tables'], payload.tables);
  });
});

describe('decisions and sign-off', () => {
  const cell = 'requests/received/social';

  test('[P25] what was explained and signed comes back, with the cells changed since, from payload and draft', () => {
    const city = read(cityPayload()).report;
    const said = {
      rule: 'T2-01',
      cells: ['disclosure/rules/issued'],
      values: digestOf({}),
      kind: 'explained',
      text: '当年清理',
      at: '2026-01-12T04:00:00.000Z',
    } as const;
    const signed = applyChanges(city, [
      { explanations: true, from: [], to: [said] },
      { field: 'signOff.filledBy', from: '', to: '张三' },
      sign(city, new Date(2026, 0, 15)),
    ]);
    const payload = payloadOf(signed);
    assert.deepEqual(payload['signOff'], { filledBy: '张三', at: '2026-01-15' });
    assert.deepEqual(payload['explanations'], [{ ...said }]);
    const edited = enter(signed, { [cell]: '46', 'disclosure/rules/issued': '/' });
    for (const text of [payloadText(edited), draftText(edited, stamp)]) {
      const { report } = read(text);
      assert.deepEqual(payloadOf(report)['signOff'], {
        filledBy: '张三',
        at: '2026-01-15',
        changedSince: {
          [cell]: (cityPayload().tables as never)['requests']['received']['social'],
          'disclosure/rules/issued': (cityPayload().tables as never)['disclosure']['rules']['issued'],
        },
      });
      assert.ok(sameContent(report, edited));
      const back = enter(report, {
        [cell]: String((cityPayload().tables as never)['requests']['received']['social']),
      });
      assert.deepEqual(
        changedSinceSigned(back).map((change) => change.cell),
        ['disclosure/rules/issued'],
        'as it was signed is no change',
      );
    }
  });

  test('[P25] what it does not know of them is written back as it came', () => {
    const CELLS = cityCells();
    const source = {
      ...cityPayload(),
      explanations: [
        { rule: 'x', cells: [], values: digestOf({}), kind: 'confirmed', at: '', 'x-by': '李四' },
        { rule: 'x', cells: [], values: digestOf({}), kind: 'confirmed', at: '' },
      ],
      signOff: { at: '2026-01-15', changedSince: { 'a/b/c': 3, [cell]: 1 }, 'x-seal': true },
    };
    assert.deepEqual(payloadOf(read(source).report)['explanations'], source.explanations);
    assert.deepEqual(payloadOf(read(source).report)['signOff'], source.signOff);
    for (const empty of [
      { signOff: { at: '2026-01-15', changedSince: {} } },
      {
        signOff: {
          at: '2026-01-15',
          changedSince: { 'disclosure/rules/in-force': CELLS['disclosure/rules/in-force']! },
        },
      },

      { explanations: [] },
      { signOff: {} },
      { signOff: { at: '', changedSince: { [cell]: 1 } } },
    ])
      assert.deepEqual(
        { ...payloadOf(read({ ...cityPayload(), ...empty }).report), ...empty },
        payloadOf(read({ ...cityPayload(), ...empty }).report),
      );
    assert.ok(
      !readPayload(JSON.stringify({ ...cityPayload(), signOff: { at: '', changedSince: { [cell]: '1' } } }))
        .ok,
    );
  });
});

describe('drafts', () => {
  test('[P3] a draft keeps the texts as they were typed; a payload only the numbers', () => {
    const typed = {
      'requests/received/social': '１，２３４',
      'disclosure/fees/amount': '０.5',
      'proceedings/review/total': '＋7',
      'proceedings/litigation-direct/upheld': '3',
      'proceedings/litigation-direct/corrected': '4',
      'proceedings/litigation-direct/other': '0',
      'proceedings/litigation-direct/pending': '0',
      'proceedings/litigation-direct/total': '7',
      'disclosure/rules/issued': '12件',
      'disclosure/rules/repealed': '／',
    };
    const report = enter(emptyReport('2021', 2025), typed);
    const again = readDraft(draftText(report, stamp));
    assert.ok(again.ok && again.draft);
    assert.ok(sameContent(again.report, report));
    assert.equal(
      (again.report.entries.get('requests/received/social') as { raw?: string }).raw,
      '１，２３４',
    );
    assert.equal((again.report.controls.get('proceedings/review/total') as { raw?: string }).raw, '＋7');
    assert.deepEqual(
      again.report.controls.get('proceedings/litigation-direct/total'),
      report.controls.get('proceedings/litigation-direct/total'),
    );
    assert.equal('$typed' in again.report.carried, false);
    const plain = read(payloadText(report)).report;
    assert.deepEqual(plain.entries.get('requests/received/social'), {
      kind: 'number',
      value: 1_234_000_000n,
    });
    assert.deepEqual(
      plain.entries.get('disclosure/rules/issued'),
      report.entries.get('disclosure/rules/issued'),
    );
  });

  test('[P3] any texts typed anywhere, totals included, are there again when the draft is opened', () => {
    const cells = formatOf(emptyReport('2021')).cells.map((cell) => cell.id);
    const texts = fc.dictionary(
      fc.constantFrom(...cells),
      fc.oneof(
        fc.constantFrom(
          '0',
          '12',
          '１２',
          '1,234',
          '12.5',
          '-3',
          '/',
          '—',
          '12件',
          '1234567890123',
          '0.0000001',
          'x',
          '+5',
          ' 7 ',
        ),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
      ),
      { maxKeys: 60 },
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('2025', '２０２５', '明年', '', '1999'), (typed, year) => {
        const report = { ...enter(emptyReport('2021'), typed) };
        const named = { ...report, head: { ...report.head, year } };
        const again = readDraft(draftText(named, stamp));
        assert.ok(again.ok);
        const content = ({
          tables = null,
          marks = null,
          reported = null,
          year = null,
        }: Record<string, Json>): Json => ({ tables, marks, reported, year });
        assert.deepEqual(content(payloadOf(again.report)), content(payloadOf(named)));
        for (const [id, entry] of named.entries) assert.deepEqual(again.report.entries.get(id), entry, id);
        // One that equals the computed total too, which a payload has no place for.
        const typedTotals = new Map([...named.controls].filter(([, entry]) => entry.kind !== 'blank'));
        for (const [id, entry] of typedTotals) assert.deepEqual(again.report.controls.get(id), entry, id);
        for (const [id, entry] of again.report.controls) assert.deepEqual(entry, named.controls.get(id), id);
        assert.equal(again.report.head.year, year);
      }),
      { numRuns: 100 },
    );
  });

  test('[P3] a host’s own member of any name comes back from a draft', () => {
    for (const own of [{ texts: { a: 1 } }, 'x', null, 7]) {
      const payload = { ...cityPayload(), raw: own, $typed: own } as unknown as Record<string, Json>;
      const { report } = read(canonicalJson(payload));
      for (const edited of [report, enter(report, { 'requests/received/social': '４６' })]) {
        const again = readDraft(draftText(edited, stamp));
        assert.ok(again.ok);
        assert.deepEqual(again.report.carried['raw'], own);
        assert.deepEqual(again.report.carried['$typed'], own);
      }
    }
  });

  test('[P3] a raw text that does not say the same number is not believed', () => {
    const draft = {
      ...cityPayload(),
      draft: true,
      $typed: {
        texts: {
          'requests/received/social': '46',
          'requests/granted/social': '４１',
          nowhere: '1',
          'disclosure/rules/issued': 3,
        },
      },
    };
    const result = readDraft(JSON.stringify(draft));
    assert.ok(result.ok);
    assert.deepEqual(result.report.entries.get('requests/received/social'), {
      kind: 'number',
      value: 45_000_000n,
    });
    assert.deepEqual(result.report.entries.get('requests/granted/social'), {
      kind: 'number',
      value: 41_000_000n,
      raw: '４１',
    });
  });
});

describe('digests and the stamp', () => {
  const report = read(cityPayload()).report;

  test('[P4] a stamped payload is read without a note, and a changed one with a note', () => {
    const payload = payloadOf(report, stamp);
    assert.deepEqual(read(payload).notes, []);
    assert.match(String(payload['digest']), /^sha256:[0-9a-f]{64}$/);
    const changed = JSON.parse(JSON.stringify(payload)) as ReturnType<typeof cityPayload>;
    changed.tables['disclosure']!['rules']!['issued'] = 4;
    const { notes } = read(changed);
    assert.deepEqual(
      notes.map((note) => note.code),
      ['digest-differs', 'tables-digest-differs'],
    );
    assert.equal(noteSentence(notes[0]!), '文件内容与其核对码不一致：导出之后可能被改动过，请核对。');
    const renamed = { ...payload, organization: { name: '别的单位' } };
    assert.deepEqual(
      read(renamed).notes.map((note) => note.code),
      ['digest-differs'],
    );
  });

  test('[P40] a signed payload that was changed elsewhere is read with its sign-off lapsed, until it is signed anew', () => {
    const signed = applyChanges(report, [
      { field: 'signOff.filledBy', from: '', to: '张三' },
      sign(report, new Date(2026, 0, 15)),
    ]);
    const payload = payloadOf(signed, stamp);
    const asSigned = read(payload).report;
    assert.ok(isSigned(asSigned) && asSigned.signed?.lapsed === undefined);
    const { digest, tablesDigest } = payload as Record<string, string>;
    const elsewhere = JSON.parse(JSON.stringify(payload)) as Record<string, Json> &
      ReturnType<typeof cityPayload>;
    elsewhere.tables['disclosure']!['rules']!['issued'] = 4;
    const { digest: _digest, ...onlyTables } = elsewhere;
    const cases: readonly (readonly [Record<string, Json>, string])[] = [
      [elsewhere, digest!],
      [onlyTables, tablesDigest!],
      // The names of who signed are sealed as well as the figures.
      [{ ...payload, signOff: { filledBy: '李四', at: '2026-01-15' } }, digest!],
    ];
    // A host that puts its own beside it has changed nothing that was signed, and the digest does not fit all the same.
    const stored = read({ ...payload, id: 5, saved_at: '2026-01-20', draft: false });
    assert.equal(stored.report.signed?.lapsed, undefined);
    assert.ok(isSigned(stored.report));
    assert.deepEqual(
      stored.notes.map(({ code }) => code),
      ['digest-differs'],
    );
    for (const [changed, sealed] of cases) {
      const lapsed = read(changed).report;
      assert.equal(lapsed.signed?.lapsed, sealed);
      assert.ok(!isSigned(lapsed));
      assert.ok(!sameContent(lapsed, { ...lapsed, signed: { ...lapsed.signed!, lapsed: undefined } }));
      assert.equal(payloadText(lapsed), canonicalJson(changed), 'what is only read stays as it came');
      // However often it is written anew, its digest then its own.
      let again = lapsed;
      for (let round = 0; round < 2; round += 1) {
        const draft = readDraft(draftText(again, stamp));
        assert.ok(draft.ok);
        const written = payloadOf(draft.report, stamp);
        assert.equal((written['signOff'] as { lapsed?: string }).lapsed, sealed);
        const result = read(written);
        assert.deepEqual(
          result.notes.map(({ code }) => code),
          ['sign-off-lapsed'],
        );
        assert.match(noteSentence(result.notes[0]!), /签发已失效.*重新签发/);
        again = result.report;
      }
      const anew = applyChanges(again, [sign(again, new Date(2026, 0, 16))]);
      assert.ok(isSigned(anew));
      for (const text of [payloadText(anew, stamp), payloadText(anew)])
        assert.ok(!text.includes('lapsed'), text.slice(-300));
      assert.deepEqual(read(payloadOf(anew, stamp)).notes, []);
    }
    const unsigned = payloadOf(report, stamp);
    assert.equal(read({ ...unsigned, 'x-more': 1 }).report.signed, undefined);
  });

  test('[P41] a draft with texts as they were typed is not one that was changed elsewhere', () => {
    const typed = enter(report, { 'requests/received/social': '４6' });
    for (const carried of [typed.carried, { ...typed.carried, $typed: 'of a host' }]) {
      const signed = applyChanges({ ...typed, carried }, [sign(typed, new Date(2026, 0, 15))]);
      const text = draftText(signed, stamp);
      const result = readDraft(text);
      assert.ok(text.includes('４6') && result.ok);
      assert.deepEqual(result.notes, []);
      assert.equal(result.report.signed?.lapsed, undefined);
      assert.equal(result.digest, payloadOf(signed, stamp)['digest']);
      assert.deepEqual(result.report.carried['$typed'], carried['$typed' as never]);
      const broken = readDraft(text.replace('"2026-01-15"', '"2026-01-16"'));
      assert.ok(broken.ok && broken.notes.length > 0);
      // With a host's own members beside it the figures alone tell.
      assert.equal(broken.report.signed?.lapsed !== undefined, carried === typed.carried);
    }
  });

  test('[P4] the digest covers draft and unknown fields, not revision, generator, checks and itself', () => {
    const payload = payloadOf(report, stamp);
    const covered = (change: Record<string, Json>): boolean =>
      read({ ...payload, ...change }).notes.length > 0;
    assert.ok(covered({ draft: false }));
    assert.ok(covered({ 'x-unknown': 1 }));
    assert.ok(!covered({ revision: { number: 9, base: null } }));
    assert.ok(!covered({ generator: 'another' }));
    assert.ok(!covered({ checks: { rules: 'x', must: 0, verify: 0, info: 0, open: 0 } }));
    assert.equal(payload['digest'], digestOf(contentOf(payload)));
    assert.equal(payload['tablesDigest'], digestOf(tablesOf(payload)));
    assert.equal(
      payload['tablesDigest'],
      digestOf({ format: '2021', year: 2025, tables: payload['tables']! }),
    );
  });

  test('[P4] the stamp: draft only while it is one, counts of violations, the program that wrote it', () => {
    const findings = checkReport(
      checkedReport(
        enter(report, {
          'requests/received/social': '46',
          'disclosure/rules/issued': '99',
          'requests/granted/other': '',
        }),
      ),
      OFFICIAL_RULES.rules,
    );
    const payload = payloadOf(report, {
      ...stamp,
      draft: false,
      findings,
      open: 2,
      revision: { number: 3, base: digestOf('x') },
    });
    assert.ok(!('draft' in payload));
    const count = (...severities: string[]): number =>
      findings.filter((finding) => finding.pending.length === 0 && severities.includes(finding.severity))
        .length;
    assert.deepEqual(payload['checks'], {
      rules: '2021@1',
      must: count('must', 'format'),
      verify: count('verify'),
      info: count('info'),
      open: 2,
    });
    assert.ok(count('verify') >= 2);
    assert.deepEqual(payload['revision'], { number: 3, base: digestOf('x') });
    assert.equal(payload['generator'], GENERATOR);
    assert.equal(payloadOf(report, stamp)['draft'], true);
    assert.equal(payloadText(report, stamp), payloadText(report, stamp));
  });

  test('[P4] the program names itself as package.json does', async () => {
    const { readFile } = await import('node:fs/promises');
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      name: string;
      version: string;
    };
    assert.equal(GENERATOR, `${manifest.name}/${manifest.version}`);
  });
});

describe('what the door sets right', () => {
  test('[P5] totals that disagree with their parts move to reported, and the equations find them', () => {
    const { report } = read(cityPayload({ 'requests/total/social': 40, 'proceedings/review/total': 0 }));
    assert.deepEqual([...report.controls.keys()].sort(), [
      'proceedings/review/total',
      'requests/total/social',
    ]);
    const payload = payloadOf(report) as unknown as ReturnType<typeof cityPayload> & { reported: Cells };
    assert.deepEqual(payload.reported, { 'proceedings/review/total': 0, 'requests/total/social': 40 });
    assert.equal(payload.tables['requests']!['total']!['social'], cityCells()['requests/total/social']);
    assert.deepEqual(rulesOf(report), ['T3-01', 'T3-02', 'T3-03', 'T4-01']);
    assert.deepEqual(rulesOf(read(payload).report), rulesOf(report));
  });

  test('[P5] totals that agree are not evidence, and what is reported explicitly is', () => {
    assert.equal(read(cityPayload()).report.controls.size, 0);
    const { report } = read({ ...cityPayload(), reported: { 'requests/total/social': 40 } });
    assert.deepEqual(rulesOf(report), ['T3-01', 'T3-02', 'T3-03']);
  });

  test('[P5] a total beside a blank part is kept as evidence', () => {
    const { report } = read(cityPayload({ 'requests/granted/social': null }));
    assert.deepEqual([...report.controls.keys()].sort(), [
      'requests/granted/total',
      'requests/total/social',
      'requests/total/total',
    ]);
  });

  test('[P5] a total that was printed blank is a question, until the report is opened for editing', () => {
    const { report } = read(cityPayload({ 'requests/granted/total': null }));
    assert.deepEqual(rulesOf(report), ['T3-13']);
    assert.deepEqual(rulesOf(completeReport(report)), []);
  });

  test('[P6] thirteen digits, seven decimals and numbers with an exponent are kept and marked, not rounded', () => {
    const findings = (change: Cells): string[] => rulesOf(read(cityPayload(change)).report);
    assert.deepEqual(findings({ 'disclosure/licensing/decisions': 1_234_567_890_123 }), ['V-09']);
    assert.deepEqual(findings({ 'disclosure/licensing/decisions': 1e21 }), ['V-09']);
    assert.deepEqual(findings({ 'disclosure/licensing/decisions': 1e300 }), ['V-09']);
    assert.deepEqual(findings({ 'disclosure/licensing/decisions': -1e13 }), ['V-09']);
    assert.deepEqual(findings({ 'disclosure/fees/amount': 1e9 }), ['V-09']);
    for (const tiny of [0.1234567, 1e-7, 1e-13, -1e-13, 5e-324]) {
      assert.deepEqual(findings({ 'disclosure/fees/amount': tiny }), ['V-07'], String(tiny));
      assert.deepEqual(findings({ 'disclosure/licensing/decisions': tiny }), ['V-05'], String(tiny));
    }
    assert.deepEqual(findings({ 'disclosure/fees/amount': 1e-6 }), []);
    const { report } = read(
      cityPayload({ 'disclosure/licensing/decisions': 1_234_567_890_123, 'requests/total/social': 1e13 }),
    );
    assert.deepEqual(report.entries.get('disclosure/licensing/decisions'), {
      kind: 'text',
      raw: '1234567890123',
      reason: 'too-large',
    });
    const again = read(payloadText(report)).report;
    assert.ok(sameContent(again, report));
  });

  test('[P7] a missing table, row or cell is read as missing, found by S-01 and written as missing', () => {
    const payload = cityPayload();
    delete payload.tables['proceedings'];
    delete payload.tables['disclosure']!['fees'];
    delete payload.tables['requests']!['granted']!['social'];
    const { report } = read(payload);
    const findings = checkReport(checkedReport(report), OFFICIAL_RULES.rules);
    const absent = findings.filter((finding) => finding.rule === 'S-01');
    assert.deepEqual(
      absent.map((finding) => finding.cells.length),
      [1, 1, 15],
    );
    assert.deepEqual(
      absent.map((finding) => finding.cells[0]),
      ['disclosure/fees/amount', 'requests/granted/social', 'proceedings/review/upheld'],
    );
    assert.equal(
      canonicalJson(payloadOf(report)['tables']!),
      canonicalJson({
        ...payload.tables,
        requests: {
          ...payload.tables['requests'],
          granted: { ...payload.tables['requests']!['granted'], total: null },
          total: { ...payload.tables['requests']!['total'], social: null, total: null },
        },
      }),
    );
    const complete = completeReport(report);
    assert.equal(complete.entries.size, 166);
    assert.ok(!rulesOf(complete).includes('S-01'));
    assert.equal(completeReport(complete), complete);
  });

  test('[P8] a one-row （六） of a 2021 report is read into its third row, the other two count as nothing', () => {
    const figures = readCase('003');
    const { report, notes } = read({
      ...payloadFrom(figures),
      marks: { 'requests/other/social': { kind: 'not-applicable', raw: '/' } },
      tables: payloadFrom({ ...figures, cells: { ...figures.cells, 'requests/other/social': null } }).tables,
    });
    assert.deepEqual(
      notes.map((note) => note.code),
      ['one-row-other'],
    );
    assert.match(noteSentence(notes[0]!), /（六）其他处理在来源中只有一行/);
    assert.deepEqual(report.entries.get('requests/other.other/social'), { kind: 'not-applicable', raw: '/' });
    const merged = [...report.entries].filter(([, entry]) => entry.kind === 'merged').map(([id]) => id);
    assert.equal(merged.length, 12);
    assert.ok(merged.every((id) => /^requests\/other\.(correction|fee)-overdue\//.test(id)));
    assert.ok(!rulesOf(report).includes('S-01'));
    const written = payloadText(report);
    const again = read(written);
    assert.deepEqual(again.notes, []);
    assert.ok(sameContent(again.report, report));
    assert.equal(payloadText(again.report), written);
  });

  test('[P8] one row beside the three is no one-row report: its numbers are outside the form', () => {
    const payload = cityPayload();
    payload.tables['requests']!['other'] = { total: 4 };
    const { report, notes } = read(payload);
    assert.deepEqual(notes, []);
    assert.deepEqual(rulesOf(report), ['S-03']);
  });

  test('[P8] merged is believed of those two rows only: a blank cell elsewhere stays blank', () => {
    const { report, notes } = read({
      ...cityPayload({ 'requests/granted/social': null }),
      marks: { 'requests/granted/social': { kind: 'merged' } },
    });
    assert.deepEqual(report.entries.get('requests/granted/social'), { kind: 'blank' });
    assert.deepEqual(notes, [{ code: 'merged-elsewhere', path: 'marks/requests/granted/social' }]);
    assert.ok(rulesOf(report).includes('V-02'));
  });

  test('[P9] marks say why a cell has no number, and a number beside a mark wins with a note', () => {
    const marks = {
      'disclosure/rules/issued': { kind: 'not-applicable', raw: '/' },
      'disclosure/rules/repealed': { kind: 'text', raw: '12件' },
      'disclosure/rules/in-force': { kind: 'uncertain', raw: '7l', candidate: 71 },
      'disclosure/fees/amount': { kind: 'text', raw: '5' },
      'disclosure/licensing/decisions': { kind: 'text', raw: 'x' },
      'nowhere/at/all': { kind: 'text', raw: 'x' },
    };
    const cells: Cells = { 'disclosure/fees/amount': null };
    for (const column of ['issued', 'repealed', 'in-force']) cells[`disclosure/rules/${column}`] = null;
    const { report, notes } = read({ ...cityPayload(cells), marks });
    const expected: Record<string, Entry> = {
      'disclosure/rules/issued': { kind: 'not-applicable', raw: '/' },
      'disclosure/rules/repealed': { kind: 'text', raw: '12件', reason: 'not-a-number' },
      'disclosure/rules/in-force': { kind: 'uncertain', raw: '7l', candidate: 71_000_000n },
      // A text stays a text until somebody types it: a mark is no number.
      'disclosure/fees/amount': { kind: 'text', raw: '5', reason: 'not-a-number' },
      'disclosure/licensing/decisions': { kind: 'number', value: 11_398_889_000_000n },
    };
    for (const [id, entry] of Object.entries(expected)) assert.deepEqual(report.entries.get(id), entry);
    assert.deepEqual(notes, [
      { code: 'mark-on-number', path: 'marks/disclosure/licensing/decisions' },
      { code: 'unknown-cell', path: 'nowhere/at/all' },
    ]);
    for (const note of notes) assert.match(noteSentence(note), /[\u4e00-\u9fff].*。$/);
  });

  test('[P9] what a source said beside a mark stays with it, and goes when the cell is filled in', () => {
    const mark = { kind: 'text', raw: '12件', page: 4 };
    const payload = {
      ...cityPayload({ 'disclosure/rules/issued': null }),
      marks: { 'disclosure/rules/issued': mark },
    };
    const { report } = read(payload);
    assert.deepEqual(payloadOf(report)['marks'], payload.marks);
    assert.deepEqual(payloadOf(enter(report, { 'disclosure/rules/issued': '13件' }))['marks'], {
      'disclosure/rules/issued': { kind: 'text', raw: '13件' },
    });
    assert.equal(payloadOf(enter(report, { 'disclosure/rules/issued': '12' }))['marks'], undefined);
  });

  test('[P10] the check character of a credit code is verified', () => {
    const code = (text: string): string[] =>
      read({ ...cityPayload(), organization: { name: '示例市', code: text } }).notes.map((note) => note.code);
    assert.deepEqual(code('91350100M000100Y43'), []);
    assert.deepEqual(code('91350100M000100Y44'), ['code-check-character']);
    assert.deepEqual(code('91350100M000100Y34'), ['code-check-character']);
  });

  test('[P11] a newer version whose shape is still ours can be looked at, not written', () => {
    const result = read({ ...cityPayload(), schema: 'xxgk-annual-report/2' });
    assert.equal(result.readOnly, true);
    assert.deepEqual(result.notes, [{ code: 'newer-version', path: 'schema' }]);
    assert.equal(read(cityPayload()).readOnly, false);
  });

  for (const name of CASE_NAMES) {
    test(`[P12] case ${name} keeps its figures, its verdict and its totals on the way in and out`, () => {
      const figures = readCase(name);
      const { report } = read(payloadFrom(figures));
      const verdict = (given: Report): string[] =>
        checkReport(checkedReport(given), OFFICIAL_RULES.rules)
          .filter((finding) => finding.severity === 'must' && finding.pending.length === 0)
          .map((finding) => finding.rule)
          .sort();
      assert.deepEqual(verdict(report), figures.violations.map(([rule]) => rule).sort());
      const written = payloadText(report);
      assert.deepEqual(verdict(read(written).report), verdict(report));
      assert.equal(payloadText(read(written).report), written);
      if (figures.violations.length === 0 && figures.format === '2021')
        assert.deepEqual(payloadOf(report)['tables'], payloadFrom(figures).tables);
    });
  }

  test('[P12] a blank form is a draft without a fault', () => {
    const { report } = read(
      payloadFrom({ organization: '示例', year: 2025, format: '2021', cells: uniformCells('2021', null) }),
    );
    assert.ok(
      sameContent(report, {
        ...emptyReport('2021', 2025),
        head: { ...emptyReport('2021', 2025).head, 'organization.name': '示例' },
      }),
    );
  });
});
