/**
 * Findings in Chinese: the words of the tables, both sides with their values. Takes data, returns text (never HTML);
 * decides nothing.
 */
import { joined, languageInForce, t, told } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import type { CellId } from '../format/entry.ts';
import type { CellKind, Format } from '../format/format.ts';
import { readEntry, withoutUnit } from '../format/read-entry.ts';
import type { Finding } from './finding.ts';

/** What a rule is about, in a few words: the heading over its findings. */
export const TITLES_ZH: Readonly<Record<string, string>> = {
  'S-01': '表格缺项',
  'S-02': '格式版本',
  'S-03': '多出的行或列',
  'S-04': '行列名称',
  'S-05': '章节标题',
  'S-06': '单位、年度和统计期限',
  'V-02': '空白格',
  'V-03': '填写了“/”等',
  'V-04': '不是数字',
  'V-05': '不是整数',
  'V-06': '负数',
  'V-07': '金额',
  'V-09': '位数过多',
  'V-10': '金额单位',
  'V-12': '核对数',
  'T2-01': '规章件数',
  'T2-02': '行政规范性文件件数',
  'T2-03': '规章制定权',
  'T2-04': '行政规范性文件制发主体',
  'T2-05': '有职能而填0',
  'T3-01': '新收＋上年结转＝办理结果总计＋结转下年度',
  'T3-02': '各项办理结果之和＝（七）总计',
  'T3-03': '各类申请人之和＝总计',
  'T3-04': '结转下年度不超过新收＋上年结转',
  'T3-05': '总计列与总计行一致',
  'T3-06': '办理件数不超过新收＋上年结转',
  'T3-13': '总计与分项',
  'T3-14': '“其他”占比',
  'T3-17': '没有申请却有办理结果',
  'T4-01': '行政复议各项之和＝总计',
  'T4-02': '未经复议直接起诉各项之和＝总计',
  'T4-03': '复议后起诉各项之和＝总计',
  'T4-04': '复议后起诉与复议',
  'T4-05': '案件与申请数量',
  'T4-06': '纠错率',
  'X-02': '无申请而有案件',
  'X-03': '与上年雷同',
  'Y-01': '上年结转',
  'Y-02': '上年结转',
  'Y-03': '规章逐年衔接',
  'Y-04': '行政规范性文件逐年衔接',
  'Y-05': '与上年相差较大',
  'Y-06': '有无变化',
  'Y-07': '上年未审结案件',
  'Y-09': '上年报告有更正',
};

/**
 * {left} {right} {difference}: numbers; {cell} {row} {column} {table}: labels; {raw}: what was found. A rule that the
 * catalogue uses for two cases has a second sentence, `… found`, for the case that comes with what was found.
 */
