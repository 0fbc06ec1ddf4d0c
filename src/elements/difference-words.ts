/** What stands at a place of a report, and what the place is called, in the words of the form. Text, never HTML. */
import { ruleTitleZh } from '../checks/wording-zh.ts';
import type { Json } from '../format/canonical-json.ts';
import { BLANK, type CellId, type Entry } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { entryText } from '../format/read-entry.ts';
import type { Place, PlaceValue } from '../report/report-places.ts';
import { HEAD_FIELDS, type Explanation, type HeadField, type Signed } from '../report/report.ts';
import { ZERO_REPORT } from '../report/zero-report.ts';
import { numberText } from './cell-view.ts';
import { KINDS } from './report-head.ts';

const FIELDS: Readonly<Record<HeadField, string>> = {
  year: zh`报告年度`,
  'organization.name': zh`单位名称`,
  'organization.kind': zh`单位类别`,
  'signOff.filledBy': zh`填报人`,
  'signOff.reviewedBy': zh`审核人`,
  'signOff.approvedBy': zh`负责人`,
};

const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['period', zh`统计期间`],
  ['organization/code', zh`统一社会信用代码`],
  ['organization/region', zh`行政区划代码`],
  ['organization/functions', zh`单位职能`],
  ['contact/address', zh`联系地址`],
  ['contact/postcode', zh`邮政编码`],
  ['contact/phone', zh`联系电话`],
  ['contact/email', zh`电子邮箱`],
  ['contact/website', zh`网址`],
  ['supersedes', zh`更正说明`],
]);

/** Where each text stands among the six sections. */
const SECTIONS: ReadonlyMap<string, number> = new Map([
  ['narrative/overview', 0],
  ['narrative/problems', 4],
  ['narrative/other', 5],
]);

const OUTSIDE: ReadonlyMap<string, string> = new Map([
  ['tables', zh`规定格式之外的数`],
  ['reported', zh`规定格式之外的核对数`],
  ['marks', zh`规定格式之外的标记`],
]);

/** Cells named one by one; the sum of a column has two dozen. */
const CELLS_NAMED = 6;

export function placeZh(place: Place, format: Format): string {
  switch (place.kind) {
    case 'head':
      return told(FIELDS[place.field]);
    case 'cell': {
      const isTotal = format.cellsById.get(place.cell)?.operands !== undefined;
      return `${tableZh(place.cell, format)}${cellZh(place.cell, format)}${isTotal ? t`（核对数）` : ''}`;
    }
    case 'explanation': {
      const table = tableZh(place.cells[0] ?? '', format);
      return place.rule === ZERO_REPORT
        ? t`${table}零报告`
        : t`“${ruleTitleZh(place.rule)}”的核实说明（${table}${cellsZh(place.cells, format)}）`;
    }
    case 'remark':
      return t`备注（${tableZh(place.cell, format)}${cellZh(place.cell, format)}）`;
    case 'signed':
      return t`签发`;
    case 'carried': {
      const path = place.path.join('/');
      const section = SECTIONS.get(path);
      if (section !== undefined) return format.sections[section]!;
      const [member = '', ...rest] = place.path;
      const outside = rest.length === 0 ? undefined : OUTSIDE.get(member);
      return (
        told(MEMBERS.get(path) ?? '') ||
        (outside === undefined ? t`附带信息 ${path}` : `${told(outside)} ${rest.join('/')}`)
      );
    }
  }
}

/** Of a draft: what was being typed when the page was gone may be half a number. '' where nothing was. */
export function halfTypedZh(open: string | null, format: Format): string {
  const field = HEAD_FIELDS.find((one) => one === open);
  if (open === null || (field === undefined && !format.cellsById.has(open))) return '';
  const place =
    field === undefined ? ({ kind: 'cell', cell: open } as const) : ({ kind: 'head', field } as const);
  return t`暂存时“${placeZh({ key: '', ...place }, format)}”还没有填完，请核对。`;
}

/**
 * What stands there, whole. `beside` are the values it is compared with: a sign-off names the figures in which it
 * differs from theirs.
 */
