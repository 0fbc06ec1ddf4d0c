/** The editor as a person works with it: tables, findings, totals, undo, status. */
import { expect } from 'chai';
import { rowHelp } from '../../src/format/row-help.ts';
import { expectAccessible } from '../browser/axe.ts';
import { hover } from '../browser/commands.ts';
import {
  cleanUp,
  click,
  COLUMNS,
  described,
  drawn,
  enter,
  Findings,
  focused,
  FORMAT,
  granted,
  input,
  isRed,
  listen,
  open,
  paste,
  payload,
  place,
  press,
  push,
  received,
  sample,
  search,
  settled,
  show,
  statusBar,
  tables,
  type,
  type Payload,
} from './editor-fixture.ts';

const TOTAL = 'requests/received/total';

describe('annual report', () => {
  afterEach(cleanUp);

  describe('on screen', () => {
    it('[E1] draws the three official tables in its shadow root, with adopted style sheets only', async () => {
      const before = document.querySelectorAll('style, link').length;
      const editor = await show();
      const titles = tables(editor).map((table) => table.shadowRoot!.querySelector('h2')!.textContent);
      expect(titles).to.deep.equal(FORMAT.tables.map((table) => table.title));
      for (const table of FORMAT.tables) {
        const text = tables(editor).find((one) => one.table === table.id)!.shadowRoot!.textContent!;
        for (const cell of table.layout.rows.flat())
          if ('heading' in cell) expect(text).to.include(cell.heading);
      }
      // Where the headings stay in view is measured, and said by script, which no policy forbids.
      expect(search(editor, 'style, link, [style]:not(thead)')).to.deep.equal([]);
      expect(editor.shadowRoot!.adoptedStyleSheets.length).to.be.above(0);
      expect(document.querySelectorAll('style, link')).to.have.length(before);
    });

    it('[E2] has no accessibility violation, empty', async () => {
      await expectAccessible(await show());
    }).timeout(20_000);

    it('[E2] has no accessibility violation, wrong and checked', async () => {
      const wrong = await sample('wrong');
      const editor = await show((one) => (one.value = wrong));
      await expectAccessible(editor);
      await push(editor, '检查');
      await push(editor, '快捷键');
      await expectAccessible(editor);
    }).timeout(30_000);

    it('[E2] has no accessibility violation, refused and read-only', async () => {
      await expectAccessible(await show((one) => (one.value = '{"schema"')));
    }).timeout(20_000);
  });

  describe('an edit', () => {
    it('[E3] gives one input, then one change, when the checks have run', async () => {
      const editor = await show();
      const told = listen(editor);
      await open(editor, received(), '12');
      expect(told.heard, 'nothing while typing').to.deep.equal([]);
      await press('Enter');
      expect(told.heard).to.deep.equal(['xxgk-checked', 'input', 'change']);
      expect(
        told.values.map(
          (value) =>
            (JSON.parse(value) as { tables: { requests: { received: object } } }).tables.requests.received,
        ),
      ).to.deep.equal(
        Array.from({ length: 2 }, () => ({
          ...Object.fromEntries(COLUMNS.map((column) => [column, null])),
          total: null,
          'natural-person': 12,
        })),
      );
    });

    it('[E3] gives one of each for a whole paste, an undo, a redo and 空白填 0', async () => {
      const editor = await show();
      const told = listen(editor);
      const expectOne = (): void => {
        expect(told.heard.splice(0)).to.deep.equal(['xxgk-checked', 'input', 'change']);
      };
      await click(input(editor, received()));
      expect(told.heard).to.deep.equal([]);
      paste('1\t2\t3\n4\t5\t6');
      expectOne();
      await press('Control+z');
      expectOne();
      await press('Control+y');
      expectOne();
      await push(editor, '空白填 0');
      expectOne();
      await press('Escape');
      expect(told.heard).to.deep.equal([]);
    });

    it('[E3] says nothing where nothing changed', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      const told = listen(editor);
      await enter(editor, received(), '0');
      await open(editor, received(), '5');
      await press('Escape');
      await press('Tab');
      expect(told.heard).to.deep.equal([]);
    });

    it('[E61] organisation and year are part of the report, and a year that is none is explained', async () => {
      const editor = await show();
      const [name, year] = Array.from(editor.shadowRoot!.querySelectorAll<HTMLInputElement>('.head input'));
      await click(name!);
      await type('示例县教育局');
      await click(year!, { count: 3 });
      await type('二〇二四');
      await press('Tab');
      await drawn(editor);
      expect(editor.payload()).to.deep.include({ year: null, organization: { name: '示例县教育局' } });
      expect(editor.shadowRoot!.querySelector('.head')!.textContent).to.include('四位数字');
      await click(year!, { count: 3 });
      await type('2024');
      await press('Tab');
      await drawn(editor);
      expect(editor.payload()['year']).to.equal(2024);
      expect(editor.shadowRoot!.querySelector('.head')!.textContent).not.to.include('请填 2008');
    });
  });

  describe('findings', () => {
    it('[E8] an equation with a blank operand is 未填完 and not red; red once every cell of it is filled', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: null })));
      const findings = new Findings(editor);
      const total = 'requests/total/natural-person';
      expect(findings.quiet).to.include('未填完');
      expect(findings.sentences).to.deep.equal([]);
      expect(search(editor, 'input[aria-invalid="true"]')).to.have.length(0);
      await open(editor, granted(), '1');
      expect(findings.sentences, 'nothing while the cell is open').to.deep.equal([]);
      await type('1');
      await press('Enter');
      await drawn(editor);
      expect(findings.sentences).to.deep.equal([
        '自然人：新收＋上年结转＝12；办理结果总计＋结转下年度＝11；相差1。',
        '总计：新收＋上年结转＝12；办理结果总计＋结转下年度＝11；相差1。',
      ]);
      expect(isRed(editor, granted('enterprise')), 'a balanced column').to.equal(false);
      expect(
        [received(), total].some((cell) => isRed(editor, cell)),
        'a cell of the equation',
      ).to.equal(true);
      await enter(editor, granted(), '12');
      expect(findings.sentences).to.deep.equal([]);
    });

    it('[E9] a finding names both sides, its cells and the clause; a chip leads to its cell', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 15 })));
      const findings = new Findings(editor);
      const item = findings.item('新收＋上年结转＝12；办理结果总计＋结转下年度＝15；相差3');
      expect(item.textContent)
        .to.include('T3-01')
        .and.include('依据：')
        .and.include('国办公开办函〔2021〕30号');
      const labels = Array.from(item.querySelectorAll('button'), (chip) => chip.textContent!.trim());
      expect(labels).to.include(FORMAT.cellsById.get(received())!.label);
      await click(findings.chip('新收＋上年结转＝12', FORMAT.cellsById.get(received())!.label));
      await settled();
      expect(focused()).to.equal(input(editor, received()));
    });

    it('[E9] hovering a finding outlines its cells, and leaving it ends that', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 15 })));
      const item = new Findings(editor).item('相差3');
      await hover(item.querySelector('.sentence')!);
      await settled();
      const outlined = (): (string | null)[] =>
        search(editor, '[data-outlined] input').map((one) => one.getAttribute('aria-label'));
      expect(outlined()).to.include(FORMAT.cellsById.get(received())!.label);
      await hover({ x: 5, y: 5 });
      await settled();
      expect(outlined()).to.deep.equal([]);
    });

    it('[E9] the cell says the same sentence as the list', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 15 })));
      const { sentences } = new Findings(editor);
      const cells = search(editor, 'input[aria-invalid="true"]').map(
        (one) => FORMAT.cells.find((cell) => cell.label === one.getAttribute('aria-label'))!.id,
      );
      expect(cells.length).to.be.above(0);
      for (const cell of cells)
        expect(
          sentences.some((sentence) => described(editor, cell).includes(sentence)),
          cell,
        ).to.equal(true);
    });

    it('[E10] 检查 lists blanks as well and moves focus to 有 N 处需要处理', async () => {
      const editor = await show();
      const findings = new Findings(editor);
      expect(findings.heading.textContent).to.equal('填写中，暂未发现问题');
      await push(editor, '检查');
      await settled();
      expect(focused()).to.equal(findings.heading);
      expect(findings.heading.textContent).to.match(/^有 \d+ 处需要处理$/);
      expect(findings.sentences.join()).to.include(`还有 ${FORMAT.inputs.length} 格空白`);
      await push(editor, '这些空白全部填 0');
      expect(findings.sentences.join()).not.to.include('空白');
      await press('Control+z');
    });

    it('[E10] a report without fault is 检查通过', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await push(editor, '检查');
      expect(new Findings(editor).heading.textContent).to.equal('检查通过，没有需要处理的问题');
    });

    it('[E68] a likely cause names cell and value, and one click carries it out, as one step of undo', async () => {
      const editor = await show();
      const findings = new Findings(editor);
      const causes = (): HTMLElement | null =>
        findings.root.querySelector('section[aria-label="可能的原因"]');
      const cells = (await sample('large')) as unknown as object;
      editor.value = { ...cells, generator: 'somebody else' };
      await drawn(editor);
      expect(causes()).to.equal(null);
      const right = input(editor, received()).value;
      const wrong = right.slice(0, -2) + right.slice(-1) + right.slice(-2, -1);
      expect(wrong).not.to.equal(right);
      const changed = (await sample('large')) as Payload;
      changed.tables['requests']!['received']!['natural-person'] = Number(wrong);
      editor.value = { ...changed, generator: 'somebody else' };
      await drawn(editor);
      const end = Date.now() + 4000;
      while (causes() === null && Date.now() < end) await settled();
      expect(causes()!.textContent).to.include(`${wrong} 疑似 ${right}（相邻数字颠倒）`);
      const told = listen(editor);
      await click(causes()!.querySelector('button.apply')!);
      await drawn(editor);
      expect(input(editor, received()).value).to.equal(right);
      expect(causes()).to.equal(null);
      expect(findings.sentences).to.deep.equal([]);
      expect(told.heard.filter((name) => name === 'change')).to.have.length(1);
      await push(editor, '撤销');
      expect(input(editor, received()).value).to.equal(wrong);
    });

    it('[E68] a wrong control total is given up; a locked report offers no change', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 12 })));
      const table = tables(editor).find((one) => one.table === 'requests')!;
      await click(table.shadowRoot!.querySelector('input[type="checkbox"]')!);
      await enter(editor, TOTAL, '21');
      const apply = (): HTMLButtonElement | null =>
        new Findings(editor).root.querySelector<HTMLButtonElement>('button.apply');
      const end = Date.now() + 4000;
      while (apply() === null && Date.now() < end) await settled();
      editor.readonly = true;
      await drawn(editor);
      expect(apply()!.disabled).to.equal(true);
      editor.readonly = false;
      await drawn(editor);
      await click(apply()!);
      await drawn(editor);
      expect(described(editor, TOTAL)).not.to.include('核对数');
      expect(new Findings(editor).sentences).to.deep.equal([]);
    });

    it('[E62] F8 walks over the cells with problems and back', async () => {
      const editor = await show(
        (one) =>
          (one.value = payload(0, { [received()]: 12, [granted()]: 15, 'proceedings/review/upheld': 1 })),
      );
      await click(input(editor, 'disclosure/rules/issued'));
      await press('F8');
      const first = focused();
      expect(first.getAttribute('aria-invalid')).to.equal('true');
      await press('F8');
      expect(focused()).not.to.equal(first);
      await press('Shift+F8');
      expect(focused()).to.equal(first);
      await click(editor.shadowRoot!.querySelector('.head .name')!);
      await press('F8');
      expect(focused().getAttribute('aria-invalid')).to.equal('true');
    });

    it('[E62] ? shows the keys, Alt+↓ what belongs into the row', async () => {
      const editor = await show();
      await click(input(editor, granted()));
      await press('?');
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('.help')!.textContent).to.include('Ctrl+Z');
      await press('Alt+ArrowDown');
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('.help')!.textContent).to.include(
        rowHelp('2021', FORMAT.cellsById.get(granted())!)!.text,
      );
      expect(
        editor.shadowRoot!.querySelector('[aria-live]')!.textContent,
        'said aloud, as the keyboard stays in the cell',
      ).to.include(rowHelp('2021', FORMAT.cellsById.get(granted())!)!.text);
      await type('7');
      await press('Escape');
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('.help'), 'it gives up the number').not.to.equal(null);
      await press('Escape');
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('.help')).to.equal(null);
      await press('Tab');
      expect(focused(), 'Tab goes on in the table').to.equal(input(editor, granted('enterprise')));
    });

    it('[E62] help that is closed gives the keyboard back, and a dialog around stays open', async () => {
      const dialog = document.createElement('dialog');
      place(dialog);
      const editor = await show();
      dialog.append(editor);
      dialog.showModal();
      await drawn(editor);
      const help = (): Element | null => editor.shadowRoot!.querySelector('.help');
      await click(input(editor, granted('research')));
      await press('Alt+ArrowDown');
      await drawn(editor);
      await push(editor, '关闭说明');
      expect(help()).to.equal(null);
      expect(focused()).to.equal(input(editor, granted('research')));
      await push(editor, '快捷键');
      expect(help()).not.to.equal(null);
      await press('Escape');
      await drawn(editor);
      expect(help()).to.equal(null);
      expect(dialog.open).to.equal(true);
      expect(editor.shadowRoot!.activeElement?.textContent?.trim()).to.equal('快捷键');
      await push(editor, '快捷键');
      await push(editor, '关闭说明');
      expect(editor.shadowRoot!.activeElement?.textContent?.trim()).to.equal('快捷键');
      await press('Escape');
      expect(dialog.open, 'the next one is the dialog’s').to.equal(false);
    });

    it('[E10] a doubtful reading is asked about by itself, and is no blank to be filled with 0', async () => {
      const doubtful = { [received()]: { kind: 'uncertain', raw: '7l', candidate: 71 } };
      const editor = await show(
        (one) => (one.value = payload(0, { [received()]: null }, { draft: true, marks: doubtful })),
      );
      await push(editor, '检查');
      const { sentences } = new Findings(editor);
      expect(sentences.join()).to.include('读取的是“7l”').and.not.include('空白');
    });

    it('[E9] each finding names the clause of its own case', async () => {
      const editor = await show(
        (one) => (one.value = payload(0, {}, { period: { from: '2024-02-01', to: '2024-12-31' } })),
      );
      await enter(editor, 'disclosure/fees/amount', '0.0000001');
      const findings = new Findings(editor);
      expect(findings.item('统计期限').textContent).to.include('依据：统计期限为报告年度1月1日至12月31日');
      expect(findings.item('小数最多6位').textContent).to.include('依据：0.000001万元即1分');
    });
  });

  describe('totals', () => {
    it('[E12] totals are computed as soon as their cells are filled', async () => {
      const editor = await show();
      for (const column of COLUMNS.slice(0, 5)) await enter(editor, received(column), '2');
      expect(input(editor, TOTAL).value).to.equal('');
      await enter(editor, received('other'), '2');
      expect(input(editor, TOTAL).value).to.equal('12');
    });

    it('[E12] a control total never overwrites the computed one; a difference is a finding', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 12 })));
      const table = tables(editor).find((one) => one.table === 'requests')!;
      await click(table.shadowRoot!.querySelector('input[type="checkbox"]')!);
      await enter(editor, TOTAL, '15');
      expect(input(editor, TOTAL).value).to.equal('12');
      expect(described(editor, TOTAL)).to.include('核对数 15');
      const all = new Findings(editor).sentences.join('\n');
      expect(all).to.match(/相加＝12；总计＝15；相差3|核对数是15，计算得12，相差3/);
      expect(
        JSON.parse(editor.value) as {
          tables: { requests: { received: { total: number } } };
          reported: object;
        },
      ).to.deep.include({ reported: { [TOTAL]: 15 } });
      await enter(editor, TOTAL, '12');
      expect(new Findings(editor).sentences).to.deep.equal([]);
    });

    it('[E12] a total printed wrong in the report that was loaded is kept beside the computed one', async () => {
      const wrong = await sample('wrong');
      const editor = await show((one) => (one.value = wrong));
      expect(
        new Findings(editor).sentences.filter((sentence) => sentence.includes('总计＝0')),
      ).to.have.length(2);
      expect(input(editor, 'proceedings/review/total').value).to.equal('11');
      expect(described(editor, 'proceedings/review/total')).to.include('核对数 0');
    });

    it('[E14] an amount in 万元 is also shown in 元', async () => {
      const editor = await show();
      await enter(editor, 'disclosure/fees/amount', '251000.5');
      expect(described(editor, 'disclosure/fees/amount')).to.include('合 2,510,005,000 元');
    });
  });

  describe('undo', () => {
    it('[E11] 空白填 0 fills the blanks of one table, in one undo step', async () => {
      const editor = await show(
        (one) => (one.value = payload(null, { 'disclosure/licensing/decisions': 7 })),
      );
      await push(editor, '空白填 0');
      const disclosure = FORMAT.tables[0]!;
      const shown = disclosure.cells.map((cell) => input(editor, cell.id).value);
      expect(shown.filter((text) => text === '0')).to.have.length(disclosure.cells.length - 1);
      expect(input(editor, 'disclosure/licensing/decisions').value).to.equal('7');
      expect(input(editor, received()).value).to.equal('');
      await push(editor, '撤销');
      expect(
        disclosure.cells.map((cell) => input(editor, cell.id).value).filter((text) => text !== ''),
      ).to.deep.equal(['7']);
    });

    it('[E13] steps back and forth by keys and buttons, over all tables and the head', async () => {
      const editor = await show();
      await enter(editor, 'disclosure/licensing/decisions', '5');
      await enter(editor, received(), '12');
      await enter(editor, 'proceedings/review/upheld', '3');
      await press('Control+z');
      await drawn(editor);
      expect(input(editor, 'proceedings/review/upheld').value).to.equal('');
      await push(editor, '撤销');
      expect(input(editor, received()).value).to.equal('');
      await push(editor, '撤销');
      expect(input(editor, 'disclosure/licensing/decisions').value).to.equal('');
      await push(editor, '重做');
      await push(editor, '重做');
      expect([
        input(editor, 'disclosure/licensing/decisions').value,
        input(editor, received()).value,
      ]).to.deep.equal(['5', '12']);
      await enter(editor, received(), '13');
      expect(
        (search(editor, 'button').find((one) => one.textContent!.trim() === '重做') as HTMLButtonElement)
          .disabled,
      ).to.equal(true);
    });
  });

  describe('status bar', () => {
    it('[E15] counts problems, filled cells and zeros, and adds up a selection', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 15 })));
      const zeros = FORMAT.inputs.length - 2;
      expect(statusBar(editor)).to.include(
        `已填 ${FORMAT.cells.length}/${FORMAT.cells.length} · 已确认为零 ${zeros}`,
      );
      expect(statusBar(editor)).to.match(/必须修改 [1-9]/);
      await enter(editor, granted(), '12');
      expect(statusBar(editor)).to.include('必须修改 0');
      await click(input(editor, received()));
      await press('Shift+ArrowRight', 2);
      await drawn(editor);
      expect(statusBar(editor)).to.include('求和 12').and.include('计数 3');
      await enter(editor, received('enterprise'), '');
    });

    it('[E15] the counts are announced as they stand there', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 12 })));
      const announced = (): string =>
        editor.shadowRoot!.querySelector('.hidden[role="status"]')!.textContent!.trim();
      const counted = (): string =>
        [...editor.shadowRoot!.querySelectorAll('.status-bar .counts button')]
          .map((button) => button.textContent!.replace(/\s+/g, ' ').trim())
          .join('，');
      for (const text of ['自然人', '13', '12']) {
        await enter(editor, granted(), text);
        expect(announced()).to.equal(counted());
        expect(announced().includes('填写有误 1')).to.equal(text === '自然人');
      }
      editor.check();
      await drawn(editor);
      for (const id of [received(), received('enterprise')]) {
        await click(input(editor, id));
        await press('Delete');
        await drawn(editor);
      }
      // Two blanks are one matter.
      expect(announced()).to.include('需核实 1，');
      expect(announced()).to.equal(counted());
    });

    it('[E15] a count leads to its findings', async () => {
      const editor = await show((one) => (one.value = payload(0, { [received()]: 12, [granted()]: 15 })));
      const count = search(editor, '.status-bar button').find((one) =>
        one.textContent!.trim().startsWith('必须修改'),
      )!;
      await click(count);
      await settled();
      expect(focused().id).to.equal('must');
    });

    it('[E15] what is not checked yet says nothing of being kept', async () => {
      const editor = await show();
      expect(statusBar(editor)).not.to.include('已暂存');
    });
  });

  describe('last year', () => {
    const previous = (): object =>
      payload(0, { 'requests/carried-forward/natural-person': 4, [received()]: 4 }, { year: 2023 });

    it('[E60] switches on the checks across years, live', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      expect(new Findings(editor).sentences).to.deep.equal([]);
      editor.previous = previous();
      await drawn(editor);
      expect(new Findings(editor).sentences.join('\n')).to.include(
        '上年结转（自然人）为0，上年报告的结转下年度为4，相差4',
      );
      await enter(editor, 'requests/carried-over/natural-person', '4');
      expect(new Findings(editor).sentences.join('\n')).not.to.include('上年报告的结转下年度');
      editor.previous = '';
      await drawn(editor);
      expect(editor.previous).to.equal(false);
    });

    it('[E69] is named, asked about where it is another unit’s, and can be put away', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      const line = (): string => editor.shadowRoot!.querySelector('.previous')?.textContent ?? '';
      expect(line()).not.to.include('年度');
      expect(await editor.openPrevious(JSON.stringify(previous()))).to.equal(undefined);
      await drawn(editor);
      expect(line()).to.include('示例县教育局 2023').and.not.to.include('请确认');
      const other = { ...previous(), organization: { name: '另一县教育局' } };
      expect(await editor.openPrevious(JSON.stringify(other))).to.equal(undefined);
      await drawn(editor);
      expect(line()).to.include('“另一县教育局”').and.include('请确认是否同一单位');
      await editor.openReport(JSON.stringify({ ...payload(0), organization: { name: '第三县' } }), 'x.json');
      await drawn(editor);
      expect(editor.previous).to.equal(false);
      expect(editor.message).to.include('已停止使用“另一县教育局”的上年报告');
      await editor.openPrevious(JSON.stringify(previous()));
      await drawn(editor);
      await push(editor, '停止使用');
      expect(editor.previous).to.equal(false);
    });

    it('[E61] a name that is being typed outlives the opening of last year’s report', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await click(editor.shadowRoot!.querySelector<HTMLInputElement>('input.name')!);
      await press('End');
      await type('新');
      await editor.openPrevious(JSON.stringify(previous()));
      expect(editor.value).to.include('示例县教育局新');
    });

    it('[E60] of another year, or no report at all, is refused with a sentence', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      expect(await editor.openPrevious(JSON.stringify(payload(0, {}, { year: 2020 })))).to.include(
        '上年报告应为 2023 年度',
      );
      expect(await editor.openPrevious('[]')).to.match(/^上年报告：/);
      expect(editor.previous).to.equal(false);
    });
  });
});
