/** What a host sees: the value, the events, the form. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import {
  cleanUp,
  click,
  described,
  drawn,
  enter,
  Findings,
  focused,
  granted,
  input,
  listen,
  open,
  paste,
  payload,
  place,
  press,
  push,
  received,
  search,
  settled,
  show,
  tables,
  type,
  type Editor,
  type Payload,
} from './editor-fixture.ts';

const canonical = (value: object): string => canonicalJson(value as Json);

/** Long enough for the form's value, which is made after the paint. */
async function posted(form: HTMLFormElement): Promise<Record<string, FormDataEntryValue>> {
  await settled();
  return Object.fromEntries(new FormData(form));
}

describe('value', () => {
  afterEach(cleanUp);

  it('[E4] set by the host, as a text or an object, fires nothing', async () => {
    const editor = await show();
    const told = listen(editor);
    editor.value = payload(3);
    await drawn(editor);
    editor.value = JSON.stringify(payload(4));
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('4');
    editor.value = '';
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('');
    editor.value = null;
    await drawn(editor);
    expect(told.heard).to.deep.equal([]);
  });

  it('[E4] set by the host takes no focus', async () => {
    const editor = await show();
    const elsewhere = document.createElement('input');
    place(elsewhere);
    elsewhere.value = 'abc';
    elsewhere.focus();
    elsewhere.setSelectionRange(1, 1);
    editor.value = payload(3);
    await drawn(editor);
    expect([focused(), elsewhere.selectionStart]).to.deep.equal([elsewhere, 1]);
  });

  it('[E4] written back by the host as it was received, leaves focus, caret and undo alone', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    editor.addEventListener('input', () => {
      const { value } = editor;
      editor.value = value;
    });
    editor.addEventListener('change', () => (editor.value = JSON.parse(editor.value) as object));
    await enter(editor, received(), '12');
    const cell = input(editor, granted());
    await click(cell);
    await type('1234');
    await press('F2');
    await press('ArrowLeft', 2);
    const caret = cell.selectionStart;
    expect(caret).to.equal(2);
    // Late, as after an answer of the host's server: what it knew before this edit began.
    editor.value = JSON.stringify(payload(0, { [received()]: 12 }));
    await drawn(editor);
    expect(focused()).to.equal(input(editor, granted()));
  });

  it('[E4] written back while a cell is being edited, keeps the edit and its caret', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    const told = listen(editor);
    await enter(editor, received(), '12');
    const received12 = editor.value;
    told.heard.length = 0;
    await open(editor, granted(), '1234');
    await press('F2');
    await press('ArrowLeft', 2);
    for (const back of [received12, JSON.parse(received12) as object]) {
      editor.value = back;
      await drawn(editor);
      const cell = input(editor, granted());
      expect([focused(), cell.value, cell.selectionStart]).to.deep.equal([cell, '1234', 2]);
    }
    expect(told.heard).to.deep.equal([]);
    await press('Enter');
    await drawn(editor);
    expect(input(editor, granted()).value).to.equal('1234');
    await push(editor, '撤销');
    await push(editor, '撤销');
    expect(input(editor, received()).value).to.equal('0');
  });

  for (const value of ['', canonical(payload(0))]) {
    it(`[E4] a host that draws again between two digits, its model in hand, keeps all of them (${value === '' ? 'new' : 'loaded'})`, async () => {
      const editor = await show((one) => (one.value = value));
      let model = value;
      editor.addEventListener('input', () => (model = editor.value));
      // As Vue does: the text to be shown first, then what the element has, which tells of the open cell only then.
      const draw = (): void => {
        const shown = model;
        if (editor.value !== shown) editor.value = shown;
      };
      await open(editor, received(), '1');
      for (const digit of ['2', '3']) {
        draw();
        draw();
        await type(digit);
      }
      draw();
      const cell = input(editor, received());
      expect([focused(), cell.value, editor.value]).to.deep.equal([cell, '123', model]);
      expect((JSON.parse(model) as Payload).tables['requests']!['received']!['natural-person']).to.equal(123);
      await settled();
      editor.value = value;
      await drawn(editor);
      expect(input(editor, received()).value, 'later it is another value').to.equal(value === '' ? '' : '0');
    });
  }

  for (const name of ['zero', 'wrong', 'large', 'city-2024']) {
    it(`[E5] comes back byte for byte while nobody edits (${name})`, async () => {
      const text = await (await fetch(`/demo/samples/${name}.json`)).text();
      const editor = await show((one) => (one.value = text));
      expect(editor.value).to.equal(text);
      await push(editor, '检查');
      await click(input(editor, received()));
      await press('F2');
      await press('Enter');
      expect(editor.value).to.equal(text);
    });
  }

  it('[E5] keeps unknown fields through an edit, and writes canonical JSON', async () => {
    const unknown = {
      'x-host': { id: 7, list: [1, 'a', null], html: '<b>not ours</b>' },
      narrative: { overview: '总体情况' },
    };
    const editor = await show((one) => (one.value = payload(0, {}, unknown)));
    await enter(editor, received(), '1');
    const value = JSON.parse(editor.value) as Payload;
    expect(value).to.deep.include(unknown);
    expect(editor.value).to.equal(canonical(value));
    expect(value.tables['requests']!['received']!['natural-person']).to.equal(1);
    expect(value['draft']).to.equal(true);
  });

  it('[E5] a value, undone to what it was, says the same content again', async () => {
    const text = canonical(payload(0));
    const editor = await show((one) => (one.value = text));
    await enter(editor, received(), '1');
    await push(editor, '撤销');
    expect((JSON.parse(editor.value) as Payload).tables).to.deep.equal(payload(0).tables);
  });

  it('[E5] set before the class is known, and by attribute, is the value', async () => {
    const text = canonical(payload(5));
    const element = document.createElement('xxgk-annual-report');
    element.draft = 'off';
    element.setAttribute('value', text);
    place(element);
    await drawn(element);
    expect(element.value).to.equal(text);
    expect(input(element, received()).value).to.equal('5');
  });

  it('[E64] changed by attribute while a cell is open, it takes that number into no other report', async () => {
    const [threes, nines] = [canonical(payload(3)), canonical(payload(9))];
    const editor = await show((one) => one.setAttribute('value', threes));
    await open(editor, received(), '77');
    const cell = input(editor, received());
    editor.setAttribute('value', threes);
    editor.setAttribute('value', nines);
    await drawn(editor);
    // An edit it is: the attribute is followed no longer, and the person goes on.
    expect([focused(), cell.value, input(editor, granted()).value]).to.deep.equal([cell, '77', '3']);
    await press('Enter');
    await drawn(editor);
    expect([input(editor, received()).value, input(editor, granted()).value]).to.deep.equal(['77', '3']);
    // A cell that is open and says nothing new is none.
    const other = await show((one) => one.setAttribute('value', threes));
    await click(input(other, received()));
    await press('F2');
    other.setAttribute('value', nines);
    await press('Enter');
    await drawn(other);
    expect([input(other, received()).value, other.value]).to.deep.equal(['9', nines]);
  });

  it('[E67] read while a person types, it holds what the open cell holds, and the typing goes on', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    const told = listen(editor);
    await open(editor, received(), '1');
    const read = (): number | null | undefined =>
      (JSON.parse(editor.value) as Payload).tables['requests']?.['received']?.['natural-person'];
    expect(read()).to.equal(1);
    await type('2');
    expect(editor.checkValidity()).to.equal(false);
    await type('3');
    expect((editor.payload() as Payload).tables['requests']!['received']!['natural-person']).to.equal(123);
    expect(input(editor, received()).value).to.equal('123');
    expect(focused()).to.equal(input(editor, received()));
    await press('Escape');
    expect(read(), 'Escape takes back what was told').to.equal(0);
    expect(told.heard.filter((name) => name === 'change').length).to.be.above(2);
  });

  it('[E63] moved to another place of the page keeps the report, an open edit too', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    await enter(editor, received(), '12');
    await open(editor, granted(), '7');
    const dialog = document.createElement('div');
    place(dialog);
    dialog.append(editor);
    await drawn(editor);
    expect([input(editor, received()).value, input(editor, granted()).value]).to.deep.equal(['12', '7']);
    await enter(editor, received('enterprise'), '3');
    expect((JSON.parse(editor.value) as Payload).tables['requests']!['received']).to.include({
      'natural-person': 12,
      enterprise: 3,
    });
  });
});

