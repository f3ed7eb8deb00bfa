import { diag, isSpanContextValid, trace, createContextKey } from '@opentelemetry/api';
import type { Context, SpanContext as OpenTelemetryContext } from '@opentelemetry/api';
import { activeContext, attachContext, ensureContextManager } from './active-context.ts';
import { epochMillisNow } from './clock.ts';
import type { IncomingHeaders, Propagator } from './header-propagator.ts';
import { PrintExporter } from './print-exporter.ts';
import { runInSpan } from './run-in-span.ts';
import { ProbabilitySampler } from './sampler.ts';
import { SpanContext, toOpenTelemetryContext, withSampled } from './span-context.ts';
import type { SpanExporter, SpanSource } from './span-exporter.ts';
import { SpanKind, toOpenTelemetryKind } from './span-kind.ts';
import { SAMPLED_IDS, spansOf, UNSAMPLED_IDS } from './span-sources.ts';
import { Span } from './span.ts';
import type { AttributeValue } from './time-event.ts';
import { TraceContextPropagator } from './trace-context-propagator.ts';
import type { StartSpanOptions, TraceDecorator, TracerOptions } from './tracer-options.ts';

const log = diag.createComponentLogger({ namespace: 'azure-monitor/opencensus' });

const DEFAULT_NAME = 'span';

const CURRENT_SPAN = createContextKey('azure-monitor-bridge/opencensus/current-span/1');

/**
 * Makes the spans of one trace. A server makes a tracer for each request, or calls `newTrace`.
 *
 * The current span follows asynchronous calls, and is the active one for OpenTelemetry and its instrumentations.
 */
export class Tracer {
  /** Whether the spans of this tracer are recorded. */
  readonly isSampled: boolean;
  /** Says where the program is to those it calls: `tracer.propagator.toHeaders(tracer.spanContext)`. */
  readonly propagator: Propagator;
  readonly #options: TracerOptions;
  readonly #spanContext: SpanContext;
  readonly #exporter: SpanExporter | undefined;
  readonly #source: SpanSource;
  readonly #openSpans = new Set<Span>();

  constructor(options: TracerOptions = {}) {
    const { spanContext = new SpanContext(), sampler = new ProbabilitySampler(), tracerProvider } = options;
    ensureContextManager();
    this.#options = options;
    this.propagator = options.propagator ?? new TraceContextPropagator();
    this.isSampled = tracerProvider !== undefined || sampler.shouldSample(spanContext);
    // The application's own sampler is told what the caller has decided.
    this.#spanContext = tracerProvider === undefined ? withSampled(spanContext, this.isSampled) : spanContext;
    const exporter = options.exporter ?? (tracerProvider === undefined ? new PrintExporter() : undefined);
    this.#exporter = this.isSampled && exporter !== undefined && 'export' in exporter ? exporter : undefined;
    this.#source = this.#chooseSource(exporter);
  }

  /** A tracer that goes on with the trace of a caller, for one request, as `propagator` reads it from the headers. */
  static fromHeaders(headers: IncomingHeaders | null | undefined, options: TracerOptions = {}): Tracer {
    const { propagator = new TraceContextPropagator() } = options;
    return new Tracer({ ...options, propagator, spanContext: propagator.fromHeaders(headers) });
  }

  /** The trace of this tracer, and its current span, or else that of the caller. */
  get spanContext(): SpanContext {
    const span = this.currentSpan();
    return span !== undefined && this.#openSpans.has(span) ? span.spanContext : this.#spanContext;
  }

