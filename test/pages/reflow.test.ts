/** Small windows, and large ones at 200 and 400 %: everything can be reached, and only tables scroll sideways (WCAG 1.4.10). */
import { after, before, describe, it } from 'node:test';
import type { ElementHandle } from 'puppeteer-core';
import { join } from 'node:path';
import { giveReports } from './main-job.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

/** CSS pixels of a window. */
const WINDOWS = [
  { what: '1024 wide', width: 1024, height: 768 },
  { what: '1366 by 768 at 200 %', width: 683, height: 384 },
  { what: '1280 by 1024 at 400 %', width: 320, height: 256 },
];

/** What is wrong with what is on screen: a page that scrolls sideways, controls that a mouse does not reach. */
function faults(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`The page is ${scrollWidth} px wide.`] : [];
  const dialog = document.querySelector('xxgk-annual-report')!.shadowRoot!.querySelector('dialog[open]');
  const visit = (root: ParentNode): void => {
    for (const element of Array.from(root.querySelectorAll<HTMLElement>('*'))) {
      if (element.shadowRoot !== null) visit(element.shadowRoot);
      if (!element.matches('button, input, select, textarea, summary')) continue;
      // A table scrolls by itself; what is folded away is not there.
      if (element.closest('.table-grid, .preview') !== null || !element.checkVisibility()) continue;
      const name = `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent!.trim()}`;
      element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (left < 0 || right > clientWidth) found.push(`${name} lies from ${left} to ${right}.`);
      let hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      while (hit?.shadowRoot?.elementFromPoint((left + right) / 2, (top + bottom) / 2)) {
        const inner: Element = hit.shadowRoot.elementFromPoint((left + right) / 2, (top + bottom) / 2)!;
        if (inner === hit) break;
        hit = inner;
      }
      if (hit === null || !(element === hit || element.contains(hit) || hit.contains(element)))
        found.push(`${name} is covered by ${hit?.localName ?? 'nothing'} ${hit?.className ?? ''}.`);
    }
  };
  visit(dialog ?? document);
  return found;
}

for (const name of BROWSERS) {
  describe(`small windows in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    let page: OpenPage;
    before(async () => {
      site = await serveSite();
      page = await browser.open(`${site.url}/demo/cms-form.html`);
      await page.ready();
      await page.type('requests/received/natural-person', '3');
      await page.untilText('草稿已暂存于本浏览器');
      await page.page.reload();
    });
    after(async () => {
      await browser.close();
      await site.close();
    });

    const everywhere = async (what: string): Promise<void> => {
      for (const window of WINDOWS) {
        await page.page.setViewport(window);
        let found = await page.page.evaluate(faults);
        // Tables that have become too wide get a bar of their own with the next frame.
        for (const end = Date.now() + 2_000; found.length > 0 && Date.now() < end;)
          found = await page.page.evaluate(faults);
        if (found.length > 0) throw new Error(`${what}, ${window.what}:\n${found.join('\n')}`);
      }
    };

    it('[E233] nothing is cut off or covered, and no page scrolls sideways, whatever is open', async () => {
      await page.untilText('恢复草稿');
      await everywhere('the offer of a draft');
      await page.click('button', '不使用草稿');
      await giveReports(page);
      await page.type('requests/received/natural-person', '3');
      await page.click('button', '检查');
      await page.untilText('有 2 处需要处理');
      await page.click('button', '说明原因');
      await page.untilText('保存说明');
      await page.click('button', '快捷键');
      await page.untilText('Ctrl+Z');
      await everywhere('findings, a reason and help');
      await page.click('#import');
      await page.untilText('选择文件…');
      await everywhere('the import');
      const chooser = await page.find('dialog.import input[type="file"]');
      await (chooser as unknown as ElementHandle<HTMLInputElement>).uploadFile(
        join(ROOT, 'test/fixtures/documents/requests.pdf'),
      );
      await page.untilText('换一个来源');
      await everywhere('what a document says');
      await page.click('dialog.import button', '取消');
      await page.click('#drafts');
      await page.untilText('本报告的历史版本');
      await everywhere('drafts');
      await page.page.keyboard.press('Escape');
      await page.click('button', '取消');
      await page.click('button', '确认无误');
      await page.untilText('有 1 处需要处理');
      await page.click('button', '确认无误');
      await page.click('#submit');
      await page.untilText('核对并提交');
      await everywhere('what is about to be submitted');
    });
  });
}
