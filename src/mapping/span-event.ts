import type { Envelope, EnvelopeData, Tags } from '../envelope/envelope.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { commonNotes, toDimensions } from './dimensions.ts';
import { toEnvelope } from './envelope.ts';
import { toExceptionData } from './exception.ts';
import { toField } from './field.ts';
import { FIELD_LIMITS, MAX_EVENTS } from './limits.ts';
import type { ReadableSpan, SpanEvent } from './opentelemetry.ts';
import { takeRecordedError } from './recorded-error.ts';
import { addOperationTags, originTags } from './tags.ts';
import { toEnvelopeTime, type EnvelopeTime } from './time.ts';

/** What the events of a span have from it. */
export interface Inheritance {
  readonly sampleRate: number;
  /** Tags of the process. */
  readonly resource: Tags;
  /** Tags of the operation, user and session. */
  readonly origin: Tags;
}

/**
 * Turns the events of a span into rows: exceptions, and messages for all others; at most 128 of one span.
 *
 * What lies beyond is counted, and so is an event that cannot be read, which costs nothing else.
 */
export function spanEventsToEnvelopes(span: ReadableSpan, inherited: Inheritance, context: MappingContext): Envelope[] {
  const { events } = span;
  if (events.length > MAX_EVENTS) context.omissions.count('event', events.length - MAX_EVENTS);
  const envelopes: Envelope[] = [];
  for (const event of events.slice(0, MAX_EVENTS)) {
    try {
      envelopes.push(eventToEnvelope(event, span, inherited, context));
    } catch {
      context.omissions.count('unconvertible'); // Not an event at all, or without a time.
    }
  }
  return envelopes;
}

function eventToEnvelope(
  event: SpanEvent,
  span: ReadableSpan,
  { sampleRate, resource, origin }: Inheritance,
  context: MappingContext,
): Envelope {
  const attributes = new AttributeReader(event.attributes);
  const spanContext = span.spanContext();
  const tags = { ...resource };
  addOperationTags(tags, spanContext, spanContext.spanId, context);
  Object.assign(tags, origin, originTags(attributes, context));
  const time = toEnvelopeTime(event.time, context.nowMillis);
  const data = toData(event, span, attributes, time, context);
  return toEnvelope({ time: time.time, sampleRate, tags, data }, context);
}

function toData(
  { name }: SpanEvent,
  { instrumentationScope }: ReadableSpan,
  attributes: AttributeReader,
  time: EnvelopeTime,
  context: MappingContext,
): EnvelopeData {
  const notes = commonNotes(time, instrumentationScope, context);
  if (name === 'exception') {
    const error = takeRecordedError(attributes);
    const dimensions = toDimensions(attributes, notes, context);
    return { baseType: 'ExceptionData', baseData: toExceptionData(error, 'Error', dimensions, context) };
  }
  const message = toField(name, FIELD_LIMITS.message, context) ?? 'n/a';
  return { baseType: 'MessageData', baseData: { ver: 2, message, ...toDimensions(attributes, notes, context) } };
}
