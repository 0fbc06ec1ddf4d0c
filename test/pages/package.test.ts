/** What is handed to hosts beside the scripts: digests, licences, and what a bundler makes of the package. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build, type Plugin } from 'esbuild';
import { expect } from 'chai';
import { billOfMaterials, licenseProblems, type Component } from '../../.build/components.ts';
import { read } from '../house/sources.ts';
import { BROWSERS, ROOT, serveSite, TestBrowser, type Site } from './page-fixture.ts';

const DIST = join(ROOT, 'dist');
const json = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

/** The folder of what belongs to one release of the site. */
const RELEASE = readdirSync(join(DIST, 'site')).find((name) => name.startsWith('release-'))!;

describe('integrity.json', () => {
  it('[E250] has the digest of every other file in dist/, and of no more', () => {
    const { version, files } = json('dist/integrity.json') as {
      version: string;
      files: Record<string, string>;
    };
    const there = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path !== 'integrity.json' && statSync(join(DIST, path)).isFile());
    expect(Object.keys(files).sort()).to.deep.equal(there.sort());
    for (const [path, digest] of Object.entries(files)) {
      const made = createHash('sha384')
        .update(readFileSync(join(DIST, path)))
        .digest('base64');
      expect(digest, path).to.equal(`sha384-${made}`);
    }
    expect(version).to.equal((json('package.json') as { version: string }).version);
  });
});

