/** What a grid shows of a report: the text of each cell, and the mark that findings put on it. Pure; draws nothing. */
import { isViolation, type Finding } from '../checks/finding.ts';
import { quantityOf, type CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { t } from '../format/language.ts';
import { formatQuantity, formatYuan } from '../format/quantity.ts';
import { entryText } from '../format/read-entry.ts';
import { isMergedTotal } from '../format/totals.ts';
import { entryOf, formatOf } from '../report/report.ts';
import type { SessionState } from '../report/session.ts';
import { SEVERITIES } from '../checks/rule.ts';
import { sentenceOfFinding } from './load-words.ts';
import type { GridCell, GridMark } from './grid/grid-port.ts';

export function gridCellOf({ report, values }: SessionState, id: CellId): GridCell {
  const cell = formatOf(report).cellsById.get(id)!;
  const entry = entryOf(report, cell);
  if (cell.operands !== undefined) {
    const isMerged = isMergedTotal(cell, report.entries);
    const computed = isMerged ? undefined : values.totals.get(id);
    const text = computed === undefined ? '' : formatQuantity(computed);
    const control = entryText(entry);
    return {
      text,
      kind: isMerged ? 'merged' : computed === undefined ? 'blank' : 'number',
      derived: true,
      ...(control === '' || control === text ? {} : { control }),
    };
  }
  const value = cell.kind === 'amount' ? quantityOf(entry) : undefined;
  return {
    text: entryText(entry),
    kind: entry.kind,
    derived: false,
    ...(value === undefined || value <= 0n ? {} : { aside: t`合 ${formatYuan(value)} 元` }),
  };
}

/**
 * The cells a finding marks. An equation that defines a total marks the total: a column of twenty-two red cells says
 * nothing, and its balanced neighbours are not to be accused.
 */
export function markedCells(finding: Finding, format: Format): readonly CellId[] {
  const last = finding.cells[finding.cells.length - 1];
  if (last === undefined) return [];
  const operands = format.cellsById.get(last)?.operands;
  const definesTotal =
    operands !== undefined &&
    operands.length + 1 === finding.cells.length &&
    operands.every((cell) => finding.cells.includes(cell));
  if (definesTotal) return [last];
  return finding.cells.length > 40 ? [] : finding.cells;
}

/**
 * Findings that are shown now. While a clerk is typing, blanks and unfinished equations are quiet; after 检查 they are
 * shown as well.
 */
export function shownFindings(findings: readonly Finding[], checked: boolean): readonly Finding[] {
  return findings.filter(
    (finding) =>
      isViolation(finding) &&
      (checked || finding.detail !== undefined || (finding.rule !== 'V-02' && finding.rule !== 'S-06')),
  );
}

/** A blank cell, as opposed to one whose text was read with doubt (V-02 has both). */
export function isBlank(finding: Finding): boolean {
  return finding.rule === 'V-02' && finding.detail === undefined;
}

/** Findings as a person counts them: the blanks are one matter, however many. */
export function problemCount(findings: readonly Finding[]): number {
  const blanks = findings.filter(isBlank).length;
  return findings.length - blanks + (blanks > 0 ? 1 : 0);
}

export function marksOf(findings: readonly Finding[], format: Format): Map<CellId, GridMark> {
  const marks = new Map<CellId, GridMark>();
  for (const level of SEVERITIES) {
    for (const finding of findings) {
      if (finding.severity !== level) continue;
      const sentence = sentenceOfFinding(finding, format);
      for (const cell of markedCells(finding, format)) {
        const mark = marks.get(cell);
        marks.set(
          cell,
          mark === undefined
            ? { level, count: 1, description: sentence }
            : { ...mark, count: mark.count + 1, description: `${mark.description} ${sentence}` },
        );
      }
    }
  }
  return marks;
}

/** A number as a sign-off knows it: a blank, a "/" and a text are none. */
export function numberText(value: number | null): string {
  return value === null ? t`（无数字）` : String(value);
}

export interface Progress {
  /** Cells with a number, a "/" or a text, totals included. */
  readonly filled: number;
  readonly all: number;
  /** Inputs that say 0. */
  readonly zero: number;
  /** Inputs that say "/" or the like. */
  readonly notApplicable: number;
}

export function progressOf({ report, values }: SessionState): Progress {
  const format = formatOf(report);
  let filled = 0;
  let zero = 0;
  let notApplicable = 0;
  for (const cell of format.cells) {
    const entry = entryOf(report, cell);
    // A cell whose reading is in doubt waits for a person.
    const isFilled = entry.kind !== 'blank' && entry.kind !== 'uncertain';
    if (cell.operands !== undefined ? values.totals.get(cell.id) !== undefined : isFilled) filled += 1;
    if (cell.operands !== undefined) continue;
    if (entry.kind === 'number' && entry.value === 0n) zero += 1;
    if (entry.kind === 'not-applicable') notApplicable += 1;
  }
  return { filled, all: format.cells.length, zero, notApplicable };
}
