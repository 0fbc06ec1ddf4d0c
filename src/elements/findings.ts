/**
 * The findings of a report: the heading that counts them, and under it the list, which is loaded after the first paint.
 * It shows; it checks nothing.
 */
import { css, html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { isViolation } from '../checks/finding.ts';
import type { CellId } from '../format/entry.ts';
import { t } from '../format/language.ts';
import type { Session } from '../report/session.ts';
import { problemCount, shownFindings } from './cell-view.ts';
import type { FindingsList } from './findings-list.ts';
import { lateParts } from './late-parts.ts';
import { speaksLanguage } from './page-language.ts';
import { addStyles, baseStyles, calmBox } from './styles.ts';
import { ThemeController, type Density, type Theme } from './theme.ts';

/**
 * @summary The list of findings of a report, grouped by severity. Custom properties as in `<xxgk-annual-report>`.
 * @attr {'light'|'dark'|'auto'} theme - `auto` follows `color-scheme` of the page around; light unless given.
 * @attr {'comfortable'|'compact'} density - `compact` has lower buttons.
 * @event xxgk-show-cells - A finding's cells are to be outlined or focused.
 * @event xxgk-apply - The report is to be changed: a likely cause, a decision, 空白填 0.
 */
export class XxgkFindings extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    css`
      .heading {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
        min-height: var(--_control);
        margin: 0 0 8px;
      }
      h2 {
        margin: 0;
        font-size: 16px;
      }
    `,
  ];

  static override properties = {
    theme: { reflect: true, useDefault: true },
    density: { reflect: true, useDefault: true },
    session: { attribute: false },
    checked: { type: Boolean },
    locked: { type: Boolean },
  };

  declare theme: Theme;
  declare density: Density;
  declare session: Session | undefined;
  /** Blanks and missing heads are listed too: 检查 was pressed. */
  declare checked: boolean;
  /** Nothing may be changed from here. */
  declare locked: boolean;

  #stopListening: (() => void) | undefined;
  #listeningTo: Session | undefined;
  #list: FindingsList | undefined;
  #loading: Promise<void> | undefined;
  #missing = false;

  constructor() {
    super();
    this.theme = 'light';
    this.density = 'comfortable';
    this.addController(new ThemeController(this));
    this.checked = false;
    this.locked = false;
    speaksLanguage(this, () => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#listeningTo = undefined;
  }

  /** Moves focus to the heading: after 检查. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  /** Opens the field for a reason under the finding that asks about the cell; false where none does. */
  explain(cell: CellId): boolean {
    return this.#list?.explain(cell) ?? false;
  }

  /** A reason is being written, which nobody keeps before 保存说明. */
  get writing(): boolean {
    return Boolean(this.renderRoot.querySelector<HTMLTextAreaElement>('#reason')?.value.trim());
  }

  /** The list is there, or cannot be. */
  async loaded(): Promise<void> {
    await (this.#loading ??= lateParts.findingsList().then(
      ({ FindingsList: List, findingsListStyles }) => {
        this.#list = new List(this);
        this.#missing = false;
        addStyles(this.renderRoot, ...findingsListStyles);
      },
      () => {
        this.#loading = undefined;
        this.#missing = true;
      },
    ));
    this.requestUpdate();
    await this.updateComplete;
  }

  protected override createRenderRoot(): HTMLElement {
    return calmBox(super.createRenderRoot());
  }

  protected override firstUpdated(): void {
    // After the paint: an empty report has no findings.
    requestAnimationFrame(() => setTimeout(() => void this.loaded()));
  }

  protected override render(): TemplateResult {
    this.#listen();
    const state = this.session?.state;
    if (state === undefined) return html``;
    const shown = shownFindings(state.open, this.checked);
    const matters = problemCount(shown.filter((finding) => finding.severity !== 'info'));
    const pending = state.findings.filter((finding) => !isViolation(finding)).length;
    const heading =
      matters === 0
        ? this.checked && pending === 0
          ? t`检查通过，没有需要处理的问题`
          : pending > 0
            ? t`填写中，暂未发现问题`
            : t`暂未发现问题`
        : t`有 ${matters} 处需要处理`;
    const list = this.#list?.draw(state, shown, pending);
    return html`
      <div class="heading">
        <h2 tabindex="-1">${heading}</h2>
        ${list?.shortcut ?? ''}
      </div>
      ${this.#missing && matters > 0 ? html`<p>${t`问题清单没有载入，请刷新本页后再试。出错的格已在表中标出，填写的内容不受影响。`}</p>` : ''}
      ${list?.content ?? ''}
    `;
  }

  #listen(): void {
    if (this.#listeningTo === this.session) return;
    this.#stopListening?.();
    this.#listeningTo = this.session;
    this.#stopListening = this.session?.listen((state, _transaction, replaced) => {
      if (replaced) this.#list?.replaced(state.report);
      this.requestUpdate();
    });
  }
}
