/** The browser of the office, a real Chromium 90: the clerk's whole job in all that is shipped for pages, on both grids. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type * as puppeteer from 'puppeteer-core';
import type { Browser, Page } from 'puppeteer-core';
import { payloadFromClipboard } from '../../src/documents/clipboard-payload.ts';
import { killTree } from '../browser/process-tree.ts';
import { doMainJob, showDocument, useSpreadsheet, valueOf } from '../pages/main-job.ts';
import { OpenPage, serveSite } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import { pause } from './desk.ts';
import { CannotRun, type Host, type HostTools } from './host.ts';
import { MEASURE_USABLE, usableAfter } from './usable.ts';

const CELL = 'requests/received/natural-person';
const BELOW = 'requests/carried-over/natural-person';

/** It carries the browser, packed. */
const PACKAGE = 'chrome-aws-lambda@8.0.2';
/** The driver of that time: a newer one waits for what this browser does not tell. */
const DRIVER = 'puppeteer-core@9.1.1';

/**
 * In every page before its own scripts. This build has no second clipboard for what is selected, and breaks down where a
 * key or a button of the mouse selects text in a field: that comes a task later.
 */
const BEFORE = `globalThis.__name = (inner) => inner;
  ${MEASURE_USABLE};
  for (const name of ['select', 'setSelectionRange']) {
    const own = HTMLInputElement.prototype[name];
    HTMLInputElement.prototype[name] = function (...args) {
      if (args.length > 0 && args[0] === args[1]) return own.apply(this, args);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (this.getRootNode().activeElement === this) own.apply(this, args);
      };
      port2.postMessage(null);
    };
  }`;

class OldBrowser {
  readonly downloads: string;
  readonly #profile: string;
  #browser: Browser | undefined;

  constructor(
    readonly program: string,
    readonly driver: typeof puppeteer,
    scratch: string,
  ) {
    this.downloads = join(scratch, 'downloads');
    this.#profile = mkdtempSync(join(scratch, 'profile-'));
  }

  async start(): Promise<string> {
    this.#browser = await this.driver.launch({
      executablePath: this.program,
      headless: true,
      userDataDir: this.#profile,
      args: ['--no-sandbox', '--disable-gpu', '--lang=zh-CN'],
    });
    return this.#browser.version();
  }

  async open(url: string): Promise<OpenPage> {
    const page = await this.#browser!.newPage();
    const opened = new OpenPage(page);
    await page.evaluateOnNewDocument(BEFORE);
    await page.setViewport({ width: 1366, height: 900 });
    const session = await page.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: this.downloads });
    await page.goto(url);
    return opened;
  }

  async kill(): Promise<void> {
    await killTree(this.#browser!.process()!.pid!, this.#profile);
  }

  async close(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
  }
}

/** Unpacks the program, once for all runs. */
function unpack(modules: string): string {
  const folder = join(modules, 'chrome-aws-lambda/unpacked');
  const program = join(folder, 'chromium');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      program,
      brotliDecompressSync(readFileSync(join(modules, 'chrome-aws-lambda/bin/chromium.br'))),
      { mode: 0o755 },
    );
  }
  return program;
}

const press = async ({ keyboard }: Page, modifier: 'Control' | 'Shift', key: string): Promise<void> => {
  await keyboard.down(modifier);
  await keyboard.press(key as puppeteer.KeyInput);
  await keyboard.up(modifier);
};

async function expectClean({ complaints }: OpenPage): Promise<void> {
  if (complaints.length > 0) throw new Error(`on the console: ${complaints.join(' · ')}`);
}

async function value(page: OpenPage, row: string): Promise<unknown> {
  return (await valueOf(page)).tables.requests[row]!['natural-person'];
}

/** Types, fills down by Ctrl+D, takes it back, and fills blanks with zeros. */
async function fill(page: OpenPage): Promise<void> {
  await page.ready();
  await page.type(CELL, '7');
  await page.page.keyboard.press('ArrowUp');
  await press(page.page, 'Shift', 'ArrowDown');
  await press(page.page, 'Control', 'd');
  if ((await value(page, 'carried-over')) !== 7) throw new Error('Ctrl+D fills nothing.');
  await press(page.page, 'Control', 'z');
  if ((await value(page, 'carried-over')) !== null) throw new Error('Ctrl+Z takes nothing back.');
  await page.click('button', '空白填 0');
  if ((await valueOf(page)).tables.disclosure['rules']!['issued'] !== 0)
    throw new Error('No zero was filled in.');
}

/** What lies on the clipboard after 复制, as a page gets it by Ctrl+V. */
async function copied(page: OpenPage): Promise<void> {
  await page.click('button', '复制');
  await page.untilText('已复制三张表');
  await page.page.evaluate(() => {
    const field = document.createElement('textarea');
    field.addEventListener('paste', (event) => {
      event.preventDefault();
      const get = (type: string): string => event.clipboardData!.getData(type);
      Object.assign(globalThis, { pasted: { plain: get('text/plain'), html: get('text/html') } });
    });
    document.body.append(field);
    field.focus();
  });
  await press(page.page, 'Control', 'v');
  await page.until(() => 'pasted' in globalThis);
  const texts = (await page.page.evaluate('pasted')) as { plain: string; html: string };
  const payload = payloadFromClipboard({
    getData: (type) => (type === 'text/plain' ? texts.plain : type === 'text/html' ? texts.html : ''),
  });
  if (!texts.plain.includes('一、本年新收政府信息公开申请数量') || payload === undefined)
    throw new Error('The clipboard does not hold the tables.');
}

