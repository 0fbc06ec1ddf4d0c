/**
 * Printing, as it is shipped: the standalone page and a host's page printed by the browser, the frame that `print` opens,
 * and what stands in the files that come of it. Every text is read back from the PDF.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { readDocument } from '../../src/documents/read-document.ts';
import { FORMATS } from '../../src/format/formats.ts';
import type { FormatVersion } from '../../src/format/format.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';
const MARK = '未通过校验';
const PROBE = `<img src=x onerror="document.title='run'">示例县"&'局`;

/** What a font may say in the place of the usual character. */
const LOOK_ALIKES = '⺠民⻅见⻓长⻚页⻔门⻛风⻜飞⻢马⻉贝⻋车⻘青⻝食⻰龙⻬齐⻄西';

function usual(text: string): string {
  return text
    .replace(/[\s\u200b]+/g, '')
    .replace(/[\u2f00-\u2fdf]/g, (character) => character.normalize('NFKC'))
    .replace(/[\u2e80-\u2eff]/g, (character) => LOOK_ALIKES[LOOK_ALIKES.indexOf(character) + 1]!);
}

interface PrintedPage {
  readonly width: number;
  readonly height: number;
  /** Its texts in the order in which they are drawn, without spaces. */
  readonly text: string;
  /** Every run of digits with its decimals, in that order. */
  readonly numbers: readonly string[];
  readonly smallest: number;
}

async function pagesOf(pdf: Uint8Array): Promise<PrintedPage[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const pages: PrintedPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [, , width, height] = page.view as [number, number, number, number];
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => ('str' in item ? [item] : []));
    const text = texts.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join('');
    pages.push({
      width,
      height,
      text: usual(text),
      numbers: text.match(/\d+(?:\.\d+)?/g) ?? [],
      smallest: Math.min(
        ...texts
          .filter(({ str }) => str.trim() !== '')
          .map(({ transform }) => Math.hypot(transform[2] as number, transform[3] as number)),
      ),
    });
  }
  await task.destroy();
  return pages;
}

/** A report in which every input holds another number of six digits, as no other text has; and what its cells say. */
function numbered(
  version: FormatVersion,
  digits = 100_000,
): { payload: Record<string, unknown>; numbers: string[][] } {
  const format = FORMATS[version];
  const cells = new Map<string, bigint>();
  format.inputs.forEach(({ id }, index) => cells.set(id, BigInt(digits + 101 + index)));
  for (const { id, operands } of format.derived)
    cells.set(
      id,
      operands!.reduce((sum, operand) => sum + cells.get(operand)!, 0n),
    );
  const tables: Record<string, Record<string, Record<string, number>>> = {};
  for (const { id, table, row, column, operands } of format.cells)
    if (operands === undefined) ((tables[table] ??= {})[row] ??= {})[column] = Number(cells.get(id));
  return {
    payload: {
      schema: 'xxgk-annual-report/1',
      draft: true,
      format: version,
      year: version === '2021' ? 2024 : 2020,
      organization: { name: '示例县教育局' },
      tables,
    },
    numbers: format.tables.map((table) => table.cells.map(({ id }) => String(cells.get(id)))),
  };
}

const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(ROOT, `demo/samples/${name}.json`), 'utf8')) as Record<string, unknown>;

async function give(opened: OpenPage, report: object, previous?: object): Promise<void> {
  await opened.ready();
  const said = await opened.page.evaluate(
    async (text, last) => {
      const editor = document.querySelector('xxgk-annual-report')!;
      const said = [
        await editor.openReport(text, '试印'),
        last === undefined ? undefined : await editor.openPrevious(last),
      ];
      await editor.updateComplete;
      return said.filter((one) => one !== undefined && one !== null);
    },
    JSON.stringify(report),
    previous === undefined ? undefined : JSON.stringify(previous),
  );
  expect(said).to.deep.equal([]);
}

/** The page as the browser prints it; what prints is loaded after the paint. */
async function printed(opened: OpenPage): Promise<PrintedPage[] & { pdf?: Uint8Array }> {
  const end = Date.now() + 8_000;
  for (;;) {
    const pdf = await opened.page.pdf({ preferCSSPageSize: true });
    const pages = await pagesOf(pdf);
    if (pages.some(({ text }) => text.includes('送审单')) || Date.now() > end)
      return Object.assign(pages, { pdf });
  }
}

const inOrder = (all: readonly string[], wanted: readonly string[]): string[] => {
  const known = new Set(wanted);
  return all.filter((one) => known.has(one));
};

/** Its fonts do not say what a Chinese character is: the sheets are known by a number. */
async function printedWith(opened: OpenPage, number: string): Promise<PrintedPage[]> {
  const end = Date.now() + 8_000;
  for (;;) {
    const pages = await pagesOf(await opened.page.pdf({ preferCSSPageSize: true }));
    if (pages.some(({ numbers }) => numbers.includes(number)) || Date.now() > end) return pages;
  }
}

