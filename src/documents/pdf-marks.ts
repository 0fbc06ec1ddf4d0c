/**
 * Takes from the drawing operators of one PDF page the characters and the ruling lines, with the transformations of the
 * page applied: pdf.js has decoded fonts and streams, this follows what a printer would do. Draws nothing.
 */
import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Glyph, PageMarks, Ruling, Turn } from './page-marks.ts';

/** As pdf.js hands a glyph on. */
interface PdfGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: readonly [number, number, number];
}

interface PdfFont {
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
  readonly defaultVMetrics?: readonly [number, number, number];
}

interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly (readonly unknown[] | null)[];
}

/** What is used of a page of pdf.js, which declares less: its `_renderPageChunk` is how operators come in, piece by piece. */
export interface PdfPage {
  getViewport(options: { readonly scale: number }): {
    readonly transform: readonly number[];
    readonly width: number;
    readonly height: number;
  };
  getOperatorList(): Promise<Operators>;
  _renderPageChunk(chunk: Operators & { readonly length: number }, state: IntentState): void;
  readonly commonObjs: { has(id: string): boolean; get(id: string): unknown };
  cleanup(): void;
}

interface IntentState {
  readonly opListReadCapability?: { reject(reason: unknown): void };
}

/** Which layers of the file a reader sees. */
interface Layers {
  isVisible(group: unknown): boolean;
}

export interface PdfMarks extends PageMarks {
  /** Something is drawn that is no text and no line: writing as curves, or recognised text laid invisibly over a picture. */
  readonly unread: boolean;
}

const MAX_OPERATORS = 400_000;

class TooMuch extends Error {}

export async function marksOfPage(
  page: PdfPage,
  layers: Layers,
  maxCharacters: number,
): Promise<PdfMarks | 'too-much'> {
  const viewport = page.getViewport({ scale: 1 });
  let count = 0;
  const take = page._renderPageChunk;
  page._renderPageChunk = function (chunk, state) {
    count += chunk.length;
    if (count > MAX_OPERATORS) state.opListReadCapability?.reject(new TooMuch());
    else take.call(this, chunk, state);
  };
  try {
    const operators = await page.getOperatorList();
    return new Plotter(page, layers, viewport, maxCharacters).follow(operators);
  } catch (error) {
    if (error instanceof TooMuch) return 'too-much';
    throw error;
  }
}

/** A matrix as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const matrixOf = (numbers: ArrayLike<number>): Matrix => [
  numbers[0]!,
  numbers[1]!,
  numbers[2]!,
  numbers[3]!,
  numbers[4]!,
  numbers[5]!,
];

/** First `inner`, then `outer`. */
const combined = (outer: Matrix, inner: Matrix): Matrix => [
  outer[0] * inner[0] + outer[2] * inner[1],
  outer[1] * inner[0] + outer[3] * inner[1],
  outer[0] * inner[2] + outer[2] * inner[3],
  outer[1] * inner[2] + outer[3] * inner[3],
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
];

interface State {
  matrix: Matrix;
  font: PdfFont | undefined;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  /** 1 for unstretched. */
  stretch: number;
  leading: number;
  rise: number;
  /** 3 is invisible, 7 a clip. */
  mode: number;
}

const UPRIGHT: Matrix = [1, 0, 0, 1, 0, 0];
/** Thicker is an area, not a line. Points. */
const MAX_THICKNESS = 3;
const MANY_CURVES = 200;

class Plotter {
  private readonly glyphs: Glyph[] = [];
  private readonly rulings: Ruling[] = [];
  private readonly stack: State[] = [];
  private readonly start: Matrix;
  private readonly width: number;
  private readonly height: number;
  /** For each marked piece of content that is open, whether it is seen. */
  private readonly seen: boolean[] = [];
  private state: State;
  private textMatrix: Matrix = UPRIGHT;
  private x = 0;
  private y = 0;
  private lineX = 0;
  private lineY = 0;
  private curves = 0;
  private invisible = false;

  constructor(
    private readonly page: PdfPage,
    private readonly layers: Layers,
    viewport: { readonly transform: readonly number[]; readonly width: number; readonly height: number },
    private readonly maxCharacters: number,
  ) {
    this.start = matrixOf(viewport.transform);
    this.width = viewport.width;
    this.height = viewport.height;
    this.state = this.fresh();
  }

  private fresh(): State {
    return {
      matrix: this.start,
      font: undefined,
      fontSize: 0,
      charSpacing: 0,
      wordSpacing: 0,
      stretch: 1,
      leading: 0,
      rise: 0,
      mode: 0,
    };
  }

  follow({ fnArray, argsArray }: Operators): PdfMarks {
    fnArray.forEach((operator, index) => this.step(operator, argsArray[index] ?? []));
    return {
      glyphs: this.glyphs,
      rulings: this.rulings,
      unread: this.invisible || this.curves > MANY_CURVES,
    };
  }

