/** This year against last year, and where the bars of the picture lie. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { valuesOf } from '../../src/checks/checked-report.ts';
import { BAR_HEIGHT, LEAST, layOutComparison } from '../../src/elements/comparison-layout.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { comparedYears } from '../../src/report/year-comparison.ts';
import { publishedReport, uniformCells, type Cells } from '../fixtures/reports.ts';

const GROUPS = ['received', 'granted', 'partly-granted', 'denied', 'unavailable', 'not-processed', 'other'];
const FORMAT = FORMATS['2021'];
const millions = (quantity: bigint | undefined): number | undefined =>
  quantity === undefined ? undefined : Number(quantity / 1_000_000n);

describe('two years', () => {
  for (const last of ['2021', '2019'] as const)
    test(`[E310] every group of results against the same one of last year, of the form of ${last}`, () => {
      const number = (version: '2021' | '2019', from: number): Cells => {
        const cells = uniformCells(version);
        FORMATS[version].cells.forEach(({ id, operands }, index) => {
          if (operands === undefined) cells[id] = from + index;
          else delete cells[id];
        });
        return cells;
      };
      const [now, before] = [number('2021', 1000), number(last, 70_000)];
      const { groups, label } = comparedYears(
        FORMAT,
        valuesOf(publishedReport(now)),
        valuesOf(publishedReport(before, last)),
      );
      assert.equal(label, '总计');
      assert.deepEqual(
        groups.map(({ id }) => id),
        GROUPS,
      );
      const sum = (cells: Cells, group: string): number =>
        Object.entries(cells)
          .filter(([id]) => {
            const [table, row, column] = id.split('/');
            return (
              table === 'requests' && column !== 'total' && (row === group || row!.startsWith(`${group}.`))
            );
          })
          .reduce((so, [, value]) => so + value!, 0);
      for (const group of groups) {
        assert.equal(millions(group.now.quantity), sum(now, group.id), group.id);
        assert.equal(millions(group.last.quantity), sum(before, group.id), group.id);
      }
    });

  test('[E310] this year is what the cells add up to, whatever total was stated; last year is what was stated', () => {
    const cells = { ...uniformCells('2021', 1), 'requests/received/total': 99 };
    const values = valuesOf(publishedReport(cells));
    const [received] = comparedYears(FORMAT, values, values).groups;
    assert.deepEqual([millions(received!.now.quantity), millions(received!.last.quantity)], [6, 99]);
  });

  test('[E310] bars are in proportion, as long as their numbers leave room, and none that is something is unseen', () => {
    const amount = fc.option(
      fc.oneof(fc.bigInt({ min: -3n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 18n })),
      {
        nil: undefined,
      },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { minLength: 1, maxLength: 8 }), (pairs) => {
        const texts = pairs.map(([now, last]) => ({
          now,
          last,
          nowText: 20 + String(now).length * 8,
          lastText: 20 + String(last).length * 8,
        }));
        const layout = layOutComparison(texts, 300);
        const bars = layout.pairs.flatMap(({ now, last }, index) => [
          { ...now, amount: pairs[index]![0] ?? 0n, text: texts[index]!.nowText },
          { ...last, amount: pairs[index]![1] ?? 0n, text: texts[index]!.lastText },
        ]);
        let edge = 0;
        for (const { y, width, amount: size, text } of bars) {
          assert.ok(y >= edge, 'bars lie on each other');
          edge = y + BAR_HEIGHT;
          assert.equal(width > 0, size > 0n);
          assert.ok(width === 0 || width >= LEAST);
          assert.ok(width + text <= 300.001 + LEAST);
        }
        assert.ok(layout.height >= edge);
        const seen = bars.filter(({ width }) => width > LEAST);
        for (const one of seen)
          for (const other of seen)
            assert.ok(
              Math.abs(one.width * Number(other.amount) - other.width * Number(one.amount)) <=
                1e-9 * one.width * Number(other.amount) + 1e-6,
            );
        // The longest line fills the room.
        const longest = bars.filter(({ amount: size }) => size > 0n);
        if (longest.length > 0)
          assert.ok(
            longest.some(({ width, text }) => Math.abs(width + text - 300) < 1e-6 || width === LEAST),
          );
      }),
    );
  });
});
