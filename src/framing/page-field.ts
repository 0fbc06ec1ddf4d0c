/**
 * A text field of the page that holds what the frame's report is, for the page's own form: its listeners hear `input`
 * and `change`, what a script writes into it goes into the frame, and the form waits for the frame's last word before it
 * is sent. Knows the link and the form, and nothing of messages.
 */
import type { OwnLink } from './page-contract.ts';
import { NOT_SENT, NOT_YET } from './page-words.ts';

export type TextField = HTMLTextAreaElement | HTMLInputElement;

const links = new Map<TextField, OwnLink>();

/** The form that goes on its way with everything settled. */
let passing: EventTarget | undefined;
const waiting = new Set<HTMLFormElement>();
/** Forms that may go without an answer, and until when: their user has been told so. */
const excused = new Map<HTMLFormElement, number>();

/** The button by which a form is being sent, in this task. */
let pressed: HTMLElement | undefined;

/** Milliseconds for which that holds. */
const EXCUSE = 60_000;

export function linkField(field: TextField, link: OwnLink): void {
  watchForms();
  links.set(field, link);
  const native = Object.getOwnPropertyDescriptor(
    field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype,
    'value',
  )!;
  const read = (): string => native.get!.call(field) as string;
  const write = (text: unknown): void => native.set!.call(field, text);
  let telling = false;
  const taken = (): void => {
    if (!telling && read() !== link.value) link.value = read();
  };
  const onInvalid = (event: Event): void => {
    // The browser would point at a field that nobody sees.
    if (!link.connected) return;
    event.preventDefault();
    const { form } = field;
    const fields = Array.from((form || { elements: [] }).elements) as TextField[];
    if (!form || fields.find((one) => one.willValidate && !one.validity.valid) !== field) return;
    const button = pressed;
    // The verdict may be of a moment ago, before what is still open in a cell.
    if (button) void send(form, button, linksOf({ target: form }));
    else show(link);
  };
  // A browser that puts an older text back after a reload would pass it off as the host's.
  const autocomplete = field.getAttribute('autocomplete');
  field.autocomplete = 'off';
  Object.defineProperty(field, 'value', {
    configurable: true,
    enumerable: true,
    get: read,
    set(text: unknown) {
      write(text);
      taken();
    },
  });
  field.addEventListener('input', taken);
  field.addEventListener('change', taken);
  field.addEventListener('invalid', onInvalid);
  link.field = {
    get form() {
      return field.form;
    },
    show(text, edited, open) {
      if (text !== read()) write(text);
      if (!edited) return;
      telling = true;
      try {
        field.dispatchEvent(new Event('input', { bubbles: true }));
        if (!open) field.dispatchEvent(new Event('change', { bubbles: true }));
      } finally {
        telling = false;
      }
    },
    validity: (problem) => field.setCustomValidity(problem),
    end() {
      links.delete(field);
      delete (field as { value?: string }).value;
      field.setCustomValidity('');
      if (autocomplete === null) field.removeAttribute('autocomplete');
      else field.setAttribute('autocomplete', autocomplete);
      field.removeEventListener('input', taken);
      field.removeEventListener('change', taken);
      field.removeEventListener('invalid', onInvalid);
    },
  };
  link.value = read();
}

/** What is wrong, where it is wrong. */
function show(link: OwnLink): void {
  link.check().catch(() => undefined);
}

let watching = false;

function watchForms(): void {
  if (watching) return;
  watching = true;
  // Before any listener of the page.
  addEventListener('submit', onSubmit, true);
  // After all of them, to see whether it goes.
  addEventListener('submit', (event) => {
    if (!event.defaultPrevented) for (const [, link] of linksOf(event)) link.handed();
  });
  addEventListener(
    'click',
    ({ target }) => {
      pressed = (target instanceof Element && target.closest<HTMLElement>('button,input')) || undefined;
      setTimeout(() => (pressed = undefined));
    },
    true,
  );
  addEventListener('formdata', (event) => {
    for (const [, link] of linksOf(event)) link.read();
  });
  addEventListener('reset', (event) => {
    const found = linksOf(event);
    // After the browser has reset the fields.
    setTimeout(() => {
      if (!event.defaultPrevented) for (const [field, link] of found) link.reset(field.value);
    });
  });
}

function linksOf({ target }: Pick<Event, 'target'>): [TextField, OwnLink][] {
  return [...links].filter(([field, link]) => field.form === target && link.connected);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const found = linksOf(event);
  const isExcused = (excused.get(form) || 0) > Date.now();
  excused.delete(form);
  // What a form would send for a frame that has not come is what stood in the field before, and nobody has checked it.
  const absent =
    asksFor(form, event.submitter) &&
    [...links].find(([field, link]) => field.form === form && !link.connected && link.isRequired);
  if (passing === form || isExcused || (found.length === 0 && !absent)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!absent) {
    void send(form, event.submitter, found);
    return;
  }
  const [, link] = absent;
  if (!link.isAwaited) excused.set(form, Date.now() + EXCUSE);
  link.say(link.isAwaited ? NOT_YET : NOT_SENT);
}

/** Whether a form is to be sent only when it is valid. */
const asksFor = (form: HTMLFormElement, submitter: HTMLElement | null): boolean =>
  !form.noValidate && !(submitter && (submitter as HTMLButtonElement).formNoValidate);

async function send(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  found: readonly (readonly [TextField, OwnLink])[],
): Promise<void> {
  // A second press, while the first is waiting.
  if (waiting.has(form)) return;
  waiting.add(form);
  for (const [, link] of found) {
    try {
      await link.settle();
      link.say();
    } catch {
      waiting.delete(form);
      excused.set(form, Date.now() + EXCUSE);
      link.say(NOT_SENT);
      return;
    }
  }
  waiting.delete(form);
  // Also where no browser validates the field (hidden, read-only).
  const bad = asksFor(form, submitter) && found.find(([, link]) => link.validationMessage !== '');
  if (bad) {
    show(bad[1]);
    return;
  }
  passing = form;
  try {
    form.requestSubmit(submitter);
  } finally {
    passing = undefined;
  }
}
