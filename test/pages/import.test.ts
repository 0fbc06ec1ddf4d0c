/** The reading of documents as it is shipped for a page: a file of its own that is its own worker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const FILE = '/dist/xxgk-annual-report.documents.js';
const strict = (head: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src data:">${head}</head>` +
  `<body><xxgk-annual-report draft="off"></xxgk-annual-report></body></html>`;
const typesRequired = (policies: string): string =>
  strict('<script type="module" src="/dist/xxgk-annual-report.js"></script>').replace(
    "default-src 'self';",
    `$& require-trusted-types-for 'script'; trusted-types ${policies};`,
  );
const PAGES = {
  '/module': strict('<script type="module" src="/dist/xxgk-annual-report.js"></script>'),
  '/classic': strict('<script src="/dist/xxgk-annual-report.classic.js" defer></script>'),
  '/types': typesRequired('lit-html xxgk-annual-report'),
  '/types-classic': typesRequired('lit-html xxgk-annual-report').replace(
    /<script .*<\/script>/,
    '<script src="/dist/xxgk-annual-report.classic.js" defer></script>',
  ),
  '/types-without': typesRequired('lit-html'),
  '/types-default': typesRequired('lit-html default').replace(
    '<script',
    '<script src="/default.js"></script><script',
  ),
  '/default.js': "trustedTypes.createPolicy('default', { createScriptURL: (address) => address });",
};

/** What the import answers to a text that is no report, and the workers that were started for it. */
async function answered(opened: OpenPage, url: string): Promise<{ answer: unknown; workers: string[] }> {
  await opened.page.evaluateOnNewDocument(`globalThis.workers = [];
    globalThis.Worker = new Proxy(Worker, { construct: (made, [address, options]) => {
      workers.push(new URL(address, location).pathname);
      return new made(address, options);
    } });`);
  await opened.page.goto(url);
  await opened.ready();
  return {
    answer: await opened.page.evaluate(() =>
      document.querySelector('xxgk-annual-report')!.importDocument({ html: '', text: '今天天气好' }),
    ),
    workers: (await opened.page.evaluate('workers')) as string[],
  };
}

for (const name of BROWSERS) {
  describe(`import in ${name}`, () => {
    const browser = new TestBrowser(name);
    let site: Site;

    before(async () => {
      site = await serveSite([], PAGES);
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    for (const path of ['/module', '/classic']) {
      it(`[E165] ${path}: documents are read in a worker, under a strict policy, with nothing on the console`, async () => {
        const opened = await browser.open('about:blank');
        const { answer, workers } = await answered(opened, `${site.url}${path}`);
        expect(answer).to.include('没有找到年报的表格');
        expect(workers).to.deep.equal([FILE]);
        expect(opened.complaints).to.deep.equal([]);
        await opened.page.close();
      });
    }

    for (const [path, reads, reports] of [
      ['/types', [FILE, FILE, FILE], 0],
      ['/types-classic', [FILE, FILE, FILE], 0],
      ['/types-without', [], 1],
      ['/types-default', [FILE, FILE, FILE], 1],
    ] as const) {
      it(`[E184] ${path}: under required Trusted Types every document is read, in a worker where the page allows it`, async () => {
        const opened = await browser.open('about:blank');
        await opened.page.evaluateOnNewDocument(`globalThis.blocked = [];
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
            blocked.push(effectiveDirective + ' ' + blockedURI));`);
        const { answer } = await answered(opened, `${site.url}${path}`);
        expect(answer).to.include('没有找到年报的表格');
        for (const file of ['requests.pdf', 'report.docx']) {
          const bytes = readFileSync(join(ROOT, 'test/fixtures/documents', file)).toString('base64');
          const wrong = await opened.page.evaluate(
            (base64, name) =>
              document
                .querySelector('xxgk-annual-report')!
                .importDocument(
                  new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name),
                ),
            bytes,
            file,
          );
          expect(wrong).to.equal(undefined);
          expect(await opened.text()).to.include('识别');
        }
        expect(await opened.page.evaluate('workers')).to.deep.equal(reads);
        expect(await opened.page.evaluate('blocked')).to.deep.equal(
          Array.from({ length: reports }, () => 'trusted-types trusted-types-policy'),
        );
        await opened.page.close();
      });
    }

    it('[E165] where the file is missing it says so, and the page works on', async () => {
      const bare = await serveSite([FILE], PAGES);
      try {
        const opened = await browser.open('about:blank');
        const { answer } = await answered(opened, `${bare.url}/module`);
        expect(answer).to.include('没有载入，没有导入。填写的内容不受影响');
        await opened.page.close();
      } finally {
        await bare.close();
      }
    });
  });
}
