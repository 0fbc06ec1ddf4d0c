/** What the picture of the flow says: the sentence that stands for it, and the words beside it. Draws nothing. */
import { joined, t } from '../format/language.ts';
import { formatQuantity, type Quantity } from '../format/quantity.ts';
import { leaksOf, type Balance, type ColumnFlows, type Flow } from '../report/flows.ts';

/** "列" of 总计 and of an applicant: 总计列：新收 12＋上年结转 3＝15；办理结果 14＋结转下年度 1＝15，平衡。 */
export function flowSentence(flows: ColumnFlows): string {
  const { throughput, breakdown } = flows;
  const name = t`${flows.label}列：`;
  const given = t`新收 ${amountWords(flows.received)}＋上年结转 ${amountWords(flows.carriedOver)}`;
  const done = t`办理结果 ${amountWords(flows.total)}＋结转下年度 ${amountWords(flows.carriedForward)}`;
  const leaks = leaksOf(flows);
  if (throughput.pending > 0)
    return t`${name}${given}；${done}，未填完。${joined(leaks.map(directionWords), '')}`;
  const sides = t`${name}${given}＝${formatQuantity(throughput.left)}；${done}＝${formatQuantity(throughput.right)}`;
  if (leaks.length > 0) return t`${sides}。${joined(leaks.map(directionWords), '')}`;
  return t`${sides}，平衡。${breakdown.pending > 0 ? t`各项办理结果未填完。` : ''}`;
}

export function amountWords({ quantity, unknown }: Flow): string {
  if (quantity === undefined) return t`未填`;
  return unknown === 0 ? formatQuantity(quantity) : t`${formatQuantity(quantity)}（未填完）`;
}

export function leakName({ rule, difference }: Balance): string {
  return t`${rule === 'T3-02' ? t`（七）总计` : ''}缺口 ${formatQuantity(size(difference))}`;
}

export function directionWords({ rule, difference }: Balance): string {
  const amount = formatQuantity(size(difference));
  if (rule === 'T3-01')
    return difference > 0n
      ? t`来源多出 ${amount}（新收＋上年结转多于办理结果＋结转）。`
      : t`去向多出 ${amount}（办理结果＋结转多于新收＋上年结转）。`;
  return difference > 0n
    ? t`各项办理结果相加，比（七）总计多出 ${amount}。`
    : t`（七）总计比各项办理结果相加多出 ${amount}。`;
}

export function stateWord(flows: ColumnFlows): string {
  return flows.throughput.pending + flows.breakdown.pending > 0 ? t`未填完` : t`平衡`;
}

export function nothingWords(flows: ColumnFlows): string {
  const all = [flows.received, flows.carriedOver, ...flows.results, flows.total, flows.carriedForward];
  if (all.some(({ quantity }) => quantity !== undefined && quantity < 0n))
    return t`${flows.label}列有负数，画不出流向。请先改正。`;
  if (all.every(({ quantity }) => quantity === undefined)) return t`${flows.label}列还没有填写。`;
  return all.some(({ unknown }) => unknown > 0)
    ? t`${flows.label}列未填完，已填的都是 0。`
    : t`${flows.label}列各项都是 0。`;
}

export function size(difference: Quantity): Quantity {
  return difference < 0n ? -difference : difference;
}
