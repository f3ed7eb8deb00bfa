import { MAX_BODY_BYTES } from './body.ts';
import type { Clock } from './clock.ts';
import type { Parcel } from './parcel.ts';
import type { Lease, Storage, StorageStats } from './storage.ts';

/** How much waits in memory at most, unless the options say otherwise. */
export const DEFAULT_MEMORY_MAX_BYTES: number = 8 * 1024 * 1024;

interface Entry {
  readonly parcel: Parcel;
  isLeased: boolean;
  isPacking: boolean;
}

/** What a {@link Ring} is made of. */
export interface RingParts {
  readonly clock: Clock;
  readonly maxBytes?: number | undefined;
  /** Called with what was pushed out, and at the end with what was left. */
  readonly onLost: (parcel: Parcel, reason: 'memory' | 'shutdown') => void;
}

/**
 * Keeps parcels in memory, up to a number of bytes; the oldest has to go first. Dies with the process.
 *
 * Parcels that have to wait are compressed in the background, so that the bound holds several times as much telemetry.
 * What is being compressed may take up as much again until then. What is on its way counts, but is not pushed out.
 */
export class Ring implements Storage {
  /** Memory gets no safer. */
  readonly keepsFirst = false;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  /** What waits is gathered up to this: fewer requests carry more when there is more than they can carry. */
  readonly #gatheredBytes: number;
  readonly #onLost: RingParts['onLost'];
  /** Oldest first. */
  readonly #entries: Entry[] = [];
  /** What is being compressed, and how long it still is. */
  readonly #packing = new Map<Promise<unknown>, number>();
  #isClosed = false;

  constructor({ clock, maxBytes = DEFAULT_MEMORY_MAX_BYTES, onLost }: RingParts) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#gatheredBytes = Math.min(MAX_BODY_BYTES, Math.floor(maxBytes / 4));
    this.#onLost = onLost;
  }

  /** Everything in here, the oldest first. */
  get parcels(): Parcel[] {
    return this.#entries.map(({ parcel }) => parcel);
  }

  get hasWaiting(): boolean {
    return this.#entries.some(({ isLeased }) => !isLeased);
  }

  put(parcel: Parcel): void {
    if (this.#isClosed) return this.#onLost(parcel, 'shutdown');
    const newest = this.#entries.at(-1);
    if (newest?.isLeased === false) {
      if (newest.parcel.absorb(parcel, this.#gatheredBytes)) return this.#evict();
      this.#pack(newest);
    }
    const entry = toEntry(parcel);
    this.#entries.push(entry);
    if (parcel.framedBytes > this.#gatheredBytes) this.#pack(entry);
    this.#evict();
  }

  take(smallest: boolean): Promise<Lease | undefined> {
    return Promise.resolve(this.lend(smallest));
  }

  /** The same at once. */
  lend(smallest: boolean): Lease | undefined {
    const waiting = this.#entries.filter(({ isLeased }) => !isLeased);
    const entry = smallest ? waiting.reduce(smallerOf, waiting[0]) : waiting[0];
    if (entry === undefined) return undefined;
    entry.isLeased = true;
    return {
      parcel: entry.parcel,
      done: () => this.#replace(entry, []),
      release: (instead = [entry.parcel]) => this.#replace(entry, instead),
    };
  }

  /** Memory gets no safer, but callers who wait for this cannot hand over much faster than it is compressed. */
  async keep(): Promise<void> {
    while (this.#looseBytes > this.#maxBytes / 4) await Promise.race(this.#packing.keys());
  }

  hurry(): Promise<void> {
    return Promise.resolve();
  }

  keepOnExit(): void {
    // It dies with the process.
  }

  stats(): StorageStats {
    const { parcels } = this;
    const oldest = parcels[0];
    return {
      adopted: 0,
      memoryItems: parcels.reduce((items, { count }) => items + count, 0),
      diskItems: 0,
      yielded: 0,
      oldestMillis: oldest === undefined ? 0 : this.#clock.monotonicMillis() - oldest.sinceMillis,
      memoryBytes: heldBytesOf(this.#entries),
      diskBytes: 0,
      diskFailure: undefined,
    };
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const { parcel } of this.#entries.splice(0)) this.#onLost(parcel, 'shutdown');
    return Promise.resolve();
  }

  #pack(entry: Entry): void {
    if (entry.isPacking || entry.parcel.isPacked) return;
    entry.isPacking = true;
    const packed = entry.parcel.pack().catch(() => undefined); // It stays as it is, and is tried again when it is sent.
    const packing = packed.finally(() => {
      this.#packing.delete(packing);
      entry.isPacking = false;
      this.#evict();
    });
    this.#packing.set(packing, entry.parcel.framedBytes);
  }

  get #looseBytes(): number {
    return [...this.#packing.values()].reduce((total, bytes) => total + bytes, 0);
  }

  #replace(entry: Entry, instead: readonly Parcel[]): void {
    const position = this.#entries.indexOf(entry);
    if (position < 0) return; // Closed in the meantime.
    this.#entries.splice(position, 1, ...instead.map(toEntry));
    this.#evict();
  }

  /** What is about to become much smaller is spared as long as that is possible. */
  #evict(): void {
    const isSettled = ({ isPacking }: Entry): boolean => !isPacking;
    while (heldBytesOf(this.#entries.filter(isSettled)) > this.#maxBytes && this.#pushOut(isSettled));
    while (heldBytesOf(this.#entries) > 2 * this.#maxBytes && this.#pushOut(() => true));
  }

  /** Whether there was one to push out. */
  #pushOut(mayGo: (entry: Entry) => boolean): boolean {
    const position = this.#entries.findIndex(entry => !entry.isLeased && mayGo(entry));
    const [oldest] = position < 0 ? [] : this.#entries.splice(position, 1);
    if (oldest !== undefined) this.#onLost(oldest.parcel, 'memory');
    return oldest !== undefined;
  }
}

function toEntry(parcel: Parcel): Entry {
  return { parcel, isLeased: false, isPacking: false };
}

function heldBytesOf(entries: readonly Entry[]): number {
  return entries.reduce((bytes, { parcel }) => bytes + parcel.heldBytes, 0);
}

function smallerOf(one: Entry | undefined, other: Entry): Entry {
  return one === undefined || other.parcel.heldBytes < one.parcel.heldBytes ? other : one;
}
