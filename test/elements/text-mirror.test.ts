/** `for="id"`: a text field of the page that a host of any age reads, beside the element. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import {
  cleanUp,
  click,
  drawn,
  enter,
  focused,
  granted,
  input,
  listen,
  open,
  payload,
  place,
  press,
  push,
  received,
  settled,
  show,
  type as typeKeys,
  type Payload,
} from './editor-fixture.ts';

interface Page {
  readonly form: HTMLFormElement;
  readonly field: HTMLTextAreaElement;
  readonly editor: XxgkAnnualReport;
  /** What listeners of the page heard at the form. */
  readonly heard: string[];
}

/** A form of a host: its field, and an element without a name. */
async function page(text: string, prepare: (page: Page) => void = () => {}): Promise<Page> {
  const form = document.createElement('form');
  const field = document.createElement('textarea');
  field.id = 'content';
  field.name = 'content';
  field.defaultValue = text;
  const editor = document.createElement('xxgk-annual-report');
  editor.draft = 'off';
  editor.setAttribute('for', 'content');
  const heard: string[] = [];
  for (const name of ['input', 'change'])
    form.addEventListener(name, (event) => {
      if (event.target === field) heard.push(name);
    });
  const made = { form, field, editor, heard };
  form.append(field, editor);
  prepare(made);
  place(form);
  await drawn(editor);
  return made;
}

const natural = (text: string): number | null =>
  (JSON.parse(text) as Payload).tables['requests']!['received']!['natural-person']!;

/** What stands in the field for whoever does not ask it by its property. */
const native = (field: HTMLTextAreaElement): string =>
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.get!.call(field) as string;

