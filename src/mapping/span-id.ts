import type { MappingContext } from './context.ts';
import { toField } from './field.ts';
import { quoted, type JsonText } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { ReadableSpan } from './opentelemetry.ts';

/** The id of a request or dependency. Throws when there is none: nothing could be joined to such a row. */
export function toSpanId(span: ReadableSpan, context: MappingContext): JsonText {
  const { spanId } = span.spanContext();
  if (isHexadecimal(spanId)) return `"${spanId}"`;
  const id = toField(spanId, FIELD_LIMITS.id, context);
  if (id === undefined) throw new TypeError('span id: expected 16 hexadecimal digits, found nothing');
  return quoted(id);
}

/** As every SDK makes them. */
function isHexadecimal(id: unknown): boolean {
  if (typeof id !== 'string' || id.length !== 16) return false;
  for (let index = 0; index < id.length; index += 1) {
    const code = id.charCodeAt(index);
    const isDigit = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
    if (!isDigit) return false;
  }
  return true;
}
