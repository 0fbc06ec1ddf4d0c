import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { checkReport } from '../../src/checks/check-report.ts';
import { isBlocking } from '../../src/checks/finding.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import { sameEntry, type CellId, type Entry } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { completeReport, readDraft, readPayload } from '../../src/payload/read-payload.ts';
import { draftText } from '../../src/payload/write-payload.ts';
import { explain, settledFindings, withdraw } from '../../src/report/explanations.ts';
import { mergedReport, mergeReports, type Choice, type Merge } from '../../src/report/merge-reports.ts';
import { reportDifferences } from '../../src/report/report-differences.ts';
import { valuesOf } from '../../src/checks/checked-report.ts';
import {
  checkedReport,
  emptyReport,
  entryOf,
  HEAD_FIELDS,
  type HeadField,
  type Report,
} from '../../src/report/report.ts';
import { changedSinceSigned, sign } from '../../src/report/sign-off.ts';
import { applyChanges, changesFromTexts } from '../../src/report/transaction.ts';
import { cityCells, payloadFrom } from '../fixtures/reports.ts';
import { canonicalPayload } from '../payload/payload-arbitraries.ts';

const SEED = 20260101;
const FORMAT = FORMATS['2021'];
const received = 'requests/received/natural-person';
const granted = 'requests/granted/natural-person';
const total = 'requests/received/total';

function read(payload: object): Report {
  const result = readPayload(JSON.stringify(payload));
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.refusal));
  return result.report;
}
const city = (more: object = {}): Report =>
  read({
    ...payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells: cityCells() }),
    ...more,
  });
const enter = (report: Report, texts: Readonly<Record<CellId, string>>): Report =>
  applyChanges(report, changesFromTexts(report, Object.entries(texts)).changes);
const field = (report: Report, name: HeadField, to: string): Report =>
  applyChanges(report, [{ field: name, from: report.head[name], to }]);

function merged(ancestor: Report | undefined, ours: Report, theirs: Report): Merge {
  const result = mergeReports({ ancestor, ours, theirs });
  assert.ok(result.ok);
  return result.merge;
}
function join(merge: Merge, choices: Readonly<Record<string, Choice>> | Choice = {}): Report {
  const chosen = new Map(
    typeof choices === 'string'
      ? merge.conflicts.map(({ key }) => [key, choices] as const)
      : Object.entries(choices),
  );
  const result = mergedReport(merge, chosen);
  assert.ok(result.ok, result.ok ? '' : result.undecided.map(({ key }) => key).join());
  return result.report;
}
const keys = (places: readonly { readonly key: string }[]): string[] => places.map(({ key }) => key);

const stamp = { draft: true, findings: [], rules: '', open: 0, revision: { number: 1, base: null } };
/** Everything of a report but what is made anew with each stamp. */
const contentOf = (report: Report): unknown => ({
  text: draftText(report, stamp),
  absent: report.absentTotals,
  stated: [...report.statedTotals].sort(),
  extra: report.extraCells,
});

/** Any reports of one format, which may have nothing in common. */
const any = canonicalPayload.map((payload) => read(payload));
const two = fc.tuple(any, any).filter(([a, b]) => a.version === b.version);
/** Two people's edits of one report. */
const texts = fc.dictionary(
  fc.constantFrom(...FORMAT.cells.slice(0, 24).map(({ id }) => id)),
  fc.oneof(fc.nat(30).map(String), fc.constantFrom('', '/', '３', '2件')),
  { maxKeys: 12 },
);
const edits = fc.record({
  texts,
  head: fc.dictionary(fc.constantFrom(...HEAD_FIELDS), fc.constantFrom('', '甲', '2024'), { maxKeys: 2 }),
});
const edited = (report: Report, edit: { texts: Record<string, string>; head: object }): Report =>
  Object.entries(edit.head).reduce(
    (so, [name, to]) => field(so, name as HeadField, to as string),
    enter(report, edit.texts),
  );
