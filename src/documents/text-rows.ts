/**
 * Rows of the form in running text: a label, then its values, until the next label. Labels may be cut over lines, stand
 * around their numbers or one character a line; group headings are drawn anywhere beside their rows. Knows nothing of
 * numbers. Whatever stands between two labels and is no value ends a row.
 */
import { withColumnBlocks } from './column-blocks.ts';
import { looksLikeValue, type Found, type FoundRow } from './found-rows.ts';
import { labelText, plainText, type LabelText } from './label-text.ts';
import { exactLabels, labelsOf, nearLabel, partOf, type Label, type TableId } from './labels.ts';
import type { Piece } from './place-values.ts';
import { doubted } from './text-doubts.ts';
import { textPieces, type TextPiece } from './text-pieces.ts';
import { withProse } from './text-prose.ts';

/** What was found, and where in the text: lines, as they are counted in the pieces. */
export interface TextEvent {
  readonly found: Found;
  readonly line: number;
  /** Of a row: the line of its last value. */
  readonly last: number;
  /** Of a row: the place of its label in the line. */
  readonly column: number;
  /** Of a row: whether separators vouch for its cells. */
  readonly explicit: boolean;
  /** A label that nobody knows, or a text, stood behind it. */
  closed: boolean;
}

const SECTIONS = labelsOf('section');
const PROSE_SECTIONS = SECTIONS.filter(({ id }) => id === '1' || id === '5' || id === '6');
const ROWS = labelsOf('row');
const GROUPS = labelsOf('group');
const COLUMNS = labelsOf('column');
const UNOFFICIAL = labelsOf('unofficial');
const IN_TABLES = [...ROWS, ...GROUPS, ...COLUMNS];
const LATE = ROWS.find((label) => label.id === 'not-processed.confirmation')!.order;
/** A text longer than any label, or with the end of a sentence in it, is prose. */
const PROSE = /[。；！？;!?]/;
/** What counts rows, before their labels. */
const ROW_NUMBER = /^\d{1,2}$/;
const ONE_ROW_OTHER = '其他处理';
/** Most characters of a label that is put together from pieces. */
const MOST_PENDING = 60;
/** More values than any row can have: nobody has to know how many. */
const MOST_VALUES = 64;
/** Near labels are costly: text that is hostile enough to need more of them than this is read without them, and not trusted. */
const MOST_NEAR = 5_000;

interface OpenRow {
  readonly table: TableId;
  readonly label: Label | undefined;
  readonly mended: boolean;
  found: string;
  readonly values: TextPiece[];
  disturbed: boolean;
  /** Something that is no value stood behind its values; more of them are then not certain to be its own. */
  interrupted: boolean;
  /** Opened by a heading that is a row only where values follow: （六）其他处理. */
  readonly tentative: boolean;
  /** Of its label, of 表四 its last heading. */
  line: number;
  readonly column: number;
}

/** `isFilledElsewhere`: other parts of the text have values, so that a row without any may have lost them. */
export function textRows(text: string, firstLine: number, isFilledElsewhere: boolean): Found[] {
  const pieces = textPieces(text, firstLine);
  return withProse(
    withColumnBlocks(doubted(new TextFinder().run(pieces), pieces, isFilledElsewhere), pieces),
    text,
    firstLine,
  );
}

class TextFinder {
  readonly #events: TextEvent[] = [];
  #table: TableId | undefined;
  #row: OpenRow | undefined;
  /** Columns of 表二 as its last heading names them. */
  #columns: string[] = [];
  /** Columns of 表三 as its heading names them, in the order of reading. */
  #applicants: string[] = [];
  /** The heading of 表三 has a column that the form does not have: which values are its, nothing says. */
  #hasSubtotals = false;
  #unofficial = false;
  /** Values behind a label that nobody knows. */
  #unknown: Piece[] | undefined;
  #lastRow = -1;
  #pending = '';
  #near = 0;
  /** The line whose cells before its label belong to nobody. */
  #skip = 0;

  run(pieces: readonly TextPiece[]): TextEvent[] {
    pieces.forEach((piece, index) => {
      const isNumber = piece.explicit && ROW_NUMBER.test(piece.plain);
      const mayBeSkipped = piece.place.column === 1 && (piece.plain === '' || isNumber);
      if (!mayBeSkipped || !isBeforeLabel(pieces, index + Number(isNumber), piece.place.row))
        this.#read(piece);
      else this.#skip = piece.place.row;
    });
    this.#close(true);
    return this.#events;
  }

