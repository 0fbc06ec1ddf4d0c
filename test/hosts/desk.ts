/** What every host is driven by: an editor opened and watched, what it gave, and what the host keeps of it. */
import type { Frame } from 'puppeteer-core';
import { readPayload } from '../../src/payload/read-payload.ts';
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import { MEASURE_USABLE } from './usable.ts';

/** Some cells that are typed into, far apart. */
export const FIRST = 'disclosure/licensing/decisions';
export const SECOND = 'requests/received/natural-person';
export const THIRD = 'requests/granted/natural-person';
export const FOURTH = 'proceedings/review/upheld';

/** A cell that nobody fills. */
export const UNTOUCHED = 'requests/received/other';

export const OFFERED = '本浏览器中有一份未报送的草稿';
export const SAVED = '草稿已暂存于本浏览器';

/** Keeps what the element gave with the edit that it told of last; survives the page. */
const LISTEN = `addEventListener('change', (event) => {
  if (event.target.localName === 'xxgk-annual-report') sessionStorage.setItem('given', event.target.value);
}, true);`;

/** A tab at an address of the host, before anything is known of an editor in it. */
export async function openHost(browser: TestBrowser, url: string): Promise<OpenPage> {
  return browser.open(url, async (page) => {
    await page.evaluateOnNewDocument(MEASURE_USABLE);
    await page.evaluateOnNewDocument(LISTEN);
  });
}

/** What the element gave when it last told of an edit. */
export async function given(frame: Frame): Promise<string> {
  const text = await frame.evaluate(() => sessionStorage.getItem('given'));
  if (text === null) throw new Error('The element has told of no edit.');
  return text;
}

/** What the element has: a cell that is open is taken in. */
export function valueOf(frame: Frame): Promise<string> {
  return frame.evaluate(() => document.querySelector('xxgk-annual-report')!.value);
}

/** A click that sends the page elsewhere, and what it says there. */
export async function clickAndGo(tab: OpenPage, selector: string, text = ''): Promise<void> {
  const gone = tab.frame.waitForNavigation({ waitUntil: 'load' });
  // What is said above it may move it after the mouse was aimed and before it is pressed, where a person aims anew.
  for (let aims = 0; aims < 3; aims += 1) {
    await tab.frame.evaluate((wanted) => {
      const note = (event: Event): void => {
        const hit = event.composedPath().some((node) => node instanceof Element && node.matches(wanted));
        Object.assign(globalThis, { missed: !hit });
      };
      addEventListener('pointerdown', note, { capture: true, once: true });
    }, selector);
    await tab.click(selector, text);
    const missed = await Promise.race([
      gone.then(() => false),
      tab.frame.evaluate('missed').catch(() => false),
    ]);
    if (missed !== true) break;
  }
  await gone;
}

export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** Says where two texts part, not both of them whole. */
export function expectSame(found: string, wanted: string, what: string): void {
  if (found === wanted) return;
  let at = 0;
  while (found[at] === wanted[at]) at += 1;
  const around = (text: string): string =>
    `${text.length} characters, …${text.slice(Math.max(0, at - 30), at + 50)}…`;
  throw new Error(`${what}: differ at ${at}: ${around(found)} instead of ${around(wanted)}`);
}

/** The text that a host keeps is a report whose digests fit, with these numbers in its cells. */
export function expectStored(text: string, cells: Readonly<Record<string, number>>): void {
  const read = readPayload(text);
  if (!read.ok)
    throw new Error(`What is stored is no report: ${JSON.stringify(read.refusal)}; ${text.slice(0, 80)}`);
  expectThat(
    read.notes.length === 0,
    `What is stored is not as it was written: ${JSON.stringify(read.notes)}`,
  );
  const { tables, digest } = JSON.parse(text) as {
    digest?: string;
    tables: Record<string, Record<string, Record<string, number | null>>>;
  };
  expectThat(digest !== undefined, 'What is stored states no digest.');
  for (const [cell, wanted] of Object.entries(cells)) {
    const [table = '', row = '', column = ''] = cell.split('/');
    const found = tables[table]?.[row]?.[column];
    expectThat(found === wanted, `${cell} is stored as ${found}, typed was ${wanted}`);
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));
