/**
 * Running text cut into the texts and numbers that stood apart: one cell a line, cells between tabs or bars, columns made
 * of spaces, a label followed by its numbers. Keeps blank cells only where a separator vouches for them. Linear time.
 */
import { labelText, plainText } from './label-text.ts';
import { exactLabels, LABELS, nearLabel } from './labels.ts';
import type { Piece } from './place-values.ts';

/** - 3 -, —3—, 第 3 页, 第3页 共5页, 3 / 5. */
const PAGE_NUMBER =
  /^(?:[-—–－―·•]{1,2} ?\d{1,4} ?[-—–－―·•]{1,2}|第 ?\d{1,4} ?页(?:[ ,，/]*共 ?\d{1,4} ?页)?|\d{1,4} ?\/ ?\d{1,4} ?页)$/;
const RULE_LINE = /^[-—–－―_=+|* ]{3,}$/;
/** Dashes apart are cells. */
const RULE = /[-—–－―_=+*]{3}/;
const NUMBER = String.raw`[+-]?\d[\d,]*(?:\.\d+)?%?`;
const NUMBERS = new RegExp(`^${NUMBER}(?: ${NUMBER})*$`);
/** What can stand in a cell of a line whose cells are apart by one space. */
const VALUE_WORD = new RegExp(`^(?:${NUMBER}|[\\\\—–-]{1,2}|/+)$`);
/** Of several cells: one slash is one cell, two may be. */
const SLASHES = /^\/{3,}$/;
/** Lines longer than this may hold a whole table whose separators were lost. */
const LONG = 80;
/** Most words of one label that has spaces inside. */
const MOST_WORDS = 12;

/** `explicit`: a separator stood there, so that a blank is a blank cell. */
export interface TextPiece extends Piece {
  explicit: boolean;
  /** Nothing stands behind it, not even the end of its line. */
  readonly last: boolean;
}

export function textPieces(text: string, firstLine: number): TextPiece[] {
  const lines = text.split('\n');
  const withBars = lines.filter((line) => line.includes('|')).length;
  const barred = withBars >= 3 && withBars * 4 >= lines.filter((line) => line.trim() !== '').length;
  const closes = barred && closedOnNextLine(lines);
  // A bar before the first cell is a frame where most lines have one, and else the end of an empty cell.
  const isFramed = lines.filter((line) => /^\s*\|.*[^|\s]/.test(line)).length * 2 > withBars;
  const pieces: TextPiece[] = [];
  /** A cell whose closing bar is still to come, on a line of its own. */
  let open = false;
  let opened: TextPiece[] = [];
  const lastLine = lines.length - 1;
  lines.forEach((line, index) => {
    if (line.includes('\f')) line = line.replace(/\f/g, '');
    const trimmed = line.trim();
    const fragment = trimmed.length > 200 ? `${trimmed.slice(0, 199)}…` : trimmed;
    let column = 0;
    const push = (raw: string, explicit: boolean): void => {
      column += 1;
      pieces.push({
        raw,
        plain: plainText(raw),
        place: { table: 0, row: firstLine + index, column, fragment },
        position: -1,
        span: 1,
        doubtful: false,
        explicit,
        last: index === lastLine && (raw === '' ? line.endsWith('\t') : line.endsWith(raw)),
      });
    };
    if (trimmed === '' || isPageFurniture(lines, index)) return;
    if (barred && line.includes('|')) {
      // The bar that closes the cells of the line before.
      if (open && closes && trimmed === '|') for (const piece of opened) piece.explicit = true;
      open = barCells(trimmed, open, isFramed, push);
      return;
    }
    if (RULE_LINE.test(trimmed) && RULE.test(trimmed)) return;
    if (barred) {
      open = true;
      const from = pieces.length;
      loose(trimmed, push);
      opened = pieces.slice(from);
    } else if (line.includes('\t')) for (const cell of line.split('\t')) push(cell, true);
    else for (const part of trimmed.split(/[ \u3000\u00a0]{2,}/)) loose(part, push);
  });
  return pieces;
}

/** Whether bars on lines of their own close the cells of the lines before, as a habit of the text. */
function closedOnNextLine(lines: readonly string[]): boolean {
  let closed = 0;
  let isOpen = false;
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    if (trimmed === '|' && isOpen) closed += 1;
    isOpen = !trimmed.includes('|');
  }
  return closed >= 2;
}

/** A page number in the middle of a table: between bars of its own, or alone at the edge of a page. */
export function isPageFurniture(lines: readonly string[], index: number): boolean {
  const line = lines[index]!.replace(/\f/g, '').trim();
  if (line === '' || line.length > 40) return false;
  if (PAGE_NUMBER.test(plainText(line))) return true;
  if (!/^\d{1,3}$/.test(line)) return false;
  let next = index + 1;
  while (next < lines.length && lines[next]!.trim() === '' && !lines[next]!.includes('\f')) next += 1;
  return next < lines.length && lines[next]!.includes('\f') && lines[next]!.replace(/\f/g, '').trim() === '';
}

/**
 * Cells of a line that has bars; whether the last one is still open. Several bars together are what a spanning cell left
 * behind, always at the end of a row.
 */
