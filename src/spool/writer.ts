import { countsOf, type Batch } from './batch.ts';
import { totalOf } from './counts.ts';
import { throwAway } from './throw-away.ts';
import { encodeFile, MAX_FILE_BYTES } from './file-format.ts';
import { formatBatchName, formatClaimedName, type FileName } from './file-name.ts';
import { writeFileOnExit, type ExitFileSystem } from './exit-file-system.ts';
import type { Shared } from './shared.ts';
import { toSlip, type Slip } from './shelf.ts';
import { writeFile, type Writing } from './write-file.ts';

/** A batch to write. */
export interface Order {
  readonly batch: Batch;
  /** How long its oldest item has been waiting. */
  readonly ageMillis: number;
  /** Whether the file is lent out from the start, because the batch is on its way already. */
  readonly isHeld: boolean;
  /** Called at the moment the batch counts as on disk. */
  readonly onKept: (kept: KeptFile) => void;
}

/** Where a batch is now. */
export interface KeptFile {
  readonly folder: string;
  readonly name: string;
  readonly slip: Slip;
}

/** What became of a batch that was put on disk. */
export type Put =
  | { readonly kind: 'kept' }
  /** The caller still has it. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What a {@link Writer} may do beyond what all parts share. */
export interface WriterOptions {
  readonly maxBytes: number;
  readonly isSynced: boolean;
}

type Refusal = Put & { readonly kind: 'refused' };

interface Draft {
  readonly slip: Slip;
  readonly writing: Omit<Writing, 'folder'>;
}

/** Puts batches on disk, and lets the oldest go when there is no more room. */
export class Writer {
  readonly #shared: Shared;
  readonly #options: WriterOptions;
  #sequence = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(shared: Shared, options: WriterOptions) {
    this.#shared = shared;
    this.#options = options;
  }

  /** One after the other: each needs to know how much room the others left. */
  put(order: Order): Promise<Put> {
    const put = this.#last.then(() => this.#put(order));
    this.#last = put;
    return put;
  }

  /** The same before the process ends, when nothing can be waited for. Whether it is on disk. */
  putOnExit(files: ExitFileSystem, batch: Batch, ageMillis: number): boolean {
    const { place, stock } = this.#shared;
    const draft = this.#draft({ batch, ageMillis, isHeld: false });
    if (draft === undefined) return false;
    if (stock.shelf.bytes + draft.slip.bytes > this.#options.maxBytes) return false;
    const folder = place.openOnExit(files);
    if (folder === undefined || !writeFileOnExit(files, { ...draft.writing, folder })) return false;
    stock.keep(draft.slip);
    return true;
  }

  async #put(order: Order): Promise<Put> {
    const { writing, stock } = this.#shared;
    if (!writing.mayTry) return { kind: 'refused', reason: writing.reason ?? '' };
    const draft = this.#draft(order);
    if (draft === undefined) return { kind: 'refused', reason: 'a batch larger than a file may be' };
    stock.expect(draft.slip);
    const written = await this.#makeRoomAndWrite(draft);
    if (written.kind === 'refused') {
      stock.giveUp(draft.slip);
      return written;
    }
    writing.worked();
    stock.keep(draft.slip);
    order.onKept({ folder: written.folder, name: draft.writing.name, slip: draft.slip });
    return { kind: 'kept' };
  }

  #draft({ batch, ageMillis, isHeld }: Omit<Order, 'onKept'>): Draft | undefined {
    const { clock, id, destination, timing } = this.#shared;
    const pieces = encodeFile(batch, destination);
    const bytes = pieces.reduce((total, piece) => total + piece.byteLength, 0);
    if (bytes > Math.min(MAX_FILE_BYTES, this.#options.maxBytes)) return undefined;
    const counts = countsOf(batch);
    const wallMillis = clock.wallMillis();
    const createdMillis = wallMillis - ageMillis;
    this.#sequence += 1;
    const free = formatBatchName({ createdMillis, writer: id, sequence: this.#sequence, counts, bytes });
    const claim = { holder: id, untilMillis: wallMillis + timing.leaseMillis };
    const temporaryName = formatClaimedName(free, { ...claim, purpose: 'temporary' });
    const name = isHeld ? formatClaimedName(free, { ...claim, purpose: 'lease' }) : free;
    const file: FileName = { batch: free, createdMillis, counts, items: totalOf(counts), bytes };
    const slip = toSlip(file, clock.monotonicMillis() - ageMillis);
    slip.isTaken = isHeld;
    slip.isOurs = true;
    return { slip, writing: { name, temporaryName, pieces, isSynced: this.#options.isSynced } };
  }

  async #makeRoomAndWrite(draft: Draft): Promise<{ kind: 'done'; folder: string } | Refusal> {
    const { place, files } = this.#shared;
    for (let attempts = 1; ; attempts += 1) {
      const opened = await place.open(true);
      if (opened.kind !== 'ready') return this.#fail(opened.kind === 'refused' ? opened.reason : 'no folder');
      const obstacle = await this.#makeRoom(opened.path, draft.slip.bytes);
      if (obstacle !== undefined) return { kind: 'refused', reason: obstacle };
      const ended = await writeFile(files, { ...draft.writing, folder: opened.path });
      if (ended.kind === 'done') return { kind: 'done', folder: opened.path };
      if (ended.kind === 'failed') return this.#fail(`${opened.path}: ${ended.code}`);
      // Somebody removed the folder under us.
      place.forget();
      if (attempts > 1) return this.#fail(`${opened.path}: ENOENT`);
    }
  }

  #fail(reason: string): Refusal {
    this.#shared.writing.failed(reason);
    return { kind: 'refused', reason };
  }

  /** What is in the way of that. */
  async #makeRoom(folder: string, bytes: number): Promise<string | undefined> {
    const { stock, files } = this.#shared;
    while (stock.shelf.bytes + bytes > this.#options.maxBytes) {
      const oldest = stock.shelf.oldestFree();
      if (oldest === undefined) return 'full of batches that are being sent';
      const ended = await throwAway(files, folder, oldest);
      if (ended.kind === 'failed') return this.#fail(`${folder}: ${ended.code}`).reason;
      if (ended.kind === 'gone') stock.yield(oldest);
      else stock.lose(oldest, 'evicted');
    }
    return undefined;
  }
}
