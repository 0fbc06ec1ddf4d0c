/**
 * How the table grid looks: the printed form, thin lines, calm colours. Text only; whoever owns the shadow root adopts it,
 * beside the palette (`styles.ts`) that it takes its colours and the height of its rows from.
 */
export const TABLE_GRID_CSS = `
.table-grid {
  position: relative;
  overflow-x: auto;
  padding: 4px;
  outline: 0;
  line-height: 1.4;
  font-variant-numeric: tabular-nums;
}
.table-grid table {
  width: 100%;
  /* Collapsed lines do not go with a heading that stays in view. */
  border-collapse: separate;
  border-spacing: 0;
  border-left: 1px solid var(--_table-line);
  table-layout: fixed;
  background: var(--_paper);
}
.table-grid[data-arrangement="matrix"] table { min-width: 46em; }
.table-grid[data-arrangement="line"] table { min-width: 56em; }
.table-grid[data-arrangement="stacked"] table { min-width: 32em; }
.table-grid col.group-1 { width: 5em; }
.table-grid col.group-2 { width: 8em; }
.table-grid[data-arrangement="matrix"] col.value { width: 8.2%; }
.table-grid[data-arrangement="stacked"] col.label { width: 31%; }
.table-grid th,
.table-grid td {
  border: solid var(--_table-line);
  border-width: 0 1px 1px 0;
}
.table-grid thead tr:first-child th,
.table-grid[data-arrangement="stacked"] table { border-top: 1px solid var(--_table-line); }
.table-grid th {
  padding: var(--_headings) 6px;
  background: var(--_shade);
  font-weight: normal;
  text-align: center;
  overflow-wrap: anywhere;
}
.table-grid th[scope="row"] { text-align: left; }
.table-grid[data-arrangement="stacked"] th[scope="row"] { text-align: center; }
.table-grid[data-arrangement="line"] th { padding: var(--_headings) 2px; }
.table-grid th[scope="colgroup"] { font-weight: bold; }
.table-grid[data-arrangement="line"] th[scope="colgroup"],
.table-grid[data-arrangement="matrix"] th[scope="colgroup"] { font-weight: normal; }
.table-grid th[data-explains] { cursor: help; }
.table-grid th.note { font-size: 0.93em; }
.table-grid td {
  position: relative;
  height: var(--_row);
  padding: 0;
  background: var(--_paper);
  scroll-margin: calc(var(--xxgk-sticky-top, 0px) + 48px) 0 var(--xxgk-foot-height, 48px);
}
/* A small window, or a large one at 400 %, has no room for them. */
@media screen and (min-height: 341px) {
  .table-grid[data-fits] { overflow: visible; }
  .table-grid[data-fits] thead th {
    position: sticky;
    top: calc(var(--xxgk-sticky-top, 0px) + var(--_row-0));
    z-index: 2;
  }
  .table-grid[data-fits] thead tr:nth-child(2) th { top: calc(var(--xxgk-sticky-top, 0px) + var(--_row-1)); }
  .table-grid[data-fits] thead tr:nth-child(3) th { top: calc(var(--xxgk-sticky-top, 0px) + var(--_row-2)); }
  .table-grid[data-fits] td { scroll-margin-top: calc(var(--xxgk-sticky-top, 0px) + var(--_head, 120px)); }
}
.table-grid td[data-derived] { background: var(--_tint); }
.table-grid input {
  position: absolute;
  top: 0;
  left: 0;
  box-sizing: border-box;
  width: 100%;
  height: 100%;
  margin: 0;
  padding: 0 4px;
  border: 0;
  border-radius: 0;
  outline: 0;
  background: transparent;
  color: inherit;
  font: inherit;
  text-align: center;
  caret-color: transparent;
  cursor: cell;
}
/* To inherit would be to look as what is selected around it. */
.table-grid input::selection { background: transparent; color: var(--_text); }
.table-grid td[data-editing] input { cursor: text; caret-color: auto; background: var(--_paper); }
.table-grid td[data-editing] input::selection { background: var(--_accent); color: var(--_on-accent); }
/* Last year's value: nothing about it is as in what was entered. */
.table-grid input:placeholder-shown { padding: 0 2px; text-overflow: ellipsis; }
.table-grid input::placeholder,
.sheet-grid .ghost { color: var(--_faint); opacity: 1; font-size: 0.8em; font-style: italic; text-align: left; text-indent: 3px; }
.table-grid td[data-long] input { padding: 0 1px; }
.table-grid[data-arrangement="matrix"] td[data-long] input,
.table-grid[data-arrangement="line"] td[data-long] input { font-size: 0.8em; letter-spacing: -0.02em; }
.table-grid td[data-line] { height: 36px; }
.table-grid td[data-line] input { padding-bottom: 13px; }
.table-grid .line {
  position: absolute;
  right: 2px;
  bottom: 1px;
  left: 2px;
  overflow: hidden;
  color: var(--_faint);
  font-size: 11px;
  line-height: 13px;
  text-align: center;
  text-overflow: ellipsis;
  white-space: nowrap;
  pointer-events: none;
}
.table-grid td[data-kind="uncertain"] input { text-decoration: underline dashed; text-underline-offset: 3px; }
.table-grid td[data-kind="not-applicable"] input { color: var(--_faint); }
.table-grid td[data-kind="merged"] {
  background: repeating-linear-gradient(135deg, var(--_paper) 0 5px, var(--_line) 5px 6px);
}

.table-grid td[data-mark]::after {
  content: "";
  position: absolute;
  inset: 0;
  pointer-events: none;
}
.table-grid .symbol {
  position: absolute;
  top: 1px;
  right: 1px;
  min-width: 14px;
  font-size: 11px;
  font-weight: bold;
  line-height: 14px;
  text-align: center;
  color: var(--_paper);
  pointer-events: none;
}
.table-grid .change {
  position: absolute;
  top: 2px;
  left: 5px;
  color: var(--_faint);
  font-size: 9px;
  line-height: 9px;
  pointer-events: none;
}
.table-grid td[data-mark="format"]::after { border: 2px solid var(--_must); }
.table-grid td[data-mark="format"] .symbol { background: var(--_must); }
.table-grid td[data-mark="must"]::after { border-left: 4px solid var(--_must); }
.table-grid td[data-mark="must"] .symbol { background: var(--_must); border-radius: 7px; }
.table-grid td[data-mark="verify"]::after { border: 1px dashed var(--_verify); }
.table-grid td[data-mark="verify"] .symbol { background: var(--_verify-paper); color: var(--_verify); border-radius: 0 0 0 7px; }
.table-grid td[data-mark="info"]::after { border-bottom: 2px dotted var(--_info); }
.table-grid td[data-mark="info"] .symbol { color: var(--_info); font-style: italic; }

.table-grid td[data-selected],
.table-grid td[data-fill] { background: var(--_selected); }
.table-grid td[data-fill] { outline: 1px dashed var(--_accent); outline-offset: -2px; }
.table-grid td[data-outlined]::before {
  content: "";
  position: absolute;
  inset: 2px;
  border: 2px dashed var(--_accent);
  pointer-events: none;
}
.table-grid td[data-active] input { box-shadow: inset 0 0 0 1px var(--_accent); }
.table-grid td[data-active] input:focus { box-shadow: inset 0 0 0 2px var(--_accent); }
.table-grid .handle {
  position: absolute;
  right: -4px;
  bottom: -4px;
  z-index: 1;
  box-sizing: border-box;
  width: 8px;
  height: 8px;
  border: 1px solid var(--_paper);
  background: var(--_accent);
  cursor: crosshair;
}
.table-grid[data-read-only] .handle { display: none; }

@media (forced-colors: active) {
  .table-grid td[data-derived] input { outline: 1px dotted; outline-offset: -3px; }
  .table-grid td[data-selected] input { outline: 1px solid Highlight; outline-offset: -3px; }
  .table-grid td[data-active] input { outline: 2px solid Highlight; outline-offset: -2px; }
  .table-grid td[data-kind="merged"] { forced-color-adjust: none; }
  .table-grid .symbol { border: 1px solid; forced-color-adjust: none; }
}
@media print {
  .table-grid { overflow: visible; font-size: 9pt; }
  .table-grid table { min-width: 0; }
  .table-grid td { height: 20pt; background: none; }
  .table-grid td[data-selected], .table-grid td[data-derived] { background: none; }
  .table-grid td[data-active] input { box-shadow: none; }
  .table-grid .handle, .table-grid .change { display: none; }
  .table-grid input::placeholder { color: transparent; }
  .table-grid tr { break-inside: avoid; }
}
`;