describe('what of other people is shipped', () => {
  const component = (name: string, license: string, ...files: string[]): Component => ({
    name,
    version: '1.2.3',
    license,
    files: new Set(files),
  });

  it('[E251] a licence that may not be passed on stops the build, Handsontable outside its own files too', () => {
    const fine = [
      component('a', 'MIT', 'core.js'),
      component('b', 'Apache-2.0 AND BSD-3-Clause', 'core.js'),
      component('handsontable', 'SEE LICENSE IN LICENSE.txt', 'xxgk-annual-report.handsontable-grid.js'),
    ];
    expect(licenseProblems(fine)).to.deep.equal([]);
    const wrong = [
      component('c', 'GPL-3.0-only', 'core.js', 'cli.js'),
      component('d', 'MIT AND SSPL-1.0', 'core.js'),
      component('e', 'SEE LICENSE IN LICENSE.txt', 'xxgk-annual-report.handsontable-grid.js'),
      component('handsontable', 'SEE LICENSE IN LICENSE.txt', 'index.html', 'handsontable.js'),
    ];
    expect(licenseProblems(wrong)).to.deep.equal([
      'c (GPL-3.0-only) is in core.js, cli.js.',
      'd (MIT AND SSPL-1.0) is in core.js.',
      'e (SEE LICENSE IN LICENSE.txt) is in xxgk-annual-report.handsontable-grid.js.',
      'handsontable (SEE LICENSE IN LICENSE.txt) is in index.html.',
    ]);
  });

  it('[E251] whatever is installed with the package may be passed on as well', () => {
    const { packages } = json('package-lock.json') as {
      packages: Record<string, { dev?: boolean; peer?: boolean; license?: string }>;
    };
    const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
    expect(installed).not.to.have.length(0);
    expect(
      licenseProblems(
        installed.map(([path, { license = 'none' }]) => component(path, license, 'node_modules')),
      ),
    ).to.deep.equal([]);
  });

  it('[E251] the bill of materials names it with version, licence, digest and files, and is the same each time', () => {
    const bill = json('dist/sbom.cdx.json') as {
      bomFormat: string;
      specVersion: string;
      metadata: { component: { purl: string } };
      components: ReadonlyArray<{
        'bom-ref': string;
        name: string;
        version: string;
        purl: string;
        hashes: ReadonlyArray<{ alg: string; content: string }>;
        licenses: readonly unknown[];
        properties: ReadonlyArray<{ value: string }>;
      }>;
      dependencies: ReadonlyArray<{ ref: string; dependsOn: readonly string[] }>;
    };
    expect([bill.bomFormat, bill.specVersion]).to.deep.equal(['CycloneDX', '1.6']);
    for (const { name, version, purl, hashes, licenses, properties } of bill.components) {
      const own = json(`node_modules/${name}/package.json`) as { version: string };
      expect(version, name).to.equal(own.version);
      expect(decodeURIComponent(purl)).to.equal(`pkg:npm/${name}@${version}`);
      expect(hashes[0]?.content, name).to.match(/^[0-9a-f]{128}$/);
      expect(licenses, name).to.have.length(1);
      for (const { value } of properties)
        expect(
          existsSync(join(DIST, value.replace('site/release/', `site/${RELEASE}/`))),
          `${name}: ${value}`,
        ).to.equal(true);
    }
    // Each has its text in the file of licences, Handsontable in a folder of its own.
    const texts = read('dist/third-party-licenses.md') + read('dist/third-party-licenses.documents.md');
    const withText = Array.from(
      texts.matchAll(/^## (\S+) - (\S+) \(/gm),
      ([, name, version]) => `${name} ${version}`,
    );
    expect(
      bill.components
        .map(({ name, version }) => `${name} ${version}`)
        .filter((one) => !one.startsWith('handsontable ')),
    ).to.have.members(withText);
    const files = bill.components.flatMap(({ properties }) => properties.map(({ value }) => value));
    for (const file of [
      'offline.html',
      'cli.js',
      'core.js',
      'xxgk-annual-report.pdf-cmaps.js',
      'xxgk-annual-report.js',
    ])
      expect(files).to.include(file);
    expect(bill.dependencies[0]!.dependsOn).to.deep.equal(bill.components.map((one) => one['bom-ref']));
    expect(read('dist/sbom.cdx.json')).not.to.match(/timestamp|serialNumber/);
    const own = { name: 'x', version: '1.0.0', description: '', license: 'MIT' };
    const two = [component('@b/c', 'MIT', 'z.js', 'y.js'), component('a', 'ISC', 'z.js')];
    expect(billOfMaterials(own, two, { packages: {} })).to.deep.equal(
      billOfMaterials(own, two.toReversed(), { packages: {} }),
    );
  });
});

/** As a package manager installs it: what the package does not export is not found. */
const installed: Plugin = {
  name: 'installed',
  setup(bundler) {
    const { exports } = json('package.json') as {
      exports: Record<string, string | { default: string }>;
    };
    bundler.onResolve({ filter: /^xxgk-annual-report(\/|$)/ }, ({ path }) => {
      const found = exports[path.replace('xxgk-annual-report', '.')];
      return found === undefined
        ? { errors: [{ text: `${path} is not exported.` }] }
        : { path: join(ROOT, typeof found === 'string' ? found : found.default) };
    });
  },
};

for (const name of BROWSERS) {
  describe(`a page made by a bundler, in ${name}`, () => {
    const browser = new TestBrowser(name);
    let site: Site;
    before(async () => {
      const { outputFiles } = await build({
        stdin: {
          contents: `import { setLicenseKey } from 'xxgk-annual-report/define';
            import 'xxgk-annual-report/handsontable';
            import { readPayload } from 'xxgk-annual-report/core';
            setLicenseKey('non-commercial-and-evaluation');
            globalThis.readPayload = readPayload;`,
          resolveDir: ROOT,
        },
        bundle: true,
        splitting: true,
        format: 'esm',
        write: false,
        outdir: '/own',
        entryNames: 'page',
        logLevel: 'silent',
        plugins: [installed],
      });
      const files = outputFiles.map(({ path, text }) => [
        path.replaceAll('\\', '/').replace(/^.*\/own/, '/own'),
        text,
      ]);
      site = await serveSite([], {
        ...(Object.fromEntries(files) as Record<string, string>),
        '/page':
          '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,">' +
          '<script type="module" src="/own/page.js"></script><xxgk-annual-report draft="off"></xxgk-annual-report>',
      });
    });
    after(async () => {
      await browser.close();
      await site.close();
    });

    it('[E252] the tags are registered, the spreadsheet grid is brought along, and the core reads what the element says', async () => {
      const page = await browser.open(`${site.url}/page`);
      await page.until(
        () =>
          document.querySelector('xxgk-annual-report')?.shadowRoot?.querySelector('xxgk-report-table')
            ?.gridInUse === 'handsontable',
      );
      const isRead = await page.page.evaluate(() => {
        const { readPayload } = globalThis as unknown as { readPayload(text: string): { ok: boolean } };
        return readPayload(document.querySelector('xxgk-annual-report')!.value).ok;
      });
      expect(isRead).to.equal(true);
      expect(page.complaints).to.deep.equal([]);
    });
  });
}
