/** One fact, and all the names it has had as an attribute, the current name first. */
export interface Fact {
  readonly names: readonly string[];
  /** Its place among all facts, for those who keep lists by it. */
  readonly number: number;
}

let count = 0;

/** Declares a fact, once, where its module is loaded. */
export function fact(...names: readonly string[]): Fact {
  count += 1;
  return { names, number: count - 1 };
}
