/**
 * What pdf.js wants to find when it is loaded, where there is no page: it makes a matrix for drawing then, and never
 * uses it here. Imported before it; gone again afterwards, so that nobody takes a server for a page.
 */
const surroundings = globalThis as Record<string, unknown>;
const lent = ['DOMMatrix', 'ImageData', 'Path2D'].filter((name) => surroundings[name] === undefined);
for (const name of lent) surroundings[name] = function Lent() {};

export function takeBack(): void {
  for (const name of lent) delete surroundings[name];
}
