import type { ExceptionDetails, SeverityLevel } from '../envelope/envelope.ts';
import type { MappingContext } from './context.ts';
import { withPrintedCauses } from './causes.ts';
import { toField } from './field.ts';
import type { JsonMembers, JsonText } from './json-text.ts';
import { FIELD_LIMITS, cut } from './limits.ts';
import { withoutUnfinishedHost } from './user-info.ts';
import type { RecordedError } from './recorded-error.ts';
import { ShownField } from './shown-field.ts';
import { limitFrames, parseStack } from './stack.ts';
import { showStack } from './trace.ts';

/** As many as the .NET exporter sends, with the same notice after them. */
const MAX_EXCEPTIONS = 10;
/** Stands in a stack for the lines that were left out. */
const GAP = '\n    …\n';

/**
 * Makes the fields of an exception row of an error and its causes.
 *
 * Causes come depth first, at most ten errors in all, and one more that says how many were left out. The type is
 * `Error` when it is missing, the message the type: the service refuses an exception without a message.
 * `hasFullStack` is true only when there is a stack and all of it is sent. `problemId` is left to the service.
 */
export function toExceptionMembers(
  error: RecordedError,
  severityLevel: SeverityLevel | undefined,
  context: MappingContext,
): JsonMembers {
  const severity = severityLevel === undefined ? '' : `,"severityLevel":"${severityLevel}"`;
  const exceptions = showPlain(error, context) ?? JSON.stringify(toExceptions(error, context));
  return `"ver":2,"exceptions":${exceptions}${severity}`;
}

const shownType = new ShownField('typeName', FIELD_LIMITS.typeName);
const shownMessage = new ShownField('message', FIELD_LIMITS.message);

/** The list of one error, by far the most are: with all three texts, and a stack that can be shown at once. */
function showPlain(
  { type, message, stack, frames, causes }: RecordedError,
  context: MappingContext,
): JsonText | undefined {
  if (message === undefined || stack === undefined || frames !== undefined || causes !== undefined) return undefined;
  const shown = showStack(stack, message, context);
  const typeName = shown === undefined ? '' : shownType.show(type, context);
  const text = typeName === '' ? '' : shownMessage.show(message, context);
  if (shown === undefined || text === '') return undefined;
  return `[{"hasFullStack":${shown.isComplete}${typeName}${text},"stack":${shown.stack}${shown.parsedStack}}]`;
}

function toExceptions(error: RecordedError, context: MappingContext): ExceptionDetails[] {
  const chain = chainOf(error.causes === undefined ? withPrintedCauses(error) : error);
  if (chain.length === 1) return chain.map(link => toDetails(link.error, context));
  const sent = chain.slice(0, MAX_EXCEPTIONS);
  const details = sent.map(({ error: each, outerId }, index) => ({
    id: index + 1,
    outerId,
    ...toDetails(each, context),
  }));
  const leftOut = chain.length - sent.length;
  return leftOut === 0 ? details : [...details, toNotice(leftOut)];
}

/** An error in its chain. The outermost is the cause of none: its `outerId` is 0. */
interface Link {
  readonly error: RecordedError;
  readonly outerId: number;
}

/** Depth first: an error, its first cause with all of that one's causes, its next cause. */
function chainOf(outermost: RecordedError): Link[] {
  const chain: Link[] = [];
  const pending: Link[] = [{ error: outermost, outerId: 0 }];
  for (let link = pending.pop(); link !== undefined; link = pending.pop()) {
    const id = chain.push(link);
    for (const cause of link.error.causes?.toReversed() ?? []) pending.push({ error: cause, outerId: id });
  }
  return chain;
}

function toNotice(leftOut: number): ExceptionDetails {
  const message = `${leftOut} more ${leftOut === 1 ? 'error was' : 'errors were'} left out`;
  return { id: MAX_EXCEPTIONS + 1, outerId: 1, typeName: 'Error', message, hasFullStack: false };
}

function toDetails({ type, message, stack = '', frames }: RecordedError, context: MappingContext): ExceptionDetails {
  const typeName = toField(type, FIELD_LIMITS.typeName, context) ?? 'Error';
  const shownMessage = toField(message, FIELD_LIMITS.message, context) ?? typeName;
  const text = toStackText(stack, context);
  const parsed = frames === undefined ? parseStack(text ?? '', shownMessage) : limitFrames(frames);
  const hasStack = text !== undefined || parsed.frames.length > 0;
  return {
    typeName,
    message: shownMessage,
    hasFullStack: hasStack && parsed.isComplete && stack.length <= FIELD_LIMITS.stack,
    ...(text !== undefined && { stack: text }),
    ...(parsed.frames.length > 0 && { parsedStack: parsed.frames }),
  };
}

/** Cuts a stack in its middle: its head says what happened, its tail where the program began. */
function toStackText(stack: string, context: MappingContext): string | undefined {
  if (stack.length <= FIELD_LIMITS.stack) return toField(stack, FIELD_LIMITS.stack, context);
  context.omissions.count('text');
  const half = Math.floor((FIELD_LIMITS.stack - GAP.length) / 2);
  const head = withoutUnfinishedHost(cut(stack, half)).replace(/\n[^\n]*$/, '');
  const tail = stack.slice(-half).replace(/^[^\n]*\n?/, '');
  return toField(head + GAP + tail, FIELD_LIMITS.stack, context);
}
