/**
 * An Excel file (.xlsx, .xlsm, also as WPS writes it) to one table block for each visible sheet: the values that are stored, in
 * their places. A macro is counted and never touched; no formula is computed.
 */
import type { Archive } from './archive.ts';
import { isOn, readXmlPart, relationsOf, type XmlReader } from './office-xml.ts';
import { UnreadableSource, type Omission, type SourceBlock, type SourceDocument } from './source-document.ts';
import { CellBudget, toRows, type PlacedCell } from './source-table.ts';
import { SourceText } from './source-text.ts';
import {
  builtInFormat,
  customFormat,
  dateText,
  numberText,
  percentText,
  type NumberFormat,
} from './spreadsheet-values.ts';

const FOUND = 'Excel';
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;
const ONLY_DIGITS = /^[\d\s.,]+$/;

interface RichText {
  readonly text: string;
  readonly doubtful: boolean;
}

interface Workbook {
  readonly sheets: { readonly name: string; readonly id: string; readonly isHidden: boolean }[];
  from1904: boolean;
}

interface Book {
  readonly strings: readonly RichText[];
  /** By the number of a cell's style. */
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

class Count {
  hiddenRows = 0;
  hiddenColumns = 0;
  deleted = 0;
}

export function xlsxSource(archive: Archive, mainPart: string): SourceDocument {
  const workbook = readWorkbook(archive, mainPart);
  const relations = relationsOf(archive, mainPart, FOUND);
  const partOf = (type: string): string => relations.find((relation) => relation.type === type)?.part ?? '';
  const count = new Count();
  const book: Book = {
    strings: readStrings(archive, partOf('sharedStrings'), count),
    formats: readFormats(archive, partOf('styles')),
    from1904: workbook.from1904,
  };
  const budget = new CellBudget();
  const blocks: SourceBlock[] = [];
  for (const sheet of workbook.sheets) {
    const relation = relations.find(({ id }) => id === sheet.id);
    if (sheet.isHidden || relation?.type !== 'worksheet') continue;
    const reader = new Sheet(book, budget, count);
    if (!readXmlPart(archive, relation.part, FOUND, reader)) throw damaged();
    const rows = reader.rows();
    if (rows.length > 0) blocks.push({ kind: 'table', rows, name: sheet.name });
  }
  const omissions: Omission[] = [
    { what: 'hidden-rows', count: count.hiddenRows },
    { what: 'hidden-columns', count: count.hiddenColumns },
    { what: 'hidden-sheets', count: workbook.sheets.filter((sheet) => sheet.isHidden).length },
    { what: 'deleted-text', count: count.deleted },
    { what: 'images', count: archive.names.filter((name) => /^xl\/media\/./i.test(name)).length },
    { what: 'macros', count: archive.names.filter((name) => /vbaProject\.bin$/i.test(name)).length },
  ];
  return { kind: 'xlsx', title: '', blocks, omissions: omissions.filter((omission) => omission.count > 0) };
}

function damaged(): UnreadableSource {
  return new UnreadableSource({ code: 'damaged', found: FOUND });
}

function readWorkbook(archive: Archive, part: string): Workbook {
  const workbook: Workbook = { sheets: [], from1904: false };
  const wasRead = readXmlPart(archive, part, FOUND, {
    open(name, attributes) {
      if (name === 's:sheet')
        workbook.sheets.push({
          name: attributes.get('name') ?? '',
          id: attributes.get('id') ?? '',
          isHidden: /hidden/i.test(attributes.get('state') ?? ''),
        });
      else if (name === 's:workbookPr' && attributes.has('date1904'))
        workbook.from1904 = isOn(attributes.get('date1904'));
    },
    close() {},
    text() {},
  });
  if (!wasRead) throw damaged();
  return workbook;
}

/** The texts of one string: pieces in one font each. Struck out pieces are left out, how a name is pronounced too. */
class RichTextReader {
  #text = new SourceText();
  #isText = false;
  #isPhonetic = false;
  #isStruck = false;
  #isRaised = false;
  #raisedDigits = false;

  constructor(private readonly count: Count) {}

  start(): void {
    this.#text = new SourceText();
    this.#raisedDigits = false;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 's:t') this.#isText = !this.#isPhonetic;
    else if (name === 's:rPh') this.#isPhonetic = true;
    else if (name === 's:r') this.#isStruck = this.#isRaised = false;
    else if (name === 's:strike') this.#isStruck = isOn(attributes.get('val'));
    else if (name === 's:vertAlign') this.#isRaised = (attributes.get('val') ?? '').endsWith('script');
  }

