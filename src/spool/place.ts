import { diag } from '@opentelemetry/api';
import path from 'node:path';
import type { FileSystem } from './file-system.ts';
import { searchSafeFolder, type FolderFiles } from './safe-folder.ts';
import { atOnce, inSteps, type Steps } from './steps.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/spool' });

/** What a {@link Place} is made of. */
export interface PlaceParts {
  readonly files: FileSystem;
  readonly uid: number | undefined;
  /** Where the folder may be, the best first. */
  readonly directories: readonly string[];
  /** Of the folder in one of them. */
  readonly folderName: string;
}

/** What came of {@link Place.open}. */
export type Opened =
  | { readonly kind: 'ready'; readonly path: string }
  | { readonly kind: 'absent' }
  /** `reason` names each directory and what is in the way there. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Keeps to the first folder that is safe, once there is one. */
export class Place {
  readonly #parts: PlaceParts;
  #path: string | undefined;

  constructor(parts: PlaceParts) {
    this.#parts = parts;
  }

  /** The folder, once it has been opened. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Finds the folder, and makes it if it is to be made. */
  open(isToBeMade: boolean): Promise<Opened> {
    return inSteps(this.#search(this.#parts.files, isToBeMade));
  }

  /** The folder, found or made while the process ends; `undefined` when there is none that is safe. */
  openOnExit(files: FolderFiles): string | undefined {
    const opened = atOnce(this.#search(files, true));
    return opened?.kind === 'ready' ? opened.path : undefined;
  }

  *#search(files: FolderFiles, isToBeMade: boolean): Steps<Opened> {
    if (this.#path !== undefined) return { kind: 'ready', path: this.#path };
    const { uid, directories, folderName } = this.#parts;
    const refusals: string[] = [];
    for (const directory of directories) {
      const found = yield* searchSafeFolder(path.join(directory, folderName), { files, uid, isToBeMade });
      if (found.kind === 'ready') {
        if (refusals.length > 0) log.info(`Telemetry waits in ${found.path}, because ${refusals.join('; ')}.`);
        this.#path = found.path;
        return found;
      }
      if (found.kind === 'refused') refusals.push(found.reason);
    }
    return refusals.length > 0 ? { kind: 'refused', reason: refusals.join('; ') } : { kind: 'absent' };
  }

  /** The folder is gone: the next time it is looked for, and looked at, again. */
  forget(): void {
    this.#path = undefined;
  }
}
