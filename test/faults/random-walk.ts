/**
 * A long random walk over the report, its draft and its payload, against a model that is only a map and two stacks: real
 * IndexedDB, two tabs' worth of sessions, reloads without waiting for anything. Runs in a page.
 */
import { createAutosave, type Autosave } from '../../src/drafts/autosave.ts';
import { recoverDraft } from '../../src/drafts/draft-recovery.ts';
import { createDraftStore } from '../../src/drafts/draft-store.ts';
import type { DraftStore, ReportIdentity } from '../../src/drafts/drafts.ts';
import { OFFICIAL_RULES } from '../../src/checks/rules.ts';
import { sameEntry, type CellId, type Entry } from '../../src/format/entry.ts';
import type { CellDefinition } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { formatQuantity } from '../../src/format/quantity.ts';
import { entryText, readEntry } from '../../src/format/read-entry.ts';
import { completeReport, readDraft } from '../../src/payload/read-payload.ts';
import { draftText, payloadOf, type Stamp } from '../../src/payload/write-payload.ts';
import { emptyReport, entryOf, HEAD_FIELDS, type HeadField } from '../../src/report/report.ts';
import { Session } from '../../src/report/session.ts';
import type { Digest } from '../../src/format/digest.ts';

export interface Walked {
  readonly steps: number;
  readonly edits: number;
  readonly undone: number;
  readonly pastes: number;
  readonly saves: number;
  readonly reloads: number;
  readonly switches: number;
  readonly milliseconds: number;
}

const FORMAT = FORMATS['2021'];
const CELLS = FORMAT.cells;
const REPORT: ReportIdentity = { key: 'walk', organization: '', year: null };
const TEXTS = [
  '',
  '0',
  '1',
  '7',
  '12',
  '208',
  '１２',
  '1,234',
  '999999999999',
  '/',
  '—',
  '无',
  '12件',
  'abc',
  '3.5',
  '-4',
];
const KINDS = ['', 'county', 'township', 'city-bureau'];
const NAMES = ['', '某县教育局', '某县人民政府', '2025', '张三 <b>', '__proto__', '甲'.repeat(30_000)];

/** What is on screen: the text of every cell that is not blank, and the head. */
interface Screen {
  readonly cells: ReadonlyMap<CellId, string>;
  readonly head: ReadonlyMap<HeadField, string>;
}

/** One open page. */
interface Tab {
  readonly session: Session;
  readonly store: DraftStore;
  readonly autosave: Autosave;
}

