import type { Spool } from '../spool/spool.ts';
import type { SpoolLease } from '../spool/taker.ts';
import { toBatch } from './parcel-batch.ts';
import type { Packed, Parcel } from './parcel.ts';
import type { Lease } from './storage.ts';

/** What a {@link Flight} needs of the storage that it comes from. */
export interface FlightBase {
  readonly spool: Spool;
  /** How long the oldest item of the parcel has been waiting. */
  readonly ageOf: (parcel: Parcel) => number;
  /** Takes a parcel into memory. */
  readonly put: (parcel: Parcel) => void;
  /** Told of each step on disk that is under way, so that the storage can wait for it. */
  readonly track: (step: Promise<unknown>) => void;
  /** Told when it is over. */
  readonly onEnd: (flight: Flight, end: FlightEnd) => void;
}

/** How a flight ended: its items ended, or wait again as they are, or some of them in other parcels. */
export type FlightEnd = 'done' | 'released' | 'replaced';

/**
 * A parcel out of the storage: on its way to the service, or to the disk.
 *
 * It counts as in memory or as on disk, never as both or neither, and can come to be on disk while it flies.
 */
export class Flight implements Lease {
  readonly parcel: Parcel;
  readonly #base: FlightBase;
  /** Its place in memory, until it is on disk. */
  #memory: Lease | undefined;
  #file: SpoolLease | undefined;
  #storing: Promise<boolean> | undefined;
  #end: FlightEnd | undefined;

  private constructor(parcel: Parcel, base: FlightBase, memory: Lease | undefined, file: SpoolLease | undefined) {
    this.parcel = parcel;
    this.#base = base;
    this.#memory = memory;
    this.#file = file;
  }

  static fromMemory(memory: Lease, base: FlightBase): Flight {
    return new Flight(memory.parcel, base, memory, undefined);
  }

  static fromDisk(parcel: Parcel, file: SpoolLease, base: FlightBase): Flight {
    return new Flight(parcel, base, undefined, file);
  }

  /** Under which name it waits on disk, if it is there. */
  get fileName(): string | undefined {
    return this.#file?.name;
  }

  /** Resolves with true when it is on disk or has ended, with false when the disk has refused it. Never rejects. */
  store(): Promise<boolean> {
    if (this.#storing !== undefined) return this.#storing;
    if (this.#file !== undefined || this.#end !== undefined) return Promise.resolve(true);
    this.#storing = this.#store();
    return this.#storing;
  }

  /** Those who handed the items over need to wait no longer, unless it has ended anyway. */
  leaveToDisk(): void {
    if (this.#end === undefined) this.parcel.leaveToDisk();
  }

  done(): void {
    if (!this.#finish('done')) return;
    this.#memory?.done();
    if (this.#file !== undefined) this.#base.track(this.#file.done());
  }

  release(instead?: readonly Parcel[]): void {
    if (instead !== undefined) return this.#replace(instead);
    // While it is being written it stays where it is until that has ended.
    if (this.#finish('released') && this.#storing === undefined) this.#letGo();
  }

  #replace(instead: readonly Parcel[]): void {
    if (!this.#finish('replaced')) return;
    this.#memory?.release(instead);
    if (this.#file === undefined) return;
    // The file stays until what is left of it is sent, lost, or in a file of its own.
    this.#base.track(this.#file.done(Promise.all(this.parcel.shares.map(({ ticket }) => ticket.ended))));
    for (const parcel of instead) this.#base.put(parcel);
  }

  #finish(end: FlightEnd): boolean {
    if (this.#end !== undefined) return false;
    this.#end = end;
    this.#base.onEnd(this, end);
    return true;
  }

  #letGo(): void {
    if (this.#file === undefined) return this.#memory?.release();
    this.parcel.leaveToDisk();
    this.#base.track(this.#file.release());
  }

  async #store(): Promise<boolean> {
    // Without memory to compress it, it stays as it is.
    const packed = await this.parcel.packed().catch(() => undefined);
    const isStored = packed !== undefined && (await this.#write(packed));
    this.#storing = undefined;
    if (this.#end === 'released') this.#letGo();
    return isStored;
  }

  async #write(packed: Packed): Promise<boolean> {
    const { spool, ageOf } = this.#base;
    const put = await spool.putHeld(toBatch(this.parcel, packed), ageOf(this.parcel), file => this.#keep(file));
    return put.kind === 'kept';
  }

  /** It is on disk as of now. */
  #keep(file: SpoolLease): void {
    if (this.#end === 'done' || this.#end === 'replaced') return this.#base.track(file.done());
    this.#memory?.done();
    this.#memory = undefined;
    this.#file = file;
  }
}
