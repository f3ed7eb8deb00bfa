/**
 * One telemetry item, encoded: where the UTF-8 bytes of one JSON envelope are. A `Uint8Array` is one.
 *
 * Opaque here. The wire, the memory, the disk and the `index` in an answer of the service all count these.
 */
export interface Item {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** What an item is: its bytes. */
export function bytesOf({ buffer, byteOffset, byteLength }: Item): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Which of the three kinds of telemetry an item is. */
export type Signal = 'traces' | 'metrics' | 'logs';

/**
 * Why an item was lost on our side of the wire.
 *
 * - `unconvertible`: it could not be turned into an envelope;
 * - `non_finite`: a metric point without a finite value;
 * - `hook`: the user's hook threw or left it out;
 * - `too_large`: alone it is larger than a request body may be;
 * - `memory`: pushed out of a full memory ring by newer items;
 * - `evicted`: on disk, the oldest had to go to make room for newer ones;
 * - `expired`: on disk for 48 hours, after which the service takes it no longer;
 * - `corrupt`: its file on disk is not what was written;
 * - `shutdown`: still unsent when the delivery closed, or handed over after that.
 */
export type DropReason =
  'unconvertible' | 'non_finite' | 'hook' | 'too_large' | 'memory' | 'evicted' | 'expired' | 'corrupt' | 'shutdown';
