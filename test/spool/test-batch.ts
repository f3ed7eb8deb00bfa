import type { Batch } from '../../src/spool/batch.ts';

/** A batch of as many spans as its number says, so that a count alone tells which one it is. */
export function batchOf(number: number, bytes = 10): Batch {
  const body = Buffer.alloc(bytes, `${number} `);
  return { body, lengths: Array.from({ length: number }, () => 1), runs: [{ kind: 't', count: number }] };
}
