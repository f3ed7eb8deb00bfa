import { diag } from '@opentelemetry/api';
import path from 'node:path';
import type { Batch } from './batch.ts';
import type { Draft, Drafts } from './drafts.ts';
import { isThere, listOnExit, removeOnExit, writeFileOnExit, type ExitFileSystem } from './exit-file-system.ts';
import { parseFileName, type FileName } from './file-name.ts';
import type { Shared } from './shared.ts';
import type { Writer } from './writer.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/spool' });

/** What an {@link ExitWriter} is made of. */
export interface ExitWriterParts {
  readonly shared: Shared;
  readonly files: ExitFileSystem;
  readonly drafts: Drafts;
  readonly writer: Writer;
}

/** What is in a folder when a process ends, and what of it may go. */
interface Contents {
  bytes: number;
  /** Oldest first. */
  readonly free: FileName[];
}

/** Puts batches on disk while the process ends, when nothing can be waited for. */
export class ExitWriter {
  readonly #parts: ExitWriterParts;
  #contents: Contents | undefined;

  constructor(parts: ExitWriterParts) {
    this.#parts = parts;
  }

  /** Whether the batch is on disk, in a folder that is made now if need be. */
  put(batch: Batch, ageMillis: number): boolean {
    const { shared, files, drafts, writer } = this.#parts;
    const folder = shared.place.openOnExit(files);
    if (folder === undefined) return false;
    const { underWay } = writer;
    if (underWay?.batch.body === batch.body && this.#hasArrived(folder, underWay)) return true;
    const draft = drafts.of({ batch, ageMillis, isHeld: false });
    if (draft === undefined || !this.#makeRoom(folder, draft.slip.bytes)) return false;
    if (!writeFileOnExit(files, { ...draft.writing, folder })) return false;
    shared.stock.keep(draft.slip);
    return true;
  }

  /**
   * Whether a file that was being written has its name already. If not it will not get it: the next step of its writing
   * would be ours to take, and a rename under way finds nothing any more.
   */
  #hasArrived(folder: string, { writing }: Draft): boolean {
    const { files } = this.#parts;
    removeOnExit(files, path.join(folder, writing.temporaryName));
    return isThere(files, path.join(folder, writing.name));
  }

  /** As it is now, not as it was at the last look: a program that ends at once has had none. */
  #makeRoom(folder: string, bytes: number): boolean {
    const { files, drafts } = this.#parts;
    this.#contents ??= contentsOf(files, folder);
    const contents = this.#contents;
    const free = contents.free.reduce((total, file) => total + file.bytes, 0);
    if (contents.bytes - free + bytes > drafts.maxBytes) return false;
    let evicted = 0;
    while (contents.bytes + bytes > drafts.maxBytes) {
      const oldest = contents.free.shift();
      if (oldest === undefined) return false;
      const file = path.join(folder, oldest.batch);
      if (removeOnExit(files, file)) evicted += oldest.items;
      else if (isThere(files, file)) continue;
      contents.bytes -= oldest.bytes;
    }
    // Nobody can be told otherwise any more.
    if (evicted > 0) log.warn(`${evicted} items on disk had to make room for those of a process that ends.`);
    contents.bytes += bytes;
    return true;
  }
}

function contentsOf(files: ExitFileSystem, folder: string): Contents {
  const all = listOnExit(files, folder)
    .map(parseFileName)
    .filter(file => file !== undefined);
  const free = all.filter(({ claim }) => claim === undefined).sort((one, two) => (one.batch < two.batch ? -1 : 1));
  return { bytes: all.reduce((total, { bytes }) => total + bytes, 0), free };
}
