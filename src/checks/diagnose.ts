/**
 * Which cell is wrong: the smallest set of cells whose change makes every equation hold (Fellegi–Holt error
 * localisation), all such sets ranked by how people mistype and misplace numbers. Pure; names no table, says nothing in
 * words, and never takes longer than it is given.
 *
 * A total that was stated counts as evidence, on an equal footing with the cells it adds up; a computed one follows its
 * parts. In every smallest set some equation contains exactly one of its cells, which alone must make up for what that
 * equation lacks: so the search tries each cell of each violated equation with the one number that settles it.
 */
import { quantityOf, type CellId } from '../format/entry.ts';
import type { CellDefinition } from '../format/format.ts';
import type { Quantity } from '../format/quantity.ts';
import { valuesOf, type CheckedReport, type Values } from './checked-report.ts';
import { equationsOf } from './check-report.ts';
import type { Rule } from './rule.ts';
import { costOf, slipBetween, type Slip } from './slips.ts';

export interface CellChange {
  readonly cell: CellId;
  readonly from: Quantity;
  readonly to: Quantity;
  readonly slip: Slip;
}

export interface Repair {
  readonly changes: readonly CellChange[];
  /** Ids of the rules whose equations hold again, once each. */
  readonly rules: readonly string[];
  /** How many equations those are. */
  readonly equations: number;
  /** Lower is likelier; two repairs of nearly the same cost are a tie. */
  readonly cost: number;
}

export interface Diagnosis {
  /** Best first; empty where nothing is wrong, and where nothing was found in time. */
  readonly repairs: readonly Repair[];
  /** How many of them, from the first, are equally likely. */
  readonly tied: number;
  /** False: the search was ended by its limit, or found nothing: a better repair may exist. */
  readonly complete: boolean;
}

export interface DiagnoseOptions {
  readonly previous?: CheckedReport | undefined;
  /** Milliseconds; 50 where it is not given. */
  readonly limit?: number;
  /** Most repairs given back; 10 where it is not given. */
  readonly most?: number;
  readonly now?: () => number;
}

/** Changed cells tried together by a search that leaves nothing out; beyond it only steps that settle something. */
const THOROUGH = 3;
const MOST_CELLS = 8;
/** Sets of one size that are rated; where there are more, nobody could tell them apart. */
const MOST_SETS = 3_000;
/** A cost this much higher is no tie any more. */
const TIE = 0.02;
const UNIT = 1_000_000n;
/** Counts have 12 digits; a column of 25 of them is still exact. */
const LARGEST = 2 ** 50;

export function diagnose(
  report: CheckedReport,
  rules: readonly Rule[],
  options: DiagnoseOptions = {},
): Diagnosis {
  const { most = 10, now = Date.now } = options;
  const end = now() + (options.limit ?? 50);
  const system = systemOf(report, rules);
  const clock = { isUp: false, tick: 0 };
  const isLate = (): boolean => {
    if (!clock.isUp && (clock.tick = (clock.tick + 1) % 8) === 0) clock.isUp = now() > end;
    return clock.isUp;
  };
  const judge = new Judge(report, options.previous);
  let repairs: readonly Repair[] = [];
  for (const part of partsOf(system).filter(({ violated }) => violated > 0)) {
    const found = new Search(part, judge, most, isLate).run();
    if (found.length === 0) return { repairs: [], tied: 0, complete: false };
    const rulesOfPart = part.equations.filter((equation) => equation.residual !== 0);
    const own = found.map((set): Repair => ({
      changes: set.changes,
      rules: [...new Set(rulesOfPart.map((equation) => equation.rule))],
      equations: rulesOfPart.length,
      cost: set.cost,
    }));
    repairs = repairs.length === 0 ? own : combined(repairs, own, most);
  }
  const best = repairs[0]?.cost ?? 0;
  return {
    repairs,
    tied: repairs.filter((repair) => repair.cost <= best + TIE).length,
    complete: !clock.isUp,
  };
}

