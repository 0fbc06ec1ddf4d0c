/**
 * Complete reports as the texts that other people's programs make of them: crawled pages, clipboards, PDF text, OCR.
 * Labels come from the formats, figures from a seed or a published case; what stands in each cell is known.
 */
import { BLANK, quantityOf, type CellId } from '../../src/format/entry.ts';
import type { FormatVersion, LayoutCell } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import { quantityToNumber } from '../../src/format/quantity.ts';
import { readEntry } from '../../src/format/read-entry.ts';
import type { DocumentReading } from '../../src/documents/document-reading.ts';
import type { Cells } from '../fixtures/reports.ts';
import { generatedCells, type Chance } from '../fixtures/slips.ts';

/** A report to be drawn: what each cell shows ('' where it is blank). */
export interface Grown {
  readonly version: FormatVersion;
  readonly oneRowOther: boolean;
  readonly shown: ReadonlyMap<CellId, string>;
  readonly organization: string;
  readonly year: number;
}

export interface DrawnCell {
  readonly text: string;
  readonly isValue: boolean;
  readonly colSpan: number;
  readonly rowSpan: number;
}
export interface DrawnTable {
  readonly title: string;
  readonly width: number;
  readonly rows: readonly (readonly DrawnCell[])[];
  readonly headRows: number;
}

const ORGANIZATIONS = ['中宁县审批服务管理局', '洪泽区人民政府', '西柳镇人民政府', '某某市统计局'];

/** `blanks`: how blank cells are strewn. */
export type Blanks = 'none' | 'rows' | 'some' | 'all-zero' | 'slashes';

export function grownReport(
  chance: Chance,
  version: FormatVersion,
  blanks: Blanks,
  figures?: Readonly<Cells>,
): Grown {
  const format = FORMATS[version];
  const oneRowOther = version === '2019' || chance(5) === 0;
  const source = figures ?? generatedCells(chance, (['small', 'middle', 'large'] as const)[chance(3)]!);
  const shown = new Map<CellId, string>();
  for (const cell of format.cells) {
    let value = source[cell.id] ?? undefined;
    if (value === undefined) value = chance(3) === 0 ? chance(900) : 0;
    if (blanks === 'all-zero') value = 0;
    if (cell.kind === 'amount' && chance(2) === 0) value += 0.25;
    shown.set(cell.id, String(value));
    if (cell.kind === 'signed-count' && value > 0 && chance(2) === 0) shown.set(cell.id, `+${String(value)}`);
  }
  if (oneRowOther && version === '2021')
    for (const row of ['other.correction-overdue', 'other.fee-overdue'])
      for (const cell of format.cells) if (cell.row === row) shown.delete(cell.id);
  const rows = new Map<string, CellId[]>();
  for (const cell of format.cells) {
    if (!shown.has(cell.id)) continue;
    const key = cell.table === 'proceedings' ? 'proceedings' : `${cell.table}/${cell.row}`;
    rows.set(key, [...(rows.get(key) ?? []), cell.id]);
  }
  for (const ids of rows.values()) {
    if (blanks === 'rows' && chance(3) === 0) for (const id of ids) shown.set(id, '');
    if (blanks === 'slashes' && chance(3) === 0) for (const id of ids) shown.set(id, '/');
    if (blanks === 'some') for (const id of ids) if (chance(6) === 0) shown.set(id, '');
  }
  return {
    version,
    oneRowOther,
    shown,
    organization: ORGANIZATIONS[chance(ORGANIZATIONS.length)]!,
    year: version === '2019' ? 2019 + chance(2) : 2021 + chance(4),
  };
}

/** The printed tables, spans as in HTML. */
export function tablesOf(report: Grown): DrawnTable[] {
  const format = FORMATS[report.version];
  return format.tables.map((table) => {
    const one = report.oneRowOther && table.id === 'requests';
    const layout = one ? FORMATS['2019'].tables.find(({ id }) => id === 'requests')!.layout : table.layout;
    const textOf = (cell: LayoutCell): string => {
      if ('heading' in cell) return cell.heading;
      return (
        report.shown.get(cell.cell) ??
        report.shown.get(cell.cell.replace('requests/other/', 'requests/other.other/')) ??
        ''
      );
    };
    const rows = layout.rows.map((row) =>
      row.map((cell) => ({
        text: textOf(cell),
        isValue: 'cell' in cell,
        colSpan: cell.colSpan,
        rowSpan: 'heading' in cell ? cell.rowSpan : 1,
      })),
    );
    const width = Math.max(
      ...rows.slice(0, 1).map((row) => row.reduce((sum, cell) => sum + cell.colSpan, 0)),
    );
    return { title: table.title, width, rows, headRows: layout.headRows };
  });
}

