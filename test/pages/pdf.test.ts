/** What reads PDF as it is shipped: one file under a strict policy, on a page and in a worker, in an old browser too. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pdfSource } from '../../src/documents/pdf-source.ts';
import { pdf, writeBytes } from '../documents/pdf-writer.ts';
import { BROWSERS, OLD, ROOT, serveSite, TestBrowser, type Site } from './page-fixture.ts';

const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; img-src data:";
const page = (script: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">` +
  `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><script type="module" src="${script}"></script></head><body></body></html>`;

/** Reads base64, says the reading as JSON and how long it took, loading first. */
const READ = `const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  export async function read(text) {
    const begun = performance.now();
    const { readPdfPages } = await import('/dist/xxgk-annual-report.pdf.js');
    const loaded = performance.now();
    const reading = await readPdfPages(bytes(text));
    return JSON.stringify({ reading, loading: loaded - begun, taking: performance.now() - loaded });
  }`;

const PAGES = {
  '/read.js': READ,
  '/page': page('/page.js'),
  '/page.js': "import { read } from '/read.js'; globalThis.read = read;",
  '/old': page('/old.js'),
  '/old.js': `${OLD} globalThis.read = async (text) => (await import('/read.js')).read(text);`,
  '/worker': page('/worker-page.js'),
  '/worker-page.js': `globalThis.read = (text) => new Promise((done, fail) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = (event) => fail(new Error(event.message));
    worker.postMessage(text);
  });`,
  '/worker.js':
    "import { read } from '/read.js'; onmessage = async ({ data }) => postMessage(await read(data));",
};

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(ROOT, 'test/fixtures/documents', name)));

describe('[X69] the built file that reads PDF', () => {
  let site: Site;
  before(async () => {
    site = await serveSite([], PAGES);
  });
  after(() => site.close());

  for (const name of BROWSERS) {
    const browser = new TestBrowser(name);
    after(() => browser.close());

    for (const where of ['page', 'worker', 'old']) {
      it(`[X69] reads in ${name} (${where}) what it reads in Node, and asks for nothing else`, async () => {
        const opened = await browser.open(`${site.url}/${where}`);
        const asked: string[] = [];
        opened.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await opened.until(() => 'read' in globalThis);
        const encoded = pdf([writeBytes(50, 700, 'b9e6d5c220353530')], { encoding: 'GBK-EUC-H' });
        for (const bytes of [fixture('requests.pdf'), fixture('proceedings.pdf'), encoded]) {
          const answer = await opened.page.evaluate(
            (text) => (globalThis as unknown as { read(text: string): Promise<string> }).read(text),
            Buffer.from(bytes).toString('base64'),
          );
          const { reading, loading, taking } = JSON.parse(answer) as {
            reading: { ok: boolean; blocks: unknown };
            loading: number;
            taking: number;
          };
          if (process.env['TEST_TIMES'])
            console.log(
              `${name} ${where}: loading ${loading.toFixed(0)} ms, reading ${taking.toFixed(0)} ms`,
            );
          assert.deepEqual(reading.blocks, (await pdfSource(bytes)).blocks);
        }
        const parts = new Set(asked.filter((path) => path.startsWith('/dist/')));
        assert.deepEqual([...parts].sort(), [
          '/dist/xxgk-annual-report.pdf-cmaps.js',
          '/dist/xxgk-annual-report.pdf.js',
        ]);
        assert.deepEqual(
          asked.filter((path) => !/^\/(dist|read|worker|old|page)/.test(path)),
          [],
        );
        assert.deepEqual(opened.complaints, []);
      });
    }
  }

  it('[X69] reads in Node, and leaves nothing behind that makes a server look like a page', async () => {
    const built = (await import(`file://${join(ROOT, 'dist/xxgk-annual-report.pdf.js')}`)) as {
      readPdfPages(bytes: Uint8Array): Promise<{ blocks: unknown }>;
    };
    const bytes = fixture('disclosure.pdf');
    assert.deepEqual((await built.readPdfPages(bytes)).blocks, (await pdfSource(bytes)).blocks);
    assert.equal('DOMMatrix' in globalThis, false);
  });
});
