import type { MappingContext } from './context.ts';
import { toField } from './field.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { ReadableSpan } from './opentelemetry.ts';

/** The id of a request or dependency. Throws when there is none: nothing could be joined to such a row. */
export function toSpanId(span: ReadableSpan, context: MappingContext): string {
  const id = toField(span.spanContext().spanId, FIELD_LIMITS.id, context);
  if (id === undefined) throw new TypeError('span id: expected 16 hexadecimal digits, found nothing');
  return id;
}