if (BROWSERS.includes('chromium'))
  describe('paper in chromium', { timeout: 90_000 }, () => {
    const browser = new TestBrowser('chromium');
    let site: Site;
    let incomplete: Site;
    before(async () => {
      site = await serveSite();
      incomplete = await serveSite(['/dist/xxgk-annual-report.printing.js']);
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
      await incomplete.close();
    });

    it('[E305, E306, E307, X78] the standalone page is printed as A4 sheets with every number in its place, marked while it is wrong', async () => {
      const opened = await browser.open(site.url);
      await opened.begin();
      const { payload, numbers } = numbered('2021');
      await give(opened, payload);
      const pages = await printed(opened);
      for (const page of pages) {
        expect([Math.round(page.width), Math.round(page.height)]).to.deep.equal([595, 842]);
        expect(page.text).to.include(MARK);
        expect(page.text).to.not.include('检查').and.not.include('导出JSON');
        expect(page.smallest).to.be.greaterThan(7.9);
      }
      const { tables } = FORMATS['2021'];
      tables.forEach(({ title, layout }, index) => {
        const page = pages[index]!;
        expect(page.text).to.include(title);
        expect(inOrder(page.numbers, numbers[index]!), title).to.deep.equal(numbers[index]);
        for (const cell of layout.rows.flat())
          if ('heading' in cell) expect(page.text).to.include(cell.heading.replace(/\s/g, ''));
      });
      const [first, , third, review] = pages;
      expect(first!.text).to.match(/填报单位：示例县教育局.*报告年度：20\d\d年/);
      expect(third!.text).to.match(
        /填报人：审核人：负责人（签字）：单位公章：填报日期：年月日签字日期：年月日/,
      );
      expect(review!.text).to.match(/^[\d/]*(未通过校验)?送审单/);
      expect(review!.text).to.include('必须修改').and.include('T3-01').and.include('表格核对码sha256:');
      expect(opened.complaints).to.deep.equal([]);
      // The reader of other people's documents finds the one report that was printed, each number in its cell.
      const read = await readDocument({ bytes: pages.pdf!, name: '试印.pdf' });
      const cells = read.ok
        ? read.readings.map((reading) => Array.from(reading.cells, ([id, { raw }]) => [id, raw]))
        : [];
      expect(cells.map((one) => Object.fromEntries(one))).to.deep.equal([
        Object.fromEntries(FORMATS['2021'].cells.map(({ id }, index) => [id, numbers.flat()[index]!])),
      ]);
    });

    it('[E306, E307, E309, E315] a report with nothing to correct has no mark, with last year its comparison, and what was typed last is on it', async () => {
      const opened = await browser.open(site.url);
      await opened.begin();
      await give(opened, sample('city-2024'), sample('city-2023'));
      const pages = await printed(opened);
      expect(pages.map(({ text }) => text).join()).to.not.include(MARK);
      const review = pages
        .slice(3)
        .map(({ text }) => text)
        .join('');
      expect(review).to.include('通过校验：没有必须修改的问题');
      expect(review).to.include('办理情况流向图').and.include('与上年比较（总计列）');
      for (const text of ['本年3525上年3511', '本年1431上年1191', '本年469上年341'])
        expect(review).to.include(text);
      // What is about to be handed on is printed as it is seen, and so would be the receipt.
      await opened.page.evaluate(() => document.querySelector('xxgk-annual-report')!.submit());
      await opened.untilText('核对并生成报送文件');
      const answers = await pagesOf(await opened.page.pdf());
      expect(answers.map(({ text }) => text).join(''))
        .to.include('核对并生成报送文件')
        .and.not.include('单位公章');
      await opened.click('button', '返回修改');
      // A cell that is still open belongs to what is printed.
      await opened.type(CELL, '987654', { enter: false });
      const again = await printed(opened);
      expect(again[1]!.numbers).to.include('987654');
      expect(again.every(({ text }) => text.includes(MARK))).to.equal(true);
      expect(
        await opened.page.evaluate(() =>
          document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('.paper'),
        ),
      ).to.equal(null);
    });

    it('[E347, E349, E350] without last year, and with a signature that has lapsed, the sheets say so; the head signs by hand', async () => {
      const opened = await browser.open(site.url);
      await opened.begin();
      const at = '2026-01-12T04:00:00Z';
      const report = {
        ...(sample('city-2024') as object),
        signOff: { filledBy: '张三', approvedBy: '王五', at: '2026-01-15' },
        explanations: [
          {
            rule: 'Y-01',
            cells: [CELL],
            values: `sha256:${'1'.repeat(64)}`,
            kind: 'explained',
            text: '上年漏计',
            at,
          },
        ],
      };
      await give(opened, report);
      const before = await printed(opened);
      const signing = before.find(({ text }) => text.includes('单位公章'))!.text;
      expect(signing).to.match(/负责人（签字）：（王五）.*填报日期：2026年1月15日签字日期：年月日/);
      const review = before.map(({ text }) => text).join('');
      expect(review).to.include('上年报告未打开，未与上年核对。').and.include('以前的说明');
      expect(review)
        .to.include('说明：上年漏计Y-01，')
        .and.include('单位类别')
        .and.include('年度报告的其他部分不在其中');
      expect(review).to.not.include('已失效');
      // As the editor writes it, and then a figure changed in a text editor.
      const text = await opened.page.evaluate(() => document.querySelector('xxgk-annual-report')!.value);
      const changed = text.replace(
        /"coercive-measures":{"decisions":\d+}/,
        '"coercive-measures":{"decisions":987654}',
      );
      expect(changed).to.not.equal(text);
      const said = await opened.page.evaluate(
        async (altered) => document.querySelector('xxgk-annual-report')!.openReport(altered, '改过'),
        changed,
      );
      expect(said ?? '').to.equal('');
      const shown = await opened.untilText('签发（2026-01-15）已失效');
      expect(shown.split('与其核对码不一致').length, 'said once').to.equal(2);
      const pages = await printed(opened);
      const lapsed = pages.filter(({ text: one }) => one.includes('签发（2026-01-15）已失效'));
      expect(lapsed.some(({ text: one }) => one.includes('单位公章'))).to.equal(true);
      expect(lapsed.some(({ text: one }) => one.includes('送审单'))).to.equal(true);
      expect(pages.map(({ text: one }) => one).join('')).to.match(/填报日期：年月日签字日期：年月日/);
    });

    it('[E309] a page of a host is printed with what is its own, and with the sheets in the place of the editor', async () => {
      const opened = await browser.open(`${site.url}/demo/cms-form.html`);
      await give(opened, sample('wrong'));
      const text = (await printed(opened)).map((page) => page.text).join('');
      expect(text).to.include('编辑栏目：政府信息公开年报').and.include('收到的数据');
      expect(text).to.include('单位公章：').and.include('送审单').and.include(MARK);
      expect(text).to.not.include('下载备份').and.not.include('未填完：');
      expect(await opened.text())
        .to.include('下载备份')
        .and.not.include('单位公章');
      expect(opened.complaints).to.deep.equal([]);
    });

    it('[E312] names and texts stand on it as they were typed, and nothing of them runs', async () => {
      const opened = await browser.open(site.url);
      await opened.begin();
      const report = sample('wrong') as {
        organization: object;
        remarks?: object;
        signOff?: object;
        marks: object;
      };
      report.organization = { name: PROBE };
      report.signOff = { filledBy: PROBE };
      report.remarks = [{ cell: CELL, text: PROBE }];
      await give(opened, report);
      await opened.type('disclosure/licensing/decisions', '</td><b>许多');
      const text = (await printed(opened)).map((page) => page.text).join('');
      // Unit, title, three sheets, signer, remark.
      expect(text.split(PROBE.replace(/\s/g, '')).length - 1).to.be.at.least(7);
      expect(text).to.include('</td><b>许多');
      expect(await opened.page.title()).to.not.equal('run');
    });

    it('[E314] numbers that do not fit beside each other are turned upright: none is cut, headings are on every sheet', async () => {
      const opened = await browser.open(site.url);
      await opened.begin();
      const { payload, numbers } = numbered('2021', 123_456_789_000);
      await give(opened, payload);
      const pages = await printed(opened);
      const sheets = pages.filter(({ text }) => text.includes('申请人情况'));
      expect(sheets.length).to.be.greaterThan(1);
      const drawn = sheets.map(({ text }) => text).join('');
      for (const number of numbers[1]!) expect(drawn).to.include(number);
      for (const { text } of sheets)
        for (const heading of ['自然人', '法律服务机构', '总计']) expect(text).to.include(heading);
      expect(Math.min(...pages.map(({ smallest }) => smallest))).to.be.greaterThan(7.9);
    });

    it('[E308] `print` prints a frame of its own and leaves the page as it is, in Chinese, under a strict policy', async () => {
      for (const demo of ['strict-csp', 'trusted-types']) {
        const opened = await browser.open(`${site.url}/demo/${demo}.html`);
        await give(opened, sample('wrong'));
        await opened.page.evaluate(async () => {
          const editor = document.querySelector('xxgk-annual-report')!;
          editor.lang = 'en';
          await editor.updateComplete;
        });
        const sheet = await opened.page.evaluate(async () => {
          const editor = document.querySelector('xxgk-annual-report')!;
          let own = 0;
          window.addEventListener('beforeprint', () => (own += 1));
          const said = (await editor.print()) ?? '';
          // Once more: the frame of before is gone.
          await editor.print();
          const frames = editor.shadowRoot!.querySelectorAll('iframe');
          const paper = frames[0]!.contentDocument!;
          const rules = paper.adoptedStyleSheets.flatMap(({ cssRules }) =>
            Array.from(cssRules, ({ cssText }) => cssText),
          );
          return {
            said,
            own,
            frames: frames.length,
            title: paper.title,
            rules,
            markup: paper.body.innerHTML,
          };
        });
        expect([sheet.said, sheet.own, sheet.frames]).to.deep.equal(['', 0, 1]);
        expect(sheet.title).to.equal('示例区人民政府2023年政府信息公开工作年度报告');
        expect(opened.complaints).to.deep.equal([]);
        expect(sheet.markup)
          .to.include('送审单')
          .and.not.match(/Flow|problems/);
        if (demo !== 'strict-csp') continue;
        const paper = await browser.open(`${site.url}/blank`);
        await paper.page.setContent(`<style>${sheet.rules.join('\n')}</style>${sheet.markup}`);
        const pages = await pagesOf(await paper.page.pdf({ preferCSSPageSize: true }));
        expect([Math.round(pages[0]!.width), Math.round(pages[0]!.height)]).to.deep.equal([595, 842]);
        expect(pages.every(({ text }) => text.includes(MARK))).to.equal(true);
        expect(pages[3]!.text).to.include('送审单').and.include('必须修改2');
      }
    });

    it('[E313] where a frame may open no windows, and where its file was not copied, it says so', async () => {
      const other = await browser.open(`${incomplete.url}/demo/cms-form.html`);
      await other.ready();
      expect(
        await other.page.evaluate(() => document.querySelector('xxgk-annual-report')!.print()),
      ).to.include('打印功能没有载入');
      await other.untilText('打印功能没有载入');
      await other.type(CELL, '3');
      expect(await other.shown(CELL)).to.include('3');
      const boxed = await browser.open(`${site.url}/blank`);
      await boxed.page.evaluate(() => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
        frame.src = '/demo/cms-form.html';
        document.body.append(frame);
      });
      const inner = await boxed.page.waitForFrame((frame) => frame.url().endsWith('cms-form.html'));
      boxed.frame = inner;
      await boxed.ready();
      expect(await inner.evaluate(() => document.querySelector('xxgk-annual-report')!.print())).to.include(
        '没有打开打印窗口',
      );
    });
  });

