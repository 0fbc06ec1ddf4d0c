/**
 * Traditional and variant forms of the characters of the official labels, each before the one it stands for. Small, because
 * it is asked at every paste; what stands beside the labels is in `label-text.ts`.
 */
export const LABEL_VARIANTS =
  '壹一貳二叁三業业舉举於于體体關关內内況况處处製制務务動动區区後后問问國国報报複复復复對对屬属開开強强當当總总執执護护採采數数無无機机權权沒没現现確确穩稳範范類类納纳經经結结繼继續续繳缴罰罚獲获補补規规' +
  '計计認认議议許许訪访訴诉請请購购費费轉转辦办過过這这進进項项題题訟讼它他';

/** What puts for each first character of a pair the second. */
export function folding(pairs: string): (text: string) => string {
  const folded = new Map<string, string>();
  for (let index = 0; index < pairs.length; index += 2) folded.set(pairs[index]!, pairs[index + 1]!);
  const any = new RegExp(`[${[...folded.keys()].join('')}]`, 'g');
  return (text) => text.replace(any, (character) => folded.get(character)!);
}