export function valueZh(
  place: Place,
  value: PlaceValue,
  format: Format,
  beside: readonly PlaceValue[] = [],
): string {
  switch (place.kind) {
    case 'head':
      return place.field === 'organization.kind'
        ? (KINDS.filter(([id]) => id === value).map(([, kind]) => told(kind))[0] ??
            (value === '' ? t`未选择` : String(value)))
        : textZh((value ?? '') as string);
    case 'cell':
      return entryZh((value ?? BLANK) as Entry);
    case 'explanation':
      return explanationZh(value as Explanation | undefined);
    case 'remark':
      return remarkZh(value as Json | undefined);
    case 'signed':
      return signedZh(value as Signed | undefined, beside as readonly (Signed | undefined)[], format);
    case 'carried':
      return jsonZh(place.path.join('/'), value as Json | undefined);
  }
}

function cellZh(id: CellId, format: Format): string {
  return format.cellsById.get(id)?.label ?? id;
}

function cellsZh(ids: readonly CellId[], format: Format): string {
  const named = ids.length > CELLS_NAMED ? ids.slice(0, CELLS_NAMED / 2) : ids;
  const words = joined(
    named.map((id) => cellZh(id, format)),
    '、',
  );
  return named.length === ids.length ? words : t`${words}等${ids.length}格`;
}

function tableZh(id: CellId, format: Format): string {
  const table = format.tables.find((one) => id.startsWith(`${one.id}/`));
  return table === undefined ? '' : `${table.shortTitle} `;
}

function entryZh(entry: Entry): string {
  switch (entry.kind) {
    case 'blank':
      return t`空白`;
    case 'merged':
      return t`没有此行（按0计）`;
    case 'text':
      return t`“${entry.raw}”（不是数字）`;
    case 'uncertain':
      return t`“${entry.raw}”（存疑${entry.candidate === undefined ? '' : t`，可能是${formatQuantity(entry.candidate)}`}）`;
    default:
      return entryText(entry);
  }
}

/** A space in front or behind is not seen otherwise. */
function textZh(text: string): string {
  if (text === '') return t`空白`;
  return text === text.trim() ? text : t`“${text}”`;
}

function explanationZh(said: Explanation | undefined): string {
  if (said === undefined) return t`没有`;
  const { rule: _rule, cells: _cells, values: _values, at: _at, kind, text, ...others } = said;
  const words = kind === 'confirmed' ? t`确认无误` : textZh(text ?? '');
  return `${words}${othersZh(others as unknown as Record<string, Json>)}`;
}

function remarkZh(remark: Json | undefined): string {
  if (remark === undefined) return t`没有`;
  const { cell: _cell, text, ...others } = remark as Record<string, Json>;
  return `${textZh(String(text ?? ''))}${othersZh(others)}`;
}

function othersZh(others: Readonly<Record<string, Json>>): string {
  const words = Object.entries(others).map(([name, value]) => t`${name}：${jsonText(value)}`);
  return words.length === 0 ? '' : t`（${joined(words, '，')}）`;
}

function signedZh(
  signed: Signed | undefined,
  beside: readonly (Signed | undefined)[],
  format: Format,
): string {
  if (signed === undefined) return t`未签发`;
  const valueOf = (one: Signed, cell: CellId): number | null => one.values.get(cell) ?? null;
  const differing = format.inputs.filter(({ id }) =>
    beside.some((other) => other !== undefined && valueOf(other, id) !== valueOf(signed, id)),
  );
  const figures = differing.map(({ id, label }) => `${label} ${numberText(valueOf(signed, id))}`);
  return t`${signed.at} 签发${signed.lapsed === undefined ? '' : t`（已失效）`}${figures.length === 0 ? '' : t`（签发时${joined(figures, '，')}）`}`;
}

function jsonZh(path: string, value: Json | undefined): string {
  if (value === undefined) return t`没有`;
  if (value === '') return t`空白`;
  const { from, to } = (path === 'period' ? value : {}) as { readonly from?: string; readonly to?: string };
  if (from !== undefined && to !== undefined && Object.keys(value as object).length === 2)
    return t`${from} 至 ${to}`;
  const isKnown = SECTIONS.has(path) || MEMBERS.has(path);
  return typeof value === 'string' && isKnown ? textZh(value) : jsonText(value);
}

/** As it stands in the data: 5 and "5" are not the same. */
function jsonText(value: Json): string {
  return JSON.stringify(value);
}
