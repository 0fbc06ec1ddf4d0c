/** What may be sent: a finished report, read through the same door as every other, as canonical text. */
import type { CheckedReport } from '../checks/checked-report.ts';
import type { Finding } from '../checks/finding.ts';
import type { RuleSet } from '../checks/rule.ts';
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import type { Digest } from '../format/digest.ts';
import { parseGuarded } from '../format/guard-json.ts';
import type { FormatVersion } from '../format/format.ts';
import { readPayload, type ReadRefusal } from '../payload/read-payload.ts';
import { checksOf } from '../payload/write-payload.ts';
import { openFindings } from '../report/explanations.ts';
import { missingPack, packIn } from '../report/missing-pack.ts';
import { yearOf, type Report } from '../report/report.ts';
import { Session } from '../report/session.ts';
import { isSigned } from '../report/sign-off.ts';

/** What a report is checked with where it is sent from: the rules, and last year's report. A session is one. */
export interface RulesInForce {
  readonly rules: RuleSet;
  readonly previous?: CheckedReport | undefined;
  /** The report on screen, whose carried `checks` say what it was checked with when it was opened. */
  readonly report?: Report;
}

export type PayloadRefusal =
  | { readonly code: 'unreadable'; readonly refusal: ReadRefusal }
  | { readonly code: 'newer' | 'draft' | 'digest' | 'lapsed' }
  | {
      readonly code: 'unfinished';
      readonly findings: readonly Finding[];
      readonly version: FormatVersion;
      readonly missingPack: string;
    };

export interface Sendable {
  readonly ok: true;
  /** Canonical. */
  readonly payload: string;
  readonly digest: Digest;
  readonly organization: string;
  readonly year: number | null;
  /** Somebody has signed it, by name and as it is. */
  readonly signed: boolean;
  /** The rule pack that it says it was checked with and that is not in force here, as id@version; '' for none. */
  readonly missingPack: string;
}

/**
 * Never throws. With the rules in force it is checked by them, whatever it says of itself, and `checks` says by which. Without
 * them, as when it is tried again, a report that names a pack is taken at its word.
 */
export function readSendable(
  text: string,
  inForce?: RulesInForce,
): Sendable | { readonly ok: false; readonly refusal: PayloadRefusal } {
  const refuse = (refusal: PayloadRefusal) => ({ ok: false as const, refusal });
  const result = readPayload(text);
  if (!result.ok) return refuse({ code: 'unreadable', refusal: result.refusal });
  if (result.readOnly) return refuse({ code: 'newer' });
  if (result.draft) return refuse({ code: 'draft' });
  if (result.digestStated === 'differs') return refuse({ code: 'digest' });
  const { report, digest } = result;
  if (report.signed?.lapsed !== undefined) return refuse({ code: 'lapsed' });
  const stated = packIn((report.carried['checks'] as { readonly rules?: unknown } | undefined)?.rules);
  const { rules, report: before = report } = inForce ?? { rules: OFFICIAL_RULES };
  const isOther = inForce !== undefined && stated !== packIn(rules.version);
  const missing = inForce === undefined ? '' : missingPack(report, rules) || missingPack(before, rules);
  const found = inForce === undefined && stated !== '' ? undefined : judged(report, inForce ?? { rules });
  if (found !== undefined && found.wrong.length > 0)
    return refuse({
      code: 'unfinished',
      findings: found.wrong,
      version: report.version,
      missingPack: missing,
    });
  const parsed = parseGuarded(text);
  if (!parsed.ok) return refuse({ code: 'unreadable', refusal: parsed.refusal });
  // No digest covers it.
  const checks = isOther && found !== undefined ? { checks: found.checks } : {};
  return {
    ok: true,
    payload: canonicalJson({ ...(parsed.value as Record<string, Json>), ...checks }),
    digest,
    organization: report.head['organization.name'].slice(0, 200),
    year: yearOf(report) ?? null,
    signed: isSigned(report),
    missingPack: missing,
  };
}

/** How it stands with these rules. */
function judged(report: Report, { rules, previous }: RulesInForce): { wrong: Finding[]; checks: Json } {
  const session = new Session(report, rules);
  session.previous = previous;
  const finishing = session.findingsOnFinishing();
  const open = openFindings(finishing, report, session.state);
  const wrong = finishing.filter(({ severity }) => severity === 'format' || severity === 'must');
  const checks = checksOf({
    rules: `${report.version}@${rules.version}`,
    changed: rules.changed,
    findings: session.state.findings,
    open: open.length,
  });
  return { wrong: [...wrong, ...open], checks };
}
