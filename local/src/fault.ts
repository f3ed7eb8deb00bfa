import { validateHeaderValue } from 'node:http';
import { PARTIAL_MALFORMATIONS, type PartialError, type PartialMalformation } from './partial-success.ts';

/**
 * A moment in a track request: as soon as its head is there, in the middle of its body, when its body was read and
 * nothing is answered yet, or in the middle of the answer.
 */
export type FaultStage = 'before-body' | 'during-body' | 'after-body' | 'during-answer';

/**
 * What a track request meets instead of the monitor's own answer. All parts can be combined; an empty fault is a
 * request that goes well.
 *
 * @example
 * monitor.failNext({ status: 429, retryAfterSeconds: 2, times: 3 });
 * monitor.failNext([{ reset: 'after-body', keep: true }, {}, { status: 308, headers: { location: other.url } }]);
 */
export interface Fault {
  /** How many track requests meet this fault; 1 when not given, `Infinity` for all until `clear()`. */
  readonly times?: number | undefined;
  /** How long the answer, the reset or the half answer waits after the body was read. None when not given. */
  readonly delayMillis?: number | undefined;
  /** The HTTP status to answer. As without the fault when not given, and 206 with `partial`. */
  readonly status?: number | undefined;
  /** Headers of the answer, besides its own; a redirect has its `location` here. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as the header `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
  /** The body of the answer, as it is. In the service's own form when not given. */
  readonly body?: string | undefined;
  /**
   * Items that are refused by index, or a way in which the list of them is broken. A broken list stands for the first
   * item: that one is not kept, and the sender cannot learn from the answer which it was.
   */
  readonly partial?: readonly PartialError[] | PartialMalformation | undefined;
  /** Resets the connection at this moment. */
  readonly reset?: FaultStage | undefined;
  /** Falls silent at this moment, until the sender gives up or the monitor is closed. */
  readonly hang?: FaultStage | undefined;
  /**
   * Whether the items become rows although the sender is told otherwise, as where an answer is lost on its way. When
   * not given, they do where the monitor answers a status of 2xx with no `body` of the test's own.
   */
  readonly keep?: boolean | undefined;
}

/** The faults still to come, in order; each is used up by the track requests that meet it. */
export class FaultQueue {
  #faults: { readonly fault: Fault; left: number }[] = [];

  /** Throws for a fault that contradicts itself, and then adds none. */
  add(faults: readonly Fault[]): void {
    for (const fault of faults) assertFault(fault);
    this.#faults.push(...faults.map(fault => ({ fault, left: fault.times ?? 1 })));
  }

  /** The fault for the request that arrives now, if any. */
  take(): Fault | undefined {
    const [next] = this.#faults;
    if (next === undefined) return undefined;
    next.left -= 1;
    if (next.left === 0) this.#faults.shift();
    return next.fault;
  }

  clear(): void {
    this.#faults = [];
  }
}

function assertFault(fault: Fault): void {
  const { times = 1, delayMillis = 0, retryAfterSeconds = 0, status = 200, partial, body } = fault;
  const wrong = [
    [times === Infinity || (Number.isInteger(times) && times > 0), 'times: expected a whole number above 0'],
    [delayMillis >= 0 && delayMillis <= MAX_DELAY_MILLIS, `delayMillis: expected 0 to ${MAX_DELAY_MILLIS}`],
    [retryAfterSeconds >= 0, 'retryAfterSeconds: expected 0 or more'],
    [Number.isInteger(status) && status >= 200 && status <= 599, 'status: expected 200 to 599'],
    [partial === undefined || body === undefined, 'partial and body: expected one of them'],
    [fault.reset === undefined || fault.hang === undefined, 'reset and hang: expected one of them'],
    [typeof partial !== 'string' || PARTIAL_MALFORMATIONS.includes(partial), 'partial: expected a known malformation'],
  ] as const;
  const [, message] = wrong.find(([isRight]) => !isRight) ?? [];
  for (const [name, value] of Object.entries(fault.headers ?? {})) validateHeaderValue(name, value);
  if (message !== undefined) throw new TypeError(`failNext: ${message}, found ${JSON.stringify(fault)}`);
}

/** The longest wait of a Node.js timer. */
const MAX_DELAY_MILLIS = 2_147_483_647;
