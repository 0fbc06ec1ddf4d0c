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
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  const usable = (editor) =>
    [...(editor.shadowRoot?.querySelectorAll('xxgk-report-table') ?? [])].some((table) =>
      [...(table.shadowRoot?.querySelectorAll('td input:not([readonly])') ?? [])].some(
        (input) => input.getClientRects().length > 0,
      ),
    );
  const done = new Set();
  const frame = () => {
    for (const [editor, at] of came) {
      if (done.has(editor) || !usable(editor)) continue;
      done.add(editor);
      const start = Math.max(tag ?? 0, at);
      // A message posted in a frame callback is delivered when that frame has been painted.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.usableAfter.push(performance.now() - start);
      channel.port2.postMessage(null);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;

/** Of the editor that became usable last in this page or frame. */
export async function usableAfter(frame: Frame): Promise<number> {
  const measured = await frame.evaluate(() => window.usableAfter);
  const last = measured.at(-1);
  if (last === undefined) throw new Error('No editor became usable.');
  return last;
}
