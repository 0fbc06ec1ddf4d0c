/** The change of grids under a person's hands, and the editor on the spreadsheet grid. */
import { expect } from 'chai';
import { setLicenseKey } from '../../src/define.ts';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type { XxgkReportTable } from '../../src/elements/report-table.ts';
import type { CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { expectAccessible } from '../browser/axe.ts';
import { cdp, browserName } from '../browser/commands.ts';
import {
  cleanUp,
  click,
  drawn,
  Findings,
  focused,
  granted,
  listen,
  payload,
  place,
  press,
  push,
  received,
  settled,
  show,
  statusBar,
  tables,
  type,
} from './editor-fixture.ts';

const KEY = 'non-commercial-and-evaluation';
const MARKUP = '<img src=x onerror="window.hacked=1">';

const kinds = (editor: XxgkAnnualReport): string[] => tables(editor).map((table) => table.gridInUse);
const tableOf = (editor: XxgkAnnualReport, id: CellId): XxgkReportTable =>
  tables(editor).find((table) => id.startsWith(table.table))!;

/** Until every table shows this grid. */
async function shows(editor: XxgkAnnualReport, kind: 'handsontable' | 'table'): Promise<void> {
  const end = Date.now() + 8000;
  while (kinds(editor).some((one) => one !== kind)) {
    if (Date.now() > end) throw new Error(`waited in vain for ${kind}: ${kinds(editor).join()}`);
    await new Promise((done) => setTimeout(done, 10));
  }
  await drawn(editor);
}

/** Long enough for a change of grids that must not come. */
const wait = (milliseconds = 400): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** The drawn cell of either grid. */
function cell(editor: XxgkAnnualReport, id: CellId): HTMLElement {
  const { label } = FORMATS['2021'].cellsById.get(id)!;
  const root = tableOf(editor, id).shadowRoot!;
  const named = Array.from(root.querySelectorAll('[aria-label]')).find(
    (one) =>
      one.getAttribute('aria-label') === label || one.getAttribute('aria-label')!.startsWith(`${label} `),
  )!;
  return named.closest('td')!;
}
const text = (editor: XxgkAnnualReport, id: CellId): string =>
  cell(editor, id).querySelector('input')?.value ?? cell(editor, id).querySelector('.text')!.textContent!;

/** Presses the mouse button on a cell and keeps it down. */
function holdMouse(target: HTMLElement): void {
  target.scrollIntoView({ block: 'center', behavior: 'instant' });
  target.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, composed: true, button: 0, buttons: 1 }));
}

