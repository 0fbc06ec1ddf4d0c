/**
 * A published page, or the HTML that Word, WPS, Excel and browsers put on a clipboard, to blocks. Only htmlparser2's
 * tokenizer is used: nothing is ever a DOM, so nothing in a page can run, and the time is linear in its length (the
 * parser above the tokenizer is not). Tables are put together as a browser would; what a page means is not known here.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { UnreadableSource, type Omission, type SourceBlock, type SourceDocument } from './source-document.ts';
import { CellBudget, placeCells, toRows } from './source-table.ts';
import { layoutBlocks, SourceFlow, SourceText } from './source-text.ts';

/** Most characters of a page. */
export const MAX_HTML_LENGTH = 20_000_000;
/** HTML itself allows no more. */
const MAX_COLSPAN = 1_000;
const MAX_ROWSPAN = 65_534;
/** Tables deeper than this are text of the table around them. */
const MAX_NESTING = 24;

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const VOID = words(
  'area base basefont br col embed frame hr img input keygen link meta param source track wbr',
);
const BLOCKS = words(
  'address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol option p pre search section summary ul xmp',
);
/** Start tags that end an open paragraph. */
const ENDS_PARAGRAPH = words(
  'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary ul xmp',
);
/** Nothing inside is text of the page. `xml` is what Office leaves in the head. */
const SKIPPED = words('script style template noscript iframe noembed noframes svg math select datalist xml');
const LEAVES_DRAWING = words('center div dl h1 h2 h3 h4 h5 h6 ol p pre table ul');
const CLOSES_ITSELF = words('svg math xml');
const TABLE_PARTS = words('caption colgroup col thead tbody tfoot tr td th');
/** What these hide is hidden; a block may be a tab of the page that is not in front. */
const INLINE = words('a b big code em font i ins kbd label mark q samp small span strong sub sup tt u var');
const STRUCK = words('del s strike');
const RAISED = words('sub sup');
/** Attributes that are looked at; the rest is most of a page from Word. */
const ATTRIBUTES = words('colspan rowspan span style hidden type value x:num sdval');
const NOT_TYPED = words('hidden button submit reset image file checkbox radio password color range');

const ONLY_DIGITS = /^[\d\s.,]+$/;

type Attributes = Map<string, string>;

interface OpenElement {
  readonly name: string;
  readonly is: '' | 'hidden' | 'struck' | 'raised';
}

/** What tags are open between two borders that no end tag reaches across: the page, or one cell. */
class Scope extends SourceFlow {
  readonly is = { '': 0, hidden: 0, struck: 0, raised: 0 };
  /** Some digits stand raised or lowered: the mark of a footnote would be read as a digit of the number before it. */
  raisedDigits = false;
  pre = 0;
  readonly #open: OpenElement[] = [];
  readonly #counts = new Map<string, number>();

  open(name: string, is: OpenElement['is']): void {
    this.#open.push({ name, is });
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.is[is] += 1;
    if (name === 'pre') this.pre += 1;
  }

