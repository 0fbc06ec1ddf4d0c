/** Whether a report can be last year's of another one. What is not known is no objection. Says nothing in words. */

export function isOtherYear(year: number | undefined, last: number | undefined): boolean {
  return year !== undefined && last !== undefined && last !== year - 1;
}

/** Another name, that is: units are renamed, so it is a question and no refusal. */
export function isOtherUnit(now: string | undefined, last: string | undefined): boolean {
  return Boolean(now) && Boolean(last) && now !== last;
}