describe('the two grids', () => {
  const { info } = console;
  let said: string[] = [];
  beforeEach(() => {
    said = [];
    console.info = (...words: unknown[]) => void said.push(words.join(' '));
  });
  afterEach(() => {
    cleanUp();
    setLicenseKey('');
    console.info = info;
  });

  it('[E83] the console says why, in one line for all tables and all editors', async () => {
    // The first test of the page: each reason is said once.
    const editor = await show();
    await show();
    expect(said).to.deep.equal(['xxgk-annual-report：没有提供 license-key，使用内置表格。']);
    editor.licenseKey = 'wrong';
    while (said.length < 2) await wait(20);
    await wait();
    expect(said.slice(1)).to.deep.equal([
      'xxgk-annual-report：Handsontable 不接受所给的 license-key，使用内置表格。',
    ]);
  });

  it('[E81] the table grid comes first, and its place is taken without a word to the host', async () => {
    const editor = document.createElement('xxgk-annual-report');
    editor.draft = 'off';
    editor.licenseKey = KEY;
    place(editor);
    await editor.updateComplete;
    await Promise.all(tables(editor).map((table) => table.updateComplete));
    expect(kinds(editor), 'drawn at once').to.deep.equal(['table', 'table', 'table']);
    expect(text(editor, received())).to.equal('');
    editor.value = payload(0);
    const told = listen(editor);
    const before = editor.value;
    await shows(editor, 'handsontable');
    expect(told.heard).to.deep.equal([]);
    expect(editor.value).to.equal(before);
    expect(text(editor, received())).to.equal('0');
    expect(document.querySelector('.ht-portal, .ht-license-lock')).to.equal(null);
    expect(said).to.deep.equal([]);
  });

  it('[E81] a range, the keyboard, an open edit and its caret go over, and Escape still knows the text of before', async () => {
    const editor = await show((one) => (one.value = payload(12)));
    await click(cell(editor, granted()));
    await press('Shift+ArrowDown');
    await press('Shift+ArrowRight');
    setLicenseKey(KEY);
    await shows(editor, 'handsontable');
    expect(tableOf(editor, granted()).selection?.cells).to.have.length(4);
    expect(statusBar(editor)).to.include('求和 48').and.include('计数 4');
    const told = listen(editor);
    editor.grid = 'table';
    await shows(editor, 'table');
    await click(cell(editor, granted()));
    await press('F2');
    await press('ArrowLeft');
    await type('9');
    editor.grid = 'auto';
    await shows(editor, 'handsontable');
    await type('8');
    expect((focused() as HTMLInputElement).value).to.equal('1982');
    editor.grid = 'table';
    await shows(editor, 'table');
    expect((focused() as HTMLInputElement).value).to.equal('1982');
    expect(told.heard, 'nothing is committed on the way').to.deep.equal([]);
    await press('Escape');
    expect(text(editor, granted())).to.equal('12');
    await type('5');
    editor.grid = 'auto';
    await shows(editor, 'handsontable');
    await press('Enter');
    expect(text(editor, granted())).to.equal('5');
    expect(told.heard.filter((name) => name === 'change')).to.have.length(1);
    await press('Control+z');
    expect(text(editor, granted()), 'undo knows nothing of grids').to.equal('12');
  });

  it('[E81] what a person looks at stays where it is', async () => {
    const editor = await show((one) => (one.value = payload(1)));
    const last = 'proceedings/review/upheld';
    await click(cell(editor, last));
    const before = cell(editor, last).getBoundingClientRect();
    expect(window.scrollY).to.be.above(0);
    editor.licenseKey = KEY;
    await shows(editor, 'handsontable');
    await settled();
    const after = cell(editor, last).getBoundingClientRect();
    expect(Math.abs(after.top - before.top)).to.be.below(2);
    expect(Math.abs(after.left - before.left)).to.be.below(2);
  });

  it('[E82] attribute, page and wish decide, live; an empty key is none', async () => {
    const editor = await show();
    setLicenseKey(KEY);
    await shows(editor, 'handsontable');
    editor.setAttribute('grid', 'table');
    await shows(editor, 'table');
    editor.setAttribute('grid', 'anything');
    await shows(editor, 'handsontable');
    editor.setAttribute('license-key', '');
    await shows(editor, 'table');
    editor.removeAttribute('license-key');
    await shows(editor, 'handsontable');
    setLicenseKey(undefined);
    await shows(editor, 'table');
    editor.setAttribute('license-key', ` ${KEY} `);
    await shows(editor, 'handsontable');
  });

  it('[E82] two keys on one page stand apart', async () => {
    setLicenseKey('not a key');
    const right = await show((one) => (one.licenseKey = KEY));
    const wrong = await show();
    await shows(right, 'handsontable');
    await wait();
    expect(kinds(wrong)).to.deep.equal(['table', 'table', 'table']);
    expect(kinds(right)).to.deep.equal(['handsontable', 'handsontable', 'handsontable']);
    setLicenseKey(KEY);
    await shows(wrong, 'handsontable');
  });

  for (const wrong of ['wrong', MARKUP, '00000-00000-00000-00000-00000', 'x'.repeat(100_000)]) {
    it(`[E83] the key ${wrong.slice(0, 40)}: the table grid stays, no dialog, the key is nowhere`, async () => {
      const editor = await show((one) => (one.value = payload(0)));
      await click(cell(editor, received()));
      await type('3');
      // The decision is there when a right key after it has been decided, too.
      editor.licenseKey = KEY;
      await shows(editor, 'handsontable');
      editor.licenseKey = wrong;
      await shows(editor, 'table');
      await wait(100);
      expect(kinds(editor)).to.deep.equal(['table', 'table', 'table']);
      const everything =
        document.documentElement.outerHTML +
        tables(editor)
          .map((one) => one.shadowRoot!.innerHTML)
          .join();
      expect(everything).not.to.include(wrong).and.not.include('ht-license-lock');
      expect((window as { hacked?: number }).hacked).to.equal(undefined);
      expect((focused() as HTMLInputElement).value).to.equal('3');
      for (const line of said) expect(line).not.to.include(wrong);
      await press('Enter');
      expect(text(editor, received())).to.equal('3');
      editor.licenseKey = KEY;
      await shows(editor, 'handsontable');
    });
  }

  it('[E83] a key that turns wrong: the table grid comes back with what is being typed', async () => {
    const editor = await show((one) => {
      one.value = payload(0);
      one.licenseKey = KEY;
    });
    await shows(editor, 'handsontable');
    await click(cell(editor, received()));
    await type('7');
    const sheet = tableOf(editor, received()).shadowRoot!.querySelector('.ht-root-wrapper') as unknown as {
      __hotInstance: { rootOverlaysElement: HTMLElement };
    };
    const lock = document.createElement('div');
    lock.className = 'ht-license-lock';
    sheet.__hotInstance.rootOverlaysElement.append(lock);
    await settled();
    expect(tableOf(editor, received()).gridInUse).to.equal('table');
    expect(tableOf(editor, received()).shadowRoot!.querySelector('.ht-license-lock')).to.equal(null);
    expect((focused() as HTMLInputElement).value).to.equal('7');
    await press('Enter');
    expect(text(editor, received())).to.equal('7');
    editor.licenseKey = 'now wrong';
    await shows(editor, 'table');
  });

  it('[E82] a key that was refused takes the spreadsheet away when it comes back', async () => {
    const editor = await show((one) => (one.licenseKey = 'wrong'));
    await wait(1500);
    editor.licenseKey = KEY;
    await shows(editor, 'handsontable');
    editor.licenseKey = 'wrong';
    await shows(editor, 'table');
    setLicenseKey(12345 as unknown as string);
    editor.licenseKey = null;
    await wait(100);
    expect(kinds(editor)).to.deep.equal(['table', 'table', 'table']);
  });

  it('[E96] an editor that is taken out of the page lets go of the spreadsheet, and has it again when it is back', async () => {
    const editor = await show((one) => {
      one.licenseKey = KEY;
      one.value = payload(1);
    });
    await shows(editor, 'handsontable');
    const parent = editor.parentElement!;
    editor.remove();
    await Promise.resolve();
    expect(kinds(editor)).to.deep.equal(['table', 'table', 'table']);
    parent.append(editor);
    await shows(editor, 'handsontable');
    expect(text(editor, received())).to.equal('1');
  });

  it('[E85] a host that takes the key away when it hears of an edit disturbs neither the edit nor the move', async () => {
    const editor = await show((one) => {
      one.licenseKey = KEY;
      one.value = payload(0);
    });
    await shows(editor, 'handsontable');
    editor.addEventListener('change', () => (editor.licenseKey = ''), { once: true });
    await click(cell(editor, received()));
    await type('4');
    await press('Enter');
    await shows(editor, 'table');
    expect(text(editor, received())).to.equal('4');
    expect(tableOf(editor, received()).selection?.active).to.equal('requests/carried-over/natural-person');
    await type('5');
    await press('Enter');
    expect(text(editor, 'requests/carried-over/natural-person')).to.equal('5');
  });

  it('[E85] the way back waits for a mouse button too', async () => {
    const editor = await show((one) => {
      one.licenseKey = KEY;
      one.value = payload(0);
    });
    await shows(editor, 'handsontable');
    holdMouse(cell(editor, received()));
    editor.grid = 'table';
    await wait();
    expect(tableOf(editor, received()).gridInUse).to.equal('handsontable');
    window.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    await shows(editor, 'table');
  });

  it('[E85] waits while a mouse button is down', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    holdMouse(cell(editor, received()));
    editor.licenseKey = KEY;
    await wait();
    expect(tableOf(editor, received()).gridInUse).to.equal('table');
    window.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    await shows(editor, 'handsontable');
  });

  it('[E85] waits while an input method composes', async () => {
    const editor = await show((one) => (one.value = payload(0)));
    await click(cell(editor, received()));
    const field = focused();
    if (browserName === 'chromium')
      await cdp('Input.imeSetComposition', { text: 'yi', selectionStart: 2, selectionEnd: 2 });
    else field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true }));
    editor.licenseKey = KEY;
    await wait();
    expect(tableOf(editor, received()).gridInUse).to.equal('table');
    expect(focused()).to.equal(field);
    if (browserName === 'chromium') await cdp('Input.insertText', { text: '１２' });
    else {
      (field as HTMLInputElement).value = '１２';
      field.dispatchEvent(
        new CompositionEvent('compositionend', { data: '１２', bubbles: true, composed: true }),
      );
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    }
    await shows(editor, 'handsontable');
    await press('Enter');
    expect(text(editor, received())).to.equal('12');
  });

  it('[E86] checks, marks, totals, undo and chips work as with the other grid', async () => {
    const editor = await show((one) => {
      one.licenseKey = KEY;
      one.value = payload(0);
    });
    await shows(editor, 'handsontable');
    await click(cell(editor, received()));
    await type('12');
    await press('Enter');
    await drawn(editor);
    const total = 'requests/received/total';
    expect(text(editor, total)).to.equal('12');
    const findings = new Findings(editor);
    expect(findings.sentences.join()).to.include('12');
    expect(cell(editor, received()).dataset['mark']).to.equal('must');
    const [chip] = Array.from(findings.item('自然人').querySelectorAll('button'));
    await click(chip!);
    await settled();
    expect(tableOf(editor, received()).selection?.active).to.match(/natural-person$/);
    await press('Control+z');
    await drawn(editor);
    expect(text(editor, total)).to.equal('0');
    expect(findings.sentences).to.deep.equal([]);
    await push(editor, '检查');
    expect(findings.heading.textContent).to.include('检查通过');
  });

  it('[E86] read-only, control totals, the other format, and a move in the page', async () => {
    const editor = await show((one) => {
      one.licenseKey = KEY;
      one.value = payload(1);
    });
    await shows(editor, 'handsontable');
    editor.readonly = true;
    await drawn(editor);
    await click(cell(editor, received()));
    await type('9');
    await press('Delete');
    expect(text(editor, received())).to.equal('1');
    editor.readonly = false;
    await drawn(editor);
    const table = tableOf(editor, received());
    await click(table.shadowRoot!.querySelector('input[type="checkbox"]')!);
    await click(cell(editor, received('other')));
    await press('Tab');
    expect(table.selection?.active).to.equal('requests/received/total');
    await type('20');
    await press('Enter');
    await drawn(editor);
    expect(cell(editor, 'requests/received/total').textContent).to.include('核对数 20');
    const elsewhere = document.createElement('section');
    place(elsewhere);
    elsewhere.append(editor);
    await shows(editor, 'handsontable');
    await click(cell(editor, granted()));
    await type('4');
    await press('Enter');
    expect(text(editor, granted())).to.equal('4');
    editor.value = { ...payload(1), format: '2019', year: 2020, tables: {} };
    await drawn(editor);
    await shows(editor, 'handsontable');
    expect(tables(editor)[0]!.shadowRoot!.textContent).to.include('对外公开总数量');
  });

  it('[E86] has no accessibility violation', async () => {
    const editor = await show((one) => {
      one.licenseKey = KEY;
      one.value = payload(0, { [received()]: 12 });
    });
    await shows(editor, 'handsontable');
    await push(editor, '检查');
    await expectAccessible(editor);
  }).timeout(30_000);
});
