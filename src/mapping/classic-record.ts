import type { SeverityLevel } from '../envelope/envelope.ts';
import { AttributeReader, type Names } from './attributes.ts';
import { readAvailability } from './availability.ts';
import { readClassicError } from './classic-error.ts';
import type { MappingContext } from './context.ts';
import { toExceptionData } from './exception.ts';
import { toField } from './field.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { LogRow } from './log-row.ts';
import { toMeasurements } from './measurements.ts';
import type { AttributeMap, ReadableLogRecord } from './opentelemetry.ts';
import * as semconv from './semconv.ts';
import { toSeverityLevel } from './severity.ts';
import { readTimeSpan } from './time.ts';

type RowData = LogRow['data'];
type Reading = (body: AttributeReader, record: ReadableLogRecord, context: MappingContext) => RowData | undefined;

/** What the classic SDK's records can be, by the name of the table's data. */
const READINGS: ReadonlyMap<string | undefined, Reading> = new Map<string, Reading>([
  ['MessageData', readMessage],
  ['ExceptionData', readException],
  ['EventData', readEvent],
  ['AvailabilityData', readAvailabilityResult],
  ['PageViewData', readPageView],
]);

const AVAILABILITY_FIELDS: semconv.AvailabilityNames = {
  id: ['id'],
  name: ['name'],
  duration: ['duration'],
  success: ['success'],
  runLocation: ['runLocation'],
  message: ['message'],
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
  const measurements = toMeasurements(body.peek(['measurements']), context.omissions);
  const properties = body.peek(['properties']);
  for (const name of ['measurements', 'ver', 'version']) body.take([name]);
  attributes.take(semconv.CLASSIC_BASE_TYPE);
  if (!isMap(properties)) return { data, measurements, notes: [...body.rest()] };
  body.take(['properties']);
  const own = new AttributeReader(properties).rest();
  return { data, measurements, notes: [...own, ...body.rest()] };
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
  const message = takeField(body, ['message'], FIELD_LIMITS.message, context);
  if (message === undefined) return undefined;
  const severityLevel = takeSeverity(body, record);
  return {
    baseType: 'MessageData',
    baseData: { ver: 2, message, ...(severityLevel !== undefined && { severityLevel }) },
  };
}

function readException(body: AttributeReader, record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const error = readClassicError(body.peek(['exceptions']), context);
  if (error === undefined) return undefined;
  body.take(['exceptions']);
  return { baseType: 'ExceptionData', baseData: toExceptionData(error, takeSeverity(body, record), {}, context) };
}

function readEvent(body: AttributeReader, _record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const name = takeField(body, ['name'], FIELD_LIMITS.eventName, context);
  return name === undefined ? undefined : { baseType: 'EventData', baseData: { ver: 2, name } };
}

function readAvailabilityResult(
  body: AttributeReader,
  _record: ReadableLogRecord,
  context: MappingContext,
): RowData | undefined {
  const baseData = readAvailability(body, AVAILABILITY_FIELDS, context);
  return baseData === undefined ? undefined : { baseType: 'AvailabilityData', baseData };
}

function readPageView(body: AttributeReader, _record: ReadableLogRecord, context: MappingContext): RowData | undefined {
  const name = takeField(body, ['name'], FIELD_LIMITS.name, context);
  if (name === undefined) return undefined;
  const id = takeField(body, ['id'], FIELD_LIMITS.id, context);
  const url = takeField(body, ['url'], FIELD_LIMITS.url, context);
  const referredUri = takeField(body, ['referredUri'], FIELD_LIMITS.url, context);
  const duration = readTimeSpan(body.peek(['duration']));
  if (duration !== undefined) body.take(['duration']);
  return {
    baseType: 'PageViewData',
    baseData: {
      ver: 2,
      name,
      ...(id !== undefined && { id }),
      ...(url !== undefined && { url }),
      ...(duration !== undefined && { duration }),
      ...(referredUri !== undefined && { referredUri }),
    },
  };
}

function takeField(
  body: AttributeReader,
  names: Names,
  maxLength: number,
  context: MappingContext,
): string | undefined {
  const field = toField(body.peek(names), maxLength, context);
  if (field !== undefined) body.take(names);
  return field;
}

/** What the body says, else what the record says. */
function takeSeverity(body: AttributeReader, record: ReadableLogRecord): SeverityLevel | undefined {
  const given = body.peek(['severityLevel']);
  const level = typeof given === 'number' ? SEVERITY_BY_NUMBER[given] : toSeverityLevel(undefined, given);
  if (level !== undefined) body.take(['severityLevel']);
  return level ?? toSeverityLevel(record.severityNumber, record.severityText);
}
