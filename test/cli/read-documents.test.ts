/** `xxgk read` over documents with invented figures, written by our own writers and read by the real readers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { payloadOfReading, readDocument } from '../../src/core.ts';
import { tablesAsCsv, tablesAsHtml, tablesAsTsv } from '../../src/documents/write-tables.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import type { Report } from '../../src/report/report.ts';
import { cityCells, payloadFrom, type Cells } from '../fixtures/reports.ts';
import { file, folder, xxgk } from './xxgk.ts';

type Json = Record<string, unknown> & {
  tables: Record<string, Record<string, Record<string, number | null>>>;
};

const cells = cityCells();
const TITLE = '示例市教育局2025年政府信息公开工作年度报告';

function reportOf(figures: Cells = cells, marks: object = {}): Report {
  const result = readPayload(
    JSON.stringify({
      ...payloadFrom({ organization: '示例市教育局', year: 2025, format: '2021', cells: figures }),
      marks,
    }),
  );
  assert.ok(result.ok);
  return result.report;
}

const page = (body: string, title = TITLE): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
const inputs = (payload: Json): Record<string, number | null> =>
  Object.fromEntries(
    Object.keys(cells).map((id) => {
      const [table, row, column] = id.split('/') as [string, string, string];
      return [id, payload.tables[table]?.[row]?.[column] ?? null];
    }),
  );

const html = file('published.html', page(tablesAsHtml(reportOf())));

describe('xxgk read of documents', () => {
  test('[P28] a page gives a draft payload with every figure, which the door takes without a note', () => {
    const run = xxgk(['read', html, '--organization', '示例市教育局']);
    assert.equal(run.status, 0, run.err);
    const payload = JSON.parse(run.out) as Json;
    assert.deepEqual(inputs(payload), cells);
    assert.deepEqual([payload['draft'], payload['year'], payload['reported']], [true, 2025, undefined]);
    const again = readPayload(run.out);
    assert.ok(again.ok && again.draft);
    assert.deepEqual(again.notes, []);
    assert.match(run.err, /识别 200 格 · 空白 0 · 存疑 0/);
  });

  test('[P28] a printed total that differs is kept beside the computed one and said', () => {
    const id = 'proceedings/review/total';
    const printed = tablesAsHtml(reportOf(), ['proceedings']).replace(
      new RegExp(`>${cells[id]!}</td>`),
      `>${cells[id]! + 7}</td>`,
    );
    const body = tablesAsHtml(reportOf(), ['disclosure', 'requests']) + printed;
    const run = xxgk(['read', file('total.html', page(body))]);
    const payload = JSON.parse(run.out) as Json;
    assert.equal(payload.tables['proceedings']!['review']!['total'], cells[id]);
    assert.deepEqual(payload['reported'], { [id]: cells[id]! + 7 });
    assert.equal(run.status, 1);
    assert.match(run.err, new RegExp(`合计不符：.*总计.*来源为${cells[id]! + 7}，各项之和为${cells[id]!}。`));
  });

  test('[P29] a cell that is no number is said with its label and the words of the source', () => {
    const body = tablesAsHtml(reportOf()).replace(
      new RegExp(`(规章</th><td[^>]*>)${cells['disclosure/rules/issued']!}<`),
      '$1两件<',
    );
    const run = xxgk(['read', file('words.html', page(body))]);
    assert.equal((JSON.parse(run.out) as Json).tables['disclosure']!['rules']!['issued'], null);
    assert.match(run.err, /规章—本年制发件数.*“两件”/);
  });

  test('[P34] what is written as csv, html or txt has the same figures when it is read again', () => {
    for (const to of ['csv', 'html', 'txt']) {
      const out = join(folder, `written.${to}`);
      const written = xxgk(['read', html, '--organization', '示例市教育局', '--to', to, '--out', out]);
      assert.deepEqual([written.status, written.out], [0, ''], written.err);
      const run = xxgk(['read', out]);
      const payload = JSON.parse(run.out) as Json;
      for (const [id, value] of Object.entries(inputs(payload)))
        assert.ok(
          value === null || value === cells[id],
          `${to} ${id}: ${String(value)} for ${String(cells[id])}`,
        );
      const found = Object.values(inputs(payload)).filter((value) => value !== null).length;
      assert.equal(found, 200, `${to}\n${run.err}`);
    }
    assert.equal(readFileSync(join(folder, 'written.csv'), 'utf8'), tablesAsCsv(reportOf()));
  });

  test('[P31] two reports in one file are listed, and one of them can be taken', () => {
    const other = Object.fromEntries(Object.keys(cells).map((id) => [id, 0]));
    const both = file(
      'both.html',
      page(
        `${tablesAsHtml(reportOf())}<h1>示例市卫健局2024年政府信息公开工作年度报告</h1>${tablesAsHtml(reportOf(other))}`,
      ),
    );
    const run = xxgk(['read', both]);
    assert.deepEqual([run.status, run.out], [2, '']);
    assert.match(run.err, /文件中有 2 份年报：1 .*；2 .*。请用 --report 序号 选一份。/);
    const first = JSON.parse(xxgk(['read', both, '--report', '1']).out) as Json;
    const second = JSON.parse(xxgk(['read', both, '--report', '2']).out) as Json;
    assert.deepEqual(inputs(first), cells);
    assert.deepEqual(inputs(second), other);
    assert.match(xxgk(['read', both, '--report', '3']).err, /没有第 3 份；文件中有 2 份/);
  });

  test('[P35] --json brings payload and reading report of a text, where from included', () => {
    const text = file('text.txt', `${TITLE}\n${tablesAsTsv(reportOf())}`);
    const run = xxgk(['read', text, '--json']);
    const [entry] = (JSON.parse(run.out) as { files: { payload: Json; report: Json }[] }).files;
    assert.deepEqual(inputs(entry!.payload), cells);
    assert.equal(entry!.report['recognised'], 200);
    assert.equal(entry!.report['source'], 'text');
    assert.deepEqual(entry!.report['uncertain'], []);
  });

  test('[P37] the core reads a document as the command line does', async () => {
    const bytes = new Uint8Array(readFileSync(html));
    const result = await readDocument({ bytes, name: html });
    assert.ok(result.ok);
    const read = readPayload(JSON.stringify(payloadOfReading(result.readings[0]!)));
    assert.ok(read.ok);
    const payload = JSON.parse(xxgk(['read', html]).out) as Json;
    for (const [id, entry] of read.report.entries) {
      const [table, row, column] = id.split('/') as [string, string, string];
      assert.equal(entry.kind, 'number', id);
      assert.equal(payload.tables[table]![row]![column], cells[id]);
    }
  });
});
