/** Importing a whole report: the ways in, the preview, what is taken over, and what is not. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type { XxgkImportedEvent } from '../../src/elements/events.ts';
import { setLicenseKey } from '../../src/elements/spreadsheet.ts';
import { expectAccessible } from '../browser/axe.ts';
import * as browser from '../browser/commands.ts';
import { reading } from '../fixtures/readings.ts';
import {
  button,
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
  payload,
  press,
  push,
  received,
  search,
  settled,
  show,
  tables,
  type,
  type Payload,
} from './editor-fixture.ts';
import {
  dialog,
  dragged,
  given,
  missingReader,
  openDialog,
  pick,
  picked,
  previewed,
  pushIn,
  readAs,
  readBy,
  restoreReader,
  shown,
  source,
  until,
  words,
} from './import-fixture.ts';

const reviewTotal = 'proceedings/review/total';
const blankReport = (more: object = {}): Payload => payload(null, {}, { draft: true, ...more });
const notice = (editor: XxgkAnnualReport): string =>
  editor.shadowRoot!.querySelector('.notice')?.textContent!.replace(/\s+/g, ' ').trim() ?? '';
const isOpen = (editor: XxgkAnnualReport): boolean => dialog(editor)?.open === true;
const REPORT_TEXT = '（一）予以公开\t3\t0\n（二）部分公开\t1\t0\n2.重复申请\t0\t0';
const REPORT_HTML = `<table><tr><td>（一）予以公开</td><td>3</td></tr><tr><td>2.重复申请</td><td>0</td></tr></table>`;

function imported(editor: XxgkAnnualReport): XxgkImportedEvent[] {
  const events: XxgkImportedEvent[] = [];
  editor.addEventListener('xxgk-imported', (event) => events.push(event));
  return events;
}

async function showWith(value: object | undefined): Promise<XxgkAnnualReport> {
  return show((one) => {
    if (value !== undefined) one.value = value;
  });
}

async function open(
  editor: XxgkAnnualReport,
  from: Parameters<XxgkAnnualReport['importDocument']>[0] = source,
): Promise<void> {
  await editor.importDocument(from);
  await shown(editor);
}

function textDrag(): DataTransfer {
  const data = new DataTransfer();
  data.setData('text/plain', REPORT_TEXT);
  data.setData('text/html', REPORT_HTML);
  return data;
}

function fileOf(name: string, text: BlobPart = 'x'): File {
  return new File([text], name);
}

describe('import', () => {
  afterEach(() => {
    for (const one of document.querySelectorAll('xxgk-annual-report'))
      dialog(one as XxgkAnnualReport)?.close();
    cleanUp();
    restoreReader();
    setLicenseKey('');
  });

  describe('ways in', () => {
    it('[E150] the button opens a dialog that takes a file; Esc closes it, with the focus where it was', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(blankReport());
      const before = editor.value;
      await openDialog(editor);
      expect(isOpen(editor)).to.equal(true);
      expect(dialog(editor)!.matches(':modal') || browser.browserName === 'chromium').to.equal(true);
      expect(focused().textContent).to.equal('导入报告');
      const field = dialog(editor)!.querySelector<HTMLInputElement>('input[type="file"]')!;
      const files = new DataTransfer();
      files.items.add(fileOf('年报.docx', 'PK'));
      field.files = files.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
      await shown(editor);
      expect(words(editor)).to.include('“年报.docx”（Word 文档）：示例县教育局，2024 年度，2021年格式');
      expect((given[0] as { name: string }).name).to.equal('年报.docx');
      expect([...(given[0] as { bytes: Uint8Array }).bytes]).to.deep.equal([80, 75]);
      await press('Escape');
      await settled();
      expect(isOpen(editor)).to.equal(false);
      expect(focused()).to.equal(button(editor, '导入…'));
      expect(editor.value).to.equal(before);
    });

    it('[E150] a real paste into the field of the dialog is read, whatever it holds', async () => {
      readAs({ ok: false, refusal: { code: 'no-table' } });
      const editor = await showWith(blankReport());
      await openDialog(editor);
      await browser.fillClipboard('今天天气好', '<p>今天天气好</p>');
      await click(dialog(editor)!.querySelector('textarea')!);
      await press('Control+v');
      await shown(editor);
      expect(given[0]).to.have.property('text', '今天天气好');
      expect(words(editor, '.refusal')).to.include('没有找到年报的表格，没有导入。');
      expect(words(editor, '.refusal')).to.include('当前报告没有改动。');
      expect(dialog(editor)!.querySelector('textarea')!.value).to.equal('');
    });

    for (const kind of ['table', 'handsontable'] as const) {
      it(`[E151] Ctrl+V of a report into the ${kind} grid goes to the dialog, with HTML or without; the cells stay`, async () => {
        readAs([reading({ fill: '2' })]);
        if (kind === 'handsontable') setLicenseKey('non-commercial-and-evaluation');
        const editor = await showWith(blankReport());
        await until(() => tables(editor).every((one) => one.gridInUse === kind), kind);
        for (const html of [undefined, REPORT_HTML]) {
          await browser.fillClipboard(REPORT_TEXT, html);
          tables(editor)[1]!.focusCell(granted());
          await settled();
          await press('Control+v');
          await shown(editor);
          expect(given[given.length - 1])
            .to.have.property('text')
            .that.includes('部分公开');
          expect((given[given.length - 1] as { html: string }).html.includes('<td>')).to.equal(
            html !== undefined,
          );
          await press('Escape');
          await settled();
          expect(isOpen(editor)).to.equal(false);
          expect(tables(editor)[1]!.selection?.active).to.equal(granted());
        }
        expect(
          (JSON.parse(editor.value) as Payload).tables['requests']!['granted']!['natural-person'],
        ).to.equal(null);
      });

      it(`[E151] a block of numbers is pasted into the ${kind} grid by position as before, an open edit included`, async () => {
        readAs([reading({ fill: '2' })]);
        if (kind === 'handsontable') setLicenseKey('non-commercial-and-evaluation');
        const editor = await showWith(blankReport());
        await until(() => tables(editor).every((one) => one.gridInUse === kind), kind);
        await browser.fillClipboard('3\t4\n5\t6');
        tables(editor)[1]!.focusCell(granted());
        await settled();
        await press('9');
        await press('Control+v');
        await drawn(editor);
        expect(isOpen(editor)).to.equal(false);
        const rows = (JSON.parse(editor.value) as Payload).tables['requests']!;
        expect(rows['granted']!['enterprise']).to.equal(4);
        expect(rows['partly-granted']!['natural-person']).to.equal(5);
      });
    }

    it('[E151] an open edit is kept when a report is pasted over it', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(blankReport());
      await browser.fillClipboard(REPORT_TEXT);
      await click(input(editor, granted()));
      await press('7');
      await press('Control+v');
      await shown(editor);
      expect(
        (JSON.parse(editor.value) as Payload).tables['requests']!['granted']!['natural-person'],
      ).to.equal(7);
    });

    it('[E151] words pasted into a field for words stay there, labels or not', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(payload(1, { 'requests/received/natural-person': 900 }));
      await until(() => dragged(input(editor, granted()), 'dragover', textDrag()), 'the hooks');
      await browser.fillClipboard('（一）予以公开、（二）部分公开、2.重复申请', REPORT_HTML);
      const unit = editor.shadowRoot!.querySelector<HTMLInputElement>(
        '.head input[type="text"], .head input',
      )!;
      await click(unit);
      await press('Control+a');
      await press('Control+v');
      await settled();
      expect(isOpen(editor)).to.equal(false);
      expect(unit.value).to.include('部分公开');
      const explain = search(editor, 'button').find((one) => one.textContent!.trim().startsWith('说明'));
      await click(explain!);
      await until(() => search(editor, '#reason').length === 1, 'the field for reasons');
      const reason = search(editor, '#reason')[0] as HTMLTextAreaElement;
      await click(reason);
      await press('Control+v');
      await settled();
      expect(reason.value).to.include('部分公开');
      expect(dragged(reason, 'dragover', textDrag())).to.equal(false);
      expect(dragged(reason, 'drop', textDrag())).to.equal(false);
      expect(isOpen(editor)).to.equal(false);
      expect(given).to.deep.equal([]);
    });

    it('[E152] a file dropped anywhere is imported, with a hint while it hovers', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(blankReport());
      const hint = (): Element | null => editor.shadowRoot!.querySelector('.drop-hint');
      const data = new DataTransfer();
      data.items.add(fileOf('年报.xlsx'));
      const target = input(editor, granted());
      await until(() => dragged(target, 'dragover', data), 'the hooks');
      expect(hint()!.textContent).to.equal('松开鼠标，导入报告');
      expect(dragged(target, 'drop', data)).to.equal(true);
      await shown(editor);
      expect(hint()).to.equal(null);
      expect(words(editor)).to.include('“年报.xlsx”');
    });

    it('[E152] dropped text goes the same way, two files are refused, and the hint goes with the drag', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(blankReport());
      const target = input(editor, granted());
      const text = new DataTransfer();
      text.setData('text/plain', REPORT_TEXT);
      text.setData('text/html', REPORT_HTML);
      await until(() => dragged(target, 'dragover', text), 'the hooks');
      await until(() => editor.shadowRoot!.querySelector('.drop-hint') === null, 'no hint');
      const two = new DataTransfer();
      two.items.add(fileOf('a.docx'));
      two.items.add(fileOf('b.docx'));
      dragged(target, 'drop', two);
      await settled();
      expect(notice(editor)).to.include('一次只能导入一个文件');
      expect(isOpen(editor)).to.equal(false);
      // Words dragged into a field of the head are for that field.
      expect(dragged(editor.shadowRoot!.querySelector('.head input')!, 'dragover', text)).to.equal(false);
      dragged(target, 'drop', text);
      await shown(editor);
      expect(given[0]).to.deep.equal({ html: REPORT_HTML, text: REPORT_TEXT });
    });

    it('[E152] while read-only nothing is taken or hinted at, and a file does not replace the page', async () => {
      const editor = await show((one) => {
        one.value = blankReport();
        one.readonly = true;
      });
      const data = new DataTransfer();
      data.items.add(fileOf('年报.docx'));
      const target = input(editor, granted());
      await until(() => dragged(target, 'dragover', data), 'the hooks');
      expect(editor.shadowRoot!.querySelector('.drop-hint')).to.equal(null);
      expect(dragged(target, 'drop', data)).to.equal(true);
      expect(await editor.importDocument(source)).to.equal('报告现在不能修改，没有导入。');
      await settled();
      expect(isOpen(editor)).to.equal(false);
      expect(button(editor, '导入…').disabled).to.equal(true);
    });
  });

  describe('preview', () => {
    const uncertain = {
      [granted('social')]: { raw: '1O', candidate: 10_000_000n },
      [granted('other')]: { raw: '两件' },
    };
    const from = reading({
      fill: '2',
      texts: { [received('other')]: '', [reviewTotal]: '9' },
      uncertain,
      report: {
        unplaced: [{ raw: '77', place: { table: 2, row: 9, column: 3, fragment: '' }, why: 'no-label' }],
      },
    });

    it('[E153] counts, notes and the official layout are shown; uncertain, blank, changed and kept cells are told apart', async () => {
      readAs([from], [{ what: 'hidden-rows', count: 2 }]);
      const editor = await showWith(
        payload(null, { [received()]: 7, [received('other')]: 5, [granted('social')]: 6 }),
      );
      await open(editor);
      expect(words(editor, '.counts')).to.match(/^识别 \d+ 格 · 空白 1 · 存疑 2 · 未能归位 1 · 合计不符 1$/);
      expect(words(editor, '.notes li')).to.include('77（第 2 张表第 9 行）').and.include('2 个隐藏的行');
      expect(dialog(editor)!.querySelectorAll('table')).to.have.length(3);
      expect(dialog(editor)!.querySelectorAll('td')).to.have.length(200);
      await pick(editor, '全部');
      expect(previewed(editor, received()).textContent!.replace(/\s+/g, ' ').trim()).to.equal('7 → 2');
      expect(previewed(editor, granted('other')).textContent!.trim()).to.equal('两件 [？]');
      expect(getComputedStyle(previewed(editor, granted('other'))).backgroundImage).to.include(
        'repeating-linear-gradient',
      );
      expect(previewed(editor, received('other')).textContent!.replace(/\s+/g, '')).to.equal(
        '5保留，来源空白',
      );
      expect(previewed(editor, granted('social')).textContent!.replace(/\s+/g, '')).to.equal(
        '6保留，来源1O[10]',
      );
      expect(words(editor, '.effect'))
        .to.include('改写 1 格')
        .and.include('存疑 1 格')
        .and.include('保留已填的 2 格');
    });

    it('[E154] hovering or focusing a cell says where it stood; arrows move, and it is one stop for Tab', async () => {
      readAs([from]);
      const editor = await showWith(blankReport());
      await open(editor);
      const line = (): string => words(editor, '#import-source');
      await browser.hover(previewed(editor, 'disclosure/rules/issued'));
      await until(() => line() !== '', 'the source');
      expect(line()).to.include('第 1 张表第 1 行').and.include('来源：规章 2').and.include('将写入');
      const stops = [...dialog(editor)!.querySelectorAll<HTMLElement>('td')].filter(
        (one) => one.tabIndex === 0,
      );
      expect(stops).to.have.length(1);
      stops[0]!.focus();
      await press('ArrowRight');
      await press('ArrowDown');
      expect((focused() as HTMLElement).dataset['cell']).to.equal('disclosure/normative-documents/repealed');
      await press('ArrowDown', 5);
      expect((focused() as HTMLElement).dataset['cell']).to.equal(
        'requests/received/enterprise'.replace('enterprise', 'natural-person'),
      );
      previewed(editor, granted('social')).focus();
      await until(() => line().includes('存疑'), 'the doubt');
      expect(line()).to.include('数字之间的分隔丢失');
      expect(focused().getAttribute('aria-describedby')).to.equal('import-source');
    });

    it('[E154] drawing and choosing stay quick with every cell uncertain', async () => {
      const all = reading({ fill: '1' });
      const every = Object.fromEntries(
        [...all.cells.keys()].map((id) => [id, { raw: '1O', candidate: 10_000_000n }]),
      );
      readAs([reading({ uncertain: every })]);
      const editor = await showWith(blankReport());
      await open(editor);
      const radio = [...dialog(editor)!.querySelectorAll<HTMLInputElement>('input[name="import-scope"]')];
      const start = performance.now();
      for (let turn = 0; turn < 10; turn += 1) radio[turn % 2]!.click();
      expect((performance.now() - start) / 10).to.be.below(150);
    });

    it('[E155] an empty report proposes 全部, one with figures 仅空白格, the year before 作为上年报告', async () => {
      readAs([from]);
      const empty = await showWith(blankReport());
      await open(empty);
      expect(picked(empty)).to.equal('作为本年报告,全部');
      expect(words(empty, 'fieldset')).to.include('仅选区（打开导入前没有选格）');
      dialog(empty)!.close();
      const begun = await showWith(payload(null, { [received()]: 7 }));
      await open(begun);
      expect(picked(begun)).to.equal('作为本年报告,仅空白格');
      dialog(begun)!.close();
      readAs([reading({ fill: '2', year: 2023, organization: '别的局' })]);
      await open(begun);
      expect(picked(begun)).to.include('作为上年报告');
      expect(words(begun, '.warn'))
        .to.include('来源是“别的局”的报告，当前报告是“示例县教育局”')
        .and.include('来源是 2023 年度，当前报告是 2024 年度，建议作为上年报告');
    });

    it('[E155] 仅选区 writes the cells that were selected when the dialog was opened', async () => {
      readAs([from]);
      const editor = await showWith(payload(null, { [received()]: 7 }));
      await click(input(editor, received()));
      await press('Shift+ArrowRight');
      await openDialog(editor);
      await browser.fillClipboard(REPORT_TEXT);
      await click(dialog(editor)!.querySelector('textarea')!);
      await press('Control+v');
      await shown(editor);
      await pick(editor, '仅选区（2 格）');
      expect(words(editor, '.effect')).to.equal('将写入 1 格，改写 1 格。');
      await pushIn(editor, '导入');
      const rows = (JSON.parse(editor.value) as Payload).tables['requests']!;
      expect([
        rows['received']!['natural-person'],
        rows['received']!['enterprise'],
        rows['received']!['research'],
      ]).to.deep.equal([2, 2, null]);
    });

    it('[E155] year and unit change only where the clerk wants it', async () => {
      readAs([reading({ fill: '2', year: 2022, organization: '别的局' })]);
      const editor = await showWith(blankReport());
      await open(editor);
      await pick(editor, '报告年度改为 2022');
      await pushIn(editor, '导入');
      const value = JSON.parse(editor.value) as { year: number; organization: { name: string } };
      expect(value.year).to.equal(2022);
      expect(value.organization.name).to.equal('示例县教育局');
    });

    it('[E329] where the source says no year, the guess of a new report does not become its year: asked for, or left blank and marked', async () => {
      const year = (editor: XxgkAnnualReport): HTMLInputElement =>
        editor.shadowRoot!.querySelector<HTMLInputElement>('.head input[name="year"]')!;
      const asked = (editor: XxgkAnnualReport): HTMLInputElement | null =>
        dialog(editor)!.querySelector<HTMLInputElement>('input[name="import-year"]');
      readAs([reading({ fill: '2', year: undefined })]);
      const guessed = String(new Date().getFullYear() - 1);
      const left = await showWith(undefined);
      expect(year(left).value).to.equal(guessed);
      expect(year(left).getAttribute('aria-invalid')).to.equal('false');
      await open(left);
      expect(asked(left)!.value).to.equal('');
      expect(words(left, 'fieldset')).to.include('来源没有写明年度，请填写：');
      expect(words(left, '.effect')).to.include('报告年度留空，请在表头填写');
      await expectAccessible(left);
      await pushIn(left, '导入');
      expect(left.payload()).to.include({ year: null });
      expect(notice(left)).to.include('报告年度留空，请在表头填写');
      expect(year(left).value).to.equal('');
      expect(year(left).getAttribute('aria-invalid')).to.equal('true');
      expect(left.shadowRoot!.querySelector('#year-wrong')!.textContent).to.include('请填 2008');
      left.check();
      await drawn(left);
      expect(left.session!.findingsOnFinishing().map(({ rule }) => rule)).to.include('S-06');
      expect(new Findings(left).sentences.join()).to.include(
        '没有填写2008至2100年的报告年度，请在表头补填。',
      );
      // As it was, in one step.
      left.session!.undo();
      await drawn(left);
      expect(year(left).value).to.equal(guessed);

      for (const typed of ['2023', guessed]) {
        const told = await showWith(undefined);
        await open(told);
        await click(asked(told)!);
        await type(typed);
        expect(words(told, '.effect')).not.to.include('留空');
        await pushIn(told, '导入');
        expect(told.payload()).to.include({ year: Number(typed) });
        expect(year(told).getAttribute('aria-invalid')).to.equal('false');
      }
    });

    it('[E329] a year that somebody gave stays, and that is said; last year’s report, the selection and a whole payload are not asked about', async () => {
      readAs([reading({ fill: '2', year: undefined })]);
      const given = String(new Date().getFullYear() - 1);
      const asks = (editor: XxgkAnnualReport): boolean =>
        dialog(editor)!.querySelector('input[name="import-year"]') !== null;
      const host = await show((one) => (one.year = Number(given)));
      const loaded = await showWith(blankReport());
      for (const [editor, of] of [
        [host, given],
        [loaded, '2024'],
      ] as const) {
        await open(editor);
        expect(asks(editor)).to.equal(false);
        expect(words(editor, '.warn')).to.include(`来源没有写明年度，将导入当前报告（${of} 年度）`);
        await pushIn(editor, '导入');
        expect(editor.payload()).to.include({ year: Number(of) });
      }
      readAs([reading({ fill: '2', year: 2022 })]);
      const own = await show((one) => (one.year = Number(given)));
      await open(own);
      expect(words(own, '.warn')).to.include(`来源是 2022 年度，当前报告是 ${given} 年度`);
      await pushIn(own, '导入');
      expect(own.payload()).to.include({ year: Number(given) });
      const guessed = await showWith(undefined);
      await open(guessed);
      await pushIn(guessed, '导入');
      expect(guessed.payload()).to.include({ year: 2022 });
      readAs([reading({ fill: '2', year: undefined })]);
      const fresh = await showWith(undefined);
      await open(fresh);
      expect(asks(fresh)).to.equal(true);
      await pick(fresh, '作为上年报告');
      expect(asks(fresh)).to.equal(false);
      dialog(fresh)!.close();
      const { year: _year, ...none } = payload(3);
      await open(fresh, fileOf('年报.json', JSON.stringify({ ...none, year: null })));
      expect(asks(fresh)).to.equal(false);
      expect(words(fresh, '.warn')).to.include('来源没有写明年度，打开后请在表头填写报告年度。');
      await pushIn(fresh, '导入');
      expect(fresh.payload()).to.include({ year: null });
    });

    it('[E156] of several reports one is chosen first, by unit and year', async () => {
      readAs([
        reading({ fill: '1', organization: '甲局' }),
        reading({ fill: '2', organization: '乙局', year: 2022 }),
      ]);
      const editor = await showWith(undefined);
      expect(await editor.importDocument(fileOf('合订本.docx'))).to.equal(undefined);
      await shown(editor);
      expect(words(editor, '.which button')).to.include('甲局，2024 年度').and.include('乙局，2022 年度');
      await pushIn(editor, '乙局');
      expect(previewed(editor, received()).textContent!.trim()).to.equal('2');
    });

    it('[E153] one row of （六） that is left out is said once, and not that it is counted', async () => {
      readAs([reading({ fill: '2', report: { oneRowOther: true } })]);
      const editor = await showWith(payload(null, { 'requests/other.fee-overdue/social': 1 }));
      await open(editor);
      expect(words(editor, '.warn')).to.include('这一行没有导入');
      expect(words(editor, '.notes li')).not.to.include('数字计入');
      await pick(editor, '作为上年报告');
      expect(words(editor, '.notes li')).to.include('数字计入');
    });
  });

  describe('taking over', () => {
    it('[E157] is one step of undo with one input and change, the findings at once, and one xxgk-imported', async () => {
      readAs([
        reading({
          fill: '2',
          texts: { [reviewTotal]: '9' },
          narrative: { overview: '总体' },
          contact: { phone: '1' },
        }),
      ]);
      const editor = await showWith(blankReport());
      const before = editor.value;
      const told = listen(editor);
      const events = imported(editor);
      await open(editor, fileOf('年报.docx', 'PK'));
      expect(told.heard).to.deep.equal([]);
      await pushIn(editor, '导入');
      expect(isOpen(editor)).to.equal(false);
      expect(told.heard).to.deep.equal(['xxgk-checked', 'input', 'change']);
      expect(events).to.have.length(1);
      expect(events[0]).to.include({ fileName: '年报.docx', source: 'docx', as: 'report' });
      expect(events[0]!.counts).to.deep.equal({
        written: 166,
        replaced: 0,
        doubtful: 0,
        controls: 1,
        unread: 0,
        kept: 0,
      });
      expect(input(editor, received()).value).to.equal('2');
      expect(new Findings(editor).sentences.join('')).to.include('行政复议');
      expect(notice(editor)).to.include(
        '已导入“年报.docx”：写入 166 格，核对数 1 处，补入联系方式、正文。可按 Ctrl+Z 撤销。',
      );
      const value = JSON.parse(editor.value) as Payload;
      expect(value['narrative']).to.deep.equal({ overview: '总体' });
      expect(value['contact']).to.deep.equal({ phone: '1' });
      expect(value['reported'] as object).to.deep.equal({ [reviewTotal]: 9 });
      await push(editor, '撤销');
      const back = JSON.parse(editor.value) as Payload;
      expect(back.tables).to.deep.equal((JSON.parse(before) as Payload).tables);
      expect(back).not.to.have.any.keys('narrative', 'contact', 'reported');
      expect(button(editor, '撤销').disabled).to.equal(true);
    });

    it('[E157] texts that are filled or stay are said before and after, with figures or without', async () => {
      readAs([reading({ narrative: { overview: '新' }, contact: { phone: '1' } })]);
      const editor = await showWith(blankReport({ contact: { phone: '2' } }));
      await open(editor);
      expect(words(editor, '.effect')).to.equal('将补入正文；保留已有的联系方式。');
      await pushIn(editor, '导入');
      expect(notice(editor)).to.include('：补入正文；保留已有的联系方式。可按 Ctrl+Z 撤销。');
      expect((JSON.parse(editor.value) as Payload)['contact']).to.deep.equal({ phone: '2' });
    });

    it('[E157] a printed total that cannot be read is said before and after', async () => {
      readAs([reading({ fill: '2', texts: { [reviewTotal]: '约9' } })]);
      const editor = await showWith(blankReport());
      await open(editor);
      expect(words(editor, '.effect')).to.include('来源的总计有 1 处读不清，未作核对数');
      previewed(editor, reviewTotal).focus();
      await settled();
      expect(words(editor, '#import-source')).to.include('来源的总计读不清，未作核对数');
      await pushIn(editor, '导入');
      expect(notice(editor)).to.include('来源的总计有 1 处读不清，未作核对数');
    });

    it('[E157] what the host writes while the dialog is open is counted with', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(blankReport());
      await open(editor);
      editor.session!.enter([[received(), '7']], 'typing');
      await settled();
      await pick(editor, '仅空白格');
      await pushIn(editor, '导入');
      expect(input(editor, received()).value).to.equal('7');
      expect(input(editor, granted()).value).to.equal('2');
      editor.readonly = true;
      await drawn(editor);
      expect(await editor.importDocument(source)).to.include('不能修改');
    });

    it('[E158] an uncertain cell is marked for a person, and its candidate is confirmed by one click', async () => {
      readAs([
        reading({ fill: '2', uncertain: { [granted('social')]: { raw: '1O', candidate: 10_000_000n } } }),
      ]);
      const editor = await showWith(blankReport());
      await open(editor);
      await pushIn(editor, '导入');
      expect(input(editor, granted('social')).value).to.equal('1O');
      expect(described(editor, granted('social'))).to.include('待确认');
      expect((JSON.parse(editor.value) as { marks: object }).marks).to.deep.equal({
        [granted('social')]: { kind: 'uncertain', raw: '1O', candidate: 10 },
      });
      await click(new Findings(editor).chip('1O', '确认为 10'));
      await drawn(editor);
      expect(input(editor, granted('social')).value).to.equal('10');
      expect(new Findings(editor).sentences.join('')).not.to.include('1O');
      await push(editor, '撤销');
      expect(input(editor, granted('social')).value).to.equal('1O');
    });

    it('[E159] 作为上年报告 switches on the checks across years, and touches no figure but 上年结转', async () => {
      readAs([reading({ fill: '2', year: 2023 })]);
      const editor = await showWith(blankReport());
      const events = imported(editor);
      await open(editor);
      await pushIn(editor, '导入');
      expect(editor.previous).to.equal(true);
      expect(events.map(({ as }) => as)).to.deep.equal(['previous']);
      expect(input(editor, 'requests/carried-over/natural-person').value).to.equal('2');
      expect(input(editor, received()).value).to.equal('');
    });

    it('[E159] 导入 clicked twice while last year is still loading takes it once', async () => {
      readAs([reading({ fill: '2', year: 2023 })]);
      const editor = await showWith(blankReport());
      const events = imported(editor);
      await open(editor);
      const take = [...dialog(editor)!.querySelectorAll('button')].find(
        (one) => one.textContent!.trim() === '导入',
      )!;
      take.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      expect(take.disabled).to.equal(true);
      // Not `click()`, which a disabled button ignores: the click may have been on its way.
      take.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      await until(() => !isOpen(editor), 'the end of the import');
      await drawn(editor);
      expect(events).to.have.length(1);
    });

    it('[E159] one that cannot be last year’s is refused in the dialog', async () => {
      readAs([reading({ fill: '2', year: 2020 })]);
      const editor = await showWith(blankReport());
      await open(editor);
      await pick(editor, '作为上年报告');
      await pushIn(editor, '导入');
      expect(words(editor, '.refusal')).to.include('上年报告应为 2023 年度');
      expect(isOpen(editor)).to.equal(true);
      expect(editor.previous).to.equal(false);
    });

    it('[E160] an imported cell says where it came from until it is edited, and again when that is undone', async () => {
      readAs([reading({ fill: '2', texts: { [reviewTotal]: '9' } })]);
      const editor = await showWith(payload(null, { [granted()]: 4 }));
      await open(editor, fileOf('年报.docx', 'PK'));
      await pushIn(editor, '导入');
      expect(described(editor, received())).to.include('来自“年报.docx”第 2 张表第 1 行');
      expect(described(editor, granted())).not.to.include('来自');
      expect(described(editor, reviewTotal)).to.include('来自“年报.docx”第 3 张表');
      await enter(editor, received(), '3');
      expect(described(editor, received())).not.to.include('来自');
      await push(editor, '撤销');
      expect(described(editor, received())).to.include('来自“年报.docx”');
    });

    it('[E161] a document of 2019 opens as 2019 in an empty report, and fills what corresponds in a begun one', async () => {
      readAs([reading({ version: '2019', fill: '2', year: 2024 })]);
      const empty = await showWith(blankReport());
      const told = listen(empty);
      await open(empty);
      expect(words(empty, '.warn')).to.include('当前报告还没有填写，将改用2019年试行格式');
      await pushIn(empty, '导入');
      const value = JSON.parse(empty.value) as Payload;
      expect(value['format']).to.equal('2019');
      expect(value.tables['disclosure']!['rules']).to.deep.equal({
        made: 2,
        'newly-published': 2,
        'published-total': 2,
      });
      expect((value['organization'] as { kind: string }).kind).to.equal('county-bureau');
      expect(told.heard.filter((one) => one === 'change')).to.have.length(1);

      const begun = await showWith(payload(null, { [received()]: 7 }));
      await open(begun);
      expect(words(begun, '.warn')).to.include('表二只导入行政许可、行政处罚、行政强制的处理决定数量');
      expect(previewed(begun, 'disclosure/rules/made').classList.contains('away')).to.equal(true);
      await pushIn(begun, '导入');
      const filled = JSON.parse(begun.value) as Payload;
      expect(filled['format']).to.equal('2021');
      expect(filled.tables['disclosure']!['rules']!['issued']).to.equal(null);
      expect(filled.tables['requests']!['other.other']!['social']).to.equal(2);
      expect(
        (filled['marks'] as Record<string, { kind: string }>)['requests/other.fee-overdue/social']!.kind,
      ).to.equal('merged');
    });

    it('[E162] a payload of ours comes the same way, as a file or as text: whole into a new report, cell by cell into a begun one', async () => {
      const text = JSON.stringify(payload(3, {}, { explanations: [], remarks: [], x: 1 }));
      const fresh = await showWith(undefined);
      const events = imported(fresh);
      await open(fresh, fileOf('年报.json', `\ufeff${text}`));
      await pick(fresh, '作为本年报告');
      expect(words(fresh)).to.include('年报数据文件').and.include('将整份打开');
      await pushIn(fresh, '导入');
      expect((JSON.parse(fresh.value) as Payload)['x']).to.equal(1);
      expect(events).to.have.length(1);
      const begun = await showWith(payload(null, { [received()]: 7 }));
      await open(begun, { html: '', text });
      await pushIn(begun, '导入');
      expect(input(begun, received()).value).to.equal('7');
      expect(input(begun, granted()).value).to.equal('3');
      expect((JSON.parse(begun.value) as Payload)['x']).to.equal(undefined);
      expect(given).to.deep.equal([]);
      expect(await begun.importDocument({ html: '', text: '{"schema":"xxgk-annual-report/1"}' })).to.include(
        '未读取',
      );
    });
  });

  describe('refusals and faults', () => {
    it('[E163] a refusal is said and answered, and the report stays as it is', async () => {
      const editor = await showWith(payload(null, { [received()]: 7 }));
      const before = editor.value;
      for (const [refusal, part] of [
        [
          { code: 'unreadable-format', found: '.doc 文件' },
          '暂不能直接读取此格式，请用 WPS 打开后全选复制粘贴到此处，或另存为 .docx/.xlsx',
        ],
        [{ code: 'scanned' }, '扫描件'],
        [{ code: 'too-slow' }, '超过20秒'],
        [{ code: 'lines-lost' }, '缺了重复的行'],
      ] as const) {
        readAs({ ok: false, refusal });
        const answer = await editor.importDocument(fileOf('旧.doc', 'PK'));
        expect(answer).to.include(part);
        expect(answer).to.include('“旧.doc”：');
        expect(words(editor, '[role="alert"]')).to.include(part);
      }
      missingReader();
      expect(await editor.importDocument(source)).to.include('没有载入');
      await press('Escape');
      await settled();
      expect(editor.value).to.equal(before);
      expect(button(editor, '撤销').disabled).to.equal(true);
    });

    it('[E163] while it reads it says so, and closing or another document gives the reading up', async () => {
      const signals: AbortSignal[] = [];
      readBy((_source, signal) => {
        signals.push(signal);
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve({ ok: true, readings: [reading({})] })),
        );
      });
      const editor = await showWith(blankReport());
      const first = editor.importDocument(source);
      await until(() => signals.length === 1, 'the reading');
      expect(words(editor, '[role="status"]')).to.include('正在读取…');
      const second = editor.importDocument(source);
      await until(() => signals.length === 2, 'the second reading');
      expect(signals[0]!.aborted).to.equal(true);
      await press('Escape');
      await settled();
      expect(isOpen(editor)).to.equal(false);
      expect(await first).to.equal(undefined);
      expect(await second).to.equal(undefined);
      expect(isOpen(editor)).to.equal(false);
    });

    it('[E163] closed and opened again at once, or taken out of the page, it is what was asked for last', async () => {
      readAs([reading({ fill: '2' })]);
      const editor = await showWith(blankReport());
      await open(editor);
      dialog(editor)!.close();
      await editor.importDocument(source);
      await settled();
      await settled();
      expect(isOpen(editor)).to.equal(true);
      expect(words(editor, '.counts')).to.include('识别');
      const parent = editor.parentElement!;
      editor.remove();
      parent.append(editor);
      await drawn(editor);
      expect(isOpen(editor)).to.equal(false);
      await open(editor);
      await pushIn(editor, '导入');
      expect(input(editor, received()).value).to.equal('2');
    });

    it('[E163] where there is nothing to take over, 导入 is off and says so', async () => {
      readAs([reading({ fill: '7' })]);
      const editor = await showWith(payload(7));
      await open(editor);
      expect(words(editor, '#import-nothing')).to.equal('没有可以导入的内容');
      const take = [...dialog(editor)!.querySelectorAll('button')].find(
        (one) => one.textContent!.trim() === '导入',
      )!;
      expect(take.disabled).to.equal(true);
    });

    it('[E164] whatever a document says is text: name, unit, fragment, raw value, labels', async () => {
      const probe = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
      const hit = (): unknown => (window as unknown as { hit?: unknown }).hit;
      const evil = reading({
        fill: '2',
        organization: probe,
        year: 2020,
        uncertain: { [granted()]: { raw: probe } },
        report: {
          labels: [{ official: probe, found: probe }],
          unplaced: [
            { raw: probe, place: { table: 1, row: 1, column: 1, fragment: probe }, why: 'no-label' },
          ],
          duplicates: [{ cell: granted(), raws: [probe, probe] }],
        },
      });
      readAs([evil, evil]);
      const editor = await showWith(blankReport());
      await open(editor, fileOf(`${probe}.docx`, 'PK'));
      await click(dialog(editor)!.querySelector('.which button')!);
      await settled();
      previewed(editor, granted()).focus();
      await settled();
      expect(words(editor)).to.include(probe.slice(0, 10));
      await pick(editor, '单位改为');
      await pushIn(editor, '导入');
      expect(search(editor, 'img, script')).to.deep.equal([]);
      expect(described(editor, received())).to.include(`来自“${probe.slice(0, 10)}`);
      expect(search(editor, 'dialog [style]')).to.deep.equal([]);
      expect(hit()).to.equal(undefined);
    });

    it('[E166] a paste that is not written, or leaves totals out, is told', async () => {
      const locked = await show((one) => {
        one.value = payload(1);
        one.readonly = true;
      });
      await browser.fillClipboard('3\t4');
      await click(input(locked, granted()));
      await press('Control+v');
      await drawn(locked);
      expect(notice(locked)).to.include('报告现在不能修改，粘贴的内容没有写入。');
      const editor = await showWith(blankReport());
      await browser.fillClipboard('3');
      await click(input(editor, received('other')));
      await press('Shift+ArrowRight');
      await press('Control+v');
      await drawn(editor);
      expect(notice(editor)).to.include('已写入1格；总计是自动计算的，有1格没有写入');
      expect(input(editor, received('other')).value).to.equal('3');
    });
  });

  it('[E167] the whole way goes by keyboard only', async () => {
    readAs([reading({ fill: '2' })]);
    const editor = await showWith(payload(null, { [received()]: 7 }));
    button(editor, '导入…').focus();
    await press('Enter');
    await until(() => isOpen(editor), 'the dialog');
    await browser.fillClipboard(REPORT_TEXT);
    await press('Tab', 2);
    expect(focused().localName).to.equal('textarea');
    await press('Control+v');
    await shown(editor);
    expect(focused().textContent).to.equal('导入报告');
    await press('Tab', 2);
    expect((focused() as HTMLInputElement).value).to.equal('blank');
    await press('ArrowUp');
    expect(picked(editor)).to.equal('作为本年报告,全部');
    await press('Tab');
    expect(focused().localName).to.equal('td');
    await press('Tab');
    expect(focused().textContent!.trim()).to.equal('导入');
    await press('Enter');
    await drawn(editor);
    expect(isOpen(editor)).to.equal(false);
    expect(input(editor, received()).value).to.equal('2');
    expect(focused()).to.equal(button(editor, '导入…'));
    await press('Tab');
  });

  it('[E168] axe finds nothing in any step, and the dialog fits a small window at 100 % and 150 %', async () => {
    const from = reading({
      fill: '2',
      uncertain: { [granted()]: { raw: '1O', candidate: 10_000_000n } },
      texts: { [received()]: '' },
    });
    readAs([from, from]);
    const editor = await showWith(payload(null, { [received('other')]: 7 }));
    try {
      for (const [width, height] of [
        [1366, 768],
        [911, 512],
      ] as const) {
        await browser.viewport(width, height);
        await openDialog(editor);
        await expectAccessible(dialog(editor)!);
        await open(editor);
        await expectAccessible(dialog(editor)!);
        await click(dialog(editor)!.querySelector('.which button')!);
        await settled();
        await expectAccessible(dialog(editor)!);
        const { left, right, top, bottom } = dialog(editor)!.getBoundingClientRect();
        expect(left >= 0 && right <= width && top >= 0 && bottom <= height).to.equal(true);
        expect(dialog(editor)!.scrollWidth).to.be.at.most(dialog(editor)!.clientWidth + 1);
        const take = [...dialog(editor)!.querySelectorAll('button')].find(
          (one) => one.textContent!.trim() === '导入',
        )!;
        expect(take.getBoundingClientRect().bottom).to.be.at.most(height);
        readAs({ ok: false, refusal: { code: 'no-table' } });
        await editor.importDocument(source);
        await expectAccessible(dialog(editor)!);
        dialog(editor)!.close();
        readAs([from, from]);
      }
    } finally {
      await browser.viewport(1280, 900);
    }
  });
});
