/** Tables cell by cell, by where they stand: what the form prints of a payload, and what a browser makes of some HTML. */
import type { Page } from 'puppeteer-core';
import { FORMATS } from '../../src/format/formats.ts';

/** Rows and columns of texts; a place that another cell spans has that cell's text. */
export type Places = readonly (readonly string[])[];

export interface PrintedPayload {
  readonly tables: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, number | null>>>>>
  >;
  readonly marks?: Readonly<Record<string, { readonly kind: string; readonly raw?: string }>>;
}

/** An empty 2021 report in which no two inputs hold the same: a large one, a fraction, a blank and a "/" among them. */
export function numberedReport(): PrintedPayload & Record<string, unknown> {
  const special: Record<string, number | null> = {
    'disclosure/fees/amount': 123456789.012345,
    'requests/received/enterprise': 123456789012,
    'requests/received/research': null,
    'proceedings/review/pending': null,
    'requests/granted/other': 0,
  };
  const tables: Record<string, Record<string, Record<string, number | null>>> = {};
  FORMATS['2021'].inputs.forEach(({ id, table, row, column }, index) => {
    ((tables[table] ??= {})[row] ??= {})[column] = id in special ? special[id]! : 1001 + index;
  });
  return {
    schema: 'xxgk-annual-report/1',
    draft: true,
    format: '2021',
    year: 2024,
    organization: { name: '示例县教育局', kind: 'county-bureau' },
    tables,
    marks: { 'proceedings/review/pending': { kind: 'not-applicable', raw: '/' } },
  };
}

/** The three tables as the form prints them. */
export function printedTables({ tables, marks = {} }: PrintedPayload): Places[] {
  return FORMATS['2021'].tables.map(({ layout }) => {
    const places: string[][] = layout.rows.map(() => []);
    layout.rows.forEach((row, y) => {
      let x = 0;
      for (const cell of row) {
        while (places[y]![x] !== undefined) x += 1;
        const text = 'heading' in cell ? cell.heading : valueText(cell.cell);
        const height = 'heading' in cell ? cell.rowSpan : 1;
        for (let down = 0; down < height; down += 1)
          for (let right = 0; right < cell.colSpan; right += 1) places[y + down]![x + right] = text;
      }
    });
    return places;
  });

  function valueText(id: string): string {
    const [table = '', row = '', column = ''] = id.split('/');
    return String(tables[table]?.[row]?.[column] ?? marks[id]?.raw ?? '');
  }
}

/** The tables in some HTML, laid out by the browser's own parser. */
export function tablesOf(page: Page, html: string): Promise<Places[]> {
  return page.evaluate((text) => {
    const tables = new DOMParser().parseFromString(text, 'text/html').querySelectorAll('table');
    return Array.from(tables, (table) => {
      const places: string[][] = Array.from(table.rows, () => []);
      Array.from(table.rows).forEach((row, y) => {
        let x = 0;
        for (const cell of Array.from(row.cells)) {
          while (places[y]![x] !== undefined) x += 1;
          // Editors keep a blank cell open by a space that does not break, or one of no width.
          const said = cell.textContent!.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
          for (let down = 0; down < cell.rowSpan; down += 1)
            for (let right = 0; right < cell.colSpan; right += 1) (places[y + down] ??= [])[x + right] = said;
        }
      });
      return places;
    });
  }, html);
}

/** Every place in which the tables differ; [] for none. */
export function differingPlaces(found: readonly Places[], wanted: readonly Places[]): string[] {
  if (found.length !== wanted.length) return [`${found.length} tables instead of ${wanted.length}`];
  return wanted.flatMap((table, index) => {
    const other = found[index]!;
    return table.length !== other.length
      ? [`table ${index + 1} has ${other.length} rows instead of ${table.length}`]
      : table.flatMap((row, y) => {
          const columns = Math.max(row.length, other[y]!.length);
          return Array.from({ length: columns }, (_, x) => x).flatMap((x) =>
            row[x] === other[y]![x]
              ? []
              : [
                  `table ${index + 1}, row ${y + 1}, column ${x + 1}: “${other[y]![x]}” instead of “${row[x]}”`,
                ],
          );
        });
  });
}
