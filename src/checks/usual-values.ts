/**
 * How usual a number is in a cell, judged by the rest of the report and by last year's: most cells are 0, small numbers
 * are commoner than large ones, a row or column that is busy elsewhere is busy here too. Pure; knows lines and numbers,
 * no table and no rule.
 */
import type { CellId } from '../format/entry.ts';

export interface PlacedValue {
  readonly cell: CellId;
  readonly value: number;
  readonly last: number | undefined;
  /** What it has in common with others, as words: its table, its row, its column. */
  readonly lines: readonly [table: string, row: string, column: string];
}

/** What is known of the cells of a line: how many there are, how many are not 0, and how large those are. */
interface Line {
  cells: number;
  filled: number;
  logs: number;
  /** How many lie between each power of 2 and the next. */
  readonly octaves: number[];
}

/** Cells with which a line is taken to be like its table. */
const BORROWED = 2;
/** How far numbers of one row and column scatter, as a factor on the logarithm. */
const SPREAD = 1.3;
/** How far a number moves from one year to the next, and how often a cell that was 0 is 0 again; as in published pairs. */
const SPREAD_OF_YEARS = 1;
const ZERO_AGAIN = 0.93;
const OCTAVES = 40;

export class UsualValues {
  private readonly lines = new Map<string, Line>();
  private readonly cells = new Map<CellId, PlacedValue>();

  constructor(values: readonly PlacedValue[]) {
    for (const placed of values) {
      this.cells.set(placed.cell, placed);
      for (const name of placed.lines) this.count(name, placed.value, 1);
    }
  }

  /** The logarithm of how much more usual `to` is in this cell than `from`; 0 for a cell of which nothing is known. */
  gain(cell: CellId, from: number, to: number): number {
    const placed = this.cells.get(cell);
    if (placed === undefined) return 0;
    // The cell itself is in doubt and says nothing about itself.
    for (const name of placed.lines) this.count(name, placed.value, -1);
    const gain = Math.log(this.chance(placed, to) / this.chance(placed, from));
    for (const name of placed.lines) this.count(name, placed.value, 1);
    return gain;
  }

  private count(name: string, value: number, times: 1 | -1): void {
    let line = this.lines.get(name);
    if (line === undefined) {
      line = { cells: 0, filled: 0, logs: 0, octaves: Array<number>(OCTAVES + 2).fill(0) };
      this.lines.set(name, line);
    }
    line.cells += times;
    if (value === 0) return;
    line.filled += times;
    line.logs += times * Math.log(value);
    line.octaves[octaveOf(value)]! += times;
  }

  private chance({ lines, last }: PlacedValue, value: number): number {
    const [table, row, column] = lines.map((name) => this.lines.get(name)!) as [Line, Line, Line];
    const share = (table.filled + 0.5) / (table.cells + 1);
    const shareOf = (line: Line): number => (line.filled + BORROWED * share) / (line.cells + BORROWED);
    const odds = (oddsOf(shareOf(row)) * oddsOf(shareOf(column))) / oddsOf(share);
    const filled = odds / (1 + odds);
    let chance = value === 0 ? 1 - filled : filled * sizeIn(table, row, column, value);
    if (last !== undefined) chance = 0.3 * chance + 0.7 * chanceAfter(last, value);
    return chance;
  }
}

const oddsOf = (share: number): number => share / (1 - share);

const octaveOf = (value: number): number => Math.min(OCTAVES, Math.floor(Math.log2(value)));

/** The chance of a number that is not 0, half by what the table holds, half by its row and column. */
function sizeIn(table: Line, row: Line, column: Line, value: number): number {
  const octave = octaveOf(value);
  const near = (at: number): number => table.octaves[at] ?? 0;
  const counted = (near(octave - 1) + 2 * near(octave) + near(octave + 1)) / 4;
  const inTable = (counted + 0.3) / (table.filled + 0.3 * OCTAVES) / 2 ** octave;
  const mean = table.filled === 0 ? 1 : table.logs / table.filled;
  const off = (line: Line): number => (line.logs - line.filled * mean) / (line.filled + BORROWED);
  return 0.5 * inTable + 0.5 * scattered(value, mean + off(row) + off(column), SPREAD);
}

function chanceAfter(last: number, value: number): number {
  if (last === 0) return value === 0 ? ZERO_AGAIN : (1 - ZERO_AGAIN) * scattered(value, 0.4, 1);
  const gone = 0.02 + 0.6 / (1 + last);
  return value === 0 ? gone : (1 - gone) * scattered(value, Math.log(last), SPREAD_OF_YEARS);
}

/** A log-normal chance of a whole number. */
function scattered(value: number, mean: number, spread: number): number {
  const off = (Math.log(value) - mean) / spread;
  return (0.98 * Math.exp((-off * off) / 2)) / (2.5066 * spread * (value + 0.5)) + 0.02 / (30 * value);
}
