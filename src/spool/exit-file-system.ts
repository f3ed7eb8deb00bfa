/* oxlint-disable node/no-sync -- a process that ends waits for nothing but this. */
import * as fs from 'node:fs';
import path from 'node:path';
import { FILE_MODE, FOLDER_MODE, TO_CREATE, toFacts, type FileFacts } from './file-system.ts';
import type { Writing } from './write-file.ts';

/** As much of a file system as is left when a process ends. Every call throws as `node:fs` does. */
export interface ExitFileSystem {
  /** Of the name itself, never of what a link leads to. */
  facts(path: string): FileFacts;
  readLink(path: string): string;
  list(folder: string): string[];
  /** Makes one folder, for its owner alone. */
  makeFolder(path: string): void;
  /** Makes a file that must not be there yet, for its owner alone. */
  write(path: string, pieces: readonly Uint8Array[]): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
}

/** The real one. */
export const nodeExitFileSystem: ExitFileSystem = {
  facts: file => toFacts(fs.lstatSync(file)),
  readLink: file => fs.readlinkSync(file),
  list: folder => fs.readdirSync(folder),
  makeFolder: folder => fs.mkdirSync(folder, FOLDER_MODE),
  write: (file, pieces) => {
    const descriptor = fs.openSync(file, TO_CREATE, FILE_MODE);
    try {
      for (const piece of pieces) writeFully(descriptor, piece);
    } finally {
      fs.closeSync(descriptor);
    }
  },
  rename: fs.renameSync,
  remove: fs.unlinkSync,
};

function writeFully(descriptor: number, piece: Uint8Array): void {
  let written = 0;
  while (written < piece.byteLength) written += fs.writeSync(descriptor, piece, written);
}

/** Writes a file while the process ends. Whether it is there, complete. */
export function writeFileOnExit(files: ExitFileSystem, { folder, temporaryName, name, pieces }: Writing): boolean {
  const temporary = path.join(folder, temporaryName);
  try {
    files.write(temporary, pieces);
    files.rename(temporary, path.join(folder, name));
    return true;
  } catch {
    removeOnExit(files, temporary); // The items are lost with the process, as they are without this attempt.
    return false;
  }
}

/** Whether it is gone, having been there. */
export function removeOnExit(files: ExitFileSystem, file: string): boolean {
  try {
    files.remove(file);
    return true;
  } catch {
    return false; // It was never made, or the disk takes nothing at all.
  }
}

/** Whether something has that name, as far as can be said. */
export function isThere(files: ExitFileSystem, file: string): boolean {
  try {
    files.facts(file);
    return true;
  } catch {
    return false; // Written once more: twice is better than not at all.
  }
}

/** The names in a folder, as far as they can be had. */
export function listOnExit(files: ExitFileSystem, folder: string): string[] {
  try {
    return files.list(folder);
  } catch {
    return []; // What cannot be listed may still be written to: more than there is room for, rather than nothing.
  }
}
