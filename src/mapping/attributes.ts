import type { AttributeMap } from './opentelemetry.ts';
import type { Fact } from './fact.ts';
import { MAX_FACT_LENGTH, cut } from './limits.ts';
import { readNumber } from './number.ts';
import type { Reading } from './reading.ts';
import { shapeOf, type Shape } from './shape.ts';
import { toText } from './text.ts';

/** How many places fit the bits of a number. */
const BITS = 31;

/**
 * Reads facts out of attributes and remembers which of them a field has taken.
 *
 * `take…` is for a value that a field of this envelope shows: it is then left out of the properties.
 * `peek…` is for a value that only decides something. `0` and `false` are values; an empty text says nothing, so
 * the next name is asked.
 */
export class AttributeReader {
  readonly shape: Shape;
  readonly #values: readonly unknown[];
  /** The places that are taken: the first as bits, all others in a set. */
  #taken = 0;
  #takenBeyond: Set<number> | undefined;
  /** The places that were looked at since a reading began. None is made within another one. */
  #seen = 0;

  constructor(attributes: AttributeMap | undefined) {
    const [keys, values] = entriesOf(attributes);
    this.shape = shapeOf(keys);
    this.#values = values;
  }

  /** The value under the first of the names of a fact that is set. */
  peek(fact: Fact): unknown {
    const places = this.shape.placesOf(fact);
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] as number;
      this.#seen |= 1 << place;
      const value = this.#values[place];
      if (isSet(value)) return value;
    }
    return undefined;
  }

  /** {@link peek}, as text, which may be longer than any field, and hold what a field does without. */
  peekText(fact: Fact): string | undefined {
    return toFactText(this.peek(fact));
  }

  /** {@link peek}, as a finite number; digits in a string count. */
  peekNumber(fact: Fact): number | undefined {
    return readNumber(this.peek(fact));
  }

  /** {@link peekText}, and the attribute is shown by a field now. */
  takeText(fact: Fact): string | undefined {
    const value = this.peek(fact);
    if (value === undefined) return undefined;
    const text = toFactText(value);
    if (text !== undefined) this.#takeEqual(fact, value);
    return text;
  }

  /** Marks a fact as shown: its first name that is set, and its other names where they hold the same value. */
  take(fact: Fact): void {
    const shown = this.peek(fact);
    if (shown !== undefined) this.#takeEqual(fact, shown);
  }

  /** Marks as shown what holds just this text or number, under whichever of its names. */
  takeShown(fact: Fact, shown: string | number): void {
    const places = this.shape.placesOf(fact);
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] as number;
      this.#seen |= 1 << place;
      const value = this.#values[place];
      if (value === shown || isShownAs(value, shown)) this.#take(place);
    }
  }

  /**
   * What `read` finds in these attributes and in `given`. Where the last attributes of this shape held the same in all
   * places that it looked at, it is not asked again: it would find the same, and take the same.
   */
  recall<Found>(reading: Reading<Found>, given: unknown, read: () => Found): Found {
    if (this.shape.keys.length > BITS) return read();
    const last = this.shape.lastOf(reading);
    if (last.holdsFor(this.#values, given)) this.#taken |= last.taken;
    else {
      const taken = this.#taken;
      this.#seen = 0;
      this.#taken = 0;
      const found = read();
      last.keep(this.#values, given, this.#seen, this.#taken, found);
      this.#taken |= taken;
    }
    return last.found as Found;
  }

  /** The value at a place of the shape, unless a field has taken it. */
  untaken(place: number): unknown {
    return this.#isTaken(place) ? undefined : this.#values[place];
  }

  /** What no field has taken. */
  rest(): (readonly [string, unknown])[] {
    const rest: (readonly [string, unknown])[] = [];
    for (const [place, key] of this.shape.keys.entries())
      if (!this.#isTaken(place)) rest.push([key, this.#values[place]]);
    return rest;
  }

  #takeEqual(fact: Fact, shown: unknown): void {
    const places = this.shape.placesOf(fact);
    for (let index = 0; index < places.length; index += 1) {
      const place = places[index] as number;
      this.#seen |= 1 << place;
      if (this.#values[place] === shown) this.#take(place);
    }
  }

  #take(place: number): void {
    if (place < BITS) this.#taken |= 1 << place;
    else (this.#takenBeyond ??= new Set()).add(place);
  }

  #isTaken(place: number): boolean {
    return place < BITS ? (this.#taken & (1 << place)) !== 0 : this.#takenBeyond?.has(place) === true;
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function toFactText(value: unknown): string | undefined {
  if (typeof value === 'string') return cut(value, MAX_FACT_LENGTH);
  if (typeof value === 'number') return String(value);
  return value === undefined ? undefined : toText(value, MAX_FACT_LENGTH);
}

function isShownAs(value: unknown, shown: string | number): boolean {
  if (typeof value === 'string' && typeof shown === 'string') return false;
  return isSet(value) && toFactText(value) === String(shown);
}

/** Bytes, lists of characters and what cannot be listed are no attributes. */
function entriesOf(attributes: unknown): readonly [keys: string[], values: unknown[]] {
  if (typeof attributes !== 'object' || attributes === null || ArrayBuffer.isView(attributes)) return [[], []];
  try {
    return [Object.keys(attributes), Object.values(attributes)];
  } catch {
    return entriesOneByOne(attributes as AttributeMap);
  }
}

/** A getter of the caller that throws costs its own value, not the item. */
function entriesOneByOne(attributes: AttributeMap): readonly [keys: string[], values: unknown[]] {
  try {
    const keys = Object.keys(attributes);
    return [keys, keys.map(key => valueOf(attributes, key))];
  } catch {
    return [[], []]; // A proxy of the caller that cannot be listed.
  }
}

function valueOf(attributes: AttributeMap, key: string): unknown {
  try {
    return attributes[key];
  } catch {
    return '[unreadable]';
  }
}
