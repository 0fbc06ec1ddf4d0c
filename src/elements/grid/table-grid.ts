/**
 * The semantic grid: the printed table with one native input per value. Draws it and shows what `grid-control.ts`
 * decides; knows no key, no clipboard, no number and no report.
 */
import type { CellId } from '../../format/entry.ts';
import { drawCellState, redrawMark } from './cell-drawing.ts';
import { GridControl } from './grid-control.ts';
import type { Grid, GridCell, GridMark, GridOptions, GridRange } from './grid-port.ts';
import type { Place } from './navigation.ts';
import { drawTable, redrawCell, type CellParts, type TableDrawing } from './table-drawing.ts';

export { TABLE_GRID_CSS } from './table-grid-styles.ts';

/** Draws a table and hands back the port to it. The caller places `element` into a root that adopts TABLE_GRID_CSS. */
export function createTableGrid(options: GridOptions): Grid {
  return new TableGrid(options);
}

class TableGrid extends GridControl {
  readonly element: HTMLElement;

  private readonly drawing: TableDrawing;
  private readonly cellByPlace = new Map<Element, CellId>();
  private readonly handle = document.createElement('div');
  private tabStop: HTMLInputElement | undefined;

  constructor(options: GridOptions) {
    super(options);
    this.drawing = drawTable(options.table, options.cell);
    this.element = this.drawing.element;
    for (const part of this.drawing.parts.values()) this.cellByPlace.set(part.place, part.id);
    this.handle.className = 'handle';
    this.handle.setAttribute('aria-hidden', 'true');
    this.moveTabStop(this.inTabOrder(undefined, 1) ?? this.drawing.parts.keys().next().value!);
    this.listen();
  }

  anchor(id: CellId): HTMLElement | undefined {
    return this.drawing.parts.get(id)?.place;
  }

  retell(): void {
    for (const part of this.drawing.parts.values()) drawCellState(part);
  }

  protected shown(id: CellId): GridCell {
    return this.part(id).cell;
  }

  protected draw(id: CellId, cell: GridCell, keepText: boolean): void {
    redrawCell(this.part(id), cell, keepText);
  }

  protected drawMark(id: CellId, mark: GridMark | undefined): void {
    redrawMark(this.part(id), mark);
  }

  protected drawReadOnly(readOnly: boolean): void {
    for (const part of this.drawing.parts.values()) part.speaker.readOnly = readOnly;
  }

  protected drawSelection(before: GridRange | undefined, activeBefore: Place | undefined): void {
    const { active, range } = this;
    const wide = (rectangle: GridRange | undefined): Set<CellId> => {
      const cells = rectangle === undefined ? [] : this.places.within(rectangle);
      return new Set(cells.length > 1 ? cells : []);
    };
    const old = wide(before);
    const now = wide(range);
    for (const id of old) if (!now.has(id)) this.anchor(id)!.removeAttribute('data-selected');
    for (const id of now) if (!old.has(id)) this.anchor(id)!.setAttribute('data-selected', '');
    if (activeBefore !== undefined) this.partAt(activeBefore)?.place.removeAttribute('data-active');
    if (active !== undefined) {
      const part = this.partAt(active)!;
      part.place.setAttribute('data-active', '');
      this.moveTabStop(part.id);
    }
    if (range !== undefined)
      this.partAt(this.places.covering(range.bottom, range.right))?.place.append(this.handle);
  }

  protected drawEditing(): void {
    // The style sheet shows it.
  }

  protected inputOf(id: CellId): HTMLInputElement {
    return this.part(id).speaker;
  }

  protected cellOf(target: EventTarget | null): CellId | undefined {
    const place = target instanceof Element ? target.closest('td') : null;
    return place === null ? undefined : this.cellByPlace.get(place);
  }

  protected explainedBy(heading: Element): CellId | undefined {
    return this.drawing.rowHeadings.get(heading);
  }

  protected isHandle(target: EventTarget | null): boolean {
    return target === this.handle;
  }

  private part(id: CellId): CellParts {
    return this.drawing.parts.get(id)!;
  }

  private partAt(place: Place): CellParts | undefined {
    const id = this.places.cellAt(place.row, place.column);
    return id === undefined ? undefined : this.drawing.parts.get(id);
  }

  private moveTabStop(id: CellId): void {
    const input = this.inputOf(id);
    if (input === this.tabStop) return;
    if (this.tabStop !== undefined) this.tabStop.tabIndex = -1;
    input.tabIndex = 0;
    this.tabStop = input;
  }
}
