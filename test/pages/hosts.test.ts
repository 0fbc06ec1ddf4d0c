/** The demo pages, each in both browsers: the element in a host's form. */
import { after, afterEach, before, describe, it } from 'node:test';
import { expect } from 'chai';
import { BROWSERS, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const CELL = 'requests/received/natural-person';
const LAST = 'disclosure/licensing/decisions';

interface Sent {
  readonly organization: { readonly name: string };
  readonly tables: {
    readonly requests: { readonly received: Readonly<Record<string, number | null>> };
    readonly disclosure: { readonly licensing: { readonly decisions: number | null } };
  };
}

/** What the host's submit handler was given: `name = value` per line. */
async function sent(page: OpenPage): Promise<Map<string, string>> {
  await page.until(() => document.querySelector('#sent')!.textContent !== '');
  const lines = await page.page.evaluate(() => document.querySelector('#sent')!.textContent!);
  return new Map(
    lines
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf('=') + 2)]),
  );
}

for (const name of BROWSERS) {
  describe(`host pages in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      site = await serveSite();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    it('[E77] a plain form posts the report as JSON, the cell still open included', async () => {
      const page = await browser.open(`${site.url}/demo/cms-form.html`);
      await page.ready();
      await page.type(CELL, '12');
      await page.type(LAST, '34', { enter: false });
      await page.click('button[type="submit"]', '保存');
      const data = await sent(page);
      expect(data.get('title')).to.equal('2024年政府信息公开工作年度报告');
      const report = JSON.parse(data.get('report')!) as Sent;
      expect(report.tables.requests.received['natural-person']).to.equal(12);
      expect(report.tables.disclosure.licensing.decisions).to.equal(34);
      expect(page.complaints).to.deep.equal([]);
    });

    it('[E66] where the reading was not copied, the page says so, and the value is posted as it was', async () => {
      const partial = await serveSite(['/dist/xxgk-annual-report.reading.js']);
      const page = await browser.open(`${partial.url}/demo/cms-form.html`);
      const text = '{"schema":"xxgk-annual-report/1" }';
      await page.page.evaluate((value) => {
        document.querySelector('xxgk-annual-report')!.value = value;
      }, text);
      await page.untilText('缺少读取报告的部分');
      await page.untilText('原有内容已原样保留');
      expect(
        await page.page.evaluate(() => new FormData(document.querySelector('form')!).get('report')),
      ).to.equal(text);
      await page.page.close();
      await partial.close();
    });

    it('[E102] where the reading of rule packs was not copied, the page says so and goes on by the official rules', async () => {
      const partial = await serveSite(['/dist/xxgk-annual-report.rules-in-force.js']);
      const page = await browser.open(`${partial.url}/demo/cms-form.html`);
      await page.ready();
      const rules = await page.page.evaluate(async () => {
        const editor = document.querySelector('xxgk-annual-report')!;
        editor.rules = '{}';
        await editor.updateComplete;
        return (editor.payload()['checks'] as { rules: string }).rules;
      });
      expect(rules).to.equal('2021@1');
      await page.untilText('核对规则：程序没有完整载入');
      await page.page.close();
      await partial.close();
    });

    it('[E77] buttons and Enter inside the editor submit nothing; a finding that must be corrected stops the form', async () => {
      const page = await browser.open(`${site.url}/demo/cms-form.html`);
      await page.ready();
      await page.type(CELL, '12件');
      await page.click('button', '检查');
      await page.untilText('处需要处理');
      await page.click('button[type="submit"]', '保存');
      await new Promise((done) => setTimeout(done, 200));
      expect(await page.page.evaluate(() => document.querySelector('#sent')!.textContent)).to.equal('');
      await page.type(CELL, '12');
      await page.click('button[type="submit"]', '保存');
      expect((await sent(page)).has('report')).to.equal(true);
    });

    it('[E78] two editors on one page keep apart: values, undo, drafts', async () => {
      const page = await browser.open(`${site.url}/demo/two-editors.html`);
      await page.ready();
      await page.type(CELL, '11');
      await page.type(CELL, '22', { editor: 1 });
      expect([await page.shown(CELL), await page.shown(CELL, 1)]).to.deep.equal(['11', '22']);
      await page.page.keyboard.down('Control');
      await page.page.keyboard.press('z');
      await page.page.keyboard.up('Control');
      expect([await page.shown(CELL), await page.shown(CELL, 1)]).to.deep.equal(['11', '']);
      await page.type(CELL, '33', { editor: 1 });
      await page.click('button[type="submit"]', '保存');
      const data = await sent(page);
      expect([...data.keys()]).to.deep.equal(['first', 'second']);
      const received = (key: string): unknown =>
        (JSON.parse(data.get(key)!) as Sent).tables.requests.received['natural-person'];
      expect([received('first'), received('second')]).to.deep.equal([11, 33]);
      await page.page.close();
      const again = await browser.open(`${site.url}/demo/two-editors.html`);
      await again.ready();
      await again.until(() =>
        Array.from(document.querySelectorAll('xxgk-annual-report')).every((editor) =>
          editor.shadowRoot!.textContent!.includes('未报送的草稿'),
        ),
      );
      await again.click('button', '恢复草稿', 1);
      expect([await again.shown(CELL), await again.shown(CELL, 1)]).to.deep.equal(['', '33']);
      expect(page.complaints).to.deep.equal([]);
    });
  });
}
