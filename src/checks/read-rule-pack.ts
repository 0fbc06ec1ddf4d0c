/**
 * The door for rule packs: JSON in, a pack or a refusal as data out, never an exception. Everything in a pack is known
 * afterwards: each member, each cell after expansion, each place in a sentence; what it costs to evaluate is bounded, and
 * its test vectors came out as they say. There is no regular expression in the language and none is run on its texts
 * but fixed ones of linear time.
 */
import type { Json } from '../format/canonical-json.ts';
import { BLANK, type CellId, type Entry } from '../format/entry.ts';
import { type Format, type FormatVersion } from '../format/format.ts';
import { FORMATS, isFormatVersion } from '../format/formats.ts';
import { parseGuarded, type JsonRefusal } from '../format/guard-json.ts';
import { quantityFromNumber } from '../format/quantity.ts';
import { readEntry } from '../format/read-entry.ts';
import { checkReport, instancesOf, PREVIOUS, valuesOfDomain, type Instance } from './check-report.ts';
import type { CheckedReport } from './checked-report.ts';
import { isViolation } from './finding.ts';
import { ORGANIZATION_FUNCTIONS, ORGANIZATION_KINDS } from './organizations.ts';
import type { Condition, Domain, Predicate, Relation, Rule, RuleBase, RuleSet, Term } from './rule.ts';
import { PACK_SCHEMA, PROTECTED_RULES, withRulePack, type RuleChange, type RulePack } from './rule-pack.ts';
import { OFFICIAL_RULES } from './rules.ts';

export const MAX_PACK_RULES = 500;
/** Comparisons after expansion, in one format. */
export const MAX_INSTANCES = 3_000;
/** Cells read by all of them together: a check of the whole report still takes a few milliseconds. */
export const MAX_OPERANDS = 20_000;
const MAX_TESTS = 2_000;
const MAX_TERMS = 200;
const MAX_VARIABLES = 4;
const MAX_CONDITIONS = 10;
const MAX_COEFFICIENT = 10_000;
const MAX_CONSTANT = 1e12;

export type PackList = 'rules' | 'changes' | 'tests';

/** Where something stands: in the third rule, whose id is known by then, at `holds/left/0`. */
export interface PackPlace {
  readonly list?: PackList;
  readonly index?: number;
  readonly id?: string;
  readonly path: string;
}

export type Expected =
  | 'object'
  | 'list'
  | 'text'
  | 'pack-id'
  | 'version'
  | 'rule-id'
  | 'choice'
  | 'number'
  | 'whole-number'
  | 'term'
  | 'variable'
  | 'domain'
  | 'condition'
  | 'true'
  | 'value-of-cell';

export type TestOutcome = 'holds' | 'violated' | 'pending';

export type PackRefusal =
  | { readonly code: 'json'; readonly json: JsonRefusal }
  | { readonly code: 'other-schema'; readonly found: string }
  | { readonly code: 'missing'; readonly at: PackPlace }
  | {
      readonly code: 'wrong';
      readonly at: PackPlace;
      readonly expected: Expected;
      readonly choices?: readonly string[];
      readonly range?: readonly [least: number, most: number];
    }
  | { readonly code: 'too-long'; readonly at: PackPlace; readonly most: number }
  | { readonly code: 'too-many'; readonly at: PackPlace; readonly most: number; readonly found: number }
  | { readonly code: 'too-much'; readonly at: PackPlace; readonly most: number; readonly found: number }
  | { readonly code: 'unknown-member'; readonly at: PackPlace; readonly near?: string }
  | { readonly code: 'regular-expression'; readonly at: PackPlace }
  | { readonly code: 'markup'; readonly at: PackPlace; readonly found: string }
  | {
      readonly code: 'unknown-place';
      readonly at: PackPlace;
      readonly found: string;
      readonly known: readonly string[];
    }
  | {
      readonly code: 'unknown-cell';
      readonly at: PackPlace;
      readonly cell: string;
      readonly format: FormatVersion;
      readonly near?: string;
    }
  | { readonly code: 'no-total'; readonly at: PackPlace; readonly cell: string }
  | { readonly code: 'unknown-variable'; readonly at: PackPlace; readonly variable: string }
  | { readonly code: 'unused-variable'; readonly at: PackPlace; readonly variable: string }
  | { readonly code: 'no-values'; readonly at: PackPlace }
  | { readonly code: 'no-cell'; readonly at: PackPlace }
  | { readonly code: 'unknown-rule'; readonly at: PackPlace; readonly rule: string; readonly near?: string }
  | { readonly code: 'later-rule'; readonly at: PackPlace; readonly rule: string }
  | { readonly code: 'official-id'; readonly at: PackPlace }
  | { readonly code: 'protected-rule'; readonly at: PackPlace }
  | { readonly code: 'twice'; readonly at: PackPlace; readonly found: string }
  | { readonly code: 'one-of'; readonly at: PackPlace; readonly choices: readonly [string, string] }
  | { readonly code: 'weaker-on-finishing'; readonly at: PackPlace }
  | { readonly code: 'office-must'; readonly at: PackPlace }
  | { readonly code: 'nothing-in-it' }
  | { readonly code: 'untested'; readonly at: PackPlace; readonly outcome: 'holds' | 'violated' }
  | {
      readonly code: 'test-failed';
      readonly at: PackPlace;
      readonly expected: TestOutcome;
      readonly found: TestOutcome;
    };

