import type { Spool } from '../spool/spool.ts';
import type { Clock, Timer } from './clock.ts';
import type { DiskDrain } from './disk-drain.ts';
import { Flight, type FlightBase, type FlightEnd } from './flight.ts';
import { toBatch } from './parcel-batch.ts';
import type { Parcel } from './parcel.ts';
import type { Ring } from './ring.ts';
import type { Lease, Storage, StorageStats } from './storage.ts';
import { within } from './within.ts';

/** What a {@link DiskStorage} is made of. */
export interface DiskStorageParts {
  readonly clock: Clock;
  readonly ring: Ring;
  readonly spool: Spool;
  readonly drain: DiskDrain;
  /** Whether everything is put on disk before it is sent. */
  readonly keepsFirst: boolean;
  /** Called when there may be something to take that was not there before. */
  readonly onWaiting: () => void;
}

/** A disk that hangs must not hold up the end of the process. */
const CLOSE_MILLIS = 500;

/** After the disk has refused, what is in memory is offered to it again so often. */
const RETRY_MILLIS = 60_000;

/**
 * Keeps parcels in memory as long as all goes well, and on disk as soon as it does not.
 *
 * Memory goes first: it is what happens now. The disk is emptied beside it, one batch at a time. While the disk refuses,
 * this is the memory ring alone.
 */
export class DiskStorage implements Storage {
  readonly keepsFirst: boolean;
  readonly #parts: DiskStorageParts;
  readonly #base: FlightBase;
  readonly #flights = new Set<Flight>();
  /** On disk, and to be sent from memory all the same. */
  readonly #ready: Flight[] = [];
  readonly #steps = new Set<Promise<unknown>>();
  #lastKept: Promise<unknown> = Promise.resolve();
  #retryTimer: Timer | undefined;
  #isClosed = false;

  constructor(parts: DiskStorageParts) {
    const { clock, ring, spool, keepsFirst } = parts;
    this.keepsFirst = keepsFirst;
    this.#parts = parts;
    this.#base = {
      spool,
      ageOf: ({ sinceMillis }) => clock.monotonicMillis() - sinceMillis,
      put: parcel => ring.put(parcel),
      track: step => this.#track(step),
      onEnd: (flight, end) => this.#onEnd(flight, end),
    };
  }

  get hasWaiting(): boolean {
    const { ring, drain } = this.#parts;
    return this.#ready.length > 0 || ring.hasWaiting || drain.hasWaiting;
  }

  put(parcel: Parcel): void {
    this.#parts.ring.put(parcel);
  }

  async take(smallest: boolean): Promise<Lease | undefined> {
    const ready = this.#ready.shift();
    if (ready !== undefined) return ready;
    const flight = this.#lendFromMemory(smallest);
    if (flight === undefined) return this.#takeFromDisk(smallest);
    if (this.keepsFirst) await flight.store();
    return flight;
  }

  async keep(isLast = false): Promise<void> {
    const kept = this.#lastKept.then(() => this.#storeAll(isLast));
    this.#lastKept = kept;
    const isStored = await kept;
    // What was being written could not be taken in the meantime.
    this.#parts.onWaiting();
    if (!isStored) await this.#keepInMemory();
  }

  async hurry(): Promise<void> {
    this.#parts.drain.hurry();
    await Promise.all(this.#steps);
  }

  keepOnExit(): void {
    const { ring, spool } = this.#parts;
    for (const parcel of ring.parcels) spool.putOnExit(toBatch(parcel, parcel.packedNow()), this.#base.ageOf(parcel));
  }

  stats(): StorageStats {
    const memory = this.#parts.ring.stats();
    const { adopted, yielded, diskItems, diskBytes, oldestMillis, failure } = this.#parts.spool.stats();
    return {
      ...memory,
      adopted,
      yielded,
      diskItems,
      diskBytes,
      diskFailure: failure,
      oldestMillis: Math.max(memory.oldestMillis, oldestMillis),
    };
  }

  async close(): Promise<void> {
    const { clock, ring, spool, drain } = this.#parts;
    this.#isClosed = true;
    drain.close();
    this.#retryTimer?.cancel();
    await within(clock, CLOSE_MILLIS, this.#leaveToDisk());
    await ring.close();
    await within(clock, CLOSE_MILLIS, spool.close());
  }

  /** Everything that is on disk, or can be, waits there for another process. */
  async #leaveToDisk(): Promise<void> {
    for (const flight of this.#ready.splice(0)) flight.release();
    await this.keep();
    await Promise.all(this.#steps);
  }

  /**
   * Whether all that is in memory at this moment is on disk in the end. One after the other: what comes in while files
   * are written is gathered, and goes into one.
   */
  async #storeAll(isLast: boolean): Promise<boolean> {
    const flying = [...this.#flights].map(flight => this.#storeFlying(flight, isLast));
    const waiting: Promise<boolean>[] = [];
    for (let flight = this.#lendFromMemory(false); flight !== undefined; flight = this.#lendFromMemory(false)) {
      waiting.push(this.#storeWaiting(flight, isLast));
    }
    return !(await Promise.all([...flying, ...waiting])).includes(false);
  }

  async #storeFlying(flight: Flight, isLast: boolean): Promise<boolean> {
    const isStored = await flight.store();
    if (isStored && !isLast) flight.leaveToDisk();
    return isStored;
  }

  async #storeWaiting(flight: Flight, isLast: boolean): Promise<boolean> {
    const isStored = await flight.store();
    if (isStored && isLast) this.#ready.push(flight);
    else flight.release();
    return isStored;
  }

  async #keepInMemory(): Promise<void> {
    const { clock, ring } = this.#parts;
    this.#retryTimer?.cancel();
    if (!this.#isClosed) this.#retryTimer = clock.schedule(RETRY_MILLIS, () => void this.keep());
    await ring.keep();
  }

  async #takeFromDisk(smallest: boolean): Promise<Lease | undefined> {
    const taken = await this.#parts.drain.take(smallest);
    return taken === undefined ? undefined : this.#begin(Flight.fromDisk(taken.parcel, taken.file, this.#base));
  }

  /** Counts as under way from this very moment: nobody who looks for what is to be stored must miss it. */
  #lendFromMemory(smallest: boolean): Flight | undefined {
    const memory = this.#parts.ring.lend(smallest);
    return memory === undefined ? undefined : this.#begin(Flight.fromMemory(memory, this.#base));
  }

  #begin(flight: Flight): Flight {
    this.#flights.add(flight);
    return flight;
  }

  #onEnd(flight: Flight, end: FlightEnd): void {
    this.#flights.delete(flight);
    this.#parts.drain.ended(flight, end);
  }

  #track(step: Promise<unknown>): void {
    const tracked = step.finally(() => {
      this.#steps.delete(tracked);
      // A batch may wait now that was held before.
      if (!this.#isClosed) this.#parts.onWaiting();
    });
    this.#steps.add(tracked);
  }
}
