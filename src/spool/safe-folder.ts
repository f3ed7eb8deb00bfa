import path from 'node:path';
import { codeOf } from './failure.ts';
import type { FileFacts } from './file-system.ts';
import { inSteps, settled, type Steps } from './steps.ts';

/** What came of {@link openSafeFolder}. */
export type SafeFolder =
  | { readonly kind: 'ready'; readonly path: string }
  | { readonly kind: 'absent' }
  /** `reason` says which component of the path is in the way, and why. */
  | { readonly kind: 'refused'; readonly reason: string };

/** As much of a file system as is needed for that, answering at once or later. */
export interface FolderFiles {
  /** Of the name itself, never of what a link leads to. */
  facts(path: string): FileFacts | Promise<FileFacts>;
  readLink(path: string): string | Promise<string>;
  /** Makes one folder, for its owner alone. */
  makeFolder(path: string): void | Promise<void>;
}

/** How {@link openSafeFolder} goes about it. */
export interface FolderSearch {
  readonly files: FolderFiles;
  /** Of this process. `undefined` on Windows, where folders of a user's profile are protected by what they inherit. */
  readonly uid: number | undefined;
  /** Whether to make what is missing. */
  readonly isToBeMade: boolean;
}

const GROUP_OR_WORLD_MAY_WRITE = 0o022;
const OTHERS_MAY_DO_ANYTHING = 0o077;
const STICKY = 0o1000;

/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * Finds or makes a folder that nobody else can have tampered with, and whose path nobody else can bend.
 *
 * Every component must belong to us or to root, and must not be writable for others, unless the sticky bit keeps their
 * hands off ours, as in `/tmp`. A link above the folder is followed if root made it: `/var` is one on macOS. The folder
 * itself must be ours alone.
 */
export function openSafeFolder(folder: string, search: FolderSearch): Promise<SafeFolder> {
  return inSteps(searchSafeFolder(folder, search));
}

/** The same in steps, for a process that ends: of files that answer at once it makes none. */
export function* searchSafeFolder(folder: string, search: FolderSearch): Steps<SafeFolder> {
  const absolute = path.resolve(folder);
  let current = path.parse(absolute).root;
  let links = 0;
  const ahead = namesOf(absolute);
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    const next = path.join(current, name);
    const facts = yield* findOrMake(next, search);
    if (typeof facts === 'string') return facts === 'ENOENT' ? { kind: 'absent' } : refusal(next, facts);
    const isLast = ahead.length === 0;
    if (facts.kind === 'link' && facts.uid === 0 && !isLast && links < MAX_LINKS) {
      const target = yield* targetOf(next, search.files);
      if (target === undefined) return refusal(next, 'a link that cannot be read');
      links += 1;
      ahead.unshift(...namesOf(target));
      current = path.parse(target).root;
      continue;
    }
    const objection = objectionTo(facts, search.uid, isLast);
    if (objection !== undefined) return refusal(next, objection);
    current = next;
  }
  return { kind: 'ready', path: current };
}

function namesOf(absolute: string): string[] {
  return absolute.slice(path.parse(absolute).root.length).split(path.sep).filter(Boolean);
}

function refusal(component: string, reason: string): SafeFolder {
  return { kind: 'refused', reason: `${component}: ${reason}` };
}

/** The code of what went wrong, in place of facts. */
function* findOrMake(folder: string, { files, isToBeMade }: FolderSearch): Steps<FileFacts | string> {
  try {
    return yield* settled(files.facts(folder));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || !isToBeMade) return codeOf(error);
  }
  try {
    yield* settled(files.makeFolder(folder));
  } catch (error) {
    // Another process may have been faster: what it made is looked at like anything else.
    if (codeOf(error) !== 'EEXIST') return codeOf(error);
  }
  try {
    return yield* settled(files.facts(folder));
  } catch (error) {
    return codeOf(error);
  }
}

function* targetOf(link: string, files: FolderFiles): Steps<string | undefined> {
  try {
    return path.resolve(path.dirname(link), yield* settled(files.readLink(link)));
  } catch {
    return undefined; // Gone, or no link any more: refused like one that leads nowhere.
  }
}

function objectionTo({ kind, uid, mode }: FileFacts, ownUid: number | undefined, isLast: boolean): string | undefined {
  if (kind === 'link') return 'a symbolic link';
  if (kind !== 'folder') return 'not a folder';
  if (ownUid === undefined) return undefined;
  if (isLast) {
    if (uid !== ownUid) return `belongs to user ${uid}, expected ${ownUid}`;
    return (mode & OTHERS_MAY_DO_ANYTHING) === 0 ? undefined : 'others may enter, expected mode 0700';
  }
  if (uid !== ownUid && uid !== 0) return `belongs to user ${uid}, expected ${ownUid} or root`;
  const isOpenToOthers = (mode & GROUP_OR_WORLD_MAY_WRITE) !== 0 && (mode & STICKY) === 0;
  return isOpenToOthers ? 'others may write there' : undefined;
}
