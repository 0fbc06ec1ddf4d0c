/**
 * What the standalone page needs beside its own files to be a site: the late files of the shipped scripts, what makes it
 * installable, and a service worker that knows every file of this release.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const NOT_KEPT = /^(?:configuration\.json|service-worker\.js|.*\.handsontable-grid\.js|.*\.md)$/;

/** `parts` are what the names of the late files begin with. */
export function completeSite(dist: string, parts: readonly string[]): void {
  const site = join(dist, 'site');
  for (const name of readdirSync(dist))
    if (
      /\.(?:js|md)$/.test(name) &&
      (parts.some((part) => name.startsWith(part)) || name.startsWith('third-party'))
    )
      copyFileSync(join(dist, name), join(site, name));
  writeFileSync(join(site, 'icon.svg'), ICON);
  writeFileSync(join(site, 'manifest.webmanifest'), `${JSON.stringify(MANIFEST, null, 2)}\n`);
  const page = join(site, 'index.html');
  const html = readFileSync(page, 'utf8');
  const installable = html
    .replace('<link rel="icon" href="data:," />', '<link rel="icon" href="./icon.svg" />')
    // In a file beside it, which whoever puts the site up may change without changing what a release is.
    .replace(/ *<script type="application\/json" id="xxgk-configuration">.*?<\/script>\n/s, '')
    .replace('</head>', '  <link rel="manifest" href="./manifest.webmanifest" />\n  </head>');
  if (
    !installable.includes('./icon.svg') ||
    !installable.includes('./manifest.webmanifest') ||
    installable.includes('xxgk-configuration')
  )
    throw new Error('index.html has no place for an icon and a manifest.');
  writeFileSync(page, installable);

  writeFileSync(join(site, CONFIGURATION), '{ "upstream": [] }\n');
  const files = Object.fromEntries(
    readdirSync(site)
      .filter((name) => !NOT_KEPT.test(name))
      .sort()
      .map((name) => [name, integrityOf(readFileSync(join(site, name)))]),
  );
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const built = join(dist, 'service-worker.js');
  writeFileSync(
    join(site, 'service-worker.js'),
    `const RELEASE=${JSON.stringify({ version, files })};\n${readFileSync(built, 'utf8')}`,
  );
  rmSync(built);
}
