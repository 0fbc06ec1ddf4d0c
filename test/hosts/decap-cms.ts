/** Decap CMS with a widget around the element, and its own local server in front of a folder of files. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT, type OpenPage } from '../pages/page-fixture.ts';
import { Checklist } from './checklist.ts';
import { openHost } from './desk.ts';
import type { Host, HostTools } from './host.ts';
import {
  leaving,
  measureUsable,
  roundTrip,
  runScenes,
  savedTwice,
  saveFails,
  twoTabs,
  type Office,
} from './scenes.ts';
import { startServer } from './serve.ts';

const CMS = 'decap-cms@3.16.3';
const SERVER = 'decap-server@3.11.3';

const SCENES = {
  '[E290] published with a cell still open, reloaded, byte for byte': roundTrip,
  '[E290] published twice without a reload': savedTwice,
  '[E292] publishing fails (F16): the draft is offered and published': saveFails,
  '[E293] leaving with edits warns, before and after does not': leaving,
  '[E294] two tabs (F5): one writes, the other takes over with everything': twoTabs,
};

export const host: Host = {
  name: 'decap-cms',
  needs: `${CMS} and ${SERVER} from npm`,
  async run(tools) {
    const list = new Checklist();
    const office = await openOffice(tools);
    list.note('measured from the moment the CMS put the element into its page');
    for (const name of tools.browsers) {
      const browser = tools.browser(name);
      office.put('');
      if (name === tools.browsers[0]) await measureUsable(office, browser, list, tools);
      await runScenes(SCENES, office, browser, list, tools);
      await browser.close();
    }
    return list.result;
  },
};

async function openOffice(tools: HostTools): Promise<Office> {
  const cms = await tools.install.npm([CMS], { alone: true });
  const server = join(await tools.install.npm([SERVER]), 'decap-server/dist/index.js');
  const [port, proxy] = [await tools.freePort(), await tools.freePort()];
  const url = `http://127.0.0.1:${port}/admin/`;
  const site = join(tools.scratch, 'site');
  const data = join(site, 'data');
  const away = join(site, 'data.away');
  const file = join(data, 'report-2024.json');
  const empty = join(ROOT, 'demo/hosts/decap-cms/report-2024.json');
  mkdirSync(data, { recursive: true });
  copyFileSync(empty, file);
  await startServer(process.execPath, [server], {
    url: `http://127.0.0.1:${proxy}/`,
    cwd: site,
    env: { PORT: String(proxy), BIND_HOST: '127.0.0.1', GIT_REPO_DIRECTORY: site },
  });
  await startServer(
    process.execPath,
    [join(ROOT, 'demo/hosts/decap-cms/server.mjs'), String(port), String(proxy), cms],
    { url, cwd: tools.scratch },
  );
  const entry = `${url}#/collections/reports/entries/report-2024`;
  const enter = async (tab: OpenPage): Promise<void> => {
    await tab.page.goto(entry);
    await tab.ready(20_000);
  };
  const publish = async (tab: OpenPage): Promise<void> => {
    // There is nothing to publish until something is edited.
    if ((await tab.text()).includes('修改已保存')) return;
    await tab.click('[role="button"]', '发布');
    await tab.page.waitForSelector('[role="menuitem"]', { visible: true });
    await tab.click('[role="menuitem"]', '立即发布');
  };
  return {
    url,
    blank: `${url}blank`,
    async open(browser) {
      const tab = await openHost(browser, url);
      await tab.until(() => /登录|集合/.test(document.body.innerText), 20_000);
      if (!(await tab.text()).includes('集合')) await tab.click('button', '登录');
      await tab.untilText('集合', 20_000);
      await enter(tab);
      return tab;
    },
    async save(tab) {
      await publish(tab);
      await tab.untilText('修改已保存');
    },
    async saveInVain(tab) {
      await publish(tab);
      await tab.untilText('保存内容失败');
    },
    async reopen(tab) {
      await tab.page.goto('about:blank');
      // The CMS offers a backup of its own; not using it leaves ours.
      tab.stays = true;
      await enter(tab);
      tab.stays = false;
    },
    expireLogin: async () => {},
    // What was a folder is a file.
    breakSaving(broken) {
      if (broken) {
        renameSync(data, away);
        writeFileSync(data, '');
      } else if (rmIfFile(data)) renameSync(away, data);
    },
    stored: () =>
      (
        JSON.parse(readFileSync(existsSync(file) ? file : join(away, 'report-2024.json'), 'utf8')) as {
          report: string;
        }
      ).report,
    put: (text) =>
      text === ''
        ? copyFileSync(empty, file)
        : writeFileSync(file, JSON.stringify({ title: '2024年度报告', report: text }, null, 2)),
  };
}

function rmIfFile(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    // A folder, as it should be.
    return false;
  }
}
