/**
 * Files as a page can have them: chosen and written in their place where the browser lets it (File System Access),
 * else chosen in a field and handed over as downloads. Knows nothing of what is in them.
 */
import {
  askAgain,
  fileFaultOf,
  filePicker,
  isAbort,
  replaceText,
  type FileFault,
} from '../drafts/file-access.ts';
import { downloadText } from '../elements/download.ts';
import { t } from '../format/language.ts';
import type { KnownFile } from './report-tab.ts';

export interface OpenedFile {
  readonly file: File;
  readonly handle?: FileSystemFileHandle;
}

interface FilePage {
  showOpenFilePicker?(options: object): Promise<readonly FileSystemFileHandle[]>;
}

const page = window as FilePage;

/** Every kind that is read, for the field of a page. */
export const READABLE = '.json,.html,.htm,.mht,.docx,.xlsx,.csv,.txt,.pdf';

/**
 * Asks for files, by a click or a key; none where the user thought better of it. undefined where the browser has only the
 * field of a page for that. Rejects where one that was chosen cannot be read.
 */
export async function chooseFiles(): Promise<readonly OpenedFile[] | undefined> {
  if (typeof page.showOpenFilePicker !== 'function') return undefined;
  let handles: readonly FileSystemFileHandle[];
  try {
    handles = await page.showOpenFilePicker({ multiple: true });
  } catch (error) {
    // In a frame of another site, or by a policy, there is the field.
    return isAbort(error) ? [] : undefined;
  }
  return Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
}

/** The file again, by what is kept of it: the browser may ask the user first. Throws where it is gone or not allowed. */
export async function fileOf(handle: FileSystemFileHandle): Promise<File> {
  if ((await askAgain(handle, 'read')) === 'denied') throw new DOMException(handle.name, 'NotAllowedError');
  return handle.getFile();
}

export type SaveOutcome =
  /** `asked`: handed over as a download, and nobody knows whether it was kept. */
  | { readonly name: string; readonly file?: KnownFile; readonly asked?: true }
  /** Somebody else has written the file since this page last did: it was left alone. */
  | { readonly newer: string }
  | { readonly refusal: string }
  | undefined;

/**
 * Writes a text into a file it knows, or asks where to. undefined where the user thought better of it. `overwrites`: also
 * where somebody else has written it since.
 */
export async function saveText(
  text: string,
  suggestedName: string,
  known?: KnownFile,
  overwrites = false,
): Promise<SaveOutcome> {
  const pick = filePicker(() => suggestedName);
  if (known === undefined && pick === undefined) {
    downloadText(suggestedName, text);
    return { name: suggestedName, asked: true };
  }
  let handle = known?.handle;
  try {
    handle ??= await pick!();
    if (known !== undefined && !overwrites) {
      const { lastModified } = await handle.getFile();
      if (lastModified !== known.modified) return { newer: handle.name };
    }
    await replaceText(handle, text);
    const { lastModified } = await handle.getFile();
    return { name: handle.name, file: { handle, modified: lastModified } };
  } catch (error) {
    if (handle === undefined && isAbort(error)) return undefined;
    return { refusal: refusalOf(fileFaultOf(error), handle?.name ?? suggestedName) };
  }
}

function refusalOf(fault: FileFault, file: string): string {
  switch (fault) {
    case 'permission':
      return t`没有写入“${file}”：浏览器没有得到允许。请重新保存并选择“允许”，或另存为其他文件。`;
    case 'missing':
      return t`没有写入“${file}”：文件已被移动或删除。请另存为其他文件。`;
    case 'full':
      return t`没有写入“${file}”：磁盘已满。请清理后再试，或另存到其他磁盘。`;
    case 'locked':
      return t`没有写入“${file}”：文件正被其他程序占用。请关闭该程序后再试，或另存为其他文件。`;
    default:
      return t`没有写入“${file}”。请再试一次，或另存为其他文件。`;
  }
}
