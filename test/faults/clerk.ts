/** A person at the editor: types by mouse and keyboard, hears what the page says, and knows what was typed. */
import type { Page } from 'puppeteer-core';
import { FORMATS } from '../../src/format/formats.ts';
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import { Typed, type Verdict } from './typed.ts';

export const SAVED = '草稿已暂存于本浏览器';
export const NOT_SAVED = '草稿未能暂存';
export const OFFERED = '本浏览器中有一份未报送的草稿';

/** The cells somebody types into: all but the totals. */
export const CELLS: readonly string[] = FORMATS['2021'].cells
  .filter((cell) => cell.operands === undefined)
  .map((cell) => cell.id);
const LABELS = new Map(CELLS.map((id) => [id, FORMATS['2021'].cellsById.get(id)!.label]));

/** Runs in the page: how many changes there were whenever the page says that everything is saved. */
const LISTEN = `{
  let changes = 0;
  let told = 0;
  const tell = () => {
    if (changes > told) globalThis.tellClerk?.((told = changes));
  };
  globalThis.changesHeard = () => changes;
  addEventListener('change', (event) => {
    if (event.target.localName === 'xxgk-annual-report') changes += 1;
  }, true);
  addEventListener('xxgk-draft-saved', tell, true);
  setInterval(() => {
    const bar = document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('.status-bar');
    if (bar?.textContent.includes('${SAVED}')) tell();
  }, 25);
}`;

let numbers = 100;

/** A number that no cell had before. */
export function newNumber(): string {
  numbers += 1 + Math.floor(Math.random() * 3);
  return String(numbers);
}

export function pick<Value>(values: readonly Value[]): Value {
  return values[Math.floor(Math.random() * values.length)]!;
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));

export interface Desk {
  /** Scripts that run in the page before its own. */
  readonly scripts?: readonly string[];
  readonly before?: (page: Page) => Promise<void>;
}

export class Clerk {
  typed = new Typed();
  /** Changes that were no edit: a draft restored, a cell taken half typed. */
  #before = 0;
  /** Called in the very moment in which the page says that something is saved. */
  onSaved: () => void = () => {};

  private constructor(readonly tab: OpenPage) {}

  /** Opens the editor and waits until it has looked for drafts. */
  static async open(browser: TestBrowser, url: string, desk: Desk = {}, patience = 20_000): Promise<Clerk> {
    const here: { clerk?: Clerk } = {};
    const tab = await browser.open(url, async (page) => {
      await page.exposeFunction('tellClerk', (changes: number) => here.clerk?.hear(changes));
      await page.evaluateOnNewDocument(LISTEN);
      for (const script of desk.scripts ?? []) await page.evaluateOnNewDocument(script);
      await desk.before?.(page);
    });
    const clerk = new Clerk(tab);
    here.clerk = clerk;
    await tab.ready(patience);
    return clerk;
  }

