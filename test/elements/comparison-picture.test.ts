/** 与上年比较 under the findings: what it shows, what it says, and when it is there. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { expectAccessible } from '../browser/axe.ts';
import {
  cleanUp,
  drawn,
  enter,
  granted,
  payload,
  received,
  search,
  settled,
  show,
} from './editor-fixture.ts';

const picture = (editor: XxgkAnnualReport): HTMLDetailsElement | null =>
  editor.shadowRoot!.querySelector('xxgk-findings')!.shadowRoot!.querySelector('details.comparison');
const texts = (editor: XxgkAnnualReport): string[] =>
  Array.from(picture(editor)!.querySelectorAll('text'), (node) => node.textContent!.trim());
const rows = (editor: XxgkAnnualReport): string[] =>
  Array.from(picture(editor)!.querySelectorAll('tbody tr'), (row) =>
    row.textContent!.replace(/\s+/g, ' ').trim(),
  );
const width = (editor: XxgkAnnualReport, group: string, kind: string): number =>
  picture(editor)!.querySelector<SVGRectElement>(`[data-group="${group}"] .${kind}`)?.width.baseVal.value ??
  0;

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 4_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never: ${String(holds)}`);
    await settled();
  }
}

describe('picture of two years', () => {
  afterEach(cleanUp);

  it('[E311] is there with last year’s report, with numbers at the bars and in a table, follows edits, and goes with it', async () => {
    const editor = await show((one) => {
      one.value = payload(0, { [received()]: 12, [granted()]: 9, [granted('enterprise')]: 3 });
    });
    await drawn(editor);
    expect(picture(editor)).to.equal(null);
    editor.previous = payload(0, { [received()]: 24, [granted()]: 24 }, { year: 2023 });
    await drawn(editor);
    await until(() => picture(editor) !== null);
    expect(texts(editor).slice(0, 6)).to.deep.equal([
      '一、本年新收政府信息公开申请数量',
      '本年 12',
      '上年 24',
      '（一）予以公开',
      '本年 12',
      '上年 24',
    ]);
    expect(width(editor, 'received', 'last')).to.be.closeTo(2 * width(editor, 'received', 'now'), 0.05);
    expect(width(editor, 'denied', 'now') + width(editor, 'denied', 'last')).to.equal(0);
    expect(rows(editor)[0]).to.equal('一、本年新收政府信息公开申请数量 12 24 -12');
    const svg = picture(editor)!.querySelector('svg')!;
    const named = (attribute: string): string =>
      picture(editor)!.querySelector(`#${svg.getAttribute(attribute)!}`)!.textContent!;
    expect(svg.getAttribute('role')).to.equal('img');
    expect(named('aria-labelledby')).to.equal('与上年比较（总计列）');
    expect(named('aria-describedby')).to.include('（一）予以公开本年 12，上年 24；');
    const { fill } = getComputedStyle(svg.querySelector('.last')!);
    expect(fill).to.include('#last-year');
    expect(search(picture(editor)!, '[style]')).to.deep.equal([]);
    await expectAccessible(editor);

    await enter(editor, granted(), '30');
    await until(() => texts(editor)[4] === '本年 33');
    expect(rows(editor)[1]).to.equal('（一）予以公开 33 24 +9');
    await enter(editor, received('enterprise'), '/');
    await until(() => texts(editor)[1] !== '本年 12');
    expect(rows(editor)[0]).to.equal('一、本年新收政府信息公开申请数量 未填 24');
    editor.previous = '';
    await drawn(editor);
    await until(() => picture(editor) === null);
  });
});
