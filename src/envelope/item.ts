import type { Envelope } from './envelope.ts';

/** One envelope, encoded: what the wire, the disk and the `index` of a 206 answer count. Nobody parses it again. */
export type Item = Uint8Array;

/** Turns an envelope into an item. The only place that knows how an item is encoded: UTF-8 JSON, one object. */
export function toItem(envelope: Envelope): Item {
  return Buffer.from(JSON.stringify(envelope));
}
