/** Faults of what lies in the database, of the clock, and of a browser that keeps nothing. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestBrowser } from '../pages/page-fixture.ts';
import { NOT_SAVED, OFFERED, SAVED, type Clerk } from './clerk.ts';
import { cellsOf, DATABASE, keptDrafts, until } from './database.ts';
import type { Lane, Row } from './lane.ts';

/** What a damaged, foreign or hostile program may leave there; made from a good record in the page. */
const BROKEN = [
  'shape',
  'older',
  'future',
  'NaN',
  '__proto__',
  'payload cut off',
  'payload no text',
  'numbers as text',
] as const;

export const strangeRecords: Row = {
  name: 'F11',
  title: '[D90] drafts of wrong shape, older, future, with NaN or __proto__ lie in the database',
  keeps: true,
  async run(lane, tally) {
    const browser = await lane.commonBrowser();
    const clerk = await lane.open(browser);
    for (let edit = 0; edit < 3; edit += 1) await clerk.type();
    await clerk.saved();
    await clerk.leave();
    const other = await lane.blank(browser);
    await other.page.evaluate(
      (name: string, kinds: readonly string[]) =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open(name);
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const database = request.result;
            const transaction = database.transaction('drafts', 'readwrite');
            const store = transaction.objectStore('drafts');
            store.getAll().onsuccess = (event) => {
              const [good] = (event.target as IDBRequest<Record<string, unknown>[]>).result;
              const payload = String(good!['payload']);
              // An own member of that name: a literal would set the prototype, and a spread leave it out.
              const hostile = JSON.parse('{"__proto__":{"year":1}}') as Record<string, unknown>;
              for (const [member, value] of Object.entries(good!)) hostile[member] = value;
              const broken: Record<string, Record<string, unknown>> = {
                shape: { hello: ['a', 1], tenant: '', user: '' },
                older: { ...good, version: 0 },
                future: { ...good, version: 99, revision: 1e6 },
                NaN: { ...good, revision: NaN, created: NaN },
                'payload cut off': { ...good, payload: payload.slice(0, payload.length / 2) },
                'payload no text': { ...good, payload: { tables: {} } },
                'numbers as text': { ...good, payload: payload.replace(/:\d+/, ':"seven"') },
              };
              for (const kind of kinds) {
                const record = kind === '__proto__' ? hostile : broken[kind]!;
                record['id'] = `broken ${kind}`;
                store.put(record);
              }
            };
            transaction.oncomplete = () => {
              database.close();
              resolve();
            };
            transaction.onabort = () => reject(transaction.error);
          };
        }),
      DATABASE,
      BROKEN,
    );
    await other.page.close();
    const back = await lane.again(clerk, browser);
    tally.add(clerk.typed, back.verdict, { committedKept: true });
    const expected = `有 ${BROKEN.length} 份草稿无法读取，已另行保存，可以下载`;
    tally.tell(back.banner, expected);
    // The banner went with the draft that was restored: what was set aside is offered again on the next load.
    await back.clerk.leave();
    const next = await lane.open(browser);
    tally.tell(await next.banner(), expected);
    await next.tab.click('button', '下载无法读取的草稿');
    const texts = await until(
      async () =>
        readdirSync(browser.downloads)
          .filter((name) => name.startsWith('无法读取的草稿') && name.endsWith('.json'))
          .map((name) => readFileSync(join(browser.downloads, name), 'utf8')),
      // A file that is still being written is not one.
      (found) => found.filter((text) => text.endsWith('}')).length >= BROKEN.length,
    );
    for (const kind of BROKEN)
      tally.expect(
        texts.some((text) => text.includes(`broken ${kind}`)),
        `${kind} is not among the ${texts.length} files`,
      );
    await next.type();
    await next.type();
    await next.saved();
    tally.tell(await next.says(SAVED), SAVED);
    tally.expect(
      next.tab.complaints.length === 0 && back.clerk.tab.complaints.length === 0,
      `the page complains: ${next.tab.complaints.join(' ')}`,
    );
    tally.note(`${BROKEN.join(', ')}: ${texts.length} files downloaded`);
    await next.leave();
  },
};

const DAY = 86_400_000;

/** What the page takes for the time; the browser itself goes on by the real clock. */
function clockBy(days: number): string {
  return `{
    const Real = Date;
    const ahead = ${days * DAY};
    globalThis.Date = class extends Real {
      constructor(...parts) {
        if (parts.length === 0) super(Real.now() + ahead);
        else super(...parts);
      }
      static now() {
        return Real.now() + ahead;
      }
    };
  }`;
}

