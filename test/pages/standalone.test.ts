/** The standalone page as it is shipped: loads clean, opens and writes files, agrees with the command line. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expect } from 'chai';
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
      page = await browser.open(site.url);
      await page.ready();
    });
    after(async () => {
      await browser.close();
      await site.close();
      rmSync(files, { recursive: true, force: true });
    });

    async function choose(sample: string): Promise<void> {
      const before = await page.text();
      await page.page.select('#sample', sample);
      const end = Date.now() + 8_000;
      while ((await page.text()) === before) {
        if (Date.now() > end) throw new Error(`The sample ${sample} changed nothing.`);
        await new Promise((done) => setTimeout(done, 20));
      }
    }

    async function openFile(input: string, file: string): Promise<void> {
      const chooser = (await page.find(input)) as unknown as ElementHandle<HTMLInputElement>;
      await chooser.uploadFile(file);
    }

    /** Presses 导出 and waits for the file. */
    async function exported(): Promise<string> {
      const known = new Set(readdirSync(browser.downloads));
      await page.click('#export');
      const end = Date.now() + 8_000;
      for (;;) {
        const done = readdirSync(browser.downloads).find(
          (file) => !known.has(file) && file.endsWith('.json'),
        );
        if (done !== undefined && readFileSync(join(browser.downloads, done)).length > 0)
          return join(browser.downloads, done);
        if (Date.now() > end)
          throw new Error(`Nothing was downloaded: ${readdirSync(browser.downloads).join()}`);
        await new Promise((next) => setTimeout(next, 20));
      }
    }

    function file(text: string, called: string): string {
      const path = join(files, called);
      writeFileSync(path, text);
      return path;
    }

    it('[E70] loads with nothing on the console and nothing blocked, and is usable at once', async () => {
      expect(page.complaints).to.deep.equal([]);
      expect(await page.text()).to.include('二、主动公开政府信息情况');
      await page.type('disclosure/licensing/decisions', '3');
      expect(await page.shown('disclosure/licensing/decisions')).to.equal('3');
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
        const path = await exported();
        const { status: found, said } = commandLine('check', path);
        expect(found, said).to.equal(status);
        if (sample === 'wrong') expect(said).to.include('行政复议：各项相加＝11；总计＝0；相差11');
        await page.untilText('最近备份');
      }
    });

    it('[E73] opens a report from a file, edits it, and writes it again', async () => {
      await openFile('#open', join(samples, 'city-2024.json'));
      await page.until(() => document.querySelector('#message')!.textContent === '');
      const before = await page.shown('disclosure/licensing/decisions');
      await page.type('disclosure/licensing/decisions', `${before}1`);
      const written = JSON.parse(readFileSync(await exported(), 'utf8')) as {
        organization: { name: string };
        tables: { disclosure: { licensing: { decisions: number } } };
      };
      expect(written.organization.name).to.equal('示例地级市人民政府');
      expect(written.tables.disclosure.licensing.decisions).to.equal(Number(`${before}1`));
    });

    it('[E103] opens a rule pack from a file; the verdict is that of the command line', async () => {
      await openFile('#open', join(samples, 'city-2024.json'));
      await page.until(() => document.querySelector('#message')!.textContent === '');
      const pack = join(samples, 'rule-pack.json');
      await openFile('#rules', pack);
      const shown = await page.untilText(
        '核对规则：示例省补充规则 2026.1（增加 3 项，停用 1 项，调整级别 1 项）',
      );
      expect(shown).to.include('停用 Y-04 行政规范性文件逐年衔接（依据：由 EX-01 代替）');
      const sentence = '商业企业：本机关不掌握相关政府信息的件数超过办理结果总计的三成，请核对。';
      expect(await page.text()).to.include(sentence);
      const path = await exported();
      expect(readFileSync(path, 'utf8')).to.include('"rules":"2021@1+example@2026.1"');
      expect(commandLine('check', path).said).not.to.include(sentence);
      expect(commandLine('check', path, '--rules', pack).said).to.include(sentence);
      await openFile('#rules', join(samples, 'zero.json'));
      await page.untilText('补充规则没有采用：schema 是“xxgk-annual-report/1”');
      expect(await page.text()).not.to.include(sentence);
    });

    it('[E73] opens last year from a file and refuses another year', async () => {
      await openFile('#open', join(samples, 'city-2024.json'));
      const field = '.previous input[type="file"]';
      await openFile(field, join(samples, 'city-2023.json'));
      await page.untilText('示例地级市人民政府 2023 年度');
      await openFile(field, join(samples, 'large.json'));
      await page.untilText('“large.json”：上年报告应为 2023 年度');
    });

    const good = readFileSync(join(samples, 'city-2024.json'), 'utf8');
    for (const [what, text, sentence] of [
      ['a file cut off', good.slice(0, 2_000), '文件不完整'],
      ['a file that is no report', '{"schema":"other/1"}', '不是年报数据'],
      ['a nest of 100,000 levels', '['.repeat(100_000), '嵌套层数过多'],
    ] as const) {
      it(`[E80] ${what} is refused with a sentence that names it, and the report on screen stays`, async () => {
        const before = await page.shown('disclosure/licensing/decisions');
        await openFile('#open', file(text, '<b>坏.json'.replace(/[<>]/g, '_')));
        const shown = await page.untilText(sentence);
        expect(shown).to.include('_b_坏.json');
        expect(await page.shown('disclosure/licensing/decisions')).to.equal(before);
      });
    }

    it('[E70] has still said nothing on the console, after all of it', () => {
      expect(page.complaints).to.deep.equal([]);
    });
  });
}
