/** Findings in English, for developers of upstream systems. Takes data, returns text; decides nothing. */
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

const SENTENCES: Readonly<Record<string, string>> = {
  'S-01': '{count} cells of table {table} are absent; they count as blank.',
  'S-02': 'A report for {raw} must use the format of 2021, not the trial format of 2019.',
  'S-03': 'Numbers outside the official rows and columns: {outside}.',
  'S-04': 'Labels differ from the official ones: {raw}.',
  'S-05': 'Section titles or their order differ from the six official sections: {raw}.',
  'S-06': 'The {field} is missing.',
  'S-06 found': 'The statistic period {raw} is not 1 January to 31 December of the report year.',
  'V-02': '{cell} is blank.',
  'V-02 found': '{cell} was read as "{raw}", which is uncertain.',
  'V-03': '{cell} says "{raw}" (not applicable), which is not a number.',
  'V-04': '{cell} says "{raw}", which is not a number.',
  'V-05': '{cell} must be a whole number, not {value}.',
  'V-06': '{cell} is negative ({left}).',
  'V-07': '{cell} must be at least 0 with at most six decimals, not {value}.',
  'V-09': '{cell} has too many digits ({raw}).',
  'V-10': '{cell} is {left} (unit: 10,000 yuan); yuan may have been entered.',
  'V-12': '{cell}: control total {right}, computed {left}, difference {difference}.',
  'T2-01': 'Rules: in force + repealed = {left} is less than issued {right}.',
  'T2-02': 'Normative documents: in force + repealed = {left} is less than issued {right}.',
  'T2-03': '{cell} is {left}, but bodies of a county or below make no rules.',
  'T2-04': 'A public institution reports {left} normative documents issued.',
  'T2-05': '{cell} is 0 although the organisation has that function.',
  'T3-01':
    '{column}: received + carried over = {left}; results + carried forward = {right}; difference {difference}.',
  'T3-02': '{column}: results add up to {left}; their total says {right}; difference {difference}.',
  'T3-03': '{row}: applicants add up to {left}; the total says {right}; difference {difference}.',
  'T3-04': '{column}: carried forward ({left}) exceeds received + carried over ({right}).',
  'T3-05': 'The total column adds up to {left}, the total row to {right}; difference {difference}.',
  'T3-06': '{cell} is {left}, more than received + carried over of its column ({right}).',
  'T3-13': '{cell}: the total and its parts are not filled together.',
  'T3-14': 'Other results are {left} of {right}: a large share, or the largest result.',
  'T3-17': '{column} has no requests, but {row} has {left}.',
  'T4-01': 'Review: results add up to {left}; the total says {right}; difference {difference}.',
  'T4-02': 'Direct litigation: results add up to {left}; the total says {right}; difference {difference}.',
  'T4-03':
    'Litigation after review: results add up to {left}; the total says {right}; difference {difference}.',
  'T4-04': 'Litigation after review {left} exceeds the reviews closed this year and last {right}.',
  'T4-05': 'Reviews and direct suits {left} exceed the requests of this year and last {right}.',
  'T4-06': '{row}: more than 15 % of closed cases were corrected.',
  'X-02': 'No requests this year, but {left} cases of review or litigation.',
  'X-03': "{raw} equal last year's in every cell.",
  'Y-01': "Carried over {left}, last year's report carried forward {right}; difference {difference}.",
  'Y-02':
    "Carried over ({column}) {left}, last year's report carried forward {right}; difference {difference}.",
  'Y-03': "Rules in force {left}; last year's + issued - repealed = {right}; difference {difference}.",
  'Y-04':
    "Normative documents in force {left}; last year's + issued - repealed = {right}; difference {difference}.",
  'Y-05': '{cell}: {left} this year, {right} last year.',
  'Y-06': '{cell}: {left} this year, {right} last year.',
  'Y-07': 'Last year {right} cases were pending; table 4 is all zero this year.',
  'Y-09': "Last year's report was corrected after publication.",
};

export function findingSentenceEn(finding: Finding, format: Format): string {
  const own = finding.wording?.en ?? finding.wording?.zh;
  const template =
    finding.pending.length > 0
      ? 'Pending: {rule} waits for {pending} cells.'
      : (own ?? sentenceOf(SENTENCES, finding) ?? `${finding.rule}: {cell}`);
  return fillTemplate(
    template,
    slotsOf(finding, format, {
      field: finding.variables['field'] === 'year' ? 'report year' : 'name of the organisation',
    }),
  );
}
