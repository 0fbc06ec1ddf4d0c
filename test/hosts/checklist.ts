/** What was checked on one host, in every browser: makes its result. */
import type { HostResult, Passed } from './host.ts';

export class Checklist {
  readonly #passed = new Map<string, Passed>();
  readonly #failed: string[] = [];
  readonly #notes: string[] = [];
  readonly #usable: number[] = [];

  /** Runs one check; where it throws, it failed, and the next one runs all the same. `where` is a browser. */
  async check(what: string, where: string, run: () => Promise<number | void>): Promise<void> {
    try {
      const milliseconds = await run();
      if (this.#passed.has(what)) return;
      this.#passed.set(what, typeof milliseconds === 'number' ? { what, milliseconds } : { what });
    } catch (error) {
      this.#failed.push(`${what} (${where}): ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  /** One measurement in the first browser; the result states the median. */
  usable(milliseconds: number): void {
    this.#usable.push(milliseconds);
  }

  get result(): HostResult {
    const sorted = this.#usable.toSorted((one, other) => one - other);
    const failedWhat = (what: string): boolean => this.#failed.some((line) => line.startsWith(`${what} (`));
    return {
      passed: [...this.#passed.values()].filter(({ what }) => !failedWhat(what)),
      failed: this.#failed,
      usableAfter: sorted[Math.floor(sorted.length / 2)] ?? NaN,
      notes: this.#notes,
    };
  }
}
