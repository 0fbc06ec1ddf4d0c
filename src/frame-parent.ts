/**
 * Entry of the classic script for a page that holds ours in an iframe. It loads nothing of the editor; every iframe with
 * `data-xxgk-for` is connected by itself, others by `XxgkFrame.connect(iframe, options)`.
 */
import { linkField, type TextField } from './framing/page-field.ts';
import type { OwnLink, PageLink } from './framing/page-contract.ts';
import { createLink, PREFIX } from './framing/page-link.ts';

export type { PageLink } from './framing/page-contract.ts';

export interface FrameOptions {
  /** The text field of the page that holds the JSON; or `data-xxgk-for`, its id. */
  readonly field?: TextField;
  /** JSON (string or object), as of the element. */
  readonly value?: string | object;
  readonly previous?: string | object;
  readonly rules?: string | object;
  /** Attributes of the element by the names of their properties: `draftKey`, `required`, `licenseKey`, … */
  readonly [attribute: string]: unknown;
}

/** Options that are no attributes. */
const GIVEN = /^(field|value|previous|rules)$/;

const known = new WeakMap<HTMLIFrameElement, OwnLink>();

/** Connects an iframe that shows frame.html; one that is connected already gives its link again. */
export function connect(iframe: HTMLIFrameElement, options: FrameOptions = {}): PageLink {
  const before = known.get(iframe);
  if (before && !before.ended) return before;
  const link = createLink(iframe);
  known.set(iframe, link);
  for (const [name, value] of Object.entries(options))
    if (!GIVEN.test(name) && value !== undefined && value !== null && value !== false)
      iframe.setAttribute(
        PREFIX + name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        value === true ? '' : String(value),
      );
  const id = iframe.getAttribute(`${PREFIX}for`);
  const root = iframe.getRootNode() as Document | ShadowRoot;
  const field = options.field || (id === null ? null : root.getElementById(id));
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) linkField(field, link);
  for (const name of ['rules', 'value', 'previous'] as const)
    if (options[name] !== undefined) link[name] = options[name];
  link.open();
  return link;
}

function connectAll(): void {
  for (const iframe of Array.from(document.querySelectorAll<HTMLIFrameElement>('iframe[data-xxgk-for]')))
    connect(iframe);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', connectAll);
else connectAll();

declare global {
  interface Window {
    /** Of the classic script, when it has run. */
    readonly XxgkFrame?: { readonly connect: typeof connect };
  }
}
