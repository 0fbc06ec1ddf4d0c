// `npm start` serves index.html and demo/ from the sources; `npm run build` makes every file that is shipped, in dist/:
//   xxgk-annual-report.js          for a page: one ES module that registers the tags
//   xxgk-annual-report.classic.js  the same for one classic script tag, in pages of any encoding: it tells an old browser
//                                  what to do, and puts xxgk-annual-report.classic-program.js into the page of any other
//   xxgk-annual-report.handsontable-grid.js  the spreadsheet grid, which either of them fetches where there is a key
//   xxgk-annual-report.pdf.js      what reads PDF, fetched with the first one by any of these and by core.js and cli.js;
//                                  xxgk-annual-report.pdf-cmaps.js beside it for the few files that need it
//   xxgk-annual-report.documents.js  the reading of documents, which either of them fetches, and its own worker
//   xxgk-annual-report.english.js  what is on screen in English, which either of them fetches for lang="en"
//   frame.html, xxgk-annual-report.frame.js  our page for somebody else's iframe, over the first one;
//   xxgk-annual-report.parent.js   the classic script for the page around it, ASCII only
//   index.js, define.js            for a bundler: our dependencies are left to it
//   core.js                        everything without a page, self-contained but for PDF
//   cli.js                         the command line, likewise
//   offline.html                   the standalone page in one file, which also opens from a disk, with what reads documents
//                                  and PDF and the English texts packed inside
//   site/                          the standalone page for a web server, and its service worker
//   types/, custom-elements.json, payload.schema.json  what tools can know of all that
//   third-party-licenses.md, sbom.cdx.json  what of other people is in it
//   integrity.json                 a digest of each file

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as bundle, transform } from 'esbuild';
import { defineConfig, runnerImport, type EnvironmentOptions, type Plugin, type Rolldown } from 'vite';
import { classicScript, integrityOf } from './.build/classic-script.ts';
import {
  billOfMaterials,
  gathered,
  licenseProblems,
  type Component,
  type LockFile,
} from './.build/components.ts';
import { customElements } from './.build/custom-elements.ts';
import { ownNatives } from './.build/own-natives.ts';
import { completeSite } from './.build/site.ts';
import packageJson from './package.json' with { type: 'json' };
import { packedText } from './src/elements/packed-text.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** 奇安信 and UOS browsers are Chromium 90. */
const target = 'chrome90';

const EMBED_LATE = 'xxgk-annual-report.';

/** One file for the reading of reports, whoever asks for it: an element, or its drafts. */
const PAGE_GROUPS = [
  // What the page loads at once is one file, whatever the late ones share with it.
  { name: 'page', tags: ['$initial'] },
  {
    // Not as the part that asks for it: one of two files of a name would get another.
    name: 'payload',
    test: /\/(payload\/(read|payload-schema)|format\/guard|checks\/organizations|elements\/reading|zod\/)/,
  },
] satisfies Rolldown.CodeSplittingOptions['groups'];

interface Output {
  readonly input: Record<string, string>;
  readonly format?: 'es' | 'iife';
  /** Under which name a classic script leaves its exports. */
  readonly name?: string;
  readonly external?: readonly string[];
  readonly splits?: boolean;
  /** What the names of its late files begin with. */
  readonly late?: string;
  readonly license?: { readonly fileName: string };
}

/** Application mode with its exports kept, because library mode leaves ES modules unminified. */
function forPages({
  input,
  format = 'es',
  name = 'XxgkAnnualReport',
  external = [],
  splits = false,
  late,
  license,
}: Output): EnvironmentOptions {
  return {
    consumer: 'client',
    ...(format === 'iife' && { define: { 'import.meta.url': 'undefined' } }),
    build: {
      target,
      modulePreload: false,
      ...(license && { license }),
      rolldownOptions: {
        input,
        // A style sheet that is imported as a text is no business of somebody else's bundler.
        external: (id) =>
          !id.endsWith('?inline') && external.some((name) => id === name || id.startsWith(`${name}/`)),
        // The page's own chunk may lend names to what is loaded later, so that nothing more is fetched at first.
        preserveEntrySignatures: late !== undefined ? 'allow-extension' : 'strict',
        output: {
          format,
          ...(format === 'iife' && { name, exports: 'named' }),
          entryFileNames: '[name].js',
          chunkFileNames: late === undefined ? 'chunk-[hash].js' : `${late}[name].js`,
          ...(!splits && { codeSplitting: false }),
          ...(late === EMBED_LATE && {
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: PAGE_GROUPS,
            },
          }),
        },
      },
    },
  };
}

