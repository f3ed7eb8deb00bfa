import { diag } from '@opentelemetry/api';
import { randomBytes } from 'node:crypto';
import type { Batch } from './batch.ts';
import type { Clock } from './clock.ts';
import { Drafts } from './drafts.ts';
import { nodeExitFileSystem, type ExitFileSystem } from './exit-file-system.ts';
import { ExitWriter } from './exit-writer.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { Health } from './health.ts';
import { Keeper } from './keeper.ts';
import { Place } from './place.ts';
import type { Shared, SpoolTiming } from './shared.ts';
import type { Choice } from './shelf.ts';
import { Stock, type OnSpoolLoss } from './stock.ts';
import { folderNameFor } from './storage-location.ts';
import { Taker, type SpoolLease } from './taker.ts';
import { Writer, type KeptFile, type Order, type Put } from './writer.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/spool' });

const HOUR = 3_600_000;

/** The service refuses what is older than 48 hours; a little earlier leaves time to send it. */
const TIMING: SpoolTiming = {
  leaseMillis: 60_000,
  scanMillis: 60_000,
  retryMillis: 60_000,
  maxAgeMillis: 48 * HOUR - 300_000,
};

/** How much waits on disk at most, unless the options say otherwise. */
export const DEFAULT_STORAGE_MAX_BYTES: number = 50 * 1024 * 1024;

/** What a {@link Spool} is made of. */
export interface SpoolParts {
  readonly clock: Clock;
  /** Where its folder may be, the best first. */
  readonly directories: readonly string[];
  /** For whom the items are. Spools with other texts here never see them. */
  readonly destination: readonly string[];
  readonly onLoss: OnSpoolLoss;
  readonly maxBytes?: number | undefined;
  /** Whether a batch counts as kept only when a power failure could not undo it. No by default. */
  readonly isSynced?: boolean | undefined;
  /** Told with a reason when the disk begins to fail, and without one when it works again. */
  readonly onHealth?: ((reason: string | undefined) => void) | undefined;
  /** Told after each look into the folder that there is something to take. */
  readonly onWaiting?: (() => void) | undefined;
  readonly files?: FileSystem | undefined;
  readonly exitFiles?: ExitFileSystem | undefined;
  readonly timing?: SpoolTiming | undefined;
  /** Of this process; `undefined` where users have no numbers. */
  readonly uid?: number | undefined;
  /** Twelve hexadecimal digits that no other spool has. */
  readonly id?: string | undefined;
}

/** What is on disk, as far as this process knows. */
export interface SpoolStats {
  readonly diskItems: number;
  readonly diskBytes: number;
  /** Items found here that others had put here. */
  readonly adopted: number;
  /** Items that were known here until others took them. */
  readonly yielded: number;
  /** How long the oldest item has been waiting. */
  readonly oldestMillis: number;
  /** Why nothing can be put on disk at present. */
  readonly failure: string | undefined;
}

/**
 * Keeps batches on disk until they are delivered, across the end of this process.
 *
 * One file a batch, in a folder that all processes of this user with the same destination share. What is put here is
 * lost only by age, by lack of room, or with the disk; each loss is told. It knows nothing of the service.
 */
export class Spool {
  readonly #shared: Shared;
  readonly #writer: Writer;
  readonly #taker: Taker;
  readonly #keeper: Keeper;
  readonly #exitWriter: ExitWriter;
  readonly #onWaiting: (() => void) | undefined;
  #timer: { cancel(): void } | undefined;
  #scannedAtMillis = 0;
  #isClosed = false;
  #upkeep: Promise<void> = Promise.resolve();
  #firstLook: Promise<void> = Promise.resolve();

