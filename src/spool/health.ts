import type { Clock } from './clock.ts';

/** What a {@link Health} is made of. */
export interface HealthParts {
  readonly clock: Clock;
  /** How long to leave it alone after a failure. */
  readonly retryMillis: number;
  /** Called when it stops working, with the reason, and without one when it works again. */
  readonly onChange: (reason: string | undefined) => void;
}

/** Follows whether something works, says so once per change, and when it may be tried again. */
export class Health {
  readonly #parts: HealthParts;
  #reason: string | undefined;
  #retryAtMillis = 0;

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  /** Why it does not work; `undefined` while it does. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Whether it works as far as is known, or has been left alone for long enough. */
  get mayTry(): boolean {
    return this.#reason === undefined || this.#parts.clock.monotonicMillis() >= this.#retryAtMillis;
  }

  worked(): void {
    if (this.#reason === undefined) return;
    this.#reason = undefined;
    this.#parts.onChange(undefined);
  }

  failed(reason: string): void {
    const wasWorking = this.#reason === undefined;
    this.#reason = reason;
    this.#retryAtMillis = this.#parts.clock.monotonicMillis() + this.#parts.retryMillis;
    if (wasWorking) this.#parts.onChange(reason);
  }
}
