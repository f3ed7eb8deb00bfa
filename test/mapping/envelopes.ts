import type { Envelope } from '../../src/envelope/envelope.ts';
import type { Row } from '../../src/envelope/item.ts';
import type { MappingContext } from '../../src/mapping/context.ts';
import { logToRow } from '../../src/mapping/log.ts';
import { pointToRows, type MetricPointInput } from '../../src/mapping/metric.ts';
import type { ReadableLogRecord, ReadableSpan } from '../../src/mapping/opentelemetry.ts';
import { spanToRows } from '../../src/mapping/span.ts';

/** What a row says: its envelope. */
export function toEnvelope(row: Row): Envelope {
  return JSON.parse(row) as Envelope;
}

/** The envelopes of a span. */
export function spanToEnvelopes(span: ReadableSpan, context: MappingContext): Envelope[] {
  return spanToRows(span, context).map(toEnvelope);
}

/** The envelope of a log record. */
export function logToEnvelope(record: ReadableLogRecord, context: MappingContext): Envelope {
  return toEnvelope(logToRow(record, context));
}

/** The envelopes of a data point. */
export function pointToEnvelopes(point: MetricPointInput, context: MappingContext): Envelope[] {
  return pointToRows(point, context).map(toEnvelope);
}
