/**
 * Rows of the form in a table whose cells are known. The label of a row says which row it is, the heading above a value
 * which column; the number of values in the row is the first witness, their position the second, because spans in
 * published pages are wrong more often than rows are short. Knows nothing of numbers.
 */
import { looksLikeValue, type Found } from './found-rows.ts';
import { labelText, plainText, type LabelText } from './label-text.ts';
import { exactLabels, labelsOf, nearLabel, type Label, type LabelMatch, type TableId } from './labels.ts';
import type { Piece } from './place-values.ts';
import { proceedingsColumns } from './proceedings-heading.ts';
import {
  endOf,
  isComplete,
  isRowNumbers,
  requestsColumns,
  unofficialLabel,
  type GridCell,
  type RequestsHeading,
} from './requests-heading.ts';
import type { SourceBlock } from './source-document.ts';

type SourceTable = Extract<SourceBlock, { kind: 'table' }>;

const TABLES: readonly TableId[] = ['disclosure', 'requests', 'proceedings'];
const ROWS = Object.fromEntries(TABLES.map((id) => [id, labelsOf('row', id)])) as Record<
  TableId,
  readonly Label[]
>;
const COLUMNS = Object.fromEntries(TABLES.map((id) => [id, labelsOf('column', id)])) as Record<
  TableId,
  readonly Label[]
>;
const GROUPS = labelsOf('group');
const SECTIONS = labelsOf('section');
/** From this row of 表三 on, a bare 其他 or 总计 at the head of a row is the row of that name. */
const LATE = ROWS.requests.find((label) => label.id === 'not-processed.confirmation')!.order;

/** What counts rows, before their labels. */
const ROW_NUMBER = /^\d{1,2}$/;

/** A table without a single label of the form is somebody else's; its texts may be part of the report. */
export function gridRows(table: SourceTable, number: number): Found[] | undefined {
  const rows = lay(table, number);
  const present = tablesIn(rows);
  if (present.size === 0) return undefined;
  return new GridFinder(rows, present).run();
}

function lay(table: SourceTable, number: number): GridCell[][] {
  /** Columns still covered by a cell of an earlier row, and for how many rows. */
  const covered: number[] = [];
  return table.rows.map((row, index) => {
    const fragmentOf = row
      .map((cell) => cell.text.replace(/\s+/g, ' '))
      .filter((text) => text !== '')
      .join(' | ');
    const fragment = fragmentOf.length > 200 ? `${fragmentOf.slice(0, 199)}…` : fragmentOf;
    const placed: GridCell[] = [];
    let column = 0;
    row.forEach((cell, place) => {
      while ((covered[column] ?? 0) > 0) {
        covered[column]! -= 1;
        column += 1;
      }
      placed.push({
        cell,
        piece: {
          raw: cell.text,
          plain: plainText(cell.text),
          place: { table: number, row: index + 1, column: place + 1, fragment },
          position: column,
          span: cell.colSpan,
          doubtful: cell.doubtful === true,
        },
      });
      for (let offset = 0; offset < cell.colSpan; offset += 1) covered[column + offset] = cell.rowSpan - 1;
      column += cell.colSpan;
    });
    for (let rest = column; rest < covered.length; rest += 1)
      if ((covered[rest] ?? 0) > 0) covered[rest]! -= 1;
    return placed;
  });
}

function tablesIn(rows: readonly (readonly GridCell[])[]): Set<TableId> {
  const seen: Record<TableId, Set<string>> = {
    disclosure: new Set(),
    requests: new Set(),
    proceedings: new Set(),
  };
  for (const row of rows) {
    for (const { piece } of row) {
      if (piece.plain === '' || piece.plain.length > 90 || looksLikeValue(piece.plain)) continue;
      const text = labelText(piece.plain);
      const exact = exactLabels(text).filter((label) => label.kind === 'row' || label.kind === 'column');
      const near = exact.length > 0 ? undefined : nearLabel(text, [...ROWS.requests, ...ROWS.disclosure]);
      for (const label of near === undefined ? exact : [near])
        if (label.table !== undefined && label.text.stem !== '其他' && label.text.stem !== '总计')
          seen[label.table].add(label.kind + label.id);
    }
  }
  // One word of it may stand in any table of a page.
  return new Set(TABLES.filter((id) => seen[id].size >= 2));
}

