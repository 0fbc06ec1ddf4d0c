/**
 * Which cell of one form counts what a cell of another counts, and （六）其他处理 in one row, as the form of 2019 has it and
 * many a report on the form of 2021: there its figures stand in the third row, and the two before it are merged.
 */
import type { CellId, Entry } from './entry.ts';
import { cellId, type CellDefinition, type FormatVersion } from './format.ts';
import { FORMATS } from './formats.ts';

/** （六）其他处理, where it is one row. */
export const ONE_ROW_OTHER = 'other';
/** （六）3.其他, where the figures of the one row go. */
export const LAST_ROW_OF_OTHER = 'other.other';
/** （六）1 and 2, which a report with one row does not have. */
export const MERGED_ROWS_OF_OTHER: readonly string[] = ['other.correction-overdue', 'other.fee-overdue'];

/** The cells of 表三 that （六） in one row does not have in this column. */
export function mergedCellsOfOther(column: string): readonly CellId[] {
  return MERGED_ROWS_OF_OTHER.map((row) => cellId('requests', row, column));
}

/** Published with （六） as one row: its figures stand in the third row, and cannot be told apart. */
export function hasOneRowOther(entries: ReadonlyMap<CellId, Entry>): boolean {
  for (const entry of entries.values()) if (entry.kind === 'merged') return true;
  return false;
}

/**
 * The cell of another form that counts the same; undefined where it has none. Between 2019 and 2021 that are 表三 but for
 * （六）, 表四, and of 表二 the numbers of decisions.
 */
export function sameCellIn(
  to: FormatVersion,
  from: FormatVersion,
  { id, table, column }: CellDefinition,
): CellId | undefined {
  if (from !== to && table === 'disclosure' && column !== 'decisions') return undefined;
  return FORMATS[to].cellsById.has(id) ? id : undefined;
}
