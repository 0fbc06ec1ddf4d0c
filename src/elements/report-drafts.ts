/**
 * Keeps the report of one element as a draft: opens the store after the first paint, offers what it finds, saves every
 * edit, and flushes when the page goes away. Its owner places the banner and the words. Loaded after the first paint.
 */
import { html, type ReactiveController, type TemplateResult } from 'lit';
import { askToPersist } from '../drafts/ask-to-persist.ts';
import { createAutosave, type Autosave, type AutosaveState } from '../drafts/autosave.ts';
import { reportName, setAsideText, type DraftRecord } from '../drafts/draft-record.ts';
import { recoverDraft, type Recovery } from '../drafts/draft-recovery.ts';
import type { DraftContent, DraftPlace, DraftStore, ReportIdentity } from '../drafts/drafts.ts';
import { isKeptApart, isParentKeptApart } from '../drafts/kept-apart.ts';
import { openDrafts, type OpenDraftsOptions } from '../drafts/open-drafts.ts';
import { isSeatTaken, seatName, takeSeat, type ReportSeat, type SeatState } from '../drafts/report-seat.ts';
import { flushOnLeaving } from '../drafts/page-lifecycle.ts';
import {
  branchWords,
  elsewhereWords,
  forkWords,
  keptApartWords,
  leftoverWords,
  outdatedWords,
  recoveryWords,
  saveStateWords,
  writtenElsewhereWords,
  type SaveStateWords,
} from '../drafts/save-state-words.ts';
import type { Finding } from '../checks/finding.ts';
import type { Digest } from '../format/digest.ts';
import { joined, t } from '../format/language.ts';
import { completeReport, readDraft } from '../payload/read-payload.ts';
import { formatOf, type Report } from '../report/report.ts';
import { beingTyped, type TypedReport } from './being-typed.ts';
import type { XxgkFindings } from './findings.ts';
import { halfTypedZh } from './difference-words.ts';
import { damagedFileName, downloadText } from './download.ts';
import type { CopiedReport, DraftCopies, KeptReport } from './draft-copies.ts';
import { joinDrafts } from './draft-joining.ts';
import { draftOffer } from './draft-offer.ts';
import { mergeViewStyles, type MergeView } from './merge-view.ts';
import { addStyles } from './styles.ts';

/** The payload of the host that an edit began from. */
export interface BegunFrom {
  readonly base: Digest | null;
  readonly origin: string | null;
}

export interface DraftedReport extends CopiedReport, TypedReport, EventTarget {
  readonly tenant: string;
  readonly user: string;
  /** Where drafts are kept: `session` for only as long as the tab is open. */
  readonly draft: string;
  /** Where they are kept, if not in this page's own storage. */
  readonly openDrafts: ((options: OpenDraftsOptions) => Promise<DraftStore>) | undefined;
  /** What the draft is kept under, and what it would hold now. */
  identity(): ReportIdentity;
  readonly hostDigest: Digest | null;
  /** Commits a cell that is still being edited. */
  commit(): void;
  /** The host lets nobody edit: such a page writes nothing, and keeps nobody else from writing. */
  readonly hostLocked: boolean;
  /** The payload loaded from the host, null where it had none. */
  readonly hostValue: string | null;
  /** The value without what an open cell holds. */
  readonly heldText: string;
  /** The host has this payload now. */
  hostHas(text: string): void;
  findingsOf(report: Report): readonly Finding[];
  /** Puts a report, ready to be edited, in place of the one on screen; what it began from goes into the payload. */
  restore(report: Report, begun: BegunFrom): void;
  /** Shows what another page of this browser is writing: no edit of this page, and no event. */
  follow(report: Report, begun: BegunFrom): void;
  /** Another draft than the one before is on screen. */
  draftOpened(id: string): void;
  draftSaved(revision: number, at: number): void;
  draftFailed(reason: string): void;
}

/** Milliseconds after the last key until what an open cell holds is written: Enter comes earlier most of the time. */
const TYPING_PAUSE = 1_000;

/** What may change the text of an open cell, or end it. */
const TYPING = ['input', 'keyup', 'compositionstart', 'compositionend', 'focusout', 'drop', 'click'];

/**
 * `preparing`: drafts are looked for, and edits wait for it. `writing`: every edit is kept. `looking`: another page
 * writes, and this one shows it. `returning`: its turn has come, and what the other one wrote last is on its way.
 * `arriving`: a draft is on screen, and whether another page writes it will be known in a moment; edits wait for it.
 */
type Phase = 'preparing' | 'writing' | 'looking' | 'returning' | 'arriving';

