// Where the browsers of this machine are. On a Debian where they are missing and may be installed, installs them.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {'chromium' | 'firefox'} BrowserName */

/** @type {Record<BrowserName, { variable: string, commands: string[], elsewhere: string[], packages: string[] }>} */
const known = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    elsewhere: [
      '/usr/lib/chromium/chromium',
      '/opt/google/chrome/chrome',
      '/snap/bin/chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    ],
    packages: ['chromium'],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    commands: ['firefox-esr', 'firefox'],
    elsewhere: [
      '/usr/lib/firefox-esr/firefox-esr',
      '/opt/firefox/firefox',
      '/snap/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
    packages: ['firefox-esr'],
  },
};

/** @type {(path: string) => boolean} */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @type {(name: BrowserName) => string | undefined} */
function find(name) {
  const { variable, commands, elsewhere } = known[name];
  const given = process.env[variable];
  if (given) {
    if (!isProgram(given)) throw new Error(`${variable} names ${given}, which is not a program.`);
    return given;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...candidates, ...elsewhere].find(isProgram);
}

/** Chinese text without a Chinese font is boxes, and boxes have other widths. */
function lacksChineseFont() {
  const folder = '/usr/share/fonts';
  if (!existsSync(folder)) return true;
  const names = readdirSync(folder, { recursive: true }).map(String);
  return !names.some((name) => /CJK|wqy|uming|ukai|fandol|droid.*fallback/i.test(name));
}

/** @type {(packages: string[]) => void} */
function install(packages) {
  const run = (/** @type {string[]} */ ...args) => {
    console.log(`apt-get ${args.join(' ')}`);
    const { status } = spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0) throw new Error(`apt-get ${args[0]} failed.`);
  };
  run('update');
  run('install', '-y', '--no-install-recommends', ...packages);
}

/**
 * The program of each browser asked for. Throws one sentence that says what to install.
 * @param {BrowserName[]} names
 * @returns {Partial<Record<BrowserName, string>>}
 */
export function findBrowsers(names) {
  const missing = names.filter((name) => find(name) === undefined);
  const mayInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && isProgram('/usr/bin/apt-get');
  if (missing.length > 0 && mayInstall) {
    const packages = missing.flatMap((name) => known[name].packages);
    try {
      install(lacksChineseFont() ? [...packages, 'fonts-noto-cjk'] : packages);
    } catch (error) {
      console.error(String(error));
    }
  }
  /** @type {Partial<Record<BrowserName, string>>} */
  const found = {};
  for (const name of names) {
    const path = find(name);
    if (!path) {
      throw new Error(
        `The browser tests need ${missing.join(' and ')}: install ` +
          `${missing.flatMap((one) => known[one].packages).join(' and ')}, or name the program in ` +
          `${missing.map((one) => known[one].variable).join(' and ')}.`,
      );
    }
    found[name] = path;
  }
  return found;
}
