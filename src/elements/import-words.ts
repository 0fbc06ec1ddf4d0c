/** What the dialog of 导入 says of a reading beside the report, and of what taking it over does, in Chinese. Draws nothing. */
import { cellLabel } from '../checks/wording-zh.ts';
import type { DocumentReading } from '../documents/document-reading.ts';
import type { CellFate, Fate, ImportPlan } from '../documents/import-plan.ts';
import { doubtZh, omissionsZh, otherFormZh, placeZh, remarksZh } from '../documents/words-zh.ts';
import type { CellId } from '../format/entry.ts';
import { FORM_ZH, FORMATS } from '../format/formats.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { isOtherUnit } from '../report/previous.ts';
import { yearOf, type Report } from '../report/report.ts';
import type { CarriedPart } from '../report/transaction.ts';
import type { Found } from './import-found.ts';

/** A reading that is looked at, beside the report that is open. */
export interface Looked {
  readonly found: Found;
  readonly reading: DocumentReading;
  readonly report: Report;
  /** What taking it over does; undefined where it is for last year's report. */
  readonly plan: ImportPlan | undefined;
  /** A payload that is opened as it is. */
  readonly whole: boolean;
  /** The document says no year, and the report's is a guess of ours: it is asked for. */
  readonly asksYear: boolean;
}

/** Whether year and unit are another than the report's; false where either does not say. */
export function otherHead({ reading, report }: Looked): { readonly year: boolean; readonly unit: boolean } {
  const year = yearOf(report);
  return {
    year: reading.year !== undefined && year !== undefined && reading.year !== year,
    unit: isOtherUnit(report.head['organization.name'], reading.organization),
  };
}

export function whoseZh({ organization, year }: DocumentReading): string {
  return t`${organization === undefined ? t`没有读出单位` : organization}，${year === undefined ? t`没有读出年度` : t`${year} 年度`}`;
}

/** What a person has to decide on before anything is taken over. */
export function warningsZh(looked: Looked): string[] {
  const { reading, report, plan, whole, asksYear } = looked;
  const other = otherHead(looked);
  const warnings: string[] = [];
  if (other.unit)
    warnings.push(
      t`来源是“${reading.organization}”的报告，当前报告是“${report.head['organization.name']}”。请确认是否同一单位，不是的请按“取消”。`,
    );
  if (other.year) {
    const years = t`来源是 ${reading.year} 年度，当前报告是 ${yearOf(report)} 年度`;
    if (reading.year === yearOf(report)! - 1) warnings.push(t`${years}，建议作为上年报告。`);
    else if (plan === undefined) warnings.push(t`${years}，不是上一年度的，不能作为上年报告。`);
    else warnings.push(t`${years}，请确认是否导入。`);
  }
  const year = yearOf(report);
  if (whole && reading.year === undefined) warnings.push(t`来源没有写明年度，打开后请在表头填写报告年度。`);
  else if (plan !== undefined && reading.year === undefined && year !== undefined && !asksYear)
    warnings.push(t`来源没有写明年度，将导入当前报告（${year} 年度），请确认是同一年度。`);
  if (plan?.oneRowRefused === true)
    warnings.push(t`（六）其他处理在来源中只有一行，当前报告已分项填写，这一行没有导入，请核对。`);
  if (plan !== undefined && plan.base !== report) {
    const form = told(FORM_ZH[reading.version]);
    warnings.push(t`来源是${form}，当前报告还没有填写，将改用${form}。`);
  } else if (plan !== undefined && reading.version !== report.version)
    warnings.push(otherFormZh(reading.version, report.version));
  return warnings;
}

/** What else is to be known of the source. */
export function notesZh({ found, reading, plan, whole }: Looked): string[] {
  const notes = found.notes.map((note) => told(note));
  if (whole) notes.push(t`当前报告是空的：将整份打开，包括正文、说明和签发信息。`);
  else if (found.payload !== undefined && plan !== undefined)
    notes.push(t`只导入数字、单位、年度、统计期间、联系方式和正文；说明、备注和签发信息不导入。`);
  // One row of （六） that is left out is not counted in the third row.
  const said = plan?.oneRowRefused === true ? { ...reading.report, oneRowOther: false } : reading.report;
  return [...notes, ...remarksZh({ ...reading, report: said }), ...omissionsZh(found.omissions)];
}

