/**
 * Files as a page can have them: chosen and written in their place where the browser lets it (File System Access),
 * else chosen in a field and handed over as downloads. Knows nothing of what is in them.
 */
import { downloadText } from '../elements/download.ts';
import { t } from '../format/language.ts';
import type { KnownFile } from './report-tab.ts';

export interface OpenedFile {
  readonly file: File;
  readonly handle?: FileSystemFileHandle;
}

interface FilePage {
  showOpenFilePicker?(options: object): Promise<readonly FileSystemFileHandle[]>;
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>;
}

interface Permitted {
  requestPermission?(options: object): Promise<PermissionState>;
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
    return nameOf(error) === 'AbortError' ? [] : undefined;
  }
  return Promise.all(handles.map(async (handle) => ({ file: await handle.getFile(), handle })));
}

/** The file again, by what is kept of it: the browser may ask the user first. Throws where it is gone or not allowed. */
export async function fileOf(handle: FileSystemFileHandle): Promise<File> {
  const permitted = handle as unknown as Permitted;
  const answer = await permitted.requestPermission?.({ mode: 'read' });
  if (answer === 'denied') throw new DOMException(handle.name, 'NotAllowedError');
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
  if (known === undefined && typeof page.showSaveFilePicker !== 'function') {
    downloadText(suggestedName, text);
    return { name: suggestedName, asked: true };
  }
  let handle: FileSystemFileHandle;
  try {
    handle =
      known?.handle ??
      (await page.showSaveFilePicker!({
        suggestedName,
        types: [{ description: t`年报数据文件`, accept: { 'application/json': ['.json'] } }],
      }));
  } catch (error) {
    const name = nameOf(error);
    return name === 'AbortError' ? undefined : { refusal: refusalOf(name, suggestedName) };
  }
  try {
    if (known !== undefined && !overwrites) {
      const { lastModified } = await handle.getFile();
      if (lastModified !== known.modified) return { newer: handle.name };
    }
    // A swap file of the browser, which takes the place of the file only when all of it is written.
    const stream = await handle.createWritable();
    await stream.write(text);
    await stream.close();
    const { lastModified } = await handle.getFile();
    return { name: handle.name, file: { handle, modified: lastModified } };
  } catch (error) {
    return { refusal: refusalOf(nameOf(error), handle.name) };
  }
}

const nameOf = (error: unknown): string => (error instanceof DOMException ? error.name : '');

function refusalOf(error: string, file: string): string {
  switch (error) {
    case 'NotAllowedError':
    case 'SecurityError':
      return t`没有写入“${file}”：浏览器没有得到允许。请重新保存并选择“允许”，或另存为其他文件。`;
    case 'NotFoundError':
      return t`没有写入“${file}”：文件已被移动或删除。请另存为其他文件。`;
    case 'QuotaExceededError':
      return t`没有写入“${file}”：磁盘已满。请清理后再试，或另存到其他磁盘。`;
    case 'NoModificationAllowedError':
      return t`没有写入“${file}”：文件正被其他程序占用。请关闭该程序后再试，或另存为其他文件。`;
    default:
      return t`没有写入“${file}”。请再试一次，或另存为其他文件。`;
  }
}
