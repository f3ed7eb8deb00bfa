import { tagKey, tagValue } from './tag-key.ts';

/** A tag: its key and its value. */
export type Tag = readonly [key: string, value: string];

/** Tags, in the order in which they were put in. */
export class TagMap implements Iterable<Tag> {
  /** The tags themselves, to be read; the methods of this class check what goes in. */
  readonly map: ReadonlyMap<string, string>;
  readonly #tags: Map<string, string>;

  /** @throws RangeError for a key or value that no tag may have. */
  constructor(tags: Iterable<Tag> = []) {
    this.#tags = new Map([...tags].map(([key, value]) => [tagKey(key), tagValue(value)]));
    this.map = this.#tags;
  }

  [Symbol.iterator](): Iterator<Tag> {
    return this.#tags[Symbol.iterator]();
  }

  /**
   * Puts a tag in; a key that is there already keeps its value.
   *
   * @throws RangeError for a key or value that no tag may have.
   */
  insert(key: string, value: string): void {
    if (!this.#tags.has(key)) this.#tags.set(tagKey(key), tagValue(value));
  }

  /**
   * Changes the value of a key that is there; does nothing when it is not.
   *
   * @throws RangeError for a value that no tag may have.
   */
  update(key: string, value: string): void {
    if (this.#tags.has(key)) this.#tags.set(key, tagValue(value));
  }

  /** Takes a tag out, if it is there. */
  delete(key: string): void {
    this.#tags.delete(key);
  }

  /** Whether there is a tag of this key. */
  tagKeyExists(key: string): boolean {
    return this.#tags.has(key);
  }

  /** @throws RangeError `key is not in map` */
  getValue(key: string): string {
    const value = this.#tags.get(key);
    if (value === undefined) throw new RangeError('key is not in map');
    return value;
  }
}