/** A page in GBK reads a classic script as GBK: nothing but ASCII survives that. */
function asciiOnly(): Plugin {
  return {
    name: 'ascii-only',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'classic' || name === 'parent',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          const { code } = await transform(file.code, { charset: 'ascii', minify: true, target });
          // What esbuild leaves as it is: regular expressions and tagged templates, where an escape means the same.
          file.code = code.replace(/(\\*)([^\0-\x7f])/g, (_all, before: string, character: string) => {
            const kept = before.length % 2 === 1 ? before.slice(1) : before;
            return `${kept}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
          });
        }
      },
    },
  };
}

/** Markup and style sheets are indented and explained for people; in a file loaded before the paint that is a kilobyte. */
function withoutIndents(): Plugin {
  return {
    name: 'without-indents',
    apply: 'build',
    enforce: 'pre',
    transform: (code, id) =>
      /\/src\/elements\/.*\.ts$/.test(id)
        ? {
            code: code
              .replace(/\n[ \t]+/g, '\n')
              // The lines stay, for where an error is said to be.
              .replace(/\n\/\*(?:(?!\*\/)[^])*\*\/(?=\n)/g, (comment) => comment.replace(/[^\n]/g, '')),
            map: null,
          }
        : undefined,
  };
}

const CLASSIC = 'xxgk-annual-report.classic.js';
const PROGRAM = 'xxgk-annual-report.classic-program.js';
const SPREADSHEET = 'xxgk-annual-report.handsontable-grid';
const PDF = 'xxgk-annual-report.pdf';
const PDF_LICENSES = 'pdf-licenses.md';

const DOCUMENTS = 'xxgk-annual-report.documents';
const ENGLISH = 'xxgk-annual-report.english';

/**
 * The reading of documents is a file of its own as well: it starts itself a second time as a worker; and so is English,
 * which few need. The page in one file carries them packed.
 */
function fetchedOrCarried(): Plugin {
  const parts = { '/document-worker.ts': DOCUMENTS, '/english.ts': ENGLISH };
  return {
    name: 'fetched-or-carried',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const { name } = this.environment;
      const [, file] = Object.entries(parts).find(([part]) => source.endsWith(part)) ?? [];
      if (file === undefined || !importer?.endsWith('/late-parts.ts')) return undefined;
      if (name === 'client') return CARRIED_PARTS;
      return ['embed', 'classic', 'site'].includes(name) ? { id: `./${file}.js`, external: true } : undefined;
    },
  };
}

/** The page for an iframe loads the editor as every other page does. */
function editorBesideFrame(): Plugin {
  return {
    name: 'editor-beside-frame',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'frame',
    enforce: 'pre',
    resolveId: (source) =>
      source === './define.ts' ? { id: './xxgk-annual-report.js', external: true } : undefined,
    generateBundle() {
      const source = readFileSync(at('src/frame.html'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'frame.html', source });
    },
  };
}

const CARRIED_PARTS = at('src/elements/carried-parts.ts');

/** What the page in one file carries: classic scripts, each under the name it leaves its exports by. */
const CARRIED = ['XxgkDocuments', 'XxgkPdf', 'XxgkEnglish'] as const;

/**
 * Files of their own that share nothing with the others, so that the classic script can fetch them too: the spreadsheet
 * grid, and what reads PDF. The page in one file has no second file to fetch: it stays on the table grid, and carries what
 * reads PDF. A bundler gets an entry that brings the grid along, so that nobody needs Handsontable who does not
 * want it; for PDF it gets the finished file, so that nobody is made to install what pdf.js would draw with.
 */
function apart(): Plugin {
  const parts = [
    {
      from: '/spreadsheet.ts',
      part: '/handsontable-grid.ts',
      file: SPREADSHEET,
      in: ['embed', 'classic', 'site'],
    },
    {
      from: '/pdf-source.ts',
      part: '/pdf-pages.ts',
      file: PDF,
      in: ['documents', 'bundler', 'core', 'cli'],
    },
  ];
  const absent = '\0not-brought-along';
  return {
    name: 'apart',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const found = parts.find(({ from, part }) => source.endsWith(part) && importer?.endsWith(from));
      if (!found) return undefined;
      if (found.file === PDF && this.environment.name === 'XxgkDocuments') return CARRIED_PARTS;
      return found.in.includes(this.environment.name) ? { id: `./${found.file}.js`, external: true } : absent;
    },
    load: (id) => (id === absent ? "throw new Error('This part was not brought along.');" : undefined),
  };
}

/**
 * pdf.js asks whether it runs in Node in order to load a canvas of 33 MB, which nothing here draws on. The one file is
 * for pages and for Node.
 */
function pdfWithoutCanvas(): Plugin {
  return {
    name: 'pdf-without-canvas',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'pdf' || name === 'XxgkPdf',
    transform(code, id) {
      if (!/\/pdfjs-dist\/.*\/pdf\.mjs$/.test(id)) return undefined;
      const without = code.replace(/\bconst isNodeJS = [^;]*;/, 'const isNodeJS = false;');
      if (without === code) throw new Error(`${id} does not ask for Node where it did.`);
      return { code: without, map: null };
    },
  };
}

/**
 * Without Vite's wrapper around `import()`: it looks for style sheets to load first, which no part of ours has, and
 * asks for the address of the module, which a classic script does not have.
 */
function plainLateImports(): Plugin {
  return {
    name: 'plain-late-imports',
    apply: 'build',
    enforce: 'pre',
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined,
  };
}

const OFFLINE = 'offline.html';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What runs the program that the page in one file carries. The end tag would end the script wherever it stands. */
async function unpackingScript(): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [at('src/offline.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    target,
  });
  return outputFiles[0]!.text.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

/**
 * Puts script and style into the page itself, packed: a module in a file of its own does not load from a disk. The policy in
 * the page then names them by their digest, and lets nothing else run. What else is carried comes behind
 * the program, which does not wait for it. A worker has no digest to be named by: it may come from the page's own memory, where
 * only these scripts can have put it, and is under the same policy.
 */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const unpacks = await unpackingScript();
        const page = bundle['index.html'] as Rolldown.OutputAsset;
        const scripts: string[] = [];
        const styles: string[] = [];
        const take = (name: string): string => {
          const file = bundle[name];
          if (!file) throw new Error(`index.html refers to ${name}, which the build did not make.`);
          delete bundle[name];
          return file.type === 'chunk' ? file.code : String(file.source);
        };
        let html = String(page.source);
        let behind = '';
        const carry = (name: string, code: string): void => {
          scripts.push(hash(code));
          const packed = packedText(gzipSync(code, { level: 9 }));
          behind += `<script type="application/gzip" data-part="${name}">${packed}</script>\n`;
        };
        html = html.replace(/<script\b[^>]*\bsrc="\.\/([^"]+)"[^>]*><\/script>\s*/g, (_tag, name: string) => {
          const module = take(name).trim();
          if (/\bimport\.meta\b|^(?:import|export)\b/m.test(module))
            throw new Error(`${name} needs a module.`);
          carry('page', `(()=>{"use strict";${module}})()`);
          scripts.push(hash(unpacks));
          behind += `<script>${unpacks}</script>\n`;
          return '';
        });
        for (const name of CARRIED) {
          const file = at(`dist/${name}.js`);
          carry(name, readFileSync(file, 'utf8'));
          rmSync(file);
        }
        // Whoever hands this file on hands on their licences.
        const licences = ['third-party-licenses.md', 'third-party-licenses.documents.md'];
        const texts = licences.map((name) => readFileSync(at(`dist/${name}`), 'utf8')).join('\n');
        if (/<(?:\/script|!--)/i.test(texts)) throw new Error('A licence would end the element it is in.');
        behind += `<script type="text/plain" data-part="licences">\n${texts}</script>\n`;
        html = html.replace('</body>', () => `${behind}</body>`);
        html = html.replace(
          /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="\.\/([^"]+)"[^>]*>/g,
          (_tag, name: string) => {
            const code = take(name).trim();
            styles.push(hash(code));
            return `<style>${code}</style>`;
          },
        );
        const left = Object.keys(bundle).filter((name) => name !== 'index.html' && !name.endsWith('.md'));
        if (left.length > 0) throw new Error(`Not in the one file: ${left.join(', ')}`);

        const own: Record<string, string> = {
          'default-src': "'none'",
          'script-src': scripts.join(' '),
          'worker-src': 'blob:',
          'style-src': styles.join(' ') || "'none'",
          // A finished report goes where its user says, and only then.
          'connect-src': 'http: https:',
        };
        html = html.replace(
          /(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)"/,
          (_meta, start: string, policy: string) => {
            const directives = policy
              .split(';')
              .map((directive) => directive.trim())
              .filter((directive) => directive !== '' && own[directive.split(' ')[0]!] === undefined);
            const all = [...Object.entries(own).map((entry) => entry.join(' ')), ...directives];
            return `${start}${all.join('; ')}"`;
          },
        );
        page.source = html;
        page.fileName = OFFLINE;
      },
    },
  };
}

