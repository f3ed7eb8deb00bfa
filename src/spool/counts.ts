/** How many items of each kind, a kind being one lower-case letter that the caller chose: `{ t: 500, l: 12 }`. */
export type Counts = Readonly<Record<string, number>>;

/** Items of all kinds together. */
export function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