class GridFinder {
  readonly #rows: readonly (readonly GridCell[])[];
  readonly #present: ReadonlySet<TableId>;
  /** Nothing spans anything, and what a span would cover is an empty cell (separated values): nothing is out of place. */
  readonly #hasNoSpans: boolean;
  /** All rows end together, as they do where spans are right. */
  readonly #isRectangular: boolean;
  #isPlainHeading = false;
  readonly #rowLabels: readonly Label[];
  readonly #found: Found[] = [];
  #table: TableId | undefined;
  /** Rows of the heading that is being read. */
  #heading: (readonly GridCell[])[] = [];
  #columns: readonly (string | undefined)[] = [];
  #positions: readonly number[] = [];
  #columnInDoubt: string | undefined;
  #headingInDoubt = false;
  #headingEnd = 0;
  #lastRow = -1;

  constructor(rows: readonly (readonly GridCell[])[], present: ReadonlySet<TableId>) {
    this.#rows = rows;
    this.#present = present;
    this.#isRectangular = new Set(rows.filter((row) => row.length > 1).map(endOf)).size === 1;
    this.#hasNoSpans = rows.every((row) => row.every(({ cell }) => cell.colSpan === 1 && cell.rowSpan === 1));
    this.#rowLabels = [...present].flatMap((id) => ROWS[id]);
  }

  run(): Found[] {
    for (const row of this.#rows) this.#read(row);
    return this.#found;
  }

  #read(row: readonly GridCell[]): void {
    const named = row.filter(({ piece }) => piece.plain !== '');
    if (named.length === 0) {
      if (this.#table === 'proceedings' && this.#heading.length > 0 && row.length >= 15) this.#line(row);
      return;
    }
    if (named.length === 1 && this.#sectionIn(named[0]!.piece)) return;
    const head = this.#rowLabel(row);
    if (head === undefined) return this.#unlabelled(row, named);
    const { match, index } = head;
    const { label } = match;
    const values = row.slice(index + 1);
    const table = label.table!;
    // The heading again, after a page break.
    if (isColumnName(label) && row.some((one) => one !== row[index] && this.#isColumn(one.piece)))
      return this.#addHeading(row, this.#tableOf(row) ?? table);
    if (table === 'proceedings' && !isValueRow(values)) return this.#addHeading(row, table);
    this.#enter(table);
    if (table !== 'proceedings') this.#closeHeading();
    this.#lastRow = label.order;
    const pieces = cellsOf(values);
    const isAligned = table === 'requests' && this.#isAligned(row, index);
    const byPosition = isAligned
      ? this.#positions.map((at) => pieces.find((one) => one.position === at))
      : [];
    const below = this.#isPlainHeading || this.#isRectangular ? withoutRest(byPosition, pieces) : undefined;
    // A heading of which only a part was understood says nothing of a row that has all values.
    const isPart =
      table === 'requests' &&
      this.#columns.length > 0 &&
      !isComplete(this.#columns) &&
      pieces.length > this.#columns.length;
    this.#found.push({
      kind: 'row',
      table,
      label,
      mended: match.mended,
      found: row[index]!.piece.raw,
      columns: table === 'proceedings' || isPart ? [] : this.#columns,
      values: (isPart ? undefined : below) ?? pieces,
      inTable: true,
      ...(byPosition.length > 0 && !isPart ? { byPosition } : {}),
      headingInDoubt: table === 'requests' && (this.#headingInDoubt || isPart),
      ...(this.#columnInDoubt !== undefined && !isPart ? { columnInDoubt: this.#columnInDoubt } : {}),
      disturbed: false,
    });
  }

  #sectionIn(piece: Piece): boolean {
    const text = labelText(piece.plain);
    const label = exactLabels(text).find((one) => one.kind === 'section') ?? nearLabel(text, SECTIONS);
    if (label === undefined || (text.item === '' && label.text.stem !== text.stem)) return false;
    this.#found.push({ kind: 'section', index: Number(label.id), piece });
    return true;
  }

  #enter(table: TableId): void {
    if (this.#table === table) return;
    this.#table = table;
    this.#lastRow = -1;
    // The heading that was being read is this table's; columns of the table before say nothing here.
    this.#columns = [];
    this.#positions = [];
    this.#columnInDoubt = undefined;
    this.#headingInDoubt = false;
  }

  /** Whether the values of a row can stand below their headings: it begins there, or only ends there and has cells too many. */
  #isAligned(row: readonly GridCell[], index: number): boolean {
    const first = this.#positions[0];
    if (first === undefined) return false;
    if (this.#isPlainHeading) return true;
    const label = row[index]!.piece;
    if (label.position + label.span === first) return true;
    // Where every row ends with the table, that says nothing.
    return !this.#isRectangular && label.position + label.span < first && endOf(row) === this.#headingEnd;
  }

  /** The last label of a row before its first value; a number may stand before it, as rows are counted. */
  #rowLabel(row: readonly GridCell[]): { match: LabelMatch; index: number } | undefined {
    let found: { match: LabelMatch; index: number } | undefined;
    let isFirst = true;
    for (const [index, { piece }] of row.entries()) {
      if (piece.plain === '') continue;
      if (looksLikeValue(piece.plain)) {
        if (isFirst && ROW_NUMBER.test(piece.plain)) continue;
        break;
      }
      isFirst = false;
      const match = this.#rowLabelIn(piece, row, index);
      if (match !== undefined) found = { match, index };
      // The subtotal of a group, whose label was drawn once more.
      else if (unofficialLabel(piece) !== undefined) found = undefined;
    }
    return found;
  }

  #rowLabelIn(piece: Piece, row: readonly GridCell[], index: number): LabelMatch | undefined {
    if (piece.plain.length > 120) return undefined;
    const text = labelText(piece.plain);
    const exact = exactLabels(text);
    if (exact.length > 0) {
      const label = exact.find((one) => one.kind === 'row' && this.#present.has(one.table!));
      if (label !== undefined && this.#isAmbiguous(label, text.item) && !isValueRow(row.slice(index + 1)))
        return undefined;
      return label === undefined ? this.#oneRowOther(text.stem) : { label, mended: false };
    }
    const near = nearLabel(text, [...this.#rowLabels, ...GROUPS, ...SECTIONS]) ?? this.#shortened(text);
    if (near === undefined) return undefined;
    if (near.kind === 'group') return this.#oneRowOther(near.text.stem);
    return near.kind === 'row' ? { label: near, mended: true } : undefined;
  }

  /** 一、本年新收申请数量: words of the label are left out, its number and the order of the rest are there. */
  #shortened(text: LabelText): Label | undefined {
    if (text.item === '' || text.stem.length < 4) return undefined;
    const found = this.#rowLabels.filter(
      (label) => label.text.item === text.item && isAbridged(text.stem, label.text.stem),
    );
    return found.length === 1 ? found[0] : undefined;
  }

  /** The table that most headings in this row are of: 总计 is one of two. */
  #tableOf(row: readonly GridCell[]): TableId | undefined {
    let table: TableId | undefined;
    let most = 0;
    for (const id of this.#present) {
      const count = row.filter(({ piece }) =>
        this.#headingLabels(piece).some((one) => one.table === id),
      ).length;
      if (count > most) {
        most = count;
        table = id;
      }
    }
    return table;
  }

  #isColumn(piece: Piece): boolean {
    return exactLabels(labelText(piece.plain)).some((label) => label.kind === 'column');
  }

  /** 其他 and 总计 are columns, too. */
  #isAmbiguous(label: Label, item: string): boolean {
    return isColumnName(label) && item === '' && this.#lastRow < LATE;
  }

  /** （六）其他处理 is a group, and in one-row tables a row. */
  #oneRowOther(stem: string): LabelMatch | undefined {
    if (stem !== '其他处理') return undefined;
    const label = ROWS.requests.find((one) => one.id === 'other');
    return label === undefined ? undefined : { label, mended: false };
  }

