/**
 * Drafts of one browser session only, for a computer that many people use: the owner's user becomes one that this tab
 * alone knows, by a random name in sessionStorage. That outlives a reload and goes with the tab; what is left in the
 * database is nobody's, and the housekeeping deletes it after a day.
 */
import { newName } from './draft-record.ts';
import type { DraftOwner } from './drafts.ts';

/** A control character that no name of a user holds; `openDrafts` keeps nothing for one that begins with it. */
const MARK = '\u0001session\u0001';
const KEY = 'xxgk-annual-report.session';
const DAY = 86_400_000;

/** The owner within this session, undefined where the browser keeps no sessionStorage for the page. */
export function sessionOwner(named: DraftOwner): DraftOwner | undefined {
  const name = sessionName();
  return name === undefined ? undefined : ownerInSession(named, name);
}

/** The owner within the session that has this name. */
export function ownerInSession({ tenant, user }: DraftOwner, name: string): DraftOwner {
  return { tenant, user: `${MARK}${name}\u0001${user}` };
}

export function isSessionOwner({ user }: DraftOwner): boolean {
  return user.startsWith(MARK);
}

/** Whether what another session left behind is to go. A time of a clock that ran ahead is no reason to stay. */
export function isLeftBehind(updated: number, now: number): boolean {
  return Math.abs(now - updated) > DAY;
}

/**
 * Shows other pages that the session is still open, where the browser has locks, until what is returned is called or the
 * page is gone. For any other owner it does nothing.
 */
export function showSession(owner: DraftOwner): () => void {
  let end = (): void => {};
  if (isSessionOwner(owner)) {
    const ended = new Promise<void>((resolve) => (end = resolve));
    void navigator.locks?.request(lockOf(owner), { mode: 'shared' }, () => ended).catch(() => {});
  }
  return () => end();
}

/** Whose sessions are open in this browser, by `showSession`; nobody's where it has no locks. */
export async function openSessions(): Promise<(owner: DraftOwner) => boolean> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  const names = new Set(locks?.held?.map(({ name }) => name));
  return (owner) => names.has(lockOf(owner));
}

/** One for all users of a tab: the random name between the marks. */
const lockOf = ({ user }: DraftOwner): string => `${KEY}:${user.slice(MARK.length, MARK.length + 32)}`;

function sessionName(): string | undefined {
  try {
    const known = sessionStorage.getItem(KEY);
    if (known !== null && /^[0-9a-f]{32}$/.test(known)) return known;
    const name = newName();
    sessionStorage.setItem(KEY, name);
    // Where it does not stay, a reload would not find the drafts again.
    return sessionStorage.getItem(KEY) === name ? name : undefined;
  } catch {
    return undefined;
  }
}
