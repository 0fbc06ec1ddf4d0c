// Makes real files of the official pages with LibreOffice: `node test/documents/grow-office-files.mjs FOLDER [CASE…]`.
// Run by hand; `npm run bench` reads the folder: `node --import tsx test/bench/documents.ts 100 1 FOLDER`.

import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

register();
const { grow } = await import('./grown.ts');
const { asHtml } = await import('./grown-files.ts');
const { CASE_NAMES, readCase } = await import('../fixtures/reports.ts');
const { chanceOf } = await import('../fixtures/slips.ts');

const [folder = '', ...chosen] = process.argv.slice(2);
if (folder === '') {
  console.error('Which folder?');
  process.exit(2);
}
const target = resolve(folder);
mkdirSync(target, { recursive: true });

/** @type {(from: string, to: string, more?: string[]) => void} */
const convert = (from, to, more = []) => {
  execFileSync(
    'soffice',
    [
      '--headless',
      `-env:UserInstallation=${pathToFileURL(join(target, '.profile')).href}`,
      ...more,
      '--convert-to',
      to,
      '--outdir',
      target,
      from,
    ],
    { stdio: 'ignore', timeout: 120_000 },
  );
};

for (const name of chosen.length > 0 ? chosen : CASE_NAMES) {
  const { format, organization, year, cells } = readCase(name);
  // A report of the 2021 form with one row for （六） has no page in the official shape.
  if (format === '2021' && 'requests/other/natural-person' in cells) continue;
  const { blocks } = grow({ version: format, organization, year, cells }, {}, chanceOf(1));
  const page = join(target, `${name}.html`);
  writeFileSync(page, asHtml(blocks, 'plain', chanceOf(1)));
  convert(page, 'docx:MS Word 2007 XML', ['--infilter=HTML (StarWriter)']);
  convert(page, 'xlsx:Calc MS Excel 2007 XML', ['--infilter=HTML (StarCalc)']);
  convert(join(target, `${name}.docx`), 'pdf');
  // Last, in place of our own page: the page as Writer would save it.
  const saved = join(target, `${name}.htm`);
  convert(join(target, `${name}.docx`), 'htm:HTML (StarWriter)');
  renameSync(saved, page);
  console.log(name);
}
rmSync(join(target, '.profile'), { recursive: true, force: true });
