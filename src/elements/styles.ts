/** What all our elements share: calm colours, the system's Chinese fonts, plain buttons. Adopted, never inserted as style tags. */
import { adoptStyles, css, type CSSResultOrNative } from 'lit';

/** Where an element stands, and whether it is seen, is the page's; what it looks like inside is not. */
export const baseStyles = css`
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
    transition: none !important;
    animation: none !important;
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
    color: var(--xxgk-text, #1a1a1a);
    font-family: var(--xxgk-font, 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif);
    font-size: var(--xxgk-font-size, 14px);
    line-height: 1.5;
    -webkit-user-select: text;
    user-select: text;
  }
  *::selection {
    background: #b5d3fb;
    color: #000;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button {
    min-height: 28px;
    padding: 2px 10px;
    border: 1px solid var(--xxgk-control-line, #8a94a3);
    border-radius: 3px;
    background: var(--xxgk-paper, #fff);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover:not(:disabled) {
    background: #eef3f8;
  }
  button:disabled {
    color: #6b6f76;
    cursor: default;
  }
  button.primary:not(:disabled) {
    border-color: var(--xxgk-accent, #1657b8);
    background: var(--xxgk-accent, #1657b8);
    color: #fff;
  }
  button.primary:hover:not(:disabled) {
    background: #0f468f;
  }
  button.plain {
    min-height: 24px;
    padding: 0 4px;
    border-color: transparent;
    background: transparent;
  }
  button:focus-visible,
  input:focus-visible,
  select:focus-visible,
  [tabindex]:focus-visible {
    outline: 2px solid var(--xxgk-accent, #1657b8);
    outline-offset: 1px;
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
    color: var(--xxgk-must, #b5261b);
  }
  .level-verify {
    color: var(--xxgk-verify, #8a5300);
  }
  .level-info {
    color: var(--xxgk-info, #14538f);
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
