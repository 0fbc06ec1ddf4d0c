/**
 * The shape of a format version as data, and the index every other room works with. Names no table of its own:
 * `format-2021.ts` and `format-2019.ts` are the data. Knows nothing of rules, values or the screen.
 */
import type { CellId } from './entry.ts';

export type FormatVersion = '2021' | '2019';

/**
 * `count`: a whole number of at least 0. `signed-count`: may be negative (2019 only: 本年增/减). `amount`: 万元, at most
 * six decimals. `free-amount`: 2019 采购总金额, whose text is kept with its unit (元 or 万元).
 */
export type CellKind = 'count' | 'signed-count' | 'amount' | 'free-amount';

export interface ColumnDefinition {
  readonly id: string;
  /** Official label, verbatim. */
  readonly label: string;
  /** Header cells above this column, outermost first. */
  readonly group?: readonly string[];
  readonly kind: CellKind;
}

export interface RowDefinition {
  readonly id: string;
  /** Official labels, verbatim, group path first: `['三、本年度办理结果', '（三）不予公开', '1.属于国家秘密']`. */
  readonly path: readonly string[];
  /** The report states this row as an outcome of a request (a term of （七）总计). */
  readonly outcome?: boolean;
}

/** One official table heading with its own columns: 表二 has four or five of them, 表三 and 表四 one. */
export interface BlockDefinition {
  /** 第二十条第（一）项 */
  readonly title?: string;
  /** The label above the row labels: 信息内容. */
  readonly corner?: string;
  readonly columns: readonly ColumnDefinition[];
  readonly rows: readonly RowDefinition[];
}

/**
 * `stacked`: blocks below each other in one table (表二). `matrix`: rows by columns under a header tree (表三).
 * `line`: all rows beside each other in one printed line (表四).
 */
export type Arrangement = 'stacked' | 'matrix' | 'line';

export interface DerivedDefinition {
  readonly cell: CellId;
  /** The cells whose sum it is. */
  readonly operands: readonly CellId[];
}

export interface TableDefinition {
  readonly id: string;
  /** The section title, verbatim: 三、收到和处理政府信息公开申请情况. */
  readonly title: string;
  /** What clerks call it: 表三. */
  readonly shortTitle: string;
  readonly arrangement: Arrangement;
  readonly blocks: readonly BlockDefinition[];
  readonly derived: readonly DerivedDefinition[];
}

export interface FormatDefinition {
  readonly version: FormatVersion;
  /** 国办公开办函〔2021〕30号 */
  readonly document: string;
  /** The titles of the six sections, verbatim and in order. */
  readonly sections: readonly string[];
  readonly tables: readonly TableDefinition[];
}

export interface CellDefinition {
  readonly id: CellId;
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly kind: CellKind;
  /** Present on totals: the cells whose sum it is. */
  readonly operands?: readonly CellId[];
  /** As written on paper: （一）予以公开—自然人. */
  readonly label: string;
  readonly rowLabel: string;
  readonly columnLabel: string;
}

/** One cell of the printed table: a heading or a place for a number. */
export type LayoutCell =
  | {
      readonly heading: string;
      readonly scope: 'col' | 'row' | 'colgroup' | 'rowgroup';
      readonly colSpan: number;
      readonly rowSpan: number;
      /** The row a row heading explains, for its help. */
      readonly row?: string;
      /** The printed cross-check note in the corner of 表三. */
      readonly note?: boolean;
    }
  | { readonly cell: CellId; readonly colSpan: number };

export interface TableLayout {
  /** Printed rows from top to bottom; spans cover as in HTML. */
  readonly rows: readonly (readonly LayoutCell[])[];
  /** How many of them stand in the head of the table. */
  readonly headRows: number;
  /** Cells by screen row and column; a cell that spans several columns stands in the first of them only. */
  readonly matrix: readonly (readonly (CellId | undefined)[])[];
}

export interface Table extends TableDefinition {
  readonly cells: readonly CellDefinition[];
  readonly layout: TableLayout;
}

export interface Format extends Omit<FormatDefinition, 'tables'> {
  readonly tables: readonly Table[];
  /** Every cell in the order of the printed form. */
  readonly cells: readonly CellDefinition[];
  readonly cellsById: ReadonlyMap<CellId, CellDefinition>;
  /** Totals, in an order in which each comes after its operands. */
  readonly derived: readonly CellDefinition[];
  readonly inputs: readonly CellDefinition[];
}

export function cellId(table: string, row: string, column: string): CellId {
  return `${table}/${row}/${column}`;
}

/** Builds the index and the layout. Throws on a definition that contradicts itself (a programmer's error). */
export function createFormat(definition: FormatDefinition): Format {
  const tables = definition.tables.map(createTable);
  const cells = tables.flatMap((table) => table.cells);
  const cellsById = new Map(cells.map((cell) => [cell.id, cell]));
  if (cellsById.size !== cells.length) throw new Error('two cells share an id');
  for (const cell of cells) {
    for (const operand of cell.operands ?? []) {
      if (!cellsById.has(operand)) throw new Error(`${cell.id}: no operand ${operand}`);
    }
  }
  return {
    ...definition,
    tables,
    cells,
    cellsById,
    derived: definition.tables.flatMap((table) => table.derived.map((total) => cellsById.get(total.cell)!)),
    inputs: cells.filter((cell) => cell.operands === undefined),
  };
}

