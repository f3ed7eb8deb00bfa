import path from 'node:path';
import type { FileFacts, FileSystem, OpenFile } from '../../src/spool/file-system.ts';

interface Node {
  kind: FileFacts['kind'];
  uid: number;
  mode: number;
  links: number;
  content: Buffer;
  target: string;
  /** How much of the content a power failure would leave. */
  syncedBytes: number;
}

/** What a call is about to do, for whoever wants it to fail. */
export interface Call {
  readonly name: keyof FileSystem | 'read' | 'write' | 'sync' | 'close' | 'openFacts';
  readonly path: string;
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/**
 * A file system that lives in memory: absolute paths, folders, links, owners.
 *
 * `powerFailure` undoes what was not synced: names are forgotten in the reverse order of their changes, contents are cut.
 */
export class MemoryFileSystem {
  readonly #nodes = new Map<string, Node>();
  /** Undoes each change of a name since folders were last synced. */
  #unsynced: (() => void)[] = [];

  constructor(uid = 1000) {
    this.#nodes.set('/', newNode({ kind: 'folder', uid: 0, mode: 0o755 }));
    this.add('/home', { kind: 'folder', uid: 0, mode: 0o755 });
    this.add('/home/me', { kind: 'folder', uid, mode: 0o700 });
  }

  /** Puts a thing there, as somebody else would. */
  add(file: string, node: Partial<Node>): void {
    this.#nodes.set(file, newNode(node));
  }

  /** The names in a folder, in no particular order of time. */
  names(folder: string): string[] {
    return [...this.#nodes.keys()]
      .filter(file => file !== folder && path.dirname(file) === folder)
      .map(file => path.basename(file))
      .sort();
  }

  /** All files below a folder. */
  files(folder: string): string[] {
    return [...this.#nodes.keys()].filter(file => file.startsWith(`${folder}/`)).sort();
  }

  has(file: string): boolean {
    return this.#nodes.has(file);
  }

  node(file: string): Node {
    const node = this.#nodes.get(file);
    if (node === undefined) throw systemError('ENOENT');
    return node;
  }

  move(from: string, to: string): void {
    this.#nodes.set(to, this.node(from));
    this.#nodes.delete(from);
  }

  delete(file: string): void {
    this.#nodes.delete(file);
  }

  /** `chance` gives numbers from 0 to 1. */
  powerFailure(chance: () => number): void {
    const lost = Math.floor(chance() * (this.#unsynced.length + 1));
    for (let count = 0; count < lost; count += 1) this.#unsynced.pop()?.();
    this.#unsynced = [];
    for (const node of this.#nodes.values()) {
      const unsyncedBytes = node.content.byteLength - node.syncedBytes;
      node.content = node.content.subarray(0, node.syncedBytes + Math.ceil(chance() * unsyncedBytes));
      node.syncedBytes = node.content.byteLength;
    }
  }

  /**
   * The file system as one process sees it. Before each call `before` may throw, or never resolve, as it does for a
   * process that has been stopped.
   */
  seenBy(uid: number, before: (call: Call) => Promise<unknown> | void = () => undefined): FileSystem {
    const run = async <T>(name: Call['name'], file: string, act: () => T): Promise<T> => {
      await before({ name, path: file });
      return act();
    };
    return {
      list: folder => run('list', folder, () => (this.#resolve(folder), this.names(folder))),
      facts: file => run('facts', file, () => toFacts(this.#resolve(file))),
      readLink: file => run('readLink', file, () => this.#resolve(file).target),
      makeFolder: folder => run('makeFolder', folder, () => this.#make(folder, { kind: 'folder', uid, mode: 0o700 })),
      create: file =>
        run('create', file, () => {
          this.#make(file, { kind: 'file', uid, mode: 0o600 });
          return this.#toOpenFile(file, run);
        }),
      open: file =>
        run('open', file, () => {
          const { kind, mode, uid: owner } = this.#resolve(file);
          if (kind === 'link') throw systemError('ELOOP');
          if (owner !== uid && (mode & 0o004) === 0) throw systemError('EACCES');
          return this.#toOpenFile(file, run);
        }),
      rename: (from, to) => run('rename', from, () => this.#rename(from, to)),
      remove: file => run('remove', file, () => this.#remove(file)),
      syncFolder: folder => run('syncFolder', folder, () => void (this.#unsynced = [])),
    };
  }

  #resolve(file: string): Node {
    const parent = path.dirname(file);
    if (this.node(parent).kind !== 'folder') throw systemError('ENOTDIR');
    return this.node(file);
  }

  #make(file: string, node: Partial<Node>): void {
    this.node(path.dirname(file));
    if (this.#nodes.has(file)) throw systemError('EEXIST');
    this.#nodes.set(file, newNode(node));
    this.#unsynced.push(() => this.#nodes.delete(file));
  }

  #rename(from: string, to: string): void {
    const node = this.#resolve(from);
    this.node(path.dirname(to));
    const replaced = this.#nodes.get(to);
    this.move(from, to);
    this.#unsynced.push(() => {
      this.#nodes.set(from, node);
      if (replaced === undefined) this.#nodes.delete(to);
      else this.#nodes.set(to, replaced);
    });
  }

  #remove(file: string): void {
    const node = this.#resolve(file);
    if (node.kind === 'folder') throw systemError('EISDIR');
    this.#nodes.delete(file);
    this.#unsynced.push(() => this.#nodes.set(file, node));
  }

  #toOpenFile(file: string, run: <T>(name: Call['name'], file: string, act: () => T) => Promise<T>): OpenFile {
    const node = this.node(file);
    return {
      facts: () => run('openFacts', file, () => toFacts(node)),
      read: bytes => run('read', file, () => node.content.subarray(0, bytes)),
      write: pieces => run('write', file, () => void (node.content = Buffer.concat([node.content, ...pieces]))),
      sync: () => run('sync', file, () => void (node.syncedBytes = node.content.byteLength)),
      close: () => run('close', file, () => undefined),
    };
  }
}

function newNode({
  kind = 'file',
  uid = 1000,
  mode = 0o600,
  links = 1,
  content = Buffer.alloc(0),
  target = '',
}: Partial<Node>): Node {
  return { kind, uid, mode, links, content, target, syncedBytes: content.byteLength };
}

function toFacts({ kind, uid, mode, links, content }: Node): FileFacts {
  return { kind, uid, mode, links, size: content.byteLength };
}
