/**
 * What stands on a page, as a reader needs it: characters with the boxes they fill, and straight ruling lines. In points
 * from the upper left corner, as the page is looked at. Knows no file format, no table and no label.
 */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Quarter turns clockwise from upright; `askew` is everything between, as of a watermark. */
export type Turn = 0 | 1 | 2 | 3 | 'askew';

export interface Glyph extends Box {
  /** Mostly one character; ' ' for a space. */
  readonly text: string;
  readonly turn: Turn;
  /** The height of its font. */
  readonly size: number;
}

export interface Ruling {
  readonly across: boolean;
  /** The y of a line across, the x of a line down. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface PageMarks {
  /** In the order they were drawn. */
  readonly glyphs: readonly Glyph[];
  readonly rulings: readonly Ruling[];
}

/** The box as it lies when what stands in it is turned back upright; order along and across lines is kept. */
export function turnedUpright<T extends Box>(box: T, turn: Turn): T {
  const { left, top, right, bottom } = box;
  if (turn === 1) return { ...box, left: top, right: bottom, top: -right, bottom: -left };
  if (turn === 2) return { ...box, left: -right, right: -left, top: -bottom, bottom: -top };
  if (turn === 3) return { ...box, left: -bottom, right: -top, top: left, bottom: right };
  return box;
}

/** A page whose text lies on its side is turned as its reader would turn it. */
export function uprightPage(marks: PageMarks): PageMarks {
  const counts = [0, 0, 0, 0];
  for (const { turn } of marks.glyphs) if (turn !== 'askew') counts[turn]! += 1;
  const most = counts.indexOf(Math.max(...counts)) as 0 | 1 | 2 | 3;
  if (most === 0) return marks;
  return {
    glyphs: marks.glyphs.map((glyph) => ({
      ...turnedUpright(glyph, most),
      turn: glyph.turn === 'askew' ? glyph.turn : (((glyph.turn - most + 4) % 4) as Turn),
    })),
    rulings: marks.rulings.map(({ across, at, from, to }) => {
      const box = turnedUpright(
        across
          ? { left: from, right: to, top: at, bottom: at }
          : { left: at, right: at, top: from, bottom: to },
        most,
      );
      return across === (most === 2)
        ? { across: true, at: box.top, from: box.left, to: box.right }
        : { across: false, at: box.left, from: box.top, to: box.bottom };
    }),
  };
}

/** Bold drawn by printing a character twice, a hair apart, is one character. */
export function withoutOverprints(glyphs: readonly Glyph[]): readonly Glyph[] {
  const seen = new Map<string, Glyph[]>();
  return glyphs.filter((glyph) => {
    const x = Math.floor(glyph.left);
    const y = Math.floor(glyph.top);
    for (let dx = -2; dx <= 2; dx += 1)
      for (let dy = -2; dy <= 2; dy += 1)
        for (const other of seen.get(`${x + dx} ${y + dy}`) ?? [])
          if (
            other.text === glyph.text &&
            Math.abs(other.left - glyph.left) < 0.15 * glyph.size &&
            Math.abs(other.top - glyph.top) < 0.15 * glyph.size
          )
            return false;
    const key = `${x} ${y}`;
    const here = seen.get(key);
    if (here) here.push(glyph);
    else seen.set(key, [glyph]);
    return true;
  });
}
