import { diag } from '@opentelemetry/api';
import { setAside } from './bad-folder.ts';
import type { Batch } from './batch.ts';
import { decodeFile } from './file-format.ts';
import { HeldFile } from './held-file.ts';
import { readFile } from './read-file.ts';
import type { Shared } from './shared.ts';
import type { Choice, Slip } from './shelf.ts';
import type { KeptFile } from './writer.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/spool' });

/** A batch on its way. It stays on disk until one of the two is called. */
export interface SpoolLease {
  readonly batch: Batch;
  /** How long its oldest item has been waiting. */
  readonly ageMillis: number;
  /** Under which it waits, the same in every process. */
  readonly name: string;
  /**
   * The caller answers for its items from now on: the service took them, or they are lost, or kept elsewhere. The file
   * goes when `safe` resolves, at once without it. Resolves when it is gone.
   */
  done(safe?: Promise<unknown>): Promise<void>;
  /** It waits again. Resolves when others may take it. */
  release(): Promise<void>;
}

interface Loan {
  readonly slip: Slip;
  readonly file: HeldFile;
  /** What is to become of the file; tried again until it works. */
  wish: 'hold' | 'remove' | 'release';
  /** The caller has said what is to become of it, even if not at once. */
  isEnded: boolean;
  /** Somebody else took us for dead, and has the file now. */
  isLost: boolean;
}

/** Lends batches out, one to each taker on this machine. */
export class Taker {
  readonly #shared: Shared;
  readonly #loans = new Set<Loan>();

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Whether {@link take} would find something, as far as is known. */
  hasWaiting(which: Choice): boolean {
    const { stock, clock, taking, place } = this.#shared;
    if (!taking.mayTry || place.path === undefined) return false;
    return stock.shelf.ready(clock.monotonicMillis(), which) !== undefined;
  }

  /** A batch that nobody has; `undefined` when there is none, or the disk refuses. */
  async take(which: Choice): Promise<SpoolLease | undefined> {
    const { stock, clock, taking, place } = this.#shared;
    while (taking.mayTry && place.path !== undefined) {
      const slip = stock.shelf.ready(clock.monotonicMillis(), which);
      if (slip === undefined) return undefined;
      slip.isTaken = true;
      const lease = await this.#lend(slip, place.path);
      if (lease !== undefined) return lease;
    }
    return undefined;
  }

  /** Lends out a batch from the moment on that it is on disk. */
  hold({ folder, name, slip }: KeptFile, batch: Batch): SpoolLease {
    const loan = this.#toLoan(slip, folder, name);
    this.#loans.add(loan);
    return this.#toLease(loan, batch);
  }

  /** Renews what is held, and does what could not be done before. */
  async renew(): Promise<void> {
    await Promise.all([...this.#loans].map(loan => this.#fulfil(loan)));
  }

  /** Lets everything wait again. */
  async releaseAll(): Promise<void> {
    for (const loan of this.#loans) if (loan.wish === 'hold') loan.wish = 'release';
    await this.renew();
  }

  async #lend(slip: Slip, folder: string): Promise<SpoolLease | undefined> {
    const { stock, taking } = this.#shared;
    const loan = this.#toLoan(slip, folder);
    stock.touch(slip);
    const claimed = await loan.file.claim();
    switch (claimed.kind) {
      case 'gone':
        stock.yield(slip);
        return undefined;
      case 'failed':
        slip.isTaken = false;
        taking.failed(`${folder}: ${claimed.code}`);
        return undefined;
      case 'done':
        taking.worked();
        this.#loans.add(loan);
        return this.#read(loan, folder);
    }
  }

  #toLoan(slip: Slip, folder: string, heldName?: string): Loan {
    const { files, id, clock, timing } = this.#shared;
    const untilMillis = (): number => clock.wallMillis() + timing.leaseMillis;
    const file = new HeldFile({ files, folder, name: slip.name, holder: id, heldName, untilMillis });
    return { slip, file, wish: 'hold', isEnded: false, isLost: false };
  }

  async #read(loan: Loan, folder: string): Promise<SpoolLease | undefined> {
    const { files, uid, destination, clock, timing } = this.#shared;
    const { slip, file } = loan;
    const reading = await readFile(files, file.path, { uid, bytes: slip.bytes });
    if (reading.kind === 'failed') {
      slip.restsUntilMillis = clock.monotonicMillis() + timing.retryMillis;
      await this.#end(loan, 'release');
      return undefined;
    }
    const batch = reading.kind === 'content' ? decodeFile(reading.content, destination) : undefined;
    if (batch?.lengths.length === slip.items) return this.#toLease(loan, batch);
    log.debug(`${slip.name} is no batch: ${reading.kind === 'unfit' ? reading.reason : 'its content was changed'}`);
    await this.#reject(loan, folder);
    return undefined;
  }

  #toLease(loan: Loan, batch: Batch): SpoolLease {
    const ageMillis = this.#shared.clock.monotonicMillis() - loan.slip.sinceMillis;
    return {
      batch,
      ageMillis,
      name: loan.slip.name,
      done: safe => this.#end(loan, 'remove', safe),
      release: () => this.#end(loan, 'release'),
    };
  }

  async #reject(loan: Loan, folder: string): Promise<void> {
    const { files, stock } = this.#shared;
    this.#loans.delete(loan);
    await setAside(files, folder, loan.file.currentName, loan.slip.name);
    stock.lose(loan.slip, 'corrupt');
  }

  async #end(loan: Loan, wish: 'remove' | 'release', safe?: Promise<unknown>): Promise<void> {
    if (loan.isEnded) return;
    loan.isEnded = true;
    // What is delivered is delivered, even while its file cannot be removed.
    if (wish === 'remove') this.#shared.stock.settle(loan.slip);
    await safe;
    loan.wish = wish;
    await this.#fulfil(loan);
  }

  async #fulfil(loan: Loan): Promise<void> {
    switch (loan.wish) {
      case 'hold':
        loan.isLost ||= (await loan.file.claim()).kind === 'gone';
        return;
      case 'remove':
        if (loan.isLost || (await loan.file.remove()).kind !== 'failed') this.#loans.delete(loan);
        return;
      case 'release':
        return this.#letGo(loan);
    }
  }

  async #letGo(loan: Loan): Promise<void> {
    const { stock } = this.#shared;
    stock.touch(loan.slip);
    const ended = loan.isLost ? ({ kind: 'gone' } as const) : await loan.file.release();
    if (ended.kind === 'failed') return;
    this.#loans.delete(loan);
    if (ended.kind === 'gone') return stock.yield(loan.slip);
    loan.slip.isTaken = false;
    stock.touch(loan.slip);
  }
}
