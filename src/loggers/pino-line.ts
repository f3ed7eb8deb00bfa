import { ROOT_CONTEXT, TraceFlags, isSpanContextValid, trace } from '@opentelemetry/api';
import { isErrorLike, toErrorAttributes } from '../logs/error-attributes.ts';
import type { EmittedRecord } from '../logs/logs-api.ts';
import { nameOfNumber, severityOfName, severityOfNumber } from './levels.ts';

/** Where the logger puts what in its lines, if not where pino does by itself. */
export interface PinoLineOptions {
  /** @defaultValue `msg` */
  messageKey?: string | undefined;
  /** @defaultValue `err` */
  errorKey?: string | undefined;
}

/** Fields of a line that its row has other columns for. */
const SHOWN_ELSEWHERE = ['level', 'pid', 'hostname', 'trace_id', 'span_id', 'trace_flags'];
/** A number of seconds since 1970 is below this, one of milliseconds above. */
const MIN_MILLIS = 1e11;

/** Reads a line of pino. What is no line of pino becomes a message as it is. */
export function readPinoLine(line: string, options: PinoLineOptions = {}): EmittedRecord {
  const { messageKey = 'msg', errorKey = 'err' } = options;
  const fields = parse(line);
  if (fields === undefined) return { body: line };
  const thrown = isErrorLike(fields[errorKey]) ? (fields[errorKey] as Record<string, unknown>) : undefined;
  const timestamp = toMillis(fields['time']);
  const hidden = [
    ...SHOWN_ELSEWHERE,
    messageKey,
    ...(thrown === undefined ? [] : [errorKey]),
    ...(timestamp === undefined ? [] : ['time']),
  ];
  const context = contextOf(fields);
  return {
    ...levelOf(fields['level']),
    ...(timestamp !== undefined && { timestamp }),
    body: fields[messageKey],
    attributes: {
      ...Object.fromEntries(Object.entries(fields).filter(([key]) => key !== '' && !hidden.includes(key))),
      ...(thrown !== undefined && { ...othersOf(errorKey, thrown), ...toErrorAttributes(thrown) }),
    },
    ...(context !== undefined && { context }),
  };
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // Printed by something else into the same stream, or by a logger that prints no JSON.
  }
}

/** `formatters.level` may have put the name of the level in place of its number. */
function levelOf(level: unknown): Pick<EmittedRecord, 'severityNumber' | 'severityText'> {
  if (typeof level === 'string') return { severityNumber: severityOfName(level), severityText: level };
  if (typeof level !== 'number') return {};
  return { severityNumber: severityOfNumber(level, 'pinoAndBunyan'), severityText: nameOfNumber(level) };
}

/** One of the forms of `pino.stdTimeFunctions`: milliseconds, seconds, ISO 8601. */
function toMillis(time: unknown): number | undefined {
  const millis = typeof time === 'string' ? Date.parse(time) : time;
  if (typeof millis !== 'number' || !Number.isFinite(millis)) return undefined;
  return millis < MIN_MILLIS ? millis * 1000 : millis;
}

/** The span in which the line was written, when `traceMixin` or OpenTelemetry's instrumentation has put it there. */
function contextOf({ trace_id, span_id, trace_flags }: Record<string, unknown>): unknown {
  const spanContext = {
    traceId: String(trace_id),
    spanId: String(span_id),
    traceFlags: trace_flags === '01' ? TraceFlags.SAMPLED : TraceFlags.NONE,
  };
  return isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : undefined;
}

/** What the error holds beside what an exception shows, such as its code. */
function othersOf(errorKey: string, thrown: Record<string, unknown>): Record<string, unknown> {
  const { type, message, stack, ...others } = thrown;
  return Object.keys(others).length === 0 ? {} : { [errorKey]: others };
}
