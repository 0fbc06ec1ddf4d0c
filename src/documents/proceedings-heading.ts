/**
 * The fifteen columns of 表四 by the headings above them. Documents print them in the order of the form or, now and then,
 * in another: what a heading says counts, and where it says something else than the form nothing is certain.
 */
import { labelText } from './label-text.ts';
import { exactLabels, labelsOf, nearLabel, type Label } from './labels.ts';
import type { Piece } from './place-values.ts';

const ROWS = labelsOf('row', 'proceedings');
const COLUMNS = labelsOf('column', 'proceedings');

/** `row/column` in the order of the form. */
const OFFICIAL: readonly string[] = ROWS.flatMap((row) => COLUMNS.map((column) => `${row.id}/${column.id}`));

export interface ProceedingsColumns {
  /** `row/column` from left to right; empty where the heading does not say more than the form. */
  readonly columns: readonly string[];
  /** The heading names columns in another order and not all of them: no value is certain. */
  readonly inDoubt: boolean;
}

export function proceedingsColumns(heading: readonly (readonly Piece[])[]): ProceedingsColumns {
  const named = heading.flatMap((row) =>
    row.flatMap((piece) => {
      const label = labelOf(piece);
      return label === undefined ? [] : [{ kind: label.kind, id: label.id, position: piece.position }];
    }),
  );
  const results = named.filter((one) => one.kind === 'column');
  // Where spans are lost positions say nothing, and the order of reading is left.
  if (new Set(results.map((result) => result.position)).size === results.length)
    results.sort((a, b) => a.position - b.position);
  const groups = named.filter((one) => one.kind === 'row').sort((a, b) => a.position - b.position);
  const groupIds = groups.map((group) => group.id);
  const groupsInOrder = keepsOrder(
    groupIds,
    ROWS.map((row) => row.id),
  );
  const resultIds = results.map((result) => result.id);
  const official = OFFICIAL.map((key) => key.split('/')[1]!);
  if (groupsInOrder && keepsOrder(resultIds, official)) return { columns: [], inDoubt: false };
  if (results.length !== OFFICIAL.length || groups.length !== ROWS.length)
    return { columns: [], inDoubt: true };
  // A group covers what its span says; where spans are lost, what stands from it to the next one.
  const columns = results.map(({ id, position }) => {
    const group = [...groups].reverse().find((one) => one.position <= position);
    return `${group?.id ?? ''}/${id}`;
  });
  const known = new Set(columns);
  return known.size === OFFICIAL.length && OFFICIAL.every((key) => known.has(key))
    ? { columns, inDoubt: false }
    : { columns: [], inDoubt: true };
}

/** A result, or the proceedings it is of. */
function labelOf({ plain }: Piece): Label | undefined {
  const text = labelText(plain);
  const own = [...COLUMNS, ...ROWS];
  return exactLabels(text).find((label) => own.includes(label)) ?? nearLabel(text, own);
}

/** Whether these come in the order of the others, some left out. */
function keepsOrder(short: readonly string[], long: readonly string[]): boolean {
  let at = 0;
  for (const one of long) if (one === short[at]) at += 1;
  return at === short.length;
}
