import type { RecordedError } from './recorded-error.ts';

/** How much of a stack is searched, and how much is read of one cause: more than is sent of any. */
const MAX_READ_LENGTH = 65_536;
/** More causes than anybody has; what is printed behind them belongs to the last. */
const MAX_CAUSES = 200;
/** As Node.js prints a cause (`util.inspect`), and as pino and Java do. */
const CAUSE = /^ *(?:\[cause\]|[Cc]aused by): (?=\S)/gm;
/** `TypeError: text`, `Error [ERR_CODE]: text`, `TypeError`. */
const HEADER = /^([A-Za-z_$][\w$.]{0,254})(?: \[[^\]\n]*\])?(?:: ([^]*))?$/;

/**
 * Finds the causes that the stack of an error prints, each the cause of the one before, and takes them out of it.
 *
 * A stack that prints the members of an AggregateError too stays as it is: where they end cannot be told.
 */
export function withPrintedCauses(error: RecordedError): RecordedError {
  const { stack = '' } = error;
  const searched = stack.slice(0, MAX_READ_LENGTH);
  const marks = marksIn(searched);
  if (marks.length === 0 || searched.includes('[errors]: [')) return error;
  let causes: RecordedError[] = [];
  let end = stack.length;
  for (const mark of marks.reverse()) {
    const start = mark.index + mark[0].length;
    causes = [{ ...toCause(stack.slice(start, Math.min(end, start + MAX_READ_LENGTH))), causes }];
    end = mark.index;
  }
  return { ...error, stack: withoutBraces(stack.slice(0, end)), causes };
}

function marksIn(stack: string): RegExpExecArray[] {
  const marks: RegExpExecArray[] = [];
  if (!stack.includes('aused by: ') && !stack.includes('[cause]: ')) return marks; // As nearly all: faster than the pattern.
  for (const mark of stack.matchAll(CAUSE)) {
    if (marks.push(mark) === MAX_CAUSES) break;
  }
  return marks;
}

function toCause(printed: string): RecordedError {
  const stack = withoutBraces(printed);
  const firstFrame = stack.search(/\n *at /);
  const header = firstFrame === -1 ? stack : stack.slice(0, firstFrame);
  const [, type, message] = HEADER.exec(header) ?? [];
  return { type, message: type === undefined ? header : message, stack: firstFrame === -1 ? undefined : stack };
}

/** Node.js prints a cause as a member of its error, between braces. */
function withoutBraces(printed: string): string {
  let text = printed.trimEnd();
  while (text.slice(text.lastIndexOf('\n') + 1).trim() === '}') text = text.slice(0, -1).trimEnd();
  return text.endsWith(' {') ? text.slice(0, -2) : text;
}
