import { countsOf, type Batch } from './batch.ts';
import { totalOf } from './counts.ts';
import { encodeFile, MAX_FILE_BYTES } from './file-format.ts';
import { formatBatchName, formatClaimedName, type FileName } from './file-name.ts';
import type { Shared } from './shared.ts';
import { toSlip, type Slip } from './shelf.ts';
import type { Writing } from './write-file.ts';

/** A batch that is to become a file. */
export interface ToWrite {
  readonly batch: Batch;
  /** How long its oldest item has been waiting. */
  readonly ageMillis: number;
  /** Whether the file is lent out from the start, because the batch is on its way already. */
  readonly isHeld: boolean;
}

/** The file it is to become. */
export interface Draft {
  readonly batch: Batch;
  readonly slip: Slip;
  readonly writing: Omit<Writing, 'folder'>;
}

/** What {@link Drafts} needs beyond what all parts of a spool share. */
export interface DraftOptions {
  /** How much may be on disk. */
  readonly maxBytes: number;
  readonly isSynced: boolean;
}

/** Names files and lays out their contents, each under a name of its own. */
export class Drafts {
  readonly #shared: Shared;
  readonly #options: DraftOptions;
  #sequence = 0;

  constructor(shared: Shared, options: DraftOptions) {
    this.#shared = shared;
    this.#options = options;
  }

  get maxBytes(): number {
    return this.#options.maxBytes;
  }

  /** `undefined` when the file would be larger than a file may be. */
  of({ batch, ageMillis, isHeld }: ToWrite): Draft | undefined {
    const { clock, id, destination, timing } = this.#shared;
    const pieces = encodeFile(batch, destination);
    const bytes = pieces.reduce((total, piece) => total + piece.byteLength, 0);
    if (bytes > Math.min(MAX_FILE_BYTES, this.maxBytes)) return undefined;
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
    return { batch, slip, writing: { name, temporaryName, pieces, isSynced: this.#options.isSynced } };
  }
}
