import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter, TraceState } from '@opentelemetry/api';
import { fromOpenTelemetryContext, SpanContext, toOpenTelemetryContext } from './span-context.ts';
import type { TraceOptions } from './trace-options.ts';

/** The headers of a request: those of Node.js, or whatever gives the value of a name, such as `Headers` of `fetch`. */
export type IncomingHeaders =
  Readonly<Record<string, string | readonly string[] | undefined>> | { get(name: string): string | null | undefined };

/** Carries a trace from process to process in headers. */
export interface Propagator {
  /** Where in which trace the caller is; the beginning of a new trace when the headers do not say. Never throws. */
  fromHeaders(headers: IncomingHeaders | null | undefined): SpanContext;
  /** The headers that say so. */
  toHeaders(spanContext: SpanContext): Record<string, string>;
}

/** The value of a header by its name in lower case; `undefined` when there is none. */
export type HeaderReader = (name: string) => string | undefined;

/**
 * What the propagators of headers have in common. Each is one of OpenTelemetry too, for `propagation.setGlobalPropagator`
 * and NodeSDK's `textMapPropagator`.
 */
export abstract class HeaderPropagator implements Propagator, TextMapPropagator {
  fromHeaders(headers: IncomingHeaders | null | undefined): SpanContext {
    return this.read(readerOf(headers)) ?? new SpanContext();
  }

  abstract toHeaders(spanContext: SpanContext): Record<string, string>;

  /** The names of the headers that are written, in lower case. */
  abstract fields(): string[];

  inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
    const spanContext = trace.getSpanContext(context);
    if (spanContext === undefined || !isSpanContextValid(spanContext)) return;
    const headers = this.toHeaders(fromOpenTelemetryContext(spanContext));
    // Getters of OpenTelemetry's may be particular about the case, and Node.js gives headers in lower case.
    for (const [name, value] of Object.entries(headers)) setter.set(carrier, name.toLowerCase(), value);
  }

  extract<Carrier>(context: Context, carrier: Carrier, getter: TextMapGetter<Carrier>): Context {
    const found = this.read(name => toText(getter.get(carrier, name)));
    const spanContext = found === undefined ? undefined : toOpenTelemetryContext(found);
    if (spanContext === undefined || !isSpanContextValid(spanContext)) return context;
    return trace.setSpanContext(context, { ...spanContext, isRemote: true });
  }

  /** What the headers say of a trace; `undefined` for nothing. */
  protected abstract read(header: HeaderReader): SpanContext | undefined;
}

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

/** A place in the trace of a caller. Without a trace id that can be one, it is the beginning of a new trace. */
export function receivedContext(
  traceId: string | undefined,
  spanId: string | undefined,
  traceOptions: TraceOptions,
  traceState: TraceState | null = null,
): SpanContext {
  if (traceId === undefined || !TRACE_ID.test(traceId)) return new SpanContext({ traceOptions });
  const knownSpanId = spanId !== undefined && SPAN_ID.test(spanId) ? spanId : undefined;
  return new SpanContext({ traceId, spanId: knownSpanId, traceOptions, traceState, fromHeader: true });
}

function readerOf(headers: IncomingHeaders | null | undefined): HeaderReader {
  if (typeof headers !== 'object' || headers === null) return () => undefined;
  if (hasGet(headers)) return name => toText(headers.get(name));
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return name => toText(values.get(name));
}

function hasGet(headers: IncomingHeaders): headers is { get(name: string): string | null | undefined } {
  return typeof headers.get === 'function';
}

/** A header that comes twice is read as Node.js joins others. */
function toText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : undefined;
}
