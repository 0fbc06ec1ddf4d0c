/** What the element of the findings is to the parts that it places, and when they draw. */
import type { ReactiveControllerHost } from 'lit';
import type { Session } from '../report/session.ts';

export interface FindingsOwner extends ReactiveControllerHost, EventTarget {
  readonly session: Session | undefined;
  /** Nothing may be changed from here. */
  readonly locked: boolean;
  readonly isConnected: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** Draws after the paint: once, however often it is asked by then, and not where the owner has left the page. */
export function afterPaint(owner: FindingsOwner, draw: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        waiting = false;
        if (owner.isConnected) draw();
      }),
    );
  };
}
