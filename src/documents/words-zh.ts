/**
 * What is said of a document that was read or not, in Chinese: refusals, doubts, remarks on the reading, places. Texts
 * of the document are put into the sentences as they are, cut where they are long. Knows no screen.
 */
import { cellLabel } from '../checks/wording-zh.ts';
import type { FormatVersion } from '../format/format.ts';
import { FORM_ZH, FORMATS } from '../format/formats.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import type { DocumentReading, DocumentRefusal, Doubt, SourcePlace } from './document-reading.ts';
import type { Omission, SourceKind } from './source-document.ts';

export const SOURCE_ZH: Readonly<Record<SourceKind, string>> = {
  html: zh`网页内容`,
  docx: zh`Word 文档`,
  xlsx: zh`Excel 表格`,
  csv: zh`CSV 表格`,
  text: zh`文字`,
  pdf: 'PDF',
  json: zh`年报数据文件`,
};

const UNREADABLE = zh`暂不能直接读取此格式，请用 WPS 打开后全选复制粘贴到此处，或另存为 .docx/.xlsx`;

/** As the reading names it. */
const ARCHIVE = zh`压缩包`;

/** Which limit a document is beyond. */
export const TOO_LARGE = {
  file: zh`文件过大`,
  unpacked: zh`文件解压后过大`,
  cells: zh`表格的格数过多`,
  pages: zh`页数过多`,
  text: zh`文字过多`,
} as const;

/** Why nothing was read. The report is as it was. */
export function documentRefusalZh(refusal: DocumentRefusal): string {
  switch (refusal.code) {
    case 'empty':
      return t`里面没有内容，没有导入。请确认选对了文件，或重新复制。`;
    case 'unreadable-format':
      if (refusal.found === ARCHIVE) return t`来源是压缩包，没有导入。请先解压，再逐个导入里面的文件。`;
      return t`来源是${told(shortened(refusal.found))}。${told(UNREADABLE)}。`;
    case 'scanned':
      return t`来源是扫描件，页面是图片。${told(UNREADABLE)}。`;
    case 'password':
      return t`文件有密码，没有导入。请在 WPS 或 Office 中打开并取消密码，保存后再导入。`;
    case 'damaged':
      return t`${told(shortened(refusal.found))}文件已损坏或不完整，没有导入。请在 WPS 或 Office 中打开，另存后再导入。`;
    case 'too-large':
      return t`${told(TOO_LARGE[refusal.what])}，没有导入。请只保留年报的部分，另存后再导入，或只复制年报的部分粘贴。`;
    case 'encoding':
      return t`文件的文字编码不是 UTF-8 或 GB18030，没有导入。请用记事本或 WPS 打开，另存为 UTF-8 后再导入。`;
    case 'not-loaded':
      return t`读取${told(shortened(refusal.found))}的部分没有载入，没有导入。填写的内容不受影响。请用 WPS 打开后全选复制粘贴到此处；刷新本页后仍不行的，请告知系统管理员。`;
    case 'no-table':
      return t`没有找到年报的表格，没有导入。请确认选对了内容；网页请从表格上方的标题选到表格末尾，再复制粘贴。`;
    case 'tables-are-pictures':
      return t`只找到表格的标题，表格是图片，读不出数字，没有导入。请用表格的原文件，或照图片填写。`;
    case 'lines-lost':
      return t`来源的文字缺了重复的行，数字无法对应到格，没有导入。请从原网页或原文件重新复制。`;
    case 'too-slow':
      return t`读取超过20秒，已停止，没有导入。请只保留年报的部分再导入，或只复制年报的部分粘贴。`;
  }
}

/** Why a cell is uncertain. */
export function doubtZh(doubt: Doubt): string {
  switch (doubt) {
    case 'count':
      return t`本行的数字个数与表格的列数不同，分不清属于哪一列`;
    case 'glued':
      return t`数字之间的分隔丢失，连在了一起`;
    case 'duplicate':
      return t`来源中有两个不同的数`;
    case 'stray-numbers':
      return t`本行没有数字，附近有不知属于哪一行的数字`;
    case 'source':
      return t`来源中的内容不一定是所填的数（日期、公式、角标、换算显示或跨格的数字）`;
    case 'not-a-number':
      return t`来源的文字不是数字`;
    case 'unit':
      return t`来源写的单位不是万元，请换算后填写`;
    case 'label':
      return t`行名可能是两行中的一行`;
  }
}

/** 第 2 张表第 5 行; '' where the source has no places. */
export function placeZh({ table, row }: SourcePlace): string {
  if (row === 0) return '';
  return table === 0 ? t`正文第 ${row} 行` : t`第 ${table} 张表第 ${row} 行`;
}

/** 来自“年报.docx”第 2 张表第 5 行 */
export function originZh(source: string, place: SourcePlace): string {
  const fragment = place.fragment === '' ? '' : t`：${shortened(place.fragment, 200)}`;
  return t`来自“${shortened(source)}”${placeZh(place)}${fragment}`;
}

