/**
 * Every event of ours, one class each. Native meanings use native names (`input`, `change`, `invalid`); these are facts
 * in the past tense.
 */
import type { Finding } from '../checks/finding.ts';
import type { Change } from '../report/transaction.ts';

/** The checks ran: after every edit, and when somebody asked for them. */
export class XxgkCheckedEvent extends Event {
  constructor(readonly findings: readonly Finding[]) {
    super('xxgk-checked', { bubbles: true, composed: true });
  }
}

/** A draft is on disk in this browser. */
export class XxgkDraftSavedEvent extends Event {
  constructor(
    readonly revision: number,
    readonly at: Date,
  ) {
    super('xxgk-draft-saved', { bubbles: true, composed: true });
  }
}

/** A draft could not be kept; what is on screen is not safe. */
export class XxgkDraftFailedEvent extends Event {
  constructor(readonly reason: string) {
    super('xxgk-draft-failed', { bubbles: true, composed: true });
  }
}

/** A whole report was opened from a file by the user. */
export class XxgkImportedEvent extends Event {
  constructor(readonly fileName: string) {
    super('xxgk-imported', { bubbles: true, composed: true });
  }
}

/** Inside our own shadow roots: a finding wants its cells shown. */
export class XxgkShowCellsEvent extends Event {
  constructor(
    readonly cells: readonly string[],
    /** `outline` while hovered, `focus` on click; no cells ends the outline. */
    readonly way: 'outline' | 'focus',
  ) {
    super('xxgk-show-cells', { bubbles: true, composed: true });
  }
}

/** Inside our own shadow roots: 空白填 0 for these cells. */
export class XxgkZeroBlanksEvent extends Event {
  constructor(readonly cells: readonly string[]) {
    super('xxgk-zero-blanks', { bubbles: true, composed: true });
  }
}

/** Inside our own shadow roots: a likely cause is to be carried out, as one step of undo. */
export class XxgkRepairEvent extends Event {
  constructor(readonly changes: readonly Change[]) {
    super('xxgk-repair', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'xxgk-checked': XxgkCheckedEvent;
    'xxgk-draft-saved': XxgkDraftSavedEvent;
    'xxgk-draft-failed': XxgkDraftFailedEvent;
    'xxgk-imported': XxgkImportedEvent;
    'xxgk-show-cells': XxgkShowCellsEvent;
    'xxgk-zero-blanks': XxgkZeroBlanksEvent;
    'xxgk-repair': XxgkRepairEvent;
  }
}
