import type { Spool } from '../spool/spool.ts';
import type { Clock, Timer } from './clock.ts';
import type { DrainPace } from './drain-pace.ts';
import { Flight, type FlightBase, type FlightEnd } from './flight.ts';
import { toBatch, toParcel } from './parcel-batch.ts';
import type { Parcel } from './parcel.ts';
import type { Ring } from './ring.ts';
import type { Lease, Storage, StorageStats } from './storage.ts';
import { within } from './within.ts';

/** What a {@link DiskStorage} is made of. */
export interface DiskStorageParts {
  readonly clock: Clock;
  readonly ring: Ring;
  readonly spool: Spool;
  readonly pace: DrainPace;
  /** Whether everything is put on disk before it is sent. */
  readonly keepsFirst: boolean;
  /** Called when there may be something to take that was not there, or not due, before. */
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
  /** Names of files whose items may have been taken by the service already; see {@link Parcel.wasResent}. */
  readonly #resent = new Set<string>();
  #fromDisk: Flight | undefined;
  #dueTimer: Timer | undefined;
  #retryTimer: Timer | undefined;
  #isHurried = false;
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
    this.#callWhenDue();
  }

  get hasWaiting(): boolean {
    const { ring, spool, pace } = this.#parts;
    if (this.#ready.length > 0 || ring.hasWaiting) return true;
    return pace.isDue && spool.hasWaiting(this.#isHurried ? 'ours' : 'oldest');
  }

  put(parcel: Parcel): void {
    this.#parts.ring.put(parcel);
  }

  async take(smallest: boolean): Promise<Lease | undefined> {
    const ready = this.#ready.shift();
    if (ready !== undefined) return ready;
    const memory = await this.#parts.ring.take(smallest);
    if (memory === undefined) return this.#takeFromDisk(smallest);
    const flight = this.#begin(Flight.fromMemory(memory, this.#base));
    if (this.keepsFirst) await flight.store();
    return flight;
  }

  async keep(isLast = false): Promise<void> {
    const isStored = (await this.#storeFlights(isLast)) && (await this.#storeWaiting(isLast));
    // What was being written could not be taken in the meantime.
    this.#parts.onWaiting();
    if (!isStored) await this.#keepInMemory();
  }

  async hurry(): Promise<void> {
    this.#isHurried = true;
    this.#parts.pace.hurry();
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
    const { clock, ring, spool } = this.#parts;
    this.#isClosed = true;
    this.#dueTimer?.cancel();
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

  /** Whether all that is under way is on disk. */
  async #storeFlights(isLast: boolean): Promise<boolean> {
    const stored = [...this.#flights].map(async flight => {
      const isStored = await flight.store();
      if (isStored && !isLast) flight.leaveToDisk();
      return isStored;
    });
    return !(await Promise.all(stored)).includes(false);
  }

  /** Whether all that waits is on disk. */
  async #storeWaiting(isLast: boolean): Promise<boolean> {
    const { ring } = this.#parts;
    for (let memory = await ring.take(false); memory !== undefined; memory = await ring.take(false)) {
      const flight = this.#begin(Flight.fromMemory(memory, this.#base));
      const isStored = await flight.store();
      if (isStored && isLast) this.#ready.push(flight);
      else flight.release();
      if (!isStored) return false;
    }
    return true;
  }

  async #keepInMemory(): Promise<void> {
    const { clock, ring } = this.#parts;
    this.#retryTimer?.cancel();
    if (!this.#isClosed) this.#retryTimer = clock.schedule(RETRY_MILLIS, () => void this.keep());
    await ring.keep();
  }

  async #takeFromDisk(smallest: boolean): Promise<Lease | undefined> {
    const { clock, pace, spool } = this.#parts;
    if (!pace.isDue) return undefined;
    pace.begin();
    const which = smallest ? 'smallest' : 'oldest';
    const file = await spool.take(this.#isHurried ? 'ours' : which);
    if (file === undefined) {
      pace.ended(0, 'unsent');
      return undefined;
    }
    const parcel = toParcel(file.batch, clock.monotonicMillis() - file.ageMillis);
    parcel.wasResent = this.#resent.has(file.name);
    this.#fromDisk = this.#begin(Flight.fromDisk(parcel, file, this.#base));
    return this.#fromDisk;
  }

  #begin(flight: Flight): Flight {
    this.#flights.add(flight);
    return flight;
  }

  #onEnd(flight: Flight, end: FlightEnd): void {
    const { fileName, parcel } = flight;
    this.#flights.delete(flight);
    if (fileName !== undefined && parcel.wasResent && end === 'released') this.#resent.add(fileName);
    else if (fileName !== undefined) this.#resent.delete(fileName);
    if (flight !== this.#fromDisk) return;
    this.#fromDisk = undefined;
    this.#parts.pace.ended(parcel.heldBytes, end === 'released' ? 'refused' : 'taken');
    this.#callWhenDue();
  }

  #track(step: Promise<unknown>): void {
    const tracked = step.finally(() => {
      this.#steps.delete(tracked);
      // A batch may wait now that was held before.
      if (!this.#isClosed) this.#parts.onWaiting();
    });
    this.#steps.add(tracked);
  }

  #callWhenDue(): void {
    const { clock, pace, onWaiting } = this.#parts;
    this.#dueTimer?.cancel();
    if (this.#isClosed) return;
    // Timers may fire a fraction early. Asked then, nobody would ask again.
    this.#dueTimer = clock.schedule(pace.waitMillis, () => (pace.waitMillis > 0 ? this.#callWhenDue() : onWaiting()));
  }
}
