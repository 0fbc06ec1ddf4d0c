/**
 * What a page and our page in its iframe say to each other: a closed list of messages, each with a closed list of fields,
 * and the one reader of both sides. Whatever is not on the list is no message. Knows no window, no report and no draft.
 */

export const VERSION = 1;

/** Characters of one message to the page, all its texts together: more than any report has that can be read again. */
export const MAX_CHARACTERS = 1_000_000;

/** The same of a draft: the report, what it began from and a copy for its history, each as JSON in JSON. */
export const MAX_DRAFT_CHARACTERS = 5_000_000;

const DRAFTS = /^(change|words)$/;

/** Texts in one list. */
const MAX_TEXTS = 4_000;

/** s: text, n: number, b: yes or no, l: list of texts; ? where it may be absent. */
type Kind = 's' | 'n' | 'b' | 'l' | 's?' | 'n?' | 'b?' | 'l?';
type Schema = Readonly<Record<string, Readonly<Record<string, Kind>>>>;

/** From window to window, before there is a channel: the frame is there. To whoever embeds it, so it says nothing else. */
export const READY = { ready: {} } as const satisfies Schema;

export const HELLO = {
  /**
   * Comes with the port. `attributes`: name, value, name, value… of all that the page says in `data-xxgk-…`. `keeps`: the
   * page keeps the drafts, as those of `session` where it is not ''. `missing`: the page has no field of the name that it
   * gives.
   */
  hello: { attributes: 'l', keeps: 'b', session: 's', missing: 'b' },
} as const satisfies Schema;

export const TO_FRAME = {
  /** `name` is `value`, `previous`, `rules` or `edited`: what the user had made of the value before the frame was loaded anew. */
  set: { name: 's', text: 's', turn: 'n' },
  /** Everything a report begins with has been said. */
  begin: {},
  /** As in `hello`; one of the element's that is not among them is removed. */
  attributes: { attributes: 'l', missing: 'b' },
  /** `what` is `settle`, `check`, `submit`, `print`, `acknowledge` (of a `text`, or of the revision `count`) or `reset`. */
  ask: { id: 'n', what: 's', count: 'n?', text: 's?' },
  /** `ok` false: `text` says why. `handedOver`: to the page's form, of which nobody knows what becomes. */
  answer: { id: 'n', ok: 'b', text: 's', list: 'l?', keepDraft: 'b?', handedOver: 'b?' },
  /** The page's storage went away. */
  lost: {},
} as const satisfies Schema;

export const TO_PAGE = {
  welcome: {},
  /** In CSS pixels, all of the frame's content. */
  height: { height: 'n' },
  /**
   * The report as JSON, what is being typed included; without one, as the page gave it. `turn` is that of the value it
   * came of; `edited`: by the user; `open`: a cell is being typed in.
   */
  value: { text: 's?', turn: 'n', edited: 'b', open: 'b', valid: 'b', problem: 's' },
  /** An event of the element; what it carries as JSON. */
  event: { name: 's', detail: 's' },
  /** A file for the user. */
  download: { name: 's', text: 's' },
  /** `text` says why it is not `ok`, or what could not be printed. */
  answer: { id: 'n', ok: 'b', text: 's', count: 'n?' },
  /** The finished report is to be handed on. */
  request: { id: 'n', text: 's' },
  /** One transaction of the shelf of `whose`: nothing is done where `head` does not have the mark `expected`. */
  change: {
    ...{ id: 'n', whose: 's', head: 's?', expected: 's?' },
    ...{ put: 'l', remove: 'l', note: 'l' },
  },
  list: { id: 'n', whose: 's', from: 's', to: 's' },
  /** What lies under the keys of the page's small storage: to tell a lost draft from none. */
  notes: { id: 'n' },
  /** To be put down when the page goes away, in the place of what was said before; '' for nothing. */
  words: { whose: 's', key: 's', text: 's' },
} as const satisfies Schema;

type Value<K extends Kind> = K extends `s${string}`
  ? string
  : K extends `n${string}`
    ? number
    : K extends `b${string}`
      ? boolean
      : readonly string[];

type Fields<F extends Readonly<Record<string, Kind>>> = {
  readonly [N in keyof F as F[N] extends `${string}?` ? never : N]: Value<F[N]>;
} & { readonly [N in keyof F as F[N] extends `${string}?` ? N : never]?: Value<F[N]> };

export type MessageOf<S extends Schema> = { [T in keyof S]: { readonly type: T } & Fields<S[T]> }[keyof S];

const KINDS: Readonly<Record<string, string>> = { s: 'string', n: 'number', b: 'boolean' };

/**
 * Reads what came, of whatever make; undefined where it is not a message of the list, or has more characters than `most`.
 * Never throws; copies what is known.
 */
export function readMessage<S extends Schema>(
  schema: S,
  data: unknown,
  most?: number,
): MessageOf<S> | undefined {
  try {
    const raw = data as Readonly<Record<string, unknown>>;
    const { type } = raw;
    if (raw['xxgk'] !== VERSION || typeof type !== 'string' || !has(schema, type)) return undefined;
    let room = most || (DRAFTS.test(type) ? MAX_DRAFT_CHARACTERS : MAX_CHARACTERS);
    const message: Record<string, unknown> = { type };
    for (const [name, kind] of Object.entries(schema[type]!)) {
      const value = has(raw, name) ? raw[name] : undefined;
      if (value === undefined && kind.length > 1) continue;
      if (kind.charAt(0) === 'l') {
        if (!Array.isArray(value) || value.length > MAX_TEXTS) return undefined;
        for (const text of value) {
          if (typeof text !== 'string') return undefined;
          room -= text.length;
        }
        message[name] = [...(value as string[])];
      } else if (typeof value !== KINDS[kind.charAt(0)]) return undefined;
      else {
        if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
        if (typeof value === 'string') room -= value.length;
        message[name] = value;
      }
      if (room < 0) return undefined;
    }
    return message as MessageOf<S>;
  } catch {
    return undefined;
  }
}

/** A message as it is sent. */
export function written<S extends Schema>(message: MessageOf<S>): object {
  return { ...message, xxgk: VERSION };
}

/** Whether a message with these texts would be read. */
export function fits(...texts: readonly string[]): boolean {
  return lengthOf(texts) <= MAX_CHARACTERS;
}

/** The same of a message about drafts. */
export function fitsDraft(...texts: readonly string[]): boolean {
  return lengthOf(texts) <= MAX_DRAFT_CHARACTERS;
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function has(object: object, name: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, name);
}
