/** The import dialog on a page: what a person sees of it, and a reader of documents that says what a test wants. */
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type * as documents from '../../src/elements/document-worker.ts';
import { lateParts } from '../../src/elements/late-parts.ts';
import type { DocumentReading, DocumentResult } from '../../src/documents/document-reading.ts';
import type { Omission } from '../../src/documents/source-document.ts';
import type { CellId } from '../../src/format/entry.ts';
import { click, drawn, push, settled } from './editor-fixture.ts';

type Source = Parameters<typeof documents.readApart>[0];
const parts = lateParts as { -readonly [Name in keyof typeof lateParts]: (typeof lateParts)[Name] };
const real = lateParts.documents;

/** What the reader was given, in order. */
export const given: Source[] = [];

/** Every document says this from now on, until `restoreReader`. */
export function readAs(
  readings: readonly DocumentReading[] | DocumentResult,
  omissions: readonly Omission[] = [],
): void {
  const result: DocumentResult = 'ok' in readings ? readings : { ok: true, readings, omissions };
  readBy(() => Promise.resolve(result));
}

export function readBy(reader: (source: Source, signal: AbortSignal) => Promise<DocumentResult>): void {
  parts.documents = () =>
    Promise.resolve({
      readApart: (source: Source, signal: AbortSignal) => {
        given.push(source);
        return reader(source, signal);
      },
    } as typeof documents);
}

export function missingReader(): void {
  parts.documents = () => Promise.reject(new Error('not there'));
}

export function restoreReader(): void {
  parts.documents = real;
  given.length = 0;
}

export function dialog(editor: XxgkAnnualReport): HTMLDialogElement | null {
  return editor.shadowRoot!.querySelector('dialog');
}

export function words(editor: XxgkAnnualReport, selector = '*'): string {
  const found = selector === '*' ? [dialog(editor)!] : [...dialog(editor)!.querySelectorAll(selector)];
  return found.map((one) => one.textContent!.replace(/\s+/g, ' ').trim()).join('|');
}

export async function until(done: () => boolean, what: string): Promise<void> {
  // The first one waits for parts that a test server makes only now.
  const end = Date.now() + 15_000;
  while (!done()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    // Frames would take the time of what is waited for.
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** By its button; the first time the dialog is still to be loaded. */
export async function openDialog(editor: XxgkAnnualReport): Promise<void> {
  await push(editor, '导入…');
  await until(() => dialog(editor)?.open === true, 'the dialog');
  await settled();
}

/** Until a document has been read, one way or the other. */
export async function shown(editor: XxgkAnnualReport): Promise<void> {
  await until(
    () => Boolean(dialog(editor)?.querySelector('.preview, .which, .refusal')),
    'the dialog with what was read',
  );
  await settled();
}

export async function pushIn(editor: XxgkAnnualReport, text: string): Promise<void> {
  const found = [...dialog(editor)!.querySelectorAll('button')].find((one) =>
    one.textContent!.replace(/\s+/g, ' ').trim().startsWith(text),
  );
  if (found === undefined) throw new Error(`no button ${text} in ${words(editor)}`);
  await click(found);
  // What is taken over may need a part that is loaded only now; a refusal keeps the dialog open.
  if (text === '导入')
    await until(
      () => dialog(editor)?.open !== true || words(editor, '.refusal') !== '',
      'the end of the import',
    );
  await drawn(editor);
}

export async function pick(editor: XxgkAnnualReport, label: string): Promise<void> {
  const found = [...dialog(editor)!.querySelectorAll('label')].find((one) =>
    one.textContent!.trim().startsWith(label),
  );
  if (found === undefined) throw new Error(`no choice ${label} in ${words(editor)}`);
  await click(found.querySelector('input')!);
  await settled();
}

export function picked(editor: XxgkAnnualReport): string {
  return [...dialog(editor)!.querySelectorAll<HTMLInputElement>('fieldset input:checked')]
    .map((one) => one.parentElement!.textContent!.trim())
    .join();
}

export function previewed(editor: XxgkAnnualReport, cell: CellId): HTMLElement {
  return dialog(editor)!.querySelector<HTMLElement>(`td[data-cell="${cell}"]`)!;
}

export const source = { html: '', text: '一份报告' };

/** A drag as a browser tells of it; tells whether somebody took it. */
export function dragged(target: Element, type: string, data: DataTransfer): boolean {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, composed: true });
  Object.defineProperty(event, 'dataTransfer', { value: data });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}
