import { toJson, wellFormed } from './json.ts';
import { leafText } from './leaf.ts';
import { cut } from './limits.ts';

/**
 * Shows any value as text of at most `maxLength` UTF-16 code units, or `undefined` for what has no text:
 * `undefined`, functions and symbols.
 *
 * Strings stay as they are; numbers, booleans and bigints as in JavaScript (`NaN`, `Infinity`); bytes as base64;
 * dates as ISO 8601; arrays, maps and objects as JSON, in which members that are secrets by their name are masked.
 * Lone surrogates become U+FFFD and NUL is taken out, since strict readers refuse both. Cycles, getters and `toJSON`
 * that throw, and depth are all survived.
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

function objectText(value: object | null, maxLength: number): string {
  if (value === null) return 'null';
  try {
    return leafText(value, maxLength) ?? toJson(value, maxLength);
  } catch {
    return '[unreadable]'; // A proxy or getter of the caller threw where nothing may throw.
  }
}
