import path from 'node:path';
import { attempt } from './failure.ts';
import type { FileSystem } from './file-system.ts';

/** What could not be read is kept for whoever wants to know why, within these bounds. */
const MAX_BAD_FILES = 10;
const MAX_BAD_BYTES = 5 * 1024 * 1024;

/**
 * Puts a file that is no batch out of the way, into the folder `bad` beside it. The oldest there make room.
 *
 * Whether it is out of the way now; nothing that stands there is opened.
 */
export async function setAside(files: FileSystem, folder: string, name: string, asName: string): Promise<boolean> {
  const bad = path.join(folder, 'bad');
  await attempt(files.makeFolder(bad));
  const isFolder = await files.facts(bad).then(
    ({ kind }) => kind === 'folder',
    () => false,
  );
  const source = path.join(folder, name);
  const moved = isFolder ? await attempt(files.rename(source, path.join(bad, asName))) : undefined;
  if (moved?.kind === 'failed' || moved === undefined) return (await attempt(files.remove(source))).kind !== 'failed';
  await trim(files, bad);
  return true;
}

/** Names of batches begin with their time. */
function newestFirst(names: readonly string[]): string[] {
  return names.toSorted((one, other) => (one < other ? 1 : -1));
}

async function trim(files: FileSystem, bad: string): Promise<void> {
  const names = newestFirst(await files.list(bad).catch(() => []));
  let kept = 0;
  let bytes = 0;
  for (const name of names) {
    const size = await files.facts(path.join(bad, name)).then(
      facts => facts.size,
      () => 0,
    );
    kept += 1;
    bytes += size;
    if (kept > MAX_BAD_FILES || bytes > MAX_BAD_BYTES) await attempt(files.remove(path.join(bad, name)));
  }
}