/** The lines between the cells of a grid are there: where two cells meet, something dark is painted. */
async function expectLines(page: OpenPage): Promise<void> {
  const place = await page.page.evaluate(() => {
    const table = document
      .querySelector('xxgk-annual-report')!
      .shadowRoot!.querySelector('[table="requests"]')!.shadowRoot!;
    const cell = Array.from(table.querySelectorAll('td')).find(
      (one) => one.cellIndex > 0 && one.offsetWidth > 0,
    )!;
    cell.scrollIntoView({ block: 'center' });
    const { right, bottom, left, top } = cell.getBoundingClientRect();
    return { right, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
  });
  const picture = String(await page.page.screenshot({ encoding: 'base64', captureBeyondViewport: false }));
  const darkest = await page.page.evaluate(
    async (base64, { right, bottom, x, y }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = Object.assign(document.createElement('canvas'), {
        width: image.width,
        height: image.height,
      }).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const least = (left: number, top: number, width: number, height: number): number =>
        Math.min(...context.getImageData(left, top, width, height).data.filter((_, at) => at % 4 !== 3));
      return [least(right - 3, y - 8, 6, 1), least(x - 20, bottom - 3, 1, 6)];
    },
    picture,
    place,
  );
  if (darkest.some((shade) => shade > 100))
    throw new Error(`Between cells it is as light as ${darkest.join()}.`);
}

async function run(tools: HostTools, list: Checklist): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new CannotRun('This build of Chromium 90 runs on Linux for x64 only.');
  await tools.install.debian(['libnss3', 'fonts-noto-cjk']);
  const program = unpack(await tools.install.npm([PACKAGE], { alone: true }));
  const modules = await tools.install.npm([DRIVER]);
  const driver = createRequire(join(modules, 'x'))('puppeteer-core') as typeof puppeteer;
  const browser = new OldBrowser(program, driver, tools.scratch);
  const site = await serveSite();
  const forms = `${site.url}/demo/hosts/chromium-90`;
  /** Closes the page afterwards: one that stays open keeps its report from the next. */
  const on = async (url: string, job: (page: OpenPage) => Promise<void>): Promise<void> => {
    const page = await browser.open(url);
    try {
      await job(page);
      await expectClean(page);
    } finally {
      await page.page.close().catch(() => undefined);
    }
  };
  try {
    const version = await browser.start();
    list.note(version);
    if (!/\/90\./.test(version)) throw new Error(`It calls itself ${version}.`);
    const check = (what: string, job: () => Promise<void>): Promise<void> =>
      list.check(`[E236] ${what}`, 'chromium-90', job);
    for (let count = 0; count < 3; count += 1)
      await on(`${forms}/classic.html`, async (page) => {
        await page.ready();
        list.usable(await usableAfter(page.page.mainFrame()));
      });
    await check('the whole job by the classic script', () =>
      on(`${forms}/classic.html`, async (page) => {
        await doMainJob(page, { downloads: browser.downloads, pdf: true });
        await expectLines(page);
      }),
    );
    await check('the whole job by the module', () =>
      on(`${forms}/module.html`, async (page) => {
        await doMainJob(page, { pdf: true });
        await copied(page);
      }),
    );
    await check('the whole job on the spreadsheet grid', () =>
      on(`${forms}/classic.html?sheet`, async (page) => {
        await doMainJob(page, { prepare: useSpreadsheet });
        await expectLines(page);
      }),
    );
    await check(
      'the page in one file from a disk: Word, PDF, filling, draft after the browser was killed',
      async () => {
        const url = pathToFileURL(join(tools.dist, 'offline.html')).href;
        await on(url, async (page) => {
          await page.begin();
          await showDocument(page, 'report.docx');
          await page.click('dialog.import .foot-of-dialog button', '取消');
          await showDocument(page, 'requests.pdf');
          await page.click('dialog.import .foot-of-dialog button', '取消');
          await fill(page);
        });
        const page = await browser.open(url);
        await page.begin();
        await page.type(CELL, '8');
        await page.type(BELOW, '9');
        await page.untilText('草稿已暂存于本浏览器');
        await browser.kill();
        await browser.start();
        await on(url, async (again) => {
          await again.untilText('暂存，第');
          await again.click('#home .entry');
          await again.ready();
          // The report is there a moment before what was kept of it.
          const typed = async (): Promise<string> =>
            String([await value(again, 'received'), await value(again, 'carried-over')]);
          for (const end = Date.now() + 5_000; (await typed()) !== '8,9'; await pause(30))
            if (Date.now() > end) throw new Error(`The draft is not what was typed, but ${await typed()}.`);
        });
      },
    );
  } finally {
    await browser.close();
    await site.close();
  }
}

export const host: Host = {
  name: 'chromium-90',
  needs: `${PACKAGE} and ${DRIVER} from npm`,
  async run(tools) {
    const list = new Checklist();
    await run(tools, list);
    return list.result;
  },
};
