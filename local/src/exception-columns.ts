import { isObject, toNumber, toText, type JsonObject } from './json.ts';
import type { ExceptionDetail, StackFrame } from './row-types.ts';

/** The `details` column: the chain of exceptions, outermost first, each with its frames or its stack as text. */
export function exceptionDetails(data: JsonObject): ExceptionDetail[] {
  return objectsIn(data.exceptions).map(exception => ({
    id: toText(exception.id ?? 0),
    outerId: toText(exception.outerId ?? 0),
    type: toText(exception.typeName),
    message: toText(exception.message),
    ...stackOf(exception),
  }));
}

/** The frame an exception was thrown in, as method and assembly; empty texts where the stack is not parsed. */
export function firstFrame(exception: JsonObject): { readonly method: string; readonly assembly: string } {
  const [frame] = objectsIn(exception.parsedStack);
  return { method: toText(frame?.method), assembly: toText(frame?.assembly) };
}

/** What groups exceptions of the same cause: as sent, else made of type and method. Azure's own rule is not public. */
export function problemId(data: JsonObject, outermost: JsonObject): string {
  const given = toText(data.problemId);
  if (given !== '') return given;
  const method = toText(outermost.method);
  return method === '' ? toText(outermost.typeName) : `${toText(outermost.typeName)} at ${method}`;
}

function stackOf(exception: JsonObject): Pick<ExceptionDetail, 'parsedStack' | 'rawStack'> {
  const frames = objectsIn(exception.parsedStack);
  if (frames.length > 0) return { parsedStack: frames.map(toFrame) };
  const rawStack = toText(exception.stack);
  return rawStack === '' ? {} : { rawStack };
}

function toFrame(frame: JsonObject, index: number): StackFrame {
  return {
    level: toNumber(frame.level) ?? index,
    method: toText(frame.method),
    assembly: toText(frame.assembly),
    fileName: toText(frame.fileName),
    line: toNumber(frame.line) ?? 0,
  };
}

function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
