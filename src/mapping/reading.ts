/** Something that is read out of attributes, and depends on them alone: the same attributes, the same finding. */
export interface Reading<Found> {
  /** Its place among all readings, for those who keep lists by it. */
  readonly number: number;
  /** There for its type only. */
  readonly found?: Found;
}

let count = 0;

/** Declares a reading, once, where its module is loaded. */
export function reading<Found>(): Reading<Found> {
  count += 1;
  return { number: count - 1 };
}

/** Longer texts are seldom the same twice. */
const MAX_REMEMBERED_LENGTH = 1024;

/** What a reading found the last time, and in what. */
export class LastReading {
  /** What it depends on besides the attributes. */
  #given: unknown;
  /** The places that were looked at, and what was there; `undefined` when that is not remembered. */
  #places: readonly number[] | undefined;
  #values: readonly unknown[] = [];
  #found: unknown;
  #taken = 0;

  get found(): unknown {
    return this.#found;
  }

  /** The places that were taken, as bits. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether these values are the same in all places that were looked at. */
  holdsFor(values: readonly unknown[], given: unknown): boolean {
    const places = this.#places;
    if (places === undefined || given !== this.#given) return false;
    for (let index = 0; index < places.length; index += 1)
      if (values[places[index] as number] !== this.#values[index]) return false;
    return true;
  }

  /** Remembers what was found, unless it depends on what can be changed. `seen` and `taken` are places, as bits. */
  keep(values: readonly unknown[], given: unknown, seen: number, taken: number, found: unknown): void {
    const places = placesIn(seen);
    const looked = places.map(place => values[place]);
    this.#places = looked.every(isRemembered) ? places : undefined;
    this.#values = looked;
    this.#given = given;
    this.#found = found;
    this.#taken = taken;
  }
}

function placesIn(bits: number): number[] {
  const places: number[] = [];
  for (let left = bits; left !== 0; left &= left - 1) places.push(31 - Math.clz32(left & -left));
  return places;
}

function isRemembered(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_REMEMBERED_LENGTH;
  return typeof value === 'number' || typeof value === 'boolean';
}
