/** What the large dialogs have in common: how they look, and where the keyboard was before. Loaded with the first of them. */
import { css } from 'lit';

/** For a dialog with the class `framed`; fits a small window at 150 %. */
export const dialogFrame = css`
  dialog.framed {
    max-width: calc(100vw - 24px);
    max-height: calc(100vh - 24px);
    padding: 0;
    overflow: auto;
    border: 1px solid var(--_control-line);
    border-radius: 4px;
    background: var(--_paper);
    color: inherit;
  }
  dialog.framed::backdrop {
    background: rgba(0, 0, 0, 0.4);
  }
  .framed h2 {
    margin: 12px 20px 0;
    font-size: 18px;
  }
  .framed h2:focus {
    outline: none;
  }
  .framed .refusal,
  .framed .question {
    padding: 6px 10px;
    border-left: 4px solid var(--_must);
    background: var(--_must-paper);
  }
  .framed .warn {
    padding: 4px 10px;
    border-left: 4px solid var(--_verify);
    background: var(--_verify-paper);
  }
  .framed .foot-of-dialog {
    position: -webkit-sticky;
    position: sticky;
    /* Beyond the edge by what a fraction of a pixel would leave open. */
    bottom: -1px;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    padding: 8px 20px;
    border-top: 1px solid var(--_line);
    background: var(--_shade);
    overflow-wrap: anywhere;
  }
  /* A large window at 400 %. */
  @media (max-width: 420px), (max-height: 340px) {
    .framed .foot-of-dialog {
      position: static;
    }
  }
`;

/** The element with the keyboard, inside whatever shadow roots. */
export function focusedIn(root: DocumentOrShadowRoot): HTMLElement | undefined {
  let element = root.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return (element as HTMLElement | null) ?? undefined;
}