function barCells(
  trimmed: string,
  openBefore: boolean,
  isFramed: boolean,
  push: (raw: string, explicit: boolean) => void,
): boolean {
  if (/^\|{2,}$/.test(trimmed)) return false;
  if (trimmed === '|') {
    if (!openBefore) push('', true);
    return false;
  }
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '|') end -= 1;
  let line = trimmed.slice(0, trimmed.length - end >= 2 ? end : trimmed.length).trimEnd();
  if (line.startsWith('|') && (isFramed || openBefore)) line = line.slice(1);
  const cells = line.split('|');
  const last = cells.pop()!;
  for (const cell of cells) push(cell.trim(), true);
  if (last.trim() === '') return false;
  push(last.trim(), true);
  return true;
}

/** A text without separators inside: numbers apart, and labels apart from each other and from the numbers behind them. */
function loose(part: string, push: (raw: string, explicit: boolean) => void): void {
  const plain = plainText(part);
  const words = plain.split(' ');
  let values = words.length;
  while (values > 0 && VALUE_WORD.test(words[values - 1]!)) values -= 1;
  const pushValues = (): void => {
    for (const word of words.slice(values))
      if (SLASHES.test(word)) for (const slash of word) push(slash, false);
      else push(word, false);
  };
  if (values === 0) {
    pushValues();
    return;
  }
  if (words.length <= MOST_WORDS * 4) {
    const labels = labelsOfWords(words.slice(0, values), values < words.length);
    if (labels !== undefined) {
      for (const label of labels) push(label, false);
      pushValues();
      return;
    }
  }
  if (/\d/.test(part) && (part.length > LONG || /^\D{2,}[\d .,]+$/.test(part))) {
    const cut = cutAtLabels(plain);
    if (cut !== undefined) {
      for (const piece of cut) push(piece, false);
      return;
    }
  }
  push(part, false);
}

/**
 * Words that are labels, one or several of them: 三、本年度办理结果 （一）予以公开, or a label with spaces inside.
 * Undefined where that is not known.
 */
function labelsOfWords(words: readonly string[], beforeValues: boolean): string[] | undefined {
  const whole = words.join(' ');
  if (words.length === 1) return beforeValues && isLabel(whole) ? [whole] : undefined;
  if (exactLabels(labelText(whole)).length > 0) return beforeValues ? [whole] : undefined;
  const labels: string[] = [];
  let from = 0;
  while (from < words.length) {
    let to = Math.min(words.length, from + MOST_WORDS);
    while (to > from && exactLabels(labelText(words.slice(from, to).join(' '))).length === 0) to -= 1;
    if (to === from) break;
    labels.push(words.slice(from, to).join(' '));
    from = to;
  }
  if (from === words.length) return labels;
  if (!beforeValues) return undefined;
  const rest = words.slice(from).join(' ');
  return isLabel(rest) ? [...labels, rest] : isLabel(whole) ? [whole] : undefined;
}

/** A sentence that ends in a number, at the end of its line, is no row. */
function isLabel(plain: string): boolean {
  const text = labelText(plain);
  return exactLabels(text).length > 0 || nearLabel(text, LABELS) !== undefined || text.stem.length <= 6;
}

let labelPattern: RegExp | undefined;

/** The official labels wherever they stand in a run of text, longest first. */
function patternOfLabels(): RegExp {
  const sources = LABELS.filter((label) => label.kind !== 'unofficial')
    .map((label) => plainText(label.official))
    .sort((a, b) => b.length - a.length)
    .map((official) =>
      Array.from(official.replace(/\s/g, ''), (character) =>
        /[\p{Script=Han}\d]/u.test(character) ? character : '[^\\p{Script=Han}\\d]?',
      ).join(' ?'),
    );
  return new RegExp(`(?:${[...new Set(sources)].join('|')})`, 'gu');
}

/** A text in which several labels stand, cut before and behind each; undefined where it is prose. */
function cutAtLabels(plain: string): string[] | undefined {
  labelPattern ??= patternOfLabels();
  const pieces: string[] = [];
  let end = 0;
  let labels = 0;
  for (const match of plain.matchAll(labelPattern)) {
    for (const piece of numbersFirst(plain.slice(end, match.index).trim())) pieces.push(piece);
    pieces.push(match[0].trim());
    labels += 1;
    end = match.index + match[0].length;
  }
  for (const piece of numbersFirst(plain.slice(end).trim())) pieces.push(piece);
  // In prose labels have words between them, in a table numbers or nothing.
  const others = pieces.length - labels;
  const numbers = pieces.filter((piece) => NUMBERS.test(piece)).length;
  const isTable =
    labels >= 5 && ((numbers >= 3 && numbers * 2 >= others) || (numbers >= 1 && numbers === others));
  return isTable || (labels === 1 && numbers === 1 && others === 1) ? pieces : undefined;
}

/** What stands between two labels: numbers, then perhaps a text. */
function numbersFirst(between: string): string[] {
  if (between === '') return [];
  const words = between.split(' ');
  const texts = words.findIndex((word) => !NUMBERS.test(word));
  if (texts === -1) return words;
  return [...words.slice(0, texts), words.slice(texts).join(' ')];
}
