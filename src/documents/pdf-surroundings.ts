/**
 * What pdf.js wants to find, where it is missing; imported before it. Its build for old browsers stops short of Chromium
 * 90: what it still needs there is added for good. What a page has and a server or a worker has not is lent while it is
 * loaded, and taken back, so that nobody takes the one for the other.
 */
const surroundings = globalThis as Record<string, unknown>;

// A matrix for drawing is made when pdf.js is loaded, and never used. Where there is no window, its worker would take
// the messages of the worker we are in for its own.
const lent = ['DOMMatrix', 'ImageData', 'Path2D', 'window'].filter(
  (name) => surroundings[name] === undefined,
);
for (const name of lent) surroundings[name] = function Lent() {};

export function takeBack(): void {
  for (const name of lent) delete surroundings[name];
}

function add(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

for (const { prototype } of [Array, Object.getPrototypeOf(Uint8Array) as { prototype: object }, String])
  add(prototype, 'at', function at(this: ArrayLike<unknown>, index: number) {
    const whole = Math.trunc(index) || 0;
    return this[whole < 0 ? this.length + whole : whole];
  });

add(Array.prototype, 'findLast', function findLast(this: unknown[], wanted: (value: unknown) => unknown) {
  for (let index = this.length - 1; index >= 0; index -= 1) if (wanted(this[index])) return this[index];
  return undefined;
});

/** What pdf.js tells itself, without its worker: data, bytes and errors. Nothing is transferred. */
add(globalThis, 'structuredClone', (value: unknown) => {
  const copies = new Map<object, unknown>();
  const copyOf = (original: unknown): unknown => {
    if (typeof original === 'function' || typeof original === 'symbol')
      throw new TypeError('It could not be cloned.');
    if (typeof original !== 'object' || original === null) return original;
    if (copies.has(original)) return copies.get(original);
    const keep = <T>(copy: T): T => {
      copies.set(original, copy);
      return copy;
    };
    if (original instanceof ArrayBuffer) return keep(original.slice(0));
    if (ArrayBuffer.isView(original)) {
      const { buffer, byteOffset, byteLength } = original;
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
      const View = original.constructor as new (bytes: ArrayBufferLike) => unknown;
      return keep(new View(bytes));
    }
    if (original instanceof Date) return keep(new Date(original));
    if (original instanceof Map) {
      const copy = keep(new Map<unknown, unknown>());
      for (const [key, one] of original) copy.set(copyOf(key), copyOf(one));
      return copy;
    }
    if (original instanceof Set) {
      const copy = keep(new Set<unknown>());
      for (const one of original) copy.add(copyOf(one));
      return copy;
    }
    if (original instanceof Error) {
      const copy = keep(new Error(original.message));
      copy.name = original.name;
      return copy;
    }
    const copy = keep<Record<string, unknown>>(
      (Array.isArray(original) ? [] : {}) as Record<string, unknown>,
    );
    if (Array.isArray(original)) (copy as unknown as unknown[]).length = original.length;
    for (const [key, one] of Object.entries(original)) copy[key] = copyOf(one);
    return copy;
  };
  return copyOf(value);
});
