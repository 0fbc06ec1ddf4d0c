/**
 * The page's side of one iframe with our page in it: hands over a port, says what the report begins with, hears what
 * becomes of it, keeps the frame as high as its content and the drafts where the frame has no storage of its own. What
 * comes from the frame is text, and never becomes markup. Knows nothing of the editor. No private members and no `?.`:
 * for Chromium 90 each of them becomes a detour, and the script is to be small.
 */
import { READY, readMessage, TO_PAGE, written, type MessageOf, type TO_FRAME } from './messages.ts';
import type { Given, LinkedField, OwnLink } from './page-contract.ts';
import { createKeeper, type DraftKeeper } from './page-drafts.ts';
import { onLost, openShelf, sessionOfTab } from './page-shelf.ts';
import { NO_FRAME, type PageWords } from './page-words.ts';
import { createRequests, NO_HOST } from './requests.ts';

type ToFrame = MessageOf<typeof TO_FRAME>;
type FromFrame = MessageOf<typeof TO_PAGE>;
type From<T extends FromFrame['type']> = Extract<FromFrame, { type: T }>;

/** Milliseconds for the frame to be there, to answer a question, and for the page's storage to open. */
const PATIENCE_FOR_FRAME = 15_000;
const PATIENCE = 5_000;
const PATIENCE_FOR_STORAGE = 2_000;
const PATIENCE_FOR_GESTURE = 300;
/** A browser that is asked to print may wait for its user. */
const PATIENCE_FOR_PRINT = 600_000;

/** Days for which a draft is kept, unless the page says otherwise. */
const DAYS_KEPT = 60;

/** How long after its form was read the page may be left without a question: it is being sent. */
const SENDING = 1_000;

/** Pixels: of the window that are not the frame's, the least and the most of a frame. */
const MARGIN = 16;
const LEAST = 320;
const MOST = 100_000;

/** What the page says of the report is said on the iframe. */
export const PREFIX = 'data-xxgk-';

/** Events of the element that say something happened. */
const EVENTS = /^xxgk-(checked|draft-saved|draft-failed|imported)$/;
const REQUEST = 'xxgk-submit-request';

