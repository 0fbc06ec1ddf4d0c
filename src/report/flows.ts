/**
 * Where the requests of 表三 come from and where they go, for one column: 新收 and 上年结转 in, the groups of results and
 * 结转下年度 out, and by how much that does not come out even. Groups are read from the format. Knows no picture and says
 * nothing in words.
 */
import type { Values } from '../checks/checked-report.ts';
import type { CellId } from '../format/entry.ts';
import { cellId, type Format, type RowDefinition, type Table } from '../format/format.ts';
import type { Quantity } from '../format/quantity.ts';

/** One stream: a row, or all rows of a group of results. */
export interface Flow {
  /** The row's id, or what its group's rows have in common: `denied`. */
  readonly id: string;
  /** As on paper: （三）不予公开. */
  readonly label: string;
  readonly cells: readonly CellId[];
  /** The sum of those cells that have a number; undefined where none has. */
  readonly quantity: Quantity | undefined;
  /** How many of its cells have no number. */
  readonly unknown: number;
}

/** One equation of the column: both sides, and by how much the left one is more. */
export interface Balance {
  readonly rule: 'T3-01' | 'T3-02';
  readonly left: Quantity;
  readonly right: Quantity;
  readonly difference: Quantity;
  /** Cells without a number: while there is one, the sides are only what is known of them. */
  readonly pending: number;
}

export interface ColumnFlows {
  readonly column: string;
  readonly label: string;
  readonly received: Flow;
  readonly carriedOver: Flow;
  /** （一） to （六） of 三、本年度办理结果, in the order of the form. */
  readonly results: readonly Flow[];
  /** （七）总计 as the rules read it: the control total where there is one. */
  readonly total: Flow;
  readonly carriedForward: Flow;
  /** 新收＋上年结转 against （七）总计＋结转下年度. */
  readonly throughput: Balance;
  /** The rows of results against （七）总计. */
  readonly breakdown: Balance;
}

/** As they stand in the cells: a total is what its parts add up to, whatever control total was stated. */
export function valuesInCells(values: Values): Values {
  const { totals } = values;
  return {
    ...values,
    value: (cell) => (totals.has(cell) ? totals.get(cell) : values.value(cell)),
  };
}

/** The columns of 表三 in the order of the form. */
export function flowColumns(format: Format): readonly string[] {
  return requestsOf(format).blocks[0]!.columns.map((column) => column.id);
}

export function flowsOf(format: Format, values: Values, column: string): ColumnFlows {
  const { rows } = requestsOf(format).blocks[0]!;
  const flow = (id: string, label: string, ids: readonly string[]): Flow => {
    const cells = ids.map((row) => cellId(TABLE, row, column));
    const known = cells.flatMap((cell) => values.value(cell) ?? []);
    return {
      id,
      label,
      cells,
      quantity: known.length === 0 ? undefined : sum(known),
      unknown: cells.length - known.length,
    };
  };
  const row = (id: string): Flow => flow(id, format.cellsById.get(cellId(TABLE, id, column))!.rowLabel, [id]);

  const groups = new Map<string, RowDefinition[]>();
  for (const outcome of rows.filter((one) => one.outcome === true)) {
    const group = outcome.path[1]!;
    groups.set(group, [...(groups.get(group) ?? []), outcome]);
  }
  const results = [...groups].map(([label, members]) => {
    const [first] = members;
    // A row that is its own group: its label without the counting note.
    if (first!.path.length === 2) return row(first!.id);
    return flow(
      first!.id.split('.')[0]!,
      label,
      members.map((member) => member.id),
    );
  });

  const received = row('received');
  const carriedOver = row('carried-over');
  const total = row('total');
  const carriedForward = row('carried-forward');
  return {
    column,
    label: format.cellsById.get(received.cells[0]!)!.columnLabel,
    received,
    carriedOver,
    results,
    total,
    carriedForward,
    throughput: balance('T3-01', [received, carriedOver], [total, carriedForward]),
    breakdown: balance('T3-02', results, [total]),
  };
}

/** The equations of a column that are violated: with all their cells filled, and not even. */
export function leaksOf(flows: ColumnFlows): readonly Balance[] {
  return [flows.throughput, flows.breakdown].filter(
    ({ pending, difference }) => pending === 0 && difference !== 0n,
  );
}

const TABLE = 'requests';

function requestsOf(format: Format): Table {
  return format.tables.find((table) => table.id === TABLE)!;
}

function balance(rule: Balance['rule'], left: readonly Flow[], right: readonly Flow[]): Balance {
  const known = (side: readonly Flow[]): Quantity => sum(side.map((flow) => flow.quantity ?? 0n));
  const [leftSum, rightSum] = [known(left), known(right)];
  return {
    rule,
    left: leftSum,
    right: rightSum,
    difference: leftSum - rightSum,
    pending: [...left, ...right].reduce((count, flow) => count + flow.unknown, 0),
  };
}

function sum(quantities: readonly Quantity[]): Quantity {
  return quantities.reduce((so, one) => so + one, 0n);
}
