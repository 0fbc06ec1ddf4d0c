/** Sending upstream from real pages to real servers: what an upstream does, what a network does, and closing the tab. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { expect } from 'chai';
import { digestIn, finishedText } from '../outbox/finished-payload.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';
import type { SendingPage } from './sending-page.ts';
import { startUpstream, type TestUpstream } from './upstream.ts';

async function pageText(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/pages/sending-page.ts'],
    bundle: true,
    minify: true,
    write: false,
    target: 'chrome90',
    conditions: ['production', 'browser'],
    tsconfig: join(ROOT, 'tsconfig.json'),
  });
  const script = outputFiles[0]!.text.replaceAll('</script', '<\\/script');
  return (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>报送</title><link rel="icon" href="data:,">' +
    `<body><sending-page></sending-page><script>${script}</script></body></html>`
  );
}

const states = (page: OpenPage) =>
  page.page.evaluate(() => document.querySelector<SendingPage>('sending-page')!.states());

/** Puts a report in line for each of these addresses, past the dialog. */
const add = (page: OpenPage, addresses: readonly string[], text = finishedText()): Promise<void> =>
  page.page.evaluate(
    async (list, payload) => {
      const { outbox } = document.querySelector<SendingPage>('sending-page')!;
      for (const address of list) await outbox.add(payload, { name: '', address });
    },
    addresses,
    text,
  );

