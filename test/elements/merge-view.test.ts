/** Two reports side by side: what is different, what is merged by itself, and what a person decides. */
import { expect } from 'chai';
import { render, type TemplateResult } from 'lit';
import type { DraftRecord } from '../../src/drafts/draft-record.ts';
import { comparisonOf, comparisonWithDraft } from '../../src/elements/draft-comparison.ts';
import { MergeView, mergeViewStyles, type MergeViewOptions } from '../../src/elements/merge-view.ts';
import { addStyles, baseStyles, calmBox } from '../../src/elements/styles.ts';
import type { CellId } from '../../src/format/entry.ts';
import { completeReport, readPayload } from '../../src/payload/read-payload.ts';
import { payloadText } from '../../src/payload/write-payload.ts';
import { emptyReport, formatOf, type Report } from '../../src/report/report.ts';
import { applyChanges, changesFromTexts } from '../../src/report/transaction.ts';
import { expectAccessible } from '../browser/axe.ts';
import {
  cleanUp,
  click,
  focused,
  FORMAT,
  granted,
  payload,
  place,
  press,
  received,
  settled,
} from './editor-fixture.ts';

const names = { ours: '本页的草稿 14:02', theirs: '另一标签页的草稿 14:05' };
const SCRIPT = '<img src=x onerror="window.broken=1">';

function report(inputs: number | null, more: object = {}): Report {
  const result = readPayload(JSON.stringify(payload(inputs, {}, more)));
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return completeReport(result.report);
}
const enter = (to: Report, texts: Readonly<Record<CellId, string>>): Report =>
  applyChanges(to, changesFromTexts(to, Object.entries(texts)).changes);
const named = (to: Report, name: string): Report =>
  applyChanges(to, [{ field: 'organization.name', from: to.head['organization.name'], to: name }]);
const shownIn = (of: Report, id: CellId): string => {
  const entry = of.entries.get(id)!;
  return entry.kind === 'number' ? String(entry.value / 1_000_000n) : entry.kind;
};

/** A page of an element of ours: a box in a shadow root with our styles. */
function stage(): HTMLElement {
  const host = document.createElement('main');
  place(host);
  const root = host.attachShadow({ mode: 'open' });
  addStyles(root, baseStyles, mergeViewStyles);
  return calmBox(root);
}

class Merging {
  readonly root = stage();
  readonly done: Report[] = [];
  cancelled = 0;
  readonly view: MergeView;

  constructor(options: Pick<MergeViewOptions, 'ancestor' | 'ours' | 'theirs'> & Partial<MergeViewOptions>) {
    this.view = new MergeView({
      names,
      requestUpdate: () => this.draw(),
      done: (joined) => this.done.push(joined),
      cancel: () => (this.cancelled += 1),
      ...options,
    });
    this.draw();
  }

  draw(): void {
    render(this.view.view(), this.root);
  }
  get words(): string {
    return this.root.querySelector('section')!.textContent!.replace(/\s+/g, ' ').trim();
  }
  get status(): string {
    return this.root.querySelector('[role=status]')!.textContent!.trim();
  }
  /** The texts of the table, row by row. */
  get rows(): string[][] {
    return Array.from(this.root.querySelectorAll('tr'), (row) =>
      Array.from(row.children, (cell) => cell.textContent!.replace(/\s+/g, ' ').trim()),
    );
  }
  button(text: string): HTMLButtonElement {
    return Array.from(this.root.querySelectorAll('button')).find((one) => one.textContent!.includes(text))!;
  }
  radios(row: number): HTMLInputElement[] {
    return Array.from(this.root.querySelectorAll('tbody tr')[row]!.querySelectorAll('input'));
  }
  get chosen(): boolean[][] {
    return Array.from(this.root.querySelectorAll('tbody tr'), (_row, index) =>
      this.radios(index).map(({ checked }) => checked),
    );
  }
  details(part: string): HTMLDetailsElement {
    return Array.from(this.root.querySelectorAll('details')).find((one) =>
      one.querySelector('summary')!.textContent!.includes(part),
    )!;
  }
}