export function createLink(iframe: HTMLIFrameElement): OwnLink {
  const link = new EventTarget() as OwnLink;
  const requests = createRequests<From<'answer'>>();
  const texts: Record<string, string> = {};
  const ends: (() => void)[] = [];
  let field: LinkedField | undefined;
  let port: MessagePort | undefined;
  let connected = false;
  let isAwaited = true;
  let ended = false;
  let ignored = 0;
  let problem = '';
  /** The report as it was told last, and as the host is known to have it. */
  let held = '';
  let clean = '';
  let edited = false;
  /** Counts the values that the host gave: what is told of an older one is no news. */
  let turn = 0;
  let height = LEAST;
  /** Where the page keeps the drafts. */
  let keeper: DraftKeeper | undefined;
  let session = '';
  /** The page itself has asked for what its user is about to hand on. */
  let isAskedFor = false;
  let readAt = -SENDING;
  let line: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout>;
  let hellos = 0;
  /** The attributes that the frame has heard of. */
  let told = '';
  let becomeReady: () => void;
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });

  const attribute = (name: string): string | null => iframe.getAttribute(PREFIX + name);
  const originOfFrame = (): string => new URL(iframe.src, document.baseURI).origin;

  const send = (message: ToFrame): void => {
    if (port) port.postMessage(written(message));
  };

  const ask = (
    what: string,
    more?: { count?: number; text?: string },
    patience = PATIENCE,
  ): Promise<From<'answer'>> => requests.ask((id) => send({ type: 'ask', id, what, ...more }), patience);

  const happened = (name: string): boolean => link.dispatchEvent(new Event(name));

  function say(words?: PageWords): void {
    if (line) line.remove();
    line = undefined;
    if (!words) return;
    line = document.createElement('p');
    line.setAttribute('role', 'alert');
    line.textContent = words[/^en\b/i.test(attribute('lang') || '') ? 1 : 0];
    iframe.after(line);
  }

  // ---- what the page gives ----

  const sendText = (name: string, text: string): void => send({ type: 'set', name, text, turn });

  function give(name: string, value: Given): void {
    const text = (texts[name] = textOf(value));
    // Whoever names another user and then gives that one's report means it in this order.
    tellAttributes();
    sendText(name, text);
  }

  function giveValue(value: Given): void {
    const text = textOf(value);
    turn += 1;
    held = clean = text;
    edited = false;
    give('value', text);
  }

  function attributes(): { attributes: string[]; missing: boolean } {
    const list: string[] = [];
    for (const { name, value } of Array.from(iframe.attributes))
      if (name.startsWith(PREFIX)) list.push(name.slice(PREFIX.length), value);
    if (keeper) keeper.name(JSON.stringify([attribute('tenant') || '', attribute('user') || '', session]));
    return { attributes: list, missing: !field && attribute('for') !== null };
  }

  function tellAttributes(): void {
    const now = attributes();
    if (told !== (told = JSON.stringify(now))) send({ type: 'attributes', ...now });
  }

  // ---- the channel ----

  /** Whether there is somebody to speak to: an iframe begins as an empty page of our own. */
  function isLoaded(): boolean {
    const inside = iframe.contentDocument;
    return iframe.contentWindow !== null && (inside === null || inside.URL !== 'about:blank');
  }

  function awaitFrame(): void {
    timer = setTimeout(() => {
      isAwaited = false;
      say(NO_FRAME);
    }, PATIENCE_FOR_FRAME);
  }

  async function hello(): Promise<void> {
    const mine = (hellos += 1);
    const origin = originOfFrame();
    const draft = attribute('draft');
    const isSession = draft === 'session';
    session = isSession ? sessionOfTab() : '';
    const wanted = origin !== location.origin && draft !== 'off' && (!isSession || session !== '');
    const able = wanted && (await isUsable(openShelf(session), PATIENCE_FOR_STORAGE));
    const { contentWindow } = iframe;
    if (mine !== hellos || contentWindow === null) return;
    requests.end();
    if (port) port.close();
    keeper = able ? createKeeper(origin, daysKept) : undefined;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event: MessageEvent<unknown>) => {
      if (port === port1) receive(event.data);
    };
    port = port1;
    const now = attributes();
    told = JSON.stringify(now);
    contentWindow.postMessage(written({ type: 'hello', keeps: able, session, ...now }), origin, [port2]);
    for (const name of ['rules', 'value', 'previous'])
      if (texts[name] !== undefined) sendText(name, texts[name]);
    // The frame was loaded anew: what the user had made of the value is nowhere else, perhaps.
    if (edited) sendText('edited', held);
    send({ type: 'begin' });
  }

  function receive(data: unknown): void {
    const message = readMessage(TO_PAGE, data);
    switch (message && message.type) {
      case 'welcome':
        connected = true;
        clearTimeout(timer);
        say();
        becomeReady();
        happened('xxgk-frame-ready');
        break;
      case 'height':
        ({ height } = message as From<'height'>);
        resize();
        break;
      case 'value':
        hear(message as From<'value'>);
        break;
      case 'event':
        tell(message as From<'event'>);
        break;
      case 'answer':
        requests.answered(message as From<'answer'>);
        break;
      case 'download':
        void isGesture().then((isMeant) => {
          if (isMeant) download(message as From<'download'>);
        });
        break;
      case 'request':
        void request(message as From<'request'>);
        break;
      case 'words':
        if (keeper) keeper.hear(message as From<'words'>);
        break;
      case undefined:
        ignored += 1;
        break;
      default:
        void keepDraft(message as From<'change' | 'list' | 'notes'>);
    }
  }

  function hear(value: From<'value'>): void {
    if (value.turn !== turn) return;
    held = value.text === undefined ? texts['value'] || '' : value.text;
    if (value.edited) edited = true;
    else clean = held;
    problem = value.valid ? '' : value.problem || '!';
    if (field) {
      field.validity(problem);
      field.show(held, value.edited, value.open);
    }
    if (!value.edited) return;
    happened('input');
    if (!value.open) happened('change');
  }

  function tell({ name, detail }: From<'event'>): void {
    const event = new Event(name);
    try {
      if (!EVENTS.test(name)) throw name;
      for (const [member, value] of Object.entries(JSON.parse(detail) as object))
        // What an event has by itself stays.
        if (!(member in event))
          Object.defineProperty(event, member, {
            value: member === 'at' ? new Date(value as number) : value,
          });
    } catch {
      ignored += 1;
      return;
    }
    link.dispatchEvent(event);
  }

  /** The user wants the finished report handed on: as the element's own event, and where nobody answers by the page's form. */
  async function request({ id, text }: From<'request'>): Promise<void> {
    let ok = false;
    let said: unknown;
    let keepDraft = false;
    let form: HTMLFormElement | null = null;
    try {
      let answer: unknown;
      let isAnswered = false;
      let isOpen = true;
      const event = Object.assign(new Event(REQUEST, { cancelable: true }), {
        payload: JSON.parse(text) as unknown,
        text,
        respondWith(promise: unknown) {
          if (!isOpen || isAnswered)
            throw new DOMException('respondWith: once, and within the listener', 'InvalidStateError');
          answer = promise;
          isAnswered = true;
        },
      });
      link.dispatchEvent(event);
      isOpen = false;
      if (isAnswered) said = await answer;
      else if (event.defaultPrevented) throw '';
      else {
        // A frame sends no form behind its user's back.
        const isMeant = (isAskedFor || attribute('no-submit') === null) && (await isGesture());
        form = isMeant && field ? field.form : null;
        if (!form) throw NO_HOST;
      }
      if (typeof said === 'object' && said !== null) {
        keepDraft = (said as { keepDraft?: unknown }).keepDraft === true;
        said = (said as { message?: unknown }).message;
      }
      ok = true;
      if (!form && text === held) clean = text;
    } catch (error) {
      said = error instanceof Error ? error.message : error;
    }
    const words = typeof said === 'string' ? said.slice(0, 300) : '';
    send({ type: 'answer', id, ok, text: words, keepDraft, handedOver: form !== null });
    isAskedFor = false;
    if (form) form.requestSubmit();
  }

  // ---- its height ----

  function resize(): void {
    const most = attribute('max-height');
    const room = most === 'none' ? MOST : Number(most) || innerHeight - MARGIN;
    iframe.style.height = `${Math.max(LEAST, Math.min(Math.ceil(height), room, MOST))}px`;
  }

  // ---- its drafts ----

  async function keepDraft(question: From<'change' | 'list' | 'notes'>): Promise<void> {
    const { id } = question;
    send(keeper ? await keeper.answer(question) : { type: 'answer', id, ok: false, text: 'storage' });
  }

  /** As the page has it: the frame has no say in that. */
  function daysKept(): number {
    const days = Number(attribute('draft-days'));
    return session === '' ? (days > 0 ? days : DAYS_KEPT) : 0;
  }

  function leave(): void {
    if (keeper) keeper.leave();
  }

  // ---- life ----

  function on<E extends Event>(name: string, listener: (event: E) => void): void {
    addEventListener(name, listener as (event: Event) => void);
    ends.push(() => removeEventListener(name, listener as (event: Event) => void));
  }
  on('message', (event: MessageEvent<unknown>) => {
    if (event.source !== iframe.contentWindow || event.origin !== originOfFrame()) return;
    if (readMessage(READY, event.data)) void hello();
    else ignored += 1;
  });
  on('resize', resize);
  on('pagehide', leave);
  on('beforeunload', (event: BeforeUnloadEvent) => {
    // What is begun as late as `pagehide` comes to nothing now and then.
    leave();
    if (
      held === clean ||
      !iframe.isConnected ||
      attribute('no-leave-guard') !== null ||
      performance.now() - readAt < SENDING
    )
      return;
    event.preventDefault();
    // Chromium before 119 asks only then.
    event.returnValue = '';
  });
  const watch = new MutationObserver(() => {
    tellAttributes();
    resize();
  });
  watch.observe(iframe, { attributes: true });
  ends.push(
    () => watch.disconnect(),
    onLost(() => send({ type: 'lost' })),
  );

  const own: Omit<OwnLink, keyof EventTarget> = {
    ready,
    get value() {
      return held;
    },
    set value(value) {
      // What a host writes back as it received it is no news, nor known to be saved.
      if (turn === 0 || textOf(value) !== held) giveValue(value);
    },
    get previous() {
      return texts['previous'];
    },
    set previous(value) {
      give('previous', value);
    },
    get rules() {
      return texts['rules'];
    },
    set rules(value) {
      give('rules', value);
    },
    get connected() {
      return connected && iframe.isConnected;
    },
    get validationMessage() {
      return problem;
    },
    get isDirty() {
      return held !== clean;
    },
    get ignored() {
      return ignored;
    },
    get ended() {
      return ended;
    },
    get field() {
      return field;
    },
    set field(linked) {
      field = linked;
    },
    settle: () => ask('settle').then(() => held),
    check() {
      iframe.scrollIntoView({ block: 'nearest' });
      if (document.activeElement !== iframe) iframe.focus({ preventScroll: true });
      return ask('check').then(({ count }) => count || 0);
    },
    submit() {
      isAskedFor = true;
      return ask('submit').then(() => undefined);
    },
    print: () => ask('print', {}, PATIENCE_FOR_PRINT).then(({ text }) => text || undefined),
    async acknowledge(saved = held) {
      const before = held;
      // At once: a host may leave the page in the next line.
      if (saved === held) clean = held;
      const { count } = await ask(
        'acknowledge',
        typeof saved === 'number' ? { count: saved } : { text: saved },
      );
      if (before === held && count === 1) clean = held;
      return count === 1;
    },
    disconnect() {
      for (const end of ends) end();
      if (field) field.end();
      field = undefined;
      ended = true;
      connected = false;
      hellos += 1;
      requests.end();
      if (port) port.close();
      port = undefined;
      clearTimeout(timer);
      say();
    },
    get isRequired() {
      return iframe.isConnected && attribute('required') !== null;
    },
    get isAwaited() {
      return isAwaited;
    },
    open() {
      // As attributes, which give way to any style of the page.
      if (!iframe.hasAttribute('width')) iframe.width = '100%';
      iframe.frameBorder = '0';
      resize();
      // One that is loaded when it is scrolled to may take as long as it likes.
      if (iframe.loading === 'lazy') iframe.addEventListener('load', awaitFrame, { once: true });
      else awaitFrame();
      if (isLoaded()) void hello();
    },
    reset(text) {
      ask('reset').catch(() => undefined);
      giveValue(text);
    },
    read() {
      readAt = performance.now();
    },
    handed() {
      clean = held;
    },
    say,
  };
  return Object.defineProperties(link, Object.getOwnPropertyDescriptors(own)) as OwnLink;
}

function textOf(value: Given): string {
  return value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

/** Whether a person has just done something on the page or in a frame of it, as far as the browser says. */
async function isGesture(): Promise<boolean> {
  const { userActivation } = navigator as { userActivation?: { readonly isActive: boolean } };
  if (!userActivation) return true;
  // A frame is another process: its message may be here before the browser tells of the click.
  if (!userActivation.isActive) await new Promise((done) => setTimeout(done, PATIENCE_FOR_GESTURE));
  return userActivation.isActive;
}

/** A text that the user wants as a file; of no kind that a browser would run. */
function download({ name, text }: From<'download'>): void {
  const file = document.createElement('a');
  file.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  file.download = /\.(json|txt)$/.test(name) ? name : `${name}.txt`;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
}

/** One that does not answer in time will perhaps: what is written meanwhile fails, is said to, and is tried again. */
function isUsable(storage: Promise<unknown>, patience: number): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(true), patience);
    storage.then(
      () => resolve(true),
      () => resolve(false),
    );
  });
}
