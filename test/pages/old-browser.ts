/**
 * A browser of another age, as far as the classic script can tell: the language of ES5 and a document that knows
 * little. It proves nothing of syntax; that is for `test/check-bundles.mjs`.
 */
import { createContext, runInContext } from 'node:vm';

/** What came after ES5 is taken away, and with it whatever a script might rely on unawares. */
const ES5_ONLY = `(function (world) {
  var kept = {
    Array: 'concat join pop push reverse shift slice sort splice toString toLocaleString unshift indexOf lastIndexOf every some forEach map filter reduce reduceRight',
    String: 'toString valueOf charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substring toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase trim substr',
    Function: 'toString apply call bind'
  };
  for (var owner in kept) {
    var prototype = world[owner].prototype;
    Object.getOwnPropertyNames(prototype).forEach(function (name) {
      if (name !== 'constructor' && name !== 'length' && kept[owner].split(' ').indexOf(name) < 0)
        try { delete prototype[name]; } catch (_) {}
    });
  }
  var names = 'Object Function Array String Boolean Number Date RegExp Error EvalError RangeError ReferenceError SyntaxError TypeError URIError Math JSON NaN Infinity undefined eval parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape document window setInterval clearInterval'.split(' ');
  Object.getOwnPropertyNames(world).forEach(function (name) {
    if (names.indexOf(name) < 0) delete world[name];
  });
})(this)`;

export class OldNode {
  readonly style = { cssText: '' };
  readonly children: OldNode[] = [];
  parentNode: OldNode | undefined;
  value: unknown;
  type = '';
  name = '';
  readonly #attributes = new Map<string, string>();

  constructor(
    readonly tag: string,
    readonly text = '',
    /** Internet Explorer 8 takes no child into an element it does not know. */
    readonly canHaveChildren?: boolean,
  ) {}

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  appendChild(child: OldNode): void {
    this.insertBefore(child, undefined);
  }

  insertBefore(child: OldNode, next: OldNode | undefined): void {
    if (this.canHaveChildren === false) throw new Error('Unexpected call to method or property access.');
    child.parentNode = this;
    this.children.splice(next === undefined ? this.children.length : this.children.indexOf(next), 0, child);
  }

  removeChild(child: OldNode): void {
    this.children.splice(this.children.indexOf(child), 1);
    child.parentNode = undefined;
  }

  getElementsByTagName(tag: string): OldNode[] {
    return this.children.flatMap((child) => [
      ...(child.tag === tag ? [child] : []),
      ...child.getElementsByTagName(tag),
    ]);
  }

  get textContent(): string {
    return this.text + this.children.map((child) => child.textContent).join('');
  }
}

export class OldBrowser {
  readonly body = new OldNode('body');
  readyState = 'loading';
  readonly #timers: Array<() => void> = [];
  readonly #world: object;

  constructor({ knowsEvents = true } = {}) {
    const document = {
      getElementsByTagName: (tag: string) => this.body.getElementsByTagName(tag),
      createElement: (tag: string) => new OldNode(tag),
      createTextNode: (text: string) => new OldNode('#text', text),
      ...(knowsEvents && { addEventListener: () => undefined }),
    };
    Object.defineProperty(document, 'readyState', { get: () => this.readyState });
    const world: Record<string, unknown> = {
      document,
      setInterval: (act: () => void) => this.#timers.push(act),
      clearInterval: () => undefined,
    };
    world['window'] = world;
    this.#world = createContext(world);
    runInContext(ES5_ONLY, this.#world);
  }

  run(code: string): unknown {
    return runInContext(code, this.#world) as unknown;
  }

  /** Some time passes. */
  tick(): void {
    for (const act of this.#timers) act();
  }

  add(tag: string, attributes: Readonly<Record<string, string>> = {}, canHaveChildren?: boolean): OldNode {
    const node = new OldNode(tag, '', canHaveChildren);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    this.body.appendChild(node);
    return node;
  }
}
