/**
 * 导入报告: a document is chosen, pasted or dropped, read beside the page, shown with what would become of each cell,
 * and taken over as one step of undo. Until 导入 is pressed the report is not touched. Loaded when it is asked for first.
 */
import { css, html, render, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DocumentReading, DocumentResult } from '../documents/document-reading.ts';
import { isBlankReport, planImport, type ImportPlan, type ImportScope } from '../documents/import-plan.ts';
import { payloadOfReading } from '../documents/payload-of-reading.ts';
import { readingOfReport } from '../documents/reading-of-report.ts';
import type { Omission } from '../documents/source-document.ts';
import {
  countsZh,
  documentRefusalZh,
  doubtZh,
  omissionsZh,
  originZh,
  otherFormZh,
  placeZh,
  remarksZh,
  SOURCE_ZH,
} from '../documents/words-zh.ts';
import { cellLabel } from '../checks/wording-zh.ts';
import type { CellId } from '../format/entry.ts';
import { FORM_ZH, FORMATS } from '../format/formats.ts';
import { readPayload } from '../payload/read-payload.ts';
import { noteSentence, refusalSentence } from '../payload/reading-words.ts';
import { isOtherUnit } from '../report/previous.ts';
import { entryOf, formatOf, yearOf, type Report } from '../report/report.ts';
import type { Session } from '../report/session.ts';
import { applyChanges, type CarriedPart } from '../report/transaction.ts';
import { XxgkImportedEvent } from './events.ts';
import type { GridCell } from './grid/grid-port.ts';
import { fateWords, importPreview, previewStyles } from './import-preview.ts';
import { isPayload, sourceOf, type ImportSource } from './import-ways.ts';
import { chosenFile, textOfFile } from './open-file.ts';
import { Provenance } from './provenance.ts';
import { addStyles } from './styles.ts';
import type * as documents from './document-worker.ts';

export interface ImportOwner extends EventTarget, ReactiveControllerHost {
  readonly session: Session | undefined;
  /** Whether the report can be changed now. */
  readonly takesDocuments: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Commits a cell that is still being edited. */
  commit(): void;
  openPrevious(text: string): Promise<string | undefined>;
  openReport(text: string, fileName: string): Promise<string | undefined>;
  /** Puts another report in the place of the one on screen, by the user's wish. */
  replaceReport(report: Report): void;
  /** The cells that are selected. */
  readonly selectedCells: readonly CellId[];
  say(sentence: string): void;
}

/** Most bytes of a file that is taken into memory at all; the readers have narrower limits of their own. */
const MAX_FILE = 50_000_000;

const dialogStyles = css`
  dialog.import {
    width: 1080px;
    max-width: calc(100vw - 24px);
    max-height: calc(100vh - 24px);
    padding: 0;
    overflow: auto;
    /* What the keyboard reaches is not to lie under the foot. */
    scroll-padding-bottom: 92px;
    border: 1px solid #8a94a3;
    border-radius: 4px;
    background: var(--xxgk-paper, #fff);
    color: inherit;
  }
  dialog.import::backdrop {
    background: rgba(0, 0, 0, 0.4);
  }
  .import .inside {
    padding: 12px 20px;
  }
  .import h2 {
    margin: 12px 20px 0;
    font-size: 18px;
  }
  .import h2:focus {
    outline: none;
  }
  .import p,
  .import ul {
    margin: 0 0 6px;
  }
  .import ul {
    padding: 0 0 0 18px;
  }
  .import p,
  .import li {
    overflow-wrap: anywhere;
  }
  .import .refusal {
    padding: 6px 10px;
    border-left: 4px solid var(--xxgk-must, #b5261b);
    background: #fdf0ef;
  }
  .import .warn {
    padding: 4px 10px;
    border-left: 4px solid #b07a00;
    background: #fff8e6;
  }
  .import textarea {
    width: 100%;
    height: 110px;
    padding: 8px;
    border: 2px dashed var(--xxgk-control-line, #8a94a3);
    background: #fafbfc;
    font: inherit;
    resize: none;
  }
  .import textarea:focus-visible {
    outline: 2px solid var(--xxgk-accent, #1657b8);
  }
  .import fieldset {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 0 12px 6px 0;
    padding: 2px 10px 4px;
    border: 1px solid #c5ccd6;
  }
  .import label {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-height: 26px;
  }
  .import .which {
    display: flex;
    flex-direction: column;
    gap: 6px;
    align-items: flex-start;
    margin: 0 0 10px;
  }
  .import .foot-of-dialog {
    position: -webkit-sticky;
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    padding: 8px 20px;
    border-top: 1px solid #c5ccd6;
    background: #f5f7fa;
  }
  .import .foot-of-dialog p {
    flex: 1 1 320px;
    min-height: 42px;
    max-height: 63px;
    margin: 0;
    overflow: auto;
  }
`;

