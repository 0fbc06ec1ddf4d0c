/**
 * The field that lies under the active cell of the spreadsheet grid, and over it while a person types: Handsontable's
 * text editor, opened and closed by the grid alone. Knows its cell on screen; knows no text and no key.
 */
import { TextEditor } from 'handsontable/editors/textEditor';

export class CellEditor extends TextEditor {
  override createElements(): void {
    super.createElements('input');
  }

  /** Puts the field to a cell: an input method opens its window there. The page may zoom or scale what is measured. */
  moveTo(place: HTMLElement): void {
    const root = this.hot.rootElement;
    const outer = root.getBoundingClientRect();
    const { left, top, width, height } = place.getBoundingClientRect();
    const scale = outer.width / root.offsetWidth;
    // What it is measured by is rounded.
    const size = (length: number): string =>
      `${String(Math.abs(scale - 1) < 0.005 ? length : length / scale)}px`;
    const { style } = this.TEXTAREA_PARENT;
    style.left = size(left - outer.left);
    style.top = size(top - outer.top);
    style.width = size(width);
    style.height = size(height);
  }

  show(): void {
    this._opened = true;
    this.TEXTAREA_PARENT.dataset['open'] = '';
    this.TEXTAREA_PARENT.style.opacity = '1';
  }

  hide(): void {
    this._opened = false;
    delete this.TEXTAREA_PARENT.dataset['open'];
    this.TEXTAREA_PARENT.style.opacity = '0';
  }

  // What Handsontable would do of its own accord on a key, a click elsewhere or a new selection.
  override prepare(): void {}
  override beginEditing(): void {}
  override finishEditing(): void {}
  override refreshDimensions(): void {}
  override refreshValue(): void {}
  override focus(): void {}
}
