/**
 * Whole pages in real browsers, driven from Node: a server for the built page, the demo pages and the built script, and
 * a browser with a profile that can be opened again after it was closed or killed.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  launch,
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  type ElementHandle,
  type Frame,
  type Page,
} from 'puppeteer-core';
import { FORMATS } from '../../src/format/formats.ts';
import { findBrowsers, type BrowserName } from '../browser/find-browsers.mjs';
import { launchOptions } from '../browser/launch-options.mjs';
import { killTree } from '../browser/process-tree.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A file that runs under Firefox as well, where not all do. */
const inFirefox = new RegExp(process.env['TEST_FILES_IN_FIREFOX'] ?? '').test(
  relative(ROOT, process.argv[1] ?? ''),
);

export const BROWSERS: readonly BrowserName[] = (process.env['TEST_BROWSERS'] ?? 'chromium,firefox')
  .split(',')
  .filter((name): name is BrowserName => name === 'chromium' || (name === 'firefox' && inFirefox));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
};

/** A script that takes away what Chromium 90 does not have yet, as far as it can be. */
export const OLD = `for (const [owner, names] of [
    [globalThis, ['structuredClone', 'Iterator', 'FontFace', 'OffscreenCanvas', 'ImageDecoder', 'Float16Array']],
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [Object.getPrototypeOf(Uint8Array.prototype), ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
    [Uint8Array, ['fromBase64', 'fromHex']], [Uint8Array.prototype, ['toBase64', 'toHex', 'setFromBase64', 'setFromHex']],
    [String.prototype, ['at', 'isWellFormed', 'toWellFormed']], [Object, ['hasOwn', 'groupBy']], [Array, ['fromAsync']],
    [Promise, ['withResolvers', 'try']], [AbortSignal, ['any', 'timeout', 'abort']], [URL, ['parse', 'canParse']],
    [Map, ['groupBy']], [Map.prototype, ['getOrInsert', 'getOrInsertComputed']], [WeakMap.prototype, ['getOrInsert', 'getOrInsertComputed']],
    [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
    [ArrayBuffer.prototype, ['transfer', 'transferToFixedLength', 'resize']], [Math, ['sumPrecise', 'f16round']], [RegExp, ['escape']],
    [ReadableStream.prototype, [Symbol.asyncIterator, 'values']], [Crypto.prototype, ['randomUUID']],
  ]) for (const name of names) delete owner[name];`;

/** One editor for any report, and nothing around it. */
const EDITOR =
  '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">' +
  '<script type="module" src="/dist/xxgk-annual-report.js"></script>' +
  '<body><xxgk-annual-report draft-key="*" no-leave-guard></xxgk-annual-report></body></html>';

