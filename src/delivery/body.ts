import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { Item } from './item.ts';

/** The largest request body sent, before compression. One item may fill it alone. */
export const MAX_BODY_BYTES: number = 1024 * 1024;

const OPEN = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']');

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** How long the body of these items is: a JSON array, so one byte around and between the items. */
export function framedBytes(items: readonly Item[]): number {
  return items.reduce((bytes, item) => bytes + item.byteLength + 1, 1);
}

/** Writes the items as one JSON array. */
export function frame(items: readonly Item[]): Uint8Array {
  const pieces = items.flatMap(item => [COMMA, item]);
  return Buffer.concat([OPEN, ...pieces.slice(1), CLOSE]);
}

/** Takes a body apart again, given how long each of its items is. */
export function unframe(body: Uint8Array, lengths: readonly number[]): Item[] {
  let start = OPEN.byteLength;
  return lengths.map(length => {
    const item = body.subarray(start, start + length);
    start += length + COMMA.byteLength;
    return item;
  });
}

/** Compresses a body off the event loop, at the level where a body costs about as much as writing its JSON did. */
export function gzipBody(body: Uint8Array): Promise<Uint8Array> {
  return compress(body, { level: constants.Z_BEST_SPEED });
}

/** Undoes {@link gzipBody}. */
export function gunzipBody(packed: Uint8Array): Promise<Uint8Array> {
  return decompress(packed);
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
