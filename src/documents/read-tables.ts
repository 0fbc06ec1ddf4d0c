/**
 * Finds the reports in a source document: every block is searched for rows of the form by their labels, the rows are
 * gathered into tables and the tables into reports. A text that cannot be trusted is refused.
 */
import type { DocumentReading, DocumentResult } from './document-reading.ts';
import type { Found } from './found-rows.ts';
import { gridRows } from './grid-rows.ts';
import { unitOf } from './head-and-narrative.ts';
import { plainText } from './label-text.ts';
import { readingOf } from './reading-of.ts';
import type { SourceDocument } from './source-document.ts';
import { textParts } from './tabbed-tables.ts';
import { textRows } from './text-rows.ts';
import type { TableId } from './labels.ts';

/** What belongs to one report. */
export interface ReportParts {
  readonly found: Found[];
  /** Every text before its first table, for title, period and contact. */
  readonly preamble: string[];
}

export function readTables(document: SourceDocument): DocumentResult {
  const lost = document.kind === 'text' || document.kind === 'html' ? areLinesLost(document) : false;
  if (lost) return { ok: false, refusal: { code: 'lines-lost' } };
  const parts = intoReports(findAll(document));
  const readings: DocumentReading[] = [];
  for (const part of parts) {
    const reading = readingOf(part, document);
    if (reading === undefined) continue;
    if (!readings.some((known) => sameReading(known, reading))) readings.push(reading);
  }
  if (readings.length > 0) return { ok: true, readings };
  const sections = new Set(
    parts.flatMap((part) => part.found.flatMap((one) => (one.kind === 'section' ? [one.index] : []))),
  );
  const hasHeadings = [2, 3, 4].every((index) => sections.has(index));
  return { ok: false, refusal: { code: hasHeadings ? 'tables-are-pictures' : 'no-table' } };
}

function findAll(document: SourceDocument): Found[] {
  const found: Found[] = [];
  let tables = 0;
  let line = 1;
  const readText = (text: string): void => {
    const parts = textParts(text, line, tables);
    const isFilledElsewhere = [...found, ...parts].some(({ kind }) => kind === 'row' || kind === 'table');
    for (const part of parts) {
      if (part.kind === 'table') tables += 1;
      const own = part.kind === 'table' ? part.found : textRows(part.text, part.firstLine, isFilledElsewhere);
      for (const one of own) found.push(one);
    }
  };
  let isReview = false;
  for (const block of document.blocks) {
    if (block.kind === 'text') {
      const own: number = isReview ? 0 : lengthBeforeReview(block.text, found);
      isReview = own < block.text.length && !FORM.test(block.text.slice(own));
      readText(isReview ? block.text.slice(0, own) : block.text);
      line += block.text.split('\n').length;
      continue;
    }
    tables += 1;
    if (isReview) continue;
    const rows = gridRows(block, tables);
    if (rows === undefined)
      readText(block.rows.map((row) => row.map((cell) => cell.text).join('\n')).join('\n'));
    else for (const row of rows) found.push(row);
  }
  return found;
}

/**
 * The second sheet of what we print says figures of the form again, by its labels: nothing of it is a report, up to the
 * form of the next one.
 */
const REVIEW = /^[ \t\u3000]*送审单[ \t\u3000]*$/m;
const FORM = /^[ \t\u3000]*二、主动公开政府信息情况/m;

/** The length of what comes before it; of the whole text where there is none, or no form before it. */
function lengthBeforeReview(text: string, found: readonly Found[]): number {
  const at = text.search(REVIEW);
  const isBehind = at >= 0 && (found.some(({ kind }) => kind === 'row') || FORM.test(text.slice(0, at)));
  return isBehind ? at : text.length;
}

const FIRST_ROW: Readonly<Record<TableId, string>> = {
  disclosure: 'rules',
  requests: 'received',
  proceedings: 'none',
};