  #push(found: Found, { place }: Piece): void {
    this.#events.push({
      found,
      line: place.row,
      last: place.row,
      column: place.column,
      explicit: false,
      closed: false,
    });
  }

  #open(row: Pick<OpenRow, 'table' | 'label' | 'mended'>, piece: Piece, tentative = false): void {
    this.#row = {
      ...row,
      found: row.label === undefined ? '' : piece.raw,
      values: [],
      disturbed: this.#near >= MOST_NEAR,
      interrupted: false,
      tentative,
      line: piece.place.row,
      column: piece.place.column,
    };
  }

  #read(piece: TextPiece): void {
    if (piece.plain === '') {
      // Beside the headings of 表四 stand the rests of their spans.
      if (
        piece.place.row === this.#skip ||
        (this.#row?.table === 'proceedings' && this.#row.line === piece.place.row)
      )
        return;
      if (piece.explicit && this.#row !== undefined && this.#row.values.length < MOST_VALUES)
        this.#row.values.push(piece);
      return;
    }
    this.#skip = 0;
    if (looksLikeValue(piece.plain) && !this.#isLabelPart(piece)) {
      this.#pending = '';
      if (this.#row !== undefined) {
        if (this.#row.interrupted || this.#row.values.length >= MOST_VALUES) this.#row.disturbed = true;
        if (this.#row.values.length < MOST_VALUES) this.#row.values.push(piece);
      } else if (this.#table !== undefined && /\d/.test(piece.plain)) {
        if (this.#unknown !== undefined) this.#unknown.push(piece);
        else this.#stray(piece, this.#unofficial ? 'unofficial' : 'no-label');
      }
      return;
    }
    this.#text(piece);
  }

  /** 无 and 三 may be characters of a label that is written down the page. */
  #isLabelPart(piece: Piece): boolean {
    return this.#pending !== '' && this.#pending.length < 10 && /^[\p{Script=Han}]$/u.test(piece.plain);
  }

  #text(piece: TextPiece): void {
    const { plain } = piece;
    const behind = behindTitle(piece);
    if (behind !== undefined) {
      this.#section(behind.label, behind.label.text, piece);
      return this.#prose({ ...piece, raw: behind.rest, plain: plainText(behind.rest) });
    }
    if (plain.length > 120 || (PROSE.test(plain) && plain.length > 40)) return this.#prose(piece);
    const text = labelText(plain);
    const joined = this.#pending === '' ? undefined : labelText(plainText(this.#pending + piece.raw));
    if (joined !== undefined && this.#take(exactLabels(joined), joined, piece, false)) return;
    if (this.#take(exactLabels(text), text, piece, false)) return;
    if (this.#continues(text)) return;
    if ((text.stem.length >= 3 || text.item !== '') && this.#takeNear(text, piece)) return;
    const unofficial = UNOFFICIAL.some((label) => label.text.stem === text.stem);
    if (plain.length > 12 || PROSE.test(plain)) return this.#prose(piece);
    if (unofficial) {
      if (this.#table === 'requests' && this.#lastRow === -1) this.#hasSubtotals = true;
      this.#close(false);
      this.#unofficial = true;
      return;
    }
    this.#pending = (this.#pending + piece.raw).slice(-MOST_PENDING);
    const row = this.#row;
    if (row !== undefined && row.values.length === 0 && /\d/.test(plain)) row.disturbed = true;
    if (this.#table === undefined) this.#push({ kind: 'prose', text: piece.raw }, piece);
    else if (row !== undefined && row.values.some((value) => value.plain !== '')) {
      // A label that nobody knows: what comes next is its own, and no part of the row before.
      if (row.table === 'requests' && text.whole.length >= 3) this.#openUnknown();
      else row.interrupted = true;
    }
  }

  /** A title, or outside a table the numbered beginning of a label, or inside one whatever label is near. */
  #takeNear(text: LabelText, piece: TextPiece): boolean {
    const inTable = this.#table !== undefined;
    if ((!inTable && text.item === '') || this.#near >= MOST_NEAR) return false;
    this.#near += 1;
    const section = text.item === '' ? undefined : nearLabel(text, SECTIONS);
    if (section !== undefined && this.#take([section], text, piece, true)) return true;
    const begun = partOf(text, ROWS, true);
    const near = begun ?? (inTable ? nearLabel(text, IN_TABLES) : undefined);
    if (near === undefined || !this.#take([near], text, piece, true)) return false;
    this.#pending = begun === undefined ? '' : piece.raw;
    return true;
  }

  #openUnknown(): void {
    this.#close(false);
    this.#behind();
    this.#unknown = [];
  }

  /** What stands behind the last row is no part of it. */
  #behind(): void {
    const last = this.#events[this.#events.length - 1];
    if (last !== undefined) last.closed = true;
  }

  #stray(piece: Piece, why: 'no-label' | 'unofficial'): void {
    this.#push({ kind: 'stray', table: this.#table!, piece, why }, piece);
  }

  #prose(piece: TextPiece): void {
    const row = this.#row;
    // Numbers that went on in a sentence may have been this row's.
    if (row !== undefined && row.values.length === 0 && /\d/.test(piece.plain)) row.disturbed = true;
    this.#close(false);
    this.#behind();
    this.#pending = '';
    this.#unofficial = false;
    this.#push({ kind: 'prose', text: piece.raw }, piece);
  }

  /** The rest of a label whose beginning has opened the row, before or behind its values. */
  #continues(text: LabelText): boolean {
    const label = this.#row?.label;
    if (label === undefined || text.whole.length < 2) return false;
    if (!label.text.stem.includes(text.stem) && !label.text.stem.endsWith(text.whole)) return false;
    this.#row!.found += text.whole;
    this.#pending = '';
    return true;
  }

  /** Whether one of these labels can be meant here; then it is dealt with. */
  #take(labels: readonly Label[], text: LabelText, piece: TextPiece, mended: boolean): boolean {
    if (labels.length === 0 || labels[0]!.kind === 'unofficial') return false;
    // A lone 总计 or 其他 opens no table.
    if (isShort(text) && !labels.some((label) => label.table === this.#table)) return false;
    const section = labels.find((label) => label.kind === 'section');
    if (section !== undefined) return this.#section(section, text, piece);
    // （六）其他处理 is a row only in forms that give it one line: its values will tell.
    const isOther = labels.some((label) => label.text.stem === ONE_ROW_OTHER);
    const row = labels.find((label) => label.kind === 'row' && !isOther && this.#isRowHere(label, text));
    const other = labels.find((label) => label.kind !== 'row' && this.#fits(label));
    const label = row ?? other ?? labels[0]!;
    this.#pending = '';
    this.#unofficial = false;
    if (label.kind === 'row' && !isOther) this.#openRow(label, piece, mended);
    else this.#heading(label, piece);
    return true;
  }

  #fits(label: Label): boolean {
    return this.#table === undefined || label.table === this.#table;
  }

  /** 其他 and 总计 are columns until the last rows of 表三 are reached. */
  #isRowHere(label: Label, text: LabelText): boolean {
    if (label.table !== 'requests' || !isShort(text)) return true;
    if (this.#table !== 'requests') return false;
    return text.item !== '' ? text.item === label.text.item : this.#lastRow >= LATE;
  }

  #section(label: Label, text: LabelText, piece: TextPiece): boolean {
    if (text.item === '' && piece.plain.length > 24) return false;
    this.#close(false);
    this.#pending = '';
    const index = Number(label.id);
    this.#push({ kind: 'section', index, piece }, piece);
    // The table before its heading is read by its labels; a heading alone opens none.
    if (index < 2 || index > 4) this.#table = undefined;
    return true;
  }

  #openRow(label: Label, piece: TextPiece, mended: boolean): void {
    const table = label.table!;
    this.#enter(table);
    if (table === 'proceedings') return this.#proceedings(label, piece);
    this.#close(false);
    this.#lastRow = label.order;
    this.#open({ table, label, mended }, piece);
  }

  #enter(table: TableId): void {
    if (this.#table === table) return;
    this.#close(false);
    this.#table = table;
    this.#lastRow = -1;
    this.#columns = [];
    this.#applicants = [];
    this.#hasSubtotals = false;
  }

  /** 表四 is one line: whatever values come after its headings. */
  #proceedings(label: Label, piece: TextPiece): void {
    this.#push({ kind: 'heading', table: 'proceedings', label, found: piece.raw }, piece);
    const open = this.#row;
    if (open === undefined || open.table !== 'proceedings') {
      this.#close(false);
      this.#open({ table: 'proceedings', label: undefined, mended: false }, piece);
      return;
    }
    open.line = piece.place.row;
    if (open.values.some((value) => value.plain !== '')) open.disturbed = true;
    else open.values.length = 0;
  }

  #heading(label: Label, piece: TextPiece): void {
    const table = label.table;
    if (table === undefined) return;
    this.#enter(table);
    if (table === 'proceedings') return this.#proceedings(label, piece);
    this.#push({ kind: 'heading', table, label, found: piece.raw }, piece);
    if (label.text.stem === ONE_ROW_OTHER) {
      // Drawn between a label of its rows and the values.
      if (this.#row?.values.length === 0 && this.#row.label?.id.startsWith('other.')) return;
      this.#close(false);
      this.#lastRow = LATE;
      const row = ROWS.find((one) => one.id === 'other')!;
      this.#open({ table, label: row, mended: false }, piece, true);
      return;
    }
    const open = this.#row;
    if (label.kind === 'group' && table === 'requests' && open !== undefined && !isOfHead(label)) {
      // A group heading is drawn in the middle of its rows: before, between or behind the values of one of them.
      return;
    }
    this.#close(false);
    if (table === 'requests' && label.kind === 'column') {
      // The heading again, after a page break.
      if (this.#applicants.includes(label.id)) this.#applicants = [];
      this.#applicants.push(label.id);
    }
    if (table !== 'disclosure') return;
    if (label.kind === 'column') this.#columns = [...this.#columns, label.id].slice(-MOST_VALUES);
    else if (label.kind === 'group') this.#columns = [];
  }

  #close(atEnd: boolean): void {
    const unknown = this.#unknown;
    this.#unknown = undefined;
    // As many values as a row has are a row of its own, whatever it is called; anything else is out of order.
    for (const piece of unknown ?? []) this.#stray(piece, unknown!.length === 7 ? 'unofficial' : 'no-label');
    const row = this.#row;
    this.#row = undefined;
    if (row === undefined) return;
    // A text that breaks off behind a label says nothing of its row.
    if (atEnd && row.values.every((value) => value.plain === '') && row.table !== 'proceedings') return;
    // Nor is it certain where the values of a row begin that may have been longer.
    const isCutOff =
      atEnd && row.table === 'requests' && row.values.filter((value) => value.plain !== '').length < 7;
    const last = row.values[row.values.length - 1];
    const found: FoundRow = {
      kind: 'row',
      table: row.table,
      label: row.label,
      mended: row.mended,
      found: row.found,
      columns: row.table === 'disclosure' ? this.#columns : [],
      values: row.values,
      headingInDoubt: row.table === 'requests' && (this.#hasSubtotals || !isUsualOrder(this.#applicants)),
      disturbed: row.disturbed || isCutOff,
      ...(row.tentative ? { tentative: true } : {}),
    };
    this.#events.push({
      found,
      line: row.line,
      last: last?.place.row ?? row.line,
      column: row.column,
      explicit: row.values.some((value) => value.explicit),
      closed: unknown !== undefined,
    });
  }
}

/** Whether empty cells, or none, of this line stand between here and a label: a span of an earlier row covers them. */
function isBeforeLabel(pieces: readonly TextPiece[], from: number, line: number): boolean {
  let index = from;
  while (pieces[index]?.place.row === line && pieces[index]!.plain === '') index += 1;
  const piece = pieces[index];
  return piece?.place.row === line && !looksLikeValue(piece.plain);
}

/** What goes on in the line of the title of a section of prose; dots and a number are a table of contents. */
function behindTitle({ raw, plain }: Piece): { readonly label: Label; readonly rest: string } | undefined {
  const label = PROSE_SECTIONS.find(({ official }) => plain.startsWith(official));
  if (label === undefined) return undefined;
  const { length } = label.official;
  const text = plainText(raw.slice(0, length)) === label.official ? raw : plain;
  const rest = text.slice(length).replace(/^[:：。.,，、\s]{1,9}/, '');
  return /\p{Script=Han}{2}/u.test(rest) ? { label, rest } : undefined;
}

function isShort(text: LabelText): boolean {
  return text.stem === '总计' || text.stem === '其他';
}

/** Headings over the columns of 表三; the others stand beside its rows. */
function isOfHead(label: Label): boolean {
  return !/^[（(]|^三、/.test(label.official);
}

const APPLICANTS = COLUMNS.filter((label) => label.table === 'requests').map((label) => label.id);

/** Down the columns or along the lines of the heading: 总计 beside 申请人情况 or 自然人, or at the end; the others as in the form. */
function isUsualOrder(read: readonly string[]): boolean {
  const ranks = read.map((id) => APPLICANTS.indexOf(id));
  const last = APPLICANTS.length - 1;
  const total = ranks.indexOf(last);
  const others = ranks.filter((rank) => rank !== last);
  const inOrder = others.every((rank, index) => index === 0 || rank > others[index - 1]!);
  return inOrder && (total <= 1 || total === ranks.length - 1);
}
