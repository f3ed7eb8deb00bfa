import type { Cause } from './cause.ts';
import type { DropReason, Signal } from './item.ts';

/** What became of the items of one signal. */
export interface SignalStats {
  readonly created: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly dropped: number;
}

/** Whether requests may go out. Closed after a failure; half-open while one request tries whether it has passed. */
export interface GateStats {
  readonly state: 'open' | 'closed' | 'half-open';
  /** Why the gate is not open. */
  readonly reason?: string | undefined;
  /** The same for programs; absent where the service took something and asked for a pause all the same. */
  readonly cause?: Cause | undefined;
  /** Until a closed gate lets one request try again. */
  readonly reopensInMillis?: number | undefined;
}

/** The last failure of a request. */
export interface LastError {
  readonly reason: string;
  /** Of the server that was asked. */
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly atMillis: number;
}

/**
 * Where every item is that was ever handed over.
 *
 * At every moment `created + adopted = accepted + rejected + dropped + memoryItems + diskItems + yielded`, with
 * `rejected` and `dropped` summed over their keys.
 */
export interface DeliveryStats {
  /** Items handed over, including those that were dropped before they became bytes. */
  readonly created: number;
  /** Items taken over from the disk: an earlier process left them. */
  readonly adopted: number;
  /** Items the service took. */
  readonly accepted: number;
  /** Items the service refused, by HTTP status. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Items lost on our side, by reason. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Items waiting in memory or on their way. */
  readonly memoryItems: number;
  readonly diskItems: number;
  /** Items on disk that another process took over. */
  readonly yielded: number;
  readonly signals: Readonly<Record<Signal, SignalStats>>;
  /** Answers that the service should not have given to a body that it took, such as a 204. */
  readonly oddAnswers: number;
  readonly gate: GateStats;
  readonly lastError: LastError | undefined;
  /** How long the oldest item has been waiting. */
  readonly oldestMillis: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** Why nothing can be put on disk at present: what is held then is held in memory. */
  readonly diskFailure: string | undefined;
}
