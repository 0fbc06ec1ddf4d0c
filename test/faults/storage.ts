/** Faults of the browser's storage under somebody who is typing. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import { CELLS, NOT_SAVED, OFFERED, pause, pick, SAVED, type Clerk } from './clerk.ts';
import { cellsOf, DATABASE, keptDrafts, until } from './database.ts';
import type { Lane, Row, Tally } from './lane.ts';

/** Where nothing is typed before. */
const EMPTY = CELLS[10]!;

export const newerVersion: Row = {
  name: 'F6',
  title: '[D85] a newer version of the program opens the database under somebody who is typing',
  keeps: true,
  async run(lane, tally) {
    for (let run = 0; run < lane.runs(5, 1); run += 1) {
      const browser = await lane.commonBrowser();
      const newer = await lane.blank(browser);
      const clerk = await lane.open(browser);
      await clerk.tab.page.bringToFront();
      const [first = '', ...cells] = CELLS.slice(0, 4);
      await clerk.type(first);
      await clerk.saved();
      for (const cell of cells) await clerk.type(cell);
      // A newer program would add what it needs, and then find the drafts there.
      const opened = await newer.page.evaluate(
        (name: string) =>
          new Promise<boolean>((resolve) => {
            const request = indexedDB.open(name, 2);
            request.onupgradeneeded = () => request.result.createObjectStore('of-the-newer-program');
            request.onsuccess = () => {
              request.result.close();
              resolve(true);
            };
            request.onerror = () => resolve(false);
            setTimeout(() => resolve(false), 10_000);
          }),
        DATABASE,
      );
      tally.expect(opened, 'the newer program does not get the database');
      const [draft] = await keptDrafts(newer);
      tally.add(clerk.typed, clerk.typed.judge(draft ? cellsOf(draft.payload) : new Map()), {
        committedKept: true,
      });
      const words = await clerk.tab.untilText('另一个标签页已打开新版本，本页不能再修改');
      tally.tell(/另一个标签页已打开新版本[^\n]*/.exec(words)?.[0] ?? '', '刷新本页');
      // The edits that it handed over on the way are called saved a moment later.
      await clerk.saved();
      // Nothing typed from now on would be kept, so nothing can be typed.
      const before = await clerk.shown();
      const { acknowledged, committed } = clerk.typed;
      await clerk.type(EMPTY);
      await pause(600);
      tally.expect(
        acknowledged === clerk.typed.acknowledged && !(await clerk.shown()).has(EMPTY),
        'the old tab still takes what is typed',
      );
      tally.expect(
        committed === before.size && [...clerk.typed.judge(before).wrong].length === 0,
        'what was typed before does not stay on screen',
      );
      await clerk.leave();
      await newer.page.close();
    }
  },
};

const CLEARINGS = {
  'indexedDB.deleteDatabase': async (_browser: TestBrowser, other: OpenPage) => {
    await other.page.evaluate(
      (name: string) =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = () => resolve();
          request.onerror = () => reject(new Error('The database is not deleted.'));
        }),
      DATABASE,
    );
  },
  'Clear-Site-Data': async (_browser: TestBrowser, other: OpenPage, url: string) => {
    await other.page.evaluate((path: string) => fetch(path).then((answer) => answer.text()), `${url}/clear`);
  },
  'Storage.clearDataForOrigin': async (_browser: TestBrowser, other: OpenPage, url: string) => {
    const session = await other.page.createCDPSession();
    await session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'all' });
  },
};

