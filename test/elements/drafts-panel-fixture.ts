/**
 * The panel of drafts in an element of its own with a real store: what a person sees of it, and a database into which a
 * test puts what it wants to have happened before.
 */
import { html, LitElement, type TemplateResult } from 'lit';
import { deleteDB, openDB } from 'idb';
import { createBackupFile, type BackupFile } from '../../src/drafts/backup-file.ts';
import type { DraftRecord } from '../../src/drafts/draft-record.ts';
import { createDraftStore, type DraftStoreOptions } from '../../src/drafts/draft-store.ts';
import type { DraftContent, DraftStore, DraftWriter } from '../../src/drafts/drafts.ts';
import { DraftsPanel, type DraftsPanelOwner } from '../../src/elements/drafts-panel.ts';
import { baseStyles, calmBox } from '../../src/elements/styles.ts';
import { digestOfText } from '../../src/format/digest.ts';
import type { CellId } from '../../src/format/entry.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import { completeReport, readDraft } from '../../src/payload/read-payload.ts';
import { draftText, payloadText } from '../../src/payload/write-payload.ts';
import { emptyReport, yearOf, type Report } from '../../src/report/report.ts';
import { click, place } from './editor-fixture.ts';
import { settled } from '../browser/commands.ts';

const STAMP = { draft: true, findings: [], rules: '2021@1', open: 0, revision: { number: 1, base: null } };

/** A report of a unit with a few cells filled. */
export function reportOf(
  organization: string,
  cells: Readonly<Record<CellId, string>> = {},
  year = '2025',
): Report {
  const empty = emptyReport('2021');
  const entries = new Map(empty.entries);
  for (const [id, text] of Object.entries(cells)) entries.set(id, readEntry(text, 'count'));
  return completeReport({
    ...empty,
    entries,
    head: { ...empty.head, 'organization.name': organization, 'organization.kind': 'county-bureau', year },
  });
}

export function contentOf(report: Report): DraftContent {
  const payload = draftText(report, STAMP);
  return {
    payload,
    digest: digestOfText(payload),
    base: null,
    format: report.version,
    organization: report.head['organization.name'],
    year: yearOf(report) ?? null,
  };
}

export const textOf = (report: Report): string => payloadText(report, STAMP);

class PanelHost extends LitElement implements DraftsPanelOwner {
  static override styles = [baseStyles];

