import type { MappingContext } from './context.ts';
import type { JsonMembers } from './json-text.ts';
import { SpanStatusCode, type ReadableSpan } from './opentelemetry.ts';

/**
 * Whether the work of a span succeeded. A status that was set decides; otherwise an HTTP status of 400 or more is a
 * failure, unless the user's options say that it is none.
 */
export function isSuccess({ status }: ReadableSpan, httpStatus: number | undefined, context: MappingContext): boolean {
  if (status.code === SpanStatusCode.OK) return true;
  if (status.code === SpanStatusCode.ERROR) return false;
  return httpStatus === undefined || httpStatus < 400 || context.options.successStatusCodes.has(httpStatus);
}

/** The same as a member behind a comma. */
export function success(isSuccessful: boolean): JsonMembers {
  return isSuccessful ? ',"success":true' : ',"success":false';
}
