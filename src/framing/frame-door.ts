/**
 * The frame's side of the channel: who may embed this page, and the first message. Nothing is shown and nothing is read
 * of a report before a page that may has handed over a port.
 */
import { HELLO, readMessage, written, type MessageOf, type READY } from './messages.ts';

export type Hello = Extract<MessageOf<typeof HELLO>, { type: 'hello' }>;

/** The attributes of the element that a page may set; `name`, `for`, `value` and its own warning are the page's affair. */
export const ATTRIBUTES: readonly string[] = [
  ...['required', 'readonly', 'disabled', 'format', 'organization', 'year', 'deadline', 'rules'],
  ...['draft', 'draft-key', 'draft-days', 'tenant', 'user', 'grid', 'license-key', 'enter-moves'],
  ...['theme', 'density', 'lang', 'no-submit', 'submit-label', 'whole-page'],
];

/**
 * The origins in a list separated by white space, each as a browser writes it; what is no origin (a pattern, a path, an
 * opaque one) is left out and told apart.
 */
export function readOrigins(list: string): {
  readonly origins: ReadonlySet<string>;
  readonly wrong: readonly string[];
} {
  const origins = new Set<string>();
  const wrong: string[] = [];
  for (const word of list.split(/\s+/).filter((one) => one !== '')) {
    const origin = originOf(word);
    if (origin === undefined) wrong.push(word);
    else origins.add(origin);
  }
  return { origins, wrong };
}

function originOf(word: string): string | undefined {
  try {
    const { origin, protocol, pathname, search, hash, username } = new URL(word);
    const isPlain =
      pathname === '/' && search === '' && hash === '' && username === '' && !word.includes('*');
    return isPlain && (protocol === 'https:' || protocol === 'http:') ? origin : undefined;
  } catch {
    return undefined;
  }
}

export interface Door {
  /** Origins that may embed this page, beside its own. */
  readonly allowed: ReadonlySet<string>;
  /** A page that may embed this one has handed over a port; the last one counts. */
  readonly open: (hello: Hello, port: MessagePort) => void;
  /** A page that may not has tried. */
  readonly refuse: (origin: string) => void;
}

/** Waits for the page that embeds this one. Answers how many messages were none. */
export function openDoor({ allowed, open, refuse }: Door): { readonly ignored: number } {
  const count = { ignored: 0 };
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = event.source === window.parent ? readMessage(HELLO, event.data) : undefined;
    const [port] = event.ports;
    if (message === undefined || port === undefined || event.ports.length > 1) {
      count.ignored += 1;
      return;
    }
    // The origin of a sandboxed page or of a file is "null", whoever it is.
    const own = window.location.origin;
    if (event.origin !== 'null' && (event.origin === own || allowed.has(event.origin))) open(message, port);
    else refuse(event.origin);
  });
  // Says only that somebody is there: who embeds this page is not known yet.
  window.parent.postMessage(written<typeof READY>({ type: 'ready' }), '*');
  return count;
}