/** A new report begins with the title of one, or where a table begins that the report before has already. */
function intoReports(found: readonly Found[]): ReportParts[] {
  const parts: ReportParts[] = [];
  let current: ReportParts = { found: [], preamble: [] };
  let begun = new Set<TableId>();
  let rowsSince = 0;
  parts.push(current);
  for (const one of found) {
    const begins =
      one.kind === 'row' &&
      one.twofold !== true &&
      (one.label?.id ?? '') === FIRST_ROW[one.table] &&
      begun.has(one.table) &&
      rowsSince > 1;
    if (begins) {
      const next: ReportParts = { found: [], preamble: [] };
      moveTail(current, next);
      parts.push(next);
      current = next;
      begun = new Set();
    }
    if (one.kind === 'row') {
      if ((one.label?.id ?? '') === FIRST_ROW[one.table]) begun.add(one.table);
      rowsSince += 1;
    }
    if (begins) rowsSince = 1;
    current.found.push(one);
  }
  for (const part of parts) {
    for (const one of part.found) {
      if (one.kind === 'row') break;
      if (one.kind === 'prose') part.preamble.push(one.text);
    }
  }
  return parts;
}

/** What stands before the first row of the next report, back to the last row or its last section, is the next report's. */
function moveTail(from: ReportParts, to: ReportParts): void {
  let start = from.found.length;
  while (start > 0 && from.found[start - 1]!.kind !== 'row') start -= 1;
  const tail = from.found.splice(start);
  // Sections five and six of the report before come first in it.
  let cut = 0;
  tail.forEach((one, index) => {
    if (one.kind === 'section' && one.index >= 5) cut = index + 1;
  });
  const restart = tail.findIndex((one, index) => index >= cut && one.kind === 'section' && one.index <= 2);
  const title = tail.findIndex(
    (one, index) => index >= cut && one.kind === 'prose' && TITLE.test(plainText(one.text)),
  );
  const unit = tail[title - 1];
  // The unit stands above the title.
  const isUnit =
    title > cut && unit !== undefined && unit.kind === 'prose' && unitOf(plainText(unit.text)) !== undefined;
  const begin = title >= 0 ? title - (isUnit ? 1 : 0) : restart >= 0 ? restart : tail.length;
  tail.forEach((one, index) => (index < begin ? from : to).found.push(one));
}

const TITLE = /\d{4} ?年.{0,12}政府信息公开.{0,4}年度?报告/;

function sameReading(a: DocumentReading, b: DocumentReading): boolean {
  if (a.version !== b.version || a.cells.size !== b.cells.size) return false;
  // Zero reports of two units are alike; the second copy of one report has no title of its own.
  if (b.organization !== undefined && b.organization !== a.organization) return false;
  if (b.year !== undefined && b.year !== a.year) return false;
  for (const [cell, reading] of b.cells) {
    const other = a.cells.get(cell);
    if (other === undefined || other.raw.trim() !== reading.raw.trim()) return false;
  }
  return true;
}

/**
 * A text from which repeated lines were taken out: headings that the form prints several times are there once. The
 * values that repeat are gone as well, and nothing says which.
 */
function areLinesLost(document: SourceDocument): boolean {
  if (document.blocks.some((block) => block.kind === 'table')) return false;
  const lines = document.blocks
    .flatMap((block) => (block.kind === 'text' ? block.text.split(/[\n|]/) : []))
    .map((line) => plainText(line).replace(/ /g, ''))
    .filter((line) => line !== '');
  const count = (test: RegExp): number => lines.filter((line) => test.test(line)).length;
  const blocks = count(/^第二十条第\([一二三四五六七八九]\)项$/);
  if (blocks >= 3 && count(/^信息内容$/) === 1) return true;
  return (
    count(/^(?:未经复议直接起诉|复议后起诉)$/) === 2 && count(/^结果维持$/) === 1 && count(/^尚未审结$/) === 1
  );
}
