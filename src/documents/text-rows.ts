/**
 * Rows of the form in running text: a label, then its values, until the next label. Labels may be cut over lines, stand
 * around their numbers or one character a line; group headings are drawn anywhere beside their rows. Knows nothing of
 * numbers. Whatever stands between two labels and is no value ends a row.
 */
import { looksLikeValue, type Found, type FoundRow } from './found-rows.ts';
import { labelText, plainText, type LabelText } from './label-text.ts';
import { exactLabels, labelsOf, nearLabel, partOf, type Label, type TableId } from './labels.ts';
import type { Piece } from './place-values.ts';
import { textPieces, type TextPiece } from './text-pieces.ts';

const SECTIONS = labelsOf('section');
const ROWS = labelsOf('row');
const GROUPS = labelsOf('group');
const COLUMNS = labelsOf('column');
const UNOFFICIAL = labelsOf('unofficial');
const IN_TABLES = [...ROWS, ...GROUPS, ...COLUMNS];
const LATE = ROWS.find((label) => label.id === 'not-processed.confirmation')!.order;
/** A text longer than any label, or with the end of a sentence in it, is prose. */
const PROSE = /[。；！？;!?]/;
const ONE_ROW_OTHER = '其他处理';
/** Most characters of a label that is put together from pieces. */
const MOST_PENDING = 60;
/** Near labels are costly: text that is hostile enough to need more of them than this is read without them. */
const MOST_NEAR = 5_000;

interface OpenRow {
  readonly table: TableId;
  readonly label: Label | undefined;
  readonly mended: boolean;
  found: string;
  readonly values: Piece[];
  disturbed: boolean;
  /** Something that is no value stood behind its values; more of them are then not certain to be its own. */
  interrupted: boolean;
  /** Opened by a heading that is a row only where values follow: （六）其他处理. */
  readonly tentative: boolean;
}

export function textRows(text: string, firstLine: number): Found[] {
  return new TextFinder().run(textPieces(text, firstLine));
}

class TextFinder {
  readonly #found: Found[] = [];
  #table: TableId | undefined;
  #row: OpenRow | undefined;
  /** Columns of 表二 as its last heading names them. */
  #columns: string[] = [];
  #unofficial = false;
  /** Values behind a label that nobody knows. */
  #unknown: Piece[] | undefined;
  #lastRow = -1;
  #pending = '';
  #near = 0;

  run(pieces: readonly TextPiece[]): Found[] {
    for (const piece of pieces) this.#read(piece);
    this.#close(true);
    return this.#found;
  }