describe('the field of a host', () => {
  afterEach(cleanUp);

  it('[E210] is where the report begins, byte for byte, and untouched while nobody edits', async () => {
    const text = `${JSON.stringify(payload(3), null, 1)}\n`;
    const { editor, field, heard } = await page(text);
    expect(input(editor, received()).value).to.equal('3');
    await push(editor, '检查');
    expect([field.value, native(field), editor.value]).to.deep.equal([text, text, text]);
    expect(heard).to.deep.equal([]);
    const empty = await page('');
    expect([empty.field.value, native(empty.field)]).to.deep.equal(['', '']);
  });

  it('[E210] gets the JSON with every edit and says input and change, once each', async () => {
    const { editor, field, heard } = await page('');
    await enter(editor, received(), '12');
    await settled();
    expect(natural(native(field))).to.equal(12);
    expect(native(field)).to.equal(editor.value);
    expect(heard).to.deep.equal(['input', 'change']);
    await push(editor, '撤销');
    await settled();
    expect(natural(native(field))).to.equal(null);
    expect(heard).to.have.length(4);
  });

  it('[E210] gets the value that the host gave to the element, which comes first, and hears nothing', async () => {
    const { editor, field, heard } = await page('{"other":1}', (made) => (made.editor.value = payload(5)));
    expect(natural(native(field))).to.equal(5);
    editor.value = payload(6);
    await drawn(editor);
    expect(natural(native(field))).to.equal(6);
    expect(heard).to.deep.equal([]);
  });

  it('[E290] a host that keeps the text by the events of the field has all of it when it acts on a click or Ctrl+S', async () => {
    const { editor, field, form } = await page('');
    let model = '';
    const saved: (number | null)[] = [];
    field.addEventListener('input', () => (model = native(field)));
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = '保存';
    // Takes no focus: the cell stays open.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => saved.push(natural(model)));
    form.addEventListener('keydown', (event) => {
      if (event.key === 's' && event.ctrlKey) saved.push(natural(model));
    });
    form.prepend(button);
    await open(editor, received(), '12');
    await click(button);
    await typeKeys('3');
    await press('Control+s');
    expect(saved).to.deep.equal([12, 123]);
  });

  it('[E211] read by a script, it says what is being typed, and the cell stays open', async () => {
    const { editor, field } = await page(JSON.stringify(payload(0)));
    await open(editor, granted(), '45');
    expect((JSON.parse(field.value) as Payload).tables['requests']!['granted']!['natural-person']).to.equal(
      45,
    );
    expect(native(field)).to.equal(field.value);
    expect(focused()).to.equal(input(editor, granted()));
    await press('Enter');
    await drawn(editor);
    expect(input(editor, granted()).value).to.equal('45');
  });

  it('[E212] written by a script, it is loaded, and nobody hears of it', async () => {
    const { editor, field, heard } = await page(JSON.stringify(payload(0)));
    const told = listen(editor);
    field.value = JSON.stringify(payload(8));
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('8');
    field.value = '';
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('');
    expect([told.heard, heard]).to.deep.equal([[], []]);
    // Or by somebody who says so afterwards, as a browser does that fills a form in again.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(
      field,
      JSON.stringify(payload(9)),
    );
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('9');
  });

  it('[E212] a host that writes back what it hears leaves focus, caret and undo alone', async () => {
    const { editor, field, form } = await page(JSON.stringify(payload(0)));
    form.addEventListener('input', () => {
      const { value } = field;
      setTimeout(() => (field.value = value), 30);
    });
    await enter(editor, received(), '12');
    await open(editor, granted(), '1234');
    await press('F2');
    await press('ArrowLeft', 2);
    await new Promise((done) => setTimeout(done, 60));
    const cell = input(editor, granted());
    expect([focused(), cell.value, cell.selectionStart]).to.deep.equal([cell, '1234', 2]);
    await press('Escape');
    await push(editor, '撤销');
    expect(input(editor, received()).value).to.equal('0');
  });

  for (const text of ['', JSON.stringify(payload(0))]) {
    it(`[E212] a host that draws again between two digits, its model in hand, keeps all of them (${text === '' ? 'new' : 'loaded'})`, async () => {
      const { editor, field } = await page(text);
      let model = text;
      field.addEventListener('input', () => (model = native(field)));
      // As Vue does: the text to be shown first, then what the field has, which tells of the open cell only then.
      const draw = (): void => {
        const shown = model;
        if (field.value !== shown) field.value = shown;
      };
      await open(editor, received(), '1');
      for (const digit of ['2', '3']) {
        draw();
        draw();
        await typeKeys(digit);
      }
      draw();
      const cell = input(editor, received());
      expect([focused(), cell.value, natural(model), natural(native(field))]).to.deep.equal([
        cell,
        '123',
        123,
        123,
      ]);
      // In the moment between an edit and the field that hears of it.
      editor.addEventListener('change', () => queueMicrotask(draw), { once: true });
      await press('Enter');
      await enter(editor, granted(), '45');
      editor.addEventListener('change', () => queueMicrotask(draw), { once: true });
      await enter(editor, granted(), '67');
      await settled();
      expect([natural(model), input(editor, granted()).value, model]).to.deep.equal([
        123,
        '67',
        native(field),
      ]);
    });
  }

  it('[E212] a host that has read the field may write the text of before a moment later', async () => {
    const text = JSON.stringify(payload(0));
    const { editor, field } = await page(text);
    await open(editor, received(), '5');
    expect(natural(field.value)).to.equal(5);
    await settled();
    field.value = text;
    await drawn(editor);
    expect([native(field), input(editor, received()).value]).to.deep.equal([text, '0']);
  });

  for (const way of ['button', 'requestSubmit', 'submit', 'FormData'] as const) {
    it(`[E213] the form takes an open cell along (${way})`, async () => {
      const { editor, field, form } = await page(JSON.stringify(payload(0)));
      const button = document.createElement('button');
      button.textContent = '保存';
      form.append(button);
      let sent: FormDataEntryValue | null = null;
      form.addEventListener('formdata', (event) => (sent = event.formData.get('content')));
      const frame = document.createElement('iframe');
      frame.name = 'nowhere';
      place(frame);
      form.target = 'nowhere';
      form.action = 'about:blank';
      form.method = 'post';
      // The figures do not agree, which would stop it.
      form.noValidate = true;
      await open(editor, received(), '77');
      if (way === 'button') await click(button);
      else if (way === 'FormData') sent = new FormData(form).get('content');
      else form[way]();
      for (let round = 0; round < 100 && sent === null; round += 1) await settled();
      expect(natural(sent as unknown as string)).to.equal(77);
      expect(natural(native(field))).to.equal(77);
    });
  }

  it('[E213] a required report that is not finished stops the form; a disabled field is not sent', async () => {
    const { editor, form, field } = await page('', (made) => (made.editor.required = true));
    await enter(editor, received(), '1');
    let sent = 0;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      sent += 1;
    });
    form.requestSubmit();
    expect(sent).to.equal(0);
    field.disabled = true;
    expect([...new FormData(form).keys()]).to.deep.equal([]);
  });

  it('[E213] a disabled element leaves the field to the form', async () => {
    const text = JSON.stringify(payload(4));
    const { editor, form } = await page(text, (made) => (made.editor.disabled = true));
    editor.name = 'report';
    await drawn(editor);
    expect([...new FormData(form)]).to.deep.equal([['content', text]]);
  });

  for (const piece of [' ', '\t', '\n', '\r\n', '\n ', ' \r\n\t'])
    it(`[E213] the form is read in no time to speak of, whatever white space is in it (${JSON.stringify(piece)})`, async () => {
      const text = `${JSON.stringify(payload(0))}${piece.repeat(Math.ceil(100_000 / piece.length))}`;
      const { editor, form } = await page(text, ({ field }) => (field.hidden = true));
      await open(editor, received(), '77');
      const start = performance.now();
      const sent = new FormData(form).get('content') as string;
      expect(performance.now() - start).to.be.below(1_000);
      expect(natural(sent)).to.equal(77);
    });

  it('[E214] with a hidden field, which no browser resets, a reset brings back what the report began with', async () => {
    const text = JSON.stringify(payload(4));
    const field = document.createElement('input');
    field.type = 'hidden';
    field.id = 'content';
    field.value = text;
    const { editor, form } = await page('', (made) => made.field.replaceWith(field));
    const held = (): string =>
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.get!.call(field) as string;
    await enter(editor, received(), '77');
    await settled();
    expect(natural(held())).to.equal(77);
    form.reset();
    await settled();
    await drawn(editor);
    expect([input(editor, received()).value, editor.value, held()]).to.deep.equal(['4', text, text]);
  });

  it('[E214] a form that is reset brings back what stood there, an open cell given up', async () => {
    const text = JSON.stringify(payload(4));
    const { editor, field, form } = await page(text);
    await enter(editor, received(), '12');
    await open(editor, granted(), '99');
    form.reset();
    await settled();
    await drawn(editor);
    expect([input(editor, received()).value, input(editor, granted()).value]).to.deep.equal(['4', '4']);
    expect([native(field), editor.value]).to.deep.equal([text, text]);
    await enter(editor, received(), '13');
    form.addEventListener('reset', (event) => event.preventDefault());
    form.reset();
    await settled();
    expect(input(editor, received()).value).to.equal('13');
  });

  it('[E215] one that is not there is told with the first edit, and used once it is', async () => {
    const editor = await show((one) => one.setAttribute('for', 'late'));
    expect(editor.shadowRoot!.querySelector('[role="alert"]')).to.equal(null);
    await enter(editor, received(), '5');
    expect(editor.shadowRoot!.textContent).to.include('网页中没有 id 为“late”的文本框');
    const field = document.createElement('textarea');
    field.id = 'late';
    place(field);
    await enter(editor, granted(), '6');
    await settled();
    expect(natural(native(field))).to.equal(5);
    expect(editor.shadowRoot!.textContent).not.to.include('网页中没有');
  });

  it('[E215] one that is too small for the report is told', async () => {
    const { editor, field } = await page('', (made) => (made.field.maxLength = 4000));
    expect(editor.shadowRoot!.textContent).not.to.include('截断');
    await enter(editor, received(), '5');
    await settled();
    await drawn(editor);
    expect(editor.shadowRoot!.textContent).to.match(/最多存 4000 个字符，本报告的数据有 \d{4} 个/);
    expect(native(field).length).to.be.greaterThan(4000);
  });

  it('[E215] moved, taken out and led to another field, the element leaves each as it was last', async () => {
    const { editor, field, form } = await page('');
    await enter(editor, received(), '5');
    await settled();
    const before = native(field);
    editor.remove();
    expect(Object.prototype.hasOwnProperty.call(field, 'value')).to.equal(false);
    form.append(editor);
    await drawn(editor);
    expect([native(field), editor.value]).to.deep.equal([before, before]);
    const other = document.createElement('textarea');
    other.id = 'other';
    form.append(other);
    editor.htmlFor = 'other';
    await drawn(editor);
    await enter(editor, received(), '6');
    await settled();
    expect([natural(native(field)), natural(native(other))]).to.deep.equal([5, 6]);
    editor.removeAttribute('for');
    await drawn(editor);
    await enter(editor, received(), '7');
    await settled();
    expect(natural(native(other))).to.equal(6);
  });

  it('[E215] put back, it takes what the host has written meanwhile, unless it was given another value itself', async () => {
    const { editor, field, form } = await page('');
    await enter(editor, received(), '5');
    await settled();
    const other = JSON.stringify(payload(9));
    editor.remove();
    field.value = other;
    form.append(editor);
    await drawn(editor);
    expect([input(editor, received()).value, editor.value, native(field)]).to.deep.equal(['9', other, other]);
    editor.remove();
    field.value = 'x';
    editor.value = payload(8);
    form.append(editor);
    await drawn(editor);
    expect([input(editor, received()).value, natural(native(field))]).to.deep.equal(['8', 8]);
  });

  it('[E215] taken out with a cell open, a table alone leaves its number in the field', async () => {
    const field = document.createElement('textarea');
    field.id = 'content';
    place(field);
    const table = document.createElement('xxgk-report-table');
    table.htmlFor = 'content';
    place(table);
    await drawn(table);
    await open(table, received(), '5');
    table.remove();
    expect(natural(native(field))).to.equal(5);
  });

  it('[E216] one table alone has its field too', async () => {
    const field = document.createElement('textarea');
    field.id = 'one-table';
    place(field);
    const table = document.createElement('xxgk-report-table');
    table.table = 'requests';
    table.setAttribute('for', 'one-table');
    place(table);
    await drawn(table);
    await enter(table, received(), '5');
    await settled();
    expect(natural(native(field))).to.equal(5);
    expect(Object.keys((JSON.parse(native(field)) as Payload).tables)).to.deep.equal(['requests']);
  });

  it('[E217] a value that was escaped is understood and handed back clean; one that was cut off is named and kept', async () => {
    const text = JSON.stringify(payload(7));
    const escaped = text.replace(/"/g, '&quot;');
    const { editor, field } = await page(escaped);
    expect(input(editor, received()).value).to.equal('7');
    expect(editor.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.include('已还原后读取');
    await settled();
    expect(natural(native(field))).to.equal(7);
    const short = escaped.slice(0, 4000);
    field.value = short;
    await drawn(editor);
    expect(editor.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.include('只有 4000 个字符');
    expect([editor.value, native(field)]).to.deep.equal([short, short]);
  });
});