  /** Closes it and what is open inside; an end tag without a start is nothing. */
  close(name: string): void {
    if ((this.#counts.get(name) ?? 0) === 0) return;
    for (;;) {
      const element = this.#open.pop()!;
      this.#counts.set(element.name, this.#counts.get(element.name)! - 1);
      this.is[element.is] -= 1;
      if (element.name === 'pre') this.pre -= 1;
      if (element.name === name) return;
    }
  }
}

interface HtmlCell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly doubtful?: true;
  readonly isHidden: boolean;
  /** What a cell of a layout table holds, in order. */
  readonly blocks: readonly SourceBlock[];
}

interface HtmlRow {
  readonly cells: HtmlCell[];
  readonly isHidden: boolean;
}

interface HtmlGroup {
  readonly name: string;
  readonly rows: HtmlRow[];
}

interface OpenCell {
  readonly name: string;
  readonly scope: Scope;
  readonly attributes: Attributes;
}

interface OpenTable {
  /** Rows without a table around them, as a piece of a page has them; ends with the first text outside. */
  readonly isImplied: boolean;
  readonly groups: HtmlGroup[];
  readonly hiddenColumns: Set<number>;
  columns: number;
  row: HtmlRow | undefined;
  cell: OpenCell | undefined;
  /** Holds another table: it only arranges. */
  isLayout: boolean;
}

/** Throws `UnreadableSource` for a page that is too large; any other text is read. */
export function htmlSource(html: string): SourceDocument {
  if (html.length > MAX_HTML_LENGTH) throw new UnreadableSource({ code: 'too-large', what: 'text' });
  const page = new Page();
  const reader = new TagReader(html, page);
  const tokenizer = new Tokenizer({}, reader);
  tokenizer.write(html);
  tokenizer.end();
  return page.end();
}

/** Tokens to tags with the attributes that are looked at. */
class TagReader implements TokenizerCallbacks {
  #tag = '';
  #attribute = '';
  #value = '';
  #attributes: Attributes = NONE;

  constructor(
    private readonly html: string,
    private readonly page: Page,
  ) {}

  onopentagname(start: number, end: number): void {
    this.#tag = this.html.slice(start, end).toLowerCase();
    this.#attributes = NONE;
  }

  onattribname(start: number, end: number): void {
    this.#attribute = end - start > 10 ? '' : this.html.slice(start, end).toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    if (ATTRIBUTES.has(this.#attribute)) this.#value += this.html.slice(start, end);
  }