  #read(piece: TextPiece): void {
    if (piece.plain === '') {
      if (piece.explicit && this.#row !== undefined) this.#row.values.push(piece);
      return;
    }
    if (looksLikeValue(piece.plain) && !this.#isLabelPart(piece)) {
      this.#pending = '';
      if (this.#row !== undefined) {
        if (this.#row.interrupted) this.#row.disturbed = true;
        this.#row.values.push(piece);
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
    if (plain.length > 120 || (PROSE.test(plain) && plain.length > 40)) return this.#prose(piece);
    const text = labelText(plain);
    const joined = this.#pending === '' ? undefined : labelText(plainText(this.#pending + piece.raw));
    if (joined !== undefined && this.#take(exactLabels(joined), joined, piece, false)) return;
    if (this.#take(exactLabels(text), text, piece, false)) return;
    if (this.#continues(text)) return;
    if (this.#near < MOST_NEAR && text.stem.length >= 3) {
      this.#near += 1;
      const section = nearLabel(text, SECTIONS);
      if (section !== undefined && text.item !== '' && this.#take([section], text, piece, true)) return;
      const begun = partOf(text, ROWS, true);
      // Outside a table a word or two of prose may look like a label.
      const near = begun ?? (this.#table === undefined ? undefined : nearLabel(text, IN_TABLES));
      if (near !== undefined && (this.#table !== undefined || text.item !== ''))
        if (this.#take([near], text, piece, true)) {
          this.#pending = begun === undefined ? '' : piece.raw;
          return;
        }
    }
    const unofficial = UNOFFICIAL.some((label) => label.text.stem === text.stem);
    if (plain.length > 12 || PROSE.test(plain)) return this.#prose(piece);
    if (unofficial) {
      this.#close(false);
      this.#unofficial = true;
      return;
    }
    this.#pending = (this.#pending + piece.raw).slice(-MOST_PENDING);
    const row = this.#row;
    if (row !== undefined && row.values.length === 0 && /\d/.test(plain)) row.disturbed = true;
    if (this.#table === undefined) this.#found.push({ kind: 'prose', text: piece.raw });
    else if (row !== undefined && row.values.some((value) => value.plain !== '')) {
      // A label that nobody knows: what comes next is its own, and no part of the row before.
      if (row.table === 'requests' && text.whole.length >= 3) this.#openUnknown();
      else row.interrupted = true;
    }
  }

  #openUnknown(): void {
    this.#close(false);
    this.#unknown = [];
  }

  #stray(piece: Piece, why: 'no-label' | 'unofficial'): void {
    this.#found.push({ kind: 'stray', table: this.#table!, piece, why });
  }

  #prose(piece: TextPiece): void {
    const row = this.#row;
    // Numbers that went on in a sentence may have been this row's.
    if (row !== undefined && row.values.length === 0 && /\d/.test(piece.plain)) row.disturbed = true;
    this.#close(false);
    this.#pending = '';
    this.#unofficial = false;
    this.#found.push({ kind: 'prose', text: piece.raw });
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
    if (labels.length === 0) return false;
    // A lone 总计 or 其他 opens no table.
    if (isShort(text) && !labels.some((label) => label.table === this.#table)) return false;
    const section = labels.find((label) => label.kind === 'section');
    if (section !== undefined) return this.#section(section, text, piece);
    // （六）其他处理 is a row only in forms that give it one line: its values will tell.
    const isOther = text.stem === ONE_ROW_OTHER;
    const row = labels.find((label) => label.kind === 'row' && !isOther && this.#isRowHere(label, text));
    const other = labels.find((label) => label.kind !== 'row' && this.#fits(label));
    const label = row ?? other ?? labels[0]!;
    this.#pending = '';
    this.#unofficial = false;
    if (label.kind === 'row' && !isOther) this.#openRow(label, piece, mended);
    else this.#heading(label, text, piece);
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
    this.#found.push({ kind: 'section', index, piece });
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
    this.#row = {
      table,
      label,
      mended,
      found: piece.raw,
      values: [],
      disturbed: false,
      interrupted: false,
      tentative: false,
    };
  }

  #enter(table: TableId): void {
    if (this.#table === table) return;
    this.#close(false);
    this.#table = table;
    this.#lastRow = -1;
    this.#columns = [];
  }

  /** 表四 is one line: whatever values come after its headings. */
  #proceedings(label: Label, piece: TextPiece): void {
    this.#found.push({ kind: 'heading', table: 'proceedings', label, found: piece.raw });
    const open = this.#row;
    if (open === undefined || open.table !== 'proceedings') {
      this.#close(false);
      this.#row = {
        table: 'proceedings',
        label: undefined,
        mended: false,
        found: '',
        values: [],
        disturbed: false,
        interrupted: false,
        tentative: false,
      };
      return;
    }
    if (open.values.some((value) => value.plain !== '')) open.disturbed = true;
    else open.values.length = 0;
  }

  #heading(label: Label, text: LabelText, piece: TextPiece): void {
    const table = label.table;
    if (table === undefined) return;
    this.#enter(table);
    if (table === 'proceedings') return this.#proceedings(label, piece);
    this.#found.push({ kind: 'heading', table, label, found: piece.raw });
    if (text.stem === ONE_ROW_OTHER) {
      this.#close(false);
      this.#lastRow = LATE;
      const row = ROWS.find((one) => one.id === 'other')!;
      this.#row = {
        table,
        label: row,
        mended: false,
        found: piece.raw,
        values: [],
        disturbed: false,
        interrupted: false,
        tentative: true,
      };
      return;
    }
    const open = this.#row;
    if (label.kind === 'group' && table === 'requests' && open !== undefined && !isOfHead(label)) {
      // A group heading is drawn in the middle of its rows: before, between or behind the values of one of them.
      return;
    }
    this.#close(false);
    if (table !== 'disclosure') return;
    if (label.kind === 'column') this.#columns.push(label.id);
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
    if (atEnd && row.values.length === 0 && row.table !== 'proceedings') return;
    const found: FoundRow = {
      kind: 'row',
      table: row.table,
      label: row.label,
      mended: row.mended,
      found: row.found,
      columns: row.table === 'disclosure' ? this.#columns : [],
      values: row.values,
      headingInDoubt: false,
      disturbed: row.disturbed,
      ...(row.tentative ? { tentative: true } : {}),
    };
    this.#found.push(found);
  }
}

function isShort(text: LabelText): boolean {
  return text.stem === '总计' || text.stem === '其他';
}

/** Headings over the columns of 表三; the others stand beside its rows. */
function isOfHead(label: Label): boolean {
  return !/^[（(]|^三、/.test(label.official);
}
