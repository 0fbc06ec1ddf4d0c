/**
 * Text of one cell or one run of paragraphs, put together from the pieces a marked-up source has it in: pieces are
 * joined as they are, breaks become `\n`, any other white space one space, and both are dropped at the edges.
 */
import type { SourceBlock } from './source-document.ts';

/** Takes no room on paper: a number typed around one of these is still that number. */
const WITHOUT_WIDTH = /[\0-\x08\x0e-\x1f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+/g;

export class SourceText {
  #text = '';
  #gap: '' | ' ' | '\t' | '\n' = '';

  /** White space in the piece is only a space. */
  add(piece: string): void {
    const flat = piece.replace(WITHOUT_WIDTH, '').replace(/\s+/g, ' ');
    if (flat === '') return;
    if (flat === ' ') {
      this.#widen(' ');
      return;
    }
    const from = flat.startsWith(' ') ? 1 : 0;
    const to = flat.endsWith(' ') ? flat.length - 1 : flat.length;
    if (from === 1) this.#widen(' ');
    if (this.#text !== '') this.#text += this.#gap;
    this.#text += flat.slice(from, to);
    this.#gap = to < flat.length ? ' ' : '';
  }

  /** Line ends and tabs in the piece are meant. */
  addLines(piece: string): void {
    piece.split(/\r\n?|\n/).forEach((line, lineNumber) => {
      if (lineNumber > 0) this.break();
      line.split('\t').forEach((part, partNumber) => {
        if (partNumber > 0) this.tab();
        this.add(part);
      });
    });
  }

  break(): void {
    this.#gap = '\n';
  }

  tab(): void {
    this.#widen('\t');
  }

  get text(): string {
    return this.#text;
  }

  /** The text so far; what follows begins anew. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#gap = '';
    return text;
  }

  #widen(gap: ' ' | '\t'): void {
    if (this.#gap === '' || (this.#gap === ' ' && gap === '\t')) this.#gap = gap;
  }
}

/** Text with tables between: a page, a document, or a cell. */
export class SourceFlow {
  readonly text = new SourceText();
  /** What came before `text`, once a table stood between. */
  readonly blocks: SourceBlock[] = [];

  /** Ends the text so far. */
  flush(): void {
    const text = this.text.take();
    if (text !== '') this.blocks.push({ kind: 'text', text });
  }

  add(blocks: readonly SourceBlock[]): void {
    for (const block of blocks) {
      if (block.kind === 'text') this.text.addLines(block.text);
      else {
        this.flush();
        this.blocks.push(block);
      }
      this.text.break();
    }
  }
}

/** A table around other tables only arranges: what it says itself is text, a line a row, tabs between cells. */
export function layoutBlocks(
  rows: Iterable<Iterable<{ readonly text: string; readonly blocks: readonly SourceBlock[] }>>,
): SourceBlock[] {
  const flow = new SourceFlow();
  for (const row of rows) {
    for (const cell of row) {
      flow.add(cell.blocks);
      flow.text.addLines(cell.text);
      flow.text.tab();
    }
    flow.text.break();
  }
  flow.flush();
  return flow.blocks;
}
