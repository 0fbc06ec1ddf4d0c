/**
 * A small mark in localStorage beside the drafts: it tells "there never was a draft" from "there was one and it is
 * gone", and remembers that the store had failed. Carries no name and no number of the report, only a digest; works as
 * if empty where localStorage is refused.
 */
import { hiddenName } from './draft-record.ts';
import type { DraftOwner } from './drafts.ts';

const PREFIX = 'xxgk-annual-report.draft.';

/** A draft of this report exists from now on, up to this revision. */
export function noteDraft(owner: DraftOwner, report: string, revision: number): void {
  try {
    localStorage.setItem(markOf(owner, report), String(revision));
  } catch {
    // Refused or full: a lost draft will look like none.
  }
}

/** The draft was given up on purpose. */
export function forgetDraft(owner: DraftOwner, report: string): void {
  try {
    localStorage.removeItem(markOf(owner, report));
  } catch {
    // Then it was never noted either.
  }
}

/** The revision up to which there was a draft, 0 where there was none. It may lag behind: a browser that is killed forgets. */
export function rememberedRevision(owner: DraftOwner, report: string): number {
  try {
    return Number(localStorage.getItem(markOf(owner, report)) ?? 0) || 0;
  } catch {
    return 0;
  }
}

const FAULT = 'xxgk-annual-report.fault';

/** The browser's store itself failed: whoever writes next, in this page or after a reload, has to know. */
export function noteFault(): void {
  try {
    localStorage.setItem(FAULT, '1');
  } catch {
    // The page that saw it knows.
  }
}

export function forgetFault(): void {
  try {
    localStorage.removeItem(FAULT);
  } catch {
    // Never noted either.
  }
}

export function remembersFault(): boolean {
  try {
    return localStorage.getItem(FAULT) !== null;
  } catch {
    return false;
  }
}

function markOf(owner: DraftOwner, report: string): string {
  return PREFIX + hiddenName(owner, report);
}
