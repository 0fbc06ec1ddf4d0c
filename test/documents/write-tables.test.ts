/** The official tables as text, and what 复制 puts on a clipboard. HTML is read back with the parser that shipped code uses. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from 'htmlparser2';
import { CLIPBOARD_TYPE, payloadFromClipboard } from '../../src/documents/clipboard-payload.ts';
import { writeClipboard } from '../../src/documents/write-clipboard.ts';
import { tablesAsCsv, tablesAsHtml, tablesAsText, tablesAsTsv } from '../../src/documents/write-tables.ts';
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { payloadOf } from '../../src/payload/write-payload.ts';
import { emptyReport, formatOf, type Report } from '../../src/report/report.ts';
import { applyChanges, changesFromTexts } from '../../src/report/transaction.ts';
import { cityCells, payloadFrom } from '../fixtures/reports.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];

function reportWith(texts: Readonly<Record<string, string>>, from = emptyReport('2021', 2025)): Report {
  return applyChanges(from, changesFromTexts(from, Object.entries(texts)).changes);
}

/** Every input a different number, so that nothing can be mistaken for its neighbour. */
function numbered(version: '2021' | '2019'): Report {
  const report = emptyReport(version, 2025);
  const inputs = FORMATS[version].inputs.map((cell, index) => [cell.id, String(1001 + index)] as const);
  return applyChanges(report, changesFromTexts(report, inputs).changes);
}

function elements(nodes: readonly Node[], name?: string): (Node & { attribs: Record<string, string> })[] {
  return nodes.flatMap((node) => {
    if (!('attribs' in node)) return [];
    const inner = elements(node.children as Node[], name);
    return name === undefined || node.name === name ? [node, ...inner] : inner;
  });
}