const history = fc.tuple(edits, edits, edits).map(([first, one, other]) => {
  const ancestor = edited(emptyReport('2021', 2025), first);
  return { ancestor, ours: edited(ancestor, one), theirs: edited(ancestor, other) };
});
const choice = fc.constantFrom<Choice>('ours', 'theirs', 'ancestor');
const property = <Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  holds: (...values: Values) => void,
  numRuns = 200,
): void => fc.assert(fc.property(...arbitraries, holds), { seed: SEED, numRuns });

describe('differences of two reports', () => {
  test('[R39] cells, control totals, head, decisions, remarks, texts, sign-off: each place once, with both values', () => {
    const here = city({
      narrative: { overview: '甲', other: '同' },
      remarks: [{ cell: received, text: '甲' }],
    });
    const remarked = city({
      narrative: { overview: '乙', other: '同' },
      remarks: [{ cell: received, text: '乙' }],
      'x-host': { id: 7 },
    });
    const judged = { report: remarked, findings: [], values: valuesOf(checkedReport(remarked)) };
    const said = explain(
      { rule: 'Y-05', cells: [received] },
      { ...judged, previousValues: undefined },
      '因故',
      new Date(0),
    );
    let there = field(enter(remarked, { [granted]: '/', [total]: '5' }), 'signOff.filledBy', '张三');
    there = applyChanges(there, [said, sign(there, new Date(2026, 0, 5))]);
    const differences = reportDifferences(here, there)!;
    assert.deepEqual(
      differences.map((one) => [
        one.kind,
        one.kind === 'head'
          ? one.field
          : one.kind === 'carried'
            ? one.path.join('/')
            : 'cell' in one
              ? one.cell
              : 'rule' in one
                ? one.rule
                : '',
      ]),
      [
        ['head', 'signOff.filledBy'],
        ['cell', total],
        ['cell', granted],
        ['signed', ''],
        ['carried', 'narrative/overview'],
        ['remark', received],
        ['explanation', 'Y-05'],
        ['remark', received],
        ['carried', 'x-host'],
      ],
    );
    const at = (kind: string, nth = 0): readonly unknown[] => {
      const { here: one, there: other } = differences.filter((difference) => difference.kind === kind)[nth]!;
      return [one, other];
    };
    assert.deepEqual(at('head'), ['', '张三']);
    assert.deepEqual(at('cell'), [undefined, { kind: 'number', value: 5_000_000n }]);
    assert.deepEqual(at('cell', 1), [here.entries.get(granted), { kind: 'not-applicable', raw: '/' }]);
    assert.deepEqual(at('carried'), ['甲', '乙']);
    assert.deepEqual(at('carried', 1), [undefined, { id: 7 }]);
    assert.deepEqual(at('remark'), [{ cell: received, text: '甲' }, undefined]);
    assert.equal((at('explanation')[1] as { text: string }).text, '因故');
    assert.deepEqual(at('signed')[0], undefined);
  });

  test('[R39] how a number was typed, what is absent rather than empty, and what each stamp makes anew are none', () => {
    const blank = emptyReport('2021', 2025);
    const absent = read({
      schema: 'xxgk-annual-report/1',
      format: '2021',
      year: 2025,
      organization: { name: '' },
      tables: {},
      narrative: { overview: '' },
      revision: { number: 7, base: null },
      generator: 'other',
    });
    assert.deepEqual(reportDifferences(blank, absent), []);
    assert.deepEqual(
      reportDifferences(enter(blank, { [received]: '1234' }), enter(blank, { [received]: '１，２３４' })),
      [],
    );
    const signed = applyChanges(absent, [sign(absent, new Date(2026, 0, 5))]);
    const complete = completeReport(absent);
    assert.deepEqual(
      reportDifferences(signed, applyChanges(complete, [sign(complete, new Date(2026, 0, 5))])),
      [],
    );
    // Zero, blank, "/" and text are four things.
    const four = ['0', '', '/', '0件'].map((text) => enter(blank, { [received]: text }));
    for (const one of four)
      for (const other of four) assert.equal(reportDifferences(one, other)!.length, one === other ? 0 : 1);
  });

  test('[R39] a report differs from itself nowhere, and from another wherever a cell does; other formats are not compared', () => {
    property(
      [two],
      ([a, b]) => {
        assert.deepEqual(reportDifferences(a, a), []);
        const cells = reportDifferences(a, b)!.flatMap((one) => (one.kind === 'cell' ? [one.cell] : []));
        const expected = FORMATS[a.version].cells.filter((cell) => {
          const [one, other] = [entryOf(a, cell), entryOf(b, cell)];
          return one.kind === 'number' && other.kind === 'number'
            ? one.value !== other.value
            : !sameEntry(one, other);
        });
        assert.deepEqual(
          cells,
          expected.map(({ id }) => id),
        );
      },
      30,
    );
    assert.equal(reportDifferences(emptyReport('2021'), emptyReport('2019')), undefined);
  });
});

