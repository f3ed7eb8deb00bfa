import type { DeliveryListener } from './delivery-event.ts';
import type { DropReason, Signal } from './item.ts';
import type { Share } from './parcel.ts';
import type { DeliveryStats, SignalStats } from './stats.ts';

/** The end of an item. */
export type Fate =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'rejected'; readonly status: string; readonly message: string }
  | { readonly kind: 'dropped'; readonly reason: DropReason; readonly message: string };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Counts items as they come and as they end. Where the others are is known to those who hold them. */
export class Ledger {
  readonly #emit: DeliveryListener;
  readonly #signals: Record<Signal, Mutable<SignalStats>> = {
    traces: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
    metrics: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
    logs: { created: 0, accepted: 0, rejected: 0, dropped: 0 },
  };
  readonly #rejected = new Map<string, number>();
  readonly #dropped = new Map<DropReason, number>();
  #oddAnswers = 0;

  /** `emit` is told of every loss, and of every odd answer. */
  constructor(emit: DeliveryListener) {
    this.#emit = emit;
  }

  create(signal: Signal, count: number): void {
    this.#signals[signal].created += count;
  }

  /** Counts the end of items, and lets those know who handed them over. */
  settle(shares: readonly Share[], fate: Fate): void {
    const loss = fate.kind === 'accepted' ? undefined : fate.message;
    let total = 0;
    for (const { ticket, signal, count } of shares) {
      total += count;
      this.#signals[signal][fate.kind] += count;
      ticket.end(count, loss);
    }
    if (total > 0) this.#countLoss(fate, total);
  }

  /** Counts items that nobody waits for. */
  drop(signal: Signal, count: number, reason: DropReason): void {
    if (count <= 0) return;
    this.#signals[signal].dropped += count;
    this.#countLoss({ kind: 'dropped', reason, message: '' }, count);
  }

  /** Counts an answer that the service should not have given to a body that it took. */
  countOddAnswer(message: string): void {
    this.#oddAnswers += 1;
    this.#emit({ kind: 'odd_answer', message });
  }

  /** The part of {@link DeliveryStats} that is counted here. */
  counts(): Pick<DeliveryStats, 'created' | 'accepted' | 'rejected' | 'dropped' | 'signals' | 'oddAnswers'> {
    const { traces, metrics, logs } = this.#signals;
    return {
      created: traces.created + metrics.created + logs.created,
      accepted: traces.accepted + metrics.accepted + logs.accepted,
      rejected: Object.fromEntries(this.#rejected),
      dropped: Object.fromEntries(this.#dropped),
      signals: { traces: { ...traces }, metrics: { ...metrics }, logs: { ...logs } },
      oddAnswers: this.#oddAnswers,
    };
  }

  #countLoss(fate: Fate, count: number): void {
    switch (fate.kind) {
      case 'accepted':
        return;
      case 'rejected':
        this.#rejected.set(fate.status, (this.#rejected.get(fate.status) ?? 0) + count);
        return this.#emit({ kind: 'rejected', count, status: fate.status, message: fate.message });
      case 'dropped':
        this.#dropped.set(fate.reason, (this.#dropped.get(fate.reason) ?? 0) + count);
        return this.#emit({ kind: 'dropped', count, reason: fate.reason });
    }
  }
}