/** One conflict in a cell, one in the head; one cell changed here only, one there only, one alike. */
function twoTabs(): { ancestor: Report; ours: Report; theirs: Report } {
  const ancestor = report(0);
  const alike = { [received('social')]: '4' };
  return {
    ancestor,
    ours: named(enter(ancestor, { [received()]: '12', [received('other')]: '7', ...alike }), '甲局'),
    theirs: named(enter(ancestor, { [received()]: '15', [granted()]: '/', ...alike }), '乙局'),
  };
}

describe('the comparison with a draft', () => {
  afterEach(cleanUp);

  const shown = (template: TemplateResult): HTMLElement => {
    const root = stage();
    render(template, root);
    return root;
  };
  const text = (root: HTMLElement): string => root.textContent!.replace(/\s+/g, ' ').trim();

  it('[E185] cells, head and texts are named with both values, whole', async () => {
    const overview = '一'.repeat(3000);
    const here = report(0);
    const there = named(
      enter(report(0, { narrative: { overview } }), { [received()]: '12件', [granted()]: '' }),
      '',
    );
    const root = shown(comparisonOf(here, there));
    expect(text(root)).to.include('有 2 格不同，表头、文字等有 2 处不同：');
    expect(Array.from(root.querySelectorAll('li'), (item) => item.textContent!.trim())).to.deep.equal([
      '单位名称：当前 示例县教育局，草稿 空白',
      `表三 ${FORMAT.cellsById.get(received())!.label}：当前 0，草稿 “12件”（不是数字）`,
      `表三 ${FORMAT.cellsById.get(granted())!.label}：当前 0，草稿 空白`,
      `一、总体情况：当前 没有，草稿 ${overview}`,
    ]);
    await expectAccessible();
  });

  it('[E185] decisions, remarks, sign-off, dates and what is outside the form are told so that two can be told apart', () => {
    const said = (text: string, more: object = {}): object => ({
      rule: 'T2-03',
      cells: ['disclosure/rules/issued'],
      values: `sha256:${'0'.repeat(64)}`,
      kind: text === '' ? 'confirmed' : 'explained',
      ...(text === '' ? {} : { text }),
      at: '2026-01-05T08:00:00Z',
      ...more,
    });
    const here = report(0, {
      explanations: [said(''), said('因故', { rule: 'zero-report', cells: ['requests/total/total'] })],
      remarks: [{ cell: received(), text: '甲' }],
      period: { from: '2024-01-01', to: '2024-12-31' },
      signOff: { at: '2026-01-05', changedSince: { [received()]: 4 } },
      'x-id': 5,
      toString: 1,
      marks: { 'a/b/c': { kind: 'merged' } },
    });
    const there = report(0, {
      explanations: [said('因故', { by: '张三' })],
      signOff: { at: '2026-01-05' },
      'x-id': '5',
    });
    const root = shown(comparisonOf(here, there));
    const label = FORMAT.cellsById.get(received())!.label;
    expect(Array.from(root.querySelectorAll('li'), (item) => item.textContent!.trim())).to.have.members([
      `签发：当前 2026-01-05 签发（签发时${label} 4），草稿 2026-01-05 签发（签发时${label} 0）`,
      '“规章制定权”的核实说明（表二 规章—本年制发件数）：当前 确认无误，草稿 因故（by："张三"）',
      '表三 零报告：当前 因故，草稿 没有',
      `备注（表三 ${label}）：当前 甲，草稿 没有`,
      '统计期间：当前 2024-01-01 至 2024-12-31，草稿 没有',
      '规定格式之外的标记 a/b/c：当前 {"kind":"merged"}，草稿 没有',
      '附带信息 x-id：当前 5，草稿 "5"',
      '附带信息 toString：当前 1，草稿 没有',
    ]);
    expect(text(root)).to.include('各格数据相同，表头、文字等有 8 处不同：');
  });

  it('[E185] what does not fit the list at once can be opened, to the last difference', async () => {
    const there = report(3);
    const root = shown(comparisonOf(report(null), there));
    const items = Array.from(root.querySelectorAll('li'));
    const cells = formatOf(there).inputs;
    expect(items.map((item) => item.textContent!.trim())).to.have.length(cells.length);
    for (const [index, { label }] of cells.entries()) expect(items[index]!.textContent).to.include(label);
    const last = items[items.length - 1]!;
    expect(last.checkVisibility()).to.equal(false);
    await click(root.querySelector('summary')!);
    expect(last.checkVisibility()).to.equal(true);
    expect(text(root)).to.include(`全部显示（其余 ${cells.length - 60} 处）`);
    await expectAccessible();
  });

  it('[E185] what is the same, of another format or cannot be read is said', () => {
    expect(text(shown(comparisonOf(report(3), report(3))))).to.equal('草稿与当前内容相同。');
    expect(text(shown(comparisonOf(report(3), emptyReport('2019'))))).to.equal(
      '草稿是2019年格式，当前是2021年格式，不能逐格对比。',
    );
    const record = (content: string): DraftRecord => ({ payload: content }) as DraftRecord;
    const draft = record(payloadText(enter(report(3), { [received()]: '4' })));
    expect(text(shown(comparisonWithDraft(draft, report(3))))).to.include('当前 3，草稿 4');
    expect(text(shown(comparisonWithDraft(draft, report(5))))).to.include('有 166 格不同');
    expect(text(shown(comparisonWithDraft(record('{'), report(3))))).not.to.equal('');
  });

  it('[E188] text of a draft is text', async () => {
    const root = shown(comparisonOf(report(0), named(enter(report(0), { [received()]: SCRIPT }), SCRIPT)));
    await settled();
    expect(root.querySelector('img')).to.equal(null);
    expect(text(root).split(SCRIPT)).to.have.length(3);
    expect('broken' in window).to.equal(false);
  });
});

