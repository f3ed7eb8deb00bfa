import { codeOf, type Failed } from './failure.ts';
import type { FileFacts, FileSystem, OpenFile } from './file-system.ts';
import { MAX_FILE_BYTES } from './file-format.ts';

/** What came of {@link readFile}. */
export type Reading =
  | { readonly kind: 'content'; readonly content: Uint8Array }
  /** It is nothing that we wrote, and never will be. */
  | { readonly kind: 'unfit'; readonly reason: string }
  /** It may be readable another time. */
  | Failed;

/** What a file must look like from outside to be read. */
export interface Expectation {
  /** Of its owner. `undefined` on Windows, which has none. */
  readonly uid: number | undefined;
  readonly bytes: number;
}

/** The name leads to a link, or to what this user may not read: no such file was ever written here. */
const UNFIT_CODES: ReadonlySet<string> = new Set(['ELOOP', 'EMLINK', 'EACCES', 'EPERM', 'EISDIR', 'ENXIO']);

/**
 * Reads a file if it is an ordinary one of ours, under one name only and as long as it should be.
 *
 * Nothing else is read, nor waited for: not a link, a FIFO, a device, a folder or a file of somebody else.
 */
export async function readFile(files: FileSystem, path: string, expectation: Expectation): Promise<Reading> {
  try {
    return await readAndClose(await files.open(path), expectation);
  } catch (error) {
    const code = codeOf(error);
    return UNFIT_CODES.has(code) ? { kind: 'unfit', reason: code } : { kind: 'failed', code };
  }
}

async function readAndClose(file: OpenFile, expectation: Expectation): Promise<Reading> {
  try {
    const reason = objectionTo(await file.facts(), expectation);
    if (reason !== undefined) return { kind: 'unfit', reason };
    return { kind: 'content', content: await file.read(expectation.bytes) };
  } finally {
    await file.close();
  }
}

function objectionTo({ kind, uid, links, size }: FileFacts, expectation: Expectation): string | undefined {
  if (kind !== 'file') return 'not an ordinary file';
  if (expectation.uid !== undefined && uid !== expectation.uid) return 'belongs to another user';
  if (links !== 1) return 'has more than one name';
  if (size !== expectation.bytes) return `${size} bytes long, ${expectation.bytes} by its name`;
  return size > MAX_FILE_BYTES ? 'larger than what is written here' : undefined;
}
