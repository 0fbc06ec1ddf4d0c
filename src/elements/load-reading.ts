/** Fetches the reading of reports when the first one is to be read. Knows what is loaded, and reads nothing itself. */
import { zh } from '../format/language.ts';
import { lateParts } from './late-parts.ts';
import type * as reading from './reading.ts';

type Reader = typeof reading;

/** What is said where the reading cannot be loaded. */
export const MISSING_READER = zh`程序没有完整载入（缺少读取报告的部分），未读取。请刷新本页后再试。`;

let loaded: Reader | undefined;

/** The reader where it is here already: then a value set by a script is read at once. */
export function loadedReader(): Reader | undefined {
  return loaded;
}

/** Fetched once: the browser keeps it. Rejects where it cannot be; the next call tries again. */
export async function loadReader(): Promise<Reader> {
  return (loaded = await lateParts.reading());
}
