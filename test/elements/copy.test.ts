/** 复制: the tables on the real clipboard, by mouse and by keys, and from one of our editors into another. */
import { expect } from 'chai';
import { CLIPBOARD_TYPE, payloadFromClipboard } from '../../src/documents/clipboard-payload.ts';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { expectAccessible } from '../browser/axe.ts';
import * as browser from '../browser/commands.ts';
import {
  button,
  cleanUp,
  click,
  drawn,
  type Editor,
  enter,
  input,
  open,
  payload,
  place,
  press,
  push,
  received,
  show,
} from './editor-fixture.ts';
import { until } from './import-fixture.ts';

interface Pasted {
  readonly text: string;
  readonly html: string;
  readonly own: string;
  readonly payload: string | undefined;
}

/** Ctrl+V of a person in a field of the page, as a script hears it. */
async function pasted(hide?: string): Promise<Pasted> {
  const field = document.createElement('textarea');
  place(field);
  const heard = new Promise<Pasted>((resolve) => {
    field.addEventListener('paste', (event) => {
      event.preventDefault();
      const data = event.clipboardData!;
      resolve({
        text: data.getData('text/plain'),
        html: data.getData('text/html'),
        own: data.getData(CLIPBOARD_TYPE),
        payload: payloadFromClipboard({ getData: (type) => (type === hide ? '' : data.getData(type)) }),
      });
    });
  });
  await click(field);
  await press('Control+v');
  field.remove();
  return heard;
}

function said(editor: Editor): string {
  return editor.shadowRoot!.querySelector('[role="status"]')!.textContent!.trim();
}

async function untilSaid(editor: Editor, part: string): Promise<void> {
  for (let round = 0; round < 100 && !said(editor).includes(part); round += 1)
    await new Promise((done) => setTimeout(done, 20));
  expect(said(editor)).to.include(part);
}

async function copy(editor: Editor, name = '复制', sentence = '已复制'): Promise<void> {
  await push(editor, name);
  await untilSaid(editor, sentence);
}

const MARKED = {
  marks: { [received('other')]: { kind: 'not-applicable', raw: '／' } },
  explanations: [
    {
      rule: 'Y-04',
      cells: ['disclosure/normative-documents/in-force'],
      values: `sha256:${'a'.repeat(64)}`,
      kind: 'explained',
      text: '本年清理文件',
      at: '2026-01-12T08:00:00Z',
    },
  ],
};