  text(text: string): void {
    if (!this.#isText) return;
    if (this.#isStruck) {
      if (/\S/.test(text)) this.count.deleted += 1;
      return;
    }
    if (this.#isRaised && /\d/.test(text)) this.#raisedDigits = true;
    this.#text.addLines(text.replace(/\t/g, ' '));
  }

  close(name: string): void {
    if (name === 's:t') this.#isText = false;
    else if (name === 's:rPh') this.#isPhonetic = false;
    else if (name === 's:r') this.#isStruck = this.#isRaised = false;
  }

  end(): RichText {
    const text = unescape(this.#text.text);
    return { text, doubtful: this.#raisedDigits && ONLY_DIGITS.test(text) };
  }
}

/** `_x000D_` is how a character that XML has no place for is written. */
function unescape(text: string): string {
  if (!text.includes('_x')) return text;
  const plain = new SourceText();
  plain.addLines(
    text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
  return plain.text;
}

function readStrings(archive: Archive, part: string, count: Count): RichText[] {
  const strings: RichText[] = [];
  const reader = new RichTextReader(count);
  readXmlPart(archive, part, FOUND, {
    open(name, attributes) {
      if (name === 's:si') reader.start();
      else reader.open(name, attributes);
    },
    close(name) {
      if (name === 's:si') strings.push(reader.end());
      else reader.close(name);
    },
    text: (text) => reader.text(text),
  });
  return strings;
}

function readFormats(archive: Archive, part: string): NumberFormat[] {
  const custom = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let inCells = false;
  readXmlPart(archive, part, FOUND, {
    open(name, attributes) {
      const id = Number(attributes.get('numFmtId') ?? '0');
      if (name === 's:numFmt') custom.set(id, customFormat(attributes.get('formatCode') ?? ''));
      else if (name === 's:cellXfs') inCells = true;
      else if (name === 's:xf' && inCells) formats.push(custom.get(id) ?? builtInFormat(id));
    },
    close(name) {
      if (name === 's:cellXfs') inCells = false;
    },
    text() {},
  });
  return formats;
}

interface Range {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

class Sheet implements XmlReader {
  readonly #cells: PlacedCell[] = [];
  readonly #merges: Range[] = [];
  readonly #hiddenRows = new Set<number>();
  readonly #hiddenColumns: { readonly from: number; readonly to: number }[] = [];
  readonly #inline: RichTextReader;
  #row = -1;
  #column = -1;
  #type = '';
  #style = 0;
  #value = '';
  #formula: string | undefined;
  #reading: 'value' | 'formula' | 'inline' | '' = '';

  constructor(
    private readonly book: Book,
    private readonly budget: CellBudget,
    private readonly count: Count,
  ) {
    this.#inline = new RichTextReader(count);
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    switch (name) {
      case 's:row': {
        const number = attributes.get('r');
        this.#row = number === undefined ? this.#row + 1 : Number(number) - 1;
        if (!(this.#row >= 0 && this.#row < MAX_ROW)) throw damaged();
        this.#column = -1;
        if (attributes.has('hidden') && isOn(attributes.get('hidden'))) this.#hiddenRows.add(this.#row);
        break;
      }
      case 's:c': {
        const place = attributes.get('r');
        if (place === undefined) this.#column += 1;
        else {
          const found = readPlace(place);
          this.#row = found.row;
          this.#column = found.column;
        }
        if (this.#row < 0 || this.#column >= MAX_COLUMN) throw damaged();
        this.#type = attributes.get('t') ?? 'n';
        this.#style = Number(attributes.get('s') ?? '0');
        this.#value = '';
        this.#formula = undefined;
        this.#inline.start();
        break;
      }
      case 's:v':
        this.#reading = 'value';
        break;
      case 's:f':
        this.#reading = 'formula';
        this.#formula = '';
        break;
      case 's:is':
        this.#reading = 'inline';
        break;
      case 's:col':
        this.#hideColumns(attributes);
        break;
      case 's:mergeCell':
        this.#merge(attributes.get('ref') ?? '');
        break;
      default:
        if (this.#reading === 'inline') this.#inline.open(name, attributes);
    }
  }

  text(text: string): void {
    if (this.#reading === 'value') this.#value += text;
    else if (this.#reading === 'formula') this.#formula += text;
    else if (this.#reading === 'inline') this.#inline.text(text);
  }

  close(name: string): void {
    if (name === 's:v' || name === 's:f' || name === 's:is') this.#reading = '';
    else if (name === 's:c') this.#endCell();
    else if (this.#reading === 'inline') this.#inline.close(name);
  }

  /** The used rectangle; what is empty at its edges is not in it. */
  rows(): ReturnType<typeof toRows> {
    if (this.#cells.length === 0) return [];
    const area = this.#area();
    const merged = this.#mergedPlaces(area);
    const cells: PlacedCell[] = [];
    for (const cell of this.#cells) {
      const merge = merged.get(keyOf(cell.row, cell.column));
      // What lies under a merged cell is not shown to anybody.
      if (merge !== undefined && (merge.fromRow !== cell.row || merge.fromColumn !== cell.column)) continue;
      cells.push({
        ...cell,
        row: cell.row - area.fromRow,
        column: cell.column - area.fromColumn,
        ...spansOf(merge, area),
      });
    }
    const rowCount = area.toRow - area.fromRow + 1;
    const width = area.toColumn - area.fromColumn + 1;
    this.budget.spend(rowCount);
    const hidden = { rows: this.#hiddenRowsIn(area), columns: this.#hiddenColumnsIn(area) };
    this.#countHidden(hidden);
    this.#fill(cells, merged, area, width);
    return toRows(cells, rowCount, hidden);
  }

  #hideColumns(attributes: ReadonlyMap<string, string>): void {
    const isHidden = attributes.has('hidden') && isOn(attributes.get('hidden'));
    if (!isHidden && Number(attributes.get('width') ?? '1') !== 0) return;
    const from = Number(attributes.get('min')) - 1;
    const to = Math.min(MAX_COLUMN, Number(attributes.get('max'))) - 1;
    if (from >= 0 && to >= from && this.#hiddenColumns.length < MAX_COLUMN)
      this.#hiddenColumns.push({ from, to });
  }

  #merge(ref: string): void {
    const [from, to] = ref.split(':', 2);
    if (from === undefined || to === undefined) return;
    const a = readPlace(from);
    const b = readPlace(to);
    this.budget.spend(1);
    this.#merges.push({
      fromRow: Math.min(a.row, b.row),
      toRow: Math.max(a.row, b.row),
      fromColumn: Math.min(a.column, b.column),
      toColumn: Math.max(a.column, b.column),
    });
  }

  #endCell(): void {
    const content = this.#content();
    if (content.text === '') return;
    this.budget.spend(1);
    this.#cells.push({
      text: content.text,
      row: this.#row,
      column: this.#column,
      rowSpan: 1,
      colSpan: 1,
      ...(content.doubtful && { doubtful: true }),
    });
  }

  #content(): RichText {
    const stored = this.#value;
    if (this.#formula !== undefined && stored === '' && this.#type !== 'str')
      // Nobody computed it: what it would show is not known.
      return { text: `=${this.#formula.trim().slice(0, 200)}`, doubtful: true };
    switch (this.#type) {
      case 's': {
        if (stored.trim() === '') return { text: '', doubtful: false };
        const string = this.book.strings[Number(stored)];
        if (string === undefined) throw damaged();
        return string;
      }
      case 'inlineStr':
        return this.#inline.end();
      case 'str': {
        const text = new SourceText();
        text.addLines(stored.replace(/\t/g, ' '));
        return { text: unescape(text.text), doubtful: false };
      }
      case 'b':
        return {
          text: stored.trim() === '' ? '' : stored.trim() === '0' ? 'FALSE' : 'TRUE',
          doubtful: false,
        };
      case 'e':
        return { text: stored.trim(), doubtful: true };
      case 'd':
        return { text: stored.trim().slice(0, 10), doubtful: true };
      default:
        return this.#number(stored);
    }
  }

  #number(stored: string): RichText {
    if (stored.trim() === '') return { text: '', doubtful: false };
    const format = this.book.formats[this.#style] ?? 'plain';
    if (format === 'date')
      return { text: dateText(stored, this.book.from1904) ?? numberText(stored), doubtful: true };
    if (format === 'percent') return { text: percentText(stored), doubtful: true };
    return {
      text: numberText(stored),
      doubtful: format === 'other' || !Number.isFinite(Number(stored)),
    };
  }

  /** Merges that reach far beyond all text (whole rows) end with the text. */
  #area(): Range {
    let fromRow = MAX_ROW;
    let toRow = 0;
    let fromColumn = MAX_COLUMN;
    let toColumn = 0;
    for (const { row, column } of this.#cells) {
      fromRow = Math.min(fromRow, row);
      toRow = Math.max(toRow, row);
      fromColumn = Math.min(fromColumn, column);
      toColumn = Math.max(toColumn, column);
    }
    const [lastRow, lastColumn] = [toRow, toColumn];
    for (const merge of this.#merges) {
      if (merge.fromRow > lastRow || merge.fromColumn > lastColumn) continue;
      if (merge.toRow < lastRow + 100) toRow = Math.max(toRow, merge.toRow);
      if (merge.toColumn < lastColumn + 100) toColumn = Math.max(toColumn, merge.toColumn);
    }
    return { fromRow, toRow, fromColumn, toColumn };
  }

  /** For every place in a merge, the merge. Of two that overlap, which no spreadsheet writes, the first. */
  #mergedPlaces(area: Range): ReadonlyMap<number, Range> {
    const places = new Map<number, Range>();
    for (const merge of this.#merges) {
      if (merge.fromRow < area.fromRow || merge.fromColumn < area.fromColumn) continue;
      if (merge.fromRow > area.toRow || merge.fromColumn > area.toColumn) continue;
      const toRow = Math.min(merge.toRow, area.toRow);
      const toColumn = Math.min(merge.toColumn, area.toColumn);
      this.budget.spend((toRow - merge.fromRow + 1) * (toColumn - merge.fromColumn + 1));
      let isFree = true;
      for (let row = merge.fromRow; row <= toRow; row += 1)
        for (let column = merge.fromColumn; column <= toColumn; column += 1)
          if (places.has(keyOf(row, column))) isFree = false;
      if (!isFree) continue;
      for (let row = merge.fromRow; row <= toRow; row += 1)
        for (let column = merge.fromColumn; column <= toColumn; column += 1)
          places.set(keyOf(row, column), merge);
    }
    return places;
  }

  /** Rows that hold anything are as long as the area: an empty cell at the end is a value that is missing. */
  #fill(cells: PlacedCell[], merged: ReadonlyMap<number, Range>, area: Range, width: number): void {
    const taken = new Set(cells.map((cell) => keyOf(cell.row, cell.column)));
    const rows = new Set(cells.map((cell) => cell.row));
    this.budget.spend(rows.size * width);
    for (const row of rows) {
      for (let column = 0; column < width; column += 1) {
        const merge = merged.get(keyOf(row + area.fromRow, column + area.fromColumn));
        const isAnchor =
          merge === undefined ||
          (merge.fromRow === row + area.fromRow && merge.fromColumn === column + area.fromColumn);
        if (isAnchor && !taken.has(keyOf(row, column)))
          cells.push({ text: '', row, column, ...spansOf(merge, area) });
      }
    }
  }

  #hiddenRowsIn(area: Range): Set<number> {
    const rows = new Set<number>();
    for (const row of this.#hiddenRows)
      if (row >= area.fromRow && row <= area.toRow) rows.add(row - area.fromRow);
    return rows;
  }

  #hiddenColumnsIn(area: Range): Set<number> {
    const columns = new Set<number>();
    for (const { from, to } of this.#hiddenColumns)
      for (let column = Math.max(from, area.fromColumn); column <= Math.min(to, area.toColumn); column += 1)
        columns.add(column - area.fromColumn);
    return columns;
  }

  #countHidden(hidden: { rows: ReadonlySet<number>; columns: ReadonlySet<number> }): void {
    const area = this.#area();
    const rows = new Set<number>();
    const columns = new Set<number>();
    for (const cell of this.#cells) {
      if (hidden.rows.has(cell.row - area.fromRow)) rows.add(cell.row);
      if (hidden.columns.has(cell.column - area.fromColumn)) columns.add(cell.column);
    }
    this.count.hiddenRows += rows.size;
    this.count.hiddenColumns += columns.size;
  }
}

function keyOf(row: number, column: number): number {
  return row * MAX_COLUMN + column;
}

function spansOf(merge: Range | undefined, area: Range): { rowSpan: number; colSpan: number } {
  if (merge === undefined) return { rowSpan: 1, colSpan: 1 };
  return {
    rowSpan: Math.min(merge.toRow, area.toRow) - merge.fromRow + 1,
    colSpan: Math.min(merge.toColumn, area.toColumn) - merge.fromColumn + 1,
  };
}

function readPlace(place: string): { row: number; column: number } {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(place);
  if (match === null) throw damaged();
  let column = 0;
  for (const letter of match[1]!.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  if (row < 1 || row > MAX_ROW || column > MAX_COLUMN) throw damaged();
  return { row: row - 1, column: column - 1 };
}
