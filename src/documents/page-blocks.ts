/**
 * A page in reading order: every character in the cell it stands in, cells as rows of a table, what is left as lines
 * between the tables. Knows boxes and lines, no file format and no label.
 */
import { turnedUpright, type Glyph, type PageMarks, type Turn } from './page-marks.ts';
import { gridsOf, type Grid } from './ruled-grids.ts';
import type { SourceBlock, SourceCell } from './source-document.ts';

/** A page from above to below; lines of text that follow each other are one block. */
export function blocksOfPage({ glyphs, rulings }: PageMarks, page: number): SourceBlock[] {
  const grids = gridsOf(rulings)
    .map((grid) => ({ grid, top: grid.ys[0]!, left: grid.xs[0]!, area: areaOf(grid) }))
    .sort((a, b) => a.area - b.area);
  const inCells = grids.map(({ grid }) => grid.cells.map(() => ({ glyphs: [] as Glyph[], doubtful: false })));
  const outside: Glyph[] = [];

  // What is drawn askew lies over the page (a watermark), not in its cells.
  const place = (glyph: Glyph): readonly [grid: number, cell: number] | undefined => {
    if (glyph.turn === 'askew') return undefined;
    const x = (glyph.left + glyph.right) / 2;
    const y = (glyph.top + glyph.bottom) / 2;
    for (const [index, { grid }] of grids.entries()) {
      const column = between(grid.xs, x);
      const row = between(grid.ys, y);
      if (column >= 0 && row >= 0) return [index, grid.cellAt[row * (grid.xs.length - 1) + column]!];
    }
    return undefined;
  };
  for (const run of numberRuns(glyphs)) {
    const placed = run.map(place);
    const whole = placed.every((one) => sameCell(one, placed[0]));
    // A number that is wider than its cell must not become two numbers: it stands where most of it stands.
    const most = whole ? undefined : mostFrequent(placed);
    run.forEach((glyph, index) => {
      const at = most === undefined ? placed[index] : most.at;
      if (!at) return outside.push(glyph);
      const cell = inCells[at[0]]![at[1]]!;
      cell.glyphs.push(glyph);
      if (most) cell.doubtful = true;
      return undefined;
    });
  }

  const pieces: { readonly top: number; readonly left: number; readonly block: SourceBlock }[] = [];
  for (const [index, { grid, top, left }] of grids.entries()) {
    const rows: SourceCell[][] = grid.ys.slice(1).map(() => []);
    grid.cells.forEach(({ row, colSpan, rowSpan }, cell) => {
      const { glyphs: here, doubtful } = inCells[index]![cell]!;
      const text = cellText(here);
      rows[row]!.push({ text, colSpan, rowSpan, ...(doubtful && { doubtful }) });
    });
    // A drawing with words beside it is no table.
    if (inCells[index]!.every((cell) => cell.glyphs.length === 0)) continue;
    pieces.push({ top, left, block: { kind: 'table', rows, page } });
  }
  for (const { text, top, left } of [...groupsByTurn(outside)].flatMap((group) => linesOf(group, '\t')))
    pieces.push({ top, left, block: { kind: 'text', text } });
  pieces.sort((a, b) => a.top - b.top || a.left - b.left);

  const blocks: SourceBlock[] = [];
  for (const { block } of pieces) {
    const last = blocks[blocks.length - 1];
    if (block.kind === 'text' && last?.kind === 'text')
      blocks[blocks.length - 1] = { kind: 'text', text: `${last.text}\n${block.text}` };
    else blocks.push(block);
  }
  return blocks;
}

const areaOf = ({ xs, ys }: Grid): number => (xs[xs.length - 1]! - xs[0]!) * (ys[ys.length - 1]! - ys[0]!);

/** Which gap between ascending places something lies in; −1 for none. */
function between(places: readonly number[], at: number): number {
  if (at < places[0]! || at >= places[places.length - 1]!) return -1;
  let low = 0;
  let high = places.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}

type Place = readonly [grid: number, cell: number] | undefined;

const sameCell = (one: Place, other: Place): boolean => one?.[0] === other?.[0] && one?.[1] === other?.[1];

function mostFrequent(places: readonly Place[]): { readonly at: Place } {
  const count = (place: Place): number => places.filter((other) => sameCell(place, other)).length;
  return { at: places.reduce((best, place) => (count(place) > count(best) ? place : best)) };
}

const OF_NUMBER = /^[\d０-９.,，．]$/;

/** Characters one by one, but the figures of a number together, where they follow each other without a gap. */
function* numberRuns(glyphs: readonly Glyph[]): Generator<readonly Glyph[]> {
  let run: Glyph[] = [];
  for (const glyph of glyphs) {
    const last = run[run.length - 1];
    const goesOn =
      last !== undefined &&
      glyph.turn === 0 &&
      last.turn === 0 &&
      OF_NUMBER.test(glyph.text) &&
      OF_NUMBER.test(last.text) &&
      Math.abs(glyph.bottom - last.bottom) < 0.1 * glyph.size &&
      Math.abs(glyph.left - last.right) < 0.15 * glyph.size;
    if (!goesOn && run.length > 0) {
      yield run;
      run = [];
    }
    run.push(glyph);
  }
  if (run.length > 0) yield run;
}

