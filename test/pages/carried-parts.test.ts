/** The reading of documents in the page that is one file: what it carries, from a disk and from a server, in any browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { ElementHandle } from 'puppeteer-core';
import type * as pdfPages from '../../src/documents/pdf-pages.ts';
import { pdfSource } from '../../src/documents/pdf-source.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { countsZh } from '../../src/documents/words-zh.ts';
import { packedText, unpackedBytes } from '../../src/elements/packed-text.ts';
import { pdf, writeBytes } from '../documents/pdf-writer.ts';
import { BROWSERS, OLD, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const PAGE = readFileSync(join(ROOT, 'dist/offline.html'), 'utf8');
const FROM_DISK = pathToFileURL(join(ROOT, 'dist/offline.html')).href;

const path = (name: string): string => join(ROOT, 'test/fixtures/documents', name);
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(path(name)));

/** What the dialog says of a file, as Node reads it. */
async function counts(name: string): Promise<string> {
  const result = await readDocument({ bytes: fixture(name), name });
  if (!result.ok) throw new Error(result.refusal.code);
  return countsZh(result.readings[0]!);
}

/** The packed text of a part in the page, and where it begins. */
function packed(part: string): { readonly at: number; readonly text: string } {
  const mark = `data-part="${part}">`;
  const at = PAGE.indexOf(mark) + mark.length;
  return { at, text: PAGE.slice(at, PAGE.indexOf('<', at)) };
}

/** The page with one letter in the middle of a part exchanged. */
function damaged(part: string): string {
  const { at, text } = packed(part);
  const middle = at + (text.length >> 1);
  return PAGE.slice(0, middle) + (PAGE[middle] === 'A' ? 'B' : 'A') + PAGE.slice(middle + 1);
}

/** Keeps the addresses of workers and what they answered to, and what the policy blocked. */
const WATCH = `Object.assign(globalThis, { workers: [], answers: 0, blocked: [] });
  document.addEventListener('securitypolicyviolation', (event) =>
    blocked.push(event.effectiveDirective + ' ' + event.blockedURI));
  globalThis.Worker = globalThis.Worker && new Proxy(Worker, { construct: (made, [address, options]) => {
    workers.push(String(address));
    const worker = new made(address, options);
    worker.addEventListener('message', ({ data }) => { if ('result' in data) answers += 1; });
    return worker;
  } });`;

interface Watched {
  readonly workers: readonly string[];
  readonly answers: number;
  readonly blocked: readonly string[];
}

const watched = async ({ page }: OpenPage): Promise<Watched> =>
  (await page.evaluate('({ workers, answers, blocked })')) as Watched;

/** Gives the editor a file; what was wrong with it. */
function importFile(opened: OpenPage, name: string): Promise<string | undefined> {
  return opened.page.evaluate(
    (base64, fileName) =>
      document
        .querySelector('xxgk-annual-report')!
        .importDocument(
          new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], fileName),
        ),
    Buffer.from(fixture(name)).toString('base64'),
    name,
  );
}

describe('bytes as text that a page can carry', () => {
  it('[E183] are the same bytes again, whatever they are, in letters that HTML leaves alone', () => {
    for (let length = 0; length < 300; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) =>
        length % 7 === 0 ? 255 : (index * 89 + length) & 255,
      );
      const text = packedText(bytes);
      expect(text).to.match(/^[^"&'<>\\`\s]*$/);
      expect([...unpackedBytes(text)]).to.deep.equal([...bytes]);
    }
    expect(() => unpackedBytes('ab<cd')).to.throw();
  });
});

