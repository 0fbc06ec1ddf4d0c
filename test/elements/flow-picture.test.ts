/** The picture of the flow under the findings: what it shows, what it says, and where it leads. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { layOutFlows, STACK, THIN, THIN_GAP } from '../../src/elements/flow-layout.ts';
import { valuesOf } from '../../src/checks/checked-report.ts';
import type { CellId, Entry } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityFromNumber } from '../../src/format/quantity.ts';
import { flowsOf, type ColumnFlows } from '../../src/report/flows.ts';
import { expectAccessible } from '../browser/axe.ts';
import { browserName, cdp } from '../browser/commands.ts';
import {
  cleanUp,
  click,
  COLUMNS,
  drawn,
  enter,
  focused,
  FORMAT,
  granted,
  input,
  payload,
  press,
  push,
  received,
  sample,
  search,
  settled,
  show,
  type Payload,
} from './editor-fixture.ts';

const forward: CellId = 'requests/carried-forward/natural-person';
const denied: CellId = 'requests/denied.state-secret/natural-person';

class Picture {
  constructor(private readonly editor: XxgkAnnualReport) {}

  get root(): HTMLDetailsElement {
    return this.editor.shadowRoot!.querySelector('xxgk-findings')!.shadowRoot!.querySelector('details.flow')!;
  }
  get svg(): SVGSVGElement | null {
    return this.root.querySelector('svg');
  }
  get said(): string {
    return this.svg!.getAttribute('aria-label')!;
  }
  get texts(): string[] {
    return Array.from(this.svg!.querySelectorAll('text'), (node) => node.textContent!.trim()).filter(
      (text) => text !== '',
    );
  }
  get choice(): HTMLSelectElement {
    return this.root.querySelector('select')!;
  }
  get leaks(): SVGRectElement[] {
    return Array.from(this.root.querySelectorAll<SVGRectElement>('.leak rect'));
  }
  button(part: string): HTMLButtonElement {
    return Array.from(this.root.querySelectorAll('button')).find((one) => one.textContent!.includes(part))!;
  }
  /** The height of a stream's bar. */
  bar(flow: string): number {
    return this.root.querySelector<SVGRectElement>(`[data-flow="${flow}"] .bar`)!.height.baseVal.value;
  }
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 4000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never: ${String(holds)}`);
    await settled();
  }
}

/** Everything that is drawn after the paint is drawn. */
async function pictured(editor: XxgkAnnualReport): Promise<Picture> {
  await drawn(editor);
  const picture = new Picture(editor);
  await until(() => picture.root !== null);
  for (let round = 0; round < 3; round += 1) {
    await settled();
    await new Promise((done) => setTimeout(done));
  }
  return picture;
}

async function showing(
  inputs: number | null,
  except: Readonly<Record<CellId, number | null>> = {},
  more: object = {},
): Promise<[XxgkAnnualReport, Picture]> {
  const editor = await show((one) => (one.value = payload(inputs, except, more)));
  return [editor, await pictured(editor)];
}

const outlined = (editor: XxgkAnnualReport): string[] =>
  search(editor, '[data-outlined] input').map((one) => one.getAttribute('aria-label')!);
const labels = (...cells: CellId[]): string[] => cells.map((cell) => FORMAT.cellsById.get(cell)!.label);

/** A column of 表三 as flows, without a page. */
function column(numbers: Readonly<Record<string, number>>, stated?: number): ColumnFlows {
  const entries = new Map<CellId, Entry>();
  const reported = new Map<CellId, Entry>();
  for (const cell of FORMATS['2021'].inputs)
    if (cell.column === 'natural-person')
      entries.set(cell.id, { kind: 'number', value: quantityFromNumber(numbers[cell.row] ?? 0) });
  if (stated !== undefined)
    reported.set('requests/total/natural-person', { kind: 'number', value: quantityFromNumber(stated) });
  const report = { format: FORMATS['2021'], organization: {}, entries, reported };
  return flowsOf(FORMATS['2021'], valuesOf(report), 'natural-person');
}

describe('picture of the flow', () => {
  afterEach(cleanUp);

  it('[E120] shows every stream with its number, and says the same in a sentence and a table', async () => {
    const cells = {
      [received()]: 12,
      'requests/carried-over/natural-person': 3,
      [granted()]: 9,
      [denied]: 5,
    };
    const [editor, picture] = await showing(0, { ...cells, [forward]: 1 });
    expect(picture.said).to.equal('总计列：新收 12＋上年结转 3＝15；办理结果 14＋结转下年度 1＝15，平衡。');
    for (const text of [
      '12',
      '3',
      '（一）予以公开 9',
      '（三）不予公开 5',
      '（六）其他处理 0',
      '结转下年度 1',
    ])
      expect(picture.texts).to.include(text);
    expect(picture.texts).to.include('（七）总计 14');
    expect(picture.leaks).to.deep.equal([]);
    const rows = Array.from(picture.root.querySelectorAll('tr'), (row) =>
      row.textContent!.replace(/\s+/g, ' ').trim(),
    );
    expect(rows).to.have.length(10);
    expect(rows.join())
      .to.include('本年新收 12')
      .and.include('（三）不予公开 5')
      .and.include('（七）总计 14');
    expect(picture.svg!.getAttribute('role')).to.equal('img');
    expect(
      search(editor, '[style]').filter((node) => node !== editor && picture.root.contains(node)),
    ).to.deep.equal([]);
  });

  it('[E120] has no accessibility violation, even, leaking and opened to its figures', async () => {
    const [editor, picture] = await showing(0, { [received()]: 12, [granted()]: 15 });
    picture.root.querySelector<HTMLDetailsElement>('.numbers')!.open = true;
    await settled();
    await expectAccessible(editor);
  }).timeout(20_000);

  it('[E120] shows the form of 2019', async () => {
    const report = payload(0, { [received()]: 9, [granted()]: 5, 'requests/other.other/natural-person': 4 });
    const { requests } = report.tables as { requests: Payload['tables'][string] };
    for (const row of ['other.correction-overdue', 'other.fee-overdue']) delete requests[row];
    requests['other'] = requests['other.other']!;
    delete requests['other.other'];
    const editor = await show(
      (one) => (one.value = { ...report, format: '2019', year: 2020, tables: { requests } }),
    );
    const picture = await pictured(editor);
    expect(picture.said).to.include('新收 9＋上年结转 0＝9；办理结果 9');
    expect(picture.texts).to.include('（六）其他处理 4');
  });

  it('[E121] an imbalance leaks in its proportion, hatched, and no more once the cell is corrected', async () => {
    const [editor, picture] = await showing(0, { [received()]: 12, [granted()]: 15 });
    expect(picture.said).to.equal(
      '总计列：新收 12＋上年结转 0＝12；办理结果 15＋结转下年度 0＝15。去向多出 3（办理结果＋结转多于新收＋上年结转）。',
    );
    const [leak] = picture.leaks;
    expect(leak!.height.baseVal.value / picture.bar('granted')).to.be.closeTo(3 / 15, 0.001);
    expect(picture.bar('received') + leak!.height.baseVal.value).to.be.closeTo(picture.bar('granted'), 0.05);
    expect(leak!.getAttribute('fill')).to.include('url(#leak)');
    await enter(editor, granted(), '6');
    await pictured(editor);
    expect(picture.leaks[0]!.height.baseVal.value / picture.bar('received')).to.be.closeTo(6 / 12, 0.001);
    expect(picture.said).to.include('来源多出 6');
    await enter(editor, granted(), '12');
    await pictured(editor);
    expect(picture.leaks).to.deep.equal([]);
    expect(picture.said).to.include('平衡');
  });

  it('[E121] a stated （七）总计 that its rows do not make up leaks by itself', async () => {
    const report = payload(0, { [received()]: 15, [granted()]: 15 }, { generator: 'somebody else' });
    report.tables['requests']!['total']!['natural-person'] = 17;
    const editor = await show((one) => (one.value = report));
    const picture = await pictured(editor);
    picture.choice.value = 'natural-person';
    picture.choice.dispatchEvent(new Event('change'));
    expect(picture.said).to.include('去向多出 2').and.include('（七）总计比各项办理结果相加多出 2');
    const heights = picture.leaks.map((leak) => leak.height.baseVal.value / picture.bar('total'));
    expect(heights).to.have.length(2);
    for (const height of heights) expect(height).to.be.closeTo(2 / 17, 0.001);
  });

  it('[E122] a thin stream can be seen, and every stack is as high as the one before it', () => {
    let seed = 7;
    const random = (most: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % most;
    };
    const rows = FORMAT.inputs.filter((cell) => cell.column === 'natural-person').map((cell) => cell.row);
    for (let round = 0; round < 3000; round += 1) {
      const most = [2, 5, 40, 10_000, 1_000_000_000][random(5)]!;
      const numbers = Object.fromEntries(
        rows.map((row) => [row, random(3) === 0 ? random(most) : random(2)]),
      );
      const stated = random(2) === 0 ? random(most) : undefined;
      const flows = column(numbers, stated);
      const layout = layOutFlows(flows);
      if (layout === undefined) continue;
      const size = (span: { height: number } | undefined): number => span?.height ?? 0;
      const about = JSON.stringify({ numbers, stated });
      const sources = size(layout.received) + size(layout.carriedOver) + size(layout.unsourced);
      const sums = size(layout.total) + size(layout.carriedForward) + size(layout.lost);
      const results = layout.results.reduce((so, span) => so + span.height, 0) + size(layout.unlisted);
      expect(sources, about).to.be.closeTo(sums, 1e-6);
      expect(results, about).to.be.closeTo(size(layout.total) + size(layout.unsummed), 1e-6);
      expect(sums + size(layout.unsummed), about).to.be.closeTo(STACK, 1e-6);
      flows.results.forEach(({ quantity }, index) => {
        if (quantity === 0n) expect(layout.results[index]!.height, about).to.equal(0);
        else expect(layout.results[index]!.height, about).to.be.at.least(THIN - 1e-6);
      });
      const { difference } = flows.throughput;
      expect(size(layout.lost) > 0, about).to.equal(difference > 0n);
      expect(size(layout.unsourced) > 0, about).to.equal(difference < 0n);
      expect(size(layout.unlisted) > 0, about).to.equal(flows.breakdown.difference < 0n);
      expect(size(layout.unsummed) > 0, about).to.equal(flows.breakdown.difference > 0n);
      for (const gap of [layout.lost, layout.unsourced, layout.unlisted, layout.unsummed])
        if (gap !== undefined) expect(gap.height, about).to.be.at.least(THIN_GAP - 1e-6);
    }
  });

  it('[E122] a leak of one in ten thousand is drawn, and thick ones keep their proportion beside thin streams', async () => {
    const [, picture] = await showing(0, { [received()]: 10_000, [granted()]: 9998, [forward]: 1 });
    expect(picture.leaks[0]!.height.baseVal.value).to.be.at.least(THIN_GAP - 0.01);
    expect(picture.bar('carried-forward')).to.be.at.least(THIN - 0.01);
    const layout = layOutFlows(
      column({ received: 10_000, granted: 6000, 'partly-granted': 1, 'unavailable.not-held': 1 }),
    )!;
    expect(layout.lost!.height).to.be.closeTo((STACK * 3998) / 10_000, 1e-6);
  });

  it('[E122] no two labels lie on each other, with twelve digits, with thin streams and with gaps', async () => {
    const big = 999_999_999_999;
    for (const cells of [
      { [received()]: big, 'requests/carried-over/natural-person': big, [granted()]: big, [denied]: big },
      { [received()]: 10_000, [granted()]: 1, [denied]: 1, 'requests/other.other/natural-person': 9999 },
      Object.fromEntries(FORMAT.inputs.map((cell) => [cell.id, big])),
    ] as Record<CellId, number>[]) {
      const [, picture] = await showing(0, cells);
      const frame = picture.svg!.getBoundingClientRect();
      const middle = ({ top, bottom }: DOMRect): number => (top + bottom) / 2;
      const boxes = Array.from(picture.svg!.querySelectorAll('text'))
        .filter((node) => node.textContent!.trim() !== '')
        .map((node) => ({ text: node.textContent!.trim(), box: node.getBoundingClientRect() }));
      expect(boxes.length).to.be.above(10);
      boxes.forEach(({ text, box }, index) => {
        expect(box.left, text).to.be.at.least(frame.left - 1);
        expect(box.right, text).to.be.at.most(frame.right + 1);
        // The box of a line is higher than its figures, more so in some fonts: 12 units are the size of the text.
        const scale = frame.width / picture.svg!.viewBox.baseVal.width;
        for (const other of boxes.slice(index + 1))
          expect(
            box.left < other.box.right - 1 &&
              other.box.left < box.right - 1 &&
              Math.abs(middle(box) - middle(other.box)) < 12 * scale,
            `${text} on ${other.text}`,
          ).to.equal(false);
      });
      cleanUp();
    }
  });

  it('[E123] the leak is a button: it outlines the suspects and goes to the first, by keyboard and by mouse', async () => {
    const [editor, picture] = await showing(0, { [received()]: 12, [granted()]: 15 });
    // The likely causes come later still, and are better suspects.
    await until(() => search(editor, '.cause').length > 0);
    const cause = search(editor, '.cause')[0]!;
    const likely = [received(), granted()].filter((cell) => cause.textContent!.includes(labels(cell)[0]!));
    expect(likely).to.have.length.above(0);
    const leak = picture.button('缺口 3：查看可疑的格');
    leak.focus();
    await press('Enter');
    await settled();
    expect(outlined(editor)).to.include.members(labels(...likely));
    expect(likely.map((cell) => input(editor, cell))).to.include(focused());
    leak.focus();
    await settled();
    await click(picture.leaks[0]!);
    await settled();
    expect(likely.map((cell) => input(editor, cell))).to.include(focused());
  });

  it('[E123] where nothing is likelier, the cells that the finding marks are the suspects', async () => {
    // Every column broken another way: far more than a search could name in its time.
    const cells: Record<CellId, number> = {};
    COLUMNS.forEach((one, index) => {
      cells[received(one)] = 1000 + 37 * index;
      cells[granted(one)] = 11 + 7 * index * index;
    });
    const report = payload(3, cells, { generator: 'somebody else' });
    const { total } = report.tables['requests']!;
    for (const [at, value] of Object.entries(total!)) total![at] = value! * 3 + 5 + at.length;
    const editor = await show((one) => (one.value = report));
    const picture = await pictured(editor);
    await until(() =>
      editor
        .shadowRoot!.querySelector('xxgk-findings')!
        .shadowRoot!.textContent!.includes('请先核对行、列总计'),
    );
    picture.choice.value = 'natural-person';
    picture.choice.dispatchEvent(new Event('change'));
    await click(picture.button('查看可疑的格'));
    await settled();
    const marked = ['received', 'carried-over', 'total', 'carried-forward'].map(
      (row) => `requests/${row}/natural-person`,
    );
    expect(outlined(editor)).to.have.members(labels(...marked));
    expect(focused()).to.equal(input(editor, received()));
  });

  it('[E124] a stream outlines the cells of its group; once more, or an edit, ends that', async () => {
    const [editor, picture] = await showing(0, { [received()]: 12, [granted()]: 8, [denied]: 4 });
    const cells = FORMAT.cells.filter((cell) => cell.row.startsWith('denied.') && cell.column === 'total');
    const stream = picture.root.querySelector('[data-flow="denied"] .bar')!;
    await click(stream);
    await settled();
    expect(outlined(editor)).to.have.members(cells.map((cell) => cell.label));
    expect(cells).to.have.length(8);
    await click(stream);
    await settled();
    expect(outlined(editor)).to.deep.equal([]);
    const numbers = picture.root.querySelector<HTMLDetailsElement>('.numbers')!;
    numbers.open = true;
    picture.button('（三）不予公开').focus();
    await press('Enter');
    await settled();
    expect(outlined(editor)).to.have.members(cells.map((cell) => cell.label));
    await enter(editor, granted(), '7');
    await pictured(editor);
    expect(outlined(editor)).to.deep.equal([]);
  });

  it('[E125] columns that leak are marked and one click away; the choice of the person stays', async () => {
    const [editor, picture] = await showing(0, {
      [received()]: 30,
      [granted()]: 33,
      [received('enterprise')]: 30,
      [granted('enterprise')]: 27,
    });
    expect(picture.choice.value).to.equal('total');
    expect(Array.from(picture.choice.options, (one) => one.textContent!.trim())).to.deep.equal([
      '总计',
      '! 自然人',
      '! 商业企业',
      '科研机构',
      '社会公益组织',
      '法律服务机构',
      '其他',
    ]);
    expect(picture.leaks).to.deep.equal([]);
    expect(picture.root.querySelector('.elsewhere')!.textContent).to.include('本列没有缺口，有缺口的列');
    await click(picture.button('! 商业企业'));
    await settled();
    expect(picture.choice.value).to.equal('enterprise');
    expect(focused()).to.equal(picture.choice);
    expect(picture.said).to.match(/^商业企业列：.*来源多出 3/);
    await enter(editor, granted('enterprise'), '30');
    await pictured(editor);
    expect(picture.choice.value).to.equal('enterprise');
    expect(picture.said).to.include('平衡');
    expect(picture.root.querySelector('.elsewhere')!.textContent).to.include('! 自然人');
  });

  it('[E126] a blank is not 0: what is there is drawn, neutral, and nothing is accused', async () => {
    const [editor, picture] = await showing(0, { [received()]: 12, [granted()]: 5, [denied]: null });
    expect(picture.said).to.include('未填完').and.not.include('多出').and.not.include('平衡');
    expect(picture.svg!.classList.contains('unfinished')).to.equal(true);
    expect(picture.leaks).to.deep.equal([]);
    expect(picture.root.querySelector('.open')).not.to.equal(null);
    expect(picture.root.textContent).not.to.include('缺口');
    await enter(editor, denied, '0');
    await pictured(editor);
    expect(picture.said).to.include('来源多出 7');
  });

  it('[E126] all zero is one line; nothing yet, and a negative number, say so', async () => {
    const [editor, picture] = await showing(0);
    expect(picture.svg).to.equal(null);
    expect(picture.root.textContent).to.include('总计列各项都是 0。');
    await enter(editor, received(), '-3');
    await pictured(editor);
    expect(picture.svg).to.equal(null);
    expect(picture.root.textContent).to.include('负数').and.include('缺口 3：查看可疑的格');
    editor.value = payload(null);
    await pictured(editor);
    await click(picture.root.querySelector('summary')!);
    await until(() => picture.root.textContent!.includes('总计列还没有填写。'));
  });

  it('[E127] is closed until something can be judged, then opens by itself, unless a person chose', async () => {
    const editor = await show();
    const picture = await pictured(editor);
    expect(picture.root.open).to.equal(false);
    expect(picture.svg).to.equal(null);
    editor.value = payload(0, { [received()]: 2, [granted()]: 2 });
    await pictured(editor);
    expect(picture.root.open).to.equal(true);
    await click(picture.root.querySelector('summary')!);
    await until(() => !picture.root.open && picture.svg === null);
    await enter(editor, granted(), '1');
    await pictured(editor);
    expect(picture.root.open).to.equal(false);
    expect(picture.root.querySelector('summary')!.textContent).to.include('有缺口');
  });

  it('[E127] touches nothing of the picture where no figure of it changed', async () => {
    const [editor, picture] = await showing(0, { [received()]: 12, [granted()]: 12 });
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(picture.root, { subtree: true, childList: true, attributes: true, characterData: true });
    await enter(editor, 'disclosure/rules/issued', '5');
    await pictured(editor);
    expect(changes).to.equal(0);
    await enter(editor, granted(), '11');
    await pictured(editor);
    expect(changes).to.be.above(0);
    observer.disconnect();
  });

  if (browserName === 'chromium')
    it('[E121] the leak is told apart without our colours', async () => {
      const [, picture] = await showing(0, { [received()]: 12, [granted()]: 15 });
      const emulate = (value: string): Promise<unknown> =>
        cdp('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] });
      await emulate('active');
      try {
        await settled();
        const colour = (selector: string, property: string): string =>
          getComputedStyle(picture.root.querySelector(selector)!).getPropertyValue(property);
        expect(colour('.leak rect', 'stroke')).not.to.equal(colour('.stream .bar', 'fill'));
        expect(colour('.hatch', 'stroke')).not.to.equal(colour('.hatch-paper', 'fill'));
      } finally {
        await emulate('none');
      }
    });

  it('[E120] the city that demo/samples shows is even', async () => {
    const city = await sample('city-2024');
    const editor = await show((one) => (one.value = city));
    const picture = await pictured(editor);
    expect(picture.said).to.include('新收 3525').and.include('平衡');
    await push(editor, '检查');
    expect(picture.said).to.include('平衡');
  });
});
