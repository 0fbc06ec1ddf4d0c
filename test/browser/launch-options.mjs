// How a browser is started for a test: alone, silent, in a profile of its own that is thrown away.

/**
 * @param {import('./find-browsers.mjs').BrowserName} name
 * @param {string} executablePath
 * @returns {import('puppeteer-core').LaunchOptions}
 */
export function launchOptions(name, executablePath) {
  if (name === 'firefox') {
    return {
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: {
        // The clipboard without a permission bar that nobody could answer.
        'dom.events.testing.asyncClipboard': true,
        // A plain http origin that is not localhost, as on an intranet; resolves to this machine.
        'network.dns.localDomains': 'intranet.test',
        'intl.accept_languages': 'zh-CN,zh',
        // A test waits for frames all the time: they come four times as often.
        'layout.frame_rate': 240,
      },
    };
  }
  return {
    browser: 'chrome',
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--lang=zh-CN',
      '--host-resolver-rules=MAP intranet.test 127.0.0.1',
    ],
  };
}
