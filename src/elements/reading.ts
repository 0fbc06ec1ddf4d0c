/**
 * The door as elements use it: a report with what is to be said about it, or a sentence why there is none. Loaded after
 * the page's own script, because an empty report is drawn without it.
 */
import type { Digest } from '../format/digest.ts';
import { completeReport, readPayload } from '../payload/read-payload.ts';
import { noteSentence, refusalSentence } from '../payload/reading-words.ts';
import { isOtherUnit, isOtherYear } from '../report/previous.ts';
import { checkedReport, yearOf, type Report } from '../report/report.ts';
import type { CheckedReport } from '../checks/checked-report.ts';

export type Reading =
  | {
      readonly ok: true;
      /** Ready to be edited. */
      readonly report: Report;
      /** What was set right or could not be vouched for, '' for nothing. */
      readonly notes: string;
      readonly readOnly: boolean;
      readonly digest: Digest;
      /** The number of its revision, 0 where it states none. */
      readonly revision: number;
    }
  | { readonly ok: false; readonly refusal: string };

export function readReport(text: string): Reading {
  const result = readPayload(text);
  if (!result.ok) return { ok: false, refusal: refusalSentence(result.refusal) };
  const revision = result.report.carried['revision'] as { number?: number } | undefined;
  return {
    ok: true,
    report: completeReport(result.report),
    notes: result.notes.map(noteSentence).join(''),
    readOnly: result.readOnly,
    digest: result.digest,
    revision: revision?.number ?? 0,
  };
}

/** What is to be said where last year's report bears another name. */
export function otherUnitSentence(previous: string | undefined, now: string): string {
  return !isOtherUnit(now, previous)
    ? ''
    : `上年数据是“${previous}”的报告，当前报告是“${now}”，请确认是否同一单位。不是的，请停止使用上年数据。`;
}

/** Last year's report for the report of a year, or why it is of no use. */
export function readPrevious(
  text: string,
  year: number | undefined,
): { readonly previous: CheckedReport } | { readonly refusal: string } {
  const result = readPayload(text);
  if (!result.ok) return { refusal: `上年报告：${refusalSentence(result.refusal)}` };
  const last = yearOf(result.report);
  if (isOtherYear(year, last)) {
    return {
      refusal: `上年报告应为 ${year! - 1} 年度，打开的是 ${last} 年度，没有使用。请核对报告年度或换一个文件。`,
    };
  }
  return { previous: checkedReport(result.report) };
}
