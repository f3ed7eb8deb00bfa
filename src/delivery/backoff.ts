/** Between which waits the pause after a failure lies, in milliseconds. */
export interface Backoff {
  readonly shortestMillis: number;
  readonly longestMillis: number;
}

/**
 * How long to wait after so many failures in a row: exponential with full jitter.
 *
 * The range doubles with each failure, from `shortestMillis` to at most `longestMillis`, and `random` (0 to 1) picks
 * from the whole of it, so that a fleet that failed together does not come back together.
 */
export function backoffMillis(backoff: Backoff, failures: number, random: number): number {
  const { shortestMillis, longestMillis } = backoff;
  const widest = Math.min(longestMillis, shortestMillis * 2 ** failures);
  return shortestMillis + random * (widest - shortestMillis);
}