describe('merging', () => {
  test('[R40] merging with what nobody changed gives the other report, whatever it carries', () => {
    property(
      [two],
      ([a, b]) => {
        const wanted = contentOf(b);
        for (const merge of [merged(a, b, a), merged(a, a, b), merged(a, b, b)]) {
          assert.deepEqual(merge.conflicts, []);
          assert.deepEqual(contentOf(join(merge)), wanted);
        }
      },
      40,
    );
  });

  test('[R40] conflicts are the same from both sides, and choosing a side is choosing it', () => {
    property([history], ({ ancestor, ours, theirs }) => {
      const [one, other] = [merged(ancestor, ours, theirs), merged(ancestor, theirs, ours)];
      assert.deepEqual(keys(one.conflicts).sort(), keys(other.conflicts).sort());
      assert.deepEqual(reportDifferences(join(one, 'ours'), join(other, 'theirs')), []);
      assert.deepEqual(reportDifferences(join(one, 'ancestor'), join(other, 'ancestor')), []);
    });
  });

  test('[R40] every value comes from one of the three, and what anybody typed is there or was decided about', () => {
    property([history, fc.func(choice)], ({ ancestor, ours, theirs }, choose) => {
      const merge = merged(ancestor, ours, theirs);
      const choices = new Map(merge.conflicts.map(({ key }) => [key, choose(key)]));
      const result = mergedReport(merge, choices);
      assert.ok(result.ok);
      const decided = new Map(
        merge.conflicts.flatMap((place) =>
          place.kind === 'cell' ? [[place.cell, choices.get(place.key)!] as const] : [],
        ),
      );
      for (const cell of FORMAT.cells) {
        const of = (report: Report): Entry => entryOf(report, cell);
        const was = of(ancestor);
        const here = of(ours);
        const there = of(theirs);
        const now = of(result.report);
        assert.ok(
          [was, here, there].some((entry) => sameEntry(entry, now)),
          cell.id,
        );
        // Written down anew, without the merge: a cell with two new values, and only that, is decided about.
        const value = (entry: Entry): string =>
          entry.kind === 'number' ? `=${entry.value}` : `${entry.kind} ${'raw' in entry ? entry.raw : ''}`;
        const isNew = [here, there].map((entry) => value(entry) !== value(was));
        const isConflict = isNew[0]! && isNew[1]! && value(here) !== value(there);
        assert.equal(decided.has(cell.id), isConflict, cell.id);
        const taken = { ours: here, theirs: there, ancestor: was };
        const wanted = isConflict ? taken[decided.get(cell.id)!] : isNew[0] ? here : there;
        assert.equal(value(now), value(wanted), cell.id);
      }
      for (const name of HEAD_FIELDS) {
        const of = ({ head }: Report): string => head[name];
        const isConflict =
          of(ours) !== of(ancestor) && of(theirs) !== of(ancestor) && of(ours) !== of(theirs);
        assert.equal(
          merge.conflicts.some((place) => place.kind === 'head' && place.field === name),
          isConflict,
        );
        if (!isConflict) assert.equal(of(result.report), of(ours) !== of(ancestor) ? of(ours) : of(theirs));
      }
    });
  });

  test('[R40] without an ancestor every difference is a conflict', () => {
    property(
      [two],
      ([a, b]) => {
        const merge = merged(undefined, a, b);
        assert.deepEqual(keys(merge.conflicts).sort(), keys(reportDifferences(a, b)!).sort());
        assert.deepEqual(reportDifferences(join(merge, 'ours'), a), []);
        assert.deepEqual(reportDifferences(join(merge, 'theirs'), b), []);
      },
      30,
    );
    const [one, other] = [emptyReport('2019'), emptyReport('2021')];
    assert.equal(merged(one, other, other).ancestor, undefined);
    // A cell that one side does not have at all is there.
    const absent = { ...other, entries: new Map() };
    for (const merge of [merged(undefined, absent, other), merged(undefined, other, absent)])
      assert.equal(join(merge).entries.size, FORMAT.inputs.length);
  });

  test('[R40] with a conflict open there is no report, but the list of what is open; other formats are refused', () => {
    const was = enter(emptyReport('2021', 2025), { [received]: '1' });
    const merge = merged(
      was,
      enter(was, { [received]: '2', [granted]: '7' }),
      enter(was, { [received]: '3' }),
    );
    const result = mergedReport(merge, new Map());
    assert.equal(result.ok, false);
    assert.deepEqual(
      (result.ok ? [] : result.undecided).map((place) => [place.kind === 'cell' && place.cell, place.ours]),
      [[received, { kind: 'number', value: 2_000_000n }]],
    );
    const [key] = keys(merge.conflicts) as [string];
    const texts = (['ours', 'theirs', 'ancestor'] as const).map((side) => {
      const report = join(merge, { [key]: side });
      return [received, granted].map(
        (id) => (report.entries.get(id) as { value: bigint }).value / 1_000_000n,
      );
    });
    assert.deepEqual(texts, [
      [2n, 7n],
      [3n, 7n],
      [1n, 7n],
    ]);
    assert.throws(
      () =>
        mergedReport(
          merge,
          new Map([
            [key, 'ours'],
            ['x', 'ours'],
          ]),
        ),
      RangeError,
    );
    const lost = merged(undefined, merge.ours, merge.theirs);
    const all = new Map(lost.conflicts.map((place) => [place.key, 'ancestor' as const]));
    assert.throws(() => mergedReport(lost, all), RangeError);
    assert.deepEqual(mergeReports({ ancestor: was, ours: was, theirs: emptyReport('2019') }), {
      ok: false,
      refusal: { code: 'other-format', ours: '2021', theirs: '2019' },
    });
  });

  test('[R40] drafts of one report, each written down with its own stamp and read again, conflict in what was typed only', () => {
    const kept = (report: Report, number: number): Report => {
      const result = readDraft(
        draftText(report, { ...stamp, open: number, revision: { number, base: null } }),
      );
      assert.ok(result.ok);
      return result.report;
    };
    const was = field(emptyReport('2021', 2025), 'year', '二〇二五');
    const ours = enter(was, { [received]: '１２', [total]: '9', [granted]: '3件' });
    const theirs = enter(was, { [received]: '13', [total]: '9', 'proceedings/review/upheld': '/' });
    for (const ancestor of [was, kept(was, 1)]) {
      const merge = merged(ancestor, kept(ours, 2), kept(theirs, 3));
      assert.deepEqual(
        merge.conflicts.map((place) => place.kind === 'cell' && place.cell),
        [received],
      );
      const report = join(merge, 'ours');
      assert.equal(report.head.year, '二〇二五');
      assert.deepEqual(report.entries.get(received), { kind: 'number', value: 12_000_000n, raw: '１２' });
      assert.deepEqual(report.controls.get(total), { kind: 'number', value: 9_000_000n });
      assert.deepEqual(reportDifferences(report, enter(ours, { 'proceedings/review/upheld': '/' })), []);
    }
  });

  test('[R40] the three reports stay as they were', () => {
    property(
      [two],
      ([a, b]) => {
        const before = [a, b].map((report) => canonicalJson(contentOf(report) as Json));
        join(merged(undefined, a, b), 'theirs');
        assert.deepEqual(
          [a, b].map((report) => canonicalJson(contentOf(report) as Json)),
          before,
        );
      },
      15,
    );
  });
});

