/** What all our elements share: the theme, the system's Chinese fonts, plain buttons. Adopted, never inserted as style tags. */
import { adoptStyles, css, type CSSResultOrNative } from 'lit';
import { themeStyles } from './theme.ts';

export const baseStyles = css`
  ${themeStyles}
  :host {
    display: block;
    box-sizing: border-box;
    font-family: var(--xxgk-font, 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif);
    font-size: var(--xxgk-font-size, 14px);
    line-height: 1.5;
    text-align: left;
  }
  :host([hidden]) {
    display: none;
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

/** Adds styles that come with a late part to those the element has. */
export function addStyles(
  root: HTMLElement | DocumentFragment,
  ...styles: readonly CSSResultOrNative[]
): void {
  const shadow = root as ShadowRoot;
  adoptStyles(shadow, [...shadow.adoptedStyleSheets, ...styles]);
}
