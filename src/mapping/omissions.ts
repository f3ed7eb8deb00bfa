/**
 * What the mapping leaves out, and why: whole items (`unconvertible`, `non_finite`), or parts of an item that
 * goes without them (`text` and `key` were cut, `property`, `measurement`, `link` and `event` left out).
 */
export type OmissionReason =
  'unconvertible' | 'non_finite' | 'text' | 'key' | 'property' | 'measurement' | 'link' | 'event';

/** Counts what the mapping leaves out of one batch, so that nothing is lost silently. */
export class Omissions {
  readonly #counts = new Map<OmissionReason, number>();

  /** Adds `count` to what was left out for `reason`. */
  count(reason: OmissionReason, count = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }

  /** The counts so far, in the order the reasons first came up. */
  entries(): Iterable<readonly [OmissionReason, number]> {
    return this.#counts.entries();
  }
}
