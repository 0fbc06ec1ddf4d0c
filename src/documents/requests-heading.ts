/**
 * The columns of 表三 by the headings above them. A heading that is called unlike the form is that of the form where it is
 * a usual name and stands in its place; else only its column is in doubt, if the six others are known.
 */
import { editDistance, labelText, plainText } from './label-text.ts';
import { exactLabels, labelsOf, nearLabel, type Label } from './labels.ts';
import type { Piece } from './place-values.ts';
import type { SourceCell } from './source-document.ts';

/** A cell of a table, and what is said of it. */
export interface GridCell {
  readonly piece: Piece;
  readonly cell: SourceCell;
}

export interface RequestsHeading {
  /** Left to right; undefined for a column that the form does not have. */
  readonly columns: readonly (string | undefined)[];
  /** Where each begins; empty where spans are wrong. */
  readonly positions: readonly number[];
  /** No column is certain. */
  readonly inDoubt: boolean;
  /** The one column that is known only because it is the last one left. */
  readonly columnInDoubt?: string;
  /** A usual name that is not that of the form. */
  readonly mended?: { readonly label: Label; readonly found: string };
}

const COLUMNS = labelsOf('column', 'requests');
const GROUPS = labelsOf('group');
const UNOFFICIAL = labelsOf('unofficial');
const LEGAL_PERSON = '法人或其他组织';

/** What the columns are called as well; each only where all others are called as in the form. */
const USUAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  'natural-person': ['公民', '个人', '公民个人'],
  enterprise: ['企业', '企业单位', '商业公司', '商业组织'],
  research: ['科研院所', '科研院校', '科研单位', '研究机构', '科学研究机构'],
  social: ['社会组织', '公益组织', '社会公益机构', '社会公益团体', '社会团体'],
  'legal-service': ['法律服务组织', '法律机构', '法律服务单位', '律师事务所'],
  other: ['其他组织', '其他机构', '其他申请人'],
  total: ['总数', '总和'],
};

interface Heading {
  /** Undefined for a subtotal, or a name that is none of the form. */
  readonly id: string | undefined;
  readonly isUnknown: boolean;
  readonly found: string;
}

/**
 * The columns of 表三 in two ways: by the texts above each position, and by the order of the headings alone (the columns
 * of 法人或其他组织 stand in its place). Spans of headings are wrong often; where both ways give all columns they have to
 * agree.
 */
export function requestsColumns(
  heading: readonly (readonly GridCell[])[],
  isPlain: boolean,
): RequestsHeading | undefined {
  const named = withoutCorner(heading);
  const byPosition = headingsByPosition(named);
  const byOrder = headingsByOrder(named, fillsItsPlace(heading));
  const placed = settled(byPosition.headings);
  const ordered = byOrder === undefined ? undefined : settled(byOrder);
  const isOrdered = ordered !== undefined && isComplete(ordered.columns);
  if (placed.columns.every((id) => id === undefined) && !isOrdered) return undefined;
  if (isOrdered && !isComplete(placed.columns)) return { ...ordered, positions: [], inDoubt: false };
  const known = placed.columns.filter(isKnown);
  if (isOrdered && !sameColumns(ordered.columns, placed.columns))
    return {
      ...ordered,
      positions: [],
      // Spans that do not fit each other are wrong.
      inDoubt: fillsItsPlace(heading) && !sameColumns(ordered.columns.filter(isKnown), known),
    };
  const isUnknown = byPosition.headings.some((one) => one.isUnknown) && !isComplete(placed.columns);
  return {
    ...placed,
    positions: byPosition.positions,
    inDoubt:
      isUnknown || new Set(known).size !== known.length || (!isOrdered && heading.length > 1 && !isPlain),
  };
}

/** Whatever stands over the labels of the rows names no column. */
function withoutCorner(heading: readonly (readonly GridCell[])[]): readonly (readonly GridCell[])[] {
  const first = heading.findIndex((row) => row.some(({ piece }) => piece.plain !== ''));
  return heading.map((row, index) =>
    index === first
      ? row.filter(({ piece }) => piece.position > 0 || columnNamed(piece.plain) !== undefined)
      : row,
  );
}

