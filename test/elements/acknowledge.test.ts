/** `acknowledge()`: a host that saves by itself says what it has; what is edited later begins from that. */
import { expect } from 'chai';
import type { XxgkAnnualReport } from '../../src/elements/annual-report.ts';
import { browserName } from '../browser/commands.ts';
import {
  cleanUp,
  drawn,
  enter,
  granted,
  payload,
  place,
  press,
  push,
  received,
  search,
  settled,
  show,
  type Payload,
} from './editor-fixture.ts';

interface Revised extends Payload {
  readonly digest: string;
  readonly revision: { readonly base: string | null };
}

const read = (text: string): Revised => JSON.parse(text) as Revised;

/** Whether the browser would ask before the page is left. */
function asks(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

/** An editor that keeps drafts, all its own; resolves when they are looked for. */
async function drafting(
  key: string,
  draft: XxgkAnnualReport['draft'] = 'session',
): Promise<XxgkAnnualReport> {
  const editor = await show((one) => {
    one.draft = draft;
    one.draftKey = `${key}-${Math.random()}`;
    one.value = payload(3);
  });
  await until(() => !editor.shadowRoot!.querySelector('.status-bar')!.textContent!.includes('正在准备'));
  return editor;
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${holds.toString()}`);
    await settled();
  }
}

const saying = (editor: XxgkAnnualReport): string =>
  editor.shadowRoot!.querySelector('.status-bar')!.textContent!;

describe('acknowledge()', () => {
  afterEach(cleanUp);

  it('[E295] a reset brings back what was saved last, whether or not it was edited since', async () => {
    const form = document.createElement('form');
    const editor = document.createElement('xxgk-annual-report');
    editor.draft = 'off';
    editor.value = payload(3);
    form.append(editor);
    place(form);
    await drawn(editor);
    await enter(editor, received(), '12');
    const saved = editor.value;
    await enter(editor, received(), '13');
    await editor.acknowledge(saved);
    form.reset();
    await drawn(editor);
    expect(editor.value).to.equal(saved);
    await enter(editor, received(), '14');
    const second = editor.value;
    await editor.acknowledge();
    await enter(editor, received(), '15');
    form.reset();
    await drawn(editor);
    expect(editor.value).to.equal(second);
  });

  it('[E295] what the host has is handed back byte for byte, and the next edit begins from it', async () => {
    const editor = await show((one) => (one.value = payload(3)));
    await enter(editor, received(), '12');
    const saved = editor.value;
    expect(await editor.acknowledge(saved), 'there is no draft to be cleared').to.equal(false);
    expect(editor.value).to.equal(saved);
    await enter(editor, received('enterprise'), '13');
    expect(read(editor.value).revision.base).to.equal(read(saved).digest);
  });

  it('[E295] asks nothing from that moment on, and asks again after the next edit', async () => {
    const editor = await show((one) => (one.value = payload(3)));
    await settled();
    await enter(editor, received(), '12');
    await until(asks);
    void editor.acknowledge();
    expect(asks()).to.equal(false);
    await enter(editor, received(), '13');
    expect(asks()).to.equal(true);
  });

  it('[E295] an edit made while the host was saving keeps its draft and the warning, and begins from what was saved', async () => {
    const editor = await drafting('later');
    await enter(editor, received(), '12');
    const saved = editor.value;
    await enter(editor, granted(), '7');
    await until(() => saying(editor).includes('草稿已暂存'));
    expect(await editor.acknowledge(saved)).to.equal(false);
    expect(asks()).to.equal(true);
    expect(read(editor.value).revision.base).to.equal(read(saved).digest);
    await until(() => saying(editor).includes('草稿已暂存'));
    expect(await editor.acknowledge(editor.value)).to.equal(true);
    expect(asks()).to.equal(false);
    expect(saying(editor)).to.include('尚无改动');
  });

  it('[E295] a revision of the draft does the same, an earlier one keeps what was edited since', async () => {
    const editor = await drafting('revision');
    const revisions: number[] = [];
    editor.addEventListener('xxgk-draft-saved', (event) => revisions.push(event.revision));
    await enter(editor, received(), '12');
    await until(() => revisions.length === 1);
    const saved = editor.value;
    await enter(editor, granted(), '7');
    await until(() => revisions.length === 2);
    expect(await editor.acknowledge(revisions[0]!)).to.equal(false);
    expect(asks()).to.equal(true);
    expect(read(editor.value).revision.base).to.equal(read(saved).digest);
    await until(() => revisions.length === 3);
    expect(await editor.acknowledge(revisions[2]!)).to.equal(true);
    expect(asks()).to.equal(false);
  });

  // No other browser lets a page pick a file to write to.
  const inChromium = browserName === 'chromium' ? it : () => undefined;
  inChromium(
    '[E332] the file kept up to date stays with what is edited after the host has the draft',
    async () => {
      const name = `after-${Math.random()}.json`;
      const folder = await navigator.storage.getDirectory();
      const pickers = window as { showSaveFilePicker?: unknown };
      const { showSaveFilePicker } = pickers;
      pickers.showSaveFilePicker = () => folder.getFileHandle(name, { create: true });
      try {
        const first = await drafting('file', 'browser');
        await push(first, '草稿与备份');
        await until(() => search(first, 'dialog')[0]?.textContent?.includes('本浏览器中') === true);
        await push(first, '自动备份到文件…');
        await until(() => first.shadowRoot!.textContent!.includes('已是最新'));
        await press('Escape');
        await enter(first, received(), '12');
        await until(() => saying(first).includes('草稿已暂存'));
        expect(await first.acknowledge()).to.equal(true);
        const saved = first.value;
        await enter(first, received(), '13');
        await until(() => saying(first).includes('草稿已暂存'));
        await settled();
        first.remove();
        const { draftKey } = first;
        const second = await show((one) => {
          one.draft = 'browser';
          one.draftKey = draftKey;
          one.value = saved;
        });
        await until(() => second.shadowRoot!.textContent!.includes('恢复草稿'));
        await push(second, '恢复草稿');
        await until(() =>
          second.shadowRoot!.textContent!.includes(`自动备份到“${name}”：本页重新打开后已停止写入`),
        );
      } finally {
        pickers.showSaveFilePicker = showSaveFilePicker;
        await folder.removeEntry(name).catch(() => undefined);
      }
    },
  );

  it('[E295] the field of the host hears that an edit made since begins from what was saved', async () => {
    const field = document.createElement('textarea');
    field.id = 'acknowledged';
    place(field);
    const editor = document.createElement('xxgk-annual-report');
    editor.draft = 'off';
    editor.setAttribute('for', 'acknowledged');
    place(editor);
    await drawn(editor);
    let heard = '';
    field.addEventListener('input', () => (heard = field.value));
    await enter(editor, received(), '12');
    await settled();
    const saved = heard;
    await enter(editor, granted(), '7');
    await settled();
    void editor.acknowledge(saved);
    await settled();
    expect(read(heard).revision.base).to.equal(read(saved).digest);
    expect(heard).to.equal(editor.value);
  });
});
