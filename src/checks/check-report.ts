/**
 * The one engine: pure, over rules as data. It names no table, no row and no sentence. All rules are evaluated on every
 * call (about a millisecond); nothing is remembered between calls but the expansion of the rules themselves.
 */
import type { CellId } from '../format/entry.ts';
import type { CellDefinition, Format } from '../format/format.ts';
import { quantityFromNumber, type Quantity } from '../format/quantity.ts';
import { valuesOf, type CheckedReport, type Values } from './checked-report.ts';
import type { Finding, Outcome } from './finding.ts';
import { testPredicate } from './predicates.ts';
import type { Condition, Domain, Predicate, Relation, Rule, Term } from './rule.ts';

export interface CheckOptions {
  readonly previous?: CheckedReport | undefined;
  /** Severities as on finishing: a blank blocks. */
  readonly finishing?: boolean;
  /** Also the rules that are for the county office only. */
  readonly audience?: 'clerk' | 'office';
}

const PREVIOUS = 'previous:';

/** Every violation, and every pending instance with the operands it waits for; in the order of the rules. */
export function checkReport(
  report: CheckedReport,
  rules: readonly Rule[],
  options: CheckOptions = {},
): Finding[] {
  const current = valuesOf(report);
  const previous = options.previous === undefined ? undefined : valuesOf(options.previous);
  const context: Context = { current, previous, pending: new Map() };
  const findings: Finding[] = [];
  for (const instance of instancesOf(report.format, rules)) {
    const { rule } = instance;
    if (rule.audience === 'office' && options.audience !== 'office') continue;
    if (rule.formats !== undefined && !rule.formats.includes(report.format.version)) continue;
    if (
      rule.previousFormats !== undefined &&
      (previous === undefined || !rule.previousFormats.includes(previous.report.format.version))
    )
      continue;
    if (!guardHolds(instance, context)) continue;
    const outcome = evaluate(instance, context);
    if (outcome === undefined) continue;
    if (outcome.pending.length > 0) {
      const waiting = context.pending.get(rule.id) ?? [];
      waiting.push(instance.variables);
      context.pending.set(rule.id, waiting);
    }
    const severity = options.finishing === true ? (rule.onFinishing ?? rule.severity) : rule.severity;
    findings.push({
      rule: rule.id,
      severity,
      source: rule.source,
      variables: instance.variables,
      ...outcome,
    });
  }
  return findings;
}

/** One equation that must hold within a report: the sum of `times` × cell is zero. */
export interface Equation {
  readonly rule: string;
  readonly terms: readonly { readonly cell: CellId; readonly times: bigint }[];
}

/** The linear equations of these rules that stop a report and read nothing but its own cells. */
export function equationsOf(rules: readonly Rule[], format: Format): Equation[] {
  return instancesOf(format, rules).flatMap(({ rule, holds, when }) => {
    if (holds?.sign !== '=' || rule.severity !== 'must' || when.length > 0) return [];
    const terms = [...holds.left, ...holds.right].map((term, index) => ({
      ...term,
      times: index < holds.left.length ? term.times : -term.times,
    }));
    if (terms.some((term) => term.cell === undefined || term.previous)) return [];
    return [{ rule: rule.id, terms: terms.map(({ cell, times }) => ({ cell: cell!, times })) }];
  });
}

/** The cells that some equation of these rules reads. */
export function cellsInEquations(rules: readonly Rule[], format: Format): ReadonlySet<CellId> {
  return new Set(equationsOf(rules, format).flatMap((equation) => equation.terms.map((term) => term.cell)));
}

interface Context {
  readonly current: Values;
  readonly previous: Values | undefined;
  /** Variables of the instances that are pending, by rule id. */
  readonly pending: Map<string, Readonly<Record<string, string>>[]>;
}

interface ResolvedTerm {
  readonly cell?: CellId;
  readonly previous: boolean;
  readonly times: bigint;
  readonly constant: Quantity;
}

interface ResolvedRelation {
  readonly left: readonly ResolvedTerm[];
  readonly sign: Relation['sign'];
  readonly right: readonly ResolvedTerm[];
}

