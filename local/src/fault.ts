/** An answer the monitor gives instead of its own. */
export interface Fault {
  /** The HTTP status to answer. */
  readonly status: number;
  /** Sent as `Retry-After` when given. */
  readonly retryAfterSeconds?: number | undefined;
  /** How many track requests are answered so; 1 when not given. */
  readonly times?: number | undefined;
}

/** The faults still to come, in order; each is used up by the track requests that meet it. */
export class FaultQueue {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    for (let time = 0; time < (fault.times ?? 1); time += 1) this.#faults.push(fault);
  }

  /** The fault for the request that arrives now, if any. */
  take(): Fault | undefined {
    return this.#faults.shift();
  }

  clear(): void {
    this.#faults = [];
  }
}
