/** Time and timers, so that tests need not wait for either. */
export interface Clock {
  /** For every wait: no clock step moves it. Milliseconds since some moment. */
  monotonicMillis(): number;
  /** For what is written into names: milliseconds since 1970. */
  wallMillis(): number;
  /** Calls back once. The timer does not hold the process open. */
  schedule(millis: number, callback: () => void): { cancel(): void };
}
