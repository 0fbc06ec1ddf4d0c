/**
 * The site without a network: registers its service worker, tells when all of it is on this computer, and offers a new
 * release, which is taken up only when a person says so. Absent on plain http and from a disk.
 */

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
    return () => undefined;
  }
  tell('preparing');
  let waiting: ServiceWorker | undefined;
  let isAsked = false;
  const isFirst = workers.controller === null;
  let isBehind = false;
  const look = (registration: ServiceWorkerRegistration): void => {
    if (isBehind) return;
    if (registration.waiting !== null && registration.active !== null) {
      waiting = registration.waiting;
      tell('update');
    } else if (registration.active !== null) tell('ready');
  };
  // What the page needs for its first cell comes first.
  void loaded()
    .then(() => workers.register(new URL('service-worker.js', document.baseURI), { updateViaCache: 'none' }))
    .then(
      (registration) => {
        look(registration);
        registration.addEventListener('updatefound', () => {
          const { installing } = registration;
          installing?.addEventListener('statechange', () => look(registration));
        });
      },
      () => tell('none'),
    );
  workers.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
    else if (!isFirst) {
      isBehind = true;
      tell('updated-elsewhere');
    }
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
