/**
 * What the two finders (of tables, of running text) hand on: rows with their label and their values, in reading order,
 * and what they met on the way. Data only.
 */
import type { FormatVersion } from '../format/format.ts';
import type { Label, TableId } from './labels.ts';
import type { Piece } from './place-values.ts';

export interface FoundRow {
  readonly kind: 'row';
  readonly table: TableId;
  /** Undefined for the one line of 表四. */
  readonly label: Label | undefined;
  readonly mended: boolean;
  /** The label as it was found. */
  readonly found: string;
  /** Column ids left to right as the heading has them, undefined for a column that the form does not have; empty where no heading was found. */
  readonly columns: readonly (string | undefined)[];
  readonly values: readonly Piece[];
  /** Its cells are those of a table: what has no cell there is not blank. */
  readonly inTable?: true;
  readonly byPosition?: readonly (Piece | undefined)[];
  /** The heading could not be read in full: the columns are not certain. */
  readonly headingInDoubt: boolean;
  /** The one column whose heading is unlike the form. */
  readonly columnInDoubt?: string | undefined;
  /** Something stands between the values that does not belong there. */
  readonly disturbed: boolean;
  /** It has no value, and nothing vouches for its cells: they may be blank, or their values lost. */
  readonly unvouched?: true;
  /** The same label stands in its line again: two reports beside each other. */
  readonly twofold?: true;
  /** Its label is a group heading in forms that give it rows of their own: （六）其他处理. */
  readonly tentative?: true;
}

export type Found =
  | FoundRow
  | { readonly kind: 'section'; readonly index: number; readonly piece: Piece }
  /** A heading of a table, or of its columns. */
  | {
      readonly kind: 'heading';
      readonly table: TableId;
      readonly label: Label;
      readonly found: string;
      readonly mended?: true;
    }
  /** A number in a table that belongs to no label. */
  | {
      readonly kind: 'stray';
      readonly table: TableId;
      readonly piece: Piece;
      readonly why: 'no-label' | 'unofficial';
    }
  | { readonly kind: 'prose'; readonly text: string };

/** Versions of the form that only one of them has labels for. */
export function versionsSaid(label: Label): FormatVersion | undefined {
  return label.table === 'disclosure' && label.versions.length === 1 ? label.versions[0] : undefined;
}

/** What can stand in a value cell: a number with signs, separators and a unit, or "/" and the like. */
const VALUE =
  /^(?:[+-]? ?[\d][\d,. ]*(?:%|万元|元|件|个|人|项|次|宗|份|条)?|[+-]?\.\d+|[/\\—–-]{1,2}|无|不适用|n\/a|na)$/i;

export function looksLikeValue(plain: string): boolean {
  return plain.length <= 40 && VALUE.test(plain);
}
