/**
 * What the standalone page needs beside its own files to be a site: the late files of the shipped scripts, what makes it
 * installable, and a service worker that knows every file of this release.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { integrityOf } from './classic-script.ts';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="8" fill="#1657b8"/><path d="M16 18h32v30H16zM16 28h32M16 38h32M27 18v30M38 18v30" fill="none" stroke="#fff" stroke-width="3"/></svg>\n`;

const MANIFEST = {
  name: '政府信息公开工作年度报告填报',
  short_name: '公开年报填报',
  lang: 'zh-CN',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: '#1657b8',
  icons: [{ src: './icon.svg', sizes: 'any', type: 'image/svg+xml' }],
};

const CONFIGURATION = 'configuration.json';

/** What is fetched only where there is a licence key, and what nobody fetches: not everybody's disk is to carry it. */
const NOT_KEPT = /\.handsontable-grid\.js$|\.md$/;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * `parts` are what the names of the late files begin with. What belongs to one release lies in a folder with a name of its
 * own: a tab that runs the release before never gets a part of another one.
 */
export function completeSite(dist: string, parts: readonly string[]): void {
  const site = join(dist, 'site');
  const page = readFileSync(join(site, 'index.html'), 'utf8');
  const own = readdirSync(site).filter((name) => name !== 'index.html');
  const late = readdirSync(dist).filter(
    (name) =>
      /\.(?:js|md)$/.test(name) &&
      (parts.some((part) => name.startsWith(part)) || name.startsWith('third-party')),
  );
  const texts = [...own.map((name) => join(site, name)), ...late.map((name) => join(dist, name))].sort();
  const folder = `release-${digest(texts.map((path) => integrityOf(readFileSync(path))).join() + page)}`;
  mkdirSync(join(site, folder));
  for (const name of late) copyFileSync(join(dist, name), join(site, folder, name));
  for (const name of own) renameSync(join(site, name), join(site, folder, name));

  writeFileSync(join(site, 'icon.svg'), ICON);
  writeFileSync(join(site, 'manifest.webmanifest'), `${JSON.stringify(MANIFEST, null, 2)}\n`);
  writeFileSync(join(site, CONFIGURATION), '{ "upstream": [] }\n');
  const installable = page
    .replace('<link rel="icon" href="data:," />', '<link rel="icon" href="./icon.svg" />')
    // In a file beside it, which whoever puts the site up may change without changing what a release is.
    .replace(/ *<script type="application\/json" id="xxgk-configuration">.*?<\/script>\n/s, '')
    // For the development server.
    .replace(" 'self' ws:", " 'self'")
    .replace(/(src|href)="\.\/page-/g, `$1="./${folder}/page-`)
    .replace('</head>', '  <link rel="manifest" href="./manifest.webmanifest" />\n  </head>');
  for (const text of ['./icon.svg', './manifest.webmanifest', `src="./${folder}/page-`])
    if (!installable.includes(text)) throw new Error(`The page of the site lacks ${text}.`);
  for (const text of ['xxgk-configuration', ' ws:'])
    if (installable.includes(text)) throw new Error(`The page of the site still has ${text}.`);
  writeFileSync(join(site, 'index.html'), installable);

  const kept = [
    ...['icon.svg', 'index.html', 'manifest.webmanifest'],
    ...readdirSync(join(site, folder))
      .filter((name) => !NOT_KEPT.test(name))
      .map((name) => `${folder}/${name}`),
  ].sort();
  const files = Object.fromEntries(kept.map((name) => [name, integrityOf(readFileSync(join(site, name)))]));
  const built = join(dist, 'service-worker.js');
  const worker = readFileSync(built, 'utf8');
  const version = digest(JSON.stringify(files) + worker);
  writeFileSync(
    join(site, 'service-worker.js'),
    `const RELEASE=${JSON.stringify({ version, files })};\n${worker}`,
  );
  rmSync(built);
}
