/** A JSON object as `JSON.parse` makes it: its own keys only mean something. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object, and no list and no null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a JSON value: texts as they are, absence as the empty text, containers as JSON. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** The number a JSON value stands for, undefined for what is none. The texts `NaN` and `Infinity` count as numbers. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) && value !== 'NaN' ? undefined : number;
}

/** Whether a JSON value says yes: `true` in any spelling of it, or a number but 0. */
export function toBoolean(value: unknown): boolean {
  if (typeof value === 'string') return value.toLowerCase() === 'true' || value === '1';
  return value === true || (typeof value === 'number' && value !== 0);
}
