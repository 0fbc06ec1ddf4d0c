/**
 * Entry of the site's service worker: puts every file of one release on this computer, whole or not at all, and answers
 * from there. A new release waits until a page asks for it. The build sets the release and its files.
 */
interface Release {
  /** A digest over all files. */
  readonly version: string;
  /** Digests as `integrity` wants them, by path within the site. */
  readonly files: Readonly<Record<string, string>>;
}

declare const RELEASE: Release;

interface Worker extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}

interface Extendable extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const worker = self as unknown as Worker;
const { scope } = worker.registration;
/** Two sites of one origin have one storage. */
const PREFIX = `xxgk-annual-report ${scope} `;
const CACHE = PREFIX + RELEASE.version;
const HOME = 'index.html';
/** Of whoever puts the site up: no part of a release, and the newest counts. */
const CONFIGURATION = 'configuration.json';

const addressOf = (path: string): string => new URL(path, scope).href;

worker.addEventListener('install', (event) => {
  (event as Extendable).waitUntil(
    (async () => {
      const isNew = !(await caches.has(CACHE));
      try {
        const cache = await caches.open(CACHE);
        await Promise.all(
          Object.entries(RELEASE.files).map(async ([path, integrity]) => {
            // The network's word counts, not that of a cache on the way, and only where it is this release to the letter.
            const answer = await fetch(new Request(addressOf(path), { cache: 'reload', integrity }));
            if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
            await cache.put(addressOf(path), await asOwn(answer));
          }),
        );
        // Whoever sends without a network has a choice of names too.
        await configuration(new Request(addressOf(CONFIGURATION))).catch(() => undefined);
      } catch (error) {
        // One that a tab may be running stays.
        if (isNew) await caches.delete(CACHE);
        throw error;
      }
    })(),
  );
});

/** A server may lead index.html to the folder; no browser takes such an answer for a page. */
async function asOwn(answer: Response): Promise<Response> {
  return answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
}

/** In the cache of a release that was taken up. */
const TAKEN_UP = addressOf('taken-up');

worker.addEventListener('activate', (event) => {
  (event as Extendable).waitUntil(
    (async () => {
      const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      const ran = await Promise.all(
        others.map(async (name) => (await (await caches.open(name)).match(TAKEN_UP)) !== undefined),
      );
      // A tab that still runs the release before may want its late parts; one that was passed over runs nowhere.
      const before = others.filter((_name, index) => ran[index]).slice(-1);
      await Promise.all(others.filter((name) => !before.includes(name)).map((name) => caches.delete(name)));
      await (await caches.open(CACHE)).put(TAKEN_UP, new Response(''));
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event as Fetching;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const [path = ''] = request.url.slice(scope.length).split(/[?#]/);
  const file = path === '' ? HOME : path;
  (event as Fetching).respondWith(
    (async () => {
      if (file === CONFIGURATION) return configuration(request);
      return (await kept(addressOf(file))) ?? fetch(request);
    })(),
  );
});

/** What this release keeps at an address, or else one before it. */
async function kept(address: string): Promise<Response | undefined> {
  let found = await (await caches.open(CACHE)).match(address);
  if (found !== undefined) return found;
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX)) found ??= await (await caches.open(name)).match(address);
  return found;
}

/** Milliseconds until the copy of before is taken. */
const PATIENCE = 4_000;

async function configuration(request: Request): Promise<Response> {
  const address = addressOf(CONFIGURATION);
  const cache = await caches.open(CACHE);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(request.url, { cache: 'no-cache', signal: patience.signal });
    if (answer.status === 404 || answer.status === 410) {
      await cache.delete(address);
      return answer;
    }
    // The page that asks for a password is no configuration.
    const text = await answer.text();
    if (!answer.ok || !isObject(text)) throw new Error(`${CONFIGURATION}: ${answer.status}`);
    await cache.put(address, new Response(text, { headers: { 'content-type': 'application/json' } }));
    return new Response(text);
  } catch (error) {
    const before = await kept(address);
    if (before !== undefined) return before;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
