/** A page in GBK with jQuery 1.12: `.serialize()`, ajax, the classic script. */
import { Checklist } from './checklist.ts';
import { expectSame, expectThat, FIRST, given, valueOf } from './desk.ts';
import { openFileOffice } from './file-office.ts';
import type { Host } from './host.ts';
import {
  comesBackChanged,
  leaving,
  loginExpired,
  measureUsable,
  roundTrip,
  runScenes,
  savedTwice,
  saveFails,
  twoClerks,
  twoTabs,
  type Office,
} from './scenes.ts';
import type { TestBrowser } from '../pages/page-fixture.ts';

const JQUERY = 'jquery@1.12.4';

const SCENES = {
  '[E298] the page is GBK, the editor and rare characters are whole': inGbk,
  '[E290] .serialize() posts a cell still open, reloaded, byte for byte': roundTrip,
  '[E290] saved twice without a reload': savedTwice,
  '[E291] login expired (F15): the draft is offered and saved': loginExpired,
  '[E292] saving fails (F16): the draft is offered and saved': saveFails,
  '[E293] leaving with edits warns, before and after does not': leaving,
  '[E294] two tabs (F5): one writes, the other takes over with everything': twoTabs,
  '[E294] two clerks (F17): the second is exposed by the base revision and offered the draft': twoClerks,
  '[E296] escaped twice: read, cut to 4000 characters: named': comesBackChanged,
};

export const host: Host = {
  name: 'gbk-jquery',
  needs: `${JQUERY} from npm`,
  async run(tools) {
    const list = new Checklist();
    const office = await openFileOffice(tools, 'gbk-jquery', {
      login: 'input[type="submit"]',
      more: [await tools.install.npm([JQUERY], { alone: true })],
      async save(tab) {
        await tab.click('#save');
        await tab.until(() => document.querySelector('#message')!.textContent === '已保存');
      },
      async saveInVain(tab, why) {
        await tab.click('#save');
        await tab.untilText(
          { login: '登录已过期', error: '保存失败（500）', conflict: '他人已先保存了此报告' }[why],
        );
      },
    });
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      if (name === tools.browsers[0]) await measureUsable(office, browser, list, tools);
      await runScenes(SCENES, office, browser, list, tools);
      await browser.close();
    }
    return list.result;
  },
};

/** Of a district and a village; GBK has neither the second nor the last character. */
const RARE = '示㸆例县𠮷水镇';

async function inGbk(office: Office, browser: TestBrowser): Promise<void> {
  const tab = await office.open(browser);
  const [encoding, compat] = await tab.frame.evaluate(() => [document.characterSet, document.compatMode]);
  expectThat(encoding === 'GBK', `the page is read as ${encoding} (${compat})`);
  for (const words of ['检查', '撤销', '三、收到和处理政府信息公开申请情况', '危及“三安全一稳定”'])
    await tab.untilText(words);
  const unit = await tab.find('input[data-field="organization.name"], .head input');
  await unit.click();
  await tab.page.keyboard.type(RARE);
  await tab.page.keyboard.press('Tab');
  await tab.type(FIRST, '12');
  await office.save(tab);
  expectSame(office.stored(), await given(tab.frame), 'what is stored');
  const { organization } = JSON.parse(office.stored()) as { organization: { name: string } };
  expectThat(organization.name === RARE, `stored is ${organization.name}, typed was ${RARE}`);
  await office.reopen(tab);
  expectSame(await valueOf(tab.frame), office.stored(), 'what the element has after the reload');
}
