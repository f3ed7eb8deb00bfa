import type { Clock, Timer } from '../../src/delivery/clock.ts';

interface Appointment {
  readonly atMillis: number;
  readonly callback: () => void;
}

/** Time that passes when told to. */
export class FakeClock implements Clock {
  readonly #appointments = new Set<Appointment>();
  #elapsedMillis = 0;
  #held = 0;

  monotonicMillis(): number {
    return 5000 + this.#elapsedMillis;
  }

  wallMillis(): number {
    return Date.UTC(2026, 10, 22, 12, 0, 0) + this.#elapsedMillis;
  }

  schedule(millis: number, callback: () => void): Timer {
    const appointment = { atMillis: this.#elapsedMillis + millis, callback };
    let isHeld = false;
    this.#appointments.add(appointment);
    return {
      cancel: () => {
        this.#appointments.delete(appointment);
        if (isHeld) this.#held -= 1;
        isHeld = false;
      },
      hold: () => {
        isHeld = true;
        this.#held += 1;
      },
    };
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#appointments.size;
  }

  /** How many of them hold the process open. */
  get held(): number {
    return this.#held;
  }

  /** Lets time pass; what falls due is called at its time, in order. */
  advance(millis: number): void {
    const target = this.#elapsedMillis + millis;
    for (;;) {
      const due = [...this.#appointments]
        .filter(({ atMillis }) => atMillis <= target)
        .sort((one, other) => one.atMillis - other.atMillis)[0];
      if (due === undefined) break;
      this.#elapsedMillis = Math.max(this.#elapsedMillis, due.atMillis);
      this.#appointments.delete(due);
      due.callback();
    }
    this.#elapsedMillis = target;
  }
}

/** Waits, in turns of the event loop, for what real sockets bring about. The test's own timeout ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** Gives everything that can go on by itself the turns it needs. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}
