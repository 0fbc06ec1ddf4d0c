/**
 * Tables in running text whose cells stand between tabs, as spreadsheets and browsers copy them: they are read as the tables
 * they were. Only whole ones, whose rows agree about where labels and values stand; all else stays running text.
 */
import { looksLikeValue, type Found, type FoundRow } from './found-rows.ts';
import { gridRows } from './grid-rows.ts';
import type { TableId } from './labels.ts';
import type { SourceCell } from './source-document.ts';
import { mostCommon, namesAllColumns } from './text-doubts.ts';

export type TextPart =
  | { readonly kind: 'text'; readonly text: string; readonly firstLine: number }
  | { readonly kind: 'table'; readonly found: readonly Found[] };

interface Row {
  readonly texts: readonly string[];
  /** How many lines it takes: a cell with line breaks stands in quotes. */
  readonly lines: number;
}

/** Most lines of one row. */
const MOST_LINES = 40;
/** Cells of all tables of a text, more than a report has; what comes behind them is left to the reader of running text. */
const MOST_CELLS = 10_000;
/** What stands alone in its line and is longer, or has the end of a sentence in it, is prose. */
const MOST_LABEL = 40;
const SENTENCE = /[。；！？;!?]/;

/** | 规章 | 0 |, and the line of hyphens below a heading. */
const FRAMED = /^\|.+\|$/;
const RULE = /^\|[-:| ]*-{3}[-:| ]*\|$/;

/** The parts of a text in their order, where so many tables came before. */
export function textParts(text: string, firstLine: number, tables: number): TextPart[] {
  const lines = text.split('\n');
  const parts: TextPart[] = [];
  let textFrom = 0;
  let left = MOST_CELLS;
  const textUntil = (to: number): void => {
    if (to > textFrom)
      parts.push({
        kind: 'text',
        text: lines.slice(textFrom, to).join('\n'),
        firstLine: firstLine + textFrom,
      });
  };
  for (const { from, to, rows } of runsOf(lines)) {
    left -= rows.reduce((sum, { texts }) => sum + texts.length, 0);
    if (left < 0) break;
    const cells = rows.map(({ texts }) => texts.map(cellOf));
    const found = gridRows({ kind: 'table', rows: cells }, tables + 1);
    if (found === undefined || !isWhole(found) || !isInPlace(found, cells)) continue;
    // What the text ends in may have been cut off.
    if (to === lines.length && !isEnd(found[found.length - 1]!)) continue;
    textUntil(from);
    tables += 1;
    parts.push({ kind: 'table', found });
    textFrom = to;
  }
  textUntil(lines.length);
  return parts;
}

function cellOf(text: string): SourceCell {
  return { text: text.trim(), colSpan: 1, rowSpan: 1 };
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly Row[];
}

/** Lines with tabs that follow each other, from the first with two texts to the last. */
function runsOf(lines: readonly string[]): Run[] {
  const runs: Run[] = [];
  let from = 0;
  let rows: Row[] = [];
  const close = (): void => {
    while (rows.length > 0 && isAlone(rows[0]!)) from += rows.shift()!.lines;
    while (rows.length > 0 && isAlone(rows[rows.length - 1]!)) rows.pop();
    if (rows.length > 1) runs.push({ from, to: from + rows.reduce((sum, row) => sum + row.lines, 0), rows });
    rows = [];
  };
  for (let at = 0; at < lines.length;) {
    const row = rowAt(lines, at);
    if (row === undefined) close();
    else {
      if (rows.length === 0) from = at;
      rows.push(row);
    }
    at += row?.lines ?? 1;
  }
  close();
  return runs;
}

/** A title, or an empty line. */
function isAlone({ texts }: Row): boolean {
  return (
    (texts.filter((text) => text.trim() !== '').length < 2 && texts.some((text) => text.trim() !== '')) ||
    texts.length < 2
  );
}

/** The cells of the line, undefined where it has none; empty lines are between rows. */
function rowAt(lines: readonly string[], at: number): Row | undefined {
  const line = lines[at]!;
  const trimmed = line.trim();
  if ((trimmed === '' && !line.includes('\f')) || RULE.test(trimmed)) return { texts: [], lines: 1 };
  if (FRAMED.test(trimmed)) return { texts: trimmed.slice(1, -1).split('|'), lines: 1 };
  if (line.includes('|') || !(line.includes('\t') || isOpen(line))) return undefined;
  const asOne = line.includes('\t') ? { texts: line.split('\t'), lines: 1 } : undefined;
  const texts: string[] = [];
  let taken = 1;
  for (const cell of line.split('\t')) texts.push(cell);
  while (isOpen(texts[texts.length - 1]!)) {
    const next = lines[at + taken];
    if (next === undefined || taken === MOST_LINES) return asOne;
    const [rest, ...others] = next.split('\t');
    texts.push(`${texts.pop()!}\n${rest!}`, ...others);
    taken += 1;
  }
  if (texts.length < 2) return undefined;
  const [alone, ...others] = texts.filter((text) => text.trim() !== '');
  if (
    alone !== undefined &&
    others.length === 0 &&
    (alone.trim().length > MOST_LABEL || SENTENCE.test(alone))
  )
    return undefined;
  return { texts: texts.map(unquoted), lines: taken };
}

