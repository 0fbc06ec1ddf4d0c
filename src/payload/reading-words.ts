/** What the reading door refused or set right, in Chinese: what happened, where, and how to put it right. */
import { t, told, zh } from '../format/language.ts';
import type { ReadNote, ReadRefusal } from './read-payload.ts';

const EXPECTED: Readonly<Record<string, string>> = {
  string: zh`文本`,
  number: zh`数字`,
  int: zh`整数`,
  boolean: zh`true 或 false`,
  object: zh`对象`,
  record: zh`对象`,
  array: zh`数组`,
  invalid_value: zh`规定的取值之一`,
  invalid_format: zh`规定的写法`,
  invalid_union: zh`规定的写法`,
};

/** Why a payload was not read. */
export function refusalSentence(refusal: ReadRefusal): string {
  switch (refusal.code) {
    case 'empty':
      return t`文件是空的，未读取。请确认选对了文件，或重新导出。`;
    case 'too-large':
      return t`文件过大（${refusal.length}个字符），不应超过100万个字符，未读取。请确认选对了文件。`;
    case 'too-deep':
      return t`文件嵌套层数过多（超过20层），不是年报数据文件，未读取。请确认选对了文件。`;
    case 'not-json':
      return refusal.truncated
        ? t`文件不完整：在第${refusal.line}行第${refusal.column}列处中断，未读取。请重新导出或重新下载后再打开。`
        : t`文件不是有效的 JSON：第${refusal.line}行第${refusal.column}列有误，未读取。请使用本系统导出的数据文件。`;
    case 'forbidden-key':
      return t`文件含有不允许的字段“${shortened(refusal.path)}”，为安全起见未读取。请删除该字段或重新导出。`;
    case 'broken-text':
      return t`“${shortened(refusal.path)}”处的文字编码已损坏，未读取。请用 UTF-8 重新导出。`;
    case 'endless-number':
      return t`“${shortened(refusal.path)}”处的数字过大，无法读取。请改正后再打开。`;
    case 'other-schema':
      return refusal.found === ''
        ? t`文件没有标明 schema，不是年报数据文件，未读取。请使用本系统导出的数据文件。`
        : t`文件的 schema 是“${refusal.found}”，不是年报数据（应为 xxgk-annual-report/1），未读取。请确认选对了文件。`;
    case 'future-version':
      return t`文件由更新的版本（${refusal.found}）生成，当前版本读不了。请升级后再打开，原文件未改动。`;
    case 'wrong-shape':
      return t`“${refusal.path === '' ? t`文件开头` : shortened(refusal.path)}”缺失或填写不合规定，应为${told(EXPECTED[refusal.expected] ?? EXPECTED['invalid_format']!)}，未读取。请改正后再打开。`;
  }
}

/** A value that the host cut off. */
export function cutOffSentence(length: number): string {
  return t`报告数据不完整：只有 ${length} 个字符，后面的内容在保存时被截断，未读取。请联系系统管理员把保存报告的栏目改为长文本（例如 TEXT，VARCHAR(4000) 放不下）。`;
}

/** A value that the host escaped once too often. */
export function mendedSentence(): string {
  return t`报告数据在保存时被转换过（例如引号变成了 &quot;），已还原后读取，请核对；并请联系系统管理员检查保存方式。`;
}

/** What was set right, or could not be vouched for, in a report that was read. */
export function noteSentence(note: ReadNote): string {
  switch (note.code) {
    case 'one-row-other':
      return t`（六）其他处理在来源中只有一行，已计入“3.其他”，另两行不计数，请核对。`;
    case 'digest-differs':
    case 'tables-digest-differs':
      return t`文件内容与其核对码不一致：导出之后可能被改动过，请核对。`;
    case 'sign-off-lapsed':
      return t`签发已失效：签发以后文件曾在别处被改动。请核对后重新签发。`;
    case 'code-check-character':
      return t`统一社会信用代码的校验码不对，请核对。`;
    case 'mark-on-number':
      return t`“${shortened(note.path)}”处既有数字又有标注，已按数字读取，请核对。`;
    case 'merged-elsewhere':
      return t`“${shortened(note.path)}”标注为合并，但只有（六）的前两行可以合并，已按空白读取，请核对。`;
    case 'unknown-cell':
      return t`“${shortened(note.path)}”不是规定格式中的格，已原样保留，不参加计算。`;
    case 'newer-version':
      return t`文件由更新的版本生成，只能查看，不能修改。`;
  }
}

/** A place as a sentence can name it: a key of a broken file may be as long as the file. */
function shortened(path: string): string {
  return path.length <= 120 ? path : `${path.slice(0, 119)}…`;
}
