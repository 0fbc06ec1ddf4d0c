/**
 * The whole editor: head, the three tables, findings, status bar, drafts. It joins the rooms and decides nothing of its
 * own: numbers are read by format, verdicts come from checks, changes go through the session.
 */
import { css, html, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { checkReport } from '../checks/check-report.ts';
import type { Finding } from '../checks/finding.ts';
import { SEVERITY_ZH } from '../checks/severity-zh.ts';
import type { Severity } from '../checks/rule.ts';
import type { DraftContent, DraftStore, ReportIdentity } from '../drafts/drafts.ts';
import type { OpenDraftsOptions } from '../drafts/open-drafts.ts';
import type { Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { draftText, payloadOf } from '../payload/write-payload.ts';
import { checkedReport, formatOf, yearOf, type HeadField, type Report } from '../report/report.ts';
import type { SessionState } from '../report/session.ts';
import type { Transaction } from '../report/transaction.ts';
import { markedCells, problemCount, progressOf, shownFindings } from './cell-view.ts';
import {
  type XxgkApplyEvent,
  XxgkCheckedEvent,
  XxgkDraftFailedEvent,
  XxgkDraftOpenedEvent,
  XxgkDraftSavedEvent,
  XxgkImportedEvent,
  type XxgkShowCellsEvent,
} from './events.ts';
import { downloadText, payloadFileName } from './download.ts';
import type { BeingTyped } from './being-typed.ts';
import type { XxgkFindings } from './findings.ts';
import type { Submission } from './submission.ts';
import type { GridSelection } from './grid/grid-port.ts';
import { givenOrganization } from './given-organization.ts';
import type * as help from './help.ts';
import type { ImportDialog, ImportOwner } from './import-dialog.ts';
import type { ImportSource, WaysOwner } from './import-ways.ts';
import type { HelpSubject } from './help.ts';
import type { LastYear, LastYearOwner } from './last-year.ts';
import { lateParts } from './late-parts.ts';
import { loadReader, MISSING_READER } from './load-reading.ts';
import type { BegunFrom, DraftedReport, ReportDrafts } from './report-drafts.ts';
import type { PrintedReport, Printing } from './printing.ts';
import { ReportFormElement, textOf } from './report-form-element.ts';
import { reportHead, reportHeadStyles, type FieldEditing } from './report-head.ts';
import type { TableOwner, XxgkReportTable } from './report-table.ts';
import { deadlineText, statusBar, statusBarStyles } from './status-bar.ts';
import { addStyles, baseStyles } from './styles.ts';
import { inheritedTheme } from './theme.ts';

const PREPARING_DRAFTS = { status: zh`正在准备草稿`, backup: '', advice: '' };
const MISSING_DRAFTS = {
  status: zh`草稿未能暂存：暂存功能没有载入`,
  backup: '',
  advice: zh`请下载备份，然后刷新本页`,
};

/**
 * @summary 政府信息公开工作年度报告: the mandated tables as editable grids with live checks and drafts.
 * @attr name - The name under which the JSON payload is posted with the form.
 * @attr value - The report to begin with, as JSON.
 * @attr {boolean} readonly - Selection and copy only.
 * @attr {boolean} disabled - As `readonly`, and nothing is posted under `name`.
 * @attr {boolean} required - The form is valid only when no cell is blank and nothing has to be corrected.
 * @attr {'2021'|'2019'} format - The format of a new report.
 * @attr rules - A rule pack, as JSON.
 * @attr draft-key - What the draft is kept under; without it, organisation and year of the loaded value; `*` for a page where any report is written.
 * @attr tenant - Keeps drafts of several sites on one origin apart.
 * @attr user - User B never sees user A's drafts.
 * @attr {'browser'|'session'|'off'} draft - Where edits are kept: in this browser (default), only until the tab is closed (`session`, for a shared computer), or nowhere.
 * @attr {number} draft-days - Days until a draft is no longer offered; 60 unless given.
 * @attr {'down'|'right'} enter-moves - Where Enter goes.
 * @attr {'auto'|'handsontable'|'table'} grid - The spreadsheet grid where there is a licence key (`auto`), or the table grid.
 * @attr license-key - The host's Handsontable licence key, where it differs from that of `setLicenseKey`.
 * @attr {'zh-CN'|'en'} lang - The language on screen, for all elements of the page: the last one that is given it decides.
 * @attr for - The id of a text field of the page that gets the JSON with every edit, for hosts that read fields only.
 * @attr {boolean} no-leave-guard - No warning before the page is left with edits that the host does not have.
 * @attr organization - The unit of a new report: its name, or JSON as in the payload.
 * @attr {number} year - The year of a new report; last year unless given.
 * @attr deadline - The day the report is due (`YYYY-MM-DD`), where it is not the one of the law.
 * @attr {boolean} whole-page - There is nothing else to print on its page: printed, the watermark stands on every sheet.
 * @attr {boolean} no-submit - No button 提交: the host has one of its own.
 * @attr submit-label - What the button 提交 is called here.
 * @attr {'light'|'dark'|'auto'} theme - `auto` follows `color-scheme` of the page around; light unless given.
 * @attr {'comfortable'|'compact'} density - `compact` has lower rows and buttons.
 * @event input - After an edit of the user, when the checks have run.
 * @event change - Right after `input`.
 * @event xxgk-checked - The checks ran.
 * @event xxgk-draft-saved - A draft is on disk.
 * @event xxgk-draft-opened - Another draft of this browser took the place of the report on screen (`draftId`).
 * @event xxgk-draft-failed - A draft could not be kept.
 * @event xxgk-submit-request - The finished report is to be handed on; the host answers with `respondWith`.
 * @event xxgk-imported - A file was opened, or a document imported.
 * @slot actions - Buttons of the host, behind those of the editor.
 * @cssproperty [--xxgk-background=transparent] - What the editor stands on; painted in dark.
 * @cssproperty [--xxgk-text=#1a1a1a] - Text.
 * @cssproperty [--xxgk-faint=#5a616b] - Text of less weight: last year's values, sources, disabled buttons.
 * @cssproperty [--xxgk-paper=#fff] - Cells, fields, buttons, dialogs.
 * @cssproperty [--xxgk-shade=#f4f6f9] - Headings of tables, the panel of findings, the status bar.
 * @cssproperty [--xxgk-tint=#eef3f8] - Computed totals, chips, help, a button under the mouse.
 * @cssproperty [--xxgk-selected=#dbe8fb] - Selected cells.
 * @cssproperty [--xxgk-line=#c5ccd6] - Lines that part.
 * @cssproperty [--xxgk-control-line=#8a94a3] - Lines around buttons, fields and dialogs.
 * @cssproperty [--xxgk-table-line=#2b2b2b] - Lines of the printed form.
 * @cssproperty [--xxgk-accent=#1657b8] - Main buttons, links, focus, the frame of the selection.
 * @cssproperty [--xxgk-on-accent=#fff] - Text on it.
 * @cssproperty [--xxgk-must=#b5261b] - 填写有误 and 必须修改, refusals.
 * @cssproperty [--xxgk-must-paper=#fdf0ef] - What such a sentence stands on.
 * @cssproperty [--xxgk-verify=#8a5300] - 需核实, warnings.
 * @cssproperty [--xxgk-verify-paper=#fff8e6] - What such a sentence stands on.
 * @cssproperty [--xxgk-info=#14538f] - 提示.
 * @cssproperty [--xxgk-done=#4f6f4f] - What is settled.
 * @cssproperty [--xxgk-flow=#4d79b0] - 办理情况流向图: requests of this year.
 * @cssproperty [--xxgk-flow-carried=#86713b] - 办理情况流向图: 上年结转, 结转下年度.
 * @cssproperty [--xxgk-sticky-top=0px] - How much of the upper edge of its page the host's own bar covers: headings of tables and the panel stay in view below it.
 * @cssproperty [--xxgk-font] - The font family.
 * @cssproperty [--xxgk-font-size=14px] - The size of text.
 * @csspart head - Title, organisation, year.
 * @csspart actions - The row of buttons.
 * @csspart tables - The three tables.
 * @csspart heading - The title of each table.
 * @csspart findings - The panel beside the tables.
 * @csspart status-bar - The line under the tables.
 */
export class XxgkAnnualReport
  extends ReportFormElement
  implements DraftedReport, LastYearOwner, ImportOwner, PrintedReport, WaysOwner
{
  static override styles: CSSResultGroup = [
    baseStyles,
    reportHeadStyles,
    statusBarStyles,
    css`
      .banner {
        margin: 0 0 10px;
        padding: 8px 12px;
        border: 1px solid var(--_verify);
        border-left: 4px solid var(--_verify);
        background: var(--_verify-paper);
      }
      .banner.bad {
        border-color: var(--_must);
        border-left-color: var(--_must);
        background: var(--_must-paper);
      }
      .banner p {
        margin: 0 0 6px;
      }
      .banner .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
        margin: 0 0 4px;
      }
      .differences {
        max-height: 240px;
        margin: 6px 0 0;
        padding: 0 0 0 18px;
        overflow: auto;
      }
      .body:not([hidden]) {
        display: flex;
        flex-wrap: wrap;
        gap: 16px;
        align-items: flex-start;
      }
      .tables:focus {
        outline: none;
      }
      .tables {
        flex: 1000 1 780px;
        min-width: 0;
      }
      .side {
        flex: 1 1 300px;
        min-width: 0;
        max-width: 100%;
        max-height: calc(100vh - 170px - var(--xxgk-sticky-top, 0px) - var(--xxgk-foot-height, 48px));
        padding: 10px 12px;
        overflow: auto;
        border: 1px solid var(--_line);
        background: var(--_shade);
        position: -webkit-sticky;
        position: sticky;
        top: calc(var(--xxgk-sticky-top, 0px) + 8px);
      }
      xxgk-report-table,
      xxgk-findings {
        ${inheritedTheme}
      }
      xxgk-report-table {
        margin: 0 0 22px;
      }
      .actions-bar:not([hidden]) {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin: 0 0 10px;
      }
      /* What comes while somebody works moves nothing down here, and is seen wherever the page is scrolled to. */
      .foot .banner {
        margin: 0;
        max-height: 34vh;
        overflow: auto;
        box-shadow: 0 -2px 6px rgba(0, 0, 0, 0.15);
      }
      .foot {
        position: -webkit-sticky;
        position: sticky;
        bottom: 0;
        z-index: 3;
        margin: 8px 0 0;
      }
      .notice {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
        padding: 4px 8px;
        border-top: 2px solid var(--_verify);
        background: var(--_verify-paper);
        color: var(--_verify);
      }
      /* Its line comes after the first paint, and moves nothing. */
      .rules-line,
      .previous {
        min-height: var(--_control);
        margin: 0 0 10px;
      }
      /* A small window, or a large one at 200 or 400 %: what would stick leaves the tables no room. */
      @media (max-width: 700px), (max-height: 560px) {
        .side {
          position: static;
          max-height: none;
          overflow: visible;
        }
      }
      @media (max-width: 420px), (max-height: 340px) {
        .foot {
          display: contents;
        }
        .foot .banner,
        .notice {
          position: -webkit-sticky;
          position: sticky;
          bottom: 0;
          z-index: 3;
        }
      }
      .help {
        margin: 0 0 10px;
        padding: 8px 10px;
        border: 1px solid var(--_info);
        background: var(--_tint);
      }
      .help h3 {
        margin: 0 0 4px;
        font-size: 14px;
      }
      .help p {
        margin: 0 0 4px;
      }
      .help dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 10px;
        margin: 0;
      }
      .help dd {
        margin: 0;
      }
    `,
  ];

  static override properties = {
    ...ReportFormElement.properties,
    tenant: { type: String },
    user: { type: String },
    draftKey: { type: String, attribute: 'draft-key' },
    draft: { type: String },
    draftDays: { type: Number, attribute: 'draft-days' },
    enterMoves: { type: String, attribute: 'enter-moves' },
    grid: { type: String },
    licenseKey: { type: String, attribute: 'license-key' },
    organization: {},
    year: { type: Number },
    deadline: {},
    wholePage: { type: Boolean, attribute: 'whole-page' },
    noSubmit: { type: Boolean, attribute: 'no-submit' },
    submitLabel: { attribute: 'submit-label' },
    checked: { state: true },
    submitting: { state: true },
    helping: { state: true },
    selected: { state: true },
  };

  declare tenant: string;
  declare user: string;
  declare draftKey: string | null;
  /** Where edits are kept: `browser` (default), `session` or `off`. */
  declare draft: 'browser' | 'session' | 'off';
  /** Days until a draft is no longer offered; null for 60. */
  declare draftDays: number | null;
  /** 回车方向: `down` (default) or `right`. */
  declare enterMoves: 'down' | 'right';
  /** `auto` (default): the spreadsheet grid where there is a licence key, else the table grid. */
  declare grid: 'auto' | 'handsontable' | 'table';
  /** The host's Handsontable licence key; without it, that of `setLicenseKey`. */
  declare licenseKey: string | null;
  /** The unit of a new report: its name, or an object as in the payload. */
  declare organization: string | object | null;
  /** The year of a new report; last year unless given. */
  declare year: number | null;
  /** The day the report is due, `YYYY-MM-DD`, where it is not the one of the law. */
  declare deadline: string | null;
  /** Nothing else is on the page to be printed. */
  declare wholePage: boolean;
  declare noSubmit: boolean;
  /** What the button 提交 is called here. */
  declare submitLabel: string;
  /** The check-answers view, or what comes after it, is shown in the place of the tables. */
  declare protected submitting: boolean;
  /** 检查 was pressed: blanks count as problems until the report is replaced. */
  declare protected checked: boolean;
  declare protected helping: HelpSubject | undefined;
  declare protected selected: GridSelection | undefined;

  /** Loaded after the first paint: the tables are usable before the drafts are. */
  #drafts: ReportDrafts | undefined;
  #printing: Printing | undefined;
  #loadingDrafts: Promise<void> | undefined;
  #draftsMissing = false;
  #editedBeforeDrafts = false;
  #announcement = '';
  /** What was just refused or done, to be seen wherever the page is scrolled to; '' for nothing. */
  #notice = '';
  #footSize: ResizeObserver | undefined;
  #keyboardInFoot = false;
  #helper: typeof help | undefined;
  #helpAskedAt: CellId | HTMLElement | null | undefined;
  #replacing = false;
  #problemAt = -1;
  #submission: Submission | undefined;
  /** What a host has said that it has. */
  #acceptedDigest: Digest | undefined;
  /** The field of the head that is being typed in, which no change event has told yet. */
  #typing:
    { readonly field: HeadField; readonly input: HTMLInputElement; readonly composing: boolean } | undefined;
  /** Settled when last year's report is in use, or known to be of none. */
  #readingPrevious: Promise<void> = Promise.resolve();
  #previousLoads = 0;
  /** Loaded after the first paint, or with the first report of last year. */
  #lastYear: LastYear | undefined;
  /** Loaded with the first document. */
  #importer: ImportDialog | undefined;
  /** The report on screen is a file or a draft that the user put there. */
  chosenByUser = false;
  /** Where drafts are kept other than in this page's own storage; to be set before the element is in a page. */
  declare openDrafts: ((options: OpenDraftsOptions) => Promise<DraftStore>) | undefined;
  /** Organisation and year of the value that was loaded: what the draft is found under. */
  #loaded: { organization: string; year: number | null } = { organization: '', year: null };
  #hostDigest: Digest | null = null;
  #hostValue: string | null = null;
  /** What the report on screen began from: an older value, where a draft was restored over a newer one. */
  #begun: BegunFrom = { base: null, origin: null };
  #started = false;

  constructor() {
    super();
    this.tenant = '';
    this.user = '';
    this.draftKey = null;
    this.draft = 'browser';
    this.draftDays = null;
    this.enterMoves = 'down';
    this.grid = 'auto';
    this.licenseKey = null;
    this.organization = null;
    this.year = null;
    this.deadline = null;
    // In a table it is the grid's; here it leads into the tables.
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'F8' || event.defaultPrevented || this.submitting) return;
      event.preventDefault();
      this.#toProblem(event.shiftKey ? 'previous' : 'next');
    });
    this.addEventListener('keydown', (event) => this.#onEscape(event), true);
    this.wholePage = false;
    this.noSubmit = false;
    this.submitLabel = zh`提交`;
    this.submitting = false;
    this.checked = false;
  }

  // ---- for the host ----

  /**
   * Last year's payload (string or object): switches on the checks across years, and fills the blank 上年结转 of a report
   * that nobody has begun. '' takes it away again, and leaves what was filled.
   */
  set previous(value: string | object | null | undefined) {
    const text = textOf(value);
    if (text.trim() === '') {
      this.#previousLoads += 1;
      this.ensureSession().previous = undefined;
      return;
    }
    this.#readingPrevious = this.#readPrevious(text, false).then((refusal) => {
      if (refusal !== undefined) this.message = refusal;
    });
  }

  get previous(): boolean {
    return this.session?.previous !== undefined;
  }

  /** What last year's report was read from, for a page that opens it again; '' where none is in use. */
  get previousText(): string {
    return this.#lastYear?.text ?? '';
  }

  /**
   * Opens last year's report from a text, by the user's wish; blank 上年结转 is filled from it, as one step of undo.
   * Resolves with what was wrong, in the language on screen, or with undefined where it is in use now.
   */
  openPrevious(text: string): Promise<string | undefined> {
    return this.#readPrevious(text, true);
  }

  async #readPrevious(text: string, byUser: boolean): Promise<string | undefined> {
    const load = (this.#previousLoads += 1);
    const reader = await loadReader().catch(() => undefined);
    await this.#loadLastYear();
    await this.reading;
    if (reader === undefined || this.#lastYear === undefined) return t`上年报告：${told(MISSING_READER)}`;
    // Another one was opened, or taken away, in the meantime.
    if (load !== this.#previousLoads) return undefined;
    const result = reader.readPrevious(text, !byUser);
    return 'refusal' in result ? result.refusal : this.#lastYear.use(result, byUser, text);
  }

  async #loadLastYear(): Promise<void> {
    const part = await lateParts.lastYear().catch(() => undefined);
    if (part !== undefined) this.#lastYear ??= new part.LastYear(this, this.#owner.say);
  }

  /** Opens a report from the text of a file, by the user's wish. Resolves with what was wrong, or undefined. */
  async openReport(text: string, fileName: string): Promise<string | undefined> {
    const reader = await loadReader().catch(() => undefined);
    if (reader === undefined) return t`“${fileName}”：${told(MISSING_READER)}`;
    const result = reader.readReport(text);
    if (!result.ok) return t`“${fileName}”：${result.refusal}`;
    if (result.readOnly) {
      this.loadValue(text);
      return undefined;
    }
    this.message = result.notes;
    this.replaceReport(result.report);
    this.#lastYear?.dropStrangers();
    this.dispatchEvent(new XxgkImportedEvent(fileName));
    return undefined;
  }

  /**
   * 导入: shows what a document (a file, or what a clipboard holds) says, and leaves it to the user what is taken over.
   * Resolves when that is shown: with what was wrong, in words, or with undefined. Without one, asks for it.
   */
  async importDocument(source?: ImportSource): Promise<string | undefined> {
    await this.reading;
    let refusal = t`报告现在不能修改，没有导入。`;
    if (this.takesDocuments) {
      const part = await lateParts.importDialog().catch(() => undefined);
      if (part !== undefined) {
        this.#importer ??= new part.ImportDialog(this, () => lateParts.documents());
        return this.#importer.read(source);
      }
      refusal = t`导入功能没有载入，没有导入。请刷新本页后再试，填写的内容不受影响。`;
    }
    this.say(refusal);
    return refusal;
  }

  /** A new, empty report; the draft of the one on screen stays in this browser. */
  newReport(year?: number): void {
    this.message = '';
    this.replaceReport(this.prepared(this.freshReport(year)));
  }

  /**
   * Opens a draft of this browser by its id, by the user's wish; the draft of the one on screen stays. Resolves with what was
   * wrong, in the language on screen, or with undefined.
   */
  async openDraft(id: string): Promise<string | undefined> {
    await this.reading;
    if (!this.#started) {
      this.#started = true;
      await this.#startDrafts();
    }
    await this.#loadingDrafts?.catch(() => undefined);
    return this.#drafts === undefined ? t`草稿功能没有载入，请刷新本页后再试。` : this.#drafts.open(id);
  }

  /** The draft of the report on screen, by which `openDraft` finds it again; null where none is kept. */
  get draftId(): string | null {
    return this.#drafts?.place?.id ?? null;
  }

  /**
   * 检查: shows every problem, blanks included, and moves focus to the summary. Returns the number of findings shown.
   * Throws where the value is not read yet, or cannot be, as `payload` does.
   */
  check(): number {
    if (this.unread) throw new Error(told(this.message));
    this.commit();
    this.checked = true;
    const session = this.ensureSession();
    const shown = shownFindings(session.state.open, true);
    this.dispatchEvent(new XxgkCheckedEvent(session.state.findings));
    void this.updateComplete.then(() => {
      this.focusSummary();
    });
    return shown.length;
  }

  override focusSummary(): void {
    const list = this.renderRoot.querySelector<XxgkFindings>('xxgk-findings');
    void list?.updateComplete.then(() => list.focus());
  }

  /**
   * 提交: where something blocks, shows what, as `check` does; else shows what is about to be handed on, and leaves it to
   * the user to confirm. Then the host hears `xxgk-submit-request`. Throws where the value is not read yet, or cannot be.
   */
  async submit(): Promise<void> {
    if (this.unread) throw new Error(told(this.message));
    if (!this.ready()) return;
    try {
      const { Submission: View, submissionStyles } = await lateParts.submission();
      if (this.#submission === undefined) {
        addStyles(this.renderRoot, submissionStyles);
        this.#submission = new View(this);
      }
    } catch {
      this.#note(t`提交功能没有载入，未提交。请刷新本页后再试，填写的内容不受影响。`);
      return;
    }
    // Somebody may have gone on meanwhile.
    if (this.unread || !this.ready()) return;
    this.submitting = true;
    // Its line would go with the first name typed, and move the button under the mouse.
    this.#notice = '';
    this.#submission.open();
  }

  /**
   * 打印: opens the browser's window for printing with the report on A4 (the official tables, who signs, 单位公章), and behind
   * it the 送审单; as it is, with 未通过校验 across every page while something has to be corrected. Resolves with what was
   * wrong, in the language on screen, or with undefined. Throws where the value is not read yet, or cannot be.
   */
  async print(): Promise<string | undefined> {
    if (this.unread) throw new Error(told(this.message));
    this.commit();
    await this.#loadPrinting();
    const refusal =
      this.#printing === undefined
        ? t`打印功能没有载入，请刷新本页后再试。填写的内容不受影响。`
        : await this.#printing.print();
    if (refusal !== undefined) this.say(refusal);
    return refusal;
  }

  async #loadPrinting(): Promise<void> {
    const part = await lateParts.printing().catch(() => undefined);
    if (part !== undefined) this.#printing ??= new part.Printing(this);
  }

  /** Whether the report can be handed on as it is; where something is open, it is shown instead. */
  ready(): boolean {
    this.commit();
    if (this.locked) return false;
    if (!this.stamp().draft) return true;
    this.submitting = false;
    this.check();
    this.#note(t`还没有${told(this.submitLabel)}：有需要处理的问题，请按清单逐项处理。`);
    return false;
  }

  /** The check-answers view is left: to a cell or a field of the head where one is to be changed. */
  leave(to?: CellId | HeadField): void {
    this.submitting = false;
    void this.updateComplete.then(() => {
      if (to === undefined) this.renderRoot.querySelector<HTMLElement>('#submit')?.focus();
      else if (to.includes('/')) this.focusCell(to);
      else this.#focusField(to);
    });
  }

  /** The host has answered that it has this report: its draft has done its duty. */
  accepted(report: Report, digest: Digest): void {
    this.#acceptedDigest = digest;
    const acknowledged = this.report === report ? this.acknowledge() : this.#drafts?.keepNow();
    void acknowledged?.then(() => this.#dropAccepted());
  }

  /** Where the host wrote back what it was handed, the draft of before is one that is offered, now or in a moment. */
  #dropAccepted(): void {
    const drafts = this.#drafts;
    for (const record of drafts?.offer ?? [])
      if (record.digest === this.#acceptedDigest) void drafts?.delete(record);
  }

  /**
   * The host has saved this: the text it was given, a revision of the draft (of `xxgk-draft-saved`), or without either, what
   * is on screen now. What is edited later begins from it. True when the draft was cleared; an edit made since keeps it,
   * and the warning before the page is left.
   */
  async acknowledge(saved: string | number = this.heldText): Promise<boolean> {
    const drafts = this.#drafts;
    if (typeof saved === 'number') return (await drafts?.acknowledge(saved)) ?? false;
    // At once: a host may leave the page in the next line.
    return this.hostHas(saved) && ((await drafts?.acknowledgeAll()) ?? false);
  }

  override hostHas(text: string): boolean {
    const isCurrent = super.hostHas(text);
    this.#hostDigest = this.baseDigest;
    this.#hostValue = text;
    this.#begun = { base: this.#hostDigest, origin: text };
    // The draft of what was edited since says from now on what it began from.
    if (!isCurrent) this.#drafts?.changed();
    return isCurrent;
  }

  /** 下载备份: the payload as a file, finished or not. Returns the name of the file. */
  downloadBackup(): string {
    return this.#download('_备份');
  }

  /** 导出: the same file under the name it is handed on with. Returns the name of the file. */
  exportReport(): string {
    return this.#download('');
  }

  #download(purpose: string): string {
    this.commit();
    const { report } = this.ensureSession();
    const draft = this.unread || this.payload()['draft'] === true;
    const name = payloadFileName(
      { organization: report.head['organization.name'], year: yearOf(report), draft },
      purpose,
    );
    downloadText(name, this.value);
    this.#drafts?.noteBackup();
    return name;
  }

  /** A copy of what is on screen was written where the host keeps copies: 最近备份 tells of it. */
  noteBackup(): void {
    this.#drafts?.noteBackup();
  }

  override commit(): void {
    for (const table of this.#tables()) table.commit();
    this.#readHead();
  }

  override abandon(): void {
    for (const table of this.#tables()) table.abandon();
    this.#typing = undefined;
  }

  /** What is typed into a field of the head, the signers among them. */
  readonly fields: FieldEditing = {
    edit: (field, text) => {
      this.#typing = undefined;
      this.session?.setField(field, text);
    },
    typing: (field, input, composing) => {
      this.#typing = { field, input, composing };
    },
  };

  #readHead(): void {
    if (this.#typing !== undefined && !super.locked)
      this.session?.setField(this.#typing.field, this.#typing.input.value);
  }

  override flush(): void {
    for (const table of this.#tables()) table.flush();
    // Half a composed word is no name yet.
    if (this.#typing?.composing === false) this.#readHead();
  }

  override get openTexts(): readonly (readonly [place: CellId | HeadField, text: string])[] {
    const cells = this.#tables().flatMap(({ openTexts }) => openTexts);
    const typing = this.#typing;
    return typing?.composing === false && !super.locked
      ? [...cells, [typing.field, typing.input.value]]
      : cells;
  }

  /** For a page that cannot ask for `value` and wait: resolves with what tells what is being typed. */
  async watchTyping(): Promise<() => BeingTyped | undefined> {
    const { beingTyped } = await lateParts.beingTyped();
    return () => beingTyped(this);
  }

  override get locked(): boolean {
    return (
      super.locked ||
      this.#drafts?.blocked === true ||
      (this.submitting && this.#submission?.waiting === true)
    );
  }

  override focus(): void {
    this.#tables()[0]?.focus();
  }

  // ---- for printing ----

  get showsReport(): boolean {
    return !this.unread && !this.submitting && this.#drafts?.joining === undefined;
  }

  // ---- for the import ----

  get takesDocuments(): boolean {
    return !this.locked && !this.submitting;
  }

  get selectedCells(): readonly CellId[] {
    return this.selected?.cells ?? [];
  }

  // ---- for the drafts ----

  identity(): ReportIdentity {
    return { key: this.draftKey, ...this.#loaded };
  }

  get report(): Report {
    return this.ensureSession().report;
  }

  get hostDigest(): Digest | null {
    return this.#hostDigest;
  }

  get hostValue(): string | null {
    return this.#hostValue;
  }

  findingsOf(report: Report): readonly Finding[] {
    const { rules, previous } = this.ensureSession();
    return checkReport(checkedReport(report), rules.rules, { previous, finishing: true });
  }

  get hostLocked(): boolean {
    return super.locked;
  }

  content(session = this.ensureSession(), stamp = this.stamp(session)): DraftContent {
    const { report } = session;
    return {
      payload: draftText(report, stamp),
      digest: payloadOf(report, stamp)['digest'] as Digest,
      ...this.#begun,
      format: report.version,
      organization: report.head['organization.name'],
      year: yearOf(report) ?? null,
    };
  }

  restore(report: Report, begun: BegunFrom): void {
    this.#begun = begun;
    this.#replacing = true;
    try {
      this.adopt(report, begun.base);
    } finally {
      this.#replacing = false;
    }
  }

  follow(report: Report, begun: BegunFrom): void {
    this.#begun = begun;
    this.showReport(report, begun.base);
    // A host that keeps the text by its events would write back the one of before.
    this.tellField();
  }

  draftOpened(id: string): void {
    this.dispatchEvent(new XxgkDraftOpenedEvent(id));
  }

  draftSaved(revision: number, at: number): void {
    this.dispatchEvent(new XxgkDraftSavedEvent(revision, new Date(at)));
  }

  draftFailed(reason: string): void {
    this.dispatchEvent(new XxgkDraftFailedEvent(reason));
  }

  // ---- life ----

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onLine);
    window.addEventListener('offline', this.#onLine);
    if (this.hasUpdated && this.#started && !this.isReading) void this.#startDrafts();
  }

  override disconnectedCallback(): void {
    this.commit();
    this.#footSize?.disconnect();
    this.#footSize = undefined;
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onLine);
    window.removeEventListener('offline', this.#onLine);
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    // After the first paint: the tables are usable before the database is open.
    requestAnimationFrame(() =>
      setTimeout(() => {
        const isAsked = this.#started;
        this.#started = true;
        void this.#loadLastYear();
        void this.#loadPrinting();
        void lateParts.importWays().then(
          ({ openWays }) => openWays(this),
          () => undefined,
        );
        // A value that is still being read starts them when it is there.
        if (this.isConnected && !this.isReading && !isAsked) void this.#startDrafts();
      }),
    );
  }

  protected override formRefused(): void {
    this.checked = true;
  }

  protected override freshReport(year = yearGiven(this.year)): Report {
    const report = super.freshReport(year);
    const { name, kind, more } = givenOrganization(this.organization);
    return {
      ...report,
      head: { ...report.head, 'organization.name': name, 'organization.kind': kind },
      carried: Object.keys(more).length === 0 ? {} : { organization: more },
    };
  }

  protected override loadValue(text: string): void {
    this.#drafts?.leave();
    this.#editedBeforeDrafts = false;
    super.loadValue(text);
  }

  protected override valueLoaded(): void {
    const report = this.ensureSession().report;
    this.checked = false;
    this.#loaded = { organization: report.head['organization.name'], year: yearOf(report) ?? null };
    // A host that writes back what it was handed does so while it is in its hands.
    this.#hostDigest = super.locked ? null : this.baseDigest;
    this.#hostValue = this.#hostDigest === null ? null : this.heldText;
    this.#begun = { base: this.#hostDigest, origin: this.#hostValue };
    if (this.#started) void this.#startDrafts();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await this.#readingPrevious;
    return super.getUpdateComplete();
  }

  protected override sessionChanged(
    state: SessionState,
    transaction: Transaction | undefined,
    replaced: boolean,
  ): void {
    super.sessionChanged(state, transaction, replaced);
    // What was being typed belonged to the report before.
    if (replaced) {
      this.#typing = undefined;
      this.chosenByUser = this.#replacing;
      if (this.submitting)
        this.submitting = this.#submission?.replaced(state.report, this.#replacing) === true;
    }
    if (transaction !== undefined) this.#notice = '';
    if (transaction !== undefined) {
      if (this.#drafts === undefined) this.#editedBeforeDrafts = true;
      else this.#drafts.changed();
    }
    if (transaction !== undefined) this.#announce(state);
    this.#lastYear?.dropOther();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const { state } = this.ensureSession();
    const format = formatOf(state.report);
    const joining = this.#drafts?.joining;
    const covered = this.submitting || joining !== undefined;
    return html`
      ${reportHead({
        head: state.report.head,
        document: format.document,
        // What is about to be handed on is changed where it is written.
        locked: this.locked || covered,
        yearWrong: !this.unread && yearOf(state.report) === undefined,
        ...this.fields,
      })}
      ${this.message === '' ? '' : html`<div class="banner ${this.locked ? 'bad' : ''}" role="alert" data-anchor tabindex="-1"><p>${told(this.message)}</p></div>`}
      <div class="actions-bar" part="actions" ?hidden=${covered}>
        <button type="button" class="primary" ?disabled=${this.unread} @click=${() => this.check()}>
          ${t`检查`}
        </button>
        ${
          this.noSubmit
            ? ''
            : html`<button
                type="button"
                id="submit"
                ?disabled=${this.locked}
                @click=${() => void this.submit()}
              >
                ${told(this.submitLabel)}
              </button>`
        }
        <button
          type="button"
          ?disabled=${this.locked || state.history.done.length === 0}
          @click=${() => this.session?.undo()}
        >
          ${t`撤销`}
        </button>
        <button
          type="button"
          ?disabled=${this.locked || state.history.undone.length === 0}
          @click=${() => this.session?.redo()}
        >
          ${t`重做`}
        </button>
        <button type="button" id="import" ?disabled=${this.locked} @click=${() => this.importDocument()}>
          ${t`导入…`}
        </button>
        <button type="button" ?disabled=${this.unread} @click=${() => this.copyTables(this.#owner.say)}>
          ${t`复制`}
        </button>
        <button type="button" @click=${() => this.downloadBackup()}>${t`下载备份`}</button>
        ${this.draft === 'off' ? '' : html`<button type="button" id="drafts" @click=${() => this.#openDrafts()}>${t`草稿与备份`}</button>`}
        <button type="button" @click=${() => this.#owner.shortcuts()}>${t`快捷键`}</button>
        <slot name="actions"></slot>
      </div>
      ${joining ?? (this.submitting ? this.#submission?.view() : this.rulesLine?.())}
      <div class="previous" ?hidden=${covered || (this.locked && !this.unread && !this.previous)}>
        ${this.#lastYear?.line() ?? ''}
      </div>
      <div
        class="body"
        ?hidden=${(this.unread && !this.isReading) || covered}
        @xxgk-show-cells=${this.#onShowCells}
        @xxgk-apply=${this.#onApply}
      >
        <div class="tables" part="tables" data-anchor tabindex="-1">
          ${format.tables.map(
            (table) =>
              html`<xxgk-report-table
                exportparts="heading"
                table=${table.id}
                enter-moves=${this.enterMoves}
                .grid=${this.grid}
                .licenseKey=${this.licenseKey}
                .session=${this.session}
                .owner=${this.#owner}
                ?readonly=${this.locked}
              ></xxgk-report-table>`,
          )}
        </div>
        <aside class="side" part="findings" aria-label=${t`核对结果`}>
          ${this.#help()}
          <xxgk-findings
            .session=${this.session}
            .checked=${this.checked}
            .locked=${this.locked}
          ></xxgk-findings>
        </aside>
      </div>
      <div class="foot">
        ${this.fieldMessage === '' ? '' : html`<div class="banner bad" role="alert"><p>${told(this.fieldMessage)}</p></div>`}
        ${covered ? '' : (this.#drafts?.banner() ?? '')}
        ${
          this.#notice === ''
            ? ''
            : html`<div class="notice">
                ${told(this.#notice)}<button type="button" @click=${() => this.#note('')}>
                  ${t`知道了`}
                </button>
              </div>`
        }
        ${this.unread && !this.isReading ? '' : this.#statusBar(state)}
      </div>
      ${this.#drafts?.panel ?? ''}
      <div class="hidden" role="status" aria-live="polite">${told(this.#announcement)}</div>
    `;
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Given after the element was made.
    if (['organization', 'year', 'format'].some((name) => changed.has(name))) this.renewFresh();
    this.#keyboardInFoot = Boolean(this.shadowRoot?.activeElement?.closest('.foot'));
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#watchFoot();
    // A button that has done its work is gone: the keyboard goes on before the tables.
    if (this.#keyboardInFoot && this.shadowRoot?.activeElement === null)
      this.renderRoot.querySelector<HTMLElement>('.tables')?.focus({ preventScroll: true });
    if (changed.has('checked')) {
      for (const table of this.#tables()) {
        table.checked = this.checked;
        table.refreshMarks();
      }
    }
  }

  /** Cells scroll to above what sticks to the lower edge of the window, however much that is. */
  #watchFoot(): void {
    const foot = this.renderRoot.querySelector<HTMLElement>('.foot');
    if (foot === null || this.#footSize !== undefined || !this.isConnected) return;
    this.#footSize = new ResizeObserver(() => {
      // It is shown again perhaps, and missed what its page did meanwhile.
      this.themed.look();
      const height = foot.offsetHeight + 8;
      // Setting it styles every cell anew; at first it is as the cells have it anyway.
      if (height > 48 || this.style.getPropertyValue('--xxgk-foot-height') !== '')
        this.style.setProperty('--xxgk-foot-height', `${height}px`);
    });
    this.#footSize.observe(foot);
  }

  // ---- parts ----

  #openDrafts(): void {
    if (this.#drafts === undefined) this.say(t`草稿功能正在准备，请稍候再试。`);
    else void this.#drafts.openPanel();
  }

  #help(): TemplateResult | string {
    if (this.helping === undefined || this.#helper === undefined) return '';
    return this.#helper.helpPanel(this.helping, formatOf(this.report), () => this.#closeHelp());
  }

  #statusBar(state: SessionState): TemplateResult {
    const words = this.#draftsMissing ? MISSING_DRAFTS : (this.#drafts?.words ?? PREPARING_DRAFTS);
    const accepted = this.#submission?.acceptedAt(state.report);
    const saving = accepted
      ? t`已${told(this.submitLabel)} ${accepted.toTimeString().slice(0, 5)}`
      : this.draft === 'off'
        ? t`本页不暂存草稿`
        : [words.status, words.backup, words.advice]
            .filter((part) => part !== '')
            .map((part) => told(part))
            .join(' · ');
    return statusBar({
      counts: this.#counts(state),
      progress: progressOf(state),
      selection: this.#sum(state),
      saveState: saving,
      saveFailed: this.#draftsMissing || this.#drafts?.state?.status === 'failed',
      online: navigator.onLine,
      deadline: deadlineText(
        yearOf(state.report),
        state.report.head['organization.kind'],
        new Date(),
        this.deadline,
      ),
      showLevel: (severity) => this.#showLevel(severity),
    });
  }

  #sum(state: SessionState): { sum: string; count: number } | undefined {
    const cells = this.selected?.cells ?? [];
    if (cells.length < 2) return undefined;
    let sum = 0n;
    let count = 0;
    for (const cell of cells) {
      const value = state.values.value(cell);
      if (value === undefined) continue;
      sum += value;
      count += 1;
    }
    return { sum: formatQuantity(sum), count };
  }

  protected override prepared(report: Report): Report {
    return this.#lastYear?.filled(report) ?? report;
  }

  readonly #owner: TableOwner = {
    cell: (id, cell) => {
      const known = this.#lastYear?.cell(id, cell) ?? cell;
      return this.#importer?.cell(id, known) ?? known;
    },
    select: (_table, selection) => {
      this.selected = selection;
    },
    keep: () => void this.#drafts?.keepNow(),
    help: (cell) => this.#show(cell),
    note: (cell) =>
      this.renderRoot.querySelector<XxgkFindings>('xxgk-findings')?.explain(cell) ||
      this.#owner.say(t`本格没有需要说明的问题。`),
    problem: (direction) => this.#toProblem(direction),
    shortcuts: () => this.#show(this.helping === 'shortcuts' ? undefined : 'shortcuts'),
    say: (sentence) => this.say(sentence),
  };

  /** To be seen wherever the page is scrolled to, and heard. */
  say(sentence: string): void {
    this.#announcement = sentence;
    this.#note(sentence);
  }

  #note(sentence: string): void {
    this.#notice = sentence;
    this.requestUpdate();
  }

  readonly #onLine = (): void => this.requestUpdate();

  #onShowCells(event: XxgkShowCellsEvent): void {
    event.stopPropagation();
    if (event.field !== undefined) {
      this.#focusField(event.field);
      return;
    }
    const [first] = event.cells;
    if (event.way === 'outline' || first === undefined) {
      for (const table of this.#tables())
        table.outline(event.cells.filter((cell) => cell.startsWith(`${table.table}/`)));
      return;
    }
    this.focusCell(first);
  }

  #onApply(event: XxgkApplyEvent): void {
    event.stopPropagation();
    if (!this.locked) this.session?.apply(event.changes, event.origin);
  }

  #focusField(field: string): void {
    this.renderRoot.querySelector<HTMLElement>(`.head [name="${field}"]`)?.focus();
  }

  override anchorOf(cell: CellId): HTMLElement | undefined {
    return this.submitting
      ? undefined
      : this.#tables()
          .find(({ table }) => cell.startsWith(`${table}/`))
          ?.anchorOf(cell);
  }

  override focusCell(cell: CellId): void {
    for (const table of this.#tables()) if (cell.startsWith(`${table.table}/`)) table.focusCell(cell);
  }

  /** F8: from the active cell to the next one with a problem, in the order of the form. */
  #toProblem(direction: 'next' | 'previous'): void {
    const { session } = this;
    if (session === undefined) return;
    const format = formatOf(session.report);
    const order = new Map(format.cells.map((cell, index) => [cell.id, index]));
    const shown = shownFindings(session.state.open, this.checked);
    const cells = [...new Set(shown.flatMap((finding) => markedCells(finding, format)))].sort(
      (a, b) => order.get(a)! - order.get(b)!,
    );
    if (cells.length === 0) {
      this.#announcement = t`没有问题。`;
      this.requestUpdate();
      return;
    }
    const active = this.selected?.active;
    const from = active === undefined ? this.#problemAt : order.get(active)!;
    const after = cells.filter((cell) => order.get(cell)! > from);
    const before = cells.filter((cell) => order.get(cell)! < from);
    const next =
      direction === 'next'
        ? (after[0] ?? cells[0]!)
        : (before[before.length - 1] ?? cells[cells.length - 1]!);
    this.#problemAt = order.get(next)!;
    this.focusCell(next);
  }

  #showLevel(severity: Severity): void {
    const list = this.renderRoot.querySelector<XxgkFindings>('xxgk-findings');
    const root = list?.shadowRoot;
    const section =
      root?.getElementById(severity) ?? root?.getElementById(severity === 'must' ? 'format' : severity);
    (section ?? list)?.focus();
    section?.scrollIntoView({ block: 'nearest' });
  }

  /** Escape takes the help away first: the table, and a dialog of the host around us, wait for the next one. */
  #onEscape(event: KeyboardEvent): void {
    const help = this.renderRoot.querySelector('.help');
    if (help === null || event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return;
    // What is being written is given up first.
    const [target] = event.composedPath() as [HTMLElement];
    if (
      this.openTexts.length > 0 ||
      target.localName === 'textarea' ||
      this.renderRoot.querySelector('dialog[open]')
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    this.#closeHelp();
  }

  /** The keyboard goes back to where help was asked for, if it went along. */
  #closeHelp(): void {
    const at = this.#helpAskedAt;
    if (this.shadowRoot!.activeElement?.closest('.help')) {
      if (typeof at === 'string') this.focusCell(at);
      else at?.focus({ preventScroll: true });
    }
    this.#show(undefined);
  }

  #show(what: HelpSubject | undefined): void {
    if (this.helping === undefined) {
      const at = this.shadowRoot!.activeElement as HTMLElement | null;
      this.#helpAskedAt = at?.localName === 'xxgk-report-table' ? this.selected?.active : at;
    }
    this.helping = what;
    if (what === undefined) return;
    void lateParts.help().then(
      (helper) => {
        this.#helper = helper;
        // Something else may have been asked meanwhile.
        if (this.helping !== what) return;
        this.#announcement = helper.helpSentence(what, formatOf(this.report));
        this.requestUpdate();
        void this.updateComplete.then(() =>
          this.renderRoot.querySelector('.help')?.scrollIntoView({ block: 'nearest' }),
        );
      },
      () => {
        this.helping = undefined;
        this.#note(t`填报说明没有载入，请刷新本页后再试。填写的内容不受影响。`);
      },
    );
  }

  #tables(): XxgkReportTable[] {
    return this.hasUpdated
      ? Array.from(this.renderRoot.querySelectorAll<XxgkReportTable>('xxgk-report-table'))
      : [];
  }

  /** The count of problems, for the polite live region: only when it changes. */
  #announce(state: SessionState): void {
    const parts = Object.entries(this.#counts(state))
      .filter(([severity, count]) => severity !== 'format' || count > 0)
      .map(([severity, count]) => t`${told(SEVERITY_ZH[severity as Severity])} ${count}`);
    this.#announcement = joined(parts, '，');
  }

  /** As the status bar has them, in its order. */
  #counts(state: SessionState): Record<Severity, number> {
    const shown = shownFindings(state.open, this.checked);
    const count = (severity: Severity): number =>
      problemCount(shown.filter((finding) => finding.severity === severity));
    return { format: count('format'), must: count('must'), verify: count('verify'), info: count('info') };
  }

  /** Another report in the place of the one on screen, by the user's wish. */
  replaceReport(report: Report): void {
    this.commit();
    this.#drafts?.leave();
    this.#replacing = true;
    this.checked = false;
    try {
      this.adopt(report);
    } finally {
      this.#replacing = false;
    }
    // What was opened lies in its file: a draft begins with the first change.
    if (this.#started) void this.#startDrafts();
  }

  /** Loads the drafts where they are not loaded yet, and starts them for the report on screen. */
  async #startDrafts(edited = false): Promise<void> {
    if (this.draft === 'off') return;
    this.#editedBeforeDrafts ||= edited;
    this.#loadingDrafts ??= lateParts.drafts().then(({ ReportDrafts: Drafts }) => {
      this.#drafts = new Drafts(this);
      this.#draftsMissing = false;
    });
    try {
      await this.#loadingDrafts;
    } catch {
      this.#loadingDrafts = undefined;
      this.#draftsMissing = true;
      this.draftFailed('not-loaded');
      this.requestUpdate();
      return;
    }
    if (!this.isConnected) return;
    const editedBefore = this.#editedBeforeDrafts;
    this.#editedBeforeDrafts = false;
    await this.#drafts?.start(editedBefore);
    this.#dropAccepted();
  }
}

/** A year that a payload can hold, or undefined. */
function yearGiven(year: number | null): number | undefined {
  return year !== null && Number.isInteger(year) && year >= 1000 && year <= 9999 ? year : undefined;
}
