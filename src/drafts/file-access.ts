/**
 * A file of the user's computer, chosen and written by a page where the browser lets it (File System Access): by a swap
 * file of the browser, which takes the place of the chosen one only with close(). Knows nothing of what is in it.
 */
import { t } from '../format/language.ts';
import { nameOf } from './draft-database.ts';

/**
 * Why a file was not written. `permission`: not, or no longer, allowed; `missing`: moved or deleted; `full`: no room;
 * `locked`: another program holds it; `storage`: any other fault.
 */
export type FileFault = 'permission' | 'missing' | 'full' | 'locked' | 'storage';

export function fileFaultOf(error: unknown): FileFault {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permission';
    case 'NotFoundError':
      return 'missing';
    case 'QuotaExceededError':
      return 'full';
    case 'NoModificationAllowedError':
      return 'locked';
    default:
      return 'storage';
  }
}

/** The user thought better of choosing a file. */
export const isAbort = (error: unknown): boolean => nameOf(error) === 'AbortError';

interface PickerWindow {
  readonly showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle>;
}

/** Asks the user where to; undefined where the browser cannot (Firefox, plain http). */
export function filePicker(suggestedName: () => string): (() => Promise<FileSystemFileHandle>) | undefined {
  const page = window as PickerWindow;
  if (typeof page.showSaveFilePicker !== 'function') return undefined;
  return () =>
    page.showSaveFilePicker!({
      suggestedName: suggestedName(),
      types: [{ description: t`年报数据文件`, accept: { 'application/json': ['.json'] } }],
    });
}

/** Beyond the standard: the permission of a file that was picked can be asked for again. */
interface AskingHandle {
  readonly requestPermission?: (options: { readonly mode: 'read' | 'readwrite' }) => Promise<PermissionState>;
}

/** Asks the user for a file that was picked before, by a click; what the browser cannot ask is left to whoever reads or writes. */
export async function askAgain(
  handle: FileSystemFileHandle,
  mode: 'read' | 'readwrite',
): Promise<PermissionState | undefined> {
  return (handle as unknown as AskingHandle).requestPermission?.({ mode });
}

export async function replaceText(handle: FileSystemFileHandle, text: string): Promise<void> {
  const stream = await handle.createWritable();
  try {
    await stream.write(text);
    // Only now does the swap file become the file.
    await stream.close();
  } catch (error) {
    // Drops the swap file and lets go of the lock.
    await stream.abort().catch(() => {});
    throw error;
  }
}