  private step(operator: number, args: readonly unknown[]): void {
    const { state } = this;
    const number = (index: number): number => Number(args[index] ?? 0);
    const numbers = (index: number): Matrix => matrixOf((args[index] as ArrayLike<number> | null) ?? UPRIGHT);
    switch (operator) {
      case OPS.save:
      case OPS.beginGroup:
        this.stack.push({ ...state });
        break;
      case OPS.restore:
      case OPS.endGroup:
      case OPS.paintFormXObjectEnd:
        this.state = this.stack.pop() ?? state;
        break;
      case OPS.transform:
        state.matrix = combined(state.matrix, matrixOf(args as readonly number[]));
        break;
      case OPS.paintFormXObjectBegin:
        this.stack.push({ ...state });
        state.matrix = combined(state.matrix, numbers(0));
        break;
      case OPS.beginAnnotation:
        this.stack.length = 0;
        this.state = this.fresh();
        this.state.matrix = combined(combined(this.start, numbers(2)), numbers(3));
        break;
      case OPS.endAnnotation:
        this.stack.length = 0;
        this.state = this.fresh();
        break;
      case OPS.beginMarkedContent:
        this.seen.push(true);
        break;
      case OPS.beginMarkedContentProps:
        this.seen.push(args[0] !== 'OC' || !args[1] || this.layers.isVisible(args[1]));
        break;
      case OPS.endMarkedContent:
        this.seen.pop();
        break;
      case OPS.constructPath:
        this.path(number(0), (args[1] as readonly (Float32Array | null)[] | undefined)?.[0]);
        break;
      case OPS.setGState:
        for (const [key, value] of args[0] as readonly (readonly [string, unknown])[])
          if (key === 'Font') this.setFont(value as readonly [string, number]);
        break;
      case OPS.setFont:
        this.setFont(args as readonly [string, number]);
        break;
      case OPS.setCharSpacing:
        state.charSpacing = number(0);
        break;
      case OPS.setWordSpacing:
        state.wordSpacing = number(0);
        break;
      case OPS.setHScale:
        state.stretch = number(0) / 100;
        break;
      case OPS.setLeading:
        state.leading = -number(0);
        break;
      case OPS.setTextRise:
        state.rise = number(0);
        break;
      case OPS.setTextRenderingMode:
        state.mode = number(0);
        break;
      case OPS.beginText:
        this.setTextMatrix(UPRIGHT);
        break;
      case OPS.setTextMatrix:
        this.setTextMatrix(numbers(0));
        break;
      case OPS.setLeadingMoveText:
        state.leading = number(1);
        this.moveText(number(0), number(1));
        break;
      case OPS.moveText:
        this.moveText(number(0), number(1));
        break;
      case OPS.nextLine:
        this.moveText(0, state.leading);
        break;
      case OPS.showText:
        this.show(args[0] as readonly (PdfGlyph | number)[]);
        break;
    }
  }

  private setFont([id, size]: readonly [string, number]): void {
    const font = this.page.commonObjs.has(id) ? this.page.commonObjs.get(id) : undefined;
    this.state.font = font instanceof Object ? (font as PdfFont) : undefined;
    this.state.fontSize = size;
  }

  private setTextMatrix(matrix: Matrix): void {
    this.textMatrix = matrix;
    this.x = this.y = this.lineX = this.lineY = 0;
  }

  private moveText(x: number, y: number): void {
    this.x = this.lineX += x;
    this.y = this.lineY += y;
  }