describe('the merge view', () => {
  afterEach(cleanUp);

  it('[E186] what only one side changed can be looked at; conflicts are rows with their label and every value', async () => {
    const merging = new Merging(twoTabs());
    expect(merging.rows).to.deep.equal([
      ['项目', '原值', names.ours, names.theirs, '采用'],
      ['单位名称', '示例县教育局', '甲局', '乙局', `${names.ours}${names.theirs}原值`],
      [
        `表三 ${FORMAT.cellsById.get(received())!.label}`,
        '0',
        '12',
        '15',
        `${names.ours}${names.theirs}原值`,
      ],
    ]);
    expect(Array.from(merging.root.querySelectorAll('th'), (head) => head.scope)).to.deep.equal([
      ...Array<string>(5).fill('col'),
      ...Array<string>(2).fill('row'),
    ]);
    expect(merging.words).to.include('两份改得相同的有 1 处');
    for (const [name, words] of [
      [names.ours, `${FORMAT.cellsById.get(received('other'))!.label}：原值 0，改为 7`],
      [names.theirs, `${FORMAT.cellsById.get(granted())!.label}：原值 0，改为 /`],
    ] as const) {
      const details = merging.details(`只在“${name}”中改过的：1 格`);
      expect(details.open).to.equal(false);
      await click(details.querySelector('summary')!);
      expect(details.open).to.equal(true);
      expect(details.textContent!.replace(/\s+/g, ' ')).to.include(words);
    }
    await expectAccessible();
  });

  it('[E186] nothing is chosen beforehand, and there is no merging before the last choice', async () => {
    const merging = new Merging(twoTabs());
    expect(merging.chosen).to.deep.equal([
      [false, false, false],
      [false, false, false],
    ]);
    expect(merging.status).to.equal('还有 2 处未选择');
    await click(merging.button('合并'));
    expect(merging.done).to.deep.equal([]);
    await click(merging.radios(1)[1]!);
    expect(merging.status).to.equal('还有 1 处未选择');
    expect(merging.button('合并').disabled).to.equal(true);
    await click(merging.radios(0)[0]!.labels![0]!);
    expect(merging.status).to.equal('可以合并');
    const taken = Array.from(merging.root.querySelectorAll('td.taken'), (cell) => cell.textContent!.trim());
    expect(taken).to.deep.equal(['甲局', '15']);
    await click(merging.button('合并'), { count: 2 });
    expect(merging.done).to.have.length(1);
    const [joined] = merging.done as [Report];
    expect(joined.head['organization.name']).to.equal('甲局');
    expect(
      [received(), received('other'), granted(), received('social'), granted('social')].map((id) =>
        shownIn(joined, id),
      ),
    ).to.deep.equal(['15', '7', 'not-applicable', '4', '0']);
    expect(merging.cancelled).to.equal(0);
  });

  it('[E186] 全部采用 chooses one side everywhere and can still be changed; 取消 hands over nothing', async () => {
    const merging = new Merging(twoTabs());
    await click(merging.button(`全部采用“${names.ours}”`));
    await click(merging.button(`全部采用“${names.theirs}”`));
    expect(merging.chosen).to.deep.equal([
      [false, true, false],
      [false, true, false],
    ]);
    await click(merging.radios(1)[2]!);
    await click(merging.button('合并'));
    expect(merging.done[0]!.head['organization.name']).to.equal('乙局');
    expect(shownIn(merging.done[0]!, received())).to.equal('0');
    const other = new Merging(twoTabs());
    await click(other.button('取消（两份都保留）'));
    expect([other.cancelled, other.done.length]).to.deep.equal([1, 0]);
    await click(other.button(`全部采用“${names.ours}”`));
    await click(other.button('合并'));
    expect(other.done).to.deep.equal([]);
  });

  it('[E187] by keyboard: Tab reaches each row once, arrows choose, Enter merges', async () => {
    const merging = new Merging(twoTabs());
    merging.root.querySelector<HTMLElement>('h2')!.focus();
    await press('Tab');
    await press('Enter');
    expect(merging.root.querySelector('details')!.open).to.equal(true);
    await press('Tab', 4);
    expect(focused()).to.equal(merging.radios(0)[0]);
    await press(' ');
    await press('ArrowDown');
    expect(merging.chosen[0]).to.deep.equal([false, true, false]);
    expect(focused()).to.equal(merging.radios(0)[1]);
    await press('Tab');
    expect(focused()).to.equal(merging.radios(1)[0]);
    await press(' ');
    await press('Tab');
    expect(focused()).to.equal(merging.button('合并'));
    await press('Enter');
    expect(merging.done[0]!.head['organization.name']).to.equal('乙局');
    expect(shownIn(merging.done[0]!, received())).to.equal('12');
  });

  it('[E186] a redraw keeps what was chosen; another merge in the same place begins with nothing', async () => {
    const merging = new Merging(twoTabs());
    await click(merging.radios(0)[0]!);
    merging.draw();
    expect(merging.chosen[0]).to.deep.equal([true, false, false]);
    const next = new MergeView({
      ...twoTabs(),
      names,
      requestUpdate: () => undefined,
      done: () => undefined,
      cancel: () => undefined,
    });
    render(next.view(), merging.root);
    expect(merging.chosen.flat()).to.deep.equal(Array<boolean>(6).fill(false));
    expect(merging.status).to.equal('还有 2 处未选择');
  });

  it('[E188] texts are shown whole, with their lines, and as text', async () => {
    const long = (who: string): string => `${who}${SCRIPT}\n${'长'.repeat(2000)}末`;
    const of = (overview: string): Report => report(0, { narrative: { overview } });
    const merging = new Merging({ ancestor: of('原'), ours: of(long('甲')), theirs: of(long('乙')) });
    await settled();
    expect(merging.root.querySelector('img')).to.equal(null);
    expect('broken' in window).to.equal(false);
    const boxes = Array.from(merging.root.querySelectorAll<HTMLElement>('div.value'));
    expect(boxes.map((box) => box.textContent)).to.deep.equal([long('甲'), long('乙')]);
    expect(getComputedStyle(boxes[0]!).whiteSpace).to.equal('pre-wrap');
    // The end is reached by the keyboard.
    expect(boxes[0]!.scrollHeight).to.be.greaterThan(boxes[0]!.clientHeight);
    boxes[0]!.focus();
    await press('End');
    await settled();
    for (const end = Date.now() + 4_000; boxes[0]!.scrollTop === 0 && Date.now() < end;) await settled();
    expect(boxes[0]!.scrollTop).to.be.greaterThan(0);
    await expectAccessible();
  });

  it('[E189] without the contents before, every difference is to be decided, and there is no 原值', async () => {
    const { ours, theirs } = twoTabs();
    const merging = new Merging({ ancestor: undefined, ours, theirs });
    expect(merging.rows[0]).to.deep.equal(['项目', names.ours, names.theirs, '采用']);
    expect(merging.rows).to.have.length(5);
    expect(merging.words).to.include('分开之前的内容已无法得知');
    expect(merging.status).to.equal('还有 4 处未选择');
    await click(merging.button(`全部采用“${names.theirs}”`));
    await click(merging.button('合并'));
    expect(shownIn(merging.done[0]!, received('other'))).to.equal('0');
    expect(shownIn(merging.done[0]!, granted())).to.equal('not-applicable');
    await expectAccessible();
  });

  it('[E189] two that say the same are said to', async () => {
    for (const ancestor of [report(0), undefined]) {
      const [one, other] = [
        enter(report(0), { [received()]: '12' }),
        enter(report(0), { [received()]: '１２' }),
      ];
      const merging = new Merging({ ancestor, ours: one, theirs: other });
      expect(merging.words).to.equal('合并两份内容 两份内容相同。 可以合并 合并 取消（两份都保留）');
      await click(merging.button('合并'));
      expect(shownIn(merging.done[0]!, received())).to.equal('12');
    }
  });

  it('[E189] other formats are refused in words, and both stay', async () => {
    const merging = new Merging({ ancestor: undefined, ours: report(0), theirs: emptyReport('2019') });
    expect(merging.words).to.include(
      `“${names.ours}”是2021年格式，“${names.theirs}”是2019年格式，不能合并。两份都保留。`,
    );
    expect(merging.button('合并')).to.equal(undefined);
    await click(merging.button('取消'));
    expect(merging.cancelled).to.equal(1);
    await expectAccessible();
  });

  it('[E189] before merging it says which totals nobody had and which problems are new', async () => {
    const ancestor = report(0);
    const pair = (id: CellId): Report => enter(ancestor, { [received()]: '1', [id]: '1' });
    const options = {
      ancestor,
      ours: pair(granted()),
      theirs: pair('requests/partly-granted/natural-person'),
    };
    const merging = new Merging(options);
    expect(merging.words).to.include('没有需要选择的地方');
    const totals = merging.details('个自动计算的总计与两份都不同');
    await click(totals.querySelector('summary')!);
    expect(totals.textContent!.replace(/\s+/g, ' ')).to.include(
      `${FORMAT.cellsById.get('requests/total/natural-person')!.label}：2（${names.ours} 1，${names.theirs} 1）`,
    );
    expect(merging.root.querySelector('.warn')!.textContent).to.include('相差1');
    await expectAccessible();
    await click(merging.button('合并'));
    expect(merging.done).to.have.length(1);
    const harmless = new Merging({ ancestor, ours: pair(granted()), theirs: ancestor });
    expect(harmless.words).to.include('合并不会带来新的必须修改的问题');
    const told = new Merging({ ...options, findings: () => [] });
    expect(told.root.querySelector('.warn')).to.equal(null);
  });
});
