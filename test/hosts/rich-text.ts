/**
 * The editors of web pages: what 复制 and Ctrl+C put on the clipboard is pasted by the keyboard, saved by the form, and
 * compared with the report cell by cell: by where it stands, and by our own reader.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElementHandle } from 'puppeteer-core';
import { payloadOfReading, readDocument } from '../../src/core.ts';
import { FORMATS } from '../../src/format/formats.ts';
import {
  differingPlaces,
  numberedReport,
  printedTables,
  tablesOf,
  type PrintedPayload,
} from '../pages/printed-tables.ts';
import { ROOT, type OpenPage, type TestBrowser } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import { openHost } from './desk.ts';
import type { Host } from './host.ts';
import { startServer } from './serve.ts';
import { usableAfter } from './usable.ts';

/** Editors by the paths of the server; `ueditor` of npm is a server for UEditor, and brings 1.4.3 along as its example. */
const PACKAGES: Readonly<Record<string, string>> = {
  tinymce: 'tinymce@8.9.2',
  ckeditor5: 'ckeditor5@48.5.2',
  wangeditor: '@wangeditor/editor@5.1.23',
  ueditor: 'ueditor@1.2.3',
};

/** Where a person types: an element of the page, or a frame of the editor. */
const FIELDS: Readonly<Record<string, string>> = {
  tinymce: 'iframe.tox-edit-area__iframe',
  ckeditor5: '.ck-editor__editable',
  wangeditor: '#editor [contenteditable="true"]',
  ueditor: '#ueditor_0',
};

const TYPED = '以上数据真实有效';

export const host: Host = {
  name: 'rich-text',
  needs: `${Object.values(PACKAGES).join(', ')} from npm`,
  async run(tools) {
    const list = new Checklist();
    const modules = await tools.install.npm(Object.values(PACKAGES), { alone: true });
    const port = await tools.freePort();
    const url = `http://127.0.0.1:${port}/`;
    const program = join(ROOT, 'demo/hosts/rich-text/server.mjs');
    for (const name of tools.browsers) {
      const folder = join(tools.scratch, name);
      mkdirSync(folder);
      const args = [program, String(port), folder, modules];
      const server = await startServer(process.execPath, args, { url, cwd: folder });
      const browser = tools.browser(name);
      for (const [editor, version] of Object.entries(PACKAGES)) {
        const clerk = new Clerk(browser, `${url}${editor}`, editor, join(folder, editor));
        const check = async (what: string, run: () => Promise<void>): Promise<void> => {
          await list.check(what, name, run);
          await browser.closePages();
        };
        await check(`[E281] ${version}: the three tables pasted and saved, each text in its place`, () =>
          clerk.pastesReport(),
        );
        await check(
          `[E282] ${version}: our reader reads the same report, its JSON lies in a field of its own`,
          () => clerk.readsBack(),
        );
        await check(`[E283] ${version}: opened again, changed and saved, it is still there`, () =>
          clerk.savesAgain(),
        );
        await check(`[E284] ${version}: a block of cells by Ctrl+C`, () => clerk.pastesBlock());
        if (name === tools.browsers[0]) list.usable(clerk.usable);
        if (clerk.keptComment) list.note(`${version} keeps the comment with the figures (${name})`);
      }
      await browser.close();
      await server.stop();
    }
    return list.result;
  },
};

/** Somebody who copies from our element and pastes into the editor below it. */
class Clerk {
  readonly #report = JSON.stringify(numberedReport());
  #payload: PrintedPayload | undefined;
  /** Milliseconds to an editor that can be typed into, of the page opened last. */
  usable = NaN;
  /** The figures behind the tables, for another editor of ours, are in what is published. */
  keptComment = false;

  constructor(
    private readonly browser: TestBrowser,
    private readonly url: string,
    private readonly editor: string,
    private readonly file: string,
  ) {}

