import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide.ts';
import type { TagMap } from './tag-map.ts';

/** The tags of what is going on, followed across asynchronous calls. */
export interface TagContext {
  /** The tags of this place in the program; `null` when none were set. */
  get(): TagMap | null;
  /** Runs `fn`, and all that it starts, with these tags, and gives back what it returns. */
  run<T>(tags: TagMap, fn: () => T): T;
  /**
   * Sets the tags for the rest of this call and all that it starts. A caller sees them too when nothing was awaited
   * before: `run` has no such edge.
   */
  set(tags: TagMap): void;
  /** Takes the tags away for the rest of this call and all that it starts. */
  clear(): void;
}

/** The tags that `MeasurementMap.record()` takes when it is given none. */
export const TagContext: TagContext = processWide('tag-context/1', () => {
  const storage = new AsyncLocalStorage<TagMap | null>();
  return {
    get: () => storage.getStore() ?? null,
    run: (tags, fn) => storage.run(tags, fn),
    set: tags => storage.enterWith(tags),
    clear: () => storage.enterWith(null),
  };
});
