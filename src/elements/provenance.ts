/** Where the imported cells of a report came from, for as long as they are what was imported. Kept nowhere else. */
import { BLANK, MERGED, type CellId, type Entry } from '../format/entry.ts';

export class Provenance {
  /** By the entry itself: an edit makes another one, and undoing the edit brings the same one back. */
  readonly #words = new WeakMap<Entry, ReadonlyMap<CellId, string>>();

  note(cell: CellId, entry: Entry, words: string): void {
    // Shared by all cells of all reports: what is said of them would be said of others.
    if (entry === BLANK || entry === MERGED) return;
    this.#words.set(entry, new Map([...(this.#words.get(entry) ?? []), [cell, words]]));
  }

  /** 来自“年报.docx”第 2 张表第 5 行; undefined where nothing is known. */
  of(cell: CellId, entry: Entry): string | undefined {
    return this.#words.get(entry)?.get(cell);
  }
}
