/**
 * `for="id"`: keeps a text field of the page equal to an element's value, for hosts that read fields only (jQuery's
 * `.serialize()`, Vue's `v-model`, a script of 2012). Knows the field and its form, and nothing of reports.
 */
type Field = HTMLTextAreaElement | HTMLInputElement;

/** White space, to JSON, that no host writes. */
const LEFT = ' \t \t ';

export interface MirroredElement extends HTMLElement {
  value: string;
  /** The value without what an open cell holds. */
  readonly heldText: string;
  /** A new report that nobody has begun: a field that is empty stays so. */
  readonly isUnbegun: boolean;
  /** What stands in the field, in the place of what the element has. */
  takeFromField(text: string): void;
  /** Stood in the field until it was read in this very task: set as the value in this task, it is no other report. */
  overtaken(text: string): void;
  commit(): void;
  abandon(): void;
}

export class TextMirror {
  readonly #owner: MirroredElement;
  #field: Field | undefined;
  #root: Document | ShadowRoot | undefined;
  /** What the field does with its value by itself. */
  #native: PropertyDescriptor | undefined;
  /** The field's events are ours. */
  #telling = false;
  /** The user has edited since the field was written. */
  #edited = false;
  /** How the last field was left. */
  #left: { readonly field: Field; readonly text: string; readonly held: string } | undefined;

  constructor(owner: MirroredElement) {
    this.#owner = owner;
  }

