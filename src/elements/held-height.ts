/**
 * What is around an element does not move while a button of the mouse is held on it. A press beside an open cell ends the
 * edit; what is then drawn (a finding, a line of status more) pushed the page's own 保存 from under the mouse before the
 * button was let go, and that click was lost. Inside the element everything is drawn as ever.
 */
import type { LitElement, ReactiveController } from 'lit';

/** A finger's click comes after it is lifted; milliseconds. */
const CLICK_COMES = 300;
/** A release may go unseen, as over a menu of the system; milliseconds. */
const PATIENCE = 1_000;

export class HeldHeight implements ReactiveController {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `isPart`: it stands in another element of ours, which holds its own height. */
  constructor(
    private readonly host: LitElement,
    private readonly isPart: () => boolean,
  ) {}

  /** All that is drawn. */
  get #box(): HTMLElement {
    return this.host.renderRoot as HTMLElement;
  }

  hostConnected(): void {
    addEventListener('pointerdown', this.#hold, true);
  }

  hostDisconnected(): void {
    removeEventListener('pointerdown', this.#hold, true);
    this.#release();
  }

  readonly #hold = (event: Event): void => {
    this.#release();
    const { host } = this;
    if (!host.hasUpdated || this.isPart() || event.composedPath().includes(host)) return;
    const box = this.#box;
    box.style.height = getComputedStyle(box).height;
    box.style.overflowY = 'clip';
    this.#timer = setTimeout(this.#release, PATIENCE);
    addEventListener('click', this.#release);
    addEventListener('pointerup', this.#letGo, true);
    addEventListener('pointercancel', this.#letGo, true);
  };

  readonly #letGo = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#release, CLICK_COMES);
  };

  readonly #release = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    removeEventListener('click', this.#release);
    removeEventListener('pointerup', this.#letGo, true);
    removeEventListener('pointercancel', this.#letGo, true);
    const { style } = this.#box;
    style.height = '';
    style.overflowY = '';
  };
}
