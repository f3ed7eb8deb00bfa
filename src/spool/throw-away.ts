import path from 'node:path';
import { setAside } from './bad-folder.ts';
import { attempt, type Ended } from './failure.ts';
import type { FileSystem } from './file-system.ts';
import type { Slip } from './shelf.ts';

/** Removes the file of a batch that nobody is at work on. What cannot be removed, such as a folder, is set aside. */
export async function throwAway(files: FileSystem, folder: string, slip: Slip): Promise<Ended> {
  slip.isTaken = true;
  const ended = await attempt(files.remove(path.join(folder, slip.name)));
  if (ended.kind !== 'failed') return ended;
  if (await setAside(files, folder, slip.name, slip.name)) return { kind: 'done' };
  slip.isTaken = false;
  return ended;
}
