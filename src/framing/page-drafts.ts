/**
 * The drafts that a page keeps for its frame: each question of the frame about its shelf, and the last words of a frame that
 * cannot write any more. Knows neither window nor iframe.
 */
import type { MessageOf, TO_FRAME, TO_PAGE } from './messages.ts';
import { changeShelf, nextOnShelf, notesOf } from './page-shelf.ts';

type FromFrame = MessageOf<typeof TO_PAGE>;
type From<T extends FromFrame['type']> = Extract<FromFrame, { type: T }>;

/** How long after the page was asked whether it may be left it may still go, in milliseconds. */
const LEAVING = 3_000;

export interface DraftKeeper {
  /** The page has named this owner: the frame may ask for what is theirs. It has no say in that itself. */
  name(whose: string): void;
  answer(
    question: From<'change' | 'list' | 'notes'>,
  ): Promise<Extract<MessageOf<typeof TO_FRAME>, { type: 'answer' }>>;
  hear(words: From<'words'>): void;
  /** The page goes away, or may: what is not written down yet is, in this task. */
  leave(): void;
}

/** `days`: for how long what is put there is kept; 0: until the tab is closed. */
export function createKeeper(origin: string, days: () => number): DraftKeeper {
  const owners = new Set<string>();
  let words: From<'words'> | undefined;
  let wordsLie = false;
  let leftAt = -LEAVING;

  /** What lies there is kept up to date. */
  function putWords(): void {
    if (!words || !owners.has(words.whose) || (words.text === '' && !wordsLie)) return;
    const { whose, key, text } = words;
    wordsLie = text !== '';
    const put = wordsLie ? [key, '', text] : [];
    const remove = wordsLie ? [] : [key, key];
    changeShelf(origin, whose, { put, remove, days: days(), note: [], atOnce: true }).catch(() => undefined);
  }

  return {
    name: (whose) => owners.add(whose),
    async answer(question) {
      let list: string[] = [];
      let text = '';
      let ok = true;
      try {
        if (question.type === 'notes') list = notesOf(origin);
        else if (!owners.has(question.whose)) throw question;
        else if (question.type === 'list')
          list = await nextOnShelf(origin, question.whose, question.from, question.to);
        else if (!(await changeShelf(origin, question.whose, { ...question, days: days() })))
          text = 'overtaken';
      } catch (error) {
        ok = false;
        // A transaction that this side gave up has no error of its own.
        text = error === null || (error as Error).name === 'QuotaExceededError' ? 'quota' : 'storage';
      }
      return { type: 'answer', id: question.id, ok, text, list };
    },
    hear(said) {
      words = said;
      // The frame's last is on its way still.
      if (wordsLie || performance.now() - leftAt < LEAVING) putWords();
    },
    leave() {
      leftAt = performance.now();
      putWords();
    },
  };
}