type Step =
  | { readonly kind: 'choose'; readonly refusal?: string }
  | { readonly kind: 'reading' }
  | { readonly kind: 'which'; readonly found: Found }
  | { readonly kind: 'preview'; readonly found: Found; readonly reading: DocumentReading };

/** What a source was read as. */
interface Found {
  /** The name of the file, or what it was instead. */
  readonly name: string;
  readonly readings: readonly DocumentReading[];
  readonly omissions: readonly Omission[];
  /** What else is to be said. */
  readonly notes: readonly string[];
  /** The text, where it is a payload of ours. */
  readonly payload?: string;
}

export class ImportDialog {
  readonly #owner: ImportOwner;
  readonly #dialog = document.createElement('dialog');
  readonly #loadReader: () => Promise<typeof documents>;
  readonly #provenance = new Provenance();
  #step: Step = { kind: 'choose' };
  #scope: ImportScope = 'all';
  #as: 'report' | 'previous' = 'report';
  #replaceYear = false;
  #replaceOrganization = false;
  /** What could not be done with the reading that is shown. */
  #wrong = '';
  /** Something is being taken over: a part of it may still be loading. */
  #isTaking = false;
  #selection: readonly CellId[] = [];
  #reading: AbortController | undefined;
  #before: Element | undefined;
  #stopListening: (() => void) | undefined;

