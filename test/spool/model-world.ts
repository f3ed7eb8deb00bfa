import { Spool, type SpoolParts } from '../../src/spool/spool.ts';
import type { SpoolLease } from '../../src/spool/taker.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryFileSystem, systemError, type Call } from './memory-file-system.ts';
import { batchOf } from './test-batch.ts';

/** What can be wrong with the disk. */
export type Fault = 'none' | 'full' | 'read-only' | 'erratic';

/** What can be asked of a spool. */
export type Operation = 'put' | 'take' | 'done' | 'release' | 'minute';

const DIRECTORY = '/home/me/spool';

/** An hour and a half stands for the 48 hours, so that few ticks pass. */
const TIMING: SpoolParts['timing'] = {
  leaseMillis: 60_000,
  scanMillis: 60_000,
  retryMillis: 60_000,
  maxAgeMillis: 90 * 60_000,
};

/** How a {@link World} begins. */
export interface WorldOptions {
  readonly maxBytes: number;
  readonly isSynced: boolean;
}

/** One process with a spool, and what it was told and has told. Each batch has as many items as its number says. */
class Seat {
  readonly spool: Spool;
  readonly leases: [number, SpoolLease][] = [];
  kept = 0;
  settled = 0;
  lost = 0;
  isDead = false;
  callsLeft = Infinity;
  /** Resolves when the process has stopped within an operation. */
  readonly stopped: Promise<void>;
  #stop: () => void = () => undefined;

  constructor(id: number, world: World) {
    this.stopped = new Promise(resolve => {
      this.#stop = resolve;
    });
    this.spool = new Spool({
      clock: world.clock,
      directories: [DIRECTORY],
      destination: ['me'],
      uid: 1000,
      id: id.toString(16).padStart(12, '0'),
      files: world.disk.seenBy(1000, call => this.#before(world, call)),
      timing: TIMING,
      ...world.options,
      onLoss: ({ t = 0 }) => {
        this.lost += t;
        world.reported.add(t);
      },
    });
  }

  /** `kept + adopted - settled - lost - on disk - yielded`, which is always 0. */
  get imbalance(): number {
    const { adopted, diskItems, yielded } = this.spool.stats();
    return this.kept + adopted - this.settled - this.lost - diskItems - yielded;
  }

  #before(world: World, call: Call): Promise<void> | void {
    if (this.isDead || this.callsLeft <= 0) {
      this.#stop();
      return new Promise(() => {}); // Stopped: nothing ever comes back.
    }
    this.callsLeft -= 1;
    world.refuse(call);
  }
}

/** Two processes on one disk, with everything that can happen to them. */
export class World {
  readonly options: WorldOptions;
  readonly disk: MemoryFileSystem = new MemoryFileSystem();
  readonly clock: ManualClock = new ManualClock();
  /** Numbers of batches: promised to be kept; handed to the service; reported as lost; damaged or lost with power. */
  readonly promised: Set<number> = new Set();
  readonly delivered: number[] = [];
  readonly reported: Set<number> = new Set();
  readonly excused: Set<number> = new Set();
  /** Whether something happened after which a batch may be delivered twice. */
  isDisturbed = false;
  fault: Fault = 'none';
  #seats: Seat[] = [];
  #seatsMade = 0;
  #batches = 0;
  #calls = 0;

  constructor(options: WorldOptions) {
    this.options = options;
  }

  async begin(): Promise<void> {
    this.#seats = [await this.#newSeat(), await this.#newSeat()];
  }

  get imbalances(): number[] {
    return this.#seats.map(({ imbalance }) => imbalance);
  }

  async operate(index: number, operation: Operation): Promise<void> {
    const seat = this.#seats[index];
    if (seat === undefined) return;
    switch (operation) {
      case 'put':
        return this.#put(seat);
      case 'take': {
        const lease = await seat.spool.take();
        if (lease !== undefined) seat.leases.push([lease.batch.lengths.length, lease]);
        return;
      }
      case 'done': {
        const [number, lease] = seat.leases.shift() ?? [];
        if (number === undefined || lease === undefined) return;
        this.delivered.push(number);
        seat.settled += seat.spool.stats().diskItems;
        const done = lease.done();
        seat.settled -= seat.spool.stats().diskItems;
        return done;
      }
      case 'release':
        return seat.leases.shift()?.[1].release();
      case 'minute':
        return this.clock.advance(60_000);
    }
  }

