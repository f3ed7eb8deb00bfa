import { promisify } from 'node:util';
import { bytesOf, type Item } from './item.ts';
import { loadZlib } from './load-zlib.ts';
import { Press } from './press.ts';

/** The largest request body sent, before compression. One item may fill it alone. */
export const MAX_BODY_BYTES: number = 1024 * 1024;

const OPEN = 0x5b;
const COMMA = 0x2c;
const CLOSE = 0x5d;

/** What the last body was made with, for the next one, as long as nobody else needs the memory. */
let spare: WeakRef<Press> | undefined;

/** How long each of the items is. To ask a typed array is dear, and once is enough. */
export function lengthsOf(items: readonly Item[]): number[] {
  return items.map(({ byteLength }) => byteLength);
}

/** How long the body of items of these lengths is: a JSON array, so one byte around and between the items. */
export function framedBytes(lengths: readonly number[]): number {
  return lengths.reduce((bytes, length) => bytes + length + 1, 1);
}

/**
 * Writes the items as one JSON array, compressed off the event loop at the level where a body costs about as much as
 * writing its JSON did.
 */
export async function pack(items: readonly Item[], lengths: readonly number[] = lengthsOf(items)): Promise<Uint8Array> {
  const bytes = bodyBytes(lengths);
  const press = takePress(bytes);
  writeBody(items, lengths, press.memory);
  const packed = await press.compress(bytes);
  spare = new WeakRef(press);
  return packed;
}

/** The same without waiting, for a process that ends. */
export function packNow(items: readonly Item[], lengths: readonly number[] = lengthsOf(items)): Uint8Array {
  const body = Buffer.allocUnsafeSlow(bodyBytes(lengths));
  writeBody(items, lengths, body);
  const { constants, gzipSync } = loadZlib();
  // oxlint-disable-next-line node/no-sync -- a process that ends waits for nothing but this.
  return gzipSync(body, { level: constants.Z_BEST_SPEED });
}

/** Undoes {@link pack}, given how long each of the items is. */
export async function unpack(packed: Uint8Array, lengths: readonly number[]): Promise<Item[]> {
  const body = await promisify(loadZlib().gunzip)(packed);
  let start = 1;
  return lengths.map(length => {
    const item = body.subarray(start, start + length);
    start += length + 1;
    return item;
  });
}

/** Cuts a batch into bodies of at most `maxBytes`, filling each from the front. An item too large for that is alone. */
export function splitByBytes(items: readonly Item[], maxBytes: number): Item[][] {
  const parts: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const bytes = item.byteLength + 1;
    if (bytes > room) {
      parts.push([]);
      room = maxBytes - 1;
    }
    parts.at(-1)?.push(item);
    room -= bytes;
  }
  return parts;
}

/** An empty array is two bytes long, like that of one item without any. */
function bodyBytes(lengths: readonly number[]): number {
  return Math.max(framedBytes(lengths), 2);
}

function takePress(bytes: number): Press {
  const press = spare?.deref();
  spare = undefined;
  return press !== undefined && press.memory.byteLength >= bytes ? press : new Press(bytes);
}

/** Items that are neighbours in memory, a comma between each two, are copied as one. */
function writeBody(items: readonly Item[], lengths: readonly number[], body: Uint8Array): void {
  body[0] = OPEN;
  let used = 1;
  for (let first = 0; first < items.length;) {
    const { run, end } = runFrom(items, lengths, first);
    body.set(run, used);
    used += run.byteLength;
    body[used] = COMMA;
    used += 1;
    first = end;
  }
  body[Math.max(used - 1, 1)] = CLOSE;
}

/** The items from `first` on that are neighbours in memory, as one; and the position after them. */
function runFrom(items: readonly Item[], lengths: readonly number[], first: number): { run: Uint8Array; end: number } {
  const item = items[first] as Item;
  let memory: Uint8Array | undefined;
  let endOffset = item.byteOffset + (lengths[first] as number);
  let end = first + 1;
  for (; end < items.length; end += 1) {
    const next = items[end] as Item;
    if (next.byteOffset !== endOffset + 1) break;
    memory ??= new Uint8Array(item.buffer);
    if (next.buffer !== memory.buffer || memory[endOffset] !== COMMA) break;
    endOffset += 1 + (lengths[end] as number);
  }
  return { run: memory?.subarray(item.byteOffset, endOffset) ?? bytesOf(item), end };
}