describe('form', () => {
  afterEach(cleanUp);

  async function inForm(
    tag: 'xxgk-annual-report' | 'xxgk-report-table',
    value: object | string = '',
  ): Promise<{ form: HTMLFormElement; fieldset: HTMLFieldSetElement; editor: Editor }> {
    const form = document.createElement('form');
    const fieldset = document.createElement('fieldset');
    const editor = document.createElement(tag);
    if (editor.localName === 'xxgk-annual-report') editor.setAttribute('draft', 'off');
    editor.setAttribute('name', 'report');
    editor.value = value;
    fieldset.append(editor);
    form.append(fieldset);
    place(form);
    await drawn(editor);
    return { form, fieldset, editor };
  }

  it('[E6] posts the canonical JSON under its name, the cell that is still open included', async () => {
    const { form, editor } = await inForm('xxgk-annual-report', payload(0));
    expect(editor.form).to.equal(form);
    await open(editor, received(), '12');
    const { report, ...rest } = await posted(form);
    expect(rest).to.deep.equal({});
    expect(report).to.equal(editor.value);
    expect(
      (JSON.parse(report as string) as Payload).tables['requests']!['received']!['natural-person'],
    ).to.equal(12);
    expect(report).to.equal(canonical(JSON.parse(report as string) as object));
  });

  it('[E6] posts nothing without a name, and what a submit handler reads is what the element says', async () => {
    const { form, editor } = await inForm('xxgk-annual-report', payload(0));
    editor.removeAttribute('name');
    await drawn(editor);
    expect(await posted(form)).to.deep.equal({});
    editor.setAttribute('name', 'other');
    await drawn(editor);
    await enter(editor, received(), '1');
    expect(Object.keys(await posted(form))).to.deep.equal(['other']);
  });

  it('[E6] reset brings back the value of before', async () => {
    const text = canonical(payload(0));
    const { form, editor } = await inForm('xxgk-annual-report', text);
    const told = listen(editor);
    await enter(editor, received(), '12');
    told.heard.length = 0;
    form.reset();
    await drawn(editor);
    expect(editor.value).to.equal(text);
    expect(input(editor, received()).value).to.equal('0');
    expect(told.heard).to.deep.equal([]);
    expect((await posted(form))['report']).to.equal(text);
  });

  it('[E6] reset brings back a value that had to be mended, as often as it is asked to', async () => {
    const text = canonical(payload(4));
    const { form, editor } = await inForm('xxgk-annual-report', text.replace(/"/g, '&quot;'));
    for (let round = 0; round < 2; round += 1) {
      form.reset();
      await drawn(editor);
      expect(input(editor, received()).value).to.equal('4');
      expect((JSON.parse((await posted(form))['report'] as string) as Payload).tables).to.deep.equal(
        payload(4).tables,
      );
      await enter(editor, received(), '12');
    }
  });

  it('[E64] reset gives up an open edit; another value keeps Escape from bringing back the old number', async () => {
    const { form, editor } = await inForm('xxgk-annual-report', payload(0));
    await open(editor, received(), '5');
    form.reset();
    await press('Enter');
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('0');
    await open(editor, received(), '6');
    expect(editor.value).to.include('"natural-person":6');
    editor.value = payload(100);
    await press('Escape');
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('100');
    expect(editor.payload()['year']).to.equal(2024);
  });

  it('[E7] a form that is stopped makes the element say why, blanks included', async () => {
    const { form, editor } = await inForm('xxgk-annual-report');
    editor.required = true;
    await drawn(editor);
    const findings = new Findings(editor as XxgkAnnualReport);
    expect(editor.checkValidity()).to.equal(false);
    await drawn(editor);
    expect(findings.heading.textContent, 'asking shows nothing').to.equal('填写中，暂未发现问题');
    form.requestSubmit();
    await drawn(editor);
    expect(findings.heading.textContent).to.match(/^有 \d+ 处需要处理$/);
  });

  it('[E6] disabled by its fieldset takes no typing and is not posted', async () => {
    const { form, fieldset, editor } = await inForm('xxgk-annual-report', payload(0));
    fieldset.disabled = true;
    await drawn(editor);
    await enter(editor, received(), '12');
    expect(input(editor, received()).value).to.equal('0');
    expect(await posted(form)).to.deep.equal({});
    fieldset.disabled = false;
    await drawn(editor);
    await enter(editor, received(), '12');
    expect(input(editor, received()).value).to.equal('12');
  });

  it('[E6] readonly takes no typing, is posted, and can still be checked', async () => {
    const { form, editor } = await inForm('xxgk-annual-report', payload(0));
    editor.toggleAttribute('readonly', true);
    await drawn(editor);
    await enter(editor, received(), '12');
    await press('Delete');
    expect(input(editor, received()).value).to.equal('0');
    expect((await posted(form))['report']).to.equal(editor.value);
    const disabled = search(editor, 'button').filter((one) => (one as HTMLButtonElement).disabled);
    expect(disabled.map((one) => one.textContent!.trim()))
      .to.include('空白填 0')
      .and.not.include('检查');
  });

  it('[E7] a must finding makes it invalid, with a Chinese sentence', async () => {
    const { form, editor } = await inForm(
      'xxgk-annual-report',
      payload(0, { [received()]: 12, [granted()]: 15 }),
    );
    expect(editor.checkValidity()).to.equal(false);
    expect(editor.validationMessage).to.match(
      /^有\d+处需要处理：自然人：新收＋上年结转＝12；办理结果总计＋结转下年度＝15；相差3。$/,
    );
    expect(editor.validity.customError).to.equal(true);
    expect(form.checkValidity()).to.equal(false);
    await enter(editor, granted(), '12');
    expect(editor.checkValidity()).to.equal(true);
    expect(form.checkValidity()).to.equal(true);
  });

  it('[E7] blanks are no fault of a draft, and one where it is required', async () => {
    const { form, editor } = await inForm('xxgk-annual-report', '');
    expect(editor.checkValidity()).to.equal(true);
    editor.toggleAttribute('required', true);
    await drawn(editor);
    expect(form.checkValidity()).to.equal(false);
    expect(editor.validationMessage).to.match(/[一-鿿]/);
    editor.value = payload(0);
    await drawn(editor);
    expect(editor.checkValidity()).to.equal(true);
  });

  it('[E7] a submit is stopped at a finding, and not by a control inside the editor', async () => {
    const { form, editor } = await inForm(
      'xxgk-annual-report',
      payload(0, { [received()]: 12, [granted()]: 15 }),
    );
    let submits = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submits += 1;
    });
    form.requestSubmit();
    expect(submits).to.equal(0);
    await open(editor, granted(), '12');
    await press('Enter');
    await drawn(editor);
    await push(editor, '检查');
    expect(submits, 'Enter in a cell and buttons inside submit nothing').to.equal(0);
    form.requestSubmit();
    expect(submits).to.equal(1);
  });

  it('[E7] what is typed in a cell counts while it is open, and when the press that ends it sends the form', async () => {
    for (const name of ['xxgk-annual-report', 'xxgk-report-table'] as const) {
      const { form, editor } = await inForm(name, payload(0, { [granted()]: null }));
      editor.required = true;
      let submits = 0;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        submits += 1;
      });
      await drawn(editor);
      form.requestSubmit();
      expect(submits, 'a blank').to.equal(0);
      await open(editor, granted(), '0');
      // What tells it is fetched with the first key.
      for (const end = Date.now() + 3_000; !form.checkValidity() && Date.now() < end;) await settled();
      expect(form.checkValidity(), 'filled, and still open').to.equal(true);
      form.requestSubmit();
      expect(submits).to.equal(1);
      await open(editor, granted(), 'abc');
      await settled();
      expect(form.checkValidity(), 'no number').to.equal(false);
      form.requestSubmit();
      expect(submits).to.equal(1);
      await open(editor, received(), 'x');
      await press('Escape');
      await enter(editor, granted(), '0');
      await settled();
      expect(form.checkValidity(), 'given up').to.equal(true);
      // One press of a script, between whose halves nothing else runs.
      await open(editor, granted(), '7');
      const button = document.createElement('button');
      form.append(button);
      (focused() as HTMLElement).blur();
      button.click();
      expect(submits, 'a wrong number').to.equal(1);
      if (name === 'xxgk-annual-report') {
        await push(editor, '撤销');
        await settled();
        expect(form.checkValidity(), 'taken back by the mouse').to.equal(true);
        await open(editor, granted(), '7');
        await settled();
        expect(form.checkValidity(), 'the same, typed again').to.equal(false);
      }
      cleanUp();
    }
  });

  it('[E16] one table alone takes part in the form, with its own checks', async () => {
    const { form, editor } = await inForm('xxgk-report-table', payload(0));
    expect(tables(editor)).to.have.length(1);
    await enter(editor, received(), '12');
    const value = JSON.parse((await posted(form))['report'] as string) as Payload;
    expect(Object.keys(value.tables)).to.deep.equal(['requests']);
    expect(value.tables['requests']!['received']).to.include({ 'natural-person': 12, total: 12 });
    expect(editor.checkValidity()).to.equal(false);
    expect(editor.validationMessage).to.include('新收＋上年结转＝12');
    expect(described(editor, 'requests/total/natural-person') + described(editor, received())).to.include(
      '相差12',
    );
    await enter(editor, granted(), '12');
    expect(editor.checkValidity()).to.equal(true);
    await push(editor, '空白填 0');
  });

  it('[E16] a table alone can be filled with zeros, undone and reset', async () => {
    const { form, editor } = await inForm('xxgk-report-table');
    expect(editor.payload()['draft']).to.equal(true);
    await push(editor, '空白填 0');
    expect(input(editor, received('total')).value).to.equal('0');
    expect(editor.payload()['draft'], 'what the other tables lack is no fault of this one').to.equal(
      undefined,
    );
    expect(editor.payload()['checks']).to.deep.include({ must: 0, verify: 0 });
    await click(input(editor, received()));
    await press('Control+z');
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('');
    await enter(editor, received(), '5');
    form.reset();
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('');
  });

  it('[E16] two tables in one form are two values', async () => {
    const { form, editor } = await inForm('xxgk-report-table', payload(0));
    const second = document.createElement('xxgk-report-table');
    second.table = 'proceedings';
    second.name = 'cases';
    form.append(second);
    await drawn(second);
    await enter(second, 'proceedings/review/upheld', '2');
    await enter(editor, received(), '1');
    const { report, cases } = await posted(form);
    expect(Object.keys((JSON.parse(report as string) as Payload).tables)).to.deep.equal(['requests']);
    expect((JSON.parse(cases as string) as Payload).tables['proceedings']!['review']!['upheld']).to.equal(2);
  });
});

