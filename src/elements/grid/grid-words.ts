/**
 * The few words of a grid's own. Its owner tells them in the language of the page: a grid that is loaded as a file of its
 * own has this module for itself.
 */
import type { Tell } from './grid-port.ts';

let tell: Tell = (texts, ...values) =>
  texts.map((text, index) => `${text}${String(values[index] ?? '')}`).join('');

export const t: Tell = (texts, ...values) => tell(texts, ...values);

export function tellBy(owner: Tell | undefined): void {
  tell = owner ?? tell;
}