export const cleared: Row = {
  name: 'F7',
  title: '[D86] the database is deleted or the data of the site cleared while somebody types',
  keeps: true,
  async run(lane, tally) {
    const ways = (Object.keys(CLEARINGS) as (keyof typeof CLEARINGS)[]).filter(
      (way) => lane.isChromium || way !== 'Storage.clearDataForOrigin',
    );
    tally.note(`by ${lane.short ? ways[0] : ways.join(', ')}`);
    for (let run = 0; run < lane.runs(ways.length * 5, 1); run += 1) {
      const browser = await lane.commonBrowser();
      const other = await lane.blank(browser);
      const clerk = await lane.open(browser);
      await clerk.tab.page.bringToFront();
      for (let edit = 0; edit < 3; edit += 1) await clerk.type();
      await clerk.saved();
      const way = ways[run % ways.length]!;
      await CLEARINGS[way](browser, other, lane.url);
      // Nothing is typed: the page writes everything again by itself.
      const wanted = clerk.typed.expected().size;
      const [draft] = await until(
        () => keptDrafts(other),
        ([one]) => one !== undefined && cellsOf(one.payload).size === wanted,
      );
      tally.expect(
        draft !== undefined && cellsOf(draft.payload).size === wanted,
        `the draft is not written again after ${way}`,
      );
      await clerk.type();
      await clerk.saved();
      tally.tell(await clerk.says(SAVED), SAVED);
      await clerk.leave();
      await other.page.close();
      const back = await lane.again(clerk, browser);
      tally.add(clerk.typed, back.verdict, { committedKept: true });
      tally.tell(back.banner, OFFERED);
      await back.clerk.leave();
    }
  },
};

/** Another program of the same site that takes all the room there is, down to the last kilobyte. */
function takeAllRoom(other: OpenPage): Promise<number> {
  return other.page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('another-program', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('things', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    let taken = 0;
    for (const size of [262_144, 16_384, 1_024]) {
      for (let full = false; !full;) {
        const bytes = new Uint8Array(size);
        // Nothing that could be compressed.
        for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
        full = await new Promise<boolean>((resolve) => {
          const transaction = database.transaction('things', 'readwrite', { durability: 'strict' });
          transaction.oncomplete = () => resolve(false);
          transaction.onabort = () => resolve(true);
          transaction.objectStore('things').put(bytes);
        }).catch(() => true); // Firefox refuses the next transaction after a full one.
        if (!full) taken += size;
        if (taken > 200_000_000) throw new Error('The storage does not get full.');
      }
    }
    database.close();
    return taken;
  });
}

function giveRoomBack(other: OpenPage): Promise<void> {
  return other.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('another-program');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
}

/** Types on until the page says that it is not kept; what it says then. */
async function typeUntilNotSaved(
  clerk: Clerk,
  take: () => Promise<unknown>,
  words: string,
  attempts = 40,
): Promise<string> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await take();
    await clerk.tab.page.bringToFront();
    await clerk.type();
    const end = Date.now() + 8_000;
    while (Date.now() < end && clerk.typed.acknowledged < clerk.typed.committed) {
      const said = await clerk.saying();
      if (said.includes(words)) return said;
      await pause(20);
    }
  }
  return clerk.saying();
}

const FULL = '草稿未能暂存：磁盘已满，请下载备份';