describe('a value that is none', () => {
  afterEach(cleanUp);

  const good = canonical(payload(0));
  const bad: readonly (readonly [name: string, value: string, sentence: RegExp])[] = [
    ['cut off', good.slice(0, -200), /报告数据不完整：只有 \d+ 个字符，后面的内容在保存时被截断/],
    ['no JSON', 'total: 12', /不是有效的 JSON/],
    [
      'of another schema',
      JSON.stringify({ schema: 'foia/2', tables: {} }),
      /schema 是“foia\/2”，不是年报数据/,
    ],
    ['without a schema', '{"a":1}', /没有标明 schema/],
    ['100,000 levels deep', '['.repeat(100_000) + ']'.repeat(100_000), /嵌套层数过多/],
    [
      'with __proto__ in a good payload',
      good.replace('{', '{"__proto__":{"polluted":1},'),
      /不允许的字段“__proto__”/,
    ],
    [
      'with a hostile key deep inside',
      good.replace('"received":{', '"received":{"constructor":1,'),
      /不允许的字段“.*constructor”/,
    ],
    ['1.2 MB long', JSON.stringify({ schema: 'xxgk-annual-report/1', x: 'a'.repeat(1_200_000) }), /文件过大/],
    ['of a wrong shape', JSON.stringify({ ...payload(0), tables: [] }), /“tables”缺失或填写不合规定/],
    ['markup', '<img src=x onerror="globalThis.ran=1">', /不是有效的 JSON/],
  ];
  for (const [name, value, sentence] of bad) {
    it(`[E17] ${name}: a sentence at the place, handed back unchanged, in no time to speak of`, async () => {
      const form = document.createElement('form');
      const editor = document.createElement('xxgk-annual-report');
      editor.draft = 'off';
      editor.name = 'report';
      form.append(editor);
      place(form);
      await drawn(editor);
      const start = performance.now();
      editor.value = value;
      await editor.updateComplete;
      expect(performance.now() - start).to.be.below(2_000);
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('[role="alert"]')!.textContent)
        .to.match(sentence)
        .and.include('原样保留');
      expect(editor.value).to.equal(value);
      expect((await posted(form))['report']).to.equal(value);
      expect(editor.checkValidity()).to.equal(false);
      await enter(editor, received(), '1');
      expect(editor.value).to.equal(value);
      editor.value = good;
      await drawn(editor);
      expect(editor.shadowRoot!.querySelector('[role="alert"]')).to.equal(null);
      expect(editor.checkValidity()).to.equal(true);
      expect(({} as { polluted?: number }).polluted).to.equal(undefined);
    });
  }

  it('[E17] one table alone says it too, and why it is locked', async () => {
    const table = document.createElement('xxgk-report-table');
    const said = (): string =>
      Array.from(table.shadowRoot!.querySelectorAll('[role="alert"]'), (node) => node.textContent).join();
    table.value = '{broken';
    place(table);
    await drawn(table);
    expect(said()).to.include('报告数据不完整').and.include('原样保留');
    expect([table.value, table.validationMessage]).to.deep.equal(['{broken', said()]);
    table.reportValidity();
    expect((focused() as HTMLElement).textContent, 'the form leads there').to.equal(said());
    table.value = good.replace(/"/g, '&quot;');
    await drawn(table);
    expect(said()).to.include('已还原后读取');
    table.value = good;
    await drawn(table);
    expect(said()).to.equal('');
  });

  it('[E17] a newer version can be looked at, not changed, and comes back unchanged', async () => {
    const text = good.replace('xxgk-annual-report/1', 'xxgk-annual-report/9').replace('{', '{"added":[1],');
    const editor = await show((one) => (one.value = text));
    expect(editor.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.include(
      '由更新的版本生成，只能查看，不能修改',
    );
    await enter(editor, received(), '5');
    expect(input(editor, received()).value).to.equal('0');
    expect(editor.value).to.equal(text);
  });

  it('[E17] texts of a payload are shown as texts', async () => {
    const html = '<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>';
    const marks = { [received()]: { kind: 'text', raw: html } };
    const value = payload(0, { [received()]: null }, { organization: { name: html }, marks });
    const editor = await show((one) => (one.value = value));
    await push(editor, '检查');
    expect(input(editor, received()).value).to.equal(html);
    expect(new Findings(editor).sentences.join()).to.include('<img src=x');
    expect(search(editor, 'img, script')).to.deep.equal([]);
    expect((globalThis as { ran?: number }).ran).to.equal(undefined);
  });
});

describe('bad typing', () => {
  afterEach(cleanUp);

  const typed: readonly (readonly [text: string, sentence: RegExp])[] = [
    ['abc', /填的是“abc”，不是数字/],
    ['-3', /为负数（-3）/],
    ['1.5', /应为整数，现为1\.5/],
    ['1234567890123', /位数过多（1234567890123）/],
    ['=1+1', /填的是“=1\+1”，不是数字/],
    ['12件', /请去掉单位，只填数字（12）/],
    ['<img src=x onerror="globalThis.ran=1">', /填的是“<img src=x onerror="globalThis\.ran=1">”，不是数字/],
  ];
  for (const [text, sentence] of typed) {
    it(`[E18] ${text} stays as typed and is explained`, async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await enter(editor, received(), text);
      expect(input(editor, received()).value).to.equal(text);
      expect(described(editor, received())).to.match(sentence);
      expect(new Findings(editor).sentences.join('\n')).to.match(sentence);
      expect(editor.checkValidity()).to.equal(false);
      expect(search(editor, 'img')).to.deep.equal([]);
      expect((globalThis as { ran?: number }).ran).to.equal(undefined);
      const again = await show((one) => (one.value = editor.value));
      expect(input(again, received()).value, 'in the value too').to.equal(text);
      await enter(editor, received(), '0');
      expect(editor.checkValidity()).to.equal(true);
    });
  }

  it('[E18] full-width digits and separators are numbers', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    await enter(editor, received(), '１，２３４');
    expect(input(editor, received()).value).to.equal('1234');
    expect(input(editor, received('total')).value).to.equal('1234');
  });

  it('[E19] a paste of 1,000 by 100 is refused with a sentence in 200 ms', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    const { value } = editor;
    await click(input(editor, received()));
    const text = Array(1_000).fill(Array(100).fill('1').join('\t')).join('\n');
    const html = `<table>${`<tr>${'<td>1</td>'.repeat(100)}</tr>`.repeat(1_000)}</table>`;
    for (const markup of [undefined, html]) {
      expect(paste(text, markup)).to.be.below(2_000);
      await drawn(editor);
      const notice = editor.shadowRoot!.querySelector('.notice')!;
      expect(notice.getBoundingClientRect().bottom, 'in sight').to.be.at.most(window.innerHeight);
      const said = notice.textContent;
      expect(said).to.include('粘贴的内容过多').and.include('没有写入任何数据');
      expect(editor.value).to.equal(value);
    }
  });

  it('[E19] a paste beyond the edge writes what fits and says so', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    await click(input(editor, received('other')));
    paste('1\t2\t3');
    await drawn(editor);
    expect(input(editor, received('other')).value).to.equal('1');
    expect(editor.shadowRoot!.querySelector('.notice')!.textContent).to.match(/超出了表格范围：已写入\d+格/);
  });

  it('[E19] pasted markup runs nothing', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    await click(input(editor, received()));
    paste(
      '1\t2',
      '<table><tr><td>1<img src=x onerror="parent.ran=1;globalThis.ran=1"></td><td>2<script>globalThis.ran=1</script></td></tr></table>',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(input(editor, received('enterprise')).value).to.equal('2');
    expect((globalThis as { ran?: number }).ran).to.equal(undefined);
  });
});