/** Six columns of the form and a name that is none of it: the seventh, for certain where it is a usual name in its place. */
function settled(
  headings: readonly Heading[],
): Pick<RequestsHeading, 'columns' | 'columnInDoubt' | 'mended'> {
  const columns = headings.map((heading) => heading.id);
  const known = columns.filter(isKnown);
  const unknown = headings.filter((heading) => heading.isUnknown);
  const missing = COLUMNS.filter((label) => !known.includes(label.id));
  const [label] = missing;
  const [heading] = unknown;
  if (unknown.length !== 1 || missing.length !== 1 || known.length !== COLUMNS.length - 1) return { columns };
  const filled = headings.map((one) => (one.isUnknown ? label!.id : one.id));
  const isInPlace = sameColumns(
    filled.filter(isKnown),
    COLUMNS.map((one) => one.id),
  );
  return {
    columns: filled,
    ...(isInPlace && isUsualName(label!, heading!.found)
      ? { mended: { label: label!, found: heading!.found } }
      : { columnInDoubt: label!.id }),
  };
}

/** A name of this column, or one slip of the pen away from it, or from its short official name, and from no other. */
function isUsualName(label: Label, found: string): boolean {
  const { stem } = labelText(plainText(found));
  if (USUAL_NAMES[label.id]!.includes(stem)) return true;
  const distanceTo = (one: Label): number => editDistance(stem, one.text.stem, 2);
  return (
    stem.length >= 3 && distanceTo(label) <= 1 && COLUMNS.every((one) => one === label || distanceTo(one) > 2)
  );
}

function headingsByPosition(heading: readonly (readonly GridCell[])[]): {
  readonly headings: readonly Heading[];
  readonly positions: readonly number[];
} {
  const width = Math.max(...heading.map(endOf));
  const headings: Heading[] = [];
  const positions: number[] = [];
  let before: readonly Piece[] = [];
  for (let position = 0; position < Math.min(width, 200); position += 1) {
    const pieces = heading.flatMap((row) =>
      row
        .filter(({ piece }) => piece.position <= position && position < piece.position + piece.span)
        .map(({ piece }) => piece)
        .filter((piece) => piece.plain !== '' && !isGroup(piece) && !isRowNumbers(piece)),
    );
    if (pieces.length === 0) continue;
    // A heading that spans several positions is one column.
    if (pieces.length === before.length && pieces.every((piece, index) => piece === before[index])) continue;
    before = pieces;
    const text = labelText(plainText(pieces.map((piece) => piece.plain).join('')));
    const label =
      exactLabels(text).find((one) => one.kind === 'column' && one.table === 'requests') ??
      nearLabel(text, COLUMNS) ??
      columnOfLast(pieces);
    const isTotal =
      text.stem === '合计' && !headings.some(({ id }) => id === 'total') && position >= width - 2;
    headings.push({
      id: label?.id ?? (isTotal ? 'total' : undefined),
      isUnknown:
        label === undefined && !isTotal && !pieces.some((piece) => unofficialLabel(piece) !== undefined),
      found: pieces[pieces.length - 1]!.raw,
    });
    positions.push(position);
  }
  return { headings, positions };
}

/**
 * Columns from the order of the headings, whatever they span: what stands in the row below a single 法人或其他组织 stands in
 * its place, halves of words take the halves below them. Undefined where that leaves a choice.
 */