/** Repairs of two parts that share no cell: every pair is a repair of both. */
function combined(left: readonly Repair[], right: readonly Repair[], most: number): Repair[] {
  return left
    .flatMap((a) =>
      right.map((b) => ({
        changes: [...a.changes, ...b.changes],
        rules: [...new Set([...a.rules, ...b.rules])],
        equations: a.equations + b.equations,
        cost: a.cost + b.cost,
      })),
    )
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most);
}

// The equations as numbers

interface Variable {
  readonly cell: CellId;
  readonly value: number;
  readonly isTotal: boolean;
  readonly equations: number[];
  readonly times: number[];
}

interface LinearEquation {
  readonly rule: string;
  readonly variables: number[];
  readonly times: number[];
  /** What the left side has too much. */
  residual: number;
}

interface System {
  readonly variables: readonly Variable[];
  readonly equations: readonly LinearEquation[];
}

/** The equations whose cells all have whole numbers; computed totals are replaced by what they add up. */
function systemOf(report: CheckedReport, rules: readonly Rule[]): System {
  const values = valuesOf(report);
  const { cellsById } = report.format;
  const variables: Variable[] = [];
  const indexes = new Map<CellId, number>();
  const equations: LinearEquation[] = [];

  const isEvidence = (cell: CellId): boolean =>
    quantityOf(report.reported.get(cell)) !== undefined || report.stated?.has(cell) === true;
  /** Adds `times` × cell; false where it has no number to reckon with. */
  const add = (sum: Map<CellId, number>, cell: CellId, times: number): boolean => {
    const operands = cellsById.get(cell)?.operands;
    if (operands !== undefined && !isEvidence(cell))
      return operands.every((operand) => add(sum, operand, times));
    const entry = report.entries.get(cell);
    if (entry?.kind === 'merged') return true;
    const value = values.value(cell);
    if (value === undefined || value % UNIT !== 0n || Number(value / UNIT) > LARGEST) return false;
    sum.set(cell, (sum.get(cell) ?? 0) + times);
    return true;
  };

  for (const { rule, terms } of equationsOf(rules, report.format)) {
    const sum = new Map<CellId, number>();
    if (!terms.every((term) => add(sum, term.cell, Number(term.times)))) continue;
    const equation: LinearEquation = { rule, variables: [], times: [], residual: 0 };
    for (const [cell, times] of sum) {
      if (times === 0) continue;
      let index = indexes.get(cell);
      if (index === undefined) {
        index = variables.length;
        indexes.set(cell, index);
        const value = Number(values.value(cell)! / UNIT);
        const isTotal = cellsById.get(cell)?.operands !== undefined;
        variables.push({ cell, value, isTotal, equations: [], times: [] });
      }
      equation.variables.push(index);
      equation.times.push(times);
      equation.residual += times * variables[index]!.value;
      variables[index]!.equations.push(equations.length);
      variables[index]!.times.push(times);
    }
    if (equation.variables.length > 0) equations.push(equation);
  }
  return { variables, equations };
}

interface Part extends System {
  readonly violated: number;
}

/** Equations that share cells, directly or over others, belong together; what shares none is solved apart. */
function partsOf({ variables, equations }: System): Part[] {
  const partOf = Array<number>(equations.length).fill(-1);
  let count = 0;
  equations.forEach((_, start) => {
    if (partOf[start] !== -1) return;
    const open = [start];
    partOf[start] = count;
    for (let equation = open.pop(); equation !== undefined; equation = open.pop()) {
      for (const variable of equations[equation]!.variables) {
        for (const next of variables[variable]!.equations) {
          if (partOf[next] !== -1) continue;
          partOf[next] = count;
          open.push(next);
        }
      }
    }
    count += 1;
  });
  return Array.from({ length: count }, (_, part) => {
    const own = equations.flatMap((equation, index) => (partOf[index] === part ? [{ equation, index }] : []));
    const newEquation = new Map(own.map(({ index }, at) => [index, at]));
    const kept = variables
      .map((variable, index) => ({ variable, index }))
      .filter(({ variable }) => newEquation.has(variable.equations[0]!));
    const newVariable = new Map(kept.map(({ index }, at) => [index, at]));
    return {
      variables: kept.map(({ variable }) => ({
        ...variable,
        equations: variable.equations.map((equation) => newEquation.get(equation)!),
      })),
      equations: own.map(({ equation }) => ({
        ...equation,
        variables: equation.variables.map((variable) => newVariable.get(variable)!),
      })),
      violated: own.filter(({ equation }) => equation.residual !== 0).length,
    };
  });
}