/** Throws with what differs, and after how many steps. */
export async function walk(steps: number, seed: number, database: string): Promise<Walked> {
  const random = randomOf(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const begun = performance.now();
  const counts = { edits: 0, undone: 0, pastes: 0, saves: 0, reloads: 0, switches: 0 };

  let screen: Screen = { cells: new Map(), head: new Map([['year', '2025']]) };
  let done: Screen[] = [];
  let undone: Screen[] = [];

  function changed(next: Screen): void {
    // What changes nothing is no step.
    if (sameScreen(next, screen)) return;
    done.push(screen);
    if (done.length > 500) done.shift();
    undone = [];
    screen = next;
  }

  const open = async (): Promise<Tab> => {
    const store = createDraftStore({ tenant: '', user: '', door: (text) => readDraft(text).ok, database });
    await store.open();
    const session = new Session(emptyReport('2021', 2025), OFFICIAL_RULES);
    const autosave = createAutosave({
      store,
      content: () => contentOf(session),
      onState: () => undefined,
    });
    const found = await recoverDraft(store, REPORT, null);
    if (found.others.length > 0 || found.setAside > 0) throw new Error('A draft forked or was set aside.');
    if (found.draft === undefined) {
      autosave.start({ report: REPORT });
    } else {
      const read = readDraft(found.draft.payload);
      if (!read.ok) throw new Error('The draft cannot be read.');
      session.replace(completeReport(read.report));
      autosave.start({ report: REPORT, continuing: found.draft, after: found.after });
    }
    session.listen((_state, transaction) => {
      if (transaction !== undefined) autosave.changed();
    });
    return { session, store, autosave };
  };

  let tab = await open();

  function check(step: number, name: string): void {
    const { report } = tab.session;
    for (const cell of CELLS) {
      const expected = expectedEntry(screen, cell);
      if (!sameEntry(entryOf(report, cell), expected))
        throw new Error(
          `Step ${step} (${name}), seed ${seed}: ${cell.id} is “${entryText(entryOf(report, cell))}”, not “${screen.cells.get(cell.id) ?? ''}”.`,
        );
    }
    for (const field of HEAD_FIELDS)
      if (report.head[field] !== (screen.head.get(field) ?? ''))
        throw new Error(`Step ${step} (${name}), seed ${seed}: ${field} is “${report.head[field]}”.`);
  }

  /** The payload holds each number that is on screen, and none that is not. */
  function checkPayload(step: number): void {
    const tables = payloadOf(tab.session.report, stampOf())['tables'] as Record<
      string,
      Record<string, Record<string, number | null>>
    >;
    for (const cell of FORMAT.inputs) {
      const entry = expectedEntry(screen, cell);
      const expected = entry.kind === 'number' ? Number(formatQuantity(entry.value)) : null;
      const given = tables[cell.table]![cell.row]![cell.column];
      if (given !== expected)
        throw new Error(
          `Step ${step}, seed ${seed}: the payload says ${given} for ${cell.id}, not ${expected}.`,
        );
    }
  }

  /** What lies in the database is what is on screen. */
  async function checkDraft(step: number): Promise<void> {
    const [record] = await tab.store.list();
    if (record === undefined) throw new Error(`Step ${step}, seed ${seed}: there is no draft.`);
    if (record.payload !== draftText(tab.session.report, stampOf()))
      throw new Error(`Step ${step}, seed ${seed}: the draft is not the report on screen.`);
  }

  for (let step = 1; step <= steps; step += 1) {
    const dice = random();
    if (dice < 0.62) {
      const cell = pick(CELLS);
      const text = pick(TEXTS);
      tab.session.enter([[cell.id, text]], 'typing');
      changed(withCells(screen, [[cell.id, text]]));
      counts.edits += 1;
    } else if (dice < 0.66) {
      const field = pick(HEAD_FIELDS);
      const text = pick(field === 'organization.kind' ? KINDS : NAMES);
      tab.session.setField(field, text);
      changed({ ...screen, head: new Map([...screen.head, [field, text]]) });
      counts.edits += 1;
    } else if (dice < 0.76) {
      const from = Math.floor(random() * CELLS.length);
      const block = CELLS.slice(from, from + 1 + Math.floor(random() * 30)).map((cell): [CellId, string] => [
        cell.id,
        pick(TEXTS),
      ]);
      tab.session.enter(block, 'paste');
      changed(withCells(screen, block));
      counts.pastes += 1;
    } else if (dice < 0.86) {
      tab.session.undo();
      const before = done.pop();
      if (before !== undefined) {
        undone.push(screen);
        screen = before;
      }
      counts.undone += 1;
    } else if (dice < 0.92) {
      tab.session.redo();
      const after = undone.pop();
      if (after !== undefined) {
        done.push(screen);
        screen = after;
      }
      counts.undone += 1;
    } else if (dice < 0.985) {
      // A pause: what is due is written, or not yet.
      if (random() < 0.2) await new Promise((resume) => setTimeout(resume));
      else await Promise.resolve();
    } else if (dice < 0.993) {
      const { status, reason } = await tab.autosave.keepNow();
      if (status !== 'saved' && status !== 'clean') throw new Error(`Step ${step}: ${status}, ${reason}.`);
      if (status === 'saved') await checkDraft(step);
      checkPayload(step);
      counts.saves += 1;
    } else if (dice < 0.998) {
      // Nothing is waited for: the page is gone.
      tab.autosave.flush();
      tab.store.close();
      tab = await open();
      done = [];
      undone = [];
      counts.reloads += 1;
      check(step, 'reload');
    } else {
      // Another tab goes on, when this one has written everything.
      await tab.autosave.keepNow();
      tab.autosave.stop();
      const other = await open();
      tab.store.close();
      tab = other;
      done = [];
      undone = [];
      counts.switches += 1;
      check(step, 'another tab');
    }
    if (step % 50 === 0) check(step, 'step');
  }
  check(steps, 'end');
  await tab.autosave.keepNow();
  checkPayload(steps);
  tab.autosave.stop();
  tab.store.close();
  return { steps, ...counts, milliseconds: Math.round(performance.now() - begun) };
}

function contentOf(session: Session) {
  const stamp = stampOf();
  return {
    payload: draftText(session.report, stamp),
    digest: payloadOf(session.report, stamp)['digest'] as Digest,
    base: null,
    format: '2021',
    organization: session.report.head['organization.name'],
    year: null,
  };
}

function stampOf(): Stamp {
  return {
    draft: true,
    findings: [],
    rules: '2021@1',
    changed: undefined,
    open: 0,
    revision: { number: 1, base: null },
  };
}

function expectedEntry(screen: Screen, cell: CellDefinition): Entry {
  return readEntry(screen.cells.get(cell.id) ?? '', cell.kind);
}

function withCells(screen: Screen, texts: readonly (readonly [CellId, string])[]): Screen {
  const cells = new Map(screen.cells);
  for (const [id, text] of texts) {
    // What reads the same leaves what was typed first.
    const { kind } = FORMAT.cellsById.get(id)!;
    if (!sameEntry(readEntry(cells.get(id) ?? '', kind), readEntry(text, kind))) cells.set(id, text);
  }
  return { ...screen, cells };
}

function sameScreen(one: Screen, other: Screen): boolean {
  for (const cell of CELLS)
    if (!sameEntry(expectedEntry(one, cell), expectedEntry(other, cell))) return false;
  return HEAD_FIELDS.every((field) => (one.head.get(field) ?? '') === (other.head.get(field) ?? ''));
}

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
