/**
 * A Word file (.docx, .docm, also as WPS writes it) to blocks in the order of the document. Automatic numbers of lists are not in the
 * text, as they are not in the file. Deleted, moved away, struck out and hidden text is left out and counted.
 */
import type { Archive } from './archive.ts';
import { isOn, readXmlPart, type XmlReader } from './office-xml.ts';
import { UnreadableSource, type Omission, type SourceBlock, type SourceDocument } from './source-document.ts';
import { CellBudget, toRows, type PlacedCell } from './source-table.ts';
import { layoutBlocks, SourceFlow } from './source-text.ts';

const FOUND = 'Word';
/** Word itself allows 63. */
const MAX_COLUMNS = 1_000;
const ONLY_DIGITS = /^[\d\s.,]+$/;

/** Nothing inside is text, and what has names like text in it (tabs, run properties) is not what it says. */
const SKIPPED = new Set([
  'w:pPr',
  'w:sectPr',
  'w:tblPr',
  'w:tblGrid',
  'w:sdtPr',
  'w:instrText',
  'w:fldData',
  // What the properties were before a tracked change.
  'w:rPrChange',
  'w:tcPrChange',
  'w:trPrChange',
  'w:tblPrExChange',
]);
const DELETED = new Set(['w:del', 'w:moveFrom']);

export function docxSource(archive: Archive, mainPart: string): SourceDocument {
  const body = new Body();
  if (!readXmlPart(archive, mainPart, FOUND, body))
    throw new UnreadableSource({ code: 'damaged', found: FOUND });
  const omissions: Omission[] = [
    { what: 'hidden-rows', count: body.hiddenRows },
    { what: 'deleted-text', count: body.deleted },
    { what: 'images', count: body.images },
    { what: 'macros', count: archive.names.filter((name) => /vbaProject\.bin$/i.test(name)).length },
  ];
  return {
    kind: 'docx',
    title: '',
    blocks: body.end(),
    omissions: omissions.filter((omission) => omission.count > 0),
  };
}

interface Cell {
  readonly row: number;
  readonly column: number;
  colSpan: number;
  rowSpan: number;
  merge: 'restart' | 'continue' | undefined;
  isRightPart: boolean;
  isMissing: boolean;
  readonly flow: Flow;
}

interface Table {
  readonly cells: Cell[];
  readonly hiddenRows: Set<number>;
  readonly deletedRows: Set<number>;
  row: number;
  column: number;
  /** By the column it begins in, the cell that a merge of the next row goes on with. */
  above: Map<number, Cell>;
  here: Map<number, Cell>;
  cell: Cell | undefined;
}

interface Run {
  isLost: boolean;
  isRaised: boolean;
}

class Flow extends SourceFlow {
  raisedDigits = false;
  /** What stands in text boxes of the paragraph that is open. */
  boxes: SourceBlock[] = [];
}