// How likely a set of changes is

interface ChangedCell {
  readonly cell: CellId;
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
}

interface RatedSet {
  readonly changes: readonly CellChange[];
  readonly cost: number;
}

/** Knows where cells stand on paper and what stood there last year. */
class Judge {
  private readonly places = new Map<CellId, { readonly table: string; row: number; column: number }>();
  private readonly values;
  private readonly last;

  constructor(
    private readonly report: CheckedReport,
    previous: CheckedReport | undefined,
  ) {
    this.values = valuesOf(report);
    this.last = previous === undefined ? undefined : valuesOf(previous);
    for (const table of report.format.tables) {
      table.layout.matrix.forEach((cells, row) =>
        cells.forEach((cell, column) => {
          if (cell !== undefined) this.places.set(cell, { table: table.id, row, column });
        }),
      );
    }
  }

  rate(set: readonly ChangedCell[]): RatedSet {
    const slips = set.map((change) => this.slipOf(change));
    const alone = set.map(
      (change, index) => this.weight(change) + costOf(slips[index]!, change.from, change.to),
    );
    let cost = alone.reduce((sum, own) => sum + own, 0);
    const isPaired = new Set<number>();
    set.forEach((a, i) =>
      set.forEach((b, j) => {
        if (i >= j || a.to - a.from !== b.from - b.to) return;
        const slip = this.slipOfPair(a, b);
        if (slip === undefined) return;
        // Two changes, but one slip of one hand.
        const together = (slip === 'counted-elsewhere' ? 1.4 : 1) + costOf(slip, a.from, a.to);
        const apart = alone[i]! + alone[j]!;
        if (together >= apart || isPaired.has(i) || isPaired.has(j)) return;
        isPaired.add(i).add(j);
        cost += together - apart;
        slips[i] = slip;
        slips[j] = slip;
      }),
    );
    return this.rated(set, slips, cost);
  }

  /** A stretch of cells that stands one place off: one slip, however many cells. */
  rateShift(set: readonly ChangedCell[]): RatedSet {
    return this.rated(
      set,
      set.map((): Slip => 'shifted'),
      1.2 + costOf('shifted', 0, 0),
    );
  }

  private rated(set: readonly ChangedCell[], slips: readonly Slip[], cost: number): RatedSet {
    return {
      cost,
      changes: set.map(({ cell, from, to }, index) => ({
        cell,
        from: BigInt(from) * UNIT,
        to: BigInt(to) * UNIT,
        slip: slips[index]!,
      })),
    };
  }

  /** What was added up is checked more often than what was typed. */
  private weight({ isTotal }: ChangedCell): number {
    return isTotal ? 1.03 : 1;
  }

  private slipOf({ cell, from, to, isTotal }: ChangedCell): Slip {
    const plain = slipBetween(from, to);
    const better = (slip: Slip): boolean => costOf(slip, from, to) < costOf(plain, from, to);
    if (isTotal && better('total-not-carried') && this.leavesOutOne(cell, from, to))
      return 'total-not-carried';
    if (better('split-number') && this.isSplit(cell, from, to)) return 'split-number';
    if (
      better('copied-from-last-year') &&
      from !== 0 &&
      this.last !== undefined &&
      this.number(cell, this.last) === from
    )
      return 'copied-from-last-year';
    return plain;
  }

  /** Never added up, or one part left out or taken twice. */
  private leavesOutOne(cell: CellId, from: number, to: number): boolean {
    if (from === 0) return true;
    const operands = this.report.format.cellsById.get(cell)?.operands ?? [];
    return operands.some((operand) => {
      const value = this.number(operand);
      return value !== undefined && value !== 0 && (to - value === from || to + value === from);
    });
  }