describe('what is more than cells', () => {
  const years = (report: Report) => ({ values: valuesOf(checkedReport(report)), previousValues: undefined });
  const findingsOf = (report: Report) => checkReport(checkedReport(report), OFFICIAL_RULES.rules);
  const judged = (report: Report) => ({ report, findings: findingsOf(report), ...years(report) });
  const DAY = new Date('2026-01-05T08:00:00Z');

  test('[R41] decisions about different values are both kept and the one that fits counts; about the same values they conflict', () => {
    const township = completeReport(city({ organization: { name: '示例乡', kind: 'township' } }));
    const rule = 'T2-03';
    const subjectOf = (report: Report) => findingsOf(report).find((finding) => finding.rule === rule)!;
    const decide = (report: Report, text: string): Report =>
      applyChanges(report, [explain(subjectOf(report), judged(report), text, DAY)]);
    const cell = subjectOf(township).cells[0]!;
    const said = decide(township, '原因');
    const ours = decide(enter(said, { [cell]: '77' }), '本页的原因');
    const theirs = decide(enter(said, { [cell]: '88' }), '另一页的原因');
    const merge = merged(said, ours, theirs);
    assert.deepEqual(
      merge.conflicts.map(({ kind }) => kind),
      ['cell'],
    );
    for (const [side, text] of [
      ['ours', '本页的原因'],
      ['theirs', '另一页的原因'],
    ] as const) {
      const report = join(merge, side);
      const settled = settledFindings(findingsOf(report), report, years(report));
      assert.deepEqual(
        [...settled.values()].map((one) => one.text),
        [text],
      );
    }
    const [here, there] = [decide(said, '本页的原因'), decide(said, '另一页的原因')];
    const same = merged(said, here, there);
    assert.deepEqual(
      same.conflicts.map(({ kind }) => kind),
      ['explanation'],
    );
    assert.deepEqual(join(same, 'theirs').explanations, there.explanations);
    // Taken back here and changed there is a conflict as well; taken back here only is gone.
    const back = applyChanges(said, [withdraw(subjectOf(said), judged(said))!]);
    assert.equal(merged(said, back, there).conflicts.length, 1);
    assert.deepEqual(join(merged(said, back, there), 'ours').explanations, []);
    assert.deepEqual(join(merged(said, back, said)).explanations, []);
    // The same decision at another minute is the same decision.
    const later = applyChanges(township, [
      explain(subjectOf(township), judged(township), '原因', new Date(0)),
    ]);
    assert.deepEqual(merged(township, said, later).conflicts, []);
  });

  test('[R41] remarks of both sides are kept, and what is carried along unread is joined member by member', () => {
    const remark = (text: string): object => ({ cell: received, text });
    const was = city({ remarks: [remark('甲')], contact: { phone: '1' }, 'x-id': { a: 1, b: 1 } });
    const ours = city({
      remarks: [remark('甲'), remark('乙')],
      contact: { phone: '1', address: '路1号' },
      narrative: { overview: '总' },
      'x-id': { a: 2, b: 1 },
      'x-ours': [1],
    });
    const theirs = city({
      remarks: [remark('丙'), remark('甲')],
      contact: { phone: '2' },
      narrative: { other: '其' },
      'x-id': { a: 1, b: 2 },
    });
    const merge = merged(was, ours, theirs);
    // What nobody here understands is chosen whole: half of each may be nonsense.
    assert.deepEqual(
      merge.conflicts.map((place) => place.kind === 'carried' && place.path),
      [['x-id']],
    );
    const { carried } = join(merge, 'theirs');
    assert.deepEqual(carried['remarks'], [remark('甲'), remark('乙'), remark('丙')]);
    assert.deepEqual(carried['contact'], { phone: '2', address: '路1号' });
    assert.deepEqual(carried['narrative'], { overview: '总', other: '其' });
    assert.deepEqual([carried['x-id'], carried['x-ours']], [{ a: 1, b: 2 }, [1]]);
    // In the order of the side that changed something.
    for (const one of [merged(was, was, theirs), merged(was, theirs, was)])
      assert.deepEqual(join(one).carried['remarks'], [remark('丙'), remark('甲')]);
  });

  test('[R41] what is said twice stays said twice', () => {
    const said = {
      rule: 'Y-04',
      cells: [received],
      values: `sha256:${'0'.repeat(64)}`,
      kind: 'confirmed',
      at: '',
    };
    const remark = { cell: received, text: '甲' };
    const twice = city({ remarks: [remark, remark], explanations: [said, said] });
    const once = city({ remarks: [remark], explanations: [said] });
    for (const merge of [
      merged(once, twice, once),
      merged(city(), once, twice),
      merged(twice, twice, twice),
    ]) {
      const report = join(merge);
      assert.deepEqual(report.carried['remarks'], [remark, remark]);
      assert.deepEqual(report.explanations, [said, said]);
    }
  });

  test('[R41] what a source said beside a mark goes with the cell that is chosen', () => {
    const marked = (raw: string): Report => {
      const cells = { ...cityCells(), [granted]: null };
      const payload = payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells });
      return read({ ...payload, marks: { [granted]: { kind: 'text', raw, 'x-source': `在${raw}` } } });
    };
    const [was, ours, theirs] = ['1件', '2件', '3件'].map(marked) as [Report, Report, Report];
    for (const ancestor of [was, undefined]) {
      const merge = merged(ancestor, ours, theirs);
      const [key] = keys(merge.conflicts.filter(({ kind }) => kind === 'cell')) as [string];
      assert.equal(merge.conflicts.filter(({ kind }) => kind === 'carried').length, 0);
      const choices = Object.fromEntries(keys(merge.conflicts).map((one) => [one, 'ours' as Choice]));
      const payload = JSON.parse(draftText(join(merge, { ...choices, [key]: 'theirs' }), stamp)) as {
        marks: object;
      };
      assert.deepEqual(payload.marks, { [granted]: { kind: 'text', raw: '3件', 'x-source': '在3件' } });
    }
  });

  test('[R41] members that are called like members of every object are members like any other', () => {
    const of = (value: number): Report => city({ toString: { a: value, b: 1 }, contact: { valueOf: value } });
    const merge = merged(of(0), of(1), of(2));
    assert.deepEqual(
      merge.conflicts.map((place) => place.kind === 'carried' && [place.path, place.ours, place.theirs]),
      [
        [['toString'], { a: 1, b: 1 }, { a: 2, b: 1 }],
        [['contact', 'valueOf'], 1, 2],
      ],
    );
    const { carried } = join(merge, 'theirs');
    assert.deepEqual(carried['toString'], { a: 2, b: 1 });
    assert.deepEqual(carried['contact'], { valueOf: 2 });
  });

  test('[R41] numbers outside the format are places too', () => {
    const outside = (value: number): Report => {
      const payload = payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells: cityCells() });
      payload.tables['requests']!['subtotal'] = { 'natural-person': value };
      return read(payload);
    };
    const merge = merged(city(), outside(1), outside(2));
    assert.deepEqual(
      merge.conflicts.map((place) => place.kind === 'carried' && place.path.join('/')),
      ['tables/requests/subtotal/natural-person'],
    );
    assert.deepEqual(join(merge, 'theirs').extraCells, ['requests/subtotal/natural-person']);
    assert.deepEqual(join(merge, 'ancestor').extraCells, []);
  });

  test('[R41] a signature stays with the figures it speaks of: what came from the other side is told as changed since', () => {
    const was = completeReport(city());
    const ours = applyChanges(was, [sign(was, new Date(2026, 0, 5))]);
    const theirs = enter(was, { [received]: '7' });
    const report = join(merged(was, ours, theirs));
    assert.equal(report.signed?.at, '2026-01-05');
    assert.deepEqual(
      changedSinceSigned(report).map(({ cell, now }) => [cell, now]),
      [[received, 7]],
    );
    const both = merged(was, ours, applyChanges(theirs, [sign(theirs, new Date(2026, 0, 5))]));
    assert.deepEqual(
      both.conflicts.map(({ kind }) => kind),
      ['signed'],
    );
    assert.deepEqual(changedSinceSigned(join(both, 'theirs')), []);
    assert.equal(changedSinceSigned(join(both, 'ours')).length, 1);
  });

  test('[R41] a total that a source stated is evidence beside all of its parts only', () => {
    const was = city();
    assert.ok(was.statedTotals.has(total));
    const sorted = (report: Report): string[] => [...report.statedTotals].sort();
    const ours = enter(was, { [received]: '7' });
    const theirs = enter(was, { [granted]: '9' });
    assert.deepEqual(
      sorted(join(merged(was, ours, theirs))),
      sorted(ours).filter((id) => theirs.statedTotals.has(id)),
    );
    assert.deepEqual(sorted(join(merged(undefined, was, ours), 'ours')), sorted(was));
    assert.deepEqual(sorted(join(merged(undefined, was, ours), 'theirs')), sorted(ours));
    // A control total is there instead.
    const typed: Report = { ...was, statedTotals: new Set() };
    const control = join(merged(typed, was, enter(typed, { [total]: '5' })));
    assert.equal(control.controls.size, 1);
    assert.ok(!control.statedTotals.has(total));
    assert.ok(control.statedTotals.has('requests/granted/total'));
    // A total that one side did not have at all is there.
    const lacking: Report = { ...was, absentTotals: [total], statedTotals: new Set() };
    assert.deepEqual(join(merged(undefined, lacking, was)).absentTotals, []);
    assert.deepEqual(join(merged(undefined, lacking, lacking)).absentTotals, [total]);
    // Both sides state the total, of different parts: of a mixture nobody did.
    const cells = cityCells();
    const other = {
      ...cells,
      [received]: cells[received]! + 1,
      'requests/received/other': cells['requests/received/other']! - 1,
    };
    const shifted = read(payloadFrom({ organization: '示例市', year: 2025, format: '2021', cells: other }));
    const merge = merged(undefined, was, shifted);
    const [first, second] = keys(merge.conflicts.filter(({ kind }) => kind === 'cell')) as [string, string];
    const choices = Object.fromEntries(keys(merge.conflicts).map((key) => [key, 'ours' as Choice]));
    assert.ok(join(merge, choices).statedTotals.has(total));
    assert.ok(!join(merge, { ...choices, [first]: 'theirs' }).statedTotals.has(total));
    assert.ok(
      join(merge, { ...choices, [first]: 'theirs', [second]: 'theirs' }).statedTotals.has(
        'requests/received/total',
      ),
    );
  });

  test('[R41] a joined report meets the same checks as any other', () => {
    const was = completeReport(city());
    const blocking = (report: Report): string[] =>
      findingsOf(report)
        .filter(isBlocking)
        .map((finding) => finding.rule);
    assert.deepEqual(blocking(was), []);
    const more = (report: Report, id: CellId): Report =>
      enter(report, { [id]: String(cityCells()[id]! + 1) });
    // Each side added a request and what became of it; both found the same one missing.
    const ours = more(more(was, received), granted);
    const theirs = more(more(was, received), 'requests/partly-granted/natural-person');
    assert.deepEqual([blocking(ours), blocking(theirs)], [[], []]);
    const merge = merged(was, ours, theirs);
    assert.deepEqual(merge.conflicts, []);
    // In the column, and in the totals.
    assert.deepEqual(blocking(join(merge)), ['T3-01', 'T3-01']);
  });
});
