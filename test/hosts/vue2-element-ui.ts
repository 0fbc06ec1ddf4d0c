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
  pause,
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
  '[E212] drawn again between two digits, the cell keeps all of them': drawnAgain,
  '[E297] closed and opened again, destroyed: the draft is offered': destroyed,
  '[E297] closed and opened again, only hidden: goes on': hidden,
  '[E297] Escape in a cell gives up the edit and leaves the dialog open': escapes,
  '[E291] login expired (F15): the draft is offered and saved': loginExpired,
  '[E292] saving fails (F16): the draft is offered and saved': saveFails,
  '[E293] leaving with edits warns, before and after does not': leaving,
  '[E294] two tabs (F5): one writes, the other takes over with everything': twoTabs,
  '[E294] two clerks (F17): the second is exposed by the base revision and offered the draft': twoClerks,
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
        await tab.untilText(
          { login: '登录已过期', error: '保存失败', conflict: '他人已先保存了此报告' }[why],
        );
      },
    });
    list.note('measured from the click that opens the pane');
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      if (name === tools.browsers[0]) await measureUsable(office, browser, list, tools);
      await runScenes(SCENES, office, browser, list, tools);
      await browser.close();
    }
    return list.result;
  },
};

/** 编辑, then the pane with the tables. */
async function openDialog(tab: OpenPage): Promise<void> {
  await tab.click('#open');
  await tab.page.waitForSelector('#tab-tables', { visible: true });
  await still(tab);
  await tab.click('#tab-tables');
}

/** Until the dialog has come to rest: it slides in, and a click would miss. */
async function still(tab: OpenPage): Promise<void> {
  let before = -1;
  for (;;) {
    const top = await tab.frame.evaluate(
      () => document.querySelector('.el-dialog')!.getBoundingClientRect().top,
    );
    if (top === before) return;
    before = top;
    await pause(60);
  }
}

/** The message that something was saved goes by itself; the next one has to be another. */
async function gone(tab: OpenPage): Promise<void> {
  await tab.until(() => document.querySelector('.el-message') === null);
}

async function closeDialog(tab: OpenPage): Promise<void> {
  await tab.click('.el-dialog__headerbtn');
  await tab.until(() => document.querySelector('.el-dialog')!.getClientRects().length === 0);
}

/** Something else of the page's data changes while a number is typed, as a clock or a message would have it. */
async function drawnAgain(office: Office, browser: TestBrowser): Promise<void> {
  const tab = await office.open(browser);
  const draw = async (): Promise<void> => {
    await tab.frame.evaluate(() => {
      const { __vue__: page } = document.querySelector('#app') as Element & {
        __vue__: { form: { title: string } };
      };
      page.form.title += '。';
    });
    await pause(100);
  };
  await tab.type(FIRST, '1', { enter: false });
  for (const digit of ['2', '3']) {
    await draw();
    await tab.page.keyboard.type(digit);
  }
  await draw();
  await shows(tab, { [FIRST]: '123' });
  await tab.type(SECOND, '45');
  await draw();
  await shows(tab, { [FIRST]: '123', [SECOND]: '45' });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 123, [SECOND]: 45 });
}

/** The element itself goes with the dialog, and another one comes. */
async function destroyed(office: Office, browser: TestBrowser): Promise<void> {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(SECOND, '34', { enter: false });
  const before = await tab.page.$('xxgk-annual-report');
  await closeDialog(tab);
  await openDialog(tab);
  await tab.ready();
  expectThat(!(await before!.evaluate((element) => element.isConnected)), 'the dialog is not destroyed');
  await restore(tab);
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34 });
  await closeDialog(tab);
  await openDialog(tab);
  await tab.ready();
  expectSame(await valueOf(tab.frame), office.stored(), 'what the element has in the dialog opened again');
}

/** The same element, hidden meanwhile, and moved to the end of the page when it was first opened. */
async function hidden(office: Office, browser: TestBrowser): Promise<void> {
  const tab = await office.open(browser);
  await tab.page.goto(`${office.url}?keep`);
  await openDialog(tab);
  await tab.ready();
  await tab.type(FIRST, '12');
  const before = await tab.page.$('xxgk-annual-report');
  // Another pane and back, with a cell open.
  await tab.type(SECOND, '34', { enter: false });
  await tab.click('#tab-basic');
  await tab.click('#tab-tables');
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await office.save(tab);
  expectSame(office.stored(), await given(tab.frame), 'what is stored');
  await closeDialog(tab);
  await openDialog(tab);
  expectThat(await before!.evaluate((element) => element.isConnected), 'the dialog is destroyed');
  await shows(tab, { [FIRST]: '12', [SECOND]: '34' });
  await tab.type(THIRD, '56', { enter: false });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12, [SECOND]: 34, [THIRD]: 56 });
}

async function escapes(office: Office, browser: TestBrowser): Promise<void> {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(FOURTH, '99', { enter: false });
  await tab.page.keyboard.press('Escape');
  await pause(500);
  await shows(tab, { [FIRST]: '12', [FOURTH]: '' });
  await office.save(tab);
  expectStored(office.stored(), { [FIRST]: 12 });
}