  /** 1|0 for 10: the digits of the next cell belong to this one. */
  private isSplit(cell: CellId, from: number, to: number): boolean {
    const place = this.places.get(cell);
    if (place === undefined) return false;
    const right = this.cellAt(place.table, place.row, place.column + 1);
    const value = right === undefined ? undefined : this.number(right);
    return value !== undefined && value < 10 && to === from * 10 + value && from !== 0;
  }

  private slipOfPair(a: ChangedCell, b: ChangedCell): Slip | undefined {
    if (a.isTotal || b.isTotal) return undefined;
    const [p, q] = [this.places.get(a.cell), this.places.get(b.cell)];
    if (p === undefined || q === undefined || p.table !== q.table) return undefined;
    if (p.row !== q.row && p.column !== q.column) return undefined;
    const isNext = Math.abs(p.row - q.row) + Math.abs(p.column - q.column) === 1;
    if (a.to === b.from && b.to === a.from) {
      if (a.from === 0 || b.from === 0) return isNext ? 'neighbouring-cell' : 'counted-elsewhere';
      return isNext ? 'swapped-cells' : 'counted-elsewhere';
    }
    return 'counted-elsewhere';
  }

  /** Cells beside, above or below each other. */
  neighbours(): [CellId, CellId][] {
    const pairs: [CellId, CellId][] = [];
    for (const [cell, { table, row, column }] of this.places) {
      for (const next of [this.cellAt(table, row, column + 1), this.cellAt(table, row + 1, column)]) {
        if (next === undefined) continue;
        if (this.definition(cell).operands === undefined && this.definition(next).operands === undefined)
          pairs.push([cell, next]);
      }
    }
    return pairs;
  }

  /** Lines of cells as they stand on paper, inputs only. */
  lines(): CellId[][] {
    const lines = new Map<string, CellId[]>();
    for (const table of this.report.format.tables) {
      table.layout.matrix.forEach((cells, row) =>
        cells.forEach((cell, column) => {
          if (cell === undefined || this.definition(cell).operands !== undefined) return;
          for (const line of [`${table.id} row ${row}`, `${table.id} column ${column}`]) {
            const known = lines.get(line);
            if (known === undefined) lines.set(line, [cell]);
            else known.push(cell);
          }
        }),
      );
    }
    return [...lines.values()].filter((line) => line.length >= 3);
  }

  private definition(cell: CellId): CellDefinition {
    return this.report.format.cellsById.get(cell)!;
  }

  private cellAt(tableId: string, row: number, column: number): CellId | undefined {
    return this.report.format.tables.find((table) => table.id === tableId)?.layout.matrix[row]?.[column];
  }

  private number(cell: CellId, values: Values | undefined = this.values): number | undefined {
    const value = values?.value(cell);
    return value === undefined ? undefined : Number(value / UNIT);
  }
}

// The search

class Search {
  private readonly residual: number[];
  private violated: number;
  private readonly change: number[];
  private readonly chosen: number[] = [];
  private readonly found = new Map<string, RatedSet>();
  private readonly widest: number;
  /** Two neighbours that may hold each other's number, by the equations this would change. */
  private readonly swaps: (readonly [a: number, b: number, by: number])[][];

  constructor(
    private readonly part: Part,
    private readonly judge: Judge,
    private readonly most: number,
    private readonly isLate: () => boolean,
  ) {
    this.residual = part.equations.map((equation) => equation.residual);
    this.violated = part.violated;
    this.change = part.variables.map(() => 0);
    this.swaps = part.equations.map(() => []);
    const indexes = new Map(part.variables.map((variable, index) => [variable.cell, index]));
    let widest = Math.max(...part.variables.map((variable) => variable.equations.length));
    for (const [one, other] of judge.neighbours()) {
      const [a, b] = [indexes.get(one), indexes.get(other)];
      if (a === undefined || b === undefined) continue;
      const by = part.variables[b]!.value - part.variables[a]!.value;
      if (by === 0) continue;
      const touched = new Set([...part.variables[a]!.equations, ...part.variables[b]!.equations]);
      widest = Math.max(widest, touched.size);
      for (const equation of touched) this.swaps[equation]!.push([a, b, by]);
    }
    this.widest = widest;
  }

