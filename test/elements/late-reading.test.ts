/** What a host meets in the moment before the reading of reports is loaded. The order matters: it is loaded once a page. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { loadedReader } from '../../src/elements/load-reading.ts';
import { cleanUp, drawn, Findings, input, payload, place, received, show } from './editor-fixture.ts';

describe('a value before the reading is loaded', () => {
  afterEach(cleanUp);

  it('[E66] is handed back as given, locked and no empty report meanwhile; then it is on screen', async () => {
    const heard: string[] = [];
    const editor = document.createElement('xxgk-annual-report');
    editor.draft = 'off';
    editor.name = 'report';
    for (const name of ['input', 'change']) editor.addEventListener(name, () => heard.push(name));
    const form = document.createElement('form');
    form.append(editor);
    place(form);
    const overtaken = JSON.stringify(payload(1));
    const text = JSON.stringify(payload(7));
    editor.value = overtaken;
    editor.value = text;
    editor.previous = payload(0, { 'requests/carried-forward/natural-person': 4 }, { year: 2023 });
    expect(loadedReader(), 'this test must be the first to load it').to.equal(undefined);

    expect(editor.value).to.equal(text);
    expect(new FormData(form).get('report')).to.equal(text);
    expect(editor.locked).to.equal(true);
    expect(editor.checkValidity()).to.equal(false);
    expect(() => editor.payload()).to.throw('正在读取报告');
    expect(() => editor.check()).to.throw('正在读取报告');

    await drawn(editor);
    expect(loadedReader()).not.to.equal(undefined);
    expect(editor.value).to.equal(text);
    expect(editor.locked).to.equal(false);
    expect(input(editor, received()).value).to.equal('7');
    expect(editor.payload()['year']).to.equal(2024);
    expect(editor.previous, 'last year waits for the value').to.equal(true);
    expect(new Findings(editor).sentences.join('')).to.include('上年报告的结转下年度为4');
    expect(heard).to.deep.equal([]);
  });

  it('[E66] once it is loaded, a value is on screen in the same task', async () => {
    const editor = await show();
    editor.value = payload(5);
    expect(editor.locked).to.equal(false);
    expect(input(editor, received()).value).to.equal('5');
    expect((editor as XxgkAnnualReport).payload()['year']).to.equal(2024);
  });
});
