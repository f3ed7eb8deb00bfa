/** How far the precise clock may be from the system's, which may have been set or slept meanwhile. */
const MAX_DRIFT_MILLIS = 100;

/** Milliseconds since 1970, with a fraction: never before an earlier one unless the system's clock was set. */
export function epochMillisNow(): number {
  const precise = performance.timeOrigin + performance.now();
  const now = Date.now();
  return Math.abs(precise - now) < MAX_DRIFT_MILLIS ? precise : now;
}
