/**
 * Rectangles of texts on the clipboard: read from what Excel, WPS, Word and browsers put there, written as tab
 * separated lines and as a bare HTML table. Knows no grid and no cell; linear in the size of the clipboard.
 */
import { MAX_PASTE_CELLS } from './grid-port.ts';

/** Rows of texts; rows may be of different length. */
export type TextBlock = readonly (readonly string[])[];

export type ClipboardReading =
  | { readonly kind: 'block'; readonly block: TextBlock; readonly rows: number; readonly columns: number }
  | { readonly kind: 'too-many-cells'; readonly rows: number; readonly columns: number }
  | { readonly kind: 'not-tabular' };

/** A plain text longer than this is no table of 2,000 numbers, whatever its separators say. */
const MAX_TEXT_LENGTH = 200_000;
/** Word wraps a small table into hundreds of kilobytes of styles; beyond this the plain text is read instead. */
const MAX_HTML_LENGTH = 2_000_000;

/** Reads the clipboard: its HTML table where there is exactly one, else its plain text. */
export function readClipboard(data: DataTransfer): ClipboardReading {
  const html = data.getData('text/html');
  if (html !== '' && html.length <= MAX_HTML_LENGTH) {
    if (countCellTags(html) > MAX_PASTE_CELLS)
      return { kind: 'too-many-cells', rows: countTags(html, 'tr'), columns: 0 };
    const reading = readHtml(html);
    if (reading !== undefined) return reading;
  }
  return readText(data.getData('text/plain'));
}

/** Whether a text, put into an input, stays what it is: one line, one cell. */
export function isOneCell(text: string): boolean {
  return !/[\t\r\n]/.test(withoutLastLineEnd(text));
}

/** Reads tab separated lines as Excel writes them: quoted cells may hold line ends, the last line end is no row. */
export function readText(text: string): ClipboardReading {
  if (text === '') return { kind: 'not-tabular' };
  const size = measure(text);
  if (text.length > MAX_TEXT_LENGTH || size.cells > MAX_PASTE_CELLS) {
    return { kind: 'too-many-cells', rows: size.rows, columns: size.columns };
  }
  return blockReading(parseLines(withoutLastLineEnd(text)));
}

/** One text per cell, CR LF between rows, quoted where a cell holds a separator or begins with a quote. */
export function writeText(block: TextBlock): string {
  return block.map((row) => row.map(quoteIfNeeded).join('\t')).join('\r\n');
}

/** A table without a wrapper, class or style. `undefined` is covered by the cell before it. */
export function writeHtml(block: readonly (readonly (string | undefined)[])[]): string {
  const rows = block.map((row) => {
    const cells: string[] = [];
    for (let column = 0; column < row.length; column += 1) {
      const text = row[column];
      if (text === undefined && column > 0) continue;
      let span = 1;
      while (column + span < row.length && row[column + span] === undefined) span += 1;
      cells.push(`<td${span > 1 ? ` colspan="${String(span)}"` : ''}>${escapeHtml(text ?? '')}</td>`);
    }
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function blockReading(block: TextBlock): ClipboardReading {
  return {
    kind: 'block',
    block,
    rows: block.length,
    columns: Math.max(0, ...block.map((row) => row.length)),
  };
}

/** Counts separators, which is enough to refuse before anything is built. */
function measure(text: string): { rows: number; columns: number; cells: number } {
  let rows = 1;
  let columns = 1;
  let inLine = 1;
  let cells = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 9) {
      inLine += 1;
      cells += 1;
      if (inLine > columns) columns = inLine;
    } else if (code === 10 && index < text.length - 1) {
      rows += 1;
      cells += 1;
      inLine = 1;
    }
  }
  return { rows, columns, cells };
}

function withoutLastLineEnd(text: string): string {
  if (text.endsWith('\r\n')) return text.slice(0, -2);
  return text.endsWith('\n') || text.endsWith('\r') ? text.slice(0, -1) : text;
}

function parseLines(text: string): string[][] {
  const rows: string[][] = [[]];
  let row = rows[0]!;
  let index = 0;
  // One quote that nothing closes makes every later one a letter too; searching again for each would be quadratic.
  let quotesClose = true;
  for (;;) {
    const quoted = quotesClose && text[index] === '"' ? quotedCell(text, index) : undefined;
    if (quoted === 'open') quotesClose = false;
    const literal = quoted === undefined || quoted === 'open';
    const end = literal ? cellEnd(text, index) : quoted.end;
    row.push(literal ? text.slice(index, end) : quoted.text);
    if (end >= text.length) return rows;
    const separator = text[end]!;
    index = end + (separator === '\r' && text[end + 1] === '\n' ? 2 : 1);
    if (separator !== '\t') {
      row = [];
      rows.push(row);
    }
  }
}

function cellEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isSeparator(text[end]!)) end += 1;
  return end;
}

