/**
 * What every host has to stand: a report saved and loaded again byte for byte, a login that expires, a save that fails,
 * two tabs, two clerks, values that come back changed. Knows an office, not which one.
 */
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import type { BrowserName } from '../browser/find-browsers.mjs';
import type { Checklist } from './checklist.ts';
import {
  expectSame,
  expectStored,
  expectThat,
  FIRST,
  FOURTH,
  given,
  OFFERED,
  pause,
  SAVED,
  SECOND,
  THIRD,
  UNTOUCHED,
  valueOf,
} from './desk.ts';
import type { HostTools } from './host.ts';
import { usableAfter } from './usable.ts';

/** A host as a clerk meets it. */
export interface Office {
  readonly url: string;
  /** An address of the same origin without an editor. */
  readonly blank: string;
  /** Logs in and opens the report. */
  open(browser: TestBrowser): Promise<OpenPage>;
  /** The clerk's click on the host's button; returns when the host has said that it is saved. */
  save(tab: OpenPage): Promise<void>;
  /** The same, returns when the host has said that it is not. */
  saveInVain(tab: OpenPage, why: 'login' | 'error' | 'conflict'): Promise<void>;
  /** Opens the report again, after logging in where that is asked for; waits for it unless it cannot be read. */
  reopen(tab: OpenPage, readable?: boolean): Promise<void>;
  /** The login is over, which the clerk does not see. */
  expireLogin(tab: OpenPage): Promise<void>;
  /** Whether the host can write. */
  breakSaving(broken: boolean): void;
  /** What the host keeps. */
  stored(): string;
  put(text: string): void;
}

type Scene = (office: Office, browser: TestBrowser, tools: HostTools) => Promise<void>;

/** Runs scenes one after the other, each with an empty store and a browser without drafts. */
export async function runScenes(
  scenes: Readonly<Record<string, Scene>>,
  office: Office,
  browser: TestBrowser,
  list: Checklist,
  tools: HostTools,
): Promise<void> {
  for (const [what, scene] of Object.entries(scenes)) {
    office.breakSaving(false);
    office.put('');
    await list.check(what, browser.name, async () => {
      await wipe(office, browser);
      await scene(office, browser, tools);
    });
    await browser.closePages();
  }
}

async function wipe(office: Office, browser: TestBrowser): Promise<void> {
  const { page } = await browser.open(office.blank);
  await page.evaluate(async () => {
    localStorage.clear();
    for (const { name = '' } of await indexedDB.databases())
      await new Promise<void>((resolve) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onblocked = () => resolve();
      });
  });
  await page.close();
}

/** How long it takes, in the first browser; the median of three. */
export async function measureUsable(
  office: Office,
  browser: TestBrowser,
  list: Checklist,
  { short }: HostTools,
): Promise<void> {
  for (let run = 0; run < (short ? 1 : 3); run += 1) {
    const tab = await office.open(browser);
    list.usable(await usableAfter(tab.frame));
    await browser.closePages();
  }
}

/** What the draft was, restored from the banner that offers it. */
export async function restore(tab: OpenPage): Promise<void> {
  await tab.untilText(OFFERED);
  await tab.click('button', '恢复草稿');
  await tab.untilText('已恢复草稿');
}

/** Soon, since a host may load what it shows. */
export async function shows(tab: OpenPage, cells: Readonly<Record<string, string>>): Promise<void> {
  const end = Date.now() + 5_000;
  for (const [cell, text] of Object.entries(cells)) {
    let shown = await tab.shown(cell);
    for (; shown !== text && Date.now() < end; shown = await tab.shown(cell)) await pause(50);
    expectThat(shown === text, `${cell} shows “${shown}”, typed was “${text}”`);
  }
}

/** What is stored, loaded again: the very text, and no draft beside it. */
export async function isBack(office: Office, tab: OpenPage): Promise<void> {
  expectSame(await valueOf(tab.frame), office.stored(), 'what the element has after the reload');
  // The draft of what the host has now goes by itself.
  await pause(300);
  expectThat(!(await tab.text()).includes(OFFERED), 'a draft is offered of what is stored');
}

export const roundTrip: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(SECOND, '34');
  await tab.type(THIRD, '56', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56 });
  expectSame(office.stored(), await given(tab.frame), 'what is stored after the first save');
  await office.reopen(tab);
  await shows(tab, { [FIRST]: '12', [SECOND]: '34', [THIRD]: '56' });
  await isBack(office, tab);
  // Saved again without an edit, then with one.
  const before = office.stored();
  await office.save(tab);
  expectSame(office.stored(), before, 'saved without an edit');
  await office.reopen(tab);
  await tab.type(FOURTH, '7');
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56, [FOURTH]: 7 });
  expectSame(office.stored(), await given(tab.frame), 'what is stored after the last save');
  await office.reopen(tab);
  await isBack(office, tab);
};

