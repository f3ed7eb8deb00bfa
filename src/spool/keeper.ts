import path from 'node:path';
import { ClaimWatch } from './claim-watch.ts';
import { attempt } from './failure.ts';
import { readFolder, type ClaimedFile } from './folder-reading.ts';
import type { FileName } from './file-name.ts';
import type { Shared } from './shared.ts';
import { toSlip } from './shelf.ts';
import { throwAway } from './throw-away.ts';

/** Looks after the folder: finds what others put there, takes over what the dead left, throws away what is too old. */
export class Keeper {
  readonly #shared: Shared;
  readonly #watch: ClaimWatch;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#watch = new ClaimWatch(shared.clock, shared.timing.leaseMillis);
  }

  /** Reads the folder, if there is one. */
  async scan(): Promise<void> {
    const { place, files, stock, id } = this.#shared;
    const opened = await place.open(false);
    if (opened.kind !== 'ready') return;
    const touched = stock.collectTouched();
    const names = await files.list(opened.path).catch(() => undefined);
    if (names === undefined) return place.forget();
    const { found, claimed, missing } = readFolder(names, { shelf: stock.shelf, ownId: id, touched });
    for (const slip of missing) stock.yield(slip);
    for (const file of found) this.#adopt(file);
    for (const file of this.#watch.lapsed(claimed)) await this.#takeOver(opened.path, file);
  }

  /** Removes what the service would refuse because of its age. */
  async expire(): Promise<void> {
    const { stock, clock, timing, files, place } = this.#shared;
    if (place.path === undefined) return;
    const oldestMillis = clock.monotonicMillis() - timing.maxAgeMillis;
    const old = stock.shelf.slips.filter(({ sinceMillis }) => sinceMillis < oldestMillis);
    for (const slip of old) {
      if (slip.isTaken) continue;
      const ended = await throwAway(files, place.path, slip);
      if (ended.kind === 'done') stock.lose(slip, 'expired');
      if (ended.kind === 'gone') stock.yield(slip);
    }
  }

  /** A file dated in the future was written before the clock was set back: it is new. */
  #adopt(file: FileName): void {
    const { clock, stock } = this.#shared;
    const ageMillis = Math.max(0, clock.wallMillis() - file.createdMillis);
    stock.adopt(toSlip(file, clock.monotonicMillis() - ageMillis));
  }

  /** Whoever renames the file first has it. What was never completed was never promised to anybody, and goes. */
  async #takeOver(folder: string, file: ClaimedFile): Promise<void> {
    const { files } = this.#shared;
    const claimed = path.join(folder, file.name);
    if (file.claim.purpose === 'temporary' && !(await this.#isComplete(claimed, file.bytes))) {
      await attempt(files.remove(claimed));
      return;
    }
    const ended = await attempt(files.rename(claimed, path.join(folder, file.batch)));
    if (ended.kind === 'done') this.#adopt(file);
  }

  async #isComplete(claimed: string, bytes: number): Promise<boolean> {
    return this.#shared.files.facts(claimed).then(
      ({ kind, size }) => kind === 'file' && size === bytes,
      () => false,
    );
  }
}
