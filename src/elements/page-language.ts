/**
 * The language that a page of ours is in: that of the last `lang` that one of its elements was given, Chinese unless that
 * is English. The `lang` of the page around is not asked: templates often carry one by carelessness.
 */
import type { LitElement } from 'lit';
import { languageInForce, onLanguage, putInForce } from '../format/language.ts';
import { lateParts } from './late-parts.ts';

let chosen: Promise<void> = Promise.resolve();
let choices = 0;

/** Chinese stays until the other language is loaded, and where it cannot be; the next choice tries again. */
export function chooseLanguage(lang: string | null): void {
  const choice = (choices += 1);
  if (/^en\b/i.test(lang ?? ''))
    chosen = lateParts
      .english()
      .then(({ english }) => english())
      .then(
        (translation) => {
          if (choice === choices) putInForce(translation);
        },
        () => undefined,
      );
  else putInForce(undefined);
}

/** Settled when the language chosen last is in force, or cannot be. */
export function languageChosen(): Promise<void> {
  return chosen;
}

/** Has an element told anew when the language changes, and what it draws in say which one that is. */
export function speaksLanguage(element: LitElement, retell: () => void): void {
  let forget: (() => void) | undefined;
  let spoken = languageInForce();
  const speak = (): void => {
    if (spoken === languageInForce()) return;
    spoken = languageInForce();
    retell();
  };
  element.addController({
    hostConnected() {
      forget = onLanguage(speak);
      // It may have changed while the element was away.
      speak();
    },
    hostDisconnected() {
      forget?.();
    },
    hostUpdated() {
      (element.renderRoot as HTMLElement).lang = languageInForce();
    },
  });
}
