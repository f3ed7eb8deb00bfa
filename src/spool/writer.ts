import type { Draft, Drafts, ToWrite } from './drafts.ts';
import type { Shared } from './shared.ts';
import type { Slip } from './shelf.ts';
import { throwAway } from './throw-away.ts';
import { writeFile } from './write-file.ts';

/** A batch to write. */
export interface Order extends ToWrite {
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

type Refusal = Put & { readonly kind: 'refused' };

/** Puts batches on disk, and lets the oldest go when there is no more room. */
export class Writer {
  readonly #shared: Shared;
  readonly #drafts: Drafts;
  #underWay: Draft | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(shared: Shared, drafts: Drafts) {
    this.#shared = shared;
    this.#drafts = drafts;
  }

  /** What is being written at this moment. */
  get underWay(): Draft | undefined {
    return this.#underWay;
  }

  /** One after the other: each needs to know how much room the others left. */
  put(order: Order): Promise<Put> {
    const put = this.#last.then(() => this.#put(order));
    this.#last = put;
    return put;
  }

  async #put(order: Order): Promise<Put> {
    const { writing, stock } = this.#shared;
    if (!writing.mayTry) return { kind: 'refused', reason: writing.reason ?? '' };
    const draft = this.#drafts.of(order);
    if (draft === undefined) return { kind: 'refused', reason: 'a batch larger than a file may be' };
    stock.expect(draft.slip);
    this.#underWay = draft;
    const written = await this.#makeRoomAndWrite(draft);
    this.#underWay = undefined;
    if (written.kind === 'refused') {
      stock.giveUp(draft.slip);
      return written;
    }
    writing.worked();
    stock.keep(draft.slip);
    order.onKept({ folder: written.folder, name: draft.writing.name, slip: draft.slip });
    return { kind: 'kept' };
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
    const missing = (): number => stock.shelf.bytes + bytes - this.#drafts.maxBytes;
    while (missing() > 0) {
      const oldest = stock.shelf.oldestFree(missing());
      if (oldest === undefined) return 'full of batches that are being sent';
      const ended = await throwAway(files, folder, oldest);
      if (ended.kind === 'failed') return this.#fail(`${folder}: ${ended.code}`).reason;
      if (ended.kind === 'gone') stock.yield(oldest);
      else stock.lose(oldest, 'evicted');
    }
    return undefined;
  }
}
