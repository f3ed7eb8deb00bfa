import { AttributeReader } from './attributes.ts';
import type { ReadableSpan, SpanLink } from './opentelemetry.ts';
import * as semconv from './semconv.ts';
import { toMillis } from './time.ts';

/**
 * How long the messages of a span had waited when it began: the mean in milliseconds, none counted below 0.
 *
 * From the links when every one says when its message was enqueued, since a mean over some of them would mislead;
 * else from the span itself; `undefined` when neither tells.
 */
export function toTimeSinceEnqueued(span: ReadableSpan, attributes: AttributeReader): number | undefined {
  const startMillis = toMillis(span.startTime);
  const enqueued = span.links.map(link => enqueuedMillis(new AttributeReader(attributesOf(link))));
  if (enqueued.length > 0 && enqueued.every(millis => millis !== undefined)) {
    return finite(enqueued.reduce((sum, millis) => sum + waited(startMillis, millis), 0) / enqueued.length);
  }
  const millis = enqueuedMillis(attributes);
  return millis === undefined ? takeQueueTime(attributes) : finite(waited(startMillis, millis));
}

/** Times that are none give a mean that is none. */
function finite(millis: number): number | undefined {
  return Number.isFinite(millis) ? millis : undefined;
}

function attributesOf(link: SpanLink): SpanLink['attributes'] {
  try {
    return link.attributes;
  } catch {
    return undefined; // No link at all.
  }
}

function enqueuedMillis(attributes: AttributeReader): number | undefined {
  const seconds = attributes.peekNumber(semconv.ENQUEUED_SECONDS);
  return attributes.peekNumber(semconv.ENQUEUED_MILLIS) ?? (seconds === undefined ? undefined : seconds * 1000);
}

function waited(startMillis: number, enqueuedMillis: number): number {
  return Math.max(0, startMillis - enqueuedMillis);
}

function takeQueueTime(attributes: AttributeReader): number | undefined {
  const millis = attributes.peekNumber(semconv.QUEUE_TIME_MILLIS);
  if (millis === undefined || millis < 0) return undefined;
  attributes.take(semconv.QUEUE_TIME_MILLIS);
  return millis;
}
