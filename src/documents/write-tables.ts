/**
 * The official tables of a report as text: tab separated, CSV, aligned, and as bare HTML with the printed headings. What
 * a cell shows is what is written: a raw "/" stays, a blank is empty, and so is what nobody has decided on. Knows no file
 * and no clipboard.
 */
import type { CellId } from '../format/entry.ts';
import type { LayoutCell, Table } from '../format/format.ts';
import { formatQuantity } from '../format/quantity.ts';
import { entryText } from '../format/read-entry.ts';
import { computeTotals, isMergedTotal } from '../format/totals.ts';
import { formatOf, type Report } from '../report/report.ts';

/** A printed cell with its text; `value` where it is a place for a number. */
export interface WrittenCell {
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly value: boolean;
  readonly scope: 'col' | 'row';
}

export interface WrittenTable {
  readonly title: string;
  /** How many rows at the top are headings only. */
  readonly headRows: number;
  readonly rows: readonly (readonly WrittenCell[])[];
}

/** Tables by their ids, all of them where none are named; between two of them stands an empty line. */
export function tablesAsTsv(report: Report, only?: readonly string[]): string {
  return separated(report, only, '\t', (text) => (text.startsWith('"') ? quoted(text) : text));
}

/** As RFC 4180 has it; the mark in front is what a spreadsheet program tells UTF-8 by. */
export function tablesAsCsv(report: Report, only?: readonly string[]): string {
  const text = separated(report, only, ',', (field) => (/[",]/.test(field) ? quoted(field) : field));
  return `\ufeff${text}\r\n`;
}

/** A title and a table each, without wrapper, class or style: all that an editor of web pages leaves alone. */
export function tablesAsHtml(report: Report, only?: readonly string[]): string {
  return writtenTables(report, only)
    .map((table) => `<p>${escapeHtml(table.title)}</p>\n${tableHtml(table)}`)
    .join('\n');
}

/** The bare tables, and in front of them what a file of their own needs: its encoding and whose they are. */
export function tablesAsHtmlPage(report: Report): string {
  const title = `${report.head['organization.name']}${report.head.year === '' ? '' : `${report.head.year}年`}政府信息公开工作年度报告`;
  return `<!doctype html>\n<meta charset="utf-8">\n<title>${escapeHtml(title)}</title>\n${tablesAsHtml(report)}\n`;
}

/** Columns under each other in a font of fixed width, in which a Chinese character is two wide. */
export function tablesAsText(report: Report, only?: readonly string[]): string {
  return writtenTables(report, only)
    .map(({ title, rows }) => [title, ...alignedLines(rows), ''].join('\n'))
    .join('\n');
}

/** What a cell of a written table says: the computed total, else what was typed; nothing where it is uncertain. */
function writtenText(
  report: Report,
  totals: ReturnType<typeof computeTotals>,
  id: CellId,
  typed: (text: string) => string,
): string {
  if (totals.has(id)) {
    const total = totals.get(id);
    const isThere = !isMergedTotal(formatOf(report).cellsById.get(id)!, report.entries);
    return total === undefined || !isThere ? '' : formatQuantity(total);
  }
  const entry = report.entries.get(id);
  if (entry === undefined || entry.kind === 'uncertain') return '';
  if (entry.kind === 'number') return formatQuantity(entry.value);
  return typed(entryText(entry).replace(/\s+/g, ' ').trim());
}

/** Text as a part of HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/**
 * A spreadsheet program takes a text that begins like a formula for one, of HTML too; an apostrophe in front keeps it a
 * text. Marks that are nothing but a dash are what a clerk wrote for "none".
 */
function harmless(text: string): string {
  return /^[=+\-@＝＋－＠]/.test(text) && !/^[-－]{1,2}$/.test(text) ? `'${text}` : text;
}

/** The printed tables with their texts; `typed` is what becomes of one that is no number. */
export function writtenTables(
  report: Report,
  only?: readonly string[],
  typed: (text: string) => string = harmless,
): WrittenTable[] {
  const format = formatOf(report);
  const totals = computeTotals(format, report.entries);
  const written = (cell: LayoutCell): WrittenCell =>
    'heading' in cell
      ? {
          text: cell.heading,
          colSpan: cell.colSpan,
          rowSpan: cell.rowSpan,
          value: false,
          scope: cell.scope.startsWith('col') ? 'col' : 'row',
        }
      : {
          text: writtenText(report, totals, cell.cell, typed),
          colSpan: cell.colSpan,
          rowSpan: 1,
          value: true,
          scope: 'col',
        };
  return format.tables
    .filter(({ id }) => only === undefined || only.includes(id))
    .map(({ title, layout }: Table) => ({
      title,
      headRows: layout.headRows,
      rows: layout.rows.map((row) => row.map(written)),
    }));
}

function tableHtml({ rows, headRows }: WrittenTable): string {
  const lines = rows.map((row) => {
    const cells = row.map(({ text, colSpan, rowSpan, value, scope }) => {
      const name = value ? 'td' : 'th';
      const align = value ? ' align="right"' : scope === 'row' ? ' align="left"' : '';
      const spans = `${colSpan > 1 ? ` colspan="${String(colSpan)}"` : ''}${rowSpan > 1 ? ` rowspan="${String(rowSpan)}"` : ''}`;
      return `<${name}${spans}${align}>${escapeHtml(text)}</${name}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const part = (name: string, of: readonly string[]): string =>
    of.length === 0 ? '' : `<${name}>${of.join('\n')}</${name}>`;
  // Where nothing says which rows are headings, CKEditor takes the first one for all of them, and cuts what spans down.
  const parts = part('thead', lines.slice(0, headRows)) + part('tbody', lines.slice(headRows));
  return `<table border="1" cellspacing="0">${parts}</table>`;
}

function separated(
  report: Report,
  only: readonly string[] | undefined,
  separator: string,
  field: (text: string) => string,
): string {
  return writtenTables(report, only)
    .map(({ title, rows }) =>
      [
        field(title),
        ...rectangle(rows).map((row) => row.map((cell) => field(cell?.text ?? '')).join(separator)),
      ].join('\r\n'),
    )
    .join('\r\n\r\n');
}

function quoted(text: string): string {
  return `"${text.replace(/"/g, '""')}"`;
}

/** Every place of the printed rectangle; a cell stands in the first place that it covers. */
function rectangle(rows: WrittenTable['rows']): (WrittenCell | undefined)[][] {
  const places: (WrittenCell | undefined)[][] = rows.map(() => []);
  const taken = rows.map(() => new Set<number>());
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (taken[y]!.has(x)) x += 1;
      for (let down = 0; down < cell.rowSpan; down += 1)
        for (let right = 0; right < cell.colSpan; right += 1) {
          taken[y + down]!.add(x + right);
          places[y + down]![x + right] = undefined;
        }
      places[y]![x] = cell;
    }
  });
  return places;
}

const GAP = '  ';

function alignedLines(rows: WrittenTable['rows']): string[] {
  const places = rectangle(rows);
  const widths: number[] = [];
  const widen = (x: number, cell: WrittenCell): void => {
    let room = (cell.colSpan - 1) * GAP.length;
    for (let right = 0; right < cell.colSpan; right += 1) room += widths[x + right] ?? 0;
    const last = x + cell.colSpan - 1;
    const lacking = widthOf(cell.text) - room;
    widths[last] = (widths[last] ?? 0) + Math.max(0, lacking);
  };
  // Cells of one column first: what spans several only needs what they leave.
  for (const spanning of [false, true])
    for (const row of places)
      row.forEach((cell, x) => {
        if (cell !== undefined && cell.colSpan > 1 === spanning) widen(x, cell);
      });
  return places.map((row) => {
    let line = '';
    for (let x = 0; x < row.length; x += row[x]?.colSpan ?? 1) {
      const cell = row[x];
      const width = widths
        .slice(x, x + (cell?.colSpan ?? 1))
        .reduce((sum, one) => sum + one + GAP.length, -GAP.length);
      const text = cell?.text ?? '';
      const padding = ' '.repeat(Math.max(0, width - widthOf(text)));
      line += `${line === '' ? '' : GAP}${cell?.value === true ? padding + text : text + padding}`;
    }
    return line.trimEnd();
  });
}

/** Columns of a terminal: everything from the Hangul jamos on counts double, which holds for what a form contains. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character >= '\u1100' ? 2 : 1;
  return width;
}
