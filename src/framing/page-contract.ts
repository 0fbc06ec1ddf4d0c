/** What a page has of a connected iframe, and what the rest of this script has of it. */
import type { PageWords } from './page-words.ts';

export type Given = string | object | null | undefined;

/** Who gets the report: a field of the page. */
export interface LinkedField {
  readonly form: HTMLFormElement | null;
  /** `edited`: by the user, so that its listeners hear of it; `open`: a cell is still being typed in. */
  show(text: string, edited: boolean, open: boolean): void;
  /** Why the form is to be stopped, or ''. */
  validity(problem: string): void;
  /** The field is the page's alone again. */
  end(): void;
}

/** What a page has of a connected iframe: the words of the element, as far as they can be said from outside. */
export interface PageLink extends EventTarget {
  /** The report as JSON, with what was typed until a moment ago; `settle` waits for the last. Setting it fires no event. */
  value: Given;
  /** Last year's report, and a rule pack. */
  previous: Given;
  rules: Given;
  /** Settled when the frame answers for the first time. */
  readonly ready: Promise<void>;
  /** The frame has answered, and is still in the page. */
  readonly connected: boolean;
  /** Why the report stops a form, or ''. */
  readonly validationMessage: string;
  /** The user has edited what the host is not known to have. */
  readonly isDirty: boolean;
  /** How many messages were none of the list. */
  readonly ignored: number;
  /** Ends an open edit, and resolves with the report then. Rejects where the frame does not answer in five seconds. */
  settle(): Promise<string>;
  /** Shows every problem; resolves with their number. */
  check(): Promise<number>;
  /** 提交, as by the element's own button. */
  submit(): Promise<void>;
  /** The report on A4, as by the element; resolves with what was wrong, or with undefined. */
  print(): Promise<string | undefined>;
  /**
   * The host has saved this text, or this revision of the draft; without either, what `value` is now. True where the draft
   * was cleared, since nothing has been edited meanwhile.
   */
  acknowledge(saved?: string | number): Promise<boolean>;
  /** Ends everything; the frame stays as it is. */
  disconnect(): void;
}

/** The same for whoever is in this script. */
export interface OwnLink extends PageLink {
  field: LinkedField | undefined;
  readonly ended: boolean;
  /** The form is to wait for a finished report. */
  readonly isRequired: boolean;
  /** The frame has not spoken yet, and may. */
  readonly isAwaited: boolean;
  /** Begins: what is given before is what the report begins with. */
  open(): void;
  /** The field was reset: what is being typed is given up. */
  reset(text: string): void;
  /** The page's form is being read; whether it is sent will be seen. */
  read(): void;
  /** The host has the report as it is: its form has been sent. */
  handed(): void;
  /** A sentence under the frame; without one, none. */
  say(words?: PageWords): void;
}
