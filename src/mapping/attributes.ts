import type { AttributeMap } from './opentelemetry.ts';
import { MAX_FACT_LENGTH } from './limits.ts';
import { readNumber } from './number.ts';
import { toText } from './text.ts';

/** The names one fact has had, the current name first. */
export type Names = readonly string[];

/**
 * Reads facts out of attributes and remembers which of them a field has taken.
 *
 * `take…` is for a value that a field of this envelope shows: it is then left out of the properties.
 * `peek…` is for a value that only decides something. `0` and `false` are values; an empty text says nothing, so
 * the next name is asked.
 */
export class AttributeReader {
  readonly #attributes: AttributeMap;
  readonly #taken = new Set<string>();

  constructor(attributes: AttributeMap | undefined) {
    this.#attributes = attributes ?? {};
  }

  /** The value of the first of `names` that is set. */
  peek(names: Names): unknown {
    for (const name of names) {
      const value = this.#valueOf(name);
      if (isSet(value)) return value;
    }
    return undefined;
  }

  /** {@link peek}, as text, which may be longer than any field. */
  peekText(names: Names): string | undefined {
    const value = this.peek(names);
    return value === undefined ? undefined : toText(value, MAX_FACT_LENGTH);
  }

  /** {@link peek}, as a finite number; digits in a string count. */
  peekNumber(names: Names): number | undefined {
    return readNumber(this.peek(names));
  }

  /** {@link peekText}, and the attribute is shown by a field now. */
  takeText(names: Names): string | undefined {
    const value = this.peek(names);
    if (value === undefined) return undefined;
    const text = toText(value, MAX_FACT_LENGTH);
    if (text !== undefined) this.#takeEqual(names, value);
    return text;
  }

  /** Marks a fact as shown: its first name that is set, and its other names where they hold the same value. */
  take(names: Names): void {
    const shown = this.peek(names);
    if (shown !== undefined) this.#takeEqual(names, shown);
  }

  /** Marks as shown what holds just this text or number, under whichever of `names`. */
  takeShown(names: Names, shown: string | number): void {
    for (const name of names) {
      const value = this.#valueOf(name);
      if (value === shown || (isSet(value) && toText(value, MAX_FACT_LENGTH) === String(shown))) this.#taken.add(name);
    }
  }

  /** What no field has taken. */
  rest(): (readonly [string, unknown])[] {
    const rest: (readonly [string, unknown])[] = [];
    for (const key of this.#keys()) {
      if (!this.#taken.has(key)) rest.push([key, this.#valueOf(key)]);
    }
    return rest;
  }

  #takeEqual(names: Names, shown: unknown): void {
    for (const name of names) if (this.#valueOf(name) === shown) this.#taken.add(name);
  }

  #keys(): string[] {
    try {
      // The bytes of a buffer are no attributes, and it has a key for each of them.
      return ArrayBuffer.isView(this.#attributes) ? [] : Object.keys(this.#attributes);
    } catch {
      return []; // A proxy of the caller that cannot be listed.
    }
  }

  /** A getter of the caller that throws costs its own value, not the item. */
  #valueOf(name: string): unknown {
    try {
      return this.#attributes[name];
    } catch {
      return '[unreadable]';
    }
  }
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
