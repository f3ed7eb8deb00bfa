/** As many as Azure shows of one exception. */
const MAX_ERRORS = 10;

/** The attributes by which a log record says that it is about an exception. */
export interface ErrorAttributes {
  readonly 'exception.type': string;
  readonly 'exception.message': string;
  readonly 'exception.stacktrace'?: string;
}

/** Whether a value is an error: of any realm, or what a logger made of one, with a message and a stack. */
export function isErrorLike(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return isError(value) || (textOf(value, 'stack') !== undefined && textOf(value, 'message') !== undefined);
}

/**
 * Describes what was thrown, which may be any value. The stack trace shows the causes too, and the members of an
 * AggregateError, as Node.js prints a cause.
 *
 * https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
 */
export function toErrorAttributes(thrown: unknown): ErrorAttributes {
  if (!isErrorLike(thrown)) return { 'exception.type': typeof thrown, 'exception.message': textOfAny(thrown) };
  const chain = chainOf(thrown);
  const stack = chain.map(error => textOf(error, 'stack') ?? headerOf(error)).join('\n  [cause]: ');
  return {
    'exception.type': typeOf(thrown),
    'exception.message': textOf(thrown, 'message') ?? '',
    ...((chain.length > 1 || textOf(thrown, 'stack') !== undefined) && { 'exception.stacktrace': stack }),
  };
}

/** An error and what caused it, depth first, each once. */
function chainOf(thrown: object): object[] {
  const chain = new Set<object>();
  const pending: unknown[] = [thrown];
  while (pending.length > 0 && chain.size < MAX_ERRORS) {
    const error = pending.pop();
    if (!isErrorLike(error) || chain.has(error)) continue;
    chain.add(error);
    pending.push(...[memberOf(error, 'cause'), ...membersOf(error)].toReversed());
  }
  return [...chain];
}

function membersOf(error: object): readonly unknown[] {
  try {
    const members: unknown = memberOf(error, 'errors');
    return Array.isArray(members) ? members.slice(0, MAX_ERRORS) : [];
  } catch {
    return []; // A proxy that was revoked is not even asked whether it is an array.
  }
}

function isError(value: object): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false; // A proxy without a prototype to ask for.
  }
}

function headerOf(error: object): string {
  return `${typeOf(error)}: ${textOf(error, 'message') ?? ''}`;
}

/** Loggers that write errors as JSON put what was the constructor's name into `type`. */
function typeOf(error: object): string {
  const written = isError(error) ? undefined : textOf(error, 'type');
  return written ?? textOf(error, 'name') ?? 'Error';
}

function textOfAny(value: unknown): string {
  try {
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  } catch {
    return `a value of type ${typeof value}`; // It holds itself, or has a toJSON that throws.
  }
}

function textOf(object: object, key: string): string | undefined {
  const value = memberOf(object, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function memberOf(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined; // A getter of the caller threw.
  }
}
