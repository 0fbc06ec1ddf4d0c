// Real keys, mouse and clipboard for tests that run in a page, the same in Chromium and Firefox.
// Each call resolves once the browser has taken the input; it does not wait for what the page makes of it.

import { executeServerCommand } from '@web/test-runner-commands';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Target = Element | Point;

export const browserName: 'chromium' | 'firefox' = navigator.userAgent.includes('Firefox')
  ? 'firefox'
  : 'chromium';

async function command<T>(name: string, payload: unknown): Promise<T> {
  const { value } = await executeServerCommand<{ value: T }, unknown>(`real:${name}`, payload);
  return value;
}

/** The middle of an element, scrolled into view, or the point itself, in CSS pixels of the viewport. */
function pointOf(target: Target): Point {
  if (!(target instanceof Element)) return { x: target.x, y: target.y };
  let { left, top, width, height } = target.getBoundingClientRect();
  if (top < 0 || left < 0 || top + height > innerHeight || left + width > innerWidth) {
    target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    ({ left, top, width, height } = target.getBoundingClientRect());
  }
  return { x: left + width / 2, y: top + height / 2 };
}

/** One key or a combination, with `KeyboardEvent.key` names: `Enter`, `a`, `Control+c`, `Control+Shift+z`. */
export function press(combo: string, times = 1): Promise<void> {
  return command('press', { combo, times });
}

/** Holds a key down, e.g. a modifier while the mouse does something; `release` lets it go. */
export function hold(key: string): Promise<void> {
  return command('hold', { key, down: true });
}

export function release(key: string): Promise<void> {
  return command('hold', { key, down: false });
}

/** Types text key by key; what no key has (Chinese) is inserted as an input method would. */
export function type(text: string): Promise<void> {
  return command('type', { text });
}

export interface ClickOptions {
  /** 2 is a double click. */
  readonly count?: number;
  readonly button?: 'left' | 'right' | 'middle';
  readonly modifiers?: readonly ('Shift' | 'Control' | 'Alt' | 'Meta')[];
}

export function click(target: Target, options: ClickOptions = {}): Promise<void> {
  const { count = 1, button = 'left', modifiers = [] } = options;
  return command('click', { ...pointOf(target), count, button, modifiers });
}

export function clickAt(x: number, y: number, options?: ClickOptions): Promise<void> {
  return click({ x, y }, options);
}

/** Moves the mouse over a target without pressing. */
export function hover(target: Target): Promise<void> {
  return command('move', pointOf(target));
}

export function drag(from: Target, to: Target): Promise<void> {
  const start = pointOf(from);
  return command('drag', { from: start, to: pointOf(to) });
}

/** The viewport is 1280 × 900 at the start of each file. */
export function viewport(width: number, height: number): Promise<void> {
  return command('viewport', { width, height });
}

/**
 * Chromium only: `media({ type: 'print' })`, or features such as `prefers-reduced-motion`, `forced-colors`, until the next
 * call; `media({})` takes all back.
 */
export function media(options: {
  readonly type?: 'print' | 'screen';
  readonly features?: readonly { readonly name: string; readonly value: string }[];
}): Promise<void> {
  return command('media', options);
}

/** Puts text, and HTML where given, on the real clipboard; paste it with `press('Control+v')`. */
export async function fillClipboard(text: string, html?: string): Promise<void> {
  const items: Record<string, Blob> = { 'text/plain': new Blob([text], { type: 'text/plain' }) };
  if (html !== undefined) items['text/html'] = new Blob([html], { type: 'text/html' });
  await navigator.clipboard.write([new ClipboardItem(items)]);
}

/** What is on the real clipboard; the browser has passed the HTML through its own cleaning. */
export async function readClipboard(): Promise<{ text: string; html: string }> {
  const read = { text: '', html: '' };
  for (const item of await navigator.clipboard.read()) {
    if (item.types.includes('text/plain')) read.text = await (await item.getType('text/plain')).text();
    if (item.types.includes('text/html')) read.html = await (await item.getType('text/html')).text();
  }
  return read;
}

/** Chromium only: a command of the Chrome DevTools Protocol, e.g. `Input.imeSetComposition`. */
export function cdp<T = unknown>(method: string, params: object = {}): Promise<T> {
  return command('cdp', { method, params });
}

/**
 * A frame and a task behind it: everything a microtask, a Lit update, a frame callback or a task that it set off had to do
 * is done and laid out.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