export type PackReading =
  { readonly ok: true; readonly pack: RulePack } | { readonly ok: false; readonly refusal: PackRefusal };

export function readRulePack(text: string): PackReading {
  const parsed = parseGuarded(text);
  if (!parsed.ok) return { ok: false, refusal: { code: 'json', json: parsed.refusal } };
  try {
    return { ok: true, pack: packFrom(parsed.value) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

class Refused extends Error {
  constructor(readonly refusal: PackRefusal) {
    super(refusal.code);
  }
}

function refuse(refusal: PackRefusal): never {
  throw new Refused(refusal);
}

// Reading one value

type Members = Readonly<Record<string, Json | undefined>>;

const under = (at: PackPlace, key: string | number): PackPlace => ({
  ...at,
  path: at.path === '' ? String(key) : `${at.path}/${key}`,
});

const TOP: PackPlace = { path: '' };

/** What a person who looks for regular expressions would write. */
const REGULAR_EXPRESSIONS = new Set(['pattern', 'regex', 'regexp', 'regularexpression', 'match', 'matches']);

function membersOf(value: Json | undefined, at: PackPlace, known: readonly string[]): Members {
  const members = objectOf(value, at);
  for (const name of Object.keys(members)) {
    if (known.includes(name)) continue;
    if (REGULAR_EXPRESSIONS.has(name.toLowerCase()))
      refuse({ code: 'regular-expression', at: under(at, name) });
    refuse({ code: 'unknown-member', at: under(at, name), ...nearOf(name, known) });
  }
  return members;
}

function objectOf(value: Json | undefined, at: PackPlace): Members {
  if (value === undefined) refuse({ code: 'missing', at });
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    refuse({ code: 'wrong', at, expected: 'object' });
  return value as Members;
}

function listOf(value: Json | undefined, at: PackPlace, most: number): readonly Json[] {
  if (value === undefined) refuse({ code: 'missing', at });
  if (!Array.isArray(value)) refuse({ code: 'wrong', at, expected: 'list' });
  const list = value as readonly Json[];
  if (list.length > most) refuse({ code: 'too-many', at, most, found: list.length });
  return list;
}

function filledListOf(value: Json | undefined, at: PackPlace, most: number): readonly Json[] {
  const list = listOf(value, at, most);
  if (list.length === 0) refuse({ code: 'no-values', at });
  return list;
}

/** Angle brackets, controls, and what turns the direction of writing or cannot be seen. */
const MARKUP = /[<>\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u;

/** Plain text: it is shown as text everywhere, so markup in it is a mistake or an attempt. */
function textOf(value: Json | undefined, at: PackPlace, most: number): string {
  if (value === undefined) refuse({ code: 'missing', at });
  if (typeof value !== 'string' || value.trim() === '') refuse({ code: 'wrong', at, expected: 'text' });
  if (value.length > most) refuse({ code: 'too-long', at, most });
  const markup = MARKUP.exec(value);
  if (markup !== null) refuse({ code: 'markup', at, found: markup[0] });
  return value;
}

/** A title says the same of every instance: it has no places to fill in. */
function titleOf(value: Json | undefined, at: PackPlace): string {
  const title = textOf(value, at, 60);
  const brace = /[{}]/.exec(title);
  if (brace !== null) refuse({ code: 'markup', at, found: brace[0] });
  return title;
}

function nameOf(value: Json | undefined, at: PackPlace, pattern: RegExp, expected: Expected): string {
  const text = textOf(value, at, 40);
  if (!pattern.test(text)) refuse({ code: 'wrong', at, expected });
  return text;
}

function choiceOf<Choice extends string>(
  value: Json | undefined,
  at: PackPlace,
  choices: readonly Choice[],
): Choice {
  if (value === undefined) refuse({ code: 'missing', at });
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) refuse({ code: 'wrong', at, expected: 'choice', choices });
  return chosen!;
}

function wholeOf(value: Json | undefined, at: PackPlace, least: number, most: number): number {
  if (value === undefined) refuse({ code: 'missing', at });
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    refuse({ code: 'wrong', at, expected: 'whole-number', range: [least, most] });
  return value as number;
}

/** A number with at most six decimals, as a cell may hold. */
function numberOf(value: Json | undefined, at: PackPlace, expected: 'number' | 'value-of-cell'): number {
  if (value === undefined) refuse({ code: 'missing', at });
  if (typeof value !== 'number' || Math.abs(value) > MAX_CONSTANT || !hasSixDecimals(value))
    refuse({ code: 'wrong', at, expected });
  return value as number;
}

function hasSixDecimals(value: number): boolean {
  try {
    quantityFromNumber(value);
    return true;
  } catch {
    return false;
  }
}

// The pack

function packFrom(value: Json): RulePack {
  const schema = objectOf(value, TOP)['schema'];
  if (schema !== PACK_SCHEMA)
    refuse({ code: 'other-schema', found: typeof schema === 'string' ? schema.slice(0, 60) : '' });
  const members = membersOf(value, TOP, ['schema', 'id', 'version', 'title', 'rules', 'changes', 'tests']);
  const list = (name: PackList, most: number): readonly Json[] =>
    members[name] === undefined ? [] : listOf(members[name], under(TOP, name), most);
  const rules = list('rules', MAX_PACK_RULES);
  const changes = list('changes', OFFICIAL_RULES.rules.length);
  const tests = list('tests', MAX_TESTS);
  if (rules.length + changes.length === 0) refuse({ code: 'nothing-in-it' });
  const officialIds = new Set(OFFICIAL_RULES.rules.map((rule) => rule.id));
  const ownIds = new Set<string>();
  const pack: RulePack = {
    id: nameOf(members['id'], under(TOP, 'id'), /^[a-z][a-z0-9-]*$/, 'pack-id'),
    version: nameOf(members['version'], under(TOP, 'version'), /^[0-9A-Za-z][0-9A-Za-z.-]*$/, 'version'),
    title: titleOf(members['title'], under(TOP, 'title')),
    rules: rules.map((rule, index) => {
      const read = ruleFrom(rule, { list: 'rules', index, path: '' }, officialIds, ownIds);
      ownIds.add(read.id);
      return read;
    }),
    changes: changes.map((change, index) => changeFrom(change, index, officialIds)),
  };
  for (const [index, change] of pack.changes.entries())
    if (pack.changes.findIndex((other) => other.rule === change.rule) < index)
      refuse({ code: 'twice', at: { list: 'changes', index, path: 'rule' }, found: change.rule });
  const set = withRulePack(OFFICIAL_RULES, pack);
  boundExpansion(pack, set);
  checkCells(pack, set);
  runTests(tests, pack, set);
  return pack;
}

const PACK_SEVERITIES = ['info', 'verify', 'must'] as const;
type PackSeverity = (typeof PACK_SEVERITIES)[number];

function severitiesOf(
  members: Members,
  at: PackPlace,
): { readonly severity: PackSeverity; readonly onFinishing?: PackSeverity } {
  const severity = choiceOf(members['severity'], under(at, 'severity'), PACK_SEVERITIES);
  if (members['onFinishing'] === undefined) return { severity };
  const onFinishing = choiceOf(members['onFinishing'], under(at, 'onFinishing'), PACK_SEVERITIES);
  if (PACK_SEVERITIES.indexOf(onFinishing) < PACK_SEVERITIES.indexOf(severity))
    refuse({ code: 'weaker-on-finishing', at: under(at, 'onFinishing') });
  return { severity, onFinishing };
}

function changeFrom(value: Json, index: number, officialIds: ReadonlySet<string>): RuleChange {
  const place: PackPlace = { list: 'changes', index, path: '' };
  const members = membersOf(value, place, ['rule', 'severity', 'onFinishing', 'off', 'source']);
  const rule = textOf(members['rule'], under(place, 'rule'), 40);
  if (!officialIds.has(rule))
    refuse({ code: 'unknown-rule', at: under(place, 'rule'), rule, ...nearOf(rule, [...officialIds]) });
  const at = { ...place, id: rule };
  if (PROTECTED_RULES.includes(rule)) refuse({ code: 'protected-rule', at });
  if ((members['off'] === undefined) === (members['severity'] === undefined))
    refuse({ code: 'one-of', at, choices: ['severity', 'off'] });
  const source = textOf(members['source'], under(at, 'source'), 200);
  if (members['off'] === undefined) {
    const { severity: to, ...rest } = severitiesOf(members, at);
    return { rule, to, ...rest, source };
  }
  if (members['off'] !== true) refuse({ code: 'wrong', at: under(at, 'off'), expected: 'true' });
  if (members['onFinishing'] !== undefined) refuse({ code: 'one-of', at, choices: ['off', 'onFinishing'] });
  return { rule, to: 'off', source };
}

// One rule

const RULE_MEMBERS = [
  ...['id', 'severity', 'onFinishing', 'source', 'title', 'wording', 'audience'],
  ...['formats', 'previousFormats', 'over', 'when', 'holds', 'test'],
];

function ruleFrom(
  value: Json,
  place: PackPlace,
  officialIds: ReadonlySet<string>,
  ownIds: ReadonlySet<string>,
): Rule {
  const members = membersOf(value, place, RULE_MEMBERS);
  const id = nameOf(members['id'], under(place, 'id'), /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, 'rule-id');
  const at: PackPlace = { ...place, id };
  if (officialIds.has(id)) refuse({ code: 'official-id', at });
  if (ownIds.has(id)) refuse({ code: 'twice', at: under(at, 'id'), found: id });
  const severities = severitiesOf(members, at);
  if (members['audience'] !== undefined) {
    choiceOf(members['audience'], under(at, 'audience'), ['office']);
    if (severities.severity === 'must' || severities.onFinishing === 'must')
      refuse({ code: 'office-must', at });
  }
  const source = textOf(members['source'], under(at, 'source'), 200);
  const title = titleOf(members['title'], under(at, 'title'));
  const over = members['over'] === undefined ? undefined : overFrom(members['over'], under(at, 'over'));
  const variables = Object.keys(over ?? {});
  if ((members['holds'] === undefined) === (members['test'] === undefined))
    refuse({ code: 'one-of', at, choices: ['holds', 'test'] });
  const holds =
    members['holds'] === undefined
      ? undefined
      : relationFrom(members['holds'], under(at, 'holds'), variables);
  const test = holds === undefined ? predicateFrom(members['test'], under(at, 'test'), variables) : undefined;
  const when =
    members['when'] === undefined
      ? undefined
      : filledListOf(members['when'], under(at, 'when'), MAX_CONDITIONS).map((condition, index) =>
          conditionFrom(condition, under(under(at, 'when'), index), variables, officialIds, ownIds),
        );
  const written = JSON.stringify([members['holds'], members['test'], members['when']]);
  for (const variable of variables)
    if (!written.includes(`{${variable}}`))
      refuse({ code: 'unused-variable', at: under(at, 'over'), variable });
  const isAcrossYears =
    written.includes(PREVIOUS) ||
    JSON.stringify(over ?? {}).includes(PREVIOUS) ||
    (test !== undefined && ACROSS_YEARS.includes(test.name));
  const base: RuleBase = {
    id,
    ...severities,
    source,
    formats: formatsFrom(members['formats'], under(at, 'formats')),
    ...((isAcrossYears || members['previousFormats'] !== undefined) && {
      previousFormats: formatsFrom(members['previousFormats'], under(at, 'previousFormats')),
    }),
    wording: {
      title,
      ...sentencesFrom(
        members['wording'],
        under(at, 'wording'),
        test === undefined ? RELATION_SAYS : PREDICATES[test.name]!.says,
      ),
    },
    ...(members['audience'] !== undefined && { audience: 'office' as const }),
    ...(over !== undefined && { over }),
    ...(when !== undefined && { when }),
  };
  return holds === undefined ? { ...base, test: test! } : { ...base, holds };
}

function formatsFrom(value: Json | undefined, at: PackPlace): readonly FormatVersion[] {
  if (value === undefined) return ['2021'];
  const versions = Object.keys(FORMATS);
  const formats = filledListOf(value, at, versions.length).map((one, index) => {
    if (!isFormatVersion(one))
      refuse({ code: 'wrong', at: under(at, index), expected: 'choice', choices: versions });
    return one as FormatVersion;
  });
  if (new Set(formats).size < formats.length) refuse({ code: 'twice', at, found: formats[0]! });
  return formats;
}

function overFrom(value: Json, at: PackPlace): Readonly<Record<string, Domain>> {
  const domains = objectOf(value, at);
  const names = Object.keys(domains);
  if (names.length > MAX_VARIABLES)
    refuse({ code: 'too-many', at, most: MAX_VARIABLES, found: names.length });
  return Object.fromEntries(
    names.map((name) => {
      if (!/^[a-z]{1,20}$/.test(name)) refuse({ code: 'wrong', at: under(at, name), expected: 'variable' });
      return [name, domainFrom(domains[name]!, under(at, name))];
    }),
  );
}

const CELL_KINDS = ['count', 'signed-count', 'amount', 'free-amount'] as const;

function domainFrom(value: Json, at: PackPlace): Domain {
  if (Array.isArray(value)) {
    const words = filledListOf(value, at, MAX_TERMS).map((word, index) =>
      textOf(word, under(at, index), 200),
    );
    const twice = words.find((word, index) => words.indexOf(word) < index);
    if (twice !== undefined) refuse({ code: 'twice', at, found: twice });
    return words;
  }
  if (value === null || typeof value !== 'object') refuse({ code: 'wrong', at, expected: 'domain' });
  const members = membersOf(value, at, ['cells', 'kinds', 'inEquation', 'table']);
  const { kinds, inEquation, table } = members;
  if (inEquation !== undefined && typeof inEquation !== 'boolean')
    refuse({ code: 'wrong', at: under(at, 'inEquation'), expected: 'choice', choices: ['true', 'false'] });
  return {
    cells: choiceOf(members['cells'], under(at, 'cells'), ['inputs', 'derived']),
    ...(kinds !== undefined && {
      kinds: filledListOf(kinds, under(at, 'kinds'), CELL_KINDS.length).map((kind, index) =>
        choiceOf(kind, under(under(at, 'kinds'), index), CELL_KINDS),
      ),
    }),
    ...(inEquation !== undefined && { inEquation: inEquation as boolean }),
    ...(table !== undefined && {
      table: choiceOf(
        table,
        under(at, 'table'),
        FORMATS['2021'].tables.map((one) => one.id),
      ),
    }),
  };
}

function relationFrom(value: Json | undefined, at: PackPlace, variables: readonly string[]): Relation {
  const members = membersOf(value, at, ['left', 'sign', 'right']);
  const side = (name: 'left' | 'right'): readonly Term[] =>
    filledListOf(members[name], under(at, name), MAX_TERMS).map((term, index) =>
      termFrom(term, under(under(at, name), index), variables),
    );
  return {
    left: side('left'),
    sign: choiceOf(members['sign'], under(at, 'sign'), ['=', '<=', '>=', '<', '>']),
    right: side('right'),
  };
}

function termFrom(value: Json, at: PackPlace, variables: readonly string[]): Term {
  if (typeof value === 'string') return templateOf(value, at, variables);
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    refuse({ code: 'wrong', at, expected: 'term' });
  const members = membersOf(value, at, ['cell', 'times', 'constant']);
  if ((members['cell'] === undefined) === (members['constant'] === undefined))
    refuse({ code: 'one-of', at, choices: ['cell', 'constant'] });
  if (members['constant'] !== undefined) {
    if (members['times'] !== undefined) refuse({ code: 'one-of', at, choices: ['constant', 'times'] });
    return { constant: numberOf(members['constant'], under(at, 'constant'), 'number') };
  }
  const times = wholeOf(members['times'], under(at, 'times'), -MAX_COEFFICIENT, MAX_COEFFICIENT);
  if (times === 0)
    refuse({
      code: 'wrong',
      at: under(at, 'times'),
      expected: 'whole-number',
      range: [1, MAX_COEFFICIENT],
    });
  return { cell: templateOf(members['cell'], under(at, 'cell'), variables), times };
}

/** An id of a cell, in which `{name}` stands for a variable. */
function templateOf(value: Json | undefined, at: PackPlace, variables: readonly string[]): string {
  const text = textOf(value, at, 200);
  for (const [, variable = ''] of text.matchAll(/\{([^{}]*)\}/g))
    if (!variables.includes(variable)) refuse({ code: 'unknown-variable', at, variable });
  return text;
}

function conditionFrom(
  value: Json,
  at: PackPlace,
  variables: readonly string[],
  officialIds: ReadonlySet<string>,
  ownIds: ReadonlySet<string>,
): Condition {
  const names = Object.keys(objectOf(value, at));
  if (names.includes('left') || names.includes('sign') || names.includes('right'))
    return relationFrom(value, at, variables);
  const members = membersOf(value, at, ['kindOfOrganization', 'organizationFunction', 'pending']);
  if (names.length !== 1) refuse({ code: 'wrong', at, expected: 'condition' });
  if (members['organizationFunction'] !== undefined)
    return {
      organizationFunction: choiceOf(
        members['organizationFunction'],
        under(at, 'organizationFunction'),
        ORGANIZATION_FUNCTIONS,
      ),
    };
  if (members['kindOfOrganization'] !== undefined)
    return {
      kindOfOrganization: filledListOf(
        members['kindOfOrganization'],
        under(at, 'kindOfOrganization'),
        ORGANIZATION_KINDS.length,
      ).map((kind, index) =>
        choiceOf(kind, under(under(at, 'kindOfOrganization'), index), ORGANIZATION_KINDS),
      ),
    };
  const here = under(at, 'pending');
  return {
    pending: filledListOf(members['pending'], here, MAX_CONDITIONS).map((rule, index) => {
      const id = textOf(rule, under(here, index), 40);
      // The rules are evaluated in their order: what comes later is not known yet.
      if (!officialIds.has(id) && !ownIds.has(id))
        refuse({ code: 'later-rule', at: under(here, index), rule: id });
      return id;
    }),
  };
}

// Tests that are not linear

type Parameter = (value: Json | undefined, at: PackPlace, variables: readonly string[]) => unknown;

const LABELS = ['cell', 'row', 'column', 'table', 'count'];
const RELATION_SAYS = ['left', 'right', 'difference', ...LABELS];
const whole =
  (least: number, most: number): Parameter =>
  (value, at) =>
    wholeOf(value, at, least, most);

/**
 * The tests a pack may use, their parameters and what a sentence can say of them. Those of the official rules that speak
 * of the report and not of its numbers are not among them: a pack has nothing to add there.
 */
const PREDICATES: Readonly<
  Record<
    string,
    { readonly parameters: Readonly<Record<string, Parameter>>; readonly says: readonly string[] }
  >
> = {
  'entry-is-not': {
    parameters: {
      cell: templateOf,
      kind: (value, at) => choiceOf(value, at, ['blank', 'not-applicable', 'text', 'uncertain']),
      reason: (value, at) =>
        value === undefined
          ? undefined
          : choiceOf(value, at, ['not-a-number', 'too-many-decimals', 'too-large']),
    },
    says: [...LABELS, 'raw', 'value'],
  },
  'whole-number': { parameters: { cell: templateOf }, says: [...LABELS, 'left', 'value'] },
  'control-total-equal': { parameters: { cell: templateOf }, says: RELATION_SAYS },
  'total-with-parts': { parameters: { cell: templateOf }, says: LABELS },
  'no-large-share': {
    parameters: {
      cell: templateOf,
      of: templateOf,
      among: (value, at, variables) =>
        filledListOf(value, at, MAX_TERMS).map((cell, index) =>
          templateOf(cell, under(at, index), variables),
        ),
      numerator: whole(1, MAX_COEFFICIENT),
      denominator: whole(1, MAX_COEFFICIENT),
    },
    says: ['left', 'right', ...LABELS],
  },
  'ratio-outside': {
    parameters: { cell: templateOf, from: whole(0, 1_000_000), to: whole(0, 1_000_000) },
    says: RELATION_SAYS,
  },
  'no-jump': {
    parameters: {
      cell: templateOf,
      factor: whole(1, 1_000_000),
      floor: (value, at) => numberOf(value, at, 'number'),
    },
    says: RELATION_SAYS,
  },
  'no-zero-flip': { parameters: { cell: templateOf }, says: RELATION_SAYS },
  'tables-changed': { parameters: { atLeast: whole(1, 3) }, says: ['raw', 'count'] },
};

const ACROSS_YEARS = ['ratio-outside', 'no-jump', 'no-zero-flip', 'tables-changed'];
/** These are about a total and what it adds up. */
const OF_TOTALS = ['control-total-equal', 'total-with-parts'];

function predicateFrom(value: Json | undefined, at: PackPlace, variables: readonly string[]): Predicate {
  const { name } = objectOf(value, at);
  if (typeof name === 'string' && REGULAR_EXPRESSIONS.has(name.toLowerCase()))
    refuse({ code: 'regular-expression', at: under(at, 'name') });
  const chosen = choiceOf(name, under(at, 'name'), Object.keys(PREDICATES));
  const { parameters } = PREDICATES[chosen]!;
  const members = membersOf(value, at, ['name', ...Object.keys(parameters)]);
  const predicate = Object.fromEntries(
    Object.entries(parameters).flatMap(([parameter, read]) => {
      const given = read(members[parameter], under(at, parameter), variables);
      return given === undefined ? [] : [[parameter, given]];
    }),
  );
  if (predicate['reason'] !== undefined && predicate['kind'] !== 'text')
    refuse({ code: 'wrong', at: under(at, 'kind'), expected: 'choice', choices: ['text'] });
  return { name: chosen, ...predicate } as unknown as Predicate;
}

// Sentences

function sentencesFrom(
  value: Json | undefined,
  at: PackPlace,
  known: readonly string[],
): { readonly zh: string; readonly en?: string } {
  const members = membersOf(value, at, ['zh', 'en']);
  const sentence = (language: 'zh' | 'en'): string => {
    const here = under(at, language);
    const text = textOf(members[language], here, 300);
    for (const [found, place] of text.matchAll(/\{([^{}]*)\}|[{}]/g))
      if (place === undefined || !known.includes(place))
        refuse({ code: 'unknown-place', at: here, found, known });
    return text;
  };
  return { zh: sentence('zh'), ...(members['en'] !== undefined && { en: sentence('en') }) };
}

// What the rules come to when their variables are filled in

/** Counted, not built: a hundred words in each of four variables would be a hundred million comparisons. */
function boundExpansion(pack: RulePack, set: RuleSet): void {
  for (const version of Object.keys(FORMATS) as FormatVersion[]) {
    let instances = 0;
    let operands = 0;
    for (const [index, rule] of pack.rules.entries()) {
      if (!rule.formats!.includes(version)) continue;
      const at: PackPlace = { list: 'rules', index, id: rule.id, path: '' };
      let own = 1;
      for (const [name, domain] of Object.entries(rule.over ?? {})) {
        const size = sizeOf(domain, FORMATS[version], set);
        if (size === 0) refuse({ code: 'no-values', at: under(under(at, 'over'), name) });
        own *= size;
      }
      instances += own;
      operands += own * operandsOf(rule, FORMATS[version]);
      if (instances > MAX_INSTANCES) refuse({ code: 'too-much', at, most: MAX_INSTANCES, found: instances });
      if (operands > MAX_OPERANDS) refuse({ code: 'too-much', at, most: MAX_OPERANDS, found: operands });
    }
  }
}

/** Without looking at which cells stand in equations: that would expand the rules. */
function sizeOf(domain: Domain, format: Format, set: RuleSet): number {
  if (!('cells' in domain)) return (domain as readonly string[]).length;
  const { inEquation: _inEquation, ...all } = domain;
  return valuesOfDomain(all, format, set.rules).length;
}

function operandsOf(rule: Rule, format: Format): number {
  const relations = (rule.when ?? []).filter((condition) => 'sign' in condition);
  if ('holds' in rule) relations.push(rule.holds);
  const ofTest =
    'holds' in rule
      ? 0
      : rule.test.name === 'tables-changed'
        ? format.cells.length
        : 'among' in rule.test
          ? rule.test.among.length + 2
          : 1;
  return relations.reduce((sum, { left, right }) => sum + left.length + right.length, ofTest);
}

/** Every cell of every instance is one of the format it is read in. */
function checkCells(pack: RulePack, set: RuleSet): void {
  const indexes = new Map(pack.rules.map((rule, index) => [rule, index]));
  for (const version of Object.keys(FORMATS) as FormatVersion[]) {
    if (!pack.rules.some((rule) => rule.formats!.includes(version))) continue;
    for (const instance of instancesOf(FORMATS[version], set.rules)) {
      const index = indexes.get(instance.rule);
      if (index === undefined) continue;
      const at: PackPlace = { list: 'rules', index, id: instance.rule.id, path: '' };
      const cells = cellsOf(instance);
      // A guard may speak of last year alone; what is found has to lead to a cell of this report.
      if (instance.holds !== undefined && !cells.some(({ previous, path }) => !previous && path === 'holds'))
        refuse({ code: 'no-cell', at: under(at, 'holds') });
      for (const { cell, previous, path } of cells) {
        const formats = previous ? instance.rule.previousFormats! : [version];
        for (const format of formats) checkCell(cell, format, under(at, path));
      }
      const { test } = instance;
      if (test !== undefined && OF_TOTALS.includes(test.name) && 'cell' in test)
        if (FORMATS[version].cellsById.get(test.cell)!.operands === undefined)
          refuse({ code: 'no-total', at: under(at, 'test'), cell: test.cell });
    }
  }
}

function cellsOf(instance: Instance): { cell: CellId; previous: boolean; path: string }[] {
  const { holds, test, when } = instance;
  const relations = [
    ...(holds === undefined ? [] : [{ relation: holds, path: 'holds' }]),
    ...when.flatMap((condition, index) =>
      'sign' in condition ? [{ relation: condition, path: `when/${index}` }] : [],
    ),
  ];
  const ofTest =
    test === undefined
      ? []
      : [
          ...('cell' in test ? [test.cell] : []),
          ...('of' in test ? [test.of] : []),
          ...('among' in test ? test.among : []),
        ].map((cell) => ({ cell, previous: false, path: 'test' }));
  return [
    ...ofTest,
    ...relations.flatMap(({ relation, path }) =>
      [...relation.left, ...relation.right].flatMap(({ cell, previous }) =>
        cell === undefined ? [] : [{ cell, previous, path }],
      ),
    ),
  ];
}

function checkCell(cell: CellId, format: FormatVersion, at: PackPlace): void {
  const { cellsById } = FORMATS[format];
  if (!cellsById.has(cell))
    refuse({ code: 'unknown-cell', at, cell, format, ...nearOf(cell, [...cellsById.keys()]) });
}

// Test vectors

function runTests(tests: readonly Json[], pack: RulePack, set: RuleSet): void {
  const own = new Map(pack.rules.map((rule) => [rule.id, rule]));
  const involved = new Map<string, readonly Rule[]>();
  const seen = new Set<string>();
  tests.forEach((value, index) => {
    const place: PackPlace = { list: 'tests', index, path: '' };
    const members = membersOf(value, place, [
      ...['rule', 'format', 'organization', 'cells', 'previous', 'holds'],
    ]);
    const id = textOf(members['rule'], under(place, 'rule'), 40);
    const rule = own.get(id);
    if (rule === undefined)
      refuse({ code: 'unknown-rule', at: under(place, 'rule'), rule: id, ...nearOf(id, [...own.keys()]) });
    const at: PackPlace = { ...place, id };
    const format =
      members['format'] === undefined
        ? rule!.formats![0]!
        : choiceOf(members['format'], under(at, 'format'), rule!.formats!);
    const { holds } = members;
    if (typeof holds !== 'boolean')
      refuse({ code: 'wrong', at: under(at, 'holds'), expected: 'choice', choices: ['true', 'false'] });
    const report: CheckedReport = {
      ...reportFrom(members['cells'], format, under(at, 'cells')),
      organization: organizationFrom(members['organization'], under(at, 'organization')),
    };
    const previous =
      members['previous'] === undefined
        ? undefined
        : reportFrom(members['previous'], rule!.previousFormats?.[0] ?? format, under(at, 'previous'));
    if (!involved.has(id)) involved.set(id, involvedIn(id, set));
    const expected = holds === true ? 'holds' : 'violated';
    const found = outcomeOf(id, report, previous, involved.get(id)!);
    if (found !== expected) refuse({ code: 'test-failed', at, expected, found });
    seen.add(`${id} ${expected}`);
  });
  for (const [index, rule] of pack.rules.entries()) {
    if (rule.severity !== 'must' && rule.onFinishing !== 'must') continue;
    for (const outcome of ['holds', 'violated'] as const)
      if (!seen.has(`${rule.id} ${outcome}`))
        refuse({ code: 'untested', at: { list: 'rules', index, id: rule.id, path: '' }, outcome });
  }
}

/** The rule, and those for which its guards wait, in their order. */
function involvedIn(id: string, set: RuleSet): readonly Rule[] {
  const ids = new Set([id]);
  for (const each of ids)
    for (const rule of set.rules.filter((one) => one.id === each))
      for (const condition of rule.when ?? [])
        if ('pending' in condition) for (const other of condition.pending) ids.add(other);
  return set.rules.filter((rule) => ids.has(rule.id));
}

function outcomeOf(
  id: string,
  report: CheckedReport,
  previous: CheckedReport | undefined,
  rules: readonly Rule[],
): TestOutcome {
  const findings = checkReport(report, rules, { previous, audience: 'office' }).filter(
    (finding) => finding.rule === id,
  );
  if (findings.some(isViolation)) return 'violated';
  return findings.length > 0 ? 'pending' : 'holds';
}

/** A report with these cells; every other input is 0, totals are computed where none is given. */
function reportFrom(value: Json | undefined, version: FormatVersion, at: PackPlace): CheckedReport {
  const cells = objectOf(value, at);
  const format = FORMATS[version];
  const zero: Entry = { kind: 'number', value: 0n };
  const entries = new Map<CellId, Entry>(format.inputs.map((cell) => [cell.id, zero]));
  const reported = new Map<CellId, Entry>();
  for (const [id, given] of Object.entries(cells)) {
    checkCell(id, version, at);
    const { kind, operands } = format.cellsById.get(id)!;
    (operands === undefined ? entries : reported).set(
      id,
      given === null
        ? BLANK
        : typeof given === 'string'
          ? readEntry(textOf(given, under(at, id), 40), kind)
          : { kind: 'number', value: quantityFromNumber(numberOf(given, under(at, id), 'value-of-cell')) },
    );
  }
  return { format, organization: {}, entries, reported };
}

function organizationFrom(value: Json | undefined, at: PackPlace): CheckedReport['organization'] {
  if (value === undefined) return {};
  const members = membersOf(value, at, ['kind', 'functions']);
  return {
    ...(members['kind'] !== undefined && {
      kind: choiceOf(members['kind'], under(at, 'kind'), ORGANIZATION_KINDS),
    }),
    ...(members['functions'] !== undefined && {
      functions: listOf(members['functions'], under(at, 'functions'), ORGANIZATION_FUNCTIONS.length).map(
        (one, index) => choiceOf(one, under(under(at, 'functions'), index), ORGANIZATION_FUNCTIONS),
      ),
    }),
  };
}

// Did you mean

/** The word that was probably meant, where one is near. */
function nearOf(word: string, candidates: readonly string[]): { readonly near?: string } {
  if (word.length > 100) return {};
  let best: string | undefined;
  let least = word.length < 5 ? 2 : 3 + Math.floor(word.length / 20);
  for (const candidate of candidates) {
    const distance = distanceOf(word, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? {} : { near: best };
}

/** Insertions, deletions, changes and swaps of neighbours that make one word of the other. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
