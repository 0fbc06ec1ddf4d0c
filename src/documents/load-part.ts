/** A part of the program that cannot be fetched is said to be that, whatever the browser calls it. */
import { UnreadableSource } from './source-document.ts';

/** `found` is what the part was to read, in the words of the refusal. */
export async function loaded<Module>(module: Promise<Module>, found: string): Promise<Module> {
  try {
    return await module;
  } catch {
    throw new UnreadableSource({ code: 'not-loaded', found });
  }
}
