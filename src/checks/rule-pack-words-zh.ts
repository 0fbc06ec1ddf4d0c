/** Rule packs in Chinese: why one was refused, and what one in force adds and changes. Takes data, returns text. */
import type { JsonRefusal } from '../format/guard-json.ts';
import { joined, t, told, zh } from '../format/language.ts';
import type { Expected, PackList, PackPlace, PackRefusal, TestOutcome } from './read-rule-pack.ts';
import { PACK_SCHEMA, type RuleChange, type RulePack } from './rule-pack.ts';
import { SEVERITY_ZH } from './severity-zh.ts';
import { ruleTitleZh } from './wording-zh.ts';

const LISTS: Readonly<Record<PackList, string>> = {
  rules: zh`条规则`,
  changes: zh`项调整`,
  tests: zh`个测试`,
};

const EXPECTED: Readonly<Record<Expected, string>> = {
  object: zh`对象（{…}）`,
  list: zh`数组（[…]）`,
  text: zh`文本，不能为空`,
  'pack-id': zh`小写字母、数字和“-”，以字母开头，如 hunan`,
  version: zh`数字、字母、“.”和“-”，如 2026.1`,
  'rule-id': zh`大写字母、数字和“-”，如 HN-01`,
  choice: '',
  number: zh`不超过一万亿的数字，小数最多6位`,
  'whole-number': zh`整数`,
  term: zh`格的编号、{"cell":…,"times":…} 或 {"constant":…}`,
  variable: zh`1至20个小写字母`,
  domain: zh`编号的数组，或 {"cells":"inputs"}、{"cells":"derived"}`,
  condition: zh`一个条件：比较、kindOfOrganization、organizationFunction 或 pending`,
  true: 'true',
  'value-of-cell': zh`数字（不超过一万亿，小数最多6位）、文本，或 null（空白）`,
};

const OUTCOMES: Readonly<Record<TestOutcome, string>> = {
  holds: zh`符合规则`,
  violated: zh`不符合规则`,
  pending: zh`未填完，无法核对`,
};

/** Why a pack was not taken: where, what, and how to put it right. */
export function packRefusalZh(refusal: PackRefusal): string {
  return t`补充规则没有采用：${reasonZh(refusal)}`;
}

function reasonZh(refusal: PackRefusal): string {
  switch (refusal.code) {
    case 'json':
      return jsonReasonZh(refusal.json);
    case 'other-schema':
      return refusal.found === ''
        ? t`没有标明 "schema": "${PACK_SCHEMA}"，不是补充规则文件。请确认选对了文件。`
        : t`schema 是“${short(refusal.found)}”，应为 ${PACK_SCHEMA}。请确认选对了文件，或升级后再用。`;
    case 'missing':
      return t`${whereZh(refusal.at)}没有填写。请补上。`;
    case 'wrong': {
      const { expected, choices, range } = refusal;
      const words = choices === undefined ? told(EXPECTED[expected]) : listZh(choices);
      return t`${whereZh(refusal.at)}应为${words}${range === undefined ? '' : t`（${range[0]}至${range[1]}）`}。请改正。`;
    }
    case 'too-long':
      return t`${whereZh(refusal.at)}过长，最多${refusal.most}个字。请缩短。`;
    case 'too-many':
      return t`${whereZh(refusal.at)}有${refusal.found}项，最多${refusal.most}项。请减少。`;
    case 'too-much':
      return t`到${whereZh(refusal.at)}为止，展开后要核对的内容过多（${refusal.found}，最多${refusal.most}）。请减少 over 中的取值或规则的数量。`;
    case 'unknown-member':
      return t`${whereZh(refusal.at)}不是规则文件中的项。${nearZh(refusal.near, t`请删去或改正。`)}`;
    case 'regular-expression':
      return t`${whereZh(refusal.at)}：规则中不能使用正则表达式。请改用格之间的比较或规定的测试。`;
    case 'markup':
      return t`${whereZh(refusal.at)}只能是纯文本，不能有${markupZh(refusal.found)}。请改用文字。`;
    case 'unknown-place':
      return t`${whereZh(refusal.at)}中的“${short(refusal.found)}”不能使用，可用的有${joined(
        refusal.known.map((place) => `{${place}}`),
        '、',
      )}。请改正。`;
    case 'unknown-cell':
      return t`${whereZh(refusal.at)}中的“${short(refusal.cell)}”不是${refusal.format}格式中的格。${nearZh(refusal.near, t`请核对格的编号。`)}`;
    case 'no-total':
      return t`${whereZh(refusal.at)}中的“${short(refusal.cell)}”不是总计格，这项测试只用于总计。请改正。`;
    case 'unknown-variable':
      return t`${whereZh(refusal.at)}用到了{${short(refusal.variable)}}，但 over 中没有给出。请补上或改正。`;
    case 'unused-variable':
      return t`${whereZh(refusal.at)}中的“${short(refusal.variable)}”没有用到。请删去，或在格的编号中写{${short(refusal.variable)}}。`;
    case 'no-values':
      return t`${whereZh(refusal.at)}是空的，规则不会起作用。请补上。`;
    case 'no-cell':
      return t`${whereZh(refusal.at)}没有用到本年报告的格。请至少写一个。`;
    case 'unknown-rule':
      return t`${whereZh(refusal.at)}：没有规则“${short(refusal.rule)}”。${nearZh(refusal.near, t`请核对编号。`)}`;
    case 'later-rule':
      return t`${whereZh(refusal.at)}：规则“${short(refusal.rule)}”不存在，或写在本条之后。请改正，或把它移到前面。`;
    case 'official-id':
      return t`${whereZh(refusal.at)}用了内置规则的编号。请换一个编号；要调整规定的规则，请写在 changes 中。`;
    case 'protected-rule':
      return t`${whereZh(refusal.at)}：这条规则保证数据可读、每格都有合格的数，不能停用或调整。请删去这一项。`;
    case 'twice':
      return t`${whereZh(refusal.at)}：“${short(refusal.found)}”出现了两次。请只保留一个。`;
    case 'one-of':
      return t`${whereZh(refusal.at)}：${refusal.choices[0]} 和 ${refusal.choices[1]} 应当写一个，且只写一个。请改正。`;
    case 'weaker-on-finishing':
      return t`${whereZh(refusal.at)}：定稿时的级别不能低于填写时的级别。请改正。`;
    case 'office-must':
      return t`${whereZh(refusal.at)}：只给政府办看的规则（audience）不能是必须修改，填报人看不到原因。请改为 verify 或 info。`;
    case 'nothing-in-it':
      return t`其中既没有规则（rules）也没有调整（changes）。请补上。`;
    case 'untested':
      return t`${whereZh(refusal.at)}是必须修改，但没有一个“${told(OUTCOMES[refusal.outcome])}”的测试（tests 中 "holds": ${refusal.outcome === 'holds'}）。请补上。`;
    case 'test-failed':
      return t`${whereZh(refusal.at)}应为“${told(OUTCOMES[refusal.expected])}”，核对结果是“${told(OUTCOMES[refusal.found])}”。请改正规则或测试。`;
  }
}

