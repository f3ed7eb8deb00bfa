import type { StackFrame } from '../envelope/envelope.ts';
import { AttributeReader } from './attributes.ts';
import type { MappingContext } from './context.ts';
import { fact, type Fact } from './fact.ts';
import { toField } from './field.ts';
import { FIELD_LIMITS } from './limits.ts';
import type { AttributeMap } from './opentelemetry.ts';
import type { RecordedError } from './recorded-error.ts';
import { NO_METHOD } from './stack.ts';

/** What an error, and a frame of its stack, may hold. */
const DETAILS = {
  assembly: fact('assembly'),
  fileName: fact('fileName'),
  line: fact('line'),
  message: fact('message'),
  method: fact('method'),
  parsedStack: fact('parsedStack'),
  stack: fact('stack'),
  typeName: fact('typeName'),
} as const;

/** Reads the `exceptions` of a record of the classic SDK: the outermost error first, those that caused it after it. */
export function readClassicError(exceptions: unknown, context: MappingContext): RecordedError | undefined {
  const [outermost, ...causes] = objectsOf(exceptions).map(details => toRecordedError(details, context));
  return outermost === undefined || causes.length === 0 ? outermost : { ...outermost, causes };
}

function toRecordedError(details: AttributeMap, context: MappingContext): RecordedError {
  const facts = new AttributeReader(details);
  const frames = objectsOf(facts.peek(DETAILS.parsedStack)).map((frame, index) => toFrame(frame, index, context));
  return {
    type: facts.peekText(DETAILS.typeName),
    message: facts.peekText(DETAILS.message),
    stack: facts.peekText(DETAILS.stack),
    ...(frames.length > 0 && { frames }),
  };
}

function toFrame(value: AttributeMap, index: number, context: MappingContext): StackFrame {
  const facts = new AttributeReader(value);
  const field = (part: Fact) => toField(facts.peek(part), FIELD_LIMITS.stackFrameText, context);
  const assembly = field(DETAILS.assembly);
  const fileName = field(DETAILS.fileName);
  const line = facts.peek(DETAILS.line);
  return {
    level: index,
    method: field(DETAILS.method) ?? NO_METHOD,
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
