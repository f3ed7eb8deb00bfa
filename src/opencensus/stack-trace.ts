import { Printed, toPythonText } from './printed-forms.ts';

/** A place in the program that was being called. */
export interface StackFrame {
  readonly functionName: string;
  readonly fileName: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

const MAX_FRAMES = 128;

/** `at work (file:///app/main.js:3:5)` and `at file:///app/main.js:3:5`. <https://v8.dev/docs/stack-trace-api> */
const FRAME = /^\s*at (?:(?<functionName>.*) \()?(?<fileName>.+?):(?<lineNumber>\d+):(?<columnNumber>\d+)\)?$/;

/** Where an error was thrown: the innermost frame first, at most 128. */
export class StackTrace extends Printed {
  readonly stackFrames: readonly StackFrame[];
  readonly droppedFramesCount: number;
  /** Equal for equal stacks: the FNV-1a hash of the text, 32 bits. */
  readonly stackTraceHashId: number;

  private constructor(stack: string) {
    super();
    const frames = stack.split('\n').flatMap(line => toFrame(line) ?? []);
    this.stackFrames = frames.slice(0, MAX_FRAMES);
    this.droppedFramesCount = frames.length - this.stackFrames.length;
    this.stackTraceHashId = hashOf(stack);
  }

  /** The stack of an error; `null` for what has none. */
  static fromError(error: unknown): StackTrace | null {
    const stack: unknown = error instanceof Error ? error.stack : undefined;
    return typeof stack === 'string' ? new StackTrace(stack) : null;
  }

  override toString(): string {
    return `StackTrace(${toPythonText(this.stackFrames)})`;
  }
}

function toFrame(line: string): StackFrame | undefined {
  const groups = FRAME.exec(line)?.groups;
  if (groups === undefined) return undefined;
  return {
    functionName: groups['functionName'] ?? '<anonymous>',
    fileName: groups['fileName'] ?? '',
    lineNumber: Number(groups['lineNumber']),
    columnNumber: Number(groups['columnNumber']),
  };
}

/** <https://datatracker.ietf.org/doc/html/draft-eastlake-fnv> */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01_00_01_93);
  return hash >>> 0;
}
