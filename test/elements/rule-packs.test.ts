/** Rule packs as a host gives them and as a clerk meets them. */
import { expect } from 'chai';
import {
  cleanUp,
  click,
  described,
  drawn,
  enter,
  Findings,
  focused,
  input,
  isRed,
  listen,
  payload,
  place,
  search,
  settled,
  show,
  type Editor,
} from './editor-fixture.ts';

const LICENCES = 'disclosure/licensing/decisions';
const PENALTIES = 'disclosure/penalties/decisions';
const SENTENCE = '行政许可—本年处理决定数量为0，少于处罚3，相差3。';

const PACK = {
  schema: 'xxgk-rule-pack/1',
  id: 'hunan',
  version: '2026.1',
  title: '某省补充规则',
  rules: [
    {
      id: 'HN-01',
      severity: 'must',
      source: '某省填报说明第1条',
      title: '许可与处罚',
      holds: { left: [LICENCES], sign: '>=', right: [PENALTIES] },
      wording: { zh: '{cell}为{left}，少于处罚{right}，相差{difference}。' },
    },
  ],
  tests: [
    { rule: 'HN-01', cells: {}, holds: true },
    { rule: 'HN-01', cells: { [PENALTIES]: 1 }, holds: false },
  ],
};
const OFF = {
  ...PACK,
  rules: [],
  tests: [],
  changes: [{ rule: 'T4-01', off: true, source: '某省说明第2条' }],
};
const WRONG = payload(0, { [PENALTIES]: 3 });

const shownText = (editor: Editor): string =>
  search(editor, '.rules-line, .banner')
    .map((node) => node.textContent!.replace(/\s+/g, ' ').trim())
    .join('|');
const statedRules = (editor: Editor): unknown => (editor.payload()['checks'] as { rules: string }).rules;