  private show(glyphs: readonly (PdfGlyph | number)[]): void {
    const { font, fontSize, charSpacing, wordSpacing, stretch, rise, mode } = this.state;
    const vertical = font?.vertical === true;
    const unit = fontSize * (font?.fontMatrix?.[0] ?? 0.001);
    const matrix = combined(this.state.matrix, this.textMatrix);
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        const back = (glyph * fontSize) / 1000;
        if (vertical) this.y -= back;
        else this.x -= back * stretch;
        continue;
      }
      const spacing = charSpacing + (glyph.isSpace ? wordSpacing : 0);
      const wide = glyph.width * unit * stretch;
      if (vertical) {
        const metric = glyph.vmetric ?? font?.defaultVMetrics ?? [-1000, glyph.width / 2, 880];
        const aside = (glyph.vmetric ? metric[1] : glyph.width / 2) * unit * stretch;
        this.put(glyph, mode, matrix, this.x - aside, this.y - metric[2] * unit + rise, wide);
        this.y += metric[0] * unit + spacing;
      } else {
        this.put(glyph, mode, matrix, this.x, this.y + rise, wide);
        this.x += wide + spacing * stretch;
      }
    }
  }

  private put(glyph: PdfGlyph, mode: number, matrix: Matrix, x: number, y: number, wide: number): void {
    const text = readable(glyph.unicode);
    if (text === '' || this.seen.includes(false)) return;
    const { fontSize, stretch } = this.state;
    // Invisible text is what a scanner believes to have seen.
    if (mode === 3 || mode === 7) {
      if (text !== ' ') this.invisible = true;
      return;
    }
    const [a, b, c, d, e, f] = matrix;
    const left = a * x + c * y + e;
    const base = b * x + d * y + f;
    const size = Math.hypot(c * fontSize, d * fontSize);
    const forwards = Math.sign(fontSize * stretch) || 1;
    const slope = Math.hypot(a, b);
    if (!(size > 0 && slope > 0) || !Number.isFinite(left + base + size)) return;
    const along = [(a / slope) * forwards, (b / slope) * forwards] as const;
    const turn = turnOf(along);
    const length = Math.abs(wide) * slope;
    // From the base line: most of a character stands above it, whichever way it is turned.
    const [ax, ay] =
      turn === 'askew'
        ? along
        : (
            [
              [1, 0],
              [0, 1],
              [-1, 0],
              [0, -1],
            ] as const
          )[turn];
    const above = [ay * 0.88 * size, -ax * 0.88 * size] as const;
    const below = [-ay * 0.12 * size, ax * 0.12 * size] as const;
    const xs = [
      left + above[0],
      left + below[0],
      left + above[0] + ax * length,
      left + below[0] + ax * length,
    ];
    const ys = [
      base + above[1],
      base + below[1],
      base + above[1] + ay * length,
      base + below[1] + ay * length,
    ];
    const box = {
      left: Math.min(...xs),
      right: Math.max(...xs),
      top: Math.min(...ys),
      bottom: Math.max(...ys),
    };
    // Beside the paper nobody sees it.
    if (box.right < 0 || box.bottom < 0 || box.left > this.width || box.top > this.height) return;
    if (this.glyphs.push({ ...box, text, turn, size }) > 2 * this.maxCharacters) throw new TooMuch();
  }

  private path(operator: number, data: Float32Array | null | undefined): void {
    if (!data || operator === OPS.endPath || this.seen.includes(false)) return;
    const strokes = !(operator === OPS.fill || operator === OPS.eoFill);
    const fills = !(operator === OPS.stroke || operator === OPS.closeStroke);
    let outline: [number, number][] = [];
    let curved = false;
    const finish = (): void => {
      if (curved) this.curves += 1;
      else if (outline.length > 1) {
        if (strokes) for (let i = 1; i < outline.length; i += 1) this.segment(outline[i - 1]!, outline[i]!);
        if (fills && outline.length <= 6) this.bar(outline);
      }
      outline = [];
      curved = false;
    };
    const [a, b, c, d, e, f] = this.state.matrix;
    const point = (i: number): [number, number] => [
      a * data[i]! + c * data[i + 1]! + e,
      b * data[i]! + d * data[i + 1]! + f,
    ];
    for (let i = 0; i < data.length;) {
      // The numbers of pdf.js: move, line, two kinds of curve, close.
      switch (data[i]) {
        case 0:
          finish();
          outline.push(point(i + 1));
          i += 3;
          break;
        case 1:
          outline.push(point(i + 1));
          i += 3;
          break;
        case 2:
          curved = true;
          i += 7;
          break;
        case 3:
          curved = true;
          i += 5;
          break;
        default:
          if (outline.length > 0) outline.push(outline[0]!);
          i += 1;
      }
    }
    finish();
  }

  /** A stroke along one of the sides of the page. */
  private segment([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): void {
    if (Math.abs(y1 - y2) <= 0.75)
      this.rulings.push({ across: true, at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
    if (Math.abs(x1 - x2) <= 0.75)
      this.rulings.push({ across: false, at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  }

  /** A filled rectangle as thin as a line, and the dots of a dotted one. */
  private bar(outline: readonly (readonly [number, number])[]): void {
    const xs = outline.map(([x]) => x);
    const ys = outline.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    if (bottom - top <= MAX_THICKNESS)
      this.rulings.push({ across: true, at: (top + bottom) / 2, from: left, to: right });
    if (right - left <= MAX_THICKNESS)
      this.rulings.push({ across: false, at: (left + right) / 2, from: top, to: bottom });
  }
}

function turnOf([x, y]: readonly [number, number]): Turn {
  if (Math.abs(y) < 0.05) return x > 0 ? 0 : 2;
  if (Math.abs(x) < 0.05) return y > 0 ? 1 : 3;
  return 'askew';
}

/** What fonts of macOS say instead of the common character; Unicode has no decomposition for these. */
const RADICALS =
  '⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟';

/** Text as a person would type it: no look-alikes from other blocks; `\ufffd` for a character that the file does not name. */
function readable(unicode: string): string {
  if (/^[ -~一-龥]$/.test(unicode)) return unicode;
  if (/^[\s\u00a0\u2000-\u200a\u202f\u3000]*$/.test(unicode)) return unicode === '' ? '' : ' ';
  return unicode
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u2f00-\u2fdf\uf900-\ufaff]/g, (character) => character.normalize('NFKC'))
    .replace(/[\u2e80-\u2eff]/g, (character) => {
      const at = RADICALS.indexOf(character);
      return at < 0 ? character : RADICALS[at + 1]!;
    })
    .replace(/[\0-\x1f\x7f-\x9f\ue000-\uf8ff]/g, '\ufffd');
}
