/** A page that has put functions of its own in the place of the browser's: the job is done, and the same is posted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { parse } from 'acorn';
import { expect } from 'chai';
import * as natives from '../../.build/natives-in-page.ts';
import { withOwnNatives } from '../../.build/own-natives.ts';
import { AT_ONE_TIME, doMainJob } from './main-job.ts';
import { cms, complaintsOf, fieldOf, openCms, serveTwo } from './frame-fixture.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const PAGE = readFileSync(join(ROOT, 'demo/hostile-natives.html'), 'utf8');
const without = (part: string, by = ''): string => {
  if (!PAGE.includes(part)) throw new Error(`demo/hostile-natives.html has no ${part}.`);
  return PAGE.replace(part, by);
};
/** The same page on a calm site, and with the other script. */
const CALM = without('<script src="./hostile-natives.js"></script>');
const MODULE = without(
  '<script src="../dist/xxgk-annual-report.classic.js" defer></script>',
  '<script type="module" src="../dist/xxgk-annual-report.js"></script>',
);

const press = async ({ keyboard }: OpenPage['page'], key: 'a' | 'c' | 'v'): Promise<void> => {
  await keyboard.down('Control');
  await keyboard.press(key);
  await keyboard.up('Control');
};

/** The whole job, then a block from a spreadsheet and the page's own button: gives what was posted each time. */
async function posted(page: OpenPage): Promise<string[]> {
  const sent = (): Promise<string> => page.page.evaluate(() => document.querySelector('#sent')!.textContent!);
  const texts: string[] = [];
  await doMainJob(page, { leaving: async () => void texts.push(await sent()) });
  await page.page.evaluate(() => {
    const editor = document.querySelector('xxgk-annual-report')!;
    // The host may give an object, with lists in it.
    editor.value = JSON.parse(editor.value) as object;
    const field = document.createElement('textarea');
    document.body.append(field);
    field.value = '2\t1\t3\n4\t0\t5';
    field.select();
  });
  await press(page.page, 'c');
  await (await page.cell('disclosure/rules/issued')).click();
  await press(page.page, 'v');
  await page.until(
    () =>
      JSON.parse(document.querySelector('xxgk-annual-report')!.value).tables.disclosure.rules.issued === 2,
  );
  await page.click('button[name="submit"]');
  await page.until(() => document.querySelector('#sent')!.textContent !== '');
  texts.push(await sent());
  return texts;
}

/** What the code gives as it is, and as the build writes it. */
function both(code: string): [asItIs: unknown, asBuilt: unknown] {
  const helpers = Object.entries(natives).map(([own, helper]) => [`__own_${own}`, helper] as const);
  const run = (text: string): unknown => {
    // eslint-disable-next-line no-new-func -- what the build makes of a text is the question
    const made = new Function(...helpers.map(([own]) => own), `return (() => { ${text} })();`) as (
      ...given: unknown[]
    ) => unknown;
    return made(...helpers.map(([, helper]) => helper));
  };
  const built = withOwnNatives(
    code,
    parse(code, { ecmaVersion: 'latest', allowReturnOutsideFunction: true }),
  );
  expect(built).to.not.equal(code);
  return [run(code), run(built)];
}

