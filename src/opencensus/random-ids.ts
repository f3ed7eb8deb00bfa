/** A random number of that many bytes, never 0, as hexadecimal digits in lower case. */
export function randomHex(bytes: number): string {
  const numbers = crypto.getRandomValues(new Uint8Array(bytes));
  if (numbers.every(number => number === 0)) return randomHex(bytes);
  return Array.from(numbers, number => number.toString(16).padStart(2, '0')).join('');
}
