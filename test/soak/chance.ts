/** The generator of Marsaglia's "Xorshift RNGs", 2003: the same numbers for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return least + ((this.#state >>> 0) % (most - least + 1));
  }

  oneOf<Thing>(things: readonly Thing[]): Thing {
    const thing = things[this.between(0, things.length - 1)];
    if (thing === undefined) throw new Error('There is nothing to choose from');
    return thing;
  }
}