export interface Instance {
  readonly rule: Rule;
  readonly variables: Readonly<Record<string, string>>;
  readonly holds?: ResolvedRelation;
  readonly test?: Predicate;
  readonly when: readonly (ResolvedRelation | Exclude<Condition, Relation>)[];
}

const expansions = new WeakMap<readonly Rule[], Map<Format, readonly Instance[]>>();

/** One instance for each combination of the rule's variables; expanded once for a set of rules and a format. */
export function instancesOf(format: Format, rules: readonly Rule[]): readonly Instance[] {
  let byFormat = expansions.get(rules);
  if (byFormat === undefined) expansions.set(rules, (byFormat = new Map<Format, readonly Instance[]>()));
  let instances = byFormat.get(format);
  if (instances === undefined) {
    instances = rules.flatMap((rule) =>
      rule.formats?.includes(format.version) === false ? [] : expand(rule, format, rules),
    );
    byFormat.set(format, instances);
  }
  return instances;
}

function expand(rule: Rule, format: Format, rules: readonly Rule[]): Instance[] {
  let combinations: Record<string, string>[] = [{}];
  for (const [name, domain] of Object.entries(rule.over ?? {})) {
    const values = valuesOfDomain(domain, format, rules);
    combinations = combinations.flatMap((variables) =>
      values.map((value) => {
        const more: Record<string, string> = { ...variables };
        more[name] = value;
        return more;
      }),
    );
  }
  return combinations.map((variables) => {
    const when =
      rule.when === undefined
        ? NO_CONDITIONS
        : rule.when.map((condition) =>
            'sign' in condition ? resolveRelation(condition, variables) : condition,
          );
    return 'holds' in rule
      ? { rule, variables, when, holds: resolveRelation(rule.holds, variables) }
      : { rule, variables, when, test: resolvePredicate(rule.test, variables) };
  });
}

const NO_CONDITIONS: Instance['when'] = [];

function valuesOfDomain(domain: Domain, format: Format, rules: readonly Rule[]): readonly string[] {
  if (Array.isArray(domain)) return domain as readonly string[];
  if ('tables' in domain) return format.tables.map((table) => table.id);
  const { cells, kinds, inEquation, table } = domain as Exclude<Domain, readonly string[] | { tables: true }>;
  let chosen: readonly CellDefinition[] = cells === 'inputs' ? format.inputs : format.derived;
  if (kinds !== undefined) chosen = chosen.filter((cell) => kinds.includes(cell.kind));
  if (table !== undefined) chosen = chosen.filter((cell) => cell.table === table);
  if (inEquation !== undefined) {
    // Equations never range over a domain of this sort, so leaving such rules out ends the recursion.
    const read = cellsInEquations(plainRules(rules), format);
    chosen = chosen.filter((cell) => read.has(cell.id) === inEquation);
  }
  return chosen.map((cell) => cell.id);
}

const plain = new WeakMap<readonly Rule[], readonly Rule[]>();

function plainRules(rules: readonly Rule[]): readonly Rule[] {
  let found = plain.get(rules);
  if (found === undefined) {
    found = rules.filter(
      (rule) =>
        'holds' in rule &&
        rule.severity === 'must' &&
        rule.holds.sign === '=' &&
        !Object.values(rule.over ?? {}).some((other) => !Array.isArray(other)),
    );
    plain.set(rules, found);
  }
  return found;
}

function fill(text: string, variables: Readonly<Record<string, string>>): string {
  let open = text.indexOf('{');
  if (open === -1) return text;
  let filled = '';
  let from = 0;
  while (open !== -1) {
    const close = text.indexOf('}', open);
    if (close === -1) break;
    const value = variables[text.slice(open + 1, close)];
    if (value !== undefined) {
      filled += text.slice(from, open) + value;
      from = close + 1;
    }
    open = text.indexOf('{', close + 1);
  }
  return filled + text.slice(from);
}

/** A report has some hundred different terms, and some thousand places where one of them stands. */
const terms = new Map<string | number, ResolvedTerm>();

