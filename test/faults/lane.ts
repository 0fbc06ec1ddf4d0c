/** One browser's way through the faults: its site, its browsers, and what came of each fault. */
import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from '../browser/find-browsers.mjs';
import {
  ROOT,
  TestBrowser,
  type OpenPage,
  type Site,
  type TestBrowserOptions,
} from '../pages/page-fixture.ts';
import { Clerk, type Desk } from './clerk.ts';
import type { Typed, Verdict } from './typed.ts';

const TMPFS = 0x01021994;

/** A folder on a real disk: memory would survive a killed browser in any case, but it would prove less. */
function folderOnDisk(name: string): string {
  const folder = [tmpdir(), join(ROOT, 'node_modules')].find((one) => statfsSync(one).type !== TMPFS);
  if (folder === undefined) throw new Error('There is no folder on a disk for the profiles; set TMPDIR.');
  return mkdtempSync(join(folder, name));
}

/** A write that does not write what it was given, though it says so. */
const BROKEN_WRITE = `{
  const put = IDBObjectStore.prototype.put;
  const first = new Map();
  IDBObjectStore.prototype.put = function (value, ...rest) {
    if (typeof value?.payload === 'string') {
      if (!first.has(value.id)) first.set(value.id, value);
      const { payload, digest } = first.get(value.id);
      value = { ...value, payload, digest };
    }
    return put.call(this, value, ...rest);
  };
}`;

/** What came of one fault in one browser. */
export class Tally {
  runs = 0;
  edits = 0;
  acknowledged = 0;
  acknowledgedLost = 0;
  committedLost = 0;
  readonly told = new Set<string>();
  readonly notes: string[] = [];
  readonly wrong: string[] = [];

  /** Counts one run; edits that were ended have to be there too where `committed` is told to be kept. */
  add(typed: Typed, verdict: Verdict, { committedKept = false } = {}): void {
    this.runs += 1;
    this.edits += Math.max(typed.committed, typed.acknowledged);
    this.acknowledged += Math.min(typed.acknowledged, typed.edits.length);
    this.acknowledgedLost += verdict.acknowledgedLost;
    this.committedLost += verdict.committedLost;
    this.wrong.push(...verdict.wrong);
    if (committedKept && verdict.committedLost > 0)
      this.wrong.push(`${verdict.committedLost} committed edits lost`);
  }

  /** What the user was told; `expected` has to be among it. */
  tell(words: string, expected = ''): void {
    if (words !== '') this.told.add(words.replace(/\d{1,2}:\d\d/g, 'HH:MM'));
    if (!words.includes(expected)) this.wrong.push(`“${expected}” is not said; it says “${words}”`);
  }

  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.wrong.push(otherwise);
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  get failed(): boolean {
    return this.runs === 0 || this.acknowledgedLost > 0 || this.wrong.length > 0;
  }

  get line(): string {
    const losses = `acknowledged lost ${this.acknowledgedLost} of ${this.acknowledged}; committed lost ${this.committedLost} of ${this.edits - Math.min(this.edits, this.acknowledged)}`;
    const told = [...this.told].map((words) => `“${words}”`).join(' ');
    return [
      `${this.runs} ${this.runs === 1 ? 'run' : 'runs'}`,
      `${this.edits} edits`,
      losses,
      ...(told === '' ? [] : [`told ${told}`]),
      ...this.notes,
      ...(this.wrong.length > 0 ? [`WRONG: ${this.wrong.slice(0, 5).join(' | ')}`] : []),
    ].join('; ');
  }
}

export interface Row {
  /** As in the table of faults. */
  readonly name: string;
  /** What happens, with the rule it proves. */
  readonly title: string;
  /** Whether a write that is broken has to be noticed here. */
  readonly keeps: boolean;
  /** The browsers in which it takes so little that the short form has it; all, unless told otherwise. */
  readonly shortIn?: readonly BrowserName[];
  /** Minutes after which it counts as hung. */
  readonly patience?: number;
  run(lane: Lane, tally: Tally): Promise<void>;
}

export class Lane {
  readonly #started = new Set<TestBrowser>();
  #common: TestBrowser | undefined;
  /** What the host's server has for its page. */
  hostValue = '';

  constructor(
    readonly browserName: BrowserName,
    readonly site: Site,
    readonly short: boolean,
    readonly sabotage: boolean,
  ) {}

  /** Of the site. */
  get url(): string {
    return this.site.url;
  }

  /** An editor for any report, and nothing around it. */
  get editor(): string {
    return `${this.url}/editor`;
  }

  get isChromium(): boolean {
    return this.browserName === 'chromium';
  }

  /** So many runs in the long form, so many in the short one. */
  runs(long: number, short: number): number {
    return this.short ? short : long;
  }

  /** A browser of one's own, with a profile of its own on a real disk; gone after the fault. */
  browser(options: TestBrowserOptions = {}): TestBrowser {
    const browser = new TestBrowser(this.browserName, {
      profile: folderOnDisk('faults-profile-'),
      ...options,
    });
    this.#started.add(browser);
    return browser;
  }

  /** The browser of all faults that leave it whole, with nothing kept in it. */
  async commonBrowser(): Promise<TestBrowser> {
    this.#common ??= new TestBrowser(this.browserName, { profile: folderOnDisk('faults-profile-') });
    await this.wipe(this.#common);
    return this.#common;
  }

  /** The same with everything kept in it. */
  get sameBrowser(): TestBrowser {
    if (this.#common === undefined) throw new Error('No browser has been started yet.');
    return this.#common;
  }

  /** Forgets everything of this site, in a browser with no editor open. */
  async wipe(browser: TestBrowser): Promise<void> {
    const tab = await browser.open(`${this.url}/blank`);
    await tab.page.evaluate(async () => {
      localStorage.clear();
      for (const { name } of await indexedDB.databases()) {
        await new Promise<void>((done, fail) => {
          const request = indexedDB.deleteDatabase(name!);
          request.onsuccess = () => done();
          request.onerror = () => fail(new Error('A database is not deleted.'));
        });
      }
    });
    await tab.page.close();
  }

  /** A tab of this origin without an editor. */
  blank(browser: TestBrowser): Promise<OpenPage> {
    return browser.open(`${this.url}/blank`);
  }

  desk(desk: Desk = {}): Desk {
    return this.sabotage ? { ...desk, scripts: [...(desk.scripts ?? []), BROKEN_WRITE] } : desk;
  }

  open(browser: TestBrowser, desk: Desk = {}, patience?: number): Promise<Clerk> {
    return Clerk.open(browser, this.editor, this.desk(desk), patience);
  }

  again(
    clerk: Clerk,
    browser: TestBrowser,
    desk: Desk = {},
  ): Promise<{ clerk: Clerk; verdict: Verdict; banner: string }> {
    return clerk.again(browser, this.editor, this.desk(desk));
  }

  /** After each fault: its own browsers go, tabs left open in the common one too. */
  async tidy({ common = false } = {}): Promise<void> {
    for (const browser of this.#started) {
      if (browser.running) await browser.kill().catch(() => undefined);
      await browser.close();
    }
    this.#started.clear();
    if (this.#common === undefined) return;
    if (common) {
      if (this.#common.running) await this.#common.kill().catch(() => undefined);
      await this.#common.close();
      this.#common = undefined;
      return;
    }
    const pages = (await this.#common.running?.pages()) ?? [];
    for (const page of pages.slice(1)) await page.close().catch(() => undefined);
  }

  /** A browser that something went wrong in is not used again. */
  async discard(): Promise<void> {
    await this.tidy({ common: true });
  }
}
