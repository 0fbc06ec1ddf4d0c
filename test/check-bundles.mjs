// What is shipped: small enough (sizeBudgets in package.json, gzip bytes, `pageFile` in plain ones), minified, safe in an
// old browser, in any encoding, under a strict policy, and talking to nobody.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { transformSync } from 'esbuild';
import { register } from 'tsx/esm/api';

register();
const { unpackedBytes } = await import('../src/elements/packed-text.ts');

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const read = (/** @type {string} */ name) => readFileSync(join(dist, name), 'utf8');
/** @type {{ sizeBudgets: Record<string, number>, exports: Record<string, unknown>, bin: Record<string, string>, files: string[] }} */
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const CLASSIC = 'xxgk-annual-report.classic.js';
const PROGRAM = 'xxgk-annual-report.classic-program.js';
const FRAME = 'xxgk-annual-report.frame.js';
const PARENT = 'xxgk-annual-report.parent.js';
const SPREADSHEET = 'xxgk-annual-report.handsontable-grid.js';
const PDF = 'xxgk-annual-report.pdf.js';

/** @type {string[]} */
const problems = [];
/** @type {(condition: boolean, problem: string) => void} */
const must = (condition, problem) => {
  if (!condition) problems.push(problem);
};

const STATIC = /(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g;
const STATIC_AND_LATE = /(?:\bfrom|\bimport)\s*\(?\s*["'`](\.[^"'`]+)["'`]/g;

/** The file and all that it imports: statically, which is loaded before anything can be seen, or late as well. */
function reached(
  /** @type {string} */ name,
  /** @type {RegExp} */ imports = STATIC,
  /** @type {Set<string>} */ seen = new Set(),
) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, specifier = ''] of read(name).matchAll(imports))
    reached(join(dirname(name), specifier), imports, seen);
  return seen;
}

/** What the page in one file carries, unpacked: its program, and what is not run before the paint. */
/** @type {Record<string, string>} */
const carried = {};
const page = read('offline.html');
const sitePage = read('site/index.html');
const pageAlone = page.replace(
  /<script type="(application\/gzip|text\/plain)" data-part="(\w+)">(.*?)<\/script>/gs,
  (_all, type, name, text) => {
    if (type === 'application/gzip') carried[name] = gunzipSync(unpackedBytes(text)).toString();
    return '';
  },
);
must(
  Object.keys(carried).join() === 'page,XxgkDocuments,XxgkPdf,XxgkEnglish',
  'offline.html does not carry its program, what reads documents, or the English texts.',
);
for (const name of ['pdfjs-dist', 'htmlparser2', 'lit-html'])
  must(page.includes(`\n## ${name} - `), `offline.html does not carry the licence of ${name}.`);
for (const name of ['README.md', 'README.zh-CN.md'])
  must(
    readFileSync(join(root, name), 'utf8').includes(`${(Buffer.byteLength(page) / 1e6).toFixed(1)} MB`),
    `${name} names another size of offline.html.`,
  );

/** @type {Record<string, string>} */
const budgeted = {
  core: 'core.js',
  elements: 'xxgk-annual-report.js',
  classic: CLASSIC,
  classicProgram: PROGRAM,
  // All that the page in a frame loads at once, the editor included; and all that the page around it does.
  frame: FRAME,
  frameParent: PARENT,
  spreadsheet: SPREADSHEET,
  pdf: PDF,
  pdfCmaps: 'xxgk-annual-report.pdf-cmaps.js',
};
const packedSize = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;
const parentSize = `${Math.round(packedSize(read(PARENT)) / 1000)} KB`;
for (const [name, words] of [
  ['README.md', `(${parentSize} packed)`],
  ['README.zh-CN.md', `压缩后 ${parentSize}）`],
])
  must(
    readFileSync(join(root, /** @type {string} */ (name)), 'utf8').includes(/** @type {string} */ (words)),
    `${name} names another size of ${PARENT}.`,
  );
/** @type {Array<[what: string, name: string, size: number]>} */
const sizes = [
  ...Object.entries(budgeted).map(
    ([what, name]) =>
      /** @type {[string, string, number]} */ ([
        what,
        name,
        [...reached(name)].reduce((sum, file) => sum + packedSize(read(file)), 0),
      ]),
  ),
  [
    'page',
    'offline.html without what it carries beside its program',
    packedSize(pageAlone) + packedSize(carried['page'] ?? ''),
  ],
  ['pageFile', 'offline.html as it is', Buffer.byteLength(page)],
  [
    'site',
    'site/index.html and what it loads at once',
    [...sitePage.matchAll(/\b(?:src|href)="\.\/(release-\w+\/page-[^"]+)"/g)].reduce(
      (sum, [, name = '']) => sum + packedSize(read(`site/${name}`)),
      packedSize(sitePage),
    ),
  ],
];
for (const [what, name, size] of sizes) {
  const budget = packageJson.sizeBudgets[what];
  console.log(`  ${what}: ${name} ${size} of ${budget} bytes`);
  must(
    budget !== undefined && size <= budget,
    `${name} is ${size} bytes, more than its budget of ${budget}.`,
  );
}
for (const what of Object.keys(packageJson.sizeBudgets))
  must(
    sizes.some(([measured]) => measured === what),
    `Budget ${what} measures nothing.`,
  );

for (const entry of ['xxgk-annual-report.js', CLASSIC, PROGRAM, FRAME, PARENT])
  for (const file of reached(entry, STATIC_AND_LATE))
    must(file.startsWith('xxgk-annual-report.'), `${entry} needs ${file}, which a host is not told to copy.`);

/** What a bundler follows from an entry. */
const needsVendor = (/** @type {string} */ name) =>
  [...reached(name, STATIC_AND_LATE)].some((file) => /["'`]handsontable\//.test(read(file)));
must(!needsVendor('define.js'), 'define.js makes a bundler look for handsontable.');
must(needsVendor('handsontable.js'), 'handsontable.js brings no handsontable along.');

/** What the build has to lead past old libraries (.build/own-natives.ts): nothing of it is called by the page's names. */
const TAKEN =
  /__own_|\b(?:Array\.from|Object\.keys)\(|\bnew (?:Map|Set|Event)\b|\bextends Event\b|\.(?:startsWith|reduce)\((?![^()]*\.\.\.)/g;
for (const entry of ['xxgk-annual-report.js', PROGRAM, PARENT])
  for (const file of reached(entry, STATIC_AND_LATE))
    for (const [use] of read(file).matchAll(TAKEN))
      must(false, `${file} calls ${use}, which a page may have replaced.`);

const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
/** What reads PDF is looked at less closely: somebody else's. */
const PDFS = [PDF, 'XxgkPdf'];
/** @type {Array<[name: string, code: string]>} */
const texts = [
  ...scripts.map((name) => /** @type {[string, string]} */ ([name, read(name)])),
  ...Object.entries(carried),
];
for (const [name, code] of texts.filter(([one]) => one !== 'cli.js')) {
  // Found by name, as nothing that is shipped needs one of these words for something else.
  const late =
    /\bObject\.(?:hasOwn|groupBy)\(|\bstructuredClone\(|\.(?:findLast|findLastIndex|toSorted|toReversed|toSpliced)\(|\bcrypto\.(?:randomUUID|subtle)\b|\.at\(-?\d|\bArray\.fromAsync\b|\bPromise\.withResolvers\b|\bAbortSignal\.(?:timeout|any)\b/g;
  must(!/["']node:/.test(code), `${name} needs Node.`);
  // pdf.js brings along what an old browser lacks; test/pages/pdf.test.ts takes it away from a new one.
  for (const [use] of PDFS.includes(name) ? [] : code.matchAll(late))
    must(false, `${name} uses ${use}, which Chromium 90 or plain http lacks.`);
  // Template literals keep their lines; a statement never begins one.
  must(
    // pdf.js has a program for the graphics card in one.
    PDFS.includes(name) || !/^\s+(?:const|let|return|if|for|this\.\w+ =)\b/m.test(code),
    `${name} is not minified.`,
  );
}
/** What a Handsontable licence key looks like: the free one, the old form and the new one. */
const keys = /non-commercial-and-evaluation|\b[0-9a-z]{5}(?:-[0-9a-z]{5}){4}\b|\[eyJ[\w+/=]{16,}/gi;
const keysIn = (/** @type {string} */ text) => [...new Set(text.match(keys))].sort().join();
/** Handsontable compares a key with these itself. */
const vendors = keysIn(readFileSync(join(root, 'node_modules/handsontable/helpers/mixed.mjs'), 'utf8'));
for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(?:js|html|css|json|md|ts|txt)$/.test(path)) continue;
  const found = keysIn(read(path));
  const allowed =
    path === SPREADSHEET || (path.startsWith('site') && path.endsWith(SPREADSHEET)) ? vendors : '';
  must(found === '' || found === allowed, `${path} carries a licence key: ${found}`);
}

for (const [name, code] of [...texts, /** @type {const} */ (['offline.html', pageAlone])]) {
  // Identifiers of languages, not addresses anybody fetches.
  const hosts = [...code.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9.-]+)/gi)].map(([, host = '']) => host);
  const known = ['www.w3.org', 'json-schema.org', 'schemas.openxmlformats.org', 'purl.oclc.org'];
  // Links in the vendor's messages to developers and about licences, which nothing of ours shows.
  if (name === SPREADSHEET) known.push('handsontable.com', 'docs.handsontable.com', 'github.com');
  // Names of XML languages, what the polyfills try their URL on, and notes to developers: a policy lets none of it out.
  if (PDFS.includes(name))
    known.push('a', 'x', 'foo.bar', 'example.com', 'github.com', 'ns.adobe.com', 'www.xfa.org');
  const strange = hosts.filter((host) => !known.includes(host));
  must(strange.length === 0, `${name} names ${strange.join(', ')}.`);
}

for (const name of [CLASSIC, PROGRAM, PARENT]) {
  must(/^[\0-\x7f]*$/.test(read(name)), `${name} is not ASCII.`);
  must(!/^\s*(?:import|export)\b/m.test(read(name)), `${name} is a module.`);
}
must([...reached(PARENT, STATIC_AND_LATE)].join() === PARENT, `${PARENT} loads something.`);
must(
  /<meta name="xxgk-parents" content="" \/>/.test(read('frame.html')),
  'frame.html is not closed to everybody, or has no place for those who may embed it.',
);
must(/default-src 'self';/.test(read('frame.html')), 'frame.html has no policy of its own.');
/** Whether a browser of that age reads the file at all. */
const isReadable = (/** @type {string} */ name, /** @type {3 | 5} */ ecmaVersion) => {
  try {
    parse(read(name), { ecmaVersion });
    return true;
  } catch {
    return false;
  }
};
must(isReadable(CLASSIC, 3) && isReadable(CLASSIC, 5), `${CLASSIC} has syntax that Internet Explorer lacks.`);
must(!isReadable(PROGRAM, 5), `${PROGRAM} needs no script in front of it that any browser can read.`);
// The oldest browsers that the classic script lets in: nothing would have to be written in another way for them.
const oldest = { charset: /** @type {const} */ ('ascii'), target: ['chrome85', 'firefox101', 'safari16.4'] };
must(
  transformSync(read(PROGRAM), oldest).code === transformSync(read(PROGRAM), { charset: 'ascii' }).code,
  `${PROGRAM} has syntax that a browser lacks which it is given to.`,
);

must(!/<(?:script|img|iframe|source)\b[^>]*\ssrc=(?!"data:)/i.test(page), 'offline.html loads something.');
must(!/<link\b[^>]*\shref=(?!"data:)/i.test(page), 'offline.html links something.');
must(/default-src 'none'; script-src 'sha256-/.test(page), 'offline.html has no policy of its own.');

/** @type {(value: unknown) => string[]} */
const paths = (value) => (typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(paths));
for (const path of [...paths(packageJson.exports), ...paths(packageJson.bin)]) {
  must(existsSync(join(root, path)), `package.json names ${path}, which is not built.`);
}

const core = spawnSync(
  process.execPath,
  ['--input-type=module', '-e', `await import(${JSON.stringify(join(dist, 'core.js'))})`],
  {
    encoding: 'utf8',
  },
);
must(core.status === 0, `core.js does not load in Node: ${core.stderr}`);
const cli = spawnSync(process.execPath, [join(dist, 'cli.js'), '--help'], { encoding: 'utf8', cwd: '/' });
must(cli.status === 0 && cli.stdout !== '', `cli.js --help fails: ${cli.stderr}`);

for (const problem of problems) console.log(`  ✗ ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
