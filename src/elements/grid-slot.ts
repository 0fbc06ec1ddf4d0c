/**
 * The place of one table's grid. Draws the table grid at once; puts the spreadsheet grid there once it is loaded, where
 * the host wants and may have it, and the table grid back where it no longer may. A person in the middle of a cell
 * notices no change of hands. Knows no report.
 */
import type { Grid, GridOptions } from './grid/grid-port.ts';
import { createTableGrid } from './grid/table-grid.ts';
import { loadSpreadsheet, sayWhyNot, type Refusal, type Spreadsheet } from './spreadsheet.ts';

/** What the host asks for: `auto` is the spreadsheet where there is a key. */
export interface GridWish {
  readonly grid: 'auto' | 'handsontable' | 'table';
  readonly licenseKey: string;
}

/** How long a change of grids waits while a hand or an input method is in the middle of something. */
const PATIENCE = 150;

export class GridSlot {
  grid: Grid;

  readonly #root: ShadowRoot;
  readonly #place: Element;
  readonly #options: GridOptions;
  readonly #dress: (grid: Grid) => void;
  #wish: GridWish = { grid: 'table', licenseKey: '' };
  /** The key of the spreadsheet on screen; undefined while it is the table grid. */
  #keyInUse: string | undefined;
  /** The key that was refused last: it is not asked about again. */
  #refusedKey: string | undefined;
  #pressed = false;
  #attempt = 0;

  /** `dress` gives a new grid what its owner has set: marks, locks. `place` holds nothing but the grid. */
  constructor(root: ShadowRoot, place: Element, options: GridOptions, dress: (grid: Grid) => void) {
    this.#root = root;
    this.#place = place;
    this.#options = options;
    this.#dress = dress;
    this.grid = createTableGrid(options);
    place.replaceChildren(this.grid.element);
    dress(this.grid);
    place.addEventListener('mousedown', this.#onPress);
  }

  get kind(): 'handsontable' | 'table' {
    return this.#keyInUse === undefined ? 'table' : 'handsontable';
  }

  /** May be called again with the same wish: after a move in the page, or to try once more. */
  choose(wish: GridWish): void {
    this.#wish = wish;
    const { licenseKey } = wish;
    const wanted = wish.grid !== 'table' && licenseKey.trim() !== '';
    if (wish.grid !== 'table' && !wanted) sayWhyNot('no-key');
    const attempt = (this.#attempt += 1);
    if (wanted && licenseKey === this.#keyInUse) return;
    const isRefused = wanted && licenseKey === this.#refusedKey;
    if (isRefused) sayWhyNot('wrong-key');
    if (!wanted || isRefused) {
      // Not at once: the one who asks may be a listener to an edit of the very grid.
      if (this.#keyInUse !== undefined) setTimeout(() => this.#whenFree(attempt, () => this.#toTableGrid()));
      return;
    }
    // After the paint: the table grid is there and can be typed into.
    requestAnimationFrame(() => setTimeout(() => void this.#load(attempt)));
  }

  /** Out of the page, and not on its way to another place of it: the spreadsheet holds on to the page, so it goes. */
  rest(): void {
    this.#attempt += 1;
    this.#toTableGrid();
  }

  destroy(): void {
    this.#keyInUse = undefined;
    this.#attempt += 1;
    this.#place.removeEventListener('mousedown', this.#onPress);
    window.removeEventListener('mouseup', this.#onRelease, true);
    this.grid.destroy();
  }

  async #load(attempt: number): Promise<void> {
    if (attempt !== this.#attempt) return;
    let spreadsheet: Spreadsheet;
    try {
      spreadsheet = await loadSpreadsheet();
    } catch {
      if (attempt === this.#attempt) this.#stay('not-loaded');
      return;
    }
    this.#whenFree(attempt, () => this.#toSpreadsheet(spreadsheet));
  }

  /** Once neither a hand nor an input method is in the middle of something; never where something else was chosen. */
  #whenFree(attempt: number, then: () => void): void {
    // Moved out of the page: it asks again when it is back.
    if (attempt !== this.#attempt || !this.#place.isConnected) return;
    if (this.#pressed || this.grid.composing) setTimeout(() => this.#whenFree(attempt, then), PATIENCE);
    else then();
  }

  #toSpreadsheet(spreadsheet: Spreadsheet): void {
    const { licenseKey } = this.#wish;
    if (spreadsheet.licenseState(licenseKey) !== 'usable') {
      this.#refusedKey = licenseKey;
      this.#stay('wrong-key');
      return;
    }
    adopt(this.#root, spreadsheet.sheetOf(spreadsheet.HANDSONTABLE_GRID_CSS));
    try {
      this.#replace(() =>
        spreadsheet.createHandsontableGrid(this.#options, licenseKey, () => this.#lost(licenseKey)),
      );
    } catch {
      this.#refusedKey = licenseKey;
      this.#stay('not-built');
      return;
    }
    this.#keyInUse = licenseKey;
  }

  /** The vendor no longer accepts the key of the grid on screen. */
  #lost(licenseKey: string): void {
    if (licenseKey !== this.#keyInUse) return;
    this.#refusedKey = licenseKey;
    this.#stay('wrong-key');
  }

  #stay(refusal: Refusal): void {
    sayWhyNot(refusal);
    this.#toTableGrid();
  }

  #toTableGrid(): void {
    if (this.#keyInUse === undefined) return;
    this.#replace(() => createTableGrid(this.#options));
    this.#keyInUse = undefined;
  }

  /** One grid in the place of another within one task, so that nothing is painted between. */
  #replace(create: () => Grid): void {
    const before = this.grid;
    // As a lock does that comes in the same task: what was typed so far was typed while typing was allowed.
    this.#dress(before);
    const { position } = before;
    const seen = position === undefined ? before.element : before.anchor(position.active)!;
    const { top } = seen.getBoundingClientRect();
    const { scrollLeft } = before.element;
    const after = create();
    before.destroy();
    this.#place.replaceChildren(after.element);
    this.grid = after;
    this.#dress(after);
    after.element.scrollLeft = scrollLeft;
    if (position !== undefined) after.resume(position);
    const now = position === undefined ? after.element : after.anchor(position.active)!;
    // What a person looks at stays where it is, although the rows above may be of another height.
    const moved = now.getBoundingClientRect().top - top;
    if (moved !== 0) scrollBy(after.element, moved);
  }

  readonly #onPress = (): void => {
    this.#pressed = true;
    window.addEventListener('mouseup', this.#onRelease, { capture: true, once: true });
  };

  readonly #onRelease = (): void => {
    this.#pressed = false;
  };
}

function adopt(root: ShadowRoot, sheet: CSSStyleSheet): void {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Scrolls whatever holds the element: the page, or a dialog of the host. */
function scrollBy(element: Element, distance: number): void {
  let node: Element | null = element;
  while (node !== null) {
    const root: Node = node.getRootNode();
    node = node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    if (node === null || node === document.scrollingElement) break;
    if (node.scrollHeight > node.clientHeight && /auto|scroll/.test(getComputedStyle(node).overflowY)) {
      node.scrollTop += distance;
      return;
    }
  }
  document.scrollingElement?.scrollBy({ top: distance, behavior: 'instant' });
}
