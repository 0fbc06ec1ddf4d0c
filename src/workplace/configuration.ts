/**
 * What whoever puts the page up has written down for it: in the page itself, or, for the site, in a file beside it, which
 * may be changed without a build. Knows no member of it.
 */

/** Where the site looks. */
const FILE = 'configuration.json';

let asked: Promise<string> | undefined;

/** A text that should be JSON; '' where there is none. Never rejects. */
export function configurationText(): Promise<string> {
  asked ??= look();
  return asked;
}

async function look(): Promise<string> {
  const inside = document.querySelector('#xxgk-configuration')?.textContent ?? '';
  if (inside.trim() !== '' || !import.meta.env.SITE) return inside;
  try {
    const answer = await fetch(new URL(FILE, document.baseURI), { cache: 'no-cache' });
    return answer.ok ? await answer.text() : '';
  } catch {
    return '';
  }
}
