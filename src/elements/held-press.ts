/**
 * Nothing moves under a mouse button that is held. A press beside an open cell ends the edit; what is then to be drawn (a
 * finding, a line of status more) could push what was aimed at, also the 保存 of the page around, from under the mouse
 * before the button is let go, and that click would be lost.
 */

import type { LitElement } from 'lit';

/** A release may go unseen, as over a menu of the system: nothing waits longer, in milliseconds. */
const PATIENCE = 1_000;

let isWatching = false;
let release: (() => void) | undefined;
let released: Promise<void> | undefined;

/** Draws an element at once where no button is held, and when it is let go. What was never drawn is under no mouse. */
export function onceStill({ hasUpdated }: LitElement, draw: () => unknown): void | Promise<void> {
  if (!isWatching) {
    isWatching = true;
    addEventListener('pointerdown', onPress, true);
    for (const name of ['pointerup', 'pointercancel']) addEventListener(name, onRelease, true);
    addEventListener('click', () => release?.());
  }
  if (hasUpdated && released !== undefined) return released.then(() => void draw());
  draw();
}

function onPress(): void {
  release?.();
  const press = new Promise<void>((resolve) => {
    release = () => {
      if (released === press) released = undefined;
      resolve();
    };
    setTimeout(release, PATIENCE);
  });
  released = press;
}

/** Where no click comes of it, or is kept from us; one comes in the same task. */
function onRelease(): void {
  if (release !== undefined) setTimeout(release);
}
