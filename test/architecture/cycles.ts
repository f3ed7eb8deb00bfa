import path from 'node:path';
import type { SourceReading } from './source-reading.ts';

/**
 * Finds import cycles among files, named by their paths in one folder: `['a.ts → b.ts → a.ts']`.
 *
 * Imports of types count: two files that need each other's types cannot be understood one after the other either.
 * Each file that takes part is in at least one of the cycles shown.
 */
export function findCycles(files: ReadonlyMap<string, SourceReading>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  for (const file of files.keys()) follow([file]);
  return cycles;

  function follow(trail: readonly string[]): void {
    const file = trail.at(-1)!;
    const seenAt = trail.indexOf(file);
    if (seenAt < trail.length - 1) {
      cycles.push(trail.slice(seenAt).join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const target of targetsOf(file, files.get(file))) follow([...trail, target]);
    done.add(file);
  }
}

function targetsOf(file: string, source: SourceReading | undefined): string[] {
  const relative = (source?.imports ?? []).filter(found => found.specifier.startsWith('.'));
  return [...new Set(relative.map(found => path.posix.join(path.posix.dirname(file), found.specifier)))];
}
