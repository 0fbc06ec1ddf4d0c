/** How 草稿与备份 looks, inside the frame of `dialog-frame.ts`. */
import { css } from 'lit';

export const draftsPanelStyles = css`
  dialog.drafts {
    width: 860px;
    /* What the keyboard reaches is not to lie under the foot. */
    scroll-padding-bottom: 60px;
  }
  .drafts .inside {
    padding: 4px 20px 12px;
    overflow-wrap: anywhere;
  }
  .drafts h3 {
    margin: 12px 0 4px;
    padding: 0 0 2px;
    border-bottom: 1px solid var(--_line);
    font-size: 15px;
  }
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
  .drafts button.danger {
    border-color: var(--_must);
    color: var(--_must);
  }
  .drafts .keeping {
    margin: 10px 0 0;
    color: var(--_faint);
  }
`;
