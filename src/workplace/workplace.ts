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
import { textOfFile } from '../elements/open-file.ts';
import { chooseLanguage } from '../elements/page-language.ts';
import { setLicenseKey } from '../elements/spreadsheet.ts';
import { languageInForce, onLanguage, t } from '../format/language.ts';
import { readDraft } from '../payload/read-payload.ts';
import { yearOf } from '../report/report.ts';
import { configurationText } from './configuration.ts';
import { chooseFiles, fileOf, READABLE, saveText, type OpenedFile } from './files.ts';
import { homeView, type Sample } from './home-view.ts';
import { keepOffline, type OfflineState } from './offline-site.ts';
import {
  choice,
  choose,
  forgetFiles,
  openBefore,
  recentFiles,
  rememberFile,
  rememberOpen,
  type OpenBefore,
  type RecentFile,
} from './page-memory.ts';
import { ReportTab } from './report-tab.ts';
import type { Sending } from './sending.ts';

export type SampleReports = Readonly<Record<Sample, { readonly report: object; readonly previous?: object }>>;

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
  /** What is going on, and has been long enough to be told. */
  #busy = '';
  #tasks = 0;
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
      tab.written(name);
      event.respondWith(
        Promise.resolve({
          message: t`“${name}”，请把它交给接收单位`,
          // Nobody knows whether the file was kept.
          keepDraft: true,
        }),
      );
    });
    this.#tabs.push(tab);
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

  async #create(): Promise<ReportTab> {
    this.#message = '';
    const tab = this.#add();
    this.#show(tab);
    await this.updateComplete;
    return tab;
  }

  /** What is opened first is shown; a tab of a file that cannot be read is taken away again. */
  async #open({ file, handle }: OpenedFile): Promise<void> {
    const refusal = await this.#during(t`正在读取“${file.name}”`, this.#read(file, handle));
    this.#message = refusal ?? '';
    this.requestUpdate();
  }

  async #read(file: File, handle: FileSystemFileHandle | undefined): Promise<string | undefined> {
    const before = this.#active;
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
    tab.written(file.name, handle);
    if (handle !== undefined) await rememberFile(handle);
    this.#remember();
    return undefined;
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
      return t`补充规则在本页打开期间有效，刷新本页即只按内置的核对规则核对。`;
    this.#rules = '';
    return undefined;
  }

  async #openDraft(record: Pick<DraftRecord, 'id'>, fileName = ''): Promise<void> {
    const already = this.#tabs.find((tab) => tab.isDraft(record));
    if (already !== undefined) return this.#show(already);
    const tab = await this.#create();
    const refusal = await this.#during(t`正在打开草稿`, tab.editor.openDraft(record.id));
    tab.fileName = fileName;
    tab.changed = true;
    if (refusal !== undefined) {
      this.#drop(tab);
      this.#message = refusal;
    }
    this.#remember();
    this.requestUpdate();
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

  #askToClose(tab: ReportTab): void {
    tab.editor.commit();
    if (!tab.isAtRisk) return this.#close(tab);
    this.#closing = tab;
    this.#active = tab;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.closing button')?.focus());
  }

  #close(tab: ReportTab): void {
    const { changed } = tab;
    const { title } = tab;
    this.#drop(tab);
    this.#message = changed ? t`已关闭${title}，填写的内容在“本浏览器中的草稿”里。` : '';
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
    const reports = this.#tabs.flatMap(({ editor, fileName, changed }): OpenBefore[] => {
      const draft = editor.draftId;
      if (draft !== null) return [{ draft, fileName }];
      return fileName !== '' || changed ? [{ value: editor.heldText, fileName }] : [];
    });
    rememberOpen(reports, this.#active === undefined ? -1 : this.#tabs.indexOf(this.#active));
  }

  async #reopen(): Promise<void> {
    const { reports, active } = openBefore();
    for (const { draft, value, fileName } of reports) {
      if (draft !== undefined) await this.#openDraft({ id: draft }, fileName);
      else {
        const tab = await this.#create();
        if ((await tab.editor.openReport(value!, fileName)) !== undefined) this.#drop(tab);
        else tab.fileName = fileName;
      }
    }
    if (reports.length > 0) this.#show(this.#tabs[active]);
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
      // Listing is what sets damaged ones aside.
      this.#drafts = await this.#store.list();
      this.#setAside = await this.#store.setAside();
      this.#draftsFailed = false;
      const store = this.#store;
      const written = new Set<string>();
      for (const { id, report } of this.#drafts) {
        const name = seatName(report, id);
        if (
          name !== undefined &&
          !this.#tabs.some((tab) => tab.isDraft({ id })) &&
          (await isSeatTaken(store.owner, name))
        )
          written.add(id);
      }
      this.#writtenElsewhere = written;
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
      await this.#open({ file: await fileOf(handle), handle });
    } catch {
      this.#message = t`“${name}”打不开：文件已被移动或删除，或浏览器没有得到允许。`;
      this.requestUpdate();
    }
  }

  async #choose(): Promise<void> {
    const chosen = await chooseFiles();
    if (chosen === undefined) this.querySelector<HTMLInputElement>('#file')!.click();
    else await this.#openAll(chosen);
  }

  async #openAll(files: readonly OpenedFile[]): Promise<void> {
    for (const opened of files) await this.#open(opened);
  }

  /** 保存 and 另存为: finished or not. */
  async #save(tab: ReportTab, as: 'same' | 'new'): Promise<void> {
    const { editor } = tab;
    editor.commit();
    const { head } = editor.report;
    const text = editor.value;
    const suggested = payloadFileName({
      organization: head['organization.name'],
      year: yearOf(editor.report),
      draft: (JSON.parse(text) as { draft?: boolean }).draft === true,
    });
    const outcome = await saveText(text, suggested, as === 'same' ? tab.handle : undefined);
    if (outcome === undefined) return;
    if ('refusal' in outcome) this.#message = outcome.refusal;
    else {
      tab.written(outcome.name, outcome.handle);
      editor.noteBackup();
      if (outcome.handle !== undefined) await rememberFile(outcome.handle);
      this.#message =
        outcome.asked === true
          ? t`“${outcome.name}”已交给浏览器下载，请在下载文件夹中核实。`
          : t`已保存到“${outcome.name}”。`;
    }
    this.#remember();
    this.requestUpdate();
  }

  #exportCsv({ editor }: ReportTab): void {
    editor.commit();
    const { report } = editor;
    const name = `政府信息公开年报_${unitInFileName(report.head['organization.name'])}_${yearOf(report) ?? '未填年度'}.csv`;
    downloadText(name, tablesAsCsv(report));
    this.#message = t`已导出“${name}”。`;
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
    if (tab !== undefined && !tab.editor.ready()) return;
    this.#message = '';
    try {
      const sending = await this.#during(t`正在载入报送功能`, this.#startSending());
      choose('sending', '1');
      await this.updateComplete;
      this.#message = await sending.open(tab?.editor.value);
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
      ${this.#updateOffer()} ${this.#closing === undefined ? '' : this.#closingQuestion(this.#closing)}
      <main id="home" tabindex="-1" ?hidden=${!isHome}>
        ${homeView({
          year: new Date().getFullYear() - 1,
          isHintShown: this.#isHintShown,
          dismissHint: () => {
            choose('hint-seen', '1');
            this.#isHintShown = false;
            this.requestUpdate();
          },
          create: () => void this.#create(),
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
        @click=${() => this.#show(undefined)}
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
              @click=${() => this.#show(tab)}
            >
              ${tab.title}${tab.changed ? html`<span class="mark" aria-label=${t`有改动未存入文件`}>●</span>` : ''}
            </button>
            <button
              type="button"
              class="close"
              aria-label=${t`关闭${tab.title}`}
              @click=${() => this.#askToClose(tab)}
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
      ${t`新版本已准备好。更新时本页会重新载入，已打开的报告随后照原样打开。`}
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
  try {
    const { schema } = JSON.parse(text) as { schema?: unknown };
    return typeof schema === 'string' && schema.startsWith('xxgk-rule-pack/');
  } catch {
    return false;
  }
}