export const savedTwice: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await office.save(tab);
  const first = office.stored();
  await tab.type(SECOND, '34');
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
  const { base } = (JSON.parse(office.stored()) as { revision: { base: string } }).revision;
  expectSame(base, (JSON.parse(first) as { digest: string }).digest, 'the base of the second save');
  await tab.type(THIRD, '56', { enter: false });
  await office.save(tab);
  await office.reopen(tab);
  expectSame(await valueOf(tab.frame), office.stored(), 'what the element has after the reload');
};

export const loginExpired: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await office.expireLogin(tab);
  await tab.type(SECOND, '34', { enter: false });
  await office.saveInVain(tab, 'login');
  expectThat(office.stored() === '', 'the host stored it all the same');
  await office.reopen(tab);
  await restore(tab);
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
};

export const saveFails: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(SECOND, '34', { enter: false });
  office.breakSaving(true);
  await office.saveInVain(tab, 'error');
  expectThat(office.stored() === '', 'the host stored it all the same');
  office.breakSaving(false);
  await office.reopen(tab);
  await restore(tab);
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
  await office.reopen(tab);
  await isBack(office, tab);
};

export const leaving: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await office.reopen(tab);
  expectThat(tab.asked === 0, 'the browser asks before anything was edited');
  await tab.type(FIRST, '12');
  tab.stays = true;
  // Comes to nothing, since the clerk stays.
  void tab.page.reload().catch(() => undefined);
  await tab.untilAsked(1);
  await shows(tab, { [FIRST]: '12' });
  tab.stays = false;
  await office.save(tab);
  expectThat(tab.asked === 1, 'the browser asks when the form is saved');
  await office.reopen(tab);
  expectThat(tab.asked === 1, 'the browser asks after everything was saved');
};

/** 刷新 without saving, and 后退 from an answer that was an error: what was typed is there, and is called unsaved. */
export const backAndReload: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(SECOND, '34', { enter: false });
  await tab.page.reload();
  await tab.ready();
  await restore(tab);
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  office.breakSaving(true);
  await office.saveInVain(tab, 'error');
  office.breakSaving(false);
  await tab.page.goBack();
  await tab.ready();
  // Out of the browser's memory it is as it was, else the draft is offered.
  if ((await tab.shown(FIRST)) === '') await restore(tab);
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  const { asked } = tab;
  // No browser asks on a page that nobody has touched.
  await tab.click('h1');
  await tab.page.goto('about:blank');
  expectThat(
    tab.asked === asked + 1,
    `the browser asks ${tab.asked - asked} times before unsaved edits are left`,
  );
  await office.reopen(tab);
  await restore(tab);
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
};

export const twoTabs: Scene = async (office, browser) => {
  const first = await office.open(browser);
  await first.type(FIRST, '12');
  await first.untilText(SAVED);
  const second = await office.open(browser);
  await second.untilText('另一个标签页正在编辑此报告');
  await second.type(UNTOUCHED, '99');
  await shows(second, { [FIRST]: '12', [UNTOUCHED]: '' });
  await second.click('button', '在本页编辑');
  await second.untilText('现在由本页编辑此报告');
  await second.type(SECOND, '34', { enter: false });
  await office.save(second);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
  expectSame(office.stored(), await given(second.frame), 'what the tab that took over saved');
};

export const twoClerks: Scene = async (office, browser, tools) => {
  const here = await office.open(browser);
  await here.type(FIRST, '1');
  await office.save(here);
  await office.reopen(here);
  const elsewhere = tools.browser(browser.name as BrowserName);
  try {
    const there = await office.open(elsewhere);
    await here.type(FIRST, '12');
    await there.type(SECOND, '34');
    await office.save(here);
    const saved = office.stored();
    await office.saveInVain(there, 'conflict');
    expectSame(office.stored(), saved, 'what the first clerk saved');
    await office.reopen(there);
    await there.untilText('草稿开始之后，系统中的内容已被改动');
    await restore(there);
    await shows(there, { [SECOND]: '34' });
  } finally {
    await elsewhere.close();
  }
};

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!,
  );

export const comesBackChanged: Scene = async (office, browser) => {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await office.save(tab);
  const clean = office.stored();
  office.put(escaped(clean));
  await office.reopen(tab);
  await tab.untilText('报告数据在保存时被转换过');
  await shows(tab, { [FIRST]: '12' });
  await tab.type(SECOND, '34');
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
  // The column of a database was too short.
  const cut = clean.slice(0, 4000);
  office.put(cut);
  await office.reopen(tab, false);
  await tab.untilText('报告数据不完整：只有 4000 个字符');
  expectSame(await valueOf(tab.frame), cut, 'what cannot be read');
};
