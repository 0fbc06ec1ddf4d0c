/** A test need not sit through the seconds a program waits for an answer that does not come. */

/** While `run` runs, a timer of just these milliseconds ends after a tenth of a second at most. */
export async function shortly<Result>(milliseconds: number, run: () => Promise<Result>): Promise<Result> {
  const real = window.setTimeout;
  window.setTimeout = ((then: () => void, after?: number) =>
    real(then, after === milliseconds ? Math.min(after, 100) : after)) as typeof window.setTimeout;
  try {
    return await run();
  } finally {
    window.setTimeout = real;
  }
}
