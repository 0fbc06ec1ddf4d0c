/** Last year's report in the editor: what it fills, what stands of it beside each cell, and what is said of it. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { lateParts } from '../../src/elements/late-parts.ts';
import type { CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { completeReport, readPayload } from '../../src/payload/read-payload.ts';
import { expectAccessible } from '../browser/axe.ts';
import {
  button,
  cleanUp,
  COLUMNS,
  described,
  drawn,
  enter,
  Findings,
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
  sample,
  search,
  settled,
  show,
  statusBar,
  tables,
  type Payload,
} from './editor-fixture.ts';

const over = (column = 'natural-person'): CellId => `requests/carried-over/${column}`;
const forward = (column = 'natural-person'): CellId => `requests/carried-forward/${column}`;
const FORWARD = { [forward()]: 4, [forward('other')]: 1 };

/** Last year's report: 4 and 1 are carried forward, everything else is 2. */
const lastYear = (more: object = {}): Payload =>
  payload(
    2,
    { ...Object.fromEntries(COLUMNS.map((column) => [forward(column), 0])), ...FORWARD },
    { year: 2023, ...more },
  );
const blankReport = (more: object = {}): Payload => payload(null, {}, { draft: true, ...more });

/** A payload in the form of 2019 in which every input holds the same number. */
function trial(value: number, more: object = {}): object {
  const report: Record<string, Record<string, Record<string, number>>> = {};
  for (const cell of FORMATS['2019'].inputs)
    ((report[cell.table] ??= {})[cell.row] ??= {})[cell.column] = value;
  return { ...payload(0), format: '2019', year: 2020, tables: report, ...more };
}

const carriedOver = (editor: XxgkAnnualReport): string =>
  COLUMNS.map((column) => input(editor, over(column)).value).join();
const line = (editor: XxgkAnnualReport): string =>
  editor.shadowRoot!.querySelector('.previous')!.textContent!.replace(/\s+/g, ' ').trim();
const notice = (editor: XxgkAnnualReport): string =>
  editor.shadowRoot!.querySelector('.notice')?.textContent!.trim() ?? '';
const tables3 = (editor: XxgkAnnualReport): Record<string, number | null> =>
  (JSON.parse(editor.value) as Payload).tables['requests']!['carried-over']!;
const has = (editor: XxgkAnnualReport, text: string): boolean =>
  search(editor, 'button').some((one) => one.textContent!.trim().startsWith(text));

const cellOf = (editor: XxgkAnnualReport, id: CellId): HTMLElement => input(editor, id).closest('td')!;
const mark = (editor: XxgkAnnualReport, id: CellId): string =>
  cellOf(editor, id).querySelector('.change')?.textContent ?? '';

/** Chooses a file in the element's own field, as a person does. */
async function choose(
  editor: XxgkAnnualReport,
  text: string | Uint8Array<ArrayBuffer>,
  name = '上年.json',
): Promise<void> {
  const field = editor.shadowRoot!.querySelector<HTMLInputElement>('.previous input[type="file"]')!;
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  field.files = files.files;
  const before = line(editor) + notice(editor);
  field.dispatchEvent(new Event('change', { bubbles: true }));
  // What the file brings is seen there, but for the same file once more.
  await lateParts.lastYear();
  for (const end = Date.now() + 600; line(editor) + notice(editor) === before && Date.now() < end;)
    await settled();
  await settled();
  await drawn(editor);
}

/** Until the line is there: it comes after the first paint. */
async function showWithLine(
  prepare: (editor: XxgkAnnualReport) => void = () => undefined,
): Promise<XxgkAnnualReport> {
  const editor = await show(prepare);
  const end = Date.now() + 4_000;
  while (!editor.locked && line(editor) === '') {
    if (Date.now() > end) throw new Error('the line never came');
    await settled();
  }
  return editor;
}

