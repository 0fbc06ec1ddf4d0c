/** Whether the rules that a report says it was checked with are those in force now. */
import type { RuleSet } from '../checks/rule.ts';
import type { Report } from './report.ts';

/** The rule pack that the report was checked with when it was written and that is not in force, as id@version; '' for none. */
export function missingPack({ carried }: Report, rules: RuleSet): string {
  const stated = packIn((carried['checks'] as { readonly rules?: unknown } | undefined)?.rules);
  return stated === packIn(rules.version) ? '' : stated;
}

/** `hunan@2026.1` of `2021@1+hunan@2026.1`, '' where no pack is named. */
export function packIn(rules: unknown): string {
  return typeof rules === 'string' && rules.includes('+') ? rules.slice(rules.indexOf('+') + 1) : '';
}
