import type { AttributeReader } from './attributes.ts';
import type { Fact } from './fact.ts';
import type { MappingContext } from './context.ts';
import { toExceptionMembers } from './exception.ts';
import { wellFormed } from './json.ts';
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

function hasText(attributes: AttributeReader, fact: Fact): boolean {
  const text = attributes.peekText(fact);
  return text !== undefined && wellFormed(text).trim() !== '';
}

/** The error itself, when a logger hands it over as an attribute or as the body. */
function takeThrown({ body }: ReadableLogRecord, attributes: AttributeReader): RecordedError | undefined {
  for (const place of semconv.THROWN) {
    const error = readError(attributes.peek(place));
    if (error === undefined) continue;
    attributes.take(place);
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
  const members = toExceptionMembers(error, toSeverityLevel(severityNumber, severityText), context);
  return { baseType: 'ExceptionData', members, notes: bodyNotes(body, error.message) };
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
