// The rooms of src/ and who may import whom: format → checks → report → payload → drafts | outbox | documents | roll-up → elements;
// and framing, beside all of them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { filesUnder, importsOf, read, ROOT } from './sources.ts';

const core = ['format', 'checks', 'report', 'payload'];
const beside = ['drafts', 'outbox', 'documents', 'roll-up'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(core.map((room, index) => [room, core.slice(0, index)])),
  ...Object.fromEntries(beside.map((room) => [room, core])),
  elements: [...core, ...beside],
  // Half of it is for a page that has nothing of ours.
  framing: [],
  workplace: [...core, ...beside, 'elements'],
  'core.ts': [...core, 'documents', 'roll-up'],
  'cli.ts': [...core, 'documents', 'roll-up', 'core.ts'],
  'classic.ts': [],
  'index.ts': [...core, ...beside, 'elements', 'core.ts'],
  'define.ts': [...core, ...beside, 'elements', 'core.ts', 'index.ts'],
  'handsontable.ts': ['elements'],
  'frame-parent.ts': ['framing'],
  'frame-shelf.ts': ['drafts', 'framing'],
  'frame.ts': [...core, ...beside, 'elements', 'framing', 'define.ts', 'frame-shelf.ts'],
  'samples.ts': [],
  'standalone.ts': ['workplace', 'define.ts', 'samples.ts'],
  'service-worker.ts': [],
  'offline.ts': ['elements'],
};

/** The rooms that know a package; `grid` is a room within elements. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '@noble/hashes': ['src/format/'],
  zod: ['src/payload/'],
  idb: ['src/drafts/', 'src/outbox/', 'src/workplace/'],
  fflate: ['src/documents/'],
  htmlparser2: ['src/documents/'],
  'pdfjs-dist': ['src/documents/'],
  lit: ['src/elements/', 'src/workplace/'],
  handsontable: ['src/elements/grid/'],
};

const sources = filesUnder('src', '.ts');
const imports = sources.flatMap(importsOf);
const ownImports = imports.filter(({ isOwn }) => isOwn);
const foreignImports = imports.filter(({ isOwn }) => !isOwn);

/** The folder, or for an entry its file name. */
const roomOf = (path: string): string => path.split('/')[1] ?? '';
const packageOf = (name: string): string => name.split('/', name.startsWith('@') ? 2 : 1).join('/');
const arrow = ({ from, to }: { from: string; to: string }): string => `${from} → ${to}`;

describe('rooms', () => {
  it('are the ones that are known', () => {
    const unknown = new Set(sources.map(roomOf).filter((room) => !(room in mayImport)));
    assert.deepEqual([...unknown], []);
  });

  it('import only from the rooms before them', () => {
    const wrong = ownImports.filter(({ from, to }) => {
      // The standalone page alone carries the samples.
      if (to.startsWith('demo/samples/')) return roomOf(from) !== 'samples.ts';
      if (!to.startsWith('src/')) return true;
      return roomOf(from) !== roomOf(to) && !mayImport[roomOf(from)]?.includes(roomOf(to));
    });
    assert.deepEqual(wrong.map(arrow), []);
  });

  it('let a grid know no more of the report than the types of its cells', () => {
    const wrong = ownImports.filter(
      ({ from, to, typesOnly }) =>
        from.startsWith('src/elements/grid/') &&
        !to.startsWith('src/elements/grid/') &&
        !(to.startsWith('src/format/') && typesOnly),
    );
    assert.deepEqual(wrong.map(arrow), []);
  });

  it('import files that are there, by their full name', () => {
    const wrong = ownImports.filter(({ to }) => !/\.(ts|json)$/.test(to) || !existsSync(resolve(ROOT, to)));
    assert.deepEqual(wrong.map(arrow), []);
  });

  it('import in no circle', () => {
    const next = new Map<string, string[]>();
    // Types vanish before anything is loaded.
    for (const { from, to, typesOnly } of ownImports)
      if (!typesOnly) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, way: string[]): void => {
      if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
      if (done.has(path) || way.includes(path)) return;
      for (const to of next.get(path) ?? []) walk(to, [...way, path]);
      done.add(path);
    };
    for (const path of sources) walk(path, []);
    assert.deepEqual(circles, []);
  });

  it('import each package where it belongs', () => {
    const wrong = foreignImports.filter(({ from, to }) => {
      if (to.startsWith('node:')) return false;
      return !packages[packageOf(to)]?.some((home) => from.startsWith(home));
    });
    assert.deepEqual(wrong.map(arrow), []);
  });

  it("leave Node's own modules to the command line", () => {
    const wrong = foreignImports.filter(
      ({ from, to }) => (to.startsWith('node:') || builtinModules.includes(to)) && from !== 'src/cli.ts',
    );
    assert.deepEqual(wrong.map(arrow), []);
    const unprefixed = foreignImports.filter(
      ({ to }) => builtinModules.includes(to) && !to.startsWith('node:'),
    );
    assert.deepEqual(unprefixed.map(arrow), []);
  });

  it('that run without a page compile without one', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        resolve(ROOT, 'node_modules/typescript/bin/tsc'),
        '-p',
        resolve(ROOT, 'test/house/core.tsconfig.json'),
      ],
      { encoding: 'utf8', cwd: ROOT },
    );
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });
});

describe('the house', () => {
  it('has no index file in a room', () => {
    assert.deepEqual(
      sources.filter((path) => /^src\/.+\/index\.ts$/.test(path)),
      [],
    );
  });

  it('has no drawer for odds and ends', () => {
    const drawer = /(^|\/)(utils?|helpers?|shared|common|misc|lib)(\/|\.[^/]*$)/;
    assert.deepEqual(
      [...filesUnder('src'), ...filesUnder('test')].filter((path) => drawer.test(path)),
      [],
    );
  });

  it('names files in kebab case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.ts$/;
    assert.deepEqual(
      sources.filter((path) => !kebab.test(path.split('/').at(-1)!)),
      [],
    );
  });

  it('has a README under twenty lines in every room', () => {
    const rooms = readdirSync(resolve(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const wrong = rooms.flatMap(({ name }) => {
      const path = `src/${name}/README.md`;
      if (!existsSync(resolve(ROOT, path))) return [`${path} is missing`];
      const lines = read(path).trimEnd().split('\n').length;
      return lines < 20 ? [] : [`${path} has ${lines} lines`];
    });
    assert.deepEqual(wrong, []);
  });

  it('says at the top of every file what it is', () => {
    const silent = sources.filter((path) => !/^(?:#!.*\n)?\s*(?:\/\*\*?|\/\/)\s*\S?/.test(read(path)));
    assert.deepEqual(silent, []);
  });

  it('leaves no note to itself in the sources', () => {
    const notes = sources.filter((path) => /\b(TODO|FIXME|XXX|HACK)\b/.test(read(path)));
    assert.deepEqual(notes, []);
  });
});
