/** From one editor to another over the real clipboard: what 复制 puts there, a paste into a grid brings back. */
import { expect } from 'chai';
import { lateParts } from '../../src/elements/late-parts.ts';
import { browserName } from '../browser/commands.ts';
import {
  cleanUp,
  click,
  input,
  payload,
  press,
  push,
  received,
  settled,
  show,
  tables,
  type Payload,
} from './editor-fixture.ts';
import { pick, pushIn, shown, until, words } from './import-fixture.ts';

const RULES = 'disclosure/rules/issued';
const EXPLANATION = {
  rule: 'T2-03',
  cells: ['disclosure/rules/issued'],
  values: `sha256:${'0'.repeat(64)}`,
  kind: 'explained',
  text: '县政府规章由市政府授权',
  at: '2026-01-12T08:00:00Z',
};

describe('copy and import', () => {
  afterEach(cleanUp);

  for (const kind of ['table', 'handsontable'] as const) {
    it(`[E182] values, marks and explanations survive from one editor to another, in the ${kind} grid`, async () => {
      const from = await show((one) => {
        one.value = payload(
          4,
          { [RULES]: null },
          { marks: { [RULES]: { kind: 'not-applicable', raw: '／' } }, explanations: [EXPLANATION] },
        );
      });
      await push(from, '复制');
      const said = from.shadowRoot!.querySelector('[role="status"]')!;
      await until(() => said.textContent!.includes('已复制'), 'the copy');
      const to = await show((one) => {
        if (kind === 'handsontable') one.licenseKey = 'non-commercial-and-evaluation';
      });
      await until(() => tables(to).every((one) => one.gridInUse === kind), kind);
      // The editor listens for whole reports a moment after its first paint.
      await lateParts.importWays();
      await settled();
      const first = tables(to)[1]!;
      if (kind === 'table') await click(input(to, received()));
      else await click(first.shadowRoot!.querySelector('.ht_master td:not([rowspan]):nth-child(4)') ?? first);
      await press('Control+v');
      await shown(to);
      expect(words(to)).to.include('年报数据文件');
      // A report of the year before is offered as that.
      await pick(to, '作为本年报告');
      await pushIn(to, '导入');
      const after = JSON.parse(to.value) as Payload & { marks: object; explanations?: object[] };
      expect(after.tables['requests']!['received']!['natural-person']).to.equal(4);
      expect(after.marks).to.deep.equal({ [RULES]: { kind: 'not-applicable', raw: '／' } });
      // Firefox keeps no type of ours on its clipboard.
      if (browserName === 'chromium') expect(after.explanations).to.deep.equal([EXPLANATION]);
    });
  }
});
