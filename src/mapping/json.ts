import { leafText } from './leaf.ts';
import { cut } from './limits.ts';
import { REDACTED, isSecretKey } from './secret-names.ts';

/** Deeper values are shown as `[…]`: nothing below is read by anybody in a table cell. */
const MAX_DEPTH = 8;
const UNREADABLE = '[unreadable]';

/**
 * Writes any object as JSON. Where the text would be longer than `maxLength` it breaks off somewhere behind that.
 *
 * What JSON has no number for is written as a string, members that are secrets by their name as `REDACTED`. Cycles
 * and depth are cut; what throws when it is read is shown as unreadable, and only that.
 */
export function toJson(value: object, maxLength: number): string {
  const writer = new JsonWriter(maxLength);
  writer.write(value, 0);
  return writer.text;
}

/** A text that every reader of UTF-8 JSON takes. */
export function wellFormed(text: string): string {
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return plain.isWellFormed() ? plain : plain.toWellFormed();
}

class JsonWriter {
  text: string = '';
  readonly #maxLength: number;
  readonly #ancestors = new Set<object>();

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** False for what JSON has no text for. */
  write(value: unknown, depth: number): boolean {
    if (typeof value === 'object' && value !== null) this.#writeObject(value, depth);
    else if (typeof value === 'string') this.#writeText(value);
    else if (typeof value === 'boolean' || value === null || (typeof value === 'number' && Number.isFinite(value)))
      this.text += String(value);
    else if (typeof value === 'number' || typeof value === 'bigint') this.#writeText(String(value));
    else return false;
    return true;
  }

  #writeText(text: string): void {
    this.text += JSON.stringify(wellFormed(cut(text, this.#maxLength)));
  }

  #writeObject(value: object, depth: number): void {
    if (this.#ancestors.has(value)) return this.#writeText('[Circular]');
    if (depth >= MAX_DEPTH) return this.#writeText('[…]');
    const { length } = this.text;
    this.#ancestors.add(value);
    try {
      this.#writeContent(value, depth + 1);
    } catch {
      this.text = this.text.slice(0, length); // A proxy, getter or toJSON of the caller threw.
      this.#writeText(UNREADABLE);
    }
    this.#ancestors.delete(value);
  }

  #writeContent(value: object, depth: number): void {
    const leaf = leafText(value, this.#maxLength);
    const { toJSON } = value as { toJSON?: unknown };
    if (leaf !== undefined) this.#writeText(leaf);
    else if (typeof toJSON === 'function') {
      if (!this.write(toJSON.call(value), depth)) this.text += 'null';
    } else if (Array.isArray(value) || value instanceof Set) this.#writeArray(value, depth);
    else this.#writeMembers(membersOf(value), depth);
  }

  #writeArray(values: Iterable<unknown>, depth: number): void {
    let separator = '[';
    for (const value of values) {
      if (this.text.length > this.#maxLength) return;
      this.text += separator;
      separator = ',';
      if (!this.write(value, depth)) this.text += 'null';
    }
    this.text += separator === '[' ? '[]' : ']';
  }

  #writeMembers(members: Iterable<readonly [unknown, unknown]>, depth: number): void {
    let separator = '{';
    for (const [name, value] of members) {
      if (this.text.length > this.#maxLength) return;
      const { length } = this.text;
      const key = String(name);
      this.text += separator;
      this.#writeText(key);
      this.text += ':';
      if (this.write(isSecretKey(key) ? REDACTED : value, depth)) separator = ',';
      else this.text = this.text.slice(0, length);
    }
    this.text += separator === '{' ? '{}' : '}';
  }
}

function* membersOf(value: object): Generator<readonly [unknown, unknown]> {
  if (value instanceof Map) yield* value;
  // The name and message of an error are not enumerable, and are what a reader wants of it.
  else if (value instanceof Error) yield* [['name', value.name] as const, ['message', value.message] as const];
  else for (const key of Object.keys(value)) yield [key, memberOf(value, key)];
}

function memberOf(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return UNREADABLE;
  }
}
