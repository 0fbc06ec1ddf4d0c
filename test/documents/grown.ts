/**
 * Reports as other people lay them out: the figures of one report and a shape (spans, headings, rows and columns that the
 * form does not have, labels with slips, numbers with separators) give texts and tables, and beside them what is true of each
 * cell. How that is written into a file is `grown-files.ts`.
 */
import type { CellId } from '../../src/format/entry.ts';
import type { Format, FormatVersion, LayoutCell, Table } from '../../src/format/format.ts';
import { FORMATS } from '../../src/format/formats.ts';
import type { Chance } from '../fixtures/slips.ts';

/** What the form says; null is a blank cell, a text is what stands in the cell. */
export type Figures = Readonly<Record<CellId, number | string | null>>;

export interface GrownReport {
  readonly version: FormatVersion;
  readonly organization: string;
  readonly year: number;
  readonly cells: Figures;
}

export interface GrownCell {
  text: string;
  colSpan: number;
  rowSpan: number;
  /** Of a value: which. */
  cell?: CellId;
  /** A value that is no cell of the form. */
  value?: true;
  /** Of a label: where it stands. */
  side?: 'head' | 'row' | 'group';
}

export interface GrownRow {
  cells: GrownCell[];
  kind: 'head' | 'row' | 'value-line';
}

export type GrownBlock = string | { readonly table: string; readonly rows: GrownRow[] };

export interface Grown {
  readonly blocks: GrownBlock[];
  readonly report: GrownReport;
  /** Cells that the document has. */
  readonly truth: ReadonlyMap<CellId, number | string | null>;
  /** Cells of which the document itself is false: they have to be marked, or be right all the same. */
  readonly damaged: ReadonlySet<CellId>;
}

export interface Shape {
  /** （六）其他处理 of the 2021 form in one row. */
  readonly oneRowOther?: boolean;
  readonly columns?: 'official' | 'shuffled' | 'total-first';
  readonly subtotalColumn?: 'before' | 'after';
  readonly subtotalRows?: 'filled' | 'blank';
  /** The labels of groups: drawn over their rows, once more in each row, only in the first, not at all. */
  readonly groups?: 'spanned' | 'repeated' | 'first' | 'none';
  readonly head?: 'official' | 'cut-words' | 'empty-row' | 'one-row' | 'none';
  readonly rowNumbers?: boolean;
  readonly spans?: 'right' | 'none' | 'wrong-labels' | 'wrong-heads';
  readonly fillers?: 'all' | 'some';
  readonly pages?: 'plain' | 'repeated' | 'one-table';
  readonly sections?: 'before' | 'after' | 'none';
  readonly proceedings?: 'line' | 'three-rows' | 'short-head' | 'no-head';
  readonly together?: boolean;
  readonly copies?: boolean;
  readonly tables?: readonly string[];
  readonly labels?: 'official' | 'spaced' | 'slips' | 'short' | 'traditional' | 'numbering';
  readonly values?: 'plain' | 'full-width' | 'thousands' | 'units' | 'spaces';
  /** 表二 without its spans over three columns. */
  readonly narrow?: boolean;
  /** Cells of some rows are lost, or one too many. */
  readonly damage?: 'lost-cell' | 'shifted' | 'merged-row' | 'number-too-many';
}

/** One of the ways above for each, as they come together in the wild. */
export function randomShape(chance: Chance, damaged = false): Shape {
  const pick = <T>(usual: T, ...others: T[]): T =>
    chance(100) < 60 ? usual : others[chance(others.length)]!;
  return {
    oneRowOther: pick(false, true),
    columns: pick<NonNullable<Shape['columns']>>('official', 'shuffled', 'total-first'),
    ...pick<Shape>({}, { subtotalColumn: 'before' }, { subtotalColumn: 'after' }),
    ...pick<Shape>({}, { subtotalRows: 'filled' }, { subtotalRows: 'blank' }),
    groups: pick<NonNullable<Shape['groups']>>('spanned', 'repeated', 'first', 'none'),
    head: pick<NonNullable<Shape['head']>>('official', 'cut-words', 'empty-row', 'one-row', 'none'),
    rowNumbers: pick(false, false, true),
    spans: pick<NonNullable<Shape['spans']>>('right', 'none', 'wrong-labels', 'wrong-heads'),
    ...pick<Shape>({}, { fillers: 'all' }, { fillers: 'some' }),
    ...pick<Shape>({}, { pages: 'plain' }, { pages: 'repeated' }, { pages: 'one-table' }),
    sections: pick<NonNullable<Shape['sections']>>('before', 'after', 'none'),
    proceedings: pick<NonNullable<Shape['proceedings']>>('line', 'three-rows', 'short-head', 'no-head'),
    together: pick(false, false, true),
    copies: pick(false, false, true),
    labels: pick<NonNullable<Shape['labels']>>(
      'official',
      'spaced',
      'slips',
      'short',
      'traditional',
      'numbering',
    ),
    values: pick<NonNullable<Shape['values']>>('plain', 'full-width', 'thousands', 'units', 'spaces'),
    narrow: pick(false, true),
    ...(damaged
      ? { damage: (['lost-cell', 'shifted', 'merged-row', 'number-too-many'] as const)[chance(4)]! }
      : {}),
  };
}

