/**
 * Every event of ours, one class each. Native meanings use native names (`input`, `change`, `invalid`); these are facts
 * in the past tense.
 */
import type { Finding } from '../checks/finding.ts';
import type { Json } from '../format/canonical-json.ts';
import type { ImportCounts } from '../documents/import-plan.ts';
import type { SourceKind } from '../documents/source-document.ts';
import type { HeadField } from '../report/report.ts';
import type { Change, Origin } from '../report/transaction.ts';

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

/** Another draft of this browser took the place of the report on screen. */
export class XxgkDraftOpenedEvent extends Event {
  constructor(readonly draftId: string) {
    super('xxgk-draft-opened', { bubbles: true, composed: true });
  }
}

/** A draft could not be kept; what is on screen is not safe. */
export class XxgkDraftFailedEvent extends Event {
  constructor(readonly reason: string) {
    super('xxgk-draft-failed', { bubbles: true, composed: true });
  }
}

/**
 * The user took a report over from a file or a paste: once each. 撤销 takes it back, except where the file took the
 * place of the report as a whole, or a document in the other format opened as a new report (with `counts`).
 */
export class XxgkImportedEvent extends Event {
  constructor(
    /** The name of the file, or what it was instead. */
    readonly fileName: string,
    readonly source: SourceKind = 'json',
    /** As the report on screen, or as last year's. */
    readonly as: 'report' | 'previous' = 'report',
    /** What became of the cells; undefined where the file took the place of the report as a whole. */
    readonly counts?: ImportCounts,
  ) {
    super('xxgk-imported', { bubbles: true, composed: true });
  }
}

/**
 * The user wants the report handed on: nothing blocks, and what is handed on has been looked at. A host answers in its
 * listener with `respondWith`; a promise that resolves means that the report is saved, one that rejects says why not.
 * `preventDefault` refuses. Where nobody answers, the form the element stands in is submitted.
 */
export class XxgkSubmitRequestEvent extends Event {
  #answer: Promise<unknown> | undefined;
  #open = true;

  constructor(
    /** The finished payload, signed. */
    readonly payload: Readonly<Record<string, Json>>,
    /** The same as canonical JSON: what `value` is. */
    readonly text: string,
  ) {
    super('xxgk-submit-request', { bubbles: true, composed: true, cancelable: true });
  }

  /**
   * The host's answer, once: resolves when the report is saved, with words for the user to keep (a number) or nothing;
   * rejects with an Error whose message is shown. Throws when it comes later than the listener, or a second time.
   */
  respondWith(answer: Promise<unknown>): void {
    if (!this.#open || this.#answer !== undefined)
      throw new DOMException('respondWith: once, and within the listener', 'InvalidStateError');
    this.#answer = Promise.resolve(answer);
  }

  get answer(): Promise<unknown> | undefined {
    return this.#answer;
  }

  /** The listeners have been called. */
  close(): void {
    this.#open = false;
  }
}

/** Inside our own shadow roots: a finding wants its cells shown. */
export class XxgkShowCellsEvent extends Event {
  constructor(
    readonly cells: readonly string[],
    /** `outline` while hovered, `focus` on click; no cells ends the outline. */
    readonly way: 'outline' | 'focus',
    /** In the place of cells, a field of the head. */
    readonly field?: HeadField,
  ) {
    super('xxgk-show-cells', { bubbles: true, composed: true });
  }
}

/** Inside our own shadow roots: the report is to be changed, as one step of undo (a likely cause, a decision, blanks to zeros). */
export class XxgkApplyEvent extends Event {
  constructor(
    readonly changes: readonly Change[],
    readonly origin: Origin,
  ) {
    super('xxgk-apply', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'xxgk-checked': XxgkCheckedEvent;
    'xxgk-draft-saved': XxgkDraftSavedEvent;
    'xxgk-draft-opened': XxgkDraftOpenedEvent;
    'xxgk-draft-failed': XxgkDraftFailedEvent;
    'xxgk-imported': XxgkImportedEvent;
    'xxgk-submit-request': XxgkSubmitRequestEvent;
    'xxgk-show-cells': XxgkShowCellsEvent;
    'xxgk-apply': XxgkApplyEvent;
  }
}
