/**
 * What the page remembers beside drafts: files that were open lately (the browser's own keys to them), what was open
 * before a reload, and small choices. All of it may be refused or gone; then the page does without.
 */
import { openDB, type IDBPDatabase } from 'idb';

const DATABASE = 'xxgk-annual-report page';
const MOST_FILES = 8;
/** Keys in the store of what was open lately, beside the files: one for each draft. */
const PREVIOUS = 'previous ';

export interface RecentFile {
  readonly name: string;
  readonly handle: FileSystemFileHandle;
  readonly at: number;
}

let opening: Promise<IDBPDatabase> | undefined;

function database(): Promise<IDBPDatabase> {
  opening ??= openDB(DATABASE, 1, {
    upgrade: (db) => void db.createObjectStore('recent'),
    terminated: () => (opening = undefined),
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

/** The file used last comes first. Never rejects. */
export async function recentFiles(): Promise<readonly RecentFile[]> {
  try {
    const found: unknown = await (await database()).get('recent', 'files');
    return Array.isArray(found) ? found.filter(isRecentFile) : [];
  } catch {
    return [];
  }
}

function isRecentFile(value: unknown): value is RecentFile {
  const { name, handle, at } = (value ?? {}) as Partial<Record<keyof RecentFile, unknown>>;
  return typeof name === 'string' && typeof at === 'number' && typeof handle === 'object' && handle !== null;
}

/** Never rejects: a file that is not remembered is found by 打开. */
export async function rememberFile(handle: FileSystemFileHandle): Promise<void> {
  try {
    const before = await recentFiles();
    const same = await Promise.all(before.map((one) => handle.isSameEntry(one.handle).catch(() => false)));
    const others = before.filter((_one, index) => !same[index]);
    const files = [{ name: handle.name, handle, at: Date.now() }, ...others].slice(0, MOST_FILES);
    await (await database()).put('recent', files, 'files');
  } catch {
    // Refused, or full.
  }
}

export async function forgetFiles(): Promise<void> {
  try {
    await (await database()).delete('recent', 'files');
  } catch {
    // There is nothing to forget.
  }
}

/** Last year's report that a draft was compared with, '' for none. Never rejects. */
export async function previousOf(draft: string): Promise<string> {
  try {
    const text: unknown = await (await database()).get('recent', `${PREVIOUS}${draft}`);
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}

export async function rememberPrevious(draft: string, text: string): Promise<void> {
  try {
    const db = await database();
    await (text === ''
      ? db.delete('recent', `${PREVIOUS}${draft}`)
      : db.put('recent', text, `${PREVIOUS}${draft}`));
  } catch {
    // It has to be opened once more.
  }
}

/** What belonged to drafts that are gone. */
export async function forgetPrevious(
  drafts: () => Promise<readonly { readonly id: string }[]>,
): Promise<void> {
  try {
    const db = await database();
    // A draft that begins now is not among the keys.
    const keys = await db.getAllKeys('recent', IDBKeyRange.bound(PREVIOUS, `${PREVIOUS}\uffff`));
    if (keys.length === 0) return;
    const kept = new Set((await drafts()).map(({ id }) => `${PREVIOUS}${id}`));
    for (const key of keys) if (!kept.has(String(key))) await db.delete('recent', key);
  } catch {
    // It is looked for the next time.
  }
}

/** What was open in this tab before it was loaded anew: a draft, or what lay in no draft. */
export interface OpenBefore {
  readonly draft?: string;
  readonly value?: string;
  /** Last year's report, '' for none. */
  readonly previous?: string;
  readonly fileName: string;
  readonly changed: boolean;
  readonly isActive: boolean;
}

export interface PageBefore {
  readonly reports: readonly OpenBefore[];
  /** A rule pack, '' for none. */
  readonly rules: string;
}

/** Two sites of one origin may be open in one tab, one after the other. */
const OPEN = `xxgk-open-reports ${new URL('.', document.baseURI).pathname}`;

export function rememberOpen(page: PageBefore): void {
  try {
    sessionStorage.setItem(OPEN, JSON.stringify(page));
  } catch {
    // Refused, or too much for it: what was open earlier is not what is open now.
    try {
      sessionStorage.removeItem(OPEN);
    } catch {
      // There is nothing.
    }
  }
}

export function openBefore(): PageBefore {
  try {
    const { reports, rules } = JSON.parse(sessionStorage.getItem(OPEN) ?? '{}') as Record<string, unknown>;
    if (Array.isArray(reports))
      return { reports: reports.filter(isOpenBefore), rules: typeof rules === 'string' ? rules : '' };
  } catch {
    // Refused, or written by something else.
  }
  return { reports: [], rules: '' };
}

function isOpenBefore(value: unknown): value is OpenBefore {
  const { draft, value: text, fileName } = (value ?? {}) as Partial<Record<keyof OpenBefore, unknown>>;
  return typeof fileName === 'string' && (typeof draft === 'string' || typeof text === 'string');
}

/** A choice that stays. */
export type Choice = 'hint-seen' | 'language' | 'sending';

export function choice(name: Choice): string {
  try {
    return localStorage.getItem(`xxgk-${name}`) ?? '';
  } catch {
    return '';
  }
}

export function choose(name: Choice, value: string): void {
  try {
    localStorage.setItem(`xxgk-${name}`, value);
  } catch {
    // It holds until the page is closed.
  }
}
