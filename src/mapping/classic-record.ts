import type { SeverityLevel } from '../envelope/envelope.ts';
import { AttributeReader } from './attributes.ts';
import { readAvailability } from './availability.ts';
import { readClassicError } from './classic-error.ts';
import type { MappingContext } from './context.ts';
import { fact, type Fact } from './fact.ts';
import { toExceptionMembers } from './exception.ts';
import { toField } from './field.ts';
import { membersOf } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { LogRow } from './log-row.ts';
import { toMeasurements } from './measurements.ts';
import { toMessageMembers } from './message.ts';
import type { AttributeMap, ReadableLogRecord } from './opentelemetry.ts';
import * as semconv from './semconv.ts';
import { toSeverityLevel } from './severity.ts';
import { readTimeSpan } from './time.ts';

type RowData = Pick<LogRow, 'baseType' | 'members'>;
type Reading = (body: AttributeReader, record: ReadableLogRecord, context: MappingContext) => RowData | undefined;

/** What the classic SDK's records can be, by the name of the table's data. */
const READINGS: ReadonlyMap<string | undefined, Reading> = new Map<string, Reading>([
  ['MessageData', readMessage],
  ['ExceptionData', readException],
  ['EventData', readEvent],
  ['AvailabilityData', readAvailabilityResult],
  ['PageViewData', readPageView],
]);

/** What the body of such a record may hold. */
const CLASSIC = {
  duration: fact('duration'),
  exceptions: fact('exceptions'),
  id: fact('id'),
  measurements: fact('measurements'),
  message: fact('message'),
  name: fact('name'),
  properties: fact('properties'),
  referredUri: fact('referredUri'),
  severityLevel: fact('severityLevel'),
  url: fact('url'),
  ver: fact('ver'),
  version: fact('version'),
} as const;

const AVAILABILITY_FIELDS: semconv.AvailabilityNames = {
  id: CLASSIC.id,
  name: CLASSIC.name,
  duration: CLASSIC.duration,
  success: fact('success'),
  runLocation: fact('runLocation'),
  message: CLASSIC.message,
};
/** Numbers from 0 were the first form of these. */
const SEVERITY_BY_NUMBER: readonly SeverityLevel[] = ['Verbose', 'Information', 'Warning', 'Error', 'Critical'];

/**
 * Reads a log record that the classic SDK made of one of its `track…` calls: its body is the data of the row.
 *
 * What the body holds besides is kept as properties. A body that cannot be understood is left to be a message.
 */
export function toClassicRow(
  record: ReadableLogRecord,
  attributes: AttributeReader,
  context: MappingContext,
): LogRow | undefined {
  const read = READINGS.get(attributes.peekText(semconv.CLASSIC_BASE_TYPE));
  if (read === undefined || typeof record.body !== 'object' || record.body === null) return undefined;
  const body = new AttributeReader(record.body as AttributeMap);
  const data = read(body, record, context);
  if (data === undefined) return undefined;
  const measurements = toMeasurements(body.peek(CLASSIC.measurements), context.omissions);
  const properties = body.peek(CLASSIC.properties);
  for (const told of [CLASSIC.measurements, CLASSIC.ver, CLASSIC.version]) body.take(told);
  attributes.take(semconv.CLASSIC_BASE_TYPE);
  if (!isMap(properties)) return { ...data, measurements, notes: [...body.rest()] };
  body.take(CLASSIC.properties);
  const own = new AttributeReader(properties).rest();
  return { ...data, measurements, notes: [...own, ...body.rest()] };
}

/** Lists and bytes have no names for what is in them: they are shown as the one value that they are. */
function isMap(value: unknown): value is AttributeMap {
  try {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
  } catch {
    return false; // A proxy of the caller that is gone.
  }
}

function readMessage(body: AttributeReader, record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const message = takeField(body, CLASSIC.message, FIELD_LIMITS.message, context);
  if (message === undefined) return undefined;
  return { baseType: 'MessageData', members: toMessageMembers(message, takeSeverity(body, record)) };
}

function readException(body: AttributeReader, record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const error = readClassicError(body.peek(CLASSIC.exceptions), context);
  if (error === undefined) return undefined;
  body.take(CLASSIC.exceptions);
  return { baseType: 'ExceptionData', members: toExceptionMembers(error, takeSeverity(body, record), context) };
}

function readEvent(body: AttributeReader, _record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const name = takeField(body, CLASSIC.name, FIELD_LIMITS.eventName, context);
  return name === undefined ? undefined : { baseType: 'EventData', members: membersOf({ ver: 2, name }) };
}

function readAvailabilityResult(
  body: AttributeReader,
  _record: ReadableLogRecord,
  context: MappingContext,
): RowData | undefined {
  const baseData = readAvailability(body, AVAILABILITY_FIELDS, context);
  return baseData === undefined ? undefined : { baseType: 'AvailabilityData', members: membersOf(baseData) };
}

function readPageView(body: AttributeReader, _record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const name = takeField(body, CLASSIC.name, FIELD_LIMITS.name, context);
  if (name === undefined) return undefined;
  const id = takeField(body, CLASSIC.id, FIELD_LIMITS.id, context);
  const url = takeField(body, CLASSIC.url, FIELD_LIMITS.url, context);
  const referredUri = takeField(body, CLASSIC.referredUri, FIELD_LIMITS.url, context);
  const duration = readTimeSpan(body.peek(CLASSIC.duration));
  if (duration !== undefined) body.take(CLASSIC.duration);
  return {
    baseType: 'PageViewData',
    members: membersOf({ ver: 2, name, id, url, duration, referredUri }),
  };
}

function takeField(body: AttributeReader, fact: Fact, maxLength: number, context: MappingContext): string | undefined {
  const field = toField(body.peek(fact), maxLength, context);
  if (field !== undefined) body.take(fact);
  return field;
}

/** What the body says, else what the record says. */
function takeSeverity(body: AttributeReader, record: ReadableLogRecord): SeverityLevel | undefined {
  const given = body.peek(CLASSIC.severityLevel);
  const level = typeof given === 'number' ? SEVERITY_BY_NUMBER[given] : toSeverityLevel(undefined, given);
  if (level !== undefined) body.take(CLASSIC.severityLevel);
  return level ?? toSeverityLevel(record.severityNumber, record.severityText);
}
