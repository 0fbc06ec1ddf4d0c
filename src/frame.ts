/**
 * Entry of frame.html: one editor in an iframe of somebody else's page, which says over a port what the report begins
 * with and hears what becomes of it. Nothing is made before a page that may embed this one has spoken.
 */
import './define.ts';
import { findingJson } from './checks/findings-json.ts';
import { createMemoryDrafts } from './drafts/memory-drafts.ts';
import type { DraftStore } from './drafts/drafts.ts';
import type { OpenDraftsOptions } from './drafts/open-drafts.ts';
import { isSessionOwner, ownerInSession } from './drafts/session-owner.ts';
import { createShelvedDrafts, type ShelvedDrafts } from './drafts/shelved-drafts.ts';
import type { XxgkAnnualReport } from './elements/annual-report.ts';
import type { BeingTyped } from './elements/being-typed.ts';
import type {
  XxgkCheckedEvent,
  XxgkDraftFailedEvent,
  XxgkDraftSavedEvent,
  XxgkImportedEvent,
  XxgkSubmitRequestEvent,
} from './elements/events.ts';
import { zh } from './format/language.ts';
import { shelfOf } from './frame-shelf.ts';
import { ATTRIBUTES, openDoor, readOrigins, type Hello } from './framing/frame-door.ts';
import { fits, readMessage, TO_FRAME, written, type MessageOf, type TO_PAGE } from './framing/messages.ts';
import { createRequests, NO_ANSWER, NO_HOST } from './framing/requests.ts';

type ToFrame = MessageOf<typeof TO_FRAME>;
type To<T extends ToFrame['type']> = Extract<ToFrame, { type: T }>;

/** Milliseconds for the page to speak, for its storage, and for what a host does with a finished report. */
const PATIENCE = 10_000;
const PATIENCE_FOR_STORAGE = 3_000;
const PATIENCE_FOR_KEYBOARD = 500;
const PATIENCE_FOR_HOST = 600_000;

/** Messages that were none of the list; to be looked at by whoever wonders. */
let ignored = 0;

class FramedReport {
  readonly #port: MessagePort;
  readonly #editor: XxgkAnnualReport;
  readonly #requests = createRequests<To<'answer'>>();
  readonly #lost = new Set<() => void>();
  readonly #life = new AbortController();
  readonly #hello: Hello;
  #store: ShelvedDrafts | undefined;
  /** What came before the editor was there to take it. */
  #given: To<'set'>[] = [];
  #begun = false;
  /** The value as it was given, and which one that was. */
  #baseline = '';
  #turn = 0;
  /** The user has edited since. */
  #touched = false;
  /** What the user has edited is in no draft yet. */
  #unsaved = false;
  #restoring = false;
  #look: (() => BeingTyped | undefined) | undefined;
  #typed = '';
  #wasOpen = false;
  #last = '';
  #due = false;
  readonly #height = new ResizeObserver(() => this.#tellHeight());

  constructor(hello: Hello, port: MessagePort, place: HTMLElement) {
    this.#hello = hello;
    this.#port = port;
    const editor = (this.#editor = document.createElement('xxgk-annual-report'));
    // The page has a warning of its own, and knows what its form has sent.
    editor.noLeaveGuard = true;
    if (hello.keeps) editor.openDrafts = (options) => this.#openDrafts(options);
    this.#set(hello);
    this.#listen();
    this.#place = () => place.replaceChildren(editor);
    port.onmessage = (event: MessageEvent<unknown>) => this.#receive(event.data);
  }

  readonly #place: () => void;

  /** Another port has taken the place of this one. */
  end(): void {
    this.#port.close();
    this.#requests.end();
    this.#height.disconnect();
    this.#editor.remove();
    this.#life.abort();
  }

  #send(message: MessageOf<typeof TO_PAGE>): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no target
    this.#port.postMessage(written(message));
  }

