/**
 * The labels of the form in all its versions, found again in what documents make of them: exactly, mended within an edit
 * distance that stays unambiguous, or shortened. Says what a text can mean; where it stands decides which it is.
 */
import type { FormatVersion } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import { editDistance, labelText, plainText, type LabelText } from './label-text.ts';

export type TableId = 'disclosure' | 'requests' | 'proceedings';

export interface Label {
  /** `section`: one of the six titles, `id` its number. `group`: a heading over rows or columns. */
  readonly kind: 'row' | 'column' | 'group' | 'section' | 'unofficial';
  readonly table: TableId | undefined;
  readonly id: string;
  /** The official text, verbatim. */
  readonly official: string;
  readonly text: LabelText;
  readonly versions: readonly FormatVersion[];
  /** Of a row: its place in the order of the form. */
  readonly order: number;
}

export interface LabelMatch {
  readonly label: Label;
  /** Whether the found text differs from the official one by more than spaces, quotes and punctuation. */
  readonly mended: boolean;
}

const labels = new Map<string, Label>();

function add(label: Omit<Label, 'text' | 'versions' | 'order'>, version: FormatVersion, order = 0): void {
  const key = [label.kind, label.table, label.id, label.official].join('|');
  const known = labels.get(key);
  if (known === undefined)
    labels.set(key, { ...label, text: labelText(plainText(label.official)), versions: [version], order });
  else if (!known.versions.includes(version))
    labels.set(key, { ...known, versions: [...known.versions, version] });
}

for (const version of ['2021', '2019'] as const) {
  const format = FORMATS[version];
  format.sections.forEach((official, index) =>
    add({ kind: 'section', table: undefined, id: String(index + 1), official }, version),
  );
  for (const table of format.tables) {
    const at = { table: table.id as TableId };
    for (const block of table.blocks) {
      for (const official of [block.title, block.corner])
        if (official !== undefined) add({ kind: 'group', ...at, id: official, official }, version);
      for (const column of block.columns) {
        add({ kind: 'column', ...at, id: column.id, official: column.label }, version);
        for (const official of column.group ?? [])
          add({ kind: 'group', ...at, id: official, official }, version);
      }
      block.rows.forEach((row, index) => {
        const path = [...row.path];
        add({ kind: 'row', ...at, id: row.id, official: path.pop()! }, version, index);
        for (const official of path) add({ kind: 'group', ...at, id: official, official }, version);
      });
    }
  }
}
for (const official of [
  '小计',
  '合计',
  '共计',
  '法人或其他组织小计',
  '法人小计',
  '法人或其他组织合计',
  '法人合计',
])
  add({ kind: 'unofficial', table: undefined, id: official, official }, '2021');

export const LABELS: readonly Label[] = [...labels.values()];

const byText = new Map<string, Label[]>();
for (const label of LABELS) {
  for (const text of new Set([label.text.whole, label.text.stem]))
    byText.set(text, [...(byText.get(text) ?? []), label]);
}

/** Longest label, and what a found one may have more. */
const MOST = Math.max(...LABELS.map((label) => label.text.whole.length)) + 12;

/** What a text says exactly; its own number decides where it has one ("3.其他" is no column). */
export function exactLabels(text: LabelText): readonly Label[] {
  const found = byText.get(text.whole) ?? byText.get(text.stem);
  if (found === undefined) return [];
  const numbered = found.filter((label) => text.item !== '' && label.text.item === text.item);
  return numbered.length > 0 ? numbered : found;
}

/**
 * The one label among these that a text with a slip of the pen can mean: at most a quarter of its characters differ and
 * no other label is as near; or it is a part of one label only, at least four characters long.
 */
export function nearLabel(text: LabelText, among: readonly Label[]): Label | undefined {
  const { stem } = text;
  if ((stem.length < 3 && text.item === '') || stem.length > MOST) return undefined;
  let best: Label | undefined;
  let least = Infinity;
  let tied = false;
  for (const label of among) {
    const official = label.text.stem;
    // "其他" and "规章" have nothing to spare, （七）总计 its number.
    if (official.length < 4 && !(text.item === label.text.item && text.item === '七')) continue;
    const most = Math.max(1, Math.floor(official.length / 4));
    const distance = editDistance(stem, official, most);
    if (distance > most) continue;
    if (distance < least) {
      best = label;
      least = distance;
      tied = false;
    } else if (distance === least && label.id !== best!.id) tied = true;
  }
  if (best !== undefined) return tied ? undefined : best;
  return partOf(text, among);
}

/** The one label that this text is a piece of; `atStart`: its beginning. */
export function partOf(text: LabelText, among: readonly Label[], atStart = false): Label | undefined {
  const { stem } = text;
  if (stem.length < 4) return undefined;
  let found: Label | undefined;
  for (const label of among) {
    if (!(atStart ? label.text.stem.startsWith(stem) : label.text.stem.includes(stem))) continue;
    if (found !== undefined && found.id !== label.id) return undefined;
    found = label;
  }
  return found;
}

export function labelsOf(kind: Label['kind'], table?: TableId): readonly Label[] {
  return LABELS.filter((label) => label.kind === kind && (table === undefined || label.table === table));
}
