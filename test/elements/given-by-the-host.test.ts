/** What a host says of a new report: unit, year, deadline; before the element is on the page, or after. */
import { expect } from 'chai';
import {
  cleanUp,
  drawn,
  enter,
  input,
  listen,
  payload,
  received,
  show,
  statusBar,
} from './editor-fixture.ts';

const UNIT = { name: '示例县教育局', kind: 'county-bureau', region: '110101', 'x-id': 7, code: 'no code' };

describe('what the host knows', () => {
  afterEach(cleanUp);

  it('[E222] a new report begins with the unit and the year, without an event', async () => {
    const editor = await show((one) => {
      one.setAttribute('organization', '示例县教育局');
      one.setAttribute('year', '2023');
    });
    expect(editor.payload()).to.deep.include({ year: 2023, organization: { name: '示例县教育局' } });
    const told = listen(editor);
    editor.organization = UNIT;
    await drawn(editor);
    expect(editor.payload()['organization']).to.deep.equal({
      name: '示例县教育局',
      kind: 'county-bureau',
      region: '110101',
    });
    editor.setAttribute('year', '2024');
    editor.setAttribute('format', '2019');
    await drawn(editor);
    expect(editor.payload()).to.deep.include({ year: 2024, format: '2019' });
    editor.setAttribute('organization', '{"name":"另一单位","kind":"township"}');
    editor.setAttribute('year', 'x');
    await drawn(editor);
    expect(editor.payload()).to.deep.include({
      year: new Date().getFullYear() - 1,
      organization: { name: '另一单位', kind: 'township' },
    });
    expect(told.heard).to.deep.equal([]);
  });

  it('[E222] a report that somebody has begun, or that was loaded, keeps its own', async () => {
    const editor = await show();
    await enter(editor, received(), '5');
    editor.organization = '迟到的单位';
    editor.year = 2001;
    await drawn(editor);
    expect(input(editor, received()).value).to.equal('5');
    expect(editor.payload()['organization']).to.deep.equal({ name: '' });
    const loaded = await show((one) => (one.value = payload(1)));
    loaded.organization = '别的单位';
    await drawn(loaded);
    expect((loaded.payload()['organization'] as { name: string }).name).to.equal('示例县教育局');
    expect(loaded.value).to.equal(JSON.stringify(payload(1)));
  });

  it('[E222] what no payload can hold is left out, told once, and stops nothing', async () => {
    const { warn } = console;
    const warned: unknown[] = [];
    console.warn = (...said: unknown[]) => warned.push(said[0]);
    try {
      const editor = await show((one) =>
        one.setAttribute(
          'organization',
          '{"name":"甲局","__proto__":{"kind":"township"},"hasOwnProperty":"name","toString":"name","region":{"toString":1}}',
        ),
      );
      for (let round = 0; round < 3; round += 1) {
        editor.newReport();
        expect(editor.payload()['organization']).to.deep.equal({ name: '甲局' });
      }
      expect(warned).to.have.length(4);
      expect(warned.join()).to.include('organization.__proto__').and.include('organization.hasOwnProperty');
      warned.length = 0;
      editor.organization = '{"name":"甲局"';
      editor.newReport();
      editor.newReport();
      expect(editor.payload()['organization']).to.deep.equal({ name: '' });
      expect(warned).to.deep.equal(['xxgk-annual-report: organization, which is no JSON, is left out.']);
    } finally {
      console.warn = warn;
    }
  });

  it('[E223] the day the host gives is counted to instead of the one of the law', async () => {
    const today = new Date();
    const day = (days: number): string => {
      const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
      return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
    };
    const editor = await show((one) => one.setAttribute('deadline', day(3)));
    expect(statusBar(editor)).to.match(/距报送期限\d{4}年\d+月\d+日还有 3 天/);
    editor.deadline = day(-2);
    await drawn(editor);
    expect(statusBar(editor)).to.include('已过 2 天');
    editor.deadline = '月底';
    await drawn(editor);
    expect(statusBar(editor)).to.include('法定期限');
  });

  it('[E218] a button under the tables that has done its work leaves the keyboard at the tables', async () => {
    const editor = await show();
    editor.say('一句话。');
    await drawn(editor);
    const button = editor.shadowRoot!.querySelector<HTMLButtonElement>('.notice button')!;
    button.focus();
    button.click();
    await drawn(editor);
    expect(editor.shadowRoot!.activeElement).to.equal(editor.shadowRoot!.querySelector('.tables'));
  });
});
