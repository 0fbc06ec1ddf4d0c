/** What is typed into a cell and not ended yet: in which draft it is, and what is said of it. */
import { expect } from 'chai';
import { openDB } from 'idb';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import {
  cleanUp,
  click,
  drawn,
  enter,
  input,
  open,
  payload,
  press,
  push,
  received,
  search,
  settled,
  show,
  statusBar,
  type,
  type Payload,
} from './editor-fixture.ts';
import { compose } from './grid/grid-fixture.ts';

interface Kept extends Payload {
  readonly revision: { readonly base: string | null };
  readonly organization: { readonly name: string };
}

let key = '';

/** An editor that keeps drafts, all its own; resolves when they are looked for. */
async function drafting(value: object = payload(3), previous?: object): Promise<XxgkAnnualReport> {
  key = `open-${Math.random()}`;
  const editor = await show((one) => {
    one.draft = 'browser';
    one.draftKey = key;
    one.value = value;
    one.previous = previous;
  });
  await until('the drafts', () => !statusBar(editor).includes('正在准备'));
  return editor;
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000;
  while (!(await holds())) {
    if (Date.now() > end) {
      const editor = document.querySelector('xxgk-annual-report');
      throw new Error(`Waited in vain for ${what}: ${editor === null ? '' : statusBar(editor)}`);
    }
    await settled();
  }
}

/** What lies in the database, read past our own code. */
async function kept(): Promise<Kept | undefined> {
  const database = await openDB('xxgk-annual-report');
  const records = (await database.getAll('drafts')) as { report: string; payload: string }[];
  database.close();
  const record = records.find(({ report }) => report === `key:${key}`);
  return record && (JSON.parse(record.payload) as Kept);
}

const inCell = async (): Promise<number | null | undefined> =>
  (await kept())?.tables['requests']!['received']!['natural-person'];

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const SAVED = '草稿已暂存';

describe('an open cell', () => {
  afterEach(cleanUp);

  it('[E58] of a word that is begun while nothing may be typed no part counts, and the next one does', async () => {
    const editor = await show((one) => {
      one.value = payload(3);
      one.readonly = true;
    });
    await click(input(editor, received()));
    await type('43');
    editor.readonly = false;
    await drawn(editor);
    await type('21');
    expect(input(editor, received()).value).to.equal('3');
    await press('Enter');
    expect((JSON.parse(editor.value) as Payload).tables['requests']!['received']!['natural-person']).to.equal(
      3,
    );
    await press('ArrowUp');
    await type('21');
    await press('Enter');
    expect((JSON.parse(editor.value) as Payload).tables['requests']!['received']!['natural-person']).to.equal(
      21,
    );
  });

  it('[E316] a text that is being composed is in no draft, and is not called so', async () => {
    const editor = await drafting();
    await enter(editor, received('enterprise'), '4');
    await until('the draft', () => statusBar(editor).includes(SAVED));
    await open(editor, received(), '');
    await compose('１２', async () => {
      await until('未暂存', () => statusBar(editor).includes('未暂存'));
      await pause(1_300);
      expect(statusBar(editor)).to.include('未暂存');
      expect(await inCell()).to.equal(3);
    });
    await until('the draft', () => statusBar(editor).includes(SAVED));
    expect(await inCell()).to.equal(12);
  });

  it('[E316] a doubtful cell that is typed over is kept as typed; typed again as it stands it stays doubtful', async () => {
    const marks = { [received()]: { kind: 'uncertain', raw: '71', candidate: 71 } };
    const editor = await drafting(payload(0, { [received()]: null }, { draft: true, marks }));
    await open(editor, received(), '71');
    await pause(1_300);
    expect(await inCell()).to.not.equal(71);
    await press('Control+a');
    await type('72');
    await until('the draft', async () => (await inCell()) === 72);
    await press('Escape');
    await until('what was there', async () => (await inCell()) === null);
    expect((await kept())!['marks']).to.have.property(received());
  });

  it('[E316] so is a field of the head; what changes nothing makes no draft', async () => {
    const editor = await drafting();
    const name = editor.shadowRoot!.querySelector<HTMLInputElement>('.head .name')!;
    await open(editor, received(), '3');
    await pause(1_300);
    expect(statusBar(editor)).to.include('尚无改动');
    expect(await kept()).to.equal(undefined);
    await click(name);
    await press('End');
    await type('科');
    await until('未暂存', () => statusBar(editor).includes('未暂存'));
    await until('the draft', () => statusBar(editor).includes(SAVED));
    expect((await kept())!.organization.name)
      .to.equal(`${name.value}`)
      .and.to.match(/科$/);
    // What was in the draft before an input method began stays there.
    await compose('室', async () => {
      await until('未暂存', () => statusBar(editor).includes('未暂存'));
      await pause(400);
      expect((await kept())!.organization.name).to.match(/科$/);
    });
    await until('the draft', () => statusBar(editor).includes(SAVED));
    expect((await kept())!.organization.name).to.match(/室$/);
  });

  it('[E316] the host says that it has the report: what is being typed is in a draft again, which begins from that', async () => {
    const editor = await drafting();
    await enter(editor, received('enterprise'), '4');
    await open(editor, received(), '12');
    await until('the draft', async () => (await inCell()) === 12);
    const saved = editor.heldText;
    expect(await editor.acknowledge(saved)).to.equal(true);
    await until('the draft', async () => (await inCell()) === 12);
    expect((await kept())!.revision.base).to.equal((JSON.parse(saved) as { digest: string }).digest);
    await until('the words', () => statusBar(editor).includes(SAVED));
  });

  it('[E316] nor is a reason that is being written, before it is saved', async () => {
    const editor = await drafting(payload(3), payload(9, {}, { year: 2023 }));
    await until('the question', () =>
      search(editor, 'button').some((one) => one.textContent!.includes('说明原因')),
    );
    // The pictures of the two years come late, and move what is to be clicked.
    await drawn(editor);
    await enter(editor, received('enterprise'), '4');
    expect(input(editor, received('enterprise')).value).to.equal('4');
    await until('the draft', () => statusBar(editor).includes(SAVED));
    await push(editor, '说明原因');
    await type('漏计');
    await until('未暂存', () => statusBar(editor).includes('未暂存'));
    await push(editor, '取消');
    await until('the draft', () => statusBar(editor).includes(SAVED));
    await push(editor, '说明原因');
    await until('未暂存', () => statusBar(editor).includes('未暂存'));
    await push(editor, '保存说明');
    await until('the draft', () => statusBar(editor).includes(SAVED));
    expect(JSON.stringify((await kept())!['explanations'])).to.include('漏计');
  });

  it('[E316] a host that reads the value meanwhile hears of the edit once', async () => {
    const editor = await drafting();
    const heard: string[] = [];
    for (const name of ['input', 'change', 'xxgk-draft-saved'])
      editor.addEventListener(name, () => heard.push(name));
    await open(editor, received(), '12');
    await until('未暂存', () => statusBar(editor).includes('未暂存'));
    expect((JSON.parse(editor.value) as Payload).tables['requests']!['received']!['natural-person']).to.equal(
      12,
    );
    await until('the draft', () => statusBar(editor).includes(SAVED));
    expect(heard).to.deep.equal(['input', 'change', 'xxgk-draft-saved']);
    await pause(1_300);
    await press('Enter');
    await drawn(editor);
    await pause(100);
    expect(heard).to.have.length(3);
  });
});
