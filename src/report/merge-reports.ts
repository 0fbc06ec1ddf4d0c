/**
 * Two reports that grew from one, joined place by place: what only one side changed is taken, what both changed in
 * different ways is a conflict that a person decides. Pure; the three reports stay as they are.
 */
import type { Json } from '../format/canonical-json.ts';
import { cellId, type FormatVersion } from '../format/format.ts';
import type { CellId, Entry } from '../format/entry.ts';
import { withTotalsAbove } from '../format/totals.ts';
import { isIdentical, isIncidental, meansSame, placesOf, type PlaceWith } from './report-places.ts';
import { emptyHead, formatOf, type Carried, type Explanation, type Report, type Signed } from './report.ts';

/** `both`: the two sides say the same, and it is not known or not true that nobody changed it. */
export type MergeStatus = 'unchanged' | 'ours' | 'theirs' | 'both' | 'conflict';

/** Whose value is taken where both changed a place. `ancestor`: neither's. */
export type Choice = 'ours' | 'theirs' | 'ancestor';

export type MergedPlace = PlaceWith<Choice> & { readonly status: MergeStatus };

export interface Merge {
  /** Undefined where it is not known: then every difference is a conflict. */
  readonly ancestor: Report | undefined;
  readonly ours: Report;
  readonly theirs: Report;
  /** Every place that one of the three has, by its key, in the order of the form. */
  readonly places: ReadonlyMap<string, MergedPlace>;
  readonly conflicts: readonly MergedPlace[];
}

export type MergeResult =
  | { readonly ok: true; readonly merge: Merge }
  | {
      readonly ok: false;
      readonly refusal: {
        readonly code: 'other-format';
        readonly ours: FormatVersion;
        readonly theirs: FormatVersion;
      };
    };

export type MergedReport =
  | { readonly ok: true; readonly report: Report }
  /** Conflicts that nobody has decided: there is no report until then. */
  | { readonly ok: false; readonly undecided: readonly MergedPlace[] };

/** An ancestor of another format than both is as good as none. */
export function mergeReports(reports: {
  readonly ancestor: Report | undefined;
  readonly ours: Report;
  readonly theirs: Report;
}): MergeResult {
  const { ours, theirs } = reports;
  if (ours.version !== theirs.version)
    return {
      ok: false,
      refusal: { code: 'other-format', ours: ours.version, theirs: theirs.version },
    };
  const ancestor = reports.ancestor?.version === ours.version ? reports.ancestor : undefined;
  const before = ancestor && placesOf(ancestor);
  const here = placesOf(ours);
  const there = placesOf(theirs);
  // Lists keep the order of the side that changed something.
  const theirsLead =
    before !== undefined &&
    [...new Map([...before, ...here])].every(([key, { kind }]) =>
      isIdentical(kind, before.get(key)?.value, here.get(key)?.value),
    );
  const all = new Map(theirsLead ? [...there, ...here] : [...here, ...there]);
  for (const [key, place] of before ?? []) if (!all.has(key)) all.set(key, place);

  const places = new Map<string, MergedPlace>();
  for (const [key, { value: _value, ...place }] of all) {
    const sides = {
      ancestor: before?.get(key)?.value,
      ours: here.get(key)?.value,
      theirs: there.get(key)?.value,
    };
    const same = (a: Choice, b: Choice): boolean => meansSame(place.kind, sides[a], sides[b]);
    let status: MergeStatus;
    if (same('ours', 'theirs'))
      status = ancestor !== undefined && same('ours', 'ancestor') ? 'unchanged' : 'both';
    else if (ancestor === undefined) status = 'conflict';
    else if (same('ours', 'ancestor')) status = 'theirs';
    else status = same('theirs', 'ancestor') ? 'ours' : 'conflict';
    places.set(key, { ...place, ...sides, status } as MergedPlace);
  }
  const conflicts = [...places.values()].filter(
    (place) => place.status === 'conflict' && !isIncidental(place, ours),
  );
  return { ok: true, merge: { ancestor, ours, theirs, places, conflicts } };
}

/**
 * The joined report, with a choice for each conflict by its key; what is undecided is listed and there is no report.
 *
 * A signature stays, though the figures are then no longer those that were signed: it keeps the figures it speaks of, and
 * every cell that differs from them is told as changed since. A report signed on both sides is a conflict.
 */
