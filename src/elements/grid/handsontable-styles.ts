/**
 * How the spreadsheet grid looks: Handsontable's own sheets for what it draws (selection, editor, licence badge), the
 * sheet of the table grid for the printed form, and what reconciles the two. Text only; knows no grid.
 */
import coreCss from 'handsontable/styles/handsontable.css?inline';
import themeCss from 'handsontable/styles/ht-theme-main-no-icons.css?inline';
import { GRID_MENU_CSS } from './grid-menu-styles.ts';
import { TABLE_GRID_CSS } from './table-grid-styles.ts';

/**
 * The browser lays the table out, from the same rules as in the table grid: every size that Handsontable works out for
 * scrolling parts of a long table is overruled, because all rows and columns of a printed form are there.
 */
const SHEET_CSS = `
.sheet-grid .ht-root-wrapper {
  --ht-font-family: var(--xxgk-font, "Microsoft YaHei"), "PingFang SC", "Noto Sans CJK SC";
  --ht-accent-color: var(--_accent);
  --ht-cell-selection-border-color: var(--_accent);
  --ht-cell-selection-background-color: var(--_accent);
  --ht-cell-autofill-background-color: var(--_accent);
  --ht-cell-autofill-border-color: var(--_paper);
  --ht-cell-editor-border-color: var(--_accent);
  display: block;
  height: auto;
  font: inherit;
}
.sheet-grid .ht-grid,
.sheet-grid .ht-grid-content,
.sheet-grid .handsontable,
.sheet-grid .wtHolder,
.sheet-grid .wtHider,
.sheet-grid .wtSpreader {
  display: block;
  width: auto !important;
  height: auto !important;
  max-width: none;
  overflow: visible !important;
  border-radius: 0;
  background: none;
  box-shadow: none;
  color: inherit;
  font: inherit;
}
.sheet-grid .wtSpreader { position: relative; top: 0 !important; left: 0 !important; }
.sheet-grid .htFocusCatcher,
.sheet-grid .handsontable > [class^="ht_clone_"] { display: none !important; }
.sheet-grid table { width: 100% !important; }
.sheet-grid .covered { display: none; }
.sheet-grid td[role="columnheader"] {
  height: auto;
  padding: var(--_headings) 6px;
  background: var(--_shade);
  text-align: center;
  overflow-wrap: anywhere;
}
.sheet-grid td.value { cursor: cell; text-align: center; }
.sheet-grid .text,
.sheet-grid .ghost {
  position: absolute;
  top: 0;
  right: 0;
  bottom: 0;
  left: 0;
  display: flex;
  align-items: center;
  justify-content: center;
  overflow: hidden;
  padding: 0 4px;
  white-space: nowrap;
}
.sheet-grid .ghost { justify-content: flex-start; padding: 0 2px; -webkit-user-select: none; user-select: none; }
.sheet-grid[data-fits] thead th { z-index: 112; }
.sheet-grid td[data-long] .text { padding: 0 1px; }
.sheet-grid[data-arrangement="matrix"] td[data-long] .text,
.sheet-grid[data-arrangement="line"] td[data-long] .text { font-size: 0.8em; letter-spacing: -0.02em; }
.sheet-grid td[data-line] .text,
.sheet-grid td[data-line] .ghost { bottom: 13px; }
.sheet-grid td[data-kind="uncertain"] .text { text-decoration: underline dashed; text-underline-offset: 3px; }
.sheet-grid td[data-kind="not-applicable"] .text { color: var(--_faint); }

.sheet-grid td.area { border-color: var(--_table-line); }
.sheet-grid .wtBorder { pointer-events: none; }
.sheet-grid[data-active-inside] .wtBorder.current { display: none !important; }
.sheet-grid[data-active-inside] td[data-active] { box-shadow: inset 0 0 0 2px var(--_accent); }
.sheet-grid .wtBorder.corner { pointer-events: auto; cursor: crosshair; }
.sheet-grid[data-read-only] .wtBorder.corner,
.sheet-grid[data-typing] .wtBorder.corner { display: none !important; }
.sheet-grid .handsontableInputHolder { z-index: -1; overflow: hidden; pointer-events: none; }
.sheet-grid .handsontableInputHolder[data-open] { z-index: 111; pointer-events: auto; }
.sheet-grid .handsontableInputHolder .handsontableInput {
  width: 100% !important;
  height: 100% !important;
  padding: 0 4px;
  background: transparent;
  font: inherit !important;
  text-align: center;
}
.sheet-grid .handsontableInputHolder[data-open] .handsontableInput {
  background: var(--_paper);
  color: var(--_text);
  caret-color: auto;
  cursor: text;
}
.sheet-grid .handsontableInputHolder[data-open] .handsontableInput::selection { background: var(--_accent); color: var(--_on-accent); }

@media (forced-colors: active) {
  .sheet-grid .wtBorder { background-color: Highlight !important; }
  .sheet-grid td.area { outline: 1px solid Highlight; outline-offset: -3px; }
  .sheet-grid td[data-derived] .text { outline: 1px dotted; outline-offset: -3px; }
}
@media print {
  .sheet-grid .wtBorder, .sheet-grid .ghost { display: none !important; }
  .sheet-grid td.area::before { display: none; }
}
`;

export const HANDSONTABLE_GRID_CSS = [coreCss, themeCss, TABLE_GRID_CSS, SHEET_CSS, GRID_MENU_CSS].join('\n');
