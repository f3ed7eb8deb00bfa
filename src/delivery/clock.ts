/** Time and timers, so that tests need not wait for either. */
export interface Clock {
  /** For every wait: no clock step moves it. Milliseconds since some moment. */
  monotonicMillis(): number;
  /** For what others date: tokens, `Retry-After`, log lines. Milliseconds since 1970. */
  wallMillis(): number;
  /** Calls back once. The timer does not hold the process open, unless it is told to. */
  schedule(millis: number, callback: () => void): Timer;
}

/** One callback to come. */
export interface Timer {
  cancel(): void;
  /** Holds the process open until the timer fires or is cancelled. */
  hold(): void;
}

/** The real one. */
export const systemClock: Clock = {
  monotonicMillis: () => performance.now(),
  wallMillis: () => Date.now(),
  schedule: (millis, callback) => {
    const timeout = setTimeout(callback, millis).unref();
    return { cancel: () => clearTimeout(timeout), hold: () => timeout.ref() };
  },
};
