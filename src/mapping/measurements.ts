import type { Measurements } from '../envelope/envelope.ts';
import type { Omissions } from './omissions.ts';
import { freeKey } from './properties.ts';
import { MAX_PROPERTIES } from './limits.ts';

/** More than two hundred measurements need: longer JSON is not read. */
const MAX_JSON_LENGTH = 131_072;

/**
 * Turns an object, a `Map` or its JSON text into custom measurements: finite numbers, at most 200 of them.
 *
 * Keys are treated like those of properties. What is no finite number is counted in `omissions`. `undefined` when
 * there is nothing to show.
 */
export function toMeasurements(value: unknown, omissions: Omissions): Measurements | undefined {
  if (value === undefined) return undefined;
  const measurements = new Map<string, number>();
  for (const [key, item] of entriesOf(value)) {
    const number = typeof item === 'bigint' ? Number(item) : item;
    if (typeof number !== 'number' || !Number.isFinite(number) || measurements.size >= MAX_PROPERTIES)
      omissions.count('measurement');
    else measurements.set(freeKey(key, measurements, omissions), number);
  }
  return measurements.size === 0 ? undefined : Object.fromEntries(measurements);
}

function entriesOf(value: unknown): Iterable<readonly [string, unknown]> {
  try {
    if (typeof value === 'string' && value.length > MAX_JSON_LENGTH) return [];
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    if (typeof parsed !== 'object' || parsed === null) return [];
    if (Array.isArray(parsed) || ArrayBuffer.isView(parsed)) return [];
    return parsed instanceof Map
      ? [...parsed].map(([key, item]: readonly [unknown, unknown]) => [String(key), item] as const)
      : Object.entries(parsed);
  } catch {
    return []; // No JSON, or a getter of the caller threw.
  }
}
