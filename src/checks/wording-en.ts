/** Findings in English, for developers of upstream systems and for pages in English. Takes data, returns text; decides nothing. */
import type { Format } from '../format/format.ts';
import type { Finding } from './finding.ts';
import type { Severity } from './rule.ts';
import { fillTemplate, sentenceOf, slotsOf } from './wording-zh.ts';

export const SEVERITY_EN: Readonly<Record<Severity, string>> = {
  format: 'malformed',
  must: 'must be corrected',
  verify: 'to be verified',
  info: 'note',
};

/** What a rule is about, in a few words: the heading over its findings. */
export const TITLES_EN: Readonly<Record<string, string>> = {
  'S-01': 'Cells are missing',
  'S-02': 'Version of the format',
  'S-03': 'Rows or columns too many',
  'S-04': 'Labels of rows and columns',
  'S-05': 'Titles of the sections',
  'S-06': 'Unit, year and period',
  'V-02': 'Blank cells',
  'V-03': '"/" or the like',
  'V-04': 'Not a number',
  'V-05': 'Not a whole number',
  'V-06': 'Negative number',
  'V-07': 'Amount',
  'V-09': 'Too many digits',
  'V-10': 'Unit of the amount',
  'V-12': 'Control total',
  'T2-01': 'Number of rules',
  'T2-02': 'Number of normative documents',
  'T2-03': 'Who may make rules',
  'T2-04': 'Who issues normative documents',
  'T2-05': '0 in spite of the function',
  'T3-01': 'Received + carried over = results + carried forward',
  'T3-02': 'Results add up to their total',
  'T3-03': 'Applicants add up to the total',
  'T3-04': 'Carried forward is at most received + carried over',
  'T3-05': 'Total column and total row agree',
  'T3-06': 'Results are at most received + carried over',
  'T3-13': 'Total and parts',
  'T3-14': 'Share of other results',
  'T3-17': 'Results without requests',
  'T4-01': 'Reviews add up to the total',
  'T4-02': 'Direct litigation adds up to the total',
  'T4-03': 'Litigation after review adds up to the total',
  'T4-04': 'Litigation after review, and reviews',
  'T4-05': 'Cases and requests',
  'T4-06': 'Share of corrections',
  'X-02': 'Cases without requests',
  'X-03': 'The same as last year',
  'Y-01': 'Carried over',
  'Y-02': 'Carried over',
  'Y-03': 'Rules from year to year',
  'Y-04': 'Normative documents from year to year',
  'Y-05': 'Far from last year',
  'Y-06': 'Something or nothing',
  'Y-07': 'Cases pending last year',
  'Y-09': "Last year's report was corrected",
};

