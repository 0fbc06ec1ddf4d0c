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
import { comparisonsOf } from './last-year.ts';
import type { Rule } from './rule.ts';
import { likeliest, SHARES, typedWays, type Slip, type Way } from './slips.ts';
import { UsualValues, type PlacedValue } from './usual-values.ts';

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
  /** The negative logarithm of how likely it is: lower is likelier, and two of nearly the same cost are a tie. */
  readonly cost: number;
}

export interface Diagnosis {
  /** Best first; empty where nothing is wrong, and where nothing was found in time. */
  readonly repairs: readonly Repair[];
  /** How many of them, from the first, are about equally likely: nobody should trust the first alone. */
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
/** A cost this much higher is no tie any more: the first is then five times likelier, and right in nine of ten cases. */
const TIE = 1.6;
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
  const judge = new Judge(report, rules, options.previous);
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

/** A total that somebody stated, and that may therefore be wrong by itself. */
function isEvidence({ reported, stated }: CheckedReport, cell: CellId): boolean {
  return quantityOf(reported.get(cell)) !== undefined || stated?.has(cell) === true;
}

/** The equations whose cells all have whole numbers; computed totals are replaced by what they add up. */
function systemOf(report: CheckedReport, rules: readonly Rule[]): System {
  const values = valuesOf(report);
  const { cellsById } = report.format;
  const variables: Variable[] = [];
  const indexes = new Map<CellId, number>();
  const equations: LinearEquation[] = [];

  /** Adds `times` × cell; false where it has no number to reckon with. */
  const add = (sum: Map<CellId, number>, cell: CellId, times: number): boolean => {
    const operands = cellsById.get(cell)?.operands;
    if (operands !== undefined && !isEvidence(report, cell))
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

/** One number written into two cells beside each other. */
function isSplit(left: ChangedCell, right: ChangedCell): boolean {
  return right.to === 0 && left.from > 0 && left.to === left.from * 10 ** digits(right.from) + right.from;
}

const digits = (value: number): number => String(value).length;

interface RatedSet {
  readonly changes: readonly CellChange[];
  readonly cost: number;
}

/** What every further slip costs: one cell of many, and one slip more. Pairs and shifts cost it once. */
const ONE_SLIP = 7;
/** Of ten slips one happens at some cell that should be 0: zeros are not typed with care, nor one by one. */
const AT_ZERO = 0.1;
/** How much likelier it is that what should agree with last year's report does. */
const OFF_LAST_YEAR = 4;

/** Knows where cells stand on paper, what stood there last year, and how people mistype: what a set of changes costs. */
class Judge {
  private readonly places = new Map<CellId, { readonly table: string; row: number; column: number }>();
  private readonly values;
  private readonly last;
  private readonly usual: UsualValues;
  /** How much rarer a slip is at a cell that should be 0 than at another. */
  private readonly atZero: number;
  /** What should agree with last year's report: by how much each does not, and which cells it reads. */
  private readonly off: number[] = [];
  private readonly comparisons = new Map<CellId, (readonly [index: number, times: number])[]>();
  private readonly single = new Map<CellId, Map<number, { readonly slip: Slip; readonly cost: number }>>();

  constructor(
    private readonly report: CheckedReport,
    rules: readonly Rule[],
    previous: CheckedReport | undefined,
  ) {
    this.values = valuesOf(report);
    this.last = previous === undefined ? undefined : valuesOf(previous);
    const placed: PlacedValue[] = [];
    for (const table of report.format.tables) {
      table.layout.matrix.forEach((cells, row) =>
        cells.forEach((cell, column) => {
          if (cell !== undefined) this.places.set(cell, { table: table.id, row, column });
        }),
      );
      for (const { id, row, column, operands } of table.cells) {
        const value = this.number(id, this.values);
        if (value === undefined || operands !== undefined) continue;
        placed.push({
          cell: id,
          value,
          last: this.number(id, this.last),
          lines: [table.id, `${table.id}/${row}`, `${table.id}//${column}`],
        });
      }
    }
    this.usual = new UsualValues(placed);
    if (this.last !== undefined) this.compare(rules, this.last);
    const filled = placed.filter(({ value }) => value !== 0).length;
    this.atZero = (AT_ZERO * (filled + 1)) / ((1 - AT_ZERO) * (placed.length + 1));
  }

  private compare(rules: readonly Rule[], last: Values): void {
    for (const { terms, constant } of comparisonsOf(rules, this.report.format, last)) {
      const values = terms.map(({ cell }) => this.values.value(cell));
      if (values.some((value) => value === undefined)) continue;
      const sum = terms.reduce((all, { times }, index) => all + times * values[index]!, constant);
      if (sum % UNIT !== 0n) continue;
      const index = this.off.push(Number(sum / UNIT)) - 1;
      for (const { cell, times } of terms) {
        // A computed total follows its parts.
        const operands = isEvidence(this.report, cell) ? [] : (this.definition(cell).operands ?? []);
        for (const part of operands.length === 0 ? [cell] : operands) {
          const comparisons = this.comparisons.get(part) ?? [];
          comparisons.push([index, Number(times)]);
          this.comparisons.set(part, comparisons);
        }
      }
    }
  }

  /** What should agree with last year's report agrees in most reports: a repair is likelier that makes it so. */
  private costOfYears(set: readonly ChangedCell[]): number {
    if (this.off.length === 0) return 0;
    const changes = new Map<number, number>();
    for (const { cell, from, to } of set)
      for (const [index, times] of this.comparisons.get(cell) ?? [])
        changes.set(index, (changes.get(index) ?? 0) + times * (to - from));
    let cost = 0;
    for (const [index, change] of changes) {
      const off = this.off[index]!;
      if (off + change !== 0) cost += OFF_LAST_YEAR;
      if (off !== 0) cost -= OFF_LAST_YEAR;
    }
    return cost;
  }

  /**
   * The negative logarithm of how likely these slips are, with the values that they leave, and their names. A stretch of
   * cells that stands one place off is one slip, however many cells it has; so are two cells that one hand mixed up.
   */
  rate(set: readonly ChangedCell[], stretches: readonly (readonly ChangedCell[])[]): RatedSet {
    const changes = [...set];
    const slips: Slip[] = [];
    let cost = 0;
    const alone = set.map((change) => this.alone(change));
    alone.forEach((own) => {
      slips.push(own.slip);
      cost += own.cost;
    });
    const isPaired = new Set<number>();
    set.forEach((a, i) =>
      set.forEach((b, j) => {
        if (i === j || isPaired.has(i) || isPaired.has(j)) return;
        const way = this.wayOfPair(a, b);
        if (way === undefined) return;
        // Two changes, but one slip of one hand.
        const together = this.costOf(way.chance, [a, b]);
        const apart = alone[i]!.cost + alone[j]!.cost;
        if (together >= apart) return;
        isPaired.add(i).add(j);
        cost += together - apart;
        slips[i] = way.slip;
        slips[j] = way.slip;
      }),
    );
    for (const stretch of stretches) {
      cost += this.costOf(SHARES.shifted / 2, stretch);
      for (const change of stretch) {
        changes.push(change);
        slips.push('shifted');
      }
    }
    return {
      cost: cost + this.costOfYears(changes),
      changes: changes.map(({ cell, from, to }, index) => ({
        cell,
        from: BigInt(from) * UNIT,
        to: BigInt(to) * UNIT,
        slip: slips[index]!,
      })),
    };
  }

  private costOf(chance: number, set: readonly ChangedCell[]): number {
    return set.reduce(
      (cost, { cell, from, to }) => cost - this.usual.gain(cell, from, to),
      ONE_SLIP - Math.log(chance),
    );
  }

  private alone(change: ChangedCell): { readonly slip: Slip; readonly cost: number } {
    const { cell, to } = change;
    let known = this.single.get(cell);
    if (known === undefined) this.single.set(cell, (known = new Map()));
    let own = known.get(to);
    if (own === undefined) {
      const { slip, chance } = likeliest(this.waysOf(change));
      own = { slip, cost: this.costOf(to === 0 ? chance * this.atZero : chance, [change]) };
      known.set(to, own);
    }
    return own;
  }

  private waysOf({ cell, from, to, isTotal }: ChangedCell): Way[] {
    const ways = typedWays(from, to).map((way): Way =>
      isTotal && from === 0 ? { ...way, slip: 'total-not-carried' } : way,
    );
    const add = (slip: Slip, chance: number): void => {
      if (chance > 0) ways.push({ slip, chance: SHARES[slip] * chance });
    };
    if (isTotal) add('total-not-carried', this.leavesOutOne(cell, from, to));
    if (from !== 0 && this.number(cell, this.last) === from) add('copied-from-last-year', 1);
    if (from === to * 10_000) add('yuan-for-wan', 1);
    // By another way any number may stand there, the rarer the larger.
    add('other', 1 / (1 + from) / (1 + Math.log(1 + from)) / 4);
    return ways;
  }

  /** Never added up, or one part left out or taken twice. */
  private leavesOutOne(cell: CellId, from: number, to: number): number {
    const parts = (this.report.format.cellsById.get(cell)?.operands ?? [])
      .map((operand) => this.number(operand, this.values) ?? 0)
      .filter((value) => value !== 0);
    const count = (difference: number): number =>
      parts.filter((value) => value === difference).length / (parts.length + 1);
    return (from === 0 ? 0.4 : 0) + 0.4 * count(to - from) + 0.2 * count(from - to);
  }

  private wayOfPair(a: ChangedCell, b: ChangedCell): Way | undefined {
    if (a.isTotal || b.isTotal) return undefined;
    const [p, q] = [this.places.get(a.cell), this.places.get(b.cell)];
    if (p === undefined || q === undefined || p.table !== q.table) return undefined;
    if (p.row !== q.row && p.column !== q.column) return undefined;
    const isNext = Math.abs(p.row - q.row) + Math.abs(p.column - q.column) === 1;
    const way = (slip: Slip, chance: number): Way => ({ slip, chance: SHARES[slip] * chance });
    if (isNext && a.to === b.from && b.to === a.from)
      return way(a.from === 0 || b.from === 0 ? 'neighbouring-cell' : 'swapped-cells', 1 / 4);
    // 1|2 for 12: the digits of the next cell belong to this one.
    if (isNext && p.row === q.row && q.column > p.column && isSplit(a, b)) return way('split-number', 1);
    const moved = Math.abs(a.to - a.from);
    return a.to - a.from === b.from - b.to ? way('counted-elsewhere', 1 / 40 / moved) : undefined;
  }

  /** Cells beside, above or below each other. */
  neighbours(): [CellId, CellId, isBeside: boolean][] {
    const pairs: [CellId, CellId, boolean][] = [];
    for (const [cell, { table, row, column }] of this.places) {
      for (const isBeside of [true, false]) {
        const next = isBeside ? this.cellAt(table, row, column + 1) : this.cellAt(table, row + 1, column);
        if (next === undefined) continue;
        if (this.definition(cell).operands === undefined && this.definition(next).operands === undefined)
          pairs.push([cell, next, isBeside]);
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

  private number(cell: CellId, values: Values | undefined): number | undefined {
    const value = values?.value(cell);
    return value === undefined ? undefined : Number(value / UNIT);
  }
}

// The search

/** Each equation in the first family with none of whose equations it shares a cell. */
function familiesOf({ variables, equations }: System): number[] {
  const familyOf: number[] = [];
  for (const equation of equations) {
    const taken = new Set<number | undefined>();
    for (const variable of equation.variables)
      for (const other of variables[variable]!.equations) taken.add(familyOf[other]);
    let family = 0;
    while (taken.has(family)) family += 1;
    familyOf.push(family);
  }
  return familyOf;
}

/** Several cells that one slip spoilt together, and what puts them right. */
interface Move {
  readonly variables: readonly number[];
  readonly by: readonly number[];
  readonly isStretch: boolean;
  /** The equations it changes, and by how much. */
  readonly effects: readonly (readonly [equation: number, effect: number])[];
  /** How many of each family it can settle. */
  readonly widths: readonly number[];
}

class Search {
  private readonly residual: number[];
  private violated: number;
  private readonly change: number[];
  private readonly chosen: number[] = [];
  private readonly stretches: (readonly number[])[] = [];
  private readonly found = new Map<string, RatedSet>();
  /**
   * Equations in families that share no cell within a family, as the rows of a table: no cell settles two of one family.
   */
  private readonly familyOf: readonly number[];
  private readonly violatedIn: number[];
  /** Most equations of each family that so many steps can settle, one by one and by moves. */
  private readonly reach: number[][] = [];
  private readonly seen = new Set<string>();
  private readonly moves: Move[] = [];

  constructor(
    private readonly part: Part,
    private readonly judge: Judge,
    private readonly most: number,
    private readonly isLate: () => boolean,
  ) {
    this.residual = part.equations.map((equation) => equation.residual);
    this.violated = part.violated;
    this.change = part.variables.map(() => 0);
    this.familyOf = familiesOf(part);
    this.violatedIn = Array<number>(Math.max(...this.familyOf) + 1).fill(0);
    this.residual.forEach((residual, equation) => {
      if (residual !== 0) this.violatedIn[this.familyOf[equation]!]! += 1;
    });
    this.findPairs();
    this.findStretches();
    for (let steps = 0; steps <= MOST_CELLS; steps += 1) {
      this.reach.push(
        this.violatedIn.map((_, family) => {
          const widths = this.moves.map((move) => move.widths[family] ?? 1).sort((a, b) => b - a);
          return Array.from({ length: steps }, (__, step) => Math.max(1, widths[step] ?? 1)).reduce(
            (sum, width) => sum + width,
            0,
          );
        }),
      );
    }
  }

  private isOutOfReach(left: number): boolean {
    const reach = this.reach[left]!;
    for (let family = 0; family < reach.length; family += 1) {
      if (this.violatedIn[family]! > reach[family]!) return true;
    }
    return false;
  }

  /** The smallest sets, best first; what one slip does to several cells counts once. */
  run(): RatedSet[] {
    for (let size = 1; size <= MOST_CELLS && !this.isLate(); size += 1) {
      const before = this.found.size;
      this.seen.clear();
      if (size <= THOROUGH) this.tryAll(size);
      else this.tryWhatSettles(size);
      if (this.found.size > before) break;
    }
    return [...this.found.values()].sort((a, b) => a.cost - b.cost).slice(0, this.most);
  }

  private tryAll(left: number): void {
    if (this.isOutOfReach(left) || this.isLate() || this.wasHere(left)) return;
    if (left === 1) {
      this.tryLast();
      return;
    }
    const next = (): void => this.tryAll(left - 1);
    this.eachStep((variable, by) => this.tryStep(variable, by, next));
    this.tryMoves(next);
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

  /** Whether the same steps were taken before, in another order. */
  private wasHere(left: number): boolean {
    const taken = this.chosen.length + this.stretches.length;
    if (taken < 2 || left === 0) return false;
    const key = [...this.chosen, ...this.stretches.flat()]
      .map((variable) => variable + this.change[variable]! * 1_000)
      .sort((a, b) => a - b)
      .join(' ');
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    return false;
  }

  private tryStep(variable: number, by: number, then: () => void): void {
    this.apply(variable, by);
    this.chosen.push(variable);
    then();
    this.chosen.pop();
    this.apply(variable, -by);
  }

  /** The moves after which fewer equations are violated than before. */
  private tryMoves(then: () => void): void {
    for (const move of this.moves) {
      let more = 0;
      for (const [equation, effect] of move.effects) {
        const residual = this.residual[equation]!;
        if (residual === 0) more += 1;
        else if (residual === -effect) more -= 1;
      }
      if (more >= 0 || move.variables.some((variable) => this.change[variable] !== 0)) continue;
      this.applyMove(move, 1);
      if (move.isStretch) this.stretches.push(move.variables);
      else this.chosen.push(...move.variables);
      then();
      if (move.isStretch) this.stretches.pop();
      else this.chosen.length -= move.variables.length;
      this.applyMove(move, -1);
    }
  }

  private applyMove({ variables, by }: Move, direction: 1 | -1): void {
    for (let at = 0; at < variables.length; at += 1) this.apply(variables[at]!, direction * by[at]!);
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
    this.tryMoves(() => {
      if (this.violated === 0) this.keep();
    });
  }

  /** As `tryAll`, but each step has to settle more than it upsets; the most settling first. */
  private tryWhatSettles(left: number): void {
    if (this.isLate()) return;
    if (this.violated === 0) {
      this.keep();
      return;
    }
    if (left === 0 || this.isOutOfReach(left) || this.wasHere(left)) return;
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
    this.tryMoves(next);
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

  private apply(variable: number, change: number): void {
    const { equations, times } = this.part.variables[variable]!;
    this.change[variable]! += change;
    for (let place = 0; place < equations.length; place += 1) {
      const equation = equations[place]!;
      const before = this.residual[equation]!;
      const after = before + times[place]! * change;
      this.residual[equation] = after;
      if ((before === 0) === (after === 0)) continue;
      const by = after === 0 ? -1 : 1;
      this.violated += by;
      this.violatedIn[this.familyOf[equation]!]! += by;
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
    const all = [...this.chosen, ...this.stretches.flat()];
    const key = all.sort((a, b) => a - b).join(' ');
    const known = this.found.get(key);
    if (known !== undefined && this.stretches.length === 0) return;
    const changed = (variable: number): ChangedCell => this.changed(variable);
    const rated = this.judge.rate(
      this.chosen.map(changed),
      this.stretches.map((stretch) => stretch.map(changed)),
    );
    if (known === undefined || rated.cost < known.cost) this.found.set(key, rated);
  }

  private changed(variable: number): ChangedCell {
    const { cell, value, isTotal } = this.part.variables[variable]!;
    return { cell, from: value, to: value + this.change[variable]!, isTotal };
  }

  // What one slip does to several cells

  /**
   * A slip breaks every equation that it changes; only two slips of the very same amount hide each other. So a move that
   * changes an equation which holds is none.
   */
  private addMove(steps: readonly (readonly [variable: number, by: number])[], isStretch: boolean): void {
    const effects = new Map<number, number>();
    for (const [variable, by] of steps) {
      const { equations, times } = this.part.variables[variable]!;
      equations.forEach((equation, place) =>
        effects.set(equation, (effects.get(equation) ?? 0) + times[place]! * by),
      );
    }
    const widths = this.violatedIn.map(() => 0);
    const changed: (readonly [equation: number, effect: number])[] = [];
    let settled = 0;
    for (const [equation, effect] of effects) {
      if (effect === 0) continue;
      if (this.residual[equation] === 0) return;
      changed.push([equation, effect]);
      widths[this.familyOf[equation]!]! += 1;
      if (this.residual[equation] === -effect) settled += 1;
    }
    // What other slips leave of a stretch is more than one cell can settle.
    if (changed.length === 0) return;
    if (isStretch && (changed.length < 3 || settled < Math.min(3, changed.length - 1))) return;
    this.moves.push({
      effects: changed,
      // Two slips can hide behind each other; that many more equations are then violated all the same.
      widths: settled === 0 ? [] : widths,
      variables: steps.map(([variable]) => variable),
      by: steps.map(([, by]) => by),
      isStretch,
    });
  }

  /** Neighbours that hold each other's number, or one number between them. */
  private findPairs(): void {
    const indexes = this.indexes();
    for (const [one, other, isBeside] of this.judge.neighbours()) {
      const [a, b] = [indexes.get(one), indexes.get(other)];
      if (a === undefined || b === undefined) continue;
      const [left, right] = [this.part.variables[a]!.value, this.part.variables[b]!.value];
      if (left === right) continue;
      this.addMove(
        [
          [a, right - left],
          [b, left - right],
        ],
        false,
      );
      const joined = left * 10 ** digits(right) + right;
      if (isBeside && left > 0 && right > 0 && joined < 1e12)
        this.addMove(
          [
            [a, joined - left],
            [b, -right],
          ],
          false,
        );
    }
  }

  private indexes(): Map<CellId, number> {
    return new Map(this.part.variables.map((variable, index) => [variable.cell, index]));
  }

  /** Stretches of a row or column that were written one place too far, the number at the end lost. */
  private findStretches(): void {
    if (this.violated < 3) return;
    const indexes = this.indexes();
    for (const line of this.judge.lines()) {
      const cells = line.map((cell) => indexes.get(cell));
      if (cells.some((cell) => cell === undefined)) continue;
      for (const along of [cells as number[], [...(cells as number[])].reverse()]) {
        for (let start = 0; start + 2 < along.length; start += 1) this.findStretchesFrom(along, start);
      }
    }
  }

  /** What stands at each place belongs to the place before it; the last is what then makes things add up. */
  private findStretchesFrom(along: readonly number[], start: number): void {
    const steps: [number, number][] = [];
    for (let end = start + 1; end < along.length; end += 1) {
      const [cell, last] = [along[end - 1]!, along[end]!];
      const by = this.part.variables[last]!.value - this.part.variables[cell]!.value;
      if (by !== 0) {
        if (this.part.variables[cell]!.equations.every((equation) => this.residual[equation] === 0)) return;
        steps.push([cell, by]);
      }
      if (steps.length >= 2) this.addStretch(steps, last);
    }
  }

  private addStretch(steps: readonly [number, number][], last: number): void {
    for (const [cell, by] of steps) this.apply(cell, by);
    const { equations, times } = this.part.variables[last]!;
    const ends = new Set(equations.map((equation, place) => -this.residual[equation]! / times[place]!));
    for (const [cell, by] of steps) this.apply(cell, -by);
    for (const by of ends) {
      if (this.canChange(last, by)) this.addMove([...steps, [last, by]], true);
      else if (by === 0 && steps.length >= 3) this.addMove(steps, true);
    }
  }
}
