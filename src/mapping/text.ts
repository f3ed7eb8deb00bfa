import { cut } from './limits.ts';

/** Deeper values are shown as `[…]`: nothing below is read by anybody in a table cell. */
const MAX_DEPTH = 8;

/**
 * Shows any value as text of at most `maxLength` UTF-16 code units, or `undefined` for what has no text:
 * `undefined`, functions and symbols.
 *
 * Strings stay as they are; numbers, booleans and bigints as in JavaScript (`NaN`, `Infinity`); bytes as base64;
 * dates as ISO 8601; arrays, maps and objects as JSON. Lone surrogates become U+FFFD and NUL is taken out, since
 * strict readers refuse both. Cycles, getters and `toJSON` that throw, and depth are all survived.
 */
export function toText(value: unknown, maxLength: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return wellFormed(cut(value, maxLength));
    case 'number':
    case 'boolean':
    case 'bigint':
      return cut(String(value), maxLength);
    case 'object':
      return wellFormed(cut(objectText(value, maxLength), maxLength));
    case 'undefined':
    case 'function':
    case 'symbol':
      return undefined;
  }
}

function wellFormed(text: string): string {
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return plain.isWellFormed() ? plain : plain.toWellFormed();
}

function objectText(value: object | null, maxLength: number): string {
  if (value === null) return 'null';
  try {
    const leaf = leafText(value, maxLength);
    if (leaf !== undefined) return leaf;
    const writer = new JsonWriter(maxLength);
    writer.write(value, 0);
    return writer.text;
  } catch {
    return '[unreadable]'; // A proxy or getter of the caller threw where nothing may throw.
  }
}

/** Objects that are one value rather than a structure. */
function leafText(value: object, maxLength: number): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return base64(value.buffer, value.byteOffset, value.byteLength, maxLength);
  if (value instanceof ArrayBuffer) return base64(value, 0, value.byteLength, maxLength);
  return undefined;
}

/** Encodes no more bytes than fit: four characters hold three. */
function base64(buffer: ArrayBufferLike, offset: number, length: number, maxLength: number): string {
  return Buffer.from(buffer, offset, Math.min(length, Math.ceil(maxLength / 4) * 3)).toString('base64');
}

/** Writes JSON until the text is long enough; the rest would be cut off anyway. */
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
    else if (typeof value === 'string') this.text += quote(value, this.#maxLength);
    else if (typeof value === 'boolean' || value === null || (typeof value === 'number' && Number.isFinite(value)))
      this.text += String(value);
    else if (typeof value === 'number' || typeof value === 'bigint') this.text += `"${value}"`;
    else return false;
    return true;
  }

  #writeObject(value: object, depth: number): void {
    const leaf = leafText(value, this.#maxLength);
    if (leaf !== undefined) this.text += quote(leaf, this.#maxLength);
    else if (this.#ancestors.has(value)) this.text += '"[Circular]"';
    else if (depth >= MAX_DEPTH) this.text += '"[…]"';
    else {
      this.#ancestors.add(value);
      this.#writeMembers(value, depth + 1);
      this.#ancestors.delete(value);
    }
  }

  #writeMembers(value: object, depth: number): void {
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') {
      if (!this.write(toJSON.call(value), depth)) this.text += 'null';
    } else if (Array.isArray(value) || value instanceof Set) this.#writeArray(value, depth);
    else this.#writeEntries(membersOf(value), depth);
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

  #writeEntries(entries: Iterable<readonly [unknown, unknown]>, depth: number): void {
    let separator = '{';
    for (const [key, value] of entries) {
      if (this.text.length > this.#maxLength) return;
      const { length } = this.text;
      this.text += `${separator}${quote(String(key), this.#maxLength)}:`;
      if (this.write(value, depth)) separator = ',';
      else this.text = this.text.slice(0, length);
    }
    this.text += separator === '{' ? '{}' : '}';
  }
}

function quote(text: string, maxLength: number): string {
  return JSON.stringify(wellFormed(cut(text, maxLength)));
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
    return '[unreadable]';
  }
}
