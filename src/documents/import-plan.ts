/**
 * What taking over a reading does to a report, before anything is done: the changes, and what becomes of each cell. An
 * existing number gives way to a certain reading only; a blank or doubtful one never takes it away. Changes nothing.
 */
import type { Json } from '../format/canonical-json.ts';
import {
  LAST_ROW_OF_OTHER,
  MERGED_ROWS_OF_OTHER,
  ONE_ROW_OTHER,
  sameCellIn,
} from '../format/correspondence.ts';
import { BLANK, MERGED, quantityOf, sameEntry, type CellId, type Entry } from '../format/entry.ts';
import { cellId, type CellDefinition, type FormatVersion } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import { computeTotals } from '../format/totals.ts';
import { emptyReport, entryOf, formatOf, type Report } from '../report/report.ts';
import { applyChanges, type CarriedPart, type Change } from '../report/transaction.ts';
import type { DocumentReading } from './document-reading.ts';
import { entriesOfReading, textsOf } from './payload-of-reading.ts';

/** 全部, 仅空白格, 仅选区 */
export type ImportScope = 'all' | 'blank' | 'selection';

export interface ImportOptions {
  readonly scope: ImportScope;
  /** For the scope `selection`. */
  readonly selection?: readonly CellId[];
  /** Nobody has begun the report: it takes the format of the document. */
  readonly untouched?: boolean;
  /** The year, where the document does not say it: as typed, '' for none. Without it the report keeps its own. */
  readonly year?: string;
  /** Fields of the head that give way though they say something else. */
  readonly replaceYear?: boolean;
  readonly replaceOrganization?: boolean;
}

export type Fate =
  /** A blank cell gets a value. */
  | 'written'
  /** Another value gives way. */
  | 'replaced'
  /** Becomes uncertain, for a person to decide. */
  | 'doubtful'
  /** A printed total that differs becomes a control total. */
  | 'control'
  /** A printed total that is no certain number: of no use to check with. */
  | 'unread'
  /** Says the same already, or is a total that is computed. */
  | 'same'
  /** What is there stays, though the document says something else. */
  | 'kept'
  /** Blank in both. */
  | 'blank'
  /** Not in the selection. */
  | 'outside'
  /** The report has no cell for it. */
  | 'elsewhere';

/** With these the cell is another one afterwards. */
const CHANGING: ReadonlySet<Fate> = new Set<Fate>(['written', 'replaced', 'doubtful', 'control']);

export interface CellFate {
  readonly fate: Fate;
  /** The cell of the report, where there is one. */
  readonly cell?: CellId;
  /** What the report says of it now. */
  readonly from?: Entry;
}

export interface ImportCounts {
  readonly written: number;
  readonly replaced: number;
  readonly doubtful: number;
  readonly controls: number;
  /** Printed totals that could not be read as a number. */
  readonly unread: number;
  /** Numbers of the report that stay though the document is blank, doubtful or different there. */
  readonly kept: number;
}

export interface ImportPlan {
  /** The report the changes are for: the one given, or an empty one in the format of the document. */
  readonly base: Report;
  readonly changes: readonly Change[];
  /**
   * By the cells of the document's format; those that the document does not have are not in it. The two rows that a
   * one-row （六） of 2019 merges are, by the cells of the report.
   */
  readonly fates: ReadonlyMap<CellId, CellFate>;
  readonly counts: ImportCounts;
  /** Texts of the report that stay though the document says something else. */
  readonly partsKept: readonly CarriedPart[];
  /** （六） in one row was left out, because the report has figures in three. */
  readonly oneRowRefused: boolean;
}

const isMergedRow = (id: CellId): boolean => MERGED_ROWS_OF_OTHER.includes(id.split('/')[1]!);

/** No figure and no control total: whatever the head says. */
export function isBlankReport(report: Report): boolean {
  if (report.controls.size > 0) return false;
  for (const { kind } of report.entries.values()) if (kind !== 'blank') return false;
  return true;
}

/** The cell of a report that takes what a cell of the document counts; undefined where there is none. */
function targetOf(
  cell: CellDefinition,
  from: FormatVersion,
  to: FormatVersion,
  oneRow: boolean,
): CellId | undefined {
  const same = sameCellIn(to, from, cell);
  const { table, row, column } = cell;
  if (same !== undefined || table !== 'requests') return same;
  if (row === ONE_ROW_OTHER) return cellId(table, LAST_ROW_OF_OTHER, column);
  return oneRow && row === LAST_ROW_OF_OTHER ? cellId(table, ONE_ROW_OTHER, column) : undefined;
}