  /** A tracer like this one for a new trace. */
  newTrace(): Tracer {
    return new Tracer({ ...this.#options, spanContext: undefined });
  }

  /**
   * Runs `fn` in a span and gives back what it returns. The span ends when `fn` returns, or when its promise settles; an
   * error sets the span's status, and goes on.
   *
   * The form for concurrent work: calls that overlap never see each other's spans.
   */
  span<T>(name: string, fn: (span: Span) => T): T;
  span<T>(name: string, options: StartSpanOptions, fn: (span: Span) => T): T;
  /** The same as `startSpan`, to be written `using span = tracer.span(name)`. */
  span(name?: string, options?: StartSpanOptions): Span;
  span<T>(name = DEFAULT_NAME, second?: StartSpanOptions | ((span: Span) => T), third?: (span: Span) => T): T | Span {
    const fn = typeof second === 'function' ? second : third;
    const options = typeof second === 'function' ? {} : second;
    if (fn === undefined) return this.startSpan(name, options);
    const { span, spanContext } = this.#start(name, options);
    return runInSpan(span, spanContext, fn);
  }

  /**
   * Starts a span that is the current one for the rest of this function and all that it starts, until it ends.
   *
   * For work in sequence. In an asynchronous function call it after the first `await`, or use `span(name, fn)`: before
   * that, the caller's later calls would be inside the span too.
   */
  startSpan(name: string = DEFAULT_NAME, options: StartSpanOptions = {}): Span {
    const { span, spanContext } = this.#start(name, options);
    attachContext(spanContext, () => span.hasEnded);
    return span;
  }

  /** Ends the current span, or else the one of this tracer that started last, and gives it back. */
  endSpan(): Span | undefined {
    const span = this.currentSpan() ?? [...this.#openSpans].at(-1);
    if (span === undefined) log.warn('No active span, cannot do end_span.');
    span?.finish();
    return span;
  }

  /** The span that this place in the program is in, of whichever tracer. */
  currentSpan(): Span | undefined {
    return spanOf(activeContext());
  }

  /** Sets an attribute of the current span. */
  addAttributeToCurrentSpan(key: string, value: AttributeValue): void {
    const span = this.currentSpan();
    if (span === undefined) log.warn('No active span, cannot add an attribute.');
    span?.addAttribute(key, value);
  }

  /** Ends all spans of this tracer that are open, the last one first. */
  finish(): void {
    for (const span of [...this.#openSpans].reverse()) span.finish();
  }

  /**
   * A decorator for functions and methods, which then run in a span of their name: `tracer.traceDecorator()(work)`, or
   * `@tracer.traceDecorator()` before a method.
   */
  traceDecorator(): TraceDecorator {
    return (fn, context) => {
      const { name } = context ?? fn;
      const inSpan = <T>(work: () => T): T => this.span(name === '' ? DEFAULT_NAME : String(name), work);
      return function (...args) {
        return inSpan(() => fn.apply(this, args));
      };
    };
  }

  #chooseSource(exporter: SpanExporter | SpanSource | undefined): SpanSource {
    if (this.#options.tracerProvider !== undefined) return spansOf(this.#options.tracerProvider);
    if (!this.isSampled) return UNSAMPLED_IDS;
    return exporter !== undefined && 'startSpan' in exporter ? exporter : SAMPLED_IDS;
  }

  #start(name: string, options: StartSpanOptions = {}): { span: Span; spanContext: Context } {
    const active = activeContext();
    const parent = this.#parentIn(active);
    const span = this.#startUnder(active, parent, name, options.spanKind, ended => this.#export(ended));
    this.#openSpans.add(span);
    return { span, spanContext: trace.setSpan(active, span.openTelemetrySpan).setValue(CURRENT_SPAN, span) };
  }

  #startUnder(
    active: Context,
    parent: OpenTelemetryContext | undefined,
    name: string,
    spanKind: number = SpanKind.UNSPECIFIED,
    onEnd: (span: Span) => void,
  ): Span {
    const startMillis = epochMillisNow();
    const options = { kind: toOpenTelemetryKind(spanKind), startTime: startMillis };
    const under = parent === undefined ? trace.deleteSpan(active) : trace.setSpanContext(active, parent);
    const openTelemetrySpan = this.#source.startSpan(name, options, under, this.#spanContext.traceId);
    return new Span(name, {
      openTelemetrySpan,
      parentSpanId: parent?.spanId ?? null,
      spanKind,
      startMillis,
      startChild: (of, childName) =>
        this.#startUnder(active, of.openTelemetrySpan.spanContext(), childName, undefined, () => undefined),
      onEnd,
    });
  }

  /** A span of OpenCensus is the parent in this tracer's trace; one of OpenTelemetry brings its own trace along. */
  #parentIn(active: Context): OpenTelemetryContext | undefined {
    const own = toOpenTelemetryContext(this.#spanContext);
    const activeSpan = trace.getSpanContext(active);
    if (activeSpan === undefined || !isSpanContextValid(activeSpan))
      return isSpanContextValid(own) ? { ...own, isRemote: true } : undefined;
    const isOfOpenCensus = spanOf(active) !== undefined && this.#options.tracerProvider === undefined;
    return isOfOpenCensus ? { ...own, spanId: activeSpan.spanId } : activeSpan;
  }

  #export(span: Span): void {
    this.#openSpans.delete(span);
    this.#exporter?.export([...span].map(each => each.toSpanData()));
  }
}

/** The span of OpenCensus in a context, unless one of OpenTelemetry is further inside. */
function spanOf(active: Context): Span | undefined {
  const span = active.getValue(CURRENT_SPAN) as Span | undefined;
  return span?.openTelemetrySpan === trace.getSpan(active) ? span : undefined;
}