describe('the way past what a page has replaced', () => {
  it('[E235] the code does as before, however it is written', () => {
    for (const code of [
      'return [1, 2, 3].reduce((so, one) => so + one);',
      'return ([1, 2]).reduce(((so, one) => so + one), 5);',
      'return [[1], [2, 3]].reduce((all, one) => all + one.reduce((so, x) => so + x, 0), 0);',
      'return [...[1, 2].map((x) => x * 2)\n  .reduce((so, one) => [...so, one], []).entries()];',
      'const x = { y: [3] }; return [x?.y.map((z) => [z].reduce((so) => so, 1)), x.z?.reduce(f), x.y?.entries().next().value, x?.y.reduce((z) => z), x.w?.z.startsWith("z"), "z"?.startsWith("z"), x.y?.reduce((z) => z).toFixed(1)];',
      'return Uint8Array.of(4, 5).reduce((so, one) => so + one, 0);',
      'return [[...new Map([[1, 2]]).entries()], [5].entries().next().value];',
      'return ["abc".startsWith("b", 1), "a.c".startsWith("a."), "abc".endsWith("b", 2), "c".endsWith("abc"), "".endsWith("")];',
      'const found = []; for (const x in { a: 1, b: 2 }) if (x) found.push(x); return found;',
      'let x, found = []; for (x in Object.create({ c: 1 }, { d: { enumerable: true } })) { found.push(x); } return found;',
      'var found = []; for (var i in [7, 8]) for (var j in ("ab")) found.push(i + j); return found;',
      'const o = {}, found = []; for (o.p in { q: 1 }) found.push(o.p); for (const x in null) found.push(x); return found;',
      'try { return [].reduce((so) => so); } catch (error) { return error.name; }',
      'class A { reduce(f) { return f(1, 2); } } return new (class extends A { go() { return super.reduce((a, b) => a + b); } entries() { return [].reduce((a) => a, 4); } })().go();',
    ]) {
      const [asItIs, asBuilt] = both(code);
      expect(asBuilt, code).to.deep.equal(asItIs);
    }
  });

  it('[E235] what is called instead does as the standard has it', () => {
    const { arrayFrom, keys, values, stringify } = natives;
    for (const items of [[1, undefined], new Set('abc'), new Map([[1, 2]]), 'a😀', { length: 2, 0: 'x' }, 5])
      expect(arrayFrom(items as string)).to.deep.equal(Array.from(items as string));
    const mapped = [[3, 4], (item: unknown, at: number) => [item, at]] as const;
    expect(arrayFrom(...mapped)).to.deep.equal(Array.from(...mapped));
    expect(arrayFrom(mapped[0])).to.not.equal(mapped[0]);
    for (const object of [{ b: 1, a: 2, 1: 3 }, ['x', 'y'], 'ab', Object.create({ c: 1 }) as object]) {
      expect(keys(object as object)).to.deep.equal(Object.keys(object));
      expect(values(object as object)).to.deep.equal(Object.values(object));
    }
    const value = { list: ['a', [1]], at: new Date(0), own: { toJSON: () => ['b'] }, nothing: undefined };
    const replacer = (key: string, found: unknown): unknown => (key === 'at' ? [found] : found);
    const written = [JSON.stringify(value), JSON.stringify(value, replacer, 2), JSON.stringify([])];
    for (const owner of [Array.prototype, Object.prototype] as object[]) {
      Object.assign(owner, { toJSON: () => 'theirs' });
      try {
        expect(JSON.stringify([])).to.equal('"theirs"');
        expect([stringify(value), stringify(value, replacer, 2), stringify([])]).to.deep.equal(written);
      } finally {
        delete (owner as { toJSON?: unknown }).toJSON;
      }
    }
  });
});

/** Once for all browsers: what is posted is the same in each. */
let calm: Promise<string[]> | undefined;

for (const name of BROWSERS) {
  describe(`a page with natives of its own in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    const open = (path: string): Promise<OpenPage> =>
      browser.open(`${site.url}/demo/${path}.html`, async (tab) => {
        await tab.evaluateOnNewDocument(AT_ONE_TIME);
      });
    before(async () => {
      site = await serveSite([], {
        '/demo/calm.html': CALM.replace('draft-key="hostile-natives"', 'draft-key="calm"'),
        '/demo/module.html': MODULE.replace('draft-key="hostile-natives"', 'draft-key="module"'),
      });
      await (calm ??= open('calm').then(posted));
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    const scripts = { module: 'module', 'classic script': 'hostile-natives' };
    for (const [kind, path] of Object.entries(scripts).slice(0, name === BROWSERS[0] ? 2 : 1))
      it(`[E235] the ${kind}: typed, pasted, checked, imported, signed, restored and posted as on a calm page`, async () => {
        const page = await open(path);
        expect(await posted(page)).to.deep.equal(await calm);
        expect(page.complaints).to.deep.equal([]);
        // No loader took a script of ours for a module of its own, and the page keeps what it had put in.
        expect(
          await page.page.evaluate(() => {
            const own = globalThis as unknown as { module: { exports: object }; define: object };
            return [
              Reflect.ownKeys(own.module.exports).length,
              'amd' in own.define,
              window.name,
              [[1, 2].reduce((so, one) => so + one)],
              JSON.stringify(['a']),
              typeof new Map().set,
            ];
          }),
        ).to.deep.equal([0, true, 'mainFrame', [[1, 2]], '"[\\"a\\"]"', 'undefined']);
      });

    if (name !== BROWSERS[0]) return;
    it('[E224] as the page around a frame it gets and posts the report as a calm one does', async () => {
      const sites = await serveTwo((origins) => {
        const page = cms(origins, { attributes: 'data-xxgk-draft="off"' });
        return {
          '/calm': page,
          '/hostile': page.replace('<h1>', '<script src="/demo/hostile-natives.js"></script>$&'),
        };
      });
      try {
        const texts: string[] = [];
        for (const path of ['/calm', '/hostile']) {
          const opened = await openCms(browser, `${sites.page}${path}`);
          await opened.frame.type('requests/received/natural-person', '12');
          await opened.page.until(() => window.heard.length > 0);
          await opened.page.click('button[name="how"]');
          await opened.page.until(() => window.sent.length > 0);
          expect(await complaintsOf(opened)).to.deep.equal([]);
          const sent = await opened.page.page.evaluate(() => String(window.sent[0]));
          expect(sent)
            .to.include(await fieldOf(opened.page))
            .and.to.include('"natural-person":12');
          texts.push(sent);
          await browser.closePages();
        }
        expect(texts[1]).to.equal(texts[0]);
      } finally {
        await sites.close();
      }
    });
  });
}