describe('last year', () => {
  afterEach(cleanUp);

  describe('opened by the user', () => {
    it('[E110] fills blank 上年结转 at once, as one step of undo, and says so', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      const told = listen(editor);
      await choose(editor, JSON.stringify(lastYear()));
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(input(editor, over('total')).value).to.equal('5');
      expect(notice(editor)).to.include('已按上年“结转下年度继续办理”填入“上年结转”6 格，可按 Ctrl+Z 撤销。');
      expect(told.heard).to.deep.equal(['xxgk-checked', 'input', 'change']);
      await push(editor, '撤销');
      expect(carriedOver(editor)).to.equal(',,,,,');
      expect(has(editor, '按上年数据填“上年结转”（6 格）')).to.equal(true);
      expect(editor.previous).to.equal(true);
      await push(editor, '重做');
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(has(editor, '按上年数据填')).to.equal(false);
    });

    it('[E110] the button fills what was taken back, and one step takes it back again', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await editor.openPrevious(JSON.stringify(lastYear()));
      await drawn(editor);
      await push(editor, '撤销');
      await push(editor, '按上年数据填“上年结转”（6 格）');
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      await push(editor, '撤销');
      expect(carriedOver(editor)).to.equal(',,,,,');
    });

    it('[E110] what is filled already stays; where it differs, that is a finding, and one click corrects it', async () => {
      const editor = await showWithLine(
        (one) => (one.value = payload(null, { [over()]: 7, [over('social')]: 0 })),
      );
      await editor.openPrevious(JSON.stringify(lastYear()));
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('7,0,0,0,0,1');
      expect(new Findings(editor).sentences.join('\n')).to.include(
        '上年结转（自然人）为7，上年报告的结转下年度为4',
      );
      await push(editor, '按上年数据改“上年结转”（1 格不同）');
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(notice(editor)).to.include('可按 Ctrl+Z 撤销');
      expect(new Findings(editor).sentences.join('\n')).not.to.include('上年报告的结转下年度');
      await push(editor, '撤销');
      expect(carriedOver(editor)).to.equal('7,0,0,0,0,1');
    });

    it('[E110] what is open in a cell is the user’s word on it', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await open(editor, over('research'), '9');
      await editor.openPrevious(JSON.stringify(lastYear()));
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,9,0,0,1');
    });

    it('[E110] 停止使用 leaves what was filled, and takes everything else of last year away', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await editor.openPrevious(JSON.stringify(lastYear()));
      await drawn(editor);
      expect(input(editor, received()).placeholder).to.equal('上年 2');
      await push(editor, '停止使用');
      expect(editor.previous).to.equal(false);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(input(editor, received()).placeholder).to.equal('');
      expect(described(editor, over())).to.equal('');
      await push(editor, '撤销');
      expect(carriedOver(editor)).to.equal(',,,,,');
    });
  });

  describe('set by the host', () => {
    it('[E111] fills a new report as part of loading: no event, no step of undo, and in value and form', async () => {
      const form = document.createElement('form');
      place(form);
      const editor = document.createElement('xxgk-annual-report');
      editor.draft = 'off';
      editor.name = 'report';
      const told = listen(editor);
      form.append(editor);
      editor.value = blankReport();
      editor.previous = lastYear();
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(told.heard).to.deep.equal([]);
      expect(button(editor, '撤销').disabled).to.equal(true);
      expect(tables3(editor)).to.deep.include({ 'natural-person': 4, total: 5 });
      expect(new FormData(form).get('report')).to.equal(editor.value);
      // The reset of a form gives what loading gave.
      await enter(editor, over(), '8');
      form.reset();
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
    });

    it('[E111] whichever of value and previous comes first', async () => {
      const editor = await show((one) => {
        one.previous = lastYear();
        one.value = blankReport();
      });
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      editor.value = blankReport({ extra: 1 });
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect((JSON.parse(editor.value) as { extra: number }).extra).to.equal(1);
    });

    it('[E111] of an element that is not in a page yet', async () => {
      const editor = document.createElement('xxgk-annual-report');
      editor.draft = 'off';
      editor.value = blankReport();
      editor.previous = lastYear();
      for (const end = Date.now() + 4_000; !editor.previous && Date.now() < end;) await settled();
      expect(tables3(editor)).to.deep.include({ 'natural-person': 4, total: 5 });
      place(editor);
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      const look = getComputedStyle(editor.shadowRoot!.querySelector('.previous')!);
      expect(look.display).to.equal('flex');
    });

    it('[E115] where its part of the program is missing, that is said, and the next attempt tries again', async () => {
      const parts = lateParts as { lastYear: () => Promise<unknown> };
      const { lastYear: load } = parts;
      parts.lastYear = () => Promise.reject(new Error('missing'));
      const editor = await show((one) => (one.value = blankReport()));
      try {
        editor.previous = lastYear();
        await drawn(editor);
        expect(editor.message).to.include('程序没有完整载入').and.include('请刷新本页');
        expect(await editor.openPrevious('{}')).to.include('程序没有完整载入');
        expect(editor.previous).to.equal(false);
      } finally {
        parts.lastYear = load;
      }
      await editor.openPrevious(JSON.stringify(lastYear()));
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
    });

    it('[E111] what the host writes back changes nothing', async () => {
      const editor = await show((one) => {
        one.value = blankReport();
        one.previous = lastYear();
      });
      const { value } = editor;
      const told = listen(editor);
      editor.value = value;
      editor.previous = lastYear();
      await drawn(editor);
      expect(editor.value).to.equal(value);
      expect(told.heard).to.deep.equal([]);
    });

    for (const [what, report] of [
      ['is finished', payload(0)],
      ['is published with blanks', payload(0, { [over('research')]: null })],
    ] as const) {
      it(`[E111] a report that ${what} stays as it came, byte for byte`, async () => {
        const text = JSON.stringify(report);
        const editor = await show((one) => {
          one.value = text;
          one.previous = lastYear();
        });
        expect(editor.previous).to.equal(true);
        expect(editor.value).to.equal(text);
      });
    }

    it('[E111] nothing is filled once somebody typed, not even in an open cell or the head; a button offers it', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await open(editor, received(), '1');
      editor.previous = lastYear();
      await drawn(editor);
      expect(carriedOver(editor)).to.equal(',,,,,');
      expect(focused()).to.equal(input(editor, received()));
      await press('Enter');
      await push(editor, '按上年数据填“上年结转”（6 格）');
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      await push(editor, '撤销');
      expect(input(editor, received()).value).to.equal('1');
    });

    it('[E111] nothing is filled where it is read-only or disabled, and nothing is offered', async () => {
      for (const lock of ['readonly', 'disabled'] as const) {
        const editor = await show((one) => {
          one[lock] = true;
          one.value = blankReport();
          one.previous = lastYear();
        });
        expect(carriedOver(editor)).to.equal(',,,,,');
        expect(line(editor)).to.include('2023 年度');
        expect(has(editor, '按上年数据')).to.equal(false);
        expect(has(editor, '打开上年报告')).to.equal(false);
        expect(search(editor, 'input[type="file"]')).to.deep.equal([]);
        expect(input(editor, received()).placeholder).to.equal('上年 2');
        editor[lock] = false;
        await drawn(editor);
        expect(carriedOver(editor), 'not behind the user’s back').to.equal(',,,,,');
        expect(has(editor, '按上年数据填“上年结转”（6 格）')).to.equal(true);
      }
    });

    it('[E111] begins no draft; the first edit does, with what was filled', async () => {
      const kept: number[] = [];
      const editor = await showWithLine((one) => {
        one.draft = 'browser';
        one.tenant = `last-year-${String(Date.now())}`;
        one.value = blankReport();
        one.previous = lastYear();
        one.addEventListener('xxgk-draft-saved', (event) => kept.push(event.revision));
      });
      const until = async (condition: () => boolean): Promise<void> => {
        for (const end = Date.now() + 4_000; !condition() && Date.now() < end;) await settled();
      };
      await until(() => !statusBar(editor).includes('正在准备'));
      await new Promise((done) => setTimeout(done, 400));
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(kept).to.deep.equal([]);
      await enter(editor, received(), '1');
      await until(() => kept.length > 0);
      expect(kept).not.to.deep.equal([]);
      expect(editor.content().payload).to.include('"carried-over":{"enterprise":0');
    });
  });

  describe('beside the cells', () => {
    for (const grid of ['table', 'handsontable'] as const) {
      const shown = async (value: object, previous: object): Promise<XxgkAnnualReport> => {
        const editor = await showWithLine((one) => {
          if (grid === 'handsontable') one.licenseKey = 'non-commercial-and-evaluation';
          one.grid = grid;
          one.value = value;
          one.previous = previous;
        });
        for (const end = Date.now() + 8_000; tables(editor).some((one) => one.gridInUse !== grid);) {
          if (Date.now() > end) throw new Error(`no ${grid}`);
          await new Promise((done) => setTimeout(done, 10));
        }
        await drawn(editor);
        return editor;
      };
      const cell = (editor: XxgkAnnualReport, id: CellId): HTMLElement => {
        const { label } = FORMATS['2021'].cellsById.get(id)!;
        const root = tables(editor).find((one) => id.startsWith(one.table))!.shadowRoot!;
        return Array.from(root.querySelectorAll('td [aria-label], td[aria-label]'))
          .find((one) =>
            [label, `${label} `].some((text) => one.getAttribute('aria-label')!.startsWith(text)),
          )!
          .closest('td')!;
      };
      const ghost = (editor: XxgkAnnualReport, id: CellId): string => {
        const place = cell(editor, id);
        return (
          place.querySelector<HTMLInputElement>('input')?.placeholder ??
          place.querySelector('.ghost')?.textContent ??
          ''
        );
      };
      const change = (editor: XxgkAnnualReport, id: CellId): string =>
        cell(editor, id).querySelector('.change')?.textContent ?? '';
      const words = (editor: XxgkAnnualReport, id: CellId): string =>
        cell(editor, id).querySelector('.hidden')?.textContent ?? '';

      describe(`${grid} grid`, () => {
        before(async function () {
          // Hundreds of files, one by one from the test server.
          this.timeout(40_000);
          if (grid === 'handsontable') await import('../../src/elements/grid/handsontable-grid.ts');
        });

        it('[E112] a blank cell shows last year’s value faintly, and it is read, not summed', async () => {
          const editor = await shown(blankReport(), lastYear());
          expect(ghost(editor, received())).to.equal('上年 2');
          expect(ghost(editor, 'requests/received/total')).to.equal('上年 12');
          expect(words(editor, received())).to.equal('上年 2');
          expect(cell(editor, received()).title).to.equal('上年 2');
          expect(statusBar(editor)).to.include('已填 7/200');
          expect((JSON.parse(editor.value) as Payload).tables['requests']!['received']!['total']).to.equal(
            null,
          );
          expect(ghost(editor, over())).to.equal('');
        });

        it('[E113] a filled one that differs has a shape and says by how much; an equal one has nothing', async () => {
          const editor = await shown(
            payload(2, { [received()]: 5, [granted()]: 0, [over()]: 4, 'disclosure/fees/amount': 2.5 }),
            lastYear(),
          );
          expect(change(editor, received())).to.equal('▲');
          expect(words(editor, received())).to.include('上年 2，增加 3');
          expect(cell(editor, received()).title).to.include('上年 2，增加 3');
          expect(change(editor, granted())).to.equal('▼');
          expect(words(editor, granted())).to.include('上年 2，减少 2');
          expect(change(editor, 'requests/received/total')).to.equal('▲');
          expect(words(editor, 'requests/received/total')).to.include('上年 12，增加 3');
          expect(words(editor, 'disclosure/fees/amount')).to.include('上年 2，增加 0.5');
          expect(change(editor, received('social'))).to.equal('');
          expect(words(editor, received('social'))).not.to.include('上年 ');
          expect(ghost(editor, received('social'))).to.equal('');
        });

        it('[E113] 上年结转 says where it is from, one that differs what it should be, and both follow an edit', async () => {
          const editor = await shown(payload(2, { [over()]: 4 }), lastYear());
          expect(words(editor, over())).to.match(/^与上年“结转下年度继续办理”4 一致/);
          expect(words(editor, over('other'))).to.include('上年“结转下年度继续办理” 1');
          expect(change(editor, over('other')), 'a finding says it').to.equal('');
          editor.session!.enter([[over(), '5']], 'typing');
          editor.session!.enter([[received(), '1']], 'typing');
          await drawn(editor);
          expect(words(editor, over())).not.to.include('一致');
          expect(change(editor, received())).to.equal('▼');
          expect(change(editor, 'requests/received/total')).to.equal('▼');
        });

        it('[E113] follows another report of last year, and 显示上年数据 takes all of it off the cells', async () => {
          const editor = await shown(blankReport(), lastYear());
          editor.previous = payload(3, {}, { year: 2023 });
          await drawn(editor);
          expect(ghost(editor, received())).to.equal('上年 3');
          const told = listen(editor);
          const box = search(editor, '.previous input[type="checkbox"]')[0] as HTMLInputElement;
          box.click();
          await drawn(editor);
          expect([ghost(editor, received()), words(editor, received())]).to.deep.equal(['', '']);
          expect(editor.previous, 'the checks stay').to.equal(true);
          box.click();
          await drawn(editor);
          expect(ghost(editor, received())).to.equal('上年 3');
          expect(told.heard).to.deep.equal([]);
        });

        it('[E113] of a 2019 report only what it counted alike stands there', async () => {
          const editor = await shown(blankReport({ year: 2021 }), trial(6));
          expect(ghost(editor, received())).to.equal('上年 6');
          expect(ghost(editor, 'proceedings/review/pending')).to.equal('上年 6');
          expect(ghost(editor, 'disclosure/licensing/decisions')).to.equal('上年 6');
          for (const id of [
            'disclosure/rules/in-force',
            'disclosure/normative-documents/issued',
            'disclosure/fees/amount',
            'requests/other.other/natural-person',
          ])
            expect(ghost(editor, id), id).to.equal('');
          expect(words(editor, over())).to.include('6 一致');
        });

        it('[E118] axe finds no violation', async () => {
          await expectAccessible(await shown(payload(2, { [received()]: 5, [granted()]: null }), lastYear()));
        }).timeout(20_000);
      });
    }
  });

  describe('its line', () => {
    it('[E114] names unit, year and form, and what of a 2019 report is not compared', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport({ year: 2021 })));
      expect(line(editor)).to.include('打开上年报告…').and.include('打开后填入“上年结转”');
      await editor.openPrevious(JSON.stringify(trial(6)));
      await drawn(editor);
      expect(line(editor))
        .to.include('示例县教育局 2020 年度（2019年试行格式）')
        .and.include(
          '上年报告为2019年试行格式：表三、表四照常核对；规章、行政规范性文件和行政事业性收费口径不同',
        )
        .and.include('停止使用');
      await push(editor, '停止使用');
      expect(line(editor)).not.to.include('2019年试行格式');
      expect(has(editor, '打开上年报告')).to.equal(true);
    });

    it('[E114] the button opens the field of the file', async () => {
      const editor = await showWithLine();
      const field = search(editor, '.previous input[type="file"]')[0] as HTMLInputElement;
      let asked = 0;
      field.addEventListener('click', (event) => {
        asked += 1;
        event.preventDefault();
      });
      await push(editor, '打开上年报告…');
      expect(asked).to.equal(1);
    });

    it('[E114] the host hears nothing of the field and the checkbox', async () => {
      const editor = await showWithLine((one) => (one.value = payload(0)));
      const told = listen(editor);
      await choose(editor, JSON.stringify(lastYear()));
      expect(editor.previous).to.equal(true);
      expect(told.heard).to.deep.equal([]);
    });

    it('[E114] says for which applicants last year gives no number, and fills the others', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await editor.openPrevious(
        JSON.stringify(payload(2, { [forward('social')]: null, [forward('other')]: 1e12 }, { year: 2023 })),
      );
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('2,2,2,,2,');
      expect(line(editor)).to.include('有 2 格没有有效的件数（社会公益组织、其他），未填入“上年结转”');
      expect(notice(editor)).to.include('填入“上年结转”4 格');
    });

    it('[E118] comes after the first paint and moves nothing', async () => {
      const editor = await show((one) => (one.value = payload(0)));
      const top = (): number => tables(editor)[0]!.getBoundingClientRect().top;
      const place = editor.shadowRoot!.querySelector('.previous')!;
      const before = top();
      const height = place.getBoundingClientRect().height;
      await new Promise((done) => setTimeout(done, 300));
      expect(line(editor)).to.include('打开上年报告');
      expect(place.getBoundingClientRect().height).to.equal(height);
      expect(top()).to.equal(before);
    });
  });

  describe('what is no last year', () => {
    const good = JSON.stringify(lastYear());
    for (const [what, text, sentence] of [
      [
        'of another year',
        JSON.stringify(lastYear({ year: 2020 })),
        '上年报告应为 2023 年度，打开的是 2020 年度',
      ],
      ['of the same year', JSON.stringify(payload(0)), '上年报告应为 2023 年度，打开的是 2024 年度'],
      ['cut off', good.slice(0, 900), '文件不完整'],
      ['no report', '{"schema":"other/1"}', '不是年报数据'],
      ['of a newer shape', JSON.stringify({ schema: 'xxgk-annual-report/9', tables: 1 }), '文件由更新的版本'],
      ['empty', '', '文件是空的'],
    ] as const) {
      it(`[E115] a file ${what} is refused with a sentence that names it, and nothing typed is lost`, async () => {
        const editor = await showWithLine((one) => (one.value = blankReport()));
        await editor.openPrevious(good);
        await enter(editor, received(), '7');
        const { value } = editor;
        await choose(editor, text, '坏.json');
        expect(notice(editor)).to.include('“坏.json”：').and.include(sentence);
        expect(editor.value).to.equal(value);
        expect(line(editor), 'the one before is still in use').to.include('2023 年度');
      });
    }

    it('[E115] this very report is refused as last year’s, and so is a file that is no UTF-8 text', async () => {
      const editor = await showWithLine((one) => (one.value = payload(3)));
      await choose(editor, editor.value);
      expect(notice(editor)).to.include('上年报告应为 2023 年度');
      await choose(editor, new Uint8Array([0xc9, 0xcf, 0xc4, 0xea]));
      expect(notice(editor)).to.include('不是 UTF-8 编码');
      expect(editor.previous).to.equal(false);
    });

    it('[E115] the same file can be chosen again', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await choose(editor, good);
      await push(editor, '停止使用');
      await choose(editor, good);
      expect(editor.previous).to.equal(true);
    });

    for (const [what, previous, sentence] of [
      ['another unit’s', lastYear({ organization: { name: '另一县教育局' } }), '请确认是否同一单位'],
      ['one without a year', lastYear({ year: null }), '上年报告没有填报告年度'],
      [
        'one that was changed after it was written',
        lastYear({ digest: `sha256:${'0'.repeat(64)}` }),
        '可能被改动过',
      ],
      ['a newer version’s', lastYear({ schema: 'xxgk-annual-report/2' }), '文件由更新的版本生成'],
    ] as const) {
      it(`[E116] ${what} is compared but fills nothing unasked; the line asks and offers`, async () => {
        for (const byUser of [true, false]) {
          const editor = await showWithLine((one) => (one.value = blankReport()));
          if (byUser) await editor.openPrevious(JSON.stringify(previous));
          else editor.previous = previous;
          await drawn(editor);
          expect(carriedOver(editor)).to.equal(',,,,,');
          expect(line(editor)).to.include(sentence);
          if (byUser) expect(notice(editor)).to.include(sentence);
          await push(editor, '按上年数据填“上年结转”（6 格）');
          expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
        }
      });
    }

    it('[E116] a draft of last year is said to be one, and fills all the same', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await editor.openPrevious(JSON.stringify(lastYear({ draft: true })));
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(line(editor)).to.include('上年报告是未定稿的草稿');
      expect(notice(editor)).to.include('上年报告是未定稿的草稿').and.include('6 格');
    });

    it('[E116] a wrong total of last year is judged as it was printed, and the parts are still carried over', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      const wrong = lastYear();
      wrong.tables['requests']!['carried-forward']!['total'] = 99;
      await editor.openPrevious(JSON.stringify(wrong));
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(described(editor, over('total'))).to.include('99');
    });
  });

  describe('when the report is replaced', () => {
    it('[E117] a new report of the same year is filled too, before anybody hears of it', async () => {
      const editor = await showWithLine((one) => (one.value = payload(0)));
      await editor.openPrevious(JSON.stringify(lastYear()));
      const told = listen(editor);
      editor.newReport(2024);
      await drawn(editor);
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(told.heard).to.deep.equal(['input', 'change']);
      expect(told.values).to.deep.equal([editor.value, editor.value]);
      editor.newReport(2020);
      await drawn(editor);
      expect(editor.previous).to.equal(false);
      expect(carriedOver(editor)).to.equal(',,,,,');
    });

    it('[E117] a report from a file and a restored draft are shown as they are; a button offers to fill', async () => {
      const text = JSON.stringify(blankReport());
      for (const replace of [
        (editor: XxgkAnnualReport) => editor.openReport(text, 'x.json'),
        (editor: XxgkAnnualReport) => {
          const read = readPayload(text);
          if (read.ok) editor.restore(completeReport(read.report), { base: null, origin: null });
        },
      ]) {
        const editor = await showWithLine((one) => (one.value = payload(0)));
        editor.previous = lastYear();
        await drawn(editor);
        await replace(editor);
        await drawn(editor);
        expect(carriedOver(editor)).to.equal(',,,,,');
        // Nor is it when the host sets it again.
        editor.previous = lastYear();
        await drawn(editor);
        expect(carriedOver(editor)).to.equal(',,,,,');
        await push(editor, '按上年数据填“上年结转”（6 格）');
        expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      }
    });

    it('[E117] another report year puts last year’s report away and leaves what was filled', async () => {
      const editor = await showWithLine((one) => (one.value = blankReport()));
      await editor.openPrevious(JSON.stringify(lastYear()));
      editor.session!.setField('year', '2025');
      await drawn(editor);
      expect(editor.previous).to.equal(false);
      expect(editor.shadowRoot!.querySelector('.notice')!.textContent).to.include('已停止跨年核对');
      expect(carriedOver(editor)).to.equal('4,0,0,0,0,1');
      expect(line(editor)).to.include('打开上年报告');
    });

    it('[E117] the two samples fit together: nothing to fill, and every change marked', async () => {
      const editor = await showWithLine();
      await editor.openReport(JSON.stringify(await sample('city-2024')), 'x.json');
      await editor.openPrevious(JSON.stringify(await sample('city-2023')));
      await drawn(editor);
      expect(has(editor, '按上年数据')).to.equal(false);
      expect(described(editor, over())).to.equal('与上年“结转下年度继续办理”118 一致');
      expect(mark(editor, 'disclosure/rules/in-force')).to.equal('▲');
    });
  });
});