function isSeparator(letter: string): boolean {
  return letter === '\t' || letter === '\n' || letter === '\r';
}

/**
 * A cell that opens with a quote. Where the closing quote ends no cell (undefined), or nothing closes it ('open'),
 * the quote is a letter.
 */
function quotedCell(text: string, start: number): { text: string; end: number } | 'open' | undefined {
  let content = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return 'open';
    content += text.slice(from, quote);
    const next = text[quote + 1];
    if (next === '"') {
      content += '"';
      from = quote + 2;
    } else {
      return next === undefined || isSeparator(next) ? { text: content, end: quote + 1 } : undefined;
    }
  }
}

function quoteIfNeeded(text: string): string {
  return /[\t\r\n]/.test(text) || text.startsWith('"') ? `"${text.replace(/"/g, '""')}"` : text;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function countCellTags(html: string): number {
  return countTags(html, 'td') + countTags(html, 'th');
}

function countTags(html: string, name: string): number {
  let count = 0;
  const pattern = new RegExp(`<${name}[\\s>/]`, 'gi');
  while (pattern.exec(html) !== null) count += 1;
  return count;
}

/**
 * The one table of an HTML clipboard with its spans laid out by position; undefined where there is none, or several,
 * or where the page requires Trusted Types: there `parseFromString` throws and the plain text must do.
 */
function readHtml(html: string): ClipboardReading | undefined {
  let page: Document;
  try {
    page = new DOMParser().parseFromString(html, 'text/html');
  } catch {
    return undefined;
  }
  const tables = page.querySelectorAll('table');
  const table = tables[0];
  if (table === undefined || tables.length > 1 || table.rows.length === 0) return undefined;
  for (const unseen of Array.from(table.querySelectorAll('script, style'))) unseen.remove();
  // "12<br>34" are two numbers, and must not come out as 1234.
  for (const block of Array.from(table.querySelectorAll('br, p, div, li'))) block.before(' ');
  const rows: string[][] = Array.from(table.rows, () => []);
  let count = 0;
  for (let index = 0; index < table.rows.length; index += 1) {
    const row = rows[index]!;
    let column = 0;
    for (const cell of Array.from(table.rows[index]!.cells)) {
      while (row[column] !== undefined) column += 1;
      const down = Math.min(cell.rowSpan === 0 ? rows.length : cell.rowSpan, rows.length - index);
      count += down * cell.colSpan;
      if (count > MAX_PASTE_CELLS)
        return { kind: 'too-many-cells', rows: rows.length, columns: column + cell.colSpan };
      for (let y = 0; y < down; y += 1) {
        for (let x = 0; x < cell.colSpan; x += 1) rows[index + y]![column + x] = '';
      }
      row[column] = cellText(cell);
      column += cell.colSpan;
    }
  }
  return blockReading(rows.map((row) => Array.from(row, (text: string | undefined) => text ?? '')));
}

function cellText(cell: HTMLTableCellElement): string {
  return (cell.textContent ?? '').replace(/[\s\u00a0]+/g, ' ').trim();
}
