/** No number needs more digits; what does is not read to its end. */
const LONGEST_NUMBER = 64;

/** Reads a finite number; one written as text counts, and one of type bigint. `undefined` for anything else. */
export function readNumber(value: unknown): number | undefined {
  const number = isWritten(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function isWritten(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_NUMBER && value.trim() !== '';
  return typeof value === 'bigint';
}