  report = reportOf('某县教育局');
  draftDays: number | null = null;
  locked = false;
  backupAt: number | null = null;
  backupFile: BackupFile | undefined;
  store!: DraftStore;
  writer: DraftWriter | undefined;
  readonly panel = (): DraftsPanel => (this.#panel ??= new DraftsPanel(this));
  readonly restored: DraftRecord[] = [];
  readonly said: string[] = [];
  readonly deleted: string[] = [];
  #panel: DraftsPanel | undefined;

  protected override createRenderRoot(): HTMLElement {
    return calmBox(super.createRenderRoot());
  }

  get current(): { id: string; revision: number } | null {
    return this.writer === undefined ? null : { id: this.writer.id, revision: this.writer.revision };
  }

  /** The report on screen becomes this and is kept. */
  async keep(report: Report): Promise<void> {
    this.report = report;
    this.writer ??= this.store.begin({
      report: { key: null, organization: report.head['organization.name'], year: yearOf(report) ?? null },
    });
    await this.writer.write(contentOf(report));
    this.requestUpdate();
  }

  async restore(record: DraftRecord): Promise<void> {
    const result = readDraft(record.payload);
    if (!result.ok) throw new Error('unreadable');
    this.restored.push(record);
    await this.keep(this.report);
    if (record.id !== this.current?.id)
      this.writer = this.store.begin({
        report: { key: record.report, organization: record.organization, year: record.year },
        continuing: record,
      });
    await this.keep(completeReport(result.report));
  }

  /** Ids of drafts that another page writes. */
  readonly writtenElsewhere = new Set<string>();

  async isWrittenElsewhere({ id }: DraftRecord): Promise<boolean> {
    return this.writtenElsewhere.has(id);
  }

  async discardCurrent(): Promise<void> {
    const id = this.writer?.id;
    this.writer = undefined;
    if (id !== undefined) await this.store.delete(id);
    this.requestUpdate();
  }

  draftsDeleted(ids: readonly string[]): void {
    this.deleted.push(...ids);
  }

  downloadBackup(): void {
    this.backupAt = Date.now();
    this.requestUpdate();
  }

  /** Lets it keep a file up to date. */
  keepFile(pick: () => Promise<FileSystemFileHandle>): void {
    this.backupFile = createBackupFile({
      pick,
      content: () => ({ text: textOf(this.report), digest: contentOf(this.report).digest }),
      onState: () => this.requestUpdate(),
    });
  }

  say(sentence: string): void {
    this.said.push(sentence);
  }

  protected override render(): TemplateResult {
    return html`<button type="button" id="opener" @click=${() => void this.panel().open()}>
        草稿与备份…
      </button>
      ${this.#panel?.view() ?? ''}`;
  }
}
customElements.define('test-panel-host', PanelHost);
export type { PanelHost };

const databases: string[] = [];
const stores: DraftStore[] = [];

export function newDatabase(): string {
  const name = `xxgk-test-panel-${Date.now()}-${databases.length}`;
  databases.push(name);
  return name;
}

export async function storeIn(database: string, more: Partial<DraftStoreOptions> = {}): Promise<DraftStore> {
  const store = createDraftStore({
    tenant: '',
    user: 'a',
    door: (text) => readDraft(text).ok,
    database,
    ...more,
  });
  stores.push(store);
  await store.open();
  return store;
}

export async function showHost(database = newDatabase(), store?: DraftStore): Promise<PanelHost> {
  const host = document.createElement('test-panel-host') as PanelHost;
  host.store = store ?? (await storeIn(database));
  place(host);
  await host.updateComplete;
  return host;
}

/** Puts a record past our own code. */
export async function plant(database: string, record: object): Promise<void> {
  const handle = await openDB(database, 1);
  await handle.put('drafts', record);
  handle.close();
}

export async function cleanUpDrafts(): Promise<void> {
  for (const store of stores.splice(0)) store.close();
  for (const name of databases.splice(0)) await deleteDB(name);
  for (const key of Object.keys(localStorage)) if (key.startsWith('xxgk-')) localStorage.removeItem(key);
}

export function dialog(host: PanelHost): HTMLDialogElement | null {
  return host.shadowRoot!.querySelector('dialog');
}

const plain = (node: Element): string => node.textContent!.replace(/\s+/g, ' ').trim();

export async function until(done: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 8_000;
  while (!done()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await settled();
  }
}

/** Opens it by its button and waits until it has read what there is. */
export async function openPanel(host: PanelHost): Promise<void> {
  await click(host.shadowRoot!.querySelector('#opener')!);
  await until(() => dialog(host)?.open === true, 'the dialog');
  await read(host);
}

export async function read(host: PanelHost): Promise<void> {
  await until(() => !words(host).includes('正在读取'), 'the lists');
  await settled();
}

export function words(host: PanelHost, selector?: string): string {
  const root = dialog(host);
  if (root === null) return '';
  return selector === undefined ? plain(root) : [...root.querySelectorAll(selector)].map(plain).join('|');
}

/** The rows of a section, by its heading. */
export function rows(host: PanelHost, heading: string): HTMLElement[] {
  return [...dialog(host)!.querySelectorAll('section')]
    .filter((section) => plain(section.querySelector('h3')!) === heading)
    .flatMap((section) => [...section.querySelectorAll<HTMLElement>('li')]);
}

export const rowWords = (host: PanelHost, heading: string): string[] =>
  rows(host, heading).map((row) => plain(row.querySelector('.row > span')!));

export function buttonIn(root: Element, text: string): HTMLButtonElement {
  const found = [...root.querySelectorAll('button')].find((one) => plain(one).startsWith(text));
  if (found === undefined) throw new Error(`no button ${text} in ${plain(root)}`);
  return found;
}

export async function pushIn(root: Element, text: string): Promise<void> {
  await click(buttonIn(root, text));
  await settled();
}

/** The files handed to the user while the task runs, by their names. */
export async function downloads(task: () => Promise<void>): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const blobs = new Map<string, Blob>();
  const reading: Promise<void>[] = [];
  const create = URL.createObjectURL;
  const push = HTMLAnchorElement.prototype.click;
  URL.createObjectURL = (blob) => {
    const url = create.call(URL, blob);
    blobs.set(url, blob as Blob);
    return url;
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const { download } = this;
    reading.push(
      blobs
        .get(this.href)!
        .text()
        .then((text) => void files.set(download, text)),
    );
  };
  try {
    await task();
  } finally {
    URL.createObjectURL = create;
    HTMLAnchorElement.prototype.click = push;
  }
  await Promise.all(reading);
  return files;
}
