/** What the dialog of 导入 looks like, inside the frame of `dialog-frame.ts`. */
import { css } from 'lit';

export const dialogStyles = css`
  dialog.import {
    width: 1080px;
    /* What the keyboard reaches is not to lie under the foot. */
    scroll-padding-bottom: 92px;
  }
  .import .inside {
    padding: 12px 20px;
  }
  .import p,
  .import ul {
    margin: 0 0 6px;
  }
  .import ul {
    padding: 0 0 0 18px;
  }
  .import p,
  .import li {
    overflow-wrap: anywhere;
  }
  .import textarea {
    width: 100%;
    height: 110px;
    padding: 8px;
    border: 2px dashed var(--_control-line);
    background: var(--_shade);
    color: inherit;
    font: inherit;
    resize: none;
  }
  .import textarea::placeholder {
    color: var(--_faint);
    opacity: 1;
  }
  .import .year {
    width: 5em;
    min-height: 26px;
    border: 1px solid var(--_control-line);
    background: var(--_paper);
    color: inherit;
    font: inherit;
  }
  .import fieldset {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 0 12px 6px 0;
    padding: 2px 10px 4px;
    border: 1px solid var(--_line);
  }
  .import label {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-height: 26px;
  }
  .import .which {
    display: flex;
    flex-direction: column;
    gap: 6px;
    align-items: flex-start;
    margin: 0 0 10px;
  }
  .import .foot-of-dialog p {
    flex: 1 1 320px;
    min-height: 42px;
    max-height: 63px;
    margin: 0;
    overflow: auto;
  }
  @media (max-width: 420px), (max-height: 340px) {
    .import .foot-of-dialog p {
      flex-basis: 100%;
      min-height: 0;
    }
  }
`;
