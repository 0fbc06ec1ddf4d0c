/** What stands on the paper that is signed, as data: against the layout of the form and the session it is printed from. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemCount, shownFindings } from '../../src/elements/cell-view.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { isExplainable } from '../../src/checks/finding.ts';
import { paperOf, type Line, type Paper } from '../../src/documents/paper.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import { tablesAsText } from '../../src/documents/write-tables.ts';
import type { CellId } from '../../src/format/entry.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { putInForce } from '../../src/format/language.ts';
import { explain, settledFindings } from '../../src/report/explanations.ts';
import { checkedReport, emptyReport, type Report } from '../../src/report/report.ts';
import { Session } from '../../src/report/session.ts';
import { sign } from '../../src/report/sign-off.ts';
import { declareZero } from '../../src/report/zero-report.ts';
import { cityCells, publishedReport } from '../fixtures/reports.ts';

const NOON = new Date(2026, 0, 12, 12, 5);
const DIGESTS = { digest: `sha256:${'d'.repeat(64)}`, tablesDigest: `sha256:${'7'.repeat(64)}` } as const;

function paperFrom(session: Session): Paper {
  const findings = session.findingsOnFinishing();
  return paperOf({
    report: session.report,
    findings,
    settled: settledFindings(findings, session.report, session.state),
    shown: session.state.open,
    previous: session.previous,
    kind: '市直部门',
    rules: '2021@1',
    ...DIGESTS,
    at: NOON,
  });
}

/** Every input a different number, so that nothing can be mistaken for its neighbour. */
function numbered(version: FormatVersion, texts: Readonly<Record<CellId, string>> = {}): Session {
  const session = new Session(emptyReport(version, 2025), OFFICIAL_RULES);
  session.enter(
    FORMATS[version].inputs.map((cell, index) => [cell.id, texts[cell.id] ?? String(1001 + index)] as const),
    'typing',
  );
  return session;
}

/** A full and correct report of a large city. */
function city(more: Partial<Report> = {}, texts: Readonly<Record<CellId, string>> = {}): Session {
  const report = emptyReport('2021', 2025);
  const { entries } = publishedReport(cityCells());
  const head = { ...report.head, 'organization.name': '示例市人民政府' };
  const session = new Session({ ...report, entries, head, ...more }, OFFICIAL_RULES);
  session.enter(Object.entries(texts), 'typing');
  return session;
}

const values = (paper: Paper): string[][] =>
  paper.tables.map(({ rows }) =>
    rows.flatMap((row) => row.filter(({ value }) => value).map(({ text }) => text)),
  );
const lines = (paper: Paper): string[] =>
  paper.review.open.flatMap((group) => group.lines.map(({ text }) => text));

