/**
 * What a document says about one report: an entry for each cell that was found, where it stood, how sure that is, and a
 * report on the reading. Data only: the sentences are in `words-zh.ts`.
 */
import type { CellId, Entry } from '../format/entry.ts';
import type { FormatVersion } from '../format/format.ts';
import type { Quantity } from '../format/quantity.ts';
import type { Omission, SourceKind, SourceRefusal } from './source-document.ts';

/** Where in the source something stood. */
export interface SourcePlace {
  /** Number of the table in the document, from 1; 0 for running text. */
  readonly table: number;
  /** Row in that table, or line of the text, from 1. */
  readonly row: number;
  /** Place in the row, from 1; 0 where the whole row is meant. */
  readonly column: number;
  /** The row of the source as a person would read it, at most 200 characters. */
  readonly fragment: string;
}

/**
 * `exact`: the label is the official one and the place in the row is certain. `inferred`: the label was mended, or the
 * place follows from the number of values in the row. `uncertain`: a person has to decide; the entry is no number.
 */
export type Confidence = 'exact' | 'inferred' | 'uncertain';

export interface CellReading {
  readonly cell: CellId;
  /** As the one reader of numbers takes it; kind `uncertain` where the confidence is. */
  readonly entry: Entry;
  /** The text of the cell in the source, '' where the source has none. */
  readonly raw: string;
  readonly confidence: Confidence;
  readonly place: SourcePlace;
}

/** Why a cell is uncertain. */
export type Doubt =
  /** The row has more or fewer values than the form has columns. */
  | 'count'
  /** The separators between numbers were lost. */
  | 'glued'
  /** The document states two values for it. */
  | 'duplicate'
  /** Numbers in this table belong to no label, and this row has none. */
  | 'stray-numbers'
  /** The source says that the text is not what was typed (a date, an error value). */
  | 'source'
  /** The text is no number. */
  | 'not-a-number'
  /** The document states its amounts in 元 or 亿元. */
  | 'unit'
  /** The label could be two of them. */
  | 'label';

export interface ReadingReport {
  /** Cells with a number, "/" and the like included. */
  readonly recognised: number;
  /** Cells whose place is known and empty. */
  readonly blank: number;
  /** Cells of the form that the document does not have at all. */
  readonly absent: number;
  readonly uncertain: readonly { readonly cell: CellId; readonly doubt: Doubt }[];
  /** Numbers that belong to no cell of the form. */
  readonly unplaced: readonly {
    readonly raw: string;
    readonly place: SourcePlace;
    /** `unofficial`: a subtotal row or column that the form does not have. */
    readonly why: 'no-label' | 'unofficial' | 'other-format';
  }[];
  readonly duplicates: readonly { readonly cell: CellId; readonly raws: readonly string[] }[];
  /** Printed totals that differ from the sum of their parts; `printed` undefined where it is blank. */
  readonly totals: readonly {
    readonly cell: CellId;
    readonly printed: Quantity | undefined;
    readonly computed: Quantity;
  }[];
  /** Labels that are not the official text (S-04), once each. */
  readonly labels: readonly { readonly official: string; readonly found: string }[];
  /** （六）其他处理 is one row though the format has three. */
  readonly oneRowOther: boolean;
}

export interface Contact {
  readonly address?: string;
  readonly postcode?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly website?: string;
}

/** One report found in a document. */
export interface DocumentReading {
  readonly source: SourceKind;
  readonly version: FormatVersion;
  /** Keyed by cell; totals are in it as they were printed. A cell that the document does not have is absent. */
  readonly cells: ReadonlyMap<CellId, CellReading>;
  readonly organization: string | undefined;
  readonly year: number | undefined;
  readonly period: { readonly from: string; readonly to: string } | undefined;
  readonly contact: Contact | undefined;
  readonly narrative: { readonly overview?: string; readonly problems?: string; readonly other?: string };
  readonly report: ReadingReport;
}

/** Why a document that could be opened was not read as a report. */
export type DocumentRefusal =
  | SourceRefusal
  /** There is no table of the form in it. */
  | { readonly code: 'no-table' }
  /** The headings of the tables are there and nothing under them: they were published as pictures. */
  | { readonly code: 'tables-are-pictures' }
  /** Whoever made this text left out repeated lines: what is left cannot be assigned. */
  | { readonly code: 'lines-lost' }
  /** It took longer than allowed. */
  | { readonly code: 'too-slow' };

export type DocumentResult =
  /** More than one where the document holds several reports: the user chooses. */
  | {
      readonly ok: true;
      readonly readings: readonly DocumentReading[];
      /** What the source has and nobody read: hidden rows, for one. */
      readonly omissions?: readonly Omission[];
    }
  | { readonly ok: false; readonly refusal: DocumentRefusal };