export const quota: Row = {
  name: 'F8',
  title: '[D87] the room that the browser grants the site is used up, and given back',
  keeps: true,
  async run(lane, tally) {
    const limit = 6_000_000;
    const browser = lane.browser({
      preferences: { 'dom.quotaManager.temporaryStorage.fixedLimit': limit / 1_000 },
    });
    tally.note(
      lane.isChromium
        ? 'by Storage.overrideQuotaForOrigin and another program of the site'
        : 'by dom.quotaManager.temporaryStorage.fixedLimit and another program of the site',
    );
    for (let run = 0; run < lane.runs(3, 1); run += 1) {
      if (run > 0) await lane.wipe(browser);
      const other = await lane.blank(browser);
      if (lane.isChromium) {
        const session = await other.page.createCDPSession();
        await session.send('Storage.overrideQuotaForOrigin', { origin: lane.url, quotaSize: limit });
      }
      const clerk = await lane.open(browser);
      // With a history there is something to give up, and in Firefox that is room for the newest.
      const history = run === 2;
      for (let edit = 0; edit < (history ? 8 : 2); edit += 1) {
        await clerk.type();
        await clerk.saved();
      }
      const said = await typeUntilNotSaved(clerk, () => takeAllRoom(other), FULL, history ? 3 : 40);
      if (history && said.includes(SAVED)) {
        tally.note('with a history to prune it stays saved');
        await clerk.leave();
        await other.page.close();
        const back = await lane.again(clerk, browser);
        tally.add(clerk.typed, back.verdict, { committedKept: true });
        await back.clerk.leave();
        continue;
      }
      tally.tell(said, FULL);
      tally.expect(said.includes('请下载备份'), 'no backup is offered');
      if (!lane.short) {
        await clerk.type();
        await pause(500);
        tally.tell(await clerk.saying(), NOT_SAVED);
      }
      await giveRoomBack(other);
      const start = Date.now();
      // By itself, without another edit.
      await clerk.saved(70_000);
      tally.note(`saved again ${Math.ceil((Date.now() - start) / 1000)} s after there was room`);
      tally.tell(await clerk.says(SAVED), SAVED);
      await clerk.leave();
      await other.page.close();
      const back = await lane.again(clerk, browser);
      tally.add(clerk.typed, back.verdict, { committedKept: true });
      tally.tell(back.banner, OFFERED);
      await back.clerk.leave();
    }
  },
};

/** Runs with a profile on a small disk of its own, where that is permitted. */
async function onSmallDisk(
  tally: Tally,
  use: (folder: string, fill: () => void, free: () => void) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    const why = String((error as { stderr?: Buffer }).stderr ?? error).trim();
    throw new Error(`A small disk cannot be mounted (${why}); run as root.`, { cause: error });
  }
  const filler = join(folder, 'filler');
  const unmount = (): void => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', unmount);
  try {
    await use(
      folder,
      () => {
        const file = openSync(filler, 'a');
        for (const size of [1_048_576, 4_096]) {
          const bytes = Buffer.alloc(size, 7);
          try {
            while (writeSync(file, bytes) === size);
          } catch {
            // Full.
          }
        }
        closeSync(file);
      },
      () => rmSync(filler, { force: true }),
    );
    tally.note('the profile on a tmpfs of 192 MB, filled by a file');
  } finally {
    process.off('exit', unmount);
    unmount();
  }
}

export const diskFull: Row = {
  name: 'F9',
  title: '[D88] the disk under the profile is full, and free again',
  keeps: true,
  // A small disk can be mounted by root only, and not on every machine.
  shortIn: [],
  patience: 5,
  run: (lane, tally) =>
    onSmallDisk(tally, async (folder, fill, free) => {
      for (let run = 0; run < lane.runs(3, 1); run += 1) {
        const profile = join(folder, `profile-${run}`);
        mkdirSync(profile);
        const browser = lane.browser({ profile });
        const clerk = await lane.open(browser);
        await clerk.type();
        await clerk.saved();
        const said = await typeUntilNotSaved(clerk, async () => fill(), NOT_SAVED);
        tally.tell(said, NOT_SAVED);
        tally.expect(said.includes('请下载备份'), 'no backup is offered');
        await clerk.type();
        free();
        const start = Date.now();
        await clerk.saved(90_000);
        tally.note(`saved again ${Math.ceil((Date.now() - start) / 1000)} s after there was room`);
        tally.tell(await clerk.says(SAVED), SAVED);
        await browser.kill();
        const back = await lane.again(clerk, browser);
        tally.add(clerk.typed, back.verdict, { committedKept: true });
        tally.tell(back.banner, OFFERED);
        await browser.quit();
      }
    }),
};

