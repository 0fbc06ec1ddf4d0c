/**
 * The only way a report changes: changes with what was there and what is, the origin and the time. Applying returns a
 * new value; nothing is written in place. Undo, drafts, checks and grids listen to transactions.
 */
import type { Json } from '../format/canonical-json.ts';
import { BLANK, sameEntry, type CellId, type Entry } from '../format/entry.ts';
import { readEntry } from '../format/read-entry.ts';
import { withTotalsAbove } from '../format/totals.ts';
import { entryOf, formatOf, type Explanation, type HeadField, type Report, type Signed } from './report.ts';

/** `sign-off` and `undo` are no steps that could be undone; what `host` and `other-tab` wrote ends the undoing. */
export type Origin = 'typing' | 'paste' | 'fill' | 'import' | 'sign-off' | 'undo' | 'other-tab' | 'host';

/** What a report carries along that an import of a document may bring. */
export type CarriedPart = 'period' | 'contact' | 'narrative';

export type Change =
  | { readonly cell: CellId; readonly from: Entry; readonly to: Entry }
  | { readonly field: HeadField; readonly from: string; readonly to: string }
  /** What a person says about findings: the whole list, so that taking it back gives back what was there. */
  | {
      readonly explanations: true;
      readonly from: readonly Explanation[];
      readonly to: readonly Explanation[];
    }
  | { readonly signed: true; readonly from: Signed | undefined; readonly to: Signed | undefined }
  | { readonly carried: CarriedPart; readonly from: Json | undefined; readonly to: Json | undefined };

export interface Transaction {
  readonly changes: readonly Change[];
  readonly origin: Origin;
  /** Milliseconds since 1970, for grouping and display only: order is by sequence, never by clock. */
  readonly time: number;
}

/**
 * Changes from texts as typed, through the one reader; cells that would stay as they are give none. Ids that the format
 * does not have are returned apart, never dropped in silence.
 */
export function changesFromTexts(
  report: Report,
  texts: Iterable<readonly [CellId, string]>,
): { changes: Change[]; unknown: CellId[] } {
  const format = formatOf(report);
  const changes: Change[] = [];
  const unknown: CellId[] = [];
  for (const [id, text] of texts) {
    const cell = format.cellsById.get(id);
    if (cell === undefined) {
      unknown.push(id);
      continue;
    }
    const from = entryOf(report, cell);
    const to = readEntry(text, cell.kind);
    if (!sameEntry(from, to)) changes.push({ cell: id, from, to });
  }
  return { changes, unknown };
}

/** The report after the changes. A control total that becomes blank is removed. */
export function applyChanges(report: Report, changes: readonly Change[]): Report {
  if (changes.length === 0) return report;
  const format = formatOf(report);
  const entries = new Map(report.entries);
  const controls = new Map(report.controls);
  const head = { ...report.head };
  const changed = new Set<CellId>();
  let { explanations, signed, carried } = report;
  for (const change of changes) {
    if ('explanations' in change) {
      explanations = change.to;
      continue;
    }
    if ('signed' in change) {
      signed = change.to;
      continue;
    }
    if ('carried' in change) {
      const { [change.carried]: _before, ...others } = carried;
      carried = change.to === undefined ? others : { ...others, [change.carried]: change.to };
      continue;
    }
    if ('field' in change) {
      head[change.field] = change.to;
      continue;
    }
    const cell = format.cellsById.get(change.cell);
    if (cell === undefined) throw new RangeError(`no cell ${change.cell}`);
    changed.add(cell.id);
    if (cell.operands === undefined) entries.set(cell.id, change.to);
    else if (change.to.kind === 'blank') controls.delete(cell.id);
    else controls.set(cell.id, change.to);
  }
  const statedTotals = stillStated(report, changed);
  return { ...report, head, entries, controls, explanations, signed, carried, statedTotals };
}

/** The stated totals of which no part has changed. */
function stillStated(report: Report, changed: ReadonlySet<CellId>): ReadonlySet<CellId> {
  if (report.statedTotals.size === 0) return report.statedTotals;
  const touched = withTotalsAbove(formatOf(report), changed);
  return new Set([...report.statedTotals].filter((total) => !touched.has(total)));
}

/** The changes that take the others back. */
export function invertChanges(changes: readonly Change[]): Change[] {
  return changes.map((change) => ({ ...change, from: change.to, to: change.from }) as Change).reverse();
}

/** 空白填 0: every blank input of these cells becomes an explicit zero. */
export function zeroBlanks(report: Report, cells: Iterable<CellId>): Change[] {
  const format = formatOf(report);
  const changes: Change[] = [];
  for (const id of cells) {
    const cell = format.cellsById.get(id);
    if (cell === undefined || cell.operands !== undefined) continue;
    const from = report.entries.get(id) ?? BLANK;
    if (from.kind === 'blank') changes.push({ cell: id, from, to: { kind: 'number', value: 0n } });
  }
  return changes;
}
