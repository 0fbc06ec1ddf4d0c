/**
 * Whether a text looks like a report, cheaply enough for every paste: it has two labels of the official tables, or the
 * title of a section. Reads nothing; knows no source.
 */
import { FORMATS } from '../format/formats.ts';
import { folding, LABEL_VARIANTS } from './label-variants.ts';

/** Shorter ones (规章, 其他, 总计) stand in any table. */
const LEAST_LETTERS = 4;
/** 一、总体情况 is a heading of many a text. */
const LEAST_LETTERS_OF_TITLE = 8;

const simplified = folding(LABEL_VARIANTS);

/** The Chinese letters alone, simplified: spaces, numbering, quotes and brackets are what copies differ in. */
function lettersOf(text: string): string {
  return simplified(text.replace(/[^\u4e00-\u9fff]+/g, ''));
}

let labels: readonly string[] | undefined;

function officialLabels(): readonly string[] {
  const found = new Set<string>();
  for (const { tables } of Object.values(FORMATS))
    for (const { blocks } of tables)
      for (const { rows } of blocks)
        for (const { path } of rows)
          for (const label of path) {
            const letters = lettersOf(label.replace(/^（.）|^.、/, ''));
            if (letters.length >= LEAST_LETTERS) found.add(letters);
          }
  // The longest first: 规范性文件 stands in 行政规范性文件 too, and is one label there.
  return [...found].sort((a, b) => b.length - a.length);
}

/** The text as it is pasted, plain or HTML. */
export function carriesLabels(text: string): boolean {
  let letters = lettersOf(text.replace(/<[^<>]*>/g, ''));
  if (letters.length < LEAST_LETTERS) return false;
  for (const title of FORMATS['2021'].sections) {
    const of = lettersOf(title.slice(2));
    if (of.length >= LEAST_LETTERS_OF_TITLE && letters.includes(of)) return true;
  }
  let count = 0;
  for (const label of (labels ??= officialLabels())) {
    if (!letters.includes(label)) continue;
    count += 1;
    if (count === 2) return true;
    letters = letters.split(label).join(' ');
  }
  return false;
}