describe('paper', () => {
  for (const version of ['2021', '2019'] as const)
    test(`[X70] has the tables of ${version} as the form prints them, each value in its place`, () => {
      const session = numbered(version);
      const paper = paperFrom(session);
      assert.deepEqual(
        paper.tables.map(({ title }) => title),
        FORMATS[version].tables.map(({ title }) => title),
      );
      paper.tables.forEach((table, index) => {
        const { layout, cells } = FORMATS[version].tables[index]!;
        const headings = layout.rows.map((row) =>
          row.flatMap((cell) => ('heading' in cell ? [cell.heading] : [])),
        );
        assert.deepEqual(
          table.rows.map((row) => row.filter(({ value }) => !value).map(({ text }) => text)),
          headings,
        );
        const number = (id: CellId): bigint =>
          session.state.values.totals.get(id) ?? session.state.values.value(id)!;
        assert.deepEqual(
          values(paper)[index],
          cells.map(({ id }) => String(number(id) / 1_000_000n)),
        );
      });
    });

  test('[X70] leaves blank what is blank or in doubt, and a total that is not known; "/" and texts are as typed', () => {
    const cells = FORMATS['2021'].tables[1]!.cells;
    const at = (id: string): number => cells.findIndex((cell) => cell.id === `requests/${id}`);
    const session = numbered('2021', {
      'requests/received/natural-person': '',
      'requests/received/enterprise': '/',
      'requests/received/research': '=3件',
      'requests/received/social': '１，２３４',
    });
    session.apply(
      [
        {
          cell: 'requests/granted/social',
          from: session.report.entries.get('requests/granted/social')!,
          to: { kind: 'uncertain', raw: '7?', candidate: 7_000_000n },
        },
      ],
      'import',
    );
    const shown = values(paperFrom(session))[1]!;
    for (const [id, text] of [
      ['received/natural-person', ''],
      ['received/enterprise', '/'],
      ['received/research', '=3件'],
      ['received/social', '1234'],
      ['received/total', ''],
      ['granted/social', ''],
      ['granted/total', ''],
      ['carried-over/total', String(6 * 1017 + 15)],
    ] as const)
      assert.equal(shown[at(id)], text, id);
  });

  test('[X71] names unit, year, signers and day as far as they are known', () => {
    const report = emptyReport('2021', 2025);
    const head = {
      ...report.head,
      'organization.name': ' <b>示例</b>局 ',
      'signOff.filledBy': '张三',
      'signOff.approvedBy': '王五',
    };
    const session = city({ head });
    session.apply([sign(session.report, NOON)], 'sign-off');
    const paper = paperFrom(session);
    assert.deepEqual([paper.unit, paper.year, paper.date], ['<b>示例</b>局', '2025', '2026年1月12日']);
    assert.equal(paper.title, '<b>示例</b>局2025年政府信息公开工作年度报告');
    assert.equal(paper.whose, '<b>示例</b>局　2025年');
    assert.deepEqual(
      paper.signers.map(({ role, name, signs }) => [role, name, signs]),
      [
        ['填报人：', '张三', false],
        ['审核人：', '', false],
        ['负责人（签字）：', '王五', true],
      ],
    );
    const unknown = paperFrom(new Session(emptyReport('2021'), OFFICIAL_RULES));
    assert.deepEqual([unknown.unit, unknown.year, unknown.date, unknown.whose], ['', '', '', '']);
    assert.equal(unknown.title, '政府信息公开工作年度报告');
  });

  test('[X72] is marked while something has to be corrected, blanks too, and not for what is to be verified', () => {
    const good = city();
    assert.equal(paperFrom(good).watermark, '');
    assert.match(paperFrom(good).review.verdict, /^通过校验/);
    const wrong: readonly Readonly<Record<CellId, string>>[] = [
      { 'requests/received/natural-person': '1' },
      { 'requests/received/natural-person': '' },
      { 'disclosure/licensing/decisions': '许多' },
    ];
    for (const texts of wrong) {
      const paper = paperFrom(city({}, texts));
      assert.equal(paper.watermark, '未通过校验', JSON.stringify(texts));
      assert.match(paper.review.verdict, /^未通过校验/);
    }
    const doubtful = city({}, { 'disclosure/normative-documents/issued': '99999' });
    assert.ok(doubtful.state.findings.some(({ severity }) => severity === 'verify'));
    assert.equal(paperFrom(doubtful).watermark, '');
    assert.match(paperFrom(doubtful).review.verdict, /^通过校验.*需核实 1/);
  });

  test('[X73] the second sheet lists what is open by its level, the blanks as one, and counts what is unfinished', () => {
    const { open, verdict } = paperFrom(
      city(
        {},
        {
          'disclosure/licensing/decisions': '许多',
          'requests/received/natural-person': '1',
          'requests/granted/enterprise': '',
          'requests/granted/research': '',
          'disclosure/normative-documents/issued': '99999',
        },
      ),
    ).review;
    assert.deepEqual(
      open.map(({ heading }) => heading.split(' ')[0]),
      ['填写有误', '必须修改', '需核实'],
    );
    const all = open.flatMap((group) => group.lines);
    assert.ok(all.some(({ text, small }) => text.includes('填的是“许多”') && small.startsWith('V-04 ')));
    assert.ok(
      all.some(({ text, small }) => text.startsWith('自然人：新收＋上年结转＝') && small.includes('依据：')),
    );
    const blank = all.filter(({ small }) => small.startsWith('V-02'));
    assert.deepEqual(blank, [
      {
        text: '空白 2 格，没有发生的请填0。',
        small: 'V-02 （一）予以公开—商业企业、（一）予以公开—科研机构',
      },
    ]);
    assert.match(verdict, /未填完的勾稽关系 [1-9]/);
    for (const { level, heading, lines: own } of open) {
      assert.ok(heading.endsWith(` ${String(own.length)}`), level);
      assert.ok(verdict.includes(heading), level);
    }
  });

  test('[X73] an explained finding is under 已核实 with what was said; remarks and changes since the signature follow', () => {
    const session = city(
      {
        carried: {
          remarks: [
            { cell: 'requests/received/enterprise', text: '含电话<i>申请</i>', by: '张三', at: '2026-01-05' },
          ],
        },
      },
      { 'disclosure/normative-documents/issued': '99999' },
    );
    const [asked] = session.state.findings.filter(({ severity }) => severity === 'verify');
    session.apply([explain(asked!, session.state, '清理<b>数据', NOON)], 'typing');
    session.apply([sign(session.report, NOON)], 'sign-off');
    session.enter([['disclosure/penalties/decisions', '']], 'typing');
    const paper = paperFrom(session);
    assert.ok(!lines(paper).some((text) => text.includes('99999')));
    assert.equal(paper.date, '');
    const [settled, remarks, changes] = paper.review.notes;
    assert.match(settled!.lines[0]!.text, /99999.*。$/);
    assert.equal(settled!.lines[0]!.said, '说明：清理<b>数据');
    assert.equal(settled!.lines[0]!.small, 'T2-02，2026-01-12');
    assert.deepEqual(remarks!.lines, [
      { text: '一、本年新收政府信息公开申请数量—商业企业：含电话<i>申请</i>', small: '张三，2026-01-05' },
    ]);
    assert.equal(changes!.heading, '签发（2026年1月12日）以后的改动');
    assert.match(changes!.lines[0]!.text, /^行政处罚—本年处理决定数量：\d+ 改为 （无数字）$/);
    assert.equal(changes!.lines.length, 1);
  });

  test('[X74] control totals that are not what the cells add up to are listed, finished or not; one that agrees is not', () => {
    const session = numbered('2021', { 'requests/granted/social': '' });
    const total = session.state.values.totals.get('requests/received/total')! / 1_000_000n;
    session.enter(
      [
        ['requests/received/total', String(total - 7n)],
        [
          'requests/carried-over/total',
          String(session.state.values.totals.get('requests/carried-over/total')! / 1_000_000n),
        ],
        ['requests/granted/total', '12'],
        ['requests/partly-granted/total', '若干'],
      ],
      'typing',
    );
    const { controls } = paperFrom(session).review;
    const label = '一、本年新收政府信息公开申请数量—总计';
    assert.deepEqual(
      controls.map(({ label: one, control, difference }) => [one, control, difference]),
      [
        [label, String(total - 7n), '7'],
        ['（一）予以公开—总计', '12', ''],
        ['（二）部分公开—总计', '若干', ''],
      ],
    );
    assert.deepEqual(controls.map(({ computed }) => computed).slice(0, 2), [String(total), '未填完']);
    assert.deepEqual(paperFrom(city()).review.controls, []);
  });

  test('[X75] what it was printed from: form, cells, rules, digests, time', () => {
    const session = numbered('2021', {
      'requests/granted/social': '',
      'requests/granted/other': '/',
      'requests/received/other': '0',
    });
    assert.deepEqual(paperFrom(session).review.facts, [
      ['单位类别', '市直部门'],
      ['格式', '国办公开办函〔2021〕30号'],
      [
        '所含内容',
        '二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；四、政府信息公开行政复议、行政诉讼情况。年度报告的其他部分不在其中',
      ],
      ['上年报告', '上年报告未打开，未与上年核对。'],
      ['填报情况', '需填写 166 格，其中为零 1 格，填“/”等 1 格，空白或存疑 1 格'],
      ['核对规则', '2021@1'],
      ['表格核对码', DIGESTS.tablesDigest],
      ['报告核对码', DIGESTS.digest],
      ['打印时间', '2026-01-12 12:05'],
    ]);
  });

  test('[X75] a table that is declared zero, and what a rule pack made of official rules, are said', () => {
    const session = new Session(emptyReport('2021', 2025), OFFICIAL_RULES);
    session.apply(declareZero(session.report, FORMATS['2021'].tables[2]!, NOON), 'fill');
    const findings = session.findingsOnFinishing();
    const { review } = paperOf({
      report: session.report,
      findings,
      settled: new Map(),
      shown: session.state.open,
      previous: undefined,
      kind: '',
      rules: '2021@1+hunan@2026.1',
      changed: { 'T3-14': 'off', 'Y-01': 'must' },
      ...DIGESTS,
      at: NOON,
    });
    assert.deepEqual(review.notes, [
      { heading: '零报告', lines: [{ text: '四、政府信息公开行政复议、行政诉讼情况', small: '' }] },
    ]);
    assert.deepEqual(
      review.facts.find(([label]) => label === '核对规则'),
      ['核对规则', '2021@1+hunan@2026.1；T3-14 改为不核对；Y-01 改为必须修改'],
    );
  });

  test('[X79] what was explained is printed, also where last year’s report is not open or the values are others', () => {
    const last = { ...emptyReport('2021', 2024), entries: publishedReport(cityCells()).entries };
    const head = { ...last.head, 'organization.name': ' 示例市人民政府 ' };
    const session = city();
    session.previous = checkedReport({ ...last, head });
    const asked = session.state.open.filter(
      (finding) => finding.previousCells !== undefined && isExplainable(finding),
    );
    assert.ok(asked.length > 0);
    for (const finding of asked) session.apply([explain(finding, session.state, '上年漏计', NOON)], 'typing');
    const lines = (paper: Paper, heading: string): readonly Line[] =>
      paper.review.notes.find((note) => note.heading.startsWith(heading))?.lines ?? [];
    const compared = paperFrom(session);
    assert.equal(lines(compared, '已核实').length, asked.length);
    assert.deepEqual(lines(compared, '以前的说明'), []);
    assert.deepEqual(compared.review.cautions, []);
    assert.deepEqual(
      compared.review.facts.find(([label]) => label === '上年报告'),
      ['上年报告', '示例市人民政府 2024 年度，国办公开办函〔2021〕30号，已与之核对'],
    );
    session.previous = undefined;
    const alone = paperFrom(session);
    assert.deepEqual(lines(alone, '已核实'), []);
    const told = lines(alone, '以前的说明');
    assert.deepEqual(
      told.map(({ said, small }) => [said, small]),
      asked.map(({ rule }) => ['说明：上年漏计', `${rule}，2026-01-12`]),
    );
    assert.match(told[0]!.text, /^[^：]+：[^：]+—/);
    assert.ok(alone.review.notes.some(({ heading }) => heading.includes('上年报告未打开')));
    assert.deepEqual(alone.review.cautions, ['上年报告未打开，未与上年核对。']);
  });

  test('[X79] where the levels on screen are others than those of finishing, it says so, and how many', () => {
    assert.deepEqual(
      paperFrom(city()).review.cautions.filter((caution) => caution.includes('定稿')),
      [],
    );
    const session = city(
      {},
      {
        'requests/granted/enterprise': '',
        'requests/granted/research': '',
        'requests/received/natural-person': '/',
      },
    );
    const { review } = paperFrom(session);
    const screen = shownFindings(session.state.open, true);
    const of = (level: string): number => problemCount(screen.filter(({ severity }) => severity === level));
    const printed = (level: string): number =>
      Number(new RegExp(`${level} (\\d+)`).exec(review.verdict)?.[1] ?? 0);
    const [caution] = review.cautions.filter((one) => one.includes('定稿'));
    const later = Number(/其中 (\d+) 项/.exec(caution!)![1]);
    assert.ok(later >= 2);
    assert.match(caution!, /在填报时列为“需核实”，定稿时必须修改/);
    // What the sheet says makes the one count out of the other.
    assert.equal(printed('必须修改'), of('must') + later);
    assert.equal(printed('需核实'), of('verify') - later);
  });

  test('[X79] a signature that has lapsed has no day, and every sheet that is signed says so', () => {
    const head = { ...emptyReport('2021', 2025).head, 'signOff.approvedBy': '王五' };
    const session = city({ head });
    session.apply([sign(session.report, NOON)], 'sign-off');
    assert.deepEqual([paperFrom(session).date, paperFrom(session).lapsed], ['2026年1月12日', '']);
    const signed = { ...session.report.signed!, lapsed: DIGESTS.digest };
    const lapsed = paperFrom(new Session({ ...session.report, signed }, OFFICIAL_RULES));
    assert.equal(lapsed.date, '');
    assert.match(lapsed.lapsed, /^签发（2026-01-12）已失效：/);
    assert.equal(lapsed.review.cautions[0], lapsed.lapsed);
  });

  test('[X76] numbers are of 10 to 8 points, and turned upright where they would not fit beside each other', () => {
    const points = (digits: number): readonly unknown[] => {
      const text = '1'.repeat(digits);
      const texts = Object.fromEntries(FORMATS['2021'].inputs.map(({ id }) => [id, text]));
      return paperFrom(numbered('2021', texts)).tables.map((table) => table.points);
    };
    assert.deepEqual(points(2), [10, 10, 10]);
    assert.deepEqual(points(9), [10, undefined, undefined]);
    let before = points(1);
    for (let digits = 2; digits <= 12; digits += 1) {
      const now = points(digits);
      now.forEach((size, index) => {
        assert.ok(size === undefined || (size as number) >= 8);
        assert.ok(Number(size ?? 0) <= Number(before[index] ?? 0), `${String(digits)} digits are larger`);
      });
      before = now;
    }
  });

  test('[X78] what follows 送审单 is no report when it is read back, up to the form of the next one; before a form it is', () => {
    const form = (session: Session, unit: string): string =>
      `${unit}2025年政府信息公开工作年度报告\n${tablesAsText(session.report)}`;
    const [one, other] = [numbered('2021'), numbered('2021', { 'requests/received/research': '7' })];
    const review = `送审单\n示例县水利局2025年政府信息公开工作年度报告\n${tablesAsText(other.report, ['requests'])}`;
    const read = (...texts: readonly string[]): (readonly [string | undefined, string])[] => {
      const result = readTables({
        kind: 'pdf',
        title: '',
        blocks: texts.map((text) => ({ kind: 'text', text })),
        omissions: [],
      });
      assert.ok(result.ok);
      return result.readings.map(
        ({ organization, cells }) => [organization, cells.get('requests/received/research')!.raw] as const,
      );
    };
    const number = values(paperFrom(one))[1]![2]!;
    const [first, next] = [form(one, '示例县教育局'), form(other, '示例县卫生局')];
    assert.deepEqual(read(first, review, review), [['示例县教育局', number]]);
    assert.deepEqual(read(`${first}\n${review}`, next, review), [
      ['示例县教育局', number],
      ['示例县卫生局', '7'],
    ]);
    assert.deepEqual(read('送审单', first), [['示例县教育局', number]]);
    assert.deepEqual(read(next, `送审单\n${first}`), [
      ['示例县卫生局', '7'],
      ['示例县教育局', number],
    ]);
  });

  test('[X77] is Chinese whatever language is on screen', () => {
    const session = city({}, { 'requests/received/natural-person': '1', 'requests/granted/other': '' });
    const before = JSON.stringify(paperFrom(session));
    putInForce(() => ['English']);
    try {
      assert.equal(JSON.stringify(paperFrom(session)), before);
    } finally {
      putInForce(undefined);
    }
  });
});
