/**
 * 草稿与备份 for one element: the panel, and the file that is kept up to date beside the draft. Loaded when somebody asks
 * for it; what it does to the report goes through its owner.
 */
import type { ReactiveControllerHost } from 'lit';
import { createBackupFile, type BackupFile } from '../drafts/backup-file.ts';
import { backupFileWords } from '../drafts/backup-file-words.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { filePicker } from '../drafts/file-access.ts';
import { t } from '../format/language.ts';
import { yearOf, type Report } from '../report/report.ts';
import { backupFileName } from './draft-file.ts';
import { DraftsPanel, type DraftsPanelOwner } from './drafts-panel.ts';

/** The element that the drafts are of. */
export interface CopiedReport extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly report: Report;
  /** The payload as text, as 下载备份 writes it. */
  readonly value: string;
  readonly draftDays: number | null;
  content(): DraftContent;
  downloadBackup(): unknown;
  say(sentence: string): void;
}

/** What only the keeper of its drafts knows or does. */
export type KeptReport = Pick<
  DraftsPanelOwner,
  | 'store'
  | 'current'
  | 'locked'
  | 'restore'
  | 'discardCurrent'
  | 'draftsDeleted'
  | 'backupAt'
  | 'isWrittenElsewhere'
>;

export class DraftCopies {
  readonly #element: CopiedReport;
  readonly #panel: DraftsPanel;
  #file: BackupFile | undefined;

  constructor(element: CopiedReport, kept: KeptReport) {
    this.#element = element;
    this.#file = this.#newFile();
    const file = (): BackupFile | undefined => this.#file;
    this.#panel = new DraftsPanel({
      addController: (controller) => element.addController(controller),
      removeController: (controller) => element.removeController(controller),
      requestUpdate: () => element.requestUpdate(),
      get updateComplete() {
        return element.updateComplete;
      },
      renderRoot: element.renderRoot,
      get store() {
        return kept.store;
      },
      get current() {
        return kept.current;
      },
      get report() {
        return element.report;
      },
      get draftDays() {
        return element.draftDays;
      },
      get locked() {
        return kept.locked;
      },
      get backupAt() {
        return kept.backupAt;
      },
      get backupFile() {
        return file();
      },
      restore: (record) => kept.restore(record),
      discardCurrent: () => kept.discardCurrent(),
      draftsDeleted: (ids) => kept.draftsDeleted(ids),
      isWrittenElsewhere: (record) => kept.isWrittenElsewhere(record),
      downloadBackup: () => element.downloadBackup(),
      say: (sentence) => element.say(sentence),
    });
  }

  get panel(): DraftsPanel {
    return this.#panel;
  }

  /** About the file, '' where none is kept. */
  get words(): string {
    const state = this.#file?.state;
    return state === undefined || state.status === 'off' ? '' : t`备份文件：${backupFileWords(state)}`;
  }

  /** A draft was saved, or is about to be left: the file is to hold what is on screen. */
  changed(): void {
    if (this.#file !== undefined && this.#file.state.status !== 'off')
      this.#file.changed(this.#element.content().digest);
  }

  /** Another report comes: its numbers do not belong into this one's file. */
  leave(): void {
    if (this.#file === undefined || this.#file.state.status === 'off') return;
    this.changed();
    this.#file.stop();
    this.#file = this.#newFile();
    this.#element.say(t`自动备份到文件已停止，需要时请重新选定文件。`);
  }

  #newFile(): BackupFile | undefined {
    const element = this.#element;
    const pick = filePicker(() => {
      const { head } = element.report;
      return backupFileName({
        organization: head['organization.name'],
        year: yearOf(element.report),
        draft: (JSON.parse(element.value) as { draft?: boolean }).draft === true,
      });
    });
    return (
      pick &&
      createBackupFile({
        pick,
        content: () => ({ text: element.value, digest: element.content().digest }),
        onState: () => element.requestUpdate(),
      })
    );
  }
}
