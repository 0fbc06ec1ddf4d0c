/** What the element of the findings is to the parts that it places. */
import type { ReactiveControllerHost } from 'lit';
import type { Session } from '../report/session.ts';

export interface FindingsOwner extends ReactiveControllerHost, EventTarget {
  readonly session: Session | undefined;
  /** Nothing may be changed from here. */
  readonly locked: boolean;
  readonly isConnected: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
}
