/** Findings to be verified, zero reports, and the way from the check to the receipt, as a person goes it. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type { XxgkSubmitRequestEvent } from '../../src/elements/events.ts';
import { expectAccessible } from '../browser/axe.ts';
import { shortly } from '../browser/short-waits.ts';
import {
  button,
  cleanUp,
  click,
  described,
  drawn,
  enter,
  Findings,
  focused,
  FORMAT,
  input,
  listen,
  payload,
  place,
  press,
  push,
  received,
  search,
  settled,
  show,
  statusBar,
  tables,
  type,
  type Payload,
} from './editor-fixture.ts';

const KEY = 'non-commercial-and-evaluation';
const CARRIED = 'requests/carried-over/natural-person';
const FORWARD = 'requests/carried-forward/natural-person';
const MARKUP = '<img src=x onerror="window.hacked=1">';

/** A good report whose 上年结转 is two more than last year's report says, and last year's. */
const doubtful = (): Payload => payload(0, { [CARRIED]: 5, [FORWARD]: 5 });
const previous = (more: object = {}): Payload =>
  payload(0, { [FORWARD]: 3, [received()]: 3 }, { year: 2023, ...more });

async function showDoubtful(more: object = {}): Promise<XxgkAnnualReport> {
  const editor = await show((one) => {
    one.value = doubtful();
    one.previous = previous(more);
  });
  await drawn(editor);
  return editor;
}

const settledOnes = (editor: XxgkAnnualReport): string[] =>
  Array.from(
    editor.shadowRoot!.querySelector('xxgk-findings')!.shadowRoot!.querySelectorAll('#settled li'),
    (one) => one.textContent!.replace(/\s+/g, ' ').trim(),
  );
/** The findings that are still open, by what they say. */
const open = (editor: XxgkAnnualReport): string[] =>
  Array.from(
    editor
      .shadowRoot!.querySelector('xxgk-findings')!
      .shadowRoot!.querySelectorAll('#must .sentence, #verify .sentence, #format .sentence'),
    (one) => one.textContent!.trim(),
  );
const explanations = (editor: XxgkAnnualReport): Record<string, unknown>[] =>
  (editor.payload()['explanations'] ?? []) as unknown as Record<string, unknown>[];
const view = (editor: XxgkAnnualReport): HTMLElement => editor.shadowRoot!.querySelector('.submission')!;
/** The text of the check-answers view as it is read. */
const said = (editor: XxgkAnnualReport): string => view(editor).textContent!.replace(/\s+/g, ' ');

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 12_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await settled();
  }
}

/** Opens the check-answers view of a finished report. */
async function toView(editor: XxgkAnnualReport): Promise<void> {
  await push(editor, '提交');
  await until('the view', () => view(editor) !== null);
  await settled();
}

