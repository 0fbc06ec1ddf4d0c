/**
 * A small mark in localStorage beside the drafts: it tells "there never was a draft" from "there was one and it is
 * gone". Carries no name and no number of the report, only a digest; works as if empty where localStorage is refused.
 */
import { digestOfText } from '../format/digest.ts';
import type { DraftOwner } from './drafts.ts';

const PREFIX = 'xxgk-annual-report.draft.';

/** A draft of this report exists from now on. */
export function noteDraft(owner: DraftOwner, report: string): void {
  try {
    localStorage.setItem(markOf(owner, report), '1');
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

export function remembersDraft(owner: DraftOwner, report: string): boolean {
  try {
    return localStorage.getItem(markOf(owner, report)) !== null;
  } catch {
    return false;
  }
}

function markOf({ tenant, user }: DraftOwner, report: string): string {
  return (
    PREFIX +
    digestOfText(JSON.stringify([tenant, user, report])).slice('sha256:'.length, 'sha256:'.length + 32)
  );
}