export class ReportDrafts implements ReactiveController {
  /** Drafts to offer, the one that went furthest first; empty where there is nothing to offer. */
  offer: readonly DraftRecord[] = [];
  /** What the load found, '' where there is nothing to say. */
  found = '';

  readonly #owner: DraftedReport;
  readonly #isKeptApart: boolean;
  #store: DraftStore | undefined;
  #autosave: Autosave | undefined;
  #state: AutosaveState | undefined;
  #recovery: Recovery | undefined;
  #comparing: DraftRecord | undefined;
  /** The draft that is to be deleted, if that is meant. */
  #deleting: DraftRecord | undefined;
  #writtenElsewhere: ReadonlySet<string> = new Set();
  #joining: MergeView | undefined;
  #copies: DraftCopies | undefined;
  /** Whose drafts the store holds. */
  #askedFor = '';
  #phase: Phase = 'preparing';
  #seat: ReportSeat | undefined;
  /** What is on screen while another page writes: where its draft stood. */
  #followed: DraftPlace | undefined;
  /** What was typed here before another page turned out to write: a draft of its own. */
  #branch: DraftPlace | undefined;
  /** The fork that has been told of and put aside. */
  #forkSeen: string | undefined;
  #takingOver = false;
  #standingBack = false;
  #stopFlushing: (() => void) | undefined;
  /** The autosave writes. Not while another page does, unless something of this one is still to be written. */
  #running = false;
  #changedBeforeStart = false;
  /** When a copy of the report was downloaded while its drafts were still being looked for. */
  #backupBeforeStart: number | undefined;
  /** Counts the reports that came to the screen: whoever waited for something looks whether it is still the same. */
  #run = 0;
  #minute: ReturnType<typeof setInterval> | undefined;
  /** What open cells and fields held when the draft was written last, and the one of them. */
  #keptTyping = '';
  #keptOpen: string | null = null;
  #composing = false;
  /** Something typed is in no draft yet. */
  #isTyping = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(owner: DraftedReport) {
    this.#owner = owner;
    this.#isKeptApart = owner.openDrafts === undefined ? isKeptApart() : isParentKeptApart();
    owner.addController(this);
  }

  get state(): AutosaveState | undefined {
    return this.#state;
  }

  /** Nothing may be edited here: another page writes this report, or a newer program has taken the drafts over. */
  get blocked(): boolean {
    return (
      this.#phase === 'looking' ||
      this.#phase === 'returning' ||
      this.#seat?.state === 'elsewhere' ||
      this.#state?.outdated === true ||
      this.#joining !== undefined
    );
  }

  /** Two drafts being joined, in the place of the tables. */
  get joining(): TemplateResult | undefined {
    return this.#joining?.view();
  }

  get words(): SaveStateWords {
    if (this.#seat?.state === 'elsewhere' && !this.#running)
      return { status: t`只能查看`, backup: '', advice: '' };
    if (this.#state === undefined) return { status: t`正在准备草稿`, backup: '', advice: '' };
    const { status, memoryOnly } = this.#state;
    const isBehind = this.#isTyping && !memoryOnly && (status === 'saved' || status === 'clean');
    const words = saveStateWords(isBehind ? { ...this.#state, status: 'unsaved' } : this.#state);
    const advice = [
      words.advice,
      status === 'saved' && this.#owner.draft === 'session' ? t`关闭标签页后不再保留` : '',
      this.#store?.kind === 'browser' && this.#isKeptApart ? keptApartWords() : '',
      this.#state.forkedFrom === null ? '' : forkWords(),
      this.#copies?.words ?? '',
    ].filter((part) => part !== '');
    return { ...words, advice: joined(advice, '；') };
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
    const store = this.#store ?? (await this.#openStore());
    if (run !== this.#run) {
      if (store !== this.#store) store.close();
      return;
    }
    this.#store = store;
    const recovery = await recoverDraft(store, owner.identity(), owner.hostDigest);
    if (run !== this.#run) return;
    this.#recovery = recovery;
    const { draft, others } = recovery;
    // What is on screen was taken from its draft (a backup of it, a frame that was loaded anew): that one goes on.
    const offered = draft === undefined || recovery.sameAsHost ? [] : [draft, ...others];
    const shown =
      offered.length > 0 && offered[0]!.digest === owner.content().digest ? offered.shift() : undefined;
    this.offer = offered;
    this.found = recoveryWords(shown ? { ...recovery, draft: undefined } : recovery);
    void this.#lookForWriters(run);
    if (this.#autosave === undefined) {
      // Before the autosave hears of it: what is open in a cell belongs to the last that can be written.
      store.watch(() => owner.commit());
      this.#autosave = createAutosave({
        store,
        content: () => this.#content(),
        onState: (state) => this.#tell(state),
      });
      this.#stopFlushing = flushOnLeaving(this.#autosave, () => owner.commit());
    }
    this.#write(shown);
    if (!owner.hostLocked && this.#sit(shown)?.state === 'elsewhere') void this.#standBack();
  }

  /** Drafts on offer that another page is writing: to restore one is to look on. */
  async #lookForWriters(run: number): Promise<void> {
    const written = new Set<string>();
    for (const record of this.offer) if (await this.#isWrittenElsewhere(record)) written.add(record.id);
    if (run !== this.#run || written.size === 0) return;
    this.#writtenElsewhere = written;
    this.#owner.requestUpdate();
  }

  #whose(): { tenant: string; user: string; session: boolean } {
    const { tenant, user, draft } = this.#owner;
    // An attribute that was removed leaves null behind.
    return { tenant: tenant ?? '', user: user ?? '', session: draft === 'session' };
  }

  #openStore(): Promise<DraftStore> {
    const { draftDays } = this.#owner;
    const whose = this.#whose();
    this.#askedFor = JSON.stringify(whose);
    const open = this.#owner.openDrafts ?? openDrafts;
    return open({
      ...whose,
      door: (text) => readDraft(text).ok,
      ...(draftDays !== null && draftDays > 0 && { daysKept: draftDays }),
    });
  }

  /** From now on every edit is kept. */
  #write(continuing?: DraftRecord): void {
    const autosave = this.#autosave;
    if (autosave === undefined) return;
    this.#running = true;
    this.#phase = 'writing';
    autosave.start({ report: this.#owner.identity(), continuing, after: this.#recovery?.after });
    if (this.#changedBeforeStart) autosave.changed();
    this.#changedBeforeStart = false;
    if (this.#backupBeforeStart !== undefined) autosave.noteBackup(this.#backupBeforeStart);
    this.#backupBeforeStart = undefined;
    this.#state = autosave.state;
    this.#tellPlace();
    if (continuing !== undefined) void this.#lookForFile(continuing);
    this.#keptTyping = '';
    this.#keptOpen = null;
    this.#look();
    this.#owner.requestUpdate();
  }

  /**
   * The report on screen is about to be replaced: its draft is written as it stands and touched no more. Its seat is
   * kept, and where it is another page's what that one writes: a host that writes back what it was given would otherwise
   * hand it to whoever waits, or show what was there before.
   */
  leave(): void {
    this.#run += 1;
    this.#phase = 'preparing';
    this.#running = false;
    this.#backupBeforeStart = undefined;
    this.#copies?.leave();
    this.#autosave?.stop();
    this.#look();
    this.#state = undefined;
    this.#recovery = undefined;
    this.#joining = undefined;
    this.#comparing = undefined;
    this.#deleting = undefined;
    this.#branch = undefined;
    this.offer = [];
    this.found = '';
    // Another user at the same element: what was one's own is not the other's to see.
    if (this.#askedFor !== '' && this.#askedFor !== JSON.stringify(this.#whose())) this.#close();
  }

  // ---- what is being typed ----

  /** What is on screen, with what open cells hold; they stay open, and nobody is told of an edit. */
  #content(): DraftContent {
    const content = beingTyped(this.#owner)?.content ?? this.#owner.content();
    this.#keptTyping = this.#typed;
    this.#keptOpen = content.open ?? null;
    this.#look();
    return content;
  }

  get #typed(): string {
    const { openTexts } = this.#owner;
    return openTexts.length === 0 ? '' : JSON.stringify(openTexts);
  }

  readonly #onTyping = ({ type }: Event): void => {
    this.#composing = type === 'compositionstart' || (this.#composing && !/end$|out$/.test(type));
    // When the grid has heard of it as well.
    setTimeout(() => this.#look());
  };

  /** Whether something typed is in no draft. It is written after a pause; what was given up leaves the draft at once. */
  #look(): void {
    clearTimeout(this.#pause);
    const typed = this.#typed;
    // What an input method has in hand is not taken; what was taken before it began stays.
    const isBehind = this.#running && !this.#composing && typed !== this.#keptTyping;
    const { writing } = this.#owner.renderRoot.querySelector<XxgkFindings>('xxgk-findings') ?? {};
    const isTyping = this.#running && (isBehind || this.#composing || writing === true);
    if (isTyping !== this.#isTyping) this.#owner.requestUpdate();
    this.#isTyping = isTyping;
    if (isBehind) this.#pause = setTimeout(() => this.#keepTyping(), typed === '' ? 0 : TYPING_PAUSE);
  }

  #keepTyping(): void {
    if (!this.#running || this.#typed === this.#keptTyping) return;
    if (this.#keptOpen !== null || beingTyped(this.#owner) !== undefined) {
      this.#autosave?.changed();
      return;
    }
    // What is typed is what was there.
    this.#keptTyping = this.#typed;
    this.#look();
  }

  changed(): void {
    // Nothing is asked of a browser for a report that nobody has touched.
    if (this.#store?.kind === 'browser') askToPersist();
    if (this.#running) this.#autosave?.changed();
    else this.#changedBeforeStart = true;
  }

  // ---- one writer ----

  /** Sits down for a report: that of the draft which goes on, or the one on screen. */
  #sit(continuing?: DraftPlace & Partial<DraftRecord>): ReportSeat | undefined {
    const store = this.#store;
    const report = continuing?.report ?? reportName(this.#owner.identity());
    const name = seatName(report, continuing?.id);
    if (this.#seat !== undefined && this.#seat.name === name) return this.#seat;
    this.#stand();
    if (store === undefined || store.kind === 'memory' || name === undefined) return undefined;
    const seat = takeSeat({
      store,
      name,
      onState: (state) => {
        if (this.#seat === seat) this.#seated(state);
      },
      give: () => this.#give(),
      onDraft: (draft) => {
        if (this.#seat === seat) void this.#follow(draft);
      },
    });
    this.#seat = seat;
    return seat;
  }

  #stand(): void {
    this.#seat?.leave();
    this.#seat = undefined;
    this.#followed = undefined;
    this.#takingOver = false;
  }

  #seated(state: SeatState): void {
    this.#owner.requestUpdate();
    // Before its drafts are looked at nothing of a report is written; the start of it asks again.
    if (this.#phase === 'preparing') return;
    if (state === 'elsewhere') void this.#standBack();
    else if (state === 'held' && this.#phase === 'looking') void this.#goOn();
  }

  /** Another page writes from now on. What was typed here until now lies in the common draft, or becomes one of its own. */
  async #standBack(): Promise<void> {
    const run = this.#run;
    const seat = this.#seat;
    const autosave = this.#autosave;
    // First of all: the tables are about to be locked.
    this.#owner.commit();
    this.#phase = 'looking';
    // What was being joined is the other page's to write now.
    this.#joining = undefined;
    this.#copies?.leave();
    if (this.#changedBeforeStart && !this.#running) {
      this.#write();
      this.#phase = 'looking';
    }
    if (this.#running && autosave !== undefined) {
      this.#standingBack = true;
      const state = await autosave.keepNow();
      this.#standingBack = false;
      this.#owner.requestUpdate();
      if (run !== this.#run || seat !== this.#seat) return;
      if (seat?.state !== 'elsewhere') {
        // It came back meanwhile, and nothing had been given up.
        this.#phase = 'writing';
        return;
      }
      // What could not be kept stays on screen, and is tried again; then this page stands back after all.
      if (state.status !== 'saved' && state.status !== 'clean') return;
      this.#running = false;
      autosave.stop();
      if (state.draft !== null && state.revision !== null && state.draft !== this.#followed?.id)
        this.#branch = { id: state.draft, revision: state.revision };
    }
    await this.#follow(this.#followed ?? null);
  }

  /** Another page wants to write: everything is written down first, or the seat is kept. */
  async #give(): Promise<boolean> {
    this.#owner.commit();
    if (!this.#running) return this.#phase !== 'preparing' && !this.#changedBeforeStart;
    let state = await this.#autosave?.keepNow();
    // A page that has just been hidden hands the same over once more.
    while (state?.status === 'saving') state = await this.#autosave?.keepNow();
    if (state?.status !== 'saved' && state?.status !== 'clean') return false;
    this.#tellPlace();
    return true;
  }

  /** Shows where the draft of the page that writes stands. */
  async #follow(draft: DraftPlace | null): Promise<void> {
    const before = this.#followed;
    this.#followed = draft ?? undefined;
    if (this.#running) return;
    if (draft === null) {
      if (before !== undefined)
        this.#owner.say(t`另一个标签页不再编辑这份草稿（可能已经报送），请刷新本页查看最新内容。`);
      return;
    }
    const run = this.#run;
    const seat = this.#seat;
    const record = await this.#recordOf(draft.id);
    if (run !== this.#run || seat !== this.#seat || seat?.state !== 'elsewhere' || this.#running) return;
    const result = record === undefined ? undefined : readDraft(record.payload);
    if (record === undefined || result?.ok !== true) return;
    // What was being typed elsewhere when this page opened may have been taken for a draft of its own.
    if (this.#branch?.id === record.id) this.#branch = undefined;
    this.#owner.follow(completeReport(result.report), begunFrom(record));
  }

  /** The seat is free, or was taken over: this page goes on where the other one stopped. */
  async #goOn(): Promise<void> {
    this.#phase = 'returning';
    const run = this.#run;
    const seat = this.#seat;
    const record = await this.#recordOf(this.#followed?.id);
    if (run !== this.#run || seat !== this.#seat) return;
    if (seat?.state !== 'held') {
      this.#phase = 'looking';
      return;
    }
    const result = record === undefined ? undefined : readDraft(record.payload);
    if (record !== undefined && result?.ok === true)
      await this.#put(result.report, record, begunFrom(record));
    else if (!this.#running) this.#write();
    else this.#phase = 'writing';
    const halfTyped = result?.ok === true ? halfTypedZh(record!.open, formatOf(result.report)) : '';
    this.#owner.say(joined([t`现在由本页编辑此报告。`, halfTyped], ''));
  }

  async #takeOver(): Promise<void> {
    const seat = this.#seat;
    this.#takingOver = true;
    this.#owner.requestUpdate();
    const answer = await seat?.takeOver();
    if (seat !== this.#seat) return;
    this.#takingOver = false;
    if (answer === 'refused')
      this.#owner.say(t`另一个标签页的内容尚未暂存，不能转到本页编辑。请先到该标签页下载备份。`);
    this.#owner.requestUpdate();
  }

  /** Where the draft of the report on screen stands, null where there is none. */
  get place(): DraftPlace | null {
    const { draft, revision } = this.#state ?? {};
    return draft && revision ? { id: draft, revision } : null;
  }

  #tellPlace(): void {
    this.#seat?.tell(this.place);
  }

  /** A draft as it lies in the store; undefined where there is none or it cannot be read now. */
  async #recordOf(id: string | null | undefined): Promise<DraftRecord | undefined> {
    return id ? this.#store?.read(id).catch(() => undefined) : undefined;
  }

  // ---- what was found ----

  /** What is to be said above everything else: who writes, or what was found; or nothing. */
  banner(): TemplateResult | string {
    if (this.#state?.outdated === true)
      return html`<section class="banner bad" role="alert"><p>${outdatedWords(this.#state)}</p></section>`;
    if (this.#seat?.state === 'elsewhere')
      return html`<section class="banner" role="status" aria-label=${t`另一个标签页`}>
        ${this.#running && !this.#standingBack ? html`<p>${leftoverWords()}</p>` : ''}
        ${this.#branch === undefined ? '' : html`<p>${branchWords()}</p>`}
        <div class="actions">
          <span>${elsewhereWords()}</span>
          <button type="button" ?disabled=${this.#takingOver} @click=${() => void this.#takeOver()}>
            ${t`在本页编辑`}
          </button>
        </div>
      </section>`;
    if (this.#owner.hostLocked) return '';
    return html`${this.#forkBanner()}${this.#offerBanner()}${this.#copies?.banner() ?? ''}`;
  }

  #forkBanner(): TemplateResult | string {
    const fork = this.#state?.forkedFrom ?? null;
    const other = fork ?? this.#branch;
    if (other === undefined || other.id === this.#forkSeen || other.id === this.#state?.draft) return '';
    return html`<section class="banner" role="alert" aria-label=${t`两份草稿`}>
      <p>${fork === null ? branchWords() : t`${forkWords()}。`}</p>
      <div class="actions">
        <button type="button" class="primary" @click=${() => void this.#joinFork(other)}>${t`合并…`}</button>
        <button type="button" @click=${() => this.#seeFork(other)}>${t`以后再说`}</button>
      </div>
    </section>`;
  }

  #offerBanner(): TemplateResult | string {
    return draftOffer({
      found: this.found,
      offer: this.offer,
      unreadable: this.#recovery?.setAside ?? 0,
      comparing: this.#comparing,
      writtenElsewhere: this.#writtenElsewhere,
      report: this.#owner.report,
      restore: (record) => void this.restore(record),
      compare: (record) => {
        this.#comparing = this.#comparing === record ? undefined : record;
        this.#owner.requestUpdate();
      },
      join: (record) => this.#joinable(record),
      deleting: this.#deleting,
      askToDelete: (record) => {
        this.#deleting = record;
        this.#owner.requestUpdate();
      },
      remove: (record) => void this.#deleteOffered(record),
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

  /** The host has this revision of the draft. True when the draft was cleared. */
  async acknowledge(revision: number): Promise<boolean> {
    const record = await this.#recordAt(revision);
    const cleared = await this.#clear(revision);
    const owner = this.#owner;
    if (record !== undefined)
      owner.hostHas(record.digest === owner.content().digest ? owner.heldText : record.payload);
    return cleared;
  }

  /** The host has what is on screen; a cell that is open stays so, and what is typed meanwhile stays a draft. */
  async acknowledgeAll(): Promise<boolean> {
    const { report } = this.#owner;
    await this.#autosave?.keepNow();
    const revision = this.#state?.revision ?? null;
    return revision !== null && this.#owner.report === report && this.#clear(revision);
  }

  async #clear(revision: number): Promise<boolean> {
    const cleared = (await this.#autosave?.acknowledge(revision)) ?? false;
    if (cleared) {
      this.#copies?.cleared();
      this.#tellPlace();
      // What is being typed was in the draft that went.
      this.#keptTyping = '';
      this.#keptOpen = null;
      this.#keepTyping();
    }
    return cleared;
  }

  /** The draft on screen as it was at a revision, where that is still known. */
  async #recordAt(revision: number): Promise<DraftRecord | undefined> {
    const record = await this.#recordOf(this.#state?.draft);
    if (record === undefined || record.revision === revision) return record;
    const history = await this.#store?.history(record.id).catch(() => []);
    return history?.find((earlier) => earlier.revision === revision);
  }

  /** 恢复草稿: the report on screen becomes the draft, and the draft goes on. */
  async restore(record: DraftRecord): Promise<void> {
    const result = readDraft(record.payload);
    if (!result.ok) return;
    // What others have saved since then is not in the draft, and what it is checked against must tell so.
    const begun = this.#recovery?.behind.has(record.id) === true ? begunFrom(record) : this.#begunNow();
    if (await this.#put(result.report, record, begun))
      this.#owner.say(joined([t`已恢复草稿。`, halfTypedZh(record.open, formatOf(result.report))], ''));
  }

  #begunNow(): BegunFrom {
    return { base: this.#owner.hostDigest, origin: this.#owner.hostValue };
  }

  /**
   * A report in the place of the one on screen, whose draft is written as it stands; `continuing` goes on with it. False
   * where another page turns out to write that one.
   */
  async #put(report: Report, continuing: DraftRecord, begun: BegunFrom): Promise<boolean> {
    const isOther = continuing.id !== this.#state?.draft;
    if (isOther) this.#copies?.leave();
    this.#run += 1;
    const run = this.#run;
    this.#running = false;
    this.#autosave?.stop();
    this.#phase = 'arriving';
    this.#owner.restore(completeReport(report), begun);
    if (isOther) this.#owner.draftOpened(continuing.id);
    this.#changedBeforeStart = false;
    this.dismiss();
    const seat = this.#sit(continuing);
    await seat?.settled;
    if (run !== this.#run || seat !== this.#seat) return false;
    if (seat?.state === 'elsewhere') {
      if (this.#phase === 'arriving') await this.#standBack();
      return false;
    }
    this.#write(continuing);
    return true;
  }

  // ---- 草稿与备份 ----

  /** The dialog while it is open. */
  get panel(): HTMLDialogElement | '' {
    return this.#copies?.panel.view() ?? '';
  }

  async openPanel(): Promise<void> {
    this.#owner.commit();
    if (this.#store === undefined) {
      this.#owner.say(t`草稿功能正在准备，请稍候再试。`);
      return;
    }
    try {
      const { panel } = await this.#loadCopies();
      // Taken out of the page meanwhile: there is nothing to list.
      if (this.#store !== undefined) await panel.open();
    } catch {
      this.#owner.say(t`“草稿与备份”没有载入，请刷新本页后再试。填写的内容不受影响。`);
    }
  }

  async #loadCopies(): Promise<DraftCopies> {
    const { DraftCopies: Copies } = await import('./draft-copies.ts');
    return (this.#copies ??= new Copies(this.#owner, this.#kept));
  }

  /** The file that this draft was written to as well, before this page was loaded. */
  async #lookForFile({ id }: DraftPlace): Promise<void> {
    const run = this.#run;
    const file = await this.#store?.keptFile?.(id).catch(() => undefined);
    if (file === undefined) return;
    const copies = await this.#loadCopies().catch(() => undefined);
    if (run === this.#run && this.#phase === 'writing' && this.place?.id === id) copies?.found(id, file);
  }

  readonly #kept: KeptReport = (() => {
    const drafts = (): ReportDrafts => this;
    return {
      get store() {
        return drafts().#store!;
      },
      get current() {
        return drafts().place;
      },
      get locked() {
        return drafts().#owner.hostLocked || drafts().blocked;
      },
      get backupAt() {
        return drafts().#state?.backupAt ?? null;
      },
      restore: (record) => this.#restoreFrom(record),
      discardCurrent: async () => {
        await this.#autosave?.discard();
        this.#tellPlace();
      },
      isWrittenElsewhere: (record) => this.#isWrittenElsewhere(record),
      draftsDeleted: (ids) => this.#offerNoMore(ids),
    };
  })();

  /** Another draft as it stands, or an older revision of this one; what is on screen is a revision first. */
  async #restoreFrom(record: DraftRecord): Promise<void> {
    const run = this.#run;
    this.#owner.commit();
    const state = await this.#autosave?.keepNow();
    if (state?.status === 'failed' || state?.status === 'unsaved') throw new Error(state.status);
    const head = (await this.#store?.read(record.id)) ?? record;
    const isCurrent = head.id === this.#state?.draft;
    const result = readDraft((isCurrent ? record : head).payload);
    if (run !== this.#run || !result.ok) throw new Error('payload');
    if (!(await this.#put(result.report, head, begunFrom(head)))) return;
    const halfTyped = halfTypedZh((isCurrent ? record : head).open, formatOf(result.report));
    if (halfTyped !== '') this.#owner.say(halfTyped);
    if (isCurrent && head.stamp !== record.stamp) this.#autosave?.changed();
  }

  /** Another draft of this browser in the place of what is on screen. Resolves with why not, in words, or undefined. */
  async open(id: string): Promise<string | undefined> {
    const record = await this.#recordOf(id);
    if (record === undefined) return t`这份草稿已不在本浏览器中，可能已被删除。`;
    return this.#restoreFrom(record).then(
      () => undefined,
      () => t`这份草稿没有打开，屏幕上的内容没有改动。请稍后再试。`,
    );
  }

  // ---- joining ----

  /** A draft beside others of the same report is joined with the first, that one with what the host has changed. */
  #joinable(record: DraftRecord): { words: string; open: () => void } | undefined {
    const [first] = this.offer;
    if (first !== undefined && record !== first)
      return { words: t`与第一份合并…`, open: () => void this.#join(first, record) };
    if (this.#recovery?.hostChanged === true && record === this.#recovery.draft)
      return { words: t`与系统中的内容合并…`, open: () => void this.#join(record, undefined) };
    return undefined;
  }

  async #joinFork(fork: DraftPlace): Promise<void> {
    const run = this.#run;
    this.#owner.commit();
    await this.#autosave?.keepNow();
    const main = await this.#recordOf(this.#state?.draft);
    const other = await this.#recordOf(fork.id);
    if (run !== this.#run) return;
    if (main && other) {
      await this.#join(main, other);
      return;
    }
    this.#owner.say(t`另一份草稿已不在本浏览器中，没有需要合并的内容。`);
    this.#seeFork(fork);
  }

  #seeFork(fork: DraftPlace): void {
    this.#forkSeen = fork.id;
    this.#owner.requestUpdate();
  }

  async #join(main: DraftRecord, other: DraftRecord | undefined): Promise<void> {
    const owner = this.#owner;
    const store = this.#store;
    if (store === undefined) return;
    addStyles(owner.renderRoot, mergeViewStyles);
    const close = (): void => {
      this.#joining = undefined;
      owner.requestUpdate();
    };
    const run = this.#run;
    const joining = await joinDrafts(
      store,
      {
        report: owner.report,
        findingsOf: (report) => owner.findingsOf(report),
        requestUpdate: () => owner.requestUpdate(),
        joined: (versions, into, from) => {
          close();
          void this.#joined(versions, into, from);
        },
        cancelled: close,
      },
      main,
      other,
    );
    if (run !== this.#run || this.blocked) return;
    this.#joining = joining;
    if (joining === undefined) owner.say(t`草稿无法读取，不能合并。两份都保留。`);
    owner.requestUpdate();
    await owner.updateComplete;
    owner.renderRoot.querySelector<HTMLElement>('.merge h2')?.focus();
  }

  /** Each version becomes a revision of the draft that goes on, so that what was not chosen can be looked up. */
  async #joined(
    versions: readonly Report[],
    main: DraftRecord,
    other: DraftRecord | undefined,
  ): Promise<void> {
    const begun = other === undefined ? this.#begunNow() : begunFrom(main);
    const [first, ...more] = versions;
    if (first === undefined || !(await this.#put(first, main, begun))) return;
    const run = this.#run;
    this.#autosave?.changed();
    let state = await this.#autosave?.keepNow();
    for (const version of more) {
      if (run !== this.#run || !this.#running) break;
      this.#owner.restore(completeReport(version), begun);
      this.#autosave?.changed();
      state = await this.#autosave?.keepNow();
    }
    if (run !== this.#run || !this.#running || state?.status !== 'saved') {
      this.#owner.say(t`合并没有完成，两份草稿都保留。`);
      return;
    }
    // What was written into it since it was read stays.
    if (other !== undefined) await this.#store?.delete(other.id, other.revision).catch(() => false);
    this.#owner.say(t`已合并为一份草稿。未采用的内容可在历史版本中找到。`);
  }

  /** 不使用草稿: nothing is deleted; it is offered again on the next load. */
  dismiss(): void {
    this.offer = [];
    this.found = '';
    this.#owner.requestUpdate();
  }

  /** 删除草稿, by the user */
  async #deleteOffered(record: DraftRecord): Promise<void> {
    this.#deleting = undefined;
    if (await this.#isWrittenElsewhere(record)) this.#owner.say(writtenElsewhereWords());
    else await this.delete(record);
    this.#owner.requestUpdate();
  }

  async #isWrittenElsewhere(record: DraftRecord): Promise<boolean> {
    const name = seatName(record.report, record.id);
    if (this.#store === undefined || name === undefined) return false;
    if (this.#seat?.name === name) return this.#seat.state === 'elsewhere';
    return isSeatTaken(this.#store.owner, name);
  }

  async delete(record: DraftRecord): Promise<void> {
    await this.#store?.delete(record.id);
    this.#offerNoMore([record.id]);
    this.#owner.requestUpdate();
  }

  #offerNoMore(ids: readonly string[]): void {
    this.offer = this.offer.filter(({ id }) => !ids.includes(id));
    if (this.offer.length === 0) this.found = '';
  }

  hostUpdate(): void {
    // The host had locked the report when it came, and lets it be edited now.
    if (this.#phase !== 'writing' || this.#seat !== undefined || this.#owner.hostLocked) return;
    if (this.#sit()?.state === 'elsewhere') void this.#standBack();
  }

  hostConnected(): void {
    // The words name the day as well once midnight has passed.
    this.#minute = setInterval(() => this.#owner.requestUpdate(), 60_000);
    for (const type of TYPING) this.#owner.addEventListener(type, this.#onTyping, true);
  }

  hostDisconnected(): void {
    clearInterval(this.#minute);
    for (const type of TYPING) this.#owner.removeEventListener(type, this.#onTyping, true);
    this.leave();
    this.#close();
  }

  #close(): void {
    this.#stand();
    this.#copies?.panel.close();
    this.#copies = undefined;
    this.#askedFor = '';
    this.#autosave = undefined;
    this.#stopFlushing?.();
    this.#stopFlushing = undefined;
    this.#store?.close();
    this.#store = undefined;
  }

  async #downloadUnreadable(): Promise<void> {
    const items = (await this.#store?.setAside()) ?? [];
    items.forEach((item, index) => downloadText(damagedFileName(index + 1), setAsideText(item)));
  }

  #tell(state: AutosaveState): void {
    // What is still written of the report before is not this one's state.
    if (!this.#running) return;
    const before = this.#state;
    this.#state = state;
    if (
      state.status === 'saved' &&
      state.revision !== null &&
      (before?.status !== 'saved' || before.revision !== state.revision)
    ) {
      // A host that has heard of no edit would take the revision for the one of before.
      if (this.#keptOpen === null) this.#owner.draftSaved(state.revision, state.savedAt ?? Date.now());
      // A report without a name has its seat once it has a draft; a fork is a draft of its own.
      if (
        state.draft !== null &&
        this.#running &&
        (this.#seat === undefined || this.#seat.name.startsWith('draft:'))
      )
        this.#sit({ id: state.draft, revision: state.revision, report: reportName(this.#owner.identity()) });
      this.#tellPlace();
      this.#copies?.changed();
      // What could not be kept when another page took over is kept now.
      if (this.#phase === 'looking' && !this.#standingBack) void this.#standBack();
    }
    if (state.status === 'failed' && before?.status !== 'failed')
      this.#owner.draftFailed(state.reason ?? 'storage');
    this.#owner.requestUpdate();
  }
}

function begunFrom({ base, origin }: DraftRecord): BegunFrom {
  return { base: base as Digest | null, origin };
}