async function untilStates(
  page: OpenPage,
  wanted: Readonly<Record<string, string>>,
  patience = 8_000,
): Promise<Map<string, number>> {
  const end = Date.now() + patience;
  for (;;) {
    const now = await states(page);
    if (now.every(([path, state]) => wanted[path] === undefined || wanted[path] === state))
      return new Map(now.map(([path, , attempts]) => [path, attempts]));
    if (Date.now() > end) throw new Error(`${JSON.stringify(now)} instead of ${JSON.stringify(wanted)}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** In a page: until not even a kilobyte more can be kept. */
async function takeAllRoom(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('another-program', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('things', { autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const size of [65_536, 8_192, 1_024])
    for (let isFull = false; !isFull;) {
      // Nothing that could be compressed.
      const bytes = crypto.getRandomValues(new Uint8Array(size));
      isFull = await new Promise<boolean>((resolve) => {
        const transaction = database.transaction('things', 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => resolve(false);
        transaction.onabort = () => resolve(true);
        transaction.objectStore('things').put(bytes);
      });
    }
  database.close();
}

const html = await pageText();

for (const name of BROWSERS) {
  describe(`sending in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    const folder = mkdtempSync(join(tmpdir(), 'received-'));
    let site: Site;
    let upstream: TestUpstream;
    let receiver: ChildProcess | undefined;
    const origin = (): string => site.url.replace('127.0.0.1', 'intranet.test');
    before(async () => {
      site = await serveSite(
        [],
        {
          '/sending': html,
          '/strict': html.replace(
            '<title>',
            `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'"><title>`,
          ),
        },
        (path) => (path === '/own' ? { text: '{"ok":true}' } : undefined),
      );
      upstream = await startUpstream(() => [origin()]);
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      receiver?.kill();
      await browser.close();
      await upstream.stop();
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const open = async (path = '/sending'): Promise<OpenPage> => browser.open(`${origin()}${path}`);
    const forget = (page: OpenPage): Promise<void> =>
      page.page.evaluate(async () => {
        const { outbox } = document.querySelector<SendingPage>('sending-page')!;
        for (const { id } of outbox.entries) await outbox.delete(id);
      });

    it('[S11] where the browser’s settings forbid to keep anything, or its room is used up, it sends all the same and says so', async () => {
      const says = async (page: OpenPage, path: string, sentence: string): Promise<void> => {
        await add(page, [`${upstream.url}${path}`]);
        await page.untilText(sentence);
        await page.untilText('未能存入本浏览器');
        await untilStates(page, { [path]: 'accepted' });
        await page.untilText('对方答复：收件号 7');
      };
      const without = await browser.open(`${origin()}/sending`, async (page) => {
        await page.evaluateOnNewDocument(
          `Object.defineProperty(globalThis, 'indexedDB', { value: undefined });`,
        );
      });
      await says(without, '/without', '浏览器不允许本页保存数据');
      if (name === 'chromium') {
        const full = await open();
        const session = await full.page.createCDPSession();
        await session.send('Storage.overrideQuotaForOrigin', { origin: origin(), quotaSize: 400_000 });
        await full.page.evaluate(takeAllRoom);
        await says(full, '/full', '磁盘已满');
        await session.send('Storage.overrideQuotaForOrigin', { origin: origin() });
        await full.page.evaluate(() => void indexedDB.deleteDatabase('another-program'));
      }
      const forbidding = new TestBrowser(name, { preferences: { 'network.cookie.cookieBehavior': 2 } });
      if (name === 'chromium') {
        mkdirSync(join(forbidding.profile, 'Default'), { recursive: true });
        writeFileSync(
          join(forbidding.profile, 'Default/Preferences'),
          JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
        );
      }
      try {
        await says(await forbidding.open(`${origin()}/sending`), '/refused', '浏览器不允许本页保存数据');
      } finally {
        await forbidding.close();
      }
    });

    it('[S16] every way an upstream may answer ends as what it is, on a plain http page', async () => {
      const page = await open();
      const at = (...paths: string[]): string[] => paths.map((path) => `${upstream.url}${path}`);
      await add(
        page,
        at(
          '/ok',
          '/known',
          '/413',
          '/again',
          '/later',
          '/garbage',
          '/huge',
          '/elsewhere',
          '/far',
          '/drop',
          '/closed',
          '/never',
          '/half',
        ),
      );
      const attempts = await untilStates(page, {
        '/ok': 'accepted',
        '/known': 'accepted',
        '/413': 'refused',
        '/again': 'accepted',
        '/later': 'accepted',
        '/garbage': 'undecided',
        '/huge': 'refused',
        '/elsewhere': 'refused',
        '/far': 'refused',
        '/drop': 'accepted',
        '/closed': 'undecided',
      });
      // Two more tries of those that never answer, or not to the end.
      await untilStates(page, { '/never': 'undecided' });
      await untilStates(page, { '/half': 'undecided' });
      const shown = await page.text();
      for (const words of [
        '对方说报告过大',
        '看不出是否已接收',
        '要求转到别的地址',
        '没有收到答复：网络不通',
        '长时间没有收到完整的答复',
        '对方答复：收件号 7',
        '对方答复：此前已接收',
      ])
        expect(shown).to.include(words);
      expect(await page.page.title()).to.equal('报送');
      for (const path of ['/again', '/later']) expect(attempts.get(path), path).to.be.at.least(2);
      // Nobody but these was contacted, and a redirect was not followed.
      expect(upstream.posts('/ok')).to.have.length(1);
      // Received twice, by the same digest: once for whoever looks at it.
      const dropped = upstream.posts('/drop');
      expect(dropped.length).to.be.at.least(2);
      expect(new Set(dropped.map(({ body }) => digestIn(body))).size).to.equal(1);
      // A preflight that is not answered lets nothing out.
      expect(upstream.posts('/closed')).to.deep.equal([]);
      const [post] = upstream.posts('/ok');
      expect(post!.body).to.equal(finishedText());
      expect(post!.headers['content-type']).to.equal('application/json');
      expect(post!.headers['cookie']).to.equal(undefined);
      const [preflight] = upstream.received.filter(
        ({ method, path }) => method === 'OPTIONS' && path === '/ok',
      );
      expect(preflight!.headers['access-control-request-headers']).to.equal('content-type');
      await forget(page);
    });

    it('[S17] what the page’s own policy forbids is told from a broken line; the page’s own server needs no preflight', async () => {
      const strict = await open('/strict');
      await add(strict, [`${upstream.url}/policy`]);
      await untilStates(strict, { '/policy': 'waiting' });
      await strict.untilText('安全策略不允许');
      expect(upstream.posts('/policy')).to.deep.equal([]);
      await forget(strict);
      const page = await open();
      await add(page, [`${origin()}/own`]);
      await untilStates(page, { '/own': 'accepted' });
      await forget(page);
    });

    it('[S18] with the server down the queue outlives tab and browser, and is sent when it is back, once by two tabs', async () => {
      const page = await open();
      await upstream.stop();
      await add(page, [`${upstream.url}/back`]);
      await untilStates(page, { '/back': 'undecided' });
      await browser.closePages();
      await browser.quit();
      await browser.start();
      const one = await open();
      const two = await open();
      for (const tab of [one, two]) await tab.untilText('示例县审批服务局');
      expect(await states(one)).to.have.length(1);
      await upstream.start();
      for (const tab of [one, two]) await untilStates(tab, { '/back': 'accepted' });
      expect(upstream.posts('/back')).to.have.length(1);
      await one.untilText('对方答复：收件号 7');
      await forget(one);
    });

    it('[S19] a page opened from a disk sends to the example receiver, through the dialog, to the address it shows', async () => {
      receiver = spawn(process.execPath, ['demo/receiver/receiver.mjs', folder, '0', 'null'], { cwd: ROOT });
      const said = await new Promise<string>((done) =>
        receiver!.stdout!.once('data', (data) => done(String(data))),
      );
      const address = /http:\/\/\S+/.exec(said)![0];
      const file = join(folder, 'page.html');
      writeFileSync(file, html);
      const page = await browser.open(`file://${file}`);
      await page.page.evaluate((text) => {
        document.querySelector<SendingPage>('sending-page')!.text = text;
      }, finishedText());
      await page.click('#opener');
      await page.untilText('发送给');
      const input = await page.find('input[type="text"]');
      await input.type(address);
      await page.untilText(`报告全文发往：${address}。`);
      await page.click('button[type="submit"]');
      await page.untilText('对方答复：已接收，收件号');
      expect(page.complaints).to.deep.equal([]);
      const name = `${digestIn(finishedText()).slice(7)}.json`;
      expect(readFileSync(join(folder, name), 'utf8')).to.equal(finishedText());
      expect(readdirSync(folder).sort()).to.deep.equal([name, 'page.html'].sort());
    });
  });
}
