/**
 * The whole editor on a page, with real keys and mouse for it. Looks at what a person perceives: texts, values, focus;
 * knows the tags and headings, not the methods behind them.
 */
import '../../src/define.ts';
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import type { XxgkReportTable } from '../../src/elements/report-table.ts';
import type { CellId } from '../../src/format/entry.ts';
import { FORMATS } from '../../src/format/formats.ts';
import * as browser from '../browser/commands.ts';

export { press, settled, type } from '../browser/commands.ts';

export type Editor = XxgkAnnualReport | XxgkReportTable;
export type Payload = Record<string, unknown> & {
  tables: Record<string, Record<string, Record<string, number | null>>>;
};

export const FORMAT = FORMATS['2021'];

export const COLUMNS = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'];

/** A cell of the first two rows of 表三. */
export const received = (column = 'natural-person'): CellId => `requests/received/${column}`;
export const granted = (column = 'natural-person'): CellId => `requests/granted/${column}`;

/** A payload of the 2021 format in which every input holds the same number, except those given. */
export function payload(
  inputs: number | null,
  except: Readonly<Record<CellId, number | null>> = {},
  more: object = {},
): Payload {
  const tables: Payload['tables'] = {};
  for (const cell of FORMAT.inputs) {
    ((tables[cell.table] ??= {})[cell.row] ??= {})[cell.column] =
      cell.id in except ? except[cell.id]! : inputs;
  }
  for (const cell of FORMAT.derived) {
    // Before the derived cells of other derived cells come those they are made of.
    const operands = cell.operands!.map((id) => valueIn(tables, id));
    ((tables[cell.table] ??= {})[cell.row] ??= {})[cell.column] = operands.some(
      (value) => typeof value !== 'number',
    )
      ? null
      : operands.reduce<number>((sum, value) => sum + value!, 0);
  }
  return {
    schema: 'xxgk-annual-report/1',
    format: '2021',
    year: 2024,
    organization: { kind: 'county-bureau', name: '示例县教育局' },
    tables,
    ...more,
  };
}

function valueIn(tables: Payload['tables'], id: CellId): number | null | undefined {
  const [table, row, column] = id.split('/') as [string, string, string];
  return tables[table]?.[row]?.[column];
}

export async function sample(name: string): Promise<Payload> {
  return (await (await fetch(`/demo/samples/${name}.json`)).json()) as Payload;
}

const mounted: HTMLElement[] = [];

/** The editor on the page; `prepare` sees it before it is connected. It keeps no drafts: those have tests of their own. */
export async function show(
  prepare: (editor: XxgkAnnualReport) => void = () => undefined,
): Promise<XxgkAnnualReport> {
  const editor = document.createElement('xxgk-annual-report');
  editor.draft = 'off';
  prepare(editor);
  place(editor);
  await drawn(editor);
  return editor;
}

/** Puts an element on the page until the test is over. */
export function place(element: HTMLElement): void {
  document.body.append(element);
  mounted.push(element);
}

export function cleanUp(): void {
  for (const element of mounted.splice(0)) element.remove();
}

export async function drawn(editor: Editor): Promise<void> {
  await editor.updateComplete;
  await Promise.all(tables(editor).map((table) => table.updateComplete));
  await editor.shadowRoot?.querySelector('xxgk-findings')?.loaded();
  await browser.settled();
}

export function tables(editor: Editor): XxgkReportTable[] {
  if (editor.localName === 'xxgk-report-table') return [editor as XxgkReportTable];
  return Array.from(editor.shadowRoot!.querySelectorAll('xxgk-report-table'));
}

/** The input of a cell, found by its name. */
export function input(editor: Editor, id: CellId): HTMLInputElement {
  const { label } = FORMAT.cellsById.get(id)!;
  for (const table of tables(editor)) {
    if (table.table !== id.split('/')[0]) continue;
    const found = Array.from(table.shadowRoot!.querySelectorAll('input')).find(
      (one) => one.getAttribute('aria-label') === label,
    );
    if (found !== undefined) return found;
  }
  throw new Error(`no input for ${id}`);
}

/** What a cell says beyond its value: remarks, control totals, findings. */
export function described(editor: Editor, id: CellId): string {
  const node = input(editor, id);
  const reference = node.getAttribute('aria-describedby');
  return reference === null
    ? ''
    : ((node.getRootNode() as ShadowRoot).getElementById(reference)?.textContent ?? '');
}

