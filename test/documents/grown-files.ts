/** Grown documents written as pages, clipboards and files, each the way the program writes it that people use. */
import { htmlSource } from '../../src/documents/html-source.ts';
import { csvSource } from '../../src/documents/csv-source.ts';
import { openFile } from '../../src/documents/open-file.ts';
import type { SourceDocument } from '../../src/documents/source-document.ts';
import { textSource } from '../../src/documents/text-source.ts';
import type { Chance } from '../fixtures/slips.ts';
import type { GrownBlock, GrownCell, GrownRow, Shape } from './grown.ts';
import { docx, oneSheet } from './source-samples.ts';

/** How a program writes one cell, and what stands around its tables. */
interface Markup {
  readonly cell: (cell: GrownCell, chance: Chance) => string;
  readonly attributes?: (cell: GrownCell) => string;
  readonly table: (rows: string) => string;
  readonly text: (text: string) => string;
  readonly page: (body: string) => string;
}

const escape = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\u00a0/g, '&nbsp;');

const spansOf = ({ colSpan, rowSpan }: GrownCell): string =>
  `${colSpan > 1 ? ` colspan="${String(colSpan)}"` : ''}${rowSpan > 1 ? ` rowspan="${String(rowSpan)}"` : ''}`;

function written(blocks: readonly GrownBlock[], markup: Markup, chance: Chance): string {
  const parts = blocks.map((block) => {
    if (typeof block === 'string') return markup.text(escape(block));
    const rows = block.rows.map(
      (row) =>
        `<tr>${row.cells
          .map(
            (cell) =>
              `<td${spansOf(cell)}${markup.attributes?.(cell) ?? ''}>${markup.cell(cell, chance)}</td>`,
          )
          .join('')}</tr>`,
    );
    return markup.table(rows.join('\n'));
  });
  return markup.page(parts.join('\n'));
}

const plain: Markup = {
  cell: ({ text }) => escape(text),
  table: (rows) => `<table border="1"><tbody>${rows}</tbody></table>`,
  text: (text) => `<p>${text}</p>`,
  page: (body) => `<!DOCTYPE html><html><head><title>年度报告</title></head><body>${body}</body></html>`,
};

/** Digits in spans of their own, as editors leave them after a correction. */
function inPieces(text: string, chance: Chance): string {
  if (!/^\d{2,}$/.test(text)) return `<span>${escape(text)}</span>`;
  const at = 1 + chance(text.length - 1);
  return `<span lang="EN-US">${text.slice(0, at)}</span><span><font>${text.slice(at)}</font></span>`;
}

const cms: Markup = {
  cell: ({ text }, chance) =>
    `<p style="text-align: center;">${text === '' ? '&nbsp;' : inPieces(text, chance)}</p>`,
  table: (rows) =>
    `<div class="TRS_Editor"><div><table cellspacing="0" style="width: 100%; border-collapse: collapse;">${rows}</table></div></div>`,
  text: (text) => `<div><p><strong><span style="font-family: 黑体;">${text}</span></strong></p></div>`,
  page: (body) =>
    `<html><head><meta charset="utf-8"><title>某区人民政府</title><style>td{padding:0}</style></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/x">政府信息公开年报</a></div>
<table width="1000"><tr><td class="left"><ul><li>机构职能</li><li>法规文件</li></ul></td>
<td class="main"><table><tr><td><h1>年度报告</h1><div>发布时间：2025-01-20 来源：办公室 浏览次数：128</div></td></tr><tr><td>
${body}
</td></tr></table></td></tr></table><div class="foot">版权所有 备案号12345678号</div></body></html>`,
};

const MSO =
  'class="MsoNormal" align="center" style="margin:0cm;margin-bottom:.0001pt;text-align:center;mso-pagination:widow-orphan;mso-line-height-alt:10.0pt;tab-stops:45.8pt 91.6pt 137.4pt 183.2pt 229.0pt 274.8pt 320.6pt 366.4pt 412.2pt 458.0pt 503.8pt 549.6pt 595.4pt 641.2pt 687.0pt 732.8pt"';
const MSO_RUN =
  'style="font-size:10.5pt;mso-bidi-font-size:12.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体;mso-bidi-font-family:宋体;color:black;mso-font-kerning:0pt;mso-fareast-language:ZH-CN"';

