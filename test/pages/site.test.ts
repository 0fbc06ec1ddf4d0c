/** The standalone page as a site and as one file: without its server, from a disk, from release to release. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import type { ElementHandle, Page } from 'puppeteer-core';
import {
  BROWSERS,
  ROOT,
  serveSite,
  TestBrowser,
  type Answer,
  type OpenPage,
  type Site,
} from './page-fixture.ts';
import { startUpstream } from './upstream.ts';

const CELL = 'requests/received/enterprise';
const document_ = (name: string): string => join(ROOT, 'test/fixtures/documents', name);
const SITE = join(ROOT, 'dist/site');

/** The folder of what belongs to one release. */
const RELEASE = readdirSync(SITE).find((name) => name.startsWith('release-'))!;

/** The site in another folder, and with other files where given. */
function moved(folder: string, files: () => Readonly<Record<string, string | Buffer>> = () => ({})) {
  const own = new Map(
    readdirSync(SITE, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(SITE, name)).isFile())
      .map((name) => [name, readFileSync(join(SITE, name))]),
  );
  return (path: string): Answer | undefined => {
    if (!path.startsWith(folder)) return undefined;
    const name = path.slice(folder.length) || 'index.html';
    const text = files()[name] ?? own.get(name);
    return text === undefined ? undefined : ({ text } as Answer);
  };
}

const integrityOf = (text: string | Buffer): string =>
  `sha384-${createHash('sha384').update(text).digest('base64')}`;

/** A release with another page and all of its parts under another name; `whole`: its service worker knows them. */
function nextRelease(whole: boolean, name = 'next'): Record<string, string | Buffer> {
  const rename = (text: string): string => text.replaceAll(RELEASE, `release-${name}`);
  const page = rename(readFileSync(join(SITE, 'index.html'), 'utf8')).replace(
    '<head>',
    '<head><meta name="next-release">',
  );
  const worker = rename(readFileSync(join(SITE, 'service-worker.js'), 'utf8'))
    .replace(/"version":"\w+"/, `"version":"${name}"`)
    .replace(
      /"index\.html":"[^"]*"/,
      `"index.html":"${integrityOf(whole ? page : 'what did not come whole')}"`,
    );
  const parts = readdirSync(join(SITE, RELEASE)).map((part) => [
    `release-${name}/${part}`,
    readFileSync(join(SITE, RELEASE, part)),
  ]);
  return { 'index.html': page, 'service-worker.js': worker, ...Object.fromEntries(parts) };
}

const untilOffline = (page: OpenPage): Promise<string> => page.untilText('本页已可离线使用', 20_000);

async function openFile(page: OpenPage, file: string): Promise<void> {
  await page.click('#to-home');
  const field = (await page.find('#file')) as unknown as ElementHandle<HTMLInputElement>;
  await field.uploadFile(file);
}

