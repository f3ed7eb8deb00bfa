import type { RequestData } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toTimeSinceEnqueued } from './enqueued-time.ts';
import { toField } from './field.ts';
import { FIELD_LIMITS } from './limits.ts';
import { takeChannel } from './messaging.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { takeRequestName, takeRequestUrl } from './request-name.ts';
import { takeRpcStatus } from './rpc.ts';
import * as semconv from './semconv.ts';
import { toSpanId } from './span-id.ts';
import { isSuccess } from './success.ts';
import { toTimeSpan } from './time.ts';

/** Describes a server or consumer span as a request, custom dimensions apart. */
export function toRequestData(span: ReadableSpan, attributes: AttributeReader, context: MappingContext): RequestData {
  const httpUrl = takeRequestUrl(attributes);
  const url = toField(httpUrl?.text, FIELD_LIMITS.url, context);
  return {
    ver: 2,
    id: toSpanId(span, context),
    name: toField(takeRequestName(span, attributes, httpUrl), FIELD_LIMITS.name, context) ?? 'n/a',
    duration: toTimeSpan(span.duration),
    success: isSuccess(span, attributes.peekNumber(semconv.HTTP_STATUS_CODE), context),
    responseCode: toField(takeStatus(attributes), FIELD_LIMITS.resultCode, context) ?? '0',
    ...(url !== undefined && { url }),
    ...(span.kind === SpanKind.CONSUMER && consumed(span, attributes, context)),
  };
}

function takeStatus(attributes: AttributeReader): string | undefined {
  return attributes.takeText(semconv.HTTP_STATUS_CODE) ?? takeRpcStatus(attributes);
}

/** What is known only of work that came as a message: from where, and how long it had waited. */
function consumed(
  span: ReadableSpan,
  attributes: AttributeReader,
  context: MappingContext,
): Pick<RequestData, 'source' | 'measurements'> {
  const source = toField(takeChannel(attributes), FIELD_LIMITS.source, context);
  const timeSinceEnqueued = toTimeSinceEnqueued(span, attributes);
  return {
    ...(source !== undefined && { source }),
    ...(timeSinceEnqueued !== undefined && { measurements: { timeSinceEnqueued } }),
  };
}
