import type { Spool } from '../spool/spool.ts';
import type { SpoolLease } from '../spool/taker.ts';
import type { Clock, Timer } from './clock.ts';
import type { DrainPace, Round } from './drain-pace.ts';
import type { Flight, FlightEnd } from './flight.ts';
import { toParcel } from './parcel-batch.ts';
import type { Parcel } from './parcel.ts';

/** What a {@link DiskDrain} is made of. */
export interface DiskDrainParts {
  readonly clock: Clock;
  readonly spool: Spool;
  readonly pace: DrainPace;
  /** Called when the next batch is due. */
  readonly onDue: () => void;
}

/** Empties the disk beside live traffic, as fast as its pace allows. */
export class DiskDrain {
  readonly #parts: DiskDrainParts;
  /** Names of files whose items may have been taken by the service already; see {@link Parcel.wasResent}. */
  readonly #resent = new Set<string>();
  /** By the name of the file that is under way. */
  readonly #rounds = new Map<string, Round>();
  #timer: Timer | undefined;
  #isHurried = false;
  #isClosed = false;

  constructor(parts: DiskDrainParts) {
    this.#parts = parts;
    this.#callWhenDue();
  }

  /** Whether {@link take} would find something that is due. */
  get hasWaiting(): boolean {
    const { pace, spool } = this.#parts;
    return pace.isDue && spool.hasWaiting(this.#isHurried ? 'ours' : 'oldest');
  }

  /** Takes the next batch. Its flight must be told to {@link ended}. */
  async take(smallest: boolean): Promise<{ parcel: Parcel; file: SpoolLease } | undefined> {
    const { clock, pace, spool } = this.#parts;
    if (!pace.isDue) return undefined;
    const round = pace.begin();
    const which = smallest ? 'smallest' : 'oldest';
    const file = await spool.take(this.#isHurried ? 'ours' : which);
    if (file === undefined) {
      round.foundNothing();
      return undefined;
    }
    round.took(file.batch.body.byteLength);
    this.#rounds.set(file.name, round);
    this.#callWhenDue();
    const parcel = toParcel(file.batch, clock.monotonicMillis() - file.ageMillis);
    parcel.wasResent = this.#resent.has(file.name);
    return { parcel, file };
  }

  /** A flight is over, whether it was taken here or not. */
  ended({ fileName, parcel }: Flight, end: FlightEnd): void {
    if (fileName === undefined) return;
    if (parcel.wasResent && end === 'released') this.#resent.add(fileName);
    else this.#resent.delete(fileName);
    const round = this.#rounds.get(fileName);
    if (round === undefined) return;
    this.#rounds.delete(fileName);
    round.ended(end !== 'released');
    this.#callWhenDue();
  }

  /** From now on only what this process has put there is taken, one batch right after the other. */
  hurry(): void {
    this.#isHurried = true;
    this.#parts.pace.hurry();
  }

  /** Calls back no more. */
  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #callWhenDue(): void {
    const { clock, pace, onDue } = this.#parts;
    this.#timer?.cancel();
    if (this.#isClosed) return;
    // Timers may fire a fraction early. Asked then, nobody would ask again.
    this.#timer = clock.schedule(pace.waitMillis, () => (pace.waitMillis > 0 ? this.#callWhenDue() : onDue()));
  }
}
