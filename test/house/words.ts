// The Chinese texts of the sources: those that are told in the language of the page, and those that stand bare.

import { parseSync } from 'vite';
import { read } from './sources.ts';

export interface Told {
  /** The text, with {0} and so on for what is put into it. */
  readonly key: string;
  readonly at: string;
}

export interface Texts {
  readonly told: readonly Told[];
  /** Texts in Chinese outside `t`, `parts` and `zh`. */
  readonly bare: readonly Told[];
}

const TAGS: ReadonlySet<string> = new Set(['t', 'parts', 'zh']);
/** Letters and punctuation, half of an expression included. */
const CHINESE = /[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e“”]/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

export function textsOf(path: string): Texts {
  const source = read(path);
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const told: Told[] = [];
  const bare: Told[] = [];
  const at = (node: Node): string => `${path}:${source.slice(0, node.start).split('\n').length}`;
  const keyOf = (template: Node): string =>
    (template['quasis'] as { value: { cooked: string } }[])
      .map(({ value }, index) => (index === 0 ? '' : `{${index - 1}}`) + value.cooked)
      .join('');
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null || typeof (node as Node).type !== 'string') return;
    const one = node as Node;
    if (one.type === 'TaggedTemplateExpression') {
      const tag = one['tag'] as Node;
      if (tag.type === 'Identifier' && TAGS.has(tag['name'] as string)) {
        const quasi = one['quasi'] as Node;
        told.push({ key: keyOf(quasi), at: at(one) });
        return walk(quasi['expressions']);
      }
    }
    if (one.type === 'TemplateLiteral' && CHINESE.test(keyOf(one)))
      bare.push({ key: keyOf(one), at: at(one) });
    if (one.type === 'Literal' && typeof one['value'] === 'string' && CHINESE.test(one['value']))
      bare.push({ key: one['value'], at: at(one) });
    for (const [member, value] of Object.entries(one)) if (member !== 'type') walk(value);
  };
  walk(program.body);
  return { told, bare };
}
