import type { Counts } from './counts.ts';
import { Shelf, type Slip } from './shelf.ts';

/**
 * Why a batch on disk was lost.
 *
 * - `evicted`: the oldest had to go, to make room for a new one;
 * - `expired`: the service no longer takes items of that age;
 * - `corrupt`: its file is not what was written.
 */
export type SpoolLoss = 'evicted' | 'expired' | 'corrupt';

/** Told of every batch that is lost. */
export type OnSpoolLoss = (counts: Counts, loss: SpoolLoss) => void;

/**
 * Where every batch is that ever was on this disk, as far as this process had to do with it.
 *
 * At every moment, in items: kept + adopted = settled + lost + on the shelf + yielded. Each method moves a batch from
 * one side or place to another; nothing else does.
 */
export class Stock {
  readonly shelf: Shelf = new Shelf();
  readonly #onLoss: OnSpoolLoss;
  #adopted = 0;
  #yielded = 0;
  #touched: Set<string> | undefined;
  readonly #expected = new Set<string>();

  constructor(onLoss: OnSpoolLoss) {
    this.#onLoss = onLoss;
  }

  /** Items that others had put here. */
  get adopted(): number {
    return this.#adopted;
  }

  /** Items that others have taken from here. */
  get yielded(): number {
    return this.#yielded;
  }

  /** A batch of ours is being written. Its file may be seen before it is kept. */
  expect(slip: Slip): void {
    this.#expected.add(slip.name);
    this.touch(slip);
  }

  /** A batch of ours is on disk. */
  keep(slip: Slip): void {
    this.giveUp(slip);
    this.shelf.add(slip);
  }

  /** A batch of ours is not on disk after all. */
  giveUp(slip: Slip): void {
    this.#expected.delete(slip.name);
    this.touch(slip);
  }

  /** A batch that somebody else had put here was found. */
  adopt(slip: Slip): void {
    if (this.shelf.has(slip.name)) return;
    this.#adopted += slip.items;
    this.shelf.add(slip);
  }

  /** Somebody else has the batch now. */
  yield(slip: Slip): void {
    if (this.#take(slip)) this.#yielded += slip.items;
  }

  /** The caller answers for its items from now on. */
  settle(slip: Slip): void {
    this.#take(slip);
  }

  lose(slip: Slip, loss: SpoolLoss): void {
    if (this.#take(slip)) this.#onLoss(slip.counts, loss);
  }

  /** The name of its file changes, or has. */
  touch({ name }: Slip): void {
    this.#touched?.add(name);
  }

  /** From now on until the next call, collects the names that are touched, with those being written now. */
  collectTouched(): ReadonlySet<string> {
    this.#touched = new Set(this.#expected);
    return this.#touched;
  }

  #take(slip: Slip): boolean {
    this.touch(slip);
    return this.shelf.remove(slip);
  }
}