export function mergedReport(merge: Merge, choices: ReadonlyMap<string, Choice>): MergedReport {
  const { ancestor, ours, places } = merge;
  const undecided = merge.conflicts.filter(({ key }) => !choices.has(key));
  if (undecided.length > 0) return { ok: false, undecided };
  const open = new Set(merge.conflicts.map(({ key }) => key));
  for (const [key, choice] of choices) {
    if (!open.has(key)) throw new RangeError(`no conflict ${key}`);
    if (choice === 'ancestor' && ancestor === undefined) throw new RangeError('no ancestor is known');
  }

  const format = formatOf(ours);
  const head = emptyHead();
  const entries = new Map<CellId, Entry>();
  const controls = new Map<CellId, Entry>();
  const explanations: Explanation[] = [];
  const remarks: Json[] = [];
  const members: (readonly [path: readonly string[], value: Json])[] = [];
  let signed: Signed | undefined;
  for (const place of places.values()) {
    const side = choices.get(place.key) ?? sideOf(merge, place, choices);
    if (place[side] === undefined) continue;
    if (place.kind === 'head') head[place.field] = place[side]!;
    else if (place.kind === 'cell')
      (format.cellsById.get(place.cell)!.operands === undefined ? entries : controls).set(
        place.cell,
        place[side]!,
      );
    else if (place.kind === 'explanation') explanations.push(place[side]!);
    else if (place.kind === 'remark') remarks.push(place[side]!);
    else if (place.kind === 'carried') members.push([place.path, place[side]!]);
    else signed = place[side];
  }
  const carried = objectOf(members);
  const merged: Report = {
    version: ours.version,
    head,
    entries,
    controls,
    absentTotals: format.derived
      .map(({ id }) => id)
      .filter((id) => ofThree(merge, (report) => report.absentTotals.includes(id))),
    statedTotals: new Set(),
    extraCells: numbersIn(carried['tables']),
    explanations,
    signed,
    carried: remarks.length === 0 ? carried : { ...carried, remarks },
  };
  return { ok: true, report: { ...merged, statedTotals: statedIn(merge, merged) } };
}

/** Where nobody has to choose. */
function sideOf(merge: Merge, place: MergedPlace, choices: ReadonlyMap<string, Choice>): Choice {
  if (place.status === 'ours' || place.status === 'theirs') return place.status;
  if (place.status === 'conflict') return sideOfCell(merge, place, choices);
  // They mean the same: the one that was written anew, to the letter.
  if (merge.ancestor !== undefined) {
    if (isIdentical(place.kind, place.ours, place.ancestor)) return 'theirs';
    if (isIdentical(place.kind, place.theirs, place.ancestor)) return 'ours';
  }
  return place.ours === undefined ? 'theirs' : 'ours';
}

/** What a source said beside a mark goes with the cell that has the mark. */
function sideOfCell(merge: Merge, place: MergedPlace, choices: ReadonlyMap<string, Choice>): Choice {
  const id = place.kind === 'carried' && place.path[0] === 'marks' ? place.path[1] : undefined;
  const cell = [...merge.places.values()].find((other) => other.kind === 'cell' && other.cell === id);
  return cell === undefined ? 'ours' : (choices.get(cell.key) ?? sideOf(merge, cell, choices));
}

/** What one side changed of something that is true or not; where no ancestor is known, what both say. */
function ofThree({ ancestor, ours, theirs }: Merge, holds: (report: Report) => boolean): boolean {
  if (ancestor === undefined) return holds(ours) && holds(theirs);
  return holds(ours) === holds(ancestor) ? holds(theirs) : holds(ours);
}

/** A stated total is evidence only beside the very parts it was stated with: all of one side's. */
function statedIn(merge: Merge, merged: Report): Set<CellId> {
  const format = formatOf(merged);
  const intact = [merge.ours, merge.theirs].map((side) => {
    const other = format.cells.filter(
      ({ id }) =>
        !meansSame('cell', side.entries.get(id), merged.entries.get(id)) ||
        !meansSame('cell', side.controls.get(id), merged.controls.get(id)),
    );
    const touched = withTotalsAbove(
      format,
      other.map(({ id }) => id),
    );
    return [...side.statedTotals].filter((id) => !touched.has(id));
  });
  return new Set(
    intact
      .flat()
      .filter(
        (id) => merge.ancestor === undefined || ofThree(merge, (report) => report.statedTotals.has(id)),
      ),
  );
}

function numbersIn(tables: Json | undefined): string[] {
  const found: string[] = [];
  for (const [table, rows] of Object.entries((tables ?? {}) as Record<string, Record<string, Json>>))
    for (const [row, columns] of Object.entries(rows))
      for (const [column, value] of Object.entries(columns as Record<string, Json>))
        if (value !== null) found.push(cellId(table, row, column));
  return found;
}

function objectOf(members: readonly (readonly [path: readonly string[], value: Json])[]): Carried {
  type Branch = Map<string, Json | Branch>;
  const root: Branch = new Map();
  for (const [path, value] of members) {
    let branch = root;
    for (const name of path.slice(0, -1)) {
      let next = branch.get(name);
      // The other side had an empty object, or a value, where this one has members.
      if (!(next instanceof Map)) branch.set(name, (next = new Map() as Branch));
      branch = next;
    }
    const last = path[path.length - 1]!;
    if (!(branch.get(last) instanceof Map)) branch.set(last, value);
  }
  const plain = (branch: Branch): Record<string, Json> =>
    Object.fromEntries(
      [...branch].map(([name, value]) => [name, value instanceof Map ? plain(value) : value]),
    );
  return plain(root);
}