describe('copying the tables', () => {
  afterEach(cleanUp);

  it('[E175] 复制 puts the three tables on the clipboard as text and as HTML, and says so', async () => {
    const editor = await show((one) => (one.value = payload(3, { [received()]: 41 })));
    await copy(editor);
    expect(said(editor)).to.equal('已复制三张表，可粘贴到 Word、WPS、Excel 或网页编辑器。');
    expect(editor.shadowRoot!.querySelector('.notice')!.textContent).to.include('已复制三张表');
    const { text, html } = await pasted();
    for (const title of ['二、主动公开', '三、收到和处理', '四、政府信息公开']) {
      expect(text).to.include(title);
      expect(html).to.include(`<p>${title}`);
    }
    expect(text).to.match(/\n一、本年新收政府信息公开申请数量\t\t\t41\t3\t3\t3\t3\t3\t56\r?\n/);
    const page = new DOMParser().parseFromString(html, 'text/html');
    expect(page.querySelectorAll('table')).to.have.length(3);
    expect(page.querySelectorAll('td')).to.have.length(200);
    expect(page.querySelector('[class], [style], div')).to.equal(null);
    await expectAccessible(editor);
  });

  it('[E175] what an open cell holds is copied, blanks are counted, and nothing is edited by it', async () => {
    const editor = await show((one) => (one.value = payload(null)));
    const edits: string[] = [];
    await open(editor, received(), '17');
    editor.addEventListener('input', () => edits.push(input(editor, received()).value));
    await copy(editor);
    expect(said(editor)).to.include('其中 165 格还没有填');
    expect((await pasted()).text).to.match(/申请数量\t\t\t17\t/);
    expect(edits).to.deep.equal(['17']);
  });

  it('[E176] it needs no clipboard of the newer kind and no listener of the page, and works by keyboard', async () => {
    const editor = await show((one) => (one.value = payload(5)));
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    const heard: string[] = [];
    const listener = (event: ClipboardEvent): void => {
      heard.push(event.type);
      event.clipboardData!.setData('text/plain', 'all rights reserved');
      event.preventDefault();
    };
    document.addEventListener('copy', listener, true);
    try {
      button(editor, '复制').focus();
      await press('Enter');
      await untilSaid(editor, '已复制');
      expect(button(editor, '复制').matches(':focus')).to.equal(true);
      expect((await pasted()).text).to.include('申请数量\t\t\t5\t5');
      expect(heard).to.deep.equal([]);
    } finally {
      document.removeEventListener('copy', listener, true);
      delete (navigator as { clipboard?: unknown }).clipboard;
    }
  });

  it('[E177] a browser that does not let it says so; nothing of an earlier copy is called copied', async () => {
    const editor = await show((one) => (one.value = payload(6)));
    const { execCommand } = document;
    try {
      document.execCommand = () => false;
      await copy(editor, '复制', '没有复制成功');
      expect(said(editor)).to.include('请再按一次');
      // It says yes, and nobody was asked what to copy.
      document.execCommand = () => true;
      await copy(editor, '复制', '没有复制成功');
    } finally {
      document.execCommand = execCommand;
    }
    await copy(editor);
  });

  it('[E178] 复制本表 copies one table, in the editor and where it stands alone', async () => {
    const editor = await show((one) => (one.value = payload(7)));
    const table = editor.shadowRoot!.querySelectorAll('xxgk-report-table')[2]!;
    await click(button(table, '复制本表'));
    await untilSaid(editor, '已复制表四');
    const one = await pasted();
    expect(one.text).to.match(/^四、/).and.not.include('三、');
    expect(Object.keys((JSON.parse(one.payload!) as { tables: object }).tables)).to.deep.equal([
      'proceedings',
    ]);

    const alone = document.createElement('xxgk-report-table');
    alone.table = 'disclosure';
    alone.value = payload(8);
    place(alone);
    await drawn(alone);
    await click(button(alone, '复制本表'));
    await untilSaid(alone, '已复制表二');
    expect((await pasted()).text).to.match(/^二、.*\t8\t8\t8/s);
  });

  it('[E179] a locked report is copied, one that cannot be read is not', async () => {
    const editor = await show((one) => {
      one.readonly = true;
      one.value = payload(9);
    });
    await copy(editor);
    expect((await pasted()).text).to.include('申请数量\t\t\t9\t9');
    const unread = await show((one) => (one.value = '{"schema":"else"}'));
    expect(button(unread, '复制').disabled).to.equal(true);
  });

  it('[E180] a real paste finds the payload: whole under its own type, figures and marks in the HTML', async () => {
    const editor = await show((one) => (one.value = payload(2, { [received('other')]: null }, MARKED)));
    await enter(editor, received(), '12');
    await copy(editor);
    const { own, payload: found } = await pasted();
    // Firefox without a screen keeps text and HTML only; on a screen it keeps the type too.
    if (browser.browserName === 'chromium') expect(own).to.equal(editor.value);
    const inHtml = (await pasted(CLIPBOARD_TYPE)).payload;
    expect(inHtml).to.not.equal(undefined);
    for (const text of [found!, inHtml!]) {
      const other = await show();
      expect(await other.openReport(text, '剪贴板')).to.equal(undefined);
      await drawn(other);
      expect(input(other, received()).value).to.equal('12');
      expect(input(other, received('other')).value).to.equal('／');
      const sent = other.payload();
      expect(sent['tables']).to.deep.equal(editor.payload()['tables']);
      expect(sent['marks']).to.deep.equal(MARKED.marks);
      if (text === own) expect(sent['explanations']).to.deep.equal(MARKED.explanations);
    }
  });

  for (const grid of ['table', 'handsontable'] as const)
    it(`[E181] a block that is copied in one editor and pasted in another keeps "/" and the like as typed, ${grid}`, async () => {
      const key = ['non', 'commercial', 'and', 'evaluation'].join('-');
      const prepared = (one: XxgkAnnualReport): void => {
        one.grid = grid;
        if (grid === 'handsontable') one.licenseKey = key;
      };
      const drawnBy = async (one: XxgkAnnualReport): Promise<void> => {
        const all = Array.from(one.shadowRoot!.querySelectorAll('xxgk-report-table'));
        await until(() => all.every((table) => table.gridInUse === grid), grid);
      };
      const from = await show((one) => {
        prepared(one);
        one.value = payload(1, { [received('other')]: null }, MARKED);
      });
      const to = await show((one) => {
        prepared(one);
        one.value = payload(null);
      });
      await drawnBy(from);
      await drawnBy(to);
      const at = (one: XxgkAnnualReport, cell: string): void =>
        one.shadowRoot!.querySelectorAll('xxgk-report-table')[1]!.focusCell(cell);
      at(from, received('enterprise'));
      await browser.type('无');
      await press('Enter');
      at(from, received());
      await press('Shift+ArrowRight', 5);
      await press('Control+c');
      at(to, received());
      await press('Control+v');
      await drawn(to);
      const { marks, tables } = to.payload() as unknown as {
        marks: Record<string, unknown>;
        tables: Record<string, Record<string, Record<string, number | null>>>;
      };
      expect(marks[received('other')]).to.deep.equal({ kind: 'not-applicable', raw: '／' });
      expect(marks[received('enterprise')]).to.deep.equal({ kind: 'not-applicable', raw: '无' });
      expect(tables['requests']!['received']!['natural-person']).to.equal(1);
      expect(tables['requests']!['received']!['enterprise']).to.equal(null);
    });
});
