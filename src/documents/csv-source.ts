/**
 * Comma, semicolon or tab separated lines (RFC 4180, and as Excel and WPS write them) to one table block. Which of the
 * separators it is, is told by which one gives rows of the same length.
 */
import { UnreadableSource, type SourceCell, type SourceDocument } from './source-document.ts';
import { CellBudget } from './source-table.ts';
import { SourceText } from './source-text.ts';
import { MAX_TEXT_LENGTH, textSource } from './text-source.ts';

/** Where two do as well, the rarer one in texts and numbers is meant. */
const SEPARATORS = ['\t', ';', ','] as const;

export function csvSource(text: string): SourceDocument {
  if (text.length > MAX_TEXT_LENGTH) throw new UnreadableSource({ code: 'too-large', what: 'text' });
  const named = /^\ufeff?sep=(.)\r?\n/.exec(text);
  const body = text.slice(named === null ? (text.startsWith('\ufeff') ? 1 : 0) : named[0].length);
  const separator = named?.[1] ?? separatorOf(body);
  // Lines without any separator are no table, whatever the file is called.
  if (separator === undefined) return textSource(body);
  const budget = new CellBudget();
  const rows: SourceCell[][] = [[]];
  for (const field of fieldsOf(body, separator)) {
    budget.spend(1);
    rows[rows.length - 1]!.push({ text: cellText(field.text), colSpan: 1, rowSpan: 1 });
    if (field.endsRow) rows.push([]);
  }
  while (rows.length > 0 && rows[rows.length - 1]!.every((cell) => cell.text === '')) rows.pop();
  if (rows.length === 0) throw new UnreadableSource({ code: 'empty' });
  return { kind: 'csv', title: '', blocks: [{ kind: 'table', rows }], omissions: [] };
}

/** The separator most rows agree about; of two, the one that makes more columns. */
function separatorOf(text: string): string | undefined {
  let best: string | undefined;
  let bestScore = 0;
  for (const separator of SEPARATORS) {
    const lengths = new Map<number, number>();
    let rows = 0;
    let length = 0;
    for (const field of fieldsOf(text, separator)) {
      length += 1;
      if (!field.endsRow) continue;
      if (length > 1 || field.text.trim() !== '') {
        rows += 1;
        lengths.set(length, (lengths.get(length) ?? 0) + 1);
      }
      length = 0;
    }
    lengths.delete(1);
    for (const [columns, count] of lengths) {
      const score = count / rows + columns / 1e6;
      if (score > bestScore) [best, bestScore] = [separator, score];
    }
  }
  return best;
}

interface Field {
  readonly text: string;
  readonly endsRow: boolean;
}

function* fieldsOf(text: string, separator: string): Generator<Field> {
  const { length } = text;
  let quotesCount = true;
  let at = 0;
  let endsRow = false;
  while (at < length || !endsRow) {
    let field = '';
    if (text[at] === '"' && quotesCount) {
      const start = at;
      at += 1;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0) {
          // A quote that nothing closes is a character, and so are those behind it.
          quotesCount = false;
          field = '';
          at = start;
          break;
        }
        field += text.slice(at, close);
        at = close + 1;
        if (text[at] !== '"') break;
        field += '"';
        at += 1;
      }
    }
    const from = at;
    while (at < length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
    field += text.slice(from, at);
    endsRow = text[at] !== separator || at >= length;
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    yield { text: field, endsRow };
    if (at >= length && endsRow) return;
  }
}

/** `="0012"` is how a text that looks like a number is kept from Excel. */
function cellText(field: string): string {
  const guarded = /^=\s{0,9}"([^"]*)"$/.exec(field.trim());
  const text = new SourceText();
  text.addLines((guarded?.[1] ?? field).replace(/\t/g, ' '));
  return text.text;
}