  /** The smallest sets, and stretches that stand one place off, best first. */
  run(): RatedSet[] {
    this.findShifts();
    for (let size = 1; size <= MOST_CELLS && !this.isLate(); size += 1) {
      const before = this.found.size;
      if (size <= THOROUGH) this.tryAll(size);
      else this.tryWhatSettles(size);
      if (this.found.size > before) break;
    }
    return [...this.found.values()].sort((a, b) => a.cost - b.cost).slice(0, this.most);
  }

  private tryAll(left: number): void {
    if (this.violated > this.widest * left || this.isLate()) return;
    if (left === 1) {
      this.tryLast();
      return;
    }
    const next = (): void => this.tryAll(left - 1);
    this.eachStep((variable, by) => this.tryStep(variable, by, next));
    for (const swap of this.swapsThatSettle()) this.trySwap(swap, next);
  }

  /** Each cell of each violated equation with the one number that settles it; what settles two is one step. */
  private eachStep(visit: (variable: number, by: number) => void): void {
    for (let index = 0; index < this.residual.length; index += 1) {
      if (this.residual[index] === 0) continue;
      const { variables, times } = this.part.equations[index]!;
      for (let at = 0; at < variables.length; at += 1) {
        const by = -this.residual[index]! / times[at]!;
        const variable = variables[at]!;
        if (this.canChange(variable, by) && !this.settlesEarlier(variable, by, index)) visit(variable, by);
      }
    }
  }

  /** Whether the same step is that of an equation before this one. */
  private settlesEarlier(variable: number, by: number, equation: number): boolean {
    const { equations, times } = this.part.variables[variable]!;
    for (let place = 0; equations[place]! < equation; place += 1) {
      if (this.residual[equations[place]!] === -by * times[place]!) return true;
    }
    return false;
  }

  private tryStep(variable: number, by: number, then: () => void): void {
    this.apply(variable, by);
    this.chosen.push(variable);
    then();
    this.chosen.pop();
    this.apply(variable, -by);
  }

  /** Swaps of neighbours after which fewer equations are violated than before. */
  private swapsThatSettle(): Set<readonly [number, number, number]> {
    const swaps = new Set<readonly [number, number, number]>();
    const before = this.violated;
    this.residual.forEach((residual, equation) => {
      if (residual === 0) return;
      for (const swap of this.swaps[equation]!) {
        if (swaps.has(swap)) continue;
        this.trySwap(swap, () => {
          if (this.violated < before) swaps.add(swap);
        });
      }
    });
    return swaps;
  }

  /** Does nothing where one of the two is changed already. */
  private trySwap([a, b, by]: readonly [number, number, number], then: () => void): void {
    if (this.change[a] !== 0 || this.change[b] !== 0) return;
    this.apply(a, by);
    this.apply(b, -by);
    this.chosen.push(a, b);
    then();
    this.chosen.length -= 2;
    this.apply(a, -by);
    this.apply(b, by);
  }

  /** The one cell that settles all that is left, where there is one. */
  private tryLast(): void {
    if (this.violated === 0) return;
    const first = this.residual.findIndex((residual) => residual !== 0);
    const equation = this.part.equations[first]!;
    equation.variables.forEach((index, at) => {
      const variable = this.part.variables[index]!;
      if (variable.equations.length !== this.violated) return;
      const by = -this.residual[first]! / equation.times[at]!;
      if (!this.canChange(index, by)) return;
      if (variable.equations.some((other, place) => this.residual[other] !== -by * variable.times[place]!))
        return;
      this.tryStep(index, by, () => this.keep());
    });
    for (const swap of this.swaps[first]!) {
      this.trySwap(swap, () => {
        if (this.violated === 0) this.keep();
      });
    }
  }

