/**
 * The site without a network: registers its service worker, tells when all of it is on this computer, and offers a new
 * release, which is taken up only when a person says so. Absent on plain http and from a disk.
 */
import { lateParts } from '../elements/late-parts.ts';

export type OfflineState =
  /** No service worker can be had here: the page itself has to be reachable, or lie on a disk. */
  | 'none'
  | 'preparing'
  | 'ready'
  /** A newer release lies ready. */
  | 'update'
  /** Another tab has taken a newer release up. */
  | 'updated-elsewhere';

/** Says where it stands, at once and whenever that changes. Returns what takes the new release up. */
export function keepOffline(tell: (state: OfflineState) => void): () => void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!import.meta.env.SITE || workers === undefined) {
    tell('none');
    // Nothing of it comes again where the server is gone: what may be wanted is fetched while it is there.
    if (import.meta.env.SITE) void loaded().then(fetchLateParts);
    return () => undefined;
  }
  tell('preparing');
  let waiting: ServiceWorker | undefined;
  let isAsked = false;
  let isBehind = false;
  /** The first release takes over a page that it did not answer yet: nothing is newer by that. */
  let isControlled = workers.controller !== null;
  const look = (registration: ServiceWorkerRegistration): void => {
    if (isBehind) return;
    if (registration.waiting !== null && registration.active !== null) {
      waiting = registration.waiting;
      tell('update');
    } else if (registration.active !== null) tell('ready');
    else if (registration.installing === null && registration.waiting === null) tell('none');
  };
  // What the page needs for its first cell comes first.
  void loaded()
    .then(() => workers.register(new URL('service-worker.js', document.baseURI), { updateViaCache: 'none' }))
    .then(
      (registration) => {
        const follow = (): void => {
          const { installing } = registration;
          installing?.addEventListener('statechange', () => look(registration));
        };
        follow();
        look(registration);
        registration.addEventListener('updatefound', follow);
      },
      () => tell('none'),
    );
  workers.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
    else if (isControlled) {
      isBehind = true;
      tell('updated-elsewhere');
    }
    isControlled = true;
  });
  return () => {
    isAsked = true;
    waiting?.postMessage('take-over', []);
  };
}

async function loaded(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

function fetchLateParts(): void {
  const { documents: _documents, english: _english, ...parts } = lateParts;
  for (const fetchPart of Object.values(parts)) void fetchPart().catch(() => undefined);
}
