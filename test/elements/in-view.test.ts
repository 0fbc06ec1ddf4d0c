/** What a person sees of the tables while scrolling, typing and being told things: real keys, mouse and windows. */
import { expect } from 'chai';
import { setLicenseKey } from '../../src/define.ts';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type { CellId } from '../../src/format/entry.ts';
import { browserName, click as clickHere, clickAt, drag, media, viewport } from '../browser/commands.ts';
import {
  cleanUp,
  COLUMNS,
  drawn,
  FORMAT,
  input,
  payload,
  place,
  press,
  received,
  sample,
  search,
  settled,
  show,
  tables,
  type,
  type Payload,
} from './editor-fixture.ts';

const KEY = 'non-commercial-and-evaluation';
const OFFICE = [1366, 640] as const;
const LAST_ROW = FORMAT.tables[1]!.layout.matrix.length - 1;

const box = (element: Element): DOMRect => element.getBoundingClientRect();
const requests = (editor: XxgkAnnualReport): ShadowRoot => tables(editor)[1]!.shadowRoot!;
const headings = (editor: XxgkAnnualReport): HTMLElement[] =>
  Array.from(requests(editor).querySelectorAll<HTMLElement>('thead th')).filter((one) => box(one).width > 0);
const cellAt = (editor: XxgkAnnualReport, row: number, column: number): HTMLElement =>
  anchor(editor, FORMAT.tables[1]!.layout.matrix[row]![column]!);

/** The drawn cell, in either grid. */
function anchor(editor: XxgkAnnualReport, id: CellId): HTMLElement {
  const { label } = FORMAT.cellsById.get(id)!;
  return Array.from(requests(editor).querySelectorAll('td [aria-label], td[aria-label]'))
    .find((one) => [label, `${label} `].some((text) => one.getAttribute('aria-label')!.startsWith(text)))!
    .closest('td')!;
}

/** What the mouse would reach at a point, through all shadow roots. */
function hit(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner: Element | null = found?.shadowRoot?.elementFromPoint(x, y) ?? null;
    if (inner === null || inner === found) return found;
    found = inner;
  }
}

const isHit = (element: Element, x: number, y: number): boolean => {
  const found = hit(x, y);
  return found !== null && element.contains(found);
};

/** That every heading is whole, above nothing else, from `top` down, and where in the row of its column. */
function expectHeadings(editor: XxgkAnnualReport, top: number): void {
  const all = headings(editor);
  expect(all.map((one) => one.textContent)).to.include.members(['自然人', '商业企业', '科研机构', '总计']);
  expect(Math.min(...all.map((one) => box(one).top))).to.be.closeTo(top, 1);
  for (const one of all) {
    const { left, right, top: upper, bottom } = box(one);
    for (const [x, y] of [
      [left + 2, upper + 2],
      [right - 2, bottom - 2],
    ] as const)
      expect(isHit(one, x, y), `${one.textContent!} at ${x}, ${y}`).to.equal(true);
  }
  const lowest = Math.max(...all.map((one) => box(one).bottom));
  expect(box(all[0]!).bottom).to.be.closeTo(lowest, 1);
}

/** That the cell with the keyboard is seen whole. */
function expectSeen(editor: XxgkAnnualReport, what: string): void {
  const active = requests(editor).querySelector('td[data-active]')!;
  const { left, right, top, bottom } = box(active);
  const x = (left + right) / 2;
  for (const y of [top + 2, bottom - 2]) {
    const found = hit(x, y);
    const covers = found?.closest('th, .foot');
    expect(covers ?? null, `${what}: ${active.getAttribute('data-active')!} at ${y}`).to.equal(null);
    expect(found, what).not.to.equal(null);
  }
}