describe('a form that is stopped', () => {
  afterEach(cleanUp);

  for (const grid of ['table', 'handsontable'] as const) {
    it(`[E229] leads the keyboard to the first cell that is wrong (${grid})`, async () => {
      const form = document.createElement('form');
      const editor = document.createElement('xxgk-annual-report');
      editor.draft = 'off';
      editor.grid = grid;
      if (grid === 'handsontable') editor.licenseKey = 'non-commercial-and-evaluation';
      editor.value = payload(0, {
        'proceedings/review/upheld': 3,
        'proceedings/review/total': 3,
      });
      form.append(editor);
      place(form);
      await drawn(editor);
      for (const [cell, text] of [
        ['proceedings/review/corrected', '2件'],
        ['disclosure/licensing/decisions', '5件'],
      ] as const)
        editor.session!.enter([[cell, text]], 'typing');
      await drawn(editor);
      if (grid === 'handsontable')
        for (let round = 0; round < 200 && tables(editor).some((one) => one.gridInUse !== grid); round += 1)
          await settled();
      await settled();
      let sent = 0;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        sent += 1;
      });
      form.requestSubmit();
      await drawn(editor);
      expect(sent).to.equal(0);
      await type('6');
      await press('Enter');
      await drawn(editor);
      expect((JSON.parse(editor.value) as Payload).tables['disclosure']!['licensing']!['decisions']).to.equal(
        6,
      );
    });
  }

  it('[E229] leads the keyboard to the list of problems where it is no cell that is wrong', async () => {
    const form = document.createElement('form');
    const editor = document.createElement('xxgk-annual-report');
    editor.draft = 'off';
    editor.required = true;
    form.append(editor);
    place(form);
    await drawn(editor);
    form.requestSubmit();
    await drawn(editor);
    await settled();
    expect(focused()).to.equal(new Findings(editor).heading);
  });
});