/** A quote that the cell begins with and nothing closes yet. */
function isOpen(text: string): boolean {
  return text.startsWith('"') && text.split('"').length % 2 === 0;
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"')
    : text;
}

const LAST: Readonly<Record<TableId, ReadonlySet<string>>> = {
  disclosure: new Set(['fees', 'procurement']),
  requests: new Set(['carried-forward']),
  proceedings: new Set(),
};
const FIRST: Readonly<Record<TableId, string>> = {
  disclosure: 'rules',
  requests: 'received',
  proceedings: '',
};

function rowsByTable(found: readonly Found[]): Map<TableId, FoundRow[]> {
  const rows = new Map<TableId, FoundRow[]>();
  for (const one of found) if (one.kind === 'row') rows.set(one.table, [...(rows.get(one.table) ?? []), one]);
  return rows;
}

/** No table begins or ends elsewhere, and no number belongs to nobody. */
function isWhole(found: readonly Found[]): boolean {
  const tables = rowsByTable(found);
  if (tables.size === 0 || found.some((one) => one.kind === 'stray' && one.why === 'no-label')) return false;
  return [...tables].every(([table, rows]) => {
    if (table === 'proceedings') return true;
    const ids = rows.map(({ label }) => label!.id);
    const inOrder =
      table === 'disclosure' ||
      rows.every(({ label }, index) => index === 0 || label!.order >= rows[index - 1]!.label!.order);
    return ids[0] === FIRST[table] && LAST[table].has(ids[ids.length - 1]!) && inOrder;
  });
}

/** Whether a row is the end of its table and says so: its last value is the sum of those before it. */
function isEnd(row: Found): boolean {
  if (row.kind !== 'row') return false;
  const { table, label, values } = row;
  const end = values[values.length - 1]?.plain ?? '';
  if (!/\d/.test(end)) return false;
  if (table === 'disclosure') return LAST.disclosure.has(label?.id ?? '');
  const parts = values.slice(table === 'requests' ? -7 : -5).map(({ plain }) => Number(plain));
  return 2 * Number(end) === parts.reduce((sum, part) => sum + part, 0);
}

/**
 * Whether nothing moved: rows of a table end together, with labels of one depth in one column and values in others; or
 * there is no empty cell but blank values. A row that lost a cell, or whose beginning was moved to its end, is neither.
 */
function isInPlace(found: readonly Found[], cells: readonly (readonly SourceCell[])[]): boolean {
  const lineOf = (row: FoundRow): number => (row.values[0]?.place.row ?? 0) - 1;
  let from = 0;
  return [...rowsByTable(found)].every(([table, rows]) => {
    const placed = rows.map((row) => {
      const own = row.values[0] === undefined ? undefined : cells[row.values[0].place.row - 1];
      const texts = own?.map(({ text }) => text) ?? [];
      return { texts, labelAt: row.label === undefined ? -1 : texts.indexOf(row.found), row };
    });
    if (placed.some(({ texts }) => texts.length === 0)) return false;
    /** The lines of its heading and between its rows; beside texts empty cells are what spans have left. */
    const own = new Set(rows.map(lineOf));
    const to = Math.max(...own);
    const headings = cells.slice(from, to).filter((_, index) => !own.has(from + index));
    from = to + 1;
    const hasGaps = headings.some(
      (row) => row.some(({ text }) => text === '') && row.filter(({ text }) => text !== '').length > 1,
    );
    if (table === 'disclosure' && !rows.every(namesAllColumns)) return false;
    if (table === 'proceedings' && rows[0]!.label === undefined)
      return placed.every(({ texts, row }) => {
        const above = cells[row.values[0]!.place.row - 2];
        return (
          above !== undefined &&
          (above.length === texts.length || (texts.length === 15 && above.every(({ text }) => text !== '')))
        );
      });
    const isCompact =
      !hasGaps &&
      placed.every(({ texts, labelAt, row }) => {
        const count =
          table === 'disclosure' ? row.columns.length : placed[0]!.texts.length - placed[0]!.labelAt - 1;
        return !texts.slice(0, labelAt).includes('') && texts.length - labelAt - 1 === count;
      });
    if (isCompact) return true;
    const width = mostCommon(placed.map(({ texts }) => texts.length));
    // A longer row may have got a cell, unless all it has is values and empty cells behind them.
    const isOfWidth = ({ texts, row }: (typeof placed)[number]): boolean =>
      texts.length === width ||
      (texts.length > width &&
        texts.slice(width).every((text) => text === '') &&
        texts.filter((text) => looksLikeValue(text)).length >= row.columns.length &&
        row.columns.length > 0);
    if (!placed.every(isOfWidth)) return false;
    const last = Math.max(...placed.map(({ labelAt }) => labelAt));
    const columns = new Map<number, number>();
    return placed.every(({ texts, labelAt, row }) => {
      if (texts.slice(labelAt + 1, last + 1).some((text) => text !== '')) return false;
      const depth = row.label!.id.split('.').length * 2 + (LEVEL_0.has(row.label!.id) ? 0 : 1);
      const known = columns.get(depth);
      columns.set(depth, labelAt);
      return known === undefined || known === labelAt;
    });
  });
}
const LEVEL_0: ReadonlySet<string> = new Set(['received', 'carried-over', 'carried-forward']);
