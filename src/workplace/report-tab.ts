/** One report that is open in the page: its editor, the file it came from or went to, and whether that file is behind. */
import { newName, type DraftRecord } from '../drafts/draft-record.ts';
import type { XxgkAnnualReport } from '../elements/annual-report.ts';
import { whoseWords } from '../elements/drafts-panel-words.ts';
import { yearOf } from '../report/report.ts';

export class ReportTab {
  readonly id = newName();
  readonly editor: XxgkAnnualReport;
  /** Where 保存 writes; undefined where the browser hands files over as downloads. */
  handle: FileSystemFileHandle | undefined;
  /** The name of the file, '' where it has none. */
  fileName = '';
  /** Something was changed that is in no file yet. */
  changed = false;
  /** The browser keeps a draft of every change. */
  kept = true;

  constructor(onChange: () => void) {
    const editor = document.createElement('xxgk-annual-report');
    editor.draftKey = `page-${this.id}`;
    editor.noLeaveGuard = true;
    editor.wholePage = true;
    editor.addEventListener('change', () => {
      this.changed = true;
      onChange();
    });
    editor.addEventListener('xxgk-imported', onChange);
    editor.addEventListener('xxgk-draft-saved', () => {
      this.kept = true;
      onChange();
    });
    editor.addEventListener('xxgk-draft-failed', () => {
      this.kept = false;
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

  /** Closing it would lose something. */
  get isAtRisk(): boolean {
    return this.changed && !this.kept;
  }

  /** It is, or goes on with, this draft. */
  isDraft({ id }: Pick<DraftRecord, 'id'>): boolean {
    return this.editor.draftId === id;
  }

  /** What is on screen is in a file now. */
  written(fileName: string, handle?: FileSystemFileHandle): void {
    this.changed = false;
    this.fileName = fileName;
    this.handle = handle ?? this.handle;
  }
}
