/**
 * `custom-elements.json`: what an editor of HTML and a framework can know of our elements, taken from the classes and
 * their comments. Only what is for a host is listed; test/pages/custom-elements.test.ts compares it with the classes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, litPlugin, ts } from '@custom-elements-manifest/analyzer/src/browser-entrypoint.js';

/** Beside the properties that are attributes; everything else that is public is for our own rooms. */
const FOR_HOSTS = [
  ...['value', 'previous', 'payload', 'check', 'submit', 'acknowledge', 'newReport'],
  ...['importDocument', 'openReport', 'openPrevious', 'downloadBackup', 'exportReport', 'print'],
  ...['focus', 'gridInUse'],
  ...['form', 'type', 'validity', 'validationMessage', 'willValidate', 'checkValidity', 'reportValidity'],
];

const BASE = 'src/elements/report-form-element.ts';
const SOURCES = [
  BASE,
  ...['report-table', 'findings', 'annual-report'].map((name) => `src/elements/${name}.ts`),
];

interface Item {
  readonly name?: string;
  readonly kind?: string;
  readonly privacy?: string;
  readonly static?: boolean;
  readonly attribute?: string;
  readonly fieldName?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  readonly inheritedFrom?: unknown;
}

interface Declaration extends Item {
  readonly name: string;
  readonly summary?: string;
  readonly members?: readonly Item[];
  readonly attributes?: readonly Item[];
  readonly events?: readonly Item[];
  readonly slots?: readonly Item[];
  readonly cssParts?: readonly Item[];
  readonly cssProperties?: readonly Item[];
}

interface Manifest {
  readonly modules: ReadonlyArray<{ readonly path: string; readonly declarations: readonly Declaration[] }>;
}

/** The manifest as an object, schema version 1.0.0 of custom-elements-manifest; `root` is the folder of the project. */
export function customElements(root: string): object {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const manifest = create({
    modules: SOURCES.map((path) => ts.createSourceFile(path, read(path), ts.ScriptTarget.ES2022, true)),
    plugins: litPlugin(),
  }) as Manifest;

  const tags = pairs(read('src/define.ts'), /\['(xxgk-[a-z-]+)', (\w+)\]/g);
  const events = pairs(read('src/elements/events.ts'), /^ {4}'([a-z-]+)': (\w+);$/gm);
  const [, versions = ''] = /export type FormatVersion = ([^;]+);/.exec(read('src/format/format.ts')) ?? [];

  const described = [...tags].map(([tagName, className]) => {
    const module = manifest.modules.find(({ declarations }) =>
      declarations.some(({ name }) => name === className),
    );
    const found = module?.declarations.find(({ name }) => name === className);
    if (module === undefined || found === undefined) throw new Error(`There is no class ${className}.`);
    // What lit calls a state: no attribute of that name is read.
    const states = pairs(
      read(module.path) + read(BASE),
      /^ {4}(\w+): (\{ (?:state: true|attribute: false) \}),$/gm,
    );
    const cleaned = (items: readonly Item[] = []): Item[] =>
      // In which of our classes something is written is nobody's business.
      items.map(({ inheritedFrom: _class, privacy: _privacy, ...item }) => ({
        ...item,
        ...(item.type && { type: { text: item.type.text.replace('FormatVersion', versions) } }),
      }));
    const isPublic = ({ name = '', privacy, fieldName }: Item): boolean =>
      privacy !== 'private' && privacy !== 'protected' && !states.has(fieldName ?? name);
    const isForHosts = (member: Item): boolean =>
      isPublic(member) &&
      member.static !== true &&
      (member.attribute !== undefined || FOR_HOSTS.includes(member.name ?? ''));
    return {
      kind: 'class',
      customElement: true,
      tagName,
      name: className,
      summary: found.summary,
      superclass: { name: 'LitElement', package: 'lit' },
      attributes: cleaned(found.attributes?.filter(isPublic)),
      members: cleaned(found.members?.filter(isForHosts)),
      // The analyser also finds each `dispatchEvent`, and names the event by an argument.
      events: cleaned(found.events?.filter(({ description }) => description !== undefined)).map((event) => ({
        ...event,
        type: { text: events.get(event.name ?? '') ?? 'Event' },
      })),
      slots: cleaned(found.slots),
      cssParts: cleaned(found.cssParts),
      cssProperties: cleaned(found.cssProperties),
    };
  });

  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [
      {
        kind: 'javascript-module',
        path: 'dist/index.js',
        declarations: described,
        exports: described.map(({ name }) => ({
          kind: 'js',
          name,
          declaration: { name, module: 'dist/index.js' },
        })),
      },
      {
        kind: 'javascript-module',
        path: 'dist/define.js',
        exports: described.map(({ tagName, name }) => ({
          kind: 'custom-element-definition',
          name: tagName,
          declaration: { name, module: 'dist/index.js' },
        })),
      },
    ],
  };
}

function pairs(text: string, pattern: RegExp): Map<string, string> {
  const found = Array.from(text.matchAll(pattern), ([, one = '', other = '']): [string, string] => [
    one,
    other,
  ]);
  if (found.length === 0) throw new Error(`Nothing looks like ${pattern}.`);
  return new Map(found);
}