/** How a table becomes lines. */
export type Shape = (table: DrawnTable, chance: Chance) => string[];

const rest = (row: readonly DrawnCell[]): number => row.reduce((sum, cell) => sum + cell.colSpan - 1, 0);
const isBlankValue = (cell: DrawnCell): boolean => cell.isValue && cell.text === '';

/** The grid in full: cells that a span covers are empty. */
function gridOf(table: DrawnTable): { texts: string[]; row: readonly DrawnCell[] }[] {
  const grid: string[][] = table.rows.map(() => []);
  table.rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (grid[y]![x] !== undefined) x += 1;
      for (let dy = 0; dy < cell.rowSpan; dy += 1)
        for (let dx = 0; dx < cell.colSpan; dx += 1)
          if (grid[y + dy] !== undefined) grid[y + dy]![x + dx] = dx === 0 && dy === 0 ? cell.text : '';
      x += cell.colSpan;
    }
  });
  return grid.map((texts, y) => ({ texts: Array.from(texts, (text) => text ?? ''), row: table.rows[y]! }));
}

const width = (text: string): number => {
  let sum = 0;
  for (const character of text) sum += character.codePointAt(0)! > 0x2000 ? 2 : 1;
  return sum;
};
const padded = (text: string, to: number): string => text + ' '.repeat(Math.max(2, to - width(text)));

/** 003/raw.txt: columns of spaces, long labels around their numbers, groups in the middle of their rows. */
const layout: Shape = (table, chance) => {
  const lines: string[] = [];
  const body = table.rows.slice(table.headRows);
  const head = table.rows.slice(0, table.headRows);
  for (const row of head) {
    lines.push(row.map((cell) => padded(cell.text, 14)).join('  '));
    if (chance(2) === 0) lines.push('');
  }
  const groups = new Map<number, string[]>();
  body.forEach((row, y) => {
    for (const cell of row)
      if (!cell.isValue && cell.rowSpan > 1) {
        const middle = y + (cell.rowSpan >> 1);
        groups.set(middle, [...(groups.get(middle) ?? []), cell.text]);
      }
  });
  body.forEach((row, y) => {
    for (const group of groups.get(y) ?? []) {
      if (group.startsWith('三、本年度') && chance(2) === 0)
        for (const character of group) lines.push(`  ${character}`);
      else lines.push(`          ${group}`);
    }
    const labels = row.filter((cell) => !cell.isValue && cell.rowSpan === 1);
    const values = row.filter((cell) => cell.isValue);
    const label = labels.map((cell) => cell.text).join('  ');
    const numbers = values.map((cell) => padded(cell.text, 6)).join(' ');
    if (values.length > 0 && label.length > 16) {
      const cut = 8 + chance(label.length - 12);
      const [first, second] = [label.slice(0, cut), label.slice(cut)];
      const at = chance(3);
      if (at === 0) lines.push(`       ${padded(first, 40)}${numbers}`, `       ${second}`);
      else if (at === 1) lines.push(`       ${first}`, `${' '.repeat(46)}${numbers}`, `       ${second}`);
      else lines.push(`       ${first}`, `       ${second}`, `${' '.repeat(46)}${numbers}`);
    } else lines.push(`     ${padded(label, 40)}${numbers}`);
    if (chance(4) === 0) lines.push('');
  });
  return lines;
};

