/** What is said of last year's report and of its value of a cell, in Chinese. Knows no screen. */
import type { CheckedReport } from '../checks/checked-report.ts';
import { hasOneRowOther } from '../format/correspondence.ts';
import { FORM_ZH } from '../format/formats.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { formatQuantity, type Quantity } from '../format/quantity.ts';
import { carryOver, isCarriedOver, isOtherUnit } from './previous.ts';
import { yearOf, type Report } from './report.ts';

const FORWARD = zh`上年“结转下年度继续办理”`;

export function formZh(previous: CheckedReport): string {
  return told(FORM_ZH[previous.format.version]);
}

/** Last year's value of a cell as it is told beside the cell; '' where both years say the same. */
export function cellOfLastYearZh(id: string, last: Quantity, now: Quantity | undefined): string {
  const text = formatQuantity(last);
  if (isCarriedOver(id)) return now === last ? t`与${told(FORWARD)}${text} 一致` : `${told(FORWARD)} ${text}`;
  if (now === last) return '';
  const known = t`上年 ${text}`;
  if (now === undefined) return known;
  return t`${known}，${now > last ? t`增加` : t`减少`} ${formatQuantity(now > last ? now - last : last - now)}`;
}

/** Why another year's report is of no use. */
export function otherYearZh(year: number, last: number): string {
  return t`上年报告应为 ${year - 1} 年度，打开的是 ${last} 年度，没有使用。请核对报告年度或换一个文件。`;
}

/** What is compared and what is not, '' where all of it is. */
export function notComparedZh(report: Report, previous: CheckedReport): string {
  const { version } = previous.format;
  if (version !== report.version) {
    const here = version === '2019' ? '' : t`，当前报告为${told(FORM_ZH[report.version])}`;
    return t`上年报告为${told(FORM_ZH[version])}${here}：表三、表四照常核对；规章、行政规范性文件和行政事业性收费口径不同，（六）其他处理分项不同，不作比较。`;
  }
  return hasOneRowOther(previous.entries) || hasOneRowOther(report.entries)
    ? t`（六）其他处理有一年只有一行，没有分项，不作比较。`
    : '';
}

/** Its figures may still have changed; that alone is no reason not to use them. */
export function draftZh(isDraft: boolean): string {
  return isDraft ? t`上年报告是未定稿的草稿，请与已公布的上年报告核对。` : '';
}

/**
 * What keeps last year's report from being filled in unasked: one sentence each, none where all is clear. `notes` is
 * what its reading found.
 */
export function doubtsZh(report: Report, previous: CheckedReport, notes: string): string[] {
  const doubts: string[] = [];
  const { name } = previous.organization;
  if (isOtherUnit(report.head['organization.name'], name))
    doubts.push(
      t`上年报告是“${name}”的报告，当前报告是“${report.head['organization.name']}”，请确认是否同一单位。不是的，请停止使用上年数据。`,
    );
  if (yearOf(report) === undefined)
    doubts.push(t`当前报告没有填报告年度，请先填写，再确认上年报告是上一年度的。`);
  else if (previous.year === undefined) doubts.push(t`上年报告没有填报告年度，请确认是上一年度的报告。`);
  if (notes !== '') doubts.push(t`上年报告：${notes}`);
  return doubts;
}

/** The cells of 上年结转 for which last year's report gives no number; '' where it gives all. */
export function unknownZh(report: Report, previous: CheckedReport): string {
  const { unknown } = carryOver(report, previous);
  return unknown.length === 0
    ? ''
    : t`${told(FORWARD)}有 ${unknown.length} 格没有有效的件数（${joined(
        unknown.map((cell) => cell.columnLabel),
        '、',
      )}），未填入“上年结转”，请核对上年报告后填写。`;
}

export function filledZh(cells: number): string {
  return t`已按${told(FORWARD)}填入“上年结转”${cells} 格，可按 Ctrl+Z 撤销。`;
}

export function correctedZh(cells: number): string {
  return t`已按${told(FORWARD)}改“上年结转”${cells} 格，可按 Ctrl+Z 撤销。`;
}
