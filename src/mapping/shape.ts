import type { Fact } from './fact.ts';
import { isPlainKey } from './properties.ts';
import { LastReading, type Reading } from './reading.ts';
import { ShownFields } from './shown-field.ts';
import { ShownProperty } from './shown-property.ts';

/** Attributes beyond these are more than a row shows; a shape of so many is not remembered. */
const MAX_REMEMBERED_KEYS = 128;
/** More than the places of a program that make telemetry. When there are more, all are forgotten. */
const MAX_SHAPES = 500;
const MAX_BEGINNINGS = 8000;

/** The places of a fact that is not there. */
const NOWHERE: readonly number[] = [];

/**
 * The keys of attributes, in their order, and where each fact is found among them.
 *
 * One place in a program gives its telemetry the same keys again and again, so all of that has one shape, and what
 * depends on the keys alone is found out once.
 */
export class Shape {
  readonly keys: readonly string[];
  /** The fields of the rows of this shape. */
  readonly fields: ShownFields = new ShownFields();
  /** The property of each key; `undefined` when some key cannot be shown as it is, or when there are very many. */
  readonly properties: readonly ShownProperty[] | undefined;
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #places: (readonly number[] | undefined)[] = [];
  readonly #readings: (LastReading | undefined)[] = [];

  constructor(keys: readonly string[]) {
    this.keys = keys;
    this.#placeOf = new Map(keys.map((key, place) => [key, place]));
    const isUsual = keys.length <= MAX_REMEMBERED_KEYS && keys.every(isPlainKey);
    this.properties = isUsual ? keys.map(key => new ShownProperty(key)) : undefined;
  }

  has(key: string): boolean {
    return this.#placeOf.has(key);
  }

  /** Where among the keys the names of a fact are, in the order of its names. */
  placesOf(fact: Fact): readonly number[] {
    return (this.#places[fact.number] ??= this.#find(fact));
  }

  /** What a reading found in the last attributes of this shape. */
  lastOf(reading: Reading<unknown>): LastReading {
    return (this.#readings[reading.number] ??= new LastReading());
  }

  #find({ names }: Fact): readonly number[] {
    const places = names.map(name => this.#placeOf.get(name)).filter(place => place !== undefined);
    return places.length === 0 ? NOWHERE : places;
  }
}

/** Some keys with which attributes may begin, and those that have followed. */
class Beginning {
  readonly #longer = new Map<string, Beginning>();
  #lastKey: string | undefined;
  #last: Beginning | undefined;
  #shape: Shape | undefined;

  /** Most often the same key follows as the last time. */
  with(key: string): Beginning {
    return key === this.#lastKey ? (this.#last as Beginning) : this.#find(key);
  }

  shapeOf(keys: readonly string[]): Shape {
    if (this.#shape === undefined) shapes += 1;
    return (this.#shape ??= new Shape(keys));
  }

  #find(key: string): Beginning {
    const longer = this.#longer.get(key) ?? this.#grow(key);
    this.#lastKey = key;
    this.#last = longer;
    return longer;
  }

  #grow(key: string): Beginning {
    const longer = new Beginning();
    this.#longer.set(key, longer);
    beginnings += 1;
    return longer;
  }
}

let empty = new Beginning();
let beginnings = 0;
let shapes = 0;

/** The shape of these keys, which differ from each other. */
export function shapeOf(keys: readonly string[]): Shape {
  if (keys.length > MAX_REMEMBERED_KEYS) return new Shape(keys);
  if (beginnings > MAX_BEGINNINGS || shapes > MAX_SHAPES) {
    empty = new Beginning();
    beginnings = 0;
    shapes = 0;
  }
  let beginning = empty;
  for (const key of keys) beginning = beginning.with(key);
  return beginning.shapeOf(keys);
}