  /**
   * Finds the field with this id, in the same document or shadow root. Where the element has a report of its own, the
   * field gets it; else the element takes what stands in the field, as it does where somebody has written into the one that
   * it left. False where there is no such field yet.
   */
  attach(id: string): boolean {
    const root = this.#owner.getRootNode() as Document | ShadowRoot;
    const found = id === '' ? null : (root.getElementById?.(id) ?? null);
    if (found !== null && found === this.#field) return true;
    this.detach();
    if (!(found instanceof HTMLTextAreaElement || found instanceof HTMLInputElement)) return false;
    this.#field = found;
    const native = (this.#native = Object.getOwnPropertyDescriptor(
      found instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype,
      'value',
    )!);
    // A script that reads the field gets what is being typed, and one that writes it is not overwritten with the next edit.
    Object.defineProperty(found, 'value', {
      configurable: true,
      enumerable: true,
      get: () => {
        const before = native.get!.call(found) as string;
        // Takes an open cell in.
        void this.#owner.value;
        this.write();
        const text = native.get!.call(found) as string;
        if (text !== before) this.#owner.overtaken(before);
        return text;
      },
      set: (text: unknown) => {
        native.set!.call(found, text);
        this.#takeFromField();
      },
    });
    found.addEventListener('input', this.#onField);
    found.addEventListener('change', this.#onField);
    // What happens to a form within a shadow root is not heard outside.
    this.#root = root;
    root.addEventListener('submit', this.#onSubmit, true);
    root.addEventListener('formdata', this.#onFormData as EventListener, true);
    root.addEventListener('reset', this.#onReset, true);
    window.addEventListener('pagehide', this.#onPage);
    window.addEventListener('pageshow', this.#onPage);
    let text = native.get!.call(found) as string;
    // Filled in by the browser, and never what the host has.
    if (text.endsWith(LEFT)) native.set!.call(found, (text = found.defaultValue));
    const left = this.#left;
    const { heldText, isUnbegun } = this.#owner;
    const isOthers = left?.field === found && left.text !== text && left.held === heldText;
    if (isOthers || (isUnbegun && text.trim() !== '')) this.#owner.takeFromField(text);
    else this.write();
    return true;
  }

  detach(): void {
    const field = this.#field;
    if (field === undefined) return;
    this.write();
    const text = this.#native!.get!.call(field) as string;
    this.#left = { field, text, held: this.#owner.heldText };
    this.#field = undefined;
    this.#edited = false;
    delete (field as { value?: string }).value;
    field.removeEventListener('input', this.#onField);
    field.removeEventListener('change', this.#onField);
    this.#root?.removeEventListener('submit', this.#onSubmit, true);
    this.#root?.removeEventListener('formdata', this.#onFormData as EventListener, true);
    this.#root?.removeEventListener('reset', this.#onReset, true);
    window.removeEventListener('pagehide', this.#onPage);
    window.removeEventListener('pageshow', this.#onPage);
  }

  /** The form that the field is sent with. */
  get form(): HTMLFormElement | null {
    return this.#field?.form ?? null;
  }

  /** How many characters the field says that the host keeps; undefined where it says nothing. */
  get room(): number | undefined {
    const length = this.#field?.maxLength ?? -1;
    return length < 0 ? undefined : length;
  }

  /** The user has edited the report; `write` tells the field so. */
  edited(): void {
    this.#edited = true;
  }

  /** The field gets the value, and where the user has edited it, its listeners hear `input` and `change`. */
  write(): void {
    const field = this.#field;
    if (field === undefined || this.#telling) return;
    const { heldText, isUnbegun } = this.#owner;
    const before = this.#native!.get!.call(field) as string;
    if (heldText !== before && !(isUnbegun && before.trim() === '')) this.#native!.set!.call(field, heldText);
    if (!this.#edited) return;
    this.#edited = false;
    this.#telling = true;
    try {
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    } finally {
      this.#telling = false;
    }
  }

  #takeFromField(): void {
    const text = this.#native!.get!.call(this.#field) as string;
    // Also where it is only what the field was told a moment ago.
    if (text === this.#owner.heldText) return;
    this.#owner.value = text;
    this.#edited = false;
    // It may have kept its own.
    this.write();
  }

  /** Somebody else has changed the field, and says so. */
  readonly #onField = (): void => {
    if (!this.#telling) this.#takeFromField();
  };

  readonly #onSubmit = (event: Event): void => {
    if (event.target === this.form) this.#takeOpenCell();
  };

  /** Also `form.submit()`, which sends no `submit` event, and the list is made by then. */
  readonly #onFormData = (event: FormDataEvent): void => {
    const field = this.#field!;
    if (event.target !== this.form || field.disabled || field.name === '') return;
    const before = this.#native!.get!.call(field) as string;
    this.#takeOpenCell();
    const now = this.#native!.get!.call(field) as string;
    const { formData } = event;
    const all = formData.getAll(field.name);
    if (now === before) return;
    formData.delete(field.name);
    for (const one of all)
      formData.append(field.name, typeof one === 'string' && unbroken(one) === unbroken(before) ? now : one);
  };

  readonly #onReset = (event: Event): void => {
    if (event.target !== this.form) return;
    // After the browser has reset the field, unless somebody prevents it.
    setTimeout(() => {
      if (event.defaultPrevented || this.#field === undefined) return;
      this.#owner.abandon();
      // No browser resets a hidden field: what the element has been reset to counts.
      if (this.#field.type === 'hidden') this.write();
      else {
        this.#edited = false;
        this.#owner.takeFromField(this.#native!.get!.call(this.#field) as string);
      }
    });
  };

  /**
   * A browser fills fields in again after a reload or 后退: what was never saved would pass for what the host has. So it gets
   * the host's own text to keep, with a mark; the report has its draft.
   */
  readonly #onPage = (event: PageTransitionEvent): void => {
    if (event.type === 'pageshow') {
      if (event.persisted) this.write();
      return;
    }
    const { defaultValue } = this.#field!;
    if (this.#native!.get!.call(this.#field) !== defaultValue)
      this.#native!.set!.call(this.#field, defaultValue + LEFT);
  };

  #takeOpenCell(): void {
    this.#owner.commit();
    this.write();
  }
}

/** A form may write the ends of lines otherwise, or more of them (`wrap="hard"`). */
const unbroken = (text: string): string => text.replace(/[\r\n]/g, '');