  /** `loadReader` fetches the reading of documents; it rejects where that cannot be. */
  constructor(owner: ImportOwner, loadReader: () => Promise<typeof documents>) {
    this.#owner = owner;
    this.#loadReader = loadReader;
    this.#dialog.className = 'import';
    this.#dialog.setAttribute('aria-labelledby', 'import-title');
    // The event comes a moment later, when the next document may be on screen.
    this.#dialog.addEventListener('close', () => {
      if (!this.#dialog.open) this.#closed();
    });
    // Taken out of the page, it would come back as a dialog that is not modal.
    owner.addController({ hostDisconnected: () => this.#dialog.close() });
    this.#dialog.addEventListener('paste', (event) => {
      const source = event.clipboardData === null ? undefined : sourceOf(event.clipboardData);
      if (this.#step.kind !== 'choose' || source === undefined) return;
      event.preventDefault();
      void this.read(source);
    });
    for (const name of ['dragover', 'drop'] as const)
      this.#dialog.addEventListener(name, (event) => {
        event.preventDefault();
        event.stopPropagation();
        const data = event.dataTransfer;
        if (name !== 'drop' || data === null || this.#step.kind === 'reading') return;
        const source = data.files[0] ?? sourceOf(data);
        if (source !== undefined) void this.read(source);
      });
    addStyles(owner.renderRoot, dialogStyles, previewStyles);
  }

  /** A cell with where it came from, while it is what was imported. */
  cell(id: CellId, cell: GridCell): GridCell {
    const report = this.#owner.session?.report;
    const definition = report && formatOf(report).cellsById.get(id);
    if (report === undefined || definition === undefined) return cell;
    const origin = this.#provenance.of(id, entryOf(report, definition));
    return origin === undefined ? cell : { ...cell, origin };
  }

  #open(): void {
    if (this.#dialog.open) return;
    if (this.#dialog.isConnected) this.#closed();
    this.#owner.commit();
    this.#selection = this.#owner.selectedCells;
    this.#before = focusedIn(this.#owner.renderRoot as ShadowRoot);
    this.#owner.renderRoot.append(this.#dialog);
    this.#dialog.showModal();
    this.#show({ kind: 'choose' });
    this.#stopListening = this.#owner.session?.listen(() => this.#draw());
  }

  /** Asks for a document, or reads one and shows what it says; resolves with why not, in Chinese. The dialog stays open either way. */
  async read(source?: ImportSource): Promise<string | undefined> {
    this.#open();
    if (source === undefined) return undefined;
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#show({ kind: 'reading' });
    const found = await this.#find(source, reading.signal);
    // Closed, or another one was given, in the meantime.
    if (reading.signal.aborted) return undefined;
    this.#reading = undefined;
    if (typeof found === 'string') {
      this.#show({ kind: 'choose', refusal: found });
      return found;
    }
    const [only] = found.readings;
    if (found.readings.length === 1) this.#preview(found, only!);
    else this.#show({ kind: 'which', found });
    return undefined;
  }

  async #find(source: ImportSource, signal: AbortSignal): Promise<Found | string> {
    const isFile = source instanceof File;
    const name = isFile ? source.name : '粘贴的内容';
    const refused = (words: string): string => (isFile ? `“${name}”：${words}` : words);
    let result: DocumentResult;
    if (isFile) {
      if (source.size > MAX_FILE) return refused(documentRefusalZh({ code: 'too-large', what: 'file' }));
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await source.arrayBuffer());
      } catch {
        return refused('打不开，没有导入。请检查文件是否还在原处。');
      }
      if (startsLikeJson(bytes)) {
        const read = await textOfFile(source);
        return 'refusal' in read ? read.refusal : this.#findPayload(read.text, name, refused);
      }
      result = await this.#readApart({ bytes, name }, signal);
    } else {
      if (isPayload(source.text)) return this.#findPayload(source.text, name, refused);
      result = await this.#readApart({ html: source.html, text: source.text }, signal);
      // Some programs put a picture or a bare link into the HTML, and the table into the text.
      if (
        !result.ok &&
        result.refusal.code === 'no-table' &&
        source.html !== '' &&
        source.text.trim() !== ''
      ) {
        const plain = await this.#readApart({ html: '', text: source.text }, signal);
        if (plain.ok) result = plain;
      }
    }
    if (!result.ok) return refused(documentRefusalZh(result.refusal));
    if (result.readings.length === 0) return refused(documentRefusalZh({ code: 'no-table' }));
    return { name, readings: result.readings, omissions: result.omissions ?? [], notes: [] };
  }

  async #readApart(
    source: Parameters<typeof documents.readApart>[0],
    signal: AbortSignal,
  ): Promise<DocumentResult> {
    const part = await this.#loadReader().catch(() => undefined);
    return part === undefined
      ? { ok: false, refusal: { code: 'not-loaded', found: '文档' } }
      : part.readApart(source, signal);
  }

  #findPayload(text: string, name: string, refused: (words: string) => string): Found | string {
    const result = readPayload(text);
    if (!result.ok) return refused(refusalSentence(result.refusal));
    if (result.readOnly)
      return refused('由更新的版本生成，只能查看，不能导入。请升级后再导入，原文件未改动。');
    return {
      name,
      readings: [readingOfReport(result.report)],
      omissions: [],
      notes: [...new Set(result.notes.map(noteSentence))],
      payload: text,
    };
  }

  #preview(found: Found, reading: DocumentReading): void {
    const { session } = this.#owner;
    if (session === undefined) return;
    const { report } = session;
    const year = yearOf(report);
    const untouched = this.#isUntouched();
    this.#scope = untouched || isBlankReport(report) ? 'all' : 'blank';
    this.#as = year !== undefined && reading.year === year - 1 ? 'previous' : 'report';
    // The year of a new report is a guess of ours.
    this.#replaceYear = untouched && report.head['organization.name'].trim() === '';
    this.#replaceOrganization = false;
    this.#show({ kind: 'preview', found, reading });
  }

  #isUntouched(): boolean {
    const { state } = this.#owner.session!;
    const { report, history } = state;
    return (
      isBlankReport(report) &&
      history.done.length === 0 &&
      history.undone.length === 0 &&
      report.explanations.length === 0 &&
      report.signed === undefined
    );
  }

  #plan(reading: DocumentReading): ImportPlan {
    return planImport(this.#owner.session!.report, reading, {
      scope: this.#scope,
      selection: this.#selection,
      untouched: this.#isUntouched(),
      replaceYear: this.#replaceYear,
      replaceOrganization: this.#replaceOrganization,
    });
  }

  /** A payload of ours goes into a report that is nobody's yet as it is, with everything it carries along. */
  #opensWhole({ payload }: Found): boolean {
    return (
      payload !== undefined &&
      this.#scope === 'all' &&
      this.#isUntouched() &&
      this.#owner.session!.report.head['organization.name'].trim() === ''
    );
  }

  /** Once, however often it is clicked. */
  async #takeOnce(found: Found, reading: DocumentReading): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    this.#draw();
    try {
      await this.#take(found, reading);
    } finally {
      this.#isTaking = false;
      if (this.#dialog.open) this.#draw();
    }
  }

  async #take(found: Found, reading: DocumentReading): Promise<void> {
    const owner = this.#owner;
    const { session } = owner;
    if (session === undefined) return;
    if (!owner.takesDocuments) {
      this.#wrong = '报告现在不能修改，没有导入。';
      this.#draw();
      return;
    }
    if (this.#as === 'previous') {
      // A document that was handed out is no draft of ours, whatever it leaves blank.
      const { draft: _draft, ...published } = payloadOfReading(reading);
      const text = found.payload ?? JSON.stringify(published);
      this.#wrong = (await owner.openPrevious(text)) ?? '';
      if (this.#wrong !== '') return this.#draw();
      this.#dialog.close();
      owner.dispatchEvent(new XxgkImportedEvent(found.name, reading.source, 'previous'));
      return;
    }
    if (this.#opensWhole(found)) {
      this.#wrong = (await owner.openReport(found.payload!, found.name)) ?? '';
      if (this.#wrong !== '') return this.#draw();
      this.#dialog.close();
      owner.say(`已打开“${found.name}”。`);
      return;
    }
    const plan = this.#plan(reading);
    for (const [id, { fate, cell }] of plan.fates) {
      const of = reading.cells.get(id);
      if (cell === undefined || of === undefined) continue;
      if (fate === 'written' || fate === 'replaced' || fate === 'doubtful' || fate === 'control')
        this.#provenance.note(cell, of.entry, originZh(found.name, of.place));
    }
    const replaces = plan.base !== session.report;
    if (replaces) owner.replaceReport(applyChanges(plan.base, plan.changes));
    else session.apply(plan.changes, 'import');
    this.#dialog.close();
    owner.say(takenZh(found.name, plan, replaces));
    owner.dispatchEvent(new XxgkImportedEvent(found.name, reading.source, 'report', plan.counts));
  }

  #closed(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#stopListening?.();
    this.#step = { kind: 'choose' };
    this.#dialog.remove();
    (this.#before as HTMLElement | undefined)?.focus();
    this.#before = undefined;
  }

  // ---- what is shown ----

  #show(step: Step): void {
    this.#step = step;
    this.#wrong = '';
    this.#draw();
    if (!this.#dialog.open || step.kind === 'reading') return;
    this.#dialog.querySelector<HTMLElement>('h2')?.focus();
    this.#dialog.scrollTop = 0;
  }

  #draw(): void {
    render(this.#view(), this.#dialog);
  }

  #view(): TemplateResult {
    const step = this.#step;
    const body =
      step.kind === 'choose'
        ? this.#chooseView(step.refusal ?? '')
        : step.kind === 'reading'
          ? html`<div class="inside"><p role="status">正在读取…</p></div>`
          : step.kind === 'which'
            ? this.#whichView(step.found)
            : this.#previewView(step.found, step.reading);
    return html`<h2 id="import-title" tabindex="-1">导入报告</h2>
      ${body}`;
  }

  #cancel(): TemplateResult {
    return html`<button type="button" @click=${() => this.#dialog.close()}>取消</button>`;
  }

  #chooseView(refusal: string): TemplateResult {
    return html`
      <div class="inside">
        ${refusal === '' ? '' : html`<p class="refusal" role="alert">${refusal}当前报告没有改动。</p>`}
        <p>
          可导入网页、Word（.docx）、Excel（.xlsx）、CSV、PDF、文字或本系统的
          JSON。导入前先预览，确认后才写入。
        </p>
        <p>
          <button
            type="button"
            class="primary"
            @click=${(event: Event) =>
              ((event.currentTarget as Element).nextElementSibling as HTMLInputElement).click()}
          >
            选择文件…</button
          ><input
            type="file"
            aria-label="要导入的文件"
            hidden
            @change=${(event: Event) => {
              const file = chosenFile(event.target as HTMLInputElement);
              if (file !== undefined) void this.read(file);
            }}
          />
        </p>
        <p><label for="import-paste">或从网页、Word、WPS、Excel 中全选复制，在此粘贴（Ctrl+V）：</label></p>
        <textarea
          id="import-paste"
          placeholder="在此粘贴"
          @input=${(event: Event) => {
            // Only a whole paste can be read.
            (event.target as HTMLTextAreaElement).value = '';
          }}
        ></textarea>
      </div>
      <div class="foot-of-dialog">
        <p></p>
        ${this.#cancel()}
      </div>
    `;
  }

  #whichView(found: Found): TemplateResult {
    return html`
      <div class="inside">
        <p>“${found.name}”中有 ${found.readings.length} 份报告，请选择要导入的一份：</p>
        <div class="which">
          ${found.readings.map(
            (reading) =>
              html`<button type="button" @click=${() => this.#preview(found, reading)}>
                ${whoseZh(reading)}（${FORM_ZH[reading.version]}，识别 ${reading.report.recognised} 格）
              </button>`,
          )}
        </div>
      </div>
      <div class="foot-of-dialog">
        <p></p>
        ${this.#again()} ${this.#cancel()}
      </div>
    `;
  }

  #again(): TemplateResult {
    return html`<button type="button" @click=${() => this.#show({ kind: 'choose' })}>换一个来源</button>`;
  }

  #previewView(found: Found, reading: DocumentReading): TemplateResult {
    const { report } = this.#owner.session!;
    const isPrevious = this.#as === 'previous';
    const plan = isPrevious ? undefined : this.#plan(reading);
    const whole = !isPrevious && this.#opensWhole(found);
    const year = yearOf(report);
    const name = report.head['organization.name'];
    const otherYear = reading.year !== undefined && year !== undefined && reading.year !== year;
    const otherUnit = isOtherUnit(name, reading.organization);
    const warnings = [
      otherUnit
        ? `来源是“${reading.organization}”的报告，当前报告是“${name}”。请确认是否同一单位，不是的请按“取消”。`
        : '',
      !otherYear
        ? ''
        : reading.year === year - 1
          ? `来源是 ${reading.year} 年度，当前报告是 ${year} 年度，建议作为上年报告。`
          : isPrevious
            ? `来源是 ${reading.year} 年度，当前报告是 ${year} 年度，不是上一年度的，不能作为上年报告。`
            : `来源是 ${reading.year} 年度，当前报告是 ${year} 年度，请确认是否导入。`,
      plan?.oneRowRefused === true
        ? '（六）其他处理在来源中只有一行，当前报告已分项填写，这一行没有导入，请核对。'
        : '',
      plan === undefined ? '' : this.#formNote(reading, plan),
    ].filter((words) => words !== '');
    const notes = [
      ...found.notes,
      ...(whole
        ? ['当前报告是空的：将整份打开，包括正文、说明和签发信息。']
        : found.payload !== undefined && !isPrevious
          ? ['只导入数字、单位、年度、统计期间、联系方式和正文；说明、备注和签发信息不导入。']
          : []),
      // One row of （六） that is left out is not counted in the third row.
      ...remarksZh(
        plan?.oneRowRefused === true
          ? { ...reading, report: { ...reading.report, oneRowOther: false } }
          : reading,
      ),
      ...omissionsZh(found.omissions),
    ];
    const hasNothing = plan !== undefined && !whole && plan.changes.length === 0;
    return html`
      <div class="inside">
        <p>
          <strong>“${found.name}”</strong
          >（${SOURCE_ZH[reading.source]}）：${whoseZh(reading)}，${FORM_ZH[reading.version]}
        </p>
        <p class="counts">${countsZh(reading)}</p>
        ${warnings.map((words) => html`<p class="warn">${words}</p>`)}
        ${
          notes.length === 0
            ? ''
            : html`<ul class="notes">
                ${notes.map((words) => html`<li>${words}</li>`)}
              </ul>`
        }
        ${this.#choices(reading, otherYear, otherUnit)}
        ${plan === undefined ? '' : html`<p class="effect" role="status">${effectZh(plan)}</p>`}
        ${importPreview(reading, plan?.fates, (cell) => this.#look(reading, plan, cell))}
      </div>
      <div class="foot-of-dialog">
        <p id="import-source" class="source-line"></p>
        ${this.#wrong === '' ? '' : html`<p class="refusal" role="alert">${this.#wrong}</p>`}
        ${hasNothing ? html`<span id="import-nothing">没有可以导入的内容</span>` : ''}
        <button
          type="button"
          class="primary"
          ?disabled=${hasNothing || this.#isTaking}
          @click=${() => void this.#takeOnce(found, reading)}
        >
          导入
        </button>
        ${this.#again()} ${this.#cancel()}
      </div>
    `;
  }

  #formNote(reading: DocumentReading, plan: ImportPlan): string {
    const { report } = this.#owner.session!;
    if (plan.base === report) return otherFormZh(reading.version, report.version);
    return `来源是${FORM_ZH[reading.version]}，当前报告还没有填写，将改用${FORM_ZH[reading.version]}。`;
  }

  #choices(reading: DocumentReading, otherYear: boolean, otherUnit: boolean): TemplateResult {
    const isPrevious = this.#as === 'previous';
    const scope = (value: ImportScope, words: string, off = false): TemplateResult =>
      html`<label
        ><input
          type="radio"
          name="import-scope"
          value=${value}
          .checked=${this.#scope === value}
          ?disabled=${isPrevious || off}
          @change=${() => {
            this.#scope = value;
            this.#draw();
          }}
        />${words}</label
      >`;
    const as = (value: 'report' | 'previous', words: string): TemplateResult =>
      html`<label
        ><input
          type="radio"
          name="import-as"
          value=${value}
          .checked=${this.#as === value}
          @change=${() => {
            this.#as = value;
            this.#wrong = '';
            this.#draw();
          }}
        />${words}</label
      >`;
    const head = (words: string, checked: boolean, set: (on: boolean) => void): TemplateResult =>
      html`<label
        ><input
          type="checkbox"
          .checked=${checked}
          @change=${(event: Event) => {
            set((event.target as HTMLInputElement).checked);
            this.#draw();
          }}
        />${words}</label
      >`;
    const none = this.#selection.length === 0;
    return html`<fieldset>
        <legend>用途</legend>
        ${as('report', '作为本年报告')} ${as('previous', '作为上年报告')}
      </fieldset>
      <fieldset>
        <legend>导入范围</legend>
        ${scope('all', '全部')} ${scope('blank', '仅空白格')}
        ${scope('selection', none ? '仅选区（打开导入前没有选格）' : `仅选区（${this.#selection.length} 格）`, none)}
      </fieldset>
      ${
        isPrevious || this.#scope === 'selection' || !(otherYear || otherUnit)
          ? ''
          : html`<fieldset>
              <legend>表头</legend>
              ${otherYear ? head(`报告年度改为 ${reading.year}`, this.#replaceYear, (on) => (this.#replaceYear = on)) : ''}
              ${
                otherUnit
                  ? head(
                      `单位改为“${reading.organization}”`,
                      this.#replaceOrganization,
                      (on) => (this.#replaceOrganization = on),
                    )
                  : ''
              }
            </fieldset>`
      }`;
  }

  /** Says where the cell that is looked at stood: in one line that nothing else draws. */
  #look(reading: DocumentReading, plan: ImportPlan | undefined, cell: CellId | undefined): void {
    const line = this.#dialog.querySelector('#import-source');
    if (line === null) return;
    const of = cell === undefined ? undefined : reading.cells.get(cell);
    const doubt = reading.report.uncertain.find((one) => one.cell === cell)?.doubt;
    line.textContent =
      cell === undefined
        ? ''
        : [
            cellLabel(cell, FORMATS[reading.version]),
            fateWords(reading, cell, plan?.fates.get(cell)),
            of === undefined ? '' : placeZh(of.place),
            doubt === undefined ? '' : doubtZh(doubt),
            of === undefined || of.place.fragment === '' ? '' : `来源：${of.place.fragment.slice(0, 200)}`,
          ]
            .filter((words) => words !== '')
            .join(' · ');
  }
}

/** Whether the first letter is a brace, behind a byte order mark and spaces. */
function startsLikeJson(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && bytes[at]! <= 0x20) at += 1;
  return bytes[at] === 0x7b;
}

function focusedIn(root: ShadowRoot): Element | undefined {
  let element = root.activeElement ?? undefined;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

function whoseZh({ organization, year }: DocumentReading): string {
  return `${organization === undefined ? '没有读出单位' : organization}，${year === undefined ? '没有读出年度' : `${year} 年度`}`;
}

const PART_ZH: Readonly<Record<CarriedPart, string>> = {
  period: '统计期间',
  contact: '联系方式',
  narrative: '正文',
};
const FIELD_ZH: Readonly<Record<string, string>> = { year: '报告年度', 'organization.name': '单位名称' };

function partsZh({ counts, changes, partsKept }: ImportPlan): string {
  const { written, replaced, doubtful, controls, unread, kept } = counts;
  const added: string[] = [];
  const altered: string[] = [];
  for (const change of changes)
    if ('carried' in change) added.push(PART_ZH[change.carried]);
    else if ('field' in change)
      (change.from.trim() === '' ? added : altered).push(FIELD_ZH[change.field] ?? change.field);
  const others = added.length + altered.length + replaced + doubtful + controls;
  const done = [
    written === 0 && others > 0 ? '' : `写入 ${written} 格`,
    replaced === 0 ? '' : `改写 ${replaced} 格`,
    doubtful === 0 ? '' : `存疑 ${doubtful} 格（导入后请逐格确认）`,
    controls === 0 ? '' : `核对数 ${controls} 处`,
    added.length === 0 ? '' : `补入${added.join('、')}`,
    altered.length === 0 ? '' : `改写${altered.join('、')}`,
  ].filter((words) => words !== '');
  return [
    done.join('，'),
    unread === 0 ? '' : `来源的总计有 ${unread} 处读不清，未作核对数`,
    kept === 0 ? '' : `保留已填的 ${kept} 格`,
    partsKept.length === 0 ? '' : `保留已有的${partsKept.map((name) => PART_ZH[name]).join('、')}`,
  ]
    .filter((words) => words !== '')
    .join('；');
}

function effectZh(plan: ImportPlan): string {
  return `将${partsZh(plan)}。`;
}

function takenZh(name: string, plan: ImportPlan, replaces: boolean): string {
  return `已导入“${name}”：${partsZh(plan)}。${replaces ? '' : '可按 Ctrl+Z 撤销。'}`;
}
