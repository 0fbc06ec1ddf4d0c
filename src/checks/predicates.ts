/**
 * The closed list of tests that are not linear. Each returns nothing where all is well or nothing can be said, else what
 * it found. Names no table.
 */
import { BLANK, quantityOf, type CellId } from '../format/entry.ts';
import { isWhole, quantityFromNumber, type Quantity } from '../format/quantity.ts';
import type { Values } from './checked-report.ts';
import type { Outcome } from './finding.ts';
import type { Predicate } from './rule.ts';

export function testPredicate(
  predicate: Predicate,
  current: Values,
  previous: Values | undefined,
): Outcome | undefined {
  const { report } = current;
  switch (predicate.name) {
    case 'cells-present': {
      const absentTotals = new Set(report.absentTotals);
      const absent = report.format.cells
        .filter(
          (cell) =>
            cell.table === predicate.table &&
            (cell.operands === undefined ? !report.entries.has(cell.id) : absentTotals.has(cell.id)),
        )
        .map((cell) => cell.id);
      return absent.length === 0 ? undefined : { cells: absent, pending: [] };
    }
    case 'no-extra-cells':
      return report.extraCells === undefined || report.extraCells.length === 0
        ? undefined
        : found([], report.extraCells.join('、'));
    case 'format-before':
      return report.year === undefined || report.year < predicate.year
        ? undefined
        : found([], String(report.year));
    case 'organization-named':
      return (report.organization.name ?? '').trim() === '' ? found([]) : undefined;
    case 'year-given':
      return report.year === undefined ? found([]) : undefined;
    case 'period-is-year': {
      const { period, year } = report;
      if (
        period === undefined ||
        year === undefined ||
        (period.from === `${year}-01-01` && period.to === `${year}-12-31`)
      )
        return undefined;
      return found([], `${period.from}/${period.to}`);
    }
    case 'official-labels': {
      const wrong = (report.readLabels ?? []).filter(
        ([official, read]) => plainText(official) !== plainText(read),
      );
      return wrong.length === 0
        ? undefined
        : found([], wrong.map(([official, read]) => `“${read}” → “${official}”`).join('；'));
    }
    case 'official-sections': {
      const read = report.readSections;
      if (read === undefined) return undefined;
      const { sections } = report.format;
      const same =
        read.length === sections.length &&
        read.every((title, index) => plainText(title) === plainText(sections[index]!));
      return same ? undefined : found([], read.join('、'));
    }
    case 'entry-is-not': {
      const entry = report.entries.get(predicate.cell) ?? report.reported.get(predicate.cell);
      if (entry === undefined || entry.kind !== predicate.kind) return undefined;
      if (predicate.reason !== undefined && (entry.kind !== 'text' || entry.reason !== predicate.reason))
        return undefined;
      // A printed total that is blank is a question of its own (the parts may be there).
      if (entry.kind === 'blank' && !report.entries.has(predicate.cell)) return undefined;
      return found([predicate.cell], 'raw' in entry ? entry.raw : undefined);
    }
    case 'whole-number': {
      // A total is a fraction through its parts only: what counts is what was stated for the cell itself.
      const value = quantityOf(report.reported.get(predicate.cell) ?? report.entries.get(predicate.cell));
      return value === undefined || isWhole(value)
        ? undefined
        : { cells: [predicate.cell], left: value, pending: [] };
    }
    case 'control-total-equal': {
      const control = quantityOf(report.reported.get(predicate.cell));
      const computed = current.totals.get(predicate.cell);
      return control === undefined || computed === undefined
        ? undefined
        : unequal(predicate.cell, computed, control);
    }
    case 'total-with-parts':
      return testTotalWithParts(predicate.cell, current);
    case 'no-large-share': {
      const value = current.value(predicate.cell);
      const whole = current.value(predicate.of);
      if (value === undefined || whole === undefined || value === 0n) return undefined;
      const others = predicate.among
        .filter((cell) => cell !== predicate.cell)
        .map((cell) => current.value(cell));
      const largest = others.every((other) => other !== undefined && other < value);
      const share = value * BigInt(predicate.denominator) > whole * BigInt(predicate.numerator);
      return share || largest
        ? { cells: [predicate.cell, predicate.of], left: value, right: whole, pending: [] }
        : undefined;
    }
    case 'ratio-outside': {
      const pair = bothYears(predicate.cell, current, previous);
      if (pair === undefined || pair.last <= 0n) return undefined;
      const inside =
        pair.now >= pair.last * BigInt(predicate.from) && pair.now <= pair.last * BigInt(predicate.to);
      return inside ? yearsDiffer(predicate.cell, pair) : undefined;
    }
    case 'no-jump': {
      const pair = bothYears(predicate.cell, current, previous);
      if (pair === undefined) return undefined;
      const { now, last } = pair;
      const [small, large] = now < last ? [now, last] : [last, now];
      const jumps =
        large >= quantityFromNumber(predicate.floor) &&
        small > 0n &&
        large > small * BigInt(predicate.factor);
      return jumps ? yearsDiffer(predicate.cell, pair) : undefined;
    }
    case 'no-zero-flip': {
      const pair = bothYears(predicate.cell, current, previous);
      return pair === undefined || (pair.now === 0n) === (pair.last === 0n)
        ? undefined
        : yearsDiffer(predicate.cell, pair);
    }
    case 'tables-changed':
      return testTablesChanged(predicate.atLeast, current, previous);
    case 'previous-not-superseded':
      return previous?.report.superseding === true ? found([]) : undefined;
  }
}

