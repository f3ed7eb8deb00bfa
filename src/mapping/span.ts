import type { Row } from '../envelope/item.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toDependencyData } from './dependency.ts';
import { commonNotes, note, toDimensions, type Note } from './dimensions.ts';
import { toLinksText } from './links.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { toRequestData } from './request.ts';
import { toRow } from './row.ts';
import { takeSampleRate } from './sample-rate.ts';
import * as semconv from './semconv.ts';
import type { SpanData } from './span-data.ts';
import { spanEventsToRows } from './span-event.ts';
import { operationTags, takeOrigin, takeUserAgent, type Origin } from './tags.ts';
import { toEnvelopeTime, type EnvelopeTime } from './time.ts';

/**
 * Turns a span into the rows it becomes: its request or dependency first, then one for each of its events.
 *
 * Throws on what is no span: one of an unknown kind, or without a status, times or context. An event that cannot be
 * read is counted `unconvertible` and costs nothing else.
 */
export function spanToRows(span: ReadableSpan, context: MappingContext): Row[] {
  const { resource } = span;
  const attributes = new AttributeReader(span.attributes);
  const sampleRate = takeSampleRate(attributes);
  const spanData = toSpanData(span, attributes, context);
  const { baseType, measurements } = spanData;
  const origin = toOrigin(span, spanData, attributes, context);
  const tags =
    operationTags(span.spanContext(), span.parentSpanContext?.spanId, origin, context) +
    takeUserAgent(attributes, context);
  const time = toEnvelopeTime(span.startTime, context.nowMillis);
  // Last, when every field and tag has taken what it shows.
  const dimensions = toDimensions(attributes, notes(span, time, context), context, measurements);
  const data = spanData.members + dimensions;
  const row = toRow({ baseType, resource, tags, time: time.time, sampleRate, data }, context);
  return span.events.length === 0 ? [row] : [row, ...spanEventsToRows(span, { sampleRate, origin }, context)];
}

/** Work done for somebody else is a request, work asked of somebody else or of oneself a dependency. */
function toSpanData(span: ReadableSpan, attributes: AttributeReader, context: MappingContext): SpanData {
  switch (span.kind) {
    case SpanKind.SERVER:
    case SpanKind.CONSUMER:
      return toRequestData(span, attributes, context);
    case SpanKind.INTERNAL:
    case SpanKind.CLIENT:
    case SpanKind.PRODUCER:
      return toDependencyData(span, attributes, context);
    default:
      throw new RangeError(`span kind: expected 0 to 4, found ${span.kind}`);
  }
}

/** A request is an operation of its own name, unless it was given another one. */
function toOrigin(
  { kind }: ReadableSpan,
  { operationName }: SpanData,
  attributes: AttributeReader,
  context: MappingContext,
): Origin {
  const addresses = kind === SpanKind.SERVER ? semconv.SERVER_CLIENT_IP : semconv.CLIENT_IP;
  return takeOrigin(attributes, context, addresses, operationName);
}

/** What a span knows besides its attributes and has no field for. */
function notes(span: ReadableSpan, time: EnvelopeTime, context: MappingContext): Note[] {
  const notes = commonNotes(time, span.instrumentationScope, context);
  note(notes, 'otel.status_description', span.status.message);
  note(notes, 'w3c.tracestate', span.spanContext().traceState?.serialize());
  note(notes, '_MS.links', toLinksText(span.links, context.omissions));
  return notes;
}
