/** A dialog of Vue 2 and Element UI: v-model, a pane that is hidden at first, a dialog that is moved and destroyed. */
import type { OpenPage, TestBrowser } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import {
  expectSame,
  expectStored,
  expectThat,
  FIRST,
  FOURTH,
  given,
  openHost,
  SECOND,
  THIRD,
  valueOf,
} from './desk.ts';
import { openFileOffice } from './file-office.ts';
import type { Host } from './host.ts';
import {
  comesBackChanged,
  leaving,
  loginExpired,
  measureUsable,
  restore,
  roundTrip,
  runScenes,
  savedTwice,
  saveFails,
  shows,
  twoClerks,
  twoTabs,
  type Office,
} from './scenes.ts';

const PACKAGES = ['vue@2.7.16', 'element-ui@2.15.14'];

const SCENES = {
  '[E290] v-model carries a cell still open, reloaded, byte for byte': roundTrip,
  '[E290] saved twice without a reload': savedTwice,
  '[E297] closed and opened again, destroyed: the draft is offered': destroyed,
  '[E297] closed and opened again, only hidden: goes on': hidden,
  '[E297] Escape in a cell gives up the edit and leaves the dialog open': escapes,
  '[E291] login expired (F15): the draft is offered and saved': loginExpired,
  '[E292] saving fails (F16): the draft is offered and saved': saveFails,
  '[E293] leaving with edits warns, before and after does not': leaving,
  '[E294] two tabs (F5): one writes, the other takes over with everything': twoTabs,
  '[E295] two clerks (F17): the second is exposed by the base revision and offered the draft': twoClerks,
  '[E296] escaped twice: read, cut to 4000 characters: named': comesBackChanged,
};

export const host: Host = {
  name: 'vue2-element-ui',
  needs: `${PACKAGES.join(' and ')} from npm`,
  async run(tools) {
    const list = new Checklist();
    const office = await openFileOffice(tools, 'vue2-element-ui', {
      login: 'button',
      more: [await tools.install.npm(PACKAGES, { alone: true })],
      approach: openDialog,
      async save(tab) {
        await tab.click('#save');
        await tab.untilText('已保存');
        await gone(tab);
      },
      async saveInVain(tab, why) {
        await tab.click('#save');
        await tab.untilText({ login: '登录已过期', error: '保存失败', conflict: '他人已先保存了此报告' }[why]);
      },
    });
    list.note('measured from the click that opens the pane');
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      if (name === tools.browsers[0]) await measureUsable(office, browser, list);
      await runScenes(SCENES, office, browser, list, tools);
      await browser.close();
    }
    return list.result;
  },
};
