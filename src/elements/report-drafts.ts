/**
 * Keeps the report of one element as a draft: opens the store after the first paint, offers what it finds, saves every
 * edit, and flushes when the page goes away. Its owner places the banner and the words. Loaded after the first paint.
 */
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { createAutosave, type Autosave, type AutosaveState } from '../drafts/autosave.ts';
import { setAsideText, type DraftRecord } from '../drafts/draft-record.ts';
import { recoverDraft, type Recovery } from '../drafts/draft-recovery.ts';
import type { DraftContent, DraftStore, ReportIdentity } from '../drafts/drafts.ts';
import { openDrafts } from '../drafts/open-drafts.ts';
import { flushOnLeaving } from '../drafts/page-lifecycle.ts';
import { forkWords, recoveryWords, saveStateWords, type SaveStateWords } from '../drafts/save-state-words.ts';
import type { Digest } from '../format/digest.ts';
import { completeReport, readDraft } from '../payload/read-payload.ts';
import type { Report } from '../report/report.ts';
import { downloadText } from './download.ts';
import { draftOffer } from './draft-offer.ts';

export interface DraftedReport extends ReactiveControllerHost {
  readonly tenant: string;
  readonly user: string;
  /** The report on screen. */
  readonly report: Report;
  /** What the draft is kept under, and what it would hold now. */
  identity(): ReportIdentity;
  content(): DraftContent;
  readonly hostDigest: Digest | null;
  /** Commits a cell that is still being edited. */
  commit(): void;
  /** Puts the report of a draft, ready to be edited, in place of the one on screen. */
  restore(report: Report): void;
  draftSaved(revision: number, at: number): void;
  draftFailed(reason: string): void;
}

export class ReportDrafts implements ReactiveController {
  /** Drafts to offer, the one that went furthest first; empty where there is nothing to offer. */
  offer: readonly DraftRecord[] = [];
  /** What the load found, '' where there is nothing to say. */
  found = '';

  readonly #owner: DraftedReport;
  #store: DraftStore | undefined;
  #autosave: Autosave | undefined;
  #state: AutosaveState | undefined;
  #recovery: Recovery | undefined;
  #comparing: DraftRecord | undefined;
  #stopFlushing: (() => void) | undefined;
  #running = false;
  #changedBeforeStart = false;
  /** When a copy of the report was downloaded while its drafts were still being looked for. */
  #backupBeforeStart: number | undefined;
  #run = 0;
  #minute: ReturnType<typeof setInterval> | undefined;

  constructor(owner: DraftedReport) {
    this.#owner = owner;
    owner.addController(this);
  }

  get state(): AutosaveState | undefined {
    return this.#state;
  }

