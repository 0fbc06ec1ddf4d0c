/**
 * What was read of a document, line by line, as the command line says it: every cell by its label on paper, with the
 * words of the source. Knows no screen; texts of the document stand in the lines as they are, cut where they are long.
 */
import { cellLabel } from '../checks/wording-zh.ts';
import type { CellId } from '../format/entry.ts';
import { FORMATS } from '../format/formats.ts';
import { formatQuantity } from '../format/quantity.ts';
import type {
  CellReading,
  DocumentReading,
  DocumentRefusal,
  ReadingReport,
  SourcePlace,
} from './document-reading.ts';
import { bracketed, countsZh, doubtZh, placeZh, shortened, TOO_LARGE } from './words-zh.ts';

/** Why a file was not read. */
export function readRefusalZh(refusal: DocumentRefusal): string {
  switch (refusal.code) {
    case 'empty':
      return '文件是空的，未读取。请确认选对了文件。';
    case 'unreadable-format':
      return `是${shortened(refusal.found)}，不能直接读取。请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后再读取。`;
    case 'password':
      return '文件有密码，未读取。请在 WPS 或 Office 中取消密码，保存后再读取。';
    case 'scanned':
      return '是扫描件，页面是图片，读不出数字。请用未扫描的原文件。';
    case 'damaged':
      return `${shortened(refusal.found)}文件已损坏或不完整，未读取。请重新下载，或在 WPS、Office 中打开后另存。`;
    case 'too-large':
      return `${TOO_LARGE[refusal.what]}，未读取。请只保留年报的部分，另存后再读取。`;
    case 'encoding':
      return '文字编码不是 UTF-8 或 GB18030，未读取。请另存为 UTF-8 后再读取。';
    case 'not-loaded':
      return `缺少读取${shortened(refusal.found)}的部分，未读取。请把程序的文件放在同一文件夹中。`;
    case 'no-table':
      return '没有找到年报的表格，未读取。请确认选对了文件。';
    case 'tables-are-pictures':
      return '只有表格的标题，表格是图片，读不出数字。请用表格的原文件。';
    case 'lines-lost':
      return '文字缺了重复的行，数字无法对应到格，未读取。请从原网页或原文件重新保存。';
    case 'too-slow':
      return '读取时间过长，已停止。请只保留年报的部分，另存后再读取。';
  }
}

const UNPLACED: Readonly<Record<ReadingReport['unplaced'][number]['why'], string>> = {
  'no-label': '找不到所属的行',
  unofficial: '规定格式中没有这一行或列（如小计）',
  'other-format': '属于另一年度的格式',
};

/** The reading report: the counts first, then whatever a person has to look at. */
export function readingReportZh(reading: DocumentReading): string[] {
  const { report } = reading;
  const label = (cell: CellId): string => cellLabel(cell, FORMATS[reading.version]);
  const lines = [countsZh(reading)];
  if (report.absent > 0) lines.push(`来源中没有的格有 ${report.absent} 个。`);
  for (const { cell, doubt } of report.uncertain)
    lines.push(`存疑：${label(cell)}：${doubtZh(doubt)}${sourceOf(reading.cells.get(cell))}，未填数字。`);
  for (const found of reading.cells.values())
    if (found.entry.kind === 'text')
      lines.push(`不是数字：${label(found.cell)}${sourceOf(found)}，原样保留，请改正。`);
  for (const { raw, place, why } of report.unplaced)
    lines.push(`未能归位：“${shortened(raw)}”，${UNPLACED[why]}${bracketed(whereZh(place))}，没有读入。`);
  const doubted = new Set(report.uncertain.map(({ cell }) => cell));
  for (const { cell, raws } of report.duplicates)
    if (!doubted.has(cell))
      lines.push(`重复：${label(cell)}：有${raws.map((raw) => `“${shortened(raw)}”`).join('、')}，请核对。`);
  for (const { cell, printed, computed } of report.totals)
    lines.push(
      `合计不符：${label(cell)}：来源为${printed === undefined ? '空白' : formatQuantity(printed)}，各项之和为${formatQuantity(computed)}。`,
    );
  for (const { official, found } of report.labels)
    lines.push(`名称不同：“${shortened(found)}”按“${official}”读取。`);
  if (report.oneRowOther)
    lines.push('（六）其他处理在来源中只有一行：已计入“3.其他”，另两行不计数，请核对。');
  return lines;
}

function sourceOf(reading: CellReading | undefined): string {
  if (reading === undefined) return '';
  const { entry, raw, place } = reading;
  const maybe =
    entry.kind === 'uncertain' && entry.candidate !== undefined
      ? `，可能是${formatQuantity(entry.candidate)}`
      : '';
  const found = [raw === '' ? '' : `“${shortened(raw)}”`, whereZh(place)].filter((words) => words !== '');
  return `${bracketed(found.join('，'))}${maybe}`;
}

function whereZh(place: SourcePlace): string {
  const { fragment } = place;
  return `${placeZh(place)}${fragment === '' ? '' : `“${shortened(fragment, 200)}”`}`;
}