export const SENTENCES_ZH: Readonly<Record<string, string>> = {
  'S-01': '{table}缺少{count}格，按空白处理。请补齐，或使用完整的表格。',
  'S-02': '{raw}年度的报告使用了2019年试行格式，应使用国办公开办函〔2021〕30号格式。',
  'S-03': '规定格式之外还有带数字的行或列：{outside}。规定格式没有小计，请核对这些数是否应计入其他格。',
  'S-04': '行列名称与规定格式不一致：{labels}。请核对读取是否准确。',
  'S-05': '章节标题或次序与规定的六部分不一致：{raw}。',
  'S-06': '没有填写{field}，请在表头补填。',
  'S-06 found': '统计期限为{period}，应为报告年度的1月1日至12月31日。',
  'V-02': '{cell}为空白。没有发生的请填0。',
  'V-02 found': '{cell}读取的是“{raw}”，不能确定是什么数，请核对后填写。',
  'V-03': '{cell}填的是“{raw}”，不是数字。没有发生的请填0。',
  'V-04': '{cell}填的是“{raw}”，不是数字。{remedy}',
  'V-05': '{cell}应为整数，现为{value}。',
  'V-06': '{cell}为负数（{left}），件数应为0或正整数。',
  'V-07': '{cell}填写有误（{value}）：金额不能为负数，小数最多6位（0.000001万元即1分）。',
  'V-09': '{cell}位数过多（{raw}）。件数最多12位，金额整数部分最多9位，请检查是否多粘贴了数字。',
  'V-10': '{cell}为{left}万元，可能把“元”填成了“万元”，请核对单位。',
  'V-12': '{cell}录入的核对数是{right}，计算得{left}，相差{difference}。',
  'T2-01': '规章：现行有效＋本年废止＝{left}，少于本年制发{right}。本年制发的应计入现行有效或本年废止。',
  'T2-02':
    '行政规范性文件：现行有效＋本年废止＝{left}，少于本年制发{right}。本年制发的应计入现行有效或本年废止。',
  'T2-03':
    '规章（{column}）填了{left}。县级及以下机关没有规章制定权（仅供参考），请核对是否应填入行政规范性文件。',
  'T2-04': '事业单位填报本年制发行政规范性文件{left}件，请核对制发主体（仅供参考）。',
  'T2-05': '{cell}为0，但本单位登记有相应职能，请核对是否漏填。',
  'T3-01': '{column}：新收＋上年结转＝{left}；办理结果总计＋结转下年度＝{right}；相差{difference}。',
  'T3-02': '{column}：各项办理结果相加＝{left}；（七）总计＝{right}；相差{difference}。',
  'T3-03': '{row}：各类申请人相加＝{left}；总计＝{right}；相差{difference}。',
  'T3-04': '{column}：结转下年度（{left}）多于新收＋上年结转（{right}）。',
  'T3-05': '总计列各项办理结果相加＝{left}；（七）总计行各类申请人相加＝{right}；相差{difference}。',
  'T3-06': '{cell}为{left}，多于本列新收＋上年结转（{right}）。',
  'T3-13': '{cell}与分项没有一起填写：请把分项和总计都补齐，总计可由系统自动计算。',
  'T3-14':
    '（六）3.其他有{left}件，占办理结果总计{right}件的比例较大或为最多的一项，请核对是否应归入其他情形。',
  'T3-17': '{column}没有新收和上年结转的申请，但{row}有{left}件。',
  'T4-01': '行政复议：各项相加＝{left}；总计＝{right}；相差{difference}。',
  'T4-02': '未经复议直接起诉：各项相加＝{left}；总计＝{right}；相差{difference}。',
  'T4-03': '复议后起诉：各项相加＝{left}；总计＝{right}；相差{difference}。',
  'T4-04': '复议后起诉总计{left}件，多于本年和上年已审结的行政复议{right}件，请核对。',
  'T4-05': '行政复议和直接起诉共{left}件，多于本年、上年结转及上年新收的申请{right}件，请核对。',
  'T4-06': '{row}结果纠正占已审结案件的比例超过15%。',
  'X-02': '本年没有申请，但有行政复议、行政诉讼{left}件。如为以前年度的案件，无需修改。',
  'X-03': '{raw}与上年报告逐格相同，请核对是否误用了上年的文件。',
  'Y-01':
    '上年结转总计为{left}，上年报告的结转下年度为{right}，相差{difference}。如因机构改革、上年数据更正、漏计，请说明。',
  'Y-02':
    '上年结转（{column}）为{left}，上年报告的结转下年度为{right}，相差{difference}。如因机构改革、上年数据更正、漏计，请说明。',
  'Y-03':
    '规章：本年现行有效{left}，按上年现行有效＋本年制发－本年废止应为{right}，相差{difference}。如因清理、更正等，请说明。',
  'Y-04':
    '行政规范性文件：本年现行有效{left}，按上年现行有效＋本年制发－本年废止应为{right}，相差{difference}。如因清理、重新认定、机构合并、到期失效，请说明。',
  'Y-05': '{cell}本年{left}，上年{right}，相差较大，请核对。',
  'Y-06': '{cell}本年{left}，上年{right}，请核对是否漏填或误填。',
  'Y-07': '上年报告有尚未审结的案件{right}件，本年表四全部为0，请核对。',
  'Y-09': '上年报告公布后有更正，请确认以哪一份为准。',
};

export const PENDING_ZH = '未填完：{title}，还有{pending}格没有数字。';

export function ruleTitleZh(rule: string): string {
  return told(TITLES_ZH[rule] ?? rule);
}

/** The heading over a finding; that of a pack's rule is its own. */
export function findingTitleZh({ rule, wording }: Finding): string {
  return wording?.title ?? ruleTitleZh(rule);
}

