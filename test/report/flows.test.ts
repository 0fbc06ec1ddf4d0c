/** The flow through a column of 表三 against an oracle in plain numbers, which knows neither rules nor engine. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { checkReport } from '../../src/checks/check-report.ts';
import { valuesOf } from '../../src/checks/checked-report.ts';
import { isViolation } from '../../src/checks/finding.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { formatQuantity } from '../../src/format/quantity.ts';
import { flowColumns, flowsOf, leaksOf, type ColumnFlows } from '../../src/report/flows.ts';
import { violatedEquations } from '../fixtures/oracle.ts';
import { cityCells, editedReport, publishedReport, uniformCells, type Cells } from '../fixtures/reports.ts';

const VERSIONS: readonly FormatVersion[] = ['2021', '2019'];
const COLUMNS = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other', 'total'];
const GROUPS = [
  '（一）予以公开',
  '（二）部分公开',
  '（三）不予公开',
  '（四）无法提供',
  '（五）不予处理',
  '（六）其他处理',
];

const all = (flows: ColumnFlows) => [
  flows.received,
  flows.carriedOver,
  ...flows.results,
  flows.total,
  flows.carriedForward,
];

function flowsIn(version: FormatVersion, cells: Cells, column: string): ColumnFlows {
  return flowsOf(FORMATS[version], valuesOf(publishedReport(cells, version)), column);
}

/** Published figures of 表三, totals stated and as wrong as chance makes them; half of them small, so that some fit. */
const figures = (version: FormatVersion) =>
  fc
    .array(fc.oneof(fc.constantFrom(0, 0, 1, 2, 3), fc.integer({ min: 0, max: 999_999_999_999 })), {
      minLength: 200,
      maxLength: 200,
    })
    .map((numbers) => {
      const cells = uniformCells(version);
      Object.keys(cells)
        .filter((cell) => cell.startsWith('requests/'))
        .forEach((cell, index) => (cells[cell] = numbers[index]!));
      return cells;
    });