  onattribentity(code: number): void {
    if (ATTRIBUTES.has(this.#attribute)) this.#value += String.fromCodePoint(code);
  }

  onattribend(): void {
    if (!ATTRIBUTES.has(this.#attribute)) return;
    if (this.#attributes === NONE) this.#attributes = new Map();
    if (!this.#attributes.has(this.#attribute)) this.#attributes.set(this.#attribute, this.#value);
  }

  onopentagend(): void {
    this.page.open(this.#tag, this.#attributes);
  }

  onselfclosingtag(): void {
    // `<script/>` and the like are open all the same.
    if (CLOSES_ITSELF.has(this.#tag)) return;
    this.page.open(this.#tag, this.#attributes);
  }

  onclosetag(start: number, end: number): void {
    this.page.close(this.html.slice(start, end).toLowerCase());
  }

  ontext(start: number, end: number): void {
    this.page.addText(this.html.slice(start, end));
  }

  ontextentity(code: number): void {
    this.page.addText(String.fromCodePoint(code));
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

const NONE: Attributes = new Map();

class Page {
  readonly #root = new Scope();
  readonly #tables: OpenTable[] = [];
  readonly #budget = new CellBudget();
  readonly #title = new SourceText();
  #titles = 0;
  /** The skipped element that is open, and how often inside itself. */
  #skipped = '';
  #skippedDepth = 0;
  #inTitle = false;
  #inTextarea = false;
  /** Tables that were too deep, still open. */
  #ignoredTables = 0;
  #hiddenRows = 0;
  #hiddenColumns = 0;
  #struck = 0;

  addText(text: string): void {
    if (this.#skipped !== '') return;
    if (this.#inTitle) {
      if (this.#titles === 1) this.#title.add(text);
      return;
    }
    if (this.#inTextarea) {
      if (this.#cell() !== undefined) this.#scope().text.addLines(text);
      return;
    }
    if (this.#table()?.isImplied === true && this.#cell() === undefined && /\S/.test(text)) this.#endTable();
    const scope = this.#scope();
    if (scope.is.struck > 0) {
      if (/\S/.test(text)) this.#struck += 1;
      // What was struck out separates nothing: 1<s>2</s>3 is 13 on paper.
      return;
    }
    if (scope.is.hidden > 0) return;
    if (scope.is.raised > 0 && /\d/.test(text)) scope.raisedDigits = true;
    if (scope.pre > 0) scope.text.addLines(text);
    else scope.text.add(text);
  }

  open(name: string, attributes: Attributes): void {
    if (this.#skipped !== '') {
      if (name === this.#skipped) this.#skippedDepth += 1;
      if (this.#endsSkipped(name)) this.#skipped = '';
      else return;
    }
    if (SKIPPED.has(name)) {
      this.#skipped = name;
      this.#skippedDepth = 1;
    } else if (name === 'title') {
      this.#inTitle = true;
      this.#titles += 1;
    } else if (name === 'textarea') {
      this.#inTextarea = true;
      this.#scope().text.add(' ');
    } else if (name === 'br' || name === 'hr') this.#scope().text.break();
    else if (name === 'input') this.#input(attributes);
    else if (name === 'table') this.#startTable(false);
    else if (TABLE_PARTS.has(name)) this.#tablePart(name, attributes);
    else if (!VOID.has(name)) this.#element(name, attributes);
  }

  close(name: string): void {
    if (this.#skipped !== '') {
      if (name === this.#skipped) {
        this.#skippedDepth -= 1;
        if (this.#skippedDepth === 0) this.#skipped = '';
      }
      return;
    }
    if (name === 'title') this.#inTitle = false;
    else if (name === 'textarea') {
      this.#inTextarea = false;
      this.#scope().text.add(' ');
    } else if (name === 'br') this.#scope().text.break();
    else if (name === 'table') {
      if (this.#ignoredTables > 0) this.#ignoredTables -= 1;
      else if (this.#tables.length > 0) this.#endTable();
    } else if (TABLE_PARTS.has(name)) this.#endTablePart(name);
    else {
      if (BLOCKS.has(name)) this.#scope().text.break();
      if (!this.#isBetweenCells()) this.#scope().close(name);
    }
  }

  end(): SourceDocument {
    while (this.#tables.length > 0) this.#endTable();
    this.#root.flush();
    const omissions: Omission[] = [
      { what: 'hidden-rows', count: this.#hiddenRows },
      { what: 'hidden-columns', count: this.#hiddenColumns },
      { what: 'deleted-text', count: this.#struck },
    ];
    return {
      kind: 'html',
      title: this.#title.text,
      blocks: this.#root.blocks,
      omissions: omissions.filter((omission) => omission.count > 0),
    };
  }

  /** An element that is never closed must not swallow the tables behind it; a browser leaves these at these tags as well. */
  #endsSkipped(name: string): boolean {
    if (name === 'body') return true;
    if (this.#skipped === 'select') return name === 'table' || TABLE_PARTS.has(name);
    return (this.#skipped === 'svg' || this.#skipped === 'math') && LEAVES_DRAWING.has(name);
  }

  #table(): OpenTable | undefined {
    return this.#tables[this.#tables.length - 1];
  }

  #cell(): OpenCell | undefined {
    return this.#table()?.cell;
  }

  /** Text of a table that is in no cell of it stands before the table, as browsers have it. */
  #scope(): Scope {
    for (let depth = this.#tables.length - 1; depth >= 0; depth -= 1) {
      const cell = this.#tables[depth]!.cell;
      if (cell !== undefined) return cell.scope;
    }
    return this.#root;
  }

  #isBetweenCells(): boolean {
    return this.#tables.length > 0 && this.#cell() === undefined;
  }

  #element(name: string, attributes: Attributes): void {
    const scope = this.#scope();
    if (BLOCKS.has(name)) scope.text.break();
    if (this.#isBetweenCells()) return;
    if (ENDS_PARAGRAPH.has(name)) scope.close('p');
    scope.open(name, this.#kindOf(name, attributes));
  }

  #kindOf(name: string, attributes: Attributes): OpenElement['is'] {
    if (STRUCK.has(name)) return 'struck';
    if (INLINE.has(name)) {
      const style = attributes.get('style') ?? '';
      if (/line-through/i.test(style)) return 'struck';
      if (this.#cell() !== undefined && isHidden(attributes)) return 'hidden';
    }
    return RAISED.has(name) ? 'raised' : '';
  }

  #input(attributes: Attributes): void {
    const value = attributes.get('value');
    if (this.#cell() === undefined || value === undefined) return;
    if (NOT_TYPED.has((attributes.get('type') ?? '').trim().toLowerCase())) return;
    const { text } = this.#scope();
    text.add(' ');
    text.add(value);
    text.add(' ');
  }

  #startTable(isImplied: boolean): void {
    if (this.#isBetweenCells()) this.#endTable();
    if (this.#tables.length >= MAX_NESTING) {
      this.#ignoredTables += 1;
      return;
    }
    this.#scope().text.break();
    this.#scope().close('p');
    this.#tables.push({
      isImplied,
      groups: [],
      hiddenColumns: new Set(),
      columns: 0,
      row: undefined,
      cell: undefined,
      isLayout: false,
    });
  }

  #tablePart(name: string, attributes: Attributes): void {
    if (this.#ignoredTables > 0) {
      this.#scope().text.break();
      return;
    }
    if (this.#tables.length === 0) {
      // A browser would drop the tags and join the numbers of a piece of a table to one; here it is a table.
      if (name === 'caption') return;
      this.#startTable(true);
    }
    const table = this.#table()!;
    if (name === 'td' || name === 'th') {
      this.#endCell();
      table.row ??= this.#startRow(NONE);
      table.cell = { name, scope: new Scope(), attributes };
      return;
    }
    this.#endRow();
    if (name === 'tr') table.row = this.#startRow(attributes);
    else if (name === 'col') this.#column(attributes);
    else if (name === 'caption') this.#scope().text.break();
    else if (name !== 'colgroup') table.groups.push({ name, rows: [] });
  }

  #endTablePart(name: string): void {
    if (this.#ignoredTables > 0) {
      this.#scope().text.break();
      return;
    }
    if (this.#tables.length === 0) return;
    if (name === 'td' || name === 'th') {
      if (this.#cell()?.name === name) this.#endCell();
    } else if (name === 'caption') this.#scope().text.break();
    else if (name !== 'col' && name !== 'colgroup') {
      const { groups } = this.#table()!;
      // The end of a group that is not open is nothing, and does not tear a row in two.
      if (name !== 'tr' && groups[groups.length - 1]?.name !== name) return;
      this.#endRow();
      if (name !== 'tr') groups.push({ name: 'tbody', rows: [] });
    }
  }

  #column(attributes: Attributes): void {
    const table = this.#table()!;
    const span = wholeNumber(attributes.get('span'), 1, MAX_COLSPAN) || 1;
    if (isHidden(attributes))
      for (let at = 0; at < span && table.columns + at < MAX_COLSPAN; at += 1)
        table.hiddenColumns.add(table.columns + at);
    table.columns += span;
  }

  #startRow(attributes: Attributes): HtmlRow {
    const { groups } = this.#table()!;
    if (groups.length === 0) groups.push({ name: 'tbody', rows: [] });
    const row: HtmlRow = { cells: [], isHidden: isHidden(attributes) };
    groups[groups.length - 1]!.rows.push(row);
    return row;
  }

  #endRow(): void {
    this.#endCell();
    this.#table()!.row = undefined;
  }

  #endCell(): void {
    const table = this.#table()!;
    if (table.cell === undefined) return;
    const { scope, attributes } = table.cell;
    table.cell = undefined;
    const hasTables = scope.blocks.length > 0;
    if (hasTables) scope.flush();
    const text = hasTables ? '' : scope.text.text;
    table.row!.cells.push({
      text,
      colSpan: wholeNumber(attributes.get('colspan'), 1, MAX_COLSPAN) || 1,
      rowSpan: wholeNumber(attributes.get('rowspan'), 1, MAX_ROWSPAN),
      ...(((scope.raisedDigits && ONLY_DIGITS.test(text)) || isRounded(text, attributes)) && {
        doubtful: true,
      }),
      isHidden: isHidden(attributes),
      blocks: scope.blocks,
    });
  }

  #endTable(): void {
    this.#endRow();
    const table = this.#tables.pop()!;
    const rows = inPrintedOrder(table.groups);
    const scope = this.#scope();
    if (table.isLayout) {
      scope.flush();
      scope.add(layoutBlocks(rows.map((row) => row.cells)));
    } else {
      const only = rows.length === 1 && rows[0]!.cells.length === 1 ? rows[0]!.cells[0]! : undefined;
      if (only !== undefined) {
        // A frame around a text, or around a number in a cell.
        scope.text.addLines(only.text);
        if (only.doubtful === true) scope.raisedDigits = true;
      } else if (rows.some((row) => row.cells.some((cell) => cell.text !== ''))) {
        scope.flush();
        scope.blocks.push({ kind: 'table', rows: this.#visibleRows(rows, table.hiddenColumns) });
      }
    }
    scope.text.break();
    if (scope.blocks.length > 0 && this.#tables.length > 0) {
      const outer = this.#tables.find((one) => one.cell?.scope === scope);
      if (outer !== undefined) outer.isLayout = true;
    }
  }

  #visibleRows(rows: readonly HtmlRow[], hiddenColumns: ReadonlySet<number>): ReturnType<typeof toRows> {
    const hidden = { rows: new Set<number>(), columns: hiddenColumns };
    rows.forEach((row, index) => {
      if (!row.isHidden) return;
      hidden.rows.add(index);
      if (row.cells.some((cell) => cell.text !== '')) this.#hiddenRows += 1;
    });
    const lost = new Set<number>();
    const placed = placeCells(
      rows.map((row) => row.cells),
      this.#budget,
      hidden,
      (cell, column) => {
        if (cell.text !== '' && (cell.isHidden || hiddenColumns.has(column))) lost.add(column);
        return !cell.isHidden;
      },
    );
    this.#hiddenColumns += lost.size;
    return toRows(placed, rows.length, hidden);
  }
}

/** The first head of a table is printed on top and the first foot at the bottom, wherever they stand. Spans end with their group. */
function inPrintedOrder(groups: readonly HtmlGroup[]): HtmlRow[] {
  const head = groups.find((group) => group.name === 'thead');
  const foot = groups.find((group) => group.name === 'tfoot');
  const body = groups.filter((group) => group !== head && group !== foot);
  return [head, ...body, foot].flatMap((group) =>
    (group?.rows ?? []).map((row, index) => ({
      isHidden: row.isHidden,
      cells: row.cells.map((cell) => {
        const left = group!.rows.length - index;
        return { ...cell, rowSpan: cell.rowSpan === 0 ? left : Math.min(cell.rowSpan, left) };
      }),
    })),
  );
}

function isHidden(attributes: Attributes): boolean {
  if (attributes.size === 0) return false;
  if (attributes.has('hidden')) return true;
  const style = attributes.get('style');
  return (
    style !== undefined && /display\s*:\s*none|visibility\s*:\s*collapse|mso-hide\s*:\s*all/i.test(style)
  );
}

/** As HTML reads the number of a span; what is none is 1. */
function wholeNumber(text: string | undefined, otherwise: number, most: number): number {
  const digits = /^\s*\+?(\d+)/.exec(text ?? '')?.[1];
  return digits === undefined ? otherwise : Math.min(Number(digits), most);
}

/** Excel and Calc put the number they hold beside the one they show. */
function isRounded(text: string, attributes: Attributes): boolean {
  const held = (attributes.get('x:num') ?? attributes.get('sdval') ?? '').trim();
  if (held === '' || text === '') return false;
  return Number(Number(held).toPrecision(15)) !== Number(text.replace(/,/g, ''));
}
