import path from 'node:path';
import { attempt, type Ended } from './failure.ts';
import type { FileSystem } from './file-system.ts';

/** A file to write. */
export interface Writing {
  readonly folder: string;
  /** Under which name it is written. */
  readonly temporaryName: string;
  /** Under which it appears when it is complete. */
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
  /** Whether to wait until a power failure could not undo it. */
  readonly isSynced: boolean;
}

/**
 * Writes a file so that it is never seen incomplete: under another name first, then renamed.
 *
 * What could not be completed is removed again, as far as the file system lets us.
 */
export async function writeFile(files: FileSystem, writing: Writing): Promise<Ended> {
  const temporary = path.join(writing.folder, writing.temporaryName);
  const ended = await attempt(writeAndRename(files, writing, temporary));
  if (ended.kind !== 'done') await attempt(files.remove(temporary));
  return ended;
}

async function writeAndRename(files: FileSystem, writing: Writing, temporary: string): Promise<void> {
  const { folder, name, pieces, isSynced } = writing;
  const file = await files.create(temporary);
  try {
    await file.write(pieces);
    if (isSynced) await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(temporary, path.join(folder, name));
  if (isSynced) await files.syncFolder(folder);
}