  #set({ attributes, missing }: Pick<Hello, 'attributes' | 'missing'>): void {
    const given = new Map<string, string>();
    for (let index = 0; index + 1 < attributes.length; index += 2)
      given.set(attributes[index]!, attributes[index + 1]!);
    // A field that the page does not have is not here either, and the editor says so.
    const names = missing ? [...ATTRIBUTES, 'for'] : ATTRIBUTES;
    for (const name of names) {
      const value = given.get(name);
      if (value === undefined) this.#editor.removeAttribute(name);
      else if (value !== this.#editor.getAttribute(name)) this.#editor.setAttribute(name, value);
    }
    const theme = given.get('theme');
    // For `auto`, what the page around says of the iframe.
    document.documentElement.style.colorScheme =
      theme === 'auto' ? 'light dark' : theme === 'dark' ? 'dark' : 'light';
  }

  // ---- from the page ----

  #receive(data: unknown): void {
    // Of the page that may embed this one; a value that is too long is refused by the editor, with a sentence.
    const message = readMessage(TO_FRAME, data, Infinity);
    switch (message?.type) {
      case 'set':
        if (this.#begun) this.#take(message);
        else this.#given.push(message);
        break;
      case 'begin':
        void this.#begin();
        break;
      case 'attributes':
        this.#set(message);
        this.#pushWhenReady();
        break;
      case 'ask':
        void this.#answer(message);
        break;
      case 'answer':
        this.#requests.answered(message);
        break;
      case 'lost':
        for (const listener of [...this.#lost]) listener();
        break;
      default:
        ignored += 1;
    }
  }

  #take({ name, text, turn }: To<'set'>): void {
    const editor = this.#editor;
    if (name === 'value') {
      this.#turn = turn;
      // Ends an open edit, which belongs to the report before and its draft.
      editor.value = text;
      this.#baseline = text;
      this.#touched = this.#unsaved = this.#wasOpen = false;
      this.#store?.lastWords(editor.identity(), undefined);
    } else if (name === 'previous') editor.previous = text;
    else if (name === 'rules') editor.rules = text;
    else ignored += 1;
    if (this.#begun) this.#pushWhenReady();
  }

  async #begin(): Promise<void> {
    if (this.#begun) return;
    const given = this.#given.splice(0);
    const edited = given.find(({ name }) => name === 'edited');
    for (const one of given) if (one !== edited) this.#take(one);
    this.#place();
    await this.#editor.updateComplete;
    if (edited !== undefined && edited.text !== this.#baseline) await this.#restore(edited.text);
    this.#look = await this.#editor.watchTyping().catch(() => undefined);
    if (!this.#editor.isConnected) return;
    this.#begun = true;
    this.#height.observe(this.#editor);
    this.#send({ type: 'welcome' });
    this.#push();
    // What the page gave while the editor was being made.
    for (const one of this.#given.splice(0)) this.#take(one);
  }

  /** The frame was loaded anew, and the page knows what its user had made of the value. */
  async #restore(text: string): Promise<void> {
    this.#restoring = true;
    this.#touched = true;
    await this.#editor.openReport(text, '');
    this.#restoring = false;
  }

  async #answer({ id, what, count, text }: To<'ask'>): Promise<void> {
    const editor = this.#editor;
    let said: number | undefined;
    let words = '';
    try {
      if (!this.#begun) throw new Error(NO_ANSWER);
      if (what === 'settle') {
        editor.commit();
        // Its verdict is of this moment.
        editor.checkValidity();
        this.#push();
      } else if (what === 'check') {
        await haveKeyboard();
        said = editor.check();
      } else if (what === 'submit') await editor.submit();
      else if (what === 'print') words = (await editor.print()) ?? '';
      else if (what === 'acknowledge') {
        // What the page was told of an open cell is what it has.
        if (text !== undefined && text === this.#look?.()?.text) editor.commit();
        said = Number(await editor.acknowledge(text ?? count));
        this.#pushSoon();
      } else if (what === 'reset') editor.abandon();
      else throw new Error('unknown');
      this.#send({ type: 'answer', id, ok: true, text: words, ...(said !== undefined && { count: said }) });
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, 300) : '';
      this.#send({ type: 'answer', id, ok: false, text: why });
    }
  }

  // ---- to the page ----

  #listen(): void {
    const editor = this.#editor;
    editor.addEventListener('change', () => {
      this.#touched = this.#unsaved = true;
      this.#pushSoon();
    });
    // What is being typed is no edit yet.
    const look = (): void => {
      if (JSON.stringify(editor.openTexts) !== this.#typed) this.#pushSoon();
    };
    const { signal } = this.#life;
    for (const name of ['input', 'keyup', 'compositionend', 'focusout', 'drop'])
      document.addEventListener(name, () => afterThis(look), { capture: true, signal });
    // The page around it is still there.
    window.addEventListener('beforeunload', () => this.#push(), { signal });
    window.addEventListener(
      'xxgk-download',
      (event) => {
        const { name, text } = (event as CustomEvent<{ name: string; text: string }>).detail;
        if (!fits(name, text)) return;
        event.preventDefault();
        this.#send({ type: 'download', name, text });
      },
      { signal },
    );
    const tell = (name: string, detail: unknown): void => {
      const text = JSON.stringify(detail);
      if (this.#begun && fits(name, text)) this.#send({ type: 'event', name, detail: text });
    };
    editor.addEventListener('xxgk-checked', ({ findings }: XxgkCheckedEvent) =>
      tell('xxgk-checked', { findings: findings.map((finding) => findingJson(finding, undefined)) }),
    );
    editor.addEventListener('xxgk-draft-saved', ({ revision, at }: XxgkDraftSavedEvent) => {
      tell('xxgk-draft-saved', { revision, at: at.getTime() });
      this.#unsaved = false;
      this.#tellWords(this.#look?.());
    });
    editor.addEventListener('xxgk-draft-failed', ({ reason }: XxgkDraftFailedEvent) =>
      tell('xxgk-draft-failed', { reason }),
    );
    editor.addEventListener('xxgk-imported', ({ fileName, source, as, counts }: XxgkImportedEvent) => {
      if (!this.#restoring) tell('xxgk-imported', { fileName, source, as, counts });
    });
    editor.addEventListener('xxgk-submit-request', (event) => this.#request(event));
  }

  #request(event: XxgkSubmitRequestEvent): void {
    this.#push();
    event.respondWith(
      this.#requests
        .ask((id) => this.#send({ type: 'request', id, text: event.text }), PATIENCE_FOR_HOST)
        .then(
          ({ text, keepDraft, handedOver }) => ({ message: text, keepDraft, handedOver }),
          ({ message }: Error) => {
            throw new Error(
              message === NO_ANSWER
                ? zh`页面没有答复。`
                : message === NO_HOST
                  ? zh`本页面没有设置接收数据的程序，请联系系统管理员。`
                  : message || zh`页面没有受理。`,
            );
          },
        ),
    );
  }

  /** At once; and again behind the element's own timer, which makes the verdict. */
  #pushSoon(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#push());
    setTimeout(() => {
      this.#due = false;
      this.#push();
    });
  }

  #pushWhenReady(): void {
    void this.#editor.updateComplete.then(() => this.#pushSoon());
  }

  /** Tells the page the report, what is being typed included, where that is news. */
  #push(): void {
    if (!this.#begun) return;
    const editor = this.#editor;
    this.#typed = JSON.stringify(editor.openTexts);
    const typing = this.#look?.();
    // A new report that nobody has begun is nothing.
    const isNothing = editor.isUnbegun && this.#baseline.trim() === '';
    const open = typing !== undefined;
    const isGiven = !open && (isNothing || editor.heldText === this.#baseline);
    let text = isGiven ? undefined : (typing?.text ?? editor.heldText);
    let { valid } = editor.validity;
    let problem = editor.validationMessage.slice(0, 300);
    if (text !== undefined && !fits(text, problem)) {
      problem = zh`报告的数据超过100万个字符，嵌入本页的网页收不到。请先下载备份，并联系系统管理员。`;
      editor.say(problem);
      text = undefined;
      valid = false;
    }
    const edited = this.#touched || open || this.#wasOpen;
    const news = JSON.stringify([text, open, valid, problem, this.#turn]);
    if (news === this.#last) return;
    this.#last = news;
    this.#wasOpen = open;
    this.#tellWords(typing);
    const given = text === undefined ? {} : { text };
    this.#send({ type: 'value', ...given, turn: this.#turn, edited, open, valid, problem });
  }

  /** What the page puts down should it go away before the draft is written. */
  #tellWords(typing: BeingTyped | undefined): void {
    if (this.#store === undefined) return;
    const unwritten = typing?.content ?? (this.#unsaved ? this.#editor.content() : undefined);
    this.#store.lastWords(this.#editor.identity(), unwritten);
  }

  #tellHeight(): void {
    const { height } = this.#editor.getBoundingClientRect();
    if (height > 0) this.#send({ type: 'height', height: Math.ceil(height) + 2 * PADDING });
  }

  // ---- drafts on the page's shelf ----

  async #openDrafts({ session = false, ...options }: OpenDraftsOptions): Promise<DraftStore> {
    const named = { tenant: options.tenant, user: options.user };
    // A user who is called like a session could read somebody's drafts.
    if (isSessionOwner(named) || (session && this.#hello.session === '')) return createMemoryDrafts(named);
    const owner = session ? ownerInSession(named, this.#hello.session) : named;
    const whose = JSON.stringify([options.tenant, options.user, session ? this.#hello.session : '']);
    const shelf = shelfOf(whose, {
      ask: (send) => this.#requests.ask((id) => this.#send(send(id)), PATIENCE),
      tell: (message) => this.#send(message),
      onLost: (listener) => {
        this.#lost.add(listener);
        return () => this.#lost.delete(listener);
      },
    });
    const store = (this.#store = createShelvedDrafts({ ...options, ...owner, session, shelf }));
    await Promise.race([
      store.open().catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, PATIENCE_FOR_STORAGE)),
    ]);
    return store;
  }
}

/** In the next task, without the millisecond that a timer waits: a page may be closed right after a keystroke. */
function afterThis(run: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = run;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no target
  port2.postMessage(0);
}

/** The page has given the keyboard to this frame; what gets it before loses it when it comes. */
function haveKeyboard(): Promise<void> {
  if (document.hasFocus()) return Promise.resolve();
  return new Promise((resolve) => {
    window.addEventListener('focus', () => resolve(), { once: true });
    setTimeout(resolve, PATIENCE_FOR_KEYBOARD);
  });
}

/** Pixels around the editor, for the outline of what has the keyboard. */
const PADDING = 2;

function say(sentence: string): void {
  const line = document.createElement('p');
  line.setAttribute('role', 'alert');
  line.textContent = sentence;
  document.body.replaceChildren(line);
}

function start(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`body { margin: 0; padding: ${String(PADDING)}px; background: Canvas; }`);
  document.adoptedStyleSheets = [sheet];
  if (window.parent === window) {
    say('本页供其他系统的网页嵌入使用，不能单独打开。This page is for a frame in a page of another system.');
    return;
  }
  const list = document.querySelector<HTMLMetaElement>('meta[name="xxgk-parents"]')?.content ?? '';
  const { origins, wrong } = readOrigins(list);
  let framed: FramedReport | undefined;
  const door = openDoor({
    allowed: origins,
    open(hello, port) {
      framed?.end();
      framed = new FramedReport(hello, port, document.body);
    },
    refuse(origin) {
      if (framed !== undefined) return;
      const mistaken =
        wrong.length === 0 ? '' : `其中“${wrong.join(' ')}”不是网址的源，应写成 https://主机 的样子。`;
      say(
        `本页不允许 ${origin} 的网页嵌入。请系统管理员把它写入 frame.html 的 xxgk-parents。${mistaken}` +
          `${origin} may not embed this page: see xxgk-parents in frame.html.`,
      );
    },
  });
  Object.defineProperty(window, 'xxgkIgnored', { get: () => ignored + door.ignored });
  setTimeout(() => {
    if (framed === undefined && document.querySelector('[role="alert"]') === null)
      say(
        '嵌入本页的网页没有应答，暂时不能填写。请刷新网页；仍然如此的，请联系系统管理员。' +
          'The page around this frame does not answer. Please reload it, or tell your administrator.',
      );
  }, PATIENCE);
}

start();
