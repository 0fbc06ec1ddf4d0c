/**
 * The warning of the browser before a page is left with edits that the host does not have: a host's own warning does not
 * see ours. And before a host acts on a click or on Ctrl+S it hears of what was edited until then. Knows events of the
 * page, and of its element whether there is anything to lose.
 */

/** How long after a form was read its page may be left without a question, in milliseconds: it is being sent. */
const SENDING = 1_000;

const ACTIONS = ['click', 'keydown'];

export interface GuardedElement extends HTMLElement {
  /** The forms that the report is sent with. */
  readonly forms: readonly (HTMLFormElement | null)[];
  /** There are edits that the host does not have, the open cell included. */
  hasUnsent(): boolean;
  /** The report was sent with a form of the page; what comes of it is the page's to say. */
  sent(): void;
  /** Whether what was sent has arrived nobody knows. */
  unsent(): void;
  /** Whoever keeps the value by our events is told of everything, the open cell included. */
  tellAll(): void;
}

/** Watches until what is returned is called. */
export function guardLeaving(owner: GuardedElement): () => void {
  let readAt = Number.NEGATIVE_INFINITY;
  let wasSent = false;
  const isOurs = (event: Event): boolean => owner.forms.includes(event.target as HTMLFormElement);
  // `form.submit()` sends no `submit` event; a script that only reads the form does not leave the page in that moment.
  const onFormData = (event: Event): void => {
    if (isOurs(event)) readAt = performance.now();
  };
  const onSubmit = (event: Event): void => {
    // After every listener of the page: one of them may do the sending itself, and then knows alone how it ended.
    if (!isOurs(event) || event.defaultPrevented) return;
    wasSent = owner.hasUnsent();
    owner.sent();
  };
  // Back from the page of the answer, which may have been that of an error.
  const onReturn = (event: PageTransitionEvent): void => {
    if (!event.persisted) return;
    if (wasSent) owner.unsent();
    wasSent = false;
    readAt = Number.NEGATIVE_INFINITY;
  };
  const onLeaving = (event: BeforeUnloadEvent): void => {
    if (performance.now() - readAt < SENDING || !owner.hasUnsent()) return;
    event.preventDefault();
    // Chromium before 119 asks only then.
    event.returnValue = '';
  };
  const onAction = (event: Event): void => {
    const saves =
      event instanceof KeyboardEvent
        ? (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's'
        : !event.composedPath().includes(owner);
    if (saves) owner.tellAll();
  };
  // What happens to a form within a shadow root is not heard outside.
  const root = owner.getRootNode();
  const place: EventTarget = root instanceof ShadowRoot ? root : window;
  place.addEventListener('formdata', onFormData);
  place.addEventListener('submit', onSubmit);
  window.addEventListener('beforeunload', onLeaving);
  window.addEventListener('pageshow', onReturn);
  for (const type of ACTIONS) window.addEventListener(type, onAction, true);
  return () => {
    place.removeEventListener('formdata', onFormData);
    place.removeEventListener('submit', onSubmit);
    window.removeEventListener('beforeunload', onLeaving);
    window.removeEventListener('pageshow', onReturn);
    for (const type of ACTIONS) window.removeEventListener(type, onAction, true);
  };
}