  /** Lets both processes do something while time passes. */
  async atOnce(one: Operation, other: Operation): Promise<void> {
    await Promise.all([
      this.clock.advance(60_000),
      this.operate(0, one),
      this.operate(1, other),
      this.operate(0, other),
    ]);
  }

  /** Ends a process without warning, within an operation after so many calls to the file system, and starts another. */
  async crash(index: number, operation: Operation, calls: number): Promise<void> {
    const seat = this.#seats[index];
    if (seat === undefined) return;
    this.isDisturbed = true;
    seat.callsLeft = calls;
    // Of a loss that a process does not live to report nobody is told; with room and youth there is none.
    const isReportable = operation !== 'minute' && (operation !== 'put' || this.options.maxBytes > 10_000);
    if (isReportable) await Promise.race([this.operate(index, operation), seat.stopped]);
    seat.isDead = true;
    this.#seats[index] = await this.#newSeat();
  }

  /** Ends all processes and undoes what was not synced. */
  async failPower(chance: number): Promise<void> {
    this.isDisturbed = true;
    for (const seat of this.#seats) seat.isDead = true;
    this.disk.powerFailure(() => chance);
    if (!this.options.isSynced) for (const number of this.promised) this.excused.add(number);
    await this.begin();
  }

  /** Damages a file, if there is one. */
  damage(choice: number): void {
    const files = this.disk.files(DIRECTORY).filter(file => this.disk.node(file).kind === 'file');
    const file = files[choice % files.length];
    if (file === undefined) return;
    const number = Number(/\.(\d+)t\./.exec(file)?.[1]);
    this.excused.add(number);
    const node = this.disk.node(file);
    const half = node.content.subarray(0, node.content.byteLength >> 1);
    const damages = [half, Buffer.alloc(0), Buffer.concat([node.content, half]), Buffer.alloc(node.content.byteLength)];
    const content = damages[choice % damages.length] ?? half;
    this.disk.add(file, choice % 5 === 4 ? { kind: 'other' } : { content });
  }

  step(millis: number): void {
    this.isDisturbed = true;
    this.clock.step(millis);
  }

  refuse({ name }: Call): void {
    this.#calls += 1;
    const isChange = ['create', 'write', 'rename', 'remove', 'makeFolder'].includes(name);
    if (this.fault === 'full' && name === 'write') throw systemError('ENOSPC');
    if (this.fault === 'read-only' && isChange) throw systemError('EROFS');
    if (this.fault === 'erratic' && this.#calls % 3 === 0) throw systemError('EIO');
  }

  /** Ends everything in an orderly way, and gives the batches that a new process then finds. */
  async drain(): Promise<number[]> {
    this.fault = 'none';
    for (const { spool } of this.#seats) await spool.close();
    await this.clock.advance(60_000); // What failed before is tried again.
    for (const seat of this.#seats) seat.isDead = true;
    const last = await this.#newSeat();
    await this.clock.advance(180_000);
    const found: number[] = [];
    for (let lease = await last.spool.take(); lease !== undefined; lease = await last.spool.take()) {
      found.push(lease.batch.lengths.length);
      await lease.done();
    }
    return found;
  }

  async #newSeat(): Promise<Seat> {
    this.#seatsMade += 1;
    const seat = new Seat(this.#seatsMade, this);
    await seat.spool.start();
    return seat;
  }

  async #put(seat: Seat): Promise<void> {
    this.#batches += 1;
    const number = this.#batches;
    const put = await seat.spool.put(batchOf(number));
    if (put.kind !== 'kept') return;
    seat.kept += number;
    this.promised.add(number);
  }
}
