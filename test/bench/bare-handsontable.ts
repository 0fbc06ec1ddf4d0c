/**
 * The peer of the spreadsheet grid: the same three tables as a developer would build them with Handsontable alone,
 * modules chosen, sums of their own in `afterChange`. Light DOM, the vendor's style sheets, no checks.
 */
import Handsontable from 'handsontable/base';
import { NumericCellType, registerCellType } from 'handsontable/cellTypes';
import {
  AutoColumnSize,
  Autofill,
  ContextMenu,
  CopyPaste,
  MergeCells,
  NestedHeaders,
  registerPlugin,
  UndoRedo,
} from 'handsontable/plugins';
import { FORMATS } from '../../src/format/formats.ts';
import type { Table } from '../../src/format/format.ts';

registerCellType(NumericCellType);
for (const plugin of [AutoColumnSize, Autofill, ContextMenu, CopyPaste, MergeCells, NestedHeaders, UndoRedo])
  registerPlugin(plugin);

interface Span {
  readonly row: number;
  readonly col: number;
  readonly rowspan: number;
  readonly colspan: number;
}

const grids = new Map<string, Handsontable>();
const places = new Map<string, { readonly table: string; readonly row: number; readonly column: number }>();
let renders = 0;

function draw(table: Table): void {
  const { rows, headRows } = table.layout;
  const width = rows[0]!.reduce((sum, cell) => sum + cell.colSpan, 0);
  const taken = rows.map(() => Array<boolean>(width).fill(false));
  const data: (string | number | null)[][] = [];
  const merges: Span[] = [];
  const readOnly = new Set<string>();
  const headers: { label: string; colspan: number }[][] = [];
  rows.forEach((cells, index) => {
    const line: (string | number | null)[] = Array<null>(width).fill(null);
    const labels: { label: string; colspan: number }[] = [];
    let column = 0;
    for (const cell of cells) {
      while (taken[index]![column]) {
        column += 1;
        labels.push({ label: '', colspan: 1 });
      }
      const height = 'rowSpan' in cell ? cell.rowSpan : 1;
      for (let y = 0; y < height; y += 1) taken[index + y]!.fill(true, column, column + cell.colSpan);
      const row = index - headRows;
      if ('heading' in cell) {
        labels.push({ label: cell.heading, colspan: cell.colSpan });
        line[column] = cell.heading;
        readOnly.add(`${row}/${column}`);
      } else {
        line[column] = 0;
        places.set(cell.cell, { table: table.id, row, column });
      }
      if (row >= 0 && (height > 1 || cell.colSpan > 1))
        merges.push({ row, col: column, rowspan: height, colspan: cell.colSpan });
      column += cell.colSpan;
    }
    if (index < headRows) headers.push(labels);
    else data.push(line);
  });
  const totals = table.derived.map(({ cell, operands }) => ({
    at: places.get(cell)!,
    parts: operands.map((operand) => places.get(operand)!),
  }));
  for (const { at } of totals) readOnly.add(`${at.row}/${at.column}`);
  const container = document.createElement('div');
  document.body.append(container);
  const hot: Handsontable = new Handsontable(container, {
    licenseKey: 'non-commercial-and-evaluation',
    themeName: 'ht-theme-main',
    injectCoreCss: false,
    data,
    ...(headers.length > 0 ? { nestedHeaders: headers } : { colHeaders: false }),
    rowHeaders: false,
    mergeCells: merges,
    contextMenu: true,
    height: 'auto',
    width: '100%',
    sanitizer: (text: string) => text,
    cells: (row: number, column: number) =>
      readOnly.has(`${row}/${column}`) ? { readOnly: true } : { type: 'numeric' },
    afterViewRender: () => (renders += 1),
    afterChange(changes: unknown[] | null, source: string) {
      if (
        source === 'sum' ||
        source === 'MergeCells' ||
        changes === null ||
        grids.get(table.id) === undefined
      )
        return;
      const sums: [number, number, number][] = [];
      const now = (row: number, column: number): number =>
        Number(
          sums.find(([y, x]) => y === row && x === column)?.[2] ?? hot.getSourceDataAtCell(row, column) ?? 0,
        );
      for (const { at, parts } of totals)
        sums.push([at.row, at.column, parts.reduce((sum, part) => sum + now(part.row, part.column), 0)]);
      hot.setDataAtCell(sums, 'sum');
    },
  });
  grids.set(table.id, hot);
}

Object.assign(window, {
  bare: {
    get ready() {
      return grids.size === 3;
    },
    get renders() {
      return renders;
    },
    focus(cell: string) {
      const { table, row, column } = places.get(cell)!;
      const hot = grids.get(table)!;
      hot.selectCell(row, column);
      hot.listen();
    },
    text(cell: string) {
      const { table, row, column } = places.get(cell)!;
      return grids.get(table)!.getCell(row, column)?.textContent ?? '';
    },
  },
});

for (const table of FORMATS['2021'].tables) draw(table);