export function planImport(report: Report, reading: DocumentReading, options: ImportOptions): ImportPlan {
  const opens =
    options.untouched === true && options.scope !== 'selection' && report.version !== reading.version;
  const base = opens
    ? { ...emptyReport(reading.version), head: report.head, carried: report.carried }
    : report;
  const format = formatOf(base);
  const source = FORMATS[reading.version];
  const entries = entriesOfReading(reading);
  const selection = new Set(options.scope === 'selection' ? options.selection : []);
  const isOneRow = reading.report.oneRowOther || (reading.version === '2019' && base.version === '2021');
  const oneRowRefused =
    isOneRow &&
    base.version === '2021' &&
    [...base.entries].some(
      ([id, entry]) => isMergedRow(id) && entry.kind !== 'merged' && (quantityOf(entry) ?? 0n) !== 0n,
    );

  const fates = new Map<CellId, CellFate>();
  const incoming = new Map<CellId, Entry>();
  const changes: Change[] = [];
  /** What becomes of one cell of the report, once it is known to be among those that are wanted. */
  const settle = (id: CellId, target: CellDefinition, to: Entry, fateFrom: (from: Entry) => Fate): void => {
    const from = entryOf(base, target);
    const isWanted = options.scope !== 'selection' || selection.has(target.id);
    const fate = isWanted ? fateFrom(from) : 'outside';
    fates.set(id, { fate, cell: target.id, from });
    if (target.operands === undefined) incoming.set(target.id, to);
    if (CHANGING.has(fate)) changes.push({ cell: target.id, from, to });
  };
  const settleAll = (
    cells: readonly CellDefinition[],
    fateFrom: (from: Entry, to: Entry, target: CellDefinition) => Fate,
  ): void => {
    for (const cell of cells) {
      const to = entries.get(cell.id);
      if (to === undefined || to.kind === 'merged') continue;
      const id = targetOf(cell, reading.version, base.version, isOneRow);
      const target = id === undefined ? undefined : format.cellsById.get(id);
      if (target === undefined) fates.set(cell.id, { fate: to.kind === 'blank' ? 'blank' : 'elsewhere' });
      else settle(cell.id, target, to, (from) => fateFrom(from, to, target));
    }
  };

  settleAll(source.inputs, (from, to, target) => {
    if (!oneRowRefused || !target.row.startsWith('other.')) return fateOf(from, to, options.scope);
    return sameValue(from, to) ? 'same' : from.kind === 'blank' ? 'outside' : 'kept';
  });
  // （六） in one row stands in the third: the other two are not there, column by column where it was taken.
  if (isOneRow && base.version === '2021')
    for (const target of format.inputs) {
      const isFrom2019 = reading.version === '2019';
      if (!isMergedRow(target.id) || (!isFrom2019 && entries.get(target.id)?.kind !== 'merged')) continue;
      const one = cellId('requests', isFrom2019 ? ONE_ROW_OTHER : LAST_ROW_OF_OTHER, target.column);
      const told = fates.get(one)?.fate;
      if (told === undefined) continue;
      const to = isFrom2019 && entries.get(one)?.kind === 'blank' ? BLANK : MERGED;
      const isTaken = told !== 'kept' && told !== 'outside';
      settle(target.id, target, to, (from) => {
        if (countsTheSame(from, to)) return from.kind === 'blank' ? 'blank' : 'same';
        if (!isTaken || oneRowRefused) return from.kind === 'blank' ? 'outside' : 'kept';
        return fateOf(from, to, options.scope);
      });
    }

  const resulting = applyChanges(base, changes);
  const totals = computeTotals(format, resulting.entries);
  settleAll(source.derived, (from, to, target) => {
    if (to.kind === 'blank') return 'blank';
    if (sameValue(from, to)) return 'same';
    if (to.kind !== 'number') return 'unread';
    const differs = totals.get(target.id) !== to.value;
    // Evidence of the document's parts is none about other ones.
    if (differs && !hasItsParts(target, format.cellsById, resulting, incoming)) return 'kept';
    if (from.kind === 'blank') return differs ? 'control' : 'same';
    return options.scope === 'blank' ? 'kept' : 'control';
  });

  const count = (...of: readonly Fate[]): number =>
    [...fates.values()].filter(({ fate }) => of.includes(fate)).length;
  const others = otherChanges(base, reading, options);
  return {
    base,
    changes: [...changes, ...others.changes],
    fates,
    partsKept: others.kept,
    counts: {
      written: count('written'),
      replaced: count('replaced'),
      doubtful: count('doubtful'),
      controls: count('control'),
      unread: count('unread'),
      kept: [...fates].filter(
        ([id, { fate, from }]) =>
          fate === 'kept' && from?.kind !== 'blank' && source.cellsById.get(id)?.operands === undefined,
      ).length,
    },
    oneRowRefused,
  };
}