export const SENTENCES_EN: Readonly<Record<string, string>> = {
  'S-01': '{table} lacks cells ({count}); they count as blank. Fill them in, or use the whole table.',
  'S-02': 'A report for {raw} must use the format of 2021, not the trial format of 2019.',
  'S-03':
    'Numbers outside the rows and columns of the form: {outside}. The form has no subtotals; check whether they belong in other cells.',
  'S-04': 'Labels differ from those of the form: {labels}. Check that they were read correctly.',
  'S-05': 'Section titles or their order differ from the six official sections: {raw}.',
  'S-06': '{field} is missing. Fill it in at the top.',
  'S-06 found': 'The period {period} is not 1 January to 31 December of the report year.',
  'V-02': '{cell} is blank. Enter 0 if there was none.',
  'V-02 found': '{cell} was read as "{raw}", which is uncertain. Check it and enter the number.',
  'V-03': '{cell} says "{raw}", which is not a number. Enter 0 if there was none.',
  'V-04': '{cell} says "{raw}", which is not a number. {remedy}',
  'V-05': '{cell} must be a whole number, not {value}.',
  'V-06': '{cell} is negative ({left}); it must be 0 or a positive whole number.',
  'V-07': '{cell} must be at least 0 with at most six decimals (0.000001 万元 is 0.01 yuan), not {value}.',
  'V-09': '{cell} has too many digits ({raw}). Check whether some were pasted that do not belong there.',
  'V-10': '{cell} is {left} 万元 (10,000 yuan); yuan may have been entered. Check the unit.',
  'V-12': '{cell}: control total {right}, computed {left}, difference {difference}.',
  'T2-01':
    'Rules: in force + repealed = {left} is less than issued {right}. What was issued this year is in force or repealed.',
  'T2-02':
    'Normative documents: in force + repealed = {left} is less than issued {right}. What was issued this year is in force or repealed.',
  'T2-03':
    '{cell} is {left}, but bodies of a county or below make no rules (for reference). Check whether they are normative documents.',
  'T2-04':
    'A public institution reports {left} normative documents issued. Check who issued them (for reference).',
  'T2-05': '{cell} is 0 although the unit has that function. Check that nothing was left out.',
  'T3-01':
    '{column}: received + carried over = {left}; results + carried forward = {right}; difference {difference}.',
  'T3-02': '{column}: results add up to {left}; their total says {right}; difference {difference}.',
  'T3-03': '{row}: applicants add up to {left}; the total says {right}; difference {difference}.',
  'T3-04': '{column}: carried forward ({left}) exceeds received + carried over ({right}).',
  'T3-05': 'The total column adds up to {left}, the total row to {right}; difference {difference}.',
  'T3-06': '{cell} is {left}, more than received + carried over of its column ({right}).',
  'T3-13':
    '{cell}: the total and its parts are not filled in together. Fill in both; the total can be computed.',
  'T3-14':
    'Other results (（六）3.其他) are {left} of {right}: a large share, or the largest result. Check whether they belong in other rows.',
  'T3-17': '{column} has no requests, but {row} has {left}.',
  'T4-01': 'Review: results add up to {left}; the total says {right}; difference {difference}.',
  'T4-02': 'Direct litigation: results add up to {left}; the total says {right}; difference {difference}.',
  'T4-03':
    'Litigation after review: results add up to {left}; the total says {right}; difference {difference}.',
  'T4-04':
    'Litigation after review ({left}) exceeds the reviews closed this year and last ({right}). Check it.',
  'T4-05':
    'Reviews and direct litigation ({left}) exceed the requests of this year and last ({right}). Check it.',
  'T4-06': '{row}: more than 15% of the closed cases were corrected.',
  'X-02':
    'No requests this year, but {left} cases of review or litigation. Nothing is to be changed if they are about earlier years.',
  'X-03': "{raw}: every cell is as it was last year. Check that it is not last year's file.",
  'Y-01':
    "Carried over {left}, last year's report carried forward {right}; difference {difference}. If functions moved, figures were corrected or cases were missed, explain it.",
  'Y-02':
    "Carried over ({column}) {left}, last year's report carried forward {right}; difference {difference}. If functions moved, figures were corrected or cases were missed, explain it.",
  'Y-03':
    "Rules in force {left}; last year's + issued − repealed = {right}; difference {difference}. If they were reviewed or corrected, explain it.",
  'Y-04':
    "Normative documents in force {left}; last year's + issued − repealed = {right}; difference {difference}. If they were reviewed, recounted, merged or expired, explain it.",
  'Y-05': '{cell}: {left} this year, {right} last year, a large difference. Check it.',
  'Y-06': '{cell}: {left} this year, {right} last year. Check that nothing was left out or misplaced.',
  'Y-07': "Last year's report has pending cases ({right}); 表四 is all zero this year. Check it.",
  'Y-09': "Last year's report was corrected after publication. Confirm which one counts.",
};

export function findingSentenceEn(finding: Finding, format: Format): string {
  const own = finding.wording?.en ?? finding.wording?.zh;
  const { detail = '' } = finding;
  const template =
    finding.pending.length > 0
      ? 'Pending: {rule} waits for {pending} cells.'
      : (own ?? sentenceOf(SENTENCES_EN, finding) ?? `${finding.rule}: {cell}`);
  return fillTemplate(
    template,
    slotsOf(finding, format, {
      field: finding.variables['field'] === 'year' ? 'A report year from 2008 to 2100' : 'Name of the unit',
      remedy: 'Enter a number; 0 if there was none.',
      labels: detail.replace(/ → /g, ' should be '),
      period: detail.replace('/', ' to '),
    }),
  );
}
