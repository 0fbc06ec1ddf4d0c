/**
 * The standalone page: a home view, and any number of reports beside each other, each with its file and its draft. What
 * is in a report, the editors know. Drawn into the page itself, so that a print is of the page.
 */
import { html, LitElement, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { tablesAsCsv } from '../documents/write-tables.ts';
import type { DraftRecord, SetAsideRecord } from '../drafts/draft-record.ts';
import type { DraftStore } from '../drafts/drafts.ts';
import { openDrafts } from '../drafts/open-drafts.ts';
import { isSeatTaken, seatName } from '../drafts/report-seat.ts';
import { downloadText, payloadFileName, unitInFileName } from '../elements/download.ts';
import { momentWords } from '../elements/drafts-panel-words.ts';
import { textOfFile } from '../elements/open-file.ts';
import { chooseLanguage } from '../elements/page-language.ts';
import { setLicenseKey } from '../elements/spreadsheet.ts';
import { joined, languageInForce, onLanguage, t } from '../format/language.ts';
import { parseGuarded } from '../format/guard-json.ts';
import { readDraft } from '../payload/read-payload.ts';
import { missingPack } from '../report/missing-pack.ts';
import { yearDue, yearOf } from '../report/report.ts';
import { isSigned } from '../report/sign-off.ts';
import { configurationText } from './configuration.ts';
import { chooseFiles, fileOf, READABLE, saveText, type OpenedFile } from './files.ts';
import { homeView, type Sample } from './home-view.ts';
import { keepOffline, type OfflineState } from './offline-site.ts';
import {
  choice,
  choose,
  forgetFiles,
  forgetPrevious,
  openBefore,
  recentFiles,
  rememberFile,
  rememberOpen,
  rememberPrevious,
  type OpenBefore,
  type RecentFile,
} from './page-memory.ts';
import { ReportTab, type KnownFile } from './report-tab.ts';
import type { Sending } from './sending.ts';

export type SampleReports = Readonly<Record<Sample, { readonly report: object; readonly previous?: object }>>;

/** Milliseconds in which a change is in a draft, where it can be. */
const SETTLING = 1_500;

/** Milliseconds after which something that takes longer shows that it is going on. */
const NOTICEABLE = 500;

export class Workplace extends LitElement {
  samples: (() => Promise<SampleReports>) | undefined;

  readonly #tabs: ReportTab[] = [];
  /** undefined for the home view. */
  #active: ReportTab | undefined;
  /** Shown on the left of the active one. */
  #beside: ReportTab | undefined;
  #store: DraftStore | undefined;
  #drafts: readonly DraftRecord[] | undefined;
  #draftsFailed = false;
  #setAside: readonly SetAsideRecord[] = [];
  #writtenElsewhere: ReadonlySet<string> = new Set();
  #deleting: DraftRecord | undefined;
  #files: readonly RecentFile[] = [];
  #message = '';
  #closing: ReportTab | undefined;
  /** Its file was written by somebody else since. */
  #newer: ReportTab | undefined;
  /** What is going on, and has been long enough to be told. */
  #busy = '';
  #tasks = 0;
  /** Until all of it is open again, what is to be opened is what was. */
  #isReopening = false;
  #isHintShown = choice('hint-seen') === '';
  #offline: OfflineState = 'preparing';
  #takeUp: () => void = () => undefined;
  #sending: Sending | undefined;
  #loadingSending: Promise<Sending> | undefined;
  /** The rules of a province, as a text, for every report that is opened. */
  #rules = '';

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (choice('language') === 'en') chooseLanguage('en');
    onLanguage(() => this.requestUpdate());
    window.addEventListener('beforeunload', this.#onLeaving);
    window.addEventListener('pagehide', () => this.#remember());
    window.addEventListener('keydown', this.#onKey);
    for (const name of ['dragover', 'drop'] as const) window.addEventListener(name, this.#onDrag);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.#active === undefined) void this.#lookForDrafts();
    });
  }

  protected override firstUpdated(): void {
    this.#takeUp = keepOffline((state) => {
      this.#offline = state;
      this.requestUpdate();
    });
    void this.#useKey();
    // What is in line goes on.
    if (choice('sending') !== '') void this.#startSending().catch(() => undefined);
    void this.#reopen();
    void this.#lookForDrafts();
    void this.#lookForFiles();
  }

  // ---- reports ----

  #add(): ReportTab {
    const tab = new ReportTab(() => {
      this.#remember();
      this.requestUpdate();
    });
    const { editor } = tab;
    editor.submitLabel = t`生成报送文件`;
    editor.lang = languageInForce();
    if (this.#rules !== '') editor.rules = this.#rules;
    editor.addEventListener('xxgk-submit-request', (event) => {
      const name = editor.exportReport();
      tab.changed = false;
      event.respondWith(
        Promise.resolve({
          message: t`“${name}”，请把它交给接收单位`,
          // Nobody knows whether the file was kept.
          keepDraft: true,
        }),
      );
    });
    this.#tabs.push(tab);
    // A pair was chosen, and this one is not of it.
    this.#beside = undefined;
    return tab;
  }

  #show(tab: ReportTab | undefined): void {
    this.#active = tab;
    if (this.#beside === tab) this.#beside = undefined;
    this.#closing = undefined;
    this.#remember();
    this.requestUpdate();
    if (tab === undefined) {
      void this.#lookForDrafts();
      void this.#lookForFiles();
    }
    void this.updateComplete.then(() => {
      if (tab !== undefined) return;
      this.querySelector<HTMLElement>('#home')?.focus();
    });
    window.scrollTo(0, 0);
  }

  /** By hand: what was said of something else is read. */
  #goTo(tab: ReportTab | undefined): void {
    this.#message = '';
    this.#show(tab);
  }

  async #create(): Promise<ReportTab> {
    this.#message = '';
    const tab = this.#add();
    this.#show(tab);
    await this.updateComplete;
    // Its title is what it begins with.
    void tab.editor.updateComplete.then(() => this.requestUpdate());
    return tab;
  }

  /** 新建: the first thing to write is whose report it is. */
  async #begin(): Promise<void> {
    const { editor } = await this.#create();
    await editor.updateComplete;
    editor.renderRoot.querySelector<HTMLElement>('input[name="organization.name"]')?.focus();
  }

  /** What is opened first is shown; a tab of a file that cannot be read is taken away again. */
  async #open({ file, handle }: OpenedFile): Promise<string> {
    return (await this.#during(t`正在读取“${file.name}”`, this.#read(file, handle))) ?? '';
  }

  async #read(file: File, handle: FileSystemFileHandle | undefined): Promise<string | undefined> {
    const before = this.#active;
    if (handle !== undefined)
      for (const tab of this.#tabs)
        if (await tab.isOf(handle)) {
          this.#show(tab);
          return t`“${file.name}”已经打开。`;
        }
    if (!/\.json$/i.test(file.name)) {
      const tab = await this.#create();
      const refusal = await tab.editor.importDocument(file);
      if (refusal !== undefined) this.#takeBack(tab, before);
      return refusal;
    }
    const read = await textOfFile(file);
    if ('refusal' in read) return read.refusal;
    if (isRulePack(read.text)) return this.#useRules(read.text);
    const tab = await this.#create();
    const refusal = await tab.editor.openReport(read.text, file.name);
    if (refusal !== undefined) {
      this.#takeBack(tab, before);
      return refusal;
    }
    tab.fileName = file.name;
    tab.changed = false;
    if (handle !== undefined) {
      tab.file = { handle, modified: file.lastModified };
      await rememberFile(handle);
    }
    this.#remember();
    return this.#newerDraft(tab);
  }

  /** A draft of the same report, which may have more than the file. */
  #newerDraft({ editor }: ReportTab): string | undefined {
    const { report } = editor;
    const organization = report.head['organization.name'];
    const year = yearOf(report) ?? null;
    const draft = this.#drafts?.find(
      (one) => organization !== '' && one.organization === organization && one.year === year,
    );
    if (draft === undefined) return undefined;
    return t`本浏览器中还有这份报告的草稿（${momentWords(draft.updated)} 暂存），内容可能与文件不同，可从首页打开，并排查看。`;
  }

  /** A tab in which nothing came to be. */
  #takeBack(tab: ReportTab, before: ReportTab | undefined): void {
    this.#drop(tab);
    this.#show(before);
  }

  async #useRules(text: string): Promise<string | undefined> {
    this.#rules = text;
    const [tab = await this.#create()] = this.#active === undefined ? this.#tabs : [this.#active];
    for (const { editor } of this.#tabs) editor.rules = text;
    this.#show(tab);
    await tab.editor.updateComplete;
    // Why a pack was refused is said in the editor.
    if (tab.editor.session?.rules.version.includes('+') === true)
      return t`补充规则在本标签页关闭之前有效，刷新也不失效；重新打开后只按内置的核对规则核对。`;
    this.#rules = '';
    return undefined;
  }

  async #openDraft(record: Pick<DraftRecord, 'id'>): Promise<ReportTab | undefined> {
    const already = this.#tabs.find((tab) => tab.isDraft(record));
    if (already !== undefined) {
      this.#show(already);
      return already;
    }
    const tab = await this.#create();
    const refusal = await this.#during(t`正在打开草稿`, tab.editor.openDraft(record.id));
    if (refusal !== undefined) {
      this.#drop(tab);
      this.#message = refusal;
    }
    this.#remember();
    this.requestUpdate();
    return refusal === undefined ? tab : undefined;
  }

  async #openSample(sample: Sample): Promise<void> {
    try {
      const { report, previous } = (await this.samples!())[sample];
      const tab = await this.#create();
      const { editor } = tab;
      this.#message =
        (await editor.openReport(JSON.stringify(report), t`示例`)) ??
        (previous === undefined ? undefined : await editor.openPrevious(JSON.stringify(previous))) ??
        '';
      // Nobody has written any of it.
      tab.changed = false;
    } catch {
      this.#message = t`示例没有载入，请刷新页面后再试。`;
    }
    this.#remember();
    this.requestUpdate();
  }

  async #askToClose(tab: ReportTab): Promise<void> {
    tab.editor.commit();
    // What was typed a moment ago is being written.
    for (const end = Date.now() + SETTLING; tab.isAtRisk && !tab.hasFailed && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    if (!tab.isAtRisk) return this.#close(tab);
    this.#closing = tab;
    this.#active = tab;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.closing button')?.focus());
  }

  #close(tab: ReportTab): void {
    const { title } = tab;
    const isKept = tab.changed && !tab.isAtRisk;
    this.#drop(tab);
    this.#message = isKept ? t`已关闭${title}，填写的内容在“本浏览器中的草稿”里。` : '';
  }

  #drop(tab: ReportTab): void {
    const index = this.#tabs.indexOf(tab);
    if (index < 0) return;
    this.#tabs.splice(index, 1);
    tab.editor.remove();
    if (this.#beside === tab) this.#beside = undefined;
    this.#show(this.#active === tab ? this.#tabs[Math.max(0, index - 1)] : this.#active);
  }

  // ---- before and after a reload ----

  #remember(): void {
    if (this.#isReopening) return;
    // What lies in memory only is gone with the page.
    const isKept = this.#store?.kind !== 'memory';
    const reports = this.#tabs.flatMap((tab): OpenBefore[] => {
      const { editor, fileName, changed } = tab;
      const previous = editor.previousText;
      const about = { fileName, changed, previous, isActive: tab === this.#active };
      const draft = editor.draftId;
      if (draft !== null) tab.keepPrevious(draft, previous);
      if (draft !== null && isKept && !tab.hasFailed) return [{ draft, ...about }];
      return fileName !== '' || changed ? [{ value: editor.heldText, ...about }] : [];
    });
    rememberOpen({ reports, rules: this.#rules });
  }

  async #reopen(): Promise<void> {
    const { reports, rules } = openBefore();
    this.#rules = rules;
    if (reports.length === 0) return;
    this.#isReopening = true;
    let active: ReportTab | undefined;
    const refusals: string[] = [];
    try {
      for (const { draft, value, fileName, changed, previous = '', isActive } of reports) {
        this.#message = '';
        if (draft !== undefined && previous !== '') await rememberPrevious(draft, previous);
        let tab = draft === undefined ? await this.#create() : await this.#openDraft({ id: draft });
        if (draft === undefined && tab !== undefined) {
          const refusal = await tab.editor.openReport(value!, fileName);
          if (refusal !== undefined) {
            this.#drop(tab);
            this.#message = refusal;
            tab = undefined;
          }
        }
        if (this.#message !== '') refusals.push(this.#message);
        if (tab === undefined) continue;
        if (draft === undefined && previous !== '') tab.editor.previous = previous;
        tab.fileName = fileName;
        tab.changed = changed;
        if (isActive) active = tab;
      }
    } finally {
      this.#isReopening = false;
    }
    this.#show(active);
    this.#message = refusals.join('');
  }

  readonly #onLeaving = (event: BeforeUnloadEvent): void => {
    this.#remember();
    for (const { editor } of this.#tabs) editor.commit();
    if (!this.#tabs.some((tab) => tab.isAtRisk)) return;
    event.preventDefault();
    event.returnValue = true;
  };

  // ---- drafts and files ----

  async #lookForDrafts(): Promise<void> {
    try {
      this.#store ??= await openDrafts({ tenant: '', user: '', door: (text) => readDraft(text).ok });
      // Of different reports, the one somebody wrote last is looked for first.
      const drafts = await this.#store.list();
      this.#drafts = [...drafts].sort((one, other) => other.updated - one.updated);
      // Listing is what sets damaged ones aside.
      this.#setAside = await this.#store.setAside();
      const store = this.#store;
      void forgetPrevious(() => store.list());
      this.#draftsFailed = false;
      this.requestUpdate();
      const { owner } = this.#store;
      // To hear from nobody takes a while.
      const written = await Promise.all(
        this.#drafts.map(async ({ id, report }) => {
          const name = seatName(report, id);
          const isOwn = this.#tabs.some((tab) => tab.isDraft({ id }));
          return name !== undefined && !isOwn && (await isSeatTaken(owner, name)) ? [id] : [];
        }),
      );
      this.#writtenElsewhere = new Set(written.flat());
    } catch {
      this.#draftsFailed = this.#drafts === undefined;
    }
    this.requestUpdate();
  }

  async #deleteDraft({ id, revision }: DraftRecord): Promise<void> {
    this.#deleting = undefined;
    const deleted = await this.#store?.delete(id, revision).catch(() => false);
    this.#message =
      deleted === true ? t`已删除草稿。` : t`没有删除：草稿刚刚有改动，或浏览器的存储没有回应。`;
    await this.#lookForDrafts();
    this.querySelector<HTMLElement>('#home-drafts')?.focus();
  }

  async #lookForFiles(): Promise<void> {
    this.#files = await recentFiles();
    this.requestUpdate();
  }

  async #openRecent({ name, handle }: RecentFile): Promise<void> {
    try {
      await this.#openAll([{ file: await fileOf(handle), handle }]);
    } catch {
      this.#message = t`“${name}”打不开：文件已被移动或删除，或浏览器没有得到允许。`;
      this.requestUpdate();
    }
  }

  async #choose(): Promise<void> {
    const chosen = await chooseFiles().catch((): readonly OpenedFile[] => {
      this.#message = t`选中的文件打不开：文件已被移动或删除，或浏览器没有得到允许。`;
      this.requestUpdate();
      return [];
    });
    if (chosen === undefined) this.querySelector<HTMLInputElement>('#file')!.click();
    else await this.#openAll(chosen);
  }

  async #openAll(files: readonly OpenedFile[]): Promise<void> {
    if (files.length === 0) return;
    const refusals: string[] = [];
    for (const opened of files) refusals.push(await this.#open(opened));
    this.#message = refusals.filter((refusal) => refusal !== '').join('');
    this.requestUpdate();
  }

  /** 保存 and 另存为: finished or not. One after another, each with what is on screen when its turn comes. */
  #save(tab: ReportTab, as: 'same' | 'over' | 'new'): Promise<void> {
    const saved = tab.saving.then(() => this.#saveNow(tab, as));
    tab.saving = saved.catch(() => undefined);
    return saved;
  }

  async #saveNow(tab: ReportTab, as: 'same' | 'over' | 'new'): Promise<void> {
    const { editor } = tab;
    editor.commit();
    const { head } = editor.report;
    const text = editor.value;
    const { draft } = JSON.parse(text) as { draft?: boolean };
    const suggested = payloadFileName(
      {
        organization: head['organization.name'],
        year: yearOf(editor.report),
        draft: draft === true,
      },
      // The name of what is handed on is for what is.
      draft === true || isSigned(editor.report) ? '' : '_未签发',
    );
    const known: KnownFile | undefined = as === 'new' ? undefined : tab.file;
    const outcome = await saveText(text, suggested, known, as === 'over');
    this.#newer = outcome !== undefined && 'newer' in outcome ? tab : undefined;
    if (outcome !== undefined && 'refusal' in outcome) this.#message = outcome.refusal;
    else if (outcome !== undefined && 'name' in outcome) {
      tab.written(text, outcome.name, outcome.file);
      editor.noteBackup();
      if (this.#closing === tab) this.#closing = undefined;
      if (outcome.file !== undefined) await rememberFile(outcome.file.handle);
      this.#message =
        outcome.asked === true
          ? t`“${outcome.name}”已交给浏览器下载，请在下载文件夹中核实。`
          : t`已保存到“${outcome.name}”。`;
    }
    this.#remember();
    this.requestUpdate();
    if (this.#newer !== undefined)
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('.newer button')?.focus());
  }

  #exportCsv({ editor }: ReportTab): void {
    editor.commit();
    const { report } = editor;
    const name = `政府信息公开年报_${unitInFileName(report.head['organization.name'])}_${yearOf(report) ?? '未填年度'}.csv`;
    downloadText(name, tablesAsCsv(report));
    this.#message = t`“${name}”已交给浏览器下载，请在下载文件夹中核实。`;
    this.requestUpdate();
  }

  // ---- sending ----

  /** The licence key of whoever puts the site up: with it, its users have the spreadsheet grid. */
  async #useKey(): Promise<void> {
    if (!import.meta.env.SITE) return;
    try {
      const { licenseKey } = JSON.parse((await configurationText()) || '{}') as { licenseKey?: unknown };
      if (typeof licenseKey === 'string' && licenseKey !== '') setLicenseKey(licenseKey);
    } catch {
      // What is wrong with it is said to whoever sends.
    }
  }

  #startSending(): Promise<Sending> {
    this.#loadingSending ??= Promise.all([import('./sending.ts'), configurationText()]).then(
      ([{ Sending: Element }, configuration]) => {
        if (customElements.get('xxgk-sending') === undefined) customElements.define('xxgk-sending', Element);
        const sending = document.createElement('xxgk-sending') as Sending;
        sending.begin(configuration, () => this.requestUpdate());
        this.#sending = sending;
        this.requestUpdate();
        return sending;
      },
      (error: unknown) => {
        this.#loadingSending = undefined;
        throw error;
      },
    );
    return this.#loadingSending;
  }

  /** 报送: what is not finished shows why instead. */
  async #send(tab?: ReportTab): Promise<void> {
    this.#message = '';
    if (tab?.editor.locked === true)
      this.#message = t`这份报告现在不能编辑，没有报送。请先按报告上方的提示转到本页编辑，或在正在编辑的标签页中报送。`;
    this.requestUpdate();
    if (tab !== undefined) {
      if (tab.editor.locked) return;
      // Rules that were opened a moment ago are not in force yet.
      await tab.editor.updateComplete;
      tab.editor.commit();
      if (tab.editor.payload()['draft'] === true) {
        tab.editor.check();
        const { report, rules } = tab.editor.session!;
        const pack = missingPack(report, rules);
        this.#message = joined(
          [
            t`还没有报送：有需要处理的问题，请按清单逐项处理。`,
            pack === ''
              ? ''
              : t`这份报告以前用补充规则“${pack}”核对，现在没有载入；需要的，请打开补充规则文件。`,
          ],
          '',
        );
        this.requestUpdate();
        return;
      }
    }
    try {
      const sending = await this.#during(t`正在载入报送功能`, this.#startSending());
      choose('sending', '1');
      await this.updateComplete;
      await sending.open(tab?.editor.value, tab?.editor.session);
    } catch (error) {
      console.error(error);
      this.#message = t`报送功能没有载入，请刷新页面后再试。填写的内容不受影响。`;
    }
    this.requestUpdate();
  }

  // ---- keys and drops ----

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || !event.ctrlKey || event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    if (key === 'o' && !event.shiftKey) void this.#choose();
    else if (key === 's' && event.shiftKey && this.#active !== undefined)
      void this.#save(this.#active, 'same');
    else return;
    event.preventDefault();
  };

  /** An editor takes what is dropped on it as an import; elsewhere a file is opened. */
  readonly #onDrag = (event: DragEvent): void => {
    const data = event.dataTransfer;
    if (event.defaultPrevented || data === null || !data.types.includes('Files')) return;
    event.preventDefault();
    if (event.type !== 'drop') {
      data.dropEffect = 'copy';
      return;
    }
    void this.#openAll(Array.from(data.files, (file) => ({ file })));
  };

  /** A bar shows what takes longer than one would notice. */
  async #during<Outcome>(words: string, task: Promise<Outcome>): Promise<Outcome> {
    this.#tasks += 1;
    const timer = setTimeout(() => {
      this.#busy = words;
      this.requestUpdate();
    }, NOTICEABLE);
    try {
      return await task;
    } finally {
      clearTimeout(timer);
      this.#tasks -= 1;
      if (this.#tasks === 0) this.#busy = '';
      this.requestUpdate();
    }
  }

  // ---- what is shown ----

  protected override willUpdate(): void {
    // Above a report it would move what the mouse is on, and be out of sight further down.
    if (this.#message === '' || this.#active === undefined || this.#isReopening) return;
    this.#active.editor.say(this.#message);
    this.#message = '';
  }

  protected override render(): TemplateResult {
    const isHome = this.#active === undefined;
    document.title = isHome
      ? t`政府信息公开工作年度报告填报`
      : t`${this.#active!.title} · 政府信息公开工作年度报告`;
    document.documentElement.lang = languageInForce();
    return html`
      ${this.#bar()} ${this.#sending}
      <p id="message" role="status" ?hidden=${this.#message === ''}>${this.#message}</p>
      ${this.#busy === '' ? '' : html`<p class="busy"><progress aria-label=${this.#busy}></progress> ${this.#busy}</p>`}
      <input
        type="file"
        id="file"
        aria-label=${t`打开文件…`}
        hidden
        multiple
        accept=${READABLE}
        @change=${(event: Event) => {
          const field = event.target as HTMLInputElement;
          const files = Array.from(field.files ?? [], (file) => ({ file }));
          // The same one can be chosen again.
          field.value = '';
          void this.#openAll(files);
        }}
      />
      ${this.#newer === undefined ? '' : this.#newerQuestion(this.#newer)} ${this.#updateOffer()}
      ${this.#closing === undefined ? '' : this.#closingQuestion(this.#closing)}
      <main id="home" tabindex="-1" ?hidden=${!isHome}>
        ${homeView({
          year: yearDue(),
          isHintShown: this.#isHintShown,
          dismissHint: () => {
            choose('hint-seen', '1');
            this.#isHintShown = false;
            this.requestUpdate();
          },
          create: () => void this.#begin(),
          choose: () => void this.#choose(),
          drafts: this.#drafts,
          draftsFailed: this.#draftsFailed,
          setAside: this.#setAside,
          keeping: this.#store?.kind ?? 'browser',
          isOpen: (record) => this.#tabs.some((tab) => tab.isDraft(record)),
          isWrittenElsewhere: ({ id }) => this.#writtenElsewhere.has(id),
          openDraft: (record) => void this.#openDraft(record),
          deleting: this.#deleting,
          askToDelete: (record) => {
            this.#deleting = record;
            this.requestUpdate();
          },
          remove: (record) => void this.#deleteDraft(record),
          files: this.#files,
          openFile: (file) => void this.#openRecent(file),
          forgetFiles: () => void forgetFiles().then(() => this.#lookForFiles()),
          openSample: (sample) => void this.#openSample(sample),
          offline: this.#offline,
          isFromDisk: location.protocol === 'file:',
        })}
      </main>
      <div class=${this.#beside === undefined ? 'reports' : 'reports beside'} ?hidden=${isHome}>
        ${repeat(
          this.#tabs,
          (tab) => tab.id,
          (tab) =>
            html`<section
              class=${tab === this.#beside ? 'report other' : 'report'}
              aria-label=${tab.title}
              ?hidden=${tab !== this.#active && tab !== this.#beside}
            >
              ${this.#toolbar(tab)} ${tab.editor}
            </section>`,
        )}
      </div>
    `;
  }

  #bar(): TemplateResult {
    return html`<nav class="bar" aria-label=${t`已打开的报告`}>
      <button
        type="button"
        id="to-home"
        aria-current=${this.#active === undefined ? 'page' : 'false'}
        @click=${() => this.#goTo(undefined)}
      >
        ${t`首页`}
      </button>
      ${repeat(
        this.#tabs,
        (tab) => tab.id,
        (tab) =>
          html`<span class="tab">
            <button
              type="button"
              aria-current=${tab === this.#active ? 'page' : 'false'}
              title=${tab.fileName}
              @click=${() => this.#goTo(tab)}
            >
              ${tab.title}${tab.changed ? html`<span class="mark" aria-label=${t`有改动未存入文件`}>●</span>` : ''}
            </button>
            <button
              type="button"
              class="close"
              aria-label=${t`关闭${tab.title}`}
              @click=${() => void this.#askToClose(tab)}
            >
              ×
            </button>
          </span>`,
      )}
      ${
        this.#sending === undefined || this.#sending.isEmpty
          ? ''
          : html`<button type="button" id="queue" @click=${() => void this.#send()}>
              ${this.#sending.words}
            </button>`
      }
      <button
        type="button"
        class="language"
        lang=${languageInForce() === 'en' ? 'zh-CN' : 'en'}
        @click=${() => this.#switchLanguage()}
      >
        ${languageInForce() === 'en' ? '中文' : 'English'}
      </button>
    </nav>`;
  }

  #switchLanguage(): void {
    const lang = languageInForce() === 'en' ? 'zh-CN' : 'en';
    choose('language', lang);
    chooseLanguage(lang);
    for (const { editor } of this.#tabs) editor.lang = lang;
  }

  #toolbar(tab: ReportTab): TemplateResult {
    const others = this.#tabs.filter((one) => one !== tab);
    return html`<div class="tools" role="group" aria-label=${t`文件`}>
      ${this.#beside === undefined ? '' : html`<strong>${tab.title}</strong>`}
      <button type="button" title="Ctrl+Shift+S" @click=${() => void this.#save(tab, 'same')}>
        ${t`保存`}
      </button>
      <button type="button" @click=${() => void this.#save(tab, 'new')}>${t`另存为…`}</button>
      <button type="button" @click=${() => this.#exportCsv(tab)}>${t`导出 CSV`}</button>
      <button type="button" @click=${() => void tab.editor.print()}>${t`打印`}</button>
      <button type="button" @click=${() => void this.#send(tab)}>${t`报送…`}</button>
      ${
        tab === this.#active && others.length > 0
          ? html`<label
              >${t`并排查看`}
              <select
                @change=${(event: Event) => {
                  const { value } = event.target as HTMLSelectElement;
                  this.#beside = others.find(({ id }) => id === value);
                  this.requestUpdate();
                }}
              >
                <option value="" ?selected=${this.#beside === undefined}>${t`不并排`}</option>
                ${others.map(
                  (other) =>
                    html`<option value=${other.id} ?selected=${this.#beside === other}>
                      ${other.title}
                    </option>`,
                )}
              </select></label
            >`
          : ''
      }
      ${tab.fileName === '' ? '' : html`<span class="aside">${tab.fileName}</span>`}
    </div>`;
  }

  #updateOffer(): TemplateResult | '' {
    if (this.#offline === 'updated-elsewhere')
      return html`<p class="offer" role="status">
        ${t`本页的程序已在另一个标签页更新。手头的内容暂存后，请刷新本页。`}
      </p>`;
    if (this.#offline !== 'update') return '';
    return html`<p class="offer" role="status">
      ${t`新版本已准备好。更新时本页会重新载入，已打开的报告随后重新打开（上年报告要重新选一次）。`}
      <button type="button" @click=${() => this.#takeUp()}>${t`现在更新`}</button>
      <button
        type="button"
        @click=${() => {
          this.#offline = 'ready';
          this.requestUpdate();
        }}
      >
        ${t`以后再说`}
      </button>
    </p>`;
  }

  #newerQuestion(tab: ReportTab): TemplateResult {
    const settle = (as?: 'over' | 'new'): void => {
      this.#newer = undefined;
      this.requestUpdate();
      if (as !== undefined) void this.#save(tab, as);
    };
    return html`<p class="offer newer" role="alert">
      ${t`没有保存：“${tab.fileName}”在打开之后又被改动过（可能是另一个程序或另一个标签页）。直接覆盖会丢掉那些改动。`}
      <button type="button" @click=${() => settle('new')}>${t`另存为…`}</button>
      <button type="button" @click=${() => settle()}>${t`不保存`}</button>
      <button type="button" class="bad" @click=${() => settle('over')}>${t`仍要覆盖`}</button>
    </p>`;
  }

  #closingQuestion(tab: ReportTab): TemplateResult {
    return html`<p class="offer closing" role="alert">
      ${t`${tab.title}有改动没有存下来：浏览器没能暂存草稿，也没有存入文件。关闭后会丢失。`}
      <button type="button" class="primary" @click=${() => void this.#save(tab, 'same')}>${t`保存`}</button>
      <button
        type="button"
        @click=${() => {
          this.#closing = undefined;
          this.requestUpdate();
        }}
      >
        ${t`不关闭`}
      </button>
      <button type="button" class="bad" @click=${() => this.#close(tab)}>${t`仍要关闭`}</button>
    </p>`;
  }
}

function isRulePack(text: string): boolean {
  const parsed = parseGuarded(text);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return false;
  const { schema } = parsed.value as { schema?: unknown };
  return typeof schema === 'string' && schema.startsWith('xxgk-rule-pack/');
}
