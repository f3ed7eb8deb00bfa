import type { StackFrame } from '../envelope/envelope.ts';
import { FIELD_LIMITS, cut } from './limits.ts';

/**
 * How much of a parsed stack is sent, as the .NET exporter does:
 * https://github.com/Azure/azure-sdk-for-net/blob/main/sdk/monitor/Azure.Monitor.OpenTelemetry.Exporter/src/Internals/SchemaConstants.cs
 */
const MAX_FRAMES = 100;
const MAX_FRAMES_LENGTH = 32_768;

/** What the classic SDK for Node.js calls code outside of any function. */
export const NO_METHOD = '<no_method>';

/** The frames of a stack, and whether all of them are there. */
export interface ParsedStack {
  readonly frames: StackFrame[];
  readonly isComplete: boolean;
}

/**
 * Reads the frames of a stack that V8 wrote, https://v8.dev/docs/stack-trace-api.
 *
 * `assembly` is the whole line, as in the classic SDK. At most 100 frames, their texts together at most 32,768
 * UTF-16 code units; the middle is left out first, and a gap between levels shows where. Lines of `message`,
 * which V8 repeats above the frames, are never taken for frames. Other engines' stacks have no frames here.
 */
export function parseStack(stack: string, message: string): ParsedStack {
  const frames: StackFrame[] = [];
  for (const line of stack.slice(headerLength(stack, message)).split('\n')) {
    const frame = toFrame(line.trim(), frames.length);
    if (frame !== undefined) frames.push(frame);
  }
  return limitFrames(frames);
}

function headerLength(stack: string, message: string): number {
  const start = stack.indexOf(message);
  const firstFrame = stack.indexOf('\n    at ');
  return start === -1 || (firstFrame !== -1 && start > firstFrame) ? 0 : start + message.length;
}

/** `at method (location)`, or `at location` outside of any function. */
function toFrame(line: string, level: number): StackFrame | undefined {
  if (!line.startsWith('at ')) return undefined;
  const assembly = line.endsWith(' {') ? line.slice(0, -2) : line; // As Node.js prints an error with members.
  const description = assembly.slice('at '.length);
  const bracket = description.indexOf(' (');
  const hasMethod = bracket > 0 && description.endsWith(')');
  const method = hasMethod ? description.slice(0, bracket) : NO_METHOD;
  const location = hasMethod ? description.slice(bracket + 2, -1) : description.replace(/^async /, '');
  return { level, method: frameText(method), assembly: frameText(assembly), ...toPlace(location) };
}

/** Splits `file:line:column`; a native or anonymous place has no line. */
function toPlace(location: string): { fileName: string; line?: number } {
  const match = /:(\d{1,9}):\d{1,9}$/.exec(location);
  if (match === null) return { fileName: frameText(location) };
  return { fileName: frameText(location.slice(0, match.index)), line: Number(match[1]) };
}

function frameText(text: string): string {
  return cut(text, FIELD_LIMITS.stackFrameText);
}

/** Takes frames from both ends in turn, as many as may be sent. */
export function limitFrames(frames: readonly StackFrame[]): ParsedStack {
  const first: StackFrame[] = [];
  const last: StackFrame[] = [];
  let room = MAX_FRAMES_LENGTH;
  for (let count = 0; count < Math.min(frames.length, MAX_FRAMES); count += 1) {
    const [end, index] = count % 2 === 0 ? [first, first.length] : [last, frames.length - 1 - last.length];
    const frame = frames[index] as StackFrame;
    room -= lengthOf(frame);
    if (room < 0) break;
    end.push(frame);
  }
  return { frames: [...first, ...last.reverse()], isComplete: first.length + last.length === frames.length };
}

function lengthOf({ method, assembly = '', fileName = '' }: StackFrame): number {
  return method.length + assembly.length + fileName.length;
}