function createTable(table: TableDefinition): Table {
  const operands = new Map(table.derived.map((total) => [total.cell, total.operands]));
  const cells = table.blocks.flatMap((block) =>
    block.rows.flatMap((row) =>
      block.columns.map((column): CellDefinition => {
        const id = cellId(table.id, row.id, column.id);
        // The counting note inside the official label of （二）部分公开 is for the table, not for a sentence.
        const rowLabel = row.path[row.path.length - 1]!.replace(/（[^（）]{10,}）$/, '');
        // "3.其他" and "2.重复申请" are found on paper only with their group before them.
        const paperRow = row.path.length > 2 ? `${row.path[row.path.length - 2]} ${rowLabel}` : rowLabel;
        const total = operands.get(id);
        return {
          id,
          table: table.id,
          row: row.id,
          column: column.id,
          kind: column.kind,
          label: `${paperRow}—${column.label}`,
          rowLabel: paperRow,
          columnLabel: column.label,
          ...(total === undefined ? {} : { operands: total }),
        };
      }),
    ),
  );
  return { ...table, cells, layout: layOut(table) };
}

function layOut(table: TableDefinition): TableLayout {
  if (table.arrangement === 'stacked') return layOutStacked(table);
  return table.arrangement === 'matrix' ? layOutMatrix(table) : layOutLine(table);
}

/** 表二: each block repeats its own heading lines; a block with fewer columns stretches its last one. */
function layOutStacked(table: TableDefinition): TableLayout {
  const width = Math.max(...table.blocks.map((block) => block.columns.length));
  const rows: LayoutCell[][] = [];
  const matrix: (CellId | undefined)[][] = [];
  for (const block of table.blocks) {
    const lastSpan = width - block.columns.length + 1;
    const spanOf = (index: number): number => (index === block.columns.length - 1 ? lastSpan : 1);
    rows.push([{ heading: block.title ?? '', scope: 'colgroup', colSpan: width + 1, rowSpan: 1 }]);
    rows.push([
      { heading: block.corner ?? '', scope: 'col', colSpan: 1, rowSpan: 1 },
      ...block.columns.map((column, index): LayoutCell => ({
        heading: column.label,
        scope: 'col',
        colSpan: spanOf(index),
        rowSpan: 1,
      })),
    ]);
    for (const row of block.rows) {
      const ids = block.columns.map((column) => cellId(table.id, row.id, column.id));
      rows.push([
        { heading: row.path[0]!, scope: 'row', colSpan: 1, rowSpan: 1, row: row.id },
        ...ids.map((cell, index): LayoutCell => ({ cell, colSpan: spanOf(index) })),
      ]);
      matrix.push([...ids, ...Array<undefined>(width - ids.length).fill(undefined)]);
    }
  }
  return { rows, headRows: 0, matrix };
}

/** 表三: a header tree over the columns, and row labels in as many columns as the deepest path. */
function layOutMatrix(table: TableDefinition): TableLayout {
  const block = table.blocks[0]!;
  const depth = Math.max(...block.rows.map((row) => row.path.length));
  const head = headerTree(block.columns);
  head[0]!.unshift({
    heading: block.corner ?? '',
    scope: 'col',
    colSpan: depth,
    rowSpan: head.length,
    note: true,
  });
  const rows: LayoutCell[][] = [...head];
  const matrix: (CellId | undefined)[][] = [];
  block.rows.forEach((row, index) => {
    const line: LayoutCell[] = [];
    row.path.forEach((heading, level) => {
      const startsHere = index === 0 || !samePath(row.path, block.rows[index - 1]!.path, level);
      if (!startsHere) return;
      let rowSpan = 1;
      while (
        index + rowSpan < block.rows.length &&
        samePath(row.path, block.rows[index + rowSpan]!.path, level)
      )
        rowSpan += 1;
      const last = level === row.path.length - 1;
      line.push({
        heading,
        scope: last ? 'row' : 'rowgroup',
        colSpan: last ? depth - level : 1,
        rowSpan,
        ...(last ? { row: row.id } : {}),
      });
    });
    const ids = block.columns.map((column) => cellId(table.id, row.id, column.id));
    rows.push([...line, ...ids.map((cell): LayoutCell => ({ cell, colSpan: 1 }))]);
    matrix.push(ids);
  });
  return { rows, headRows: head.length, matrix };
}

/** 表四: every row becomes a group of columns, all values on one line. */
function layOutLine(table: TableDefinition): TableLayout {
  const block = table.blocks[0]!;
  const columns = block.rows.flatMap((row) =>
    block.columns.map((column) => ({ ...column, group: row.path })),
  );
  const ids = block.rows.flatMap((row) => block.columns.map((column) => cellId(table.id, row.id, column.id)));
  const head = headerTree(columns);
  return {
    rows: [...head, ids.map((cell): LayoutCell => ({ cell, colSpan: 1 }))],
    headRows: head.length,
    matrix: [ids],
  };
}

/** Header rows from the group paths of columns: neighbours with the same path share one heading. */
function headerTree(columns: readonly ColumnDefinition[]): LayoutCell[][] {
  const paths = columns.map((column) => [...(column.group ?? []), column.label]);
  const depth = Math.max(...paths.map((path) => path.length));
  const rows: LayoutCell[][] = Array.from({ length: depth }, () => []);
  paths.forEach((path, index) => {
    path.forEach((heading, level) => {
      const last = level === path.length - 1;
      if (!last && index > 0 && samePath(path, paths[index - 1]!, level)) return;
      let colSpan = 1;
      while (!last && index + colSpan < paths.length && samePath(path, paths[index + colSpan]!, level))
        colSpan += 1;
      rows[level]!.push({
        heading,
        scope: last ? 'col' : 'colgroup',
        colSpan,
        rowSpan: last ? depth - level : 1,
      });
    });
  });
  return rows;
}

/** Whether two paths are groups of each other down to this level; the last label of a path is a group of its own. */
function samePath(a: readonly string[], b: readonly string[], level: number): boolean {
  if (level >= a.length - 1 || level >= b.length - 1) return false;
  for (let index = 0; index <= level; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
