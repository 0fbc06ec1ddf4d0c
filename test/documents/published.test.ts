/** The published reports themselves, where they are at hand: nothing wrong without a mark, documents completely right. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { quantityOf } from '../../src/format/entry.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import { PUBLISHED_NAMES, publishedCases, type PublishedCase } from '../fixtures/published-cases.ts';

const folder = process.env['XXGK_CASES'] ?? fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const { cases, missing } = publishedCases();

/** Texts that no reader can read in full, and why. */
const NOT_IN_FULL = new Set([
  // Columns of 表三 as blocks of their own; 表二 and 表四 out of order.
  '003/raw-plain.txt',
]);
const REFUSED: Readonly<Record<string, string>> = { '025': 'lines-lost', '055': 'tables-are-pictures' };

interface Rating {
  readonly wrong: string[];
  readonly marked: string[];
  readonly missed: string[];
}

function rate(one: PublishedCase, reading: DocumentReading): Rating {
  const rating: Rating = { wrong: [], marked: [], missed: [] };
  for (const [given, due] of Object.entries(one.cells)) {
    const id = reading.version === '2021' ? given.replace('requests/other/', 'requests/other.other/') : given;
    const cell = reading.cells.get(id);
    const quantity = cell === undefined ? undefined : quantityOf(cell.entry);
    const value = quantity === undefined ? undefined : quantityToNumber(quantity);
    if (cell?.confidence === 'uncertain') rating.marked.push(id);
    else if (typeof due === 'string') {
      if (cell === undefined) rating.missed.push(id);
      else if (cell.raw !== due) rating.wrong.push(`${id}: ${cell.raw} for ${due}`);
    } else if (due === null) {
      if (value !== undefined) rating.wrong.push(`${id}: ${String(value)} for nothing`);
    } else if (value === undefined) rating.missed.push(id);
    else if (value !== due) rating.wrong.push(`${id}: ${String(value)} for ${String(due)}`);
  }
  return rating;
}

describe('published reports', () => {
  test(
    '[X28] are at hand',
    {
      skip:
        missing.length === 0
          ? false
          : `${String(missing.length)} of ${String(PUBLISHED_NAMES.length)} are not here`,
    },
    () => assert.equal(cases.size, PUBLISHED_NAMES.length),
  );

  for (const [name, one] of cases) {
    for (const file of readdirSync(`${folder}/${name}`).filter((entry) => entry !== 'expected.json')) {
      test(`[X28] ${name}/${file}: right or marked, none wrong`, async () => {
        const path = `${folder}/${name}/${file}`;
        assert.ok(existsSync(path));
        const result = await readDocument({ bytes: new Uint8Array(readFileSync(path)), name: file });
        if (REFUSED[name] !== undefined) {
          assert.deepEqual(result, { ok: false, refusal: { code: REFUSED[name] } });
          return;
        }
        assert.ok(result.ok);
        for (const reading of result.readings) {
          const rating = rate(one, reading);
          assert.deepEqual(rating.wrong, []);
          if (one.kind === 'document' && !NOT_IN_FULL.has(`${name}/${file}`)) {
            assert.deepEqual([rating.marked, rating.missed], [[], []]);
            assert.equal(reading.version, one.format);
          }
          // All its sums hold.
          if (name === '003')
            assert.ok(![...rating.marked, ...rating.missed].some((id) => id.startsWith('requests/')));
        }
      });
    }
  }
});
