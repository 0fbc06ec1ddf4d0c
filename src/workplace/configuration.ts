/**
 * What whoever puts the page up has written down for it: in the page itself, or, for the site, in a file beside it, which
 * may be changed without a build. Knows no member of it.
 */

/** Where the site looks. */
const FILE = 'configuration.json';

/** Milliseconds until it is done without. */
const PATIENCE = 5_000;

let asked: Promise<string> | undefined;

/** A text that should be JSON; '' where there is none. Never rejects; a failure is tried again by the next who asks. */
export function configurationText(): Promise<string> {
  asked ??= look().catch(() => {
    asked = undefined;
    return '';
  });
  return asked;
}

async function look(): Promise<string> {
  const inside = document.querySelector('#xxgk-configuration')?.textContent ?? '';
  if (inside.trim() !== '' || !import.meta.env.SITE) return inside;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(new URL(FILE, document.baseURI), {
      cache: 'no-cache',
      signal: patience.signal,
    });
    if (answer.ok) return await answer.text();
    if (answer.status === 404 || answer.status === 410) return '';
    throw new Error(`${FILE}: ${answer.status}`);
  } finally {
    clearTimeout(timer);
  }
}
