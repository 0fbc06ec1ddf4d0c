/**
 * A shelf in the page's own IndexedDB on which the frame's drafts lie, where the frame's storage is not its own: items
 * with a key, a mark and a text that nobody here opens, and notes in the page's small storage. Knows neither drafts nor
 * frames; all of it is kept apart by the origin it comes from, and items by whose they are within that.
 */

/** One transaction. Where `head` is given, nothing is done unless it has the mark `expected`, '' for none there. */
export interface ShelfChange {
  readonly head?: string | undefined;
  readonly expected?: string | undefined;
  /** key, mark, text, key, mark, text… */
  readonly put: readonly string[];
  /** Ranges, both ends included: from, to, from, to… */
  readonly remove: readonly string[];
  /** Days for which it is kept; 0: until the tab is closed, which nobody notices, so for a day. */
  readonly days: number;
  /** For the page's small storage, when it is done: name, text, name, text…; a text of '' forgets. */
  readonly note: readonly string[];
  /** The page may be gone in a moment: it is done at once, and taken back where there was no room. */
  readonly atOnce?: boolean;
}

interface Item {
  readonly key: string;
  readonly mark: string;
  readonly text: string;
  readonly at: number;
  readonly days: number;
  /** The note that goes with it. */
  readonly note?: string | undefined;
  readonly noticed?: number;
}

const DAY = 86_400_000;

/** Days that what is past its days lies there after it was first noticed: a clock that runs ahead must not delete. */
const GRACE = 7;

/** Items of one owner, each of one message at most, and notes of one frame: more of a page's storage no frame can take. */
const MOST = 2_000;
const MOST_NOTES = 500;
const LONGEST_NOTE = 50;

let database: IDBDatabase | undefined;
let opening: Promise<IDBDatabase> | undefined;
const listeners = new Set<() => void>();

/** The storage went away; it is opened again when it is next needed. */
export function onLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Rejects where the browser keeps nothing for this page. `session` names what belongs to this tab alone. */
export function openShelf(session = ''): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('xxgk-annual-report.frames', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('items', { keyPath: 'key' });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const opened = request.result;
      const lose = (): void => {
        opened.close();
        database = opening = undefined;
        for (const listener of [...listeners]) listener();
      };
      opened.onversionchange = opened.onclose = lose;
      database = opened;
      sweep(opened, session);
      resolve(opened);
    };
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** False where somebody else was faster. In this task where the storage is open: the page may be leaving. */
export function changeShelf(origin: string, whose: string, change: ShelfChange): Promise<boolean> {
  return database === undefined
    ? openShelf().then((opened) => apply(opened, origin, whose, change))
    : apply(database, origin, whose, change);
}

/** What the keys of an owner begin with; `whose` is JSON, and holds no end of line. */
const ownerOf = (origin: string, whose: string): string => `${origin} ${whose}\n`;