/** 识别 n 格 · 空白 n · … */
export function countsZh({ report }: DocumentReading): string {
  return [
    t`识别 ${report.recognised} 格`,
    t`空白 ${report.blank}`,
    t`存疑 ${report.uncertain.length}`,
    t`未能归位 ${report.unplaced.length}`,
    t`合计不符 ${report.totals.length}`,
  ].join(' · ');
}

/** What is remarkable about the reading, one sentence each. */
export function remarksZh({ version, report }: DocumentReading): string[] {
  const format = FORMATS[version];
  const remarks: string[] = [];
  if (report.absent > 0)
    remarks.push(t`来源中没有的格有 ${report.absent} 个，这些格不导入，请对照来源补填。`);
  if (report.oneRowOther)
    remarks.push(
      t`（六）其他处理在来源中只有一行，没有分项：数字计入“3.其他”，另两行记为原表合并，不计数。请核对。`,
    );
  const [total] = report.totals;
  if (total !== undefined) {
    const printed = total.printed === undefined ? t`空白` : formatQuantity(total.printed);
    remarks.push(
      t`来源的合计有 ${report.totals.length} 处与各项之和不符，例如${cellLabel(total.cell, format)}：来源为${printed}，各项之和为${formatQuantity(total.computed)}。以自动计算的为准，来源的供核对。`,
    );
  }
  const unofficial = report.unplaced.filter(({ why }) => why === 'unofficial').length;
  if (unofficial > 0)
    remarks.push(t`来源有规定格式中没有的行或列（如小计），其中 ${unofficial} 个数字没有导入。`);
  const otherForm = report.unplaced.filter(({ why }) => why === 'other-format').length;
  if (otherForm > 0) remarks.push(t`来源有 ${otherForm} 个数字属于另一年度的格式，没有导入。`);
  const lost = report.unplaced.filter(({ why }) => why === 'no-label');
  if (lost.length > 0)
    remarks.push(
      t`有 ${lost.length} 个数字找不到所属的行，没有导入：${listed(lost.map(({ raw, place }) => `${shortened(raw, 20)}${bracketed(placeZh(place))}`))}。请对照来源补填。`,
    );
  if (report.duplicates.length > 0)
    remarks.push(
      t`来源中有 ${report.duplicates.length} 格写了两个不同的数：${listed(
        report.duplicates.map(
          ({ cell, raws }) =>
            t`${cellLabel(cell, format)}（${joined(
              raws.map((raw) => shortened(raw, 20)),
              '、',
            )}）`,
        ),
      )}。已标为存疑，请确认。`,
    );
  if (report.labels.length > 0)
    remarks.push(
      t`来源有 ${report.labels.length} 处行名或列名与规定文本不同，已按最接近的规定名称读取：${listed(report.labels.map(({ official, found }) => t`“${shortened(found, 40)}”读作“${shortened(official, 40)}”`))}。`,
    );
  return remarks;
}

const OMITTED: Readonly<Record<Omission['what'], (count: number) => string>> = {
  'hidden-rows': (count) => t`来源有 ${count} 个隐藏的行，没有读取。其中有数据的，请取消隐藏后再导入。`,
  'hidden-columns': (count) => t`来源有 ${count} 个隐藏的列，没有读取。其中有数据的，请取消隐藏后再导入。`,
  'hidden-sheets': (count) => t`来源有 ${count} 个隐藏的工作表，没有读取。其中有数据的，请取消隐藏后再导入。`,
  'deleted-text': (count) => t`来源有 ${count} 处修订中已删除的文字，没有读取。`,
  images: (count) => t`来源有 ${count} 张图片，没有读取。`,
  macros: () => t`来源含有宏，没有运行。`,
};

/** What the source reader left out, one sentence each. */
export function omissionsZh(omissions: readonly Omission[]): string[] {
  return omissions.filter(({ count }) => count > 0).map(({ what, count }) => OMITTED[what](count));
}

/** What carries over between the forms of 2019 and 2021, '' where both are the same. */
export function otherFormZh(from: FormatVersion, to: FormatVersion): string {
  if (from === to) return '';
  return t`来源是${told(FORM_ZH[from])}，当前报告是${told(FORM_ZH[to])}：表三、表四按行名导入；表二只导入行政许可、行政处罚、行政强制的处理决定数量，其余口径不同，不导入；${
    from === '2019'
      ? t`（六）其他处理没有分项，计入“3.其他”`
      : t`（六）其他处理分为三项的，合不成一行，不导入`
  }。`;
}

/**
 * A document's own words in a sentence: on one line, and no longer than a person reads. A control character could rewrite
 * what stands on a terminal, or turn a sentence around.
 */
export function shortened(text: string, most = 80): string {
  const letters = Array.from(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim());
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`;
}

/** （…）, '' for nothing. */
export function bracketed(text: string): string {
  return text === '' ? '' : t`（${text}）`;
}

/** The first three, and how many there are. */
function listed(texts: readonly string[]): string {
  return texts.length <= 3 ? joined(texts, '，') : t`${joined(texts.slice(0, 3), '，')}等 ${texts.length} 处`;
}
