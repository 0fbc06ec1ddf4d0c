/** What may be sent: a finished report, read through the same door as every other, as canonical text. */
import { checkReport } from '../checks/check-report.ts';
import { valuesOf } from '../checks/checked-report.ts';
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import type { Digest } from '../format/digest.ts';
import { parseGuarded } from '../format/guard-json.ts';
import { readPayload, type ReadRefusal } from '../payload/read-payload.ts';
import { openFindings } from '../report/explanations.ts';
import { checkedReport, yearOf, type Report } from '../report/report.ts';
import { isObject } from './upstream-address.ts';

export type PayloadRefusal =
  | { readonly code: 'unreadable'; readonly refusal: ReadRefusal }
  | { readonly code: 'newer' | 'draft' | 'digest' }
  | { readonly code: 'unfinished'; readonly count: number };

export interface Sendable {
  readonly ok: true;
  /** Canonical. */
  readonly payload: string;
  readonly digest: Digest;
  readonly organization: string;
  readonly year: number | null;
  /** Somebody has signed it, as it is. */
  readonly signed: boolean;
}

/** Never throws. The rules of a pack that the report names are not known here: its upstream will look. */
export function readSendable(
  text: string,
): Sendable | { readonly ok: false; readonly refusal: PayloadRefusal } {
  const refuse = (refusal: PayloadRefusal) => ({ ok: false as const, refusal });
  const result = readPayload(text);
  if (!result.ok) return refuse({ code: 'unreadable', refusal: result.refusal });
  if (result.readOnly) return refuse({ code: 'newer' });
  if (result.draft) return refuse({ code: 'draft' });
  if (result.notes.some(({ code }) => code === 'digest-differs' || code === 'tables-digest-differs'))
    return refuse({ code: 'digest' });
  const { report, digest } = result;
  const checks = report.carried['checks'] as { readonly rules?: unknown } | undefined;
  if (!String(checks?.rules ?? '').includes('+')) {
    const count = unfinished(report);
    if (count > 0) return refuse({ code: 'unfinished', count });
  }
  const parsed = parseGuarded(text);
  if (!parsed.ok) return refuse({ code: 'unreadable', refusal: parsed.refusal });
  return {
    ok: true,
    payload: canonicalJson(parsed.value),
    digest,
    organization: report.head['organization.name'].slice(0, 200),
    year: yearOf(report) ?? null,
    signed: isSigned(parsed.value),
  };
}

function isSigned(payload: Json): boolean {
  const signOff = isObject(payload) ? payload['signOff'] : undefined;
  return isObject(signOff) && signOff['at'] !== undefined && signOff['changedSince'] === undefined;
}

/** How much keeps it from being finished, as far as can be seen without last year's report. */
function unfinished(report: Report): number {
  const checked = checkedReport(report);
  const findings = checkReport(checked, OFFICIAL_RULES.rules, { finishing: true });
  const open = openFindings(findings, report, { values: valuesOf(checked), previousValues: undefined });
  const wrong = findings.filter(({ severity }) => severity === 'format' || severity === 'must');
  return wrong.length + open.length;
}