function apply(opened: IDBDatabase, origin: string, whose: string, change: ShelfChange): Promise<boolean> {
  const owner = ownerOf(origin, whose);
  const { head, expected, put, remove, days, note, atOnce } = change;
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction('items', 'readwrite', { durability: 'strict' });
    const items = transaction.objectStore('items');
    let done = false;
    const all = IDBKeyRange.bound(owner, `${origin} ${whose}\v`, false, true);
    const before = items.count(all);
    let after = before;
    const isFull = (): boolean => done && put.length > 0 && after.result > MOST;
    transaction.oncomplete = () => {
      if (isFull()) {
        const back = put.filter((_text, index) => index % 3 === 0).flatMap((key) => [key, key]);
        apply(opened, origin, whose, { put: [], remove: back, days, note: [] }).catch(() => undefined);
      }
      for (let index = 0; done && index + 1 < note.length; index += 2) {
        const [name, text] = note.slice(index) as [string, string];
        if (
          text === '' ||
          (`${name}${text}`.length <= LONGEST_NOTE && notesOf(origin).length < 2 * MOST_NOTES)
        )
          keepNote(nameOf(origin, name), text);
      }
      resolve(done);
    };
    transaction.onabort = () => reject(transaction.error);
    const go = (): void => {
      done = true;
      for (let index = 0; index + 1 < remove.length; index += 2)
        items.delete(IDBKeyRange.bound(owner + remove[index]!, owner + remove[index + 1]!));
      for (let index = 0; index + 2 < put.length; index += 3) {
        const [key, mark, text] = put.slice(index) as [string, string, string];
        const noted = key === head && note.length > 0 ? nameOf(origin, note[0]!) : undefined;
        items.put({ key: owner + key, mark, text, at: Date.now(), days, note: noted } satisfies Item);
      }
      after = items.count(all);
      // No longer than it has to: the page may be left. Where it is nearly full, what it makes room for itself counts.
      if (atOnce || put.length === 0 || before.result + put.length / 3 <= MOST) transaction.commit();
      else after.onsuccess = () => (isFull() ? transaction.abort() : transaction.commit());
    };
    if (head === undefined) {
      if (atOnce || put.length === 0) go();
      else before.onsuccess = go;
      return;
    }
    const found = items.get(owner + head) as IDBRequest<Item | undefined>;
    found.onsuccess = () => {
      if ((found.result ? found.result.mark : '') === expected) go();
    };
  });
}

/** The first item of a range: key, mark, text, time, and the time it was noticed or ''. One at a time: each may be large. */
export async function nextOnShelf(
  origin: string,
  whose: string,
  from: string,
  to: string,
): Promise<string[]> {
  const owner = ownerOf(origin, whose);
  const opened = await openShelf();
  const range = IDBKeyRange.bound(owner + from, owner + to);
  const request = opened.transaction('items').objectStore('items').get(range) as IDBRequest<Item | undefined>;
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const item = request.result;
      resolve(
        item
          ? [item.key.slice(owner.length), item.mark, item.text, String(item.at), String(item.noticed || '')]
          : [],
      );
    };
  });
}

/** What nobody comes back for must not stay, whoever's it is. */
function sweep(opened: IDBDatabase, session: string): void {
  const now = Date.now();
  const request = opened.transaction('items', 'readwrite').objectStore('items').openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (cursor === null) return;
    const item = cursor.value as Item;
    const { at, days, noticed } = item;
    const isMine = session !== '' && item.key.includes(session);
    let isOver = days === 0 && !isMine && Math.abs(now - at) > DAY;
    if (days > 0 && now - at > days * DAY) {
      if (!noticed || noticed > now) cursor.update({ ...item, noticed: now });
      else isOver = now - noticed > GRACE * DAY;
    }
    if (isOver) {
      cursor.delete();
      // It was given up; it is not lost.
      if (item.note) keepNote(item.note, '');
    }
    cursor.continue();
  };
}

/** In the page's small storage: what lies there tells "lost" from "never was". Carries digests, no name. */
const NOTE = 'xxgk-annual-report.frame.';

const nameOf = (origin: string, name: string): string => `${NOTE}${origin} ${name}`;

function keepNote(name: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // Refused or full: a lost draft will look like none.
  }
}

/** name, text, name, text… */
export function notesOf(origin: string): string[] {
  const beginning = nameOf(origin, '');
  const found: string[] = [];
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith(beginning)) found.push(name.slice(beginning.length), localStorage.getItem(name)!);
  } catch {
    // As if empty.
  }
  return found;
}

/** A name that this tab alone knows, and that outlives a reload; '' where the browser keeps none. */
export function sessionOfTab(): string {
  try {
    const known = sessionStorage.getItem(NOTE);
    if (known) return known;
    const name = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    sessionStorage.setItem(NOTE, name);
    return sessionStorage.getItem(NOTE) || '';
  } catch {
    return '';
  }
}
