import type { Row } from '../envelope/item.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { commonNotes, toDimensions } from './dimensions.ts';
import { toExceptionMembers } from './exception.ts';
import { toField } from './field.ts';
import { quoted } from './json-text.ts';
import { FIELD_LIMITS, MAX_EVENTS } from './limits.ts';
import type { ReadableSpan, SpanEvent } from './opentelemetry.ts';
import { takeRecordedError } from './recorded-error.ts';
import { toRow, type RowParts } from './row.ts';
import { inheritOrigin, operationTags, takeOrigin, type Origin } from './tags.ts';
import { toEnvelopeTime } from './time.ts';

/** What the events of a span have from it. */
export interface Inheritance {
  readonly sampleRate: number;
  readonly origin: Origin;
}

/**
 * Turns the events of a span into rows: exceptions, and messages for all others; at most 128 of one span.
 *
 * What lies beyond is counted, and so is an event that cannot be read, which costs nothing else.
 */
export function spanEventsToRows(span: ReadableSpan, inherited: Inheritance, context: MappingContext): Row[] {
  const { events } = span;
  if (events.length > MAX_EVENTS) context.omissions.count('event', events.length - MAX_EVENTS);
  const rows: Row[] = [];
  for (const event of events.slice(0, MAX_EVENTS)) {
    try {
      rows.push(eventToRow(event, span, inherited, context));
    } catch {
      context.omissions.count('unconvertible'); // Not an event at all, or without a time.
    }
  }
  return rows;
}

function eventToRow(
  event: SpanEvent,
  span: ReadableSpan,
  { sampleRate, origin: inherited }: Inheritance,
  context: MappingContext,
): Row {
  const attributes = new AttributeReader(event.attributes);
  const origin = inheritOrigin(takeOrigin(attributes, context), inherited);
  const spanContext = span.spanContext();
  const tags = operationTags(spanContext, spanContext.spanId, origin, context);
  const time = toEnvelopeTime(event.time, context.nowMillis);
  const { baseType, data: fields } = toFields(event, attributes, context);
  const dimensions = toDimensions(attributes, commonNotes(time, span.instrumentationScope, context), context);
  const data = fields + dimensions;
  return toRow({ baseType, resource: span.resource, tags, time: time.time, sampleRate, data }, context);
}

function toFields(
  { name }: SpanEvent,
  attributes: AttributeReader,
  context: MappingContext,
): Pick<RowParts, 'baseType' | 'data'> {
  if (name === 'exception')
    return { baseType: 'ExceptionData', data: toExceptionMembers(takeRecordedError(attributes), 'Error', context) };
  const message = toField(name, FIELD_LIMITS.message, context) ?? 'n/a';
  return { baseType: 'MessageData', data: `"ver":2,"message":${quoted(message)}` };
}
