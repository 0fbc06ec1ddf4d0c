/**
 * Keeps a file that the user chose up to date: whatever ends a write early leaves the file as it was, never cut off. Knows
 * neither drafts nor what is in the text.
 */
import { askAgain, fileFaultOf, isAbort, replaceText, type FileFault } from './file-access.ts';

/** Why the file is behind. `content`: the report could not be written down; `unsettled`: no answer in time. */
export type BackupFileReason = FileFault | 'content' | 'unsettled';

export interface BackupFileState {
  /** `off`: no file; `stopped`: it was kept before this page was loaded, and waits for `retry`; `current`: it holds the last state that was told; `failed`: it does not, see `reason`. */
  readonly status: 'off' | 'stopped' | 'writing' | 'current' | 'failed';
  /** The name of the file, null where none is chosen. */
  readonly name: string | null;
  /** When it was last brought up to date, by this computer's clock. */
  readonly at: number | null;
  readonly reason: BackupFileReason | null;
}

export interface BackupContent {
  readonly text: string;
  /** By which two texts are compared: one that the file holds already is not written again. */
  readonly digest: string;
}

export interface BackupFileOptions {
  /** Asks the user for a file; called in the task of the click. Rejects as AbortError where the user thinks better of it. */
  readonly pick: () => Promise<FileSystemFileHandle>;
  /** What the file is to hold now: asked for in the task that tells of a change, so that it is never another report's. */
  readonly content: () => BackupContent;
  readonly onState: (state: BackupFileState) => void;
  /** A file that was kept before this page was loaded. */
  readonly earlier?: FileSystemFileHandle | undefined;
  /** Milliseconds after which a write without an answer is said to have failed; it may still succeed. */
  readonly patience?: number;
}

export interface BackupFile {
  readonly state: BackupFileState;
  /** The browser's own key to the file, undefined where none is chosen. */
  readonly handle: FileSystemFileHandle | undefined;
  /**
   * 自动备份到文件…: to be called by a click. Writes at once. Resolves with why no file was chosen, undefined also where
   * the user thought better of it. Never rejects.
   */
  choose(): Promise<BackupFileReason | undefined>;
  /** A draft with this digest was saved. */
  changed(digest: string): void;
  /** Tries again, or goes on, now, asking for the permission where there is none: to be called by a click. Never rejects. */
  retry(): Promise<void>;
  /** What was told before is still written; the file is touched no more then. */
  stop(): void;
}

const PATIENCE = 10_000;

export function createBackupFile(options: BackupFileOptions): BackupFile {
  const { patience = PATIENCE } = options;
  let kept: KeptFile | undefined;
  /** The last write of the file before: of the same file perhaps, and then it must not be the later one. */
  let ending: Promise<unknown> = Promise.resolve();
  let choice = 0;
  let handle = options.earlier;
  let state: BackupFileState = handle === undefined ? OFF : { ...OFF, status: 'stopped', name: handle.name };

  function tell(next: BackupFileState): void {
    state = next;
    options.onState(next);
  }

  function put(): void {
    if (!kept) return;
    let content: BackupContent;
    try {
      content = options.content();
    } catch {
      tell({ ...state, status: 'failed', reason: 'content' });
      return;
    }
    kept.put(content);
  }

  function release(): void {
    choice += 1;
    if (kept) ending = Promise.race([kept.release(), pause(patience)]);
    kept = undefined;
    handle = undefined;
  }

  async function begin(chosen: FileSystemFileHandle): Promise<void> {
    release();
    const mine = choice;
    handle = chosen;
    const { name } = chosen;
    tell({ status: 'writing', name, at: null, reason: null });
    await ending;
    if (choice !== mine) return;
    kept = createKeptFile(chosen, patience, (told) => {
      if (choice === mine) tell({ name, ...told });
    });
    put();
  }

  return {
    get state() {
      return state;
    },
    get handle() {
      return handle;
    },
    async choose() {
      let chosen: FileSystemFileHandle;
      const before = choice;
      try {
        chosen = await options.pick();
      } catch (error) {
        return isAbort(error) ? undefined : fileFaultOf(error);
      }
      // Stopped while the user was choosing: the report may be another one now.
      if (choice === before) await begin(chosen);
      return undefined;
    },
    changed(digest) {
      if (kept && !(state.status === 'current' && kept.holds(digest))) put();
    },
    async retry() {
      const before = choice;
      // The click counts for this task alone.
      if (handle !== undefined) await askAgain(handle, 'readwrite').catch(() => undefined);
      // Without the permission the write says why.
      if (choice !== before || handle === undefined) return;
      if (kept === undefined) await begin(handle);
      else put();
    },
    stop() {
      release();
      if (state.status !== 'off') tell(OFF);
    },
  };
}

const OFF: BackupFileState = { status: 'off', name: null, at: null, reason: null };

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** One file, one write at a time, the last content always the last written. */
interface KeptFile {
  put(content: BackupContent): void;
  holds(digest: string): boolean;
  /** Takes nothing more; resolves when what was put is written or failed. */
  release(): Promise<void>;
}

function createKeptFile(
  handle: FileSystemFileHandle,
  patience: number,
  tell: (state: Omit<BackupFileState, 'name'>) => void,
): KeptFile {
  /** What the file is known to hold. */
  let held: string | undefined;
  let at: number | null = null;
  let waiting: BackupContent | undefined;
  let writing: Promise<void> | undefined;
  let released = false;
  /** The write under way has been given up on, in words only. */
  let late = false;

  async function writeAll(): Promise<void> {
    while (waiting) {
      const content = waiting;
      waiting = undefined;
      if (content.digest === held) tell({ status: 'current', at, reason: null });
      else await write(content);
    }
    writing = undefined;
  }

  async function write({ text, digest }: BackupContent): Promise<void> {
    tell({ status: 'writing', at, reason: null });
    const watchdog = setTimeout(() => {
      late = true;
      tell({ status: 'failed', at, reason: 'unsettled' });
    }, patience);
    try {
      await replaceText(handle, text);
      held = digest;
      at = Date.now();
      if (!waiting) tell({ status: 'current', at, reason: null });
    } catch (error) {
      // Whether close() came through cannot be told: the next change is written whatever it is.
      held = undefined;
      tell({ status: 'failed', at, reason: fileFaultOf(error) });
    } finally {
      late = false;
      clearTimeout(watchdog);
    }
  }

  return {
    put(content) {
      if (released) return;
      waiting = content;
      // From this moment on the file is behind.
      if (!late && (writing || content.digest !== held)) tell({ status: 'writing', at, reason: null });
      writing ??= Promise.resolve().then(writeAll);
    },
    holds: (digest) => digest === held,
    release() {
      released = true;
      return writing ?? Promise.resolve();
    },
  };
}