describe('sign-off', () => {
  afterEach(cleanUp);

  describe('findings that need verifying', () => {
    it('[E130] each is confirmed or explained on its own, with suggested reasons, as a step of undo', async () => {
      const editor = await showDoubtful();
      expect(open(editor)).to.have.length(2);
      expect(statusBar(editor)).to.include('需核实 2');
      expect(described(editor, CARRIED)).to.include('上年结转（自然人）为5');
      const told = listen(editor);
      await push(editor, '说明原因');
      const field = focused() as HTMLTextAreaElement;
      expect(field.localName).to.equal('textarea');
      await click(button(editor, '机构改革，申请件随职能划转'));
      await settled();
      expect(field.value).to.equal('机构改革，申请件随职能划转');
      expect(focused() === field, 'to be completed').to.equal(true);
      await type('（2月）');
      await push(editor, '保存说明');
      expect(open(editor)).to.have.length(1);
      expect(settledOnes(editor)[0]).to.match(
        /说明：机构改革，申请件随职能划转（2月） \d{4}年\d+月\d+日 撤回$/,
      );
      expect(statusBar(editor)).to.include('需核实 1');
      expect(told.heard.filter((name) => name === 'change')).to.have.length(1);
      expect((focused() as HTMLElement).textContent!.trim(), 'on to the next').to.equal('确认无误');
      await press('Enter');
      await drawn(editor);
      expect(open(editor)).to.deep.equal([]);
      expect(new Findings(editor).heading === focused()).to.equal(true);
      expect(described(editor, CARRIED)).not.to.include('上年结转（自然人）为5');
      expect(
        explanations(editor)
          .map(({ rule, kind }) => [rule, kind])
          .sort(),
      ).to.deep.equal([
        ['Y-01', 'explained'],
        ['Y-02', 'confirmed'],
      ]);
      expect(editor.payload()['draft']).to.equal(undefined, 'nothing is open any more');
      await push(editor, '撤销');
      expect(open(editor)).to.have.length(1);
      expect(editor.payload()['draft']).to.equal(true);
      await push(editor, '检查');
      expect(settledOnes(editor), 'checking again wipes no decision').to.have.length(1);
    });

    it('[E131] opens again when a value changes, with what was said, and is settled again when it is back', async () => {
      const editor = await showDoubtful();
      await push(editor, '说明原因');
      await type('上年漏计两件');
      await press('Control+Enter');
      await drawn(editor);
      expect(settledOnes(editor)).to.have.length(1);
      await enter(editor, CARRIED, '6');
      expect(settledOnes(editor)).to.deep.equal([]);
      const item = new Findings(editor).item('原来的说明“上年漏计两件”不再适用');
      await click(
        Array.from(item.querySelectorAll('button')).find((one) => one.textContent!.trim() === '说明原因')!,
      );
      await settled();
      expect((focused() as HTMLTextAreaElement).value).to.equal('上年漏计两件');
      await enter(editor, CARRIED, '5');
      expect(settledOnes(editor), 'the decision was not lost').to.have.length(1);
      editor.previous = payload(0, { [FORWARD]: 4, [received()]: 4 }, { year: 2023 });
      await drawn(editor);
      expect(settledOnes(editor), "last year's figure is another").to.deep.equal([]);
      editor.previous = previous();
      await drawn(editor);
      await push(editor, '撤回');
      expect(settledOnes(editor)).to.deep.equal([]);
      expect(explanations(editor)).to.deep.equal([]);
      expect(focused().closest('.decide') === null, 'the keyboard stays in the list').to.equal(false);
    });

    it("[E132] last year's reason for the same finding is offered again", async () => {
      const editor = await showDoubtful({
        explanations: [
          {
            rule: 'Y-02',
            cells: [CARRIED],
            values: `sha256:${'0'.repeat(64)}`,
            kind: 'explained',
            text: MARKUP,
            at: '2024-01-05T00:00:00Z',
          },
        ],
      });
      const item = new Findings(editor).item('上年结转（自然人）');
      await click(item.querySelectorAll('.decide button')[1]!);
      await settled();
      await click(button(editor, `上年说明：${MARKUP}`));
      await settled();
      expect((focused() as HTMLTextAreaElement).value).to.equal(MARKUP);
      await push(editor, '保存说明');
      expect(settledOnes(editor).join()).to.include(`说明：${MARKUP}`);
      expect((window as { hacked?: number }).hacked).to.equal(undefined);
    });

    it('[E133] what is being written is not lost: by 取消, Esc, an edit elsewhere, or an input method', async () => {
      const editor = await showDoubtful();
      const write = async (): Promise<HTMLTextAreaElement> => {
        await push(editor, '说明原因');
        return focused() as HTMLTextAreaElement;
      };
      await write();
      await type('写到一半');
      await press('Escape');
      await settled();
      expect((focused() as HTMLElement).textContent!.trim(), 'the keyboard stays at the finding').to.equal(
        '确认无误',
      );
      expect((await write()).value).to.equal('写到一半');
      await enter(editor, received('research'), '1');
      expect((search(editor, 'textarea')[0] as HTMLTextAreaElement).value).to.equal('写到一半');
      const field = search(editor, 'textarea')[0] as HTMLTextAreaElement;
      field.focus();
      field.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Enter',
          ctrlKey: true,
          isComposing: true,
          bubbles: true,
          composed: true,
        }),
      );
      await settled();
      expect(settledOnes(editor), 'Enter belongs to the input method').to.deep.equal([]);
      await push(editor, '取消');
      expect((await write()).value).to.equal('写到一半');
      field.value = '';
      await press('Control+a');
      await press('Delete');
      expect((button(editor, '保存说明') as HTMLButtonElement).disabled, 'nothing is no reason').to.equal(
        true,
      );
    });

    it('[E133] a reason for one report is not offered for another, and a host that writes back ends none', async () => {
      const editor = await showDoubtful();
      await push(editor, '说明原因');
      await type('甲的原因');
      editor.value = { ...(JSON.parse(editor.value) as object), 'x-id': 1 };
      await drawn(editor);
      expect((search(editor, 'textarea')[0] as HTMLTextAreaElement).value).to.equal('甲的原因');
      editor.value = { ...doubtful(), organization: { name: '另一县', kind: 'county-bureau' } };
      editor.previous = previous({ organization: { name: '另一县' } });
      await drawn(editor);
      expect(search(editor, 'textarea')).to.deep.equal([]);
      await push(editor, '说明原因');
      expect((focused() as HTMLTextAreaElement).value).to.equal('');
    });

    it('[E146] Shift+F2 leads from the cell to the reason, and says so where nothing is asked', async () => {
      const editor = await showDoubtful();
      await click(input(editor, CARRIED));
      await press('Shift+F2');
      await until('the field', () => focused().localName === 'textarea');
      await type('机构改革');
      await press('Control+Enter');
      await drawn(editor);
      expect(explanations(editor).map(({ rule }) => rule)).to.deep.equal(['Y-02']);
      await click(input(editor, CARRIED));
      await press('Shift+F2');
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('.notice')!.textContent).to.include('本格没有需要说明的问题');
    });

    it('[E147] a "/" becomes the zero that is asked for by one click, as one step of undo', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await enter(editor, 'disclosure/rules/issued', '/');
      await push(editor, '改为 0');
      expect(input(editor, 'disclosure/rules/issued').value).to.equal('0');
      expect(open(editor)).to.deep.equal([]);
      await push(editor, '撤销');
      expect(input(editor, 'disclosure/rules/issued').value).to.equal('/');
      editor.readonly = true;
      await drawn(editor);
      expect((button(editor, '改为 0') as HTMLButtonElement).disabled).to.equal(true);
    });

    it('[E134] what has to be corrected cannot be explained away; locked, nothing can be said', async () => {
      const editor = await show(
        (one) => (one.value = payload(0, { [received()]: 12, 'disclosure/rules/issued': null })),
      );
      await enter(editor, 'requests/granted/social', '/');
      await push(editor, '检查');
      expect(open(editor).length).to.be.above(1);
      expect(search(editor, '.decide')).to.deep.equal([]);
      const other = await showDoubtful();
      other.readonly = true;
      await drawn(other);
      const buttons = search(other, '.decide button') as HTMLButtonElement[];
      expect(buttons).to.have.length(4);
      expect(buttons.every((one) => one.disabled)).to.equal(true);
    });
  });

  describe('零报告', () => {
    it('[E135] one action declares a table zero; it lapses with the first other figure and is refused over one', async () => {
      const editor = await show();
      const table = tables(editor).find((one) => one.table === 'proceedings')!;
      const zero = (): HTMLButtonElement => table.shadowRoot!.querySelector('button.zero')!;
      const state = (): string | null => zero().getAttribute('aria-pressed');
      expect(state()).to.equal('false');
      await click(zero());
      await until('the declaration', () => state() === 'true');
      expect(statusBar(editor)).to.include('已确认为零 12');
      expect(editor.shadowRoot!.querySelector('.notice')!.textContent).to.include('表四已作零报告');
      expect(explanations(editor)).to.have.length(1);
      expect(explanations(editor)[0]).to.include({ rule: 'zero-report', kind: 'confirmed' });
      await enter(editor, 'proceedings/review/upheld', '2');
      await until('the lapse', () => state() === 'false');
      await click(zero());
      await until(
        'the refusal',
        () => editor.shadowRoot!.querySelector('.notice')?.textContent!.includes('不能作零报告') === true,
      );
      expect(state()).to.equal('false');
      await until('the keyboard', () => focused() === input(editor, 'proceedings/review/upheld'));
      await enter(editor, 'proceedings/review/upheld', '0');
      await until('the declaration counts again', () => state() === 'true');
      const kept = editor.value;
      const other = await show((one) => (one.value = kept));
      await until('the declaration travels', () => {
        const again = tables(other).find((one) => one.table === 'proceedings')!;
        return again.shadowRoot!.querySelector('button.zero')!.getAttribute('aria-pressed') === 'true';
      });
      await click(zero());
      await until('the withdrawal', () => state() === 'false');
      expect(explanations(editor)).to.deep.equal([]);
      expect(statusBar(editor)).to.include('已确认为零 12');
    });

    it('[E135] blank, zero and not applicable are counted apart', async () => {
      const editor = await show((one) => (one.value = payload(0, { 'disclosure/rules/issued': null })));
      await enter(editor, 'disclosure/rules/repealed', '/');
      expect(statusBar(editor)).to.include(
        `已填 199/200 · 已确认为零 ${FORMAT.inputs.length - 2} · 不适用 1`,
      );
    });
  });

  describe('提交', () => {
    const requests = (
      editor: XxgkAnnualReport,
      answer?: (event: XxgkSubmitRequestEvent) => void,
    ): XxgkSubmitRequestEvent[] => {
      const heard: XxgkSubmitRequestEvent[] = [];
      editor.addEventListener('xxgk-submit-request', (event) => {
        heard.push(event);
        answer?.(event);
      });
      return heard;
    };

    it('[E136] while something is open the problems are shown instead, each a link to its place, and no host is asked', async () => {
      const editor = await showDoubtful();
      const heard = requests(editor);
      await enter(editor, received(), '7');
      const name = editor.shadowRoot!.querySelector<HTMLInputElement>('.head .name')!;
      await click(name);
      await press('Control+a');
      await press('Delete');
      await press('Tab');
      await push(editor, '提交');
      expect(view(editor) === null).to.equal(true);
      const findings = new Findings(editor);
      await until('the keyboard', () => focused() === findings.heading);
      expect(findings.heading.textContent).to.match(/^有 \d+ 处需要处理$/);
      const link = (part: string): Element => findings.item(part).querySelector('button.sentence')!;
      await click(link('没有填写单位名称'));
      await settled();
      await until('the keyboard', () => focused() === name);
      await click(link('上年结转（自然人）'));
      await settled();
      await until('the keyboard', () => focused() === input(editor, CARRIED));
      expect(described(editor, CARRIED)).to.include(link('上年结转（自然人）').textContent!.trim());
      await type('3');
      await press('Enter');
      await enter(editor, received(), '2');
      await click(name);
      await type('示例县教育局');
      await press('Tab');
      await toView(editor);
      expect(heard.length).to.equal(0);
    });

    it('[E137] shows what is about to be handed on, and the way back to each of it', async () => {
      const editor = await showDoubtful();
      await push(editor, '确认无误');
      await push(editor, '说明原因');
      await click(button(editor, '上年漏计或重复计算'));
      await push(editor, '保存说明');
      await toView(editor);
      await until('the keyboard', () => focused() === view(editor).querySelector('h2'));
      for (const part of [
        '示例县教育局',
        '2024',
        '县（区）直部门',
        '二、上年结转政府信息公开申请数量—总计 5 0',
        '共 200 格，已填 200 格，其中为零 164 格',
        '已核实 2 项',
        '已确认无误',
        '说明：上年漏计或重复计算',
      ])
        expect(said(editor)).to.include(part);
      expect(tables(editor)[0]!.getBoundingClientRect().height, 'the tables give way').to.equal(0);
      const filledBy = view(editor).querySelector('input')!;
      await click(filledBy);
      await type('张三');
      await press('Tab');
      expect((editor.payload()['signOff'] as { filledBy: string }).filledBy).to.equal('张三');
      const change = view(editor).querySelector('[aria-label="修改二、上年结转政府信息公开申请数量—总计"]')!;
      await click(change);
      await settled();
      expect(view(editor) === null).to.equal(true);
      await until('the keyboard', () => focused() === input(editor, 'requests/carried-over/total'));
      await toView(editor);
      await push(editor, '返回修改');
      await settled();
      await until('the keyboard', () => focused() === button(editor, '提交'));
    });

    it('[E237] the name of a signer counts as soon as it is typed, before its field is left', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await toView(editor);
      const field = view(editor).querySelector<HTMLInputElement>('.signers input')!;
      await click(field);
      await type('王芳');
      expect((JSON.parse(editor.value) as Payload)['signOff']).to.deep.equal({ filledBy: '王芳' });
      expect(focused()).to.equal(field);
    });

    it('[E317] what is zero is counted, typed or filled in, and called confirmed by nobody', async () => {
      const editor = await show((one) => (one.value = payload(null, { [received()]: 0 })));
      for (const table of tables(editor)) {
        const fill = Array.from(table.shadowRoot!.querySelectorAll('button')).find(
          (one) => one.textContent!.trim() === '空白填 0',
        );
        await click(fill!);
      }
      await toView(editor);
      expect(said(editor)).to.include(
        `共 200 格，已填 200 格，其中为零 ${FORMAT.inputs.length} 格（逐格填写的和用“空白填 0”填入的都在内）。`,
      );
      expect(said(editor)).not.to.include('确认为零');
    });

    it('[E318, E319] who was left empty is said beforehand, without moving a button, and on the receipt; a digest is a 核对码', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      requests(editor, (event) => event.respondWith(Promise.resolve()));
      await toView(editor);
      const empty = (): string[] =>
        Array.from(view(editor).querySelectorAll<HTMLElement>('.signers small'))
          .filter((one) => getComputedStyle(one).visibility === 'visible')
          .map((one) => one.previousElementSibling!.textContent!.trim());
      expect(empty()).to.deep.equal(['填报人', '审核人', '负责人']);
      expect(said(editor)).to.include('没有填写的可以照常提交：回执上写明未填写');
      const fields = view(editor).querySelectorAll<HTMLInputElement>('.signers input');
      const confirm = (): DOMRect => button(editor, '确认提交').getBoundingClientRect();
      await click(fields[0]!);
      const { top, left } = confirm();
      await type('张三');
      await press('Tab');
      await type(' ');
      await press('Tab');
      await drawn(editor);
      expect([confirm().top, confirm().left]).to.deep.equal([top, left]);
      expect(empty()).to.deep.equal(['审核人', '负责人']);
      await push(editor, '确认提交');
      await until('the receipt', () => view(editor).querySelector('.receipt') !== null);
      expect(said(editor)).to.include('填报人 张三，审核人（未填写），负责人（未填写）');
      expect(said(editor))
        .to.match(/报告核对码 ?sha256:/)
        .and.match(/表格核对码 ?sha256:/);
      expect(said(editor)).not.to.include('摘要');
    });

    it('[E138] the host answers, and a receipt tells time, counts and digest', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      let answer: (words: unknown) => void = () => undefined;
      const heard = requests(editor, (event) =>
        event.respondWith(new Promise((resolve) => (answer = resolve))),
      );
      await toView(editor);
      await push(editor, '确认提交');
      expect(heard.length).to.equal(1);
      const { payload: sent, text } = heard[0]!;
      expect(sent['draft']).to.equal(undefined);
      expect((sent['signOff'] as { at: string }).at).to.match(/^\d{4}-\d{2}-\d{2}$/);
      expect(text).to.equal(editor.value);
      expect(said(editor)).to.include('正在等待答复');
      expect(editor.locked, 'a host has it in its hands').to.equal(true);
      // A host that writes back what it saved, with a field of its own.
      editor.value = { ...(JSON.parse(text) as object), 'x-id': 42 };
      await drawn(editor);
      answer({ message: `已收到，编号 42 ${MARKUP}` });
      await until('the receipt', () => view(editor).querySelector('.receipt') !== null);
      await settled();
      expect(focused().textContent).to.equal('已提交');
      expect(said(editor)).to.include(`已收到，编号 42 ${MARKUP}`);
      expect((window as { hacked?: number }).hacked).to.equal(undefined);
      expect(said(editor)).to.include(String(sent['digest'])).and.to.include(String(sent['tablesDigest']));
      expect(said(editor)).to.match(/时间 \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/);
      expect(said(editor)).to.include('200 格，其中为零 166 格；已核实 0 项');
      await push(editor, '返回报告');
      expect(view(editor) === null).to.equal(true);
      expect(editor.locked).to.equal(false);
    });

    it('[E138] what was accepted is called so, until it is edited', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      requests(editor, (event) => event.respondWith(Promise.resolve()));
      await toView(editor);
      await push(editor, '确认提交');
      await until('the receipt', () => view(editor).querySelector('.receipt') !== null);
      expect(said(editor)).not.to.include('答复 ');
      await push(editor, '返回报告');
      expect(statusBar(editor)).to.match(/已提交 \d{2}:\d{2}/);
      await enter(editor, received(), '1');
      expect(statusBar(editor)).not.to.include('已提交');
    });

    it('[E139] a host that refuses leaves the report unsigned and in place, and can be asked again', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      let fails = 2;
      const heard = requests(editor, (event) => {
        fails -= 1;
        if (fails === 1) event.respondWith(Promise.reject(new Error(`登录已过期 ${MARKUP}`)));
        else if (fails === 0) event.preventDefault();
        else event.respondWith(Promise.resolve('编号 7'));
      });
      await toView(editor);
      await push(editor, '确认提交');
      await until('the refusal', () => view(editor).querySelector('[role="alert"]') !== null);
      expect(said(editor))
        .to.include(`提交没有成功：登录已过期 ${MARKUP}。`)
        .and.to.include('填写的内容都在');
      expect(editor.payload()['signOff']).to.equal(undefined);
      expect(editor.locked).to.equal(false);
      await push(editor, '确认提交');
      expect(said(editor)).to.include('页面没有受理');
      await push(editor, '确认提交');
      await until('the receipt', () => view(editor).querySelector('.receipt') !== null);
      expect(said(editor)).to.include('编号 7');
      expect(heard.length).to.equal(3);
    });

    it('[E139] unanswered, the form is submitted; without a form, or with another field missing, it is said', async () => {
      const alone = await show((one) => (one.value = payload(0)));
      await toView(alone);
      await push(alone, '确认提交');
      expect(said(alone)).to.include('没有设置接收数据的程序');
      expect(alone.payload()['signOff']).to.equal(undefined);
      cleanUp();
      const form = document.createElement('form');
      const field = document.createElement('input');
      field.required = true;
      field.name = 'clerk';
      const sent: string[] = [];
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        sent.push(new FormData(form).get('report') as string);
      });
      const editor = document.createElement('xxgk-annual-report');
      editor.draft = 'off';
      editor.name = 'report';
      editor.value = payload(0);
      form.append(editor, field);
      place(form);
      await drawn(editor);
      await toView(editor);
      await push(editor, '确认提交');
      expect(sent).to.deep.equal([]);
      expect(said(editor)).to.include('其他栏目没有填好');
      expect(editor.payload()['signOff']).to.equal(undefined);
      field.value = '李四';
      await push(editor, '确认提交');
      await until('the form', () => sent.length === 1);
      const posted = JSON.parse(sent[0]!) as { draft?: boolean; signOff: { at: string } };
      expect(posted.draft).to.equal(undefined);
      expect(posted.signOff.at).to.match(/^\d{4}-/);
      expect(said(editor)).to.include('是否成功请以页面的提示为准');
    });

    it('[E140] a host that never answers is spoken of, and can be given up without losing anything', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      let answer: (words: unknown) => void = () => undefined;
      requests(editor, (event) => event.respondWith(new Promise((resolve) => (answer = resolve))));
      await toView(editor);
      await shortly(30_000, async () => {
        await click(button(editor, '确认提交'));
        await until('the wait', () => said(editor).includes('已等待 30 秒'));
      });
      await push(editor, '不再等待');
      expect(said(editor)).to.include('不能确定对方是否已经收到');
      expect(editor.locked).to.equal(false);
      await push(editor, '返回修改');
      await enter(editor, received(), '1');
      answer('收到了，只是晚了');
      await settled();
      expect(statusBar(editor), 'what was typed meanwhile nobody has').not.to.include('已提交');
    });

    it('[E140] a late answer still gives the receipt', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      let answer: (words: unknown) => void = () => undefined;
      requests(editor, (event) => event.respondWith(new Promise((resolve) => (answer = resolve))));
      await toView(editor);
      await shortly(30_000, async () => {
        await click(button(editor, '确认提交'));
        await until('the wait', () => said(editor).includes('已等待 30 秒'));
      });
      await push(editor, '不再等待');
      answer('收到了，只是晚了');
      await until('the late receipt', () => view(editor).querySelector('.receipt') !== null);
      expect(said(editor)).to.include('收到了，只是晚了');
    });

    it('[E136] what came up while the view was open is shown instead, and no host is asked', async () => {
      const editor = await show((one) => (one.value = doubtful()));
      const heard = requests(editor);
      await toView(editor);
      const head = editor.shadowRoot!.querySelectorAll<HTMLInputElement>('.head input');
      expect(Array.from(head).every((field) => field.disabled)).to.equal(true);
      editor.previous = previous();
      await drawn(editor);
      await push(editor, '确认提交');
      expect(heard.length).to.equal(0);
      expect(view(editor) === null).to.equal(true);
      expect(new Findings(editor).heading.textContent).to.equal('有 2 处需要处理');
      // Typed while the view is being loaded.
      const other = await show((one) => (one.value = payload(0)));
      const asked = other.submit();
      other.session!.enter([[received(), '7']], 'typing');
      await asked;
      await drawn(other);
      expect(view(other) === null).to.equal(true);
    });

    it('[E145] a report that is locked while the view is open is not handed on', async () => {
      for (const lock of ['readonly', 'disabled'] as const) {
        const editor = await show((one) => (one.value = payload(0)));
        const heard = requests(editor);
        await toView(editor);
        editor[lock] = true;
        await drawn(editor);
        expect((button(editor, '确认提交') as HTMLButtonElement).disabled, lock).to.equal(true);
        expect(view(editor).querySelector('input')!.disabled).to.equal(true);
        expect(heard.length).to.equal(0);
        cleanUp();
      }
    });

    it('[E138] asked once, and a host that writes back in its listeners ends nothing, nor is a draft offered for it', async () => {
      const editor = await show((one) => {
        one.draft = 'browser';
        one.user = `sign-off-${Date.now()}`;
        one.value = payload(0);
      });
      await until('the drafts', () => statusBar(editor).includes('尚无改动'));
      await drawn(editor);
      let answer: (words: unknown) => void = () => undefined;
      const heard = requests(editor, (event) =>
        event.respondWith(new Promise((resolve) => (answer = resolve))),
      );
      editor.addEventListener(
        'change',
        () => (editor.value = { ...(JSON.parse(editor.value) as object), 'x-seen': true }),
      );
      await toView(editor);
      const confirm = button(editor, '确认提交');
      confirm.click();
      confirm.click();
      await drawn(editor);
      expect(heard.length).to.equal(1);
      editor.value = { ...(JSON.parse(heard[0]!.text) as object), 'x-id': 42 };
      await drawn(editor);
      answer('编号 42');
      await until('the receipt', () => Boolean(view(editor)?.querySelector('.receipt')));
      await push(editor, '返回报告');
      expect(editor.locked).to.equal(false);
      await settled();
      await until('the end of the draft', () => editor.shadowRoot!.querySelector('.foot .banner') === null);
      editor.value = { ...payload(0), year: 2023 };
      await drawn(editor);
      expect(view(editor) === null).to.equal(true);
    }).timeout(40_000);

    it('[E138] the receipt gives way to another report', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      requests(editor, (event) => event.respondWith(Promise.resolve()));
      await toView(editor);
      await push(editor, '确认提交');
      await until('the receipt', () => view(editor).querySelector('.receipt') !== null);
      editor.value = payload(0, {}, { organization: { name: '另一县' } });
      await drawn(editor);
      expect(view(editor) === null).to.equal(true);
    });

    it('[E139] a refusal after the host wrote back leaves the report unsigned too', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      let refuse: (why: Error) => void = () => undefined;
      const heard = requests(editor, (event) =>
        event.respondWith(new Promise((_resolve, reject) => (refuse = reject))),
      );
      await toView(editor);
      await push(editor, '确认提交');
      editor.value = { ...(JSON.parse(heard[0]!.text) as object), 'x-id': 42 };
      await drawn(editor);
      refuse(new Error('审核没有通过'));
      await until('the refusal', () => view(editor).querySelector('[role="alert"]') !== null);
      expect(focused().className, 'the keyboard is where it is said').to.equal('refused');
      expect((editor.payload()['signOff'] as { at?: string }).at).to.equal(undefined);
      expect(editor.payload()['x-id']).to.equal(42);
    });

    it('[E140] another report ends a wait: nothing stays locked, and a late answer is not heard', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      let answer: (words: unknown) => void = () => undefined;
      requests(editor, (event) => event.respondWith(new Promise((resolve) => (answer = resolve))));
      await toView(editor);
      await push(editor, '确认提交');
      expect(focused().className).to.equal('waiting');
      editor.newReport(2025);
      await drawn(editor);
      expect(view(editor) === null).to.equal(true);
      expect(editor.locked).to.equal(false);
      answer('太晚了');
      await settled();
      expect(view(editor) === null).to.equal(true);
      expect(editor.payload()['signOff']).to.equal(undefined);
      await enter(editor, received(), '1');
      expect(input(editor, received()).value).to.equal('1');
    });

    it('[E141] an answer comes within the listener, and once', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      const errors: string[] = [];
      const attempt = (event: XxgkSubmitRequestEvent): void => {
        try {
          event.respondWith(Promise.resolve());
        } catch (error) {
          errors.push((error as DOMException).name);
        }
      };
      const heard = requests(editor, (event) => {
        attempt(event);
        attempt(event);
      });
      await toView(editor);
      await push(editor, '确认提交');
      await settled();
      attempt(heard[0]!);
      expect(errors).to.deep.equal(['InvalidStateError', 'InvalidStateError']);
    });

    it('[E142] a signed report that is edited lists the cells that are no longer what was signed', async () => {
      const editor = await show(
        (one) => (one.value = payload(0, {}, { signOff: { at: '2025-01-10', filledBy: '张三' } })),
      );
      const changed = (): string =>
        editor
          .shadowRoot!.querySelector('xxgk-findings')!
          .shadowRoot!.querySelector('#changed')
          ?.textContent!.replace(/\s+/g, ' ')
          .trim() ?? '';
      expect(changed()).to.equal('');
      await enter(editor, received(), '4');
      await enter(editor, FORWARD, '4');
      expect(changed()).to.match(/^上次签发（2025-01-10）以来改动了 2 格/);
      expect(changed()).to.include('一、本年新收政府信息公开申请数量—自然人：0 改为 4');
      const kept = editor.value;
      await enter(editor, received(), '0');
      expect(changed()).to.match(/以来改动了 1 格/);
      const again = await show((one) => (one.value = kept));
      await toView(again);
      expect(said(again)).to.include('上次签发（2025-01-10）以来改动了 2 格');
      requests(again, (event) => event.respondWith(Promise.resolve()));
      await push(again, '确认提交');
      await until('the receipt', () => view(again).querySelector('.receipt') !== null);
      expect(again.payload()['signOff']).to.have.keys('at', 'filledBy');
    });

    it('[E347] a signed report that was changed outside says so until it is signed anew, and in its payload', async () => {
      const first = await show((one) => (one.value = payload(0, {}, { signOff: { filledBy: '张三' } })));
      await toView(first);
      requests(first, (event) => event.respondWith(Promise.resolve()));
      await push(first, '确认提交');
      await until('the receipt', () => view(first).querySelector('.receipt') !== null);
      const signed = first.value;
      const changed = signed.replace('"licensing":{"decisions":0}', '"licensing":{"decisions":5}');
      const editor = await show((one) => (one.value = changed));
      const section = (one: XxgkAnnualReport): string =>
        one
          .shadowRoot!.querySelector('xxgk-findings')!
          .shadowRoot!.querySelector('#changed')
          ?.textContent!.replace(/\s+/g, ' ')
          .trim() ?? '';
      expect(section(editor)).to.match(
        /^签发已失效 签发（\d{4}-\d\d-\d\d）已失效：签发以后报告曾在别处被改动/,
      );
      expect(editor.shadowRoot!.textContent!.split('与其核对码不一致').length, 'once').to.equal(2);
      await expectAccessible(editor);
      // As it is written anew its digest is right, and its sign-off is none.
      const kept = JSON.stringify(editor.payload());
      const again = await show((one) => (one.value = kept));
      expect(section(again)).to.match(/^签发已失效/);
      await enter(again, received(), '4');
      await enter(again, FORWARD, '4');
      expect(section(again)).to.match(/^上次签发（.*）以来改动了 2 格 签发（.*）已失效：/);
      await toView(again);
      expect(said(again)).to.include('已失效：签发以后报告曾在别处被改动').and.include('以来改动了 2 格');
      expect(said(again)).to.not.include('数据没有改动');
      await expectAccessible(again);
      requests(again, (event) => event.respondWith(Promise.resolve()));
      await push(again, '确认提交');
      await until('the receipt', () => view(again).querySelector('.receipt') !== null);
      expect(again.payload()['signOff']).to.have.keys('at', 'filledBy');
      expect(section(again)).to.equal('');
    });

    it('[E347] a view that is opened for a lapsed report does not say that nothing has changed', async () => {
      const lapsed = `sha256:${'0'.repeat(64)}`;
      const editor = await show(
        (one) => (one.value = payload(0, {}, { signOff: { at: '2025-01-10', filledBy: '张三', lapsed } })),
      );
      await toView(editor);
      expect(said(editor)).to.include('签发（2025-01-10）已失效').and.not.include('数据没有改动');
      // A host that refuses leaves it as it was.
      requests(editor, (event) => event.respondWith(Promise.reject(new Error('忙'))));
      await push(editor, '确认提交');
      await until('the refusal', () => said(editor).includes('没有成功'));
      expect((editor.payload()['signOff'] as { lapsed?: string }).lapsed).to.equal(lapsed);
    });

    it('[E348] before a report is signed by nobody, that is said; a name ends it', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await toView(editor);
      const caution = (): string => {
        const one = view(editor).querySelector<HTMLElement>('.nobody')!;
        return getComputedStyle(one).visibility === 'visible' ? one.textContent! : '';
      };
      expect(caution()).to.include('没有填写填报人、审核人或负责人');
      await expectAccessible(editor);
      const field = view(editor).querySelector<HTMLInputElement>('.signers input')!;
      field.focus();
      await type('张三');
      await press('Tab');
      await settled();
      expect(caution()).to.equal('');
    });

    it('[E143] axe finds nothing: while a reason is written, in the view, after a refusal, on the receipt', async () => {
      const editor = await showDoubtful();
      await push(editor, '确认无误');
      await push(editor, '说明原因');
      await expectAccessible(editor);
      await click(button(editor, '上年漏计或重复计算'));
      await push(editor, '保存说明');
      await expectAccessible(editor);
      await toView(editor);
      await expectAccessible(editor);
      let refuse = true;
      requests(editor, (event) =>
        event.respondWith(refuse ? Promise.reject(new Error('忙')) : Promise.resolve('编号 7')),
      );
      await push(editor, '确认提交');
      await until('the refusal', () => view(editor).querySelector('[role="alert"]') !== null);
      await expectAccessible(editor);
      refuse = false;
      await push(editor, '确认提交');
      await until('the receipt', () => view(editor).querySelector('.receipt') !== null);
      await expectAccessible(editor);
    }).timeout(60_000);

    it('[E145] the button can be named, or left to the host; locked, nothing is handed on', async () => {
      const editor = await show((one) => {
        one.value = payload(0);
        one.submitLabel = '生成报送文件';
      });
      await push(editor, '生成报送文件');
      await until('the view', () => view(editor) !== null);
      expect(view(editor).querySelector('h2')!.textContent).to.equal('核对并生成报送文件');
      editor.newReport(2025);
      await drawn(editor);
      expect(view(editor) === null, 'another report').to.equal(true);
      editor.noSubmit = true;
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('#submit')).to.equal(null);
      const locked = await show((one) => {
        one.value = payload(0);
        one.readonly = true;
      });
      expect((button(locked, '提交') as HTMLButtonElement).disabled).to.equal(true);
      await locked.submit();
      expect(view(locked) === null).to.equal(true);
    });
  });

  for (const grid of ['table', 'handsontable'] as const)
    it(`[E144] from an empty report to the receipt by keyboard only, in the ${grid} grid`, async () => {
      const editor = await show((one) => {
        one.grid = grid;
        one.licenseKey = KEY;
      });
      await until('the grid', () => tables(editor).every((table) => table.gridInUse === grid));
      await drawn(editor);
      const heard: string[] = [];
      editor.addEventListener('xxgk-submit-request', (event) => {
        heard.push(event.text);
        event.respondWith(Promise.resolve('编号 7'));
      });
      const here = (): HTMLElement => focused() as HTMLElement;
      const name = (): string => here().getAttribute('aria-label') ?? here().textContent!.trim();
      /** Tab, or Shift+Tab, until something is reached; a person gives up some time. */
      const tabTo = async (what: string | (() => boolean), key = 'Tab'): Promise<void> => {
        const reached = typeof what === 'string' ? (): boolean => name().startsWith(what) : what;
        for (let step = 0; step < 80; step += 1) {
          if (reached()) return;
          await press(key);
        }
        throw new Error(`${String(what)} was not reached by ${key}; the keyboard is at ${name()}`);
      };
      const inTable = (table: string): boolean => {
        const host = (here().getRootNode() as ShadowRoot).host as HTMLElement | undefined;
        return host?.getAttribute('table') === table && here().closest('#grid') !== null;
      };
      /** Out of a grid without walking through it. */
      const leaveGrid = async (key = 'Tab'): Promise<void> => {
        await press('Escape');
        await press(key);
      };

      await tabTo(() => here().getAttribute('name') === 'organization.name');
      await type('示例县教育局');
      // 表二: "/" where there is no such power, the rest zero.
      await tabTo(() => inTable('disclosure'));
      await type('/');
      await press('Enter');
      await leaveGrid('Shift+Tab');
      await tabTo('空白填 0', 'Shift+Tab');
      await press('Enter');
      // 表三: three came in, three were granted, but two are typed as granted.
      await tabTo(() => inTable('requests'));
      await type('3');
      await press('Enter');
      await press('Enter');
      await type('2');
      await press('Enter');
      await leaveGrid('Shift+Tab');
      await tabTo('空白填 0', 'Shift+Tab');
      await type(' ');
      // 表四: 零报告.
      await tabTo(() => inTable('requests'));
      await leaveGrid();
      await tabTo('零报告');
      await type(' ');
      await until('the declaration', () => here().getAttribute('aria-pressed') === 'true');
      // Too early.
      await tabTo('提交', 'Shift+Tab');
      await press('Enter');
      await until('the summary', () => /^有 \d+ 处需要处理$/.test(name()));
      expect(heard.length).to.equal(0);
      await tabTo(() => here().matches('.level-must button.sentence'));
      await press('Enter');
      await until('a cell', () => inTable('requests'));
      // F8 goes on to the next cell of the equation, arrows down to what it is made of.
      await press('F8');
      expect(inTable('requests')).to.equal(true);
      for (let step = 0; step < 30 && !name().startsWith('（一）予以公开—自然人'); step += 1)
        await press(name().startsWith('一、') || name().startsWith('二、') ? 'ArrowDown' : 'ArrowUp');
      await type('3');
      await press('Enter');
      await leaveGrid();
      await drawn(editor);
      // The doubtful "/" is explained.
      await tabTo('说明原因');
      await press('Enter');
      await until('the field', () => here().localName === 'textarea');
      await type('本机关没有规章制定权');
      await press('Control+Enter');
      await drawn(editor);
      await tabTo('提交', 'Shift+Tab');
      await press('Enter');
      await until('the view', () => name() === '核对并提交');
      await tabTo(() => here().localName === 'input');
      await type('张三');
      await tabTo('确认提交');
      await press('Enter');
      await until('the receipt', () => name() === '已提交');
      const sent = JSON.parse(heard[0]!) as {
        draft?: boolean;
        organization: { name: string };
        signOff: { filledBy: string };
        explanations: { rule: string }[];
      };
      expect(heard.length).to.equal(1);
      expect(sent.draft).to.equal(undefined);
      expect(sent.organization.name).to.equal('示例县教育局');
      expect(sent.signOff.filledBy).to.equal('张三');
      expect(sent.explanations.map(({ rule }) => rule).sort()).to.deep.equal(['V-03', 'zero-report']);
    }).timeout(60_000);
});