describe('rule packs', () => {
  afterEach(cleanUp);

  for (const [way, prepare] of [
    ['as an object before the value', (one) => ((one.rules = PACK), (one.value = WRONG))],
    ['as a text after the value', (one) => ((one.value = WRONG), (one.rules = JSON.stringify(PACK)))],
    ['as an attribute', (one) => (one.setAttribute('rules', JSON.stringify(PACK)), (one.value = WRONG))],
  ] satisfies [string, NonNullable<Parameters<typeof show>[0]>][])
    it(`[E100] ${way}: findings with words, clause, chips and marks`, async () => {
      const editor = await show(prepare);
      const findings = new Findings(editor);
      expect(findings.sentences).to.deep.equal([SENTENCE]);
      const item = findings.item('少于处罚');
      expect(item.querySelector('.source')!.textContent).to.equal(
        'HN-01 许可与处罚　依据：某省填报说明第1条',
      );
      expect(isRed(editor, LICENCES)).to.equal(true);
      expect(described(editor, PENALTIES)).to.include(SENTENCE);
      await click(findings.chip('少于处罚', '行政处罚—本年处理决定数量'));
      await settled();
      expect(focused()).to.equal(input(editor, PENALTIES));
      expect(editor.checkValidity()).to.equal(false);
      expect(editor.validationMessage).to.include(SENTENCE);
      await enter(editor, LICENCES, '3');
      expect(findings.sentences).to.deep.equal([]);
      expect(editor.checkValidity()).to.equal(true);
    });

  it('[E100] given before the class was defined, and awaited with the rest', async () => {
    const early = document.implementation
      .createHTMLDocument()
      .createElement('xxgk-annual-report') as unknown as HTMLElement & { rules: unknown; draft: string };
    early.rules = PACK;
    early.setAttribute('draft', 'off');
    place(early);
    const editor = early as unknown as Awaited<ReturnType<typeof show>>;
    await editor.updateComplete;
    expect(statedRules(editor)).to.equal('2021@1+hunan@2026.1');
  });

  it('[E100] fires nothing, leaves value and undo as they are, and is taken away with an empty text', async () => {
    const text = JSON.stringify(WRONG);
    const editor = await show((one) => (one.value = text));
    await enter(editor, LICENCES, '1');
    const told = listen(editor);
    const count = (): number => new Findings(editor).sentences.length;
    expect(count()).to.equal(0);
    editor.rules = PACK;
    await drawn(editor);
    expect(count()).to.equal(1);
    expect((JSON.parse(editor.value) as typeof WRONG)['checks']).to.include({
      rules: '2021@1+hunan@2026.1',
      must: 1,
    });
    editor.rules = '';
    await drawn(editor);
    expect(count()).to.equal(0);
    expect((JSON.parse(editor.value) as typeof WRONG)['checks']).to.include({ rules: '2021@1', must: 0 });
    expect(shownText(editor)).to.equal('');
    expect(told.heard).to.deep.equal([]);
    expect(editor.session!.undo()).to.equal(true);
  });

  it('[E100] the last of several packs counts, also one that comes while another is loaded', async () => {
    const editor = await show((one) => (one.value = WRONG));
    editor.rules = PACK;
    editor.rules = '{';
    editor.rules = OFF;
    await drawn(editor);
    expect(shownText(editor)).to.include('停用 1 项');
    editor.rules = PACK;
    editor.removeAttribute('rules');
    editor.rules = null;
    await drawn(editor);
    expect(statedRules(editor)).to.equal('2021@1');
  });

  it('[E101] which pack is in force and what it changes is on screen and in the payload', async () => {
    const editor = await show((one) => {
      one.rules = {
        ...PACK,
        changes: [...OFF.changes, { rule: 'Y-05', severity: 'verify', source: '某省说明第3条' }],
      };
      one.value = WRONG;
    });
    expect(shownText(editor)).to.equal(
      '核对规则：某省补充规则 2026.1（增加 1 项，停用 1 项，调整级别 1 项）' +
        '停用 T4-01 行政复议各项之和＝总计（依据：某省说明第2条）Y-05 与上年相差较大 改为需核实（依据：某省说明第3条）',
    );
    expect(editor.payload()['checks']).to.include({ rules: '2021@1+hunan@2026.1', must: 1 });
    expect((editor.payload()['checks'] as { changed: object }).changed).to.deep.equal({
      'T4-01': 'off',
      'Y-05': 'verify',
    });
    // Many changes do not push the tables away.
    const ids = ['T2-01', 'T2-02', 'T2-03', 'T3-14', 'X-02', 'X-03', 'Y-05', 'Y-06'];
    editor.rules = { ...OFF, changes: ids.map((rule) => ({ rule, off: true, source: '甲' })) };
    await drawn(editor);
    expect(shownText(editor)).to.include('停用 Y-06');
    expect(search(editor, 'details')[0]!.textContent).to.include('停用 X-03').and.not.to.include('停用 X-02');
    // What the element wrote, it reads.
    const copy = await show((one) => (one.value = editor.payload()));
    expect(copy.locked).to.equal(false);
  });

  it('[E102] a refused pack is said and leaves the official rules, whether the value comes before or after', async () => {
    const bad = { ...PACK, rules: [{ ...PACK.rules[0], severty: 'info' }] };
    for (const prepare of [
      (one: Editor) => ((one.value = WRONG), (one.rules = bad)),
      (one: Editor) => ((one.rules = bad), (one.value = WRONG)),
    ]) {
      const editor = await show(prepare);
      expect(shownText(editor)).to.equal(
        '补充规则没有采用：第1条规则的“severty”不是规则文件中的项。是否为“severity”？请改正。现仍按内置的核对规则核对。',
      );
      expect(search(editor, '.banner')[0]!.getAttribute('role')).to.equal('alert');
      expect(new Findings(editor).sentences).to.deep.equal([]);
      expect(statedRules(editor)).to.equal('2021@1');
      expect(editor.locked).to.equal(false);
      editor.rules = PACK;
      await drawn(editor);
      expect(new Findings(editor).sentences).to.deep.equal([SENTENCE]);
      editor.rules = bad;
      await drawn(editor);
      expect(new Findings(editor).sentences, 'the pack before is gone').to.deep.equal([]);
    }
  });

  it('[E102] whatever is given as a pack, nothing throws and nothing of it runs', async () => {
    const editor = await show((one) => (one.value = WRONG));
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const before = document.querySelectorAll('*').length;
    const markup = { ...PACK, title: '<img src=x onerror="window.hacked = true">' };
    for (const given of [
      circle,
      5,
      true,
      10n,
      () => 1,
      Symbol('a'),
      [],
      '[',
      markup,
      { toJSON: () => undefined },
    ]) {
      (editor as { rules: unknown }).rules = given;
      await drawn(editor);
      expect(shownText(editor)).to.match(/^补充规则没有采用：.*现仍按内置的核对规则核对。$/);
    }
    expect(document.querySelectorAll('*').length).to.equal(before);
    expect('hacked' in window).to.equal(false);
    expect(search(editor, 'img')).to.deep.equal([]);
  });

  it('[E103] a single table takes a pack: marks, validity, payload, and what is said', async () => {
    const table = document.createElement('xxgk-report-table');
    table.table = 'disclosure';
    table.rules = PACK;
    table.value = WRONG;
    place(table);
    await drawn(table);
    expect(isRed(table, LICENCES)).to.equal(true);
    expect(statedRules(table)).to.equal('2021@1+hunan@2026.1');
    expect(shownText(table)).to.include('核对规则：某省补充规则 2026.1（增加 1 项）');
    expect(table.checkValidity()).to.equal(false);
    table.rules = '{';
    await drawn(table);
    expect(isRed(table, LICENCES)).to.equal(false);
    expect(shownText(table)).to.include('补充规则没有采用');
  });

  it('[E103] the likely causes follow the rules in force', async () => {
    const editor = await show(
      (one) => (one.value = payload(0, {}, { reported: { 'proceedings/review/total': 7 } })),
    );
    const causes = (): string =>
      new Findings(editor).root.querySelector('section[aria-label="可能的原因"]')?.textContent ?? '';
    const until = async (holds: () => boolean): Promise<void> => {
      const end = Date.now() + 4000;
      while (!holds() && Date.now() < end) await settled();
      expect(holds(), causes()).to.equal(true);
    };
    await until(() => causes() !== '');
    editor.rules = OFF;
    await drawn(editor);
    await until(() => causes() === '');
    const equation = {
      ...PACK,
      rules: [{ ...PACK.rules[0], holds: { left: [LICENCES], sign: '=', right: [PENALTIES] } }],
      changes: OFF.changes,
    };
    editor.rules = equation;
    await enter(editor, PENALTIES, '3');
    await until(() => causes().includes('行政'));
  });
});
