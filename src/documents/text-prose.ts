/**
 * What of a running text is prose: every line outside the tables, as it came. A row of the form that stands alone among
 * the sentences of 一, 五 or 六 is no row.
 */
import type { Found } from './found-rows.ts';
import { isPageFurniture } from './text-pieces.ts';
import type { TextEvent } from './text-rows.ts';

/** Rows in a row that make a table, where no title announces one. */
const ENOUGH = 3;
/** Headings that stand in tables only. */
const HEADINGS = /^(?:第二十条|（本列数据|申请人情况|法人或其他组织|未经复议直接起诉|复议后起诉|信息内容)/;

export function withProse(events: readonly TextEvent[], text: string, firstLine: number): Found[] {
  const kept = realOnes(events);
  /** Lines of tables and titles. */
  const covered = new Set<number>();
  const titles = new Set<number>();
  let begin: number | undefined;
  for (const { found, line, last } of kept) {
    if (found.kind === 'section') {
      titles.add(line);
      begin = undefined;
    } else if (found.kind === 'prose') begin = undefined;
    else {
      for (let one = begin ?? line; one <= last; one += 1) covered.add(one);
      begin = last;
    }
  }
  const lines = text.split('\n');
  const found: Found[] = [];
  let at = 0;
  const proseBefore = (line: number): void => {
    for (; at < lines.length && firstLine + at < line; at += 1) {
      const number = firstLine + at;
      const one = lines[at]!.trim();
      if (one === '' || covered.has(number) || titles.has(number) || isPageFurniture(lines, at)) continue;
      found.push({ kind: 'prose', text: one });
    }
  };
  for (const event of kept) {
    proseBefore(event.line);
    if (event.found.kind !== 'prose') found.push(event.found);
    // The rest of a line that begins with a title.
    else if (titles.has(event.line) && !covered.has(event.line)) found.push(event.found);
  }
  proseBefore(Infinity);
  return found;
}

/** Without the rows and headings that are words of a sentence. */
function realOnes(events: readonly TextEvent[]): TextEvent[] {
  const kept: TextEvent[] = [];
  let inProse = false;
  let run: TextEvent[] = [];
  const flush = (): void => {
    const rows = run.filter(
      ({ found }) => found.kind === 'row' && found.values.some((one) => one.plain !== ''),
    );
    const isTable =
      rows.length >= ENOUGH ||
      rows.some(({ found }) => found.kind === 'row' && found.values.length >= 15) ||
      run.some(({ found }) => found.kind === 'heading' && HEADINGS.test(found.label.official));
    if (isTable) {
      kept.push(...run);
      if (run.length > 0) inProse = false;
    }
    run = [];
  };
  for (const event of events) {
    const { found } = event;
    if (found.kind === 'section') {
      flush();
      inProse = found.index === 1 || found.index >= 5;
      kept.push(event);
    } else if (!inProse) kept.push(event);
    else if (found.kind === 'prose') {
      flush();
      kept.push(event);
    } else run.push(event);
  }
  flush();
  return kept;
}
