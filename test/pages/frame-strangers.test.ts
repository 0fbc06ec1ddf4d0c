/** Who may embed our page, and what a hostile page or a hostile frame can do to the other side: nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { aWhile, cms, fieldOf, frameOf, hurried, openCms, serveTwo, type TwoSites } from './frame-fixture.ts';
import { BROWSERS, TestBrowser, type OpenPage } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';

/** A page that speaks our language and means no good: `tell` posts over the port, `heard` is what came. */
const HOSTILE_PAGE = (
  src: string,
): string => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<iframe src="${src}" title="年报" style="width:1000px;height:600px"></iframe><script>
window.heard = [];
window.hello = (message) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => heard.push(event.data);
  window.port = port1;
  document.querySelector('iframe').contentWindow.postMessage(message, '*', [port2]);
};
window.greet = (more) => hello({ xxgk: 1, type: 'hello', attributes: [], keeps: false, session: '', missing: false, ...more });
window.tell = (message) => port.postMessage({ xxgk: 1, ...message });
</script>`;

/** A frame that speaks our language and means no good. */
const HOSTILE_FRAME = `<!doctype html><meta charset="utf-8"><script>
window.heard = [];
addEventListener('message', (event) => {
  heard.push(event.data);
  if (event.ports[0] === undefined) return;
  window.port = event.ports[0];
  port.onmessage = (told) => heard.push(told.data);
  window.tell = (message) => port.postMessage({ xxgk: 1, ...message });
  tell({ type: 'welcome' });
});
parent.postMessage({ xxgk: 1, type: 'ready' }, '*');
</script>`;

const hasEditor = (frame: OpenPage): Promise<boolean> =>
  frame.page.evaluate(() => document.querySelector('xxgk-annual-report') !== null);

// Nothing of it depends on the browser: `--firefox` asks the other one.
for (const name of BROWSERS.slice(0, 1)) {
  describe(`strangers around a frame in ${name}`, { timeout: 90_000 }, () => {
    const browser = new TestBrowser(name);
    let site: TwoSites;
    before(async () => {
      site = await serveTwo((origins) => ({
        '/cms': cms(origins),
        // The frame is on the origin of the list now, and so may not be embedded by the other one.
        '/unlisted': cms(origins, { src: `${origins.page}/dist/frame.html` }),
        '/hostile': HOSTILE_PAGE(`${origins.frame}/dist/frame.html`),
        '/silent': `<!doctype html><meta charset="utf-8"><iframe src="${origins.frame}/dist/frame.html" title="年报"></iframe>`,
        '/evil/dist/frame.html': HOSTILE_FRAME,
        '/beside': cms(origins, {
          before: `<iframe src="${origins.frame}/evil/dist/frame.html" title="别的"></iframe>`,
          script: 'window.late = true;',
        }).replace('data-xxgk-for', 'id="ours" data-xxgk-for'),
        '/evil-cms': cms(origins, { src: `${origins.frame}/evil/dist/frame.html` }),
        '/evil-open': cms(origins, { src: `${origins.frame}/evil/dist/frame.html` }).replace(
          'data-xxgk-no-submit',
          '',
        ),
      }));
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    it('[E256] any other gets a sentence, and nothing is made of a report', async () => {
      const page = await browser.open(`${site.frame}/unlisted`);
      const frame = await frameOf(page.page);
      await frame.untilText(`本页不允许 ${site.frame} 的网页嵌入`);
      await aWhile();
      expect(await hasEditor(frame)).to.equal(false);
      expect(
        await page.page.evaluate(
          () => window.XxgkFrame!.connect(document.querySelector('iframe')!).connected,
        ),
      ).to.equal(false);
      // Whoever has no origin is nobody that could be listed.
      const hello = "{ xxgk: 1, type: 'hello', attributes: [], keeps: false, session: '', missing: false }";
      const html = `<iframe src="${site.frame}/dist/frame.html"></iframe><script>
        onmessage = (event) => event.source.postMessage(${hello}, '*', [new MessageChannel().port2]);</script>`;
      const folder = mkdtempSync(join(tmpdir(), 'page-file-'));
      const file = join(folder, 'parent.html');
      writeFileSync(file, html);
      const boxed = await browser.open(pathToFileURL(file).href);
      const inner = await frameOf(boxed.page);
      await inner.untilText('本页不允许 null 的网页嵌入');
      rmSync(folder, { recursive: true });
      expect(await hasEditor(inner)).to.equal(false);
    });

    it('[E256] alone, or where nobody speaks, it says so', async () => {
      const page = await browser.open(`${site.page}/silent`, hurried({ 10_000: 100 }));
      const frame = await frameOf(page.page);
      await frame.untilText('嵌入本页的网页没有应答');
      expect(await hasEditor(frame)).to.equal(false);
      await page.page.goto(`${site.frame}/dist/frame.html`);
      await page.untilText('不能单独打开');
      expect(await hasEditor(page)).to.equal(false);
    });

    it('[E268] a hostile page gets no more out of the frame than its words allow, and breaks nothing', async () => {
      const page = await browser.open(`${site.page}/hostile`);
      const frame = await frameOf(page.page);
      await frame.until(() => 'xxgkIgnored' in window);
      const say = (messages: readonly unknown[]): Promise<void> =>
        page.page.evaluate((all) => {
          for (const message of all) (window as unknown as { hello(message: unknown): void }).hello(message);
        }, messages);
      // No greeting of ours: nothing is made.
      await say([
        null,
        'hello',
        { type: 'hello' },
        { xxgk: 2, type: 'hello', attributes: [], keeps: false, session: '', missing: false },
        { xxgk: 1, type: 'hello', attributes: 'onclick', keeps: false, session: '', missing: false },
        { xxgk: 1, type: 'hello', attributes: [], keeps: 'yes', session: '', missing: false },
        { xxgk: 1, type: 'ready' },
      ]);
      await frame.until(() => (window as unknown as { xxgkIgnored: number }).xxgkIgnored >= 7);
      expect(await hasEditor(frame)).to.equal(false);
      const tell = (...messages: readonly object[]): Promise<void> =>
        page.page.evaluate((all) => {
          for (const message of all) (window as unknown as { tell(message: unknown): void }).tell(message);
        }, messages);
      await page.page.evaluate(() =>
        (window as unknown as { greet(more: object): void }).greet({
          attributes: [
            ...[
              'onclick',
              'alert(1)',
              'style',
              'color:red',
              'id',
              'x',
              'for',
              'y',
              'value',
              '{}',
              'required',
              '',
            ],
            ...['submit-label', '<img src=x onerror=window.owned=1>', 'odd'],
          ],
        }),
      );
      await tell(
        { type: 'set', name: 'value', text: '<img src=x onerror=window.owned=1>', turn: 1 },
        { type: 'set', name: 'rules', text: '{"__proto__":{"polluted":1}}', turn: 1 },
        { type: 'set', name: 'innerHTML', text: '<b>', turn: 1 },
        { type: 'begin' },
        { type: 'begin' },
      );
      await frame.untilText('原有内容已原样保留');
      const before = await frame.page.evaluate(
        () => (window as unknown as { xxgkIgnored: number }).xxgkIgnored,
      );
      await tell(
        { type: 'nothing' },
        { type: 'ask', id: 1, what: 'constructor' },
        { type: 'ask', id: 'x', what: 'settle' },
        { type: 'answer', id: 77, ok: true, text: '' },
        { type: 'attributes', attributes: ['required', '', 'onclick', 'alert(1)'], missing: false },
        { type: 'set', name: 'previous', text: '[[[[', turn: 1 },
        { type: 'ask', id: 2, what: 'settle' },
      );
      await page.until(() =>
        (window.heard as unknown as { type: string; id?: number }[]).some(
          ({ type, id }) => type === 'answer' && id === 2,
        ),
      );
      const state = await frame.page.evaluate(() => {
        const editor = document.querySelector('xxgk-annual-report')!;
        return {
          names: editor
            .getAttributeNames()
            .filter((one) => ['onclick', 'style', 'id', 'for', 'value'].includes(one)),
          required: editor.required,
          value: editor.value,
          owned: (window as { owned?: unknown }).owned ?? null,
          polluted: ({} as { polluted?: unknown }).polluted ?? null,
          ignored: (window as unknown as { xxgkIgnored: number }).xxgkIgnored,
          images: document.querySelectorAll('img').length,
        };
      });
      expect(state).to.deep.include({
        names: [],
        required: true,
        value: '<img src=x onerror=window.owned=1>',
        owned: null,
        polluted: null,
        images: 0,
      });
      expect(state.ignored).to.be.at.least(before + 2);
      const answers = (await page.page.evaluate(() => window.heard)) as unknown as {
        type: string;
        id?: number;
        ok?: boolean;
      }[];
      expect(answers.find(({ type, id }) => type === 'answer' && id === 1)?.ok).to.equal(false);
      // It still works, over the port that came last; one of before is closed, whoever greets again.
      await page.page.evaluate(() => {
        const { port } = window as unknown as { port: MessagePort };
        Object.assign(window, { before: port });
        (window as unknown as { greet(): void }).greet();
      });
      await tell({ type: 'set', name: 'value', text: '', turn: 3 }, { type: 'begin' });
      await frame.until(() => document.querySelectorAll('xxgk-annual-report').length === 1);
      await page.page.evaluate(() => {
        const set = { xxgk: 1, type: 'set', name: 'value', text: '{', turn: 4 };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no target
        (window as unknown as { before: MessagePort }).before.postMessage(set);
      });
      await frame.until(
        () => !document.querySelector('xxgk-annual-report')!.shadowRoot!.textContent!.includes('原样保留'),
      );
      await frame.type(CELL, '12');
      await page.until(() =>
        (window.heard as unknown as { text?: string }[]).some(({ text }) => text?.includes(':12') === true),
      );
      expect(frame.complaints).to.deep.equal([]);
      expect(page.complaints.filter((one) => !one.includes('license-key'))).to.deep.equal([]);
    });

    it("[E268] a hostile frame writes nothing but its field's text, and reads nothing of another's drafts", async () => {
      // Somebody's draft lies there already.
      const victim = await openCms(browser, `${site.page}/cms`);
      await victim.frame.type(CELL, '12');
      await victim.frame.untilText('草稿已暂存于本浏览器');
      await victim.page.page.close();
      const page = await browser.open(`${site.page}/evil-cms`);
      await page.until(() => window.XxgkFrame!.connect(document.querySelector('iframe')!).connected);
      const frame = await frameOf(page.page);
      const tell = (...messages: readonly object[]): Promise<void> =>
        frame.page.evaluate((all) => {
          for (const message of all) (window as unknown as { tell(message: unknown): void }).tell(message);
        }, messages);
      const value = { type: 'value', turn: 1, edited: true, open: false, valid: true, problem: '' };
      const markup = '<img src=x onerror="window.owned=1">';
      const ignored = (): Promise<number> =>
        page.page.evaluate(() => window.XxgkFrame!.connect(document.querySelector('iframe')!).ignored);
      const before = await ignored();
      await tell(
        { type: 'value', text: 'x'.repeat(1_100_000) },
        { type: 'eval', text: 'alert(1)' },
        { ...value, text: 5 },
        { ...value, turn: 99, text: 'of another turn' },
        { type: 'height', height: 'calc(1px)' },
        { type: 'event', name: 'click', detail: '{}' },
        {
          type: 'event',
          name: 'xxgk-draft-saved',
          detail: '{"__proto__":{"polluted":1},"target":1,"revision":3}',
        },
        { type: 'event', name: 'xxgk-imported', detail: 'no json' },
        { type: 'answer', id: 5, ok: true, text: '' },
        { ...value, text: markup, valid: false, problem: markup },
        { type: 'height', height: 1e9 },
      );
      await page.until(() =>
        document.querySelector<HTMLTextAreaElement>('#report')!.value.startsWith('<img'),
      );
      expect(await fieldOf(page)).to.equal(markup);
      expect(await ignored()).to.equal(before + 6);
      const state = await page.page.evaluate(() => ({
        height: document.querySelector('iframe')!.getBoundingClientRect().height,
        room: window.innerHeight,
        owned: (window as { owned?: unknown }).owned ?? null,
        polluted: ({} as { polluted?: unknown }).polluted ?? null,
        images: document.querySelectorAll('img').length,
        why: document.querySelector<HTMLTextAreaElement>('#report')!.validationMessage,
      }));
      expect(state).to.deep.include({ owned: null, polluted: null, images: 0, why: markup });
      expect(state.height).to.be.at.most(state.room);
      // Its shelf is its own: the whole range holds nothing of the other user's... or unit's.
      await page.page.evaluate(() => document.querySelector('iframe')!.setAttribute('data-xxgk-user', 'li'));
      await aWhile(50);
      const whose = '["","li",""]';
      await tell(
        { type: 'list', id: 1, whose, from: '', to: '\uffff' },
        { type: 'list', id: 2, whose, from: '\uffff', to: '' },
        // Of nobody whom the page has named, whatever it is called.
        { type: 'list', id: 6, whose: '["","wang",""]', from: '', to: '\uffff' },
        { type: 'list', id: 7, whose: '', from: '', to: '\uffff' },
        // Notes without end are none.
        {
          ...{ type: 'change', id: 9, whose, put: [], remove: [] },
          note: [
            ...['long', 'x'.repeat(100_000)],
            ...Array.from({ length: 1_200 }, (_none, index) => [`n${index}`, '1']).flat(),
          ],
        },
        {
          type: 'change',
          id: 8,
          whose: '["","wang",""]',
          put: ['x', '', ''],
          remove: [],
          note: [],
        },
        {
          type: 'change',
          id: 3,
          whose,
          put: ['../x', 'm', 't', 'half'],
          remove: ['', '\uffff'],
          note: ['n', '1'],
        },
        { type: 'list', id: 4, whose, from: '', to: '\uffff' },
        {
          type: 'change',
          id: 5,
          whose,
          head: 'nothing',
          expected: 'mark',
          put: ['y', '', ''],
          remove: [],
          note: [],
        },
      );
      await frame.until(() => (window.heard as unknown as { id?: number }[]).some(({ id }) => id === 5));
      const answers = (await frame.page.evaluate(() => window.heard)) as unknown as {
        id?: number;
        ok?: boolean;
        text?: string;
        list?: string[];
      }[];
      const answer = (id: number) => answers.find((one) => one.id === id)!;
      expect(answer(1)).to.deep.include({ ok: true, list: [] });
      expect(answer(2)).to.deep.include({ ok: false, text: 'storage' });
      expect(answer(3).ok).to.equal(true);
      expect(answer(4).list!.slice(0, 3)).to.deep.equal(['../x', 'm', 't']);
      expect(answer(5)).to.deep.include({ ok: true, text: 'overtaken' });
      expect(answer(9)).to.deep.include({ ok: true, text: '' });
      const notes = await page.page.evaluate(() =>
        Object.entries(localStorage).filter(([name]) => name.startsWith('xxgk-')),
      );
      expect(notes.length).to.be.within(400, 510);
      expect(notes.every(([, text]) => String(text).length < 100)).to.equal(true);
      for (const id of [6, 7, 8]) expect(answer(id)).to.deep.include({ ok: false, text: 'storage' });
      expect(page.complaints).to.deep.equal([]);
      await page.page.close();
      // And the other's is still there.
      const again = await openCms(browser, `${site.page}/cms`);
      await again.frame.untilText('未报送的草稿');
    });

    it("[E268] a hostile frame does not fill the page's storage, nor say for how long anything is kept", async () => {
      const page = await browser.open(`${site.page}/evil-cms`);
      await page.until(() => window.XxgkFrame!.connect(document.querySelector('iframe')!).connected);
      const frame = await frameOf(page.page);
      await page.page.evaluate(() => document.querySelector('iframe')!.setAttribute('data-xxgk-user', 'wu'));
      await aWhile(50);
      const lying = (): Promise<{ days: number }[]> =>
        page.page.evaluate(
          () =>
            new Promise<{ days: number }[]>((done) => {
              const request = indexedDB.open('xxgk-annual-report.frames', 1);
              request.onsuccess = () => {
                const all = request.result.transaction('items').objectStore('items').getAll();
                all.onsuccess = () => {
                  request.result.close();
                  done(
                    (all.result as { key: string; days: number }[]).filter(({ key }) => key.includes('"wu"')),
                  );
                };
              };
            }),
        );
      const whose = '["","wu",""]';
      const fill = (ids: readonly number[], more: object): Promise<void> =>
        frame.page.evaluate(
          (all, owner, rest) => {
            for (const id of all)
              (window as unknown as { tell(message: unknown): void }).tell({
                ...{ type: 'change', id, whose: owner, remove: [], days: 1e6, note: [] },
                put: Array.from({ length: 600 }, (_none, index) => [
                  `${rest.prefix}${id}-${index}`,
                  '',
                  't',
                ]).flat(),
                ...rest,
              });
          },
          ids,
          whose,
          more as { prefix: string },
        );
      await fill([1, 2, 3, 4, 5], { prefix: '' });
      await fill([6], { prefix: '', remove: ['zzz', 'zzz'], head: 'none', expected: '' });
      // Beyond what a range of ordinary keys has.
      await fill([7, 8, 9, 10], { prefix: '\uffff\uffff' });
      await frame.until(() => (window.heard as unknown as { id?: number }[]).some(({ id }) => id === 10));
      const answers = (await frame.page.evaluate(() => window.heard)) as unknown as {
        id?: number;
        ok?: boolean;
        text?: string;
      }[];
      const said = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((one) => answers.find(({ id }) => id === one)!);
      expect(said.map(({ ok }) => ok)).to.deep.equal([
        true,
        true,
        true,
        ...Array.from({ length: 7 }, () => false),
      ]);
      expect(said[9]!.text).to.equal('quota');
      await fill([11], {
        prefix: '',
        put: Array.from({ length: 200 }, (_none, index) => [`last${index}`, '', 't']).flat(),
      });
      // Nor by what it says when the page goes away: each under another key.
      await page.page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
      await frame.page.evaluate((owner) => {
        for (let index = 0; index < 50; index += 1)
          (window as unknown as { tell(message: unknown): void }).tell({
            ...{ type: 'words', whose: owner, key: `w/${index}`, text: 't', days: 1e6 },
          });
      }, whose);
      await frame.page.evaluate((owner) => {
        (window as unknown as { tell(message: unknown): void }).tell({
          type: 'list',
          id: 12,
          whose: owner,
          from: '',
          to: '',
        });
      }, whose);
      await frame.until(() => (window.heard as unknown as { id?: number }[]).some(({ id }) => id === 12));
      for (const end = Date.now() + 5_000; (await lying()).length !== 2_000; await aWhile(50))
        if (Date.now() > end) throw new Error(`${(await lying()).length} items`);
      expect([...new Set((await lying()).map(({ days }) => days))]).to.deep.equal([60]);
      expect(page.complaints).to.deep.equal([]);
    });

    it("[E268] a hostile frame sends no form and starts no download behind its user's back", async () => {
      const open = async (
        path: string,
      ): Promise<{
        page: OpenPage;
        ask: (id: number) => Promise<{ ok: boolean; text: string; handedOver?: boolean }>;
      }> => {
        const page = await browser.open(`${site.page}${path}`, async (one) => {
          // What a driver runs counts as done by a person.
          await one.evaluateOnNewDocument(() => {
            Object.assign(window, { isActive: false, files: 0 });
            const activation = {
              get isActive() {
                return (window as unknown as { isActive: boolean }).isActive;
              },
            };
            Object.defineProperty(navigator, 'userActivation', { value: activation });
            HTMLAnchorElement.prototype.click = () =>
              void ((window as unknown as { files: number }).files += 1);
          });
        });
        await page.until(() => window.XxgkFrame!.connect(document.querySelector('iframe')!).connected);
        const frame = await frameOf(page.page);
        const ask = async (id: number) => {
          await frame.page.evaluate((one) => {
            const { tell } = window as unknown as { tell(message: unknown): void };
            tell({ type: 'submit' });
            tell({ type: 'download', name: 'x.json', text: '{}' });
            tell({ type: 'request', id: one, text: '{}' });
            const has = () =>
              (window.heard as unknown as { id?: number; type: string }[]).some(
                (heard) => heard.type === 'answer' && heard.id === one,
              );
            return new Promise<void>((done) => {
              const look = (): void => void (has() ? done() : setTimeout(look, 20));
              look();
            });
          }, id);
          await aWhile();
          const heard = (await frame.page.evaluate(() => window.heard)) as unknown as {
            id: number;
            type: string;
            ok: boolean;
            text: string;
            handedOver?: boolean;
          }[];
          return heard.find((one) => one.type === 'answer' && one.id === id)!;
        };
        return { page, ask };
      };
      const done = (page: OpenPage): Promise<[number, number]> =>
        page.page.evaluate((): [number, number] => [
          window.sent.length,
          (window as unknown as { files: number }).files,
        ]);
      const act = (page: OpenPage, isActive: boolean): Promise<void> =>
        page.page.evaluate((is) => void Object.assign(window, { isActive: is }), isActive);
      const free = await open('/evil-open');
      // The form waits for the frame, which does not settle anything: it is seen by what is asked.
      await free.page.page.evaluate(() => {
        document.querySelector('form')!.requestSubmit = () => void window.sent.push([]);
      });
      expect(await free.ask(1)).to.deep.include({ ok: false, text: 'no host' });
      expect(await done(free.page)).to.deep.equal([0, 0]);
      await act(free.page, true);
      expect(await free.ask(2)).to.deep.include({ ok: true, handedOver: true });
      expect(await done(free.page)).to.deep.equal([1, 1]);
      // A page that has no such button in its frame is asked for nothing that it did not begin.
      const closed = await open('/evil-cms');
      await closed.page.page.evaluate(() => {
        document.querySelector('form')!.requestSubmit = () => void window.sent.push([]);
      });
      await act(closed.page, true);
      expect(await closed.ask(3)).to.deep.include({ ok: false, text: 'no host' });
      expect(await done(closed.page)).to.deep.equal([0, 1]);
      await closed.page.page.evaluate(() => {
        void window
          .XxgkFrame!.connect(document.querySelector('iframe')!)
          .submit()
          .catch(() => undefined);
      });
      expect(await closed.ask(4)).to.deep.include({ ok: true, handedOver: true });
      expect(await done(closed.page)).to.deep.equal([1, 2]);
      expect(await closed.ask(5)).to.deep.include({ ok: false });
    });

    it('[E268] another frame of the page is not taken for ours, and ours somewhere else gets no port', async () => {
      const page = await browser.open(`${site.page}/beside`);
      await page.until(
        () => window.XxgkFrame!.connect(document.querySelector<HTMLIFrameElement>('#ours')!).connected,
      );
      const ours = page.page.frames().find((one) => new URL(one.url()).pathname === '/dist/frame.html')!;
      const evil = page.page.frames().find((one) => one.url().includes('/evil/'))!;
      await evil.evaluate(() => {
        parent.postMessage({ xxgk: 1, type: 'ready' }, '*');
        // Nor does ours take it for the page around.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = (event) => window.heard.push(event.data as string);
        const hello = { xxgk: 1, type: 'hello', attributes: [], keeps: false, session: '', missing: false };
        for (let index = 0; index < parent.frames.length; index += 1)
          if (parent.frames[index] !== window) parent.frames[index]!.postMessage(hello, '*', [port2]);
        port1.postMessage({ xxgk: 1, type: 'begin' });
      });
      await aWhile();
      expect(await evil.evaluate(() => window.heard)).to.deep.equal([]);
      expect(
        await ours.evaluate(() => (window as unknown as { xxgkIgnored: number }).xxgkIgnored),
      ).to.be.greaterThan(0);
      // The frame is led to another origin, which speaks our language.
      await ours.evaluate((url) => {
        location.href = url;
      }, `${site.page}/evil/dist/frame.html`);
      await page.page.waitForFrame((one) => one.url() === `${site.page}/evil/dist/frame.html`);
      await aWhile(600);
      const there = page.page.frames().find((one) => one.url() === `${site.page}/evil/dist/frame.html`)!;
      expect(await there.evaluate(() => window.heard)).to.deep.equal([]);
    });
  });
}