/** While developing, a demo page that embeds the built file gets the sources instead. */
function sourcesForBuilt(): Plugin {
  return {
    name: 'sources-for-built',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = request.url?.split('?')[0];
        if (path === '/dist/frame.html') {
          response.setHeader('Content-Type', 'text/html; charset=utf-8');
          response.end(readFileSync(at('src/frame.html')));
          return;
        }
        const frames: Record<string, string> = { frame: 'frame', parent: 'frame-parent' };
        const frame = frames[/^\/dist\/xxgk-annual-report\.(\w+)\.js$/.exec(path ?? '')?.[1] ?? ''];
        if (frame !== undefined) {
          response.setHeader('Content-Type', 'text/javascript');
          response.end(`import('/src/${frame}.ts').then((all) => (globalThis.XxgkFrame = all));`);
          return;
        }
        const isModule = path === '/dist/xxgk-annual-report.js';
        const isClassic = path === '/dist/xxgk-annual-report.classic.js' && !existsSync(at(`.${path}`));
        if (!isModule && !isClassic) return next();
        response.setHeader('Content-Type', 'text/javascript');
        response.end(isModule ? "export * from '/src/define.ts';" : "import('/src/define.ts');");
      });
    },
  };
}

const dependencies = Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies });

const shipped: Record<string, EnvironmentOptions> = {
  client: {
    define: { 'import.meta.url': 'undefined', 'import.meta.env.SITE': 'false' },
    build: {
      rolldownOptions: { input: at('index.html'), output: { codeSplitting: false } },
    },
  },
  site: {
    consumer: 'client',
    define: { 'import.meta.env.SITE': 'true' },
    build: {
      outDir: 'dist/site',
      rolldownOptions: {
        input: at('index.html'),
        output: {
          entryFileNames: 'page-main.js',
          chunkFileNames: 'page.[name].js',
          assetFileNames: 'page-main[extname]',
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: PAGE_GROUPS,
          },
        },
      },
    },
  },
  serviceWorker: forPages({ input: { 'service-worker': at('src/service-worker.ts') } }),
  embed: forPages({
    input: { 'xxgk-annual-report': at('src/define.ts') },
    splits: true,
    late: EMBED_LATE,
    license: { fileName: 'third-party-licenses.md' },
  }),
  spreadsheet: forPages({ input: { [SPREADSHEET]: at('src/elements/grid/handsontable-grid.ts') } }),
  pdf: {
    consumer: 'client',
    build: {
      target,
      modulePreload: false,
      license: { fileName: PDF_LICENSES },
      rolldownOptions: {
        input: { [PDF]: at('src/documents/pdf-pages.ts') },
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'xxgk-annual-report.[name].js',
        },
      },
    },
  },
  documents: forPages({
    input: { [DOCUMENTS]: at('src/elements/document-worker.ts') },
    splits: true,
    late: `${DOCUMENTS}-`,
    license: { fileName: 'third-party-licenses.documents.md' },
  }),
  classic: forPages({ input: { [PROGRAM.replace(/\.js$/, '')]: at('src/define.ts') }, format: 'iife' }),
  frame: forPages({ input: { 'xxgk-annual-report.frame': at('src/frame.ts') } }),
  parent: forPages({
    input: { 'xxgk-annual-report.parent': at('src/frame-parent.ts') },
    format: 'iife',
    name: 'XxgkFrame',
  }),
  XxgkDocuments: forPages({
    input: { XxgkDocuments: at('src/elements/document-worker.ts') },
    format: 'iife',
    name: 'XxgkDocuments',
  }),
  english: forPages({ input: { [ENGLISH]: at('src/elements/english.ts') } }),
  XxgkEnglish: forPages({
    input: { XxgkEnglish: at('src/elements/english.ts') },
    format: 'iife',
    name: 'XxgkEnglish',
  }),
  XxgkPdf: forPages({
    input: { XxgkPdf: at('src/documents/pdf-pages.ts') },
    format: 'iife',
    name: 'XxgkPdf',
  }),
  bundler: forPages({
    input: {
      index: at('src/index.ts'),
      define: at('src/define.ts'),
      handsontable: at('src/handsontable.ts'),
    },
    external: dependencies,
    splits: true,
  }),
  // Whoever only checks figures, on a server or in a page, loads none of what reads documents.
  core: forPages({ input: { core: at('src/core.ts') }, splits: true, late: 'core.' }),
  cli: {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      target: 'node20',
      minify: true,
      ssr: true,
      rolldownOptions: {
        input: { cli: at('src/cli.ts') },
        output: { format: 'es', entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  },
};

const components = new Map<string, Component>();

/** What the page in one file carries is in no file of its own. */
function shippedFile(environment: string, chunk: string): string {
  if (environment === 'client' || CARRIED.some((name) => name === environment)) return OFFLINE;
  // In a folder that is named by what is in it.
  if (environment === 'site') return `site/release/${chunk}`;
  return environment === 'serviceWorker' ? `site/${chunk}` : chunk;
}

/** In the order of their names, with `/`. */
function filesOfDist(): string[] {
  return readdirSync(at('dist'), { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(at(`dist/${path}`)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

const writeJson = (path: string, content: object): void =>
  writeFileSync(at(path), `${JSON.stringify(content, null, 2)}\n`);

export default defineConfig(({ command }) => ({
  base: './',
  publicDir: false,
  // Firefox of the day and Chromium of 2021 get the same files.
  build: {
    target,
    emptyOutDir: false,
    modulePreload: false,
    reportCompressedSize: false,
    // Sizes are held by budgets.
    chunkSizeWarningLimit: 2_000,
    assetsInlineLimit: 1e8,
  },
  optimizeDeps: { entries: ['index.html', 'demo/*.html'] },
  plugins: [
    withoutIndents(),
    plainLateImports(),
    apart(),
    fetchedOrCarried(),
    pdfWithoutCanvas(),
    asciiOnly(),
    editorBesideFrame(),
    ownNatives(['embed', 'spreadsheet', 'documents', 'english', 'pdf', 'classic', 'bundler', 'parent']),
    gathered(components, shippedFile),
    oneFile(),
    sourcesForBuilt(),
  ],
  // The development server needs the page only, and would look through the dependencies of each.
  environments: command === 'build' ? shipped : {},
  builder: {
    // What one bundle is made of is known when all are.
    sharedConfigBuild: true,
    sharedPlugins: true,
    async buildApp(builder) {
      rmSync(at('dist'), { recursive: true, force: true });
      for (const name of [
        'embed',
        'spreadsheet',
        'documents',
        'english',
        'pdf',
        'classic',
        'frame',
        'parent',
        'bundler',
        'core',
        'cli',
        ...CARRIED,
      ])
        await builder.build(builder.environments[name]!);
      writeFileSync(
        at(`dist/${CLASSIC}`),
        await classicScript(
          readFileSync(at('src/classic.ts'), 'utf8'),
          PROGRAM,
          readFileSync(at(`dist/${PROGRAM}`), 'utf8'),
        ),
      );
      // One file for all licences; pdf.js takes its maps of Chinese characters from Adobe.
      appendFileSync(
        at('dist/third-party-licenses.md'),
        [
          readFileSync(at(`dist/${PDF_LICENSES}`), 'utf8').replace(/^# .*\n/, ''),
          '## Character maps of Adobe, in pdfjs-dist (BSD-3-Clause)\n',
          readFileSync(at('node_modules/pdfjs-dist/cmaps/LICENSE'), 'utf8'),
        ].join('\n'),
      );
      rmSync(at(`dist/${PDF_LICENSES}`));
      // Handsontable may be passed on with its licence beside it.
      mkdirSync(at('dist/handsontable-licence'));
      for (const name of ['LICENSE.txt', 'handsontable-non-commercial-license.pdf'])
        copyFileSync(at(`node_modules/handsontable/${name}`), at(`dist/handsontable-licence/${name}`));
      chmodSync(at('dist/cli.js'), 0o755);
      const { module } = await runnerImport<{ payloadJsonSchema(): object }>(
        at('src/payload/json-schema.ts'),
      );
      writeJson('dist/payload.schema.json', module.payloadJsonSchema());
      writeJson('dist/custom-elements.json', customElements(at('.')));
      execFileSync(process.execPath, [
        at('node_modules/typescript/bin/tsc'),
        ...['-p', at('tsconfig.json'), '--outDir', at('dist/types'), '--rootDir', at('src')],
        ...['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'],
      ]);
      await builder.build(builder.environments['client']!);
      await builder.build(builder.environments['site']!);
      await builder.build(builder.environments['serviceWorker']!);
      completeSite(at('dist'), [DOCUMENTS, ENGLISH, PDF, SPREADSHEET]);

      const problems = licenseProblems([...components.values()]);
      if (problems.length > 0) throw new Error(problems.join('\n'));
      const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')) as LockFile;
      writeJson('dist/sbom.cdx.json', billOfMaterials(packageJson, [...components.values()], lock));
      // Last, because it names all others, and because tests take its time for the time of the whole build.
      writeJson('dist/integrity.json', {
        version: packageJson.version,
        files: Object.fromEntries(
          filesOfDist().map((path) => [path, integrityOf(readFileSync(at(`dist/${path}`)))]),
        ),
      });
    },
  },
}));
