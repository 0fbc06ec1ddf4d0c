/** One report that is open in the page: its editor, the file it came from or went to, and whether that file is behind. */
import { newName, type DraftRecord } from '../drafts/draft-record.ts';
import type { XxgkAnnualReport } from '../elements/annual-report.ts';
import { whoseWords } from '../elements/drafts-panel-words.ts';
import { yearOf } from '../report/report.ts';
import { previousOf, rememberPrevious } from './page-memory.ts';

/** A file that can be written in its place, as it was when this page last read or wrote it. */
export interface KnownFile {
  readonly handle: FileSystemFileHandle;
  /** By the clock of the file system. */
  readonly modified: number;
}

export class ReportTab {
  readonly id = newName();
  readonly editor: XxgkAnnualReport;
  /** Where 保存 writes; undefined where the browser hands files over as downloads. */
  file: KnownFile | undefined;
  /** The name of the file, '' where it has none. */
  fileName = '';
  /** Something was changed that is in no file yet. */
  changed = false;
  /** Last year's report as it is kept with a draft. */
  #kept = { draft: '', text: '', isBeginning: false };
  /** The last change is in a draft of this browser. */
  #isKept = false;
  /** The browser said that it could not keep a draft. */
  hasFailed = false;
  /** One save after another: the last one has the last word. */
  saving: Promise<unknown> = Promise.resolve();

  constructor(onChange: () => void) {
    const editor = document.createElement('xxgk-annual-report');
    editor.draftKey = `page-${this.id}`;
    editor.noLeaveGuard = true;
    editor.wholePage = true;
    editor.addEventListener('change', () => {
      this.changed = true;
      this.#isKept = false;
      onChange();
    });
    editor.addEventListener('xxgk-imported', onChange);
    editor.addEventListener('xxgk-draft-opened', ({ draftId }) => {
      // Another report: its numbers do not belong into the file of the one before.
      this.file = undefined;
      this.fileName = '';
      this.changed = true;
      this.#isKept = true;
      this.#kept = { draft: draftId, text: '', isBeginning: true };
      void this.#takePrevious(draftId);
      onChange();
    });
    editor.addEventListener('xxgk-draft-saved', () => {
      this.#isKept = true;
      this.hasFailed = false;
      onChange();
    });
    editor.addEventListener('xxgk-draft-failed', () => {
      this.#isKept = false;
      this.hasFailed = true;
      onChange();
    });
    this.editor = editor;
  }

  /** 某县教育局 2025 年度 */
  get title(): string {
    const { session } = this.editor;
    return whoseWords(
      session === undefined
        ? { organization: '', year: null }
        : {
            organization: session.report.head['organization.name'],
            year: yearOf(session.report) ?? null,
          },
    );
  }

  /** Closing it would lose something. A draft that was begun is written once more by an editor that goes. */
  get isAtRisk(): boolean {
    return this.changed && !this.#isKept && (this.hasFailed || this.editor.draftId === null);
  }

  async #takePrevious(draft: string): Promise<void> {
    const text = await previousOf(draft);
    if (this.#kept.draft !== draft) return;
    this.editor.previous = text;
    this.#kept = { draft, text, isBeginning: false };
  }

  /** Who goes on with the draft another day compares it with the same report. */
  keepPrevious(draft: string, text: string): void {
    const { draft: before, text: kept, isBeginning } = this.#kept;
    // Until what is kept with a draft that was just opened has come, what is there belongs to the one before.
    if (isBeginning || text === (draft === before ? kept : '')) return;
    this.#kept = { draft, text, isBeginning: false };
    void rememberPrevious(draft, text);
  }

  /** It is, or goes on with, this draft. */
  isDraft({ id }: Pick<DraftRecord, 'id'>): boolean {
    return this.editor.draftId === id;
  }

  /** It is, or was saved to, this file. */
  async isOf(handle: FileSystemFileHandle): Promise<boolean> {
    return (await this.file?.handle.isSameEntry(handle).catch(() => false)) ?? false;
  }

  /** A file has this text now; what was typed since is in none. */
  written(text: string, fileName: string, file?: KnownFile): void {
    this.fileName = fileName;
    this.file = file ?? this.file;
    if (this.editor.value === text) this.changed = false;
  }
}
