/**
 * The fifteen columns of 表四 by the headings above them. Documents print them in the order of the form or, now and then,
 * in another: what a heading says counts, and where it says something else than the form nothing is certain.
 */
import { labelText, plainText } from './label-text.ts';
import { exactLabels, labelsOf, nearLabel } from './labels.ts';
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
  const results = heading.flatMap((row) =>
    row.flatMap((piece) => {
      const id = columnOf(piece);
      return id === undefined ? [] : [{ id, position: piece.position }];
    }),
  );
  // Where spans are lost positions say nothing, and the order of reading is left.
  if (new Set(results.map((result) => result.position)).size === results.length)
    results.sort((a, b) => a.position - b.position);
  const groups = heading
    .flatMap((row) =>
      row.flatMap((piece) => {
        const id = rowOf(piece);
        return id === undefined ? [] : [{ id, from: piece.position, to: piece.position + piece.span }];
      }),
    )
    .sort((a, b) => a.from - b.from);
  const groupIds = groups.map((group) => group.id);
  const groupsInOrder = isWithin(
    groupIds,
    ROWS.map((row) => row.id),
  );
  const resultIds = results.map((result) => result.id);
  const official = OFFICIAL.map((key) => key.split('/')[1]!);
  if (groupsInOrder && isWithin(resultIds, official)) return { columns: [], inDoubt: false };
  if (results.length !== OFFICIAL.length || groups.length !== ROWS.length)
    return { columns: [], inDoubt: true };
  // A group covers what its span says; where spans are lost, what stands from it to the next one.
  const columns = results.map(({ id, position }) => {
    const group = [...groups].reverse().find((one) => one.from <= position);
    return `${group?.id ?? ''}/${id}`;
  });
  const known = new Set(columns);
  return known.size === OFFICIAL.length && OFFICIAL.every((key) => known.has(key))
    ? { columns, inDoubt: false }
    : { columns: [], inDoubt: true };
}

function columnOf(piece: Piece): string | undefined {
  const text = labelText(plainText(piece.plain));
  const label =
    exactLabels(text).find((one) => one.kind === 'column' && one.table === 'proceedings') ??
    nearLabel(text, [...COLUMNS, ...ROWS]);
  return label?.kind === 'column' ? label.id : undefined;
}

function rowOf(piece: Piece): string | undefined {
  const text = labelText(plainText(piece.plain));
  const label =
    exactLabels(text).find((one) => one.kind === 'row' && one.table === 'proceedings') ??
    nearLabel(text, [...COLUMNS, ...ROWS]);
  return label?.kind === 'row' && label.table === 'proceedings' ? label.id : undefined;
}

/** Whether these come in the order of the others, some left out. */
function isWithin(short: readonly string[], long: readonly string[]): boolean {
  let at = 0;
  for (const one of long) if (one === short[at]) at += 1;
  return at === short.length;
}
