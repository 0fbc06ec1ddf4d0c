/**
 * The door as elements use it: a report with what is to be said about it, or a sentence why there is none. Loaded after
 * the page's own script, because an empty report is drawn without it.
 */
import type { Digest } from '../format/digest.ts';
import { joined, t } from '../format/language.ts';
import { readHostText } from '../payload/host-text.ts';
import {
  completeReport,
  readPayload,
  type ReadNote,
  type ReadRefusal,
  type ReadResult,
} from '../payload/read-payload.ts';
import { cutOffSentence, mendedSentence, noteSentence, refusalSentence } from '../payload/reading-words.ts';
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
      /** The text is not what was saved once, and is not to be handed back. */
      readonly mended: boolean;
    }
  | { readonly ok: false; readonly refusal: string };

/** A file that a person opens. */
export function readReport(text: string): Reading {
  const result = readPayload(text);
  return result.ok ? readingOf(result, '', false) : { ok: false, refusal: refusalSentence(result.refusal) };
}

/** What a host kept, and may have escaped or cut off. */
export function readValue(text: string): Reading {
  const { result, mended, cutOffAt } = readHostText(text);
  if (result.ok) return readingOf(result, mended ? mendedSentence() : '', mended);
  return { ok: false, refusal: whyNot(result.refusal, cutOffAt) };
}

const whyNot = (refusal: ReadRefusal, cutOffAt: number | undefined): string =>
  cutOffAt === undefined ? refusalSentence(refusal) : cutOffSentence(cutOffAt);

function readingOf(result: ReadResult & { ok: true }, said: string, mended: boolean): Reading {
  const revision = result.report.carried['revision'] as { number?: number } | undefined;
  return {
    ok: true,
    report: completeReport(result.report),
    notes: joined([said, ...new Set(result.notes.map(noteSentence))], ''),
    readOnly: result.readOnly,
    digest: result.digest,
    revision: revision?.number ?? 0,
    mended,
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
  'sign-off-lapsed',
  'mark-on-number',
  'merged-elsewhere',
  'newer-version',
]);

/** `fromHost`: it may have been escaped or cut off, as a value. */
export function readPrevious(
  text: string,
  fromHost: boolean,
): LastYearReading | { readonly refusal: string } {
  const { result, cutOffAt } = fromHost
    ? readHostText(text)
    : { result: readPayload(text), cutOffAt: undefined };
  if (!result.ok) return { refusal: t`上年报告：${whyNot(result.refusal, cutOffAt)}` };
  const notes = new Set(result.notes.filter(({ code }) => DOUBTFUL.has(code)).map(noteSentence));
  return { previous: checkedReport(result.report), draft: result.draft, notes: joined([...notes], '') };
}
