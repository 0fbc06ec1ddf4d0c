/**
 * The one contract between the report on screen and whatever draws a table: show these cells, tell me about edits,
 * mark these cells, focus this cell, give the selection. A grid knows the layout of its table and the texts it was
 * given; it knows no number, no rule, no report and no draft. Every grid passes the suite in test/elements/grid/.
 */
import type { CellId } from '../../format/entry.ts';
import type { Table } from '../../format/format.ts';

/** What one cell shows. The grid never works it out for itself. */
export interface GridCell {
  /** The number as it is written, or the text as it was typed. */
  readonly text: string;
  readonly kind: 'blank' | 'number' | 'not-applicable' | 'text' | 'uncertain' | 'merged';
  /** A computed total: typing into it records a control total (核对数), never overwrites it. */
  readonly derived: boolean;
  /** The control total kept beside a computed one, as typed. */
  readonly control?: string;
  /** A remark drawn beside the value: 合 2,510,000,000 元. */
  readonly aside?: string;
  /** 上年 and last year's value, drawn faintly in a blank cell: never selected, copied or taken for a value. */
  readonly ghost?: string;
  /** More or less than last year, as a small shape in the corner. */
  readonly change?: '▲' | '▼';
  /** What is said of last year, in the description and the tooltip. */
  readonly lastYear?: string;
  /** Where an imported value came from, in the description and the tooltip. */
  readonly origin?: string;
}

/** How a cell is marked. Never by colour alone: each level has its own shape. */
export interface GridMark {
  readonly level: 'format' | 'must' | 'verify' | 'info';
  /** Number of findings that name the cell; announced before the description. */
  readonly count: number;
  /** The sentence(s) for the visually hidden description and the tooltip. */
  readonly description: string;
}

/** A rectangle of screen rows and columns of `table.layout.matrix`, both ends included. */
export interface GridRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface GridSelection {
  /** The active cell: where typing goes. */
  readonly active: CellId;
  readonly range: GridRange;
  /** The cells of the range in reading order. */
  readonly cells: readonly CellId[];
}

export type GridEditOrigin = 'typing' | 'paste' | 'fill';

/** One user action: new texts of cells, exactly as typed or pasted. One call is one undo step. */
export interface GridEdit {
  readonly origin: GridEditOrigin;
  readonly texts: ReadonlyMap<CellId, string>;
}

/** Why a paste was not carried out; the listener makes the sentence. */
export interface GridPasteRefusal {
  readonly reason: 'too-many-cells' | 'outside-table' | 'not-tabular' | 'read-only' | 'totals-left-out';
  readonly rows: number;
  readonly columns: number;
}

export interface GridListener {
  /** Never called without a change; an open edit is closed before. */
  edit(edit: GridEdit): void;
  undo(): void;
  redo(): void;
  select(selection: GridSelection | undefined): void;
  /** Ctrl+S: keep the draft now. */
  keep(): void;
  /** Alt+↓, or a click on the heading of a row. */
  help(cell: CellId): void;
  /** Shift+F2 */
  note(cell: CellId): void;
  /** F8 and Shift+F8 */
  problem(direction: 'next' | 'previous'): void;
  /** `?` with nothing being edited */
  shortcuts(): void;
  /** The grid did not write a paste, or wrote only the part that fits (`written` > 0). */
  pasteRefused(refusal: GridPasteRefusal, written: number): void;
}

/** An edit that is not committed yet. */
export interface GridOpenEdit {
  readonly text: string;
  /** The text of before, which Escape brings back. */
  readonly initial: string;
  /** The two ends of the selected text, in characters. */
  readonly caret: readonly [number, number];
  /** Arrows move the caret (F2, double click); in an edit opened by typing they commit and move on. */
  readonly caretKeys: boolean;
  /** Whether a person changed anything. */
  readonly touched: boolean;
  /** Whether the listener has been told a text of this edit (`flush`), so that Escape has something to take back. */
  readonly told: boolean;
}

/** Where a person is in a grid: carried over when another grid takes its place. */
export interface GridPosition {
  readonly active: CellId;
  readonly range: GridRange;
  /** Whether the keyboard is in the grid. */
  readonly keyboard: boolean;
  readonly edit: GridOpenEdit | undefined;
}

/** Tells a sentence, which is written in Chinese, in the language of the page. */
export type Tell = (texts: readonly string[], ...values: readonly unknown[]) => string;

export interface GridOptions {
  readonly table: Table;
  readonly listener: GridListener;
  /** The text of a cell for a paste of several cells ('' for blank), and everything else it shows. */
  readonly cell: (id: CellId) => GridCell;
  /** Chinese unless told otherwise. */
  readonly tell?: Tell;
}

export interface Grid {
  /** The element to place into the shadow root. */
  readonly element: HTMLElement;
  /** Redraws these cells (all when left out) from `options.cell`. Never touches an open edit, focus or caret. */
  update(cells?: Iterable<CellId>): void;
  /** The language is another one: draws again what the grid says in words of its own. */
  retell(): void;
  /** Replaces all marks. Touches only cells whose mark changed. */
  mark(marks: ReadonlyMap<CellId, GridMark>): void;
  /** Makes the cell active, scrolls it into view and gives it the keyboard. */
  focusCell(id: CellId): void;
  /** The drawn cell, to place a help bubble or a validity message by. To be looked at, never changed. */
  anchor(id: CellId): HTMLElement | undefined;
  /** Outlines cells while a finding is hovered; an empty list clears. */
  outline(cells: readonly CellId[]): void;
  readonly selection: GridSelection | undefined;
  /** Commits an open edit, as leaving the cell would. */
  commit(): void;
  /**
   * Tells the listener what an open edit holds and leaves it open, caret and all: somebody reads the report while a
   * person types. Says nothing while an input method composes, nor of an uncertain cell, which leaving confirms.
   */
  flush(): void;
  /** What an open edit holds, for somebody who only looks; undefined for nothing and while an input method composes. */
  readonly openText: readonly [cell: CellId, text: string] | undefined;
  /** Another report is on screen: an open edit goes on, and gives way to the new text on Escape. */
  rebase(): void;
  /** Ends an open edit without a word, as when a form is reset. */
  abandon(): void;
  /** Whether an input method is composing: then the grid must not be replaced. */
  readonly composing: boolean;
  /** Where the person is; undefined where no cell is active. */
  readonly position: GridPosition | undefined;
  /** Takes up where a person was in another grid of the same table: tells the listener of no selection and no edit. */
  resume(position: GridPosition): void;
  /** No edit is possible; selection and copy still are. */
  readOnly: boolean;
  /** 录入核对数: totals take part in the Tab order. */
  controlTotals: boolean;
  /** 回车方向 */
  enterMoves: 'down' | 'right';
  destroy(): void;
}

/** Most cells one paste may carry; more is refused whole before anything is parsed. */
export const MAX_PASTE_CELLS = 2_000;
