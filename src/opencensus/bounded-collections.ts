import { Printed, toPythonText } from './printed-forms.ts';

/** Values in the order in which they came; when there are too many, the oldest goes. */
export class BoundedList<T> extends Printed implements Iterable<T> {
  readonly maxLength: number;
  #values: readonly T[] = [];
  #dropped = 0;

  constructor(maxLength: number) {
    super();
    this.maxLength = maxLength;
  }

  get length(): number {
    return this.#values.length;
  }

  /** How many had to go. */
  get dropped(): number {
    return this.#dropped;
  }

  append(value: T): void {
    const isFull = this.#values.length >= this.maxLength;
    if (isFull) this.#dropped++;
    this.#values = [...(isFull ? this.#values.slice(1) : this.#values), value];
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#values[Symbol.iterator]();
  }

  override toString(): string {
    return `BoundedList(${toPythonText([...this])}, maxlen=${this.maxLength})`;
  }
}

/** Values by key, in the order in which they were last set; when there are too many, the oldest goes. */
export class BoundedDict<T> extends Printed implements Iterable<[string, T]> {
  readonly maxLength: number;
  readonly #values = new Map<string, T>();
  #dropped = 0;

  constructor(maxLength: number, entries: Iterable<readonly [string, T]> = []) {
    super();
    this.maxLength = maxLength;
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#values.size;
  }

  /** How many had to go. */
  get dropped(): number {
    return this.#dropped;
  }

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: T): void {
    const isNew = !this.#values.delete(key);
    if (isNew && this.#values.size >= this.maxLength) this.#dropOldest();
    this.#values.set(key, value);
  }

  [Symbol.iterator](): Iterator<[string, T]> {
    return this.#values[Symbol.iterator]();
  }

  override toString(): string {
    return `BoundedDict(${toPythonText(this.#values)}, maxlen=${this.maxLength})`;
  }

  #dropOldest(): void {
    for (const key of this.#values.keys()) {
      this.#values.delete(key);
      this.#dropped++;
      return;
    }
  }
}
