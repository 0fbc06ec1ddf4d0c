/** Levels, findings, likely causes and rule packs in English. */
import { SENTENCES_EN, TITLES_EN } from '../checks/wording-en.ts';
import { PENDING_ZH, SENTENCES_ZH, TITLES_ZH } from '../checks/wording-zh.ts';
import type { Phrase } from './english.ts';

/** The texts of two lists by each other. */
function paired(
  chinese: Readonly<Record<string, string>>,
  english: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.keys(english).map((name) => [chinese[name]!, english[name]!]));
}

export const CHECKS: Readonly<Record<string, Phrase>> = {
  ...paired(TITLES_ZH, TITLES_EN),
  ...paired(SENTENCES_ZH, SENTENCES_EN),
  [PENDING_ZH]: 'Unfinished: {title}; cells without a number: {pending}.',
  '{0}：{cell}': '{0}: {cell}',
  报告年度: 'Report year',
  '2008至2100年的报告年度': 'A report year from 2008 to 2100',
  单位名称: 'Name of the unit',
  应为: ' should be ',
  至: ' to ',
  '本格以万元为单位，{0}元请填{1}。': 'The unit of this cell is 万元 (10,000 yuan): for {0} yuan, enter {1}.',
  '请换算成万元，只填数字。': 'Convert it to 万元 (10,000 yuan) and enter the number only.',
  '请改为数字；没有发生的填0。': 'Enter a number; 0 if there was none.',
  '请去掉单位，只填数字（{0}）。': 'Leave out the unit and enter the number only ({0}).',
  '“{0}”行': 'row "{0}" ',
  '“{0}”列': 'column "{0}"',
  '“{0}”表': 'table "{0}" ',

  填写有误: 'Malformed',
  必须修改: 'Must be corrected',
  需核实: 'To be verified',
  提示: 'Notes',

  // Sources that are no document.
  '表三表头标注的勾稽关系（国办公开办函〔2021〕30号）':
    'the equation printed in the head of 表三 (国办公开办函〔2021〕30号)',
  数据合理性核对: 'plausibility of the figures',
  统计期限为报告年度1月1日至12月31日: 'the period is 1 January to 31 December of the report year',
  '0.000001万元即1分': '0.000001 万元 is 0.01 yuan',
  '表二标注单位：万元': 'the unit printed in 表二 is 万元 (10,000 yuan)',
  '《立法法》规章制定权（仅供参考）': 'who may make rules under 《立法法》 (for reference)',
  '国办发〔2018〕37号（仅供参考）': '国办发〔2018〕37号 (for reference)',
  '上年度已公布报告“结转下年度继续办理”': "what last year's published report carried forward",
  '上年现行有效＋本年制发－本年废止＝本年现行有效':
    'in force last year + issued − repealed = in force this year',
  上年度报告公布后有更正: "last year's report was corrected after publication",

  相邻数字颠倒: 'neighbouring digits transposed',
  漏了一位数字: 'a digit left out',
  重复了一位数字: 'a digit doubled',
  多了一位数字: 'a digit too many',
  一位数字有误: 'one digit wrong',
  差了十倍: 'ten times too much or too little',
  '应有数字而填了 0': '0 where a number belongs',
  '应为 0': 'should be 0',
  填到了相邻的格: 'entered in a neighbouring cell',
  有一部分计到了别的格: 'a part counted in another cell',
  与相邻的格互换了: 'swapped with a neighbouring cell',
  一个数拆成了两格: 'one number split over two cells',
  '整行（列）错位': 'the whole row or column shifted',
  总计没有重新相加: 'the total was not added up again',
  仍是上年的数: "still last year's number",
  '按元填写，应为万元': 'entered in yuan instead of 万元 (10,000 yuan)',
  '{0} 疑似 {1}{2}': '{0} is probably {1}{2}',
  '（{0}）': ' ({0})',
  '{0}。改后 {1} 项勾稽关系成立。': '{0}. With this, {1} {1|equation holds|equations hold}.',
  '没有发现不平衡的勾稽关系。': 'All equations hold.',
  '有误的格太多，未能在限定时间内找出原因。请先核对行、列总计。':
    'Too many cells are wrong to find the cause in the time allowed. Check the totals of rows and columns first.',
  '前 {0} 种改法差不多同样可能，仅凭数字分不出来，请对照原始资料。':
    'The first {0} repairs are about equally likely; the figures alone cannot tell them apart. Look at the original records.',
  '查找在限定时间内没有做完，可能还有更合适的改法。':
    'The search did not finish in the time allowed; there may be a better repair.',

  // Rule packs.
  条规则: 'rule',
  项调整: 'change',
  个测试: 'test',
  '对象（{…}）': 'an object ({...})',
  '数组（[…]）': 'an array ([...])',
  '文本，不能为空': 'a text that is not empty',
  '小写字母、数字和“-”，以字母开头，如 hunan':
    'lower-case letters, digits and "-", a letter first, such as hunan',
  '数字、字母、“.”和“-”，如 2026.1': 'digits, letters, "." and "-", such as 2026.1',
  '大写字母、数字和“-”，如 HN-01': 'capital letters, digits and "-", such as HN-01',
  '不超过一万亿的数字，小数最多6位': 'a number of at most 10^12 with at most 6 decimals',
  整数: 'a whole number',
  '格的编号、{"cell":…,"times":…} 或 {"constant":…}':
    'the id of a cell, {"cell":...,"times":...} or {"constant":...}',
  '1至20个小写字母': '1 to 20 lower-case letters',
  '编号的数组，或 {"cells":"inputs"}、{"cells":"derived"}':
    'an array of ids, or {"cells":"inputs"} or {"cells":"derived"}',
  '一个条件：比较、kindOfOrganization、organizationFunction 或 pending':
    'a condition: a comparison, kindOfOrganization, organizationFunction or pending',
  '数字（不超过一万亿，小数最多6位）、文本，或 null（空白）':
    'a number (at most 10^12, at most 6 decimals), a text, or null (blank)',
  符合规则: 'the rule holds',
  不符合规则: 'the rule is violated',
  '未填完，无法核对': 'unfinished, cannot be checked',
  '补充规则没有采用：{0}': 'The rule pack was not accepted: {0}',
  '没有标明 "schema": "{0}"，不是补充规则文件。请确认选对了文件。':
    'it does not say "schema": "{0}" and is no rule pack. Check that it is the right file.',
  'schema 是“{0}”，应为 {1}。请确认选对了文件，或升级后再用。':
    'its schema is "{0}" and should be {1}. Check that it is the right file, or upgrade first.',
  '{0}没有填写。请补上。': '{0} is missing. Add it.',
  '{0}应为{1}{2}。请改正。': '{0} should be {1}{2}. Correct it.',
  '（{0}至{1}）': ' ({0} to {1})',
  '{0}过长，最多{1}个字。请缩短。': '{0} is too long; at most {1} characters. Shorten it.',
  '{0}有{1}项，最多{2}项。请减少。': '{0} has {1} members; at most {2}. Take some out.',
  '到{0}为止，展开后要核对的内容过多（{1}，最多{2}）。请减少 over 中的取值或规则的数量。':
    'with {0} there is too much to check ({1}; at most {2}). Take values out of "over", or take out rules.',
  '{0}不是规则文件中的项。{1}': '{0} does not belong in a rule pack. {1}',
  '请删去或改正。': 'Delete or correct it.',
  '{0}：规则中不能使用正则表达式。请改用格之间的比较或规定的测试。':
    '{0}: rules cannot use regular expressions. Compare cells, or use one of the named predicates.',
  '{0}只能是纯文本，不能有{1}。请改用文字。': '{0} must be plain text without {1}. Use words.',
  '{0}中的“{1}”不能使用，可用的有{2}。请改正。':
    '{0} uses "{1}", which is not available; available are {2}. Correct it.',
  '{0}中的“{1}”不是{2}格式中的格。{3}': '{0} names "{1}", which is no cell of the {2} format. {3}',
  '请核对格的编号。': 'Check the id of the cell.',
  '{0}中的“{1}”不是总计格，这项测试只用于总计。请改正。':
    '{0} names "{1}", which is no total; this predicate is for totals only. Correct it.',
  '{0}用到了{{1}}，但 over 中没有给出。请补上或改正。':
    '{0} uses {{1}}, which "over" does not give. Add it or correct it.',
  '{0}中的“{1}”没有用到。请删去，或在格的编号中写{{2}}。':
    '{0} gives "{1}", which is not used. Delete it, or write {{2}} in the id of a cell.',
  '{0}是空的，规则不会起作用。请补上。': '{0} is empty, so the rule has no effect. Fill it in.',
  '{0}没有用到本年报告的格。请至少写一个。': "{0} uses no cell of this year's report. Name at least one.",
  '{0}：没有规则“{1}”。{2}': '{0}: there is no rule "{1}". {2}',
  '请核对编号。': 'Check the id.',
  '{0}：规则“{1}”不存在，或写在本条之后。请改正，或把它移到前面。':
    '{0}: rule "{1}" does not exist, or comes after this one. Correct it, or move it forward.',
  '{0}用了内置规则的编号。请换一个编号；要调整规定的规则，请写在 changes 中。':
    '{0} has the id of an official rule. Choose another; to change an official rule, use "changes".',
  '{0}：这条规则保证数据可读、每格都有合格的数，不能停用或调整。请删去这一项。':
    '{0}: this rule keeps the data readable, every cell with a valid number, and cannot be switched off or changed. Delete this member.',
  '{0}：“{1}”出现了两次。请只保留一个。': '{0}: "{1}" occurs twice. Keep one.',
  '{0}：{1} 和 {2} 应当写一个，且只写一个。请改正。':
    '{0}: give either {1} or {2}, and only one of them. Correct it.',
  '{0}：定稿时的级别不能低于填写时的级别。请改正。':
    '{0}: the level on finishing cannot be lower than while filling in. Correct it.',
  '{0}：只给政府办看的规则（audience）不能是必须修改，填报人看不到原因。请改为 verify 或 info。':
    '{0}: a rule for the office alone (audience) cannot be "must": whoever fills in the report would not see why. Use "verify" or "info".',
  '其中既没有规则（rules）也没有调整（changes）。请补上。': 'it has neither "rules" nor "changes". Add some.',
  '{0}是必须修改，但没有一个“{1}”的测试（tests 中 "holds": {2}）。请补上。':
    '{0} is a "must" rule without a test in which "{1}" (in "tests": "holds": {2}). Add one.',
  '{0}应为“{1}”，核对结果是“{2}”。请改正规则或测试。':
    '{0} should give "{1}" but gives "{2}". Correct the rule or the test.',
  '文件是空的。请确认选对了文件。': 'the file is empty. Check that it is the right file.',
  '文件过大（{0}个字符），不应超过100万个字符。请确认选对了文件。':
    'the file is too large ({0} characters; at most 1,000,000). Check that it is the right file.',
  '文件嵌套层数过多（超过20层）。请确认选对了文件。':
    'the file is nested too deeply (more than 20 levels). Check that it is the right file.',
  '不是有效的 JSON：第{0}行第{1}列{2}。请改正。':
    'it is no valid JSON: line {0}, column {1}, {2}. Correct it.',
  处中断: 'it breaks off',
  有误: 'there is an error',
  '含有不允许的字段“{0}”。请删去。': 'it contains the forbidden member "{0}". Delete it.',
  '“{0}”处的文字编码已损坏。请用 UTF-8 重新保存。': 'the text at "{0}" is damaged. Save it again as UTF-8.',
  '“{0}”处的数字过大。请改正。': 'the number at "{0}" is too large. Correct it.',
  '第{0}{1}{2}': '{1} {0}{2}',
  '（{0}{1}）': ' ({0}{1})',
  '规则 ': 'rule ',
  文件开头: 'the beginning of the file',
  '{0}{1}“{2}”': '{0}{1}"{2}"',
  的: ', ',
  '“{0}”': '"{0}"',
  '换行、控制字符或看不见的字符': 'line breaks, control characters or invisible characters',
  '是否为“{0}”？请改正。': 'Did you mean "{0}"? Correct it.',
  '{0}之一': 'one of {0}',
  '增加 {0} 项': 'adds {0}',
  '停用 {0} 项': 'switches off {0}',
  '调整级别 {0} 项': 'changes the level of {0}',
  '{0} {1}（{2}）': '{0} {1} ({2})',
  '，定稿时{0}': ', on finishing: {0}',
  '{0}（依据：{1}）': '{0} (basis: {1})',
  '停用 {0}': 'Switched off: {0}',
  '{0} 改为{1}{2}': '{0} is now: {1}{2}',
};
