import { promisify } from 'node:util';
import { constants, gunzip, gzipSync } from 'node:zlib';
import type { Item } from './item.ts';
import { Press } from './press.ts';

/** The largest request body sent, before compression. One item may fill it alone. */
export const MAX_BODY_BYTES: number = 1024 * 1024;

const OPEN = 0x5b;
const COMMA = 0x2c;
const CLOSE = 0x5d;

const decompress = promisify(gunzip);

/** What the last body was made with, for the next one, as long as nobody else needs the memory. */
let spare: WeakRef<Press> | undefined;

/** How long the body of these items is: a JSON array, so one byte around and between the items. */
export function framedBytes(items: readonly { readonly byteLength: number }[]): number {
  return items.reduce((bytes, item) => bytes + item.byteLength + 1, 1);
}

/**
 * Writes the items as one JSON array, compressed off the event loop at the level where a body costs about as much as
 * writing its JSON did.
 */
export async function pack(items: readonly Item[]): Promise<Uint8Array> {
  const bytes = bodyBytes(items);
  const press = takePress(bytes);
  writeBody(items, press.memory);
  const packed = await press.compress(bytes);
  spare = new WeakRef(press);
  return packed;
}

/** The same without waiting, for a process that ends. */
export function packNow(items: readonly Item[]): Uint8Array {
  const body = Buffer.allocUnsafeSlow(bodyBytes(items));
  writeBody(items, body);
  // oxlint-disable-next-line node/no-sync -- a process that ends waits for nothing but this.
  return gzipSync(body, { level: constants.Z_BEST_SPEED });
}

/** Undoes {@link pack}, given how long each of the items is. */
export async function unpack(packed: Uint8Array, lengths: readonly number[]): Promise<Item[]> {
  const body = await decompress(packed);
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
function bodyBytes(items: readonly Item[]): number {
  return Math.max(framedBytes(items), 2);
}

function takePress(bytes: number): Press {
  const press = spare?.deref();
  spare = undefined;
  return press !== undefined && press.memory.byteLength >= bytes ? press : new Press(bytes);
}

/** Items that are neighbours in memory, a comma between each two, are copied as one. */
function writeBody(items: readonly Item[], body: Uint8Array): void {
  body[0] = OPEN;
  let used = 1;
  for (let first = 0; first < items.length;) {
    const end = endOfRun(items, first);
    const run = spanOf(items[first] as Item, items[end - 1] as Item);
    body.set(run, used);
    used += run.byteLength;
    body[used] = COMMA;
    used += 1;
    first = end;
  }
  body[Math.max(used - 1, 1)] = CLOSE;
}

/** The position after the last of the items from `first` on that are neighbours in memory. */
function endOfRun(items: readonly Item[], first: number): number {
  let last = items[first] as Item;
  let memory: Uint8Array | undefined;
  for (let position = first + 1; position < items.length; position += 1) {
    const item = items[position] as Item;
    const end = last.byteOffset + last.byteLength;
    if (item.byteOffset !== end + 1 || item.buffer !== last.buffer) return position;
    memory ??= new Uint8Array(last.buffer);
    if (memory[end] !== COMMA) return position;
    last = item;
  }
  return items.length;
}

function spanOf(first: Item, last: Item): Uint8Array {
  if (first === last) return first;
  return new Uint8Array(first.buffer, first.byteOffset, last.byteOffset + last.byteLength - first.byteOffset);
}
