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
  readonly gate: GateStats;
  readonly lastError: LastError | undefined;
  /** How long the oldest item has been waiting. */
  readonly oldestMillis: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Counts what became of items. Where the others are is asked of those who hold them. */
export class Ledger {
  readonly #signals: Record<Signal, Mutable<SignalStats>> = {
    traces: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
    metrics: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
    logs: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
  };
  readonly #rejected = new Map<string, number>();
  readonly #dropped = new Map<DropReason, number>();

  create(signal: Signal, count: number): void {
    this.#signals[signal].created += count;
  }

  accept(signal: Signal, count: number): void {
    this.#signals[signal].accepted += count;
  }

  reject(signal: Signal, count: number, status: string): void {
    this.#signals[signal].rejected += count;
    add(this.#rejected, status, count);
  }

  drop(signal: Signal, count: number, reason: DropReason): void {
    this.#signals[signal].dropped += count;
    add(this.#dropped, reason, count);
  }

  /** The part of {@link DeliveryStats} that is counted here. */
  counts(): Pick<DeliveryStats, 'created' | 'accepted' | 'rejected' | 'dropped' | 'signals'> {
    const { traces, metrics, logs } = this.#signals;
    return {
      created: traces.created + metrics.created + logs.created,
      accepted: traces.accepted + metrics.accepted + logs.accepted,
      rejected: Object.fromEntries(this.#rejected),
      dropped: Object.fromEntries(this.#dropped),
      signals: { traces: { ...traces }, metrics: { ...metrics }, logs: { ...logs } },
    };
  }
}

function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  if (count > 0) counts.set(key, (counts.get(key) ?? 0) + count);
}
