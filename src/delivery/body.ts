import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Item } from './item.ts';

/** The largest request body sent, before compression. One item may fill it alone. */
export const MAX_BODY_BYTES: number = 1024 * 1024;

const OPEN = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSE = Buffer.from(']');

const compress = promisify(gzip);

/** How long the body of these items is: a JSON array, so one byte around and between the items. */
export function framedBytes(items: readonly Item[]): number {
  return items.reduce((bytes, item) => bytes + item.byteLength + 1, 1);
}

/** Writes the items as one JSON array. */
export function frame(items: readonly Item[]): Uint8Array {
  const pieces = items.flatMap(item => [COMMA, item]);
  return Buffer.concat([OPEN, ...pieces.slice(1), CLOSE], Math.max(framedBytes(items), 2));
}

/** Compresses a body off the event loop, at the level where a body costs about as much as writing its JSON did. */
export function gzipBody(body: Uint8Array): Promise<Uint8Array> {
  return compress(body, { level: constants.Z_BEST_SPEED });
}

/** What {@link splitByBytes} made of a batch. */
export interface Split {
  /** The items in their order, each part at most as long as a body may be. */
  readonly parts: readonly (readonly Item[])[];
  /** How many items were left out, because alone they exceed a body. */
  readonly tooLarge: number;
}

/** Cuts a batch into bodies of at most `maxBytes`, filling each from the front. */
export function splitByBytes(items: readonly Item[], maxBytes: number): Split {
  const parts: Item[][] = [];
  let room = 0;
  let tooLarge = 0;
  for (const item of items) {
    const bytes = item.byteLength + 1;
    if (bytes + 1 > maxBytes) {
      tooLarge += 1;
      continue;
    }
    if (bytes > room) {
      parts.push([]);
      room = maxBytes - 1;
    }
    parts.at(-1)?.push(item);
    room -= bytes;
  }
  return { parts, tooLarge };
}
