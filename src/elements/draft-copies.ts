/**
 * 草稿与备份 for one element: the panel, and the file that is kept up to date beside the draft. Loaded when somebody asks
 * for it; what it does to the report goes through its owner.
 */
import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createBackupFile, type BackupFile } from '../drafts/backup-file.ts';
import { backupFileWords } from '../drafts/backup-file-words.ts';
import { filePicker } from '../drafts/file-access.ts';
import { parts, t } from '../format/language.ts';
import { yearOf, type Report } from '../report/report.ts';
import type { TypedReport } from './being-typed.ts';
import { backupFileName } from './draft-file.ts';
import { DraftsPanel, type DraftsPanelOwner } from './drafts-panel.ts';

/** The element that the drafts are of. */
export interface CopiedReport extends ReactiveControllerHost, Pick<TypedReport, 'content'> {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly report: Report;
  /** The payload as text, as 下载备份 writes it. */
  readonly value: string;
  readonly draftDays: number | null;
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
  readonly #kept: KeptReport;
  #file: BackupFile | undefined;
  /** The draft that the file is kept beside. */
  #keptFor: { readonly draft: string; readonly handle: FileSystemFileHandle } | undefined;

  constructor(element: CopiedReport, kept: KeptReport) {
    this.#element = element;
    this.#kept = kept;
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
    if (this.#file === undefined || this.#file.state.status === 'off') return;
    this.#keep();
    this.#file.changed(this.#element.content().digest);
  }

  /** The draft is gone, the host has it; its key went along. What is edited now is kept as a draft again, and the file with it. */
  cleared(): void {
    this.#keptFor = undefined;
  }

  /** Another report comes: its numbers do not belong into this one's file. */
  leave(): void {
    const file = this.#file;
    if (file === undefined || file.state.status === 'off') return;
    const wasKept = file.state.status !== 'stopped';
    this.changed();
    // For this report it stays the file to go on with.
    this.#file = this.#newFile();
    this.#keptFor = undefined;
    file.stop();
    if (wasKept) this.#element.say(t`自动备份到文件已停止，需要时请重新选定文件。`);
  }

  /** A draft goes on that had a file before this page was loaded. */
  found(draft: string, earlier: FileSystemFileHandle): void {
    if (this.#file?.state.status !== 'off') return;
    this.#keptFor = { draft, handle: earlier };
    this.#file = this.#newFile(earlier);
    this.#element.requestUpdate();
  }

  /** Says that the file is not kept up to date any more, and asks whether to go on. */
  banner(): TemplateResult | string {
    const file = this.#file;
    if (file?.state.status !== 'stopped') return '';
    return html`<section class="banner" role="status" aria-label=${t`备份文件`}>
      <p>${parts`自动备份到“${html`<bdi>${file.state.name}</bdi>`}”：${backupFileWords(file.state)}`}</p>
      <div class="actions">
        <button type="button" class="primary" @click=${() => void file.retry()}>${t`继续自动备份`}</button>
        <button type="button" @click=${() => file.stop()}>${t`不再备份`}</button>
      </div>
    </section>`;
  }

  #newFile(earlier?: FileSystemFileHandle): BackupFile | undefined {
    const element = this.#element;
    const pick = filePicker(() => {
      const { head } = element.report;
      return backupFileName({
        organization: head['organization.name'],
        year: yearOf(element.report),
        draft: (JSON.parse(element.value) as { draft?: boolean }).draft === true,
      });
    });
    if (pick === undefined) return undefined;
    const file = createBackupFile({
      pick,
      earlier,
      content: () => ({ text: element.value, digest: element.content().digest }),
      onState: () => {
        if (file === this.#file) this.#keep();
        element.requestUpdate();
      },
    });
    return file;
  }

  /** The browser's key to the file lies beside the draft, for after a reload: of one draft, where it goes on as another. */
  #keep(): void {
    const { store, current } = this.#kept;
    const handle = this.#file?.handle;
    const before = this.#keptFor;
    const draft = handle === undefined ? undefined : (current?.id ?? before?.draft);
    if (before?.draft === draft && before?.handle === handle) return;
    this.#keptFor = draft === undefined || handle === undefined ? undefined : { draft, handle };
    // Where it cannot be kept, a file is chosen again.
    const keep = (id: string, key: FileSystemFileHandle | undefined): void =>
      void store.keepFile?.(id, key).catch(() => undefined);
    if (before !== undefined && before.draft !== draft) keep(before.draft, undefined);
    if (draft !== undefined) keep(draft, handle);
  }
}