function resolveTerm(term: Term, variables: Readonly<Record<string, string>>): ResolvedTerm {
  if (typeof term === 'string') {
    const text = fill(term, variables);
    let known = terms.get(text);
    if (known === undefined) terms.set(text, (known = termOf(text, 1n)));
    return known;
  }
  if ('constant' in term) {
    let known = terms.get(term.constant);
    if (known === undefined)
      terms.set(
        term.constant,
        (known = { previous: false, times: 1n, constant: quantityFromNumber(term.constant) }),
      );
    return known;
  }
  return termOf(fill(term.cell, variables), BigInt(term.times));
}

function termOf(text: string, times: bigint): ResolvedTerm {
  const previous = text.startsWith(PREVIOUS);
  return { cell: previous ? text.slice(PREVIOUS.length) : text, previous, times, constant: 0n };
}

function resolveRelation(relation: Relation, variables: Readonly<Record<string, string>>): ResolvedRelation {
  return {
    left: relation.left.map((term) => resolveTerm(term, variables)),
    sign: relation.sign,
    right: relation.right.map((term) => resolveTerm(term, variables)),
  };
}

function resolvePredicate(predicate: Predicate, variables: Readonly<Record<string, string>>): Predicate {
  const filled = { ...predicate } as unknown as Record<string, unknown>;
  for (const key in filled) {
    const value = filled[key];
    if (typeof value === 'string') filled[key] = fill(value, variables);
    else if (Array.isArray(value)) filled[key] = value.map((item) => fill(String(item), variables));
  }
  return filled as unknown as Predicate;
}

function guardHolds(instance: Instance, context: Context): boolean {
  const { organization } = context.current.report;
  return instance.when.every((condition) => {
    if ('sign' in condition) {
      const left = sideOf(condition.left, context);
      const right = sideOf(condition.right, context);
      return (
        left.pending.length === 0 &&
        right.pending.length === 0 &&
        compare(left.sum, condition.sign, right.sum)
      );
    }
    if ('kindOfOrganization' in condition)
      return organization.kind !== undefined && condition.kindOfOrganization.includes(organization.kind);
    if ('organizationFunction' in condition)
      return organization.functions?.includes(condition.organizationFunction) === true;
    return condition.pending.some((id) =>
      (context.pending.get(id) ?? []).some((variables) =>
        Object.entries(variables).every(
          ([name, value]) => instance.variables[name] === undefined || instance.variables[name] === value,
        ),
      ),
    );
  });
}

function evaluate(instance: Instance, context: Context): Outcome | undefined {
  if (instance.test !== undefined) return testPredicate(instance.test, context.current, context.previous);
  const { left: leftTerms, sign, right: rightTerms } = instance.holds!;
  const left = sideOf(leftTerms, context);
  const right = sideOf(rightTerms, context);
  const cells = [...leftTerms, ...rightTerms].flatMap((term) =>
    term.cell === undefined || term.previous ? [] : [term.cell],
  );
  const pending = [...left.pending, ...right.pending];
  // Last year's blank cannot be filled in here: such a comparison is not assessable rather than pending.
  if (left.unknown || right.unknown) return undefined;
  // An unguarded equation waits for its operands; anything else cannot be assessed before they are there.
  if (pending.length > 0)
    return sign === '=' && instance.when.length === 0 ? { cells, pending, sign } : undefined;
  if (compare(left.sum, sign, right.sum)) return undefined;
  return { cells, left: left.sum, right: right.sum, difference: left.sum - right.sum, sign, pending: [] };
}

function sideOf(
  terms: readonly ResolvedTerm[],
  context: Context,
): { sum: Quantity; pending: CellId[]; unknown: boolean } {
  let sum = 0n;
  let unknown = false;
  const pending: CellId[] = [];
  for (const term of terms) {
    if (term.cell === undefined) {
      sum += term.constant;
      continue;
    }
    const value = (term.previous ? context.previous : context.current)?.value(term.cell);
    if (value !== undefined) sum += value * term.times;
    else if (term.previous) unknown = true;
    else pending.push(term.cell);
  }
  return { sum, pending, unknown };
}

function compare(left: Quantity, sign: Relation['sign'], right: Quantity): boolean {
  switch (sign) {
    case '=':
      return left === right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    default:
      return left > right;
  }
}
