/** Rule packs: what they add and change, what is refused and in which words, and what they may cost. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { checkReport } from '../../src/checks/check-report.ts';
import { diagnose } from '../../src/checks/diagnose.ts';
import { isBlocking, isViolation } from '../../src/checks/finding.ts';
import { MAX_PACK_RULES, readRulePack } from '../../src/checks/read-rule-pack.ts';
import { packRefusalZh, packSummaryZh, ruleChangeZh } from '../../src/checks/rule-pack-words-zh.ts';
import { PROTECTED_RULES, withRulePack, type RulePack } from '../../src/checks/rule-pack.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { findingSentenceEn } from '../../src/checks/wording-en.ts';
import { findingSentenceZh, findingTitleZh } from '../../src/checks/wording-zh.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { cityCells, editedReport, publishedReport, uniformCells } from '../fixtures/reports.ts';

const FORMAT = FORMATS['2021'];
const SAMPLE = readFileSync(new URL('../../demo/samples/rule-pack.json', import.meta.url), 'utf8');

type Draft = Record<string, unknown>;

/** A rule that holds when at least as many licences as penalties were decided. */
const RULE: Draft = {
  id: 'HN-01',
  severity: 'verify',
  source: '某省填报说明第1条',
  title: '许可与处罚',
  holds: {
    left: ['disclosure/licensing/decisions'],
    sign: '>=',
    right: ['disclosure/penalties/decisions'],
  },
  wording: { zh: '{cell}为{left}，少于处罚{right}。' },
};

const packOf = (more: Draft = {}): Draft => ({
  schema: 'xxgk-rule-pack/1',
  id: 'hunan',
  version: '2026.1',
  title: '某省补充规则',
  rules: [RULE],
  ...more,
});
const withRule = (more: Draft): Draft => packOf({ rules: [{ ...RULE, ...more }] });

function accepted(pack: unknown): RulePack {
  const reading = readRulePack(typeof pack === 'string' ? pack : JSON.stringify(pack));
  if (!reading.ok) assert.fail(packRefusalZh(reading.refusal));
  return reading.pack;
}

