import type { SeverityLevel } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import type { Note } from './dimensions.ts';
import { toField } from './field.ts';
import { quoted, type JsonMembers } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { LogRow } from './log-row.ts';
import type { ReadableLogRecord } from './opentelemetry.ts';
import { isError } from './recorded-error.ts';
import { toSeverityLevel } from './severity.ts';

/** What a message says that has nothing to say: the service refuses one without text. */
const NO_MESSAGE = 'n/a';

/** Reads a log record as a message: its body, or the name of its event when the body is blank. */
export function toMessage(
  { body, eventName, severityNumber, severityText }: ReadableLogRecord,
  _attributes: AttributeReader,
  context: MappingContext,
): LogRow {
  const text = toBodyText(body, FIELD_LIMITS.message, context);
  const message = text ?? toField(eventName, FIELD_LIMITS.message, context) ?? NO_MESSAGE;
  const severityLevel = toSeverityLevel(severityNumber, severityText);
  return { baseType: 'MessageData', members: toMessageMembers(message, severityLevel) };
}

/** The fields of a message. */
export function toMessageMembers(message: string, severityLevel: SeverityLevel | undefined): JsonMembers {
  const severity = severityLevel === undefined ? '' : `,"severityLevel":"${severityLevel}"`;
  return `"ver":2,"message":${quoted(message)}${severity}`;
}

/** The body of a log record as the text of a field; `undefined` when it says nothing. */
export function toBodyText(body: unknown, maxLength: number, context: MappingContext): string | undefined {
  return body === null ? undefined : toField(body, maxLength, context);
}

/** Notes the body of a record whose row has no field for it, unless the row says the same as `shown`. */
export function bodyNotes(body: unknown, shown: string | undefined): Note[] {
  const isSaid = body === undefined || body === null || body === shown || isError(body);
  return isSaid || (typeof body === 'string' && body.trim() === '') ? [] : [['Logger Message', body]];
}
