/** What all our elements share: the theme, the system's Chinese fonts, plain buttons. Adopted, never inserted as style tags. */
import { adoptStyles, css, type CSSResultOrNative } from 'lit';
import { themeStyles } from './theme.ts';

/** Where an element stands, and whether it is seen, is the page's; what it looks like inside is not. */
export const baseStyles = css`
  ${themeStyles}
  :host {
    display: block;
    zoom: 1 !important;
    columns: auto !important;
    height: auto !important;
    max-height: none !important;
    padding: 0 !important;
    border: 0 !important;
    border-radius: 0 !important;
    outline: 0 !important;
    background: none !important;
    box-shadow: none !important;
    overflow: visible !important;
    writing-mode: horizontal-tb !important;
    animation: none !important;
  }
  :host(:not([theme='auto'])) {
    transition: none !important;
  }
  :host([hidden]) {
    display: none;
  }
  :host::before,
  :host::after {
    content: none !important;
  }
  .calm {
    all: initial;
    -webkit-locale: 'zh-CN';
    direction: ltr;
    visibility: inherit;
    pointer-events: inherit;
    display: block;
    width: 100%;
    color-scheme: var(--_scheme);
    background: var(--_ground, var(--_background));
    color: var(--_text);
    font-family: var(--xxgk-font, 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif);
    font-size: var(--xxgk-font-size, 14px);
    line-height: 1.5;
    -webkit-user-select: text;
    user-select: text;
  }
  *::selection {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button {
    min-height: var(--_control);
    padding: 2px 10px;
    border: 1px solid var(--_control-line);
    border-radius: 3px;
    background: var(--_paper);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    background: var(--_tint);
  }
  button:disabled {
    color: var(--_faint);
    cursor: default;
  }
  button.primary:not(:disabled) {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.primary:hover:not(:disabled) {
    filter: brightness(0.85);
  }
  button.plain {
    min-height: 24px;
    padding: 0 4px;
    border-color: transparent;
    background: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  @media (forced-colors: active) {
    button.primary:not(:disabled) {
      forced-color-adjust: none;
    }
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* Beyond the edge a page that is written from right to left would scroll. */
  .calm > .hidden {
    margin: 0;
  }
  .level-format,
  .level-must {
    color: var(--_must);
  }
  .level-verify {
    color: var(--_verify);
  }
  .level-info {
    color: var(--_info);
  }
`;

/** What an element draws in: a box in its shadow root that inherits nothing from the page. */
export function calmBox(root: HTMLElement | DocumentFragment): HTMLElement {
  const box = document.createElement('div');
  box.className = 'calm';
  box.lang = 'zh-CN';
  root.append(box);
  return box;
}

/** Adds styles that come with a late part to those the element has. */
export function addStyles(
  root: HTMLElement | DocumentFragment,
  ...styles: readonly CSSResultOrNative[]
): void {
  const shadow = root.getRootNode() as ShadowRoot;
  adoptStyles(shadow, [...shadow.adoptedStyleSheets, ...styles]);
}