/** The files in which the browser keeps the database of this site. */
function storeFiles(lane: Lane, browser: TestBrowser): string[] {
  const { hostname, port } = new URL(lane.url);
  const folder = lane.isChromium
    ? join(browser.profile, 'Default/IndexedDB', `http_${hostname}_${port}.indexeddb.leveldb`)
    : join(browser.profile, 'storage/default', `http+++${hostname}+${port}`, 'idb');
  return existsSync(folder)
    ? readdirSync(folder)
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile() && statSync(path).size > 0)
        .filter((path) => !path.endsWith('LOCK') && !path.endsWith('LOG'))
    : [];
}

const DAMAGES = ['bytes', 'a digit', 'start', 'cut', 'gone'] as const;

/** Another number of as many digits wherever this one is the value of a cell, in either width of a text. */
function changeDigit(path: string, text: string): void {
  const other = `${text.slice(0, -1)}${(Number(text.at(-1)) + 5) % 10}`;
  const bytes = readFileSync(path);
  for (const encoding of ['latin1', 'utf16le'] as const) {
    const wanted = Buffer.from(`:${text}`, encoding);
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
      bytes.set(Buffer.from(`:${other}`, encoding), at);
  }
  writeFileSync(path, bytes);
}

function damage(paths: readonly string[], way: (typeof DAMAGES)[number], texts: readonly string[]): void {
  if (way === 'a digit') {
    for (const path of paths) for (const text of texts) changeDigit(path, text);
    return;
  }
  // The largest holds the drafts.
  const path =
    Math.random() < 0.7
      ? paths.reduce((a, b) => (statSync(a).size >= statSync(b).size ? a : b))
      : pick(paths);
  const { size } = statSync(path);
  if (way === 'gone') {
    rmSync(path);
  } else if (way === 'cut') {
    truncateSync(path, Math.floor(Math.random() * size));
  } else {
    const file = openSync(path, 'r+');
    for (let spot = 0; spot < (way === 'start' ? 1 : 12); spot += 1) {
      const bytes = Buffer.from(Array.from({ length: 24 }, () => Math.floor(Math.random() * 256)));
      writeSync(file, bytes, 0, bytes.length, way === 'start' ? 0 : Math.floor(Math.random() * size));
    }
    closeSync(file);
  }
}

/** Every way in which the page may say that a draft is not as it was. */
const LOSS_SAID = /现已找不到|无法读取|暂时无法查看|草稿未能暂存|不是最新/;

export const damaged: Row = {
  name: 'F10',
  title: '[D89] the files of the database are damaged between two runs',
  keeps: false,
  // What is damaged is left to chance, which a test is not.
  shortIn: [],
  patience: 6,
  async run(lane, tally) {
    const outcomes = { kept: 0, said: 0, silent: 0 };
    for (let run = 0; run < lane.runs(20, 1); run += 1) {
      const way = DAMAGES[run % DAMAGES.length]!;
      const browser = lane.browser();
      const clerk = await lane.open(browser);
      for (const cell of CELLS.slice(0, lane.runs(12, 4))) await clerk.type(cell);
      await clerk.saved();
      await browser.quit();
      const files = storeFiles(lane, browser);
      tally.expect(files.length > 0, 'the files of the database are not found');
      if (files.length === 0) return;
      damage(
        files,
        way,
        clerk.typed.edits.map(({ text }) => text),
      );
      const next = await lane.open(browser);
      const banner = await next.banner();
      if (banner.includes(OFFERED)) await next.restore();
      const found = await next.shown();
      const verdict = clerk.typed.judge(found);
      const whole = verdict.acknowledgedLost + verdict.committedLost + verdict.wrong.length === 0;
      await next.startOver(found);
      const said = LOSS_SAID.test(banner) || LOSS_SAID.test(await next.saying());
      if (whole) outcomes.kept += 1;
      else if (said) outcomes.said += 1;
      else outcomes.silent += 1;
      // Lost and said is what has to be; a number that nobody typed is wrong in any case.
      const strange = verdict.wrong.filter((one) => !one.includes(': blank,'));
      tally.add(
        clerk.typed,
        said && !whole
          ? { acknowledgedLost: 0, committedLost: 0, wrong: strange }
          : { ...verdict, wrong: whole || said ? strange : [...verdict.wrong, `silent after ${way}`] },
      );
      if (!whole) tally.tell(banner === '' ? await next.saying() : banner);
      await next.type();
      await next.type();
      const after = await until(
        () => next.saying(),
        (words) => words.includes(SAVED) || words.includes(NOT_SAVED),
      );
      tally.tell(after);
      tally.expect(/草稿已暂存|草稿未能暂存/.test(after), `editing does not go on: ${after}`);
      await lane.tidy();
    }
    tally.note(
      `${outcomes.kept} whole, ${outcomes.said} lost and said so, ${outcomes.silent} lost without a word`,
    );
  },
};

