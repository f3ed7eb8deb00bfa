import type { MappingContext, MappingOptions } from './context.ts';
import { toField } from './field.ts';
import { inOnePiece, quoted, type JsonMembers, type JsonText } from './json-text.ts';
import { FIELD_LIMITS } from './limits.ts';
import { redactBare, redactText } from './redaction.ts';
import { parseStack } from './stack.ts';
import { wellFormed } from './json.ts';

/** More places than a program throws from; when there are more, all are forgotten. */
const MAX_TRACES = 256;
/** Longer ones are seldom the same twice. */
const MAX_FRAMES_LENGTH = 8192;

/** What an exception row shows of a stack. */
export interface ShownStack {
  readonly stack: JsonText;
  /** The member, behind a comma. */
  readonly parsedStack: JsonMembers;
  readonly isComplete: boolean;
}

/** The frames of a stack as they are shown; the same place in a program throws with the same frames again and again. */
interface Trace {
  /** As JSON, without the quotes. */
  readonly text: string;
  /** How long they are as text. */
  readonly length: number;
  readonly parsedStack: JsonMembers;
  readonly isComplete: boolean;
}

let traces = new Map<string, Trace | undefined>();
let lastFrames = '';
let lastTrace: Trace | undefined;
let options: MappingOptions | undefined;
let lastHead: { given: string; redaction?: MappingOptions; shown: string | undefined } = { given: '', shown: '' };

/**
 * What to show of a stack, head and frames each by itself, the frames from memory if they were seen before. `undefined`
 * when the stack is not as V8 writes nearly all: one line, then frames, and nothing that is cut.
 */
export function showStack(stack: string, message: string, context: MappingContext): ShownStack | undefined {
  const end = stack.indexOf('\n    at ');
  if (end === -1 || message.includes('\n')) return undefined;
  const head = showHead(stack.slice(0, end), context.options);
  const trace = head === undefined ? undefined : traceOf(stack, end, context);
  if (head === undefined || trace === undefined || end + trace.length > FIELD_LIMITS.stack) return undefined;
  const { text, parsedStack, isComplete } = trace;
  return { stack: `"${head}${text}"`, parsedStack, isComplete };
}

/** As JSON, without quotes. `undefined` when it might hold a secret, or be more than what was thrown. */
function showHead(head: string, redaction: MappingOptions): string | undefined {
  if (head === lastHead.given && redaction === lastHead.redaction) return lastHead.shown;
  const shown = toShownHead(head, redaction);
  lastHead = { given: head, redaction, shown };
  return shown;
}

function toShownHead(head: string, redaction: MappingOptions): string | undefined {
  if (/[<\n]|^\s*at |aused by: |\[cause\]: /.test(head)) return undefined;
  if (redactBare(head, redaction) === head) return head;
  return wellFormed(head) === head && redactText(head, redaction) === head ? quoted(head).slice(1, -1) : undefined;
}

function traceOf(stack: string, start: number, context: MappingContext): Trace | undefined {
  if (stack.length - start > MAX_FRAMES_LENGTH) return undefined;
  if (context.options !== options || traces.size >= MAX_TRACES) {
    traces = new Map();
    lastFrames = '';
    lastTrace = undefined;
    ({ options } = context);
  }
  // To look for a text among many costs as much as all the rest: the last one first.
  const frames = stack.slice(start);
  if (frames === lastFrames) return lastTrace;
  if (!traces.has(frames)) traces.set(frames, toTrace(frames, context));
  lastFrames = frames;
  lastTrace = traces.get(frames);
  return lastTrace;
}

/** `undefined` when there are none, or when causes are printed among them. */
function toTrace(given: string, context: MappingContext): Trace | undefined {
  if (given.includes('aused by: ') || given.includes('[cause]: ')) return undefined;
  const text = toField(given, FIELD_LIMITS.stack, context) ?? '';
  const { frames, isComplete } = parseStack(text, '');
  if (frames.length === 0) return undefined;
  return {
    text: inOnePiece(quoted(text).slice(1, -1)),
    length: text.length,
    parsedStack: inOnePiece(`,"parsedStack":${JSON.stringify(frames)}`),
    isComplete,
  };
}
