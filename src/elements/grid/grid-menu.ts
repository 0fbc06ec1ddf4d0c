/**
 * A menu at a point of the screen, by mouse and by keyboard. Knows its items and who to tell that it closed; knows no
 * grid. It stands in the root of its container, so that the host's style sheets reach it no more than the rest.
 */

import { t } from './grid-words.ts';

export interface GridMenuItem {
  readonly label: string;
  /** The keys that do the same. */
  readonly keys: string;
  /** Left out where the item only tells the keys. */
  readonly run?: () => void;
}

export class GridMenu {
  private readonly element = document.createElement('div');
  private readonly runs = new Map<Element, GridMenuItem['run']>();
  private isOpen = false;

  constructor(
    private readonly container: HTMLElement,
    /** The keyboard has nowhere to be; called before an item runs. */
    private readonly closed: () => void,
  ) {
    const { element } = this;
    element.className = 'grid-menu';
    element.setAttribute('role', 'menu');
    element.addEventListener('keydown', (event) => this.onKey(event));
    element.addEventListener('mousedown', (event) => event.preventDefault());
    element.addEventListener('mouseover', (event) =>
      this.itemOf(event.target)?.focus({ preventScroll: true }),
    );
    element.addEventListener('click', (event) => this.choose(this.itemOf(event.target)));
    element.addEventListener('contextmenu', (event) => event.preventDefault());
    element.addEventListener('focusout', (event) => {
      if (!element.contains(event.relatedTarget as Node | null)) this.remove();
    });
  }

  /** `undefined` separates groups. */
  open(items: readonly (GridMenuItem | undefined)[], x: number, y: number): void {
    this.remove();
    this.element.setAttribute('aria-label', t`单元格操作`);
    this.element.lang = t`zh-CN`;
    this.runs.clear();
    this.element.replaceChildren(...items.map((item) => this.draw(item)));
    this.container.append(this.element);
    this.isOpen = true;
    this.placeAt(x, y);
    this.items[0]?.focus({ preventScroll: true });
  }

  get hasKeyboard(): boolean {
    return this.isOpen && this.element.contains((this.element.getRootNode() as ShadowRoot).activeElement);
  }

  /** Closes without a word. */
  remove(): void {
    if (!this.isOpen) return;
    // Removing a focused item says again that the focus left.
    this.isOpen = false;
    this.element.remove();
  }

  private draw(item: GridMenuItem | undefined): HTMLElement {
    const drawn = document.createElement('div');
    if (item === undefined) {
      drawn.setAttribute('role', 'separator');
      return drawn;
    }
    drawn.setAttribute('role', 'menuitem');
    drawn.tabIndex = -1;
    const keys = document.createElement('span');
    keys.className = 'keys';
    keys.textContent = item.keys;
    const label = document.createElement('span');
    label.textContent = item.label;
    drawn.append(label, keys);
    if (item.run === undefined) drawn.setAttribute('aria-disabled', 'true');
    this.runs.set(drawn, item.run);
    return drawn;
  }

  /** An ancestor with a transform moves the origin of fixed places, or scales them: so both are measured, not assumed. */
  private placeAt(x: number, y: number): void {
    const { element } = this;
    const { style } = element;
    const tried = (at: number): DOMRect => {
      style.left = style.top = `${String(at)}px`;
      return element.getBoundingClientRect();
    };
    const far = tried(100);
    const { left, top, width, height } = tried(0);
    const scale = (far.left - left) / 100 || 1;
    const within = (at: number, size: number, room: number): number => Math.max(0, Math.min(at, room - size));
    style.left = `${String((within(x, width, window.innerWidth) - left) / scale)}px`;
    style.top = `${String((within(y, height, window.innerHeight) - top) / scale)}px`;
  }

  private get items(): HTMLElement[] {
    return Array.from(this.element.querySelectorAll<HTMLElement>('[role="menuitem"]'));
  }

  private itemOf(target: EventTarget | null): HTMLElement | null {
    return target instanceof Element ? target.closest<HTMLElement>('[role="menuitem"]') : null;
  }

  private onKey(event: KeyboardEvent): void {
    // Neither the page nor a dialog around us is meant.
    event.stopPropagation();
    const { items } = this;
    const at = items.indexOf(this.itemOf(event.target)!);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (next !== undefined) items[(next + items.length) % items.length]!.focus();
    else if (event.key === 'Enter' || event.key === ' ') this.choose(items[at]);
    else if (event.key === 'Escape' || event.key === 'Tab') this.close();
    else if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
  }

  private choose(item: HTMLElement | null | undefined): void {
    const run = item ? this.runs.get(item) : undefined;
    if (run === undefined) return;
    this.close();
    run();
  }

  private close(): void {
    this.remove();
    this.closed();
  }
}
