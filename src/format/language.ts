/**
 * The language in which sentences are told. Their source is Chinese, and stands where they are told: t`共 ${n} 格`. Another
 * language is a translation by that text, 共 {0} 格, and put in force for a whole page. Knows no translation itself.
 */

/** The pieces of a sentence, values among them as they came; undefined where the text is not known. */
export type Translation = (
  texts: readonly string[],
  values: readonly unknown[],
) => readonly unknown[] | undefined;

/** Sentences that can be told again; more than a page shows at a time. */
const REMEMBERED = 3_000;

let translation: Translation | undefined;
const memory = new Map<string, readonly [texts: readonly string[], values: readonly unknown[]]>();
const listeners = new Set<() => void>();

/** A sentence in the language in force. */
export function t(texts: readonly string[], ...values: readonly unknown[]): string {
  const sentence = parts(texts, ...values).join('');
  memory.delete(sentence);
  memory.set(sentence, [texts, values]);
  if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value!);
  return sentence;
}

/** The same in pieces, for values that are no text. */
export function parts(texts: readonly string[], ...values: readonly unknown[]): readonly unknown[] {
  return (
    translation?.(texts, values) ??
    texts.flatMap((text, index) => (index === 0 ? text : [values[index - 1], text]))
  );
}

/** A text of a list, to be told where it is shown. */
export function zh([text]: readonly string[]): string {
  return text!;
}

/** A text of a list, or a sentence that was told before and kept, in the language that is in force now. */
export function told(text: string): string {
  const [texts, values] = memory.get(text) ?? [[text], []];
  return t(
    texts,
    ...values.map((value) => (typeof value === 'string' && value !== text ? told(value) : value)),
  );
}

/** Texts one after another, sentences (separator '') or the members of a list; '' counts for nothing. */
export function joined(texts: readonly string[], separator: '' | '、' | '，' | '；' | '：'): string {
  const [first = '', ...more] = texts.filter((text) => text !== '');
  return more.length === 0 ? first : t(['', ...more.map(() => separator), ''], first, ...more);
}

/** For what is kept or handed on and stays Chinese, whatever is on screen. */
export function inChinese<Made>(make: () => Made): Made {
  const before = translation;
  translation = undefined;
  try {
    return make();
  } finally {
    translation = before;
  }
}

export function languageInForce(): 'zh-CN' | 'en' {
  return translation === undefined ? 'zh-CN' : 'en';
}

/** Undefined for Chinese. Everything that was told is to be told again. */
export function putInForce(other: Translation | undefined): void {
  if (other === translation) return;
  translation = other;
  for (const listener of [...listeners]) listener();
}

/** Returns a function that ends the subscription. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
