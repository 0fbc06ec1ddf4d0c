/** The editor in a frame in a frame, of the same site and of another one. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type OpenPage, type TestBrowser } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import { clickAndGo, expectThat, FIRST, OFFERED, openHost, pause, SAVED, SECOND } from './desk.ts';
import type { Host, HostTools } from './host.ts';
import {
  isBack,
  leaving,
  measureUsable,
  restore,
  roundTrip,
  runScenes,
  saveFails,
  shows,
  twoTabs,
  type Office,
} from './scenes.ts';
import { startServer } from './serve.ts';

/** What the editor says where its drafts are kept apart. */
const APART = '本页嵌在其他网站中，草稿须从同一网页打开才能找到';

const SAME_SITE = {
  '[E290] posted inside the frame with a cell still open, byte for byte': roundTrip,
  '[E292] saving fails (F16): the draft is offered and saved': saveFails,
  '[E293] leaving with edits warns, before and after does not': leaving,
  '[E294] two tabs (F5): one writes, the other takes over with everything': twoTabs,
};

/** What a browser keeps apart is not wiped from outside: the first one leaves nothing behind. */
const OTHER_SITE = {
  '[E299] in a frame of another site a draft is offered from the same page only, and the page says so':
    keptApart,
  '[E299] there it is posted with a cell still open, byte for byte': roundTrip,
};

export const host: Host = {
  name: 'nested-frames',
  needs: 'nothing',
  async run(tools) {
    const list = new Checklist();
    const offices = await openOffices(tools);
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      const [same, other] = offices;
      if (name === tools.browsers[0]) await measureUsable(same, browser, list, tools);
      if (!tools.short) await runScenes(SAME_SITE, same, browser, list, tools);
      await runScenes(OTHER_SITE, other, browser, list, tools);
      await browser.close();
    }
    return list.result;
  },
};

/** The form in frames of its own site, and of another. */
async function openOffices(tools: HostTools): Promise<[Office, Office]> {
  const port = await tools.freePort();
  const url = `http://127.0.0.1:${port}/`;
  const file = join(tools.scratch, 'report.json');
  await startServer(
    process.execPath,
    [join(ROOT, 'demo/hosts/nested-frames/server.mjs'), String(port), file],
    { url, cwd: tools.scratch },
  );
  return [framed(url, url, file), framed(`${url}?site=intranet.test`, url, file)];
}

function framed(address: string, origin: string, file: string): Office {
  return {
    url: address,
    blank: `${origin}blank`,
    async open(browser) {
      const tab = await openHost(browser, address);
      await enterFrame(tab);
      return tab;
    },
    async save(tab) {
      await clickAndGo(tab, 'form > p > button');
      expectThat(tab.frame.url().endsWith('/form'), `Saving leads to ${await tab.text()}`);
      await tab.ready();
    },
    async saveInVain(tab) {
      await clickAndGo(tab, 'form > p > button');
      await tab.untilText('EISDIR');
    },
    async reopen(tab) {
      await tab.page.goto(address);
      await enterFrame(tab);
    },
    expireLogin: async () => {},
    breakSaving(broken) {
      rmSync(`${file}.part`, { recursive: true, force: true });
      if (broken) mkdirSync(`${file}.part`);
    },
    stored: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    put: (text) => (text === '' ? rmSync(file, { force: true }) : writeFileSync(file, text)),
  };
}

/** The frame in the frame, once its editor is there. */
async function enterFrame(tab: OpenPage): Promise<void> {
  for (let round = 0; ; round += 1) {
    const [workspace] = tab.page.mainFrame().childFrames();
    const [form] = workspace?.childFrames() ?? [];
    if (form !== undefined && form.url().endsWith('/form')) {
      tab.frame = form;
      break;
    }
    if (round > 100) throw new Error('The frame of the form does not come.');
    await pause(50);
  }
  await tab.ready();
}

async function keptApart(office: Office, browser: TestBrowser): Promise<void> {
  const tab = await office.open(browser);
  await tab.type(FIRST, '12');
  await tab.type(SECOND, '34');
  await tab.untilText(SAVED);
  await tab.untilText(APART);
  await tab.page.close();
  const again = await office.open(browser);
  await restore(again);
  await shows(again, { [FIRST]: '12', [SECOND]: '34' });
  await again.untilText(SAVED);
  // The same form in a tab of its own: another storage.
  const alone = await openHost(browser, again.frame.url());
  await alone.ready();
  await pause(300);
  const text = await alone.text();
  expectThat(!text.includes(OFFERED), 'the draft is offered elsewhere too');
  expectThat(!text.includes(APART), 'a page of its own speaks of frames');
  await again.page.bringToFront();
  await office.save(again);
  await isBack(office, again);
}