for (const name of BROWSERS) {
  describe(`what the page in one file carries, in ${name}`, { timeout: 120_000 }, () => {
    const browser = new TestBrowser(name);
    const served = {
      '/no-worker': PAGE.replace('worker-src blob:', "worker-src 'none'"),
      '/damaged-pdf': damaged('XxgkPdf'),
      '/damaged-documents': damaged('XxgkDocuments'),
      '/pdf.js': gunzipSync(unpackedBytes(packed('XxgkPdf').text)).toString(),
      '/old-pdf': `<!doctype html><script>${OLD}</script><script src="/pdf.js"></script>`,
      '/new-pdf': '<!doctype html><script src="/pdf.js"></script>',
    };
    let site: Site;
    before(async () => {
      site = await serveSite([], served);
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    async function open(url: string, ...scripts: readonly string[]): Promise<OpenPage> {
      const opened = await browser.open('about:blank');
      for (const script of [...scripts, WATCH]) await opened.page.evaluateOnNewDocument(script);
      await opened.page.goto(url);
      await opened.begin();
      return opened;
    }

    for (const [where, url] of [
      ['a disk', () => FROM_DISK],
      ['a server', () => site.url],
    ] as const) {
      it(`[E183] from ${where}, PDF and Word are read in a worker; nothing is fetched and nothing blocked`, async () => {
        const opened = await open(url());
        const asked: string[] = [];
        opened.page.on('request', (request) => asked.push(request.url()));

        // By the dialog, and taken over.
        await opened.click('button', '导入…');
        const chooser = (await opened.find('dialog input[type="file"]')) as ElementHandle<HTMLInputElement>;
        await chooser.uploadFile(path('requests.pdf'));
        await opened.untilText(await counts('requests.pdf'), 20_000);
        await opened.click('dialog button.primary', '导入');
        await opened.untilText('已导入“requests.pdf”');
        const result = await readDocument({ bytes: fixture('requests.pdf'), name: '' });
        const cell = result.ok && result.readings[0]!.cells.get('requests/received/natural-person')!;
        const value = cell && cell.entry.kind === 'number' ? cell.entry.value / 1_000_000n : undefined;
        expect(await opened.shown('requests/received/natural-person')).to.equal(String(value));

        // Dropped.
        await opened.page.evaluate(
          (base64) => {
            const dataTransfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
            dataTransfer.items.add(new File([bytes], 'dropped.pdf'));
            const init = { dataTransfer, bubbles: true, composed: true, cancelable: true };
            document.querySelector('xxgk-annual-report')!.dispatchEvent(new DragEvent('drop', init));
          },
          Buffer.from(fixture('proceedings.pdf')).toString('base64'),
        );
        await opened.untilText('“dropped.pdf”', 20_000);
        await opened.untilText(await counts('proceedings.pdf'), 20_000);

        expect(await importFile(opened, 'report.docx')).to.equal(undefined);
        expect(await opened.text()).to.include(await counts('report.docx'));

        const { workers, answers, blocked } = await watched(opened);
        expect(answers).to.equal(3);
        expect(workers.map((address) => address.slice(0, 5))).to.deep.equal(['blob:', 'blob:', 'blob:']);
        expect(workers[0], 'it is unpacked once').to.equal(workers[1]);
        expect(blocked).to.deep.equal([]);
        expect(opened.complaints).to.deep.equal([]);
        expect(asked.filter((address) => !/^(?:blob|data):/.test(address))).to.deep.equal([]);
      });
    }

    for (const [what, url, script] of [
      ['there is no worker', () => FROM_DISK, 'delete globalThis.Worker;'],
      ['a policy blocks it', () => `${site.url}/no-worker`, ''],
    ] as const) {
      it(`[E183] where ${what}, documents are read on the page's own thread`, async () => {
        const opened = await open(url(), script);
        for (const file of ['requests.pdf', 'report.docx', 'proceedings.pdf']) {
          expect(await importFile(opened, file)).to.equal(undefined);
          expect(await opened.text()).to.include(await counts(file));
        }
        const { answers, blocked } = await watched(opened);
        expect(answers).to.equal(0);
        expect([...new Set(blocked)]).to.deep.equal(url() === FROM_DISK ? [] : ['worker-src blob']);
      });
    }

    it('[E183] what takes too long is given up, while the page goes on', async () => {
      const opened = await open(
        FROM_DISK,
        `globalThis.Blob = new Proxy(Blob, { construct: (made, [parts, options]) => new made(
          options?.type === 'text/javascript' ? ['postMessage({ runs: true }); onmessage = () => { for (;;); };'] : parts, options) });
        const later = setTimeout;
        globalThis.setTimeout = (act, wait, ...more) => later(act, wait === 20000 ? 700 : wait, ...more);`,
      );
      const reading = importFile(opened, 'requests.pdf');
      await opened.untilText('正在读取');
      expect(await reading).to.include('读取超过20秒，已停止');
      expect((await watched(opened)).workers).to.have.length(1);
    });

    it('[E183, X100] without what Chromium 90 lacks, on the page and in the worker, it reads the same', async () => {
      const opened = await open(
        FROM_DISK,
        `${OLD} globalThis.Blob = new Proxy(Blob, { construct: (made, [parts, options]) => new made(
          options?.type === 'text/javascript' ? [${JSON.stringify(OLD)}, ...parts] : parts, options) });`,
      );
      for (const file of ['requests.pdf', 'report.docx']) {
        expect(await importFile(opened, file)).to.equal(undefined);
        expect(await opened.text()).to.include(await counts(file));
      }
      expect((await watched(opened)).answers).to.equal(2);
      expect(opened.complaints).to.deep.equal([]);
    });

    for (const where of ['old-pdf', 'new-pdf']) {
      it(`[X100] what reads PDF there (${where}) reads what it reads in Node, with its maps`, async () => {
        const opened = await browser.open(`${site.url}/${where}`);
        const encoded = pdf([writeBytes(50, 700, 'b9e6d5c220353530')], { encoding: 'GBK-EUC-H' });
        for (const bytes of [fixture('disclosure.pdf'), encoded]) {
          const reading = await opened.page.evaluate(
            async (base64) =>
              JSON.stringify(
                await (globalThis as unknown as { XxgkPdf: typeof pdfPages }).XxgkPdf.readPdfPages(
                  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
                ),
              ),
            Buffer.from(bytes).toString('base64'),
          );
          expect((JSON.parse(reading) as { blocks: unknown }).blocks).to.deep.equal(
            (await pdfSource(bytes)).blocks,
          );
        }
        expect(opened.complaints).to.deep.equal([]);
      });
    }

    it('[X101] the page is drawn before what it carries has come; a document waits for that', async () => {
      let finish = (): void => undefined;
      const slow = createServer((_request, response) => {
        const { at } = packed('XxgkDocuments');
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.write(PAGE.slice(0, at + 100));
        finish = () => response.end(PAGE.slice(at + 100));
      });
      await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done));
      try {
        const opened = await browser.open('about:blank');
        await opened.page.evaluateOnNewDocument(WATCH);
        const loading = opened.page.goto(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`);
        // The navigation takes away what is asked before it.
        const isThere = (): Promise<unknown> =>
          opened.page.evaluate('document.querySelector("#new") !== null').catch(() => false);
        while (!(await isThere())) await new Promise((done) => setTimeout(done, 20));
        await opened.begin();
        await opened.type('requests/received/natural-person', '7');
        const reading = importFile(opened, 'requests.pdf');
        await opened.untilText('正在读取');
        await new Promise((done) => setTimeout(done, 300));
        expect((await watched(opened)).workers).to.deep.equal([]);
        finish();
        await loading;
        expect(await reading).to.equal(undefined);
        expect((await watched(opened)).answers).to.equal(1);
        expect(opened.complaints).to.deep.equal([]);
      } finally {
        slow.closeAllConnections();
        await new Promise((done) => slow.close(done));
      }
    });

    it('[X102] a part with one letter exchanged is not run, and what it was is said', async () => {
      const pdfless = await open(`${site.url}/damaged-pdf`);
      expect(await importFile(pdfless, 'requests.pdf')).to.include('读取PDF的部分没有载入');
      expect(await importFile(pdfless, 'report.docx')).to.equal(undefined);
      await pdfless.page.close();
      const without = await open(`${site.url}/damaged-documents`);
      expect(await importFile(without, 'report.docx')).to.include('读取文档的部分没有载入');
      await without.type('requests/received/natural-person', '7');
      expect((await watched(without)).workers).to.deep.equal([]);
    });
  });
}

describe('the policy of the page in one file', () => {
  const policy = /content="(default-src 'none';[^"]*)"/.exec(PAGE)![1]!;

  it('[X102] names each script by its digest, and for a worker the memory of the page only', () => {
    const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1)]));
    expect(directives.get('script-src')!.every((source) => /^'sha256-[\w+/]{43}='$/.test(source))).to.equal(
      true,
    );
    // What unpacks, and what is packed.
    const carried = PAGE.match(/<script type="application\/gzip" data-part=/g)!.length;
    expect(carried).to.equal(4);
    expect(directives.get('script-src')).to.have.length(1 + carried);
    expect(directives.get('worker-src')).to.deep.equal(['blob:']);
    // A finished report goes where its user says; nothing else of the page may be anywhere but in it.
    expect(directives.get('connect-src')).to.deep.equal(['http:', 'https:']);
    expect(directives.get('default-src')).to.deep.equal(["'none'"]);
  });
});
