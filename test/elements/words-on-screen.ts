/** What a page shows and tells, each text with the language it is said to be in, through shadow roots. */
import { expect } from 'chai';
import { suggestedReasonsZh } from '../../src/checks/reasons-zh.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { rowHelp } from '../../src/format/row-help.ts';
import { CHINESE, withoutOfficialWords } from '../fixtures/official-words.ts';

export interface Words {
  readonly text: string;
  readonly lang: string;
  readonly at: string;
}

const TOLD = ['aria-label', 'title', 'placeholder', 'alt'];

/** Everything below a node that a person sees or hears. */
export function wordsOn(node: Node, lang = '', at = ''): Words[] {
  const found: Words[] = [];
  const add = (text: string, own: string, where: string): void => {
    const words = text.replace(/\s+/g, ' ').trim();
    if (words !== '') found.push({ text: words, lang: own, at: where });
  };
  if (node instanceof Text) {
    add(node.data, lang, at);
    return found;
  }
  if (node instanceof Element) {
    if (node.localName === 'style' || (node as HTMLElement).hidden) return found;
    const own = (node.getAttribute('lang') ?? '') || lang;
    const here = `${at}>${node.localName}${node.className === '' ? '' : `.${String(node.className)}`}`;
    for (const name of TOLD) add(node.getAttribute(name) ?? '', own, `${here}[${name}]`);
    for (const child of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes])
      found.push(...wordsOn(child, own, here));
    return found;
  }
  for (const child of node.childNodes) found.push(...wordsOn(child, lang, at));
  return found;
}

/** Texts that go into a report, and the help of rows: Chinese in a page in English, and marked as such. */
const chinese = new Set<string>();
for (const rule of [
  'S-03',
  'S-06',
  'V-03',
  'V-10',
  'V-12',
  'T2-01',
  'T2-03',
  'T2-05',
  'X-03',
  'Y-01',
  'Y-03',
])
  for (const reason of suggestedReasonsZh(rule)) chinese.add(reason);
for (const format of Object.values(FORMATS))
  for (const cell of format.cells) {
    const help = rowHelp(format.version, cell);
    for (const text of [help?.text, help?.basis]) if (text !== undefined) chinese.add(text);
  }

/** Nothing in Chinese but the words of the form; `given` are texts of the test's own. */
export function expectEnglish(root: Node, ...given: readonly string[]): void {
  const wrong = wordsOn(root, 'en').filter(({ text, lang }) => {
    let left = text;
    for (const one of [...chinese, ...given]) left = left.split(one).join('');
    // In English a sentence may name what it is about; in Chinese there is nothing but such names.
    return CHINESE.test(withoutOfficialWords(left)) || (lang !== 'en' && lang !== 'zh-CN');
  });
  expect(wrong.map(({ text, lang, at }) => `${text} (${lang} ${at})`)).to.deep.equal([]);
}

/** Where a text is said to be English although it is Chinese from end to end, or the other way round. */
export function wronglyMarked(root: Node): string[] {
  const han = /[\u3400-\u9fff]/;
  return wordsOn(root)
    .filter(({ text, lang }) => (lang === 'zh-CN' ? /[A-Za-z]{4}/.test(text) && !han.test(text) : false))
    .map(({ text, at }) => `${text} (${at})`);
}
