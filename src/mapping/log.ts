import type { Row } from '../envelope/item.ts';
import { AttributeReader } from './attributes.ts';
import { toAvailability } from './availability.ts';
import { toClassicRow } from './classic-record.ts';
import type { MappingContext } from './context.ts';
import { toCustomEvent } from './custom-event.ts';
import { commonNotes, note, toDimensions, type Note } from './dimensions.ts';
import { toException, toExceptionWithStack } from './log-exception.ts';
import { toMessage } from './message.ts';
import type { LogReading, LogRow } from './log-row.ts';
import type { HrTime, ReadableLogRecord } from './opentelemetry.ts';
import { toRow } from './row.ts';
import { takeSampleRate } from './sample-rate.ts';
import { LOG_CLIENT_IP } from './semconv.ts';
import { operationTags, takeOrigin } from './tags.ts';
import { toEnvelopeTime, type EnvelopeTime } from './time.ts';

/** What a log record can be, besides a message. The first that can read it decides. */
const READINGS: readonly LogReading[] = [
  toExceptionWithStack,
  toCustomEvent,
  toAvailability,
  toClassicRow,
  toException,
];

/**
 * Turns a log record into its row: a message, an exception, a custom event, the result of an availability test, or
 * whatever the classic SDK's record holds.
 *
 * Throws on what is no log record, one without a resource for example.
 */
export function logToRow(record: ReadableLogRecord, context: MappingContext): Row {
  const { resource, spanContext } = record;
  const attributes = new AttributeReader(record.attributes);
  const origin = takeOrigin(attributes, context, LOG_CLIENT_IP);
  const tags = operationTags(spanContext, spanContext?.spanId, origin, context);
  const sampleRate = takeSampleRate(attributes);
  const row = read(record, attributes, context);
  const { time, original } = timeOf(record, row.time, context);
  // Last, when every field and tag has taken what it shows.
  const dimensions = toDimensions(
    attributes,
    notes(record, row, { time, original }, context),
    context,
    row.measurements,
  );
  const data = row.members + dimensions;
  return toRow({ baseType: row.baseType, resource, tags, time, sampleRate, data }, context);
}

/** When it happened, or else when it was observed, or else now. 0 is the time that OpenTelemetry's API takes for unknown. */
function timeOf(
  { hrTime, hrTimeObserved }: ReadableLogRecord,
  own: HrTime | undefined,
  { nowMillis }: MappingContext,
): EnvelopeTime {
  const known = [own, hrTime, hrTimeObserved].find(isKnown);
  return known === undefined ? { time: new Date(nowMillis).toISOString() } : toEnvelopeTime(known, nowMillis);
}

function isKnown(time: unknown): time is HrTime {
  if (time === undefined) return false; // Most often so; an error for it would cost more than all else.
  try {
    const [seconds, nanos] = time as HrTime;
    return Number.isFinite(seconds) && Number.isFinite(nanos) && (seconds !== 0 || nanos !== 0);
  } catch {
    return false; // No list at all.
  }
}

function read(record: ReadableLogRecord, attributes: AttributeReader, context: MappingContext): LogRow {
  for (const reading of READINGS) {
    const row = reading(record, attributes, context);
    if (row !== undefined) return row;
  }
  return toMessage(record, attributes, context);
}

/** What a record knows besides its attributes and has no field for. */
function notes(record: ReadableLogRecord, row: LogRow, time: EnvelopeTime, context: MappingContext): Note[] {
  const notes = commonNotes(time, record.instrumentationScope, context);
  note(notes, 'event.name', record.eventName);
  for (const [key, value] of row.notes ?? []) note(notes, key, value);
  return notes;
}