function fateOf(from: Entry, to: Entry, scope: ImportScope): Fate {
  if (to.kind === 'blank') return from.kind === 'blank' ? 'blank' : 'kept';
  if (sameValue(from, to)) return 'same';
  const isFree = from.kind === 'blank';
  const isUndecided = isFree || from.kind === 'uncertain' || from.kind === 'merged';
  if (scope === 'blank' && !isFree) return 'kept';
  // What is no number takes no number away.
  if (to.kind === 'uncertain' || to.kind === 'text') {
    if (!isUndecided) return 'kept';
    return to.kind === 'uncertain' ? 'doubtful' : isFree ? 'written' : 'replaced';
  }
  if (to.kind === 'merged') return isFree ? 'written' : from.kind === 'uncertain' ? 'replaced' : 'kept';
  return isFree ? 'written' : 'replaced';
}

/** The same number, however it was typed; else the very same entry. */
function sameValue(a: Entry, b: Entry): boolean {
  return a.kind === 'number' && b.kind === 'number' ? a.value === b.value : sameEntry(a, b);
}

/** Whether every part says what the document's says. One that the document does not have is none of its. */
function hasItsParts(
  total: CellDefinition,
  cellsById: ReadonlyMap<CellId, CellDefinition>,
  resulting: Report,
  incoming: ReadonlyMap<CellId, Entry>,
): boolean {
  return total.operands!.every((id) => {
    const part = cellsById.get(id)!;
    if (part.operands !== undefined) return hasItsParts(part, cellsById, resulting, incoming);
    const theirs = incoming.get(id);
    return theirs !== undefined && countsTheSame(resulting.entries.get(id) ?? BLANK, theirs);
  });
}

/** A row that is merged counts 0, as in every sum. */
function countsTheSame(a: Entry, b: Entry): boolean {
  const [one, other] = [quantityOf(a), quantityOf(b)];
  if (one !== undefined || other !== undefined) return one === other;
  return a.kind === b.kind && (a.kind === 'not-applicable' || sameEntry(a, b));
}

/**
 * Year, unit, and what is carried along; nothing of it where only a selection is wanted. Texts are added where there
 * are none: nobody sees them in the preview, so none gives way.
 */
function otherChanges(
  base: Report,
  reading: DocumentReading,
  options: ImportOptions,
): { readonly changes: readonly Change[]; readonly kept: readonly CarriedPart[] } {
  const changes: Change[] = [];
  const kept: CarriedPart[] = [];
  if (options.scope === 'selection') return { changes, kept };
  const { year, organization, period, contact, narrative } = reading;
  const field = (name: 'year' | 'organization.name', to: string, replace: boolean | undefined): void => {
    const from = base.head[name];
    if (from !== to && (from.trim() === '' || replace === true)) changes.push({ field: name, from, to });
  };
  if (year !== undefined) field('year', String(year), options.replaceYear);
  else if (options.year !== undefined) field('year', options.year, true);
  if (organization) field('organization.name', organization, options.replaceOrganization);
  const part = (name: CarriedPart, to: Record<string, string> | undefined): void => {
    if (to === undefined) return;
    const from = base.carried[name];
    const isObject = typeof from === 'object' && from !== null && !Array.isArray(from);
    if (from !== undefined && !isObject) return void kept.push(name);
    const before = (from ?? {}) as Record<string, Json>;
    const isFree = (key: string): boolean => isBlankText(before[key]);
    const differing = Object.keys(to).filter((key) => before[key] !== to[key]);
    // Half a period would be one that nobody stated.
    const isWhole = name === 'period' && !Object.keys(before).every(isFree);
    const added = isWhole ? [] : differing.filter(isFree);
    if (added.length < differing.length) kept.push(name);
    if (added.length === 0) return;
    const texts = Object.fromEntries(added.map((key) => [key, to[key]!]));
    changes.push({ carried: name, from, to: { ...before, ...texts } });
  };
  part('period', period && { ...period });
  part('contact', contact && textsOf(contact));
  part('narrative', textsOf(narrative));
  return { changes, kept };
}

function isBlankText(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
