// The colours of the elements stand in one palette, which is written up, and can be read in both themes.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PALETTE } from '../../src/elements/theme.ts';
import { filesUnder, read } from './sources.ts';

type Theme = 'light' | 'dark';

const LIGHT = new Map(PALETTE.map(([name, light]) => [name!, light!]));
const DARK = new Map(PALETTE.map(([name, , dark]) => [name!, dark!]));

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [, digits = ''] =
    /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(colour) ?? assert.fail(`${colour} is no colour`);
  const six = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(six.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Theme, one: string, other: string): number {
  const of = (name: string): number => {
    const colour = (theme === 'light' ? LIGHT : DARK).get(name)!;
    // In light the page shows through, and such pages are white.
    return luminance(colour === 'transparent' ? '#fff' : colour);
  };
  const [lighter, darker] = [of(one), of(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const GROUNDS = ['background', 'paper', 'shade', 'tint', 'selected'];

/** What stands on what: 4.5:1 for texts, 3:1 for what has to be seen of a control or a picture. */
const TEXTS: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['text', [...GROUNDS, 'must-paper', 'verify-paper']],
  ['faint', [...GROUNDS, 'must-paper', 'verify-paper']],
  ['must', ['background', 'paper', 'shade', 'tint']],
  ['verify', ['background', 'paper', 'shade', 'tint', 'verify-paper']],
  ['info', ['background', 'paper', 'shade', 'tint']],
  ['accent', ['background', 'paper']],
  ['on-accent', ['accent']],
  // The symbol of a mark.
  ['paper', ['must']],
];
const SHAPES: typeof TEXTS = [
  ['control-line', ['background', 'paper']],
  ['table-line', ['background', 'paper', 'shade']],
  ['accent', GROUNDS],
  ['must', ['selected', 'must-paper']],
  ['done', ['paper']],
  ['flow', ['shade', 'paper']],
  ['flow-carried', ['shade', 'paper']],
];

describe('the colours of the elements', () => {
  it('stand in one palette and nowhere else', () => {
    const colour =
      /#[0-9a-f]{3,8}\b(?!\/)|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\((?!0, 0, 0, )|:\s*(?:white|black|gr[ae]y|red|green|blue|yellow|orange|silver)\b/gi;
    const strange = filesUnder('src/elements', '.ts').flatMap((path) => {
      // Shadows and what lies behind a dialog are black in every theme.
      const found =
        read(path)
          .replace(/\/\*\*?[\s\S]*?\*\//g, '')
          .match(colour) ?? [];
      return path === 'src/elements/theme.ts' ? [] : found.map((one) => `${path}: ${one}`);
    });
    assert.deepEqual(strange, []);
  });

  it('each property that is used is one of the palette, and each of the palette is used', () => {
    const own = new Set<string>();
    for (const path of filesUnder('src/elements', '.ts'))
      if (path !== 'src/elements/theme.ts')
        for (const [, name] of read(path).matchAll(/var\(--_([a-z-]+)\)/g)) own.add(name!);
    const others = ['row', 'headings', 'control', 'scheme'];
    assert.deepEqual([...own].sort(), [...PALETTE.map(([name]) => name!), ...others].sort());
  });

  it('each property is written up with what it is in light, for tools and for people', () => {
    const written = Array.from(
      read('src/elements/annual-report.ts').matchAll(/@cssproperty \[--xxgk-([a-z-]+)=([^\]]+)\]/g),
      ([, name, value]) => [name!, value!],
    ).filter(([name]) => !['font-size', 'sticky-top'].includes(name!));
    assert.deepEqual(
      written,
      PALETTE.map(([name, light]) => [name!, light!]),
    );
    for (const path of ['README.md', 'README.zh-CN.md'])
      for (const [name] of PALETTE)
        assert.ok(read(path).includes(`\`--xxgk-${name!}\``), `${path} does not name --xxgk-${name!}`);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`can be read in ${theme}: 4.5 to 1 for texts, 3 to 1 for shapes`, () => {
      const low = [
        ...TEXTS.flatMap(([one, grounds]) => grounds.map((ground) => [one, ground, 4.5] as const)),
        ...SHAPES.flatMap(([one, grounds]) => grounds.map((ground) => [one, ground, 3] as const)),
      ].flatMap(([one, ground, least]) => {
        const ratio = contrast(theme, one, ground);
        return ratio < least ? [`${one} on ${ground}: ${ratio.toFixed(2)} < ${String(least)}`] : [];
      });
      assert.deepEqual(low, []);
    });
  }
});
