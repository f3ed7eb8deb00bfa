import type { TrackedItem } from './track.ts';

/** What has become of everything that was sent, since the start or the last `clear()`. */
export interface Received {
  /** Track requests, those that met a fault included. */
  readonly requests: number;
  /** Items that became rows, each copy counted. */
  readonly items: number;
  /** Different items among them. */
  readonly unique: number;
  /** Copies beyond the first: `items` less `unique`. */
  readonly duplicates: number;
  /** Items that no row could be made of, or that a strict monitor refused; each time counted. */
  readonly refused: number;
  /** Different items that arrived, met a fault each time, and so far never became a row. */
  readonly missing: number;
  /**
   * The ids of the items that became rows, in the order of their first arrival: `operation id/id`, or a hash for what
   * has no id. The last 100,000.
   */
  readonly ids: readonly string[];
  /** The ids of those that did so more than once. */
  readonly duplicateIds: readonly string[];
  /** The ids of the missing. */
  readonly missingIds: readonly string[];
}

const MAX_IDS = 100_000;

/** Counts items and their copies by identity. */
export class Receipts {
  /** How often each item became a row; 0 for one that has only met faults. */
  #copies = new Map<string, number>();
  #requests = 0;
  #items = 0;
  #unique = 0;
  #refused = 0;

  /** A track request has begun, whatever becomes of it. */
  begin(): void {
    this.#requests += 1;
  }

  /** The items of a request that was read, and those of them that were kept. */
  add(items: readonly TrackedItem[], kept: readonly TrackedItem[]): void {
    const keptItems = new Set(kept);
    for (const item of items) {
      if (item.row === undefined) this.#refused += keptItems.has(item) ? 1 : 0;
      else this.#count(item.id, keptItems.has(item));
    }
  }

  clear(): void {
    this.#copies = new Map();
    this.#requests = 0;
    this.#items = 0;
    this.#unique = 0;
    this.#refused = 0;
  }

  summary(): Received {
    const idsWith = (test: (copies: number) => boolean): string[] =>
      [...this.#copies].filter(([, copies]) => test(copies)).map(([id]) => id);
    const missingIds = idsWith(copies => copies === 0);
    return {
      requests: this.#requests,
      items: this.#items,
      unique: this.#unique,
      duplicates: this.#items - this.#unique,
      refused: this.#refused,
      missing: missingIds.length,
      ids: idsWith(copies => copies > 0),
      duplicateIds: idsWith(copies => copies > 1),
      missingIds,
    };
  }

  #count(id: string, isKept: boolean): void {
    const copies = this.#copies.get(id) ?? 0;
    this.#copies.set(id, copies + (isKept ? 1 : 0));
    if (isKept) this.#items += 1;
    if (isKept && copies === 0) this.#unique += 1;
    const [oldest] = this.#copies.keys();
    if (this.#copies.size > MAX_IDS && oldest !== undefined) this.#copies.delete(oldest);
  }
}
