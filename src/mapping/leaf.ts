/** The text of an object that is one value rather than a structure: a date, bytes. `undefined` for all others. */
export function leafText(value: object, maxLength: number): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return base64(value.buffer, value.byteOffset, value.byteLength, maxLength);
  if (value instanceof ArrayBuffer) return base64(value, 0, value.byteLength, maxLength);
  return undefined;
}

/** Encodes no more bytes than fit: four characters hold three. */
function base64(buffer: ArrayBufferLike, offset: number, length: number, maxLength: number): string {
  return Buffer.from(buffer, offset, Math.min(length, Math.ceil(maxLength / 4) * 3)).toString('base64');
}
