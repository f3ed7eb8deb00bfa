/** As deep as values are shown in Azure's columns; what lies deeper is left out. */
const MAX_DEPTH = 8;
/** More than fits into any column. */
const MAX_MEMBERS = 1000;

/**
 * Copies a value into what attributes of log records may hold: OpenTelemetry's SDK drops an attribute with anything else
 * in it. Dates become ISO 8601, big integers and symbols text, errors and objects of classes plain objects, functions
 * nothing; where an object holds itself it says so.
 */
export function toPlainValue(value: unknown): unknown {
  return toPlain(value, []);
}

/** {@link toPlainValue}, for each member of an object. */
export function toPlainAttributes(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const members = Object.keys(object).filter(key => key !== '');
  return Object.fromEntries(members.map(key => [key, toPlain(memberOf(object, key), [object])]));
}

function toPlain(value: unknown, ancestors: readonly object[]): unknown {
  switch (typeof value) {
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'function':
      return undefined;
    case 'object':
      return value === null ? null : objectToPlain(value, ancestors);
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
  }
}

function objectToPlain(object: object, ancestors: readonly object[]): unknown {
  if (ancestors.includes(object)) return '[Circular]';
  if (ancestors.length >= MAX_DEPTH) return '[Object]';
  try {
    if (object instanceof Uint8Array) return object;
    if (object instanceof Date) return Number.isNaN(object.getTime()) ? 'Invalid Date' : object.toISOString();
    const inside = [...ancestors, object];
    if (Array.isArray(object)) return object.slice(0, MAX_MEMBERS).map(item => toPlain(item, inside) ?? null);
    if (object instanceof Set) return objectToPlain([...object], ancestors);
    return Object.fromEntries(entriesOf(object).map(([key, member]) => [key, toPlain(member, inside)]));
  } catch {
    return '[unreadable]'; // A proxy of the caller threw.
  }
}

function entriesOf(object: object): [string, unknown][] {
  if (object instanceof Map) return [...object].slice(0, MAX_MEMBERS).map(([key, member]) => [String(key), member]);
  const named = object instanceof Error ? ['name', 'message', 'stack'] : [];
  const keys = new Set([...named, ...Object.keys(object).slice(0, MAX_MEMBERS)]);
  return [...keys].map(key => [key, memberOf(object, key)]);
}

function memberOf(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return '[unreadable]'; // A getter of the caller threw; the rest of the object is still worth showing.
  }
}
