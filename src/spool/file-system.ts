import fs, { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** What is known of a thing in a folder without opening it. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly uid: number;
  readonly mode: number;
  /** By how many names the file is known. */
  readonly links: number;
  readonly size: number;
}

/** An open file. */
export interface OpenFile {
  facts(): Promise<FileFacts>;
  /** Reads `bytes` from the start, or less where the file ends earlier. */
  read(bytes: number): Promise<Uint8Array>;
  write(pieces: readonly Uint8Array[]): Promise<void>;
  /** Resolves when the content would outlive a power failure. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * As much of a file system as the spool needs. Every call rejects as `node:fs/promises` does, with a `code`.
 */
export interface FileSystem {
  list(folder: string): Promise<string[]>;
  /** Of the name itself, never of what a link leads to. */
  facts(path: string): Promise<FileFacts>;
  readLink(path: string): Promise<string>;
  /** Makes one folder, for its owner alone. */
  makeFolder(path: string): Promise<void>;
  /** Makes and opens a file that must not be there yet, for its owner alone. */
  create(path: string): Promise<OpenFile>;
  /** Opens a file for reading; not through a link, and without waiting for the other end of a FIFO. */
  open(path: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Resolves when the names in the folder would outlive a power failure. */
  syncFolder(path: string): Promise<void>;
}

/** Windows has neither of the two. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as { O_NOFOLLOW?: number; O_NONBLOCK?: number };
const TO_READ = constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** How a new file is opened: not through a link, and only if there is none yet. */
export const TO_CREATE: number = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW;

/** What is made is for its owner alone. */
export const FILE_MODE = 0o600;
/** Likewise. */
export const FOLDER_MODE = 0o700;

/** The real one. `fs.promises` is loaded when it is first used, and brings as much code as this library. */
export const nodeFileSystem: FileSystem = {
  list: folder => fs.promises.readdir(folder),
  facts: async path => toFacts(await fs.promises.lstat(path)),
  readLink: path => fs.promises.readlink(path),
  makeFolder: path => fs.promises.mkdir(path, FOLDER_MODE),
  create: async path => toOpenFile(await fs.promises.open(path, TO_CREATE, FILE_MODE)),
  open: async path => toOpenFile(await fs.promises.open(path, TO_READ)),
  rename: (from, to) => fs.promises.rename(from, to),
  remove: path => fs.promises.unlink(path),
  syncFolder: async path => {
    // Windows does not open folders, and writes names down by itself.
    if (process.platform === 'win32') return;
    const folder = await fs.promises.open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

type Stats = Awaited<ReturnType<typeof fs.promises.lstat>>;

/** What of that matters here. */
export function toFacts(stats: Stats): FileFacts {
  const { uid, mode, nlink, size } = stats;
  return { kind: kindOf(stats), uid: Number(uid), mode: Number(mode), links: Number(nlink), size: Number(size) };
}

function kindOf(stats: Stats): FileFacts['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

function toOpenFile(handle: FileHandle): OpenFile {
  return {
    facts: async () => toFacts(await handle.stat()),
    read: async bytes => readFully(handle, Buffer.alloc(bytes)),
    write: async pieces => {
      for (const piece of pieces) await handle.writeFile(piece);
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

async function readFully(handle: FileHandle, buffer: Buffer): Promise<Uint8Array> {
  let end = 0;
  while (end < buffer.byteLength) {
    const { bytesRead } = await handle.read(buffer, end, buffer.byteLength - end, end);
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return buffer.subarray(0, end);
}
