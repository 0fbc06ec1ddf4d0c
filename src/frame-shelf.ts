/** The shelf of drafts that the page around our frame keeps, as the drafts in the frame see it: each call is a message. */
import { DraftFailure } from './drafts/drafts.ts';
import type { DraftShelf, ShelfItem } from './drafts/shelved-drafts.ts';
import { fitsDraft, type MessageOf, type TO_FRAME, type TO_PAGE } from './framing/messages.ts';
import { NO_ANSWER } from './framing/requests.ts';

type ToPage = MessageOf<typeof TO_PAGE>;
type Answer = Extract<MessageOf<typeof TO_FRAME>, { type: 'answer' }>;

/** Of one answer: whoever keeps the shelf. */
const MOST_ITEMS = 2_000;

export interface PageBeyond {
  /** Rejects where the page says no, or nothing. */
  ask(send: (id: number) => ToPage): Promise<Answer>;
  tell(message: ToPage): void;
  onLost(listener: () => void): () => void;
}

/** `whose` is what the page calls the owner of the drafts. */
export function shelfOf(whose: string, page: PageBeyond): DraftShelf {
  const ask = (send: (id: number) => ToPage): Promise<Answer> =>
    page.ask(send).catch((error: Error) => {
      throw new DraftFailure(
        error.message === NO_ANSWER ? 'unsettled' : error.message === 'quota' ? 'quota' : 'storage',
      );
    });
  return {
    // For how long is the page's to say.
    change: async ({ put, remove, note, days: _days, ...guard }) => {
      const lists = { put: put.flat(), remove: remove.flat(), note: note.flat() };
      if (!fitsDraft(...lists.put)) throw new DraftFailure('too-large');
      const { text } = await ask((id) => ({ type: 'change', id, whose, ...guard, ...lists }));
      return text !== 'overtaken';
    },
    list: async (from, to) => {
      const items: ShelfItem[] = [];
      for (let next = from; next <= to && items.length < MOST_ITEMS;) {
        const { list = [] } = await ask((id) => ({ type: 'list', id, whose, from: next, to }));
        const [key, mark = '', text = '', at, noticed] = list;
        // Nothing, or nothing that comes after: the end, whoever answers.
        if (key === undefined || key < next) break;
        items.push({ key, mark, text, at: Number(at), noticed: noticed ? Number(noticed) : null });
        next = `${key}\0`;
      }
      return items;
    },
    notes: async () => {
      const { list = [] } = await ask((id) => ({ type: 'notes', id }));
      const notes = new Map<string, string>();
      for (let index = 0; index + 1 < list.length; index += 2) notes.set(list[index]!, list[index + 1]!);
      return notes;
    },
    words: (key, text) => {
      if (fitsDraft(whose, key, text)) page.tell({ type: 'words', whose, key, text });
    },
    onLost: (listener) => page.onLost(listener),
  };
}
