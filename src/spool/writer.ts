import { countsOf, type Batch } from './batch.ts';
import { totalOf } from './counts.ts';
import { throwAway } from './throw-away.ts';
import { encodeFile, MAX_FILE_BYTES } from './file-format.ts';
import { formatBatchName, formatClaimedName, type FileName } from './file-name.ts';
import { writeFileOnExit, type ExitFileSystem } from './exit-file-system.ts';
import type { Shared } from './shared.ts';
import { toSlip, type Slip } from './shelf.ts';
import { writeFile, type Writing } from './write-file.ts';

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
  put(batch: Batch, ageMillis: number): Promise<Put> {
    const put = this.#last.then(() => this.#put(batch, ageMillis));
    this.#last = put;
    return put;
  }

  /** The same before the process ends, when nothing can be waited for. Whether it is on disk. */
  putOnExit(files: ExitFileSystem, batch: Batch, ageMillis: number): boolean {
    const { place, stock } = this.#shared;
    const draft = this.#draft(batch, ageMillis);
    if (draft === undefined || place.path === undefined) return false;
    if (stock.shelf.bytes + draft.slip.bytes > this.#options.maxBytes) return false;
    if (!writeFileOnExit(files, { ...draft.writing, folder: place.path })) return false;
    stock.keep(draft.slip);
    return true;
  }

  async #put(batch: Batch, ageMillis: number): Promise<Put> {
    const { writing } = this.#shared;
    if (!writing.mayTry) return { kind: 'refused', reason: writing.reason ?? '' };
    const draft = this.#draft(batch, ageMillis);
    if (draft === undefined) return { kind: 'refused', reason: 'a batch larger than a file may be' };
    const reason = await this.#makeRoomAndWrite(draft);
    return reason === undefined ? { kind: 'kept' } : { kind: 'refused', reason };
  }

  #draft(batch: Batch, ageMillis: number): Draft | undefined {
    const { clock, id, destination, timing } = this.#shared;
    const pieces = encodeFile(batch, destination);
    const bytes = pieces.reduce((total, piece) => total + piece.byteLength, 0);
    if (bytes > Math.min(MAX_FILE_BYTES, this.#options.maxBytes)) return undefined;
    const counts = countsOf(batch);
    const wallMillis = clock.wallMillis();
    const createdMillis = wallMillis - ageMillis;
    this.#sequence += 1;
    const name = formatBatchName({ createdMillis, writer: id, sequence: this.#sequence, counts, bytes });
    const claim = { purpose: 'temporary', holder: id, untilMillis: wallMillis + timing.leaseMillis } as const;
    const file: FileName = { batch: name, createdMillis, counts, items: totalOf(counts), bytes };
    return {
      slip: toSlip(file, clock.monotonicMillis() - ageMillis),
      writing: { name, temporaryName: formatClaimedName(name, claim), pieces, isSynced: this.#options.isSynced },
    };
  }

  /** Why it could not be done. */
  async #makeRoomAndWrite(draft: Draft): Promise<string | undefined> {
    const { place, stock, writing, files } = this.#shared;
    for (let attempts = 1; ; attempts += 1) {
      const opened = await place.open(true);
      if (opened.kind !== 'ready') return this.#fail(opened.kind === 'refused' ? opened.reason : 'no folder');
      const obstacle = await this.#makeRoom(opened.path, draft.slip.bytes);
      if (obstacle !== undefined) return obstacle;
      stock.touch(draft.slip);
      const ended = await writeFile(files, { ...draft.writing, folder: opened.path });
      if (ended.kind === 'done') break;
      if (ended.kind === 'failed') return this.#fail(`${opened.path}: ${ended.code}`);
      // Somebody removed the folder under us.
      place.forget();
      if (attempts > 1) return this.#fail(`${opened.path}: ENOENT`);
    }
    stock.keep(draft.slip);
    writing.worked();
    return undefined;
  }

  #fail(reason: string): string {
    this.#shared.writing.failed(reason);
    return reason;
  }

  /** What is in the way of that. */
  async #makeRoom(folder: string, bytes: number): Promise<string | undefined> {
    const { stock, files } = this.#shared;
    while (stock.shelf.bytes + bytes > this.#options.maxBytes) {
      const oldest = stock.shelf.oldestFree();
      if (oldest === undefined) return 'full of batches that are being sent';
      const ended = await throwAway(files, folder, oldest);
      if (ended.kind === 'failed') return this.#fail(`${folder}: ${ended.code}`);
      if (ended.kind === 'gone') stock.yield(oldest);
      else stock.lose(oldest, 'evicted');
    }
    return undefined;
  }
}