/** Everything that is served, by path; read at once, so that a build beside the tests changes nothing. */
function filesToServe(): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const folder of ['dist', 'demo']) {
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      const path = join(ROOT, folder, name);
      if (statSync(path).isFile()) files.set(`/${folder}/${name.split(sep).join('/')}`, readFileSync(path));
    }
  }
  for (const name of ['offline.html', 'site/index.html', 'xxgk-annual-report.js']) {
    if (!files.has(`/dist/${name}`)) throw new Error(`dist/${name} is missing: npm run build.`);
  }
  files.set('/', files.get('/dist/offline.html')!);
  files.set('/dist/site/', files.get('/dist/site/index.html')!);
  files.set('/editor', Buffer.from(EDITOR));
  files.set('/blank', Buffer.from('<!doctype html><title>blank</title>'));
  files.set('/favicon.ico', Buffer.alloc(0));
  return files;
}

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** What a server of the host's own says at a path. */
export interface Answer {
  readonly text: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `/` is the standalone page in one file, `/dist/site/` the one of several, `/editor` an editor alone, `/demo/` the demo pages,
 * `/dist/` what hosts load, `/blank` nothing at all.
 * `missing` are files that somebody forgot to copy; `more` are further texts by path; `answer` comes before all of them;
 * `headers` are those of every answer.
 */
export async function serveSite(
  missing: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
  answer: (path: string, body: string) => Answer | undefined = () => undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const files = filesToServe();
  for (const [path, text] of Object.entries(more)) files.set(path, Buffer.from(text));
  for (const path of missing) if (!files.delete(path)) throw new Error(`${path} is not there anyway.`);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const own = answer(path, request.method === 'POST' ? await text(request) : '');
    const file = own?.text ?? files.get(path);
    const type = TYPES[extname(path) || '.html'] ?? 'application/octet-stream';
    if (file === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(own?.status ?? 200, {
          'content-type': type,
          'cache-control': 'no-store',
          ...headers,
          ...own?.headers,
        })
        .end(file);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export interface TestBrowserOptions {
  /** The folder of the profile, where it has to lie on a certain disk. */
  readonly profile?: string;
  /** Preferences of Firefox beside ours. */
  readonly preferences?: Readonly<Record<string, boolean | number | string>>;
  /** Its tabs are in a private window. */
  readonly privately?: boolean;
}

/** A browser with its own profile and download folder, both thrown away at the end. */
export class TestBrowser {
  readonly profile: string;
  readonly downloads = mkdtempSync(join(tmpdir(), 'page-downloads-'));
  readonly #options: TestBrowserOptions;
  #browser: Browser | undefined;
  readonly #pages: Page[] = [];
  #window: BrowserContext | undefined;

  constructor(
    readonly name: BrowserName,
    options: TestBrowserOptions = {},
  ) {
    this.#options = options;
    this.profile = options.profile ?? mkdtempSync(join(tmpdir(), 'page-profile-'));
  }

  get running(): Browser | undefined {
    return this.#browser;
  }

  async start(): Promise<Browser> {
    const path = findBrowsers([this.name])[this.name]!;
    const options = launchOptions(this.name, path);
    this.#browser = await launch({
      ...options,
      userDataDir: this.profile,
      protocolTimeout: 30_000,
      ...(this.name === 'firefox' && {
        extraPrefsFirefox: {
          ...options.extraPrefsFirefox,
          'browser.download.folderList': 2,
          'browser.download.dir': this.downloads,
          'browser.download.useDownloadDir': true,
          'browser.download.always_ask_before_handling_new_types': false,
          'browser.helperApps.neverAsk.saveToDisk': 'application/json',
          'browser.privatebrowsing.autostart': this.#options.privately === true,
          ...this.#options.preferences,
        },
      }),
    });
    this.#window =
      this.#options.privately === true && this.name === 'chromium'
        ? await this.#browser.createBrowserContext()
        : this.#browser.defaultBrowserContext();
    return this.#browser;
  }

  /**
   * A tab at an address; what it says on its console and what its policy blocks is kept. `before` prepares the tab
   * before anything is loaded.
   */
  async open(url: string, before: (page: Page) => Promise<void> = async () => {}): Promise<OpenPage> {
    if (this.#browser === undefined) await this.start();
    const page = await this.#window!.newPage();
    this.#pages.push(page);
    const opened = new OpenPage(page);
    // The transpiler names inner functions by a helper that a page does not have.
    await page.evaluateOnNewDocument('globalThis.__name = (inner) => inner;');
    await page.setViewport({ width: 1366, height: 768 });
    if (this.name === 'chromium') {
      const session = await page.createCDPSession();
      await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: this.downloads });
    }
    await before(page);
    await page.goto(url);
    return opened;
  }

  /** To be called after each test: a tab that stays open keeps its report from the next one. */
  async closePages(): Promise<void> {
    await Promise.all(this.#pages.splice(0).map((page) => page.close().catch(() => undefined)));
  }

  /** As a power cut would: every process at once. */
  async kill(): Promise<void> {
    const child = this.#browser!.process()!;
    this.#browser = undefined;
    await killTree(child.pid!, this.profile);
  }

  /** As its user would end it; the profile stays. */
  async quit(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    this.#browser = undefined;
  }

  async close(): Promise<void> {
    await this.quit();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    rmSync(this.downloads, { recursive: true, force: true });
  }
}

/** Firefox looks for a picture for its tab by itself, which a strict policy keeps from it. */
export const isOfIcon = (text: string): boolean => text.includes('/favicon.ico');

/** Until it stands still in the middle of its window: a click goes to a place. */
async function inPlace(element: ElementHandle<HTMLElement>): Promise<void> {
  let before: string | undefined;
  for (let tries = 0; tries < 100; tries += 1) {
    // What is under the status bar, which sticks to the window, would not get the click.
    await element.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
    const place = JSON.stringify(await element.boundingBox());
    if (place === before) return;
    before = place;
  }
}

export class OpenPage {
  readonly complaints: string[] = [];
  /** How often the page asked whether it may be left. It may, unless `stays`. */
  asked = 0;
  stays = false;

  /** Where the editor lives: the page itself, unless a host with frames says otherwise. */
  frame: Frame;

  constructor(readonly page: Page) {
    this.frame = page.mainFrame();
    page.on('dialog', (dialog) => {
      if (dialog.type() === 'beforeunload') this.asked += 1;
      void (this.stays ? dialog.dismiss() : dialog.accept()).catch(() => undefined);
    });
    page.on('console', (message: ConsoleMessage) => {
      if (['error', 'warn', 'warning'].includes(message.type())) this.#complain(message.text());
    });
    page.on('pageerror', (error) => this.#complain(String(error)));
  }

  #complain(text: string): void {
    if (!isOfIcon(text)) this.complaints.push(text);
  }

  /** Until the editor is drawn and has looked for drafts. */
  async ready(patience?: number): Promise<void> {
    await this.until(() => {
      const bar = document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('.status-bar');
      return bar !== null && bar !== undefined && !bar.textContent!.includes('正在准备');
    }, patience);
  }