function refusal(pack: unknown): string {
  const reading = readRulePack(typeof pack === 'string' ? pack : JSON.stringify(pack));
  assert.equal(reading.ok, false);
  const sentence = packRefusalZh((reading as Extract<typeof reading, { ok: false }>).refusal);
  assert.match(sentence, /^补充规则没有采用：.+。$/);
  // What it quotes is the pack's own.
  assert.doesNotMatch(sentence.replace(/“[^”]*”/g, ''), /undefined|null(?!（空白）)|\[object|NaN/);
  assert.doesNotMatch(sentence, /\p{C}/u);
  assert.ok(sentence.length < 700, String(sentence.length));
  return sentence;
}

const rulesWith = (pack: unknown) => withRulePack(OFFICIAL_RULES, accepted(pack));
const idsOf = (findings: readonly { rule: string }[]): string[] => [
  ...new Set(findings.map(({ rule }) => rule)),
];

describe('what a pack does', () => {
  test('[C31] adds a rule to the official ones, under a version of both', () => {
    const set = rulesWith(packOf());
    assert.equal(set.version, '1+hunan@2026.1');
    assert.equal(set.changed, undefined);
    const cells = uniformCells('2021');
    assert.deepEqual(idsOf(checkReport(editedReport(cells), set.rules)), []);
    cells['disclosure/penalties/decisions'] = 3;
    const [finding] = checkReport(editedReport(cells), set.rules).filter(({ rule }) => rule === 'HN-01');
    assert.deepEqual(finding!.cells, ['disclosure/licensing/decisions', 'disclosure/penalties/decisions']);
    assert.equal(finding!.severity, 'verify');
    assert.equal(finding!.difference, -3_000_000n);
  });

  test('[C31] gives an official rule another severity or switches it off, and leaves the rest', () => {
    const cells = cityCells();
    cells['requests/total/social'] = cells['requests/total/social']! + 1;
    cells['proceedings/review/total'] = cells['proceedings/review/total']! + 1;
    const report = publishedReport(cells);
    const before = checkReport(report, OFFICIAL_RULES.rules);
    const source = '某省填报说明第2条';
    const set = rulesWith(
      packOf({
        rules: [],
        changes: [
          { rule: 'T3-02', off: true, source },
          { rule: 'T4-01', severity: 'verify', onFinishing: 'must', source },
          { rule: 'V-03', severity: 'info', source },
        ],
      }),
    );
    assert.deepEqual(set.changed, { 'T3-02': 'off', 'T4-01': 'verify', 'V-03': 'info' });
    const after = checkReport(report, set.rules);
    assert.ok(before.some(({ rule }) => rule === 'T3-02'));
    // A stated total whose equation stops no report any more is compared as a stated total.
    assert.deepEqual(
      after.filter(({ rule }) => rule !== 'V-12'),
      before
        .filter(({ rule }) => rule !== 'T3-02')
        .map((finding) =>
          finding.rule === 'T4-01' ? { ...finding, severity: 'verify', onFinishing: 'must' } : finding,
        ),
    );
    assert.deepEqual(
      after.flatMap(({ rule, cells: named }) => (rule === 'V-12' ? named : [])),
      ['proceedings/review/total'],
    );
    const finishing = checkReport(report, set.rules, { finishing: true });
    assert.ok(finishing.some((finding) => finding.rule === 'T4-01' && isBlocking(finding)));
    const slashed = checkReport(
      {
        ...report,
        entries: new Map(report.entries).set('requests/received/other', { kind: 'not-applicable', raw: '/' }),
      },
      set.rules,
      { finishing: true },
    ).filter(({ rule }) => rule === 'V-03');
    // The severity on finishing belonged to the official severity.
    assert.deepEqual(
      slashed.map(({ severity }) => severity),
      ['info'],
    );
  });

  test('[C31] an equation of a pack takes part in the diagnosis, one that is switched off does not', () => {
    const source = '某省填报说明第2条';
    const cells = uniformCells('2021', 0);
    cells['disclosure/penalties/decisions'] = 12;
    cells['disclosure/coercive-measures/decisions'] = 21;
    const set = rulesWith(
      packOf({
        rules: [
          {
            ...RULE,
            severity: 'must',
            holds: {
              left: [{ cell: 'disclosure/penalties/decisions', times: 2 }],
              sign: '=',
              right: [{ cell: 'disclosure/coercive-measures/decisions', times: 2 }],
            },
          },
        ],
        tests: [
          { rule: 'HN-01', cells: {}, holds: true },
          { rule: 'HN-01', cells: { 'disclosure/penalties/decisions': 1 }, holds: false },
        ],
      }),
    );
    assert.deepEqual(diagnose(editedReport(cells), OFFICIAL_RULES.rules).repairs, []);
    const { repairs } = diagnose(editedReport(cells), set.rules);
    assert.ok(repairs.length > 0);
    assert.deepEqual(repairs[0]!.rules, ['HN-01']);
    for (const { changes } of repairs) {
      const after = { ...cells };
      for (const { cell, to } of changes) after[cell] = Number(to / 1_000_000n);
      assert.deepEqual(checkReport(editedReport(after), set.rules).filter(isBlocking), []);
    }

    const printed = { ...uniformCells('2021'), 'proceedings/review/total': 5 };
    assert.notDeepEqual(diagnose(publishedReport(printed), OFFICIAL_RULES.rules).repairs, []);
    const without = rulesWith(packOf({ rules: [], changes: [{ rule: 'T4-01', off: true, source }] }));
    assert.deepEqual(diagnose(publishedReport(printed), without.rules).repairs, []);
  });

  test('[C31] guards, variables, last year’s cells and named tests work; 2021 is the format where none is named', () => {
    const pack = accepted(SAMPLE);
    assert.deepEqual(
      pack.rules.map(({ formats }) => formats),
      [['2021'], ['2021'], ['2021']],
    );
    assert.deepEqual(
      pack.rules.map(({ previousFormats }) => previousFormats),
      [['2021'], undefined, ['2021']],
    );
    const now = { ...uniformCells('2021'), 'disclosure/penalties/decisions': 50 };
    const last = { ...uniformCells('2021'), 'disclosure/penalties/decisions': 10 };
    const { rules } = withRulePack(OFFICIAL_RULES, pack);
    const previous = editedReport(last);
    assert.deepEqual(idsOf(checkReport(editedReport(now), rules)), []);
    assert.deepEqual(idsOf(checkReport(editedReport(now), rules, { previous })), ['EX-03']);
    assert.deepEqual(
      idsOf(
        checkReport(editedReport(uniformCells('2019'), '2019'), rules).filter(({ rule }) =>
          rule.startsWith('EX'),
        ),
      ),
      [],
    );
  });

  test('[C32] the words of a pack are filled in and stand beside its title and clause', () => {
    const cells = { ...uniformCells('2021'), 'disclosure/penalties/decisions': 3 };
    const worded = (wording: object) =>
      checkReport(editedReport(cells), rulesWith(withRule({ wording })).rules).find(
        ({ rule }) => rule === 'HN-01',
      )!;
    const finding = worded({
      zh: '{table}{row}（{column}）：{left}比{right}少{difference}，{cell}，共{count}格。',
    });
    assert.equal(
      findingSentenceZh(finding, FORMAT),
      '表二行政许可（本年处理决定数量）：0比3少3，行政许可—本年处理决定数量，共2格。',
    );
    assert.equal(findingTitleZh(finding), '许可与处罚');
    assert.equal(finding.source, '某省填报说明第1条');
    assert.equal(findingSentenceEn(finding, FORMAT), findingSentenceZh(finding, FORMAT));
    const english = worded({ zh: '甲', en: '{cell}: {left} < {right}'.replace('<', 'is less than') });
    assert.equal(findingSentenceEn(english, FORMAT), '行政许可—本年处理决定数量: 0 is less than 3');

    const blank = { ...uniformCells('2021'), 'disclosure/penalties/decisions': null };
    const pending = checkReport(
      editedReport(blank),
      rulesWith(withRule({ holds: { ...(RULE['holds'] as object), sign: '=' } })).rules,
    ).find(({ rule }) => rule === 'HN-01')!;
    assert.equal(findingSentenceZh(pending, FORMAT), '未填完：许可与处罚，还有1格没有数字。');
  });

  test('[C32] a pack is summed up, and each change told with its clause', () => {
    const pack = accepted(SAMPLE);
    assert.equal(packSummaryZh(pack), '示例省补充规则 2026.1（增加 3 项，停用 1 项，调整级别 1 项）');
    assert.deepEqual(pack.changes.map(ruleChangeZh), [
      '停用 Y-04 行政规范性文件逐年衔接（依据：由 EX-01 代替）',
      'T2-01 规章件数 改为提示（依据：示例省年报填报说明第4条）',
    ]);
  });
});

describe('what is refused', () => {
  const CELL = 'disclosure/licensing/decisions';
  const holds = RULE['holds'] as Draft;
  const cases: readonly (readonly [what: string, pack: unknown, sentence: RegExp])[] = [
    ['no JSON', '{"schema":', /不是有效的 JSON：第1行第11列处中断/],
    ['an empty file', '', /文件是空的/],
    ['a list', [], /文件开头应为对象/],
    [
      'a report',
      { schema: 'xxgk-annual-report/1' },
      /schema 是“xxgk-annual-report\/1”，应为 xxgk-rule-pack\/1/,
    ],
    ['no schema', {}, /没有标明 "schema"/],
    ['no id', packOf({ id: undefined }), /“id”没有填写/],
    ['an id that would not stand in the payload', packOf({ id: 'Hu+nan' }), /“id”应为小写字母/],
    ['a version that would not either', packOf({ version: '2026@1' }), /“version”应为数字、字母/],
    ['neither rules nor changes', packOf({ rules: [] }), /既没有规则（rules）也没有调整/],
    ['rules that are no list', packOf({ rules: null }), /“rules”应为数组/],
    [
      'a misspelt member',
      withRule({ severty: 'must' }),
      /第1条规则的“severty”不是规则文件中的项。是否为“severity”？/,
    ],
    ['a misspelt member of the pack', packOf({ rulse: [] }), /“rulse”不是.*是否为“rules”/],
    [
      'a severity of typed texts',
      withRule({ severity: 'format' }),
      /第1条规则（HN-01）的“severity”应为info、verify、must之一/,
    ],
    ['a rule without a clause', withRule({ source: undefined }), /（HN-01）的“source”没有填写/],
    ['a rule without a sentence', withRule({ wording: {} }), /“wording\/zh”没有填写/],
    ['no expression', withRule({ holds: undefined }), /holds 和 test 应当写一个/],
    ['two expressions', withRule({ test: { name: 'whole-number', cell: CELL } }), /holds 和 test 应当写一个/],
    ['a small id', withRule({ id: 'hn-1' }), /“id”应为大写字母/],
    ['an id twice', packOf({ rules: [RULE, RULE] }), /第2条规则（HN-01）的“id”：“HN-01”出现了两次/],
    ['an unknown sign', withRule({ holds: { ...holds, sign: '≤' } }), /“holds\/sign”应为=、<=、>=、<、>之一/],
    ['an empty side', withRule({ holds: { ...holds, right: [] } }), /“holds\/right”是空的/],
    [
      'a fraction for a coefficient',
      withRule({ holds: { ...holds, right: [{ cell: CELL, times: 0.3 }] } }),
      /“holds\/right\/0\/times”应为整数（-10000至10000）/,
    ],
    [
      'nought for a coefficient',
      withRule({ holds: { ...holds, right: [{ cell: CELL, times: 0 }] } }),
      /times”应为整数/,
    ],
    [
      'an endless number',
      JSON.stringify(withRule({ holds: { ...holds, right: [{ constant: 7 }] } })).replace(':7', ':1e999'),
      /数字过大/,
    ],
    [
      'a number with seven decimals',
      withRule({ holds: { ...holds, right: [{ constant: 0.0000001 }] } }),
      /constant”应为不超过一万亿的数字，小数最多6位/,
    ],
    ['a term of no sort', withRule({ holds: { ...holds, right: [5] } }), /“holds\/right\/0”应为格的编号/],
    [
      'a variable that is not given',
      withRule({ holds: { ...holds, left: ['disclosure/{row}/decisions'] } }),
      /用到了\{row\}，但 over 中没有给出/,
    ],
    [
      'a variable of Object',
      withRule({ holds: { ...holds, left: ['disclosure/{toString}/decisions'] } }),
      /用到了\{toString\}/,
    ],
    ['a variable that is not used', withRule({ over: { row: ['rules'] } }), /“over”中的“row”没有用到/],
    [
      'a variable without values',
      withRule({ over: { row: [] }, holds: { ...holds, left: ['disclosure/{row}/decisions'] } }),
      /“over\/row”是空的/,
    ],
    [
      'last year alone',
      withRule({ holds: { left: [`previous:${CELL}`], sign: '>', right: [{ constant: 0 }] } }),
      /没有用到本年报告的格/,
    ],
    [
      'an unknown test',
      withRule({ holds: undefined, test: { name: 'no-jmp', cell: CELL } }),
      /“test\/name”应为entry-is-not、/,
    ],
    [
      'a parameter that is missing',
      withRule({ holds: undefined, test: { name: 'no-jump', cell: CELL, factor: 3 } }),
      /“test\/floor”没有填写/,
    ],
    [
      'a parameter of another test',
      withRule({ holds: undefined, test: { name: 'no-zero-flip', cell: CELL, factor: 3 } }),
      /“test\/factor”不是/,
    ],
    [
      'a total that is none',
      withRule({ holds: undefined, wording: { zh: '甲' }, test: { name: 'total-with-parts', cell: CELL } }),
      /不是总计格/,
    ],
    [
      'a reason that no blank has',
      withRule({
        holds: undefined,
        wording: { zh: '甲' },
        test: { name: 'entry-is-not', cell: CELL, kind: 'blank', reason: 'too-large' },
      }),
      /“test\/kind”应为“text”/,
    ],
    [
      'an unknown kind of organisation',
      withRule({ when: [{ kindOfOrganization: ['village'] }] }),
      /kindOfOrganization\/0”应为county-office、/,
    ],
    ['an unknown condition', withRule({ when: [{ sometimes: true }] }), /“when\/0\/sometimes”不是/],
    [
      'a condition about a later rule',
      withRule({ when: [{ pending: ['HN-02'] }] }),
      /规则“HN-02”不存在，或写在本条之后/,
    ],
    ['an unknown format', withRule({ formats: ['2020'] }), /“formats\/0”应为2019、2021之一/],
    ['a weaker severity on finishing', withRule({ onFinishing: 'info' }), /定稿时的级别不能低于/],
    ['a blocking rule nobody sees', withRule({ severity: 'must', audience: 'office' }), /只给政府办看的规则/],
    [
      'a change of nothing known',
      packOf({ changes: [{ rule: 'T3-2', off: true, source: '甲' }] }),
      /没有规则“T3-2”。是否为“T3-02”？/,
    ],
    [
      'a change that says two things',
      packOf({ changes: [{ rule: 'T3-02', off: true, severity: 'info', source: '甲' }] }),
      /severity 和 off 应当写一个/,
    ],
    [
      'a change that says off: false',
      packOf({ changes: [{ rule: 'T3-02', off: false, source: '甲' }] }),
      /“off”应为true/,
    ],
    [
      'a change without a clause',
      packOf({ changes: [{ rule: 'T3-02', off: true }] }),
      /第1项调整（T3-02）的“source”没有填写/,
    ],
    [
      'a rule changed twice',
      packOf({
        changes: [
          { rule: 'T3-02', off: true, source: '甲' },
          { rule: 'T3-02', severity: 'info', source: '甲' },
        ],
      }),
      /“T3-02”出现了两次/,
    ],
  ];
  for (const [what, pack, sentence] of cases)
    test(`[C33] ${what}`, () => {
      assert.match(refusal(pack), sentence);
    });

  test('[C34] an unknown cell is named with its rule and the cell that was probably meant', () => {
    const wrong = 'requests/unavailable.not-hold/total';
    assert.equal(
      refusal(withRule({ holds: { ...holds, left: [wrong] } })),
      `补充规则没有采用：第1条规则（HN-01）的“holds”中的“${wrong}”不是2021格式中的格。是否为“requests/unavailable.not-held/total”？请改正。`,
    );
    assert.match(
      refusal(withRule({ holds: { ...holds, left: ['甲/乙/丙'] } })),
      /“甲\/乙\/丙”不是2021格式中的格。请核对格的编号/,
    );
  });

  test('[C34] also where a variable, a guard, a test, a vector or last year’s format leads to it', () => {
    const left = ['requests/received/{column}'];
    assert.match(
      refusal(withRule({ over: { column: ['social', 'sociaal'] }, holds: { ...holds, left } })),
      /“requests\/received\/sociaal”不是2021格式中的格。是否为“requests\/received\/social”/,
    );
    assert.match(
      refusal(withRule({ when: [{ ...holds, left: ['requests/x/y'] }] })),
      /“when\/0”中的“requests\/x\/y”/,
    );
    assert.match(
      refusal(withRule({ holds: undefined, test: { name: 'no-zero-flip', cell: `previous:${CELL}` } })),
      /“test”中的“previous:/,
    );
    assert.match(
      refusal(packOf({ tests: [{ rule: 'HN-01', cells: { 'a/b/c': 1 }, holds: true }] })),
      /第1个测试（规则 HN-01）的“cells”中的“a\/b\/c”/,
    );
    const issued = 'disclosure/rules/issued';
    const across = { left: [issued], sign: '>=', right: [`previous:${issued}`] };
    accepted(withRule({ holds: across }));
    assert.match(
      refusal(withRule({ holds: across, previousFormats: ['2021', '2019'] })),
      /“disclosure\/rules\/issued”不是2019格式中的格/,
    );
    assert.match(refusal(withRule({ formats: ['2021', '2019'], holds: across })), /不是2019格式中的格/);
    // A variable may bring last year in.
    const byVariable = {
      left: ['{year}disclosure/rules/issued', CELL],
      sign: '>=',
      right: [{ constant: 0 }],
    };
    assert.deepEqual(
      accepted(withRule({ over: { year: ['previous:'] }, holds: byVariable })).rules[0]!.previousFormats,
      ['2021'],
    );
  });

  test('[C35] 10,000 rules, and what would come to more than the bounds, are refused at once', () => {
    const timed = (pack: unknown): string => {
      const text = JSON.stringify(pack);
      const start = performance.now();
      const sentence = refusal(text);
      assert.ok(performance.now() - start < 500, sentence);
      return sentence;
    };
    const many = (rule: object): object[] => Array.from({ length: 10_000 }, () => rule);
    assert.match(timed(packOf({ rules: many({}) })), /“rules”有10000项，最多500项/);
    assert.match(timed(packOf({ rules: many(RULE) })), /文件过大/);
    const words = Array.from({ length: 150 }, (_, index) => `w${index}`);
    assert.match(
      timed(
        withRule({
          over: { a: words, b: words, c: words, d: words },
          holds: { ...holds, left: ['{a}/{b}/{c}{d}'] },
        }),
      ),
      /展开后要核对的内容过多（506250000，最多3000）/,
    );
    assert.match(
      timed(
        withRule({
          over: { cell: { cells: 'inputs' } },
          holds: { left: Array<string>(200).fill('{cell}'), sign: '>=', right: [{ constant: 0 }] },
        }),
      ),
      /展开后要核对的内容过多（\d+，最多20000）/,
    );
    assert.match(
      timed(withRule({ holds: { ...holds, left: Array<string>(201).fill(CELL) } })),
      /有201项，最多200项/,
    );
    assert.match(timed(withRule({ wording: { zh: '甲'.repeat(301) } })), /“wording\/zh”过长，最多300个字/);
    let deep: unknown = CELL;
    for (let level = 0; level < 30; level += 1) deep = [deep];
    assert.match(timed(packOf({ rules: deep })), /嵌套层数过多/);
  });

  test('[C35] the largest pack that is accepted is read and checked quickly', () => {
    const rules = Array.from({ length: MAX_PACK_RULES }, (_, index) => ({ ...RULE, id: `HN-${index}` }));
    const text = JSON.stringify(packOf({ rules }));
    let start = performance.now();
    const set = rulesWith(text);
    assert.ok(performance.now() - start < 1_000);
    const report = editedReport(cityCells());
    checkReport(report, set.rules);
    start = performance.now();
    checkReport(report, set.rules);
    assert.ok(performance.now() - start < 100);
    assert.match(refusal(packOf({ rules: [...rules, { ...RULE, id: 'HN-X' }] })), /有501项，最多500项/);
  });

  test('[C35] long texts take linear time wherever they stand', () => {
    const long = (length: number): unknown[] =>
      ['a', '{', '{a', '/', 'previous:', '甲', '-A', ' '].flatMap((part) => {
        const text = part.repeat(Math.floor(length / part.length));
        return [
          packOf({ id: text }),
          packOf({ [text]: 1 }),
          withRule({ id: text }),
          withRule({ source: text }),
          withRule({ wording: { zh: text } }),
          withRule({ holds: { ...holds, left: [text] } }),
          withRule({ over: { [text]: [text] } }),
          packOf({ changes: [{ rule: text, off: true, source: text }] }),
          packOf({ tests: [{ rule: 'HN-01', cells: { [text]: text }, holds: true }] }),
          text,
        ];
      });
    for (const pack of long(100_000)) {
      const text = typeof pack === 'string' ? pack : JSON.stringify(pack);
      const start = performance.now();
      refusal(text);
      assert.ok(performance.now() - start < 500, text.slice(0, 200));
    }
  });

  test('[C36] a regular expression is refused as such, wherever it is put', () => {
    const sentence = /规则中不能使用正则表达式/;
    for (const name of ['pattern', 'regex', 'RegExp', 'matches']) {
      assert.match(refusal(withRule({ [name]: '^(a+)+$' })), sentence);
      assert.match(
        refusal(withRule({ holds: { ...holds, left: [{ cell: CELL, [name]: '^(a+)+$' }] } })),
        sentence,
      );
      assert.match(refusal(withRule({ over: { row: { cells: 'inputs', [name]: 'a' } } })), sentence);
    }
    assert.match(
      refusal(withRule({ holds: undefined, test: { name: 'regex', cell: CELL, value: 'a' } })),
      sentence,
    );
  });

  test('[C36] markup, controls and what cannot be seen are refused in every text', () => {
    for (const found of [
      '<b>',
      '</script><script>',
      'a > b',
      '一\n二',
      'a\u0000',
      '\u202eabc',
      'a\u200b',
      'a\u2028b',
    ]) {
      for (const pack of [
        packOf({ title: found }),
        withRule({ title: found }),
        withRule({ source: found }),
        withRule({ wording: { zh: found } }),
        withRule({ wording: { zh: '甲', en: found } }),
        packOf({ changes: [{ rule: 'T3-02', off: true, source: found }] }),
      ])
        assert.match(refusal(pack), /只能是纯文本/);
    }
    // An ampersand or a quote is shown as it is.
    assert.equal(accepted(packOf({ title: '甲 & "乙" &lt;' })).title, '甲 & "乙" &lt;');
  });

  test('[C36] a title has no places to fill in', () => {
    assert.match(refusal(withRule({ title: 'requests/total/{column}' })), /只能是纯文本，不能有“\{”/);
    assert.match(refusal(packOf({ title: '某省}' })), /不能有“\}”/);
  });

  test('[C36] a place that the engine cannot fill is refused with those it can', () => {
    for (const zh of ['{lefft}', '{', '}', '{left', '{raw}', '{__proto__}', '{}', '${left}{x}'])
      assert.match(
        refusal(withRule({ wording: { zh } })),
        /不能使用，可用的有\{left\}、\{right\}、\{difference\}、\{cell\}/,
      );
    assert.match(
      refusal(
        withRule({ holds: undefined, test: { name: 'entry-is-not', cell: CELL, kind: 'not-applicable' } }),
      ),
      /“\{left\}”不能使用，可用的有\{cell\}、.*\{raw\}/,
    );
  });

  test('[C36] keys that reach into prototypes are refused, and nothing is polluted', () => {
    const base = JSON.stringify(packOf());
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      assert.match(refusal(base.replace('"rules"', `"${key}":{"polluted":1},"rules"`)), /不允许的字段/);
      assert.match(refusal(base.replace('"holds":{', `"holds":{"${key}":{"polluted":1},`)), /不允许的字段/);
    }
    assert.equal(({} as Draft)['polluted'], undefined);
  });

  test('[C37] a vector that does not come out is named with what was expected and what came out', () => {
    const tests = [
      { rule: 'HN-01', cells: { [CELL]: 3, 'disclosure/penalties/decisions': 2 }, holds: true },
      { rule: 'HN-01', cells: { [CELL]: 3, 'disclosure/penalties/decisions': 2 }, holds: false },
    ];
    accepted(packOf({ tests: tests.slice(0, 1) }));
    assert.equal(
      refusal(packOf({ tests })),
      '补充规则没有采用：第2个测试（规则 HN-01）应为“不符合规则”，核对结果是“符合规则”。请改正规则或测试。',
    );
    const equation = { ...RULE, holds: { ...holds, sign: '=' } };
    assert.match(
      refusal(
        packOf({ rules: [equation], tests: [{ rule: 'HN-01', cells: { [CELL]: null }, holds: true }] }),
      ),
      /应为“符合规则”，核对结果是“未填完，无法核对”/,
    );
    assert.match(
      refusal(packOf({ tests: [{ rule: 'HN-1', cells: {}, holds: true }] })),
      /没有规则“HN-1”。是否为“HN-01”/,
    );
    assert.match(
      refusal(packOf({ tests: [{ rule: 'HN-01', cells: {}, holds: 'yes' }] })),
      /“holds”应为true、false之一/,
    );
    assert.match(
      refusal(packOf({ tests: [{ rule: 'HN-01', cells: { [CELL]: 1e300 }, holds: true }] })),
      /应为数字/,
    );
  });

  test('[C37] a vector may state texts, totals, last year, the organisation and the format', () => {
    const total = 'proceedings/review/total';
    const pack = packOf({
      rules: [
        {
          ...RULE,
          id: 'A-1',
          holds: undefined,
          wording: { zh: '{raw}' },
          test: { name: 'entry-is-not', cell: CELL, kind: 'not-applicable' },
        },
        { ...RULE, id: 'A-2', holds: undefined, test: { name: 'control-total-equal', cell: total } },
        {
          ...RULE,
          id: 'A-3',
          when: [{ kindOfOrganization: ['township'] }, { organizationFunction: 'fees' }],
        },
        { ...RULE, id: 'A-4', formats: ['2021', '2019'] },
        { ...RULE, id: 'A-5', when: [{ pending: ['T4-01'] }] },
      ],
      tests: [
        { rule: 'A-1', cells: { [CELL]: '/' }, holds: false },
        { rule: 'A-1', cells: { [CELL]: '１，２３４' }, holds: true },
        { rule: 'A-2', cells: { [total]: 2 }, holds: false },
        { rule: 'A-2', cells: { [total]: 2, 'proceedings/review/upheld': 2 }, holds: true },
        { rule: 'A-3', cells: { 'disclosure/penalties/decisions': 1 }, holds: true },
        {
          rule: 'A-3',
          organization: { kind: 'township', functions: ['fees'] },
          cells: { 'disclosure/penalties/decisions': 1 },
          holds: false,
        },
        {
          rule: 'A-4',
          format: '2019',
          cells: { 'disclosure/penalties/decisions': 1, 'disclosure/procurement/projects': 1 },
          holds: false,
        },
        { rule: 'A-5', cells: { 'disclosure/penalties/decisions': 1 }, holds: true },
        {
          rule: 'A-5',
          cells: { 'disclosure/penalties/decisions': 1, 'proceedings/review/upheld': null },
          holds: false,
        },
      ],
    });
    accepted(pack);
    // Each of them decides something: turned round, each refuses the pack.
    const tests = pack['tests'] as { holds: boolean }[];
    tests.forEach((_, index) => {
      const turned = tests.map((one, at) => (at === index ? { ...one, holds: !one.holds } : one));
      assert.match(refusal({ ...pack, tests: turned }), new RegExp(`第${index + 1}个测试`));
    });
  });

  test('[C37] a rule that blocks needs a vector of each outcome', () => {
    const must = { ...RULE, severity: 'must' };
    const good = { rule: 'HN-01', cells: {}, holds: true };
    const bad = { rule: 'HN-01', cells: { 'disclosure/penalties/decisions': 1 }, holds: false };
    assert.match(refusal(packOf({ rules: [must], tests: [good] })), /没有一个“不符合规则”的测试/);
    assert.match(refusal(packOf({ rules: [must], tests: [bad] })), /没有一个“符合规则”的测试/);
    assert.match(refusal(packOf({ rules: [{ ...RULE, onFinishing: 'must' }] })), /没有一个“符合规则”的测试/);
    accepted(packOf({ rules: [must], tests: [good, bad] }));
  });

  test('[C38] the rules that make a payload readable stay as they are', () => {
    for (const rule of PROTECTED_RULES) {
      assert.ok(
        OFFICIAL_RULES.rules.some(({ id }) => id === rule),
        rule,
      );
      for (const change of [{ off: true }, { severity: 'info' }])
        assert.match(
          refusal(packOf({ changes: [{ rule, ...change, source: '甲' }] })),
          new RegExp(`第1项调整（${rule}）：这条规则保证数据可读`),
        );
    }
    for (const { id } of OFFICIAL_RULES.rules.filter(({ severity }) => severity === 'format'))
      assert.ok(PROTECTED_RULES.includes(id), id);
  });

  test('[C38] an official id is not taken by a rule of a pack; every other official rule can be changed', () => {
    const ids = [...new Set(OFFICIAL_RULES.rules.map(({ id }) => id))];
    for (const id of ids) assert.match(refusal(withRule({ id })), /用了内置规则的编号/);
    const free = ids.filter((id) => !PROTECTED_RULES.includes(id));
    const set = rulesWith(packOf({ changes: free.map((rule) => ({ rule, off: true, source: '甲' })) }));
    assert.deepEqual(
      idsOf(set.rules.map(({ id }) => ({ rule: id }))).sort(),
      [...PROTECTED_RULES, 'HN-01'].sort(),
    );
  });
});

