/**
 * What old libraries replace in a page by something that does otherwise, as the standard has it: Prototype, MooTools, and
 * what a site adds to Array.prototype or Object.prototype. The build puts these in the place of the browser's own in
 * what is shipped for pages (own-natives.ts says which for which); the sources know nothing of them.
 */

type Names = Record<string, unknown>;

const { hasOwnProperty } = Object.prototype;

/** Array.from: theirs take no set, no function, or give the very array back. */
export function arrayFrom(
  items: Iterable<unknown> | ArrayLike<unknown>,
  map?: (item: unknown, index: number) => unknown,
  that?: unknown,
): unknown[] {
  let list: unknown[] = [];
  if (Symbol.iterator in Object(items)) list = [...(items as Iterable<unknown>)];
  else
    for (let at = 0; at < (items as ArrayLike<unknown>).length; at += 1)
      list[at] = (items as ArrayLike<unknown>)[at];
  if (map !== undefined) for (let at = 0; at < list.length; at += 1) list[at] = map.call(that, list[at], at);
  return list;
}

/** `for … in`, without what the page has put on all objects. */
export function names(object: object): string[] {
  const found: string[] = [];
  for (const name in object)
    if (hasOwnProperty.call(object, name) || !(name in (Array.isArray(object) ? [] : {}))) found.push(name);
  return found;
}

/** Object.keys: that of Prototype 1.6 gives what is inherited as well. */
export function keys(object: object): string[] {
  const found: string[] = [];
  for (const name in object) if (hasOwnProperty.call(object, name)) found.push(name);
  return found;
}

export const values = (object: object): unknown[] => keys(object).map((name) => (object as Names)[name]);

/** Array.prototype.entries: with Prototype it gives the items, or is not there at all. */
export function entries(list: { entries(): unknown }): unknown {
  return Array.isArray(list) ? list.map((item, index) => [index, item])[Symbol.iterator]() : list.entries();
}

/** `it?.…`, where what comes behind is one of these. */
export const maybe = <It, Then>(it: It, then: (it: It & {}) => Then): Then | undefined =>
  it === null || it === undefined ? undefined : then(it);

type Reducer = (so: unknown, item: unknown, index: number, list: unknown) => unknown;

/** Array.prototype.reduce: that of Prototype 1.6 adds nothing up. */
export function reduce(list: { reduce(...all: unknown[]): unknown }, ...all: [Reducer, unknown?]): unknown {
  if (!Array.isArray(list)) return list.reduce(...all);
  const [reducer] = all;
  let at = 0;
  if (all.length < 2 && list.length === 0) throw new TypeError('Nothing to reduce');
  let so: unknown = all.length < 2 ? list[at++] : all[1];
  for (; at < list.length; at += 1) so = reducer(so, list[at], at, list);
  return so;
}

/** What many sites have as these takes the text for a regular expression; that of Prototype 1.6 knows no `at`. */
export const startsWith = (text: string, part: string, at = 0): boolean =>
  text.slice(at, at + part.length) === part;

export const endsWith = (text: string, part: string, end = text.length): boolean =>
  part.length <= end && text.slice(end - part.length, end) === part;

type Replacer = ((this: unknown, key: string, value: unknown) => unknown) | null;

// Under another name, or the build would put this function in its own place.
const { stringify: native } = JSON;
const added = (value: unknown): unknown => (value as { toJSON?: unknown }).toJSON;

/** JSON.stringify: before Prototype 1.7 every list is written as a text. */
export function stringify(value: unknown, replacer?: Replacer, space?: string | number): string {
  if (!added([])) return native(value, replacer as never, space);
  return native(
    value,
    function (this: Names, key, found: unknown) {
      // Where what was found has such a function, `found` is what it gave.
      const own = this[key];
      const isTheirs = Array.isArray(own) || (own instanceof Object && added(own) === added({}));
      const plain = isTheirs ? own : found;
      return typeof replacer === 'function' ? replacer.call(this, key, plain) : plain;
    },
    space,
  );
}

/** Many sites have a `function Map()` of their own: then it is that of a blank page. */
function pristine(name: string): unknown {
  const mine = (globalThis as unknown as Names)[name];
  if (/native code/.test(String(mine))) return mine;
  const frame = document.createElement('iframe');
  document.documentElement.append(frame);
  const found = (frame.contentWindow as unknown as Names)[name];
  frame.remove();
  return found;
}

export const PageMap = /* @__PURE__ */ pristine('Map');
export const PageSet = /* @__PURE__ */ pristine('Set');

/** Not there in a worker. */
function parentOf(name: string): unknown {
  const heir = (globalThis as unknown as Names)[name];
  return heir && Object.getPrototypeOf(heir);
}

/** The classes of the browser, from what is made of them: the names belong to MooTools, or to an old Prototype. */
export const PageDocument = /* @__PURE__ */ parentOf('HTMLDocument');
export const PageElement = /* @__PURE__ */ parentOf('HTMLElement');
export const PageEvent = /* @__PURE__ */ parentOf('UIEvent');