  /** On the standalone page: a new report, until it can be written. */
  async begin(): Promise<void> {
    await this.until(() => document.querySelector('#new') !== null);
    await this.click('#new');
    await this.ready();
  }

  /** Asks the page again and again until it says yes. */
  async until(condition: () => boolean, patience = 8_000): Promise<void> {
    const end = Date.now() + patience;
    while (!(await this.frame.evaluate(condition))) {
      if (Date.now() > end)
        throw new Error(`Waited in vain for ${condition.toString()}\n${(await this.text()).slice(-800)}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** Until the page has asked so often whether it may be left. */
  async untilAsked(times: number, patience = 5_000): Promise<void> {
    const end = Date.now() + patience;
    while (this.asked < times) {
      if (Date.now() > end) throw new Error(`The page asked ${this.asked} times whether it may be left.`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async untilText(text: string, patience = 8_000): Promise<string> {
    const end = Date.now() + patience;
    for (;;) {
      const isLate = Date.now() > end;
      // To tell what of it is to be seen takes long.
      const shown = isLate || (await this.#contains(text)) ? await this.text() : '';
      if (shown.includes(text)) return shown;
      if (isLate) throw new Error(`Waited in vain for “${text}” in …${shown.slice(-800)}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  /** Whether the text is anywhere, to be seen or not. */
  #contains(text: string): Promise<boolean> {
    return this.frame.evaluate(
      (wanted) => {
        const read = (root: ParentNode & Node): string => {
          let all = root.textContent ?? '';
          for (const element of root.querySelectorAll('*'))
            if (element.shadowRoot !== null) all += read(element.shadowRoot);
          return all;
        };
        return read(document.body).replace(/\s/g, '').includes(wanted);
      },
      text.replaceAll(/\s/g, ''),
    );
  }

  /** The text of the page, shadow roots included. */
  text(): Promise<string> {
    return this.frame.evaluate(() => {
      const read = (node: Node): string => {
        if (node.nodeType === Node.TEXT_NODE) return node.textContent!.replace(/\s+/g, ' ');
        if (node.nodeType !== Node.ELEMENT_NODE) return '';
        const element = node as Element;
        const { display } = getComputedStyle(element);
        if (display === 'none') return '';
        const { shadowRoot } = element;
        const inner = shadowRoot === null ? '' : [...shadowRoot.childNodes].map(read).join('');
        const text = inner + [...element.childNodes].map(read).join('');
        return display.startsWith('inline') ? text : `\n${text}\n`;
      };
      return read(document.body).replace(/ *\n[ \n]*/g, '\n');
    });
  }

  /** The first element of any shadow root for which the selector and, where given, the text fits. */
  async find(selector: string, text = '', editor = 0): Promise<ElementHandle<HTMLElement>> {
    const handle = await this.frame.evaluateHandle(
      (wantedSelector: string, wantedText: string, index: number) => {
        const search = (root: ParentNode): HTMLElement | undefined => {
          for (const element of [...root.querySelectorAll<HTMLElement>('*')]) {
            if (element.matches(wantedSelector) && (element.textContent ?? '').includes(wantedText))
              return element;
            const found = element.shadowRoot === null ? undefined : search(element.shadowRoot);
            if (found !== undefined) return found;
          }
          return undefined;
        };
        const editors = document.querySelectorAll('xxgk-annual-report');
        return index === 0 ? search(document) : search(editors[index]!.shadowRoot!);
      },
      selector,
      text,
      editor,
    );
    const element = handle.asElement();
    if (element === null)
      throw new Error(`There is no ${selector} ${text} in …${(await this.text()).slice(-800)}`);
    return element as ElementHandle<HTMLElement>;
  }

  async click(selector: string, text = '', editor = 0): Promise<void> {
    // Where it is drawn anew between being looked for and clicked, it is looked for again.
    for (const isLast of [false, false, true]) {
      const element = await this.find(selector, text, editor);
      try {
        await inPlace(element);
        await element.click();
        return;
      } catch (error) {
        if (isLast || !/detached|not clickable/.test(String(error))) throw error;
      }
    }
  }

  cell(id: string, editor = 0): Promise<ElementHandle<HTMLElement>> {
    return this.find(`input[aria-label="${FORMATS['2021'].cellsById.get(id)!.label}"]`, '', editor);
  }

  /** Types into a cell by mouse and keyboard; without Enter the edit stays open. */
  async type(id: string, text: string, { enter = true, editor = 0 } = {}): Promise<void> {
    const cell = await this.cell(id, editor);
    await inPlace(cell);
    await cell.click();
    await this.page.keyboard.type(text);
    if (enter) await this.page.keyboard.press('Enter');
  }

  async shown(id: string, editor = 0): Promise<string> {
    const cell = await this.cell(id, editor);
    return cell.evaluate((node) => (node as unknown as HTMLInputElement).value);
  }
}
