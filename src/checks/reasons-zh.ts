/**
 * Reasons that are often the honest ones for a finding that needs verifying, offered to whoever explains it. They are
 * suggestions: nothing is chosen for anybody. Those across years are the ones reports give (机构改革、数据更正、清理).
 */
const CARRIED = ['机构改革，申请件随职能划转', '上年数据公布后有更正', '上年漏计或重复计算'];
const ROLLED = ['本年开展文件清理', '文件到期自动失效', '机构合并或职能划转', '统计口径调整，重新分类'];
const UNCHANGED = '已与台账核对，数据无误';

const REASONS: Readonly<Record<string, readonly string[]>> = {
  'S-03': ['为本地要求增加的小计，不计入规定格式'],
  'S-06': ['机构年内成立（撤销），统计期限不满一年'],
  'V-03': ['本机关没有该项职能'],
  'V-10': ['已核对单位为万元，金额无误'],
  'V-12': ['核对数抄录有误，以自动计算为准'],
  'T2-01': ['本年制发的已在本年失效'],
  'T2-02': ['本年制发的已在本年失效'],
  'T2-03': ['本机关依法有规章制定权'],
  'T2-05': ['本年确未发生', '该职能已划转其他机关'],
  'X-03': ['两年数据确实相同，已逐项核对'],
  'Y-01': CARRIED,
  'Y-02': CARRIED,
  'Y-03': ROLLED,
  'Y-04': ROLLED,
};

/** Reasons to offer for the findings of a rule, the likeliest first; never empty. */
export function suggestedReasonsZh(rule: string): readonly string[] {
  return [...(Object.prototype.hasOwnProperty.call(REASONS, rule) ? REASONS[rule]! : []), UNCHANGED];
}
