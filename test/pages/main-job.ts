/**
 * What a clerk does with the element in a host's form, from an imported document to the signed report in the host's
 * hands and the draft after a reload: by mouse and keyboard, wherever the form stands.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ElementHandle } from 'puppeteer-core';
import { FORMATS } from '../../src/format/formats.ts';
import { payloadFrom } from '../fixtures/reports.ts';
import { ROOT, type OpenPage } from './page-fixture.ts';

const RECEIVED = 'requests/received/natural-person';
const CARRIED = 'requests/carried-over/natural-person';
const FORWARD = 'requests/carried-forward/natural-person';
const GRANTED = 'requests/granted/natural-person';

/** Zero in every cell but those given; totals are added up. */
const report = (year: number, cells: Readonly<Record<string, number | null>>): object =>
  payloadFrom({
    organization: '示例单位',
    year,
    format: '2021',
    cells: { ...Object.fromEntries(FORMATS['2021'].inputs.map(({ id }) => [id, 0])), ...cells },
  });

/** All but one cell is filled in, and 上年结转 is two more than last year's report says. */
const THIS_YEAR = report(2024, { [RECEIVED]: null, [CARRIED]: 5, [GRANTED]: 3, [FORWARD]: 5 });
const LAST_YEAR = report(2023, { [RECEIVED]: 3, [FORWARD]: 3 });

export interface Handed {
  readonly draft?: true;
  readonly tables: Readonly<
    Record<'requests' | 'disclosure', Readonly<Record<string, Readonly<Record<string, number | null>>>>>
  >;
  readonly explanations: readonly { readonly kind: string; readonly text?: string }[];
  readonly signOff: { readonly filledBy?: string; readonly at: string };
}

/** This year's report and last year's, as a host gives them. */
export async function giveReports(page: OpenPage): Promise<void> {
  await page.page.evaluate(
    async (value, previous) => {
      const editor = document.querySelector('xxgk-annual-report')!;
      editor.value = value;
      editor.previous = previous;
      await editor.updateComplete;
    },
    THIS_YEAR,
    LAST_YEAR,
  );
}

/** The value as the host reads it. */
export const valueOf = (page: OpenPage): Promise<Handed> =>
  page.page
    .evaluate(() => document.querySelector('xxgk-annual-report')!.value)
    .then((text) => JSON.parse(text) as Handed);

const KEY = 'non-commercial-and-evaluation';

/** The licence key is the test's, as it would be the host's. */
export async function useSpreadsheet(page: OpenPage): Promise<void> {
  await page.page.evaluate((key) => {
    document.querySelector('xxgk-annual-report')!.licenseKey = key;
  }, KEY);
  await page.until(() => {
    const tables = document
      .querySelector('xxgk-annual-report')!
      .shadowRoot!.querySelectorAll('xxgk-report-table');
    return tables.length === 3 && [...tables].every((table) => table.gridInUse === 'handsontable');
  });
}

/** Opens 导入…, gives it a file, and waits for what it recognised. */
export async function showDocument(page: OpenPage, file: string): Promise<void> {
  await page.click('button#import');
  await page.untilText('选择文件…');
  const chooser = await page.find('dialog.import input[type="file"]');
  await (chooser as unknown as ElementHandle<HTMLInputElement>).uploadFile(
    join(ROOT, 'test/fixtures/documents', file),
  );
  await page.untilText('识别');
}

async function closeDialog(page: OpenPage, button: string): Promise<void> {
  await page.click('dialog.import .foot-of-dialog button', button);
  await page.until(
    () => document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('dialog[open]') === null,
  );
}

/** Enters a number, in whichever grid is on screen. */
async function enter(page: OpenPage, cell: string, text: string): Promise<void> {
  const isSheet = await page.page.evaluate((id) => {
    const table = document
      .querySelector('xxgk-annual-report')!
      .shadowRoot!.querySelector<HTMLElement & { gridInUse: string; focusCell(id: string): void }>(
        `[table="${id.split('/')[0]!}"]`,
      )!;
    // Its one field lies where the active cell is.
    if (table.gridInUse === 'handsontable') table.focusCell(id);
    return table.gridInUse === 'handsontable';
  }, cell);
  if (!isSheet) {
    await page.type(cell, text);
    return;
  }
  await page.page.keyboard.type(text);
  await page.page.keyboard.press('Enter');
}

