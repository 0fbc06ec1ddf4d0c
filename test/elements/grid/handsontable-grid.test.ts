/** The spreadsheet grid: the suite of every grid, and what only a grid drawn by Handsontable has to promise. */
import { expect } from 'chai';
import type Handsontable from 'handsontable/base';
import {
  createHandsontableGrid,
  HANDSONTABLE_GRID_CSS,
  licenseState,
} from '../../../src/elements/grid/handsontable-grid.ts';
import type { GridMark, GridOptions } from '../../../src/elements/grid/grid-port.ts';
import type { CellId } from '../../../src/format/entry.ts';
import { FORMATS } from '../../../src/format/formats.ts';
import { expectAccessible } from '../../browser/axe.ts';
import { click, drag, settled, viewport } from '../../browser/commands.ts';
import { describeGrid } from './grid-behaviour.ts';
import { DISCLOSURE, paste, press, PROCEEDINGS, REQUESTS, Stage, type, type Owner } from './grid-fixture.ts';

const KEY = 'non-commercial-and-evaluation';
const create = (options: GridOptions) => createHandsontableGrid(options, KEY);

describeGrid('spreadsheet grid', create, HANDSONTABLE_GRID_CSS);

describe('spreadsheet grid, natively', () => {
  let stages: Stage[] = [];
  const show = (table = REQUESTS, prepare?: (owner: Owner) => void, made = create): Stage => {
    const stage = new Stage(table, made, HANDSONTABLE_GRID_CSS, prepare);
    stages.push(stage);
    return stage;
  };
  before(async () => {
    await viewport(1366, 768);
  });
  afterEach(() => {
    for (const stage of stages) stage.remove();
    stages = [];
  });

  const field = (s: Stage): HTMLInputElement => s.grid.element.querySelector('input')!;
  const engine = (s: Stage): Handsontable =>
    (s.grid.element.querySelector('.ht-root-wrapper') as unknown as { __hotInstance: Handsontable })
      .__hotInstance;
  const menu = (s: Stage): HTMLElement | null => s.grid.element.querySelector('[role="menu"]');
  const menuItem = (s: Stage, label: string): HTMLElement =>
    Array.from(menu(s)!.querySelectorAll<HTMLElement>('[role="menuitem"]')).find(
      (item) => item.firstChild!.textContent === label,
    )!;
  /** Everything a page could be left with. */
  const traces = (): number[] => [
    document.body.querySelectorAll('*').length,
    document.head.querySelectorAll('*').length,
    document.adoptedStyleSheets.length,
  ];

  for (const [version, table] of Object.entries(FORMATS).flatMap(([name, format]) =>
    format.tables.map((one) => [name, one] as const),
  )) {
    it(`[E90] ${table.shortTitle} of ${version} is one native table with the printed headings and spans`, () => {
      const { grid } = show(table);
      const tables = Array.from(grid.element.querySelectorAll('table')).filter(
        (one) => one.getClientRects().length > 0,
      );
      expect(tables).to.have.length(1);
      const drawn = tables[0]!;
      expect(drawn.caption!.textContent).to.equal(table.title);
      expect(grid.element.querySelector('[role="treegrid"], [role="gridcell"]')).to.equal(null);
      const seen = Array.from(drawn.rows, (row) =>
        Array.from(row.cells)
          .filter((cell) => getComputedStyle(cell).display !== 'none')
          .map((cell) => [
            cell.matches('th, [role="columnheader"]') ? cell.textContent : 'value',
            cell.colSpan,
            cell.rowSpan,
          ]),
      );
      expect(seen).to.deep.equal(
        table.layout.rows.map((cells) =>
          cells.map((cell) =>
            'heading' in cell ? [cell.heading, cell.colSpan, cell.rowSpan] : ['value', cell.colSpan, 1],
          ),
        ),
      );
      expect(drawn.tHead!.rows).to.have.length(table.layout.headRows);
      const official = table.layout.rows
        .flat()
        .flatMap((cell) => ('heading' in cell && cell.scope !== 'col' ? [[cell.heading, cell.scope]] : []));
      const scoped = Array.from(drawn.querySelectorAll('th'), (th) => [th.textContent, th.scope]);
      for (const heading of official) expect(scoped).to.deep.include(heading);
    });
  }

  for (const table of [DISCLOSURE, REQUESTS, PROCEEDINGS]) {
    it(`[E91] ${table.shortTitle} has no accessibility violation, marked and selected`, async function () {
      this.timeout(20_000);
      const s = show(table);
      await s.showEverything();
      await expectAccessible(s.host);
      await press('Shift+F10');
      await expectAccessible(s.host);
    });

    it(`[E21] ${table.shortTitle} cuts no heading, and wraps them down to 910 pixels`, async () => {
      const { grid } = show(table);
      for (const width of [1366, 910]) {
        await viewport(width, 768);
        await settled();
        for (const heading of Array.from(grid.element.querySelectorAll('th, [role="columnheader"]'))) {
          expect(heading.scrollWidth, heading.textContent!).to.be.at.most(heading.clientWidth + 1);
          expect(getComputedStyle(heading).textOverflow).to.equal('clip');
        }
      }
      await viewport(1366, 768);
    });
  }

  it('[E90] a value of 表二 names the headings it stands under, not those of other blocks', () => {
    const s = show(DISCLOSURE);
    const last = s.grid.anchor(DISCLOSURE.cells[DISCLOSURE.cells.length - 1]!.id) as HTMLTableCellElement;
    const names = last.headers.split(' ').map((id) => s.host.shadowRoot!.getElementById(id)!.textContent);
    expect(names).to.deep.equal(['第二十条第（八）项', '本年收费金额（单位：万元）', '行政事业性收费']);
  });

  it('[E91] the field with the keyboard says what the cell is, what it holds and what is wrong with it', async () => {
    const s = show(REQUESTS, (owner) => owner.texts.set(REQUESTS.cells[8]!.id, '33'));
    s.focus(1, 0);
    const mark: GridMark = { level: 'must', count: 2, description: '不平衡' };
    s.grid.mark(new Map([[s.at(1, 1), mark]]));
    await press('ArrowRight');
    const input = field(s);
    expect(s.host.shadowRoot!.activeElement).to.equal(input);
    const definition = REQUESTS.cells.find((cell) => cell.id === s.at(1, 1))!;
    expect(input.getAttribute('aria-label')).to.equal(definition.label);
    expect(input.value).to.equal('33');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    const described = s.host.shadowRoot!.getElementById(input.getAttribute('aria-describedby')!)!;
    expect(described.textContent).to.include('2 处问题：不平衡');
    s.grid.mark(new Map());
    expect(input.hasAttribute('aria-invalid') || input.hasAttribute('aria-describedby')).to.equal(false);
    expect([input.type, input.inputMode, input.autocomplete, input.tabIndex]).to.deep.equal([
      'text',
      'decimal',
      'off',
      0,
    ]);
  });

  it('[E92] an edit makes Handsontable draw once at most, an update and a mark not at all', async () => {
    const s = show();
    s.focus(0, 0);
    let drawn = 0;
    engine(s).addHook('afterRender', () => {
      drawn += 1;
    });
    await type('5');
    await press('Enter');
    expect(s.owner.edits).to.have.length(1);
    expect(drawn).to.be.at.most(1);
    drawn = 0;
    paste({ text: '1\t2\n3\t4' });
    expect(s.owner.edits).to.have.length(2);
    expect(drawn).to.be.at.most(1);
    drawn = 0;
    s.owner.texts.set(s.at(3, 3), '9');
    s.grid.update();
    s.grid.mark(new Map([[s.at(3, 3), { level: 'must', count: 1, description: '不平衡' }]]));
    s.grid.outline([s.at(3, 3)]);
    await type('7');
    await press('F2', 'Escape', 'Delete');
    s.grid.readOnly = true;
    expect(drawn).to.equal(0);
  });

  it('[E92] settings that are changed behind its back change no cell and no key', async () => {
    const s = show(REQUESTS, (owner) => owner.texts.set(REQUESTS.cells[0]!.id, '5'));
    s.focus(0, 0);
    engine(s).updateSettings({ licenseKey: 'wrong', readOnly: false });
    expect(s.shown(s.at(0, 0))).to.equal('5');
    expect(s.announced(s.at(0, 0)).name).to.include('5');
    await type('6');
    await press('Enter');
    expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '6' });
  });

  it('[E92] what Handsontable draws anew of its own accord keeps texts, marks, headings and widths', () => {
    const s = show(DISCLOSURE, (owner) => owner.texts.set(DISCLOSURE.cells[0]!.id, '5'));
    s.grid.mark(new Map([[s.at(0, 0), { level: 'must', count: 1, description: '不平衡' }]]));
    s.focus(0, 0);
    const look = (): unknown[] => [
      s.announced(s.at(0, 0)),
      s.shown(s.at(0, 0)),
      Array.from(s.grid.element.querySelectorAll('th, td'), (cell) => {
        const box = cell.getBoundingClientRect();
        return [cell.textContent, box.left, box.top, box.width, box.height].join(' ');
      }),
    ];
    const before = look();
    engine(s).render();
    expect(look()).to.deep.equal(before);
  });

  it('[E54] an update of a few cells touches only those', async () => {
    const s = show();
    const ids = [s.at(0, 0), s.at(0, 6)];
    const places = ids.map((id) => s.grid.anchor(id)!);
    const touched = new Set<Element | null>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records)
        touched.add((target instanceof Element ? target : target.parentElement)!.closest('td'));
    });
    observer.observe(s.grid.element.querySelector('table')!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    s.owner.texts.set(ids[0]!, '5');
    s.owner.controls.set(ids[1]!, '6');
    s.grid.update(ids);
    await Promise.resolve();
    expect(Array.from(touched)).to.have.members(places);
    touched.clear();
    s.grid.update();
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
    await click(heading);
    expect(s.owner.calls).to.deep.equal(['help requests/denied.state-secret/natural-person']);
    expect(s.hasKeyboard).to.equal(true);
    expect(s.active).to.equal(s.at(3, 3));
  });

  it('[E40] a drag over the headings of 表二 selects the values on both sides of them', async () => {
    const s = show(DISCLOSURE);
    await drag(s.place(1, 1), s.place(2, 0));
    expect(s.range).to.equal('1,0-2,2');
    expect(s.active).to.equal(s.at(1, 1));
  });

  describe('menu', () => {
    it('[E93] opens by Shift+F10 and by the other mouse button, in Chinese, and Escape gives the keyboard back', async () => {
      const s = show();
      s.focus(1, 1);
      await press('Shift+F10');
      const labels = Array.from(menu(s)!.querySelectorAll('[role="menuitem"]'), (item) => item.textContent);
      expect(labels).to.deep.equal([
        '复制Ctrl+C',
        '剪切Ctrl+X',
        '粘贴请按Ctrl+V',
        '清空Delete',
        '向下填充Ctrl+D',
        '撤销Ctrl+Z',
        '重做Ctrl+Y',
        '填写说明Alt+↓',
      ]);
      expect(s.host.shadowRoot!.activeElement).to.equal(menuItem(s, '复制'));
      await press('ArrowUp');
      expect(s.host.shadowRoot!.activeElement).to.equal(menuItem(s, '填写说明'));
      await press('Escape');
      expect(menu(s)).to.equal(null);
      expect(s.hasKeyboard).to.equal(true);
      await type('4');
      await press('Enter');
      expect(s.owner.last?.texts).to.deep.equal({ [s.at(1, 1)]: '4' });

      await click(s.place(5, 2), { button: 'right' });
      expect(s.active).to.equal(s.at(5, 2));
      await click(menuItem(s, '填写说明'));
      expect(menu(s)).to.equal(null);
      expect(s.owner.calls).to.deep.equal([`help ${s.at(5, 2)}`]);
      await click(s.place(5, 2), { button: 'right' });
      await click(s.place(0, 0));
      expect(menu(s)).to.equal(null);
      expect(s.active).to.equal(s.at(0, 0));
    });

    it('[E93] copies, cuts, empties, fills down, undoes and redoes', async () => {
      const s = show(REQUESTS, (owner) => {
        owner.texts.set(REQUESTS.cells[0]!.id, '11');
        owner.texts.set(REQUESTS.cells[1]!.id, '12');
      });
      const choose = async (label: string): Promise<void> => {
        await press('Shift+F10');
        await click(menuItem(s, label));
      };
      s.focus(0, 0);
      await press('Shift+ArrowRight');
      await choose('复制');
      s.focus(4, 0);
      await press('Control+v');
      expect(s.owner.last?.texts).to.deep.equal({ [s.at(4, 0)]: '11', [s.at(4, 1)]: '12' });
      s.focus(4, 1);
      await choose('剪切');
      expect(s.owner.last?.texts).to.deep.equal({ [s.at(4, 1)]: '' });
      await press('Control+v');
      expect(s.owner.last?.texts).to.deep.equal({ [s.at(4, 1)]: '12' });
      await choose('清空');
      expect(s.owner.last?.texts).to.deep.equal({ [s.at(4, 1)]: '' });
      s.focus(5, 0);
      await choose('向下填充');
      expect(s.owner.last).to.deep.equal({ origin: 'fill', texts: { [s.at(5, 0)]: '11' } });
      await choose('撤销');
      await choose('重做');
      expect(s.owner.calls).to.deep.equal(['undo', 'redo']);
      await press('Shift+F10');
      await click(menuItem(s, '粘贴请按'));
      expect(menu(s), 'a hint does nothing').to.not.equal(null);
    });

    it('[E93] offers copy and help only while nothing may be edited, and leaves an open edit to the browser', async () => {
      const s = show();
      s.focus(1, 1);
      await type('3');
      await press('Shift+F10');
      expect(menu(s)).to.equal(null);
      s.grid.readOnly = true;
      s.focus(1, 1);
      await press('Shift+F10');
      const labels = Array.from(menu(s)!.querySelectorAll('[role="menuitem"]'), (item) => item.textContent);
      expect(labels).to.deep.equal(['复制Ctrl+C', '填写说明Alt+↓']);
    });
  });

  describe('licence', () => {
    const wrong = [
      '',
      ' ',
      'wrong',
      '<img src=x onerror=alert(1)>',
      '00000-00000-00000-00000-00000',
      'a[b]',
      'x'.repeat(100_000),
      '['.repeat(100_000),
      '-'.repeat(100_000),
      `a[${'b'.repeat(100_000)}]`,
    ];
    /** Handsontable tells a developer on the console that a key is wrong; here it is meant to be. */
    const quietly = (run: () => void): unknown[] => {
      const { warn } = console;
      const said: unknown[] = [];
      console.warn = (...words: unknown[]) => void said.push(words.join(' '));
      try {
        run();
      } finally {
        console.warn = warn;
      }
      return said;
    };

    it('[E94] is usable for a key that Handsontable accepts, and for no other, whatever it holds', () => {
      expect(quietly(() => expect(licenseState(KEY)).to.equal('usable'))).to.deep.equal([]);
      expect(licenseState(` ${KEY}\n`)).to.equal('usable');
      const before = traces();
      quietly(() => {
        for (const key of wrong) {
          const start = performance.now();
          expect(licenseState(key), key.slice(0, 40)).to.equal('unusable');
          expect(performance.now() - start).to.be.below(1000);
        }
      });
      expect(traces()).to.deep.equal(before);
    });

    it('[E94] a grid is refused without one, and nothing is left behind', () => {
      const before = traces();
      const options = { table: REQUESTS, listener: show().owner, cell: show().owner.cell };
      for (const stage of stages) stage.remove();
      stages = [];
      quietly(() => {
        for (const key of wrong) expect(() => createHandsontableGrid(options, key)).to.throw('licence');
      });
      expect(traces()).to.deep.equal(before);
    });

    it('[E94] a notice that Handsontable puts into a grid later removes the grid and tells its owner', async () => {
      let told = 0;
      const s = show(REQUESTS, undefined, (options) =>
        createHandsontableGrid(options, KEY, () => {
          told += 1;
        }),
      );
      s.focus(0, 0);
      const lock = document.createElement('div');
      lock.className = 'ht-license-lock';
      engine(s).rootOverlaysElement!.append(lock);
      await settled();
      expect(told).to.equal(1);
      expect(s.grid.element.isConnected).to.equal(false);
    });
  });

  it('[E95] goes on working after it was moved, and after it was out of the page', async () => {
    const s = show();
    const root = s.host.shadowRoot!;
    const other = document.createElement('div');
    root.prepend(other);
    s.focus(2, 2);
    other.append(s.grid.element);
    s.focus(2, 2);
    await type('5');
    await press('Enter');
    expect(s.owner.last?.texts).to.deep.equal({ [s.at(2, 2)]: '5' });
    s.grid.element.remove();
    s.owner.texts.set(s.at(3, 3), '8');
    s.grid.update();
    await settled();
    const elsewhere = document.createElement('div');
    document.body.prepend(elsewhere);
    const second = elsewhere.attachShadow({ mode: 'open' });
    second.adoptedStyleSheets = root.adoptedStyleSheets;
    second.append(s.grid.element);
    await settled();
    expect(s.grid.anchor(s.at(3, 3))!.textContent).to.equal('8');
    await click(s.grid.anchor(s.at(3, 3))!);
    await press('ArrowDown');
    await type('6');
    await press('Enter');
    expect(s.owner.last?.texts).to.deep.equal({ [s.at(4, 3)]: '6' });
    const active = s.grid.anchor(s.grid.selection!.active)!.getBoundingClientRect();
    const frame = second.querySelector('.wtBorder.current')!.getBoundingClientRect();
    expect(Math.abs(frame.top - active.top)).to.be.below(3);
    elsewhere.remove();
  });

  it('[E95] follows the width of its place', async () => {
    const s = show();
    s.focus(4, 4);
    s.host.style.width = '900px';
    await settled();
    const active = s.place(4, 4).getBoundingClientRect();
    const frame = s.grid.element.querySelector('.wtBorder.current')!.getBoundingClientRect();
    expect(Math.abs(frame.left - active.left)).to.be.below(3);
    await press('F2');
    expect(Math.abs(field(s).getBoundingClientRect().left - active.left)).to.be.below(3);
    expect(Math.abs(field(s).getBoundingClientRect().width - active.width)).to.be.below(3);
  });

  it('[E232] in a page that scales it, the field lies over its cell', async () => {
    const s = show();
    s.host.style.transform = 'scale(1.25)';
    s.host.style.transformOrigin = '0 0';
    s.focus(4, 4);
    await press('F2');
    await settled();
    const cell = s.place(4, 4).getBoundingClientRect();
    const box = field(s).getBoundingClientRect();
    for (const side of ['left', 'top', 'width'] as const)
      expect(Math.abs(box[side] - cell[side]), side).to.be.below(5);
    s.host.removeAttribute('style');
  });

  it('[E96] twenty grids made and destroyed leave nothing in the page', async () => {
    show().remove();
    stages = [];
    const before = traces();
    for (let count = 0; count < 20; count += 1) {
      const s = new Stage([DISCLOSURE, REQUESTS, PROCEEDINGS][count % 3]!, create, HANDSONTABLE_GRID_CSS);
      s.focus(0, 0);
      await press('Shift+F10');
      s.remove();
      s.grid.destroy();
    }
    expect(traces()).to.deep.equal(before);
    document.body.click();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', bubbles: true }));
    window.dispatchEvent(new Event('resize'));
    await settled();
  });

  it('[E96] while it is there the page holds nothing of it but its element', () => {
    const before = traces();
    const s = show();
    s.focus(0, 0);
    // The host and the two buttons of the fixture.
    expect(traces()).to.deep.equal([before[0]! + 3, before[1]!, before[2]!]);
    expect(s.grid.element.querySelector('style')).to.equal(null);
    expect((globalThis as { Handsontable?: unknown }).Handsontable).to.equal(undefined);
  });

  it('[E97] is made, filled, marked and given a menu where the page lets nobody write HTML', () => {
    const sinks: [object, string][] = [
      [Element.prototype, 'innerHTML'],
      [Element.prototype, 'outerHTML'],
      [ShadowRoot.prototype, 'innerHTML'],
    ];
    const originals = sinks.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name)!);
    const calls = { insertAdjacentHTML: Element.prototype, parseFromString: DOMParser.prototype } as const;
    const refuse = (): never => {
      throw new TypeError('This document requires TrustedHTML assignment.');
    };
    const { insertAdjacentHTML } = Element.prototype;
    const { parseFromString } = DOMParser.prototype;
    sinks.forEach(([owner, name], index) =>
      Object.defineProperty(owner, name, { ...originals[index], set: refuse }),
    );
    calls.insertAdjacentHTML.insertAdjacentHTML = refuse;
    calls.parseFromString.parseFromString = refuse;
    try {
      for (const table of [DISCLOSURE, REQUESTS, PROCEEDINGS]) {
        const s = show(table, (owner) => owner.texts.set(table.cells[0]!.id, '<b>1</b>'));
        s.focus(0, 0);
        s.grid.mark(new Map([[s.at(0, 0), { level: 'must', count: 1, description: '<b>x</b>' }]]));
        s.grid.update();
        paste({ text: '1\t2', html: '<table><tr><td>9</td></tr></table>' });
        engine(s).render();
        field(s).dispatchEvent(new KeyboardEvent('keydown', { key: 'ContextMenu', bubbles: true }));
        expect(menu(s)).to.not.equal(null);
        expect(s.owner.edits).to.have.length(1);
      }
      expect(licenseState(KEY)).to.equal('usable');
    } finally {
      sinks.forEach(([owner, name], index) => Object.defineProperty(owner, name, originals[index]!));
      Element.prototype.insertAdjacentHTML = insertAdjacentHTML;
      DOMParser.prototype.parseFromString = parseFromString;
    }
  });

  it('[E98] is one stop for Tab, and no hidden part of Handsontable is another', async () => {
    const s = show(PROCEEDINGS);
    const next = show(PROCEEDINGS);
    s.before.focus();
    await press('Tab');
    expect(s.host.shadowRoot!.activeElement).to.equal(field(s));
    await press('Escape', 'Tab');
    expect(document.activeElement).to.equal(s.after);
    next.before.focus();
    await press('Tab', 'Escape', 'Shift+Tab', 'Shift+Tab');
    expect(document.activeElement).to.equal(s.after);
    await press('Shift+Tab');
    expect(s.host.shadowRoot!.activeElement).to.equal(field(s));
    await type('3');
    await press('Escape', 'Escape', 'Shift+Tab');
    expect(document.activeElement).to.equal(s.before);
  });

  it('[E98] the page hears the clicks, keys and moves of the keyboard in it, once each', async () => {
    const s = show();
    const heard: string[] = [];
    const listen = (event: Event): void => void heard.push(event.type);
    const names = ['focusin', 'mousedown', 'click', 'keydown'];
    for (const name of names) document.documentElement.addEventListener(name, listen);
    await click(s.place(1, 1));
    await press('ArrowDown');
    for (const name of names) document.documentElement.removeEventListener(name, listen);
    expect(heard.sort()).to.deep.equal(names.sort());
  });

  it('[E98] takes no keyboard that it was not given', async () => {
    const s = show();
    s.focus(1, 1);
    const { position } = s.grid;
    const outside = document.createElement('input');
    document.body.prepend(outside);
    outside.focus();
    const next = show();
    next.grid.resume({ ...position!, keyboard: false });
    s.owner.texts.set(s.at(1, 1), '7');
    s.grid.update();
    s.host.style.width = '1000px';
    await settled();
    engine(s).render();
    expect(document.activeElement).to.equal(outside);
    await type('5');
    expect(outside.value).to.equal('5');
    expect(s.owner.edits.length + next.owner.edits.length).to.equal(0);
    outside.remove();
  });

  it('[E31] Escape inside an edit stays inside; input and change of the field do too', async () => {
    const s = show();
    const heard: string[] = [];
    const listen = (event: Event): void =>
      void heard.push(event instanceof KeyboardEvent ? event.key : event.type);
    const names = ['keydown', 'input', 'change'];
    s.focus(0, 0);
    for (const name of names) document.addEventListener(name, listen);
    await type('1');
    await press('Escape');
    for (const name of names) document.removeEventListener(name, listen);
    expect(heard).to.deep.equal(['1']);
  });

  it('[E98] does what it does while another Handsontable of the page has the keys', async () => {
    const { default: Other } = await import('handsontable/base');
    const outer = document.createElement('div');
    outer.style.setProperty('--ht-line-height', '20px');
    document.body.prepend(outer);
    const other = new Other(outer, {
      data: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      licenseKey: KEY,
      injectCoreCss: false,
      themeName: 'ht-theme-main',
    });
    const s = show();
    other.selectCell(0, 0);
    s.focus(0, 0);
    await type('5');
    await press('ArrowDown', 'Delete');
    expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '5' });
    expect(s.active).to.equal(s.at(1, 0));
    expect(other.getData()).to.deep.equal([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    other.destroy();
    outer.remove();
  });

  for (const probe of ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>']) {
    it(`[E59] ${probe} stays text in labels, headings and the menu`, async () => {
      const id: CellId = REQUESTS.cells[0]!.id;
      const table = {
        ...REQUESTS,
        title: probe,
        cells: REQUESTS.cells.map((cell) => ({ ...cell, label: probe })),
        layout: {
          ...REQUESTS.layout,
          rows: REQUESTS.layout.rows.map((row) =>
            row.map((cell) => ('heading' in cell ? { ...cell, heading: probe } : cell)),
          ),
        },
      };
      const s = show(table, (owner) => owner.texts.set(id, probe));
      s.focus(0, 0);
      await press('Shift+F10');
      engine(s).render();
      expect(s.grid.element.querySelector('img, script')).to.equal(null);
      expect(s.grid.element.querySelector('th')!.textContent).to.equal(probe);
      expect(field(s).getAttribute('aria-label')).to.equal(probe);
    });
  }
});