  #unlabelled(row: readonly GridCell[], named: readonly GridCell[]): void {
    const values = named.filter(({ piece }) => looksLikeValue(piece.plain));
    const table = this.#tableOf(row);
    if (values.length === 0) {
      // Inside a heading also what is no label of ours: a subtotal column, a word that was cut in two.
      if (table !== undefined) this.#addHeading(row, table);
      else if (this.#heading.length > 0) this.#heading.push(row);
      return;
    }
    if (this.#table === undefined) return;
    if (this.#table === 'proceedings') {
      if (row.length >= 15 && named.length - values.length <= 1) this.#line(row);
      else this.#strays(values, 'no-label');
      return;
    }
    const unofficial = named.some(({ piece }) => unofficialLabel(piece) !== undefined);
    this.#strays(values, unofficial ? 'unofficial' : 'no-label');
  }

  #strays(values: readonly GridCell[], why: 'no-label' | 'unofficial'): void {
    for (const { piece } of values) this.#found.push({ kind: 'stray', table: this.#table!, piece, why });
  }

  #headingLabel(piece: Piece, table = this.#table): Label | undefined {
    const labels = this.#headingLabels(piece);
    return labels.find((label) => label.table === table) ?? labels[0];
  }

  #headingLabels(piece: Piece): readonly Label[] {
    if (piece.plain === '' || piece.plain.length > 90 || looksLikeValue(piece.plain)) return [];
    const text = labelText(piece.plain);
    const exact = exactLabels(text).filter(
      (label) => label.kind !== 'row' && label.table !== undefined && this.#present.has(label.table),
    );
    if (exact.length > 0) return exact;
    const near = nearLabel(
      text,
      [...this.#present].flatMap((id) => [...COLUMNS[id], ...GROUPS.filter((one) => one.table === id)]),
    );
    return near === undefined ? [] : [near];
  }

  #addHeading(row: readonly GridCell[], table: TableId): void {
    // A new block of 表二, or the heading again after a page break.
    if (this.#heading.length > 0 && this.#table !== table) this.#heading = [];
    if (table === 'disclosure' && row.some(({ piece }) => labelText(piece.plain).stem === '信息内容'))
      this.#heading = [];
    this.#enter(table);
    this.#heading.push(row);
    for (const { piece } of row) {
      const label = this.#headingLabel(piece);
      if (label?.table === table) this.#found.push({ kind: 'heading', table, label, found: piece.raw });
    }
  }

  /** Reads the columns from the heading that has come to its end. */
  #closeHeading(): void {
    if (this.#heading.length === 0) return;
    if (this.#table === 'disclosure') this.#columns = this.#disclosureColumns();
    else {
      this.#isPlainHeading = this.#hasNoSpans && isPlain(this.#heading);
      const heading = requestsColumns(this.#heading, this.#isPlainHeading);
      if (heading !== undefined) this.#takeHeading(heading);
    }
    this.#heading = [];
  }

  #disclosureColumns(): (string | undefined)[] {
    const row = this.#heading[this.#heading.length - 1] ?? [];
    const columns: (string | undefined)[] = [];
    for (const { piece } of row) {
      const label = this.#headingLabel(piece);
      if (label?.kind === 'column') columns.push(label.id);
    }
    return columns;
  }

  #takeHeading({ columns, positions, inDoubt, columnInDoubt, mended }: RequestsHeading): void {
    this.#columns = columns;
    this.#positions = positions;
    this.#headingInDoubt = inDoubt;
    this.#columnInDoubt = columnInDoubt;
    this.#headingEnd = Math.max(...this.#heading.map(endOf));
    if (mended !== undefined)
      this.#found.push({ kind: 'heading', table: 'requests', ...mended, mended: true });
  }

  /** The fifteen values of 表四. */
  #line(row: readonly GridCell[]): void {
    const heading = this.#heading.map((one) => one.map(({ piece }) => piece));
    const { columns, inDoubt } = proceedingsColumns(heading);
    this.#heading = [];
    this.#found.push({
      kind: 'row',
      table: 'proceedings',
      label: undefined,
      mended: false,
      found: '',
      columns,
      values: cellsOf(row),
      inTable: true,
      headingInDoubt: inDoubt,
      disturbed: false,
    });
  }
}