async function downloaded(folder: string): Promise<string> {
  const end = Date.now() + 8_000;
  for (;;) {
    const name = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith('.json')) : undefined;
    const text = name === undefined ? '' : readFileSync(join(folder, name), 'utf8');
    if (text !== '') return text;
    if (Date.now() > end) throw new Error(`Nothing was downloaded into ${folder}.`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Before a page's own scripts: what is done now was done at one time, so that it is written the same each time. */
export const AT_ONE_TIME = `Date = new Proxy(Date, {
  construct: (own, given, as) => Reflect.construct(own, given.length > 0 ? given : [1795852800000], as),
});`;

export interface Ground {
  /** Whether a PDF is read too, which loads the largest part. */
  readonly pdf?: boolean;
  /** Where the browser puts what is downloaded; undefined where it puts it nowhere. */
  readonly downloads?: string;
  /** Called after the page was loaded, each time. */
  readonly prepare?: ((page: OpenPage) => Promise<void>) | undefined;
  /** Called before the page is left. */
  readonly leaving?: () => Promise<void>;
}

/**
 * The whole job, on a page that is open: its form has the element or its text field with `name="report"`, and its script
 * shows what it was sent in `#sent`. Gives what the host was handed.
 */
export async function doMainJob(
  page: OpenPage,
  { downloads, prepare, leaving, pdf = false }: Ground = {},
): Promise<Handed> {
  await page.ready();
  await prepare?.(page);

  await showDocument(page, 'report.docx');
  await closeDialog(page, '导入');
  const imported = (await valueOf(page)).tables.disclosure['rules']!['issued'];
  expect(imported, 'imported from a document').to.be.a('number');
  if (pdf) {
    await showDocument(page, 'requests.pdf');
    await closeDialog(page, '取消');
  }

  await giveReports(page);
  await enter(page, RECEIVED, '3');
  expect((await valueOf(page)).tables.requests['received']!['natural-person']).to.equal(3);
  await page.click('button', '检查');
  await page.untilText('有 2 处需要处理');
  await page.click('button', '说明原因');
  await (await page.find('.finding textarea')).type('上年漏计两件');
  await page.click('button', '保存说明');
  await page.untilText('有 1 处需要处理');
  await page.click('button', '确认无误');
  await page.untilText('检查通过');
  await page.click('button', '复制');
  await page.untilText('已复制三张表');
  await page.untilText('草稿已暂存于本浏览器');
  if (downloads !== undefined) {
    await page.click('button', '下载备份');
    expect(JSON.parse(await downloaded(downloads))).to.deep.equal(await valueOf(page));
  }

  await page.click('#submit');
  // The view takes the focus when it is drawn.
  await page.until(
    () =>
      document.querySelector('xxgk-annual-report')!.shadowRoot!.activeElement?.textContent === '核对并提交',
  );
  await (await page.find('.signers input')).type('张三');
  await page.click('button', '确认提交');
  await page.untilText('已交由页面提交');
  await page.until(() => document.querySelector('#sent')!.textContent !== '');
  const sent = await page.page.evaluate(() => document.querySelector('#sent')!.textContent!);
  const handed = JSON.parse(sent.slice(sent.indexOf('report = ') + 'report = '.length)) as Handed;
  expect(handed.draft).to.equal(undefined);
  expect(handed.tables.requests['received']!['natural-person']).to.equal(3);
  expect(handed.explanations.map(({ kind }) => kind).sort()).to.deep.equal(['confirmed', 'explained']);
  expect(handed.signOff.filledBy).to.equal('张三');

  await leaving?.();
  await page.page.reload();
  await page.ready();
  await prepare?.(page);
  await page.click('button', '恢复草稿');
  expect((await valueOf(page)).explanations).to.deep.equal(handed.explanations);
  return handed;
}
