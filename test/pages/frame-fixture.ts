/**
 * A page of some CMS with ours in an iframe, on two origins of one server: the page is on 127.0.0.1, which frame.html of
 * localhost lets embed it, and nobody else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, ElementHandle, Frame, Page } from 'puppeteer-core';
import type { PageLink } from '../../src/frame-parent.ts';
import {
  isOfIcon,
  OpenPage,
  ROOT,
  serveSite,
  type Answer,
  type Site,
  type TestBrowser,
} from './page-fixture.ts';

export interface Origins {
  /** Where the CMS is. */
  readonly page: string;
  /** Where the frame is, unless said otherwise. */
  readonly frame: string;
}

export interface TwoSites extends Site, Origins {}

/** Serves the pages of a CMS, given by path, beside what is built. */
export async function serveTwo(
  pages: (origins: Origins) => Readonly<Record<string, Answer | string>>,
): Promise<TwoSites> {
  let answers: Readonly<Record<string, Answer | string>> = {};
  const site = await serveSite([], {}, (path) => {
    const found = answers[path];
    return typeof found === 'string' ? { text: found } : found;
  });
  const { port } = new URL(site.url);
  const origins = { page: `http://127.0.0.1:${port}`, frame: `http://localhost:${port}` };
  const html = readFileSync(join(ROOT, 'dist/frame.html'), 'utf8');
  const listed = html.replace(
    'name="xxgk-parents" content=""',
    `name="xxgk-parents" content="${origins.page}"`,
  );
  if (listed === html) throw new Error('frame.html has no list of parents.');
  answers = { '/dist/frame.html': listed, ...pages(origins) };
  return { ...site, ...origins };
}

/** The time limits of our scripts are shorter in all frames of the page: milliseconds by milliseconds. */
export function hurried(limits: Readonly<Record<number, number>>): (page: Page) => Promise<void> {
  return async (page) => {
    await page.evaluateOnNewDocument((shorter) => {
      const real = window.setTimeout;
      Object.assign(window, {
        setTimeout: (run: () => void, wait: number) => real(run, shorter[wait] ?? wait),
      });
    }, limits);
  };
}

export interface Cms {
  readonly attributes?: string;
  readonly field?: string;
  readonly form?: string;
  readonly buttons?: string;
  readonly before?: string;
  readonly script?: string;
  /** The address of the frame. */
  readonly src?: string;
}

