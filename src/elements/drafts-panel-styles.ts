/** How 草稿与备份 looks; fits a small window at 150 %. */
import { css } from 'lit';

export const draftsPanelStyles = css`
  dialog.drafts {
    width: 860px;
    max-width: calc(100vw - 24px);
    max-height: calc(100vh - 24px);
    padding: 0;
    overflow: auto;
    /* What the keyboard reaches is not to lie under the foot. */
    scroll-padding-bottom: 60px;
    border: 1px solid var(--_control-line);
    border-radius: 4px;
    background: var(--_paper);
    color: inherit;
  }
  dialog.drafts::backdrop {
    background: rgba(0, 0, 0, 0.4);
  }
  .drafts .inside {
    padding: 4px 20px 12px;
    overflow-wrap: anywhere;
  }
  .drafts h2 {
    margin: 12px 20px 0;
    font-size: 18px;
  }
  .drafts h3 {
    margin: 12px 0 4px;
    padding: 0 0 2px;
    border-bottom: 1px solid var(--_line);
    font-size: 15px;
  }
  .drafts h2:focus,
  .drafts h3:focus {
    outline: none;
  }
  .drafts p {
    margin: 0 0 4px;
  }
  .drafts .foot-of-dialog p {
    flex: 1 1 auto;
    margin: 0;
  }
  .drafts ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .drafts .row {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    align-items: center;
    padding: 3px 0;
  }
  .drafts .row > :first-child {
    flex: 1 1 320px;
    min-width: 0;
  }
  .drafts .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .drafts li + li > .row {
    border-top: 1px solid var(--_line);
  }
  .drafts .differences {
    max-height: 200px;
    margin: 0 0 6px;
    padding: 0 0 0 18px;
    overflow: auto;
    list-style: disc;
  }
  .drafts .refusal,
  .drafts .question {
    padding: 6px 10px;
    border-left: 4px solid var(--_must);
    background: var(--_must-paper);
  }
  .drafts .warn {
    padding: 4px 10px;
    border-left: 4px solid var(--_verify);
    background: var(--_verify-paper);
  }
  .drafts button.danger {
    border-color: var(--_must);
    color: var(--_must);
  }
  .drafts .keeping {
    margin: 10px 0 0;
    color: var(--_faint);
  }
  .drafts .foot-of-dialog {
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
  @media (max-width: 420px), (max-height: 340px) {
    .drafts .foot-of-dialog {
      position: static;
    }
  }
`;
