import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/spool/clock.ts';

interface Timer {
  readonly atMillis: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #monotonicMillis = 1000;
  #wallMillis: number;
  readonly #timers = new Set<Timer>();

  constructor(wallMillis = 1_763_830_000_000) {
    this.#wallMillis = wallMillis;
  }

  monotonicMillis(): number {
    return this.#monotonicMillis;
  }

  wallMillis(): number {
    return this.#wallMillis;
  }

  schedule(millis: number, callback: () => void): { cancel(): void } {
    const timer = { atMillis: this.#monotonicMillis + millis, callback };
    this.#timers.add(timer);
    return { cancel: () => this.#timers.delete(timer) };
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** Sets the wall clock, as somebody who corrects it does. */
  step(millis: number): void {
    this.#wallMillis += millis;
  }

  /** Lets time pass, timer after timer, each with all that follows from it. */
  async advance(millis: number): Promise<void> {
    const end = this.#monotonicMillis + millis;
    for (;;) {
      const next = [...this.#timers].sort((one, other) => one.atMillis - other.atMillis)[0];
      if (next === undefined || next.atMillis > end) break;
      this.#moveTo(next.atMillis);
      this.#timers.delete(next);
      next.callback();
      await settle();
    }
    this.#moveTo(end);
    await settle();
  }

  #moveTo(millis: number): void {
    this.#wallMillis += millis - this.#monotonicMillis;
    this.#monotonicMillis = millis;
  }
}

/** Waits until nothing follows any more from what has happened, as far as no real input or output is involved. */
function settle(): Promise<void> {
  return setImmediate();
}