  async pastesReport(): Promise<void> {
    const tab = await this.#open('');
    await tab.click('button', '复制');
    await tab.untilText('已复制三张表');
    this.#payload = await tab.page.evaluate(
      () => document.querySelector('xxgk-annual-report')!.payload() as unknown as PrintedPayload,
    );
    await this.#paste(tab);
    await this.#save(tab);
    this.keptComment = this.#stored.includes('<!--');
    await this.#expectTables(tab);
  }

  async readsBack(): Promise<void> {
    const wanted = this.#payload!;
    if (readFileSync(`${this.file}.json`, 'utf8') !== this.#report) throw new Error('The JSON is another.');
    const bytes = new TextEncoder().encode(`<meta charset="utf-8">${this.#stored}`);
    const result = await readDocument({ bytes, name: 'content.html' });
    if (!result.ok) throw new Error(`Not read: ${JSON.stringify(result.refusal)}`);
    const [reading, ...more] = result.readings;
    if (reading === undefined || more.length > 0) throw new Error(`${result.readings.length} reports`);
    const { uncertain, unplaced, absent } = reading.report;
    if (uncertain.length + unplaced.length + absent > 0)
      throw new Error(`Doubts: ${JSON.stringify({ uncertain, unplaced, absent }).slice(0, 300)}`);
    const read = payloadOfReading(reading) as unknown as PrintedPayload;
    const wrong = FORMATS['2021'].cells.filter(({ id }) => said(read, id) !== said(wanted, id));
    if (wrong.length > 0)
      throw new Error(
        wrong.map(({ id }) => `${id}: ${said(read, id)} instead of ${said(wanted, id)}`).join('; '),
      );
  }

  async savesAgain(): Promise<void> {
    const tab = await this.#open(this.#stored);
    // Something is typed, so that the editor writes all of it anew.
    const title = (await (await this.#field(tab)).waitForSelector('p'))!;
    await title.click();
    await tab.page.keyboard.press('End');
    await tab.page.keyboard.type(TYPED);
    await this.#save(tab);
    if (!this.#stored.includes(TYPED)) throw new Error('What was typed is not saved.');
    await this.#expectTables(tab);
  }

  async pastesBlock(): Promise<void> {
    const tab = await this.#open('');
    const cell = await tab.cell('requests/received/natural-person');
    await cell.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await cell.click();
    await combine(tab, 'a');
    await combine(tab, 'c');
    await this.#paste(tab);
    await this.#save(tab);
    // The values only: what stands below the headings and right of them.
    const values = printedTables(this.#payload!)[1]!
      .slice(3)
      .map((row) => row.slice(-7));
    expectNone(differingPlaces(await tablesOf(tab.page, this.#stored), [values]));
  }

  get #stored(): string {
    return readFileSync(`${this.file}.html`, 'utf8');
  }

  async #expectTables(tab: OpenPage): Promise<void> {
    expectNone(differingPlaces(await tablesOf(tab.page, this.#stored), printedTables(this.#payload!)));
  }

  async #open(content: string): Promise<OpenPage> {
    writeFileSync(`${this.file}.json`, this.#report);
    writeFileSync(`${this.file}.html`, content);
    const tab = await openHost(this.browser, this.url);
    await tab.ready();
    this.usable = await usableAfter(tab.frame);
    return tab;
  }

  /** Where it is typed, in view and once it can be. */
  async #field(tab: OpenPage): Promise<ElementHandle> {
    const found = (await tab.page.waitForSelector(FIELDS[this.editor]!, { visible: true }))!;
    await found.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const frame = await found.contentFrame();
    return frame === null ? found : (await frame.waitForSelector('body[contenteditable="true"]'))!;
  }

  async #paste(tab: OpenPage): Promise<void> {
    // Until here nobody but us did anything; what an editor says of a paste is its own business.
    if (tab.complaints.length > 0) throw new Error(tab.complaints.join(' '));
    const field = await this.#field(tab);
    await field.click();
    await combine(tab, 'v');
    const end = Date.now() + 8_000;
    while (!(await field.evaluate((node) => node.querySelector('td') !== null))) {
      if (Date.now() > end) throw new Error('Nothing was pasted.');
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async #save(tab: OpenPage): Promise<void> {
    writeFileSync(`${this.file}.html`, '');
    const gone = tab.page.waitForNavigation({ waitUntil: 'load' });
    await tab.click('#save');
    await gone;
  }
}

async function combine(tab: OpenPage, key: 'a' | 'c' | 'v'): Promise<void> {
  await tab.page.keyboard.down('Control');
  await tab.page.keyboard.press(key);
  await tab.page.keyboard.up('Control');
}

/** What a payload says of a cell: number, and mark. */
function said({ tables, marks }: PrintedPayload, id: string): string {
  const [table = '', row = '', column = ''] = id.split('/');
  return `${tables[table]?.[row]?.[column] ?? null} ${marks?.[id]?.raw ?? ''}`;
}

function expectNone(differences: readonly string[]): void {
  if (differences.length > 0)
    throw new Error(`${differences.length} differ: ${differences.slice(0, 5).join('; ')}`);
}