const WORDS: Readonly<Record<Fate, string>> = {
  written: zh`将写入`,
  replaced: zh`将改写`,
  doubtful: zh`存疑，导入后待确认`,
  control: zh`将记为核对数`,
  unread: zh`来源的总计读不清，未作核对数`,
  same: zh`与当前报告一致`,
  kept: zh`保留当前报告的内容`,
  blank: zh`空白`,
  outside: zh`不在导入范围`,
  elsewhere: zh`当前格式没有对应的格，不导入`,
};

/** What becomes of a cell, in words. */
export function fateWords(reading: DocumentReading, id: CellId, fate: CellFate | undefined): string {
  const of = reading.cells.get(id);
  if (of === undefined) return t`来源没有此格`;
  if (of.entry.kind === 'uncertain' && fate === undefined) return t`存疑`;
  return fate === undefined ? '' : told(WORDS[fate.fate]);
}

/** Where a cell stood, and what becomes of it: one line. */
export function cellZh({ reading, plan }: Looked, cell: CellId): string {
  const place = reading.cells.get(cell)?.place;
  const doubt = reading.report.uncertain.find((one) => one.cell === cell)?.doubt;
  return [
    cellLabel(cell, FORMATS[reading.version]),
    fateWords(reading, cell, plan?.fates.get(cell)),
    place === undefined ? '' : placeZh(place),
    doubt === undefined ? '' : doubtZh(doubt),
    place === undefined || place.fragment === '' ? '' : t`来源：${place.fragment.slice(0, 200)}`,
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

const PART_ZH: Readonly<Record<CarriedPart, string>> = {
  period: zh`统计期间`,
  contact: zh`联系方式`,
  narrative: zh`正文`,
};
const FIELD_ZH: Readonly<Record<string, string>> = { year: zh`报告年度`, 'organization.name': zh`单位名称` };

function partsZh({ counts, changes, partsKept }: ImportPlan): string {
  const { written, replaced, doubtful, controls, unread, kept } = counts;
  const added: string[] = [];
  const altered: string[] = [];
  for (const change of changes)
    if ('carried' in change) added.push(told(PART_ZH[change.carried]));
    else if ('field' in change)
      if (change.to !== '')
        (change.from.trim() === '' ? added : altered).push(told(FIELD_ZH[change.field] ?? change.field));
  const noYear = changes.some((change) => 'field' in change && change.to === '');
  const others = added.length + altered.length + replaced + doubtful + controls;
  const done = [
    written === 0 && others > 0 ? '' : t`写入 ${written} 格`,
    replaced === 0 ? '' : t`改写 ${replaced} 格`,
    doubtful === 0 ? '' : t`存疑 ${doubtful} 格（导入后请逐格确认）`,
    controls === 0 ? '' : t`核对数 ${controls} 处`,
    added.length === 0 ? '' : t`补入${joined(added, '、')}`,
    altered.length === 0 ? '' : t`改写${joined(altered, '、')}`,
  ];
  const parts = [
    joined(done, '，'),
    noYear ? t`报告年度留空，请在表头填写` : '',
    unread === 0 ? '' : t`来源的总计有 ${unread} 处读不清，未作核对数`,
    kept === 0 ? '' : t`保留已填的 ${kept} 格`,
    partsKept.length === 0
      ? ''
      : t`保留已有的${joined(
          partsKept.map((name) => told(PART_ZH[name])),
          '、',
        )}`,
  ];
  return joined(parts, '；');
}

/** What 导入 will do. */
export function effectZh(plan: ImportPlan): string {
  return t`将${partsZh(plan)}。`;
}

/** What 导入 has done. */
export function takenZh(name: string, plan: ImportPlan, replaces: boolean): string {
  return t`已导入“${name}”：${partsZh(plan)}。${replaces ? '' : t`可按 Ctrl+Z 撤销。`}`;
}