export const clock: Row = {
  name: 'F12',
  title: '[D91] the clock is set back and forward between two edits',
  keeps: true,
  async run(lane, tally) {
    tally.note('Date replaced in the page; the clock of the machine stays');
    const browser = await lane.commonBrowser();
    let clerk = await lane.open(browser);
    for (const days of lane.short ? [-3_650, 20] : [-3_650, 20, -1, 30, -36_500, 0, 59, -59]) {
      // The same cell, so that only the order says which is right.
      await clerk.type('requests/received/natural-person');
      await clerk.type();
      await clerk.saved();
      await clerk.leave();
      const back = await lane.again(clerk, browser, { scripts: [clockBy(days)] });
      tally.add(clerk.typed, back.verdict, { committedKept: true });
      tally.tell(back.banner.replace(/暂存于.*/, '暂存于…'), OFFERED);
      clerk = back.clerk;
    }
    await clerk.leave();
    const right = await lane.again(clerk, browser);
    tally.add(clerk.typed, right.verdict, { committedKept: true });
    await right.clerk.type();
    await right.clerk.saved();
    await right.clerk.leave();
    // A clock that runs a year ahead takes nothing away.
    const ahead = await lane.open(browser, { scripts: [clockBy(400)] });
    tally.tell((await ahead.banner()).replace(/暂存于.*/, '暂存于…'), OFFERED);
    await ahead.leave();
    const back = await lane.again(right.clerk, browser);
    tally.add(right.clerk.typed, back.verdict, { committedKept: true });
    tally.tell(back.banner.replace(/暂存于.*/, '暂存于…'), OFFERED);
    await back.clerk.leave();
  },
};

const REFUSALS = {
  'indexedDB.open throws': `IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };`,
  'no indexedDB': `Object.defineProperty(globalThis, 'indexedDB', { value: undefined });`,
} as const;

/** A browser told by its settings to let no site keep anything. */
function forbidding(lane: Lane): TestBrowser {
  const browser = lane.browser({ preferences: { 'network.cookie.cookieBehavior': 2 } });
  if (lane.isChromium) {
    mkdirSync(join(browser.profile, 'Default'), { recursive: true });
    writeFileSync(
      join(browser.profile, 'Default/Preferences'),
      JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
    );
  }
  return browser;
}

/** The file of 下载备份. */
async function backup(clerk: Clerk, browser: TestBrowser): Promise<string | undefined> {
  const files = (): string[] => readdirSync(browser.downloads).filter((name) => name.endsWith('.json'));
  // The browser may give the next one the same name.
  for (const name of files()) rmSync(join(browser.downloads, name));
  await clerk.tab.click('button', '下载备份');
  return until(
    async () => {
      const [name] = files();
      return name === undefined ? undefined : readFileSync(join(browser.downloads, name), 'utf8');
    },
    // A file that is still being written is not one.
    (text) => text?.endsWith('}') === true,
  );
}

export const refused: Row = {
  name: 'F13',
  title: '[D92] the browser keeps nothing: IndexedDB refused, or a private window',
  keeps: false,
  async run(lane, tally) {
    const common = await lane.commonBrowser();
    const inPage = Object.entries(REFUSALS).map(([way, script]): [string, TestBrowser, readonly string[]] => [
      way,
      common,
      [script],
    ]);
    const ways = lane.short
      ? inPage.slice(0, 1)
      : [
          ['storage forbidden by a setting of the browser', forbidding(lane), []] as (typeof inPage)[0],
          ...inPage,
        ];
    for (const [way, browser, scripts] of ways) {
      const clerk = await lane.open(browser, { scripts });
      tally.tell(await clerk.saying(), '本浏览器不能暂存草稿');
      for (let edit = 0; edit < 3; edit += 1) await clerk.type();
      tally.tell(await clerk.says(NOT_SAVED), '只在本页打开期间保留');
      tally.expect(clerk.typed.acknowledged === 0, `something is called saved where ${way}`);
      tally.add(clerk.typed, clerk.typed.judge(await clerk.shown()), { committedKept: true });
      const file = await backup(clerk, browser);
      const inFile = clerk.typed.judge(file === undefined ? new Map() : cellsOf(file));
      tally.expect(
        inFile.committedLost + inFile.wrong.length === 0,
        `下载备份 does not hold what was typed where ${way}`,
      );
      await clerk.leave();
      if (browser !== common) await browser.quit();
    }
    tally.note(ways.map(([way]) => way).join(', '));
    if (lane.short) return;
    // In a private window the browser keeps drafts as long as the window, and tells no page that it is one.
    const secret = lane.browser({ privately: true });
    const clerk = await lane.open(secret);
    await clerk.type();
    await clerk.saved();
    tally.tell(await clerk.saying(), '从未备份');
    await clerk.leave();
    const back = await lane.again(clerk, secret);
    tally.add(clerk.typed, back.verdict, { committedKept: true });
    await secret.quit();
    const after = await lane.open(secret);
    const tab = await lane.blank(secret);
    const left = await keptDrafts(tab);
    tally.expect(left.length === 0, 'the window was not private');
    tally.note(
      `private window: kept while the window is open, gone with it; next time it says “${await after.banner()}”`,
    );
    await secret.quit();
  },
};
