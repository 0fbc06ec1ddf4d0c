/** The reading report of the command line, over readings made by hand. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CellReading, DocumentReading, SourcePlace } from '../../src/documents/document-reading.ts';
import { readingReportZh, readRefusalZh } from '../../src/documents/report-words-zh.ts';
import { DOUBTS, reading as readingWith, REFUSALS } from '../fixtures/readings.ts';

const place: SourcePlace = { table: 2, row: 5, column: 3, fragment: '（一）予以公开 12 3' };

function reading(
  report: Partial<DocumentReading['report']>,
  cells: readonly CellReading[] = [],
): DocumentReading {
  return {
    ...readingWith({ report: { absent: 0, ...report } }),
    cells: new Map(cells.map((cell) => [cell.cell, cell])),
  };
}

const doubtful = (cell: string, raw: string, candidate?: bigint): CellReading => ({
  cell,
  entry: candidate === undefined ? { kind: 'uncertain', raw } : { kind: 'uncertain', raw, candidate },
  raw,
  confidence: 'uncertain',
  place,
});

describe('the reading report', () => {
  test('[X98] counts come first, and a reading without doubts says nothing else', () => {
    assert.deepEqual(readingReportZh(reading({ recognised: 190, blank: 10 })), [
      '识别 190 格 · 空白 10 · 存疑 0 · 未能归位 0 · 合计不符 0',
    ]);
    const lines = readingReportZh(
      reading({ absent: 3 }, [
        {
          ...doubtful('disclosure/rules/issued', '1'),
          entry: { kind: 'number', value: 1n },
          confidence: 'inferred',
        },
      ]),
    );
    assert.match(lines[1]!, /来源中没有的格有 3 个/);
  });

  test('[X98] every doubt is said with label, words, place and what it may be', () => {
    const said = DOUBTS.map((doubt) => {
      const cell = 'requests/granted/natural-person';
      const lines = readingReportZh(
        reading({ uncertain: [{ cell, doubt }] }, [doubtful(cell, '12 3', 123_000_000n)]),
      );
      assert.equal(lines.length, 2);
      assert.match(
        lines[1]!,
        /^存疑：.*（一）予以公开—自然人.*“12 3”.*第 2 张表第 5 行“（一）予以公开 12 3”.*可能是123/,
      );
      return lines[1]!;
    });
    assert.equal(new Set(said).size, DOUBTS.length);
  });

  test('[X98] words that are no number, numbers without a place, duplicates, totals, labels and the one row are said', () => {
    const lines = readingReportZh(
      reading(
        {
          unplaced: [{ raw: '77', place: { ...place, table: 0 }, why: 'unofficial' }],
          duplicates: [{ cell: 'disclosure/rules/issued', raws: ['3', '4'] }],
          totals: [
            { cell: 'proceedings/review/total', printed: 5_000_000n, computed: 6_000_000n },
            { cell: 'requests/received/total', printed: undefined, computed: 7_000_000n },
          ],
          labels: [{ official: '1.属于国家秘密', found: '1、国家秘密' }],
          oneRowOther: true,
        },
        [
          {
            ...doubtful('disclosure/rules/repealed', '两件'),
            entry: { kind: 'text', raw: '两件', reason: 'not-a-number' },
            confidence: 'exact',
          },
        ],
      ),
    );
    for (const [index, pattern] of [
      /^不是数字：.*规章—本年废止件数.*“两件”/,
      /^未能归位：“77”，规定格式中没有这一行或列.*正文第 5 行/,
      /^重复：.*规章—本年制发件数.*“3”、“4”/,
      /^合计不符：.*来源为5，各项之和为6。/,
      /^合计不符：.*来源为空白，各项之和为7。/,
      /^名称不同：“1、国家秘密”按“1.属于国家秘密”读取/,
      /^（六）其他处理在来源中只有一行/,
    ].entries())
      assert.match(lines[index + 1]!, pattern);
    assert.equal(lines.length, 8);
  });

  test('[X98] a line of a document stays one line, without control characters, cut where it is long', () => {
    const cell = 'disclosure/rules/issued';
    const raw = `\u001b[2J\r\n12\u202e${'九'.repeat(500)}`;
    const lines = readingReportZh(
      reading(
        {
          uncertain: [{ cell, doubt: 'count' }],
          unplaced: [{ raw, place: { ...place, fragment: raw }, why: 'no-label' }],
        },
        [doubtful(cell, raw)],
      ),
    );
    for (const line of lines) {
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
      assert.ok(line.length < 400, line);
    }
  });

  test('[X99] every refusal has a sentence of its own that asks for nothing on a screen', () => {
    const sentences = REFUSALS.map(readRefusalZh);
    assert.equal(new Set(sentences).size, REFUSALS.length);
    for (const sentence of sentences) {
      assert.match(sentence, /。$/);
      assert.doesNotMatch(sentence, /undefined|粘贴到此处|本页/);
    }
  });
});