  constructor(parts: SpoolParts) {
    const { maxBytes = DEFAULT_STORAGE_MAX_BYTES, isSynced = false } = parts;
    this.#shared = toShared(parts);
    const drafts = new Drafts(this.#shared, { maxBytes, isSynced });
    this.#writer = new Writer(this.#shared, drafts);
    this.#taker = new Taker(this.#shared);
    this.#keeper = new Keeper(this.#shared);
    const { exitFiles: files = nodeExitFileSystem } = parts;
    this.#exitWriter = new ExitWriter({ shared: this.#shared, files, drafts, writer: this.#writer });
    this.#onWaiting = parts.onWaiting;
  }

  /** Whether {@link take} would find something, as far as is known. */
  hasWaiting(which: Choice = 'oldest'): boolean {
    return this.#taker.hasWaiting(which);
  }

  /** Reads what an earlier process left, and looks after the folder from now on. */
  async start(): Promise<void> {
    this.#firstLook = this.#look();
    this.#upkeep = this.#firstLook;
    await this.#upkeep;
    this.#tickLater();
  }

  /** Puts a batch on disk. `ageMillis`: how long its oldest item has been waiting. Never rejects. */
  put(batch: Batch, ageMillis = 0): Promise<Put> {
    return this.#put({ batch, ageMillis, isHeld: false, onKept: () => undefined });
  }

  /** The same for a batch that is on its way already: nobody takes it. `onKept` gets it when it counts as on disk. */
  putHeld(batch: Batch, ageMillis: number, onKept: (lease: SpoolLease) => void): Promise<Put> {
    const hold = (kept: KeptFile): void => onKept(this.#taker.hold(kept, batch));
    return this.#put({ batch, ageMillis, isHeld: true, onKept: hold });
  }

  /** Puts a batch on disk while the process ends, in a folder that is made now if need be. Whether it is there. */
  putOnExit(batch: Batch, ageMillis = 0): boolean {
    return this.#exitWriter.put(batch, ageMillis);
  }

  /** Lends out a batch that nobody has; `undefined` when there is none, or the disk refuses. Never rejects. */
  take(which: Choice = 'oldest'): Promise<SpoolLease | undefined> {
    return this.#taker.take(which);
  }

  stats(): SpoolStats {
    const { stock, clock, writing } = this.#shared;
    const [oldest] = stock.shelf.slips;
    return {
      diskItems: stock.shelf.items,
      diskBytes: stock.shelf.bytes,
      adopted: stock.adopted,
      yielded: stock.yielded,
      oldestMillis: oldest === undefined ? 0 : clock.monotonicMillis() - oldest.sinceMillis,
      failure: writing.reason,
    };
  }

  /** Lets everything wait for the next process, or for another one. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#upkeep;
    await this.#taker.releaseAll();
  }

  /** After the first look: how much room there is depends on what is there. */
  async #put(order: Order): Promise<Put> {
    await this.#firstLook;
    return this.#writer.put(order);
  }

  #tickLater(): void {
    if (this.#isClosed) return;
    const { clock, timing } = this.#shared;
    this.#timer = clock.schedule(timing.leaseMillis / 3, () => {
      this.#upkeep = this.#tick();
    });
  }

  async #tick(): Promise<void> {
    const { clock, timing } = this.#shared;
    await this.#taker.renew();
    if (clock.monotonicMillis() - this.#scannedAtMillis >= timing.scanMillis) await this.#look();
    this.#tickLater();
  }

  async #look(): Promise<void> {
    this.#scannedAtMillis = this.#shared.clock.monotonicMillis();
    await this.#keeper.scan();
    await this.#keeper.expire();
    if (this.hasWaiting()) this.#onWaiting?.();
  }
}

function toShared(parts: SpoolParts): Shared {
  const { clock, directories, onHealth, files = nodeFileSystem, timing = TIMING } = parts;
  const { uid = process.getuid?.(), id = randomBytes(6).toString('hex') } = parts;
  const folderName = folderNameFor(...parts.destination);
  const { retryMillis } = timing;
  const onWriting = (reason: string | undefined): void => {
    if (reason === undefined) log.info('The disk takes telemetry again.');
    else log.warn(`${reason}. Telemetry waits in memory until the disk takes it.`);
    onHealth?.(reason);
  };
  const onTaking = (reason: string | undefined): void => {
    if (reason === undefined) log.info('Telemetry on disk can be taken again.');
    else log.warn(`${reason}. Telemetry on disk stays there until it can be taken.`);
  };
  return {
    files,
    clock,
    uid,
    id,
    destination: folderName,
    timing,
    place: new Place({ files, uid, directories, folderName }),
    stock: new Stock(parts.onLoss),
    writing: new Health({ clock, retryMillis, onChange: onWriting }),
    taking: new Health({ clock, retryMillis, onChange: onTaking }),
  };
}
