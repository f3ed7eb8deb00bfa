import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, createGzip, gunzip, gzipSync, type Gzip } from 'node:zlib';
import type { Item } from './item.ts';

/** The largest request body sent, before compression. One item may fill it alone. */
export const MAX_BODY_BYTES: number = 1024 * 1024;

const OPEN = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']');

const decompress = promisify(gunzip);

/** What is compressed at a time. */
const PIECE_BYTES = 64 * 1024;

/** How long the body of these items is: a JSON array, so one byte around and between the items. */
export function framedBytes(items: readonly { readonly byteLength: number }[]): number {
  return items.reduce((bytes, item) => bytes + item.byteLength + 1, 1);
}

/**
 * Writes the items as one JSON array, compressed off the event loop at the level where a body costs about as much as
 * writing its JSON did.
 *
 * Piece by piece: a body in one piece would be garbage of up to a mebibyte each time.
 */
export async function pack(items: readonly Item[]): Promise<Uint8Array> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  const [packed] = await Promise.all([buffer(gzip), writeBody(gzip, items)]);
  return packed;
}

/** The same without waiting, for a process that ends. */
export function packNow(items: readonly Item[]): Uint8Array {
  // oxlint-disable-next-line node/no-sync -- a process that ends waits for nothing but this.
  return gzipSync(Buffer.concat([...framed(items)]), { level: constants.Z_BEST_SPEED });
}

/** Undoes {@link pack}, given how long each of the items is. */
export async function unpack(packed: Uint8Array, lengths: readonly number[]): Promise<Item[]> {
  const body = await decompress(packed);
  let start = OPEN.byteLength;
  return lengths.map(length => {
    const item = body.subarray(start, start + length);
    start += length + COMMA.byteLength;
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

async function writeBody(gzip: Gzip, items: readonly Item[]): Promise<void> {
  for (const piece of piecesOf(items)) await write(gzip, piece);
  gzip.end();
}

/** The body in pieces of one size. All of them are the same memory: use one before asking for the next. */
function* piecesOf(items: readonly Item[]): Generator<Uint8Array> {
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  let used = 0;
  for (const part of framed(items)) {
    for (let start = 0; start < part.byteLength;) {
      const taken = Math.min(part.byteLength - start, PIECE_BYTES - used);
      piece.set(part.subarray(start, start + taken), used);
      start += taken;
      used += taken;
      if (used < PIECE_BYTES) continue;
      yield piece;
      used = 0;
    }
  }
  yield piece.subarray(0, used);
}

function* framed(items: readonly Item[]): Generator<Uint8Array> {
  yield OPEN;
  for (const [index, item] of items.entries()) {
    if (index > 0) yield COMMA;
    yield item;
  }
  yield CLOSE;
}

function write(gzip: Gzip, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.write(piece, error => (error === null || error === undefined ? resolve() : reject(error)));
  });
}
