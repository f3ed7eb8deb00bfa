import type { AttributeMap } from './opentelemetry.ts';
import { toText } from './text.ts';

/** Long enough for every field; each field cuts to its own limit. */
const MAX_FACT_LENGTH = 32_768;

/** The names one fact has had, the current name first. */
export type Names = readonly string[];

/**
 * Reads facts out of attributes and remembers which of them a field has taken.
 *
 * `take…` is for a value that a field of this envelope shows: it is then left out of the properties.
 * `peek…` is for a value that only decides something. What is set counts, `0`, `''` and `false` too.
 */
export class AttributeReader {
  readonly #attributes: AttributeMap;
  readonly #taken = new Set<string>();

  constructor(attributes: AttributeMap) {
    this.#attributes = attributes;
  }

  /** The value of the first of `names` that is set. */
  peek(names: Names): unknown {
    const name = this.#nameOf(names);
    return name === undefined ? undefined : this.#attributes[name];
  }

  /** {@link peek}, as text. */
  peekText(names: Names): string | undefined {
    return toText(this.peek(names), MAX_FACT_LENGTH);
  }

  /** {@link peek}, as a finite number; digits in a string count. */
  peekNumber(names: Names): number | undefined {
    const value = this.peek(names);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  }

  /** {@link peekText}, and the attribute is shown by a field now. */
  takeText(names: Names): string | undefined {
    const text = this.peekText(names);
    this.take(names);
    return text;
  }

  /** Marks a fact as shown: its first name that is set, and its other names where they hold the same value. */
  take(names: Names): void {
    const value = this.peek(names);
    if (value === undefined) return;
    for (const name of names) if (this.#attributes[name] === value) this.#taken.add(name);
  }

  /** What no field has taken. */
  *rest(): Generator<readonly [string, unknown]> {
    for (const key of Object.keys(this.#attributes)) {
      if (!this.#taken.has(key)) yield [key, this.#attributes[key]];
    }
  }

  #nameOf(names: Names): string | undefined {
    return names.find(name => this.#attributes[name] !== undefined && this.#attributes[name] !== null);
  }
}
