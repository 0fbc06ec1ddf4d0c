/** The classic script as it is shipped: one tag, wherever it stands, in any browser. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { OldBrowser, type OldNode } from './old-browser.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const SCRIPT = 'xxgk-annual-report.classic.js';
const PROGRAM = 'xxgk-annual-report.classic-program.js';
const ADVICE = '请切换到极速模式';
const UNTOUCHED = '原有内容没有改动。';
const CELL = 'requests/received/natural-person';
const dist = (name: string): string => readFileSync(join(ROOT, 'dist', name), 'utf8');
const digests = (): Record<string, string> =>
  (JSON.parse(dist('integrity.json')) as { files: Record<string, string> }).files;

describe('the classic script in a browser of another age', () => {
  const notices = (node: OldNode): OldNode[] =>
    node.getElementsByTagName('div').filter((div) => div.getAttribute('role') === 'alert');

  it('[E245] Internet Explorer 11, with defer: the advice stands in each element, also in one that comes later', () => {
    const browser = new OldBrowser();
    browser.readyState = 'interactive';
    const editor = browser.add('xxgk-annual-report');
    const table = browser.add('xxgk-report-table');
    browser.run(dist(SCRIPT));
    for (const element of [editor, table]) {
      expect(notices(element)).to.have.length(1);
      expect(element.textContent).to.include(ADVICE).and.to.include(UNTOUCHED);
    }
    const later = browser.add('xxgk-annual-report');
    browser.tick();
    browser.tick();
    expect([editor, table, later].map((element) => notices(element).length)).to.deep.equal([1, 1, 1]);
    // A framework has drawn the element anew.
    later.removeChild(later.children[0]!);
    browser.tick();
    expect(notices(later)).to.have.length(1);
  });

  it('[E245] Internet Explorer 8: nothing is changed before the page is read, and the advice stands before the element', () => {
    const browser = new OldBrowser({ knowsEvents: false });
    browser.readyState = 'interactive';
    const editor = browser.add('xxgk-annual-report', {}, false);
    browser.run(dist(SCRIPT));
    browser.tick();
    expect(browser.body.children).to.deep.equal([editor]);
    browser.readyState = 'complete';
    browser.tick();
    browser.tick();
    expect(browser.body.children.map(({ tag }) => tag)).to.deep.equal(['div', 'xxgk-annual-report']);
    expect(browser.body.textContent).to.include(ADVICE);
  });

  it('[E245] a script of the page that gives a licence key there meets no error, nor does a second tag', () => {
    const browser = new OldBrowser();
    browser.readyState = 'complete';
    const editor = browser.add('xxgk-annual-report');
    browser.run(dist(SCRIPT));
    browser.run("XxgkAnnualReport.setLicenseKey('key')");
    browser.run(dist(SCRIPT));
    browser.tick();
    expect(notices(editor)).to.have.length(1);
  });

  it('[E246] a form posts what the element was given, by markup or by script, and nothing where nothing was given', () => {
    const browser = new OldBrowser();
    browser.readyState = 'complete';
    const posted = (node: OldNode): unknown[] =>
      node.getElementsByTagName('input').map(({ type, name, value }) => [type, name, value]);
    const given = '{"schema":"xxgk-annual-report/1" }';
    const marked = browser.add('xxgk-annual-report', { name: 'report', value: given });
    const scripted = browser.add('xxgk-annual-report', { name: 'report' });
    const off = browser.add('xxgk-annual-report', { name: 'report', value: given, disabled: '' });
    const nameless = browser.add('xxgk-annual-report', { for: 'field' });
    browser.run(dist(SCRIPT));
    expect(posted(marked)).to.deep.equal([['hidden', 'report', given]]);
    expect([scripted, off, nameless].map(posted)).to.deep.equal([[], [], []]);
    scripted.value = { schema: 'xxgk-annual-report/1' };
    browser.tick();
    expect(posted(scripted)).to.deep.equal([['hidden', 'report', '{"schema":"xxgk-annual-report/1"}']]);
    scripted.value = '';
    browser.tick();
    expect(posted(scripted)).to.deep.equal([]);
  });
});

/** What takes away what a browser of some age does not have. */
const AGES: ReadonlyArray<readonly [age: string, place: string, takeAway: string]> = [
  [
    'before custom elements',
    '/head',
    'delete globalThis.customElements; delete Document.prototype.currentScript;',
  ],
  [
    'Chromium 76: no element belongs to a form',
    '/head-async',
    'delete ElementInternals.prototype.setFormValue;',
  ],
  ['Firefox 100: no style sheets of a root', '/body-first', 'delete Document.prototype.adoptedStyleSheets;'],
  ['Chromium 84: not the syntax of the program', '/body-last', 'delete Promise.any;'],
];

