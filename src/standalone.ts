/** Entry of the standalone page: the buttons around one editor (new, open, samples, export). No network. */
import { setLicenseKey } from './define.ts';
import type { XxgkAnnualReport } from './elements/annual-report.ts';
import { chosenFile, textOfFile } from './elements/open-file.ts';

declare global {
  interface ImportMeta {
    /** Replaced by the build. */
    readonly env: { readonly DEV: boolean };
  }
}

// The development page only: whoever evaluates sees the spreadsheet grid. No build carries a key.
if (import.meta.env.DEV) setLicenseKey('non-commercial-and-evaluation');

const editor = document.querySelector<XxgkAnnualReport>('xxgk-annual-report')!;
const message = document.querySelector<HTMLElement>('#message')!;

function say(sentence: string): void {
  message.textContent = sentence;
  message.hidden = sentence === '';
}

function button(id: string, action: () => void): void {
  document.querySelector<HTMLButtonElement>(`#${id}`)!.addEventListener('click', action);
}

/** Hands over the text of a file that was chosen, and says what came of it. */
function onFile(id: string, take: (text: string, name: string) => Promise<string | undefined>): void {
  document.querySelector<HTMLInputElement>(`#${id}`)!.addEventListener('change', (event) => {
    const file = chosenFile(event.target as HTMLInputElement);
    if (file === undefined) return;
    void textOfFile(file).then(async (read) => {
      say('refusal' in read ? read.refusal : ((await take(read.text, file.name)) ?? ''));
    });
  });
}

button('new', () => {
  say('');
  editor.previous = '';
  editor.newReport();
});
onFile('open', (text, name) => editor.openReport(text, name));
onFile('rules', async (text) => {
  editor.rules = text;
  await editor.updateComplete;
  // Why a pack was refused is said in the editor.
  return editor.session!.rules.version.includes('+')
    ? '补充规则在本页打开期间有效，刷新本页即只按内置的核对规则核对。'
    : undefined;
});

document.querySelector<HTMLSelectElement>('#sample')!.addEventListener('change', (event) => {
  const select = event.target as HTMLSelectElement;
  const name = select.value;
  select.value = '';
  if (name === '') return;
  import('./samples.ts')
    .then(async ({ samples }) => {
      const { report, previous } = (await samples())[name]!;
      editor.previous = '';
      const wrong =
        (await editor.openReport(JSON.stringify(report), '示例')) ??
        (previous === undefined ? undefined : await editor.openPrevious(JSON.stringify(previous)));
      say(wrong ?? '');
    })
    .catch(() => say('示例没有载入，请刷新页面后再试。'));
});

editor.addEventListener('xxgk-submit-request', (event) => {
  event.respondWith(
    // Nobody takes it from here: it is handed on as a file.
    Promise.resolve({
      message: `“${editor.exportReport()}”，请把它交给接收单位`,
      // Nobody knows whether the file was kept.
      keepDraft: true,
    }),
  );
});

button('print', () => void editor.print());
button('export', () => {
  const name = editor.exportReport();
  say(
    name.endsWith('_草稿.json')
      ? `已导出草稿“${name}”。还有未填完或需要处理的内容，按“检查”查看。`
      : `已导出“${name}”。`,
  );
});
