/**
 * What of other people is in the files that are shipped: gathered from what the bundler puts into them, held to
 * licences, and listed as CycloneDX.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export interface Component {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The names of the shipped files that contain some of it. */
  readonly files: Set<string>;
}

/** What may be passed on with an MIT project. */
const LICENSES = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

/** Handsontable is licensed to the host: it lies in files of its own (one for bundlers), with its licence beside them. */
const HANDSONTABLE_FILES = ['xxgk-annual-report.handsontable-grid.js', 'handsontable.js'];

/** A source of ours that holds files of a package: Adobe's character maps, under a licence of their own. */
const COPIED = { source: '/src/documents/pdf-cmaps.ts', from: 'pdfjs-dist', license: 'BSD-3-Clause' };

/** One sentence per component that may not be shipped where it is. */
export function licenseProblems(components: readonly Component[]): string[] {
  return components.flatMap(({ name, license, files }) => {
    if (license.split(' AND ').every((one) => LICENSES.includes(one))) return [];
    const places = [...files].filter((file) => name !== 'handsontable' || !HANDSONTABLE_FILES.includes(file));
    return places.length === 0 ? [] : [`${name} (${license}) is in ${places.join(', ')}.`];
  });
}

/** Asked of each bundle as it is made; `fileOf` says which shipped file a chunk ends in. */
export function gathered(
  found: Map<string, Component>,
  fileOf: (environment: string, chunk: string) => string,
): Plugin {
  return {
    name: 'components',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const [, folder] =
            /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(
              id.replace(COPIED.source, `/node_modules/${COPIED.from}/`),
            ) ?? [];
          if (folder === undefined) continue;
          let component = found.get(folder);
          if (component === undefined) {
            const { name, version, license } = JSON.parse(
              readFileSync(join(folder, 'package.json'), 'utf8'),
            ) as Component;
            component = {
              name,
              version,
              license: name === COPIED.from ? `${license} AND ${COPIED.license}` : license,
              files: new Set(),
            };
            found.set(folder, component);
          }
          component.files.add(fileOf(this.environment.name, chunk.fileName));
        }
      }
    },
  };
}

/** `package-lock.json`. */
export interface LockFile {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

interface Described {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** A bill of materials as CycloneDX 1.6, the same for the same build: no time, no serial number. */
export function billOfMaterials(own: Described, components: readonly Component[], lock: LockFile): object {
  const refOf = ({ name, version }: { name: string; version: string }): string =>
    `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const sorted = [...components].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'library',
        'bom-ref': refOf(own),
        name: own.name,
        version: own.version,
        description: own.description,
        licenses: [{ license: { id: own.license } }],
        purl: refOf(own),
      },
    },
    components: sorted.map((component) => {
      const { name, version, license, files } = component;
      const integrity = lock.packages[`node_modules/${name}`]?.integrity ?? '';
      return {
        type: 'library',
        'bom-ref': refOf(component),
        name,
        version,
        licenses: [
          license.includes(' AND ')
            ? { expression: license }
            : { license: LICENSES.includes(license) ? { id: license } : { name: license } },
        ],
        purl: refOf(component),
        ...(integrity.startsWith('sha512-') && {
          hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') }],
        }),
        properties: [...files].sort().map((file) => ({ name: 'xxgk:file', value: file })),
      };
    }),
    dependencies: [{ ref: refOf(own), dependsOn: sorted.map(refOf) }],
  };
}
