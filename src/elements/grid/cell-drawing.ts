/**
 * What both grids draw alike: the shape of a mark, the small texts in a cell and what assistive technology hears of it,
 * and the headings of the printed table. Knows single nodes; knows no key, no selection and no way of editing.
 */
import type { CellId } from '../../format/entry.ts';
import type { LayoutCell, Table } from '../../format/format.ts';
import type { GridCell, GridMark } from './grid-port.ts';
import { t } from './grid-words.ts';

/** The nodes of one drawn cell. */
export interface DrawnCell<Speaker extends HTMLElement = HTMLElement> {
  readonly id: CellId;
  readonly place: HTMLTableCellElement;
  /** Carries name, description and validity for assistive technology. */
  readonly speaker: Speaker;
  /** Unique in its root; the ids of its nodes begin with it. */
  readonly name: string;
  cell: GridCell;
  mark: GridMark | undefined;
  /** Made when first needed: most cells of most reports need none of them. */
  description: HTMLElement | undefined;
  symbol: HTMLElement | undefined;
  change: HTMLElement | undefined;
  line: HTMLElement | undefined;
}

export type LayoutHeading = Extract<LayoutCell, { heading: string }>;

/** The shape of each level; the colour only supports it. */
const SYMBOLS: Readonly<Record<GridMark['level'], string>> = {
  format: '✕',
  must: '!',
  verify: '?',
  info: 'i',
};

export function drawnCell<Speaker extends HTMLElement>(
  id: CellId,
  place: HTMLTableCellElement,
  speaker: Speaker,
  name: string,
  cell: GridCell,
): DrawnCell<Speaker> {
  return {
    id,
    place,
    speaker,
    name,
    cell,
    mark: undefined,
    description: undefined,
    symbol: undefined,
    change: undefined,
    line: undefined,
  };
}

/** The element of a grid, to be placed by its owner. */
export function drawFrame(table: Table): HTMLElement {
  const element = document.createElement('div');
  element.className = 'table-grid';
  // Firefox would make a table that scrolls sideways a Tab stop of its own.
  element.tabIndex = -1;
  element.dataset['arrangement'] = table.arrangement;
  new ResizeObserver(() => placeHeadings(element)).observe(element);
  return element;
}

/**
 * The headings stay in view where the page scrolls the table; what scrolls sideways by itself would hold them. Each row has
 * its own place: Chromium 90 keeps no row and no group of rows in view, only cells.
 */
function placeHeadings(element: HTMLElement): void {
  const table = element.querySelector('table');
  if (table === null || table.offsetWidth === 0) return;
  const { tHead, offsetWidth } = table;
  // Its padding is 4 px.
  element.toggleAttribute('data-fits', offsetWidth + 8 <= element.clientWidth);
  if (tHead === null) return;
  const { top, height } = tHead.getBoundingClientRect();
  Array.from(tHead.rows, (row, index) =>
    tHead.style.setProperty(`--_row-${String(index)}`, `${String(row.getBoundingClientRect().top - top)}px`),
  );
  // Setting it styles every cell anew.
  if (height > 112) element.style.setProperty('--_head', `${String(height + 8)}px`);
}

export function drawCaption(table: Table): HTMLTableCaptionElement {
  const caption = document.createElement('caption');
  caption.className = 'hidden';
  caption.textContent = table.title;
  return caption;
}

/** How many columns before the values hold the labels of the rows. */
export function labelColumns(table: Table): number {
  if (table.arrangement === 'line') return 0;
  return table.arrangement === 'matrix' ? table.layout.rows[0]![0]!.colSpan : 1;
}

/** Widths by class: the policy of a strict host forbids style attributes. */
export function columnClass(index: number, labels: number): string {
  if (index >= labels) return 'value';
  return index === labels - 1 ? 'label' : `group-${String(index + 1)}`;
}

/** Makes a heading of a table cell. */
export function fillHeading(heading: HTMLTableCellElement, cell: LayoutHeading): void {
  heading.scope = cell.scope;
  if (cell.colSpan > 1) heading.colSpan = cell.colSpan;
  if (cell.rowSpan > 1) heading.rowSpan = cell.rowSpan;
  if (cell.note === true) heading.classList.add('note');
  if (cell.row !== undefined) heading.dataset['explains'] = cell.row;
  if (heading.textContent !== cell.heading) heading.textContent = cell.heading;
}

/**
 * Which headings a value of 表二 stands under. By scope alone the headings of every block above would count, so the
 * cells name theirs.
 */
export class StackedHeaders {
  private block = '';
  private row = '';
  private readonly columns = new Map<number, string>();
  private count = 0;

  constructor(private readonly prefix: string) {}

  see(heading: HTMLElement, cell: LayoutHeading, column: number): void {
    heading.id = `${this.prefix}-h${String((this.count += 1))}`;
    if (cell.scope === 'row') this.row = heading.id;
    else if (cell.scope === 'col') this.columns.set(column, heading.id);
    else {
      this.block = heading.id;
      this.columns.clear();
    }
  }