const word: Markup = {
  attributes: ({ colSpan }) =>
    ` width=${String(57 * colSpan)} style='width:${String(42 * colSpan)}.5pt;border:solid windowtext 1.0pt;border-left:none;mso-border-left-alt:solid windowtext .5pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt;height:22.7pt;mso-yfti-cnfc:0'`,
  cell: ({ text }) =>
    `<p ${MSO}><span lang=EN-US ${MSO_RUN}>${text === '' ? '&nbsp;' : escape(text)}<o:p></o:p></span></p>`,
  table: (rows) =>
    `<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>${rows}<![if !supportMisalignedColumns]><tr height=0><td width=57 style='border:none'></td></tr><![endif]></table>`,
  text: (text) =>
    `<p class=MsoNormal><span style='font-family:黑体'>${text}<span lang=EN-US><o:p></o:p></span></span></p>`,
  page: (body) =>
    `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal {mso-style-parent:"";} --></style></head><body lang=ZH-CN><!--StartFragment-->${body}<!--EndFragment--></body></html>`,
};

const wps: Markup = {
  attributes: () =>
    ` valign="center" style="width:60.0000pt;padding:0.0000pt 5.4000pt;mso-border-alt:0.5000pt solid windowtext;"`,
  cell: ({ text }) =>
    text === ''
      ? `<p class=MsoNormal align=center><span style="font-family:宋体;font-size:10.5000pt;"><o:p>&nbsp;</o:p></span></p>`
      : `<p class=MsoNormal align=center><span style="font-family:宋体;font-size:10.5000pt;"><font face="宋体">${escape(text)}</font></span><span style="mso-spacerun:'yes';"><o:p></o:p></span></p>`,
  table: (rows) =>
    `<table class=MsoNormalTable style="border-collapse:collapse;mso-table-layout-alt:fixed;">${rows}</table>`,
  text: (text) =>
    `<p class=MsoNormal><b><span><font face="黑体">${text}</font></span></b><b><span><o:p></o:p></span></b></p>`,
  page: (body) =>
    `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name="ProgId" content="Word.Document"><meta name=Generator content="WPS Office"></head><body><!--StartFragment-->${body}<!--EndFragment--></body></html>`,
};

