/**
 * Reads a document beside the page's own thread, with a time limit; where no worker can be had, on the page's thread
 * after a paint. One file is both sides: the page imports it, and starts it once more as a worker. Knows no editor.
 */
import type { DocumentResult } from '../documents/document-reading.ts';
import { readDocument, type ClipboardSource, type FileSource } from '../documents/read-document.ts';

/** Milliseconds until a document is given up. */
const LIMIT = 20_000;

/** undefined where this is no file of its own: `carried-parts.ts` gives an address then. */
const OWN_ADDRESS: string | undefined = import.meta.url;

const TOO_SLOW: DocumentResult = { ok: false, refusal: { code: 'too-slow' } };

/** Told by the worker: that it runs, then what it read. */
type Told = { readonly runs: true } | { readonly result: DocumentResult };

export type ReadSource = FileSource | ClipboardSource;

if (typeof document === 'undefined') {
  const tell = (told: Told): void => (self as unknown as Worker).postMessage(told, []);
  self.addEventListener('message', (event: MessageEvent<ReadSource>) => {
    void readSafely(event.data).then((result) => tell({ result }));
  });
  tell({ runs: true });
}

/** Never rejects; `signal` gives the reading up. */
export async function readApart(
  source: ReadSource,
  signal: AbortSignal,
  address = OWN_ADDRESS ?? '',
  limit = LIMIT,
): Promise<DocumentResult> {
  const worker = startWorker(address);
  const told = worker && (await readIn(worker, source, signal, limit));
  if (told !== undefined) return told;
  // What says that it is reading has to be seen first.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return Promise.race([
    readSafely(source),
    new Promise<DocumentResult>((resolve) => setTimeout(() => resolve(TOO_SLOW), limit)),
  ]);
}

/** The policy by which a page that requires Trusted Types lets us have a worker. */
const POLICY = 'xxgk-annual-report';

interface AddressPolicy {
  createScriptURL(address: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: AddressPolicy): AddressPolicy;
  readonly defaultPolicy: unknown;
}

/** undefined before the first document; asked for once, because a page reports each refusal. */
let policy: AddressPolicy | 'refused' | undefined;

/** The address in the form the page takes. Throws where it takes none. */
function trusted(address: string): string {
  const { trustedTypes, xxgkScriptPolicy } = globalThis as {
    trustedTypes?: TrustedTypes;
    /** Of the classic script: a page lets a policy of one name be made once. */
    xxgkScriptPolicy?: AddressPolicy;
  };
  if (trustedTypes === undefined) return address;
  if (typeof xxgkScriptPolicy?.createScriptURL === 'function') policy = xxgkScriptPolicy;
  if (policy === undefined) {
    try {
      policy = trustedTypes.createPolicy(POLICY, { createScriptURL: (own) => own });
    } catch {
      policy = 'refused';
    }
  }
  if (policy !== 'refused') return policy.createScriptURL(address);
  // The page's own default policy may take it as it is.
  if (trustedTypes.defaultPolicy) return address;
  throw new Error(`The policy ${POLICY} is not allowed.`);
}

function startWorker(address: string): Worker | undefined {
  if (address === '' || typeof Worker === 'undefined') return undefined;
  try {
    // Given along is a classic script: from a page's memory no module starts where the page came from a disk (Chromium).
    return new Worker(trusted(address), { type: address === OWN_ADDRESS ? 'module' : 'classic' });
  } catch {
    // From another origin, by a policy, or in an old browser.
    return undefined;
  }
}

/** What the worker read; undefined where it never ran. */
function readIn(
  worker: Worker,
  source: ReadSource,
  signal: AbortSignal,
  limit: number,
): Promise<DocumentResult | undefined> {
  return new Promise((resolve) => {
    let runs = false;
    const end = (result: DocumentResult | undefined): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(result);
    };
    const timer = setTimeout(() => end(TOO_SLOW), limit);
    signal.addEventListener('abort', () => end(TOO_SLOW));
    if (signal.aborted) end(TOO_SLOW);
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if ('result' in data) end(data.result);
      else {
        runs = true;
        worker.postMessage(source, []);
      }
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      // One that ran and broke down took too much: the page's thread is not to try it as well.
      end(runs ? { ok: false, refusal: { code: 'too-large', what: 'unpacked' } } : undefined);
    });
  });
}

async function readSafely(source: ReadSource): Promise<DocumentResult> {
  try {
    return await readDocument(source);
  } catch (error) {
    console.error(error);
    return { ok: false, refusal: { code: 'damaged', found: '' } };
  }
}
