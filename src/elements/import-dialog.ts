/**
 * 导入报告: a document is chosen, pasted or dropped, read beside the page, shown with what would become of each cell,
 * and taken over as one step of undo. Until 导入 is pressed the report is not touched. Loaded when it is asked for first.
 */
import { html, render, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DocumentReading } from '../documents/document-reading.ts';
import { isBlankReport, planImport, type ImportPlan } from '../documents/import-plan.ts';
import { payloadOfReading } from '../documents/payload-of-reading.ts';
import { originZh } from '../documents/words-zh.ts';
import type { CellId } from '../format/entry.ts';
import { languageInForce, t, told, zh } from '../format/language.ts';
import { entryOf, formatOf, yearDue, yearOf, type Report } from '../report/report.ts';
import type { Session } from '../report/session.ts';
import { applyChanges } from '../report/transaction.ts';
import { dialogFrame, focusedIn } from './dialog-frame.ts';
import type * as documents from './document-worker.ts';
import { XxgkImportedEvent } from './events.ts';
import type { GridCell } from './grid/grid-port.ts';
import { findReadings, type Found, type ReadApart } from './import-found.ts';
import { previewStyles } from './import-preview.ts';
import { dialogStyles } from './import-styles.ts';
import {
  chooseView,
  previewView,
  readingView,
  whichView,
  type ImportActions,
  type ImportChoices,
} from './import-views.ts';
import { sourceOf, type ImportSource } from './import-ways.ts';
import { cellZh, takenZh } from './import-words.ts';
import { Provenance } from './provenance.ts';
import { addStyles } from './styles.ts';

export interface ImportOwner extends EventTarget, ReactiveControllerHost {
  readonly session: Session | undefined;
  /** What the host says a new report is of. */
  readonly year: number | null;
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

type Step =
  | { readonly kind: 'choose'; readonly refusal?: string }
  | { readonly kind: 'reading' }
  | { readonly kind: 'which'; readonly found: Found }
  | { readonly kind: 'preview'; readonly found: Found; readonly reading: DocumentReading };

export class ImportDialog {
  readonly #owner: ImportOwner;
  readonly #dialog = document.createElement('dialog');
  readonly #readApart: ReadApart;
  readonly #actions: ImportActions;
  readonly #provenance = new Provenance();
  #step: Step = { kind: 'choose' };
  #choices: ImportChoices = {
    scope: 'all',
    as: 'report',
    year: '',
    replaceYear: false,
    replaceOrganization: false,
  };
  /** What could not be done with the reading that is shown. */
  #wrong = '';
  /** Something is being taken over: a part of it may still be loading. */
  #isTaking = false;
  #selection: readonly CellId[] = [];
  #reading: AbortController | undefined;
  #before: HTMLElement | undefined;
  #stopListening: (() => void) | undefined;

  /** `loadReader` fetches the reading of documents; it rejects where that cannot be. */
  constructor(owner: ImportOwner, loadReader: () => Promise<typeof documents>) {
    this.#owner = owner;
    this.#readApart = async (source, signal) => {
      const part = await loadReader().catch(() => undefined);
      return part === undefined
        ? { ok: false, refusal: { code: 'not-loaded', found: zh`文档` } }
        : part.readApart(source, signal);
    };
    this.#actions = {
      read: (file) => void this.read(file),
      pick: (found, reading) => this.#preview(found, reading),
      choose: (choices) => {
        this.#choices = { ...this.#choices, ...choices };
        this.#wrong = '';
        this.#draw();
      },
      look: (looked, cell) => {
        // In one line that nothing else draws.
        const line = this.#dialog.querySelector('#import-source');
        if (line !== null) line.textContent = cell === undefined ? '' : cellZh(looked, cell);
      },
      take: (found, reading) => void this.#takeOnce(found, reading),
      again: () => this.#show({ kind: 'choose' }),
      cancel: () => this.#dialog.close(),
    };
    this.#dialog.className = 'framed import';
    this.#dialog.setAttribute('aria-labelledby', 'import-title');
    // The event comes a moment later, when the next document may be on screen.
    this.#dialog.addEventListener('close', () => {
      if (!this.#dialog.open) this.#closed();
    });
    // Taken out of the page, it would come back as a dialog that is not modal.
    owner.addController({
      hostDisconnected: () => this.#dialog.close(),
      hostUpdated: () => {
        if (this.#dialog.open) this.#draw();
      },
    });
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
    addStyles(owner.renderRoot, dialogFrame, dialogStyles, previewStyles);
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
    this.#before = focusedIn(this.#owner.renderRoot.getRootNode() as ShadowRoot);
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
    const found = await findReadings(source, this.#readApart, reading.signal);
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

  #preview(found: Found, reading: DocumentReading): void {
    const { session } = this.#owner;
    if (session === undefined) return;
    const { report } = session;
    const year = yearOf(report);
    const untouched = this.#isUntouched();
    this.#choices = {
      scope: untouched || isBlankReport(report) ? 'all' : 'blank',
      as: year !== undefined && reading.year === year - 1 ? 'previous' : 'report',
      year: '',
      replaceYear: this.#guessesYear(),
      replaceOrganization: false,
    };
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

  /** Nobody has said the year of the report: it is a guess of ours, which must not become that of a document. */
  #guessesYear(): boolean {
    const { head } = this.#owner.session!.report;
    return (
      this.#owner.year === null &&
      head.year === String(yearDue()) &&
      head['organization.name'].trim() === '' &&
      this.#isUntouched()
    );
  }

  #plan(reading: DocumentReading): ImportPlan {
    const { year, ...choices } = this.#choices;
    return planImport(this.#owner.session!.report, reading, {
      ...choices,
      ...(this.#guessesYear() && { year }),
      selection: this.#selection,
      untouched: this.#isUntouched(),
    });
  }

  /** A payload of ours goes into a report that is nobody's yet as it is, with everything it carries along. */
  #opensWhole({ payload }: Found): boolean {
    return (
      payload !== undefined &&
      this.#choices.scope === 'all' &&
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
      this.#wrong = t`报告现在不能修改，没有导入。`;
      this.#draw();
      return;
    }
    if (this.#choices.as === 'previous') {
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
      owner.say(t`已打开“${found.name}”。`);
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
    this.#before?.focus();
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
    this.#dialog.lang = languageInForce();
    render(
      html`<h2 id="import-title" tabindex="-1">${t`导入报告`}</h2>
        ${this.#view()}`,
      this.#dialog,
    );
  }

  #view(): TemplateResult {
    const step = this.#step;
    switch (step.kind) {
      case 'choose':
        return chooseView(told(step.refusal ?? ''), this.#actions);
      case 'reading':
        return readingView();
      case 'which':
        return whichView(step.found, this.#actions);
      case 'preview': {
        const { found, reading } = step;
        const { as, scope } = this.#choices;
        const isPrevious = as === 'previous';
        const whole = !isPrevious && this.#opensWhole(found);
        const state = {
          found,
          reading,
          report: this.#owner.session!.report,
          plan: isPrevious ? undefined : this.#plan(reading),
          whole,
          asksYear:
            !isPrevious &&
            !whole &&
            scope !== 'selection' &&
            reading.year === undefined &&
            this.#guessesYear(),
          choices: this.#choices,
          selected: this.#selection.length,
          wrong: told(this.#wrong),
          isTaking: this.#isTaking,
        };
        return previewView(state, this.#actions);
      }
    }
  }
}