class Body implements XmlReader {
  hiddenRows = 0;
  deleted = 0;
  images = 0;
  readonly #root = new Flow();
  readonly #budget = new CellBudget();
  readonly #path: string[] = [];
  readonly #flows: Flow[] = [this.#root];
  readonly #tables: Table[] = [];
  readonly #runs: Run[] = [];
  /** For each AlternateContent that is open, whether one of its versions was taken. */
  readonly #alternatives: boolean[] = [];
  /** Depth of the element whose content is skipped. */
  #skippedFrom = Infinity;
  #deletedFrom = Infinity;

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const parent = this.#path[this.#path.length - 1] ?? '';
    this.#path.push(name);
    if (this.#path.length > this.#skippedFrom) return;
    if (SKIPPED.has(name)) {
      this.#skip();
      return;
    }
    // `w:del` among the properties of a row says that the row is deleted.
    if (DELETED.has(name) && parent !== 'w:trPr' && this.#deletedFrom === Infinity)
      this.#deletedFrom = this.#path.length;
    const value = attributes.get('val');
    const flow = this.#flow();
    const table = this.#tables[this.#tables.length - 1];
    switch (name) {
      case 'mc:AlternateContent':
        this.#alternatives.push(false);
        break;
      case 'mc:Choice':
      case 'mc:Fallback':
        if (this.#alternatives[this.#alternatives.length - 1] === true) this.#skip();
        else if (this.#alternatives.length > 0) this.#alternatives[this.#alternatives.length - 1] = true;
        break;
      case 'w:p':
        flow.text.break();
        break;
      case 'w:r':
      case 'm:r':
        this.#runs.push({ isLost: false, isRaised: false });
        break;
      case 'w:vanish':
      case 'w:strike':
      case 'w:dstrike':
        if (parent === 'w:rPr' && isOn(value)) this.#run().isLost = true;
        break;
      case 'w:vertAlign':
        if (parent === 'w:rPr' && (value === 'superscript' || value === 'subscript'))
          this.#run().isRaised = true;
        break;
      case 'w:br':
      case 'w:cr':
        if (!this.#isLost()) flow.text.break();
        break;
      case 'w:tab':
      case 'w:ptab':
        if (this.#isLost()) break;
        if (this.#tables.length > 0) flow.text.add(' ');
        else flow.text.tab();
        break;
      case 'w:noBreakHyphen':
        if (!this.#isLost()) flow.text.add('-');
        break;
      case 'a:blip':
      case 'v:imagedata':
        this.images += 1;
        break;
      case 'w:txbxContent':
        this.#flows.push(new Flow());
        break;
      case 'w:tbl':
        flow.text.break();
        this.#tables.push({
          cells: [],
          hiddenRows: new Set(),
          deletedRows: new Set(),
          row: -1,
          column: 0,
          above: new Map(),
          here: new Map(),
          cell: undefined,
        });
        break;
      default:
        if (table !== undefined) this.#openInTable(name, value, parent, table);
    }
  }

  close(name: string): void {
    const depth = this.#path.length;
    this.#path.pop();
    if (depth >= this.#skippedFrom) {
      if (depth > this.#skippedFrom) return;
      this.#skippedFrom = Infinity;
      return;
    }
    if (depth === this.#deletedFrom) this.#deletedFrom = Infinity;
    const table = this.#tables[this.#tables.length - 1];
    switch (name) {
      case 'mc:AlternateContent':
        this.#alternatives.pop();
        break;
      case 'w:r':
      case 'm:r':
        this.#runs.pop();
        break;
      case 'w:p': {
        const flow = this.#flow();
        flow.text.break();
        const boxes = flow.boxes;
        flow.boxes = [];
        flow.add(boxes);
        break;
      }
      case 'w:txbxContent': {
        const box = this.#flows.pop()!;
        box.flush();
        this.#flow().boxes.push(...box.blocks);
        break;
      }
      case 'w:tc':
        if (table?.cell !== undefined) this.#endCell(table, table.cell);
        break;
      case 'w:tr':
        if (table !== undefined) {
          table.above = table.here;
          table.here = new Map();
        }
        break;
      case 'w:tbl':
        this.#tables.pop();
        this.#endTable(table!);
        break;
    }
  }

  text(text: string): void {
    const name = this.#path[this.#path.length - 1];
    if (this.#path.length >= this.#skippedFrom || !/\S| /.test(text)) return;
    if (name === 'w:delText' || (this.#isLost() && (name === 'w:t' || name === 'm:t'))) {
      if (/\S/.test(text)) this.deleted += 1;
    } else if (name === 'w:t' || name === 'm:t') {
      const flow = this.#flow();
      if (this.#run().isRaised && /\d/.test(text)) flow.raisedDigits = true;
      flow.text.add(text);
    }
  }

  end(): readonly SourceBlock[] {
    this.#root.flush();
    return this.#root.blocks;
  }

  #skip(): void {
    this.#skippedFrom = this.#path.length;
  }

  #flow(): Flow {
    return this.#flows[this.#flows.length - 1]!;
  }

  /** Text outside a run is in none that is written by a program; it counts as plain. */
  #run(): Run {
    return this.#runs[this.#runs.length - 1] ?? { isLost: false, isRaised: false };
  }

  #isLost(): boolean {
    return this.#deletedFrom !== Infinity || this.#run().isLost;
  }

  #openInTable(name: string, value: string | undefined, parent: string, table: Table): void {
    const { cell } = table;
    switch (name) {
      case 'w:tr':
        table.row += 1;
        table.column = 0;
        this.#budget.spend(1);
        break;
      case 'w:gridBefore':
        table.column += columns(value, 0);
        if (table.column > MAX_COLUMNS) this.#budget.spend(Infinity);
        break;
      case 'w:hidden':
        if (parent === 'w:trPr' && isOn(value)) table.hiddenRows.add(table.row);
        break;
      case 'w:del':
        if (parent === 'w:trPr') table.deletedRows.add(table.row);
        break;
      case 'w:tc': {
        if (cell !== undefined) throw new UnreadableSource({ code: 'damaged', found: FOUND });
        this.#budget.spend(1);
        const opened: Cell = {
          row: Math.max(0, table.row),
          column: table.column,
          colSpan: 1,
          rowSpan: 1,
          merge: undefined,
          isRightPart: false,
          isMissing: false,
          flow: new Flow(),
        };
        table.cell = opened;
        this.#flows.push(opened.flow);
        break;
      }
      case 'w:gridSpan':
        if (cell !== undefined && parent === 'w:tcPr') cell.colSpan = columns(value, 1);
        break;
      case 'w:vMerge':
        if (cell !== undefined && parent === 'w:tcPr')
          cell.merge = value === 'restart' ? 'restart' : 'continue';
        break;
      case 'w:hMerge':
        if (cell !== undefined && parent === 'w:tcPr') cell.isRightPart = value !== 'restart';
        break;
    }
  }

  #endCell(table: Table, cell: Cell): void {
    this.#flows.pop();
    table.cell = undefined;
    table.column += cell.colSpan;
    if (table.column > MAX_COLUMNS) this.#budget.spend(Infinity);
    const left = cell.isRightPart ? table.cells[table.cells.length - 1] : undefined;
    if (left !== undefined && left.row === cell.row) {
      left.colSpan += cell.colSpan;
      return;
    }
    const above = cell.merge === 'continue' ? table.above.get(cell.column) : undefined;
    if (above !== undefined && above.colSpan === cell.colSpan) {
      above.rowSpan = cell.row - above.row + 1;
      table.here.set(cell.column, above);
      return;
    }
    // It goes on with a cell that is not there: the row has a cell too few before it.
    cell.isMissing = cell.merge === 'continue';
    if (cell.merge !== undefined) table.here.set(cell.column, cell);
    table.cells.push(cell);
  }

  #endTable(table: Table): void {
    const flow = this.#flow();
    const said = new Set(table.cells.filter((cell) => hasText(cell.flow)).map((cell) => cell.row));
    for (const row of said) {
      if (table.deletedRows.has(row)) this.deleted += 1;
      else if (table.hiddenRows.has(row)) this.hiddenRows += 1;
    }
    const isGone = (row: number): boolean => table.deletedRows.has(row) || table.hiddenRows.has(row);
    const kept = table.cells.filter((cell) => hasText(cell.flow) && !isGone(cell.row));
    if (kept.length === 0) return;
    if (kept.some((cell) => cell.flow.blocks.length > 0)) {
      const rows = new Map<number, { text: string; blocks: readonly SourceBlock[] }[]>();
      for (const cell of kept) {
        cell.flow.flush();
        if (!rows.has(cell.row)) rows.set(cell.row, []);
        rows.get(cell.row)!.push({ text: '', blocks: cell.flow.blocks });
      }
      flow.add(layoutBlocks(rows.values()));
    } else if (table.cells.length === 1) {
      // A frame around a text.
      flow.text.addLines(kept[0]!.flow.text.text);
      flow.raisedDigits ||= kept[0]!.flow.raisedDigits;
    } else {
      const width = Math.max(...table.cells.map((cell) => cell.column + cell.colSpan));
      this.#budget.spend((table.row + 1) * width - table.cells.length);
      const cells: PlacedCell[] = table.cells.map(({ flow: { text, raisedDigits }, ...cell }) => ({
        text: text.text,
        row: cell.row,
        column: cell.column,
        colSpan: cell.colSpan,
        rowSpan: cell.rowSpan,
        ...(raisedDigits && ONLY_DIGITS.test(text.text) && { doubtful: true }),
        ...(cell.isMissing && text.text === '' && { missing: true }),
      }));
      flow.flush();
      const gone = new Set([...table.deletedRows, ...table.hiddenRows]);
      flow.blocks.push({
        kind: 'table',
        rows: toRows(cells, table.row + 1, { rows: gone, columns: new Set() }),
      });
    }
    flow.text.break();
  }
}

function hasText(flow: Flow): boolean {
  return flow.blocks.length > 0 || flow.text.text !== '';
}

function columns(value: string | undefined, least: number): number {
  const count = /^\d{1,6}$/.test(value ?? '') ? Number(value) : least;
  return Math.min(MAX_COLUMNS, Math.max(least, count));
}
