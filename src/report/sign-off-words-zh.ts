/** What is said of a signature that counts no more, on screen and on paper. */
import { t } from '../format/language.ts';
import type { Report } from './report.ts';

/** '' where the report is not signed, or its signature has not lapsed. */
export function lapsedZh({ signed }: Report): string {
  return signed?.lapsed === undefined
    ? ''
    : t`签发（${signed.at}）已失效：签发以后报告曾在别处被改动，改了哪些无从得知。请逐项核对，重新签发。`;
}
