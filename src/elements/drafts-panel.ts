/**
 * 草稿与备份: the revisions of the report on screen, the drafts of this user in this browser, those that cannot be read,
 * and the ways to keep a copy elsewhere. Changes nothing on screen itself: its owner restores. Loaded when it is asked for.
 */
import { render, type ReactiveControllerHost } from 'lit';
import { isPersisted } from '../drafts/ask-to-persist.ts';
import type { BackupFile } from '../drafts/backup-file.ts';
import { choiceRefusedWords } from '../drafts/backup-file-words.ts';
import type { DraftRecord } from '../drafts/draft-record.ts';
import type { DraftStore } from '../drafts/drafts.ts';
import { writtenElsewhereWords } from '../drafts/save-state-words.ts';
import { joined, t } from '../format/language.ts';
import { formatOf, type Report } from '../report/report.ts';
import { dialogFrame, focusedIn } from './dialog-frame.ts';
import { halfTypedZh } from './difference-words.ts';
import { draftsPanelStyles } from './drafts-panel-styles.ts';
import { draftsPanelView, nameOf, type Found, type Question } from './drafts-panel-view.ts';
import { whoseWords } from './drafts-panel-words.ts';
import { addStyles } from './styles.ts';

export interface DraftsPanelOwner extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly store: DraftStore;
  /** The draft of the report on screen, null where nothing of it is kept. */
  readonly current: { readonly id: string; readonly revision: number } | null;
  readonly report: Report;
  /** Days until a draft is no longer offered, null for the usual number. */
  readonly draftDays: number | null;
  /** The report cannot be changed now. */
  readonly locked: boolean;
  /**
   * Puts another draft, or an older revision of this one, in place of the report on screen, which is kept as a revision
   * first. Throws or rejects, and leaves the report, where that cannot be.
   */
  restore(record: DraftRecord): void | Promise<void>;
  /** Deletes the draft of the report on screen; the next change begins a new one. */
  discardCurrent(): Promise<void>;
  /** Another page of this browser writes it: deleting it there and then would be in vain, or worse. */
  isWrittenElsewhere(record: DraftRecord): Promise<boolean>;
  /** These were deleted here: they are not to be offered any longer. */
  draftsDeleted(ids: readonly string[]): void;
  downloadBackup(): unknown;
  /** When a copy was last downloaded. */
  readonly backupAt: number | null;
  /** Undefined where the browser cannot keep a file up to date. */
  readonly backupFile: BackupFile | undefined;
  say(sentence: string): void;
}

/** Milliseconds after which a storage without an answer is said not to answer. */
const PATIENCE = 5_000;

class WrittenElsewhere extends Error {}

export class DraftsPanel {
  readonly #owner: DraftsPanelOwner;
  readonly #dialog = document.createElement('dialog');
  #isOpen = false;
  #found: Found | undefined;
  /** Which draft and revision the list of revisions was read for. */
  #readFor = '';
  #reading = 0;
  #showsAll = false;
  #showsExpired = false;
  /** The stamp of the record that is compared. */
  #comparing: string | undefined;
  #question: Question | undefined;
  #isBusy = false;
  #wrong = '';
  #done = '';
  #before: HTMLElement | undefined;