const tag = (attributes = '', src = `/dist/${SCRIPT}`): string =>
  `<script src="${src}"${attributes}></script>`;
const GIVEN =
  '{"schema":"xxgk-annual-report/1","format":"2021","year":2024,"organization":{"name":"<某局>"},"tables":{}}';
const FORM = `<form><textarea id="field" name="field">${GIVEN.replace('<', '&lt;')}</textarea><xxgk-annual-report for="field" draft="off"></xxgk-annual-report></form>`;
const page = (head: string, body = FORM, policy = ''): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">${
    policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`
  }${head}</head><body>${body}</body></html>`;
const SELF = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:";
const TYPES = "require-trusted-types-for 'script'; trusted-types";

/** Pages that the editor has to come up in, each with one tag. */
const CAPABLE: Readonly<Record<string, string>> = {
  '/head': page(tag()),
  '/head-defer': page(tag(' defer'), FORM, SELF),
  '/head-async': page(tag(' async'), FORM, SELF),
  '/body-first': page('', `${tag()}${FORM}`, SELF),
  '/body-last': page('', `${FORM}${tag()}`),
  '/query': page(tag(' defer', `/dist/${SCRIPT}?v=1.0/2#x`)),
  '/base': page(`<base href="/elsewhere/">${tag(' defer')}`),
  '/renamed': page(tag(' defer', '/js/annual.js')),
  '/bundle': page(tag(` data-xxgk-program="/dist/${PROGRAM}"`, '/js/bundle/all.js')),
  '/module-bundle': page(tag(` type="module" data-xxgk-program="dist/${PROGRAM}"`, '/js/bundle/all.js')),
  '/inserted': page('<script src="/js/insert.js"></script>', FORM, SELF),
  '/twice': page(`${tag(' defer')}${tag(' async')}`),
  '/beside-the-module': page(
    `${tag(' defer')}<script type="module" src="/dist/xxgk-annual-report.js"></script>`,
  ),
  '/nonce': page(tag(' nonce="abc"'), FORM, SELF.replace("script-src 'self'", "script-src 'nonce-abc'")),
  '/types': page(tag(' defer'), FORM, `${SELF}; ${TYPES} lit-html xxgk-annual-report`),
  '/types-default': page(
    `<script src="/js/default.js"></script>${tag(' defer')}`,
    FORM,
    `${SELF}; ${TYPES} lit-html default`,
  ),
  '/image-named-currentscript': page('', `<img name="currentScript" src="data:,">${FORM}${tag()}`),
};

/** Where browsers differ: when a script runs, and what a policy lets pass. */
const BY_BROWSER = ['/head-defer', '/body-first', '/module-bundle', '/nonce', '/types'];

const isDrawn = (): boolean =>
  document
    .querySelector('xxgk-annual-report')
    ?.shadowRoot?.querySelector('xxgk-report-table')
    ?.shadowRoot?.querySelector('td') instanceof HTMLTableCellElement;

