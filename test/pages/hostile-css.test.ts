/** A page whose style sheets shout at every element: inside ours no pixel is another one. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { giveReports, useSpreadsheet } from './main-job.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type OpenPage, type Site } from './page-fixture.ts';

const PAGE = readFileSync(join(ROOT, 'demo/hostile-css.html'), 'utf8');
/** The same page on a calm site: only where the element stands is said. */
const CALM = PAGE.replace('./hostile.css', '/calm.css').replace(' lang="en" dir="rtl"', ' lang="zh-CN"');
const CALM_CSS =
  'body { margin: 0; background: #ffd } form > button { display: none } xxgk-annual-report { position: absolute; top: 0; left: 0; width: 1320px; }';

/** Screenshots of the element, by what is to be seen. */
async function pictures(page: OpenPage, spreadsheet: boolean): Promise<Map<string, Uint8Array>> {
  const taken = new Map<string, Uint8Array>();
  const take = async (what: string): Promise<void> => {
    await page.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const editor = await page.find('xxgk-annual-report');
    const { x, y, width, height } = (await editor.boundingBox())!;
    const clip = { x, y, width, height: Math.ceil(height) };
    taken.set(what, await page.page.screenshot({ clip, captureBeyondViewport: false }));
  };
  // All of it is in the window, so that nothing sticks anywhere else.
  await page.page.setViewport({ width: 1400, height: 2400 });
  await page.ready();
  // What comes late has come.
  await page.untilText('办理情况流向图');
  if (spreadsheet) await useSpreadsheet(page);
  await take('blank');
  await giveReports(page);
  await page.click('button', '检查');
  await page.untilText('处需要处理');
  await take('with findings');
  await page.click('button', '说明原因');
  await page.untilText('保存说明');
  await page.page.keyboard.type('漏计');
  await page.page.keyboard.down('Control');
  await page.page.keyboard.press('a');
  await page.page.keyboard.up('Control');
  await take('with words selected');
  await page.click('button', '快捷键');
  await page.untilText('Ctrl+Z');
  await take('with help');
  await page.click('#import');
  await page.untilText('选择文件…');
  await take('with a dialog');
  return taken;
}

/** The edge of a rounded corner is not always drawn the same: of 2.7 million pixels some ten differ then. */
const NOISE = 40;

function differingPixels(page: OpenPage, one: Uint8Array, other: Uint8Array): Promise<number> {
  return page.page.evaluate(
    async (texts) => {
      const [first, second] = await Promise.all(
        texts.map(async (text) => {
          const answer = await fetch(`data:image/png;base64,${text}`);
          const bitmap = await createImageBitmap(await answer.blob());
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          return {
            size: `${bitmap.width} ${bitmap.height}`,
            data: context.getImageData(0, 0, bitmap.width, bitmap.height).data,
          };
        }),
      );
      if (first!.size !== second!.size) return Infinity;
      const [a, b] = [new Uint32Array(first!.data.buffer), new Uint32Array(second!.data.buffer)];
      return a.reduce((sum, pixel, index) => sum + Number(pixel !== b[index]), 0);
    },
    [one, other].map((bytes) => Buffer.from(bytes).toString('base64')),
  );
}

for (const name of BROWSERS) {
  describe(`a shouting page in ${name}`, { timeout: 60_000 }, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      site = await serveSite([], { '/demo/calm.html': CALM, '/calm.css': CALM_CSS });
      await browser.start();
    });
    afterEach(() => browser.closePages());
    after(async () => {
      await browser.close();
      await site.close();
    });

    for (const grid of ['table', 'spreadsheet'])
      it(`[E231] its style sheets change no pixel inside the element on the ${grid} grid`, async () => {
        const calm = await pictures(await browser.open(`${site.url}/demo/calm.html`), grid !== 'table');
        const shouted = await pictures(
          await browser.open(`${site.url}/demo/hostile-css.html`),
          grid !== 'table',
        );
        const differing: [string, Uint8Array][] = [];
        for (const [what, picture] of calm) {
          const other = shouted.get(what)!;
          if (Buffer.from(picture).equals(Buffer.from(other))) continue;
          const blank = await browser.open(`${site.url}/blank`);
          if ((await differingPixels(blank, picture, other)) > NOISE) differing.push([what, picture]);
        }
        if (differing.length > 0) {
          const folder = mkdtempSync(join(tmpdir(), 'hostile-css-'));
          for (const [what, picture] of differing) {
            writeFileSync(join(folder, `${what}-calm.png`), picture);
            writeFileSync(join(folder, `${what}-shouted.png`), shouted.get(what)!);
          }
          throw new Error(
            `${differing.map(([what]) => what).join(', ')}: compare the pictures in ${folder}.`,
          );
        }
      });
  });
}
