/**
 * What a file or a clipboard holds, before anybody asks what it means: texts and tables in reading order. Every source
 * (HTML, Word, Excel, PDF, plain text) becomes this; the reader of reports knows nothing else. No label is known here.
 */

export type SourceKind = 'html' | 'docx' | 'xlsx' | 'csv' | 'text' | 'pdf' | 'json';

/** One cell as the source draws it. */
export interface SourceCell {
  /** Paragraphs and line breaks are `\n`; other runs of white space are one space; '' for an empty cell. */
  readonly text: string;
  /** At least 1. */
  readonly colSpan: number;
  /** At least 1. */
  readonly rowSpan: number;
  /** The source itself says that the text is not what was typed: a date in a spreadsheet, an error value, a formula without a result. */
  readonly doubtful?: true;
  /** The source has no cell here; it only keeps those behind it in their columns. Nobody left it blank. */
  readonly missing?: true;
}

export type SourceBlock =
  /** Running text; `\n` between lines and paragraphs. Of plain text it holds every line as it came, tabs and bars included. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      /** As HTML counts: a cell that is covered by a span of an earlier one is left out. Rows may be empty. */
      readonly rows: readonly (readonly SourceCell[])[];
      /** What the source calls it: the name of a sheet. */
      readonly name?: string;
      /** The page it begins on, from 1, where the source has pages. */
      readonly page?: number;
    };

/** What a source reader left out on purpose, to be told to the user. */
export interface Omission {
  readonly what: 'hidden-rows' | 'hidden-columns' | 'hidden-sheets' | 'deleted-text' | 'images' | 'macros';
  readonly count: number;
}

export interface SourceDocument {
  readonly kind: SourceKind;
  /** The title the source gives itself (`<title>`), '' for none. */
  readonly title: string;
  readonly blocks: readonly SourceBlock[];
  readonly omissions: readonly Omission[];
}

/** Why a file was not read at all; `documents/words-zh.ts` has the sentences. */
export type SourceRefusal =
  | { readonly code: 'empty' }
  /** .doc, .xls, .wps, .et, OFD, a picture: recognised by its signature. `found` is the usual name of the format. */
  | { readonly code: 'unreadable-format'; readonly found: string }
  | { readonly code: 'password' }
  /** A PDF whose pages are pictures. */
  | { readonly code: 'scanned' }
  | { readonly code: 'damaged'; readonly found: string }
  /** A limit of bytes, entries, cells, pages or characters was reached; nothing was read. */
  | { readonly code: 'too-large'; readonly what: 'file' | 'unpacked' | 'cells' | 'pages' | 'text' }
  /** Neither UTF-8 nor GB18030. */
  | { readonly code: 'encoding' }
  /** The part of the program that reads this kind could not be loaded. */
  | { readonly code: 'not-loaded'; readonly found: string };

/** Thrown by source readers, caught by `read-document.ts`. */
export class UnreadableSource extends Error {
  constructor(readonly refusal: SourceRefusal) {
    super(refusal.code);
    this.name = 'UnreadableSource';
  }
}
