import type { Envelope, EnvelopeData, Tags } from '../envelope/envelope.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toDependencyData } from './dependency.ts';
import { commonNotes, note, toDimensions, type Note } from './dimensions.ts';
import { toEnvelope } from './envelope.ts';
import { toLinksText } from './links.ts';
import { SpanKind, type ReadableSpan } from './opentelemetry.ts';
import { toRequestData } from './request.ts';
import { takeSampleRate } from './sample-rate.ts';
import * as semconv from './semconv.ts';
import { spanEventsToEnvelopes } from './span-event.ts';
import { addOperationTags, addUserAgentTags, originTags, resourceTags } from './tags.ts';
import { toEnvelopeTime, type EnvelopeTime } from './time.ts';

/**
 * Turns a span into the rows it becomes: its request or dependency first, then one for each of its events.
 *
 * Throws on what is no span: one of an unknown kind, or without a status, times or context. An event that cannot be
 * read is counted `unconvertible` and costs nothing else.
 */
export function spanToEnvelopes(span: ReadableSpan, context: MappingContext): Envelope[] {
  const attributes = new AttributeReader(span.attributes);
  const sampleRate = takeSampleRate(attributes);
  const data = toData(span, attributes, context);
  const resource = resourceTags(span.resource, context);
  const origin = toOrigin(span, data, attributes, context);
  const tags = { ...resource };
  addOperationTags(tags, span.spanContext(), span.parentSpanContext?.spanId, context);
  Object.assign(tags, origin);
  addUserAgentTags(tags, attributes, context);
  const time = toEnvelopeTime(span.startTime, context.nowMillis);
  // Last, when every field and tag has taken what it shows.
  const { measurements } = data.baseData;
  Object.assign(data.baseData, toDimensions(attributes, notes(span, time, context), context, measurements));
  return [
    toEnvelope({ time: time.time, sampleRate, tags, data }, context),
    ...spanEventsToEnvelopes(span, { sampleRate, resource, origin }, context),
  ];
}

type SpanData = Extract<EnvelopeData, { baseType: 'RequestData' | 'RemoteDependencyData' }>;

/** Work done for somebody else is a request, work asked of somebody else or of oneself a dependency. */
function toData(span: ReadableSpan, attributes: AttributeReader, context: MappingContext): SpanData {
  switch (span.kind) {
    case SpanKind.SERVER:
    case SpanKind.CONSUMER:
      return { baseType: 'RequestData', baseData: toRequestData(span, attributes, context) };
    case SpanKind.INTERNAL:
    case SpanKind.CLIENT:
    case SpanKind.PRODUCER:
      return { baseType: 'RemoteDependencyData', baseData: toDependencyData(span, attributes, context) };
    default:
      throw new RangeError(`span kind: expected 0 to 4, found ${span.kind}`);
  }
}

/** A request is an operation of its own name, unless it was given another one. */
function toOrigin(
  { kind }: ReadableSpan,
  { baseType, baseData }: SpanData,
  attributes: AttributeReader,
  context: MappingContext,
): Tags {
  const addresses = kind === SpanKind.SERVER ? semconv.SERVER_CLIENT_IP : semconv.CLIENT_IP;
  return originTags(attributes, context, addresses, baseType === 'RequestData' ? baseData.name : undefined);
}

/** What a span knows besides its attributes and has no field for. */
function notes(span: ReadableSpan, time: EnvelopeTime, context: MappingContext): Note[] {
  const notes = commonNotes(time, span.instrumentationScope, context);
  note(notes, 'otel.status_description', span.status.message);
  note(notes, 'w3c.tracestate', span.spanContext().traceState?.serialize());
  note(notes, '_MS.links', toLinksText(span.links, context.omissions));
  return notes;
}
