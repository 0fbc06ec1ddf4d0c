/** A reading as a draft payload: the door takes it, and it says what the document says. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { payloadOfReading } from '../../src/documents/payload-of-reading.ts';
import { entryText } from '../../src/format/read-entry.ts';
import { readPayload, type ReadResult } from '../../src/payload/read-payload.ts';
import { reading, type GivenReading } from '../fixtures/readings.ts';

type Read = Extract<ReadResult, { ok: true }>;
function through(given: GivenReading): Read {
  const result = readPayload(JSON.stringify(payloadOfReading(reading(given))));
  assert.ok(result.ok, JSON.stringify(result));
  return result;
}

const blankTotal = 'proceedings/review/total';

describe('payload of a reading', () => {
  test('[X83] is a draft of schema 1 that the door takes without a note', () => {
    const { report, draft, notes } = through({
      fill: '2',
      texts: { 'disclosure/rules/issued': '/', [blankTotal]: '9', 'disclosure/fees/amount': '12.5' },
      period: { from: '2024-01-01', to: '2024-12-31' },
      contact: { phone: '0731-1', website: '' },
      narrative: { overview: '一', other: '' },
    });
    assert.equal(draft, true);
    assert.deepEqual(notes, []);
    assert.equal(report.head['organization.name'], '示例县教育局');
    assert.equal(report.head.year, '2024');
    assert.deepEqual(report.entries.get('disclosure/rules/issued'), { kind: 'not-applicable', raw: '/' });
    assert.equal(entryText(report.entries.get('disclosure/fees/amount')!), '12.5');
    assert.deepEqual([...report.controls.keys()], [blankTotal]);
    assert.equal(entryText(report.controls.get(blankTotal)!), '9');
    assert.deepEqual(report.carried['contact'], { phone: '0731-1' });
    assert.deepEqual(report.carried['narrative'], { overview: '一' });
    assert.deepEqual(report.carried['period'], { from: '2024-01-01', to: '2024-12-31' });
  });

  test('[X83] keeps what is uncertain as a mark with the candidate, and what is absent absent', () => {
    const { report } = through({
      texts: { 'requests/received/social': '4' },
      uncertain: {
        'requests/granted/social': { raw: '1O', candidate: 10_000_000n },
        'requests/granted/other': { raw: '两件' },
      },
    });
    assert.deepEqual(report.entries.get('requests/granted/social'), {
      kind: 'uncertain',
      raw: '1O',
      candidate: 10_000_000n,
    });
    assert.deepEqual(report.entries.get('requests/granted/other'), { kind: 'uncertain', raw: '两件' });
    assert.equal(report.entries.has('requests/granted/research'), false);
    assert.equal(report.entries.size, 3);
  });

  test('[X83] tells a total that was left blank from one that agrees', () => {
    const { report } = through({ fill: '1', texts: { [blankTotal]: '' } });
    assert.deepEqual(report.controls.get(blankTotal), { kind: 'blank' });
    assert.equal(report.controls.size, 1);
    assert.equal(report.statedTotals.has('requests/received/total'), true);
  });

  test('[X83] marks the two rows that a one-row （六） does not have', () => {
    const { report, notes } = through({ fill: '2', report: { oneRowOther: true } });
    assert.deepEqual(notes, []);
    assert.equal(report.entries.get('requests/other.fee-overdue/social')!.kind, 'merged');
    assert.equal(report.entries.get('requests/other.correction-overdue/other')!.kind, 'merged');
    assert.equal(report.controls.size, 0);
  });

  test('[X83] a document of 2019, without unit or year, and with half a character, is taken too', () => {
    const { report } = through({
      version: '2019',
      fill: '3',
      organization: undefined,
      year: undefined,
      narrative: { overview: 'a\ud800b' },
      texts: { 'disclosure/procurement/amount': '251000元' },
    });
    assert.equal(report.version, '2019');
    assert.equal(report.head.year, '');
    assert.equal(entryText(report.entries.get('disclosure/procurement/amount')!), '251000元');
    assert.deepEqual(report.carried['narrative'], { overview: 'a\ufffdb' });
  });
});