  constructor(owner: DraftsPanelOwner) {
    this.#owner = owner;
    const dialog = this.#dialog;
    dialog.className = 'framed drafts';
    dialog.setAttribute('aria-labelledby', 'drafts-title');
    dialog.addEventListener('cancel', (event) => {
      if (this.#question === undefined || event.target !== dialog) return;
      // Escape takes back the question first.
      event.preventDefault();
      this.#ask(undefined);
    });
    // The event comes a moment later, when it may be open again.
    dialog.addEventListener('close', () => {
      if (!dialog.open) this.#closed();
    });
    // Taken out of the page, it would come back as a dialog that is not modal.
    owner.addController({ hostDisconnected: () => dialog.close() });
    addStyles(owner.renderRoot, dialogFrame, draftsPanelStyles);
  }

  /** Shows the dialog, once the owner has placed it. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#before = focusedIn(this.#owner.renderRoot.getRootNode() as ShadowRoot);
    this.#owner.requestUpdate();
    await this.#owner.updateComplete;
    if (!this.#dialog.isConnected) return this.#closed();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    this.#dialog.querySelector<HTMLElement>('h2')?.focus();
    await this.#load();
  }

  close(): void {
    this.#dialog.close();
  }

  /** For the owner's template: the dialog while it is open. Draws it anew with every update of the owner. */
  view(): HTMLDialogElement | '' {
    if (!this.#isOpen) return '';
    if (this.#found !== undefined && this.#readFor !== this.#currentName()) void this.#load();
    this.#draw();
    return this.#dialog;
  }

  #closed(): void {
    this.#isOpen = false;
    this.#found = undefined;
    this.#reading += 1;
    this.#showsAll = false;
    this.#showsExpired = false;
    this.#comparing = undefined;
    this.#question = undefined;
    this.#wrong = '';
    this.#done = '';
    this.#owner.requestUpdate();
    this.#before?.focus();
    this.#before = undefined;
  }

  // ---- the store ----

  #currentName(): string {
    const { current } = this.#owner;
    return current === null ? '' : `${current.id} ${current.revision}`;
  }

  /** Each list for itself: what fails spares the others. */
  async #load(): Promise<void> {
    this.#reading += 1;
    const reading = this.#reading;
    this.#readFor = this.#currentName();
    const { store, current } = this.#owner;
    const all = Promise.resolve().then(() => store.list({ expired: true }));
    const [history, drafts, offered, setAside, persisted] = await Promise.all([
      answer(async () => (current === null ? [] : store.history(current.id))),
      answer(() => all),
      answer(async () => store.list()),
      // Listing is what sets damaged ones aside.
      answer(async () => {
        await all.catch(() => undefined);
        return store.setAside();
      }),
      answer(isPersisted),
    ]);
    if (reading !== this.#reading || !this.#isOpen) return;
    const kept = new Set(offered?.map(({ id }) => id));
    this.#found = {
      history,
      drafts: offered && drafts,
      expired: new Set(drafts?.filter(({ id }) => !kept.has(id)).map(({ id }) => id)),
      setAside,
      persisted: persisted === true,
    };
    this.#draw();
  }

  /** Does something that may fail, one at a time, and says so either way. */
  async #act(task: () => unknown, failed: string): Promise<boolean> {
    this.#isBusy = true;
    this.#wrong = '';
    this.#done = '';
    this.#draw();
    const outcome = Promise.resolve().then(task);
    try {
      await within(outcome);
      return true;
    } catch (error) {
      this.#wrong =
        error instanceof NoAnswer
          ? t`浏览器的存储没有回应，还不知道是否成功。`
          : error instanceof WrittenElsewhere
            ? writtenElsewhereWords()
            : failed;
      // Should it come to an end after all, what is listed is to be true.
      if (error instanceof NoAnswer) outcome.then(() => this.#load()).catch(() => undefined);
      return false;
    } finally {
      this.#isBusy = false;
    }
  }

