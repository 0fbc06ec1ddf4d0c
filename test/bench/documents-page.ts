/** What the benchmark of documents runs inside a page: the readers, and beside them the least that any reader has to do. */
import { htmlSource } from '../../src/documents/html-source.ts';
import { readTables } from '../../src/documents/read-tables.ts';

interface Times {
  readonly read: number;
  readonly bare: number;
  readonly recognised: number;
  readonly cells: number;
}

/** Milliseconds of one reading, and of parsing the same page and looking at the text of every cell. */
export function measureOnce(html: string): Times {
  const begin = performance.now();
  const result = readTables(htmlSource(html));
  const middle = performance.now();
  let cells = 0;
  for (const cell of new DOMParser().parseFromString(html, 'text/html').querySelectorAll('td'))
    if ((cell.textContent ?? '') !== '') cells += 1;
  const end = performance.now();
  return {
    read: middle - begin,
    bare: end - middle,
    recognised: result.ok ? result.readings[0]!.report.recognised : 0,
    cells,
  };
}

Object.assign(globalThis, { measureOnce });
