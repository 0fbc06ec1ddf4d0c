/** A host with a server of ours under demo/hosts/: a login by cookie, and a file in which the report is kept. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type OpenPage } from '../pages/page-fixture.ts';
import { clickAndGo, openHost } from './desk.ts';
import type { HostTools } from './host.ts';
import type { Office } from './scenes.ts';
import { startServer } from './serve.ts';

export interface FileOfficeOptions {
  /** The button of its login page. */
  readonly login: string;
  /** What stands between the page and the editor: a dialog to be opened, a tab to be chosen. */
  readonly approach?: (tab: OpenPage) => Promise<void>;
  readonly save: Office['save'];
  readonly saveInVain: Office['saveInVain'];
  /** Further arguments of the server. */
  readonly more?: readonly string[];
}

/** Starts demo/hosts/NAME/server.mjs as its README says. */
export async function openFileOffice(
  tools: HostTools,
  name: string,
  { login, approach = async () => {}, save, saveInVain, more = [] }: FileOfficeOptions,
): Promise<Office> {
  const port = await tools.freePort();
  const url = `http://127.0.0.1:${port}/`;
  const file = join(tools.scratch, 'report.json');
  const program = join(ROOT, `demo/hosts/${name}/server.mjs`);
  await startServer(process.execPath, [program, String(port), file, ...more], { url, cwd: tools.scratch });
  const arrive = async (tab: OpenPage, readable = true): Promise<void> => {
    if (tab.page.url() === `${url}login`) await clickAndGo(tab, login);
    await approach(tab);
    if (readable) await tab.ready();
  };
  return {
    url,
    blank: `${url}blank`,
    async open(browser) {
      const tab = await openHost(browser, url);
      await arrive(tab);
      return tab;
    },
    save,
    saveInVain,
    async reopen(tab, readable) {
      await tab.page.goto(url);
      await arrive(tab, readable);
    },
    async expireLogin(tab) {
      await tab.page.evaluate(() => {
        document.cookie = 'clerk=; max-age=0';
      });
    },
    // Where the server wants to write, something is in its way.
    breakSaving(broken) {
      rmSync(`${file}.part`, { recursive: true, force: true });
      if (broken) mkdirSync(`${file}.part`);
    },
    stored: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    put: (text) => (text === '' ? rmSync(file, { force: true }) : writeFileSync(file, text)),
  };
}