for (const name of BROWSERS) {
  describe(`the classic script in ${name}`, { timeout: 120_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    let other: Site;
    before(async () => {
      site = await serveSite([], {
        ...CAPABLE,
        '/js/annual.js': dist(SCRIPT),
        [`/js/${PROGRAM}`]: dist(PROGRAM),
        '/js/bundle/all.js': `var before = 1;\n${dist(SCRIPT)}\n;globalThis.behind = before + 1;`,
        '/js/insert.js': `var script = document.createElement('script'); script.src = '/dist/${SCRIPT}'; document.head.appendChild(script);`,
        '/js/default.js':
          "trustedTypes.createPolicy('default', { createScriptURL: function (address) { return address; } });",
      });
      // One that allows nobody to read from it: it may give scripts all the same.
      other = await serveSite();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await other.close();
      await site.close();
    });

    /** Opens a page that this site has for this test only. */
    async function opened(
      html: string,
      prepare = '',
      from: readonly [missing: readonly string[], more: Readonly<Record<string, string>>] = [[], {}],
    ): Promise<OpenPage> {
      const own = await serveSite(from[0], { ...from[1], '/page': html });
      try {
        return await browser.open(`${own.url}/page`, async (tab) => {
          if (prepare !== '') await tab.evaluateOnNewDocument(prepare);
        });
      } finally {
        // What the page loads has come by now or comes never.
        setTimeout(() => void own.close(), 1_000);
      }
    }

    const posted = (open: OpenPage): Promise<Array<[string, string]>> =>
      open.page.evaluate(() =>
        Array.from(new FormData(document.querySelector('form')!), ([field, value]): [string, string] => [
          field,
          String(value),
        ]),
      );

    for (const [age, place, takeAway] of AGES) {
      it(`[E245, E246] ${age}, ${place.slice(1)}: it says what to do, and the textarea is posted as it was`, async () => {
        const open = await opened(CAPABLE[place]!, takeAway);
        await open.untilText(ADVICE);
        expect(await open.text()).to.include(UNTOUCHED);
        expect(await posted(open)).to.deep.equal([['field', GIVEN]]);
        // Not even asked for.
        expect(
          await open.page.evaluate(
            (file) => performance.getEntriesByType('resource').some((entry) => entry.name.includes(file)),
            PROGRAM,
          ),
        ).to.equal(false);
        const box = await open.page.evaluate(() => {
          const notice = document.querySelector('xxgk-annual-report [role="alert"]')!;
          return [notice.getBoundingClientRect().height > 20, getComputedStyle(notice).borderLeftWidth];
        });
        expect(box).to.deep.equal([true, '4px']);
        expect(open.complaints).to.deep.equal([]);
      });
    }

    const paths = name === BROWSERS[0] ? Object.keys(CAPABLE) : BY_BROWSER;
    for (const path of paths) {
      it(`[E247] one tag brings the editor: ${path.slice(1)}`, async () => {
        const open = await browser.open(`${site.url}${path}`);
        await open.until(isDrawn);
        expect(await open.text()).not.to.include(UNTOUCHED);
        expect(open.complaints).to.deep.equal([]);
        const asked = await open.page.evaluate(
          (file) =>
            performance.getEntriesByType('resource').flatMap((entry) => {
              const { pathname, search } = new URL(entry.name);
              return pathname.endsWith(file) ? [pathname + search] : [];
            }),
          PROGRAM,
        );
        const folder = path === '/renamed' ? '/js/' : '/dist/';
        expect(asked).to.deep.equal([`${folder}${PROGRAM}${path === '/query' ? '?v=1.0/2' : ''}`]);
        if (path.endsWith('bundle')) expect(await open.page.evaluate('behind')).to.equal(2);
      });
    }

    it('[E247] from another site, which lets nobody read from it', async () => {
      const open = await opened(page(tag(' defer', `${other.url}/dist/${SCRIPT}`)));
      await open.until(isDrawn);
    });

    it('[E247] in a page in GBK its words are whole', async () => {
      // 保存 in GBK.
      const html = Buffer.concat([
        Buffer.from(
          page(tag(' defer'), '').replace('utf-8', 'gbk').replace('</body></html>', '<button id="own">'),
        ),
        Buffer.from([0xb1, 0xa3, 0xb4, 0xe6]),
        Buffer.from(`</button>${FORM}</body></html>`),
      ]);
      const gbk = await serveSite([], {}, (path) =>
        path === '/page'
          ? { text: html as unknown as string, headers: { 'content-type': 'text/html' } }
          : path.startsWith('/dist/')
            ? { text: dist(path.slice(6)), headers: { 'content-type': 'application/javascript' } }
            : undefined,
      );
      try {
        const open = await browser.open(`${gbk.url}/page`);
        expect(await open.page.evaluate(() => document.characterSet)).to.equal('GBK');
        await open.until(isDrawn);
        const text = await open.text();
        for (const words of ['保存', '自然人', '行政规范性文件']) expect(text).to.include(words);
        const old = await browser.open(`${gbk.url}/page`, async (tab) => {
          await tab.evaluateOnNewDocument('delete globalThis.customElements;');
        });
        await old.untilText(ADVICE);
      } finally {
        await browser.closePages();
        await gbk.close();
      }
    });

    it('[E247] from a disk', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'classic-'));
      try {
        for (const file of [SCRIPT, PROGRAM]) copyFileSync(join(ROOT, 'dist', file), join(folder, file));
        writeFileSync(join(folder, 'page.html'), page(tag(' defer', SCRIPT)));
        const open = await browser.open(String(pathToFileURL(join(folder, 'page.html'))));
        await open.until(isDrawn);
        expect(open.complaints).to.deep.equal([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('[E247] what the page gives before the program is there is in force when it is', async () => {
      const value = dist('../demo/samples/city-2024.json');
      // In the page itself: a file of its own might come later than the program.
      const early = `XxgkAnnualReport.setLicenseKey('non-commercial-and-evaluation');
        const editor = document.querySelector('xxgk-annual-report');
        globalThis.defined = customElements.get('xxgk-annual-report') !== undefined;
        editor.value = ${JSON.stringify(value)};`;
      const open = await opened(
        page('', `${FORM}${tag()}<script>${early}</script>`).replace(
          'for="field"',
          'name="report" grid="handsontable"',
        ),
      );
      await open.until(
        () =>
          document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('xxgk-report-table')
            ?.gridInUse === 'handsontable',
      );
      expect(await open.page.evaluate('defined')).to.equal(false);
      expect(await open.page.evaluate(() => document.querySelector('xxgk-annual-report')!.value)).to.equal(
        value,
      );
      expect(await open.page.evaluate(() => typeof Reflect.get(globalThis, 'XxgkAnnualReport'))).to.equal(
        'object',
      );
    });

    for (const [fault, missing, more, head, says] of [
      ['was not copied', [`/dist/${PROGRAM}`], {}, tag(), '没有载入'],
      ['is something else', [], { [`/dist/${PROGRAM}`]: '<!doctype html><p>404' }, tag(), '没有运行起来'],
      ['breaks down', [], { [`/dist/${PROGRAM}`]: 'throw new Error("x")' }, tag(' async'), '没有运行起来'],
    ] as const) {
      it(`[E248] where the program ${fault}, it says so, names the file, and the form posts what was given`, async () => {
        const given = FORM.replace('for="field"', `name="report" value='{"a": 1}'`);
        const open = await opened(page(head, given), '', [missing, more]);
        await open.untilText(says);
        const text = await open.text();
        expect(text).to.include(UNTOUCHED).and.to.include(`/dist/${PROGRAM}`);
        expect(text).to.include('请告知网站管理员');
        expect(await posted(open)).to.deep.equal([
          ['field', GIVEN],
          ['report', '{"a": 1}'],
        ]);
      });
    }

    it('[E248] where a policy or required Trusted Types block the program, it says so', async () => {
      for (const policy of [
        `script-src 'sha384-x' 'unsafe-hashes' http://127.0.0.1:*/dist/${SCRIPT}`,
        `${SELF}; ${TYPES} lit-html`,
      ]) {
        const open = await opened(page(tag(' defer'), FORM, policy));
        await open.untilText('没有载入');
        expect(await open.text()).to.include('被安全策略阻止');
      }
    });

    it('[E248] the words go away when the module brings the editor all the same', async () => {
      const open = await opened(page(tag()), '', [[`/dist/${PROGRAM}`], {}]);
      await open.untilText('没有载入');
      await open.page.addScriptTag({ url: `${site.url}/dist/${SCRIPT}` }).catch(() => undefined);
      await open.page.evaluate((url) => {
        const script = document.createElement('script');
        script.src = url;
        document.head.append(script);
      }, `${site.url}/dist/${PROGRAM}`);
      await open.until(isDrawn);
      await open.until(() => document.querySelector('xxgk-annual-report')!.children.length === 0);
    });

    it('[E250] with the digest of the list on the tag, the program is held to its own: it runs as shipped, and not changed', async () => {
      const guarded = tag(` integrity="${digests()[SCRIPT]}" crossorigin="anonymous"`);
      const good = await opened(page(guarded));
      await good.until(isDrawn);
      expect(good.complaints).to.deep.equal([]);
      const changed = await opened(page(guarded), '', [[], { [`/dist/${PROGRAM}`]: `${dist(PROGRAM)}\n;` }]);
      await changed.untilText('没有载入');
      const unguarded = await opened(page(tag()), '', [[], { [`/dist/${PROGRAM}`]: `${dist(PROGRAM)}\n;` }]);
      await unguarded.until(isDrawn);
    });

    it('[E247] the editor writes what is typed into the text field, and the form posts it', async () => {
      const open = await browser.open(`${site.url}/demo/classic-script.html`);
      await open.until(isDrawn);
      await open.type(CELL, '12');
      const mirrored = await open.page.evaluate(() => document.querySelector('textarea')!.value);
      expect(mirrored).to.include('"natural-person":12');
      await open.click('button[type="submit"]', '保存');
      await open.until(() => document.querySelector('#sent')!.textContent!.startsWith('report = {'));
      expect(open.complaints).to.deep.equal([]);
    });
  });
}
