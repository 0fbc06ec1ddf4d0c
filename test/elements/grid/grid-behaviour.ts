/**
 * What every grid does, whatever draws it: one suite over the port, run by each grid. Goes through the port, what a
 * person perceives, and real keys, mouse and clipboard; a test that needs a grid's inside belongs into that grid's file.
 */
import { expect } from 'chai';
import { MAX_PASTE_CELLS, type GridMark } from '../../../src/elements/grid/grid-port.ts';
import type { CellId } from '../../../src/format/entry.ts';
import type { Table } from '../../../src/format/format.ts';
import { click, drag, viewport } from '../../browser/commands.ts';
import {
  compose,
  composingKey,
  copied,
  DISCLOSURE,
  paste,
  press,
  PROCEEDINGS,
  REQUESTS,
  Stage,
  type,
  type CreateGrid,
  type Owner,
} from './grid-fixture.ts';

/** `styles` is what the owner of the grid adopts into the shadow root. */
export function describeGrid(name: string, createGrid: CreateGrid, styles: string): void {
  describe(name, () => {
    let stages: Stage[] = [];

    const stage = (table: Table = REQUESTS, prepare?: (owner: Owner) => void): Stage => {
      const made = new Stage(table, createGrid, styles, prepare);
      stages.push(made);
      return made;
    };
    /** 表三 with a block of numbers: rows 0–2 by columns 0–2 hold 11 to 33. */
    const filled = (table: Table = REQUESTS): Stage =>
      stage(table, (owner) => {
        for (let row = 0; row < 3; row += 1) {
          for (let column = 0; column < 3; column += 1) {
            const id = table.layout.matrix[row]?.[column];
            if (id !== undefined) owner.texts.set(id, `${row + 1}${column + 1}`);
          }
        }
      });

    before(async () => {
      await viewport(1366, 768);
    });
    afterEach(() => {
      for (const made of stages) made.remove();
      stages = [];
    });

    describe('the printed table', () => {
      for (const table of [DISCLOSURE, REQUESTS, PROCEEDINGS]) {
        it(`[E20] ${table.shortTitle} shows every official heading, word for word`, () => {
          const { grid } = stage(table);
          const text = grid.element.textContent ?? '';
          for (const cell of table.layout.rows.flat()) {
            if ('heading' in cell) expect(text).to.include(cell.heading);
          }
        });
      }

      it('[E20] shows a place for every cell', () => {
        const { grid } = stage();
        for (const cell of REQUESTS.cells)
          expect(grid.anchor(cell.id), cell.id).to.be.instanceOf(HTMLElement);
        expect(grid.anchor('requests/none/none')).to.equal(undefined);
      });

      for (const table of [REQUESTS, PROCEEDINGS]) {
        it(`[E21] ${table.shortTitle} needs no sideways scrolling at 1366 pixels`, () => {
          const { grid } = stage(table);
          expect(grid.element.scrollWidth).to.be.at.most(grid.element.clientWidth);
        });
      }
    });

    describe('moving', () => {
      it('[E22] arrows move by one cell and stop at the edge', async () => {
        const s = stage();
        s.focus(0, 0);
        await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp', 'ArrowLeft');
        expect(s.active).to.equal(s.at(0, 1));
        expect(s.hasKeyboard).to.equal(true);
      });

      it('[E22] a walk past a cell that spans several columns comes back to its column', async () => {
        const s = stage(DISCLOSURE);
        s.focus(1, 2);
        await press('ArrowDown');
        expect(s.active).to.equal(s.at(2, 0));
        await press('ArrowUp');
        expect(s.active).to.equal(s.at(1, 2));
      });

      it('[E23] Enter goes down and Shift+Enter up', async () => {
        const s = stage();
        s.focus(0, 1);
        await press('Enter', 'Enter', 'Shift+Enter');
        expect(s.active).to.equal(s.at(1, 1));
      });

      it('[E23] Enter goes right over the editable cells where that is set', async () => {
        const s = stage();
        s.grid.enterMoves = 'right';
        s.focus(0, 5);
        await press('Enter');
        expect(s.active).to.equal(s.at(1, 0));
        await press('Shift+Enter');
        expect(s.active).to.equal(s.at(0, 5));
      });

      it('[E24] Tab goes over the editable cells, skipping computed totals', async () => {
        const s = stage();
        s.focus(0, 5);
        await press('Tab');
        expect(s.active).to.equal(s.at(1, 0));
        await press('Shift+Tab');
        expect(s.active).to.equal(s.at(0, 5));
      });

      it('[E24] Tab takes totals along while control totals are entered', async () => {
        const s = stage();
        s.grid.controlTotals = true;
        s.focus(0, 5);
        await press('Tab');
        expect(s.active).to.equal(s.at(0, 6));
      });

      it('[E25] Tab enters at a cell and leaves at the last editable one', async () => {
        const s = stage(PROCEEDINGS);
        s.before.focus();
        await press('Tab');
        expect(s.active).to.equal(s.at(0, 0));
        s.focus(0, 13);
        await press('Tab');
        expect(document.activeElement).to.equal(s.after);
      });

      it('[E25] Shift+Tab leaves at the first editable cell', async () => {
        const s = stage(PROCEEDINGS);
        s.focus(0, 0);
        await press('Shift+Tab');
        expect(document.activeElement).to.equal(s.before);
      });

      it('[E26] Escape, then Tab or Shift+Tab, leaves from anywhere at once', async () => {
        const s = stage();
        s.focus(5, 2);
        await press('Escape', 'Tab');
        expect(document.activeElement).to.equal(s.after);
        s.focus(5, 2);
        await press('Escape', 'Shift+Tab');
        expect(document.activeElement).to.equal(s.before);
      });

      it('[E26] another key after Escape brings Tab back to the next cell', async () => {
        const s = stage();
        s.focus(5, 2);
        await press('Escape', 'ArrowRight', 'Tab');
        expect(s.active).to.equal(s.at(5, 4));
      });

      it('[E27] Home and End go to the ends of the row, with Ctrl to the ends of the table', async () => {
        const s = stage();
        s.focus(3, 3);
        await press('Home');
        expect(s.active).to.equal(s.at(3, 0));
        await press('End');
        expect(s.active).to.equal(s.at(3, 6));
        await press('Control+Home');
        expect(s.active).to.equal(s.at(0, 0));
        await press('Control+End');
        expect(s.active).to.equal(s.at(REQUESTS.layout.matrix.length - 1, 6));
      });

      it('[E28] Ctrl+arrows go to the edge of the data', async () => {
        const s = filled();
        s.focus(0, 0);
        await press('Control+ArrowRight');
        expect(s.active).to.equal(s.at(0, 2));
        await press('Control+ArrowRight');
        expect(s.active).to.equal(s.at(0, 6));
        s.focus(2, 1);
        await press('Control+ArrowUp');
        expect(s.active).to.equal(s.at(0, 1));
      });
    });

    describe('typing', () => {
      it('[E29] typing replaces, and Enter commits exactly what was typed', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('５');
        await type('7');
        expect(s.owner.edits).to.have.length(0);
        await press('Enter');
        expect(s.owner.last).to.deep.equal({ origin: 'typing', texts: { [s.at(0, 0)]: '５7' } });
        expect(s.shown(s.at(0, 0))).to.equal('５7');
        expect(s.active).to.equal(s.at(1, 0));
      });

      it('[E29] an arrow after typing commits and moves', async () => {
        const s = stage();
        s.focus(1, 1);
        await type('3');
        await press('ArrowRight');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(1, 1)]: '3' });
        expect(s.active).to.equal(s.at(1, 2));
      });

      it('[E29] Tab after typing commits and moves, and typing goes on there', async () => {
        const s = stage();
        s.focus(1, 1);
        for (const digit of ['1', '2', '3']) {
          await type(digit);
          await press('Tab');
        }
        expect(s.owner.edits.map((edit) => Array.from(edit.texts.values())[0])).to.deep.equal([
          '1',
          '2',
          '3',
        ]);
        expect(s.active).to.equal(s.at(1, 4));
      });

      it('[E30] F2 edits the text, and arrows move the caret', async () => {
        const s = filled();
        s.focus(1, 1);
        await press('F2', 'ArrowLeft');
        await type('0');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(1, 1)]: '202' });
      });

      it('[E30] a double click edits the text', async () => {
        const s = filled();
        await click(s.place(1, 1), { count: 2 });
        await press('End');
        await type('5');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(1, 1)]: '225' });
      });

      it('[E30] a double click with Shift ends a range, and typing goes to the active cell', async () => {
        const s = filled();
        await click(s.place(0, 0));
        await click(s.place(1, 1), { count: 2, modifiers: ['Shift'] });
        expect(s.active).to.equal(s.at(0, 0));
        await type('5');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '5' });
        expect(s.shown(s.at(1, 1))).to.equal('22');
        s.grid.commit();
        expect(s.owner.edits).to.have.length(1);
      });

      it('[E31] Escape gives the edit up and shows the text of before', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('99');
        await press('Escape');
        expect(s.shown(s.at(0, 0))).to.equal('11');
        await press('Enter');
        expect(s.owner.edits).to.have.length(0);
      });

      it('[E32] an edit that ends with the text of before is no edit', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('11');
        await press('Enter', 'F2', 'Enter');
        expect(s.owner.edits).to.have.length(0);
      });

      it('[E32] typing an uncertain text again confirms it', async () => {
        const s = stage(REQUESTS, (owner) =>
          owner.extra.set(REQUESTS.cells[0]!.id, { kind: 'uncertain', text: '12' }),
        );
        s.focus(0, 0);
        await type('12');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '12' });
      });

      for (const key of ['Delete', 'Backspace']) {
        it(`[E33] ${key} makes the whole selection blank in one edit`, async () => {
          const s = filled();
          s.focus(0, 0);
          await press('Shift+ArrowRight', 'Shift+ArrowDown', key);
          expect(s.owner.edits).to.have.length(1);
          expect(s.owner.last?.texts).to.deep.equal({
            [s.at(0, 0)]: '',
            [s.at(0, 1)]: '',
            [s.at(1, 0)]: '',
            [s.at(1, 1)]: '',
          });
          expect(s.shown(s.at(1, 1))).to.equal('');
        });
      }

      it('[E34] zero is typed and kept as zero', async () => {
        const s = stage();
        s.focus(0, 0);
        await type('0');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '0' });
        expect(s.shown(s.at(0, 0))).to.equal('0');
      });

      it('[E35] Ctrl+Enter fills the selection with the typed text', async () => {
        const s = stage();
        s.focus(0, 4);
        await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight');
        await type('0');
        await press('Control+Enter');
        expect(s.owner.edits).to.have.length(1);
        // Column 6 holds computed totals, which no fill turns into control totals.
        expect(s.owner.last).to.deep.equal({
          origin: 'fill',
          texts: { [s.at(0, 4)]: '0', [s.at(0, 5)]: '0', [s.at(1, 4)]: '0', [s.at(1, 5)]: '0' },
        });
      });

      it('[E36] Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z are the owner’s', async () => {
        const s = stage();
        s.focus(0, 0);
        await type('1');
        await press('Enter', 'Control+z', 'Control+y', 'Control+Shift+z');
        expect(s.owner.calls).to.deep.equal(['undo', 'redo', 'redo']);
        expect(s.shown(s.at(0, 0)), 'the browser undid nothing by itself').to.equal('1');
      });

      it('[E36] Ctrl+Z while typing concerns that text only', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('9');
        await press('Control+z', 'Enter');
        expect(s.owner.calls).to.deep.equal([]);
        expect(s.owner.edits).to.have.length(0);
        expect(s.shown(s.at(0, 0))).to.equal('11');
      });

      it('[E37] leaving the cell by mouse, and leaving the grid, commit', async () => {
        const s = stage();
        s.focus(0, 0);
        await type('4');
        await click(s.place(2, 2));
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '4' });
        await type('5');
        s.after.focus();
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(2, 2)]: '5' });
      });

      it('[E37] commit() commits and keeps the place', async () => {
        const s = stage();
        s.focus(0, 0);
        await type('6');
        s.grid.commit();
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '6' });
        expect(s.active).to.equal(s.at(0, 0));
      });

      it('[E38] typing over a computed total goes to the owner as a control total', async () => {
        const s = stage();
        s.focus(0, 6);
        await type('20');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 6)]: '20' });
        expect(s.shown(s.at(0, 6))).to.include('0');
        expect(s.announced(s.at(0, 6)).description).to.include('核对数 20');
        s.focus(0, 6);
        await press('Delete');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 6)]: '' });
      });

      it('[E39] a composed text is typed like any other', async () => {
        const s = filled();
        s.focus(0, 0);
        await compose('１２');
        expect(s.owner.edits).to.have.length(0);
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '１２' });
      });

      it('[E39] Enter, Tab, Escape and arrows belong to the input method while it composes', async () => {
        const s = stage();
        s.focus(3, 3);
        await compose('一', () => {
          for (const key of ['Enter', 'Tab', 'Escape', 'ArrowDown']) composingKey(key);
          expect(s.active).to.equal(s.at(3, 3));
          expect(s.owner.edits).to.have.length(0);
        });
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(3, 3)]: '一' });
      });

      it('[E39] leaving while a text is composed keeps what is there', async () => {
        const s = stage();
        s.focus(3, 3);
        await compose('一', () => s.after.focus());
        expect(Array.from(s.owner.edits[0]!.texts)).to.deep.equal([[s.at(3, 3), 'yi']]);
      });
    });

    describe('somebody else at work', () => {
      it('[E64] flush() tells what an open edit holds and leaves it open; Escape takes it back', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('1');
        s.grid.flush();
        expect(s.owner.last).to.deep.equal({ origin: 'typing', texts: { [s.at(0, 0)]: '1' } });
        await type('2');
        expect(s.shown(s.at(0, 0))).to.equal('12');
        s.grid.flush();
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '12' });
        expect(s.owner.edits).to.have.length(2);
        s.grid.flush();
        expect(s.owner.edits, 'nothing new, nothing told').to.have.length(2);
        await press('Escape');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '11' });
        expect(s.shown(s.at(0, 0))).to.equal('11');
        expect(s.active).to.equal(s.at(0, 0));
      });

      it('[E64] after flush() Enter commits what was typed since, and an untouched cell is never told', async () => {
        const s = filled();
        s.focus(0, 0);
        s.grid.flush();
        await press('F2');
        s.grid.flush();
        expect(s.owner.edits).to.have.length(0);
        await type('0');
        s.grid.flush();
        await type('5');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '1105' });
        expect(s.active).to.equal(s.at(1, 0));
      });

      it('[E64] flush() says nothing of a text that is being composed, nor of an uncertain cell', async () => {
        const s = stage(REQUESTS, (owner) =>
          owner.extra.set(REQUESTS.cells[0]!.id, { kind: 'uncertain', text: '12' }),
        );
        s.focus(3, 3);
        expect(s.grid.composing).to.equal(false);
        await compose('一', () => {
          expect(s.grid.composing).to.equal(true);
          s.grid.flush();
          expect(s.owner.edits).to.have.length(0);
        });
        expect(s.grid.composing).to.equal(false);
        await press('Escape');
        s.focus(0, 0);
        await type('12');
        s.grid.flush();
        expect(s.owner.edits).to.have.length(0);
      });

      it('[E64] with another report on screen Escape brings back its text, and takes nothing back', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('5');
        s.grid.flush();
        s.owner.texts.set(s.at(0, 0), '100');
        s.grid.rebase();
        s.grid.update();
        await press('Escape');
        expect(s.owner.edits).to.have.length(1);
        expect(s.shown(s.at(0, 0))).to.equal('100');
      });

      it('[E64] abandon() ends an edit without a word', async () => {
        const s = filled();
        s.focus(0, 0);
        await type('5');
        s.grid.abandon();
        expect(s.shown(s.at(0, 0))).to.equal('11');
        await press('Enter');
        expect(s.owner.edits).to.have.length(0);
      });

      it('[E65] another grid takes up range, keyboard and an open edit with its caret', async () => {
        const from = filled();
        from.focus(2, 2);
        await press('Shift+ArrowUp', 'Shift+ArrowLeft');
        const to = filled();
        expect(to.grid.position).to.equal(undefined);
        to.grid.resume(from.grid.position!);
        expect(to.active).to.equal(to.at(2, 2));
        expect(to.range).to.equal('1,1-2,2');
        expect(to.hasKeyboard).to.equal(true);
        expect(to.owner.selections + to.owner.edits.length).to.equal(0);
        await press('Shift+ArrowUp');
        expect(to.range, 'the far end of the range moves').to.equal('0,1-2,2');

        from.focus(0, 0);
        await press('F2', 'ArrowLeft');
        await type('9');
        const position = from.grid.position!;
        expect(position.edit).to.deep.include({ text: '191', initial: '11', caretKeys: true, touched: true });
        from.grid.destroy();
        expect(from.owner.edits, 'a grid that is put away commits nothing').to.have.length(0);
        to.grid.resume(position);
        await type('8');
        expect(to.shown(to.at(0, 0))).to.equal('1981');
        await press('Escape');
        expect(to.shown(to.at(0, 0))).to.equal('11');
        expect(to.owner.edits).to.have.length(0);
      });

      it('[E65] a grid takes up no keyboard that was elsewhere, and an edit opened by typing goes on as one', async () => {
        const from = filled();
        from.focus(1, 1);
        await type('4');
        const typing = from.grid.position!;
        from.after.focus();
        const elsewhere = from.grid.position!;
        expect(elsewhere.keyboard).to.equal(false);
        const to = filled();
        to.grid.resume(elsewhere);
        expect(to.hasKeyboard).to.equal(false);
        to.grid.resume(typing);
        await press('ArrowRight');
        expect(to.owner.last?.texts).to.deep.equal({ [to.at(1, 1)]: '4' });
        expect(to.active).to.equal(to.at(1, 2));
      });
    });

    describe('ranges', () => {
      it('[E40] Shift+arrows and Shift+click extend the range; the active cell stays', async () => {
        const s = stage();
        s.focus(1, 1);
        await press('Shift+ArrowDown', 'Shift+ArrowRight');
        expect(s.range).to.equal('1,1-2,2');
        await click(s.place(4, 4), { modifiers: ['Shift'] });
        expect(s.range).to.equal('1,1-4,4');
        expect(s.active).to.equal(s.at(1, 1));
        expect(s.grid.selection?.cells).to.have.length(16);
        expect(s.grid.selection?.cells[1]).to.equal(s.at(1, 2));
        await press('ArrowDown');
        expect(s.range).to.equal('2,1-2,1');
      });

      it('[E40] a drag extends the range', async () => {
        const s = stage();
        // Where an earlier test has scrolled to, the headings would be in the way.
        window.scrollTo(0, 0);
        await drag(s.place(0, 0), s.place(2, 2));
        expect(s.range).to.equal('0,0-2,2');
        expect(s.active).to.equal(s.at(0, 0));
      });

      it('[E40] Ctrl+A selects the table', async () => {
        const s = stage();
        s.focus(1, 1);
        await press('Control+a');
        expect(s.grid.selection?.cells).to.have.length(REQUESTS.cells.length);
      });

      it('[E40] the owner hears of each new selection, and of none that is the same', async () => {
        const s = stage();
        s.focus(0, 0);
        expect(s.owner.selections).to.equal(1);
        await press('ArrowUp');
        expect(s.owner.selections).to.equal(1);
      });

      it('[E41] Ctrl+D copies the first row of the range down, or the cell above', async () => {
        const s = filled();
        s.focus(2, 0);
        await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight', 'Control+d');
        expect(s.owner.last).to.deep.equal({
          origin: 'fill',
          texts: { [s.at(3, 0)]: '31', [s.at(3, 1)]: '32', [s.at(4, 0)]: '31', [s.at(4, 1)]: '32' },
        });
        s.focus(3, 2);
        await press('Control+d');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(3, 2)]: '33' });
      });

      it('[E42] the handle at the corner of the range copies values down and right', async () => {
        const s = filled();
        s.focus(0, 0);
        await drag(s.corner(0, 0), s.place(3, 0));
        expect(s.owner.last).to.deep.equal({
          origin: 'fill',
          texts: { [s.at(1, 0)]: '11', [s.at(2, 0)]: '11', [s.at(3, 0)]: '11' },
        });
        s.focus(1, 2);
        await drag(s.corner(1, 2), s.place(1, 4));
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(1, 3)]: '23', [s.at(1, 4)]: '23' });
      });
    });

    describe('wishes', () => {
      it('[E43] Alt+Down, Shift+F2, F8, Shift+F8, Ctrl+S and ? reach the owner', async () => {
        const s = stage();
        s.focus(2, 2);
        await press('Alt+ArrowDown', 'Shift+F2', 'F8', 'Shift+F8', 'Control+s');
        await type('?');
        const id = s.at(2, 2);
        expect(s.owner.calls).to.deep.equal([
          `help ${id}`,
          `note ${id}`,
          'problem next',
          'problem previous',
          'keep',
          'shortcuts',
        ]);
        expect(s.active).to.equal(id);
        expect(s.shown(id)).to.equal('');
      });

      it('[E43] Ctrl+S commits first; a question mark inside an edit is a letter', async () => {
        const s = stage();
        s.focus(2, 2);
        await type('1?');
        await press('Control+s');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(2, 2)]: '1?' });
        expect(s.owner.calls).to.deep.equal(['keep']);
      });
    });

    describe('clipboard', () => {
      it('[E44] copy puts tab separated text and a bare table on the clipboard', async () => {
        const s = filled();
        s.owner.controls.set(s.at(0, 6), '99');
        s.focus(0, 0);
        await press('Shift+ArrowDown', 'Shift+ArrowRight');
        const { text, html } = copied();
        expect(text).to.equal('11\t12\r\n21\t22');
        expect(html)
          .to.match(/^<table>/)
          .and.not.match(/class|style|<div|data-/);
        const page = new DOMParser().parseFromString(html, 'text/html');
        expect(Array.from(page.querySelectorAll('tr'), (row) => row.textContent)).to.deep.equal([
          '1112',
          '2122',
        ]);
      });

      it('[E44] copied text is escaped in the table and quoted in the text', () => {
        const s = stage(REQUESTS, (owner) => owner.texts.set(REQUESTS.cells[0]!.id, '"<b>1</b>&'));
        s.focus(0, 0);
        const { text, html } = copied();
        expect(text).to.equal('"""<b>1</b>&"');
        expect(new DOMParser().parseFromString(html, 'text/html').querySelector('td')!.textContent).to.equal(
          '"<b>1</b>&',
        );
      });

      it('[E44] a cell that spans columns keeps its span, and its row comes back into one cell', async () => {
        const s = filled(DISCLOSURE);
        s.focus(1, 0);
        await press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown');
        const clipboard = copied();
        expect(clipboard.text).to.equal('21\t22\t23\r\n31\t\t');
        expect(clipboard.html).to.include('colspan="3"');
        const other = stage(DISCLOSURE);
        other.focus(1, 0);
        paste(clipboard);
        expect(other.owner.last?.texts).to.deep.equal({
          [s.at(1, 0)]: '21',
          [s.at(1, 1)]: '22',
          [s.at(1, 2)]: '23',
          [s.at(2, 0)]: '31',
        });
        expect(other.owner.refusals).to.deep.equal([]);
      });

      it('[E45] Ctrl+C here and Ctrl+V there carry a block over in one edit', async () => {
        const from = filled();
        const to = stage();
        from.focus(0, 0);
        await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Control+c');
        to.focus(2, 2);
        await press('Control+v');
        expect(to.owner.edits).to.have.length(1);
        expect(to.owner.last).to.deep.equal({
          origin: 'paste',
          texts: { [to.at(2, 2)]: '11', [to.at(2, 3)]: '12', [to.at(3, 2)]: '21', [to.at(3, 3)]: '22' },
        });
        expect(to.range).to.equal('2,2-3,3');
      });

      it('[E45] Ctrl+C of a blank cell and Ctrl+V make blank', async () => {
        const s = filled();
        s.focus(4, 4);
        await press('Control+c');
        s.focus(0, 0);
        await press('Control+v');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '' });
      });

      it('[E46] Ctrl+X copies and makes blank in one edit', async () => {
        const s = filled();
        s.focus(0, 0);
        await press('Shift+ArrowRight', 'Control+x');
        expect(s.owner.edits).to.have.length(1);
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '', [s.at(0, 1)]: '' });
        s.focus(5, 0);
        await press('Control+v');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(5, 0)]: '11', [s.at(5, 1)]: '12' });
      });

      it('[E47] lines of text are read as Excel writes them', () => {
        const s = stage();
        s.focus(0, 0);
        paste({ text: '1\t"2\n3"\r\n"4""5"\t6"\r\n' });
        expect(s.owner.last?.texts).to.deep.equal({
          [s.at(0, 0)]: '1',
          [s.at(0, 1)]: '2\n3',
          [s.at(1, 0)]: '4"5',
          [s.at(1, 1)]: '6"',
        });
      });

      it('[E47] an empty pasted cell makes blank', () => {
        const s = filled();
        s.focus(0, 0);
        paste({ text: '7\t\t9' });
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '7', [s.at(0, 1)]: '', [s.at(0, 2)]: '9' });
      });

      it('[E48] a table of HTML comes before the text, with its spans laid out by position', () => {
        const s = filled();
        s.focus(0, 0);
        paste({
          text: 'wrong',
          html: '<p>x<table><tr><td rowspan=2>1</td><td colspan=2> 2\n</td></tr><tr><td>3</td><td>4<br>5</td></tr></table>',
        });
        expect(s.owner.last?.texts).to.deep.equal({
          [s.at(0, 0)]: '1',
          [s.at(0, 1)]: '2',
          [s.at(0, 2)]: '',
          [s.at(1, 0)]: '',
          [s.at(1, 1)]: '3',
          [s.at(1, 2)]: '4 5',
        });
      });

      it('[E48] HTML without a table gives way to the text', () => {
        const s = stage();
        s.focus(0, 0);
        paste({ text: '8', html: '<span>nine</span>' });
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '8' });
      });

      it('[E49] one pasted cell fills the selection', async () => {
        const s = stage();
        s.focus(0, 4);
        await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight');
        paste({ text: '0\r\n' });
        expect(s.owner.last?.texts).to.deep.equal({
          [s.at(0, 4)]: '0',
          [s.at(0, 5)]: '0',
          [s.at(1, 4)]: '0',
          [s.at(1, 5)]: '0',
        });
      });

      it('[E50] a block begins at the top left of the selection and never repeats', async () => {
        const s = stage();
        s.focus(4, 4);
        await press('Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowLeft');
        paste({ text: '1\t2' });
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(1, 3)]: '1', [s.at(1, 4)]: '2' });
        expect(s.range).to.equal('1,3-1,4');
      });

      it('[E50] what lies past the edge is not written, and said', () => {
        const s = stage();
        s.focus(0, 5);
        paste({ text: '1\t2\t3\n4\t5\t' });
        expect(s.owner.last?.texts).to.deep.equal({
          [s.at(0, 5)]: '1',
          [s.at(0, 6)]: '2',
          [s.at(1, 5)]: '4',
          [s.at(1, 6)]: '5',
        });
        expect(s.owner.refusals).to.deep.equal([
          { refusal: { reason: 'outside-table', rows: 2, columns: 3 }, written: 4 },
        ]);
      });

      it('[E50] a number for a place that the row does not have is outside too', () => {
        const s = stage(DISCLOSURE);
        s.focus(2, 0);
        paste({ text: '1\t2' });
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(2, 0)]: '1' });
        expect(s.owner.refusals[0]?.written).to.equal(1);
      });

      it('[E51] more than 2,000 cells are refused whole, as text and as HTML', () => {
        const s = stage();
        s.focus(0, 0);
        paste({ text: '1\n'.repeat(MAX_PASTE_CELLS + 1) });
        paste({ html: `<table>${'<tr><td>1</td></tr>'.repeat(MAX_PASTE_CELLS + 1)}</table>` });
        paste({
          html: '<table><tr><td colspan=1000 rowspan=60000>1</td></tr><tr><td colspan=1000>1</td></tr><tr><td colspan=9>1</table>',
        });
        paste({ text: `"${'""\t'.repeat(50_000)}` });
        expect(s.owner.edits).to.have.length(0);
        expect(s.owner.refusals.map(({ refusal, written }) => [refusal.reason, written])).to.deep.equal(
          Array.from({ length: 4 }, () => ['too-many-cells', 0]),
        );
      });

      it('[E51] 10⁵ characters that look like quotes are read in no time', () => {
        const s = stage();
        s.focus(0, 0);
        const start = performance.now();
        paste({ text: `${'"""a\t'.repeat(1500)}${'""'.repeat(45_000)}` });
        expect(performance.now() - start).to.be.below(500);
      });

      it('[E51] a clipboard without text is no table', () => {
        const s = stage();
        s.focus(0, 0);
        paste({});
        expect(s.owner.refusals).to.deep.equal([
          { refusal: { reason: 'not-tabular', rows: 0, columns: 0 }, written: 0 },
        ]);
      });

      it('[E52] a block over totals travels in the same edit', () => {
        const s = stage();
        s.focus(0, 5);
        paste({ text: '1\t20' });
        expect(s.owner.edits).to.have.length(1);
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 5)]: '1', [s.at(0, 6)]: '20' });
      });

      it('[E53] into an open edit a single line goes as text, a block as a block', async () => {
        const from = filled();
        from.focus(0, 1);
        await press('Control+c');
        const s = stage();
        s.focus(0, 0);
        await type('9');
        await press('Control+v', 'Enter');
        expect(s.owner.last).to.deep.equal({ origin: 'typing', texts: { [s.at(0, 0)]: '912' } });
        s.focus(1, 0);
        await type('8');
        paste({ text: '1\t2' });
        expect(s.owner.last).to.deep.equal({
          origin: 'paste',
          texts: { [s.at(1, 0)]: '1', [s.at(1, 1)]: '2' },
        });
        expect(s.owner.edits).to.have.length(2);
      });
    });

    describe('what it shows', () => {
      it('[E54] update() redraws from the owner and disturbs neither an open edit nor the keyboard', async () => {
        const s = filled();
        s.focus(0, 0);
        await press('F2');
        await type('5');
        s.owner.texts.set(s.at(0, 0), '77');
        s.owner.texts.set(s.at(0, 1), '88');
        s.grid.update();
        expect(s.shown(s.at(0, 1))).to.equal('88');
        expect(s.hasKeyboard).to.equal(true);
        await type('6');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '1156' });
      });

      it('[E54] after an update of the active cell, typing still replaces', async () => {
        const s = filled();
        s.focus(0, 0);
        s.owner.texts.set(s.at(0, 0), '77');
        s.grid.update([s.at(0, 0)]);
        expect(s.shown(s.at(0, 0))).to.equal('77');
        await type('5');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '5' });
      });

      it('[E55] each level of a mark has its own shape, and words', () => {
        const s = filled();
        const levels = ['format', 'must', 'verify', 'info'] as const;
        const marks = new Map<CellId, GridMark>(
          levels.map((level, column) => [s.at(0, column), { level, count: 2, description: `说明${level}` }]),
        );
        s.grid.mark(marks);
        const shapes = levels.map((_, column) => s.grid.anchor(s.at(0, column))!.textContent);
        expect(new Set(shapes.map((text) => text!.replace(/说明[a-z]+|\d/g, ''))).size).to.equal(4);
        levels.forEach((level, column) => {
          const announced = s.announced(s.at(0, column));
          expect(announced.description).to.include(`说明${level}`).and.include('2');
          expect(announced.invalid).to.equal(level === 'format' || level === 'must');
        });
        s.grid.mark(new Map());
        expect(s.announced(s.at(0, 0))).to.deep.include({ description: '', invalid: false });
      });

      it('[E56] marks, control totals, remarks and last year’s values move nothing', () => {
        const s = filled();
        const heights = (): number[] =>
          REQUESTS.cells.map((cell) => s.grid.anchor(cell.id)!.getBoundingClientRect().top);
        const earlier = heights();
        s.owner.controls.set(s.at(0, 6), '20');
        s.owner.extra.set(s.at(1, 0), { aside: '合 2,510,000,000 元' });
        s.owner.extra.set(s.at(1, 5), { ghost: '12', lastYear: '上年 12' });
        s.owner.extra.set(s.at(2, 2), { change: '▲', lastYear: '上年 12，增加 21' });
        s.owner.extra.set(s.at(2, 0), { kind: 'uncertain' });
        s.grid.update();
        s.grid.mark(new Map([[s.at(0, 0), { level: 'must', count: 1, description: '不平衡' }]]));
        expect(heights()).to.deep.equal(earlier);
        expect(s.grid.anchor(s.at(0, 6))!.textContent).to.include('核对数 20');
        expect(s.grid.anchor(s.at(1, 0))!.textContent).to.include('合 2,510,000,000 元');
        expect(s.announced(s.at(1, 5)).description).to.include('12');
        expect(s.announced(s.at(2, 0)).description).to.include('待确认');
      });

      it('[E112] last year’s value in a blank cell is drawn, described, and neither its text nor copied', () => {
        const s = filled();
        const id = s.at(4, 1);
        s.owner.extra.set(id, { ghost: '12', lastYear: '上年 12' });
        s.grid.update([id]);
        const place = s.grid.anchor(id)!;
        const drawn = place.querySelector('input')?.placeholder ?? place.querySelector('.ghost')?.textContent;
        expect(drawn).to.equal('12');
        expect(s.shown(id)).to.equal('');
        expect(s.announced(id).description).to.equal('上年 12');
        expect(place.title).to.equal('上年 12');
        s.focus(4, 1);
        expect(copied().text).to.equal('');
        s.owner.extra.delete(id);
        s.grid.update([id]);
        expect(place.querySelector('.ghost')).to.equal(null);
        expect(place.querySelector('input')?.placeholder ?? '').to.equal('');
        expect(s.announced(id).description).to.equal('');
      });

      it('[E112] it gives way to a text, however it comes, and typing over it is typing into a blank cell', async () => {
        const s = stage();
        const id = s.at(4, 1);
        s.owner.extra.set(id, { ghost: '12', lastYear: '上年 12' });
        s.grid.update();
        s.focus(4, 1);
        await type('7');
        await press('Enter');
        expect(s.owner.texts.get(id)).to.equal('7');
        expect(s.shown(id)).to.equal('7');
        expect(s.grid.anchor(id)!.querySelector('.ghost')).to.equal(null);
      });

      it('[E113] more or less than last year is a shape in the corner beside the mark of a finding', () => {
        const s = filled();
        const id = s.at(0, 0);
        s.owner.extra.set(id, { change: '▼', lastYear: '上年 12，减少 1' });
        s.grid.update([id]);
        s.grid.mark(new Map([[id, { level: 'must', count: 1, description: '不平衡' }]]));
        const place = s.grid.anchor(id)!;
        const change = place.querySelector('.change')!;
        expect(change.textContent).to.equal('▼');
        expect(change.getAttribute('aria-hidden')).to.equal('true');
        const [box, symbol] = [change, place.querySelector('.symbol')!].map((one) =>
          one.getBoundingClientRect(),
        );
        expect(box!.right).to.be.below(symbol!.left);
        expect(box!.width).to.be.above(0);
        expect(s.announced(id).description).to.include('上年 12，减少 1').and.include('不平衡');
        s.owner.extra.delete(id);
        s.grid.update([id]);
        expect(place.querySelector('.change')).to.equal(null);
      });

      it('[E57] a focused cell is announced with its row, its column and that it is computed', () => {
        const s = stage();
        const cell = REQUESTS.cells.find((candidate) => candidate.id === s.at(4, 6))!;
        s.grid.focusCell(cell.id);
        expect(s.announced(cell.id).name).to.include(cell.rowLabel).and.include(cell.columnLabel);
        expect(s.announced(cell.id).description).to.include('自动计算');
      });

      it('[E57] focusCell makes active, scrolls there and gives the keyboard; a foreign cell changes nothing', () => {
        const s = stage();
        s.focus(REQUESTS.layout.matrix.length - 1, 3);
        const id = s.active!;
        expect(id).to.equal(s.at(REQUESTS.layout.matrix.length - 1, 3));
        const box = s.grid.anchor(id)!.getBoundingClientRect();
        expect(box.bottom).to.be.at.most(window.innerHeight);
        expect(s.hasKeyboard).to.equal(true);
        s.grid.focusCell('requests/none/none');
        expect(s.active).to.equal(id);
      });

      it('[E57] outline() shows where a finding points, and an empty list clears it', () => {
        const s = stage();
        const look = (): string => {
          const place = s.grid.anchor(s.at(0, 0))!;
          return ['::before', '::after', undefined]
            .map((pseudo) => getComputedStyle(place, pseudo).cssText || describeLook(place, pseudo))
            .join();
        };
        const earlier = look();
        s.grid.outline([s.at(0, 0)]);
        expect(look()).to.not.equal(earlier);
        s.grid.outline([]);
        expect(look()).to.equal(earlier);
      });

      it('[E58] read-only takes no edit of any kind, and still selects and copies', async () => {
        const s = filled();
        s.grid.readOnly = true;
        s.focus(0, 0);
        await type('9');
        await press('Delete', 'F2');
        await type('9');
        await press('Control+d', 'Control+z', 'Control+x');
        paste({ text: '1\t2' });
        expect(s.owner.edits).to.have.length(0);
        expect(s.owner.calls).to.deep.equal([]);
        expect(s.shown(s.at(0, 0))).to.equal('11');
        s.focus(0, 0);
        await press('Shift+ArrowRight');
        expect(copied().text).to.equal('11\t12');
        s.grid.readOnly = false;
        await type('5');
        await press('Enter');
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '5' });
      });

      it('[E58] read-only keeps what was being typed', async () => {
        const s = stage();
        s.focus(0, 0);
        await type('3');
        s.grid.readOnly = true;
        expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: '3' });
      });

      for (const probe of [
        '<img src=x onerror=alert(1)>',
        '=1+1',
        '"><script>alert(1)</script>',
        '{{7*7}}',
        'javascript:alert(1)',
      ]) {
        it(`[E59] ${probe} stays text wherever it comes from`, async () => {
          const s = stage(REQUESTS, (owner) => {
            owner.extra.set(REQUESTS.cells[8]!.id, { text: probe, kind: 'text', aside: probe });
            owner.extra.set(REQUESTS.cells[9]!.id, { ghost: probe });
            owner.controls.set(REQUESTS.cells[6]!.id, probe);
          });
          s.grid.mark(new Map([[REQUESTS.cells[8]!.id, { level: 'info', count: 1, description: probe }]]));
          s.focus(0, 0);
          await type(probe);
          await press('Enter');
          expect(s.owner.last?.texts).to.deep.equal({ [s.at(0, 0)]: probe });
          paste({ text: `${probe.replace(/"/g, '')}\t1` });
          expect(s.shown(s.at(0, 0))).to.equal(probe);
          expect(s.grid.element.querySelector('img, script')).to.equal(null);
        });
      }
    });
  });
}

function describeLook(place: HTMLElement, pseudo: string | undefined): string {
  const style = getComputedStyle(place, pseudo);
  return [
    style.content,
    style.borderTopStyle,
    style.borderTopWidth,
    style.outlineStyle,
    style.boxShadow,
    style.backgroundColor,
  ].join(' ');
}