function headingsByOrder(heading: readonly (readonly GridCell[])[], isWhole: boolean): Heading[] | undefined {
  const rows = heading
    .map((row) =>
      row
        .map(({ piece }) => piece)
        .filter(
          (piece) => piece.plain !== '' && !isRowNumbers(piece) && (!isGroup(piece) || isLegalPerson(piece)),
        ),
    )
    .filter((row) => row.length > 0);
  const groupRow = rows.findIndex((row) => row.some(isLegalPerson));
  const below = rows.slice(groupRow + 1);
  let texts: string[];
  if (groupRow < 0) texts = (below.shift() ?? []).map((piece) => piece.plain);
  else {
    const row = rows[groupRow]!;
    const groups = row.filter(isLegalPerson);
    const columns = (below.shift() ?? []).map((piece) => piece.plain);
    // Of several groups each takes what it spans, if together they span all and no span of the heading is wrong.
    const together = groups.reduce((sum, group) => sum + group.span, 0);
    const isSound = together === columns.length && isWhole;
    if (groupRow > 0 || (groups.length > 1 && !isSound)) return undefined;
    texts = row.flatMap((piece) =>
      isLegalPerson(piece) ? columns.splice(0, groups.length > 1 ? piece.span : Infinity) : [piece.plain],
    );
  }
  for (const row of below) {
    const halves = row.map((piece) => piece.plain);
    texts = texts.map((text) =>
      columnNamed(text) === undefined && halves.length > 0 ? text + halves.shift()! : text,
    );
    if (halves.length > 0) return undefined;
  }
  return texts.map((found) => {
    const id = columnNamed(found);
    return { id: id === '' ? undefined : id, isUnknown: id === undefined, found };
  });
}

/** The column of this name, '' for a subtotal. */
function columnNamed(plain: string): string | undefined {
  const text = labelText(plain);
  const label =
    exactLabels(text).find((one) => one.kind === 'column' && one.table === 'requests') ??
    nearLabel(text, COLUMNS);
  if (label !== undefined) return label.id;
  return UNOFFICIAL.some((one) => one.text.stem === text.stem) ? '' : undefined;
}

function isLegalPerson(piece: Piece): boolean {
  const text = labelText(piece.plain);
  return (
    exactLabels(text).some((label) => label.id === LEGAL_PERSON) ||
    nearLabel(text, [...GROUPS, ...COLUMNS])?.id === LEGAL_PERSON
  );
}

/** Where a column has more words above it than the form gives it, its lowest heading decides. */
function columnOfLast(pieces: readonly Piece[]): Label | undefined {
  const text = labelText(pieces[pieces.length - 1]!.plain);
  return exactLabels(text).find((one) => one.kind === 'column' && one.table === 'requests');
}

function isGroup(piece: Piece): boolean {
  const text = labelText(piece.plain);
  if (exactLabels(text).some((label) => label.kind === 'group')) return true;
  return text.stem.length > 3 && nearLabel(text, [...GROUPS, ...COLUMNS])?.kind === 'group';
}

export function unofficialLabel(piece: Piece): Label | undefined {
  const text = labelText(piece.plain);
  return UNOFFICIAL.find((label) => label.text.stem === text.stem);
}

/** 序号, above the numbers of the rows. */
export function isRowNumbers(piece: Piece): boolean {
  return labelText(piece.plain).stem === '序号';
}

/** Whether the cells of a heading cover it without a gap: else their spans cannot all be right. */
function fillsItsPlace(heading: readonly (readonly GridCell[])[]): boolean {
  const width = Math.max(...heading.map(endOf));
  let covered = 0;
  for (const [index, row] of heading.entries())
    for (const { cell } of row) {
      if (cell.rowSpan > heading.length - index) return false;
      covered += cell.colSpan * cell.rowSpan;
    }
  return covered === width * heading.length;
}

export function endOf(row: readonly GridCell[]): number {
  const last = row[row.length - 1];
  return last === undefined ? 0 : last.piece.position + last.piece.span;
}

function isKnown(id: string | undefined): boolean {
  return id !== undefined;
}

/** All seven columns, each once. */
export function isComplete(columns: readonly (string | undefined)[]): boolean {
  const known = columns.filter(isKnown);
  const official = new Set(COLUMNS.map((label) => label.id));
  return known.length === official.size && new Set(known).size === known.length;
}

function sameColumns(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
