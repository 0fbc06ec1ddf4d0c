/** How the menu of a grid looks. Text only. */
export const GRID_MENU_CSS = `
.grid-menu {
  position: fixed;
  z-index: 1000;
  box-sizing: border-box;
  min-width: 13em;
  margin: 0;
  padding: 4px 0;
  border: 1px solid var(--_line);
  border-radius: 4px;
  background: var(--_paper);
  box-shadow: 0 4px 14px rgba(0, 0, 0, 0.18);
  color: var(--_text);
  font-size: 14px;
  line-height: 1.4;
}
.grid-menu [role="menuitem"] {
  display: flex;
  justify-content: space-between;
  gap: 2em;
  padding: 5px 12px;
  outline: 0;
  cursor: default;
  white-space: nowrap;
}
.grid-menu [role="menuitem"]:focus { background: var(--_selected); }
.grid-menu [aria-disabled="true"] { color: var(--_faint); }
.grid-menu [role="separator"] { height: 0; margin: 4px 0; border-top: 1px solid var(--_line); }
.grid-menu .keys { color: var(--_faint); }
@media (forced-colors: active) {
  .grid-menu [role="menuitem"]:focus { outline: 2px solid Highlight; outline-offset: -2px; }
}
`;
