/** What the dialog of 导入 looks like. */
import { css } from 'lit';

export const dialogStyles = css`
  dialog.import {
    width: 1080px;
    max-width: calc(100vw - 24px);
    max-height: calc(100vh - 24px);
    padding: 0;
    overflow: auto;
    /* What the keyboard reaches is not to lie under the foot. */
    scroll-padding-bottom: 92px;
    border: 1px solid var(--_control-line);
    border-radius: 4px;
    background: var(--_paper);
    color: inherit;
  }
  dialog.import::backdrop {
    background: rgba(0, 0, 0, 0.4);
  }
  .import .inside {
    padding: 12px 20px;
  }
  .import h2 {
    margin: 12px 20px 0;
    font-size: 18px;
  }
  .import h2:focus {
    outline: none;
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
  .import .refusal {
    padding: 6px 10px;
    border-left: 4px solid var(--_must);
    background: var(--_must-paper);
  }
  .import .warn {
    padding: 4px 10px;
    border-left: 4px solid var(--_verify);
    background: var(--_verify-paper);
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
  .import .foot-of-dialog {
    position: -webkit-sticky;
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    padding: 8px 20px;
    border-top: 1px solid var(--_line);
    background: var(--_shade);
  }
  .import .foot-of-dialog p {
    flex: 1 1 320px;
    min-height: 42px;
    max-height: 63px;
    margin: 0;
    overflow: auto;
  }
  /* A large window at 400 %. */
  @media (max-width: 420px), (max-height: 340px) {
    .import .foot-of-dialog {
      position: static;
    }
    .import .foot-of-dialog p {
      flex-basis: 100%;
      min-height: 0;
    }
  }
`;
