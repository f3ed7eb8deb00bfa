import type { Delivered } from './delivery.ts';

/**
 * Follows the items of one batch to their ends, for whoever handed it over.
 *
 * A batch may travel in several parts and share bodies with others, so its items end one by one.
 */
export class Ticket {
  /** Resolves when every item has ended: taken by the service, stored, or lost. */
  readonly ended: Promise<void>;
  readonly #total: number;
  readonly #losses = new Map<string, number>();
  #endedItems = 0;
  #isStored = false;
  #handedOver = 0;
  #resolveEnded: () => void = () => undefined;
  #resolveCalm: () => void = () => undefined;

  constructor(items: number) {
    this.#total = items;
    this.ended = new Promise(resolve => {
      this.#resolveEnded = resolve;
    });
    if (items === 0) this.#resolveEnded();
  }

  /** How many items have not ended. */
  get open(): number {
    return this.#total - this.#endedItems;
  }

  /** Hands over so many more items. Resolves when all handed over so far have ended, or are held. */
  handOver(items: number): Promise<void> {
    this.#handedOver += items;
    return new Promise(resolve => {
      this.#resolveCalm = resolve;
    });
  }

  /** How many items have been handed over. */
  get handedOver(): number {
    return this.#handedOver;
  }

  /** So many have been handed over and are kept; they go out later. Says nothing of those that have come since. */
  hold(handedOver: number): void {
    if (handedOver === this.#handedOver) this.#resolveCalm();
  }

  /** So many items have ended, lost when there is a reason. */
  end(items: number, loss?: string): void {
    this.#endedItems += items;
    if (loss !== undefined) this.#losses.set(loss, (this.#losses.get(loss) ?? 0) + items);
    if (this.#endedItems >= this.#handedOver) this.#resolveCalm();
    if (this.open === 0) this.#resolveEnded();
  }

  /** So many items have left this process for the disk. */
  store(items: number): void {
    this.#isStored = true;
    this.end(items);
  }

  /** What can be said of the batch by now. */
  delivered(): Delivered {
    if (this.#losses.size > 0) return { kind: 'lost', reason: this.#describeLosses() };
    return this.open === 0 && !this.#isStored ? { kind: 'sent' } : { kind: 'held' };
  }

  #describeLosses(): string {
    return [...this.#losses].map(([reason, items]) => `${items} of ${this.#total} items lost: ${reason}`).join('; ');
  }
}
