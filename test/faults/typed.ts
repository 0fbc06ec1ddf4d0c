/**
 * What somebody typed, kept outside the browser, and the verdict on what is there afterwards. Knows no page.
 */

export interface Edit {
  readonly cell: string;
  readonly text: string;
  /** Ended by Enter or Tab before the fault; an edit that was not may be there, in part or not at all. */
  committed: boolean;
}

export interface Verdict {
  /** Edits that the page had called saved and that are gone. */
  readonly acknowledgedLost: number;
  /** Edits that were ended, that the page had not called saved yet, and that are gone. */
  readonly committedLost: number;
  /** Cells that show what nobody typed, or what was typed over before. */
  readonly wrong: readonly string[];
}

export class Typed {
  /** What was in the cells before the first of these edits; a cell without an entry was blank. */
  readonly before: ReadonlyMap<string, string>;
  readonly edits: Edit[] = [];
  /** So many of the edits, from the first on, the page has called saved. */
  acknowledged = 0;

  constructor(before: ReadonlyMap<string, string> = new Map()) {
    this.before = before;
  }

  /** What has to be there when nothing is lost. */
  expected(): Map<string, string> {
    const cells = new Map(this.before);
    for (const { cell, text, committed } of this.edits) if (committed) cells.set(cell, text);
    return cells;
  }

  get committed(): number {
    return this.edits.filter((edit) => edit.committed).length;
  }

  /** Compares what is there with what was typed, cell by cell. */
  judge(found: ReadonlyMap<string, string>): Verdict {
    let acknowledgedLost = 0;
    let committedLost = 0;
    const wrong: string[] = [];
    const cells = new Set([...this.before.keys(), ...found.keys(), ...this.edits.map(({ cell }) => cell)]);
    for (const cell of cells) {
      const shown = found.get(cell) ?? '';
      const own = this.edits.map((edit, index) => ({ ...edit, index })).filter((edit) => edit.cell === cell);
      const steps = [
        { text: this.before.get(cell) ?? '', committed: true, index: -1 },
        ...own.filter(({ committed, index }) => committed || index < this.acknowledged),
      ];
      const open = own.filter(({ committed, index }) => !committed && index >= this.acknowledged);
      if (open.some(({ text }) => shown !== '' && text.startsWith(shown))) continue;
      // The last that shows this value: everything after it is gone.
      let at = steps.length - 1;
      while (at >= 0 && steps[at]!.text !== shown) at -= 1;
      const gone = steps.slice(at + 1);
      if (at < 0) wrong.push(`${cell}: ${shown === '' ? 'blank' : shown}, typed ${steps.at(-1)!.text}`);
      if (gone.some(({ index }) => index < this.acknowledged)) acknowledgedLost += 1;
      committedLost += gone.filter(({ index }) => index >= this.acknowledged).length;
    }
    return { acknowledgedLost, committedLost, wrong };
  }
}