/** The document of one report. */
export function grow(report: GrownReport, shape: Shape, chance: Chance): Grown {
  return new Grower(report, shape, chance).grow();
}

/** Several reports in one page. */
export function together(all: readonly Grown[]): GrownBlock[] {
  return all.flatMap((one) => one.blocks);
}

class Grower {
  readonly #format: Format;
  readonly #truth = new Map<CellId, number | string | null>();
  readonly #damaged = new Set<CellId>();

  constructor(
    readonly report: GrownReport,
    readonly shape: Shape,
    readonly chance: Chance,
  ) {
    this.#format = FORMATS[report.version];
  }

  grow(): Grown {
    const { report, shape } = this;
    const [, second, third, fourth, fifth, sixth] = this.#format.sections;
    const titles: Readonly<Record<string, string>> = {
      disclosure: second!,
      requests: third!,
      proceedings: fourth!,
    };
    const blocks: GrownBlock[] = [
      `${report.organization}${String(report.year)}年政府信息公开工作年度报告`,
      '一、总体情况',
      `${String(report.year)}年，本单位认真贯彻落实《中华人民共和国政府信息公开条例》，全年主动公开信息1280条。`,
    ];
    const drawn = this.#format.tables.filter((table) => shape.tables?.includes(table.id) ?? true);
    const rowsOf = new Map(drawn.map((table) => [table.id, this.#table(table)]));
    if (shape.together === true) {
      const rows = drawn.flatMap((table): GrownRow[] => {
        const own = rowsOf.get(table.id)!;
        const title: GrownRow = {
          kind: 'head',
          cells: [{ text: titles[table.id]!, colSpan: this.#width(own), rowSpan: 1, side: 'head' }],
        };
        return shape.sections === 'none' ? own : [title, ...own];
      });
      blocks.push({ table: 'all', rows });
    } else {
      for (const table of drawn) {
        if (shape.sections !== 'after' && shape.sections !== 'none') blocks.push(titles[table.id]!);
        blocks.push(...this.#pages(table.id, rowsOf.get(table.id)!));
        if (shape.sections === 'after') blocks.push(titles[table.id]!);
      }
    }
    if (shape.copies === true) {
      const tables = blocks.filter((block) => typeof block !== 'string');
      blocks.push('文字版', ...tables.map((block) => ({ ...block, rows: block.rows.map(copyRow) })));
    }
    blocks.push(
      fifth!,
      '存在的主要问题：公开的3个方面还不够深入。改进措施：2025年继续加强。',
      sixth!,
      '本年度收取信息处理费0元，无其他需要报告的事项。',
    );
    return { blocks, report, truth: this.#truth, damaged: this.#damaged };
  }

  #width(rows: readonly GrownRow[]): number {
    return Math.max(...rows.map(({ cells }) => cells.reduce((sum, cell) => sum + cell.colSpan, 0)));
  }

  #table(table: Table): GrownRow[] {
    const { shape } = this;
    let rows: GrownRow[];
    if (table.id === 'disclosure') rows = this.#disclosure(table);
    else rows = table.id === 'requests' ? this.#requests(table) : this.#proceedings(table);
    if (shape.rowNumbers === true && table.id !== 'proceedings') this.#number(rows);
    if (shape.damage !== undefined && table.id === 'requests') this.#damage(rows);
    if (shape.fillers !== undefined)
      for (const row of rows) {
        if (row.kind === 'value-line') continue;
        if (shape.fillers === 'all' || this.chance(3) === 0) row.cells.push(blank(), blank());
      }
    if (shape.spans !== undefined && shape.spans !== 'right') this.#spoilSpans(rows, shape.spans);
    return rows;
  }

  #heading(cell: Extract<LayoutCell, { heading: string }>, side: GrownCell['side']): GrownCell {
    return {
      text: this.#label(cell.heading),
      colSpan: cell.colSpan,
      rowSpan: cell.rowSpan,
      ...(side === undefined ? {} : { side }),
    };
  }

  #value(id: CellId, colSpan = 1): GrownCell {
    const value = this.report.cells[id] ?? null;
    this.#truth.set(id, value);
    return { text: this.#text(value, id), colSpan, rowSpan: 1, cell: id };
  }

  #extra(value: number): GrownCell {
    return { text: this.#text(value, ''), colSpan: 1, rowSpan: 1, value: true };
  }

  #number(rows: GrownRow[]): void {
    let number = 0;
    rows.forEach((row) => {
      if (row.kind === 'row') number += 1;
      const text = row.kind === 'row' ? String(number) : number === 0 ? '序号' : '';
      row.cells.unshift({ ...blank(), text });
    });
  }

  #disclosure(table: Table): GrownRow[] {
    const narrow = this.shape.narrow === true;
    return table.layout.rows.map((row) => {
      const isHead = !row.some((cell) => 'cell' in cell);
      return {
        kind: isHead ? 'head' : 'row',
        cells: row.map((cell) => {
          const span = narrow && row.length > 1 ? 1 : cell.colSpan;
          if ('cell' in cell) return this.#value(cell.cell, span);
          return { ...this.#heading(cell, isHead ? 'head' : 'row'), colSpan: span };
        }),
      };
    });
  }

  #requests(table: Table): GrownRow[] {
    const { shape, report } = this;
    const block = table.blocks[0]!;
    const order = this.#columnOrder(block.columns.map((column) => column.id));
    const depth = shape.groups === 'none' ? 1 : 3;
    const rows = this.#requestHead(order, depth);
    const oneRow = shape.oneRowOther === true && report.version === '2021';
    const list = block.rows
      .filter((row) => !oneRow || !/^other\.(correction|fee)/.test(row.id))
      .map((row) => (oneRow && row.id === 'other.other' ? { ...row, path: row.path.slice(0, -1) } : row));
    const valueOf = (id: string, column: string): GrownCell => {
      const cell = `requests/${id}/${column}`;
      if (!oneRow || id !== 'other.other') return this.#value(cell);
      const parts = ['correction-overdue', 'fee-overdue', 'other'].map(
        (part) => report.cells[`requests/other.${part}/${column}`] ?? null,
      );
      const numbers = parts.filter((part) => typeof part === 'number');
      const sum = numbers.length === 0 ? (parts[2] ?? null) : numbers.reduce((a, b) => a + b, 0);
      this.#truth.set(cell, sum);
      return { text: this.#text(sum, cell), colSpan: 1, rowSpan: 1, cell };
    };
    let before: readonly string[] = [];
    list.forEach((row, index) => {
      const labels: GrownCell[] = [];
      const group = row.path[row.path.length - 2];
      const subtotal = shape.subtotalRows !== undefined && row.path.length === 3;
      const isFirst = group !== before[before.length - 2];
      const span = (level: number): number => {
        let count = 0;
        let extra = 0;
        for (let at = index; at < list.length; at += 1) {
          const path = list[at]!.path;
          if (path.length <= level + 1 || path[level] !== row.path[level]) break;
          count += 1;
          const own = path[path.length - 2];
          if (shape.subtotalRows !== undefined && path.length === 3 && list[at + 1]?.path[1] !== own)
            extra += 1;
        }
        return count + extra;
      };
      row.path.forEach((text, level) => {
        const last = level === row.path.length - 1;
        if (shape.groups === 'none' && !last) return;
        const fresh = last || before.length <= level + 1 || before[level] !== text;
        if (!fresh && (shape.groups ?? 'spanned') === 'spanned') return;
        labels.push({
          text: fresh || shape.groups === 'repeated' ? this.#label(text) : '',
          colSpan: last ? Math.max(1, depth - level) : 1,
          rowSpan: last || (shape.groups ?? 'spanned') !== 'spanned' ? 1 : span(level),
          side: last ? 'row' : 'group',
        });
      });
      if (shape.groups === 'none' && isFirst && row.path.length === 3 && this.chance(2) === 0)
        rows.push({
          kind: 'head',
          cells: [{ text: this.#label(group!), colSpan: order.length + depth, rowSpan: 1, side: 'group' }],
        });
      before = row.path;
      const values: GrownCell[] = order.map((column) =>
        column === 'subtotal'
          ? this.#extra(
              ['enterprise', 'research', 'social', 'legal-service', 'other'].reduce(
                (sum, id) => sum + numberOf(report.cells[`requests/${row.id}/${id}`]),
                0,
              ),
            )
          : valueOf(row.id, column),
      );
      rows.push({ kind: 'row', cells: [...labels, ...values] });
      const lastOfGroup = list[index + 1]?.path[1] !== row.path[1];
      if (subtotal && lastOfGroup) {
        const own = list.filter((one) => one.path.length === 3 && one.path[1] === row.path[1]);
        const sums = order.map((column): GrownCell => {
          if (shape.subtotalRows === 'blank') return blank();
          const ids =
            column === 'subtotal' ? ['enterprise', 'research', 'social', 'legal-service', 'other'] : [column];
          return this.#extra(
            own.reduce(
              (sum, one) =>
                sum + ids.reduce((all, id) => all + numberOf(report.cells[`requests/${one.id}/${id}`]), 0),
              0,
            ),
          );
        });
        const spans: GrownCell[] =
          (shape.groups ?? 'spanned') === 'spanned' || shape.groups === 'none'
            ? []
            : [1, 2].map((level) => ({
                ...blank(),
                text: shape.groups === 'repeated' ? this.#label(row.path[level - 1]!) : '',
                side: 'group' as const,
              }));
        rows.push({ kind: 'row', cells: [...spans, { ...blank(), text: '小计', side: 'row' }, ...sums] });
      }
    });
    return rows;
  }

  #columnOrder(ids: readonly string[]): string[] {
    const { shape } = this;
    let order = [...ids];
    if (shape.columns === 'shuffled')
      for (let at = order.length - 1; at > 0; at -= 1) {
        const other = this.chance(at + 1);
        [order[at], order[other]] = [order[other]!, order[at]!];
      }
    if (shape.columns === 'total-first') order = ['total', ...order.filter((id) => id !== 'total')];
    if (shape.subtotalColumn === 'before')
      order.splice(Math.max(0, order.indexOf('natural-person') + 1), 0, 'subtotal');
    if (shape.subtotalColumn === 'after') order.splice(order.indexOf('other') + 1, 0, 'subtotal');
    // Without a heading nothing says the order.
    if (shape.head === 'none') return [...ids];
    return order;
  }

  #requestHead(order: readonly string[], depth: number): GrownRow[] {
    const { shape } = this;
    const columns = FORMATS[this.report.version].tables[1]!.blocks[0]!.columns;
    const corner = FORMATS[this.report.version].tables[1]!.blocks[0]!.corner!;
    const name = (id: string): string =>
      this.#label(id === 'subtotal' ? '小计' : columns.find((column) => column.id === id)!.label);
    const head = (text: string, colSpan = 1, rowSpan = 1): GrownCell => ({
      text,
      colSpan,
      rowSpan,
      side: 'head',
    });
    const row = (...cells: GrownCell[]): GrownRow => ({ kind: 'head', cells });
    const cornerCell = (rows: number): GrownCell => head(this.#label(corner), depth, rows);
    if (shape.head === 'none') return [];
    if (shape.head === 'one-row') return [row(cornerCell(1), ...order.map((id) => head(name(id))))];
    const outside = (id: string): boolean => id === 'natural-person' || id === 'total';
    const second: GrownCell[] = [];
    const third: GrownCell[] = [];
    const fourth: GrownCell[] = [];
    const cut = shape.head === 'cut-words';
    for (let at = 0; at < order.length; at += 1) {
      const id = order[at]!;
      if (outside(id)) {
        second.push(head(name(id), 1, cut ? 3 : 2));
        continue;
      }
      if (at === 0 || outside(order[at - 1]!)) {
        let span = 1;
        while (at + span < order.length && !outside(order[at + span]!)) span += 1;
        second.push(head(this.#label('法人或其他组织'), span));
      }
      const text = name(id);
      if (cut && text.length === 4) {
        third.push(head(text.slice(0, 2)));
        fourth.push(head(text.slice(2)));
      } else third.push(head(text, 1, cut ? 2 : 1));
    }
    const rows = [
      row(cornerCell(cut ? 4 : 3), head(this.#label('申请人情况'), order.length)),
      row(...second),
      row(...third),
    ];
    if (cut) rows.push(row(...fourth));
    if (shape.head === 'empty-row')
      rows.splice(this.chance(2) * 3, 0, row(...Array.from({ length: depth + order.length }, () => blank())));
    return rows;
  }

  #proceedings(table: Table): GrownRow[] {
    const { shape } = this;
    const block = table.blocks[0]!;
    if (shape.proceedings === 'three-rows') {
      const rows: GrownRow[] = [
        {
          kind: 'head',
          cells: ['类别', ...block.columns.map((column) => column.label)].map((text) => ({
            text: this.#label(text),
            colSpan: 1,
            rowSpan: 1,
            side: 'head' as const,
          })),
        },
      ];
      for (const row of block.rows)
        rows.push({
          kind: 'row',
          cells: [
            { text: this.#label(row.path[row.path.length - 1]!), colSpan: 1, rowSpan: 1, side: 'row' },
            ...block.columns.map((column) => this.#value(`proceedings/${row.id}/${column.id}`)),
          ],
        });
      return rows;
    }
    const rows = table.layout.rows.map((row): GrownRow => ({
      kind: row.some((cell) => 'cell' in cell) ? 'value-line' : 'head',
      cells: row.map((cell) => ('cell' in cell ? this.#value(cell.cell) : this.#heading(cell, 'head'))),
    }));
    if (shape.proceedings === 'short-head') return rows.slice(-2);
    return shape.proceedings === 'no-head' ? rows.slice(1) : rows;
  }

  /** Some rows of 表三 lose a cell, are moved, are merged into one, or get a number that belongs to nobody. */
  #damage(rows: GrownRow[]): void {
    for (const row of rows) {
      const at = row.cells.findIndex((cell) => cell.cell !== undefined);
      if (row.kind !== 'row' || at < 0 || this.chance(4) > 0) continue;
      const count = row.cells.length - at;
      const which = at + this.chance(count);
      const spoilt = row.cells.slice(at).flatMap((cell) => (cell.cell === undefined ? [] : [cell.cell]));
      if (this.shape.damage === 'lost-cell') row.cells.splice(which, 1);
      else if (this.shape.damage === 'number-too-many')
        row.cells.splice(which, 0, { ...blank(), text: String(this.chance(9)), value: true });
      else if (this.shape.damage === 'shifted')
        row.cells.splice(this.chance(2) === 0 ? at : which, 0, blank());
      else {
        const numbers = row.cells.slice(at).filter((cell) => cell.cell !== undefined);
        if (new Set(numbers.map((cell) => cell.text)).size > 1) continue;
        row.cells.splice(at, count, { text: numbers[0]!.text, colSpan: count, rowSpan: 1, value: true });
      }
      for (const cell of spoilt) this.#damaged.add(cell);
    }
  }

  #spoilSpans(rows: readonly GrownRow[], how: 'none' | 'wrong-labels' | 'wrong-heads'): void {
    for (const row of rows) {
      for (const cell of row.cells) {
        if (how === 'none') {
          cell.colSpan = 1;
          cell.rowSpan = 1;
        } else if (how === 'wrong-labels' && (cell.side === 'row' || cell.side === 'group')) {
          if (this.chance(4) === 0) cell.colSpan = Math.max(1, cell.colSpan + this.chance(3) - 1);
          if (this.chance(4) === 0) cell.rowSpan = Math.max(1, cell.rowSpan + this.chance(3) - 1);
        } else if (how === 'wrong-heads' && row.kind === 'head' && cell.side === 'head') {
          if (this.chance(5) === 0) cell.colSpan = Math.max(1, cell.colSpan + this.chance(3) - 1);
          if (this.chance(5) === 0) cell.rowSpan = Math.max(1, cell.rowSpan + this.chance(3) - 1);
        }
      }
    }
  }

  /** A table over several pages. */
  #pages(table: string, rows: GrownRow[]): GrownBlock[] {
    const { shape } = this;
    if (shape.pages === undefined || table === 'proceedings') return [{ table, rows }];
    const headEnd = rows.findIndex((row) => row.kind !== 'head');
    const cuts =
      table === 'disclosure'
        ? [Math.min(rows.length - 1, 5)]
        : [headEnd + 3 + this.chance(5), headEnd + 12 + this.chance(8)];
    const head = rows.slice(0, headEnd);
    const parts: GrownRow[][] = [];
    let from = 0;
    for (const cut of [...cuts, rows.length]) {
      parts.push(rows.slice(from, cut));
      from = cut;
    }
    // What spanned rows of the next page ends here, and is not drawn again.
    for (const part of parts)
      part.forEach((row, index) => {
        for (const cell of row.cells) cell.rowSpan = Math.min(cell.rowSpan, part.length - index);
      });
    if (shape.pages === 'one-table')
      return [
        {
          table,
          rows: parts.flatMap((part, index) => (index === 0 ? part : [...head.map(copyRow), ...part])),
        },
      ];
    return parts.flatMap((part, index): GrownBlock[] => {
      const again = index > 0 && shape.pages === 'repeated' && table === 'requests' ? head.map(copyRow) : [];
      return [...(index > 0 ? [`- ${String(index)} -`] : []), { table, rows: [...again, ...part] }];
    });
  }

  #label(text: string): string {
    switch (this.shape.labels) {
      case 'spaced':
        return text.length <= 6
          ? [...text].join(this.chance(2) === 0 ? ' ' : '\u3000')
          : text.replace('大量', '大量 ');
      case 'slips':
        return this.#slip(text);
      case 'short':
        return SHORT[text] ?? text;
      case 'traditional':
        return [...text].map((one) => TRADITIONAL[one] ?? one).join('');
      case 'numbering':
        return text
          .replace(/^(\d)\./, (_, digit: string) => `${digit}${['．', '、', '', '. '][this.chance(4)]!}`)
          .replace(
            /^（(.)）/,
            (_, digit: string) => [`(${digit})`, `（ ${digit} ）`, `(${digit}）`][this.chance(3)]!,
          )
          .replace(/[“”]/g, '"');
      default:
        return text;
    }
  }

  /** One character of a long label is lost, or typed twice. */
  #slip(text: string): string {
    if (text.length < 8 || this.chance(3) > 0) return text;
    const at = 3 + this.chance(text.length - 4);
    return this.chance(2) === 0
      ? text.slice(0, at) + text.slice(at + 1)
      : text.slice(0, at) + text.slice(at - 1);
  }

  #text(value: number | string | null, id: CellId): string {
    if (value === null) return '';
    if (typeof value === 'string') return value;
    const plain = String(value);
    switch (this.shape.values) {
      case 'full-width':
        return plain.replace(/[\d.]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
      case 'thousands':
        return plain.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, this.chance(4) === 0 ? '，' : ',');
      case 'units':
        if (id.endsWith('/amount') || id.includes('/fees/')) return `${plain}万元`;
        return this.chance(3) === 0 ? `${plain}件` : plain;
      case 'spaces':
        return [' ', '\u00a0', '\u3000', ''][this.chance(4)]! + plain + ['', ' '][this.chance(2)]!;
      default:
        return plain;
    }
  }
}

function blank(): GrownCell {
  return { text: '', colSpan: 1, rowSpan: 1 };
}

function copyRow(row: GrownRow): GrownRow {
  return { ...row, cells: row.cells.map((cell) => ({ ...cell })) };
}

function numberOf(value: number | string | null | undefined): number {
  return typeof value === 'number' ? value : 0;
}

const SHORT: Readonly<Record<string, string>> = {
  '一、本年新收政府信息公开申请数量': '一、本年新收申请数量',
  '二、上年结转政府信息公开申请数量': '二、上年结转',
  '（二）部分公开（区分处理的，只计这一情形，不计其他情形）': '（二）部分公开',
  '3.危及“三安全一稳定”': '3.三安全一稳定',
  '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请': '1.申请人无正当理由逾期不补正',
  '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请':
    '2.申请人逾期未按收费通知要求缴纳费用',
  '5.要求行政机关确认或重新出具已获取信息': '5.要求行政机关确认或重新出具',
  行政规范性文件: '规范性文件',
  '本年收费金额（单位：万元）': '本年收费金额',
  '四、结转下年度继续办理': '四、结转下年度',
};

const TRADITIONAL: Readonly<Record<string, string>> = {
  内: '內(nèi)',
  国: '國(guó)',
  请: '請(qǐng)',
  总: '總(zǒng)',
  计: '計(jì)',
  业: '業(yè)',
  机: '機(jī)',
  组: '組(zǔ)',
  织: '織(zhī)',
  会: '會(huì)',
  务: '務(wù)',
  结: '結(jié)',
  维: '維(wéi)',
  纠: '糾(jiū)',
  审: '審(shěn)',
  处: '處(chù)',
  开: '開(kāi)',
  数: '數(shù)',
  废: '廢(fèi)',
  发: '發(fā)',
  费: '費(fèi)',
  属: '屬(shǔ)',
  复: '復(fù)',
  议: '議(yì)',
  诉: '訴(sù)',
  讼: '訟(sòng)',
  经: '經(jīng)',
  规: '規(guī)',
};
