/**
 * The contract between a report and the place its draft is kept: what is handed over, what comes back, how it fails.
 * Knows neither IndexedDB nor what is inside a payload: that is an opaque text which only its reader may open.
 */
import type { DraftRecord, SetAsideRecord } from './draft-record.ts';

/** Whose drafts: both come from the host, '' where it names none. A store is bound to one owner for life. */
export interface DraftOwner {
  readonly tenant: string;
  readonly user: string;
}

/** What the report on screen hands over to be kept. */
export interface DraftContent {
  /** The payload as canonical JSON, with whatever the session keeps beyond it. */
  readonly payload: string;
  /** The digest by which the caller compares payloads. */
  readonly digest: string;
  /** The digest of the payload loaded from the host, null where the host had none. */
  readonly base: string | null;
  /** That payload itself, kept once per draft: what a draft and a newer value of the host are joined over. */
  readonly origin?: string | null;
  /** The cell or field that is being typed into: its text is in the payload as far as it goes. Null for none. */
  readonly open?: string | null;
  readonly format: string;
  readonly organization: string;
  readonly year: number | null;
}

/**
 * How the host names a report: by its own key or, without one, by the organisation and year of the value it loaded.
 * Both may be edited afterwards, so what was loaded is kept beside what is current.
 */
export interface ReportIdentity {
  readonly key: string | null;
  readonly organization: string;
  readonly year: number | null;
}

/** True when the text is a payload that can be read. A draft is as untrusted as an imported file. */
export type PayloadDoor = (payload: string) => boolean;

/**
 * Why a draft is not kept. `memory`: no storage in this browser; `quota`: full; `unsettled`: no answer in time;
 * `newer-version`: a newer program took the database over; `too-large`: beyond what could be read again;
 * `content`: the report could not be written down; `storage`: any other fault of the browser's storage.
 */
export type DraftFailureReason =
  'memory' | 'quota' | 'unsettled' | 'newer-version' | 'too-large' | 'content' | 'storage';

export class DraftFailure extends Error {
  readonly reason: DraftFailureReason;
  readonly origin: unknown;

  constructor(reason: DraftFailureReason, origin?: unknown) {
    super(
      `draft not kept: ${reason}${origin instanceof Error ? ` (${origin.name}: ${origin.message})` : ''}`,
    );
    this.name = 'DraftFailure';
    this.reason = reason;
    this.origin = origin;
  }
}

/** A draft that is written down, completely. */
export interface DraftSaved {
  readonly id: string;
  readonly revision: number;
  /** When, by this computer's clock: for display, never for order. */
  readonly at: number;
  /** Present when someone else had written meanwhile: theirs stays under this id, ours has an id of its own. */
  readonly forkedFrom?: DraftPlace;
}

/** Where a draft stands. */
export interface DraftPlace {
  readonly id: string;
  readonly revision: number;
}

export interface WriteOptions {
  /** The page may be gone before an answer arrives: nothing may depend on script that runs later. */
  readonly leaving?: boolean;
  /** It may be going at this moment: the write waits for no disk, and is not called saved before one that does. */
  readonly closing?: boolean;
  /** When a copy was last downloaded. */
  readonly backup?: number | null;
}

/** The one hand that writes one draft. Every write is of the whole draft. */
export interface DraftWriter {
  readonly id: string;
  readonly revision: number;
  /**
   * Starts before it returns; fulfilled only when the transaction is complete, rejected with a DraftFailure.
   * A write overtaken by a later one of the same writer has that one's outcome.
   */
  write(content: DraftContent, options?: WriteOptions): Promise<DraftSaved>;
}

export interface BeginOptions {
  readonly report: ReportIdentity;
  /** The draft to go on with; without it a new one begins. */
  readonly continuing?: DraftRecord | undefined;
  /** A new draft counts on from here, so that it orders after those already known. */
  readonly after?: number | undefined;
}

export interface DraftStore {
  /** `memory` outlives nothing: what it holds must never be called saved. */
  readonly kind: 'browser' | 'memory';
  readonly owner: DraftOwner;
  /** Makes the store ready for a write that cannot wait; also sets damaged records aside and drops expired ones. */
  open(): Promise<void>;
  /** The owner's readable drafts, highest revision first; expired ones only on request. */
  list(options?: { readonly expired?: boolean }): Promise<readonly DraftRecord[]>;
  read(id: string): Promise<DraftRecord | undefined>;
  /** The last revisions of a draft, newest first. */
  history(id: string): Promise<readonly DraftRecord[]>;
  begin(options: BeginOptions): DraftWriter;
  /** False where the owner has no such draft, or where it has been edited since the given revision. */
  delete(id: string, revision?: number): Promise<boolean>;
  /** Deletes everything of this owner. */
  clear(): Promise<void>;
  /** The host has this revision: the draft goes, unless it was edited since. True when it went. */
  acknowledge(id: string, revision: number): Promise<boolean>;
  /** What could not be read, to be downloaded. */
  setAside(): Promise<readonly SetAsideRecord[]>;
  deleteSetAside(id: string): Promise<boolean>;
  /**
   * Takes a lease where it is free or still held by `from`, in one transaction; answers who holds it then. Leases are for
   * browsers without Web Locks and stand until they are released or taken.
   */
  claim(lease: string, holder: string, from?: string): Promise<string>;
  /** Gives a lease back; nothing where another holds it. `leaving`: unasked, and all of it in the task that calls. */
  release(lease: string, holder: string, leaving?: boolean): Promise<void>;
  /**
   * The browser's own key to the file that is kept up to date beside a draft, so that it can go on after a reload; undefined
   * gives it up, and it goes with the draft. Only a store in the browser can keep one.
   */
  keepFile?(draft: string, file: FileSystemFileHandle | undefined): Promise<void>;
  keptFile?(draft: string): Promise<FileSystemFileHandle | undefined>;
  /** Whether a draft of this report, of this revision or a later one, was kept here once and not given up since. */
  remembers(report: ReportIdentity, revision?: number): boolean;
  /** The storage went away under an open report, or a newer program is about to take it over. */
  watch(listener: (event: DraftStoreEvent) => void): () => void;
  /** Gives the connection up and takes a new one: for a storage that does not answer. */
  renew(): void;
  close(): void;
}

/** `lost`: write everything again. `newer-version`: the last chance to write, in this very task. */
export type DraftStoreEvent = 'lost' | 'newer-version';
