/**
 * What pdf.js wants to find when it is loaded, where there is no page: it makes a matrix for drawing then, and never
 * uses it here. Imported before it for this effect alone.
 */
const surroundings = globalThis as { DOMMatrix?: unknown };
surroundings.DOMMatrix ??= function DOMMatrix() {};
