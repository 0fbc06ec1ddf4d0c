/** How the tests of the source readers write blocks down, and Office files made in memory. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import {
  UnreadableSource,
  type SourceBlock,
  type SourceDocument,
  type SourceRefusal,
} from '../../src/documents/source-document.ts';

/** A text as it is; a table as its rows, each cell as `text`, `text 2x3` with spans (columns, rows), `text?` where doubtful. */
export type Shown = string | string[][];

export function shown(document: SourceDocument): Shown[] {
  return document.blocks.map(shownBlock);
}

function shownBlock(block: SourceBlock): Shown {
  if (block.kind === 'text') return block.text;
  return block.rows.map((row) =>
    row.map(({ text, colSpan, rowSpan, doubtful }) => {
      const spans = colSpan === 1 && rowSpan === 1 ? '' : ` ${String(colSpan)}x${String(rowSpan)}`;
      return `${text}${doubtful === true ? '?' : ''}${spans}`;
    }),
  );
}

/** Why it was refused; throws what is no refusal. */
export async function refusalOf(read: () => unknown): Promise<SourceRefusal | undefined> {
  try {
    await read();
  } catch (error) {
    if (error instanceof UnreadableSource) return error.refusal;
    throw error;
  }
  return undefined;
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const S = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const contentTypes = (part: string, type: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}"/></Types>`;

export interface Parts {
  readonly [name: string]: string | Uint8Array;
}

export function archiveOf(parts: Parts): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts))
    files[name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(files);
}

/** A Word file with this inside its body. */
export function docx(body: string, more: Parts = {}, namespace = W): Uint8Array {
  return archiveOf({
    '[Content_Types].xml': contentTypes('word/document.xml', `${OFFICE}.wordprocessingml.document.main+xml`),
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ...more,
  });
}

export interface SheetSample {
  readonly name?: string;
  readonly state?: string;
  /** What stands inside `<worksheet>`. */
  readonly xml: string;
}

export interface BookSample {
  readonly sheets: readonly SheetSample[];
  readonly strings?: string;
  readonly styles?: string;
  readonly workbook?: string;
  readonly more?: Parts;
  readonly namespace?: string;
}

export function xlsx({
  sheets,
  strings,
  styles,
  workbook = '',
  more = {},
  namespace = S,
}: BookSample): Uint8Array {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml': contentTypes('xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet.main+xml`),
    'xl/workbook.xml': `<workbook xmlns="${namespace}" xmlns:r="${RELATIONS}">${workbook}<sheets>${sheets
      .map(
        ({ name = '表', state }, index) =>
          `<sheet name="${name}" sheetId="${String(index + 1)}" r:id="r${String(index)}"${state === undefined ? '' : ` state="${state}"`}/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets
      .map(
        (_, index) =>
          `<Relationship Id="r${String(index)}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${String(index)}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="s" Type="${RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="t" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  };
  sheets.forEach(({ xml }, index) => {
    parts[`xl/worksheets/sheet${String(index)}.xml`] = `<worksheet xmlns="${namespace}">${xml}</worksheet>`;
  });
  if (strings !== undefined) parts['xl/sharedStrings.xml'] = `<sst xmlns="${namespace}">${strings}</sst>`;
  if (styles !== undefined)
    parts['xl/styles.xml'] = `<styleSheet xmlns="${namespace}">${styles}</styleSheet>`;
  return archiveOf({ ...parts, ...more });
}

/** One visible sheet with these rows. */
export function oneSheet(
  rows: string,
  rest: Omit<BookSample, 'sheets'> = {},
  before = '',
  after = '',
): Uint8Array {
  return xlsx({ ...rest, sheets: [{ xml: `${before}<sheetData>${rows}</sheetData>${after}` }] });
}

/** Strings that make careless readers slow, 10^5 characters and more each. */
export const hostile: Readonly<Record<string, string>> = {
  spaces: ' '.repeat(1e5),
  lineEnds: '\n\f\r'.repeat(4e4),
  lessThan: '<'.repeat(1e5),
  ampersands: '&'.repeat(1e5),
  entities: '&#'.repeat(5e4),
  quotes: '"'.repeat(1e5),
  oddQuotes: ',"a'.repeat(4e4),
  openDivs: '<div>'.repeat(1e5) + '</p>'.repeat(1e5),
  openTables: '<table><tr><td>1'.repeat(5e4),
  bareTables: '<table>'.repeat(1e5),
  openCells: '<td>'.repeat(9e4),
  manyRows: '<tr>'.repeat(9e4),
  wideSpans: '<tr><td colspan=1000 rowspan=65534>'.repeat(3e3),
  struck: '<s><p>'.repeat(5e4) + '</s>'.repeat(5e4),
  style: `<table><tr><td style="${'display :'.repeat(2e4)}">`,
  comment: `<!--${'-'.repeat(1e5)}`,
  digits: '1'.repeat(1e5),
  brackets: '['.repeat(1e5),
  commas: ',\n'.repeat(5e4),
  meta: `<meta ${'charset '.repeat(2e4)}`,
  equals: `="${'='.repeat(1e5)}`,
};
