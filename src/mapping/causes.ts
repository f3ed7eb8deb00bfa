import type { RecordedError } from './recorded-error.ts';

/** Longer stacks are not searched to their end; ten errors fit well before. */
const MAX_SEARCHED_LENGTH = 262_144;
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
  const searched = error.stack?.slice(0, MAX_SEARCHED_LENGTH) ?? '';
  const marks = [...searched.matchAll(CAUSE)];
  if (error.stack === undefined || marks[0] === undefined || searched.includes('[errors]: [')) return error;
  let causes: RecordedError[] = [];
  let end = error.stack.length;
  for (const mark of marks.reverse()) {
    causes = [{ ...toCause(error.stack.slice(mark.index + mark[0].length, end)), causes }];
    end = mark.index;
  }
  return { ...error, stack: withoutBraces(error.stack.slice(0, end)), causes };
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
  const lines = printed.split('\n');
  while (['', '}'].includes(lines.at(-1)?.trim() ?? '-')) lines.pop();
  const text = lines.join('\n');
  return text.endsWith(' {') ? text.slice(0, -2) : text;
}
