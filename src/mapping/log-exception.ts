import type { AttributeReader, Names } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toExceptionData } from './exception.ts';
import type { LogRow } from './log-row.ts';
import { bodyNotes } from './message.ts';
import type { ReadableLogRecord } from './opentelemetry.ts';
import { readError, takeRecordedError, type RecordedError } from './recorded-error.ts';
import * as semconv from './semconv.ts';
import { toSeverityLevel } from './severity.ts';

/** Reads a log record as an exception when it has a type and a stack: then it is nothing else. */
export function toExceptionWithStack(
  record: ReadableLogRecord,
  attributes: AttributeReader,
  context: MappingContext,
): LogRow | undefined {
  const isWhole = hasText(attributes, semconv.EXCEPTION_TYPE) && hasText(attributes, semconv.EXCEPTION_STACK);
  return isWhole ? toExceptionRow(record, attributes, takeThrown(record, attributes), context) : undefined;
}

/** Reads a log record as an exception when it has the type or the message of one, or holds the error itself. */
export function toException(
  record: ReadableLogRecord,
  attributes: AttributeReader,
  context: MappingContext,
): LogRow | undefined {
  const isRecorded = hasText(attributes, semconv.EXCEPTION_TYPE) || hasText(attributes, semconv.EXCEPTION_MESSAGE);
  const thrown = takeThrown(record, attributes);
  return isRecorded || thrown !== undefined ? toExceptionRow(record, attributes, thrown, context) : undefined;
}

function hasText(attributes: AttributeReader, names: Names): boolean {
  const text = attributes.peekText(names);
  return text !== undefined && text.trim() !== '';
}

/** The error itself, when a logger hands it over as an attribute or as the body. */
function takeThrown({ body }: ReadableLogRecord, attributes: AttributeReader): RecordedError | undefined {
  for (const name of semconv.THROWN) {
    const error = readError(attributes.peek([name]));
    if (error === undefined) continue;
    attributes.take([name]);
    return error;
  }
  return readError(body);
}

function toExceptionRow(
  { body, severityNumber, severityText }: ReadableLogRecord,
  attributes: AttributeReader,
  thrown: RecordedError | undefined,
  context: MappingContext,
): LogRow {
  const recorded = takeRecordedError(attributes);
  const error = thrown === undefined ? recorded : merged(recorded, thrown);
  const baseData = toExceptionData(error, toSeverityLevel(severityNumber, severityText), {}, context);
  return { data: { baseType: 'ExceptionData', baseData }, notes: bodyNotes(body, error.message) };
}

/** What was recorded by hand wins over what the error itself says. */
function merged(recorded: RecordedError, thrown: RecordedError): RecordedError {
  return {
    type: recorded.type ?? thrown.type,
    message: recorded.message ?? thrown.message,
    stack: recorded.stack ?? thrown.stack,
    causes: thrown.causes,
  };
}
