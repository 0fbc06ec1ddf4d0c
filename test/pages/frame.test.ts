/** Our page in an iframe of another origin's page: the report, the form, the height, who may, and what happens to whom. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { ATTRIBUTES } from '../../src/framing/frame-door.ts';
import {
  aWhile,
  cms,
  complaintsOf,
  databases,
  fieldOf,
  frameOf,
  hurried,
  inside,
  openCms,
  openWithFrames,
  serveTwo,
  type TwoSites,
} from './frame-fixture.ts';
import { BROWSERS, ROOT, TestBrowser, type OpenPage } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';
const NEXT = 'requests/carried-over/natural-person';

const numbersOf = (text: string): Record<string, Record<string, number | null>> =>
  (JSON.parse(text) as { tables: { requests: Record<string, Record<string, number | null>> } }).tables
    .requests;
const received = (text: string): number | null => numbersOf(text)['received']!['natural-person']!;

const REPORT = JSON.stringify({
  schema: 'xxgk-annual-report/1',
  draft: true,
  format: '2021',
  year: 2025,
  organization: { name: '某县民政局' },
  tables: { requests: { received: { 'natural-person': 5 } } },
});
const escaped = REPORT.replaceAll('"', '&quot;');
const FIELD = `<textarea id="report" name="report" hidden>${escaped}</textarea>`;

describe('frame.html', () => {
  it('[E269] takes from its page every attribute of the element that is not between the element and its form', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'dist/custom-elements.json'), 'utf8')) as {
      modules: { declarations?: { tagName: string; attributes: { name: string }[] }[] }[];
    };
    const editor = manifest.modules
      .flatMap(({ declarations = [] }) => declarations)
      .find(({ tagName }) => tagName === 'xxgk-annual-report')!;
    const own = ['name', 'for', 'value', 'no-leave-guard'];
    expect([...ATTRIBUTES].sort()).to.deep.equal(
      editor.attributes
        .map((attribute) => attribute.name)
        .filter((attribute) => !own.includes(attribute))
        .sort(),
    );
  });
});

for (const name of BROWSERS) {
  describe(`a report in a frame in ${name}`, { timeout: 90_000 }, () => {
    const browser = new TestBrowser(name);
    // What depends on no browser is asked of one only.
    const once = (title: string, test: () => Promise<void>): void => {
      if (name === BROWSERS[0]) it(title, test);
    };
    let site: TwoSites;
    before(async () => {
      site = await serveTwo((origins) => ({
        '/cms': cms(origins),
        '/filled': cms(origins, { field: FIELD }),
        '/required': cms(origins, {
          attributes: 'data-xxgk-required',
          buttons: '<button>提交</button><button formnovalidate id="later">保存未完成的报告</button>',
        }),
        '/hidden': cms(origins, {
          attributes: 'data-xxgk-required',
          field: '<input type="hidden" id="report" name="report">',
        }),
        '/two': cms(origins, {
          before: `<textarea id="other" name="other" hidden></textarea><iframe src="${origins.frame}/dist/frame.html"
            title="乙局" data-xxgk-for="other" data-xxgk-draft-key="k2" data-xxgk-no-submit></iframe>`,
        }),
        '/handing': cms(origins, {
          field: `<textarea id="report" name="report" hidden>${readFileSync(join(ROOT, 'demo/samples/zero.json'), 'utf8').replaceAll('<', '&lt;')}</textarea>`,
          attributes: 'data-xxgk-draft="off" sandbox="allow-scripts allow-same-origin allow-forms"',
        }).replace('data-xxgk-no-submit', ''),
        '/nowhere': cms(origins, { src: '/blank' }),
        '/required-nowhere': cms(origins, { src: '/blank', attributes: 'data-xxgk-required' }),
        '/boxed': cms(origins, {
          attributes: 'sandbox="allow-scripts allow-forms" data-xxgk-lang="en-US"',
        }),
        '/unnamed': cms(origins, { field: '<textarea id="other"></textarea>' }).replace(
          "getElementById('report')",
          "getElementById('other')",
        ),
        '/late': cms(origins, {
          // In the middle of its start: everything that it is to begin with has been said, and it is not there yet.
          // A greeting of before the frame's own program runs is heard by nobody.
          script: `const { postMessage } = MessagePort.prototype;
            let isThere = false;
            addEventListener('message', () => (isThere = true));
            MessagePort.prototype.postMessage = function (message) {
              postMessage.call(this, message);
              if (!isThere || message.type !== 'begin') return;
              MessagePort.prototype.postMessage = postMessage;
              const report = ${JSON.stringify(REPORT)};
              field.value = report;
              XxgkFrame.connect(document.querySelector('iframe')).previous = report.replace('2025', '2024');
            };`,
        }),
        '/api': `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
          <iframe src="${origins.frame}/dist/frame.html" title="年报"></iframe>
          <script src="/dist/xxgk-annual-report.parent.js"></script>`,
      }));
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    const backups = (): number =>
      readdirSync(browser.downloads).filter((one) => one.endsWith('.json')).length;
    const mustDownload = async (frame: OpenPage): Promise<void> => {
      const before = backups();
      await frame.click('button', '下载备份');
      for (const end = Date.now() + 5_000; backups() === before; await aWhile(50))
        if (Date.now() > end) throw new Error('Nothing was downloaded.');
    };
    const save = (page: OpenPage): Promise<void> =>
      page.page.evaluate(() => document.querySelector<HTMLButtonElement>('form button')!.click());

    it("[E257, E258] the page's field gets every keystroke, and whoever reads the form in any way has it", async () => {
      const opened = await openCms(browser, `${site.page}/cms`);
      const { page, frame } = opened;
      expect(await fieldOf(page)).to.equal('');
      await frame.type(CELL, '12', { enter: false });
      await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':12'));
      const read = await page.page.evaluate(() =>
        new FormData(document.querySelector('form')!).get('report'),
      );
      expect([received(await fieldOf(page)), received(String(read))]).to.deep.equal([12, 12]);
      // It is no edit yet: nothing to undo, nothing judged, no draft.
      const isUndoable = (): Promise<boolean> =>
        frame
          .find('button', '撤销')
          .then((button) => button.evaluate((one) => !(one as HTMLButtonElement).disabled));
      expect(await isUndoable()).to.equal(false);
      const names = (): Promise<string[]> =>
        page.page.evaluate(() => window.heard.map((one) => one.slice(0, one.indexOf(' '))));
      expect(new Set(await names())).to.deep.equal(new Set(['input']));
      await page.page.keyboard.press('Enter');
      await page.until(() => window.heard.some((one) => one.startsWith('change ')));
      expect((await names()).slice(-2)).to.deep.equal(['input', 'change']);
      expect(await isUndoable()).to.equal(true);
      // Given up, what was typed is gone from the field too.
      await page.page.keyboard.type('7');
      await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':7'));
      await page.page.keyboard.press('Escape');
      await page.until(() => !document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':7'));
      expect(received(await fieldOf(page))).to.equal(12);
      // A field of the head, too.
      await (await frame.find('[name="organization.name"]')).click();
      await page.page.keyboard.type('某县民政局');
      await page.until(() =>
        document.querySelector<HTMLTextAreaElement>('#report')!.value.includes('某县民政局'),
      );
      // The form waits for the last word, and is sent once, by the button that was pressed.
      await frame.type(NEXT, '34', { enter: false });
      await page.page.evaluate(() => {
        const button = document.querySelector<HTMLButtonElement>('form button')!;
        button.click();
        button.click();
      });
      await page.until(() => window.sent.length > 0);
      await aWhile();
      const sent = await page.page.evaluate(() => window.sent);
      expect(sent).to.have.length(1);
      const data = new Map(sent[0]);
      expect([data.get('title'), data.get('how')]).to.deep.equal(['年报', 'save']);
      expect(received(data.get('report')!)).to.equal(12);
      expect(numbersOf(data.get('report')!)['carried-over']!['natural-person']).to.equal(34);
      expect(await complaintsOf(opened)).to.deep.equal([]);
      // Without an event: it is on its way, and nobody is asked.
      await frame.type(CELL, '56', { enter: false });
      await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':56'));
      await Promise.all([
        page.page.waitForNavigation(),
        page.page.evaluate(() => document.querySelector('form')!.submit()),
      ]);
      expect(received(new URL(page.page.url()).searchParams.get('report')!)).to.equal(56);
      expect(page.asked).to.equal(0);
    });

    once(
      '[E260] what a script gives while the frame starts is in it, and what is typed then goes on from there',
      async () => {
        const { page, frame } = await openCms(browser, `${site.page}/late`);
        await frame.until(() => document.querySelector('xxgk-annual-report')!.value.includes('某县民政局'));
        await frame.until(() => document.querySelector('xxgk-annual-report')!.previous);
        await frame.type(NEXT, '77');
        await page.until(() => window.heard.some((one) => one.startsWith('change ')));
        const numbers = numbersOf(await fieldOf(page));
        expect(
          [numbers['received'], numbers['carried-over']].map((row) => row!['natural-person']),
        ).to.deep.equal([5, 77]);
      },
    );

    once(
      '[E257, E260, E265] a given value is begun with and stays; what a script writes is loaded, silently; a reset brings the first back',
      async () => {
        const opened = await openCms(browser, `${site.page}/filled`);
        const { page, frame } = opened;
        expect(await frame.shown(CELL)).to.equal('5');
        await aWhile();
        expect(await fieldOf(page)).to.equal(REPORT);
        expect(await page.page.evaluate(() => window.heard)).to.deep.equal([]);
        await frame.type(NEXT, '2', { enter: false });
        await page.until(() => window.heard.length > 0);
        await page.page.evaluate((text) => {
          window.heard.length = 0;
          document.querySelector<HTMLTextAreaElement>('#report')!.value = text.replace(':5', ':6');
        }, REPORT);
        await frame.until(() =>
          document.querySelector('xxgk-annual-report')!.value.includes('"natural-person":6'),
        );
        await aWhile();
        // What was being typed belongs to the report before; it does not come back into this one's field.
        expect(received(await fieldOf(page))).to.equal(6);
        expect(await page.page.evaluate(() => window.heard)).to.deep.equal([]);
        expect([await frame.shown(CELL), await frame.shown(NEXT)]).to.deep.equal(['6', '']);
        await frame.type(CELL, '9');
        await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':9'));
        await page.page.evaluate(() => document.querySelector('form')!.reset());
        await frame.until(() =>
          document.querySelector('xxgk-annual-report')!.value.includes('"natural-person":5'),
        );
        expect(await fieldOf(page)).to.equal(REPORT);
        // Too long to be a report: the editor says so, and what the page has stays as it is.
        const long = `{"schema":"xxgk-annual-report/1","text":"${'长'.repeat(1_100_000)}"}`;
        await page.page.evaluate((text) => {
          document.querySelector<HTMLTextAreaElement>('#report')!.value = text;
        }, long);
        await frame.untilText('原有内容已原样保留');
        await aWhile();
        expect((await fieldOf(page)) === long).to.equal(true);
        // Nothing of it is an edit: the page may be left.
        await page.page.goto(`${site.page}/blank`);
        expect(page.asked).to.equal(0);
      },
    );

    once(
      '[E259] what stops the element stops the form, and leads to it; a button that asks for less sends it',
      async () => {
        const opened = await openCms(browser, `${site.page}/required`);
        const { page, frame } = opened;
        // Still being typed, and no number.
        await frame.type(CELL, '12件', { enter: false });
        await save(page);
        await frame.untilText('处需要处理');
        await frame.type(CELL, '12');
        await save(page);
        await page.until(() => document.activeElement === document.querySelector('iframe'));
        await frame.until(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active?.textContent?.includes('处需要处理') === true;
        });
        await aWhile();
        expect(await page.page.evaluate(() => window.sent)).to.deep.equal([]);
        await page.page.evaluate(() => document.querySelector<HTMLButtonElement>('#later')!.click());
        await page.until(() => window.sent.length === 1);
        expect(await complaintsOf(opened)).to.deep.equal([]);
        await page.page.goto(`${site.page}/hidden`);
        const hidden = await inside(page.page);
        await save(page);
        await hidden.untilText('处需要处理');
        await aWhile();
        expect(await page.page.evaluate(() => window.sent)).to.deep.equal([]);
      },
    );

    once('[E261] it grows and shrinks; status bar and dialogs are in view; Tab goes in and out', async () => {
      const opened = await openCms(browser, `${site.page}/cms`);
      const { page, frame } = opened;
      const heights = (): Promise<{ frame: number; window: number }> =>
        page.page.evaluate(() => ({
          frame: document.querySelector('iframe')!.getBoundingClientRect().height,
          window: window.innerHeight,
        }));
      await page.until(() => document.querySelector('iframe')!.getBoundingClientRect().height > 500);
      const { frame: height, window: room } = await heights();
      expect(height).to.be.within(room - 40, room);
      const bar = await frame.page.evaluate(() => {
        const rect = document
          .querySelector('xxgk-annual-report')!
          .shadowRoot!.querySelector('.status-bar')!
          .getBoundingClientRect();
        return { bottom: rect.bottom, room: window.innerHeight };
      });
      expect(bar.bottom).to.be.at.most(bar.room);
      // By keyboard into the frame and back, and on from its last control.
      const isInside = (): Promise<boolean> =>
        page.page.evaluate(() => document.activeElement === document.querySelector('iframe'));
      await page.page.focus('input[name="title"]');
      await page.page.keyboard.press('Tab');
      await frame.until(() => document.activeElement?.localName === 'xxgk-annual-report');
      expect(await isInside()).to.equal(true);
      await page.page.keyboard.down('Shift');
      await page.page.keyboard.press('Tab');
      await page.page.keyboard.up('Shift');
      await page.until(() => document.activeElement!.getAttribute('name') === 'title');
      await frame.page.evaluate(() => {
        const bar = document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('.status-bar')!;
        [...bar.querySelectorAll('button')].pop()!.focus();
      });
      await frame.until(() => document.hasFocus());
      await page.page.keyboard.press('Tab');
      await page.until(() => document.activeElement!.getAttribute('name') === 'how');
      // A lower window, a lower frame; as much as the page says; and all of it.
      await page.page.setViewport({ width: 1366, height: 600 });
      await page.until(() => document.querySelector('iframe')!.getBoundingClientRect().height <= 600);
      const most = (value: string): Promise<void> =>
        page.page.evaluate(
          (one) => document.querySelector('iframe')!.setAttribute('data-xxgk-max-height', one),
          value,
        );
      await most('400');
      await page.until(() => document.querySelector('iframe')!.getBoundingClientRect().height === 400);
      await most('none');
      await page.until(() => document.querySelector('iframe')!.getBoundingClientRect().height > 1_200);
      await frame.until(() => document.documentElement.scrollHeight <= window.innerHeight);
      // Where it is higher than the window, the page goes to what has the keyboard: in a dialog, whatever one saw before.
      const active = async (): Promise<number> =>
        (await page.page.evaluate(() => document.querySelector('iframe')!.getBoundingClientRect().top)) +
        (await frame.page.evaluate(() => {
          let one = document.activeElement!;
          while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
          return one.getBoundingClientRect().top;
        }));
      const inView = async (): Promise<void> => {
        for (const end = Date.now() + 3_000; ; await aWhile(20)) {
          const top = await active();
          if (top >= 0 && top <= 600) return;
          if (Date.now() > end) throw new Error(`What has the keyboard is at ${top}.`);
        }
      };
      for (const button of ['草稿与备份', '导入…']) {
        await page.page.evaluate(() => window.scrollTo(0, 0));
        await frame.click('button', button);
        await frame.until(() => {
          const dialog = document
            .querySelector('xxgk-annual-report')!
            .shadowRoot!.querySelector('dialog[open]');
          return dialog?.contains(document.activeElement!.shadowRoot!.activeElement) === true;
        });
        await inView();
        expect(await page.page.evaluate(() => window.scrollY)).to.be.greaterThan(0);
        await page.page.keyboard.press('Escape');
        await frame.until(
          () =>
            document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('dialog[open]') === null,
        );
      }
      // The list of problems, and the cell that one of them leads to.
      await page.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      await page.page.evaluate(() => window.XxgkFrame!.connect(document.querySelector('iframe')!).check());
      await frame.until(() => {
        let one = document.activeElement!;
        while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
        return one.textContent!.includes('处需要处理');
      });
      await inView();
      await frame.page.evaluate(() => {
        const editor = document.querySelector('xxgk-annual-report')!;
        editor.focusCell('proceedings/all/review.upheld' as never);
      });
      await inView();
      expect(await complaintsOf(opened)).to.deep.equal([]);
    });

    once('[E265] the page asks before it is left with edits that its host does not have', async () => {
      const { page, frame } = await openCms(browser, `${site.page}/cms`);
      const leave = async (): Promise<void> => {
        await page.page.goto(`${site.page}/blank`);
      };
      await frame.type(CELL, '12', { enter: false });
      await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':12'));
      await leave();
      expect(page.asked).to.equal(1);
      // The host has them when it says so: of the text that it saved, and nothing that was edited since.
      await page.page.goto(`${site.page}/filled`);
      const again = await inside(page.page);
      await again.type(NEXT, '3', { enter: false });
      await page.until(() => document.querySelector<HTMLTextAreaElement>('#report')!.value.includes(':3'));
      const said = (saved: 'old' | 'new'): Promise<[boolean, boolean]> =>
        page.page.evaluate(async (which) => {
          const link = window.XxgkFrame!.connect(document.querySelector('iframe')!);
          const { value } = link;
          // What a host writes back as it got it says nothing.
          link.value = value;
          const dirty = link.isDirty;
          await link.acknowledge(which === 'new' ? (value as string) : '{"draft":true}');
          return [dirty, link.isDirty] as [boolean, boolean];
        }, saved);
      expect(await said('old')).to.deep.equal([true, true]);
      expect(await said('new')).to.deep.equal([true, false]);
      await leave();
      expect(page.asked).to.equal(1);
    });

    once(
      "[E269] from script it has the element's words: values, attributes, events, check, acknowledge",
      async () => {
        const page = await browser.open(`${site.page}/api`);
        await page.page.evaluate((text) => {
          const link = window.XxgkFrame!.connect(document.querySelector('iframe')!, {
            value: text,
            draftKey: 'api',
            noSubmit: true,
            noLeaveGuard: true,
            required: false,
          });
          Object.assign(window, { link });
          for (const name of [
            'xxgk-frame-ready',
            'input',
            'change',
            'xxgk-checked',
            'xxgk-draft-saved',
            'xxgk-imported',
          ])
            link.addEventListener(name, (event) => {
              const { type, revision, at, findings } = event as Event & Record<string, unknown>;
              window.heard.push(
                JSON.stringify({
                  type,
                  revision,
                  isDate: at instanceof Date,
                  findings: Array.isArray(findings),
                }),
              );
            });
          window.heard = [];
          // Asked again it is the same.
          if (window.XxgkFrame!.connect(document.querySelector('iframe')!) !== link)
            throw new Error('another link');
          return link.ready;
        }, REPORT);
        const frame = await inside(page.page);
        expect(await frame.shown(CELL)).to.equal('5');
        const state = (): Promise<{ value: string; isDirty: boolean; validationMessage: string }> =>
          page.page.evaluate(() => {
            const { value, isDirty, validationMessage } = window.link!;
            return { value: String(value), isDirty, validationMessage };
          });
        expect(await state()).to.deep.equal({ value: REPORT, isDirty: false, validationMessage: '' });
        await frame.type(NEXT, '2');
        await page.until(() => window.heard.some((one) => one.includes('xxgk-draft-saved')));
        const heard = await page.page.evaluate(() =>
          window.heard.map((one) => JSON.parse(one) as Record<string, unknown>),
        );
        expect(heard.find(({ type }) => type === 'xxgk-draft-saved')).to.deep.include({
          revision: 1,
          isDate: true,
        });
        expect(heard.find(({ type }) => type === 'xxgk-checked')).to.deep.include({ findings: true });
        expect(heard.map(({ type }) => type)).to.include.members(['xxgk-frame-ready', 'input', 'change']);
        expect((await state()).isDirty).to.equal(true);
        expect(numbersOf((await state()).value)['carried-over']!['natural-person']).to.equal(2);
        expect(await page.page.evaluate(() => window.link!.acknowledge(1))).to.equal(true);
        expect((await state()).isDirty).to.equal(false);
        // The other browser would ask for a printer.
        if (name === 'chromium') {
          expect(await page.page.evaluate(async () => (await window.link!.print()) ?? '')).to.equal('');
          const printed = await frame.page.evaluate(() => {
            const sheet = document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('iframe');
            return sheet?.contentDocument?.body.textContent;
          });
          expect(printed).to.include('单位公章');
        }
        expect(await page.page.evaluate(() => window.link!.check())).to.be.greaterThan(0);
        await frame.untilText('处需要处理');
        // What an open cell holds, on request; and an object for a value.
        await frame.type(CELL, '8', { enter: false });
        expect(received(await page.page.evaluate(() => window.link!.settle()))).to.equal(8);
        await page.page.evaluate((text) => {
          const link = window.link!;
          link.value = JSON.parse(text) as object;
          link.previous = text.replace('2025', '2024').replace(':5', ':4');
        }, REPORT);
        await frame.until(() => document.querySelector('xxgk-annual-report')!.previous);
        // Attributes by the iframe's own, at any time.
        await page.page.evaluate(() =>
          document.querySelector('iframe')!.setAttribute('data-xxgk-readonly', ''),
        );
        await frame.until(() => document.querySelector('xxgk-annual-report')!.readonly);
        await page.page.evaluate(() =>
          document.querySelector('iframe')!.removeAttribute('data-xxgk-readonly'),
        );
        await frame.until(() => !document.querySelector('xxgk-annual-report')!.readonly);
        await page.page.evaluate(() => {
          const { dataset } = document.querySelector('iframe')!;
          dataset['xxgkTheme'] = 'dark';
          dataset['xxgkLang'] = 'en';
          dataset['xxgkOnclick'] = 'alert(1)';
        });
        await frame.untilText('Download backup');
        const dark = await frame.page.evaluate(() => ({
          background: getComputedStyle(document.body).backgroundColor,
          attributes: document.querySelector('xxgk-annual-report')!.getAttributeNames().sort(),
        }));
        expect(dark.background).not.to.equal('rgb(255, 255, 255)');
        expect(dark.attributes.filter((one) => !['density', 'name', 'style'].includes(one))).to.deep.equal([
          ...['draft-key', 'lang', 'no-submit', 'theme'],
        ]);
        // Ended, it says nothing more; connected anew, it is another one.
        await page.page.evaluate(async () => {
          window.link!.disconnect();
          const link = window.XxgkFrame!.connect(document.querySelector('iframe')!, { value: '' });
          if (link === window.link) throw new Error('the same link');
          window.link = link;
          await link.ready;
        });
        await (await inside(page.page)).type(CELL, '3');
        await page.until(() => String(window.link!.value).includes(':3'));
        expect(page.complaints).to.deep.equal([]);
      },
    );

    once(
      "[E269] a finished report is handed to the page's listener, whose answer the clerk gets, or to its form",
      async () => {
        const zero = readFileSync(join(ROOT, 'demo/samples/zero.json'), 'utf8');
        const page = await browser.open(`${site.page}/api`);
        await page.page.evaluate((text) => {
          window.link = window.XxgkFrame!.connect(document.querySelector('iframe')!, {
            value: text,
            draft: 'off',
          });
        }, zero);
        const frame = await inside(page.page);
        const submit = async (one: OpenPage): Promise<void> => {
          // Until it has its height a click may be beside what it is meant for.
          await page.until(() => document.querySelector('iframe')!.offsetHeight > 400);
          await one.click('button', '提交');
          await one.untilText('核对并提交');
          await one.click('button', '确认提交');
        };
        // Nobody listens, and there is no form.
        await submit(frame);
        await frame.untilText('没有设置接收数据的程序');
        // Nor is there anybody who only looks.
        await page.page.evaluate(() => {
          window.link!.addEventListener('xxgk-submit-request', (event) => {
            window.late = event as Event & { respondWith(answer: unknown): void };
          });
        });
        await frame.click('button', '确认提交');
        await page.until(() => window.late !== undefined);
        await frame.untilText('没有设置接收数据的程序');
        expect(
          await page.page.evaluate(() => {
            try {
              window.late!.respondWith('too late');
              return '';
            } catch (error) {
              return (error as Error).name;
            }
          }),
        ).to.equal('InvalidStateError');
        await page.page.evaluate(() => {
          let asked = 0;
          window.link!.addEventListener('xxgk-submit-request', (event) => {
            asked += 1;
            const request = event as Event & {
              payload: { signOff?: object };
              respondWith(answer: Promise<unknown>): void;
            };
            if (request.payload.signOff === undefined) throw new Error('not signed');
            if (asked === 1) event.preventDefault();
            else
              request.respondWith(
                asked === 2 ? Promise.reject(new Error('库满了')) : Promise.resolve('编号 42'),
              );
          });
        });
        await aWhile(50);
        for (const words of ['页面没有受理', '提交没有成功：库满了。', '编号 42']) {
          await frame.click('button', '确认提交');
          await frame.untilText(words);
        }
        expect(await page.page.evaluate(() => window.link!.isDirty)).to.equal(false);
        await page.page.goto(`${site.page}/handing`);
        const other = await inside(page.page);
        // Who only looks on, or looks no more, takes nothing from the form.
        await page.page.evaluate(() => {
          const link = window.XxgkFrame!.connect(document.querySelector('iframe')!);
          const gone = (event: Event): void => event.preventDefault();
          link.addEventListener('xxgk-submit-request', gone);
          link.removeEventListener('xxgk-submit-request', gone);
          link.addEventListener('xxgk-submit-request', (event) => {
            window.late = event as Event & { respondWith(answer: unknown): void };
          });
        });
        // In the least sandbox that a frame can be in a backup can be had: the page hands it over.
        await mustDownload(other);
        await submit(other);
        await other.untilText('已交由页面提交');
        await page.until(() => window.sent.length === 1);
        const sent = new Map((await page.page.evaluate(() => window.sent))[0]);
        expect(JSON.parse(sent.get('report')!)).to.have.property('signOff');
      },
    );

    it('[E257] the demo page holds a frame of its own site under a strict policy, which keeps its own drafts', async () => {
      const opened = await openCms(browser, `${site.page}/demo/iframe.html`);
      const { page, frame } = opened;
      await frame.type(CELL, '12');
      await frame.untilText('草稿已暂存于本浏览器');
      expect(await databases(page)).to.include('xxgk-annual-report');
      await page.click('button[type="submit"]', '保存');
      await page.untilText('report = {');
      expect(await page.page.evaluate(() => document.querySelector('#sent')!.textContent)).to.include(':12');
      await mustDownload(frame);
      expect(await complaintsOf(opened)).to.deep.equal([]);
    });

    once(
      '[E265, E267] a frame that was taken out of the page asks nothing more and keeps no form back',
      async () => {
        const { page, frame } = await openCms(browser, `${site.page}/cms`);
        await frame.type(CELL, '12');
        await page.until(() => window.heard.some((one) => one.startsWith('change ')));
        await page.page.evaluate(() => {
          Object.assign(window, { iframe: document.querySelector('iframe')! });
          document.querySelector('iframe')!.remove();
        });
        await save(page);
        await page.until(() => window.sent.length === 1);
        expect(received(new Map((await page.page.evaluate(() => window.sent))[0]).get('report')!)).to.equal(
          12,
        );
        // The field is the page's again when it says so.
        expect(
          await page.page.evaluate(() => {
            const link = window.XxgkFrame!.connect(window.iframe!);
            const field = document.querySelector<HTMLTextAreaElement>('#report')!;
            const before = [link.connected, field.autocomplete];
            link.disconnect();
            return [...before, field.getAttribute('autocomplete')];
          }),
        ).to.deep.equal([false, 'off', null]);
        const again = await openCms(browser, `${site.page}/cms`);
        await again.frame.type(CELL, '12');
        await again.page.until(() => window.heard.some((one) => one.startsWith('change ')));
        await again.page.page.evaluate(() => document.querySelector('iframe')!.remove());
        await again.page.page.goto(`${site.page}/blank`);
        expect(again.page.asked).to.equal(0);
      },
    );

    once('[E266] two frames on one page keep apart: fields, form, drafts', async () => {
      const { page, frames } = await openWithFrames(browser, `${site.page}/two`, 2);
      const [second, first] = [frames[0]!, frames[1]!];
      const show = (index: number): Promise<void> =>
        page.page.evaluate((one) => document.querySelectorAll('iframe')[one]!.scrollIntoView(), index);
      await show(1);
      await first.type(CELL, '11');
      await show(0);
      await second.type(CELL, '22', { enter: false });
      await save(page);
      await page.until(() => window.sent.length === 1);
      const data = new Map((await page.page.evaluate(() => window.sent))[0]);
      expect([received(data.get('report')!), received(data.get('other')!)]).to.deep.equal([11, 22]);
      for (const one of [first, second]) await one.untilText('草稿已暂存');
      await page.page.close();
      const { page: later, frames: again } = await openWithFrames(browser, `${site.page}/two`, 2);
      for (const one of again) await one.untilText('未报送的草稿');
      await again[0]!.click('button', '恢复草稿');
      await again[0]!.untilText('已恢复草稿');
      expect([await again[0]!.shown(CELL), await again[1]!.shown(CELL)]).to.deep.equal(['22', '']);
      expect([...page.complaints, ...later.complaints]).to.deep.equal([]);
    });

    once(
      '[E267] a frame that is not ours, cannot start or never speaks is said so; the form goes as it is',
      async () => {
        const page = await browser.open(`${site.page}/nowhere`, hurried({ 15_000: 300 }));
        await page.untilText('填报页面没有应答，请刷新本页');
        await save(page);
        await page.until(() => window.sent.length === 1);
        expect(new Map((await page.page.evaluate(() => window.sent))[0]).get('report')).to.equal('');
        // Without an origin of its own nothing of ours can run in a frame; its page and the one around it say so.
        await page.page.goto(`${site.page}/boxed`);
        await page.untilText('does not answer. Please reload');
        const boxed = await frameOf(page.page);
        await boxed.untilText('allow-same-origin');
        // A page that has no such field hears of it with the first edit.
        await page.page.goto(`${site.page}/unnamed`);
        const unnamed = await inside(page.page);
        await unnamed.type(CELL, '1');
        await unnamed.untilText('网页中没有 id 为“report”的文本框');
      },
    );

    once(
      '[E267] where a finished report is required, no form goes before the frame has come; one that never comes lets it go the second time',
      async () => {
        const page = await browser.open(`${site.page}/required-nowhere`, hurried({ 15_000: 1_500 }));
        await save(page);
        await page.untilText('填报页面还在载入，表单没有提交');
        await save(page);
        expect(await page.page.evaluate(() => window.sent)).to.deep.equal([]);
        await page.untilText('填报页面没有应答，请刷新本页');
        await save(page);
        await page.untilText('填报页面没有应答，表单没有提交');
        expect(await page.page.evaluate(() => window.sent)).to.deep.equal([]);
        await save(page);
        await page.until(() => window.sent.length === 1);
      },
    );

    once(
      '[E267] a frame that answers no more keeps the form back, says so, and lets it go the second time',
      async () => {
        const { page, frame } = await openCms(browser, `${site.page}/cms`, hurried({ 5_000: 300 }));
        await frame.type(CELL, '12');
        await page.until(() => window.heard.some((one) => one.startsWith('change ')));
        await frame.page.evaluate(() => {
          MessagePort.prototype.postMessage = () => undefined;
        });
        await save(page);
        await page.untilText('填报页面没有应答，表单没有提交');
        expect(await page.page.evaluate(() => window.sent)).to.deep.equal([]);
        await save(page);
        await page.until(() => window.sent.length === 1);
        expect(received(new Map((await page.page.evaluate(() => window.sent))[0]).get('report')!)).to.equal(
          12,
        );
      },
    );
  });
}