describe('the flow through a column', () => {
  for (const version of VERSIONS) {
    test(`[R36] ${version}: groups are those of the form, and every cell of the column is in one stream`, () => {
      const format = FORMATS[version];
      assert.deepEqual(flowColumns(format), COLUMNS);
      for (const column of COLUMNS) {
        const flows = flowsIn(version, uniformCells(version, 1), column);
        assert.deepEqual(
          flows.results.map(({ label }) => label),
          GROUPS,
        );
        assert.equal(flows.label, format.cellsById.get(`requests/received/${column}`)!.columnLabel);
        const cells = all(flows).flatMap((flow) => flow.cells);
        const expected = format.cells.filter((cell) => cell.table === 'requests' && cell.column === column);
        assert.deepEqual([...cells].sort(), expected.map((cell) => cell.id).sort());
      }
      const sizes = flowsIn(version, uniformCells(version, 1), 'total').results.map(({ quantity }) =>
        formatQuantity(quantity!),
      );
      assert.deepEqual(sizes, ['1', '1', '8', '3', '5', version === '2021' ? '3' : '1']);
    });

    test(`[R36] ${version}: the streams add up to the column, exactly, and a leak is what its equation lacks`, () => {
      fc.assert(
        fc.property(figures(version), fc.constantFrom(...COLUMNS), (cells, column) => {
          const flows = flowsIn(version, cells, column);
          const at = (row: string): bigint => BigInt(cells[`requests/${row}/${column}`]!);
          const outcomes = Object.keys(cells)
            .filter((cell) => cell.startsWith('requests/') && cell.endsWith(`/${column}`))
            .map((cell) => cell.split('/')[1]!)
            .filter((row) => !['received', 'carried-over', 'total', 'carried-forward'].includes(row));
          const listed = outcomes.reduce((so, row) => so + at(row), 0n);
          const unit = 1_000_000n;
          assert.equal(
            flows.results.reduce((so, { quantity }) => so + quantity!, 0n),
            listed * unit,
          );
          const through = at('received') + at('carried-over') - at('total') - at('carried-forward');
          assert.equal(flows.throughput.difference, through * unit);
          assert.equal(flows.throughput.left - flows.throughput.right, through * unit);
          assert.equal(flows.breakdown.difference, (listed - at('total')) * unit);
        }),
      );
    });

    test(`[R37] ${version}: a column leaks where the oracle and the engine find its equations violated, and only there`, () => {
      fc.assert(
        fc.property(figures(version), fc.boolean(), (cells, even) => {
          // Chance alone would leave no column even; these are all but one.
          if (even)
            for (const column of COLUMNS.slice(1)) {
              const at = (row: string): string => `requests/${row}/${column}`;
              const listed = flowsIn(version, cells, column).breakdown.left / 1_000_000n;
              cells[at('total')] = Number(listed);
              cells[at('carried-over')] = 0;
              cells[at('received')] = Number(listed) + cells[at('carried-forward')]!;
            }
          const leaks = COLUMNS.flatMap((column) =>
            leaksOf(flowsIn(version, cells, column)).map(({ rule }) => `${rule} ${column}`),
          );
          const expected = violatedEquations(cells).filter((name) => /^T3-0[12]/.test(name));
          if (even) assert.ok(expected.every((name) => name.endsWith(COLUMNS[0]!)));
          assert.deepEqual(leaks.sort(), expected);
          const found = checkReport(publishedReport(cells, version), OFFICIAL_RULES.rules).filter(
            (finding) => /^T3-0[12]$/.test(finding.rule) && isViolation(finding),
          );
          for (const finding of found) {
            const [leak] = leaksOf(flowsIn(version, cells, finding.variables['column']!)).filter(
              ({ rule }) => rule === finding.rule,
            );
            assert.equal(leak!.difference, finding.difference);
          }
          assert.equal(found.length, leaks.length);
        }),
        { numRuns: 60 },
      );
    });
  }

  test('[R37] the good report of a city leaks nowhere; one figure off leaks by that much, in that direction', () => {
    const cells = cityCells();
    for (const column of COLUMNS) assert.deepEqual(leaksOf(flowsIn('2021', cells, column)), []);
    cells['requests/carried-forward/social'] = cells['requests/carried-forward/social']! + 3;
    const [leak, ...more] = leaksOf(flowsIn('2021', cells, 'social'));
    assert.deepEqual([leak?.rule, leak?.difference, more.length], ['T3-01', -3_000_000n, 0]);
    assert.deepEqual(leaksOf(flowsIn('2021', cells, 'enterprise')), []);
  });

  test('[R38] a blank, "/" or text is unknown and not 0: its equations wait, and nothing leaks', () => {
    for (const odd of [null, '/', '三件']) {
      const cells: Record<string, number | string | null> = { ...uniformCells('2021') };
      cells['requests/received/social'] = 12;
      cells['requests/denied.deliberative/social'] = odd;
      const report = { ...publishedReport(cells), reported: new Map() };
      const flows = flowsOf(FORMATS['2021'], valuesOf(report), 'social');
      const denied = flows.results.find(({ id }) => id === 'denied')!;
      assert.deepEqual([denied.quantity, denied.unknown], [0n, 1]);
      assert.equal(flows.total.quantity, undefined);
      assert.ok(flows.throughput.pending > 0 && flows.breakdown.pending > 0);
      assert.deepEqual(leaksOf(flows), []);
    }
    const empty = flowsOf(
      FORMATS['2021'],
      valuesOf(editedReport(uniformCells('2021', null))),
      'natural-person',
    );
    assert.ok(all(empty).every(({ quantity }) => quantity === undefined));
  });

  test('[R38] with a stated （七）总计 the printed note is judged although a row is blank', () => {
    const cells = uniformCells('2021');
    cells['requests/received/social'] = 12;
    cells['requests/total/social'] = 10;
    cells['requests/granted/social'] = null;
    const flows = flowsIn('2021', cells, 'social');
    assert.deepEqual(
      leaksOf(flows).map(({ rule, difference }) => [rule, difference]),
      [['T3-01', 2_000_000n]],
    );
    assert.equal(flows.breakdown.pending, 1);
  });
});