  get words(): SaveStateWords {
    if (this.#state === undefined) return { status: '正在准备草稿', backup: '', advice: '' };
    const words = saveStateWords(this.#state);
    return this.#state.forkedFrom === null
      ? words
      : { ...words, advice: `${words.advice === '' ? '' : `${words.advice}；`}${forkWords()}` };
  }

  /**
   * Looks for drafts of the report just loaded, and keeps every edit from then on. Starting again begins another draft; `edited` where
   * the report is the user's own doing and is to be kept at once.
   */
  async start(edited = false): Promise<void> {
    this.#changedBeforeStart ||= edited;
    this.leave();
    const run = this.#run;
    const owner = this.#owner;
    const kept = this.#store?.owner;
    // Another user at the same element: what was one's own is not the other's to see.
    if (kept !== undefined && (kept.tenant !== (owner.tenant ?? '') || kept.user !== (owner.user ?? '')))
      this.#close();
    this.#store ??= await openDrafts({
      // An attribute that was removed leaves null behind.
      tenant: owner.tenant ?? '',
      user: owner.user ?? '',
      door: (text) => readDraft(text).ok,
    });
    const recovery = await recoverDraft(this.#store, owner.identity(), owner.hostDigest);
    if (run !== this.#run) return;
    this.#recovery = recovery;
    this.offer =
      recovery.draft === undefined || recovery.sameAsHost ? [] : [recovery.draft, ...recovery.others];
    this.found = recoveryWords(recovery);
    if (this.#autosave === undefined) {
      this.#autosave = createAutosave({
        store: this.#store,
        content: () => owner.content(),
        onState: (state) => this.#tell(state),
      });
      this.#stopFlushing = flushOnLeaving(this.#autosave, () => owner.commit());
    }
    this.#running = true;
    this.#autosave.start({ report: owner.identity(), after: recovery.after });
    if (this.#changedBeforeStart) this.#autosave.changed();
    this.#changedBeforeStart = false;
    if (this.#backupBeforeStart !== undefined) this.#autosave.noteBackup(this.#backupBeforeStart);
    this.#backupBeforeStart = undefined;
    this.#state = this.#autosave.state;
    owner.requestUpdate();
  }

  /** The report on screen is about to be replaced: its draft is written as it stands and touched no more. */
  leave(): void {
    this.#run += 1;
    this.#running = false;
    this.#backupBeforeStart = undefined;
    this.#autosave?.stop();
  }

  changed(): void {
    if (this.#running) this.#autosave?.changed();
    else this.#changedBeforeStart = true;
  }

  /** The banner with what was found, or nothing. */
  offerBanner(): TemplateResult | string {
    return draftOffer({
      found: this.found,
      offer: this.offer,
      unreadable: this.#recovery?.setAside ?? 0,
      comparing: this.#comparing,
      report: this.#owner.report,
      restore: (record) => this.restore(record),
      compare: (record) => {
        this.#comparing = this.#comparing === record ? undefined : record;
        this.#owner.requestUpdate();
      },
      remove: (record) => void this.delete(record),
      downloadUnreadable: () => void this.#downloadUnreadable(),
      dismiss: () => this.dismiss(),
    });
  }

  /** Ctrl+S */
  async keepNow(): Promise<void> {
    this.#owner.commit();
    await this.#autosave?.keepNow();
  }

  noteBackup(): void {
    if (this.#running) this.#autosave?.noteBackup();
    else this.#backupBeforeStart = Date.now();
  }

  acknowledge(revision: number): Promise<boolean> {
    return this.#autosave?.acknowledge(revision) ?? Promise.resolve(false);
  }

  /** 恢复草稿: the report on screen becomes the draft, and the draft goes on. */
  restore(record: DraftRecord): boolean {
    const result = readDraft(record.payload);
    if (!result.ok) return false;
    this.leave();
    this.#owner.restore(completeReport(result.report));
    this.#changedBeforeStart = false;
    this.#running = true;
    this.#autosave?.start({
      report: this.#owner.identity(),
      continuing: record,
      after: this.#recovery?.after,
    });
    this.dismiss();
    return true;
  }

  /** 不使用草稿: nothing is deleted; it is offered again on the next load. */
  dismiss(): void {
    this.offer = [];
    this.found = '';
    this.#owner.requestUpdate();
  }

  /** 删除草稿 */
  async delete(record: DraftRecord): Promise<void> {
    await this.#store?.delete(record.id);
    this.offer = this.offer.filter((other) => other.id !== record.id);
    if (this.offer.length === 0) this.found = '';
    this.#owner.requestUpdate();
  }

  hostConnected(): void {
    // The words name the day as well once midnight has passed.
    this.#minute = setInterval(() => this.#owner.requestUpdate(), 60_000);
  }

  hostDisconnected(): void {
    clearInterval(this.#minute);
    this.leave();
    this.#close();
  }

  #close(): void {
    this.#autosave = undefined;
    this.#stopFlushing?.();
    this.#stopFlushing = undefined;
    this.#store?.close();
    this.#store = undefined;
  }

  async #downloadUnreadable(): Promise<void> {
    const items = (await this.#store?.setAside()) ?? [];
    items.forEach((item, index) => downloadText(`无法读取的草稿_${index + 1}.json`, setAsideText(item)));
  }

  #tell(state: AutosaveState): void {
    const before = this.#state;
    this.#state = state;
    if (
      state.status === 'saved' &&
      state.revision !== null &&
      (before?.status !== 'saved' || before.revision !== state.revision)
    ) {
      this.#owner.draftSaved(state.revision, state.savedAt ?? Date.now());
    }
    if (state.status === 'failed' && before?.status !== 'failed')
      this.#owner.draftFailed(state.reason ?? 'storage');
    this.#owner.requestUpdate();
  }
}
