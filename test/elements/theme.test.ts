/** How the editor looks where a host, a page or a person asks for something else: colours, dark, forced colours, density. */
import { expect } from 'chai';
import { setLicenseKey } from '../../src/define.ts';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type { XxgkReportTable } from '../../src/elements/report-table.ts';
import { PALETTE } from '../../src/elements/theme.ts';
import type { CellId } from '../../src/format/entry.ts';
import { expectAccessible } from '../browser/axe.ts';
import { browserName, cdp, media, viewport } from '../browser/commands.ts';
import {
  button,
  cleanUp,
  click,
  drawn,
  Findings,
  FORMAT,
  granted,
  input,
  payload,
  place,
  press,
  push,
  received,
  search,
  settled,
  show,
  tables,
  type Editor,
} from './editor-fixture.ts';

const KEY = 'non-commercial-and-evaluation';
const ONLY_CHROMIUM = browserName === 'chromium';

const root = document.documentElement;
const style = (element: Element, pseudo?: string): CSSStyleDeclaration => getComputedStyle(element, pseudo);

async function until(done: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 8_000;
  while (!done()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await settled();
  }
}

/** Wrong in every way a cell can be wrong, so that all marks are there. */
const WRONG = payload(
  0,
  { [received()]: 12, [granted()]: 15, [granted('enterprise')]: null },
  { draft: true, marks: { [granted('enterprise')]: { kind: 'text', raw: '12a' } } },
);

const showWrong = (
  prepare: (editor: XxgkAnnualReport) => void = () => undefined,
): Promise<XxgkAnnualReport> =>
  show((editor) => {
    editor.value = WRONG;
    prepare(editor);
  });

const tableOf = (editor: Editor, id: CellId): XxgkReportTable =>
  tables(editor).find((table) => id.startsWith(`${table.table}/`))!;

/** The drawn cell, in whichever grid. */
function cell(editor: Editor, id: CellId): HTMLElement {
  const { label } = FORMAT.cellsById.get(id)!;
  const named = Array.from(
    tableOf(editor, id).shadowRoot!.querySelectorAll('td [aria-label], td[aria-label]'),
  );
  // The field of the spreadsheet grid has a name too, and stands in no cell.
  return named
    .find(
      (one) =>
        one.getAttribute('aria-label') === label || one.getAttribute('aria-label')!.startsWith(`${label} `),
    )!
    .closest('td')!;
}

async function spreadsheet(editor: Editor): Promise<void> {
  setLicenseKey(KEY);
  await until(
    () => tables(editor).every((table) => table.gridInUse === 'handsontable'),
    'the spreadsheet grid',
  );
  await drawn(editor);
}

const isDark = (element: Element): boolean => {
  const [red = 0] = /\d+/.exec(style(element).color) ?? [];
  return Number(red) > 127;
};

