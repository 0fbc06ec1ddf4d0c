/**
 * Last year's report beside this one: whether it can be last year's, which of its cells counts the same as a cell of
 * this report, and what of it is carried over into 上年结转. Says nothing in words, and changes nothing by itself.
 */
import type { CheckedReport, Values } from '../checks/checked-report.ts';
import { hasOneRowOther, sameCellIn } from '../format/correspondence.ts';
import { BLANK, quantityOf, type CellId } from '../format/entry.ts';
import { cellId, type CellDefinition } from '../format/format.ts';
import { isWhole, type Quantity } from '../format/quantity.ts';
import { formatOf, type Report } from './report.ts';
import type { Change } from './transaction.ts';

export function isOtherYear(year: number | undefined, last: number | undefined): boolean {
  return year !== undefined && last !== undefined && last !== year - 1;
}

/** Another name, that is: units are renamed, so it is a question and no refusal. */
export function isOtherUnit(now: string | undefined, last: string | undefined): boolean {
  return Boolean(now) && Boolean(last) && now !== last;
}

/** 上年结转, which continues 结转下年度 of last year's report. */
export function isCarriedOver(id: CellId): boolean {
  return id.startsWith('requests/carried-over/');
}

/**
 * The cell of last year's report that counts what a cell of this report counts; undefined where the two forms count
 * different things. Of 上年结转 that is last year's 结转下年度, and （六）其他处理 in one row cannot be compared with three.
 */
export function cellOfLastYear(report: Report, previous: CheckedReport, id: CellId): CellId | undefined {
  const cell = formatOf(report).cellsById.get(id);
  if (cell === undefined) return undefined;
  const { table, row, column } = cell;
  if (isCarriedOver(id)) return cellId(table, 'carried-forward', column);
  const isOther = table === 'requests' && row.startsWith('other.');
  if (isOther && (hasOneRowOther(report.entries) || hasOneRowOther(previous.entries))) return undefined;
  return sameCellIn(previous.format.version, report.version, cell);
}

/** What last year's report says of a cell, its stated total before the computed one; undefined where it does not carry over. */
export function valueOfLastYear(report: Report, previous: Values, id: CellId): Quantity | undefined {
  const cell = cellOfLastYear(report, previous.report, id);
  return cell === undefined ? undefined : previous.value(cell);
}

export interface CarryOver {
  /** Blank cells of 上年结转 and what last year's report says of them. */
  readonly blank: readonly Change[];
  /** Cells that say something else. */
  readonly different: readonly Change[];
  /** Cells for which last year's report gives no number of requests: they are left as they are. */
  readonly unknown: readonly CellDefinition[];
}

/** 上年结转 as last year's 结转下年度 has it, applicant by applicant; its 总计 is computed. */
export function carryOver(report: Report, previous: CheckedReport): CarryOver {
  const blank: Change[] = [];
  const different: Change[] = [];
  const unknown: CellDefinition[] = [];
  for (const cell of formatOf(report).inputs) {
    if (!isCarriedOver(cell.id)) continue;
    const last = quantityOf(previous.entries.get(cellOfLastYear(report, previous, cell.id)!));
    if (last === undefined || last < 0n || !isWhole(last)) {
      unknown.push(cell);
      continue;
    }
    const from = report.entries.get(cell.id) ?? BLANK;
    const change: Change = { cell: cell.id, from, to: { kind: 'number', value: last } };
    if (from.kind === 'blank') blank.push(change);
    else if (quantityOf(from) !== last) different.push(change);
  }
  return { blank, different, unknown };
}

/**
 * A report that nobody has begun, or that says of itself that it is unfinished. Anything else may be published as it
 * stands, blanks included, and is nobody's to fill unasked.
 */
export function isUnfinished(report: Report): boolean {
  return (
    report.carried['draft'] === true ||
    formatOf(report).inputs.every(
      ({ id, table }) => table !== 'requests' || (report.entries.get(id) ?? BLANK).kind === 'blank',
    )
  );
}