const excel: Markup = {
  attributes: ({ text }) =>
    /^\d[\d,.]*$/.test(text)
      ? ` class=xl65 align=right x:num="${text.replace(/,/g, '')}"`
      : ' class=xl66 x:str',
  cell: ({ text }) => escape(text),
  table: (rows) =>
    `<table border=0 cellpadding=0 cellspacing=0 width=864 style='border-collapse:collapse;width:648pt'><col width=72 span=12 style='width:54pt'>${rows}</table>`,
  text: (text) => `<table><tr height=19><td height=19 class=xl67>${text}</td></tr></table>`,
  page: (body) =>
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=Generator content="Microsoft Excel 15"><style>.xl65{mso-number-format:General;}</style></head><body link=blue><!--StartFragment-->${body}<!--EndFragment--></body></html>`,
};

const browser: Markup = {
  ...plain,
  attributes: () =>
    ' style="box-sizing: border-box; padding: 5px 10px; border: 1px solid rgb(221, 221, 221); color: rgb(51, 51, 51); font-size: 14px; text-align: center;"',
  page: (body) => `<meta charset='utf-8'>${body}<br class="Apple-interchange-newline">`,
};

export const MARKUPS = { plain, cms, word, wps, excel, browser } as const;

export function asHtml(blocks: readonly GrownBlock[], kind: keyof typeof MARKUPS, chance: Chance): string {
  return written(blocks, MARKUPS[kind], chance);
}

/** Rows as a spreadsheet has them: what a span covers is empty. */
function places(rows: readonly GrownRow[]): (GrownCell | undefined)[][] {
  const grid: (GrownCell | undefined | null)[][] = rows.map(() => []);
  rows.forEach((row, index) => {
    let column = 0;
    for (const cell of row.cells) {
      while (grid[index]![column] !== undefined) column += 1;
      for (let down = 0; down < cell.rowSpan && index + down < rows.length; down += 1)
        for (let over = 0; over < cell.colSpan; over += 1)
          grid[index + down]![column + over] ??= down === 0 && over === 0 ? cell : null;
      column += cell.colSpan;
    }
  });
  return grid.map((row) => Array.from(row, (cell) => cell ?? undefined));
}

function lines(blocks: readonly GrownBlock[]): string[][] {
  return blocks.flatMap((block) =>
    typeof block === 'string'
      ? [[block]]
      : places(block.rows).map((row) => row.map((cell) => cell?.text ?? '')),
  );
}

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function wordFile(blocks: readonly GrownBlock[]): Uint8Array {
  const paragraph = (text: string): string =>
    `<w:p><w:r><w:t xml:space="preserve">${xml(text)}</w:t></w:r></w:p>`;
  const body = blocks.map((block) => {
    if (typeof block === 'string') return paragraph(block);
    const grid: { cell: GrownCell; first: boolean }[][] = block.rows.map(() => []);
    const taken: boolean[][] = block.rows.map(() => []);
    block.rows.forEach((row, index) => {
      let column = 0;
      for (const cell of row.cells) {
        while (taken[index]![column] === true) column += 1;
        for (let down = 0; down < cell.rowSpan && index + down < block.rows.length; down += 1) {
          grid[index + down]![column] = { cell, first: down === 0 };
          for (let over = 0; over < cell.colSpan; over += 1) taken[index + down]![column + over] = true;
        }
        column += cell.colSpan;
      }
    });
    const rows = grid.map(
      (row) =>
        `<w:tr>${row
          .filter((one) => one !== undefined)
          .map(({ cell, first }) => {
            const merge = cell.rowSpan === 1 ? '' : first ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>';
            const span = cell.colSpan > 1 ? `<w:gridSpan w:val="${String(cell.colSpan)}"/>` : '';
            return `<w:tc><w:tcPr>${span}${merge}</w:tcPr>${paragraph(first ? cell.text : '')}</w:tc>`;
          })
          .join('')}</w:tr>`,
    );
    return `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join('')}</w:tbl>`;
  });
  return docx(body.join(''));
}

function columnName(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);
}

function excelFile(blocks: readonly GrownBlock[]): Uint8Array {
  const rows: string[] = [];
  const merges: string[] = [];
  const put = (cells: readonly (GrownCell | undefined)[]): void => {
    const number = rows.length + 1;
    const parts = cells.map((cell, column) => {
      if (cell === undefined || cell.text === '') return '';
      const place = `${columnName(column)}${String(number)}`;
      return /^\d+(\.\d+)?$/.test(cell.text)
        ? `<c r="${place}"><v>${cell.text}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${xml(cell.text)}</t></is></c>`;
    });
    cells.forEach((cell, column) => {
      if (cell === undefined || (cell.colSpan === 1 && cell.rowSpan === 1)) return;
      const end = `${columnName(column + cell.colSpan - 1)}${String(number + cell.rowSpan - 1)}`;
      merges.push(`<mergeCell ref="${columnName(column)}${String(number)}:${end}"/>`);
    });
    rows.push(`<row r="${String(number)}">${parts.join('')}</row>`);
  };
  for (const block of blocks) {
    if (typeof block === 'string') put([{ text: block, colSpan: 1, rowSpan: 1 }]);
    else for (const row of places(block.rows)) put(row);
  }
  return oneSheet(
    rows.join(''),
    {},
    '',
    merges.length === 0 ? '' : `<mergeCells>${merges.join('')}</mergeCells>`,
  );
}

export type SourceName = keyof typeof MARKUPS | 'docx' | 'xlsx' | 'csv' | 'tabs';

export const SOURCE_NAMES: readonly SourceName[] = [
  'plain',
  'cms',
  'word',
  'wps',
  'excel',
  'browser',
  'docx',
  'xlsx',
  'csv',
  'tabs',
];

/** In a spreadsheet everything stands where it was typed: nothing is out of place, and there are no pages. */
export function fitting(shape: Shape, name: SourceName): Shape {
  if (!['xlsx', 'csv', 'tabs'].includes(name)) return shape;
  const { damage: _damage, pages: _pages, ...rest } = shape;
  return { ...rest, spans: 'right' };
}

export async function sourceOf(
  blocks: readonly GrownBlock[],
  name: SourceName,
  chance: Chance,
): Promise<SourceDocument> {
  switch (name) {
    case 'docx':
      return openFile({ bytes: wordFile(blocks), name: 'x.docx' });
    case 'xlsx':
      return openFile({ bytes: excelFile(blocks), name: 'x.xlsx' });
    case 'csv':
      return csvSource(
        lines(blocks)
          .map((line) =>
            line.map((text) => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)).join(','),
          )
          .join('\r\n'),
      );
    case 'tabs':
      return textSource(
        lines(blocks)
          .map((line) => line.join('\t'))
          .join('\n'),
      );
    default:
      return htmlSource(asHtml(blocks, name, chance));
  }
}
