import type { Counts } from './counts.ts';

/** So many neighbouring items of one kind; see {@link Counts}. */
export interface Run {
  readonly kind: string;
  readonly count: number;
}

/** What is kept together: the items of one request body. */
export interface Batch {
  /** The items, framed and compressed by the caller. Opaque here. */
  readonly body: Uint8Array;
  /** How many bytes each item has in the body before compression, in their order. */
  readonly lengths: readonly number[];
  /** What the items are, in their order. The counts add up to the number of lengths. */
  readonly runs: readonly Run[];
}

/** How many items of each kind a batch holds. */
export function countsOf({ runs }: Batch): Counts {
  const counts: Record<string, number> = {};
  for (const { kind, count } of runs) counts[kind] = (counts[kind] ?? 0) + count;
  return counts;
}
