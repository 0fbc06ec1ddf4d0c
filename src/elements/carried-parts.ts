/**
 * What reads documents, and the English texts, in the page that is one file: carried inside it, packed, as scripts that a
 * browser takes for mere data, until they are needed. What reads documents then becomes a worker, and where none starts,
 * like the texts, a script of the page, which the page's policy knows by its digest. The build puts this in the place of
 * `document-worker.ts`, of `english.ts` and, within what is carried, of `pdf-pages.ts`.
 */
import type { DocumentResult } from '../documents/document-reading.ts';
import type * as pdfPages from '../documents/pdf-pages.ts';
import { hasPdfMark } from '../documents/pdf-mark.ts';
import { zh, type Translation } from '../format/language.ts';
import type * as documentWorker from './document-worker.ts';
import type * as englishTexts from './english.ts';
import { unpackedBytes } from './packed-text.ts';

/** What each part leaves behind when it has run, under the name of the element that carries it. */
interface Parts {
  readonly XxgkDocuments: typeof documentWorker;
  readonly XxgkPdf: typeof pdfPages;
  readonly XxgkEnglish: typeof englishTexts;
}

const surroundings = globalThis as unknown as Partial<Parts>;

const texts = new Map<keyof Parts, Promise<string>>();
const addresses = new Map<string, Promise<string>>();

/** As `readApart` of `document-worker.ts`: it never rejects. */
export async function readApart(
  source: documentWorker.ReadSource,
  signal: AbortSignal,
): Promise<DocumentResult> {
  try {
    const documents = await run('XxgkDocuments');
    const isPdf = 'bytes' in source && hasPdfMark(source.bytes);
    const address = await addressOf(isPdf ? ['XxgkPdf', 'XxgkDocuments'] : ['XxgkDocuments']).catch(() => '');
    return await documents.readApart(source, signal, address);
  } catch (error) {
    console.error(error);
    return { ok: false, refusal: { code: 'not-loaded', found: zh`文档` } };
  }
}

/** As `readPdfPages` of `pdf-pages.ts`, which a worker has been given along; the page's thread takes it now. */
export async function readPdfPages(bytes: Uint8Array): Promise<pdfPages.PdfReading> {
  return (await run('XxgkPdf')).readPdfPages(bytes);
}

/** As `english` of `english.ts`. */
export async function english(): Promise<Translation> {
  return (await run('XxgkEnglish')).english();
}

async function run<Name extends keyof Parts>(name: Name): Promise<Parts[Name]> {
  if (surroundings[name] === undefined) {
    const script = document.createElement('script');
    script.textContent = await textOf(name);
    document.head.append(script);
    script.remove();
  }
  const part = surroundings[name];
  if (part === undefined) throw new Error(`${name} did not run.`);
  return part as Parts[Name];
}

/** Where a worker finds these parts, one behind the other. */
function addressOf(names: readonly (keyof Parts)[]): Promise<string> {
  return once(addresses, names.join(), async () =>
    URL.createObjectURL(new Blob(await Promise.all(names.map(textOf)), { type: 'text/javascript' })),
  );
}

function textOf(name: keyof Parts): Promise<string> {
  return once(texts, name, async () => {
    // The page is drawn before all of it has come.
    if (document.readyState === 'loading')
      await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
    const packed = document.querySelector(`script[data-part="${name}"]`);
    if (packed === null) throw new Error(`${name} is not in the page.`);
    const bytes = unpackedBytes(packed.textContent!);
    // It fails where a single bit is not as it was packed.
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(unpacked).text();
  });
}

/** What was made is kept, a failure is not. */
function once<Key>(kept: Map<Key, Promise<string>>, key: Key, make: () => Promise<string>): Promise<string> {
  let made = kept.get(key);
  if (made === undefined) {
    made = make();
    made.catch(() => kept.delete(key));
    kept.set(key, made);
  }
  return made;
}
