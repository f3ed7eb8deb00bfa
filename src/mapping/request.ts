import type { Measurements } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toTimeSinceEnqueued } from './enqueued-time.ts';
import { takeChannel } from './messaging.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { takeRequestName, takeRequestUrl } from './request-name.ts';
import { takeRpcStatus } from './rpc.ts';
import * as semconv from './semconv.ts';
import type { SpanData } from './span-data.ts';
import { toSpanId } from './span-id.ts';
import { isSuccess, success } from './success.ts';
import { toTimeSpan } from './time.ts';

/** Describes a server or consumer span as a request, custom dimensions apart. */
export function toRequestData(span: ReadableSpan, attributes: AttributeReader, context: MappingContext): SpanData {
  const { fields } = attributes.shape;
  const httpUrl = takeRequestUrl(attributes);
  const name = takeRequestName(span, attributes, httpUrl);
  const isConsumed = span.kind === SpanKind.CONSUMER;
  const members =
    `"ver":2,"id":${toSpanId(span, context)}${fields.name.show(name, context)}` +
    `,"duration":"${toTimeSpan(span.duration)}"` +
    success(isSuccess(span, attributes.peekNumber(semconv.HTTP_STATUS_CODE), context)) +
    fields.responseCode.show(takeStatus(attributes), context) +
    fields.url.show(httpUrl?.text, context) +
    // Where a message came from.
    (isConsumed ? fields.source.show(takeChannel(attributes), context) : '');
  const measurements = isConsumed ? measurementsOf(span, attributes) : undefined;
  return { baseType: 'RequestData', members, operationName: name, measurements };
}

function takeStatus(attributes: AttributeReader): string | undefined {
  return attributes.takeText(semconv.HTTP_STATUS_CODE) ?? takeRpcStatus(attributes);
}

/** How long a message had waited. */
function measurementsOf(span: ReadableSpan, attributes: AttributeReader): Measurements | undefined {
  const timeSinceEnqueued = toTimeSinceEnqueued(span, attributes);
  return timeSinceEnqueued === undefined ? undefined : { timeSinceEnqueued };
}
