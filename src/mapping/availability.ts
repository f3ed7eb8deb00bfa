import type { AvailabilityData } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toField } from './field.ts';
import { membersOf } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { LogRow } from './log-row.ts';
import { bodyNotes, toBodyText } from './message.ts';
import type { HrTime, ReadableLogRecord } from './opentelemetry.ts';
import * as semconv from './semconv.ts';
import { readTime, readTimeSpan, toEnvelopeTime } from './time.ts';

/**
 * Reads a log record as the result of an availability test when its attributes say which test, how long it took
 * and how it ended. Its message is the attribute for it, else the body.
 */
export function toAvailability(
  { body }: ReadableLogRecord,
  attributes: AttributeReader,
  context: MappingContext,
): LogRow | undefined {
  const result = readAvailability(attributes, semconv.AVAILABILITY, context);
  if (result === undefined) return undefined;
  const message = result.message ?? toBodyText(body, FIELD_LIMITS.availabilityMessage, context);
  return {
    baseType: 'AvailabilityData',
    members: membersOf({ ...result, ...(message !== undefined && { message }) }),
    notes: result.message === undefined ? [] : bodyNotes(body, result.message),
    time: takeTestTime(attributes, context),
  };
}

/** Takes the facts of an availability test, under the names they have. `undefined` when one that is needed is missing. */
export function readAvailability(
  facts: AttributeReader,
  names: semconv.AvailabilityNames,
  context: MappingContext,
): AvailabilityData | undefined {
  const id = toField(facts.peek(names.id), FIELD_LIMITS.id, context);
  const name = toField(facts.peek(names.name), FIELD_LIMITS.name, context);
  const duration = readTimeSpan(facts.peek(names.duration));
  const success = facts.peekText(names.success)?.toLowerCase();
  if (id === undefined || name === undefined || duration === undefined || success === undefined) return undefined;
  for (const shown of Object.values(names)) facts.take(shown);
  const runLocation = toField(facts.peek(names.runLocation), FIELD_LIMITS.runLocation, context);
  const message = toField(facts.peek(names.message), FIELD_LIMITS.availabilityMessage, context);
  return {
    ver: 2,
    id,
    name,
    duration,
    success: success === 'true',
    ...(runLocation !== undefined && { runLocation }),
    ...(message !== undefined && { message }),
  };
}

/** When the test ran, unless the service would refuse that time. */
function takeTestTime(attributes: AttributeReader, { nowMillis }: MappingContext): HrTime | undefined {
  const time = readTime(attributes.peek(semconv.AVAILABILITY_TIME));
  if (time === undefined || toEnvelopeTime(time, nowMillis).original !== undefined) return undefined;
  attributes.take(semconv.AVAILABILITY_TIME);
  return time;
}