if (BROWSERS.includes('firefox'))
  describe('paper in firefox', { timeout: 90_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'paper-'));
    const file = join(folder, 'paper.pdf');
    // Its printer writes a file and asks nobody.
    const printer = 'print.printer_Mozilla_Save_to_PDF.print_to';
    const browser = new TestBrowser('firefox', {
      preferences: {
        'print.always_print_silent': true,
        print_printer: 'Mozilla Save to PDF',
        [`${printer}_file`]: true,
        [`${printer}_filename`]: file,
      },
    });
    let site: Site;
    before(async () => {
      site = await serveSite();
    });
    after(async () => {
      await browser.close();
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** It is whole when it ends as a PDF does. */
    async function fileWritten(): Promise<Uint8Array> {
      const end = Date.now() + 15_000;
      for (;;) {
        const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
        if (bytes.subarray(-32).includes('%%EOF')) return bytes;
        if (Date.now() > end) throw new Error('Nothing was printed.');
        await new Promise((done) => setTimeout(done, 50));
      }
    }

    it('[E308] `print` sends the sheets to the printer, with every number in its order, and nothing of the page', async () => {
      const opened = await browser.open(`${site.url}/demo/strict-csp.html`);
      const { payload, numbers } = numbered('2021');
      await give(opened, payload);
      expect(
        await opened.page.evaluate(
          async () => (await document.querySelector('xxgk-annual-report')!.print()) ?? '',
        ),
      ).to.equal('');
      const pages = await pagesOf(await fileWritten());
      expect(pages.length).to.equal(4);
      numbers.forEach((table, index) => {
        expect(inOrder(pages[index]!.numbers, table)).to.deep.equal(table);
      });
      expect(opened.complaints).to.deep.equal([]);
      await opened.page.close();
    });

    it('[E305] the standalone page is printed as the same sheets, in the format of 2019 too', async () => {
      const opened = await browser.open(site.url);
      await opened.begin();
      const { payload, numbers } = numbered('2019');
      await give(opened, payload);
      const pages = await printedWith(opened, numbers[0]![0]!);
      expect(pages.length).to.equal(4);
      numbers.forEach((table, index) => {
        expect(inOrder(pages[index]!.numbers, table)).to.deep.equal(table);
      });
    });
  });
