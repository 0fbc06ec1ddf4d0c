/**
 * What the main element and the single table share: a session, the JSON value, and membership of a form. The host sets
 * `value` without any event coming back; a user's edit gives one `input` and one `change` after the checks have run.
 */
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { isBlocking, isViolation, type Finding } from '../checks/finding.ts';
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import type { Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import type { FormatVersion } from '../format/format.ts';
import { t, told } from '../format/language.ts';
import { payloadOf, type Stamp } from '../payload/write-payload.ts';
import { openFindings } from '../report/explanations.ts';
import { emptyReport, formatOf, yearDue, type HeadField, type Report } from '../report/report.ts';
import { Session, type SessionState } from '../report/session.ts';
import type { Transaction } from '../report/transaction.ts';
import { markedCells, problemCount, shownFindings } from './cell-view.ts';
import { XxgkCheckedEvent } from './events.ts';
import { HeldHeight } from './held-height.ts';
import { lateParts } from './late-parts.ts';
import type { GuardedElement } from './leave-guard.ts';
import { loadWords, sentenceOfFinding } from './load-words.ts';
import { loadedReader, loadReader, MISSING_READER } from './load-reading.ts';
import { chooseLanguage, languageChosen, speaksLanguage } from './page-language.ts';
import type { Reading } from './reading.ts';
import { calmBox } from './styles.ts';
import { TextMirror, type MirroredElement } from './text-mirror.ts';
import { ThemeController, type Density, type Theme } from './theme.ts';

export abstract class ReportFormElement extends LitElement implements MirroredElement, GuardedElement {
  static formAssociated = true;

  static override properties = {
    theme: { reflect: true, useDefault: true },
    density: { reflect: true, useDefault: true },
    name: { type: String, reflect: true },
    readonly: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    required: { type: Boolean, reflect: true },
    format: { type: String },
    rules: { noAccessor: true },
    htmlFor: { type: String, attribute: 'for', reflect: true },
    noLeaveGuard: { type: Boolean, attribute: 'no-leave-guard' },
    message: { state: true },
    fieldMessage: { state: true },
    rulesLine: { state: true },
    formDisabled: { state: true },
  };

  /** `light` (default), `dark`, or `auto`: as `color-scheme` is in the page around. */
  declare theme: Theme;
  /** `compact` has lower rows and buttons. */
  declare density: Density;
  /** The name under which the JSON payload is posted with the form. */
  declare name: string;
  /** Selection and copy only. */
  declare readonly: boolean;
  /** As `readonly`, and nothing is posted under `name`. */
  declare disabled: boolean;
  /** The form is valid only when no cell is blank and nothing has to be corrected. */
  declare required: boolean;
  /** The format of a new report: `2021` (default) or `2019`. */
  declare format: FormatVersion;
  /** The id of a text field of the page that gets the value with every edit, for hosts that read fields only. */
  declare htmlFor: string | null;
  /** No warning before a page is left with edits that the host does not have: the host gives one of its own. */
  declare noLeaveGuard: boolean;
  /** What is to be said about the value that was loaded, '' for nothing. */
  declare message: string;
  /** Why the field of `for` does not get the report, '' where it does. */
  declare protected fieldMessage: string;
  /** Which rule pack is in force, or why none is; undefined for nothing. */
  declare protected rulesLine: (() => TemplateResult | string) | undefined;
  declare protected formDisabled: boolean;

  protected readonly internals: ElementInternals;
  protected readonly themed = new ThemeController(this);

  #session: Session | undefined;
  #stopListening: (() => void) | undefined;
  /** The value as the host gave it, while nobody has edited it: it is handed back byte for byte. */
  #source: { readonly text: string; readonly report: Report } | undefined;
  /** What a reset brings back; undefined for the attribute. */
  #given: string | undefined;
  /** A value that is not read yet, or cannot be: kept and handed back, never overwritten. */
  #unread: string | undefined;
  /** Settled when the value set last and the rule pack have been read, or never will be. */
  #reading: Promise<unknown> = Promise.resolve();
  #rules: unknown;
  #isReading = false;
  /** `checkValidity` only asks; a form that was stopped wants to be told why. */
  #asking = false;
  #loads = 0;
  #tooNew = false;
  #base: Digest | null = null;
  #edits = 0;
  /** What was the value until it was read in this very task. */
  #overtaken: string[] = [];
  #cached: { readonly state: SessionState; readonly text: string } | undefined;
  #form: HTMLFormElement | null = null;
  /** What was typed when the validity was told last. */
  #followed = '[]';
  #formValueDue = false;
  /** The cell for which a form is stopped. */
  #firstWrong: CellId | undefined;
  /** The new report as it was shown, while it is the one on screen. */
  #fresh: Report | undefined;
  readonly #mirror = new TextMirror(this);
  /** The user has edited what the host was told last. */
  #unsent = false;
  #guard: Promise<(() => void) | undefined> | undefined;

  constructor() {
    super();
    this.theme = 'light';
    this.density = 'comfortable';
    this.name = '';
    this.readonly = false;
    this.disabled = false;
    this.required = false;
    this.format = '2021';
    this.htmlFor = null;
    this.noLeaveGuard = false;
    this.message = '';
    this.fieldMessage = '';
    this.formDisabled = false;
    this.addController(this.themed);
    this.addController(new HeldHeight(this, () => !this.standsAlone));
    for (const name of ['input', 'keyup']) this.addEventListener(name, () => this.#followTyping(), true);
    this.internals = this.attachInternals();
    speaksLanguage(this, () => this.retell());
    this.addEventListener('invalid', (event) => {
      if (this.#asking) return;
      this.formRefused();
      // After the browser, which leads the keyboard to the first field that stops the form, but not into every grid.
      setTimeout(() => {
        if (event.defaultPrevented) return;
        const fields = Array.from(this.form?.elements ?? []) as unknown as ElementInternals[];
        const first = fields.find(({ willValidate, validity }) => willValidate && !validity.valid);
        if (first !== undefined && (first as unknown) !== this) return;
        if (this.#firstWrong === undefined) this.focusSummary();
        else this.focusCell(this.#firstWrong);
      });
    });
  }

  /** The report being edited. Assigned by an element that contains this one, else made on first use. */
  get session(): Session | undefined {
    return this.#session;
  }

  set session(session: Session | undefined) {
    if (session === this.#session) return;
    this.#stopListening?.();
    this.#session = session;
    this.#stopListening = session?.listen((...told) => this.sessionChanged(...told));
    this.requestUpdate();
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  get type(): string {
    return this.localName;
  }

  checkValidity(): boolean {
    this.flush();
    this.#refreshValidity();
    this.#asking = true;
    try {
      return this.internals.checkValidity();
    } finally {
      this.#asking = false;
    }
  }

  reportValidity(): boolean {
    this.commit();
    this.#refreshValidity();
    return this.internals.reportValidity();
  }

  /** Nothing can be edited: by attribute, by a fieldset, or because the value is not ours to change. */
  get locked(): boolean {
    return this.readonly || this.disabled || this.formDisabled || this.#unread !== undefined || this.#tooNew;
  }

  /** The value is not a report on screen: it is still to be read, or cannot be. */
  protected get unread(): boolean {
    return this.#unread !== undefined;
  }

  /** The value is still to be read; `valueLoaded` comes. */
  protected get isReading(): boolean {
    return this.#isReading;
  }

  /** Settled when the value set last and the rule pack have been read, or never will be. */
  protected get reading(): Promise<unknown> {
    return this.#reading;
  }

  /**
   * The report as canonical JSON, with what an open cell holds; the edit stays open. Takes a string or an object;
   * setting it fires no event, moves no focus and ends no edit where the value is the one the element already has.
   * '' is an empty report. Reading it while a cell is open takes that text into the report, with its `input` and
   * `change`; what was the value before that is not set again within the same task. Until it is read
   * (`updateComplete`), and where it cannot be, a value is handed back as given.
   */
  get value(): string {
    const before = this.#text();
    const { isUnbegun } = this;
    this.flush();
    const text = this.#text();
    if (text !== before) this.overtaken(before, isUnbegun);
    return text;
  }

  /** The value without what an open cell holds. */
  get heldText(): string {
    return this.#text();
  }

  #text(): string {
    if (this.#unread !== undefined) return this.#unread;
    const state = this.#session?.state;
    if (state === undefined) return '';
    if (this.#source?.report === state.report) return this.#source.text;
    if (this.#cached?.state !== state) this.#cached = { state, text: canonicalJson(this.#payload()) };
    return this.#cached.text;
  }

  set value(value: string | object | null | undefined) {
    const text = textOf(value);
    if (this.hasUpdated && text !== '' && text === this.#text()) return;
    // Vue has its text in hand when it reads value or field to compare, hears of the cell that was open, and writes it.
    if (this.#overtaken.includes(text)) return;
    // What is being typed belongs to the report on screen, and to its draft, not to the one that comes.
    if (this.hasUpdated) this.commit();
    this.loadValue(text);
  }

  /**
   * A rule pack (string or object; a changed one has to be another object), which adds to the official rules or changes
   * them. '' takes it away; one that is malformed is refused on screen, and the official rules are in force.
   */
  get rules(): unknown {
    return this.#rules;
  }

  set rules(rules: string | object | null | undefined) {
    if (rules === this.#rules) return;
    this.#rules = rules;
    this.#reading = Promise.all([
      this.#reading,
      // Packs that are set one after another arrive in that order.
      lateParts.rules().then(
        (late) => {
          this.rulesLine = late.putInForce(rules, this.ensureSession());
        },
        () => {
          this.rulesLine = () => t`核对规则：${told(MISSING_READER)}`;
        },
      ),
    ]);
  }

  /**
   * The payload as an object, with totals, counts of the checks and digests made anew. Throws where the value is not
   * read yet, or cannot be: an empty report in its place would be taken for the report.
   */
  payload(): Record<string, Json> {
    if (this.#unread !== undefined) throw new Error(told(this.message));
    this.flush();
    return this.#payload();
  }

  #payload(): Record<string, Json> {
    const session = this.ensureSession();
    const payload = payloadOf(session.report, this.stamp());
    const only = this.payloadTables();
    if (only === undefined) return payload;
    const tables = payload['tables'] as Record<string, Json>;
    const { digest: _digest, tablesDigest: _tablesDigest, ...rest } = payload;
    return {
      ...rest,
      tables: Object.fromEntries(Object.entries(tables).filter(([table]) => only.includes(table))),
    };
  }

  /** What is written over the content: how the checks stand, and what this edit began from. */
  stamp(session = this.ensureSession()): Stamp {
    const { version, changed } = session.rules;
    const finishing = this.relevant(session.findingsOnFinishing());
    const open = openFindings(finishing, session.report, session.state).length;
    const unfinished =
      finishing.some((finding) => finding.severity === 'format' || finding.severity === 'must') || open > 0;
    return {
      draft: unfinished,
      findings: this.relevant(session.state.findings),
      rules: `${session.report.version}@${version}`,
      changed,
      open,
      revision: { number: this.#edits, base: this.#base },
    };
  }

  /** The digest of the value that was loaded from the host, null where it had none. */
  get baseDigest(): Digest | null {
    return this.#base;
  }

  /** 复制: puts the tables on the clipboard and says how that went. */
  protected copyTables(say: (sentence: string) => void): void {
    this.commit();
    void lateParts.copyTables().then(
      (late) => say(late.copyTables(this)),
      () => say(t`复制功能没有载入，请刷新本页后再试。填写的内容不受影响。`),
    );
  }

  /** Another language is in force. */
  protected retell(): void {
    this.requestUpdate();
    this.#refreshValidity();
  }

  /** A form was stopped at this element: it shows why, blanks included. */
  protected formRefused(): void {}

  /** A new report, as it was shown. */
  get isUnbegun(): boolean {
    return this.#unread === undefined && this.#fresh !== undefined && this.#session?.report === this.#fresh;
  }

  takeFromField(text: string): void {
    this.commit();
    this.loadValue(text);
  }

  overtaken(text: string, orNone = false): void {
    this.#overtaken.push(text);
    if (orNone) this.#overtaken.push('');
    setTimeout(() => (this.#overtaken = []));
  }

  get forms(): readonly (HTMLFormElement | null)[] {
    return [this.form, this.#mirror.form];
  }

  hasUnsent(): boolean {
    if (this.noLeaveGuard) return false;
    this.flush();
    return this.#unsent;
  }

  tellAll(): void {
    this.flush();
    this.#writeField();
  }

  /** The host has what is on screen, or is getting it. */
  sent(): void {
    this.#unsent = false;
  }

  unsent(): void {
    this.#unsent = true;
  }

  /**
   * The host has this value of ours now: what is edited from here on began from it. True where it is what is on screen,
   * which is then handed back as it was.
   */
  hostHas(text: string): boolean {
    const isCurrent = text === this.#text();
    this.#base = digestStated(text) ?? this.#base;
    this.#given = text;
    this.#cached = undefined;
    if (isCurrent) {
      this.#source = { text, report: this.ensureSession().report };
      this.sent();
    } else {
      // What was edited since is told again, with what it began from.
      this.tellField();
    }
    return isCurrent;
  }

  /** The field says soon that it holds something else, though nobody edited it here. */
  protected tellField(): void {
    this.#mirror.edited();
    this.#scheduleFormValue();
  }

  /** Commits an edit that is still open in a cell. */
  commit(): void {}

  /** Gives up an edit that is still open: the form is reset. */
  abandon(): void {}

  /** Takes what an open cell holds into the report, and leaves the cell open: somebody reads while a person types. */
  flush(): void {}

  /** What open edits hold that the report does not have yet. */
  get openTexts(): readonly (readonly [place: CellId | HeadField, text: string])[] {
    return [];
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'value', 'lang'];
  }

  /** As with a field of the browser: it is what is shown until somebody edits, and what a reset brings back. */
  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    super.attributeChangedCallback(name, before, value);
    if (name === 'lang') chooseLanguage(value);
    if (name !== 'value' || value === before || this.#session === undefined) return;
    // What is being typed is an edit of the report on screen.
    this.flush();
    if (!this.isUnbegun && this.#text() !== before) return;
    this.commit();
    this.loadValue(value ?? '');
  }

  override connectedCallback(): void {
    // A value assigned before the class was defined shadows the accessor.
    const attribute = this.getAttribute('value');
    if (this.#session === undefined && attribute !== null) this.loadValue(attribute);
    for (const property of ['session', 'value', 'previous'] as const) {
      if (Object.prototype.hasOwnProperty.call(this, property)) {
        const early = (this as unknown as Record<string, unknown>)[property];
        delete (this as unknown as Record<string, unknown>)[property];
        (this as unknown as Record<string, unknown>)[property] = early;
      }
    }
    this.ensureSession();
    super.connectedCallback();
    this.#findField();
    // A script in the head: what follows the element is not there yet.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', this.#findField);
    if (this.hasUpdated) this.#guardLeaving();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watchForm(null);
    document.removeEventListener('DOMContentLoaded', this.#findField);
    this.#mirror.detach();
    void this.#guard?.then((stop) => stop?.());
    this.#guard = undefined;
  }

  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#watchForm(form);
  }

  formDisabledCallback(disabled: boolean): void {
    this.formDisabled = disabled;
    // The attribute of the property is written in the middle of an update, which is too late for it.
    queueMicrotask(() => this.requestUpdate());
  }

  formResetCallback(): void {
    this.abandon();
    this.loadValue(this.#given ?? this.getAttribute('value') ?? '');
  }

  protected ensureSession(): Session {
    if (this.#session === undefined) {
      this.#fresh = this.freshReport();
      this.session = new Session(this.#fresh, OFFICIAL_RULES);
    }
    return this.#session!;
  }

  /** An empty report in the format of the attribute, for last year where no year is given. */
  protected freshReport(year = yearDue()): Report {
    return emptyReport(this.format === '2019' ? '2019' : '2021', year);
  }

  /**
   * Reads a value through the door: at once where the door is loaded, else when it is. What cannot be read is kept,
   * said and locked.
   */
  protected loadValue(text: string): void {
    this.#endReading();
    this.#unsent = false;
    this.#source = undefined;
    this.#given = undefined;
    this.#base = null;
    this.#edits = 0;
    this.message = '';
    this.#fresh = undefined;
    if (text.trim() === '') {
      this.#show(this.freshReport());
      this.#fresh = this.#session!.report;
      this.valueLoaded();
      return;
    }
    this.#given = text;
    const load = this.#loads;
    const reader = loadedReader();
    if (reader !== undefined) {
      this.#take(text, reader.readValue(text));
      return;
    }
    this.#isReading = true;
    this.#unread = text;
    this.message = t`正在读取报告…`;
    this.#show(emptyReport('2021'));
    this.#reading = Promise.all([
      this.#reading,
      loadReader().then(
        ({ readValue }) => {
          if (load === this.#loads) this.#take(text, readValue(text));
        },
        () => {
          if (load === this.#loads) this.#take(text, { ok: false, refusal: told(MISSING_READER) });
        },
      ),
    ]);
  }

  #take(text: string, reading: Reading): void {
    this.#isReading = false;
    if (reading.ok) {
      const { report } = reading;
      this.#unread = undefined;
      this.#tooNew = reading.readOnly;
      this.#base = reading.digest;
      this.#edits = reading.revision;
      this.#source = reading.mended ? undefined : { text, report };
      this.message = reading.notes;
      this.#show(report);
    } else {
      this.#unread = text;
      this.message = t`${reading.refusal}原有内容已原样保留，没有改动。`;
      this.#show(emptyReport('2021'));
    }
    this.valueLoaded();
  }

  /** What a new report begins with was given later: it is made again while nobody has begun it. */
  protected renewFresh(): void {
    if (!this.isUnbegun) return;
    const { head, version, carried } = this.#fresh!;
    const fresh = this.freshReport();
    const same = [fresh.head, fresh.version, fresh.carried];
    if (canonicalJson(same as unknown as Json) !== canonicalJson([head, version, carried] as unknown as Json))
      this.loadValue('');
  }

  /** A report as it is shown when it is loaded. */
  protected prepared(report: Report): Report {
    return report;
  }

  /** A value set by the host is on screen, or is known to be none that can be. */
  protected valueLoaded(): void {}

  protected override async getUpdateComplete(): Promise<boolean> {
    // What a page gave before the class was defined is set in the first update.
    await super.getUpdateComplete();
    await Promise.all([loadWords(), languageChosen()]);
    // While one value is read another may be set.
    for (let reading; reading !== this.#reading; await reading) reading = this.#reading;
    return super.getUpdateComplete();
  }

  /** Whatever was kept unread or read-only gives way to another value. */
  #endReading(): void {
    this.#loads += 1;
    this.#isReading = false;
    this.#unread = undefined;
    this.#tooNew = false;
  }

  /** Puts another report in place by the user's wish (a file, a draft); the value counts as edited. */
  protected adopt(report: Report, base = this.#base): void {
    this.#endReading();
    this.#base = base;
    this.#edits += 1;
    this.ensureSession().replace(report);
    this.#dispatchEdit();
  }

  #show(loaded: Report): void {
    this.showReport(this.prepared(loaded));
  }

  /** A report in the place of the one on screen, by nobody's edit. */
  protected showReport(report: Report, base = this.#base): void {
    this.#base = base;
    if (this.#session === undefined) this.session = new Session(report, OFFICIAL_RULES);
    else this.#session.replace(report);
    this.#scheduleFormValue();
    this.requestUpdate();
  }

  /** After every transaction, when the checks have run, and after a report was replaced. */
  protected sessionChanged(
    state: SessionState,
    transaction: Transaction | undefined,
    _replaced: boolean,
  ): void {
    this.#scheduleFormValue();
    // A form may be sent by the very press that ended the edit.
    if (this.form !== null) this.#refreshValidity();
    if (transaction === undefined || transaction.origin === 'host') return;
    this.#edits += 1;
    if (!this.standsAlone) return;
    this.dispatchEvent(new XxgkCheckedEvent(this.relevant(state.findings)));
    this.#dispatchEdit();
  }

  /** Whether events are this element's to send: inside another element of ours they are not. */
  protected get standsAlone(): boolean {
    return true;
  }

  /** The fields inside are ours: the host hears of an edit when it is a transaction, once. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const keep = (event: Event): void => {
      if (event.target instanceof Node && event.target.getRootNode() === root) event.stopPropagation();
    };
    root.addEventListener('input', keep);
    root.addEventListener('change', keep);
    return calmBox(root);
  }

  /** The findings that concern this element. */
  protected relevant(findings: readonly Finding[]): readonly Finding[] {
    return findings;
  }

  /** The tables of the payload, or all of them. */
  protected payloadTables(): readonly string[] | undefined {
    return undefined;
  }

  protected override firstUpdated(): void {
    requestAnimationFrame(() =>
      setTimeout(() => {
        void loadWords().then(() => this.wordsLoaded());
        this.#guardLeaving();
      }),
    );
  }

  #guardLeaving(): void {
    if (!this.standsAlone || !this.isConnected) return;
    this.#guard ??= lateParts.leaveGuard().then(
      ({ guardLeaving }) => (this.isConnected ? guardLeaving(this) : undefined),
      () => undefined,
    );
  }

  /** The sentences of findings can be said now. */
  protected wordsLoaded(): void {
    this.#refreshValidity();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('required') || changed.has('readonly') || changed.has('disabled'))
      this.#refreshValidity();
    if (changed.has('htmlFor') && this.isConnected) this.#findField();
  }

  #dispatchEdit(): void {
    this.#mirror.edited();
    this.#unsent = true;
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** The form's value is made after the paint: it costs two digests. A form that is read earlier asks for it itself. */
  #scheduleFormValue(): void {
    if (this.#formValueDue) return;
    this.#formValueDue = true;
    setTimeout(() => {
      if (!this.#formValueDue) return;
      this.#formValueDue = false;
      if (!this.isConnected) return;
      this.#writeField();
      if (this.#isNamed() && this.form !== null) this.internals.setFormValue(this.#text());
      this.#refreshValidity();
      this.#followTyping();
    });
  }

  readonly #findField = (): void => {
    const id = this.htmlFor ?? '';
    if (id === '') this.#mirror.detach();
    else this.#mirror.attach(id);
  };

  #writeField(): void {
    const id = this.htmlFor ?? '';
    if (id === '') return;
    if (!this.#mirror.attach(id)) {
      if (!this.isUnbegun)
        this.fieldMessage = t`网页中没有 id 为“${id}”的文本框，填写的内容不会随网页保存。请先下载备份，并联系系统管理员。`;
      return;
    }
    this.#mirror.write();
    const { room } = this.#mirror;
    const length = this.isUnbegun ? 0 : this.heldText.length;
    this.fieldMessage =
      room === undefined || length <= room
        ? ''
        : t`网页的栏目最多存 ${room} 个字符，本报告的数据有 ${length} 个，保存后会被截断。请先下载备份，并联系系统管理员。`;
  }

  /** The field of a cell, to show by it why a form is stopped; undefined where the cell has none of its own. */
  anchorOf(_cell: CellId): HTMLElement | undefined {
    return undefined;
  }

  focusCell(_cell: CellId): void {}

  /** What stops a form lies in no cell. */
  focusSummary(): void {}

  /** A form that is sent by a key of its page, or by a script, is to be judged with what is in a cell that is open. */
  #followTyping(): void {
    if (this.form === null) return;
    setTimeout(() => {
      const text = JSON.stringify(this.openTexts);
      if (text === this.#followed) return;
      void lateParts.beingTyped().then(({ typedSession }) => {
        this.#refreshValidity(typedSession(this));
        this.#followed = text;
      });
    });
  }

  #refreshValidity(session = this.#session): void {
    this.#followed = '[]';
    if (session === undefined) return;
    // What is quiet while typing does not keep a draft from being saved either.
    const findings = this.relevant(
      this.required ? session.findingsOnFinishing() : shownFindings(session.state.findings, false),
    );
    const blocking = findings.filter(
      (finding) => isBlocking(finding) || (this.required && finding.severity === 'must'),
    );
    const first = blocking[0];
    this.#firstWrong =
      first && this.#unread === undefined ? markedCells(first, formatOf(session.report))[0] : undefined;
    const anchor =
      (this.#firstWrong === undefined ? undefined : this.anchorOf(this.#firstWrong)) ??
      (this.renderRoot as HTMLElement | undefined)?.querySelector<HTMLElement>('[data-anchor]') ??
      undefined;
    if (this.#unread !== undefined)
      this.internals.setValidity({ badInput: true }, told(this.message), anchor);
    else if (first === undefined) this.internals.setValidity({});
    else
      this.internals.setValidity(
        { customError: true },
        t`有${problemCount(blocking.filter(isViolation))}处需要处理：${sentenceOfFinding(first, formatOf(session.report))}`,
        anchor,
      );
  }

  /** The attribute, once removed, leaves null in the property. */
  #isNamed(): boolean {
    return Boolean(this.name);
  }

  readonly #onFormData = (event: FormDataEvent): void => {
    if (this.#isNamed() && !this.disabled && !this.formDisabled) event.formData.set(this.name, this.value);
  };

  #watchForm(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener('formdata', this.#onFormData);
    this.#form = form;
    form?.addEventListener('formdata', this.#onFormData);
  }
}

/** A payload as its text; '' for none. */
export function textOf(value: string | object | null | undefined): string {
  return typeof value === 'string' ? value : value ? JSON.stringify(value) : '';
}

function digestStated(text: string): Digest | undefined {
  try {
    return (JSON.parse(text) as { digest?: Digest }).digest;
  } catch {
    return undefined;
  }
}