  async #delete(question: Question): Promise<void> {
    if (this.#isBusy) return;
    this.#question = undefined;
    const { task, done, failed } = this.#deletion(question);
    const acting = this.#act(task, failed);
    // What had it is gone, or will be.
    this.#focus('#drafts-all');
    if (await acting) this.#done = done;
    if (this.#isOpen) await this.#load();
  }

  #deletion(question: Question): { task: () => unknown; done: string; failed: string } {
    const owner = this.#owner;
    const { store, current } = owner;
    const failed = t`没有删除成功，请稍后再试。`;
    if (question === 'all') {
      const ids = this.#found?.drafts?.map(({ id }) => id) ?? [];
      return {
        task: async () => {
          for (const record of this.#found?.drafts ?? []) await this.#unlessWritten(record);
          // Let go of first: the next write must not count on from what is gone.
          if (current !== null) await owner.discardCurrent();
          await store.clear();
          owner.draftsDeleted(ids);
        },
        done: t`已清除本浏览器中您的全部草稿。`,
        failed: t`没有清除成功，草稿可能还在。请稍后再试。`,
      };
    }
    if ('raw' in question)
      return { task: () => store.deleteSetAside(question.id), done: t`已删除无法读取的草稿。`, failed };
    return {
      task: async () => {
        await this.#unlessWritten(question);
        if (question.id === current?.id) await owner.discardCurrent();
        else await store.delete(question.id);
        owner.draftsDeleted([question.id]);
      },
      done: t`已删除${whoseWords(question)}的草稿。`,
      failed,
    };
  }

  async #unlessWritten(record: DraftRecord): Promise<void> {
    if (await this.#owner.isWrittenElsewhere(record)) throw new WrittenElsewhere();
  }

  async #restore(record: DraftRecord): Promise<void> {
    if (this.#isBusy || this.#owner.locked) return;
    const isOlder = record.id === this.#owner.current?.id;
    const restored = await this.#act(
      () => this.#owner.restore(record),
      isOlder
        ? t`没有恢复，屏幕上的内容没有改动。请稍后再试，或先下载。`
        : t`没有打开，屏幕上的内容没有改动。请稍后再试，或先下载。`,
    );
    if (!restored) {
      if (this.#isOpen) this.#draw();
      return;
    }
    this.#dialog.close();
    this.#owner.say(
      joined(
        [
          isOlder
            ? t`已恢复第 ${record.revision} 版；恢复之前的内容留作历史版本。`
            : t`已打开${whoseWords(record)}的草稿；原来屏幕上的内容如有改动，留在它自己的草稿中。`,
          halfTypedZh(record.open, formatOf(this.#owner.report)),
        ],
        '',
      ),
    );
  }

  async #chooseFile(file: BackupFile): Promise<void> {
    const refused = await file.choose();
    this.#wrong = refused === undefined ? '' : choiceRefusedWords(refused);
    if (this.#isOpen) this.#draw();
  }

  // ---- what is shown ----

  #draw(): void {
    const { store, current, report, draftDays, locked, backupAt, backupFile } = this.#owner;
    const shown = draftsPanelView({
      store,
      current,
      report,
      draftDays,
      locked,
      backupAt,
      backupFile,
      found: this.#found,
      showsAll: this.#showsAll,
      showsExpired: this.#showsExpired,
      comparing: this.#comparing,
      isBusy: this.#isBusy,
      done: this.#done,
      wrong: this.#wrong,
      isAsked: (question) => this.#question !== undefined && nameOf(this.#question) === nameOf(question),
      ask: (question) => this.#ask(question),
      remove: (question) => void this.#delete(question),
      restore: (record) => void this.#restore(record),
      compare: ({ stamp }) =>
        this.#set(() => (this.#comparing = this.#comparing === stamp ? undefined : stamp)),
      toggleAll: () => this.#set(() => (this.#showsAll = !this.#showsAll)),
      toggleExpired: () => this.#set(() => (this.#showsExpired = !this.#showsExpired)),
      readAgain: () => void this.#load(),
      downloadBackup: () => this.#set(() => this.#owner.downloadBackup()),
      chooseFile: (file) => void this.#chooseFile(file),
      stopFile: (file) => {
        this.#set(() => file.stop());
        // The button is gone.
        this.#focus('#drafts-backup');
      },
      close: () => this.#dialog.close(),
    });
    render(shown, this.#dialog);
  }

  #set(change: () => unknown): void {
    change();
    this.#draw();
  }

  #focus(selector: string): void {
    this.#dialog.querySelector<HTMLElement>(selector)?.focus();
  }

  #ask(question: Question | undefined): void {
    const before = this.#question;
    this.#question = question;
    this.#done = '';
    this.#draw();
    // The safe answer, or back to where it was asked.
    if (question !== undefined) this.#focus('.question button');
    else if (before !== undefined)
      for (const button of this.#dialog.querySelectorAll<HTMLElement>('[data-asks]'))
        if (button.dataset['asks'] === nameOf(before)) button.focus();
  }
}

/** What a storage says in time; undefined where it fails or does not answer. */
async function answer<Value>(task: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await within(Promise.resolve().then(task));
  } catch {
    return undefined;
  }
}

class NoAnswer extends Error {}

async function within<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer()), PATIENCE);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