/** A form with a text field, an iframe and a button; what it sends and what the field hears is kept in the window. */
export function cms({ frame }: Origins, given: Cms = {}): string {
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>内容管理系统</title>
<link rel="icon" href="data:,">
<h1>编辑栏目</h1>
<form id="form" action="/blank" ${given.form ?? ''}>
<input name="title" value="年报">
${given.field ?? '<textarea id="report" name="report" hidden></textarea>'}
${given.before ?? ''}
<iframe src="${given.src ?? `${frame}/dist/frame.html`}" title="年报" data-xxgk-for="report"
  data-xxgk-draft-key="k1" data-xxgk-user="zhang" data-xxgk-no-submit ${given.attributes ?? ''}></iframe>
${given.buttons ?? '<button name="how" value="save">保存</button>'}
</form>
<script src="/dist/xxgk-annual-report.parent.js"></script>
<script>
const field = document.getElementById('report');
window.heard = [];
window.sent = [];
for (const name of ['input', 'change']) field.addEventListener(name, () => heard.push(name + ' ' + field.value));
document.getElementById('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(event.target);
  if (event.submitter && event.submitter.name) data.append(event.submitter.name, event.submitter.value);
  sent.push([...data]);
});
${given.script ?? ''}
</script>`;
}

/** The page in the frame, with the ways of an open page. */
export async function inside(page: Page, index = 0, patience = 15_000): Promise<OpenPage> {
  const end = Date.now() + patience;
  for (;;) {
    const frame = page.frames().filter((one) => one.url().includes('/dist/frame.html'))[index];
    if (frame !== undefined && (await isReady(frame))) return asPage(frame, page);
    // A frame of another origin is drawn when it is seen.
    const element = await frame?.frameElement().catch(() => null);
    await element?.evaluate((node) => node.scrollIntoView()).catch(() => undefined);
    if (Date.now() > end) throw new Error(`No editor in frame ${index} of ${page.url()}: ${frame?.url()}`);
    await new Promise((done) => setTimeout(done, 30));
  }
}

/**
 * A page and the editors in its frames. Of several frames of one other process the driver sometimes loses one for good,
 * on a busy machine: it goes on speaking for it to the page around. That tab is given up before anything is done in it.
 */
export async function openWithFrames(
  browser: TestBrowser,
  url: string,
  count: number,
): Promise<{ page: OpenPage; frames: OpenPage[] }> {
  for (let round = 0; round < 5; round += 1) {
    const page = await browser.open(url);
    for (let tries = 0; tries < 100; tries += 1) {
      const clients = page.page.frames().map((frame) => (frame as { readonly client?: CDPSession }).client);
      if (clients.length > count && (clients[0] === undefined || new Set(clients).size > count)) {
        const frames: OpenPage[] = [];
        for (let index = 0; index < count; index += 1) frames.push(await inside(page.page, index));
        return { page, frames };
      }
      await aWhile(30);
    }
    await page.page.close();
  }
  throw new Error(`The driver does not find the ${count} frames of ${url}.`);
}

/** A frame before there is an editor in it. */
export async function frameOf(page: Page, index = 0): Promise<OpenPage> {
  await page.waitForFrame((frame) => frame.url().includes('/dist/frame.html'));
  return asPage(page.frames().filter((one) => one.url().includes('/dist/frame.html'))[index]!, page);
}

/** Where nothing is to come, time for it to come. */
export const aWhile = (milliseconds = 300): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

function hasKeyboard(cell: ElementHandle<HTMLElement>): Promise<boolean> {
  return cell.evaluate(
    (node) => document.hasFocus() && (node.getRootNode() as ShadowRoot).activeElement === node,
  );
}

class FramePage extends OpenPage {
  /** A frame has a process of its own: the keyboard is there a moment after the mouse. */
  override async type(id: string, text: string, { enter = true } = {}): Promise<void> {
    const cell = await this.cell(id);
    await cell.evaluate((node) => node.scrollIntoView({ block: 'center', behavior: 'instant' }));
    // And the page around scrolls in its own time: a click may have been beside it.
    for (let tries = 0; !(await hasKeyboard(cell)); tries += 1) {
      if (tries > 20) throw new Error(`The keyboard does not come to ${id}.`);
      await cell.click();
      for (const end = Date.now() + 250; Date.now() < end && !(await hasKeyboard(cell));) await aWhile(10);
    }
    await this.page.keyboard.type(text);
    if (enter) await this.page.keyboard.press('Enter');
  }
}

function asPage(frame: Frame, page: Page): OpenPage {
  const ways = {
    on: () => undefined,
    mainFrame: () => frame,
    keyboard: page.keyboard,
    evaluate: frame.evaluate.bind(frame),
    evaluateHandle: frame.evaluateHandle.bind(frame),
  };
  return new FramePage(ways as unknown as Page);
}

async function isReady(frame: Frame): Promise<boolean> {
  try {
    return await frame.evaluate(() => {
      const bar = document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('.status-bar');
      return bar !== null && bar !== undefined && !bar.textContent!.includes('正在准备');
    });
  } catch {
    // Loaded anew at this moment.
    return false;
  }
}

export interface Opened {
  readonly page: OpenPage;
  readonly frame: OpenPage;
}

/** In each frame: what its console and its policy say, which is told of the page alone otherwise. */
const COMPLAINTS = `globalThis.complaints = [];
  for (const name of ['error', 'unhandledrejection', 'securitypolicyviolation'])
    addEventListener(name, (event) => complaints.push([name, event.message, event.reason, event.blockedURI].join(' ')));
  for (const level of ['error', 'warn']) {
    const real = console[level];
    console[level] = (...all) => { complaints.push(all.join(' ')); real.apply(console, all); };
  }`;

/** What the page and its frame complained of. */
export async function complaintsOf({ page, frame }: Opened): Promise<readonly string[]> {
  const inFrame = await frame.page.evaluate(() => window.complaints);
  return [...page.complaints, ...inFrame].filter((one) => !isOfIcon(one));
}

/** A page of the CMS whose frame is ready. */
export async function openCms(
  browser: TestBrowser,
  url: string,
  before?: (page: Page) => Promise<void>,
): Promise<Opened> {
  const page = await browser.open(url, async (one) => {
    await one.evaluateOnNewDocument(COMPLAINTS);
    await before?.(one);
  });
  const frame = await inside(page.page);
  await page.until(() => window.XxgkFrame!.connect(document.querySelector('iframe')!).connected);
  return { page, frame };
}

/** Names of databases in the page's or the frame's own storage. */
export function databases(page: OpenPage): Promise<string[]> {
  return page.page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.map(({ name }) => name ?? '');
  });
}

/** What the page's field holds. */
export function fieldOf(page: OpenPage): Promise<string> {
  return page.page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#report')!.value);
}

declare global {
  interface Window {
    /** A request that was only looked at. */
    late?: Event & { respondWith(answer: unknown): void };
    iframe?: HTMLIFrameElement;
    link?: PageLink;
    heard: string[];
    complaints: string[];
    sent: [string, string][][];
  }
}