  /** As `tryAll`, but each step has to settle more than it upsets; the most settling first. */
  private tryWhatSettles(left: number): void {
    if (this.isLate()) return;
    if (this.violated === 0) {
      this.keep();
      return;
    }
    if (left === 0 || this.violated > this.widest * left) return;
    if (left === 1) {
      this.tryLast();
      return;
    }
    const steps: { readonly variable: number; readonly by: number; readonly rest: number }[] = [];
    this.eachStep((variable, by) => {
      const rest = this.restAfter(variable, by);
      if (rest < this.violated) steps.push({ variable, by, rest });
    });
    steps.sort((a, b) => a.rest - b.rest);
    const next = (): void => this.tryWhatSettles(left - 1);
    for (const swap of this.swapsThatSettle()) this.trySwap(swap, next);
    for (const { variable, by } of steps) {
      this.tryStep(variable, by, next);
      if (this.isLate() || this.found.size > 4 * this.most) return;
    }
  }

  private canChange(variable: number, by: number): boolean {
    if (by === 0 || !Number.isInteger(by) || this.change[variable] !== 0) return false;
    const to = this.part.variables[variable]!.value + by;
    return to >= 0 && to < 1e12;
  }

  private apply(variable: number, by: number): void {
    const { equations, times } = this.part.variables[variable]!;
    this.change[variable]! += by;
    for (let place = 0; place < equations.length; place += 1) {
      const equation = equations[place]!;
      const before = this.residual[equation]!;
      const after = before + times[place]! * by;
      this.residual[equation] = after;
      if (before === 0) this.violated += 1;
      if (after === 0) this.violated -= 1;
    }
  }

  private restAfter(variable: number, by: number): number {
    const { equations, times } = this.part.variables[variable]!;
    let rest = this.violated;
    for (let place = 0; place < equations.length; place += 1) {
      const before = this.residual[equations[place]!]!;
      if (before === 0) rest += 1;
      if (before + times[place]! * by === 0) rest -= 1;
    }
    return rest;
  }

  private keep(): void {
    if (this.found.size >= MOST_SETS) return;
    const key = [...this.chosen].sort((a, b) => a - b).join(' ');
    if (this.found.has(key)) return;
    this.found.set(key, this.judge.rate(this.chosen.map((variable) => this.changed(variable))));
  }

  private changed(variable: number): ChangedCell {
    const { cell, value, isTotal } = this.part.variables[variable]!;
    return { cell, from: value, to: value + this.change[variable]!, isTotal };
  }

  /** Stretches of a row or column that were written one place too far, the number at the end lost. */
  private findShifts(): void {
    // Fewer violated equations have simpler reasons.
    if (this.violated < 3) return;
    const indexes = new Map(this.part.variables.map((variable, index) => [variable.cell, index]));
    for (const line of this.judge.lines()) {
      const cells = line.map((cell) => indexes.get(cell));
      if (cells.some((cell) => cell === undefined)) continue;
      for (const along of [cells as number[], [...(cells as number[])].reverse()]) {
        for (let start = 0; start + 2 < along.length; start += 1) {
          for (let end = start + 2; end < along.length; end += 1) {
            if (this.isLate()) return;
            this.tryShift(along.slice(start, end + 1));
          }
        }
      }
    }
  }

  /** What stands at each place belongs to the place before it; the last is what then makes things add up. */
  private tryShift(cells: readonly number[]): void {
    const values = cells.map((cell) => this.part.variables[cell]!.value);
    const last = cells[cells.length - 1]!;
    const steps: [number, number][] = [];
    for (let place = 0; place < cells.length - 1; place += 1) {
      const by = values[place + 1]! - values[place]!;
      if (by !== 0) steps.push([cells[place]!, by]);
    }
    if (steps.length < 3) return;
    for (const [cell, by] of steps) this.apply(cell, by);
    const equation = this.part.variables[last]!.equations[0]!;
    const times = this.part.variables[last]!.times[0]!;
    const by = -this.residual[equation]! / times;
    if (this.violated > 0 && this.canChange(last, by)) {
      this.apply(last, by);
      steps.push([last, by]);
    }
    if (this.violated === 0) {
      const set = steps.map(([cell]) => this.changed(cell));
      this.found.set(`shift ${steps.map(([cell]) => cell).join(' ')}`, this.judge.rateShift(set));
    }
    for (const [cell, step] of steps) this.apply(cell, -step);
  }
}