function jsonReasonZh(refusal: JsonRefusal): string {
  switch (refusal.code) {
    case 'empty':
      return t`文件是空的。请确认选对了文件。`;
    case 'too-large':
      return t`文件过大（${refusal.length}个字符），不应超过100万个字符。请确认选对了文件。`;
    case 'too-deep':
      return t`文件嵌套层数过多（超过20层）。请确认选对了文件。`;
    case 'not-json':
      return t`不是有效的 JSON：第${refusal.line}行第${refusal.column}列${refusal.truncated ? t`处中断` : t`有误`}。请改正。`;
    case 'forbidden-key':
      return t`含有不允许的字段“${short(refusal.path)}”。请删去。`;
    case 'broken-text':
      return t`“${short(refusal.path)}”处的文字编码已损坏。请用 UTF-8 重新保存。`;
    case 'endless-number':
      return t`“${short(refusal.path)}”处的数字过大。请改正。`;
  }
}

/** 第3条规则（HN-01）的“holds/left/0” */
function whereZh({ list, index, id, path }: PackPlace): string {
  const item =
    list === undefined
      ? ''
      : t`第${index! + 1}${told(LISTS[list])}${id === undefined ? '' : t`（${list === 'tests' ? t`规则 ` : ''}${id}）`}`;
  if (path === '') return item === '' ? t`文件开头` : item;
  return t`${item}${item === '' ? '' : t`的`}“${short(path)}”`;
}

function markupZh(found: string): string {
  return /[<>{}]/.test(found) ? t`“${found}”` : t`换行、控制字符或看不见的字符`;
}

function nearZh(near: string | undefined, otherwise: string): string {
  return near === undefined ? otherwise : t`是否为“${near}”？请改正。`;
}

function listZh(choices: readonly string[]): string {
  return choices.length === 1 ? t`“${choices[0]!}”` : t`${joined(choices, '、')}之一`;
}

/** What comes from a broken file may be as long as the file, and holds what a terminal would obey. */
function short(text: string): string {
  return (text.length <= 100 ? text : `${text.slice(0, 99)}…`).replace(/\p{C}/gu, '�');
}

/** 湖南省补充规则 2026.1（增加 3 项，停用 1 项） */
export function packSummaryZh({ title, version, rules, changes }: RulePack): string {
  const off = changes.filter((change) => change.to === 'off').length;
  const parts = [
    rules.length === 0 ? '' : t`增加 ${rules.length} 项`,
    off === 0 ? '' : t`停用 ${off} 项`,
    off === changes.length ? '' : t`调整级别 ${changes.length - off} 项`,
  ].filter((part) => part !== '');
  return t`${title} ${version}（${joined(parts, '，')}）`;
}

/** 停用 T2-05 有职能而填0（依据：……） */
export function ruleChangeZh({ rule, to, onFinishing, source }: RuleChange): string {
  const what = `${rule} ${ruleTitleZh(rule)}`;
  const finishing = onFinishing === undefined ? '' : t`，定稿时${told(SEVERITY_ZH[onFinishing])}`;
  return t`${to === 'off' ? t`停用 ${what}` : t`${what} 改为${told(SEVERITY_ZH[to])}${finishing}`}（依据：${source}）`;
}
