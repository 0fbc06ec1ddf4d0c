/** What a diagnosis says, in Chinese: the likely slip, the right value, and how sure that is. Changes nothing. */
import type { Format } from '../format/format.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import type { CellChange, Diagnosis, Repair } from './diagnose.ts';
import type { Slip } from './slips.ts';
import { cellLabel } from './wording-zh.ts';

const SLIPS: Readonly<Record<Slip, string>> = {
  'transposed-digits': zh`相邻数字颠倒`,
  'dropped-digit': zh`漏了一位数字`,
  'doubled-digit': zh`重复了一位数字`,
  'extra-digit': zh`多了一位数字`,
  'wrong-digit': zh`一位数字有误`,
  'times-ten': zh`差了十倍`,
  'left-at-zero': zh`应有数字而填了 0`,
  'should-be-zero': zh`应为 0`,
  'neighbouring-cell': zh`填到了相邻的格`,
  'counted-elsewhere': zh`有一部分计到了别的格`,
  'swapped-cells': zh`与相邻的格互换了`,
  'split-number': zh`一个数拆成了两格`,
  shifted: zh`整行（列）错位`,
  'total-not-carried': zh`总计没有重新相加`,
  'copied-from-last-year': zh`仍是上年的数`,
  'yuan-for-wan': zh`按元填写，应为万元`,
  other: '',
};

/** 121 疑似 112（相邻数字颠倒） */
function changeWords({ from, to, slip }: CellChange): string {
  const words = told(SLIPS[slip]);
  return t`${formatQuantity(from)} 疑似 ${formatQuantity(to)}${words === '' ? '' : t`（${words}）`}`;
}

export function repairSentenceZh(repair: Repair, format: Format): string {
  const changes = repair.changes.map((change) => `${cellLabel(change.cell, format)} ${changeWords(change)}`);
  return t`${joined(changes, '；')}。改后 ${repair.equations} 项勾稽关系成立。`;
}

/** How far to trust the list; '' where there is nothing to add. */
export function tieSentenceZh({ repairs, tied, complete }: Diagnosis): string {
  if (repairs.length === 0)
    return complete
      ? t`没有发现不平衡的勾稽关系。`
      : t`有误的格太多，未能在限定时间内找出原因。请先核对行、列总计。`;
  const parts = [
    tied > 1 ? t`前 ${tied} 种改法差不多同样可能，仅凭数字分不出来，请对照原始资料。` : '',
    complete ? '' : t`查找在限定时间内没有做完，可能还有更合适的改法。`,
  ];
  return joined(parts, '');
}
