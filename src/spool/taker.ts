import { diag } from '@opentelemetry/api';
import { setAside } from './bad-folder.ts';
import type { Batch } from './batch.ts';
import { decodeFile } from './file-format.ts';
import { HeldFile } from './held-file.ts';
import { readFile } from './read-file.ts';
import type { Shared } from './shared.ts';
import type { Slip } from './shelf.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/spool' });

/** A batch on its way. It stays on disk until one of the two is called. */
export interface SpoolLease {
  readonly batch: Batch;
  /** How long its oldest item has been waiting. */
  readonly ageMillis: number;
  /** The service took it, or it is lost, or it is on disk in other files now. Resolves when its file is gone. */
  done(): Promise<void>;
  /** It waits again. Resolves when others may take it. */
  release(): Promise<void>;
}

interface Loan {
  readonly slip: Slip;
  readonly file: HeldFile;
  /** What is to become of the file; tried again until it works. */
  wish: 'hold' | 'remove' | 'release';
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

  /** The oldest or the smallest batch that nobody has; `undefined` when there is none, or the disk refuses. */
  async take(which: 'oldest' | 'smallest'): Promise<SpoolLease | undefined> {
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
    const { files, id, clock, timing, stock, taking } = this.#shared;
    const untilMillis = (): number => clock.wallMillis() + timing.leaseMillis;
    const file = new HeldFile({ files, folder, name: slip.name, holder: id, untilMillis });
    const loan: Loan = { slip, file, wish: 'hold', isLost: false };
    stock.touch(slip);
    const claimed = await file.claim();
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
      done: () => this.#end(loan, 'remove'),
      release: () => this.#end(loan, 'release'),
    };
  }

  async #reject(loan: Loan, folder: string): Promise<void> {
    const { files, stock } = this.#shared;
    this.#loans.delete(loan);
    await setAside(files, folder, loan.file.currentName, loan.slip.name);
    stock.lose(loan.slip, 'corrupt');
  }

  async #end(loan: Loan, wish: 'remove' | 'release'): Promise<void> {
    if (loan.wish !== 'hold') return;
    loan.wish = wish;
    // What is delivered is delivered, even while its file cannot be removed.
    if (wish === 'remove') this.#shared.stock.settle(loan.slip);
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
