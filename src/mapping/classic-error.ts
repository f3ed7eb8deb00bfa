import type { StackFrame } from '../envelope/envelope.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { toField } from './field.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { AttributeMap } from './opentelemetry.ts';
import type { RecordedError } from './recorded-error.ts';
import { NO_METHOD } from './stack.ts';

/** Reads the `exceptions` of a record of the classic SDK: the outermost error first, those that caused it after it. */
export function readClassicError(exceptions: unknown, context: MappingContext): RecordedError | undefined {
  const [outermost, ...causes] = objectsOf(exceptions).map(details => toRecordedError(details, context));
  return outermost === undefined || causes.length === 0 ? outermost : { ...outermost, causes };
}

function toRecordedError(details: AttributeMap, context: MappingContext): RecordedError {
  const facts = new AttributeReader(details);
  const frames = objectsOf(facts.peek(['parsedStack'])).map((frame, index) => toFrame(frame, index, context));
  return {
    type: facts.peekText(['typeName']),
    message: facts.peekText(['message']),
    stack: facts.peekText(['stack']),
    ...(frames.length > 0 && { frames }),
  };
}

function toFrame(value: AttributeMap, index: number, context: MappingContext): StackFrame {
  const facts = new AttributeReader(value);
  const field = (name: string) => toField(facts.peek([name]), FIELD_LIMITS.stackFrameText, context);
  const assembly = field('assembly');
  const fileName = field('fileName');
  const line = facts.peek(['line']);
  return {
    level: index,
    method: field('method') ?? NO_METHOD,
    ...(assembly !== undefined && { assembly }),
    ...(fileName !== undefined && { fileName }),
    ...(isLine(line) && { line }),
  };
}

function objectsOf(value: unknown): readonly AttributeMap[] {
  try {
    return Array.isArray(value) ? value.filter(isObject) : [];
  } catch {
    return []; // A proxy of the caller threw.
  }
}

function isObject(value: unknown): value is AttributeMap {
  return typeof value === 'object' && value !== null;
}

function isLine(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 0x7f_ff_ff_ff && Number.isInteger(value);
}
