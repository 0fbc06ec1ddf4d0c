/**
 * How long a clerk waits: from the script tag (or from the moment the element came into the page, where that was later)
 * to a painted cell that can be typed into. Runs in every page and frame before anything of theirs.
 */
import type { Frame } from 'puppeteer-core';

declare global {
  interface Window {
    /** Milliseconds, one entry per editor that became usable, in that order. */
    usableAfter: number[];
  }
}

export const MEASURE_USABLE = `(() => {
  window.usableAfter = [];
  let tag;
  const came = new Map();
  const look = () => {
    const now = performance.now();
    if (tag === undefined && document.querySelector('script[src*="xxgk-annual-report"]') !== null) tag = now;
    for (const editor of document.querySelectorAll('xxgk-annual-report'))
      if (!came.has(editor)) came.set(editor, now);
  };
  // A frame may get its document after this ran.
  let observed;
  const observe = () => {
    if (observed === document) return;
    observed = document;
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    look();
  };
  const usable = (editor) =>
    [...(editor.shadowRoot?.querySelectorAll('xxgk-report-table') ?? [])].some((table) =>
      [...(table.shadowRoot?.querySelectorAll('td input:not([readonly])') ?? [])].some(
        (input) => input.getClientRects().length > 0,
      ),
    );
  const done = new Set();
  const watch = () => {
    observe();
    for (const [editor, at] of came) {
      if (done.has(editor) || !usable(editor)) continue;
      done.add(editor);
      const start = Math.max(tag ?? 0, at);
      requestAnimationFrame(() => {
        // A message posted in a frame callback is delivered when that frame has been painted.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.usableAfter.push(performance.now() - start);
        channel.port2.postMessage(null);
      });
    }
  };
  watch();
  setInterval(watch, 5);
})()`;

/** Of the editor that became usable last in this page or frame; waits for it. */
export async function usableAfter(frame: Frame): Promise<number> {
  const end = Date.now() + 10_000;
  for (;;) {
    const last = (await frame.evaluate(() => window.usableAfter)).at(-1);
    if (last !== undefined) return last;
    if (Date.now() > end) throw new Error('No editor became usable.');
    await new Promise((done) => setTimeout(done, 50));
  }
}