export function findingSentenceZh(finding: Finding, format: Format): string {
  const { wording } = finding;
  // A rule of a pack may have a sentence in English.
  const own = languageInForce() === 'en' ? (wording?.en ?? wording?.zh) : wording?.zh;
  const template =
    finding.pending.length > 0
      ? told(PENDING_ZH)
      : (own ?? told(sentenceOf(SENTENCES_ZH, finding) ?? t`${finding.rule}：{cell}`));
  const { detail = '' } = finding;
  return fillTemplate(
    template,
    slotsOf(finding, format, {
      title: findingTitleZh(finding),
      remedy: remedyZh(finding.detail, format.cellsById.get(finding.cells[0] ?? '')?.kind),
      field: finding.variables['field'] === 'year' ? t`2008至2100年的报告年度` : t`单位名称`,
      labels: joined(detail.split('；'), '；').replace(/ → /g, t`应为`),
      period: detail.replace('/', t`至`),
    }),
  );
}

/** The sentence of the rule, or its second one where the finding comes with what was found. */
export function sentenceOf(
  sentences: Readonly<Record<string, string>>,
  finding: Finding,
): string | undefined {
  return (
    (finding.detail === undefined ? undefined : sentences[`${finding.rule} found`]) ?? sentences[finding.rule]
  );
}

function remedyZh(raw = '', kind?: CellKind): string {
  const yuan = kind === 'amount' ? /^(.*[^万])元$/.exec(raw.trim())?.[1] : undefined;
  if (yuan !== undefined) {
    // The cell counts 万元: the number alone would be ten thousand times too much.
    const read = readEntry(yuan, 'free-amount');
    return read.kind === 'number' && read.value % 10_000n === 0n
      ? t`本格以万元为单位，${yuan.trim()}元请填${formatQuantity(read.value / 10_000n)}。`
      : t`请换算成万元，只填数字。`;
  }
  // 自然人 is no number of 人.
  const plain = withoutUnit(raw) ?? '';
  return readEntry(plain, 'free-amount').kind === 'number'
    ? t`请去掉单位，只填数字（${plain}）。`
    : t`请改为数字；没有发生的填0。`;
}

/** The parts a sentence may name; the same for every language. */
export function slotsOf(
  finding: Finding,
  format: Format,
  extra: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const first = finding.cells[0];
  const cell = first === undefined ? undefined : format.cellsById.get(first);
  const { difference } = finding;
  const value = finding.left === undefined ? undefined : formatQuantity(finding.left);
  return {
    rule: finding.rule,
    left: value ?? '',
    right: finding.right === undefined ? '' : formatQuantity(finding.right),
    difference: difference === undefined ? '' : formatQuantity(difference < 0n ? -difference : difference),
    cell: first === undefined ? '' : cellLabel(first, format),
    row: cell?.rowLabel ?? '',
    column: cell?.columnLabel ?? '',
    table:
      format.tables.find((table) => table.id === (cell?.table ?? finding.variables['table']))?.shortTitle ??
      '',
    count: String(finding.cells.length),
    pending: String(finding.pending.length),
    raw: finding.detail ?? '',
    outside:
      first === undefined
        ? joined(
            (finding.detail ?? '').split('、').map((id) => outsideLabel(id, format)),
            '、',
          )
        : '',
    value: finding.detail ?? value ?? '',
    ...extra,
  };
}

export function fillTemplate(template: string, slots: Readonly<Record<string, string>>): string {
  return template.replace(/\{([a-z]+)\}/g, (whole, name: string) => slots[name] ?? whole);
}

/** A cell as it is written on paper: （一）予以公开—自然人. */
export function cellLabel(cell: CellId, format: Format): string {
  return format.cellsById.get(cell)?.label ?? cell;
}

/** A place outside the format, in the words of the table as far as it has them: 表三“subtotal”行—自然人. */
function outsideLabel(id: string, format: Format): string {
  const [tableId = '', row = '', column = ''] = id.split('/');
  const table = format.tables.find((candidate) => candidate.id === tableId);
  const rowLabel = table?.cells.find((cell) => cell.row === row)?.rowLabel ?? t`“${row}”行`;
  const columnLabel = table?.cells.find((cell) => cell.column === column)?.columnLabel ?? t`“${column}”列`;
  return `${table?.shortTitle ?? t`“${tableId}”表`}${rowLabel}—${columnLabel}`;
}
