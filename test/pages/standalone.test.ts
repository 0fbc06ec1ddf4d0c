/** The standalone page as it is shipped, in one file: loads clean, opens and writes files, agrees with the command line. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { expect } from 'chai';
import { tablesAsCsv } from '../../src/documents/write-tables.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import type { ElementHandle } from 'puppeteer-core';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const samples = join(ROOT, 'demo/samples');

/** `check` of the command line. */
function commandLine(...words: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'src/cli.ts'), ...words],
    {
      encoding: 'utf8',
      cwd: ROOT,
    },
  );
  return { status, said: stdout + stderr };
}

for (const name of BROWSERS) {
  describe(`standalone page in ${name}`, { timeout: 90_000 }, () => {
    const browser = new TestBrowser(name);
    const files = mkdtempSync(join(tmpdir(), 'page-files-'));
    let site: Site;
    let page: OpenPage;
    before(async () => {
      site = await serveSite();
      // Files are chosen in a field and written as downloads, which a test can do in each browser.
      page = await browser.open(site.url, (tab) =>
        tab
          .evaluateOnNewDocument(
            'delete globalThis.showOpenFilePicker; delete globalThis.showSaveFilePicker;',
          )
          .then(() => undefined),
      );
    });
    /** The page as it begins, without what was open. */
    async function home(): Promise<void> {
      for (;;) {
        const tabs = (await page.page.$$('.tab .close')).length;
        if (tabs === 0) break;
        await page.click('.tab .close');
        for (const end = Date.now() + 8_000; (await page.page.$$('.tab .close')).length === tabs;) {
          if (Date.now() > end) throw new Error(`A report stays open: ${await page.text()}`);
          await new Promise((done) => setTimeout(done, 20));
        }
      }
      await page.until(() => document.querySelector('#home:not([hidden])') !== null);
    }
    beforeEach(home);

    after(async () => {
      await browser.close();
      await site.close();
      rmSync(files, { recursive: true, force: true });
    });

    async function choose(sample: string): Promise<void> {
      await home();
      await page.click(`[data-sample="${sample}"]`);
      await page.ready();
      await page.untilText('已填');
    }

    async function openFile(...files: readonly string[]): Promise<void> {
      await page.click('#to-home');
      const field = (await page.find('#file')) as unknown as ElementHandle<HTMLInputElement>;
      await field.uploadFile(...files);
    }

    /** Presses a button and waits for the file that it makes. */
    async function made(label: string, extension = '.json'): Promise<string> {
      const known = new Set(readdirSync(browser.downloads));
      await page.click('.tools button', label);
      const end = Date.now() + 8_000;
      for (;;) {
        const done = readdirSync(browser.downloads).find(
          (file) => !known.has(file) && file.endsWith(extension),
        );
        if (done !== undefined && readFileSync(join(browser.downloads, done)).length > 0)
          return join(browser.downloads, done);
        if (Date.now() > end)
          throw new Error(`Nothing was downloaded: ${readdirSync(browser.downloads).join()}`);
        await new Promise((next) => setTimeout(next, 20));
      }
    }

    async function untilShown(cell: string, text: string, editor = 0): Promise<void> {
      const end = Date.now() + 8_000;
      for (let shown = ''; shown !== text; shown = await page.shown(cell, editor)) {
        if (Date.now() > end) throw new Error(`${cell} is “${shown}”, not “${text}”: ${await page.text()}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    }

    const otherTab = (): Promise<string> =>
      page.page.$eval('.report:not([hidden]) option:nth-child(2)', (one) => (one as HTMLOptionElement).value);

    function file(text: string, called: string): string {
      const path = join(files, called);
      writeFileSync(path, text);
      return path;
    }

    it('[E70] loads with nothing on the console and nothing blocked, and is usable at once', async () => {
      expect(page.complaints).to.deep.equal([]);
      await page.begin();
      expect(await page.text()).to.include('二、主动公开政府信息情况');
      await page.type('disclosure/licensing/decisions', '3');
      expect(await page.shown('disclosure/licensing/decisions')).to.equal('3');
    });

    it('[E270] what it says of a report that is open moves nothing, and is seen further down', async () => {
      await choose('zero');
      const tops = (): Promise<number[]> =>
        page.page.evaluate(() => {
          const editor = document.querySelector('.report:not([hidden]) xxgk-annual-report')!;
          const [first, last] = [
            document.querySelector('.report:not([hidden]) .tools button')!,
            editor.shadowRoot!.querySelector('.tables')!,
          ];
          return [first, last].map((one) => one.getBoundingClientRect().top);
        });
      await page.page.evaluate(() => scrollTo(0, 0));
      const before = await tops();
      rmSync(await made('保存'));
      await page.untilText('已交给浏览器下载');
      await page.page.evaluate(() => scrollTo(0, 0));
      expect(await tops()).to.deep.equal(before);
      await page.page.evaluate(() => scrollTo(0, 900));
      const inWindow = await page.page.evaluate(() => {
        const editor = document.querySelector('.report:not([hidden]) xxgk-annual-report')!;
        const { top, bottom } = editor.shadowRoot!.querySelector('.notice')!.getBoundingClientRect();
        return top > 0 && bottom <= innerHeight;
      });
      expect(inWindow).to.equal(true);
    });

    it('[E71] the zero report passes the check', async () => {
      await choose('zero');
      await page.click('button', '检查');
      await page.untilText('检查通过，没有需要处理的问题');
    });

    it('[E71] the wrong report has two findings that must be corrected', async () => {
      await choose('wrong');
      const shown = await page.untilText('必须修改 2');
      expect(shown).to.match(/行政复议：各项相加＝11；总计＝0；相差11/);
      expect(shown).to.match(/复议后起诉：各项相加＝5；总计＝0；相差5/);
    });

    it('[E71] the large report and the city with last year load', async () => {
      await choose('large');
      await page.untilText('必须修改 0');
      await choose('city');
      await page.untilText('必须修改 0');
      const lastYear = JSON.parse(readFileSync(join(samples, 'city-2023.json'), 'utf8')) as {
        tables: { requests: Record<string, Record<string, number>> };
      };
      expect(await page.shown('requests/carried-over/total')).to.equal(
        String(lastYear.tables.requests['carried-forward']!['total']),
      );
      await page.type('requests/carried-over/natural-person', '999999');
      await page.untilText('上年报告的结转下年度');
    });

    it('[E72] what is exported is what the command line reads, with the same verdict', async () => {
      for (const [sample, status] of [
        ['zero', 0],
        ['wrong', 1],
      ] as const) {
        await choose(sample);
        const path = await made('保存');
        const { status: found, said } = commandLine('check', path);
        expect(found, said).to.equal(status);
        if (sample === 'wrong') expect(said).to.include('行政复议：各项相加＝11；总计＝0；相差11');
        await page.untilText('最近备份');
      }
    });

    it('[E73] opens a report from a file, edits it, and writes it again', async () => {
      await openFile(join(samples, 'city-2024.json'));
      await page.untilText('示例地级市人民政府 2024 年度');
      await page.ready();
      const before = await page.shown('disclosure/licensing/decisions');
      await page.type('disclosure/licensing/decisions', `${before}1`);
      const written = JSON.parse(readFileSync(await made('保存'), 'utf8')) as {
        organization: { name: string };
        tables: { disclosure: { licensing: { decisions: number } } };
      };
      expect(written.organization.name).to.equal('示例地级市人民政府');
      expect(written.tables.disclosure.licensing.decisions).to.equal(Number(`${before}1`));
    });

    it('[E335] what was generated for its receiver is in a file', async () => {
      await choose('zero');
      await page.type('disclosure/licensing/decisions', '3');
      await page.until(() => document.querySelector('.tab .mark') !== null);
      await page.click('#submit');
      await page.untilText('核对并生成报送文件');
      await page.click('button', '确认生成报送文件');
      await page.untilText('请把它交给接收单位');
      await page.until(() => document.querySelector('.tab .mark') === null);
      await page.click('button', '返回');
      await page.type('disclosure/licensing/decisions', '4');
      await page.until(() => document.querySelector('.tab .mark') !== null);
    });

    it('[E329] a document that says no year is no report of this year: it is asked for, and saved without one where nobody said it', async () => {
      const read = readPayload(readFileSync(join(samples, 'zero.json'), 'utf8'));
      if (!read.ok) throw new Error('the sample cannot be read');
      const table = file(tablesAsCsv(read.report), '年报.csv');
      const year = (): Promise<string> =>
        page.page.evaluate(() => {
          const { shadowRoot } = document.querySelector('.report:not([hidden]) xxgk-annual-report')!;
          const field = shadowRoot!.querySelector<HTMLInputElement>('input[name="year"]')!;
          return `${field.value} ${field.getAttribute('aria-invalid') ?? ''}`;
        });
      for (const typed of ['', '2023']) {
        await home();
        await openFile(table);
        await page.untilText('来源没有写明年度，请填写');
        await page.click('input[name="import-year"]');
        if (typed !== '') await page.page.keyboard.type(typed);
        await page.click('dialog.import .foot-of-dialog button', '导入');
        await page.untilText('已导入“年报.csv”');
        expect(await page.text()).to.include(typed === '' ? '报告年度留空，请在表头填写' : '改写报告年度');
        expect(await year()).to.equal(typed === '' ? ' true' : '2023 false');
        const written = JSON.parse(readFileSync(await made('保存'), 'utf8')) as Record<string, unknown>;
        expect([written['year'], written['draft']]).to.deep.equal([typed === '' ? null : 2023, true]);
      }
      // What was left out is asked for before it is sent.
      await page.click('.report:not([hidden]) .tools button', '报送…');
      await page.untilText('处需要处理');
    });

    it('[E103] opens a rule pack from a file; the verdict is that of the command line', async () => {
      await openFile(join(samples, 'city-2024.json'));
      await page.untilText('示例地级市人民政府 2024 年度');
      await page.ready();
      const pack = join(samples, 'rule-pack.json');
      await openFile(pack);
      const shown = await page.untilText(
        '核对规则：示例省补充规则 2026.1（增加 3 项，停用 1 项，调整级别 1 项）',
      );
      expect(shown).to.include('停用 Y-04 行政规范性文件逐年衔接（依据：由 EX-01 代替）');
      const sentence = '商业企业：本机关不掌握相关政府信息的件数超过办理结果总计的三成，请核对。';
      expect(await page.text()).to.include(sentence);
      const path = await made('保存');
      expect(readFileSync(path, 'utf8')).to.include('"rules":"2021@1+example@2026.1"');
      expect(commandLine('check', path).said).not.to.include(sentence);
      expect(commandLine('check', path, '--rules', pack).said).to.include(sentence);
      await page.page.reload();
      await page.ready();
      await page.untilText(sentence);
      await openFile(file('{"schema":"xxgk-rule-pack/1"}', 'pack.json'));
      await page.untilText('补充规则没有采用');
      expect(await page.text()).not.to.include(sentence);
    });

    it('[E73] opens last year from a file and refuses another year', async () => {
      await openFile(join(samples, 'city-2024.json'));
      await page.untilText('示例地级市人民政府 2024 年度');
      await page.ready();
      const field = (await page.find(
        '.previous input[type="file"]',
      )) as unknown as ElementHandle<HTMLInputElement>;
      await field.uploadFile(join(samples, 'city-2023.json'));
      await page.untilText('示例地级市人民政府 2023 年度');
      await field.uploadFile(join(samples, 'large.json'));
      await page.untilText('“large.json”：上年报告应为 2023 年度');
    });

    const good = readFileSync(join(samples, 'city-2024.json'), 'utf8');
    for (const [what, text, sentence] of [
      ['a file cut off', good.slice(0, 2_000), '文件不完整'],
      ['a file that is no report', '{"schema":"other/1"}', '不是年报数据'],
      ['a nest of 100,000 levels', '['.repeat(100_000), '嵌套层数过多'],
    ] as const) {
      it(`[E80] ${what} is refused with a sentence that names it, and the report on screen stays`, async () => {
        await choose('city');
        const before = await page.shown('disclosure/licensing/decisions');
        await openFile(file(text, '<b>坏.json'.replace(/[<>]/g, '_')));
        const shown = await page.untilText(sentence);
        expect(shown).to.include('_b_坏.json');
        expect((await page.page.$$('.tab')).length).to.equal(1);
        await page.click('.tab button');
        expect(await page.shown('disclosure/licensing/decisions')).to.equal(before);
      });
    }

    it('[E347] a signed report that was changed elsewhere says so after a reload, and is not sent', async () => {
      const report = JSON.parse(readFileSync(join(samples, 'city-2024.json'), 'utf8')) as object;
      const sealed = `sha256:${'0'.repeat(64)}`;
      const signOff = { filledBy: '张三', at: '2026-01-15' };
      await openFile(
        file(
          JSON.stringify({ ...report, organization: { name: '示例改动县' }, signOff, digest: sealed }),
          '改过.json',
        ),
      );
      await page.untilText('签发（2026-01-15）已失效');
      await page.page.reload();
      await page.ready();
      await page.untilText('签发（2026-01-15）已失效');
      const path = await made('保存');
      expect(basename(path)).to.include('_未签发');
      const written = JSON.parse(readFileSync(path, 'utf8')) as { signOff: object };
      expect(written.signOff).to.deep.equal({ ...signOff, lapsed: sealed });
      expect(commandLine('check', path).said).to.include('签发已失效');
      await page.click('.tools button', '报送');
      await page.untilText('签发已失效，没有发送');
      await page.click('dialog button', '关闭');
    });

    it('[E335] several reports are open beside each other, each with its own draft, and are open again after a reload', async () => {
      await openFile(join(samples, 'city-2024.json'), join(samples, 'city-2023.json'));
      await page.until(() => document.querySelectorAll('.tab').length === 2);
      await page.ready();
      await page.untilText('示例地级市人民政府 2023 年度');
      const second = 'requests/received/enterprise';
      await page.type(second, '77', { editor: 1 });
      await page.untilText('草稿已暂存于本浏览器');
      // What was only opened lies in its file, and is there again all the same.
      await page.page.reload();
      await page.until(() => document.querySelectorAll('.tab').length === 2);
      await page.untilText('示例地级市人民政府 2024 年度');
      await untilShown(second, '77', 1);
      await page.click('.tab button', '2024');
      await page.page.select('.report:not([hidden]) select', await otherTab());
      expect((await page.page.$$('.report:not([hidden])')).length).to.equal(2);
      await home();
      const shown = await page.untilText('示例地级市人民政府 2023 年度');
      expect(shown).to.include('填写的内容在“本浏览器中的草稿”里');
      await page.click('#home .entry', '示例地级市人民政府 2023 年度');
      await page.until(() => document.querySelectorAll('.tab').length === 1);
      await page.ready();
      await untilShown(second, '77');
    });

    it('[E335] last year’s report stays with a draft, over a reload and until another day, and goes with it', async () => {
      const kept = (): Promise<number> =>
        page.page.evaluate(async () => {
          const db = await new Promise<IDBDatabase>((resolve, reject) => {
            const request = indexedDB.open('xxgk-annual-report page');
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error as Error);
          });
          const keys = await new Promise<IDBValidKey[]>((resolve) => {
            const request = db.transaction('recent').objectStore('recent').getAllKeys();
            request.onsuccess = () => resolve(request.result);
          });
          db.close();
          return keys.filter((key) => String(key).startsWith('previous ')).length;
        });
      const other = '上年报告的结转下年度';
      await choose('city');
      await page.type('requests/carried-over/natural-person', '999999');
      await page.untilText(other);
      await page.untilText('草稿已暂存于本浏览器');
      await page.page.reload();
      await page.ready();
      await page.untilText(other);
      await untilShown('requests/carried-over/natural-person', '999999');
      await home();
      const before = await kept();
      expect(before).to.be.greaterThan(0);
      await page.click('#home .entry', '示例地级市人民政府 2024 年度');
      await page.ready();
      await page.untilText(other);
      await home();
      await page.click('#home button', '删除…');
      await page.click('#home .question button.bad', '删除');
      await page.untilText('已删除草稿。');
      for (const end = Date.now() + 5_000; (await kept()) >= before;) {
        if (Date.now() > end) throw new Error('What belonged to the draft is still there.');
        await new Promise((done) => setTimeout(done, 50));
      }
    });

    it('[E336] what was only looked at makes no draft', async () => {
      await home();
      const listed = async (): Promise<number> =>
        (await page.page.$$('#home .entry:not([data-sample])')).length;
      const before = await listed();
      await choose('zero');
      await openFile(join(samples, 'city-2023.json'));
      await page.untilText('示例地级市人民政府 2023 年度');
      await page.ready();
      await new Promise((done) => setTimeout(done, 300));
      await home();
      expect(await listed()).to.equal(before);
      await page.click('#new');
      await page.until(() =>
        /（未填单位） 20\d\d 年度/.test(document.querySelector('.tab')?.textContent ?? ''),
      );
      await home();
      expect(await listed()).to.equal(before);
    });

    it('[E336] a draft is deleted when that was confirmed; one that is open is not offered for it', async () => {
      await page.begin();
      await page.type('requests/received/enterprise', '5');
      await page.untilText('草稿已暂存于本浏览器');
      await page.click('#to-home');
      await page.untilText('已在本页打开');
      const before = (await page.page.$$('#home .entry:not([data-sample])')).length;
      await page.click('.tab .close');
      await page.click('#to-home');
      await page.until(() => !document.querySelector('#home')!.textContent!.includes('已在本页打开'));
      await page.click('#home button', '删除…');
      await page.click('#home .question button.bad', '删除');
      await page.untilText('已删除草稿。');
      await page.untilText('本浏览器中的草稿');
      expect((await page.page.$$('#home .entry:not([data-sample])')).length).to.equal(before - 1);
    });

    it('[E337] CSV is written in the shape of the form; a name is no path', async () => {
      await page.begin();
      const field = (await page.find('input[name="organization.name"]')) as ElementHandle<HTMLElement>;
      await field.click();
      await page.page.keyboard.type('../..\\县<b>:局');
      await page.page.keyboard.press('Tab');
      await page.type('requests/received/enterprise', '5');
      const path = await made('导出 CSV', '.csv');
      expect(basename(path)).to.match(/^政府信息公开年报_\.\.\.\.县b局_\d{4}\.csv$/);
      expect(readFileSync(path, 'utf8')).to.match(/^\ufeff二、主动公开政府信息情况/);
      expect(readFileSync(path, 'utf8')).to.include(',5,');
    });

    it('[E338] the hint of the first time leaves for good', async () => {
      await page.page.evaluate(() => localStorage.clear());
      await page.page.reload();
      await page.untilText('随填随存；不会自动发送到任何地方');
      await page.click('#hint-seen');
      await page.page.reload();
      await page.untilText('本浏览器中的草稿');
      expect(await page.text()).not.to.include('随填随存');
    });

    it('[E339] English is a click away, and stays', async () => {
      await page.click('button.language');
      await page.untilText('Drafts in this browser');
      await page.page.reload();
      await page.untilText('Drafts in this browser');
      await page.begin();
      await page.untilText('no problems so far');
      await page.click('button.language');
      await page.untilText('暂未发现问题');
    });

    it('[E70] has still said nothing on the console, after all of it', () => {
      expect(page.complaints).to.deep.equal([]);
    });
  });
}
