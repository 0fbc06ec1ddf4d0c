/**
 * What is on screen in English: by the Chinese text, with what is put into it. Labels of the form are put in as they are
 * printed, in Chinese. Loaded where an element has `lang="en"`.
 */
import type { Translation } from '../format/language.ts';
import { CHECKS } from './english-checks.ts';
import { DOCUMENTS } from './english-documents.ts';
import { DRAFTS } from './english-drafts.ts';
import { EDITOR } from './english-editor.ts';
import { OUTBOX } from './english-outbox.ts';
import { WORKPLACE } from './english-workplace.ts';

/** {0} is a value, {0|cell|cells} a word for one or for several of it. */
export type Phrase = string | ((...values: string[]) => string);

export const ENGLISH: Readonly<Record<string, Phrase>> = {
  ...EDITOR,
  ...CHECKS,
  ...DRAFTS,
  ...DOCUMENTS,
  ...WORKPLACE,
  ...OUTBOX,
};

/** What stands between sentences, or between the members of a list. */
const SEPARATORS: Readonly<Record<string, string>> = {
  '': ' ',
  '、': ', ',
  '，': ', ',
  '；': '; ',
  '：': ': ',
};

/** The same in the page that is one file, where this has to be unpacked first. */
export function english(): Promise<Translation> {
  return Promise.resolve(translation);
}

const translation: Translation = (texts, values) => {
  const key = texts.map((text, index) => (index === 0 ? text : `{${index - 1}}${text}`)).join('');
  const phrase = Object.prototype.hasOwnProperty.call(ENGLISH, key) ? ENGLISH[key]! : undefined;
  if (typeof phrase === 'function') return [phrase(...values.map(String))];
  if (phrase !== undefined) return filled(phrase, values);
  const [before, ...between] = texts.slice(0, -1);
  if (before !== '' || texts[texts.length - 1] !== '' || !between.every((text) => text in SEPARATORS))
    return undefined;
  return values.flatMap((value, index) => (index === 0 ? [value] : [SEPARATORS[between[index - 1]!], value]));
};

function filled(phrase: string, values: readonly unknown[]): unknown[] {
  return phrase.split(/(\{\d+(?:\|[^{}|]*\|[^{}|]*)?\})/).map((piece) => {
    const [, index, one, several] = /^\{(\d+)(?:\|(.*)\|(.*))?\}$/.exec(piece) ?? [];
    if (index === undefined) return piece;
    const value = values[Number(index)];
    return one === undefined ? value : String(value) === '1' ? one : several;
  });
}
