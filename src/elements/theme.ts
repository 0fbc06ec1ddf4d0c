/**
 * The colours of all our elements and the height of their rows, said once: light and dark, comfortable and compact. Each
 * colour is a property `--xxgk-…` for the host and `--_…` in our own style sheets. Knows no element.
 */
import { css, unsafeCSS, type CSSResult, type LitElement, type ReactiveController } from 'lit';

const rowsOf = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));

/**
 * Name, light, dark, and the colour of the reader's own palette for what no browser translates: gradients, pictures,
 * lines between cells. Every text has 4.5:1 on each ground that it stands on.
 */
export const PALETTE = rowsOf(`
  background transparent #14171c Canvas
  text #1a1a1a #e6e9ed CanvasText
  faint #5a616b #a9b1bc CanvasText
  paper #fff #1b1f26 Canvas
  shade #f4f6f9 #242a33 Canvas
  tint #eef3f8 #222c3a Canvas
  selected #dbe8fb #2a4265 Canvas
  line #c5ccd6 #434c59 CanvasText
  control-line #8a94a3 #7d8896 CanvasText
  table-line #2b2b2b #828d9b CanvasText
  accent #1657b8 #8ab4f8 Highlight
  on-accent #fff #10233f HighlightText
  must #b5261b #ff8a80 CanvasText
  must-paper #fdf0ef #3a2022 Canvas
  verify #8a5300 #f2b84b CanvasText
  verify-paper #fff8e6 #352b16 Canvas
  info #14538f #7cc0ff CanvasText
  done #4f6f4f #8fce93 CanvasText
  flow #4d79b0 #7fa8dc CanvasText
  flow-carried #86713b #c9ae6a CanvasText
`);

/** Name, comfortable, compact. A target keeps the 24 px of WCAG 2.5.8. */
const SIZES = rowsOf(`
  row 36px 26px
  headings 4px 2px
  control 28px 24px
`);

const each = (rows: typeof PALETTE, value: (row: readonly string[]) => string): CSSResult =>
  unsafeCSS(rows.map((row) => `--_${row[0]!}:${value(row)};`).join(''));

const colours = (theme: 1 | 2): CSSResult => each(PALETTE, (row) => `var(--xxgk-${row[0]!},${row[theme]!})`);

/** Light: a page that is not asked stays as it is, whatever the system of its reader prefers. */
export const themeStyles = css`
  :host {
    ${colours(1)}${each(SIZES, (row) => row[1]!)}
    --_scheme: light;
    color-scheme: var(--_scheme);
    color: var(--_text);
  }
  :host([density='compact']) {
    ${each(SIZES, (row) => row[2]!)}
  }
  /* The colour that the page's own scheme gives text, where it can be read and its changes are told of. */
  :host([theme='auto']) {
    color-scheme: inherit;
    column-rule-color: CanvasText;
    transition: column-rule-color 1ms !important;
  }
  @media (forced-colors: active) {
    :host {
      ${each(PALETTE, (row) => `${row[3]!}!important`)}
    }
    :disabled {
      border-color: GrayText !important;
      color: GrayText !important;
    }
  }
`;

/** On paper everything is dark on white. */
export const darkStyles = css`
  @media screen {
    :host {
      ${colours(2)}
      --_scheme: dark;
    }
  }
`;

/** For elements of ours inside another one: they look as it does. */
export const inheritedTheme = css`
  ${each([...PALETTE, ...SIZES], () => 'inherit')}
  /* The ground is there already. */
  --_ground: transparent;
  --_scheme: inherit;
  color-scheme: inherit;
  background: none;
`;

/** `light` unless the host asks: `dark`, or `auto` for what `color-scheme` is in the page around. */
export type Theme = 'light' | 'dark' | 'auto';

export type Density = 'comfortable' | 'compact';

/** Has an element wear the dark colours when they are asked for. */
export class ThemeController implements ReactiveController {
  #worn: string | undefined;

  constructor(private readonly host: LitElement & { theme: string }) {
    host.addEventListener('transitionend', ({ propertyName, target }) => {
      if (target === host && propertyName === 'column-rule-color') this.look();
    });
  }

  hostConnected(): void {
    this.look();
  }

  hostUpdated(): void {
    if (this.host.theme === this.#worn) return;
    this.#worn = this.host.theme;
    this.look();
  }

  /** To be called too where the page may have changed while the element was hidden. */
  look(): void {
    const { host } = this;
    const isDark =
      host.theme === 'dark' ||
      (host.theme === 'auto' && Number(/\d+/.exec(getComputedStyle(host).columnRuleColor)) > 127);
    const root = host.shadowRoot!;
    const sheet = darkStyles.styleSheet!;
    const sheets = root.adoptedStyleSheets;
    if (isDark !== sheets.includes(sheet))
      root.adoptedStyleSheets = isDark ? [...sheets, sheet] : sheets.filter((one) => one !== sheet);
  }
}
