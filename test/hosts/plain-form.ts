/** A plain HTML form: the first snippet of the README, and a server that keeps the field's text in a file. */
import { Checklist } from './checklist.ts';
import { clickAndGo } from './desk.ts';
import { openFileOffice } from './file-office.ts';
import type { Host } from './host.ts';
import {
  backAndReload,
  comesBackChanged,
  leaving,
  loginExpired,
  measureUsable,
  roundTrip,
  runScenes,
  saveFails,
  twoClerks,
  twoTabs,
} from './scenes.ts';

const SHORT = {
  '[E290] saved with a cell still open, reloaded, byte for byte': roundTrip,
  '[E291] login expired (F15): the draft is offered and saved': loginExpired,
};

const LONG = {
  ...SHORT,
  '[E296] escaped twice: read, cut to 4000 characters: named': comesBackChanged,
  '[E292] saving fails (F16): the draft is offered and saved': saveFails,
  '[E292] 刷新 and 后退 after an error (F16): nothing unsaved passes for saved': backAndReload,
  '[E293] leaving with edits warns, before and after does not': leaving,
  '[E294] two tabs (F5): one writes, the other takes over with everything': twoTabs,
  '[E294] two clerks (F17): the second is exposed by the base revision and offered the draft': twoClerks,
};

const SAVE = 'form > p > button';

export const host: Host = {
  name: 'plain-form',
  needs: 'nothing',
  async run(tools) {
    const list = new Checklist();
    const office = await openFileOffice(tools, 'plain-form', {
      login: 'button',
      async save(tab) {
        await clickAndGo(tab, SAVE);
        if (tab.page.url() !== office.url) throw new Error(`Saving leads to ${await tab.text()}`);
        await tab.ready();
      },
      async saveInVain(tab, why) {
        await clickAndGo(tab, SAVE);
        await tab.untilText({ login: '登录已过期', error: 'EISDIR', conflict: '他人已先保存了此报告' }[why]);
      },
    });
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      if (name === tools.browsers[0]) await measureUsable(office, browser, list, tools);
      await runScenes(tools.short ? SHORT : LONG, office, browser, list, tools);
      await browser.close();
    }
    return list.result;
  },
};