export const SHAPES: Readonly<Record<string, Shape>> = {
  /** 017, 023 */
  'a cell and a bar a line': ({ rows }) =>
    rows.flatMap((row) => [
      ...row.map((cell) => (isBlankValue(cell) ? '|' : `${cell.text} |`)),
      ...(rest(row) > 0 ? ['|'.repeat(rest(row))] : []),
    ]),
  /** 037: spans leave nothing behind. */
  'a cell and a bar a line, spans gone': ({ rows }) =>
    rows.flatMap((row) => row.map((cell) => (isBlankValue(cell) ? '|' : `${cell.text} |`))),
  /** 047: bars on lines of their own, tabs before. */
  'a cell, then a bar': ({ rows }) =>
    rows.flatMap((row) =>
      row.flatMap((cell, index) =>
        index === row.length - 1 ? [`\t\t\t${cell.text}`, '   | '] : [`\t\t\t${cell.text}  | `],
      ),
    ),
  /** 019, 027 */
  'cells with bars a row': ({ rows }) =>
    rows.map((row) => {
      const left = rest(row);
      return `${row.map((cell) => `${cell.text} |`).join(' ')}${left > 0 ? ` ${'|'.repeat(left)}` : ''}`.replace(
        / {2,}/g,
        ' ',
      );
    }),
  'framed rows': (table) => gridOf(table).map(({ texts }) => `| ${texts.join(' | ')} |`),
  'framed rows with rules': (table) =>
    gridOf(table).flatMap(({ texts }, index) =>
      index === 0
        ? [`| ${texts.join(' | ')} |`, `|${texts.map(() => ' --- ').join('|')}|`]
        : [`| ${texts.join(' | ')} |`],
    ),
  /** 021, 029, 035 */
  'a paragraph a cell': ({ rows }) =>
    rows.flatMap((row) => row.filter((cell) => cell.text !== '').flatMap((cell) => [cell.text, ''])),
  'a line a cell': ({ rows }) =>
    rows.flatMap((row) => row.filter((cell) => cell.text !== '').map((cell) => cell.text)),
  /** What a browser copies: a tab between the cells of a row. */
  'tabs between cells': ({ rows }) => rows.map((row) => row.map((cell) => cell.text).join('\t')),
  /** 001: every column of the grid. */
  'tabs between columns': (table) => gridOf(table).map(({ texts }) => texts.join('\t')),
  'tabs, rows shifted': (table, chance) =>
    gridOf(table).map(({ texts, row }) => {
      const first = texts.findIndex((text) => text !== '');
      // A row of nothing but values has nothing to hold on to.
      if (row.every((cell) => cell.isValue)) return texts.join('\t');
      const shift = chance(3) === 0 ? first : 0;
      return [...texts.slice(shift), ...texts.slice(0, shift)].join('\t');
    }),
  'PDF with columns': layout,
  /** pdftotext without layout, and what people copy from a viewer. */
  'a line a row': ({ rows }) =>
    rows.map((row) =>
      row
        .map((cell) => cell.text)
        .filter((text) => text !== '')
        .join(' '),
    ),
  'labels, then a line of values': ({ rows }) =>
    rows.flatMap((row) => {
      const values = row.filter((cell) => cell.isValue && cell.text !== '').map((cell) => cell.text);
      return [
        ...row.filter((cell) => !cell.isValue).map((cell) => cell.text),
        ...(values.length > 0 ? [values.join(' ')] : []),
      ];
    }),
  'values glued': ({ rows }) =>
    rows.map((row) => {
      const values = row
        .filter((cell) => cell.isValue)
        .map((cell) => cell.text)
        .join('');
      return `${row
        .filter((cell) => !cell.isValue)
        .map((cell) => cell.text)
        .join(' ')} ${values}`;
    }),
  /** 010 to 013 */
  'all glued': ({ rows }) => [rows.map((row) => row.map((cell) => cell.text).join('')).join('')],
  /** 003/raw-plain.txt */
  'a column a block': ({ rows, headRows }) => {
    const lines = rows.slice(0, headRows).flatMap((row) => row.flatMap((cell) => [cell.text, '']));
    let run: (readonly DrawnCell[])[] = [];
    const flush = (): void => {
      for (const row of run) for (const cell of row) if (!cell.isValue) lines.push(cell.text);
      lines.push('');
      const columns = Math.max(0, ...run.map((row) => row.filter((cell) => cell.isValue).length));
      for (let column = 0; column < columns; column += 1) {
        for (const row of run) {
          const cell = row.filter((one) => one.isValue)[column];
          if (cell !== undefined && cell.text !== '') lines.push(cell.text);
        }
        lines.push('');
      }
      run = [];
    };
    for (const row of rows.slice(headRows)) {
      const values = row.filter((cell) => cell.isValue).length;
      if (run.length > 0 && values !== run[0]!.filter((cell) => cell.isValue).length) flush();
      run.push(row);
    }
    flush();
    return lines;
  },
};

/** Prose of section one with everything in it that looks like the form. */
export const OVERVIEW = [
  '2023年，我局认真贯彻落实《条例》，现将有关情况报告如下。',
  '（一）主动公开情况',
  '全年主动公开政府信息1136条，其中制发行政规范性文件 3 件，废止 1 件，现行有效 12',
  '件。办理行政许可 550 件，行政处罚 41 件。',
  '（二）依申请公开情况。',
  '本年新收政府信息公开申请21件，予以公开 4 件，部分公开 3 件，不予公开 2',
  '件，其他 1 件，总计 21 件。',
  '规章',
  '（三）政府信息管理情况',
  '结果维持 3 件。',
  '（四）平台建设情况 完善了 2 个平台',
  '1.网站',
  '2.政务新媒体。',
  '（五）监督保障情况',
  '全年培训 4 次',
];
export const PROBLEMS = [
  '一是主动公开还不够及时，行政许可、行政处罚 等信息',
  '有 3 件未按时公开；',
  '二是其他',
  '下一步：',
  '1.加强学习。',
  '2.重复申请 5 件已说明。',
  '2024年，我们将继续改进。',
];
export const OTHER = ['本年度未收取信息处理费，共 0 元。', '无', '其他事项 1 项。'];

