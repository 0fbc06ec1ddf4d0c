// Runs browser test files in a browser through puppeteer-core: one driver for Chromium and for Debian's Firefox.
// Each file gets a browser context of its own, so no draft, clipboard grant or cookie is left to the next one.

import { launch } from 'puppeteer-core';
import { launchOptions } from './launch-options.mjs';

/**
 * @param {import('./find-browsers.mjs').BrowserName} name
 * @param {string} executablePath
 */
export function browserLauncher(name, executablePath) {
  /** @type {Promise<import('puppeteer-core').Browser> | undefined} */
  let starting;
  /** @type {Map<string, import('puppeteer-core').Page>} */
  const pages = new Map();

  const getPage = (/** @type {string} */ id) => {
    const page = pages.get(id);
    if (!page) throw new Error(`No page for session ${id}.`);
    return page;
  };

  return {
    name: name === 'firefox' ? 'Firefox' : 'Chromium',
    // Test runner commands (viewport, media, …) look at this.
    type: 'puppeteer',
    engine: name,
    // Focus and the clipboard belong to a whole browser: one file at a time in each.
    concurrency: 1,
    getPage,
    isActive: (/** @type {string} */ id) => pages.has(id),
    getBrowserUrl: (/** @type {string} */ id) => getPage(id).url(),

    async startSession(/** @type {string} */ id, /** @type {string} */ url) {
      starting ??= launch(launchOptions(name, executablePath));
      const browser = await starting;
      const context = await browser.createBrowserContext();
      if (name === 'chromium') {
        await context.overridePermissions(new URL(url).origin, [
          'clipboard-read',
          'clipboard-sanitized-write',
        ]);
      }
      const page = await context.newPage();
      pages.set(id, page);
      await page.setViewport({ width: 1280, height: 900 });
      await page.goto(url);
    },

    async stopSession(/** @type {string} */ id) {
      const page = getPage(id);
      pages.delete(id);
      await page.browserContext().close();
      return {};
    },

    async startDebugSession() {
      throw new Error('Debug in a browser of your own: the manual mode of the test runner.');
    },

    async stop() {
      await (await starting)?.close();
    },
  };
}
