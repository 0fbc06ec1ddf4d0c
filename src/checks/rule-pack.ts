/**
 * A rule pack: rules that a host or a province adds to the official ones, and official rules that it softens, hardens
 * or switches off. It is read by `read-rule-pack.ts`; here it is only what it is, and what becomes of the rules with it.
 */
import type { Rule, RuleSet, Severity } from './rule.ts';

export const PACK_SCHEMA = 'xxgk-rule-pack/1';

/** An official rule gets another severity, or is switched off; who decided so is told. */
export interface RuleChange {
  readonly rule: string;
  readonly to: Exclude<Severity, 'format'> | 'off';
  readonly onFinishing?: Exclude<Severity, 'format'>;
  readonly source: string;
}

/** A pack that was read: every cell, number and word in it is known to be one. */
export interface RulePack {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly rules: readonly Rule[];
  readonly changes: readonly RuleChange[];
}

/**
 * What makes a payload readable and finished at all: its tables, its unit and year, and that every cell holds a number
 * of its kind. A pack leaves these alone; whoever reads a payload relies on them, with or without the pack.
 */
export const PROTECTED_RULES: readonly string[] = [
  'S-01',
  'S-06',
  'V-02',
  'V-04',
  'V-05',
  'V-06',
  'V-07',
  'V-09',
];

/** The rules with a pack. One pack at a time: it was read against the official rules alone. */
export function withRulePack(official: RuleSet, pack: RulePack): RuleSet {
  const changes = new Map(pack.changes.map((change) => [change.rule, change]));
  const rules = official.rules.flatMap((rule): Rule[] => {
    const change = changes.get(rule.id);
    if (change === undefined) return [rule];
    if (change.to === 'off') return [];
    // The severity on finishing was that of the official severity.
    const { onFinishing: _onFinishing, ...rest } = rule;
    return [
      {
        ...rest,
        severity: change.to,
        ...(change.onFinishing !== undefined && { onFinishing: change.onFinishing }),
      },
    ];
  });
  return {
    version: `${official.version}+${pack.id}@${pack.version}`,
    rules: [...rules, ...pack.rules],
    ...(changes.size > 0 && {
      changed: Object.fromEntries(pack.changes.map((change) => [change.rule, change.to])),
    }),
  };
}