describe('what stays in view', () => {
  const { info } = console;
  beforeEach(async () => {
    console.info = () => undefined;
    await viewport(...OFFICE);
  });
  afterEach(async () => {
    cleanUp();
    setLicenseKey('');
    document.body.removeAttribute('style');
    window.scrollTo(0, 0);
    await viewport(1280, 900);
    console.info = info;
  });

  for (const grid of ['table', 'handsontable'] as const)
    describe(`${grid} grid`, () => {
      const opened = async (prepare: (editor: XxgkAnnualReport) => void = () => undefined) => {
        const editor = await show((one) => {
          one.value = payload(3);
          prepare(one);
        });
        if (grid === 'handsontable') {
          setLicenseKey(KEY);
          for (let round = 0; round < 400 && tables(editor)[1]!.gridInUse !== grid; round += 1)
            await settled();
          expect(tables(editor)[1]!.gridInUse).to.equal(grid);
        }
        await settled();
        return editor;
      };

      it('[E253] from the first row to the last and back by keys the headings are over their columns, and cover no active cell', async function () {
        this.timeout(20_000);
        const editor = await opened();
        editor.focusCell(received('enterprise'));
        for (let row = 0; row < LAST_ROW; row += 1) {
          await press('ArrowDown');
          await settled();
          expectSeen(editor, `down, ${row}`);
        }
        expectHeadings(editor, 0);
        const column = headings(editor).find((one) => one.textContent === '商业企业')!;
        const active = requests(editor).querySelector('td[data-active]')!;
        expect(box(column).left).to.be.closeTo(box(active).left, 1);
        for (let row = LAST_ROW; row > 0; row -= 1) {
          await press('ArrowUp');
          await settled();
          expectSeen(editor, `up, ${row}`);
        }
      });

      it('[E253] below what the host says its own bar covers, in dark and lower rows too', async () => {
        document.body.style.setProperty('--xxgk-sticky-top', '60px');
        const editor = await opened((one) => {
          one.theme = 'dark';
          one.density = 'compact';
        });
        cellAt(editor, 18, 2).scrollIntoView({ block: 'center' });
        await settled();
        expectHeadings(editor, 60);
        expect(box(search(editor, 'aside')[0]!).top).to.be.closeTo(68, 1);
        editor.focusCell(FORMAT.tables[1]!.layout.matrix[18]![2]!);
        for (let row = 18; row > 8; row -= 1) {
          await press('ArrowUp');
          await settled();
          expectSeen(editor, `up, ${row}`);
        }
      });

      it('[E253] in what scrolls inside the page, and never over the status bar', async () => {
        const scroller = document.createElement('div');
        scroller.style.cssText = 'height: 480px; margin-top: 40px; overflow: auto';
        const editor = await opened();
        place(scroller);
        scroller.append(editor);
        await drawn(editor);
        const upper = box(scroller).top;
        scroller.scrollTop += box(cellAt(editor, 20, 1)).top - upper - 300;
        await settled();
        expectHeadings(editor, upper);
        scroller.scrollTop += box(headings(editor)[0]!).top;
        const first = cellAt(editor, 0, 0);
        scroller.scrollTop = 0;
        scroller.scrollTop += box(first).top - box(scroller).bottom + 20;
        await settled();
        const bar = search(editor, '.status-bar')[0]!;
        const th = headings(editor).find((one) => one.textContent === '自然人')!;
        expect(box(th).bottom, 'the heading lies behind it').to.be.above(box(bar).top);
        expect(isHit(bar, box(th).left + 2, box(bar).top + 4)).to.equal(true);
      });

      it('[E253] a cell that was half covered when the mouse pointed at it is whole when it is typed into', async () => {
        const editor = await opened();
        cellAt(editor, 18, 1).scrollIntoView({ block: 'center' });
        await settled();
        const lowest = Math.max(...headings(editor).map((one) => box(one).bottom));
        const row = Array.from({ length: LAST_ROW }, (_, at) => at).find(
          (at) => box(cellAt(editor, at, 1)).bottom > lowest + 6,
        )!;
        const cell = cellAt(editor, row, 1);
        window.scrollBy(0, box(cell).bottom - lowest - 14);
        await settled();
        const { left, bottom } = box(cell);
        await clickAt(left + 10, bottom - 6);
        await settled();
        // Firefox moves it by 2 px when its text is selected.
        expect(box(cell).bottom, 'it stays under the mouse').to.be.closeTo(bottom, 3);
        await type('7');
        await settled();
        expectSeen(editor, 'typed into');
        await press('Enter');
        expect(
          anchor(editor, FORMAT.tables[1]!.layout.matrix[row]![1]!).textContent! + inputText(cell),
        ).to.include('7');
      });

      it('[E253] a table that scrolls sideways by itself still does, its headings where they are printed; so in a low window', async () => {
        const editor = await opened((one) => one.style.setProperty('--xxgk-sticky-top', '60px'));
        await viewport(600, 640);
        await settled();
        const frame = requests(editor).querySelector('.table-grid')!;
        expect(frame.scrollWidth).to.be.above(frame.clientWidth + 20);
        expect(document.scrollingElement!.scrollWidth).to.be.at.most(innerWidth);
        const [first] = headings(editor);
        expect(box(first!).bottom).to.be.closeTo(box(cellAt(editor, 0, 0)).top, 2);
        editor.focusCell(FORMAT.tables[1]!.layout.matrix[20]![6]!);
        await settled();
        expect(frame.scrollLeft).to.be.above(0);
        expectSeen(editor, 'far right');
        await viewport(1366, 330);
        await settled();
        cellAt(editor, 20, 1).scrollIntoView({ block: 'center' });
        await settled();
        expect(box(headings(editor)[0]!).bottom).to.be.below(0);
        await viewport(...OFFICE);
        await settled();
        expect(box(headings(editor)[0]!).top).to.be.closeTo(60, 1);
      });

      const onPaper = async (): Promise<void> => {
        const editor = await opened();
        cellAt(editor, 20, 1).scrollIntoView({ block: 'center' });
        await media({ type: 'print' });
        try {
          for (const one of headings(editor)) expect(getComputedStyle(one).position).not.to.equal('sticky');
        } finally {
          await media({});
        }
      };
      if (browserName === 'chromium') it('[E253] on paper they stand where they are printed', onPaper);

      it('[E254] last year’s value in a blank cell looks in nothing like one that was entered, and is not cut at 1366 px', async () => {
        const big = received('enterprise');
        const editor = await opened((one) => {
          one.value = payload(null, { [received()]: 12 });
          one.previous = payload(5, { [big]: 1234567 }, { year: 2023 });
        });
        for (let round = 0; round < 400 && ghostOf(anchor(editor, big)).text === ''; round += 1)
          await settled();
        const entered = getComputedStyle(
          grid === 'table' ? input(editor, received()) : anchor(editor, received()).querySelector('.text')!,
        );
        const { text, style, room, width } = ghostOf(anchor(editor, big));
        expect(text).to.equal('上年 1234567');
        expect(style.fontStyle).to.equal('italic');
        expect(entered.fontStyle).to.equal('normal');
        expect(parseFloat(style.fontSize)).to.be.below(parseFloat(entered.fontSize) * 0.85);
        expect(style.textAlign).to.equal('left');
        expect([entered.textAlign, entered.justifyContent]).to.include('center');
        expect(style.color).not.to.equal(entered.color);
        expect(width).to.be.at.most(room);
      });
    });

  it('[E270] what comes while somebody works moves no cell, and is seen: another year, a field that is too short', async () => {
    const field = document.createElement('textarea');
    field.id = 'report';
    place(field);
    const editor = await show((one) => {
      one.value = payload(3);
      one.htmlFor = 'report';
    });
    const cell = tables(editor)[0]!.shadowRoot!.querySelector('td')!;
    const top = (): number => Math.round(box(cell).top);
    const year = editor.shadowRoot!.querySelector<HTMLInputElement>('[name="year"]')!;
    let before = 0;
    for (const [text, said] of [
      ['20', '请填 2008 至 2100'],
      ['2024', ''],
      ['2030', '已停止跨年核对'],
    ] as const) {
      if (text === '2030') {
        editor.previous = payload(3, {}, { year: 2023 });
        for (let round = 0; round < 400 && !editor.previous; round += 1) await settled();
        expect(editor.previous).to.equal(true);
      }
      window.scrollTo(0, 0);
      await drawn(editor);
      before = top();
      await clickHere(year, { count: 3 });
      await type(text);
      // The press takes the keyboard from the year; the release has to meet the same cell.
      await clickHere(cell);
      await drawn(editor);
      expect(top(), text).to.equal(before);
      expect(cell.hasAttribute('data-active'), text).to.equal(true);
      expect(editor.shadowRoot!.textContent).to.include(said);
    }
    field.maxLength = 50;
    await type('8');
    await press('Enter');
    await drawn(editor);
    expect(top()).to.equal(before);
    const banner = search(editor, '[role="alert"]').find((one) =>
      one.textContent!.includes('保存后会被截断'),
    )!;
    expect(box(banner).bottom).to.be.at.most(innerHeight);
    tables(editor)[1]!.focusCell(`requests/granted/${COLUMNS[3]!}`);
    await drawn(editor);
    expect(isHit(banner, box(banner).left + 20, box(banner).top + 12), 'further down too').to.equal(true);
  });

  it('[E278] a click on a button of the page reaches it, whatever the edit that it ends makes longer above', async () => {
    const editor = await showNarrow();
    const save = document.createElement('button');
    save.textContent = '保存';
    place(save);
    const taken: (number | null)[] = [];
    save.addEventListener('click', () => {
      const { tables: posted } = JSON.parse(editor.value as string) as Payload;
      taken.push(posted['requests']!['received']!['natural-person']!);
    });
    const placed = (): number => Math.round(box(save).top + scrollY);
    const seen: number[] = [];
    const look = (): unknown => seen.push(placed());
    tables(editor)[1]!.focusCell(received());
    await type('9999');
    await drawn(editor);
    save.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { left, top } = box(save);
    const events = ['mousedown', 'mousemove', 'mouseup', 'click'];
    for (const name of events) addEventListener(name, look, true);
    // A hand is slower than a frame.
    await drag({ x: left + 9, y: top + 9 }, { x: left + 12, y: top + 10 });
    for (const name of events) removeEventListener(name, look, true);
    expect(taken).to.deep.equal([9999]);
    expect(new Set(seen).size, seen.join()).to.equal(1);
    await drawn(editor);
    expect(placed(), 'it goes down once it is let go').to.be.above(seen[0]!);
  });

  it('[E278] a button that is held for long, or let go unseen, holds nothing for more than a second', async () => {
    const editor = await showNarrow();
    const after = document.createElement('p');
    place(after);
    const top = (): number => Math.round(box(after).top + scrollY);
    const before = top();
    after.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    tables(editor)[1]!.focusCell(received());
    await type('9999');
    await press('Enter');
    await drawn(editor);
    expect(top()).to.equal(before);
    for (const end = Date.now() + 3_000; top() === before && Date.now() < end;) await settled();
    expect(top()).to.be.above(before);
  });

  it('[E278] a press inside that ends an edit acts on the report as it is then', async () => {
    const editor = await show();
    await clickHere(input(editor, received()));
    await type('5');
    await press('Enter');
    await drawn(editor);
    await clickHere(search(editor, 'button').find((one) => one.textContent!.trim() === '检查')!);
    await drawn(editor);
    const all = search(editor, 'button').find((one) => one.textContent!.includes('这些空白全部填'))!;
    await clickHere(input(editor, received('enterprise')));
    await type('7');
    await clickHere(all);
    await drawn(editor);
    const { tables: now } = JSON.parse(editor.value as string) as Payload;
    expect(now['requests']!['received']!['enterprise']).to.equal(7);
  });
});

/** A report without a fault, in a window in which its findings stand below the tables. */
async function showNarrow(): Promise<XxgkAnnualReport> {
  await viewport(600, 700);
  const correct = await sample('city-2024');
  return show((one) => {
    one.value = correct;
  });
}

/** What an input of the cell holds; '' where the text is drawn. */
function inputText(cell: Element): string {
  return cell.querySelector('input')?.value ?? '';
}

/** Last year's value in a cell: its text, its looks, how wide it is and may be. */
function ghostOf(cell: Element): { text: string; style: CSSStyleDeclaration; room: number; width: number } {
  const field = cell.querySelector('input');
  const drawnText = field ?? cell.querySelector('.ghost') ?? cell;
  const style = getComputedStyle(drawnText, field === null ? null : '::placeholder');
  const text = field === null ? (cell.querySelector('.ghost')?.textContent ?? '') : field.placeholder;
  const ruler = document.createElement('span');
  ruler.textContent = text;
  ruler.style.cssText = `position: absolute; white-space: nowrap; font: italic ${style.fontSize} ${style.fontFamily}`;
  document.body.append(ruler);
  const { width } = box(ruler);
  ruler.remove();
  return { text, style, room: box(cell).width - 8, width };
}
