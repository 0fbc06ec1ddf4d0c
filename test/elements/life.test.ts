/** What pages do with an element: make it in any way, move it, take it out, hide it, load its script twice. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import {
  cleanUp,
  drawn,
  enter,
  Findings,
  input,
  listen,
  open,
  payload,
  place,
  press,
  push,
  granted,
  received,
  settled,
  show,
} from './editor-fixture.ts';

describe('the life of an element on a page', () => {
  afterEach(cleanUp);

  it('[E225] made in any way, it shows the value it was given', async () => {
    const text = JSON.stringify(payload(7));
    const made: Record<string, () => XxgkAnnualReport> = {
      markup: () => {
        const frame = document.createElement('div');
        const attribute = text.replace(/"/g, '&quot;');
        frame.innerHTML = `<xxgk-annual-report draft="off" value="${attribute}"></xxgk-annual-report>`;
        place(frame);
        return frame.querySelector('xxgk-annual-report')!;
      },
      'attributes after it is on the page': () => {
        const editor = document.createElement('xxgk-annual-report');
        place(editor);
        editor.setAttribute('draft', 'off');
        editor.setAttribute('value', text);
        return editor;
      },
      'a property before it is on the page': () => {
        const editor = document.createElement('xxgk-annual-report');
        editor.draft = 'off';
        editor.value = text;
        place(editor);
        return editor;
      },
      'a template': () => {
        const template = document.createElement('template');
        template.innerHTML = `<xxgk-annual-report draft="off"></xxgk-annual-report>`;
        const copy = document.importNode(template.content, true);
        const editor = copy.querySelector('xxgk-annual-report')!;
        editor.setAttribute('value', text);
        const frame = document.createElement('div');
        frame.append(copy);
        place(frame);
        return editor;
      },
      'a copy': () => {
        const one = document.createElement('xxgk-annual-report');
        one.setAttribute('draft', 'off');
        one.setAttribute('value', text);
        const copy = one.cloneNode(true) as XxgkAnnualReport;
        place(copy);
        return copy;
      },
    };
    for (const [way, make] of Object.entries(made)) {
      const editor = make();
      await drawn(editor);
      expect(input(editor, received()).value, way).to.equal('7');
      expect(editor.value, way).to.equal(text);
      cleanUp();
    }
  });

  it('[E226] moved and taken out and put back it keeps figures, an open cell, undo and what was checked', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    const told = listen(editor);
    await enter(editor, received(), '12');
    await push(editor, '检查');
    await open(editor, granted(), '5');
    const tab = document.createElement('div');
    place(tab);
    tab.append(editor);
    await drawn(editor);
    expect([input(editor, received()).value, input(editor, granted()).value]).to.deep.equal(['12', '5']);
    editor.remove();
    await settled();
    const away = JSON.parse(editor.value) as ReturnType<typeof payload>;
    expect(away.tables['requests']!['granted']!['natural-person']).to.equal(5);
    tab.append(editor);
    await drawn(editor);
    expect(new Findings(editor).heading.textContent).to.include('处需要处理');
    await enter(editor, granted(), '12');
    expect(input(editor, granted()).value).to.equal('12');
    await push(editor, '撤销');
    await push(editor, '撤销');
    await push(editor, '撤销');
    expect([input(editor, received()).value, input(editor, granted()).value]).to.deep.equal(['0', '0']);
    expect(told.heard.filter((name) => name === 'change')).to.have.length(6);
  });

  it('[E226] it goes from form to form, and each gets what is its own', async () => {
    const forms = [document.createElement('form'), document.createElement('form')];
    for (const form of forms) place(form);
    const editor = document.createElement('xxgk-annual-report');
    editor.draft = 'off';
    editor.name = 'report';
    forms[0]!.append(editor);
    await drawn(editor);
    await enter(editor, received(), '3');
    forms[1]!.append(editor);
    await drawn(editor);
    await settled();
    expect([...new FormData(forms[0]).keys()]).to.deep.equal([]);
    expect(new FormData(forms[1]).get('report')).to.equal(editor.value);
  });

  it('[E227] hidden while it is made, while it is edited and shown again, it is whole', async () => {
    for (const hide of [
      (box: HTMLElement) => (box.style.display = 'none'),
      (box: HTMLElement) => (box.hidden = true),
      (box: HTMLElement) => (box.style.cssText = 'width: 0; height: 0; overflow: hidden'),
      (box: HTMLElement) => (box.style.visibility = 'hidden'),
    ]) {
      const box = document.createElement('div');
      hide(box);
      place(box);
      const editor = document.createElement('xxgk-annual-report');
      editor.draft = 'off';
      editor.value = payload(4);
      box.append(editor);
      await drawn(editor);
      editor.value = payload(6);
      await drawn(editor);
      box.removeAttribute('style');
      box.hidden = false;
      await drawn(editor);
      expect(input(editor, received()).value).to.equal('6');
      await enter(editor, received(), '8');
      box.hidden = true;
      await settled();
      box.hidden = false;
      await drawn(editor);
      expect(input(editor, received()).value).to.equal('8');
      await press('Control+z');
      cleanUp();
    }
  });

  it('[E228] in a shadow root of the host it is found, focused and read by its form', async () => {
    const host = document.createElement('div');
    place(host);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML =
      '<form><textarea id="field" name="field"></textarea><xxgk-annual-report for="field" draft="off"></xxgk-annual-report></form>';
    const editor = root.querySelector('xxgk-annual-report')!;
    await drawn(editor);
    await enter(editor, received(), '9');
    await open(editor, granted(), '4');
    const sent = JSON.parse(String(new FormData(root.querySelector('form')!).get('field'))) as ReturnType<
      typeof payload
    >;
    expect(sent.tables['requests']!['received']!['natural-person']).to.equal(9);
    expect(sent.tables['requests']!['granted']!['natural-person']).to.equal(4);
  });
});
