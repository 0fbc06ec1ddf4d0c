/**
 * Old libraries put functions of their own in the place of the browser's, and more names on everything. The build leads
 * what is shipped for pages past them, in our files and in those of others: natives-in-page.ts is called instead.
 */

import { fileURLToPath } from 'node:url';
import { parse, type AnyNode, type CallExpression, type Program } from 'acorn';
import type { Plugin } from 'vite';

const OWN = fileURLToPath(new URL('./natives-in-page.ts', import.meta.url));

/** What is called by a name of the page. */
const GLOBALS: Readonly<Record<string, string>> = {
  'Array.from': 'arrayFrom',
  'JSON.stringify': 'stringify',
  'Object.keys': 'keys',
  'Object.values': 'values',
  Document: 'PageDocument',
  Element: 'PageElement',
  Event: 'PageEvent',
  Map: 'PageMap',
  Set: 'PageSet',
};

/** Methods, each with the numbers of arguments for which theirs do something else. */
const METHODS: Readonly<Record<string, readonly number[]>> = {
  entries: [0],
  reduce: [1, 2],
  startsWith: [1, 2],
  endsWith: [1, 2],
};

/** `for (x in y)`. */
const NAMES = 'names';

/** `list?.reduce(f)`. */
const MAYBE = 'maybe';

const CONCERNED = new RegExp(
  `\\bfor\\s*\\([^;()]*\\sin\\s|\\.\\s*(?:${Object.keys(METHODS).join('|')})\\s*\\(`,
);

const placeholder = (own: string): string => `__own_${own}`;

/** For `transform.inject` of the bundler. */
export const INJECTED: Readonly<Record<string, [file: string, own: string]>> = {
  ...Object.fromEntries(Object.entries(GLOBALS).map(([name, own]) => [name, [OWN, own]])),
  ...Object.fromEntries([NAMES, MAYBE, ...Object.keys(METHODS)].map((own) => [placeholder(own), [OWN, own]])),
};

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string';

/** Which of the methods is called, and what its text is between the list and the first argument. */
function calledIn(node: AnyNode, code: string): { own: string; from: number; to: number } | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property, computed, optional } = node.callee;
  if (computed || object.type === 'Super' || property.type !== 'Identifier') return undefined;
  if (!Object.hasOwn(METHODS, property.name)) return undefined;
  if (!METHODS[property.name]!.includes(node.arguments.length)) return undefined;
  return {
    own: placeholder(property.name),
    from: code.lastIndexOf(optional ? '?' : '.', property.start),
    to: code.indexOf('(', property.end) + 1,
  };
}

/** `list.reduce(f)` becomes `__own_reduce(list,f)`, and `for (x in y)` becomes `for (x of __own_names(y))`. */
export function withOwnNatives(code: string, program: Program): string {
  const edits: Edit[] = [];
  const insert = (at: number, text: string): void => void edits.push({ from: at, to: at, text });
  // What stands behind `?.` may not be called at all.
  const behind = new Set<AnyNode>();
  const visit = (node: AnyNode): void => {
    if (node.type === 'ChainExpression') {
      let part: AnyNode = node.expression;
      const called = calledIn(part, code);
      if (called) {
        const { own, from, to } = called;
        insert(node.start, `${placeholder(MAYBE)}(`);
        edits.push({ from, to, text: `,(__it)=>${own}(__it,` });
        insert(node.end, ')');
      }
      for (; part.type === 'CallExpression' || part.type === 'MemberExpression';) {
        behind.add(part);
        part = part.type === 'CallExpression' ? part.callee : part.object;
      }
    }
    if (node.type === 'ForInStatement') {
      const { left, right, body } = node;
      edits.push(
        { from: left.end, to: right.start, text: ` of ${placeholder(NAMES)}(` },
        { from: right.end, to: code.lastIndexOf(')', body.start), text: ')' },
      );
    }
    const called = behind.has(node) ? undefined : calledIn(node, code);
    if (called) {
      const { own, from, to } = called;
      insert(node.start, `${own}(`);
      edits.push({ from, to, text: (node as CallExpression).arguments.length > 0 ? ',' : '' });
    }
    for (const inner of Object.values(node))
      if (Array.isArray(inner)) inner.filter(isNode).forEach(visit);
      else if (isNode(inner)) visit(inner);
  };
  visit(program);
  let text = '';
  let at = 0;
  // Of two that begin at one place the outer one, which was met first, comes first.
  for (const edit of edits.sort((a, b) => a.from - b.from)) {
    text += code.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + code.slice(at);
}

/** In the environments of these names. */
export function ownNatives(environments: readonly string[]): Plugin {
  // Most files are in several bundles.
  const written = new Map<string, string>();
  return {
    name: 'own-natives',
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: ({ name }) => environments.includes(name),
    config: () => ({
      environments: Object.fromEntries(
        environments.map((name) => [
          name,
          {
            build: {
              // pdf.js is large, and takes its time.
              rolldownOptions: { transform: { inject: INJECTED }, checks: { pluginTimings: false } },
            },
          },
        ]),
      ),
    }),
    transform(code, id) {
      if (id === OWN || !CONCERNED.test(code)) return undefined;
      // In its own few lines, which go through the names of exports, the bundler puts in nothing.
      if (id.startsWith('\0rolldown'))
        return {
          code: code.replace(
            /\bfor \((var|let|const) (\w+) in (\w+)\)/g,
            'for ($1 $2 of Object.getOwnPropertyNames($3))',
          ),
          map: null,
        };
      let text = written.get(code);
      if (text === undefined) {
        const program = parse(code, {
          ecmaVersion: 'latest',
          sourceType: 'module',
          allowReturnOutsideFunction: true,
        });
        written.set(code, (text = withOwnNatives(code, program)));
      }
      return { code: text, map: null };
    },
  };
}