/** An opening that waits for a deletion that waits for a tab that does not let go, as a frozen one does not. */
async function stuckOpening(lane: Lane, tally: Tally): Promise<void> {
  const browser = await lane.commonBrowser();
  const other = await lane.blank(browser);
  await other.page.evaluate(
    (name: string) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          (globalThis as unknown as { held: IDBDatabase }).held = request.result;
          indexedDB.deleteDatabase(name).onblocked = () => resolve();
        };
      }),
    DATABASE,
  );
  const clerk = await lane.open(browser, {}, 30_000);
  await clerk.tab.page.bringToFront();
  await clerk.type();
  tally.tell(await clerk.says(NOT_SAVED, 30_000), '浏览器长时间没有完成写入');
  await other.page.evaluate(() => (globalThis as unknown as { held: IDBDatabase }).held.close());
  await clerk.saved(70_000);
  tally.tell(await clerk.says(SAVED), SAVED);
  await clerk.leave();
  await other.page.close();
  const back = await lane.again(clerk, browser);
  tally.add(clerk.typed, back.verdict, { committedKept: true });
  await back.clerk.leave();
}

export const stuck: Row = {
  name: 'F18',
  title: '[D94] a write that never settles, because another tab holds the stores',
  keeps: true,
  async run(lane, tally) {
    const browser = await lane.commonBrowser();
    const other = await lane.blank(browser);
    let clerk = await lane.open(browser);
    await clerk.tab.page.bringToFront();
    for (let run = 0; run < lane.runs(3, 1); run += 1) {
      await clerk.type();
      await clerk.saved();
      // A transaction that asks again and again never ends, and nobody else gets the stores.
      await other.page.evaluate(
        (name: string) =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.open(name);
            request.onerror = () => reject(request.error);
            request.onsuccess = () => {
              const database = request.result;
              const hold = globalThis as unknown as { letGo: boolean };
              hold.letGo = false;
              const transaction = database.transaction(['drafts', 'revisions', 'heads'], 'readwrite');
              const askAgain = (): void => {
                if (hold.letGo) return database.close();
                transaction.objectStore('drafts').count().onsuccess = askAgain;
                resolve();
              };
              askAgain();
            };
          }),
        DATABASE,
      );
      const start = Date.now();
      await clerk.type();
      const said = await clerk.says(NOT_SAVED, 20_000);
      const seconds = (Date.now() - start) / 1000;
      tally.tell(said, '浏览器长时间没有完成写入');
      tally.expect(seconds >= 4, 'the write was not held at all');
      tally.note(`said after ${seconds.toFixed(1)} s`);
      await clerk.type();
      await other.page.evaluate(() => {
        (globalThis as unknown as { letGo: boolean }).letGo = true;
      });
      await clerk.saved(70_000);
      tally.tell(await clerk.says(SAVED), SAVED);
      await clerk.leave();
      const back = await lane.again(clerk, browser);
      tally.add(clerk.typed, back.verdict, { committedKept: true });
      tally.tell(back.banner, OFFERED);
      clerk = back.clerk;
    }
    await clerk.leave();
    await other.page.close();
    if (lane.short) return;
    await stuckOpening(lane, tally);
    tally.note('and an opening held up by another tab');
  },
};