export function isRed(editor: Editor, id: CellId): boolean {
  return input(editor, id).getAttribute('aria-invalid') === 'true';
}

/** Types into a cell as a person does, and leaves it by Enter. */
export async function enter(editor: Editor, id: CellId, text: string): Promise<void> {
  await open(editor, id, text);
  await browser.press('Enter');
  await drawn(editor);
}

/**
 * A click in the middle of the window: the status bar sticks to its lower edge and would take the click. As a person
 * does, it waits until the target stands still: Firefox scrolls to what Tab has reached only a frame or two later.
 */
export async function click(target: Element, options?: browser.ClickOptions): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    target.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { top } = target.getBoundingClientRect();
    await browser.settled();
    if (target.getBoundingClientRect().top === top) break;
  }
  await browser.click(target, options);
}

/** Types into a cell and stays in it. */
export async function open(editor: Editor, id: CellId, text: string): Promise<void> {
  await click(input(editor, id));
  await browser.type(text);
}

/** The element that has the keyboard, through all shadow roots. */
export function focused(): Element {
  let element: Element = document.activeElement ?? document.body;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

export function button(editor: Editor, text: string): HTMLButtonElement {
  const found = search(editor, 'button').find((one) => one.textContent!.trim() === text);
  if (found === undefined) throw new Error(`no button ${text}`);
  return found as HTMLButtonElement;
}

/** Elements of the editor, in whichever of its shadow roots. */
export function search(root: Element | ShadowRoot, selector: string): Element[] {
  const inner = root instanceof Element && root.shadowRoot !== null ? search(root.shadowRoot, selector) : [];
  return [
    ...inner,
    ...Array.from(root.children).flatMap((child) => [
      ...(child.matches(selector) ? [child] : []),
      ...search(child, selector),
    ]),
  ];
}

export async function push(editor: Editor, text: string): Promise<void> {
  await click(button(editor, text));
  await drawn(editor);
}

/** The list of findings. */
export class Findings {
  constructor(private readonly editor: XxgkAnnualReport) {}

  get root(): ShadowRoot {
    return this.editor.shadowRoot!.querySelector('xxgk-findings')!.shadowRoot!;
  }
  get heading(): HTMLElement {
    return this.root.querySelector('h2')!;
  }
  get sentences(): string[] {
    return Array.from(this.root.querySelectorAll('.sentence'), (node) => node.textContent!.trim());
  }
  get quiet(): string {
    return this.root.querySelector('p.quiet')?.textContent ?? '';
  }
  item(part: string): HTMLElement {
    const found = Array.from(this.root.querySelectorAll<HTMLElement>('li')).find((node) =>
      node.textContent!.includes(part),
    );
    expect(found, `${part} among ${this.sentences.join(' | ')}`).not.to.equal(undefined);
    return found!;
  }
  chip(part: string, label: string): HTMLButtonElement {
    return Array.from(this.item(part).querySelectorAll('button')).find(
      (node) => node.textContent!.trim() === label,
    )!;
  }
}

export function statusBar(editor: XxgkAnnualReport): string {
  return editor.shadowRoot!.querySelector('.status-bar')!.textContent!.replace(/\s+/g, ' ').trim();
}

/** Which events a host hears, and what the editor said at that moment. */
export function listen(editor: Editor): { heard: string[]; values: string[]; counts: number[] } {
  const told = { heard: [] as string[], values: [] as string[], counts: [] as number[] };
  for (const name of ['xxgk-checked', 'input', 'change']) {
    editor.addEventListener(name, (event) => {
      told.heard.push(event.type);
      if (event.type === 'xxgk-checked')
        told.counts.push((event as Event & { findings: unknown[] }).findings.length);
      else told.values.push(editor.value);
    });
  }
  return told;
}

/** A paste as another program would have put it on the clipboard, at the focused cell; tells how long it took. */
export function paste(text: string, html?: string): number {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  if (html !== undefined) data.setData('text/html', html);
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
  // Firefox empties a DataTransfer that is handed to the constructor.
  Object.defineProperty(event, 'clipboardData', { value: data });
  const start = performance.now();
  focused().dispatchEvent(event);
  return performance.now() - start;
}
