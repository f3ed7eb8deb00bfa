import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { fact, type Fact } from './fact.ts';
import { toField } from './field.ts';
import { membersOf } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { LogRow } from './log-row.ts';
import { toMeasurements } from './measurements.ts';
import { bodyNotes, toBodyText } from './message.ts';
import type { AttributeMap, ReadableLogRecord } from './opentelemetry.ts';
import * as semconv from './semconv.ts';

/** Reads a log record as a custom event when an attribute names one, or marks the body as the name of one. */
export function toCustomEvent(
  { body, eventName }: ReadableLogRecord,
  attributes: AttributeReader,
  context: MappingContext,
): LogRow | undefined {
  const given = toField(attributes.peek(semconv.CUSTOM_EVENT_NAME), FIELD_LIMITS.eventName, context);
  if (given !== undefined) {
    attributes.take(semconv.CUSTOM_EVENT_NAME);
    return { ...toEventRow(given), ...readBody(body, given, context) };
  }
  if (attributes.peekText(semconv.CUSTOM_EVENT_MARKER)?.toLowerCase() !== 'true') return undefined;
  const name = toBodyText(body, FIELD_LIMITS.eventName, context) ?? toField(eventName, FIELD_LIMITS.eventName, context);
  if (name === undefined) return undefined;
  attributes.take(semconv.CUSTOM_EVENT_MARKER);
  return toEventRow(name);
}

/** Where the classic SDK puts the numbers of an event. */
const MEASUREMENTS: Fact = fact('measurements');

/** The classic SDK hands the measurements of an event over in the body; what else is in it is kept. */
function readBody(body: unknown, name: string, { omissions }: MappingContext): Pick<LogRow, 'notes' | 'measurements'> {
  const members = new AttributeReader(typeof body === 'object' && body !== null ? (body as AttributeMap) : {});
  const measurements = toMeasurements(members.peek(MEASUREMENTS), omissions);
  if (measurements === undefined) return { notes: bodyNotes(body, name) };
  members.take(MEASUREMENTS);
  const others = [...members.rest()];
  return { measurements, notes: others.length === 0 ? [] : bodyNotes(Object.fromEntries(others), name) };
}

function toEventRow(name: string): LogRow {
  return { baseType: 'EventData', members: membersOf({ ver: 2, name }) };
}