  of(column: number): string {
    return [this.block, this.columns.get(column) ?? '', this.row].filter((id) => id !== '').join(' ');
  }
}

/** Shows or removes a mark. */
export function redrawMark(drawn: DrawnCell, mark: GridMark | undefined): void {
  if (sameMark(drawn.mark, mark)) return;
  drawn.mark = mark;
  drawCellState(drawn);
}

export function sameCell(a: GridCell, b: GridCell): boolean {
  return (
    a.kind === b.kind &&
    a.text === b.text &&
    a.derived === b.derived &&
    a.control === b.control &&
    a.aside === b.aside &&
    a.ghost === b.ghost &&
    a.change === b.change &&
    a.lastYear === b.lastYear &&
    a.origin === b.origin
  );
}

function sameMark(a: GridMark | undefined, b: GridMark | undefined): boolean {
  return (
    a === b ||
    (a !== undefined &&
      b !== undefined &&
      a.level === b.level &&
      a.count === b.count &&
      a.description === b.description)
  );
}

/** Last year's value, with its year, where it is drawn. */
export function ghostOf(cell: GridCell): string {
  return cell.kind === 'blank' ? (cell.ghost ?? '') : '';
}

/** Draws everything about a cell but its text. */
export function drawCellState(part: DrawnCell): void {
  const { cell, mark, place, speaker } = part;
  setData(place, 'kind', cell.kind === 'blank' || cell.kind === 'number' ? undefined : cell.kind);
  setData(place, 'derived', cell.derived ? '' : undefined);
  setData(place, 'mark', mark?.level);
  setData(place, 'long', cell.text.length > 7 ? '' : undefined);

  const line = cell.control !== undefined ? t`核对数 ${cell.control}` : (cell.aside ?? '');
  part.line = drawText(part, part.line, 'line', line);
  setData(place, 'line', line === '' ? undefined : cell.control !== undefined ? 'control' : 'aside');
  part.change = drawText(part, part.change, 'change', cell.change ?? '');
  part.symbol = drawText(part, part.symbol, 'symbol', mark === undefined ? '' : SYMBOLS[mark.level]);

  const invalid = mark?.level === 'format' || mark?.level === 'must';
  if (invalid !== speaker.hasAttribute('aria-invalid')) {
    if (invalid) speaker.setAttribute('aria-invalid', 'true');
    else speaker.removeAttribute('aria-invalid');
  }
  const description = describe(cell, mark);
  if (description === '') {
    if (part.description !== undefined) {
      part.description.remove();
      part.description = undefined;
      speaker.removeAttribute('aria-describedby');
    }
  } else {
    if (part.description === undefined) {
      part.description = document.createElement('span');
      part.description.className = 'hidden';
      part.description.id = `${part.name}-d`;
      place.append(part.description);
    }
    if (!speaker.hasAttribute('aria-describedby')) {
      speaker.setAttribute('aria-describedby', part.description.id);
    }
    if (part.description.textContent !== description) {
      part.description.textContent = description;
      part.description.lang = t`zh-CN`;
    }
  }
  // A text longer than its cell is cut by the input; the tooltip shows it whole.
  const tooltip = [
    mark?.description ?? '',
    cell.lastYear ?? '',
    cell.origin ?? '',
    cell.text.length > 7 ? cell.text : '',
    line.length > 7 ? line : '',
  ];
  const title = tooltip.filter((text) => text !== '').join('\n');
  if (place.title !== title) place.title = title;
}

/** A small text beside the value; hidden from assistive technology, which reads the description instead. */
function drawText(
  part: DrawnCell,
  node: HTMLElement | undefined,
  className: string,
  text: string,
): HTMLElement | undefined {
  if (text === '') {
    node?.remove();
    return undefined;
  }
  const drawn = node ?? document.createElement('span');
  if (node === undefined) {
    drawn.className = className;
    drawn.setAttribute('aria-hidden', 'true');
    part.place.append(drawn);
  }
  if (drawn.textContent !== text) drawn.textContent = text;
  return drawn;
}

function describe(cell: GridCell, mark: GridMark | undefined): string {
  const facts: string[] = [];
  if (cell.derived) facts.push(t`自动计算`);
  if (cell.control !== undefined) facts.push(t`核对数 ${cell.control}`);
  if (cell.kind === 'uncertain') facts.push(t`待确认`);
  if (cell.kind === 'merged') facts.push(t`原表合并，无此格`);
  if (cell.aside !== undefined) facts.push(cell.aside);
  if (cell.lastYear !== undefined) facts.push(cell.lastYear);
  if (cell.origin !== undefined) facts.push(cell.origin);
  if (mark !== undefined)
    facts.push(`${mark.count > 0 ? t`${String(mark.count)} 处问题：` : ''}${mark.description}`);
  return facts.length === 0 ? '' : facts.reduce((before, fact) => t`${before}；${fact}`);
}

/** A data attribute, or none; untouched where it is right already. */
export function setData(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) {
    if (element.dataset[name] !== undefined) delete element.dataset[name];
  } else if (element.dataset[name] !== value) {
    element.dataset[name] = value;
  }
}
