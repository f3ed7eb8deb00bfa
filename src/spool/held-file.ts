import path from 'node:path';
import { attempt, type Ended } from './failure.ts';
import { formatClaimedName } from './file-name.ts';
import type { FileSystem } from './file-system.ts';

/** What a {@link HeldFile} is made of. */
export interface HeldFileParts {
  readonly files: FileSystem;
  readonly folder: string;
  /** Under which the file waits. */
  readonly name: string;
  readonly holder: string;
  /** Under which we hold it already. */
  readonly heldName?: string | undefined;
  /** By the wall clock, when a claim made now lapses. */
  readonly untilMillis: () => number;
}

/**
 * A file that we hold by its name. Others keep away until the time in the name is over.
 *
 * One step after the other: what is asked for while a step is under way waits for its end.
 */
export class HeldFile {
  readonly #parts: HeldFileParts;
  /** Under which we hold it; `undefined` while we do not. */
  #heldName: string | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: HeldFileParts) {
    this.#parts = parts;
    this.#heldName = parts.heldName;
  }

  /** The file as it stands in the folder. */
  get path(): string {
    return path.join(this.#parts.folder, this.currentName);
  }

  get currentName(): string {
    return this.#heldName ?? this.#parts.name;
  }

  /** Takes the file, or holds it for longer. `gone`: somebody else has it. */
  claim(): Promise<Ended> {
    return this.#next(() => {
      const { name, holder, untilMillis } = this.#parts;
      return this.#rename(formatClaimedName(name, { purpose: 'lease', holder, untilMillis: untilMillis() }));
    });
  }

  /** Lets the file wait again. */
  release(): Promise<Ended> {
    return this.#next(() => this.#rename(this.#parts.name));
  }

  remove(): Promise<Ended> {
    return this.#next(() => attempt(this.#parts.files.remove(this.path)));
  }

  async #rename(to: string): Promise<Ended> {
    if (to === this.currentName) return { kind: 'done' };
    const { files, folder, name } = this.#parts;
    const ended = await attempt(files.rename(this.path, path.join(folder, to)));
    if (ended.kind === 'done') this.#heldName = to === name ? undefined : to;
    return ended;
  }

  #next(step: () => Promise<Ended>): Promise<Ended> {
    const result = this.#last.then(step);
    this.#last = result;
    return result;
  }
}