describe('how it looks', () => {
  const { info } = console;
  beforeEach(() => {
    console.info = () => undefined;
  });
  afterEach(async () => {
    cleanUp();
    setLicenseKey('');
    root.removeAttribute('style');
    console.info = info;
    if (ONLY_CHROMIUM) await media({});
  });

  describe('colours of the host', () => {
    it('[E271] each property, set on the element or around it, reaches tables and findings', async () => {
      const editor = await show();
      const inner = [...tables(editor), editor.shadowRoot!.querySelector('xxgk-findings')!];
      for (const [element, shift] of [
        [root, 0],
        [editor, 100],
      ] as const) {
        PALETTE.forEach(([name], index) =>
          element.style.setProperty(`--xxgk-${name!}`, `rgb(1, 2, ${index + shift})`),
        );
        PALETTE.forEach(([name], index) => {
          for (const one of [editor, ...inner])
            expect(
              style(one).getPropertyValue(`--_${name!}`).trim(),
              `${name!} in ${one.localName}`,
            ).to.equal(`rgb(1, 2, ${index + shift})`);
        });
      }
    });

    it('[E271] and is what is drawn, in both grids, and in a table that stands alone', async () => {
      root.style.setProperty('--xxgk-paper', 'rgb(1, 2, 3)');
      root.style.setProperty('--xxgk-table-line', 'rgb(4, 5, 6)');
      root.style.setProperty('--xxgk-text', 'rgb(240, 241, 242)');
      const editor = await show();
      const alone = document.createElement('xxgk-report-table');
      place(alone);
      await drawn(alone);
      const look = (one: Editor): string => {
        const { backgroundColor, borderTopColor, color } = style(cell(one, received()));
        return `${backgroundColor} ${borderTopColor} ${color}`;
      };
      const wanted = 'rgb(1, 2, 3) rgb(4, 5, 6) rgb(240, 241, 242)';
      expect([look(editor), look(alone)]).to.deep.equal([wanted, wanted]);
      await spreadsheet(editor);
      expect(look(editor)).to.equal(wanted);
    });

    it('[E276] the parts can be styled from the page, the titles of the tables too', async () => {
      const sheet = new CSSStyleSheet();
      const parts = ['head', 'actions', 'tables', 'heading', 'findings', 'status-bar'];
      parts.forEach((part, index) =>
        sheet.insertRule(`xxgk-annual-report::part(${part}) { letter-spacing: ${index + 1}px; }`),
      );
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      try {
        const editor = await show();
        const seen = parts.map((part) =>
          search(editor, `[part="${part}"]`).map((one) => style(one).letterSpacing),
        );
        expect(seen).to.deep.equal([['1px'], ['2px'], ['3px'], ['4px', '4px', '4px'], ['5px'], ['6px']]);
      } finally {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      }
    });
  });

  describe('dark', () => {
    it('[E272] light unless asked, whatever the system prefers and the page around is', async () => {
      if (ONLY_CHROMIUM) await media({ features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
      root.style.colorScheme = 'dark';
      const editor = await show();
      expect(isDark(editor)).to.equal(false);
      expect(style(editor).colorScheme, 'fields and scroll bars too').to.equal('light');
      expect(editor.hasAttribute('theme'), 'nothing is written on it').to.equal(false);
    });

    it('[E272] theme="dark" is dark at the first paint, to the innermost field; taken back, it is light', async () => {
      const editor = await show((one) => one.setAttribute('theme', 'dark'));
      const all = [
        editor,
        ...search(editor, 'xxgk-report-table, xxgk-findings, td, h1, h2, button:not(.primary)'),
      ];
      expect(all.filter((one) => !isDark(one)).map((one) => one.outerHTML)).to.deep.equal([]);
      expect(style(input(editor, received())).colorScheme).to.equal('dark');
      editor.removeAttribute('theme');
      await drawn(editor);
      expect(all.filter(isDark).map((one) => one.outerHTML)).to.deep.equal([]);
      editor.theme = 'dark';
      await drawn(editor);
      expect(isDark(editor) && editor.getAttribute('theme') === 'dark').to.equal(true);
    });

    it('[E272] theme="auto" follows the page, and its changes, in an element of any kind', async () => {
      const editor = await show((one) => one.setAttribute('theme', 'auto'));
      const alone = document.createElement('xxgk-report-table');
      alone.theme = 'auto';
      place(alone);
      await drawn(alone);
      const both = (dark: boolean) => (): boolean => isDark(editor) === dark && isDark(alone) === dark;
      expect(both(false)(), 'a page that says nothing is light').to.equal(true);
      root.style.colorScheme = 'dark';
      await until(both(true), 'dark like the page');
      expect(style(editor).colorScheme).to.equal('dark');
      root.style.colorScheme = 'light';
      await until(both(false), 'light again');
    });

    it('[E272] theme="auto" is dark at once in a page that is dark, and after it was hidden while the page changed', async () => {
      root.style.colorScheme = 'dark';
      const editor = await show((one) => {
        one.theme = 'auto';
        one.hidden = true;
      });
      expect(isDark(editor)).to.equal(true);
      root.style.colorScheme = 'light';
      await settled();
      editor.hidden = false;
      await until(() => !isDark(editor), 'light like the page');
    });

    if (ONLY_CHROMIUM)
      it('[E272] theme="auto" follows the system only where the page does', async () => {
        await media({ features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
        const editor = await show((one) => (one.theme = 'auto'));
        expect(isDark(editor), 'a light page of a person who likes dark').to.equal(false);
        root.style.colorScheme = 'light dark';
        await until(() => isDark(editor), 'dark');
        await media({ features: [{ name: 'prefers-color-scheme', value: 'light' }] });
        await until(() => !isDark(editor), 'light');
      });

    it('[E273] axe finds nothing in dark, fields of the browser included', async () => {
      const editor = await showWrong((one) => (one.theme = 'dark'));
      await push(editor, '检查');
      await expectAccessible(editor);
    });

    for (const theme of ['light', 'dark'] as const)
      it(`[E273] what stands in the active cell is text on the ground of the cell, ${theme}`, async () => {
        const editor = await showWrong((one) => (one.theme = theme));
        const field = input(editor, received());
        await click(field);
        expect(field.selectionEnd, 'it is selected').to.equal(2);
        const { color, backgroundColor } = style(field, '::selection');
        expect([color, backgroundColor]).to.deep.equal([style(field).color, 'rgba(0, 0, 0, 0)']);
      });

    if (ONLY_CHROMIUM)
      it('[E272] on paper it is dark on white', async () => {
        const editor = await show((one) => (one.theme = 'dark'));
        await media({ type: 'print' });
        expect(isDark(editor)).to.equal(false);
      });
  });

  if (ONLY_CHROMIUM)
    describe('forced colours', () => {
      const forced = (scheme: string): Promise<void> =>
        media({
          features: [
            { name: 'forced-colors', value: 'active' },
            { name: 'prefers-color-scheme', value: scheme },
          ],
        });

      /** What is seen of an element without any colour: which of its points are light. */
      async function shape(element: Element): Promise<boolean[]> {
        await settled();
        const { left, top, width, height } = element.getBoundingClientRect();
        const clip = { x: left + scrollX, y: top + scrollY, width, height, scale: 1 };
        const { data } = await cdp<{ data: string }>('Page.captureScreenshot', { clip });
        const image = new Image();
        image.src = `data:image/png;base64,${data}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        const points = context.getImageData(0, 0, canvas.width, canvas.height).data;
        return Array.from({ length: points.length / 4 }, (_, at) => {
          const [red, green, blue] = points.slice(at * 4, at * 4 + 3) as unknown as [number, number, number];
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 110;
        });
      }

      /** How many points differ; what is not of the same size differs wholly. */
      const differing = (one: readonly boolean[], other: readonly boolean[]): number =>
        one.length === other.length ? one.filter((point, at) => point !== other[at]).length : one.length;

      for (const scheme of ['dark', 'light'])
        it(`[E274] every state of a cell is seen without colour, in both grids, on ${scheme}`, async () => {
          await forced(scheme);
          const editor = await showWrong((one) => (one.theme = 'dark'));
          const plain = granted('social');
          const seen = async (id: CellId): Promise<boolean[]> => {
            cell(editor, id).scrollIntoView({ block: 'center', behavior: 'instant' });
            return shape(cell(editor, id));
          };
          for (const grid of ['table', 'handsontable']) {
            if (grid === 'handsontable') await spreadsheet(editor);
            await click(cell(editor, granted('natural-person')));
            const calm = await seen(plain);
            expect(calm.filter(Boolean).length, 'the lines around a cell').to.not.be.oneOf([0, calm.length]);
            const states: Record<string, boolean[]> = {
              must: await seen(received()),
              format: await seen(granted('enterprise')),
              computed: await seen(granted('total')),
            };
            await click(cell(editor, granted('research')));
            states['active'] = await seen(granted('research'));
            await press('Shift+ArrowRight');
            states['selected'] = await seen(plain);
            for (const [name, points] of Object.entries(states))
              expect(differing(calm, points), `${name}, ${grid}`).to.be.above(20);
            const names = Object.keys(states);
            names.forEach((name, at) =>
              names
                .slice(at + 1)
                .forEach((other) =>
                  expect(
                    differing(states[name]!, states[other]!),
                    `${name} and ${other}, ${grid}`,
                  ).to.be.above(20),
                ),
            );
          }
        });

      it('[E274] a merged cell keeps its stripes, what is disabled is told apart, the main button can be read', async () => {
        await forced('dark');
        const editor = await show(
          (one) =>
            (one.value = payload(
              0,
              { 'requests/other.fee-overdue/natural-person': null },
              { draft: true, marks: { 'requests/other.fee-overdue/natural-person': { kind: 'merged' } } },
            )),
        );
        const merged = cell(editor, 'requests/other.fee-overdue/natural-person');
        merged.scrollIntoView({ block: 'center', behavior: 'instant' });
        const points = await shape(merged);
        expect(points.filter(Boolean).length / points.length).to.be.within(0.1, 0.5);
        const check = button(editor, '检查');
        expect(style(check).color).to.not.equal(style(check).backgroundColor);
        const colours = ['撤销', '导入…'].map((text) => style(button(editor, text)).color);
        expect(colours[0]).to.not.equal(colours[1]);
      });

      it('[E274] axe finds nothing, and focus has a frame on every control', async () => {
        await forced('dark');
        const editor = await showWrong();
        await push(editor, '检查');
        await expectAccessible(editor);
        const frames: string[] = [];
        editor.shadowRoot!.querySelector<HTMLElement>('.head .name')!.focus();
        for (let count = 0; count < 12; count += 1) {
          await press('Tab');
          let element: Element = document.activeElement!;
          while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          const { outlineStyle, outlineWidth } = style(element);
          if (outlineStyle === 'none' || outlineWidth === '0px') frames.push(element.outerHTML);
        }
        expect(frames).to.deep.equal([]);
      });
    });

  describe('density', () => {
    const rows = (editor: Editor): number[] =>
      tables(editor).flatMap((table) =>
        Array.from(
          table.shadowRoot!.querySelectorAll('.table-grid td:not([role])'),
          (one) => one.getBoundingClientRect().height,
        ),
      );
    const height = (editor: Editor): number =>
      tableOf(editor, received()).shadowRoot!.querySelector('.table-grid table')!.getBoundingClientRect()
        .height;

    it('[E275] compact shows a quarter more of 表三; no row, button or label is lower than 24 px, in both grids', async () => {
      const editor = await showWrong();
      expect(Math.min(...rows(editor)), 'comfortable').to.be.at.least(36);
      const before = height(editor);
      editor.density = 'compact';
      await drawn(editor);
      expect(editor.getAttribute('density')).to.equal('compact');
      const after = height(editor);
      expect(before / after).to.be.above(1.25);
      for (const grid of ['table', 'handsontable']) {
        if (grid === 'handsontable') await spreadsheet(editor);
        expect(Math.abs(height(editor) - after), grid).to.be.below(2);
        const low = search(editor, 'button, label, select, td').filter((one) => {
          const box = one.getBoundingClientRect();
          return box.height > 0 && box.height < 24;
        });
        expect(low.map((one) => `${one.getBoundingClientRect().height} ${one.outerHTML}`)).to.deep.equal([]);
      }
    });

    it('[E275] the frame of the spreadsheet grid moves along', async () => {
      const editor = await showWrong();
      await spreadsheet(editor);
      await click(cell(editor, granted('research')));
      const frame = (): number =>
        tableOf(editor, received()).shadowRoot!.querySelector('.wtBorder.current')!.getBoundingClientRect()
          .top - cell(editor, granted('research')).getBoundingClientRect().top;
      expect(Math.abs(frame())).to.be.below(3);
      editor.density = 'compact';
      await drawn(editor);
      await until(() => Math.abs(frame()) < 3, 'the frame at its cell');
    });

    it('[E275] a cell with a second line keeps the room for it', async () => {
      const editor = await show((one) => {
        one.density = 'compact';
        one.value = payload(0, { 'disclosure/fees/amount': 7730.28 });
      });
      for (const grid of ['table', 'handsontable']) {
        if (grid === 'handsontable') await spreadsheet(editor);
        const fees = cell(editor, 'disclosure/fees/amount');
        expect(fees.dataset['line'], grid).to.equal('aside');
        expect(fees.getBoundingClientRect().height, grid).to.be.at.least(36);
      }
    });

    it('[E275] a table that stands alone has it too, and axe finds nothing', async () => {
      const alone = document.createElement('xxgk-report-table');
      alone.setAttribute('density', 'compact');
      place(alone);
      await drawn(alone);
      expect(Math.min(...rows(alone))).to.be.within(24, 30);
      await expectAccessible(alone);
    });

    for (const [width, heightOfWindow] of [
      [1366, 768],
      [911, 512],
    ] as const)
      it(`[E277] compact and dark, it fits a window of ${width} by ${heightOfWindow}`, async () => {
        await viewport(width, heightOfWindow);
        try {
          const editor = await showWrong((one) => {
            one.theme = 'dark';
            one.density = 'compact';
          });
          await push(editor, '检查');
          expect(new Findings(editor).sentences.length).to.be.above(0);
          expect(root.scrollWidth).to.be.at.most(width);
          const visible = editor.shadowRoot!.querySelector('.status-bar')!.getBoundingClientRect();
          expect(visible.bottom).to.be.at.most(heightOfWindow);
        } finally {
          await viewport(1280, 900);
        }
      });
  });
});
