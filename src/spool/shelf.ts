import type { Counts } from './counts.ts';
import type { FileName } from './file-name.ts';

/** One batch on disk, as far as this process knows. */
export interface Slip {
  /** The name under which it waits. */
  readonly name: string;
  readonly counts: Counts;
  readonly items: number;
  readonly bytes: number;
  /** When its oldest item was handed over, on the monotonic clock. */
  readonly sinceMillis: number;
  /** Somebody here is at work on it. */
  isTaken: boolean;
  /** This process has put it there. */
  isOurs: boolean;
  /** It could not be read; not to be tried before this moment of the monotonic clock. */
  restsUntilMillis: number;
}

/** Makes the slip of a file. */
export function toSlip({ batch: name, counts, items, bytes }: FileName, sinceMillis: number): Slip {
  return { name, counts, items, bytes, sinceMillis, isTaken: false, isOurs: false, restsUntilMillis: 0 };
}

/** Which of the batches to take: the oldest, the smallest, or the oldest that this process has put there. */
export type Choice = 'oldest' | 'smallest' | 'ours';

/**
 * What is on disk, oldest first by name, in memory: no question about the folder needs the folder.
 *
 * A new batch is the newest and goes to the end without a search.
 */
export class Shelf {
  readonly #slips: Slip[] = [];
  #items = 0;
  #bytes = 0;

  get items(): number {
    return this.#items;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Oldest first. */
  get slips(): readonly Slip[] {
    return this.#slips;
  }

  has(name: string): boolean {
    return this.#slips[this.#positionOf(name)]?.name === name;
  }

  /** Does nothing when it is there already. */
  add(slip: Slip): void {
    const position = this.#positionOf(slip.name);
    if (this.#slips[position]?.name === slip.name) return;
    this.#slips.splice(position, 0, slip);
    this.#items += slip.items;
    this.#bytes += slip.bytes;
  }

  /** Whether it was there. */
  remove(slip: Slip): boolean {
    const position = this.#positionOf(slip.name);
    if (this.#slips[position] !== slip) return false;
    this.#slips.splice(position, 1);
    this.#items -= slip.items;
    this.#bytes -= slip.bytes;
    return true;
  }

  /** The oldest that nobody is at work on, if with others of its kind it holds that many bytes. */
  oldestFree(bytes: number): Slip | undefined {
    let oldest: Slip | undefined;
    let held = 0;
    for (const slip of this.#slips) {
      if (slip.isTaken) continue;
      oldest ??= slip;
      held += slip.bytes;
      if (held >= bytes) return oldest;
    }
    return undefined;
  }

  /** The one to be taken, if any may be at this moment of the monotonic clock. */
  ready(nowMillis: number, which: Choice): Slip | undefined {
    const isReady = ({ isTaken, restsUntilMillis }: Slip): boolean => !isTaken && restsUntilMillis <= nowMillis;
    if (which === 'oldest') return this.#slips.find(isReady);
    if (which === 'ours') return this.#slips.find(slip => slip.isOurs && isReady(slip));
    return this.#slips.filter(isReady).reduce<Slip | undefined>(smallerOf, undefined);
  }

  /** Where the name is, or belongs. */
  #positionOf(name: string): number {
    const newest = this.#slips.at(-1);
    if (newest === undefined || newest.name < name) return this.#slips.length;
    let low = 0;
    let high = this.#slips.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#slips[middle];
      if (found !== undefined && found.name < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function smallerOf(one: Slip | undefined, other: Slip): Slip {
  return one === undefined || other.bytes < one.bytes ? other : one;
}