/** The text of a cell: lines joined by `\n`, and what runs downwards read downwards. */
function cellText(glyphs: readonly Glyph[]): string {
  const texts: string[] = [];
  for (const group of groupsByTurn(glyphs)) {
    const columns = columnsOf(group);
    texts.push(...(columns ?? linesOf(group, ' ').map(({ text }) => text)));
  }
  return texts.join('\n');
}

/** Characters that are turned the same way, turned upright; those that most are first. */
function groupsByTurn(glyphs: readonly Glyph[]): Glyph[][] {
  const groups = new Map<Turn, Glyph[]>();
  for (const glyph of glyphs) {
    const group = groups.get(glyph.turn);
    const upright = turnedUpright(glyph, glyph.turn);
    if (group) group.push(upright);
    else groups.set(glyph.turn, [upright]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

const middle = ({ left, right }: Glyph): number => (left + right) / 2;
const height = ({ top, bottom }: Glyph): number => (top + bottom) / 2;

/**
 * Upright characters that were drawn one below the other: the columns of vertical writing, from the right to the left.
 * Undefined where the lines run across. Figures below each other stay lines: they need not be one number.
 */
function columnsOf(glyphs: readonly Glyph[]): string[] | undefined {
  const visible = glyphs.filter(({ text }) => text.trim() !== '');
  if (visible.length < 3 || visible.every(({ text }) => OF_NUMBER.test(text))) return undefined;
  let below = 0;
  visible.slice(1).forEach((glyph, index) => {
    const last = visible[index]!;
    const step = height(glyph) - height(last);
    if (
      Math.abs(middle(glyph) - middle(last)) < 0.35 * glyph.size &&
      step > 0.5 * glyph.size &&
      step < 2.5 * glyph.size
    )
      below += 1;
  });
  if (below < 0.6 * (visible.length - 1)) return undefined;
  const columns: Glyph[][] = [];
  for (const glyph of [...visible].sort((a, b) => middle(b) - middle(a))) {
    const column = columns[columns.length - 1];
    if (column && middle(column[0]!) - middle(glyph) < 0.6 * glyph.size) column.push(glyph);
    else columns.push([glyph]);
  }
  return columns.map((column) =>
    column
      .sort((a, b) => height(a) - height(b))
      .map(({ text }) => text)
      .join(''),
  );
}

interface TextLine {
  readonly text: string;
  readonly top: number;
  readonly left: number;
}

/** Lines by the height of their characters, from above to below; `wide` stands for a gap that separates columns. */
function linesOf(glyphs: readonly Glyph[], wide: string): TextLine[] {
  const lines: { at: number; size: number; glyphs: Glyph[] }[] = [];
  const byHeight = glyphs.filter(({ text }) => text !== '').sort((a, b) => height(a) - height(b));
  for (const glyph of byHeight) {
    const line = lines[lines.length - 1];
    if (line && height(glyph) - line.at < 0.5 * Math.min(glyph.size, line.size)) {
      line.glyphs.push(glyph);
      line.at += (height(glyph) - line.at) / line.glyphs.length;
      line.size = Math.max(line.size, glyph.size);
    } else lines.push({ at: height(glyph), size: glyph.size, glyphs: [glyph] });
  }
  return lines.flatMap((line) => {
    line.glyphs.sort((a, b) => a.left - b.left);
    const text = lineText(line.glyphs, wide);
    if (text === '') return [];
    return { text, top: line.at, left: line.glyphs[0]!.left };
  });
}

const ideograph = /^[⺀-鿿豈-﫿＀-｠]/;

function lineText(glyphs: readonly Glyph[], wide: string): string {
  let text = '';
  let last: Glyph | undefined;
  let spaced = false;
  for (const glyph of glyphs) {
    if (glyph.text.trim() === '') {
      spaced = true;
      continue;
    }
    if (last) {
      const gap = (glyph.left - last.right) / Math.max(glyph.size, last.size);
      const ofNumbers = OF_NUMBER.test(last.text) && OF_NUMBER.test(glyph.text);
      if (gap > (ofNumbers ? 0.6 : 1)) text += wide;
      else if (gap > 0.3) text += ' ';
      // A space that was typed and squeezed away; between ideographs it separates nothing.
      else if (spaced && !(gap < 0.12 && ideograph.test(last.text) && ideograph.test(glyph.text)))
        text += ' ';
    }
    text += glyph.text;
    last = glyph;
    spaced = false;
  }
  return text;
}
