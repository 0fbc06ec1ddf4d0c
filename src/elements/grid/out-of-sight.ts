/** A place in the page that nobody sees, for what can only be built where it is laid out. Knows nothing of grids. */

/** Runs `build` while `element` is laid out in a shadow root of its own; the element is outside the page before and after. */
export function outOfSight<T>(element: HTMLElement, css: string, build: (element: HTMLElement) => T): T {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheetOf(css), sheetOf(PLACE)];
  root.append(element);
  document.body.append(host);
  try {
    return build(element);
  } finally {
    element.remove();
    host.remove();
  }
}

/** Whatever the page says of every element. */
const PLACE = `:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  top: 0 !important;
  left: 0 !important;
  width: 1280px !important;
  visibility: hidden !important;
}`;

const sheets = new Map<string, CSSStyleSheet>();

/** Parsed once per text. */
export function sheetOf(css: string): CSSStyleSheet {
  let sheet = sheets.get(css);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  return sheet;
}