/** What a clerk does in an hour, without a server. */
async function work(page: OpenPage, browser: TestBrowser): Promise<void> {
  await page.begin();
  await page.type(CELL, '12');
  await page.untilText('草稿已暂存于本浏览器');
  await page.click('button', '检查');
  await page.untilText('处需要处理');
  for (const name of ['report.docx', 'requests.pdf']) {
    await openFile(page, document_(name));
    const cancel = (): Promise<void> => page.click('dialog.import .foot-of-dialog button', '取消');
    for (const end = Date.now() + 20_000; ;) {
      try {
        await cancel();
        break;
      } catch (error) {
        if (Date.now() > end) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  }
  await page.click('.tab button');
  for (const name of readdirSync(browser.downloads)) rmSync(join(browser.downloads, name));
  await page.click('.report:not([hidden]) .tools button', '保存');
  await page.untilText('已交给浏览器下载');
  for (const end = Date.now() + 8_000; ;) {
    const made = readdirSync(browser.downloads).find((name) => name.endsWith('.json'));
    const text = made === undefined ? '' : readFileSync(join(browser.downloads, made), 'utf8');
    if (text !== '') {
      expect(text).to.include('"enterprise":12');
      break;
    }
    if (Date.now() > end) throw new Error('Nothing was downloaded.');
    await new Promise((done) => setTimeout(done, 20));
  }
  await page.page.reload();
  await page.ready();
  await untilShown(page, '12');
  // Only Chromium prints where no printer is.
  if (browser.name === 'chromium') {
    await page.until(() => document.querySelector('.report:not([hidden])') !== null);
    const bytes = await page.page.pdf({ preferCSSPageSize: true });
    const result = await readDocument({ bytes: new Uint8Array(bytes), name: 'printed.pdf' });
    const entry = result.ok ? result.readings[0]!.cells.get(CELL)?.entry : undefined;
    expect(entry).to.deep.include({ kind: 'number', value: 12_000_000n });
  }
  await page.click('button.language');
  await page.untilText('Drafts and backups');
  await page.click('button.language');
  await page.untilText('检查');
}

async function untilShown(page: OpenPage, text: string): Promise<void> {
  const end = Date.now() + 8_000;
  for (let shown = ''; shown !== text; shown = await page.shown(CELL)) {
    if (Date.now() > end) throw new Error(`“${shown}”, not “${text}”: ${await page.text()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const inFields = async (page: Page): Promise<void> => {
  await page.evaluateOnNewDocument(
    'delete globalThis.showOpenFilePicker; delete globalThis.showSaveFilePicker;',
  );
};

for (const name of BROWSERS) {
  describe(`the standalone page without a network, in ${name}`, { timeout: 120_000 }, () => {
    const browser = new TestBrowser(name);
    before(() => browser.start().then(() => undefined));
    afterEach(() => browser.closePages());
    after(() => browser.close());

    it('[E340] loaded once, the site does all of it with its server gone', async () => {
      const site = await serveSite([], {}, moved('/年报/子目录/'));
      const url = `${site.url}/${encodeURI('年报/子目录')}/`;
      const first = await browser.open(url, inFields);
      await untilOffline(first);
      expect(first.complaints).to.deep.equal([]);
      await first.page.close();
      await site.close();
      const page = await browser.open(url, inFields);
      await work(page, browser);
      expect(page.complaints).to.deep.equal([]);
    });

    it('[E340] the page in one file does all of it from a disk, and asks for nothing', async () => {
      const asked: string[] = [];
      const page = await browser.open(pathToFileURL(join(ROOT, 'dist/offline.html')).href, async (tab) => {
        await inFields(tab);
        tab.on('request', (request) => asked.push(request.url()));
      });
      await work(page, browser);
      expect(page.complaints).to.deep.equal([]);
      expect(asked.filter((url) => !/^(?:blob|data|file):/.test(url))).to.deep.equal([]);
      expect(asked.filter((url) => url.startsWith('file:') && !url.endsWith('/offline.html'))).to.deep.equal(
        [],
      );
    });

    it('[E341] a new release waits for a click; what is typed stays, and another tab goes on', async () => {
      let files: Record<string, string | Buffer> = {};
      const site = await serveSite(
        [],
        {},
        moved('/', () => files),
      );
      try {
        const page = await browser.open(`${site.url}/`);
        await untilOffline(page);
        await page.page.reload();
        const other = await browser.open(`${site.url}/`);
        await other.begin();
        await page.page.bringToFront();
        await page.begin();
        await page.type(CELL, '34');
        files = nextRelease(true);
        await page.page.evaluate(() => navigator.serviceWorker.ready.then((one) => one.update()));
        await page.untilText('新版本已准备好', 20_000);
        expect(await page.shown(CELL)).to.equal('34');
        await page.type(CELL, '35', { enter: false });
        const isNext = (): Promise<boolean> =>
          page.page
            .evaluate(() => document.querySelector('meta[name="next-release"]') !== null)
            .catch(() => false);
        expect(await isNext()).to.equal(false);
        await page.click('.offer button', '现在更新');
        for (const end = Date.now() + 10_000; !(await isNext());) {
          if (Date.now() > end) throw new Error('The release was not taken up.');
          await new Promise((done) => setTimeout(done, 50));
        }
        await page.ready();
        await untilShown(page, '35');
        await other.page.bringToFront();
        await other.untilText('本页的程序已在另一个标签页更新');
        // A late part of the release before, which no server has any more.
        await site.close();
        await other.click('button', '快捷键');
        await other.untilText('Ctrl+Z');
        expect(page.complaints.concat(other.complaints)).to.deep.equal([]);
      } finally {
        await site.close().catch(() => undefined);
      }
    });

    it('[E341] where a server leads index.html to its folder, and where two releases were passed over, the site opens', async () => {
      let files: Record<string, string | Buffer> = {};
      const answer = moved('/led/', () => files);
      const site = await serveSite([], {}, (path) =>
        path === '/led/index.html' ? { text: '', status: 301, headers: { location: './' } } : answer(path),
      );
      const url = `${site.url}/led/`;
      const page = await browser.open(url);
      await untilOffline(page);
      await page.page.reload();
      await page.begin();
      for (const name of ['second', 'third']) {
        files = nextRelease(true, name);
        await page.page.evaluate(async () => {
          const registration = await navigator.serviceWorker.ready;
          const before = registration.waiting;
          await registration.update();
          for (
            const end = Date.now() + 15_000;
            registration.waiting === before || registration.waiting === null;
          ) {
            if (Date.now() > end) throw new Error('It was not installed.');
            await new Promise((done) => setTimeout(done, 20));
          }
        });
      }
      const other = await browser.open(url);
      await other.untilText('新版本已准备好', 15_000);
      await other.click('.offer button', '现在更新');
      await page.page.bringToFront();
      await page.untilText('本页的程序已在另一个标签页更新', 15_000);
      await site.close();
      await page.click('button', '快捷键');
      await page.untilText('Ctrl+Z');
      const again = await browser.open(url);
      await again.begin();
    });

    it('[E342] a release that does not come whole never takes the place of the one before', async () => {
      let files: Record<string, string | Buffer> = {};
      const site: Site = await serveSite(
        [],
        {},
        moved('/half/', () => files),
      );
      const url = `${site.url}/half/`;
      const page = await browser.open(url);
      await untilOffline(page);
      files = nextRelease(false);
      await page.page
        .evaluate(() => navigator.serviceWorker.ready.then((one) => one.update()).then(() => undefined))
        .catch(() => undefined);
      await page.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        for (const end = Date.now() + 10_000; registration.installing !== null && Date.now() < end;)
          await new Promise((done) => setTimeout(done, 20));
      });
      expect(await page.text()).not.to.include('新版本已准备好');
      await site.close();
      const again = await browser.open(url);
      await again.begin();
      expect(await again.page.$('meta[name="next-release"]')).to.equal(null);
    });

    it('[E343] on plain http it says that it needs its server, and works', async () => {
      const site = await serveSite();
      try {
        const page = await browser.open(`${site.url.replace('127.0.0.1', 'intranet.test')}/dist/site/`);
        await page.untilText('读取文档和重新打开需要网络');
        await page.begin();
        await page.type(CELL, '7');
        await page.untilText('草稿已暂存于本浏览器');
        await page.page.reload();
        await page.ready();
        await untilShown(page, '7');
        expect(page.complaints).to.deep.equal([]);
      } finally {
        await site.close();
      }
    });

    it('[E343] where nothing can be kept, it says so and asks before a report is closed', async () => {
      const site = await serveSite();
      try {
        const page = await browser.open(`${site.url}/dist/site/`, async (tab) => {
          await inFields(tab);
          await tab.evaluateOnNewDocument(
            `Object.defineProperty(globalThis, 'indexedDB', { get() { throw new DOMException('refused', 'SecurityError'); } });`,
          );
        });
        await page.untilText('本浏览器不允许保存草稿');
        await page.begin();
        await page.type(CELL, '7');
        await page.untilText('未能暂存');
        await page.click('.tab .close');
        await page.untilText('关闭后会丢失');
        await page.click('.closing button', '不关闭');
        await page.untilText('未能暂存');
        expect(await page.shown(CELL)).to.equal('7');
        await page.click('.tab .close');
        await page.click('.closing button', '仍要关闭');
        await page.until(() => document.querySelector('.tab') === null);
        expect(await page.text()).not.to.include('填写的内容在');
        expect(await page.text()).to.include('本浏览器不允许保存草稿');
        // What nothing else keeps is there again after a reload all the same.
        await page.begin();
        await page.type(CELL, '8');
        await page.untilText('未能暂存');
        await page.page.reload();
        await page.ready();
        await untilShown(page, '8');
      } finally {
        await site.close();
      }
    });

    it('[E346] a finished report is sent to the office that whoever put the site up names, after the network came back', async () => {
      let origin = '';
      const upstream = await startUpstream(() => [origin]);
      const configuration = JSON.stringify({
        upstream: [{ name: '市政府办公室', address: `${upstream.url}/ok` }],
      });
      const site = await serveSite(
        [],
        {},
        moved('/', () => ({ 'configuration.json': configuration })),
      );
      origin = site.url;
      try {
        const first = await browser.open(`${site.url}/`);
        await untilOffline(first);
        await first.page.close();
        await site.close();
        await upstream.stop();
        const page = await browser.open(`${site.url}/`);
        await page.until(() => document.querySelector('#new') !== null);
        await page.begin();
        await page.click('.tools button', '报送…');
        await page.untilText('处需要处理');
        await page.click('#to-home');
        await page.click('[data-sample="zero"]');
        await page.untilText('示例县审批服务局 2022 年度');
        await page.click('.report:not([hidden]) .tools button', '报送…');
        await page.untilText('市政府办公室');
        expect(upstream.received).to.deep.equal([]);
        await page.click('dialog button', '发送');
        await page.untilText('未确认');
        await upstream.start();
        await page.click('dialog button', '立即发送');
        await page.untilText('已接收', 15_000);
        await page.untilText('收件号 7');
        const [sent] = upstream.posts('/ok');
        const held = await page.page.evaluate(
          () => document.querySelector<XxgkAnnualReport>('.report:not([hidden]) xxgk-annual-report')!.value,
        );
        expect(sent!.body).to.equal(held);
        await page.click('dialog button', '关闭');
        await page.page.reload();
        await page.click('#queue', '报送队列').catch(async () => {
          await page.untilText('报送队列');
          await page.click('#queue', '报送队列');
        });
        await page.untilText('收件号 7');
      } finally {
        await upstream.stop();
        await site.close().catch(() => undefined);
      }
    });

    it('[E346] the page in one file sends from a disk, to an address that its user types', async () => {
      const upstream = await startUpstream(() => ['null']);
      try {
        const page = await browser.open(pathToFileURL(join(ROOT, 'dist/offline.html')).href);
        await page.until(() => document.querySelector('#new') !== null);
        await page.click('[data-sample="zero"]');
        await page.untilText('示例县审批服务局 2022 年度');
        await page.click('.report:not([hidden]) .tools button', '报送…');
        await page.untilText('报送报告');
        await page.click('dialog input[inputmode="url"]');
        await page.page.keyboard.type(`${upstream.url}/ok`);
        await page.page.keyboard.press('Enter');
        await page.untilText('收件号 7', 15_000);
        expect(upstream.posts('/ok')).to.have.length(1);
      } finally {
        await upstream.stop();
      }
    });

    it('[E331] what is sent was checked with the rule pack that is open; one that is not open is named, and not claimed', async () => {
      const upstream = await startUpstream(() => ['null']);
      const folder = mkdtempSync(join(tmpdir(), 'finished-'));
      const fresh = async (): Promise<OpenPage> => {
        const page = await browser.open(pathToFileURL(join(ROOT, 'dist/offline.html')).href);
        await page.until(() => document.querySelector('#new') !== null);
        return page;
      };
      const openFile = async (page: OpenPage, path: string): Promise<void> =>
        ((await page.find('#file')) as unknown as ElementHandle<HTMLInputElement>).uploadFile(path);
      const sent = async (
        page: OpenPage,
        path: string,
      ): Promise<{ checks: { rules: string }; digest: string }> => {
        const field = await page.find('dialog input[inputmode="url"]');
        await field.click({ count: 3 });
        await page.page.keyboard.type(`${upstream.url}${path}`);
        await page.page.keyboard.press('Enter');
        for (const end = Date.now() + 15_000; upstream.posts(path).length === 0;) {
          if (Date.now() > end) throw new Error(await page.text());
          await new Promise((done) => setTimeout(done, 20));
        }
        return JSON.parse(upstream.posts(path)[0]!.body) as { checks: { rules: string }; digest: string };
      };
      try {
        const page = await fresh();
        await page.click('[data-sample="zero"]');
        await page.untilText('示例县审批服务局 2022 年度');
        await openFile(page, join(ROOT, 'demo/samples/rule-pack.json'));
        await page.untilText('核对规则：示例省补充规则 2026.1');
        // What was finished with the official rules alone.
        await page.click('.report:not([hidden]) .tools button', '报送…');
        await page.untilText('报送报告');
        expect(await page.text()).not.to.include('没有载入');
        const first = await sent(page, '/ok');
        expect(first.checks.rules).to.equal('2021@1+example@2026.1');
        const path = join(folder, 'finished.json');
        writeFileSync(path, upstream.posts('/ok')[0]!.body);
        await page.page.close();

        // Another tab, in which the pack was not opened.
        const other = await fresh();
        await openFile(other, path);
        await other.untilText('示例县审批服务局 2022 年度');
        await other.click('.report:not([hidden]) .tools button', '报送…');
        await other.untilText('补充规则“example@2026.1”没有载入，发送前没有用它核对');
        const second = await sent(other, '/known');
        expect(second.checks.rules).to.equal('2021@1');
        expect(second.digest).to.equal(first.digest);
        // What keeps it from being finished may be that pack.
        await other.click('dialog button', '关闭');
        await other.type(CELL, '3');
        await other.click('.report:not([hidden]) .tools button', '报送…');
        await other.untilText('以前用补充规则“example@2026.1”核对，现在没有载入');
      } finally {
        await upstream.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('[E344] what takes longer than half a second is shown going on', async () => {
      const page = await browser.open(pathToFileURL(join(ROOT, 'dist/offline.html')).href, async (tab) => {
        await tab.evaluateOnNewDocument(`const real = File.prototype.arrayBuffer; File.prototype.arrayBuffer =
          function () { return new Promise((done) => setTimeout(() => done(real.call(this)), 1500)); };`);
      });
      await page.until(() => document.querySelector('#new') !== null);
      await openFile(page, join(ROOT, 'demo/samples/city-2024.json'));
      await page.untilText('正在读取“city-2024.json”');
      expect(await page.page.$('progress')).not.to.equal(null);
      await page.untilText('示例地级市人民政府 2024 年度');
      await page.until(() => document.querySelector('progress') === null);
    });

    it('[E345] a file holds the last of what was saved, is not written over what somebody else wrote, and not with another report', async () => {
      const site = await serveSite();
      try {
        const page = await browser.open(`${site.url}/dist/site/`, async (tab) => {
          await tab.evaluateOnNewDocument(`
            globalThis.showSaveFilePicker = async () => (await navigator.storage.getDirectory())
              .getFileHandle('a' + (globalThis.files = (globalThis.files ?? 0) + 1) + '.json', { create: true });
            const write = FileSystemFileHandle.prototype.createWritable;
            // The first one takes its time.
            FileSystemFileHandle.prototype.createWritable = async function (...how) {
              const wait = globalThis.slow ?? 0;
              globalThis.slow = 0;
              await new Promise((done) => setTimeout(done, wait));
              return write.apply(this, how);
            };`);
        });
        const inFile = (file: string): Promise<string> =>
          page.page
            .evaluate(
              async (called) =>
                (
                  await (await (await navigator.storage.getDirectory()).getFileHandle(called)).getFile()
                ).text(),
              file,
            )
            .catch(() => '');
        const untilIn = async (file: string, text: string): Promise<void> => {
          for (const end = Date.now() + 8_000; !(await inFile(file)).includes(text);) {
            if (Date.now() > end) throw new Error(`${file} holds ${await inFile(file)}`);
            await new Promise((done) => setTimeout(done, 20));
          }
        };
        const save = (): Promise<void> => page.click('.report:not([hidden]) .tools button', '保存');
        await page.begin();
        await page.type(CELL, '1');
        await save();
        await untilIn('a1.json', '"enterprise":1');
        await page.page.evaluate(() => Object.assign(globalThis, { slow: 800 }));
        await page.type(CELL, '2');
        await save();
        await page.type(CELL, '3');
        await save();
        await untilIn('a1.json', '"enterprise":3');
        await page.until(() => document.querySelector('.tab .mark') === null);
        // Typed while it is written.
        await page.page.evaluate(() => Object.assign(globalThis, { slow: 800 }));
        await page.type(CELL, '4');
        await save();
        await page.type(CELL, '5');
        await untilIn('a1.json', '"enterprise":4');
        await page.untilText('已保存到“a1.json”');
        expect(await page.page.$('.tab .mark')).not.to.equal(null);
        // Somebody else.
        await page.page.evaluate(async () => {
          const root = await navigator.storage.getDirectory();
          const stream = await (await root.getFileHandle('a1.json')).createWritable();
          await stream.write('of somebody else');
          await stream.close();
        });
        await save();
        await page.untilText('又被改动过');
        expect(await inFile('a1.json')).to.equal('of somebody else');
        await page.click('.newer button', '另存为…');
        await untilIn('a2.json', '"enterprise":5');
        expect(await inFile('a1.json')).to.equal('of somebody else');
        // Another draft in the place of this report.
        await page.untilText('草稿已暂存于本浏览器');
        await page.click('.tab .close');
        await page.begin();
        await page.type(CELL, '9');
        await page.click('.report:not([hidden]) .tools button', '保存');
        await untilIn('a3.json', '"enterprise":9');
        await page.click('#drafts');
        await page.untilText('本浏览器中');
        await page.click('dialog.drafts button', '打开');
        await untilShown(page, '5');
        await page.click('.report:not([hidden]) .tools button', '保存');
        await untilIn('a4.json', '"enterprise":5');
        expect(await inFile('a3.json')).to.include('"enterprise":9');
      } finally {
        await site.close();
      }
    });

    it('[E332] the file kept up to date is not forgotten by a reload: that it has stopped is said, and one click goes on', async () => {
      const site = await serveSite();
      try {
        const page = await browser.open(`${site.url}/dist/site/`, async (tab) => {
          await tab.evaluateOnNewDocument(`
            globalThis.showSaveFilePicker = async () => (await navigator.storage.getDirectory())
              .getFileHandle('备份.json', { create: true });`);
        });
        const inFile = (): Promise<string> =>
          page.page
            .evaluate(async () =>
              (
                await (await (await navigator.storage.getDirectory()).getFileHandle('备份.json')).getFile()
              ).text(),
            )
            .catch(() => '');
        const untilIn = async (text: string): Promise<void> => {
          for (const end = Date.now() + 8_000; !(await inFile()).includes(text);) {
            if (Date.now() > end) throw new Error(`The file holds ${await inFile()}`);
            await new Promise((done) => setTimeout(done, 20));
          }
        };
        const choose = async (): Promise<void> => {
          await page.click('#drafts');
          await page.untilText('本浏览器中');
          await page.click('dialog.drafts button', '自动备份到文件…');
          await page.untilText('自动备份到“备份.json”：已是最新');
          await page.click('dialog.drafts button', '关闭');
        };
        const stopped = '自动备份到“备份.json”：本页重新打开后已停止写入';
        // Chosen before there is a draft: kept beside the first one.
        await page.begin();
        await choose();
        await page.type(CELL, '1');
        await untilIn('"enterprise":1');
        await page.untilText('草稿已暂存于本浏览器');
        await page.page.reload();
        await page.ready();
        await page.untilText(stopped);
        await page.untilText('备份文件：本页重新打开后已停止写入');
        await page.type(CELL, '2');
        await page.untilText('草稿已暂存于本浏览器');
        expect(await inFile()).to.include('"enterprise":1');
        await page.click('.banner button', '继续自动备份');
        await untilIn('"enterprise":2');
        await page.untilText('备份文件：已是最新');
        expect(await page.text()).not.to.include(stopped);
        await page.type(CELL, '3');
        await untilIn('"enterprise":3');
        // Another report asks nothing, and does not touch the file.
        await page.click('#to-home');
        await page.begin();
        await page.type(CELL, '9', { editor: 1 });
        await page.untilText('草稿已暂存于本浏览器');
        expect(await page.text()).not.to.include('备份文件：');
        expect(await inFile()).to.include('"enterprise":3');
        await page.page.reload();
        await page.ready();
        // Once all that was open is open again, the report that was in front comes to the front.
        await page.until(() => {
          const editors = [...document.querySelectorAll('xxgk-annual-report')];
          return editors.length === 2 && editors.every(({ draftId }) => draftId !== null);
        });
        await new Promise((done) => setTimeout(done, 300));
        await page.click('.tab button');
        await page.untilText(stopped);
        await page.click('.banner button', '不再备份');
        await page.until(() => document.querySelectorAll('.tab').length === 2);
        // That it is forgotten is written down a moment later.
        await new Promise((done) => setTimeout(done, 500));
        await page.page.reload();
        await page.ready();
        await page.untilText('草稿已暂存于本浏览器');
        await new Promise((done) => setTimeout(done, 500));
        expect(await page.text()).not.to.include('备份文件：');
        expect(page.complaints).to.deep.equal([]);
      } finally {
        await site.close();
      }
    });

    it('[E345] a file that cannot be written is said to be that, and what is on screen is in no file', async () => {
      const page = await browser.open(pathToFileURL(join(ROOT, 'dist/offline.html')).href, async (tab) => {
        await tab.evaluateOnNewDocument(`globalThis.showSaveFilePicker = async ({ suggestedName }) => ({
          name: suggestedName,
          createWritable: async () => { throw new DOMException('no', globalThis.fault); },
        });`);
      });
      await page.until(() => document.querySelector('#new') !== null);
      await page.begin();
      await page.type(CELL, '7');
      for (const [fault, sentence] of [
        ['QuotaExceededError', '磁盘已满'],
        ['NotAllowedError', '浏览器没有得到允许'],
        ['NoModificationAllowedError', '正被其他程序占用'],
        ['NotFoundError', '已被移动或删除'],
        ['AbortError', '没有写入“政府信息公开年报_未填单位_'],
      ]) {
        await page.page.evaluate((name) => Object.assign(globalThis, { fault: name }), fault);
        await page.click('.tools button', '另存为…');
        await page.untilText(sentence!);
        expect(await page.page.$('.tab .mark')).not.to.equal(null);
      }
    });

    it('[E345] where files can be written in their place, they are, and are listed on the home view', async () => {
      const site = await serveSite();
      try {
        const page = await browser.open(`${site.url}/dist/site/`, async (tab) => {
          // Real files of the browser's own folder; only the dialog of the system is not there.
          await tab.evaluateOnNewDocument(`
            globalThis.showSaveFilePicker = async ({ suggestedName }) => {
              globalThis.asked = (globalThis.asked ?? 0) + 1;
              const root = await navigator.storage.getDirectory();
              return root.getFileHandle(suggestedName, { create: true });
            };`);
        });
        await page.begin();
        await page.type(CELL, '7');
        await page.click('.tools button', '保存');
        await page.untilText('已保存到“政府信息公开年报_未填单位_');
        await page.type(CELL, '8');
        await page.click('.tools button', '保存');
        // In the middle of a write there is no file for a moment.
        const written = (): Promise<string> =>
          page.page
            .evaluate(async () => {
              const root = await navigator.storage.getDirectory();
              for await (const entry of (
                root as unknown as { values(): AsyncIterable<FileSystemFileHandle> }
              ).values())
                return (await entry.getFile()).text();
              return '';
            })
            .catch(() => '');
        for (const end = Date.now() + 8_000; !(await written()).includes('"enterprise":8');) {
          if (Date.now() > end) throw new Error('It was not written again.');
          await new Promise((done) => setTimeout(done, 20));
        }
        expect(await page.page.evaluate(() => (globalThis as unknown as { asked: number }).asked)).to.equal(
          1,
        );
        await page.click('.tab .close');
        await page.page.reload();
        await page.untilText('最近打开的文件');
        await page.click('#home .entry', '政府信息公开年报_未填单位_');
        await page.ready();
        await untilShown(page, '8');
      } finally {
        await site.close();
      }
    });
  });
}