describe('any pack', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      ...[null, true, 0, -1, 1.5, 1e21, 1e-9, '', '{', '{x}', 'previous:', 'requests/total/total', [], {}],
      ...['2021', '2019', 'must', 'info', '=', 'inputs', 'no-jump', 'T3-01', 'EX-01', { constant: 1 }],
      ...[{ cells: 'inputs' }, { cells: 'derived', inEquation: true }, { pending: ['T3-01'] }, ['a', 'b']],
    ),
    fc.integer(),
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  );
  /** Every place of the sample pack, as a path. */
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]): void => {
    if (path.length > 0) paths.push(path);
    if (value !== null && typeof value === 'object')
      for (const key of Object.keys(value)) walk((value as Draft)[key], [...path, key]);
  };
  walk(JSON.parse(SAMPLE), []);

  test('[C39] any mutation is refused with a sentence, or checks, speaks and diagnoses', () => {
    let taken = 0;
    const mutation = fc.record({
      path: fc.constantFrom(...paths),
      way: fc.constantFrom('put', 'remove', 'add', 'copy'),
      value: junk,
      from: fc.constantFrom(...paths),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
        const pack = JSON.parse(SAMPLE) as Draft;
        for (const { path, way, value, from } of mutations) {
          const holder = at(pack, path.slice(0, -1));
          if (holder === null || typeof holder !== 'object') continue;
          const key = path[path.length - 1]!;
          if (way === 'remove') {
            if (Array.isArray(holder)) holder.splice(Number(key), 1);
            else delete (holder as Draft)[key];
          } else if (way === 'put') (holder as Draft)[key] = value;
          else if (way === 'copy')
            (holder as Draft)[key] = JSON.parse(JSON.stringify(at(pack, from) ?? null));
          else if (Array.isArray(holder)) holder.push(value);
          else (holder as Draft)[String(value).slice(0, 20)] = value;
        }
        const text = JSON.stringify(pack);
        const reading = readRulePack(text);
        if (!reading.ok) {
          refusal(text);
          return;
        }
        taken += 1;
        const { rules } = withRulePack(OFFICIAL_RULES, reading.pack);
        const previous = editedReport(uniformCells('2021', 3), '2021', { year: 2024 });
        for (const report of [
          publishedReport(cityCells()),
          editedReport(uniformCells('2021', null)),
          publishedReport({ ...uniformCells('2021'), 'requests/total/total': 40 }),
          editedReport(uniformCells('2019', 1), '2019'),
        ]) {
          const findings = checkReport(report, rules, { previous, audience: 'office' });
          assert.deepEqual(checkReport(report, rules, { previous, audience: 'office' }), findings);
          for (const finding of findings) {
            assert.doesNotMatch(findingSentenceZh(finding, report.format), /[{}<>]|undefined/);
            findingSentenceEn(finding, report.format);
            assert.notEqual(findingTitleZh(finding), '');
            if (isViolation(finding) && reading.pack.rules.some(({ id }) => id === finding.rule))
              for (const cell of finding.cells) assert.ok(report.format.cellsById.has(cell), cell);
          }
        }
        diagnose(publishedReport({ ...uniformCells('2021'), 'requests/total/total': 40 }), rules, {
          limit: 5,
        });
      }),
      { numRuns: 800 },
    );
    assert.ok(taken > 15, `${taken} packs were taken`);
  });

  test('[C39] any text is refused with a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        refusal(text);
      }),
    );
  });

  function at(value: unknown, path: readonly (string | number)[]): unknown {
    return path.reduce<unknown>(
      (here, key) => (here === null || typeof here !== 'object' ? undefined : (here as Draft)[key]),
      value,
    );
  }
});