/** Whether all characters of one text are in the other, in that order. */
function isAbridged(short: string, long: string): boolean {
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at === short.length;
}

/** Whether empty cells stand where the corner of a heading would span them. */
function isPlain([top, ...lower]: readonly (readonly GridCell[])[]): boolean {
  const isEmpty = (one: GridCell | undefined): boolean =>
    one?.piece.plain === '' || (one !== undefined && isRowNumbers(one.piece));
  if (lower.length > 0) return lower.every(([first]) => isEmpty(first));
  const corner = top?.findIndex((one) => !isEmpty(one)) ?? -1;
  return corner >= 0 && top?.[corner + 1]?.piece.plain === '';
}

/** A place without a cell is no blank value. */
function cellsOf(row: readonly GridCell[]): Piece[] {
  return row.flatMap(({ piece, cell }) => (cell.missing === true ? [] : [piece]));
}

/** A row of 表三 that is called like one of its columns. */
function isColumnName(label: Label): boolean {
  return label.table === 'requests' && ['其他', '总计'].includes(label.text.stem);
}

function isValueRow(values: readonly GridCell[]): boolean {
  return (
    values.length >= 4 &&
    values.every(({ piece }) => piece.plain === '' || looksLikeValue(piece.plain)) &&
    values.some(({ piece }) => piece.plain !== '')
  );
}

/** The values below the headings, where each has a cell of its own and all others of the row are empty. */
function withoutRest(
  byPosition: readonly (Piece | undefined)[],
  pieces: readonly Piece[],
): readonly Piece[] | undefined {
  const own = byPosition.filter((piece) => piece !== undefined && piece.span === 1);
  if (own.length === 0 || own.length < byPosition.length) return undefined;
  return pieces.every((piece) => piece.plain === '' || own.includes(piece)) ? (own as Piece[]) : undefined;
}
