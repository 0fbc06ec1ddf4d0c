/** The semantic grid: the suite of every grid, and what only a native table with inputs can promise. */
import { expect } from 'chai';
import { createTableGrid, TABLE_GRID_CSS } from '../../../src/elements/grid/table-grid.ts';
import { expectAccessible } from '../../browser/axe.ts';
import { viewport } from '../../browser/commands.ts';
import { describeGrid } from './grid-behaviour.ts';
import { DISCLOSURE, paste, press, PROCEEDINGS, REQUESTS, Stage, type } from './grid-fixture.ts';

describeGrid('table grid', createTableGrid, TABLE_GRID_CSS);

describe('table grid, natively', () => {
  let stage: Stage | undefined;
  const show = (table = REQUESTS): Stage => (stage = new Stage(table, createTableGrid, TABLE_GRID_CSS));
  afterEach(() => stage?.remove());

  for (const table of [DISCLOSURE, REQUESTS, PROCEEDINGS]) {
    it(`[E20] ${table.shortTitle} is a table whose headings carry scope and spans`, () => {
      const { grid } = show(table);
      const drawn = grid.element.querySelector('table')!;
      expect(drawn.caption!.textContent).to.equal(table.title);
      expect(drawn.getAttribute('role')).to.equal(null);
      const headings = Array.from(drawn.querySelectorAll('th'), (th) => [
        th.textContent,
        th.scope,
        th.colSpan,
        th.rowSpan,
      ]);
      const official = table.layout.rows
        .flat()
        .flatMap((cell) =>
          'heading' in cell ? [[cell.heading, cell.scope, cell.colSpan, cell.rowSpan]] : [],
        );
      expect(headings).to.deep.equal(official);
      expect(drawn.tHead?.rows.length ?? 0).to.equal(table.layout.headRows);
    });

    it(`[E57] ${table.shortTitle} has no accessibility violation, marked and selected`, async function () {
      this.timeout(20_000);
      const s = show(table);
      await s.showEverything();
      await expectAccessible(s.host);
    });
  }

  it('[E20] a value of 表二 names the headings it stands under, not those of other blocks', () => {
    const s = show(DISCLOSURE);
    const last = s.grid.anchor(DISCLOSURE.cells[DISCLOSURE.cells.length - 1]!.id) as HTMLTableCellElement;
    const names = last.headers.split(' ').map((id) => s.host.shadowRoot!.getElementById(id)!.textContent);
    expect(names).to.deep.equal(['第二十条第（八）项', '本年收费金额（单位：万元）', '行政事业性收费']);
  });

  it('[E39] every cell has a focusable input, one of them in the Tab order', () => {
    const s = show();
    const inputs = Array.from(s.grid.element.querySelectorAll('input'));
    expect(inputs).to.have.length(REQUESTS.cells.length);
    expect(inputs.filter((input) => input.tabIndex === 0)).to.have.length(1);
    s.focus(4, 4);
    expect(inputs.filter((input) => input.tabIndex === 0)).to.deep.equal([
      s.place(4, 4).querySelector('input'),
    ]);
    const input = inputs[0]!;
    expect([input.inputMode, input.autocomplete, input.getAttribute('spellcheck')]).to.deep.equal([
      'decimal',
      'off',
      'false',
    ]);
  });

  it('[E54] an update of a few cells, and a change of marks, touch only those', async () => {
    const s = show();
    const ids = [s.at(0, 0), s.at(0, 6), s.at(24, 0)];
    const touched = new Set<Element | null>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records)
        touched.add((target instanceof Element ? target : target.parentElement)!.closest('td'));
    });
    observer.observe(s.grid.element, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    const places = ids.map((id) => s.grid.anchor(id)!);
    s.owner.texts.set(ids[0]!, '5');
    s.owner.controls.set(ids[1]!, '6');
    s.grid.update(ids);
    const mark = { level: 'must', count: 1, description: '不平衡' } as const;
    s.grid.mark(new Map([[ids[2]!, mark]]));
    await Promise.resolve();
    for (const place of touched) expect(places).to.include(place);
    expect(touched.size).to.be.above(1);
    touched.clear();
    s.grid.update();
    s.grid.mark(new Map([[ids[2]!, { ...mark }]]));
    await Promise.resolve();
    expect(touched.size).to.equal(0);
    observer.disconnect();
  });

  it('[E43] a click on the heading of a row asks for help and leaves the keyboard where it is', async () => {
    const s = show();
    s.focus(3, 3);
    const heading = Array.from(s.grid.element.querySelectorAll('th')).find(
      (th) => th.textContent === '1.属于国家秘密',
    )!;
    heading.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(s.owner.calls).to.deep.equal(['help requests/denied.state-secret/natural-person']);
    expect(s.hasKeyboard).to.equal(true);
    await Promise.resolve();
  });

  it('[E31] Escape inside an edit stays inside; input and change of single inputs do too', async () => {
    const s = show();
    const heard: string[] = [];
    for (const name of ['keydown', 'input', 'change']) {
      document.addEventListener(
        name,
        (event) => heard.push(event instanceof KeyboardEvent ? event.key : name),
        { once: true },
      );
    }
    s.focus(0, 0);
    await type('1');
    heard.length = 0;
    await press('Escape');
    expect(heard).to.deep.equal([]);
  });

  it('[E48] where DOMParser refuses, as under required Trusted Types, paste reads the text', () => {
    const s = show();
    const original = DOMParser.prototype.parseFromString;
    DOMParser.prototype.parseFromString = () => {
      throw new TypeError('This document requires TrustedHTML assignment.');
    };
    try {
      s.focus(0, 0);
      paste({ text: '1\t2', html: '<table><tr><td>9</td></tr></table>' });
    } finally {
      DOMParser.prototype.parseFromString = original;
    }
    expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '1', [s.at(0, 1)]: '2' });
  });

  it('[E21] row labels wrap and are never cut, down to 910 pixels', async () => {
    await viewport(910, 512);
    const s = show();
    for (const heading of Array.from(s.grid.element.querySelectorAll('th'))) {
      expect(heading.scrollWidth, heading.textContent!).to.be.at.most(heading.clientWidth + 1);
    }
    expect(s.grid.element.scrollWidth).to.be.at.most(s.grid.element.clientWidth);
    await viewport(1366, 768);
  });

  it('[E59] no markup carries a style, and the style sheet asks nothing newer than Chromium 90', () => {
    const s = show();
    s.focus(0, 0);
    expect(s.grid.element.querySelector('[style], style')).to.equal(null);
    expect(TABLE_GRID_CSS).not.to.match(/:has\(|color-mix|@layer|@container|&/);
  });
});
