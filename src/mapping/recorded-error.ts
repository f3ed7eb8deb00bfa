import type { StackFrame } from '../envelope/envelope.ts';
import type { AttributeReader } from './attributes.ts';
import * as semconv from './semconv.ts';

/** A getter that makes a new cause each time it is read must not keep us for ever. */
const MAX_ERRORS = 1000;

/**
 * All that the instrumentation of pg records of an error. Its code is the type that every other error with one has.
 * https://github.com/open-telemetry/opentelemetry-js-contrib/blob/main/packages/instrumentation-pg/src/utils.ts
 */
const POSTGRESQL_ERROR = /^PostgreSQL error of type '[^']{1,128}' occurred \(code: (?!UNKNOWN)(\w{1,64})\)$/;

/** An error as telemetry has it: three texts, each of which may be missing, and more when the error itself is there. */
export interface RecordedError {
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly stack: string | undefined;
  /** The frames of the stack, when somebody has parsed it already. */
  readonly frames?: readonly StackFrame[] | undefined;
  /** What caused it, and the members of an AggregateError; absent, they are looked for in the stack. */
  readonly causes?: readonly RecordedError[] | undefined;
}

/** Takes the facts of an exception out of the attributes of a span event or a log record. */
export function takeRecordedError(attributes: AttributeReader): RecordedError {
  const stack = attributes.peek(semconv.EXCEPTION_STACK);
  if (typeof stack === 'string') attributes.take(semconv.EXCEPTION_STACK);
  const message = attributes.takeText(semconv.EXCEPTION_MESSAGE);
  return {
    type: attributes.takeText(semconv.EXCEPTION_TYPE) ?? POSTGRESQL_ERROR.exec(message ?? '')?.[1],
    message,
    stack: typeof stack === 'string' ? stack : undefined,
  };
}

/** Reads an `Error` of any realm, its causes and the members of an AggregateError; `undefined` for anything else. */
export function readError(value: unknown): RecordedError | undefined {
  return isError(value) ? readChain(value, new Set()) : undefined;
}

/** Whether a value is an `Error` of any realm. */
export function isError(value: unknown): value is object {
  try {
    return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
  } catch {
    return false; // A proxy of the caller threw.
  }
}

/** Each error is read once, however often the chain comes back to it. */
function readChain(error: object, seen: Set<object>): RecordedError {
  seen.add(error);
  const causes: RecordedError[] = [];
  for (const cause of [memberOf(error, 'cause'), ...listOf(memberOf(error, 'errors'))]) {
    if (typeof cause === 'string') causes.push({ type: undefined, message: cause, stack: undefined });
    else if (isError(cause) && !seen.has(cause) && seen.size < MAX_ERRORS) causes.push(readChain(cause, seen));
  }
  return {
    type: textOf(error, 'name'),
    message: textOf(error, 'message'),
    // V8 writes a stack when it is first read, and of a long chain only some are.
    get stack() {
      return textOf(error, 'stack');
    },
    causes,
  };
}

function listOf(value: unknown): readonly unknown[] {
  try {
    return Array.isArray(value) ? value.slice(0, MAX_ERRORS) : [];
  } catch {
    return []; // A proxy of the caller threw.
  }
}

function textOf(error: object, key: string): string | undefined {
  const value = memberOf(error, key);
  return typeof value === 'string' ? value : undefined;
}

function memberOf(error: object, key: string): unknown {
  try {
    return (error as Record<string, unknown>)[key];
  } catch {
    return undefined; // A getter of the caller threw; the rest of the error is still worth showing.
  }
}