export interface Surroundings {
  readonly prose: boolean;
  /** Whether the titles of the tables are there. */
  readonly headings: boolean;
}

export function preambleOf(report: Grown): string[] {
  const year = String(report.year);
  return [
    report.organization,
    `${year}年政府信息公开工作年度报告`,
    `本报告由${report.organization}编制。所列数据的统计期限自${year}年1月1日起至${year}年12月31日止。`,
    '如对本报告有疑问，请联系（地址：洪泽湖大道90号，邮编：223100，电话：0517-87222589）。',
  ];
}

/** Tables as lines, with what stands around them. */
export function drawn(report: Grown, shape: Shape, chance: Chance, around: Surroundings): string[] {
  const tables = tablesOf(report);
  const lines: string[] = [];
  if (around.prose) lines.push(...preambleOf(report), '一、总体情况', ...OVERVIEW);
  for (const table of tables) {
    if (around.headings) lines.push(table.title, '');
    lines.push(...shape(table, chance), '');
  }
  if (around.prose)
    lines.push('五、存在的主要问题及改进情况', ...PROBLEMS, '六、其他需要报告的事项', ...OTHER);
  return lines;
}

/** What a reader made of it. */
export interface Rating {
  right: number;
  blank: number;
  marked: number;
  missed: number;
  wrong: string[];
}

/** Compares a reading with what the cells showed; `undefined` reading: everything is missed. */
export function rate(report: Grown, reading: DocumentReading | undefined): Rating {
  const rating: Rating = { right: 0, blank: 0, marked: 0, missed: 0, wrong: [] };
  if (reading !== undefined && reading.version !== report.version) {
    // Without 表二 the forms are nearly the same.
    if (![...reading.cells.keys()].some((cell) => cell.startsWith('disclosure/'))) return rating;
    rating.wrong.push(`version ${reading.version}`);
    return rating;
  }
  for (const cell of FORMATS[report.version].cells) {
    const shown = report.shown.get(cell.id);
    const got = reading?.cells.get(cell.id);
    if (shown === undefined) {
      if (got !== undefined && got.raw !== '' && got.confidence !== 'uncertain')
        rating.wrong.push(`${cell.id}: ${got.raw} where there is nothing`);
      continue;
    }
    const due = shown === '' ? BLANK : readEntry(shown, cell.kind);
    if (got?.confidence === 'uncertain') rating.marked += 1;
    else if (got === undefined) {
      if (due.kind === 'blank') rating.blank += 1;
      else rating.missed += 1;
    } else if (got.entry.kind === due.kind && quantityOf(got.entry) === quantityOf(due)) {
      if (due.kind === 'blank') rating.blank += 1;
      else rating.right += 1;
    } else {
      const quantity = quantityOf(got.entry);
      rating.wrong.push(
        `${cell.id}: ${quantity === undefined ? got.entry.kind : String(quantityToNumber(quantity))} for ${shown === '' ? 'blank' : shown}`,
      );
    }
  }
  return rating;
}

/** What can happen to a text on its way. */
export type Mutation = 'delete' | 'duplicate' | 'swap' | 'page number' | 'stray number' | 'cut off';
export const MUTATIONS: readonly Mutation[] = [
  'delete',
  'duplicate',
  'swap',
  'page number',
  'stray number',
  'cut off',
];

/** Whether a line holds nothing but values. */
const isValues = (line: string): boolean => /^[\s|\d.,+/-]*$/.test(line);

/** The lines with one change, or undefined where nobody could see it. */
export function mutated(lines: readonly string[], mutation: Mutation, chance: Chance): string[] | undefined {
  const at = chance(lines.length);
  const line = lines[at]!;
  const text = [...lines];
  switch (mutation) {
    case 'delete':
      text.splice(at, 1);
      return text;
    case 'duplicate':
      text.splice(at, 0, line);
      return text;
    case 'swap': {
      const other = chance(2) === 0 ? Math.min(at + 1, lines.length - 1) : chance(lines.length);
      // Values that changed places are values in places.
      if (isValues(line) && isValues(lines[other]!)) return undefined;
      text[at] = lines[other]!;
      text[other] = line;
      return text;
    }
    case 'page number':
      text.splice(at, 0, ...[['', '- 3 -', ''], ['', '3', '\f'], ['— 12 —'], ['第 3 页']][chance(4)]!);
      return text;
    case 'stray number':
      text.splice(at, 0, String(chance(2) === 0 ? 0 : 1 + chance(99)));
      return text;
    case 'cut off': {
      const whole = lines.join('\n');
      return whole.slice(0, chance(whole.length)).split('\n');
    }
  }
}