/** The total is blank on paper though its parts are there, or it is there and none of its parts is. */
function testTotalWithParts(cell: CellId, current: Values): Outcome | undefined {
  const { report, totals } = current;
  const printed = report.reported.get(cell);
  if (printed === undefined) return undefined;
  if (printed.kind === 'blank') return totals.get(cell) === undefined ? undefined : found([cell]);
  const parts = report.format.cellsById.get(cell)?.operands ?? [];
  const empty =
    quantityOf(printed) !== undefined &&
    parts.every(
      (part) => current.value(part) === undefined && (report.entries.get(part) ?? BLANK).kind === 'blank',
    );
  return empty ? found([cell, ...parts]) : undefined;
}

function testTablesChanged(
  atLeast: number,
  current: Values,
  previous: Values | undefined,
): Outcome | undefined {
  if (previous === undefined || previous.report.format !== current.report.format) return undefined;
  const same = current.report.format.tables.filter((table) => {
    let nonZero = false;
    const equal = table.cells.every((cell) => {
      const now = current.value(cell.id);
      if (now !== undefined && now !== 0n) nonZero = true;
      return now !== undefined && now === previous.value(cell.id);
    });
    return equal && nonZero;
  });
  return same.length < atLeast
    ? undefined
    : found(
        same.flatMap((table) => table.cells.map((cell) => cell.id)),
        same.map((table) => table.shortTitle).join('、'),
      );
}

function bothYears(
  cell: CellId,
  current: Values,
  previous: Values | undefined,
): { now: Quantity; last: Quantity } | undefined {
  const now = current.value(cell);
  const last = previous?.value(cell);
  return now === undefined || last === undefined ? undefined : { now, last };
}

function yearsDiffer(cell: CellId, { now, last }: { now: Quantity; last: Quantity }): Outcome {
  return {
    cells: [cell],
    previousCells: [cell],
    left: now,
    right: last,
    difference: now - last,
    pending: [],
  };
}

function unequal(cell: CellId, left: Quantity, right: Quantity): Outcome | undefined {
  return left === right ? undefined : { cells: [cell], left, right, difference: left - right, pending: [] };
}

function found(cells: readonly CellId[], detail?: string): Outcome {
  return detail === undefined ? { cells, pending: [] } : { cells, pending: [], detail };
}

/** A label without what printers vary: spaces, quotes, brackets' width, the mark after an item number. */
export function plainText(text: string): string {
  return text
    .replace(/[\s\u00a0\u3000]+/g, '')
    .replace(/["“”'‘’「」]/g, '')
    .replace(/\(/g, '（')
    .replace(/\)/g, '）')
    .replace(/^(\d+)[.．、]/, '$1.');
}
