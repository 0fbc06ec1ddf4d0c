/**
 * The door as elements use it: a report with what is to be said about it, or a sentence why there is none. Loaded after
 * the page's own script, because an empty report is drawn without it.
 */
import type { Digest } from '../format/digest.ts';
import { completeReport, readPayload, type ReadNote } from '../payload/read-payload.ts';
import { noteSentence, refusalSentence } from '../payload/reading-words.ts';
import { checkedReport, type Report } from '../report/report.ts';
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

export interface LastYearReading {
  readonly previous: CheckedReport;
  /** It says of itself that it is unfinished. */
  readonly draft: boolean;
  /** Why it is not quite to be trusted, '' for nothing. */
  readonly notes: string;
}

/** Of the notes of a report, those that say that its figures may not be what its unit handed in. */
const DOUBTFUL: ReadonlySet<ReadNote['code']> = new Set([
  'digest-differs',
  'tables-digest-differs',
  'mark-on-number',
  'merged-elsewhere',
  'newer-version',
]);

export function readPrevious(text: string): LastYearReading | { readonly refusal: string } {
  const result = readPayload(text);
  if (!result.ok) return { refusal: `上年报告：${refusalSentence(result.refusal)}` };
  const notes = new Set(result.notes.filter(({ code }) => DOUBTFUL.has(code)).map(noteSentence));
  return { previous: checkedReport(result.report), draft: result.draft, notes: [...notes].join('') };
}