function textOf(node: Node): string {
  if ('data' in node) return node.type === 'comment' ? '' : node.data;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** The table laid out as a browser does: every covered place has the text of what covers it. */
function laidOut(table: Node & { attribs: Record<string, string> }): string[][] {
  const places: string[][] = [];
  elements([table], 'tr').forEach((row, y) => {
    let x = 0;
    for (const cell of elements((row as unknown as { children: Node[] }).children)) {
      places[y] ??= [];
      while (places[y][x] !== undefined) x += 1;
      for (let down = 0; down < Number(cell.attribs['rowspan'] ?? 1); down += 1)
        for (let right = 0; right < Number(cell.attribs['colspan'] ?? 1); right += 1)
          (places[y + down] ??= [])[x + right] = textOf(cell);
    }
  });
  return places;
}

const formats = ['2021', '2019'] as const;

describe('written tables', () => {
  for (const version of formats)
    test(`[X90] the HTML has the printed headings and every value in its row and column, ${version}`, () => {
      const report = numbered(version);
      const format = FORMATS[version];
      const nodes = parseDocument(tablesAsHtml(report)).children;
      const tables = elements(nodes, 'table');
      assert.equal(tables.length, format.tables.length);
      assert.deepEqual(
        elements(nodes, 'p').map(textOf),
        format.tables.map(({ title }) => title),
      );
      const payload = payloadOf(report)['tables'] as Record<string, Record<string, Record<string, number>>>;
      tables.forEach((table, index) => {
        const places = laidOut(table);
        assert.equal(new Set(places.map((row) => row.length)).size, 1, 'a rectangle without holes');
        const { id, cells, layout } = format.tables[index]!;
        const printed = layout.rows.flat().flatMap((cell) => ('heading' in cell ? [cell.heading] : []));
        assert.deepEqual(elements([table], 'th').map(textOf), printed);
        const values = elements([table], 'td').map(textOf);
        assert.equal(values.length, cells.length);
        for (const cell of cells) {
          const value = String(payload[id]![cell.row]![cell.column]);
          const at = places.flatMap((row, y) => (row.includes(value) ? [{ y, row }] : []));
          const mine = at.filter(({ y, row }) => {
            const above = places.slice(0, y).map((line) => line[row.indexOf(value)]);
            return above.includes(cell.columnLabel);
          });
          assert.notEqual(mine.length, 0, `${cell.id} stands under its column`);
        }
      });
    });

  for (const version of formats)
    test(`[X90] rows of headings only are the head of their table, and nothing spans out of it, ${version}`, () => {
      const tables = elements(parseDocument(tablesAsHtml(numbered(version))).children, 'table');
      const heads = tables.map((table) =>
        elements([table], 'thead').flatMap((head) => elements([head], 'tr')),
      );
      assert.deepEqual(
        heads.map((rows) => rows.length),
        FORMATS[version].tables.map(({ layout }) => layout.headRows),
      );
      for (const rows of heads)
        rows.forEach((row, y) => {
          assert.deepEqual(elements([row], 'td'), []);
          for (const { attribs } of elements([row], 'th'))
            assert.ok(y + Number(attribs['rowspan'] ?? 1) <= rows.length);
        });
    });

  test('[X90] it is bare: no class, style, wrapper or script, values to the right', () => {
    const html = tablesAsHtml(numbered('2021'));
    const all = elements(parseDocument(html).children);
    assert.deepEqual([...new Set(all.map((node) => (node as { name?: string }).name))].sort(), [
      'p',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'tr',
    ]);
    assert.deepEqual([...new Set(all.flatMap(({ attribs }) => Object.keys(attribs)))].sort(), [
      'align',
      'border',
      'cellspacing',
      'colspan',
      'rowspan',
    ]);
    for (const { attribs } of elements(parseDocument(html).children, 'td'))
      assert.equal(attribs['align'], 'right');
  });

  test('[X91] a raw "/" stays, a blank is empty, and so is what nobody has decided on', () => {
    const base = reportWith({
      'proceedings/review/upheld': '／',
      'proceedings/review/corrected': '１，２３４',
      'proceedings/review/other': '-',
    });
    const entries = new Map(base.entries);
    entries.set('proceedings/litigation-direct/upheld', {
      kind: 'uncertain',
      raw: '12',
      candidate: 12_000_000n,
    });
    const values = elements(
      parseDocument(tablesAsHtml({ ...base, entries }, ['proceedings'])).children,
      'td',
    );
    assert.deepEqual(values.map(textOf).slice(0, 6), ['／', '1234', '-', '', '', '']);
  });

  test('[X91] rows that a one-row （六） does not have are empty, their totals too', () => {
    const rows = (cells: Readonly<Record<string, number | null>>): string[][] => {
      const read = readPayload(
        JSON.stringify(payloadFrom({ organization: '示例局', year: 2024, format: '2021', cells })),
      );
      assert.ok(read.ok);
      const lines = tablesAsTsv(read.report, ['requests']).split('\r\n');
      return lines
        .slice(lines.findIndex((line) => line.includes('逾期不补正')))
        .slice(0, 3)
        .map((line) => line.split('\t').slice(-7));
    };
    const columns = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'];
    const one = Object.fromEntries(columns.map((column) => [`requests/other/${column}`, 2]));
    const none = ['', '', '', '', '', '', ''];
    assert.deepEqual(rows(one), [none, none, ['2', '2', '2', '2', '2', '2', '12']]);
    assert.deepEqual(rows({}), [none, none, none]);
    const zeros = columns.map((column) => [`requests/other.fee-overdue/${column}`, 0] as const);
    assert.deepEqual(rows(Object.fromEntries(zeros))[1], ['0', '0', '0', '0', '0', '0', '0']);
  });

  test('[X91] one table alone is that table, and amounts are exact', () => {
    const text = tablesAsTsv(reportWith({ 'disclosure/fees/amount': '24252.311082' }), ['disclosure']);
    assert.match(text, /^二、主动公开政府信息情况\r\n/);
    assert.match(text, /行政事业性收费\t24252\.311082/);
    assert.doesNotMatch(text, /申请/);
  });

  test('[X92] what would be a formula is kept a text, everywhere; numbers stay numbers', () => {
    const hostile = ['=1+1', '+cmd', '@SUM(A1)', '-2+3', '＝1', '＋x', '－x', '＠x', '\t=1', '\r=1'];
    hostile.forEach((raw) => {
      const report = reportWith({ 'proceedings/review/upheld': raw });
      const expected = `'${raw.trim()}`;
      for (const written of [
        tablesAsTsv(report),
        tablesAsCsv(report),
        tablesAsHtml(report),
        tablesAsText(report),
      ])
        assert.ok(written.includes(expected), `${raw} in ${written.slice(-300)}`);
    });
    const report = emptyReport('2019', 2018);
    const changes = changesFromTexts(report, [['disclosure/licensing/items-change', '-3']]).changes;
    assert.match(tablesAsTsv(applyChanges(report, changes)), /\t-3\t/);
  });

  test('[X92] texts are escaped in HTML, quoted in CSV, and never make a cell or a line', () => {
    const raw = '<img src=x onerror=alert(1)>",\t\n&';
    const report = reportWith({ 'proceedings/review/upheld': raw });
    const shown = '<img src=x onerror=alert(1)>", &';
    const html = tablesAsHtml(report, ['proceedings']);
    assert.equal(textOf(elements(parseDocument(html).children, 'td')[0]!), shown);
    assert.equal(elements(parseDocument(html).children, 'img').length, 0);
    assert.ok(tablesAsCsv(report).includes('"<img src=x onerror=alert(1)>"", &",'));
    assert.equal(tablesAsTsv(report, ['proceedings']).split('\r\n').length, 5);
  });

  for (const version of formats)
    test(`[X93] the lines of TSV and CSV are the printed rows, as wide as the form, ${version}`, () => {
      const report = numbered(version);
      for (const { id, title, layout } of formatOf(report).tables) {
        const width = layout.rows[0]!.reduce((sum, cell) => sum + cell.colSpan, 0);
        const lines = tablesAsTsv(report, [id]).split('\r\n');
        assert.equal(lines[0], title);
        assert.equal(lines.length, layout.rows.length + 1);
        for (const line of lines.slice(1)) assert.equal(line.split('\t').length, width, line);
        const csv = tablesAsCsv(report, [id]);
        assert.ok(csv.startsWith(`\ufeff${title}\r\n`) && csv.endsWith('\r\n'));
        assert.equal(csv.slice(1).trimEnd().split('\r\n').length, lines.length);
      }
    });

  test('[X93] aligned text has each value under the end of its column, wide characters counted twice', () => {
    const lines = tablesAsText(numbered('2021'), ['requests']).trimEnd().split('\n').slice(1);
    const width = (text: string): number =>
      Array.from(text).reduce((sum, character) => sum + (character >= '\u1100' ? 2 : 1), 0);
    const rows = lines.filter((line) => /\d{4}$/.test(line));
    assert.equal(rows.length, 25);
    const ends = rows.map((line) =>
      [...line.matchAll(/\d{4,}(?= |$)/g)].map((one) => width(line.slice(0, one.index + one[0].length))),
    );
    for (const end of ends) assert.deepEqual(end, ends[0]);
    assert.equal(ends[0]!.length, 7);
  });
});

describe('the clipboard of 复制', () => {
  const clipboard = (report: Report, payload: Record<string, Json>): { getData(type: string): string } => {
    const texts = writeClipboard(report, payload);
    return { getData: (type) => texts[type] ?? '' };
  };
  const read = (payload: object): Report => {
    const result = readPayload(JSON.stringify(payload));
    assert.ok(result.ok);
    return result.report;
  };
  const full = {
    ...payloadFrom({ organization: '示例市--<教育局>-->', year: 2025, format: '2021', cells: cityCells() }),
    marks: { 'disclosure/rules/issued': { kind: 'not-applicable', raw: '--/-->' } },
    explanations: [
      {
        rule: 'Y-04',
        cells: [],
        values: `sha256:${'0'.repeat(64)}`,
        kind: 'explained',
        text: '内部说明',
        at: '2026-01-01',
      },
    ],
    remarks: [{ cell: 'disclosure/rules/issued', text: '内部备注', by: '张三' }],
    signOff: { filledBy: '张三', at: '2026-01-02' },
    contact: { phone: '0731-1' },
    host: { secret: '内部' },
  };
  (full.tables['disclosure']!['rules'] as Record<string, number | null>)['issued'] = null;

  test('[X94] the payload lies under its own type, whole', () => {
    const report = read(full);
    const payload = payloadOf(report);
    assert.equal(payloadFromClipboard(clipboard(report, payload)), canonicalJson(payload));
    assert.equal(writeClipboard(report, payload)[CLIPBOARD_TYPE], canonicalJson(payload));
  });

  test('[X95] where that type is lost the HTML still gives the figures and marks, as one comment that nothing ends early', () => {
    const report = read(full);
    const html = writeClipboard(report, payloadOf(report))['text/html']!;
    assert.equal(html.match(/-->/g)?.length, 1);
    const found = payloadFromClipboard({ getData: (type) => (type === 'text/html' ? html : '') });
    const again = readPayload(found!);
    assert.ok(again.ok && again.draft);
    assert.deepEqual(again.notes, []);
    assert.deepEqual([...again.report.entries], [...report.entries]);
    assert.deepEqual([...again.report.controls], [...report.controls]);
    assert.equal(again.report.head['organization.name'], '示例市--<教育局>-->');
    // A browser puts its own frame around it.
    const framed = `<html><body>\n<!--StartFragment-->${html}<!--EndFragment-->\n</body></html>`;
    assert.equal(payloadFromClipboard({ getData: (type) => (type === 'text/html' ? framed : '') }), found);
  });

  test('[X95] what a published page must not carry is not in the HTML', () => {
    const report = read(full);
    const html = writeClipboard(report, payloadOf(report))['text/html']!;
    for (const inner of ['内部说明', '内部备注', '张三', '0731', 'explanations', 'signOff', '"host"'])
      assert.ok(!html.includes(inner), inner);
  });

  test('[X96] a table alone is copied alone, with its own marks only', () => {
    const report = read(full);
    const { tables, digest: _digest, tablesDigest: _tables, ...rest } = payloadOf(report);
    const only = { ...rest, tables: { proceedings: (tables as Record<string, Json>)['proceedings']! } };
    const texts = writeClipboard(report, only);
    assert.match(texts['text/plain']!, /^四、/);
    const comment = payloadFromClipboard({
      getData: (type) => (type === 'text/html' ? texts['text/html']! : ''),
    })!;
    const inHtml = JSON.parse(comment) as { tables: object; marks: object };
    assert.deepEqual(Object.keys(inHtml.tables), ['proceedings']);
    assert.deepEqual(inHtml.marks, {});
  });

  test("[X97] another program's clipboard has none, and a comment that is cut off is none", () => {
    for (const html of [
      '',
      '<table><tr><td>1</table>',
      '<!--x-->',
      '<!--xxgk-annual-report {"schema"',
      'xxgk-annual-report {}-->',
    ])
      assert.equal(
        payloadFromClipboard({ getData: (type) => (type === 'text/html' ? html : '') }),
        undefined,
        html,
      );
    const long = '<!--xxgk-annual-report '.repeat(100_000);
    const start = performance.now();
    assert.equal(payloadFromClipboard({ getData: (type) => (type === 'text/html' ? long : '') }), undefined);
    assert.ok(performance.now() - start < 500);
  });
});
