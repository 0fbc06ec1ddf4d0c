/**
 * One mandated table on screen. Inside `<xxgk-annual-report>` it is given a session; alone in a page it has its own and
 * takes part in the form. It owns its grid and hears from it; it decides nothing about numbers.
 */
import { css, html, unsafeCSS, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import type { Finding } from '../checks/finding.ts';
import type { CellId } from '../format/entry.ts';
import type { Table } from '../format/format.ts';
import { t, told } from '../format/language.ts';
import { withTotalsAbove } from '../format/totals.ts';
import { formatOf } from '../report/report.ts';
import type { Session, SessionState } from '../report/session.ts';
import { zeroBlanks, type Change, type Transaction } from '../report/transaction.ts';
import { gridCellOf, marksOf, shownFindings } from './cell-view.ts';
import { XxgkApplyEvent } from './events.ts';
import type {
  Grid,
  GridCell,
  GridEdit,
  GridListener,
  GridPasteRefusal,
  GridSelection,
} from './grid/grid-port.ts';
import { GridSlot } from './grid-slot.ts';
import { TABLE_GRID_CSS } from './grid/table-grid-styles.ts';
import { lateParts } from './late-parts.ts';
import { ReportFormElement } from './report-form-element.ts';
import { licenseKeyOfPage, onLicenseKey } from './spreadsheet.ts';
import { baseStyles } from './styles.ts';

/** What the table tells its owner beyond edits, which go to the session. */
export interface TableOwner {
  /** The cell with what else the owner knows of it. */
  cell(id: CellId, cell: GridCell): GridCell;
  select(table: string, selection: GridSelection | undefined): void;
  keep(): void;
  help(cell: CellId): void;
  /** Shift+F2: what is asked about the cell is to be explained. */
  note(cell: CellId): void;
  problem(direction: 'next' | 'previous'): void;
  shortcuts(): void;
  say(sentence: string): void;
}

/**
 * @summary One of the three mandated tables as an editable grid with live checks. Custom properties as in `<xxgk-annual-report>`.
 * @attr table - `disclosure` (表二), `requests` (表三) or `proceedings` (表四).
 * @attr value - The report to begin with, as JSON.
 * @attr {boolean} readonly - Selection and copy only.
 * @attr rules - A rule pack, as JSON.
 * @attr {'zh-CN'|'en'} lang - The language on screen, for all elements of the page: the last one that is given it decides.
 * @attr for - The id of a text field of the page that gets the JSON with every edit, for hosts that read fields only.
 * @attr {boolean} no-leave-guard - No warning before the page is left with edits that the host does not have.
 * @attr {'down'|'right'} enter-moves - Where Enter goes.
 * @attr {'auto'|'handsontable'|'table'} grid - The spreadsheet grid where there is a licence key (`auto`), or the table grid.
 * @attr license-key - The host's Handsontable licence key, where it differs from that of `setLicenseKey`.
 * @attr {'light'|'dark'|'auto'} theme - `auto` follows `color-scheme` of the page around; light unless given.
 * @attr {'comfortable'|'compact'} density - `compact` has lower rows and buttons.
 * @event input - After an edit of the user, when the checks have run.
 * @event change - Right after `input`.
 * @event xxgk-checked - The checks ran.
 * @csspart heading - The section title.
 */
export class XxgkReportTable extends ReportFormElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    unsafeCSS(TABLE_GRID_CSS),
    css`
      .title-bar {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
        justify-content: space-between;
        margin: 0 0 6px;
      }
      h2 {
        margin: 0;
        font-size: 16px;
      }
      #grid:focus {
        outline: none;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
      }
      label {
        display: inline-flex;
        gap: 4px;
        align-items: center;
        min-height: var(--_control);
      }
      button[aria-pressed='true'] {
        border-color: var(--_accent);
        background: var(--_selected);
      }
      .said {
        min-height: 21px;
        margin: 4px 0 0;
        color: var(--_verify);
      }
      .said:empty {
        display: none;
      }
    `,
  ];

  static override properties = {
    ...ReportFormElement.properties,
    table: { type: String, reflect: true },
    said: { state: true },
    enterMoves: { type: String, attribute: 'enter-moves' },
    grid: { type: String },
    licenseKey: { type: String, attribute: 'license-key' },
    controlTotals: { state: true },
    declaredZero: { state: true },
  };

  declare table: string;
  /** 回车方向: `down` (default) or `right`. */
  declare enterMoves: 'down' | 'right';
  /** `auto` (default): the spreadsheet grid where there is a licence key, else the table grid. */
  declare grid: 'auto' | 'handsontable' | 'table';
  /** The host's Handsontable licence key; without it, that of `setLicenseKey`. */
  declare licenseKey: string | null;
  declare said: string;
  declare controlTotals: boolean;
  /** 零报告: the table is declared zero, and is. */
  declare declaredZero: boolean;

  /** Set by an element that contains this table; alone, the table has none. */
  owner: TableOwner | undefined;
  /** Whether blanks are shown as problems too (after 检查). */
  checked = false;

  #slot: GridSlot | undefined;
  #drawn: Table | undefined;
  #forgetKey: (() => void) | undefined;

  constructor() {
    super();
    this.table = 'requests';
    this.enterMoves = 'down';
    this.grid = 'auto';
    this.licenseKey = null;
    this.said = '';
    this.controlTotals = false;
    this.declaredZero = false;
  }

  /** The selected cells, for 求和 and 计数. */
  get selection(): GridSelection | undefined {
    return this.#slot?.grid.selection;
  }

  /** The grid that is on screen now. */
  get gridInUse(): 'handsontable' | 'table' {
    return this.#slot?.kind ?? 'table';
  }

  override anchorOf(cell: CellId): HTMLElement | undefined {
    return this.#slot?.grid.anchor(cell)?.querySelector('input') ?? undefined;
  }

  override focusCell(cell: CellId): void {
    this.#slot?.grid.focusCell(cell);
  }

  outline(cells: readonly CellId[]): void {
    this.#slot?.grid.outline(cells);
  }

  /** Commits an open edit, as leaving the cell would. */
  override commit(): void {
    this.#slot?.grid.commit();
  }

  override flush(): void {
    this.#slot?.grid.flush();
  }

  /** What an open cell holds that the report does not have yet. */
  override get openTexts(): readonly (readonly [cell: CellId, text: string])[] {
    const open = this.#slot?.grid.openText;
    return open === undefined ? [] : [open];
  }

  override abandon(): void {
    this.#slot?.grid.abandon();
  }

  override focus(): void {
    const first = this.#drawn?.layout.matrix[0]?.[0];
    if (first !== undefined) this.focusCell(first);
  }

  protected override formRefused(): void {
    this.checked = true;
    this.refreshMarks();
  }

  /** In a table that stands alone, only findings that name one of its cells count. */
  protected override relevant(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter((finding) => finding.cells.some((cell) => cell.startsWith(`${this.table}/`)));
  }

  protected override get standsAlone(): boolean {
    return this.owner === undefined;
  }

  protected override payloadTables(): readonly string[] {
    return [this.table];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forgetKey = onLicenseKey(() => this.#choose());
    this.#choose();
  }

  override disconnectedCallback(): void {
    this.commit();
    super.disconnectedCallback();
    this.#forgetKey?.();
    // A move in the page takes an element out and puts it back in one task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#slot?.rest();
    });
  }

  protected override render(): TemplateResult {
    const table = this.#tableOf();
    const locked = this.locked;
    return html`
      <div class="title-bar">
        <h2 part="heading" id="title" lang="zh-CN">${table?.title ?? ''}</h2>
        <div class="tools" role="group" aria-label=${t`${table?.shortTitle ?? ''}工具`}>
          <button type="button" ?disabled=${locked} @click=${this.#zeroBlanks}>${t`空白填 0`}</button>
          <button
            type="button"
            class="zero"
            aria-pressed=${this.declaredZero}
            title=${t`本表本年确无此类情况，全部为零`}
            ?disabled=${locked}
            @click=${() => void this.#zeroReport()}
          >
            ${t`零报告${this.declaredZero ? ' ✓' : ''}`}
          </button>
          <button
            type="button"
            ?disabled=${this.unread}
            @click=${() => this.copyTables((sentence) => this.#say(sentence))}
          >
            ${t`复制本表`}
          </button>
          ${
            (table?.derived.length ?? 0) === 0
              ? ''
              : html`<label title=${t`把纸质报表或台账上的总计录入，用来核对；不会覆盖自动计算的总计。`}>
                  <input
                    type="checkbox"
                    .checked=${this.controlTotals}
                    ?disabled=${locked}
                    @change=${this.#toggleControlTotals}
                  />${t`录入核对数`}
                </label>`
          }
        </div>
      </div>
      ${this.message === '' ? '' : html`<p class="said" role="alert" data-anchor tabindex="-1">${told(this.message)}</p>`}
      <div id="grid" lang="zh-CN" data-anchor tabindex="-1"></div>
      ${this.rulesLine?.()}
      ${this.fieldMessage === '' ? '' : html`<p class="said" role="alert">${told(this.fieldMessage)}</p>`}
      <p class="said" role="status">${told(this.said)}</p>
    `;
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    if (this.session !== undefined) this.#readZeroReport(this.session.state);
  }

  protected override retell(): void {
    super.retell();
    this.#slot?.grid.update();
    this.refreshMarks();
    this.#slot?.grid.retell();
  }

  protected override wordsLoaded(): void {
    super.wordsLoaded();
    this.refreshMarks();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#draw();
    if (this.#slot !== undefined) this.#set(this.#slot.grid);
    if (changed.has('grid') || changed.has('licenseKey')) this.#choose();
  }

  #set(grid: Grid): void {
    grid.readOnly = this.locked;
    grid.controlTotals = this.controlTotals;
    grid.enterMoves = this.enterMoves === 'right' ? 'right' : 'down';
  }

  #choose(): void {
    this.#slot?.choose({
      grid: this.grid === 'table' || this.grid === 'handsontable' ? this.grid : 'auto',
      licenseKey: String(this.licenseKey ?? licenseKeyOfPage()),
    });
  }

  protected override sessionChanged(
    state: SessionState,
    transaction: Transaction | undefined,
    replaced: boolean,
  ): void {
    super.sessionChanged(state, transaction, replaced);
    this.#readZeroReport(state);
    if (this.#slot === undefined) return;
    if (replaced) this.#slot.grid.rebase();
    if (this.#drawn !== this.#tableOf()) {
      this.#draw();
      return;
    }
    this.#slot.grid.update(transaction === undefined ? undefined : this.#touched(state, transaction));
    this.refreshMarks();
  }

  /** Redraws the marks, after an edit or when `checked` changed. */
  refreshMarks(): void {
    if (this.#slot !== undefined) this.#mark(this.#slot.grid);
  }

  #mark(grid: Grid): void {
    const { open, report } = this.session!.state;
    grid.mark(marksOf(this.relevant(shownFindings(open, this.checked)), formatOf(report)));
  }

  #tableOf(): Table | undefined {
    const report = this.session?.report;
    return report === undefined
      ? undefined
      : formatOf(report).tables.find((table) => table.id === this.table);
  }

  #draw(): void {
    const table = this.#tableOf();
    const { session } = this;
    if (table === undefined || session === undefined || table === this.#drawn) return;
    this.#slot?.destroy();
    this.#drawn = table;
    this.#slot = new GridSlot(
      this.shadowRoot!,
      this.renderRoot.querySelector('#grid')!,
      {
        table,
        listener: this.#listener(),
        cell: (id) => {
          const cell = gridCellOf(this.session!.state, id);
          return this.owner?.cell(id, cell) ?? cell;
        },
        tell: t,
      },
      (grid) => {
        this.#set(grid);
        this.#mark(grid);
      },
    );
    this.#choose();
  }

  /** Changed cells of this table and the totals that depend on them. */
  #touched({ report }: SessionState, transaction: Transaction): CellId[] {
    const changed = transaction.changes.flatMap((change) => ('cell' in change ? [change.cell] : []));
    return [...withTotalsAbove(formatOf(report), changed)].filter((cell) =>
      cell.startsWith(`${this.table}/`),
    );
  }

  #listener(): GridListener {
    const session = (): Session => this.session!;
    return {
      edit: (edit: GridEdit) => {
        this.said = '';
        session().enter(edit.texts, edit.origin);
      },
      undo: () => session().undo(),
      redo: () => session().redo(),
      select: (selection) => this.owner?.select(this.table, selection),
      keep: () => this.owner?.keep(),
      help: (cell) => this.#help(cell),
      note: (cell) => (this.owner === undefined ? this.#help(cell) : this.owner.note(cell)),
      problem: (direction) => this.owner?.problem(direction),
      shortcuts: () => this.owner?.shortcuts(),
      pasteRefused: (refusal, written) => this.#refused(refusal, written),
    };
  }

  #help(cell: CellId): void {
    if (this.owner !== undefined) {
      this.owner.help(cell);
      return;
    }
    void lateParts.help().then(
      ({ helpSentence }) => {
        if (this.session !== undefined) this.said = helpSentence(cell, formatOf(this.session.report));
      },
      () => {
        this.said = t`填报说明没有载入，请刷新本页后再试。填写的内容不受影响。`;
      },
    );
  }

  #refused(refusal: GridPasteRefusal, written: number): void {
    this.#say(this.#refusalOf(refusal, written));
  }

  #say(sentence: string): void {
    // Below a long table nobody sees it: the whole editor has a better place.
    if (this.owner === undefined) this.said = sentence;
    else this.owner.say(sentence);
  }

  #refusalOf(refusal: GridPasteRefusal, written: number): string {
    const size = t`${refusal.rows}行${refusal.columns}列`;
    if (refusal.reason === 'too-many-cells')
      return t`粘贴的内容过多（${size}），一次最多2000格，没有写入任何数据。请只复制表格中的数字部分。`;
    if (refusal.reason === 'not-tabular')
      return t`粘贴的内容读不出表格，没有写入任何数据。请从表格软件中复制数字部分。`;
    if (refusal.reason === 'read-only') return t`报告现在不能修改，粘贴的内容没有写入。`;
    if (refusal.reason === 'totals-left-out')
      return t`已写入${written}格；总计是自动计算的，有${refusal.rows}格没有写入。要录入总计请勾选“录入核对数”。`;
    return t`粘贴的内容（${size}）超出了表格范围：已写入${written}格，超出部分没有写入。可按 Ctrl+Z 撤销。`;
  }

  #zeroBlanks(): void {
    const { session } = this;
    const table = this.#tableOf();
    if (session === undefined || table === undefined) return;
    this.commit();
    this.#apply(
      zeroBlanks(
        session.report,
        table.cells.map((cell) => cell.id),
      ),
    );
  }

  /** Declares the table zero, with its blanks filled, or takes that back; says why where it cannot be. */
  async #zeroReport(): Promise<void> {
    this.commit();
    const zero = await lateParts.zeroReport().catch(() => undefined);
    const { session } = this;
    const table = this.#tableOf();
    if (session === undefined || table === undefined || this.locked) return;
    if (zero === undefined) {
      this.#say(t`零报告功能没有载入，请刷新本页后再试。填写的内容不受影响。`);
      return;
    }
    const { report } = session;
    const against = zero.notZero(report, table);
    const [first] = against;
    if (zero.isDeclaredZero(report, table)) {
      const change = zero.withdrawZero(report, table);
      if (change !== undefined) this.#apply([change]);
      this.#say(t`${table.shortTitle}已撤回零报告，数据没有改动。`);
    } else if (first === undefined) {
      this.#apply(zero.declareZero(report, table, new Date()));
      this.#say(t`${table.shortTitle}已作零报告：本年确无此类情况，空白格已填 0。可以撤销。`);
    } else {
      this.focusCell(first);
      this.#say(
        t`${table.shortTitle}有 ${against.length} 格填的不是 0，不能作零报告，没有改动。确为零报告的，请先把这些格改为 0。`,
      );
    }
  }

  /** Whether the table is declared zero: asked only where something like it was said. */
  #readZeroReport(state: SessionState): void {
    if (state.report.explanations.length === 0) this.declaredZero = false;
    else
      void lateParts.zeroReport().then(
        ({ isDeclaredZero }) => {
          const table = this.#tableOf();
          if (table !== undefined && this.session !== undefined)
            this.declaredZero = isDeclaredZero(this.session.report, table);
        },
        () => undefined,
      );
  }

  #apply(changes: readonly Change[]): void {
    if (this.owner !== undefined) this.dispatchEvent(new XxgkApplyEvent(changes, 'fill'));
    else this.session?.apply(changes, 'fill');
  }

  #toggleControlTotals(event: Event): void {
    this.controlTotals = (event.target as HTMLInputElement).checked;
  }
}
