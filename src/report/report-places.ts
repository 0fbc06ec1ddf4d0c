/**
 * A report as places, each with what stands there: what two reports are compared and merged by. A place is a cell, a
 * field of the head, one decision, one remark, the sign-off, or one member of what is carried along.
 */
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import { BLANK, sameEntry, type CellId, type Entry } from '../format/entry.ts';
import {
  formatOf,
  HEAD_FIELDS,
  type Explanation,
  type HeadField,
  type Report,
  type Signed,
} from './report.ts';

export type Place =
  | { readonly kind: 'head'; readonly key: string; readonly field: HeadField }
  /** An input's entry, or the control total of a total. */
  | { readonly kind: 'cell'; readonly key: string; readonly cell: CellId }
  /**
   * What was said of a finding, for one state of its values: decisions about other values are other places, because
   * both can be kept and only the one that fits the values counts.
   */
  | {
      readonly kind: 'explanation';
      readonly key: string;
      readonly rule: string;
      readonly cells: readonly CellId[];
    }
  /** There or not there: a remark with another text is another remark. */
  | { readonly kind: 'remark'; readonly key: string; readonly cell: CellId }
  | { readonly kind: 'carried'; readonly key: string; readonly path: readonly string[] }
  | { readonly kind: 'signed'; readonly key: string };

/** What may stand at a place; undefined: nothing does. */
export interface PlaceValues {
  readonly head: string | undefined;
  readonly cell: Entry | undefined;
  readonly explanation: Explanation | undefined;
  readonly remark: Json | undefined;
  readonly carried: Json | undefined;
  readonly signed: Signed | undefined;
}
export type PlaceValue = PlaceValues[Place['kind']];

/** A place with a value for each side. */
export type PlaceWith<Side extends string> = {
  [Kind in Place['kind']]: Extract<Place, { readonly kind: Kind }> & {
    readonly [S in Side]: PlaceValues[Kind];
  };
}[Place['kind']];

/** How deep the known members of a payload are objects of members; every other member is one value. */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ['organization', 2],
  ['contact', 2],
  ['narrative', 2],
  ['signOff', 2],
  ['reported', 2],
  ['marks', 2],
  ['tables', 4],
]);

/** Made anew whenever a report is stamped. */
const STAMPED: ReadonlySet<string> = new Set([
  'draft',
  'checks',
  'revision',
  'generator',
  'digest',
  'tablesDigest',
]);

/**
 * The places of a report by their keys, in the order in which a person would go through it: head, every cell, sign-off,
 * then what it has beyond those.
 */
export function placesOf(report: Report): Map<string, PlaceWith<'value'>> {
  const places = new Map<string, PlaceWith<'value'>>();
  const add = (place: PlaceWith<'value'>): void => void places.set(place.key, place);
  /** The same thing said twice is two places. */
  const keyOf = (kind: string, ...identity: unknown[]): string => {
    for (let nth = 0; ; nth += 1) {
      const key = JSON.stringify([kind, ...identity, ...(nth === 0 ? [] : [nth])]);
      if (!places.has(key)) return key;
    }
  };
  for (const field of HEAD_FIELDS)
    add({ kind: 'head', key: keyOf('head', field), field, value: report.head[field] });
  for (const cell of formatOf(report).cells) {
    const value = (cell.operands === undefined ? report.entries : report.controls).get(cell.id);
    add({ kind: 'cell', key: keyOf('cell', cell.id), cell: cell.id, value });
  }
  add({ kind: 'signed', key: keyOf('signed'), value: report.signed });
  for (const value of report.explanations) {
    const { rule, cells, values } = value;
    add({ kind: 'explanation', key: keyOf('explanation', rule, cells, values), rule, cells, value });
  }
  for (const [name, member] of Object.entries(report.carried)) {
    if (member === undefined) continue;
    if (name === 'remarks' && Array.isArray(member)) {
      for (const value of member as readonly Json[]) {
        const { cell } = value as { readonly cell: CellId };
        add({ kind: 'remark', key: keyOf('remark', canonicalJson(value)), cell, value });
      }
      // An empty list is carried along as one.
      if (member.length > 0) continue;
    }
    for (const [path, value] of leaves([name], member, LEVELS.get(name) ?? 1))
      add({ kind: 'carried', key: keyOf('carried', ...path), path, value });
  }
  return places;
}

function* leaves(
  path: readonly string[],
  value: Json,
  levels: number,
): Generator<readonly [path: readonly string[], value: Json]> {
  if (path.length >= levels || !isObject(value) || Object.keys(value).length === 0) {
    yield [path, value];
    return;
  }
  for (const [name, member] of Object.entries(value))
    if (member !== undefined) yield* leaves([...path, name], member, levels);
}

/**
 * Whether nobody is to be asked or told about a place: it is made anew when the report is written, or it belongs to a
 * cell (what its source said beside a mark) and goes with that.
 */
export function isIncidental(place: Place, report: Report): boolean {
  if (place.kind !== 'carried') return false;
  const [member = '', id = ''] = place.path;
  return STAMPED.has(member) || (member === 'marks' && formatOf(report).cellsById.has(id));
}

/**
 * Whether two values at a place mean the same. How a number was typed makes no difference, nor when something was said;
 * an absent cell, field or member means no more than an empty one.
 */
export function meansSame(kind: Place['kind'], a: PlaceValue, b: PlaceValue): boolean {
  if (a === b) return true;
  switch (kind) {
    case 'cell': {
      const one = (a ?? BLANK) as Entry;
      const other = (b ?? BLANK) as Entry;
      return one.kind === 'number' && other.kind === 'number'
        ? one.value === other.value
        : sameEntry(one, other);
    }
    case 'explanation':
      return (
        a !== undefined &&
        b !== undefined &&
        isSame({ ...(a as Explanation), at: '' }, { ...(b as Explanation), at: '' })
      );
    case 'signed':
      return isSame(signedAsJson(a as Signed | undefined), signedAsJson(b as Signed | undefined));
    default:
      return isSame(a, b) || (isEmpty(a) && isEmpty(b));
  }
}

/** Whether two values at a place are the same in every detail. */
export function isIdentical(kind: Place['kind'], a: PlaceValue, b: PlaceValue): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (kind === 'cell') return sameEntry(a as Entry, b as Entry);
  if (kind === 'signed') {
    const one = a as Signed;
    const other = b as Signed;
    return one.at === other.at && one.lapsed === other.lapsed && isSame([...one.values], [...other.values]);
  }
  return isSame(a, b);
}

/** No number is what it means that a cell is not named. */
function signedAsJson(signed: Signed | undefined): unknown {
  if (signed === undefined) return undefined;
  const numbers = [...signed.values].filter(([, value]) => value !== null);
  return [signed.at, signed.lapsed ?? null, Object.fromEntries(numbers)];
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

/** Whether two JSON values are the same; a member that is undefined is none. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a).filter((name) => a[name] !== undefined);
  return (
    names.length === Object.keys(b).filter((name) => b[name] !== undefined).length &&
    names.every((name) => Object.prototype.hasOwnProperty.call(b, name) && isSame(a[name], b[name]))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, Json | undefined>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
