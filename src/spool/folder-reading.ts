import { parseFileName, type Claim, type FileName } from './file-name.ts';
import { MAX_FILE_BYTES } from './file-format.ts';
import type { Shelf, Slip } from './shelf.ts';

/** A file that somebody holds. */
export interface ClaimedFile extends FileName {
  /** As it stands in the folder. */
  readonly name: string;
  readonly claim: Claim;
}

/** What the list of names in a folder says that was not known before. */
export interface FolderReading {
  /** Waiting, and not on the shelf. Oldest first. */
  readonly found: readonly FileName[];
  /** Held by others. */
  readonly claimed: readonly ClaimedFile[];
  /** On the shelf, and no longer waiting: somebody else has taken it. */
  readonly missing: readonly Slip[];
}

/** What the list of names is compared with. */
export interface Known {
  readonly shelf: Shelf;
  /** Whose claims are our own. */
  readonly ownId: string;
  /** Names that changed here while the list was being made, so that it may be right or wrong about them. */
  readonly touched: ReadonlySet<string>;
}

/** Compares the names in a folder with what is known. Names that are not ours do not exist. */
export function readFolder(names: readonly string[], { shelf, ownId, touched }: Known): FolderReading {
  const present = new Set(names);
  const found: FileName[] = [];
  const claimed: ClaimedFile[] = [];
  for (const name of names.filter(name => !shelf.has(name))) {
    const file = parseFileName(name);
    if (file === undefined || file.bytes > MAX_FILE_BYTES || touched.has(file.batch)) continue;
    if (file.claim === undefined) found.push(file);
    else if (file.claim.holder !== ownId) claimed.push({ ...file, name, claim: file.claim });
  }
  const missing = shelf.slips.filter(({ name, isTaken }) => !isTaken && !present.has(name) && !touched.has(name));
  return { found: found.sort(byName), claimed, missing };
}

function byName(one: FileName, other: FileName): number {
  return one.batch < other.batch ? -1 : 1;
}
