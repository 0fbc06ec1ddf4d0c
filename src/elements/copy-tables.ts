/**
 * 复制: puts the tables of an element on the clipboard, and says how that went. By the browser's old copy command, which
 * is there on plain http too. Loaded when somebody copies for the first time.
 */
import { writeClipboard } from '../documents/write-clipboard.ts';
import type { Json } from '../format/canonical-json.ts';
import { t } from '../format/language.ts';
import { entryOf, formatOf } from '../report/report.ts';
import type { Session } from '../report/session.ts';

/** What is copied: the element that holds it. */
export interface Copied {
  readonly session: Session | undefined;
  payload(): Record<string, Json>;
}

export function copyTables(element: Copied): string {
  let payload: Record<string, Json>;
  try {
    payload = element.payload();
  } catch (error) {
    return t`没有复制：${(error as Error).message}`;
  }
  const { report } = element.session!;
  const texts = writeClipboard(report, payload);
  if (!putOnClipboard(texts))
    return t`没有复制成功：浏览器没有允许。请再按一次；仍不行的，请在表格中按 Ctrl+A、Ctrl+C 复制数字。`;
  const tables = formatOf(report).tables.filter(({ id }) => id in (payload['tables'] as object));
  const empty = tables
    .flatMap(({ cells }) => cells)
    .filter((cell) => cell.operands === undefined && EMPTY.has(entryOf(report, cell).kind)).length;
  return t`已复制${tables.length === 1 ? tables[0]!.shortTitle : t`三张表`}，可粘贴到 Word、WPS、Excel 或网页编辑器。${
    empty === 0 ? '' : t`其中 ${empty} 格还没有填，复制后是空白。`
  }`;
}

const EMPTY: ReadonlySet<string> = new Set(['blank', 'uncertain']);

/** Whether the browser took them. The page's own listeners do not hear of it: some add a line to whatever is copied. */
function putOnClipboard(texts: Readonly<Record<string, string>>): boolean {
  let taken = false;
  const answer = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.clipboardData === null) return;
    for (const [type, text] of Object.entries(texts)) event.clipboardData.setData(type, text);
    taken = true;
  };
  // Chromium copies nothing where nothing is selected, unless somebody says that there will be an answer.
  const promise = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('copy', answer, true);
  window.addEventListener('beforecopy', promise, true);
  try {
    return document.execCommand('copy') && taken;
  } finally {
    window.removeEventListener('copy', answer, true);
    window.removeEventListener('beforecopy', promise, true);
  }
}
