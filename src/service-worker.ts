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
    caches.open(CACHE).then(async (cache) => {
      // The network's word counts, not that of a cache on the way, and only where it is this release to the letter.
      const requests = Object.entries(RELEASE.files).map(
        ([path, integrity]) => new Request(addressOf(path), { cache: 'reload', integrity }),
      );
      try {
        await cache.addAll(requests);
        // Whoever sends without a network has a choice of names too.
        await cache.add(addressOf(CONFIGURATION)).catch(() => undefined);
      } catch (error) {
        await caches.delete(CACHE);
        throw error;
      }
    }),
  );
});

worker.addEventListener('activate', (event) => {
  (event as Extendable).waitUntil(
    (async () => {
      const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
      // A tab that still runs the release before may want its late parts.
      const before = own.filter((name) => name !== CACHE).slice(-1);
      await Promise.all(
        own.filter((name) => name !== CACHE && !before.includes(name)).map((name) => caches.delete(name)),
      );
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
      const kept = await (await caches.open(CACHE)).match(addressOf(file));
      if (kept !== undefined) return kept;
      for (const name of await caches.keys()) {
        if (!name.startsWith(PREFIX)) continue;
        const older = await (await caches.open(name)).match(addressOf(file));
        if (older !== undefined) return older;
      }
      return fetch(request);
    })(),
  );
});

async function configuration(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(addressOf(CONFIGURATION), answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(addressOf(CONFIGURATION));
    if (kept !== undefined) return kept;
    throw error;
  }
}