  private hear(changes: number): void {
    if (changes - this.#before <= this.typed.acknowledged) return;
    this.typed.acknowledged = changes - this.#before;
    this.onSaved();
  }

  /** One edit; ended by Enter or Tab unless it is to stay open. */
  async type(cell = pick(CELLS), { text = newNumber(), open = false } = {}): Promise<void> {
    const edit = { cell, text, committed: false };
    await this.#point(LABELS.get(cell)!);
    this.typed.edits.push(edit);
    await this.tab.page.keyboard.type(text);
    if (open) return;
    await this.tab.page.keyboard.press(Math.random() < 0.5 ? 'Enter' : 'Tab');
    edit.committed = true;
    // A tab that was hidden meanwhile has taken the cell half typed, which was a change as well.
    this.#before += Math.max(0, (await this.#changes()) - this.typed.committed);
  }

  /** Clicks into a cell; once more where the page moved under the mouse. */
  async #point(label: string): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { x, y } = await this.#place(label);
      await this.tab.page.mouse.click(x, y);
      const hit = await this.tab.page.evaluate((wanted) => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.getAttribute('aria-label') === wanted;
      }, label);
      if (hit) return;
    }
    throw new Error(`The mouse does not reach ${label}.`);
  }

  /** Brings a cell to the middle of the window and tells where that is. */
  #place(label: string): Promise<{ x: number; y: number }> {
    return this.tab.page.evaluate((wanted) => {
      const search = (root: ParentNode): Element | undefined => {
        for (const element of Array.from(root.querySelectorAll('*'))) {
          if (element.localName === 'input' && element.getAttribute('aria-label') === wanted) return element;
          const inner = element.shadowRoot === null ? undefined : search(element.shadowRoot);
          if (inner !== undefined) return inner;
        }
        return undefined;
      };
      const cell = search(document);
      if (cell === undefined) throw new Error(`There is no cell ${wanted}.`);
      cell.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const { left, top, width, height } = cell.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }, label);
  }

  /** Until the page has called everything saved that was typed. */
  async saved(patience = 15_000): Promise<void> {
    const end = Date.now() + patience;
    if ((await this.#changes()) < this.typed.committed)
      throw new Error(`The page has heard of fewer than ${this.typed.committed} edits.`);
    while (this.typed.acknowledged < this.typed.committed) {
      if (Date.now() > end)
        throw new Error(
          `${this.typed.acknowledged} of ${this.typed.committed} edits saved; “${await this.saying()}”`,
        );
      await pause(10);
    }
  }

  /** Until the words about the draft contain these; the words. */
  async says(words: string, patience = 15_000): Promise<string> {
    const end = Date.now() + patience;
    for (;;) {
      const said = await this.saying();
      if (said.includes(words)) return said;
      if (Date.now() > end) throw new Error(`Waited in vain for “${words}”; it says “${said}”`);
      await pause(20);
    }
  }

  /** What the page says about the draft in its status bar. */
  saying(): Promise<string> {
    return this.tab.page.evaluate(() => {
      const bar = document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('.status-bar');
      const parts = Array.from(bar?.querySelectorAll('span') ?? [], (part) => part.textContent!.trim());
      return parts.find((part) => /暂存|草稿|尚无改动/.test(part)) ?? '';
    });
  }

  /** What the banner about drafts says, '' where there is none. */
  banner(): Promise<string> {
    return this.tab.page.evaluate(
      () =>
        document
          .querySelector('xxgk-annual-report')
          ?.shadowRoot?.querySelector('section[aria-label="草稿"] p')
          ?.textContent!.trim() ?? '',
    );
  }

  /** What stands in the cells, blank ones left out. */
  async shown(): Promise<Map<string, string>> {
    const values = await this.tab.page.evaluate(
      (labels: string[]) => {
        const found = new Map<string, string>();
        const search = (root: ParentNode): void => {
          for (const element of Array.from(root.querySelectorAll<HTMLElement>('*'))) {
            if (element.localName === 'input')
              found.set(element.getAttribute('aria-label') ?? '', (element as HTMLInputElement).value);
            if (element.shadowRoot !== null) search(element.shadowRoot);
          }
        };
        search(document);
        return labels.map((label) => found.get(label) ?? '(no such cell)');
      },
      [...LABELS.values()],
    );
    return new Map(
      CELLS.map((cell, index) => [cell, values[index]!] as const).filter(([, text]) => text !== ''),
    );
  }

  /** Takes the draft that is offered first. */
  async restore(): Promise<void> {
    await this.tab.click('button', '恢复草稿');
    // Said last where the browser takes its time to say that no other tab writes the report.
    await this.tab.until(() =>
      /已恢复草稿|现在由本页编辑此报告/.test(
        document.querySelector('xxgk-annual-report')!.shadowRoot!.textContent!,
      ),
    );
  }

  /**
   * Opens the editor again after a fault, restores what is offered and compares. The new clerk goes on from what is
   * there.
   */
  async again(
    browser: TestBrowser,
    url: string,
    desk: Desk = {},
  ): Promise<{ clerk: Clerk; verdict: Verdict; banner: string }> {
    const clerk = await Clerk.open(browser, url, desk);
    const banner = await clerk.banner();
    if (banner.includes(OFFERED)) await clerk.restore();
    const found = await clerk.shown();
    await clerk.startOver(found);
    return { clerk, verdict: this.typed.judge(found), banner };
  }

  /** What is there now is where the next edits begin. */
  async startOver(found: ReadonlyMap<string, string>): Promise<void> {
    this.#before += await this.#changes();
    this.typed = new Typed(found);
  }

  #changes(): Promise<number> {
    return this.tab.page
      .evaluate(() => (globalThis as unknown as { changesHeard(): number }).changesHeard())
      .then((changes) => changes - this.#before);
  }

  /** The tab goes, however it is. */
  async leave(): Promise<void> {
    await Promise.race([this.tab.page.close().catch(() => undefined), pause(2_000)]);
  }
}
