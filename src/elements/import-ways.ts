/**
 * The ways by which a document comes to an editor without its button: a paste that carries labels of the form, and a
 * file or a text that is dropped on it. Loaded after the first paint; reads nothing itself.
 */
import { css } from 'lit';
import { carriesLabels } from '../documents/carries-labels.ts';
import { payloadFromClipboard } from '../documents/clipboard-payload.ts';
import { languageInForce, t } from '../format/language.ts';
import { addStyles } from './styles.ts';

/** A file, or what a clipboard or a drag holds; either text may be ''. */
export type ImportSource = File | { readonly html: string; readonly text: string };

export interface WaysOwner extends HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** Whether a document can be taken now. */
  readonly takesDocuments: boolean;
  importDocument(source: ImportSource): Promise<string | undefined>;
  say(sentence: string): void;
}

const waysStyles = css`
  .drop-hint {
    position: fixed;
    z-index: 10;
    top: 40%;
    left: 50%;
    padding: 18px 32px;
    border: 3px dashed var(--_accent);
    border-radius: 6px;
    background: var(--_tint);
    color: var(--_text);
    font-size: 18px;
    transform: translate(-50%, -50%);
    pointer-events: none;
  }
`;

/** Milliseconds without a move after which a drag is elsewhere: browsers tell of one that lies still more often. */
const STILL = 600;

/** Inputs that no words go into. */
const WITHOUT_TEXT: ReadonlySet<string> = new Set(['checkbox', 'radio', 'button', 'file']);

/** Whether a text is a report: in the words of the form, or as our own payload. */
export function carriesReport(text: string): boolean {
  return isPayload(text) || carriesLabels(text);
}

export function isPayload(text: string): boolean {
  return /^\s*\{\s*["}]/.test(text) && text.includes('xxgk-annual-report');
}

/** What a paste or a drop holds, our own payload before anything it was drawn as; undefined where that is no document. A picture beside a text is what Word adds to it. */
export function sourceOf(data: DataTransfer): ImportSource | undefined {
  const payload = payloadFromClipboard(data);
  if (payload !== undefined) return { html: '', text: payload };
  const html = data.getData('text/html');
  const text = data.getData('text/plain');
  if (html.trim() !== '' || text.trim() !== '') return { html, text };
  return data.files[0];
}

export function openWays(owner: WaysOwner): void {
  const hint = document.createElement('div');
  hint.className = 'drop-hint';
  addStyles(owner.renderRoot, waysStyles);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (shown: boolean): void => {
    clearTimeout(timer);
    if (!shown) return hint.remove();
    hint.textContent = t`松开鼠标，导入报告`;
    hint.lang = languageInForce();
    if (hint.parentNode === null) owner.renderRoot.append(hint);
    timer = setTimeout(() => show(false), STILL);
  };

  // Before the grid, which would paste by position.
  owner.addEventListener(
    'paste',
    (event) => {
      const data = event.clipboardData;
      if (data === null || !owner.takesDocuments || isInDialog(event)) return;
      const source = sourceOf(data);
      if (source === undefined) return;
      if (!(source instanceof File) && isTextField(event)) return;
      if (!(source instanceof File) && !carriesReport(source.text) && !carriesLabels(source.html)) return;
      event.preventDefault();
      event.stopPropagation();
      void owner.importDocument(source);
    },
    true,
  );

  const onDrag = (event: DragEvent): void => {
    const data = event.dataTransfer;
    if (data === null || isInDialog(event) || !isDocument(data, event)) return;
    const { takesDocuments } = owner;
    // A file that nobody takes would be opened in the place of the page.
    event.preventDefault();
    if (event.type !== 'drop') {
      data.dropEffect = takesDocuments ? 'copy' : 'none';
      show(takesDocuments);
      return;
    }
    show(false);
    if (!takesDocuments) return;
    event.stopPropagation();
    const source = data.files[0] ?? sourceOf(data);
    if (data.files.length > 1) owner.say(t`一次只能导入一个文件，没有导入。请逐个拖入。`);
    else if (source !== undefined) void owner.importDocument(source);
  };
  for (const name of ['dragenter', 'dragover', 'drop'] as const) owner.addEventListener(name, onDrag, true);
}

/** The dialog takes its own. */
function isInDialog(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof HTMLDialogElement);
}

/** Words that are dragged into a field are for that field. */
function isDocument({ types }: DataTransfer, event: Event): boolean {
  if (types.includes('Files')) return true;
  return !isTextField(event) && (types.includes('text/html') || types.includes('text/plain'));
}

/** Whether something happens in a field for words: of the head, of an explanation, not of a grid. */
function isTextField(event: Event): boolean {
  const path = event.composedPath();
  const [target] = path;
  if (!(target instanceof HTMLElement)) return false;
  const takesText =
    target instanceof HTMLInputElement
      ? !WITHOUT_TEXT.has(target.type)
      : target instanceof HTMLTextAreaElement || target.isContentEditable;
  const isGrid = (node: EventTarget): boolean =>
    node instanceof HTMLElement && node.localName === 'xxgk-report-table';
  return takesText && !path.some(isGrid);
}
